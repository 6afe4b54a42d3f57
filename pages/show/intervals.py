"""Shares per row: a dot with its 95% interval on the way from 0 to 100%, with words right of the name."""

from __future__ import annotations

import altair as alt
import polars as pl

from pages.show import bars, theme
from pages.show.beside import DASHED, Beside
from pages.words import formats, presentation

# How far the arrow of a bound reaches.
_ARROW = 0.06
_PERCENTS = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFlush=True)


def shares(
    frame: pl.DataFrame,
    name: str,
    *,
    about: str,
    what: str,
    norm: float | None = None,
    other: str = "",
    unit: str = "Personen",
    beside: Beside | None = None,
) -> alt.LayerChart:
    """Per row that may be shown how many of how many, their share and its interval; without a share the reason.

    name: the column that says what a row is about, `about` in a word for the tooltip. frame: teller, noemer, waarde,
    ci_laag and ci_hoog with how they are written, see presentation.from_ten(); in the order in which it is shown.
    unit: what is counted. norm: a line. other: who the share in the column landelijk_waarde is of, drawn as a tick and
    written as in landelijk_tekst; soort says whether it is that number, or a bound, which has an arrow, and versie how
    settled it is. what: all of it, for who cannot see it. beside: the KPI of what is compared with, a grey line.
    """
    rows = _in_words(presentation.drawable(frame, "waarde"), other)
    y, base = bars.row_axis(name, rows[name].to_list()), alt.Chart(rows)
    judged, none = base.transform_filter("isValid(datum.waarde)"), base.transform_filter("datum.geen != ''")
    track = base.transform_filter("!datum.geen").mark_rule(color=theme.LINE.light)
    interval = judged.mark_rule(color=theme.BLUE.light, strokeWidth=1.5)
    dot = judged.mark_circle(color=theme.BLUE.light, size=110, opacity=1)
    reason = none.mark_text(align="left", baseline="middle", dy=1)
    line = alt.Chart(pl.DataFrame({"norm": [norm]}))
    rule = line.mark_rule(color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1.5)
    label = line.mark_text(align="right", baseline="bottom", dy=-4)
    words = alt.TextValue(f"norm {formats.percent(norm)}")
    layers = [
        track.encode(y, alt.XValue(0), bars.TO_RIGHT),
        interval.encode(y, _at("ci_laag"), alt.X2("ci_hoog:Q")),
        dot.encode(y, _at("waarde"), theme.tooltip({about: name, "Aandeel": "aandeel", unit: "personen"})),
        reason.encode(y, alt.XValue(0), alt.Text("geen:N")),
        # A norm may stand at the very end.
        bars.right_of_name(base, y, "rechts", dx=0 if norm is None else -8),
        *([rule.encode(_at("norm")), label.encode(words, bars.RIGHT, alt.YValue(0))] if norm is not None else []),
        *(_other(rows, y, about, name, other) if other else []),
    ]
    said = [
        ", ".join(filter(None, (f"{row[name]}: {row['woorden']}", row["ander"], row["versie"])))
        for row in rows.iter_rows(named=True)
    ]
    ended = "" if norm is None else f" Norm {formats.percent(norm)}."
    if beside and has_shares(judged_beside := presentation.from_ten(beside.answer)):
        share = judged_beside.row(0, named=True)
        dashed = alt.Chart(pl.DataFrame({"naast": [share["waarde"]]})).mark_rule(**DASHED).encode(_at("naast"))
        key = beside.key(alt.XValue(0), alt.YValue(-8), also=f" {share['waarde_kort']}", align="left")
        layers, ended = [dashed, *layers, *key], f"{ended} {beside.title} {share['waarde_kort']}."
    height = (64 if other else bars.ROW) * rows.height + (40 if other else 60)
    return alt.layer(*layers).properties(height=height, description=f"{what}. {'; '.join(said)}.{ended}")


