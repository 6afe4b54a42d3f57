"""From delivered text to the contract's types, value by value: what has no one reading is not read, and not guessed.

Dates are ISO (2022-06-01), three numbers in the order that the file shows or levering.toml sets (01-06-2022, also with
/ or . between them and a time behind them) or an Excel serial number of five digits. A year has four digits.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from data.delivery.source import TIJDZONE

_BOOL = dict.fromkeys(("ja", "j", "1", "true", "waar"), True)
_BOOL |= dict.fromkeys(("nee", "n", "0", "false", "onwaar"), False)

_TIJD = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"
_DRIE_GETALLEN = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIJD}")
_JAAR_VOOROP = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIJD}")
_SERIENUMMER = re.compile(r"([1-9]\d{4})(?:[.,]\d+)?")
# Excel counts days from here; its 1900 has a 29 February that never was.
_DAG_NUL = {False: date(1899, 12, 30), True: date(1904, 1, 1)}

_GEHEEL = {
    None: r"^(-?[0-9]{1,18})(?:[.,]0{1,2})?$",
    # No more than fit in 64 bits.
    ",": r"^(-?[0-9]{1,3}(?:\.[0-9]{3}){1,5}|-?[0-9]{1,18})(?:,0+)?$",
    ".": r"^(-?[0-9]{1,3}(?:,[0-9]{3}){1,5}|-?[0-9]{1,18})(?:\.0+)?$",
}


def date_order(teksten: Iterable[str]) -> str | None:
    """The order of day and month that the dates of one file show; None when it makes no difference.

    Raises ValueError, in Dutch, when they can be read in two ways, or some only in one way and some in the other.
    """
    paren = [(int(raak[1]), int(raak[3])) for raak in map(_DRIE_GETALLEN.fullmatch, teksten) if raak]
    paren = [paar for paar in paren if max(paar) <= 31 and min(paar) <= 12]
    dag_voorop, maand_voorop = any(een > 12 for een, _ in paren), any(twee > 12 for _, twee in paren)
    if dag_voorop and maand_voorop:
        raise ValueError("de datums staan door elkaar als dag-maand-jaar en als maand-dag-jaar")
    if dag_voorop or maand_voorop:
        return "dmj" if dag_voorop else "mdj"
    if any(een != twee for een, twee in paren):
        raise ValueError("aan de datums is niet te zien of eerst de dag staat of eerst de maand")
    return None


def read(
    tekst: pl.Series, soort: Any, volgorde: str | None, decimaalteken: str | None = None, dagen_1904: bool = False
) -> pl.Series:
    """Text in a type of the contract; null where a text is none.

    volgorde: dmj, mdj or jmd, None when day and month are equal. 1.000 is a whole number only when `decimaalteken`
    tells what the dot is.
    """
    if soort == pl.Date:
        return each(tekst, lambda dag: read_date(dag, volgorde, dagen_1904), pl.Date)
    if soort == pl.Boolean:
        return each(tekst, lambda woord: _BOOL.get(woord.casefold()), pl.Boolean)
    if soort == pl.Int64:
        return tekst.str.extract(_GEHEEL[decimaalteken]).str.replace_all("[.,]", "").cast(pl.Int64)
    return tekst


def read_date(tekst: str, volgorde: str | None, dagen_1904: bool = False) -> date | None:
    """The day that a text means, or None."""
    try:
        if raak := _JAAR_VOOROP.fullmatch(tekst):
            return date(int(raak[1]), int(raak[3]), int(raak[4]))
        if raak := _DRIE_GETALLEN.fullmatch(tekst):
            dag, maand = (3, 1) if volgorde == "mdj" else (1, 3)
            return None if volgorde == "jmd" else date(int(raak[4]), int(raak[maand]), int(raak[dag]))
        if raak := _SERIENUMMER.fullmatch(tekst):
            return _DAG_NUL[dagen_1904] + timedelta(days=int(raak[1]))
        return None if re.fullmatch(r"\d{1,7}", tekst) else day_of_iso(tekst)
    except (ValueError, OverflowError):
        return None


def day_of_iso(tekst: str) -> date | None:
    """The day here of an ISO date or time; None for any other text."""
    try:
        moment = datetime.fromisoformat(tekst)
        return (moment.astimezone(ZoneInfo(TIJDZONE)) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def each(kolom: pl.Series, read_one: Callable[[str], object], soort: pl.DataType) -> pl.Series:
    """Read every distinct text once."""
    verschillend = kolom.drop_nulls().unique()
    gelezen = pl.Series([read_one(tekst) for tekst in verschillend], dtype=soort)
    return kolom.replace_strict(verschillend, gelezen, default=None, return_dtype=soort)
