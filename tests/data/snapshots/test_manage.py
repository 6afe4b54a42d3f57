"""Keeping snapshots: going back to an earlier one, and clearing away old ones but never the one in use."""

import datetime as dt
import io
import os
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from data.demo import municipality
from data.intake import __main__ as intake
from data.snapshots import manage, store
from tests.data.conftest import contents_of, take_in, write_delivery

DAGEN = [dt.date(2022, maand, 1) for maand in (9, 10, 11, 12)]
GEBRUIK = "De opdracht klopt niet. Gebruik:\npython -m data.intake DIR --peildatum"
GEEN_DATUM = "de peildatum is geen datum in de vorm JJJJ-MM-DD."


@pytest.fixture(scope="module")
def vier(tmp_path_factory) -> Path:
    """Four snapshots, the last one in use; only to be copied."""
    plek = tmp_path_factory.mktemp("vier")
    levering = write_delivery(plek / "levering")
    for dag in DAGEN:
        take_in(levering, dag, plek / "s")
    return plek / "s"


@pytest.fixture
def root(vier, tmp_path) -> Path:
    return shutil.copytree(vier, tmp_path / "s", symlinks=True)


def is_in_use(root: Path, dag: dt.date | None, blijven: list[dt.date]) -> None:
    """What is kept, which of it is in use, and that nothing else stands there."""
    assert store.in_use(root) == (dag and store.folder_of(dag, root))
    assert store.peildata(root) == blijven
    assert sorted(pad.name for pad in root.iterdir()) == [".versies", *map(str, blijven), "CURRENT"]
    assert len(list((root / ".versies").iterdir())) == len(blijven)


def test_new_delivery_takes_over_from_an_earlier_snapshot_that_was_put_in_use_again(root, make_delivery):
    manage.go_back(DAGEN[0], root)
    assert take_in(make_delivery("later"), DAGEN[1], root).map == store.in_use(root)


SEP, NOV, DEC = DAGEN[0], DAGEN[2], DAGEN[3]
ORDERS = [(4, DEC, DAGEN), (9, DEC, DAGEN), (2, DEC, [NOV, DEC]), (1, DEC, [DEC]), (1, SEP, [SEP, DEC])]


@pytest.mark.parametrize(
    ("days", "in_use", "kept"), [(91, DEC, DAGEN), (90, DEC, DAGEN[1:]), (5, DEC, [DEC]), (5, SEP, [SEP, DEC])]
)
def test_forgetting_removes_what_is_older_but_not_the_one_in_use(root, monkeypatch, days, in_use, kept):
    monkeypatch.setattr(manage, "datetime", Mock(now=lambda _: dt.datetime(2022, 12, 1, tzinfo=dt.UTC)))
    manage.go_back(in_use, root)
    # 1 September is 91 days ago.
    assert intake.main(["--vergeet-leveringen", str(days), "--naar", str(root)]) == 0
    is_in_use(root, in_use, kept)


@pytest.mark.parametrize(
    ("bewaar", "in_gebruik", "blijven"), [*ORDERS, (2, SEP, [SEP, NOV, DEC]), (2, NOV, [NOV, DEC])]
)
def test_tidying_keeps_the_newest_and_the_one_in_use(root, bewaar, in_gebruik, blijven):
    manage.go_back(in_gebruik, root)
    manage.tidy(bewaar, root)
    is_in_use(root, in_gebruik, blijven)


