"""A chart as a picture that can stand on its own: title, explanation, filters, source and peildatum are in it.

Vega draws it on the server (vl-convert), without network, on white, in Dutch. Liberation Sans comes with vl-convert;
where a reader does not have it, the SVG falls back to Arial, which has the same widths.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import altair as alt
import polars as pl
import polars.selectors as cs
import vl_convert

from pages.show import theme, vega

SVG_MIME, PNG_MIME = "image/svg+xml", "image/png"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
VEGA_LITE = "6.4"

# Pixels. A picture is made twice as fine as it is wide, for print.
CHART_WIDTH = 760
MARGIN = 24
FINENESS = 2
# Pixels of a letter, and how many of them fit on a line: of the title, the explanation and the notes.
TITLE, LINES, NOTES = (18, 80), (13, 124), (12, 134)
# The grey of small print on white, as in style.css.
NOTE_INK = "#56606E"


@dataclass(frozen=True)
class Words:
    """What stands around a chart: above it the title and the lines that explain it, below it the notes."""

    title: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def svg(chart: alt.TopLevelMixin, words: Words) -> str:
    """The chart with its words as SVG, in the light colours."""
    spec = _with_words(specification(chart), words)
    told = f"<title>{escape(words.title)}</title><desc>{escape(spec.get('description', ''))}</desc>"
    return drawn(spec).replace(">", f' role="img" lang="nl">{told}', 1)


def png(chart: alt.TopLevelMixin, words: Words) -> bytes:
    """The chart with its words as PNG, twice as fine as the SVG."""
    return drawn(_with_words(specification(chart), words), FINENESS)


def drawn(spec: dict[str, Any], fineness: int = 0) -> Any:
    """A specification drawn as SVG (text), or as PNG (bytes) with so many dots to a pixel; see specification()."""
    locale = spec["config"].get("locale", {})
    how = {"vl_version": VEGA_LITE, "allowed_base_urls": []}
    how |= {"format_locale": locale.get("number"), "time_format_locale": locale.get("time")}
    if fineness:
        return vl_convert.vegalite_to_png(spec, scale=fineness, **how)
    return vl_convert.vegalite_to_svg(spec, **how)


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite with its data in it, a width of its own, and days that are the same in every time zone."""
    spec = vega.specification(chart)
    spec.setdefault("config", {})["font"] = FONT
    spec["background"] = theme.WHITE.light
    # A picture has no screen to fit to.
    spec.pop("autosize", None)
    if not isinstance(spec.get("width"), int | float):
        spec["width"] = CHART_WIDTH
    spec["datasets"] = {name: _rows(data) for name, data in spec["datasets"].items()}
    return spec


def _rows(data: Any) -> Any:
    """The rows of a frame, with days as the browser reads them: in UTC, for which the scales are made."""
    if not isinstance(data, pl.DataFrame):
        return data
    return data.with_columns((cs.date() | cs.datetime()).cast(pl.Datetime).dt.strftime("%FT%TZ")).to_dicts()


def _with_words(spec: dict[str, Any], words: Words) -> dict[str, Any]:
    """The drawing with words above and below it: each is the title of something, for there is one to a drawing."""
    of_all = ("$schema", "background", "config", "datasets", "description")
    whole = {name: spec.pop(name) for name in of_all if name in spec}
    # What stands in a drawing is placed by its size, which is otherwise not known inside a whole.
    whole["params"] = [{"name": name, "value": spec[name]} for name in ("width", "height") if name in spec]
    side, ink = {"anchor": "start", "frame": "bounds"}, theme.INK.light
    above = side | {"text": _wrapped([words.title], TITLE), "fontSize": TITLE[0], "color": ink, "offset": 16}
    above |= {"subtitle": _wrapped(words.lines, LINES), "subtitleFontSize": LINES[0], "subtitleColor": ink}
    below = side | {"text": _wrapped(words.notes, NOTES), "fontSize": NOTES[0], "color": NOTE_INK, "offset": 14}
    below |= {"orient": "bottom", "fontWeight": "normal"}
    # A legend goes with the whole, so that it stands under the title.
    whole |= {"padding": MARGIN, "title": above | {"subtitlePadding": 8}, "vconcat": [spec | {"title": below}]}
    return whole


def _wrapped(texts: Iterable[str], letters: tuple[int, int]) -> list[str]:
    """Texts in lines that fit; a word that is too long stays whole."""
    return [line for text in texts for line in textwrap.wrap(text, letters[1], break_long_words=False)]
