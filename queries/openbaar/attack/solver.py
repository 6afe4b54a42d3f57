"""The attack that a publication must withstand, and the coarsening until it does.

The attacker has everything that `openbaar` shows, of all publications; knows the rule of the rounding, not the salt;
and knows what must hold between true counts (``knowledge.py``). ``attack`` finds the whole numbers that every true
count can still be, with an integer solver (HiGHS). ``docs/openbaar.md`` says what is taken to be known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array, csr_array, hstack
from scipy.sparse.csgraph import connected_components

from queries.definitions.columns import TELLINGEN, WEGGELATEN, figures, weergave_van
from queries.openbaar.attack.knowledge import SMALL, Frames, puzzle
from queries.openbaar.attack.puzzle import Cell, Puzzle, Row
from queries.openbaar.rules import WEGGELATEN_ZIN, Keuze

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
class Leak:
    """A count that may be under 10 and can be only a few values."""

    cel: Cell
    laag: int
    hoog: int


@dataclass(frozen=True)
class Report:
    """cellen: counts that were attacked; klein: those that may be under 10; smalste: the smallest range among these.

    ranges: per small count the lowest and highest value found; between them there may be more, never fewer than shown.
    losgelaten: assumptions that the published figures contradict, and that were given up.
    """

    cellen: int
    klein: int
    smalste: int | None
    lekken: tuple[Leak, ...]
    losgelaten: int
    ranges: dict[Cell, tuple[int, int]] = field(repr=False)
    puzzel: Puzzle = field(repr=False)


class Contradiction(Exception):
    """Nothing satisfies all that is taken to be known."""


def attack(
    publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None, before: Report | None = None
) -> Report:
    """Find what every true count can still be; ``publications`` holds the frames of each peildatum.

    Assumptions that the figures contradict, as few as possible, are given up. before: of the attack on the same figures
    with more of them shown; what was possible then still is, and is not sought again. Raises Contradiction when the
    figures contradict what is sure.
    """
    made = puzzle(publications, basis, bases=bases)
    given_up = 0
    while True:
        try:
            ranges = feasible_ranges(made, _still_possible(made, before))
            break
        except Contradiction:
            given_up += _give_up(made)
    # That there were a few corrections, or none at all, tells of nobody.
    of_nobody = {cell for cell in made.bijgesteld if ranges.get(cell, (1, 1))[0] == 0}
    tested = {cell: found for cell, found in ranges.items() if found[1] >= 1 and cell not in of_nobody}
    leaks = tuple(Leak(cell, low, high) for cell, (low, high) in tested.items() if high - low + 1 < ENOUGH)
    widths = [high - low + 1 for low, high in tested.values()]
    return Report(len(made.number), len(ranges), min(widths, default=None), leaks, given_up, ranges, made)


def _still_possible(made: Puzzle, before: Report | None) -> dict[Cell, tuple[int, int]]:
    """The values that counts had in an attack before, where these are enough and surely still possible."""
    if before is None or not made.allows_all_of(before.puzzel):
        return {}
    return {cell: seen for cell, seen in before.ranges.items() if seen[1] - seen[0] + 1 >= ENOUGH}


def _give_up(made: Puzzle) -> int:
    """Take the assumptions out that are contradicted, with the least total slack; returns how many.

    Raises Contradiction when what is sure contradicts itself.
    """
    assumed = [number for number, row in enumerate(made.rows) if not row.sure]
    slacks, counts = 2 * len(assumed), len(made.low)
    slack = coo_array(
        (np.tile([1.0, -1.0], len(assumed)), (np.repeat(assumed, 2), np.arange(slacks))), shape=(len(made.rows), slacks)
    )
    matrix = hstack([_matrix(made.rows, {index: index for index in range(counts)}), slack], format="csr")
    answer = milp(
        np.concatenate([np.zeros(counts), np.ones(slacks)]),
        bounds=Bounds(
            np.concatenate([made.low, np.zeros(slacks)]),
            np.concatenate([np.minimum(made.high, _MOST), np.full(slacks, np.inf)]),
        ),
        constraints=LinearConstraint(matrix, [row.low for row in made.rows], [row.high for row in made.rows]),
    )
    if answer.status == 2 or not assumed:
        raise Contradiction
    if answer.x is None:
        raise RuntimeError(answer.message)
    needed = answer.x[counts:].reshape(-1, 2).max(axis=1) > 1e-6
    # Without slack the contradiction is one of whole numbers only; then nothing is assumed any more.
    away = {number for number, found in zip(assumed, needed, strict=True) if found} or set(assumed)
    made.rows = [row for number, row in enumerate(made.rows) if number not in away]
    return len(away)


def feasible_ranges(
    made: Puzzle, possible: Mapping[Cell, tuple[int, int]] | None = None
) -> dict[Cell, tuple[int, int]]:
    """Of every count that may be under 10, values that it can have: the exact range when that is under 5 wide.

    A count of which solutions have been seen 5 apart is not looked into any further. possible: the lowest and highest
    value of counts in solutions that are known already. Raises Contradiction.
    """
    possible = possible or {}
    rows, cells = [row for row in made.rows if row.terms], list(made.number)
    low, high = _propagated(rows, np.array(made.low, float), np.array(made.high, float))
    found: dict[Cell, tuple[int, int]] = {}
    towns: list[tuple[dict[int, Cell], _Town]] = []
    for indices, own in _apart(rows, len(cells)):
        small = {place: cells[index] for place, index in enumerate(indices) if low[index] <= SMALL}
        if own:
            matrix = _matrix(own, {index: place for place, index in enumerate(indices)})
            towns.append((small, _Town(matrix, _limits(own), low[indices], high[indices])))
        else:
            (index,) = indices
            found |= {cell: (int(low[index]), int(min(high[index], low[index] + _MOST))) for cell in small.values()}
    # All have a solution: a contradiction is found before the long search in any of them.
    for small, town in towns:
        for place, cell in small.items():
            if cell in possible:
                town.has_been(place, *possible[cell])
        town.explore(list(small))
        found |= {cell: town.range(place) for place, cell in small.items() if town.may_be_small(place)}
    return found


def _apart(rows: list[Row], count: int) -> Iterator[tuple[list[int], list[Row]]]:
    """The counts that hang together through sums, with these sums; what holds of one lot tells nothing of another."""
    links = [(min(row.terms), index) for row in rows for index in row.terms]
    graph = coo_array((np.ones(len(links)), tuple(np.array(links, int).reshape(-1, 2).T)), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    members: dict[int, list[int]] = defaultdict(list)
    for index, label in enumerate(component):
        members[label].append(index)
    rows_of: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        rows_of[component[next(iter(row.terms))]].append(row)
    for label, indices in members.items():
        yield indices, rows_of[label]


def _limits(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([row.low for row in rows]), np.array([row.high for row in rows])


def _propagated(rows: list[Row], low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bounds that every sum by itself implies, repeated until nothing moves."""
    for _ in range(200):
        moved = False
        for terms, least, most, _ in rows:
            lows = [factor * (low[i] if factor > 0 else high[i]) for i, factor in terms.items()]
            highs = [factor * (high[i] if factor > 0 else low[i]) for i, factor in terms.items()]
            total_low, total_high = sum(lows), sum(highs)
            for (i, factor), own_low, own_high in zip(terms.items(), lows, highs, strict=True):
                others_low = total_low - own_low if np.isfinite(total_low) else _sum_without(lows, own_low)
                others_high = total_high - own_high if np.isfinite(total_high) else _sum_without(highs, own_high)
                bounds = sorted(((least - others_high) / factor, (most - others_low) / factor))
                new_low, new_high = np.ceil(bounds[0] - 1e-9), np.floor(bounds[1] + 1e-9)
                if new_low > low[i]:
                    low[i], moved = new_low, True
                if new_high < high[i]:
                    high[i], moved = new_high, True
                if low[i] > high[i]:
                    raise Contradiction
        if not moved:
            break
    return low, high


