"""The attack that a publication must withstand, and the coarsening until it does.

The attacker has everything that `openbaar` shows, of all publications; knows the rule of the rounding, not the salt;
and knows what must hold between true counts (``knowledge.py``). ``attack`` finds the whole numbers that every true
count can still be, with an integer solver (HiGHS). ``docs/openbaar.md`` says what is taken to be known.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra

from queries.definitions.columns import TELLINGEN, WEGGELATEN, figures, weergave_van
from queries.openbaar.attack.knowledge import SMALL, Frames, puzzle
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.publication import TEXTS
from queries.openbaar.rules import WEGGELATEN_ZIN, Selectie

SAYS, LOG = TEXTS["publish"], logging.getLogger(__name__)
ENOUGH = 5
# A count of 50 or more carries shares, medians and curves: left out itself, it would still stand in those.
CARRIES = 50

_SEED = 20221231
# How often all counts are moved at once, as long as so many have not been seen to move enough; what is left is asked
# one by one: how many counts around it move, before all may.
_ROUNDS, _FEW = 40, 8
_NEAR = (100, 400, 1200)


@dataclass(frozen=True)
class Report:
    """cellen: counts that were attacked; cellen_onder_10: those that may be under 10; smalste: the smallest
    range among these.

    ranges: per small count the lowest and highest value found; between them there may be more, never fewer than shown.
    lekken: those of counts that can be only a few values. losgelaten: assumptions that the published figures
    contradict, and that were given up.
    """

    cellen: int
    cellen_onder_10: int
    smalste: int | None
    lekken: dict[Cell, tuple[int, int]]
    losgelaten: int
    ranges: dict[Cell, tuple[int, int]] = field(repr=False)
    puzzel: Puzzle = field(repr=False)


class Contradiction(Exception):
    """Nothing satisfies all that is taken to be known; ``among`` these counts, when that is known."""

    def __init__(self, among: np.ndarray | None = None) -> None:
        super().__init__()
        self.among = among


def attack(publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None) -> Report:
    """Find what every true count can still be; ``publications`` holds the frames of each peildatum.

    Assumptions that the figures contradict, as few as possible, are given up. Raises Contradiction when the figures
    contradict what is sure.
    """
    if len(publications) > 1:
        LOG.info(SAYS["together"], len(publications) - 1)
    made = puzzle(publications, basis, bases=bases)
    given_up = 0
    while True:
        try:
            ranges = feasible_ranges(made)
            break
        except Contradiction as found:
            given_up += _give_up(made, found.among)
    # That there were a few corrections, or none at all, tells of nobody.
    tested = {
        cell: (low, high) for cell, (low, high) in ranges.items() if high and (low or cell not in made.bijgesteld)
    }
    leaks = {cell: (low, high) for cell, (low, high) in tested.items() if high - low + 1 < ENOUGH}
    smallest = min((high - low + 1 for low, high in tested.values()), default=None)
    return Report(len(made.number), len(ranges), smallest, leaks, given_up, ranges, made)


def _give_up(made: Puzzle, among: np.ndarray | None = None) -> int:
    """Take the assumptions out that are contradicted, with the least total slack; returns how many.

    They are looked for around these counts first, further away as long as nothing is contradicted there. Raises
    Contradiction when what is sure contradicts itself.
    """
    sums, limits, bounds = _arrays(made)
    columns, assumed = sums.tocsc(), np.array([not row.sure for row in made.rows])
    near = np.arange(len(made.low)) if among is None else among
    for size in (*_NEAR, len(made.low)):
        before, near = len(near), _near(sums, near, size)
        if len(near) == before and size > _NEAR[0]:
            continue
        # What the sums among some counts contradict, all of them do.
        inside = np.bincount(columns[:, near].indices, minlength=len(assumed)) == np.diff(sums.indptr)
        inside = np.flatnonzero(inside)
        if assumed[inside].any():
            away = _contradicted(sums[inside][:, near], limits[:, inside], bounds[:, near], assumed[inside])
            if len(away):
                break
    else:
        # Without slack the contradiction is one of whole numbers only; then nothing is assumed any more.
        inside, away = np.arange(len(assumed)), np.flatnonzero(assumed)
    away = {*inside[away]}
    if not away:
        raise Contradiction
    made.rows = [row for number, row in enumerate(made.rows) if number not in away]
    return len(away)


def _near(sums: csr_array, start: np.ndarray, size: int) -> np.ndarray:
    """So many counts around these, or more: those in the same sums, then those in the sums of these."""
    columns, found = sums.tocsc(), start
    while len(found) < size:
        more = np.unique([*found, *sums[np.unique(columns[:, found].indices)].indices])
        if len(more) == len(found):
            break
        found = more
    return found


def _contradicted(sums: csr_array, limits: np.ndarray, bounds: np.ndarray, assumed: np.ndarray) -> np.ndarray:
    """The assumed sums that need slack for a solution, when the total slack is the least.

    Raises Contradiction when there is no solution with it either.
    """
    slack, none = eye_array(len(assumed), format="csc")[:, assumed], np.zeros(2 * assumed.sum())
    answer = milp(
        np.append(np.zeros(bounds.shape[1]), none + 1),
        bounds=Bounds(*np.append(bounds, [none, none + np.inf], axis=1)),
        constraints=LinearConstraint(hstack([sums, slack, -slack], "csr"), *limits),
    )
    if answer.status == 2:
        raise Contradiction
    if answer.x is None:
        raise RuntimeError(answer.message)
    used = answer.x[bounds.shape[1] :].reshape(2, -1).max(axis=0, initial=0) > 1e-6
    return np.flatnonzero(assumed)[used]


def _arrays(made: Puzzle) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """The factors of the sums, the least and most that each may be, and the least and most of the counts."""
    terms = [row.terms for row in made.rows]
    factors, columns = ([part for row in terms for part in parts(row)] for parts in (dict.values, dict.keys))
    ends = np.cumsum([0, *map(len, terms)])
    sums = csr_array((np.array(factors, float), np.array(columns, int), ends), shape=(len(terms), len(made.low)))
    limits = np.array([(row.low, row.high) for row in made.rows], float).reshape(-1, 2).T
    # Far more than any count of the town can be: some are bounded by nothing that was published.
    most = 100 * max(1000, *made.low)
    return sums, limits, np.array([made.low, np.minimum(made.high, most)], float)


def _links(sums: csr_array) -> csr_array:
    """Which counts stand in one sum."""
    return abs(sums).T @ abs(sums)


def feasible_ranges(made: Puzzle) -> dict[Cell, tuple[int, int]]:
    """Of every count that may be under 10, values that it can have: the exact range when that is under 5 wide.

    A count of which solutions have been seen 5 apart is not looked into any further. Raises Contradiction.
    """
    sums, limits, proven = _propagated(*_arrays(made))
    seen, cells = proven.copy(), list(made.number)
    # What hangs together through sums is one town; what holds of one tells nothing of another.
    _, town_of = connected_components(_links(sums), directed=False)
    of_row = town_of[sums.indices[sums.indptr[:-1]]]
    # All have a solution: a contradiction is found before the long search in any of them.
    owns = [(np.flatnonzero(town_of == label), of_row == label) for label in np.unique(of_row)]
    towns = []
    for own, rows in owns:
        try:
            towns.append((own, _Town(sums[rows][:, own], limits[:, rows], proven[:, own])))
        except Contradiction as found:
            raise Contradiction(own) from found
    asked = sum(town.undecided().sum() for _, town in towns)
    for own, town in towns:
        for _ in town.explore():
            LOG.info(SAYS["attacking"], 100 * (1 - sum(each.undecided().sum() for _, each in towns) / asked))
        proven[:, own], seen[:, own] = town.proven, town.seen
    low, high = np.where(seen[1] - seen[0] + 1 >= ENOUGH, seen, proven).astype(int).tolist()
    return {cells[index]: (low[index], high[index]) for index in np.flatnonzero(proven[0] <= SMALL)}


def _propagated(sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Bounds that every sum by itself implies, repeated until nothing moves, with the sums that say more than these.

    Raises Contradiction, with the counts that are left no value.
    """
    columns, looked_at = sums.tocsc(), np.arange(sums.shape[0])
    for _ in range(200):
        entries = sums[looked_at].tocoo()
        row, column, factor = entries.row, entries.col, entries.data
        terms, totals = _totals(row, factor, bounds[:, column], len(looked_at))
        # What the others in its sum leave to a term, at most of these and at least.
        room = limits[:, looked_at[row]] - totals[::-1, row] + terms[::-1]
        low, high = np.where(factor > 0, room, room[::-1]) / factor
        tighter = bounds.copy()
        np.maximum.at(tighter[0], column, np.ceil(low - 1e-9))
        np.minimum.at(tighter[1], column, np.floor(high + 1e-9))
        if (none := np.flatnonzero(tighter[0] > tighter[1])).size:
            raise Contradiction(none)
        moved, bounds = np.flatnonzero((tighter != bounds).any(axis=0)), tighter
        if not moved.size:
            break
        # Where nothing moved, a sum says what it said.
        looked_at = np.unique(columns[:, moved].indices)
    entries = sums.tocoo()
    _, totals = _totals(entries.row, entries.data, bounds[:, entries.col], sums.shape[0])
    telling = (totals[0] < limits[0]) | (totals[1] > limits[1])
    return sums[telling], limits[:, telling], bounds


