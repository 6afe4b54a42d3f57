"""Briefing: from what is on the screen to a document for the agenda of the commissie Samenleving."""

import streamlit as st

from pages import kit
from pages.access import gate, questions
from pages.briefing import content, figures, pdf, screen, word, workbook
from pages.briefing.document import TEXTS
from pages.show import downloads

selection = kit.selection()
# What stands on top depends on the choice below it.
top = st.container()
intern = questions.view() == gate.INTERN
sections = {title: key for key, (title, _) in content.SECTIONS.items()}
editions = ["Openbaar", "Intern"] if intern else ["Openbaar"]
# What the reader picks on this page, by its name in the link. What is picked stands in the link as it is read.
choices = {"briefing_uitgave": "Uitgave", "briefing_onderdeel": "Onderdelen"}
offered = {"briefing_uitgave": editions, "briefing_onderdeel": list(sections)}
kit.filters.warn_of_unknown_choices(offered, choices, screen.TOLD["not_to_choose"])
picked = "Openbaar"
# A choice of one is no choice.
if intern:
    first = {"default": picked, "required": True}
    label = choices["briefing_uitgave"]
    picked = st.segmented_control(label, editions, key="briefing_uitgave", bind="query-params", **first)
uitgave = picked.lower() if picked in editions else figures.OPENBAAR
exact = uitgave == figures.INTERN
with top:
    kit.head("Briefing voor de commissie Samenleving", screen.TOLD["finding"], exact=exact)
of_demo = not exact and intern and kit.database().demo
kit.note(f"{TEXTS[uitgave]['on_the_page']} {screen.TOLD['of_the_demo'] if of_demo else ''}".strip())
every, label = {"placeholder": "Alle onderdelen", "select_all": False}, choices["briefing_onderdeel"]
chosen = st.multiselect(label, list(sections), key="briefing_onderdeel", bind="query-params", **every)
kit.note(f"{TEXTS[uitgave]['filters']} {screen.TOLD['every_section']}")

found = screen.figures_of(uitgave, selection)
briefing, in_pdf, drawn = screen.made(found, tuple(sections[title] for title in chosen))

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
kit.note(screen.TOLD["pages"])
for number, page in enumerate(drawn, start=1):
    # White on white: the edge shows where a page ends.
    with st.container(border=True, width=900, key=f"bladzijde_{number}"):
        st.image(page, alt=screen.TOLD["picture"].format(number, len(drawn)))

# On paper are the pages alone.
with st.container(key="briefing_tekst"):
    kit.section("De briefing als tekst")
    st.html(screen.html(briefing))
