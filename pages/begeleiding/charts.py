"""The charts of the page Begeleiding: pure functions from an answer to an Altair chart."""

from __future__ import annotations

import textwrap
from datetime import date

import altair as alt
import polars as pl

import queries
from pages.shared import formats, theme

# Under this number of periods still followed a curve is drawn dotted: one period more or less moves it a lot.
FEW = queries.indicators.MINIMUM_NOEMER
DAYS_IN_A_MONTH = 30.4375

# A label needs so many months of the axis beside its point to fit on a phone.
_ROOM = 11
_LINE = 17
# The months between two names on the axis, for a series up to so many months.
_MONTHS_BETWEEN_NAMES = {12: 1, 36: 3, 72: 12, 1200: 24}
_HEIGHT = 400
_RIM = {"stroke": theme.WHITE.light, "strokeWidth": 4, "strokeJoin": "round"}


def survival(curve: pl.DataFrame, durations: pl.DataFrame) -> alt.LayerChart | None:
    """The share of periods that still runs, by months since the start, as a step line per regime.

    curve: the question begeleiding_overleving. durations: begeleiding_duur, for the norm and the median of each
    regime. Where fewer than 10 periods are still followed the line is dotted. None without
    periods.
    """
    if curve.is_empty():
        return None
    colour = alt.Color("regime:N", legend=None, scale=theme.scale(theme.REGIME, only=curve["regime"]))
    axis = _month_axis(curve, durations)
    share = alt.Y(
        "overleving:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    firm, dotted = firm_and_dotted(curve, "regime")
    tooltip = [
        alt.Tooltip("regime:N", title="Regime"),
        alt.Tooltip("maanden:Q", title="Maanden", format=",.1f"),
        alt.Tooltip("overleving:Q", title="Nog in begeleiding", format=".0%"),
        alt.Tooltip("in_risico:Q", title="Nog gevolgd", format=",.0f"),
    ]
    lines = [
        _in_months(part)
        .mark_line(interpolate="step-after", strokeCap="butt", **style)
        .encode(x=axis, y=share, color=colour, tooltip=tooltip)
        for part, style in ((firm, {"strokeWidth": 2.5}), (dotted, {"strokeWidth": 2, "strokeDash": [2, 3]}))
    ]
    medians = (
        alt.Chart(durations.drop_nulls("mediaan_maanden").select("regime", maanden="mediaan_maanden"))
        .mark_point(size=70, opacity=1)
        .encode(x=axis, y=alt.datum(0.5), color=colour)
    )
    layers = [*_norms(durations, axis), *lines, medians, *_labels(curve, durations, axis, share, colour)]
    return alt.layer(*layers).properties(height=_HEIGHT, description=_survival_words(curve, durations))


def firm_and_dotted(curve: pl.DataFrame, group: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A survival curve in two parts: where 10 or more are still followed, and from there on."""
    firm = curve.filter(pl.col("in_risico") >= FEW)
    last = firm.group_by(group, maintain_order=True).last().select(curve.columns)
    rest = curve.filter(pl.col("in_risico") < FEW)
    return firm, pl.concat([last, rest]).sort(group, "dag")


def duration_table(durations: pl.DataFrame) -> pl.DataFrame:
    """begeleiding_duur as it is read: the norm and those over it in words, in the place of two columns."""
    return durations.select(
        "regime",
        "periodes",
        "beeindigd",
        "lopend",
        "p25_maanden",
        "mediaan_maanden",
        "p75_maanden",
        over_norm=pl.Series([_over_norm(row) for row in durations.iter_rows(named=True)], dtype=pl.String),
    )


def events_on_axis(events: pl.DataFrame, stock: pl.DataFrame) -> pl.DataFrame:
    """The events that touch begeleiding and lie between the first and the last month of the stock."""
    if stock.is_empty():
        return events.clear()
    first, last = stock["maand"][0], stock["maand"][-1]
    return (
        events.filter(
            pl.col("indicatoren").fill_null("").str.contains("begeleiding_"),
            pl.col("datum_van").is_between(first, pl.lit(last).dt.month_end()),
        )
        .select("datum_van", "titel", "toelichting")
        .sort("datum_van")
    )


def stock(frame: pl.DataFrame, events: pl.DataFrame, peildatum: date) -> alt.LayerChart | None:
    """Per month: above, the periods that run at its end; below, those that began (up) and that ended (down).

    frame: the question begeleiding_voorraad. events: see events_on_axis(). peildatum: the last stand.
    None without periods.
    """
    if frame.is_empty():
        return None
    top = 26 + _event_height(events)
    month = theme.month_axis("maand").timeUnit("utcyearmonth")
    step = next(step for months, step in _MONTHS_BETWEEN_NAMES.items() if frame.height <= months)
    month = month.axis(
        format="%b %Y" if step < 12 else "%Y",
        tickCount={"interval": "month", "step": step},
        labelOverlap="greedy",
    )
    running = alt.Y(
        "lopend:Q",
        title=None,
        axis=_count_axis(),
        scale=alt.Scale(range=[alt.ExprRef("height * 0.58"), top], zero=True, nice=True),
    )
    moved = alt.Y(
        "hoogte:Q",
        title=None,
        axis=_count_axis(),
        scale=alt.Scale(range=[alt.ExprRef("height"), alt.ExprRef("height * 0.58 + 50")], zero=True, nice=True),
    )
    flow = frame.unpivot(on=["gestart", "beeindigd"], index="maand", variable_name="stroom", value_name="aantal")
    # Ended is drawn downwards; what is read is the number without the sign.
    flow = flow.with_columns(
        hoogte=pl.when(pl.col("stroom") == "beeindigd").then(-pl.col("aantal")).otherwise(pl.col("aantal")),
        stroom=pl.col("stroom").replace_strict({"gestart": "begonnen", "beeindigd": "beëindigd"}),
    )
    when = alt.Tooltip("maand:T", title="Maand", format="%B %Y", timeUnit="utcyearmonth")
    line = (
        alt.Chart(frame)
        .mark_line(color=theme.BLUE.light, point=alt.OverlayMarkDef(size=40) if frame.height == 1 else False)
        .encode(x=month, y=running, tooltip=[when, alt.Tooltip("lopend:Q", title="Lopend")])
    )
    now = [
        alt.Chart(frame.tail(1))
        .mark_text(align="right", baseline="bottom", dx=6, dy=-8, fontWeight="bold", **rim)
        .encode(x=month, y=running, text=alt.Text("lopend:Q", format=",.0f"))
        for rim in (_RIM, {})
    ]
    bars = (
        alt.Chart(flow)
        .mark_bar()
        .encode(
            x=month,
            y=moved,
            color=alt.Color(
                "stroom:N",
                legend=None,
                scale=alt.Scale(domain=["begonnen", "beëindigd"], range=[theme.GREEN.light, theme.GREY.light]),
            ),
            tooltip=[when, alt.Tooltip("stroom:N", title="Wat"), alt.Tooltip("aantal:Q", title="Perioden")],
        )
    )
    above = _panel_title("Lopend aan het eind van de maand", alt.value(top - 16))
    below = _panel_title("Begonnen (omhoog) en beëindigd (omlaag)", alt.value(alt.ExprRef("height * 0.58 + 30")))
    stand, moves = alt.layer(line, *now, *above), alt.layer(bars, *below)
    return (
        alt.layer(*_event_layers(events, frame), stand, moves)
        .resolve_scale(y="independent")
        .properties(height=400 + _event_height(events), description=_stock_words(frame, events, peildatum))
    )


def _in_months(frame: pl.DataFrame) -> alt.Chart:
    return alt.Chart(frame).transform_calculate(maanden=f"datum.dag / {DAYS_IN_A_MONTH}")


def _month_axis(curve: pl.DataFrame, durations: pl.DataFrame) -> alt.X:
    """Months since the start in steps of six, with room to the right of the last norm and median for a label."""
    longest = pl.concat([curve["dag"], durations["norm_dagen"] + _ROOM * 30]).max()
    last = 6 * (int(longest / DAYS_IN_A_MONTH) // 6 + 1)
    return alt.X(
        "maanden:Q",
        title="Maanden sinds het begin van de begeleiding",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=list(range(0, last + 1, 6)), format=",.0f", grid=False),
    )


def _norms(durations: pl.DataFrame, axis: alt.X) -> list[alt.Chart]:
    rows = durations.select(dag="norm_dagen").unique().sort("dag")
    # 365 and 730 days are written as the months of the agreement.
    norms = alt.Chart(rows).transform_calculate(
        maanden=f"datum.dag / {DAYS_IN_A_MONTH}", tekst=f"'norm ' + round(datum.dag / {DAYS_IN_A_MONTH}) + ' maanden'"
    )
    rule = norms.mark_rule(color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1).encode(x=axis)
    words = norms.mark_text(align="right", baseline="bottom", dx=0, dy=-6, fontSize=12).encode(
        x=axis, y=alt.value(0), text="tekst:N"
    )
    return [rule, words]


def _labels(
    curve: pl.DataFrame, durations: pl.DataFrame, axis: alt.X, share: alt.Y, colour: alt.Color
) -> list[alt.Chart]:
    """The name and the median of every regime beside its line, never over it.

    A curve only falls. So the room above and to the right of its median is free, and so is the room to the left of
    its last point, below every line.
    """
    out, previous, stacked = [], None, 0
    for row in durations.drop_nulls("mediaan_maanden").sort("mediaan_maanden", descending=True).iter_rows(named=True):
        near = previous is not None and previous - row["mediaan_maanden"] < _ROOM
        stacked = stacked + 1 if near else 0
        previous = previous if near else row["mediaan_maanden"]
        text = [row["regime"], f"mediaan {formats.decimal(row['mediaan_maanden'])}"]
        point = pl.DataFrame({"regime": [row["regime"]], "maanden": [previous], "overleving": [0.5]})
        up = -8 - _LINE * (len(text) - 1) - (len(text) * _LINE + 4) * stacked
        out += _words(alt.Chart(point), text, axis, share, colour, align="left", baseline="bottom", dx=8, dy=up)
    # Below what every line has left when the label ends on a phone.
    ceiling = curve.filter(pl.col("dag") <= _ROOM * DAYS_IN_A_MONTH)["overleving"].min()
    ends = curve.group_by("regime", maintain_order=True).last().sort("overleving", descending=True)
    for row in ends.iter_rows(named=True):
        median = durations.filter(pl.col("regime") == row["regime"])["mediaan_maanden"].to_list()
        if median != [None]:
            continue
        height = min(row["overleving"], ceiling)
        ceiling = height - 0.24
        beside = row["dag"] >= _ROOM * DAYS_IN_A_MONTH
        point = pl.DataFrame({"regime": [row["regime"]], "dag": [row["dag"] if beside else 0], "overleving": [height]})
        text = [*textwrap.wrap(row["regime"], 16), "mediaan nog", "niet bereikt"]
        side = {"align": "right", "dx": -2} if beside else {"align": "left", "dx": 6}
        out += _words(_in_months(point), text, axis, share, colour, baseline="top", dy=8, **side)
    return out


def _words(
    base: alt.Chart, lines: list[str], axis: alt.X, share: alt.Y, colour: alt.Color, *, align: str, **place: object
) -> list[alt.Chart]:
    """A text of some lines at a point, on a rim of the page's own white, so that no line runs through it."""
    text = alt.value(lines)
    common = {"align": align, "fontWeight": "bold", "lineHeight": _LINE, **place}
    return [
        base.mark_text(**_RIM, **common).encode(x=axis, y=share, text=text),
        base.mark_text(**common).encode(x=axis, y=share, text=text, color=colour),
    ]


def _survival_words(curve: pl.DataFrame, durations: pl.DataFrame) -> str:
    words = []
    for row in durations.iter_rows(named=True):
        last = curve.filter(pl.col("regime") == row["regime"]).tail(1)
        days = formats.days(last["dag"][0]) if last.height else formats.MISSING
        words.append(
            f"{row['regime']}: {formats.count(row['periodes'])} perioden, gevolgd tot {days}, "
            f"mediaan {formats.months(row['mediaan_maanden'])}"
        )
    return f"Deel van de perioden van begeleiding dat nog loopt, naar duur. {'; '.join(words)}."


def _over_norm(row: dict) -> str:
    if not row["over_norm_noemer"]:
        return "nog niet te beoordelen"
    return f"{formats.count(row['over_norm_teller'])} van {formats.count(row['over_norm_noemer'])}"


def _count_axis() -> alt.Axis:
    return alt.Axis(
        orient="left", tickCount=4, tickMinStep=1, labelExpr="format(abs(datum.value), ',.0f')", domain=False
    )


def _panel_title(text: str, y: alt.Value) -> list[alt.Chart]:
    """The name of a panel, on a rim of white where the line of an event runs through it."""
    words = alt.Chart(pl.DataFrame({"tekst": [text]}))
    common = {"align": "left", "baseline": "middle", "fontWeight": "bold"}
    return [words.mark_text(**rim, **common).encode(text="tekst:N", x=alt.value(0), y=y) for rim in (_RIM, {})]


def _event_lines(title: str) -> list[str]:
    return textwrap.wrap(title, 20)


def _event_height(events: pl.DataFrame) -> int:
    return sum(_LINE * len(_event_lines(title)) + 4 for title in events["titel"])


def _event_layers(events: pl.DataFrame, frame: pl.DataFrame) -> list[alt.Chart]:
    """A dashed line per event with its title on top, one below the other, written towards the middle."""
    x = alt.X("datum_van:T")
    halfway = frame["maand"][frame.height // 2]
    layers, used = [], 0
    for row in events.iter_rows(named=True):
        one = alt.Chart(pl.DataFrame([row], schema=events.schema))
        lines = _event_lines(row["titel"])
        side = {"align": "left", "dx": 5} if row["datum_van"] <= halfway else {"align": "right", "dx": -5}
        layers += [
            one.mark_rule(color=theme.GREY.light, strokeDash=[4, 3]).encode(
                x=x,
                tooltip=[
                    alt.Tooltip("titel:N", title="Gebeurtenis"),
                    alt.Tooltip("toelichting:N", title="Toelichting"),
                ],
            ),
            one.mark_text(baseline="top", lineHeight=_LINE, fontSize=12, **side).encode(
                x=x, y=alt.value(used), text=alt.value(lines)
            ),
        ]
        used += _LINE * len(lines) + 4
    return layers


def _stock_words(frame: pl.DataFrame, events: pl.DataFrame, peildatum: date) -> str:
    first, last = frame.row(0, named=True), frame.row(-1, named=True)
    words = (
        f"Perioden van begeleiding per maand van {formats.month(first['maand'])} tot "
        f"{formats.long_date(peildatum)}: in de laatste maand {formats.count(last['gestart'])} begonnen, "
        f"{formats.count(last['beeindigd'])} beëindigd, {formats.count(last['lopend'])} lopend; "
        f"het hoogste aantal lopend was {formats.count(frame['lopend'].max())}."
    )
    noted = [f"{formats.long_date(row['datum_van'])}: {row['titel']}" for row in events.iter_rows(named=True)]
    return f"{words} Gebeurtenissen: {'; '.join(noted)}." if noted else words
