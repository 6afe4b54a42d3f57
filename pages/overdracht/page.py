"""Overdracht: from the end of begeleiding to the Sociaal Wijkteam that receives the person."""

import streamlit as st

import queries
from pages import shared
from pages.overdracht import charts
from pages.overdracht import finding as says
from pages.shared import maturity, series

selection = shared.selection()
peildatum = selection.peildatum or shared.database().peildatum
stand = f"Stand {shared.formats.long_date(peildatum)}."
rows = {row["indicator"]: row for row in shared.ask("kpi", selection).iter_rows(named=True)}
per_team = shared.ask("overdracht_per_wijkteam", selection)
apart = charts.are_told_apart(per_team)
everywhere = per_team if apart else charts.together(shared.ask("overdracht_totaal", selection))
question = ("overdracht_per_wijkteam",) if apart else ("overdracht_totaal", "overdracht_per_wijkteam")


def receiving() -> list[str]:
    """The receiving wijkteams that the reader picks, where there is something to pick from."""
    offered = shared.database().alle_wijkteams if apart else ()
    shared.filters.warn_of_unknown_choices({"overdracht_wijkteam": offered}, {"overdracht_wijkteam": says.RECEIVING})
    if not apart:
        return []
    return st.multiselect(
        says.RECEIVING,
        offered,
        key="overdracht_wijkteam",
        bind="query-params",
        placeholder="Alle wijkteams",
        select_all=False,
    )


shared.head("Overdracht aan het wijkteam", says.finding(everywhere, rows))
shared.kpi_grid("Overdracht", rows)
ripe = maturity.contract_2022(shared.ask("begeleiding_duur", selection), peildatum)
if ripe:
    shared.note(f"{says.MOSTLY_EARLIER} {ripe}")

shared.section("Per ontvangend wijkteam" if apart else "Alle wijkteams samen")
chosen = receiving()
teams = charts.teams_shown(everywhere, chosen)
stand_of_teams = says.stand_words(stand, chosen)
if apart:
    shared.note(f"{says.TWO_FILTERS} {says.SCOPE}")
    todo = charts.list_table(teams)
    shared.show(
        None,
        table=todo,
        title=says.list_title(teams),
        toelichting=f"{says.LIST} {stand_of_teams}",
        headings={"open": "Open in totaal", "personen": "Begeleiding afgerond", "mediaan": "Helft overgedragen na"},
        totals=("open_90_plus", "open_31_90", "open_0_30", "open", "personen"),
        empty=says.NOBODY_AT_TEAMS,
        n=says.n_words(shared.total(todo, "personen")),
        question=question,
        indicators=("overdracht_open", "overdracht_mediaan_dagen"),
    )
else:
    shared.note(says.TOGETHER)
shared.note(says.pilot(queries.events(), peildatum))

completion = charts.completion_table(teams)
shared.show(
    charts.completion(teams),
    table=completion,
    title=says.completion_title(teams),
    toelichting=f"{says.completion_words(teams)} {stand_of_teams}",
    totals=tuple(shared.weergave.plain(completion).columns[1:]),
    empty=says.NOBODY_AT_TEAMS,
    n=says.n_of_teams(teams),
    question=question,
)

backlog = charts.backlog_table(teams)
shared.show(
    charts.backlog(backlog),
    table=backlog,
    title=says.backlog_title(teams),
    toelichting=f"{says.backlog_words(teams)} {stand_of_teams}",
    totals=tuple(shared.weergave.plain(backlog).columns[1:]),
    empty=says.NOBODY_WAITS,
    n="" if apart else says.n_of(rows["overdracht_open"], "teller"),
    question=question,
)

if apart:
    form = charts.form_table(teams)
    shared.show(
        charts.form(form),
        table=form,
        title=says.form_title(teams),
        toelichting=f"{says.FORM} {stand_of_teams}",
        totals=tuple(shared.weergave.plain(form).columns[1:]),
        empty=says.NOBODY_HANDED_OVER,
        n=says.n_words(shared.total(form, "overgedragen")),
        question=question,
    )
else:
    shared.note(says.form_words(teams))
    shared.section("Per ontvangend wijkteam")
    population = charts.published_table(per_team, shared.ask("kpi_per_gebied", selection))
    shared.show(
        charts.population(population),
        table=population,
        title="Begeleiding klaar, naar ontvangend wijkteam",
        toelichting=f"{says.population_words(population)} {stand}",
        headings={"populatie": "Begeleiding klaar", "waarde": "Overgedragen"},
        empty=says.CITY_ONLY,
        question=("overdracht_per_wijkteam", "kpi_per_gebied"),
        indicators=("overdracht_gedaan",),
    )

shared.section("Tijd tot de overdracht")
median = rows["overdracht_mediaan_dagen"]
curve = charts.enough(shared.ask("overdracht_overleving", selection), median)
shared.show(
    charts.handed_over(curve, median),
    table=curve,
    title=says.curve_title(median),
    toelichting=f"{says.curve_words(median)} {stand}",
    headings={
        "dag": "Dagen sinds het einde",
        "maanden": "Maanden sinds het einde",
        "gebeurtenissen": "Overgedragen op die dag",
        "gecensureerd": "Niet verder te volgen",
        "overleving": "Wacht nog",
    },
    empty=says.too_few_for_a_curve(median),
    question="overdracht_overleving",
    indicators=("overdracht_mediaan_dagen",),
)

shared.section("Verloop per kwartaal")
(change,) = shared.ask("kpi_verandering", selection).rows_by_key("indicator", named=True)["overdracht_gedaan"]
quarters = charts.timely_quarters(shared.ask("kpi_instroom", selection))
shared.show(
    charts.per_quarter(quarters, charts.events_on_axis(queries.events(), quarters)),
    table=series.quarters_table(quarters),
    title=series.quarters_title(says.WITHIN, change),
    toelichting=f"{says.quarters_words(quarters)} {stand}",
    headings={"teller": "Binnen 30 dagen", "noemer": "Van", "waarde": "Deel"},
    written={"waarde": shared.formats.share_or_few},
    totals=("teller", "noemer"),
    empty=says.no_quarter(rows["overdracht_gedaan"]),
    n=says.n_of(rows["overdracht_gedaan"]),
    question="kpi_instroom",
    indicators=("overdracht_gedaan",),
)
