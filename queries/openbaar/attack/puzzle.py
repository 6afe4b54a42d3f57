"""Whole numbers within bounds, and sums of them within bounds: what is known of the true counts of a town."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np

from queries.openbaar.rules import Selectie


class Version(date):
    """The day of a publication that was replaced by another one of that day, with its number."""

    number: int

    def __new__(cls, day: date, number: int) -> "Version":
        made = super().__new__(cls, day.year, day.month, day.day)
        made.number = number
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and (day_of(self), self.number) == (day_of(other), other.number)

    def __hash__(self) -> int:
        return hash((day_of(self), self.number))

    def __repr__(self) -> str:
        return f"{day_of(self)!r}/{self.number}"


def day_of(peildatum: date) -> date:
    """The day itself."""
    return date(peildatum.year, peildatum.month, peildatum.day)


class Cell(NamedTuple):
    """One true count: of which publication (its peildatum), about what, for which selection, row and column."""

    peildatum: date
    vraag: str
    selectie: Selectie
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
        self.plaatsen: dict[Cell, list[tuple[str, Selectie, int, str]]] = defaultdict(list)
        self.rows: list[Row] = []
        self.bijgesteld: set[Cell] = set()
        self._about: dict[tuple[date, str | None], list[Cell]] = defaultdict(list)

    @cached_property
    def marks(self) -> list[int]:
        """A number of 64 bits for the name of each count, the same in every process; when all of them are there."""
        names = (repr(cell).encode() for cell in self.number)
        return [int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) for name in names]

    def at(self, cell: Cell, low: float = 0, high: float = np.inf) -> int:
        """The number of a count, which from here on lies within these bounds too."""
        index = self.number.get(cell)
        if index is None:
            index = self.number[cell] = len(self.low)
            self.low.append(max(0, low))
            self.high.append(high)
            for vraag in (cell.vraag, None):
                self._about[cell.peildatum, vraag].append(cell)
        elif low or high < np.inf:
            self.low[index], self.high[index] = max(self.low[index], low), min(self.high[index], high)
        return index

    def about(self, peildatum: date, vraag: str | None = None, selectie: Selectie | None = None) -> list[Cell]:
        """The counts of one publication about something, or all, of one selection or of all."""
        return [cell for cell in self._about[peildatum, vraag] if selectie in (None, cell.selectie)]

    def publish(self, cell: Cell, rounded: int, basis: int) -> None:
        """A rounded count: the true one is less than one step away."""
        self.at(cell, rounded - basis + 1, rounded + basis - 1)
        self.known[cell] = (rounded, basis)

    def add(
        self, more: Iterable[Cell], less: Iterable[Cell] = (), low: float = 0, high: float = 0, sure: bool = True
    ) -> None:
        """Some counts together, less others, lie from low to high."""
        terms: dict[int, int] = {}
        for sign, cells in ((1, more), (-1, less)):
            for cell in cells:
                index = self.at(cell)
                terms[index] = terms.get(index, 0) + sign
        self.rows.append(Row({index: factor for index, factor in terms.items() if factor}, low, high, sure))

    def at_least(self, more: Iterable[Cell], less: Iterable[Cell], low: int = 0, sure: bool = True) -> None:
        """Some counts together are at least others together, plus low; they need not be of the same records."""
        self.add(more, less, low, np.inf, sure)

    def equal(self, whole: Iterable[Cell], parts: Iterable[Cell], sure: bool = True) -> None:
        """Both add up to the same records; where a part of each is shown as another number, somebody is in the rest."""
        whole, parts = list(whole), list(parts)
        self.add(whole, parts, sure=sure)
        if len(whole) + len(parts) == 2:
            return
        # Where somebody surely is in one of the others already, nothing more is said.
        there = {place for place, cell in enumerate((*whole, *parts)) if self.low[self.number[cell]] > 0}
        for one, other in product(range(len(whole)), range(len(parts))):
            if there <= {one, len(whole) + other} and self.differ(whole[one], parts[other]):
                self.at_least([*whole[:one], *whole[one + 1 :], *parts[:other], *parts[other + 1 :]], [], 1, sure)

    def within(self, part: Cell, whole: Cell, sure: bool = True) -> None:
        """The part is not larger than the whole; and smaller when they are shown as different numbers."""
        if part != whole:
            self.at_least([whole], [part], self.differ(part, whole), sure)

    def grows(self, before: Cell, after: Cell, sure: bool = True, *, bijgesteld: bool = False) -> None:
        """What came between two publications is a number of records as well, and may be as small as they come.

        bijgesteld: both are of one day or quarter, so that what came are corrections.
        """
        if before == after:
            return
        more = Cell(after.peildatum, "erbij", after.selectie, (after.vraag, after.rij, before), after.kolom)
        self.at(more, int(self.differ(before, after)))
        self.equal([after], [before, more], sure)
        if bijgesteld:
            self.bijgesteld.add(more)

    def same(self, before: Cell, after: Cell) -> None:
        """Assumed to be the same records; when they are shown as different numbers, to have grown."""
        if self.differ(before, after):
            self.grows(before, after, sure=False, bijgesteld=True)
        else:
            self.equal([after], [before], sure=False)

    def differ(self, one: Cell, other: Cell) -> bool:
        """Whether two counts are surely of other records: the same ones always give the same rounded number."""
        here, there = self.known.get(one), self.known.get(other)
        return bool(here and there and here[1] == there[1] and here[0] != there[0])
