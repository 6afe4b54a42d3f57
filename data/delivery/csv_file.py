"""Reading CSV: its encoding, its delimiter and its lines.

With Python's csv module, which alone tells on which physical line a record starts, quoted line breaks included.
"""

import codecs
import contextlib
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from data.delivery import rows
from data.delivery.guard import names
from data.delivery.refusals import refusal
from data.delivery.source import Bron, Opmaak, mark_of, readable
from data.errors import RefusedError

SCHEIDINGSTEKENS = {";": ";", ",": ",", "|": "|", "tab": "\t", "\t": "\t"}
# By the names that levering.toml may use; -sig reads with and without a mark at the begin.
CODERINGEN = {"utf-8": "utf-8-sig", "utf-8-sig": "utf-8-sig", "windows-1252": "windows-1252", "utf-16": "utf-16"}


def open_csv(pad: Path, opmaak: Opmaak, verwacht: frozenset[str]) -> Bron:
    """A CSV file as a table. Raises RefusedError when it cannot be read."""
    naam = names.file_name(pad.name)
    with readable(pad, "CSV-bestand"):
        bron = Bron(pad, naam, mark_of(pad))
        codering = _encoding(pad, naam, opmaak.codering)
        teken = opmaak.scheidingsteken or _delimiter(pad, codering, verwacht, opmaak.kopregel)
        with pad.open(newline="", encoding=codering) as inhoud:
            return rows.fill(bron, _lines(inhoud, teken, naam), opmaak.kopregel, verwacht)


def _lines(inhoud: Iterable[str], teken: str, naam: str) -> Iterator[rows.Line]:
    """Physical line on which a record starts, and its fields."""
    lezer = csv.reader(inhoud, delimiter=teken, strict=True)
    regel = 1
    try:
        for velden in lezer:
            yield regel, velden
            regel = lezer.line_num + 1
    except csv.Error as fout:
        raise refusal("unreadable_line", naam=naam, regel=regel) from fout


def _encoding(pad: Path, naam: str, gevraagd: str | None) -> str:
    """The encoding: as asked, by byte order mark, else UTF-8 when the whole file is, else Windows-1252."""
    with pad.open("rb") as inhoud:
        begin = inhoud.read(8)
    if begin.startswith((b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise refusal("no_csv", naam=naam)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        gevraagd = "utf-16"
    elif begin.startswith(codecs.BOM_UTF8):
        gevraagd = gevraagd or "utf-8-sig"
    for codering in [gevraagd] if gevraagd else ["utf-8-sig", "windows-1252"]:
        lezer, regel = codecs.getincrementaldecoder(codering)(), 0
        with pad.open("rb") as inhoud, contextlib.suppress(UnicodeDecodeError):
            for ruw in inhoud:
                regel += 1
                lezer.decode(ruw)
            lezer.decode(b"", final=True)
            return codering
    mogelijk = ", ".join(naam for naam in CODERINGEN if naam != "utf-8-sig")
    raise refusal("other_encoding", naam=naam, regel=regel, codering=codering.removesuffix("-sig"), mogelijk=mogelijk)


def _delimiter(pad: Path, codering: str, verwacht: frozenset[str], kopregel: int | None) -> str:
    """The delimiter that finds most of the expected names in one line, else the most fields in every line."""

    def fits(teken: str) -> tuple[int, int]:
        rijen = []
        # A line that cannot be read is told later, with its number; the lines above it show the delimiter.
        with pad.open(newline="", encoding=codering) as inhoud, contextlib.suppress(RefusedError):
            for _, velden in islice(_lines(inhoud, teken, ""), max(rows.KOP_ZOEKEN, kopregel or 0)):
                rijen += [velden] if any(velden) else []
        herkend = max((rows.recognised(velden, verwacht) for velden in rijen), default=0)
        breedtes = Counter(map(len, rijen))
        return herkend, max(breedtes, key=lambda breedte: (breedtes[breedte], breedte), default=0)

    return max(";,\t|", key=fits)