def told(frame: pl.DataFrame) -> dict[str, pl.Expr]:
    """Columns with what is told of a share: aantallen (how many of how many, if it is shown), woorden (these and the
    share, or why there is none) and, for a tooltip, aandeel and personen.
    """
    of, there = presentation.written_by(frame, presentation.of), presentation.may_be_shown(frame, "waarde")
    share = pl.concat_str(of, pl.lit(" · "), "waarde_kort")
    return {
        "aantallen": pl.when(there).then(of).otherwise(pl.lit("")),
        "woorden": pl.when(there).then(share).otherwise("waarde_kort"),
        "aandeel": pl.col("waarde_tekst"),
        "personen": pl.lit(presentation.written_by(frame, presentation.out_of)),
    }


def table(frame: pl.DataFrame) -> pl.DataFrame:
    """Shares as they are read: without the share and its interval when these are of too few."""
    if has_shares(frame) or not presentation.all_exact(frame, "waarde"):
        return frame
    return frame.select(pl.exclude("^(waarde|ci_laag|ci_hoog).*$"))


def has_shares(frame: pl.DataFrame) -> bool:
    """Whether there is a share in a row or more."""
    return frame["waarde"].count() > 0


def _in_words(frame: pl.DataFrame, other: str) -> pl.DataFrame:
    """The rows with what is told of them: woorden, of which rechts stands at the name and geen at the place of a dot.

    Beside another share the reason for none stands at the name, for the other has that place.
    """
    at_name = pl.col("waarde").is_not_null() | pl.lit(bool(other))
    beside = {"ander": pl.lit(""), "versie": pl.lit("")}
    if other:
        at, way = pl.col("landelijk_waarde"), {"ondergrens": _ARROW, "bovengrens": -_ARROW}
        end = (at + pl.col("soort").replace_strict(way, default=None, return_dtype=pl.Float64)).clip(0, 1)
        beside = {"ander": pl.concat_str(pl.lit(f"{other} "), "landelijk_tekst"), "pijl": end}
    rows = frame.with_columns(**beside, **told(frame))
    right = pl.when(at_name).then("woorden").otherwise("aantallen")
    reason = pl.when(at_name).then(pl.lit("")).otherwise("waarde_kort")
    return presentation.plain(rows.with_columns(rechts=right, geen=reason))


def _other(rows: pl.DataFrame, y: alt.Y, about: str, name: str, other: str) -> list[alt.Chart]:
    """The other share of every row, with its words on the side that has most room; of a bound an arrow to the rest."""
    base, bounds = alt.Chart(rows), alt.Chart(rows.drop_nulls("pijl"))
    x = _at("landelijk_waarde")
    mark = base.mark_tick(color=theme.GREY.light, size=18, thickness=4, opacity=1)
    shaft = bounds.mark_rule(color=theme.GREY.light, strokeWidth=2)
    point = alt.ExprRef("datum.pijl > datum.landelijk_waarde ? 'triangle-right' : 'triangle-left'")
    head = bounds.mark_point(shape=point, color=theme.GREY.light, size=90, filled=True, opacity=1)
    left = "datum.landelijk_waarde < 0.5"
    align, dx = alt.ExprRef(f"{left} ? 'left' : 'right'"), alt.ExprRef(f"{left} ? -4 : 4")
    words = base.mark_text(align=align, baseline="middle", dx=dx, dy=18, fontSize=12)
    told = theme.tooltip({about: name, other: "landelijk_tekst", "Versie": "versie"})
    arrow = [shaft.encode(y, x, alt.X2("pijl:Q")), head.encode(y, _at("pijl"), told)]
    return [
        *(arrow if rows["pijl"].count() else []),
        mark.encode(y, x, told),
        words.encode(y, x, alt.Text("ander:N")),
    ]


def _at(column: str) -> alt.X:
    """The place of a share on the way from 0 to 100%."""
    return alt.X(f"{column}:Q", scale=alt.Scale(domain=[0, 1]), title=None, axis=_PERCENTS)
