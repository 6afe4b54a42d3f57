"""The charts of the page Overzicht, but for the map: pure functions from an answer to a frame or an Altair chart.

The name of a row stands above its line, so that a phone has the whole width for the line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt
import polars as pl

from pages.overzicht import words
from pages.show import bars, theme, vega
from pages.show.rim import on_rim
from pages.words import formats, presentation

# How far above the middle of a row its name stands, in pixels.
ABOVE = -17


def change_table(change: pl.DataFrame) -> pl.DataFrame:
    """Every share with its latest quarter of entry, the earlier quarters of that year, and the verdict in words.

    change: the question kpi_verandering, or kpi_sinds. Nobody in any of the quarters: no rows. Shares of which the
    difference may not be shown are left out.
    """
    return change.clear() if words.nobody(change) else with_verdict(presentation.drawable(change, "verschil"))


def with_verdict(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its verdict in the words of the page, sign included, and the difference as it is written."""
    return _as_written(frame).with_columns(
        oordeel=pl.col("oordeel").replace_strict(words.VERDICTS, return_dtype=pl.String)
    )


def area_table(areas: pl.DataFrame, level: str) -> pl.DataFrame:
    """Every share in every area of one level beside the rest, with the verdict in words; as change_table().

    areas: the question kpi_gebied_vergelijking. Shares of fewer than 10 are empty, areas without anybody are left out.
    """
    rows = areas.filter(pl.col("niveau") == level, pl.col("noemer").fill_null(1) > 0).drop("niveau")
    rows = presentation.drawable(rows, "waarde")
    few = {"waarde": "noemer", "rest_waarde": "rest_noemer"}
    return with_verdict(rows).with_columns(
        pl.when(pl.col(whole) >= words.TOO_FEW).then(pl.col(share)).alias(share) for share, whole in few.items()
    )


