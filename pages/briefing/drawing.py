"""Charts drawn for paper: as SVG in the letter of the PDF, and as PNG for Word."""

from __future__ import annotations

from typing import Any

import altair as alt
import vl_convert

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
    """The chart as SVG in the letter of the text; raises pictures.PictureError."""
    spec = _on_paper(chart)
    drawn = vl_convert.vegalite_to_svg(spec, **_settings(spec))
    return drawn.replace(pictures.FONT, PAPER_FONT)


def png(chart: alt.TopLevelMixin) -> bytes:
    """The chart as PNG on white; raises pictures.PictureError."""
    spec = _on_paper(chart)
    return vl_convert.vegalite_to_png(spec, scale=FINENESS, **_settings(spec))


def _on_paper(chart: alt.TopLevelMixin) -> dict[str, Any]:
    spec = pictures.specification(chart)
    spec["width"] = WIDTH
    spec["height"] = round(spec["height"] * LOWER)
    spec["background"] = "#FFFFFF"
    return spec


def _settings(spec: dict[str, Any]) -> dict[str, Any]:
    locale = spec.get("config", {}).get("locale", {})
    return {
        "vl_version": pictures.VEGA_LITE,
        "allowed_base_urls": [],
        "format_locale": locale.get("number"),
        "time_format_locale": locale.get("time"),
    }
