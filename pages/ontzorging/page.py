"""Ontzorging: for whom the municipality pays the fixed costs from the bijstand in the first six months."""

import queries
from pages import kit
from pages.ontzorging import charts
from pages.ontzorging import words as says
from pages.show import intervals, series

selection, peildatum, stand, rows = kit.asked()
texts, headings, covered = says.TEXTS, says.TEXTS["headings"], says.TEXTS["coverage"]
status = kit.ask("ontzorging_status", selection)

kit.head("Financieel ontzorgen", says.finding(status, rows))
kit.kpi_grid(rows, "Ontzorging")
kit.note(texts["norm"])
kit.note(says.target_group(status, rows["ontzorging_volledig"]))

kit.group("Bij wie is het begonnen?")
per_area = kit.ask("kpi_per_gebied", selection)
started, standing = kit.side_by_side(2)
with started:
    picked = kit.filters.choose_one(covered["choose"], says.choices(per_area), key="ontzorging_niveau")
    areas = charts.areas(per_area, says.LEVELS[picked])
    kit.show(
        charts.coverage(areas, kit.beside("kpi")),
        table=intervals.table(areas),
        title=says.coverage_title(areas, says.LEVELS[picked]),
        toelichting=f"{says.coverage_words(areas)} {stand}",
        headings={"gebied": picked} | headings["coverage"],
        written={"waarde": kit.formats.share_or_few, "ci_laag": kit.formats.percent, "ci_hoog": kit.formats.percent},
        totals=("teller", "noemer"),
        empty=covered["nobody"],
        n=kit.n(rows["ontzorging_dekking"]),
        question="kpi_per_gebied",
        indicators=("ontzorging_dekking",),
        ways=kit.ways.to_area("ontzorging", says.LEVELS[picked], "gebied"),
    )
with standing:
    compared = kit.under(status, kit.beside("ontzorging_status"), "stadsdeel", "status")
    status_by_area = charts.status_table(compared)
    kit.show(
        charts.status(compared, shares=compared is not status),
        table=status_by_area,
        title=says.status_title(status),
        toelichting=f"{texts['status']} {stand}",
        totals=tuple(kit.presentation.plain(status_by_area).columns[1:]) if compared is status else (),
        empty=texts["nobody"],
        n=kit.n_of(status, "aantal"),
        question="ontzorging_status",
        ways=kit.ways.to_area("ontzorging", "stadsdeel"),
    )

why, paid, course = kit.filters.parts(texts["parts"], key="ontzorging_deel")
if why.open:
    with why:
        reasons = kit.ask("ontzorging_redenen", selection)
        for column, (soort, about) in zip(kit.side_by_side(2), texts["reasons"].items(), strict=True):
            with column:
                of_soort = charts.of_soort(reasons, soort)
                kit.show(
                    charts.reasons(of_soort),
                    table=of_soort,
                    title=says.reasons_title(of_soort, about["title"]),
                    toelichting=f"{about['told']} {stand}",
                    totals=("aantal",),
                    empty=about["nobody"],
                    n=kit.n_of(of_soort, "aantal"),
                    question="ontzorging_redenen",
                )
if paid.open:
    with paid:
        costs = charts.paid(kit.ask("ontzorging_lasten", selection))
        outline = "" if kit.presentation.drawable(costs, "aantal").is_empty() else texts["outline"]
        kit.show(
            charts.costs(costs),
            table=costs,
            title=says.costs_title(costs),
            toelichting=f"{texts['costs'].format(outline)} {stand}",
            headings=headings["costs"],
            written={"post": str.capitalize},
            empty=texts["nobody_started"],
            n=kit.n_of(costs.head(1), "gestart"),
            question="ontzorging_lasten",
        )
if course.open:
    with course:
        question = "ontzorging_voorraad"
        stock = series.by_period(kit.ask(question, selection))
        events = series.events_on_axis(queries.events(), stock.to_series(0), "ontzorging_")
        kit.show(
            **series.stock_figure(stock, events, peildatum, question, subject=charts.SUBJECT, unit="Personen"),
            toelichting=f"{says.stock_words(stock, events)} {stand}",
            headings=headings["stock"],
            empty=texts["nobody_started"],
            n=kit.n_of(stock, "gestart"),
        )
