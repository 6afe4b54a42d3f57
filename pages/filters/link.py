"""Links to a view: the address of a page with its filters, and the button that copies the one that is shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

import queries
from pages.access import questions
from pages.contents import FIRST
from pages.filters import bar
from pages.words import formats

_FILES = {kind: Path(__file__).with_name(f"link.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js")}
_button = st.components.v2.component("kopieer_link", **_FILES)


def copy_link() -> None:
    """Draws the button in the sidebar. It also shows the link as text, for who cannot use the clipboard.

    The link names the peildatum, also when that is the newest one: after the next delivery it still shows this day.
    """
    peildatum = bar.selection().peildatum or questions.database().peildatum
    view = json.dumps([st.context.url, st.query_params.to_dict()], default=str)
    with st.sidebar:
        _button(key="kopieer_link", data={"peildatum": formats.short_date(peildatum), "view": view})


def link(chosen: queries.Selection) -> dict[str, list[str]]:
    """The values per name of a filter that make a selection, as they stand in an address."""
    days = {name: getattr(chosen, name) for name in bar.DATES}
    areas = chosen.stadsdelen
    if areas in questions.database().delen:
        # The widget reads one value from the address: some stadsdelen together have one name.
        areas = (formats.enumerate_words(areas),)
    lists = (areas, chosen.wijkteams, chosen.doelgroepen, chosen.wetten, map(str, chosen.cohorten))
    asked = dict(zip(bar.LISTS, map(list, lists), strict=True))
    asked |= {name: [day.isoformat()] for name, day in days.items() if day}
    return asked | {bar.PEILDATUM: [formats.short_date(chosen.peildatum)] if chosen.peildatum else []}


def address(page: str, chosen: queries.Selection, **own: Sequence[str]) -> str:
    """The address of a page with the filters of a selection. own: the choices of that page, see bar.OWN."""
    base = st.get_option("server.baseUrlPath").strip("/")
    path = "/".join(["", *filter(None, (base, "" if page == FIRST else page))]) or "/"
    query = urlencode(link(chosen) | {bar.VERGELIJK: bar.carried(chosen)} | own, doseq=True)
    return f"{path}?{query}" if query else path
