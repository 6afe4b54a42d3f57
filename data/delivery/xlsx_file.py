"""Reading XLSX workbooks, sheet by sheet.

Only what the file itself says counts as a type: a real date becomes its ISO text, and a number formatted `0000` keeps
its leading zeros. openpyxl's read-only mode streams, so that one stray cell in the last corner of a sheet does not ask
for a grid of billions of cells, and it knows number formats. With defusedxml installed it refuses entities in XML.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.delivery import rows
from data.delivery.guard import names
from data.delivery.source import Bron, Opmaak, mark_of, unreadable
from data.errors import RefusedError

# Limits far above what a municipality delivers; a file beyond them is damaged or meant to do harm.
MAX_RIJEN_BLAD, MAX_KOLOMMEN_BLAD = 1_048_576, 16_384
MAX_UITGEPAKT = 2**30
MAX_TEKSTEN = 2**28
MAX_KRIMP = 200
KRIMP_VANAF = 2**26

_LANG_GETAL = re.compile(r"[0-9]{8}")
_SOORT = "XLSX-bestand"


class Werkmap:
    """A workbook, opened for reading its sheets one by one. Use in a `with`."""

    def __init__(self, pad: Path) -> None:
        """Raises RefusedError when it is no workbook, has a password, or unpacks to too much."""
        self.pad = pad
        self.naam = names.file_name(pad.name)
        try:
            self.kenmerk = mark_of(pad)
            with pad.open("rb") as inhoud:
                begin = inhoud.read(4)
        except OSError as fout:
            raise unreadable(pad, _SOORT) from fout
        if begin == b"\xd0\xcf\x11\xe0":
            raise RefusedError(
                f"{self.naam} heeft een wachtwoord of is een oud Excelbestand. Sla het op als .xlsx zonder wachtwoord."
            )
        self._boek = self._formules = None
        try:
            with zipfile.ZipFile(pad) as archief:
                refuse_zip_bomb(archief, self.naam)
                if any(b"<!DOCTYPE" in archief.open(lid).read(4096) for lid in archief.namelist()):
                    # A workbook has no use for one; it is where entities that unfold themselves are declared.
                    raise unreadable(pad, _SOORT)
                bladen = [lid for lid in archief.namelist() if lid.startswith("xl/worksheets/")]
                heeft_formules = any(_holds(archief, lid, (b"<f>", b"<f ")) for lid in bladen)
            self._boek = self._load(data_only=True)
            if heeft_formules:
                self._formules = self._load(data_only=False)
        except RefusedError:
            self.__exit__()
            raise
        except Exception as fout:
            self.__exit__()
            raise unreadable(pad, _SOORT) from fout

    def _load(self, data_only: bool) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(self.pad, read_only=True, data_only=data_only, keep_links=False)

    def __enter__(self) -> "Werkmap":
        return self

    def __exit__(self, *_: object) -> None:
        for boek in (self._boek, self._formules):
            if boek is not None:
                boek.close()

    @property
    def bladen(self) -> list[str]:
        return [blad.title for blad in self._boek.worksheets]

    def sheet(self, gevraagd: str | None) -> str:
        """The sheet of that name, or the first. Raises RefusedError when there is none."""
        if not self.bladen:
            raise RefusedError(f"{self.naam} heeft geen werkbladen.")
        if gevraagd is None:
            return self.bladen[0]
        for blad in self.bladen:
            if blad.strip().casefold() == gevraagd.strip().casefold():
                return blad
        raise RefusedError(
            f"{self.naam} heeft geen werkblad {gevraagd}. Wel: "
            f"{', '.join(blad for blad in self.bladen if names.may_be_shown(blad))}."
        )

    def read(self, blad: str, opmaak: Opmaak, verwacht: frozenset[str] = frozenset()) -> Bron:
        """One sheet as a table. Raises RefusedError when it is damaged."""
        toonbaar = blad if names.may_be_shown(blad) else f"nummer {self.bladen.index(blad) + 1}"
        bron = Bron(self.pad, {}, self.kenmerk, f"{self.naam} (blad {toonbaar})", blad)
        bron.dagen_1904 = self._boek.epoch == CALENDAR_MAC_1904
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                rows.fill(bron, self._lines(blad, bron), opmaak.kopregel, verwacht)
        except (RefusedError, MemoryError):
            raise
        except Exception as fout:
            raise unreadable(self.pad, _SOORT) from fout
        return bron

    def _lines(self, blad: str, bron: Bron) -> Iterator[rows.Line]:
        rijen = self._rows(self._boek, blad)
        formules = self._rows(self._formules, blad) if self._formules else None
        for regel, rij in enumerate(rijen, start=1):
            if regel > MAX_RIJEN_BLAD or len(rij) > MAX_KOLOMMEN_BLAD:
                raise RefusedError(f"{bron.naam} is groter dan een werkblad kan zijn.")
            if formules is not None:
                for cel, formule in zip(rij, next(formules, ()), strict=False):
                    if formule.data_type != "f":
                        continue
                    if _LANG_GETAL.search(tekst := str(getattr(formule.value, "text", formule.value))):
                        bron.losse_tekst.append((regel, tekst))
                    if cel.value is None:
                        raise RefusedError(
                            f"{bron.naam}, regel {regel}: hier staat een formule zonder uitkomst. Open het bestand in "
                            "Excel, sla het op en lever het opnieuw."
                        )
            yield regel, [_cell_text(cel) for cel in rij]

    @staticmethod
    def _rows(boek: Any, blad: str) -> Iterator[tuple]:
        werkblad = boek[blad]
        # Many systems write wrong dimensions, and believing them loses rows.
        werkblad.reset_dimensions()
        return werkblad.iter_rows()


def refuse_zip_bomb(archief: zipfile.ZipFile, naam: str) -> None:
    """Raise RefusedError when a zip unpacks to more than an export can hold."""
    leden = archief.infolist()
    groot = sum(lid.file_size for lid in leden)
    klein = sum(lid.compress_size for lid in leden)
    teksten = sum(lid.file_size for lid in leden if lid.filename.endswith("sharedStrings.xml"))
    if (
        len(leden) > 10_000
        or groot > MAX_UITGEPAKT
        or teksten > MAX_TEKSTEN
        or (groot > KRIMP_VANAF and groot > MAX_KRIMP * klein)
    ):
        raise RefusedError(f"{naam} wordt na uitpakken te groot; dat kan geen gewone export zijn.")


def _holds(archief: zipfile.ZipFile, lid: str, zoek: tuple[bytes, ...]) -> bool:
    staart = b""
    with archief.open(lid) as inhoud:
        while blok := inhoud.read(1 << 20):
            tekst = staart + blok
            if any(woord in tekst for woord in zoek):
                return True
            staart = blok[-8:]
    return False


def _cell_text(cel: Any) -> str:
    """A cell as text, without loss: dates in ISO, numbers as short as they can be, true and false."""
    waarde = cel.value
    if waarde is None:
        return ""
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
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
