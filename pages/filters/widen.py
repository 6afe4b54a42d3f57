"""When the filters leave nobody, or in the public view too few to say much of: which of them to widen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

import queries
from pages.access import questions
from pages.filters import bar
from pages.words import formats, presentation

TEXTS = bar.TEXTS["widen"]
# Of the KPIs, from where on the reader sees little else than that they are too small.
_MOST = 0.75
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
    if not without:
        return
    if isinstance(source, queries.Publication):
        hidden = [presentation.hidden(row, "waarde") for row in questions.ask("kpi", chosen).iter_rows(named=True)]
        if sum(hidden) > _MOST * len(hidden):
            labels = {key: TEXTS["without"].format(filter=bar.LABELS[key]) for key in without}
            around = [deel for deel in source.delen if chosen.stadsdelen and {*chosen.stadsdelen} < {*deel}]
            _tell(TEXTS["too_small"], labels, list(map(formats.enumerate_words, around)))
    elif not _persons(chosen):
        found = {key: _persons(wider) for key, wider in without.items()}
        labels = {
            key: TEXTS["counted"].format(filter=bar.LABELS[key], number=words) for key, words in found.items() if words
        }
        _tell(TEXTS["nobody" if labels else "none_alone"], labels)


def _persons(chosen: queries.Selection) -> str:
    """How many persons a selection has, in words; empty when it has nobody."""
    (row,) = questions.ask("personen", chosen).iter_rows(named=True)
    return presentation.persons(row, "aantal") if row["aantal"] else ""


def _tell(sentence: str, labels: dict[str, str], together: Sequence[str] = ()) -> None:
    """together: the parts of the city around the chosen stadsdeel."""
    st.info(sentence, icon=":material/filter_alt:")
    first = bar.first_choices(questions.database())
    with st.container(horizontal=True, key="verruimen"):
        for name in together:
            label, wider = TEXTS["together"].format(name), {"stadsdeel": name}
            st.button(label, key=f"samen_{name}", on_click=st.session_state.update, args=(wider,))
        for key, label in labels.items():
            st.button(label, key=f"zonder_{key}", on_click=st.session_state.update, args=({key: first[key]},))
