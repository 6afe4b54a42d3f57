"""What the figures of the page Leerroutes say: the finding of the page and the titles of its charts.

The sentences compare, pick and add up counts of different persons; every number in them stands in a chart or tile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

import queries
from pages.leerroutes import charts
from pages.shared import formats, theme, total

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.indicators.MINIMUM_NOEMER
SMALL = 30
TERM = charts.TERM

NOBODY = "In deze selectie valt niemand onder de Wet inburgering 2021."
NOBODY_ACTIVE = "In deze selectie is niemand die onder de Wet inburgering 2021 valt en niet uitgestroomd is."
NO_PLAN = "In deze selectie heeft nog niemand een PIP."
NO_TERM = "In deze selectie zijn bij niemand de tien weken voor het PIP begonnen."
NO_QUARTER = "In deze selectie zijn bij niemand de tien weken voor het PIP voorbij."
TOO_EARLY = "Bij niemand in deze selectie zijn de tien weken voor het PIP voorbij: over de norm is nog niets te zeggen."
TOO_FEW_WORDS = "Dat zijn te weinig waarnemingen voor een oordeel over de norm."
CAUTION = "Dat is een kleine groep: lees het percentage met voorzichtigheid."

TERM_STARTS = (
    "De tien weken beginnen bij de kennisgeving van DUO of bij de inschrijving in de BRP, de laatste van de twee. "
    "‘Termijn niet gestart’: een van beide is er nog niet."
)
STATUS = "Personen onder de Wet inburgering 2021, ook wie is uitgestroomd."
CURVE = (
    "Wie nog wacht, telt mee zo lang als het wachten duurt, wie uitstroomt tot die dag (Kaplan-Meier). Punt: het deel "
    "met een PIP na 70 dagen. Gestippeld: er wachten minder dan 10 personen, dus één persoon meer of minder maakt veel "
    "uit. Ook wie uitstel had doordat informatie van derden ontbrak, telt hier mee; bij ‘PIP binnen tien weken’ niet."
)
QUARTERS = (
    "Personen van wie de tien weken in dat kwartaal om waren: op tijd van het totaal. De dunne lijn toont welke "
    "percentages aannemelijk zijn (95%-interval); minder dan 10 personen krijgen geen percentage."
)
ROUTES = (
    "Personen die nu onder de Wet inburgering 2021 vallen, naar de leerroute van hun laatste PIP en het stadsdeel van "
    "hun woonadres. Onbekend: geen woonadres in Haarlem bekend, bijvoorbeeld nog niet gehuisvest. De aantallen per "
    "stadsdeel zijn klein: een verschil kan toeval zijn."
)
SWITCHES = (
    "Personen met een PIP, naar de route van hun eerste (rijen) en hun laatste PIP (kolommen); Z-route is de "
    "zelfredzaamheidsroute. Omlijnd: een andere "
    "route dan eerst, of de B1-route op niveau A2. Wie tussendoor wisselde en terugkeerde, is hier niet te zien."
)
ADVICE = (
    "Personen met een PIP, naar de uitslag van de leerbaarheidstoets (rijen) en de route van hun eerste PIP "
    "(kolommen). Omlijnd: de route wijkt af van de uitslag. De cijfers zeggen niet waarom: naast de toets telt de hele "
    "brede intake."
)

_ROUTES = {"B": "de B1-route", "O": "de onderwijsroute", "Z": "de zelfredzaamheidsroute"}
_LATE = ("PIP te laat", "Termijn verstreken zonder PIP")
_SUBJECTS = {
    "Asielstatushouder": "Asielstatushouders",
    "Gezinsmigrant en overige migrant": "Gezins- en overige migranten",
}

# What the reader may choose above the leerroutes: the words on screen and in the link, and the doelgroep.
ALL = "Alle doelgroepen"
CHOICES = {ALL: "alle", **{words: doelgroep for doelgroep, words in _SUBJECTS.items()}}


def n_words(number: int) -> str:
    """On how many persons a chart rests: "n = 113 personen"."""
    return f"n = {formats.persons(number)}"


def share_words(share: float | None) -> str:
    """A share in a table; under 10 observations there is none, and the words say so."""
    return "te weinig waarnemingen" if share is None else formats.percent(share)


def finding(status: pl.DataFrame, rows: Mapping[str, dict]) -> str:
    """For how many the PIP was not in time, held against the law, and which leerroutes people follow.

    status: the question pip_status. rows: per indicator its row of the question kpi.
    """
    if not total(status, "aantal"):
        return NOBODY
    return " ".join(filter(None, (_timely(rows["pip_tijdig"]), _routes(rows))))


def _timely(row: dict) -> str:
    timely, noemer = row["teller"], row["noemer"]
    if not noemer:
        return TOO_EARLY
    indicator = queries.INDICATOREN["pip_tijdig"]
    judged = queries.verdict(indicator, timely, noemer, row["waarde"])
    if judged.reden == "te weinig waarnemingen":
        whom = f"{formats.count(timely)} van de {formats.persons(noemer)} van wie de tien weken voorbij zijn"
        if noemer == 1:
            whom = "De ene persoon van wie de tien weken voorbij zijn"
            return f"{whom}, kreeg het PIP {'wel' if timely else 'niet'} op tijd. {TOO_FEW_WORDS}"
        return f"{whom}, {'kreeg' if timely == 1 else 'kregen'} het PIP op tijd. {TOO_FEW_WORDS}"
    if judged.uitkomst == "voldoet":
        whom = f"Alle {formats.persons(noemer)} van wie de tien weken voorbij zijn"
        return f"{whom}, kregen het PIP op tijd, zoals de wet vraagt."
    verb = "kreeg" if judged.gemist == 1 else "kregen"
    words = (
        f"{formats.count(judged.gemist)} van de {formats.persons(noemer)} {verb} het PIP niet binnen tien weken: "
        f"{formats.percent(row['waarde'])} op tijd, de wet vraagt {formats.value(indicator.norm, indicator.eenheid)}."
    )
    return f"{words} {CAUTION}" if noemer < SMALL else words


def _routes(rows: Mapping[str, dict]) -> str:
    names = {f"leerroute_{code.lower()}": words for code, words in _ROUTES.items()}
    noemer = rows["leerroute_b"]["noemer"]
    if not noemer:
        return "Nog niemand die niet is uitgestroomd, heeft een PIP."
    if noemer < TOO_FEW:
        return ""
    # In a small group the numbers themselves say more than percentages.
    small = noemer < SMALL
    parts = [
        f"{formats.count(rows[name]['teller']) if small else formats.percent(rows[name]['waarde'])} {words}"
        for name, words in names.items()
    ]
    verb = "volgen er" if small else "volgt"
    return f"Van de {formats.persons(noemer)} met een PIP {verb} {formats.enumerate_words(parts)}."


def subject(doelgroep: str) -> str:
    """The plural of a doelgroep: "Asielstatushouders"."""
    return _SUBJECTS.get(doelgroep, doelgroep)


def status_title(status: pl.DataFrame, doelgroep: str) -> str:
    """How many of one doelgroep have or had their PIP in time, and how many too late or not at all.

    status: the rows of pip_status of that doelgroep.
    """
    late = total(status.filter(pl.col("status").is_in(_LATE)), "aantal")
    timely = total(status.filter(pl.col("status") == "Op tijd"), "aantal")
    persons = total(status, "aantal")
    if not persons:
        return subject(doelgroep)
    return (
        f"{subject(doelgroep)}: {formats.count(timely)} op tijd, {formats.count(late)} over de termijn, "
        f"van {formats.persons(persons)}"
    )


def curve_title(curve: pl.DataFrame) -> str:
    """The share that has a PIP after ten weeks, per doelgroep with enough persons.

    curve: the question pip_overleving.
    """
    known = []
    for doelgroep in _SUBJECTS:
        row = charts.at_term(curve, doelgroep)
        if row:
            known.append(f"{charts.share_with_pip(row)} van de {_small(doelgroep)}")
    if curve.is_empty():
        return "Tijd tot het PIP"
    if not known:
        return "Tijd tot het PIP: te weinig personen lang genoeg gevolgd voor een uitspraak"
    return f"Na tien weken heeft {formats.enumerate_words(known)} een PIP"


def curve_words(curve: pl.DataFrame) -> str:
    """What is drawn, and of how many persons."""
    numbers = [
        f"{formats.count(charts.followed(curve, doelgroep))} {_small(doelgroep)}"
        for doelgroep in _SUBJECTS
        if charts.followed(curve, doelgroep)
    ]
    return f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken: {formats.enumerate_words(numbers)}."


def quarters_title(change: Mapping[str, object]) -> str:
    """The share in time in the latest quarter with enough persons, against the earlier quarters of that year.

    change: the row pip_tijdig of the question kpi_verandering.
    """
    if change["kwartaal"] is None:
        return "PIP op tijd per kwartaal: nog te weinig waarnemingen"
    now, before = formats.percent(change["waarde"]), formats.percent(change["eerder_waarde"])
    words = f"PIP op tijd in het {formats.quarter(change['kwartaal'])}: {now}"
    if change["oordeel"] == "geen oordeel":
        return words
    if change["oordeel"] == "binnen toeval" and now == before:
        return f"{words}, net als eerder dat jaar"
    if change["oordeel"] == "binnen toeval":
        return f"{words}, eerder dat jaar {before}; dat verschil kan toeval zijn"
    return f"{words}, {change['oordeel']} dan eerder dat jaar ({before})"


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


def routes_title(distribution: pl.DataFrame) -> str:
    """Which leerroute is followed most among those with a PIP, and how many have none yet.

    distribution: see charts.distribution().
    """
    persons = total(distribution, "aantal")
    if not persons:
        return "Leerroute per stadsdeel"
    planned = {
        code: total(distribution.filter(pl.col("leerroute") == code), "aantal")
        for code in theme.LEERROUTE
        if code in charts.ROUTES
    }
    without = total(distribution.filter(pl.col("leerroute") == "Nog geen PIP"), "aantal")
    with_plan = total(distribution.filter(pl.col("leerroute") != "Nog geen PIP"), "aantal")
    waiting = f"nog geen PIP: {formats.count(without)} van {formats.persons(persons)}"
    if with_plan < TOO_FEW:
        return f"Leerroute per stadsdeel: {formats.persons(with_plan)} met een PIP; {waiting}"
    most = max(planned.values())
    names = [_ROUTES[code] for code, number in planned.items() if number == most]
    each = "elk " if len(names) > 1 else ""
    return (
        f"Vaakst gevolgd: {formats.enumerate_words(names)} ({each}{formats.count(most)} van de "
        f"{formats.count(with_plan)} met een PIP); {waiting}"
    )


def switches_title(wissel: pl.DataFrame) -> str:
    """How many follow another route than at first, and how many the B1-route on niveau A2.

    wissel: the question leerroute_wissel.
    """
    persons = total(wissel, "aantal")
    if not persons:
        return "Gewisseld van leerroute"
    switched = total(wissel.filter(pl.col("eerste_leerroute") != pl.col("leerroute")), "aantal")
    lower = total(wissel.filter(pl.col("leerroute") == "B", pl.col("niveau") == "A2"), "aantal")
    if persons == 1:
        words = f"De ene persoon met een PIP volgt nu {'een andere' if switched else 'dezelfde'} route als eerst"
        words = words.replace("andere route als", "andere route dan")
    else:
        who = formats.count(switched) if switched else "Geen"
        verb = "volgen" if switched > 1 else "volgt"
        words = f"{who} van de {formats.persons(persons)} met een PIP {verb} nu een andere route dan eerst"
    if lower:
        words += f"; {formats.count(lower)} {'doet' if lower == 1 else 'doen'} de B1-route op niveau A2"
    return words


def advice_title(advies: pl.DataFrame) -> str:
    """How many with a clear outcome of the leerbaarheidstoets got a first route that departs from it.

    advies: the question leerroute_advies.
    """
    clear = advies.filter(pl.col("uitslag").is_in(charts.OUTCOMES[:2]))
    tested = total(clear, "aantal")
    if not tested:
        return "Uitslag van de leerbaarheidstoets: voor niemand met een PIP bekend"
    departing = total(clear.filter(charts.departs()), "aantal")
    whom = f"{formats.count(departing) if departing else 'geen'} van de {formats.persons(tested)}"
    if tested == 1:
        return (
            f"Bij de ene persoon met een uitslag wijkt de eerste route {'wel' if departing else 'niet'} af van de toets"
        )
    return f"Bij {whom} met een uitslag wijkt de eerste route af van de leerbaarheidstoets"


def _small(doelgroep: str) -> str:
    return subject(doelgroep)[0].lower() + subject(doelgroep)[1:]
