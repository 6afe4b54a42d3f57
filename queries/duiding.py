"""What the college says of figures: `duiding.csv`, written by policy staff."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from data import contract
from queries.database import named_areas, reference
from queries.definitions.indicators import INDICATOREN
from queries.errors import QueryError
from queries.selection import Selection


class Duiding(NamedTuple):
    """A line of the file. gebied: "stadsdeel Noord", "wijkteam Oost", None for the whole city."""

    indicator: str
    gebied: str | None
    peildatum: date
    tekst: str
    maatregel: str | None
    eigenaar: str | None


def read() -> list[Duiding]:
    """All lines in the order of the file. Raises QueryError, with the line, when one cannot be right."""
    found = [Duiding(*row) for row in reference("duiding").iter_rows()]
    # Read at every page: where nothing is said, nothing else is looked up.
    areas = {None, *named_areas(reference("wijk")["stadsdeel"], contract.wijkteams())} if found else set()
    for line, each in enumerate(found, start=2):
        where = f"duiding.csv, regel {line}"
        if each.indicator not in INDICATOREN:
            raise QueryError(f"{where}: indicator is geen kengetal van deze monitor.")
        if each.gebied not in areas:
            raise QueryError(f"{where}: gebied is geen gebied zoals ‘stadsdeel Noord’ of ‘wijkteam Oost’.")
    return found


def duiding(selection: Selection, peildatum: date, grens: Collection[str] | None) -> dict[str, Duiding]:
    """Per KPI what was said last, up to this day, of the figure of exactly this selection.

    That is one stadsdeel, one wijkteam, or the whole city, without another filter; grens: the limit of the reader, who
    sees no figure of the whole city. Raises QueryError as read() does.
    """
    areas, plain = (
        named_areas(selection.stadsdelen, selection.wijkteams),
        replace(selection, stadsdelen=(), wijkteams=()),
    )
    whole = selection.whole_city and grens is None
    if not plain.unfiltered or not (whole or len(areas) == 1):
        return {}
    here = (each for each in read() if each.gebied == next(iter(areas), None) and each.peildatum <= peildatum)
    return {each.indicator: each for each in sorted(here, key=lambda each: each.peildatum)}
