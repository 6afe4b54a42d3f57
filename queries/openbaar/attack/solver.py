"""The attack that a publication must withstand, and the coarsening until it does.

The attacker has everything that `openbaar` shows, of all publications; knows the rule of the rounding, not the salt;
and knows what must hold between true counts (``knowledge.py``). ``attack`` finds the whole numbers that every true
count can still be, with an integer solver (HiGHS). ``docs/openbaar.md`` says what is taken to be known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra

from queries.definitions.columns import TELLINGEN, WEGGELATEN, figures, weergave_van
from queries.openbaar.attack.knowledge import SMALL, Frames, puzzle
from queries.openbaar.attack.puzzle import Cell, Puzzle, Row
from queries.openbaar.rules import WEGGELATEN_ZIN, Selectie

ENOUGH = 5
# A count of 50 or more carries shares, medians and curves: left out itself, it would still stand in those.
CARRIES = 50

_SEED = 20221231
# How often all counts are moved at once, as long as so many have not been seen to move enough; what is left is asked
# one by one: how many counts around it move, before all may.
_ROUNDS, _FEW = 40, 8
_NEAR = (100, 400, 1200)
_MOST = 10**5


@dataclass(frozen=True)
class Report:
    """cellen: counts that were attacked; klein: those that may be under 10; smalste: the smallest range among these.

    ranges: per small count the lowest and highest value found; between them there may be more, never fewer than shown.
    lekken: those of counts that can be only a few values. losgelaten: assumptions that the published figures
    contradict, and that were given up.
    """

    cellen: int
    klein: int
    smalste: int | None
    lekken: dict[Cell, tuple[int, int]]
    losgelaten: int
    ranges: dict[Cell, tuple[int, int]] = field(repr=False)
    puzzel: Puzzle = field(repr=False)


class Contradiction(Exception):
    """Nothing satisfies all that is taken to be known."""


def attack(publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None) -> Report:
    """Find what every true count can still be; ``publications`` holds the frames of each peildatum.

    Assumptions that the figures contradict, as few as possible, are given up. Raises Contradiction when the figures
    contradict what is sure.
    """
    made = puzzle(publications, basis, bases=bases)
    given_up = 0
    while True:
        try:
            ranges = feasible_ranges(made)
            break
        except Contradiction:
            given_up += _give_up(made)
    # That there were a few corrections, or none at all, tells of nobody.
    tested = {
        cell: (low, high) for cell, (low, high) in ranges.items() if high and (low or cell not in made.bijgesteld)
    }
    leaks = {cell: (low, high) for cell, (low, high) in tested.items() if high - low + 1 < ENOUGH}
    smallest = min((high - low + 1 for low, high in tested.values()), default=None)
    return Report(len(made.number), len(ranges), smallest, leaks, given_up, ranges, made)


def _give_up(made: Puzzle) -> int:
    """Take the assumptions out that are contradicted, with the least total slack; returns how many.

    Raises Contradiction when what is sure contradicts itself.
    """
    assumed = np.flatnonzero([not row.sure for row in made.rows])
    counts, slacks = len(made.low), 2 * len(assumed)
    sums, limits = _sums(made.rows, counts)
    up_or_down = (np.tile([1.0, -1.0], len(assumed)), (np.repeat(assumed, 2), np.arange(slacks)))
    matrix = hstack([sums, csr_array(up_or_down, shape=(len(made.rows), slacks))], "csr")
    answer = milp(
        np.repeat([0.0, 1.0], [counts, slacks]),
        bounds=Bounds(np.append(made.low, [0.0] * slacks), np.append(np.minimum(made.high, _MOST), [np.inf] * slacks)),
        constraints=LinearConstraint(matrix, *limits),
    )
    if answer.status == 2 or not slacks:
        raise Contradiction
    if answer.x is None:
        raise RuntimeError(answer.message)
    # Without slack the contradiction is one of whole numbers only; then nothing is assumed any more.
    away = {*assumed[answer.x[counts:].reshape(-1, 2).max(axis=1) > 1e-6]} or {*assumed}
    made.rows = [row for number, row in enumerate(made.rows) if number not in away]
    return len(away)


Limits = tuple[np.ndarray, np.ndarray]


def _sums(rows: list[Row], counts: int) -> tuple[csr_array, Limits]:
    """The factors of the sums, and the least and most that each may be."""
    ends = np.cumsum([0, *(len(row.terms) for row in rows)])
    factors, columns = ([part for row in rows for part in parts(row.terms)] for parts in (dict.values, dict.keys))
    matrix = csr_array((np.array(factors, float), np.array(columns, int), ends), shape=(len(rows), counts))
    return matrix, (np.array([row.low for row in rows], float), np.array([row.high for row in rows], float))


def _links(sums: csr_array) -> csr_array:
    """Which counts stand in one sum."""
    return abs(sums).T @ abs(sums)


def feasible_ranges(made: Puzzle) -> dict[Cell, tuple[int, int]]:
    """Of every count that may be under 10, values that it can have: the exact range when that is under 5 wide.

    A count of which solutions have been seen 5 apart is not looked into any further. Raises Contradiction.
    """
    cells = list(made.number)
    sums, limits = _sums([row for row in made.rows if row.terms], len(cells))
    low, high, telling = _propagated(
        sums, limits, np.array(made.low, float), np.minimum(made.high, _MOST).astype(float)
    )
    sums, limits = sums[telling], tuple(limit[telling] for limit in limits)
    found: dict[Cell, tuple[int, int]] = {}
    # What hangs together through sums is one town; what holds of one tells nothing of another.
    links = _links(sums)
    _, town_of = connected_components(links, directed=False)
    rows_of = town_of[sums.indices[sums.indptr[:-1]]]
    towns = []
    for label in range(max(town_of, default=-1) + 1):
        own, rows = np.flatnonzero(town_of == label), np.flatnonzero(rows_of == label)
        small = {place: cells[index] for place, index in enumerate(own) if low[index] <= SMALL}
        if rows.size:
            part = sums[rows][:, own], tuple(limit[rows] for limit in limits), links[own][:, own]
            towns.append((small, _Town(*part, low[own], high[own])))
        else:
            found |= {cell: (int(low[own[0]]), int(high[own[0]])) for cell in small.values()}
    # All have a solution: a contradiction is found before the long search in any of them.
    for small, town in towns:
        town.explore(list(small))
        found |= {cell: town.range(place) for place, cell in small.items() if town.low[place] <= SMALL}
    return found


def _propagated(sums: csr_array, limits: Limits, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, ...]:
    """Bounds that every sum by itself implies, repeated until nothing moves; and which sums say more than the bounds.

    Raises Contradiction.
    """
    entries = sums.tocoo()
    row, column, factor = entries.row, entries.col, entries.data
    for _ in range(200):
        one, other = factor * low[column], factor * high[column]
        least, most = np.minimum(one, other), np.maximum(one, other)
        sum_least, sum_most = (np.bincount(row, part, sums.shape[0]) for part in (least, most))
        room_down = limits[0][row] - sum_most[row] + most
        room_up = limits[1][row] - sum_least[row] + least
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, column, np.ceil(np.where(factor > 0, room_down, room_up) / factor - 1e-9))
        np.minimum.at(new_high, column, np.floor(np.where(factor > 0, room_up, room_down) / factor + 1e-9))
        if (new_low > new_high).any():
            raise Contradiction
        if (new_low == low).all() and (new_high == high).all():
            break
        low, high = new_low, new_high
    return low, high, np.flatnonzero((sum_least < limits[0]) | (sum_most > limits[1]))


class _Town:
    """The whole numbers x with least <= sums x <= most and low <= x <= high; one solution, that wanders.

    What is known of a count at any time: it can be ``lowest`` and ``highest`` (solutions had these), and it cannot be
    under ``low`` or over ``high`` (that is proven): low <= lowest <= highest <= high. Every step keeps that, and only
    brings these closer: ``ask`` finds another solution, ``narrow`` proves more. A count is decided when it was seen
    ENOUGH values apart, or is proven to have fewer than that, or to be 10 or more.
    """

    def __init__(self, sums: csr_array, limits: Limits, links: csr_array, low: np.ndarray, high: np.ndarray) -> None:
        self._sums, self._columns, self._limits, self._links = sums, sums.tocsc(), limits, links
        self.low, self.high = low, high
        self._chance = np.random.default_rng(_SEED)
        # Raises Contradiction when there is no solution.
        self._now = _solved(self._chance.uniform(-1, 1, len(low)), sums, limits, low, high)
        self.lowest, self.highest = self._now.copy(), self._now.copy()

    def explore(self, targets: list[int]) -> None:
        """See as many values of these counts as it takes, or prove that they have few."""
        everywhere = np.arange(len(self._now))
        # All of the town at once, each count up or down by lot: which values turn up?
        for _ in range(_ROUNDS):
            open_ = [target for target in targets if self.undecided(target)]
            if len(open_) < _FEW:
                break
            push = np.zeros(len(everywhere))
            push[open_] = self._chance.exponential(size=len(open_)) * self._chance.choice([-1.0, 1.0], len(open_))
            self.ask(push, everywhere)
        # What is left is asked one by one, at last with everything free, and that is the proof.
        for target in targets:
            for size in (*_NEAR, len(everywhere)):
                if not self.undecided(target):
                    break
                near = breadth_first_order(self._links, target, directed=False, return_predecessors=False)[:size]
                self.narrow(target, near)
                for sign, proven in ((1.0, self.low), (-1.0, self.high)):
                    if self.undecided(target):
                        self.ask(np.where(everywhere == target, sign, 0.0), near)
                        if len(near) == len(everywhere):
                            proven[target] = self._now[target]

    def undecided(self, index: int) -> bool:
        """Whether a count that may be under 10 may still have enough values, and was not seen to have them yet."""
        enough = self.high[index] - self.low[index] + 1 >= ENOUGH
        return enough and self.low[index] <= SMALL and self.lowest[index] + ENOUGH - 1 > self.highest[index]

    def range(self, index: int) -> tuple[int, int]:
        """What a count was seen to be, or when that is little, all that it can be."""
        seen = self.highest[index] - self.lowest[index] + 1 >= ENOUGH
        bounds = (self.lowest, self.highest) if seen else (self.low, self.high)
        return int(bounds[0][index]), int(bounds[1][index])

    def ask(self, push: np.ndarray, free: np.ndarray) -> None:
        """Go to the solution with the smallest push x, in which only these counts may have moved."""
        part = self._columns[:, free].tocsr()
        touched = np.flatnonzero(np.diff(part.indptr))
        rest = self._sums @ self._now - part @ self._now[free]
        limits = tuple((limit - rest)[touched] for limit in self._limits)
        self._now[free] = _solved(push[free], part[touched], limits, self.low[free], self.high[free])
        self.lowest, self.highest = np.minimum(self.lowest, self._now), np.maximum(self.highest, self._now)

    def narrow(self, target: int, near: np.ndarray) -> None:
        """Bring low and high of a count closer, by the sums among these counts near it.

        What these do not allow, without those that reach further, the whole town does not allow either; and what is
        proven helps to prove the next one.
        """
        part = self._columns[:, near].tocsr()
        sums = np.flatnonzero(np.diff(part.indptr) == np.diff(self._sums.indptr))
        limits = LinearConstraint(part[sums], *(limit[sums] for limit in self._limits))
        for sign, bounds in ((1.0, self.low), (-1.0, self.high)):
            within = Bounds(self.low[near], self.high[near])
            answer = milp(np.where(near == target, sign, 0.0), bounds=within, constraints=limits)
            if answer.fun is not None:
                bounds[target] = sign * max(sign * bounds[target], np.ceil(answer.fun - 1e-6))


def _solved(push: np.ndarray, sums: csr_array, limits: Limits, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The whole numbers with the smallest push x. Raises Contradiction when there are none."""
    # Sums of parts mostly have whole corners: the relaxation, which is quicker, then is the answer; not where all are
    # pushed. That nothing is possible is believed only without presolve, which was seen to say so of what was possible.
    pushed = int(np.count_nonzero(push) > 1)
    for whole, presolve in ((0, True), (1, True), (1, False))[pushed:]:
        answer = milp(
            push,
            integrality=np.full(len(push), whole),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(sums, *limits),
            options={"presolve": presolve},
        )
        if answer.status == 2 and not (whole and presolve):
            raise Contradiction
        if answer.status != 2:
            if answer.x is None:
                raise RuntimeError(answer.message)
            found = np.round(answer.x)
            made = sums @ found
            fits = (found >= low, found <= high, made >= limits[0], made <= limits[1], abs(answer.x - found) < 1e-6)
            if all(each.all() for each in fits):
                return found.astype(int)
    raise RuntimeError("the solver gave no whole numbers that fit")


