"""Panels in one drawing: parts one above the other, each with its name, its floor and a scale of its own."""

from __future__ import annotations

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.show.rim import FILLED, on_rim


def scale(bottom: str, top: str, **how: object) -> alt.Scale:
    """The scale of a panel. bottom, top: expressions in pixels of the drawing. how: domain, nice, zero and so on."""
    return alt.Scale(range=[alt.ExprRef(bottom), alt.ExprRef(top)], **how)


def frame(name: str, bottom: str, top: str, now: str = "") -> list[alt.Chart]:
    """The floor of a panel, its name, and at the right its last value. An event's line runs behind the name."""
    words, y = alt.Chart(pl.DataFrame({"naam": [name], "nu": [now]})), alt.YValue(alt.ExprRef(top))
    floor = words.mark_rule(color=theme.LINE.light).encode(
        alt.XValue(0), bars.TO_RIGHT, alt.YValue(alt.ExprRef(bottom))
    )
    look = {"align": "left", "fontWeight": "bold", "baseline": "top", "dy": 4}
    right = words.mark_text(align="right", baseline="top", dy=4).encode(bars.RIGHT, y, alt.Text("nu:N"))
    return [
        floor,
        *on_rim(words, alt.XValue(0), y, alt.Text("naam:N"), width=FILLED, **look),
        *([right] if now else []),
    ]
