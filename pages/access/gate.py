"""The gate: who may see which view. Decided before anything is drawn, and again at every figure.

``WI_WEERGAVE`` is intern or openbaar. Sections ``[auth]`` (Streamlit's own sign-in) and ``[toegang]`` (roles.Rules) of
the secrets configure who signs in. Without them intern is for demo data only. When in doubt the answer is openbaar.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import streamlit as st

import queries
from pages.access import TEXTS, log, roles
from pages.words import formats

LOG = logging.getLogger("dashboard")

VIEW = "WI_WEERGAVE"
INTERN = "intern"
OPENBAAR = "openbaar"
# What Streamlit needs to sign somebody in.
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")

TOLD = TEXTS["gate"]
_GREETED = "_greeted"

# The sign-ins that were ended before their time, with the moment from which nobody needs to know. Not in a cache of
# Streamlit: any browser may have those emptied.
_ended: dict[str, datetime] = {}


@dataclass(frozen=True)
class Entrance:
    """What a visitor may see.

    view: intern, openbaar, or None when he has to sign in first; reason: why, or a remark to show on the page.
    visitor: who signed in. An intern view without a visitor is for demo data only.
    """

    view: str | None
    visitor: roles.Visitor | None = None
    reason: str = ""


@dataclass(frozen=True)
class Settings:
    """What the deployment says. view: asked for; sign_in: how claims are read, None when nobody can sign in."""

    view: str
    sign_in: roles.Rules | None = None


def read(
    asked: str, auth: Mapping[str, Any] | None, toegang: Mapping[str, Any], trusted_headers: object = None
) -> Settings:
    """The settings from the environment and the secrets. A slip gives openbaar, and a line in the log.

    trusted_headers: Streamlit's server.trustedUserHeaders. What they say goes before the claims of a sign-in, and not
    only a proxy can send them.
    """
    view = asked.strip().lower() or INTERN
    try:
        if view not in (INTERN, OPENBAAR):
            raise roles.RulesError(f"{VIEW} knows intern and openbaar.")
        if trusted_headers:
            raise roles.RulesError("server.trustedUserHeaders is set.")
        if auth is None:
            return Settings(view)
        # A list of secrets would let the weakest of them sign.
        if missing := [name for name in NEEDED if not (isinstance(auth.get(name), str) and auth[name])]:
            raise roles.RulesError(f"section [auth] of the secrets lacks a text for {', '.join(missing)}.")
        if queries.is_weak(auth["cookie_secret"]):
            # Who guesses it signs in as anybody.
            raise roles.RulesError("cookie_secret is too short, or has too little variety to be a secret.")
        return Settings(view, roles.rules(toegang))
    except roles.RulesError as slip:
        _complain(f"{slip} openbaar is served")
        return Settings(OPENBAAR)


@lru_cache(maxsize=20)
def _complain(message: str) -> None:
    """Tells the administrator what is wrong in the settings, once: they are read at every question."""
    LOG.error("%s", message)


def decide(settings: Settings, claims: Mapping[str, Any], now: datetime, signed_out: frozenset[str]) -> Entrance:
    """What a visitor with these claims may see at this moment.

    claims: those of the identity provider with is_logged_in, as Streamlit gives them. signed_out: the kenmerk of every
    sign-in that was ended.
    """
    if settings.view == OPENBAAR:
        return Entrance(OPENBAAR)
    if settings.sign_in is None:
        return Entrance(INTERN)
    if claims.get("is_logged_in") is not True:
        return Entrance(None, reason=TOLD["who_for"])
    visitor = roles.visitor(claims, settings.sign_in)
    if visitor is None or not visitor.is_current(now):
        return Entrance(None, reason=TOLD["expired"])
    if visitor.kenmerk in signed_out:
        return Entrance(None, reason=TOLD["signed_out"])
    if not visitor.rollen:
        return Entrance(OPENBAAR, visitor, TOLD["no_role"])
    return Entrance(INTERN, visitor)


def settings() -> Settings:
    """The settings of this deployment."""
    auth, toegang = _secrets("auth"), _secrets("toegang")
    return read(os.environ.get(VIEW, ""), auth, toegang or {}, st.get_option("server.trustedUserHeaders"))


def _secrets(section: str) -> Mapping[str, Any] | None:
    try:
        found = st.secrets.get(section)
    except FileNotFoundError:
        return None
    return found.to_dict() if hasattr(found, "to_dict") else found


def entrance() -> Entrance:
    """What the visitor of this session may see now."""
    return admit(st.user.to_dict())


def admit(claims: Mapping[str, Any]) -> Entrance:
    """What somebody with these claims may see now; see decide."""
    return decide(settings(), claims, datetime.now(UTC), frozenset(_ended))


def may_still(visitor: roles.Visitor) -> bool:
    """Whether a sign-in still counts; also where there is no session, such as in a download."""
    return visitor.is_current(datetime.now(UTC)) and visitor.kenmerk not in _ended


def may_deliver(visitor: roles.Visitor | None) -> bool:
    """Whether somebody may take in deliveries: in the role beheer, and for every area as a delivery is."""
    if visitor is None or roles.STEWARD not in visitor.rollen:
        return False
    return visitor.grens is None or {*queries.reference("wijkteam")["wijkteam"], queries.ONBEKEND} <= {*visitor.grens}


def greet(found: Entrance) -> None:
    """Notes in the log of use that somebody came in, once per session."""
    if found.visitor and st.session_state.get(_GREETED) != found.visitor.kenmerk:
        log.record(found.visitor, "aanmelden" if found.view == INTERN else "geweigerd")
        st.session_state[_GREETED] = found.visitor.kenmerk


def plain(title: str, words: str) -> None:
    """A page of words only: no figure, no filter."""
    st.html(f'<div class="kop"><h1>{formats.escape(title)}</h1><p class="bevinding">{formats.escape(words)}</p></div>')


def remark(found: Entrance, source: queries.Database | queries.Publication) -> None:
    """What the visitor has to know of what he may see: that it is the public view, or that there is no area for him."""
    if found.reason:
        st.info(found.reason, icon=":material/info:")
    elif source.grens == ():
        st.warning(TOLD["no_area"], icon=":material/info:")


def ask_to_sign_in(found: Entrance) -> None:
    """The page for who has to sign in first: what this is, and the button."""
    plain(TOLD["sign_in"], found.reason)
    if st.button(TOLD["button"], type="primary", icon=":material/login:", key="aanmelden"):
        st.login()


def account(found: Entrance) -> None:
    """Who is signed in, in which role and for which area, and the button to leave; nothing without a sign-in."""
    if (visitor := found.visitor) is None:
        return
    with st.sidebar:
        st.header("Aangemeld", anchor=False)
        words = " · ".join(filter(None, (visitor.naam, formats.enumerate_words(visitor.rollen))))
        st.html(f'<p class="noot">{formats.escape(words)}</p>')
        if st.button("Afmelden", icon=":material/logout:", key="afmelden", width="stretch"):
            # The browser goes to the identity provider, to end it there as well.
            end(visitor)
            st.logout()


def end(visitor: roles.Visitor) -> None:
    """Ends a sign-in, in every tab."""
    for kenmerk in [kenmerk for kenmerk, until in tuple(_ended.items()) if until <= datetime.now(UTC)]:
        _ended.pop(kenmerk, None)
    _ended[visitor.kenmerk] = visitor.tot
    log.record(visitor, "afmelden")
