"""The charts of the page Ontzorging: pure functions from an answer to an Altair chart.

The name of an area stands above its bar, so that a phone has the whole width for the bar.
"""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl
from babel.dates import format_date

import queries
from pages.shared import formats, theme

TOO_FEW = queries.indicators.MINIMUM_NOEMER
TOO_FEW_WORDS = "te weinig waarnemingen"
ROW = 46
BAR = 18
ABOVE = -17
# With more months there is no room for a number at every bar.
MONTHS_WITH_NUMBERS = 18

# The full width of the drawing, whatever the screen.
_RIGHT = alt.value("width")


def areas(per_area: pl.DataFrame, level: str) -> pl.DataFrame:
    """The rows of kpi_per_gebied on coverage at one level, without the areas in which nobody counts.

    level: stadsdeel or wijkteam. Columns: gebied, teller, noemer, waarde, ci_laag, ci_hoog; under 10 observations
    the last three are empty.
    """
    enough = pl.when(pl.col("noemer") >= TOO_FEW)
    return per_area.filter(
        pl.col("indicator") == "ontzorging_dekking", pl.col("niveau") == level, pl.col("noemer") > 0
    ).select("gebied", "teller", "noemer", *(enough.then(pl.col(c)).alias(c) for c in ("waarde", "ci_laag", "ci_hoog")))


def coverage(frame: pl.DataFrame) -> alt.LayerChart:
    """Per area the share for whom ontzorgen started: a dot, its 95% interval as a thin line, and the norm.

    frame: see areas(), in the order in which they are shown.
    """
    norm = queries.INDICATOREN["ontzorging_dekking"].norm
    rows = frame.with_columns(
        aantallen=pl.Series([_of_words(row) for row in frame.iter_rows(named=True)], dtype=pl.String),
        weinig=pl.when(pl.col("waarde").is_null()).then(pl.lit(TOO_FEW_WORDS)).otherwise(pl.lit("")),
    )
    y = _row_axis("gebied", rows["gebied"].to_list())
    share = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFlush=True)
    base = alt.Chart(rows)
    judged = base.transform_filter("isValid(datum.waarde)")
    track = judged.mark_rule(color=theme.LINE.light).encode(y=y, x=alt.value(0), x2=_RIGHT)
    interval = judged.mark_rule(color=theme.BLUE.light, strokeWidth=1.5).encode(
        y=y, x=alt.X("ci_laag:Q", scale=share, title=None, axis=axis), x2="ci_hoog:Q"
    )
    dot = judged.mark_circle(color=theme.BLUE.light, size=110, opacity=1).encode(
        y=y, x=alt.X("waarde:Q", scale=share, title=None, axis=axis)
    )
    few = base.transform_filter("!isValid(datum.waarde)").mark_text(
        align="left", baseline="middle", dy=1
    ).encode(y=y, x=alt.value(0), text="weinig:N")  # fmt: skip
    # A little to the left: the norm stands at the very end.
    numbers = _right_of_name(base, y, "aantallen", dx=-8)
    line = alt.Chart(pl.DataFrame({"norm": [norm]})).mark_rule(
        color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1.5
    ).encode(x=alt.X("norm:Q", scale=share, axis=axis, title=None))  # fmt: skip
    label = alt.Chart(pl.DataFrame({"tekst": [f"norm {formats.percent(norm)}"]})).mark_text(
        align="right", baseline="bottom", dy=-4
    ).encode(text="tekst:N", x=_RIGHT, y=alt.value(0))  # fmt: skip
    words = [f"{row['gebied']} {row['aantallen']}{_few(row)}" for row in rows.iter_rows(named=True)]
    return alt.layer(track, interval, dot, few, numbers, line, label).properties(
        height=ROW * rows.height + 60,
        description=f"Deel bij wie het ontzorgen begon: {'; '.join(words)}. Norm {formats.percent(norm)}.",
    )


def status_table(status: pl.DataFrame) -> pl.DataFrame:
    """A row per stadsdeel and a column per status that occurs, in the order of the chart, and the total."""
    occurring = [name for name in theme.ONTZORGING_STATUS if name in status["status"].to_list()]
    wide = status.pivot("status", on_columns=occurring, index="stadsdeel", values="aantal", maintain_order=True)
    filled = wide.with_columns(pl.col(occurring).fill_null(0)).select("stadsdeel", *occurring)
    return filled.with_columns(totaal=pl.sum_horizontal(occurring)) if occurring else filled


