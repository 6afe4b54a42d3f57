"""Days and chances. Days are integers, counted from 1970-01-01 as in parquet; each person has chances of their own.

What a life course draws it draws in one order: whoever adds a draw before others changes everybody after it. Every
draw therefore stands on a line of its own or behind the condition on which alone it is made.
"""

import calendar
import hashlib
import math
import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple

EPOCH = date(1970, 1, 1).toordinal()
NEVER = 1 << 30  # a day after every peildatum


def day(year: int, month: int, day_of_month: int) -> int:
    """A date as days since 1970-01-01."""
    return date(year, month, day_of_month).toordinal() - EPOCH


def six_months_after(begin: int) -> int:
    """The same day of the month six months on, or that month's last day when it has no such day."""
    start = date.fromordinal(begin + EPOCH)
    year, month = (start.year, start.month + 6) if start.month <= 6 else (start.year + 1, start.month - 6)
    return day(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def working_day(moment: int) -> int:
    """The day itself, or the Monday after it when it falls in a weekend."""
    return moment + (0, 0, 2, 1, 0, 0, 0)[moment % 7]  # 1970-01-01 was a Thursday


def working_days(first: tuple[int, int], last: tuple[int, int]) -> list[int]:
    """The working days of the months from first to last, both as (year, month)."""
    days = range(day(*first, 1), day(*last, calendar.monthrange(*last)[1]) + 1)
    return [moment for moment in days if working_day(moment) == moment]


class Weighted(NamedTuple):
    """Values and where in [0, 1) each of them ends."""

    bounds: tuple[float, ...]
    values: tuple

    @classmethod
    def of(cls, weights: Mapping[Any, float]) -> "Weighted":
        total = sum(weights.values())
        return cls(tuple(accumulate(weight / total for weight in weights.values()))[:-1], tuple(weights))

    def at(self, roll: float) -> Any:
        """The value that a number in [0, 1) points at."""
        return self.values[bisect_right(self.bounds, roll)]


class Chance(random.Random):
    """One person's own source of chance, in the shapes that a life course needs."""

    def happens(self, share: float) -> bool:
        """True in this share of the cases."""
        return self.random() < share

    def pick(self, weighted: Weighted, pressure: float = 1.0) -> Any:
        """A value by its weight; pressure above 1 moves the draw towards the later ones."""
        return weighted.at(self.random() ** (1 / pressure))

    def item(self, values: Sequence) -> Any:
        """One of the values, each equally likely."""
        return values[int(self.random() * len(values))]

    def between(self, first: int, last: int) -> int:
        """A whole number from first to last, each equally likely."""
        return first + int(self.random() * (last - first + 1))

    def around(self, centre: float, spread: float) -> int:
        """A whole number around centre, bell-shaped, never more than three times spread away."""
        return round(centre + (self.random() + self.random() + self.random() - 1.5) * 2 * spread)

    def wait(self, mean: float) -> int:
        """A waiting time in days: often short, sometimes long."""
        return int(-math.log(1.0 - self.random()) * mean)

    def poisson(self, expected: float) -> int:
        """A Poisson number (Knuth's product of uniforms; above 60 the normal approximation)."""
        if expected > 60:
            return max(0, self.around(expected, math.sqrt(expected)))
        bound, count, product = math.exp(-expected), 0, self.random()
        while product > bound:
            count += 1
            product *= self.random()
        return count


def key_of(seed: int, stream: str, number: str | int) -> bytes:
    """16 bytes that belong to one person or request: 8 for the pseudonym, 8 to seed its chances."""
    return hashlib.blake2b(f"{stream}:{number}".encode(), key=str(seed).encode(), digest_size=16).digest()
