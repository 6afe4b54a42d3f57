"""The guard at the door: nothing in the delivery's folder may hold a BSN or look like personal data.

Every table is searched column by column, sheets that are not used too, and what a workbook holds beside its cells. What
cannot be searched refuses the delivery, because nobody can tell what is in it. A message names file, column and line,
never the value. The one exception is the column that levering.toml names as `sleutel`: it is read, hashed, forgotten.
"""

import contextlib
import io
import os
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import polars as pl
from defusedxml import ElementTree as Xml

from data import errors
from data.delivery.guard import bsn, identity, names
from data.delivery.source import MAX_CEL, Bron, Opmaak
from data.delivery.xlsx_file import Werkmap, refuse_zip_bomb
from data.errors import RefusedError

MAX_BESTANDEN = 2_000
# What an operating system or Excel leaves behind by itself, and is not held against anyone.
VANZELF = re.compile(r"(\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*|\._.*)", re.I)
_REGELEINDE = re.compile(
    r"</?(?:w:p|w:tr|w:tc|a:p|text:p|text:h|table:table-cell|p|div|tr|td|li|si|comment|row)\b[^>]*>|<w:(?:br|tab)/>",
    re.I,
)
_BLAD = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELLEN = ("xl/sharedStrings.xml", "xl/styles.xml")
_CELLEN_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b[^<>]*(?<!/)>")
_CELLEN_EINDE = re.compile(rb"</(?:\w+:)?sheetData>")
# Of attributes only these hold what people wrote: where a link leads, and a value in the cache of a pivot table.
_ATTRIBUTEN = {".rels": "Target", "pivotCache": "v"}

GEWEIGERD = "De levering is geweigerd en er is niets van bewaard."
_LAAT_WEG = "Laat de kolom weg uit de levering"
_TE_LANG = f"deze cel heeft meer dan {errors.count(MAX_CEL)} tekens; dat kan niet kloppen"


def _refusal(plek: str, wat: str) -> RefusedError:
    return RefusedError(f"{plek}: {wat}. {GEWEIGERD}")


def files(map_: Path, behalve: Path) -> list[Path]:
    """Every file in the folder and its subfolders, in order, but for the folder `behalve`.

    Raises RefusedError when there are too many, or a folder cannot be read.
    """
    gevonden: list[Path] = []

    def fout(fout: OSError) -> None:
        if isinstance(fout, FileNotFoundError | NotADirectoryError):
            raise RefusedError(f"De map {map_} bestaat niet.") from fout
        raise RefusedError(f"De map {map_} kan niet worden gelezen{errors.cause(fout)}.") from fout

    for plek, mappen, namen in os.walk(map_, onerror=fout):
        mappen[:] = sorted(naam for naam in mappen if (Path(plek) / naam).resolve() != behalve.resolve())
        if any(map(bsn.in_text, (*mappen, *namen))):
            raise RefusedError("De naam van een bestand in de levering bevat een BSN. De levering is geweigerd.")
        gevonden += [Path(plek) / naam for naam in sorted(namen)]
        if len(gevonden) > MAX_BESTANDEN:
            raise RefusedError(f"In de map {map_} staan meer dan {MAX_BESTANDEN} bestanden; is dit de goede map?")
    return gevonden


def refuse_in_table(
    bron: Bron, eigen: Mapping[str, str] = MappingProxyType({}), datums: Collection[str] = (), sleutel: str = ""
) -> None:
    """Raise RefusedError for the first thing in a table that does not belong in a delivery.

    `eigen`: the contract's name of a column, by the file's; `datums`: the file's columns that stand for dates;
    `sleutel`: the one column that is not searched.
    """
    for regel, tekst in bron.losse_tekst:
        if wat := _TE_LANG if len(tekst) > MAX_CEL else in_free_text(tekst):
            raise _refusal(f"{bron.naam}, regel {regel}", wat)
    kop = f"{bron.naam}, regel {bron.kopregel}" if bron.is_text else bron.naam
    namen = {naam: list(bsn.names_in(naam, soort)) for naam, soort in bron.soorten.items()}
    for plaats, delen in enumerate(namen.values(), start=1):
        if any(map(bsn.in_text, delen)):
            raise _refusal(kop, f"de naam van kolom {plaats} bevat een BSN")
    if huis := identity.address_in_two_columns(bron.soorten):
        raise _refusal(f"{kop}, kolom {bron.column_name(huis)}", "dit is met de postcode een adres")
    for naam, delen in namen.items():
        if naam == sleutel:
            continue
        op_naam = next(filter(None, map(identity.by_name, delen)), None)
        if op_naam and eigen.get(naam) != naam:
            raise _refusal(f"{kop}, kolom {bron.column_name(naam)}", f"dit lijkt {op_naam}. {_LAAT_WEG}")
        _refuse_in_column(bron, naam, datumkolom=naam in datums, eigen=naam in eigen)


