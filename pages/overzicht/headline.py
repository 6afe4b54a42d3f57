"""The five figures that a council asks for first, as large tiles."""

from __future__ import annotations

from collections.abc import Mapping

import queries
from pages.shared import formats, weergave
from pages.shared.tiles import TOO_FEW, Part, Tile, basis_words, definition_words, value_words

ROUTES = {"leerroute_b": "route-b", "leerroute_o": "route-o", "leerroute_z": "route-z"}
ROUTES_DEFINITION = (
    "Personen onder de Wet inburgering 2021 met een PIP die niet uitgestroomd zijn, naar de leerroute van "
    "hun laatste PIP. Bij het thema Leerroutes staat elke route apart."
)
NOBODY = "niemand in deze selectie"


def headline(rows: Mapping[str, dict], total: Mapping[str, object]) -> list[Tile]:
    """No PIP yet, waiting for a handover, not ontzorgd, the leerroutes, and how long guidance lasts.

    rows: per indicator its row of the question kpi. total: the row of the question overdracht_totaal.
    """
    somebody = rows["overdracht_open"]["teller"] and not weergave.hidden(total, "open_90_plus")
    waiting = f"van wie {weergave.number(total, 'open_90_plus')} langer dan 90 dagen" if somebody else ""
    return [
        _figure("pip_zonder", rows),
        _figure("overdracht_open", rows, waiting),
        _figure("ontzorging_zonder", rows, "van wie de eerste bijstand nog loopt"),
        _routes(rows),
        _figure("begeleiding_mediaan", rows),
    ]


def _figure(name: str, rows: Mapping[str, dict], line: str = "") -> Tile:
    indicator, row = queries.INDICATOREN[name], rows[name]
    # A count of nobody is no good news, and a median of a few events no finding.
    few = indicator.is_mediaan and row["waarde"] is not None and weergave.too_few_events(row)
    nobody = weergave.is_empty(row)
    return Tile(
        indicator.titel,
        value_words(indicator, row),
        basis=NOBODY if nobody else basis_words(indicator, row),
        definition=definition_words(indicator),
        verdict=TOO_FEW if few else None,
        lines=(line,) if line and not nobody else (),
    )


def _routes(rows: Mapping[str, dict]) -> Tile:
    whole = rows["leerroute_b"]
    if weergave.is_empty(whole):
        return Tile("Leerroutes", formats.MISSING, basis=NOBODY)
    if weergave.hidden(whole, "noemer"):
        return Tile("Leerroutes", weergave.TOO_SMALL, basis="met een PIP: <10", definition=ROUTES_DEFINITION)
    parts = tuple(
        # The bar is drawn from the counts: a share may be too small to show where its count is not.
        Part(
            queries.INDICATOREN[name].titel, _route_words(rows[name]), (rows[name]["teller"] or 0) / _drawn(rows), style
        )
        for name, style in ROUTES.items()
    )
    return Tile(
        "Leerroutes",
        "",
        basis=f"van {weergave.number(whole, 'noemer')} met een PIP",
        definition=ROUTES_DEFINITION,
        parts=parts,
    )


def _route_words(row: Mapping[str, object]) -> str:
    number = weergave.number(row, "teller")
    return number if weergave.hidden(row, "waarde") else f"{number} · {formats.percent(row['waarde'])}"


def _drawn(rows: Mapping[str, dict]) -> int:
    """What the whole bar stands for: rounded parts do not add up to the rounded noemer."""
    return sum(rows[name]["teller"] or 0 for name in ROUTES) or 1
