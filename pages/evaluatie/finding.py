"""What the page Evaluatie may say: the verdict that follows from the conditions, and the titles of its charts.

The sentences compare, pick and add up counts of different requests; every number in them stands in a tile, table or
chart. Nothing is concluded that a condition of evaluatie_meetbaarheid does not allow.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import polars as pl

import queries
from pages.shared import Tile, filters, formats, total

TOO_FEW = queries.indicators.MINIMUM_NOEMER
TOEZEGGING = "BAZ 2022/48297"

GROUPS = {"groep_24_maanden": "24 maanden", "groep_12_maanden": "12 maanden"}
CONDITIONS = {
    "statushouder_geregistreerd": "Vastgelegd of de vrager statushouder is",
    "regime_geregistreerd": "Vastgelegd welke duur van begeleiding gold",
    "verwijzer_bekend": "Vastgelegd wie verwees",
    "groep_24_maanden": "Groep met 24 maanden is groot genoeg",
    "groep_12_maanden": "Groep met 12 maanden is groot genoeg",
    "aantoonbaar_verschil": "Een klein verschil zou te zien zijn",
}
MET = "✓ voldaan"
NOT_MET = "✕ niet voldaan"

QUESTION = "Of één jaar begeleiding in plaats van twee nadelig was voor statushouders"
NOBODY = (
    "In deze selectie zijn geen meldingen en is er niemand met begeleiding: over de kortere begeleiding is hier niets "
    "te zeggen."
)
NOT_MEASURED_IS_NOT_NONE = "Dat er geen verschil te meten is, betekent niet dat er geen verschil is."
OTHER_YEARS = (
    "Of de kortere begeleiding de oorzaak is, is daarmee niet gezegd: de groepen kwamen in andere jaren naar Haarlem."
)
MORE_TIME = (
    "Dat de kortere begeleiding geen nadeel had, is daarmee niet gezegd: wie 24 maanden kreeg, kwam eerder en had "
    "meer tijd om hulp te vragen."
)
MEANING = (
    "‘Geen verschil aangetoond’ wil zeggen: het is gemeten, en het verschil kan toeval zijn. ‘Geen verschil meetbaar’ "
    "wil zeggen: met deze gegevens valt er niets te vergelijken."
)
SMALLEST = (
    "Het kleinste verschil dat te zien is, gaat over twee aandelen van rond de helft: bij een kleiner verschil is de "
    "kans minder dan 80% dat het opvalt (toets op 5%, tweezijdig)."
)
REGIMES = (
    "Eerste tot laatste datum van huisvesting per regime. Het regime volgt uit die datum: wie 24 maanden kreeg, kwam "
    "dus in andere jaren dan wie 12 maanden kreeg. Een verschil tussen de groepen kan ook van die jaren komen, "
    "bijvoorbeeld van de coronatijd."
)
NO_REGIMES = "In deze selectie is niemand met begeleiding."
NO_HOUSING = "Van niemand in deze groepen is een datum van huisvesting bekend."
CAUTIONS = (
    "Eén persoon kan vaker komen. Geteld zijn meldingen en geen mensen; daardoor is de onzekerheid in werkelijkheid "
    "groter dan het interval laat zien.",
    "De groepen zijn in andere jaren gehuisvest. Wie eerder kwam, had meer tijd om hulp te vragen: het cijfer telt "
    "alle meldingen tot de peildatum en houdt met die tijd geen rekening.",
    "Een melding is niet aan een persoon te koppelen: meldingen en personen zijn los van elkaar geteld.",
)
OTHER_AREA = (
    "Bij een gekozen gebied tellen de personen die er wonen en de meldingen die het wijkteam van dat gebied vastlegde. "
    "Dat hoeven niet dezelfde mensen te zijn."
)
RATIO = (
    "Meldingen per persoon onder 12 maanden, gedeeld door die onder 24 maanden. Punt: de verhouding; lijn: exact "
    "95%-interval. Ligt de hele lijn aan één kant van 1, dan is het verschil groter dan toeval. Elke stap op de schaal "
    "is een verdubbeling."
)
FOLLOW = (
    "De meldingen volgen alleen het gebied en de peildatum. Bij deze cijfers is het gebied dat van het wijkteam dat de "
    "melding vastlegde, niet waar de vrager woont. Doelgroep, wet, cohort en datum van huisvesting veranderen ze niet."
)
ASKER_UNKNOWN = (
    "De wijkteams leggen niet vast wie de vraag stelt. Hoeveel van deze meldingen van statushouders zijn, is niet "
    "bekend."
)
ASKER_KNOWN = "Ook meldingen van mensen die geen statushouder zijn, tellen hier mee."
NO_REQUESTS = "In deze selectie zijn geen meldingen bij de wijkteams."
SOORTEN = {"hulpvraag": "Onderwerp", "hulpvragen": "Hulpvragen", "trajecten": "Begeleidingstrajecten"}
SHARE_HEADINGS = {"teller": "Aantal", "noemer": "Van", "waarde": "Deel"}
COMPARISON_HEADINGS = {
    "per_100_24": "Per 100 personen, 24 maanden",
    "per_100_12": "Per 100 personen, 12 maanden",
    "reden": "Toelichting",
}
PER_MONTH = "Meldingen per maand: een hulpvraag die is beantwoord, of een begeleidingstraject dat begon."
TOPICS = "Meldingen naar onderwerp, over de hele periode; rechts staat ook bij hoeveel er een traject begon."
PER_TEAM = (
    "Meldingen per maand, per wijkteam dat ze vastlegde; elk wijkteam op dezelfde schaal. Het aantal hangt ook af van "
    "hoeveel mensen er in het gebied wonen."
)
TRAJECT = "Begeleidingstrajecten als deel van alle meldingen, per kwartaal."
SHARES = (
    "Dunne lijn: welke percentages aannemelijk zijn (95%-interval). Kwartalen met minder dan 10 waarnemingen krijgen "
    "geen percentage."
)
DIVERSITY = (
    "Het getal zegt: de hulpvragen zijn zo gevarieerd alsof er zoveel onderwerpen waren die allemaal even vaak "
    "voorkomen. 1 is steeds hetzelfde onderwerp, 7 is alle zeven onderwerpen even vaak (effectief aantal soorten; "
    "Hill 1973, Jost 2006). Kleine verschillen kunnen toeval zijn, en bij weinig meldingen valt het getal lager uit; "
    "onder 10 meldingen staat er geen getal."
)
REFERRERS = "Meldingen per kwartaal, naar wie verwees; elke rij op dezelfde schaal."
ZELFORGANISATIE = (
    "Verwijzingen door zelforganisaties als deel van de meldingen waarvan de verwijzer is vastgelegd, per kwartaal. "
    "Wie bij de andere meldingen verwees, is niet bekend."
)
NO_REFERRERS = "In deze selectie is van geen enkele melding vastgelegd wie verwees."
NO_COMMITMENT = "De toezegging over de kortere begeleiding staat niet in het register."


def has_values(frame: pl.DataFrame, column: str) -> bool:
    """Whether a column holds anything to draw."""
    return frame[column].drop_nulls().len() > 0


# --- the verdict


def person_filters(selection: queries.Selection) -> list[str]:
    """The filters that choose persons and not requests, as they are called in the filter bar, when they are set."""
    chosen = {
        "doelgroep": selection.doelgroepen,
        "wet": selection.wetten,
        "cohort": selection.cohorten,
        "huisvesting_van": selection.huisvesting_van,
        "huisvesting_tot": selection.huisvesting_tot,
    }
    return [f"‘{filters.LABELS[key]}’" for key, value in chosen.items() if value]


def follow_words(chosen: list[str]) -> str:
    """Which filters the requests follow; with filters on persons set, that they change the groups only."""
    if not chosen:
        return FOLLOW
    return f"U filtert op {formats.enumerate_words(chosen)}: dat verandert de groepen, maar niet de meldingen. {FOLLOW}"


def asker_words(conditions: Mapping[str, dict]) -> str:
    """Whose requests are counted: not only those of statushouders."""
    return ASKER_KNOWN if conditions["statushouder_geregistreerd"]["waarde"] else ASKER_UNKNOWN


def obstacle(conditions: Mapping[str, dict], comparison: Mapping[str, object], chosen: list[str]) -> str:
    """Why the regimes cannot be compared, in one sentence; empty when they can.

    conditions: per voorwaarde its row of evaluatie_meetbaarheid. comparison: the row of evaluatie_vergelijking; it is
    heard only when every condition is met. chosen: person_filters(): with one of those the requests would be of more
    people than the persons by whom they are divided.
    """
    unmet = [name for name in CONDITIONS if not conditions[name]["voldaan"]]
    for names in (("statushouder_geregistreerd",), ("regime_geregistreerd",), tuple(GROUPS)):
        if found := [name for name in names if name in unmet]:
            return _too_small(conditions, found) if names == tuple(GROUPS) else _unregistered(conditions[found[0]])
    if "verwijzer_bekend" in unmet:
        return _unregistered(conditions["verwijzer_bekend"])
    if unmet:
        row = conditions["aantoonbaar_verschil"]
        return (
            f"De groepen zijn te klein: pas een verschil van {points(row['waarde'])} zou opvallen, en nodig is "
            f"{points(row['drempel'], 0)} of minder."
        )
    if chosen:
        return (
            f"Het filter op {formats.enumerate_words(chosen)} verandert de groepen en niet de meldingen; wis het om te "
            "kunnen vergelijken."
        )
    return comparison["reden"] if comparison["oordeel"] == "niet te vergelijken" else ""


def finding(conditions: Mapping[str, dict], comparison: Mapping[str, object], requests: int, reason: str) -> str:
    """What can and cannot be concluded about the shorter begeleiding.

    comparison: the row of evaluatie_vergelijking. requests: the number of requests in the selection. reason:
    obstacle().
    """
    if not requests and not any(conditions[name]["waarde"] for name in GROUPS):
        return NOBODY
    if reason:
        by = "met deze filters" if all(row["voldaan"] for row in conditions.values()) else "met deze gegevens"
        return f"{QUESTION}, is {by} niet te zeggen. {reason} {NOT_MEASURED_IS_NOT_NONE}"
    rates = f"{formats.decimal(comparison['per_100_12'])} tegen {formats.decimal(comparison['per_100_24'])}"
    if comparison["oordeel"] == "geen verschil aangetoond":
        return (
            f"Een verschil is niet aangetoond: {rates} meldingen per 100 personen (12 tegen 24 maanden begeleiding). "
            f"Dat is iets anders dan geen verschil: {_plausible(comparison)}."
        )
    words = (
        f"Per 100 personen kwamen er {comparison['oordeel']} meldingen onder 12 maanden begeleiding dan onder 24 "
        f"maanden: {rates}. Dat verschil is groter dan toeval, als elke melding op zichzelf staat."
    )
    return f"{words} {OTHER_YEARS if comparison['oordeel'] == 'meer' else MORE_TIME}"


def meaning(reason: str, comparison: Mapping[str, object]) -> str:
    """The difference between nothing shown and nothing measurable, and which of the two holds here."""
    if reason:
        here = "Hier geldt: geen verschil meetbaar."
    elif comparison["oordeel"] == "geen verschil aangetoond":
        here = "Hier geldt: geen verschil aangetoond."
    else:
        here = "Hier geldt geen van beide: er is een verschil gemeten dat groter is dan toeval."
    return f"{MEANING} {here}"


def can_say(conditions: Mapping[str, dict], regimes: pl.DataFrame, requests: int, reason: str) -> list[str]:
    """What these data do tell: the groups, how long begeleiding lasted, how many requests, and the rates if they can.

    reason: obstacle().
    """
    said = [] if reason else ["Of er per 100 personen meer of minder meldingen kwamen onder 12 dan onder 24 maanden."]
    if not regimes.is_empty():
        groups = [f"{_group_size(conditions, name)} met {months}" for name, months in GROUPS.items()]
        said.append(f"Hoe groot de groepen zijn: {formats.enumerate_words(groups)} begeleiding.")
        durations = [f"{_median(row)} bij ‘{row['regime']}’" for row in regimes.iter_rows(named=True)]
        said.append(f"Na hoeveel tijd de helft van de begeleiding was beëindigd: {formats.enumerate_words(durations)}.")
    if requests:
        said.append(
            f"Hoeveel meldingen de wijkteams kregen ({formats.count(requests)}), waarover ze gingen en hoe vaak er "
            "een begeleidingstraject begon."
        )
    return said or ["In deze selectie is er niemand met begeleiding en zijn er geen meldingen."]


def cannot_say(reason: str) -> list[str]:
    """What these data do not tell, whatever the figures; first, when it holds, that the regimes cannot be compared."""
    always = [
        "Of een hulpvraag door de kortere begeleiding komt: een melding is niet aan een persoon te koppelen, en de "
        "groepen kwamen in andere jaren.",
        "Of er mensen waren die hulp nodig hadden en niet naar een wijkteam gingen: wie niet komt, staat er niet in.",
    ]
    if not reason:
        return always
    return [
        f"Of er na 12 maanden begeleiding meer hulpvragen kwamen dan na 24 maanden. {reason}",
        *always,
    ]


def tiles(
    conditions: Mapping[str, dict], requests: int, first: date | None, reason: str, chosen: list[str]
) -> list[Tile]:
    """How many conditions are met, both groups, the smallest difference that could be seen, and the requests.

    first: the first month with a request. reason: obstacle().
    """
    met = sum(row["voldaan"] for row in conditions.values())
    if not reason:
        verdict = ("Te vergelijken", "gehaald", "✓")
    elif met == len(conditions) and chosen:
        verdict = ("Niet met deze filters", "neutraal", "–")
    else:
        verdict = ("Niet te vergelijken", "te-laat", "✕")
    smallest = conditions["aantoonbaar_verschil"]
    return [
        Tile("Voorwaarden waaraan is voldaan", f"{met} van {len(conditions)}", verdict=verdict),
        *(
            Tile(
                f"Groep met {months}",
                _group_size(conditions, name),
                verdict=_tile_verdict(conditions[name], "Groot genoeg", "Te klein"),
                basis=f"nodig: {needed(name, conditions[name]['drempel'])}",
            )
            for name, months in GROUPS.items()
        ),
        Tile(
            "Kleinste verschil dat te zien is",
            formats.MISSING if smallest["waarde"] is None else points(smallest["waarde"]),
            verdict=_tile_verdict(smallest, "Klein genoeg", "Te grof"),
            basis=f"nodig: {needed('aantoonbaar_verschil', smallest['drempel'])}",
            definition=SMALLEST,
        ),
        Tile(
            "Meldingen bij de wijkteams",
            formats.count(requests),
            basis=f"sinds {formats.month(first)}; meldingen, geen personen" if first else "geen in deze selectie",
        ),
    ]


def condition_table(meetbaarheid: pl.DataFrame) -> pl.DataFrame:
    """The conditions as people read them: voorwaarde, uitkomst, gemeten, nodig, toelichting (all text)."""
    rows = [
        (
            CONDITIONS[row["voorwaarde"]],
            MET if row["voldaan"] else NOT_MET,
            measured(row["voorwaarde"], row["waarde"]),
            needed(row["voorwaarde"], row["drempel"]),
            row["toelichting"],
        )
        for row in meetbaarheid.iter_rows(named=True)
    ]
    columns = ["voorwaarde", "uitkomst", "gemeten", "nodig", "toelichting"]
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def conditions_title(conditions: Mapping[str, dict]) -> str:
    """How many of the conditions for a comparison are met."""
    met = sum(row["voldaan"] for row in conditions.values())
    if met == len(conditions):
        return f"Aan alle {met} voorwaarden voor een vergelijking is voldaan"
    if not met:
        return f"Aan geen van de {len(conditions)} voorwaarden voor een vergelijking is voldaan"
    return f"Aan {met} van de {len(conditions)} voorwaarden voor een vergelijking is voldaan"


def measured(condition: str, value: float | None) -> str:
    """The measured value of a condition in its unit; "niet te meten" when there is nothing to measure on."""
    if value is None:
        return "niet te meten"
    if condition in GROUPS:
        return formats.persons(int(value))
    return points(value) if condition == "aantoonbaar_verschil" else formats.percent(value)


def needed(condition: str, threshold: float) -> str:
    """The threshold of a condition in words: "ten minste 95%"."""
    if condition in GROUPS:
        return f"ten minste {formats.persons(int(threshold))}"
    if condition == "aantoonbaar_verschil":
        return f"hoogstens {points(threshold, 0)}"
    return f"ten minste {formats.percent(threshold)}"


def on_one_line(text: str) -> str:
    """Text of a cell that does not break."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def in_few_lines(sentence: str) -> str:
    """A sentence that keeps some words together: on a narrow screen the table scrolls, and does not become a tower."""
    return " ".join(on_one_line(line) for line in textwrap.wrap(sentence, 28))


