"""What is derived from a large snapshot is kept beside it; the answers are those of a small one."""

import shutil
import stat
from pathlib import Path
from unittest import mock

import duckdb
import pytest

import queries
from data.snapshots import store
from queries import database
from queries.database import Database
from tests import towns


@pytest.fixture
def small():
    """The same snapshot as it is."""
    return queries.open_database(store.in_use(towns.demo()))


@pytest.fixture
def folder(small, tmp_path, monkeypatch):
    """A snapshot that counts as large."""
    monkeypatch.setattr(database, "LARGE", 0)
    return shutil.copytree(store.in_use(towns.demo()), tmp_path / "snapshot")


def kept(folder):
    return [path.name for path in folder.iterdir() if "afgeleid" in path.name]


def test_the_answers_are_those_of_a_small_snapshot(folder, small):
    first, later = Database(folder), Database(folder)
    assert len(kept(folder)) == 1
    assert stat.S_IMODE((folder / kept(folder)[0]).stat().st_mode) == 0o600
    chosen = queries.Selection(stadsdelen=("Noord", "Schalkwijk"))
    for name in queries.VRAGEN:
        assert all(
            queries.answer(name, chosen, each).equals(queries.answer(name, chosen, small)) for each in (first, later)
        )
        limited = [queries.answer(name, database=each.limited(["Meerwijk"])) for each in (small, later)]
        assert limited[0].equals(limited[1])


def test_it_is_made_once_and_again_when_the_model_is_another(folder, monkeypatch):
    Database(folder)
    (first,) = kept(folder)
    made = []
    monkeypatch.setattr(Database, "_make", lambda self, *given, make=Database._make: made.append(make(self, *given)))
    Database(folder)
    assert not made
    monkeypatch.setattr(database, "INDICATOREN", dict(reversed(database.INDICATOREN.items())))
    Database(folder)
    (other,) = kept(folder)
    assert len(made) == 1 and other != first


def test_it_is_as_locked_as_a_small_one(folder):
    with pytest.raises(duckdb.Error):
        Database(folder).ask("select * from read_csv('/etc/passwd')", queries.Selection())
    with pytest.raises(duckdb.Error):
        Database(folder).ask("delete from persoon", queries.Selection())


def test_a_folder_that_cannot_be_written_is_read_in_memory(folder, monkeypatch):
    monkeypatch.setattr(Path, "replace", mock.Mock(side_effect=PermissionError))
    assert queries.answer("kpi", database=Database(folder)).height == len(queries.INDICATOREN)
    assert not kept(folder)
