"""The five figures that a council asks for first, as large tiles."""

from __future__ import annotations

from collections.abc import Mapping

import queries
from pages.shared import formats
from pages.shared.tiles import Part, Tile, basis_words, definition_words, value_words

ROUTES = {"leerroute_b": "route-b", "leerroute_o": "route-o", "leerroute_z": "route-z"}
ROUTES_DEFINITION = (
    "Personen onder de Wet inburgering 2021 met een PIP die niet uitgestroomd zijn, naar de leerroute van "
    "hun laatste PIP. Bij het thema Leerroutes staat elke route apart."
)
NOBODY = "niemand in deze selectie"


def headline(rows: Mapping[str, dict], long_open: int) -> list[Tile]:
    """No PIP yet, waiting for a handover, not ontzorgd, the leerroutes, and how long guidance lasts.

    rows: per indicator its row of the question kpi. long_open: persons who wait more than 90 days for a
    handover.
    """
    waiting = f"van wie {formats.count(long_open)} langer dan 90 dagen" if rows["overdracht_open"]["teller"] else ""
    return [
        _figure("pip_zonder", rows),
        _figure("overdracht_open", rows, waiting),
        _figure("ontzorging_zonder", rows),
        _routes(rows),
        _figure("begeleiding_mediaan", rows),
    ]


def _figure(name: str, rows: Mapping[str, dict], line: str = "") -> Tile:
    indicator, row = queries.INDICATOREN[name], rows[name]
    return Tile(
        indicator.titel,
        value_words(indicator, row),
        basis=basis_words(indicator, row) if row["noemer"] else NOBODY,
        definition=definition_words(indicator),
        lines=(line,) if line else (),
    )


def _routes(rows: Mapping[str, dict]) -> Tile:
    with_pip = rows["leerroute_b"]["noemer"]
    if not with_pip:
        return Tile("Leerroutes", formats.MISSING, basis=NOBODY)
    parts = tuple(
        Part(
            queries.INDICATOREN[name].titel,
            f"{formats.count(rows[name]['teller'])} · {formats.percent(rows[name]['waarde'])}",
            rows[name]["waarde"],
            style,
        )
        for name, style in ROUTES.items()
    )
    return Tile(
        "Leerroutes",
        "",
        basis=f"van {formats.count(with_pip)} met een PIP",
        definition=ROUTES_DEFINITION,
        parts=parts,
    )
