"""The figures of a briefing: the answers to its questions, each figure with how it is shown and written.

The public edition reads the publication and nothing else; without one there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

import queries
from pages import start
from pages.briefing.document import TEXTS
from pages.filters import bar
from pages.show import downloads
from pages.words import college

OPENBAAR, INTERN = "openbaar", "intern"
Source = queries.Database | queries.Publication

# What is asked, and what its sheet in the workbook is called.
QUESTIONS: dict[str, str] = TEXTS["questions"]
# Of the areas a briefing tells one thing: the share that each receiving wijkteam got.
PER_WIJKTEAM = (pl.col("niveau") == "wijkteam") & (pl.col("indicator") == "overdracht_gedaan")


@dataclass(frozen=True, kw_only=True)
class Figures(downloads.Context):
    """The answers behind one briefing, by the name of their question, and where they come from.

    made: when the data were taken in, to the second; the end of the peildatum when the manifest does not say. nota:
    what the municipality filled in for the title block. duiding: what the college says, by KPI: what is said, and when
    it was written.
    """

    frames: Mapping[str, pl.DataFrame]
    made: datetime
    nota: queries.Nota
    duiding: Mapping[str, tuple[str, str]]

    @property
    def uitgave(self) -> str:
        """The edition."""
        return OPENBAAR if self.openbaar else INTERN

    def rows(self, question: str) -> list[dict[str, Any]]:
        """The rows of an answer."""
        return self.frames[question].to_dicts()

    def by_indicator(self, question: str) -> dict[str, dict[str, Any]]:
        """The rows of an answer that has one row per KPI."""
        return {row["indicator"]: row for row in self.rows(question)}


def gather(selection: queries.Selection, source: Source, ask: Callable[..., pl.DataFrame] | None = None) -> Figures:
    """Asks every question of a briefing; raises queries.QueryError with a Dutch message.

    source: what is asked. ask: by another way than queries.shown, with answers in that form.
    """
    ask = ask or partial(queries.shown, database=source)
    frames = {name: ask(name, selection) for name in QUESTIONS}
    frames["kpi_per_gebied"] = frames["kpi_per_gebied"].filter(PER_WIJKTEAM)
    made = source.manifest.aangemaakt or datetime.combine(source.peildatum, time(23, 59))
    made = made.replace(microsecond=0, tzinfo=made.tzinfo or ZoneInfo("Europe/Amsterdam"))
    public, peildatum = isinstance(source, queries.Publication), selection.peildatum or source.peildatum
    of_source = (source.demo, source.manifest.levering_id, source.grens, public)
    filters = bar.selection_in_words(selection, source)
    said = queries.duiding(selection, peildatum, source.grens)
    told = {name: college.told(each, frames["kpi_trend"], public=public) for name, each in said.items()}
    own = {"frames": frames, "made": made, "nota": queries.nota(), "duiding": told}
    return Figures(filters, selection, peildatum, *of_source, **own)


def intern(selection: queries.Selection, folder: Path | None = None) -> Figures:
    """The exact figures of a snapshot, by default the one in use, for who may see them; raises queries.QueryError."""
    source = queries.open_database(folder)
    if isinstance(source, queries.Publication):
        raise queries.QueryError("Hier zijn alleen openbare cijfers; een interne briefing is er niet.")
    return gather(selection, source)


def publication(
    folder: Path | None = None, of_demo: Callable[[], queries.Publication | None] | None = None
) -> queries.Publication:
    """What is published, by default the publication in use; of no figure in it is a snapshot the source.

    Where nothing is published and the demo is in use, that of the demo: made first, or as of_demo gives it. Raises
    queries.QueryError when nothing is published.
    """
    try:
        return queries.open_publication(folder)
    except queries.NoPublication as error:
        if found := None if folder else (of_demo or start.demo_publication)():
            return found
        raise queries.QueryError(TEXTS["not_published"]) from error


def published(chosen: queries.Selection, source: queries.Publication) -> tuple[queries.Selection, list[str]]:
    """The part of a selection of which figures are published, and the filters that this leaves out, in words.

    That is its area, else everybody: most of a briefing is not published of a doelgroep.
    """
    part = queries.Selection(stadsdelen=chosen.stadsdelen)
    part = part if _is_published(part, source) else queries.Selection()
    if replace(chosen, peildatum=None) == part and chosen.peildatum in (None, source.peildatum):
        return part, []
    asked, there = (bar.selection_in_words(each, source).split(" · ") for each in (chosen, part))
    return part, [words for words in asked if words not in there]


def _is_published(part: queries.Selection, source: queries.Publication) -> bool:
    try:
        source.check(part)
    except queries.InvalidSelection:
        return False
    return True


def openbaar(
    selection: queries.Selection,
    folder: Path | None = None,
    of_demo: Callable[[], queries.Publication | None] | None = None,
) -> Figures:
    """The published figures; see publication. Raises queries.QueryError when this selection is not published."""
    return gather(selection, publication(folder, of_demo))
