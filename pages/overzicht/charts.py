"""The charts of the page Overzicht, but for the map: pure functions from an answer to a frame or an Altair chart.

The name of a row stands above its line, so that a phone has the whole width for the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import altair as alt
import polars as pl
from babel.dates import format_date

import queries
from pages.overzicht import words
from pages.show import bars, series, theme
from pages.words import formats, presentation
from queries.definitions import columns

ROW = 46
ABOVE = -17
PANEL = 104
PANEL_NAME = 24
LINE = 16
_NORM = 12

_RIM = {"stroke": theme.WHITE.light, "strokeWidth": 5, "strokeJoin": "round"}


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
    told = [words.short(queries.INDICATOREN[row["indicator"]], row) for row in rows.iter_rows(named=True)]
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
        for rim in (_RIM, {})
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


def trend_table(trend: pl.DataFrame, indicators: Iterable[str]) -> pl.DataFrame:
    """A row per stand, and per indicator its value and its noemer (``<indicator>`` and ``<indicator>_noemer``).

    trend: the question kpi_trend. A value on too few observations is empty; no rows when nobody is in any stand, or
    when no value may be shown. A noemer that is not published is left out.
    """
    names = list(indicators)
    rows = trend.filter(pl.col("indicator").is_in(names))
    if words.nobody(rows) or words.nothing_to_show(rows):
        return pl.DataFrame(schema={"stand": pl.Date})
    table = rows.select("stand").unique().sort("stand")
    for name in names:
        one = _enough(rows.filter(pl.col("indicator") == name))
        if queries.INDICATOREN[name].eenheid == "aantal":
            one = one.with_columns(pl.col("waarde").cast(pl.Int64))
        parts = [*_renamed(one, "waarde", name)]
        if not one.filter(_how(one, "noemer") != columns.WEGGELATEN).is_empty():
            parts += _renamed(one, "noemer", f"{name}_noemer")
        table = table.join(one.select("stand", *parts), on="stand", how="left", maintain_order="left")
    return table


def _renamed(frame: pl.DataFrame, column: str, name: str) -> list[pl.Expr]:
    """A column under another name, and the one that says how it is shown."""
    return [
        pl.col(each).alias(f"{name}{each.removeprefix(column)}") for each in presentation.with_weergave(frame, column)
    ]


def months_between(stands: pl.DataFrame) -> int:
    """How many months lie between two stands: published ones are at the ends of quarters."""
    return 1 if presentation.all_exact(stands) else 3


def events_on_axis(
    events: pl.DataFrame, indicators: Iterable[str], first: date | None, last: date, months: int = 1
) -> pl.DataFrame:
    """The events about any of the indicators within the year: datum_van, titel, toelichting, vroeg.

    events: queries.events(). first, last: the first and the last stand. months: see months_between(). vroeg: in the
    first half of the months.
    """
    names = set(indicators)
    about = [bool(names & set((text or "").split())) for text in events["indicatoren"]]
    if first is None:
        return events.select("datum_van", "titel", "toelichting", vroeg=pl.lit(True)).clear()
    start = _first_day(first, months)
    half = start.month + (last.month - start.month + 1) / 2
    return (
        events.filter(pl.Series(about, dtype=pl.Boolean))
        .filter(pl.col("datum_van").is_between(start, last))
        .select("datum_van", "titel", "toelichting", vroeg=pl.col("datum_van").dt.month() < half)
        .sort("datum_van")
    )


def _first_day(stand: date, months: int) -> date:
    """The first day of the month or of the quarter that a stand is in."""
    return date(stand.year, stand.month - (stand.month - 1) % months, 1)


def trend(frame: pl.DataFrame, indicators: Iterable[str], events: pl.DataFrame) -> alt.LayerChart:
    """Per indicator a line through the stands of the year, one panel below the other, with the events on top.

    frame: the question kpi_trend. indicators: names, in the order of the panels. events: see events_on_axis().
    Shares have their 95% interval as a band and a scale from 0% to 100%; counts and medians start at 0. A norm is a
    line with its name. A stand on
    too few observations has no point. One that may not be shown has words in the place of its point, and the line stops
    there. Rows in one drawing, because a facet does not follow the width of the screen.
    """
    names = list(indicators)
    stands = frame["stand"].unique().sort().to_list()
    bands = [_month(day) for day in stands]
    between = months_between(frame)
    x = _months(bands)
    head = LINE * events.height + (8 if events.height else 0)
    layers = _event_layers(events, stands, between)
    for number, name in enumerate(names):
        indicator = queries.INDICATOREN[name]
        one = _enough(frame.filter(pl.col("indicator") == name)).sort("stand")
        points = _points(indicator, one)
        rows = presentation.plain(points).drop_nulls("waarde")
        hidden = points.filter(~presentation.may_be_shown(points, "waarde")).select("maand", "getoond")
        part = f"(height - {head}) / {len(names)}"
        # The name of a norm at the bottom stands below it.
        low = indicator.norm == 0
        top, bottom = f"{head} + {part} * {number}", f"{head} + {part} * {number + 1} - {8 + (_NORM if low else 0)}"
        most = 1.0 if indicator.eenheid == "aandeel" else max(rows["waarde"].max() or 1.0, indicator.norm or 0.0)
        scale = alt.Scale(
            domain=[0, most], nice=False, range=[alt.ExprRef(bottom), alt.ExprRef(f"{top} + {PANEL_NAME} + 14")]
        )
        y = alt.Y("waarde:Q", axis=None, title=None, scale=scale)
        base = alt.Chart(rows)
        name_of = alt.Chart(pl.DataFrame({"naam": [indicator.titel], "nu": [words.now(indicator, one)]}))
        line = alt.YValue(alt.ExprRef(top))
        layers += [
            name_of.mark_rule(color=theme.LINE.light).encode(
                y=alt.YValue(alt.ExprRef(bottom)), x=alt.XValue(0), x2=bars.TO_RIGHT
            ),
            # The line of an event runs behind the name.
            *(
                name_of.mark_text(align="left", baseline="top", dy=4, fontWeight="bold", **rim).encode(
                    x=alt.XValue(0), y=line, text=alt.Text("naam:N")
                )
                for rim in (_RIM, {})
            ),
            name_of.mark_text(align="right", baseline="top", dy=4).encode(x=bars.RIGHT, y=line, text=alt.Text("nu:N")),
        ]
        if hidden.height:
            layers.append(
                alt.Chart(hidden)
                .mark_text(baseline="bottom", dy=-4, fontSize=12)
                .encode(x=x, y=alt.YValue(alt.ExprRef(bottom)), text=alt.Text("getoond:N"))
            )
        if rows.is_empty():
            continue
        if indicator.norm is not None:
            norm = alt.Chart(pl.DataFrame({"norm": [indicator.norm], "naam": [f"norm {presentation.norm(indicator)}"]}))
            at_norm = alt.Y("norm:Q", axis=None, title=None, scale=scale)
            layers.append(norm.mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(y=at_norm))
            beside = {"baseline": "top", "dy": 3} if low else {"baseline": "bottom", "dy": -2}
            layers.append(
                norm.mark_text(align="right", fontSize=11, **beside).encode(
                    y=at_norm, x=bars.RIGHT, text=alt.Text("naam:N")
                )
            )
        if indicator.eenheid == "aandeel":
            layers.append(
                base.mark_area(color=theme.BLUE.light, opacity=0.15).encode(
                    x=x,
                    y=alt.Y("ci_laag:Q", axis=None, title=None, scale=scale),
                    y2=alt.Y2("ci_hoog:Q"),
                    detail=alt.Detail("stuk:N"),
                )
            )
        layers.append(base.mark_line(color=theme.BLUE.light).encode(x=x, y=y, detail=alt.Detail("stuk:N")))
        told = {"Stand": "dag", indicator.titel: "voluit"}
        # Of a published median it is not said on how many it rests.
        told |= {"Aantallen": "aantallen"} if any(rows["aantallen"]) else {}
        layers.append(base.mark_point(size=35, opacity=1).encode(x=x, y=y, tooltip=theme.tooltip(told)))
        # The last value stands beside the name already; the first on the side of its point where no norm is.
        side = {"baseline": "top", "dy": 7} if indicator.norm and not low else {"baseline": "bottom", "dy": -6}
        layers += [
            alt.Chart(rows.head(1)).mark_text(fontSize=12, **side, **rim).encode(x=x, y=y, text=alt.Text("getoond:N"))
            for rim in (_RIM, {})
        ]
    noted = [f"{formats.long_date(row['datum_van'])}: {row['titel']}" for row in events.iter_rows(named=True)]
    remarks = f" Gebeurtenissen: {'; '.join(noted)}." if noted else ""
    return (
        alt.layer(*layers)
        .resolve_scale(y="independent")
        .properties(
            height=PANEL * len(names) + head,
            description=f"Stand per {'maand' if between == 1 else 'kwartaal'}. {_trend_words(frame, names)}{remarks}",
        )
    )


def _points(indicator: queries.Indicator, stands: pl.DataFrame) -> pl.DataFrame:
    """The stands of one KPI as a line draws them: band, day, value, interval, and what is written of them.

    getoond, voluit: the value as it is written at a point and in its tooltip, or the words in its place. stuk: which
    unbroken piece of the line a stand belongs to.
    """
    hidden = (~presentation.may_be_shown(stands, "waarde")).cast(pl.Int64)
    named = list(stands.iter_rows(named=True))
    return stands.select(
        "indicator",
        *presentation.with_weergave(stands, "waarde"),
        "ci_laag",
        "ci_hoog",
        pl.Series("maand", [_month(row["stand"]) for row in named], dtype=pl.String),
        pl.Series("dag", [formats.long_date(row["stand"]) for row in named], dtype=pl.String),
        pl.Series("getoond", [_short(indicator, row) for row in named], dtype=pl.String),
        pl.Series("voluit", [presentation.value(indicator, row) for row in named], dtype=pl.String),
        pl.Series("aantallen", [words.of_row(indicator, row) for row in named], dtype=pl.String),
        stuk=hidden.cum_sum(),
    )


def _enough(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of a question about KPIs, without the value and interval where they stand on too few observations."""
    keep = pl.Series(
        [words.has_value(queries.INDICATOREN[row["indicator"]], row) for row in rows.iter_rows(named=True)],
        dtype=pl.Boolean,
    )
    return rows.with_columns(pl.when(keep).then(pl.col(c)).alias(c) for c in ("waarde", "ci_laag", "ci_hoog"))


