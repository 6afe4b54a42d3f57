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
# The sizes of the text to choose from, in points, and of the annex as a part of it; over 1 is room between its lines.
SIZES = ("11", "10.5", "10", "9.5", "9")
ANNEX = (0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 1.1, 1.2, 1.3, 1.4, 1.55, 1.7)
# A page with less on it than this part of it looks like a mistake; the last one is filled so far, where that can be.
# What would come less far than LIKELY by the smaller text alone, is not tried.
FILLED, LIKELY = 0.75, 0.6

_TEMPLATE = Path(__file__).with_name("briefing.typ")


def pdf(briefing: document.Briefing) -> bytes:
    """The briefing as one PDF; the same briefing gives the same bytes."""
    return pdf_and_pages(briefing, pages=False)[0]


def pdf_and_pages(briefing: document.Briefing, pages: bool = True) -> tuple[bytes, list[bytes]]:
    """The briefing as one PDF, and the pages of that PDF as PNG, for the screen.

    In the largest text in which the first two pages are two, and an annex that fills its last page.
    """
    with TemporaryDirectory(prefix="briefing-") as folder:
        main = Path(folder, "main.typ")
        main.write_bytes(_TEMPLATE.read_bytes())
        main.with_name("briefing.json").write_text(_as_json(briefing, main.parent), encoding="utf-8")
        compiler = _laid_out(main)
        drawn = compiler.compile(format="png", ppi=SCREEN) if pages else []
        made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=briefing.made.astimezone(UTC))
        return made, drawn if isinstance(drawn, list) else [drawn]


def _laid_out(main: Path) -> typst.Compiler:
    """The template with the sizes of text that fit."""

    def tried(size: str, annex: float) -> tuple[typst.Compiler, list[float]]:
        how = {"root": str(main.parent), "ignore_system_fonts": True, "sys_inputs": {"size": size, "annex": str(annex)}}
        compiler = typst.Compiler(str(main), **how)
        return compiler, json.loads(compiler.query("<begin>", field="value", one=True))

    for size in SIZES:
        compiler, (themes, annex, end) = tried(size, 1)
        if themes <= 1 and annex <= 2:
            break
    made = {end % 1: compiler}
    for part in (each for each in ANNEX if each > 1 or (annex + (end - annex) * each**2) % 1 > LIKELY):
        if max(made) >= FILLED:
            break
        compiler, places = tried(size, part)
        made[places[-1] % 1] = compiler
    return made[max(made)]


def _as_json(briefing: document.Briefing, folder: Path) -> str:
    """The document for the template: every part with what it is and its own names, every chart a file in the folder."""

    def written(part: object) -> object:
        if isinstance(part, alt.TopLevelMixin):
            file = folder / f"{len(list(folder.iterdir()))}.svg"
            file.write_text(charts.svg(part), encoding="utf-8")
            return file.name
        return str(part) if isinstance(part, datetime) else {"part": type(part).__name__, **vars(part)}

    return json.dumps(briefing, default=written, ensure_ascii=False)
