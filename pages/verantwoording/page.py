"""Verantwoording: what every figure means, how to check it, what was delivered, and what the data cannot say."""

from collections.abc import Callable

import polars as pl
import streamlit as st

import queries
from pages import kit
from pages.show import downloads
from pages.show.table import facts
from pages.verantwoording import charts, parts, sql
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


def draw_indicator(name: str) -> None:
    """What there is to know of a KPI, with its observations and the question that adds them up."""
    row = kit.ask("kpi", selection).row(by_predicate=pl.col("indicator") == name, named=True)
    st.html(facts(parts.indicator_facts(queries.INDICATOREN[name], row)))
    sql.code("observations", queries.observations_sql(name))
    sql.answer("kpi", repeated, "sum")


def draw_question(name: str) -> None:
    """The columns of a question, with what answers it."""
    if name not in source.questions:
        kit.note(says.TEXTS["sql"]["not_public"])
    st.html(facts(queries.VRAGEN[name].kolommen.items()))
    sql.answer(name, repeated)


def draw_delivery(part: Callable[[queries.Delivery], pl.DataFrame]) -> None:
    """A table of the delivery, which no filter changes, as texts.toml says."""
    told = says.TEXTS["delivery"][part.__name__]
    kit.show(None, question=(), table=part(delivery), written={"geleverd": parts.on_one_line}, **told)


kit.head("Verantwoording", says.finding(delivery, published))
st.html(facts(parts.source_facts(delivery, published)))

meaning, unknown, nation, limits, data, check = kit.filters.parts(says.TEXTS["parts"], key="verantwoording_deel")
if meaning.open:
    with meaning:
        kit.note(texts["filters"])
        for thema in queries.THEMAS:
            kit.section(thema)
            titles = {name: entry.titel for name, entry in queries.INDICATOREN.items() if entry.thema == thema}
            sql.folds("kpi", titles, draw_indicator)
        kit.take_along(
            parts.definitions(queries.INDICATOREN),
            label="Alle definities downloaden",
            title="Definities van alle kengetallen",
            toelichting="Per kengetal de definitie, de eenheid, de norm en de bron.",
        )
if unknown.open:
    with unknown:
        known, told = queries.knowable(), says.TEXTS["knowable"]
        how = {"toelichting": told["read"], "headings": told["headings"], "level": 2}
        with st.container(key="kennis"):
            kit.show(None, question=(), table=parts.knowable(known), title=says.knowable(known), **how)
if nation.open:
    with nation:
        kit.note(says.TEXTS["national"])
        for (name,), published_of in queries.national().group_by("indicator", maintain_order=True):
            kit.section((queries.INDICATOREN | queries.VRAGEN)[name].titel)
            st.html(facts(parts.nation(published_of)))
if limits.open:
    with limits:
        kit.section("Gebeurtenissen die een reeks breken")
        st.html(facts(parts.breaks(queries.events())))
        kit.section("Wat deze cijfers niet kunnen zeggen")
        st.markdown("\n".join(f"- {limit}" for limit in says.limits(published)))
        kit.section("Toezeggingen aan de raad")
        st.html(facts(parts.promises(queries.commitments())))
if data.open:
    with data:
        if published:
            kit.section("Hoe deze cijfers zijn afgeschermd")
            kit.note(says.PROTECTION["why"])
            st.html(facts(says.protection(source.manifest, source.questions)))
            if used := says.use(source.manifest):
                kit.section("Hoeveel er te zien is")
                st.html(facts(used))
            kit.section("Alle openbare cijfers als open data")
            kit.note(says.PROTECTION["open_data"])
            name = f"open-data_{source.peildatum.isoformat()}_openbaar{'_demo' if source.demo else ''}.zip"
            file = downloads.File("Open data (ZIP)", name, "application/zip", source.open_data)
            downloads.button(file, selection, "open_data", icon=":material/download:")
        else:
            # The numbers of a delivery are exact.
            kit.section("Wat er is geleverd")
            for part in (parts.delivered, parts.rejected, parts.warned, parts.dropped):
                draw_delivery(part)
            st.subheader("Personen die niet meer in de levering staan", anchor=False)
            kit.note(says.gone(delivery))
            draw_delivery(parts.hashes)

            kit.section("Leveringen door de tijd")
            history, told = parts.history(kept), says.TEXTS["history"]
            drawn, title = charts.deliveries(history), says.developed(charts.comparable(history))
            how = {"written": {"ingenomen": parts.on_one_line}, "headings": told["headings"], "empty": told["empty"]}
            toelichting = told["alone" if drawn is None else "drawn"]
            kit.show(drawn, question=(), table=history, title=title, toelichting=toelichting, **how)
if check.open:
    with check:
        kit.section("Zo controleert u een cijfer")
        st.markdown("\n".join(f"{number}. {step}" for number, step in enumerate(texts["steps"], start=1)))
        kit.section("De vragen achter de pagina’s")
        kit.note(texts["questions"])
        sql.folds("vraag", {name: question.titel for name, question in queries.VRAGEN.items()}, draw_question)
        kit.section("Het model onder de vragen")
        kit.note(texts["model"])
        model = queries.model_sql() | (queries.rounding_sql() if published else {})
        sql.folds(
            "model", {name: name for name in model}, lambda name: st.code(model[name], language="sql", wrap_lines=True)
        )
