"""Reading one file of a delivery: parquet, CSV or a sheet of an XLSX workbook.

A file becomes a `Bron`: named columns and, per row, the line on which it stands in the file. Parquet keeps
its types and is read column by column. CSV and XLSX become text, cell for cell, without a guess at what a
text means: `0392` stays `0392`. Only what the file itself says counts as a type: a real date in a workbook
becomes its ISO text, and a number formatted `0000` keeps its leading zeros.

What is no row of data is named in `Bron.overgeslagen` and never silently left out: empty lines and a total
under the data. A row with another number of fields than the header has is kept, with that as its flaw.

Python's csv module reads CSV, because it alone tells on which physical line a record starts, quoted line
breaks included. openpyxl's read-only mode reads workbooks: it streams, so that one stray cell in the last
corner of a sheet does not ask for a grid of billions of cells, and it knows number formats. With defusedxml
installed it refuses XML entities in a sheet.
"""

import codecs
import contextlib
import csv
import hashlib
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import polars as pl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data.delivery.guard import names
from data.errors import RefusedError

TIJDZONE = "Europe/Amsterdam"
ACHTERVOEGSELS = {".parquet": "parquet", ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx"}
SCHEIDINGSTEKENS = (";", ",", "\t", "|")
CODERINGEN = ("utf-8", "windows-1252", "utf-16")
_NAAM_VAN = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}

# A file that cannot be read ends in one of these; a damaged one can make the reader of polars panic.
LEESFOUTEN = (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException, UnicodeError)

# Limits far above what a municipality delivers; a file beyond them is damaged or meant to do harm.
MAX_RIJEN = 20_000_000
MAX_KOLOMMEN = 1_000
MAX_CEL = 32_767  # of Excel as well
MAX_RIJEN_BLAD = 1_048_576
MAX_UITGEPAKT = 2**30
MAX_TEKSTEN = 2**28
MAX_KRIMP = 200
KRIMP_VANAF = 2**26

VELDEN = "de regel heeft een ander aantal velden dan de kopregel"
LEGE_REGEL, TOTAALREGEL = "lege regel", "totaalregel"
ZONDER_KOP = " (zonder kop)"

_KOP_ZOEKEN = 50
_LANG_GETAL = re.compile(r"[0-9]{8}")
_BLOK = 50_000
_TOTAAL = re.compile(r"\W*((eind|sub|generaal )?tota(al|len)\b|grand total|total\b|aantal\s+\w+)", re.I)


@dataclass(frozen=True)
class Opmaak:
    """How a file is written; None: find out. `kopregel` is the line of the column names, from 1."""

    scheidingsteken: str | None = None
    codering: str | None = None
    datumvolgorde: str | None = None
    decimaalteken: str | None = None
    blad: str | None = None
    kopregel: int | None = None


@dataclass(frozen=True)
class Overgeslagen:
    """Lines `van` up to and including `tot` that hold no row of data, and what they are."""

    soort: str
    van: int
    tot: int


@dataclass
class Bron:
    """One file, or one sheet of a workbook, as a table.

    soorten: data type per column, in the file's order. losse_tekst: line and text of what stands outside the
    table, such as a title above it. gebreken: the flaw of a row that cannot be read, by its index.
    """

    pad: Path
    soorten: dict[str, pl.DataType]
    kenmerk: tuple[int, int, int]
    naam: str
    blad: str | None = None
    dubbel: frozenset[str] = frozenset()
    overgeslagen: list[Overgeslagen] = field(default_factory=list)
    losse_tekst: list[tuple[int, str]] = field(default_factory=list)
    gebreken: dict[int, str] = field(default_factory=dict)
    dagen_1904: bool = False
    kopregel: int = 1
    _frame: pl.DataFrame | None = None
    _regels: pl.Series | None = None

    @property
    def is_tekst(self) -> bool:
        """Whether the columns are text for want of types: CSV and XLSX."""
        return self._frame is not None

    def lees(self, kolom: str) -> pl.Series:
        """One column as delivered. Raises RefusedError when it can no longer be read."""
        if self._frame is not None:
            return self._frame[kolom]
        try:
            return pl.read_parquet(self.pad, columns=[kolom], glob=False, hive_partitioning=False)[kolom]
        except LEESFOUTEN as fout:
            raise onleesbaar(self.pad) from fout

    def regels(self, aantal: int) -> pl.Series:
        """The line of each of the `aantal` rows: physical line in CSV, row of the sheet, number in parquet."""
        return pl.int_range(1, aantal + 1, dtype=pl.UInt32, eager=True) if self._regels is None else self._regels

    def regel(self, index: int) -> int:
        """The line of one row."""
        return index + 1 if self._regels is None else self._regels[index]

    def kolom(self, gevraagd: str) -> str | None:
        """The column of that name; in text files capitals do not matter when no other column is meant."""
        if gevraagd in self.soorten:
            return gevraagd
        if self.is_tekst:
            gelijk = [naam for naam in self.soorten if naam.casefold() == gevraagd.strip().casefold()]
            if len(gelijk) == 1:
                return gelijk[0]
        return None

    def is_marge(self, kolom: str) -> bool:
        """Whether a column is nothing but room beside the table: without a name and without a value."""
        return self.is_tekst and kolom.endswith(ZONDER_KOP) and not self.lees(kolom).count()

    def kolomnaam(self, kolom: str) -> str:
        """The name as it may stand in a message: its place instead when it holds a long number."""
        return kolom if names.is_toonbaar(kolom) else f"nummer {list(self.soorten).index(kolom) + 1}"

    def sha256(self) -> str:
        with self.pad.open("rb") as inhoud:
            return hashlib.file_digest(inhoud, "sha256").hexdigest()

    def levertijd(self) -> datetime:
        """When the file was last written, to the second."""
        return datetime.fromtimestamp(int(self.pad.stat().st_mtime), ZoneInfo(TIJDZONE))

    def is_gewijzigd(self) -> bool:
        try:
            return kenmerk_van(self.pad) != self.kenmerk
        except OSError:
            return True