def _trend_words(frame: pl.DataFrame, names: list[str]) -> str:
    told = []
    for name in names:
        indicator = queries.INDICATOREN[name]
        rows = _enough(frame.filter(pl.col("indicator") == name)).sort("stand")
        values = [
            f"{formats.month(row['stand'])} {words.value(indicator, row)}"
            for row in rows.iter_rows(named=True)
            if row["waarde"] is not None or presentation.hidden(row, "waarde")
        ]
        norm = "" if indicator.norm is None else f" (norm {presentation.norm(indicator)})"
        told.append(f"{indicator.titel}{norm}: {', '.join(values) if values else presentation.TOO_FEW}")
    return f"{'; '.join(told)}."


def _short(indicator: queries.Indicator, row: Mapping[str, object]) -> str:
    """What is written at a point of a line: a value without the word of its unit, for that stands beside the name.

    Short words for a value that may not be shown; nothing for one that is not there.
    """
    if presentation.hidden(row, "waarde"):
        return words.short(indicator, row)
    if row["waarde"] is None:
        return ""
    shown = presentation.figure(indicator, row)
    return shown.partition(" ")[0] if indicator.is_mediaan else shown


def _month(day: date) -> str:
    """The name of a month's band, "nov 2021": text, because a browser moves a date to its own time zone."""
    return format_date(day, format="LLL y", locale=formats.LOCALE)


