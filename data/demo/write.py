"""The files of a demo delivery: eight tables, a block of rows at a time, and the manifest."""

import contextlib
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from data import contract
from data.delivery.source import TIJDZONE, sha256
from data.demo.life import Rows
from data.errors import RefusedError, cause
from data.snapshots.manifest import DEMO, FORMAAT, Extract, Manifest

TITEL = "Demogegevens (synthetisch)"
# The plain parquet type of a contract column; days since 1970-01-01 are what parquet means by a date.
_TYPES = {pl.Date: pa.date32(), pl.Boolean: pa.bool_(), pl.Int64: pa.int32(), pl.String: pa.string()}


class Writer:
    """Appends rows to the eight parquet files of one folder, a row group per block."""

    def __init__(self, folder: Path, met_statushouder: bool, metadata: dict[str, object]):
        self.rows: Rows = {tabel: [] for tabel in contract.TABELLEN}
        self._files: dict[str, pq.ParquetWriter] = {}
        for tabel, schema in contract.TABELLEN.items():
            left_out = () if met_statushouder else contract.OPTIONEEL.get(tabel, ())
            asked = {column: told for column, told in schema.columns().items() if column not in left_out}
            columns = [pa.field(name, _TYPES[type(told.dtype)], nullable=told.nullable) for name, told in asked.items()]
            arrow = pa.schema(columns, metadata={name: str(value) for name, value in metadata.items()})
            self._files[tabel] = pq.ParquetWriter(folder / f"{tabel}.parquet", arrow, compression="zstd")

    def flush(self) -> None:
        """Write the rows that were gathered as a row group, and forget them."""
        for tabel, rows in self.rows.items():
            if rows:
                schema = self._files[tabel].schema
                columns = list(map(pa.array, zip(*rows, strict=True), schema.types))
                self._files[tabel].write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=len(rows))
                rows.clear()

    def close(self) -> None:
        """Finish the files, all of them, also when one of them cannot be written. Raises OSError when one cannot."""
        with contextlib.ExitStack() as closing:
            for file in self._files.values():
                # Else it is tried once more when it is thrown away, with a traceback on the screen.
                closing.callback(setattr, file, "is_open", False)
                closing.callback(file.close)


@contextlib.contextmanager
def in_place_of(naar: Path, what: str) -> Iterator[Path]:
    """A new folder beside `naar` that takes its place once it is filled; what stood there goes only after that.

    Raises RefusedError, which begins with `what`, when the disk refuses; then nothing has changed.
    """
    new, old = (naar.with_name(f".{naar.name}-{secrets.token_hex(4)}{end}") for end in ("", "-oud"))
    try:
        new.mkdir(parents=True)
        yield new
        if naar.exists():
            naar.rename(old)
        new.rename(naar)
    except contract.ReferentieError as error:
        raise RefusedError(f"De referentietabellen kloppen niet. {error}") from error
    except OSError as error:
        raise RefusedError(f"{what} kon niet worden geschreven naar {naar}{cause(error)}.") from error
    finally:
        if old.exists() and not naar.exists():
            old.rename(naar)
        for folder in (new, old):
            shutil.rmtree(folder, ignore_errors=True)


def write_manifest(folder: Path, peildatum: date, parameters: dict) -> None:
    """Write manifest.json for the tables in a folder; the same seed gives the same one, but for the two times."""
    now = datetime.now(ZoneInfo(TIJDZONE)).replace(microsecond=0)
    tabellen = {}
    for tabel in contract.TABELLEN:
        path = folder / f"{tabel}.parquet"
        rows = pq.read_metadata(path).num_rows
        tabellen[tabel] = Extract(bestand=path.name, sha256=sha256(path), levertijd=now, gelezen=rows, rijen=rows)
    fingerprint = json.dumps([peildatum.isoformat(), parameters, [extract.sha256 for extract in tabellen.values()]])
    told = {"formaat": FORMAAT, "peildatum": peildatum, "herkomst": DEMO, "titel": TITEL, "parameters": parameters}
    levering_id = hashlib.blake2b(fingerprint.encode(), digest_size=16).hexdigest()
    Manifest(**told, aangemaakt=now, levering_id=levering_id, tabellen=tabellen).write(folder)
