"""Survival curves: how they are drawn, exact and published, and what one says on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import altair as alt
import polars as pl

import queries
from pages.show import TEXTS, theme
from pages.show.bars import RIGHT
from pages.show.beside import DASHED, Beside, whose
from pages.show.rim import on_rim
from pages.words import formats, presentation

# Under this number still followed a curve is drawn dotted: one more or less moves it a lot.
FEW = queries.MINIMUM_NOEMER
# A published curve has a point per whole month, at the day nearest to it.
DAYS_IN_A_MONTH = 30.4375
# The height of a line of text, in pixels.
LINE = 17
# Characters of a text above the curves that fit on a phone.
_WIDTH_OF_WORDS = 48
DOTTED, PER_MONTH = TEXTS["curve"]["dotted"], TEXTS["curve"]["per_month"]


class Spot(NamedTuple):
    """A place beside a line: a time in the unit of the axis and a share, with words, or with a mark that tells both.

    line: whose colour it has. words: in lines, and place: how they stand to it. na, deel: what a mark tells.
    """

    line: str
    time: float
    share: float
    words: Sequence[str] = ()
    place: Mapping[str, object] = MappingProxyType({})
    na: str = ""
    deel: str = ""


def how_to_read(curve: pl.DataFrame) -> str:
    """How a curve is read: an exact one has a step for each event, a published one a point per month."""
    return DOTTED if presentation.all_exact(curve) else PER_MONTH


# ------------------------------------------------------------------------------------------------ the drawing


def chart(
    curve: pl.DataFrame,
    drawn: pl.DataFrame,
    group: str,
    x: alt.X,
    colours: Mapping[str, theme.Tone],
    told: Mapping[str, str],
    *,
    what: str,
    norms: Mapping[float, str] = MappingProxyType({}),
    spots: Sequence[Spot] = (),
    joined: bool = False,
    height: int = 400,
    beside: Beside | None = None,
) -> alt.LayerChart:
    """A line per group, from 0 to 100%; above it which months are too small to show.

    curve: a question such as pip_overleving. drawn: see points(). x: see time_axis(). told: what a point tells, see
    theme.tooltip(); `gevolgd` only where that is known. what: all of it, for who cannot see it. norms: labelled lines,
    at a time. joined: a dot per month, joined by a line, in the place of steps. beside: see points(); the thin dashed
    lines of what is compared with.
    """
    told = {about: column for about, column in told.items() if column != "gevolgd" or drawn["in_risico"].count()}
    colour = alt.Color(f"{group}:N", legend=None, scale=theme.scale(colours, only=curve[group]))
    missing = too_small(curve, group)
    lines = _joined_dots if joined else _steps
    rules = alt.Chart(pl.DataFrame({_time(x): list(norms), "tekst": list(norms.values())}))
    rule = rules.mark_rule(color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1).encode(x)
    words = rules.mark_text(align="right", baseline="bottom", dy=-6, fontSize=12)
    labelled = [rule, words.encode(x, alt.YValue(0), alt.Text("tekst:N"))] if norms else []
    # What is published of others may be told by other groups.
    other, also = _beside(beside.of(_of, group, curve), group, x, colour, joined=joined) if beside else ([], "")
    layers = [*labelled, *other, *lines(drawn, group, x, told, colour), *_spots(spots, group, x, told, colour)]
    return alt.layer(*layers).properties(height=height, description=" ".join(filter(None, (what, also, missing))))


def _of(drawn: pl.DataFrame, group: str, curve: pl.DataFrame) -> pl.DataFrame:
    """The lines of the groups that a curve has as well."""
    return drawn.filter(pl.col(group).is_in(curve[group].to_list()))


def _beside(beside: Beside, group: str, x: alt.X, colour: alt.Color, *, joined: bool) -> tuple[list[alt.Chart], str]:
    """The lines of what is compared with until fewer than 10 are followed, and where they end in words.

    One line is grey; of more each has the colour of its group.
    """
    drawn = beside.answer.filter(pl.col("in_risico").fill_null(FEW) >= FEW)
    if drawn.is_empty():
        return [], ""
    several = drawn[group].n_unique() > 1
    look = {**DASHED, "interpolate": "linear" if joined else "step-after", **({"opacity": 0.75} if several else {})}
    place = [x, _share(), alt.Detail("stuk:N"), *([colour] if several else [])]
    ends = drawn.group_by(group, maintain_order=True).last().iter_rows(named=True)
    said = "; ".join(f"{row[group]} {row['deel']} na {row['na']}".strip() for row in ends)
    line = alt.Chart(drawn.select(group, _time(x), "aandeel", "stuk")).mark_line(**look)
    # Below lines that fall there is room at the beginning, below lines that rise at the end.
    rising = drawn["aandeel"][-1] > drawn["aandeel"][0]
    side = (RIGHT, "right") if rising else (alt.XValue(4), "left")
    key = beside.key(side[0], alt.YValue(alt.ExprRef("height - 14")), align=side[1])
    return [line.encode(*place), *key], f"{beside.title}: {said}."


def time_axis(column: str, title: str, step: int, until: float) -> alt.X:
    """The time of a curve, from 0 until past a time. column: dag or maanden. step: between two marks."""
    last = step * (int(until) // step + 1)
    # The labels at both ends stay inside the chart.
    look = {"format": ",.0f", "grid": False, "labelOverlap": "greedy"}
    look |= {"labelFlush": True, "labelFlushOffset": -3}
    marks = alt.Axis(values=list(range(0, last + 1, step)), **look)
    return alt.X(f"{column}:Q", title=title, scale=alt.Scale(domain=[0, last], nice=False), axis=marks)


def _time(x: alt.X) -> str:
    return x.shorthand.removesuffix(":Q")


def points(curve: pl.DataFrame, group: str, *, rising: bool = False, by_month: bool = False) -> pl.DataFrame:
    """The points of the lines that may be drawn, and what each tells.

    curve: a question such as pip_overleving: dag, in_risico, overleving; group: the column that tells one line from
    another. Added are aandeel (1 - overleving of a rising curve), maanden, stuk (which unbroken piece of its line a
    point belongs to: one ends where a share may not be shown), and in words na (the time: of an exact curve days, or
    months when it is read by_month), deel and gevolgd.
    """
    exact = presentation.all_exact(curve)
    hidden = (~presentation.may_be_shown(curve, "overleving")).cast(pl.Int64)
    drawn = presentation.drawable(curve.with_columns(stuk=hidden.cum_sum().over(group)), "overleving")
    drawn = in_months(drawn) if not exact else drawn.with_columns(maanden=(pl.col("dag") / DAYS_IN_A_MONTH).round(4))
    drawn = drawn.with_columns(aandeel=(1 - pl.col("overleving")) if rising else pl.col("overleving"))
    after = formats.whole_months if not exact else formats.months if by_month else formats.days
    time = pl.col("dag" if exact and not by_month else "maanden")
    percent = pl.col("aandeel").map_elements(formats.percent, return_dtype=pl.String)
    share = (pl.lit("") if exact else pl.lit(f"{presentation.ABOUT} ")) + percent
    told = {"na": time.map_elements(after, return_dtype=pl.String), "deel": share, "gevolgd": "in_risico_tekst"}
    return drawn.select(group, "dag", "maanden", "in_risico", "aandeel", "stuk", **told)


def _share() -> alt.Y:
    """The vertical axis of all curves: from 0 to 100%."""
    percents = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    return alt.Y("aandeel:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=percents)


def _steps(drawn: pl.DataFrame, group: str, x: alt.X, told: Mapping[str, str], colour: alt.Color) -> list[alt.Chart]:
    """Step lines, dotted from where fewer than 10 are followed; a point that no line reaches is a dot.

    To be pointed at is every step: an unseen rectangle, because a line has one tooltip for all of it.
    """
    time = _time(x)
    place = [x, _share(), colour, alt.Detail("stuk:N")]
    look = {"interpolate": "step-after", "strokeCap": "butt"}
    # Of a published curve in_risico is empty: it ends where it would rest on too few, so that all of it is firm.
    enough = pl.col("in_risico").fill_null(FEW) >= FEW
    firm = drawn.filter(enough)
    # The dotted part begins where the firm one ends, or a gap would show.
    last = firm.group_by(group, maintain_order=True).last().select(drawn.columns)
    dotted = pl.concat([last, drawn.filter(~enough)]).sort(group, "dag")
    firm, dotted = (alt.Chart(part.select(group, time, "aandeel", "stuk")) for part in (firm, dotted))
    # At the beginning all lines are the same, and a point would say nothing.
    alone = drawn.filter(pl.len().over(group, "stuk") == 1, pl.col(time) > 0)
    dots = alt.Chart(alone).mark_point(size=25, opacity=1).encode(x, _share(), colour, theme.tooltip(told))
    # The last step has no end.
    until = pl.col(time).shift(-1).over(group, "stuk").fill_null(pl.col(time) + pl.col(time).max() / 100)
    unseen = alt.Chart(drawn.with_columns(until.alias(f"{time}_tot"))).mark_rect(height=16, opacity=0)
    return [
        firm.mark_line(strokeWidth=2.5, **look).encode(*place),
        dotted.mark_line(strokeWidth=2, strokeDash=[2, 3], **look).encode(*place),
        *([dots] if alone.height else []),
        unseen.encode(x, alt.X2(f"{time}_tot:Q"), _share(), theme.tooltip(told)),
    ]


def _joined_dots(drawn: pl.DataFrame, group: str, x: alt.X, told: Mapping, colour: alt.Color) -> list[alt.Chart]:
    """A dot per month, joined by a line that breaks where a share may not be shown.

    The dots of a second line are open, so that two on one place show.
    """
    looks = ({"size": 50, "filled": True}, {"size": 150, "filled": False, "strokeWidth": 2})
    groups = zip(drawn.partition_by(group, maintain_order=True), looks, strict=False)
    points = [alt.Chart(own).mark_point(opacity=1, **look) for own, look in groups]
    dots = [point.encode(x, _share(), colour, theme.tooltip(told)) for point in points]
    return [alt.Chart(drawn).mark_line(strokeWidth=2).encode(x, _share(), colour, alt.Detail("stuk:N")), *dots]


def _spots(spots: Sequence[Spot], group: str, x: alt.X, told: Mapping[str, str], colour: alt.Color) -> list[alt.Chart]:
    """The marks on the lines, and the words beside them on a rim."""
    names = (group, _time(x), "aandeel", "na", "deel")
    frame = pl.DataFrame([dict(zip(names, (*spot[:3], spot.na, spot.deel), strict=True)) for spot in spots])
    layers = []
    for number, spot in enumerate(spots):
        if spot.words:
            look = {"fontWeight": "bold", "lineHeight": LINE, **spot.place}
            text = alt.TextValue(list(spot.words))
            layers += on_rim(alt.Chart(frame[number]), x, _share(), text, colour=colour, **look)
    marked = frame.filter(pl.col("na") != "") if spots else frame
    mark = alt.Chart(marked).mark_point(size=70, opacity=1)
    told = {about: column for about, column in told.items() if column != "gevolgd"}
    return [mark.encode(x, _share(), colour, theme.tooltip(told)), *layers] if marked.height else layers


# ------------------------------------------------------------------------------------------------ what it says


def in_months(curve: pl.DataFrame) -> pl.DataFrame:
    """A published curve with a column ``maanden``: the whole month that each of its days stands for."""
    return curve.with_columns(maanden=(pl.col("dag") / DAYS_IN_A_MONTH).round().cast(pl.Int64))


def table(curve: pl.DataFrame, group: str, beside: Beside | None = None) -> pl.DataFrame:
    """The curve as it is read: of a published one the share per month, of the lines of which one may be shown.

    beside: what is compared with, see whose().
    """

    def read(curve: pl.DataFrame) -> pl.DataFrame:
        if presentation.all_exact(curve):
            return curve
        shown = presentation.drawable(curve, "overleving")[group].to_list()
        rows = in_months(curve).filter(pl.col(group).is_in(shown))
        return rows.select(group, "maanden", *presentation.with_weergave(curve, "overleving"))

    return whose(read, curve, beside)


def too_small(curve: pl.DataFrame, group: str) -> str:
    """Which lines of a published curve, or which months of them, are too small to show; empty when none is.

    "Te klein om te tonen: A; B na 1 en 4 maanden." group: see points(); a line alone has no name.
    """
    hidden = in_months(curve).filter(~presentation.may_be_shown(curve, "overleving"))
    told = []
    for (name,), own in hidden.group_by(group, maintain_order=True):
        months = [formats.count(month) for month in own["maanden"]]
        all_of_it = own.height == curve.filter(pl.col(group) == name).height
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
