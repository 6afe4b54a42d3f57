"""What goes over the line: headers on every answer, the way back, unknown addresses, cookies."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages.access import roles
from pages.contents import BEHEER, PAGES
from pages.server import http, media


def behind(base: str = "", origin: str = "https://monitor.example"):
    """A client of the middleware, with an application that answers as Streamlit does, cookies of a websocket first."""

    async def callback(_):
        answer = RedirectResponse(f"{base}/", status_code=302)
        answer.set_cookie("_streamlit_user", "signed", httponly=True)
        return answer

    async def other(request):
        return PlainTextResponse(f"passed on: {request.url.path}")

    async def listen(websocket):
        await websocket.accept()
        await websocket.send_json(websocket.cookies)
        async for heard in websocket.iter_bytes():
            await websocket.send_bytes(heard)

    routes = [Route(f"{base}/oauth2callback", callback), WebSocketRoute(f"{base}/_stcore/stream", listen)]
    routes.append(Route("/{rest:path}", other, methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"]))
    return TestClient(http.Around(Starlette(routes=routes), base=base), base_url=origin, follow_redirects=False)


PATHS = ("/", "/overdracht", "/foo", "/static/js/index.js", "/media/abc.csv", "/_stcore/health")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(path):
    headers = behind().get(path).headers
    assert {name: headers[name] for name in http.FIXED} == http.FIXED
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    scripts = {source for source in policy["script-src"].split() if not source.startswith("'sha256-")}
    assert scripts == {"'self'", "blob:", "'wasm-unsafe-eval'"}


def test_the_scripts_in_the_first_page_are_allowed_by_their_hash_and_no_other():
    (hashed,) = http.script_hashes("<script>a()</script><script src='x'></script>")
    assert hashed == f"'sha256-{base64.b64encode(hashlib.sha256(b'a()').digest()).decode()}'"
    page = behind().get("/")
    allowed = re.findall(r"'sha256-[^']+'", page.headers["content-security-policy"])
    assert allowed == http.script_hashes(page.text) != []


@pytest.mark.parametrize("base", ["", "/monitor"])
def test_every_page_is_served_in_dutch_and_no_other_address_is(base):
    client = behind(base)
    for name in ("", *PAGES):
        if name != "overzicht":
            page = client.get(f"{base}/{name}?stadsdeel=Noord")
            told = ('<html lang="nl">', "<title>Monitor inburgering Haarlem</title>", "<p>Zet JavaScript aan")
            assert page.status_code == 200 and all(words in page.text for words in told)
            assert "enable JavaScript" not in page.text
    for path in ("/foo", "/overdracht/x", "/Overdracht", "/_stcore/metrics", "/_stcore/metrics/x", "/wp-login.php"):
        page = client.get(base + path)
        assert page.status_code == 404 and "Deze pagina bestaat niet" in page.text
        assert f'href="{base}/overdracht"' in page.text
        assert not any(f"/{name}" in page.text for name in BEHEER)
    assert "x onerror" not in client.get(f"{base}/<img src=x onerror=alert(1)>").text
    answer = client.get(f"{base}/overzicht?stadsdeel=Noord")
    assert (answer.status_code, answer.headers["location"]) == (302, f"{base}/?stadsdeel=Noord")
    for path in ("/overdracht/_stcore/health", "/overdracht/", "/favicon.png"):
        assert client.get(base + path).text == f"passed on: {base}{path}"
    for method in ("PUT", "POST", "DELETE", "OPTIONS", "GET"):
        answer = client.request(method, f"{base}/_stcore/upload_file/session/file", content=b"x" * 100)
        assert (answer.status_code, "passed on" in answer.text) == (404, False)


@pytest.mark.parametrize("base", ["", "/monitor"])
def test_our_scripts_run_before_streamlit_and_are_served(base):
    client = behind(base)
    page = client.get(f"{base}/overdracht").text
    addresses = re.findall(r'<script src="\./(\w+\.js\?\w+)"></script>', page)
    assert [address.partition("?")[0] for address in addresses] == list(http.SCRIPTS) == ["dutch.js", "steps.js"]
    for address, script in zip(addresses, http.SCRIPTS.values(), strict=True):
        assert page.index(address) < page.index('<script type="module"')
        answer = client.get(f"{base}/{address}")
        assert (answer.status_code, answer.content) == (200, script)
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]


STREAM = "wss://monitor.example/_stcore/stream"


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "https://monitor.example.evil.example", "https://monitor.example:8501", "null", ""],
)
def test_a_page_of_another_site_gets_no_websocket(origin):
    with pytest.raises(WebSocketDisconnect) as refused, behind().websocket_connect(STREAM, headers={"origin": origin}):
        pass
    assert refused.value.code == 1008


@pytest.mark.parametrize("headers", [{}, {"origin": "https://monitor.example"}, {"origin": "https://Monitor.example"}])
def test_what_our_pages_ask_is_passed_on_over_the_websocket_and_nothing_else(headers):
    asked = [BackMsg(stop_script=True), BackMsg(app_heartbeat=True), BackMsg(rerun_script={"query_string": "a=b"})]
    asked.append(BackMsg(backend_operation_request={"deferred_file": {"file_id": "x"}}))
    refused = [BackMsg(load_git_info=True), BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg()]
    refused += [BackMsg(debug_shutdown_runtime=True), BackMsg(file_urls_request={"request_id": "x"})]
    refused.append(BackMsg(backend_operation_request={"install_skills": {}}))
    # The last of two counts, for Streamlit as well.
    refused.append(asked[0].SerializeToString() + refused[0].SerializeToString())
    with behind().websocket_connect(STREAM, headers=headers) as websocket:
        assert websocket.receive_json() == {}
        for each in (*refused, *asked):
            websocket.send_bytes(each if isinstance(each, bytes) else each.SerializeToString())
        for each in asked:
            assert BackMsg.FromString(websocket.receive_bytes()) == each
        # What is no message at all is for Streamlit to refuse.
        websocket.send_bytes(b"no message")
        assert websocket.receive_bytes() == b"no message"
        # A text ends it: Streamlit speaks bytes only.
        websocket.send_text("{}")
        with pytest.raises(WebSocketDisconnect):
            websocket.receive_bytes()


@pytest.mark.parametrize(("rollen", "opens"), [(("beheer",), True), (("beleid", "management"), False), ((), False)])
def test_the_way_in_for_files_is_open_to_a_steward_alone(monkeypatch, rollen, opens):
    now = datetime.now(UTC)
    who = roles.Visitor("https://id.example", "42", "a@x", rollen, None, now, now + timedelta(hours=1), "k")
    monkeypatch.setattr(media, "visitor", lambda cookies: who if cookies.get("mine") else None)
    asked = BackMsg(file_urls_request={"request_id": "x"}), BackMsg(stop_script=True)
    for cookies, passed in ({"cookie": "mine=1"}, opens), ({}, False):
        answer = behind().put("/_stcore/upload_file/session/file", content=b"x", headers=cookies)
        assert ("passed on" in answer.text) == passed == (answer.status_code == 200)
        with behind().websocket_connect(STREAM, headers=cookies) as websocket:
            websocket.receive_json()
            for each in asked:
                websocket.send_bytes(each.SerializeToString())
            assert BackMsg.FromString(websocket.receive_bytes()) == asked[not passed]


@pytest.mark.parametrize(
    ("cookies", "passed"), [("_streamlit_user=a", True), ("_streamlit_user=a; _streamlit_user_1=b", False)]
)
def test_a_sign_in_in_more_than_one_cookie_is_none(cookies, passed):
    with behind().websocket_connect(STREAM, headers={"cookie": cookies}) as websocket:
        assert bool(websocket.receive_json()) == passed


OURS = "https://monitor.example"
WAYS = ("/overdracht?stadsdeel=Noord&x=a%20b", "/", "/sub/overdracht")
NO_PAGES = ("//evil.example/overdracht", "/\\evil.example/overdracht", "/foo", "/auth/logout")
ELSEWHERE = ("https://evil.example/overdracht", f"{OURS}.evil.example/overdracht", "https://[", "")
NO_WAYS = (*ELSEWHERE, *(OURS + path for path in NO_PAGES), f"{OURS}/overdracht?{'x' * 3000}")


def test_the_way_back_is_a_page_of_this_server_or_nothing():
    assert [http.way_back(OURS + path, "monitor.example") for path in WAYS] == list(WAYS)
    assert [referer for referer in NO_WAYS if http.way_back(referer, "monitor.example")] == []


def test_after_signing_in_the_reader_is_back_where_he_was_once():
    client = behind()
    answer = client.get("/auth/login", headers={"referer": "https://monitor.example/overdracht?stadsdeel=Noord"})
    assert {"HttpOnly", "SameSite=Lax"} <= set(answer.headers["set-cookie"].split("; "))
    assert client.get("/oauth2callback").headers["location"] == "/overdracht?stadsdeel=Noord"
    assert client.get("/oauth2callback").headers["location"] == "/"


def test_a_forged_way_back_is_not_followed():
    for forged in (*NO_PAGES, *ELSEWHERE, "/a\r\nX: y", "/?a=Ж", "/?a=é"):
        answer = behind().get("/oauth2callback", headers={"cookie": f"{http.BACK}={quote(forged, safe='')}"})
        assert answer.headers["location"] == "/", forged


def test_over_https_cookies_are_secure_and_the_browser_is_told_to_stay_there():
    answer = behind().get("/oauth2callback")
    assert all("; Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
    assert answer.headers["strict-transport-security"] == http.HSTS
    plain = behind(origin="http://127.0.0.1:8501").get("/oauth2callback")
    assert not any("Secure" in cookie for cookie in plain.headers.get_list("set-cookie"))
    assert "strict-transport-security" not in plain.headers
