"""The relations of ``relations.toml``, as sums of true counts; how they are written and what they mean stands there."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import chain, product
from pathlib import Path

from queries import INDICATOREN
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.rules import LIJSTEN, Selectie

KNOWN = tomllib.loads(Path(__file__).with_name("relations.toml").read_text(encoding="utf-8"))
LISTS: dict[str, tuple] = LIJSTEN | {name: tuple(values) for name, values in KNOWN["lijsten"].items()}


@dataclass(frozen=True)
class Place:
    """Where relations are looked at: in a publication, for a selection; at an earlier moment, if one is given.

    hidden: question and column of what is never shown of such a selection, and KPIs; no relation tells of it.
    """

    peildatum: date
    selectie: Selectie
    moment: date | None = None
    lists: Mapping[str, tuple] = field(default_factory=lambda: LISTS, repr=False)
    hidden: frozenset[tuple[str, str] | str] = frozenset()

    def cell(self, vraag: str, *row: object) -> Cell:
        """The count of this name here: question, parts of the row, and column; a KPI is known by its own name."""
        *rij, kolom = row
        if vraag in INDICATOREN:
            vraag, rij = ("kpi_trend", (vraag, self.moment)) if self.moment else ("kpi", (vraag,))
        return Cell(self.peildatum, vraag, self.selectie, tuple(rij), kolom)

    def hides(self, cell: Cell) -> bool:
        """Whether it is never shown of such a selection."""
        return (cell.vraag, cell.kolom) in self.hidden or not self.hidden.isdisjoint(cell.rij)

    def having(self, **lists: tuple) -> "Place":
        """The same with these lists too."""
        return replace(self, lists={**self.lists, **lists})


@cache
def _parts(term: str) -> tuple[str, tuple[str, ...], str]:
    """Question, row and column in ``vraag[rij, rij].kolom``."""
    vraag, rij, kolom = re.fullmatch(r"(\w+)(?:\[(.+)\])?(?:\.(.+))?", term).groups()
    return vraag, tuple(rij.split(", ")) if rij else (), kolom or "aantal"


def _values(part: str, lists: Mapping[str, tuple]) -> tuple:
    """What a part of a name stands for: itself, or every value of {a list} or of {these | values}."""
    if not part.startswith("{"):
        return (int(part) if part.isdigit() else part,)
    inside = part.strip("{}")
    return tuple(inside.split(" | ")) if "|" in inside else lists[inside]


def names(term: str, lists: Mapping[str, tuple] = LISTS) -> Iterator[tuple]:
    """Question, row and column of every count that a term names; of a list of pairs each is two parts of the row."""
    vraag, rij, kolom = _parts(term)
    for parts in product(*(_values(part, lists) for part in (*rij, kolom))):
        yield vraag, *chain.from_iterable(part if isinstance(part, tuple) else (part,) for part in parts)


def relate(made: Puzzle, place: Place, section: Mapping[str, str | list[str]]) -> None:
    """Add what a section says to what is known here."""
    for said in section.values():
        for line in [said] if isinstance(said, str) else said:
            _relate(made, place, line)


@cache
def _read(line: str) -> tuple[str | None, str, list[str], list[str], int, frozenset[str]]:
    """The mark and the sign of a line, its terms left and right, the number on the right, and names on both sides."""
    mark, left, sign, right = re.fullmatch(r"(?:(aangenomen|indien getoond): )?(.+?) (=|in|>=) (.+)", line).groups()
    left, right = left.split(" + "), right.split(" + ")
    plus = sum(int(term) for term in right if term.isdigit())
    right = [term for term in right if not term.isdigit()]
    of_left, of_right = ({part.strip("{}") for term in side for part in _parts(term)[1]} for side in (left, right))
    return mark, sign, left, right, plus, frozenset(of_left & of_right)


def _relate(made: Puzzle, place: Place, line: str) -> None:
    """The same for a line: once for each value of a list that is on both sides."""
    mark, sign, left, right, plus, on_both = _read(line)
    shared = sorted(on_both & place.lists.keys())
    for values in product(*(place.lists[name] for name in shared)):
        lists = {**place.lists, **{name: (value,) for name, value in zip(shared, values, strict=True)}}
        these, those = ([place.cell(*name) for term in side for name in names(term, lists)] for side in (left, right))
        if any(map(place.hides, (*these, *those))):
            continue
        if mark == "indien getoond" and these[0] not in made.known:
            continue
        sure = mark != "aangenomen"
        if sign == "in":
            for part in these:
                made.within(part, *those, sure)
        elif sign == ">=":
            made.at_least(these, those, plus, sure)
        elif those:
            made.equal(these, those, sure)
        else:
            made.at(*these, high=plus)


# Lists of counts over time: question (or KPI), the row when one is given, and column.
TIME = {name: frozenset(chain.from_iterable(map(names, terms))) for name, terms in KNOWN["tijd"].items()}
