"""What the figures of the page Leerroutes say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from pages.kit import total
from pages.leerroutes import charts
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
CURVE_HEADINGS = {
    "maanden": "Maanden sinds het begin",
    "in_risico": "Wachtte nog",
    "gebeurtenissen": "Kreeg een PIP",
    "gecensureerd": "Niet verder gevolgd",
    "overleving": "Nog zonder PIP",
}
IN_TIME = "PIP binnen tien weken, naar kwartaal waarin de tien weken om waren"
QUARTERS = "Personen van wie de tien weken in dat kwartaal om waren: op tijd van het totaal."
_ROUTES_NOW = (
    "Personen die nu onder de Wet inburgering 2021 vallen, naar de leerroute van hun laatste PIP en het stadsdeel van "
    "hun woonadres. Onbekend: geen woonadres in Haarlem bekend, bijvoorbeeld nog niet gehuisvest. De aantallen per "
    "stadsdeel zijn klein: een verschil kan toeval zijn."
)
NOT_PER_AREA = "In de openbare cijfers staat één doelgroep niet per stadsdeel."
# Whether the stadsdelen are put together.
ROUTES = {False: _ROUTES_NOW, True: f"{_ROUTES_NOW} {NOT_PER_AREA}"}
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
# What the reader may choose above the leerroutes: the words on screen and in the link, and the doelgroep.
ALL = "Alle doelgroepen"
SHOW = "Toon"
CHOICES = {ALL: "alle", **{words: doelgroep for doelgroep, words in _SUBJECTS.items()}}


def finding(status: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """The PIP in time against the law, and the leerroutes. status: pip_status. rows: per indicator its row of kpi."""
    told = f"{sentences.stand('pip_tijdig', rows['pip_tijdig'])} {sentences.routes(rows)}".strip()
    return NOBODY if total(status, "aantal") == 0 else told


def subject(doelgroep: str) -> str:
    """The plural of a doelgroep: "Asielstatushouders"."""
    return _SUBJECTS.get(doelgroep, doelgroep)


def _inside(doelgroep: str) -> str:
    return presentation.lower(subject(doelgroep))


def national_title(rows: pl.DataFrame) -> str:
    """The share that has begun, beside the national one, per doelgroep with enough persons."""
    if rows.is_empty():
        return "Brede intake naast het landelijke cijfer"
    columns = ("doelgroep", "waarde_tekst", "landelijk_waarde")
    known = [
        f"{_inside(doelgroep)} {share} (Nederland {formats.percent(national)})"
        for doelgroep, share, national in rows.drop_nulls("waarde").select(columns).iter_rows()
    ]
    cohorts = formats.enumerate_words([str(year) for year in sorted(set(rows["cohort"]))])
    told = formats.enumerate_words(known) or "de aantallen zijn te klein voor een percentage"
    return f"Brede intake begonnen, cohort {cohorts}: {told}"


def national_words(rows: pl.DataFrame) -> str:
    """What is compared, and the source of the national figure. rows: charts.beside_national()."""
    sources = formats.enumerate_words(list(dict.fromkeys(rows["bron"])))
    why = "" if presentation.drawable(rows, "waarde").height == rows.height else f" {NO_SHARE}"
    return f"{NATIONAL}{why} Bron van het landelijke cijfer: {sources}."


def nothing_national(answer: pl.DataFrame) -> str:
    """Why the question intake_landelijk gives no comparison: no figure for this day, nobody, or not public by area."""
    if answer.is_empty():
        return NO_NATIONAL
    return NOT_BY_AREA if answer.filter(presentation.left_out(answer)).height else NO_COHORT


def status_title(status: pl.DataFrame, doelgroep: str) -> str:
    """How many have their PIP in time, and how many too late or not at all. status: see charts.of_doelgroep()."""
    found = dict(presentation.drawable(status, "aantal").select("status", "aantal_tekst").iter_rows())
    told = [f"{found[name]} {words}" for name, words in _TOLD.items() if name in found]
    return f"{subject(doelgroep)}: {formats.enumerate_words(told)}" if told else subject(doelgroep)


def curve_title(curve: pl.DataFrame) -> str:
    """The share that has a PIP after ten weeks (published: two months), per doelgroep with enough persons."""
    read = {doelgroep: charts.at_term(curve, doelgroep) for doelgroep in (*_SUBJECTS, charts.TOGETHER)}
    known = [
        presentation.about(row, "overleving", formats.percent(1 - row["overleving"]))
        + (f" van de {_inside(doelgroep)}" if doelgroep in _SUBJECTS else "")
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


def remarks(events: pl.DataFrame, peildatum: date) -> list[str]:
    """The events until the peildatum that touch the PIP in time and have an end (the law itself has none), in words."""
    touching = events.filter(
        pl.col("indicatoren").fill_null("").str.contains("pip_tijdig"),
        pl.col("datum_van") <= peildatum,
        pl.col("datum_tot").is_not_null(),
    )
    return [f"{row['titel']}. {row['toelichting']} Bron: {row['bron']}." for row in touching.iter_rows(named=True)]


def routes_title(distribution: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """How many follow each leerroute and how many have no PIP yet. distribution: see charts.distribution().

    rows: per indicator its row of the question kpi, for rounded counts, which do not add up.
    """
    told = []
    for code, words in _ROUTES.items():
        row, figure = rows["pip_zonder" if code == charts.NO_PLAN else f"leerroute_{code.lower()}"], "teller"
        if presentation.all_exact(distribution):
            row, figure = presentation.summed(distribution, "aantal", where=pl.col("leerroute") == code), "aantal"
        told += [] if presentation.hidden(row, figure) else [f"{words} {row[f'{figure}_tekst']}"]
    return f"Leerroute nu: {formats.enumerate_words(told)}" if told else "Leerroute per stadsdeel"


def switches_title(wissel: pl.DataFrame) -> str:
    """How many follow another route than at first. wissel: the question leerroute_wissel."""
    other = wissel.filter(pl.col("eerste_leerroute") != pl.col("leerroute"))
    return _some_of(
        "Andere leerroute dan eerst", wissel, other, "van {eerste_leerroute} naar {leerroute} op niveau {niveau}"
    )


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
    cells = presentation.drawable(part, "aantal").with_columns(pl.col("^.*leerroute$").replace(_ROUTES))
    told = [f"{words.format(**row)} ({row['aantal_tekst']})" for row in cells.iter_rows(named=True)]
    return f"{subject}: {formats.enumerate_words(told)}" if told else subject
