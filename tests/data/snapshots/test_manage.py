"""Keeping snapshots: going back to an earlier one, and clearing away old ones but never the one in use."""

import datetime as dt
import io
import os
import shutil

import pytest

from data.demo import municipality
from data.intake import __main__ as intake
from data.snapshots import manage, store
from tests.data.conftest import contents_of, take_in, write_delivery

DAGEN = [dt.date(2022, maand, 1) for maand in (9, 10, 11, 12)]


@pytest.fixture(scope="module")
def vier(tmp_path_factory):
    """Four snapshots, the last one in use; only to be copied."""
    plek = tmp_path_factory.mktemp("vier")
    levering = write_delivery(plek / "levering")
    for dag in DAGEN:
        take_in(levering, dag, plek / "s")
    return plek / "s"


@pytest.fixture
def root(vier, tmp_path):
    return shutil.copytree(vier, tmp_path / "s", symlinks=True)


def test_going_back_puts_an_earlier_snapshot_in_use_and_keeps_the_others(root, capsys):
    assert intake.main(["--terug", "2022-10-01", "--naar", str(root)]) == 0
    assert capsys.readouterr().out == "De snapshot met peildatum 2022-10-01 is nu in gebruik.\n"
    assert store.in_use(root) == store.folder_of(DAGEN[1], root)
    assert store.peildata(root) == DAGEN
    assert intake.main(["--terug=2022-12-01", "--naar", str(root)]) == 0
    assert store.in_use(root) == store.folder_of(DAGEN[3], root)


def test_new_delivery_takes_over_after_going_back(root, make_delivery):
    manage.go_back(DAGEN[0], root)
    uitslag = take_in(make_delivery("later"), DAGEN[1], root)
    assert uitslag.in_gebruik
    assert store.in_use(root) == uitslag.map


@pytest.mark.parametrize(
    ("bewaar", "in_gebruik", "blijven"),
    [
        (4, 3, DAGEN),
        (9, 3, DAGEN),
        (2, 3, DAGEN[2:]),
        (1, 3, DAGEN[3:]),
        (1, 0, [DAGEN[0], DAGEN[3]]),
        (2, 0, [DAGEN[0], *DAGEN[2:]]),
        (2, 2, DAGEN[2:]),
    ],
)
def test_tidying_keeps_the_newest_and_the_one_in_use(root, bewaar, in_gebruik, blijven):
    manage.go_back(DAGEN[in_gebruik], root)
    weg = manage.tidy(bewaar, root)
    assert weg == [dag for dag in DAGEN if dag not in blijven]
    assert store.peildata(root) == blijven
    assert store.in_use(root) == store.folder_of(DAGEN[in_gebruik], root)
    assert len(list((root / ".versies").iterdir())) == len(blijven)
    assert sorted(pad.name for pad in root.iterdir()) == [".versies", *map(str, blijven), "CURRENT"]