def points(difference: float, decimals: int = 1) -> str:
    """A difference of two shares: 0.137 is "13,7 procentpunt"."""
    return formats.percent(difference, decimals).replace("%", " procentpunt")


def _group_size(conditions: Mapping[str, dict], name: str) -> str:
    return formats.persons(int(conditions[name]["waarde"] or 0))


def _too_small(conditions: Mapping[str, dict], names: list[str]) -> str:
    threshold = formats.count(conditions[names[0]]["drempel"])
    sizes = [f"de groep met {GROUPS[name]} telt {_group_size(conditions, name)}" for name in names]
    words = formats.enumerate_words(sizes)
    each = "per groep zijn er" if len(names) > 1 else "er zijn er"
    return f"{words[0].upper()}{words[1:]}; {each} ten minste {threshold} nodig."


def _unregistered(row: dict) -> str:
    name, share = row["voorwaarde"], row["waarde"]
    if share is None:
        return {
            "regime_geregistreerd": "Geen enkele melding is als die van een statushouder vastgelegd.",
        }.get(name, "In deze selectie zijn geen meldingen, dus er is niets te meten.")
    if not share:
        return {
            "statushouder_geregistreerd": "De wijkteams leggen de hulpvraag vast en niet wie die stelt.",
            "regime_geregistreerd": "De wijkteams leggen niet vast hoeveel maanden begeleiding de vrager kreeg.",
            "verwijzer_bekend": "Van geen enkele melding is vastgelegd wie verwees.",
        }[name]
    what = {
        "statushouder_geregistreerd": "van de meldingen is vastgelegd of de vrager statushouder is",
        "regime_geregistreerd": "van de meldingen van statushouders is vastgelegd welke duur van begeleiding gold",
        "verwijzer_bekend": "van de meldingen is vastgelegd wie verwees",
    }[name]
    return f"Bij {formats.percent(share)} {what}; {needed(name, row['drempel'])} is nodig."


