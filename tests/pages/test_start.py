"""The publication of the demo: made when a briefing needs one; a real one is never made by a visit."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

import queries
from data.demo import municipality
from data.snapshots import store
from pages import start
from queries.openbaar import publication as openbaar
from queries.openbaar import publish as publication
from tests import towns
from tests.data.conftest import contents_of

_ASK = """
import pathlib, sys, queries
from data.snapshots import store
from pages import start
from tests.towns import with_few_questions
store.SNAPSHOTS, queries.PUBLICATIES = map(pathlib.Path, sys.argv[1:])
with with_few_questions():
    print(start.demo_publication().folder)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with a demo in use, and room for publications."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(towns.demo(), folder / "snapshots", symlinks=True)
    return folder


@pytest.fixture(scope="module")
def folders(root):
    """What two processes that ask at once are given, when nothing is published yet."""
    asked = [sys.executable, "-c", _ASK, str(root / "snapshots"), str(root / "publicaties")]
    how = {"cwd": towns.ROOT, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(asked, env=os.environ | {"PYTHONHASHSEED": seed}, **how) for seed in "78"]
    given = [process.communicate()[0].strip() for process in started]
    assert [process.returncode for process in started] == [0, 0]
    return given


@pytest.fixture
def town(root, monkeypatch):
    """The demo in use, as the dashboard has it."""
    monkeypatch.setattr(store, "SNAPSHOTS", root / "snapshots")
    monkeypatch.setattr(queries, "PUBLICATIES", root / "publicaties")
    monkeypatch.delenv(openbaar.WEERGAVE, raising=False)
    return root


def test_a_publication_of_the_same_snapshot_and_salt_is_the_same_byte_for_byte(root, folders, tmp_path):
    """In another process, with another seed for its hashes."""
    with towns.with_few_questions():
        again = publication.publish(store.in_use(root / "snapshots"), tmp_path)
    assert contents_of(again) == contents_of(Path(folders[0]))


def test_the_demo_is_published_once_also_for_two_who_come_at_once_and_apart_from_what_is_public(town, folders):
    found = start.demo_publication(meanwhile=lambda: pytest.fail("it was made already"))
    assert folders == [str(found.folder)] * 2
    assert (found.demo, found.peildatum) == (True, municipality.PEILDATUM)
    assert found.shown(towns.FEW[0], queries.Selection()).height > 0
    with pytest.raises(queries.NoPublication):
        queries.open_publication()


@pytest.fixture
def other(tmp_path, monkeypatch):
    """Puts another demo in use; gives it, and the folder in which its publication would be made."""
    municipality.publiceer_demo(tmp_path, personen=20)
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path)
    publish, told = mock.Mock(side_effect=publication.PublicationError("genoeg gezien")), mock.MagicMock()
    told.return_value.__exit__.return_value = None
    with monkeypatch.context() as patch, pytest.raises(queries.QueryError):
        patch.setattr(publication, "publish", publish)
        start.demo_publication(told)
    told.return_value.__enter__.assert_called_once()
    return publish.call_args.args


def test_the_public_view_of_a_bare_checkout_has_the_demo_and_that_of_a_deployment_does_not(town, folders, monkeypatch):
    monkeypatch.setenv(openbaar.WEERGAVE, openbaar.OPENBAAR)
    assert str(start.demo_publication().folder) == folders[0]
    monkeypatch.setenv("WI_PUBLICATIES", str(town / "publicaties"))
    assert start.demo_publication() is None and start.demo_publication_beside() is None
    monkeypatch.setattr(store, "SNAPSHOTS", town / "geen")
    start.ensure_snapshot()
    assert not (town / "geen").exists()


def test_after_an_upgrade_the_demo_is_published_again(town, folders, monkeypatch):
    monkeypatch.setattr(start, "_version", lambda: "another")
    publish = mock.Mock(side_effect=publication.PublicationError("genoeg gezien"))
    monkeypatch.setattr(publication, "publish", publish)
    with pytest.raises(queries.QueryError):
        start.demo_publication()
    source, root = publish.call_args.args
    assert source == store.in_use(store.SNAPSHOTS) and not Path(folders[0]).is_relative_to(root)


def test_it_is_made_beside_the_page_which_tells_how_far_it_is(tmp_path, monkeypatch):
    municipality.publiceer_demo(tmp_path / "snapshots", personen=20)
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "snapshots")
    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path / "publicaties")
    told, found = [], None
    while found is None:
        try:
            found = start.demo_publication_beside()
        except start.BeingPublished as making:
            told.append(str(making))
            time.sleep(0.02)
    assert told[0] == start.BEING_PUBLISHED
    assert [line.split(":")[0] for line in dict.fromkeys(told)][1] == "Stap 1 van 2"
    assert found.demo and found.folder == start.demo_publication_beside().folder


def test_what_could_not_be_made_beside_the_page_is_told_and_tried_again(town, tmp_path, monkeypatch):
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path / "bestand")
    for _ in range(2):
        with pytest.raises(queries.QueryError, match="kan niet worden gebruikt"):
            while True:
                try:
                    start.demo_publication_beside()
                except start.BeingPublished:
                    time.sleep(0.02)


def test_a_visit_publishes_no_real_data_nor_without_a_snapshot(town, tmp_path, monkeypatch):
    monkeypatch.setattr(publication, "publish", lambda *_: pytest.fail("something was published"))
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path)
    assert start.demo_publication() is None
    municipality.publiceer_demo(tmp_path, personen=20)
    manifest = store.in_use(tmp_path) / store.MANIFEST
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"herkomst": "levering"}))
    assert start.demo_publication() is None


def test_a_folder_that_cannot_be_written_is_told(town, tmp_path, monkeypatch):
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setattr(queries, "PUBLICATIES", tmp_path / "bestand")
    with pytest.raises(queries.QueryError, match="data/local/publicaties"):
        start.demo_publication()


def test_another_demo_has_a_publication_of_its_own_and_who_waits_too_long_is_told(town, folders, other, monkeypatch):
    monkeypatch.setattr(start, "_PATIENCE", -1)
    source, root = other
    assert source == store.in_use(store.SNAPSHOTS)
    assert not Path(folders[0]).is_relative_to(root)
    with store.exclusive(root), pytest.raises(queries.QueryError, match="worden nog gemaakt"):
        start.demo_publication()
