"""Which secrets are refused: those that somebody thought up, and never one that was drawn by lot."""

import random
import string

import pytest

from data import secret as geheim


@pytest.mark.parametrize(
    "secret", ["", "kort", "a" * 32, "a" * 500, "ab" * 16, "geheim" * 8, "0123456789" * 4, "0123456789abcdef" * 3]
)
def test_a_secret_that_is_short_or_repeats_itself_is_weak(secret):
    assert geheim.is_weak(secret)


def test_a_secret_that_was_drawn_by_lot_is_not():
    lot = random.Random(2022)
    assert not any(geheim.is_weak("".join(lot.choices(string.hexdigits[:16], k=32))) for _ in range(5_000))
