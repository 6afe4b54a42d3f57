"""The charts of the page Ontzorging: which column of an answer goes where."""

from __future__ import annotations

import altair as alt
import polars as pl

import queries
from pages.show import bars, counts, intervals, theme, vega
from pages.show.beside import Beside
from pages.show.table import crosstab
from pages.words import presentation

SUBJECT = "Personen die worden ontzorgd"
INDICATOR = queries.INDICATOREN["ontzorging_dekking"]
# What was registered as the end of six months, and was none by its days.
AGAINST_DATES = {"Periode voltooid": "Periode voltooid, maar te kort"}


def areas(per_area: pl.DataFrame, level: str) -> pl.DataFrame:
    """The rows of kpi_per_gebied on coverage at one level, of the areas in which somebody counts.

    Columns: gebied, teller, noemer, waarde, ci_laag, ci_hoog; under 10 observations the last three are empty.
    """
    rows = per_area.filter(indicator=INDICATOR.naam, niveau=level)
    somebody = pl.col("noemer").is_null() | (pl.col("noemer") > 0)
    names = presentation.with_weergave(rows, "gebied", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    return presentation.from_ten(rows.filter(somebody).select(names))


@vega.kept
def coverage(areas: pl.DataFrame, beside: Beside | None = None) -> alt.LayerChart | None:
    """Per area the share for whom ontzorgen started; without any None, so that the table shows.

    beside: the question kpi of what is compared with.
    """
    if not intervals.has_shares(areas):
        return None
    what = "Deel bij wie het ontzorgen begon"
    beside = beside and beside.of(pl.DataFrame.filter, indicator=INDICATOR.naam)
    return intervals.shares(areas, "gebied", about="Gebied", what=what, norm=INDICATOR.norm, beside=beside)


def parts_named(status: pl.DataFrame, name: str) -> pl.DataFrame:
    """ontzorging_status with the stadsdelen called by a name that says how much of them counts: "Deel van {}"."""
    named = pl.when(pl.col("stadsdeel") == queries.ONBEKEND).then("stadsdeel").otherwise(pl.format(name, "stadsdeel"))
    return status.with_columns(named.alias("stadsdeel"))


def status_table(status: pl.DataFrame) -> pl.DataFrame:
    """A row per stadsdeel and a column per status that occurs, in the order of the chart; see table.crosstab."""
    return crosstab(status, "stadsdeel", "status", {name: name for name in theme.ONTZORGING_STATUS})


@vega.kept
def status(frame: pl.DataFrame, shares: bool = False) -> alt.LayerChart:
    """Per stadsdeel the persons of the target group by status, as one bar in parts.

    frame: ontzorging_status. shares: see bars.stacked().
    """
    legend = {"columns": 2, "labelLimit": 150}
    what = f"Stand van het ontzorgen per {queries.WOORDEN['stadsdeel']}"
    how = {"legend": legend, "what": what, "shares": shares}
    return bars.stacked(frame, theme.ONTZORGING_STATUS, row="stadsdeel", part="status", **how)


def of_soort(reasons: pl.DataFrame, soort: str) -> pl.DataFrame:
    """The reasons of one soort: reden, aantal; by number, what is too small to show after it, Onbekend last."""
    own = reasons.filter(soort=soort).with_columns(pl.col("reden").replace(AGAINST_DATES))
    last = pl.col("reden") == queries.ONBEKEND
    return own.select(presentation.with_weergave(own, "reden", "aantal")).sort(
        last, -pl.col("aantal"), nulls_last=True, maintain_order=True
    )


@vega.kept
def reasons(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Persons per reason, in the given order. frame: see of_soort()."""
    return counts.counts(frame, "reden", "aantal", what="Personen per reden", grey=queries.ONBEKEND)


def paid(costs: pl.DataFrame) -> pl.DataFrame:
    """The answer on fixed costs, or no rows when ontzorgen started for nobody."""
    return costs.filter(pl.col("gestart").is_null() | (pl.col("gestart") > 0))


@vega.kept
def costs(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per fixed cost for how many persons it is paid, out of those whose ontzorgen started. frame: see paid()."""
    posts = frame.with_columns(pl.col("post").str.to_titlecase())
    what = "Vaste lasten die worden betaald"
    return counts.counts(posts, "post", "aantal", whole="gestart", about="Vaste last", what=what)
