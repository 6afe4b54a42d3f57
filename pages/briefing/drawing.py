"""Charts drawn for paper: as SVG in the letter of the PDF, and as PNG for Word."""

from __future__ import annotations

from typing import Any

import altair as alt

from pages.show import pictures

# Pixels of the chart itself; the page makes it as wide as the column. Fewer pixels make larger letters.
WIDTH = 400
# Of the height on the screen: paper is not clicked, so that lines need less room.
LOWER = 0.8
# Dots per pixel of a PNG: 300 dots to the inch at the width that it has in Word.
FINENESS = 3
# The letter of the text, which typst has in it: what is drawn needs no font of the machine.
PAPER_FONT = "Libertinus Serif"


def svg(chart: alt.TopLevelMixin) -> str:
    """The chart as SVG in the letter of the text."""
    return pictures.drawn_svg(_on_paper(chart)).replace(pictures.FONT, PAPER_FONT)


def png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as PNG on white."""
    return pictures.drawn_png(_on_paper(chart), FINENESS)


def _on_paper(chart: alt.TopLevelMixin) -> dict[str, Any]:
    spec = pictures.specification(chart)
    return spec | {"width": WIDTH, "height": round(spec["height"] * LOWER)}
