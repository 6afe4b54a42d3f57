"""The charts of a briefing: that of the page Overzicht, for one KPI of a theme, and how it looks on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

import queries
from pages.briefing.document import TEXTS, Picture, Tiles
from pages.briefing.figures import Figures
from pages.show import pictures
from pages.show import trend as drawing
from pages.words import formats, presentation

TOLD = TEXTS["document"]
FEWEST = 2
# Pixels of the chart itself, without its axis; the page makes it as wide as the column.
WIDTH, HEIGHT = 400, 92
# Dots per pixel of a PNG: 300 dots to the inch at the width that it has in Word.
FINENESS = 3
# The letter of the text, which typst has in it: what is drawn needs no font of the machine.
PAPER_FONT = "Libertinus Serif"


def trend(theme: str, names: Sequence[str], figures: Figures, beside: Tiles) -> Picture | None:
    """The stands through the year of the first of these KPIs that has a line; None when none has.

    That is one with two stands or more that may be shown and can be told: from its first one on all of them, up to the
    figure of the briefing itself.
    """
    frame = figures.frames["kpi_trend"]
    days = frame["stand"].unique().sort().to_list()
    for name in names:
        told = stands(frame, name)
        if len(told) >= FEWEST and [row["stand"] for row in told] == days[-len(told) :]:
            rows, events = frame.filter(pl.col("indicator") == name), some_events()
            title = TOLD["stands"].format(period=period(figures), year=figures.peildatum.year)
            chart, words = drawing.chart(rows, [name], events), description(theme, rows, [name], events)
            return Picture(chart, title, words, beside)
    return None


def period(figures: Figures) -> str:
    """How far the stands lie apart."""
    return "elk kwartaal" if figures.openbaar else "elke maand"


def description(theme: str, rows: pl.DataFrame, names: Sequence[str], events: pl.DataFrame) -> str:
    """What the chart shows, for who does not see it: of each line where it begins, ends, is lowest and highest."""
    lines = " ".join(_line(queries.INDICATOREN[name], stands(rows, name)) for name in names)
    noted = "".join(
        f" Gebeurtenis op {formats.long_date(event['datum_van'])}: {event['titel']}."
        for event in drawing.events_within(rows, names, events).iter_rows(named=True)
    )
    return f"Lijngrafiek bij {theme}. {lines}{noted}"


def _line(indicator: queries.Indicator, rows: Sequence[Mapping[str, Any]]) -> str:
    values = [row["waarde"] for row in rows]
    at = [f"{row['waarde_tekst']} in {formats.month(row['stand'])}" for row in rows]
    turns = [
        f"{word} {at[values.index(extreme)]}"
        for word, extreme in (("laagst", min(values)), ("hoogst", max(values)))
        if extreme not in (values[0], values[-1])
    ]
    told = f"van {at[0]} naar {at[-1]}{'; daartussen ' if turns else ''}{formats.enumerate_words(turns)}"
    if min(values) == max(values):
        first, last = (formats.month(rows[place]["stand"]) for place in (0, -1))
        told = f"steeds {rows[0]['waarde_tekst']}, van {first} tot en met {last}"
    norm = "" if indicator.norm is None else f" De norm is {presentation.norm(indicator)}."
    return f"{indicator.titel}: {told}.{norm}"


def stands(frame: pl.DataFrame, name: str) -> list[dict[str, Any]]:
    """The stands of a KPI that have a point in the chart, in order: shown, and on enough."""
    shown = presentation.drawable(frame.filter(pl.col("indicator") == name), "teller", "noemer", "waarde")
    return [
        row
        for row in shown.sort("stand").iter_rows(named=True)
        if row["waarde"] is not None and row["waarde_tekst"] not in (presentation.TOO_FEW, presentation.NOBODY)
    ]


def some_events() -> pl.DataFrame:
    """The events that are not about every KPI: the law itself is what the briefing is about."""
    named = pl.col("indicatoren").fill_null("").str.split(" ").list.set_intersection(list(queries.INDICATOREN))
    return queries.events().filter(named.list.len() < len(queries.INDICATOREN))


def svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG, in the letter of the text."""
    return pictures.drawn(_on_paper(chart)).replace(pictures.FONT, PAPER_FONT)


def png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as PNG on white."""
    return pictures.drawn(_on_paper(chart), FINENESS)


def _on_paper(chart: alt.TopLevelMixin) -> dict[str, Any]:
    spec = pictures.specification(chart)
    # Of the height on the screen only the room for events stays: paper is not clicked.
    return spec | {"width": WIDTH, "height": spec["height"] - drawing.PANEL + HEIGHT}
