"""The charts of the page Overdracht: pure functions from an answer to an Altair chart.

The name of a wijkteam stands above its bar, so that a phone has the whole width for the bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

import queries
from pages.shared import formats, theme

TOO_FEW = queries.indicators.MINIMUM_NOEMER
TOO_FEW_WORDS = "te weinig waarnemingen"
ROW = 46
BAR = 18
ABOVE = -17

# Which column of the question is which status, in the order of the bar; Vertrokken stands apart.
STATUSES = {
    "overgedragen": "Overgedragen",
    "gepland": "Gepland",
    "niet_bereikt": "Niet bereikt",
    "geen_registratie": "Geen overdracht geregistreerd",
    "afgezien": "Afgezien",
}
WAITING = {
    "open_0_30": ("0–30 dagen", theme.BLUE),
    "open_31_90": ("31–90 dagen", theme.ORANGE),
    "open_90_plus": ("meer dan 90 dagen", theme.RED),
}

_RIGHT = alt.value("width")


def teams_shown(teams: pl.DataFrame, chosen: Sequence[str]) -> pl.DataFrame:
    """The rows of the chosen wijkteams (none chosen: all), those with the most who wait long first, Onbekend last.

    teams: the question overdracht_per_wijkteam.
    """
    rows = teams.filter(pl.col("wijkteam").is_in(list(chosen))) if chosen else teams
    return rows.sort(
        pl.col("wijkteam") == queries.ONBEKEND,
        -pl.col("open_90_plus"),
        -pl.col("open_31_90"),
        -pl.col("open_0_30"),
        maintain_order=True,
    )


def completion_table(teams: pl.DataFrame) -> pl.DataFrame:
    """What the chart of the statuses shows: a row per wijkteam, the statuses, those who left, and all of them."""
    return teams.select("wijkteam", *STATUSES, "vertrokken", "populatie")


def completion(teams: pl.DataFrame) -> alt.LayerChart:
    """Per receiving wijkteam the persons by status; who left is written beside it, outside the bar.

    teams: see teams_shown().
    """
    colours = {status: theme.OVERDRACHT_STATUS[status].light for status in STATUSES.values()}
    here = teams.select(pl.sum_horizontal(list(STATUSES)).alias("hier"), "vertrokken")
    right = [_right_words(row["hier"], row["vertrokken"]) for row in here.iter_rows(named=True)]
    words = [
        f"{row['wijkteam']}: {_enumerate({label: row[column] for column, label in STATUSES.items()})}"
        + (f", vertrokken {formats.count(row['vertrokken'])}" if row["vertrokken"] else "")
        for row in teams.iter_rows(named=True)
    ]
    return _stacked(teams, STATUSES, colours, right, legend_columns=2).properties(
        description=f"Stand van de overdracht per ontvangend wijkteam. {'; '.join(words)}."
    )


def backlog_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams where somebody waits, by how long."""
    return teams.filter(pl.sum_horizontal(list(WAITING)) > 0).select("wijkteam", *WAITING)


def backlog(frame: pl.DataFrame) -> alt.LayerChart:
    """Per receiving wijkteam the persons who wait for their handover, by how long.

    frame: see backlog_table().
    """
    labels = {column: label for column, (label, _) in WAITING.items()}
    colours = {label: tone.light for label, tone in WAITING.values()}
    right = [f"{formats.count(number)} open" for number in frame.select(pl.sum_horizontal(list(WAITING))).to_series()]
    words = [
        f"{row['wijkteam']}: {_enumerate({label: row[column] for column, label in labels.items()})}"
        for row in frame.iter_rows(named=True)
    ]
    return _stacked(frame, labels, colours, right, legend_columns=3).properties(
        description=f"Wie op de overdracht wacht, per ontvangend wijkteam. {'; '.join(words)}."
    )


