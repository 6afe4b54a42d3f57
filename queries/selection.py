"""The selection: which persons, which requests and which day a question is about."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from data.contract import DOELGROEPEN, WETTEN
from queries.errors import InvalidSelection

ONBEKEND = "Onbekend"


@dataclass(frozen=True)
class Selection:
    """Filters of a question; an empty tuple or None means no limit.

    ``cohorten`` are years of datum_kennisgeving. ``huisvesting_van`` is inclusive, ``huisvesting_tot`` exclusive.
    ``peildatum`` None is the snapshot's own; ``sinds`` is the earlier day that ``kpi_sinds`` compares with (None: the
    last day of the month before the peildatum's). When a cohort or a housing bound is set, persons without that date
    fall out. ``Onbekend`` is an area like any other.
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

    @property
    def whole_city(self) -> bool:
        """Whether no area is chosen."""
        return not self.stadsdelen and not self.wijkteams

    @property
    def unfiltered(self) -> bool:
        """Whether nothing but days is chosen."""
        return replace(self, peildatum=None, sinds=None) == Selection()

    def as_keuze(self, grens: tuple[str, ...] | None = None) -> dict[str, Any]:
        """The values of the SQL type ``keuze`` (everything but the days).

        ``grens``: the wijkteams whose area the reader may see, none of them when it is empty; None is no limit. It is
        no part of a selection, because a selection comes from a link.
        """
        return {
            "stadsdelen": list(self.stadsdelen),
            "wijkteams": list(self.wijkteams),
            "doelgroepen": list(self.doelgroepen),
            "wetten": list(self.wetten),
            "cohorten": list(self.cohorten),
            "huisvesting_van": self.huisvesting_van,
            "huisvesting_tot": self.huisvesting_tot,
            "grens": None if grens is None else list(grens),
        }


def last_day_of_month_before(day: date) -> date:
    """31 December for any day of January."""
    return day.replace(day=1) - timedelta(days=1)


def check(selection: Selection, *, stadsdelen: tuple[str, ...], wijkteams: tuple[str, ...], peildatum: date) -> None:
    """Refuse a selection that names what this snapshot does not know.

    Raises InvalidSelection, with a Dutch sentence that names the choices there are.
    """
    _known("stadsdeel", selection.stadsdelen, stadsdelen)
    _known("wijkteam", selection.wijkteams, wijkteams)
    _known("doelgroep", selection.doelgroepen, DOELGROEPEN)
    _known("wet", selection.wetten, WETTEN)
    for jaar in selection.cohorten:
        if not isinstance(jaar, int) or not 1990 <= jaar <= 2100:
            raise InvalidSelection("Een cohort is een jaar van kennisgeving, bijvoorbeeld 2022.")
    if selection.peildatum is not None and selection.peildatum > peildatum:
        raise InvalidSelection(
            f"De peildatum {selection.peildatum.isoformat()} ligt na de stand van de gegevens "
            f"({peildatum.isoformat()}). Kies die dag of een eerdere."
        )
    if selection.sinds is not None and selection.sinds >= (selection.peildatum or peildatum):
        raise InvalidSelection("De dag waarmee vergeleken wordt, moet voor de peildatum liggen.")


def _known(soort: str, chosen: tuple[str, ...], known: tuple[str, ...]) -> None:
    for value in chosen:
        if value not in known:
            choices = ", ".join(known)
            raise InvalidSelection(f"Er is geen {soort} met de naam '{value}'. Keuze: {choices}.")
