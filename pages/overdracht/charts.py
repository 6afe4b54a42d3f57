"""The charts of the page Overdracht: which column of an answer goes where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import polars as pl

import queries
from pages.show import bars, counts, curves, theme, vega
from pages.show.beside import Beside, under
from pages.words import formats, presentation

# The one row in the place of the wijkteams, where the statuses are not published per wijkteam.
TOGETHER = "Samen"
# So many wijkteams at most are in the list by name; the charts in the tabs have all of them.
LISTED = 8

# Which column of the question is which status, in the order of the bar; Vertrokken stands apart.
STATUSES = {
    "overgedragen": "Overgedragen",
    "gepland": "Gepland",
    "niet_bereikt": "Niet bereikt",
    "geen_registratie": "Geen overdracht geregistreerd",
    "afgezien": "Afgezien",
}
WAITING = {"open_0_30": "0–30 dagen", "open_31_90": "31–90 dagen", "open_90_plus": "meer dan 90 dagen"}
# One line has no name.
_LINE = pl.lit("").alias("lijn")
_WAITING = dict(zip(WAITING.values(), (theme.BLUE, theme.ORANGE, theme.RED), strict=True))


def together(whole: pl.DataFrame) -> pl.DataFrame:
    """The question overdracht_totaal as a row of overdracht_per_wijkteam, under the name TOGETHER."""
    return whole.select(pl.lit(TOGETHER).alias("wijkteam"), pl.all())


def teams_shown(teams: pl.DataFrame, chosen: Sequence[str]) -> pl.DataFrame:
    """The rows of the chosen wijkteams (none chosen: all), those with the most who wait long first, Onbekend last.

    teams: the question overdracht_per_wijkteam.
    """
    rows = teams.filter(pl.col("wijkteam").is_in(list(chosen))) if chosen else teams
    longest = [-pl.col(column) for column in reversed(WAITING)]
    return rows.sort(pl.col("wijkteam") == queries.ONBEKEND, *longest, maintain_order=True)


def completion_table(teams: pl.DataFrame) -> pl.DataFrame:
    """What the chart of the statuses shows: a row per wijkteam, the statuses, those who left, and all of them."""
    return teams.select("wijkteam", *presentation.with_weergave(teams, *STATUSES, "vertrokken", "populatie"))


@vega.kept
def completion(teams: pl.DataFrame, beside: Beside | None = None) -> alt.LayerChart:
    """Per receiving wijkteam the persons by status; who left is written beside it, outside the bar.

    teams, and the answer of beside: see teams_shown() and together().
    """
    left = [f"{row['wijkteam']} {row['vertrokken_kort']}" for row in teams.to_dicts() if row["vertrokken"] != 0]
    what = "Stand van de overdracht per ontvangend wijkteam"
    what += f" (vertrokken: {', '.join(left)})" if left else ""
    right = {row["wijkteam"]: _right(row) for row in teams.iter_rows(named=True)}
    colours = theme.OVERDRACHT_STATUS
    return _stacked(teams, STATUSES, colours, part="status", columns=2, what=what, right=right, beside=beside)


def _right(row: presentation.Row) -> str:
    """On how many the bar rests, and how many left; rounded parts do not add up, and have the population instead."""
    if presentation.exact(row):
        words = f"n = {formats.count(sum(row[name] for name in STATUSES))}"
    else:
        words = presentation.about(row, "populatie", f"{row['populatie_kort']} personen")
    return words if row["vertrokken"] == 0 else f"{words} · {row['vertrokken_kort']} vertrokken"


def backlog_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams where somebody waits, or where that is too small to show, by how long."""
    somebody = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) > 0) for name in WAITING)
    return teams.filter(somebody).select("wijkteam", *presentation.with_weergave(teams, *WAITING))


@vega.kept
def backlog(frame: pl.DataFrame) -> alt.LayerChart:
    """Per receiving wijkteam the persons who wait for their handover, by how long. frame: see backlog_table()."""
    what = "Wie op de overdracht wacht, per ontvangend wijkteam"
    return _stacked(frame, WAITING, _WAITING, part="wachttijd", columns=3, what=what)


def _stacked(frame, labels, colours, *, part, columns, what, right=None, beside=None) -> alt.LayerChart:
    """The columns of counts as the parts of a bar per wijkteam. labels: what they are called. right: see bars."""
    parts = _parts(frame, labels, part)
    compared = under(parts, beside and beside.of(_parts, labels, part), "wijkteam", part)
    if added := compared[parts.height :].group_by("wijkteam", maintain_order=True).agg(pl.sum("aantal")).rows():
        right = right | {name: f"n = {formats.count(number)}" for name, number in added}
    legend = {"columns": columns, "labelLimit": 220}
    how = {"legend": legend, "right": right, "what": what, "shares": bool(added)}
    return bars.stacked(compared, colours, row="wijkteam", part=part, **how)


def _parts(frame: pl.DataFrame, labels: Mapping[str, str], part: str) -> pl.DataFrame:
    """The columns of counts below each other: wijkteam, part and aantal."""
    columns = [
        presentation.renamed(
            frame.select("wijkteam", pl.lit(label).alias(part), *presentation.with_weergave(frame, column)),
            {column: "aantal"},
        )
        for column, label in labels.items()
    ]
    return pl.concat(columns)


