"""What the page Evaluatie may say: the verdict that follows from the conditions, and the titles of its charts.

The sentences compare, pick and add up counts of different requests; every number in them stands in a tile, table or
chart. Published counts are not added up: a sentence about them takes them from the latest quarter. Nothing is concluded
that a condition of evaluatie_meetbaarheid does not allow.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise

import polars as pl

import queries
from pages.filters import bar
from pages.kit import Tile, total
from pages.words import formats, presentation
from pages.words.presentation import Row
from queries.definitions import columns

TOO_FEW = queries.MINIMUM_NOEMER
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
HOUSED = "Eerste tot laatste datum van huisvesting per regime. Het regime volgt uit die datum:"
NOT_HOUSED = (
    "Per regime hoeveel personen en perioden er zijn, en na hoeveel maanden de helft was beëindigd. Het regime volgt "
    "uit de datum van huisvesting:"
)
REGIMES = (
    "wie 24 maanden kreeg, kwam dus in andere jaren dan wie 12 maanden kreeg. Een verschil tussen de groepen kan ook "
    "van die jaren komen, bijvoorbeeld van de coronatijd."
)
NO_REGIMES = "In deze selectie is niemand met begeleiding."
CAUTIONS = (
    "Eén persoon kan vaker komen. Geteld zijn meldingen en geen mensen; daardoor is de onzekerheid in werkelijkheid "
    "groter dan het interval laat zien.",
    "De groepen zijn in andere jaren gehuisvest. Wie eerder kwam, had meer tijd om hulp te vragen: het cijfer telt "
    "alle meldingen tot de peildatum en houdt met die tijd geen rekening.",
    "Een melding is niet aan een persoon te koppelen: meldingen en personen zijn los van elkaar geteld.",
)
ROUNDED = (
    "De aantallen zijn afgerond op tientallen. Het interval houdt daar geen rekening mee; ook daardoor is de "
    "onzekerheid groter."
)
OTHER_AREA = (
    "Bij een gekozen gebied tellen de personen die er wonen en de meldingen die het wijkteam van dat gebied vastlegde. "
    "Dat hoeven niet dezelfde mensen te zijn."
)
RATIO = (
    "Meldingen per persoon onder 12 maanden, gedeeld door die onder 24 maanden. Punt: de verhouding; lijn: {}. Ligt de "
    "hele lijn aan één kant van 1, dan is het verschil groter dan toeval. Elke stap op de schaal is een verdubbeling."
)
INTERVAL = "exact 95%-interval"
INTERVAL_ROUNDED = "95%-interval, berekend met afgeronde aantallen"
FOLLOW = (
    "De meldingen volgen alleen het gebied en de peildatum. Bij deze cijfers is het gebied dat van het wijkteam dat de "
    "melding vastlegde, niet waar de vrager woont. Doelgroep, wet, cohort en datum van huisvesting veranderen ze niet."
)
FOLLOW_PUBLISHED = (
    "De meldingen volgen alleen het stadsdeel. Bij deze cijfers is dat het stadsdeel van het wijkteam dat de melding "
    "vastlegde, niet waar de vrager woont. De doelgroep verandert ze niet."
)
ASKER_UNKNOWN = (
    "De wijkteams leggen niet vast wie de vraag stelt. Hoeveel van deze meldingen van statushouders zijn, is niet "
    "bekend."
)
ASKER_KNOWN = "Ook meldingen van mensen die geen statushouder zijn, tellen hier mee."
NO_REQUESTS = "In deze selectie zijn geen meldingen bij de wijkteams."
SOORTEN = {"hulpvraag": "Onderwerp", "hulpvragen": "Hulpvragen", "trajecten": "Begeleidingstrajecten"}
NO_TEAMS = "Per wijkteam zijn geen meldingen openbaar: de meeste aantallen zijn daarvoor te klein."
NO_DIVERSITY = (
    "Hoe gevarieerd de hulpvragen zijn, is aan openbare cijfers niet te zien: onderwerpen met weinig meldingen vallen "
    "door de afronding weg, en dan lijken de vragen eenvormiger dan ze zijn."
)
TOO_FEW_TO_SHOW = "de aantallen meldingen zijn te klein om te tonen"
SHARE = ("waarde", "ci_laag", "ci_hoog")
SHARE_HEADINGS = {"teller": "Aantal", "noemer": "Van", "waarde": "Deel"}
COMPARISON_HEADINGS = {
    "per_100_24": "Per 100 personen, 24 maanden",
    "per_100_12": "Per 100 personen, 12 maanden",
    "reden": "Toelichting",
}
PER_MONTH = "Meldingen per maand: een hulpvraag die is beantwoord, of een begeleidingstraject dat begon."
PER_QUARTER = (
    "Meldingen per kwartaal. De hele balk is het aantal meldingen; onderin staat bij hoeveel daarvan een "
    "begeleidingstraject begon."
)
TOPICS = "Meldingen naar onderwerp, over de hele periode; rechts staat ook bij hoeveel er een traject begon."
TOPICS_PER_QUARTER = (
    "Beantwoorde hulpvragen per kwartaal, per onderwerp; elke rij op dezelfde schaal. Meldingen waarbij een "
    "begeleidingstraject begon, staan per onderwerp in de tabel: dat zijn er per kwartaal meestal minder dan 10."
)
PER_TEAM = (
    "Meldingen per maand, per wijkteam dat ze vastlegde; elk wijkteam op dezelfde schaal. Het aantal hangt ook af van "
    "hoeveel mensen er in het gebied wonen."
)
TRAJECT = "Begeleidingstrajecten als deel van alle meldingen, per kwartaal."
SHARES = (
    "Dunne lijn: welke percentages aannemelijk zijn (95%-interval). Kwartalen met minder dan 10 waarnemingen krijgen "
    "geen percentage."
)
SHARES_PUBLISHED = (
    "Dunne lijn: welke percentages aannemelijk zijn (95%-interval), met de afronding erin. Een percentage staat er "
    "alleen bij 50 meldingen of meer, en als zowel het deel als de rest 10 of meer is; anders staat er ‘te klein’. In "
    "die kwartalen kan het deel dus kleiner zijn dan de percentages die er wel staan."
)
NO_SHARES = "Een percentage is in geen enkel kwartaal te tonen: de aantallen zijn daarvoor te klein."
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
    return [f"‘{bar.LABELS[key]}’" for key, value in chosen.items() if value]


def follow_words(chosen: list[str], requests: int | None = 0) -> str:
    """Which filters the requests follow; with filters on persons set, that they change the groups only.

    requests: their number, None when it is not known because the counts are published ones.
    """
    follow = FOLLOW_PUBLISHED if requests is None else FOLLOW
    if not chosen:
        return follow
    return f"U filtert op {formats.enumerate_words(chosen)}: dat verandert de groepen, maar niet de meldingen. {follow}"


def asker_words(conditions: Mapping[str, dict]) -> str:
    """Whose requests are counted: not only those of statushouders."""
    return ASKER_KNOWN if conditions["statushouder_geregistreerd"]["waarde"] else ASKER_UNKNOWN


def obstacle(conditions: Mapping[str, dict], comparison: Mapping[str, object], chosen: list[str]) -> str:
    """Why the regimes cannot be compared, in one sentence; empty when they can.

    comparison: the row of evaluatie_vergelijking, which decides. The rest says it with the figures of the page:
    conditions: per voorwaarde its row of evaluatie_meetbaarheid. chosen: person_filters().
    """
    if comparison["oordeel"] != "niet te vergelijken":
        return "" if _has_rates(comparison) else f"{TOO_FEW_TO_SHOW[0].upper()}{TOO_FEW_TO_SHOW[1:]}."
    unmet = [name for name in CONDITIONS if not conditions[name]["voldaan"]]
    for names in (("statushouder_geregistreerd",), ("regime_geregistreerd",), tuple(GROUPS)):
        if found := [name for name in names if name in unmet]:
            return _too_small(conditions, found) if names == tuple(GROUPS) else _unregistered(conditions[found[0]])
    if "verwijzer_bekend" in unmet:
        return _unregistered(conditions["verwijzer_bekend"])
    if unmet:
        row = conditions["aantoonbaar_verschil"]
        if row["waarde"] is None:
            return "De groepen zijn te klein om een verschil te zien."
        return (
            f"De groepen zijn te klein: pas een verschil van "
            f"{presentation.about(row, 'waarde', _difference(row))} zou opvallen, en nodig is "
            f"{points(row['drempel'], 0)} of minder."
        )
    if chosen:
        return (
            f"Het filter op {formats.enumerate_words(chosen)} verandert de groepen en niet de meldingen; wis het om te "
            "kunnen vergelijken."
        )
    return comparison["reden"]


def finding(conditions: Mapping[str, dict], comparison: Mapping[str, object], requests: int | None, reason: str) -> str:
    """What can and cannot be concluded about the shorter begeleiding.

    comparison: the row of evaluatie_vergelijking. requests: the number of requests in the selection, None when it is
    not published. reason: obstacle().
    """
    if requests == 0 and not any(conditions[name]["waarde"] for name in GROUPS):
        return NOBODY
    if reason:
        by = "met deze filters" if all(row["voldaan"] for row in conditions.values()) else "met deze gegevens"
        return f"{QUESTION}, is {by} niet te zeggen. {reason} {NOT_MEASURED_IS_NOT_NONE}"
    rates = f"{rate(comparison, 'per_100_12')} tegen {rate(comparison, 'per_100_24')}"
    rates = presentation.about(comparison, "per_100_12", rates)
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


def can_say(conditions: Mapping[str, dict], regimes: pl.DataFrame, requests: int | None, reason: str) -> list[str]:
    """What these data do tell: the groups, how long begeleiding lasted, how many requests, and the rates if they can.

    requests: None when their number is not published. reason: obstacle().
    """
    said = [] if reason else ["Of er per 100 personen meer of minder meldingen kwamen onder 12 dan onder 24 maanden."]
    if not regimes.is_empty():
        groups = [f"{_group_size(conditions, name)} met {months}" for name, months in GROUPS.items()]
        said.append(f"Hoe groot de groepen zijn: {formats.enumerate_words(groups)} begeleiding.")
    timed = presentation.drawable(regimes, "mediaan_maanden")
    if not timed.is_empty():
        durations = [f"{_median(row)} bij ‘{row['regime']}’" for row in timed.iter_rows(named=True)]
        said.append(f"Na hoeveel tijd de helft van de begeleiding was beëindigd: {formats.enumerate_words(durations)}.")
    if requests is None:
        said.append(
            "Hoeveel meldingen de wijkteams per kwartaal ongeveer kregen, waarover ze gingen en hoe vaak er een "
            "begeleidingstraject begon, voor zover die aantallen 10 of meer zijn."
        )
    elif requests:
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
    conditions: Mapping[str, dict],
    requests: int | None,
    first: date | None,
    reason: str,
    chosen: list[str],
    latest: Row | None = None,
) -> list[Tile]:
    """How many conditions are met, both groups, the smallest difference that could be seen, and the requests.

    requests: None when their number is not published; then that of the latest quarter stands in its place. first: the
    first month with a request. reason: obstacle(). latest: the last row of charts.over_time().
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
                presentation.persons(conditions[name], "waarde"),
                verdict=_tile_verdict(conditions[name], "Groot genoeg", "Te klein"),
                basis=f"nodig: {needed(name, conditions[name]['drempel'])}",
            )
            for name, months in GROUPS.items()
        ),
        Tile(
            "Kleinste verschil dat te zien is",
            formats.MISSING if smallest["waarde"] is None else _difference(smallest),
            verdict=_tile_verdict(smallest, "Klein genoeg", "Te grof"),
            basis=f"nodig: {needed('aantoonbaar_verschil', smallest['drempel'])}",
            definition=SMALLEST,
        ),
        _requests_tile(requests, first, latest),
    ]


