"""Horizontal counts: a bar per row with its number, and an outline where each is a part of a count."""

from __future__ import annotations

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.words import presentation


def counts(
    frame: pl.DataFrame,
    name: str,
    column: str,
    *,
    what: str,
    about: str = "",
    whole: str = "",
    words: pl.Series | None = None,
    unit: str = "Personen",
    grey: str = "",
) -> alt.LayerChart | None:
    """Per row a bar of a count, its number at the right end of its name; what may not be shown has no bar.

    frame: an answer of queries.shown, in the order in which it is shown. name: the column that says what a row is
    about, `about` in a word for the tooltip. column: the counts, of what is in `unit`. whole: the counts of which these
    are a part, as an outline. words: in the place of the number. grey: the row that is not about a group. what: all of
    it, for who cannot see it. None when there is an outline and no bar that may be shown in it.
    """
    if whole and presentation.drawable(frame, column).is_empty() and presentation.drawable(frame, whole).height:
        return None
    if whole:
        short = presentation.written_by(frame, lambda row: presentation.of(row, column, whole))
        told = presentation.written_by(frame, lambda row: presentation.out_of(row, column, whole))
    else:
        short, told = frame[f"{column}_kort"], frame[f"{column}_tekst"]
    short = short if words is None else words
    rows = presentation.plain(frame).with_columns(kort=short, woorden=told)
    y = bars.row_axis(name, rows[name].to_list())
    base = alt.Chart(rows.select(name, "kort", "woorden", column, *([whole] if whole else [])))
    tooltip = theme.tooltip({about or name.capitalize(): name, unit: "woorden"})

    def bar(of: str, **look: object) -> alt.Chart:
        x = alt.X(f"{of}:Q", axis=None, title=None, scale=alt.Scale(domainMin=0, nice=False))
        # A layer without anything in it is an image without a description.
        drawn = base.transform_filter(f"isValid(datum.{of})") if rows[of].has_nulls() else base
        return drawn.mark_bar(size=bars.BAR, **look).encode(y, x, tooltip)

    filled = bar(column).encode(_colour(name, grey))
    outline = [bar(whole, **bars.OUTLINE)] if whole else []
    said = [f"{label} {number}" for label, number in zip(rows[name], short, strict=True)]
    return alt.layer(filled, *outline, bars.right_of_name(base, y, "kort")).properties(
        height=bars.height(rows.height), description=f"{what}: {', '.join(said)}."
    )


def _colour(name: str, grey: str) -> alt.ColorValue:
    if not grey:
        return alt.ColorValue(theme.BLUE.light)
    that_row = {"test": {"field": name, "equal": grey}, "value": theme.GREY.light}
    return alt.ColorValue(theme.ORANGE.light, condition=that_row)
