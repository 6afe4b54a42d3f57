"""Rows of the questions that Overzicht asks, exact or as they are published."""

from __future__ import annotations

import polars as pl

from pages.overzicht import city
from tests.pages.show.published import exact, published

_COUNTS = {"teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
_CHANGE = {"verschil": pl.Float64, "ci_laag": pl.Float64, "ci_hoog": pl.Float64, "oordeel": pl.String}


def _beside(name: str) -> dict[str, pl.DataType]:
    return {f"{name}_{column}": kind for column, kind in _COUNTS.items()}


AREA = {"niveau": pl.String, "gebied": pl.String, "indicator": pl.String, **_COUNTS}
COMPARED = {**AREA, **_beside("rest"), **_CHANGE}
CHANGE = {"indicator": pl.String, "kwartaal": pl.Date, **_COUNTS, **_beside("eerder"), **_CHANGE}


def rows(schema, *values, public=False, **how) -> pl.DataFrame:
    """Rows of a question in the order of its columns. how: see published()."""
    frame = pl.DataFrame([dict(zip(schema, row, strict=True)) for row in values], schema=schema)
    return published(frame, **how) if public else exact(frame)


def figures(indicator, *given, not_chosen=(), **how) -> pl.DataFrame:
    """One KPI per stadsdeel as it stands on the map; given: per area its name and counts."""
    frame = rows(AREA, *(("stadsdeel", area, indicator.naam, *counts) for area, *counts in given), **how)
    return city.figures(frame, "stadsdeel", indicator, not_chosen)
