"""The map of the page Overzicht: pure functions from an answer, and the places of the wijken, to an Altair chart.

A wijk has the colour of its area (stadsdeel or wijkteam); the figure stands once per area, because it is about all of
it. Without the real borders the wijken are tiles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import dist
from typing import Any

import altair as alt
import polars as pl

import queries
from pages.show import kpi, theme, vega
from pages.show.rim import on_rim
from pages.words import presentation
from queries.definitions import columns

HEIGHT = 325
# A tile is wider than it is high, for its words; drawn narrower than so many pixels the name of its wijk does not fit.
WIDE, NARROWEST = 1.75, 66
LONG_NAME = 14
# The name of an area that is not chosen stands on the map where it is not longer than this.
SHORT_NAME = 10
NOT_CHOSEN = "niet gekozen"

Feature = dict[str, Any]
Point = tuple[float, float]


def figures(
    per_area: pl.DataFrame, level: str, indicator: queries.Indicator, not_chosen: Collection[str] = ()
) -> pl.DataFrame:
    """One KPI per area of one level, in the order of the city.

    per_area: the question kpi_per_gebied. not_chosen: the areas in which the filters choose nobody. Columns: gebied,
    teller, noemer, waarde, with what stands beside them; cijfer, n: the figure and on how many it rests, in words;
    heeft_waarde: whether there is a figure to compare; tint: from 0 for the lowest to 4 for the highest, null without.
    """
    rows = per_area.filter(pl.col("niveau") == level, pl.col("indicator") == indicator.naam).select(
        "gebied", *presentation.with_weergave(per_area, "teller", "noemer", "waarde")
    )
    named = list(rows.iter_rows(named=True))
    outside = [presentation.is_empty(row) and row["gebied"] in not_chosen for row in named]
    told = [(NOT_CHOSEN, "") if out else (kpi.short(row), _n(row)) for row, out in zip(named, outside, strict=True)]
    rows = rows.with_columns(
        pl.Series("heeft_waarde", [kpi.has_value(row) for row in named], dtype=pl.Boolean),
        pl.Series("cijfer", [figure for figure, _ in told], dtype=pl.String),
        pl.Series("n", [number for _, number in told], dtype=pl.String),
    )
    coloured = pl.col("heeft_waarde") & (pl.col("gebied") != queries.ONBEKEND)
    on_map = rows.filter(coloured)["waarde"]
    low, high = on_map.min() or 0.0, on_map.max() or 0.0
    step = (pl.col("waarde") - low) / (high - low) * 4 if high > low else pl.lit(2.0)
    return rows.with_columns(tint=pl.when(coloured).then(step.round().cast(pl.Int64)))


def not_chosen(selection: queries.Selection, wijkteams: Mapping[str, Sequence[str]], level: str) -> set[str]:
    """The areas of a level in which the filters choose nobody. wijkteams: of every stadsdeel."""
    found = set()
    for stadsdeel, teams in wijkteams.items():
        outside = selection.stadsdelen and stadsdeel not in selection.stadsdelen
        left = {team for team in teams if outside or (selection.wijkteams and team not in selection.wijkteams)}
        found |= left if level == "wijkteam" else {stadsdeel} if left == set(teams) else set()
    return found


def _n(row: presentation.Row) -> str:
    """On how many a figure rests: "n = 38", "n <10"; empty when that is not published."""
    if presentation.how(row, "noemer") == columns.WEGGELATEN:
        return ""
    return f"n {presentation.FEW}" if presentation.hidden(row, "noemer") else f"n = {row['noemer_kort']}"


def table(shown: pl.DataFrame) -> pl.DataFrame:
    """What the map shows, as a table: gebied, cijfer, teller, noemer, those without where they are not published.

    No rows when nobody is in any area, or when nothing of them may be shown. shown: see figures().
    """
    counts = [name for name in ("teller", "noemer") if not presentation.all_left_out(shown, name)]
    hidden = all(presentation.drawable(shown, name).is_empty() for name in ("teller", "noemer", "waarde"))
    found = shown.select("gebied", "cijfer", *presentation.with_weergave(shown, *counts))
    return found.clear() if hidden or not shown["noemer"].fill_null(1).sum() else found


def nothing_to_draw(shown: pl.DataFrame) -> bool:
    """Whether no figure on the map may be shown. shown: see figures()."""
    return presentation.drawable(shown.filter(pl.col("gebied") != queries.ONBEKEND), "waarde").is_empty()


@vega.kept
def city_map(
    places: pl.DataFrame, level: str, shown: pl.DataFrame, indicator: queries.Indicator, borders: Sequence[Feature] = ()
) -> alt.LayerChart:
    """The wijken in the colour of their area, with the area's name, figure and n on it.

    places: queries.city_map(). shown: see figures(). borders: those of queries.city_borders(); without them the wijken
    are tiles. Who is limited to some areas has no figures of the others.
    """
    told = {row["gebied"]: row for row in shown.iter_rows(named=True)}
    other = {"cijfer": presentation.NOT_SHOWN, "n": "", "tint": None}
    known = {row["wijkcode"]: row for row in places.iter_rows(named=True)}
    drawn = []
    for feature in borders or _tiles(places):
        wijk = known.get(feature["properties"]["wijkcode"])
        if wijk:
            row = told.get(wijk[level], other)
            outcome = ", ".join(filter(None, (row["cijfer"], row["n"])))
            said = {"wijk": wijk["wijk"], "gebied": wijk[level], "uitkomst": outcome, "tint": row["tint"]}
            spoken = {"voluit": f"{wijk['wijk']}, {wijk[level]}: {outcome}"}
            drawn.append({"type": "Feature", "geometry": feature["geometry"], **said, **spoken})
    tooltip = theme.tooltip({"Wijk": "wijk", level.capitalize(): "gebied", indicator.titel: "uitkomst"})
    scale = alt.Scale(domain=list(range(len(theme.STEPS))), range=[tone.light for tone in theme.STEPS])
    colour = alt.Color("tint:O", legend=None, scale=scale)
    # No colour where there is no figure: there the edge of a wijk is broken.
    with_figure, without = ([each for each in drawn if (each["tint"] is None) is empty] for empty in (False, True))
    layers = []
    for part, look, fill in (
        (with_figure, {"stroke": theme.WHITE.light}, colour),
        (without, {"stroke": theme.GREY.light, "strokeDash": [3, 3]}, alt.ColorValue(theme.WHITE.light)),
    ):
        # A layer without anything in it is an image without a description.
        if part:
            ground = alt.Chart(alt.Data(values=part)).mark_geoshape(strokeWidth=1, aria=True, **look)
            layers.append(ground.encode(fill, tooltip, alt.Description("voluit:N")))
    labels = _labels(drawn, told, other)
    look = {"fontSize": 12, "fontWeight": "bold", "lineHeight": 14, "lineBreak": "|", "baseline": "middle", "dy": -13}
    place = (alt.Longitude("x:Q"), alt.Latitude("y:Q"), alt.Text("tekst:N"))
    scheme = [] if borders else _scheme(places, level, labels)
    return (
        alt.layer(*layers, *scheme, *on_rim(alt.Chart(labels), *place, **look))
        .project(type="identity", reflectY=True)
        .properties(height=HEIGHT, description=described(shown, indicator))
    )


def _labels(drawn: Sequence[Feature], told: Mapping[str, Mapping], other: Mapping) -> pl.DataFrame:
    """The name, figure and n of every area, at the place of the wijk that lies nearest to its middle."""
    lines = []
    for area in dict.fromkeys(feature["gebied"] for feature in drawn):
        row = told.get(area, other)
        if row["cijfer"] == NOT_CHOSEN and len(area) > SHORT_NAME:
            continue
        middles = [_middle(feature["geometry"]) for feature in drawn if feature["gebied"] == area]
        centre = tuple(sum(each) / len(middles) for each in zip(*middles, strict=True))
        x, y = min(middles, key=lambda point: dist(point, centre))
        name = area if len(area) <= LONG_NAME else area.replace("-", "-|")
        figure = "" if row["cijfer"] == NOT_CHOSEN else row["cijfer"]
        lines.append({"x": x, "y": y, "tekst": "|".join(filter(None, (name, figure, row["n"])))})
    return pl.DataFrame(lines)


def _middle(geometry: Mapping[str, Any]) -> Point:
    """The middle of the box around the largest polygon of a wijk."""
    horizontal, vertical = zip(*max((polygon[0] for polygon in geometry["coordinates"]), key=len), strict=True)
    return (min(horizontal) + max(horizontal)) / 2, (min(vertical) + max(vertical)) / 2


def _corners(x: int, y: int) -> tuple[Point, ...]:
    """The corners of a tile by its column and line, clockwise from the north-west; y to the north."""
    west, east = round(x * WIDE, 2), round((x + 1) * WIDE, 2)
    return (west, -y), (east, -y), (east, -y - 1), (west, -y - 1)


def _tiles(places: pl.DataFrame) -> list[Feature]:
    """A tile per wijk on its place of the schematic map, in the form of real borders."""
    return [
        {
            "properties": {"wijkcode": code},
            "geometry": {"type": "MultiPolygon", "coordinates": [[[*_corners(x, y), _corners(x, y)[0]]]]},
        }
        for code, x, y in places.select("wijkcode", "kolom", "rij").iter_rows()
    ]


def _scheme(places: pl.DataFrame, level: str, labels: pl.DataFrame) -> list[alt.Chart]:
    """What tiles need to be a map: a line around every area, and the names of the wijken.

    A name stands in its tile where that is wide enough and does not hold the label of an area.
    """
    sides = [(*one, *two) for one, two in edges(places, level)]
    lines = alt.Chart(pl.DataFrame(sides, schema=dict.fromkeys(("x", "y", "x2", "y2"), pl.Float64), orient="row"))
    rows = places.select("opschrift", x=((pl.col("kolom") + 0.5) * WIDE).round(2), y=-(pl.col("rij") + 0.5))
    free = rows.join(labels.with_columns(pl.col("x").round(2)), on=["x", "y"], how="anti")
    across, down = ((places[column].max() or 0) + 1 for column in ("kolom", "rij"))
    enough = f"min(width / {across}, height / {down} * {WIDE}) >= {NARROWEST} ? 1 : 0"
    text = {"baseline": "middle", "fontSize": 10, "lineHeight": 11, "lineBreak": "|", "opacity": alt.ExprRef(enough)}
    names = alt.Chart(free).mark_text(**text)
    return [
        lines.mark_rule(color=theme.INK.light, strokeWidth=2, strokeCap="square").encode(
            alt.Longitude("x:Q"), alt.Latitude("y:Q"), alt.Longitude2("x2:Q"), alt.Latitude2("y2:Q")
        ),
        names.encode(alt.Longitude("x:Q"), alt.Latitude("y:Q"), alt.Text("opschrift:N")),
    ]


def edges(places: pl.DataFrame, level: str) -> list[tuple[Point, Point]]:
    """The sides of tiles that have another area, or nothing, on their other side; each once."""
    area = {(x, y): name for x, y, name in places.select("kolom", "rij", level).iter_rows()}
    found = set()
    for (x, y), name in area.items():
        corners = _corners(x, y)
        for number, other in enumerate(((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y))):
            if area.get(other) != name:
                one, two = sorted((corners[number], corners[(number + 1) % 4]))
                found.add((one, two))
    return sorted(found)


def described(shown: pl.DataFrame, indicator: queries.Indicator) -> str:
    """The map in words, for who cannot see it. shown: see figures()."""
    told = [
        f"{row['gebied']}: {NOT_CHOSEN if row['cijfer'] == NOT_CHOSEN else row['waarde_tekst']}"
        f"{row['n'] and ', '}{row['n']}"
        for row in shown.iter_rows(named=True)
    ]
    return f"Kaart van {queries.GEMEENTE.naam}. {indicator.titel} per gebied. {'; '.join(told)}."
