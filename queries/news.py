"""What changed between two snapshots: figures that moved beyond chance, backlog that grew, and late corrections."""

from dataclasses import dataclass, replace

import polars as pl

from queries.database import Database
from queries.definitions.indicators import INDICATOREN
from queries.questions import answer
from queries.selection import Selection


@dataclass(frozen=True)
class Nieuws:
    """bewogen: rows of ``kpi_sinds`` with a verdict hoger or lager (who entered since against who entered before).

    voorraad: indicator, vorige, nu, verschil: the counts that grew or shrank (persons).
    correcties: indicator, teller_toen, noemer_toen, teller_nu, noemer_nu: figures of the earlier peildatum that are
    different now, because something was registered or corrected afterwards.
    """

    bewogen: pl.DataFrame
    voorraad: pl.DataFrame
    correcties: pl.DataFrame


def news(selection: Selection, database: Database, previous: Database) -> Nieuws:
    """Compare the snapshot with an earlier one, for the persons of the selection; its peildatum is not used.

    Raises InvalidSelection when ``previous`` is not of an earlier day.
    """
    then = replace(selection, peildatum=previous.peildatum, sinds=None)
    now = replace(selection, peildatum=None, sinds=previous.peildatum)
    moved = answer("kpi_sinds", now, database).filter(pl.col("oordeel").is_in(["hoger", "lager"]))
    was = answer("kpi", then, previous)
    current = answer("kpi", replace(now, sinds=None), database)
    looking_back = answer("kpi", then, database)
    counts = [name for name, entry in INDICATOREN.items() if entry.eenheid == "aantal"]
    backlog = (
        was.filter(pl.col("indicator").is_in(counts))
        .select("indicator", vorige="teller")
        .join(current.select("indicator", nu="teller"), on="indicator", maintain_order="left")
        .with_columns(verschil=pl.col("nu") - pl.col("vorige"))
    )
    corrections = (
        was.select("indicator", teller_toen="teller", noemer_toen="noemer")
        .join(
            looking_back.select("indicator", teller_nu="teller", noemer_nu="noemer"),
            on="indicator",
            maintain_order="left",
        )
        .filter((pl.col("teller_toen") != pl.col("teller_nu")) | (pl.col("noemer_toen") != pl.col("noemer_nu")))
    )
    return Nieuws(bewogen=moved, voorraad=backlog, correcties=corrections)