def status(frame: pl.DataFrame) -> alt.LayerChart:
    """Per stadsdeel the persons of the target group by status, one bar on top of another's scale.

    frame: the question ontzorging_status, in the order of the city.
    """
    meaning = theme.ONTZORGING_STATUS
    order = theme.order(meaning)
    per_area = frame.group_by("stadsdeel", maintain_order=True).agg(pl.col("aantal").sum().alias("totaal"))
    longest = per_area["totaal"].max() or 1
    rows = frame.with_columns(
        volgorde=pl.col("status").replace_strict(order, list(range(len(order))), return_dtype=pl.Int64),
        getal=pl.Series([number_that_fits(number, longest) for number in frame["aantal"]], dtype=pl.String),
    ).sort("volgorde", maintain_order=True)
    y = _row_axis("stadsdeel", per_area["stadsdeel"].to_list())
    scale = alt.Scale(nice=False)
    x = alt.X("aantal:Q", stack="zero", title=None, axis=None, scale=scale)
    base = alt.Chart(rows)
    bars = base.mark_bar(size=BAR, stroke=theme.WHITE.light, strokeWidth=1).encode(
        y=y,
        x=x,
        color=alt.Color(
            "status:N",
            title=None,
            scale=theme.scale(meaning, only=frame["status"]),
            legend=alt.Legend(columns=3, labelLimit=150, columnPadding=8),
        ),
        order="volgorde:Q",
        tooltip=[alt.Tooltip("stadsdeel:N", title="Stadsdeel"), alt.Tooltip("status:N", title="Status"),
                 alt.Tooltip("aantal:Q", title="Personen", format=",.0f")],
    )  # fmt: skip
    numbers = base.mark_text(color=theme.WHITE.light, baseline="middle", dy=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", bandPosition=0.5, title=None, axis=None, scale=scale),
        order="volgorde:Q",
        detail="status:N",
        text="getal:N",
    )
    persons = per_area.with_columns(
        personen=pl.Series([formats.persons(number) for number in per_area["totaal"]], dtype=pl.String)
    )
    totals = _right_of_name(alt.Chart(persons), y, "personen")
    words = [
        f"{area}: "
        + ", ".join(
            f"{row['status']} {formats.count(row['aantal'])}"
            for row in frame.filter(pl.col("stadsdeel") == area).iter_rows(named=True)
        )
        for area in per_area["stadsdeel"]
    ]
    return alt.layer(bars, numbers, totals).properties(
        height=ROW * per_area.height + 95, description=f"Stand van het ontzorgen per stadsdeel. {'; '.join(words)}."
    )


def of_soort(reasons: pl.DataFrame, soort: str) -> pl.DataFrame:
    """The reasons of one soort: reden, aantal; the order of the question (by number, Onbekend last)."""
    return reasons.filter(pl.col("soort") == soort).select("reden", "aantal")


def number_that_fits(number: int, longest: int) -> str:
    """The number for inside a part of a bar, or nothing where the part is too narrow on a phone.

    longest: the number that has the full width.
    """
    written = formats.count(number)
    return written if number >= (0.02 + 0.02 * len(written)) * longest else ""


def reasons(frame: pl.DataFrame) -> alt.LayerChart:
    """Persons per reason, as bars with their number, in the given order.

    frame: see of_soort().
    """
    y = _row_axis("reden", frame["reden"].to_list())
    base = alt.Chart(frame)
    colour = alt.condition(alt.datum.reden == "Onbekend", alt.value(theme.GREY.light), alt.value(theme.ORANGE.light))
    bars = base.mark_bar(size=BAR).encode(
        y=y, x=alt.X("aantal:Q", axis=None, scale=alt.Scale(domainMin=0)), color=colour
    )
    rows = frame.with_columns(personen=pl.Series([formats.count(n) for n in frame["aantal"]], dtype=pl.String))
    numbers = _right_of_name(alt.Chart(rows), y, "personen")
    words = [f"{row['reden']} {formats.count(row['aantal'])}" for row in frame.iter_rows(named=True)]
    return alt.layer(bars, numbers).properties(
        height=ROW * frame.height + 30, description=f"Personen per reden: {', '.join(words)}."
    )


def paid(costs: pl.DataFrame) -> pl.DataFrame:
    """The answer on fixed costs, or no rows when ontzorgen started for nobody."""
    return costs.filter(pl.col("gestart") > 0)


