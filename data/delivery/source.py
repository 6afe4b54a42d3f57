"""What one file of a delivery becomes: a `Bron`, with named columns and per row the line on which it stands."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl

from data.delivery.guard import names
from data.delivery.refusals import refusal
from data.errors import RefusedError

TIJDZONE = "Europe/Amsterdam"

# A file that cannot be read ends in one of these; a damaged one can make the reader of polars panic.
LEESFOUTEN = (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException, UnicodeError)

# Limits far above what a municipality delivers; a file beyond them is damaged or meant to do harm.
MAX_RIJEN = 20_000_000
MAX_CEL = 32_767  # of Excel as well

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
    """Lines `van` up to and including `tot` that hold no row of data: empty ones, or a total."""

    van: int
    tot: int
    totaal: bool = False

    def told(self) -> str:
        """Where they are and what they are, in Dutch."""
        een = self.van == self.tot
        plek = f"regel {self.van}" if een else f"regel {self.van} tot en met {self.tot}"
        return f"{plek}: {'een totaalregel' if self.totaal else 'een lege regel' if een else 'lege regels'}"


@dataclass(eq=False)
class Bron:
    """One file, or one sheet of a workbook, as a table.

    kenmerk: see `mark_of`. soorten: data type per column, in the file's order. losse_tekst: line and text of what
    stands outside the table, such as a title above it. overgeslagen: what is no row of data, never silently left out.
    rijen: of a text file the columns, all text; None of parquet, of which a column is read when it is asked for.
    regels: per row its line: physical in CSV, row of the sheet, number in parquet. gebrek: which rows have another
    number of fields than the header; they are kept.
    """

    pad: Path
    naam: str
    kenmerk: tuple[int, int, int]
    blad: str | None = None
    soorten: dict[str, pl.DataType] = field(default_factory=dict)
    dubbel: frozenset[str] = frozenset()
    overgeslagen: list[Overgeslagen] = field(default_factory=list)
    losse_tekst: list[tuple[int, str]] = field(default_factory=list)
    dagen_1904: bool = False
    kopregel: int = 1
    rijen: pl.DataFrame | None = None
    regels: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.UInt32))
    gebrek: pl.Series = field(default_factory=lambda: pl.Series([], dtype=pl.Boolean))

    @property
    def is_text(self) -> bool:
        """Whether the columns are text for want of types: CSV and XLSX."""
        return self.rijen is not None

    def read(self, kolom: str) -> pl.Series:
        """One column as delivered. Raises RefusedError when it can no longer be read."""
        if self.rijen is not None:
            return self.rijen[kolom]
        with readable(self.pad):
            return pl.read_parquet(self.pad, columns=[kolom], glob=False, hive_partitioning=False)[kolom]

    def line(self, index: int) -> int:
        return self.regels[index]

    def column(self, gevraagd: str) -> str | None:
        """The column of that name; in text files capitals and spaces do not matter when no other column is meant."""
        if gevraagd in self.soorten:
            return gevraagd
        gelijk = [naam for naam in self.soorten if naam.casefold() == " ".join(gevraagd.split()).casefold()]
        return gelijk[0] if self.is_text and len(gelijk) == 1 else None

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


@contextlib.contextmanager
def readable(pad: Path, soort: str = "parquetbestand", *fouten: type[BaseException]) -> Iterator[None]:
    """What goes wrong inside, by LEESFOUTEN or `fouten`, ends as the refusal of a file that is damaged."""
    try:
        yield
    except (RefusedError, MemoryError):
        raise
    except (*LEESFOUTEN, *fouten) as fout:
        raise refusal("damaged", naam=names.file_name(pad.name), soort=soort) from fout


def refuse_too_many(rijen: int, naam: str) -> None:
    """Raise RefusedError for a file with more rows than MAX_RIJEN."""
    if rijen > MAX_RIJEN:
        raise refusal("too_many_rows", naam=naam)
