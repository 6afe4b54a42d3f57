"""What stands on top of every page: what is shown, the title, and the finding in one sentence."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.access import gate, questions
from pages.contents import FOOT, PAGES
from pages.filters import bar, widen
from pages.filters.link import address
from pages.show import TEXTS, downloads, figure, left_out, theme
from pages.words import formats, presentation

NAME = TEXTS["downloads"]["product"]
ICON = Path(__file__).with_name("icon.svg")
_STYLE = Path(__file__).with_name("style.css")


def dress() -> None:
    """Starts a page: adds the style of tiles, tables and charts."""
    st.html(f"<style>{_STYLE.read_text(encoding='utf-8')}\n{theme.css()}</style>")


def head(title: str, finding: str = "", *, exact: bool | None = None, persons: bool = True) -> None:
    """The top of a page: the selection in words, the title (h1), the finding, and remarks on the filters.

    finding: one or two plain sentences computed from the figures; empty when a page has none. exact: whether the page
    shows exact figures, where that is not as the visitor's view has it. persons: whether it is about the persons whom
    the filters choose.
    """
    figure.begin()
    mark = (downloads.INTERNAL,) if (questions.view() == gate.INTERN if exact is None else exact) else ()
    found = f'<p class="bevinding">{formats.escape(finding)}</p>' if finding else ""
    st.html(
        f'<div class="kop"><p class="getoond">{formats.escape(" · ".join((bar.in_words(), *mark)))}</p>'
        f"<h1>{formats.escape(title)}</h1>{found}</div>"
    )
    if not mark:
        figure.note(presentation.ROUNDED)
    bar.warn()
    if persons:
        widen.offer()


def foot(page: str) -> None:
    """The bottom of a page: what was left out of it, and the ways to what is about the monitor itself."""
    if told := left_out.told():
        figure.note([told, *widen.elsewhere(page)])
    ways = [f'<a href="{address(name, bar.selection())}">{PAGES[name][0]}</a>' for name in PAGES if name in FOOT]
    if questions.view() == gate.OPENBAAR:
        data = address("verantwoording", bar.selection(), verantwoording_deel=["De gegevens"])
        ways.append(f'<a href="{data}">Open data</a>')
    st.html(f'<p class="noot voet">{" · ".join(ways)}</p>')
