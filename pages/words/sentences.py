"""What the figures of a briefing say, in plain Dutch: rules from rows to sentences.

A row comes with ``<kolom>_weergave`` (see queries.columns): an exact figure is written as it is, a rounded one with
"ongeveer", and what may not be shown is said in words. A verdict is that of queries.verdict; a change is that of the
question kpi_verandering. Nothing is computed here but the number that misses a norm, which comes with the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import queries
from pages.words import formats
from pages.words.presentation import (
    ABOUT,
    MINIMUM,
    NOT_SHOWN,
    TOO_FEW,
    TOO_SMALL,
    Row,
    about,
    basis,
    beside_its_whole,
    count,
    hidden,
    how,
    is_empty,
    judged,
    norm,
    share,
    too_few,
    value,
    verdict,
)
from queries.definitions import columns

__all__ = [
    "ABOUT",
    "NOT_SHOWN",
    "TOO_SMALL",
    "Row",
    "basis",
    "change",
    "changes",
    "comparison",
    "count",
    "duration",
    "hidden",
    "how",
    "is_empty",
    "norm",
    "norms",
    "obstacles",
    "routes",
    "share",
    "stand",
    "too_few",
    "value",
    "verdict",
    "waiting",
]

NO_DIFFERENCE_MEASURABLE = (
    "Of één jaar begeleiding in plaats van twee nadelig was, is met deze gegevens niet te meten. "
    "Dat is iets anders dan dat er geen verschil is."
)
NO_DIFFERENCE_SHOWN = (
    "Tussen één en twee jaar begeleiding is bij de meldingen geen verschil aangetoond: het verschil kan toeval zijn. "
    "Dat er geen verschil is, volgt daar niet uit."
)
DIFFERENCE = {
    "meer": (
        "Onder één jaar begeleiding kwamen er per 100 personen meer meldingen dan onder twee jaar. Of dat door de "
        "kortere begeleiding komt, is niet gezegd: de groepen kwamen in andere jaren."
    ),
    "minder": (
        "Onder één jaar begeleiding kwamen er per 100 personen minder meldingen dan onder twee jaar. Dat de kortere "
        "begeleiding geen nadeel had, is daarmee niet gezegd: wie twee jaar kreeg, had meer tijd om hulp te vragen."
    ),
}
MEANING = (
    "‘Geen verschil aangetoond’ betekent: het is gemeten, en het verschil kan toeval zijn. ‘Geen verschil meetbaar’ "
    "betekent: met deze gegevens valt er niets te vergelijken."
)

# Of fewer than this a share asks for caution.
SMALL = 30
CAUTION = "Dat is een kleine groep: lees het percentage met voorzichtigheid."

# The conditions of evaluatie_meetbaarheid that are a share of the requests.
REGISTERED = ("statushouder_geregistreerd", "regime_geregistreerd", "verwijzer_bekend")


@dataclass(frozen=True)
class Phrase:
    """How a share is told: of which group, with which verb (one, more), what, and within which time.

    within: the time after which each entrant is judged where entrants are compared.
    """

    group: str
    verb: tuple[str, str]
    what: str
    within: str = ""


PHRASES = {
    "begeleiding_dekking": Phrase(
        "statushouders die 30 dagen of langer zijn gehuisvest",
        ("kreeg", "kregen"),
        "begeleiding",
        "binnen die 30 dagen ",
    ),
    "pip_tijdig": Phrase(
        "personen van wie de tien weken voorbij zijn",
        ("kreeg", "kregen"),
        "het persoonlijk plan (PIP) op tijd",
    ),
    "ontzorging_dekking": Phrase(
        "personen uit de doelgroep van wie de bijstand 30 dagen of langer geleden begon",
        ("kreeg", "kregen"),
        "ontzorging",
        "binnen die 30 dagen ",
    ),
    "overdracht_gedaan": Phrase(
        "personen van wie de begeleiding 30 dagen of langer geleden is afgerond",
        ("is", "zijn"),
        "overgedragen aan een wijkteam",
        "binnen die 30 dagen ",
    ),
}


@dataclass(frozen=True)
class Waiting:
    """How a count of who waits too long is told: nobody waits, somebody does (none, one, more), or it is not shown."""

    nobody: str
    none: str
    one: str
    more: str
    hidden: str


WAITING = {
    "pip_over_termijn": Waiting(
        "niemand wacht nog op een persoonlijk plan (PIP)",
        "niemand wacht te lang op een persoonlijk plan (PIP)",
        "1 persoon wacht te lang op een persoonlijk plan (PIP)",
        "{} personen wachten te lang op een persoonlijk plan (PIP)",
        "het aantal personen zonder persoonlijk plan (PIP)",
    ),
    "ontzorging_lang_zonder": Waiting(
        "bij iedereen uit de doelgroep is het ontzorgen begonnen",
        "bij niemand uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen",
        "bij 1 persoon uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen",
        "bij {} personen uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen",
        "het aantal personen bij wie het ontzorgen niet is begonnen",
    ),
    "overdracht_lang_open": Waiting(
        "niemand wacht op de overdracht aan een wijkteam",
        "niemand wacht langer dan 90 dagen op de overdracht aan een wijkteam",
        "1 persoon wacht langer dan 90 dagen op de overdracht aan een wijkteam",
        "{} personen wachten langer dan 90 dagen op de overdracht aan een wijkteam",
        "het aantal personen dat op de overdracht wacht",
    ),
}


# ------------------------------------------------------------------------------------------- the two sentences


def stand(name: str, row: Row) -> str:
    """The leading KPI of a theme: of how many, how many, and whether the norm is met."""
    indicator, phrase = queries.INDICATOREN[name], PHRASES[name]
    total = row["noemer"]
    if total == 0:
        return f"Er zijn in deze selectie geen {phrase.group}."
    if hidden(row, "waarde") or total < MINIMUM:
        return f"Over {phrase.group} is geen percentage te geven: de aantallen zijn te klein."
    who = f"{count(row, 'noemer')} {phrase.group}"
    if row["teller"] == total and how(row, "teller") == columns.EXACT:
        told = f"Alle {who}, {phrase.verb[1]} {phrase.what}"
    else:
        verb = phrase.verb[0 if row["teller"] == 1 else 1]
        told = f"Van de {who}, {verb} er {count(row, 'teller')} {phrase.what} ({share(row)})"
    caution = CAUTION if total < SMALL else ""
    return f"{told}. {_against_norm(indicator, row)} {caution}".strip()


def _against_norm(indicator: queries.Indicator, row: Row) -> str:
    if indicator.norm is None:
        return "Er is geen norm."
    limit = norm(indicator)
    found = judged(indicator, row)
    if found is None:
        return f"De norm is {limit}; of die precies is gehaald, is aan afgeronde cijfers niet te zien."
    if found.uitkomst == "voldoet":
        return f"De norm van {limit} is gehaald."
    missed = about(row, "teller", formats.count(found.gemist))
    return f"De norm van {limit} is niet gehaald: {missed} {indicator.missend[0 if found.gemist == 1 else 1]}."


def change(name: str, row: Row) -> str:
    """The latest quarter of entry against the earlier quarters of that year, with the verdict on chance."""
    phrase = PHRASES[name]
    if row["oordeel"] == "geen oordeel" or row["verschil"] is None:
        small = any(hidden(row, column) for column in ("teller", "noemer", "waarde", "eerder_waarde", "verschil"))
        why = f"de aantallen per kwartaal zijn {TOO_SMALL}" if small else "per kwartaal zijn er te weinig waarnemingen"
        return f"Of dit in de loop van het jaar veranderde, is niet te zeggen: {why}."
    alike = share(row) == share(row, "eerder_waarde")
    # Two shares that differ beyond chance must not look the same.
    decimals = 1 if alike and row["oordeel"] != "binnen toeval" else 0
    now, before = (
        f"{about(row, column, formats.percent(row[column], decimals))}{_counts(row, part, whole)}"
        for column, part, whole in (
            ("waarde", "teller", "noemer"),
            ("eerder_waarde", "eerder_teller", "eerder_noemer"),
        )
    )
    told = (
        f"Van wie in het {formats.quarter(row['kwartaal'])} ging meetellen, {phrase.verb[0]} {now} "
        f"{phrase.within}{phrase.what}; eerder dat jaar was dat {before}."
    )
    if row["oordeel"] == "binnen toeval":
        return f"{told} Dat is ongeveer gelijk." if alike else f"{told} Dat verschil kan toeval zijn."
    return f"{told} Dat is {row['oordeel']}, en meer dan toeval."


def _counts(row: Row, part: str, whole: str) -> str:
    if hidden(row, part) or hidden(row, whole):
        return ""
    # Said once, it goes for both.
    return f" ({count(row, part)} van {count(row, whole).removeprefix(f'{ABOUT} ')})"


# ------------------------------------------------------------------------------------------------ kernboodschap


def norms(rows: Mapping[str, Row]) -> str:
    """How many norms are met and how many are not, and which is furthest away. rows: the question kpi."""
    entries = {
        name: entry for name, entry in queries.INDICATOREN.items() if entry.norm is not None and not entry.is_mediaan
    }
    found = {name: judged(entry, rows[name]) for name, entry in entries.items()}
    missed = [name for name, each in found.items() if each and each.uitkomst == "voldoet niet"]
    met = [name for name, each in found.items() if each and each.uitkomst == "voldoet"]
    unknown = [name for name in found if name not in missed and name not in met]
    why = formats.enumerate_words(tuple(dict.fromkeys(_unjudged(rows[name]) for name in unknown)))
    if not missed and not met:
        return f"Over de {len(found)} normen is niets te zeggen: {why}."
    if len(met) == len(found):
        return f"Alle {len(found)} normen zijn gehaald."
    if len(missed) == len(found):
        words = f"Geen van de {len(found)} normen is gehaald."
    else:
        parts = [f"{len(met)} gehaald"] if met else []
        parts += [f"{len(missed)} niet gehaald"] if missed else []
        first = len(met) or len(missed)
        words = f"Van de {len(found)} normen {'is' if first == 1 else 'zijn'} er {' en '.join(parts)}"
        words += f"; over {len(unknown)} is niets te zeggen ({why})." if unknown else "."
    if not missed:
        return words
    return f"{words} {_farthest(rows)}"


def _farthest(rows: Mapping[str, Row]) -> str:
    """Which share is farthest from its norm, or which are about as far."""
    names = queries.farthest_from_norm(rows)
    entries = [queries.INDICATOREN[name] for name in names]
    told = [f"‘{entry.titel}’ ({share(rows[entry.naam])}, norm {norm(entry)})" for entry in entries]
    if len(told) == 1:
        return f"Het verst van de norm ligt {told[0]}."
    return f"Het verst van de norm liggen, ongeveer even ver, {formats.enumerate_words(told)}."


def _unjudged(row: Row) -> str:
    """Why a share is not held against its norm."""
    if is_empty(row):
        return "niemand telt mee"
    if not hidden(row, "waarde") and row["noemer"] >= MINIMUM:
        return "de cijfers zijn afgerond"
    return "de aantallen zijn te klein"


def waiting(rows: Mapping[str, Row], names: Iterable[str] = tuple(WAITING)) -> str:
    """How many wait too long for a PIP, for relief and for a handover, and of how many.

    rows: the question kpi. names: which of these are told.
    """
    clauses, small = [], []
    for name in names:
        words, indicator, row = WAITING[name], queries.INDICATOREN[name], rows[name]
        everybody = rows[indicator.deel_van]
        if is_empty(everybody):
            continue
        if how(row, "teller") == columns.WEGGELATEN or (hidden(row, "teller") and hidden(row, "noemer")):
            small.append(words.hidden)
        elif is_empty(row):
            clauses.append(words.nobody)
        else:
            clauses.append(f"{_too_long(words, row)}{_of_whom(indicator, row)}")
    told = [f"{_capital(formats.enumerate_words(clauses))}."] if clauses else []
    if small:
        told.append(f"{_capital(TOO_SMALL)} {'is' if len(small) == 1 else 'zijn'} {formats.enumerate_words(small)}.")
    return " ".join(told)


def _too_long(words: Waiting, row: Row) -> str:
    if hidden(row, "teller"):
        return words.more.format("minder dan 10")
    exact = {0: words.none, 1: words.one}
    return exact.get(row["teller"]) or words.more.format(count(row, "teller"))


def _of_whom(indicator: queries.Indicator, row: Row) -> str:
    return f" (van {count(row, 'noemer')} {indicator.geheel})" if beside_its_whole(row) else ""


def duration(row: Row) -> str:
    """How long guidance lasts. row: begeleiding_mediaan of the question kpi."""
    indicator = queries.INDICATOREN["begeleiding_mediaan"]
    if is_empty(row):
        return ""
    start = "Hoe lang de begeleiding duurt, is"
    if hidden(row, "waarde"):
        return f"{start} niet te tonen: de aantallen zijn te klein."
    if too_few(indicator, row):
        return f"{start} niet te zeggen: er zijn {TOO_FEW}."
    if row["waarde"] is None:
        return f"{start} nog niet te zeggen: van te weinig perioden is het einde al bekend."
    return f"De helft van de perioden van begeleiding is na {value(indicator, row)} beëindigd (aanbod: 12 maanden)."


def over_norm(row: Row) -> str:
    """How many periods ran over their norm. row: begeleiding_over_norm of the question kpi."""
    if row["noemer"] == 0:
        return "Geen periode van begeleiding begon lang genoeg geleden om iets over de norm te zeggen."
    if hidden(row, "waarde") or row["noemer"] < MINIMUM:
        return "Over de norm van 24 of 12 maanden is niets te zeggen: er zijn te weinig perioden van begeleiding."
    words = (
        f"Van de {count(row, 'noemer')} perioden van begeleiding duurden er {count(row, 'teller')} ({share(row)}) meer "
        "dan 30 dagen langer dan de norm van 24 of 12 maanden."
    )
    return f"{words} {CAUTION}" if row["noemer"] < SMALL else words


def routes(rows: Mapping[str, Row]) -> str:
    """Which leerroutes are followed. rows: the question kpi."""
    names = ("leerroute_b", "leerroute_o", "leerroute_z")
    if is_empty(rows[names[0]]):
        return ""
    shown = [name for name in names if not hidden(rows[name], "waarde")]
    if not shown:
        return "Percentages per leerroute zijn niet te tonen: de aantallen zijn te klein."
    whole = rows[shown[0]]
    if whole["noemer"] < MINIMUM:
        people = f"{count(whole, 'noemer')} {'persoon heeft' if whole['noemer'] == 1 else 'personen hebben'} een PIP"
        return f"{people}: te weinig voor percentages per leerroute."
    told = [f"{share(rows[name])} de {_lower(queries.INDICATOREN[name].titel)}" for name in shown]
    left = [f"de {_lower(queries.INDICATOREN[name].titel)}" for name in names if name not in shown]
    words = f"Van de {count(whole, 'noemer')} personen met een PIP volgt {formats.enumerate_words(told)}."
    return f"{words} Het deel dat {formats.enumerate_words(left)} volgt, is {TOO_SMALL}." if left else words


def changes(rows: Sequence[Row]) -> str:
    """Which KPIs changed beyond chance in their latest quarter of entry. rows: the question kpi_verandering."""
    told = [row for row in rows if row["oordeel"] in ("hoger", "lager", "binnen toeval")]
    if not told:
        return "Of iets in de loop van het jaar veranderde, is niet te zeggen: de aantallen per kwartaal zijn te klein."
    quarters = {row["kwartaal"] for row in told}
    when = formats.quarter(min(quarters)) if len(quarters) == 1 else "laatste kwartaal met genoeg personen"
    start = f"Bij wie in het {when} ging meetellen,"
    compared = f"({len(told)} {'kengetal' if len(told) == 1 else 'kengetallen'} vergeleken)"
    parts = []
    for direction in ("lager", "hoger"):
        names = _titles(row for row in told if row["oordeel"] == direction)
        if names:
            parts.append(f"{'is' if len(names) == 1 else 'zijn'} {formats.enumerate_words(names)} {direction}")
    if not parts:
        return f"{start} is bij geen enkel kengetal een verschil met eerder dat jaar aangetoond {compared}."
    return f"{start} {' en '.join(parts)} dan eerder dat jaar, meer dan door toeval te verklaren is {compared}."


def _titles(rows: Iterable[Row]) -> list[str]:
    return [f"‘{queries.INDICATOREN[row['indicator']].titel_instroom}’" for row in rows]


def comparison(row: Row) -> str:
    """What can be said of one year of guidance against two. row: the question evaluatie_vergelijking."""
    if row["oordeel"] == "niet te vergelijken":
        return NO_DIFFERENCE_MEASURABLE
    return DIFFERENCE.get(row["oordeel"], NO_DIFFERENCE_SHOWN)


def obstacles(row: Row, conditions: Sequence[Row]) -> tuple[str, ...]:
    """Why it cannot be concluded: each condition that is not met, else the reason.

    row: the question evaluatie_vergelijking. conditions: the question evaluatie_meetbaarheid.
    """
    unmet = tuple(dict.fromkeys(_condition(each) for each in conditions if not each["voldaan"]))
    # The reason sums up the first condition that is not met.
    return unmet or ((row["reden"],) if row["oordeel"] == "niet te vergelijken" else ())


def _condition(row: Row) -> str:
    """A condition that is not met; of a share that is measured also how much is needed."""
    if row["voorwaarde"] not in REGISTERED or not row["waarde"]:
        return row["toelichting"]
    return f"{row['toelichting'].removesuffix('.')}; nodig is minstens {formats.percent(row['drempel'])}."


def _lower(title: str) -> str:
    """A title inside a sentence; B1 stays B1."""
    return title if title[:2] == "B1" else title[0].lower() + title[1:]


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
