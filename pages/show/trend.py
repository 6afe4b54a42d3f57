"""KPIs through the year: a line per KPI, one panel below the other, with the events on top.

Panels in one drawing, because a facet does not follow the width of the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import altair as alt
import polars as pl

import queries
from pages.show import bars, kpi, series, theme
from pages.show.rim import RIM
from pages.words import formats, presentation
from queries.definitions import columns

# Pixels: a panel, the name in it, the title of an event, and the room for the name of a norm at the bottom.
PANEL, NAME, LINE, NORM = 104, 24, 16, 12
# Days, of which a band of one month has room for as many.
MONTH = 31


def months_between(stands: pl.DataFrame) -> int:
    """How many months lie between two stands: published ones are at the ends of quarters."""
    return 1 if presentation.all_exact(stands) else 3


def events_within(frame: pl.DataFrame, indicators: Iterable[str], events: pl.DataFrame) -> pl.DataFrame:
    """The events about any of the indicators within the stands of a year: datum_van, titel, toelichting, vroeg.

    frame: rows of the question kpi_trend. events: queries.events(). vroeg: in the first half of the months.
    """
    about = pl.col("indicatoren").fill_null("").str.split(" ").list.set_intersection(list(indicators)).list.len() > 0
    start, last = _first_day(frame["stand"].min(), months_between(frame)), frame["stand"].max()
    half = start.month + (last.month - start.month + 1) / 2
    return (
        events.filter(about, pl.col("datum_van").is_between(start, last))
        .select("datum_van", "titel", "toelichting", vroeg=pl.col("datum_van").dt.month() < half)
        .sort("datum_van")
    )


def chart(frame: pl.DataFrame, indicators: Sequence[str], events: pl.DataFrame) -> alt.LayerChart:
    """Per indicator a line through the stands of the year, with its last stand beside its name.

    frame: the question kpi_trend. indicators: names, in the order of the panels. events: queries.events().
    Shares have their 95% interval as a band and a scale from 0% to 100%; counts and medians start at 0. A norm is a
    line with its name. A stand on too few observations has no point. One that may not be shown has words in the place
    of its point, and the line stops there.
    """
    names, events = list(indicators), events_within(frame, indicators, events)
    stands, between = frame["stand"].unique().sort().to_list(), months_between(frame)
    head = LINE * events.height + (8 if events.height else 0)
    layers, told = _event_layers(events, stands, between), []
    for number, name in enumerate(names):
        indicator = queries.INDICATOREN[name]
        one = _enough(frame.filter(pl.col("indicator") == name)).sort("stand")
        top, next_top = (f"{head} + (height - {head}) / {len(names)} * {place}" for place in (number, number + 1))
        layers += _panel(indicator, one, _bands(stands), top, next_top)
        told.append(_in_words(indicator, one))
    return (
        alt.layer(*layers)
        .resolve_scale(y="independent")
        .properties(
            height=PANEL * len(names) + head,
            description=f"Stand per {'maand' if between == 1 else 'kwartaal'}. {'; '.join(told)}."
            f"{series.events_in_words(events)}",
        )
    )


def table(frame: pl.DataFrame, indicators: Sequence[str]) -> pl.DataFrame:
    """A row per stand, and per indicator its value and its noemer (``<indicator>`` and ``<indicator>_noemer``).

    frame: the question kpi_trend. A value on too few observations is empty; no rows when nobody is in any stand, or
    when no value may be shown. A noemer that is not published is left out.
    """
    rows = frame.filter(pl.col("indicator").is_in(indicators))
    if not rows["noemer"].fill_null(1).sum() or presentation.drawable(rows, "waarde").is_empty():
        return pl.DataFrame(schema={"stand": pl.Date})
    found = rows.select("stand").unique().sort("stand")
    for name in indicators:
        one = _enough(rows.filter(pl.col("indicator") == name))
        if queries.INDICATOREN[name].eenheid == "aantal":
            one = one.with_columns(pl.col("waarde").cast(pl.Int64))
        left_out = all(presentation.how(row, "noemer") == columns.WEGGELATEN for row in one.iter_rows(named=True))
        parts = {
            f"{called}{beside.removeprefix(column)}": beside
            for column, called in (("waarde", name), ("noemer", f"{name}_noemer"))[: 1 if left_out else 2]
            for beside in presentation.with_weergave(one, column)
        }
        found = found.join(one.select("stand", **parts), on="stand", how="left", maintain_order="left")
    return found


def _enough(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a question about KPIs, without the value and interval where they stand on too few observations."""
    keep = [kpi.has_value(queries.INDICATOREN[row["indicator"]], row) for row in rows.iter_rows(named=True)]
    kept = pl.when(pl.Series(keep, dtype=pl.Boolean))
    return rows.with_columns(kept.then(pl.col(name)).alias(name) for name in ("waarde", "ci_laag", "ci_hoog"))


