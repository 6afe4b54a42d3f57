"""The demo town and two successive publications of it; made once for all tests that look at them."""

import atexit
import shutil
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from data import demo, publication, snapshot

PEILDATA = (date(2022, 11, 30), date(2022, 12, 31))
DAY = PEILDATA[-1]


@cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="publicaties-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def snapshots() -> dict[date, Path]:
    """The demo, per peildatum the folder of its snapshot."""
    root = _folder() / "snapshots"
    for peildatum in PEILDATA:
        demo.publiceer_demo(root, peildatum)
    return {peildatum: snapshot.folder_of(peildatum, root) for peildatum in PEILDATA}


@cache
def outcomes() -> dict[date, publication.Outcome]:
    """The town as the command publishes it."""
    return {peildatum: publication.publish(folder, publications()) for peildatum, folder in snapshots().items()}


def publications() -> Path:
    """The folder of publications; empty until outcomes() was asked for."""
    return _folder() / "publicaties"


@cache
def shown() -> dict[date, publication.Frames]:
    """What was published."""
    return {
        peildatum: publication.read_frames(outcome.folder, snapshot.read_manifest(outcome.folder))
        for peildatum, outcome in outcomes().items()
    }


@cache
def true() -> publication.Frames:
    """The same tables of the last day with the true counts, and every quarter."""
    engine = publication.Protected(snapshots()[DAY], publication.DEMO_ZOUT, basis=1)
    return {key: publication.protected(*key, frame) for key, frame in publication.answers(engine).items()}
