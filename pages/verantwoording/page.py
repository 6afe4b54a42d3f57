"""Verantwoording: what every figure means, how to check it, what was delivered, and what the data cannot say."""

import streamlit as st

import queries
from pages import kit
from pages.show import downloads
from pages.show.table import facts
from pages.verantwoording import deliveries, parts, sql
from pages.verantwoording import words as says

selection = kit.selection()
source = kit.database()
# The public reader sees how figures were protected in place of what was delivered and the command for exact figures.
published = isinstance(source, queries.Publication)
repeated = None if published else selection
texts = says.TEXTS["openbaar" if published else "intern"]
kept = kit.deliveries()
delivery = queries.read_delivery(source.manifest)
# As it is kept, it knows where its rejected rows are.
delivery = next((each for each in kept if each.levering_id and each.levering_id == delivery.levering_id), delivery)
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}


def draw_indicator(name: str) -> None:
    """What there is to know of a KPI, with its observations and the question that adds them up."""
    st.html(facts(parts.indicator_facts(queries.INDICATOREN[name], rows[name])))
    sql.code("observations", queries.observations_sql(name))
    sql.answer("kpi", repeated, "sum")


def draw_question(name: str) -> None:
    """The columns of a question, with what answers it."""
    if published and name not in source.questions:
        kit.note(says.TEXTS["sql"]["not_public"])
    st.html(facts(queries.VRAGEN[name].kolommen.items()))
    sql.answer(name, repeated)


kit.head("Verantwoording", says.finding(delivery, published))
st.html(facts(parts.source_facts(delivery, published)))

if published:
    kit.section("Hoe deze cijfers zijn afgeschermd")
    kit.note(says.PROTECTION["why"])
    st.html(facts(says.protection(source.manifest, source.questions)))
    kit.section("Alle openbare cijfers als open data")
    kit.note(says.PROTECTION["open_data"])
    name = f"open-data_{source.peildatum.isoformat()}_openbaar{'_demo' if source.demo else ''}.zip"
    file = downloads.File("Open data (ZIP)", name, "application/zip", source.open_data)
    downloads.button(file, selection, "open_data", icon=":material/download:")

kit.section("Zo controleert u een cijfer")
st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(texts["steps"], start=1)))

kit.section("Wat elk cijfer betekent")
kit.note(texts["filters"])
for thema in queries.THEMAS:
    st.subheader(thema, anchor=False)
    titles = {name: entry.titel for name, entry in queries.INDICATOREN.items() if entry.thema == thema}
    sql.folds("kpi", titles, draw_indicator)
kit.take_along(
    parts.definitions(queries.INDICATOREN),
    label="Alle definities downloaden",
    title="Definities van alle kengetallen",
    toelichting="Per kengetal de definitie, de eenheid, de norm en de bron.",
)

kit.section("De vragen achter de pagina’s")
kit.note(texts["questions"])
sql.folds("vraag", {name: question.titel for name, question in queries.VRAGEN.items()}, draw_question)

kit.section("Het model onder de vragen")
kit.note(texts["model"])
model = queries.model_sql() | (queries.rounding_sql() if published else {})
sql.folds("model", {name: name for name in model}, lambda name: st.code(model[name], language="sql", wrap_lines=True))

if not published:
    deliveries.show(delivery, kept)

kit.section("Breuken en beperkingen")
st.subheader("Gebeurtenissen die een reeks breken", anchor=False)
st.html(facts(parts.breaks(queries.events())))
st.subheader("Wat deze cijfers niet kunnen zeggen", anchor=False)
st.markdown("\n".join(f"- {limit}" for limit in says.limits(published)))

kit.section("Toezeggingen aan de raad")
st.html(facts(parts.promises(queries.commitments())))