def _panel(indicator: queries.Indicator, stands: pl.DataFrame, x: alt.X, top: str, next_top: str) -> list[alt.Chart]:
    """The layers of one KPI. stands: see _enough(). top, next_top: where it and the panel below it begin."""
    # The name of a norm at the bottom stands below it.
    low = indicator.norm == 0
    bottom = f"{next_top} - {8 + (NORM if low else 0)}"
    points = _points(indicator, stands)
    rows = presentation.plain(points).drop_nulls("waarde")
    hidden = points.filter(~presentation.may_be_shown(points, "waarde")).select("maand", "getoond")
    layers = _heading(indicator.titel, kpi.now(indicator, stands), top, bottom)
    if hidden.height:
        layers.append(_text(hidden, "getoond", x, alt.YValue(alt.ExprRef(bottom)), baseline="bottom", dy=-4))
    if rows.is_empty():
        return layers
    most = 1.0 if indicator.eenheid == "aandeel" else max(rows["waarde"].max() or 1.0, indicator.norm or 0.0)
    scale = alt.Scale(domain=[0, most], nice=False, range=[alt.ExprRef(bottom), alt.ExprRef(f"{top} + {NAME} + 14")])
    if indicator.norm is not None:
        layers += _norm(indicator, scale, low)
    # The last value stands beside the name already; the first on the side of its point where no norm is.
    side = {"baseline": "top", "dy": 7} if indicator.norm and not low else {"baseline": "bottom", "dy": -6}
    first = [_text(rows.head(1), "getoond", x, _y("waarde", scale), **side, **rim) for rim in (RIM, {})]
    return [*layers, *_line(indicator, rows, x, scale), *first]


def _points(indicator: queries.Indicator, stands: pl.DataFrame) -> pl.DataFrame:
    """The stands of one KPI as a line draws them: band, day, value, interval, and what is written of them.

    getoond, voluit: the value as it is written at a point and in its tooltip, or the words in its place. stuk: which
    unbroken piece of the line a stand belongs to.
    """
    return stands.select(
        "indicator",
        *presentation.with_weergave(stands, "waarde"),
        "ci_laag",
        "ci_hoog",
        maand=presentation.written_by(stands, lambda row: formats.short_month(row["stand"])),
        dag=presentation.written_by(stands, lambda row: formats.long_date(row["stand"])),
        getoond=presentation.written_by(stands, lambda row: _at_point(indicator, row)),
        voluit=presentation.written_by(stands, lambda row: presentation.value(indicator, row)),
        aantallen=presentation.written_by(stands, lambda row: kpi.of_row(indicator, row)),
        stuk=(~presentation.may_be_shown(stands, "waarde")).cast(pl.Int64).cum_sum(),
    )


def _at_point(indicator: queries.Indicator, row: presentation.Row) -> str:
    """What is written at a point of a line: a value without the word of its unit, for that stands beside the name.

    Short words for a value that may not be shown; nothing for one that is not there.
    """
    if presentation.hidden(row, "waarde"):
        return kpi.short(indicator, row)
    if row["waarde"] is None:
        return ""
    shown = presentation.figure(indicator, row)
    return shown.partition(" ")[0] if indicator.is_mediaan else shown


def _heading(name: str, now: str, top: str, bottom: str) -> list[alt.Chart]:
    """The line under a panel, its name, and to the right the last stand."""
    base = alt.Chart(pl.DataFrame({"naam": [name], "nu": [now]}))
    y, place = alt.YValue(alt.ExprRef(top)), {"baseline": "top", "dy": 4}
    return [
        base.mark_rule(color=theme.LINE.light).encode(
            y=alt.YValue(alt.ExprRef(bottom)), x=alt.XValue(0), x2=bars.TO_RIGHT
        ),
        # The line of an event runs behind the name.
        *(
            base.mark_text(align="left", fontWeight="bold", **place, **rim).encode(
                x=alt.XValue(0), y=y, text=alt.Text("naam:N")
            )
            for rim in (RIM, {})
        ),
        base.mark_text(align="right", **place).encode(x=bars.RIGHT, y=y, text=alt.Text("nu:N")),
    ]


