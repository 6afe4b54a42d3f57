"""What time series share: a band per month or quarter, the events at their day, stock above flow, shares per quarter.

The bands have names and not dates: a browser moves a date to its own time zone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

import altair as alt
import polars as pl

import queries
from pages.show import TEXTS, intervals, panels, theme, vega
from pages.show.bars import RIGHT
from pages.show.beside import DASHED, Beside
from pages.show.rim import on_rim
from pages.words import formats, presentation

# With more bands there is no room for a number at every bar.
BANDS_WITH_NUMBERS = 18
# With more bands words stand upright, or they would touch on a phone.
BANDS_WITH_WORDS = 12
# Rounded numbers have no marks on the axis between their steps.
ROUNDED_TO = 10
LINE = 17
EVENTS, QUARTERS = TEXTS["series"]["events"], TEXTS["quarters"]
_EVENT_WIDTH = 24
_NAMES = {"maand": formats.short_month, "kwartaal": formats.short_quarter}
_IN_FULL = {"maand": formats.month, "kwartaal": formats.quarter}
_STEPS = {"maand": "1mo", "kwartaal": "1q"}
_THE = {"maand": "de maand", "kwartaal": "het kwartaal"}
# Of a number of a stock: what is told after it, whether it is written above (-1) or below, and the colour of its bar.
_FLOWS = {
    "lopend": ("", -1, theme.BLUE),
    "gestart": (TEXTS["stock"]["began"], -1, theme.GREEN),
    "beeindigd": (TEXTS["stock"]["ended"], 1, theme.GREY),
}
# Up to so many bands: how many months lie between two names on the axis.
_BETWEEN_NAMES = {"maand": {14: 1, 36: 3, 72: 12, 10_000: 24}, "kwartaal": {14: 3, 28: 12, 10_000: 24}}


# --------------------------------------------------------------------------------------------------- the axis


def named(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The frame with the name of the band in place of the date, and voluit: "nov 2021" and "november 2021".

    column: maand or kwartaal, first days.
    """
    return frame.with_columns(
        pl.col(column).map_elements(_NAMES[column], return_dtype=pl.String),
        voluit=pl.col(column).map_elements(_IN_FULL[column], return_dtype=pl.String),
    )


def axis(days: pl.Series, **place: float) -> alt.X:
    """A band per month or quarter, with names at regular distances however long the series is.

    days: the first days, without gaps; the name of the series is the column (maand or kwartaal). place: bandPosition.
    """
    names, bands = _NAMES[days.name], days.unique().sort().to_list()
    step = next(months for number, months in _BETWEEN_NAMES[days.name].items() if len(bands) <= number)
    every = [names(day) for day in bands if (12 * day.year + day.month - 1) % step == 0]
    # Of two years the year alone is the name.
    year = "slice(datum.label, -4)"
    label = f"[slice(datum.label, 0, -5), {year}]" if step < 12 else year
    # Every other name goes where they do not fit, so that what stays is regular.
    marks = alt.Axis(values=every, labelExpr=label, labelOverlap="parity", labelAngle=0, labelFlush=False)
    scale = alt.Scale(type="band", paddingInner=0.15, paddingOuter=0.08)
    return alt.X(f"{days.name}:O", sort=list(map(names, bands)), title=None, scale=scale, axis=marks, **place)


def by_period(frame: pl.DataFrame) -> pl.DataFrame:
    """A series per maand under its true name: published series are per kwartaal, in the same column."""
    return frame if presentation.all_exact(frame) else frame.rename({"maand": "kwartaal"})


def period(frame: pl.DataFrame) -> str:
    """What the rows of a series are: "maand" or "kwartaal", the name of its first column; see by_period()."""
    return frame.columns[0]


# ------------------------------------------------------------------------------------------------- the events