def _tile_verdict(row: dict, met: str, not_met: str) -> tuple[str, str, str]:
    if row["waarde"] is None:
        return ("Niet te meten", "te-laat", "✕")
    return (met, "gehaald", "✓") if row["voldaan"] else (not_met, "te-laat", "✕")


def _median(row: dict) -> str:
    return formats.months(row["mediaan_maanden"])


# --- the comparison


def rate_tiles(comparison: Mapping[str, object], counted: pl.DataFrame) -> list[Tile]:
    """Requests per 100 persons under either regime, and their ratio.

    counted: the question evaluatie_meldingen.
    """
    rates = {"24 maanden": comparison["per_100_24"], "12 maanden": comparison["per_100_12"]}
    return [
        *(
            Tile(
                f"{row['regime']} begeleiding",
                formats.decimal(rates[row["regime"]]),
                lines=("meldingen per 100 personen",),
                basis=f"{requests_words(row['meldingen'])} · {formats.persons(row['personen'])}",
            )
            for row in counted.iter_rows(named=True)
        ),
        Tile(
            "Verhouding (12 gedeeld door 24 maanden)",
            ratio_words(comparison["verhouding"]),
            basis=f"95%-interval: {interval_words(comparison)}",
        ),
    ]


def comparison_title(comparison: Mapping[str, object]) -> str:
    """What the exact interval of the ratio says."""
    return {
        "meer": "Meer meldingen per 100 personen onder 12 maanden dan onder 24 maanden",
        "minder": "Minder meldingen per 100 personen onder 12 maanden dan onder 24 maanden",
        "geen verschil aangetoond": "Geen verschil aangetoond: het verschil kan toeval zijn",
    }[comparison["oordeel"]]


