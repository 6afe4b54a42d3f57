"""What of a page may not be shown: it is left out where it would stand, and named once at the foot of the page."""

from __future__ import annotations

import streamlit as st

from pages.show import TEXTS
from pages.words import formats

_NAMES = "_left_out"
KPI, PART = "kpi", "part"


def begin() -> None:
    """Starts a page: nothing is left out of it yet."""
    st.session_state[_NAMES] = {KPI: {}, PART: {}}


def add(kind: str, *names: str) -> None:
    """Notes the names of KPIs, or of other parts of the page, that are left out."""
    st.session_state[_NAMES][kind] |= dict.fromkeys(names)


def told() -> str:
    """All that was left out of the page, in a sentence per kind; empty when nothing was."""
    sentences = []
    for kind, names in st.session_state[_NAMES].items():
        listed = formats.enumerate_words([f"‘{name}’" for name in names])
        how = TEXTS["left_out"][kind]["one" if len(names) == 1 else "more"]
        sentences += [how.format(number=len(names), names=listed)] if names else []
    return " ".join(sentences)
