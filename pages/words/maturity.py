"""How far the contract of 2022 has come: who was housed in 2022 mostly ends the twelve months in 2023."""

from __future__ import annotations

from datetime import date

import polars as pl

from pages.words import TEXTS, formats, presentation

CONTRACT_2022 = "12 maanden (contract 2022)"


def contract_2022(durations: pl.DataFrame, peildatum: date) -> str:
    """How many periods under the contract of 2022 began long enough ago to have lasted their twelve months.

    durations: the question begeleiding_duur; the periods that can be held against their norm. Empty when there are no
    periods under that contract, or when these may not be told.
    """
    rows = durations.filter(pl.col("regime") == CONTRACT_2022)
    if rows.is_empty() or rows["periodes"][0] == 0:
        return ""
    row, told = rows.row(0, named=True), TEXTS["contract_2022"]
    periods, mature = row["periodes_kort"], row["over_norm_noemer_tekst"]
    if presentation.hidden(row, "periodes"):
        return ""
    if presentation.hidden(row, "over_norm_noemer"):
        mature, periods = "minder dan 10 (of geen)", row["periodes_tekst"]
    begun = "begon" if mature in ("0", "1") else "begonnen"
    who = f"{'geen' if mature == '0' else mature} van de {periods} {'periode' if periods == '1' else 'perioden'}"
    return told["told"].format(begun=begun, who=who, day=formats.long_date(peildatum))
