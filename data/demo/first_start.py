"""The first start: a demo where no snapshot is in use yet."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from data.errors import BusyError, RefusedError
from data.snapshots import TEXTS, store

# Made and entered while something takes long: a spinner, or a line on a screen.
Meanwhile = Callable[[], AbstractContextManager]
BEING_MADE = "Er zijn nog geen gegevens: de demogegevens worden gemaakt …"
# Seconds that a first start waits for another process that is making the demo.
_PATIENCE = 15


def ensure_snapshot(meanwhile: Meanwhile = nullcontext) -> None:
    """Make the synthetic snapshot when there is none in use yet; a snapshot that is there is left alone.

    meanwhile is entered while it is made, with the one of a month before to compare with. Another process that makes
    one is waited for. Raises SnapshotError when the folder of snapshots cannot be written, holds a real delivery while
    CURRENT is lost, or is shared with other machines.
    """
    if store.in_use(store.SNAPSHOTS):
        return
    if store.copy_of(store.SNAPSHOTS):
        raise store.SnapshotError(store.trouble(store.SNAPSHOTS) or TEXTS["remote"]["nothing_yet"])
    if store.real(store.SNAPSHOTS):
        raise store.SnapshotError(store.LOST)
    # Imported when it is needed: a start with a snapshot needs nothing of it.
    from data.demo import municipality

    until = time.monotonic() + _PATIENCE
    with meanwhile():
        while store.in_use(store.SNAPSHOTS) is None:
            try:
                for peildatum in (municipality.VORIGE_PEILDATUM, municipality.PEILDATUM):
                    municipality.publiceer_demo(store.SNAPSHOTS, peildatum)
            except (RefusedError, OSError) as error:
                if not isinstance(error, BusyError) or time.monotonic() > until:
                    raise store.SnapshotError(
                        "De demogegevens konden niet worden gemaakt. Is de map data/local/snapshots te beschrijven?"
                    ) from error
                time.sleep(0.2)
