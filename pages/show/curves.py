"""How a survival curve is read and drawn: where it is firm, and what it says on a day."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

import queries
from pages.show import theme
from pages.words import formats, presentation

# Under this number still followed a curve is drawn dotted: one more or less moves it a lot.
FEW = queries.MINIMUM_NOEMER
# A published curve has a point per whole month, at the day nearest to it.
DAYS_IN_A_MONTH = 30.4375


def firm_and_dotted(curve: pl.DataFrame, group: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A survival curve in two parts: where 10 or more are still followed, and from there on.

    curve: columns dag and in_risico, and the column `group` that tells one line from another. Of a published curve
    in_risico is empty: it ends where it would rest on too few, so that all of it is firm.
    """
    curve = presentation.drawable(curve, "overleving")
    firm = curve.filter(pl.col("in_risico").fill_null(FEW) >= FEW)
    last = firm.group_by(group, maintain_order=True).last().select(curve.columns)
    rest = curve.filter(pl.col("in_risico") < FEW)
    return firm, pl.concat([last, rest]).sort(group, "dag")


def with_pieces(curve: pl.DataFrame, group: str) -> pl.DataFrame:
    """The points that may be drawn, with a column ``stuk``: which unbroken piece of its line a point belongs to.

    A piece ends where a share may not be shown; encoded as detail, no line runs through that place. group: see
    firm_and_dotted(). Of exact figures every line is one piece.
    """
    hidden = (~presentation.may_be_shown(curve, "overleving")).cast(pl.Int64)
    return presentation.drawable(curve.with_columns(stuk=hidden.cum_sum().over(group)), "overleving")


def lone(pieces: pl.DataFrame, group: str) -> pl.DataFrame:
    """The points that are a piece of their own, which no line shows. pieces: see with_pieces()."""
    return pieces.filter(pl.len().over(group, "stuk") == 1)


def to_point_at(pieces: pl.DataFrame, group: str, x: alt.X, y: alt.Y, told: Mapping[str, str]) -> alt.Chart:
    """What is pointed at along a step line, because a line has one tooltip for all of it: an unseen rectangle per step.

    pieces: see with_pieces(), with the fields of x and y. told: see theme.tooltip().
    """
    time = x.shorthand.removesuffix(":Q")
    since = pl.col(time)
    # The last step has no end.
    until = since.shift(-1).over(group, "stuk").fill_null(since + since.max() / 100)
    return (
        alt.Chart(pieces.with_columns(until.alias(f"{time}_tot")))
        .mark_rect(height=16, opacity=0, aria=False)
        .encode(x=x, x2=alt.X2(f"{time}_tot:Q"), y=y, tooltip=theme.tooltip(told))
    )


def in_months(curve: pl.DataFrame) -> pl.DataFrame:
    """A published curve with a column ``maanden``: the whole month that each of its days stands for."""
    return curve.with_columns(maanden=(pl.col("dag") / DAYS_IN_A_MONTH).round().cast(pl.Int64))


def missing(curve: pl.DataFrame) -> str:
    """After how many months one published line is too small to show: "na 1 maand", "na 1 en 4 maanden"; empty if never.

    curve: see in_months(). "overal" when that is so in all months.
    """
    hidden = curve.filter(~presentation.may_be_shown(curve, "overleving"))
    if hidden.is_empty():
        return ""
    if hidden.height == curve.height:
        return "overal"
    months = [formats.count(month) for month in hidden["maanden"]]
    return f"na {formats.enumerate_words(months)} {'maand' if months == ['1'] else 'maanden'}"


def read_at(curve: pl.DataFrame, day: int) -> dict | None:
    """The row of one line that holds on a day: the last one on or before it.

    curve: one group of a question such as begeleiding_overleving (dag, in_risico, gecensureerd, overleving). None when
    the line ends before that day with some left, when the outcome on that day is known of fewer than 10, or when it is
    known of less than half and fewer than 10 were still followed.
    """
    if not presentation.all_exact(curve):
        # A published curve has a point per whole month, and a month is not a whole number of days.
        near = presentation.drawable(curve, "overleving").filter((pl.col("dag") - day).abs() <= 1)
        return near.row(-1, named=True) if near.height else None
    before = curve.filter(pl.col("dag") <= day)
    if before.is_empty():
        return None
    row = before.row(-1, named=True)
    everybody = before["in_risico"][0]
    lost = int(before.filter(pl.col("dag") < day)["gecensureerd"].fill_null(0).sum())
    known = everybody - lost
    if known < FEW or (row["overleving"] > 0 and curve["dag"][-1] < day):
        return None
    return row if row["in_risico"] >= FEW or lost <= known else None
