"""The whole numbers that the counts of a town can be: solutions that show many values of each, and proofs of few.

HiGHS is asked for one solution after another. What it says is possible is checked in whole numbers, and that nothing is
possible is believed only of the relaxation, or without presolve.
"""

from collections.abc import Iterator
from itertools import chain

import highspy
import numpy as np
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from queries.openbaar.attack.knowledge import SMALL
from queries.openbaar.attack.puzzle import Puzzle

ENOUGH = 5

_SEED = 20221231
# Where nothing was known, all counts are moved at once so many times at most, until few were not seen to move enough.
_TOGETHER, _MANY = 20, 0.05
# What a solution has to show that others do not, in values, to go on from it: less is found again sooner.
_WORTH = 3
# Solutions are alike where fewer of their counts differ. What is new costs less to move than the others, which cost 1.
_ALIKE, _LIGHT = 0.2, 0.05
# How much longer than the sum that it follows by a count makes the others at most.
_GROWTH = 3
# How often more counts are set free where there is a solution in halves only; from how many solutions a count is moved.
_WIDER, _TRIES = 4, 3


class Contradiction(Exception):
    """Nothing satisfies all that is taken to be known."""


def arrays(made: Puzzle) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """The factors of the sums, the least and most that each may be, and the least and most of the counts."""
    terms = [row.terms for row in made.rows]
    factors, columns = (np.fromiter(chain.from_iterable(map(each, terms)), int) for each in (dict.values, dict.keys))
    ends = np.cumsum([0, *map(len, terms)])
    sums = csr_array((factors.astype(float), columns, ends), shape=(len(terms), len(made.low)))
    limits = np.array([(row.low, row.high) for row in made.rows], float).reshape(-1, 2).T
    # Far more than any count of the town can be: some are bounded by nothing that was published.
    most = 100 * max(1000, *made.low)
    return sums, limits, np.array([made.low, np.minimum(made.high, most)], float)


def links(sums: csr_array) -> csr_array:
    """Which counts stand in one sum."""
    return abs(sums).T @ abs(sums)


