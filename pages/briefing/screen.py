"""The briefing on the screen: its figures for this visitor, its pages, and the same as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

import queries
from pages.access import gate, questions
from pages.briefing import content, document, figures, pdf
from pages.show import table
from queries.formats import escape

WHAT = (
    "Een informatienota van hooguit vier bladzijden over wat u bij de filters kiest. U kunt haar downloaden als PDF, "
    "als Word-document of als werkmap met alle cijfers."
)
# What an edition is, and what can be chosen for it.
EDITIONS = {
    figures.OPENBAAR: (
        "Openbaar: de gepubliceerde, afgeronde cijfers. Dit stuk kan op de agenda van de commissie.",
        "Heel Haarlem, een stadsdeel of een doelgroep kiest u bij de filters.",
    ),
    figures.INTERN: (
        "Intern: exacte cijfers, ook over kleine groepen. Maak dit stuk niet openbaar.",
        "Gebied, doelgroep en peildatum kiest u bij de filters.",
    ),
}
# What the reader picks on this page, by its name in the link. What is picked stands in the link as it is read.
CHOICES = {"briefing_uitgave": "Uitgave", "briefing_onderdeel": "Onderdelen"}
# The edition that is not for this reader does exist.
NOT_TO_CHOOSE = "De link noemt bij “{}” iets dat hier niet te kiezen is; dat telt niet mee."
EVERY_SECTION = "Kiest u geen onderdelen, dan staan ze er alle in."
DEMO_IS_BEING_PUBLISHED = (
    "De demo heeft nog geen openbare cijfers. Die worden nu gemaakt en gecontroleerd; dat duurt ongeveer een halve "
    "minuut …"
)
DEMO_NOTE = (
    "De openbare cijfers van de demo worden vanzelf gemaakt. Met cijfers van de gemeente gebeurt dat nooit vanzelf: "
    "een beheerder publiceert ze, met python -m queries.openbaar."
)
OR_INTERN = "Voor een andere keuze is er de uitgave Intern."
PAGES_NOTE = "De bladzijden zoals ze in de PDF staan. Dezelfde tekst staat eronder."

# A briefing, its PDF, and the pages of that PDF (PNG).
Made = tuple[document.Briefing, bytes, list[bytes]]


def figures_of(uitgave: figures.Uitgave, selection: queries.Selection) -> figures.Figures:
    """The figures of an edition for this visitor: the published ones, or the exact ones that he may see.

    Raises queries.QueryError when there are none, or when the exact ones are not for him.
    """
    if uitgave == figures.OPENBAAR:
        try:
            return figures.openbaar(selection, meanwhile=lambda: st.spinner(DEMO_IS_BEING_PUBLISHED))
        except queries.InvalidSelection as error:
            other = f" {OR_INTERN}" if questions.view() == gate.INTERN else ""
            raise queries.InvalidSelection(f"{error}{other}") from error
    source = questions.database()
    if questions.view() != figures.INTERN:
        raise queries.QueryError("De interne briefing is alleen voor wie is aangemeld en er een rol in heeft.")
    return figures.gather(figures.INTERN, questions.ask, selection, source)


def explained(uitgave: figures.Uitgave) -> str:
    """What an edition is, in a note; of the public one also how a demo comes by its published figures."""
    of_demo = uitgave == figures.OPENBAAR and questions.view() == gate.INTERN and questions.database().demo
    return f"{EDITIONS[uitgave][0]} {DEMO_NOTE if of_demo else ''}".strip()


def made(found: figures.Figures, chosen: Sequence[str]) -> Made:
    """The briefing of these figures with the chosen sections, its PDF and its pages; none chosen: all of them."""
    return _made(replace(found, frames={}), tuple(chosen), found)


@st.cache_data(max_entries=50, show_spinner="De briefing wordt gemaakt …")
def _made(without_frames: figures.Figures, chosen: tuple[str, ...], _found: figures.Figures) -> Made:
    briefing = content.build(_found, chosen)
    return briefing, *pdf.pdf_and_pages(briefing)


def html(briefing: document.Briefing) -> str:
    """The document as HTML, everything in it escaped. Its headings are below those of the page (h3)."""
    parts = [f"<p><strong>{escape(' · '.join(briefing.marks))}</strong></p>" if briefing.marks else ""]
    parts.append(table.facts(briefing.facts))
    for section in briefing.sections:
        parts += [f"<h3>{escape(section.title)}</h3>", *map(_block, section.blocks)]
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
