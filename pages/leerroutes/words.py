"""What the figures of the page Leerroutes say: the finding of the page and the titles of its charts.

The sentences compare, pick and add up exact counts of different persons; every number in them stands in a chart or
tile. Rounded counts are told one by one: they are not added up, and which of two is the larger is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

import queries
from pages.kit import total
from pages.leerroutes import charts
from pages.show import theme
from pages.words import formats, presentation, sentences

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.MINIMUM_NOEMER
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
PUBLISHED_CURVE = (
    "Zo leest u de lijnen: een punt is de stand na een hele maand, afgerond; de lijn verbindt de punten. Wie nog "
    "wacht, telt mee zo lang als het wachten duurt, wie uitstroomt tot die dag (Kaplan-Meier). Geen punt: de aantallen "
    "zijn te klein om te tonen. Ook wie uitstel had doordat informatie van derden ontbrak, telt hier mee; bij ‘PIP "
    "binnen tien weken’ niet."
)
QUARTERS = (
    "Personen van wie de tien weken in dat kwartaal om waren: op tijd van het totaal. De dunne lijn toont welke "
    "percentages aannemelijk zijn (95%-interval); minder dan 10 personen krijgen geen percentage."
)
PUBLISHED_QUARTERS = (
    "Personen van wie de tien weken in dat kwartaal om waren: op tijd van het totaal. De dunne lijn toont welke "
    "percentages aannemelijk zijn (95%-interval). Een percentage staat er alleen bij 50 personen of meer, van wie er "
    "genoeg wel en genoeg niet op tijd waren."
)
QUARTERS_WITHOUT_SHARES = (
    "Personen van wie de tien weken in dat kwartaal om waren: op tijd van het totaal. De aantallen zijn te klein voor "
    "een percentage."
)
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

_ROUTES = {"B": "de B1-route", "O": "de onderwijsroute", "Z": "de zelfredzaamheidsroute"}
_LATE = ("PIP te laat", "Termijn verstreken zonder PIP")
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


def n_words(number: int | None) -> str:
    """On how many persons a chart rests: "n = 113 personen"; empty when that is not one exact number."""
    return "" if number is None else f"n = {formats.persons(number)}"


def n_of(row: Mapping[str, object], column: str = "noemer") -> str:
    """The same of a figure that is itself published: "n = ongeveer 110 personen"; empty when it may not be shown."""
    if presentation.hidden(row, column):
        return ""
    return f"n = {presentation.about(row, column, formats.persons(row[column]))}"


def finding(status: pl.DataFrame, rows: Mapping[str, dict]) -> str:
    """For how many the PIP was not in time, held against the law, and which leerroutes people follow.

    status: the question pip_status. rows: per indicator its row of the question kpi.
    """
    if total(status, "aantal") == 0:
        return NOBODY
    if not presentation.exact(rows["pip_tijdig"]):
        return f"{sentences.stand('pip_tijdig', rows['pip_tijdig'])} {sentences.routes(rows)}".strip()
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


def national_title(rows: pl.DataFrame) -> str:
    """The share that has begun the brede intake beside the national one, per doelgroep with enough persons.

    rows: charts.beside_national().
    """
    if rows.is_empty():
        return "Brede intake naast het landelijke cijfer"
    known = [
        f"{_small(row['doelgroep'])} {presentation.share(row)} (Nederland {formats.percent(row['landelijk_waarde'])})"
        for row in rows.drop_nulls("waarde").iter_rows(named=True)
    ]
    cohorts = formats.enumerate_words([str(year) for year in sorted(set(rows["cohort"]))])
    if not known and not presentation.all_exact(rows, "waarde"):
        return f"Brede intake begonnen, cohort {cohorts}: de aantallen zijn te klein voor een percentage"
    if not known:
        return f"Brede intake begonnen, cohort {cohorts}: te weinig personen voor een percentage"
    return f"Brede intake begonnen, cohort {cohorts}: {formats.enumerate_words(known)}"


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
    if not presentation.all_exact(status):
        return _published_status(status, doelgroep)
    late = total(status.filter(pl.col("status").is_in(_LATE)), "aantal")
    timely = total(status.filter(pl.col("status") == "Op tijd"), "aantal")
    persons = total(status, "aantal")
    if not persons:
        return subject(doelgroep)
    return (
        f"{subject(doelgroep)}: {formats.count(timely)} op tijd, {formats.count(late)} over de termijn, "
        f"van {formats.persons(persons)}"
    )


def _published_status(status: pl.DataFrame, doelgroep: str) -> str:
    """The counts that matter, one by one; nothing of them when all are too small to show."""
    told = {
        "Op tijd": "op tijd",
        "PIP te laat": "te laat",
        "Termijn verstreken zonder PIP": "over de termijn zonder PIP",
    }
    rows = {row["status"]: row for row in status.iter_rows(named=True) if row["status"] in told}
    if all(presentation.hidden(row, "aantal") for row in rows.values()):
        return f"{subject(doelgroep)}, naar stand van het PIP"
    parts = _told([(rows[name], "aantal", words) for name, words in told.items() if name in rows])
    return f"{subject(doelgroep)}: {formats.enumerate_words(parts)}"


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
    if curve.is_empty():
        return "Tijd tot het PIP"
    published = not presentation.all_exact(curve)
    if not known and published:
        return f"Tijd tot het PIP: {presentation.TOO_SMALL}"
    if not known:
        return "Tijd tot het PIP: te weinig personen lang genoeg gevolgd voor een uitspraak"
    when = "twee maanden" if published else "tien weken"
    return f"Na {when} heeft {formats.enumerate_words(known)} een PIP"


def curve_words(curve: pl.DataFrame) -> str:
    """What is drawn, and of how many persons where that is published."""
    numbers = [
        f"{formats.count(charts.followed(curve, doelgroep))} {_small(doelgroep)}"
        for doelgroep in _SUBJECTS
        if charts.followed(curve, doelgroep)
    ]
    whom = f": {formats.enumerate_words(numbers)}" if numbers else ""
    return f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken{whom}."


def how_to_read(curve: pl.DataFrame) -> str:
    """How the curve is read, which differs between exact and published figures; empty when there is none."""
    if presentation.drawable(curve, "overleving").is_empty():
        return ""
    return CURVE if presentation.all_exact(curve) else PUBLISHED_CURVE


def no_curve(row: Mapping[str, object]) -> str:
    """Why there is no curve. row: pip_mediaan_dagen of the question kpi."""
    return NO_TERM if presentation.exact(row) else presentation.NOTHING_PUBLISHED_HERE


def quarters_words(quarters: pl.DataFrame) -> str:
    """What is drawn per quarter. quarters: see charts.timely_quarters()."""
    if presentation.all_exact(quarters):
        return QUARTERS
    return PUBLISHED_QUARTERS if presentation.drawable(quarters, "waarde").height else QUARTERS_WITHOUT_SHARES


def no_quarter(row: Mapping[str, object]) -> str:
    """Why there is no quarter. row: pip_tijdig of the question kpi."""
    return NO_QUARTER if presentation.exact(row) else presentation.NOTHING_PUBLISHED_HERE


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


def routes_title(distribution: pl.DataFrame, rows: Mapping[str, dict]) -> str:
    """Which leerroute is followed most among those with a PIP, and how many have none yet.

    distribution: see charts.distribution(). rows: per indicator its row of the question kpi, for the whole of rounded
    counts.
    """
    if not presentation.all_exact(distribution):
        return _published_routes(rows)
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


def _published_routes(rows: Mapping[str, dict]) -> str:
    """How many follow each leerroute and how many have no PIP yet, in the whole selection."""
    names = {f"leerroute_{code.lower()}": words for code, words in _ROUTES.items()}
    (without,) = _told([(rows["pip_zonder"], "teller", "zonder PIP")])
    if all(presentation.hidden(rows[name], "teller") for name in names):
        return f"Leerroute per stadsdeel; nog {without}"
    parts = _told([(rows[name], "teller", words.removeprefix("de ")) for name, words in names.items()])
    return f"Met een PIP: {formats.enumerate_words(parts)}; nog {without}"


def switches_title(wissel: pl.DataFrame) -> str:
    """How many follow another route than at first, and how many the B1-route on niveau A2.

    wissel: the question leerroute_wissel.
    """
    if not presentation.all_exact(wissel):
        return _one_by_one(
            "Gewisseld van leerroute",
            wissel.filter(pl.col("eerste_leerroute") != pl.col("leerroute")),
            _switch,
            "wissel",
        )
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
    if not presentation.all_exact(advies):
        return _one_by_one(
            "Afgeweken van de leerbaarheidstoets",
            advies.filter(charts.departs()),
            lambda row: _DEPARTURES[row["uitslag"], row["eerste_leerroute"]],
            "afwijking",
        )
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


def _told(counts: Sequence[tuple[Mapping[str, object], str, str]]) -> list[str]:
    """Counts in a row, each with its words: "ongeveer 80 op tijd", "10 te laat", "<10 ...".

    counts: a row, its column and what is counted. "Ongeveer" is said once and goes for all.
    """
    parts, said = [], False
    for row, column, words in counts:
        rounded = not presentation.hidden(row, column) and not presentation.exact(row, column)
        number = f"{presentation.ABOUT} " if rounded and not said else ""
        parts.append(f"{number}{presentation.number(row, column)} {words}")
        said = said or rounded
    return parts


def _one_by_one(start: str, cells: pl.DataFrame, words: Callable[[dict], str], what: str) -> str:
    """The counts of some cells, one by one, for rounded ones have no sum; of what is too small to show only that.

    words: what a cell is about. what: what one of them is called.
    """
    shown = [
        f"{words(row)} ({presentation.about(row, 'aantal', presentation.persons(row, 'aantal'))})"
        for row in presentation.drawable(cells, "aantal").iter_rows(named=True)
    ]
    hidden = cells.filter(~presentation.may_be_shown(cells, "aantal"))
    all_few = set(presentation.numbers(hidden, "aantal")) == {presentation.FEW}
    if not shown:
        return f"{start}: bij elke {what} {presentation.FEW} personen" if all_few else start
    others = f"; bij elke andere {what} {presentation.FEW}" if all_few else ""
    return f"{start}: {formats.enumerate_words(shown)}{others}"


def _switch(row: dict) -> str:
    """A change of leerroute: "van B1-route naar zelfredzaamheidsroute"."""
    level = " op niveau A2" if row["leerroute"] == "B" and row["niveau"] == "A2" else ""
    first, now = (charts.ROUTES[row[name]] for name in ("eerste_leerroute", "leerroute"))
    return f"van {_lower(first)} naar {_lower(now)}{level}"


def _lower(route: str) -> str:
    return route if route.startswith("B1") else route[0].lower() + route[1:]
