"""Briefing: from what is on the screen to a document for the agenda of the commissie Samenleving."""

from dataclasses import replace

import streamlit as st

from pages import kit
from pages.access import gate, questions
from pages.briefing import annex, content, figures, pdf, screen, word, workbook
from pages.briefing.document import TEXTS
from pages.show import downloads

selection, TOLD = kit.selection(), TEXTS["page"]
# What stands on top depends on the choice below it.
top = st.container()
intern = questions.view() == gate.INTERN
parts = {title: key for key, (title, _) in annex.PARTS.items()}
editions = ["Openbaar", "Intern"] if intern else ["Openbaar"]
# What the reader picks on this page, by its name in the link. What is picked stands in the link as it is read.
choices = {"briefing_uitgave": "Uitgave", "briefing_bijlage": "Bijlagen"}
offered = {"briefing_uitgave": editions, "briefing_bijlage": list(parts)}
kit.filters.warn_of_unknown_choices(offered, choices, TOLD["not_to_choose"])
picked = "Openbaar"
# A choice of one is no choice.
if intern:
    first = {"default": picked, "required": True}
    picked = st.segmented_control(TOLD["edition"], editions, key="briefing_uitgave", bind="query-params", **first)
uitgave = picked.lower() if picked in editions else figures.OPENBAAR
exact = uitgave == figures.INTERN
with top:
    kit.head("Briefing voor de commissie Samenleving", TOLD["finding"], exact=exact)
of_demo = not exact and intern and kit.database().demo
kit.note(f"{TEXTS[uitgave]['on_the_page']} {TOLD['of_the_demo'] if of_demo else ''}".strip())

found, left_out = screen.figures_of(uitgave, selection)
if left_out:
    kit.note(TOLD["left_out"].format(kit.formats.enumerate_words(left_out)))
every, label = {"placeholder": "Alle bijlagen", "select_all": False}, choices["briefing_bijlage"]
chosen = st.multiselect(label, list(parts), key="briefing_bijlage", bind="query-params", **every)
if intern:
    found = replace(found, nota=screen.title_block(found.nota))
briefing, in_pdf, drawn = screen.made(found, tuple(parts[title] for title in chosen))

length = "1 bladzijde" if len(drawn) == 1 else f"{len(drawn)} bladzijden"
kit.note(f"Stand {kit.formats.long_date(found.peildatum)} · {content.selection_words(found)} · {length}")
with st.container(horizontal=True, key="briefing_bestanden"):
    for label, suffix, mime, make in (
        ("PDF", "pdf", pdf.MIME, lambda: in_pdf),
        ("Word", "docx", word.MIME, lambda: word.docx(briefing)),
        ("Werkmap met alle cijfers", "xlsx", workbook.MIME, lambda: workbook.xlsx(found)),
    ):
        file = downloads.File(label, f"{briefing.subject}.{suffix}", mime, make)
        downloads.button(file, selection, f"briefing_{suffix}", icon=":material/download:")

kit.section("Zo ziet de briefing eruit")
kit.note(TOLD["pages"])
for number, page in enumerate(drawn, start=1):
    # White on white: the edge shows where a page ends.
    with st.container(border=True, width=900, key=f"bladzijde_{number}"):
        st.image(page, alt=TOLD["picture"].format(number, len(drawn)))

# On paper are the pages alone.
with st.container(key="briefing_tekst"):
    kit.section("De briefing als tekst")
    st.html(screen.html(briefing))
