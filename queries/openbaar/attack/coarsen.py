"""The coarsening of a publication until the attack finds nothing: what is left out, with what follows from it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import numpy as np
import polars as pl
from scipy.sparse.csgraph import dijkstra

from queries.definitions.columns import TELLINGEN, WEGGELATEN, figures, weergave_van
from queries.openbaar.attack.knowledge import Frames
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.attack.solver import Report
from queries.openbaar.attack.town import arrays, links
from queries.openbaar.rules import WEGGELATEN_ZIN, Selectie

# A count of 50 or more carries shares, medians and curves: left out itself, it would still stand in those.
CARRIES = 50


def to_leave_out(report: Report, peildatum: date, of: str = "") -> set[Cell]:
    """Per leak the published count of this peildatum to leave out: the count itself, or the smallest one nearby.

    of: the question that it must stand in, if any.

    Nearby goes by the sums that link counts. What was published before stays as it is, and so does a count of 50 or
    more; a leak that nothing else can close gives nothing. The same count goes in every stadsdeel, or doelgroep: which
    one is missing would tell where it was narrow.
    """
    made = report.puzzel
    can_go = {
        cell: count
        for cell, (count, _) in made.known.items()
        if cell.peildatum == peildatum
        and count < CARRIES
        and (not of or any(question == of for question, *_ in made.plaatsen[cell]))
    }
    sums, *_ = arrays(made)
    leaks = [made.number[cell] for cell in report.lekken]
    away = set()
    for far in dijkstra(links(sums), unweighted=True, indices=leaks) if can_go else ():
        near = min(can_go, key=lambda cell: (far[made.number[cell]], can_go[cell], str(cell)))
        if np.isfinite(far[made.number[near]]):
            alike = {cell.selectie for cell in can_go if cell.selectie.soort == near.selectie.soort}
            away |= can_go.keys() & {near._replace(selectie=each) for each in alike}
    return away


def without(frames: Frames, made: Puzzle, away: Iterable[Cell]) -> dict[tuple[str, Selectie], pl.DataFrame]:
    """The frames with these counts left out, wherever they stand, and with what follows from them."""
    coarser = dict(frames)
    for question, selectie, index, kolom in (place for cell in away for place in made.plaatsen.get(cell, ())):
        row = coarser[question, selectie].row(index, named=True)
        for name, columns, rows in _gone_with(question, kolom, index, row):
            instead = {weergave_van(each): WEGGELATEN for each in columns} | dict.fromkeys(columns)
            if instead.pop(weergave_van("toelichting"), None):
                instead["toelichting"] = WEGGELATEN_ZIN
            if (name, selectie) in coarser:
                coarser[name, selectie] = coarser[name, selectie].with_columns(
                    pl.when(rows).then(pl.lit(value)).otherwise(each).alias(each) for each, value in instead.items()
                )
    return coarser


def _gone_with(question: str, kolom: str, index: int, row: Mapping) -> Iterator[tuple[str, Iterable[str], pl.Expr]]:
    """What is left out with a count: it and what is computed from it, as question, columns and rows."""
    columns = [kolom]
    if question == "evaluatie_meetbaarheid":
        columns = ["waarde", "toelichting"]
    elif kolom in ("teller", "noemer", "waarde") or kolom.endswith(("_teller", "_noemer")):
        columns += [name for name in figures(question) if name not in TELLINGEN]
    yield question, columns, pl.int_range(pl.len()) == index
    if question == "melding_per_maand":
        yield "melding_diversiteit", figures("melding_diversiteit"), pl.col("kwartaal") == row["maand"]
    elif question == "evaluatie_meldingen":
        yield "evaluatie_vergelijking", figures("evaluatie_vergelijking"), pl.lit(True)
        yield "evaluatie_meetbaarheid", ("waarde", "toelichting"), pl.col("voorwaarde") == "aantoonbaar_verschil"