def _totals(row: np.ndarray, factor: np.ndarray, bounds: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most of every term, and of every sum."""
    terms = np.sort(factor * bounds, axis=0)
    return terms, np.array([np.bincount(row, part, number) for part in terms])


class _Town:
    """The whole numbers x with sums x within limits and x within bounds; one solution, that wanders.

    What is known of a count at any time: solutions had the lowest and the highest that was ``seen``, and it cannot lie
    outside what is ``proven``. Every step keeps that, and only brings these closer: ``ask`` finds another solution,
    ``narrow`` proves more. A count is decided when it was seen ENOUGH values apart, or is proven to have fewer than
    that, or to be 10 or more.
    """

    def __init__(self, sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> None:
        """Raises Contradiction when there is no solution."""
        self._sums, self._columns, self._limits = sums, sums.tocsc(), limits
        self._chance = np.random.default_rng(_SEED)
        self._now = _solved(self._chance.uniform(-1, 1, bounds.shape[1]), sums, limits, bounds)
        self.proven, self.seen = bounds, np.array([self._now, self._now])

    def undecided(self) -> np.ndarray:
        """Which counts that may be under 10 may still have enough values, and were not seen to have them yet."""
        apart, widest = self.seen[1] - self.seen[0] + 1, self.proven[1] - self.proven[0] + 1
        return (self.proven[0] <= SMALL) & (widest >= ENOUGH) & (apart < ENOUGH)

    def explore(self) -> Iterator[None]:
        """See as many values of these counts as it takes, or prove that they have few; a step at a time."""
        everywhere, links = np.arange(len(self._now)), _links(self._sums)
        # All at once, each count up or down by lot: which values turn up?
        for _ in range(_ROUNDS):
            left = np.flatnonzero(self.undecided())
            if len(left) < _FEW:
                break
            push = np.zeros(len(everywhere))
            push[left] = self._chance.exponential(size=len(left)) * self._chance.choice([-1.0, 1.0], len(left))
            self.ask(push, everywhere)
            yield
        # What is left is asked one by one, at last with everything free that hangs together, and that is the proof.
        for target in np.flatnonzero(self.undecided()):
            nearest = breadth_first_order(links, target, directed=False, return_predecessors=False)
            for size in (*_NEAR, len(everywhere)):
                if not self.undecided()[target]:
                    break
                near = nearest[:size]
                self.narrow(target, near)
                for end, sign in enumerate((1.0, -1.0)):
                    if self.undecided()[target]:
                        self.ask(np.where(everywhere == target, sign, 0.0), near)
                        if size == len(everywhere):
                            self.proven[end, target] = self._now[target]
            yield

    def ask(self, push: np.ndarray, free: np.ndarray) -> None:
        """Go to the solution with the smallest push x, in which only these counts may have moved."""
        part = self._columns[:, free].tocsr()
        touched = np.flatnonzero(np.diff(part.indptr))
        limits = (self._limits - (self._sums @ self._now - part @ self._now[free]))[:, touched]
        self._now[free] = _solved(push[free], part[touched], limits, self.proven[:, free])
        self.seen = np.array([np.minimum(self.seen[0], self._now), np.maximum(self.seen[1], self._now)])

    def narrow(self, target: int, near: np.ndarray) -> None:
        """Bring what is proven of a count closer, by the sums among these counts near it.

        What these do not allow, without those that reach further, the whole town does not allow either; and what is
        proven helps to prove the next one.
        """
        part = self._columns[:, near].tocsr()
        inside = np.flatnonzero(np.diff(part.indptr) == np.diff(self._sums.indptr))
        limits = LinearConstraint(part[inside], *self._limits[:, inside])
        for end, sign in enumerate((1.0, -1.0)):
            answer = milp(np.where(near == target, sign, 0.0), bounds=Bounds(*self.proven[:, near]), constraints=limits)
            if answer.fun is not None:
                self.proven[end, target] = sign * max(sign * self.proven[end, target], np.ceil(answer.fun - 1e-6))


def _solved(push: np.ndarray, sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The whole numbers with the smallest push x. Raises Contradiction when there are none."""
    # Sums of parts mostly have whole corners: the relaxation, which is quicker, then is the answer; not where all are
    # pushed. That nothing is possible is believed only without presolve, which was seen to say so of what was possible.
    pushed = int(np.count_nonzero(push) > 1)
    for whole, presolve in ((0, True), (1, True), (1, False))[pushed:]:
        answer = milp(
            push,
            integrality=np.full(len(push), whole),
            bounds=Bounds(*bounds),
            constraints=LinearConstraint(sums, *limits),
            options={"presolve": presolve},
        )
        if answer.status == 2:
            if whole and presolve:
                continue
            raise Contradiction
        if answer.x is None:
            raise RuntimeError(answer.message)
        found = np.round(answer.x)
        made = sums @ found
        fits = np.clip(found, *bounds) == found, np.clip(made, *limits) == made, abs(answer.x - found) < 1e-6
        if all(map(np.all, fits)):
            return found.astype(int)
    raise RuntimeError("the solver gave no whole numbers that fit")


# ---------------------------------------------------------------------------------------------- the coarsening


def to_leave_out(report: Report, peildatum: date, of: str = "") -> set[Cell]:
    """Per leak the published count of this peildatum to leave out: the count itself, or the smallest one nearby.

    of: the question that it must stand in, if any.

    Nearby goes by the sums that link counts. What was published before stays as it is, and so does a count of 50 or
    more; a leak that nothing else can close gives nothing. The same count goes in every stadsdeel, or doelgroep: which
    one is missing would tell where it was narrow.
    """
    made = report.puzzel
    can_go = {
        cell: count
        for cell, (count, _) in made.known.items()
        if cell.peildatum == peildatum
        and count < CARRIES
        and (not of or any(question == of for question, *_ in made.plaatsen[cell]))
    }
    sums, *_ = _arrays(made)
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
    if question == "melding_per_maand":
        yield "melding_diversiteit", figures("melding_diversiteit"), pl.col("kwartaal") == row["maand"]
    elif question == "evaluatie_meldingen":
        yield "evaluatie_vergelijking", figures("evaluatie_vergelijking"), pl.lit(True)
        yield "evaluatie_meetbaarheid", ("waarde", "toelichting"), pl.col("voorwaarde") == "aantoonbaar_verschil"
