"""The first start: the demo and its publication are made when there is nothing yet. Nothing else here reaches data/."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import queries
from data.demo import first_start
from data.snapshots import store
from data.snapshots.manifest import Manifest

BEING_PUBLISHED = "De openbare cijfers van de demo worden gemaakt en gecontroleerd …"
BEING_MADE, Meanwhile = first_start.BEING_MADE, first_start.Meanwhile
# Seconds that a start waits for another process that is making the publication of the demo.
_PATIENCE = 300
_BUSY = "worden nog gemaakt. Probeer het zo opnieuw."
_NOT_MADE = "konden niet worden gemaakt. Is de map data/local/publicaties te beschrijven?"
# The publications of demo snapshots lie apart from real ones, in a folder of this name.
_OF_DEMO = "demo"
_SOURCES = (".py", ".sql", ".toml")
_ROOT = Path(__file__).parents[1]

# The processes that make a publication of the demo, by its folder.
_beside: dict[Path, Beside] = {}


class BeingPublished(queries.QueryError):
    """The publication of the demo is being made; the message is how far it is."""


class Beside:
    """A command of the product that runs beside the server, and what it told on standard error until now."""

    def __init__(self, *command: str | Path) -> None:
        how = {"cwd": _ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "encoding": "utf-8"}
        how["env"] = os.environ | {"PYTHONUTF8": "1"}
        self.process = subprocess.Popen([sys.executable, "-m", *map(str, command)], **how)
        self.lines: list[str] = []
        self.following = threading.Thread(target=self._follow, daemon=True)
        self.following.start()

    def _follow(self) -> None:
        for line in self.process.stderr:
            self.lines.append(line.strip())
        self.process.wait()

    @property
    def told(self) -> str:
        """The last line."""
        return next(filter(None, reversed(self.lines)), "")


def ensure_snapshot(meanwhile: Meanwhile = nullcontext) -> None:
    """Make the demo when no snapshot is in use; see data.demo.first_start. Raises queries.NoSnapshot.

    Not by a deployment of the view `openbaar`, which shows what was published on purpose.
    """
    if _deployed():
        return
    try:
        first_start.ensure_snapshot(meanwhile)
    except store.SnapshotError as error:
        raise queries.NoSnapshot(queries.NOT_NOW if queries.behind() else str(error)) from error


def _deployed() -> bool:
    """Whether this is the view `openbaar` with a folder of its own for publications, and not a bare checkout."""
    return queries.view() == queries.OPENBAAR and bool({"WI_PUBLICATIES", "WI_DATA"} & os.environ.keys())


def _demo_in_use() -> tuple[Path, Path] | None:
    """The demo snapshot that is in use, and the folder for its publications; None when the data are not the demo.

    Another version of what publishes has another folder: nobody publishes the demo again by hand.
    """
    source = None if _deployed() else store.in_use(store.SNAPSHOTS)
    manifest = Manifest.read_or_none(source)
    if source is None or manifest is None or not manifest.demo:
        return None
    made_from = f"{queries.identity(source)}#{_version()}"
    return source, queries.PUBLICATIES / _OF_DEMO / hashlib.sha256(made_from.encode()).hexdigest()[:16]


@cache
def _version() -> str:
    """What tells one version of queries/, which asks and publishes, from another."""
    files = [path for path in sorted(Path(queries.__file__).parent.rglob("*")) if path.suffix in _SOURCES]
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()


def demo_publication_beside() -> queries.Publication | None:
    """The same as demo_publication, made in a process of its own that nobody waits for.

    Raises BeingPublished until it is there, and QueryError when it could not be made; then the next call tries again.
    """
    if (found := _demo_in_use()) is None:
        return None
    source, root = found
    if made := store.in_use(root):
        _beside.pop(root, None)
        return queries.open_publication(made)
    command = ("queries.openbaar", "--snapshot", source, "--naar", root, "--voortgang")
    making = _beside.get(root) or _beside.setdefault(root, Beside(*command))
    if making.process.returncode:
        del _beside[root]
        raise queries.QueryError(making.told)
    raise BeingPublished(making.told or BEING_PUBLISHED)


def demo_publication(meanwhile: Meanwhile = nullcontext) -> queries.Publication | None:
    """The publication of the demo snapshot in use, made first when it is not there (some ten seconds).

    None when the data are not the demo, or in a deployment of `openbaar`: a real publication is made on purpose, by
    ``python -m queries.openbaar``, never by a visit. That of the demo lies apart. meanwhile is entered while it is
    made. Raises QueryError when it cannot be made. When another process is making it, that is waited for.
    """
    if (found := _demo_in_use()) is None:
        return None
    source, root = found
    if made := store.in_use(root):
        return queries.open_publication(made)
    # Imported when it is needed: a start with a publication needs nothing of it.
    from queries.openbaar import publish

    until = time.monotonic() + _PATIENCE
    with meanwhile():
        while (made := store.in_use(root)) is None:
            try:
                publish.publish(source, root)
            except (publish.PublicationError, store.SnapshotError, OSError) as error:
                busy = isinstance(error.__cause__, store.InUseElsewhereError)
                if not busy or time.monotonic() > until:
                    told = _BUSY if busy else _NOT_MADE
                    raise queries.QueryError(f"De openbare cijfers van de demo {told}") from error
                time.sleep(0.2)
    return queries.open_publication(made)