def events_on_axis(
    events: pl.DataFrame, days: pl.Series, *about: str, after_start: bool = False, until: date | None = None
) -> pl.DataFrame:
    """The events that touch a series and lie within it: datum_van, titel, toelichting, by day.

    events: queries.events(). days: the first days of its months or quarters. about: how the names of its indicators or
    questions begin, such as "ontzorging_". after_start: without what happened on the first day of the series, because
    the series begins with it. until: the last day, where that is not the end of the last band.
    """
    end = until or days.dt.offset_by(_STEPS[days.name]).max() - timedelta(days=1) if len(days) else None
    touching = pl.col("indicatoren").fill_null("").str.contains(rf"(^| )({'|'.join(about)})")
    within = pl.col("datum_van").is_between(days.min(), end, closed="right" if after_start else "both")
    return events.filter(touching, within).select("datum_van", "titel", "toelichting").sort("datum_van")


def event_room(events: pl.DataFrame) -> int:
    """Pixels on top of a chart for the titles of its events, one below the other."""
    return sum(LINE * len(textwrap.wrap(title, _EVENT_WIDTH)) + 4 for title in events["titel"])


def event_layers(events: pl.DataFrame, days: pl.Series) -> list[alt.Chart]:
    """A dashed line per event at its day, and at the top its mark and its title, written towards the middle.

    events: see events_on_axis(). days: as for axis().
    """
    bands = days.unique().sort()
    layers, top = [], 0
    for row in events.iter_rows(named=True):
        band = bands.filter(bands <= row["datum_van"])[-1]
        until = pl.Series([band]).dt.offset_by(_STEPS[days.name])[0]
        x = axis(days, bandPosition=(row["datum_van"] - band).days / (until - band).days)
        event = {days.name: _NAMES[days.name](band), "titel": row["titel"], "toelichting": row["toelichting"],
                 "dag": formats.long_date(row["datum_van"])}  # fmt: skip
        one, title = alt.Chart(pl.DataFrame([event])), textwrap.wrap(row["titel"], _EVENT_WIDTH)
        early = bands.index_of(band) < bands.len() / 2
        look = {"align": "left", "dx": 8} if early else {"align": "right", "dx": -8}
        look |= {"baseline": "top", "lineHeight": LINE, "fontSize": 12}
        # A dashed line down from the height of the title, and on top of it a mark that tells of the event.
        told = theme.tooltip({"Gebeurtenis": "titel", "Vanaf": "dag", "Toelichting": "toelichting"})
        rule = one.mark_rule(color=theme.GREY.light, strokeDash=[4, 3])
        point = one.mark_point(color=theme.GREY.light, shape="triangle-down", size=70, opacity=1)
        layers += [
            rule.encode(x, alt.YValue(top), alt.Y2Value(alt.ExprRef("height"))),
            point.encode(x, alt.YValue(top + 7), told),
            *on_rim(one, x, alt.YValue(top), alt.TextValue(title), **look),
        ]
        top += LINE * len(title) + 4
    return layers


def events_in_words(events: pl.DataFrame) -> str:
    """The events for who cannot see them: " Gebeurtenissen: 1 januari 2022: titel."; empty without events."""
    noted = [f"{formats.long_date(row['datum_van'])}: {row['titel']}" for row in events.iter_rows(named=True)]
    return TEXTS["series"]["events_told"].format(told="; ".join(noted)) if noted else ""


# --------------------------------------------------------------------------------------------- stock and flow


