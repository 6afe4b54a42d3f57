"""Shares per row: a dot with its 95% interval on the way from 0 to 100%, with words right of the name."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.words import formats

_WHOLE = alt.Scale(domain=[0, 1])
_PERCENTS = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFlush=True)


def at(column: str) -> alt.X:
    """The place of a share on the way from 0 to 100%."""
    return alt.X(f"{column}:Q", scale=_WHOLE, title=None, axis=_PERCENTS)


def shares(rows: pl.DataFrame, name: str, told: Mapping[str, str], norm: float | None = None) -> list[alt.Chart]:
    """The layers of a share per row, in the order of the frame, to add marks to at the places of at() and row().

    rows: the column `name`, waarde, ci_laag, ci_hoog (0 to 1; empty when there is none), ``woorden`` for the right end
    of the name, ``geen`` for the place of a share that is not there, and what the dot tells; see theme.tooltip().
    """
    y = row(rows, name)
    used = dict.fromkeys((name, "waarde", "ci_laag", "ci_hoog", "woorden", "geen", *told.values()))
    base = alt.Chart(rows.select(*used))
    judged = base.transform_filter("isValid(datum.waarde)")
    track = base.transform_filter("!datum.geen").mark_rule(color=theme.LINE.light)
    interval = judged.mark_rule(color=theme.BLUE.light, strokeWidth=1.5)
    dot = judged.mark_circle(color=theme.BLUE.light, size=110, opacity=1)
    none = base.transform_filter("datum.geen != ''").mark_text(align="left", baseline="middle", dy=1)
    return [
        track.encode(y, alt.XValue(0), bars.TO_RIGHT),
        interval.encode(y, at("ci_laag"), alt.X2("ci_hoog:Q")),
        dot.encode(y, at("waarde"), theme.tooltip(told)),
        none.encode(y, alt.XValue(0), alt.Text("geen:N")),
        # A norm may stand at the very end.
        bars.right_of_name(base, y, "woorden", dx=0 if norm is None else -8),
        *([] if norm is None else _norm(norm)),
    ]


def row(rows: pl.DataFrame, name: str) -> alt.Y:
    """The place of a row."""
    return bars.row_axis(name, rows[name].to_list())


def _norm(norm: float) -> list[alt.Chart]:
    line = alt.Chart(pl.DataFrame({"norm": [norm]}))
    rule = line.mark_rule(color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1.5)
    label = line.mark_text(align="right", baseline="bottom", dy=-4)
    words = alt.TextValue(f"norm {formats.percent(norm)}")
    return [rule.encode(at("norm")), label.encode(words, bars.RIGHT, alt.YValue(0))]