def form_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams to which somebody was handed over: overgedragen, and driegesprek among them."""
    return teams.filter(pl.col("overgedragen") > 0).select("wijkteam", "overgedragen", "driegesprek")


def form(frame: pl.DataFrame) -> alt.LayerChart:
    """Per receiving wijkteam how many handovers were a driegesprek; the outline is all handovers.

    frame: see form_table().
    """
    rows = frame.with_columns(
        aantallen=pl.Series(
            [
                f"{formats.count(row['driegesprek'])} van {formats.count(row['overgedragen'])}"
                for row in frame.iter_rows(named=True)
            ],
            dtype=pl.String,
        )
    )
    y = _row_axis(rows["wijkteam"].to_list())
    scale = alt.Scale(domainMin=0, nice=False)
    base = alt.Chart(rows)
    bars = base.mark_bar(size=BAR, color=theme.BLUE.light).encode(
        y=y, x=alt.X("driegesprek:Q", axis=None, title=None, scale=scale)
    )
    outline = base.mark_bar(size=BAR, filled=False, stroke=theme.GREY.light, strokeWidth=1).encode(
        y=y, x=alt.X("overgedragen:Q", axis=None, title=None, scale=scale)
    )
    words = [f"{row['wijkteam']} {row['aantallen']}" for row in rows.iter_rows(named=True)]
    return alt.layer(bars, outline, _right_of_name(base, y)).properties(
        height=ROW * rows.height + 30,
        description=f"Driegesprekken van alle overdrachten, per ontvangend wijkteam: {', '.join(words)}.",
    )


def medians(teams: pl.DataFrame) -> pl.DataFrame:
    """Per wijkteam the persons who can be handed over and the median in words: wijkteam, personen, mediaan.

    teams: see teams_shown(). Under 10 persons there is no median: "te weinig waarnemingen".
    """
    rows = teams.select("wijkteam", "mediaan_dagen", personen=pl.sum_horizontal(list(STATUSES)))
    words = [
        TOO_FEW_WORDS if row["personen"] < TOO_FEW else formats.days(row["mediaan_dagen"])
        for row in rows.iter_rows(named=True)
    ]
    return rows.select("wijkteam", "personen", mediaan=pl.Series(words, dtype=pl.String))


def enough(curve: pl.DataFrame, median: Mapping[str, object]) -> pl.DataFrame:
    """The curve, or no rows when it would stand on fewer than 10 persons.

    curve: the question overdracht_overleving. median: the row overdracht_mediaan_dagen of the question kpi.
    """
    return curve if median["noemer"] >= TOO_FEW else curve.clear()


def handed_over(frame: pl.DataFrame, median: Mapping[str, object]) -> alt.LayerChart:
    """The share handed over by the days since the end of begeleiding, with the median marked.

    frame: see enough(). median: the row overdracht_mediaan_dagen of the question kpi. From where fewer than 10
    persons are still followed the line is dashed.
    """
    days = alt.X("dag:Q", title="Dagen sinds het einde van de begeleiding", axis=alt.Axis(tickMinStep=1, format=",.0f"))
    share = alt.Y(
        "overgedragen:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    base = alt.Chart(frame).transform_calculate(overgedragen="1 - datum.overleving")
    line = {"interpolate": "step-after", "color": theme.GREEN.light}
    tooltip = [
        alt.Tooltip("dag:Q", title="Dag", format=",.0f"),
        alt.Tooltip("overgedragen:Q", title="Overgedragen", format=".0%"),
        alt.Tooltip("in_risico:Q", title="Nog gevolgd", format=",.0f"),
    ]
    # The dashed part begins where the solid one ends, or a gap would show.
    solid = base.transform_filter(f"datum.in_risico >= {TOO_FEW}").mark_line(**line).encode(
        x=days, y=share, tooltip=tooltip
    )  # fmt: skip
    last = frame.filter(pl.col("in_risico") >= TOO_FEW)["dag"].max()
    dashed = base.transform_filter(f"datum.dag >= {last if last is not None else 0}").mark_line(
        strokeDash=[3, 4], **line
    ).encode(x=days, y=share)  # fmt: skip
    half = median["waarde"]
    marked = [] if half is None or frame.is_empty() else _median_marks(half, frame["dag"].max(), days, share)
    reached = "nog niet bereikt" if half is None else f"na {formats.days(half)}"
    return alt.layer(solid, dashed, *marked).properties(
        height=320,
        description=(
            f"Deel dat is overgedragen naar de tijd sinds het einde van de begeleiding, over "
            f"{formats.persons(median['noemer'])}. De helft: {reached}."
        ),
    )


def number_that_fits(number: int, longest: int) -> str:
    """The number for inside a part of a bar, or nothing where the part is too narrow on a phone.

    longest: the number that has the full width.
    """
    written = formats.count(number)
    return written if number and number >= (0.02 + 0.02 * len(written)) * longest else ""


def _stacked(
    frame: pl.DataFrame, labels: Mapping[str, str], colours: Mapping[str, str], right: list[str], *, legend_columns: int
) -> alt.LayerChart:
    """A bar per wijkteam in parts with their numbers, and words to the right of its name."""
    totals = frame.select(pl.sum_horizontal(list(labels)).alias("hier")).to_series()
    longest = totals.max() or 1
    parts = (
        frame.unpivot(on=list(labels), index="wijkteam", variable_name="kolom", value_name="aantal")
        .filter(pl.col("aantal") > 0)
        .with_columns(
            deel=pl.col("kolom").replace_strict(labels, return_dtype=pl.String),
            volgorde=pl.col("kolom").replace_strict(
                {column: number for number, column in enumerate(labels)}, return_dtype=pl.Int64
            ),
        )
    )
    order = [label for label in labels.values() if label in set(parts["deel"])]
    legend_rows = -(-len(order) // legend_columns)
    parts = parts.with_columns(
        getal=pl.Series([number_that_fits(number, longest) for number in parts["aantal"]], dtype=pl.String)
    )
    y = _row_axis(frame["wijkteam"].to_list())
    scale = alt.Scale(nice=False)
    base = alt.Chart(parts)
    bars = base.mark_bar(size=BAR, stroke=theme.WHITE.light, strokeWidth=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", title=None, axis=None, scale=scale),
        color=alt.Color(
            "deel:N",
            title=None,
            scale=alt.Scale(domain=order, range=[colours[label] for label in order]),
            legend=alt.Legend(columns=legend_columns, labelLimit=220, columnPadding=8),
        ),
        order="volgorde:Q",
        tooltip=[
            alt.Tooltip("wijkteam:N", title="Wijkteam"),
            alt.Tooltip("deel:N", title="Wat"),
            alt.Tooltip("aantal:Q", title="Personen", format=",.0f"),
        ],
    )
    numbers = base.mark_text(color=theme.WHITE.light, baseline="middle", dy=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", bandPosition=0.5, title=None, axis=None, scale=scale),
        order="volgorde:Q",
        detail="deel:N",
        text="getal:N",
    )
    names = alt.Chart(frame.select("wijkteam", aantallen=pl.Series(right, dtype=pl.String)))
    return alt.layer(bars, numbers, _right_of_name(names, y)).properties(
        height=ROW * frame.height + 40 + 30 * legend_rows
    )


def _right_words(here: int, left: int) -> str:
    words = f"n = {formats.count(here)}"
    return f"{words} · {formats.count(left)} vertrokken" if left else words


def _enumerate(numbers: Mapping[str, int]) -> str:
    return ", ".join(f"{label.lower()} {formats.count(number)}" for label, number in numbers.items() if number)


def _row_axis(names: list[str]) -> alt.Y:
    """A row per wijkteam, with the name to the left above the bar, inside the drawing."""
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=ABOVE, labelFontWeight="bold", labelLimit=240, maxExtent=0,
        labelFlush=False, domain=False,
    )  # fmt: skip
    return alt.Y("wijkteam:N", sort=names, title=None, axis=axis)


def _right_of_name(base: alt.Chart, y: alt.Y) -> alt.Chart:
    """A text at the right end of the line on which the name of the row stands."""
    return base.mark_text(align="right", baseline="middle", dy=ABOVE).encode(y=y, x=_RIGHT, text="aantallen:N")


def _median_marks(half: float, last: int, days: alt.X, share: alt.Y) -> list[alt.Chart]:
    """The point at which half has been handed over, with a thin line down and words beside it."""
    point = alt.Chart(pl.DataFrame({"dag": [half], "overgedragen": [0.5], "onder": [0.0]}))
    side = {"align": "left", "dx": 10} if half * 2 < last else {"align": "right", "dx": -10}
    return [
        point.mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(x=days, y=share, y2="onder:Q"),
        point.mark_circle(color=theme.INK.light, size=70, opacity=1).encode(x=days, y=share),
        point.mark_text(baseline="middle", dy=14, fontWeight="bold", **side).encode(
            x=days, y=share, text=alt.value(f"de helft na {formats.days(half)}")
        ),
    ]
