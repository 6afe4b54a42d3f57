"""Dutch notation for figures and dates, by Babel's nl_NL; never by the locale of browser or server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import escape as escape_html

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

LOCALE = "nl_NL"
MISSING = "—"
NOT_REACHED = "nog niet bereikt"
TOO_FEW = "te weinig waarnemingen"


def count(value: float | None) -> str:
    """A number of persons, periods or requests: 1234 is "1.234"; None is a dash."""
    return MISSING if value is None else format_decimal(value, format="#,##0", locale=LOCALE)


def percent(share: float | None, decimals: int = 0) -> str:
    """A fraction from 0 to 1 as a percentage: 0.7 is "70%", with one decimal "70,0%"; None is a dash.

    A share that is not quite 0 or 1 is never rounded to "0%" or "100%": one person can miss a norm.
    """
    if share is None:
        return MISSING
    pattern = "0%" if decimals == 0 else f"0.{'0' * decimals}%"
    step = 10 ** -(decimals + 2)
    sign, told = (
        ("< ", step) if 0 < share < step / 2 else ("> ", 1 - step) if 1 - step / 2 <= share < 1 else ("", share)
    )
    return sign + format_percent(told, format=pattern, locale=LOCALE)


def difference(figure: float | None, other: float | None, eenheid: str = "aandeel") -> float | None:
    """The difference of two figures as they are written: 0.237 and 0.804 are "24%" and "80%", so -0.56."""
    if figure is None or other is None:
        return None
    if eenheid != "aandeel":
        decimals = 1 if eenheid == "maanden" else 0
        return round(round(figure, decimals) - round(other, decimals), decimals)
    one, two = (int(re.sub(r"\D", "", percent(each))) for each in (figure, other))
    return (one - two) / 100


def difference_words(size: float, eenheid: str) -> str:
    """How large a difference is: "20 procentpunt", "4 dagen", "1,2 maanden"."""
    return f"{count(100 * size)} procentpunt" if eenheid == "aandeel" else value(size, eenheid)


def share_or_few(share: float | None) -> str:
    """A share that is left out under 10 observations: 0.7 is "70%", None "te weinig waarnemingen"."""
    return TOO_FEW if share is None else percent(share)


def decimal(value: float | None, decimals: int = 1) -> str:
    """A number with a fixed number of decimals: 11.75 is "11,8"; None is a dash."""
    return MISSING if value is None else format_decimal(value, format=f"#,##0.{'0' * decimals}", locale=LOCALE)


def _of(number: str, one: str, more: str) -> str:
    return f"{number} {one if number in ('1', '1,0') else more}"


def persons(number: float) -> str:
    """1 is "1 persoon", 0 "0 personen", 1234 "1.234 personen"."""
    return _of(count(number), "persoon", "personen")


def _duration(one: str, more: str, number: Callable[[float], str] = count) -> Callable[[float | None], str]:
    """How a duration is written: its number and its unit; None is "nog niet bereikt"."""
    return lambda value: NOT_REACHED if value is None else _of(number(value), one, more)


months = _duration("maand", "maanden", decimal)  # a median: 1,0 maand, 11,8 maanden
whole_months = _duration("maand", "maanden")  # a rounded number of months: 12 maanden
days = _duration("dag", "dagen")  # a median in whole days: 64 dagen
whole_weeks = _duration("week", "weken", lambda days: count(days / 7))  # days rounded to whole weeks: 63 is 9 weken


def _dated(pattern: str) -> Callable[[date | None], str]:
    """How a day is written, by a pattern of CLDR; None is a dash."""
    return lambda day: MISSING if day is None else format_date(day, format=pattern, locale=LOCALE)


long_date = _dated("d MMMM y")  # 31 december 2022
short_date = _dated("dd-MM-y")  # 31-12-2022
month = _dated("MMMM y")  # december 2022
quarter = _dated("QQQQ y")  # 4e kwartaal 2022
# Where there is little room.
short_quarter = _dated("Q'e kw.' y")  # 4e kw. 2022


def short_month(day: date | None) -> str:
    """dec 2022, for where there is little room; None is a dash."""
    return _dated("LLL y")(day).replace(".", "")


def value(figure: float | None, eenheid: str) -> str:
    """A figure in the unit of its indicator: aandeel, aantal, maanden or dagen.

    Raises KeyError for another unit.
    """
    return {"aandeel": percent, "aantal": count, "maanden": months, "dagen": days}[eenheid](figure)


def enumerate_words(words: list[str] | tuple[str, ...]) -> str:
    """["Noord", "Oost", "Centrum"] is "Noord, Oost en Centrum"."""
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def escape(text: object) -> str:
    """Text that is safe inside HTML, attributes included."""
    return escape_html(str(text), quote=True)
