"""Begeleiding: how long the maatschappelijke begeleiding lasts per regime, and how many periods run per month."""

import queries
from pages import kit
from pages.begeleiding import charts
from pages.begeleiding import words as says
from pages.show import curves, series
from pages.words import maturity

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}
durations = kit.ask("begeleiding_duur", selection)
curve = kit.ask("begeleiding_overleving", selection)
stock = series.by_period(kit.ask("begeleiding_voorraad", selection))
exact = kit.presentation.all_exact(durations)
number = kit.n_of(durations, "periodes", "perioden")

kit.head("Maatschappelijke begeleiding", says.finding(durations, rows))
kit.kpi_grid("Begeleiding", rows)
kit.note(f"{says.REGIMES} {maturity.contract_2022(durations, peildatum)}".strip())

kit.section("Hoe lang duurt de begeleiding?")
kit.show(
    charts.survival(curve, durations),
    table=curves.table(curve, "regime"),
    title=says.curve_title(durations),
    toelichting=f"{says.curve_words(curve, durations)} {stand}",
    headings=says.CURVE_HEADINGS,
    empty=says.NOBODY if exact else says.NO_CURVE,
    n=number,
    question="begeleiding_overleving",
    indicators=("begeleiding_mediaan",),
)
if not curves.table(curve, "regime").is_empty():
    kit.note(f"{says.CURVE} {curves.how_to_read(curve)}")
kit.show(
    None,
    table=charts.duration_table(durations),
    title=says.durations_title(durations),
    toelichting=f"{says.DURATIONS[exact]} {stand}",
    headings={"periodes": "Perioden", "over_norm": "Over de norm"},
    totals=("periodes", "beeindigd", "lopend"),
    empty=says.NOBODY,
    n=number,
    question="begeleiding_duur",
    indicators=("begeleiding_mediaan", "begeleiding_over_norm"),
)

events = series.events_on_axis(queries.events(), stock.to_series(0), "begeleiding_")
kit.section(f"Verloop per {series.period(stock)}")
kit.show(
    series.stock_and_flow(stock, events, peildatum, subject=charts.SUBJECT, unit="Perioden"),
    table=stock,
    title=series.stock_title(stock, peildatum, charts.SUBJECT),
    toelichting=f"{says.STOCK.format(series.period(stock))} {stand}",
    headings={"gestart": "Begonnen", "lopend": "Lopend aan het eind"},
    empty=says.NOBODY,
    n=number,
    question="begeleiding_voorraad",
)
