"""Whether all is well: what a watcher is told of what is in use, and on which port the figures stand."""

import shutil
import socket
from urllib.request import urlopen

import pytest
from prometheus_client import REGISTRY, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import queries
from data.snapshots import store
from pages.access import questions
from pages.server import health, http
from tests import towns


@pytest.fixture
def ask():
    app = Starlette(routes=health.routes(), middleware=[Middleware(http.Around)])
    return lambda: TestClient(app).get("/gezond")


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """A snapshot and a publication that may be damaged."""
    monkeypatch.setattr(store, "SNAPSHOTS", shutil.copytree(towns.demo(), tmp_path / "s", symlinks=True))
    monkeypatch.setattr(queries, "PUBLICATIES", shutil.copytree(towns.publications(), tmp_path / "p", symlinks=True))


def test_both_views_tell_what_is_in_use_and_the_public_one_nothing_of_a_delivery(kept, ask, monkeypatch):
    answer = ask()
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    found = answer.json()
    assert found["goed"] and found["weergave"] == "intern" and found["schijf"]["genoeg"]
    assert found["levering"]["peildatum"] == found["publicatie"]["peildatum"] == towns.DAY.isoformat()
    assert found["levering"]["dagen"] > 1000
    monkeypatch.setenv("WI_WEERGAVE", "openbaar")
    assert "levering" not in ask().json()


def damage(folder):
    for file in store.in_use(folder).glob("*.parquet"):
        file.write_bytes(b"")


@pytest.mark.parametrize("opened", [False, True], ids=["before it is opened", "after"])
@pytest.mark.parametrize("weergave", ["intern", "openbaar"])
def test_what_is_damaged_is_not_well(kept, ask, monkeypatch, weergave, opened):
    monkeypatch.setenv("WI_WEERGAVE", weergave)
    if opened:
        assert ask().status_code == 200
    damage(store.SNAPSHOTS if weergave == "intern" else queries.PUBLICATIES)
    answer = ask()
    assert answer.status_code == 503 and answer.json()["goed"] is False


def test_a_full_disk_is_not_well(kept, ask, monkeypatch):
    monkeypatch.setattr(health, "LEAST_SHARE", 2)
    assert ask().status_code == 503


def test_the_figures_stand_on_a_port_of_this_machine_only(kept, ask, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv(health.PORT, str(port))
    before = REGISTRY.get_sample_value("monitor_failures_total", {"kind": "refused"}) or 0
    registered = health.measure()
    try:
        ask()
        questions.tell(queries.QueryError("nee"))
        with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            told = answer.read().decode()
        for line in ("monitor_healthy 1.0", 'monitor_http_answers_total{status="2xx"}', "monitor_sessions 0.0"):
            assert line in told
        assert f'monitor_failures_total{{kind="refused"}} {before + 1}' in told
        assert 'monitor_age_days{what="levering"}' in told and "inburgeraar" not in told
    finally:
        registered()


def test_without_a_port_there_are_no_figures(monkeypatch):
    monkeypatch.delenv(health.PORT, raising=False)
    health.measure()
    assert b"monitor_healthy" not in generate_latest()
