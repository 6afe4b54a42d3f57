"""What goes over the line around the pages: security headers, Dutch in the first page, closed doors, the way back.

One middleware in front of Streamlit; it makes no figure and changes none.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote, unquote, urlsplit

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from pages.contents import BEHEER, FIRST, PAGES
from pages.server import addresses, health, media
from pages.show import TEXTS

NAME = TEXTS["downloads"]["product"]

# The first page as Streamlit ships it: its inline scripts are allowed by their hash, and no other.
INDEX = Path(st.__file__).parent / "static" / "index.html"
# Scripts in the first page, under these addresses: what Streamlit says once it runs, in Dutch; and the steps back.
SCRIPTS = {name: Path(__file__).with_name(name).read_bytes() for name in ("dutch.js", "steps.js")}
NO_SCRIPT = "<noscript><p>Zet JavaScript aan in uw browser: zonder JavaScript toont deze monitor niets.</p></noscript>"

# Addresses that are Streamlit's own; everything else is a page, for machines (addresses.py), or unknown.
_OWN = ("_stcore", "static", "media", "component", "auth", "oauth2callback", "favicon.png", "manifest.json")
# Numbers about the server itself, for nobody outside it; and the way in for files, which is open to a steward alone.
_CLOSED, UPLOADS = "_stcore/metrics", "_stcore/upload_file"
# What a browser may ask over the websocket: a choice of the reader, a file he takes along. Streamlit would also tell
# anybody the git repository it runs from with its untracked files, empty its caches, and write into its own folder.
_ASKED = ("rerun_script", "stop_script", "app_heartbeat", "deferred_file")
# And a steward where to bring his files.
_ASKED_BY_STEWARD = "file_urls_request"

# The files that a page shows or gives: for whom they were made, and kept by nobody on the way.
FILES = "media/"

LOGIN, LOGOUT, CALLBACK = "auth/login", "auth/logout", "oauth2callback"
# Where the reader was before signing in; only a path on this server.
BACK = "wi_terug"
BACK_SECONDS = 600
BACK_LENGTH = 2_000

LOG = logging.getLogger("dashboard")
TOO_LARGE = "a sign-in is larger than one cookie and is not accepted; let the identity provider send fewer claims"

# On every answer.
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Everything from this server, nothing from elsewhere. Styles may stand in the page: Streamlit and its charts write them
# there. Scripts may not, save those of the hashes; blob: is how Streamlit loads the script of a component such as the
# button that copies the link, wasm-unsafe-eval how it reads a table behind a chart.
POLICY = (
    "default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"
)
HSTS = "max-age=31536000"
UNKNOWN = Path(__file__).with_name("unknown.html")


def script_hashes(html: str) -> list[str]:
    """The CSP sources of the scripts that stand in a page itself."""
    inline = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]


def in_dutch(index: str) -> str:
    """The first page as Streamlit ships it, in Dutch and with our name: there is no setting for either.

    Its own addresses are relative; so are those of our scripts, which run before those of Streamlit and whose addresses
    change with their content.
    """
    ours = {name: hashlib.sha256(script).hexdigest()[:12] for name, script in SCRIPTS.items()}
    scripts = "".join(f'<script src="./{name}?{version}"></script>' for name, version in ours.items())
    dutch = index.replace('<html lang="en">', '<html lang="nl">', 1)
    dutch = dutch.replace("<title>Streamlit</title>", f"<title>{NAME}</title>{scripts}", 1)
    return re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, dutch, count=1, flags=re.DOTALL)


def way_back(referer: str, host: str) -> str:
    """The path and query of a page of this server from which somebody went to sign in; "" for any other address."""
    try:
        parts = urlsplit(referer)
    except ValueError:
        return ""
    path = parts.path or "/"
    known = path == "/" or path.strip("/").rsplit("/", 1)[-1] in PAGES
    if parts.netloc != host or not known or path.startswith("//") or "\\" in path:
        return ""
    back = f"{path}?{parts.query}" if parts.query else path
    # A browser writes any other sign as %…; in a header it could not be sent.
    return back if len(back) <= BACK_LENGTH and back.isascii() and back.isprintable() else ""


def under(base: str) -> str:
    """The path under which the application stands, as addresses begin with it: "" or "/monitor"."""
    return f"/{base.strip('/')}" if base.strip("/") else ""


class Around:
    """The middleware. base: the path under which the application stands ("" or "/monitor")."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self._app = app
        self._base = under(base)
        self._index = in_dutch(INDEX.read_text(encoding="utf-8"))
        links = "".join(
            f'<li><a href="{self._base}/{"" if name == FIRST else name}">{escape(title)}</a></li>'
            for name, (title, _) in PAGES.items()
            if name not in BEHEER
        )
        unknown = Template(UNKNOWN.read_text(encoding="utf-8"))
        self._unknown = unknown.substitute(base=self._base, name=NAME, links=links)
        self._policy = POLICY.format(hashes=" ".join(script_hashes(self._index)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers an unknown address itself; otherwise passes on, and completes what comes back."""
        if scope["type"] == "websocket":
            await self._listen(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secure = scope["scheme"] == "https"
        path = scope["path"].removeprefix(self._base).lstrip("/")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                health.ANSWERS.labels(f"{message['status'] // 100}xx").inc()
                self._complete(MutableHeaders(scope=message), HTTPConnection(scope), path, secure)
            await send(message)

        if path == LOGOUT:
            # Its cookies are about to be cleared: no kept cookie or open tab goes on with it.
            from pages.access import gate, log

            if leaver := media.visitor(HTTPConnection(scope).cookies):
                # Where it cannot be noted, which the server's log tells, it ends all the same.
                with suppress(log.NotLogged):
                    gate.end(leaver)
        await self._answer(scope, path)(scope, receive, sent)

    def _answer(self, scope: Scope, path: str) -> ASGIApp:
        """Who answers: this middleware itself for pages and unknown addresses, else Streamlit."""
        own = path.split("/", 1)[0] in (*_OWN, *addresses.ROOTS, health.PATH)
        own = own or any(f"/{name}/" in f"/{path}" for name in ("_stcore", "static"))
        if path in SCRIPTS:
            kept = {"Cache-Control": "public, max-age=31536000, immutable"}
            return Response(SCRIPTS[path], media_type="text/javascript", headers=kept)
        closed = f"{path}/".startswith(f"{_CLOSED}/")
        if f"{path}/".startswith(f"{UPLOADS}/"):
            closed = not _is_steward(scope)
        if path.startswith(FILES):
            closed = not media.may_take(path.removeprefix(FILES), HTTPConnection(scope).cookies)
        if closed or not (own or path.rstrip("/") in ("", *PAGES)):
            return HTMLResponse(self._unknown, status_code=404)
        if path == FIRST:
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(f"{self._base}/{'?' + query if query else ''}", status_code=302)
        if not own and not path.endswith("/") and scope["method"] in ("GET", "HEAD"):
            return HTMLResponse(self._index, headers={"Cache-Control": "no-cache"})
        return self._app

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on a websocket of our own pages, without what no page of ours asks."""
        headers = Headers(scope=scope)
        origin, host = headers.get("origin"), headers.get("host", "")
        # A page of another site; Streamlit would call an address on the internet to find out.
        if origin is not None and origin.partition("://")[2].lower() != host.lower():
            await send({"type": "websocket.close", "code": 1008})
            return
        if media.is_split(HTTPConnection(scope).cookies):
            _complain(TOO_LARGE)
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != b"cookie"]}

        async def heard() -> Message:
            while True:
                message = await receive()
                data = message.get("bytes")
                if message["type"] == "websocket.receive" and data is None:
                    # Streamlit speaks bytes only.
                    await send({"type": "websocket.close", "code": 1003})
                    return {"type": "websocket.disconnect", "code": 1003}
                if data is None or may_ask(data, lambda: _is_steward(scope)):
                    return message

        await self._app(scope, heard, send)

    def _complete(self, answer: MutableHeaders, request: HTTPConnection, path: str, secure: bool) -> None:
        answer.update(FIXED | {"Content-Security-Policy": self._policy})
        if path.split("/", 1)[0] in addresses.ROOTS and addresses.SHARED in answer:
            answer["Cross-Origin-Resource-Policy"] = "cross-origin"
        if path.startswith(FILES):
            answer["Cache-Control"] = "private, no-store"
        host = request.headers.get("host", "")
        if path == LOGIN:
            if back := way_back(request.headers.get("referer", ""), host):
                answer.append("Set-Cookie", self._back(quote(back, safe=""), BACK_SECONDS))
        elif path == CALLBACK:
            back = unquote(request.cookies.get(BACK, ""))
            # Checked again: a cookie is what a browser says.
            if back and way_back(f"http://{host}{back}", host) == back:
                answer["Location"] = back
            answer.append("Set-Cookie", self._back("", 0))
        if secure:
            answer["Strict-Transport-Security"] = HSTS
            # Streamlit leaves Secure off its cookies; over https they must never go over http.
            for number, (name, value) in enumerate(answer.raw):
                if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
                    answer.raw[number] = (name, value + b"; Secure")

    def _back(self, value: str, seconds: int) -> str:
        return f"{BACK}={value}; Path={self._base or '/'}; Max-Age={seconds}; HttpOnly; SameSite=Lax"


@cache
def _complain(message: str) -> None:
    """Tells the administrator once."""
    LOG.error("%s", message)


def _is_steward(scope: Scope) -> bool:
    from pages.access import gate

    return gate.may_deliver(media.visitor(HTTPConnection(scope).cookies))


def may_ask(data: bytes, is_steward: Callable[[], bool] = lambda: False) -> bool:
    """Whether a message from a browser is one that this product needs; what cannot be read, Streamlit refuses."""
    if len(data) > get_max_widget_state_size_bytes():
        return True
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return True
    asked = message.WhichOneof("type")
    if asked == "backend_operation_request":
        asked = message.backend_operation_request.WhichOneof("payload")
    return asked in _ASKED or (asked == _ASKED_BY_STEWARD and is_steward())
