"""The charts of the page Evaluatie: pure functions from an answer to an Altair chart.

The frames that they draw are sums of requests that have nothing in common. Published counts are never added up: they
are drawn as they are, with "<10" at the place of what is too small to show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import altair as alt
import polars as pl

import queries
from pages.show import bars, series, theme
from pages.show.rim import RIM
from pages.words import formats, presentation
from queries.definitions import columns

TOO_FEW = queries.MINIMUM_NOEMER
UNKNOWN = "Niet geregistreerd"
# A question answered, or a trajectory started; the trajectories stand at the bottom of a bar.
SOORT = {"Begeleidingstraject": theme.ORANGE, "Hulpvraag": theme.BLUE}
COLUMNS = {"trajecten": "Begeleidingstraject", "hulpvragen": "Hulpvraag"}
# Of published requests the trajectories are drawn in front of all requests.
ALL_REQUESTS = {"Begeleidingstraject": theme.ORANGE, "Alle meldingen": theme.BLUE}
# What a bar of requests tells of itself.
_SOORT = {"Soort": "soort", "Meldingen": "getal"}
# The kinds of hulpvraag of the contract: the highest effective number there can be.
KINDS = 7
# With more bars there is no room for a number at every one.
BARS_WITH_NUMBERS = 14
# At the place of a percentage that may not be shown.
SMALL = "te klein"
SMALL_MULTIPLE = 72
NAME = 22
# The ratios that may be a tick on the logarithmic axis: each is twice the one before.
TICKS = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 32, 64)


# --- what is drawn


def over_time(per_month: pl.DataFrame, per_quarter: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Requests over time, without gaps: see by_month(); of published counts kwartaal, meldingen, trajecten.

    per_month: the question melding_per_maand. per_quarter: the question melding_traject, in which the published totals
    are.
    """
    if presentation.all_exact(per_month, "aantal"):
        return by_month(per_month, peildatum)
    names = {"noemer": "meldingen", "teller": "trajecten"}
    chosen = per_quarter.select(presentation.with_weergave(per_quarter, "kwartaal", *names))
    return _every(presentation.renamed(chosen, names), "kwartaal", peildatum)


def source_of(frame: pl.DataFrame) -> str:
    """The question that a frame of over_time() comes from."""
    return "melding_per_maand" if "maand" in frame.columns else "melding_traject"


