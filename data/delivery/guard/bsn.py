"""The guard against BSNs: where in a column does one stand?

In text, a token of exactly 8 or 9 digits that passes the elfproef (python-stdnum's), not adjacent to a letter, a digit,
`-` or `_`, is a hit, and the first hit counts. In a numeric column chance hits are normal (one number in eleven
passes): there a hit is found when at least half of the column's distinct candidates pass, which are whole numbers of 8
or 9 digits that are not a calendar date written as jjjjmmdd.
"""

import contextlib
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
_passes = lru_cache(maxsize=100_000)(bsn.is_valid)


def in_text(tekst: str) -> bool:
    """Whether a text, such as a column's name, holds a BSN."""
    return any(_passes(token) for token in _TOKEN.findall(tekst))


def without_long_number(naam: str) -> bool:
    """Whether a name may be shown: it has no run of digits that could be somebody's number."""
    return re.search("[0-9]{8}", naam) is None


def find(kolom: pl.Series, *, datumkolom: bool = False) -> int | None:
    """The index of the first value that holds a BSN, None when there is none.

    `datumkolom` says that a text column stands for dates; then the share of hits decides, as in a numeric column.
    Binary values are searched as UTF-8 text; lists, maps and structs by the text of what they hold.
    Raises ValueError when the column cannot be searched.
    """
    if kolom.dtype.base_type() is pl.Extension:
        kolom = kolom.ext.storage()
    soort = kolom.dtype
    if soort.is_numeric():
        return _find_by_share(_whole_numbers(kolom))
    if soort.is_temporal() or soort in (pl.Boolean, pl.Null):
        return None
    if soort.is_nested() or soort == pl.Binary:
        kolom, datumkolom = pl.Series(["\n".join(_texts(waarde)) for waarde in kolom.to_list()]), False
    tekst = kolom.cast(pl.String)
    if datumkolom:
        return _find_by_share(tekst)
    verdacht = tekst.str.contains(_VERDACHT).fill_null(False).arg_true()
    return next((plaats for plaats in verdacht if in_text(tekst[plaats])), None)


def names_in(kolom: str, soort: pl.DataType) -> Iterator[str]:
    """The name of a column and of the fields inside it."""
    yield kolom
    for veld in soort.fields if isinstance(soort, pl.Struct) else ():
        yield from names_in(veld.name, veld.dtype)
    if isinstance(soort, (pl.List, pl.Array)):
        yield from names_in("", soort.inner)


def _texts(waarde: object) -> Iterator[str]:
    """The texts in a value: of lists and structs those inside."""
    if isinstance(waarde, dict | list | tuple):
        for deel in waarde.items() if isinstance(waarde, dict) else waarde:
            yield from _texts(deel)
    elif isinstance(waarde, bytes):
        yield waarde.decode(errors="replace")
    elif waarde is not None:
        yield str(waarde)


def _find_by_share(kolom: pl.Series) -> int | None:
    verdacht = kolom.filter(kolom.str.contains(_VERDACHT).fill_null(False)).unique().to_list()
    kandidaten = {token for tekst in verdacht for token in _TOKEN.findall(tekst) if not _is_calendar_date(token)}
    treffers = set(filter(_passes, kandidaten))
    if not treffers or len(treffers) < AANDEEL_BSN * len(kandidaten):
        return None
    raak = [tekst for tekst in verdacht if treffers.intersection(_TOKEN.findall(tekst))]
    return kolom.is_in(raak).fill_null(False).arg_true()[0]


def _whole_numbers(kolom: pl.Series) -> pl.Series:
    """The values of 8 or 9 digits without a fraction as text; null for every other value."""
    if not kolom.dtype.is_integer():
        kolom = kolom.cast(pl.Float64)
        kolom = kolom.set(kolom != kolom.floor(), None)
    # In a type that holds every number: a small one cannot be compared with the bounds.
    getal = kolom.cast(pl.Int64, strict=False)
    return getal.set(~getal.is_between(10_000_000, 999_999_999), None).cast(pl.String)


def _is_calendar_date(cijfers: str) -> bool:
    with contextlib.suppress(ValueError):
        return len(cijfers) == 8 and 1900 <= dt.date.fromisoformat(cijfers).year <= 2099
    return False
