"""The charts of the page Begeleiding: pure functions from an answer to an Altair chart."""

from __future__ import annotations

import textwrap
from datetime import date

import altair as alt
import polars as pl

from pages.show import curves, series, theme
from pages.show.curves import DAYS_IN_A_MONTH
from pages.words import presentation

SUBJECT = "Perioden van begeleiding die lopen"
# A label needs so many months of the axis beside its point to fit on a phone.
_ROOM = 11
_HEIGHT = 400
# Pixels above the drawing in which the names of the norms stand.
_NORMS = 16


def survival(curve: pl.DataFrame, durations: pl.DataFrame) -> alt.LayerChart | None:
    """The share of periods that still runs, by months since the start, as a step line per regime; see curves.

    curve: the question begeleiding_overleving. durations: begeleiding_duur, for the norm and the median of each
    regime. None without periods, and without a share that may be shown.
    """
    drawn = curves.points(curve, "regime", by_month=True)
    if drawn.is_empty():
        return None
    with_line = durations.filter(pl.col("regime").is_in(drawn["regime"].unique().to_list()))
    colour = alt.Color("regime:N", legend=None, scale=theme.scale(theme.REGIME, only=drawn["regime"]))
    axis = _month_axis(drawn, with_line)
    told = {"Regime": "regime", "Na": "na", "Nog in begeleiding": "deel"}
    told |= {"Nog gevolgd": "gevolgd"} if drawn["in_risico"].count() else {}
    medians = with_line.drop_nulls("mediaan_maanden").select(
        "regime", maanden="mediaan_maanden", mediaan="mediaan_maanden_tekst"
    )
    marks = alt.Chart(medians).mark_point(size=70, opacity=1)
    missing = curves.too_small(curve, "regime")
    return alt.layer(
        *_norms(with_line, axis),
        *curves.lines(drawn, "regime", axis, told, colour),
        marks.encode(axis, alt.YDatum(0.5), colour, theme.tooltip({"Regime": "regime", "Mediaan": "mediaan"})),
        *_labels(drawn, with_line, axis, colour),
        *curves.above(missing, room=_NORMS),
    ).properties(height=_HEIGHT, description=_survival_words(drawn, durations, missing))


def curve_table(curve: pl.DataFrame) -> pl.DataFrame:
    """The curve as it is read: of a published one the whole months, without the regimes that are too small to show."""
    if presentation.all_exact(curve):
        return curve
    shown = presentation.drawable(curve, "overleving")["regime"].unique().to_list()
    return curves.in_months(curve.filter(pl.col("regime").is_in(shown))).select(
        "regime", "maanden", *presentation.with_weergave(curve, "overleving")
    )


def duration_table(durations: pl.DataFrame) -> pl.DataFrame:
    """begeleiding_duur as it is read: the norm and those over it in words, in the place of two columns."""
    names = ("periodes", "beeindigd", "lopend", "p25_maanden", "mediaan_maanden", "p75_maanden")
    return durations.select(
        "regime",
        *presentation.with_weergave(durations, *names),
        over_norm=presentation.written_by(durations, _over_norm),
    )


def events_on_axis(events: pl.DataFrame, stock: pl.DataFrame) -> pl.DataFrame:
    """The events that touch begeleiding and lie between the first and the last month or quarter of the stock."""
    return series.events_on_axis(events, stock.to_series(0), "begeleiding_")


def stock(frame: pl.DataFrame, events: pl.DataFrame, peildatum: date) -> alt.LayerChart | None:
    """The periods per month or quarter, see series.stock_and_flow.

    frame: the question begeleiding_voorraad, see series.by_period. events: see events_on_axis().
    """
    return series.stock_and_flow(frame, events, peildatum, subject=SUBJECT, unit="Perioden")


def _month_axis(drawn: pl.DataFrame, durations: pl.DataFrame) -> alt.X:
    """Months since the start in steps of six, with room to the right of the last norm and median for a label."""
    longest = pl.concat([drawn["dag"], durations["norm_dagen"] + _ROOM * 30]).max()
    last = 6 * (int(longest / DAYS_IN_A_MONTH) // 6 + 1)
    return alt.X(
        "maanden:Q",
        title="Maanden sinds het begin van de begeleiding",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=list(range(0, last + 1, 6)), format=",.0f", grid=False),
    )


