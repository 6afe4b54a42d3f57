"""A row of a question about KPIs in few words: at a line, in a cell of a table, under a name."""

from __future__ import annotations

import polars as pl

import queries
from pages.words import presentation
from pages.words.presentation import Row
from queries.definitions import columns

SHORT_TOO_SMALL = "te klein"


def has_value(indicator: queries.Indicator, row: Row) -> bool:
    """Whether a row of a question about KPIs has a value that may be shown, on enough observations.

    Shares and medians need 10 observations, and a median that is reached 10 events as well. A count needs none, but
    without anybody in its noemer there is nothing to count.
    """
    without = presentation.hidden(row, "waarde") or presentation.is_empty(row) or presentation.too_few(indicator, row)
    return not without and row["waarde"] is not None


def value(indicator: queries.Indicator, row: Row) -> str:
    """The value in its unit, or why there is none: "82%", "<10", "niemand"."""
    if indicator.eenheid == "aantal" and presentation.hidden(row, "waarde"):
        return presentation.number(row, "waarde")
    return presentation.value(indicator, row).removeprefix(f"{presentation.ABOUT} ")


def short(indicator: queries.Indicator, row: Row) -> str:
    """As value(), in few words where it may not be shown: "te klein"."""
    words = value(indicator, row)
    return SHORT_TOO_SMALL if words == presentation.TOO_SMALL else words


def of_row(indicator: queries.Indicator, row: Row) -> str:
    """On how many it rests: "33 van 64"; of a median how many got there. Empty when that is not published."""
    if presentation.how(row, "noemer") == columns.WEGGELATEN:
        return ""
    if indicator.eenheid == "aantal":
        return f"van {presentation.persons(row, 'noemer')}"
    words = presentation.of(row)
    return f"{words} zover" if indicator.is_mediaan else words


def now(indicator: queries.Indicator, stands: pl.DataFrame) -> str:
    """The last stand: "82% (103 van 126)". stands: rows of kpi_trend of one KPI, in their order."""
    if stands.is_empty():
        return presentation.NOBODY
    last = stands.row(-1, named=True)
    words = value(indicator, last)
    counts = "" if presentation.is_empty(last) or presentation.hidden(last, "waarde") else of_row(indicator, last)
    return f"{words} ({counts})" if counts else words