@vega.kept
def stock_and_flow(
    frame: pl.DataFrame, events: pl.DataFrame, peildatum: date, *, subject: str, unit: str
) -> alt.LayerChart | None:
    """Per month: above, how many run at its end; below, how many began (up) and ended (down). None without rows.

    frame: maand (or kwartaal, see by_period), gestart, beeindigd, lopend; every month. events: see events_on_axis().
    peildatum: the last stand. subject: what the series is about; unit: what is counted, for the tooltip. A number that
    is too small to show is "<10" at its place.
    """
    if frame.is_empty():
        return None
    days, room, few = frame.to_series(0), event_room(events), frame.height <= BANDS_WITH_NUMBERS
    x, head, middle = axis(days), room + 26, "height * 0.57"
    # One number per band: where it is drawn (0 for one that may not be shown), and in words.
    running, *flows = (
        named(frame, days.name).select(
            days.name, "voluit", aantal=column, hoogte=(-side * pl.col(column)).fill_null(0), kant=pl.lit(side),
            kleur=pl.lit(tone.light), kort=f"{column}_kort", tekst=pl.col(f"{column}_tekst") + told,
        )
        for column, (told, side, tone) in _FLOWS.items()
    )  # fmt: skip
    flow = pl.concat(flows)
    step = 1 if presentation.all_exact(frame) else ROUNDED_TO
    above = _panel(step, middle, str(head), running["aantal"].max())
    below = _panel(step, "height", f"{middle} + 48", flow["aantal"].max(), padding=16)("hoogte:Q")
    written = flow.filter(pl.col("aantal").is_null() | (pl.lit(few) & (pl.col("aantal") > 0)))
    bars = alt.Chart(flow.drop_nulls("aantal")).mark_bar()
    told = [theme.tooltip({days.name.capitalize(): "voluit", what: "tekst"}) for what in ("Lopend", unit)]
    running_title = TEXTS["stock"]["running"].format(the_period=_THE[days.name])
    above = alt.layer(*_line(running, x, above, few, told[0]), *_panel_title(running_title, head - 14))
    columns = bars.encode(x, below, alt.Color("kleur:N", scale=None), told[1])
    flow_title = _panel_title(TEXTS["stock"]["flow"], alt.ExprRef(f"{middle} + 28"))
    below = alt.layer(columns, *_written(written, frame.height, x, below), *flow_title)
    words = f"{stock_title(frame, peildatum, subject)}. {_stock_words(frame)}{events_in_words(events)}"
    chart = alt.layer(*event_layers(events, days), above, below).resolve_scale(y="independent")
    return chart.properties(height=420 + room, description=words)


def _panel(step: int, low: str, high: str, most: float | None, padding: int = 0) -> Callable[[str], alt.Y]:
    """The height of a column in a part of the drawing, so that two series stand one above the other in it.

    step: between two marks on the axis. most: the highest value; without any the scale has to be said.
    """
    number = "format(abs(datum.value), ',.0f')"
    marks = alt.Axis(orient="left", tickCount=4, tickMinStep=step, labelExpr=number, domain=False)
    domain = {} if most is not None else {"domain": [0, 10]}
    scale = panels.scale(low, high, zero=True, nice=True, padding=padding, **domain)
    return partial(alt.Y, title=None, axis=marks, scale=scale)


def _line(rows: pl.DataFrame, x: alt.X, y: Callable, few: bool, told: list[alt.Tooltip]) -> list[alt.Chart]:
    """The line of a stock, broken where a number may not be shown, with its last number. few: bands."""
    base, at, hidden = alt.Chart(rows), y("aantal:Q"), rows.filter(pl.col("aantal").is_null())
    # A number beside one that is too small to show has no line to lie on.
    seen = few or hidden.height > 0
    last = rows.tail(1).drop_nulls("aantal")
    look = {"align": "right", "baseline": "bottom", "dx": 8, "dy": -8, "fontWeight": "bold"}
    return [
        base.mark_line(color=theme.BLUE.light).encode(x, at),
        base.mark_point(size=35 if seen else 150, opacity=int(seen)).encode(x, at, told),
        *(on_rim(alt.Chart(last), x, at, alt.Text("kort:N"), **look) if last.height else []),
        *_written(hidden, rows.height, x, y("hoogte:Q")),
    ]


