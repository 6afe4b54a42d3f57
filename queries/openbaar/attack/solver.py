"""The attack that a publication must withstand.

The attacker has everything that `openbaar` shows, of all publications; knows the rule of the rounding, not the salt;
and knows what must hold between true counts (``knowledge.py``). ``attack`` finds the whole numbers that every true
count can still be, with an integer solver (HiGHS). ``docs/openbaar.md`` says what is taken to be known.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from scipy.sparse import eye_array, hstack
from scipy.sparse.csgraph import connected_components

from queries.openbaar.attack.knowledge import SMALL, Frames, puzzle, theme
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.attack.town import (
    ENOUGH,
    Contradiction,
    Nearest,
    Town,
    arrays,
    links,
    merged,
    propagated,
    says_more,
)
from queries.openbaar.publication import TEXTS
from queries.openbaar.rules import Selectie

SAYS, LOG = TEXTS["publish"], logging.getLogger(__name__)

Ranges = dict[Cell, tuple[int, int]]
# The marks of the counts, and rows of whole numbers that satisfy all that is known; the last may satisfy nearly all.
Solutions = tuple[list[int], np.ndarray]


@dataclass(frozen=True)
class Report:
    """cellen: counts that were attacked; cellen_onder_10: those that may be under 10, each by its own sums; smalste:
    how many values the narrowest of these has, ENOUGH at most.

    ranges: per small count the lowest and highest value found; between them there may be more, never fewer than shown.
    lekken: those of counts that can be only a few values. losgelaten: assumptions that the published figures
    contradict, and that were given up. oplossingen: some solutions, that show these ranges.
    """

    cellen: int
    cellen_onder_10: int
    smalste: int | None
    lekken: dict[Cell, tuple[int, int]]
    losgelaten: int
    ranges: Ranges = field(repr=False)
    puzzel: Puzzle = field(repr=False)
    oplossingen: Solutions = field(repr=False)


def attack(
    publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None, kept: Solutions | None = None
) -> Report:
    """Find what every true count can still be; ``publications`` holds the frames of each peildatum.

    kept: the ``oplossingen`` of an attack on some of these publications, to go on from; without these, those before the
    last are attacked first, one after the other. What is found does not depend on them.

    Assumptions that the figures contradict are given up, see ``_give_up``. Raises Contradiction when the figures
    contradict what is sure.
    """
    if len(publications) > 1:
        if kept is None:
            *before, _ = sorted(publications)
            kept = attack({day: publications[day] for day in before}, basis, bases=bases).oplossingen
        LOG.info(SAYS["together"], len(publications) - 1)
    made = puzzle(publications, basis, bases=bases)
    given_up, least = 0, None
    while True:
        try:
            ranges, (marks, rows) = feasible_ranges(made, kept)
            break
        except Contradiction:
            number, least = _give_up(made, kept)
            given_up += number
    # The next attack looks from there for what is contradicted then.
    solutions = marks, rows if least is None else np.vstack([rows, least])
    # That there were a few corrections, or none at all, tells of nobody.
    tested = {
        cell: (low, high)
        for cell, (low, high) in ranges.items()
        if high and low <= SMALL and (low or cell not in made.bijgesteld)
    }
    leaks = {cell: (low, high) for cell, (low, high) in tested.items() if high - low + 1 < ENOUGH}
    smallest = min((min(high - low + 1, ENOUGH) for low, high in tested.values()), default=None)
    return Report(len(made.number), len(ranges), smallest, leaks, given_up, ranges, made, solutions)


def _give_up(made: Puzzle, kept: Solutions | None) -> tuple[int, np.ndarray]:
    """Take the assumptions out that are contradicted, those with the least total slack; how many, and what that leaves.

    Of an area all that is assumed between two publications goes at once: whoever moves takes the past along. kept: only
    to look from the last of these. Raises Contradiction when what is sure contradicts itself.
    """
    sums, limits, bounds = arrays(made)
    telling = says_more(sums, limits, bounds)
    sums, limits = sums[telling], limits[:, telling]
    assumed = np.flatnonzero([not made.rows[each].sure for each in telling])
    starts, fresh = _starts(made.marks, np.arange(len(made.number)), kept and (kept[0], kept[1][-1:]))
    at = np.clip(np.where(fresh, bounds.mean(axis=0), starts[-1] if len(starts) else 0), *bounds).astype(int)
    slack, none = eye_array(len(telling), format="csc")[:, assumed], np.zeros(len(assumed), int)
    bounds = np.hstack([bounds, [none - np.inf, none + np.inf]])
    priced = np.arange(bounds.shape[1]) >= len(at)
    nearest = Nearest(hstack([sums, slack], "csr"), limits, bounds, np.append(at, none), priced)
    # One choice of the assumptions is the best, from wherever it is looked for, and the next time too.
    names = np.add.reduceat(np.array(made.marks, np.uint64)[sums.indices], sums.indptr[:-1])[assumed]
    worth = 1 + names / 2.0**64 / 10
    nearest.price(np.arange(len(at)), 0, 0)
    nearest.price(np.arange(len(assumed)) + len(at), worth, worth)
    left, used = np.split(nearest.find(), [len(at)])
    # Without slack the contradiction is one of whole numbers only; then nothing is assumed any more.
    away = {*telling[assumed[abs(used) > 1e-6]]} or {*telling[assumed]}
    if not away:
        raise Contradiction
    cells = list(made.number)
    places = [None if row.sure else _between([cells[each] for each in row.terms]) for row in made.rows]
    moved, before = {places[each] for each in away} - {None}, len(made.rows)
    made.rows = [row for number, row in enumerate(made.rows) if number not in away and places[number] not in moved]
    return before - len(made.rows), np.round(left).astype(int)


def _between(cells: list[Cell]) -> tuple[Selectie, date, date] | None:
    """The area, and the two publications, of which counts that are assumed to stay the same are; None for others."""
    days, selectie = sorted({cell.peildatum for cell in cells}), cells[0].selectie
    return (selectie, days[0], days[-1]) if len(days) > 1 and selectie.stadsdelen else None


def feasible_ranges(made: Puzzle, kept: Solutions | None = None) -> tuple[Ranges, Solutions]:
    """Of every count that may be under 10, values that it can have: the exact range when that is under 5 wide.

    A count of which solutions have been seen 5 apart is not looked into any further. With some solutions that show
    these. kept: those of a puzzle that this one says more about, or goes on from. Raises Contradiction.
    """
    sums, limits, bounds = propagated(*arrays(made))
    cells, small = list(made.number), np.flatnonzero(bounds[0] <= SMALL)
    sums, limits, proven, became = merged(sums, limits, bounds)
    seen, (starts, fresh) = proven.copy(), _starts(made.marks, became, kept)
    # What hangs together through sums is one town; what holds of one tells nothing of another.
    _, town_of = connected_components(links(sums), directed=False)
    of_row = town_of[sums.indices[sums.indptr[:-1]]]
    about = _about(cells, became)
    # All have a solution: a contradiction is found before the long search in any of them.
    owns = [(np.flatnonzero(town_of == label), of_row == label) for label in np.unique(of_row)]
    towns = []
    for own, rows in owns:
        part = sums[rows][:, own], limits[:, rows], proven[:, own]
        towns.append((own, Town(*part, starts[:, own], fresh[own], about=about[own])))
    left = [town.undecided().sum() for _, town in towns]
    asked = sum(left)
    for number, (own, town) in enumerate(towns):
        for _ in town.explore():
            left[number] = town.undecided().sum()
            LOG.info(SAYS["attacking"], 100 * (1 - sum(left) / asked))
        proven[:, own], seen[:, own] = town.proven, town.seen
    low, high = np.where(seen[1] - seen[0] + 1 >= ENOUGH, seen, proven).astype(int)[:, became].tolist()
    shown = [(own, town.telling()) for own, town in towns]
    found = np.tile(proven[0].astype(int), (max([1, *(len(rows) for _, rows in shown)]), 1))
    for own, rows in shown:
        found[:, own] = np.resize(rows, (len(found), len(own)))
    return {cells[index]: (low[index], high[index]) for index in small}, (made.marks, found[:, became])


def _about(cells: list[Cell], became: np.ndarray) -> np.ndarray:
    """What each of these counts became is about, by a number."""
    themes = [theme(cell) for cell in cells]
    found = np.zeros(became.max(initial=-1) + 1, int)
    found[became] = np.unique(themes, return_inverse=True)[1] if themes else 0
    return found


def _starts(marks: list[int], became: np.ndarray, kept: Solutions | None) -> tuple[np.ndarray, np.ndarray]:
    """The kept solutions of what these counts became, a row each, and which of these were not known then."""
    known, rows = kept or ([], np.zeros((0, 0), int))
    number = {each: index for index, each in enumerate(known)}
    places = np.full(became.max(initial=-1) + 1, -1)
    np.maximum.at(places, became, np.array([number.get(each, -1) for each in marks], int))
    return np.pad(rows, ((0, 0), (0, 1)))[:, places], places < 0
