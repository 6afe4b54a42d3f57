"""Overdracht: from the end of begeleiding to the Sociaal Wijkteam that receives the person."""

import streamlit as st

import queries
from pages import kit
from pages.overdracht import charts
from pages.overdracht import words as says
from pages.show import curves, series
from pages.show.table import Shown
from pages.words import maturity

selection, peildatum, stand, rows = kit.asked()
texts, empty, headings = says.TEXTS, says.TEXTS["empty"], says.TEXTS["headings"]
of_teams, public = texts["teams"], texts["public"]
per_team = kit.ask("overdracht_per_wijkteam", selection)
# Exact figures may be shown per wijkteam, and published ones are told together.
apart = kit.presentation.all_exact(per_team)
everywhere = per_team if apart else charts.together(kit.ask("overdracht_totaal", selection))
question = ("overdracht_per_wijkteam",) if apart else ("overdracht_totaal", "overdracht_per_wijkteam")


def receiving() -> list[str]:
    """The receiving wijkteams that the reader picks, where there is something to pick from."""
    offered = kit.database().alle_wijkteams if apart else ()
    key, label = "overdracht_wijkteam", of_teams["receiving"]
    kit.filters.warn_of_unknown_choices({key: offered}, {key: label})
    how = {"placeholder": "Alle wijkteams", "select_all": False}
    return st.multiselect(label, offered, key="overdracht_wijkteam", bind="query-params", **how) if apart else []


kit.head("Overdracht aan het wijkteam", says.finding(everywhere, rows))
kit.kpi_grid(rows, "Overdracht")
if ripe := maturity.newest(kit.ask("begeleiding_duur", selection), peildatum):
    kit.note(f"{texts['mostly_earlier']} {ripe}")

notes = [f"{of_teams['two_filters']} {of_teams['scope']}"] if apart else []
kit.group(texts["heads"]["teams" if apart else "together"], *notes)
chosen = receiving()
offered = kit.database().alle_wijkteams
ways = kit.ways.to_choice("overdracht", "overdracht_wijkteam", "wijkteam", offered) if apart else None
teams = charts.teams_shown(everywhere, chosen)
# A file that is taken along says as well which wijkteams were picked.
stand_of_teams = f"{stand} {of_teams['receiving']}: {kit.formats.enumerate_words(chosen)}." if chosen else stand
if apart:
    todo, to_team = charts.list_table(teams), kit.ways.to_profile(ways)
    how = {"headings": headings["list"], "totals": (*reversed(charts.WAITING), "open", "overgedragen", "personen")}
    how |= {"in_words": ("mediaan",)}
    on_screen = Shown(charts.shortened(todo, of_teams["list"]["others"]), to=to_team.to, **how)
    kit.show(
        None,
        table=todo,
        title=says.list_title(teams),
        toelichting=f"{of_teams['list']['told']} {stand_of_teams}",
        empty=of_teams["list"]["nobody"],
        n=kit.n_of(todo, "personen"),
        question=question,
        indicators=("overdracht_open", "overdracht_mediaan_dagen"),
        html=on_screen.html(says.list_title(teams)),
        **how,
    )
else:
    population = charts.published_table(per_team, kit.ask("kpi_per_gebied", selection))
    shares = public["shares"] if "waarde" in population.columns else ""
    kit.show(
        charts.population(population),
        table=population,
        title="Begeleiding klaar, naar ontvangend wijkteam",
        toelichting=" ".join(filter(None, (public["population"], shares, public["together"], stand))),
        headings=headings["population"],
        question=("overdracht_per_wijkteam", "kpi_per_gebied"),
        indicators=("overdracht_gedaan",),
    )


def draw(name: str, chart, table, title: str, n: str, more: str = "") -> None:
    """A figure of the receiving wijkteams that were picked, of which all counts add up. name, more: of its texts."""
    kit.show(
        chart,
        table=table,
        title=title,
        toelichting=" ".join(filter(None, (of_teams[name]["told"], more, stand_of_teams))),
        totals=() if "wie" in table.columns else tuple(kit.presentation.plain(table).columns[1:]),
        empty=of_teams[name]["nobody"],
        n=n,
        question=question,
        ways=ways,
    )


state, waiting, talked, until, by_quarter = kit.filters.parts(texts["parts"], key="overdracht_deel")
if state.open:
    with state:
        # Who left is in no bar.
        number = kit.n_of(todo, "personen") if apart else kit.n(rows["overdracht_open"])
        beside = kit.beside("overdracht_per_wijkteam") if apart else None
        other = beside and beside.of(charts.teams_shown, chosen)
        table = kit.whose(charts.completion_table, teams, other)
        left = "" if kit.presentation.all_left_out(teams, "vertrokken") else of_teams["completion"]["left"]
        draw("completion", charts.completion(teams, other), table, says.completion_title(teams), number, left)
        if pilot := says.pilot(queries.events()):
            kit.note(pilot)
if waiting.open:
    with waiting:
        table = charts.backlog_table(teams)
        number = "" if apart else kit.n(rows["overdracht_open"], "teller")
        draw("backlog", charts.backlog(table), table, says.backlog_title(teams), number)
if talked.open:
    with talked:
        if apart:
            table = charts.form_table(teams)
            number = kit.n_of(table, "overgedragen")
            draw("form", charts.form(table), table, says.form_title(teams), number)
            kit.note(of_teams["agreed"])
        else:
            kit.note(f"{says.form_title(teams)}. {of_teams['agreed']}")
if until.open:
    with until:
        median = rows["overdracht_mediaan_dagen"]
        curve, beside = kit.ask("overdracht_overleving", selection), kit.beside("overdracht_overleving")
        kit.show(
            charts.handed_over(curve, median, beside),
            table=charts.enough(curve, median, beside),
            title=says.curve_title(median),
            toelichting=f"{texts['curve']} {curves.how_to_read(curve)} {stand}",
            headings=headings["curve"],
            empty=kit.presentation.why_empty(median, empty["few_for_a_curve" if median["noemer"] else "nobody"]),
            n=kit.n(median),
            question="overdracht_overleving",
            indicators=("overdracht_mediaan_dagen",),
        )
if by_quarter.open:
    with by_quarter:
        entrants, changes = (kit.ask(name, selection) for name in ("kpi_instroom", "kpi_verandering"))
        subject = f"{texts['within']}, {texts['when']}"
        told = {"subject": subject, "title": texts["within"], "read": texts["entered"], "nobody": empty["no_quarter"]}
        quarters = series.quarters_figure(
            rows["overdracht_gedaan"], entrants, changes, told=told, stand=stand, beside=kit.beside("kpi_instroom")
        )
        kit.show(**quarters, headings=headings["quarters"])
