"""Horizontal bars with the name of every row above its bar, so that a phone has the whole width for the bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

import queries
from pages.show import theme
from pages.words import formats, presentation

# Pixels: a row, its bar, and how far above the middle of the row its name stands.
ROW, BAR, ABOVE = 46, 18, -18
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
    return words.encode(y, RIGHT, alt.Text(f"{column}:N"))


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
    shares: bool = False,
) -> alt.LayerChart:
    """A bar per row in parts, each with its number where the screen leaves room for it, all on one scale.

    parts: the columns row and part (text) and aantal, with how it is written; rows come in the order of `right`, parts
    in the order of `colours`. Parts that may not be shown stand behind the bar in words: "+ 2 × <10"; which, is in the
    table. A row with no other part is left out. right: per row the words at the right end of its name, else its total
    when that is exact. legend: columns of the legend, and what else it needs. what: what is shown, for who cannot see
    it. shares: exact bars of one length,
    with a percentage at each number, so that their parts compare.
    """
    exact = presentation.all_exact(parts, "aantal")
    parts = parts.filter(presentation.may_be_shown(parts, "aantal").any().over(row))
    sums = dict(parts.group_by(row, maintain_order=True).agg(pl.sum("aantal")).iter_rows())
    right = right and {name: words for name, words in right.items() if name in sums}
    if right is None:
        right = {name: formats.persons(number) if exact else "" for name, number in sums.items()}
    small = parts.filter(~presentation.may_be_shown(parts, "aantal"))
    # Room behind the longest bar for the words.
    longest = max(sums.values(), default=0) * (1.18 if small.height else 1) or 1
    y = row_axis(row, list(right))
    across = {"title": None, "axis": None}
    x = alt.X("lengte:Q", stack="zero", scale=alt.Scale(domain=[0, longest], nice=False), **across)
    data = presentation.drawable(parts, "aantal").filter(pl.col("aantal") > 0).drop("aantal_weergave", strict=False)
    order = pl.col(part).cast(pl.Enum(list(colours))).to_physical()
    data = data.with_columns(volgorde=order, lengte="aantal").sort("volgorde", maintain_order=True)
    data = _as_shares(data, row, longest) if shares else data
    here = [name for name in colours if name in set(data[part])]
    base, order = alt.Chart(data), alt.Order("volgorde:Q")
    shown = alt.Legend(columnPadding=8, **legend)
    colour = alt.Color(f"{part}:N", title=None, scale=theme.scale(colours, only=here), legend=shown)
    told = theme.tooltip({row.capitalize(): row, part.capitalize(): part, "Personen": "aantal_tekst"})
    # The width is that of the screen: what does not fit on a phone may well fit on a desk.
    fits = f"width * datum.lengte >= {longest} * ({_AROUND} + {_SIGN} * length(datum.aantal_kort))"
    numbers = base.transform_calculate(past=f"{fits} ? datum.aantal_kort : ''")
    in_the_middle = alt.X("lengte:Q", stack="zero", bandPosition=0.5, **across)
    words = _at_the_rows(right, small, row, sums)
    behind = alt.Chart(words.drop_nulls("achter")).mark_text(align="left", baseline="middle", dx=6, dy=1)
    bar = base.mark_bar(size=BAR, stroke=theme.WHITE.light, strokeWidth=1)
    number = numbers.mark_text(color=theme.WHITE.light, baseline="middle", dy=1)
    layers = [
        bar.encode(y, x, colour, order, told),
        number.encode(y, in_the_middle, order, alt.Detail(f"{part}:N"), alt.Text("past:N")),
        *([behind.encode(y, alt.X("tot:Q", **across), alt.Text("achter:N"))] if small.height else []),
        right_of_name(alt.Chart(words.select(row, "rechts")), y, "rechts"),
    ]
    told = f"{what}. {in_words(parts, row=row, part=part)}."
    return alt.layer(*layers).properties(
        height=height(len(right), -(-len(here) // int(legend["columns"]))), description=told
    )


def _as_shares(data: pl.DataFrame, row: str, longest: float) -> pl.DataFrame:
    """The parts of every row on one length; of 10 or more with their share at their number."""
    share, enough = pl.col("aantal") / pl.sum("aantal").over(row), pl.sum("aantal").over(row) >= queries.MINIMUM_NOEMER
    percent = share.map_elements(formats.percent, return_dtype=pl.String)
    words = pl.when(enough).then(pl.format("{} ({})", "aantal_kort", percent)).otherwise("aantal_kort")
    return data.with_columns(lengte=share * longest, aantal_kort=words)


def _at_the_rows(right: Mapping[str, str], small: pl.DataFrame, row: str, sums: Mapping[str, int]) -> pl.DataFrame:
    """Per row the words at its name, and where its bar ends (tot) what may not be shown of it (achter)."""
    # Equal words once, with how often.
    times = small.group_by(row, "aantal_kort", maintain_order=True).len()
    often = pl.when(pl.col("len") == 1).then("aantal_kort").otherwise(pl.format("{} × {}", "len", "aantal_kort"))
    behind = dict(times.group_by(row).agg(often.str.join(" + ")).iter_rows())
    rows = [
        (name, words, sums.get(name, 0), f"+ {behind[name]}" if sums.get(name) and name in behind else behind.get(name))
        for name, words in right.items()
    ]
    return pl.DataFrame(rows, schema=[row, "rechts", "tot", "achter"], orient="row", infer_schema_length=None)


def in_words(parts: pl.DataFrame, *, row: str, part: str) -> str:
    """The parts of every row for who cannot see them: "Oost: Lopend 3, Voltooid 4; Noord: Lopend 20"."""
    some = parts.filter(pl.col("aantal").is_null() | (pl.col("aantal") > 0))
    told = some.group_by(row, maintain_order=True).agg(pl.concat_str(part, pl.lit(" "), "aantal_kort").str.join(", "))
    return "; ".join(f"{name}: {numbers}" for name, numbers in told.iter_rows())