def _months(names: list[str], **place: float) -> alt.X:
    """A band per stand: the question has one in every month or quarter, so that bands lie where these lie."""
    axis = alt.Axis(labelExpr="split(datum.label, ' ')", labelOverlap="greedy", labelFlush=False, labelAngle=0)
    bands = alt.Scale(type="band", paddingInner=0.1, paddingOuter=0.1)
    return alt.X("maand:O", sort=names, title=None, axis=axis, scale=bands, **place)


def _event_layers(events: pl.DataFrame, stands: list[date], between: int) -> list[alt.Chart]:
    """A dashed line per event at its day, and at the top its mark and its title, each on a line of its own.

    between: see months_between().
    """
    layers: list[alt.Chart] = []
    for number, row in enumerate(events.iter_rows(named=True)):
        stand = next((day for day in stands if day >= row["datum_van"]), stands[-1])
        days = (row["datum_van"] - _first_day(stand, between)).days
        event: Mapping[str, str] = {
            "maand": _month(stand),
            "titel": row["titel"],
            "toelichting": row["toelichting"],
            "dag": formats.long_date(row["datum_van"]),
        }
        one = alt.Chart(pl.DataFrame([event]))
        # Where a stand was left out, an event before its band stands at the band's edge.
        x = _months([_month(day) for day in stands], bandPosition=min(max(days / (31 * between), 0), 1))
        side = {"align": "left", "dx": 8} if row["vroeg"] else {"align": "right", "dx": -8}
        top = LINE * number
        layers += [
            *series.event_line(one, x, top),
            one.mark_text(baseline="middle", fontSize=12, **side).encode(
                x=x, y=alt.YValue(top + 7), text=alt.Text("titel:N")
            ),
        ]
    return layers
