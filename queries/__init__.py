"""The only door to the figures: a named question and a selection in, a frame of aggregates out."""

import time
import tomllib
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import contract, demo, intake, snapshot
from queries.database import Database, identity
from queries.deliveries import Delivery, Tabel
from queries.deliveries import deliveries as _deliveries
from queries.deliveries import read as read_delivery
from queries.errors import InvalidSelection, NoSnapshot, QueryError, UnknownQuestion
from queries.indicators import INDICATOREN, THEMAS, VRAGEN, Indicator, Verdict, Vraag, verdict
from queries.kaart import Borders, city_borders, city_map
from queries.nieuws import Nieuws, news
from queries.questions import QUESTIONS, answer, check_name, model_sql, observations_sql, sql
from queries.selection import ONBEKEND, Selection, last_day_of_month_before

__all__ = [
    "INDICATOREN",
    "ONBEKEND",
    "QUESTIONS",
    "THEMAS",
    "VERSION",
    "VRAGEN",
    "Borders",
    "Database",
    "Delivery",
    "Indicator",
    "InvalidSelection",
    "Nieuws",
    "NoSnapshot",
    "QueryError",
    "Selection",
    "Tabel",
    "UnknownQuestion",
    "Verdict",
    "Vraag",
    "check_name",
    "city_borders",
    "city_map",
    "commitments",
    "current_identity",
    "deliveries",
    "ensure_snapshot",
    "events",
    "model_sql",
    "news",
    "observations_sql",
    "open_database",
    "previous_database",
    "read_delivery",
    "run",
    "sql",
    "verdict",
]

# The version of the product stands in one place, pyproject.toml.
VERSION: str = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]

# Seconds that a first start waits for another process that is making the demo.
_PATIENCE = 15


def run(name: str, selection: Selection | None = None, database: Database | None = None) -> pl.DataFrame:
    """Answer the question ``name`` for a selection, as of its peildatum.

    The columns, their units and their order stand in ``indicators.toml`` and on top of the question's SQL file.
    Without a database the snapshot in use is asked. Raises UnknownQuestion, InvalidSelection or NoSnapshot.
    """
    check_name(name)
    return answer(name, selection or Selection(), database or open_database())


def open_database(folder: Path | None = None) -> Database:
    """The snapshot in ``folder`` loaded for questions; by default the one in use.

    A folder of snapshots (with CURRENT in it) stands for the one that is in use there. The few that were used last
    stay loaded. Raises NoSnapshot.
    """
    found = _resolve(folder)
    return _load(found, identity(found))


def current_identity() -> str | None:
    """Which snapshot is in use, or None; cheap enough for every rerun of a page."""
    folder = snapshot.in_use(snapshot.SNAPSHOTS)
    return identity(folder) if folder else None


def ensure_snapshot() -> None:
    """Make the synthetic snapshot when there is none in use yet; a snapshot that is there is left alone.

    It comes with the one of a month before, so that there is something to compare with. Raises NoSnapshot when the
    folder of snapshots cannot be written. When another process is making one, that one is waited for.
    """
    until = time.monotonic() + _PATIENCE
    while snapshot.in_use(snapshot.SNAPSHOTS) is None:
        try:
            for peildatum in (last_day_of_month_before(demo.PEILDATUM), demo.PEILDATUM):
                demo.publiceer_demo(snapshot.SNAPSHOTS, peildatum)
        except (demo.DemoError, OSError) as error:
            if isinstance(error.__cause__, intake.BusyError) and time.monotonic() < until:
                time.sleep(0.2)
                continue
            raise NoSnapshot(
                "De demogegevens konden niet worden gemaakt. Is de map data/snapshots te beschrijven?"
            ) from error


def previous_database(database: Database) -> Database | None:
    """The latest snapshot of a day before this one's, of the same origin (demo or delivered); None without one."""
    root = snapshot.SNAPSHOTS
    for peildatum in sorted(snapshot.peildata(root), reverse=True):
        folder = snapshot.folder_of(peildatum, root) if peildatum < database.peildatum else None
        if folder is None:
            continue
        try:
            earlier = open_database(folder)
        except NoSnapshot:
            # A damaged old snapshot must not keep the reader from the one in use.
            continue
        if earlier.demo == database.demo:
            return earlier
    return None


def events() -> pl.DataFrame:
    """The events to annotate time series with: datum_van, datum_tot, titel, toelichting, bron, indicatoren."""
    return contract.referentie("gebeurtenis")


def commitments() -> pl.DataFrame:
    """The promises to the council committee: nummer, datum, onderwerp, status, toelichting."""
    return contract.referentie("toezegging")


def deliveries() -> tuple[Delivery, ...]:
    """The deliveries of which a snapshot is kept, newest peildatum first."""
    return _deliveries(snapshot.SNAPSHOTS)


def _resolve(folder: Path | None) -> Path:
    if folder is None:
        found = snapshot.in_use(snapshot.SNAPSHOTS)
        if found is None:
            raise NoSnapshot(
                "Er is nog geen snapshot. Maak er een met: python -m data.intake DIR --peildatum JJJJ-MM-DD, "
                "of maak demogegevens met: python -m data.demo"
            )
        return found
    if not folder.is_dir():
        raise NoSnapshot(f"De map {folder} bestaat niet.")
    if not (folder / "manifest.json").exists():
        return snapshot.in_use(folder) or folder
    return folder.resolve()


@lru_cache(maxsize=3)
def _load(folder: Path, identity: str) -> Database:
    return Database(folder)