def costs(frame: pl.DataFrame) -> alt.LayerChart:
    """Per fixed cost for how many persons it is paid, out of those whose ontzorgen started.

    frame: see paid(); the grey outline is everybody who started.
    """
    rows = frame.with_columns(
        pl.col("post").str.to_titlecase(),
        aantallen=pl.Series(
            [
                f"{formats.count(row['aantal'])} van {formats.count(row['gestart'])}"
                for row in frame.iter_rows(named=True)
            ],
            dtype=pl.String,
        ),
    )
    y = _row_axis("post", rows["post"].to_list())
    x = alt.X("gestart:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    base = alt.Chart(rows)
    outline = base.mark_bar(size=BAR, filled=False, stroke=theme.GREY.light, strokeWidth=1).encode(y=y, x=x)
    bars = base.mark_bar(size=BAR, color=theme.BLUE.light).encode(y=y, x=alt.X("aantal:Q", axis=None))
    words = [f"{row['post']} {row['aantallen']}" for row in rows.iter_rows(named=True)]
    return alt.layer(bars, outline, _right_of_name(base, y, "aantallen")).properties(
        height=ROW * rows.height + 30, description=f"Vaste lasten die worden betaald: {', '.join(words)}."
    )


def events_on_axis(events: pl.DataFrame, stock: pl.DataFrame) -> pl.DataFrame:
    """The events about ontzorging within the months of the series: datum_van, titel, toelichting, vroeg.

    events: queries.events(). stock: the question ontzorging_voorraad. vroeg: in the first half of the months.
    """
    if stock.is_empty():
        return events.select("datum_van", "titel", "toelichting", vroeg=pl.lit(True)).clear()
    months = stock["maand"]
    return (
        events.filter(
            pl.col("indicatoren").fill_null("").str.contains("ontzorging_"),
            pl.col("datum_van").is_between(months[0], pl.lit(months[-1]).dt.month_end()),
        )
        .select("datum_van", "titel", "toelichting", vroeg=pl.col("datum_van") < months[months.len() // 2])
        .sort("datum_van")
    )


def stock(frame: pl.DataFrame, events: pl.DataFrame, peildatum: date) -> alt.LayerChart:
    """Per month: above, how many persons are ontzorgd at its end; below, how many started and how many ended.

    frame: the question ontzorging_voorraad. events: see events_on_axis(). peildatum: the last stand. Started stands
    above its line and ended under it.
    """
    head = 22 + 18 * events.height
    middle = 0.55
    names = [_month(day) for day in frame["maand"]]
    month = _months(names)
    series = frame.with_columns(
        maand=pl.Series(names, dtype=pl.String),
        voluit=pl.Series([formats.month(day) for day in frame["maand"]], dtype=pl.String),
    )
    low, high = "height", f"height * {middle} + 48"
    running = alt.Y("lopend:Q", title=None, axis=_count_axis(), scale=_panel(f"height * {middle}", str(head)))
    moved = alt.Y("hoogte:Q", title=None, axis=_count_axis(), scale=_panel(low, high, padding=16))
    flow = series.unpivot(
        on=["gestart", "beeindigd"], index=["maand", "voluit"], variable_name="stroom", value_name="aantal"
    )
    flow = flow.with_columns(
        # Ended is drawn downwards; what is read is the number without the sign.
        hoogte=pl.when(pl.col("stroom") == "beeindigd").then(-pl.col("aantal")).otherwise(pl.col("aantal")),
        stroom=pl.col("stroom").replace_strict({"gestart": "begonnen", "beeindigd": "beëindigd"}),
    )
    when = alt.Tooltip("voluit:N", title="Maand")
    line = alt.Chart(series).mark_line(color=theme.BLUE.light, point=alt.OverlayMarkDef(size=35)).encode(
        x=month, y=running, tooltip=[when, alt.Tooltip("lopend:Q", title="Lopend")]
    )  # fmt: skip
    now = alt.Chart(series.tail(1)).mark_text(align="center", baseline="bottom", dy=-8, fontWeight="bold").encode(
        x=month, y=running, text=alt.Text("lopend:Q", format=",.0f")
    )  # fmt: skip
    bars = alt.Chart(flow).mark_bar().encode(
        x=month,
        y=moved,
        color=alt.Color(
            "stroom:N",
            legend=None,
            scale=alt.Scale(domain=["begonnen", "beëindigd"], range=[theme.GREEN.light, theme.GREY.light]),
        ),
        tooltip=[when, alt.Tooltip("stroom:N", title="Wat"), alt.Tooltip("aantal:Q", title="Personen")],
    )  # fmt: skip
    numbers = _numbers_at_bars(flow, month, moved) if frame.height <= MONTHS_WITH_NUMBERS else []
    panels = [alt.layer(line, now), alt.layer(bars, *numbers)]
    words = [
        f"{formats.month(row['maand'])} {formats.count(row['lopend'])} lopend, "
        f"{formats.count(row['gestart'])} begonnen, {formats.count(row['beeindigd'])} beëindigd"
        for row in frame.iter_rows(named=True)
    ]
    noted = [f"{formats.long_date(row['datum_van'])}: {row['titel']}" for row in events.iter_rows(named=True)]
    remarks = f" Gebeurtenissen: {'; '.join(noted)}." if noted else ""
    return (
        alt.layer(*panels, *_panel_titles(head, middle), *_events(events, names, head, middle))
        .resolve_scale(y="independent")
        .properties(
            height=460,
            description=f"Ontzorgen per maand tot {formats.long_date(peildatum)}: {'; '.join(words)}.{remarks}",
        )
    )


def _of_words(row: dict) -> str:
    words = f"{formats.count(row['teller'])} van {formats.count(row['noemer'])}"
    return words if row["waarde"] is None else f"{words} · {formats.percent(row['waarde'])}"


def _few(row: dict) -> str:
    return f" ({TOO_FEW_WORDS})" if row["waarde"] is None else ""


def _row_axis(column: str, names: list[str]) -> alt.Y:
    """A row per name, with the name to the left above the bar, inside the drawing."""
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=ABOVE, labelFontWeight="bold", labelLimit=240, maxExtent=0,
        labelFlush=False, domain=False,
    )  # fmt: skip
    return alt.Y(f"{column}:N", sort=names, title=None, axis=axis)


def _right_of_name(base: alt.Chart, y: alt.Y, column: str, dx: int = 0) -> alt.Chart:
    """A text at the right end of the line on which the name of the row stands."""
    return base.mark_text(align="right", baseline="middle", dx=dx, dy=ABOVE).encode(y=y, x=_RIGHT, text=f"{column}:N")


def _month(day: date) -> str:
    """The name of a month's band, "nov 2021": text, because a browser moves a date to its own time zone."""
    return format_date(day, format="LLL y", locale=formats.LOCALE)


def _months(names: list[str], **place: float) -> alt.X:
    """A band per month: the question has every month, so that bands lie where the months lie."""
    axis = alt.Axis(labelExpr="split(datum.label, ' ')", labelOverlap="greedy", labelFlush=False, labelAngle=0)
    bands = alt.Scale(type="band", paddingInner=0.15, paddingOuter=0.08)
    return alt.X("maand:O", sort=names, title=None, axis=axis, scale=bands, **place)


def _panel(low: str, high: str, padding: int = 0) -> alt.Scale:
    """A vertical scale over a part of the height, so that two series stand one above the other in one drawing."""
    return alt.Scale(range=[alt.ExprRef(low), alt.ExprRef(high)], zero=True, padding=padding)


def _count_axis() -> alt.Axis:
    return alt.Axis(
        orient="left", tickCount=4, tickMinStep=1, labelExpr="format(abs(datum.value), ',.0f')", domain=False
    )


def _panel_titles(head: int, middle: float) -> list[alt.Chart]:
    def words(text: str, y: alt.Value) -> alt.Chart:
        return (
            alt.Chart(pl.DataFrame({"tekst": [text]}))
            .mark_text(align="left", baseline="middle", fontWeight="bold")
            .encode(text="tekst:N", x=alt.value(0), y=y)
        )

    return [
        words("Lopend aan het eind van de maand", alt.value(head - 14)),
        words("Begonnen (omhoog) en beëindigd (omlaag)", alt.value(alt.ExprRef(f"height * {middle} + 30"))),
    ]


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


def _events(events: pl.DataFrame, names: list[str], head: int, middle: float) -> list[alt.Chart]:
    """A dashed line per event at its day, and its title at the top, each on a line of its own.

    The line leaves out the places where the titles of the panels stand.
    """
    pieces = [(0, head - 24), (head - 4, f"height * {middle}"), (f"height * {middle} + 42", "height")]
    layers = []
    for number, row in enumerate(events.iter_rows(named=True)):
        event = {"maand": _month(row["datum_van"]), "titel": row["titel"], "toelichting": row["toelichting"]}
        one = alt.Chart(pl.DataFrame([event]))
        x = _months(names, bandPosition=(row["datum_van"].day - 1) / 31)
        side = {"align": "left", "dx": 4} if row["vroeg"] else {"align": "right", "dx": -4}
        rules = [
            one.mark_rule(color=theme.GREY.light, strokeDash=[4, 3]).encode(
                x=x,
                y=alt.value(alt.ExprRef(str(top))),
                y2=alt.value(alt.ExprRef(str(bottom))),
                tooltip=[
                    alt.Tooltip("titel:N", title="Gebeurtenis"),
                    alt.Tooltip("toelichting:N", title="Toelichting"),
                ],
            )
            for top, bottom in pieces
        ]
        words = one.mark_text(baseline="middle", **side).encode(x=x, y=alt.value(8 + 18 * number), text="titel:N")
        layers += [*rules, words]
    return layers
