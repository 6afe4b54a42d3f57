"""The pages' only way to the queries: what the visitor may see, logged, and kept for who asks the same again.

Every figure of a page comes through here: the view (gate.entrance), the limit to areas (Database.limited, in SQL) and
the log of use (audit) are applied at each question, not only when a page begins.
"""

from __future__ import annotations

import gc
import importlib
import logging
import pkgutil
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import date

import polars as pl
import streamlit as st

import queries
from pages import start
from pages.access import TEXTS, gate, log
from pages.contents import PAGES
from pages.server import health, media

LOG = logging.getLogger("dashboard")

# What is asked: a snapshot in the intern view, a publication in the public one. Both have the same attributes.
Source = queries.Database | queries.Publication

# Two first visitors at once must not both make the demo.
_MAKING = threading.Lock()

TOLD = TEXTS["page"]


@st.cache_resource(max_entries=2, show_spinner="De gegevens worden geladen …")
def _opened(identity: str) -> queries.Database:
    return queries.open_database()


@st.cache_resource(max_entries=50, show_spinner=False)
def _limited(identity: str, grens: tuple[str, ...] | None, _source: queries.Database) -> queries.Database:
    return _source.limited(grens)


class SignInFirst(queries.QueryError):
    """Somebody has to sign in before there is anything to see."""


class NothingPublished(queries.QueryError):
    """The public view is asked for and there is no publication."""


def _entered() -> tuple[gate.Entrance, Source]:
    """What the visitor may see now, and the data he sees it from."""
    found = gate.entrance()
    if found.view is None:
        raise SignInFirst(found.reason)
    if found.view == gate.INTERN:
        source = _snapshot()
        if found.visitor:
            return found, _limited(source.identity, found.visitor.grens, source)
        # Looked up in the snapshot itself, for another one may have been put in use a moment ago.
        if source.demo:
            return found, source
    return gate.Entrance(gate.OPENBAAR, found.visitor, found.reason), _publication()


def published(day: date | None = None) -> queries.Publication | None:
    """What is published, or was for an earlier day, for who asks for it without a page.

    None in the view intern. Raises NothingPublished and what database() raises.
    """
    if gate.settings().view != gate.OPENBAAR:
        return None
    if day is None:
        return _publication(nullcontext)
    if folder := queries.publications().get(day):
        return queries.open_publication(folder)
    raise NothingPublished(TOLD["nothing_published_then"])


def _publication(meanwhile: start.Meanwhile = lambda: st.spinner(start.BEING_MADE)) -> queries.Publication:
    """What is published; on a bare checkout, where nothing is, that of the demo."""
    try:
        return queries.open_publication()
    except queries.NoPublication as error:
        if queries.view() == queries.OPENBAAR:
            start.ensure_snapshot(meanwhile)
            if of_demo := start.demo_publication_beside():
                return of_demo
        LOG.warning("no publication to show: %s", error)
        raise NothingPublished(TOLD["nothing_published"]) from error


def _snapshot() -> queries.Database:
    identity = queries.current_identity()
    if identity is None:
        with st.spinner(start.BEING_MADE), _MAKING:
            start.ensure_snapshot()
        identity = queries.current_identity()
    return _opened(identity or "")


def database() -> Source:
    """The data that the visitor may see: the snapshot in use, for his areas, or the publication.

    The demo is made first when there is no snapshot. One that is put in use later is picked up at the next click,
    without a restart. Raises SignInFirst, NothingPublished, or queries.QueryError when nothing can be read.
    """
    return _entered()[1]


def view() -> str:
    """Which view is shown: gate.INTERN or gate.OPENBAAR. Raises what database() raises."""
    return _entered()[0].view


@st.cache_data(max_entries=2_000, show_spinner="Bezig met rekenen …")
def _answer(name: str, selection: queries.Selection, identity: str, _database: Source) -> pl.DataFrame:
    return queries.shown(name, selection, _database)


def warm() -> None:
    """Does before the first visitor comes what he would wait for: modules read, data opened, every question answered.

    Of what is in use only; nothing is made here. What goes wrong is told to the visitor, and here left alone; but for
    what the municipality wrote itself, which is told in the log as well.
    """
    for read in (queries.read_duiding, queries.nota):
        try:
            read()
        except queries.QueryError as error:
            LOG.warning("%s", error)
    with suppress(Exception):
        for page in PAGES:
            rooms = importlib.import_module(f"pages.{page}").__path__
            for room in pkgutil.iter_modules(rooms):
                if room.name not in ("page", "__main__"):
                    importlib.import_module(f"pages.{page}.{room.name}")
        if identity := queries.current_identity():
            source = _opened(identity)
            for name in queries.VRAGEN:
                with suppress(queries.QueryError):
                    _answer(name, queries.Selection(), source.identity, source)
        # What stays until the end is not looked at again by each collection.
        gc.freeze()


def ask(name: str, selection: queries.Selection) -> pl.DataFrame:
    """The answer to one question of queries/ for a selection, with how every figure is shown beside it.

    Exact figures of the snapshot in use, or those of the publication: see queries.shown and weergave. Raises
    queries.QueryError, with a Dutch message, when the question cannot be answered.
    """
    found, source = _entered()
    _log(found, "vraag", source, selection=selection, vraag=name)
    return _answer(name, selection, source.identity, source)


