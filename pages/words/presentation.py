"""How a figure may be shown, and how it is then written: exact, rounded, or words in its place.

A row or frame from queries.shown has, beside every figure, ``<kolom>_weergave`` (see queries.columns). Without that
column a figure is exact. An exact figure is written as it is, a rounded one inside a sentence with "ongeveer", and what
may not be shown is said in words: never as 0, never as an empty place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

import queries
from pages.words import TEXTS, formats
from queries import written
from queries.definitions import columns
from queries.definitions.words import WORDS

Row = Mapping[str, Any]

# The words in the place of a figure, and before a rounded one.
ABOUT, FEW, NOBODY = written.ABOUT, written.FEW, written.NOBODY
NOT_SHOWN, TOO_FEW, TOO_SMALL = written.NOT_SHOWN, written.TOO_FEW, written.TOO_SMALL

MINIMUM = queries.MINIMUM_NOEMER
# A share of rounded counts is shown from this noemer on; the same in queries/model/openbaar/telling.sql.
ENOUGH = 50

ROUNDED = TEXTS["hidden"]["rounded"]

_NUMBERS = (columns.EXACT, columns.AFGEROND)
SAYS_NOTHING = (TOO_SMALL, NOT_SHOWN)


def by_indicator(frame: pl.DataFrame) -> dict[str, Row]:
    """The rows of an answer, or of one area in it, by their KPI."""
    return {row["indicator"]: row for row in frame.iter_rows(named=True)}


def capital(words: str) -> str:
    """Words at the beginning of a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def lower(words: str) -> str:
    """A title inside a sentence; B1 stays B1."""
    return words if words.startswith("B1") else f"{words[:1].lower()}{words[1:]}"


# --------------------------------------------------------------------------------------------------------- rows


def how(row: Row, column: str) -> str:
    """How a figure may be shown."""
    return row.get(columns.weergave_van(column)) or columns.EXACT


def hidden(row: Row, column: str) -> bool:
    """Whether a figure may not be shown as a number; what stands there, words or not, its texts say."""
    return how(row, column) not in _NUMBERS


def in_words(row: Row, column: str) -> bool:
    """Whether what is sure of a share that may not be shown stands in its texts: "meer dan de helft"."""
    return how(row, column) in WORDS


def instead(row: Row, column: str) -> str:
    """What stands in the place of a share that may not be shown as a number: ">50%", "te klein om te tonen"."""
    return row[f"{column}_kort"] if in_words(row, column) else TOO_SMALL


def says(row: Row, column: str = "waarde") -> bool:
    """Whether a figure says something: a value, or words such as "<10"; not that it may not be shown."""
    return row[f"{column}_kort"] not in SAYS_NOTHING


def exact(row: Row, *names: str) -> bool:
    """Whether these figures, or all figures of a row, are exact."""
    return all(how(row, name) == columns.EXACT for name in names or figures(row))


def about(row: Row, column: str, written: str) -> str:
    """A written figure, with "ongeveer" when it is rounded."""
    return f"{ABOUT} {written}" if how(row, column) == columns.AFGEROND else written


def told_count(row: Row, column: str) -> str:
    """A count inside a sentence: "50", "ongeveer 50", "minder dan 10"."""
    return f"minder dan {MINIMUM}" if row[f"{column}_kort"] == FEW else row[f"{column}_tekst"]


def persons(row: Row, column: str) -> str:
    """A count with its noun: "1 persoon", "180 personen", "<10 personen", "niet getoond"."""
    number = row[f"{column}_kort"]
    return number if number == NOT_SHOWN else f"{number} {'persoon' if number == '1' else 'personen'}"


def beside_its_whole(row: Row, part: str = "teller", whole: str = "noemer") -> bool:
    """Whether a count may be told beside what it is a part of: rounded ones only where they can be read as a share.

    "10 van de 10" would say everybody, and may be 4 of 17.
    """
    if hidden(row, whole):
        return False
    return exact(row, whole) or (row[whole] >= ENOUGH and row[whole] - (row[part] or 0) >= MINIMUM)


