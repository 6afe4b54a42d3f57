"""The five figures that a council asks for first, as large tiles."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

import queries
from pages.overzicht.words import PAGES
from pages.show import kpi, trend
from pages.show.tiles import NOBODY, TOO_FEW, Part, Tile, counts_words, definition_words, norm_words, value_words
from pages.words import formats, presentation

ROUTES = {"leerroute_b": "route-b", "leerroute_o": "route-o", "leerroute_z": "route-z"}
ROUTES_DEFINITION = (
    "Personen onder de Wet inburgering 2021 met een PIP die niet uitgestroomd zijn, naar de leerroute van "
    "hun laatste PIP."
)
# Who waits too long, with what is said of them, the leerroutes, and how long guidance lasts.
WAITING = {
    "pip_over_termijn": "",
    "overdracht_lang_open": "langer dan 90 dagen na de begeleiding",
    "ontzorging_lang_zonder": "30 dagen of langer na het begin van de bijstand",
}
DURATION = "begeleiding_mediaan"
# The KPIs that stand here, and not once more in the table.
HERE = (*WAITING, *ROUTES, DURATION)

Rows = Mapping[str, Mapping]


def headline(rows: Rows, statuses: pl.DataFrame, stands: pl.DataFrame, addresses: Mapping[str, str]) -> list[Tile]:
    """Who waits too long: for a PIP, for a handover, for relief; the leerroutes, and how long guidance lasts.

    rows: per indicator its row of the question kpi. statuses, stands: the questions pip_status and kpi_trend.
    addresses: per page its address with the filters.
    """
    lines = WAITING | {"pip_over_termijn": _not_too_long(statuses)}
    return [
        *(_figure(name, rows, stands, addresses, line) for name, line in lines.items()),
        _routes(rows, addresses),
        _figure(DURATION, rows, stands, addresses),
    ]


def _not_too_long(statuses: pl.DataFrame) -> str:
    """The others without a PIP: not within their ten weeks yet, and within them; rounded parts would not add up."""
    if not presentation.all_exact(statuses):
        return ""
    counts = dict(statuses.group_by("status").agg(pl.col("aantal").sum()).iter_rows())
    parts = (("Termijn niet gestart", "termijn nog niet begonnen"), ("Binnen termijn", "binnen de termijn"))
    told = [f"{formats.count(counts[status])} {words}" for status, words in parts if counts.get(status)]
    return f"de anderen: {', '.join(told)}" if told else ""


def _figure(name: str, rows: Rows, stands: pl.DataFrame, addresses: Mapping[str, str], line: str = "") -> Tile:
    indicator, row = queries.INDICATOREN[name], rows[name]
    value = value_words(indicator, row)
    # A count of nobody is no good news.
    nobody = presentation.is_empty(row)
    basis = " · ".join(filter(None, (counts_words(indicator, row), norm_words(indicator))))
    return Tile(
        indicator.titel,
        value,
        basis=NOBODY if nobody else basis,
        definition=definition_words(indicator),
        # A median of a few events is no finding.
        verdict=TOO_FEW if value == presentation.TOO_FEW else None,
        lines=(line,) if line and not nobody else (),
        address=addresses[PAGES[indicator.thema]],
        picture=trend.small(indicator, stands),
    )


def _routes(rows: Rows, addresses: Mapping[str, str]) -> Tile:
    title, address = "Leerroutes", addresses[PAGES["Leerroutes"]]
    if presentation.is_empty(rows["leerroute_b"]):
        return Tile(title, formats.MISSING, basis=NOBODY, address=address)
    shown = [rows[name] for name in ROUTES if not presentation.hidden(rows[name], "waarde")]
    if not shown:
        return Tile(title, presentation.TOO_SMALL, definition=ROUTES_DEFINITION, address=address)

    def words(row: Mapping) -> str:
        if presentation.hidden(row, "waarde"):
            return presentation.TOO_SMALL
        return f"{row['teller_kort']} · {row['waarde_kort']}" if kpi.has_value(row) else row["teller_kort"]

    # What the whole bar stands for: rounded parts do not add up to the rounded noemer.
    drawn = sum(rows[name]["teller"] or 0 for name in ROUTES) or 1
    parts = tuple(
        Part(queries.INDICATOREN[name].titel, words(rows[name]), (rows[name]["teller"] or 0) / drawn, style)
        for name, style in ROUTES.items()
    )
    basis = f"van {shown[0]['noemer_kort']} met een PIP"
    return Tile(title, "", basis=basis, definition=ROUTES_DEFINITION, parts=parts, address=address)