def test_tidying_says_what_went_and_what_is_kept(root, capsys):
    assert intake.main(["--ruim-op", "2", "--naar", str(root)]) == 0
    assert intake.main(["--ruim-op", "2", "--naar", str(root)]) == 0
    assert intake.main(["--ruim-op", "1", "--naar", str(root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Opgeruimd: 2 snapshots (2022-09-01, 2022-10-01). Bewaard zijn 2022-11-01 en 2022-12-01.",
        "Er is niets opgeruimd. Bewaard zijn 2022-11-01 en 2022-12-01.",
        "Opgeruimd: 1 snapshot (2022-11-01). Bewaard is alleen 2022-12-01.",
    ]


def test_removing_the_snapshot_in_use_puts_the_newest_that_remains_in_use(root, capsys):
    assert intake.main(["--verwijder", "2022-12-01", "--ja", "--naar", str(root)]) == 0
    assert intake.main(["--verwijder", "2022-09-01", "--ja", "--naar", str(root)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "De snapshot met peildatum 2022-12-01 is verwijderd. In gebruik is die met peildatum 2022-11-01.",
        "De snapshot met peildatum 2022-09-01 is verwijderd. In gebruik is die met peildatum 2022-11-01.",
    ]
    assert store.peildata(root) == DAGEN[1:3]
    assert store.in_use(root) == store.folder_of(DAGEN[2], root)
    assert sorted(pad.name for pad in root.iterdir()) == [".versies", *map(str, DAGEN[1:3]), "CURRENT"]
    assert len(list((root / ".versies").iterdir())) == 2


def test_removing_another_leaves_the_one_that_the_steward_put_in_use(root):
    manage.go_back(DAGEN[0], root)
    assert manage.remove(DAGEN[3], root) == store.folder_of(DAGEN[0], root)


def test_removing_asks_first(root, capsys, monkeypatch):
    voor = contents_of(root)
    for antwoord in ("nee", "", None):
        monkeypatch.setattr("sys.stdin", io.StringIO("" if antwoord is None else f"{antwoord}\n"))
        assert intake.main(["--verwijder", "2022-12-01", "--naar", str(root)]) == 2
        gezegd = capsys.readouterr()
        assert gezegd.out.startswith("De snapshot met peildatum 2022-12-01 wordt verwijderd")
        assert gezegd.err == "Geweigerd: er is niets verwijderd. Zonder vraag verwijderen kan met --ja.\n"
        assert contents_of(root) == voor
    monkeypatch.setattr("sys.stdin", io.StringIO("Ja\n"))
    assert intake.main(["--verwijder", "2022-12-01", "--naar", str(root)]) == 0
    assert store.peildata(root) == DAGEN[:3]


def test_removing_the_last_leaves_none_in_use_and_a_delivery_starts_anew(root, capsys, make_delivery):
    for dag in DAGEN:
        assert intake.main(["--verwijder", str(dag), "--ja", "--naar", str(root)]) == 0
    assert capsys.readouterr().out.endswith("verwijderd. Er is er nu geen in gebruik.\n")
    assert store.in_use(root) is None
    assert take_in(make_delivery("weer"), DAGEN[0], root).in_gebruik


def test_removing_passes_over_damaged_ones_and_removes_a_damaged_one(root):
    (store.folder_of(DAGEN[2], root) / "pip.parquet").unlink()
    assert manage.remove(DAGEN[3], root) == store.folder_of(DAGEN[1], root)
    assert manage.remove(DAGEN[2], root) == store.folder_of(DAGEN[1], root)
    for dag in DAGEN[:2]:
        (store.folder_of(dag, root) / "pip.parquet").unlink()
    with pytest.raises(manage.BeheerError, match="Wat overblijft, is beschadigd"):
        manage.remove(DAGEN[1], root)
    assert store.peildata(root) == DAGEN[:2]


@pytest.fixture
def met_demo(tmp_path, make_delivery):
    """A newer demo, then an older real delivery that took over from it."""
    municipality.publiceer_demo(tmp_path / "s", DAGEN[3], personen=20)
    for dag in DAGEN[1:3]:
        take_in(make_delivery(str(dag)), dag, tmp_path / "s")
    return tmp_path / "s"


def test_demo_counts_as_older_than_any_real_snapshot_when_tidying(met_demo):
    assert manage.tidy(2, met_demo) == [DAGEN[3]]
    assert store.peildata(met_demo) == DAGEN[1:3]


def test_real_snapshot_goes_before_newer_demo_when_one_is_removed(met_demo):
    assert manage.remove(DAGEN[2], met_demo) == store.folder_of(DAGEN[1], met_demo)
    assert manage.remove(DAGEN[1], met_demo) == store.folder_of(DAGEN[3], met_demo)


def test_demo_never_takes_the_place_of_a_real_snapshot_by_going_back(met_demo):
    with pytest.raises(manage.BeheerError, match="demogegevens"):
        manage.go_back(DAGEN[3], met_demo)
    assert store.in_use(met_demo) == store.folder_of(DAGEN[2], met_demo)


def test_demo_is_not_gone_back_to_when_nobody_knows_which_real_one_was_in_use(met_demo):
    (met_demo / "CURRENT").unlink()
    with pytest.raises(manage.BeheerError, match="demogegevens"):
        manage.go_back(DAGEN[3], met_demo)
    manage.go_back(DAGEN[1], met_demo)
    assert store.in_use(met_demo) == store.folder_of(DAGEN[1], met_demo)


def test_demo_does_not_take_the_place_of_a_removed_one_while_a_damaged_real_one_is_kept(met_demo):
    (store.folder_of(DAGEN[1], met_demo) / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(manage.BeheerError, match="Wat overblijft, is beschadigd"):
        manage.remove(DAGEN[2], met_demo)
    assert store.in_use(met_demo) == store.folder_of(DAGEN[2], met_demo)


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (
            ["--terug", "2022-08-01"],
            "Er is geen snapshot met peildatum 2022-08-01. Bewaard zijn 2022-09-01, 2022-10-01",
        ),
        (
            ["--verwijder", "2022-08-01", "--ja"],
            "Er is geen snapshot met peildatum 2022-08-01. Bewaard zijn 2022-09-01, 2022-10-01",
        ),
        (["--verwijder", "--ja"], "Gebruik:\n"),
        (["--terug", "2022-10-01", "--ja"], "Gebruik:\n"),
        (["--terug", "2022-10-01", "--toch"], "Gebruik:\n"),
        (["--terug", "01-10-2022"], "de peildatum is geen datum in de vorm JJJJ-MM-DD."),
        (["--terug", "20221001"], "de peildatum is geen datum in de vorm JJJJ-MM-DD."),
        (["--ruim-op", "0"], "een getal van 1 of hoger"),
        (["--ruim-op", "-1"], "een getal van 1 of hoger"),
        (["--ruim-op", "veel"], "een getal van 1 of hoger"),
        (["--ruim-op", "9" * 30], "een getal van 1 of hoger"),
        (["--ruim-op"], "Gebruik:\n"),
        (["--terug", "2022-10-01", "--ruim-op", "2"], "Gebruik:\n"),
        (["map", "--terug", "2022-10-01"], "Gebruik:\n"),
        (["--terug", "2022-10-01", "--peildatum", "2022-10-01"], "Gebruik:\n"),
    ],
)
def test_wrong_command_is_refused_in_dutch_and_changes_nothing(root, capsys, argumenten, tekst):
    voor = contents_of(root)
    assert intake.main([*argumenten, "--naar", str(root)]) == 2
    fout = capsys.readouterr().err
    assert fout.startswith("Geweigerd: ")
    assert tekst in fout
    assert contents_of(root) == voor


def test_folder_without_snapshots_is_told_and_not_made(tmp_path, capsys):
    for opdracht in (["--terug", "2022-10-01"], ["--verwijder", "2022-10-01", "--ja"], ["--ruim-op", "1"]):
        assert intake.main([*opdracht, "--naar", str(tmp_path / "niets")]) == 2
        assert "staan geen snapshots" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("schade", ["tabel weg", "tabel afgekapt", "manifest kapot", "rijen kwijt"])
def test_damaged_snapshot_is_not_put_in_use(root, schade):
    map_ = store.folder_of(DAGEN[0], root)
    pip = map_ / "pip.parquet"
    if schade == "tabel weg":
        pip.unlink()
    elif schade == "tabel afgekapt":
        pip.write_bytes(pip.read_bytes()[:50])
    elif schade == "manifest kapot":
        (map_ / "manifest.json").write_text("{", encoding="utf-8")
    else:
        pip.write_bytes((map_ / "afgekeurd" / "pip.parquet").read_bytes())
    with pytest.raises(manage.BeheerError, match="beschadigd"):
        manage.go_back(DAGEN[0], root)
    assert store.in_use(root) == store.folder_of(DAGEN[3], root)


def test_without_one_in_use_nothing_is_cleared_away(root):
    (root / "CURRENT").unlink()
    with pytest.raises(manage.BeheerError, match="niets opgeruimd"):
        manage.tidy(1, root)
    assert store.peildata(root) == DAGEN


def test_during_an_intake_both_are_refused(root):
    with store.exclusive(root):
        for opdracht in (lambda: manage.go_back(DAGEN[0], root), lambda: manage.tidy(1, root)):
            with pytest.raises(manage.BeheerError, match="Er loopt al een inname"):
                opdracht()


def test_full_disk_is_told_and_leaves_the_snapshot_in_use(root, monkeypatch):
    voor = contents_of(root)

    def vol(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", vol)
    with pytest.raises(manage.BeheerError, match="de schijf is vol"):
        manage.go_back(DAGEN[0], root)
    monkeypatch.undo()
    assert contents_of(root) == voor


def test_ordinary_folder_with_the_name_of_a_day_is_kept_and_not_counted(root):
    eigen = root / "2023-01-01"
    eigen.mkdir()
    (eigen / "manifest.json").write_text('{"peildatum": "2023-01-01", "herkomst": "levering"}', encoding="utf-8")
    assert manage.tidy(1, root) == DAGEN[:3]
    assert eigen.is_dir()
    assert store.in_use(root) == store.folder_of(DAGEN[3], root)
