"""Leerroutes: the persoonlijk plan in time or not, and which leerroute is in it."""

import polars as pl

import queries
from pages import kit
from pages.leerroutes import charts
from pages.leerroutes import words as says
from pages.show import curves, series

selection, peildatum, stand, rows = kit.asked()
texts, empty, headings, of_shares = says.TEXTS, says.TEXTS["empty"], says.TEXTS["headings"], says.TEXTS["shares"]
status = kit.ask("pip_status", selection)
beside = kit.beside("pip_status")
drawn = beside.also(status, "doelgroep", "status") if beside else status
doelgroepen = charts.groups(status, selection.doelgroepen or kit.database().doelgroepen)

kit.head("PIP en leerroutes", says.finding(status, rows))
kit.kpi_grid(rows, "Intake en PIP", "Leerroutes")

kit.group("Heeft iedereen op tijd een PIP?", texts["term_starts"])
for column, doelgroep in zip(kit.side_by_side(len(doelgroepen)), doelgroepen, strict=True):
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
# Of published figures there are none per wijkteam.
exact = kit.presentation.all_exact(status)


def draw_shares(shares, question: str, title: str, told: str) -> None:
    """The leerroutes as shares of all with a PIP. told: the name of how they are read."""
    other = beside.title if beside else ""
    # The first column says what a row is of: an area, a quarter, or whose it is.
    own = shares.filter(pl.col(shares.columns[0]).cast(pl.String) != other)
    open_places = "" if kit.presentation.all_exact(shares) else of_shares["left_open"]
    of_no_area = texts["of_no_area"] if queries.ONBEKEND in own[:, 0].cast(pl.String) else ""
    kit.show(
        charts.routes(shares),
        table=shares,
        title=title,
        toelichting=" ".join(filter(None, (of_shares[told], of_no_area, open_places, stand))),
        headings=headings["shares"],
        written={"waarde": kit.formats.share_or_few},
        totals=("teller",) if own.height == shares.height else (),
        empty=kit.presentation.why_empty(rows["leerroute_b"], empty["no_plan"]),
        n=kit.n_of(own.filter(leerroute=charts.ROUTES["B"]), "noemer"),
        question=question,
        indicators=tuple(charts.SHARES),
        ways=kit.ways.to_area("leerroutes", shares.columns[0]) if question == "kpi_per_gebied" else None,
    )


def draw_numbers() -> None:
    """The leerroutes as numbers of persons per stadsdeel."""
    distribution = charts.distribution(kit.ask("leerroute_verdeling", selection))
    rows_of = {charts.ALL_AREAS: "not_per_area", queries.ONBEKEND: "of_no_area"}
    told = (texts[name] for area, name in rows_of.items() if area in distribution["stadsdeel"])
    kit.show(
        charts.numbers(distribution),
        table=charts.routes_table(distribution),
        title=says.numbers_title(rows),
        toelichting=" ".join((texts["routes_now"], *told, stand)),
        headings=headings["leerroute_verdeling"],
        empty=empty["nobody_active"],
        question="leerroute_verdeling",
        indicators=tuple(charts.SHARES),
        ways=kit.ways.to_area("leerroutes", "stadsdeel"),
    )


def draw_routes() -> None:
    """The leerroutes by what the reader picks: as shares, or of published areas, that have hardly any, as numbers."""
    offered = says.choices(exact, kit.filters.tells("kpi_instroom", indicators=tuple(charts.SHARES)), selection)
    level = says.LEVELS[kit.filters.choose_one(texts["choose"], offered, key="leerroutes_per")]
    if level == "kwartaal":
        entrants, changes = (kit.ask(name, selection) for name in ("kpi_instroom", "kpi_verandering"))
        shares = charts.per_quarter(entrants, kit.beside("kpi_instroom"))
        draw_shares(shares, "kpi_instroom", says.quarters_title(changes), "quarters")
        for remark in says.remarks(queries.events(), peildatum, "leerroute_verdeling"):
            kit.note(remark)
    elif exact:
        shares = charts.shares(kit.ask("kpi_per_gebied", selection), level, kit.beside("kpi"))
        draw_shares(shares, "kpi_per_gebied", says.shares_title(shares, rows, beside.title if beside else ""), "areas")
    else:
        draw_numbers()


routes, per_team, waiting, by_quarter, switched, nation = kit.filters.parts(texts["parts"], key="leerroutes_deel")
if routes.open:
    with routes:
        draw_routes()
if per_team.open:
    with per_team:
        teams = charts.waiting(kit.ask("pip_per_wijkteam", selection))
        kit.show(
            None,
            table=teams,
            title=says.waiting_title(teams),
            toelichting=f"{texts['waiting']['told']} {stand}",
            headings=headings["waiting"],
            totals=tuple(name for name in kit.presentation.plain(teams).columns if name not in ("wijkteam", "langst")),
            empty=empty["nobody"],
            n=kit.n_of(teams, "personen"),
            question="pip_per_wijkteam",
            indicators=("pip_over_termijn",),
            ways=kit.ways.to_profile(kit.ways.to_area("leerroutes", "wijkteam")),
        )
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
        for remark in says.remarks(queries.events(), peildatum, "pip_tijdig"):
            kit.note(remark)
if switched.open:
    with switched:
        matrices = {
            "leerroute_wissel": (charts.switches, says.switches_title),
            "leerroute_advies": (charts.advice, says.advice_title),
        }
        for column, (question, (drawing, title)) in zip(kit.side_by_side(2), matrices.items(), strict=True):
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
if nation.open:
    with nation:
        for question, told in says.BESIDE_NATION.items():
            published = queries.national().filter(indicator=told["indicator"])
            if question not in kit.database().questions:
                of_today = published.filter(stand=peildatum)
                kit.note(says.nation_alone(of_today, told))
                for source in says.sources(of_today):
                    kit.note(source)
                continue
            answer = kit.ask(question, selection)
            beside = charts.beside_national(answer, published)
            kit.show(
                charts.national(beside, told["what"]),
                table=charts.national_table(beside),
                title=says.national_title(beside, told["what"]),
                toelichting=f"{says.national_words(beside, told['whom'])} {stand}",
                headings=headings["national"] | told["headings"],
                written={"cohort": str, "waarde": kit.formats.share_or_few}
                | dict.fromkeys(("ci_laag", "ci_hoog"), kit.formats.percent),
                empty=says.nothing_national(answer, told["about"]),
                n=kit.n_of(beside, "noemer"),
                question=question,
                indicators=(told["indicator"],),
            )
            if not beside.is_empty():
                kit.note([part for source in says.sources(beside) for part in (*source, " ")] + [told["settled"]])
