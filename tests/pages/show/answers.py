"""Answers in a few words: what a test does not say of a frame follows from the names of its columns."""

from __future__ import annotations

import polars as pl

from queries.definitions import columns
from tests.pages.show.published import exact, published

CURVE = "dag in_risico gebeurtenissen gecensureerd overleving"
_COUNTS = columns.TELLINGEN | {"dag", "norm_dagen", "cohort"}
_DAYS = {"stand", "maand", "kwartaal", "datum_van", "datum_tot"}


def rows(names: str, *values: tuple, **same: object) -> pl.DataFrame:
    """A frame with these columns, of which a figure has its own type whatever is in it. same: in all rows."""
    frame = pl.DataFrame(list(values), schema={name: _kind(name) for name in names.split()}, orient="row")
    return frame.with_columns(pl.lit(value).alias(name) for name, value in same.items())


def _kind(name: str) -> type[pl.DataType]:
    if name in _COUNTS:
        return pl.Int64
    return pl.Float64 if name in columns.FIGUREN else pl.Date if name in _DAYS else pl.String


def curve(*values: tuple, **group: str) -> pl.DataFrame:
    """A survival curve, see CURVE. group: its column and its value."""
    return exact(rows(CURVE, *values, **group))


def months(*shares: float | None, **group: str) -> pl.DataFrame:
    """A published curve: a share per whole month from month 0 on; None is too small to show."""
    values = [(round(month * 30.4375), None, None, None, share) for month, share in enumerate(shares)]
    return published(rows(CURVE, *values, **group), left_out=tuple(CURVE.split()[1:-1]))
