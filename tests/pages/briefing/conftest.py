"""Figures of the demo in both editions: intern() or openbaar(stadsdelen=("Centrum",))."""

from __future__ import annotations

import pytest

import queries
from pages.briefing import figures
from tests import towns


@pytest.fixture(scope="session")
def intern():
    """Exact figures."""
    return lambda **chosen: figures.intern(queries.Selection(**chosen), towns.folder())


@pytest.fixture(scope="session")
def openbaar():
    """Published figures."""
    return lambda **chosen: figures.openbaar(queries.Selection(**chosen), towns.published())
