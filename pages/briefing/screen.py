"""The briefing on the screen: its figures for this visitor, its pages, and the same as text."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import streamlit as st

import queries
from pages.access import gate, questions
from pages.briefing import content, document, figures, pdf
from pages.words import formats
from queries.formats import escape

WHAT = (
    "Een informatienota van hooguit vier bladzijden over wat u bij de filters kiest. U kunt haar downloaden als PDF, "
    "als Word-document of als werkmap met alle cijfers."
)
EDITIONS = {
    figures.OPENBAAR: "Openbaar: de gepubliceerde, afgeronde cijfers. Dit stuk kan op de agenda van de commissie.",
    figures.INTERN: "Intern: exacte cijfers, ook over kleine groepen. Maak dit stuk niet openbaar.",
}
# What the reader picks on this page, by its name in the link. What is picked stands in the link as it is read.
CHOICES = {"briefing_uitgave": "Uitgave", "briefing_onderdeel": "Onderdelen"}
# The edition that is not for this reader does exist.
NOT_TO_CHOOSE = "De link noemt bij “{}” iets dat hier niet te kiezen is; dat telt niet mee."
SECTIONS = {title: key for key, title in content.SECTIONS.items()}
FIRST = "Openbaar"
CHOOSE = {
    figures.OPENBAAR: "Heel Haarlem, een stadsdeel of een doelgroep kiest u bij de filters.",
    figures.INTERN: "Gebied, doelgroep en peildatum kiest u bij de filters.",
}
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


@dataclass(frozen=True)
class Made:
    """A briefing with its PDF and the pages of that PDF (PNG)."""

    briefing: document.Briefing
    pdf: bytes
    pages: list[bytes]


def editions(*, intern: bool) -> dict[str, figures.Uitgave]:
    """The editions on offer, by what the reader sees; intern: whether he may see exact figures."""
    return {FIRST: figures.OPENBAAR, "Intern": figures.INTERN} if intern else {FIRST: figures.OPENBAAR}


def figures_of(uitgave: figures.Uitgave, selection: queries.Selection) -> figures.Figures:
    """The figures of an edition for this visitor: the published ones, or the exact ones that he may see.

    Raises queries.QueryError when there are none, or when the exact ones are not for him.
    """
    if uitgave == figures.OPENBAAR:
        try:
            return figures.openbaar(selection, meanwhile=_publishing)
        except queries.InvalidSelection as error:
            other = f" {OR_INTERN}" if questions.view() == gate.INTERN else ""
            raise queries.InvalidSelection(f"{error}{other}") from error
    source = questions.database()
    if questions.view() != figures.INTERN:
        raise queries.QueryError("De interne briefing is alleen voor wie is aangemeld en er een rol in heeft.")
    return figures.gather(figures.INTERN, questions.ask, selection, source)


def _publishing() -> AbstractContextManager:
    return st.spinner(DEMO_IS_BEING_PUBLISHED)


def explained(uitgave: figures.Uitgave) -> str:
    """What an edition is, in a note; of the public one also how a demo comes by its published figures."""
    of_demo = uitgave == figures.OPENBAAR and questions.view() == gate.INTERN and questions.database().demo
    return f"{EDITIONS[uitgave]} {DEMO_NOTE}" if of_demo else EDITIONS[uitgave]


def made(found: figures.Figures, chosen: Sequence[str]) -> Made:
    """The briefing of these figures with the chosen sections; none chosen: all of them."""
    return _made(_mark(found), tuple(chosen) or tuple(content.SECTIONS), found)


def _mark(found: figures.Figures) -> tuple:
    """What tells one set of figures from another: edition, delivery, selection and the limit of the reader."""
    return (found.uitgave, found.levering, found.made, found.peildatum, found.demo, found.selection, found.grens)


@st.cache_data(max_entries=50, show_spinner="De briefing wordt gemaakt …")
def _made(mark: tuple, chosen: tuple[str, ...], _found: figures.Figures) -> Made:
    briefing = content.build(_found, chosen)
    return Made(briefing, *pdf.pdf_and_pages(briefing))


def about(found: figures.Figures, pages: int) -> str:
    """What the document is about and how long it is."""
    length = "1 bladzijde" if pages == 1 else f"{pages} bladzijden"
    return f"Stand {formats.long_date(found.peildatum)} · {content.selection_words(found)} · {length}"


def html(briefing: document.Briefing) -> str:
    """The document as HTML, everything in it escaped. Its headings are below those of the page (h3)."""
    parts = [f"<p><strong>{escape(' · '.join(briefing.marks))}</strong></p>" if briefing.marks else ""]
    parts.append(_list(briefing.facts))
    for section in briefing.sections:
        parts.append(f"<h3>{escape(section.title)}</h3>")
        parts += [_block(block) for block in section.blocks]
    return f'<div class="briefing">{"".join(parts)}</div>'


def _block(block: document.Block) -> str:
    match block:
        case document.Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case document.Bullets(items):
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
        case document.Facts(rows):
            return _list(rows)
        case document.Table():
            return _table(block)
        case document.Beside(text, picture):
            return "".join(map(_block, (*text, picture)))
        case document.Picture(_, title, words):
            return f"<p><strong>Grafiek: {escape(title)}.</strong> {escape(words)}</p>"


def _list(rows: Sequence[tuple[str, str]]) -> str:
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in rows)
    return f'<dl class="feiten">{facts}</dl>'


def _table(table: document.Table) -> str:
    def row(tag: str, texts: Sequence[str]) -> str:
        number = ' class="getal"'
        return "".join(
            f"<{tag}{number if place in table.numbers else ''}>{escape(text)}</{tag.split()[0]}>"
            for place, text in enumerate(texts)
        )

    head, rows = row('th scope="col"', table.headings), [f"<tr>{row('td', texts)}</tr>" for texts in table.rows]
    if table.total:
        rows[-1] = rows[-1].replace("<tr>", '<tr class="totaal">')
    return (
        f'<div class="tabel" tabindex="0" role="region" aria-label="{escape(table.title)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )
