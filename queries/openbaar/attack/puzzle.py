"""Whole numbers within bounds, and sums of them within bounds: what is known of the true counts of a town."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from queries.openbaar.rules import Keuze


class Version(date):
    """The day of a publication that was replaced by another one of that day."""

    number: int

    def __new__(cls, day: date, number: int) -> "Version":
        """The version with this number, of this day."""
        made = super().__new__(cls, day.year, day.month, day.day)
        made.number = number
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and (day_of(self), self.number) == (day_of(other), other.number)

    def __hash__(self) -> int:
        return hash((day_of(self), self.number))


def day_of(stand: date) -> date:
    """The day itself."""
    return date(stand.year, stand.month, stand.day)


@dataclass(frozen=True)
class Cell:
    """One true count: of which stand (peildatum), about what, for which selection, row and column."""

    stand: date
    vraag: str
    keuze: Keuze
    rij: tuple
    kolom: str


class Row(NamedTuple):
    """A sum of counts (number and factor) that lies from low to high; assumed when it need not hold for every town."""

    terms: dict[int, int]
    low: float
    high: float
    sure: bool


class Puzzle:
    """Whole numbers within bounds, and sums of them within bounds.

    known: per published count its rounded number and the base. plaatsen: where it stands (question, selection, number
    of the row, column). bijgesteld: counts of what a later publication sees more of one and the same day or quarter.
    """

    def __init__(self) -> None:
        self.number: dict[Cell, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.known: dict[Cell, tuple[int, int]] = {}
        self.plaatsen: dict[Cell, list[tuple[str, Keuze, int, str]]] = defaultdict(list)
        self.rows: list[Row] = []
        self.bijgesteld: set[Cell] = set()
        self._about: dict[tuple[date, str], list[Cell]] = defaultdict(list)

    def at(self, cell: Cell, high: float = np.inf) -> int:
        """The number of a count; one that was not seen yet is 0 or more."""
        if cell not in self.number:
            self.number[cell] = len(self.low)
            self.low.append(0)
            self.high.append(high)
            self._about[cell.stand, cell.vraag].append(cell)
        return self.number[cell]

    def about(self, stand: date, vraag: str, keuze: Keuze | None = None) -> list[Cell]:
        """The counts of one publication about something, of one selection or of all."""
        return [cell for cell in self._about[stand, vraag] if keuze in (None, cell.keuze)]

    def nobody(self, cell: Cell) -> None:
        """A count that is 0 whatever the town is."""
        self.high[self.at(cell)] = 0

    def publish(self, cell: Cell, rounded: int, basis: int) -> None:
        """A rounded count: the true one is less than one step away."""
        index = self.at(cell)
        self.low[index] = max(self.low[index], rounded - basis + 1, 0)
        self.high[index] = min(self.high[index], rounded + basis - 1)
        self.known[cell] = (rounded, basis)

    def add(self, terms: Mapping[Cell, int], low: float = 0, high: float = 0, sure: bool = True) -> None:
        """The sum of the terms lies from low to high."""
        row = {self.at(cell): factor for cell, factor in terms.items()}
        self.rows.append(Row({index: factor for index, factor in row.items() if factor}, low, high, sure))

    def at_least(self, more: Iterable[Cell], less: Iterable[Cell], low: int = 0, sure: bool = True) -> None:
        """Some counts together are at least others together, plus low; they need not be of the same records."""
        self.add(_balance(more, less), low, np.inf, sure)

    def equal(self, whole: Cell, parts: Iterable[Cell], sure: bool = True) -> None:
        """The parts add up to the whole; where one is shown as another number than the whole, there are others."""
        parts = list(parts)
        self.add(_balance([whole], parts), sure=sure)
        for number, part in enumerate(parts):
            others = parts[:number] + parts[number + 1 :]
            if others and self.differ(part, whole):
                self.at_least(others, [], 1, sure)

    def within(self, part: Cell, whole: Cell, sure: bool = True) -> None:
        """The part is not larger than the whole; and smaller when they are shown as different numbers."""
        if part != whole:
            self.at_least([whole], [part], self.differ(part, whole), sure)

    def grows(self, before: Cell, after: Cell, sure: bool = True, *, bijgesteld: bool = False) -> None:
        """What came between two standen is a number of records as well, and may be as small as they come.

        bijgesteld: both are of one day or quarter, so that what came are corrections.
        """
        if before == after:
            return
        more = Cell(after.stand, "erbij", after.keuze, (after.vraag, after.rij, before), after.kolom)
        self.low[self.at(more)] = int(self.differ(before, after))
        self.equal(after, [before, more], sure)
        if bijgesteld:
            self.bijgesteld.add(more)

    def same(self, before: Cell, after: Cell) -> None:
        """Assumed to be the same records; when they are shown as different numbers, to have grown."""
        if self.differ(before, after):
            self.grows(before, after, sure=False, bijgesteld=True)
        else:
            self.equal(after, [before], sure=False)

    def differ(self, one: Cell, other: Cell) -> bool:
        """Whether two counts are surely of other records: the same ones always give the same rounded number."""
        here, there = self.known.get(one), self.known.get(other)
        return bool(here and there and here[1] == there[1] and here[0] != there[0])

    def allows_all_of(self, other: "Puzzle") -> bool:
        """Whether it is sure that every solution of another puzzle is one of this: no new counts, sums or bounds."""
        bounds: dict[frozenset[tuple[Cell, int]], list[tuple[float, float]]] = defaultdict(list)
        for terms, row in other._sums():
            bounds[terms].append((row.low, row.high))
        return all(
            cell in other.number
            and self.low[index] <= other.low[other.number[cell]]
            and self.high[index] >= other.high[other.number[cell]]
            for cell, index in self.number.items()
        ) and all(
            any(row.low <= low and row.high >= high for low, high in bounds.get(terms, ()))
            for terms, row in self._sums()
        )

    def _sums(self) -> Iterator[tuple[frozenset[tuple[Cell, int]], Row]]:
        """The rows with their terms by the names of the counts; not those of no terms, which say nothing."""
        names = {index: cell for cell, index in self.number.items()}
        for row in self.rows:
            if row.terms:
                yield frozenset((names[index], factor) for index, factor in row.terms.items()), row


def _balance(more: Iterable[Cell], less: Iterable[Cell]) -> dict[Cell, int]:
    """The factors of some counts less others."""
    terms: dict[Cell, int] = defaultdict(int)
    for cell in more:
        terms[cell] += 1
    for cell in less:
        terms[cell] -= 1
    return terms