def _refuse_in_column(bron: Bron, naam: str, *, datumkolom: bool, eigen: bool) -> None:
    plek = f"{bron.naam}, kolom {bron.column_name(naam)}"
    try:
        kolom = bron.read(naam)
        lang = (kolom.str.len_chars() > MAX_CEL).arg_true() if kolom.dtype == pl.String else ()
        if len(lang):
            raise _refusal(f"{plek}, regel {bron.line(lang[0])}", _TE_LANG)
        if bron.is_text:
            kolom = _as_numbers(kolom)
        index = bsn.find(kolom, datumkolom=datumkolom)
        lijkt = None if index is not None else identity.find(kolom, eigen=eigen)
    except (ValueError, OverflowError, pl.exceptions.PolarsError) as fout:
        raise RefusedError(f"{plek} heeft een type dat niet op BSN's kan worden doorzocht. {_LAAT_WEG}.") from fout
    if index is not None:
        raise _refusal(f"{plek}, regel {bron.line(index)}", "hier staat een BSN")
    if lijkt:
        raad = "Dat hoort niet in deze kolom" if eigen else _LAAT_WEG
        raise _refusal(f"{plek}, regel {bron.line(lijkt[0])}", f"dit lijkt {lijkt[1]}. {raad}")


def _as_numbers(kolom: pl.Series) -> pl.Series:
    """A column of text in which every value is a number is a column of numbers: chance hits are normal there."""
    getal = kolom.str.contains(r"^-?[0-9]{1,18}$")
    # Of 0 in front only text tells; a telephone or V-nummer with it must stay what it is.
    met_nul = kolom.str.contains(r"^0[0-9]{9}$").any()
    return kolom.cast(pl.Int64) if getal.all() and getal.count() and not met_nul else kolom


def in_free_text(tekst: str) -> str | None:
    """What a text holds that may not be there, in Dutch, or None."""
    if bsn.in_text(tekst):
        return "hier staat een BSN"
    return "hier staat een e-mailadres" if re.search(identity.EMAIL, tekst) else None


def refuse_beside_tables(pad: Path) -> None:
    """Search a file beside the tables that may be there, as far as it can be. Raises RefusedError."""
    with contextlib.suppress(OSError), pad.open("rb") as inhoud:
        _refuse_bsn(_texts(inhoud.read(1 << 26), ""), names.file_name(pad.name))


def refuse_beside_sheets(pad: Path, bladen: Collection[str]) -> None:
    """Search a workbook but for those sheets: the others, and comments, properties, cached data of pivot tables."""
    with Werkmap(pad) as werkmap:
        for blad in werkmap.bladen:
            if in_free_text(blad):
                raise _refusal(werkmap.naam, "de naam van een werkblad bevat een BSN")
            if blad not in bladen:
                refuse_in_table(werkmap.read(blad, Opmaak()))
    with pad.open("rb") as inhoud:
        _search_zip(inhoud, names.file_name(pad.name))


def _search_zip(inhoud: IO[bytes], naam: str, diepte: int = 3) -> None:
    """Search the members of a zip; cells of a workbook are left to the reader of workbooks."""
    try:
        with zipfile.ZipFile(inhoud) as archief:
            refuse_zip_bomb(archief, naam)
            _refuse_bsn(archief.namelist(), naam)
            for lid in archief.namelist():
                if lid in _CELLEN:
                    continue
                with archief.open(lid) as deel:
                    bytes_ = _beside_cells(deel) if _BLAD.fullmatch(lid) else deel.read()
                if not bytes_.startswith(b"PK\x03\x04"):
                    _refuse_bsn(_texts(bytes_, lid), naam)
                elif diepte > 1:
                    _search_zip(io.BytesIO(bytes_), naam, diepte - 1)
                else:
                    raise ValueError("too many zips in each other")
    except RefusedError:
        raise
    except Exception as fout:
        raise RefusedError(
            f"{naam} kan niet op BSN's worden doorzocht. Haal het bestand uit de map en lever opnieuw. {GEWEIGERD}"
        ) from fout


def _beside_cells(blad: IO[bytes]) -> bytes:
    """What a sheet holds beside its cells, such as the text above and below a printed page."""
    voor, bewaard, staart = True, [], b""
    while blok := blad.read(1 << 20):
        tekst = staart + blok
        if voor and (raak := _CELLEN_BEGIN.search(tekst)):
            bewaard.append(tekst[: raak.start()])
            voor, tekst = False, tekst[raak.end() :]
        if not voor and (raak := _CELLEN_EINDE.search(tekst)):
            return b"".join((*bewaard, tekst[raak.end() :], blad.read()))
        if voor:
            bewaard.append(tekst[:-100])
        staart = tekst[-100:]
    return b"".join((*bewaard, staart if voor else b""))


def _refuse_bsn(teksten: Iterable[str], naam: str) -> None:
    if any(map(bsn.in_text, teksten)):
        raise _refusal(naam, "in dit bestand staat een BSN")


def _texts(bytes_: bytes, naam: str) -> Iterator[str]:
    """What can be read in a file: in one byte and in two per character, or of XML what stands between the tags."""
    if not naam.lower().endswith((".xml", ".rels", ".vml", ".xhtml", ".html")):
        yield from (deel.decode("ascii", errors="replace") for deel in (bytes_, bytes_.replace(b"\0", b"")))
        return
    if naam.lower().endswith(".xml"):
        # Only to refuse XML that is damaged or that unfolds itself.
        Xml.fromstring(bytes_)
    xml = bytes_.decode("utf-16" if bytes_[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    # Behind the last > no tag ends: looking for its end from each < there would take forever.
    tags, einde, rest = xml.rpartition(">")
    # A number may be cut up by tags within a word, or be told apart from its neighbour by nothing but a tag.
    yield re.sub(r"<[^>]*>", "", _REGELEINDE.sub("\n", tags + einde)) + rest
    yield re.sub(r"<[^>]*>", "\n", tags + einde) + rest
    for waar, attribuut in _ATTRIBUTEN.items():
        if waar in naam:
            yield from re.findall(rf'{attribuut}="([^"]*)"', xml)
