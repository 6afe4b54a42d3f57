"""For whom a file is: a picture on a page, or what somebody takes along.

Streamlit gives every file an address made from its content and answers whoever asks for it, so that who guesses a
content sees whether he guessed right. Here the address is made with a key of this process, for one sign-in, and it
tells by itself, with that key, for which one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING

from streamlit.runtime import memory_media_file_storage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

if TYPE_CHECKING:
    from pages.access.roles import Visitor

_KEY = secrets.token_bytes(32)
_LENGTH = 32

# The owner of what nobody signed in for: the public figures, and the demo.
EVERYBODY = ""
# Whose file is made now, where there is no session to tell: a download is made when it is asked for.
owner: ContextVar[str | None] = ContextVar("owner", default=None)


def guard() -> None:
    """Lets Streamlit take its addresses from here; may_take refuses every other."""
    memory_media_file_storage._calculate_file_id = address


def address(data: bytes, mimetype: str, filename: str | None = None) -> str:
    """The name under which a file is kept, the same for the same file of the same owner."""
    mine = _owner()
    name = _keyed("file", mine, mimetype, filename or "", hashlib.sha256(data).hexdigest())
    return name + _keyed("owner", name, mine)


def may_take(file: str, cookies: Mapping[str, str]) -> bool:
    """Whether who sends these cookies may have a file: it is for everybody, or for his sign-in, which still counts.

    file: its address after /media/.
    """
    name, owner = file.partition(".")[0][:_LENGTH], file.partition(".")[0][_LENGTH:].encode()
    reader = visitor(cookies)
    owners = [_keyed("owner", name, whom) for whom in (EVERYBODY, reader.kenmerk if reader else EVERYBODY)]
    return any(hmac.compare_digest(owner, each.encode()) for each in owners)


def _keyed(*parts: str) -> str:
    return hmac.new(_KEY, json.dumps(parts).encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def _owner() -> str:
    """The sign-in for which a file is made; one that nobody has, when there is no telling."""
    # Imported when it is needed: before the server runs, Streamlit's caches complain.
    from pages.access import gate

    if (told := owner.get()) is not None:
        return told
    found = gate.entrance() if get_script_run_ctx() else None
    if found is None or found.view is None:
        return secrets.token_hex()
    return found.visitor.kenmerk if found.visitor else EVERYBODY


def is_split(cookies: Mapping[str, str]) -> bool:
    """Whether a sign-in is so large that Streamlit keeps it in more than one cookie.

    Each is signed by itself: a part of an older sign-in, with other roles, would pass beside the others.
    """
    return any(re.fullmatch(rf"{AUTH_COOKIE_NAME}_+\d+", name) for name in cookies)


def visitor(cookies: Mapping[str, str]) -> Visitor | None:
    """Whose sign-in is in the cookies, read as Streamlit reads it for a session; None when none counts."""
    from pages.access import gate

    claims = None if is_split(cookies) else _get_signed_cookie_with_chunks(dict(cookies), AUTH_COOKIE_NAME)
    return gate.admit(json.loads(claims)).visitor if claims else None
