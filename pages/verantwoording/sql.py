"""What opens on demand: a fold that is not filled before it is opened, and the SQL behind a figure."""

from __future__ import annotations

import streamlit as st

import queries
from pages import kit
from pages.verantwoording import parts

OBSERVATIONS = "Wie of wat meetelt. De tabellen waaruit dit leest, staan bij “Het model onder de vragen”."
SUM = "De vraag die de waarnemingen optelt, voor alle kengetallen tegelijk."
COMPUTED = "Deze vraag wordt beantwoord door een rekenbibliotheek, met deze Python-functie."
QUESTION = "De SQL, letterlijk zoals zij wordt uitgevoerd."
COMMAND = "Zo krijgt u dezelfde cijfers op de opdrachtregel, met de filters van nu."


def fold(title: str, key: str):
    """A fold with a title; what is in it is only made once it is open."""
    return st.expander(title, type="compact", key=f"verantwoording_{key}", on_change="rerun")


def of_indicator(name: str, selection: queries.Selection | None) -> None:
    """The SQL of one KPI: its observations, the question that adds them up, and the command that repeats it.

    selection: None leaves the command out, which gives exact figures.
    """
    _code(OBSERVATIONS, queries.observations_sql(name), "sql")
    _code(SUM, queries.sql("kpi"), "sql")
    _command("kpi", selection)


def of_question(name: str, selection: queries.Selection | None) -> None:
    """What answers a question, and the command that repeats it; see of_indicator()."""
    text = queries.sql(name)
    computed = text.startswith("def ")
    _code(COMPUTED if computed else QUESTION, text, "python" if computed else "sql")
    _command(name, selection)


def _command(name: str, selection: queries.Selection | None) -> None:
    if selection is not None:
        _code(COMMAND, parts.command(name, selection), "bash")


def _code(words: str, text: str, language: str) -> None:
    kit.note(words)
    st.code(text, language=language, wrap_lines=True)
