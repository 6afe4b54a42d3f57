"""What the figures of the page Leerroutes say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

import queries
from pages.filters import bar
from pages.kit import total
from pages.leerroutes import charts
from pages.show import series
from pages.words import formats, national, presentation, sentences
from pages.words.presentation import Row

TEXTS = queries.texts(__file__)
NATIONAL, ROUTES, DOELGROEPEN, LEVELS = (TEXTS[name] for name in ("national", "routes", "doelgroepen", "levels"))
# The questions that stand beside the nation, with what is said of each.
BESIDE_NATION = {question: told for question, told in NATIONAL.items() if isinstance(told, dict)}


def finding(status: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """The PIP in time against the law, or who waits too long; and the leerroutes.

    status: pip_status. rows: per indicator its row of kpi.
    """
    in_time = sentences.stand("pip_tijdig", rows["pip_tijdig"]) or sentences.waiting(rows, ("pip_over_termijn",))
    return TEXTS["empty"]["nobody"] if total(status, "aantal") == 0 else f"{in_time} {sentences.routes(rows)}".strip()


def choices(exact: bool, quarters: bool, chosen: queries.Selection) -> list[str]:
    """By what the reader can have the leerroutes: published ones have no wijkteams. quarters: whether these say any."""
    offered = {"wijkteam": exact, "kwartaal": quarters}
    levels = bar.levels(LEVELS, chosen) if exact else LEVELS
    return [words for words in levels if offered.get(LEVELS[words], True)]


def _inside(doelgroep: str) -> str:
    """The doelgroep in the plural, inside a sentence."""
    return presentation.lower(DOELGROEPEN.get(doelgroep, doelgroep))


def national_title(rows: pl.DataFrame, what: str) -> str:
    """The share, beside the national one, per doelgroep with enough persons. what: the share."""
    if rows.is_empty():
        return f"{what}, naast het landelijke cijfer"
    columns = ("doelgroep", "waarde_tekst", "landelijk_tekst")
    known = [
        f"{_inside(doelgroep)} {share} (Nederland {national})"
        for doelgroep, share, national in rows.drop_nulls("waarde").select(columns).iter_rows()
    ]
    cohorts = formats.enumerate_words([str(year) for year in sorted(set(rows["cohort"]))])
    told = formats.enumerate_words(known) or "de aantallen zijn te klein voor een percentage"
    return f"{what}, cohort {cohorts}: {told}"


def national_words(rows: pl.DataFrame, whom: str) -> str:
    """What is compared. rows: charts.beside_national(). whom: who is counted."""
    shares, bounds = presentation.drawable(rows, "waarde"), rows.filter(pl.col("soort") != "getal")
    more = {"bound": bounds.height, "no_share": shares.height < rows.height}
    return " ".join((whom, NATIONAL["read"], *(NATIONAL[name] for name, holds in more.items() if holds)))


def sources(rows: pl.DataFrame) -> list[national.Parts]:
    """Where the national figures come from, each source once. rows: of queries.national(), or beside_national()."""
    each = rows.unique(["bron", "versie"], maintain_order=True).iter_rows(named=True)
    return [[NATIONAL["source"], *national.source(row)] for row in each]


def nothing_national(answer: pl.DataFrame, about: str) -> str:
    """Why a question on the nation gives no comparison: no figure for this day, or nobody."""
    return NATIONAL["no_figure"].format(about=about) if answer.is_empty() else NATIONAL["no_cohort"]


def nation_alone(published: pl.DataFrame, told: Mapping[str, str]) -> str:
    """The national figures of a day, where that of Haarlem is not public. published: queries.national() of that day."""
    if published.is_empty():
        return NATIONAL["no_figure"].format(about=told["about"])
    known = [
        NATIONAL["alone"].format(share=national.share(row), whom=_inside(row["doelgroep"]), cohort=row["cohort"])
        for row in published.iter_rows(named=True)
    ]
    return f"{told['what']}: {formats.enumerate_words(known)}. {NATIONAL['not_public']}"


def status_title(status: pl.DataFrame, doelgroep: str) -> str:
    """How many have their PIP in time, and how many too late or not at all. status: see charts.of_doelgroep()."""
    found = dict(presentation.drawable(status, "aantal").select("status", "aantal_tekst").iter_rows())
    told = [f"{found[name]} {words}" for name, words in TEXTS["statuses"].items() if name in found]
    subject = DOELGROEPEN.get(doelgroep, doelgroep)
    return f"{subject}: {formats.enumerate_words(told)}" if told else subject


def curve_title(curve: pl.DataFrame) -> str:
    """The share that has a PIP after ten weeks (published: two months), per doelgroep with enough persons."""
    read = {doelgroep: charts.at_term(curve, doelgroep) for doelgroep in (*DOELGROEPEN, charts.TOGETHER)}
    known = [
        presentation.about(row, "overleving", formats.percent(1 - row["overleving"]))
        + (f" van de {_inside(doelgroep)}" if doelgroep in DOELGROEPEN else "")
        for doelgroep, row in read.items()
        if row
    ]
    told = f"Na {charts.term_words(curve)} heeft {formats.enumerate_words(known)} een PIP"
    return told if known else "Tijd tot het PIP"


def curve_words(curve: pl.DataFrame) -> str:
    """What is drawn, and of how many persons where that is published."""
    start = presentation.drawable(curve.filter(dag=0), "in_risico")
    shown = start.select("doelgroep", "in_risico_tekst").iter_rows()
    numbers = [f"{number} {_inside(doelgroep)}" for doelgroep, number in shown]
    whom = f": {formats.enumerate_words(numbers)}" if numbers else ""
    return f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken{whom}."


def remarks(events: pl.DataFrame, peildatum: date, about: str) -> list[str]:
    """The events until the peildatum that touch an indicator or question and have an end (the law has none)."""
    touching = events.filter(
        pl.col("indicatoren").fill_null("").str.contains(about),
        pl.col("datum_van") <= peildatum,
        pl.col("datum_tot").is_not_null(),
    )
    return [f"{row['titel']}. {row['toelichting']} Bron: {row['bron']}." for row in touching.iter_rows(named=True)]


def shares_title(shares: pl.DataFrame, rows: Mapping[str, Row], other: str = "") -> str:
    """From where to where the share of the B1-route goes, or without two areas to compare what all of them follow.

    shares: see charts.shares(), of areas. rows: per indicator its row of the question kpi. other: the row of what is
    compared with, which stands apart.
    """
    area, told = shares.columns[0], TEXTS["shares"]
    known = shares.drop_nulls("waarde").filter(pl.col(area) != queries.ONBEKEND, leerroute=charts.ROUTES["B"])
    beside, known = known.filter(pl.col(area) == other), known.filter(pl.col(area) != other)
    if known.height == beside.height == 1:
        (own,), (apart,) = (each.select("waarde_tekst", area).rows() for each in (known, beside))
        return told["beside"].format(*own, apart[0], presentation.lower(other))
    if known.height > 1:
        ends = known.sort("waarde", maintain_order=True)[[0, -1]].select("waarde_tekst", area).rows()
        return told["range"].format(*ends[0], *ends[1])
    if rows["leerroute_b"]["waarde"] is None or not known.height:
        return told["title"].format(area=area)
    return told["one"].format(**{name: rows[name]["waarde_tekst"] for name in charts.SHARES})


def quarters_title(changes: pl.DataFrame) -> str:
    """The B1-route in the latest quarter with enough persons against those before. changes: kpi_verandering."""
    change = changes.row(by_predicate=pl.col("indicator") == "leerroute_b", named=True)
    return series.quarters_title(TEXTS["shares"]["quarter"], change)


def waiting_title(teams: pl.DataFrame) -> str:
    """Where most wait too long for a PIP. teams: the question pip_per_wijkteam."""
    where = sentences.where_most(teams, "wijkteam", "over_termijn")
    return f"{TEXTS['waiting']['title']}: {where}" if where else TEXTS["waiting"]["nobody_too_long"]


def numbers_title(rows: Mapping[str, Row]) -> str:
    """How many follow each leerroute and how many have no PIP yet. rows: per indicator its row of the question kpi."""
    told = []
    for code, words in ROUTES.items():
        row = rows["pip_zonder" if code == charts.NO_PLAN else f"leerroute_{code.lower()}"]
        told += [] if presentation.hidden(row, "teller") else [f"{words} {row['teller_tekst']}"]
    return f"Leerroute nu: {formats.enumerate_words(told)}" if told else f"Leerroute per {queries.WOORDEN['stadsdeel']}"


def switches_title(wissel: pl.DataFrame) -> str:
    """How many follow another route than at first. wissel: the question leerroute_wissel."""
    other = wissel.filter(pl.col("eerste_leerroute") != pl.col("leerroute"))
    words = "van {eerste_leerroute} naar {leerroute} op niveau {niveau}"
    return _some_of("Andere leerroute dan eerst", wissel, other, words)


def advice_title(advies: pl.DataFrame) -> str:
    """How many with a clear outcome got a first route that departs from it. advies: the question leerroute_advies."""
    clear = advies.filter(pl.col("uitslag").is_in(charts.OUTCOMES[:2]))
    words = "{eerste_leerroute} bij ‘{uitslag}’"
    return _some_of("Eerste route wijkt af van de toets", clear, clear.filter(charts.departs()), words)


def _some_of(subject: str, whole: pl.DataFrame, part: pl.DataFrame, words: str) -> str:
    """How many of a whole are in a part of its cells, or those that may be shown. words: what a cell is about."""
    some, everybody = (presentation.summed(each, "aantal") for each in (part, whole))
    if presentation.all_exact(whole):
        return f"{subject}: {some['aantal_tekst']} van {everybody['aantal_tekst']}" if everybody["aantal"] else subject
    cells = presentation.drawable(part, "aantal").with_columns(pl.col("^.*leerroute$").replace(ROUTES))
    told = [f"{words.format(**row)} ({row['aantal_tekst']})" for row in cells.iter_rows(named=True)]
    return f"{subject}: {formats.enumerate_words(told)}" if told else subject
