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
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

import polars as pl
from defusedxml import ElementTree as Xml

from data import errors
from data.delivery.guard import bsn, identity, names
from data.delivery.refusals import SAYS, refusal
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

GEWEIGERD = SAYS["nothing_kept"]
_LAAT_WEG = "Laat de kolom weg uit de levering"
_TE_LANG = f"deze cel heeft meer dan {errors.count(MAX_CEL)} tekens; dat kan niet kloppen"


def files(map_: Path, behalve: Path) -> list[Path]:
    """Every file in the folder and its subfolders, in order, but for the folder `behalve`.

    Raises RefusedError when there are too many, or a folder cannot be read.
    """
    gevonden: list[Path] = []

    def fout(fout: OSError) -> None:
        is_er = not isinstance(fout, FileNotFoundError | NotADirectoryError)
        raise refusal("unreadable_folder" if is_er else "no_folder", map=map_, oorzaak=errors.cause(fout)) from fout

    for plek, mappen, namen in os.walk(map_, onerror=fout):
        mappen[:] = sorted(naam for naam in mappen if (Path(plek) / naam).resolve() != behalve.resolve())
        if any(map(bsn.in_text, (*mappen, *namen))):
            raise refusal("bsn_in_file_name")
        gevonden += [Path(plek) / naam for naam in sorted(namen)]
        if len(gevonden) > MAX_BESTANDEN:
            raise refusal("too_many_files", map=map_, hooguit=MAX_BESTANDEN)
    return gevonden


def refuse_in_table(
    bron: Bron, eigen: Collection[str] = (), datums: Collection[str] = (), sleutel: str | None = None
) -> None:
    """Raise RefusedError for the first thing in a table that does not belong in a delivery.

    All are columns of the file: `eigen` those that the contract knows, `datums` those that stand for dates, `sleutel`
    the one that is not searched.
    """
    for regel, tekst in bron.losse_tekst:
        if wat := _TE_LANG if len(tekst) > MAX_CEL else in_free_text(tekst):
            raise refusal("found", plek=f"{bron.naam}, regel {regel}", wat=wat)
    kop = f"{bron.naam}, regel {bron.kopregel}" if bron.is_text else bron.naam
    namen = {naam: list(bsn.names_in(naam, soort)) for naam, soort in bron.soorten.items()}
    for plaats, delen in enumerate(namen.values(), start=1):
        if any(map(bsn.in_text, delen)):
            raise refusal("found", plek=kop, wat=f"de naam van kolom {plaats} bevat een BSN")
    if huis := identity.address_in_two_columns(bron.soorten):
        plek = f"{kop}, kolom {bron.column_name(huis)}"
        raise refusal("found", plek=plek, wat="dit is met de postcode een adres")
    for naam, delen in namen.items():
        if naam == sleutel:
            continue
        kolom = f"kolom {bron.column_name(naam)}"
        if op_naam := next(filter(None, map(identity.by_name, delen)), None):
            raise refusal("found", plek=f"{kop}, {kolom}", wat=f"dit lijkt {op_naam}. {_LAAT_WEG}")
        try:
            raak = _find(bron.read(naam), bron.is_text, naam in datums, naam in eigen)
        except (ValueError, OverflowError, pl.exceptions.PolarsError) as fout:
            raise refusal("unsearchable_column", plek=f"{bron.naam}, {kolom}") from fout
        if raak:
            raise refusal("found", plek=f"{bron.naam}, {kolom}, regel {bron.line(raak[0])}", wat=raak[1])


def _find(kolom: pl.Series, is_text: bool, datumkolom: bool, eigen: bool) -> tuple[int, str] | None:
    """The index of the first value in a column that may not be there, and what it is in Dutch; None without."""
    if kolom.dtype == pl.String and len(lang := (kolom.str.len_chars() > MAX_CEL).arg_true()):
        return lang[0], _TE_LANG
    getal = kolom.str.contains(r"^-?[0-9]{1,18}$") if is_text else pl.Series([False])
    # In text of numbers alone chance hits are normal too, unless a telephone or V-nummer has a 0 in front.
    if getal.all() and getal.count() and not kolom.str.contains(r"^0[0-9]{9}$").any():
        kolom = kolom.cast(pl.Int64)
    if (index := bsn.find(kolom, datumkolom=datumkolom)) is not None:
        return index, "hier staat een BSN"
    index, lijkt = identity.find(kolom, eigen=eigen) or (None, None)
    raad = "Dat hoort niet in deze kolom" if eigen else _LAAT_WEG
    return lijkt and (index, f"dit lijkt {lijkt}. {raad}")


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
                raise refusal("found", plek=werkmap.naam, wat="de naam van een werkblad bevat een BSN")
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
                bytes_ = archief.read(lid)
                if not bytes_.startswith(b"PK\x03\x04"):
                    _refuse_bsn(_texts(_beside_cells(bytes_) if _BLAD.fullmatch(lid) else bytes_, lid), naam)
                elif diepte > 1:
                    _search_zip(io.BytesIO(bytes_), naam, diepte - 1)
                else:
                    raise ValueError("too many zips in each other")
    except RefusedError:
        raise
    except Exception as fout:
        raise refusal("unsearchable_file", naam=naam) from fout


def _beside_cells(blad: bytes) -> bytes:
    """What a sheet holds beside its cells, such as the text above and below a printed page."""
    if not (begin := _CELLEN_BEGIN.search(blad)):
        return blad
    einde = _CELLEN_EINDE.search(blad, begin.end())
    return blad[: begin.start()] + (blad[einde.end() :] if einde else b"")


def _refuse_bsn(teksten: Iterable[str], naam: str) -> None:
    if any(map(bsn.in_text, teksten)):
        raise refusal("found", plek=naam, wat="in dit bestand staat een BSN")


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
