"""Reading XLSX workbooks, sheet by sheet; only what the file itself says counts as a type.

openpyxl's read-only mode streams, so that one stray cell in the last corner of a sheet does not ask for a grid of
billions of cells, and it knows number formats. With defusedxml installed it refuses entities in XML.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.delivery import rows
from data.delivery.guard import bsn, names
from data.delivery.refusals import refusal
from data.delivery.source import Bron, Opmaak, mark_of, readable

# What a workbook holds that openpyxl does not read is no news here.
warnings.filterwarnings("ignore", module="openpyxl")

# Limits far above what a municipality delivers; a file beyond them is damaged or meant to do harm.
MAX_RIJEN_BLAD, MAX_KOLOMMEN_BLAD = 1_048_576, 16_384
MAX_UITGEPAKT, MAX_TEKSTEN, MAX_LEDEN = 2**30, 2**28, 10_000
MAX_KRIMP, KRIMP_VANAF = 200, 2**26


class Werkmap(ExitStack):
    """A workbook, opened for reading its sheets one by one. Use in a `with`."""

    def __init__(self, pad: Path) -> None:
        """Raises RefusedError when it is no workbook, has a password, or unpacks to too much."""
        super().__init__()
        self.pad, self.naam = pad, names.file_name(pad.name)
        self._readable = partial(readable, pad, "XLSX-bestand", Exception)
        with self._readable():
            self.kenmerk = mark_of(pad)
            with pad.open("rb") as inhoud:
                if inhoud.read(4) == b"\xd0\xcf\x11\xe0":
                    raise refusal("old_workbook", naam=self.naam)
            with zipfile.ZipFile(pad) as archief:
                refuse_zip_bomb(archief, self.naam)
                if any(b"<!DOCTYPE" in archief.open(lid).read(4096) for lid in archief.namelist()):
                    # A workbook has no use for one; it is where entities that unfold themselves are declared.
                    raise ValueError("a document type in a workbook")
                bladen = [lid for lid in archief.namelist() if lid.startswith("xl/worksheets/")]
                heeft_formules = any(re.search(rb"<f[ >]", archief.read(lid)) for lid in bladen)
            self._boek = self._opened(data_only=True)
            self._formules = self._opened(data_only=False) if heeft_formules else None
            self.bladen = [blad.title for blad in self._boek.worksheets]

    def _opened(self, data_only: bool) -> Any:
        boek = openpyxl.load_workbook(self.pad, read_only=True, data_only=data_only, keep_links=False)
        return self.enter_context(closing(boek))

    def sheet(self, gevraagd: str | None) -> str:
        """The sheet of that name, or the first. Raises RefusedError when there is none."""
        if not self.bladen:
            raise refusal("no_sheets", naam=self.naam)
        for blad in self.bladen:
            if gevraagd is None or blad.strip().casefold() == gevraagd.strip().casefold():
                return blad
        wel = ", ".join(filter(names.may_be_shown, self.bladen))
        raise refusal("no_such_sheet", naam=self.naam, gevraagd=gevraagd, wel=wel)

    def read(self, blad: str, opmaak: Opmaak, verwacht: frozenset[str] = frozenset()) -> Bron:
        """One sheet as a table. Raises RefusedError when it is damaged."""
        toonbaar = blad if names.may_be_shown(blad) else f"nummer {self.bladen.index(blad) + 1}"
        bron = Bron(self.pad, f"{self.naam} (blad {toonbaar})", self.kenmerk, blad)
        bron.dagen_1904 = self._boek.epoch == CALENDAR_MAC_1904
        with self._readable():
            return rows.fill(bron, self._lines(blad, bron), opmaak.kopregel, verwacht)

    def _lines(self, blad: str, bron: Bron) -> Iterator[rows.Line]:
        formules = _rows(self._formules, blad) if self._formules else iter(())
        for regel, rij in enumerate(_rows(self._boek, blad), start=1):
            if regel > MAX_RIJEN_BLAD or len(rij) > MAX_KOLOMMEN_BLAD:
                raise refusal("sheet_too_large", naam=bron.naam)
            for cel, formule in zip(rij, next(formules, ()), strict=False):
                if formule.data_type != "f":
                    continue
                tekst = str(getattr(formule.value, "text", formule.value))
                if not bsn.without_long_number(tekst):
                    bron.losse_tekst.append((regel, tekst))
                if cel.value is None:
                    raise refusal("formula_without_result", naam=bron.naam, regel=regel)
            yield regel, [_cell_text(cel) for cel in rij]


def _rows(boek: Any, blad: str) -> Iterator[tuple]:
    werkblad = boek[blad]
    # Many systems write wrong dimensions, and believing them loses rows.
    werkblad.reset_dimensions()
    return werkblad.iter_rows()


def refuse_zip_bomb(archief: zipfile.ZipFile, naam: str) -> None:
    """Raise RefusedError when a zip unpacks to more than an export can hold."""
    leden = archief.infolist()
    groot, klein = sum(lid.file_size for lid in leden), sum(lid.compress_size for lid in leden)
    teksten = sum(lid.file_size for lid in leden if lid.filename.endswith("sharedStrings.xml"))
    te_groot = len(leden) > MAX_LEDEN or groot > MAX_UITGEPAKT or teksten > MAX_TEKSTEN
    if te_groot or (groot > KRIMP_VANAF and groot > MAX_KRIMP * klein):
        raise refusal("zip_bomb", naam=naam)


def _cell_text(cel: Any) -> str:
    """A cell as text, without loss: dates in ISO, numbers as short as they can be, true and false."""
    waarde = cel.value
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return str(waarde).lower()
    if isinstance(waarde, (int, float)):
        # Beyond 15 digits Excel has rounded the number; its own notation shows that.
        if abs(waarde) >= 1e15 or waarde != waarde:
            return f"{waarde:E}"
        tekst = str(int(waarde)) if waarde == int(waarde) else repr(waarde)
        nullen = cel.number_format or ""
        return tekst.zfill(len(nullen)) if len(nullen) > 1 and not nullen.strip("0") and waarde >= 0 else tekst
    if isinstance(waarde, datetime):
        return waarde.date().isoformat() if waarde.time() == time() else waarde.isoformat()
    return waarde.isoformat() if isinstance(waarde, (date, time)) else str(waarde)