def of(row: Row, part: str = "teller", whole: str = "noemer") -> str:
    """A count out of another, as numbers: "201 van 287", "<10 van 60"; alone where it may not be told beside it."""
    there = row[f"{part}_kort"]
    together = there != NOT_SHOWN and beside_its_whole(row, part, whole)
    return f"{there} van {row[f'{whole}_kort']}" if together else there


def out_of(row: Row, part: str = "teller", whole: str = "noemer") -> str:
    """A count out of another in words: "201 van 287", "ongeveer 200 van 290", "<10 van 60"."""
    return about(row, part, of(row, part, whole))


def summed(frame: pl.DataFrame, *names: str, where: pl.Expr | None = None) -> Row:
    """The counts of rows that have nobody in common, added up to one row of figures; of the rows in `where`.

    Rounded counts do not add up: those of one row stand as they are, those of more may not be told.
    """
    rows = frame if where is None else frame.filter(where)
    figures: dict[str, Any] = {}
    for name in names:
        value, weergave = None, columns.WEGGELATEN
        if all_exact(frame, name):
            value, weergave = rows[name].sum(), columns.EXACT
        elif rows.height == 1:
            value, weergave = rows[name][0], how(rows.row(0, named=True), name)
        texts = written.written("aantal", value, weergave)
        figures |= dict(zip((name, *columns.beside(name)), (value, weergave, *texts), strict=True))
    return figures


def n(row: Row, column: str = "noemer", noun: str = "personen") -> str:
    """On how many a chart rests, for its files: "n = ongeveer 110 personen"; empty when that may not be told."""
    return "" if hidden(row, column) else f"n = {row[f'{column}_tekst']} {noun}"


def n_of(frame: pl.DataFrame, column: str, noun: str = "personen") -> str:
    """The same of the rows of a table, that have nobody in common; empty where rounded counts do not add up."""
    return n(summed(frame, column), column, noun) if frame.height else ""


def counted(subject: str, row: Row, part: str, whole: str) -> str:
    """A title with its count: "Overgedragen: 4 van 10"; the subject alone of nobody, and of what may not be told."""
    return subject if hidden(row, part) or row[whole] == 0 else f"{subject}: {out_of(row, part, whole)}"


# ---------------------------------------------------------------------------------------------------- rows of KPIs


def why_empty(row: Row, nobody: str) -> str:
    """Why there is nothing to show: `nobody` counts; empty when it may not be shown. row: a KPI."""
    return nobody if exact(row) else ""


def is_empty(row: Row) -> bool:
    """Whether nobody is in the noemer; not when that may not be shown."""
    return row["noemer"] == 0


def norm(indicator: queries.Indicator) -> str:
    """The norm in its unit, or a dash."""
    return formats.MISSING if indicator.norm is None else formats.value(indicator.norm, indicator.eenheid)


def judged(indicator: queries.Indicator, row: Row) -> queries.Verdict | None:
    """The verdict against the norm; None when the share may not be shown, or cannot be told from the norm.

    Of rounded counts that reach the norm nothing can be said: one person who misses it may be rounded away.
    """
    found = queries.verdict(indicator, row["noemer"] or 0, row["waarde"], how(row, "waarde"))
    if indicator.norm is not None and not indicator.is_mediaan and hidden(row, "waarde"):
        return found if found.uitkomst == "voldoet niet" else None
    return None if found.uitkomst == "voldoet" and how(row, "waarde") == columns.AFGEROND else found


def verdict(indicator: queries.Indicator, row: Row) -> str:
    """The verdict in a few words."""
    found, told = judged(indicator, row), TEXTS["verdict"]
    if found is None:
        return told["too_small" if hidden(row, "waarde") else "rounded"]
    if is_empty(row) and found.uitkomst == "geen oordeel" and found.reden != "geen norm":
        return told["nobody"]
    return told.get(found.uitkomst) or told.get(found.reden, told["geen norm"])


# -------------------------------------------------------------------------------------------------------- frames


