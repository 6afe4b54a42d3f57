"""What the figures of the page Ontzorging say; every number stands in a chart or tile, written as it may be shown."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

import queries
from pages.filters import bar
from pages.kit import total
from pages.ontzorging import charts
from pages.show import intervals, series
from pages.words import formats, presentation, sentences
from pages.words.presentation import Row

TEXTS = queries.texts(__file__)
LEVELS = TEXTS["levels"]


def finding(status: pl.DataFrame, rows: Mapping[str, Row]) -> str:
    """For how many ontzorgen has started, against the norm, or who waits for it too long.

    status: ontzorging_status. rows: per indicator its row of the question kpi.
    """
    if total(status, "aantal") == 0:
        return TEXTS["nobody"]
    started = sentences.stand("ontzorging_dekking", rows["ontzorging_dekking"])
    return started or sentences.waiting(rows, ("ontzorging_lang_zonder",))


def target_group(status: pl.DataFrame, row: Row) -> str:
    """Who is in the target group; and, if anybody is, on how many of them the KPI ontzorging_volledig rests."""
    told = total(status, "aantal") != 0 and not presentation.hidden(row, "noemer")
    return " ".join([TEXTS["target_group"], *([TEXTS["six_months"].format(row["noemer_tekst"])] if told else [])])


def choices(per_area: pl.DataFrame, chosen: queries.Selection) -> list[str]:
    """The levels that the reader can choose from: those of which something was published. See kpi_per_gebied."""
    offered = bar.levels(LEVELS, chosen)
    rows = {label: per_area.filter(indicator=charts.INDICATOR.naam, niveau=LEVELS[label]) for label in offered}
    told = [label for label, there in rows.items() if there.is_empty() or not presentation.all_left_out(there)]
    return told or offered[:1]


def coverage_title(areas: pl.DataFrame, level: str) -> str:
    """In how many areas with enough persons the norm is reached; of one area its share.

    areas: see charts.areas. level: the niveau.
    """
    one, more = TEXTS["areas"][level]
    judged = [presentation.judged(charts.INDICATOR, row) for row in areas.drop_nulls("waarde").iter_rows(named=True)]
    met = [each.uitkomst == "voldoet" for each in judged if each]
    if not met:
        return f"Begonnen per {one}"
    if areas.height == 1 and (area := areas.row(0, named=True))["gebied"] != queries.ONBEKEND:
        return f"{charts.INDICATOR.titel} in {area['gebied']}: {area['waarde_tekst']}"
    return f"{more.capitalize()} met genoeg waarnemingen die de norm halen: {sum(met)} van {len(met)}"


def coverage_words(areas: pl.DataFrame) -> str:
    """What is told per area: shares, as numbers with their interval or in words, or counts. areas: see charts.areas."""
    told = TEXTS["coverage"]
    if not intervals.has_shares(areas):
        return told["counts" if presentation.all_exact(areas) else "shares"]
    return f"{told['shares']} {told['intervals']}"


def status_title(status: pl.DataFrame) -> str:
    """How many persons are being ontzorgd now, and with how many it did not start. status: ontzorging_status."""
    told = []
    for words, names in TEXTS["statuses"].items():
        row = presentation.summed(status, "aantal", where=pl.col("status").is_in(names))
        told += [] if presentation.hidden(row, "aantal") else [f"{words}: {row['aantal_tekst']}"]
    return "; ".join(told).capitalize() or f"De stand per {queries.WOORDEN['stadsdeel']}"


def reasons_title(reasons: pl.DataFrame, subject: str) -> str:
    """The three reasons that were registered most, and for how many none was; of fewer than 10 persons none.

    reasons: see charts.of_soort.
    """
    shown, known = presentation.drawable(reasons, "aantal"), pl.col("reden") != queries.ONBEKEND
    most = pl.concat([shown.filter(known).head(3), shown.filter(~known)]).select("reden", "aantal_tekst").iter_rows()
    told = [
        f"{'geen reden bekend' if reason == queries.ONBEKEND else f'‘{reason.lower()}’'} ({number})"
        for reason, number in most
    ]
    enough = told and shown["aantal"].sum() >= presentation.MINIMUM
    return f"{subject}: {formats.enumerate_words(told)}" if enough else subject


def costs_title(costs: pl.DataFrame) -> str:
    """For how many each fixed cost is paid. costs: see charts.paid."""
    rows = presentation.drawable(costs, "aantal", "gestart").iter_rows(named=True)
    told = [f"{row['post']} voor {presentation.out_of(row, 'aantal', 'gestart')}" for row in rows]
    return f"Betaald: {formats.enumerate_words(told)}" if told else "Vaste lasten die worden betaald"


def stock_words(stock: pl.DataFrame, events: pl.DataFrame) -> str:
    """What the series counts, from when, and what its lines are. stock: see series.by_period. events: as drawn."""
    period, lines = series.period(stock), [] if events.is_empty() else [series.EVENTS]
    return " ".join([TEXTS["stock"].format(period), *([TEXTS["from_ten"]] if period == "kwartaal" else []), *lines])
