"""Overdracht: from the end of begeleiding to the Sociaal Wijkteam that receives the person."""

import streamlit as st

import queries
from pages import kit
from pages.overdracht import charts
from pages.overdracht import words as says
from pages.show import curves, intervals, series
from pages.words import maturity

selection = kit.selection()
peildatum = selection.peildatum or kit.database().peildatum
stand = f"Stand {kit.formats.long_date(peildatum)}."
rows = {row["indicator"]: row for row in kit.ask("kpi", selection).iter_rows(named=True)}
per_team = kit.ask("overdracht_per_wijkteam", selection)
# Exact figures may be shown per wijkteam, and published ones are told together.
apart = kit.presentation.all_exact(per_team)
everywhere = per_team if apart else charts.together(kit.ask("overdracht_totaal", selection))
question = ("overdracht_per_wijkteam",) if apart else ("overdracht_totaal", "overdracht_per_wijkteam")


def receiving() -> list[str]:
    """The receiving wijkteams that the reader picks, where there is something to pick from."""
    offered = kit.database().alle_wijkteams if apart else ()
    kit.filters.warn_of_unknown_choices({"overdracht_wijkteam": offered}, {"overdracht_wijkteam": says.RECEIVING})
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


kit.head("Overdracht aan het wijkteam", says.finding(everywhere, rows))
kit.kpi_grid("Overdracht", rows)
ripe = maturity.contract_2022(kit.ask("begeleiding_duur", selection), peildatum)
if ripe:
    kit.note(f"{says.MOSTLY_EARLIER} {ripe}")

kit.section("Per ontvangend wijkteam" if apart else "Alle wijkteams samen")
chosen = receiving()
teams = charts.teams_shown(everywhere, chosen)
# A file that is taken along says as well which wijkteams were picked.
stand_of_teams = f"{stand} {says.RECEIVING}: {kit.formats.enumerate_words(chosen)}." if chosen else stand
if apart:
    kit.note(f"{says.TWO_FILTERS} {says.SCOPE}")
    todo = charts.list_table(teams)
    kit.show(
        None,
        table=todo,
        title=says.list_title(teams),
        toelichting=f"{says.LIST} {stand_of_teams}",
        headings={"open": "Open in totaal", "personen": "Begeleiding afgerond", "mediaan": "Helft overgedragen na"},
        totals=("open_90_plus", "open_31_90", "open_0_30", "open", "personen"),
        empty=says.NOBODY_AT_TEAMS,
        n=kit.n_of(todo, "personen"),
        question=question,
        indicators=("overdracht_open", "overdracht_mediaan_dagen"),
    )
else:
    kit.note(says.TOGETHER)
if says.pilot(queries.events()):
    kit.note(says.PILOT)

completion = charts.completion_table(teams)
kit.show(
    charts.completion(teams),
    table=completion,
    title=says.completion_title(teams),
    toelichting=f"{says.COMPLETION}{says.small_words(teams, charts.STATUSES)} {stand_of_teams}",
    totals=tuple(kit.presentation.plain(completion).columns[1:]),
    empty=says.NOBODY_AT_TEAMS,
    # Who left is in no bar.
    n=kit.n_of(todo, "personen") if apart else kit.n(rows["overdracht_open"]),
    question=question,
)

backlog = charts.backlog_table(teams)
kit.show(
    charts.backlog(backlog),
    table=backlog,
    title=says.backlog_title(teams),
    toelichting=f"{says.BACKLOG}{says.small_words(teams, charts.WAITING)} {stand_of_teams}",
    totals=tuple(kit.presentation.plain(backlog).columns[1:]),
    empty=says.NOBODY_WAITS,
    n="" if apart else kit.n(rows["overdracht_open"], "teller"),
    question=question,
)

if apart:
    form = charts.form_table(teams)
    kit.show(
        charts.form(form),
        table=form,
        title=says.form_title(teams),
        toelichting=f"{says.FORM} {stand_of_teams}",
        totals=tuple(kit.presentation.plain(form).columns[1:]),
        empty=says.NOBODY_HANDED_OVER,
        n=kit.n_of(form, "overgedragen"),
        question=question,
    )
else:
    kit.note(f"{says.form_title(teams)}. {says.AGREED}")
    kit.section("Per ontvangend wijkteam")
    population = charts.published_table(per_team, kit.ask("kpi_per_gebied", selection))
    kit.show(
        charts.population(population),
        table=population,
        title="Begeleiding klaar, naar ontvangend wijkteam",
        toelichting=f"{says.POPULATION} {says.SHARES['waarde' in population.columns]} {stand}",
        headings={"populatie": "Begeleiding klaar", "waarde": "Overgedragen"},
        empty=says.CITY_ONLY,
        question=("overdracht_per_wijkteam", "kpi_per_gebied"),
        indicators=("overdracht_gedaan",),
    )

kit.section("Tijd tot de overdracht")
median = rows["overdracht_mediaan_dagen"]
curve = kit.ask("overdracht_overleving", selection)
kit.show(
    charts.handed_over(curve, median),
    table=charts.enough(curve, median),
    title=says.curve_title(median),
    toelichting=f"{says.CURVE} {curves.how_to_read(curve)} {stand}",
    headings={
        "dag": "Dagen sinds het einde",
        "maanden": "Maanden sinds het einde",
        "gebeurtenissen": "Overgedragen op die dag",
        "gecensureerd": "Niet verder te volgen",
        "overleving": "Wacht nog",
    },
    empty=kit.presentation.why_empty(median, says.NOBODY if median["noemer"] == 0 else says.FEW_FOR_A_CURVE),
    n=kit.n(median),
    question="overdracht_overleving",
    indicators=("overdracht_mediaan_dagen",),
)

kit.section("Verloop per kwartaal")
(change,) = kit.ask("kpi_verandering", selection).rows_by_key("indicator", named=True)["overdracht_gedaan"]
quarters = series.judged_quarters(kit.ask("kpi_instroom", selection), "overdracht_gedaan")
kit.show(
    series.shares_per_quarter(quarters, "overdracht_gedaan", f"{says.WITHIN}, {says.WHEN}"),
    table=intervals.table(quarters),
    title=series.quarters_title(says.WITHIN, change),
    toelichting=f"{says.ENTERED} {series.quarters_words(quarters)} {stand}",
    headings={"teller": "Binnen 30 dagen", "noemer": "Van", "waarde": "Deel"},
    written={"waarde": kit.formats.share_or_few},
    totals=("teller", "noemer"),
    empty=kit.presentation.why_empty(rows["overdracht_gedaan"], says.NO_QUARTER),
    n=kit.n(rows["overdracht_gedaan"]),
    question="kpi_instroom",
    indicators=("overdracht_gedaan",),
)
