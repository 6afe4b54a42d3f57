"""An example delivery, in the shape in which municipal systems export: `python -m data.intake --voorbeeld DIR`.

It is the demo (synthetic, and its manifest says so) as CSV and XLSX with names and codes of their own, and the
levering.toml that maps them back. Taking it in gives exactly the tables of the demo.
"""

import shutil
import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import xlsxwriter

from data import contract
from data.delivery import mapping, source
from data.demo import municipality
from data.demo.write import in_place_of
from data.errors import RefusedError
from data.snapshots.manifest import Manifest


def schrijf(map_: Path) -> str:
    """Write the example into folder `map_`, which must be new or empty; returns what to do with it, in Dutch.

    Raises RefusedError when the folder is in use or the disk refuses.
    """
    if map_.exists() and (not map_.is_dir() or any(map_.iterdir())):
        raise RefusedError(f"{map_} bestaat al en is niet leeg; kies een andere map. Er is niets gewijzigd.")
    with tempfile.TemporaryDirectory(prefix="demo-") as tijdelijk, in_place_of(map_, "Het voorbeeld") as nieuw:
        demomap = municipality.maak(Path(tijdelijk) / "demo")
        shutil.copyfile(Path(__file__).with_suffix(".toml"), nieuw / mapping.BESTAND)
        koppelingen = mapping.read(nieuw)
        frames = {tabel: pl.read_parquet(demomap / f"{tabel}.parquet") for tabel in contract.TABELLEN}
        eigen = {tabel: _eigen_woorden(frame, koppelingen[tabel]) for tabel, frame in frames.items()}
        clienten = eigen["inburgeraar"].join(eigen["intake"], on="Cliëntkenmerk", how="left", maintain_order="left")
        loopt_nog = pl.col("Tot en met").fill_null(date(9999, 12, 31))
        _csv(nieuw / "clienten.csv", clienten, codering="cp1252")
        _csv(nieuw / "begeleiding.csv", eigen["begeleiding"].with_columns(loopt_nog), codering="utf-8-sig")
        _csv(nieuw / "uitkering.tsv", eigen["uitkering"], teken="\t")
        _csv(nieuw / "overdracht.csv", eigen["overdracht"], ja="J", nee="N")
        _csv(nieuw / "melding.csv", eigen["melding"])
        _xlsx(nieuw / "werkmap.xlsx", {"Plannen": eigen["pip"], "Ontzorgen": eigen["ontzorging"]})
        manifest = Manifest.read(demomap)
        extracten = {}
        for tabel, extract in manifest.tabellen.items():
            pad = nieuw / (koppelingen[tabel].bestand or f"{tabel}.csv")
            extracten[tabel] = extract.model_copy(update={"bestand": pad.name, "sha256": source.sha256(pad)})
        manifest.model_copy(update={"tabellen": extracten}).write(nieuw)
    return (
        f"Voorbeeldlevering (demogegevens, synthetisch) geschreven in {map_}.\n"
        f"Neem haar in met: python -m data.intake {map_} --peildatum {municipality.PEILDATUM}"
    )


def _eigen_woorden(frame: pl.DataFrame, koppeling: mapping.Koppeling) -> pl.DataFrame:
    """The contract's names and codes turned into the municipality's own."""
    for kolom, codes in koppeling.codes.items():
        if frame.schema[kolom] == pl.String:
            frame = frame.with_columns(pl.col(kolom).replace({code: eigen for eigen, code in codes.items()}))
    return frame.rename({kolom: koppeling.own_name(kolom) for kolom in frame.columns})


def _ja_nee(frame: pl.DataFrame, ja: str = "Ja", nee: str = "Nee") -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Boolean).replace_strict({True: ja, False: nee}, return_dtype=pl.String))


def _csv(pad: Path, frame: pl.DataFrame, teken: str = ";", codering: str = "utf-8", **woorden: str) -> None:
    tekst = _ja_nee(frame, **woorden).write_csv(separator=teken, line_terminator="\r\n", date_format="%d-%m-%Y")
    pad.write_text(tekst, encoding=codering, newline="")


def _xlsx(pad: Path, bladen: dict[str, pl.DataFrame]) -> None:
    """Sheets with a title above the header, real dates, and a total under the data."""
    with xlsxwriter.Workbook(pad, {"default_date_format": "dd-mm-yyyy"}) as boek:
        for naam, frame in bladen.items():
            blad = boek.add_worksheet(naam)
            blad.write_string(0, 0, f"Export {naam.lower()}: demogegevens (synthetisch)")
            totaal = ("Totaal", frame.height)
            for regel, rij in enumerate((tuple(frame.columns), *_ja_nee(frame).iter_rows(), totaal), start=2):
                blad.write_row(regel, 0, rij)