def _written(rows: pl.DataFrame, bands: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The numbers at their heights, above or below; upright when there are words among them and many bands."""
    upright = bands > BANDS_WITH_WORDS and rows["aantal"].has_nulls()
    up, down = ("left", "right") if upright else ("bottom", "top")
    side, away = alt.ExprRef(f"datum.kant < 0 ? '{up}' : '{down}'"), alt.ExprRef("3 * datum.kant")
    turned = {"angle": 270, "align": side, "baseline": "middle", "dx": alt.ExprRef("-3 * datum.kant")}
    text = alt.Chart(rows).mark_text(fontSize=11, **(turned if upright else {"baseline": side, "dy": away}))
    return [text.encode(x, y, alt.Text("kort:N"))] if rows.height else []


def _panel_title(text: str, y: float | alt.ExprRef) -> list[alt.Chart]:
    words = alt.Chart(pl.DataFrame({"tekst": [text]}))
    look = {"align": "left", "baseline": "middle", "fontWeight": "bold"}
    return on_rim(words, alt.Text("tekst:N"), alt.XValue(0), alt.YValue(y), **look)


def _stock_words(stock: pl.DataFrame) -> str:
    """Where a stock begins, its highest, and how many numbers are too small to show, for who cannot see it."""
    time, most = period(stock), stock["lopend"].max()
    few = sum((stock[f"{column}_kort"] == presentation.FEW).sum() for column in _FLOWS)
    highest = "" if most is None else TEXTS["stock"]["highest"].format(number=formats.count(most))
    small = TEXTS["stock"]["small"].format(few=few, all=3 * stock.height) if few else ""
    return f"Per {time} vanaf {_IN_FULL[time](stock[time][0])}{highest}.{small}"


def stock_title(stock: pl.DataFrame, peildatum: date, subject: str) -> str:
    """How many run at the peildatum, and how many began and ended in the last band. stock: see stock_and_flow()."""
    told, time = TEXTS["stock"], period(stock)
    last = stock.row(-1, named=True) if stock.height else {}
    if not last or presentation.hidden(last, "lopend"):
        return told["title"].format(subject=subject, period=time)
    day = formats.long_date(peildatum)
    stand = told["title_stand"].format(subject=subject, day=day, running=last["lopend_tekst"])
    if presentation.hidden(last, "gestart") or presentation.hidden(last, "beeindigd"):
        return stand
    began, ended = last["gestart_tekst"], last["beeindigd_tekst"]
    return told["title_flow"].format(stand=stand, period=_IN_FULL[time](last[time]), began=began, ended=ended)


def stock_figure(
    question: str, answer: pl.DataFrame, peildatum: date, *, subject: str, unit: str
) -> tuple[pl.DataFrame, pl.DataFrame, dict[str, Any]]:
    """A stock and its flow with the events in it, and what figure.show() takes of them. As stock_and_flow()."""
    stock = by_period(answer)
    events = events_on_axis(queries.events(), stock.to_series(0), question.removesuffix("voorraad"))
    drawn = stock_and_flow(stock, events, peildatum, subject=subject, unit=unit)
    how = {"title": stock_title(stock, peildatum, subject), "headings": TEXTS["stock"]["headings"]}
    return stock, events, {"chart": drawn, "table": stock, "question": question, **how}


# ------------------------------------------------------------------------------------------ shares per quarter


def quarters_figure(
    row: presentation.Row,
    entrants: pl.DataFrame,
    changes: pl.DataFrame,
    *,
    told: Mapping[str, str],
    stand: str,
    beside: Beside | None = None,
) -> dict[str, Any]:
    """What figure.show() takes of a share per quarter of entry, but for its headings.

    row: of the KPI. entrants, changes: the questions kpi_instroom and kpi_verandering. told: subject and title, what
    the share is about as of shares_per_quarter() and quarters_title(); read, who is counted; nobody, the words for a
    selection without any. stand: of which day. beside: kpi_instroom of what is compared with.
    """
    indicator = row["indicator"]
    quarters = judged_quarters(entrants, indicator)
    table, written = intervals.table(quarters), {"waarde": formats.share_or_few}
    if beside:
        beside = beside.of(judged_quarters, indicator)
        table, written = beside.column_of(table, "kwartaal"), written | {beside.title: formats.share_or_few}
    return {
        "chart": shares_per_quarter(quarters, indicator, told["subject"], beside),
        "table": table,
        "title": quarters_title(told["title"], changes.row(by_predicate=pl.col("indicator") == indicator, named=True)),
        "toelichting": f"{told['read']} {quarters_words(quarters)} {stand}",
        "written": written,
        "totals": ("teller", "noemer"),
        "empty": presentation.why_empty(row, told["nobody"]),
        "n": presentation.n(row),
        "question": "kpi_instroom",
        "indicators": (indicator,),
    }


def judged_quarters(quarters: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The rows of kpi_instroom on one indicator; under 10 observations without share and interval."""
    names = presentation.with_weergave(quarters, "kwartaal", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    return presentation.from_ten(quarters.filter(indicator=indicator).select(names))


@vega.kept
def shares_per_quarter(
    quarters: pl.DataFrame, indicator: str, subject: str, beside: Beside | None = None
) -> alt.LayerChart | None:
    """A share by quarter of entry: a dot, its 95% interval, how many of how many, and the norm as a line.

    quarters, and the answer of beside: see judged_quarters(). indicator: the KPI, for its norm and for the events later
    than its own beginning. subject: the share, for who cannot see it. None when no quarter has a share, or a single one
    of several rounded ones, so that the table shows at once. A quarter of which nothing may be told is not drawn.
    """
    exact = presentation.all_exact(quarters, "waarde")
    if quarters["waarde"].count() < (1 if exact else 2):
        return None
    silent = pl.col("waarde_kort").is_in(presentation.SAYS_NOTHING)
    left_out, quarters = named(quarters.filter(silent), "kwartaal")["kwartaal"], quarters.filter(~silent)
    days = quarters["kwartaal"]
    # A quarter in which nobody entered has no row in the question, and its place on the axis all the same.
    days = pl.date_range(days.min(), days.max(), "1q", eager=True).alias("kwartaal")
    events = events_on_axis(queries.events(), days, indicator, after_start=True)
    told = {"getal": "waarde_kort", "waarom": pl.col("waarde_kort").replace(QUARTERS["short"])}
    rows = named(quarters.with_columns(**intervals.told(quarters), **told), "kwartaal")
    rows = presentation.plain(rows.with_columns(regels=pl.col("aantallen").str.replace(" van ", "|van ")))
    top = 30 + event_room(events)
    said = [f"{quarter}: {words}" for quarter, words in rows.select("kwartaal", "woorden").iter_rows()]
    said += [f"{presentation.TOO_SMALL}: {formats.enumerate_words(left_out)}"] if left_out.len() else []
    layers = _share_layers(rows, axis(days), top, queries.INDICATOREN[indicator].norm)
    words = f"{subject}: {'; '.join(said)}.{events_in_words(events)}"
    if beside:
        other, told = _beside_layers(beside, days, top)
        layers, words = [*other, *layers], f"{words} {told}"
    return alt.layer(*event_layers(events, days), *layers).properties(height=300 + top, description=words)


def _beside_layers(beside: Beside, days: pl.Series, top: int) -> tuple[list[alt.Chart], str]:
    """The shares of what is compared with as a grey line, and in words. beside, days, top: see shares_per_quarter()."""
    shares = beside.answer.filter(pl.col("waarde").is_not_null() & pl.col("kwartaal").is_in(days.to_list()))
    rows = presentation.plain(named(shares.with_columns(**intervals.told(shares)), "kwartaal"))
    said = "; ".join(f"{quarter}: {words}" for quarter, words in rows.select("kwartaal", "woorden").iter_rows())
    told = f"{beside.title}: {said or QUARTERS['too_small']}".rstrip(".") + "."
    if rows.is_empty():
        return [], told
    base, place = alt.Chart(rows), (axis(days), _share_at("waarde", top))
    point = base.mark_point(fill=theme.WHITE.light, stroke=theme.GREY.light, strokeWidth=1.5, size=50, opacity=1)
    tooltip = theme.tooltip({"Kwartaal": "voluit", beside.title: "woorden"})
    key = beside.key(alt.XValue(0), alt.YValue(top - 14), align="left")
    return [base.mark_line(**DASHED).encode(*place), point.encode(*place, tooltip), *key], told


def _share_at(column: str, top: int) -> alt.Y:
    """The height of a share, from 0 to 100%, above the words of the quarters."""
    scale = alt.Scale(domain=[0, 1], range=[alt.ExprRef("height - 66"), top])
    return alt.Y(f"{column}:Q", title=None, scale=scale, axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]))


