"""The charts of the page Overdracht: pure functions from an answer to an Altair chart.

The name of a wijkteam stands above its bar, so that a phone has the whole width for the bar.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

import queries
from pages.show import bars, curves, series, theme
from pages.show.counts import counts
from pages.words import formats, presentation
from queries.definitions import columns

MEDIAN = queries.INDICATOREN["overdracht_mediaan_dagen"]
# The one row in the place of the wijkteams, where the statuses are not published per wijkteam.
TOGETHER = "Samen"

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


def are_told_apart(teams: pl.DataFrame) -> bool:
    """Whether the statuses may be shown per wijkteam: exact figures may, and published ones are told together.

    teams: the question overdracht_per_wijkteam.
    """
    return presentation.all_exact(teams)


def together(whole: pl.DataFrame) -> pl.DataFrame:
    """The question overdracht_totaal as a row of overdracht_per_wijkteam, under the name TOGETHER."""
    return whole.select(pl.lit(TOGETHER).alias("wijkteam"), pl.all())


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
    return teams.select("wijkteam", *presentation.with_weergave(teams, *STATUSES, "vertrokken", "populatie"))


def completion(teams: pl.DataFrame) -> alt.LayerChart:
    """Per receiving wijkteam the persons by status; who left is written beside it, outside the bar.

    teams: see teams_shown() and together().
    """
    here = teams.with_columns(hier=pl.sum_horizontal(list(STATUSES)))
    right = {row["wijkteam"]: _right_words(row) for row in here.iter_rows(named=True)}
    left = [f"{row['wijkteam']} {row['vertrokken_kort']}" for row in teams.to_dicts() if row["vertrokken"] != 0]
    what = "Stand van de overdracht per ontvangend wijkteam"
    what += f" (vertrokken: {', '.join(left)})" if left else ""
    return _stacked(_parts(teams, STATUSES, "status"), right, theme.OVERDRACHT_STATUS, "status", 2, what)


def backlog_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams where somebody waits, or where that is too small to show, by how long."""
    somebody = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) > 0) for name in WAITING)
    return teams.filter(somebody).select("wijkteam", *presentation.with_weergave(teams, *WAITING))


def backlog(frame: pl.DataFrame) -> alt.LayerChart:
    """Per receiving wijkteam the persons who wait for their handover, by how long.

    frame: see backlog_table().
    """
    waiting = frame.with_columns(open=pl.sum_horizontal(list(WAITING)))
    # Rounded parts do not add up to how many wait.
    right = {
        row["wijkteam"]: f"{formats.count(row['open'])} open" if presentation.exact(row) else ""
        for row in waiting.iter_rows(named=True)
    }
    parts = _parts(frame, {column: label for column, (label, _) in WAITING.items()}, "wachttijd")
    what = "Wie op de overdracht wacht, per ontvangend wijkteam"
    return _stacked(parts, right, dict(WAITING.values()), "wachttijd", 3, what)


def list_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The list of the wijkteams, what is open longest first: open by how long, all that is open, and the median.

    teams: see teams_shown(). Under 10 persons there is no median, see medians().
    """
    return teams.select(
        "wijkteam", *reversed(WAITING), open=pl.sum_horizontal(list(WAITING))
    ).join(medians(teams), on="wijkteam", how="left", maintain_order="left")  # fmt: skip


def form_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams to which somebody was handed over: overgedragen, and driegesprek among them."""
    return teams.filter(pl.col("overgedragen") > 0).select(
        "wijkteam", *presentation.with_weergave(teams, "overgedragen", "driegesprek")
    )


