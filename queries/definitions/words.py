"""A share in words, where its number may not be shown: what surely holds of it; see ``words.toml``."""

import tomllib
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import NamedTuple

_TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Words(NamedTuple):
    """Words for a share that surely lies above ``meer`` and under ``minder`` percent."""

    meer: int = -1
    minder: int = 101

    @property
    def kort(self) -> str:
        """Where there is room for a number only."""
        return f">{self.meer}%" if self.meer > 0 or self.minder > 100 else f"<{self.minder}%"

    def hold(self, low: Fraction, high: Fraction) -> bool:
        """Whether they are true of every share from low to high."""
        return self.meer < 100 * low and 100 * high < self.minder

    def exclude(self, share: float | None) -> bool:
        """Whether no such share can be meant."""
        return share is not None and not self.meer < 100 * share < self.minder


_PARTS, _LIMITS = ({tekst: Words(**ends) for tekst, ends in part.items()} for part in _TEXTS.values())
# A limit is said after a part that does not hold it already.
_BOTH = {
    f"{part}, maar {limit}": words
    for (part, one), (limit, other) in product(_PARTS.items(), _LIMITS.items())
    if (words := Words(max(one.meer, other.meer), min(one.minder, other.minder))) != one
}
# By how they are written, in <kolom>_weergave too.
WORDS = _PARTS | _LIMITS | _BOTH


def in_words(low: Fraction, high: Fraction, norm: float | None) -> str | None:
    """The narrowest words for a share that lies from low to high, and whether it surely misses its norm; or None."""
    part = next((tekst for tekst, words in _PARTS.items() if words.hold(low, high)), None)
    limits = (tekst for tekst, words in _LIMITS.items() if words.exclude(norm) and words.hold(low, high))
    limit = next(limits, None)
    both = f"{part}, maar {limit}"
    return both if both in _BOTH else part or limit
