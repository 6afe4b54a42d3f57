"""Ontzorging: for whom the municipality pays the fixed costs from the bijstand in the first six months."""

import streamlit as st

import queries
from pages import kit
from pages.ontzorging import charts
from pages.ontzorging import words as says
from pages.show import intervals, series

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}
status = kit.ask("ontzorging_status", selection)

kit.head("Financieel ontzorgen", says.finding(status, rows["ontzorging_dekking"]))
kit.kpi_grid("Ontzorging", rows)
kit.note(says.NORM)
kit.note(f"{says.TARGET_GROUP} {says.six_months(status, rows['ontzorging_volledig'])}".strip())

kit.section("Bij wie is het begonnen?")
per_area = kit.ask("kpi_per_gebied", selection)
choices = says.choices(per_area)
picked = kit.filters.choose_one(says.SHOW_PER, choices, key="ontzorging_niveau")
level = says.LEVELS[picked]
areas = charts.areas(per_area, level)
kit.show(
    charts.coverage(areas),
    table=intervals.table(areas),
    title=says.coverage_title(areas, level),
    toelichting=f"{says.COVERAGE[intervals.has_shares(areas)]} {stand}",
    headings={"gebied": picked, "teller": "Begonnen", "noemer": "Van", "waarde": "Deel"},
    written={"waarde": kit.formats.share_or_few, "ci_laag": kit.formats.percent, "ci_hoog": kit.formats.percent},
    totals=("teller", "noemer"),
    empty=says.NO_COVERAGE if kit.presentation.all_exact(per_area) else says.CITY_ONLY,
    n=kit.n(rows["ontzorging_dekking"]),
    question="kpi_per_gebied",
    indicators=("ontzorging_dekking",),
)

status_by_area = charts.status_table(status)
kit.show(
    charts.status(status),
    table=status_by_area,
    title=says.status_title(status),
    toelichting=f"Personen in de doelgroep per stadsdeel van hun woonadres. {stand}",
    totals=tuple(kit.presentation.plain(status_by_area).columns[1:]),
    empty=says.NOBODY,
    n=kit.n_of(status, "aantal"),
    question="ontzorging_status",
)

kit.section("Waarom niet, of niet de volle zes maanden?")
reasons = kit.ask("ontzorging_redenen", selection)
for column, soort in zip(st.columns(2, gap="large"), says.SOORTEN, strict=True):
    with column:
        of_soort = charts.of_soort(reasons, soort)
        kit.show(
            charts.reasons(of_soort),
            table=of_soort,
            title=says.reasons_title(of_soort, soort),
            toelichting=f"{says.REASONS[soort]} {stand}",
            totals=("aantal",),
            empty=says.NO_REASONS[soort],
            n=kit.n_of(of_soort, "aantal"),
            question="ontzorging_redenen",
        )

kit.section("Wat wordt er betaald?")
costs = charts.paid(kit.ask("ontzorging_lasten", selection))
outlined = not kit.presentation.drawable(costs, "aantal").is_empty()
kit.show(
    charts.costs(costs),
    table=costs,
    title=says.costs_title(costs),
    toelichting=f"{says.COSTS.format(says.OUTLINE if outlined else '')} {stand}",
    headings={"post": "Vaste last", "aantal": "Wordt betaald", "gestart": "Ontzorgen begonnen"},
    written={"post": str.capitalize},
    empty=says.NOBODY_STARTED,
    n=kit.n_of(costs.head(1), "gestart"),
    question="ontzorging_lasten",
)

stock = series.by_period(kit.ask("ontzorging_voorraad", selection))
events = series.events_on_axis(queries.events(), stock.to_series(0), "ontzorging_")
kit.section(f"Verloop per {series.period(stock)}")
kit.show(
    series.stock_and_flow(stock, events, peildatum, subject=charts.SUBJECT, unit="Personen"),
    table=stock,
    title=series.stock_title(stock, peildatum, charts.SUBJECT),
    toelichting=f"{says.stock_words(stock, events)} {stand}",
    headings={"gestart": "Begonnen", "lopend": "Lopend aan het eind"},
    empty=says.NOBODY_STARTED,
    n=kit.n_of(stock, "gestart"),
    question="ontzorging_voorraad",
)
