"""Briefing: from what is on the screen to a document for the agenda of the commissie Samenleving."""

import streamlit as st

from pages import kit
from pages.access import gate, questions
from pages.briefing import content, figures, pdf, screen, word, workbook
from pages.show import downloads

selection = kit.selection()
# What stands on top depends on the choice below it.
top = st.container()
sections = {title: key for key, (title, _) in content.SECTIONS.items()}
first, *more = [uitgave.capitalize() for uitgave in screen.EDITIONS]
editions = [first, *more] if questions.view() == gate.INTERN else [first]
offered = {"briefing_uitgave": editions, "briefing_onderdeel": list(sections)}
kit.filters.warn_of_unknown_choices(offered, screen.CHOICES, screen.NOT_TO_CHOOSE)
picked = first
# A choice of one is no choice.
if len(editions) > 1:
    picked = st.segmented_control(
        screen.CHOICES["briefing_uitgave"],
        editions,
        default=first,
        required=True,
        key="briefing_uitgave",
        bind="query-params",
    )
uitgave = (picked if picked in editions else first).lower()
with top:
    kit.head("Briefing voor de commissie Samenleving", screen.WHAT, exact=uitgave == figures.INTERN)
kit.note(screen.explained(uitgave))
chosen = st.multiselect(
    screen.CHOICES["briefing_onderdeel"],
    list(sections),
    key="briefing_onderdeel",
    bind="query-params",
    placeholder="Alle onderdelen",
    select_all=False,
)
kit.note(f"{screen.EDITIONS[uitgave][1]} {screen.EVERY_SECTION}")

found = screen.figures_of(uitgave, selection)
briefing, in_pdf, drawn = screen.made(found, [sections[title] for title in chosen])

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
kit.note(screen.PAGES_NOTE)
for number, page in enumerate(drawn, start=1):
    # White on white: the edge shows where a page ends.
    with st.container(border=True, width=900, key=f"bladzijde_{number}"):
        st.image(page, alt=f"Bladzijde {number} van {len(drawn)} van de briefing; de tekst staat hieronder.")

kit.section("De briefing als tekst")
st.html(screen.html(briefing))
