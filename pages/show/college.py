"""What the college says of figures on a page, as quotes below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

import queries
from pages.access import gate, questions
from pages.filters import bar
from pages.words import college, presentation
from pages.words.presentation import Row
from queries.formats import escape


def quote(rows: Mapping[str, Row], names: Iterable[str]) -> None:
    """A quote for each of these KPIs of which the college says something and whose figure may be shown.

    rows: per indicator its row of the question kpi, for what the filter bar shows. There are none when the file is not
    right: what is wrong is told when the server starts, and on the page Briefing.
    """
    chosen, source = bar.selection(), questions.database()
    public = questions.view() != gate.INTERN
    try:
        said = queries.duiding(chosen, chosen.peildatum or source.peildatum, source.grens)
    except queries.QueryError:
        return
    shown = [name for name in names if name in said and presentation.says(rows[name])]
    for name in shown:
        words, written = college.told(said[name], questions.ask("kpi_trend", chosen), public=public)
        title = escape(college.TOLD["says"].format(queries.INDICATOREN[name].titel))
        st.html(
            f'<blockquote class="college"><p><strong>{title}</strong> {escape(words)}</p>'
            f"<footer>{escape(written)}</footer></blockquote>"
        )
