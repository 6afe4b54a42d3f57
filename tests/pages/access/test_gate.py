"""Who sees which view: fails closed, at every question and on every way to a figure."""

import ast
import json
import re
import shutil
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st

import queries
from data.snapshots import store
from data.snapshots.manifest import Manifest
from pages.access import gate, log, questions, roles
from pages.server import media
from tests import towns

PAGES = Path(gate.__file__).parents[1]
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
AUTH = dict.fromkeys(gate.NEEDED, "a secret of the tests, 0123456789")
SIGNED_IN = {"is_logged_in": True, "sub": "42", "iat": NOW.timestamp(), "roles": ["beleid"], "email": "a@x.example"}


def enter(asked="", auth=AUTH, toegang=None, trusted=None, claims=SIGNED_IN, now=NOW, signed_out=frozenset()):
    return gate.decide(gate.read(asked, auth, toegang or {}, trusted), claims, now, signed_out)


def test_somebody_with_a_role_sees_the_intern_view():
    for asked in ("", "intern", " Intern "):
        found = enter(asked)
        assert (found.view, found.visitor.rollen, found.reason) == ("intern", ("beleid",), "")


@pytest.mark.parametrize(
    ("given", "view", "reason"),
    [
        ({"claims": {}}, None, gate.TOLD["who_for"]),
        ({"claims": {"is_logged_in": False}}, None, gate.TOLD["who_for"]),
        ({"claims": {"is_logged_in": "true"}}, None, gate.TOLD["who_for"]),
        ({"claims": SIGNED_IN | {"is_logged_in": 1}}, None, gate.TOLD["who_for"]),
        ({"now": NOW + timedelta(hours=8)}, None, gate.TOLD["expired"]),
        ({"signed_out": frozenset({enter().visitor.kenmerk})}, None, gate.TOLD["signed_out"]),
        ({"claims": SIGNED_IN | {"roles": ["gast"]}}, "openbaar", gate.TOLD["no_role"]),
        ({"auth": None}, "intern", ""),
    ],
    ids=["nobody", "not signed in", "a text", "a number", "over", "ended", "no role", "no sign-in configured"],
)
def test_who_has_not_signed_in_or_has_no_role_sees_no_exact_figure_and_is_told_why(given, view, reason):
    found = enter(**given)
    assert (found.view, found.reason) == (view, reason)
    # Without a sign-in configured there is no visitor, whatever the claims say.
    assert (found.visitor is not None) == (reason == gate.TOLD["no_role"])


@pytest.mark.parametrize(
    "given",
    [
        *({"asked": asked} for asked in ("openbaar", "OPENBAAR", "inter", "extern")),
        *({"auth": AUTH | {name: slip}} for name in gate.NEEDED for slip in (None, "", ["x", AUTH[name]])),
        *({"auth": {key: AUTH[key] for key in gate.NEEDED if key != name}} for name in gate.NEEDED),
        *({"auth": AUTH | {"cookie_secret": guessed}} for guessed in ("geheim", "a" * 32, "geheim" * 10)),
        {"toegang": {"rolcaim": "groups"}},
        {"trusted": {"X-User": "sub"}},
        {"trusted": {"X-User": "sub"}, "auth": None},
    ],
)
def test_the_public_view_and_any_slip_give_the_public_view_also_to_who_has_a_role(given, caplog):
    assert enter(**given) == gate.Entrance("openbaar")
    assert "geheim" not in caplog.text


def test_a_slip_is_told_in_the_log_once_and_headers_of_a_proxy_are_looked_at(monkeypatch, caplog):
    gate._complain.cache_clear()
    monkeypatch.setattr(gate, "_secrets", {"auth": AUTH, "toegang": {"rolcaim": "groups"}}.get)
    assert gate.settings() == gate.settings() == gate.Settings("openbaar")
    assert caplog.text.count("rolcaim") == 1
    monkeypatch.setattr(gate, "_secrets", {"auth": AUTH}.get)
    assert gate.settings().view == "intern"
    monkeypatch.setattr(st, "get_option", {"server.trustedUserHeaders": {"X-User": "sub"}}.get)
    assert gate.settings() == gate.Settings("openbaar")


# ------------------------------------------------------------------------------------------------- in the pages


@pytest.fixture
def delivered(demo_snapshots, tmp_path, monkeypatch):
    """Puts snapshots in use that are not called demo."""
    root = shutil.copytree(demo_snapshots, tmp_path / "snapshots", symlinks=True)
    for path in root.glob("**/manifest.json"):
        path.write_text(path.read_text(encoding="utf-8").replace('"demo"', '"levering"'), encoding="utf-8")
    return lambda: monkeypatch.setattr(store, "SNAPSHOTS", root)


@pytest.fixture
def signed_in(monkeypatch):
    """Lets somebody enter: signed_in(grens=("Meerwijk",)); the browser tests do it with cookies."""

    def enter_as(**changed):
        now = datetime.now(UTC)
        who = roles.Visitor("https://id.example", "42", "a@x", ("beleid",), None, now, now + timedelta(hours=1), "k")
        monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance("intern", replace(who, **changed)))

    return enter_as


@pytest.fixture
def log_of_use(monkeypatch, tmp_path):
    """The lines of the log of use."""
    path = tmp_path / "log" / "gebruik.jsonl"
    monkeypatch.setenv(log.FILE, str(path))
    return lambda: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_delivered_data_are_for_who_signed_in_only(open_page, text_of, delivered, signed_in, log_of_use):
    app = open_page()
    assert "Stand 31 december 2022" in text_of(app)
    delivered()
    app.run()
    text = text_of(app)
    assert questions.TOLD["nothing_published"] in text and "tegel" not in text.split("</style>")[1]
    assert not app.sidebar.multiselect and not app.exception
    signed_in()
    text = text_of(open_page())
    assert "Stand 31 december 2022" in text and "a@x · beleid" in text


