"""The charts of the page Begeleiding: pure functions from an answer to an Altair chart."""

from __future__ import annotations

import textwrap
from datetime import date

import altair as alt
import polars as pl

from pages.show import curves, series, theme
from pages.show.curves import DAYS_IN_A_MONTH
from pages.words import formats, presentation

NO_LINE = "Waar een stuk lijn ontbreekt: te klein om te tonen."

# A label needs so many months of the axis beside its point to fit on a phone.
_ROOM = 11
_LINE = 17
_HEIGHT = 400
# Pixels above the drawing: under the words are the names of the norms. Characters that fit on a phone.
_ABOVE_NORMS = 24
_WIDTH_OF_WORDS = 52


def survival(curve: pl.DataFrame, durations: pl.DataFrame) -> alt.LayerChart | None:
    """The share of periods that still runs, by months since the start, as a step line per regime.

    curve: the question begeleiding_overleving. durations: begeleiding_duur, for the norm and the median of each
    regime. Where fewer than 10 periods are still followed the line is dotted; where a share may not be shown there is
    no line, and words say so. None without periods, and without a share that may be shown.
    """
    drawn = curves.with_pieces(curve, "regime")
    if drawn.is_empty():
        return None
    left_out = _left_out(drawn, durations)
    durations = durations.filter(~pl.col("regime").is_in(left_out))
    colour = alt.Color("regime:N", legend=None, scale=theme.scale(theme.REGIME, only=drawn["regime"]))
    axis = _month_axis(drawn, durations)
    share = alt.Y(
        "overleving:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    followed = drawn["in_risico"].count() > 0
    told = {"Regime": "regime", "Na": "na", "Nog in begeleiding": "nog"}
    told |= {"Nog gevolgd": "gevolgd"} if followed else {}
    words = _in_words(drawn, exact=followed)
    place = {"x": axis, "y": share, "color": colour}
    columns = ["regime", "dag", "overleving", "stuk", *(["in_risico"] if followed else [])]
    firm, dotted = (part.select(columns) for part in curves.firm_and_dotted(drawn, "regime"))
    lines = [
        _in_months(part)
        .mark_line(interpolate="step-after", strokeCap="butt", **style)
        .encode(detail=alt.Detail("stuk:N"), **place)
        for part, style in ((firm, {"strokeWidth": 2.5}), (dotted, {"strokeWidth": 2, "strokeDash": [2, 3]}))
    ]
    # That all still run at the beginning needs no point.
    lone = curves.lone(words, "regime").filter(pl.col("maanden") > 0)
    dots = alt.Chart(lone).mark_point(size=25, opacity=1).encode(tooltip=theme.tooltip(told), **place)
    points = [*([dots] if lone.height else []), curves.to_point_at(words, "regime", axis, share, told)]
    medians = (
        alt.Chart(_medians(_reached(durations, drawn)))
        .mark_point(size=70, opacity=1)
        .encode(
            x=axis, y=alt.datum(0.5), color=colour, tooltip=theme.tooltip({"Regime": "regime", "Mediaan": "mediaan"})
        )
    )
    labels = _labels(drawn, durations, axis, share, colour)
    above = _missing(_is_broken(curve), left_out)
    return alt.layer(*_norms(durations, axis), *lines, *points, medians, *labels, *above).properties(
        height=_HEIGHT, description=_survival_words(curve, durations, left_out)
    )


def curve_table(curve: pl.DataFrame) -> pl.DataFrame:
    """The curve as it is read: of a published one the whole months, without the regimes that are too small to show."""
    if presentation.all_exact(curve):
        return curve
    shown = presentation.drawable(curve, "overleving")["regime"].unique().to_list()
    return curves.in_months(curve.filter(pl.col("regime").is_in(shown))).select(
        "regime", "maanden", *presentation.with_weergave(curve, "overleving")
    )


def duration_table(durations: pl.DataFrame) -> pl.DataFrame:
    """begeleiding_duur as it is read: the norm and those over it in words, in the place of two columns."""
    names = ("periodes", "beeindigd", "lopend", "p25_maanden", "mediaan_maanden", "p75_maanden")
    return durations.select(
        "regime",
        *presentation.with_weergave(durations, *names),
        over_norm=presentation.written_by(durations, _over_norm),
    )


def events_on_axis(events: pl.DataFrame, stock: pl.DataFrame) -> pl.DataFrame:
    """The events that touch begeleiding and lie between the first and the last month or quarter of the stock."""
    return series.events_on_axis(events, stock.to_series(0), "begeleiding_")


def stock(frame: pl.DataFrame, events: pl.DataFrame, peildatum: date) -> alt.LayerChart | None:
    """The periods per month or quarter, see series.stock_and_flow.

    frame: the question begeleiding_voorraad, see series.by_period. events: see events_on_axis().
    """
    return series.stock_and_flow(frame, events, peildatum, subject="Perioden van begeleiding", unit="Perioden")


def _in_months(frame: pl.DataFrame) -> alt.Chart:
    return alt.Chart(frame).transform_calculate(maanden=f"datum.dag / {DAYS_IN_A_MONTH}")


def _in_words(drawn: pl.DataFrame, *, exact: bool) -> pl.DataFrame:
    """The points of the lines by month, and what each of them tells: na, nog, gevolgd."""
    rows = drawn.with_columns(maanden=pl.col("dag") / DAYS_IN_A_MONTH)
    after = formats.months if exact else presentation.whole_months
    return rows.select(
        "regime",
        "maanden",
        "overleving",
        "stuk",
        na=presentation.written_by(rows, lambda row: after(row["maanden"])),
        nog=presentation.written_by(rows, lambda row: presentation.share(row, "overleving")),
        gevolgd=presentation.counts(rows, "in_risico"),
    )


def _medians(reached: pl.DataFrame) -> pl.DataFrame:
    """The medians as points: regime, maanden, and mediaan in words."""

    def words(row: dict) -> str:
        exact = presentation.exact(row, "mediaan_maanden")
        months = (formats.months if exact else presentation.whole_months)(row["mediaan_maanden"])
        return presentation.about(row, "mediaan_maanden", months)

    return reached.select("regime", maanden="mediaan_maanden", mediaan=presentation.written_by(reached, words))


def _month_axis(curve: pl.DataFrame, durations: pl.DataFrame) -> alt.X:
    """Months since the start in steps of six, with room to the right of the last norm and median for a label."""
    longest = pl.concat([curve["dag"], durations["norm_dagen"] + _ROOM * 30]).max()
    last = 6 * (int(longest / DAYS_IN_A_MONTH) // 6 + 1)
    return alt.X(
        "maanden:Q",
        title="Maanden sinds het begin van de begeleiding",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=list(range(0, last + 1, 6)), format=",.0f", grid=False),
    )


def _norms(durations: pl.DataFrame, axis: alt.X) -> list[alt.Chart]:
    rows = durations.select(dag="norm_dagen").unique().sort("dag")
    # 365 and 730 days are written as the months of the agreement.
    norms = alt.Chart(rows).transform_calculate(
        maanden=f"datum.dag / {DAYS_IN_A_MONTH}", tekst=f"'norm ' + round(datum.dag / {DAYS_IN_A_MONTH}) + ' maanden'"
    )
    rule = norms.mark_rule(color=theme.INK.light, strokeDash=[4, 3], strokeWidth=1).encode(x=axis)
    words = norms.mark_text(align="right", baseline="bottom", dx=0, dy=-6, fontSize=12).encode(
        x=axis, y=alt.YValue(0), text=alt.Text("tekst:N")
    )
    return [rule, words]


def _labels(
    curve: pl.DataFrame, durations: pl.DataFrame, axis: alt.X, share: alt.Y, colour: alt.Color
) -> list[alt.Chart]:
    """The name and the median of every regime beside its line, never over it.

    A curve only falls. So the room above and to the right of its median is free, and so is the room to the left of
    its last point, below every line.
    """
    out, previous, stacked = [], None, 0
    for row in _reached(durations, curve).sort("mediaan_maanden", descending=True).iter_rows(named=True):
        near = previous is not None and previous - row["mediaan_maanden"] < _ROOM
        stacked = stacked + 1 if near else 0
        previous = previous if near else row["mediaan_maanden"]
        text = [row["regime"], f"mediaan {_median(row)}"]
        point = pl.DataFrame({"regime": [row["regime"]], "maanden": [previous], "overleving": [0.5]})
        up = -8 - _LINE * (len(text) - 1) - (len(text) * _LINE + 4) * stacked
        out += _words(alt.Chart(point), text, axis, share, colour, align="left", baseline="bottom", dx=8, dy=up)
    # Below what every line has left when the label ends on a phone.
    ceiling = curve.filter(pl.col("dag") <= _ROOM * DAYS_IN_A_MONTH)["overleving"].min()
    ends = curve.group_by("regime", maintain_order=True).last().sort("overleving", descending=True)
    for row in ends.iter_rows(named=True):
        (of_regime,) = durations.filter(pl.col("regime") == row["regime"]).iter_rows(named=True)
        if of_regime["mediaan_maanden"] is not None:
            continue
        height = min(row["overleving"], row["overleving"] if ceiling is None else ceiling)
        ceiling = height - 0.24
        beside = row["dag"] >= _ROOM * DAYS_IN_A_MONTH
        point = pl.DataFrame({"regime": [row["regime"]], "dag": [row["dag"] if beside else 0], "overleving": [height]})
        text = [*textwrap.wrap(row["regime"], 16), "mediaan nog", "niet bereikt"]
        if presentation.hidden(of_regime, "mediaan_maanden"):
            text[-2:] = ["mediaan te klein", "om te tonen"]
        side = {"align": "right", "dx": -2} if beside else {"align": "left", "dx": 6}
        out += _words(_in_months(point), text, axis, share, colour, baseline="top", dy=8, **side)
    return out


def _left_out(drawn: pl.DataFrame, durations: pl.DataFrame) -> list[str]:
    """The regimes without a line because they are too small to show."""
    lines = set(drawn["regime"])
    rows = durations.iter_rows(named=True)
    return [row["regime"] for row in rows if row["regime"] not in lines and not presentation.exact(row)]


def _is_broken(curve: pl.DataFrame) -> bool:
    """Whether a line misses a part that is too small to show."""
    drawn = set(presentation.drawable(curve, "overleving")["regime"])
    return bool(drawn & set(curve.filter(~presentation.may_be_shown(curve, "overleving"))["regime"]))


def _missing(broken: bool, left_out: list[str]) -> list[alt.Chart]:
    """Words above the drawing about the lines, and the parts of lines, that are too small to show."""
    words = [NO_LINE] if broken else []
    if left_out:
        words += textwrap.wrap(f"Te klein om te tonen: {formats.enumerate_words(left_out)}.", _WIDTH_OF_WORDS)
    if not words:
        return []
    # The first line stands at the given height and the others below it.
    top = -_ABOVE_NORMS - _LINE * (len(words) - 1)
    return [
        alt.Chart(pl.DataFrame({"tekst": ["\n".join(words)]}))
        .mark_text(align="left", baseline="bottom", lineHeight=_LINE, lineBreak="\n", fontSize=12, dy=top)
        .encode(x=alt.XValue(0), y=alt.YValue(0), text=alt.Text("tekst:N"))
    ]


def _words(
    base: alt.Chart, lines: list[str], axis: alt.X, share: alt.Y, colour: alt.Color, *, align: str, **place: object
) -> list[alt.Chart]:
    """A text of some lines at a point, on a rim of the page's own white, so that no line runs through it."""
    text = alt.TextValue(lines)
    common = {"align": align, "fontWeight": "bold", "lineHeight": _LINE, **place}
    return [
        base.mark_text(**series.RIM, **common).encode(x=axis, y=share, text=text),
        base.mark_text(**common).encode(x=axis, y=share, text=text, color=colour),
    ]


def _reached(durations: pl.DataFrame, curve: pl.DataFrame) -> pl.DataFrame:
    """The regimes that have a line and a median."""
    return durations.drop_nulls("mediaan_maanden").filter(pl.col("regime").is_in(curve["regime"].unique().to_list()))


def _median(row: dict) -> str:
    """The median as a number of months: "11,9", of rounded figures "12"."""
    return formats.decimal(row["mediaan_maanden"], 1 if presentation.exact(row, "mediaan_maanden") else 0)


def _survival_words(curve: pl.DataFrame, durations: pl.DataFrame, left_out: list[str]) -> str:
    words = []
    for row in durations.iter_rows(named=True):
        line = curve.filter(pl.col("regime") == row["regime"])
        periods = f"{row['regime']}: {presentation.count(row, 'periodes')} perioden"
        if not presentation.exact(row):
            words.append(f"{periods}, {_published_words(row, line)}")
            continue
        days = formats.days(line["dag"][-1]) if line.height else formats.MISSING
        words.append(f"{periods}, gevolgd tot {days}, mediaan {formats.months(row['mediaan_maanden'])}")
    words += [f"{regime}: {presentation.TOO_SMALL}" for regime in left_out]
    return f"Deel van de perioden van begeleiding dat nog loopt, naar duur. {'; '.join(words)}."


def _published_words(row: dict, line: pl.DataFrame) -> str:
    """The last point of a published line, its median, and where it is too small to show."""
    line = curves.in_months(line)
    last = presentation.drawable(line, "overleving").row(-1, named=True)
    median = presentation.TOO_SMALL if presentation.hidden(row, "mediaan_maanden") else formats.NOT_REACHED
    if row["mediaan_maanden"] is not None:
        median = f"{presentation.ABOUT} {presentation.whole_months(row['mediaan_maanden'])}"
    gap = curves.missing(line)
    months = presentation.whole_months(last["maanden"])
    return f"na {months} loopt nog {presentation.share(last, 'overleving')}, mediaan {median}" + (
        f", {presentation.TOO_SMALL} {gap}" if gap else ""
    )


def _over_norm(row: dict) -> str:
    """Those over the norm of those that can be judged: "3 van 17", "<10 van 20"."""
    if row["over_norm_noemer"] == 0:
        return "nog niet te beoordelen"
    return presentation.of(row, "over_norm_teller", "over_norm_noemer")
