"""What a selection can be compared with: the rest of the city, another area, or an earlier peildatum."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import queries
from pages.filters import TEXTS
from pages.words import formats
from pages.words.presentation import lower

_TOLD = TEXTS["comparison"]
NOTHING, REST = _TOLD["nothing"], _TOLD["rest"]


class Comparison(NamedTuple):
    """What is compared with, as it is called in the filter bar and in the link, and its selection.

    earlier: whether it is of another day.
    """

    label: str
    selection: queries.Selection
    earlier: bool

    @property
    def name(self) -> str:
        """What it is called inside a sentence: "de rest van de stad", "stadsdeel Noord"."""
        return lower(self.label)


def offered(
    source: queries.Database, chosen: queries.Selection, teams: Collection[str], days: Iterable[date]
) -> dict[str, queries.Selection]:
    """By its label what a selection can be compared with.

    teams: the wijkteams of the chosen areas. An area is offered when it has none of these, so that nobody is on both
    sides. days: the earlier peildata. In the public view everything else that was published is offered.
    """
    if isinstance(source, queries.Publication):
        return {label: other for label, other in _published(source) if other != chosen}
    found = {}
    if not chosen.whole_city:
        found[rest_label(source)] = replace(chosen, rest=True)
        for stadsdeel, own in source.wijkteams.items():
            if stadsdeel not in ("", queries.ONBEKEND) and set(own).isdisjoint(teams):
                found[_TOLD["stadsdeel"].format(stadsdeel)] = replace(chosen, stadsdelen=(stadsdeel,), wijkteams=())
        for team in chain.from_iterable(source.wijkteams.values()):
            if team != queries.ONBEKEND and team not in teams:
                found[_TOLD["wijkteam"].format(team)] = replace(chosen, stadsdelen=(), wijkteams=(team,))
    return found | {day_label(day): replace(chosen, peildatum=day) for day in days}


def _published(source: queries.Publication) -> Iterator[tuple[str, queries.Selection]]:
    yield _TOLD["whole"], queries.Selection()
    for deel in source.delen:
        yield _TOLD["stadsdelen"].format(formats.enumerate_words(deel)), queries.Selection(stadsdelen=deel)
    for stadsdeel in source.stadsdelen:
        yield _TOLD["stadsdeel"].format(stadsdeel), queries.Selection(stadsdelen=(stadsdeel,))
    for doelgroep in source.doelgroepen:
        yield _TOLD["doelgroep"].format(doelgroep), queries.Selection(doelgroepen=(doelgroep,))


def rest_label(source: queries.Database) -> str:
    """What lies outside the chosen areas, for who sees everything and for who is limited to some areas."""
    return REST["city" if source.grens is None else "yours"]


@lru_cache(maxsize=1_000)
def day_label(day: date) -> str:
    """What an earlier peildatum is called: "De stand van 30 juni 2022"."""
    return _TOLD["day"].format(formats.long_date(day))


def fits(compared: queries.Selection, shown: queries.Selection, other: queries.Selection) -> bool:
    """Whether what the selection that is shown is compared with can be compared with another selection as well."""
    same = (other.stadsdelen, other.wijkteams) == (shown.stadsdelen, shown.wijkteams)
    rest, earlier = compared.rest and not other.whole_city, compared.peildatum != shown.peildatum
    return other.peildatum == shown.peildatum and (same or rest or earlier)