def _sum_without(values: list[float], own: float) -> float:
    """The sum of the others, when some are infinite."""
    infinite = [value for value in values if not np.isfinite(value)]
    if not np.isfinite(own) and len(infinite) == 1:
        return sum(value for value in values if np.isfinite(value))
    return infinite[0]


def _matrix(rows: list[Row], place: Mapping[int, int]) -> csr_array:
    """The factors of the sums; place: the column of a count."""
    data, numbers, columns = [], [], []
    for number, row in enumerate(rows):
        for index, factor in row.terms.items():
            data.append(factor)
            numbers.append(number)
            columns.append(place[index])
    return csr_array((data, (numbers, columns)), shape=(len(rows), len(place)))


class _Town:
    """The whole numbers x with least <= matrix x <= most and low <= x <= high; one solution, that wanders.

    What is known of a count at any time: it can be ``lowest`` and ``highest`` (solutions had these), and it cannot be
    under ``low`` or over ``high`` (that is proven): low <= lowest <= highest <= high. Every step keeps that, and only
    brings these closer: ``ask`` finds another solution, ``narrow`` proves more. A count is decided when it was seen
    ENOUGH values apart, or is proven to have fewer than that, or to be 10 or more.
    """

    def __init__(
        self, matrix: csr_array, limits: tuple[np.ndarray, np.ndarray], low: np.ndarray, high: np.ndarray
    ) -> None:
        self._rows, self._columns, self._limits = matrix, matrix.tocsc(), limits
        self._low, self._high = low, np.minimum(high, _MOST)
        self._chance = np.random.default_rng(_SEED)
        # Raises Contradiction when there is no solution.
        self._now = _solved(self._chance.uniform(-1, 1, len(low)), matrix, limits, self._low, self._high)
        self.lowest, self.highest = self._now.copy(), self._now.copy()

    def explore(self, targets: list[int]) -> None:
        """See as many values of these counts as it takes, or prove that they have few."""
        self.look_around(np.array(targets, int))
        # What is left is asked one by one, at last with everything free, and that is the proof.
        for target in targets:
            for size in (*_NEAR, None):
                if self.undecided(target):
                    self.narrow(target, size)
                for sign in (1.0, -1.0):
                    if self.undecided(target):
                        self.ask({target: sign}, size)

    def has_been(self, index: int, lowest: int, highest: int) -> None:
        """Note that a count has these values in solutions found elsewhere."""
        self.lowest[index] = min(self.lowest[index], lowest)
        self.highest[index] = max(self.highest[index], highest)

    def may_be_small(self, index: int) -> bool:
        """Whether a count may be under 10, as far as is known by now."""
        return self._low[index] <= SMALL

    def undecided(self, index: int) -> bool:
        """Whether a count that may be under 10 may still have enough values, and was not seen to have them yet."""
        enough = self._high[index] - self._low[index] + 1 >= ENOUGH
        return enough and self.may_be_small(index) and self.lowest[index] + ENOUGH - 1 > self.highest[index]

    def range(self, index: int) -> tuple[int, int]:
        """What a count was seen to be, or when that is little, all that it can be."""
        if self.highest[index] - self.lowest[index] + 1 >= ENOUGH:
            return int(self.lowest[index]), int(self.highest[index])
        return int(self._low[index]), int(self._high[index])

    def look_around(self, targets: np.ndarray) -> None:
        """Move all of the town at once, each count up or down by lot, and see which values turn up."""
        for _ in range(_ROUNDS):
            open_ = [target for target in targets.tolist() if self.undecided(target)]
            if len(open_) < _FEW:
                break
            push = self._chance.exponential(size=len(open_)) * self._chance.choice([-1.0, 1.0], len(open_))
            self.ask(dict(zip(open_, push.tolist(), strict=True)), None)

    def ask(self, objective: Mapping[int, float], size: int | None) -> None:
        """Go to the solution with the smallest objective; with a size, only that many counts near it may move."""
        whole = size is None or size >= len(self._low)
        free = np.arange(len(self._low)) if whole else self._near(next(iter(objective)), size)
        part = self._columns[:, free]
        touched = np.unique(part.indices)
        rest = self._rows @ self._now - part @ self._now[free]
        self._now[free] = _solved(
            np.array([objective.get(index, 0.0) for index in free.tolist()]),
            part.tocsr()[touched],
            tuple((limit - rest)[touched] for limit in self._limits),
            self._low[free],
            self._high[free],
        )
        self.lowest[free] = np.minimum(self.lowest[free], self._now[free])
        self.highest[free] = np.maximum(self.highest[free], self._now[free])
        if whole and len(objective) == 1:
            ((target, sign),) = objective.items()
            (self._low if sign > 0 else self._high)[target] = self._now[target]

    def narrow(self, target: int, size: int | None) -> None:
        """Bring low and high of a count closer, by the sums among so many counts near it.

        What these do not allow, without those that reach further, the whole town does not allow either; and what is
        proven helps to prove the next one.
        """
        near = self._near(target, size or len(self._low))
        part = self._columns[:, near].tocsr()
        sums = np.flatnonzero(np.diff(part.indptr) == np.diff(self._rows.indptr))
        limits = LinearConstraint(part[sums], *(limit[sums] for limit in self._limits))
        for sign, bounds in ((1.0, self._low), (-1.0, self._high)):
            within = Bounds(self._low[near], self._high[near])
            answer = milp(np.where(near == target, sign, 0.0), bounds=within, constraints=limits)
            if answer.fun is not None:
                bounds[target] = sign * max(sign * bounds[target], np.ceil(answer.fun - 1e-6))

    def _near(self, target: int, size: int) -> np.ndarray:
        """So many counts that hang together with one through the fewest sums; of the furthest, some."""
        found = front = {int(target)}
        while front and len(found) < size:
            sums = {row for index in front for row in _entries(self._columns, index)}
            front = {index for row in sums for index in _entries(self._rows, row)} - found
            if len(found) + len(front) > size:
                front = set(self._chance.permutation(sorted(front))[: size - len(found)].tolist())
            found = found | front
        return np.array(sorted(found))