def propagated(sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Bounds that every sum by itself implies, repeated until nothing moves, with the sums that say more than these.

    Raises Contradiction when a count is left no value.
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
        if (tighter[0] > tighter[1]).any():
            raise Contradiction
        moved, bounds = np.flatnonzero((tighter != bounds).any(axis=0)), tighter
        if not moved.size:
            break
        # Where nothing moved, a sum says what it said.
        looked_at = np.unique(columns[:, moved].indices)
    telling = says_more(sums, limits, bounds)
    return sums[telling], limits[:, telling], bounds


def says_more(sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The numbers of the sums that the bounds do not imply."""
    entries = sums.tocoo()
    _, totals = _totals(entries.row, entries.data, bounds[:, entries.col], sums.shape[0])
    return np.flatnonzero((totals[0] < limits[0]) | (totals[1] > limits[1]))


def _totals(row: np.ndarray, factor: np.ndarray, bounds: np.ndarray, number: int) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most of every term, and of every sum."""
    terms = np.sort(factor * bounds, axis=0)
    return terms, np.array([np.bincount(row, part, number) for part in terms])


def merged(
    sums: csr_array, limits: np.ndarray, bounds: np.ndarray
) -> tuple[csr_array, np.ndarray, np.ndarray, np.ndarray]:
    """The same with one count for those that are equal, without sums that then say the same; and which each became."""
    became = np.arange(bounds.shape[1])
    while True:
        pairs = np.flatnonzero((np.diff(sums.indptr) == 2) & ~limits.any(axis=0))
        first = sums.indptr[pairs]
        first = first[sums.data[first] == -sums.data[first + 1]]
        if not len(first):
            return sums, limits, bounds, became
        ends, number = (sums.indices[first], sums.indices[first + 1]), sums.shape[1]
        same = coo_array((np.ones(len(first)), ends), shape=(number, number))
        number, label = connected_components(same, directed=False)
        least, most = np.full(number, -np.inf), np.full(number, np.inf)
        np.maximum.at(least, label, bounds[0])
        np.minimum.at(most, label, bounds[1])
        if (least > most).any():
            raise Contradiction
        bounds, became = np.array([least, most]), label[became]
        sums, limits = _once(
            csr_array((sums.data, label[sums.indices], sums.indptr), shape=(sums.shape[0], number)), limits
        )


def _once(sums: csr_array, limits: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """Each sum once, within all limits that it had."""
    sums.sum_duplicates()
    sums.eliminate_zeros()
    some = np.diff(sums.indptr) > 0
    sums, limits = sums[some], limits[:, some]
    turned = sums.data[sums.indptr[:-1]] < 0
    sums.data *= np.repeat(np.where(turned, -1, 1), np.diff(sums.indptr))
    limits = np.where(turned, -limits[::-1], limits)
    known: dict[tuple[bytes, bytes], int] = {}
    parts = zip(sums.indptr, sums.indptr[1:], strict=False)
    names = [(sums.indices[here:end].tobytes(), sums.data[here:end].tobytes()) for here, end in parts]
    place = np.array([known.setdefault(name, len(known)) for name in names], int)
    low, high = np.full(len(known), -np.inf), np.full(len(known), np.inf)
    np.maximum.at(low, place, limits[0])
    np.minimum.at(high, place, limits[1])
    return sums[np.unique(place, return_index=True)[1]], np.array([low, high])


class _Solver(highspy.Highs):
    """The least cost x with sums x within limits and x within bounds."""

    def __init__(self, costs: np.ndarray, sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> None:
        # Without its callbacks: it tells its version on standard output when these are made.
        super(highspy.Highs, self).__init__()
        self.silent()
        # What looks for whole numbers otherwise, and for symmetry, costs more than it saves.
        for name, value in {
            "threads": 1,
            "mip_heuristic_run_feasibility_jump": False,
            "mip_detect_symmetry": False,
        }.items():
            self.setOptionValue(name, value)
        (rows, columns), matrix = sums.shape, (sums.indptr, sums.indices, sums.data)
        kinds = int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize)
        # As arrays: a HighsLp takes them over number by number.
        self.passModel(columns, rows, sums.nnz, *kinds, 0.0, costs, *bounds, *limits, *matrix, np.zeros(columns, int))

    def solved(self) -> np.ndarray:
        """Raises Contradiction when there is no x."""
        self.run()
        told = self.getModelStatus()
        if told == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction
        if told != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(self.modelStatusToString(told))
        return np.array(self.getSolution().col_value)


def followed(sums: csr_array, equal: np.ndarray, priced: np.ndarray | None = None) -> tuple[csr_array, np.ndarray]:
    """All counts as sums of some of them, and which these are: the others follow from them by sums that are 0.

    equal: which sums are 0. priced: counts that have to be among them; without these the first one is, as a solver
    without a single column says nothing. Others follow as long as sums that are left grow little.
    """
    priced = np.arange(sums.shape[1]) < 1 if priced is None else priced
    made, free = eye_array(sums.shape[1], format="csr"), np.ones(sums.shape[1], bool)
    lots = np.random.default_rng(_SEED)
    while True:
        entries, long = sums.tocoo(), np.diff(sums.indptr)
        often, length = np.bincount(entries.col, minlength=len(free))[entries.col] - 1, long[entries.row]
        growth, can = often * (length - 2), equal[entries.row] & ~priced[entries.col] & (abs(entries.data) == 1)
        can &= growth <= _GROWTH * length
        if not can.any():
            return made, free
        row, column, factor, growth = (each[can] for each in (entries.row, entries.col, entries.data, growth - length))
        # Of each sum one count, of sums that have the count of another one of them: those that cost least.
        growth = growth + lots.random(len(growth))
        order = np.lexsort((growth, row))
        least = order[np.unique(row[order], return_index=True)[1]]
        row, column, factor, growth = (each[least] for each in (row, column, factor, growth))
        both = sums[row][:, column].tocoo()
        one, other = both.row[both.row != both.col], both.col[both.row != both.col]
        alone = np.ones(len(row), bool)
        alone[np.where(growth[one] > growth[other], one, other)] = False
        row, column, factor = row[alone], column[alone], factor[alone]
        free[column] = False
        # Each stands for what the rest of its sum is.
        rest = sums[row].tocoo()
        mine, still = rest.col == column[rest.row], np.ones(len(free))
        still[column] = 0
        rows, columns = np.append(np.arange(len(free)), column[rest.row]), np.append(np.arange(len(free)), rest.col)
        values = np.append(still, np.where(mine, 0, -rest.data / factor[rest.row]))
        step = coo_array((values, (rows, columns)), shape=(len(free), len(free))).tocsr()
        made, sums = made @ step, sums @ step
        for each in (made, sums):
            each.eliminate_zeros()


class Nearest:
    """The solutions, in halves too, that are the least away from given whole numbers: these and what goes up and down.

    Dual simplex starts where nothing moves and takes as many steps as what has to move needs, not as the town is large.
    Counts that follow from others move with these, and cost nothing; they are rows of the solver, the others columns.
    """

    def __init__(
        self,
        sums: csr_array,
        limits: np.ndarray,
        bounds: np.ndarray,
        at: np.ndarray,
        priced: np.ndarray | None = None,
    ) -> None:
        """priced: counts that follow from no others, because it costs something to move them."""
        self._made, free = followed(sums, ~limits.any(axis=0), priced)
        self._free, follow = np.flatnonzero(free), np.flatnonzero(~free)
        self._made, self._bounds = self._made[:, self._free], bounds
        kept = sums @ self._made
        kept.eliminate_zeros()
        telling = np.flatnonzero(np.diff(kept.indptr))
        self._sums = vstack([kept[telling], self._made[follow]], "csr")
        self._limits = np.hstack([limits[:, telling], bounds[:, follow]])
        self._row, self._column = np.full((2, len(at)), -1, np.int32)
        self._row[follow] = len(telling) + np.arange(len(follow))
        self._column[self._free] = np.arange(len(self._free))
        self.at, self._total = self._made @ at[self._free], self._sums @ at[self._free]
        both = hstack([self._sums, -self._sums], "csr")
        room = np.array([np.zeros(both.shape[1]), np.ravel((bounds - self.at)[::-1, self._free] * [[1], [-1]])])
        self._solver = _Solver(np.ones(both.shape[1]), both, self._limits - self._total, room)
        self._solver.setOptionValue("presolve", "off")
        self._still = highspy.HighsBasis()
        # Not alien: the solver need not look whether it is a basis.
        self._still.alien = False
        self._still.col_status = [highspy.HighsBasisStatus.kLower] * both.shape[1]
        self._still.row_status = [highspy.HighsBasisStatus.kBasic] * both.shape[0]

    def start(self, at: np.ndarray) -> None:
        """From here on, the least away from these; what follows from others is taken to be what it then is."""
        moved, total = self._free[at[self._free] != self.at[self._free]], self._sums @ at[self._free]
        other = np.flatnonzero(total != self._total).astype(np.int32)
        self.at, self._total = self._made @ at[self._free], total
        self.bound(moved)
        self._solver.changeRowsBounds(len(other), other, *(self._limits[:, other] - total[other]))

    def bound(self, counts: np.ndarray) -> None:
        """Keep these counts within the bounds of now."""
        follow, counts = counts[self._row[counts] >= 0], counts[self._row[counts] < 0]
        rows = self._row[follow]
        self._limits[:, rows] = self._bounds[:, follow]
        self._solver.changeRowsBounds(len(rows), rows, *(self._limits[:, rows] - self._total[rows]))
        here, (least, most) = self.at[counts], self._bounds[:, counts]
        room, which = np.concatenate([most - here, here - least]), self._both(counts)
        self._solver.changeColsBounds(len(which), which, np.zeros(len(which)), room)

    def price(self, counts: np.ndarray, up: np.ndarray | float, down: np.ndarray | float) -> None:
        """What it costs to move each of these counts by one; of those that follow it stays nothing."""
        free = self._row[counts] < 0
        costs, which = [np.broadcast_to(each, len(counts))[free] for each in (up, down)], self._both(counts[free])
        self._solver.changeColsCost(len(which), which, np.concatenate(costs))

    def _both(self, counts: np.ndarray) -> np.ndarray:
        return np.concatenate([self._column[counts], self._column[counts] + np.int32(len(self._free))])

    def find(self, target: int | None = None, goal: int = 0) -> np.ndarray:
        """The nearest solution, in which a target is as far as a goal. Raises Contradiction when there is none."""
        if target is not None:
            away, room = goal - self.at[target], self._bounds[:, target] - self.at[target]
            if self._row[target] >= 0:
                self._solver.changeRowBounds(int(self._row[target]), *np.where(away * room > 0, room, away))
            else:
                further, back = self._both(np.array([target]))[:: 1 if away > 0 else -1].tolist()
                self._solver.changeColBounds(further, abs(away), abs(room[int(away > 0)]))
                self._solver.changeColBounds(back, 0, 0)
        self._solver.setBasis(self._still)
        try:
            up, down = self._solver.solved().reshape(2, -1)
        finally:
            if target is not None:
                self.bound(np.array([target]))
        return self.at + self._made @ (up - down)


class Town:
    """The whole numbers x with sums x within limits and x within bounds; solutions, of which one wanders.

    What is known of a count at any time: solutions had the lowest and the highest that was ``seen``, and it cannot lie
    outside what is ``proven``. Every step only brings these closer. A count is decided when it was seen ENOUGH values
    apart, or all values that it can have were, or it is proven to be 10 or more.
    """

    def __init__(
        self,
        sums: csr_array,
        limits: np.ndarray,
        bounds: np.ndarray,
        starts: np.ndarray,
        fresh: np.ndarray,
        *,
        about: np.ndarray | None = None,
        known: np.ndarray | None = None,
    ) -> None:
        """Raises Contradiction when there is no solution.

        starts: solutions of before, a row each, in which the counts that are fresh were not known. about: what
        each count is about; little hangs together of what is about something else. known: a solution.
        """
        self._about = about
        self._sums, self._columns, self._limits, self._links = sums, sums.tocsc(), limits, links(sums)
        self._chance, self._everywhere, self._fresh = np.random.default_rng(_SEED), np.arange(bounds.shape[1]), fresh
        self._starts, self._grown = starts[[*{row.tobytes(): number for number, row in enumerate(starts)}.values()]], {}
        self.proven, self.seen, self.found = bounds, bounds[::-1].copy(), []
        self._wide = bounds[1] - bounds[0] + 1 >= ENOUGH
        middle = bounds[0] + np.minimum(2 * ENOUGH, (bounds[1] - bounds[0]) // 2)
        self._nearest = Nearest(sums, limits, bounds, middle)
        if known is not None:
            self._saw(known)
        elif len(self._starts):
            self._go_on(0)
        if not self.found and not self._saw(self._whole(self._nearest.find(), bounds)):
            self.ask(self._push(self._everywhere))

    def undecided(self) -> np.ndarray:
        """Which counts that may be under 10 may have more values, or enough, than were seen."""
        apart, widest = self.seen[1] - self.seen[0] + 1, self.proven[1] - self.proven[0] + 1
        return (self.proven[0] <= SMALL) & self._wide & (apart < np.minimum(widest, ENOUGH))

    def telling(self) -> np.ndarray:
        """Some solutions, a row each, in which nearly every count is seen as far apart as in all, or far enough."""
        rows, kept = np.array(self.found), [len(self.found) - 1]
        far = np.minimum(self.seen[1] - self.seen[0], ENOUGH - 1)
        part, low, high = rows, rows[-1], rows[-1]
        while (left := high - low < far).any():
            part, far, low, high = part[:, left], far[left], low[left], high[left]
            each = np.maximum(high, part) - np.minimum(low, part)
            gains = np.minimum(each, far).sum(axis=1) - (high - low).sum()
            if gains.max() < _WORTH:
                break
            kept.append(best := int(gains.argmax()))
            low, high = np.minimum(low, part[best]), np.maximum(high, part[best])
        return rows[kept]

    def explore(self) -> Iterator[None]:
        """See as many values of these counts as it takes, or prove that they have few; a step at a time."""
        if self._about is not None and np.ptp(self._about):
            yield from self._explore_parts()
        # From the solutions of before, as long as they show what was not seen yet.
        while (gains := self._gains()).max(initial=0) >= _WORTH:
            self._go_on(int(gains.argmax()))
            yield
        # All at once, where nothing was known: which values turn up?
        for _ in range(_TOGETHER if self._fresh.all() else 0):
            if len(left := np.flatnonzero(self.undecided())) < _MANY * len(self._everywhere):
                break
            self.ask(self._push(left))
            yield
        # What is left is moved one by one, each from where the one before was moved to.
        self._nearest.price(self._everywhere, 1.0, 1.0)
        for target in self._chance.permutation(np.flatnonzero(self.undecided())):
            while self.undecided()[target]:
                self._move(target)
            yield

    def _divided(self) -> Iterator[tuple[np.ndarray, "Town"]]:
        """A town for each part: quicker, and mostly enough; what a part has no solution for, the whole may have.

        Sums with counts of more parts leave each an equal share of the room there is around the first solution.
        """
        here, entries = self.found[0], self._sums.tocoo()
        room = abs(self._limits - self._sums @ here)
        themes = self._about.max() + 1
        parts = np.unique(entries.row * themes + self._about[entries.col]) // themes
        share = np.floor(room / np.bincount(parts, minlength=room.shape[1]))
        for name in np.unique(self._about):
            own = np.flatnonzero(self._about == name)
            sums = self._columns[:, own].tocsr()
            rows = np.flatnonzero(np.diff(sums.indptr))
            limits = sums[rows] @ here[own] + share[:, rows] * [[-1], [1]]
            starts = self._starts[:, own], self._fresh[own]
            yield own, Town(sums[rows], limits, self.proven[:, own], *starts, known=here[own])

    def _explore_parts(self) -> Iterator[None]:
        """The same for each part, and some solutions that put theirs together."""
        shown = []
        for own, part in self._divided():
            for _ in part.explore():
                self.seen[:, own] = part.seen
                yield
            shown.append((own, part.telling()))
        for number in range(max(len(rows) for _, rows in shown)):
            found = self.found[0].copy()
            for own, rows in shown:
                found[own] = rows[number % len(rows)]
            self._saw(found)

    def _gains(self) -> np.ndarray:
        """How many more values of the counts that are undecided would be seen with each start that is left."""
        left = self.undecided() & ~self._fresh
        (low, high), starts = self.seen[:, left], self._starts[:, left]
        each = np.minimum(np.maximum(high, starts) - np.minimum(low, starts), ENOUGH - 1)
        gains = (each - np.minimum(high - low, ENOUGH - 1)).sum(axis=1)
        gains[[*self._grown]] = 0
        return gains

    def _push(self, left: np.ndarray) -> np.ndarray:
        """Each of these counts up or down by lot, rather to where more may be that was not seen yet."""
        down, up = self.seen[0] - self.proven[0], self.proven[1] - self.seen[1]
        down, up = (np.clip(room[left], 0, 2 * ENOUGH) + 0.01 for room in (down, up))
        signs = np.where(self._chance.random(len(left)) * (up + down) < up, -1.0, 1.0)
        push = np.zeros(len(self._everywhere))
        push[left] = signs * self._chance.exponential(size=len(left))
        return push

    def _go_on(self, number: int) -> None:
        """Go to a solution with what is fresh that has as much else as can be as in a start, if one is found.

        Raises Contradiction when there is none at all.
        """
        start, fresh, alike = self._starts[number], np.flatnonzero(self._fresh), self._alike(self._starts[number])
        if alike is None:
            # What is fresh goes anywhere.
            at, push = np.where(self._fresh, self.proven[0], start), self._chance.uniform(-0.01, 0.01, len(fresh))
            self._nearest.price(fresh, push, -push)
        else:
            at = self.found[self._grown[alike]] + np.where(self._fresh, 0, start - self._starts[alike])
            self._nearest.price(fresh, _LIGHT, _LIGHT)
        self._nearest.start(np.clip(at, *self.proven))
        self._grown[number] = None
        if self._saw(self._whole(self._nearest.find(), self.proven)):
            self._grown[number] = len(self.found) - 1

    def _alike(self, start: np.ndarray) -> int | None:
        """The start that is most like this one, of those from which a solution was found."""
        grown = [number for number, found in self._grown.items() if found is not None]
        differ = (self._starts[grown] != start).sum(axis=1)
        return grown[differ.argmin()] if grown and differ.min() < _ALIKE * (~self._fresh).sum() else None

    def _move(self, target: int) -> None:
        """See a count ENOUGH values from the lowest or the highest that was seen of it; or prove how far it can be."""
        (low, high), (least, most) = self.seen[:, target], self.proven[:, target]
        if most - high >= low - least:
            end, sign, goal = 1, 1, min(low + ENOUGH - 1, most)
        else:
            end, sign, goal = 0, -1, max(high - ENOUGH + 1, least)
        while not self._reached(target, goal, end) and self.proven[end, target] != self.seen[end, target]:
            # What lies beyond is impossible: then a step further than was seen.
            goal = self.seen[end, target] + sign

    def _reached(self, target: int, goal: int, end: int) -> bool:
        """Go to a solution in which a count is as far as a goal up, or down; False when it is proven that none is."""
        wanted = self.proven.copy()
        wanted[1 - end, target] = goal
        for number in (-1, *self._chance.integers(len(self.found), size=_TRIES - 1)):
            self._nearest.start(self.found[number])
            try:
                found = self._nearest.find(target, goal)
            except Contradiction:
                self.proven[end, target] = goal - 1 if end else goal + 1
                self._nearest.bound(np.array([target]))
                return False
            if self._saw(self._whole(found, wanted)):
                return True
        self.ask(np.where(self._everywhere == target, -1.0 if end else 1.0, 0.0))
        self.proven[end, target] = self.found[-1][target]
        self._nearest.bound(np.array([target]))
        return True

    def _whole(self, found: np.ndarray, bounds: np.ndarray) -> np.ndarray | None:
        """Whole numbers mostly as those found, which can be halves; if there are some."""
        near = np.round(found).astype(int)
        free = abs(found - near) > 1e-6
        if not free.any():
            return near
        push = self._push(np.flatnonzero(self.undecided()))
        for _ in range(_WIDER):
            try:
                return self._solution(push, near, np.flatnonzero(free), bounds, quickly=True)
            except Contradiction:
                free = self._links @ free.astype(float) > 0
        return None

    def _saw(self, found: np.ndarray | None) -> bool:
        """Note a solution, if it is one."""
        if found is None or not all(
            (np.clip(made, *within) == made).all()
            for made, within in ((self._sums @ found, self._limits), (found, self.proven))
        ):
            return False
        self.found.append(found.astype(np.int32))
        self.seen = np.array([np.minimum(self.seen[0], found), np.maximum(self.seen[1], found)])
        return True

    def ask(self, push: np.ndarray) -> None:
        """Go to the solution with the smallest push x. Raises Contradiction when there is none."""
        if not self._saw(self._solution(push, np.zeros(len(push), int), self._everywhere, self.proven)):
            raise Contradiction

    def _solution(
        self, push: np.ndarray, at: np.ndarray, free: np.ndarray, bounds: np.ndarray, *, quickly: bool = False
    ) -> np.ndarray:
        """The whole numbers with the smallest push x, in which only these counts may be others than here.

        Raises Contradiction when there are none; quickly: or when there may be none.
        """
        part, found = self._columns[:, free].tocsr(), at.copy()
        found[free] = 0
        limits, touched = self._limits - self._sums @ found, np.flatnonzero(np.diff(part.indptr))
        found[free] = _solved(push[free], part[touched], limits[:, touched], bounds[:, free], quickly=quickly)
        return found


def _solved(push: np.ndarray, sums: csr_array, limits: np.ndarray, bounds: np.ndarray, *, quickly: bool) -> np.ndarray:
    """The whole numbers with the smallest push x. Raises Contradiction when there are none; quickly: or may be none."""
    if not len(push):
        return push.astype(int)
    # Sums of parts mostly have whole corners: the relaxation, which is quicker, then is the answer; not where all are
    # pushed. That nothing is possible is believed only without presolve, which was seen to say so of what was possible.
    pushed, solver = int(np.count_nonzero(push) > 1), _Solver(push, sums, limits, bounds)
    for whole, presolve in ((0, "on"), (1, "on"), (1, "off"))[pushed:]:
        if whole:
            kinds = np.full(len(push), int(highspy.HighsVarType.kInteger), np.uint8)
            solver.changeColsIntegrality(len(push), np.arange(len(push), dtype=np.int32), kinds)
        solver.setOptionValue("presolve", presolve)
        try:
            answer = solver.solved()
        except Contradiction:
            if whole and presolve == "on" and not quickly:
                continue
            raise
        found = np.round(answer)
        made = sums @ found
        fits = np.clip(found, *bounds) == found, np.clip(made, *limits) == made, abs(answer - found) < 1e-6
        if all(map(np.all, fits)):
            return found.astype(int)
    raise RuntimeError("the solver gave no whole numbers that fit")
