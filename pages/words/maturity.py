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
    known_since = _LONG_AGO.format(formats.long_date(peildatum))
    periods, mature = row["periodes_kort"], row["over_norm_noemer_tekst"]
    if presentation.hidden(row, "periodes"):
        return f"Het aantal perioden onder het contract van 2022 is {presentation.TOO_SMALL}."
    if presentation.hidden(row, "over_norm_noemer"):
        mature, periods = "minder dan 10 (of geen)", row["periodes_tekst"]
    begun = "begon" if mature in ("0", "1") else "begonnen"
    who = f"{'geen' if mature == '0' else mature} van de {periods} {'periode' if periods == '1' else 'perioden'}"
    return f"Onder het contract van 2022 {begun} {who} {known_since}"
