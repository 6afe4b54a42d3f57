"""The five figures that a council asks for first, as large tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

import queries
from pages.overzicht.words import TEXTS, TITLES
from pages.show import kpi, trend
from pages.show.beside import Told
from pages.show.tiles import (
    NOBODY,
    TOO_FEW,
    Part,
    Tile,
    beside_words,
    counts_words,
    definition_words,
    norm_words,
    sure_words,
    value_words,
)  # fmt: skip
from pages.words import formats, presentation

# The leerroutes with the style of their part of the bar, and how long guidance lasts.
ROUTES = {"leerroute_b": "route-b", "leerroute_o": "route-o", "leerroute_z": "route-z"}
DURATION = "begeleiding_mediaan"
# The KPIs that stand here, and not once more in the table.
HERE = (*TEXTS["waiting"], *ROUTES, DURATION)
# How the others without a PIP are told: by their status, if they have any.
OTHERS = {"Termijn niet gestart": "termijn nog niet begonnen", "Binnen termijn": "binnen de termijn"}

Rows = Mapping[str, Mapping]


def headline(rows: Rows, statuses: pl.DataFrame, stands: pl.DataFrame, addresses: Mapping[str, str]) -> list[Tile]:
    """Who waits too long: for a PIP, for a handover, for relief; the leerroutes, and how long guidance lasts.

    What says nothing has no tile.
    rows: per indicator its row of the question kpi. statuses, stands: the questions pip_status and kpi_trend.
    addresses: per indicator where its tile leads to.
    """
    lines = TEXTS["waiting"] | {"pip_over_termijn": _not_too_long(statuses), DURATION: ""}
    figures = {
        name: _figure(name, rows[name], stands, addresses, line)
        for name, line in lines.items()
        if presentation.says(rows[name])
    }
    duration = [figures.pop(DURATION)] if DURATION in figures else []
    return [*figures.values(), *_routes(rows, addresses["leerroute_b"]), *duration]


def _not_too_long(statuses: pl.DataFrame) -> str:
    """The others without a PIP: not within their ten weeks yet, and within them; rounded parts would not add up."""
    if not presentation.all_exact(statuses):
        return ""
    counts = dict(statuses.group_by("status").agg(pl.col("aantal").sum()).iter_rows())
    told = [f"{formats.count(counts[status])} {words}" for status, words in OTHERS.items() if counts.get(status)]
    return f"de anderen: {', '.join(told)}" if told else ""


def _figure(name: str, row: Mapping, stands: pl.DataFrame, addresses: Mapping[str, str], line: str) -> Tile:
    indicator = queries.INDICATOREN[name]
    value = value_words(indicator, row)
    # A count of nobody is no good news.
    nobody = presentation.is_empty(row)
    norm = TEXTS["duration"] if name == DURATION else norm_words(indicator)
    basis = " · ".join(filter(None, (counts_words(indicator, row), norm)))
    return Tile(
        indicator.titel,
        value,
        basis=NOBODY if nobody else basis,
        definition=definition_words(indicator),
        # A median of a few events is no finding.
        verdict=TOO_FEW if value == presentation.TOO_FEW else None,
        lines=(line,) if line and not nobody else (),
        address=addresses[name],
        picture=trend.small(indicator, stands),
        beside=beside_words(row),
    )


def _routes(rows: Rows, address: str) -> list[Tile]:
    title, definition = "Leerroutes", TEXTS["routes_definition"]
    if presentation.is_empty(rows["leerroute_b"]):
        return [Tile(title, formats.MISSING, basis=NOBODY, address=address)]
    shown = {name: rows[name] for name in ROUTES if presentation.says(rows[name])}
    if not shown:
        return []
    # The one with a number, if there is one.
    whole = min(shown.values(), key=lambda row: presentation.hidden(row, "waarde"))
    # What the whole bar stands for: rounded parts do not add up to the rounded noemer, and of some there may be none.
    drawn = sum(row["teller"] or 0 for row in shown.values()) or 1
    drawn = drawn if all(rows[name]["teller"] is not None for name in ROUTES) else max(drawn, whole["noemer"] or 0)
    parts = []
    for name, row in shown.items():
        share = f" · {row['waarde_kort']}" if kpi.has_value(row) else ""
        words = sure_words(row) if presentation.in_words(row, "waarde") else f"{row['teller_kort']}{share}"
        parts.append(Part(TITLES[name], words, (row["teller"] or 0) / drawn, ROUTES[name]))
    basis = f"van {whole['noemer_kort']} met een PIP" if presentation.says(whole, "noemer") else ""
    beside = _routes_beside([rows[name]["naast"] for name in ROUTES if "naast" in rows[name]])
    return [Tile(title, "", basis, definition=definition, parts=tuple(parts), address=address, beside=beside)]


def _routes_beside(told: Sequence[Told]) -> str:
    """The shares of the leerroutes of what is compared with, in one line; the page of the leerroutes tells the rest."""
    shares = formats.enumerate_words([each.figure for each in told])
    return f"{told[0].name}: {shares}" if told else ""
