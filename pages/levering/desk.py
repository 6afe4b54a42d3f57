"""The steward's desk: a delivery on its way from the browser to the snapshots, by the same intake as the command.

What a browser sent is in memory, and while it is checked in a folder for this session alone (0700), outside the
snapshots. It is gone when the check is over: what was refused leaves nothing, and of the rest the snapshot that may be
put in use stays, for an hour, until it is used or thrown away, the session ends or the server stops. What a server that
was killed left, the next one removes (`sweep`).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import threading
import weakref
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from data.delivery import mapping, pseudonym
from data.errors import RefusedError, cause
from data.intake import report, steps
from data.snapshots import manage, store
from data.snapshots.manifest import DEMO
from pages.levering.words import TEXTS
from pages.start import Beside

SAYS: dict[str, str] = TEXTS["desk"]
# In MB of 1024 kB: of a file, which server.maxUploadSize holds as well, and of a delivery.
MOST, MOST_TOGETHER = 50, 200
# Seconds that a check may wait to be put in use, and between two looks at how far it is.
KEPT, PAUSE = 3_600, 0.2
_PREFIX, _FILES, _READY = "monitor-levering-", "levering", "snapshot"
_REFUSED = "Geweigerd: "
REPORTS = (report.HTML, report.WERKLIJST)
named, where = report.with_own_names, report.places_in_words

Files = Iterable[tuple[str, bytes]]


class Desk:
    """The desk of one session. report: of the check that may be put in use, as rapport.json has it; None without."""

    def __init__(self) -> None:
        self._end = weakref.finalize(self, contextlib.nullcontext)
        self._report: dict[str, Any] | None = None
        self._beside: Beside | None = None

    def begin(self, files: Files, peildatum: date | None, toch: bool) -> None:
        """Begin a check beside the server. files: names and contents. Raises RefusedError."""
        self.leave()
        if peildatum is None:
            raise RefusedError(SAYS["no_day"])
        self.peildatum, self._kept = peildatum, store.kept(store.SNAPSHOTS)
        with contextlib.ExitStack() as held:
            self._folder = _written(files, held)
            asked = ["--peildatum", peildatum, "--zet-klaar", self._folder / _READY, "--naar", store.SNAPSHOTS]
            self._beside = Beside("data.intake", self._folder / _FILES, *asked, *["--toch"] * toch)
            held.callback(self._beside.process.wait)
            held.callback(self._beside.process.kill)
            held = held.pop_all()
        self._end = weakref.finalize(self, held.close)
        late = threading.Timer(KEPT, self._end)
        held.callback(late.cancel)
        late.daemon = True
        late.start()

    @property
    def busy(self) -> bool:
        """Whether a check was begun of which the outcome was not looked at yet."""
        return self._end.alive and self._beside is not None

    @property
    def report(self) -> dict[str, Any] | None:
        """Of the check that may be put in use, as rapport.json has it; None when there is none, or no more."""
        return self._report if self._end.alive else None

    def progress(self) -> Iterator[tuple[float, str]]:
        """How far the check is, as a fraction and in words, until it is over."""
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._beside.process.wait(PAUSE)
                return
            found = re.match(r"(\d+)%\|.*\| stap \d+ van \d+(?:, (.*))?", self._beside.told)
            yield int(found[1]) / 100 if found else 0.0, (found and found[2]) or ""

    def look(self) -> None:
        """Look at the outcome; the files are gone from here on. Raises RefusedError when they were refused."""
        beside, self._beside = self._beside, None
        beside.following.join()
        if beside.process.returncode in (0, 1):
            self._report = report.read(self._folder / _READY)
            shutil.rmtree(self._folder / _FILES, ignore_errors=True)
            return
        self.leave()
        raise _refusal(beside, self._folder / _FILES)

    def put_in_use(self) -> None:
        """Put what was checked in use; it leaves the desk. Raises RefusedError."""
        try:
            steps.put_in_use(self._folder / _READY, self._kept, store.SNAPSHOTS)
        finally:
            self.leave()

    def sentences(self) -> list[str]:
        """The outcome in words: how many rows count, and whether persons are gone."""
        gone, tables = self.report["verdwenen"], self.report["tabellen"]
        rows = [sum(table[name] for table in tables) for name in ("gelezen", "goedgekeurd")]
        told = [report.said("outcome", *rows), *([report.said("gone", gone)] if gone and gone["aantal"] else [])]
        return told + [SAYS["demo"]] * (self.report["herkomst"] == DEMO)

    def file(self, name: str) -> bytes:
        """One of REPORTS; the report says that it is of a check."""
        if name == report.HTML:
            return report.written("report.html.jinja", self._report, checked=True).encode()
        return (self._folder / _READY / name).read_bytes()

    def leave(self) -> None:
        """Remove all that is there."""
        self._end()
        self._report = self._beside = None


@st.cache_resource(scope="session", show_spinner=False, on_release=Desk.leave)
def mine() -> Desk:
    """The desk of this session; left when the session ends."""
    return Desk()


def sweep() -> None:
    """Remove what a server that was killed left behind; of a server that runs, the folder is locked."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(RefusedError), store.exclusive(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _written(files: Files, held: contextlib.ExitStack) -> Path:
    """A folder for this user alone, that is there while it is held: with the files, and an empty one for a snapshot.

    Raises RefusedError when it is too much, or a name is not one.
    """
    files = list(files)
    names = [name.casefold() for name, _ in files]
    sizes = [len(content) / 2**20 for _, content in files]
    if not files:
        raise RefusedError(SAYS["no_files"])
    if max(sizes) > MOST or sum(sizes) > MOST_TOGETHER:
        raise RefusedError(SAYS["too_large"].format(most=MOST, together=MOST_TOGETHER))
    if len({*names}) < len(names) or not all(re.fullmatch(r"(?!\.+$)[^/\\\0]{1,200}", name) for name in names):
        raise RefusedError(SAYS["names"])
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        held.enter_context(store.exclusive(folder))
        held.callback(shutil.rmtree, folder, ignore_errors=True)
        for part in (_FILES, _READY):
            (folder / part).mkdir()
        for name, content in files:
            (folder / _FILES / name).write_bytes(content)
    except OSError as error:
        raise RefusedError(SAYS["disk"].format(oorzaak=cause(error))) from error
    return folder