def kenmerk_van(pad: Path) -> tuple[int, int, int]:
    """What changes when a file is written or replaced."""
    stand = pad.stat()
    return stand.st_ino, stand.st_size, stand.st_mtime_ns


def onleesbaar(pad: Path, soort: str = "parquetbestand") -> RefusedError:
    return RefusedError(
        f"{names.bestandsnaam(pad.name)} is geen leesbaar {soort}: beschadigd, afgekapt of niet toegankelijk."
    )


def open_bron(pad: Path, opmaak: Opmaak, verwacht: Iterable[str]) -> Bron:
    """Open a file as a table. `verwacht` are column names that help to find the header and the delimiter.

    Raises RefusedError, in Dutch, when the file cannot be read.
    """
    soort = ACHTERVOEGSELS.get(pad.suffix.lower(), "csv")
    if soort == "parquet":
        return _open_parquet(pad)
    namen = frozenset(naam.strip().casefold() for naam in verwacht)
    if soort == "csv":
        return _open_csv(pad, opmaak, namen)
    with Werkmap(pad) as werkmap:
        return werkmap.lees(werkmap.kies(opmaak.blad), opmaak, namen)


# --------------------------------------------------------------------------------------------------- parquet


def _open_parquet(pad: Path) -> Bron:
    try:
        bestand = pl.scan_parquet(pad, glob=False, hive_partitioning=False)
        soorten = dict(bestand.collect_schema())
        # Counted from what the file says of itself; nothing is read yet.
        rijen = bestand.select(pl.len()).collect().item()
    except pl.exceptions.DuplicateError as fout:
        raise RefusedError(f"{names.bestandsnaam(pad.name)}: een kolomnaam komt twee keer voor.") from fout
    except (ValueError, pl.exceptions.PanicException, *LEESFOUTEN) as fout:
        raise onleesbaar(pad) from fout
    if rijen > MAX_RIJEN:
        raise RefusedError(f"{names.bestandsnaam(pad.name)} heeft meer dan 20 miljoen rijen; dat kan niet kloppen.")
    return Bron(pad, soorten, kenmerk_van(pad), names.bestandsnaam(pad.name))


# ------------------------------------------------------------------------------------------------------- CSV


def _open_csv(pad: Path, opmaak: Opmaak, verwacht: frozenset[str]) -> Bron:
    naam = names.bestandsnaam(pad.name)
    try:
        kenmerk = kenmerk_van(pad)
        codering = _codering(pad, opmaak.codering)
        teken = opmaak.scheidingsteken or _scheidingsteken(pad, codering, verwacht, opmaak.kopregel)
        with pad.open(newline="", encoding=codering) as inhoud:
            return _bouw(pad, kenmerk, naam, None, _csv_regels(inhoud, teken, naam), opmaak.kopregel, verwacht)
    except (OSError, UnicodeError) as fout:
        raise onleesbaar(pad, "CSV-bestand") from fout


