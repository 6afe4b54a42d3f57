"""What the figures of the page Leerroutes say: the finding of the page and the titles of its charts.

Every number in them stands in a chart or tile, and is written as it may be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from pages.kit import total
from pages.leerroutes import charts
from pages.show import curves
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row

NOBODY = "In deze selectie valt niemand onder de Wet inburgering 2021."
NOBODY_ACTIVE = "In deze selectie is niemand die onder de Wet inburgering 2021 valt en niet uitgestroomd is."
NO_PLAN = "In deze selectie heeft nog niemand een PIP."
NO_TERM = "In deze selectie zijn bij niemand de tien weken voor het PIP begonnen."
NO_QUARTER = "In deze selectie zijn bij niemand de tien weken voor het PIP voorbij."

TERM_STARTS = (
    "De tien weken beginnen bij de kennisgeving van DUO of bij de inschrijving in de BRP, de laatste van de twee. "
    "‘Termijn niet gestart’: een van beide is er nog niet."
)
STATUS = "Personen onder de Wet inburgering 2021, ook wie is uitgestroomd."
CURVE = (
    "Wie nog wacht, telt mee zo lang als het wachten duurt, wie uitstroomt tot die dag (Kaplan-Meier). Ook wie uitstel "
    "had doordat informatie van derden ontbrak, telt hier mee; bij ‘PIP binnen tien weken’ niet."
)
QUARTERS = "Personen van wie de tien weken in dat kwartaal om waren: op tijd van het totaal."
ROUTES = (
    "Personen die nu onder de Wet inburgering 2021 vallen, naar de leerroute van hun laatste PIP en het stadsdeel van "
    "hun woonadres. Onbekend: geen woonadres in Haarlem bekend, bijvoorbeeld nog niet gehuisvest. De aantallen per "
    "stadsdeel zijn klein: een verschil kan toeval zijn."
)
NOT_PER_AREA = "In de openbare cijfers staat één doelgroep niet per stadsdeel."
SWITCHES = (
    "Personen met een PIP, naar de route van hun eerste (rijen) en hun laatste PIP (kolommen); Z-route is de "
    "zelfredzaamheidsroute. Een omlijnd getal betekent: een andere route dan eerst, of de B1-route op niveau A2. Wie "
    "tussendoor wisselde en terugkeerde, is hier niet te zien."
)
ADVICE = (
    "Personen met een PIP, naar de uitslag van de leerbaarheidstoets (rijen) en de route van hun eerste PIP "
    "(kolommen). Een omlijnd getal betekent: de route wijkt af van de uitslag. De cijfers zeggen niet waarom: naast de "
    "toets telt de hele brede intake."
)

NATIONAL = (
    "Gestarte brede intakes van hetzelfde cohort (jaar van kennisgeving) en dezelfde doelgroep, op dezelfde dag. Punt: "
    "deze selectie, met welke percentages aannemelijk zijn (95%-interval); ruit: Nederland."
)
SETTLED = (
    "Let op: het landelijke cijfer telt ook mensen mee die nog in een azc wonen en bij wie een gemeente de intake vaak "
    "nog niet kan beginnen. Van de asielmigranten van cohort 2022 woonde eind 2022 zo’n 56% in een gemeente (CBS). Een "
    "hoger percentage dan landelijk zegt daarom niet dat de gemeente sneller is."
)
NO_SHARE = "Geen percentage: de groep, of wie nog niet begon, is te klein om te tonen."
NO_NATIONAL = (
    "Voor deze peildatum is geen landelijk cijfer over de brede intake gepubliceerd. Daarom staat hier geen "
    "vergelijking: een cijfer van een andere dag zou over een andere groep gaan."
)
NO_COHORT = (
    "Voor deze peildatum is wel een landelijk cijfer gepubliceerd, maar in deze selectie is niemand van dat cohort."
)

NOT_BY_AREA = (
    "Voor één stadsdeel is deze vergelijking niet openbaar: het landelijke cijfer is er per doelgroep, en de openbare "
    "cijfers over een stadsdeel gaan over alle doelgroepen samen."
)

_ROUTES = {"B": "B1-route", "O": "onderwijsroute", "Z": "zelfredzaamheidsroute", charts.NO_PLAN: "nog geen PIP"}
_TOLD = {"Op tijd": "op tijd", "PIP te laat": "te laat", "Termijn verstreken zonder PIP": "over de termijn zonder PIP"}
_SUBJECTS = {
    "Asielstatushouder": "Asielstatushouders",
    "Gezinsmigrant en overige migrant": "Gezins- en overige migranten",
}
# How who departed from the outcome of the test is told: the outcome and the first route.
_DEPARTURES = {
    ("B1-route haalbaar", "Z"): "zelfredzaamheidsroute terwijl B1 haalbaar was",
    ("B1-route niet haalbaar", "B"): "B1-route terwijl die niet haalbaar was",
    ("B1-route niet haalbaar", "O"): "onderwijsroute terwijl B1 niet haalbaar was",
}

# What the reader may choose above the leerroutes: the words on screen and in the link, and the doelgroep.
ALL = "Alle doelgroepen"
SHOW = "Toon"
CHOICES = {ALL: "alle", **{words: doelgroep for doelgroep, words in _SUBJECTS.items()}}


def finding(status: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """For how many the PIP was not in time, held against the law, and which leerroutes people follow.

    status: the question pip_status. rows: per indicator its row of the question kpi.
    """
    if total(status, "aantal") == 0:
        return NOBODY
    return f"{sentences.stand('pip_tijdig', rows['pip_tijdig'])} {sentences.routes(rows)}".strip()


def subject(doelgroep: str) -> str:
    """The plural of a doelgroep: "Asielstatushouders"."""
    return _SUBJECTS.get(doelgroep, doelgroep)


def national_title(rows: pl.DataFrame) -> str:
    """The share that has begun the brede intake beside the national one, per doelgroep with enough persons.

    rows: charts.beside_national().
    """
    if rows.is_empty():
        return "Brede intake naast het landelijke cijfer"
    known = [
        f"{_small(row['doelgroep'])} {row['waarde_tekst']} (Nederland {formats.percent(row['landelijk_waarde'])})"
        for row in rows.drop_nulls("waarde").iter_rows(named=True)
    ]
    cohorts = formats.enumerate_words([str(year) for year in sorted(set(rows["cohort"]))])
    told = formats.enumerate_words(known) or "de aantallen zijn te klein voor een percentage"
    return f"Brede intake begonnen, cohort {cohorts}: {told}"


def national_words(rows: pl.DataFrame) -> str:
    """What is compared, and the source of the national figure.

    rows: charts.beside_national().
    """
    sources = formats.enumerate_words(list(dict.fromkeys(rows["bron"])))
    why = "" if presentation.drawable(rows, "waarde").height == rows.height else f" {NO_SHARE}"
    return f"{NATIONAL}{why} Bron van het landelijke cijfer: {sources}."


def nothing_national(answer: pl.DataFrame) -> str:
    """Why there is no comparison: no national figure for this day, nobody of that cohort, or not public by area.

    answer: the question intake_landelijk.
    """
    if answer.is_empty():
        return NO_NATIONAL
    return NOT_BY_AREA if answer.filter(presentation.left_out(answer)).height else NO_COHORT


def status_title(status: pl.DataFrame, doelgroep: str) -> str:
    """How many of one doelgroep have or had their PIP in time, and how many too late or not at all.

    status: the rows of pip_status of that doelgroep.
    """
    found = {row["status"]: row for row in presentation.drawable(status, "aantal").iter_rows(named=True)}
    told = [f"{found[name]['aantal_tekst']} {words}" for name, words in _TOLD.items() if name in found]
    return f"{subject(doelgroep)}: {formats.enumerate_words(told)}" if told else subject(doelgroep)


def curve_title(curve: pl.DataFrame) -> str:
    """The share that has a PIP after ten weeks, per doelgroep with enough persons.

    curve: the question pip_overleving. Of a published one the share after two months.
    """
    known = []
    for doelgroep in (*_SUBJECTS, charts.TOGETHER):
        row = charts.at_term(curve, doelgroep)
        if row:
            whom = f" van de {_small(doelgroep)}" if doelgroep in _SUBJECTS else ""
            known.append(f"{charts.share_with_pip(row)}{whom}")
    if not known:
        return "Tijd tot het PIP"
    return f"Na {charts.term_words(curve)} heeft {formats.enumerate_words(known)} een PIP"


def curve_words(curve: pl.DataFrame) -> str:
    """What is drawn, and of how many persons where that is published."""
    numbers = [
        f"{row['in_risico_tekst']} {_small(row['doelgroep'])}"
        for row in presentation.drawable(charts.at_start(curve), "in_risico").iter_rows(named=True)
    ]
    whom = f": {formats.enumerate_words(numbers)}" if numbers else ""
    return f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken{whom}."


def how_to_read(curve: pl.DataFrame) -> str:
    """How the curve is read; empty when there is none."""
    drawn = presentation.drawable(curve, "overleving").height
    return f"{CURVE} {curves.how_to_read(curve)}" if drawn else ""


def remarks(events: pl.DataFrame, peildatum: date) -> list[str]:
    """The events that touch the PIP in time and are not the start of the law itself, in a sentence each.

    events: queries.events(). Only those that began on or before the peildatum.
    """
    touching = events.filter(
        pl.col("indicatoren").fill_null("").str.contains("pip_tijdig"),
        pl.col("datum_van") <= peildatum,
        pl.col("datum_tot").is_not_null(),
    )
    return [f"{row['titel']}. {row['toelichting']} Bron: {row['bron']}." for row in touching.iter_rows(named=True)]


def routes_words(distribution: pl.DataFrame) -> str:
    """What is drawn of the leerroutes. distribution: see charts.distribution()."""
    whole = not presentation.all_exact(distribution) and distribution["stadsdeel"].n_unique() == 1
    return f"{ROUTES} {NOT_PER_AREA}" if whole and distribution["stadsdeel"][0] == charts.ALL_AREAS else ROUTES


def routes_title(distribution: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """How many follow each leerroute and how many have no PIP yet.

    distribution: see charts.distribution(). rows: per indicator its row of the question kpi, for rounded counts, which
    do not add up.
    """
    told = []
    for code, words in _ROUTES.items():
        row = presentation.summed(distribution, "aantal", where=pl.col("leerroute") == code)
        whole = rows["pip_zonder" if code == charts.NO_PLAN else f"leerroute_{code.lower()}"]
        figure = row["aantal_tekst"] if presentation.all_exact(distribution) else whole["teller_tekst"]
        told += [] if figure in (presentation.TOO_SMALL, presentation.NOT_SHOWN) else [f"{words} {figure}"]
    return f"Leerroute nu: {formats.enumerate_words(told)}" if told else "Leerroute per stadsdeel"


def switches_title(wissel: pl.DataFrame) -> str:
    """How many follow another route than at first. wissel: the question leerroute_wissel."""
    other = wissel.filter(pl.col("eerste_leerroute") != pl.col("leerroute"))
    return _some_of("Andere leerroute dan eerst", wissel, other, _switch)


def advice_title(advies: pl.DataFrame) -> str:
    """How many with a clear outcome of the leerbaarheidstoets got a first route that departs from it.

    advies: the question leerroute_advies.
    """
    clear = advies.filter(pl.col("uitslag").is_in(charts.OUTCOMES[:2]))
    return _some_of(
        "Eerste route wijkt af van de toets",
        clear,
        clear.filter(charts.departs()),
        lambda row: _DEPARTURES[row["uitslag"], row["eerste_leerroute"]],
    )


def _small(doelgroep: str) -> str:
    return subject(doelgroep)[0].lower() + subject(doelgroep)[1:]


def _some_of(subject: str, whole: pl.DataFrame, part: pl.DataFrame, words: Callable[[dict], str]) -> str:
    """How many of a whole are in a part of its cells; where rounded counts have no sum, those that may be shown.

    words: what a cell is about.
    """
    some, everybody = (presentation.summed(each, "aantal") for each in (part, whole))
    if presentation.all_exact(whole):
        return f"{subject}: {some['aantal_tekst']} van {everybody['aantal_tekst']}" if everybody["aantal"] else subject
    cells = presentation.drawable(part, "aantal").iter_rows(named=True)
    told = [f"{words(row)} ({row['aantal_tekst']})" for row in cells]
    return f"{subject}: {formats.enumerate_words(told)}" if told else subject


def _switch(row: dict) -> str:
    """A change of leerroute: "van B1-route naar zelfredzaamheidsroute"."""
    level = " op niveau A2" if row["leerroute"] == "B" and row["niveau"] == "A2" else ""
    first, now = (charts.ROUTES[row[name]] for name in ("eerste_leerroute", "leerroute"))
    return f"van {presentation.lower(first)} naar {presentation.lower(now)}{level}"
