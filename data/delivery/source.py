"""What one file of a delivery becomes: a `Bron`, with named columns and per row the line on which it stands.

What is no row of data is named in `Bron.overgeslagen` and never silently left out: empty lines and a total under the
data. A row with another number of fields than the header has is kept, with that as its flaw.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from data.delivery.guard import names
from data.errors import RefusedError

TIJDZONE = "Europe/Amsterdam"

# A file that cannot be read ends in one of these; a damaged one can make the reader of polars panic.
LEESFOUTEN = (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException, UnicodeError)

# Limits far above what a municipality delivers; a file beyond them is damaged or meant to do harm.
MAX_RIJEN = 20_000_000
MAX_CEL = 32_767  # of Excel as well

LEGE_REGEL, TOTAALREGEL = "lege regel", "totaalregel"
ZONDER_KOP = " (zonder kop)"


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


@dataclass(eq=False)
class Bron:
    """One file, or one sheet of a workbook, as a table.

    soorten: data type per column, in the file's order. losse_tekst: line and text of what stands outside the table,
    such as a title above it. rijen: of a text file the columns, all text; None of parquet, of which a column is read
    when it is asked for. regels: per row its line; None when rows are counted. gebrek: which rows have another number
    of fields.
    """

    pad: Path
    soorten: dict[str, pl.DataType]
    kenmerk: tuple[int, int, int]
    naam: str
    blad: str | None = None
    dubbel: frozenset[str] = frozenset()
    overgeslagen: list[Overgeslagen] = field(default_factory=list)
    losse_tekst: list[tuple[int, str]] = field(default_factory=list)
    dagen_1904: bool = False
    kopregel: int = 1
    rijen: pl.DataFrame | None = None
    regels: pl.Series | None = None
    gebrek: pl.Series | None = None

    @property
    def is_text(self) -> bool:
        """Whether the columns are text for want of types: CSV and XLSX."""
        return self.rijen is not None

    def read(self, kolom: str) -> pl.Series:
        """One column as delivered. Raises RefusedError when it can no longer be read."""
        if self.rijen is not None:
            return self.rijen[kolom]
        try:
            return pl.read_parquet(self.pad, columns=[kolom], glob=False, hive_partitioning=False)[kolom]
        except LEESFOUTEN as fout:
            raise unreadable(self.pad) from fout

    def lines(self, aantal: int) -> pl.Series:
        """The line of each of the `aantal` rows: physical line in CSV, row of the sheet, number in parquet."""
        return pl.int_range(1, aantal + 1, dtype=pl.UInt32, eager=True) if self.regels is None else self.regels

    def line(self, index: int) -> int:
        """The line of one row."""
        return index + 1 if self.regels is None else self.regels[index]

    def column(self, gevraagd: str) -> str | None:
        """The column of that name; in text files capitals do not matter when no other column is meant."""
        if gevraagd in self.soorten:
            return gevraagd
        if self.is_text:
            gelijk = [naam for naam in self.soorten if naam.casefold() == gevraagd.strip().casefold()]
            if len(gelijk) == 1:
                return gelijk[0]
        return None

    def is_margin(self, kolom: str) -> bool:
        """Whether a column is nothing but room beside the table: without a name and without a value."""
        return self.is_text and kolom.endswith(ZONDER_KOP) and not self.read(kolom).count()

    def column_name(self, kolom: str) -> str:
        """The name as it may stand in a message: its place instead when it holds a long number."""
        return kolom if names.may_be_shown(kolom) else f"nummer {list(self.soorten).index(kolom) + 1}"

    def delivered_at(self) -> datetime:
        """When the file was last written, to the second."""
        return datetime.fromtimestamp(int(self.pad.stat().st_mtime), ZoneInfo(TIJDZONE))

    def is_changed(self) -> bool:
        """Whether the file was written or replaced since it was opened."""
        try:
            return mark_of(self.pad) != self.kenmerk
        except OSError:
            return True


def sha256(pad: Path) -> str:
    """The SHA-256 of a file, in hexadecimals."""
    with pad.open("rb") as inhoud:
        return hashlib.file_digest(inhoud, "sha256").hexdigest()


def mark_of(pad: Path) -> tuple[int, int, int]:
    """What changes when a file is written or replaced."""
    stand = pad.stat()
    return stand.st_ino, stand.st_size, stand.st_mtime_ns


def unreadable(pad: Path, soort: str = "parquetbestand") -> RefusedError:
    """The refusal of a file that is damaged."""
    return RefusedError(
        f"{names.file_name(pad.name)} is geen leesbaar {soort}: beschadigd, afgekapt of niet toegankelijk."
    )


def too_many_rows(naam: str) -> RefusedError:
    """The refusal of a file with more rows than MAX_RIJEN."""
    return RefusedError(f"{naam} heeft meer dan 20 miljoen rijen; dat kan niet kloppen.")
