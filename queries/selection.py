"""The selection: which persons, which requests and which day a question is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.contract import DOELGROEPEN, WETTEN
from queries.errors import InvalidSelection

ONBEKEND = "Onbekend"

# Per filter the condition on a row of persons, or of requests, which have an area only.
_AREAS = {
    "stadsdelen": "list_contains($stadsdelen, stadsdeel)",
    "wijkteams": "list_contains($wijkteams, wijkteam)",
}
_PERSONS = {
    "doelgroepen": "list_contains($doelgroepen, doelgroep)",
    "wetten": "list_contains($wetten, wet)",
    "cohorten": "list_contains($cohorten, cohort)",
    "huisvesting_van": "huisvesting >= $huisvesting_van and huisvesting < date 'infinity'",
    "huisvesting_tot": "huisvesting < $huisvesting_tot",
}
_LIMIT = "list_contains($grens::varchar[], wijkteam)"
# What stands in a question for the conditions of a selection.
_PLACES = ("selectie", "zonder_gebied", "gebied", "naast")


@dataclass(frozen=True)
class Selection:
    """Filters of a question; an empty tuple or None means no limit.

    ``cohorten`` are years of datum_kennisgeving. ``huisvesting_van`` is inclusive, ``huisvesting_tot`` exclusive.
    ``peildatum`` None is the snapshot's own; ``sinds`` is the earlier day that ``kpi_sinds`` compares with (None: the
    last day of the month before the peildatum's). When a cohort or a housing bound is set, persons without that date
    fall out. ``Onbekend`` is an area like any other. ``rest``: who lives outside the chosen areas, in the place of who
    lives there. ``naast`` is what ``kpi_vergelijking`` compares with (None: the rest of the city).
    """

    stadsdelen: tuple[str, ...] = ()
    wijkteams: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    wetten: tuple[str, ...] = ()
    cohorten: tuple[int, ...] = ()
    huisvesting_van: date | None = None
    huisvesting_tot: date | None = None
    peildatum: date | None = None
    sinds: date | None = None
    rest: bool = False
    naast: Selection | None = None

    @property
    def whole_city(self) -> bool:
        """Whether no area is chosen."""
        return not self.stadsdelen and not self.wijkteams

    @property
    def unfiltered(self) -> bool:
        """Whether nothing but days is chosen."""
        return replace(self, peildatum=None, sinds=None, naast=None) == Selection()

    @property
    def other(self) -> Selection:
        """What this selection is compared with."""
        return self.naast or replace(self, rest=not self.rest)

    def written_into(self, sql: str, *, limited: bool) -> str:
        """The question with its conditions in the place of ``$selectie`` (persons), ``$zonder_gebied`` (persons,
        whatever area is chosen) and ``$gebied`` (requests), and those of ``other`` in the place of ``$naast``; their
        values are parameters with the names of the filters, of ``other`` beginning with ``naast_``.

        ``limited``: only rows of the wijkteams in the parameter ``grens``. That is no part of a selection, because a
        selection comes from a link.
        """
        limit = [_LIMIT] if limited else []

        def conditions(place: re.Match) -> str:
            if place[1] == "naast":
                return re.sub(r"\$(?!grens)", "$naast_", self.other.written_into("$selectie", limited=limited))
            areas, persons = ([each for name, each in of.items() if getattr(self, name)] for of in (_AREAS, _PERSONS))
            if self.rest:
                areas = [f"({' and '.join(areas) or 'true'}) is not true"]
            chosen = {"selectie": areas + persons, "zonder_gebied": persons, "gebied": areas}[place[1]]
            return " and ".join(chosen + limit) or "true"

        return re.sub(rf"\$({'|'.join(_PLACES)})\b", conditions, sql)


def last_day_of_month_before(day: date) -> date:
    """31 December for any day of January."""
    return day.replace(day=1) - timedelta(days=1)


def check(selection: Selection, *, stadsdelen: tuple[str, ...], wijkteams: tuple[str, ...], peildatum: date) -> None:
    """Refuse a selection that names what this snapshot does not know.

    Raises InvalidSelection, with a Dutch sentence that names the choices there are.
    """
    for soort, chosen, known in (
        ("stadsdeel", selection.stadsdelen, stadsdelen),
        ("wijkteam", selection.wijkteams, wijkteams),
        ("doelgroep", selection.doelgroepen, DOELGROEPEN),
        ("wet", selection.wetten, WETTEN),
    ):
        for value in chosen:
            if value not in known:
                choices = ", ".join(known)
                raise InvalidSelection(f"Er is geen {soort} met de naam '{value}'. Keuze: {choices}.")
    if not all(isinstance(jaar, int) and 1990 <= jaar <= 2100 for jaar in selection.cohorten):
        raise InvalidSelection("Een cohort is een jaar van kennisgeving, bijvoorbeeld 2022.")
    if selection.peildatum is not None and selection.peildatum > peildatum:
        raise InvalidSelection(
            f"De peildatum {selection.peildatum.isoformat()} ligt na de stand van de gegevens "
            f"({peildatum.isoformat()}). Kies die dag of een eerdere."
        )
    if selection.sinds is not None and selection.sinds >= (selection.peildatum or peildatum):
        raise InvalidSelection("De dag waarmee vergeleken wordt, moet voor de peildatum liggen.")
