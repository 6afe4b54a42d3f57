"""Small towns for tests: given rows, loaded through the same door as a real snapshot."""

import json
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import polars as pl
import pytest

from data import contract
from queries import Database
from tests.queries.given import Registered, Row, complete, tables

PEILDATUM = date(2022, 12, 31)


def write_snapshot(folder: Path, rows: dict[str, list[Row]], peildatum: date = PEILDATUM) -> Path:
    """Write rows as a snapshot's folder; what a row leaves out is the default, ISO text stands for a date."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in complete(rows).items():
        kinds = contract.TABELLEN[name].create_empty().schema
        left_out = set(contract.OPTIONEEL.get(name, ())) - {column for row in given for column in row}
        schema = {column: kind for column, kind in kinds.items() if column not in left_out}
        pl.DataFrame(given, schema=schema).write_parquet(folder / f"{name}.parquet")
    manifest = {"formaat": 1, "peildatum": peildatum.isoformat(), "herkomst": "levering", "levering_id": "test"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture
def town(tmp_path: Path) -> Callable[..., Database]:
    """Make a database of people, requests, or rows per table: ``town(someone(...), melding=[...])``."""
    numbers = count()

    def make(*people: tuple[Registered, ...], peildatum: date = PEILDATUM, **rows: list[Row]) -> Database:
        return Database(write_snapshot(tmp_path / f"stad_{next(numbers)}", tables(*people) | rows, peildatum))

    return make


def person(number: int) -> str:
    return f"persoon-{number:04d}"
