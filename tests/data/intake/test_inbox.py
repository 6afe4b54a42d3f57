"""The inbox of a night: what is complete is taken in and removed, what is refused stays and is told of."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.demo import example
from data.intake import __main__ as intake
from data.intake import inbox
from data.snapshots import store
from tests import towns


@pytest.fixture(scope="module")
def delivery(tmp_path_factory):
    """The example delivery of the demo; only to be copied."""
    folder = tmp_path_factory.mktemp("example") / "levering"
    example.schrijf(folder)
    return folder


def lay(delivery, box, day, ready=True):
    folder = shutil.copytree(delivery, box / day)
    if ready:
        (folder / inbox.READY).touch()
    return folder


def test_only_what_is_complete_is_taken_in_and_then_nothing_of_it_is_left(delivery, tmp_path, capsys):
    box, root = tmp_path / "inbox", tmp_path / "s"
    day = towns.DAY.isoformat()
    unfinished, other = lay(delivery, box, "2022-11-30", ready=False), lay(delivery, box, "notities")
    done = lay(delivery, box, day)
    command = ["--inbox", str(box), "--naar", str(root)]
    assert intake.main(command) in (0, 1)
    assert not done.exists() and unfinished.exists() and other.exists()
    assert store.peildata(root) == [towns.DAY] and store.in_use(root)
    assert (box / f"{day}.txt").read_text().strip() and day in capsys.readouterr().out
    assert intake.main(command) == 0
    assert "niets klaar" in capsys.readouterr().out


def test_what_is_refused_stays_until_the_steward_says_again_that_it_is_complete(delivery, tmp_path, capsys):
    box, root = tmp_path / "inbox", tmp_path / "s"
    wrong, right = lay(delivery, box, "2023-01-31"), lay(delivery, box, towns.DAY.isoformat())
    (wrong / "vreemd.csv").write_text("a;b\n1;2\n")
    command = ["--inbox", str(box), "--naar", str(root)]
    assert intake.main(command) == 2
    assert (box / "2023-01-31.txt").read_text().startswith("Geweigerd: ")
    # The other was taken in all the same.
    assert not right.exists() and store.peildata(root) == [towns.DAY]
    assert (wrong / "vreemd.csv").exists() and intake.main(command) == 0
    (wrong / "vreemd.csv").unlink()
    (wrong / inbox.READY).touch()
    assert intake.main(command) in (0, 1) and date(2023, 1, 31) in store.peildata(root)


def test_a_folder_that_may_not_be_emptied_keeps_no_other_from_being_taken_in(delivery, tmp_path, monkeypatch):
    box, root, unlink = tmp_path / "inbox", tmp_path / "s", Path.unlink
    shut, _ = lay(delivery, box, "2022-11-30"), lay(delivery, box, towns.DAY.isoformat())

    def refuse(path, **how):
        if path == shut / inbox.READY:
            raise PermissionError
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", refuse)
    assert intake.main(["--inbox", str(box), "--naar", str(root)]) == 2
    assert "mag in deze map niet schrijven" in (box / "2022-11-30.txt").read_text()
    assert store.peildata(root) == [towns.DAY]


def test_while_another_intake_runs_the_inbox_waits(delivery, tmp_path, capsys):
    box, root = tmp_path / "inbox", tmp_path / "s"
    folder = lay(delivery, box, towns.DAY.isoformat())
    with store.exclusive(root):
        assert intake.main(["--inbox", str(box), "--naar", str(root)]) == 2
    assert (folder / inbox.READY).exists() and "loopt al een inname" in capsys.readouterr().err


def test_an_inbox_that_is_not_there_is_told(tmp_path, capsys):
    assert intake.main(["--inbox", str(tmp_path / "weg"), "--naar", str(tmp_path / "s")]) == 2
    assert "kan niet worden gelezen" in capsys.readouterr().err
