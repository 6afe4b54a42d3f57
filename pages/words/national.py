"""Figures that were published about the nation, in words: a bound is told as one, with its version and its source."""

from __future__ import annotations

from collections.abc import Sequence

from pages.words import TEXTS, formats
from pages.words.presentation import Row

TOLD = TEXTS["national"]
# A text in parts, of which a pair is a link: what it says and its address, empty where that is not known.
Parts = Sequence[str | tuple[str, str]]


def share(row: Row) -> str:
    """The share of a row of queries.national(): "35%", "ten minste 70%"."""
    return TOLD["share"][row["soort"]].format(formats.percent(row["waarde"]))


def published(row: Row) -> str:
    """How settled a figure is and since when it is known: "voorlopig cijfer, publicatiedatum niet bekend"."""
    day = row["gepubliceerd_op"]
    since = TOLD["since"].format(formats.long_date(day)) if day else TOLD["no_day"]
    return f"{TOLD['version'][row['versie']]}, {since}"


def source(row: Row) -> Parts:
    """Where a figure comes from, with the way to it, and how settled it is."""
    return [(row["bron"], row["url"] or ""), f" ({published(row)})."]
