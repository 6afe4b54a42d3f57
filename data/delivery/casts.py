"""From the types that parquet spells in many ways to the contract's own.

A cast that would lose or change a value fails and says on which row.
"""

import polars as pl

from data.delivery.source import TIJDZONE
from data.delivery.values import day_of_iso


class CastError(Exception):
    """A value cannot become the contract's type; index is its row, None when the whole type is wrong."""

    def __init__(self, index: int | None = None) -> None:
        super().__init__()
        self.index = index


SOORTNAMEN = {pl.String: "tekst", pl.Date: "datum", pl.Int64: "geheel getal", pl.Boolean: "ja/nee"}


def _all_cast(voor: pl.Series, na: pl.Series) -> pl.Series:
    """Pass `na` on unless a value got lost on the way."""
    mislukt = (voor.is_not_null() & na.is_null()).arg_true()
    if len(mislukt):
        raise CastError(mislukt[0])
    return na


def text_or_none(kolom: pl.Series) -> pl.Series | None:
    """Text columns in whatever way parquet spells them: plain, dictionary, bytes; None for other types."""
    if kolom.dtype.base_type() is pl.Extension:
        kolom = kolom.ext.storage()
    if kolom.dtype == pl.String:
        return kolom
    if kolom.dtype in (pl.Categorical, pl.Enum, pl.Null):
        return kolom.cast(pl.String)
    if kolom.dtype == pl.Binary:
        return _decoded(kolom)
    return None


def _decoded(kolom: pl.Series) -> pl.Series:
    try:
        return kolom.cast(pl.String)
    except pl.exceptions.PolarsError:
        for index, waarde in enumerate(kolom):
            try:
                (waarde or b"").decode("utf-8")
            except UnicodeDecodeError as fout:
                raise CastError(index) from fout
        raise


def _whole(kolom: pl.Series) -> pl.Series:
    """Whole numbers as Int64; a fraction, an infinity or a number beyond 64 bits fails; NaN is empty."""
    if kolom.dtype.is_integer():
        return _all_cast(kolom, kolom.cast(pl.Int64, strict=False))
    if not kolom.dtype.is_numeric():
        raise CastError
    if kolom.dtype.is_float():
        kolom = kolom.fill_nan(None)
    getal = kolom.cast(pl.Float64)
    return _all_cast(kolom, getal.set(getal != getal.floor(), None).cast(pl.Int64, strict=False))


def to_text(kolom: pl.Series) -> pl.Series:
    tekst = text_or_none(kolom)
    return _whole(kolom).cast(pl.String) if tekst is None else tekst


def _to_whole(kolom: pl.Series) -> pl.Series:
    tekst = text_or_none(kolom)
    if tekst is None:
        return _whole(kolom)
    cijfers = tekst.set(~tekst.str.contains(r"^-?[0-9]{1,18}$"), None)
    return _all_cast(tekst, cijfers.cast(pl.Int64, strict=False))


def _to_boolean(kolom: pl.Series) -> pl.Series:
    if kolom.dtype == pl.Boolean:
        return kolom
    tekst = text_or_none(kolom)
    if tekst is None:
        tekst = _whole(kolom).cast(pl.String)
    waar = tekst.str.to_lowercase().replace_strict(
        {"true": True, "1": True, "false": False, "0": False}, default=None, return_dtype=pl.Boolean
    )
    return _all_cast(tekst, waar)


def _to_date(kolom: pl.Series) -> pl.Series:
    if kolom.dtype == pl.Date:
        return kolom
    if kolom.dtype == pl.Datetime:
        # A moment with a zone is a day in Haarlem.
        return (kolom.dt.convert_time_zone(TIJDZONE) if kolom.dtype.time_zone else kolom).dt.date()
    tekst = text_or_none(kolom)
    if tekst is None and kolom.dtype.is_float() and not kolom.fill_nan(None).count():
        # How pandas writes a column in which every date is missing.
        return pl.Series(kolom.name, [None] * len(kolom), dtype=pl.Date)
    if tekst is None:
        raise CastError
    dagen = {waarde: day_of_iso(waarde) for waarde in tekst.unique().drop_nulls()}
    datum = tekst.replace_strict(dagen, default=None, return_dtype=pl.Date) if dagen else tekst.cast(pl.Date)
    return _all_cast(tekst, datum)


TO = {pl.String: to_text, pl.Date: _to_date, pl.Int64: _to_whole, pl.Boolean: _to_boolean}
