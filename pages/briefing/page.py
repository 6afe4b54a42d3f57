"""Briefing: from what is on the screen to a document for the agenda of the commissie Samenleving."""

import streamlit as st

from pages import kit
from pages.access import gate, questions
from pages.briefing import figures, pdf, screen, word, workbook

selection = kit.selection()
# What stands on top depends on the choice below it.
top = st.container()
editions = screen.editions(intern=questions.view() == gate.INTERN)
kit.filters.warn_of_unknown_choices(
    {"briefing_uitgave": list(editions), "briefing_onderdeel": list(screen.SECTIONS)},
    screen.CHOICES,
    screen.NOT_TO_CHOOSE,
)
picked = screen.FIRST
# A choice of one is no choice.
if len(editions) > 1:
    picked = st.segmented_control(
        screen.CHOICES["briefing_uitgave"],
        list(editions),
        default=screen.FIRST,
        required=True,
        key="briefing_uitgave",
        bind="query-params",
    )
uitgave = editions.get(picked, figures.OPENBAAR)
with top:
    kit.head("Briefing voor de commissie Samenleving", screen.WHAT, exact=uitgave == figures.INTERN)
kit.note(screen.explained(uitgave))
sections = st.multiselect(
    screen.CHOICES["briefing_onderdeel"],
    list(screen.SECTIONS),
    key="briefing_onderdeel",
    bind="query-params",
    placeholder="Alle onderdelen",
    select_all=False,
)
kit.note(f"{screen.CHOOSE[uitgave]} {screen.EVERY_SECTION}")

found = screen.figures_of(uitgave, selection)
made = screen.made(found, [screen.SECTIONS[title] for title in sections])

kit.note(screen.about(found, len(made.pages)))
with st.container(horizontal=True, key="briefing_bestanden"):
    for label, suffix, mime, content_of in (
        ("PDF", "pdf", pdf.MIME, lambda: made.pdf),
        ("Word", "docx", word.MIME, lambda: word.docx(made.briefing)),
        ("Werkmap met alle cijfers", "xlsx", workbook.MIME, lambda: workbook.xlsx(found)),
    ):
        name = f"{made.briefing.subject}.{suffix}"
        st.download_button(
            label,
            data=questions.taken(name, selection, content_of),
            file_name=name,
            mime=mime,
            on_click="ignore",
            icon=":material/download:",
            key=f"briefing_{suffix}",
        )

kit.section("Zo ziet de briefing eruit")
kit.note(screen.PAGES_NOTE)
for number, page in enumerate(made.pages, start=1):
    # White on white: the edge shows where a page ends.
    with st.container(border=True, width=900, key=f"bladzijde_{number}"):
        st.image(page, alt=f"Bladzijde {number} van {len(made.pages)} van de briefing; de tekst staat hieronder.")

kit.section("De briefing als tekst")
st.html(screen.html(made.briefing))