# ---------------------------------------------------------------------------------------------- the coarsening


def to_leave_out(report: Report, peildatum: date) -> set[Cell]:
    """Per leak the published count of this peildatum to leave out: the count itself, or the smallest one nearby.

    Nearby goes by the sums that link counts. What was published before stays as it is, and so does a count of 50 or
    more; a leak that nothing else can close gives nothing. The same count goes in every stadsdeel, or doelgroep: which
    one is missing would tell where it was narrow.
    """
    made = report.puzzel
    can_go = {cell: count for cell, (count, _) in made.known.items() if cell.peildatum == peildatum and count < CARRIES}
    sums, _ = _sums(made.rows, len(made.low))
    leaks = [made.number[cell] for cell in report.lekken]
    away = set()
    for far in dijkstra(_links(sums), unweighted=True, indices=leaks) if can_go else ():
        near = min(can_go, key=lambda cell: (far[made.number[cell]], can_go[cell], str(cell)))
        if np.isfinite(far[made.number[near]]):
            alike = {cell.selectie for cell in can_go if cell.selectie.soort == near.selectie.soort}
            away |= can_go.keys() & {near._replace(selectie=each) for each in alike}
    return away


def without(frames: Frames, made: Puzzle, away: Iterable[Cell]) -> dict[tuple[str, Selectie], pl.DataFrame]:
    """The frames with these counts left out, wherever they stand, and with what follows from them."""
    coarser = dict(frames)
    for question, selectie, index, kolom in (place for cell in away for place in made.plaatsen.get(cell, ())):
        row = coarser[question, selectie].row(index, named=True)
        for name, columns, rows in _gone_with(question, kolom, index, row):
            instead = {weergave_van(each): WEGGELATEN for each in columns} | dict.fromkeys(columns)
            if instead.pop(weergave_van("toelichting"), None):
                instead["toelichting"] = WEGGELATEN_ZIN
            if (name, selectie) in coarser:
                coarser[name, selectie] = coarser[name, selectie].with_columns(
                    pl.when(rows).then(pl.lit(value)).otherwise(each).alias(each) for each, value in instead.items()
                )
    return coarser


def _gone_with(question: str, kolom: str, index: int, row: Mapping) -> Iterator[tuple[str, Iterable[str], pl.Expr]]:
    """What is left out with a count: it and what is computed from it, as question, columns and rows."""
    columns = [kolom]
    if question == "evaluatie_meetbaarheid":
        columns = ["waarde", "toelichting"]
    elif kolom in ("teller", "noemer", "waarde") or kolom.endswith(("_teller", "_noemer")):
        columns += [name for name in figures(question) if name not in TELLINGEN]
    yield question, columns, pl.int_range(pl.len()) == index
    if question in ("melding_per_maand", "melding_per_kwartaal"):
        quarter = row.get("maand") or row["kwartaal"]
        yield "melding_diversiteit", figures("melding_diversiteit"), pl.col("kwartaal") == quarter
    elif question == "evaluatie_meldingen":
        yield "evaluatie_vergelijking", figures("evaluatie_vergelijking"), pl.lit(True)
        yield "evaluatie_meetbaarheid", ("waarde", "toelichting"), pl.col("voorwaarde") == "aantoonbaar_verschil"
