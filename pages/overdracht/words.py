"""What the figures of the page Overdracht say, in sentences: the finding of the page and the titles of its charts.

The sentences compare, pick and add up exact counts of different persons; every number in them stands in a chart or
tile. Rounded counts are told one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

import queries
from pages.kit import total
from pages.overdracht import charts
from pages.words import formats, presentation, sentences

# Under this noemer nothing is concluded; under SMALL the sentence asks for caution.
TOO_FEW = queries.MINIMUM_NOEMER
SMALL = 30

NOBODY = "In deze selectie is niemand van wie de begeleiding sinds 2022 als afgerond is beëindigd."
ALL_LEFT = "Iedereen in deze selectie van wie de begeleiding is afgerond, is vertrokken: er is niets over te dragen."
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
    "Personen van wie de begeleiding sinds 2022 is afgerond, naar de stand van hun overdracht; wat het langst open "
    "staat, staat bovenaan. Wie vertrok, staat apart en telt niet mee in de balk."
)
COMPLETION_TOGETHER = (
    "Personen van wie de begeleiding sinds 2022 klaar is, naar de stand van hun overdracht. Wie vertrok, staat apart "
    "en telt niet mee in de balk."
)
# What the reader may pick on the page: the teams that receive somebody.
RECEIVING = "Ontvangend wijkteam"
TOGETHER = (
    "Wie er wacht en hoe lang, staat hier voor alle wijkteams samen, van de mensen in de gekozen selectie. Per "
    "wijkteam zijn deze aantallen te klein om ze openbaar te maken."
)
MOSTLY_EARLIER = (
    "Wie in 2022 is gehuisvest, komt meestal pas in 2023 aan het eind van de begeleiding. De overdrachten tot en met "
    "2022 gaan daarom vooral over mensen die eerder zijn gehuisvest."
)
LIST = (
    "Wat het langst open staat, staat bovenaan. Open is een overdracht die gepland, niet bereikt of niet geregistreerd "
    "is; de dagen tellen vanaf het einde van de begeleiding. ‘Begeleiding afgerond’ is met wie al is overgedragen, en "
    "zonder wie vertrok. Laatste kolom: na hoeveel dagen de helft is overgedragen "
    "(mediaan). Wie nog wacht, telt daarin mee, wie vertrok niet. Een mediaan vraagt 10 personen die "
    "zijn overgedragen."
)
PILOT = (
    "In Schalkwijk is er een pilot met de overdracht. Wanneer die begon, is niet gepubliceerd en bij deze monitor niet "
    "bekend; daarom staat de pilot niet in de grafieken. Zodra de begindatum bekend is en de beheerder die toevoegt, "
    "staat de pilot als streeplijn in de reeks per kwartaal. Verschillen tussen Schalkwijk en andere stadsdelen "
    "kunnen ook van de pilot komen."
)
WITHIN = "Binnen 30 dagen overgedragen"
_ENTERED = (
    "Personen naar het kwartaal waarin het einde van de begeleiding 30 dagen geleden was: wie toen al was "
    "overgedragen, van het totaal. Zo heeft iedereen evenveel tijd gehad."
)
QUARTERS = (
    f"{_ENTERED} De dunne lijn toont welke percentages aannemelijk zijn (95%-interval); minder dan 10 personen krijgen "
    "geen percentage. Een verticale streeplijn is een gebeurtenis."
)
PUBLISHED_QUARTERS = (
    f"{_ENTERED} De dunne lijn toont welke percentages aannemelijk zijn (95%-interval). Een percentage staat er alleen "
    "bij 50 personen of meer, van wie er genoeg wel en genoeg niet zijn overgedragen. Een verticale streeplijn is een "
    "gebeurtenis."
)
QUARTERS_WITHOUT_SHARES = f"{_ENTERED} De aantallen zijn te klein voor een percentage."
NO_QUARTER = "In deze selectie eindigde bij niemand de begeleiding 30 dagen of langer geleden."
BACKLOG = "Personen met een overdracht die gepland, niet bereikt of niet geregistreerd is, naar hun wachttijd."
AGREED = (
    "Een driegesprek is afgesproken voor wie direct begeleiding nodig heeft; hoe vaak dat lukte, staat in de tegel "
    "“Driegesprek waar dat nodig is”."
)
FORM = f"Het gekleurde deel van de balk zijn de driegesprekken, de rest was een kennismaking. {AGREED}"
POPULATION = "Personen van wie de begeleiding sinds 2022 klaar is, naar het wijkteam dat hen ontvangt, in tientallen."
NO_SHARES = (
    "Welk deel daarvan is overgedragen, is per wijkteam nog niet te tonen: de aantallen zijn te klein. Dat kan pas bij "
    "50 personen of meer; in de eerste jaren haalt een wijkteam dat meestal niet."
)
SOME_SHARES = "Welk deel daarvan is overgedragen, staat er alleen als de aantallen daarvoor groot genoeg zijn."
CITY_ONLY = "Hoeveel mensen een wijkteam ontvangt, is alleen voor heel Haarlem openbaar."
CURVE = (
    "Deel dat zoveel dagen na het einde van de begeleiding is overgedragen, in de hele selectie. Wie nog wacht, telt "
    "mee tot de peildatum; wie vertrok, telt niet mee (Kaplan-Meier). Waar de lijn gestippeld is, worden minder dan 10 "
    "personen nog gevolgd."
)
PUBLISHED_CURVE = (
    "Deel dat zoveel maanden na het einde van de begeleiding is overgedragen, in de hele selectie. Een punt is de "
    "stand na een hele maand, afgerond; de lijn verbindt de punten. Wie nog wacht, telt mee tot de peildatum; wie "
    "vertrok, telt niet mee (Kaplan-Meier). Geen punt: de aantallen zijn te klein om te tonen."
)


def finding(teams: pl.DataFrame, rows: Mapping[str, Mapping[str, object]]) -> str:
    """How many wait for a handover and how long, and the share handed over against the norm.

    teams: the question overdracht_per_wijkteam, or charts.together(). rows: per indicator its row of the question kpi.
    """
    if total(teams, "populatie") == 0:
        return NOBODY
    if rows["overdracht_open"]["noemer"] == 0:
        return ALL_LEFT
    waiting = sentences.waiting(rows, ("overdracht_lang_open",))
    done = rows["overdracht_gedaan"]
    if not presentation.all_exact(teams):
        return f"{waiting} {sentences.stand('overdracht_gedaan', done)}"
    return f"{waiting} {_against_norm(done)}"


def completion_title(teams: pl.DataFrame) -> str:
    """How many of those who did not leave have been handed over; of rounded counts, how many of all.

    teams: rows of overdracht_per_wijkteam, or charts.together().
    """
    if not presentation.all_exact(teams):
        return _published_completion(teams.row(0, named=True))
    group = total(teams, "populatie") - total(teams, "vertrokken")
    if not group:
        return "De stand per wijkteam"
    done = total(teams, "overgedragen")
    if group == 1:
        return f"De ene persoon bij wie het kan, is {'' if done else 'nog niet '}overgedragen"
    verb = "is" if done <= 1 else "zijn"
    who = formats.count(done) if done else "Niemand"
    return f"{who} van de {formats.persons(group)} die niet vertrokken, {verb} overgedragen"


def _published_completion(row: Mapping[str, object]) -> str:
    if presentation.hidden(row, "overgedragen"):
        return "De stand van de overdracht"
    done = _capital(presentation.count(row, "overgedragen"))
    if not presentation.beside_its_whole(row, "overgedragen", "populatie"):
        return f"{done} personen zijn overgedragen"
    return f"{done} van de {formats.count(row['populatie'])} personen zijn overgedragen"


def completion_words(teams: pl.DataFrame) -> str:
    """What is drawn of the statuses: per wijkteam, or of all together."""
    if presentation.all_exact(teams):
        return COMPLETION
    return f"{COMPLETION_TOGETHER}{_small_words(teams.row(0, named=True), charts.STATUSES)}"


def backlog_words(teams: pl.DataFrame) -> str:
    """What is drawn of who waits: per wijkteam, or of all together."""
    if presentation.all_exact(teams):
        return BACKLOG
    labels = {column: label for column, (label, _) in charts.WAITING.items()}
    return f"{BACKLOG}{_small_words(teams.row(0, named=True), labels)}"


def _small_words(row: Mapping[str, object], labels: Mapping[str, str]) -> str:
    """Which parts of a single bar are too small to show; empty when none is, or all are."""
    names = [label for column, label in labels.items() if presentation.number(row, column) == presentation.FEW]
    if not names or len(names) == len(labels):
        return ""
    return f" Minder dan 10, of niemand: {formats.enumerate_words([_lower(name) for name in names])}."


def pilot(events: pl.DataFrame, peildatum: date) -> str:
    """What is known of the pilot in Schalkwijk: that its first day is not known, or that day once it is an event.

    events: queries.events().
    """
    about = pl.col("titel").str.to_lowercase()
    known = events.filter(about.str.contains("pilot", literal=True), about.str.contains("schalkwijk", literal=True))
    if known.is_empty():
        return PILOT
    row = known.sort("datum_van").row(0, named=True)
    begun = "begon" if row["datum_van"] <= peildatum else "begint"
    ended = ""
    if row["datum_tot"]:
        verb = "liep" if row["datum_tot"] <= peildatum else "loopt"
        ended = f" en {verb} tot en met {formats.long_date(row['datum_tot'])}"
    return f"{row['titel']}: de pilot {begun} op {formats.long_date(row['datum_van'])}{ended}. {row['toelichting']}"


def list_title(teams: pl.DataFrame) -> str:
    """At which wijkteam most persons wait longer than 90 days.

    teams: rows of overdracht_per_wijkteam.
    """
    if not total(teams, "populatie"):
        return "Wat het langst open staat"
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

    teams: rows of overdracht_per_wijkteam, or charts.together().
    """
    if not presentation.all_exact(teams):
        row = teams.row(0, named=True)
        if presentation.hidden(row, "open_90_plus"):
            return "Wie wacht, en hoe lang"
        return f"{_capital(presentation.count(row, 'open_90_plus'))} personen wachten al langer dan 90 dagen"
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

    teams: rows of overdracht_per_wijkteam, or charts.together().
    """
    if not presentation.all_exact(teams):
        return _published_form(teams.row(0, named=True))
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


def _published_form(row: Mapping[str, object]) -> str:
    if presentation.hidden(row, "driegesprek"):
        return "Hoeveel overdrachten een driegesprek waren, is niet te tonen: het aantal is te klein"
    number = _capital(presentation.count(row, "driegesprek"))
    if not presentation.beside_its_whole(row, "driegesprek", "overgedragen"):
        return f"{number} overdrachten waren een driegesprek"
    return f"{number} van de {formats.count(row['overgedragen'])} overdrachten waren een driegesprek"


def form_words(teams: pl.DataFrame) -> str:
    """How many handovers were a driegesprek and for whom it is meant, in sentences. teams: see form_title()."""
    return f"{form_title(teams)}. {AGREED}"


def population_words(table: pl.DataFrame) -> str:
    """What is shown per wijkteam where little is published. table: see charts.published_table()."""
    return f"{POPULATION} {SOME_SHARES if charts.has_shares(table) else NO_SHARES}"


def curve_title(median: Mapping[str, object]) -> str:
    """After how many days half has been handed over.

    median: the row overdracht_mediaan_dagen of the question kpi.
    """
    if presentation.hidden(median, "waarde"):
        return f"Tijd tot de overdracht: {presentation.TOO_SMALL}"
    if presentation.exact(median) and not median["noemer"]:
        return "Hoe lang de overdracht duurt"
    if presentation.exact(median) and presentation.too_few(charts.MEDIAN, median):
        return "Tijd tot de overdracht: te weinig waarnemingen"
    if median["waarde"] is None:
        return "Nog niet de helft is overgedragen"
    return f"De helft is na {charts.half_words(median)} overgedragen"


def curve_words(median: Mapping[str, object]) -> str:
    """What is drawn, and on how many persons where that is published. median: as for curve_title()."""
    return f"{CURVE} n = {formats.count(median['noemer'])}." if presentation.exact(median) else PUBLISHED_CURVE


def quarters_words(quarters: pl.DataFrame) -> str:
    """What is drawn per quarter. quarters: see charts.timely_quarters()."""
    if presentation.all_exact(quarters):
        return QUARTERS
    return PUBLISHED_QUARTERS if presentation.drawable(quarters, "waarde").height else QUARTERS_WITHOUT_SHARES


def no_quarter(row: Mapping[str, object]) -> str:
    """Why there is no quarter. row: overdracht_gedaan of the question kpi."""
    return NO_QUARTER if presentation.exact(row) else presentation.NOTHING_PUBLISHED_HERE


def too_few_for_a_curve(median: Mapping[str, object]) -> str:
    """Why there is no curve, in words.

    median: the row overdracht_mediaan_dagen of the question kpi.
    """
    if not presentation.exact(median):
        return presentation.NOTHING_PUBLISHED_HERE
    if not median["noemer"]:
        return NOBODY
    return f"Over {formats.persons(median['noemer'])} is geen lijn te tekenen: dat zijn te weinig waarnemingen."


def n_words(number: int | None) -> str:
    """On how many persons a chart rests: "n = 113 personen"; empty when that is not one exact number."""
    return "" if number is None else f"n = {formats.persons(number)}"


def n_of(row: Mapping[str, object], column: str = "noemer") -> str:
    """The same of a figure that is itself published: "n = ongeveer 110 personen"; empty when it may not be shown."""
    if presentation.hidden(row, column):
        return ""
    return f"n = {presentation.about(row, column, formats.persons(row[column]))}"


def n_of_teams(teams: pl.DataFrame) -> str:
    """On how many persons the bars of the wijkteams together rest, as their title says.

    teams: rows of overdracht_per_wijkteam, or charts.together().
    """
    if presentation.all_exact(teams):
        return n_words(total(teams, "populatie") - total(teams, "vertrokken"))
    return n_of(teams.row(0, named=True), "populatie")


def stand_words(stand: str, chosen: Sequence[str]) -> str:
    """The stand and, when the reader picked wijkteams on the page, which: a file that is taken along says so too."""
    return f"{stand} {RECEIVING}: {formats.enumerate_words(list(chosen))}." if chosen else stand


def _wait(number: int) -> str:
    return f"{'wacht' if number == 1 else 'wachten'} {formats.persons(number)}"


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


def _lower(text: str) -> str:
    return f"{text[0].lower()}{text[1:]}"


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
