"""What the figures of the page Ontzorging say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

import polars as pl

import queries
from pages.kit import total
from pages.ontzorging import charts
from pages.show import series
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row

NOBODY = "In deze selectie hoort niemand tot de doelgroep van het financieel ontzorgen."

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
# What the areas show: shares with their interval (True), or counts where there is no share.
COVERAGE = {
    True: "Deel van de doelgroep bij wie het ontzorgen is begonnen, van wie de bijstand 30 dagen of langer geleden "
    "begon. De dunne lijn toont welke percentages aannemelijk zijn (95%-interval): bij kleine aantallen kan een "
    "verschil tussen gebieden toeval zijn. Een gebied is waar iemand woont.",
    False: "Personen in de doelgroep van wie de bijstand 30 dagen of langer geleden begon, en bij hoeveel van hen het "
    "ontzorgen is begonnen. Een gebied is waar iemand woont.",
}
NO_COVERAGE = "In deze selectie is niemand van wie de bijstand 30 dagen of langer geleden begon."
CITY_ONLY = (
    "Stadsdelen vergelijken kan in de openbare cijfers alleen voor heel Haarlem: kies geen stadsdeel en geen doelgroep."
)
COSTS = (
    "Personen voor wie de gemeente deze last uit de bijstand betaalt of betaalde, van allen bij wie het ontzorgen "
    "begon{}."
)
OUTLINE = " (de omlijnde balk)"
NOBODY_STARTED = "In deze selectie is bij niemand het ontzorgen begonnen."
STOCK = "Personen in de doelgroep, per {}."
FROM_TEN = "De reeks begint met het eerste kwartaal waarin een aantal 10 of meer is."

SIX_MONTHS = (
    "‘Zes maanden ontzorgd’ gaat over wie er zes maanden recht op had (aantal: {}). Bij de anderen in de doelgroep "
    "zijn die zes maanden nog niet om, stopte de bijstand eerder, of zij vertrokken."
)

NOT_STARTED = "Niet gestart"
ENDED_EARLY = "Voortijdig beëindigd"
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
_STATUSES = {
    "personen in de doelgroep die nu worden ontzorgd": ("Lopend",),
    "niet gestart of zonder registratie": ("Niet gestart", "Geen registratie"),
}
_AREAS = {"stadsdeel": ("stadsdeel", "stadsdelen"), "wijkteam": ("wijkteamgebied", "wijkteamgebieden")}


def finding(status: pl.DataFrame, coverage: Row) -> str:
    """For how many ontzorgen has started, against the norm. status: ontzorging_status. coverage: the KPI."""
    return NOBODY if total(status, "aantal") == 0 else sentences.stand("ontzorging_dekking", coverage)


def six_months(status: pl.DataFrame, row: Row) -> str:
    """On how many of the target group the KPI ontzorging_volledig rests; empty without a target group."""
    return "" if total(status, "aantal") == 0 else SIX_MONTHS.format(row["noemer_tekst"])


def choices(per_area: pl.DataFrame) -> list[str]:
    """The levels that the reader can choose from: those of which something was published. See kpi_per_gebied."""
    rows = {label: per_area.filter(indicator=charts.INDICATOR.naam, niveau=level) for label, level in LEVELS.items()}
    told = [label for label, there in rows.items() if there.is_empty() or not presentation.all_left_out(there)]
    return told or list(LEVELS)[:1]


def coverage_title(areas: pl.DataFrame, level: str) -> str:
    """In how many areas with enough persons the norm is reached. areas: see charts.areas. level: of _AREAS."""
    one, more = _AREAS[level]
    judged = [presentation.judged(charts.INDICATOR, row) for row in areas.drop_nulls("waarde").iter_rows(named=True)]
    met = [each.uitkomst == "voldoet" for each in judged if each]
    if not met:
        return f"Begonnen per {one}"
    return f"{more.capitalize()} met genoeg waarnemingen die de norm halen: {sum(met)} van {len(met)}"


def status_title(status: pl.DataFrame) -> str:
    """How many persons are being ontzorgd now, and with how many it did not start. status: ontzorging_status."""
    told = []
    for words, names in _STATUSES.items():
        row = presentation.summed(status, "aantal", where=pl.col("status").is_in(names))
        told += [] if presentation.hidden(row, "aantal") else [f"{words}: {row['aantal_tekst']}"]
    return "; ".join(told).capitalize() or "De stand per stadsdeel"


def reasons_title(reasons: pl.DataFrame, soort: str) -> str:
    """The three reasons that were registered most, and for how many none was; of fewer than 10 persons none.

    reasons: see charts.of_soort.
    """
    shown, known = presentation.drawable(reasons, "aantal"), pl.col("reden") != queries.ONBEKEND
    most = pl.concat([shown.filter(known).head(3), shown.filter(~known)]).select("reden", "aantal_tekst").iter_rows()
    told = [
        f"{'geen reden bekend' if reason == queries.ONBEKEND else f'‘{reason.lower()}’'} ({number})"
        for reason, number in most
    ]
    enough = told and shown["aantal"].sum() >= presentation.MINIMUM
    return f"{_REASON_TITLES[soort]}{f': {formats.enumerate_words(told)}' if enough else ''}"


def costs_title(costs: pl.DataFrame) -> str:
    """For how many each fixed cost is paid. costs: see charts.paid."""
    rows = presentation.drawable(costs, "aantal", "gestart").iter_rows(named=True)
    told = [f"{row['post']} voor {presentation.out_of(row, 'aantal', 'gestart')}" for row in rows]
    return f"Betaald: {formats.enumerate_words(told)}" if told else "Vaste lasten die worden betaald"


def stock_words(stock: pl.DataFrame, events: pl.DataFrame) -> str:
    """What the series counts, from when, and what its lines are. stock: see series.by_period. events: as drawn."""
    period = series.period(stock)
    parts = [STOCK.format(period)] + [FROM_TEN] * (period == "kwartaal") + [series.EVENTS] * (not events.is_empty())
    return " ".join(parts)
