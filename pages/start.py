"""The first start: the demo and its publication are made when there is nothing yet. Nothing else here reaches data/."""

from __future__ import annotations

import hashlib
import time
from contextlib import nullcontext

import queries
from data.demo import first_start
from data.snapshots import store
from data.snapshots.manifest import Manifest

BEING_MADE, Meanwhile = first_start.BEING_MADE, first_start.Meanwhile
# Seconds that a start waits for another process that is making the publication of the demo.
_PATIENCE = 300
_BUSY = "worden nog gemaakt. Probeer het zo opnieuw."
_NOT_MADE = "konden niet worden gemaakt. Is de map data/local/publicaties te beschrijven?"
# The publications of demo snapshots lie apart from real ones, in a folder of this name.
_OF_DEMO = "demo"


def ensure_snapshot(meanwhile: Meanwhile = nullcontext) -> None:
    """Make the demo when no snapshot is in use; see data.demo.first_start. Raises queries.NoSnapshot.

    In the view `openbaar` nothing is made: a publication is made on purpose, never by a visit.
    """
    if queries.view() == queries.OPENBAAR:
        return
    try:
        first_start.ensure_snapshot(meanwhile)
    except store.SnapshotError as error:
        raise queries.NoSnapshot(str(error)) from error


def demo_publication(meanwhile: Meanwhile = nullcontext) -> queries.Publication | None:
    """The publication of the demo snapshot in use, made first when it is not there (some ten seconds).

    None when the data are not the demo, and in the view `openbaar`: a real publication is made on purpose, by
    ``python -m queries.openbaar``, never by a visit. That of the demo lies apart and is never in use in `openbaar`.
    meanwhile is entered while it is made. Raises QueryError when it cannot be made. When another process is making it,
    that is waited for.
    """
    source = None if queries.view() == queries.OPENBAAR else store.in_use(store.SNAPSHOTS)
    manifest = Manifest.read_or_none(source)
    if source is None or manifest is None or not manifest.demo:
        return None
    root = queries.PUBLICATIES / _OF_DEMO / hashlib.sha256(queries.identity(source).encode()).hexdigest()[:16]
    if found := store.in_use(root):
        return queries.open_publication(found)
    # Imported when it is needed: a start with a publication needs nothing of it.
    from queries.openbaar import publish

    until = time.monotonic() + _PATIENCE
    with meanwhile():
        while (found := store.in_use(root)) is None:
            try:
                publish.publish(source, root)
            except (publish.PublicationError, store.SnapshotError, OSError) as error:
                busy = isinstance(error.__cause__, store.InUseElsewhereError)
                if not busy or time.monotonic() > until:
                    told = _BUSY if busy else _NOT_MADE
                    raise queries.QueryError(f"De openbare cijfers van de demo {told}") from error
                time.sleep(0.2)
    return queries.open_publication(found)
