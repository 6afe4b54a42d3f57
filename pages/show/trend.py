"""KPIs through the year: a line per KPI, one panel below the other with the events on top; and one small line.

Panels in one drawing, because a facet does not follow the width of the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

import altair as alt
import polars as pl

import queries
from pages.show import bars, kpi, panels, series, theme, vega
from pages.show.beside import DASHED, Beside
from pages.show.rim import on_rim
from pages.words import formats, presentation

# Pixels: a panel, the name in it, and the room for the name of a norm at the bottom.
PANEL, NAME, NORM = 104, 24, 12
# Pixels of a small line, and what its dots keep free around them. Its colours are read on a light and a dark page.
WIDTH, HEIGHT, AROUND = 96, 28, 4
SMALL_LINE, SMALL_NORM = "#3D85C6", "#7C8794"


def _days(frame: pl.DataFrame) -> pl.Series:
    """The first day of the month of every stand, or of its quarter: published ones are at the ends of quarters."""
    name, months = ("maand", 1) if presentation.all_exact(frame) else ("kwartaal", 3)
    return pl.Series(name, [date(day.year, day.month - (day.month - 1) % months, 1) for day in frame["stand"]])


def events_within(frame: pl.DataFrame, indicators: Iterable[str], events: pl.DataFrame) -> pl.DataFrame:
    """The events about any of the indicators within the stands of a year. frame: rows of the question kpi_trend."""
    return series.events_on_axis(events, _days(frame), *indicators, until=frame["stand"].max())


def table(frame: pl.DataFrame, indicators: Sequence[str]) -> pl.DataFrame:
    """The stands of these KPIs, one KPI below the other: indicator, stand, waarde in words, teller, noemer.

    frame: the question kpi_trend. No rows when nobody is in any stand, or when no value may be shown.
    """
    order = pl.col("indicator").cast(pl.Enum(list(queries.INDICATOREN)))
    rows = frame.filter(pl.col("indicator").is_in(indicators)).sort(order, "stand")
    nothing = rows["noemer"].fill_null(1).sum() == 0 or presentation.drawable(rows, "waarde").is_empty()
    counts = presentation.with_weergave(rows, "teller", "noemer")
    told = rows.select("indicator", "stand", pl.col("waarde_kort").alias("waarde"), *counts)
    return told.clear() if nothing else told


@vega.kept
def chart(
    frame: pl.DataFrame, indicators: Sequence[str], events: pl.DataFrame, beside: Beside | None = None
) -> alt.LayerChart:
    """Per indicator a line through the stands of the year, with its last stand beside its name.

    frame: the question kpi_trend. indicators: names, in the order of the panels. events: queries.events().
    Shares have their 95% interval as a band and a scale from 0% to 100%; counts and medians start at 0. A norm is a
    line with its name. A stand on too few observations has no point. In the place of one that may not be shown are the
    words that may, and the line stops there. beside: kpi_trend of what is compared with; shares and medians have its
    stands of the same days as a grey line.
    """
    frame = frame.sort("stand")
    days, events = _days(frame), events_within(frame, indicators, events)
    frame = series.named(frame.with_columns(days), days.name)
    head = series.event_room(events) + (8 if events.height else 0)
    layers, told = series.event_layers(events, days), []
    for number, name in enumerate(indicators):
        indicator, rows = queries.INDICATOREN[name], frame.filter(pl.col("indicator") == name)
        top, under = (f"{head} + (height - {head}) / {len(indicators)} * {place}" for place in (number, number + 1))
        other = _beside(beside, indicator, frame, days) if beside else None
        layers += _panel(indicator, rows, days, top, under, other)
        told.append(_in_words(indicator, rows))
        if other:
            told.append(f"{other.title}: {_in_words(indicator, other.answer)}")
    words = f"Stand per {days.name}. {'; '.join(told)}.{series.events_in_words(events)}"
    drawing = alt.layer(*layers).resolve_scale(y="independent")
    return drawing.properties(height=PANEL * len(indicators) + head, description=words)


def _beside(beside: Beside, indicator: queries.Indicator, frame: pl.DataFrame, days: pl.Series) -> Beside | None:
    """The stands of one KPI of what is compared with, of the days of the frame; None of a count and without two."""
    bands = frame.select("stand", days.name).unique()
    rows = beside.answer.filter(indicator=indicator.naam).join(bands, on="stand").sort("stand")
    rows = rows.filter(pl.Series([kpi.has_value(row) for row in rows.iter_rows(named=True)], dtype=pl.Boolean))
    return None if indicator.eenheid == "aantal" or rows.height < 2 else beside._replace(answer=rows)


def _panel(
    indicator: queries.Indicator,
    stands: pl.DataFrame,
    days: pl.Series,
    top: str,
    under: str,
    beside: Beside | None,
) -> list:
    """The layers of one KPI. top, under: where it and the panel below it begin. beside: see _beside()."""
    # The name of a norm at the bottom stands below it.
    low = indicator.norm == 0
    bottom = f"{under} - {8 + (NORM if low else 0)}"
    hidden = ~presentation.may_be_shown(stands, "waarde")
    # A stand on too few observations has no value and no interval.
    keep = pl.Series([kpi.has_value(row) for row in stands.iter_rows(named=True)], dtype=pl.Boolean)
    points = stands.with_columns(
        *(pl.when(keep).then(pl.col(name)).alias(name) for name in ("waarde", "ci_laag", "ci_hoog")),
        getoond=presentation.written_by(stands, lambda row: kpi.bare(indicator, row)),
        aantallen=presentation.written_by(stands, lambda row: kpi.of_row(indicator, row)),
        dag=pl.Series([formats.long_date(day) for day in stands["stand"]], dtype=pl.String),
        # Which unbroken piece of the line a stand belongs to.
        stuk=hidden.cast(pl.Int64).cum_sum(),
    )
    shown = (days.name, "dag", "waarde", "waarde_tekst", "ci_laag", "ci_hoog", "getoond", "aantallen", "stuk")
    rows = points.drop_nulls("waarde").select(shown)
    told = hidden & ~points["waarde_kort"].is_in(presentation.SAYS_NOTHING)
    small = points.filter(told).select(days.name, "getoond")
    x = series.axis(days)
    layers = panels.frame(indicator.titel, bottom, top, kpi.now(indicator, stands))
    if small.height:
        words = alt.Chart(small).mark_text(fontSize=12, baseline="bottom", dy=-4)
        layers.append(words.encode(x, alt.YValue(alt.ExprRef(bottom)), alt.Text("getoond:N")))
    if rows.is_empty():
        return layers
    highest = [rows["waarde"].max() or 1.0, indicator.norm or 0.0, *([beside.answer["waarde"].max()] if beside else [])]
    most = 1.0 if indicator.eenheid == "aandeel" else max(highest)
    scale = panels.scale(bottom, f"{top} + {NAME} + 14", domain=[0, most], nice=False)
    if indicator.norm is not None:
        base = alt.Chart(pl.DataFrame({"norm": [indicator.norm], "naam": [f"norm {presentation.norm(indicator)}"]}))
        side = {"baseline": "top", "dy": 3} if low else {"baseline": "bottom", "dy": -2}
        line = base.mark_rule(color=theme.INK.light, strokeDash=[4, 3])
        words = base.mark_text(align="right", fontSize=11, **side)
        layers.append(line.encode(_y("norm", scale)))
        layers.append(words.encode(bars.RIGHT, _y("norm", scale), alt.Text("naam:N")))
    if beside:
        grey = alt.Chart(presentation.plain(beside.answer)).mark_line(**DASHED).encode(x, _y("waarde", scale))
        key = beside.key(alt.XValue(0), alt.YValue(alt.ExprRef(f"{top} + {NAME} + 2")), align="left", fontSize=11)
        layers += [grey, *key]
    return [*layers, *_line(indicator, rows, x, scale)]


def _line(indicator: queries.Indicator, rows: pl.DataFrame, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """The line through the stands with its points and the first value, for a share over its interval."""
    base, y, piece = alt.Chart(rows), _y("waarde", scale), alt.Detail("stuk:N")
    told = {"Stand": "dag", indicator.titel: "waarde_tekst"}
    # Of a published median it is not said on how many it rests.
    told |= {"Aantallen": "aantallen"} if any(rows["aantallen"]) else {}
    band = base.mark_area(color=theme.BLUE.light, opacity=0.15)
    interval = [band.encode(x, _y("ci_laag", scale), alt.Y2("ci_hoog:Q"), piece)]
    # The last value stands beside the name already; the first on the side of its point where no norm is.
    side = {"baseline": "top", "dy": 7} if indicator.norm else {"baseline": "bottom", "dy": -6}
    return [
        *(interval if indicator.eenheid == "aandeel" else []),
        base.mark_line(color=theme.BLUE.light).encode(x, y, piece),
        base.mark_point(size=35, opacity=1).encode(x, y, theme.tooltip(told)),
        *on_rim(alt.Chart(rows.head(1)), x, y, alt.Text("getoond:N"), fontSize=12, **side),
    ]


def _y(column: str, scale: alt.Scale) -> alt.Y:
    return alt.Y(f"{column}:Q", axis=None, title=None, scale=scale)


def _in_words(indicator: queries.Indicator, stands: pl.DataFrame) -> str:
    """The stands of one KPI for who cannot see them."""
    values = [
        f"{formats.month(row['stand'])} {row['waarde_kort']}"
        for row in stands.iter_rows(named=True)
        if kpi.has_value(row) or presentation.hidden(row, "waarde")
    ]
    norm = "" if indicator.norm is None else f" (norm {presentation.norm(indicator)})"
    return f"{indicator.titel}{norm}: {', '.join(values) if values else presentation.TOO_FEW}"


# ------------------------------------------------------------------------------------------------- one small line


def small(indicator: queries.Indicator, stands: pl.DataFrame) -> str:
    """The year of one KPI as a small line on its own scale, with its norm in it, as HTML; empty without one to draw.

    stands: rows of kpi_trend. An image, because Streamlit takes drawings out of HTML; its text says the same.
    """
    rows = stands.filter(pl.col("indicator") == indicator.naam).sort("stand").to_dicts()
    places = {number: row["waarde"] for number, row in enumerate(rows) if kpi.has_value(row)}
    if not any(number - 1 in places for number in places):
        return ""
    bounds = [*places.values(), *([] if indicator.norm is None else [indicator.norm])]
    low, high = min(bounds), max(bounds)

    def y(value: float) -> float:
        part = 0.5 if high == low else (value - low) / (high - low)
        return round(HEIGHT - AROUND - (HEIGHT - 2 * AROUND) * part, 1)

    across = (WIDTH - 2 * AROUND) / (len(rows) - 1)
    points = {number: f"{AROUND + across * number:.1f} {y(value)}" for number, value in places.items()}
    path = " ".join(f"{'L' if number - 1 in points else 'M'}{point}" for number, point in points.items())
    x, last = points[max(points)].split()
    norm, at_norm = "", ""
    if indicator.norm is not None:
        norm = f'<path d="M0 {y(indicator.norm)}H{WIDTH}" stroke="{SMALL_NORM}" stroke-dasharray="3 3"/>'
        at_norm = f", norm {presentation.norm(indicator)}"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" fill="none">{norm}'
        f'<path d="{path}" stroke="{SMALL_LINE}" stroke-width="2"/><circle cx="{x}" cy="{last}" r="3" '
        f'fill="{SMALL_LINE}"/></svg>'
    )
    first, now = (f"{rows[n]['waarde_kort']} in {formats.month(rows[n]['stand'])}" for n in (min(points), max(points)))
    told, source = f"van {first} naar {now}{at_norm}", f"data:image/svg+xml,{quote(drawing)}"
    return f'<img class="lijntje" src="{source}" width="{WIDTH}" height="{HEIGHT}" alt="{formats.escape(told)}">'