def by_month(frame: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Requests per month, without gaps up to the peildatum: maand, hulpvragen, trajecten.

    frame: the question melding_per_maand.
    """
    return _every(frame.group_by("maand").agg(*_per_soort()), "maand", peildatum)


def by_team(frame: pl.DataFrame, teams: Sequence[str], peildatum: date) -> pl.DataFrame:
    """Requests per wijkteam and month, without gaps: wijkteam, maand, hulpvragen, trajecten.

    frame: the question melding_per_maand. teams: all wijkteams in the order of the city; those without a request are
    left out. No rows of published counts: those are of all wijkteams together.
    """
    if not presentation.all_exact(frame, "aantal"):
        frame = frame.clear()
    counted = frame.group_by("wijkteam", "maand").agg(*_per_soort())
    return _in_order(_every(counted, "maand", peildatum, per="wijkteam"), "wijkteam", "maand", teams)


def by_topic(frame: pl.DataFrame) -> pl.DataFrame:
    """Requests per kind of hulpvraag, most first, Overig last: hulpvraag, hulpvragen, trajecten.

    frame: the question melding_per_maand. Published counts are given per kwartaal, in the order of the publication.
    """
    if not presentation.all_exact(frame, "aantal"):
        return _topic_by_quarter(series.by_period(frame))
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

    frame: the question melding_verwijzer. Overig and Niet geregistreerd stand last. Published counts, which may not be
    added up, stay in the order of the publication.
    """
    order = frame["verwijzer"].unique(maintain_order=True).to_list()
    if presentation.all_exact(frame, "aantal"):
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
    """The question melding_diversiteit without gaps: a quarter without requests has none, and no number.

    No rows when the counts were rounded first: kinds that are asked about seldom fall out, and the number is too low.
    """
    return _every(frame if presentation.all_exact(frame) else frame.clear(), "kwartaal", peildatum)


def events_on_axis(events: pl.DataFrame, days: pl.Series) -> pl.DataFrame:
    """The events that touch the requests and lie within a series.

    events: queries.events(). days: the column maand or kwartaal of the frame that is drawn.
    """
    return series.events_on_axis(events, days, "melding_")


def with_housing(regimes: pl.DataFrame) -> pl.DataFrame:
    """The regimes of which a date of housing is known; only those can be drawn. Those dates are never published."""
    return regimes.drop_nulls("gehuisvest_van")


def without_hidden(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    """The frame without those of the columns in which no figure may be shown."""
    hidden = [name for name in names if frame.height and presentation.drawable(frame, name).is_empty()]
    return frame.drop(presentation.with_weergave(frame, *hidden))


def too_small_everywhere(frame: pl.DataFrame, column: str, counted: str) -> list[str]:
    """The values of a column of which no count may be shown, while of another one may: those are not drawn."""
    shown = set(presentation.drawable(frame, counted)[column])
    return [name for name in frame[column].unique(maintain_order=True) if name not in shown] if shown else []


def can_draw_ratio(comparison: pl.DataFrame) -> bool:
    """Whether the ratio and both ends of its interval have a place on a logarithmic axis."""
    row = comparison.row(0, named=True)
    return all(row[name] and not presentation.hidden(row, name) for name in ("verhouding", "ci_laag", "ci_hoog"))


# --- the charts


def groups(frame: pl.DataFrame) -> alt.LayerChart:
    """Per regime the first to the last date of housing, with the number of persons.

    frame: see with_housing().
    """
    names = frame["regime"].to_list()
    housed = [
        f"{formats.long_date(row['gehuisvest_van'])} tot en met {formats.long_date(row['gehuisvest_tot'])}"
        for row in frame.iter_rows(named=True)
    ]
    rows = presentation.plain(frame).with_columns(
        personen_woorden=presentation.written_by(frame, lambda row: presentation.persons(row, "personen")),
        getal=presentation.counts(frame, "personen"),
        gehuisvest=pl.Series(housed, dtype=pl.String),
    )
    y = bars.row_axis("regime", names)
    base = alt.Chart(rows)
    time = alt.Axis(format="%Y", tickCount={"interval": "year", "step": 1}, grid=True)
    spans = base.mark_bar(size=bars.BAR).encode(
        y=y,
        x=alt.X("gehuisvest_van:T", title=None, scale=alt.Scale(type="utc", nice={"interval": "year", "step": 1}),
                axis=time),
        x2=alt.X2("gehuisvest_tot:T"),
        color=alt.Color("regime:N", legend=None, scale=theme.scale(theme.REGIME, only=names)),
        tooltip=theme.tooltip({"Regime": "regime", "Personen": "getal", "Gehuisvest": "gehuisvest"}),
    )  # fmt: skip
    numbers = bars.right_of_name(base, y, "personen_woorden")
    words = [
        f"{row['regime']}: {row['personen_woorden']}, gehuisvest van {row['gehuisvest']}"
        for row in rows.iter_rows(named=True)
    ]
    return alt.layer(spans, numbers).properties(
        height=bars.height(rows.height) + 20, description=f"De groepen per regime. {'; '.join(words)}."
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
    words = presentation.about(
        row,
        "verhouding",
        f"{formats.decimal(row['verhouding'], 2)} ({formats.decimal(row['ci_laag'], 2)} tot "
        f"{formats.decimal(row['ci_hoog'], 2)})",
    )
    # Places are parts of the height, of which the axis takes its share first.
    head, middle = alt.YValue(22), alt.YValue(alt.ExprRef("(height + 44) / 2"))
    base = alt.Chart(presentation.plain(comparison).with_columns(woorden=pl.lit(words)))
    interval = base.mark_rule(color=theme.BLUE.light, strokeWidth=2).encode(
        x=alt.X("ci_laag:Q", scale=scale, axis=axis, title=None), x2=alt.X2("ci_hoog:Q"), y=middle
    )
    dot = base.mark_circle(color=theme.BLUE.light, size=130, opacity=1).encode(
        x=x, y=middle, tooltip=theme.tooltip({"Verhouding": "woorden"})
    )
    label = base.mark_text(baseline="bottom", dy=-12, fontWeight="bold").encode(
        x=x, y=middle, text=alt.Text("woorden:N")
    )
    equal = alt.Chart(pl.DataFrame({"een": [1.0], "tekst": ["even veel"]}))
    one = alt.X("een:Q", scale=scale, axis=axis, title=None)
    line = equal.mark_rule(strokeDash=[4, 3], strokeWidth=1.5).encode(
        x=one, y=head, y2=alt.Y2Value(alt.ExprRef("height"))
    )
    even = equal.mark_text(baseline="bottom", dy=-2).encode(x=one, y=head, text=alt.Text("tekst:N"))
    sides = [
        alt.Chart(pl.DataFrame({"tekst": [text]}))
        .mark_text(align=align, baseline="bottom", dy=-2)
        .encode(x=place, y=head, text=alt.Text("tekst:N"))
        for text, align, place in (("← minder", "left", alt.XValue(0)), ("meer →", "right", bars.RIGHT))
    ]
    return alt.layer(line, even, *sides, interval, dot, label).properties(
        height=170,
        description=f"Verhouding van de meldingen per persoon, 12 maanden gedeeld door 24 maanden: {words}. "
        "Bij 1 zijn het er even veel.",
    )


def requests(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Requests over time, see months() and quarters().

    frame: see over_time(). events: see events_on_axis().
    """
    return months(frame, events) if "maand" in frame.columns else quarters(frame, events)


def months(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Requests per month, trajectories below and questions above, with the events at their day.

    frame: see by_month(). events: see events_on_axis().
    """
    head = series.event_room(events)
    # The titles of the events stand above the highest bar.
    scale = alt.Scale(range=[alt.ExprRef("height"), alt.ExprRef(str(head))])
    axis = alt.Axis(tickCount=4, tickMinStep=1, format=",.0f", domain=False)
    columns = (
        alt.Chart(series.named(_by_soort(frame, "maand"), "maand"))
        .mark_bar()
        .encode(
            x=series.axis(frame["maand"]),
            y=alt.Y("aantal:Q", stack="zero", title=None, scale=scale, axis=axis),
            color=_soort_colour(),
            order=alt.Order("volgorde:Q"),
            tooltip=theme.tooltip({"Maand": "voluit", **_SOORT}),
        )
    )
    words = [
        f"{formats.month(row['maand'])} {formats.count(row['hulpvragen'])} hulpvragen en "
        f"{formats.count(row['trajecten'])} trajecten"
        for row in frame.iter_rows(named=True)
    ]
    return alt.layer(columns, *series.event_layers(events, frame["maand"])).properties(
        height=300 + head, description=f"Meldingen per maand. {'; '.join(words)}.{series.events_in_words(events)}"
    )


def quarters(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Published requests per quarter: all of them as a bar, and in front of it those that became a trajectory.

    Their numbers stand above and at the foot of the bar; a number that is too small to show is "<10" there.
    frame: see over_time(). events: see events_on_axis().
    """
    days = frame["kwartaal"]
    head = series.event_room(events)
    x = series.axis(days)
    scale = alt.Scale(range=[alt.ExprRef("height"), head + 16])
    axis = alt.Axis(tickCount=4, tickMinStep=10, format=",.0f", domain=False)
    numbers = days.len() <= BARS_WITH_NUMBERS

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", title=None, scale=scale, axis=axis)

    layers = []
    for column, soort in (("meldingen", "Alle meldingen"), ("trajecten", "Begeleidingstraject")):
        shown = series.named(presentation.drawable(frame, column), "kwartaal").select(
            "kwartaal",
            "voluit",
            aantal=column,
            soort=pl.lit(soort),
            getal=presentation.counts(presentation.drawable(frame, column), column),
        )
        layers.append(
            alt.Chart(shown)
            .mark_bar()
            .encode(
                x=x,
                y=y("aantal"),
                color=alt.Color("soort:N", title=None, scale=theme.scale(ALL_REQUESTS), legend=alt.Legend(columns=2)),
                tooltip=theme.tooltip({"Kwartaal": "voluit", **_SOORT}),
            )
        )
        if numbers and column == "meldingen":
            layers.append(
                alt.Chart(shown)
                .mark_text(fontSize=11, baseline="bottom", dy=-2)
                .encode(x=x, y=y("aantal"), text=alt.Text("aantal:Q", format=",.0f"))
            )
    inside = presentation.drawable(frame, "meldingen")
    if not numbers:
        inside = inside.filter(~presentation.may_be_shown(inside, "trajecten"))
    layers += [
        _at_foot(inside, "trajecten", "kwartaal", days.len(), color=theme.WHITE.light).encode(x=x, y=y("nul")),
        _at_foot(_too_small(frame, "meldingen"), "meldingen", "kwartaal", days.len()).encode(x=x, y=y("nul")),
    ]
    words = [
        f"{formats.quarter(row['kwartaal'])} {presentation.number(row, 'meldingen')} meldingen, waarvan "
        f"{presentation.number(row, 'trajecten')} begeleidingstrajecten"
        for row in frame.iter_rows(named=True)
    ]
    return alt.layer(*layers, *series.event_layers(events, days)).properties(
        height=300 + head, description=f"Meldingen per kwartaal. {'; '.join(words)}.{series.events_in_words(events)}"
    )


def teams(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Per wijkteam its requests per month, all on one scale, with the total to the right.

    frame: see by_team(). events: see events_on_axis().
    """
    long = _by_soort(frame, "maand", "wijkteam")
    chart = _small_multiples(long, "wijkteam", "maand", _soort_colour(), {"Wijkteam": "wijkteam", **_SOORT}, events)
    told = _rows_in_words(long, "wijkteam", "maand")
    return chart.properties(description=f"Meldingen per wijkteam en per maand. {told}.{series.events_in_words(events)}")


def referrers(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Per referrer the requests per quarter, all on one scale, with the total to the right where it is known.

    frame: see by_referrer(). Niet geregistreerd is grey, and last. events: see events_on_axis().
    """
    long = frame.with_columns(volgorde=pl.lit(0))
    colour = alt.condition(alt.datum.verwijzer == UNKNOWN, alt.value(theme.GREY.light), alt.value(theme.BLUE.light))
    told = {"Verwijzer": "verwijzer", "Meldingen": "getal"}
    words = _rows_in_words(long, "verwijzer", "kwartaal")
    return _small_multiples(long, "verwijzer", "kwartaal", colour, told, events).properties(
        description=f"Meldingen per verwijzer en per kwartaal. {words}.{series.events_in_words(events)}"
    )


def topics(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Requests per kind of hulpvraag, trajectories and questions, with their numbers; see topics_per_quarter().

    frame: see by_topic(). events: queries.events(), for a series.
    """
    if "kwartaal" in frame.columns:
        return topics_per_quarter(frame, events)
    long = _by_soort(frame, "hulpvraag")
    names = frame["hulpvraag"].to_list()
    y = bars.row_axis("hulpvraag", names)
    drawn = alt.Chart(long).mark_bar(size=bars.BAR, stroke=theme.WHITE.light, strokeWidth=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", axis=None, scale=alt.Scale(nice=False)),
        color=_soort_colour(),
        order=alt.Order("volgorde:Q"),
        tooltip=theme.tooltip({"Onderwerp": "hulpvraag", **_SOORT}),
    )  # fmt: skip
    told = [
        f"{formats.count(row['hulpvragen'] + row['trajecten'])}, waarvan {_trajects(row['trajecten'])}"
        for row in frame.iter_rows(named=True)
    ]
    numbers = bars.right_of_name(alt.Chart(frame.with_columns(woorden=pl.Series(told, dtype=pl.String))), y, "woorden")
    words = [f"{name}: {text}" for name, text in zip(names, told, strict=True)]
    return alt.layer(drawn, numbers).properties(
        height=bars.height(frame.height, legend_rows=1), description=f"Meldingen per onderwerp. {'; '.join(words)}."
    )


def topics_per_quarter(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Per kind of hulpvraag the questions that were answered per quarter, all on one scale.

    frame: see by_topic(), of published counts. events: queries.events().
    """
    within = events_on_axis(events, frame["kwartaal"])
    beside = columns.weergave_van("hulpvragen")
    long = frame.select(
        "hulpvraag",
        "kwartaal",
        pl.col("hulpvragen").alias("aantal"),
        pl.col(beside).alias(columns.weergave_van("aantal")),
        volgorde=pl.lit(0),
    )
    told = {"Onderwerp": "hulpvraag", "Hulpvragen": "getal"}
    words = _rows_in_words(long, "hulpvraag", "kwartaal")
    colour = alt.ColorValue(theme.BLUE.light)
    return _small_multiples(long, "hulpvraag", "kwartaal", colour, told, within).properties(
        description=f"Hulpvragen per onderwerp en per kwartaal. {words}.{series.events_in_words(within)}"
    )


def shares(frame: pl.DataFrame, what: str, events: pl.DataFrame) -> alt.LayerChart:
    """A share per quarter as a dot with its 95% interval, and its percentage where there is room.

    A share that is too small to show is so in words at the foot of its quarter.
    frame: see judged(). what: the share in words, for who cannot see it. events: see events_on_axis().
    """
    head = series.event_room(events)
    scale = alt.Scale(domainMin=0, nice=True, range=[alt.ExprRef("height"), head + 14])
    y = alt.Y("waarde:Q", title=None, scale=scale, axis=alt.Axis(format="%", tickCount=4, domain=False))
    x = series.axis(frame["kwartaal"])
    small = _too_small(frame, "waarde")
    rows = series.named(presentation.plain(frame), "kwartaal").with_columns(
        procent=pl.Series([formats.percent(share) for share in frame["waarde"]], dtype=pl.String),
        deel=presentation.written_by(frame, presentation.share),
        meldingen=presentation.written_by(frame, presentation.out_of),
    )
    base = alt.Chart(rows)
    interval = base.mark_rule(color=theme.BLUE.light, strokeWidth=1.5).encode(
        x=x, y=alt.Y("ci_laag:Q", title=None, scale=scale), y2=alt.Y2("ci_hoog:Q")
    )
    dots = base.mark_circle(color=theme.BLUE.light, size=90, opacity=1).encode(
        x=x, y=y, tooltip=theme.tooltip({"Kwartaal": "voluit", "Aandeel": "deel", "Meldingen": "meldingen"})
    )
    labels = [
        alt.Chart(_with_number(rows, "waarde")).mark_text(fontSize=12, baseline="bottom", dy=-4, **rim).encode(
            x=x, y=alt.Y("ci_hoog:Q", title=None, scale=scale), text=alt.Text("procent:N")
        )
        for rim in (RIM, {})
    ]  # fmt: skip
    words = [
        f"{formats.quarter(row['kwartaal'])} "
        + (
            presentation.share(row)
            if presentation.hidden(row, "waarde")
            else formats.TOO_FEW
            if row["waarde"] is None
            else f"{presentation.share(row)} ({presentation.of(row)})"
        )
        for row in frame.iter_rows(named=True)
    ]
    lines = series.event_layers(events, frame["kwartaal"])
    layers = [*lines, interval, dots, *labels]
    if small.height:
        # Upright, so that quarters side by side keep their words on a phone.
        written = small.select("kwartaal", nul=pl.lit(0.0), woorden=pl.lit(SMALL))
        layers.append(
            alt.Chart(series.named(written, "kwartaal"))
            .mark_text(fontSize=11, angle=270, align="left", baseline="middle", dx=4)
            .encode(x=x, y=alt.Y("nul:Q", title=None, scale=scale), text=alt.Text("woorden:N"))
        )
    return alt.layer(*layers).properties(
        height=250 + head, description=f"{what}: {'; '.join(words)}.{series.events_in_words(events)}"
    )


def diversity(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """The effective number of kinds of hulpvraag per quarter, from 1 to 7.

    frame: the question melding_diversiteit. events: see events_on_axis().
    """
    head = series.event_room(events)
    x = series.axis(frame["kwartaal"])
    y = alt.Y(
        "diversiteit:Q",
        title=None,
        scale=alt.Scale(domain=[1, KINDS], nice=False, range=[alt.ExprRef("height"), head]),
        axis=alt.Axis(values=list(range(1, KINDS + 1)), format=",.0f", domain=False),
    )
    rows = series.named(presentation.plain(frame), "kwartaal").with_columns(
        getal=pl.Series([formats.decimal(number) for number in frame["diversiteit"]], dtype=pl.String),
        aantal=presentation.counts(frame, "meldingen"),
    )
    base = alt.Chart(rows)
    line = base.mark_line(color=theme.BLUE.light, strokeWidth=1.5).encode(x=x, y=y)
    dots = base.mark_circle(color=theme.BLUE.light, size=90, opacity=1).encode(
        x=x,
        y=y,
        tooltip=theme.tooltip({"Kwartaal": "voluit", "Onderwerpen": "getal", "Meldingen": "aantal"}),
    )
    labels = alt.Chart(_with_number(rows, "diversiteit")).mark_text(fontSize=12, baseline="bottom", dy=-8).encode(
        x=x, y=y, text=alt.Text("diversiteit:Q", format=",.1f")
    )  # fmt: skip
    words = [
        f"{formats.quarter(row['kwartaal'])} "
        + ("te weinig meldingen" if row["diversiteit"] is None else formats.decimal(row["diversiteit"]))
        for row in frame.iter_rows(named=True)
    ]
    lines = series.event_layers(events, frame["kwartaal"])
    told = f"Effectief aantal onderwerpen per kwartaal, van 1 tot {KINDS}: {'; '.join(words)}."
    return alt.layer(*lines, line, dots, labels).properties(
        height=240 + head, description=told + series.events_in_words(events)
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
    joined = rows.join(frame.with_columns(er=pl.lit(True)), on=keys, how="left")
    counts = [name for name, kind in frame.schema.items() if kind.is_integer()]
    beside = [columns.weergave_van(name) for name in presentation.figures(frame)]
    # A count that may not be shown is empty in a row that is there; only a row that is not there counts nothing.
    filled = joined.with_columns(
        pl.when(pl.col("er").is_null()).then(0).otherwise(pl.col(name)).alias(name) for name in counts
    ).with_columns(pl.col(beside).fill_null(columns.EXACT))
    return filled.select(*keys, pl.exclude([*keys, "er"])).sort(keys)


def _in_order(frame: pl.DataFrame, column: str, then: str, names: Sequence[str]) -> pl.DataFrame:
    """The rows in the order of the names, then by time."""
    place = pl.col(column).replace_strict(list(names), list(range(len(names))), return_dtype=pl.Int64)
    return frame.sort(place, then)


def _topic_by_quarter(frame: pl.DataFrame) -> pl.DataFrame:
    """Published requests: hulpvraag, kwartaal, hulpvragen, trajecten, each with how it is shown."""
    keys = ["hulpvraag", "kwartaal"]
    beside = columns.weergave_van("aantal")
    found = frame.select(keys).unique(maintain_order=True)
    for name, soort in reversed(COLUMNS.items()):
        one = frame.filter(pl.col("soort") == soort).select(
            *keys, pl.col("aantal").alias(name), pl.col(beside).alias(columns.weergave_van(name))
        )
        found = found.join(one, on=keys, how="left", maintain_order="left")
    order = found["hulpvraag"].unique(maintain_order=True).to_list()
    return _in_order(found, "hulpvraag", "kwartaal", order)


def _by_soort(frame: pl.DataFrame, *index: str) -> pl.DataFrame:
    """One row per soort: soort, aantal, getal (in words), and volgorde (its place in a bar, from the bottom)."""
    long = frame.unpivot(on=list(COLUMNS), index=list(index), variable_name="soort", value_name="aantal")
    places = {column: place for place, column in enumerate(COLUMNS)}
    return long.with_columns(
        volgorde=pl.col("soort").replace_strict(places, return_dtype=pl.Int64),
        soort=pl.col("soort").replace_strict(COLUMNS),
        getal=presentation.counts(long, "aantal"),
    )


def _soort_colour() -> alt.Color:
    return alt.Color("soort:N", title=None, scale=theme.scale(SOORT), legend=alt.Legend(columns=2))


def _with_number(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows whose value is written in the chart: all that have one, or only the last where there are many."""
    known = rows.drop_nulls(column)
    return known if known.height <= BARS_WITH_NUMBERS else known.tail(1)


def _too_small(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows of which a figure may not be shown."""
    return frame.filter(~presentation.may_be_shown(frame, column))


def _at_foot(frame: pl.DataFrame, column: str, time: str, bands: int, **more: object) -> alt.Chart:
    """The numbers of a column as text at the foot of their bands, upright where there are many; y is the field nul."""
    rows = series.named(frame.select(time), time).with_columns(
        pl.Series("woorden", presentation.numbers(frame, column), dtype=pl.String), nul=pl.lit(0.0)
    )
    place = (
        {"angle": 270, "align": "left", "baseline": "middle", "dx": 3}
        if bands > BARS_WITH_NUMBERS
        else {"baseline": "bottom", "dy": -2}
    )
    return alt.Chart(rows).mark_text(fontSize=11, **place, **more).encode(text=alt.Text("woorden:N"))


def _small_multiples(
    long: pl.DataFrame,
    column: str,
    time: str,
    colour: alt.Color | dict,
    told: Mapping[str, str],
    events: pl.DataFrame,
) -> alt.LayerChart:
    """A row of bars per value of a column, in the frame's order and all on one scale; name and total above it.

    long: column, time (maand or kwartaal), aantal, volgorde. told: the tooltip but for the time, see theme.tooltip();
    getal is the number in words. A number that is too small to show is "<10" at the foot of
    its place; a row of nothing else is left out, and a row in which one is rounded has no total. The lines of the
    events run through all rows. Rows in one drawing, because a facet does not follow the width of the screen. Places
    are parts of the height, of which legend and axis take their share first.
    """
    left_out = too_small_everywhere(long, column, "aantal")
    names = [name for name in long[column].unique(maintain_order=True) if name not in left_out]
    x = series.axis(long[time])
    highest = long.group_by(column, time).agg(pl.col("aantal").sum())["aantal"].max() or 1
    bands = long[time].n_unique()
    numbers = bands <= BARS_WITH_NUMBERS
    head = series.event_room(events)
    small = _too_small(long, "aantal")
    exact = presentation.all_exact(long, "aantal")
    long = long.with_columns(getal=presentation.counts(long, "aantal"))
    written = series.named(presentation.plain(presentation.drawable(long, "aantal")), time)
    layers = series.event_layers(events, long[time])
    for number, name in enumerate(names):
        rows = written.filter(pl.col(column) == name)
        top, bottom = (
            f"{head} + (height - {head}) * {place} / {len(names)}{gap}"
            for place, gap in ((number, ""), (number + 1, " - 4"))
        )
        # Room for the name, and for the numbers above the highest bar.
        ends = [alt.ExprRef(bottom), alt.ExprRef(f"{top} + {NAME + (12 if numbers else 0)}")]
        y = alt.Y("aantal:Q", stack="zero", axis=None, title=None, scale=alt.Scale(domain=[0, highest], range=ends))
        tooltip = theme.tooltip({time.capitalize(): "voluit", **told})
        drawn = alt.Chart(rows).mark_bar().encode(
            x=x, y=y, color=colour, order=alt.Order("volgorde:Q"), tooltip=tooltip
        )  # fmt: skip
        total = formats.count(int(rows["aantal"].sum())) if exact else ""
        head_of_row = alt.Chart(pl.DataFrame({"naam": [name], "totaal": [total]}))
        line = alt.YValue(alt.ExprRef(top))
        layers += [
            head_of_row.mark_rule(color=theme.LINE.light).encode(
                y=alt.YValue(alt.ExprRef(bottom)), x=alt.XValue(0), x2=bars.TO_RIGHT
            ),
            drawn,
            *(
                head_of_row.mark_text(align="left", baseline="top", dy=4, fontWeight="bold", **rim).encode(
                    x=alt.XValue(0), y=line, text=alt.Text("naam:N")
                )
                for rim in (RIM, {})
            ),
            head_of_row.mark_text(align="right", baseline="top", dy=4).encode(
                x=bars.RIGHT, y=line, text=alt.Text("totaal:N")
            ),
        ]
        hidden = small.filter(pl.col(column) == name)
        if hidden.height:
            nul = alt.Y("nul:Q", axis=None, title=None, scale=alt.Scale(domain=[0, highest], range=ends))
            layers.append(_at_foot(hidden, "aantal", time, bands).encode(x=x, y=nul))
        if numbers:
            layers.append(
                alt.Chart(rows.filter(pl.col("aantal") > 0))
                .mark_text(fontSize=11, baseline="bottom", dy=-1)
                .encode(x=x, y=y, text=alt.Text("aantal:Q", format=",.0f"))
            )
    return (
        alt.layer(*layers)
        .resolve_scale(y="independent")
        .properties(height=(SMALL_MULTIPLE + (12 if numbers else 0)) * len(names) + 90 + head)
    )


def _rows_in_words(long: pl.DataFrame, column: str, time: str) -> str:
    """Per value of a column its total, or its numbers over time where they may not be added up."""
    names = long[column].unique(maintain_order=True).to_list()
    if presentation.all_exact(long, "aantal"):
        return "; ".join(
            f"{name} {formats.count(int(long.filter(pl.col(column) == name)['aantal'].sum()))}" for name in names
        )
    told = {
        name: [
            f"{formats.quarter(row[time])} {presentation.number(row, 'aantal')}"
            for row in long.filter(pl.col(column) == name).iter_rows(named=True)
        ]
        for name in names
    }
    return "; ".join(f"{name}: {', '.join(numbers)}" for name, numbers in told.items())


def _trajects(number: int) -> str:
    return f"{formats.count(number)} {'traject' if number == 1 else 'trajecten'}"
