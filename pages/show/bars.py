"""Horizontal bars with the name of every row above its bar, so that a phone has the whole width for the bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

from pages.show import theme
from pages.words import formats, presentation

# Pixels: a row, its bar, and how far above the middle of the row its name stands.
ROW = 46
BAR = 18
ABOVE = -18
# The look of a bar that others lie in; what is inside the line can be pointed at.
OUTLINE = {"fill": "transparent", "stroke": theme.GREY.light, "strokeWidth": 1}
# The full width of the drawing, whatever the screen: as the place of a mark, and as where it ends.
RIGHT, TO_RIGHT = alt.XValue("width"), alt.X2Value("width")
# Pixels that a number needs inside its part: for its own sake, and for every sign of it.
_AROUND, _SIGN = 3, 8


def row_axis(column: str, names: Sequence[str]) -> alt.Y:
    """A row per name in the given order, with the name to the left above the bar, inside the drawing."""
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=ABOVE, labelFontWeight="bold", labelLimit=240, maxExtent=0,
        labelFlush=False, domain=False,
    )  # fmt: skip
    return alt.Y(f"{column}:N", sort=list(names), title=None, axis=axis)


def right_of_name(base: alt.Chart, y: alt.Y, column: str, dx: int = 0) -> alt.Chart:
    """A text at the right end of the line on which the name of the row stands."""
    words = base.mark_text(align="right", baseline="middle", dx=dx, dy=ABOVE)
    return words.encode(y=y, x=RIGHT, text=alt.Text(f"{column}:N"))


def height(rows: int, legend_rows: int = 0) -> int:
    """Pixels for so many rows and so many lines of legend."""
    return ROW * rows + (40 + 30 * legend_rows if legend_rows else 30)


def stacked(
    parts: pl.DataFrame,
    colours: Mapping[str, theme.Tone],
    *,
    row: str,
    part: str,
    legend: Mapping[str, object],
    what: str,
    right: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """A bar per row in parts, each with its number where the screen leaves room for it, all on one scale.

    parts: the columns row and part (text) and aantal, with how it is shown beside it where it is not exact; rows come
    in the order of `right`, parts in the order of `colours`. Parts that may not be shown stand behind the bar in
    words: "+ 2 × <10". right: per row the words at the right end of its name, else its total when that is exact.
    legend: columns of the legend, and what else it needs. what: what is shown, for who cannot see it.
    """
    right = _totals(parts, row) if right is None else right
    described = f"{what}. {in_words(parts, row=row, part=part)}."
    small = parts.filter(~presentation.may_be_shown(parts, "aantal"))
    parts = presentation.drawable(parts, "aantal")
    parts = presentation.plain(parts.with_columns(personen=presentation.counts(parts, "aantal")))
    order = [name for name in colours if name in set(parts[part])]
    places = {name: place for place, name in enumerate(colours)}
    longest = parts.group_by(row).agg(pl.col("aantal").sum())["aantal"].max() or 1
    # Room behind the longest bar for the words.
    longest = longest * 1.18 if small.height else longest
    data = (
        parts.filter(pl.col("aantal") > 0)
        .with_columns(
            volgorde=pl.col(part).replace_strict(places, return_dtype=pl.Int64),
            getal=pl.col("aantal").map_elements(formats.count, return_dtype=pl.String),
        )
        .sort("volgorde", maintain_order=True)
    )
    y = row_axis(row, list(right))
    x = alt.X("aantal:Q", stack="zero", title=None, axis=None, scale=alt.Scale(domain=[0, longest], nice=False))
    base = alt.Chart(data)
    bars = base.mark_bar(size=BAR, stroke=theme.WHITE.light, strokeWidth=1).encode(
        y=y,
        x=x,
        color=alt.Color(
            f"{part}:N",
            title=None,
            scale=alt.Scale(domain=order, range=[colours[name].light for name in order]),
            legend=alt.Legend(columnPadding=8, **legend),
        ),
        order=alt.Order("volgorde:Q"),
        tooltip=theme.tooltip({row.capitalize(): row, part.capitalize(): part, "Personen": "personen"}),
    )
    # The width is that of the screen: what does not fit on a phone may well fit on a desk.
    fits = f"width * datum.aantal >= {longest} * ({_AROUND} + {_SIGN} * length(datum.getal))"
    numbers = (
        base.transform_calculate(past=f"{fits} ? datum.getal : ''")
        .mark_text(color=theme.WHITE.light, baseline="middle", dy=1)
        .encode(
            y=y,
            x=alt.X("aantal:Q", stack="zero", bandPosition=0.5, title=None, axis=None),
            order=alt.Order("volgorde:Q"),
            detail=alt.Detail(f"{part}:N"),
            text=alt.Text("past:N"),
        )
    )
    words = pl.DataFrame(
        {row: list(right), "woorden": list(right.values())}, schema={row: pl.String, "woorden": pl.String}
    )
    legend_rows = -(-len(order) // int(legend["columns"]))
    behind = [_behind(parts, small, row, y, x)] if small.height else []
    return alt.layer(bars, numbers, *behind, right_of_name(alt.Chart(words), y, "woorden")).properties(
        height=height(len(right), legend_rows), description=described
    )


def _totals(parts: pl.DataFrame, row: str) -> dict[str, str]:
    """Per row how many persons it is about; nothing where parts are rounded, and do not add up."""
    exact = presentation.all_exact(parts, "aantal")
    rows = parts.group_by(row, maintain_order=True).agg(pl.col("aantal").sum())
    return {name: formats.persons(number) if exact else "" for name, number in rows.iter_rows()}


def _behind(parts: pl.DataFrame, small: pl.DataFrame, row: str, y: alt.Y, x: alt.X) -> alt.Chart:
    """How many parts of every row may not be shown, in words behind its bar; which, is in the table."""
    until = dict(parts.group_by(row).agg(pl.col("aantal").sum()).iter_rows())
    words = pl.DataFrame(
        [
            {
                row: name,
                "tot": until.get(name, 0),
                "woorden": " + ".join(
                    ([""] if until.get(name) else []) + _counted(presentation.numbers(there, "aantal"))
                ).strip(),
            }
            for (name,), there in small.group_by(row, maintain_order=True)
        ]
    )
    return alt.Chart(words).mark_text(align="left", baseline="middle", dx=6, dy=1).encode(
        y=y,
        x=alt.X("tot:Q", title=None, axis=None),
        text=alt.Text("woorden:N"),
    )  # fmt: skip


def _counted(numbers: Sequence[str]) -> list[str]:
    """Equal words once, with how often: ["2 × <10", "niet getoond"]."""
    times = Counter(numbers)
    return [words if count == 1 else f"{count} × {words}" for words, count in times.items()]


def in_words(parts: pl.DataFrame, *, row: str, part: str) -> str:
    """The parts of every row for who cannot see them: "Oost: Lopend 3, Voltooid 4; Noord: Lopend 20"."""
    rows: dict[str, list[str]] = {}
    for entry in parts.iter_rows(named=True):
        if entry["aantal"] or presentation.hidden(entry, "aantal"):
            rows.setdefault(entry[row], []).append(f"{entry[part]} {presentation.number(entry, 'aantal')}")
    return "; ".join(f"{name}: {', '.join(numbers)}" for name, numbers in rows.items())
