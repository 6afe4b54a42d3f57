"""What earlier versions made, made anew by their code from git's history: read, or refused with what to do."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import queries
from data.demo import municipality
from data.snapshots import store
from queries.openbaar import publish
from queries.openbaar.publication import FORMAAT, NoPublication, PublicationManifest
from queries.openbaar.rules import REGELS
from tests import towns

FIRST = "2023e84"
# A version that published each earlier format, and how it was told to.
FORMATS = {1: ("74978d7", "data.publication"), 2: ("ada6469", "queries.openbaar")}
DAY = date(2022, 11, 30)
KEYS = ["selectie", "selectie_naam", "stadsdeel", "doelgroep", "leerroute"]


@contextlib.contextmanager
def version(commit: str, there: Path) -> Iterator[Path]:
    """The code of a commit in a folder."""
    made = subprocess.run(
        ["git", "worktree", "add", "--detach", there, commit], cwd=towns.ROOT, capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("the history of the repository is not here")
    try:
        yield there
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", there], cwd=towns.ROOT, check=False)


def run(there: Path, *command: object) -> str:
    how = {"cwd": there, "capture_output": True, "text": True, "check": False}
    done = subprocess.run([sys.executable, *map(str, command)], **how)
    return done.stdout + done.stderr


def test_a_snapshot_of_the_first_version_gives_the_same_answers(tmp_path):
    with version(FIRST, tmp_path / "first") as there:
        run(there, "-m", "data.demo")
        old, new = queries.open_database(there / "data" / "snapshots"), queries.open_database(towns.folder())
        for question in queries.VRAGEN:
            given = queries.answer(question, queries.Selection(), old)
            assert given.equals(queries.answer(question, queries.Selection(), new)), question


@pytest.fixture(params=FORMATS)
def earlier(request, tmp_path):
    """The format that a version published, the snapshot and the folder of publications that it made, and its code."""
    commit, module = FORMATS[request.param]
    with version(commit, tmp_path / commit) as there:
        snapshot, root = tmp_path / "snapshot", tmp_path / "publicaties"
        run(there, "-m", "data.demo", "--naar", snapshot, "--peildatum", DAY)
        told = run(there, "-m", module, "--snapshot", snapshot, "--naar", root)
        assert "Gepubliceerd" in told, told
        assert PublicationManifest.read(store.in_use(root)).formaat == request.param
        yield request.param, snapshot, root, there


def test_a_publication_of_an_earlier_version_is_read_and_weighed_or_told_how_to_make_it_anew(earlier, tmp_path):
    formaat, snapshot, root, there = earlier
    later = tmp_path / "later"
    municipality.maak(later)
    before = counts(root)
    if formaat == 1:
        with pytest.raises(NoPublication, match="Maak een nieuwe"):
            queries.open_publication(root)
        with pytest.raises(publish.PublicationError, match="publiceer die dag opnieuw uit haar eigen snapshot"):
            publish.publish(later, root)
        # As the sentence says; with the same salt every count keeps its rounding.
        (root / str(DAY)).unlink()
        publish.publish(snapshot, root)
        both = before.join(counts(root), on=KEYS, nulls_equal=True)
        assert both.height > 50 and both["aantal"].equals(both["aantal_right"])
    read = queries.open_publication(root)
    assert read.peildatum == DAY and set(REGELS) <= set(read.questions)
    with towns.with_few_questions():
        publish.publish(later, root)
    assert PublicationManifest.read(store.in_use(root)).formaat == FORMAAT
    # And back: the version of before says that it cannot read what this one made.
    opened = f"import pathlib, queries; queries.open_publication(pathlib.Path({str(root)!r}))"
    assert "NoPublication: De publicatie is niet te lezen. Maak een nieuwe" in run(there, "-c", opened)


def counts(root: Path) -> pl.DataFrame:
    return pl.read_parquet(store.in_use(root) / "leerroute_verdeling.parquet")
