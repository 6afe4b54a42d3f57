"""What the figures of the page Overdracht say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

import queries
from pages.kit import total
from pages.overdracht import charts
from pages.words import presentation, sentences
from pages.words.presentation import Row, summed

TEXTS = queries.texts(__file__)


def finding(teams: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """How many wait too long, and the share handed over against the norm.

    teams: the question overdracht_per_wijkteam, or charts.together(). rows: per indicator its row of the question kpi.
    """
    if total(teams, "populatie") == 0:
        return TEXTS["empty"]["nobody"]
    if rows["overdracht_open"]["noemer"] == 0:
        return TEXTS["empty"]["all_left"]
    waiting = sentences.waiting(rows, ("overdracht_lang_open",))
    return f"{waiting} {sentences.stand('overdracht_gedaan', rows['overdracht_gedaan'])}".strip()


def completion_title(teams: pl.DataFrame) -> str:
    """How many have been handed over, of how many. teams: rows of overdracht_per_wijkteam, or charts.together().

    Who left stands apart, as in the bars, where that is an exact number; rounded counts are not taken off each other.
    """
    if presentation.all_exact(teams, "populatie", "vertrokken"):
        teams = teams.with_columns(populatie=pl.col("populatie") - pl.col("vertrokken"))
    return presentation.counted(
        TEXTS["teams"]["done"], summed(teams, "overgedragen", "populatie"), "overgedragen", "populatie"
    )


def pilot(events: pl.DataFrame) -> str:
    """Why a pilot of the municipality is not in the charts; empty once it is among the events, for then it is."""
    return "" if events["titel"].str.contains("(?i)pilot").any() else queries.GEMEENTE.pilot


def list_title(teams: pl.DataFrame) -> str:
    """At which wijkteams most persons wait longer than 90 days. teams: rows of overdracht_per_wijkteam."""
    where = sentences.where_most(teams, "wijkteam", "open_90_plus")
    return f"Het vaakst langer dan 90 dagen open: {where}" if where else "Wat het langst open staat"


def backlog_title(teams: pl.DataFrame) -> str:
    """How many wait for longer than 90 days. teams: rows of overdracht_per_wijkteam, or charts.together()."""
    row = summed(teams, "open_90_plus")
    long = "" if presentation.hidden(row, "open_90_plus") else f": {row['open_90_plus_tekst']} langer dan 90 dagen"
    return f"Wie wacht, en hoe lang{long}"


def form_title(teams: pl.DataFrame) -> str:
    """How many handovers were a driegesprek. teams: rows of overdracht_per_wijkteam, or charts.together()."""
    row = summed(teams, "driegesprek", "overgedragen")
    return presentation.counted("Overdrachten met een driegesprek", row, "driegesprek", "overgedragen")


def curve_title(median: Row) -> str:
    """After how many days half has been handed over. median: the row overdracht_mediaan_dagen of the question kpi."""
    half = median["waarde_tekst"]
    return f"De helft is na {half} overgedragen" if charts.is_reached(median) else f"Tijd tot de overdracht: {half}"