def _as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with, as verschil, the difference of the two shares as they are written beside it, if they are."""
    for other in {"eerder_waarde", "rest_waarde"}.intersection(frame.columns):
        pairs = zip(frame["waarde"], frame[other], frame["verschil"], strict=True)
        found = [None if exact is None else formats.difference(one, two) for one, two, exact in pairs]
        frame = frame.with_columns(verschil=pl.Series(found, dtype=pl.Float64))
    return frame


def change_rows(change: pl.DataFrame) -> pl.DataFrame:
    """The rows of differences() for the change by quarter. change: the question kpi_verandering.

    A name has its quarter when that is not the latest of them all.
    """
    latest = change.filter(pl.col("verschil").is_not_null())["kwartaal"].max()

    def told(row: Mapping[str, Any]) -> tuple[str, str]:
        quarter = formats.quarter(row["kwartaal"])
        name = words.ENTERED[row["indicator"]] + ("" if row["kwartaal"] == latest else f" ({quarter})")
        return name, f"{quarter}: {words.of(row)}; eerder: {words.of(row, 'eerder_')}"

    return _difference_rows(change, told)


def area_rows(areas: pl.DataFrame, level: str, indicator: str, rest: str) -> pl.DataFrame:
    """The rows of differences() for the areas of one level against the rest, in the order of the city.

    areas: the question kpi_gebied_vergelijking. rest: see words.rest_of().
    """
    rows = areas.filter(pl.col("niveau") == level, pl.col("indicator") == indicator)

    def told(row: Mapping[str, Any]) -> tuple[str, str]:
        return row["gebied"], f"{row['gebied']}: {words.of(row)}; {rest}: {words.of(row, 'rest_')}"

    return _difference_rows(rows, told)


def _difference_rows(frame: pl.DataFrame, told: Callable[[Mapping[str, Any]], tuple[str, str]]) -> pl.DataFrame:
    """naam, verschil, ci_laag, ci_hoog, oordeel, uitleg of the rows that can be compared."""
    judged = _as_written(frame).filter(pl.col("verschil").is_not_null())
    pairs = [told(row) for row in judged.iter_rows(named=True)]
    return judged.select(
        pl.Series("naam", [name for name, _ in pairs], dtype=pl.String),
        *presentation.with_weergave(judged, "verschil"),
        "ci_laag",
        "ci_hoog",
        "oordeel",
        pl.Series("uitleg", [explained for _, explained in pairs], dtype=pl.String),
    )


@vega.kept
def differences(frame: pl.DataFrame, what: str) -> alt.LayerChart:
    """Per row a difference of two shares with its interval, around a line at no difference, and its verdict in words.

    frame: see change_rows() and area_rows(). what: what is compared, for the description. A difference beyond chance
    is a filled dot on a thick line, one within chance an open dot on a thin line.
    """
    frame = presentation.plain(frame)
    # The same distance to both sides, so that the eye compares left and right fairly.
    reach = max([0.1, *frame["ci_laag"].abs(), *frame["ci_hoog"].abs()])
    rows = frame.with_columns(
        woorden=pl.col("oordeel").replace_strict(words.VERDICTS, return_dtype=pl.String),
        zeker=pl.col("oordeel").is_in(["hoger", "lager"]),
        getoond=pl.Series([words.points(value) for value in frame["verschil"]], dtype=pl.String),
    )
    y = alt.Y("naam:N", sort=rows["naam"].to_list(), title=None, axis=None)
    scale = alt.Scale(domain=[-reach, reach], nice=False, padding=4)
    sign = "(datum.value > 0 ? '+' : '') + format(datum.value * 100, ',.0f')"
    axis = alt.Axis(tickCount=5, labelExpr=sign, labelOverlap="greedy", titlePadding=4)

    def x(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=scale, axis=axis, title="verschil in %-punt")

    tooltip = theme.tooltip({"Wat": "naam", "Verschil": "getoond", "Cijfers": "uitleg", "Oordeel": "woorden"})
    none = alt.Chart(pl.DataFrame({"nul": [0.0]})).mark_rule(color=theme.INK.light, strokeDash=[4, 3])
    layers = [none.encode(x("nul"))]
    # A layer without anything in it is an image without a description.
    for (sure,), part in sorted(rows.partition_by("zeker", as_dict=True).items()):
        tone, fill, width = (theme.BLUE, theme.BLUE, 3) if sure else (theme.GREY, theme.WHITE, 1.5)
        base = alt.Chart(part)
        dot = base.mark_point(filled=True, fill=fill.light, stroke=tone.light, strokeWidth=2, size=90, opacity=1)
        line = base.mark_rule(color=tone.light, strokeWidth=width)
        layers += [line.encode(y, x("ci_laag"), alt.X2("ci_hoog:Q")), dot.encode(y, x("verschil"), tooltip)]
    base, place = alt.Chart(rows), {"baseline": "middle", "dy": ABOVE}
    # The line of no difference runs behind the name.
    layers += on_rim(base, y, alt.XValue(0), alt.Text("naam:N"), align="left", fontWeight="bold", **place)
    layers.append(base.mark_text(align="right", **place).encode(y, bars.RIGHT, alt.Text("woorden:N")))
    told = "; ".join(
        f"{row['naam']}: {row['oordeel']}, {row['getoond']} ({row['uitleg']})" for row in rows.iter_rows(named=True)
    )
    return alt.layer(*layers).properties(height=bars.ROW * rows.height + 50, description=f"{what}. {told}.")


def quarters_table(quarters: pl.DataFrame, year: int) -> pl.DataFrame:
    """A row per share and a column per quarter of one year, named as the quarter is written; shares from 0 to 1.

    quarters: the question kpi_instroom. A quarter with fewer than 10 observations has no value. A share that may be
    shown in none of the quarters is left out.
    """
    of_year = presentation.from_ten(quarters.filter(pl.col("kwartaal").dt.year() == year))
    of_year = of_year.filter(presentation.may_be_shown(of_year, "waarde").any().over("indicator"))
    wide = of_year.select("indicator").unique(maintain_order=True)
    for day in of_year["kwartaal"].unique().sort():
        one = of_year.filter(pl.col("kwartaal") == day)
        one = presentation.renamed(
            one.select("indicator", *presentation.with_weergave(one, "waarde")), {"waarde": formats.quarter(day)}
        )
        wide = wide.join(one, on="indicator", how="left", maintain_order="left")
    return wide
