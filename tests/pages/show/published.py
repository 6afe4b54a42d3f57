"""Answers as queries.shown hands them out: exact or as the public view gets them, with texts beside the figures."""

from __future__ import annotations

import polars as pl

from queries import written
from queries.definitions import columns


def exact(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with, beside every figure, that it is exact and how it is written."""
    return _with(frame, {name: pl.lit(columns.EXACT) for name in frame.columns if name in columns.FIGUREN})


def published(
    frame: pl.DataFrame, *, not_reached: tuple[str, ...] = (), left_out: tuple[str, ...] = (), waarde: str = ""
) -> pl.DataFrame:
    """The frame with, beside every figure, how it is shown and written: rounded, and an empty one protected.

    not_reached: columns in which an empty figure says that a duration is not reached yet. left_out: columns that were
    not published. waarde: the words in the place of an empty share.
    """

    def how(name: str) -> pl.Expr:
        if name in left_out:
            return pl.lit(columns.WEGGELATEN)
        empty = columns.AFGEROND if name in not_reached else columns.BESCHERMD
        empty = (waarde if name == "waarde" else "") or empty
        return pl.when(pl.col(name).is_null()).then(pl.lit(empty)).otherwise(pl.lit(columns.AFGEROND))

    return _with(frame, {name: how(name) for name in frame.columns if name in columns.FIGUREN})


def exact_row(row: dict) -> dict:
    """The same of one row."""
    return exact(_frame(row)).row(0, named=True)


def published_row(row: dict, **how: tuple[str, ...] | str) -> dict:
    """The same of one row."""
    return published(_frame(row), **how).row(0, named=True)


def _frame(row: dict) -> pl.DataFrame:
    return pl.DataFrame([row], schema_overrides={name: pl.Float64 for name, value in row.items() if value is None})


def _with(frame: pl.DataFrame, hows: dict[str, pl.Expr]) -> pl.DataFrame:
    return written.with_texts(frame.with_columns(how.alias(columns.weergave_van(name)) for name, how in hows.items()))
