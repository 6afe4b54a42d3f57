"""Whether a secret can be guessed: the salt of the public figures, and what signs the cookie of a sign-in."""

from itertools import pairwise

SHORTEST = 32
# Different pairs of neighbours. 32 characters drawn by lot have more, hexadecimals too; one sign or one word that is
# repeated has fewer.
FEWEST_PAIRS = 18


def is_weak(secret: str) -> bool:
    """Whether a secret is too short, or has too little variety to have been drawn by lot."""
    return len(secret) < SHORTEST or len(set(pairwise(secret))) < FEWEST_PAIRS
