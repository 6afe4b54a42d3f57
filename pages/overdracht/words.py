"""What the figures of the page Overdracht say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pages.kit import total
from pages.overdracht import charts
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row, summed

NOBODY = "In deze selectie is niemand van wie de begeleiding sinds 2022 als afgerond is beëindigd."
ALL_LEFT = "Iedereen in deze selectie van wie de begeleiding is afgerond, is vertrokken: er is niets over te dragen."
NOBODY_AT_TEAMS = "Bij deze wijkteams is in deze selectie niemand van wie de begeleiding is afgerond."
NOBODY_WAITS = "Bij deze wijkteams wacht in deze selectie niemand op de overdracht."
NOBODY_HANDED_OVER = "Aan deze wijkteams is in deze selectie nog niemand overgedragen."

TWO_FILTERS = (
    "Dit filter gaat over het wijkteam dat iemand ontvangt. Het filter “Woont in het gebied van” in de zijbalk "
    "gaat over waar iemand woont; dat kan het gebied van een ander wijkteam zijn."
)
SCOPE = "Het filter geldt voor dit deel van de pagina. De tegels en de tijd tot de overdracht gaan over alle wijkteams."
DONE = "Overgedragen, van wie de begeleiding klaar is"
COMPLETION = (
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
WHEN = "naar kwartaal waarin de begeleiding 30 dagen geleden eindigde"
ENTERED = (
    "Personen naar het kwartaal waarin het einde van de begeleiding 30 dagen geleden was: wie toen al was "
    "overgedragen, van het totaal. Zo heeft iedereen evenveel tijd gehad."
)
NO_QUARTER = "In deze selectie eindigde bij niemand de begeleiding 30 dagen of langer geleden."
BACKLOG = "Personen met een overdracht die gepland, niet bereikt of niet geregistreerd is, naar hun wachttijd."
AGREED = (
    "Een driegesprek is afgesproken voor wie direct begeleiding nodig heeft; hoe vaak dat lukte, staat in de tegel "
    "“Driegesprek waar dat nodig is”."
)
FORM = f"Het gekleurde deel van de balk zijn de driegesprekken, de rest was een kennismaking. {AGREED}"
POPULATION = "Personen van wie de begeleiding sinds 2022 klaar is, naar het wijkteam dat hen ontvangt, in tientallen."
# Whether the share handed over is shown of any wijkteam.
SHARES = {
    True: "Welk deel daarvan is overgedragen, staat er alleen als de aantallen daarvoor groot genoeg zijn.",
    False: "Welk deel daarvan is overgedragen, is per wijkteam nog niet te tonen: de aantallen zijn te klein. Dat kan "
    "pas bij 50 personen of meer; in de eerste jaren haalt een wijkteam dat meestal niet.",
}
FEW_FOR_A_CURVE = "Dit gaat over minder dan 10 personen: te weinig voor een lijn."
CITY_ONLY = "Hoeveel mensen een wijkteam ontvangt, is alleen voor heel Haarlem openbaar."
CURVE = (
    "Deel dat zo lang na het einde van de begeleiding is overgedragen, in de hele selectie. Wie nog wacht, telt mee "
    "tot de peildatum; wie vertrok, telt niet mee (Kaplan-Meier)."
)


def finding(teams: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """How many wait too long, and the share handed over against the norm.

    teams: the question overdracht_per_wijkteam, or charts.together(). rows: per indicator its row of the question kpi.
    """
    if total(teams, "populatie") == 0:
        return NOBODY
    if rows["overdracht_open"]["noemer"] == 0:
        return ALL_LEFT
    waiting = sentences.waiting(rows, ("overdracht_lang_open",))
    return f"{waiting} {sentences.stand('overdracht_gedaan', rows['overdracht_gedaan'])}"


def completion_title(teams: pl.DataFrame) -> str:
    """How many have been handed over, of how many. teams: rows of overdracht_per_wijkteam, or charts.together().

    Who left stands apart, as in the bars, where that is an exact number; rounded counts are not taken off each other.
    """
    if presentation.all_exact(teams, "populatie", "vertrokken"):
        teams = teams.with_columns(populatie=pl.col("populatie") - pl.col("vertrokken"))
    return presentation.counted(DONE, summed(teams, "overgedragen", "populatie"), "overgedragen", "populatie")


def small_words(teams: pl.DataFrame, labels: Mapping[str, str]) -> str:
    """Which parts of a single bar are too small to show; empty when none is, or all are. labels: of the columns."""
    row = teams.row(0, named=True) if teams.height == 1 else {}
    names = [label for column, label in labels.items() if row.get(f"{column}_kort") == presentation.FEW]
    if not names or len(names) == len(labels):
        return ""
    return f" Minder dan 10, of niemand: {formats.enumerate_words([presentation.lower(name) for name in names])}."


def pilot(events: pl.DataFrame) -> str:
    """Why the pilot in Schalkwijk is not in the charts; empty once it is among the events, for then it is."""
    return "" if events["titel"].str.contains("(?i)pilot.*schalkwijk").any() else PILOT


def list_title(teams: pl.DataFrame) -> str:
    """At which wijkteams most persons wait longer than 90 days. teams: rows of overdracht_per_wijkteam."""
    most = teams["open_90_plus"].max()
    if not most:
        return "Wat het langst open staat"
    names = teams.filter(pl.col("open_90_plus") == most)["wijkteam"].to_list()
    where = formats.enumerate_words(names) if len(names) <= 3 else f"{len(names)} wijkteams"
    return f"Het vaakst langer dan 90 dagen open: {where} ({formats.persons(most)})"


def backlog_title(teams: pl.DataFrame) -> str:
    """How many wait for longer than 90 days. teams: rows of overdracht_per_wijkteam, or charts.together()."""
    row, what = summed(teams, "open_90_plus"), "Wie wacht, en hoe lang"
    return (
        what if presentation.hidden(row, "open_90_plus") else f"{what}: {row['open_90_plus_tekst']} langer dan 90 dagen"
    )


def form_title(teams: pl.DataFrame) -> str:
    """How many handovers were a driegesprek. teams: rows of overdracht_per_wijkteam, or charts.together()."""
    row = summed(teams, "driegesprek", "overgedragen")
    return presentation.counted("Overdrachten met een driegesprek", row, "driegesprek", "overgedragen")


def curve_title(median: Row) -> str:
    """After how many days half has been handed over. median: the row overdracht_mediaan_dagen of the question kpi."""
    half = median["waarde_tekst"]
    return f"De helft is na {half} overgedragen" if charts.is_reached(median) else f"Tijd tot de overdracht: {half}"