def _csv_regels(inhoud: Iterable[str], teken: str, naam: str) -> Iterator[tuple[int, list[str]]]:
    """Physical line on which a record starts, and its fields."""
    lezer = csv.reader(inhoud, delimiter=teken, strict=True)
    while True:
        regel = lezer.line_num + 1
        try:
            velden = next(lezer)
        except StopIteration:
            return
        except csv.Error as fout:
            raise RefusedError(
                f"{naam}, regel {regel}: deze regel is niet te lezen. Waarschijnlijk staat er een aanhalingsteken "
                "dat niet wordt gesloten."
            ) from fout
        yield regel, velden


def _codering(pad: Path, gevraagd: str | None) -> str:
    """The encoding: as asked, by byte order mark, else UTF-8 when the whole file is, else Windows-1252."""
    naam = names.bestandsnaam(pad.name)
    with pad.open("rb") as inhoud:
        begin = inhoud.read(8)
    if begin.startswith((b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise RefusedError(f"{naam} is geen CSV-bestand, al heet het zo.")
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        volgorde = ("utf-16",)
    elif gevraagd:
        volgorde = ("utf-8-sig" if gevraagd == "utf-8" else gevraagd,)
    else:
        volgorde = ("utf-8-sig",) if begin.startswith(codecs.BOM_UTF8) else ("utf-8", "cp1252")
    for codering in volgorde:
        regel = _eerste_vreemde_regel(pad, codering)
        if regel is None:
            return codering
    raise RefusedError(
        f"{naam}, regel {regel}: hier staan tekens die niet in de codering {_NAAM_VAN.get(codering, codering)} passen. "
        f"Noem de codering in levering.toml: {', '.join(CODERINGEN)}."
    )


def _eerste_vreemde_regel(pad: Path, codering: str) -> int | None:
    lezer = codecs.getincrementaldecoder(codering)()
    regel = 1
    with pad.open("rb") as inhoud:
        while True:
            blok = inhoud.read(1 << 20)
            try:
                lezer.decode(blok, final=not blok)
            except UnicodeDecodeError as fout:
                return regel + blok.count(b"\n", 0, fout.start)
            if not blok:
                return None
            regel += blok.count(b"\n")


def _scheidingsteken(pad: Path, codering: str, verwacht: frozenset[str], kopregel: int | None) -> str:
    """The delimiter that finds most of the expected names in one line, else the most fields in every line."""

    def past(teken: str) -> tuple[int, int]:
        with pad.open(newline="", encoding=codering) as inhoud:
            rijen = []
            # A line that cannot be read is told later, with its number; the lines above it show the delimiter.
            with contextlib.suppress(RefusedError):
                for _, velden in islice(_csv_regels(inhoud, teken, ""), max(_KOP_ZOEKEN, kopregel or 0)):
                    if any(velden):
                        rijen.append(velden)
        herkend = max((_herkend(velden, verwacht) for velden in rijen), default=0)
        breedtes = Counter(len(velden) for velden in rijen)
        vaakst = max(breedtes, key=lambda breedte: (breedtes[breedte], breedte), default=0)
        return (herkend, vaakst)

    return max(SCHEIDINGSTEKENS, key=past)


# ------------------------------------------------------------------------------------------------------ XLSX


class Werkmap:
    """A workbook, opened for reading its sheets one by one. Use in a `with`."""

    def __init__(self, pad: Path) -> None:
        """Raises RefusedError when it is no workbook, has a password, or unpacks to too much."""
        self.pad = pad
        self.naam = names.bestandsnaam(pad.name)
        try:
            self.kenmerk = kenmerk_van(pad)
            with pad.open("rb") as inhoud:
                begin = inhoud.read(4)
        except OSError as fout:
            raise onleesbaar(pad, "XLSX-bestand") from fout
        if begin == b"\xd0\xcf\x11\xe0":
            raise RefusedError(
                f"{self.naam} heeft een wachtwoord of is een oud Excelbestand. Sla het op als .xlsx zonder wachtwoord."
            )
        self._boek = self._formules = None
        self._getallen_in_formules: list[tuple[int, str]] = []
        try:
            with zipfile.ZipFile(pad) as archief:
                weiger_zipbom(archief, self.naam)
                if any(b"<!DOCTYPE" in archief.open(lid).read(4096) for lid in archief.namelist()):
                    # A workbook has no use for one; it is where entities that unfold themselves are declared.
                    raise onleesbaar(pad, "XLSX-bestand")
                bladen = [lid for lid in archief.namelist() if lid.startswith("xl/worksheets/")]
                heeft_formules = any(_bevat(archief, lid, (b"<f>", b"<f ")) for lid in bladen)
            self._boek = self._laad(data_only=True)
            if heeft_formules:
                self._formules = self._laad(data_only=False)
        except RefusedError:
            self.__exit__()
            raise
        except Exception as fout:
            self.__exit__()
            raise onleesbaar(pad, "XLSX-bestand") from fout

    def _laad(self, data_only: bool) -> Any:
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

    def kies(self, gevraagd: str | None) -> str:
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
            f"{', '.join(blad for blad in self.bladen if names.is_toonbaar(blad))}."
        )

    def lees(self, blad: str, opmaak: Opmaak, verwacht: frozenset[str] = frozenset()) -> Bron:
        """One sheet as a table. Raises RefusedError when it is damaged."""
        toonbaar = blad if names.is_toonbaar(blad) else f"nummer {self.bladen.index(blad) + 1}"
        naam = f"{self.naam} (blad {toonbaar})"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._getallen_in_formules = []
                regels = self._regels(blad, naam)
                bron = _bouw(self.pad, self.kenmerk, naam, blad, regels, opmaak.kopregel, verwacht)
        except (RefusedError, MemoryError):
            raise
        except Exception as fout:
            raise onleesbaar(self.pad, "XLSX-bestand") from fout
        bron.losse_tekst += self._getallen_in_formules
        bron.dagen_1904 = self._boek.epoch == CALENDAR_MAC_1904
        return bron

    def _regels(self, blad: str, naam: str) -> Iterator[tuple[int, list[str]]]:
        rijen = self._rijen(self._boek, blad)
        formules = self._rijen(self._formules, blad) if self._formules else None
        for regel, rij in enumerate(rijen, start=1):
            if regel > MAX_RIJEN_BLAD or len(rij) > 16_384:
                raise RefusedError(f"{naam} is groter dan een werkblad kan zijn.")
            if formules is not None:
                for cel, formule in zip(rij, next(formules, ()), strict=False):
                    if formule.data_type != "f":
                        continue
                    if _LANG_GETAL.search(tekst := str(getattr(formule.value, "text", formule.value))):
                        self._getallen_in_formules.append((regel, tekst))
                    if cel.value is None:
                        raise RefusedError(
                            f"{naam}, regel {regel}: hier staat een formule zonder uitkomst. Open het bestand in "
                            "Excel, sla het op en lever het opnieuw."
                        )
            yield regel, [_celtekst(cel) for cel in rij]

    @staticmethod
    def _rijen(boek: Any, blad: str) -> Iterator[tuple]:
        werkblad = boek[blad]
        # Many systems write wrong dimensions, and believing them loses rows.
        werkblad.reset_dimensions()
        return werkblad.iter_rows()


def weiger_zipbom(archief: zipfile.ZipFile, naam: str) -> None:
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


def _bevat(archief: zipfile.ZipFile, lid: str, zoek: tuple[bytes, ...]) -> bool:
    staart = b""
    with archief.open(lid) as inhoud:
        while blok := inhoud.read(1 << 20):
            tekst = staart + blok
            if any(woord in tekst for woord in zoek):
                return True
            staart = blok[-8:]
    return False


def _celtekst(cel: Any) -> str:
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


# --------------------------------------------------------------------------------------------- rows to table


def _herkend(velden: Iterable[str], verwacht: frozenset[str]) -> int:
    return len({str(veld).strip().casefold() for veld in velden} & verwacht)


def _bouw(
    pad: Path,
    kenmerk: tuple[int, int, int],
    naam: str,
    blad: str | None,
    regels: Iterator[tuple[int, list[str]]],
    kopregel: int | None,
    verwacht: frozenset[str],
) -> Bron:
    """Lines become a table: find the header, set aside what is no data, mark rows with too many or few fields."""
    begin = []
    for paar in regels:
        begin.append(paar)
        if (paar[0] >= kopregel) if kopregel else (len(begin) >= _KOP_ZOEKEN):
            break
    gevuld = [plaats for plaats, (_, velden) in enumerate(begin) if any(veld.strip() for veld in velden)]
    if kopregel:
        gevuld = [plaats for plaats in gevuld if begin[plaats][0] == kopregel]
        if not gevuld:
            raise RefusedError(f"{naam}: op regel {kopregel} staat geen kopregel.")
    bron = Bron(pad, {}, kenmerk, naam, blad, _frame=pl.DataFrame(), _regels=pl.Series([], dtype=pl.UInt32))
    if not gevuld:
        return bron
    kop = max(gevuld, key=lambda plaats: (_herkend(begin[plaats][1], verwacht), -plaats))
    for regel, velden in begin[:kop]:
        bron.losse_tekst += [(regel, veld) for veld in velden if veld.strip()]
    bron.kopregel = begin[kop][0]
    _lees_rijen(bron, begin[kop][1], chain(begin[kop + 1 :], regels))
    return bron


def _kolomnamen(kop: list[str]) -> tuple[list[str], frozenset[str]]:
    """Unique names for the columns, and the names that the file has twice."""
    namen: list[str] = []
    dubbel = set()
    for plaats, veld in enumerate(kop, start=1):
        naam = " ".join(veld.replace("﻿", "").split()) or f"nummer {plaats}{ZONDER_KOP}"
        if naam in namen:
            dubbel.add(naam)
            naam = f"{naam} (kolom {plaats})"
        namen.append(naam)
    return namen, frozenset(dubbel)


def _lees_rijen(bron: Bron, kop: list[str], regels: Iterator[tuple[int, list[str]]]) -> None:
    breedte = max((plaats for plaats, veld in enumerate(kop, start=1) if veld.strip()), default=0)
    kop = kop[:breedte]
    if breedte > MAX_KOLOMMEN:
        raise RefusedError(f"{bron.naam} heeft meer dan {MAX_KOLOMMEN} kolommen; dat kan niet kloppen.")
    namen, bron.dubbel = _kolomnamen(kop)
    is_blad = bron.blad is not None
    blokken, rijen, nummers, alle_nummers = [], [], [], []
    totalen: dict[int, list[str]] = {}
    aantal = 0
    for regel, velden in regels:
        if not any(veld and not veld.isspace() for veld in velden):
            laatste = bron.overgeslagen[-1] if bron.overgeslagen else None
            if laatste and laatste.tot == regel - 1:
                bron.overgeslagen[-1] = Overgeslagen(LEGE_REGEL, laatste.van, regel)
            else:
                bron.overgeslagen.append(Overgeslagen(LEGE_REGEL, regel, regel))
            continue
        if _TOTAAL.match(next(veld for veld in velden if veld.strip())):
            totalen[aantal] = velden
        over = [veld for veld in velden[breedte:] if veld.strip()]
        if over or (len(velden) < breedte and not is_blad):
            bron.gebreken[aantal] = VELDEN
            bron.losse_tekst += [(regel, veld) for veld in over]
        rijen.append((velden + [""] * (breedte - len(velden)))[:breedte])
        nummers.append(regel)
        aantal += 1
        if len(rijen) == _BLOK:
            blokken.append(_blok(rijen, breedte))
            alle_nummers.append(pl.Series(nummers, dtype=pl.UInt32))
            rijen, nummers = [], []
        if aantal > MAX_RIJEN:
            raise RefusedError(f"{bron.naam} heeft meer dan 20 miljoen rijen; dat kan niet kloppen.")
    blokken.append(_blok(rijen, breedte))
    alle_nummers.append(pl.Series(nummers, dtype=pl.UInt32))
    frame, regelnummers = pl.concat(blokken), pl.concat(alle_nummers)
    while aantal - 1 in totalen:
        aantal -= 1
        regel = regelnummers[aantal]
        bron.overgeslagen.append(Overgeslagen(TOTAALREGEL, regel, regel))
        bron.losse_tekst += [(regel, veld) for veld in totalen[aantal] if veld.strip()]
        bron.gebreken.pop(aantal, None)
    # Below the last row a sheet may be formatted for a million rows: that is no news.
    laatste = max(
        [
            bron.kopregel,
            *regelnummers.head(aantal).tail(1),
            *(o.van for o in bron.overgeslagen if o.soort != LEGE_REGEL),
        ]
    )
    if is_blad:
        bron.overgeslagen = [o for o in bron.overgeslagen if o.van <= laatste]
    bron.overgeslagen.sort(key=lambda stuk: stuk.van)
    frame.columns = namen
    bron._frame, bron._regels = frame.head(aantal), regelnummers.head(aantal)
    bron.soorten = dict(bron._frame.schema)


def _blok(rijen: list[list[str]], breedte: int) -> pl.DataFrame:
    """Rows as columns of text, without the spaces around a value; an empty text is null."""
    kolommen = zip(*rijen, strict=True) if rijen else ([] for _ in range(breedte))
    frame = pl.DataFrame([pl.Series(str(plaats), kolom, dtype=pl.String) for plaats, kolom in enumerate(kolommen)])
    tekst = pl.all().str.strip_chars()
    return frame.with_columns(pl.when(tekst != "").then(tekst)) if breedte else frame
