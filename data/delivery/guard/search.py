"""The guard at the door: nothing in the delivery's folder may hold a BSN or look like personal data.

Every table is searched column by column, sheets that are not used too, and what a workbook holds beside its cells. What
cannot be searched refuses the delivery, because nobody can tell what is in it. A message names file, column and line,
never the value. A file that is no part of the delivery is refused by name (data/delivery/folder.py).

The one exception: the column that levering.toml names as `sleutel` may hold BSNs. It is read, hashed and
forgotten.
"""

import io
import os
import re
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import IO

import dataframely as dy
import polars as pl
from defusedxml import ElementTree as Xml

from data import errors
from data.delivery.guard import bsn, identity, names
from data.delivery.source import MAX_CEL, Bron, Opmaak
from data.delivery.xlsx_file import Werkmap, refuse_zip_bomb
from data.errors import RefusedError

MAX_BESTANDEN = 2_000
_MAX_DIEPTE = 3
# What an operating system or Excel leaves behind by itself, and is not held against anyone.
VANZELF = re.compile(r"(\.DS_Store|Thumbs\.db|desktop\.ini|~\$.*|\.~lock\..*|\._.*)", re.I)
_REGELEINDE = re.compile(
    r"</?(?:w:p|w:tr|w:tc|a:p|text:p|text:h|table:table-cell|p|div|tr|td|li|si|comment|row)\b[^>]*>|<w:(?:br|tab)/>",
    re.I,
)
_CELLEN = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml|styles\.xml)")
_CELLEN_BEGIN = re.compile(rb"<(?:\w+:)?sheetData\b[^<>]*(?<!/)>")
_CELLEN_EINDE = re.compile(rb"</(?:\w+:)?sheetData>")
_EMAIL = re.compile(identity.EMAIL)

GEWEIGERD = "De levering is geweigerd en er is niets van bewaard."


def files(map_: Path, behalve: Path) -> list[Path]:
    """Every file in the folder and its subfolders, in order, but for the folder `behalve`.

    Raises RefusedError when there are too many, or a folder cannot be read.
    """
    gevonden: list[Path] = []

    def fout(fout: OSError) -> None:
        raise RefusedError(f"De map {map_} kan niet worden gelezen{errors.cause(fout)}.") from fout

    for plek, mappen, namen in os.walk(map_, onerror=fout):
        mappen[:] = sorted(naam for naam in mappen if (Path(plek) / naam).resolve() != behalve.resolve())
        for naam in (*mappen, *namen):
            if bsn.in_text(Path(naam).stem) or bsn.in_text(naam):
                raise RefusedError("De naam van een bestand in de levering bevat een BSN. De levering is geweigerd.")
        gevonden += [Path(plek) / naam for naam in sorted(namen)]
        if len(gevonden) > MAX_BESTANDEN:
            raise RefusedError(f"In de map {map_} staan meer dan {MAX_BESTANDEN} bestanden; is dit de goede map?")
    return gevonden


def refuse_in_table(
    bron: Bron,
    soorten: dict[str, dy.Column] | None = None,
    eigen: dict[str, str] | None = None,
    sleutel: str | None = None,
) -> None:
    """Raise RefusedError for the first thing in a table that does not belong in a delivery.

    `soorten` are the contract's columns and `eigen` gives for each its name in the file; `sleutel` is the one
    column that is not searched.
    """
    soorten = soorten or {}
    van_contract = {naam: kolom for kolom, naam in (eigen or {}).items() if kolom in soorten}
    for regel, tekst in bron.losse_tekst:
        if len(tekst) > MAX_CEL:
            raise _too_long(f"{bron.naam}, regel {regel}")
        if soort := in_free_text(tekst):
            raise RefusedError(f"{bron.naam}, regel {regel}: hier staat {soort}. {GEWEIGERD}")
    kop = f", regel {bron.kopregel}" if bron.is_text else ""
    for plaats, (naam, soort) in enumerate(bron.soorten.items(), start=1):
        if any(bsn.in_text(deel) for deel in bsn.names_in(naam, soort)):
            raise RefusedError(f"{bron.naam}{kop}: de naam van kolom {plaats} bevat een BSN. {GEWEIGERD}")
    if huis := identity.address_in_two_columns(bron.soorten):
        raise RefusedError(
            f"{bron.naam}{kop}, kolom {bron.column_name(huis)}: dit is met de postcode een adres. {GEWEIGERD}"
        )
    for naam, soort in bron.soorten.items():
        if naam == sleutel:
            continue
        kolom = van_contract.get(naam)
        op_naam = None if kolom == naam else _by_name(naam, soort)
        if op_naam:
            raise RefusedError(
                f"{bron.naam}{kop}, kolom {bron.column_name(naam)}: dit lijkt {op_naam}. Laat de kolom weg uit de "
                f"levering. {GEWEIGERD}"
            )
        _refuse_in_column(bron, naam, datumkolom=isinstance(soorten.get(kolom), dy.Date), eigen=kolom is not None)


