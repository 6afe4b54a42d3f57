"""What a first visitor must know, in three sentences; the browser remembers that they were read."""

from pathlib import Path

import streamlit as st

import queries

_FILES = {kind: queries.filled_in(Path(__file__).with_suffix(f".{kind}")) for kind in ("html", "css", "js")}
_box = st.components.v2.component("introductie", **_FILES)


def offer() -> None:
    """Draws the box, which takes no room once it was read."""
    _box(key="introductie")
