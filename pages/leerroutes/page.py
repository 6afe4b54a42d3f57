"""Leerroutes: the persoonlijk plan in time or not, and which leerroute is in it."""

import streamlit as st

import queries
from pages import kit
from pages.leerroutes import charts
from pages.leerroutes import words as says
from pages.show import curves, series

selection, peildatum, stand, rows = kit.asked()
texts, empty, headings = says.TEXTS, says.TEXTS["empty"], says.TEXTS["headings"]
status = kit.ask("pip_status", selection)
beside = kit.beside("pip_status")
drawn = beside.also(status, "doelgroep", "status") if beside else status
doelgroepen = charts.groups(status, selection.doelgroepen or kit.database().doelgroepen)


kit.head("PIP en leerroutes", says.finding(status, rows))
kit.kpi_grid("Intake en PIP", rows)
kit.note(texts["term_starts"])

kit.section("Heeft iedereen op tijd een PIP?")
for column, doelgroep in zip(st.columns(len(doelgroepen), gap="large"), doelgroepen, strict=True):
    with column:
        own, shown = (charts.of_doelgroep(each, doelgroep) for each in (status, drawn))
        number = kit.n_of(own, "aantal")
        other = beside and beside.of(charts.of_doelgroep, doelgroep)
        kit.show(
            charts.pip_status(shown, doelgroep, longest=status["aantal"].max(), beside=other),
            table=other.share_columns(shown, "status") if other and own.height else own,
            title=says.status_title(own, doelgroep),
            toelichting=" ".join(filter(None, (texts["status"], number and f"{number}.", stand))),
            totals=("aantal",),
            empty=empty["nobody"],
            n=number,
            question="pip_status",
        )

kit.section("Welke leerroute?")
kit.kpi_grid("Leerroutes", rows)
verdeling = kit.ask("leerroute_verdeling", selection)
offered = charts.groups(verdeling, doelgroepen)
choices = [words for words, doelgroep in says.CHOICES.items() if doelgroep in ("alle", *offered)]
choices = choices if len(offered) > 1 else choices[:1]
picked = kit.filters.choose_one(texts["choose"], choices, key="leerroutes_doelgroep")
distribution = charts.distribution(verdeling, says.CHOICES[picked])
beside = kit.beside("leerroute_verdeling")
other = beside and beside.of(charts.distribution, says.CHOICES[picked])
compared = kit.under(distribution, other, "stadsdeel", "leerroute")
table = charts.routes_table(compared)
together = [texts["not_per_area"]] if charts.ALL_AREAS in distribution["stadsdeel"] else []
kit.show(
    charts.routes(compared, shares=compared is not distribution),
    table=table,
    title=says.routes_title(distribution, rows),
    toelichting=" ".join([texts["routes_now"], *together, stand]),
    headings=headings["leerroute_verdeling"],
    totals=tuple(kit.presentation.plain(table).columns[1:]) if compared is distribution else (),
    empty=empty["nobody_active"],
    n=kit.n_of(distribution, "aantal"),
    question="leerroute_verdeling",
    indicators=("leerroute_b", "leerroute_o", "leerroute_z"),
)

waiting, by_quarter, switched, intake = kit.filters.parts(texts["parts"], key="leerroutes_deel")
if waiting.open:
    with waiting:
        curve, beside = kit.ask("pip_overleving", selection), kit.beside("pip_overleving")
        kit.show(
            charts.time_to_pip(curve, beside),
            table=curves.table(curve, "doelgroep", beside),
            title=says.curve_title(curve),
            toelichting=f"{says.curve_words(curve)} {stand}",
            headings=headings["curve"],
            empty=kit.presentation.why_empty(rows["pip_mediaan_dagen"], empty["no_term"]),
            n=kit.n_of(curve.filter(dag=0), "in_risico"),
            question="pip_overleving",
            indicators=("pip_mediaan_dagen",),
        )
        if kit.presentation.drawable(curve, "overleving").height:
            kit.note(f"{texts['curve']} {curves.how_to_read(curve)}")
if by_quarter.open:
    with by_quarter:
        entrants, changes = (kit.ask(name, selection) for name in ("kpi_instroom", "kpi_verandering"))
        told = {
            "subject": texts["in_time"],
            "title": "PIP op tijd",
            "read": texts["quarters"],
            "nobody": empty["no_quarter"],
        }
        quarters = series.quarters_figure(
            rows["pip_tijdig"], entrants, changes, told=told, stand=stand, beside=kit.beside("kpi_instroom")
        )
        kit.show(**quarters, headings=headings["quarters"])
        for remark in says.remarks(queries.events(), peildatum):
            kit.note(remark)
if switched.open:
    with switched:
        matrices = {
            "leerroute_wissel": (charts.switches, says.switches_title),
            "leerroute_advies": (charts.advice, says.advice_title),
        }
        for column, (question, (drawing, title)) in zip(st.columns(2, gap="large"), matrices.items(), strict=True):
            answer = kit.ask(question, selection)
            with column:
                kit.show(
                    drawing(answer),
                    table=answer,
                    title=title(answer),
                    toelichting=f"{texts[question]} {stand}",
                    headings=headings[question],
                    totals=("aantal",),
                    empty=empty["no_plan"],
                    n=kit.n(rows["leerroute_b"]),
                    question=question,
                )
if intake.open:
    with intake:
        published = kit.ask("intake_landelijk", selection)
        beside = charts.beside_national(published)
        kit.show(
            charts.national(beside),
            table=beside,
            title=says.national_title(beside),
            toelichting=f"{says.national_words(beside)} {stand}",
            headings=headings["national"],
            written={"cohort": str, "waarde": kit.formats.share_or_few}
            | dict.fromkeys(("ci_laag", "ci_hoog", "landelijk_waarde"), kit.formats.percent),
            empty=says.nothing_national(published),
            n=kit.n_of(beside, "noemer"),
            question="intake_landelijk",
            indicators=("intake_gestart",),
        )
        if not beside.is_empty():
            kit.note(texts["national"]["settled"])
