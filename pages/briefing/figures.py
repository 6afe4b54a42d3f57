"""The figures of a briefing: the answers to its questions, each figure with how it may be shown.

A frame has, beside every column with a figure, a column ``<kolom>_weergave``: exact, afgerond, beschermd or weggelaten
(see queries.columns). The public edition reads the publication and nothing else; without one there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import polars as pl

import queries
from pages import start

Uitgave = Literal["openbaar", "intern"]
OPENBAAR: Uitgave = "openbaar"
INTERN: Uitgave = "intern"

Source = queries.Database | queries.Publication

QUESTIONS = (
    "kpi",
    "kpi_trend",
    "kpi_verandering",
    "overdracht_per_wijkteam",
    "overdracht_totaal",
    "kpi_per_gebied",
    "evaluatie_meetbaarheid",
    "evaluatie_vergelijking",
)

# Of the areas a briefing tells one thing: the share that each receiving wijkteam got.
PER_WIJKTEAM = (pl.col("niveau") == "wijkteam") & (pl.col("indicator") == "overdracht_gedaan")

NOT_PUBLISHED = (
    "Er zijn nog geen openbare cijfers gepubliceerd, dus er is nog geen openbare briefing. Cijfers van de gemeente "
    "worden nooit vanzelf openbaar: een beheerder publiceert ze, met python -m queries.openbaar."
)

Ask = Callable[[str, queries.Selection], pl.DataFrame]


@dataclass(frozen=True)
class Figures:
    """The answers behind one briefing, by the name of their question, and where they come from.

    peildatum: the day that the figures are about. made: when the data were taken in. levering: their mark.
    grens: the wijkteams to whose area the reader, and so the briefing, is limited.
    """

    uitgave: Uitgave
    frames: Mapping[str, pl.DataFrame]
    selection: queries.Selection
    peildatum: date
    demo: bool
    made: datetime
    levering: str
    grens: tuple[str, ...] | None = None

    def rows(self, question: str) -> list[dict[str, Any]]:
        """The rows of an answer."""
        return self.frames[question].to_dicts()

    def by_indicator(self, question: str) -> dict[str, dict[str, Any]]:
        """The rows of an answer that has one row per KPI."""
        return {row["indicator"]: row for row in self.rows(question)}


def gather(uitgave: Uitgave, ask: Ask, selection: queries.Selection, source: Source) -> Figures:
    """Asks every question of a briefing.

    ask: answers in the form of queries.shown. source: what is asked. Raises queries.QueryError with a Dutch message.
    """
    frames = {name: ask(name, selection) for name in QUESTIONS}
    frames["kpi_per_gebied"] = frames["kpi_per_gebied"].filter(PER_WIJKTEAM)
    return Figures(
        uitgave,
        frames,
        selection,
        selection.peildatum or source.peildatum,
        source.demo,
        moment(source.manifest.aangemaakt, source.peildatum),
        source.manifest.levering_id,
        source.grens,
    )


def moment(found: datetime | None, peildatum: date) -> datetime:
    """When the data were taken in, to the second; the end of the peildatum when the manifest does not say."""
    zone = ZoneInfo("Europe/Amsterdam")
    if found is None:
        return datetime.combine(peildatum, time(23, 59), zone)
    return found.replace(microsecond=0) if found.tzinfo else found.replace(microsecond=0, tzinfo=zone)


def intern(selection: queries.Selection, folder: Path | None = None) -> Figures:
    """The exact figures of a snapshot, by default the one in use, for who may see them; raises queries.QueryError."""
    source = queries.open_database(folder)
    if isinstance(source, queries.Publication):
        raise queries.QueryError("Hier zijn alleen openbare cijfers; een interne briefing is er niet.")
    return gather(INTERN, lambda name, chosen: queries.shown(name, chosen, source), selection, source)


def openbaar(
    selection: queries.Selection, folder: Path | None = None, meanwhile: start.Meanwhile = nullcontext
) -> Figures:
    """The published figures, by default those of the publication in use. No figure comes from a snapshot.

    Where nothing is published and the demo is in use, the demo is published first, for briefings only; meanwhile is
    entered while that is done. Raises queries.QueryError when nothing is published, or not this selection.
    """
    try:
        source = queries.open_publication(folder)
    except queries.NoPublication as error:
        of_demo = start.demo_publication(meanwhile) if folder is None else None
        if of_demo is None:
            raise queries.QueryError(NOT_PUBLISHED) from error
        source = of_demo
    return gather(OPENBAAR, lambda name, chosen: queries.shown(name, chosen, source), selection, source)
