"""The button that copies the link to exactly this view: page, filters, peildatum and the page's own choices."""

from __future__ import annotations

import json
from pathlib import Path

import streamlit as st

from pages.access import questions
from pages.filters import bar
from pages.words import formats

_FILES = Path(__file__).parent

_button = st.components.v2.component(
    "kopieer_link",
    html=(_FILES / "link.html").read_text(encoding="utf-8"),
    css=(_FILES / "link.css").read_text(encoding="utf-8"),
    js=(_FILES / "link.js").read_text(encoding="utf-8"),
)


def copy_link() -> None:
    """Draws the button in the sidebar. It also shows the link as text, for who cannot use the clipboard.

    The link names the peildatum, also when that is the newest one: after the next delivery it still shows this day.
    """
    peildatum = bar.selection().peildatum or questions.database().peildatum
    view = json.dumps([st.context.url, st.query_params.to_dict()], default=str)
    with st.sidebar:
        _button(key="kopieer_link", data={"peildatum": formats.short_date(peildatum), "view": view})
