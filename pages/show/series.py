"""What time series share: a band per month or quarter, the events at their day, stock above flow, shares per quarter.

The bands have names and not dates: a browser moves a date to its own time zone.
"""

from __future__ import annotations

import textwrap
from datetime import date

import altair as alt
import polars as pl

import queries
from pages.show import bars, theme
from pages.show.rim import on_rim
from pages.words import formats, presentation

FEW = queries.MINIMUM_NOEMER
# With more bands there is no room for a number at every bar.
BANDS_WITH_NUMBERS = 18
# With more bands words stand upright, or they would touch on a phone.
BANDS_WITH_WORDS = 12
# Rounded numbers have no marks on the axis between their steps.
ROUNDED_TO = 10
LINE = 17
# Why a quarter has no share, where there is little room.
SHORT = {presentation.TOO_SMALL: "te klein", presentation.NOT_SHOWN: "te klein", presentation.TOO_FEW: "te weinig"}

INTERVAL = "De dunne lijn toont welke percentages aannemelijk zijn (95%-interval)."
FROM_TEN = "Minder dan 10 personen krijgen geen percentage."
FROM_FIFTY = (
    "Een percentage staat er alleen bij 50 personen of meer, van wie het er genoeg wel en genoeg niet hebben gehaald."
)
EVENTS = "Een verticale streeplijn is een gebeurtenis."

_EVENT_WIDTH = 24
_NAMES = {"maand": formats.short_month, "kwartaal": formats.short_quarter}
_IN_FULL = {"maand": formats.month, "kwartaal": formats.quarter}
_STEPS = {"maand": "1mo", "kwartaal": "1q"}
_THE = {"maand": "de maand", "kwartaal": "het kwartaal"}
_LAST = {"maand": "de laatste maand", "kwartaal": "het laatste kwartaal"}
_FLOWS = {"lopend": "lopend", "gestart": "begonnen", "beeindigd": "beëindigd"}
# Up to so many bands: how many months lie between two names on the axis.
_BETWEEN_NAMES = {"maand": {14: 1, 36: 3, 72: 12, 10_000: 24}, "kwartaal": {14: 3, 28: 12, 10_000: 24}}


# --------------------------------------------------------------------------------------------------- the axis


