"""Shares in words: what is told of a share whose number is not shown, and what that gives an attacker.

Words follow from the rounded teller, noemer and rest of the share. An attacker is taken to know these, of every share
that is not shown, with words or without: so no words can tell more. They stand in the register and in no publication.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from pathlib import Path

import polars as pl

from queries import INDICATOREN, Database
from queries.definitions.columns import BESCHERMD, weergave_van
from queries.definitions.words import in_words
from queries.openbaar.rules import STAD, WEINIG, Selectie, too_few

# The name of the counts behind the words among the frames of a publication; it is no question.
BEHIND = "achter_woorden"
Frames = dict[tuple[str, Selectie], pl.DataFrame]
_SQL = Path(__file__).with_name("behind_words.sql").read_text(encoding="utf-8")
# From this noemer (rounded) on something is told, and how far a rounded count is from the true one at most.
_FROM, _OFF = 20, 9
# Of the city these have the share of a stadsdeel too, which is that of the stadsdeel's own table.
_OF_AREAS = ("kpi_per_gebied", "kpi_gebied_vergelijking")
_VALUE = weergave_van("waarde")


def behind(engine: Database, selectie: Selectie) -> pl.DataFrame:
    """The counts behind the words of a selection: of the shares that are not shown."""
    return engine.ask(_SQL, selectie.filters).filter(too_few(pl.col("teller"), pl.col("noemer")))


def without(frames: Frames, indicators: Collection[tuple[str, str]] | None = None) -> Frames:
    """The frames without the counts behind the words of these KPIs, each for a kind of selection; or behind any."""
    if indicators is None:
        return {key: frame for key, frame in frames.items() if key[0] != BEHIND}
    gone = {soort: [name for name, of in indicators if of == soort] for _, soort in indicators}
    return {
        (question, selectie): frame.filter(~pl.col("indicator").is_in(gone.get(selectie.soort, [])))
        if question == BEHIND
        else frame
        for (question, selectie), frame in frames.items()
    }


def words(indicator: str, teller: int, noemer: int, rest: int) -> str | None:
    """The words for a share of these rounded counts, that hold for all true counts which the rounding allows."""
    if noemer < _FROM:
        return None
    low, high = _least(teller, noemer, rest), 1 - _least(rest, noemer, teller)
    return in_words(low, high, INDICATOREN[indicator].norm)


def _least(teller: int, noemer: int, rest: int) -> Fraction:
    """The smallest share of which these can be the rounded counts: most in the rest, and then fewest in the teller.

    Of a teller under 10 it is 0: that there surely is one is not told.
    """
    if teller < WEINIG:
        return Fraction(0)
    fewest = teller - _OFF
    others = min(rest + _OFF, noemer + _OFF - fewest)
    fewest = max(fewest, noemer - _OFF - others)
    return Fraction(fewest, fewest + others)


def told(frames: Frames) -> Frames:
    """The frames of a publication with words where a share is too small to show and something is certain."""
    found = {
        (*selectie, row["indicator"]): said
        for (question, selectie), frame in frames.items()
        if question == BEHIND
        for row in frame.iter_rows(named=True)
        if (said := words(**row))
    }
    where = {("kpi", selectie) for _, selectie in frames} | {(question, STAD) for question in _OF_AREAS}
    return {key: _in_words(frame, key[1], found) if key in where else frame for key, frame in frames.items()}


def _in_words(frame: pl.DataFrame, selectie: Selectie, found: Mapping[tuple[str, str, str], str]) -> pl.DataFrame:
    """A frame with words in the place of shares that are too small."""
    how = [
        found.get((row.get("niveau", selectie.soort), row.get("gebied", selectie.naam), row["indicator"]), row[_VALUE])
        if row[_VALUE] == BESCHERMD
        else row[_VALUE]
        for row in frame.iter_rows(named=True)
    ]
    return frame.with_columns(pl.Series(_VALUE, how, pl.String))
