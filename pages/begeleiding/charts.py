"""The charts of the page Begeleiding: which column of an answer goes where."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from pages.show import curves, theme, vega
from pages.show.beside import Beside
from pages.show.curves import DAYS_IN_A_MONTH, LINE, Spot
from pages.words import formats, presentation

SUBJECT = "Perioden van begeleiding die lopen"
# A label needs so many months of the axis beside its point to fit on a phone.
_ROOM = 11
# The height of a line of a label, as a share of that of the curves.
_LINE_SHARE = 0.06


@vega.kept
def survival(curve: pl.DataFrame, durations: pl.DataFrame, beside: Beside | None = None) -> alt.LayerChart | None:
    """The share of periods that still runs, by months since the start, as a step line per regime; see curves.

    curve: the question begeleiding_overleving. durations: begeleiding_duur, for the norm and the median of each
    regime. beside: the curve of what is compared with. None without periods, and without a share that may be shown.
    """
    drawn = curves.points(curve, "regime", by_month=True)
    if drawn.is_empty():
        return None
    ends = {row["regime"]: row for row in drawn.group_by("regime", maintain_order=True).last().iter_rows(named=True)}
    with_line = durations.filter(pl.col("regime").is_in(list(ends)))
    # Days are written as the months of the agreement.
    norms = [round(days / DAYS_IN_A_MONTH, 4) for days in sorted(set(with_line["norm_dagen"]))]
    longest = max(drawn["maanden"].max(), *(month + _ROOM for month in norms))
    # Below what every line has left when a label ends on a phone.
    low = drawn.filter(pl.col("maanden") <= _ROOM)["aandeel"].min()
    said = "; ".join(_said(row, ends.get(row["regime"])) for row in durations.iter_rows(named=True))
    return curves.chart(
        curve,
        drawn,
        "regime",
        curves.time_axis("maanden", "Maanden sinds het begin van de begeleiding", 6, longest),
        theme.REGIME,
        {"Regime": "regime", "Na": "na", "Nog in begeleiding": "deel", "Nog gevolgd": "gevolgd"},
        what=f"Deel van de perioden van begeleiding dat nog loopt, naar duur. {said}.",
        norms=norm_words(norms),
        spots=[*_medians(with_line), *_without_median(with_line, ends, 1.0 if low is None else low)],
        beside=beside and beside.of(curves.points, "regime", by_month=True),
    )


def norm_words(norms: Sequence[float]) -> dict[float, str]:
    """The words at each norm; where some are so near that theirs would not fit on a phone, at the last of these."""
    told, near = {}, []
    for month in norms:
        near = [*near, month] if near and month - near[-1] < _ROOM else [month]
        names = formats.enumerate_words([f"{each:.0f}" for each in near])
        told |= dict.fromkeys(near, "") | {month: f"norm {names} maanden"}
    return told


def _said(row: presentation.Row, end: presentation.Row | None) -> str:
    """A regime for who cannot see it: its number of periods, the last point of its line and its median."""
    last = f", na {end['na']} loopt nog {end['deel']}" if end else ""
    return f"{row['regime']}: {row['periodes_tekst']} perioden{last}, mediaan {row['mediaan_maanden_tekst']}"


def _medians(durations: pl.DataFrame) -> list[Spot]:
    """A mark at the median of every regime, and its name above and to the right: there a falling curve leaves room."""
    spots, previous, above = [], None, 0
    reached = durations.drop_nulls("mediaan_maanden").sort("mediaan_maanden", descending=True)
    for row in reached.iter_rows(named=True):
        month = row["mediaan_maanden"]
        near = previous is not None and previous - month < _ROOM
        above, previous = (above, previous) if near else (0, month)
        words = [*textwrap.wrap(row["regime"], 10), f"mediaan {row['mediaan_maanden_kort'].split(' ')[0]}"]
        above += LINE * len(words) + 4
        place = {"align": "left", "baseline": "bottom", "dx": 8, "dy": LINE - 4 - above}
        spots.append(Spot(row["regime"], previous, 0.5, words, place))
        spots.append(Spot(row["regime"], month, 0.5, na=row["mediaan_maanden_tekst"], deel="50%"))
    return spots


def _without_median(durations: pl.DataFrame, ends: Mapping[str, presentation.Row], low: float) -> list[Spot]:
    """The names of the other regimes: the room to the left of the last point of a line, below every line, is free.

    Their lines are so short that they fit there on a phone.
    """
    spots, others = [], durations.filter(pl.col("mediaan_maanden").is_null())
    for row in sorted(others.iter_rows(named=True), key=lambda row: -ends[row["regime"]]["aandeel"]):
        end, height = ends[row["regime"]], min(ends[row["regime"]]["aandeel"], low)
        words = [*textwrap.wrap(row["regime"], 10), *textwrap.wrap(f"mediaan {row['mediaan_maanden_kort']}", 10)]
        low = height - _LINE_SHARE * len(words)
        beside = end["maanden"] >= _ROOM
        place = {"align": "right", "dx": -2} if beside else {"align": "left", "dx": 6}
        at = end["maanden"] if beside else 0.0
        spots.append(Spot(row["regime"], at, height, words, {"baseline": "top", "dy": 8, **place}))
    return spots


def duration_table(durations: pl.DataFrame) -> pl.DataFrame:
    """begeleiding_duur as it is read: the norm and those over it in words, in the place of two columns, where told."""
    names = ("periodes", "beeindigd", "lopend", "p25_maanden", "mediaan_maanden", "p75_maanden")
    told = not presentation.all_left_out(durations, "over_norm_noemer")
    over_norm = {"over_norm": presentation.written_by(durations, _over_norm)} if told else {}
    return durations.select("regime", *presentation.with_weergave(durations, *names), **over_norm)


def _over_norm(row: dict) -> str:
    """Those over the norm of those that can be judged: "3 van 17", "<10 van 20"."""
    if row["over_norm_noemer"] == 0:
        return "nog niet te beoordelen"
    return presentation.of(row, "over_norm_teller", "over_norm_noemer")
