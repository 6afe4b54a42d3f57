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
    now = replace(selection, peildatum=None, sinds=None)
    moved = answer("kpi_sinds", replace(now, sinds=previous.peildatum), database)
    was, looking_back, current = (
        answer("kpi", when, source).select("indicator", "teller", "noemer")
        for when, source in ((then, previous), (then, database), (now, database))
    )
    is_count = pl.col("indicator").is_in([name for name, entry in INDICATOREN.items() if entry.eenheid == "aantal"])
    teller, noemer = pl.col("teller"), pl.col("noemer")
    backlog = was.join(current, on="indicator", suffix="_nu", maintain_order="left").filter(is_count)
    corrections = was.join(looking_back, on="indicator", suffix="_nu", maintain_order="left")
    return Nieuws(
        bewogen=moved.filter(pl.col("oordeel").is_in(["hoger", "lager"])),
        voorraad=backlog.select("indicator", vorige="teller", nu="teller_nu", verschil=pl.col("teller_nu") - teller),
        correcties=corrections.filter((teller != pl.col("teller_nu")) | (noemer != pl.col("noemer_nu"))).select(
            "indicator", teller_toen=teller, noemer_toen=noemer, teller_nu="teller_nu", noemer_nu="noemer_nu"
        ),
    )
