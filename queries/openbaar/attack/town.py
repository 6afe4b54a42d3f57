"""The whole numbers that the counts of a town can be: solutions that show many values of each, and proofs of few.

HiGHS is asked for one solution after another. What it says is possible is checked in whole numbers, and that nothing is
possible is believed only of the relaxation, or without presolve.
"""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack
from scipy.sparse.csgraph import breadth_first_order

from queries.openbaar.attack.knowledge import SMALL
from queries.openbaar.attack.puzzle import Puzzle

ENOUGH = 5

_SEED = 20221231
# All counts are moved at once as long as so many have not been seen to move enough, and more than a twentieth of them
# does each time, but for some times; of what lies around them so many counts may move for each.
_FEW, _SLOW, _PATIENCE, _AROUND = 8, 0.95, 4, 12
# What is left is asked one by one: by the sums among so many counts around it; then to be elsewhere than in some
# solutions, as so many counts around it move, or all.
_NEAR, _FROM, _REACH = (100, 400), 3, (1200, 4800)
# How often more may move where there is a solution in halves only. Two are alike where fewer counts than these differ.
_WIDER, _ALIKE, _DEAR = 3, 1000, 20.0


class Contradiction(Exception):
    """Nothing satisfies all that is taken to be known; ``among`` these counts, when that is known."""

    def __init__(self, among: np.ndarray | None = None) -> None:
        super().__init__()
        self.among = among


def arrays(made: Puzzle) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """The factors of the sums, the least and most that each may be, and the least and most of the counts."""
    terms = [row.terms for row in made.rows]
    factors, columns = ([part for row in terms for part in parts(row)] for parts in (dict.values, dict.keys))
    ends = np.cumsum([0, *map(len, terms)])
    sums = csr_array((np.array(factors, float), np.array(columns, int), ends), shape=(len(terms), len(made.low)))
    limits = np.array([(row.low, row.high) for row in made.rows], float).reshape(-1, 2).T
    # Far more than any count of the town can be: some are bounded by nothing that was published.
    most = 100 * max(1000, *made.low)
    return sums, limits, np.array([made.low, np.minimum(made.high, most)], float)


def links(sums: csr_array) -> csr_array:
    """Which counts stand in one sum."""
    return abs(sums).T @ abs(sums)


def around(sums: csr_array, start: np.ndarray, size: int) -> np.ndarray:
    """So many counts around these, or more: those in the same sums, then those in the sums of these."""
    columns, found = sums.tocsc(), start
    while len(found) < size:
        more = np.unique([*found, *sums[np.unique(columns[:, found].indices)].indices])
        if len(more) == len(found):
            break
        found = more
    return found


