"""What the figures of the page Overdracht say, in sentences: the finding of the page and the titles of its charts.

The sentences compare, pick and add up counts of different persons; every number in them stands in a chart or tile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

import queries
from pages.shared import formats, total

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.indicators.MINIMUM_NOEMER
SMALL = 30

NOBODY = "In deze selectie is niemand van wie de begeleiding sinds 2022 als afgerond is beëindigd."
ALL_LEFT = "Iedereen in deze selectie van wie de begeleiding is afgerond, is vertrokken: er is niets over te dragen."
TOO_FEW_WORDS = "te weinig waarnemingen"
NOBODY_AT_TEAMS = "Bij deze wijkteams is in deze selectie niemand van wie de begeleiding is afgerond."
NOBODY_WAITS = "Bij deze wijkteams wacht in deze selectie niemand op de overdracht."
NOBODY_HANDED_OVER = "Aan deze wijkteams is in deze selectie nog niemand overgedragen."
CAUTION = "Dat is een kleine groep: lees het percentage met voorzichtigheid."

TWO_FILTERS = (
    "Dit filter gaat over het wijkteam dat iemand ontvangt. Het filter “Woont in het gebied van” in de zijbalk "
    "gaat over waar iemand woont; dat kan het gebied van een ander wijkteam zijn."
)
SCOPE = "Het filter geldt voor dit deel van de pagina. De tegels en de tijd tot de overdracht gaan over alle wijkteams."
COMPLETION = (
    "Personen van wie de begeleiding sinds 2022 is afgerond, naar de stand van hun overdracht. Bovenaan staan de "
    "wijkteams waar de meeste mensen langer dan 90 dagen wachten. Wie vertrok, staat apart en telt niet mee in de balk."
)
BACKLOG = "Personen met een overdracht die gepland, niet bereikt of niet geregistreerd is, naar hun wachttijd."
FORM = (
    "Het gekleurde deel van de balk zijn de driegesprekken, de rest was een kennismaking. Een driegesprek is "
    "afgesproken voor wie direct begeleiding nodig heeft; hoe vaak dat lukte, staat in de tegel "
    "“Driegesprek waar dat nodig is”."
)
MEDIANS = (
    "Na hoeveel dagen de helft is overgedragen, geteld vanaf het einde van de begeleiding. Wie nog wacht, telt mee; "
    "wie vertrok niet. Onder de 10 personen staat er geen mediaan."
)
CURVE = (
    "Deel dat zoveel dagen na het einde van de begeleiding is overgedragen, in de hele selectie. Wie nog wacht, telt "
    "mee tot de peildatum; wie vertrok, telt niet mee (Kaplan-Meier). Waar de lijn gestippeld is, worden minder dan 10 "
    "personen nog gevolgd."
)


def finding(teams: pl.DataFrame, rows: Mapping[str, Mapping[str, object]]) -> str:
    """How many wait for a handover and how long, and the share handed over against the norm.

    teams: the question overdracht_per_wijkteam. rows: per indicator its row of the question kpi.
    """
    if not total(teams, "populatie"):
        return NOBODY
    waiting = rows["overdracht_open"]
    if not waiting["noemer"]:
        return ALL_LEFT
    return f"{_waiting(waiting, total(teams, 'open_90_plus'))} {_against_norm(rows['overdracht_gedaan'])}"


def completion_title(teams: pl.DataFrame) -> str:
    """At which wijkteam most persons wait longer than 90 days.

    teams: rows of overdracht_per_wijkteam.
    """
    if not total(teams, "populatie"):
        return "De stand per wijkteam"
    most = teams["open_90_plus"].max()
    if not most and teams.height == 1:
        return f"Bij {teams['wijkteam'][0]} wacht niemand langer dan 90 dagen"
    if not most:
        return "Bij geen enkel wijkteam wacht iemand langer dan 90 dagen"
    names = teams.filter(pl.col("open_90_plus") == most)["wijkteam"].to_list()
    if teams.height == 1:
        return f"Bij {names[0]} {_wait(most)} langer dan 90 dagen"
    if len(names) > 3:
        return f"Bij {len(names)} wijkteams {_wait(most)} langer dan 90 dagen, het hoogste aantal"
    each = "elk " if len(names) > 1 else ""
    return (
        f"Langst open: bij {formats.enumerate_words(names)} {'wacht' if most == 1 else 'wachten'} {each}"
        f"{formats.persons(most)} langer dan 90 dagen"
    )


def backlog_title(teams: pl.DataFrame) -> str:
    """How many of those who wait do so for longer than 90 days.

    teams: rows of overdracht_per_wijkteam.
    """
    long = total(teams, "open_90_plus")
    waiting = total(teams, "open_0_30") + total(teams, "open_31_90") + long
    if not waiting:
        return "Wie wacht, en hoe lang"
    if waiting == 1:
        return f"1 persoon wacht op de overdracht, {'al' if long else 'nog niet'} langer dan 90 dagen"
    if not long:
        return f"{formats.persons(waiting)} wachten op de overdracht, niemand langer dan 90 dagen"
    if long == waiting:
        everybody = "Beide personen" if waiting == 2 else f"Alle {formats.persons(waiting)}"
        return f"{everybody} die op de overdracht wachten, doen dat langer dan 90 dagen"
    verb = "doet" if long == 1 else "doen"
    return (
        f"Van de {formats.persons(waiting)} die op de overdracht wachten, {verb} "
        f"{formats.count(long)} dat langer dan 90 dagen"
    )


def form_title(teams: pl.DataFrame) -> str:
    """How many handovers were a driegesprek.

    teams: rows of overdracht_per_wijkteam.
    """
    done = total(teams, "overgedragen")
    if not done:
        return "Driegesprek of kennismaking"
    with_three = total(teams, "driegesprek")
    if done == 1:
        return f"De ene overdracht was een {'driegesprek' if with_three else 'kennismaking'}"
    if not with_three:
        return f"Geen van de {formats.count(done)} overdrachten was een driegesprek"
    if with_three == done:
        return f"{'Beide' if done == 2 else f'Alle {formats.count(done)}'} overdrachten waren een driegesprek"
    verb = "was" if with_three == 1 else "waren"
    return f"{formats.count(with_three)} van de {formats.count(done)} overdrachten {verb} een driegesprek"


def curve_title(median: Mapping[str, object]) -> str:
    """After how many days half has been handed over.

    median: the row overdracht_mediaan_dagen of the question kpi.
    """
    if not median["noemer"]:
        return "Hoe lang de overdracht duurt"
    if median["noemer"] < TOO_FEW:
        return "Tijd tot de overdracht: te weinig waarnemingen"
    if median["waarde"] is None:
        return "Nog niet de helft is overgedragen"
    return f"De helft is na {formats.days(median['waarde'])} overgedragen"


def too_few_for_a_curve(median: Mapping[str, object]) -> str:
    """Why there is no curve, in words.

    median: the row overdracht_mediaan_dagen of the question kpi.
    """
    if not median["noemer"]:
        return NOBODY
    return f"Over {formats.persons(median['noemer'])} is geen lijn te tekenen: dat zijn te weinig waarnemingen."


def n_words(number: int) -> str:
    """On how many persons a chart rests: "n = 113 personen"."""
    return f"n = {formats.persons(number)}"


def stand_words(stand: str, chosen: Sequence[str]) -> str:
    """The stand and, when the reader picked wijkteams on the page, which: a file that is taken along says so too."""
    return f"{stand} Ontvangend wijkteam: {formats.enumerate_words(list(chosen))}." if chosen else stand


def unknown_in_link(asked: Sequence[str], offered: Sequence[str]) -> str:
    """What is wrong with the receiving wijkteams in a link; empty when nothing is. A value is not repeated."""
    if set(asked) <= set(offered):
        return ""
    return "De link noemt bij “Ontvangend wijkteam” iets dat hier niet bestaat; dat telt niet mee."


def _wait(number: int) -> str:
    return f"{'wacht' if number == 1 else 'wachten'} {formats.persons(number)}"


def _waiting(row: Mapping[str, object], long: int) -> str:
    waiting = row["teller"]
    group = f"de {formats.persons(row['noemer'])} van wie de begeleiding is afgerond en die niet vertrokken"
    if not waiting:
        return f"Van {group}, wacht niemand op de overdracht aan een wijkteam."
    verb = "wacht" if waiting == 1 else "wachten"
    words = f"Van {group}, {verb} er {formats.count(waiting)} nog op de overdracht aan een wijkteam"
    if waiting == 1:
        return f"{words}, {'al' if long else 'nog niet'} langer dan 90 dagen."
    return f"{words}, van wie {formats.count(long) if long else 'niemand'} langer dan 90 dagen."


def _against_norm(row: Mapping[str, object]) -> str:
    if not row["noemer"]:
        return "Bij niemand is dat 30 dagen of langer geleden: over de norm is nog niets te zeggen."
    indicator = queries.INDICATOREN["overdracht_gedaan"]
    judged = queries.verdict(indicator, row["teller"], row["noemer"], row["waarde"])
    done = f"{formats.count(row['teller'])} van de {formats.count(row['noemer'])}"
    since = "bij wie dat 30 dagen of langer geleden is"
    if judged.reden == "te weinig waarnemingen":
        return f"Overgedragen zijn er {done} {since}: te weinig waarnemingen voor een oordeel over de norm."
    norm = formats.value(indicator.norm, indicator.eenheid)
    if judged.uitkomst == "voldoet":
        return f"Alle {formats.count(row['noemer'])} {since}, zijn overgedragen: de norm is gehaald."
    words = f"Overgedragen: {done} {since} ({formats.percent(row['waarde'])}; de norm is {norm})."
    return f"{words} {CAUTION}" if row["noemer"] < SMALL else words
