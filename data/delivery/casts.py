"""From the types that parquet spells in many ways to the contract's own.

A cast that would lose or change a value fails and says on which row.
"""

import contextlib

import polars as pl

from data.delivery.source import TIJDZONE
from data.delivery.values import day_of_iso, each


class CastError(Exception):
    """A value cannot become the contract's type; index is its row, None when the whole type is wrong."""

    def __init__(self, index: int | None = None) -> None:
        super().__init__()
        self.index = index


def cast(kolom: pl.Series, soort: pl.DataType) -> pl.Series:
    """A column of parquet in a type of the contract. Raises CastError."""
    if kolom.dtype == soort:
        return kolom
    if soort == pl.Date and kolom.dtype == pl.Datetime:
        # A moment with a zone is a day here.
        return (kolom.dt.convert_time_zone(TIJDZONE) if kolom.dtype.time_zone else kolom).dt.date()
    if soort == pl.Date and kolom.dtype.is_float() and not kolom.fill_nan(None).count():
        # How pandas writes a column in which every date is missing.
        return pl.repeat(None, len(kolom), dtype=pl.Date, eager=True)
    is_text = text_or_none(kolom) is not None
    if soort == pl.Date and not is_text:
        raise CastError
    if soort == pl.Int64 and not is_text:
        return _whole(kolom)
    tekst = to_text(kolom)
    if soort == pl.String:
        return tekst
    if soort == pl.Int64:
        cijfers = tekst.set(~tekst.str.contains(r"^-?[0-9]{1,18}$"), None)
        return _lossless(tekst, cijfers.cast(pl.Int64, strict=False))
    waar = {"true": True, "1": True, "false": False, "0": False}
    return _lossless(tekst, each(tekst, day_of_iso if soort == pl.Date else lambda t: waar.get(t.lower()), soort))


def to_text(kolom: pl.Series) -> pl.Series:
    """A column of texts or whole numbers as text. Raises CastError for another."""
    tekst = text_or_none(kolom)
    return _whole(kolom).cast(pl.String) if tekst is None else tekst


def text_or_none(kolom: pl.Series) -> pl.Series | None:
    """Text columns in whatever way parquet spells them: plain, dictionary, bytes; None for other types."""
    if kolom.dtype.base_type() is pl.Extension:
        kolom = kolom.ext.storage()
    if kolom.dtype == pl.Binary:
        return _lossless(kolom, pl.Series(kolom.name, map(_utf8, kolom), dtype=pl.String))
    return kolom.cast(pl.String) if kolom.dtype in (pl.String, pl.Categorical, pl.Enum, pl.Null) else None


def _utf8(waarde: bytes | None) -> str | None:
    with contextlib.suppress(UnicodeDecodeError):
        return None if waarde is None else waarde.decode("utf-8")


def _whole(kolom: pl.Series) -> pl.Series:
    """Whole numbers as Int64; a fraction, an infinity or a number beyond 64 bits fails; NaN is empty."""
    if kolom.dtype.is_integer():
        return _lossless(kolom, kolom.cast(pl.Int64, strict=False))
    if not kolom.dtype.is_numeric():
        raise CastError
    getal = kolom.cast(pl.Float64).fill_nan(None)
    return _lossless(getal, getal.set(getal != getal.floor(), None).cast(pl.Int64, strict=False))


def _lossless(voor: pl.Series, na: pl.Series) -> pl.Series:
    """Pass `na` on unless a value got lost on the way."""
    mislukt = (voor.is_not_null() & na.is_null()).arg_true()
    if len(mislukt):
        raise CastError(mislukt[0])
    return na
