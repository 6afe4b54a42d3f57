"""What stands beside the figures that are chosen: those that they are compared with."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import polars as pl

import queries
from pages.show import TEXTS, kpi, theme
from pages.show.rim import on_rim
from pages.show.tiles import counts_words, value_words
from pages.words import formats, presentation
from pages.words.presentation import Row

_TOLD = TEXTS["beside"]
# How a line of what is compared with is drawn, and the colour of its words.
DASHED = {"color": theme.GREY.light, "strokeWidth": 1.5, "strokeDash": [6, 4]}
GREY_WORDS = alt.ColorValue(theme.GREY.light)


class Beside(NamedTuple):
    """What is compared with, as it is called inside a sentence, and its answer."""

    name: str
    answer: pl.DataFrame

    @property
    def title(self) -> str:
        """The name at the beginning of a line."""
        return presentation.capital(self.name)

    def column_of(self, table: pl.DataFrame, on: str, column: str = "waarde") -> pl.DataFrame:
        """A table with the figures of what is compared with, under its name. on: the column that tells rows apart."""
        names = presentation.with_weergave(self.answer, column)
        own = presentation.renamed(self.answer.select(on, *names), {column: self.title})
        return table.join(own, on=on, how="left", maintain_order="left")

    def key(self, y: float | alt.ExprRef) -> list[alt.Chart]:
        """What the grey line in a drawing is, at a height in it."""
        words, look = alt.Chart(pl.DataFrame({"naast": [f"- - -  {self.title}"]})), {"align": "left", "fontSize": 12}
        return on_rim(words, alt.XValue(0), alt.YValue(y), alt.Text("naast:N"), colour=GREY_WORDS, **look)


class Told(NamedTuple):
    """A KPI of what is compared with, in words.

    figure: alone. value: with its counts. difference: how far what is chosen lies off and with what chance.
    """

    name: str
    figure: str
    value: str
    difference: str = ""

    @property
    def line(self) -> str:
        """All of it: "De rest van de stad: 88% (77 van 88); hier 20 procentpunt lager, kan toeval zijn"."""
        return "; ".join(filter(None, (f"{self.name}: {self.value}", self.difference)))


def told(indicator: queries.Indicator, row: Row, other: Row, verdict: str, name: str, *, earlier: bool) -> Told:
    """One KPI beside that of what is compared with.

    row, other: of the question kpi. verdict: that of kpi_vergelijking, or empty. earlier: whether it is another day.
    """
    title, figure = presentation.capital(name), value_words(indicator, other)
    if presentation.is_empty(other):
        return Told(title, figure, presentation.NOBODY)
    counts, value = counts_words(indicator, other), figure
    if indicator.eenheid == "aantal":
        value = f"{figure} {counts}".strip()
    elif indicator.eenheid == "aandeel" and kpi.has_value(other) and counts:
        value = f"{figure} ({counts})"
    return Told(title, figure, value, _difference(indicator, row, other, verdict, earlier))


def _difference(indicator: queries.Indicator, row: Row, other: Row, verdict: str, earlier: bool) -> str:
    """How far the figures lie apart as they are written, where both are exact; nothing of a count."""
    both = (row, other)
    exact = all(presentation.exact(each, "waarde") and kpi.has_value(each) for each in both)
    if indicator.eenheid == "aantal" or not exact:
        return ""
    unit = _TOLD["unit"][indicator.eenheid]
    off = formats.difference(row["waarde"], other["waarde"], indicator.eenheid)
    size = formats.difference_words(abs(off), indicator.eenheid)
    words = f"{size} {unit['more' if off > 0 else 'less']}" if off else unit["alike"]
    chance = _TOLD["chance"].get(verdict, "") if off else ""
    return ", ".join(filter(None, (f"{_TOLD['now' if earlier else 'here']} {words}", chance)))
