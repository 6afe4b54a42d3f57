"""Figures of the demo in both editions."""

from __future__ import annotations

import pytest

import queries
from pages.briefing import figures

SMALLEST = "Centrum"


@pytest.fixture(scope="session")
def snapshot_folder(demo_snapshots):
    """The folder of the demo snapshot."""
    return queries.open_database(demo_snapshots).folder


@pytest.fixture(scope="session")
def published(demo_publication):
    """The folder of the publication of that snapshot."""
    return queries.open_publication(demo_publication).folder


@pytest.fixture(scope="session")
def intern(snapshot_folder):
    """Exact figures: intern() or intern(stadsdelen=("Centrum",))."""
    return lambda **chosen: figures.intern(queries.Selection(**chosen), snapshot_folder)


@pytest.fixture(scope="session")
def openbaar(published):
    """Published figures."""
    return lambda **chosen: figures.openbaar(queries.Selection(**chosen), published)
