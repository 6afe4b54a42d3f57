"""What is costly to make, made once per content and shared by all tests, in whichever process they run.

Who asks first makes it, the others wait. It lies in the cache of pytest under a name that follows from the code that
makes it, so the next run on the same code finds it there. It is only to be looked at: who bends it, bends a copy.
"""

import contextlib
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from unittest import mock

from filelock import FileLock

from data import contract
from data.demo import municipality as demo_data
from data.snapshots import store
from queries.openbaar import protect, publish, register
from queries.openbaar.publication import PublicationManifest, apart
from queries.openbaar.rules import REGELS, Selectie

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".pytest_cache" / "d" / "towns"
# Seconds that what was made by other code stays: another run may still look at it.
_OLD = 86_400

EARLIER = date(2022, 11, 30)
DAY = demo_data.PEILDATUM
FEW = ("pip_status", "leerroute_verdeling")
_SOURCES, _NOT_CODE = {".py", ".sql", ".toml", ".csv", ".jinja"}, {"local"}


@cache
def _code() -> str:
    """A name for the code that makes what lies here."""
    files = [path for room in ("data", "queries") for path in (ROOT / room).rglob("*")]
    files += contract.REFERENTIE_MAP.iterdir()
    files = [path for path in files if path.suffix in _SOURCES and path.relative_to(ROOT).parts[1] not in _NOT_CODE]
    digest = hashlib.sha256()
    for path in sorted([*files, ROOT / "requirements.lock", Path(__file__)]):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def _made(name: str, make: Callable[[Path], object]) -> Path:
    """The folder with that name; when it is not there yet, make fills it."""
    folder = KEPT / _code() / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            _forget_what_is_old()
            unfinished = folder.with_name(f"{name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            make(unfinished)
            unfinished.rename(folder)
    return folder


def _forget_what_is_old() -> None:
    for other in KEPT.iterdir():
        if other.name != _code() and other.stat().st_mtime < time.time() - _OLD:
            shutil.rmtree(other, ignore_errors=True)


@cache
def demo(*peildata: date, **asked: int | bool) -> Path:
    """A folder of snapshots with the demo of the last peildatum in use; asked: as publiceer_demo has it."""
    peildata = peildata or (DAY,)
    name = "_".join(["demo", *map(str, peildata), *(f"{key}={value}" for key, value in asked.items())])

    def make(folder: Path) -> None:
        for peildatum in peildata:
            demo_data.publiceer_demo(folder, peildatum, **asked)

    return _made(name, make)


def folder(peildatum: date = DAY) -> Path:
    """The folder of the snapshot of the demo."""
    return store.folder_of(peildatum, demo(peildatum))


def publications() -> Path:
    """A folder of publications with that of the demo in use, made by the command."""
    return _published() / "publicaties"


@contextlib.contextmanager
def with_few_questions() -> Iterator[None]:
    """Within it a publication is made and attacked with a few questions for the city alone, in seconds."""
    few, every = {name: REGELS[name] for name in FEW}, publish.selecties
    with (
        mock.patch.object(publish, "REGELS", few),
        mock.patch.object(publish, "selecties", lambda plaats: every(plaats)[:1]),
        mock.patch.object(protect, "selecties", lambda plaats: every(plaats)[:1]),
        mock.patch.object(publish, "answers", partial(protect.answers, questions=FEW)),
    ):
        yield


def told_when_published() -> str:
    """What the command said."""
    return (_published() / "stdout").read_text(encoding="utf-8")


def _published() -> Path:
    def make(made: Path) -> None:
        command = [sys.executable, "-m", "queries.openbaar", "--snapshot", folder(), "--naar", made / "publicaties"]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        assert done.stderr == ""
        (made / "stdout").write_text(done.stdout, encoding="utf-8")

    return _made("publication", make)


def published() -> Path:
    """The folder of that publication."""
    return store.in_use(publications())


@cache
def shown() -> protect.Frames:
    """What was published."""
    return publish.read_frames(published(), PublicationManifest.read(published()))


@cache
def known() -> protect.Frames:
    """The same as an attacker is taken to have it: with the counts behind words, which the register keeps."""
    (entry,) = register.versions(register.place(publications(), demo=True))
    return publish.read_frames(entry, PublicationManifest.read(entry))


@cache
def true(*selecties: Selectie) -> protect.Frames:
    """The same tables with the true counts, and every quarter; of these selections, or of all (half a minute)."""
    engine = protect.Protected(folder(), publish.DEMO_ZOUT, basis=1)
    found = {}
    for selectie in selecties or publish.selecties(engine.plaats):
        for question in filter(partial(apart, soort=selectie.soort), REGELS):
            answer = protect.answered(question, selectie, engine)
            found[question, selectie] = protect.protected(question, selectie, answer)
    return found