def propagated(sums: csr_array, limits: np.ndarray, bounds: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
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


class Town:
    """The whole numbers x with sums x within limits and x within bounds; solutions, of which one wanders.

    What is known of a count at any time: solutions had the lowest and the highest that was ``seen``, and it cannot lie
    outside what is ``proven``. Every step keeps that, and only brings these closer: ``ask`` finds another solution,
    ``narrow`` proves more. A count is decided when it was seen ENOUGH values apart, or is proven to have fewer than
    that, or to be 10 or more.
    """

    def __init__(
        self,
        sums: csr_array,
        limits: np.ndarray,
        bounds: np.ndarray,
        starts: np.ndarray,
        fresh: np.ndarray,
        recent: np.ndarray,
    ) -> None:
        """Raises Contradiction when there is no solution.

        starts: solutions of before, a row each, in which the counts that are fresh were not known. recent: those that
        rather move than others where what is fresh does not fit.
        """
        self._sums, self._columns, self._limits, self._links = sums, sums.tocsc(), limits, links(sums)
        self._chance, self._everywhere = np.random.default_rng(_SEED), np.arange(bounds.shape[1])
        self._starts, self._fresh, self._grown = np.unique(starts, axis=0), fresh, {}
        self._mobile, self._dear = recent | self._beside(fresh), np.zeros_like(fresh)
        self.proven, self.seen, self.found = bounds, bounds[::-1].copy(), []
        for number in range(len(self._starts)):
            if not self.found:
                self._go_on(number)
        if not self.found:
            self._now = np.zeros(len(fresh), int)
            self.ask(self._chance.uniform(-1, 1, len(fresh)), self._everywhere)

    def undecided(self) -> np.ndarray:
        """Which counts that may be under 10 may still have enough values, and were not seen to have them yet."""
        apart, widest = self.seen[1] - self.seen[0] + 1, self.proven[1] - self.proven[0] + 1
        return (self.proven[0] <= SMALL) & (widest >= ENOUGH) & (apart < ENOUGH)

    def telling(self) -> np.ndarray:
        """Some solutions, a row each, in which every count is seen as far apart as in all, or far enough."""
        rows, kept = np.array(self.found), [0]
        far = np.minimum(self.seen[1] - self.seen[0], ENOUGH - 1)
        low = high = rows[0]
        while (left := np.minimum(high - low, ENOUGH - 1) < far).any():
            each = np.maximum(high[left], rows[:, left]) - np.minimum(low[left], rows[:, left])
            kept.append(int(np.minimum(each, far[left]).sum(axis=1).argmax()))
            low, high = np.minimum(low, rows[kept[-1]]), np.maximum(high, rows[kept[-1]])
        return rows[kept]

    def explore(self) -> Iterator[None]:
        """See as many values of these counts as it takes, or prove that they have few; a step at a time."""
        # From the solutions of before, as long as they show what was not seen yet.
        while (gains := self._gains()).any():
            self._go_on(int(gains.argmax()))
            yield
        # All at once: which values turn up? Around one solution and another; or everywhere, where nothing was known.
        slow, before = 0, len(self._everywhere) + 1
        while len(left := np.flatnonzero(self.undecided())) >= _FEW and slow < _PATIENCE:
            slow, before = slow + 1 if len(left) > _SLOW * before else 0, len(left)
            free = self._everywhere
            if not self._fresh.all() or (not slow and _AROUND * len(left) < len(free)):
                self._now, free = self._chance.choice(self.found), around(self._sums, left, _AROUND * len(left))
            self.ask(self._push(left), free)
            yield
        self._dear = np.zeros_like(self._fresh)
        # What is left is asked one by one, at last with everything free that hangs together, and that is the proof.
        for target in self._chance.permutation(np.flatnonzero(self.undecided())):
            nearest = breadth_first_order(self._links, target, directed=False, return_predecessors=False)
            for size in _NEAR:
                if self.undecided()[target]:
                    self.narrow(target, nearest[:size])
            if self.undecided()[target]:
                self._part(target, nearest)
            for end, sign in enumerate((1.0, -1.0)):
                if self.undecided()[target]:
                    self.ask(np.where(self._everywhere == target, sign, 0.0), self._everywhere)
                    self.proven[end, target] = self._now[target]
            yield

    def _gains(self) -> np.ndarray:
        """How much further apart the counts that are undecided would be seen with each start that is left."""
        left = self.undecided() & ~self._fresh
        (low, high), starts = self.seen[:, left], self._starts[:, left]
        gains = (np.maximum(high, starts) - np.minimum(low, starts) - (high - low)).sum(axis=1)
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

    def _part(self, target: int, nearest: np.ndarray) -> None:
        """Look for a count as far as ENOUGH from the lowest, or the highest, that was seen of it.

        nearest: the counts in the order in which they lie around it.
        """
        here, values = self._everywhere == target, np.array([found[target] for found in self.found])
        regions = [np.isin(self._everywhere, nearest[:size]) for size in (*_REACH, len(nearest))]
        for end, sign in ((0, 1), (1, -1)):
            goal = self.seen[end, target] + sign * (ENOUGH - 1)
            # Rather from the last one: what others were moved to, a small movement mostly leaves.
            for number in (-1, *np.argsort(abs(values - goal), kind="stable")[:_FROM]):
                if sign * goal > sign * self.proven[1 - end, target]:
                    break
                wanted = self.proven.copy()
                wanted[end, target] = goal
                at = np.clip(self.found[number], *wanted)
                if any(self._mended(at, wanted, here, region) for region in regions):
                    return
                self.narrow(target, nearest)

    def _beside(self, counts: np.ndarray) -> np.ndarray:
        """These counts and those in one sum with them."""
        return counts | (self._links @ counts.astype(float) > 0)

    def _go_on(self, number: int) -> None:
        """Go to a solution with what is fresh that has as much else as can be as in a start, if one is found.

        Raises Contradiction when there is none at all.
        """
        start = self._starts[number]
        at, alike = np.clip(start, *self.proven), self._alike(start)
        self._grown[number] = None
        # What this start alone shows so far should stay as it is.
        self._dear = self.undecided() & ~self._fresh & ((start < self.seen[0]) | (start > self.seen[1]))
        if alike is not None:
            # What came of a start much like this one, with the difference between both.
            here = np.clip(self.found[self._grown[alike]] + start - self._starts[alike], *self.proven)
            made = self._sums @ here
            broken = abs(self._sums[np.clip(made, *self._limits) != made]).sum(axis=0) > 0
            near = self._beside(broken)
            for region in (near, self._beside(near)):
                if self._mended(here, self.proven, np.zeros_like(broken), region):
                    self._grown[number] = len(self.found) - 1
                    return
        try:
            free = self._moved(at, self.proven, self._fresh, self._mobile)
        except Contradiction:
            free = self._moved(at, self.proven, self._fresh, np.ones_like(self._fresh))
        self._mobile = self._mobile | free
        if self._settled(at, self.proven, self._fresh, free):
            self._grown[number] = len(self.found) - 1

    def _alike(self, start: np.ndarray) -> int | None:
        """The start that is most like this one, of those from which a solution was found."""
        grown = [number for number, found in self._grown.items() if found is not None]
        differ = (self._starts[grown] != start).sum(axis=1)
        return grown[differ.argmin()] if len(grown) and differ.min() < _ALIKE else None

    def _mended(self, at: np.ndarray, bounds: np.ndarray, fresh: np.ndarray, region: np.ndarray) -> bool:
        """Go to a solution as much as can be as here, where only what lies in a region moves; whether there is one."""
        try:
            return self._settled(at, bounds, fresh, self._moved(at, bounds, fresh, region))
        except Contradiction:
            return False

    def _settled(self, at: np.ndarray, bounds: np.ndarray, fresh: np.ndarray, free: np.ndarray) -> bool:
        """Go to a solution from here in which these move, and more where it must be; if there is one."""
        push = self._push(np.flatnonzero(self.undecided()))
        for _ in range(_WIDER):
            self._now = np.where(free, 0, at).astype(int)
            try:
                self.ask(push, np.flatnonzero(free), bounds, quickly=True)
            except Contradiction:
                free = free | self._beside(free & ~fresh)
            else:
                return True
        return False

    def _moved(self, at: np.ndarray, bounds: np.ndarray, fresh: np.ndarray, region: np.ndarray) -> np.ndarray:
        """Which counts of a region move, and what is fresh, for a solution from here, in halves, that moves the least.

        Raises Contradiction when nothing in this region makes one.
        """
        new, old = np.flatnonzero(fresh), np.flatnonzero(region & ~fresh)
        limits, none = self._limits - self._sums @ np.where(fresh, 0, at), np.zeros(len(old))
        columns = hstack([self._columns[:, new], self._columns[:, old], -self._columns[:, old]], "csr")
        touched = np.diff(columns.indptr) > 0
        if (limits[0] > 0)[~touched].any() or (limits[1] < 0)[~touched].any():
            raise Contradiction
        if not touched.any():
            return fresh
        least, most = bounds
        price = np.where(self._dear, _DEAR, 1.0)[old]
        push = np.concatenate([self._chance.uniform(-0.001, 0.001, len(new)), price, price])
        within = Bounds(
            np.concatenate([least[new], none, none]),
            np.concatenate([most[new], most[old] - at[old], at[old] - least[old]]),
        )
        sums = LinearConstraint(columns[touched], *limits[:, touched])
        answer = milp(push, bounds=within, constraints=sums)
        if answer.status == 2 and region.all():  # then it is told, and looked at twice
            answer = milp(push, bounds=within, constraints=sums, options={"presolve": False})
        if answer.status == 2:
            raise Contradiction
        if answer.x is None:
            raise RuntimeError(answer.message)
        moved = fresh.copy()
        moved[old[answer.x[len(new) :].reshape(2, -1).max(axis=0, initial=0) > 1e-6]] = True
        return moved

    def ask(
        self, push: np.ndarray, free: np.ndarray, bounds: np.ndarray | None = None, *, quickly: bool = False
    ) -> None:
        """Go to the solution with the smallest push x, in which only these counts may have moved.

        Raises Contradiction when there is none; quickly: or when there may be none.
        """
        least, most = self.proven if bounds is None else bounds
        part, now = self._columns[:, free].tocsr(), self._now.copy()
        now[free] = 0
        limits, touched = self._limits - self._sums @ now, np.flatnonzero(np.diff(part.indptr))
        now[free] = _solved(push[free], part[touched], limits[:, touched], (least[free], most[free]), quickly=quickly)
        made = self._sums @ now
        if (np.clip(made, *self._limits) != made).any():
            raise Contradiction
        self._now = now
        self.found.append(now)
        self.seen = np.array([np.minimum(self.seen[0], now), np.maximum(self.seen[1], now)])

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


def _solved(
    push: np.ndarray, sums: csr_array, limits: np.ndarray, bounds: tuple[np.ndarray, np.ndarray], *, quickly: bool
) -> np.ndarray:
    """The whole numbers with the smallest push x. Raises Contradiction when there are none; quickly: or may be none."""
    if not len(push):
        return push.astype(int)
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
            if whole and presolve and not quickly:
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
