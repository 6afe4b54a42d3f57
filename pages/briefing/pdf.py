"""A briefing as PDF/UA-1 by typst: tagged, in Dutch, fonts embedded, charts as vectors.

Only the fonts that typst has in it are used, so that every machine makes the same file.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import altair as alt
import typst

from pages.briefing import charts, document

MIME = "application/pdf"
STANDARD = "ua-1"
# Dots to the inch of a page on the screen.
SCREEN = 110
# The sizes of the text to choose from, in points; the smallest only where the others do not fit or end badly.
SIZES = ("10.5", "10", "9.5")
MOST_PAGES = 4
# A last page with less on it than this part of it looks like a mistake.
LEAST_FILLED = 0.33

_TEMPLATE = Path(__file__).with_name("briefing.typ")


def pdf(briefing: document.Briefing) -> bytes:
    """The briefing as one PDF; the same briefing gives the same bytes."""
    return pdf_and_pages(briefing, pages=False)[0]


def pdf_and_pages(briefing: document.Briefing, pages: bool = True) -> tuple[bytes, list[bytes]]:
    """The briefing as one PDF, and the pages of that PDF as PNG, for the screen.

    In the largest text that fits in as few pages, without a last page with next to nothing on it.
    """
    with TemporaryDirectory(prefix="briefing-") as folder:
        main = Path(folder, "main.typ")
        main.write_bytes(_TEMPLATE.read_bytes())
        main.with_name("briefing.json").write_text(_as_json(briefing, main.parent), encoding="utf-8")
        compilers = {
            size: typst.Compiler(str(main), root=folder, ignore_system_fonts=True, sys_inputs={"size": size})
            for size in SIZES
        }
        best = compilers[min(compilers, key=lambda size: _faults(size, compilers[size]))]
        drawn = best.compile(format="png", ppi=SCREEN) if pages else []
        made = best.compile(format="pdf", pdf_standards=[STANDARD], timestamp=briefing.made.astimezone(UTC))
        return made, drawn if isinstance(drawn, list) else [drawn]


def _as_json(briefing: document.Briefing, folder: Path) -> str:
    """The document for the template: every part with what it is and its own names, every chart a file in the folder."""

    def written(part: object) -> object:
        if isinstance(part, alt.TopLevelMixin):
            file = folder / f"{len(list(folder.iterdir()))}.svg"
            file.write_text(charts.svg(part), encoding="utf-8")
            return file.name
        return str(part) if isinstance(part, datetime) else {"part": type(part).__name__, **vars(part)}

    return json.dumps(briefing, default=written, ensure_ascii=False)


def _faults(size: str, compiler: typst.Compiler) -> tuple[bool, bool, bool, int]:
    """What makes a layout worse than another: too long, a bad end, the smallest text, and then the number of pages."""
    found = json.loads(compiler.query("<einde>", field="value", one=True))
    ends_badly = found["pages"] > 1 and found["filled"] < LEAST_FILLED
    return found["pages"] > MOST_PAGES, ends_badly, size == SIZES[-1], found["pages"]
