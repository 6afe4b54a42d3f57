"""The charts of the page Ontzorging: pure functions from an answer to an Altair chart.

The name of an area stands above its bar, so that a phone has the whole width for the bar.
"""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

import queries
from pages.show import bars, series, theme
from pages.words import formats, presentation
from queries.definitions import columns

TOO_FEW = queries.MINIMUM_NOEMER


def areas(per_area: pl.DataFrame, level: str) -> pl.DataFrame:
    """The rows of kpi_per_gebied on coverage at one level, without the areas in which nobody counts.

    level: stadsdeel or wijkteam. Columns: gebied, teller, noemer, waarde, ci_laag, ci_hoog; under 10 observations
    the last three are empty. Areas of which nothing was published are left out as well.
    """
    enough = pl.when(pl.col("noemer") >= TOO_FEW)
    somebody = pl.col("noemer").is_null() | (pl.col("noemer") > 0)
    rows = per_area.filter(
        pl.col("indicator") == "ontzorging_dekking", pl.col("niveau") == level, somebody, ~_left_out(per_area)
    )
    names = presentation.with_weergave(rows, "gebied", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    return rows.select(names).with_columns(enough.then(pl.col(c)).alias(c) for c in ("waarde", "ci_laag", "ci_hoog"))


def areas_table(frame: pl.DataFrame) -> pl.DataFrame:
    """The areas as they are read: without the share and its interval when these may be shown of none.

    frame: see areas().
    """
    if _has_shares(frame):
        return frame
    return frame.select(presentation.with_weergave(frame, "gebied", "teller", "noemer"))


def _has_shares(frame: pl.DataFrame) -> bool:
    """Whether a share may be shown of one area or more; of exact figures always."""
    return frame.is_empty() or not presentation.drawable(frame, "waarde").is_empty()


def _left_out(rows: pl.DataFrame) -> pl.Expr:
    """Whether nothing was published of a row."""
    beside = columns.weergave_van("noemer")
    return pl.col(beside) == columns.WEGGELATEN if beside in rows.columns else pl.lit(False)


def coverage(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per area the share for whom ontzorgen started: a dot, its 95% interval as a thin line, and the norm.

    frame: see areas(), in the order in which they are shown. None when no share may be shown, so that the table shows
    at once.
    """
    if not _has_shares(frame):
        return None
    norm = queries.INDICATOREN["ontzorging_dekking"].norm
    rows = presentation.plain(
        frame.with_columns(
            aantallen=presentation.written_by(frame, _of_words),
            aandeel=presentation.written_by(frame, presentation.share),
            personen=presentation.written_by(frame, presentation.out_of),
            weinig=presentation.written_by(frame, _no_share),
        )
    )
    y = bars.row_axis("gebied", rows["gebied"].to_list())
    share = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFlush=True)
    base = alt.Chart(rows)
    judged = base.transform_filter("isValid(datum.waarde)")
    track = judged.mark_rule(color=theme.LINE.light).encode(y=y, x=alt.XValue(0), x2=bars.TO_RIGHT)
    interval = judged.mark_rule(color=theme.BLUE.light, strokeWidth=1.5).encode(
        y=y, x=alt.X("ci_laag:Q", scale=share, title=None, axis=axis), x2=alt.X2("ci_hoog:Q")
    )
    dot = judged.mark_circle(color=theme.BLUE.light, size=110, opacity=1).encode(
        y=y,
        x=alt.X("waarde:Q", scale=share, title=None, axis=axis),
        tooltip=theme.tooltip({"Gebied": "gebied", "Aandeel": "aandeel", "Personen": "personen"}),
    )
    few = base.transform_filter("!isValid(datum.waarde)").mark_text(
        align="left", baseline="middle", dy=1
    ).encode(y=y, x=alt.XValue(0), text=alt.Text("weinig:N"))  # fmt: skip
    # A little to the left: the norm stands at the very end.
    numbers = bars.right_of_name(base, y, "aantallen", dx=-8)
    line = alt.Chart(pl.DataFrame({"norm": [norm]})).mark_rule(
        color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1.5
    ).encode(x=alt.X("norm:Q", scale=share, axis=axis, title=None))  # fmt: skip
    label = alt.Chart(pl.DataFrame({"tekst": [f"norm {formats.percent(norm)}"]})).mark_text(
        align="right", baseline="bottom", dy=-4
    ).encode(text=alt.Text("tekst:N"), x=bars.RIGHT, y=alt.YValue(0))  # fmt: skip
    words = [
        " ".join(filter(None, (row["gebied"], row["aantallen"], row["weinig"] and f"({row['weinig']})")))
        for row in rows.iter_rows(named=True)
    ]
    return alt.layer(track, interval, dot, few, numbers, line, label).properties(
        height=bars.height(rows.height) + 30,
        description=f"Deel bij wie het ontzorgen begon: {'; '.join(words)}. Norm {formats.percent(norm)}.",
    )


def status_table(status: pl.DataFrame) -> pl.DataFrame:
    """A row per stadsdeel and a column per status that occurs, in the order of the chart.

    Exact counts have their total. Other counts have beside them how they are shown.
    """
    occurring = [name for name in theme.ONTZORGING_STATUS if name in status["status"].to_list()]
    beside = columns.weergave_van("aantal")
    rows = status if beside in status.columns else status.with_columns(pl.lit(columns.EXACT).alias(beside))
    wide = rows.pivot("status", on_columns=occurring, index="stadsdeel", values=["aantal", beside], maintain_order=True)
    pairs = []
    for name in occurring:
        how = pl.col(f"{beside}_{name}")
        # A status without a row is nobody, and that is exact.
        pairs.append(pl.when(how.is_null()).then(0).otherwise(pl.col(f"aantal_{name}")).alias(name))
        pairs.append(how.fill_null(columns.EXACT).alias(columns.weergave_van(name)))
    table = wide.select("stadsdeel", *pairs)
    if not presentation.all_exact(table):
        return table
    table = presentation.plain(table)
    return table.with_columns(totaal=pl.sum_horizontal(occurring)) if occurring else table


def status(frame: pl.DataFrame) -> alt.LayerChart:
    """Per stadsdeel the persons of the target group by status, as one bar in parts, and of exact counts the total.

    frame: the question ontzorging_status, in the order of the city.
    """
    per_area = frame.group_by("stadsdeel", maintain_order=True).agg(pl.col("aantal").sum())
    exact = presentation.all_exact(frame, "aantal")
    right = {
        row["stadsdeel"]: formats.persons(row["aantal"]) if exact else "" for row in per_area.iter_rows(named=True)
    }
    return bars.stacked(
        frame,
        right,
        theme.ONTZORGING_STATUS,
        row="stadsdeel",
        part="status",
        legend={"columns": 3, "labelLimit": 150},
    ).properties(
        description=f"Stand van het ontzorgen per stadsdeel. {bars.in_words(frame, row='stadsdeel', part='status')}."
    )


def of_soort(reasons: pl.DataFrame, soort: str) -> pl.DataFrame:
    """The reasons of one soort: reden, aantal; by number, what is too small to show after it, Onbekend last."""
    return (
        reasons.filter(pl.col("soort") == soort)
        .select(presentation.with_weergave(reasons, "reden", "aantal"))
        .sort(pl.col("reden") == queries.ONBEKEND, "aantal", descending=[False, True], nulls_last=True,
              maintain_order=True)
    )  # fmt: skip


def reasons(frame: pl.DataFrame) -> alt.LayerChart:
    """Persons per reason, as bars with their number, in the given order.

    frame: see of_soort().
    """
    rows = presentation.plain(
        frame.with_columns(
            personen=pl.Series(presentation.numbers(frame, "aantal"), dtype=pl.String),
            woorden=presentation.counts(frame, "aantal"),
        )
    )
    y = bars.row_axis("reden", rows["reden"].to_list())
    colour = alt.condition(
        alt.datum.reden == queries.ONBEKEND, alt.value(theme.GREY.light), alt.value(theme.ORANGE.light)
    )
    drawn = alt.Chart(rows.select("reden", "aantal", "woorden").drop_nulls()).mark_bar(size=bars.BAR).encode(
        y=y, x=alt.X("aantal:Q", axis=None, scale=alt.Scale(domainMin=0)), color=colour,
        tooltip=theme.tooltip({"Reden": "reden", "Personen": "woorden"}),
    )  # fmt: skip
    numbers = bars.right_of_name(alt.Chart(rows.select("reden", "personen")), y, "personen")
    words = [f"{row['reden']} {row['personen']}" for row in rows.iter_rows(named=True)]
    return alt.layer(drawn, numbers).properties(
        height=bars.height(frame.height), description=f"Personen per reden: {', '.join(words)}."
    )


def paid(costs: pl.DataFrame) -> pl.DataFrame:
    """The answer on fixed costs, or no rows when ontzorgen started for nobody."""
    return costs.filter(pl.col("gestart").is_null() | (pl.col("gestart") > 0))


def costs(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per fixed cost for how many persons it is paid, out of those whose ontzorgen started.

    frame: see paid(); the grey outline is everybody who started. None when there is an outline and no bar that may be
    shown in it, so that the table shows at once.
    """
    if presentation.drawable(frame, "aantal").is_empty() and not presentation.drawable(frame, "gestart").is_empty():
        return None
    rows = presentation.plain(
        frame.with_columns(
            pl.col("post").str.to_titlecase(),
            aantallen=presentation.written_by(frame, lambda row: presentation.of(row, "aantal", "gestart")),
            personen=presentation.written_by(frame, lambda row: presentation.out_of(row, "aantal", "gestart")),
        )
    )
    y = bars.row_axis("post", rows["post"].to_list())
    x = alt.X("gestart:Q", axis=None, scale=alt.Scale(domainMin=0, nice=False))
    base = alt.Chart(rows)
    told = theme.tooltip({"Vaste last": "post", "Personen": "personen"})
    outline = base.mark_bar(size=bars.BAR, **bars.OUTLINE).encode(y=y, x=x, tooltip=told)
    paid_for = base.mark_bar(size=bars.BAR, color=theme.BLUE.light).encode(
        y=y, x=alt.X("aantal:Q", axis=None), tooltip=told
    )
    words = [f"{row['post']} {row['aantallen']}" for row in rows.iter_rows(named=True)]
    return alt.layer(paid_for, outline, bars.right_of_name(base, y, "aantallen")).properties(
        height=bars.height(rows.height), description=f"Vaste lasten die worden betaald: {', '.join(words)}."
    )


def events_on_axis(events: pl.DataFrame, stock: pl.DataFrame) -> pl.DataFrame:
    """The events that touch ontzorging and lie between the first and the last month or quarter of the stock."""
    return series.events_on_axis(events, stock.to_series(0), "ontzorging_")


def stock(frame: pl.DataFrame, events: pl.DataFrame, peildatum: date) -> alt.LayerChart | None:
    """The persons per month or quarter, see series.stock_and_flow.

    frame: the question ontzorging_voorraad, see series.by_period. events: see events_on_axis().
    """
    return series.stock_and_flow(frame, events, peildatum, subject="Personen die worden ontzorgd", unit="Personen")


def _of_words(row: dict) -> str:
    """How many of how many, and the share where there is one: "17 van 22 · 77%"; nothing where it is not shown."""
    if presentation.hidden(row, "waarde"):
        return ""
    words = presentation.of(row)
    return words if row["waarde"] is None else f"{words} · {formats.percent(row['waarde'])}"


def _no_share(row: dict) -> str:
    """Why an area has no share; empty when it has."""
    if presentation.hidden(row, "waarde"):
        return presentation.TOO_SMALL
    return formats.TOO_FEW if row["waarde"] is None else ""
