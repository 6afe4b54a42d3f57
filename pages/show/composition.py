"""What a whole is made of: a bar of 100% per row, its shares in it, and on how many it rests at its name."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

from pages.show import TEXTS, bars, theme
from pages.words import formats, presentation


def composition(
    shares: pl.DataFrame, colours: Mapping[str, theme.Tone], *, row: str, part: str, what: str
) -> alt.LayerChart | None:
    """A bar per row; where there are too few for shares the counts in words in its place. None without any share.

    shares: the columns row and part (text), teller, noemer and waarde with how they are written, see
    presentation.from_ten(); rows in their order, parts in that of `colours`. A share that may not be shown leaves its
    place open. what: all of it, for who cannot see it.
    """
    told = shares.with_columns(van=presentation.written_by(shares, presentation.out_of))
    data = told.drop_nulls("waarde").filter(pl.col("waarde") > 0)
    if data.is_empty():
        return None
    here = [name for name in colours if name in set(data[part])]
    data = data.select(row, part, "waarde", "waarde_kort", "waarde_tekst", "van").with_columns(
        volgorde=pl.col(part).cast(pl.Enum(list(colours))).to_physical()
    )
    rows = pl.DataFrame([_at_the_row(own, row, part) for own in shares.partition_by(row, maintain_order=True)])
    y, base, order = bars.row_axis(row, rows[row].to_list()), alt.Chart(data), alt.Order("volgorde:Q")
    across = {"stack": "zero", "title": None, "axis": None, "scale": alt.Scale(domain=[0, 1], nice=False)}
    legend = alt.Legend(columns=2, columnPadding=8, offset=26, symbolOffset=0)
    colour = alt.Color(f"{part}:N", title=None, scale=theme.scale(colours, only=here), legend=legend)
    about = {row.capitalize(): row, part.capitalize(): part, "Aandeel": "waarde_tekst", "Personen": "van"}
    bar = base.mark_bar(size=bars.BAR, stroke=theme.WHITE.light, strokeWidth=1)
    # The width is that of the screen: what does not fit on a phone may well fit on a desk.
    fits = "width * datum.waarde >= 3 + 8 * length(datum.waarde_kort)"
    number = base.transform_calculate(past=f"{fits} ? datum.waarde_kort : ''")
    number = number.mark_text(color=theme.WHITE.light, baseline="middle", dy=1)
    in_the_middle = alt.X("waarde:Q", bandPosition=0.5, **across)
    few = alt.Chart(rows.filter(pl.col("geen") != ""))
    instead = few.mark_text(align="left", baseline="middle", dy=1).encode(y, alt.XValue(0), alt.Text("geen:N"))
    layers = [
        bar.encode(y, alt.X("waarde:Q", **across), colour, order, theme.tooltip(about)),
        number.encode(y, in_the_middle, order, alt.Detail(f"{part}:N"), alt.Text("past:N")),
        *([instead] if few.data.height else []),
        bars.right_of_name(alt.Chart(rows), y, "rechts"),
    ]
    said = "; ".join(f"{name}, {number}: {words}" for name, number, words, _ in rows.iter_rows())
    return alt.layer(*layers).properties(
        height=bars.height(rows.height, legend_rows=-(-len(here) // 2)), description=f"{what}. {said}."
    )


def _at_the_row(own: pl.DataFrame, row: str, part: str) -> dict[str, str]:
    """Of one row: on how many it rests, its shares in words, and the counts where it has none."""
    known = presentation.drawable(own, "noemer").head(1)
    number = presentation.n(known.row(0, named=True), noun="") if known.height else ""
    few = own["waarde"].count() == 0
    figures = own.filter(pl.col("teller") > 0).select(part, "teller_kort") if few else own.select(part, "waarde_kort")
    told = formats.enumerate_words([f"{presentation.lower(name)} {figure}" for name, figure in figures.rows()])
    return {
        row: own[row][0],
        "rechts": f"{number.strip()}{TEXTS['composition']['few'] if few else ''}",
        "woorden": told,
        "geen": presentation.capital(told) if few else "",
    }
