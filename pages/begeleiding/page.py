"""Begeleiding: how long the maatschappelijke begeleiding lasts per regime, and how many periods run per month."""

import queries
from pages import shared
from pages.begeleiding import charts
from pages.begeleiding import finding as says
from pages.shared import maturity, series

selection = shared.selection()
peildatum = selection.peildatum or shared.database().peildatum
stand = f"Stand {shared.formats.long_date(peildatum)}."
rows = {row["indicator"]: row for row in shared.ask("kpi", selection).iter_rows(named=True)}
durations = shared.ask("begeleiding_duur", selection)
curve = shared.ask("begeleiding_overleving", selection)
stock = series.by_period(shared.ask("begeleiding_voorraad", selection))
number = says.n_words(shared.total(durations, "periodes"))

shared.head("Maatschappelijke begeleiding", says.finding(durations, rows))
shared.kpi_grid("Begeleiding", rows)
shared.note(f"{says.REGIMES} {maturity.contract_2022(durations, peildatum)}".strip())

shared.section("Hoe lang duurt de begeleiding?")
shared.show(
    charts.survival(curve, durations),
    table=charts.curve_table(curve),
    title=says.curve_title(durations),
    toelichting=f"{says.curve_words(curve, durations)} {stand}",
    headings=says.CURVE_HEADINGS,
    empty=says.no_curve(durations),
    n=number,
    question="begeleiding_overleving",
    indicators=("begeleiding_mediaan",),
)
if not charts.curve_table(curve).is_empty():
    shared.note(says.how_to_read(curve))
shared.show(
    None,
    table=charts.duration_table(durations),
    title=says.durations_title(durations),
    toelichting=f"{says.durations_words(durations)} {stand}",
    headings={"periodes": "Perioden", "over_norm": "Over de norm"},
    totals=("periodes", "beeindigd", "lopend"),
    empty=says.NOBODY,
    n=number,
    question="begeleiding_duur",
    indicators=("begeleiding_mediaan", "begeleiding_over_norm"),
)

shared.section(f"Verloop per {series.period(stock)}")
shared.show(
    charts.stock(stock, charts.events_on_axis(queries.events(), stock), peildatum),
    table=stock,
    title=says.stock_title(stock, peildatum),
    toelichting=f"{says.stock_words(stock)} {stand}",
    headings={"gestart": "Begonnen", "lopend": "Lopend aan het eind"},
    empty=says.NOBODY,
    n=number,
    question="begeleiding_voorraad",
)
