"""A small valid delivery that tests bend: every row valid, every table filled."""

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import contract
from data.intake import steps

PEILDATUM = dt.date(2022, 12, 31)
# Of the delivery before, where a test has one.
EERDER = dt.date(2022, 11, 30)

# What is filled in the valid row: of every table that has the column, or of the table that is named.
_GEVULD: dict[str, Any] = {
    "inburgeraar_id": "persoon-001",
    "wet": "WI2021",
    "doelgroep": "Asielstatushouder",
    "verblijfsrecht": "asiel",
    "datum_kennisgeving": dt.date(2022, 2, 1),
    "datum_inschrijving_brp": dt.date(2022, 2, 2),
    "datum_huisvesting": dt.date(2022, 2, 3),
    "wijkcode": "WK039201",
    "datum_start": dt.date(2022, 2, 10),
    "intake.datum_start": dt.date(2022, 3, 1),
    "dagtekening_pip": dt.date(2022, 4, 1),
    "gemeentecode": "0392",
    "leerroute": "B",
    "uitstel_derden": False,
    "ontzorging.datum_start": dt.date(2022, 2, 20),
    "huur": True,
    "energie": False,
    "zorgpremie": True,
    "gesprekken_budgetcoach": 0,
    "overdracht.wijkteam": "Centrum",
    "status": "Gepland",
    "datum_gepland": dt.date(2023, 2, 1),
    "melding_id": "m-1",
    "datum_melding": dt.date(2022, 5, 1),
    "melding.wijkteam": "Oost",
    "hulpvraag": "Geldzaken",
    "soort": "Hulpvraag",
}
GELDIG: dict[str, dict[str, Any]] = {
    naam: {
        kolom: _GEVULD.get(f"{naam}.{kolom}", _GEVULD.get(kolom))
        for kolom in schema.column_names()
        if kolom not in contract.OPTIONEEL.get(naam, ())
    }
    for naam, schema in contract.TABELLEN.items()
}


def table(naam: str, *afwijkingen: dict[str, Any]) -> pl.DataFrame:
    """One row per afwijking: the valid row with those values in it; the contract's types."""
    soorten = {kolom: soort.dtype for kolom, soort in contract.TABELLEN[naam].columns().items()}
    rijen = [GELDIG[naam] | afwijking for afwijking in afwijkingen]
    kolommen = {kolom: None for rij in rijen for kolom in rij} or GELDIG[naam]
    return pl.DataFrame(rijen, schema={kolom: soorten.get(kolom) for kolom in kolommen}, orient="row")


def persons(aantal: int, **waarden: Any) -> pl.DataFrame:
    """persoon-001 and those that follow, each with the given values."""
    return table("inburgeraar", *({"inburgeraar_id": f"persoon-{nr:03d}"} | waarden for nr in range(1, aantal + 1)))


@pytest.fixture
def make_delivery(tmp_path: Path) -> Callable[..., Path]:
    """Write a delivery: the valid one, with the given frames in the place of its tables (None: no file)."""
    return lambda naam="levering", **tabellen: write_delivery(tmp_path / naam, **tabellen)


@pytest.fixture
def taken(make_delivery: Callable[..., Path], tmp_path: Path) -> Callable[..., steps.Uitslag]:
    """Take in the valid delivery with the given frames in the place of its tables, under the folder `s`."""

    def taken(naam: str = "levering", peildatum: dt.date = PEILDATUM, **tabellen: pl.DataFrame) -> steps.Uitslag:
        return take_in(make_delivery(naam, **tabellen), peildatum, tmp_path / "s")

    return taken


def write_delivery(map_: Path, **tabellen: pl.DataFrame | None) -> Path:
    map_.mkdir()
    for tabelnaam in contract.TABELLEN:
        frame = tabellen.pop(tabelnaam, table(tabelnaam, {}))
        if frame is not None:
            frame.write_parquet(map_ / f"{tabelnaam}.parquet")
    assert not tabellen
    return map_


def take_in(levering: Path, peildatum: dt.date, naar: Path, **keuzes: Any) -> steps.Uitslag:
    """Take in a delivery of a few rows, which as a whole is always unlikely (see data/intake/objections.py)."""
    return steps.take_in(levering, peildatum, naar, toch=True, **keuzes)


def contents_of(map_: Path) -> dict[str, str]:
    """Everything under a folder: links by target, files by content."""
    return {
        str(pad.relative_to(map_)): str(pad.readlink())
        if pad.is_symlink()
        else hashlib.sha256(pad.read_bytes()).hexdigest()
        if pad.is_file()
        else "map"
        for pad in sorted(map_.rglob("*"))
    }
