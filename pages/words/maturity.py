"""How far the contract of 2022 has come: who was housed in 2022 mostly ends the twelve months in 2023."""

from __future__ import annotations

from datetime import date

import polars as pl

from pages.words import formats, presentation

CONTRACT_2022 = "12 maanden (contract 2022)"

_LONG_AGO = "lang genoeg geleden (twaalf maanden en een maand marge) om op {} te zien of de norm is gehaald."


def contract_2022(durations: pl.DataFrame, peildatum: date) -> str:
    """How many periods under the contract of 2022 began long enough ago to have lasted their twelve months.

    durations: the question begeleiding_duur; the periods that can be held against their norm. Empty when there are no
    periods under that contract.
    """
    rows = durations.filter(pl.col("regime") == CONTRACT_2022)
    if rows.is_empty() or rows["periodes"][0] == 0:
        return ""
    row = rows.row(0, named=True)
    stand = formats.long_date(peildatum)
    if not presentation.exact(row, "periodes", "over_norm_noemer"):
        return _published(row, stand)
    periods, mature = row["periodes"], row["over_norm_noemer"]
    begun = "begon" if mature <= 1 else "begonnen"
    who = f"{formats.count(mature) if mature else 'geen'} van de {formats.count(periods)} perioden"
    if periods == 1:
        known = "is" if mature else "is nog niet"
        return f"Onder het contract van 2022 is er één periode; op {stand} {known} te zien of die de norm haalt."
    return f"Onder het contract van 2022 {begun} {who} {_LONG_AGO.format(stand)}"


def _published(row: dict, stand: str) -> str:
    """Of rounded figures; fewer than 10 may be none at all."""
    if presentation.hidden(row, "periodes"):
        return f"Het aantal perioden onder het contract van 2022 is {presentation.TOO_SMALL}."
    if presentation.hidden(row, "over_norm_noemer"):
        who = f"minder dan 10 (of geen) van de {presentation.count(row, 'periodes')} perioden"
    else:
        who = f"{presentation.count(row, 'over_norm_noemer')} van de {formats.count(row['periodes'])} perioden"
    return f"Onder het contract van 2022 begonnen {who} {_LONG_AGO.format(stand)}"