def _norm(indicator: queries.Indicator, scale: alt.Scale, low: bool) -> list[alt.Chart]:
    """The line of a norm with its name; low: below it."""
    norm = pl.DataFrame({"norm": [indicator.norm], "naam": [f"norm {presentation.norm(indicator)}"]})
    y, side = _y("norm", scale), {"baseline": "top", "dy": 3} if low else {"baseline": "bottom", "dy": -2}
    return [
        alt.Chart(norm).mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(y=y),
        _text(norm, "naam", bars.RIGHT, y, align="right", fontSize=11, **side),
    ]


def _line(indicator: queries.Indicator, rows: pl.DataFrame, x: alt.X, scale: alt.Scale) -> list[alt.Chart]:
    """The line through the stands with its points, for a share over its interval. rows: see _points()."""
    base, y, piece = alt.Chart(rows), _y("waarde", scale), alt.Detail("stuk:N")
    told = {"Stand": "dag", indicator.titel: "voluit"}
    # Of a published median it is not said on how many it rests.
    told |= {"Aantallen": "aantallen"} if any(rows["aantallen"]) else {}
    line = [
        base.mark_line(color=theme.BLUE.light).encode(x=x, y=y, detail=piece),
        base.mark_point(size=35, opacity=1).encode(x=x, y=y, tooltip=theme.tooltip(told)),
    ]
    if indicator.eenheid != "aandeel":
        return line
    band = base.mark_area(color=theme.BLUE.light, opacity=0.15)
    return [band.encode(x=x, y=_y("ci_laag", scale), y2=alt.Y2("ci_hoog:Q"), detail=piece), *line]


def _y(column: str, scale: alt.Scale) -> alt.Y:
    return alt.Y(f"{column}:Q", axis=None, title=None, scale=scale)


def _text(rows: pl.DataFrame, column: str, x: alt.X, y: alt.Y, **look: object) -> alt.Chart:
    return alt.Chart(rows).mark_text(**{"fontSize": 12, **look}).encode(x=x, y=y, text=alt.Text(f"{column}:N"))


def _in_words(indicator: queries.Indicator, stands: pl.DataFrame) -> str:
    """The stands of one KPI for who cannot see them. stands: see _enough()."""
    values = [
        f"{formats.month(row['stand'])} {kpi.value(indicator, row)}"
        for row in stands.iter_rows(named=True)
        if row["waarde"] is not None or presentation.hidden(row, "waarde")
    ]
    norm = "" if indicator.norm is None else f" (norm {presentation.norm(indicator)})"
    return f"{indicator.titel}{norm}: {', '.join(values) if values else presentation.TOO_FEW}"


def _bands(stands: Sequence[date], **place: float) -> alt.X:
    """A band per stand: the question has one in every month or quarter, so that bands lie where these lie."""
    axis = alt.Axis(labelExpr="split(datum.label, ' ')", labelOverlap="greedy", labelFlush=False, labelAngle=0)
    scale = alt.Scale(type="band", paddingInner=0.1, paddingOuter=0.1)
    names = [formats.short_month(day) for day in stands]
    return alt.X("maand:O", sort=names, title=None, axis=axis, scale=scale, **place)


def _event_layers(events: pl.DataFrame, stands: Sequence[date], between: int) -> list[alt.Chart]:
    """A dashed line per event at its day, and at the top its mark and its title, each on a line of its own.

    between: see months_between().
    """
    layers: list[alt.Chart] = []
    for number, row in enumerate(events.iter_rows(named=True)):
        stand = next((day for day in stands if day >= row["datum_van"]), stands[-1])
        days = (row["datum_van"] - _first_day(stand, between)).days
        event = {
            "maand": formats.short_month(stand),
            "titel": row["titel"],
            "toelichting": row["toelichting"],
            "dag": formats.long_date(row["datum_van"]),
        }
        one = pl.DataFrame([event])
        # Where a stand was left out, an event before its band stands at the band's edge.
        x = _bands(stands, bandPosition=min(max(days / (MONTH * between), 0), 1))
        side = {"align": "left", "dx": 8} if row["vroeg"] else {"align": "right", "dx": -8}
        top = LINE * number
        layers += series.event_line(alt.Chart(one), x, top)
        layers.append(_text(one, "titel", x, alt.YValue(top + 7), baseline="middle", **side))
    return layers


def _first_day(stand: date, months: int) -> date:
    """The first day of the month or of the quarter that a stand is in."""
    return date(stand.year, stand.month - (stand.month - 1) % months, 1)
