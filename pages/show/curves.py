"""Survival curves: how they are drawn, exact and published, and what one says on a day."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

import queries
from pages.show import rim, theme
from pages.words import formats, presentation

# Under this number still followed a curve is drawn dotted: one more or less moves it a lot.
FEW = queries.MINIMUM_NOEMER
# A published curve has a point per whole month, at the day nearest to it.
DAYS_IN_A_MONTH = 30.4375
# The height of a line of text, in pixels.
LINE = 17
# Characters of a text above the curves that fit on a phone.
_WIDTH_OF_WORDS = 48

DOTTED = "Waar de lijn gestippeld is, worden minder dan 10 nog gevolgd: één meer of minder maakt daar veel uit."
PER_MONTH = (
    "Er is één stand per hele maand, afgerond. Waar een punt of een stuk lijn ontbreekt, zijn de aantallen te klein om "
    "te tonen."
)


def how_to_read(curve: pl.DataFrame) -> str:
    """How a curve is read: an exact one has a step for each event, a published one a point per month."""
    return DOTTED if presentation.all_exact(curve) else PER_MONTH


def points(curve: pl.DataFrame, group: str, *, rising: bool = False, by_month: bool = False) -> pl.DataFrame:
    """The points of the lines that may be drawn, and what each tells.

    curve: a question such as pip_overleving: dag, in_risico, overleving; group: the column that tells one line from
    another. Added are aandeel (1 - overleving of a rising curve), maanden, stuk (see with_pieces), and in words na (the
    time: of an exact curve days, or months when it is read by_month), deel and gevolgd.
    """
    exact = presentation.all_exact(curve)
    drawn = with_pieces(curve if exact else in_months(curve), group)
    if exact:
        drawn = drawn.with_columns(maanden=(pl.col("dag") / DAYS_IN_A_MONTH).round(4))
    share = (1 - pl.col("overleving")) if rising else pl.col("overleving")
    drawn = drawn.with_columns(aandeel=share)

    def after(row: presentation.Row) -> str:
        if not exact:
            return presentation.whole_months(row["maanden"])
        return formats.months(row["maanden"]) if by_month else formats.days(row["dag"])

    return drawn.select(
        group,
        "dag",
        "maanden",
        "in_risico",
        "aandeel",
        "stuk",
        na=presentation.written_by(drawn, after),
        deel=presentation.written_by(
            drawn, lambda row: presentation.about(row, "overleving", formats.percent(row["aandeel"]))
        ),
        gevolgd=presentation.counts(drawn, "in_risico"),
    )


def share_axis(column: str = "aandeel") -> alt.Y:
    """The vertical axis of all curves: from 0 to 100%."""
    percents = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    return alt.Y(f"{column}:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=percents)


def lines(
    drawn: pl.DataFrame, group: str, x: alt.X, told: Mapping[str, str], colour: alt.Color | alt.ColorValue
) -> list[alt.Chart]:
    """Step lines, dotted from where fewer than 10 are followed; a point that no line reaches is a dot.

    drawn: see points(). x: of the column dag or maanden. told: see theme.tooltip(); to be pointed at is every step.
    """
    y, time = share_axis(), x.shorthand.removesuffix(":Q")
    place = [x, y, colour, alt.Detail("stuk:N")]
    steps = {"interpolate": "step-after", "strokeCap": "butt"}
    firm, dotted = (alt.Chart(part.select(group, time, "aandeel", "stuk")) for part in firm_and_dotted(drawn, group))
    # At the beginning all lines are the same, and a point would say nothing.
    alone = lone(drawn, group).filter(pl.col(time) > 0)
    dots = alt.Chart(alone).mark_point(size=25, opacity=1).encode(x, y, colour, theme.tooltip(told))
    return [
        firm.mark_line(strokeWidth=2.5, **steps).encode(*place),
        dotted.mark_line(strokeWidth=2, strokeDash=[2, 3], **steps).encode(*place),
        *([dots] if alone.height else []),
        _to_point_at(drawn, group, x, y, told),
    ]


def joined_dots(
    drawn: pl.DataFrame, group: str, x: alt.X, told: Mapping[str, str], colour: alt.Color | alt.ColorValue
) -> list[alt.Chart]:
    """A dot per month, joined by a line that breaks where a share may not be shown; see lines().

    The dots of a second line are open, so that two on one place show.
    """
    y, time = share_axis(), x.shorthand.removesuffix(":Q")
    looks = ({"size": 50, "filled": True}, {"size": 150, "filled": False, "strokeWidth": 2})
    place = [x, y, colour]
    joined = alt.Chart(drawn.select(group, time, "aandeel", "stuk")).mark_line(strokeWidth=2)
    dots = [
        alt.Chart(drawn.filter(pl.col(group) == name).select(*dict.fromkeys((group, time, "aandeel", *told.values()))))
        .mark_point(opacity=1, **look)
        .encode(*place, theme.tooltip(told))
        for name, look in zip(drawn[group].unique(maintain_order=True), looks, strict=False)
    ]
    return [joined.encode(*place, alt.Detail("stuk:N")), *dots]


def above(words: str, dy: int = -8, room: int = 0) -> list[alt.Chart]:
    """Words above the drawing, in lines that fit on a phone. room: pixels for what stands between."""
    told = textwrap.wrap(words, _WIDTH_OF_WORDS)
    if not told:
        return []
    # The first line stands at the given height and the others below it.
    text = alt.Chart(pl.DataFrame({"tekst": ["\n".join(told)]})).mark_text(
        align="left", baseline="bottom", lineHeight=LINE, lineBreak="\n", fontSize=12,
        dy=dy - room - LINE * (len(told) - 1),
    )  # fmt: skip
    return [text.encode(alt.XValue(0), alt.YValue(0), alt.Text("tekst:N"))]


def label(
    at: pl.DataFrame, words: Sequence[str], x: alt.X, colour: alt.Color | None = None, **place: object
) -> list[alt.Chart]:
    """Words at a point (the fields of x, aandeel, and of the colour), on a rim. place: of the text mark."""
    text = alt.TextValue(list(words))
    look = {"fontWeight": "bold", "lineHeight": LINE, **place}
    return rim.on_rim(alt.Chart(at), x, share_axis(), text, colour=colour, **look)


def firm_and_dotted(drawn: pl.DataFrame, group: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The points of the lines in two parts: where 10 or more are still followed, and from there on.

    Of a published curve in_risico is empty: it ends where it would rest on too few, so that all of it is firm.
    """
    firm = drawn.filter(pl.col("in_risico").fill_null(FEW) >= FEW)
    last = firm.group_by(group, maintain_order=True).last().select(drawn.columns)
    rest = drawn.filter(pl.col("in_risico") < FEW)
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


