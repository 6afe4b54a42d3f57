"""Horizontal counts: a bar per row with its number, and an outline where each is a part of a count."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.show.beside import Beside
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
    """Per row a bar of a count, its number at the right end of its name; what may not be shown has no row.

    frame: an answer of queries.shown, in the order in which it is shown. name: the column that says what a row is
    about, `about` in a word for the tooltip. column: the counts, of what is in `unit`. whole: the counts of which these
    are a part, as an outline. words: in the place of the number. grey: the row that is not about a group. what: all of
    it, for who cannot see it. None when no number may be shown.
    """
    if words is not None:
        frame = frame.with_columns(words.alias("woorden_erbij"))
    if presentation.drawable(frame, column).is_empty() and frame.height:
        return None
    # A part of a whole may say "<10 of 90".
    frame = presentation.drawable(frame, whole or column)
    short, told = frame[f"{column}_kort"], frame[f"{column}_tekst"]
    if whole:
        short = presentation.written_by(frame, lambda row: presentation.of(row, column, whole))
        told = presentation.written_by(frame, lambda row: presentation.out_of(row, column, whole))
    rows = presentation.plain(frame).with_columns(kort=short if words is None else frame["woorden_erbij"], woorden=told)
    y, base = bars.row_axis(name, rows[name].to_list()), alt.Chart(rows)
    tooltip = theme.tooltip({about or name.capitalize(): name, unit: "woorden"})

    def bar(of: str, *colour: alt.ColorValue, **look: object) -> alt.Chart:
        x = alt.X(f"{of}:Q", axis=None, title=None, scale=alt.Scale(domainMin=0, nice=False))
        return _with_bar(base, rows, of).mark_bar(size=bars.BAR, **look).encode(y, x, tooltip, *colour)

    that_row = {"test": {"field": name, "equal": grey}, "value": theme.GREY.light}
    colour = alt.ColorValue(theme.ORANGE.light, condition=that_row) if grey else alt.ColorValue(theme.BLUE.light)
    outline = [bar(whole, **bars.OUTLINE)] if whole else []
    return alt.layer(bar(column, colour), *outline, bars.right_of_name(base, y, "kort")).properties(
        height=bars.height(rows.height), description=_described(what, rows, name)
    )


def compact(
    frame: pl.DataFrame,
    name: str,
    tones: Mapping[str, theme.Tone],
    *,
    what: str,
    longest: int | None,
    beside: Beside | None = None,
) -> alt.LayerChart:
    """Per row that may be shown its name, a bar in its own colour and at its end the number; see counts().

    frame: `name` and aantal with how it is written. longest: the largest number of several such charts, so that their
    bars compare; None when none may be shown. beside: what is compared with; a grey tick where the bar would end if the
    shares were the same.
    """
    shares = beside.shares(frame, name) if beside else None
    frame = presentation.drawable(frame, "aantal")
    rows = presentation.plain(frame.with_columns(kort="aantal_kort", woorden="aantal_tekst"))
    if shares is not None:
        rows = rows.join(shares, on=name, maintain_order="left")
        rows = rows.with_columns(kort=pl.format("{} ({})", "kort", "deel"))
        longest = max(longest or 0, rows["tik"].max() or 0)
    y, base = alt.Y(f"{name}:N", sort=rows[name].to_list(), title=None, axis=alt.Axis(domain=False)), alt.Chart(rows)
    # Room to the right of the longest bar for its number.
    scale = alt.Scale(domain=[0, longest or 1], range=[0, alt.ExprRef(f"width - {40 if shares is None else 130}")])
    colour = alt.Color(f"{name}:N", legend=None, scale=theme.scale(tones, only=rows[name]))
    tooltip = theme.tooltip({name.capitalize(): name, "Personen": "woorden"})
    bar = _with_bar(base, rows, "aantal").mark_bar(size=bars.BAR)
    # Behind the bar, or behind the tick where that would stand in the number.
    beyond = f"(datum.tik - datum.aantal) / {longest or 1} * (width - 130)"
    number = base.transform_calculate(tot=f"{beyond} > 0 && {beyond} < 80 ? datum.tik : datum.aantal || 0")
    number = number.mark_text(align="left", baseline="middle", dx=5, dy=1)
    layers = [
        bar.encode(y, alt.X("aantal:Q", axis=None, scale=scale), colour, tooltip),
        *(_ticks(base, y, scale, name, beside) if shares is not None else []),
        number.encode(y, alt.X("tot:Q", axis=None), alt.Text("kort:N")),
    ]
    told = _described(what, rows, name)
    if shares is not None:
        told += f" {_described(beside.title, rows.with_columns(kort='ander'), name)}"
    return alt.layer(*layers).properties(height=28 * rows.height + 10, description=told)


def _ticks(base: alt.Chart, y: alt.Y, scale: alt.Scale, name: str, beside: Beside) -> list[alt.Chart]:
    """A grey tick on every row and its percentage at the right, under the name of what is compared with."""
    tick = base.mark_tick(orient="vertical", color=theme.GREY.light, thickness=3, size=bars.BAR + 6, opacity=1)
    told = theme.tooltip({name.capitalize(): name, beside.title: "ander"})
    share = base.mark_text(align="right", baseline="middle", color=theme.GREY.light, dy=1)
    return [
        tick.encode(y, alt.X("tik:Q", axis=None, scale=scale), told),
        share.encode(y, bars.RIGHT, alt.Text("ander:N")),
        *beside.key(bars.RIGHT, alt.YValue(-8), "▎", align="right"),
    ]


def _with_bar(base: alt.Chart, rows: pl.DataFrame, column: str) -> alt.Chart:
    """The rows that have a bar; a layer without anything in it is an image without a description."""
    return base.transform_filter(f"isValid(datum.{column})") if rows[column].has_nulls() else base


def _described(what: str, rows: pl.DataFrame, name: str) -> str:
    return f"{what}: {', '.join(f'{label} {number}' for label, number in rows.select(name, 'kort').iter_rows())}."
