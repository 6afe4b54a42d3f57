"""Leerroutes: the persoonlijk plan in time or not, and which leerroute is in it."""

import streamlit as st

import queries
from pages import kit
from pages.leerroutes import charts
from pages.leerroutes import words as says
from pages.show import curves, intervals, series

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}
status = kit.ask("pip_status", selection)
curve = kit.ask("pip_overleving", selection)
doelgroepen = charts.groups(status, selection.doelgroepen or kit.database().doelgroepen)


kit.head("PIP en leerroutes", says.finding(status, rows))
kit.kpi_grid("Intake en PIP", rows)
kit.note(says.TERM_STARTS)

kit.section("Is de brede intake begonnen?")
published = kit.ask("intake_landelijk", selection)
beside = charts.beside_national(published)
kit.show(
    charts.national(beside),
    table=beside,
    title=says.national_title(beside),
    toelichting=f"{says.national_words(beside)} {stand}",
    headings={
        "teller": "Begonnen",
        "noemer": "Van",
        "waarde": "Deel",
        "landelijk_teller": "Nederland: begonnen",
        "landelijk_noemer": "Nederland: van",
        "landelijk_waarde": "Nederland: deel",
    },
    written={"cohort": str, "waarde": kit.formats.share_or_few}
    | dict.fromkeys(("ci_laag", "ci_hoog", "landelijk_waarde"), kit.formats.percent),
    empty=says.nothing_national(published),
    n=kit.n_of(beside, "noemer"),
    question="intake_landelijk",
    indicators=("intake_gestart",),
)
if not beside.is_empty():
    kit.note(says.SETTLED)

kit.section("Heeft iedereen op tijd een PIP?")
for column, doelgroep in zip(st.columns(len(doelgroepen), gap="large"), doelgroepen, strict=True):
    with column:
        own = charts.of_doelgroep(status, doelgroep)
        kit.show(
            charts.pip_status(own, doelgroep, longest=status["aantal"].max()),
            table=own,
            title=says.status_title(own, doelgroep),
            toelichting=f"{says.STATUS} {stand}",
            totals=("aantal",),
            empty=says.NOBODY,
            n=kit.n_of(own, "aantal"),
            question="pip_status",
        )

kit.show(
    charts.time_to_pip(curve),
    table=curves.table(curve, "doelgroep"),
    title=says.curve_title(curve),
    toelichting=f"{says.curve_words(curve)} {stand}",
    headings=says.CURVE_HEADINGS,
    empty=kit.presentation.why_empty(rows["pip_mediaan_dagen"], says.NO_TERM),
    n=kit.n_of(curve.filter(dag=0), "in_risico"),
    question="pip_overleving",
    indicators=("pip_mediaan_dagen",),
)
if kit.presentation.drawable(curve, "overleving").height:
    kit.note(f"{says.CURVE} {curves.how_to_read(curve)}")

(change,) = kit.ask("kpi_verandering", selection).rows_by_key("indicator", named=True)["pip_tijdig"]
quarters = series.judged_quarters(kit.ask("kpi_instroom", selection), "pip_tijdig")
kit.show(
    series.shares_per_quarter(quarters, "pip_tijdig", says.IN_TIME),
    table=intervals.table(quarters),
    title=series.quarters_title("PIP op tijd", change),
    toelichting=f"{says.QUARTERS} {series.quarters_words(quarters)} {stand}",
    headings={"teller": "Op tijd", "noemer": "Van", "waarde": "Deel"},
    written={"waarde": kit.formats.share_or_few},
    totals=("teller", "noemer"),
    empty=kit.presentation.why_empty(rows["pip_tijdig"], says.NO_QUARTER),
    n=kit.n(rows["pip_tijdig"]),
    question="kpi_instroom",
    indicators=("pip_tijdig",),
)
for remark in says.remarks(queries.events(), peildatum):
    kit.note(remark)

kit.section("Welke leerroute?")
kit.kpi_grid("Leerroutes", rows)
verdeling = kit.ask("leerroute_verdeling", selection)
offered = charts.groups(verdeling, doelgroepen)
choices = [words for words, doelgroep in says.CHOICES.items() if doelgroep in ("alle", *offered)]
picked = kit.filters.choose_one(says.SHOW, choices if len(offered) > 1 else choices[:1], key="leerroutes_doelgroep")
distribution = charts.distribution(verdeling, says.CHOICES[picked])
table = charts.routes_table(distribution)
kit.show(
    charts.routes(distribution),
    table=table,
    title=says.routes_title(distribution, rows),
    toelichting=f"{says.ROUTES[charts.ALL_AREAS in distribution['stadsdeel']]} {stand}",
    headings={"Nog geen PIP": "Nog geen PIP"},
    totals=tuple(kit.presentation.plain(table).columns[1:]),
    empty=says.NOBODY_ACTIVE,
    n=kit.n_of(distribution, "aantal"),
    question="leerroute_verdeling",
    indicators=("leerroute_b", "leerroute_o", "leerroute_z"),
)

left, right = st.columns(2, gap="large")
with left:
    switches = kit.ask("leerroute_wissel", selection)
    kit.show(
        charts.switches(switches),
        table=switches,
        title=says.switches_title(switches),
        toelichting=f"{says.SWITCHES} {stand}",
        headings={"leerroute": "Leerroute nu"},
        totals=("aantal",),
        empty=says.NO_PLAN,
        n=kit.n(rows["leerroute_b"]),
        question="leerroute_wissel",
    )
with right:
    advice = kit.ask("leerroute_advies", selection)
    kit.show(
        charts.advice(advice),
        table=advice,
        title=says.advice_title(advice),
        toelichting=f"{says.ADVICE} {stand}",
        headings={"uitslag": "Uitslag van de toets"},
        totals=("aantal",),
        empty=says.NO_PLAN,
        n=kit.n(rows["leerroute_b"]),
        question="leerroute_advies",
    )
