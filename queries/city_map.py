"""The map of the city: where the wijken lie, and in which area. Reference data only; no person is in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from data import contract
from data.reference import borders
from queries.errors import QueryError
from queries.selection import ONBEKEND


@dataclass(frozen=True)
class Borders:
    """The real borders: GeoJSON features with the property wijkcode, on a flat plane, y to the north.

    complaint: a Dutch sentence on why the file that is there cannot be used; then there are no features.
    """

    features: tuple[dict[str, Any], ...] = ()
    complaint: str = ""


def city_map(day: date) -> pl.DataFrame:
    """One row per wijk: wijkcode, wijk, stadsdeel, wijkteam, kolom, rij, opschrift, in the order of the city.

    wijkteam: the one that serves the wijk on ``day``, Onbekend without one. kolom and rij: the place of its tile on the
    schematic map, from the west and from the north; null where there is none. Raises QueryError when a reference table
    is broken.
    """
    try:
        wijk, tiles, teams = contract.referentie("wijk"), contract.kaart(), contract.referentie("wijkteam")
    except contract.ReferentieError as error:
        raise QueryError(str(error)) from error
    valid = teams.filter(
        pl.col("geldig_van").fill_null(date.min) <= day, pl.col("geldig_tot").fill_null(date.max) > day
    )
    if tiles is None:
        tiles = wijk.select("wijkcode", kolom=pl.lit(None), rij=pl.lit(None), opschrift="wijk")
    return (
        wijk.join(valid, on="wijkcode", how="left", maintain_order="left")
        .join(tiles, on="wijkcode", how="left", maintain_order="left")
        .with_columns(pl.col("wijkteam").fill_null(ONBEKEND))
        .select("wijkcode", "wijk", "stadsdeel", "wijkteam", "kolom", "rij", "opschrift")
    )


def city_borders() -> Borders | None:
    """The real borders of the wijken, None when the municipality has not put them among the reference tables."""
    try:
        features = borders.borders()
    except borders.BordersError as error:
        return Borders(complaint=str(error))
    except contract.ReferentieError as error:
        raise QueryError(str(error)) from error
    return None if features is None else Borders(tuple(features))
