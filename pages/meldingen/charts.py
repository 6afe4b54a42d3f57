"""The charts of the page Meldingen: pure functions from an answer to a frame, and from a frame to an Altair chart.

Requests have nothing in common, so that exact counts of them add up. Published counts do not: those of the latest
quarter are drawn as they are.
"""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from pages.show import intervals, series, theme, vega
from pages.show.counts import counts
from pages.show.table import crosstab
from pages.words import formats, presentation
from queries import written
from queries.definitions import columns

UNKNOWN = "Niet geregistreerd"
TRAJECT, HULPVRAAG = "Begeleidingstraject", "Hulpvraag"
# What stands last, whatever its number.
_LAST = {"Overig": 1, UNKNOWN: 2, "Onbekend": 2}
# Per column of requests() what its bar is; the trajectories are drawn in front of all requests.
_SOORTEN = {"Alle meldingen": theme.BLUE, TRAJECT: theme.ORANGE}
_BARS = dict(zip(("noemer", "teller"), _SOORTEN, strict=True))
# A share is drawn of the last two years; the table has them all.
QUARTERS = 8

_TRAJECTS = pl.col("aantal").filter(pl.col("soort") == TRAJECT).sum()
_ALL = pl.col("aantal").sum()


# --- what is drawn


def requests(per_month: pl.DataFrame, per_quarter: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Requests (noemer) and the trajectories among them (teller) per maand, without gaps up to the peildatum.

    per_month: the question melding_per_maand. per_quarter: the question melding_traject, in which the published totals
    are: of published counts these are returned, per kwartaal.
    """
    if not presentation.all_exact(per_month, "aantal"):
        return per_quarter.select(presentation.with_weergave(per_quarter, "kwartaal", "noemer", "teller"))
    counted = per_month.group_by("maand").agg(noemer=_ALL, teller=_TRAJECTS)
    months = pl.date_range(counted["maand"].min() or peildatum, peildatum, "1mo", eager=True).alias("maand").to_frame()
    return _exact(months.head(counted.height and months.height).join(counted, on="maand", how="left").fill_null(0))


def by(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Requests (aantal) per value of a column, most first: over the whole period, and how many became a trajectory.

    frame: the question melding_per_maand, or melding_verwijzer, which does not tell of trajectories. Of published
    counts: those of the latest quarter, in the order of the publication; of hulpvragen the questions that were answered
    alone, and no rows per wijkteam, for they are of all wijkteams together.
    """
    trajects = "soort" in frame.columns
    if not presentation.all_exact(frame, "aantal"):
        told = {"hulpvraag": pl.col("soort") == HULPVRAAG, "wijkteam": pl.lit(False)}
        rows = frame.filter(told.get(name, pl.lit(True)))
        latest = pl.col(frame.columns[0]) == pl.col(frame.columns[0]).max()
        return rows.filter(latest).select(presentation.with_weergave(frame, name, "aantal"))
    found = frame.group_by(name).agg(aantal=_ALL, **({"trajecten": _TRAJECTS} if trajects else {}))
    place = pl.col(name).replace_strict(_LAST, default=0, return_dtype=pl.Int64)
    return _exact(found.sort(place, -pl.col("aantal"), name))


def _exact(frame: pl.DataFrame) -> pl.DataFrame:
    """Sums of exact counts, with how they are written beside them."""
    figures = [name for name in frame.columns if name in columns.FIGUREN]
    shown = [pl.lit(columns.EXACT).alias(columns.weergave_van(name)) for name in figures]
    return written.with_texts(frame.with_columns(shown))


def per_quarter(answer: pl.DataFrame, referrers: pl.Series) -> pl.DataFrame:
    """The question melding_verwijzer with a row per verwijzer, in the given order, and a column per kwartaal."""
    named = series.named(answer, "kwartaal")
    table = crosstab(
        named, "verwijzer", "kwartaal", {name: name for name in named["kwartaal"].unique(maintain_order=True)}
    )
    return referrers.to_frame().join(table, on="verwijzer", how="left", maintain_order="left")


# --- the charts


@vega.kept
def over_time(frame: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart:
    """Requests per month or quarter, in front of them those that became a trajectory, and the events at their day.

    frame: see requests(). events: queries.events(). A number that may not be shown is so in words at its place.
    """
    period = frame.columns[0]
    step = {"maand": "1mo", "kwartaal": "1q"}[period]
    days = pl.date_range(frame[period].min(), frame[period].max(), step, eager=True).alias(period)
    within = series.events_on_axis(events, days, "melding_")
    room, x = series.event_room(within), series.axis(days)
    drawn = pl.concat(
        series.named(presentation.drawable(frame, column), period).select(
            period, "voluit", aantal=column, soort=pl.lit(soort), getal=f"{column}_tekst", kort=f"{column}_kort"
        )
        for column, soort in _BARS.items()
    )
    between = 1 if presentation.all_exact(frame) else series.ROUNDED_TO
    y = alt.Y(
        "aantal:Q",
        stack=None,
        title=None,
        scale=alt.Scale(range=[alt.ExprRef("height"), room + 16]),
        axis=alt.Axis(tickCount=4, tickMinStep=between, format=",.0f", domain=False),
    )
    base, colours = alt.Chart(drawn), theme.scale(_SOORTEN, only=drawn["soort"])
    layers = [
        base.mark_bar().encode(
            x,
            y,
            alt.Color("soort:N", title=None, scale=colours, legend=alt.Legend(columns=2)),
            theme.tooltip({period.capitalize(): "voluit", "Soort": "soort", "Meldingen": "getal"}),
        )
    ]
    if days.len() <= series.BANDS_WITH_NUMBERS:
        above = base.transform_filter(f"datum.soort == '{_BARS['noemer']}'")
        layers.append(above.mark_text(fontSize=11, baseline="bottom", dy=-2).encode(x, y, alt.Text("kort:N")))
    small = frame.filter(~presentation.may_be_shown(frame, "noemer"))
    if small.height:
        foot = alt.Chart(series.named(small, period).select(period, "noemer_kort"))
        upright = foot.mark_text(fontSize=11, angle=270, align="left", baseline="middle", dx=4)
        layers.append(upright.encode(x, alt.YValue("height"), alt.Text("noemer_kort:N")))
    said = [
        f"{row['voluit']} meldingen {row['noemer_kort']}, trajecten {row['teller_kort']}"
        for row in series.named(frame, period).iter_rows(named=True)
    ]
    return alt.layer(*layers, *series.event_layers(within, days)).properties(
        height=230 + room,
        description=f"Meldingen per {period}. {'; '.join(said)}.{series.events_in_words(within)}",
    )


@vega.kept
def counted(frame: pl.DataFrame, name: str, what: str) -> alt.LayerChart | None:
    """Per row its requests, with how many became a trajectory where that is counted; see counts.counts.

    None when no number may be shown.
    """
    if presentation.drawable(frame, "aantal").is_empty():
        return None
    words = None
    if "trajecten" in frame.columns:
        words = frame["aantal_kort"] + pl.Series([f", {number} met traject" for number in frame["trajecten"]])
    return counts(frame, name, "aantal", what=what, words=words, unit="Meldingen")


@vega.kept
def shares(frame: pl.DataFrame, what: str) -> alt.LayerChart | None:
    """A share with its 95% interval per quarter of the last two years; None when none may be shown.

    frame: the question melding_traject or melding_zelforganisatie. what: the share, for who cannot see it.
    """
    frame = presentation.from_ten(frame).tail(QUARTERS)
    if frame["waarde"].is_null().all():
        return None
    rows = frame.with_columns(pl.Series("kwartaal", [formats.quarter(day) for day in frame["kwartaal"]], pl.String))
    return intervals.shares(rows, "kwartaal", about="Kwartaal", what=what, unit="Meldingen")
