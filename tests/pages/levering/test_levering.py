"""The page Levering: for a steward alone, the same intake as the command, and nothing kept of what was refused."""

import io
import json
import re
import tempfile
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

import queries
from data.demo import municipality
from data.intake import draft, steps
from data.snapshots import store
from pages.access import gate, log, roles
from pages.levering import desk, words
from pages.levering.words import TEXTS
from pages.words import formats
from tests.data.conftest import contents_of

DAY, BEFORE = municipality.PEILDATUM, municipality.VORIGE_PEILDATUM
BSN = "123456782"
NOW = datetime.now(UTC)
STEWARD = roles.Visitor("https://id.example", "42", "a@x", ("beheer",), None, NOW, NOW + timedelta(hours=1), "k")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The raw files of a demo, by their name."""
    folder = tmp_path_factory.mktemp("raw") / "levering"
    municipality.maak(folder, personen=150)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def root(snapshots_in_use, tmp_path, monkeypatch):
    """The snapshots, with a demo of a month before in use; the only folder for what is temporary lies beside them."""
    municipality.publiceer_demo(tmp_path / "snapshots", BEFORE, personen=150)
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "snapshots")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv(log.FILE, str(tmp_path / "log" / "gebruik.jsonl"))
    monkeypatch.delenv("WI_SLEUTEL", raising=False)
    st.cache_resource.clear()
    yield tmp_path / "snapshots"
    st.cache_resource.clear()
    assert left(tmp_path) == []


@pytest.fixture
def uploads(monkeypatch):
    """How many of the files that came in are in memory still."""
    managers, real = set(), MemoryUploadedFileManager.add_file
    monkeypatch.setattr(MemoryUploadedFileManager, "add_file", lambda *a, **how: managers.add(a[0]) or real(*a, **how))
    return lambda: sum(len(kept) for each in managers for kept in each.file_storage.values())


@pytest.fixture
def as_steward(root, monkeypatch):
    """Lets somebody in: a steward, or who differs from one in what is given."""

    def enter(**changed):
        monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(gate.INTERN, replace(STEWARD, **changed)))

    enter()
    return enter


def left(tmp_path) -> list[Path]:
    """What lies where the checks are done."""
    return list((tmp_path / "tmp").iterdir())


def acts(tmp_path) -> list[tuple[str, str]]:
    lines = map(json.loads, (tmp_path / "log" / "gebruik.jsonl").read_text().splitlines())
    return [(it["handeling"], it["peildatum"]) for it in lines if "peildatum" in it]


def checked(app, files: dict[str, bytes], day: date | None = DAY):
    """The page after these files were chosen and checked."""
    app.file_uploader[0].set_value([(name, content, "") for name, content in files.items()])
    app.date_input(key="levering_peildatum").set_value(day)
    return app.button(key="levering_controleer").click().run()


def write(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_delivery_is_checked_reported_and_put_in_use_and_an_earlier_one_is_put_back(
    open_page, as_steward, root, files, text_of, tmp_path, uploads
):
    expected = steps.check(write(tmp_path / "hand", files), DAY, root)
    before = store.kept(root)
    app = checked(open_page("levering"), files)
    assert not app.exception and not app.error
    text = text_of(app)
    assert TEXTS["outcome"]["title"].format(day="31 december 2022") in text and TEXTS["desk"]["demo"] in text
    for table in expected.report["tabellen"]:
        name, rows = table["tabel"], formats.count(table["gelezen"])
        assert re.search(rf"<td>{name}</td><td>{name}.parquet</td><td class=.getal.>{rows}<", text)
    # Nothing is taken in yet; of the files only what may be put in use is left, for this user alone.
    assert store.kept(root) == before and uploads() == 0
    (folder,) = left(tmp_path)
    assert {part.name for part in folder.iterdir()} == {"snapshot"} and folder.stat().st_mode & 0o777 == 0o700
    built = {path.name: path.read_bytes() for path in (folder / "snapshot").iterdir() if path.is_file()}
    app.button(key="levering_gebruik").click().run()
    assert [each.value for each in app.success] == [TEXTS["outcome"]["used"].format(day="31 december 2022")]
    assert "Stand 31 december 2022" in text_of(app) and left(tmp_path) == []
    assert queries.open_database().peildatum == DAY and store.peildata(root) == [BEFORE, DAY]
    assert {path.name: path.read_bytes() for path in store.in_use(root).iterdir() if path.is_file()} == built
    app.selectbox(key="levering_terug").set_value(BEFORE)
    app.button(key="levering_terugzetten").click().run()
    assert [each.value for each in app.success] == [f"De snapshot met peildatum {BEFORE} is nu in gebruik."]
    assert store.in_use(root) == store.folder_of(BEFORE, root)
    assert acts(tmp_path) == [("controleren", str(DAY)), ("opnemen", str(DAY)), ("terugzetten", str(BEFORE))]


def test_what_was_found_is_told_by_its_own_names_and_where_it_stands():
    entry = {"aantal": 2, "plaatsen": [{"bestand": "a.csv", "regels": [3, 9]}]}
    table = {"tabel": "pip", "bestand": "a.csv", "kolomnamen": {"leerroute": "Route"}, "extra_kolommen": ["kleur"]}
    table |= {"afgekeurd": [entry | {"reden": "leerroute is leeg"}], "opmerkingen": ["regel 12: een totaalregel"]}
    table |= {"waarschuwingen": [{"waarschuwing": "minder rijen", "aantal": None, "plaatsen": []}]}
    assert words.found({"tabellen": [table]}, desk.named, desk.where).rows() == [
        ("pip", "afgekeurd", "leerroute (kolom Route) is leeg", 2, "regel 3 en 9"),
        ("pip", "let op", "minder rijen", None, ""),
        ("pip", "let op", "regel 12: een totaalregel", None, ""),
        ("pip", TEXTS["dropped"], "kleur", None, ""),
    ]


def with_bsn(files):
    table = pl.read_parquet(io.BytesIO(files["begeleiding.parquet"])).with_columns(opmerking=pl.lit(f"zie {BSN}"))
    table.write_parquet(made := io.BytesIO())
    return files | {"begeleiding.parquet": made.getvalue()}


SAYS = TEXTS["desk"]
TOO_LARGE = SAYS["too_large"].format(most=desk.MOST, together=desk.MOST_TOGETHER)


@pytest.mark.parametrize(
    ("bend", "day", "told"),
    [
        (with_bsn, DAY, "begeleiding.parquet, kolom opmerking, regel 1: hier staat een BSN"),
        (lambda files: {name: files[name] for name in files if name != "pip.parquet"}, DAY, "pip.parquet"),
        (lambda files: files | {"rapport.docx": b"x"}, DAY, "rapport.docx"),
        (lambda files: files | {"levering.toml": b"[pip"}, DAY, "levering.toml"),
        (lambda files: files | {"../pip.parquet": b"x"}, DAY, SAYS["names"]),
        (lambda files: files | {"PIP.parquet": b"x"}, DAY, SAYS["names"]),
        (lambda files: files | {"pip.parquet": bytes(desk.MOST * 2**20 + 1)}, DAY, TOO_LARGE),
        (lambda files: {}, DAY, SAYS["no_files"]),
        (lambda files: files, None, SAYS["no_day"]),
        (lambda files: files, BEFORE, "Controleer de peildatum."),
    ],
    ids=["BSN", "missing", "astray", "no TOML", "a path", "twice", "too large", "no files", "no day", "objections"],
)
def test_what_is_refused_is_told_without_a_value_and_leaves_nothing(
    open_page, as_steward, root, files, tmp_path, uploads, bend, day, told
):
    before = contents_of(root)
    app = checked(open_page("levering"), bend(files), day)
    (error,) = (each.value.replace("\\", "") for each in app.error)
    assert told in error and BSN not in error and str(tmp_path) not in error and not app.exception
    assert app.file_uploader and contents_of(root) == before and left(tmp_path) == []
    # What never got as far as the check may be put right: it is only in the memory of this session.
    assert uploads() == (0 if told not in (*SAYS.values(), TOO_LARGE) else len(bend(files)))


def test_what_was_checked_before_another_delivery_came_is_not_put_in_use(open_page, as_steward, root, files, tmp_path):
    app = checked(open_page("levering"), files)
    municipality.publiceer_demo(root, DAY, personen=20)
    before = contents_of(root)
    app.button(key="levering_gebruik").click().run()
    assert [each.value for each in app.error] == [steps.REFUSED["overtaken"]]
    assert app.file_uploader and contents_of(root) == before


def test_a_check_is_thrown_away_by_its_button_the_end_of_the_session_and_an_hour(
    open_page, as_steward, root, files, tmp_path, monkeypatch
):
    app = checked(open_page("levering"), files)
    app.button(key="levering_weg").click().run()
    assert app.file_uploader and left(tmp_path) == []
    app = checked(app, files)
    assert left(tmp_path)
    st.cache_resource.clear()
    assert left(tmp_path) == [] and app.run().file_uploader
    assert [each.value for each in app.error] == [SAYS["gone"]]
    monkeypatch.setattr(desk, "KEPT", 0.01)
    here = desk.Desk()
    here.begin(files.items(), DAY, False)
    for hour in [each for each in threading.enumerate() if isinstance(each, threading.Timer)]:
        hour.join(timeout=60)
    assert not here.busy and here.report is None


def test_a_server_that_starts_removes_what_one_that_was_killed_left_and_nothing_else(root, files, tmp_path):
    here = desk.Desk()
    here.begin(files.items(), DAY, False)
    (mine,) = left(tmp_path)
    killed = tmp_path / "tmp" / mine.name.replace(mine.name[-2:], "__")
    write(killed, {"pip.parquet": b"x"})
    desk.sweep()
    assert left(tmp_path) == [mine]
    here.leave()


def test_a_draft_is_made_of_the_names_in_the_files(open_page, as_steward, files, tmp_path):
    app = open_page("levering")
    app.file_uploader[0].set_value([("Plannen.csv", b"Dagtekening PIP;Route\npersoon-1;B\n", "")])
    app.button(key="levering_ontwerp").click().run()
    assert [each.value for each in app.error] == [
        draft.SAYS["nothing"].format(map=SAYS["folder"]).strip()
    ] and not app.code
    table = pl.read_parquet(io.BytesIO(files["pip.parquet"])).rename({"leerroute": "Gekozen leerroute"})
    app.file_uploader[0].set_value([("Plannen.csv", table.write_csv().encode(), ""), ("levering.toml", b"", "")])
    app.button(key="levering_ontwerp").click().run()
    assert 'leerroute = "Gekozen leerroute"' in app.code[0].value
    assert table["inburgeraar_id"][0] not in app.code[0].value


@pytest.mark.parametrize("who", [{"rollen": ("beleid", "management")}, {"grens": ("Meerwijk",)}, {"grens": ()}, None])
def test_for_anybody_else_there_is_no_such_page(open_page, as_steward, text_of, monkeypatch, who):
    as_steward(**who or {})
    if who is None:
        monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(gate.INTERN))
    app = open_page("levering")
    assert TEXTS["not_for_you"].strip() in text_of(app)
    assert not app.file_uploader and "<table" not in text_of(app) and not app.exception


def test_the_public_view_has_no_such_page_for_a_steward_either(open_public_page, text_of):
    app = open_public_page("levering")
    assert TEXTS["not_for_you"].strip() in text_of(app) and not app.file_uploader and not app.main.button


def test_a_steward_of_every_area_may_deliver_and_is_told_what_the_server_lacks(
    open_page, as_steward, text_of, monkeypatch
):
    as_steward(grens=queries.open_database().alle_wijkteams)
    app = open_page("levering")
    assert app.file_uploader and [each.value for each in app.info] == [TEXTS["no_key"].strip()]
    monkeypatch.setenv("WI_SLEUTEL", "0123456789abcdefghijklmnopqrstuvwxyz")
    assert not app.run().info
    monkeypatch.setattr(desk, "may_write", lambda: False)
    app.run()
    assert [each.value for each in app.warning] == [TEXTS["closed"].strip()] and not app.file_uploader
