"""The charts of a briefing: those of the page Overzicht, for the KPIs of one theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

import queries
from pages.briefing.document import Picture
from pages.briefing.figures import Figures
from pages.show import trend as drawing
from pages.words import formats, presentation
from pages.words import sentences as says

NO_TREND = "Voor een grafiek van het verloop zijn de aantallen te klein."
FEWEST = 2
DRAWN = ("teller", "noemer", "waarde")


def trend(theme: str, names: Sequence[str], figures: Figures) -> Picture | None:
    """The stands of a theme's KPIs through the year; None when too few of them may be shown or can be told."""
    frame = figures.frames["kpi_trend"]
    drawn = [name for name in names if _enough(frame, name)]
    if not drawn:
        return None
    rows = frame.filter(pl.col("indicator").is_in(drawn))
    events = _events()
    chart = drawing.chart(rows, drawn, events)
    titles = formats.enumerate_words([f"‘{queries.INDICATOREN[name].titel}’" for name in drawn])
    rounded = "" if presentation.all_exact(rows, "waarde") else " (afgerond)"
    title = f"{titles} in {figures.peildatum.year}{rounded}"
    return Picture(chart, title, description(theme, rows, drawn, events))


def description(theme: str, rows: pl.DataFrame, names: Sequence[str], events: pl.DataFrame) -> str:
    """What the chart shows, for who does not see it: of each line where it begins, ends, is lowest and highest."""
    lines = " ".join(_line(name, _told(rows, name)) + _norm(name) for name in names)
    noted = "".join(
        f" Gebeurtenis op {formats.long_date(event['datum_van'])}: {event['titel']}."
        for event in drawing.events_within(rows, names, events).iter_rows(named=True)
    )
    return f"Lijngrafiek bij {theme}. {lines}{noted}"


def _line(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    indicator = queries.INDICATOREN[name]

    def written(row: Mapping[str, Any]) -> str:
        return f"{says.value(indicator, row)} in {formats.month(row['stand'])}"

    first, last = rows[0], rows[-1]
    if len({row["waarde"] for row in rows}) == 1:
        return (
            f"{indicator.titel}: steeds {says.value(indicator, first)}, "
            f"van {formats.month(first['stand'])} tot en met {formats.month(last['stand'])}."
        )
    lowest, highest = (extreme(rows, key=lambda row: row["waarde"]) for extreme in (min, max))
    rest = [
        f"{word} {written(row)}"
        for word, row in (("laagst", lowest), ("hoogst", highest))
        if row["waarde"] not in (first["waarde"], last["waarde"])
    ]
    between = f"; daartussen {formats.enumerate_words(rest)}" if rest else ""
    return f"{indicator.titel}: van {written(first)} naar {written(last)}{between}."


def _norm(name: str) -> str:
    indicator = queries.INDICATOREN[name]
    return "" if indicator.norm is None else f" De norm is {presentation.norm(indicator)}."


def drawable(frame: pl.DataFrame) -> pl.DataFrame:
    """The stands whose figures may be shown."""
    return presentation.drawable(frame, *DRAWN)


def _told(frame: pl.DataFrame, name: str) -> list[dict[str, Any]]:
    """The stands of a KPI that have a point in the chart, in order."""
    indicator = queries.INDICATOREN[name]
    rows = drawable(frame.filter(pl.col("indicator") == name)).sort("stand").to_dicts()
    return [row for row in rows if row["noemer"] and row["waarde"] is not None and not says.too_few(indicator, row)]


def _enough(frame: pl.DataFrame, name: str) -> bool:
    """Whether two stands or more can be drawn, the last one among them: its figure stands in the chart."""
    told = _told(frame, name)
    last = frame.filter(pl.col("indicator") == name)["stand"].max()
    return len(told) >= FEWEST and told[-1]["stand"] == last


def _events() -> pl.DataFrame:
    """The events that are not about every KPI: the law itself is what the briefing is about."""
    events = queries.events()
    everything = [set(queries.INDICATOREN) <= set((text or "").split()) for text in events["indicatoren"]]
    return events.filter(~pl.Series(everything, dtype=pl.Boolean))
