"""Answers as the public view gives them: beside every figure how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from queries.definitions.columns import AFGEROND, BESCHERMD, FIGUREN, weergave_van


def published(frame: pl.DataFrame, missing: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The frame with rounded figures; one that is not there is too small to show, or what ``missing`` says of it."""
    beside = {
        column: pl.when(pl.col(column).is_null())
        .then(pl.lit((missing or {}).get(column, BESCHERMD)))
        .otherwise(pl.lit(AFGEROND))
        .alias(weergave_van(column))
        for column in frame.columns
        if column in FIGUREN
    }
    return frame.select(
        part for column in frame.columns for part in (pl.col(column), beside.get(column)) if part is not None
    )


def published_row(row: Mapping[str, Any], missing: Mapping[str, str] | None = None) -> dict[str, Any]:
    """As published(), for one row."""
    beside = {
        weergave_van(column): AFGEROND if row[column] is not None else (missing or {}).get(column, BESCHERMD)
        for column in row
        if column in FIGUREN
    }
    return {**row, **beside}
