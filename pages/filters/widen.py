"""When the filters leave nobody, or too few to say much of: which of them to widen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import queries
from pages.access import questions
from pages.filters import bar
from pages.filters.link import address
from pages.words import formats, presentation

TEXTS = bar.TEXTS["widen"]
# Per filter, by its name in the link, where a selection has it and what it is there when nothing is chosen.
_LISTS = ("stadsdelen", "wijkteams", "doelgroepen", "wetten", "cohorten")
_FIELDS = {key: (name, ()) for key, name in zip(bar.LISTS, _LISTS, strict=True)}
_FIELDS |= {name: (name, None) for name in (*bar.DATES, bar.PEILDATUM)}


def offer() -> None:
    """Says so, and offers each filter that leaves more when it is taken away, with how many that would be."""
    chosen, source = bar.selection(), questions.database()
    without = {
        key: replace(chosen, **{name: first})
        for key, (name, first) in _FIELDS.items()
        if getattr(chosen, name) != first
    }
    if without and not isinstance(source, queries.Publication) and not _persons(chosen):
        found = {key: _persons(wider) for key, wider in without.items()}
        labels = {
            key: TEXTS["counted"].format(filter=bar.LABELS[key], number=words) for key, words in found.items() if words
        }
        _tell(TEXTS["nobody" if labels else "none_alone"], labels)


def elsewhere(page: str) -> list[str | tuple[str, str]]:
    """Where more can be said than of what is chosen in the public view: some stadsdelen together, and the city."""
    chosen, source = bar.selection(), questions.database()
    if chosen.unfiltered or not isinstance(source, queries.Publication):
        return []
    around = {
        TEXTS["together"].format(formats.enumerate_words(deel)): queries.Selection(stadsdelen=deel)
        for deel in source.delen
        if chosen.stadsdelen and {*chosen.stadsdelen} < {*deel}
    }
    wider = around | {presentation.lower(bar.PUBLIC["stadsdeel"]): queries.Selection()}
    ways = [[TEXTS["or"], (name, address(page, other))] for name, other in wider.items()]
    return [TEXTS["elsewhere"], *[part for way in ways for part in way][1:], "."]


def _persons(chosen: queries.Selection) -> str:
    """How many persons a selection has, in words; empty when it has nobody."""
    (row,) = questions.ask("personen", chosen).iter_rows(named=True)
    return presentation.persons(row, "aantal") if row["aantal"] else ""


def _tell(sentence: str, labels: dict[str, str]) -> None:
    st.info(sentence, icon=":material/filter_alt:")
    first = bar.first_choices(questions.database())
    with st.container(horizontal=True, key="verruimen"):
        for key, label in labels.items():
            st.button(label, key=f"zonder_{key}", on_click=st.session_state.update, args=({key: first[key]},))
