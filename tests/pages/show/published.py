"""Answers as the public view gets them: rounded figures, and empty ones that are too small to show."""

from __future__ import annotations

import polars as pl

from queries.definitions import columns


def published(
    frame: pl.DataFrame, *, not_reached: tuple[str, ...] = (), left_out: tuple[str, ...] = ()
) -> pl.DataFrame:
    """The frame with, beside every figure, how it is shown: rounded, and an empty one protected.

    not_reached: columns in which an empty figure says that a duration is not reached yet. left_out: columns that were
    not published.
    """

    def how(name: str) -> pl.Expr:
        if name in left_out:
            return pl.lit(columns.WEGGELATEN)
        empty = columns.AFGEROND if name in not_reached else columns.BESCHERMD
        return pl.when(pl.col(name).is_null()).then(pl.lit(empty)).otherwise(pl.lit(columns.AFGEROND))

    return frame.with_columns(
        how(name).alias(columns.weergave_van(name)) for name in frame.columns if name in columns.FIGUREN
    )


def published_row(row: dict, *, not_reached: tuple[str, ...] = (), left_out: tuple[str, ...] = ()) -> dict:
    """The same of one row."""
    schema = {name: pl.Float64 for name, value in row.items() if value is None}
    frame = pl.DataFrame([row], schema_overrides=schema)
    return published(frame, not_reached=not_reached, left_out=left_out).row(0, named=True)
