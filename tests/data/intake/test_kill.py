"""Killed at each of its steps, whatever the command: the snapshot in use is whole, and the next run leaves no debris.

The killed processes are forked from a server that has imported the intake once, so that a kill falls in the midst of
work and more than fifty of them take seconds.
"""

import itertools
import os
import shutil
import signal
from pathlib import Path

import polars as pl
import pytest

from data.snapshots import manage, store
from data.snapshots.manifest import Manifest
from tests.data.conftest import EERDER, PEILDATUM, persons, take_in, write_delivery

AANTALLEN = {"oud": 5, "nieuw": 300}

# Every call through which a run changes by name what stands on disk.
STAPPEN = ("mkdir", "symlink", "rename", "replace", "unlink", "rmdir")


@pytest.fixture
def leveringen(tmp_path) -> dict[str, Path]:
    return {naam: write_delivery(tmp_path / naam, inburgeraar=persons(nr)) for naam, nr in AANTALLEN.items()}


def is_whole(root: Path) -> bool:
    """The snapshot in use is one of the two deliveries: every table and every rejected row is there."""
    map_ = store.in_use(root)
    manifest = Manifest.read(map_)
    assert manage.is_whole(map_)
    for naam, telling in manifest.tabellen.items():
        afgekeurd = pl.read_parquet(map_ / "afgekeurd" / f"{naam}.parquet").height
        assert afgekeurd == telling.gelezen - telling.rijen
    assert (map_ / "rapport.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    return manifest.tabellen["inburgeraar"].rijen in AANTALLEN.values()


def is_tidy(root: Path, versies: int) -> None:
    peildata = map(str, store.peildata(root))
    assert sorted(pad.name for pad in root.iterdir()) == [".versies", *peildata, "CURRENT"]
    assert len(list((root / ".versies").iterdir())) == versies


def die_at_step(stap: int, opdracht, argumenten: tuple) -> None:
    """Run a command and die just before its `stap`-th call of STAPPEN."""
    gedaan = 0

    def counting(echt):
        def called(*args, **kwargs):
            nonlocal gedaan
            gedaan += 1
            if gedaan == stap:
                os.kill(os.getpid(), signal.SIGKILL)
            return echt(*args, **kwargs)

        return called

    for naam in STAPPEN:
        setattr(os, naam, counting(getattr(os, naam)))
    opdracht(*argumenten)


@pytest.mark.parametrize(
    ("eerst", "opdracht", "wat", "in_gebruik", "versies"),
    [
        ([("oud", PEILDATUM)], take_in, ("nieuw", PEILDATUM), PEILDATUM, 1),
        ([("oud", EERDER), ("nieuw", PEILDATUM)], manage.go_back, (EERDER,), EERDER, 2),
        ([("oud", EERDER), ("nieuw", PEILDATUM)], manage.remove, (PEILDATUM,), EERDER, 1),
        ([("nieuw", PEILDATUM), ("oud", EERDER)], manage.tidy, (1,), PEILDATUM, 1),
    ],
    ids=["intake", "going back", "removing", "tidying"],
)
def test_kill_leaves_whole_snapshots(leveringen, tmp_path, forkserver, eerst, opdracht, wat, in_gebruik, versies):
    """At the first step, the second, and so on until the command comes to its end, each time from the same begin."""
    root, begin, stap, gezien = tmp_path / "s", tmp_path / "begin", 0, []
    for naam, peildatum in eerst:
        take_in(leveringen[naam], peildatum, begin)
    argumenten = (*(leveringen.get(deel, deel) for deel in wat), root)
    code = -signal.SIGKILL
    while code == -signal.SIGKILL:
        stap += 1
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(begin, root, symlinks=True)
        proces = forkserver.Process(target=die_at_step, args=(stap, opdracht, argumenten))
        proces.start()
        proces.join()
        assert is_whole(root)
        assert all(manage.is_whole(store.folder_of(peildatum, root)) for peildatum in store.peildata(root))
        code = proces.exitcode
        gezien.append((store.in_use(root).name[:10], Manifest.read(store.in_use(root)).tabellen["inburgeraar"].rijen))
    assert (code, stap > 3) == (0, True)
    # The swap is one step: before it the old one, after it the new one, and never back.
    assert len(set(gezien)) == 1 + sum(een != ander for een, ander in itertools.pairwise(gezien))
    manage.tidy(9, root)
    assert store.in_use(root) == store.folder_of(in_gebruik, root)
    is_tidy(root, versies)
