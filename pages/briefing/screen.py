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


def figures_of(uitgave: str, selection: queries.Selection) -> tuple[figures.Figures, list[str]]:
    """The figures of an edition for this visitor, published or exact, and the filters that the edition leaves out.

    Raises queries.QueryError when there are none, or when the exact ones are not for him.
    """
    if uitgave == figures.OPENBAAR:
        source = figures.publication(of_demo=start.demo_publication_beside)
        part, left_out = figures.published(selection, source)
        return figures.gather(part, source), left_out
    source = questions.database()
    if questions.view() != gate.INTERN:
        raise queries.QueryError(TOLD["not_for_this_reader"])
    return figures.gather(selection, source, questions.ask), []


def title_block(filled: queries.Nota) -> queries.Nota:
    """What stands above the briefing, as it is filled in; a visitor may fill in more of it, for himself."""
    labels = document.TEXTS["title_block"]
    with st.expander(TOLD["title_block"], icon=":material/edit_note:", key="nota"):
        how = {"value": filled.datum, "format": "DD-MM-YYYY", "key": "nota_datum"}
        given: dict[str, object] = {"datum": st.date_input(labels["datum"], **how)}
        for name in ("portefeuillehouder", "afdeling", "contact", "zaaknummer", "gevraagd"):
            given[name] = st.text_input(labels[name], getattr(filled, name), key=f"nota_{name}").strip()
        decided = "\n".join(filled.eerdere_besluiten)
        told = st.text_area(f"{labels['eerdere_besluiten']} (één per regel)", decided, key="nota_eerdere_besluiten")
        given["eerdere_besluiten"] = tuple(filter(None, map(str.strip, told.splitlines())))
    return filled.model_copy(update=given)


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
        case document.Tiles(rows):
            return table.facts((label, " · ".join(filter(None, (value, note)))) for label, value, note in rows)
        case document.Picture(_, title, words, beside):
            return f"{_block(beside)}<p><strong>Grafiek: {escape(title)}.</strong> {escape(words)}</p>"
