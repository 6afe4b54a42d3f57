"""What the figures of the page Ontzorging say, in sentences: the finding of the page and the titles of its charts.

The sentences compare, pick and add up counts of different persons; every number in them stands in a chart or tile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

import queries
from pages.kit import total
from pages.show import series
from pages.words import formats, presentation, sentences
from queries.definitions import columns

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.MINIMUM_NOEMER
SMALL = 30

NOBODY = "In deze selectie hoort niemand tot de doelgroep van het financieel ontzorgen."
TOO_EARLY = (
    "Bij niemand in deze selectie begon de bijstand 30 dagen of langer geleden: over de norm is nog niets te zeggen."
)
TOO_FEW_WORDS = "Dat zijn te weinig waarnemingen voor een oordeel over de norm."
CAUTION = "Dat is een kleine groep: lees het percentage met voorzichtigheid."

NORM = (
    "De norm van 100% komt uit de wet (Participatiewet, artikel 56a), in de strikte lezing: iedereen in de doelgroep "
    "wordt zes maanden ontzorgd. Die lezing gold tot 6 april 2023; op die dag verruimde een Kamerbrief de uitleg."
)
TARGET_GROUP = (
    "De doelgroep is alleen wie een asielvergunning heeft, onder de Wet inburgering 2021 valt en bijstand kreeg. "
    "Een nareiziger met een reguliere vergunning hoort er niet bij."
)
# What the reader picks (it stands in the link as well), and the niveau of the question.
LEVELS = {"Stadsdeel": "stadsdeel", "Wijkteam": "wijkteam"}
SHOW_PER = "Toon per"
COVERAGE = (
    "Deel van de doelgroep bij wie het ontzorgen is begonnen, van wie de bijstand 30 dagen of langer geleden begon."
)
NO_SHARES = (
    "Personen in de doelgroep van wie de bijstand 30 dagen of langer geleden begon, en bij hoeveel van hen het "
    "ontzorgen is begonnen."
)
INTERVAL = (
    "De dunne lijn toont welke percentages aannemelijk zijn (95%-interval): bij kleine aantallen kan een verschil "
    "tussen gebieden toeval zijn."
)
AREA = "Een gebied is waar iemand woont."
NO_COVERAGE = "In deze selectie is niemand van wie de bijstand 30 dagen of langer geleden begon."
CITY_ONLY = (
    "Stadsdelen vergelijken kan in de openbare cijfers alleen voor heel Haarlem: kies geen stadsdeel en geen doelgroep."
)
COSTS = (
    "Personen voor wie de gemeente deze last uit de bijstand betaalt of betaalde, van allen bij wie het ontzorgen begon"
)
OUTLINE = " (de omlijnde balk)"
NOBODY_STARTED = "In deze selectie is bij niemand het ontzorgen begonnen."
STOCK = "Personen in de doelgroep, per {}."
EVENT = "Een verticale streeplijn is een gebeurtenis die het verloop kan raken."
FROM_TEN = "De reeks begint met het eerste kwartaal waarin een aantal 10 of meer is."

NOT_STARTED = "Niet gestart"
ENDED_EARLY = "Voortijdig beëindigd"
NO_REASON = "Onbekend"
SOORTEN = (NOT_STARTED, ENDED_EARLY)
REASONS = {
    NOT_STARTED: "Personen in de doelgroep bij wie het ontzorgen niet begon, naar de geregistreerde reden. Onbekend: "
    "zonder reden of zonder registratie.",
    ENDED_EARLY: "Personen bij wie het ontzorgen korter dan zes maanden duurde, volgens de datums, naar de "
    "geregistreerde reden.",
}
NO_REASONS = {
    NOT_STARTED: "In deze selectie is niemand in de doelgroep bij wie het ontzorgen niet begon.",
    ENDED_EARLY: "In deze selectie is niemand bij wie het ontzorgen eerder dan na zes maanden eindigde.",
}
_REASON_TITLES = {NOT_STARTED: "Waarom niet begonnen", ENDED_EARLY: "Waarom eerder geëindigd"}
_AREAS = {"stadsdeel": ("stadsdeel", "stadsdelen"), "wijkteam": ("wijkteamgebied", "wijkteamgebieden")}


def finding(status: pl.DataFrame, coverage: Mapping[str, object]) -> str:
    """For how many persons ontzorgen has started, held against the norm.

    status: the question ontzorging_status. coverage: the row ontzorging_dekking of the question kpi.
    """
    if total(status, "aantal") == 0:
        return NOBODY
    if not presentation.exact(coverage):
        return sentences.stand("ontzorging_dekking", coverage)
    started, noemer = coverage["teller"], coverage["noemer"]
    if not noemer:
        return TOO_EARLY
    indicator = queries.INDICATOREN["ontzorging_dekking"]
    judged = queries.verdict(indicator, started, noemer, coverage["waarde"])
    if judged.reden == "te weinig waarnemingen":
        return (
            f"Het ontzorgen is begonnen bij {formats.count(started)} van de {formats.persons(noemer)} van wie "
            f"de bijstand 30 dagen of langer geleden begon. {TOO_FEW_WORDS}"
        )
    if judged.uitkomst == "voldoet":
        return (
            f"Bij alle {formats.persons(noemer)} van wie de bijstand 30 dagen of langer geleden begon, is het "
            "ontzorgen begonnen: de norm is gehaald."
        )
    norm = formats.value(indicator.norm, indicator.eenheid)
    words = (
        f"Bij {formats.count(judged.gemist)} van de {formats.persons(noemer)} is het ontzorgen niet begonnen, terwijl "
        f"de bijstand 30 dagen of langer geleden begon. Wel begonnen: {formats.percent(coverage['waarde'])}; "
        f"de norm is {norm}."
    )
    return f"{words} {CAUTION}" if noemer < SMALL else words


def six_months(status: pl.DataFrame, row: Mapping[str, object]) -> str:
    """On how many of the target group the figure about the full six months rests; empty without a target group.

    status: the question ontzorging_status. row: the row ontzorging_volledig of the question kpi.
    """
    group = total(status, "aantal")
    if group == 0:
        return ""
    if presentation.hidden(row, "noemer"):
        return "‘Zes maanden ontzorgd’ gaat over een aantal personen dat te klein is om te tonen."
    if group is None:
        return (
            f"‘Zes maanden ontzorgd’ gaat over {presentation.count(row, 'noemer')} personen in de doelgroep: "
            "wie er zes maanden recht op had. Bij anderen zijn die zes maanden nog niet om, stopte de bijstand "
            "eerder, of zij vertrokken."
        )
    known = row["noemer"]
    who = f"{formats.count(known) if known else 'niemand'} van de {formats.persons(group)} in de doelgroep"
    rest = (
        "" if known == group else " Bij de anderen zijn die zes maanden nog niet om, stopte de bijstand eerder, of zij "
    )
    return f"‘Zes maanden ontzorgd’ gaat over {who}.{rest}{'vertrokken.' if rest else ''}"


def n_words(number: int | None) -> str:
    """On how many persons a chart rests: "n = 113 personen"; empty when that is not one exact number."""
    return "" if number is None else f"n = {formats.persons(number)}"


def n_of(rows: pl.DataFrame | Mapping[str, object], column: str) -> str:
    """The same of a figure that is itself an answer, in a row or in the first row: "n = ongeveer 110 personen".

    Empty when it may not be shown, and without rows.
    """
    row = next(rows.head(1).iter_rows(named=True), None) if isinstance(rows, pl.DataFrame) else rows
    if row is None or presentation.hidden(row, column):
        return ""
    return f"n = {presentation.about(row, column, formats.persons(row[column]))}"


def choices(per_area: pl.DataFrame) -> list[str]:
    """The levels that the reader can choose from: those that were published; of exact figures all of them.

    per_area: the question kpi_per_gebied.
    """
    open_to = [label for label, level in LEVELS.items() if _is_published(per_area, level)]
    return open_to or list(LEVELS)[:1]


def _is_published(per_area: pl.DataFrame, level: str) -> bool:
    rows = per_area.filter(pl.col("indicator") == "ontzorging_dekking", pl.col("niveau") == level)
    return any(presentation.how(row, "noemer") != columns.WEGGELATEN for row in rows.iter_rows(named=True)) or (
        presentation.all_exact(rows)
    )


def coverage_words(areas: pl.DataFrame) -> str:
    """What the areas show: shares with their interval, or counts where no share may be shown.

    areas: see charts.areas.
    """
    return (
        f"{NO_SHARES} {AREA}" if presentation.drawable(areas, "waarde").is_empty() else f"{COVERAGE} {INTERVAL} {AREA}"
    )


def no_coverage(per_area: pl.DataFrame) -> str:
    """Why no area is shown. per_area: the question kpi_per_gebied."""
    return NO_COVERAGE if presentation.all_exact(per_area) else CITY_ONLY


def coverage_title(areas: pl.DataFrame, level: str) -> str:
    """In how many areas the norm is reached, counting only areas with enough persons.

    areas: rows of kpi_per_gebied about ontzorging_dekking with a noemer. level: stadsdeel or wijkteam.
    """
    indicator = queries.INDICATOREN["ontzorging_dekking"]
    one, more = _AREAS[level]
    judged = {
        row["gebied"]: presentation.judged(indicator, row)
        for row in areas.iter_rows(named=True)
        if presentation.hidden(row, "noemer") or row["noemer"] >= TOO_FEW
    }
    met = {area: verdict.uitkomst == "voldoet" for area, verdict in judged.items() if verdict}
    if areas.is_empty():
        return f"Begonnen per {one}"
    if not met and judged:
        return f"Begonnen per {one}: de aantallen zijn te klein voor percentages"
    if not met:
        return f"Begonnen per {one}: overal te weinig waarnemingen voor een oordeel"
    if len(met) == 1:
        (area,) = met
        words = f"{area} haalt de norm {'wel' if met[area] else 'niet'}"
        return words if areas.height == 1 else f"{words}; elders zijn er te weinig waarnemingen"
    reached = sum(met.values())
    if reached == len(met):
        return f"{'Beide' if reached == 2 else f'Alle {reached}'} {more} met genoeg waarnemingen halen de norm"
    if not reached:
        return f"Geen van de {len(met)} {more} met genoeg waarnemingen haalt de norm"
    verb = "haalt" if reached == 1 else "halen"
    return f"{reached} van de {len(met)} {more} met genoeg waarnemingen {verb} de norm"


def status_title(status: pl.DataFrame) -> str:
    """How many persons are being ontzorgd now, and with how many it did not start.

    status: the question ontzorging_status. Rounded counts are not added up: then only what one row says.
    """
    neutral = "De stand per stadsdeel"
    group = total(status, "aantal")
    lopend = status.filter(pl.col("status") == "Lopend")
    if group is None:
        if lopend.height != 1 or presentation.hidden(lopend.row(0, named=True), "aantal"):
            return neutral
        return f"Nu ontzorgd: {presentation.count(lopend.row(0, named=True), 'aantal')} personen in de doelgroep"
    if not group:
        return neutral
    without = total(status.filter(pl.col("status").is_in(["Niet gestart", "Geen registratie"])), "aantal")
    return (
        f"Nu ontzorgd: {formats.count(total(lopend, 'aantal'))} van de {formats.persons(group)} in de doelgroep; "
        f"niet gestart of zonder registratie: {formats.count(without)}"
    )


def reasons_title(reasons: pl.DataFrame, soort: str) -> str:
    """The reason that was registered most often, and for how many none was.

    reasons: the rows of ontzorging_redenen of one soort. Which of two rounded counts is the larger cannot be told:
    those that may be shown are named by their number.
    """
    subject = _REASON_TITLES[soort]
    persons = total(reasons, "aantal")
    if persons is None:
        return _published_reasons(reasons, subject)
    if not persons:
        return subject
    registered = reasons.filter(pl.col("reden") != NO_REASON)
    unknown = total(reasons.filter(pl.col("reden") == NO_REASON), "aantal")
    if registered.is_empty():
        whom = "de ene persoon" if persons == 1 else f"alle {formats.persons(persons)}"
        return f"{subject}: bij {whom} is geen reden bekend"
    if persons < TOO_FEW:
        return f"{subject}: {formats.persons(persons)}, te weinig om één reden uit te lichten"
    most = registered["aantal"].max()
    names = registered.filter(pl.col("aantal") == most)["reden"].to_list()
    each = "elk " if len(names) > 1 else ""
    named = formats.enumerate_words([f"‘{name.lower()}’" for name in names])
    words = f"{subject}: vaakst {named} ({each}{formats.count(most)} van {formats.count(persons)})"
    return f"{words}; bij {formats.count(unknown)} is geen reden bekend" if unknown else words


def _published_reasons(reasons: pl.DataFrame, subject: str) -> str:
    shown = presentation.drawable(reasons, "aantal")
    known = [
        f"‘{row['reden'].lower()}’ ({presentation.count(row, 'aantal')})"
        for row in shown.iter_rows(named=True)
        if row["reden"] != NO_REASON
    ]
    unknown = [
        f"bij {presentation.count(row, 'aantal')} personen is geen reden bekend"
        for row in shown.iter_rows(named=True)
        if row["reden"] == NO_REASON
    ]
    told = [formats.enumerate_words(known)] if known else []
    return f"{subject}: {'; '.join([*told, *unknown])}" if told or unknown else subject


def costs_title(costs: pl.DataFrame) -> str:
    """Which fixed cost is paid most often and which least often.

    costs: the question ontzorging_lasten, or no rows when ontzorgen started for nobody. Rounded counts are not ranked.
    """
    neutral = "Vaste lasten die worden betaald"
    if costs.is_empty():
        return neutral
    if not presentation.all_exact(costs):
        return _published_costs(costs) or neutral
    started = costs["gestart"][0]
    most, least = costs["aantal"].max(), costs["aantal"].min()
    if most == least:
        return (
            f"Huur, energie en zorgpremie worden even vaak betaald: {formats.count(most)} van {formats.count(started)}"
        )
    highest = _enumerate_costs(costs, most)
    lowest = _enumerate_costs(costs, least)
    return (
        f"Vaakst betaald: {highest} ({formats.count(most)} van {formats.count(started)}); "
        f"minst vaak: {lowest} ({formats.count(least)})"
    )


def _published_costs(costs: pl.DataFrame) -> str:
    shown = presentation.drawable(costs, "aantal", "gestart").to_dicts()
    if not shown:
        return ""
    # Said once, "ongeveer" goes for all.
    first, *others = shown
    paid = [f"{first['post']} voor {presentation.count(first, 'aantal')}"]
    paid += [f"{row['post']} voor {formats.count(row['aantal'])}" for row in others]
    whole = f" van de {formats.count(first['gestart'])} personen"
    beside = all(presentation.beside_its_whole(row, "aantal", "gestart") for row in shown)
    return f"Betaald: {formats.enumerate_words(paid)}{whole if beside else ''}"


def costs_words(costs: pl.DataFrame) -> str:
    """Who is counted; the outline only where there is a bar in it. costs: see costs_title()."""
    return f"{COSTS}{'' if presentation.drawable(costs, 'aantal').is_empty() else OUTLINE}."


def stock_title(stock: pl.DataFrame, peildatum: date) -> str:
    """How many persons are being ontzorgd at the peildatum, and whether that has been more.

    stock: the question ontzorging_voorraad, see series.by_period. Rounded numbers are not compared.
    """
    if stock.is_empty():
        return "Ontzorgen per maand"
    if not presentation.all_exact(stock, "lopend"):
        return _published_stock(stock, peildatum)
    now, most = stock["lopend"][-1], stock["lopend"].max()
    who = "niemand" if not now else formats.persons(now)
    words = f"Op {formats.long_date(peildatum)} {'werden' if now > 1 else 'werd'} {who} ontzorgd"
    if now == most:
        return f"{words}, het hoogste aantal tot dan toe" if stock.height > 1 and now else words
    peak = stock.filter(pl.col("lopend") == most)["maand"][0]
    return f"{words}; het hoogste aantal was {formats.count(most)}, in {formats.month(peak)}"


def _published_stock(stock: pl.DataFrame, peildatum: date) -> str:
    last = stock.row(-1, named=True)
    if presentation.hidden(last, "lopend"):
        return f"Ontzorgen per {series.period(stock)}"
    return f"Op {formats.long_date(peildatum)} werden {presentation.count(last, 'lopend')} personen ontzorgd"


def stock_words(stock: pl.DataFrame, events: pl.DataFrame) -> str:
    """What the series counts, from when, and what its lines are. stock: see stock_title(). events: that are drawn."""
    parts = [STOCK.format(series.period(stock))]
    parts += [] if presentation.all_exact(stock) else [FROM_TEN]
    parts += [] if events.is_empty() else [EVENT]
    return " ".join(parts)


def _enumerate_costs(costs: pl.DataFrame, number: int) -> str:
    return formats.enumerate_words(costs.filter(pl.col("aantal") == number)["post"].to_list())
