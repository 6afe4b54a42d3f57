"""What the leading figures say, in plain Dutch: one sentence per figure, for pages and briefing alike.

A row comes from queries.shown: beside each figure how it is written (``_tekst``, ``_kort``). A verdict is that of
queries.verdict; a change is that of the question kpi_verandering. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

import queries
from pages.words import TEXTS, formats
from pages.words.presentation import (
    MINIMUM,
    NOT_SHOWN,
    TOO_FEW,
    Row,
    about,
    beside_its_whole,
    capital,
    hidden,
    in_words,
    is_empty,
    judged,
    lower,
    norm,
    says,
    told_count,
)  # fmt: skip

SHARES, WAITING = TEXTS["share"], TEXTS["waiting"]
DIFFERENCE, MEANING = TEXTS["comparison"], TEXTS["evaluation"]["meaning"]
NO_DIFFERENCE_MEASURABLE = DIFFERENCE["niet te vergelijken"]
# Fewer than this are called a small group.
SMALL = 30
# The conditions of evaluatie_meetbaarheid that are a share of the requests.
REGISTERED = ("statushouder_geregistreerd", "regime_geregistreerd", "verwijzer_bekend")
CONDITIONS: dict[str, str] = TEXTS["conditions"]
ROUTES = ("leerroute_b", "leerroute_o", "leerroute_z")


def _share(row: Row, told: Mapping[str, str], **names: str) -> str:
    """A share of how many, or that there is nobody, or that they are too few; empty when it may not be shown."""
    if row["noemer"] == 0:
        return told["nobody"].format(**names)
    if hidden(row, "waarde"):
        return told["in_words"].format(**row, **names) if in_words(row, "waarde") else ""
    if not _has_share(row):
        return told["too_small"].format(**names)
    return told["told"].format(few=TEXTS["few"] if row["noemer"] < SMALL else "", **row, **names)


def _has_share(row: Row) -> bool:
    return not hidden(row, "waarde") and row["noemer"] >= MINIMUM


def _has_figure(row: Row) -> bool:
    return _has_share(row) or in_words(row, "waarde")


def stand(name: str, row: Row) -> str:
    """The leading KPI of a theme in one sentence: of how many, which share, and whether the norm is met."""
    told, indicator = TEXTS["stand"], queries.INDICATOREN[name]
    found = judged(indicator, row)
    against = told["norm"].get(found.uitkomst if found else "unknown", "")
    return _share(row, told, **SHARES[name], norm=against.format(limit=norm(indicator)))


def where_most(frame: pl.DataFrame, place: str, count: str) -> str:
    """The places with the highest exact count and that count, four or more of them as a number; empty when it is 0."""
    most = frame[count].max()
    if not most:
        return ""
    names = frame.filter(pl.col(count) == most)[place].to_list()
    where = formats.enumerate_words(names) if len(names) <= 3 else f"{len(names)} wijkteams"
    return f"{where} ({'elk ' if len(names) > 1 else ''}{formats.persons(most)})"


# ------------------------------------------------------------------------------------------------ kernboodschap


def norms(rows: Mapping[str, Row]) -> str:
    """How many norms are met and how many are not, and which is furthest away. rows: the question kpi."""
    told = TEXTS["norms"]
    entries = [each for each in queries.INDICATOREN.values() if each.norm is not None and not each.is_mediaan]
    found = [judged(entry, rows[entry.naam]) for entry in entries]
    outcomes = [each.uitkomst if each else "" for each in found]
    met, missed = outcomes.count("voldoet"), outcomes.count("voldoet niet")
    unknown = [
        rows[entry.naam]
        for entry, outcome in zip(entries, outcomes, strict=True)
        if outcome not in ("voldoet", "voldoet niet")
    ]
    whys = ["nobody" if is_empty(row) else "rounded" if _has_figure(row) else "small" for row in unknown]
    why = formats.enumerate_words([told[each] for each in dict.fromkeys(whys)])
    if len(unknown) == len(entries):
        return told["nothing"].format(number=len(entries), why=why)
    parts = [f"{each} {what}" for each, what in ((met, told["met"]), (missed, told["missed"])) if each]
    verb = "is" if (met or missed) == 1 else "zijn"
    words = told["told"].format(number=len(entries), verb=verb, parts=" en ".join(parts))
    words += told["unknown"].format(unknown=len(unknown), why=why) if unknown else "."
    if missed == len(entries):
        words = told["none_met"].format(number=missed)
    farthest = [queries.INDICATOREN[name] for name in queries.farthest_from_norm(rows)]
    if not farthest:
        return words
    listed = [f"‘{each.titel}’ ({rows[each.naam]['waarde_tekst']}, norm {norm(each)})" for each in farthest]
    how = "farthest_one" if len(listed) == 1 else "farthest_more"
    how = f"shown_{how}" if any(in_words(rows[entry.naam], "waarde") for entry in entries) else how
    return f"{words} {told[how].format(told=formats.enumerate_words(listed))}"


def waiting(rows: Mapping[str, Row], names: Iterable[str] = tuple(WAITING)) -> str:
    """How many wait too long for a PIP, for relief and for a handover, and of how many.

    rows: the question kpi. names: which of these are told.
    """
    asked = [name for name in names if not is_empty(rows[queries.INDICATOREN[name].deel_van])]
    clauses = [each for each in (_too_long(name, rows[name]) for name in asked) if each]
    return f"{capital(formats.enumerate_words(clauses))}." if clauses else ""


def _too_long(name: str, row: Row) -> str:
    """Who waits too long as a part of a sentence; empty when that was not published."""
    told = WAITING[name]
    if is_empty(row):
        return told["nobody"]
    if row["teller_kort"] == NOT_SHOWN:
        return ""
    count = told_count(row, "teller")
    said = told[{"0": "none", "1": "one"}.get(count, "more")].format(number=count)
    whole = TEXTS["whole"].format(number=row["noemer_tekst"], who=queries.INDICATOREN[name].geheel)
    return said + (whole if beside_its_whole(row) else "")


def duration(row: Row) -> str:
    """How long guidance lasts, if it may be shown. row: begeleiding_mediaan of the question kpi."""
    if is_empty(row) or hidden(row, "waarde"):
        return ""
    few = row["waarde_tekst"] == TOO_FEW
    how = "too_small" if few else "not_reached" if row["waarde"] is None else "told"
    return TEXTS["duration"][how].format(**row)


def over_norm(row: Row) -> str:
    """How many periods ran over their norm. row: begeleiding_over_norm of the question kpi."""
    return _share(row, TEXTS["over_norm"])


def routes(rows: Mapping[str, Row]) -> str:
    """Which leerroutes are followed, as far as it may be shown. rows: the question kpi."""
    told, shown = TEXTS["routes"], [name for name in ROUTES if _has_figure(rows[name])]
    if is_empty(rows[ROUTES[0]]) or not any(says(rows[name]) for name in ROUTES):
        return ""
    if not shown:
        return told["too_small"]
    titles = {name: f"de {lower(queries.INDICATOREN[name].titel)}" for name in ROUTES}
    shares = formats.enumerate_words([f"{rows[name]['waarde_tekst']} {titles[name]}" for name in shown])
    whole = next((rows[name]["noemer_tekst"] for name in shown if not hidden(rows[name], "waarde")), "")
    return told["told" if whole else "in_words"].format(whole=whole, shown=shares)


def held_against(rows: Sequence[Row]) -> list[Row]:
    """The KPIs of which the latest quarter of entry is held against those before. rows: kpi_verandering."""
    return [row for row in rows if row["oordeel"] in ("hoger", "lager", "binnen toeval")]


def moved(rows: Sequence[Row]) -> list[Row]:
    """The KPIs that changed beyond chance. rows: kpi_verandering."""
    return [row for row in rows if row["oordeel"] in ("hoger", "lager")]


def changes(rows: Sequence[Row]) -> str:
    """Which KPIs changed beyond chance in their latest quarter of entry. rows: the question kpi_verandering."""
    told, judgements = TEXTS["changes"], held_against(rows)
    if not judgements:
        return told["unknown"]
    quarters = {row["kwartaal"] for row in judgements}
    when = formats.quarter(min(quarters)) if len(quarters) == 1 else told["quarters_differ"]
    compared = f"{len(judgements)} {'kengetal' if len(judgements) == 1 else 'kengetallen'}"
    parts = []
    for direction in ("lager", "hoger"):
        listed = [_from_to(row) for row in judgements if row["oordeel"] == direction]
        verb = "is" if len(listed) == 1 else "zijn"
        parts += [f"{verb} {formats.enumerate_words(listed)} {direction}"] if listed else []
    if len(judgements) == 1 and not parts:
        (only,) = judgements
        return told["one"].format(when=when, name=queries.INDICATOREN[only["indicator"]].titel_instroom)
    found = told["beyond" if parts else "none"].format(parts=" en ".join(parts))
    return told["told"].format(when=when, found=found, compared=compared)


def _from_to(row: Row) -> str:
    """A KPI with its two shares: "‘B1-route’ (60% tegen 40%)"; those that differ beyond chance never look the same."""
    shares = [row[f"{share}_tekst"] for share in ("waarde", "eerder_waarde")]
    if shares[0] == shares[1]:
        shares = [about(row, share, formats.percent(row[share], 1)) for share in ("waarde", "eerder_waarde")]
    return f"‘{queries.INDICATOREN[row['indicator']].titel_instroom}’ ({' tegen '.join(shares)})"


# --------------------------------------------------------------------------------------------------- evaluation


def comparison(row: Row) -> str:
    """What can be said of begeleiding as it is now against before. row: the question evaluatie_vergelijking."""
    return DIFFERENCE[row["oordeel"]]


def obstacles(row: Row, conditions: Sequence[Row]) -> tuple[str, ...]:
    """Why it cannot be concluded: each condition that is not met, else the reason.

    row: the question evaluatie_vergelijking. conditions: the question evaluatie_meetbaarheid.
    """
    unmet = []
    for each in conditions:
        # Of a share that is measured also how much is needed.
        share = each["voorwaarde"] in REGISTERED and each["waarde"]
        needed = TEXTS["evaluation"]["needed"].format(share=formats.percent(each["drempel"])) if share else ""
        if not each["voldaan"]:
            unmet.append(each["toelichting"].removesuffix("." if share else "") + needed)
    # The reason sums up the first condition that is not met.
    return tuple(dict.fromkeys(unmet)) or ((row["reden"],) if row["oordeel"] == "niet te vergelijken" else ())
