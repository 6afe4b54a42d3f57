"""The only door to the figures: a named question and a selection in, a frame of aggregates out."""

import os
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import contract
from data.contract import GEMEENTE, HUISSTIJL, WOORDEN, filled_in, texts
from data.reference import contacts as _contacts
from data.reference import nota as _nota
from data.reference.contacts import Contact
from data.reference.nota import Nota
from data.secret import is_weak
from data.snapshots import store
from queries import questions
from queries.city_map import Borders, city_borders, city_map
from queries.database import Database, identity, model_sql, reference, rounding_sql
from queries.definitions.columns import EXACT, figures, weergave_van
from queries.definitions.indicators import (
    INDICATOREN,
    MINIMUM_NOEMER,
    THEMAS,
    VRAGEN,
    Indicator,
    Verdict,
    Vraag,
    farthest_from_norm,
    verdict,
)
from queries.deliveries import Delivery, Tabel
from queries.deliveries import deliveries as _deliveries
from queries.deliveries import read as read_delivery
from queries.duiding import Duiding, duiding
from queries.duiding import read as read_duiding
from queries.errors import InvalidSelection, NoSnapshot, QueryError, UnknownQuestion
from queries.news import Nieuws, news
from queries.openbaar import open_data
from queries.openbaar.publication import (
    OPENBAAR,
    PUBLICATIES,
    WEERGAVE,
    Aanval,
    Gebruik,
    NoPublication,
    Publication,
    PublicationManifest,
)
from queries.questions import QUESTIONS, check_name, observations_sql, sql
from queries.selection import ONBEKEND, Selection
from queries.written import with_texts

# The version of the product stands in one place, pyproject.toml.
_PROJECT = Path(__file__).parents[1] / "pyproject.toml"
VERSION: str = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"]
_NONE = (
    "Er is nog geen snapshot. Maak er een met: python -m data.intake DIR --peildatum JJJJ-MM-DD, "
    "of maak demogegevens met: python -m data.demo"
)
NOT_NOW = "De cijfers zijn nu niet op te halen. Probeer het over een paar minuten opnieuw."


def view() -> str:
    """What this process shows: ``openbaar`` when WI_WEERGAVE says so, else ``intern``."""
    return OPENBAAR if os.environ.get(WEERGAVE, "").strip().lower() == OPENBAAR else "intern"


def open_publication(folder: Path | None = None) -> Publication:
    """The publication in ``folder``, or the one in use there; by default in PUBLICATIES. Raises NoPublication."""
    folder = folder or PUBLICATIES
    found = folder.resolve() if (folder / store.MANIFEST).exists() else store.in_use(folder)
    if found is None:
        if store.trouble(folder):
            raise NoSnapshot(NOT_NOW)
        raise NoPublication("Er is nog niets gepubliceerd.")
    return _load_publication(found)


def follow() -> Callable[[], None]:
    """Keep what this view reads up to date with what several machines share; what it returns ends that."""
    return store.follow(*_read())


def behind() -> bool:
    """Whether what several machines share could not be looked at, so that there may be newer figures than these."""
    return any(map(store.trouble, _read()))


def _read() -> list[Path]:
    return [PUBLICATIES] if view() == OPENBAAR else [store.SNAPSHOTS, PUBLICATIES]


def kept_in() -> Path:
    """A folder that is there on the disk of what this view reads."""
    folder = PUBLICATIES if view() == OPENBAAR else store.SNAPSHOTS
    return next(each for each in (folder, *folder.parents) if each.exists())


def publications() -> dict[date, Path]:
    """The folders of the publications that are kept, by their day, the oldest first."""
    return {day: found for day in store.peildata(PUBLICATIES) if (found := store.folder_of(day, PUBLICATIES))}


def shown(
    name: str, selection: Selection | None = None, database: Database | Publication | None = None
) -> pl.DataFrame:
    """The answer of ``answer`` with, after every figure, how it is shown and how it is written.

    ``<kolom>_tekst`` has it for a sentence and ``<kolom>_kort`` for a place with little room, see written.with_texts;
    who writes these needs not know which view he is in. ``<kolom>_weergave`` says how it is shown:
    ``exact`` (intern), or in a publication ``afgerond`` (to tens; shares whole percents, durations whole weeks or
    months), ``beschermd`` (empty: a count that was rounded to 0, to be written as <10, or a share or duration on too
    few), ``weggelaten`` (empty: not published), or words in the place of a share on too few, which are what is written
    (empty, see definitions.words). A duration that is empty and ``exact`` or ``afgerond`` was not
    reached. Raises as ``answer`` does.
    """
    check_name(name)
    source = database or open_database()
    chosen = selection or Selection()
    if isinstance(source, Publication):
        return with_texts(source.shown(name, chosen))
    exact = {weergave_van(kolom): pl.lit(EXACT) for kolom in figures(name)}
    return with_texts(questions.answer(name, chosen, source).with_columns(**exact))


