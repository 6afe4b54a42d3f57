"""The guard against BSNs: where in a column does one stand?

In text, a token of exactly 8 or 9 digits that passes the elfproef, not adjacent to a letter, a digit, `-`
or `_`, is a hit, and the first hit counts. In a numeric column chance hits are normal (one number in eleven
passes): there a hit is found when at least half of the column's distinct candidates pass. Candidates are
whole numbers of 8 or 9 digits that are not a calendar date written as jjjjmmdd. The elfproef is
python-stdnum's.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

import polars as pl
from stdnum.nl import bsn

# At least this share of the distinct candidates in a numeric column passes: then they are BSNs, not chance.
AANDEEL_BSN = 0.5

_TOKEN = re.compile(r"(?<![\w-])[0-9]{8,9}(?![\w-])")
# The regex engine of polars has no look-around; this finds every text that may hold a token, and then some.
_VERDACHT = r"(?:^|[^0-9A-Za-z_-])[0-9]{8,9}(?:$|[^0-9A-Za-z_-])"
_LANG_GETAL = re.compile(r"[0-9]{8,}")

_ZONDER_CIJFERS = (pl.Boolean, pl.Null, pl.Time, pl.Duration, pl.Date, pl.Datetime)


def in_text(tekst: str) -> bool:
    """Whether a text, such as a column's name, holds a BSN."""
    return any(_passes(token) for token in _TOKEN.findall(tekst))


def without_long_number(naam: str) -> bool:
    """Whether a name may be shown: it has no run of digits that could be somebody's number."""
    return _LANG_GETAL.search(naam) is None


def find(kolom: pl.Series, *, datumkolom: bool = False) -> int | None:
    """The index of the first value that holds a BSN, None when there is none.

    `datumkolom` says that a text column stands for dates; then the share of hits decides, as in a numeric
    column. A value that is a date by its type cannot be a BSN. Binary values are searched as UTF-8 text,
    else byte by byte; lists, maps and structs by the text of what they hold. Raises ValueError when the
    column has a type that cannot be searched.
    """
    for index, blad, genest in _leaves(kolom):
        if blad.dtype in (pl.String, pl.Categorical, pl.Enum):
            tekst = blad.cast(pl.String)
            gevonden = _find_in_date_text(tekst) if datumkolom else _find_in_text(tekst)
        elif blad.dtype == pl.Binary:
            gevonden = _find_in_text(_as_text(blad))
        elif blad.dtype.is_numeric():
            gehelen = _whole_numbers(blad)
            gevonden = _find_in_text(gehelen.cast(pl.String)) if genest else _find_number(gehelen)
        elif blad.dtype in _ZONDER_CIJFERS:
            gevonden = None
        else:
            raise ValueError("the column's type cannot be searched")
        if gevonden is not None:
            return gevonden if index is None else index[gevonden]
    return None


def names_in(kolom: str, soort: pl.DataType) -> Iterator[str]:
    """The name of a column and of the fields inside it."""
    yield kolom
    if isinstance(soort, pl.Struct):
        for veld in soort.fields:
            yield from names_in(veld.name, veld.dtype)
    elif isinstance(soort, (pl.List, pl.Array)):
        yield from names_in("", soort.inner)


def _leaves(
    kolom: pl.Series, index: pl.Series | None = None, genest: bool = False
) -> Iterator[tuple[pl.Series | None, pl.Series, bool]]:
    """Flatten nested values: the index of the row per value, the values, and whether they were nested."""
    soort = kolom.dtype
    if soort.base_type() is pl.Extension:
        yield from _leaves(kolom.ext.storage(), index, genest)
    elif soort.base_type() is pl.Map:
        yield from _leaves(kolom.map.entries(), index, True)
    elif isinstance(soort, (pl.List, pl.Array)):
        if index is None:
            index = pl.Series("regel", range(len(kolom)), dtype=pl.UInt32)
        plat = pl.DataFrame({"regel": index, "waarde": kolom}).explode("waarde")
        yield from _leaves(plat["waarde"], plat["regel"], True)
    elif isinstance(soort, pl.Struct):
        for veld in kolom.struct.fields:
            yield from _leaves(kolom.struct.field(veld), index, True)
    else:
        yield index, kolom, genest


def _find_in_text(kolom: pl.Series) -> int | None:
    for plaats in kolom.str.contains(_VERDACHT).fill_null(False).arg_true():
        if in_text(kolom[plaats]):
            return plaats
    return None


def _find_number(kolom: pl.Series) -> int | None:
    kandidaten = [getal for getal in kolom.unique().drop_nulls().to_list() if not _is_calendar_date(f"{getal:08d}")]
    treffers = [getal for getal in kandidaten if _passes(str(getal))]
    if not treffers or len(treffers) < AANDEEL_BSN * len(kandidaten):
        return None
    return kolom.is_in(treffers).fill_null(False).arg_true()[0]


def _find_in_date_text(kolom: pl.Series) -> int | None:
    verdacht = kolom.filter(kolom.str.contains(_VERDACHT).fill_null(False)).unique().to_list()
    kandidaten = {token for tekst in verdacht for token in _TOKEN.findall(tekst) if not _is_calendar_date(token)}
    treffers = {token for token in kandidaten if _passes(token)}
    if not treffers or len(treffers) < AANDEEL_BSN * len(kandidaten):
        return None
    raak = [tekst for tekst in verdacht if treffers.intersection(_TOKEN.findall(tekst))]
    return kolom.is_in(raak).fill_null(False).arg_true()[0]


def _whole_numbers(kolom: pl.Series) -> pl.Series:
    """The values of 8 or 9 digits without a fraction; null for every other value."""
    if not kolom.dtype.is_integer():
        kolom = kolom.cast(pl.Float64)
        kolom = kolom.set(kolom != kolom.floor(), None)
    elif kolom.dtype in (pl.Int8, pl.Int16, pl.UInt8, pl.UInt16):
        # Too small for such a number, and for the bounds that it is compared with.
        kolom = kolom.cast(pl.Int64)
    return kolom.set(~kolom.is_between(10_000_000, 999_999_999), None).cast(pl.Int64)


def _as_text(kolom: pl.Series) -> pl.Series:
    try:
        return kolom.cast(pl.String)
    except pl.exceptions.PolarsError:
        return pl.Series([None if waarde is None else _decoded(waarde) for waarde in kolom], dtype=pl.String)


def _decoded(waarde: bytes) -> str:
    try:
        return waarde.decode("utf-8")
    except UnicodeDecodeError:
        return waarde.decode("latin-1")


def _is_calendar_date(cijfers: str) -> bool:
    if len(cijfers) != 8 or not "19000101" <= cijfers <= "20991231":
        return False
    try:
        dt.date(int(cijfers[:4]), int(cijfers[4:6]), int(cijfers[6:]))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=100_000)
def _passes(cijfers: str) -> bool:
    return bsn.is_valid(cijfers)
