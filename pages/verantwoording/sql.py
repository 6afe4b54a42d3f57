"""What opens on demand: folds that are not filled before they are opened, and the SQL behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

import queries
from pages import kit
from pages.verantwoording import parts
from pages.verantwoording.words import TEXTS


def folds(kind: str, titles: Mapping[str, str], draw: Callable[[str], None]) -> None:
    """A fold per name, with its title. draw: fills the fold of a name, once it is open."""
    with st.container(gap="xxsmall"):
        for name, title in titles.items():
            key = f"verantwoording_{kind}_{name}"
            with st.expander(title, type="compact", key=key, on_change="rerun") as opened:
                if opened.open:
                    draw(name)


def answer(name: str, selection: queries.Selection | None, what: str = "question") -> None:
    """What answers a question, and the command that repeats it.

    selection: None leaves the command out, which gives exact figures.
    """
    text = queries.sql(name)
    if text.startswith("def "):
        code("computed", text, "python")
    else:
        code(what, text)
    if selection is not None:
        code("command", parts.command(name, selection), "bash")


def code(what: str, text: str, language: str = "sql") -> None:
    """A piece of code, with what texts.toml says of its kind above it."""
    kit.note(TEXTS["sql"][what])
    st.code(text, language=language, wrap_lines=True)
