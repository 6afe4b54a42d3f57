"""From delivered text to the contract's types, value by value and without a guess.

A text that has no one reading is not read: the row that holds it is rejected. Dates are ISO (2022-06-01),
three numbers in the order that the file shows or levering.toml sets (01-06-2022, also with / or . between
them and a time behind them) or an Excel serial number of five digits. A year has four digits.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from data.delivery.source import TIJDZONE

VOLGORDEN = {"dmj": "dag-maand-jaar", "mdj": "maand-dag-jaar", "jmd": "jaar-maand-dag"}

WAAR = {"ja": True, "j": True, "1": True, "true": True, "waar": True}
ONWAAR = {"nee": False, "n": False, "0": False, "false": False, "onwaar": False}

_TIJD = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"
_DRIE_GETALLEN = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIJD}")
_JAAR_VOOROP = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIJD}")
_SERIENUMMER = re.compile(r"([1-9]\d{4})(?:[.,]\d+)?")
# Excel counts days from here; its 1900 has a 29 February that never was.
_DAG_NUL = {False: date(1899, 12, 30), True: date(1904, 1, 1)}

_GEHEEL = {
    None: re.compile(r"(-?\d{1,18})(?:[.,]0{1,2})?"),
    # No more than fit in 64 bits.
    ",": re.compile(r"(-?\d{1,3}(?:\.\d{3}){1,5}|-?\d{1,18})(?:,0+)?"),
    ".": re.compile(r"(-?\d{1,3}(?:,\d{3}){1,5}|-?\d{1,18})(?:\.0+)?"),
}


class OnduidelijkeVolgorde(Exception):
    """Days and months cannot be told apart; `tegenstrijdig` when the file shows both orders."""

    def __init__(self, tegenstrijdig: bool) -> None:
        super().__init__()
        self.tegenstrijdig = tegenstrijdig


def date_order(teksten: Iterable[str]) -> str | None:
    """The order of day and month that the dates of one file show; None when it makes no difference.

    Raises OnduidelijkeVolgorde when they can be read in two ways, or some only in one way and some in the other.
    """
    mogelijk = {"dmj", "mdj"}
    verschil = False
    for tekst in teksten:
        if raak := _DRIE_GETALLEN.fullmatch(tekst):
            een, twee = int(raak[1]), int(raak[3])
            if een > 31 or twee > 31 or (een > 12 and twee > 12):
                continue
            verschil = verschil or een != twee
            if een > 12:
                mogelijk.discard("mdj")
            if twee > 12:
                mogelijk.discard("dmj")
    if not mogelijk:
        raise OnduidelijkeVolgorde(tegenstrijdig=True)
    if len(mogelijk) == 2:
        if verschil:
            raise OnduidelijkeVolgorde(tegenstrijdig=False)
        return None
    return mogelijk.pop()


def to_date(kolom: pl.Series, volgorde: str | None, dagen_1904: bool = False) -> pl.Series:
    """Dates; null where a text is none. `volgorde` as in VOLGORDEN, None when day and month are equal."""
    return _each(kolom, lambda tekst: read_date(tekst, volgorde, dagen_1904), pl.Date)


def to_whole(kolom: pl.Series, decimaalteken: str | None) -> pl.Series:
    """Whole numbers; null where a text is none. 1.000 is read only when `decimaalteken` tells what the dot is."""
    patroon = _GEHEEL[decimaalteken]

    def whole(tekst: str) -> int | None:
        raak = patroon.fullmatch(tekst)
        return int(re.sub(r"[.,]", "", raak[1])) if raak else None

    return _each(kolom, whole, pl.Int64)


def to_boolean(kolom: pl.Series) -> pl.Series:
    """Ja/Nee, J/N, 1/0, true/false, waar/onwaar in any capitals; null where a text is none of them."""
    return _each(kolom, lambda tekst: (WAAR | ONWAAR).get(tekst.casefold()), pl.Boolean)


def read_date(tekst: str, volgorde: str | None, dagen_1904: bool = False) -> date | None:
    """The day that a text means, or None."""
    try:
        if raak := _JAAR_VOOROP.fullmatch(tekst):
            return date(int(raak[1]), int(raak[3]), int(raak[4]))
        if raak := _DRIE_GETALLEN.fullmatch(tekst):
            een, twee, jaar = int(raak[1]), int(raak[3]), int(raak[4])
            if volgorde == "jmd":
                return None
            dag, maand = (twee, een) if volgorde == "mdj" else (een, twee)
            return date(jaar, maand, dag)
        if raak := _SERIENUMMER.fullmatch(tekst):
            return _DAG_NUL[dagen_1904] + timedelta(days=int(raak[1]))
        if re.fullmatch(r"\d{1,7}", tekst):
            return None
        return day_of_iso(tekst)
    except (ValueError, OverflowError):
        return None


def day_of_iso(tekst: str) -> date | None:
    """The day in Haarlem of an ISO date or time; None for any other text."""
    try:
        moment = datetime.fromisoformat(tekst)
        return (moment.astimezone(ZoneInfo(TIJDZONE)) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def _each(kolom: pl.Series, read: Callable[[str], object], soort: type[pl.DataType]) -> pl.Series:
    """Read every distinct text once."""
    verschillend = kolom.drop_nulls().unique()
    gelezen = pl.Series([read(tekst) for tekst in verschillend], dtype=soort)
    return kolom.replace_strict(verschillend, gelezen, default=None, return_dtype=soort).alias(kolom.name)
