"""Verantwoording: what every figure means, how to check it, what was delivered, and what the data cannot say."""

import streamlit as st

import queries
from pages import kit
from pages.access import questions
from pages.verantwoording import deliveries, parts, protection, sql
from pages.verantwoording import words as says

selection = kit.selection()
source = kit.database()
# The public reader sees how figures were protected in place of what was delivered and the command for exact figures.
published = isinstance(source, queries.Publication)
repeated = None if published else selection
words = says.words(published)
kept = kit.deliveries()
delivery = parts.with_places(queries.read_delivery(source.manifest), kept)
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}

kit.head("Verantwoording", says.published(source.demo) if published else says.finding(delivery))
st.html(parts.facts_html(parts.publication_facts(delivery) if published else parts.snapshot_facts(delivery)))

if published:
    kit.section(protection.TITLE)
    kit.note(protection.WHY)
    st.html(parts.facts_html(protection.facts(source.manifest, source.questions)))
    kit.section(protection.OPEN_DATA_TITLE)
    kit.note(protection.OPEN_DATA)
    name = protection.open_data_name(source.peildatum, demo=source.demo)
    st.download_button(
        "Open data (ZIP)",
        data=questions.taken(name, selection, source.open_data),
        file_name=name,
        mime="application/zip",
        on_click="ignore",
        icon=":material/download:",
        key="open_data",
    )

kit.section("Zo controleert u een cijfer")
st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(words.steps, start=1)))

kit.section("Wat elk cijfer betekent")
kit.note(words.filters)
for thema in queries.THEMAS:
    st.subheader(thema, anchor=False)
    with st.container(gap="xxsmall"):
        for name, indicator in queries.INDICATOREN.items():
            if indicator.thema == thema:
                with sql.fold(indicator.titel, f"kpi_{name}") as opened:
                    if opened.open:
                        st.html(parts.facts_html(parts.indicator_facts(indicator, rows[name])))
                        sql.of_indicator(name, repeated)
kit.take_along(
    parts.definitions(queries.INDICATOREN),
    label="Alle definities downloaden",
    title="Definities van alle kengetallen",
    toelichting="Per kengetal de definitie, de eenheid, de norm en de bron.",
)

kit.section("De vragen achter de pagina’s")
kit.note(words.questions)
with st.container(gap="xxsmall"):
    for name, question in queries.VRAGEN.items():
        with sql.fold(question.titel, f"vraag_{name}") as opened:
            if opened.open:
                if published and name not in source.questions:
                    kit.note(says.NOT_PUBLIC)
                st.html(parts.facts_html(parts.columns(question)))
                sql.of_question(name, repeated)

kit.section("Het model onder de vragen")
kit.note(words.model)
with st.container(gap="xxsmall"):
    for name, text in (queries.model_sql() | (queries.rounding_sql() if published else {})).items():
        with sql.fold(name, f"model_{name}") as opened:
            if opened.open:
                st.code(text, language="sql", wrap_lines=True)

if not published:
    deliveries.show(delivery, kept)

kit.section("Breuken en beperkingen")
st.subheader("Gebeurtenissen die een reeks breken", anchor=False)
st.html(parts.facts_html(parts.breaks(queries.events())))
st.subheader("Wat deze cijfers niet kunnen zeggen", anchor=False)
st.markdown("\n".join(f"- {limit}" for limit in says.limits(published)))

kit.section("Toezeggingen aan de raad")
st.html(parts.facts_html(parts.promises(queries.commitments())))
