"""What the leading figures say, in plain Dutch: one sentence per figure, for pages and briefing alike.

A row comes from queries.shown: beside each figure how it is written (``_tekst``, ``_kort``). A verdict is that of
queries.verdict; a change is that of the question kpi_verandering. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import queries
from pages.words import formats
from pages.words.presentation import (
    MINIMUM,
    NOT_SHOWN,
    TOO_FEW,
    Row,
    about,
    beside_its_whole,
    capital,
    hidden,
    is_empty,
    judged,
    lower,
    norm,
)  # fmt: skip

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
ROUTES = ("leerroute_b", "leerroute_o", "leerroute_z")


# How a share is told: of which group, with which verb for one and for more, and what.
PHRASES = {
    "begeleiding_dekking": (
        "statushouders die 30 dagen of langer zijn gehuisvest", "kreeg", "kregen", "begeleiding",
    ),
    "pip_tijdig": (
        "personen van wie de tien weken voorbij zijn", "kreeg", "kregen", "het persoonlijk plan (PIP) op tijd",
    ),
    "ontzorging_dekking": (
        "personen uit de doelgroep van wie de bijstand 30 dagen of langer geleden begon", "kreeg", "kregen",
        "ontzorging",
    ),
    "overdracht_gedaan": (
        "personen van wie de begeleiding 30 dagen of langer geleden is afgerond", "is", "zijn",
        "overgedragen aan een wijkteam",
    ),
}  # fmt: skip
# The time after which each entrant is judged, where entrants are compared.
WITHIN = dict.fromkeys(PHRASES, "binnen die 30 dagen ") | {"pip_tijdig": ""}

# How a count of who waits too long is told: nobody waits at all, none wait too long, one does, more do.
WAITING = {
    "pip_over_termijn": (
        "niemand wacht nog op een persoonlijk plan (PIP)",
        "niemand wacht te lang op een persoonlijk plan (PIP)",
        "1 persoon wacht te lang op een persoonlijk plan (PIP)",
        "{} personen wachten te lang op een persoonlijk plan (PIP)",
    ),
    "ontzorging_lang_zonder": (
        "bij iedereen uit de doelgroep is het ontzorgen begonnen",
        "bij niemand uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen",
        "bij 1 persoon uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen",
        "bij {} personen uit de doelgroep is het ontzorgen na 30 dagen nog niet begonnen",
    ),
    "overdracht_lang_open": (
        "niemand wacht op de overdracht aan een wijkteam",
        "niemand wacht langer dan 90 dagen op de overdracht aan een wijkteam",
        "1 persoon wacht langer dan 90 dagen op de overdracht aan een wijkteam",
        "{} personen wachten langer dan 90 dagen op de overdracht aan een wijkteam",
    ),
}


# ------------------------------------------------------------------------------------------- the two sentences


def _has_share(row: Row) -> bool:
    return not hidden(row, "waarde") and row["noemer"] >= MINIMUM


def stand(name: str, row: Row) -> str:
    """The leading KPI of a theme: of how many, how many, and whether the norm is met."""
    group, one, more, what = PHRASES[name]
    if row["noemer"] == 0:
        return f"Er zijn in deze selectie geen {group}."
    if not _has_share(row):
        return f"Over {group} is geen percentage te geven: de aantallen zijn te klein."
    verb = one if row["teller"] == 1 else more
    told = f"Van de {row['noemer_tekst']} {group}, {verb} er {row['teller_tekst']} {what} ({row['waarde_tekst']})."
    caution = CAUTION if row["noemer"] < SMALL else ""
    return f"{told} {_against_norm(queries.INDICATOREN[name], row)} {caution}".strip()


def _against_norm(indicator: queries.Indicator, row: Row) -> str:
    limit, found = norm(indicator), judged(indicator, row)
    if found is None:
        return f"De norm is {limit}; of die precies is gehaald, is aan afgeronde cijfers niet te zien."
    if found.uitkomst == "voldoet":
        return f"De norm van {limit} is gehaald."
    missed = about(row, "teller", formats.count(found.gemist))
    return f"De norm van {limit} is niet gehaald: {missed} {indicator.missend[found.gemist != 1]}."


def change(name: str, row: Row) -> str:
    """The latest quarter of entry against the earlier quarters of that year, with the verdict on chance."""
    _, verb, _, what = PHRASES[name]
    if row["oordeel"] == "geen oordeel" or row["verschil"] is None:
        return "Of dit in de loop van het jaar veranderde, is niet te zeggen: de aantallen per kwartaal zijn te klein."
    alike = row["waarde_tekst"] == row["eerder_waarde_tekst"]
    beyond = row["oordeel"] != "binnen toeval"
    shares = []
    for beside in ("", "eerder_"):
        share, part = f"{beside}waarde", f"{beside}teller"
        # Two shares that differ beyond chance must not look the same.
        finer = about(row, share, formats.percent(row[share], 1)) if alike and beyond else row[f"{share}_tekst"]
        # "Ongeveer" is said once of the counts and goes for both.
        counts = "" if hidden(row, part) else f" ({row[f'{part}_tekst']} van {row[f'{beside}noemer_kort']})"
        shares.append(finer + counts)
    told = (
        f"Van wie in het {formats.quarter(row['kwartaal'])} ging meetellen, {verb} {shares[0]} "
        f"{WITHIN[name]}{what}; eerder dat jaar was dat {shares[1]}."
    )
    if beyond:
        return f"{told} Dat is {row['oordeel']}, en meer dan toeval."
    return f"{told} {'Dat is ongeveer gelijk.' if alike else 'Dat verschil kan toeval zijn.'}"


# ------------------------------------------------------------------------------------------------ kernboodschap


def norms(rows: Mapping[str, Row]) -> str:
    """How many norms are met and how many are not, and which is furthest away. rows: the question kpi."""
    entries = [each for each in queries.INDICATOREN.values() if each.norm is not None and not each.is_mediaan]
    judgements: dict[str, list[Row]] = {"voldoet": [], "voldoet niet": [], "": []}
    for entry in entries:
        found = judged(entry, rows[entry.naam])
        judgements[found.uitkomst if found and found.uitkomst in judgements else ""].append(rows[entry.naam])
    met, missed, unknown = judgements.values()
    # Why a share is not held against its norm.
    small, rounded = "de aantallen zijn te klein", "de cijfers zijn afgerond"
    whys = ["niemand telt mee" if is_empty(row) else rounded if _has_share(row) else small for row in unknown]
    why = formats.enumerate_words(list(dict.fromkeys(whys)))
    if len(unknown) == len(entries):
        return f"Over de {len(entries)} normen is niets te zeggen: {why}."
    parts = [f"{len(each)} {what}" for each, what in ((met, "gehaald"), (missed, "niet gehaald")) if each]
    words = f"Van de {len(entries)} normen {'is' if parts[0][:2] == '1 ' else 'zijn'} er {' en '.join(parts)}"
    words += f"; over {len(unknown)} is niets te zeggen ({why})." if unknown else "."
    if len(missed) == len(entries):
        words = f"Geen van de {len(entries)} normen is gehaald."
    if not missed:
        return words
    farthest = [queries.INDICATOREN[name] for name in queries.farthest_from_norm(rows)]
    told = [f"‘{each.titel}’ ({rows[each.naam]['waarde_tekst']}, norm {norm(each)})" for each in farthest]
    lie = "ligt" if len(told) == 1 else "liggen, ongeveer even ver,"
    return f"{words} Het verst van de norm {lie} {formats.enumerate_words(told)}."


def waiting(rows: Mapping[str, Row], names: Iterable[str] = tuple(WAITING)) -> str:
    """How many wait too long for a PIP, for relief and for a handover, and of how many.

    rows: the question kpi. names: which of these are told.
    """
    asked = [name for name in names if not is_empty(rows[queries.INDICATOREN[name].deel_van])]
    clauses = [each for each in (_too_long(name, rows[name]) for name in asked) if each]
    told = f"{capital(formats.enumerate_words(clauses))}." if clauses else ""
    if len(clauses) == len(asked):
        return told
    what = "hoeveel anderen wachten" if clauses else "hoeveel personen wachten"
    return f"{told} Niet te tonen is {what}: de aantallen zijn te klein.".strip()


def _too_long(name: str, row: Row) -> str:
    """Who waits too long as a part of a sentence; empty when that may not be told at all."""
    nobody, none, one, more = WAITING[name]
    if is_empty(row):
        return nobody
    if row["teller_kort"] == NOT_SHOWN or (hidden(row, "teller") and hidden(row, "noemer")):
        return ""
    number = "minder dan 10" if hidden(row, "teller") else row["teller_tekst"]
    told = {"0": none, "1": one}.get(number, more.format(number))
    whole = f" (van {row['noemer_tekst']} {queries.INDICATOREN[name].geheel})" if beside_its_whole(row) else ""
    return f"{told}{whole}"


def duration(row: Row) -> str:
    """How long guidance lasts. row: begeleiding_mediaan of the question kpi."""
    if is_empty(row):
        return ""
    if hidden(row, "waarde") or row["waarde_tekst"] == TOO_FEW:
        return "Hoe lang de begeleiding duurt, is niet te zeggen: de aantallen zijn te klein."
    if row["waarde"] is None:
        return "Hoe lang de begeleiding duurt, is nog niet te zeggen: van te weinig perioden is het einde al bekend."
    return f"De helft van de perioden van begeleiding is na {row['waarde_tekst']} beëindigd (aanbod: 12 maanden)."


def over_norm(row: Row) -> str:
    """How many periods ran over their norm. row: begeleiding_over_norm of the question kpi."""
    if row["noemer"] == 0:
        return "Geen periode van begeleiding begon lang genoeg geleden om iets over de norm te zeggen."
    if not _has_share(row):
        return "Over de norm van 24 of 12 maanden is niets te zeggen: er zijn te weinig perioden van begeleiding."
    words = (
        f"Van de {row['noemer_tekst']} perioden van begeleiding duurden er {row['teller_tekst']} "
        f"({row['waarde_tekst']}) meer dan 30 dagen langer dan de norm van 24 of 12 maanden."
    )
    return f"{words} {CAUTION}" if row["noemer"] < SMALL else words


def routes(rows: Mapping[str, Row]) -> str:
    """Which leerroutes are followed. rows: the question kpi."""
    if is_empty(rows[ROUTES[0]]):
        return ""
    shown = [name for name in ROUTES if _has_share(rows[name])]
    if not shown:
        return "Percentages per leerroute zijn niet te geven: de aantallen zijn te klein."
    titles = {name: lower(queries.INDICATOREN[name].titel) for name in ROUTES}
    told = [f"{rows[name]['waarde_tekst']} de {titles[name]}" for name in shown]
    left = [f"de {titles[name]}" for name in ROUTES if name not in shown]
    words = f"Van de {rows[shown[0]]['noemer_tekst']} personen met een PIP volgt {formats.enumerate_words(told)}."
    return f"{words} Het deel dat {formats.enumerate_words(left)} volgt, is te klein om te tonen." if left else words


def changes(rows: Sequence[Row]) -> str:
    """Which KPIs changed beyond chance in their latest quarter of entry. rows: the question kpi_verandering."""
    told = [row for row in rows if row["oordeel"] in ("hoger", "lager", "binnen toeval")]
    if not told:
        return "Of iets in de loop van het jaar veranderde, is niet te zeggen: de aantallen per kwartaal zijn te klein."
    quarters = {row["kwartaal"] for row in told}
    when = formats.quarter(min(quarters)) if len(quarters) == 1 else "laatste kwartaal met genoeg personen"
    compared = f"({len(told)} {'kengetal' if len(told) == 1 else 'kengetallen'} vergeleken)"
    parts = []
    for direction in ("lager", "hoger"):
        names = [queries.INDICATOREN[row["indicator"]].titel_instroom for row in told if row["oordeel"] == direction]
        if names:
            listed = formats.enumerate_words([f"‘{name}’" for name in names])
            parts.append(f"{'is' if len(names) == 1 else 'zijn'} {listed} {direction}")
    found = (
        f"{' en '.join(parts)} dan eerder dat jaar, meer dan door toeval te verklaren is"
        if parts
        else "is bij geen enkel kengetal een verschil met eerder dat jaar aangetoond"
    )
    return f"Bij wie in het {when} ging meetellen, {found} {compared}."


# --------------------------------------------------------------------------------------------------- evaluation


def comparison(row: Row) -> str:
    """What can be said of one year of guidance against two. row: the question evaluatie_vergelijking."""
    if row["oordeel"] == "niet te vergelijken":
        return NO_DIFFERENCE_MEASURABLE
    return DIFFERENCE.get(row["oordeel"], NO_DIFFERENCE_SHOWN)


def obstacles(row: Row, conditions: Sequence[Row]) -> tuple[str, ...]:
    """Why it cannot be concluded: each condition that is not met, else the reason.

    row: the question evaluatie_vergelijking. conditions: the question evaluatie_meetbaarheid.
    """
    unmet = []
    for each in conditions:
        # Of a share that is measured also how much is needed.
        share = each["voorwaarde"] in REGISTERED and each["waarde"]
        needed = f"; nodig is minstens {formats.percent(each['drempel'])}." if share else ""
        if not each["voldaan"]:
            unmet.append(each["toelichting"].removesuffix("." if share else "") + needed)
    # The reason sums up the first condition that is not met.
    return tuple(dict.fromkeys(unmet)) or ((row["reden"],) if row["oordeel"] == "niet te vergelijken" else ())