def _to_point_at(drawn: pl.DataFrame, group: str, x: alt.X, y: alt.Y, told: Mapping[str, str]) -> alt.Chart:
    """An unseen rectangle per step to point at, because a line has one tooltip for all of it."""
    time = x.shorthand.removesuffix(":Q")
    since = pl.col(time)
    # The last step has no end.
    until = since.shift(-1).over(group, "stuk").fill_null(since + since.max() / 100)
    steps = drawn.select(*dict.fromkeys((group, "stuk", time, "aandeel", *told.values()))).with_columns(
        until.alias(f"{time}_tot")
    )
    seen = alt.Chart(steps).mark_rect(height=16, opacity=0, aria=False)
    return seen.encode(x, alt.X2(f"{time}_tot:Q"), y, theme.tooltip(told))


def in_months(curve: pl.DataFrame) -> pl.DataFrame:
    """A published curve with a column ``maanden``: the whole month that each of its days stands for."""
    return curve.with_columns(maanden=(pl.col("dag") / DAYS_IN_A_MONTH).round().cast(pl.Int64))


def too_small(curve: pl.DataFrame, group: str = "") -> str:
    """Which lines of a published curve, or which months of them, are too small to show; empty when none is.

    "Te klein om te tonen: A; B na 1 en 4 maanden." group: see points(); without it there is one line.
    """
    hidden = in_months(curve).filter(~presentation.may_be_shown(curve, "overleving"))
    told = []
    for name in hidden[group].unique(maintain_order=True) if group else [""] * min(hidden.height, 1):
        own = hidden.filter(pl.col(group) == name) if group else hidden
        months = [formats.count(month) for month in own["maanden"]]
        all_of_it = own.height == (curve.filter(pl.col(group) == name).height if group else curve.height)
        when = f"na {formats.enumerate_words(months)} {'maand' if months == ['1'] else 'maanden'}"
        told.append(" ".join(filter(None, (name, "" if all_of_it else when))))
    return f"{presentation.TOO_SMALL.capitalize()}: {'; '.join(told)}." if any(told) else ""


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
