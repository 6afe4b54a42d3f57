"""A row of a question about KPIs in few words: at a line, in a cell of a table, under a name. See queries.shown."""

from __future__ import annotations

import polars as pl

import queries
from pages.words import presentation
from pages.words.presentation import Row

_SHORT = {presentation.TOO_SMALL: "te klein", presentation.TOO_FEW: "te weinig"}


def has_value(row: Row) -> bool:
    """Whether a row has a value that may be shown, on enough observations and about somebody."""
    return row["waarde"] is not None and row["waarde_kort"] not in (presentation.TOO_FEW, presentation.NOBODY)


def short(row: Row, column: str = "waarde") -> str:
    """The figure in its unit, or in few words why there is none: "82%", "<10", "niemand", "te weinig", "te klein"."""
    return shortened(row[f"{column}_kort"])


def shortened(words: str) -> str:
    """A figure that is written already, in few words where it is words: "te klein" for "te klein om te tonen"."""
    return _SHORT.get(words, words)


def bare(indicator: queries.Indicator, row: Row) -> str:
    """As short(), a median without the word of its unit, where that stands beside it."""
    words = short(row)
    return words.partition(" ")[0] if indicator.is_mediaan and has_value(row) else words


def of_row(indicator: queries.Indicator, row: Row) -> str:
    """On how many it rests: "33 van 64"; of a median how many got there. Empty when that may not be told."""
    if row["noemer_kort"] == presentation.NOT_SHOWN:
        return ""
    if indicator.eenheid == "aantal":
        return f"van {presentation.persons(row, 'noemer')}" if presentation.beside_its_whole(row) else ""
    words = presentation.of(row)
    return f"{words} zover" if indicator.is_mediaan else words


def now(indicator: queries.Indicator, stands: pl.DataFrame) -> str:
    """The last stand: "82% (103 van 126)". stands: rows of kpi_trend of one KPI, in their order."""
    if stands.is_empty():
        return presentation.NOBODY
    last = stands.row(-1, named=True)
    counts = "" if presentation.is_empty(last) or presentation.hidden(last, "waarde") else of_row(indicator, last)
    return f"{last['waarde_kort']} ({counts})" if counts else last["waarde_kort"]
