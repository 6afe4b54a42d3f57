"""An example delivery, in the shape in which municipal systems export: `python -m data.intake --voorbeeld DIR`.

It is the demo (synthetic, and its manifest says so) as CSV and XLSX with names and codes of their own, and the
levering.toml that maps them back. Taking it in gives exactly the tables of the demo.
"""

import csv
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from data import contract
from data.delivery import mapping, source
from data.demo import municipality
from data.errors import RefusedError, cause
from data.snapshots.manifest import Manifest

# The levering.toml of the example: how its names and codes fit the contract.
LEVERING_TOML = Path(__file__).with_suffix(".toml")


def schrijf(map_: Path, personen: int | None = None) -> str:
    """Write the example into folder `map_`, which must be new or empty; returns what to do with it, in Dutch.

    personen: see data.demo.maak. Raises RefusedError when the folder is in use or the disk refuses.
    """
    map_ = Path(map_)
    tijdelijk = map_.with_name(f".{map_.name}-{secrets.token_hex(4)}")
    try:
        if map_.exists() and (not map_.is_dir() or any(map_.iterdir())):
            raise RefusedError(f"{map_} bestaat al en is niet leeg; kies een andere map. Er is niets gewijzigd.")
        tijdelijk.mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="demo-") as demomap:
            _vul(tijdelijk, municipality.maak(Path(demomap) / "demo", personen=personen))
        if map_.exists():
            map_.rmdir()
        tijdelijk.rename(map_)
    except municipality.DemoError as fout:
        raise RefusedError(str(fout)) from fout
    except OSError as fout:
        raise RefusedError(f"Het voorbeeld kon niet worden geschreven{cause(fout)}.") from fout
    finally:
        shutil.rmtree(tijdelijk, ignore_errors=True)
    return (
        f"Voorbeeldlevering (demogegevens, synthetisch) geschreven in {map_}.\n"
        f"Neem haar in met: python -m data.intake {map_} --peildatum {municipality.PEILDATUM}"
    )


def _vul(map_: Path, demomap: Path) -> None:
    tabellen = {tabel: pl.read_parquet(demomap / f"{tabel}.parquet") for tabel in contract.TABELLEN}
    shutil.copyfile(LEVERING_TOML, map_ / mapping.BESTAND)
    koppelingen = mapping.read(map_)
    eigen = {tabel: _eigen_woorden(frame, koppelingen[tabel]) for tabel, frame in tabellen.items()}
    clienten = eigen["inburgeraar"].join(eigen["intake"], on="Cliëntkenmerk", how="left", maintain_order="left")
    _csv(map_ / "clienten.csv", clienten, codering="cp1252")
    _csv(map_ / "begeleiding.csv", eigen["begeleiding"].with_columns(_loopt_nog("Tot en met")), codering="utf-8-sig")
    _csv(map_ / "uitkering.tsv", eigen["uitkering"], teken="\t")
    _csv(map_ / "overdracht.csv", eigen["overdracht"], ja_nee=("J", "N"))
    _csv(map_ / "melding.csv", eigen["melding"])
    _xlsx(map_ / "werkmap.xlsx", {"Plannen": eigen["pip"], "Ontzorgen": eigen["ontzorging"]})
    manifest = Manifest.read(demomap)
    extracten = {}
    for tabel, extract in manifest.tabellen.items():
        pad = map_ / (koppelingen[tabel].bestand or f"{tabel}.csv")
        geschreven = {"bestand": pad.name, "sha256": source.sha256(pad)}
        extracten[tabel] = extract.model_copy(update=geschreven)
    manifest.model_copy(update={"tabellen": extracten}).write(map_)


def _eigen_woorden(frame: pl.DataFrame, koppeling: mapping.Koppeling) -> pl.DataFrame:
    """The contract's names and codes turned into the municipality's own."""
    for kolom, codes in koppeling.codes.items():
        if frame.schema[kolom] == pl.String:
            frame = frame.with_columns(pl.col(kolom).replace({code: eigen for eigen, code in codes.items()}))
    return frame.rename({kolom: koppeling.own_name(kolom) for kolom in frame.columns})


def _loopt_nog(kolom: str) -> pl.Expr:
    return pl.col(kolom).fill_null(date(9999, 12, 31))


def _csv(
    pad: Path,
    frame: pl.DataFrame,
    teken: str = ";",
    codering: str = "utf-8",
    ja_nee: Sequence[str] = ("Ja", "Nee"),
) -> None:
    with pad.open("w", newline="", encoding=codering) as bestand:
        schrijver = csv.writer(bestand, delimiter=teken)
        schrijver.writerow(frame.columns)
        schrijver.writerows([_tekst(waarde, ja_nee) for waarde in rij] for rij in frame.iter_rows())


def _tekst(waarde: Any, ja_nee: Sequence[str]) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return ja_nee[0] if waarde else ja_nee[1]
    return waarde.strftime("%d-%m-%Y") if isinstance(waarde, date) else str(waarde)


def _xlsx(pad: Path, bladen: dict[str, pl.DataFrame]) -> None:
    """Sheets with a title above the header, real dates, and a total under the data."""
    with xlsxwriter.Workbook(pad) as boek:
        datum = boek.add_format({"num_format": "dd-mm-yyyy"})
        for naam, frame in bladen.items():
            blad = boek.add_worksheet(naam)
            blad.write_string(0, 0, f"Export {naam.lower()}: demogegevens (synthetisch)")
            blad.write_row(2, 0, frame.columns)
            _cellen(frame.iter_rows(), blad, datum)
            blad.write_string(3 + frame.height, 0, "Totaal")
            blad.write_number(3 + frame.height, 1, frame.height)


def _cellen(rijen: Iterable[tuple], blad: Any, datum: Any) -> None:
    schrijf_: dict[type, Callable[..., Any]] = {str: blad.write_string, int: blad.write_number}
    for regel, rij in enumerate(rijen, start=3):
        for plaats, waarde in enumerate(rij):
            if isinstance(waarde, bool):
                blad.write_string(regel, plaats, "Ja" if waarde else "Nee")
            elif isinstance(waarde, date):
                blad.write_datetime(regel, plaats, waarde, datum)
            elif waarde is not None:
                schrijf_[type(waarde)](regel, plaats, waarde)
