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


NOW = int(datetime.now(UTC).timestamp())
ME, YESTERDAY = f"https://id.example|42|{NOW}", NOW - 24 * 3600
MINE, PART = cookie(iat=NOW)["cookie"], f"{server_util.AUTH_COOKIE_NAME}_1"


@pytest.mark.parametrize(
    ("owner", "sent", "status"),
    [
        (ME, MINE, 200),
        (ME, "", 404),
        (ME, cookie(iat=NOW, sub="43")["cookie"], 404),
        (ME, cookie(iat=NOW - 1)["cookie"], 404),
        (ME, MINE[:-2], 404),
        # The parts of a cookie are signed one by one, so that those of two sign-ins could be put together.
        (ME, f"{MINE}; {PART}=x", 404),
        (f"https://id.example|42|{YESTERDAY}", cookie(iat=YESTERDAY)["cookie"], 404),
        (media.EVERYBODY, "", 200),
        (None, "", 404),
        (None, MINE, 404),
    ],
    ids=["mine", "nobody", "another", "another time", "forged", "in parts", "over", "public", "unknown", "not mine"],
)
def test_a_file_is_for_the_sign_in_it_was_made_for_and_no_other(client, storage, owner, sent, status):
    address = kept(storage, owner)
    for method, content in (("GET", TABLE), ("HEAD", b"")):
        answer = client.request(method, address, headers={"cookie": sent})
        assert answer.status_code == status
        assert answer.headers["cache-control"] == "private, no-store"
        assert status == 404 or answer.content == content


def test_a_sign_in_in_more_than_one_cookie_is_seen():
    own, parts = server_util.AUTH_COOKIE_NAME, ("", "_tokens", "_1", "__2")
    assert [name for name in parts if media.is_split({own: "x", own + name: "x"})] == ["_1", "__2"]


def test_who_goes_to_the_address_of_signing_out_is_signed_out_in_every_tab(client, storage, tmp_path, monkeypatch):
    monkeypatch.setenv(log.FILE, str(tmp_path / "gebruik.jsonl"))
    address, mine = kept(storage, ME), cookie(iat=NOW)
    client.get("/auth/logout", headers=cookie(iat=NOW - 1))
    assert client.get(address, headers=mine).status_code == 200
    client.get("/auth/logout", headers=mine)
    assert client.get(address, headers=mine).status_code == 404
    client.get("/auth/logout", headers=mine)
    # Of two sign-ins, each once.
    assert (tmp_path / "gebruik.jsonl").read_text().count('"handeling": "afmelden"') == 2


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
    visitor = roles.visitor(CLAIMS | {"iat": NOW}, roles.Rules())

    def owner(*found):
        monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(*found))
        return copy_context().run(lambda: (media.owner.set(None), media._owner())[1])

    assert owner("intern", visitor) == owner("openbaar", visitor) == visitor.kenmerk
    assert owner("intern") == owner("openbaar") == media.EVERYBODY
    assert owner(None) not in (media.EVERYBODY, visitor.kenmerk)