def test_what_is_done_is_told(root, capsys):
    removals = [["--verwijder", f"2022-{maand}-01", "--ja"] for maand in (12, 10, 11)]
    back = [["--terug", "2022-10-01"], ["--terug=2022-12-01"]]
    for opdracht in (*back, ["--ruim-op", "3"], ["--ruim-op", "3"], *removals):
        assert intake.main([*opdracht, "--naar", str(root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "De snapshot met peildatum 2022-10-01 is nu in gebruik.",
        "De snapshot met peildatum 2022-12-01 is nu in gebruik.",
        "Opgeruimd: 1 snapshot (2022-09-01). Bewaard zijn 2022-10-01, 2022-11-01 en 2022-12-01.",
        "Er is niets opgeruimd. Bewaard zijn 2022-10-01, 2022-11-01 en 2022-12-01.",
        "De snapshot met peildatum 2022-12-01 is verwijderd. In gebruik is die met peildatum 2022-11-01.",
        "De snapshot met peildatum 2022-10-01 is verwijderd. In gebruik is die met peildatum 2022-11-01.",
        "De snapshot met peildatum 2022-11-01 is verwijderd. Er is er nu geen in gebruik.",
    ]
    assert store.in_use(root) is None


def test_removing_asks_first(root, capsys, monkeypatch):
    voor = contents_of(root)
    for antwoord in ("nee\n", "\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(antwoord))
        assert intake.main(["--verwijder", "2022-12-01", "--naar", str(root)]) == 2
        gezegd = capsys.readouterr()
        assert gezegd.out.startswith("De snapshot met peildatum 2022-12-01 wordt verwijderd")
        assert gezegd.err == "Geweigerd: er is niets verwijderd. Zonder vraag verwijderen kan met --ja.\n"
        assert contents_of(root) == voor
    monkeypatch.setattr("sys.stdin", io.StringIO("Ja\n"))
    assert intake.main(["--verwijder", "2022-12-01", "--naar", str(root)]) == 0
    assert store.peildata(root) == DAGEN[:3]


def test_removing_puts_the_newest_whole_one_in_use_and_removes_a_damaged_one(root):
    (store.folder_of(DAGEN[2], root) / "pip.parquet").unlink()
    manage.remove(DAGEN[3], root)
    is_in_use(root, DAGEN[1], DAGEN[:3])
    manage.remove(DAGEN[2], root)
    for dag in DAGEN[:2]:
        (store.folder_of(dag, root) / "pip.parquet").unlink()
    with pytest.raises(store.SnapshotError, match="Wat overblijft, is beschadigd"):
        manage.remove(DAGEN[1], root)
    is_in_use(root, DAGEN[1], DAGEN[:2])


@pytest.fixture
def met_demo(tmp_path, make_delivery) -> Path:
    """A newer demo, then an older real delivery that took over from it."""
    municipality.publiceer_demo(tmp_path / "s", DAGEN[3], personen=20)
    for dag in DAGEN[1:3]:
        take_in(make_delivery(str(dag)), dag, tmp_path / "s")
    return tmp_path / "s"


def test_demo_comes_after_any_real_snapshot_when_one_is_removed_and_goes_before_it_when_tidying(met_demo):
    manage.remove(DAGEN[2], met_demo)
    is_in_use(met_demo, DAGEN[1], [DAGEN[1], DAGEN[3]])
    kopie = shutil.copytree(met_demo, met_demo.with_name("kopie"), symlinks=True)
    manage.tidy(1, kopie)
    is_in_use(kopie, DAGEN[1], DAGEN[1:2])
    manage.remove(DAGEN[1], met_demo)
    is_in_use(met_demo, DAGEN[3], DAGEN[3:])


def test_demo_never_takes_the_place_of_a_real_snapshot_that_is_kept_damaged_or_not(met_demo):
    echt = store.in_use(met_demo)
    (store.folder_of(DAGEN[1], met_demo) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(store.SnapshotError, match="Wat overblijft, is beschadigd"):
        manage.remove(DAGEN[2], met_demo)
    assert store.in_use(met_demo) == echt
    for in_gebruik in (echt, None):
        with pytest.raises(store.SnapshotError, match="demogegevens"):
            manage.go_back(DAGEN[3], met_demo)
        assert store.in_use(met_demo) == in_gebruik
        (met_demo / "CURRENT").unlink(missing_ok=True)


NOT_KEPT = "Er is geen snapshot met peildatum 2022-08-01. Bewaard zijn 2022-09-01, 2022-10-01"
IN_TWO_DAYS = str(dt.date.today() + dt.timedelta(2))


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        *((opdracht, NOT_KEPT) for opdracht in ("--terug 2022-08-01", "--verwijder 2022-08-01 --ja")),
        *(
            (f"--terug 2022-10-01 {bij}", GEBRUIK)
            for bij in ("--ja", "--toch", "--ruim-op 2", "--peildatum 2022-10-01")
        ),
        *((wat, GEBRUIK) for wat in ("", "--verwijder --ja", "--ruim-op", "map --terug 2022-10-01", "geen-map")),
        # An option is not abbreviated.
        *((f"geen-map {opties}", GEBRUIK) for opties in ("--peildatum 2022-12-31 --onzin", "--peil 2022-12-31")),
        *((f"--ruim-op {hoeveel}", "een getal van 1 of hoger") for hoeveel in ("0", "-1", "veel", "9" * 30)),
        ("--terug 01-10-2022", GEEN_DATUM),
        *((f"x --peildatum {dag}", GEEN_DATUM) for dag in ("31-12-2022", "2022-12-32", "20221231", "2022-1-3")),
        ("geen-map --peildatum 2022-12-31", "De map geen-map bestaat niet."),
        (f"geen-map --peildatum {IN_TWO_DAYS}", "ligt in de toekomst"),
        ("geen-map --peildatum 0202-12-31", "De peildatum 0202-12-31 ligt voor 19"),
    ],
)
def test_wrong_command_is_refused_in_dutch_and_changes_nothing(root, capsys, opdracht, tekst):
    voor = contents_of(root)
    assert intake.main([*opdracht.split(), "--naar", str(root)]) == 2
    fout = capsys.readouterr().err
    assert fout.startswith(f"Geweigerd: {tekst}" if tekst in (GEBRUIK, GEEN_DATUM) else "Geweigerd: ")
    assert tekst in fout
    assert contents_of(root) == voor


def test_folder_without_snapshots_is_told_and_not_made(tmp_path, capsys):
    for opdracht in ("--terug 2022-10-01", "--verwijder 2022-10-01 --ja", "--ruim-op 1"):
        assert intake.main([*opdracht.split(), "--naar", str(tmp_path / "niets")]) == 2
        assert "staan geen snapshots" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


DAMAGES = {
    "lost rows": lambda map_: shutil.copy(map_ / "afgekeurd" / "pip.parquet", map_ / "pip.parquet"),
    "no table": lambda map_: (map_ / "pip.parquet").unlink(),
    "half a table": lambda map_: os.truncate(map_ / "pip.parquet", 50),
    "no manifest": lambda map_: os.truncate(map_ / "manifest.json", 1),
}


@pytest.mark.parametrize("schade", DAMAGES.values(), ids=DAMAGES)
def test_damaged_snapshot_is_not_put_in_use(root, schade):
    schade(store.folder_of(DAGEN[0], root))
    with pytest.raises(store.SnapshotError, match="beschadigd"):
        manage.go_back(DAGEN[0], root)
    assert store.in_use(root) == store.folder_of(DAGEN[3], root)


def test_without_one_in_use_or_during_an_intake_nothing_is_cleared_away(root):
    with store.exclusive(root):
        for opdracht, wat in ((manage.go_back, DAGEN[0]), (manage.tidy, 1), (manage.remove, DAGEN[0])):
            with pytest.raises(store.InUseElsewhereError, match="Er loopt al een inname"):
                opdracht(wat, root)
    (root / "CURRENT").unlink()
    with pytest.raises(store.SnapshotError, match="niets opgeruimd"):
        manage.tidy(1, root)
    assert store.peildata(root) == DAGEN


def test_full_disk_is_told_and_leaves_the_snapshot_in_use(root, monkeypatch):
    voor = contents_of(root)
    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError(28, "No space left on device")))
    with pytest.raises(store.SnapshotError, match="de schijf is vol"):
        manage.go_back(DAGEN[0], root)
    assert contents_of(root) == voor