def list_table(teams: pl.DataFrame, others: str) -> pl.DataFrame:
    """The list of the wijkteams, what is open longest first: open by how long, all that is open, and the median.

    teams: see teams_shown(), exact. others: the name of the last row of a long list, in which the wijkteams where the
    least is open are added up. personen: who can be handed over. mediaan: in words; "te weinig waarnemingen" under
    10 persons, and for a median on fewer than 10 who were handed over, as with every median.
    """
    persons, minimum = pl.sum_horizontal(list(STATUSES)), presentation.MINIMUM
    few_events = pl.col("mediaan_dagen").is_not_null() & (pl.col("overgedragen") < minimum)
    rows = teams.select(
        "wijkteam",
        *reversed(WAITING),
        open=pl.sum_horizontal(list(WAITING)),
        personen=persons,
        mediaan=pl.when((persons < minimum) | few_events)
        .then(pl.lit(presentation.TOO_FEW))
        .otherwise("mediaan_dagen_tekst"),
    )
    rest = rows[LISTED:]
    if rest.height <= 1:
        return rows
    name = pl.lit(others.format(number=rest.height)).alias("wijkteam")
    added = rest.select(name, pl.exclude("wijkteam", "mediaan").sum(), mediaan=pl.lit(""))
    return pl.concat([rows[:LISTED], added])


def form_table(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams to which somebody was handed over: overgedragen, and driegesprek among them."""
    names = presentation.with_weergave(teams, "overgedragen", "driegesprek")
    return teams.filter(pl.col("overgedragen") > 0).select("wijkteam", *names)


@vega.kept
def form(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per receiving wijkteam how many handovers were a driegesprek; the outline is all handovers. See form_table()."""
    what = "Driegesprekken van alle overdrachten, per ontvangend wijkteam"
    return counts.counts(frame, "wijkteam", "driegesprek", whole="overgedragen", unit="Driegesprekken", what=what)


def published_table(teams: pl.DataFrame, per_area: pl.DataFrame) -> pl.DataFrame:
    """What is published per receiving wijkteam: the population, and the share handed over when one may be shown.

    teams: the question overdracht_per_wijkteam. per_area: kpi_per_gebied.
    """
    population = presentation.with_weergave(teams, "populatie")
    own = teams.select("wijkteam", *population)
    shares = per_area.filter(niveau="wijkteam", indicator="overdracht_gedaan")
    if shares.join(own, left_on="gebied", right_on="wijkteam", how="semi")["waarde"].count() == 0:
        return own
    shares = shares.select(pl.col("gebied").alias("wijkteam"), *presentation.with_weergave(shares, "waarde"))
    return own.join(shares, on="wijkteam", how="left", maintain_order="left")


@vega.kept
def population(table: pl.DataFrame) -> alt.LayerChart | None:
    """Per receiving wijkteam whose begeleiding was completed, and the share handed over. See published_table()."""
    what = "Personen van wie de begeleiding klaar is, per ontvangend wijkteam"
    words = pl.col("populatie_kort")
    if "waarde" in table.columns:
        share = pl.concat_str(pl.lit(" · "), "waarde_kort", pl.lit(" overgedragen"))
        words += pl.when(pl.col("waarde").is_not_null()).then(share).otherwise(pl.lit(""))
    return counts.counts(table, "wijkteam", "populatie", words=table.select(words).to_series(), what=what)


def enough(curve: pl.DataFrame, median: presentation.Row, beside: Beside | None = None) -> pl.DataFrame:
    """The curve as a table, or no rows when it would stand on fewer than 10; of a published one the share per month.

    curve: the question overdracht_overleving; beside: of what is compared with. median: the row
    overdracht_mediaan_dagen of the question kpi.
    """
    found = curves.table(curve.with_columns(_LINE), "lijn", _with_line(beside)).drop("lijn")
    return found if not presentation.exact(median) or median["noemer"] >= presentation.MINIMUM else found.clear()


def _with_line(beside: Beside | None) -> Beside | None:
    return beside and beside.of(pl.DataFrame.with_columns, _LINE)


@vega.kept
def handed_over(curve: pl.DataFrame, median: presentation.Row, beside: Beside | None = None) -> alt.LayerChart | None:
    """The share handed over by the time since the end of begeleiding, with the median; None without points.

    curve, median, beside: see enough().
    """
    curve, beside, exact = curve.with_columns(_LINE), _with_line(beside), presentation.all_exact(curve)
    drawn = curves.points(curve, "lijn", rising=True)
    if drawn.is_empty():
        return None
    column, unit, step = ("dag", "Dagen", 30) if exact else ("maanden", "Maanden", 1)
    since, half = "sinds het einde van de begeleiding", median["waarde_tekst"]
    spots = []
    if exact and is_reached(median):
        # The point at which half has been handed over, with words beside it.
        days = median["waarde"]
        side = {"align": "left", "dx": 10} if days * 2 < drawn["dag"].max() else {"align": "right", "dx": -10}
        place = {"baseline": "middle", "dy": 14, **side}
        spots.append(curves.Spot("", days, 0.5, [f"de helft na {half}"], place, half, "50%"))
    return curves.chart(
        curve,
        drawn,
        "lijn",
        curves.time_axis(column, f"{unit} {since}", step, drawn[column].max()),
        {"": theme.GREEN},
        {"Na": "na", "Overgedragen": "deel", "Nog gevolgd": "gevolgd"},
        what=f"Deel dat is overgedragen naar de tijd {since}. De helft is overgedragen na: {half}.",
        spots=spots,
        joined=not exact,
        height=320,
        beside=beside and beside.of(curves.points, "lijn", rising=True),
    )


def is_reached(median: presentation.Row) -> bool:
    """Whether half has been handed over, of enough to say so."""
    return median["waarde"] is not None and median["waarde_tekst"] != presentation.TOO_FEW
