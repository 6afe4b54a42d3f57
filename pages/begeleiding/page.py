"""Begeleiding: how long the maatschappelijke begeleiding lasts per regime, and how many periods run per month."""

import queries
from pages import kit
from pages.begeleiding import charts
from pages.begeleiding import words as says
from pages.show import curves, series
from pages.words import maturity

selection, peildatum, stand, rows = kit.asked()
texts, headings = says.TEXTS, says.TEXTS["headings"]
durations = kit.ask("begeleiding_duur", selection)
curve = kit.ask("begeleiding_overleving", selection)
beside = kit.beside("begeleiding_overleving")
exact = kit.presentation.all_exact(durations)
number = kit.n_of(durations, "periodes", "perioden")

kit.head("Maatschappelijke begeleiding", says.finding(durations, rows))
kit.kpi_grid(rows, "Begeleiding")
kit.note(f"{texts['regimes']} {maturity.contract_2022(durations, peildatum)}".strip())

kit.group("Hoe lang duurt de begeleiding?")
shown = curves.table(curve, "regime", beside)
kit.show(
    charts.survival(curve, durations, beside),
    table=shown,
    title=says.curve_title(durations),
    toelichting=f"{says.curve_words(curve, durations)} {stand}",
    headings=headings["curve"],
    empty=texts["nobody"] if exact else "",
    n=number,
    question="begeleiding_overleving",
    indicators=("begeleiding_mediaan",),
)
if not shown.is_empty():
    kit.note(f"{texts['curve']} {curves.how_to_read(curve)}")
duration, course = kit.filters.parts(texts["parts"], key="begeleiding_deel")
if duration.open:
    with duration:
        other = kit.beside("begeleiding_duur")
        kit.show(
            None,
            table=kit.whose(charts.duration_table, durations, other),
            title=says.durations_title(durations),
            toelichting=" ".join([texts["durations"], *([] if exact else [texts["rounded"]]), stand]),
            headings=headings["durations"],
            totals=() if other else ("periodes", "beeindigd", "lopend"),
            empty=texts["nobody"],
            n=number,
            question="begeleiding_duur",
            indicators=("begeleiding_mediaan", "begeleiding_over_norm"),
        )
if course.open:
    with course:
        question = "begeleiding_voorraad"
        stock = series.by_period(kit.ask(question, selection))
        events = series.events_on_axis(queries.events(), stock.to_series(0), "begeleiding_")
        kit.show(
            **series.stock_figure(stock, events, peildatum, question, subject=charts.SUBJECT, unit="Perioden"),
            toelichting=f"{texts['stock'].format(series.period(stock))} {stand}",
            headings=headings["stock"],
            empty=texts["nobody"],
            n=number,
        )
