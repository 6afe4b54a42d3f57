"""Killed at each of its steps, whatever the command: the snapshot in use is whole, and the next run leaves no debris.

The killed processes are forked from a server that has imported the intake once, so that a kill falls in the midst of
work and more than fifty of them take seconds.
"""

import os
import shutil
import signal
from pathlib import Path

import polars as pl
import pytest

from data import contract
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
    for naam in contract.TABELLEN:
        telling = manifest.tabellen[naam]
        assert pl.read_parquet(map_ / f"{naam}.parquet").height == telling.rijen
        afgekeurd = pl.read_parquet(map_ / "afgekeurd" / f"{naam}.parquet").height
        assert afgekeurd == telling.gelezen - telling.rijen
    assert (map_ / "rapport.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    return manifest.tabellen["inburgeraar"].rijen in AANTALLEN.values()


def is_tidy(root: Path, versies: int) -> None:
    peildata = [str(peildatum) for peildatum in store.peildata(root)]
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


def die_at_every_step(forkserver, root: Path, opdracht, argumenten: tuple, look=lambda: None) -> int:
    """Kill a command at its first step, its second, and so on until it comes to its end; returns how many steps.

    Every try starts from the same snapshots; look looks at what a killed one left.
    """
    stap, kopie = 0, root.with_name("kopie")
    shutil.copytree(root, kopie, symlinks=True)
    while True:
        stap += 1
        proces = forkserver.Process(target=die_at_step, args=(stap, opdracht, argumenten))
        proces.start()
        proces.join()
        assert is_whole(root)
        if proces.exitcode == 0:
            return stap - 1
        assert proces.exitcode == -signal.SIGKILL
        look()
        shutil.rmtree(root)
        shutil.copytree(kopie, root, symlinks=True)


def test_kill_at_every_step_of_an_intake_leaves_the_old_snapshot_or_the_new_one(leveringen, tmp_path, forkserver):
    root = tmp_path / "s"
    take_in(leveringen["oud"], PEILDATUM, root)
    gezien = []

    def look():
        gezien.append(Manifest.read(store.in_use(root)).tabellen["inburgeraar"].rijen)

    stappen = die_at_every_step(forkserver, root, take_in, (leveringen["nieuw"], PEILDATUM, root), look)
    assert stappen >= 8
    # The swap is one step: before it the old one, after it the new one, and never back.
    assert gezien == sorted(gezien)
    assert set(gezien) == set(AANTALLEN.values())
    take_in(leveringen["oud"], PEILDATUM, root)
    is_tidy(root, versies=2)


def test_kill_at_every_step_of_going_back_leaves_one_of_the_two_in_use(leveringen, tmp_path, forkserver):
    root = tmp_path / "s"
    take_in(leveringen["oud"], EERDER, root)
    take_in(leveringen["nieuw"], PEILDATUM, root)
    assert die_at_every_step(forkserver, root, manage.go_back, (EERDER, root)) >= 3
    assert store.in_use(root) == store.folder_of(EERDER, root)
    manage.tidy(9, root)
    is_tidy(root, versies=2)


def test_kill_at_every_step_of_removing_leaves_a_whole_snapshot_in_use(leveringen, tmp_path, forkserver):
    root = tmp_path / "s"
    take_in(leveringen["oud"], EERDER, root)
    take_in(leveringen["nieuw"], PEILDATUM, root)

    def look():
        assert manage.is_whole(store.in_use(root))

    assert die_at_every_step(forkserver, root, manage.remove, (PEILDATUM, root), look) >= 3
    assert store.peildata(root) == [EERDER]
    is_tidy(root, versies=1)


def test_kill_at_every_step_of_tidying_leaves_whole_snapshots_only(leveringen, tmp_path, forkserver):
    root = tmp_path / "s"
    take_in(leveringen["nieuw"], PEILDATUM, root)
    take_in(leveringen["oud"], EERDER, root)

    def look():
        assert all(manage.is_whole(store.folder_of(peildatum, root)) for peildatum in store.peildata(root))

    assert die_at_every_step(forkserver, root, manage.tidy, (1, root), look) >= 3
    assert store.peildata(root) == [PEILDATUM]
    is_tidy(root, versies=1)
