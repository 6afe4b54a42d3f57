"""Verantwoording: what every figure means, how to check it, what was delivered, and what the data cannot say."""

import streamlit as st

import queries
from pages import shared
from pages.verantwoording import finding as says
from pages.verantwoording import parts, sql

selection = shared.selection()
delivery = queries.read_delivery(shared.database().manifest)
rows = {row["indicator"]: row for row in shared.ask("kpi", selection).iter_rows(named=True)}

shared.head("Verantwoording", says.finding(delivery))
st.html(parts.facts_html(parts.snapshot_facts(delivery)))

shared.section("Zo controleert u een cijfer")
st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(says.STEPS, start=1)))

shared.section("Wat elk cijfer betekent")
shared.note(says.FILTERS)
for thema in queries.THEMAS:
    st.subheader(thema, anchor=False)
    with st.container(gap="xxsmall"):
        for name, indicator in queries.INDICATOREN.items():
            if indicator.thema == thema:
                with sql.fold(indicator.titel, f"kpi_{name}") as opened:
                    if opened.open:
                        st.html(parts.facts_html(parts.indicator_facts(indicator, rows[name])))
                        sql.of_indicator(name, selection)
shared.take_along(
    parts.definitions(queries.INDICATOREN),
    label="Alle definities downloaden",
    title="Definities van alle kengetallen",
    toelichting="Per kengetal de definitie, de eenheid, de norm en de bron.",
)

shared.section("De vragen achter de pagina’s")
shared.note("Elke tabel en grafiek is een antwoord op een van deze vragen. Per vraag de kolommen en de SQL.")
with st.container(gap="xxsmall"):
    for name, question in queries.VRAGEN.items():
        with sql.fold(question.titel, f"vraag_{name}") as opened:
            if opened.open:
                st.html(parts.facts_html(parts.columns(question)))
                sql.of_question(name, selection)

shared.section("Het model onder de vragen")
shared.note("De begrippen waar alle vragen op staan: wie meetelt op een peildatum, termijnen, intervallen en medianen.")
with st.container(gap="xxsmall"):
    for name, text in queries.model_sql().items():
        with sql.fold(name, f"model_{name}") as opened:
            if opened.open:
                st.code(text, language="sql", wrap_lines=True)

shared.section("Wat er is geleverd")
shared.show(
    None,
    filtered=False,
    table=parts.delivered(delivery),
    title="Rijen per tabel",
    toelichting="Een afgekeurde rij telt in geen enkel cijfer mee.",
    written={"geleverd": parts.on_one_line},
    totals=("gelezen", "goedgekeurd", "afgekeurd"),
    empty=says.NOT_TOLD,
)
shared.show(
    None,
    filtered=False,
    table=parts.rejected(delivery),
    title="Afgekeurde rijen, naar reden",
    toelichting="Elke rij telt één keer, bij de eerste regel die zij breekt.",
    totals=("rijen",),
    empty="Er is geen rij afgekeurd.",
)
shared.show(
    None,
    filtered=False,
    table=parts.warned(delivery),
    title="Wat opviel, maar wel meetelt",
    empty="Er viel niets op.",
)
shared.show(
    None,
    filtered=False,
    table=parts.dropped(delivery),
    title="Kolommen die niet zijn bewaard",
    toelichting="Een kolom die geen enkel kengetal nodig heeft, wordt bij de inname weggelaten.",
    empty="Er kwamen geen andere kolommen mee dan afgesproken.",
)
st.subheader("Personen die niet meer in de levering staan", anchor=False)
shared.note(says.gone(delivery))
shared.show(
    None,
    filtered=False,
    table=parts.hashes(delivery),
    title="Vingerafdruk van elk bestand",
    toelichting="Met de SHA-256 is na te gaan of een bestand precies het bestand is dat is ingenomen.",
    headings={"sha256": "SHA-256"},
    empty="Van de bestanden is geen vingerafdruk bewaard.",
)

shared.show(
    None,
    filtered=False,
    table=parts.history(queries.deliveries()),
    title="Eerdere leveringen",
    toelichting="Elke levering waarvan de gegevens zijn bewaard, de nieuwste eerst.",
    written={"ingenomen": parts.on_one_line},
    headings={"ingenomen": "Ingenomen op", "aandeel": "Deel afgekeurd", "verdwenen": "Personen verdwenen"},
    empty="Er zijn geen leveringen bewaard.",
    level=2,
)

shared.section("Breuken en beperkingen")
st.subheader("Gebeurtenissen die een reeks breken", anchor=False)
st.html(parts.facts_html(parts.breaks(queries.events())))
st.subheader("Wat deze cijfers niet kunnen zeggen", anchor=False)
st.markdown("\n".join(f"- {limit}" for limit in says.limits(queries.INDICATOREN)))

shared.section("Toezeggingen aan de raad")
st.html(parts.facts_html(parts.promises(queries.commitments())))
