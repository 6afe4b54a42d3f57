"""How a figure is written, in both views alike: its number, "ongeveer" and its number, or words in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache, partial

import polars as pl

from queries import formats
from queries.definitions.columns import (
    AANDELEN,
    AFGEROND,
    BESCHERMD,
    DAGEN,
    EXACT,
    TELLINGEN,
    WEGGELATEN,
    kort_van,
    tekst_van,
    weergave_van,
)
from queries.definitions.indicators import INDICATOREN, MINIMUM_NOEMER
from queries.definitions.words import WORDS
from queries.formats import whole_months, whole_weeks

# In the place of a count that was rounded to 0.
FEW = "<10"
TOO_SMALL = "te klein om te tonen"
NOT_SHOWN = "niet getoond"
NOBODY = "niemand"
NOT_MEASURED = "niet te meten"
TOO_FEW = formats.TOO_FEW
ABOUT = "ongeveer"

# The number of persons that a share is of, in the row that it stands in.
NOEMER_VAN = {f"{of}waarde": f"{of}noemer" for of in ("", "eerder_", "rest_", "naast_")}
# What follows from shares and is no percentage itself. A ratio stands with its own interval.
_KINDS = {"diversiteit": "getal", "verhouding": "verhouding", "per_100_24": "per_100", "per_100_12": "per_100"}
# The conditions of evaluatie_meetbaarheid that are no share.
_CONDITIONS = {"groep_24_maanden": "personen", "groep_12_maanden": "personen", "aantoonbaar_verschil": "procentpunt"}


def _points(share: float | None) -> str:
    """A difference of shares: "13,7 procentpunt", a whole one without decimals."""
    return NOT_MEASURED if share is None else f"{formats.decimal(100 * share).removesuffix(',0')} procentpunt"


# Per kind of figure its notation: exact, and, where that differs, rounded. Of a rounded duration a decimal or a day
# would promise more.
_NOTATIONS: dict[str, tuple[Callable[..., str], ...]] = {
    "aantal": (formats.count,),
    "aandeel": (formats.share_or_few,),
    "maanden": (formats.months, whole_months),
    "dagen": (formats.days, whole_weeks),
    "getal": (formats.decimal,),
    "per_100": (formats.decimal, formats.count),
    "verhouding": (partial(formats.decimal, decimals=2),),
    "dag": (formats.long_date,),
    "personen": (formats.persons,),
    "procentpunt": (_points,),
    "gemeten aandeel": (lambda share: NOT_MEASURED if share is None else formats.percent(share),),
}


@lru_cache(maxsize=50_000)
def written(kind: str, value: float | date | None, weergave: str, instead: str = "") -> tuple[str, str]:
    """How one figure is written in a sentence, and where there is room for a number only.

    kind: a unit of queries.INDICATOREN, or another of _NOTATIONS. instead: the words for a figure that may be shown and
    says nothing: niemand, or too few observations.
    """
    # Of a condition, nothing to measure on and too few to measure on are the same.
    if weergave == BESCHERMD and kind not in ("gemeten aandeel", "procentpunt"):
        return TOO_SMALL, {"aantal": FEW, "personen": f"{FEW} personen"}.get(kind, TOO_SMALL)
    if weergave == WEGGELATEN:
        return NOT_SHOWN, NOT_SHOWN
    if weergave in WORDS:
        return weergave, WORDS[weergave].kort
    rounded = weergave == AFGEROND
    number = instead or _NOTATIONS[kind][-1 if rounded else 0](value)
    return f"{ABOUT} {number}" if rounded and value is not None and not instead else number, number


def with_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with, after every figure and how it is shown, ``<kolom>_tekst`` and ``<kolom>_kort``.

    tekst: in a sentence: "70%", "ongeveer 69%", "meer dan de helft", "te klein om te tonen", "niet getoond"; a share of
    fewer than 10 is "te weinig waarnemingen". kort: where there is room for a number only: "70%", "69%", ">50%", "<10".
    """
    parts: list[pl.Series] = []
    shown = {column: weergave_van(column) for column in frame.columns if weergave_van(column) in frame.columns}
    for name in frame.columns:
        if name not in shown.values():
            parts.append(frame[name])
        if name in shown:
            tekst, kort = zip(*_texts(frame, name), strict=True) if frame.height else ((), ())
            parts.append(frame[shown[name]])
            parts += [pl.Series(tekst_van(name), tekst, pl.String), pl.Series(kort_van(name), kort, pl.String)]
    return pl.DataFrame(parts)


def _texts(frame: pl.DataFrame, column: str) -> Iterator[tuple[str, str]]:
    """How each figure of a column is written."""
    about = "voorwaarde" if "voorwaarde" in frame.columns else "indicator"
    names = [about, column, weergave_van(column), "teller", NOEMER_VAN.get(column, "noemer")]
    beside = [frame[name] if name in frame.columns else [None] * frame.height for name in names]
    of_ratio = "verhouding" in frame.columns and column.startswith("ci_")
    for subject, value, weergave, teller, noemer in zip(*beside, strict=True):
        # A published median has no events to count, and is on enough.
        events = teller or 0 if weergave == EXACT else MINIMUM_NOEMER
        instead = "" if column not in NOEMER_VAN or noemer is None else _instead(subject, events, noemer, value)
        yield written("verhouding" if of_ratio else _kind(column, about, subject), value, weergave, instead)


def _kind(column: str, about: str, subject: str | None) -> str:
    if column == "waarde" and about == "voorwaarde":
        return kind_of_condition(subject)
    if column == "waarde" and subject:
        return INDICATOREN[subject].eenheid
    if column in AANDELEN:
        return _KINDS.get(column, "aandeel")
    if column in DAGEN:
        return "dag"
    return "aantal" if column in TELLINGEN else "dagen" if column.endswith("_dagen") else "maanden"


def kind_of_condition(voorwaarde: str) -> str:
    """The kind of figure that a condition of evaluatie_meetbaarheid measures."""
    return _CONDITIONS.get(voorwaarde, "gemeten aandeel")


def _instead(indicator: str | None, events: int, noemer: int, value: float | None) -> str:
    """The words for a share or median on fewer than 10 observations, or for a KPI about nobody."""
    entry = INDICATOREN.get(indicator or "")
    if entry and noemer == 0:
        return NOBODY
    if entry and entry.eenheid == "aantal":
        return ""
    few_events = entry is not None and entry.is_mediaan and value is not None and events < MINIMUM_NOEMER
    return TOO_FEW if noemer < MINIMUM_NOEMER or few_events else ""
