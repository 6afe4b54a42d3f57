"""The charts of the page Overzicht, but for the map: pure functions from an answer to a frame or an Altair chart.

The name of a row stands above its line, so that a phone has the whole width for the line.
"""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import polars as pl

import queries
from pages.overzicht import words
from pages.show import bars, kpi, theme
from pages.show.rim import RIM
from pages.words import formats, presentation
from queries.definitions import columns

ROW = 46
ABOVE = -17


def change_table(change: pl.DataFrame) -> pl.DataFrame:
    """Every share with its latest quarter of entry, the earlier quarters of that year, and the verdict in words.

    change: the question kpi_verandering. Columns: indicator, kwartaal, waarde, teller, noemer, eerder_*, verschil,
    ci_laag, ci_hoog, oordeel. Nobody in any of the quarters: no rows. Shares of which the difference may not be shown
    are left out.
    """
    return change.clear() if words.nobody(change) else with_verdict(presentation.drawable(change, "verschil"))


def as_written(frame: pl.DataFrame, other: str) -> pl.DataFrame:
    """The frame with, as verschil, the difference of the two shares as they are written beside it."""
    pairs = zip(frame["waarde"], frame[other], frame["verschil"], strict=True)
    found = [None if exact is None else formats.difference(one, two) for one, two, exact in pairs]
    return frame.with_columns(verschil=pl.Series(found, dtype=pl.Float64))