def named(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The frame with the name of the band in place of the date, and voluit: "nov 2021" and "november 2021".

    column: maand or kwartaal, first days.
    """
    days = frame[column]
    return frame.with_columns(
        pl.Series(column, [_NAMES[column](day) for day in days], dtype=pl.String),
        voluit=pl.Series([_IN_FULL[column](day) for day in days], dtype=pl.String),
    )


def axis(days: pl.Series, **place: float) -> alt.X:
    """A band per month or quarter, with names at regular distances however long the series is.

    days: the first days, without gaps; the name of the series is the column (maand or kwartaal). place: bandPosition.
    """
    column = days.name
    bands = days.unique().sort().to_list()
    names = [_NAMES[column](day) for day in bands]
    step = next(months for number, months in _BETWEEN_NAMES[column].items() if len(bands) <= number)
    every = [day for day in bands if (12 * day.year + day.month - 1) % step == 0]
    # Of two years the year alone is the name.
    words = "datum.label" if step < 12 else "slice(datum.label, -4)"
    two_lines = f"[slice({words}, 0, -5), slice({words}, -4)]" if step < 12 else words
    return alt.X(
        f"{column}:O",
        sort=names,
        title=None,
        scale=alt.Scale(type="band", paddingInner=0.15, paddingOuter=0.08),
        axis=alt.Axis(
            values=[_NAMES[column](day) for day in every],
            labelExpr=two_lines,
            # Every other name goes where they do not fit, so that what stays is regular.
            labelOverlap="parity",
            labelAngle=0,
            labelFlush=False,
        ),
        **place,
    )


def by_period(frame: pl.DataFrame) -> pl.DataFrame:
    """A series per maand under its true name: published series are per kwartaal, in the same column."""
    return frame if presentation.all_exact(frame) else frame.rename({"maand": "kwartaal"})


def period(frame: pl.DataFrame) -> str:
    """What the rows of a series are: "maand" or "kwartaal", the name of its first column; see by_period()."""
    return frame.columns[0]


# ------------------------------------------------------------------------------------------------- the events


def events_on_axis(events: pl.DataFrame, days: pl.Series, about: str, *, after_start: bool = False) -> pl.DataFrame:
    """The events that touch a series and lie within it: datum_van, titel, toelichting, by day.

    events: queries.events(). days: the first days of its months or quarters. about: how the names of its indicators or
    questions begin, such as "ontzorging_". after_start: without what happened on the first day of the series, because
    the series begins with it.
    """
    shown = ("datum_van", "titel", "toelichting")
    if days.is_empty():
        return events.select(shown).clear()
    first, last = days.min(), days.max()
    end = pl.lit(last).dt.offset_by(_STEPS[days.name])
    touching = pl.col("indicatoren").fill_null("").str.split(" ").list.eval(pl.element().str.starts_with(about))
    within = (pl.col("datum_van") > first) if after_start else (pl.col("datum_van") >= first)
    return events.filter(touching.list.any(), within, pl.col("datum_van") < end).select(shown).sort("datum_van")


def event_room(events: pl.DataFrame) -> int:
    """Pixels on top of a chart for the titles of its events, one below the other."""
    return sum(LINE * len(_event_title(title)) + 4 for title in events["titel"])


def event_layers(events: pl.DataFrame, days: pl.Series) -> list[alt.Chart]:
    """A dashed line per event at its day, and at the top its mark and its title, written towards the middle.

    events: see events_on_axis(). days: as for axis().
    """
    bands = days.unique().sort()
    layers, used = [], 0
    for row in events.iter_rows(named=True):
        band = bands.filter(bands <= row["datum_van"])[-1]
        until = pl.Series([band]).dt.offset_by(_STEPS[days.name])[0]
        x = axis(days, bandPosition=(row["datum_van"] - band).days / (until - band).days)
        event = {days.name: _NAMES[days.name](band), "titel": row["titel"], "toelichting": row["toelichting"],
                 "dag": formats.long_date(row["datum_van"])}  # fmt: skip
        one = alt.Chart(pl.DataFrame([event]))
        lines = _event_title(row["titel"])
        early = bands.index_of(band) < bands.len() / 2
        side = {"align": "left", "dx": 8} if early else {"align": "right", "dx": -8}
        layers += [
            *event_line(one, x, used),
            *on_rim(
                one, x, alt.YValue(used), alt.TextValue(lines), baseline="top", lineHeight=LINE, fontSize=12, **side
            ),
        ]
        used += LINE * len(lines) + 4
    return layers


def event_line(event: alt.Chart, x: alt.X, top: int) -> list[alt.Chart]:
    """A dashed line down from the height of a title, and on top of it a mark that tells of the event.

    event: titel, dag and toelichting, in words.
    """
    look = {"color": theme.GREY.light}
    told = theme.tooltip({"Gebeurtenis": "titel", "Vanaf": "dag", "Toelichting": "toelichting"})
    return [
        event.mark_rule(strokeDash=[4, 3], **look).encode(
            x=x, y=alt.YValue(top), y2=alt.Y2Value(alt.ExprRef("height"))
        ),
        event.mark_point(shape="triangle-down", size=70, opacity=1, **look).encode(
            x=x, y=alt.YValue(top + 7), tooltip=told
        ),
    ]


def events_in_words(events: pl.DataFrame) -> str:
    """The events for who cannot see them: " Gebeurtenissen: 1 januari 2022: titel."; empty without events."""
    noted = [f"{formats.long_date(row['datum_van'])}: {row['titel']}" for row in events.iter_rows(named=True)]
    return f" Gebeurtenissen: {'; '.join(noted)}." if noted else ""


def _event_title(title: str) -> list[str]:
    return textwrap.wrap(title, _EVENT_WIDTH)


# ------------------------------------------------------------------------------------------------- the charts


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
    days = frame.to_series(0)
    period = days.name
    month = axis(days)
    description = _stock_words(frame, subject, peildatum) + events_in_words(events)
    small = {column: _too_small(frame, column, period) for column in _FLOWS}
    step = 1 if presentation.all_exact(frame) else ROUNDED_TO
    told = {column: presentation.counts(frame, column) for column in _FLOWS}
    frame = presentation.plain(frame)
    rows = named(frame, period).with_columns(getoond=told["lopend"])
    room = event_room(events)
    head, middle = room + 26, "height * 0.57"
    count_axis = alt.Axis(
        orient="left", tickCount=4, tickMinStep=step, labelExpr="format(abs(datum.value), ',.0f')", domain=False
    )
    flow = pl.concat(
        # Ended is drawn downwards; what is read is the number without the sign.
        rows.select(
            period,
            "voluit",
            aantal=column,
            hoogte=sign * pl.col(column),
            stroom=pl.lit(_FLOWS[column]),
            getoond=told[column] + f" {_FLOWS[column]}",
        )
        for column, sign in (("gestart", 1), ("beeindigd", -1))
    ).drop_nulls("aantal")
    above = _panel(middle, str(head), most=frame["lopend"].max())
    below = _panel("height", f"{middle} + 48", padding=16, most=flow["aantal"].max())
    running = alt.Y("lopend:Q", title=None, axis=count_axis, scale=above)
    moved = alt.Y("hoogte:Q", title=None, axis=count_axis, scale=below)
    # A number beside one that is too small to show has no line to lie on.
    dots = frame.height <= BANDS_WITH_NUMBERS or small["lopend"].height > 0
    line = alt.Chart(rows).mark_line(color=theme.BLUE.light).encode(x=month, y=running)
    stands = alt.Chart(rows).mark_point(size=35 if dots else 150, opacity=int(dots)).encode(
        x=month, y=running, tooltip=theme.tooltip({period.capitalize(): "voluit", "Lopend": "getoond"})
    )  # fmt: skip
    last = alt.Chart(rows.tail(1))
    number = alt.Text("lopend:Q", format=",.0f")
    now = on_rim(last, month, running, number, align="right", baseline="bottom", dx=8, dy=-8, fontWeight="bold")
    colour = alt.Color(
        "stroom:N",
        legend=None,
        scale=alt.Scale(domain=["begonnen", "beëindigd"], range=[theme.GREEN.light, theme.GREY.light]),
    )
    bars = (
        alt.Chart(flow)
        .mark_bar()
        .encode(
            x=month,
            y=moved,
            color=colour,
            tooltip=theme.tooltip({period.capitalize(): "voluit", unit: "getoond"}),
        )
    )
    numbers = _numbers_at_bars(flow, month, moved) if frame.height <= BANDS_WITH_NUMBERS else []
    panels = [
        alt.layer(
            line,
            stands,
            *(now if frame["lopend"][-1] is not None else []),
            *_few_words(small["lopend"], frame.height, month, _at_zero(count_axis, above), -6),
            *_panel_title(f"Lopend aan het eind van {_THE[period]}", alt.YValue(head - 14)),
        ),
        alt.layer(
            bars,
            *numbers,
            *_few_words(small["gestart"], frame.height, month, _at_zero(count_axis, below), -6),
            *_few_words(small["beeindigd"], frame.height, month, _at_zero(count_axis, below), 6),
            *_panel_title("Begonnen (omhoog) en beëindigd (omlaag)", alt.YValue(alt.ExprRef(f"{middle} + 28"))),
        ),
    ]
    return (
        alt.layer(*event_layers(events, days), *panels)
        .resolve_scale(y="independent")
        .properties(height=420 + room, description=description)
    )


def stock_title(stock: pl.DataFrame, peildatum: date, subject: str) -> str:
    """How many run at the peildatum, and how many began and ended in the last band. stock: see stock_and_flow()."""
    last = stock.row(-1, named=True) if stock.height else {}
    if not last or presentation.hidden(last, "lopend"):
        return f"{subject}, per {period(stock)}"
    flows = [f"{last[f'{column}_tekst']} {_FLOWS[column]}" for column in ("gestart", "beeindigd")]
    told = "" if presentation.hidden(last, "gestart") or presentation.hidden(last, "beeindigd") else ", ".join(flows)
    when = _IN_FULL[period(stock)](last[period(stock)])
    return f"{subject} op {formats.long_date(peildatum)}: {last['lopend_tekst']}{told and f'; {when}: {told}'}"


def _stock_words(frame: pl.DataFrame, subject: str, peildatum: date) -> str:
    """The last band and the highest number for who cannot see them, and where numbers are too small to show."""
    period, last = frame.columns[0], frame.row(-1, named=True)
    began, ended, running = (presentation.number(last, column) for column in ("gestart", "beeindigd", "lopend"))
    words = (
        f"{subject} per {period} van {_IN_FULL[period](frame[period][0])} tot {formats.long_date(peildatum)}: in "
        f"{_LAST[period]} {began} begonnen, {ended} beëindigd, {running} lopend"
    )
    most = frame["lopend"].max()
    words += "." if most is None else f"; het hoogste aantal lopend was {formats.count(most)}."
    few = [
        f"{what} in {number} van de {frame.height}"
        for column, what in _FLOWS.items()
        if (number := frame.filter(~presentation.may_be_shown(frame, column)).height)
    ]
    several = {"maand": "maanden", "kwartaal": "kwartalen"}[period]
    return (
        f"{words} Te klein om te tonen ({presentation.FEW}): {formats.enumerate_words(few)} {several}."
        if few
        else words
    )


def judged_quarters(quarters: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The rows of kpi_instroom on one indicator; under 10 observations without share and interval."""
    enough = pl.when(pl.col("noemer") >= FEW)
    names = ("kwartaal", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    return (
        quarters.filter(pl.col("indicator") == indicator)
        .select(presentation.with_weergave(quarters, *names))
        .with_columns(enough.then(pl.col(name)).alias(name) for name in ("waarde", "ci_laag", "ci_hoog"))
    )


def quarters_table(quarters: pl.DataFrame) -> pl.DataFrame:
    """The quarters as they are read: without shares when none of them may be shown. quarters: see judged_quarters()."""
    if quarters.is_empty() or presentation.drawable(quarters, "waarde").height:
        return quarters
    return quarters.select(presentation.with_weergave(quarters, "kwartaal", "teller", "noemer"))


def shares_per_quarter(
    quarters: pl.DataFrame, events: pl.DataFrame, norm: float, subject: str
) -> alt.LayerChart | None:
    """A share by quarter of entry: a dot, its 95% interval, how many of how many, and the norm as a line.

    quarters: see judged_quarters(). events: see events_on_axis(). subject: the share, for who cannot see it. None when
    no quarter has a share, so that the table shows at once.
    """
    if quarters["waarde"].is_null().all():
        return None
    days = quarters["kwartaal"]
    # A quarter in which nobody entered has no row in the question, and its place on the axis all the same.
    days = pl.date_range(days.min(), days.max(), "1q", eager=True).alias("kwartaal")
    rows = named(quarters, "kwartaal").with_columns(
        aantallen=presentation.written_by(quarters, _of_lines),
        deel="waarde_tekst",
        personen=presentation.written_by(quarters, presentation.out_of),
        getal="waarde_kort",
        kort=presentation.written_by(quarters, lambda row: SHORT.get(row["waarde_kort"], "")),
    )
    rows = presentation.plain(rows)
    room = event_room(events)
    top = 30 + room
    x = axis(days)
    shares = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    scale = alt.Scale(domain=[0, 1], range=[alt.ExprRef("height - 66"), top])
    y = alt.Y("waarde:Q", title=None, scale=scale, axis=shares)
    base = alt.Chart(rows)
    judged = base.transform_filter("isValid(datum.waarde)")
    interval = judged.mark_rule(color=theme.GREEN.light, strokeWidth=1.5).encode(
        x=x, y=alt.Y("ci_laag:Q", title=None, scale=scale, axis=shares), y2=alt.Y2("ci_hoog:Q")
    )
    dot = judged.mark_point(color=theme.GREEN.light, size=110, opacity=1).encode(
        x=x,
        y=y,
        tooltip=theme.tooltip({"Kwartaal": "voluit", "Aandeel": "deel", "Personen": "personen"}),
    )
    value = on_rim(judged, x, y, alt.Text("getal:N"), align="left", baseline="middle", dx=10, fontWeight="bold")
    # Two lines, so that the quarters of two years still fit on a phone.
    numbers = (
        base.mark_text(baseline="top", lineHeight=LINE)
        .transform_calculate(regels="split(datum.aantallen, '|')")
        .encode(x=x, y=alt.YValue(alt.ExprRef("height - 54")), text=alt.Text("regels:N"))
    )
    none = base.transform_filter("!isValid(datum.waarde)")
    foot = alt.YValue(alt.ExprRef("height - 10"))
    few = on_rim(none, x, foot, alt.Text("kort:N"), fontStyle="italic", baseline="middle")
    line = alt.Chart(pl.DataFrame({"norm": [norm]}))
    at_norm = alt.Y("norm:Q", scale=scale, axis=shares)
    rule = line.mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(y=at_norm)
    words = line.mark_text(align="right", baseline="bottom", dy=-4).encode(
        y=at_norm, x=bars.RIGHT, text=alt.TextValue(f"norm {formats.percent(norm)}")
    )
    said = [
        f"{row['kwartaal']}: {row['aantallen']} ({row['getal']})".replace("|", " ")
        if row["aantallen"]
        else f"{row['kwartaal']}: {row['getal']}"
        for row in rows.to_dicts()
    ]
    layers = [*event_layers(events, days), rule, words, interval, dot, *value, numbers, *few]
    return alt.layer(*layers).properties(
        height=300 + top, description=f"{subject}: {'; '.join(said)}.{events_in_words(events)}"
    )


def _of_lines(row: presentation.Row) -> str:
    """How many of how many, in two lines apart; nothing where the share is not shown."""
    hidden = presentation.hidden(row, "waarde")
    return "" if hidden else f"{row['teller_kort']}|van {row['noemer_kort']}"


def quarters_words(quarters: pl.DataFrame) -> str:
    """What is drawn of the shares per quarter, and of how many one is given. quarters: see judged_quarters()."""
    if quarters["waarde"].is_null().all():
        return "De aantallen zijn te klein voor een percentage."
    return f"{INTERVAL} {FROM_TEN if presentation.all_exact(quarters) else FROM_FIFTY} {EVENTS}"


def quarters_title(subject: str, change: dict[str, object]) -> str:
    """The share in the latest quarter with enough persons, against the earlier quarters of that year.

    subject: what the share is about. change: the row of that indicator of the question kpi_verandering.
    """
    if presentation.hidden(change, "waarde") or change["kwartaal"] is None:
        return f"{subject} per kwartaal"
    now, before = change["waarde_tekst"], change["eerder_waarde_tekst"]
    words = f"{subject} in het {formats.quarter(change['kwartaal'])}: {now}"
    if change["oordeel"] == "geen oordeel":
        return words
    verdict = "dat verschil kan toeval zijn" if change["oordeel"] == "binnen toeval" else f"dat is {change['oordeel']}"
    return f"{words}, eerder dat jaar {before}{'' if now == before else f'; {verdict}'}"


def _panel(low: str, high: str, padding: int = 0, most: float | None = 1) -> alt.Scale:
    """A vertical scale over a part of the height, so that two series stand one above the other in one drawing.

    most: the highest value; without any the scale has to be said.
    """
    domain = {} if most is not None else {"domain": [0, 10]}
    return alt.Scale(range=[alt.ExprRef(low), alt.ExprRef(high)], zero=True, nice=True, padding=padding, **domain)


def _at_zero(axis: alt.Axis, scale: alt.Scale) -> alt.Y:
    """The place of words about a number that is too small to show; see _too_small()."""
    return alt.Y("nul:Q", title=None, axis=axis, scale=scale)


def _too_small(frame: pl.DataFrame, column: str, period: str) -> pl.DataFrame:
    """The bands in which a number is too small to show, with the words for it."""
    small = frame.filter(~presentation.may_be_shown(frame, column))
    words = pl.Series("woorden", presentation.numbers(small, column), dtype=pl.String)
    return named(small.select(period), period).with_columns(words, nul=pl.lit(0.0))


def _few_words(small: pl.DataFrame, bands: int, month: alt.X, y: alt.Y, dy: int) -> list[alt.Chart]:
    """The words at zero in the bands of which the number is too small to show; upright when there are many bands."""
    if small.is_empty():
        return []
    above = dy < 0
    turned = bands > BANDS_WITH_WORDS
    place = (
        {"angle": 270, "align": "left" if above else "right", "baseline": "middle", "dx": -dy}
        if turned
        else {"baseline": "bottom" if above else "top", "dy": dy}
    )
    return [alt.Chart(small).mark_text(fontSize=11, **place).encode(x=month, y=y, text=alt.Text("woorden:N"))]


def _panel_title(text: str, y: alt.YValue) -> list[alt.Chart]:
    words = alt.Chart(pl.DataFrame({"tekst": [text]}))
    look = {"align": "left", "baseline": "middle", "fontWeight": "bold"}
    return on_rim(words, alt.Text("tekst:N"), alt.XValue(0), y, **look)


def _numbers_at_bars(flow: pl.DataFrame, month: alt.X, moved: alt.Y) -> list[alt.Chart]:
    def numbers(rows: pl.DataFrame, **place: object) -> alt.Chart:
        return alt.Chart(rows.filter(pl.col("aantal") > 0)).mark_text(fontSize=11, **place).encode(
            x=month, y=moved, text=alt.Text("aantal:Q", format=",.0f")
        )  # fmt: skip

    started = pl.col("stroom") == "begonnen"
    return [
        numbers(flow.filter(started), baseline="bottom", dy=-2),
        numbers(flow.filter(~started), baseline="top", dy=3),
    ]
