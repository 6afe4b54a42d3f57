"""The map of the page Overzicht: pure functions from an answer, and the places of the wijken, to an Altair chart.

A wijk has the colour of its area (stadsdeel or wijkteam); the figure stands once per area, because it is about all of
it. Without the real borders the wijken are tiles.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import altair as alt
import polars as pl

import queries
from pages.overzicht import words
from pages.show import kpi, theme
from pages.words import formats, presentation
from queries.definitions import columns

TILE = 92
# Lines of a tile, in pixels from its top: the name of the wijk, and below it what is said of the area.
WIJK_LINE = 12
AREA_TOP = 31
AREA_LINE = 13
FIGURE_LINE = 17
# Characters of a name on one line.
LONGEST_NAME = 14
# Streamlit takes the legend out of the height.
LEGEND_LINE = 22
# Free room beside the outermost tiles, in tiles, for a name that is wider than its tile.
RIM = 0.12
# Of the lines that make a tile hatched; in tiles.
HATCH = 0.2
MOST_CLASSES = 5
# What the colour says where there is no figure to colour; a small count is written as such.
FEW = f"{presentation.TOO_FEW} (geen kleur)"
NOBODY = f"{presentation.NOBODY} (geen kleur)"
NOT_REACHED = f"{formats.NOT_REACHED} (geen kleur)"
SMALL = f"{presentation.TOO_SMALL} (geen kleur)"
SMALL_COUNT = f"{presentation.FEW} (geen kleur)"
NOT_PUBLIC = f"{presentation.NOT_SHOWN} (geen kleur)"
_WITHOUT = {
    "te weinig": FEW, "te klein": SMALL, "klein aantal": SMALL_COUNT, "niet bereikt": NOT_REACHED, "niemand": NOBODY,
    "niet openbaar": NOT_PUBLIC,
}  # fmt: skip

_WIDTHS = {
    "aandeel": (0.05, 0.1, 0.2, 0.25, 0.5),
    "aantal": (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, 1_000_000),
    "maanden": (1, 2, 3, 6, 12, 24, 60, 120, 600, 6_000),
    "dagen": (5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000),
}
# Rounded figures: what they are rounded to, and how a number of those steps is written.
_ROUNDED_TO = {
    "aantal": (10, lambda number: formats.persons(10 * number), lambda number: formats.count(10 * number)),
    "maanden": (1, presentation.whole_months, formats.count),
    "dagen": (7, lambda number: presentation.whole_weeks(7 * number), formats.count),
}
_ROUNDED_WIDTHS = (1, 2, 5, 10, 20, 50, 100, 1_000, 10_000, 100_000)


def figures(per_area: pl.DataFrame, level: str, indicator: queries.Indicator) -> pl.DataFrame:
    """One KPI per area of one level, in the order of the city.

    Columns: gebied, teller, noemer, waarde, cijfer, n, stand, klasse. per_area: the question kpi_per_gebied. cijfer, n:
    the value, and on how many it rests, in words. stand: waarde, te weinig, te klein, klein aantal, niet bereikt,
    niemand or niet openbaar. klasse: what the colour says, in words. waarde is empty when it rests on too few
    observations.
    """
    rows = per_area.filter(pl.col("niveau") == level, pl.col("indicator") == indicator.naam).select(
        "gebied", *presentation.with_weergave(per_area, "teller", "noemer", "waarde")
    )
    named = list(rows.iter_rows(named=True))
    rows = rows.with_columns(
        cijfer=pl.Series([kpi.value(indicator, row) for row in named], dtype=pl.String),
        n=pl.Series([words.n_words(row) for row in named], dtype=pl.String),
        stand=pl.Series([_stand(indicator, row) for row in named], dtype=pl.String),
    ).with_columns(waarde=pl.when(pl.col("stand") == "waarde").then(pl.col("waarde")))
    on_map = rows.filter(pl.col("gebied") != queries.ONBEKEND)
    label = classes(
        on_map["waarde"].drop_nulls().to_list(), indicator.eenheid, rounded=not presentation.all_exact(on_map, "waarde")
    )
    return rows.with_columns(
        klasse=pl.Series(
            [
                label_of(row["waarde"], label) if row["stand"] == "waarde" else _WITHOUT[row["stand"]]
                for row in rows.iter_rows(named=True)
            ],
            dtype=pl.String,
        )
    )


def map_table(shown: pl.DataFrame) -> pl.DataFrame:
    """What the map shows, as a table: gebied, cijfer, teller, noemer, klasse.

    No rows when nobody is in any area, or when nothing of them may be shown. shown: see figures(). klasse is about the
    colour: Onbekend has none, and without a map it is left out. Of a published median there are no teller and noemer.
    """
    klasse = pl.when(pl.col("gebied") == queries.ONBEKEND).then(pl.lit("niet op de kaart")).otherwise(pl.col("klasse"))
    counts = [
        name
        for name in ("teller", "noemer")
        if any(presentation.how(row, name) != columns.WEGGELATEN for row in shown.iter_rows(named=True))
    ]
    coloured = () if _no_map(shown) else (klasse.alias("klasse"),)
    table = shown.select("gebied", "cijfer", *presentation.with_weergave(shown, *counts), *coloured)
    return table.clear() if words.nobody(shown) or words.all_hidden(shown) else table


def _no_map(shown: pl.DataFrame) -> bool:
    """Whether no figure on the map may be shown."""
    return words.nothing_to_show(shown.filter(pl.col("gebied") != queries.ONBEKEND))


def classes(values: Sequence[float], eenheid: str, *, rounded: bool = False) -> list[tuple[float, str]]:
    """The classes that the colours stand for, from low to high: lower bound and words. At most five, equally wide.

    values: those on the map. A class holds its lower bound and not its upper bound, except 100%. rounded: the values
    are rounded, so that a class is named by the rounded values in it.
    """
    if not values:
        return []
    if rounded and eenheid in _ROUNDED_TO:
        return _rounded_classes(values, eenheid)
    low, high = min(values), max(values)
    for width in _WIDTHS[eenheid]:
        start = math.floor(low / width + 1e-9) * width
        number = math.floor((high - start) / width + 1e-9) + 1
        if eenheid == "aandeel":
            # 100% belongs to the last class, and there is nothing above it.
            start = min(start, 1 - width)
            number = max(1, min(number, round((1 - start) / width)))
        if number <= MOST_CLASSES:
            break
    found = [(start + step * width, start + (step + 1) * width) for step in range(number)]
    return [(bottom, _class_words(bottom, top, eenheid)) for bottom, top in found]


def _rounded_classes(values: Sequence[float], eenheid: str) -> list[tuple[float, str]]:
    step, in_full, in_short = _ROUNDED_TO[eenheid]
    low, high = round(min(values) / step), round(max(values) / step)
    width = next(width for width in _ROUNDED_WIDTHS if high // width - low // width < MOST_CLASSES)
    found = []
    for bottom in range(low // width * width, high + 1, width):
        # A published count is never 0.
        first, last = max(bottom, 1 if eenheid == "aantal" else 0), bottom + width - 1
        span = in_full(last) if first == last else f"{in_short(first)} tot en met {in_full(last)}"
        found.append((float(step * bottom), f"{presentation.ABOUT} {span}"))
    return found


def label_of(value: float, label: Sequence[tuple[float, str]]) -> str:
    """The words of the class that a value falls in; classes as classes() gives them."""
    return next((told for bottom, told in reversed(label) if value >= bottom - 1e-9), label[0][1] if label else "")


def tiles(places: pl.DataFrame, level: str, shown: pl.DataFrame) -> pl.DataFrame:
    """One row per wijk with its place on the schematic map, its area and what the area's figure says.

    places: queries.city_map(). shown: see figures().
    """
    return places.with_columns(gebied=pl.col(level)).join(
        shown.select("gebied", "cijfer", "n", "stand", "klasse", uitkomst=_outcome(shown)),
        on="gebied",
        how="left",
        maintain_order="left",
    )


def city_map(
    places: pl.DataFrame,
    level: str,
    shown: pl.DataFrame,
    indicator: queries.Indicator,
    features: Sequence[Mapping[str, Any]],
) -> alt.LayerChart | None:
    """The real map where there are borders, else the schematic one; None when all of its figures are too small to show.

    places: queries.city_map(). shown: see figures(). features: those of queries.city_borders().
    """
    if _no_map(shown):
        return None
    shown = _with_every_area(places, level, shown)
    if features:
        return real_map(places, level, shown, indicator, features)
    return tile_map(places, level, shown, indicator)


def _with_every_area(places: pl.DataFrame, level: str, shown: pl.DataFrame) -> pl.DataFrame:
    """The figures with a row for every area on the map: who is limited to some areas has no figures of the others."""
    others = [area for area in places[level].unique(maintain_order=True) if area not in shown["gebied"].to_list()]
    rows = pl.DataFrame({"gebied": others}, schema={"gebied": pl.String}).with_columns(
        cijfer=pl.lit(presentation.NOT_SHOWN), n=pl.lit(""), stand=pl.lit("niet openbaar"), klasse=pl.lit(NOT_PUBLIC)
    )
    return pl.concat([shown, rows], how="diagonal")


def tile_map(places: pl.DataFrame, level: str, shown: pl.DataFrame, indicator: queries.Indicator) -> alt.LayerChart:
    """The schematic map: a tile per wijk in the colour of its area, the area's name, figure and n in one of its tiles.

    places: queries.city_map(). shown: see figures().
    """
    rows = tiles(places, level, shown).with_columns(kolom_tot=pl.col("kolom") + 1, rij_tot=pl.col("rij") + 1)
    across, lines = (rows["kolom"].max() or 0) + 1, (rows["rij"].max() or 0) + 1
    x_scale = alt.Scale(domain=[-RIM, across + RIM], nice=False, zero=False)
    y_scale = alt.Scale(domain=[0, lines], nice=False, reverse=True)

    def x(column: str) -> alt.X:
        return alt.X(f"{column}:Q", scale=x_scale, axis=None, title=None)

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", scale=y_scale, axis=None, title=None)

    base = alt.Chart(rows)
    ground = base.mark_rect(stroke=theme.WHITE.light, strokeWidth=1).encode(
        x=x("kolom"),
        x2=alt.X2("kolom_tot:Q"),
        y=y("rij"),
        y2=alt.Y2("rij_tot:Q"),
        color=_colour("klasse", shown),
        tooltip=_tooltip(level, indicator),
    )
    hatched = _segments(
        [
            (row["kolom"] + left, row["rij"] + top, row["kolom"] + right, row["rij"] + bottom)
            for row in rows.iter_rows(named=True)
            if row["stand"] != "waarde"
            for left, top, right, bottom in _hatching()
        ]
    )
    edges = _segments(_borders(rows))
    centre = rows.with_columns(midden=pl.col("kolom") + 0.5)
    names = [
        alt.Chart(part).mark_text(baseline="top", fontSize=11, dy=5, lineHeight=WIJK_LINE, lineBreak="|").encode(
            x=x("midden"), y=y("rij"), text=alt.Text("opschrift:N")
        )
        for part in [centre.select("midden", "rij", "opschrift")]
    ]  # fmt: skip
    said = pl.DataFrame(_area_lines(rows), schema={"midden": pl.Float64, "rij": pl.Int64, "dy": pl.Int64,
                                                   "tekst": pl.String, "groot": pl.Boolean})  # fmt: skip
    # An offset is a property of the mark, so that every distance from the top is a layer of its own.
    told = [
        alt.Chart(part).mark_text(
            baseline="top", dy=dy, fontSize=15 if large else 12, fontWeight="bold" if large is not None else "normal"
        ).encode(x=x("midden"), y=y("rij"), text=alt.Text("tekst:N"))
        for (dy, large), part in said.partition_by("dy", "groot", as_dict=True).items()
    ]  # fmt: skip
    line = {"x": x("x"), "x2": "x2:Q", "y": y("y"), "y2": "y2:Q"}
    return alt.layer(
        ground,
        alt.Chart(hatched).mark_rule(color=theme.LINE.light, strokeWidth=1.5).encode(**line),
        alt.Chart(edges).mark_rule(color=theme.INK.light, strokeWidth=2, strokeCap="square").encode(**line),
        *names,
        *told,
    ).properties(height=TILE * lines + _legend_height(shown), description=described(shown, indicator))


def real_map(
    places: pl.DataFrame,
    level: str,
    shown: pl.DataFrame,
    indicator: queries.Indicator,
    features: Sequence[Mapping[str, Any]],
) -> alt.LayerChart:
    """The real map: the borders of the wijken in the colour of their area, with the area's name, figure and n on it.

    features: those of queries.city_borders(). places, shown: see tile_map().
    """
    known = {row["wijkcode"]: row for row in tiles(places, level, shown).iter_rows(named=True)}
    drawn = [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            "properties": {
                "wijk": known[code]["wijk"],
                "gebied": known[code]["gebied"],
                "klasse": known[code]["klasse"],
                "uitkomst": known[code]["uitkomst"],
                "weinig": known[code]["stand"] != "waarde",
            },
        }
        for feature in features
        if (code := feature["properties"]["wijkcode"]) in known
    ]
    plane = {"type": "identity", "reflectY": True}
    base = alt.Chart(alt.Data(values=drawn))
    tooltip = _tooltip(level, indicator, "properties.")
    ground = base.mark_geoshape(stroke=theme.WHITE.light, strokeWidth=1).encode(
        color=_colour("properties.klasse", shown), tooltip=tooltip
    )
    few = (
        base.transform_filter("datum.properties.weinig")
        .mark_geoshape(filled=False, stroke=theme.GREY.light, strokeWidth=1, strokeDash=[3, 3])
        .encode(tooltip=tooltip)
    )
    labels = pl.DataFrame(
        [
            {
                "x": where[0],
                "y": where[1],
                "tekst": "|".join(filter(None, (row["gebied"], *_figure_lines(row), row["n"]))),
            }
            for row in shown.iter_rows(named=True)
            if (where := _middle(feature for feature in drawn if feature["properties"]["gebied"] == row["gebied"]))
        ],
        schema={"x": pl.Float64, "y": pl.Float64, "tekst": pl.String},
    )
    text = {
        "baseline": "middle",
        "align": "center",
        "fontSize": 12,
        "fontWeight": "bold",
        "lineHeight": 15,
        "lineBreak": "|",
    }
    told = [
        alt.Chart(labels)
        .mark_text(**text, **rim)
        .encode(longitude=alt.Longitude("x:Q"), latitude=alt.Latitude("y:Q"), text=alt.Text("tekst:N"))
        # A rim of the page's own colour keeps a name readable where it crosses a border.
        for rim in ({"stroke": theme.WHITE.light, "strokeWidth": 4, "strokeJoin": "round"}, {})
    ]
    return (
        # A layer without anything in it is an image without a description.
        alt.layer(ground, *([few] if any(each["properties"]["weinig"] for each in drawn) else []), *told)
        .project(**plane)
        .properties(height=560 + _legend_height(shown), description=described(shown, indicator))
    )


def described(shown: pl.DataFrame, indicator: queries.Indicator) -> str:
    """The map in words, for who cannot see it. shown: see figures()."""
    told = [f"{area}: {outcome}" for area, outcome in zip(shown["gebied"], _outcome(shown), strict=True)]
    return f"Kaart van Haarlem. {indicator.titel} per gebied. {'; '.join(told)}."


def _outcome(shown: pl.DataFrame) -> pl.Series:
    """The figure of every area, and on how many it rests where that is told: "79%, n = 53", "ongeveer 79%, n = 50"."""
    told = [
        (presentation.about(row, "waarde", row["cijfer"]) if row["stand"] == "waarde" else row["cijfer"], row["n"])
        for row in shown.iter_rows(named=True)
    ]
    return pl.Series([", ".join(filter(None, pair)) for pair in told], dtype=pl.String)


def _stand(indicator: queries.Indicator, row: Mapping[str, Any]) -> str:
    if presentation.hidden(row, "waarde"):
        small = "klein aantal" if indicator.eenheid == "aantal" else "te klein"
        return small if presentation.how(row, "waarde") == columns.BESCHERMD else "niet openbaar"
    if presentation.is_empty(row):
        return "niemand"
    if presentation.too_few(indicator, row):
        return "te weinig"
    return "niet bereikt" if row["waarde"] is None else "waarde"


def _class_words(bottom: float, top: float, eenheid: str) -> str:
    if eenheid == "aandeel":
        last = "tot en met 100%" if top >= 1 - 1e-9 else f"tot {formats.percent(top)}"
        return f"{formats.percent(bottom)} {last}"
    if eenheid == "aantal":
        first, last = round(bottom), round(top) - 1
        return formats.persons(first) if first == last else f"{formats.count(first)} tot en met {formats.persons(last)}"
    return f"{formats.decimal(bottom, 0)} tot {formats.decimal(top, 0)} {eenheid}"


def _colour(column: str, shown: pl.DataFrame) -> alt.Color:
    """The colour of a class: the darker, the more; none where there is no figure; a tile without is hatched."""
    on_map = shown.filter(pl.col("gebied") != queries.ONBEKEND)
    steps = on_map.filter(pl.col("stand") == "waarde").sort("waarde")["klasse"].unique(maintain_order=True).to_list()
    # Every other step where there are few classes, so that they are told apart easily.
    last = len(theme.STEPS) - 1
    tones = [theme.STEPS[round(place * last / (len(steps) - 1)) if len(steps) > 1 else last // 2] for place in
             range(len(steps))]  # fmt: skip
    without = [told for told in _WITHOUT.values() if told in on_map["klasse"].to_list()]
    scale = alt.Scale(domain=steps + without, range=[tone.light for tone in tones] + [theme.WHITE.light] * len(without))
    legend = alt.Legend(columns=1, symbolStrokeColor=theme.GREY.light, symbolStrokeWidth=1, symbolSize=160)
    return alt.Color(f"{column}:N", title=None, scale=scale, legend=legend)


def _legend_height(shown: pl.DataFrame) -> int:
    """The height of the legend in pixels: a line per class, and the room around it."""
    return LEGEND_LINE * shown.filter(pl.col("gebied") != queries.ONBEKEND)["klasse"].n_unique() + 24


def _tooltip(level: str, indicator: queries.Indicator, prefix: str = "") -> list[alt.Tooltip]:
    told = {"Wijk": "wijk", level.capitalize(): "gebied", indicator.titel: "uitkomst"}
    return theme.tooltip({about: f"{prefix}{column}" for about, column in told.items()})


def _hatching() -> list[tuple[float, float, float, float]]:
    """Slanting lines within a square of 1 by 1: x, y, x2, y2."""
    number = round(2 / HATCH)
    lines = []
    for step in range(1, number):
        reach = step * HATCH
        lines.append((max(0.0, reach - 1), min(1.0, reach), min(1.0, reach), max(0.0, reach - 1)))
    return lines


def _segments(lines: Iterable[tuple[float, float, float, float]]) -> pl.DataFrame:
    return pl.DataFrame(list(lines), schema=dict.fromkeys(("x", "y", "x2", "y2"), pl.Float64), orient="row")


def _borders(rows: pl.DataFrame) -> list[tuple[float, float, float, float]]:
    """The sides of tiles that have another area, or nothing, on their other side; each once."""
    area = {(row["kolom"], row["rij"]): row["gebied"] for row in rows.iter_rows(named=True)}
    found = set()
    for (column, line), name in area.items():
        sides = {
            (column - 1, line): (column, line, column, line + 1),
            (column + 1, line): (column + 1, line, column + 1, line + 1),
            (column, line - 1): (column, line, column + 1, line),
            (column, line + 1): (column, line + 1, column + 1, line + 1),
        }
        found |= {side for beside, side in sides.items() if area.get(beside) != name}
    return sorted(found)


def _area_lines(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """The lines of text about every area, in the tile nearest to its middle: its name, its figure, and n.

    groot: True for the figure, False for the name, None for the rest.
    """
    lines = []
    for area in rows["gebied"].unique(maintain_order=True):
        own = rows.filter(pl.col("gebied") == area)
        middle = (own["kolom"].mean(), own["rij"].mean())
        tile = min(own.iter_rows(named=True), key=lambda t: math.dist((t["kolom"], t["rij"]), middle))
        dy = AREA_TOP

        def write(text: str, height: int, large: bool | None, tile: Mapping[str, Any] = tile) -> None:
            nonlocal dy
            lines.append({"midden": tile["kolom"] + 0.5, "rij": tile["rij"], "dy": dy, "tekst": text, "groot": large})
            dy += height

        # Of one tile, the name of the wijk may be that of the area already.
        if own.height > 1 or area not in tile["opschrift"].replace("|", "").replace("-", ""):
            for part in textwrap.wrap(area, LONGEST_NAME):
                write(part, AREA_LINE, False)
        figure = tile["stand"] == "waarde"
        for part in _figure_lines(tile):
            write(part, FIGURE_LINE if figure else AREA_LINE, True if figure else None)
        if tile["n"]:
            write(tile["n"], AREA_LINE, None)
    return lines


def _figure_lines(row: Mapping[str, Any]) -> list[str]:
    """The figure of an area for on the map, or in short why there is none."""
    without = {
        "te weinig": ["te weinig"], "te klein": [words.SHORT_TOO_SMALL], "niet bereikt": ["nog niet", "bereikt"]
    }  # fmt: skip
    return without.get(row["stand"], [row["cijfer"]])


def _middle(features: Iterable[Mapping[str, Any]]) -> tuple[float, float] | None:
    """The middle of the box around the largest polygon of each feature; None without features."""
    points = [
        point
        for feature in features
        for point in max((polygon[0] for polygon in feature["geometry"]["coordinates"]), key=len)
    ]
    if not points:
        return None
    horizontal, vertical = zip(*points, strict=True)
    return (min(horizontal) + max(horizontal)) / 2, (min(vertical) + max(vertical)) / 2
