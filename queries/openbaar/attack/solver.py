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
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack
from scipy.sparse.csgraph import connected_components

from queries.openbaar.attack.knowledge import SMALL, Frames, puzzle
from queries.openbaar.attack.puzzle import Cell, Puzzle, mark
from queries.openbaar.attack.town import ENOUGH, Contradiction, Town, around, arrays, links, merged, propagated
from queries.openbaar.publication import TEXTS

SAYS, LOG = TEXTS["publish"], logging.getLogger(__name__)
# How many counts around a contradiction are looked at, before all are.
_NEAR = (100, 400, 1200)

Ranges = dict[Cell, tuple[int, int]]
# Whole numbers that satisfy all that is known: the marks of the counts, and a row per solution.
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

    Assumptions that the figures contradict, as few as possible, are given up. Raises Contradiction when the figures
    contradict what is sure.
    """
    if len(publications) > 1:
        if kept is None:
            *before, _ = sorted(publications)
            kept = attack({day: publications[day] for day in before}, basis, bases=bases).oplossingen
        LOG.info(SAYS["together"], len(publications) - 1)
    made = puzzle(publications, basis, bases=bases)
    given_up = 0
    while True:
        try:
            ranges, solutions = feasible_ranges(made, kept)
            break
        except Contradiction as found:
            given_up += _give_up(made, found.among)
    # That there were a few corrections, or none at all, tells of nobody.
    tested = {
        cell: (low, high)
        for cell, (low, high) in ranges.items()
        if high and low <= SMALL and (low or cell not in made.bijgesteld)
    }
    leaks = {cell: (low, high) for cell, (low, high) in tested.items() if high - low + 1 < ENOUGH}
    smallest = min((min(high - low + 1, ENOUGH) for low, high in tested.values()), default=None)
    return Report(len(made.number), len(ranges), smallest, leaks, given_up, ranges, made, solutions)


def _give_up(made: Puzzle, among: np.ndarray | None = None) -> int:
    """Take the assumptions out that are contradicted, with the least total slack; returns how many.

    They are looked for around these counts first, further away as long as nothing is contradicted there. Raises
    Contradiction when what is sure contradicts itself.
    """
    sums, limits, bounds = arrays(made)
    columns, assumed = sums.tocsc(), np.array([not row.sure for row in made.rows])
    near = np.arange(len(made.low)) if among is None else among
    for size in (*_NEAR, len(made.low)):
        before, near = len(near), around(sums, near, size)
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


def feasible_ranges(made: Puzzle, kept: Solutions | None = None) -> tuple[Ranges, Solutions]:
    """Of every count that may be under 10, values that it can have: the exact range when that is under 5 wide.

    A count of which solutions have been seen 5 apart is not looked into any further. With some solutions that show
    these. kept: those of a puzzle that this one says more about, or goes on from. Raises Contradiction.
    """
    sums, limits, bounds = propagated(*arrays(made))
    cells, small = list(made.number), np.flatnonzero(bounds[0] <= SMALL)
    sums, limits, proven, became = merged(sums, limits, bounds)
    seen, marks = proven.copy(), [mark(cell) for cell in cells]
    starts, fresh = _starts(marks, became, kept)
    # What hangs together through sums is one town; what holds of one tells nothing of another.
    _, town_of = connected_components(links(sums), directed=False)
    of_row = town_of[sums.indices[sums.indptr[:-1]]]
    # All have a solution: a contradiction is found before the long search in any of them.
    owns = [(np.flatnonzero(town_of == label), of_row == label) for label in np.unique(of_row)]
    towns = []
    for own, rows in owns:
        try:
            town = Town(sums[rows][:, own], limits[:, rows], proven[:, own], starts[:, own], fresh[own])
        except Contradiction as found:
            among = own if found.among is None else own[found.among]
            raise Contradiction(np.flatnonzero(np.isin(became, among))) from found
        towns.append((own, town))
    asked = sum(town.undecided().sum() for _, town in towns)
    for own, town in towns:
        for _ in town.explore():
            LOG.info(SAYS["attacking"], 100 * (1 - sum(each.undecided().sum() for _, each in towns) / asked))
        proven[:, own], seen[:, own] = town.proven, town.seen
    low, high = np.where(seen[1] - seen[0] + 1 >= ENOUGH, seen, proven).astype(int)[:, became].tolist()
    shown = [(own, town.telling()) for own, town in towns]
    found = np.tile(proven[0].astype(int), (max([1, *(len(rows) for _, rows in shown)]), 1))
    for own, rows in shown:
        found[:, own] = np.resize(rows, (len(found), len(own)))
    return {cells[index]: (low[index], high[index]) for index in small}, (marks, found[:, became])


def _starts(marks: list[int], became: np.ndarray, kept: Solutions | None) -> tuple[np.ndarray, np.ndarray]:
    """The kept solutions of what these counts became, a row each, and which of these were not known then."""
    known, rows = kept or ([], np.zeros((0, 0), int))
    number = {each: index for index, each in enumerate(known)}
    places = np.full(became.max(initial=-1) + 1, -1)
    np.maximum.at(places, became, np.array([number.get(each, -1) for each in marks], int))
    return np.pad(rows, ((0, 0), (0, 1)))[:, places], places < 0
