"""What stands on top of every page: what is shown, the title, and the finding in one sentence."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.shared import access, filters, formats, frame, theme

NAME = "Monitor inburgering Haarlem"
ICON = Path(__file__).with_name("icon.svg")
_STYLE = Path(__file__).with_name("style.css")


def dress() -> None:
    """Starts a page: sets the language of the document to Dutch and adds the style of tiles, tables and charts."""
    access.begin()
    # The page that Streamlit serves says lang="en", and there is no setting for it.
    st.sidebar.html('<script>document.documentElement.lang = "nl"</script>', unsafe_allow_javascript=True)
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}\n{theme.css()}</style>")


def head(title: str, finding: str = "") -> None:
    """The top of a page: the selection in words, the title (h1), the finding, and remarks on the filters.

    finding: one or two plain sentences computed from the figures; empty when a page has none.
    """
    frame.begin()
    found = f'<p class="bevinding">{formats.escape(finding)}</p>' if finding else ""
    st.html(
        f'<div class="kop"><p class="getoond">{formats.escape(filters.in_words())}</p>'
        f"<h1>{formats.escape(title)}</h1>{found}</div>"
    )
    filters.warn()
