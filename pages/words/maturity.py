"""How far the newest regime has come: most of who was housed in its first year end it in a later one."""

from __future__ import annotations

from datetime import date

import polars as pl

import queries
from pages.words import TEXTS, formats, presentation


def newest(durations: pl.DataFrame, peildatum: date) -> str:
    """How many periods under the newest regime began long enough ago to have lasted their norm.

    durations: the question begeleiding_duur; the periods that can be held against their norm. Empty when there are no
    periods under that regime, or when these may not be told.
    """
    rows = durations.filter(regime=queries.GEMEENTE.regime[-1].naam)
    if rows.is_empty() or rows["periodes"][0] == 0:
        return ""
    row, told = rows.row(0, named=True), TEXTS["newest"]
    periods, mature = row["periodes_kort"], row["over_norm_noemer_tekst"]
    if presentation.hidden(row, "periodes") or mature == presentation.NOT_SHOWN:
        return ""
    if presentation.hidden(row, "over_norm_noemer"):
        mature, periods = "minder dan 10 (of geen)", row["periodes_tekst"]
    begun = "begon" if mature in ("0", "1") else "begonnen"
    who = f"{'geen' if mature == '0' else mature} van de {periods} {'periode' if periods == '1' else 'perioden'}"
    return told["told"].format(begun=begun, who=who, day=formats.long_date(peildatum))