def _refusal(beside: Beside, folder: Path) -> RefusedError:
    """Why a command refused the files in a folder, whose name tells the steward nothing."""
    refused = [number for number, line in enumerate(beside.lines) if line.startswith(_REFUSED)]
    words = "\n".join(beside.lines[refused[0] :]).removeprefix(_REFUSED) if refused else SAYS["broken_off"]
    return RefusedError(words.replace(str(folder), SAYS["folder"]))


def drafted(files: Files) -> str:
    """A draft of levering.toml for these files, from the names in them alone. Raises RefusedError."""
    with contextlib.ExitStack() as held:
        folder = _written((each for each in files if each[0] != mapping.BESTAND), held) / _FILES
        beside = Beside("data.intake", "--ontwerp", folder, "--naar", store.SNAPSHOTS)
        beside.following.join()
        if beside.process.returncode:
            raise _refusal(beside, folder)
        return (folder / mapping.BESTAND).read_text(encoding="utf-8")


def go_back(peildatum: date) -> str:
    """Put an earlier snapshot in use; tells so. Raises RefusedError."""
    return manage.go_back(peildatum, store.SNAPSHOTS)


def lacks_key() -> bool:
    """Whether the secret of the pseudonyms is not there."""
    try:
        return not pseudonym.secret()
    except RefusedError:
        return True


def may_write() -> bool:
    """Whether this server may write snapshots."""
    return os.access(store.SNAPSHOTS, os.W_OK)
