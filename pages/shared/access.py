"""The pages' way to the queries: one database per snapshot, and every answer kept for who asks it again."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
import streamlit as st

import queries

LOG = logging.getLogger("dashboard")

_ASKED = "_asked"

# Two first visitors at once must not both make the demo.
_MAKING = threading.Lock()

UNEXPECTED = (
    "Deze pagina kan nu niet worden getoond. De oorzaak staat in het logboek van de server; "
    "probeer het opnieuw of neem contact op met de beheerder."
)


@st.cache_resource(max_entries=2, show_spinner="De gegevens worden geladen …")
def _opened(identity: str) -> queries.Database:
    return queries.open_database()


def database() -> queries.Database:
    """The database of the snapshot that is in use now; the demo is made first when there is none.

    A snapshot that is put in use later is picked up at the next click, without a restart.
    Raises queries.QueryError when there is no snapshot that can be read.
    """
    identity = queries.current_identity()
    if identity is None:
        with st.spinner("Er zijn nog geen gegevens: de demogegevens worden gemaakt …"), _MAKING:
            queries.ensure_snapshot()
        identity = queries.current_identity()
    return _opened(identity or "")


@st.cache_data(max_entries=2_000, show_spinner="Bezig met rekenen …")
def _answer(name: str, selection: queries.Selection, identity: str, _database: queries.Database) -> pl.DataFrame:
    return queries.run(name, selection, _database)


def begin() -> None:
    """Starts a page: what is asked for it is remembered from here."""
    st.session_state[_ASKED] = []


def asked() -> tuple[str, ...]:
    """The names of the questions that were asked for this page so far, each once, in their order."""
    return tuple(dict.fromkeys(st.session_state.get(_ASKED, ())))


def ask(name: str, selection: queries.Selection) -> pl.DataFrame:
    """The answer to one question of queries/ for a selection, from the snapshot in use.

    Raises queries.QueryError, with a Dutch message, when the question cannot be answered.
    """
    source = database()
    st.session_state.setdefault(_ASKED, []).append(name)
    return _answer(name, selection, source.identity, source)


@st.cache_data(max_entries=200, show_spinner="Bezig met rekenen …")
def _compared(
    selection: queries.Selection,
    identity: str,
    previous_identity: str,
    _database: queries.Database,
    _previous: queries.Database,
) -> queries.Nieuws:
    return queries.news(selection, _database, _previous)


def previous() -> queries.Database | None:
    """The snapshot of the delivery before the one in use; None when there is none to compare with."""
    return queries.previous_database(database())


def news(selection: queries.Selection, earlier: queries.Database) -> queries.Nieuws:
    """What changed for a selection between an earlier snapshot, see previous(), and the one in use."""
    source = database()
    return _compared(selection, source.identity, earlier.identity, source, earlier)


def tell(failure: Exception) -> None:
    """Tells a failure in Dutch on screen; the details go to the log, without values of records.

    A QueryError says in its message what the reader can do. Of anything else only the kind and the place are
    logged: the text of an exception may quote a record.
    """
    if isinstance(failure, queries.QueryError):
        LOG.warning("question refused: %s", type(failure).__name__)
        st.error(str(failure), icon=":material/error:")
        return
    place = "".join(traceback.format_tb(failure.__traceback__))
    LOG.error("page failed: %s\n%s", type(failure).__name__, place)
    st.error(UNEXPECTED, icon=":material/error:")


@contextmanager
def told_in_dutch() -> Iterator[None]:
    """Turns a failure in its block into a message on screen; see tell."""
    try:
        yield
    except Exception as failure:
        tell(failure)
