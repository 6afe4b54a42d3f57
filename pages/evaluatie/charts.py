"""The charts of the page Evaluatie: pure functions from an answer to an Altair chart.

The frames that they draw are sums of requests that have nothing in common. A name stands above its bar, so that a
phone has the whole width for the bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import altair as alt
import polars as pl

import queries
from pages.shared import formats, theme

TOO_FEW = queries.indicators.MINIMUM_NOEMER
UNKNOWN = "Niet geregistreerd"
# A question answered, or a trajectory started; the trajectories stand at the bottom of a bar.
SOORT = {"Begeleidingstraject": theme.ORANGE, "Hulpvraag": theme.BLUE}
COLUMNS = {"trajecten": "Begeleidingstraject", "hulpvragen": "Hulpvraag"}
# The kinds of hulpvraag of the contract: the highest effective number there can be.
KINDS = 7
# With more bars there is no room for a number at every one.
BARS_WITH_NUMBERS = 14
ROW = 46
BAR = 18
ABOVE = -20
SMALL_MULTIPLE = 72
NAME = 22
# The ratios that may be a tick on the logarithmic axis: each is twice the one before.
TICKS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64)

_RIGHT = alt.value("width")


# --- what is drawn


def by_month(frame: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Requests per month, without gaps up to the peildatum: maand, hulpvragen, trajecten.

    frame: the question melding_per_maand.
    """
    return _every(frame.group_by("maand").agg(*_per_soort()), "maand", peildatum)


def by_team(frame: pl.DataFrame, teams: Sequence[str], peildatum: date) -> pl.DataFrame:
    """Requests per wijkteam and month, without gaps: wijkteam, maand, hulpvragen, trajecten.

    frame: the question melding_per_maand. teams: all wijkteams in the order of the city; those without a request are
    left out.
    """
    counted = frame.group_by("wijkteam", "maand").agg(*_per_soort())
    return _in_order(_every(counted, "maand", peildatum, per="wijkteam"), "wijkteam", "maand", teams)


def by_topic(frame: pl.DataFrame) -> pl.DataFrame:
    """Requests per kind of hulpvraag, most first, Overig last: hulpvraag, hulpvragen, trajecten.

    frame: the question melding_per_maand.
    """
    return (
        frame.group_by("hulpvraag", maintain_order=True)
        .agg(*_per_soort())
        .sort(
            pl.col("hulpvraag") == "Overig",
            -(pl.col("hulpvragen") + pl.col("trajecten")),
            "hulpvraag",
        )
    )


