"""The files of a demo delivery: eight tables, a block of rows at a time, and the manifest."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from data import contract
from data.demo.extract import Rows
from data.intake import steps

TITEL = "Demogegevens (synthetisch)"


def _arrow_type(dtype: pl.DataType) -> pa.DataType:
    """Return the plain parquet type of a contract column."""
    if dtype == pl.Date:
        return pa.date32()
    if dtype == pl.Boolean:
        return pa.bool_()
    if dtype.is_integer():
        return pa.int32()
    return pa.string()


def _arrow_array(values: tuple, type_: pa.DataType) -> pa.Array:
    """Return a column; days since 1970-01-01 are what parquet means by a date."""
    return pa.array(values, pa.int32()).cast(type_) if type_ == pa.date32() else pa.array(values, type_)


class Writer:
    """Appends rows to the eight parquet files of one folder, a row group per block."""

    def __init__(self, folder: Path, met_statushouder: bool, metadata: dict[str, str]):
        self.rows: Rows = {}
        self.count: dict[str, int] = {}
        self._schema: dict[str, pa.Schema] = {}
        self._files: dict[str, pq.ParquetWriter] = {}
        for tabel, schema in contract.TABELLEN.items():
            left_out = () if met_statushouder else contract.OPTIONEEL.get(tabel, ())
            columns = [
                pa.field(column, _arrow_type(definition.dtype), nullable=definition.nullable)
                for column, definition in schema.columns().items()
                if column not in left_out
            ]
            self._schema[tabel] = pa.schema(columns, metadata=metadata)
            self._files[tabel] = pq.ParquetWriter(folder / f"{tabel}.parquet", self._schema[tabel], compression="zstd")
            self.rows[tabel], self.count[tabel] = [], 0

    def flush(self) -> None:
        """Write the rows that were gathered as a row group, and forget them."""
        for tabel, rows in self.rows.items():
            if not rows:
                continue
            schema = self._schema[tabel]
            columns = [
                _arrow_array(values, type_) for values, type_ in zip(zip(*rows, strict=True), schema.types, strict=True)
            ]
            self._files[tabel].write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=len(rows))
            self.count[tabel] += len(rows)
            rows.clear()

    def close(self) -> None:
        """Finish the files, all of them, also when one of them cannot be written. Raises OSError for the first such."""
        failures = []
        for file in self._files.values():
            try:
                file.close()
            except OSError as error:
                # Else it is tried once more when it is thrown away, with a traceback on the screen.
                file.is_open = False
                failures.append(error)
        if failures:
            raise failures[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, writer: Writer, peildatum: date, parameters: dict) -> None:
    """Write manifest.json; the same seed gives the same manifest, but for the two times."""
    now = datetime.now(ZoneInfo(steps.TIJDZONE)).isoformat(timespec="seconds")
    tabellen = {}
    for tabel in contract.TABELLEN:
        path = folder / f"{tabel}.parquet"
        tabellen[tabel] = {
            "bestand": path.name,
            "sha256": _sha256(path),
            "levertijd": now,
            "gelezen": writer.count[tabel],
            "rijen": writer.count[tabel],
            "afgekeurd": {},
            "extra_kolommen": [],
            "waarschuwingen": [],
        }
    fingerprint = json.dumps([peildatum.isoformat(), parameters, [tabel["sha256"] for tabel in tabellen.values()]])
    manifest = {
        "formaat": steps.FORMAAT,
        "peildatum": peildatum.isoformat(),
        "herkomst": "demo",
        "titel": TITEL,
        "aangemaakt": now,
        "levering_id": hashlib.blake2b(fingerprint.encode(), digest_size=16).hexdigest(),
        "parameters": parameters,
        "tabellen": tabellen,
        "verdwenen": None,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