def answer(
    name: str, selection: Selection | None = None, database: Database | Publication | None = None
) -> pl.DataFrame:
    """Answer the question ``name`` for a selection, as of its peildatum.

    The columns, their units and their order stand in ``questions.toml``, the grain on top of the question's SQL file.
    Without a database the snapshot in use is asked. Raises UnknownQuestion, InvalidSelection or NoSnapshot.
    """
    check_name(name)
    return questions.answer(name, selection or Selection(), database or open_database())


def open_database(folder: Path | None = None) -> Database | Publication:
    """The snapshot in ``folder`` loaded for questions; by default the one in use.

    In the view `openbaar`, without a folder, it is the publication in use, and no snapshot is looked at.

    A folder of snapshots (with CURRENT in it) stands for the one that is in use there. The few that were used last
    stay loaded. Raises NoSnapshot.
    """
    if folder is None and view() == OPENBAAR:
        return open_publication()
    found = _resolve(folder)
    return _load(found, identity(found))


def current_identity() -> str | None:
    """Which snapshot is in use, or None; cheap enough for every rerun of a page."""
    if view() == OPENBAAR:
        folder = store.in_use(PUBLICATIES)
        return f"{OPENBAAR}#{folder}" if folder else None
    folder = store.in_use(store.SNAPSHOTS)
    return identity(folder) if folder else None


def previous_database(database: Database | Publication, sinds: date | None = None) -> Database | None:
    """The latest snapshot of a day before this one's, of the same origin (demo or delivered); None without one.

    sinds: the one of that day, and no other.

    None in the view `openbaar`: what changed since a delivery is a matter of small numbers.
    """
    if isinstance(database, Publication):
        return None
    root = store.SNAPSHOTS

    def wanted(day: date) -> bool:
        return day < database.peildatum and sinds in (None, day)

    for peildatum in reversed(store.peildata(root)):
        folder = store.folder_of(peildatum, root) if wanted(peildatum) else None
        # A damaged old snapshot must not keep the reader from the one in use.
        with suppress(NoSnapshot):
            if folder and (earlier := open_database(folder)).demo == database.demo:
                return earlier
    return None


def events() -> pl.DataFrame:
    """The events to annotate time series with: datum_van, datum_tot, titel, toelichting, bron, indicatoren."""
    return reference("gebeurtenis")


def national() -> pl.DataFrame:
    """What was published about the nation: `Landelijk` in data/contract/reference.py has the columns."""
    return reference("landelijk")


def knowable() -> pl.DataFrame:
    """What can be known of each stage of the law: stap, vraag, stand, jaar, waarom."""
    return reference("kennis")


def commitments() -> pl.DataFrame:
    """The promises to the council committee: nummer, datum, onderwerp, status, toelichting."""
    return reference("toezegging")


def nota() -> Nota:
    """What stands above a briefing, as the municipality filled it in. Raises QueryError, with the name of the field."""
    try:
        return _nota.nota()
    except contract.ReferentieError as error:
        raise QueryError(str(error)) from error


def contacts() -> tuple[list[Contact], list[str]]:
    """Whom to turn to at the wijkteams, and what is wrong in their file, in Dutch; none in the view `openbaar`."""
    return ([], []) if view() == OPENBAAR else _contacts.contacts()


def deliveries() -> tuple[Delivery, ...]:
    """The deliveries of which a snapshot is kept, newest peildatum first; none in the view `openbaar`."""
    return () if view() == OPENBAAR else _deliveries(store.SNAPSHOTS)


def snapshots() -> tuple[date, ...]:
    """The peildata of the kept snapshots that can stand in for the one in use, newest first; see open_snapshot.

    Those of the same origin (demo or delivered) as the one in use, itself included; none in the view `openbaar`.
    """
    kept = deliveries()
    current = next((each for each in kept if each.in_gebruik), None)
    return tuple(each.peildatum for each in kept if current and each.leesbaar and each.demo == current.demo)


def open_snapshot(peildatum: date) -> Database:
    """The kept snapshot of ``peildatum`` loaded for questions. Raises NoSnapshot when there is none (any more)."""
    if peildatum not in snapshots():
        raise NoSnapshot(f"Er is geen levering met peildatum {peildatum:%d-%m-%Y} bewaard.")
    return open_database(store.folder_of(peildatum, store.SNAPSHOTS))


def _resolve(folder: Path | None) -> Path:
    if folder is None:
        if found := store.in_use(store.SNAPSHOTS):
            return found
        if store.trouble(store.SNAPSHOTS):
            raise NoSnapshot(NOT_NOW)
        raise NoSnapshot(store.LOST if store.real(store.SNAPSHOTS) else _NONE)
    if not folder.is_dir():
        raise NoSnapshot(f"De map {folder} bestaat niet.")
    return folder.resolve() if (folder / store.MANIFEST).exists() else store.in_use(folder) or folder


_load = lru_cache(maxsize=3)(lambda folder, identity: Database(folder))
_load_publication = lru_cache(maxsize=3)(Publication)