def _entries(matrix: csr_array | csc_array, number: int) -> list[int]:
    return matrix.indices[matrix.indptr[number] : matrix.indptr[number + 1]].tolist()


def _solved(
    objective: np.ndarray, matrix: csr_array, limits: tuple[np.ndarray, np.ndarray], low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """The whole numbers with the smallest objective. Raises Contradiction when there are none."""
    # Sums of parts mostly have whole corners: the relaxation, which is quicker, then is the answer; not where all are
    # pushed. That nothing is possible is believed only without presolve, which was seen to say so of what was possible.
    pushed = int(np.count_nonzero(objective) > 1)
    for whole, presolve in ((0, True), (1, True), (1, False))[pushed:]:
        answer = milp(
            objective,
            integrality=np.full(len(objective), whole),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, *limits),
            options={"presolve": presolve},
        )
        if answer.status == 2 and whole and presolve:
            continue
        if answer.status == 2:
            raise Contradiction
        if answer.x is None:
            raise RuntimeError(answer.message)
        found = np.round(answer.x)
        if np.abs(answer.x - found).max() < 1e-6 and _holds(found, matrix, limits, low, high):
            return found.astype(int)
    raise RuntimeError("the solver gave no whole numbers that fit")


def _holds(
    found: np.ndarray, matrix: csr_array, limits: tuple[np.ndarray, np.ndarray], low: np.ndarray, high: np.ndarray
) -> bool:
    sums = matrix @ found
    within = (found >= low).all() and (found <= high).all()
    return bool(within and (sums >= limits[0]).all() and (sums <= limits[1]).all())


