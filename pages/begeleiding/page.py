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
if regimes := f"{queries.GEMEENTE.begeleiding} {maturity.newest(durations, peildatum)}".strip():
    kit.note(regimes)

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
        table = kit.whose(charts.duration_table, durations, other)
        kit.show(
            None,
            table=table,
            title=says.durations_title(durations),
            toelichting=f"{says.durations_words(durations, table)} {stand}",
            headings=headings["durations"],
            totals=() if other else ("periodes", "beeindigd", "lopend"),
            empty=texts["nobody"],
            n=number,
            question="begeleiding_duur",
            indicators=("begeleiding_mediaan", "begeleiding_over_norm"),
        )
if course.open:
    with course:
        answer, about = kit.ask("begeleiding_voorraad", selection), {"subject": charts.SUBJECT, "unit": "Perioden"}
        stock, _, figure = series.stock_figure("begeleiding_voorraad", answer, peildatum, **about)
        told = f"{texts['stock'].format(series.period(stock))} {stand}"
        kit.show(**figure, toelichting=told, empty=texts["nobody"], n=number)