def ratio_words(ratio: float | None) -> str:
    """A ratio with two decimals; none when there was no request under 24 months to divide by."""
    return formats.MISSING if ratio is None else formats.decimal(ratio, 2)


def interval_words(comparison: Mapping[str, object]) -> str:
    """The exact interval of the ratio; without a request under 24 months it has no upper bound."""
    low, high = comparison["ci_laag"], comparison["ci_hoog"]
    return f"vanaf {ratio_words(low)}" if high is None else f"{ratio_words(low)} tot {ratio_words(high)}"


def n(requests: int) -> str:
    """On how many requests a chart rests."""
    return f"n = {requests_words(requests)}"


def cautions(selection: queries.Selection) -> list[str]:
    """What to bear in mind with the comparison; with an area chosen, that both sides follow another area."""
    return list(CAUTIONS) if selection.whole_city else [*CAUTIONS, OTHER_AREA]


def no_comparison(reason: str) -> str:
    """The words in place of the comparison."""
    return f"Er staat hier geen vergelijking. {reason}"


def _plausible(comparison: Mapping[str, object]) -> str:
    """What the interval still allows: from so many to so many times as many requests."""
    return f"bij deze cijfers past alles van {interval_words(comparison)} keer zoveel meldingen onder 12 maanden"


# --- the groups and the requests