# ---------------------------------------------------------------------------------------------- the coarsening


def to_leave_out(report: Report, peildatum: date) -> set[Cell]:
    """Per leak the published count of this peildatum to leave out: the count itself, or the smallest one nearby.

    Nearby goes by the sums that link counts. What was published before stays as it is, and so does a count of 50 or
    more; a leak that nothing else can close gives nothing. The same count goes in every stadsdeel, or doelgroep: which
    one is missing would tell where it was narrow.
    """
    made = report.puzzel
    names = {index: cell for cell, index in made.number.items()}
    rows_of: dict[int, list[Row]] = defaultdict(list)
    for row in made.rows:
        for index in row.terms:
            rows_of[index].append(row)

    def can_go(cell: Cell) -> bool:
        return cell.stand == peildatum and cell in made.known and made.known[cell][0] < CARRIES

    away = set()
    for leak in report.lekken:
        front = seen = {made.number[leak.cel]}
        while front:
            if near := [names[index] for index in front if can_go(names[index])]:
                away.add(min(near, key=lambda cell: (made.known[cell][0], str(cell))))
                break
            front = {index for known in front for row in rows_of[known] for index in row.terms} - seen
            seen = seen | front
    return {
        other for cell in away for other in made.about(cell.stand, cell.vraag) if _alike(cell, other) and can_go(other)
    }