def _by_name(naam: str, soort: pl.DataType) -> str | None:
    return next((wat for deel in bsn.names_in(naam, soort) if (wat := identity.by_name(deel))), None)


def _refuse_in_column(bron: Bron, naam: str, *, datumkolom: bool, eigen: bool) -> None:
    plek = f"{bron.naam}, kolom {bron.column_name(naam)}"
    try:
        kolom = bron.read(naam)
        lang = (kolom.str.len_chars() > MAX_CEL).arg_true() if kolom.dtype == pl.String else ()
        if len(lang):
            raise _too_long(f"{plek}, regel {bron.line(lang[0])}")
        if bron.is_text:
            kolom = _as_numbers(kolom)
        index = bsn.find(kolom, datumkolom=datumkolom)
        lijkt = None if index is not None else identity.find(kolom, eigen=eigen)
    except (ValueError, pl.exceptions.PolarsError) as fout:
        raise RefusedError(
            f"{plek} heeft een type dat niet op BSN's kan worden doorzocht. Laat de kolom weg uit de levering."
        ) from fout
    if index is not None:
        raise RefusedError(f"{plek}, regel {bron.line(index)}: hier staat een BSN. {GEWEIGERD}")
    if lijkt:
        raise RefusedError(
            f"{plek}, regel {bron.line(lijkt[0])}: dit lijkt {lijkt[1]}. "
            f"{'Dat hoort niet in deze kolom.' if eigen else 'Laat de kolom weg uit de levering.'} {GEWEIGERD}"
        )


def _too_long(plek: str) -> RefusedError:
    return RefusedError(
        f"{plek}: deze cel heeft meer dan {errors.count(MAX_CEL)} tekens; dat kan niet kloppen. {GEWEIGERD}"
    )


def _as_numbers(kolom: pl.Series) -> pl.Series:
    """A column of text in which every value is a number is a column of numbers: chance hits are normal there."""
    getal = kolom.str.contains(r"^-?[0-9]{1,18}$")
    # Of 0 in front only text tells; a telephone or V-nummer with it must stay what it is.
    met_nul = kolom.str.contains(r"^0[0-9]{9}$").any()
    return kolom.cast(pl.Int64) if getal.all() and getal.count() and not met_nul else kolom


def in_free_text(tekst: str) -> str | None:
    """What a text holds that may not be there, in Dutch, or None."""
    if bsn.in_text(tekst):
        return "een BSN"
    if _EMAIL.search(tekst):
        return "een e-mailadres"
    return None


# ------------------------------------------------------------------------------------ beside the tables


def refuse_beside_tables(pad: Path) -> None:
    """Search a file beside the tables that may be there, as far as it can be. Raises RefusedError."""
    try:
        with pad.open("rb") as inhoud:
            bytes_ = inhoud.read(1 << 26)
    except OSError:
        return
    _refuse_bsn(_strings(bytes_), names.file_name(pad.name))