def test_ordinary_folder_with_the_name_of_a_day_is_kept_and_not_counted(root):
    eigen = root / "2023-01-01"
    eigen.mkdir()
    (eigen / "manifest.json").write_text('{"peildatum": "2023-01-01", "herkomst": "levering"}', encoding="utf-8")
    manage.tidy(1, root)
    assert eigen.is_dir()
    assert store.peildata(root) == [DAGEN[3], dt.date(2023, 1, 1)]
    assert store.in_use(root) == store.folder_of(DAGEN[3], root)


def test_rows_that_were_kept_aside_are_forgotten_after_their_time_and_nothing_else(root, monkeypatch):
    def aside():
        return sorted(
            str(file.relative_to(root)) for part in manage.ASIDE for file in root.glob(f".versies/*/{part}/*")
        )

    before, others = aside(), set(contents_of(root)) - set(aside())
    assert manage.forget_rows(30, root).endswith("van 0 leveringen die meer dan 30 dagen geleden zijn opgenomen.")
    assert aside() == before != []
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=31)
    monkeypatch.setattr(manage, "datetime", Mock(now=lambda _: later))
    assert "van 4 leveringen" in manage.forget_rows(30, root)
    assert aside() == [] and set(contents_of(root)) == others
    assert all(manage.is_whole(store.folder_of(day, root)) for day in DAGEN)
