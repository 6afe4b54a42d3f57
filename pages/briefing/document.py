"""A briefing as data: what stands in it, whatever it is written as. Screen, PDF and Word all draw this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import altair as alt


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of plain text."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of plain sentences."""

    items: tuple[str, ...]


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
    numbers: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    total: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart, with its title and the words that say what it shows."""

    chart: alt.TopLevelMixin
    title: str
    alt: str


@dataclass(frozen=True)
class Beside:
    """Sentences with the picture that belongs to them."""

    text: tuple[Paragraph, ...]
    picture: Picture


Block = Paragraph | Bullets | Facts | Table | Picture | Beside


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    key: str
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

    def pictures(self) -> list[Picture]:
        """Every picture, in the order of the document."""
        found = []
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Picture):
                    found.append(block)
                elif isinstance(block, Beside):
                    found.append(block.picture)
        return found


def text_of(briefing: Briefing) -> str:
    """Everything the document says, one line per sentence, fact or row; for reading it back."""
    lines = [briefing.kind, briefing.title, *briefing.marks, *(f"{label} {text}" for label, text in briefing.facts)]
    for section in briefing.sections:
        lines.append(section.title)
        for block in section.blocks:
            lines += _lines(block)
    return "\n".join(lines)


def _lines(block: Block) -> Sequence[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    if isinstance(block, Bullets):
        return block.items
    if isinstance(block, Facts):
        return [f"{label} {text}" for label, text in block.rows]
    if isinstance(block, Table):
        return [block.title, " ".join(block.headings), *(" ".join(row) for row in block.rows)]
    if isinstance(block, Beside):
        return [*(part.text for part in block.text), block.picture.title]
    return [block.title]


def as_data(briefing: Briefing, files: Mapping[int, str]) -> dict[str, Any]:
    """The document for a program that reads JSON. files: the name of the file of each of pictures(), by its place."""
    order = {id(picture): place for place, picture in enumerate(briefing.pictures())}

    def picture(block: Picture) -> dict[str, Any]:
        return {"file": files[order[id(block)]], "title": block.title, "alt": block.alt}

    def written(block: Block) -> dict[str, Any]:
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "text": block.text}
        if isinstance(block, Bullets):
            return {"kind": "bullets", "items": list(block.items)}
        if isinstance(block, Facts):
            return {"kind": "facts", "rows": [list(row) for row in block.rows], "small": block.small}
        if isinstance(block, Table):
            return {
                "kind": "table",
                "title": block.title,
                "headings": list(block.headings),
                "rows": [list(row) for row in block.rows],
                "numbers": list(block.numbers),
                "widths": list(block.widths) or [1.0] * len(block.headings),
                "total": block.total,
            }
        if isinstance(block, Beside):
            return {
                "kind": "beside",
                "text": [part.text for part in block.text],
                "picture": picture(block.picture),
            }
        return {"kind": "picture", **picture(block)}

    return {
        "title": briefing.title,
        "subtitle": briefing.kind,
        "facts": [list(row) for row in briefing.facts],
        "marks": list(briefing.marks),
        "footer": briefing.footer,
        "sections": [
            {"title": section.title, "blocks": [written(block) for block in section.blocks]}
            for section in briefing.sections
        ],
    }