def with_verdict(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with its verdict in the words of the page, sign included, and the difference as it is written."""
    if "eerder_waarde" in frame.columns:
        frame = as_written(frame, "eerder_waarde")
    return frame.with_columns(oordeel=pl.col("oordeel").replace_strict(words.VERDICTS, return_dtype=pl.String))


def change_rows(change: pl.DataFrame) -> pl.DataFrame:
    """The rows of differences() for the change by quarter: naam, verschil, ci_laag, ci_hoog, oordeel, uitleg.

    Beside a figure stands how it is shown.
    change: the question kpi_verandering; shares that cannot be compared are left out. A name has its quarter when that
    is not the latest of them all.
    """
    judged = as_written(change, "eerder_waarde").filter(pl.col("verschil").is_not_null())
    latest = judged["kwartaal"].max()
    names, told = [], []
    for row in judged.iter_rows(named=True):
        quarter = formats.quarter(row["kwartaal"])
        names.append(words.entered(row["indicator"]) + ("" if row["kwartaal"] == latest else f" ({quarter})"))
        before = words.of(row, "eerder_waarde", "eerder_teller", "eerder_noemer")
        told.append(f"{quarter}: {words.of(row)}; eerder: {before}")
    return _difference_rows(judged, names, told)


def area_rows(areas: pl.DataFrame, level: str, indicator: str, rest: str = words.REST_OF_THE_CITY) -> pl.DataFrame:
    """The rows of differences() for the areas of one level against the rest, in the order of the city.

    areas: the question kpi_gebied_vergelijking; areas that cannot be compared are left out. rest: see words.rest_of().
    """
    judged = as_written(areas, "rest_waarde").filter(
        pl.col("niveau") == level, pl.col("indicator") == indicator, pl.col("verschil").is_not_null()
    )
    told = [
        f"{row['gebied']}: {words.of(row)}; {rest}: {words.of(row, 'rest_waarde', 'rest_teller', 'rest_noemer')}"
        for row in judged.iter_rows(named=True)
    ]
    return _difference_rows(judged, judged["gebied"].to_list(), told)


def _difference_rows(judged: pl.DataFrame, names: list[str], told: list[str]) -> pl.DataFrame:
    """Rows that are compared, as differences() takes them. told: the figures in words."""
    return judged.select(
        pl.Series("naam", names, dtype=pl.String),
        *presentation.with_weergave(judged, "verschil", "ci_laag", "ci_hoog"),
        "oordeel",
        pl.Series("uitleg", told, dtype=pl.String),
    )


def areas_table(per_area: pl.DataFrame, compared: pl.DataFrame, level: str) -> pl.DataFrame:
    """Every KPI in every area of one level, beside the rest of the city: by KPI, then in the order of the city.

    per_area: the question kpi_per_gebied. compared: the question kpi_gebied_vergelijking. Columns: indicator, gebied,
    waarde (in words: the units differ), teller, noemer, rest_waarde, verschil, ci_laag, ci_hoog, oordeel (in words);
    without a comparison when that is not published. KPIs and areas without anybody are left out, and so is Onbekend
    where it has nobody; so are figures that are not published, and everything when all of it is too small to show.
    """
    place = {name: number for number, name in enumerate(queries.INDICATOREN)}
    rows = _areas_with_somebody(per_area.filter(pl.col("niveau") == level)).select(
        "indicator", "gebied", *presentation.with_weergave(per_area, "waarde", "teller", "noemer")
    )
    against = compared.filter(pl.col("niveau") == level)
    if not words.not_published(against):
        rows = _beside_the_rest(rows, against)
    told = [kpi.short(queries.INDICATOREN[row["indicator"]], row) for row in rows.iter_rows(named=True)]
    return (
        rows.with_columns(
            waarde=pl.Series(told, dtype=pl.String),
            volgorde=pl.col("indicator").replace_strict(place, return_dtype=pl.Int64),
        )
        .sort("volgorde", maintain_order=True)
        .drop("volgorde")
        .drop(columns.beside("waarde"), strict=False)
    )


def _areas_with_somebody(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows about areas and KPIs that have somebody, and of which something is published."""
    if words.all_hidden(rows):
        return rows.clear()
    # A number that may not be shown may be somebody.
    number = pl.col("noemer").fill_null(1)
    return rows.filter(
        number.sum().over("indicator") > 0,
        number.sum().over("gebied") > 0,
        (pl.col("gebied") != queries.ONBEKEND) | (number > 0),
        _how(rows, "waarde") != columns.WEGGELATEN,
    )


def _beside_the_rest(rows: pl.DataFrame, against: pl.DataFrame) -> pl.DataFrame:
    """The rows with the share of the rest of the city, the difference and the verdict.

    against: rows of kpi_gebied_vergelijking. Why there is no difference is said once, in the verdict.
    """
    # The rest is judged by the same rule as the area.
    enough = pl.when(pl.col("rest_noemer") >= words.TOO_FEW).then(pl.col("rest_waarde"))
    own = presentation.with_weergave(against, "waarde", "teller", "noemer")
    parts = (*presentation.with_weergave(against, "rest_waarde"), "verschil", "ci_laag", "ci_hoog", "oordeel")
    rest = (
        as_written(against, "rest_waarde").with_columns(rest_waarde=enough).select("indicator", "gebied", *own, *parts)
    )
    rows = rows.join(rest, on=["indicator", "gebied"], how="left", maintain_order="left", suffix="_vergeleken")
    # A wijkteam that receives somebody from outside the chosen stadsdeel is compared with him, so that is shown.
    compared = [kolom for kolom in rows.columns if kolom.endswith("_vergeleken")]
    rows = rows.with_columns(
        pl.coalesce(kolom, kolom.removesuffix("_vergeleken")).alias(kolom.removesuffix("_vergeleken"))
        for kolom in compared
    ).drop(compared)
    verdicts = [_verdict(row) for row in rows.iter_rows(named=True)]
    return rows.with_columns(oordeel=pl.Series(verdicts, dtype=pl.String))


def _how(frame: pl.DataFrame, column: str) -> pl.Expr:
    """How the figures of a column are shown; exact where nothing is said."""
    beside = columns.weergave_van(column)
    return pl.col(beside).fill_null(columns.EXACT) if beside in frame.columns else pl.lit(columns.EXACT)


def _verdict(row: Mapping[str, object]) -> str:
    """The verdict on an area in words: also why there is none."""
    indicator = queries.INDICATOREN[row["indicator"]]
    if presentation.is_empty(row):
        return words.NOBODY_HERE
    if indicator.eenheid != "aandeel":
        return words.NOT_COMPARED
    if presentation.hidden(row, "waarde"):
        return words.TOO_SMALL
    if row["oordeel"] is None:
        return words.NOT_COMPARED
    if row["verschil"] is None and row["noemer"] >= words.TOO_FEW:
        return words.REST_TOO_SMALL
    return words.VERDICTS[row["oordeel"]]


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
    x = {
        "scale": alt.Scale(domain=[-reach, reach], nice=False, padding=4),
        "title": "verschil in %-punt",
        "axis": alt.Axis(
            tickCount=5,
            labelExpr="(datum.value > 0 ? '+' : '') + format(datum.value * 100, ',.0f')",
            labelOverlap="greedy",
            titlePadding=4,
        ),
    }
    base = alt.Chart(rows)
    tooltip = theme.tooltip({"Wat": "naam", "Verschil": "getoond", "Cijfers": "uitleg", "Oordeel": "woorden"})
    # A layer without anything in it is an image without a description.
    judged = [
        (part, *look)
        for part, *look in (
            (rows.filter(~pl.col("zeker")), theme.GREY, theme.WHITE, 1.5),
            (rows.filter(pl.col("zeker")), theme.BLUE, theme.BLUE, 3),
        )
        if part.height
    ]
    intervals = [
        alt.Chart(part)
        .mark_rule(color=tone.light, strokeWidth=thickness)
        .encode(y=y, x=alt.X("ci_laag:Q", **x), x2=alt.X2("ci_hoog:Q"))
        for part, tone, _, thickness in judged
    ]
    dots = [
        alt.Chart(part)
        .mark_point(filled=True, fill=fill.light, stroke=tone.light, strokeWidth=2, size=90, opacity=1)
        .encode(y=y, x=alt.X("verschil:Q", **x), tooltip=tooltip)
        for part, tone, fill, _ in judged
    ]
    none = alt.Chart(pl.DataFrame({"nul": [0.0]})).mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(
        x=alt.X("nul:Q", **x)
    )  # fmt: skip
    # The line of no difference runs behind the name.
    names = [
        base.mark_text(align="left", baseline="middle", dy=ABOVE, fontWeight="bold", **rim).encode(
            y=y, x=alt.XValue(0), text=alt.Text("naam:N")
        )
        for rim in (RIM, {})
    ]
    verdict = base.mark_text(align="right", baseline="middle", dy=ABOVE).encode(
        y=y, x=bars.RIGHT, text=alt.Text("woorden:N")
    )
    told = [
        f"{row['naam']}: {row['oordeel']}, {row['getoond']} ({row['uitleg']})" for row in rows.iter_rows(named=True)
    ]
    return alt.layer(
        none,
        *intervals,
        *dots,
        *names,
        verdict,
    ).properties(height=ROW * rows.height + 50, description=f"{what}. {'; '.join(told)}.")


def quarters_table(quarters: pl.DataFrame, year: int) -> pl.DataFrame:
    """A row per share and a column per quarter of one year, named as the quarter is written; shares from 0 to 1.

    quarters: the question kpi_instroom. A quarter with fewer than 10 observations has no value. A share that may be
    shown in none of the quarters is left out.
    """
    of_year = quarters.filter(pl.col("kwartaal").dt.year() == year)
    enough = pl.when(pl.col("noemer") >= words.TOO_FEW).then(pl.col("waarde"))
    of_year = of_year.with_columns(waarde=enough).filter(
        presentation.may_be_shown(of_year, "waarde").any().over("indicator")
    )
    if of_year.is_empty():
        return pl.DataFrame(schema={"indicator": pl.String})
    days = of_year["kwartaal"].unique().sort().to_list()
    names = [formats.quarter(day) for day in days]
    wide = of_year.select("indicator").unique(maintain_order=True)
    for column in presentation.with_weergave(of_year, "waarde"):
        one = of_year.pivot("kwartaal", on_columns=days, index="indicator", values=column, maintain_order=True)
        beside = column.removeprefix("waarde")
        one = one.rename(dict(zip(one.columns[1:], [f"{name}{beside}" for name in names], strict=True)))
        wide = wide.join(one, on="indicator", how="left", maintain_order="left")
    return wide.select("indicator", *presentation.with_weergave(wide, *names))