def _share_layers(rows: pl.DataFrame, x: alt.X, top: int, norm: float) -> list[alt.Chart]:
    """The norm, the dots with their intervals, and below them of how many. rows: see shares_per_quarter()."""
    at = partial(_share_at, top=top)
    base, line = alt.Chart(rows), alt.Chart(pl.DataFrame({"norm": [norm]}))
    judged, none = (base.transform_filter(f"{sign}isValid(datum.waarde)") for sign in ("", "!"))
    told = theme.tooltip({"Kwartaal": "voluit", "Aandeel": "aandeel", "Personen": "personen"})
    rule = line.mark_rule(color=theme.INK.light, strokeDash=[4, 3])
    words = line.mark_text(align="right", baseline="bottom", dy=-4)
    interval = judged.mark_rule(color=theme.GREEN.light, strokeWidth=1.5)
    dot = judged.mark_point(color=theme.GREEN.light, size=110, opacity=1)
    # Two lines, so that the quarters of two years still fit on a phone.
    counts = base.mark_text(baseline="top", lineHeight=LINE, lineBreak="|")
    beside = {"align": "left", "baseline": "middle", "dx": 10, "fontWeight": "bold"}
    below = alt.YValue(alt.ExprRef("height - 54")), alt.YValue(alt.ExprRef("height - 10"))
    return [
        rule.encode(at("norm")),
        words.encode(at("norm"), RIGHT, alt.TextValue(f"norm {formats.percent(norm)}")),
        interval.encode(x, at("ci_laag"), alt.Y2("ci_hoog:Q")),
        dot.encode(x, at("waarde"), told),
        *on_rim(judged, x, at("waarde"), alt.Text("getal:N"), **beside),
        counts.encode(x, below[0], alt.Text("regels:N")),
        *on_rim(none, x, below[1], alt.Text("waarom:N"), fontStyle="italic", baseline="middle"),
    ]


