"""What stands beside the figures that are chosen: those that they are compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import altair as alt
import polars as pl

import queries
from pages.show import TEXTS, kpi, theme
from pages.show.rim import on_rim
from pages.show.tiles import counts_words, value_words
from pages.words import formats, presentation
from pages.words.presentation import Row
from queries import written
from queries.definitions.columns import EXACT

_TOLD = TEXTS["beside"]
# Whose a row is that is not of what is compared with.
CHOSEN = _TOLD["chosen"]
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

    def of(self, part: Callable[..., pl.DataFrame], *about: object, **how: object) -> Beside:
        """The same with the part of the answer that a page takes, or with the answer as it is drawn."""
        return self._replace(answer=part(self.answer, *about, **how))

    def also(self, frame: pl.DataFrame, *names: str) -> pl.DataFrame:
        """Counts with a row of nobody for what occurs in what is compared with alone. names: what tells rows apart."""
        others = self.answer.filter(pl.col("aantal") > 0).join(frame, on=names, how="anti").select(names)
        if others.is_empty() or not presentation.all_exact(frame, "aantal"):
            return frame
        nobody = others.with_columns(aantal=pl.lit(0, frame.schema["aantal"]), aantal_weergave=pl.lit(EXACT))
        return pl.concat([frame, written.with_texts(nobody).select(frame.columns)])

    def column_of(self, table: pl.DataFrame, on: str, column: str = "waarde") -> pl.DataFrame:
        """A table with the figures of what is compared with, under its name. on: the column that tells rows apart."""
        names = presentation.with_weergave(self.answer, column)
        own = presentation.renamed(self.answer.select(on, *names), {column: self.title})
        return table.join(own, on=on, how="left", maintain_order="left")

    def key(self, x: alt.XValue, y: alt.YValue, sign: str = "- - -", also: str = "", **look: object) -> list[alt.Chart]:
        """What the grey sign in a drawing is, at a place in it. also: what is told behind the name."""
        words = alt.Chart(pl.DataFrame({"naast": [f"{sign}  {self.title}{also}"]}))
        return on_rim(words, x, y, alt.Text("naast:N"), colour=GREY_WORDS, **{"fontSize": 12, **look})

    def shares(self, frame: pl.DataFrame, name: str) -> pl.DataFrame | None:
        """The parts of a whole in percents, of a frame and of what is compared with; None where these are not told.

        frame: name and aantal. Columns: name, deel and ander (in words), tik (how many it would be in the frame if the
        shares were those of what is compared with), aantal_ander.
        """
        both = [each.select(name, "aantal") for each in (frame, self.answer)]
        wholes = [each["aantal"].sum() for each in both]
        exact = presentation.all_exact(frame, "aantal") and presentation.all_exact(self.answer, "aantal")
        if not exact or min(wholes) < presentation.MINIMUM:
            return None
        rows = both[0].join(both[1], on=name, how="left", suffix="_ander", maintain_order="left")
        own, other = (pl.col("aantal") / wholes[0], pl.col("aantal_ander").fill_null(0) / wholes[1])
        percents = rows.select(name, deel=own, ander=other, tik=other * wholes[0], aantal_ander=pl.col("aantal_ander"))
        return percents.with_columns(pl.col("deel", "ander").map_elements(formats.percent, return_dtype=pl.String))

    def share_columns(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        """The frame with the share of every part, and under its name what is compared with: "54 (40%)"."""
        shares = self.shares(frame, name)
        if shares is None:
            return frame
        other = pl.format("{} ({})", pl.col("aantal_ander").fill_null(0), "ander").alias(self.title)
        return frame.join(shares.select(name, "deel", other), on=name, maintain_order="left")


def whose(make: Callable[[pl.DataFrame], pl.DataFrame], answer: pl.DataFrame, beside: Beside | None) -> pl.DataFrame:
    """A table of an answer; of two when there is one beside it, with a first column that says whose a row is."""
    if beside is None:
        return make(answer)
    both = {CHOSEN: answer, beside.title: beside.answer}
    rows = [make(own).select(pl.lit(name).alias("wie"), pl.all()) for name, own in both.items()]
    # Of one less may be public than of the other.
    whole = pl.concat(rows, how="diagonal")
    lacking = [name for name in whole.columns if any(name not in each.columns for each in rows)]
    return whole.with_columns(pl.col(name).fill_null(presentation.NOT_SHOWN) for name in lacking)


def under(frame: pl.DataFrame, beside: Beside | None, row: str, part: str) -> pl.DataFrame:
    """Counts per row and part, with below them those of what is compared with as one row; of more rows also their sum.

    The frame as it is when nothing is compared, and where rounded counts do not add up.
    """
    if beside is None or not all(presentation.all_exact(each, "aantal") for each in (frame, beside.answer)):
        return frame
    wholes = {_TOLD["together"]: frame} if frame[row].n_unique() > 1 else {}
    added = [_summed(each, row, part, name) for name, each in (wholes | {beside.title: beside.answer}).items()]
    return pl.concat([frame, *(each.select(frame.columns) for each in added)])


def _summed(frame: pl.DataFrame, row: str, part: str, name: str) -> pl.DataFrame:
    sums = frame.group_by(part, maintain_order=True).agg(pl.sum("aantal"))
    return written.with_texts(sums.select(pl.lit(name).alias(row), part, "aantal", aantal_weergave=pl.lit(EXACT)))


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
