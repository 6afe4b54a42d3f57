"""What the page Meldingen says of the requests: one sentence per figure, as the answers write it."""

from __future__ import annotations

from datetime import date

import polars as pl

from pages.meldingen import charts
from pages.show import series
from pages.words import formats, presentation
from pages.words.presentation import Row

NO_REQUESTS = "In deze selectie zijn geen meldingen bij de wijkteams."
NO_REFERRERS = "In deze selectie is van geen enkele melding vastgelegd wie verwees."
NO_TEAMS = "Per wijkteam zijn geen meldingen openbaar: de meeste aantallen zijn daarvoor te klein."
NO_DIVERSITY = (
    "Hoe gevarieerd de hulpvragen zijn, is aan openbare cijfers niet te zien: onderwerpen met weinig meldingen vallen "
    "door de afronding weg, en dan lijken de vragen eenvormiger dan ze zijn."
)
FOLLOW = (
    "De meldingen volgen alleen het gebied en de peildatum. Het gebied is dat van het wijkteam dat de melding "
    "vastlegde, niet waar de vrager woont. Andere filters, zoals de doelgroep, veranderen deze cijfers niet. Geteld "
    "zijn meldingen en geen personen: één persoon kan vaker komen."
)
ASKER_UNKNOWN = "De wijkteams leggen niet vast wie de vraag stelt: hoeveel er van statushouders zijn, is niet bekend."
ASKER_KNOWN = "Ook meldingen van mensen die geen statushouder zijn, tellen mee."
OVER_TIME = "Een melding is een beantwoorde hulpvraag, of een begeleidingstraject dat begon (onder in de balk)."
PER_TEAM = (
    "Meldingen over de hele periode, per wijkteam dat ze vastlegde. Het aantal hangt ook af van hoeveel mensen er in "
    "het gebied wonen."
)
# What is counted: over the whole period (True) or in the latest quarter.
PER_TOPIC = {
    True: "Meldingen over de hele periode, en bij hoeveel een traject begon. De tabel telt ook per maand en wijkteam.",
    False: "Hulpvragen die in het laatste kwartaal zijn beantwoord. De tabel heeft ook eerdere kwartalen en trajecten.",
}
PER_REFERRER = {
    True: "Meldingen over de hele periode, naar wie verwees. De tabel telt ook per kwartaal.",
    False: "Meldingen in het laatste kwartaal, naar wie verwees. De tabel heeft ook de eerdere kwartalen.",
}
SHARES = (
    "De laatste acht kwartalen. Dunne lijn: welke percentages aannemelijk zijn (95%-interval). Zonder percentage zijn "
    "de aantallen te klein; het deel kan daar lager zijn."
)
TOPICS, TEAMS, REFERRERS = "Meldingen naar onderwerp", "Meldingen per wijkteam", "Meldingen naar verwijzer"
TRAJECTS = "Meldingen waarbij een begeleidingstraject begon"
ORGANISATIONS = "Zelforganisaties, van de meldingen waarvan de verwijzer is vastgelegd"
MORE = "Verdieping: begeleidingstrajecten en verscheidenheid per kwartaal"
DIVERSITY = "Hoe gevarieerd de hulpvragen zijn"
HOW_VARIED = (
    "De hulpvragen zijn zo gevarieerd alsof er zoveel onderwerpen waren die even vaak voorkomen: 1 is steeds hetzelfde "
    "onderwerp, 7 is alle zeven even vaak (effectief aantal soorten; Hill 1973, Jost 2006). Kleine verschillen kunnen "
    "toeval zijn, en bij weinig meldingen valt het getal lager uit; onder 10 meldingen staat er geen getal."
)


def finding(per_quarter: pl.DataFrame, asker: Row) -> str:
    """The requests and trajectories of the latest quarter, and whether it is known who asked.

    per_quarter: the question melding_traject. asker: the row statushouder_geregistreerd of evaluatie_meetbaarheid.
    """
    if per_quarter.is_empty():
        return NO_REQUESTS
    row = per_quarter.row(-1, named=True)
    trajects = "" if presentation.hidden(row, "waarde") else f", waarvan {row['teller_tekst']} begeleidingstrajecten"
    return (
        f"Meldingen in het {formats.quarter(row['kwartaal'])}: {row['noemer_tekst']}{trajects}. "
        f"{ASKER_KNOWN if asker['waarde'] else ASKER_UNKNOWN}"
    )


def over_time_title(frame: pl.DataFrame, peildatum: date) -> str:
    """The requests of the latest month or quarter, and the most in an earlier one. frame: see charts.requests()."""
    if frame.is_empty():
        return "Meldingen per maand"
    last, earlier = frame.row(-1, named=True), frame.head(-1)
    first = formats.long_date(last[frame.columns[0]]).rpartition(" ")[0]
    words = f"Meldingen van {first} tot en met {formats.long_date(peildatum)}: {last['noemer_tekst']}"
    most = presentation.drawable(earlier, "noemer").sort("noemer").tail(1)
    # The most of those that are told may not be the most of all.
    if most.is_empty() or earlier.filter(presentation.left_out(earlier)).height:
        return words
    return f"{words}; eerder hoogstens {most['noemer_tekst'][0]} per {series.period(frame)}"


def most(frame: pl.DataFrame, name: str, subject: str) -> str:
    """What was counted most, of 10 requests or more; rounded counts, which do not add up, are too alike to pick from.

    frame: of charts.by_topic(), by_team() or by_referrer(). name: its first column.
    """
    counted = presentation.summed(frame, "aantal")
    known = frame.filter(~pl.col(name).is_in([charts.UNKNOWN])).head(3)
    if (counted["aantal"] or 0) < presentation.MINIMUM or known.is_empty():
        return subject
    told = [f"{row[name]} ({row['aantal_tekst']})" for row in known.iter_rows(named=True)]
    return f"{subject}: het vaakst {formats.enumerate_words(told)}"


def latest_share(frame: pl.DataFrame, what: str) -> str:
    """A share in the latest quarter, also when it is too small to show. frame: melding_traject, zelforganisatie."""
    if frame.is_empty():
        return what
    row = frame.row(-1, named=True)
    of = "" if presentation.hidden(row, "waarde") else f" ({presentation.of(row)})"
    return f"{what}: {row['waarde_tekst']}{of} in het {formats.quarter(row['kwartaal'])}"


def diversity_title(frame: pl.DataFrame) -> str:
    """The effective number of kinds in the latest quarter with enough requests. frame: melding_diversiteit."""
    known = frame.drop_nulls("diversiteit")
    if known.is_empty():
        return DIVERSITY
    row = known.row(-1, named=True)
    return (
        f"Zo gevarieerd als {row['diversiteit_tekst']} onderwerpen die even vaak voorkomen "
        f"({formats.quarter(row['kwartaal'])})"
    )
