"""The five figures that a council asks for first, as large tiles."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

import queries
from pages.show.tiles import TOO_FEW, Part, Tile, basis_words, definition_words, value_words
from pages.words import formats, presentation

ROUTES = {"leerroute_b": "route-b", "leerroute_o": "route-o", "leerroute_z": "route-z"}
ROUTES_DEFINITION = (
    "Personen onder de Wet inburgering 2021 met een PIP die niet uitgestroomd zijn, naar de leerroute van "
    "hun laatste PIP. Bij het thema Leerroutes staat elke route apart."
)
NOBODY = "niemand in deze selectie"


def headline(rows: Mapping[str, dict], statuses: pl.DataFrame) -> list[Tile]:
    """Who waits too long: for a PIP, for a handover, for relief; the leerroutes, and how long guidance lasts.

    rows: per indicator its row of the question kpi. statuses: the question pip_status.
    """
    return [
        _figure("pip_over_termijn", rows, _not_too_long(statuses)),
        _figure("overdracht_lang_open", rows, "langer dan 90 dagen na de begeleiding"),
        _figure("ontzorging_lang_zonder", rows, "30 dagen of langer na het begin van de bijstand"),
        _routes(rows),
        _figure("begeleiding_mediaan", rows),
    ]


def _not_too_long(statuses: pl.DataFrame) -> str:
    """The others without a PIP: not within their ten weeks yet, and within them; rounded parts would not add up."""
    if not presentation.all_exact(statuses):
        return ""
    counts = dict(statuses.group_by("status").agg(pl.col("aantal").sum()).iter_rows())
    parts = (("Termijn niet gestart", "termijn nog niet begonnen"), ("Binnen termijn", "binnen de termijn"))
    told = [f"{formats.count(counts[status])} {words}" for status, words in parts if counts.get(status)]
    return f"de anderen: {', '.join(told)}" if told else ""


def _figure(name: str, rows: Mapping[str, dict], line: str = "") -> Tile:
    indicator, row = queries.INDICATOREN[name], rows[name]
    # A count of nobody is no good news, and a median of a few events no finding.
    few = indicator.is_mediaan and row["waarde"] is not None and presentation.too_few_events(row)
    nobody = presentation.is_empty(row)
    return Tile(
        indicator.titel,
        value_words(indicator, row),
        basis=NOBODY if nobody else basis_words(indicator, row),
        definition=definition_words(indicator),
        verdict=TOO_FEW if few else None,
        lines=(line,) if line and not nobody else (),
    )


def _routes(rows: Mapping[str, dict]) -> Tile:
    if presentation.is_empty(rows["leerroute_b"]):
        return Tile("Leerroutes", formats.MISSING, basis=NOBODY)
    shown = [rows[name] for name in ROUTES if not presentation.hidden(rows[name], "waarde")]
    if not shown:
        return Tile("Leerroutes", presentation.TOO_SMALL, definition=ROUTES_DEFINITION)
    parts = tuple(
        Part(
            queries.INDICATOREN[name].titel, _route_words(rows[name]), (rows[name]["teller"] or 0) / _drawn(rows), style
        )
        for name, style in ROUTES.items()
    )
    return Tile(
        "Leerroutes",
        "",
        basis=f"van {presentation.number(shown[0], 'noemer')} met een PIP",
        definition=ROUTES_DEFINITION,
        parts=parts,
    )


def _route_words(row: Mapping[str, object]) -> str:
    if presentation.hidden(row, "waarde"):
        return presentation.TOO_SMALL
    return f"{presentation.number(row, 'teller')} · {formats.percent(row['waarde'])}"


def _drawn(rows: Mapping[str, dict]) -> int:
    """What the whole bar stands for: rounded parts do not add up to the rounded noemer."""
    return sum(rows[name]["teller"] or 0 for name in ROUTES) or 1
