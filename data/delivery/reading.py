"""Reading one file of a delivery: parquet, CSV or a sheet of an XLSX workbook becomes a `Bron`, see source.py."""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from data.delivery import csv_file, xlsx_file
from data.delivery.guard import names
from data.delivery.source import Bron, Opmaak, mark_of, readable, refuse_too_many

ACHTERVOEGSELS = {".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx"}


def open_source(pad: Path, opmaak: Opmaak, verwacht: Iterable[str]) -> Bron:
    """Open a file as a table. `verwacht` are column names that help to find the header and the delimiter.

    Raises RefusedError, in Dutch, when the file cannot be read.
    """
    soort = ACHTERVOEGSELS.get(pad.suffix.lower(), "csv")
    if soort == "parquet":
        return _open_parquet(pad)
    namen = frozenset(naam.strip().casefold() for naam in verwacht)
    if soort == "csv":
        return csv_file.open_csv(pad, opmaak, namen)
    with xlsx_file.Werkmap(pad) as werkmap:
        return werkmap.read(werkmap.sheet(opmaak.blad), opmaak, namen)


def _open_parquet(pad: Path) -> Bron:
    naam = names.file_name(pad.name)
    with readable(pad, "parquetbestand", ValueError):
        bestand = pl.scan_parquet(pad, glob=False, hive_partitioning=False)
        soorten = dict(bestand.collect_schema())
        # Counted from what the file says of itself; nothing is read yet.
        aantal = bestand.select(pl.len()).collect().item()
        refuse_too_many(aantal, naam)
        regels = pl.int_range(1, aantal + 1, dtype=pl.UInt32, eager=True)
        gebrek = pl.repeat(False, aantal, eager=True)
        return Bron(pad, naam, mark_of(pad), soorten=soorten, regels=regels, gebrek=gebrek)
