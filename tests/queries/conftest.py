"""Small towns for tests: given rows, loaded through the same door as a real snapshot."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import contract
from queries import Database

PEILDATUM = date(2022, 12, 31)

DEFAULTS: dict[str, dict[str, Any]] = {
    "inburgeraar": {
        "wet": "WI2021",
        "doelgroep": "Asielstatushouder",
        "verblijfsrecht": "asiel",
        "datum_kennisgeving": None,
        "datum_inschrijving_brp": None,
        "datum_huisvesting": None,
        "wijkcode": "WK039201",
        "datum_uitstroom": None,
        "reden_uitstroom": None,
    },
    "intake": {"datum_start": None, "uitslag_leerbaarheidstoets": None},
    "pip": {"gemeentecode": "0392", "leerroute": "B", "niveau": None, "uitstel_derden": False},
    "begeleiding": {"datum_einde": None, "reden_einde": None},
    "uitkering": {"datum_einde": None},
    "ontzorging": {
        "datum_start": None,
        "datum_einde": None,
        "reden_niet_gestart": None,
        "reden_einde": None,
        "huur": True,
        "energie": True,
        "zorgpremie": True,
        "gesprekken_budgetcoach": 0,
    },
    "overdracht": {
        "wijkteam": "Centrum",
        "status": "Gepland",
        "datum_gepland": None,
        "datum_overdracht": None,
        "vorm": None,
        "begeleidingsbehoefte": None,
        "datum_wijkteambezoek": None,
    },
    "melding": {
        "wijkteam": "Centrum",
        "hulpvraag": "Wonen",
        "soort": "Hulpvraag",
        "verwijzer": None,
    },
}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def write_snapshot(folder: Path, tables: dict[str, list[dict[str, Any]]], peildatum: date = PEILDATUM) -> Path:
    """Write rows as a snapshot's folder; what a row leaves out is the default, ISO text stands for a date."""
    for name, schema in contract.TABELLEN.items():
        columns = schema.create_empty().schema
        rows = [DEFAULTS[name] | row for row in tables.get(name, [])]
        if name == "melding":
            optional = [column for column in contract.OPTIONEEL["melding"] if any(column in row for row in rows)]
            columns = {
                column: kind
                for column, kind in columns.items()
                if column not in contract.OPTIONEEL["melding"] or column in optional
            }
            rows = [dict.fromkeys(optional) | row for row in rows]
        rows = [
            {
                column: day(value) if columns[column] == pl.Date and isinstance(value, str) else value
                for column, value in row.items()
            }
            for row in rows
        ]
        pl.DataFrame(rows, schema=columns).write_parquet(folder / f"{name}.parquet")
    manifest = {
        "formaat": 1,
        "peildatum": peildatum.isoformat(),
        "herkomst": "levering",
        "levering_id": "test",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Database]:
    """Make a database from rows: ``town(inburgeraar=[...], pip=[...], peildatum=date(...))``."""
    count = 0

    def make(peildatum: date = PEILDATUM, **tables: list[dict[str, Any]]) -> Database:
        nonlocal count
        count += 1
        folder = tmp_path / f"stad_{count}"
        folder.mkdir()
        return Database(write_snapshot(folder, tables, peildatum))

    return make


def newcomer(number: int = 1, **columns: Any) -> dict[str, Any]:
    """A row of inburgeraar; ``newcomer(1, datum_huisvesting="2022-01-10")``."""
    return {"inburgeraar_id": person(number), **columns}


def person(number: int) -> str:
    return f"persoon-{number:04d}"
