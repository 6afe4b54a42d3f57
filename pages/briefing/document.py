"""A briefing as data: what stands in it, whatever it is written as. Screen, PDF and Word all draw this.

A paragraph is a text, a list of sentences a tuple of texts. What is said in words that follow from no figure stands
in texts.toml.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import altair as alt

import queries

TEXTS: dict[str, Any] = queries.texts(__file__)
AUTHOR = queries.GEMEENTE.afzender


@dataclass(frozen=True)
class Facts:
    """Terms and what is to be said of each; small: in small print, in two columns where there is room."""

    rows: tuple[tuple[str, str], ...]
    small: bool = False


@dataclass(frozen=True)
class Table:
    """A table of written cells. numbers: the columns that hold figures, by place; widths: shares of the width."""

    title: str
    headings: Sequence[str]
    rows: tuple[tuple[str, ...], ...]
    widths: Sequence[float]
    numbers: Sequence[int] = ()
    total: bool = False


@dataclass(frozen=True)
class Tiles:
    """Leading figures: of each what it is, the figure, and on how many it rests with its norm."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Picture:
    """A chart with its title, the words that say what it shows, and the figures that stand beside it."""

    chart: alt.TopLevelMixin
    title: str
    alt: str
    beside: Tiles


Block = str | tuple[str, ...] | Facts | Table | Tiles | Picture
Sections = tuple[tuple[str, tuple[Block, ...]], ...]


@dataclass(frozen=True)
class Briefing:
    """The whole document.

    facts: the title block. first, themes, annex: the first page, the second, and what comes after it; per heading what
    stands under it. marks: what every page says (the demo, that it is internal). made: the moment of the data, which is
    also the moment that the files carry. subject: the file name without its extension.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    first: Sections
    themes: Sections
    annex: Sections
    marks: tuple[str, ...]
    footer: str
    made: datetime
    subject: str
    kind: str = TEXTS["kind"]
    author: str = AUTHOR

    @property
    def sections(self) -> Sections:
        """All headings in the order of the document."""
        return self.first + self.themes + self.annex
