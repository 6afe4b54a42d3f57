"""What the page Levering says, and the outcome of a check as tables; report: as rapport.json has it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

import queries
from pages.words import formats

TEXTS: dict[str, Any] = queries.texts(__file__)


COUNTS = ("gelezen", "goedgekeurd", "afgekeurd")


def per_table(report: Mapping[str, Any]) -> pl.DataFrame:
    """Per table of the delivery: its file, and the rows that were read, accepted and rejected."""
    rows = [
        (it["tabel"], it["bestand"], it["gelezen"], it["goedgekeurd"], it["gelezen"] - it["goedgekeurd"])
        for it in report["tabellen"]
    ]
    text = dict.fromkeys(("tabel", "bestand"), pl.String)
    return pl.DataFrame(rows, text | dict.fromkeys(COUNTS, pl.Int64), orient="row")


def found(report: Mapping[str, Any], named: Callable[..., str], where: Callable[..., str]) -> pl.DataFrame:
    """What was rejected and what stood out, by reason: tabel, soort, reden, rijen, waar; see desk.named, desk.where."""
    rows: list[tuple[str, str, str, int | None, str]] = []
    for it in report["tabellen"]:
        for soort, part, said in (("afgekeurd", "afgekeurd", "reden"), ("let op", "waarschuwingen", "waarschuwing")):
            for entry in it[part]:
                words = named(entry[said], it["kolomnamen"])
                rows.append((it["tabel"], soort, words, entry["aantal"], where(entry, it["bestand"])))
        rows += [(it["tabel"], "let op", remark, None, "") for remark in it["opmerkingen"]]
        if it["extra_kolommen"]:
            rows.append((it["tabel"], TEXTS["dropped"], ", ".join(it["extra_kolommen"]), None, ""))
    text = dict.fromkeys(("tabel", "soort", "reden"), pl.String)
    return pl.DataFrame(rows, text | {"rijen": pl.Int64, "waar": pl.String}, orient="row")


def history(deliveries: Sequence[queries.Delivery]) -> pl.DataFrame:
    """The snapshots that are kept: peildatum, ingenomen, personen and in_gebruik."""
    rows = []
    for it in deliveries:
        persons = next((table.rijen for table in it.tabellen if table.naam == "inburgeraar"), None)
        taken_in = f"{it.aangemaakt:%d-%m-%Y, %H:%M}" if it.aangemaakt else None
        rows.append((it.peildatum, taken_in, persons, it.in_gebruik))
    names = {"peildatum": pl.Date, "ingenomen": pl.String, "personen": pl.Int64, "in_gebruik": pl.Boolean}
    return pl.DataFrame(rows, names, orient="row")


def now(deliveries: Sequence[queries.Delivery]) -> str:
    """Which snapshot is in use."""
    used = next((it for it in deliveries if it.in_gebruik), None)
    if used is None:
        return TEXTS["none_in_use"]
    return TEXTS["demo_in_use" if used.demo else "in_use"].format(day=formats.long_date(used.peildatum))
