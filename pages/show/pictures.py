"""A chart as a picture that can stand on its own: title, explanation, filters, source and peildatum are in it.

The chart is drawn by Vega on the server (vl-convert), without network, on white, in Dutch. Around it stands an SVG
with the words. The PNG is drawn from that SVG. Liberation Sans comes with vl-convert; where a reader does not have
it, the SVG falls back to Arial, which has the same widths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl
import polars.selectors as cs
import vl_convert

from pages.show import theme, vega
from queries.formats import escape

SVG_MIME = "image/svg+xml"
PNG_MIME = "image/png"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
VEGA_LITE = "6.4"

# Pixels. A picture is made twice as fine as it is wide, for print.
CHART_WIDTH = 760
NARROWEST = 640
MARGIN = 24
FINENESS = 2
# The grey of small print on white, as in style.css.
NOTE_INK = "#56606E"

# Widths of Liberation Sans in parts of the font size, on the wide side.
_NARROW = set("fijlrtI.,:;'|!()[]- ")
_WIDE = set("mwMW%—@")
_PLAIN_WIDTH, _NARROW_WIDTH, _WIDE_WIDTH, _CAPITAL_WIDTH, _BOLD = 0.56, 0.33, 0.92, 0.70, 1.07


class PictureError(Exception):
    """The chart could not be turned into a picture; the message holds no data."""


@dataclass(frozen=True)
class Words:
    """What stands around a chart: above it the title and the lines that explain it, below it the notes."""

    title: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def svg(chart: alt.TopLevelMixin, words: Words) -> str:
    """The chart with its words as SVG, in the light colours; raises PictureError."""
    spec = specification(chart)
    locale = spec.get("config", {}).get("locale", {})
    drawn = vl_convert.vegalite_to_svg(
        spec,
        vl_version=VEGA_LITE,
        allowed_base_urls=[],
        format_locale=locale.get("number"),
        time_format_locale=locale.get("time"),
    )
    return _framed(drawn, words, str(spec.get("description", "")))


def png(chart: alt.TopLevelMixin, words: Words) -> bytes:
    """The chart with its words as PNG, twice as fine as the SVG; raises PictureError."""
    return vl_convert.svg_to_png(svg(chart, words), scale=FINENESS)


def specification(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """The chart as Vega-Lite with its data in it, a width of its own, and days that are the same in every time zone."""
    spec = vega.specification(chart)
    spec.setdefault("config", {})["font"] = FONT
    _give_width(spec, CHART_WIDTH)
    spec["datasets"] = {name: _rows(data) for name, data in spec["datasets"].items()}
    return spec


def _rows(data: Any) -> Any:
    """The rows of a frame, with days as the browser reads them: in UTC, for which the scales are made."""
    if not isinstance(data, pl.DataFrame):
        return data
    return data.with_columns((cs.date() | cs.datetime()).cast(pl.Datetime).dt.strftime("%FT%TZ")).to_dicts()


def _give_width(spec: dict[str, Any], width: int) -> None:
    """A number of pixels for every view that takes its width from the screen."""
    if "hconcat" in spec:
        for part in spec["hconcat"]:
            _give_width(part, width // len(spec["hconcat"]))
    elif "vconcat" in spec or "concat" in spec:
        columns = 1 if "vconcat" in spec else spec.get("columns", len(spec["concat"]))
        for part in spec.get("vconcat", spec.get("concat", [])):
            _give_width(part, width // columns)
    elif "facet" in spec or "repeat" in spec:
        columns = spec.get("columns") or (1 if "row" in spec.get("facet", {}) else 3)
        _give_width(spec["spec"], width // columns)
    elif not isinstance(spec.get("width"), int | float):
        spec["width"] = width
    # A picture has no screen to fit to.
    spec.pop("autosize", None)


def _framed(drawn: str, words: Words, description: str) -> str:
    """The drawn chart in a white frame with its words; everything escaped."""
    size = re.search(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"', drawn)
    if size is None:
        raise PictureError("the drawn chart has no size")
    chart_width, chart_height = (float(number) for number in size.groups())
    width = max(NARROWEST, chart_width) + 2 * MARGIN
    room = width - 2 * MARGIN
    texts: list[str] = []
    bottom = float(MARGIN)

    def write(text: str, pixels: int, ink: str, bold: bool = False) -> None:
        nonlocal bottom
        for line in wrapped(text, room, pixels, bold):
            bottom += pixels * 1.35
            weight = ' font-weight="bold"' if bold else ""
            texts.append(
                f'<text x="{MARGIN}" y="{bottom - pixels * 0.3:.1f}" font-size="{pixels}"{weight} fill="{ink}">'
                f"{escape(line)}</text>"
            )

    write(words.title, 18, theme.INK.light, bold=True)
    bottom += 4
    for line in words.lines:
        write(line, 13, theme.INK.light)
    top = bottom + 14
    bottom = top + chart_height + 12
    for note in words.notes:
        write(note, 12, NOTE_INK)
    height = bottom + MARGIN
    inner = drawn[drawn.index("<svg") :].replace("<svg", f'<svg x="{MARGIN}" y="{top:.1f}"', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img"'
        f' lang="nl" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' font-family="{FONT}"><title>{escape(words.title)}</title><desc>{escape(description)}</desc>'
        f'<rect width="100%" height="100%" fill="{theme.WHITE.light}"/>{"".join(texts)}{inner}</svg>'
    )


def wrapped(text: str, room: float, pixels: int, bold: bool = False) -> list[str]:
    """The text in lines that fit in `room` pixels; a word that is too long stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _text_width(longer, pixels, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _text_width(text: str, pixels: int, bold: bool) -> float:
    parts = sum(
        _NARROW_WIDTH if sign in _NARROW
        else _WIDE_WIDTH if sign in _WIDE
        else _CAPITAL_WIDTH if sign.isupper()
        else _PLAIN_WIDTH
        for sign in text
    )  # fmt: skip
    return parts * pixels * (_BOLD if bold else 1)