def _requests_tile(requests: int | None, first: date | None, latest: Row | None) -> Tile:
    title = "Meldingen bij de wijkteams"
    if requests is None and latest:
        when = f"in het {formats.quarter(latest['kwartaal'])}; meldingen, geen personen"
        return Tile(title, presentation.number(latest, "meldingen"), basis=when)
    since = f"sinds {formats.month(first)}; meldingen, geen personen" if first else "geen in deze selectie"
    return Tile(title, formats.count(requests), basis=since)


def condition_table(meetbaarheid: pl.DataFrame) -> pl.DataFrame:
    """The conditions as people read them: voorwaarde, uitkomst, gemeten, nodig, toelichting (all text)."""
    rows = [
        (
            CONDITIONS[row["voorwaarde"]],
            MET if row["voldaan"] else NOT_MET,
            measured(row),
            needed(row["voorwaarde"], row["drempel"]),
            row["toelichting"],
        )
        for row in meetbaarheid.iter_rows(named=True)
    ]
    names = ["voorwaarde", "uitkomst", "gemeten", "nodig", "toelichting"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def conditions_title(conditions: Mapping[str, dict]) -> str:
    """How many of the conditions for a comparison are met."""
    met = sum(row["voldaan"] for row in conditions.values())
    if met == len(conditions):
        return f"Aan alle {met} voorwaarden voor een vergelijking is voldaan"
    if not met:
        return f"Aan geen van de {len(conditions)} voorwaarden voor een vergelijking is voldaan"
    return f"Aan {met} van de {len(conditions)} voorwaarden voor een vergelijking is voldaan"


def measured(row: Row) -> str:
    """The measured value of a condition in its unit; "niet te meten" when there is nothing to measure on.

    row: of evaluatie_meetbaarheid. Of published figures that is also so on fewer than 10.
    """
    if row["voorwaarde"] in GROUPS:
        return presentation.persons(row, "waarde")
    if presentation.how(row, "waarde") == columns.WEGGELATEN:
        return presentation.NOT_SHOWN
    if row["waarde"] is None:
        return "niet te meten"
    return _difference(row) if row["voorwaarde"] == "aantoonbaar_verschil" else formats.percent(row["waarde"])


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


def _difference(row: Row) -> str:
    """The smallest difference that can be seen; a rounded one without decimals."""
    return points(row["waarde"], 1 if presentation.exact(row, "waarde") else 0)


def _group_size(conditions: Mapping[str, dict], name: str) -> str:
    """The size of a group in a sentence: "167 personen", "ongeveer 170 personen", "minder dan 10 personen"."""
    row = conditions[name]
    if presentation.hidden(row, "waarde"):
        return f"{_few(row, 'waarde')} personen"
    return presentation.about(row, "waarde", presentation.persons(row, "waarde"))


def _few(row: Row, column: str) -> str:
    """A count in a sentence: "12", "ongeveer 70", "minder dan 10"; "een niet getoond aantal" when it is left out."""
    if presentation.how(row, column) == columns.BESCHERMD:
        return "minder dan 10"
    if presentation.hidden(row, column):
        return "een niet getoond aantal"
    return presentation.count(row, column)


def _too_small(conditions: Mapping[str, dict], names: list[str]) -> str:
    threshold = formats.count(conditions[names[0]]["drempel"])
    sizes = [f"de groep met {GROUPS[name]} telt {_group_size(conditions, name)}" for name in names]
    words = formats.enumerate_words(sizes)
    each = "per groep zijn er" if len(names) > 1 else "er zijn er"
    return f"{words[0].upper()}{words[1:]}; {each} ten minste {threshold} nodig."


def _unregistered(row: dict) -> str:
    name, share = row["voorwaarde"], row["waarde"]
    if not share and not presentation.exact(row, "waarde"):
        # A rounded 0 is not none at all.
        return row["toelichting"]
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
    return f"Bij {presentation.share(row)} {what}; {needed(name, row['drempel'])} is nodig."


def _tile_verdict(row: dict, met: str, not_met: str) -> tuple[str, str, str]:
    if row["waarde"] is None and row["voorwaarde"] not in GROUPS:
        return ("Niet te meten", "te-laat", "✕")
    return (met, "gehaald", "✓") if row["voldaan"] else (not_met, "te-laat", "✕")


def _median(row: Row) -> str:
    months = row["mediaan_maanden"]
    if months is None or presentation.exact(row, "mediaan_maanden"):
        return formats.months(months)
    return presentation.about(row, "mediaan_maanden", presentation.whole_months(months))


# --- the comparison


def rate_tiles(comparison: Mapping[str, object], counted: pl.DataFrame) -> list[Tile]:
    """Requests per 100 persons under either regime, and their ratio.

    counted: the question evaluatie_meldingen.
    """
    rates = {"24 maanden": "per_100_24", "12 maanden": "per_100_12"}
    return [
        *(
            Tile(
                f"{row['regime']} begeleiding",
                rate(comparison, rates[row["regime"]]),
                lines=("meldingen per 100 personen",),
                basis=f"{_requests(row, 'meldingen')} · {presentation.persons(row, 'personen')}",
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


def rate(comparison: Row, column: str) -> str:
    """Requests per 100 persons: "77,1"; of rounded counts without a decimal."""
    return formats.decimal(comparison[column], 1 if presentation.exact(comparison, column) else 0)


def ratio_drawn(comparison: Row) -> str:
    """What is drawn of the ratio, and on which counts its interval rests."""
    return RATIO.format(INTERVAL if presentation.exact(comparison, "verhouding") else INTERVAL_ROUNDED)


def comparison_notation(comparison: Row) -> dict[str, Callable[[float | None], str]]:
    """How the figures of the comparison are written in its table."""
    rates = ("per_100_24", "per_100_12")
    if presentation.exact(comparison, *rates):
        return dict.fromkeys(("verhouding", "ci_laag", "ci_hoog"), ratio_words)
    whole = dict.fromkeys(rates, lambda value: formats.decimal(value, 0))
    return whole | dict.fromkeys(("verhouding", "ci_laag", "ci_hoog"), ratio_words)


def _has_rates(comparison: Row) -> bool:
    """Whether the rates can be told: a rounded 0 is not none at all."""
    rates = ("per_100_24", "per_100_12")
    return presentation.exact(comparison, *rates) or all(
        comparison[column] and not presentation.hidden(comparison, column) for column in rates
    )


def ratio_words(ratio: float | None) -> str:
    """A ratio with two decimals; none when there was no request under 24 months to divide by."""
    return formats.MISSING if ratio is None else formats.decimal(ratio, 2)


def interval_words(comparison: Mapping[str, object]) -> str:
    """The exact interval of the ratio; without a request under 24 months it has no upper bound."""
    low, high = comparison["ci_laag"], comparison["ci_hoog"]
    return f"vanaf {ratio_words(low)}" if high is None else f"{ratio_words(low)} tot {ratio_words(high)}"


def n(requests: int | None) -> str:
    """On how many requests a chart rests; nothing when that is not published."""
    return "" if requests is None else f"n = {requests_words(requests)}"


def cautions(selection: queries.Selection, comparison: Row | None = None) -> list[str]:
    """What to bear in mind with the comparison; with an area chosen, that both sides follow another area.

    comparison: the row of evaluatie_vergelijking; of rounded counts that comes with it.
    """
    found = list(CAUTIONS) if selection.whole_city else [*CAUTIONS, OTHER_AREA]
    return found if comparison is None or presentation.exact(comparison, "verhouding") else [*found, ROUNDED]


def no_comparison(reason: str) -> str:
    """The words in place of the comparison."""
    return f"Er staat hier geen vergelijking. {reason}"


def _plausible(comparison: Mapping[str, object]) -> str:
    """What the interval still allows: from so many to so many times as many requests."""
    interval = presentation.about(comparison, "verhouding", interval_words(comparison))
    return f"bij deze cijfers past alles van {interval} keer zoveel meldingen onder 12 maanden"


# --- the groups and the requests


def regimes_title(regimes: pl.DataFrame, conditions: Mapping[str, dict]) -> str:
    """How large the groups are, and that they are different years of arrival when they are."""
    if regimes.is_empty():
        return "Geen groepen om te vergelijken"
    sizes = [f"{_group_size(conditions, name)} met {months}" for name, months in GROUPS.items()]
    words = f"{formats.enumerate_words(sizes)} begeleiding"
    if not presentation.all_exact(regimes, "gehuisvest_van"):
        return f"{words[0].upper()}{words[1:]}"
    housed = regimes.drop_nulls("gehuisvest_van").sort("gehuisvest_van").iter_rows(named=True)
    spans = [(row["gehuisvest_van"], row["gehuisvest_tot"]) for row in housed]
    apart = len(spans) > 1 and all(before[1] < after[0] for before, after in pairwise(spans))
    return f"De groepen kwamen in andere jaren: {words}" if apart else words


def regimes_words(regimes: pl.DataFrame) -> str:
    """What is shown of the groups, and what the regime follows from."""
    return f"{HOUSED if presentation.all_exact(regimes, 'gehuisvest_van') else NOT_HOUSED} {REGIMES}"


def over_time_title(frame: pl.DataFrame, peildatum: date) -> str:
    """The requests of the last month or quarter, beside the others.

    frame: charts.over_time().
    """
    return months_title(frame, peildatum) if "maand" in frame.columns else _quarters_title(frame, peildatum)


def over_time_words(frame: pl.DataFrame) -> str:
    """What is drawn of the requests over time."""
    return PER_MONTH if "maand" in frame.columns else PER_QUARTER


def topics_words(topics: pl.DataFrame) -> str:
    """What is drawn of the topics."""
    return TOPICS_PER_QUARTER if "kwartaal" in topics.columns else TOPICS


def shares_words(shares: pl.DataFrame) -> str:
    """Which shares are there, and what the thin line is."""
    if presentation.all_exact(shares):
        return SHARES
    return SHARES_PUBLISHED if has_values(shares, "waarde") else NO_SHARES


def left_out(names: list[str]) -> str:
    """What is not drawn, because none of its numbers may be shown: a sentence to add; nothing when that is none."""
    return f" In elk kwartaal te klein om te tonen: {formats.enumerate_words(names)}." if names else ""


def why_empty(per_month: pl.DataFrame, published: str) -> str:
    """Why there is nothing to show: no requests, or in published figures the words given.

    per_month: the question melding_per_maand.
    """
    return NO_REQUESTS if presentation.all_exact(per_month, "aantal") else published


def _quarters_title(frame: pl.DataFrame, peildatum: date) -> str:
    row = frame.row(-1, named=True)
    until = "" if _ends_quarter(peildatum) else f" (tot en met {formats.long_date(peildatum)})"
    when = f"het {formats.quarter(row['kwartaal'])}{until}"
    words = f"{_few(row, 'meldingen')} meldingen in {when}"
    earlier = frame.head(-1)
    shown = presentation.drawable(earlier, "meldingen")["meldingen"]
    title = f"{words[0].upper()}{words[1:]}"
    if shown.is_empty() or any(
        presentation.how(each, "meldingen") == columns.WEGGELATEN for each in earlier.to_dicts()
    ):
        return title
    low, high = formats.count(shown.min()), formats.count(shown.max())
    if shown.len() < earlier.height:
        return f"{title}; in eerdere kwartalen waren het er hoogstens ongeveer {high}"
    return f"{title}; in eerdere kwartalen waren het er ongeveer {high if low == high else f'{low} tot {high}'}"


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

    topics: charts.by_topic(); of published counts, which differ little and are rounded, none is picked.
    """
    if "kwartaal" in topics.columns:
        return "Hulpvragen naar onderwerp, per kwartaal"
    counted = topics.select("hulpvraag", aantal=pl.col("hulpvragen") + pl.col("trajecten"))
    return _most(counted.filter(pl.col("aantal") > 0), "hulpvraag", "gingen over", "Onderwerpen van de meldingen")


def traject_title(shares: pl.DataFrame) -> str:
    """Which part of the requests became a trajectory in the latest quarter with enough requests.

    shares: charts.judged() of the question melding_traject.
    """
    row = _latest(shares)
    if row is None:
        return "Begeleidingstrajecten: in elk kwartaal te weinig meldingen voor een percentage"
    when = f"het {formats.quarter(row['kwartaal'])}"
    if presentation.hidden(row, "waarde"):
        return f"Begeleidingstrajecten in {when}: {presentation.share(row)}"
    return f"In {when} was {presentation.share(row)} van de meldingen een begeleidingstraject ({presentation.of(row)})"


def diversity_title(diversity: pl.DataFrame) -> str:
    """The effective number of kinds in the latest quarter with enough requests.

    diversity: the question melding_diversiteit.
    """
    known = diversity.drop_nulls("diversiteit")
    if diversity.is_empty():
        return "Hoe gevarieerd de hulpvragen zijn"
    if known.is_empty():
        return "Hoe gevarieerd: in elk kwartaal te weinig meldingen voor een getal"
    row = known.row(-1, named=True)
    return (
        f"Zo gevarieerd als {formats.decimal(row['diversiteit'])} onderwerpen die even vaak voorkomen "
        f"({formats.quarter(row['kwartaal'])})"
    )


def referrers_title(referrers: pl.DataFrame, condition: Row | None = None) -> str:
    """Who is registered most often as referrer, and of how many requests nobody is.

    referrers: the question melding_verwijzer. condition: the row verwijzer_bekend of evaluatie_meetbaarheid, in which
    the share stands where counts may not be added up.
    """
    if condition and not presentation.all_exact(referrers, "aantal"):
        if not condition["waarde"]:
            return "Wie verwees, per kwartaal"
        return f"Bij {presentation.share(condition)} van de meldingen is vastgelegd wie verwees"
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
    when = f"het {formats.quarter(row['kwartaal'])}"
    if presentation.hidden(row, "waarde"):
        return f"Verwijzingen door zelforganisaties in {when}: {presentation.share(row)}"
    number = presentation.count(row, "teller") if row["teller"] else "geen"
    return (
        f"Zelforganisaties verwezen {number} van de {formats.count(row['noemer'])} meldingen met een bekende verwijzer "
        f"({formats.percent(row['waarde'])}) in {when}"
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


def _ends_quarter(day: date) -> bool:
    return day.month % 3 == 0 and _ends_month(day)


def _latest(shares: pl.DataFrame) -> dict | None:
    """The latest quarter with a share; of published ones the latest, for there the small shares are those left out."""
    if shares.height and not presentation.all_exact(shares):
        return shares.row(-1, named=True)
    known = shares.drop_nulls("waarde")
    return None if known.is_empty() else known.row(-1, named=True)


def _requests(row: Row, column: str) -> str:
    """A count of requests that may be rounded or hidden, with its noun."""
    if presentation.exact(row, column):
        return requests_words(row[column])
    return f"{presentation.number(row, column)} meldingen"


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
