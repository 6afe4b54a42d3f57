"""The guard at the door: nothing in the delivery's folder may hold a BSN or look like personal data.

Every table is searched column by column, sheets that are not used too, and what a workbook holds beside its cells. What
cannot be searched refuses the delivery, because nobody can tell what is in it. A message names file, column and line,
never the value. A file that is no part of the delivery is refused by name (data/delivery/tables.py).

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
from data.delivery import reading
from data.delivery.guard import bsn, identity, names
from data.delivery.reading import Bron, Opmaak, Werkmap
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


def bestanden(map_: Path, behalve: Path) -> list[Path]:
    """Every file in the folder and its subfolders, in order, but for the folder `behalve`.

    Raises RefusedError when there are too many, or a folder cannot be read.
    """
    gevonden: list[Path] = []

    def fout(fout: OSError) -> None:
        raise RefusedError(f"De map {map_} kan niet worden gelezen{errors.oorzaak(fout)}.") from fout

    for plek, mappen, namen in os.walk(map_, onerror=fout):
        mappen[:] = sorted(naam for naam in mappen if (Path(plek) / naam).resolve() != behalve.resolve())
        for naam in (*mappen, *namen):
            if bsn.in_tekst(Path(naam).stem) or bsn.in_tekst(naam):
                raise RefusedError("De naam van een bestand in de levering bevat een BSN. De levering is geweigerd.")
        gevonden += [Path(plek) / naam for naam in sorted(namen)]
        if len(gevonden) > MAX_BESTANDEN:
            raise RefusedError(f"In de map {map_} staan meer dan {MAX_BESTANDEN} bestanden; is dit de goede map?")
    return gevonden


def weiger_in_tabel(
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
        if len(tekst) > reading.MAX_CEL:
            raise _te_lang(f"{bron.naam}, regel {regel}")
        if soort := in_vrije_tekst(tekst):
            raise RefusedError(f"{bron.naam}, regel {regel}: hier staat {soort}. {GEWEIGERD}")
    kop = f", regel {bron.kopregel}" if bron.is_tekst else ""
    for plaats, (naam, soort) in enumerate(bron.soorten.items(), start=1):
        if any(bsn.in_tekst(deel) for deel in bsn.namen(naam, soort)):
            raise RefusedError(f"{bron.naam}{kop}: de naam van kolom {plaats} bevat een BSN. {GEWEIGERD}")
    if huis := identity.adres_in_twee_kolommen(bron.soorten):
        raise RefusedError(
            f"{bron.naam}{kop}, kolom {bron.kolomnaam(huis)}: dit is met de postcode een adres. {GEWEIGERD}"
        )
    for naam, soort in bron.soorten.items():
        if naam == sleutel:
            continue
        kolom = van_contract.get(naam)
        op_naam = None if kolom == naam else _op_naam(naam, soort)
        if op_naam:
            raise RefusedError(
                f"{bron.naam}{kop}, kolom {bron.kolomnaam(naam)}: dit lijkt {op_naam}. Laat de kolom weg uit de "
                f"levering. {GEWEIGERD}"
            )
        _weiger_in_kolom(bron, naam, datumkolom=isinstance(soorten.get(kolom), dy.Date), eigen=kolom is not None)


def _op_naam(naam: str, soort: pl.DataType) -> str | None:
    return next((wat for deel in bsn.namen(naam, soort) if (wat := identity.volgens_naam(deel))), None)


def _weiger_in_kolom(bron: Bron, naam: str, *, datumkolom: bool, eigen: bool) -> None:
    plek = f"{bron.naam}, kolom {bron.kolomnaam(naam)}"
    try:
        kolom = bron.lees(naam)
        lang = (kolom.str.len_chars() > reading.MAX_CEL).arg_true() if kolom.dtype == pl.String else ()
        if len(lang):
            raise _te_lang(f"{plek}, regel {bron.regel(lang[0])}")
        if bron.is_tekst:
            kolom = _als_getallen(kolom)
        index = bsn.zoek(kolom, datumkolom=datumkolom)
        lijkt = None if index is not None else identity.zoek(kolom, eigen=eigen)
    except (ValueError, pl.exceptions.PolarsError) as fout:
        raise RefusedError(
            f"{plek} heeft een type dat niet op BSN's kan worden doorzocht. Laat de kolom weg uit de levering."
        ) from fout
    if index is not None:
        raise RefusedError(f"{plek}, regel {bron.regel(index)}: hier staat een BSN. {GEWEIGERD}")
    if lijkt:
        raise RefusedError(
            f"{plek}, regel {bron.regel(lijkt[0])}: dit lijkt {lijkt[1]}. "
            f"{'Dat hoort niet in deze kolom.' if eigen else 'Laat de kolom weg uit de levering.'} {GEWEIGERD}"
        )


def _te_lang(plek: str) -> RefusedError:
    tekens = f"{reading.MAX_CEL:,}".replace(",", ".")
    return RefusedError(f"{plek}: deze cel heeft meer dan {tekens} tekens; dat kan niet kloppen. {GEWEIGERD}")


def _als_getallen(kolom: pl.Series) -> pl.Series:
    """A column of text in which every value is a number is a column of numbers: chance hits are normal there."""
    getal = kolom.str.contains(r"^-?[0-9]{1,18}$")
    # Of 0 in front only text tells; a telephone or V-nummer with it must stay what it is.
    met_nul = kolom.str.contains(r"^0[0-9]{9}$").any()
    return kolom.cast(pl.Int64) if getal.all() and getal.count() and not met_nul else kolom


def in_vrije_tekst(tekst: str) -> str | None:
    """What a text holds that may not be there, in Dutch, or None."""
    if bsn.in_tekst(tekst):
        return "een BSN"
    if _EMAIL.search(tekst):
        return "een e-mailadres"
    return None


# ------------------------------------------------------------------------------------ beside the tables


def weiger_in_bijvangst(pad: Path) -> None:
    """Search a file beside the tables that may be there, as far as it can be. Raises RefusedError."""
    try:
        with pad.open("rb") as inhoud:
            bytes_ = inhoud.read(1 << 26)
    except OSError:
        return
    _weiger_bsn(_tekenreeksen(bytes_), names.bestandsnaam(pad.name))


def weiger_in_bladen(pad: Path, behalve: Collection[str] = ()) -> None:
    """Search every sheet of a workbook but those named."""
    with Werkmap(pad) as werkmap:
        for blad in werkmap.bladen:
            if in_vrije_tekst(blad):
                raise RefusedError(f"{werkmap.naam}: de naam van een werkblad bevat een BSN. {GEWEIGERD}")
            if blad not in behalve:
                weiger_in_tabel(werkmap.lees(blad, Opmaak()))


def weiger_in_werkmap_buiten_cellen(pad: Path) -> None:
    """Search what a workbook holds beside its cells: comments, properties, cached data of pivot tables."""
    with pad.open("rb") as inhoud:
        _zoek_in_zip(inhoud, names.bestandsnaam(pad.name), _MAX_DIEPTE)


def _zoek_in_zip(inhoud: io.BufferedIOBase, naam: str, diepte: int) -> None:
    """Search the members of a zip; cells of a workbook are left to the reader of workbooks."""
    if not diepte:
        raise _ondoorzoekbaar(naam)
    try:
        with zipfile.ZipFile(inhoud) as archief:
            reading.weiger_zipbom(archief, naam)
            for lid in archief.infolist():
                if bsn.in_tekst(lid.filename) or bsn.in_tekst(Path(lid.filename).stem):
                    raise RefusedError(f"{naam}: de naam van een bestand erin bevat een BSN. {GEWEIGERD}")
                if lid.filename.startswith("xl/worksheets/") and _CELLEN.fullmatch(lid.filename):
                    with archief.open(lid) as blad:
                        _zoek_in_xml(_buiten_cellen(blad), naam)
                elif not lid.is_dir() and not _CELLEN.fullmatch(lid.filename):
                    _zoek_in_lid(archief.read(lid), lid.filename, naam, diepte)
    except RefusedError:
        raise
    except Exception as fout:
        raise _ondoorzoekbaar(naam) from fout


def _zoek_in_lid(bytes_: bytes, lid: str, naam: str, diepte: int) -> None:
    if bytes_.startswith(b"PK\x03\x04"):
        _zoek_in_zip(io.BytesIO(bytes_), naam, diepte - 1)
        return
    achtervoegsel = Path(lid).suffix.lower()
    if achtervoegsel not in (".xml", ".rels", ".vml", ".xhtml", ".html"):
        _weiger_bsn(_tekenreeksen(bytes_), naam)
        return
    if achtervoegsel == ".xml":
        # Only to refuse XML that is damaged or that unfolds itself.
        Xml.fromstring(bytes_)
    xml = _zoek_in_xml(bytes_, naam)
    if achtervoegsel == ".rels":
        _weiger_bsn(re.findall(r'Target="([^"]*)"', xml), naam)
    if "pivotCache" in lid:
        _weiger_bsn(re.findall(r'v="([^"]*)"', xml), naam)


def _zoek_in_xml(bytes_: bytes, naam: str) -> str:
    """Search what stands between the tags, and return the whole as text."""
    xml = bytes_.decode("utf-16" if bytes_[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", errors="replace")
    # Behind the last > no tag ends: looking for its end from each < there would take forever.
    tags, einde, rest = xml.rpartition(">")
    tags += einde
    # A number may be cut up by tags within a word, or be told apart from its neighbour by nothing but a tag.
    zonder, los = re.sub(r"<[^>]*>", "", _REGELEINDE.sub("\n", tags)), re.sub(r"<[^>]*>", "\n", tags)
    _weiger_bsn((zonder + rest, los + rest), naam)
    return xml


def _buiten_cellen(blad: IO[bytes]) -> bytes:
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


def _weiger_bsn(teksten: Iterable[str], naam: str) -> None:
    if any(bsn.in_tekst(tekst) for tekst in teksten):
        raise RefusedError(f"{naam}: in dit bestand staat een BSN. {GEWEIGERD}")


def _tekenreeksen(bytes_: bytes) -> list[str]:
    """Readable runs in a binary file, in one byte and in two bytes per character."""
    een = re.findall(rb"[\x20-\x7e]{8,}", bytes_)
    twee = re.findall(rb"(?:[\x20-\x7e]\x00){8,}", bytes_)
    return [stuk.decode("ascii") for stuk in een] + [stuk[::2].decode("ascii") for stuk in twee]


def _ondoorzoekbaar(naam: str) -> RefusedError:
    return RefusedError(
        f"{naam} kan niet op BSN's worden doorzocht. Haal het bestand uit de map en lever opnieuw. {GEWEIGERD}"
    )
