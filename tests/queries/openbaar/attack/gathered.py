"""What a running deployment of the public view gave away, and the hunt in it for records and exact counts.

Texts and tables come from page sources, from the messages that Streamlit sends over the websocket (its own protobuf,
with Arrow tables and Vega-Lite specifications in it), and from files that were taken along (CSV, XLSX, DOCX, PDF, SVG).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import lxml.etree
import lxml.html
import openpyxl
import pikepdf
import polars as pl
from google.protobuf.message import DecodeError, Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from queries import INDICATOREN
from queries.definitions.columns import TELLINGEN
from queries.openbaar.open_data import USE
from queries.openbaar.use import COUNTS
from tests.pages.briefing.printed import drawn

Table = dict[str, list]


@dataclass
class Gathered:
    """raw: everything as it came; texts: what can be read; tables: columns by name. Each with where it came from."""

    raw: list[tuple[str, bytes]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, Table]] = field(default_factory=list)

    def add(self, other: Gathered) -> None:
        """What was gathered elsewhere."""
        for own, more in zip(vars(self).values(), vars(other).values(), strict=True):
            own += more

    def add_page(self, place: str, source: str) -> None:
        """The source of a page, or a piece of HTML."""
        self.raw.append((place, source.encode()))
        self._read_html(place, source.encode())

    def add_frames(self, place: str, frames: Iterable[bytes | str]) -> None:
        """The messages of a websocket."""
        for frame in frames:
            content = frame.encode() if isinstance(frame, str) else frame
            self.raw.append((place, content))
            try:
                message = ForwardMsg.FromString(content)
            except DecodeError:
                self.texts.append((place, content.decode(errors="replace")))
                continue
            for value in _values(message):
                self._read(place, value)

    def add_file(self, name: str, content: bytes) -> None:
        """A file that was taken along; the end of its name says what it is."""
        self.raw.append((name, content))
        kind = name.rsplit(".", 1)[-1].lower()
        if kind == "csv":
            text = content.decode("utf-8-sig")
            self.texts.append((name, text))
            separator = ";" if text.split("\n", 1)[0].count(";") else ","
            frame = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
            self.tables.append((name, {column: [_number(v) for v in frame[column]] for column in frame.columns}))
        elif kind == "xlsx":
            for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
                rows = [list(row) for row in sheet.iter_rows(values_only=True)]
                self.texts.append((name, "\n".join(str(v) for row in rows for v in row if isinstance(v, str))))
                self.tables += [(f"{name} {sheet.title}", table) for table in _tables_of(rows)]
        elif kind == "pdf":
            self.texts.append((name, _pdf_text(content)))
        elif kind in ("svg", "html", "json", "txt") or (kind == "xml" and ".docx/" in name):
            self._read_html(name, content)
        if kind in ("xlsx", "docx", "zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for part in archive.namelist():
                    self.add_file(f"{name}/{part}", archive.read(part))

    def _read(self, place: str, value: str | bytes) -> None:
        if isinstance(value, bytes):
            try:
                self.tables.append((place, pl.read_ipc_stream(io.BytesIO(value)).to_dict(as_series=False)))
            except (pl.exceptions.PolarsError, OSError, ValueError):
                self.texts.append((place, value.decode(errors="replace")))
            return
        try:
            self._read_json(place, json.loads(value))
        except ValueError:
            self._read_html(place, value.encode(errors="replace"))

    def _read_json(self, place: str, found: object) -> None:
        """Rows of records are tables; every word in it is text."""
        if isinstance(found, list) and found and all(isinstance(row, dict) for row in found):
            names = dict.fromkeys(name for row in found for name in row)
            self.tables.append((place, {name: [row.get(name) for row in found] for name in names}))
        if isinstance(found, list | dict):
            for part in found.values() if isinstance(found, dict) else found:
                self._read_json(place, part)
        elif found is not None:
            self._read_html(place, str(found).encode(errors="replace"))

    def _read_html(self, place: str, source: bytes) -> None:
        """The words that can be read or heard, and the tables."""
        if not source.strip():
            return
        # Text with no element in it, or with a "<" of its own, is read as well.
        tree = lxml.html.document_fromstring(b"<div>" + source, lxml.html.HTMLParser(encoding="utf-8", huge_tree=True))
        lxml.etree.strip_elements(tree, "style", "script", with_tail=False)
        heard = tree.xpath("//@aria-label | //@alt | //@title | //@content")
        self.texts.append((place, " ".join([*tree.itertext(), *heard])))
        for table in tree.iter("table"):
            rows = [[cell.text_content() for cell in row.iter("td", "th")] for row in table.iter("tr")]
            self.tables += [(place, found) for found in _tables_of(rows)]


def published_tables(packed: bytes) -> dict[str, pl.DataFrame]:
    """The tables in a ZIP of open data, as anybody reads them: one per question, with the selection in front."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = sorted({line.split(",", 1)[0] for line in archive.read("codeboek.csv").decode().splitlines()[1:]})
        return {
            name.removesuffix(".csv"): pl.read_csv(archive.read(name), try_parse_dates=True, infer_schema_length=None)
            for name in names
            if name != USE  # counts figures
        }


def _values(message: Message) -> Iterator[str | bytes]:
    """Every text and every piece of bytes in a message, however deep."""
    for _, value in message.ListFields():
        parts = value.values() if isinstance(value, Mapping) else [value] if isinstance(value, _ONE) else value
        for part in parts:
            if isinstance(part, Message):
                yield from _values(part)
            elif isinstance(part, str | bytes):
                yield part