def refuse_in_sheets(pad: Path, behalve: Collection[str] = ()) -> None:
    """Search every sheet of a workbook but those named."""
    with Werkmap(pad) as werkmap:
        for blad in werkmap.bladen:
            if in_free_text(blad):
                raise RefusedError(f"{werkmap.naam}: de naam van een werkblad bevat een BSN. {GEWEIGERD}")
            if blad not in behalve:
                refuse_in_table(werkmap.read(blad, Opmaak()))


def refuse_beside_cells(pad: Path) -> None:
    """Search what a workbook holds beside its cells: comments, properties, cached data of pivot tables."""
    with pad.open("rb") as inhoud:
        _search_zip(inhoud, names.file_name(pad.name), _MAX_DIEPTE)


def _search_zip(inhoud: io.BufferedIOBase, naam: str, diepte: int) -> None:
    """Search the members of a zip; cells of a workbook are left to the reader of workbooks."""
    if not diepte:
        raise _unsearchable(naam)
    try:
        with zipfile.ZipFile(inhoud) as archief:
            refuse_zip_bomb(archief, naam)
            for lid in archief.infolist():
                if bsn.in_text(lid.filename) or bsn.in_text(Path(lid.filename).stem):
                    raise RefusedError(f"{naam}: de naam van een bestand erin bevat een BSN. {GEWEIGERD}")
                if lid.filename.startswith("xl/worksheets/") and _CELLEN.fullmatch(lid.filename):
                    with archief.open(lid) as blad:
                        _search_xml(_beside_cells(blad), naam)
                elif not lid.is_dir() and not _CELLEN.fullmatch(lid.filename):
                    _search_member(archief.read(lid), lid.filename, naam, diepte)
    except RefusedError:
        raise
    except Exception as fout:
        raise _unsearchable(naam) from fout


def _search_member(bytes_: bytes, lid: str, naam: str, diepte: int) -> None:
    if bytes_.startswith(b"PK\x03\x04"):
        _search_zip(io.BytesIO(bytes_), naam, diepte - 1)
        return
    achtervoegsel = Path(lid).suffix.lower()
    if achtervoegsel not in (".xml", ".rels", ".vml", ".xhtml", ".html"):
        _refuse_bsn(_strings(bytes_), naam)
        return
    if achtervoegsel == ".xml":
        # Only to refuse XML that is damaged or that unfolds itself.
        Xml.fromstring(bytes_)
    xml = _search_xml(bytes_, naam)
    if achtervoegsel == ".rels":
        _refuse_bsn(re.findall(r'Target="([^"]*)"', xml), naam)
    if "pivotCache" in lid:
        _refuse_bsn(re.findall(r'v="([^"]*)"', xml), naam)


def _search_xml(bytes_: bytes, naam: str) -> str:
    """Search what stands between the tags, and return the whole as text."""
    xml = bytes_.decode("utf-16" if bytes_[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    # Behind the last > no tag ends: looking for its end from each < there would take forever.
    tags, einde, rest = xml.rpartition(">")
    tags += einde
    # A number may be cut up by tags within a word, or be told apart from its neighbour by nothing but a tag.
    zonder, los = re.sub(r"<[^>]*>", "", _REGELEINDE.sub("\n", tags)), re.sub(r"<[^>]*>", "\n", tags)
    _refuse_bsn((zonder + rest, los + rest), naam)
    return xml


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
    if any(bsn.in_text(tekst) for tekst in teksten):
        raise RefusedError(f"{naam}: in dit bestand staat een BSN. {GEWEIGERD}")


def _strings(bytes_: bytes) -> list[str]:
    """Readable runs in a binary file, in one byte and in two bytes per character."""
    een = re.findall(rb"[\x20-\x7e]{8,}", bytes_)
    twee = re.findall(rb"(?:[\x20-\x7e]\x00){8,}", bytes_)
    return [stuk.decode("ascii") for stuk in een] + [stuk[::2].decode("ascii") for stuk in twee]


def _unsearchable(naam: str) -> RefusedError:
    return RefusedError(
        f"{naam} kan niet op BSN's worden doorzocht. Haal het bestand uit de map en lever opnieuw. {GEWEIGERD}"
    )