DIGEST = Manifest.read(store.in_use(towns.demo())).tabellen["inburgeraar"].sha256


@pytest.mark.parametrize("name", ["overzicht", "overdracht", "evaluatie", "verantwoording"])
def test_a_page_for_one_area_has_no_numbers_of_the_whole_delivery(open_page, text_of, signed_in, log_of_use, name):
    link = {"verantwoording_deel": "De gegevens"} if name == "verantwoording" else {}
    signed_in()
    assert (DIGEST in text_of(open_page(name, **link))) == (name == "verantwoording")
    signed_in(grens=("Meerwijk",))
    app = open_page(name, stadsdeel="Noord", **link)
    assert not app.exception and not app.error
    assert "uw gebied: Meerwijk" in text_of(app) and DIGEST not in text_of(app)
    assert app.sidebar.multiselect(key="stadsdeel").options == ["Schalkwijk"]


def test_an_area_that_does_not_exist_is_told(open_page, text_of, signed_in, log_of_use):
    signed_in(grens=("Atlantis",))
    app = open_page()
    text = text_of(app)
    assert gate.TOLD["no_area"] in text and "uw gebied: geen" in text and "heel Haarlem ·" not in text
    assert not app.exception


def test_every_question_is_logged_also_one_whose_answer_was_kept(open_page, signed_in, log_of_use):
    signed_in(grens=("Meerwijk",))
    open_page(stadsdeel="Schalkwijk").run()
    lines = log_of_use()
    kpi = [line for line in lines if line.get("vraag") == "kpi"]
    who = {"uitgever": "https://id.example", "gebruiker": "42", "grens": ["Meerwijk"]}
    assert len(kpi) >= 2 and kpi[0].items() >= {**who, "selectie": {"stadsdelen": ["Schalkwijk"]}}.items()
    assert [line["handeling"] for line in lines].count("aanmelden") == 1


def test_what_cannot_be_logged_is_not_answered(open_page, text_of, signed_in, monkeypatch, tmp_path):
    (tmp_path / "vol").write_text("een bestand, geen map")
    monkeypatch.setenv(log.FILE, str(tmp_path / "vol" / "gebruik.jsonl"))
    signed_in()
    app = open_page()
    assert [message.value for message in app.error] == [questions.TOLD["not_logged"]]
    assert "tegel" not in text_of(app).split("</style>")[1]


def test_a_file_is_not_made_after_the_sign_in_ended(signed_in, log_of_use, snapshots_in_use):
    signed_in(van=datetime.now(UTC) - timedelta(hours=2), tot=datetime.now(UTC) - timedelta(hours=1))
    late = questions.taken("tabel.csv", queries.Selection(), lambda: b"figures")
    with pytest.raises(questions.SignInFirst):
        late()
    signed_in()
    made = questions.taken("tabel.csv", queries.Selection(), lambda: f"figures for {media.owner.get()}")
    assert copy_context().run(made) == "figures for k"
    assert [(line["handeling"], line["bestand"]) for line in log_of_use()] == [("download", "tabel.csv")]


def test_no_deliveries_or_news_in_the_public_view_and_no_real_delivery_beside_the_demo(monkeypatch, snapshots_in_use):
    demo, source = queries.deliveries(), queries.open_database()
    monkeypatch.setattr(queries, "deliveries", lambda: (*demo, replace(demo[0], demo=False)))
    assert questions.deliveries() == demo
    monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance("openbaar"))
    monkeypatch.setattr(queries, "open_publication", lambda: source)
    assert questions.deliveries() == ()
    assert questions.previous() is None


# Everything in queries that opens data or answers; pages get it through access, which asks the gate.
_DOORS = (
    "current_identity|deliveries|demo_publication|demo_publication_beside|ensure_snapshot|news|open_database|open_publication|previous_database"
    "|run|shown|snapshots"
)
_AROUND = re.compile(
    rf"(queries|start)\.({_DOORS})$|figures\.intern$|[\w.]*\b(Database|Publication)\(|(from|import) (data|duckdb)\b"
    rf"|from queries import .*\b({_DOORS})\b"
)


def _reached_around(path: Path) -> list[str]:
    """What a module has of these, in the order of the alphabet."""
    kinds = (ast.Attribute, ast.Call, ast.Import, ast.ImportFrom)
    nodes = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds))
    return sorted(filter(_AROUND.match, map(ast.unparse, nodes)))


def test_no_page_reaches_the_data_around_the_gate():
    every = {path.relative_to(PAGES).as_posix(): _reached_around(path) for path in PAGES.rglob("*.py")}
    found = {path: around for path, around in every.items() if around}
    assert len(found.pop("access/questions.py")) >= 8
    # What the briefing opens by itself: published figures for everybody, and exact ones for its command line only.
    own = ["queries.open_database", "queries.open_publication", "queries.shown", "start.demo_publication"]
    assert found.pop("briefing/figures.py") == own
    assert found.pop("bericht/message.py") == [
        f"queries.{door}" for door in ("deliveries", "news", "previous_database", "shown")
    ]
    # Whether what is in use can be opened, and how old it is.
    assert found.pop("server/health.py") == ["queries.open_database", "queries.open_publication"]
    # A steward's own: the intake and the snapshots, behind a gate of its own.
    assert all(around.startswith("from data.") for around in found.pop("levering/desk.py"))
    # The command lines are for who may read the files of the snapshot anyway; a first start makes a demo for all.
    assert set(found) == {"bericht/__main__.py", "briefing/__main__.py", "briefing/screen.py", "start.py"}