def regimes_title(regimes: pl.DataFrame, conditions: Mapping[str, dict]) -> str:
    """How large the groups are, and that they are different years of arrival when they are."""
    if regimes.is_empty():
        return "Geen groepen om te vergelijken"
    sizes = [f"{_group_size(conditions, name)} met {months}" for name, months in GROUPS.items()]
    words = f"{formats.enumerate_words(sizes)} begeleiding"
    housed = regimes.drop_nulls("gehuisvest_van").sort("gehuisvest_van").iter_rows(named=True)
    spans = [(row["gehuisvest_van"], row["gehuisvest_tot"]) for row in housed]
    apart = len(spans) > 1 and all(before[1] < after[0] for before, after in pairwise(spans))
    return f"De groepen kwamen in andere jaren: {words}" if apart else words


def months_title(per_month: pl.DataFrame, peildatum: date) -> str:
    """The requests of the last month and the highest number in a month.

    per_month: charts.by_month().
    """
    if per_month.is_empty():
        return "Meldingen per maand"
    sums = {row["maand"]: row["hulpvragen"] + row["trajecten"] for row in per_month.iter_rows(named=True)}
    last = max(sums)
    top = max(sums.values())
    until = "" if _ends_month(peildatum) else f" (tot en met {formats.long_date(peildatum)})"
    words = f"{requests_words(sums[last])} in {formats.month(last)}{until}"
    if sums[last] == top:
        return f"{words}, het hoogste aantal tot dan toe" if len(sums) > 1 else words
    peaks = [month for month, number in sums.items() if number == top]
    return f"{words}; het hoogste aantal was {formats.count(top)}, in {formats.month(peaks[0])}"


