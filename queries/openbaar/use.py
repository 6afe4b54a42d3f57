"""The report of use: of how many public figures the value is shown, how many stand in words, how many are too small."""

from collections.abc import Mapping

import polars as pl

from data.contract import GEMEENTE
from queries import INDICATOREN
from queries.definitions.columns import AFGEROND, BESCHERMD, TELLINGEN, WEGGELATEN, figures, weergave_van
from queries.definitions.words import WORDS
from queries.openbaar.attack.knowledge import CURVES
from queries.openbaar.publication import SOORT, SOORT_NAAM, TEXTS, Gebruik
from queries.openbaar.rules import REGELS, Selectie, without_their_share
from queries.openbaar.words import BEHIND

COUNTS = ("getoond", "in_woorden", "te_klein", "normen", "oordelen")
_NORMED = [name for name, entry in INDICATOREN.items() if entry.norm is not None and not entry.is_mediaan]


def use(frames: Mapping[tuple[str, Selectie], pl.DataFrame]) -> pl.DataFrame:
    """Per question and selection how many figures are shown, stand in words, or do not; and how many norms are judged.

    frames: as they are published. What the rules publish of nobody is not counted, nor the counts and margins beside a
    share. normen: shares with a norm; oordelen: those of which it is told whether they reach it.
    """
    rows = []
    for (question, selectie), frame in frames.items():
        if question == BEHIND:
            continue
        away, beside = REGELS[question].left_out(selectie), without_their_share(question, frame.columns)

        def said(kolom: str, frame: pl.DataFrame = frame, away: dict[str, pl.Expr] = away) -> pl.DataFrame:
            return frame.filter(~away.get(kolom, pl.lit(False))).with_columns(zo=weergave_van(kolom))

        counted = [
            said(kolom)["zo"]
            for kolom in figures(question)
            if kolom not in beside and not kolom.startswith("ci_") and not (question in CURVES and kolom in TELLINGEN)
        ]
        how = pl.concat(counted)
        shown, small = (how == AFGEROND).sum(), how.is_in([BESCHERMD, WEGGELATEN]).sum()
        normen = oordelen = 0
        if {"indicator", "waarde"} <= {*frame.columns}:
            normed = said("waarde").filter(pl.col("indicator").is_in(_NORMED)).select("indicator", "zo")
            normen, oordelen = len(normed), sum(_is_judged(*row) for row in normed.rows())
        rows.append((question, *selectie, shown, len(how) - shown - small, small, normen, oordelen))
    return pl.DataFrame(rows, ["vraag", SOORT, SOORT_NAAM, *COUNTS], orient="row")


def _is_judged(indicator: str, weergave: str) -> bool:
    """Whether it is told that a norm is missed. A share that is shown misses it: 10 or more do not count, and do."""
    return weergave == AFGEROND or (weergave in WORDS and WORDS[weergave].exclude(INDICATOREN[indicator].norm))


def by_reader(report: pl.DataFrame) -> tuple[Gebruik, ...]:
    """The report of `use` added up for each of the readers in texts.toml, and of the municipality."""
    found = []
    first, *others = TEXTS["lezers"]
    for reader in (first, *GEMEENTE.lezers, *others):
        own = report
        for kolom in ("vraag", SOORT, SOORT_NAAM):
            if kolom in reader:
                own = own.filter(pl.col(kolom) == reader[kolom])
        found.append(Gebruik(lezer=reader["naam"], **own.select(pl.col(COUNTS).sum()).row(0, named=True)))
    return tuple(found)