def by_referrer(frame: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Requests per referrer and quarter, without gaps, most first: verwijzer, kwartaal, aantal.

    frame: the question melding_verwijzer. Overig and Niet geregistreerd stand last.
    """
    order = (
        frame.group_by("verwijzer")
        .agg(pl.col("aantal").sum())
        .sort(pl.col("verwijzer") == UNKNOWN, pl.col("verwijzer") == "Overig", -pl.col("aantal"), "verwijzer")
    )["verwijzer"].to_list()
    return _in_order(_every(frame, "kwartaal", peildatum, per="verwijzer"), "verwijzer", "kwartaal", order)


def judged(frame: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """A share per quarter, without gaps; under 10 observations there is a teller and a noemer, and no share.

    frame: the question melding_traject or melding_zelforganisatie, whose columns these are.
    """
    enough = pl.when(pl.col("noemer") >= TOO_FEW)
    return _every(frame, "kwartaal", peildatum).with_columns(
        enough.then(pl.col(column)).alias(column) for column in ("waarde", "ci_laag", "ci_hoog")
    )


def every_quarter(frame: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """The question melding_diversiteit without gaps: a quarter without requests has none, and no number."""
    return _every(frame, "kwartaal", peildatum)


def events_on_axis(events: pl.DataFrame, per_month: pl.DataFrame) -> pl.DataFrame:
    """The events about requests within the months of the series: datum_van, titel, toelichting, vroeg.

    events: queries.events(). per_month: see by_month(). vroeg: in the first half of the months.
    """
    if per_month.is_empty():
        return events.select("datum_van", "titel", "toelichting", vroeg=pl.lit(True)).clear()
    months = per_month["maand"]
    return (
        events.filter(
            pl.col("indicatoren").fill_null("").str.contains("melding_"),
            pl.col("datum_van").is_between(months[0], pl.lit(months[-1]).dt.month_end()),
        )
        .select("datum_van", "titel", "toelichting", vroeg=pl.col("datum_van") < months[months.len() // 2])
        .sort("datum_van")
    )


def with_housing(regimes: pl.DataFrame) -> pl.DataFrame:
    """The regimes of which a date of housing is known; only those can be drawn."""
    return regimes.drop_nulls("gehuisvest_van")


def can_draw_ratio(comparison: pl.DataFrame) -> bool:
    """Whether the ratio and both ends of its interval have a place on a logarithmic axis."""
    row = comparison.row(0, named=True)
    return bool(row["verhouding"] and row["ci_laag"] and row["ci_hoog"])


# --- the charts


def groups(frame: pl.DataFrame) -> alt.LayerChart:
    """Per regime the first to the last date of housing, with the number of persons.

    frame: see with_housing().
    """
    names = frame["regime"].to_list()
    rows = frame.with_columns(
        personen_woorden=pl.Series([formats.persons(n) for n in frame["personen"]], dtype=pl.String)
    )
    y = _row_axis("regime", names)
    base = alt.Chart(rows)
    time = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=True)
    bars = base.mark_bar(size=BAR).encode(
        y=y,
        x=alt.X("gehuisvest_van:T", title=None, scale=alt.Scale(type="utc", nice={"interval": "year", "step": 1}),
                axis=time),
        x2="gehuisvest_tot:T",
        color=alt.Color("regime:N", legend=None, scale=theme.scale(theme.REGIME, only=names)),
        tooltip=[
            alt.Tooltip("regime:N", title="Regime"),
            alt.Tooltip("personen:Q", title="Personen", format=",.0f"),
        ],
    )  # fmt: skip
    numbers = base.mark_text(align="right", baseline="middle", dy=ABOVE).encode(
        y=y, x=_RIGHT, text="personen_woorden:N"
    )
    words = [
        f"{row['regime']}: {row['personen_woorden']}, gehuisvest van {formats.long_date(row['gehuisvest_van'])} "
        f"tot en met {formats.long_date(row['gehuisvest_tot'])}"
        for row in rows.iter_rows(named=True)
    ]
    return alt.layer(bars, numbers).properties(
        height=ROW * rows.height + 50, description=f"De groepen per regime. {'; '.join(words)}."
    )


def ratio(comparison: pl.DataFrame) -> alt.LayerChart:
    """The ratio of the two rates as a point with its exact interval, on a logarithmic axis with a line at 1.

    comparison: the question evaluatie_vergelijking; see can_draw_ratio().
    """
    row = comparison.row(0, named=True)
    below = [tick for tick in TICKS if tick <= min(row["ci_laag"], 0.5)] or [TICKS[0]]
    above = [tick for tick in TICKS if tick >= max(row["ci_hoog"], 2)] or [TICKS[-1]]
    ends = [min(below[-1], row["ci_laag"]), max(above[0], row["ci_hoog"])]
    scale = alt.Scale(type="log", base=2, domain=ends, nice=False)
    ticks = [tick for tick in TICKS if ends[0] <= tick <= ends[1]]
    axis = alt.Axis(values=ticks, format=",.3~f", grid=False, labelFlush=True, labelOverlap="greedy")
    x = alt.X("verhouding:Q", scale=scale, axis=axis, title=None)
    words = (
        f"{formats.decimal(row['verhouding'], 2)} ({formats.decimal(row['ci_laag'], 2)} tot "
        f"{formats.decimal(row['ci_hoog'], 2)})"
    )
    # Places are parts of the height, of which the axis takes its share first.
    head, middle = alt.value(22), alt.value(alt.ExprRef("(height + 44) / 2"))
    base = alt.Chart(comparison.with_columns(woorden=pl.lit(words)))
    interval = base.mark_rule(color=theme.BLUE.light, strokeWidth=2).encode(
        x=alt.X("ci_laag:Q", scale=scale, axis=axis, title=None), x2="ci_hoog:Q", y=middle
    )
    dot = base.mark_circle(color=theme.BLUE.light, size=130, opacity=1).encode(x=x, y=middle)
    label = base.mark_text(baseline="bottom", dy=-12, fontWeight="bold").encode(x=x, y=middle, text="woorden:N")
    equal = alt.Chart(pl.DataFrame({"een": [1.0], "tekst": ["even veel"]}))
    one = alt.X("een:Q", scale=scale, axis=axis, title=None)
    line = equal.mark_rule(strokeDash=[4, 3], strokeWidth=1.5).encode(
        x=one, y=head, y2=alt.value(alt.ExprRef("height"))
    )
    even = equal.mark_text(baseline="bottom", dy=-2).encode(x=one, y=head, text="tekst:N")
    sides = [
        alt.Chart(pl.DataFrame({"tekst": [text]}))
        .mark_text(align=align, baseline="bottom", dy=-2)
        .encode(x=place, y=head, text="tekst:N")
        for text, align, place in (("← minder", "left", alt.value(0)), ("meer →", "right", _RIGHT))
    ]
    return alt.layer(line, even, *sides, interval, dot, label).properties(
        height=170,
        description=f"Verhouding van de meldingen per persoon, 12 maanden gedeeld door 24 maanden: {words}. "
        "Bij 1 zijn het er even veel.",
    )


def months(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Requests per month, trajectories below and questions above, with the events at their day.

    frame: see by_month(). events: see events_on_axis().
    """
    head = 18 * events.height
    # The titles of the events stand above the highest bar.
    scale = alt.Scale(range=[alt.ExprRef("height"), alt.ExprRef(str(head))])
    axis = alt.Axis(tickCount=4, tickMinStep=1, format=",.0f", domain=False)
    bars = (
        alt.Chart(_by_soort(frame, "maand"))
        .mark_bar()
        .encode(
            x=_months("maand"),
            y=alt.Y("aantal:Q", stack="zero", title=None, scale=scale, axis=axis),
            color=_soort_colour(),
            order="volgorde:Q",
            tooltip=[_month_tooltip(), *_soort_tooltip()],
        )
    )
    words = [
        f"{formats.month(row['maand'])} {formats.count(row['hulpvragen'])} hulpvragen en "
        f"{formats.count(row['trajecten'])} trajecten"
        for row in frame.iter_rows(named=True)
    ]
    noted = [f"{formats.long_date(row['datum_van'])}: {row['titel']}" for row in events.iter_rows(named=True)]
    remarks = f" Gebeurtenissen: {'; '.join(noted)}." if noted else ""
    return alt.layer(bars, *_event_lines(events)).properties(
        height=300 + head, description=f"Meldingen per maand. {'; '.join(words)}.{remarks}"
    )


def teams(frame: pl.DataFrame) -> alt.LayerChart:
    """Per wijkteam its requests per month, all on one scale, with the total to the right.

    frame: see by_team().
    """
    long = _by_soort(frame, "maand", "wijkteam")
    when = _month_tooltip()
    return _small_multiples(long, "wijkteam", _months("maand"), _soort_colour(), [when, *_soort_tooltip()]).properties(
        description=f"Meldingen per wijkteam en per maand. {_sums_in_words(long, 'wijkteam')}."
    )


def referrers(frame: pl.DataFrame) -> alt.LayerChart:
    """Per referrer the requests per quarter, all on one scale, with the total to the right.

    frame: see by_referrer(). Niet geregistreerd is grey, and last.
    """
    long = frame.with_columns(volgorde=pl.lit(0))
    colour = alt.condition(alt.datum.verwijzer == UNKNOWN, alt.value(theme.GREY.light), alt.value(theme.BLUE.light))
    tooltip = [_quarter_tooltip(), alt.Tooltip("aantal:Q", title="Meldingen", format=",.0f")]
    return _small_multiples(long, "verwijzer", _quarters(), colour, tooltip).properties(
        description=f"Meldingen per verwijzer en per kwartaal. {_sums_in_words(long, 'verwijzer')}."
    )


def topics(frame: pl.DataFrame) -> alt.LayerChart:
    """Requests per kind of hulpvraag, trajectories and questions, with their numbers.

    frame: see by_topic().
    """
    long = _by_soort(frame, "hulpvraag")
    names = frame["hulpvraag"].to_list()
    y = _row_axis("hulpvraag", names)
    bars = alt.Chart(long).mark_bar(size=BAR, stroke=theme.WHITE.light, strokeWidth=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", axis=None, scale=alt.Scale(nice=False)),
        color=_soort_colour(),
        order="volgorde:Q",
        tooltip=[alt.Tooltip("hulpvraag:N", title="Onderwerp"), *_soort_tooltip()],
    )  # fmt: skip
    told = [
        f"{formats.count(row['hulpvragen'] + row['trajecten'])}, waarvan {_trajects(row['trajecten'])}"
        for row in frame.iter_rows(named=True)
    ]
    numbers = alt.Chart(frame.with_columns(woorden=pl.Series(told, dtype=pl.String))).mark_text(
        align="right", baseline="middle", dy=ABOVE
    ).encode(y=y, x=_RIGHT, text="woorden:N")  # fmt: skip
    words = [f"{name}: {text}" for name, text in zip(names, told, strict=True)]
    return alt.layer(bars, numbers).properties(
        height=ROW * frame.height + 95, description=f"Meldingen per onderwerp. {'; '.join(words)}."
    )


def shares(frame: pl.DataFrame, what: str) -> alt.LayerChart:
    """A share per quarter as a dot with its 95% interval, and its percentage where there is room.

    frame: see judged(). what: the share in words, for who cannot see it.
    """
    known = frame.drop_nulls("waarde")
    shown = known if known.height <= BARS_WITH_NUMBERS else known.tail(1)
    x = _quarters()
    y = alt.Y(
        "waarde:Q",
        title=None,
        scale=alt.Scale(domainMin=0, nice=True),
        axis=alt.Axis(format="%", tickCount=4, domain=False),
    )
    base = alt.Chart(frame)
    interval = base.mark_rule(color=theme.BLUE.light, strokeWidth=1.5).encode(
        x=x, y=alt.Y("ci_laag:Q", title=None), y2="ci_hoog:Q"
    )
    dots = base.mark_circle(color=theme.BLUE.light, size=90, opacity=1).encode(
        x=x, y=y, tooltip=[_quarter_tooltip(), alt.Tooltip("waarde:Q", title="Deel", format=".0%"),
                           alt.Tooltip("teller:Q", title="Aantal"), alt.Tooltip("noemer:Q", title="Van")],
    )  # fmt: skip
    labels = alt.Chart(
        shown.with_columns(procent=pl.Series([formats.percent(v) for v in shown["waarde"]], dtype=pl.String))
    ).mark_text(fontSize=12, baseline="bottom", dy=-4).encode(x=x, y="ci_hoog:Q", text="procent:N")  # fmt: skip
    words = [
        f"{formats.quarter(row['kwartaal'])} "
        + (
            "te weinig waarnemingen"
            if row["waarde"] is None
            else f"{formats.percent(row['waarde'])} ({formats.count(row['teller'])} van {formats.count(row['noemer'])})"
        )
        for row in frame.iter_rows(named=True)
    ]
    return alt.layer(interval, dots, labels).properties(height=240, description=f"{what}: {'; '.join(words)}.")


def diversity(frame: pl.DataFrame) -> alt.LayerChart:
    """The effective number of kinds of hulpvraag per quarter, from 1 to 7.

    frame: the question melding_diversiteit.
    """
    known = frame.drop_nulls("diversiteit")
    shown = known if known.height <= BARS_WITH_NUMBERS else known.tail(1)
    x = _quarters()
    y = alt.Y(
        "diversiteit:Q",
        title=None,
        scale=alt.Scale(domain=[1, KINDS], nice=False),
        axis=alt.Axis(values=list(range(1, KINDS + 1)), format=",.0f", domain=False),
    )
    base = alt.Chart(frame)
    line = base.mark_line(color=theme.BLUE.light, strokeWidth=1.5).encode(x=x, y=y)
    dots = base.mark_circle(color=theme.BLUE.light, size=90, opacity=1).encode(
        x=x,
        y=y,
        tooltip=[
            _quarter_tooltip(),
            alt.Tooltip("diversiteit:Q", title="Onderwerpen", format=",.1f"),
            alt.Tooltip("meldingen:Q", title="Meldingen"),
        ],
    )
    labels = alt.Chart(shown).mark_text(fontSize=12, baseline="bottom", dy=-8).encode(
        x=x, y=y, text=alt.Text("diversiteit:Q", format=",.1f")
    )  # fmt: skip
    words = [
        f"{formats.quarter(row['kwartaal'])} "
        + ("te weinig meldingen" if row["diversiteit"] is None else formats.decimal(row["diversiteit"]))
        for row in frame.iter_rows(named=True)
    ]
    return alt.layer(line, dots, labels).properties(
        height=240, description=f"Effectief aantal onderwerpen per kwartaal, van 1 tot {KINDS}: {'; '.join(words)}."
    )


# --- parts of charts


def _per_soort() -> list[pl.Expr]:
    """The sum of the requests of either soort."""
    return [
        pl.col("aantal").filter(pl.col("soort") == soort).sum().alias(column)
        for column, soort in reversed(COLUMNS.items())
    ]


def _every(frame: pl.DataFrame, column: str, peildatum: date, per: str | None = None) -> pl.DataFrame:
    """The frame with a row for every month or quarter from its first to the peildatum's; counts are 0 there.

    column: maand or kwartaal. per: a column of which every value gets all of those rows.
    """
    if frame.is_empty():
        return frame
    step = {"maand": "1mo", "kwartaal": "1q"}[column]
    calendar = pl.DataFrame({column: pl.date_range(frame[column].min(), peildatum, step, eager=True)})
    keys = [per, column] if per else [column]
    rows = frame.select(per).unique().join(calendar, how="cross") if per else calendar
    counts = [name for name, kind in frame.schema.items() if kind.is_integer()]
    filled = rows.join(frame, on=keys, how="left").with_columns(pl.col(counts).fill_null(0))
    return filled.select(*keys, pl.exclude(keys)).sort(keys)


def _in_order(frame: pl.DataFrame, column: str, then: str, names: Sequence[str]) -> pl.DataFrame:
    """The rows in the order of the names, then by time."""
    place = pl.col(column).replace_strict(list(names), list(range(len(names))), return_dtype=pl.Int64)
    return frame.sort(place, then)


def _by_soort(frame: pl.DataFrame, *index: str) -> pl.DataFrame:
    """One row per soort: soort, aantal, and volgorde (its place in a bar, from the bottom)."""
    long = frame.unpivot(on=list(COLUMNS), index=list(index), variable_name="soort", value_name="aantal")
    places = {column: place for place, column in enumerate(COLUMNS)}
    return long.with_columns(
        volgorde=pl.col("soort").replace_strict(places, return_dtype=pl.Int64),
        soort=pl.col("soort").replace_strict(COLUMNS),
    )


def _soort_colour() -> alt.Color:
    return alt.Color("soort:N", title=None, scale=theme.scale(SOORT), legend=alt.Legend(columns=2))


def _small_multiples(
    long: pl.DataFrame, column: str, x: alt.X, colour: alt.Color | dict, tooltip: list[alt.Tooltip]
) -> alt.LayerChart:
    """A row of bars per value of a column, in the frame's order and all on one scale; name and total above it.

    long: column, the column of x, aantal, volgorde. Rows in one drawing, because a facet does not follow the width
    of the screen. Places are parts of the height, of which legend and axis take their share first.
    """
    names = long[column].unique(maintain_order=True).to_list()
    time = x.shorthand.split(":")[0]
    highest = long.group_by(column, time).agg(pl.col("aantal").sum())["aantal"].max() or 1
    numbers = long[time].n_unique() <= BARS_WITH_NUMBERS
    layers = []
    for number, name in enumerate(names):
        rows = long.filter(pl.col(column) == name)
        top, bottom = f"height * {number} / {len(names)}", f"height * {number + 1} / {len(names)} - 4"
        # Room for the name, and for the numbers above the highest bar.
        ends = [alt.ExprRef(bottom), alt.ExprRef(f"{top} + {NAME + (12 if numbers else 0)}")]
        y = alt.Y("aantal:Q", stack="zero", axis=None, title=None, scale=alt.Scale(domain=[0, highest], range=ends))
        bars = alt.Chart(rows).mark_bar().encode(x=x, y=y, color=colour, order="volgorde:Q", tooltip=tooltip)
        total = formats.count(int(rows["aantal"].sum()))
        head = alt.Chart(pl.DataFrame({"naam": [name], "totaal": [total]}))
        line = alt.value(alt.ExprRef(top))
        layers += [
            head.mark_rule(color=theme.LINE.light).encode(y=alt.value(alt.ExprRef(bottom)), x=alt.value(0), x2=_RIGHT),
            bars,
            head.mark_text(align="left", baseline="top", dy=4, fontWeight="bold").encode(
                x=alt.value(0), y=line, text="naam:N"
            ),
            head.mark_text(align="right", baseline="top", dy=4).encode(x=_RIGHT, y=line, text="totaal:N"),
        ]
        if numbers:
            layers.append(
                alt.Chart(rows.filter(pl.col("aantal") > 0))
                .mark_text(fontSize=11, baseline="bottom", dy=-1)
                .encode(x=x, y=y, text=alt.Text("aantal:Q", format=",.0f"))
            )
    return (
        alt.layer(*layers)
        .resolve_scale(y="independent")
        .properties(height=(SMALL_MULTIPLE + (12 if numbers else 0)) * len(names) + 90)
    )


def _sums_in_words(long: pl.DataFrame, column: str) -> str:
    sums = long.group_by(column, maintain_order=True).agg(pl.col("aantal").sum())
    return "; ".join(f"{row[column]} {formats.count(row['aantal'])}" for row in sums.iter_rows(named=True))


def _event_lines(events: pl.DataFrame) -> list[alt.Chart]:
    """A dashed line per event at its day, and its title at the top, each on a line of its own."""
    layers = []
    for number, row in enumerate(events.iter_rows(named=True)):
        one = alt.Chart(pl.DataFrame([row], schema=events.schema))
        x = _months("datum_van", bandPosition=(row["datum_van"].day - 1) / 31)
        side = {"align": "left", "dx": 4} if row["vroeg"] else {"align": "right", "dx": -4}
        top = 18 * number
        rule = one.mark_rule(color=theme.GREY.light, strokeDash=[4, 3], strokeWidth=1.5).encode(
            x=x,
            y=alt.value(top),
            y2=alt.value(alt.ExprRef("height")),
            tooltip=[
                alt.Tooltip("titel:N", title="Gebeurtenis"),
                alt.Tooltip("toelichting:N", title="Toelichting"),
            ],
        )
        layers += [rule, one.mark_text(baseline="middle", **side).encode(x=x, y=alt.value(top + 8), text="titel:N")]
    return layers


def _months(column: str, **place: float) -> alt.X:
    """A band per month: the frames have every month, so that bands lie where the months lie."""
    words = "[utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
    axis = alt.Axis(labelExpr=words, labelOverlap="greedy", labelAngle=0)
    return alt.X(f"{column}:O", timeUnit="utcyearmonth", title=None, axis=axis, **place)


def _quarters() -> alt.X:
    """A band per quarter: the frames have every quarter."""
    words = "['K' + utcFormat(datum.value, '%q'), utcFormat(datum.value, '%Y')]"
    axis = alt.Axis(labelExpr=words, labelOverlap="greedy", labelAngle=0)
    return alt.X("kwartaal:O", timeUnit="utcyearquarter", title=None, axis=axis)


def _row_axis(column: str, names: list[str]) -> alt.Y:
    """A row per name, with the name to the left above the bar, inside the drawing."""
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=ABOVE, labelFontWeight="bold", labelLimit=240, maxExtent=0,
        domain=False,
    )  # fmt: skip
    return alt.Y(f"{column}:N", sort=names, title=None, axis=axis)


def _month_tooltip() -> alt.Tooltip:
    return alt.Tooltip("maand:T", title="Maand", format="%B %Y", timeUnit="utcyearmonth")


def _quarter_tooltip() -> alt.Tooltip:
    return alt.Tooltip("kwartaal:T", title="Kwartaal", format="K%q %Y", timeUnit="utcyearquarter")


def _soort_tooltip() -> list[alt.Tooltip]:
    return [alt.Tooltip("soort:N", title="Soort"), alt.Tooltip("aantal:Q", title="Meldingen", format=",.0f")]


def _trajects(number: int) -> str:
    return f"{formats.count(number)} {'traject' if number == 1 else 'trajecten'}"
