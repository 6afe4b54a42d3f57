"""Overdracht: from the end of begeleiding to the Sociaal Wijkteam that receives the person."""

import streamlit as st

import queries
from pages import shared
from pages.overdracht import charts
from pages.overdracht import finding as says

selection = shared.selection()
stand = f"Stand {shared.formats.long_date(selection.peildatum or shared.database().peildatum)}."
rows = {row["indicator"]: row for row in shared.ask("kpi", selection).iter_rows(named=True)}
everywhere = shared.ask("overdracht_per_wijkteam", selection)

shared.head("Overdracht aan het wijkteam", says.finding(everywhere, rows))
shared.grid(
    shared.kpi_tile(indicator, rows[name])
    for name, indicator in queries.INDICATOREN.items()
    if indicator.thema == "Overdracht"
)

shared.section("Per ontvangend wijkteam")
offered = shared.database().alle_wijkteams
complaint = says.unknown_in_link(st.query_params.get_all("overdracht_wijkteam"), offered)
if complaint:
    st.warning(complaint, icon=":material/link_off:")
chosen = st.multiselect(
    "Ontvangend wijkteam",
    offered,
    key="overdracht_wijkteam",
    bind="query-params",
    placeholder="Alle wijkteams",
    select_all=False,
)
shared.note(f"{says.TWO_FILTERS} {says.SCOPE}")
teams = charts.teams_shown(everywhere, chosen)
stand_of_teams = says.stand_words(stand, chosen)

completion = charts.completion_table(teams)
shared.show(
    charts.completion(teams),
    table=completion,
    title=says.completion_title(teams),
    toelichting=f"{says.COMPLETION} {stand_of_teams}",
    totals=tuple(completion.columns[1:]),
    empty=says.NOBODY_AT_TEAMS,
    n=says.n_words(shared.total(teams, "populatie")),
    question="overdracht_per_wijkteam",
)

backlog = charts.backlog_table(teams)
shared.show(
    charts.backlog(backlog),
    table=backlog,
    title=says.backlog_title(teams),
    toelichting=f"{says.BACKLOG} {stand_of_teams}",
    totals=tuple(backlog.columns[1:]),
    empty=says.NOBODY_WAITS,
    question="overdracht_per_wijkteam",
)

form = charts.form_table(teams)
shared.show(
    charts.form(form),
    table=form,
    title=says.form_title(teams),
    toelichting=f"{says.FORM} {stand_of_teams}",
    totals=tuple(form.columns[1:]),
    empty=says.NOBODY_HANDED_OVER,
    n=says.n_words(shared.total(form, "overgedragen")),
    question="overdracht_per_wijkteam",
)

shared.show(
    None,
    table=charts.medians(teams),
    title="Mediaan van de tijd tot de overdracht per wijkteam",
    toelichting=f"{says.MEDIANS} {stand_of_teams}",
    totals=("personen",),
    empty=says.NOBODY_AT_TEAMS,
    question="overdracht_per_wijkteam",
    indicators=("overdracht_mediaan_dagen",),
)

shared.section("Tijd tot de overdracht")
median = rows["overdracht_mediaan_dagen"]
curve = charts.enough(shared.ask("overdracht_overleving", selection), median)
shared.show(
    charts.handed_over(curve, median),
    table=curve,
    title=says.curve_title(median),
    toelichting=f"{says.CURVE} n = {shared.formats.count(median['noemer'])}. {stand}",
    headings={
        "dag": "Dagen sinds het einde",
        "gebeurtenissen": "Overgedragen op die dag",
        "gecensureerd": "Niet verder te volgen",
        "overleving": "Wacht nog",
    },
    empty=says.too_few_for_a_curve(median),
    question="overdracht_overleving",
    indicators=("overdracht_mediaan_dagen",),
)