def form(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per receiving wijkteam how many handovers were a driegesprek; the outline is all handovers. See form_table()."""
    what = "Driegesprekken van alle overdrachten, per ontvangend wijkteam"
    return counts(frame, "wijkteam", "driegesprek", whole="overgedragen", unit="Driegesprekken", what=what)


def published_table(teams: pl.DataFrame, per_area: pl.DataFrame) -> pl.DataFrame:
    """What is published per receiving wijkteam: the population, and the share handed over when one may be shown.

    teams: the question overdracht_per_wijkteam. per_area: kpi_per_gebied. Wijkteams of which nothing is published are
    left out: all of them, but for the whole city.
    """
    rows = teams.filter(pl.col(columns.weergave_van("populatie")) != columns.WEGGELATEN)
    shares = per_area.filter(pl.col("niveau") == "wijkteam", pl.col("indicator") == "overdracht_gedaan")
    own = rows.select("wijkteam", *presentation.with_weergave(rows, "populatie")).join(
        shares.select(pl.col("gebied").alias("wijkteam"), *presentation.with_weergave(shares, "waarde")),
        on="wijkteam",
        how="left",
        maintain_order="left",
    )
    return own if has_shares(own) else own.select("wijkteam", *presentation.with_weergave(own, "populatie"))


def has_shares(table: pl.DataFrame) -> bool:
    """Whether the share handed over may be shown of a wijkteam. table: see published_table()."""
    return "waarde" in table.columns and presentation.drawable(table, "waarde")["waarde"].count() > 0


def population(table: pl.DataFrame) -> alt.LayerChart | None:
    """Per receiving wijkteam whose begeleiding was completed, and the share handed over. See published_table()."""
    what = "Personen van wie de begeleiding klaar is, per ontvangend wijkteam"
    words = presentation.written_by(table, _population_words)
    return counts(table, "wijkteam", "populatie", words=words, what=what)


def _population_words(row: presentation.Row) -> str:
    share = "" if row.get("waarde") is None else f" · {formats.percent(row['waarde'])} overgedragen"
    return f"{presentation.number(row, 'populatie')}{share}"


def medians(teams: pl.DataFrame) -> pl.DataFrame:
    """Per wijkteam the persons who can be handed over and the median in words: wijkteam, personen, mediaan.

    teams: see teams_shown(). Under 10 persons, or with a median on fewer than 10 who were handed over, the words are
    "te weinig waarnemingen", as with every median.
    """
    rows = teams.select("wijkteam", "overgedragen", waarde="mediaan_dagen", personen=pl.sum_horizontal(list(STATUSES)))
    words = [
        formats.TOO_FEW
        if presentation.too_few(
            MEDIAN, {"teller": row["overgedragen"], "noemer": row["personen"], "waarde": row["waarde"]}
        )
        else formats.days(row["waarde"])
        for row in rows.iter_rows(named=True)
    ]
    return rows.select("wijkteam", "personen", mediaan=pl.Series(words, dtype=pl.String))


def enough(curve: pl.DataFrame, median: presentation.Row) -> pl.DataFrame:
    """The curve as a table, or no rows when it would stand on fewer than 10; of a published one the share per month.

    curve: the question overdracht_overleving. median: the row overdracht_mediaan_dagen of the question kpi.
    """
    if presentation.exact(median):
        return curve if median["noemer"] >= presentation.MINIMUM else curve.clear()
    shares = curves.in_months(curve).select("maanden", *presentation.with_weergave(curve, "overleving"))
    return shares.clear() if presentation.drawable(shares, "overleving").is_empty() else shares


def handed_over(curve: pl.DataFrame, median: presentation.Row) -> alt.LayerChart:
    """The share handed over by the time since the end of begeleiding, with the median; see curves.

    curve, median: see enough().
    """
    drawn = curves.points(curve.with_columns(lijn=pl.lit("")), "lijn", rising=True)
    colour, told = alt.ColorValue(theme.GREEN.light), {"Na": "na", "Overgedragen": "deel"}
    missing = curves.too_small(curve)
    if presentation.all_exact(curve):
        x = _since("dag", "Dagen")
        layers = curves.lines(drawn, "lijn", x, {**told, "Nog gevolgd": "gevolgd"}, colour)
        layers += [] if drawn.is_empty() or not is_reached(median) else _median_marks(median, drawn["dag"].max(), x)
    else:
        layers = curves.joined_dots(drawn, "lijn", _since("maanden", "Maanden"), told, colour)
    words = (
        "Deel dat is overgedragen naar de tijd sinds het einde van de begeleiding. De helft is overgedragen na: "
        f"{median['waarde_tekst']}. {missing}"
    )
    return alt.layer(*layers, *curves.above(missing)).properties(height=320, description=words.strip())


def is_reached(median: presentation.Row) -> bool:
    """Whether half has been handed over, of enough to say so."""
    return median["waarde"] is not None and not presentation.too_few(MEDIAN, median)


def timely_quarters(quarters: pl.DataFrame) -> pl.DataFrame:
    """The rows of kpi_instroom on overdracht_gedaan; under 10 observations without share and interval."""
    return series.judged_quarters(quarters, "overdracht_gedaan")


def events_on_axis(events: pl.DataFrame, quarters: pl.DataFrame) -> pl.DataFrame:
    """The events that touch the overdracht, within the quarters and later than the contract that they begin with."""
    return series.events_on_axis(events, quarters["kwartaal"], "overdracht_", after_start=True)


def per_quarter(quarters: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart | None:
    """The share handed over by quarter of entry, see series.shares_per_quarter.

    quarters: see timely_quarters(). events: see events_on_axis().
    """
    norm = queries.INDICATOREN["overdracht_gedaan"].norm
    return series.shares_per_quarter(
        quarters,
        events,
        norm,
        "Binnen 30 dagen overgedragen, naar kwartaal waarin de begeleiding 30 dagen geleden eindigde",
    )


def _parts(frame: pl.DataFrame, labels: Mapping[str, str], part: str) -> pl.DataFrame:
    """The columns with counts as parts of a bar: wijkteam, the part (in words), aantal; without empty parts.

    With how a count is shown beside it, where the frame says so.
    """
    parts = frame.unpivot(on=list(labels), index="wijkteam", variable_name=part, value_name="aantal")
    beside = [columns.weergave_van(name) for name in labels]
    if set(beside) <= set(frame.columns):
        how = columns.weergave_van("aantal")
        parts = parts.with_columns(frame.unpivot(on=beside, index="wijkteam", value_name=how)[how])
    return parts.with_columns(pl.col(part).replace_strict(labels, return_dtype=pl.String)).filter(
        pl.col("aantal").is_null() | (pl.col("aantal") > 0)
    )


def _stacked(
    parts: pl.DataFrame, right: Mapping[str, str], colours: Mapping[str, theme.Tone], part: str, columns: int, what: str
) -> alt.LayerChart:
    legend = {"columns": columns, "labelLimit": 220}
    return bars.stacked(parts, colours, row="wijkteam", part=part, legend=legend, right=right, what=what)


def _right_words(row: presentation.Row) -> str:
    """On how many the bar rests, and how many left; rounded parts do not add up, and have the population instead."""
    if presentation.exact(row):
        words = f"n = {formats.count(row['hier'])}"
    else:
        words = presentation.about(row, "populatie", presentation.persons(row, "populatie"))
    return words if row["vertrokken"] == 0 else f"{words} · {presentation.number(row, 'vertrokken')} vertrokken"


def _since(column: str, unit: str) -> alt.X:
    return alt.X(
        f"{column}:Q",
        title=f"{unit} sinds het einde van de begeleiding",
        axis=alt.Axis(tickMinStep=1, format=",.0f"),
    )


def _median_marks(median: presentation.Row, last: int, days: alt.X) -> list[alt.Chart]:
    """The point at which half has been handed over, with a thin line down and words beside it."""
    half, words, share = median["waarde"], median["waarde_tekst"], curves.share_axis()
    point = alt.Chart(pl.DataFrame({"dag": [half], "aandeel": [0.5], "onder": [0.0], "na": [words]}))
    side = {"align": "left", "dx": 10} if half * 2 < last else {"align": "right", "dx": -10}
    rule = point.mark_rule(color=theme.INK.light, strokeDash=[4, 3])
    dot = point.mark_circle(color=theme.INK.light, size=70, opacity=1)
    text = point.mark_text(baseline="middle", dy=14, fontWeight="bold", **side)
    return [
        rule.encode(days, share, alt.Y2("onder:Q")),
        dot.encode(days, share, theme.tooltip({"De helft na": "na"})),
        text.encode(days, share, alt.TextValue(f"de helft na {words}")),
    ]