def figures(there: pl.DataFrame | Row) -> list[str]:
    """The columns of a frame or a row of which it is said how they are shown."""
    names = there.columns if isinstance(there, pl.DataFrame) else list(there)
    return [name for name in names if columns.weergave_van(name) in names]


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without the columns that say how figures are shown and written."""
    return frame.drop([each for name in frame.columns for each in columns.beside(name)], strict=False)


def with_weergave(frame: pl.DataFrame, *names: str) -> list[str]:
    """These columns, each followed by those that say how it is shown and written where there are; to select them."""
    there = set(frame.columns)
    return [each for name in names for each in (name, *columns.beside(name)) if each == name or each in there]


def renamed(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """The frame with figures under other names, and with them how they are shown and written."""
    beside = {old: new for pair in names.items() for old, new in zip(*map(columns.beside, pair), strict=True)}
    return frame.rename({**names, **beside}, strict=False)


def all_exact(frame: pl.DataFrame, *names: str) -> bool:
    """Whether these figures, or all figures of a frame, are exact; then they may be added up."""
    return all(
        (frame[columns.weergave_van(name)].fill_null(columns.EXACT) == columns.EXACT).all()
        for name in names or figures(frame)
        if columns.weergave_van(name) in frame.columns
    )


def may_be_shown(frame: pl.DataFrame, *names: str) -> pl.Expr:
    """Whether these figures of a row may all be shown, as a condition to filter a frame by."""
    beside = [columns.weergave_van(name) for name in names if columns.weergave_van(name) in frame.columns]
    shown = [pl.col(name).fill_null(columns.EXACT).is_in(_NUMBERS) for name in beside]
    return pl.all_horizontal(shown) if shown else pl.lit(True)


def left_out(frame: pl.DataFrame, column: str = "noemer") -> pl.Expr:
    """Whether a figure of a row was not published, as a condition to filter a frame by."""
    beside = columns.weergave_van(column)
    return pl.col(beside) == columns.WEGGELATEN if beside in frame.columns else pl.lit(False)


def all_left_out(frame: pl.DataFrame, column: str = "noemer") -> bool:
    """Whether a figure was published of no row at all."""
    return frame.filter(~left_out(frame, column)).is_empty()


def from_ten(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without the shares (waarde, and its interval) of fewer than 10."""
    enough = pl.when(pl.col("noemer") >= MINIMUM)
    return frame.with_columns(enough.then(pl.col(name)).alias(name) for name in ("waarde", "ci_laag", "ci_hoog"))


def drawable(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    """The rows of which these figures may be shown."""
    return frame.filter(may_be_shown(frame, *names))


def says_nothing(frame: pl.DataFrame) -> bool:
    """Whether there are rows and none has a figure that may be told; where there are shares, whether none has one.

    A count of fewer than 10 is no figure here.
    """
    named = [name for name in figures(frame) if name == "waarde"] or figures(frame)
    untold = {FEW, *SAYS_NOTHING}
    return bool(named) and frame.height > 0 and all(untold.issuperset(in_its_place(frame, name)) for name in named)


def telling(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without the rows, and the columns, of which no figure says anything."""
    if all_exact(frame):
        return frame
    silent = {name: pl.Series(in_its_place(frame, name)).is_in(SAYS_NOTHING) for name in figures(frame)}
    if frame.is_empty():
        return frame
    empty = [each for name, rows in silent.items() if rows.all() for each in (name, *columns.beside(name))]
    return frame.filter(~pl.all_horizontal(list(silent.values()))).drop(empty, strict=False)


def _is_count(frame: pl.DataFrame, column: str) -> bool:
    """Whether a column holds counts; a page gives them names of its own, such as trajecten."""
    return column in columns.TELLINGEN or frame.schema[column].is_integer()


def written_by(frame: pl.DataFrame, write: Callable[[Row], str]) -> pl.Series:
    """What is written of every row."""
    return pl.Series([write(row) for row in frame.iter_rows(named=True)], dtype=pl.String)


def in_its_place(frame: pl.DataFrame, column: str) -> list[str]:
    """Per row the words in the place of a figure that may not be shown; empty where it may, or where it is words."""
    if frame.schema[column] == pl.String:
        return ["" if words not in SAYS_NOTHING else words for words in frame[column]]
    words = {columns.BESCHERMD: FEW if _is_count(frame, column) else TOO_SMALL, columns.WEGGELATEN: NOT_SHOWN}
    words |= {said: each.kort for said, each in WORDS.items()}
    return [words.get(said, "") for said in frame.to_dict().get(columns.weergave_van(column), [""] * frame.height)]