def _tables_of(rows: list[list]) -> list[Table]:
    """Rows with a heading above them, by column."""
    heading, *body = [row for row in rows if sum(value not in (None, "") for value in row) > 1] or [[]]
    table: Table = {}
    for place, name in enumerate(heading if body else []):
        column = str(name or "").strip() or f"kolom {place}"
        table.setdefault(column, []).extend(_number(row[place]) for row in body if place < len(row))
    return [table] if table else []


_ONE = (str, bytes, bool, int, float, Message)
_WRITTEN = re.compile(r"-?\d{1,3}(\.\d{3})+|-?\d+")
_DECIMAL = re.compile(r"-?\d+,\d+")


def _number(value: object) -> object:
    """A number as Dutch people write it, or the value itself."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _WRITTEN.fullmatch(text):
        return int(text.replace(".", ""))
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else value


def _pdf_text(content: bytes) -> str:
    """What a PDF says in its text strings, its outline and its descriptions, as far as they are not glyph numbers."""
    with pikepdf.open(io.BytesIO(content)) as document:
        said = [str(value) for value in document.docinfo.values()]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary):
                parts = [thing.get(name) for name in ("/Alt", "/ActualText", "/Title", "/Contents")]
                said += [str(part) for part in parts if isinstance(part, pikepdf.String)]
        return " ".join([*said, *map(drawn, document.pages)])


# ---------------------------------------------------------------------------------------------------------- the hunt


# Something that should not be there: where, and what.
Finding = tuple[str, str]


def records(gathered: Gathered, identifiers: Iterable[str]) -> list[Finding]:
    """The identifiers of records (pseudonyms, keys of requests) that stand in anything gathered, as it came."""
    everything = [*dict.fromkeys(gathered.raw)]
    everything += [(place, text.encode()) for place, text in dict.fromkeys(gathered.texts)]
    everything += [(place, repr(table).encode()) for place, table in gathered.tables]
    wanted = {f"a record: {name}": name.encode() for name in identifiers}
    return [(place, said) for place, content in everything for said, name in wanted.items() if name in content]


# Columns that say where something is drawn, in which order, or after how long; not how many.
DRAWN = {
    "x", "y", "x2", "y2", "dx", "dy", "rij", "rij_tot", "kolom", "kolom_tot", "stuk", "volgorde", "getal", "nummer",
    "index",
    *COUNTS,  # of figures, in the report of use
}  # fmt: skip
# Of a time, or a rate of rounded counts ("Per 100 personen, 24 maanden"), which may happen to be whole.
_NO_COUNT = re.compile(r"(?i)dag|week|weken|maand|jaar|cohort|norm|datum|stand|kwartaal|leeftijd|regime|per.100")
_OF_MEDIANS = {"waarde", "Waarde", *(entry.titel for entry in INDICATOREN.values() if entry.is_mediaan)}


def exact_in_tables(gathered: Gathered, counts: Iterable[int], durations: Iterable[float] = ()) -> list[Finding]:
    """Numbers in tables that are no tens while they can be counts.

    In a column that holds a count by its name every number must be a ten. In another one a number is found when it is
    the true count of something; counts are the true ones. durations: the medians that were published, which
    stand in the column waarde, or in one with the title of a median.
    """
    medians = {int(duration) for duration in durations}
    true = {count for count in counts if count % 10}
    found = []
    for place, table in gathered.tables:
        for name, values in table.items():
            if name in DRAWN or (_NO_COUNT.search(name) and name not in TELLINGEN):
                continue
            own = medians if name in _OF_MEDIANS else set()
            whole = [int(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool) and v == v // 1]
            is_count = name in TELLINGEN - {"soorten"}
            odd = {v for v in whole if v % 10 and v not in own and (is_count or (v > 10 and v in true))}
            found += [(place, f"no ten in the column {name!r}: {v}") for v in sorted(odd)]
    return found


# A whole number on its own: no part of a date, a decimal, a percentage, a name or a link.
_ALONE = re.compile(r"(?<![\w.,:/\-–+#=×])(\d{1,3}(?:\.\d{3})+|\d+)(?![\w:/]|[.,]\d|\s?%|[-–]\d)")
# What makes a number one of people, periods or requests: "7 personen", "7 van de 80 meldingen", "n = 7".
_OF_PEOPLE = re.compile(
    r"\s*(?:van\s+(?:de\s+)?\d[\d.]*\s+)?"
    r"(persoon|person|statushouder|period|melding|overdracht|mensen|gezin|asiel|iemand)"
)
_N = re.compile(r"\bn = $")


def exact_in_texts(gathered: Gathered, counts: Iterable[int]) -> list[Finding]:
    """Numbers of people, periods or requests in texts that are a true count and no ten."""
    true = {count for count in counts if count % 10}
    found = []
    for place, text in dict.fromkeys(gathered.texts):
        for match in _ALONE.finditer(text):
            number = int(match[1].replace(".", ""))
            after, before = text[match.end() : match.end() + 40], text[max(0, match.start() - 30) : match.start()]
            if number in true and (_OF_PEOPLE.match(after) or _N.search(before)):
                found.append((place, f"a true count: …{before}{match[1]}{after}…"))
    return found