def _log(found: gate.Entrance, handeling: str, source: Source, **what) -> None:
    """A line in the log of use: of the intern view of who signed in, also when the answer was kept."""
    if found.view == gate.INTERN and found.visitor:
        log.record(found.visitor, handeling, levering=source.manifest.levering_id, **what)


def taken(name: str, selection: queries.Selection, make: Callable[[], bytes | str]) -> Callable[[], bytes | str]:
    """The function that makes a file, logged when it is used and refused when the sign-in has ended by then.

    name: of the file. It is called outside the session, when the visitor clicks.
    """
    found, source = _entered()

    def logged() -> bytes | str:
        if found.visitor and not gate.may_still(found.visitor):
            raise SignInFirst(gate.TOLD["expired"])
        _log(found, "download", source, selection=selection, bestand=name)
        # Streamlit runs this in a context of its own, and asks for the address of the file in there.
        media.owner.set(found.visitor.kenmerk if found.visitor else media.EVERYBODY)
        return make()

    return logged


def shows_exact() -> bool:
    """Whether the visitor sees exact figures; not when there is nothing to see."""
    with suppress(Exception):
        return view() == gate.INTERN
    return False


def contacts() -> tuple[list[queries.Contact], list[str]]:
    """Whom to turn to at the wijkteams that the visitor may see, and what is wrong in their file, in Dutch.

    The public view has none: names of officials are not published.
    """
    found, source = _entered()
    if found.view != gate.INTERN:
        return [], []
    known, complaints = queries.contacts()
    return [each for each in known if each.wijkteam in source.alle_wijkteams], complaints


def deliveries() -> tuple[queries.Delivery, ...]:
    """The deliveries that are kept; without their numbers, which are of the whole city, for who sees a part of it.

    The public view has none: the numbers are exact.
    """
    found, source = _entered()
    if found.view != gate.INTERN:
        return ()
    _log(found, "leveringen", source)
    # Beside the demo, which anybody may see, a real delivery is not told of.
    hidden = {} if source.grens is None else {"tabellen": (), "verdwenen": None}
    return tuple(replace(each, **hidden) for each in queries.deliveries() if each.demo == source.demo)


def steward(handeling: str = "", **what: str) -> bool:
    """Whether the visitor may take in deliveries now; what he is about to do is logged first, see log.record."""
    found = gate.entrance()
    allowed = found.view == gate.INTERN and gate.may_deliver(found.visitor)
    if allowed and handeling:
        log.record(found.visitor, handeling, **what)
    return allowed


@st.cache_data(max_entries=200, show_spinner="Bezig met rekenen …")
def _compared(selection: queries.Selection, identities: list[str], _databases: list[Source]) -> queries.Nieuws:
    return queries.news(selection, *_databases)


def previous() -> queries.Database | None:
    """The snapshot of the delivery before the one in use, for the same areas; None when there is none to compare with.

    The public view has none: what changed between two deliveries is not published.
    """
    found, source = _entered()
    if found.view != gate.INTERN:
        return None
    earlier = queries.previous_database(source)
    return earlier.limited(source.grens) if earlier else None


def news(selection: queries.Selection, earlier: queries.Database) -> queries.Nieuws:
    """What changed for a selection between an earlier snapshot, see previous(), and the one in use."""
    found, source = _entered()
    both = [source, earlier.limited(source.grens)]
    _log(found, "nieuws", source, selection=selection)
    return _compared(selection, [each.identity for each in both], both)


def tell(failure: Exception) -> None:
    """Tells a failure in Dutch on screen; the details go to the log, without values of records.

    A QueryError says in its message what the reader can do. Of anything else only the kind and the place are
    logged: the text of an exception may quote a record.
    """
    if isinstance(failure, NothingPublished):
        gate.plain("Openbare cijfers", str(failure))
        return
    if isinstance(failure, start.BeingPublished):
        _how_far()
        return
    expected = isinstance(failure, queries.QueryError)
    health.FAILURES.labels("refused" if expected else "page").inc()
    if expected:
        LOG.warning("question refused: %s", type(failure).__name__)
        st.error(str(failure), icon=":material/error:")
        return
    place = "".join(traceback.format_tb(failure.__traceback__))
    LOG.error("page failed: %s\n%s", type(failure).__name__, place)
    st.error(TOLD["unexpected"], icon=":material/error:")


@st.fragment(run_every=1.0)
def _how_far() -> None:
    """How far the publication of the demo is; when it is there, or could not be made, the page is drawn again."""
    try:
        start.demo_publication_beside()
    except start.BeingPublished as making:
        words, _, percent = str(making).rpartition(": ")
        done = int(percent.rstrip("%")) / 100 if percent.endswith("%") else 0.0
        st.progress(done, f"{start.BEING_PUBLISHED} {words}".strip())
    except queries.QueryError as failure:
        tell(failure)
    else:
        st.rerun()


@contextmanager
def told_in_dutch() -> Iterator[None]:
    """Turns a failure in its block into a message on screen; see tell."""
    try:
        yield
    except Exception as failure:
        tell(failure)
