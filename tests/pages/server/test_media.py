"""Files at their addresses: for the sign-in they were made for, and not to be guessed from what is in them."""

from __future__ import annotations

import json
from contextvars import copy_context
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_routes import create_media_routes

from pages.access import gate, log, roles
from pages.server import http, media

SECRET = "a secret of the tests, 0123456789"
TABLE = b"stadsdeel;aantal\nNoord;7\n"
CLAIMS = {"is_logged_in": True, "iss": "https://id.example", "sub": "42", "roles": ["beleid"]}


@pytest.fixture
def storage(monkeypatch):
    """Streamlit's own storage, with addresses from pages/server/media.py."""
    monkeypatch.setattr(memory_media_file_storage, "_calculate_file_id", None)
    media.guard()
    return memory_media_file_storage.MemoryMediaFileStorage("/media")


@pytest.fixture
def client(storage, monkeypatch):
    """A client of the middleware with Streamlit's own address of files behind it, and a sign-in configured."""
    monkeypatch.setattr(starlette_websocket, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(gate, "settings", lambda: gate.Settings("intern", roles.Rules()))
    monkeypatch.setattr(gate, "_ended", {})
    inner = Starlette(routes=create_media_routes(storage, ""))
    return TestClient(http.Around(inner), base_url="https://monitor.example")


def cookie(**changed) -> dict[str, str]:
    """The cookie of a sign-in, as Streamlit signs it."""
    claims = json.dumps(CLAIMS | {"iat": int(datetime.now(UTC).timestamp())} | changed)
    signed = create_signed_value(SECRET, server_util.AUTH_COOKIE_NAME, claims)
    return {"cookie": f"{server_util.AUTH_COOKIE_NAME}={signed.decode()}"}


def kept(storage, owner: str | None, name: str = "tabel.csv") -> str:
    """The address of a file that is made for somebody, as a download is: outside the session."""

    def keep():
        media.owner.set(owner)
        return storage.get_url(storage.load_and_get_id(TABLE, "text/csv", MediaFileKind.DOWNLOADABLE, name))

    return copy_context().run(keep)


def test_a_file_is_for_the_sign_in_it_was_made_for_and_no_other(client, storage):
    now = int(datetime.now(UTC).timestamp())
    address = kept(storage, f"https://id.example|42|{now}")
    for method in ("GET", "HEAD"):
        assert client.request(method, address).status_code == 404
        assert client.request(method, address, headers=cookie(iat=now, sub="43")).status_code == 404
        assert client.request(method, address, headers=cookie(iat=now - 1)).status_code == 404
        answer = client.request(method, address, headers=cookie(iat=now))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content == b""
    assert client.get(address, headers=cookie(iat=now)).content == TABLE


def test_a_forged_cookie_and_a_sign_in_that_was_ended_or_is_over_get_no_file(client, storage):
    now = int(datetime.now(UTC).timestamp())
    address, mine = kept(storage, f"https://id.example|42|{now}"), cookie(iat=now)
    assert client.get(address, headers={"cookie": mine["cookie"][:-2]}).status_code == 404
    gate._ended[f"https://id.example|42|{now}"] = datetime.now(UTC)
    assert client.get(address, headers=mine).status_code == 404
    yesterday = now - 24 * 3600
    late = kept(storage, f"https://id.example|42|{yesterday}")
    assert client.get(late, headers=cookie(iat=yesterday)).status_code == 404


def test_a_sign_in_in_more_than_one_cookie_counts_nowhere(client, storage):
    """Its parts are signed one by one, so that those of two sign-ins could be put together."""
    now = int(datetime.now(UTC).timestamp())
    address, mine = kept(storage, f"https://id.example|42|{now}"), cookie(iat=now)["cookie"]
    part = f"{server_util.AUTH_COOKIE_NAME}_1"
    assert client.get(address, headers={"cookie": mine}).status_code == 200
    assert client.get(address, headers={"cookie": f"{mine}; {part}=x"}).status_code == 404
    assert media.is_split({f"{server_util.AUTH_COOKIE_NAME}__2": "x"})
    assert not media.is_split({server_util.AUTH_COOKIE_NAME: "x", f"{server_util.AUTH_COOKIE_NAME}_tokens": "x"})


def test_who_goes_to_the_address_of_signing_out_is_signed_out_in_every_tab(client, storage, tmp_path, monkeypatch):
    monkeypatch.setenv(log.FILE, str(tmp_path / "gebruik.jsonl"))
    now = int(datetime.now(UTC).timestamp())
    address, mine = kept(storage, f"https://id.example|42|{now}"), cookie(iat=now)
    client.get("/auth/logout", headers=cookie(iat=now - 1))
    assert client.get(address, headers=mine).status_code == 200
    client.get("/auth/logout", headers=mine)
    assert client.get(address, headers=mine).status_code == 404
    client.get("/auth/logout", headers=mine)
    lines = [json.loads(line) for line in (tmp_path / "gebruik.jsonl").read_text().splitlines()]
    assert [line["handeling"] for line in lines] == ["afmelden", "afmelden"]  # of two sign-ins, each once


def test_what_nobody_signed_in_for_is_for_everybody_who_has_its_address(client, storage):
    answer = client.get(kept(storage, media.EVERYBODY))
    assert (answer.status_code, answer.content) == (200, TABLE)
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_file_of_which_nobody_can_tell_for_whom_it_is_is_for_nobody(client, storage):
    address = kept(storage, None)
    assert client.get(address).status_code == 404
    assert client.get(address, headers=cookie()).status_code == 404


def test_an_address_cannot_be_guessed_from_the_content(client, storage, monkeypatch):
    address = kept(storage, media.EVERYBODY)
    assert kept(storage, media.EVERYBODY) == address
    assert kept(storage, "somebody") != address
    assert kept(storage, media.EVERYBODY, "ander.csv") != address
    # Another process has another key: its addresses are other ones, and none of ours.
    monkeypatch.setattr(media, "_KEY", b"another key of another process..")
    assert kept(storage, media.EVERYBODY) != address
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("file", ["a" * 56 + ".csv", "a" * 64, "é" * 64 + ".csv", ".csv", "../x", "a" * 32])
def test_what_was_not_made_here_is_refused(client, storage, file):
    storage._files_by_id[file.split(".")[0]] = memory_media_file_storage.MemoryFile(
        TABLE, "text/csv", MediaFileKind.DOWNLOADABLE, None
    )
    assert client.get(f"/media/{file}").status_code == 404


def test_a_picture_on_a_page_is_for_the_visitor_who_looks(monkeypatch):
    monkeypatch.setattr(media, "get_script_run_ctx", lambda: object())
    now = datetime.now(UTC)
    visitor = roles.visitor(CLAIMS | {"iat": now.timestamp()}, roles.Rules())
    for found, expected in (
        (gate.Entrance("intern", visitor), visitor.kenmerk),
        (gate.Entrance("openbaar", visitor), visitor.kenmerk),
        (gate.Entrance("openbaar"), media.EVERYBODY),
        (gate.Entrance("intern"), media.EVERYBODY),
    ):
        monkeypatch.setattr(gate, "entrance", lambda found=found: found)
        assert copy_context().run(lambda: (media.owner.set(None), media._owner())[1]) == expected
    monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(None))
    assert copy_context().run(lambda: (media.owner.set(None), media._owner())[1]) not in ("", visitor.kenmerk)
