"""From the types that parquet spells in many ways to the contract's own.

A cast that would lose or change a value fails and says on which row, counted from 1.
"""

import polars as pl

from data.delivery.reading import TIJDZONE
from data.delivery.values import dag_van_iso


class CastError(Exception):
    """A value cannot become the contract's type; regel is its row, None when the whole type is wrong."""

    def __init__(self, regel: int | None = None) -> None:
        super().__init__()
        self.regel = regel


SOORTNAMEN = {pl.String: "tekst", pl.Date: "datum", pl.Int64: "geheel getal", pl.Boolean: "ja/nee"}


def _weiger_mislukte(voor: pl.Series, na: pl.Series) -> pl.Series:
    """Pass `na` on unless a value got lost on the way."""
    mislukt = (voor.is_not_null() & na.is_null()).arg_true()
    if len(mislukt):
        raise CastError(mislukt[0] + 1)
    return na


def tekst_of_niets(kolom: pl.Series) -> pl.Series | None:
    """Text columns in whatever way parquet spells them: plain, dictionary, bytes; None for other types."""
    if kolom.dtype.base_type() is pl.Extension:
        kolom = kolom.ext.storage()
    if kolom.dtype == pl.String:
        return kolom
    if kolom.dtype in (pl.Categorical, pl.Enum, pl.Null):
        return kolom.cast(pl.String)
    if kolom.dtype == pl.Binary:
        return _ontcijfer(kolom)
    return None


def _ontcijfer(kolom: pl.Series) -> pl.Series:
    try:
        return kolom.cast(pl.String)
    except pl.exceptions.PolarsError:
        for regel, waarde in enumerate(kolom, start=1):
            try:
                (waarde or b"").decode("utf-8")
            except UnicodeDecodeError as fout:
                raise CastError(regel) from fout
        raise


def _geheel(kolom: pl.Series) -> pl.Series:
    """Whole numbers as Int64; a fraction, an infinity or a number beyond 64 bits fails; NaN is empty."""
    if kolom.dtype.is_integer():
        return _weiger_mislukte(kolom, kolom.cast(pl.Int64, strict=False))
    if not kolom.dtype.is_numeric():
        raise CastError
    if kolom.dtype.is_float():
        kolom = kolom.fill_nan(None)
    getal = kolom.cast(pl.Float64)
    return _weiger_mislukte(kolom, getal.set(getal != getal.floor(), None).cast(pl.Int64, strict=False))


def naar_tekst(kolom: pl.Series) -> pl.Series:
    tekst = tekst_of_niets(kolom)
    return _geheel(kolom).cast(pl.String) if tekst is None else tekst


def _naar_geheel(kolom: pl.Series) -> pl.Series:
    tekst = tekst_of_niets(kolom)
    if tekst is None:
        return _geheel(kolom)
    cijfers = tekst.set(~tekst.str.contains(r"^-?[0-9]{1,18}$"), None)
    return _weiger_mislukte(tekst, cijfers.cast(pl.Int64, strict=False))


def _naar_waar(kolom: pl.Series) -> pl.Series:
    if kolom.dtype == pl.Boolean:
        return kolom
    tekst = tekst_of_niets(kolom)
    if tekst is None:
        tekst = _geheel(kolom).cast(pl.String)
    waar = tekst.str.to_lowercase().replace_strict(
        {"true": True, "1": True, "false": False, "0": False}, default=None, return_dtype=pl.Boolean
    )
    return _weiger_mislukte(tekst, waar)


def _naar_datum(kolom: pl.Series) -> pl.Series:
    if kolom.dtype == pl.Date:
        return kolom
    if kolom.dtype == pl.Datetime:
        # A moment with a zone is a day in Haarlem.
        return (kolom.dt.convert_time_zone(TIJDZONE) if kolom.dtype.time_zone else kolom).dt.date()
    tekst = tekst_of_niets(kolom)
    if tekst is None and kolom.dtype.is_float() and not kolom.fill_nan(None).count():
        # How pandas writes a column in which every date is missing.
        return pl.Series(kolom.name, [None] * len(kolom), dtype=pl.Date)
    if tekst is None:
        raise CastError
    dagen = {waarde: dag_van_iso(waarde) for waarde in tekst.unique().drop_nulls()}
    datum = tekst.replace_strict(dagen, default=None, return_dtype=pl.Date) if dagen else tekst.cast(pl.Date)
    return _weiger_mislukte(tekst, datum)


NAAR = {pl.String: naar_tekst, pl.Date: _naar_datum, pl.Int64: _naar_geheel, pl.Boolean: _naar_waar}