def _norms(durations: pl.DataFrame, axis: alt.X) -> list[alt.Chart]:
    # 365 and 730 days are written as the months of the agreement.
    months = (pl.col("norm_dagen") / DAYS_IN_A_MONTH).round(4)
    rows = durations.select(maanden=months).unique().sort("maanden")
    names = pl.lit("norm ") + pl.col("maanden").round().cast(pl.Int64).cast(pl.String) + " maanden"
    norms = alt.Chart(rows.with_columns(tekst=names))
    rule = norms.mark_rule(color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1)
    words = norms.mark_text(align="right", baseline="bottom", dx=0, dy=-6, fontSize=12)
    return [rule.encode(axis), words.encode(axis, alt.YValue(0), alt.Text("tekst:N"))]


def _labels(drawn: pl.DataFrame, durations: pl.DataFrame, axis: alt.X, colour: alt.Color) -> list[alt.Chart]:
    """The name and the median of every regime beside its line, never over it.

    A curve only falls. So the room above and to the right of its median is free, and so is the room to the left of
    its last point, below every line.
    """
    out, previous, stacked = [], None, 0
    line = curves.LINE
    reached = durations.drop_nulls("mediaan_maanden")
    for row in reached.sort("mediaan_maanden", descending=True).iter_rows(named=True):
        near = previous is not None and previous - row["mediaan_maanden"] < _ROOM
        stacked = stacked + 1 if near else 0
        previous = previous if near else row["mediaan_maanden"]
        text = [row["regime"], f"mediaan {row['mediaan_maanden_kort'].split(' ')[0]}"]
        point = pl.DataFrame({"regime": [row["regime"]], "maanden": [previous], "aandeel": [0.5]})
        up = -8 - line - (2 * line + 4) * stacked
        out += curves.label(point, text, axis, colour, align="left", baseline="bottom", dx=8, dy=up)
    # Below what every line has left when the label ends on a phone.
    ceiling = drawn.filter(pl.col("maanden") <= _ROOM)["aandeel"].min()
    ends = drawn.group_by("regime", maintain_order=True).last().sort("aandeel", descending=True)
    medians = dict(durations.select("regime", "mediaan_maanden_kort").iter_rows())
    for row in ends.filter(~pl.col("regime").is_in(reached["regime"].to_list())).iter_rows(named=True):
        height = min(row["aandeel"], row["aandeel"] if ceiling is None else ceiling)
        ceiling = height - 0.24
        beside = row["maanden"] >= _ROOM
        month = row["maanden"] if beside else 0.0
        point = pl.DataFrame({"regime": [row["regime"]], "maanden": [month], "aandeel": [height]})
        text = [*textwrap.wrap(row["regime"], 16), *textwrap.wrap(f"mediaan {medians[row['regime']]}", 16)]
        side = {"align": "right", "dx": -2} if beside else {"align": "left", "dx": 6}
        out += curves.label(point, text, axis, colour, baseline="top", dy=8, **side)
    return out


def _survival_words(drawn: pl.DataFrame, durations: pl.DataFrame, missing: str) -> str:
    """Per regime its number of periods, the last point of its line and its median, for who cannot see them."""
    last = {row["regime"]: row for row in drawn.group_by("regime").last().iter_rows(named=True)}
    words = [
        f"{row['regime']}: {row['periodes_tekst']} perioden"
        + (f", na {end['na']} loopt nog {end['deel']}" if (end := last.get(row["regime"])) else "")
        + f", mediaan {row['mediaan_maanden_tekst']}"
        for row in durations.iter_rows(named=True)
    ]
    return f"Deel van de perioden van begeleiding dat nog loopt, naar duur. {'; '.join(words)}. {missing}".strip()


def _over_norm(row: dict) -> str:
    """Those over the norm of those that can be judged: "3 van 17", "<10 van 20"."""
    if row["over_norm_noemer"] == 0:
        return "nog niet te beoordelen"
    return presentation.of(row, "over_norm_teller", "over_norm_noemer")
