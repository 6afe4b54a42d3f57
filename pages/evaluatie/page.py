"""Evaluatie: can these data tell whether shorter begeleiding did harm? The verdict, its conditions, the rest."""

import streamlit as st

import queries
from pages import kit
from pages.evaluatie import words as says
from pages.words import sentences

selection = kit.selection()
stand = f"Stand {kit.formats.long_date(selection.peildatum or kit.database().peildatum)}."
conditions = kit.ask("evaluatie_meetbaarheid", selection)
comparison = kit.ask("evaluatie_vergelijking", selection)
compared = comparison.row(0, named=True)
regimes = kit.ask("evaluatie_regimes", selection)

kit.head(says.TEXTS["title"], says.finding(compared))

kit.show(
    None,
    table=says.condition_table(conditions),
    question="evaluatie_meetbaarheid",
    title=f"Aan {conditions['voldaan'].sum()} van de {conditions.height} voorwaarden voor een vergelijking is voldaan",
    written=dict.fromkeys(("uitkomst", "gemeten", "nodig"), says.on_one_line) | {"toelichting": says.in_few_lines},
    toelichting=f"{says.TEXTS['conditions_read']} {stand}",
    level=2,
)

kit.section("Wat is wel en niet te zeggen?")
for column, (title, told) in zip(st.columns(2, gap="large"), says.told(compared).items(), strict=True):
    with column:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {sentence}" for sentence in told))
if says.can_be_compared(compared):
    kit.show(
        None,
        table=comparison,
        question="evaluatie_vergelijking",
        title="De vergelijking",
        toelichting=f"{says.counted(kit.ask('evaluatie_meldingen', selection))} {stand}",
        headings=says.TEXTS["headings"],
        written=says.comparison_notation(compared),
    )
kit.show(
    None,
    table=says.groups_table(regimes),
    question="evaluatie_regimes",
    title=says.TEXTS["came_in_other_years"],
    toelichting=f"{says.TEXTS['regimes']} {stand}",
    headings=says.TEXTS["headings"],
    empty=says.TEXTS["no_regimes"],
)
st.page_link("meldingen/page.py", label=says.TEXTS["requests"], icon=":material/arrow_forward:")

with st.expander("Hoe leest u dit?", key="evaluatie_uitleg"):
    st.markdown("\n".join(f"- {sentence}" for sentence in (sentences.MEANING, *says.TEXTS["how_to_read"])))
kit.note(says.commitment(queries.commitments()))
