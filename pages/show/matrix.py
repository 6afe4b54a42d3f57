"""One thing against another: a cell with a number for every pair, outlined where the pair means something."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.words import presentation

# Pixels of a row of cells, and of what stands above them: a title, and names of two lines.
_ROW, _LINE, _HEAD = 50, 17, 64


def matrix(
    cells: pl.DataFrame,
    rows: Mapping[str, Sequence[str]],
    across: Mapping[str, Sequence[str]],
    *,
    about: tuple[str, str],
    what: str,
) -> alt.LayerChart:
    """Cells with a number each; marked ones have a border and bold figures, nobody and "<10" are grey.

    cells: rij and kolom (text), anders (whether it is marked), and aantal with how it is written; a pair that is not
    there is nobody. rows, across: what there is, in its order, each in lines that fit on a phone. about: what the rows
    and the columns are. what: all of it, for who cannot see it.
    """
    grid = pl.DataFrame({"rij": list(rows)}).join(pl.DataFrame({"kolom": list(across)}), how="cross")
    told = presentation.plain(cells.with_columns(kort="aantal_kort", tekst="aantal_tekst"))
    grid = grid.join(told, on=["rij", "kolom"], how="left", maintain_order="left")
    # What may not be shown has no number and words.
    somebody = pl.col("anders").fill_null(False) & (pl.col("aantal").fill_null(0) > 0)
    grid = grid.with_columns(pl.col("kort", "tekst").fill_null("0"), anders=somebody)
    base, marked = alt.Chart(grid), alt.Chart(grid.filter("anders"))
    y = alt.Y("rij:N", sort=list(rows), title=about[0], axis=_axis(rows))
    above = {"orient": "top", "labelAngle": 0, "labelPadding": _LINE + 6, "titlePadding": 14}
    x = alt.X("kolom:N", sort=list(across), title=about[1], axis=_axis(across, **above))
    told = theme.tooltip({about[0]: "rij", about[1]: "kolom", "Personen": "tekst"})
    border = marked.mark_rect(filled=False, stroke=theme.ORANGE.light, strokeWidth=2)
    weight = alt.ExprRef("datum.anders ? 'bold' : 'normal'")
    somebody = {"test": "datum.aantal > 0", "value": theme.INK.light}
    cell = base.mark_rect(fill=theme.PANEL.light, stroke=theme.WHITE.light, strokeWidth=3)
    number = base.mark_text(fontSize=15, baseline="middle", fontWeight=weight)
    layers = [
        cell.encode(y, x, told),
        # A layer without anything in it is an image without a description.
        *([border.encode(y, x, told)] if marked.data.height else []),
        number.encode(y, x, alt.Text("kort:N"), alt.ColorValue(theme.GREY.light, condition=somebody)),
    ]
    words = f"{what}. {bars.in_words(cells, row='rij', part='kolom')}."
    return alt.layer(*layers).properties(height=_ROW * len(rows) + _HEAD, description=words)


def _axis(names: Mapping[str, Sequence[str]], **look: object) -> alt.Axis:
    lines = f"({json.dumps({name: list(each) for name, each in names.items()})})[datum.label]"
    return alt.Axis(domain=False, labelLimit=150, labelOverlap=False, labelFlush=False, labelExpr=lines, **look)
