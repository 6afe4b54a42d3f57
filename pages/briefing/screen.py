"""The briefing on the screen: its figures for this visitor, its pages, and the same as text."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import queries
from pages import start
from pages.access import gate, questions
from pages.briefing import content, document, figures, pdf
from pages.show import table
from queries.formats import escape

TOLD = document.TEXTS["page"]


def figures_of(uitgave: str, selection: queries.Selection) -> figures.Figures:
    """The figures of an edition for this visitor: the published ones, or the exact ones that he may see.

    Raises queries.QueryError when there are none, or when the exact ones are not for him.
    """
    if uitgave == figures.OPENBAAR:
        try:
            return figures.openbaar(selection, of_demo=start.demo_publication_beside)
        except queries.InvalidSelection as error:
            other = f" {TOLD['or_intern']}" if questions.view() == gate.INTERN else ""
            raise queries.InvalidSelection(f"{error}{other}") from error
    source = questions.database()
    if questions.view() != gate.INTERN:
        raise queries.QueryError(TOLD["not_for_this_reader"])
    return figures.gather(selection, source, questions.ask)


@st.cache_data(
    max_entries=50,
    show_spinner="De briefing wordt gemaakt …",
    hash_funcs={figures.Figures: lambda found: repr(replace(found, frames={}))},
)
def made(found: figures.Figures, chosen: tuple[str, ...]) -> tuple[document.Briefing, bytes, list[bytes]]:
    """The briefing with the chosen sections (none: all of them), its PDF, and the pages of that PDF as PNG."""
    briefing = content.build(found, chosen)
    return briefing, *pdf.pdf_and_pages(briefing)


def html(briefing: document.Briefing) -> str:
    """The document as HTML, everything in it escaped. Its headings are below those of the page (h3)."""
    parts = [f"<p><strong>{escape(' · '.join(briefing.marks))}</strong></p>" if briefing.marks else ""]
    parts.append(table.facts(briefing.facts))
    for title, blocks in briefing.sections:
        parts += [f"<h3>{escape(title)}</h3>", *map(_block, blocks)]
    return f'<div class="briefing">{"".join(parts)}</div>'


def _block(block: document.Block) -> str:
    match block:
        case str():
            return f"<p>{escape(block)}</p>"
        case tuple():
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block)}</ul>"
        case document.Facts(rows):
            return table.facts(rows)
        case document.Table(title, headings, rows, _, numbers, total):
            return table.markup(title, headings, rows, numbers, total)
        case document.Picture(_, title, words, beside):
            told = f"<p><strong>Grafiek: {escape(title)}.</strong> {escape(words)}</p>"
            return "".join([*map(_block, beside), told])
