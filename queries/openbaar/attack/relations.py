"""The relations of ``relations.toml``, as sums of true counts; how they are written and what they mean stands there."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, product
from pathlib import Path

from data import contract
from queries import INDICATOREN
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.rules import LEERROUTE_NIVEAUS, PIP_STATUSSEN, REGIMES, Keuze

KNOWN = tomllib.loads(Path(__file__).with_name("relations.toml").read_text(encoding="utf-8"))
LISTS: dict[str, tuple] = {
    "leerroute": contract.LEERROUTES,
    "route_en_niveau": LEERROUTE_NIVEAUS,
    "uitslag": (*contract.UITSLAGEN, "Niet afgenomen"),
    "pip_status": PIP_STATUSSEN,
    "regime": tuple(regime for regime, _ in REGIMES),
    "reden_niet_gestart": (*contract.REDENEN_NIET_GESTART, contract.ONBEKEND),
    "reden_einde": (*contract.REDENEN_EINDE_ONTZORGING, contract.ONBEKEND),
    "hulpvraag": contract.HULPVRAGEN,
    "soort_melding": contract.SOORTEN_MELDING,
    "verwijzer": contract.VERWIJZERS,
    **{name: tuple(values) for name, values in KNOWN["lijsten"].items()},
}


def _values(part: str, lists: Mapping[str, tuple] = LISTS) -> tuple:
    """What a part of a name stands for: itself, or every value of {a list} or of {these | values}."""
    if not part.startswith("{"):
        return (int(part) if part.isdigit() else part,)
    inside = part.strip("{}")
    return tuple(inside.split(" | ")) if "|" in inside else lists[inside]


@dataclass(frozen=True)
class Place:
    """Where relations are looked at: in a publication, for a selection; at an earlier moment, if one is given."""

    stand: date
    keuze: Keuze
    moment: date | None = None
    lists: Mapping[str, tuple] = field(default_factory=lambda: LISTS, repr=False)

    def cell(self, vraag: str, *row: object) -> Cell:
        """The count of this name here: question, parts of the row, and column; a KPI is known by its own name."""
        *rij, kolom = row
        if vraag in INDICATOREN:
            vraag, rij = ("kpi_trend", (vraag, self.moment)) if self.moment else ("kpi", (vraag,))
        return Cell(self.stand, vraag, self.keuze, tuple(rij), kolom)


@dataclass(frozen=True)
class Term:
    """A name of one or more counts, see relations.toml."""

    vraag: str
    rij: tuple[str, ...]
    kolom: str

    @classmethod
    def read(cls, text: str) -> "Term":
        """The term in ``vraag[rij, rij].kolom``."""
        vraag, rij, kolom = re.fullmatch(r"(\w+)(?:\[(.+)\])?(?:\.(.+))?", text).groups()
        return cls(vraag, tuple(rij.split(", ")) if rij else (), kolom or "aantal")

    def names(self, lists: Mapping[str, tuple] = LISTS) -> Iterator[tuple]:
        """Question, row and column of every count that it names; of a list of pairs each is two parts of the row."""
        for parts in product(*(_values(part, lists) for part in (*self.rij, self.kolom))):
            yield self.vraag, *chain.from_iterable(part if isinstance(part, tuple) else (part,) for part in parts)


@dataclass(frozen=True)
class Relation:
    """left sign right, plus a number; shown: it holds only where the count on the left was published."""

    left: tuple[Term, ...]
    sign: str
    right: tuple[Term, ...]
    plus: int
    sure: bool
    shown: bool

    @classmethod
    def read(cls, text: str) -> "Relation":
        """The relation in a line of relations.toml."""
        mark, left, sign, right = re.fullmatch(r"(?:(aangenomen|indien getoond): )?(.+?) (=|in|>=) (.+)", text).groups()
        terms = right.split(" + ")
        return cls(
            tuple(map(Term.read, left.split(" + "))),
            sign,
            tuple(Term.read(term) for term in terms if not term.isdigit()),
            sum(int(term) for term in terms if term.isdigit()),
            sure=mark != "aangenomen",
            shown=mark == "indien getoond",
        )

    def add_to(self, made: Puzzle, place: Place) -> None:
        """Add what it says here to what is known: once for each value of a list that is on both sides."""
        of_left, of_right = (
            {part.strip("{}") for term in side for part in term.rij} for side in (self.left, self.right)
        )
        shared = sorted(of_left & of_right & place.lists.keys())
        for values in product(*(place.lists[name] for name in shared)):
            lists = {**place.lists, **{name: (value,) for name, value in zip(shared, values, strict=True)}}
            left, right = (
                [place.cell(*name) for term in side for name in term.names(lists)] for side in (self.left, self.right)
            )
            if not self.shown or left[0] in made.known:
                self._add(made, left, right)

    def _add(self, made: Puzzle, left: list[Cell], right: list[Cell]) -> None:
        if self.sign == "in":
            for part in left:
                made.within(part, *right, self.sure)
        elif self.sign == ">=":
            made.at_least(left, right, self.plus, self.sure)
        elif right:
            made.equal(*left, right, self.sure)
        else:
            made.nobody(*left)


def _relations(section: Mapping[str, str | list[str]]) -> list[Relation]:
    """The relations under all sentences of a section."""
    lines = chain.from_iterable([said] if isinstance(said, str) else said for said in section.values())
    return [Relation.read(line) for line in lines]


FOR_EVERY = {section: _relations(KNOWN[section]) for section in ("moment", "selectie")}
# Per section of quarters or wijkteams: what they are called, and the question that shows them.
PER = {
    (name, question): _relations(section)
    for name in ("wijkteam", "kwartaal")
    for question, section in KNOWN[f"per_{name}"].items()
}
OF_MEDIANS = {
    section: {name: Relation.read(line) for name, line in KNOWN[section].items()}
    for section in ("mediaan_bereikt", "mediaan_niet_bereikt", "kwartiel_bereikt")
}
# Lists of counts over time: question (or KPI), the row when one is given, and column.
TIME = {
    name: frozenset(found for line in lines for found in Term.read(line).names())
    for name, lines in KNOWN["tijd"].items()
}
# What does not add up over selections.
NOT_SUMMED = frozenset(KNOWN["selecties"]["geen_som"])