def _alike(one: Cell, other: Cell) -> bool:
    """Whether two counts are the same one, of two parts of the city."""
    return (one.rij, one.kolom, one.keuze.soort) == (other.rij, other.kolom, other.keuze.soort)


def without(frames: Frames, made: Puzzle, away: Iterable[Cell]) -> dict[tuple[str, Keuze], pl.DataFrame]:
    """The frames with these counts left out, wherever they stand, and with what follows from them."""
    coarser = dict(frames)
    for cell in away:
        for question, keuze, index, kolom in made.plaatsen.get(cell, ()):
            frame = coarser[question, keuze]
            coarser[question, keuze] = _left_out(
                frame, (kolom, *_following(question, kolom)), pl.int_range(pl.len()) == index
            )
            for key, rows in _derived(question, keuze, frame.row(index, named=True)):
                if key in coarser:
                    columns = ("waarde", "toelichting") if key[0] == "evaluatie_meetbaarheid" else figures(key[0])
                    coarser[key] = _left_out(coarser[key], columns, rows)
    return coarser


def _left_out(frame: pl.DataFrame, columns: Iterable[str], rows: pl.Expr) -> pl.DataFrame:
    for kolom in columns:
        if kolom == "toelichting":
            frame = frame.with_columns(pl.when(rows).then(pl.lit(WEGGELATEN_ZIN)).otherwise(pl.col(kolom)).alias(kolom))
            continue
        beside = weergave_van(kolom)
        frame = frame.with_columns(
            pl.when(rows).then(None).otherwise(pl.col(kolom)).alias(kolom),
            pl.when(rows).then(pl.lit(WEGGELATEN)).otherwise(beside).alias(beside),
        )
    return frame


def _following(question: str, kolom: str) -> list[str]:
    """What is computed from a count in the same row."""
    if question == "evaluatie_meetbaarheid":
        return [name for name in ("waarde", "toelichting") if name != kolom]
    there = [name for name in figures(question) if name not in TELLINGEN]
    return [name for name in there if kolom in ("teller", "noemer", "waarde") or kolom.endswith(("_teller", "_noemer"))]


def _derived(question: str, keuze: Keuze, row: Mapping[str, object]) -> list[tuple[tuple[str, Keuze], pl.Expr]]:
    """What other questions compute from a count in a row, and in which of their rows."""
    if question in ("melding_per_maand", "melding_per_kwartaal"):
        quarter = row.get("maand") or row["kwartaal"]
        return [(("melding_diversiteit", keuze), pl.col("kwartaal") == quarter)]
    if question == "evaluatie_meldingen":
        power = pl.col("voorwaarde") == "aantoonbaar_verschil"
        return [(("evaluatie_vergelijking", keuze), pl.lit(True)), (("evaluatie_meetbaarheid", keuze), power)]
    return []