def teams_title(per_month: pl.DataFrame) -> str:
    """The wijkteam that registered most requests.

    per_month: the question melding_per_maand.
    """
    return _most(per_month, "wijkteam", "kwamen bij", "Meldingen per wijkteam")


def topics_title(topics: pl.DataFrame) -> str:
    """The kind of hulpvraag that was asked most.

    topics: charts.by_topic().
    """
    counted = topics.select("hulpvraag", aantal=pl.col("hulpvragen") + pl.col("trajecten"))
    return _most(counted.filter(pl.col("aantal") > 0), "hulpvraag", "gingen over", "Onderwerpen van de meldingen")


def traject_title(shares: pl.DataFrame) -> str:
    """Which part of the requests became a trajectory in the latest quarter with enough requests.

    shares: charts.judged() of the question melding_traject.
    """
    row = _latest(shares)
    if row is None:
        return "Begeleidingstrajecten: in elk kwartaal te weinig meldingen voor een percentage"
    return (
        f"In het {formats.quarter(row['kwartaal'])} was {formats.percent(row['waarde'])} van de meldingen een "
        f"begeleidingstraject ({formats.count(row['teller'])} van {formats.count(row['noemer'])})"
    )


def diversity_title(diversity: pl.DataFrame) -> str:
    """The effective number of kinds in the latest quarter with enough requests.

    diversity: the question melding_diversiteit.
    """
    known = diversity.drop_nulls("diversiteit")
    if known.is_empty():
        return "Hoe gevarieerd: in elk kwartaal te weinig meldingen voor een getal"
    row = known.row(-1, named=True)
    return (
        f"Zo gevarieerd als {formats.decimal(row['diversiteit'])} onderwerpen die even vaak voorkomen "
        f"({formats.quarter(row['kwartaal'])})"
    )


