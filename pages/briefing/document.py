"""A briefing as data: what stands in it, whatever it is written as. Screen, PDF and Word all draw this.

A paragraph is a text, a list of sentences a tuple of texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import altair as alt


@dataclass(frozen=True)
class Facts:
    """Terms and what is to be said of each; small: in small print, in two columns where there is room."""

    rows: tuple[tuple[str, str], ...]
    small: bool = False


@dataclass(frozen=True)
class Table:
    """A table of written cells. numbers: the columns that hold figures, by place; widths: shares of the width."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numbers: tuple[int, ...] = ()
    total: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart with its title, the words that say what it shows, and the sentences that stand beside it."""

    chart: alt.TopLevelMixin
    title: str
    alt: str
    beside: tuple[str, ...]


Block = str | tuple[str, ...] | Facts | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Briefing:
    """The whole document.

    marks: what every page says (the demo, that it is internal). facts: the title block. made: the moment of the
    data, which is also the moment that the files carry. subject: the file name without its extension.
    """

    title: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    marks: tuple[str, ...]
    footer: str
    made: datetime
    subject: str
