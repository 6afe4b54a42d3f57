"""Which snapshot is asked: the one in use, made at the first start, picked up when it changes."""

import shutil
from datetime import date
from pathlib import Path

import pytest

import queries
from data.demo import municipality
from data.errors import RefusedError
from data.snapshots import store
from data.snapshots.manifest import FORMAAT, MANIFEST, Manifest
from pages import start
from queries import Selection
from tests import towns
from tests.command import run


@pytest.fixture
def root(tmp_path, monkeypatch):
    """An empty folder of snapshots."""
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "snapshots")
    return tmp_path / "snapshots"


def test_the_first_start_makes_the_demo_and_one_to_compare_with(root):
    assert queries.current_identity() is None
    with pytest.raises(queries.NoSnapshot, match=r"data\.intake"):
        queries.answer("kpi")
    start.ensure_snapshot()
    database = queries.open_database()
    assert database.demo and database.peildatum == municipality.PEILDATUM
    assert queries.previous_database(database).peildatum == date(2022, 11, 30)
    assert queries.previous_database(queries.previous_database(database)) is None


def lost(root, how):
    (root / "CURRENT").unlink()
    if how == "map":
        (root / "CURRENT").mkdir()
    elif how != "weg":
        (root / "CURRENT").write_bytes(how)


def made_real(root):
    """The snapshot in use, as if it were a real one."""
    told = store.in_use(root) / "manifest.json"
    told.write_text(told.read_text(encoding="utf-8").replace('"demo"', '"levering"'), encoding="utf-8")
    return told


@pytest.mark.parametrize(
    ("how", "manifest"),
    [("weg", "levering"), ("map", "kapot"), (b"", "levering"), (b"\xff\xfe", "kapot"), (b"2021-01-31\n", "levering")],
)
def test_where_a_real_snapshot_is_a_lost_current_never_leads_to_the_demo(root, how, manifest):
    municipality.publiceer_demo(root, date(2022, 11, 30), personen=20)
    municipality.publiceer_demo(root, personen=20)
    told = made_real(root)
    if manifest == "kapot":
        told.write_text("{", encoding="utf-8")
    lost(root, how)
    for opening in (start.ensure_snapshot, queries.open_database):
        with pytest.raises(queries.NoSnapshot, match=r"CURRENT ontbreekt of is niet te lezen.*--terug JJJJ-MM-DD"):
            opening()
    with pytest.raises(RefusedError, match="echte snapshot"):
        municipality.publiceer_demo(root, date(2022, 10, 31), personen=20)
    assert run("queries.openbaar").returncode == 2
    assert store.in_use(root) is None
    assert store.peildata(root) == [date(2022, 11, 30), municipality.PEILDATUM]


def test_a_demo_that_is_there_is_left_alone_and_one_whose_current_was_lost_is_made_anew(root):
    municipality.publiceer_demo(root, personen=20)
    before = queries.current_identity()
    start.ensure_snapshot()
    assert queries.current_identity() == before
    lost(root, b"")
    start.ensure_snapshot()
    assert queries.open_database().demo


def test_a_snapshot_that_another_user_keeps_is_not_taken_for_none(root, monkeypatch):
    municipality.publiceer_demo(root, personen=20)
    real = Path.is_file

    def shut(path):
        if path.name == "manifest.json" and ".versies" in path.parts:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "is_file", shut)
    with pytest.raises(queries.NoSnapshot, match="CURRENT"):
        start.ensure_snapshot()


def test_a_new_delivery_of_the_same_day_is_picked_up(root):
    municipality.publiceer_demo(root, personen=20)
    first = queries.open_database()
    municipality.publiceer_demo(root, personen=40)
    second = queries.open_database()
    assert first.identity != second.identity
    counts = [queries.answer("pip_status", Selection(), database)["aantal"].sum() for database in (first, second)]
    assert counts[0] < counts[1]


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    (tmp_path / "bestand").write_text("geen map")
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "bestand" / "snapshots")
    with pytest.raises(queries.NoSnapshot, match="data/local/snapshots"):
        start.ensure_snapshot()


def start_in(folder):
    store.SNAPSHOTS = folder
    start.ensure_snapshot()
    assert queries.open_database().peildatum in (date(2022, 11, 30), date(2022, 12, 31))


def test_two_processes_that_start_together_share_one_demo(tmp_path, forkserver):
    processes = [forkserver.Process(target=start_in, args=(tmp_path / "snapshots",)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]


def test_kept_snapshots_of_the_same_origin_can_be_asked_inside_only(root, monkeypatch):
    days = (date(2022, 10, 31), date(2022, 11, 30), date(2022, 12, 31))
    assert queries.snapshots() == ()
    for day in days:
        municipality.publiceer_demo(root, day, personen=20)
    assert queries.snapshots() == days[::-1]
    with monkeypatch.context() as patch:
        patch.setenv("WI_WEERGAVE", "openbaar")
        assert queries.snapshots() == ()
    assert queries.open_snapshot(days[0]).peildatum == days[0]
    # A delivery takes over from the demo, which is no choice beside it.
    made_real(root)
    assert queries.snapshots() == days[2:]
    with pytest.raises(queries.NoSnapshot, match="31-10-2022"):
        queries.open_snapshot(days[0])


def test_a_snapshot_of_the_first_version_is_read(tmp_path):
    # Its tables were those of now (tests/campaign/test_first_version.py makes all of it anew); its manifest said less.
    shutil.copytree(towns.folder(), tmp_path, dirs_exist_ok=True)
    shutil.copyfile(Path(__file__).with_name("first_version.json"), tmp_path / MANIFEST)
    old = queries.open_database(tmp_path)
    assert (old.peildatum, old.demo, old.manifest.tabellen["pip"].rijen) == (towns.DAY, True, 170)
    assert queries.answer("kpi", database=old).equals(
        queries.answer("kpi", database=queries.open_database(towns.folder()))
    )


def test_a_snapshot_of_a_later_version_says_so_and_what_to_do(tmp_path):
    there = shutil.copytree(towns.folder(), tmp_path / "s")
    Manifest.read(there).model_copy(update={"formaat": FORMAAT + 1}).write(there)
    with pytest.raises(queries.NoSnapshot, match=r"een nieuwere versie .* zet de kopie van voor de overgang terug\.$"):
        queries.open_database(there)