def quarters_words(quarters: pl.DataFrame) -> str:
    """What is drawn of the shares per quarter, and of how many one is given. quarters: see judged_quarters()."""
    if quarters["waarde"].is_null().all():
        return QUARTERS["too_small"]
    least = QUARTERS["from_ten" if presentation.all_exact(quarters) else "from_fifty"]
    if quarters["waarde"].count() == 1 and not presentation.all_exact(quarters, "waarde"):
        return least
    return f"{QUARTERS['interval']} {least} {EVENTS}"


def quarters_title(subject: str, change: Mapping[str, object]) -> str:
    """The share in the latest quarter with enough persons, against the earlier quarters of that year.

    subject: what the share is about. change: the row of that indicator of the question kpi_verandering.
    """
    if presentation.hidden(change, "waarde") or change["kwartaal"] is None:
        return QUARTERS["title"].format(subject=subject)
    now, before = change["waarde_tekst"], change["eerder_waarde_tekst"]
    words = QUARTERS["title_now"].format(subject=subject, quarter=formats.quarter(change["kwartaal"]), now=now)
    if change["oordeel"] == "geen oordeel":
        return words
    verdict = QUARTERS["chance" if change["oordeel"] == "binnen toeval" else "beyond"].format(**change)
    return words + QUARTERS["title_before"].format(before=before) + (verdict if now != before else "")