def referrers_title(referrers: pl.DataFrame) -> str:
    """Who is registered most often as referrer, and of how many requests nobody is.

    referrers: the question melding_verwijzer.
    """
    known = referrers.filter(pl.col("verwijzer") != "Niet geregistreerd", pl.col("aantal") > 0)
    requests, registered = total(referrers, "aantal"), total(known, "aantal")
    if not requests:
        return "Wie verwees"
    if not registered:
        return "Wie verwees, is bij geen enkele melding vastgelegd"
    words = f"Wie verwees, is vastgelegd bij {formats.count(registered)} van de {requests_words(requests)}"
    if registered < TOO_FEW:
        return words
    most, names = _highest(known, "verwijzer")
    each = "elk " if len(names) > 1 else ""
    return f"{words}; het vaakst {formats.enumerate_words(names)} ({each}{formats.count(most)})"


def zelforganisatie_title(shares: pl.DataFrame) -> str:
    """The part of zelforganisaties among the known referrers in the latest quarter with enough of them.

    shares: charts.judged() of the question melding_zelforganisatie.
    """
    row = _latest(shares)
    if row is None:
        return "Zelforganisaties: in elk kwartaal te weinig bekende verwijzers voor een percentage"
    number = formats.count(row["teller"]) if row["teller"] else "geen"
    return (
        f"Zelforganisaties verwezen {number} van de {formats.count(row['noemer'])} meldingen met een bekende verwijzer "
        f"({formats.percent(row['waarde'])}) in het {formats.quarter(row['kwartaal'])}"
    )


def commitment(register: pl.DataFrame) -> str:
    """The toezegging that this page is about, from the register.

    register: queries.commitments().
    """
    found = register.filter(pl.col("nummer") == TOEZEGGING)
    if found.is_empty():
        return NO_COMMITMENT
    row = found.row(0, named=True)
    given = f" van {formats.long_date(row['datum'])}" if row["datum"] else ""
    words = [
        f"Deze pagina hoort bij toezegging {row['nummer']}{given}: {row['onderwerp']}.",
        f"Stand: {row['status']}.",
    ]
    return " ".join([*words, row["toelichting"] or ""]).strip()


def _ends_month(day: date) -> bool:
    return day == pl.Series([day]).dt.month_end()[0]


def _latest(shares: pl.DataFrame) -> dict | None:
    known = shares.drop_nulls("waarde")
    return None if known.is_empty() else known.row(-1, named=True)


def requests_words(number: int) -> str:
    """1 is "1 melding", 1122 "1.122 meldingen"."""
    return f"{formats.count(number)} {'melding' if number == 1 else 'meldingen'}"


def _most(frame: pl.DataFrame, column: str, words: str, subject: str) -> str:
    """Where most requests came or what they were about; no single one when there are few requests."""
    requests = total(frame, "aantal")
    if not requests:
        return subject
    if requests < TOO_FEW:
        return f"{subject}: {requests_words(requests)}, te weinig om er één uit te lichten"
    most, names = _highest(frame, column)
    if most == requests:
        return f"Alle {requests_words(requests)} {words} {names[0]}"
    each = "elk " if len(names) > 1 else ""
    where = formats.enumerate_words(names)
    return f"De meeste meldingen {words} {where} ({each}{formats.count(most)} van {formats.count(requests)})"


def _highest(frame: pl.DataFrame, column: str) -> tuple[int, list[str]]:
    """The highest number of requests of a value of the column, and the values that have it."""
    sums = frame.group_by(column, maintain_order=True).agg(pl.col("aantal").sum())
    most = sums["aantal"].max()
    return most, sums.filter(pl.col("aantal") == most)[column].to_list()
