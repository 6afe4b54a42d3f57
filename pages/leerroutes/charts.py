"""The charts of the page Leerroutes: pure functions from an answer to an Altair chart, None for an empty one."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence

import altair as alt
import polars as pl

import queries
from pages.show import bars, curves, intervals, series, theme
from pages.show.table import crosstab
from pages.words import formats, presentation

TERM = 70
# A published curve has a point per whole month; the last one before the ten weeks are over is that of two months.
TWO_MONTHS = 61

ROUTES = {"B": "B1-route", "O": "Onderwijsroute", "Z": "Zelfredzaamheidsroute"}
OUTCOMES = ("B1-route haalbaar", "B1-route niet haalbaar", "Onbekend", "Niet afgenomen")

NO_PLAN = "Nog geen PIP"

# What is published together has a name of its own.
TOGETHER, ALL_AREAS = "Alle doelgroepen", "Alle stadsdelen"

# The two doelgroepen are lines of ink and grey: the colours of this page belong to the leerroutes.
_LINES = {"Asielstatushouder": theme.INK, "Gezinsmigrant en overige migrant": theme.GREY, TOGETHER: theme.INK}
# The names of leerroutes at the rows and columns of a matrix, in lines that fit on a phone.
_HEADS = {"B": ["B1-route"], "O": ["Onderwijs-", "route"], "Z": ["Z-route"]}
_HEADS_NOW = {
    "B · B1": ["B1-route", "niveau B1"],
    "B · A2": ["B1-route", "niveau A2"],
    "O · B1": ["Onderwijs-", "route, B1"],
    "Z · A2": ["Z-route", "niveau A2"],
}
_LINE = 17
# What a point of a curve tells.
_TOLD = {"Doelgroep": "doelgroep", "Na": "na", "Heeft een PIP": "deel"}
# A line of text and the gap between two texts, as a share of the height of the curves.
_LINE_SHARE = 0.055
_GAP_SHARE = 0.02


def groups(answer: pl.DataFrame, asked: Sequence[str]) -> list[str]:
    """The doelgroepen that an answer is told by: those that were asked for, or the one in which they are put together.

    answer: a question with a column doelgroep.
    """
    together = [name for name in answer["doelgroep"].unique(maintain_order=True) if name == TOGETHER]
    return together or list(asked)


def beside_national(answer: pl.DataFrame) -> pl.DataFrame:
    """The rows of intake_landelijk in which the selection has somebody; under 10 persons without share and interval.

    Of a selection that is not published by doelgroep nothing is left.
    """
    somebody = pl.col("noemer").is_null() | (pl.col("noemer") > 0)
    return presentation.from_ten(answer.filter(somebody, ~presentation.left_out(answer)))


def national(rows: pl.DataFrame) -> alt.LayerChart | None:
    """Per doelgroep (and cohort) the share that has begun, see intervals.shares, and a diamond for Nederland.

    rows: see beside_national().
    """
    if rows.is_empty():
        return None
    # One cohort stands in the title; only more of them need telling apart.
    several = rows["cohort"].n_unique() > 1
    name = pl.concat_str("doelgroep", pl.lit(", "), "cohort") if several else pl.col("doelgroep")
    data = presentation.plain(
        rows.with_columns(
            groep=name,
            aandeel="waarde_tekst",
            personen=presentation.written_by(rows, presentation.out_of),
            landelijk=presentation.written_by(rows, lambda row: formats.percent(row["landelijk_waarde"])),
            woorden=presentation.written_by(rows, _of_words),
            geen=pl.lit(""),
            # The words stand on the side of the diamond that has most room.
            rechts=pl.col("landelijk_waarde") < 0.5,
        ).with_columns(nederland=pl.lit("Nederland ") + pl.col("landelijk"))
    )
    y, at_nation = intervals.row(data, "groep"), intervals.at("landelijk_waarde")
    base = alt.Chart(data.select("groep", "landelijk_waarde", "landelijk", "nederland", "rechts"))
    diamond = base.mark_point(shape="diamond", color=theme.INK.light, size=110, opacity=1).encode(
        y, at_nation, theme.tooltip({"Groep": "groep", "Nederland": "landelijk"})
    )
    words = [
        base.transform_filter(f"datum.rechts == {str(right).lower()}")
        .mark_text(align=align, baseline="middle", dx=dx, dy=16, fontSize=12)
        .encode(y, at_nation, alt.Text("nederland:N"))
        for right, align, dx in ((True, "left", -4), (False, "right", 4))
    ]
    told = {"Groep": "groep", "Aandeel": "aandeel", "Personen": "personen"}
    said = [f"{row['groep']}: {row['woorden']}, {row['nederland']}" for row in data.iter_rows(named=True)]
    return alt.layer(*intervals.shares(data, "groep", told), diamond, *words).properties(
        height=64 * rows.height + 40,
        description=f"Brede intake begonnen, naast het landelijke cijfer. {'; '.join(said)}.",
    )


def _of_words(row: presentation.Row) -> str:
    """How many of how many began, and the share: "17 van 22 · 77%", or why there is none."""
    share = row["waarde_kort"]
    return share if presentation.hidden(row, "waarde") else f"{presentation.of(row)} · {share}"


def of_doelgroep(status: pl.DataFrame, doelgroep: str) -> pl.DataFrame:
    """pip_status of one doelgroep: status, aantal; in the order done, late, still open, not counted."""
    ranked = theme.order(theme.PIP_STATUS)
    return (
        status.filter(pl.col("doelgroep") == doelgroep)
        .select(presentation.with_weergave(status, "status", "aantal"))
        .sort(pl.col("status").replace_strict(ranked, list(range(len(ranked))), return_dtype=pl.Int64))
    )


def pip_status(frame: pl.DataFrame, doelgroep: str, longest: int | None) -> alt.LayerChart | None:
    """Persons per status of the PIP, as bars with their number; what is too small to show is "<10" without a bar.

    frame: see of_doelgroep(). longest: the largest number among all doelgroepen, so that their bars compare; None when
    none may be shown.
    """
    if frame.is_empty():
        return None
    getal = presentation.numbers(frame, "aantal")
    rows = presentation.plain(frame).with_columns(
        getal=pl.Series(getal, dtype=pl.String), personen=presentation.counts(frame, "aantal")
    )
    y = alt.Y("status:N", sort=frame["status"].to_list(), title=None, axis=alt.Axis(domain=False))
    base = alt.Chart(rows)
    drawn = (
        base.transform_filter("isValid(datum.aantal)")
        .mark_bar(size=bars.BAR)
        .encode(
            y=y,
            # Room to the right of the longest bar for its number.
            x=alt.X(
                "aantal:Q", axis=None, scale=alt.Scale(domain=[0, longest or 1], range=[0, alt.ExprRef("width - 40")])
            ),
            color=alt.Color("status:N", legend=None, scale=theme.scale(theme.PIP_STATUS, only=frame["status"])),
            tooltip=theme.tooltip({"Status": "status", "Personen": "personen"}),
        )
    )
    numbers = (
        base.transform_calculate(tot="isValid(datum.aantal) ? datum.aantal : 0")
        .mark_text(align="left", baseline="middle", dx=5, dy=1)
        .encode(y=y, x=alt.X("tot:Q", axis=None), text=alt.Text("getal:N"))
    )
    words = [f"{status} {number}" for status, number in zip(frame["status"], getal, strict=True)]
    return alt.layer(drawn, numbers).properties(
        height=28 * frame.height + 10, description=f"{doelgroep}, personen naar stand van het PIP: {', '.join(words)}."
    )


def curve_table(curve: pl.DataFrame) -> pl.DataFrame:
    """The curve as it is read: of a published one the shares only, of the doelgroepen of which one may be shown."""
    if presentation.all_exact(curve):
        return curve
    shown = presentation.drawable(curve, "overleving")["doelgroep"].unique().to_list()
    names = presentation.with_weergave(curve, "doelgroep", "dag", "overleving")
    return curve.filter(pl.col("doelgroep").is_in(shown)).select(names)


def time_to_pip(curve: pl.DataFrame) -> alt.LayerChart | None:
    """The share that has a PIP, by days since the start of the ten weeks, as a line per doelgroep; see curves.

    curve: the question pip_overleving. An exact line has its share at 70 days. None when there is nothing to draw.
    """
    drawn = curves.points(curve, "doelgroep", rising=True)
    if drawn.is_empty():
        return None
    present = [doelgroep for doelgroep in _LINES if doelgroep in curve["doelgroep"].to_list()]
    colour = alt.Color("doelgroep:N", legend=None, scale=theme.scale(_LINES, only=present))
    last = 35 * (max(int(drawn["dag"].max()), 2 * TERM) // 35 + 1)
    x = alt.X(
        "dag:Q",
        title="Dagen sinds het begin van de tien weken",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=list(range(0, last + 1, 35)), format=",.0f", grid=False, labelOverlap="greedy"),
    )
    if presentation.all_exact(curve):
        lines = curves.lines(drawn, "doelgroep", x, {**_TOLD, "Wachtte nog": "gevolgd"}, colour)
    else:
        lines = curves.joined_dots(drawn, "doelgroep", x, _TOLD, colour)
    norm = alt.Chart(pl.DataFrame({"dag": [TERM], "tekst": [f"wet: {TERM} dagen"]}))
    rule = norm.mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(x)
    term = norm.mark_text(align="center", baseline="bottom", dy=-6).encode(x, alt.YValue(0), alt.Text("tekst:N"))
    missing = curves.too_small(curve, "doelgroep")
    said = "; ".join(f"{doelgroep}: {_at_term_words(curve, doelgroep)}" for doelgroep in present)
    told = f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken. {said}. {missing}".strip()
    labels = _curve_labels(curve, present, x, colour)
    layers = [rule, term, *lines, *labels, *curves.above(missing, room=_LINE)]
    return alt.layer(*layers).properties(height=400, description=told)


def at_term(curve: pl.DataFrame, doelgroep: str) -> dict | None:
    """The row of one doelgroep's curve that holds on day 70, or None when too little is known; see curves.read_at.

    curve: the question pip_overleving. Of a published curve the row at two months, the last one before day 70.
    """
    own = curve.filter(pl.col("doelgroep") == doelgroep)
    return curves.read_at(own, TERM if presentation.all_exact(own) else TWO_MONTHS)


def at_start(curve: pl.DataFrame) -> pl.DataFrame:
    """The rows of the first day of the curve, on which everybody is under observation."""
    return curve.filter(pl.col("dag") == 0)


def share_with_pip(row: dict) -> str:
    """The share with a PIP in a row of the curve, in words: overleving 0.25 is "75%", rounded "ongeveer 75%"."""
    return presentation.about(row, "overleving", formats.percent(1 - row["overleving"]))


def per_quarter(quarters: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart | None:
    """The share with a PIP in time by the quarter in which the ten weeks were over, see series.shares_per_quarter.

    quarters: see timely_quarters(). events: see events_on_axis().
    """
    norm = queries.INDICATOREN["pip_tijdig"].norm
    return series.shares_per_quarter(
        quarters, events, norm, "PIP binnen tien weken, naar kwartaal waarin de tien weken om waren"
    )


def of_indicator(answer: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The rows of one indicator in an answer about all of them."""
    return answer.filter(pl.col("indicator") == indicator)


def timely_quarters(quarters: pl.DataFrame) -> pl.DataFrame:
    """The rows of kpi_instroom on pip_tijdig; under 10 observations without share and interval."""
    return series.judged_quarters(quarters, "pip_tijdig")


def events_on_axis(events: pl.DataFrame, quarters: pl.DataFrame) -> pl.DataFrame:
    """The events that touch the PIP in time, within the quarters and later than the law that they begin with."""
    return series.events_on_axis(events, quarters["kwartaal"], "pip_tijdig", after_start=True)


def distribution(verdeling: pl.DataFrame, doelgroep: str) -> pl.DataFrame:
    """Persons per stadsdeel and leerroute, of one doelgroep or of "alle", in the order of the city.

    Exact counts of the doelgroepen are added up; published ones were put together before they were rounded.
    """
    chosen = verdeling if doelgroep == "alle" else verdeling.filter(pl.col("doelgroep") == doelgroep)
    ranked = theme.order(theme.LEERROUTE)
    areas = list(dict.fromkeys(chosen["stadsdeel"]))
    if presentation.all_exact(chosen):
        chosen = chosen.group_by("stadsdeel", "leerroute").agg(pl.col("aantal").sum())
    return chosen.select(presentation.with_weergave(chosen, "stadsdeel", "leerroute", "aantal")).sort(
        pl.col("stadsdeel").replace_strict(areas, list(range(len(areas))), return_dtype=pl.Int64),
        pl.col("leerroute").replace_strict(ranked, list(range(len(ranked))), return_dtype=pl.Int64),
    )


def routes_table(frame: pl.DataFrame) -> pl.DataFrame:
    """The same persons as a table: a row per stadsdeel, a column per leerroute that occurs; see table.crosstab.

    frame: see distribution().
    """
    return crosstab(frame, "stadsdeel", "leerroute", {code: ROUTES.get(code, code) for code in theme.LEERROUTE})


def routes(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per stadsdeel the persons by leerroute, as one bar in parts with their numbers. frame: see distribution()."""
    if frame.is_empty():
        return None
    return bars.stacked(
        frame.with_columns(pl.col("leerroute").replace(ROUTES)),
        {ROUTES.get(code, code): tone for code, tone in theme.LEERROUTE.items()},
        row="stadsdeel",
        part="leerroute",
        legend={"columns": 2, "offset": 26, "symbolOffset": 0},
        what="Leerroute per stadsdeel, personen",
    )


def switches(wissel: pl.DataFrame) -> alt.LayerChart | None:
    """First leerroute (rows) against the current one and its niveau (columns), as a matrix with persons.

    wissel: the question leerroute_wissel. What changed is outlined; what is too small to show is "<10".
    """
    if wissel.is_empty():
        return None
    nu = [f"{row['leerroute']} · {row['niveau']}" for row in wissel.iter_rows(named=True)]
    cells = wissel.select(
        rij="eerste_leerroute", kolom=pl.Series(nu, dtype=pl.String), aantal="aantal", **_numbers(wissel)
    )
    grid = _complete(cells, list(ROUTES), [column for column in _HEADS_NOW if column in nu])
    # On niveau A2 the B1-route is scaled down: the route is the same and the niveau is not.
    grid = grid.with_columns(anders=(pl.col("rij") != pl.col("kolom").str.slice(0, 1)) | (pl.col("kolom") == "B · A2"))
    words = [
        f"eerst {ROUTES[row['eerste_leerroute']]}, nu {ROUTES[row['leerroute']]} op niveau {row['niveau']}: "
        f"{presentation.number(row, 'aantal')}"
        for row in wissel.iter_rows(named=True)
    ]
    return _matrix(
        grid,
        "Eerste route",
        "Route en niveau nu",
        f"Eerste leerroute tegenover die van nu, personen. {'; '.join(words)}.",
    )


def advice(advies: pl.DataFrame) -> alt.LayerChart | None:
    """Outcome of the leerbaarheidstoets (rows) against the first leerroute (columns), as a matrix with persons.

    advies: the question leerroute_advies. Where the route departs from the outcome, see departs(), is outlined.
    """
    if advies.is_empty():
        return None
    present = [uitslag for uitslag in OUTCOMES if uitslag in advies["uitslag"].to_list()]
    cells = advies.select(rij="uitslag", kolom="eerste_leerroute", aantal="aantal", **_numbers(advies))
    grid = _complete(cells, present, list(ROUTES)).with_columns(anders=departs("rij", "kolom"))
    words = [
        f"{row['uitslag']}, {ROUTES[row['eerste_leerroute']]}: {presentation.number(row, 'aantal')}"
        for row in advies.iter_rows(named=True)
    ]
    return _matrix(
        grid,
        "Uitslag van de toets",
        "Eerste route",
        f"Uitslag van de leerbaarheidstoets tegenover de eerste leerroute, personen. {'; '.join(words)}.",
    )


def departs(uitslag: str = "uitslag", leerroute: str = "eerste_leerroute") -> pl.Expr:
    """Whether a route departs from the outcome: the Z-route when B1 was within reach, B or O when it was not."""
    within, without = OUTCOMES[:2]
    z = pl.col(leerroute) == "Z"
    return ((pl.col(uitslag) == within) & z) | ((pl.col(uitslag) == without) & ~z)


def _complete(cells: pl.DataFrame, rijen: list[str], kolommen: list[str]) -> pl.DataFrame:
    """Every row with every column; a pair without anybody is 0, one that may not be shown has no number but words.

    cells: rij, kolom, aantal, getal and personen (the number as it is written in the cell and in its tooltip).
    """
    grid = pl.DataFrame({"rij": rijen}).join(pl.DataFrame({"kolom": kolommen}), how="cross")
    return grid.join(cells, on=["rij", "kolom"], how="left", maintain_order="left").with_columns(
        pl.col("getal", "personen").fill_null("0"),
        aantal=pl.when(pl.col("getal").is_null()).then(0).otherwise(pl.col("aantal")),
    )


def _numbers(frame: pl.DataFrame) -> dict[str, pl.Series]:
    getal = pl.Series(presentation.numbers(frame, "aantal"), dtype=pl.String)
    return {"getal": getal, "personen": presentation.counts(frame, "aantal")}


def _in_full(head: str) -> str:
    """The head of a row or column in full: "B1-route", "B1-route, niveau A2"."""
    route, _, level = head.partition(" · ")
    return ", niveau ".join(filter(None, (ROUTES.get(route, route), level)))


def _matrix(grid: pl.DataFrame, rows: str, across: str, description: str) -> alt.LayerChart:
    """Cells with a number each; what changed or departs has a border and bold figures, nobody and "<10" are grey."""
    names = {**{row: textwrap.wrap(row, 18) for row in OUTCOMES}, **_HEADS}
    head = 2 * _LINE + 30
    y = alt.Y(
        "rij:N",
        sort=grid["rij"].unique(maintain_order=True).to_list(),
        title=rows,
        scale=alt.Scale(range=[head, alt.ExprRef("height")]),
        axis=alt.Axis(
            domain=False, labelLimit=150, labelOverlap=False, labelExpr=f"({json.dumps(names)})[datum.label]"
        ),
    )
    kolommen = grid["kolom"].unique(maintain_order=True).to_list()
    x = alt.X("kolom:N", sort=kolommen, title=None, axis=None)
    above = alt.Chart(pl.DataFrame({"tekst": [across]})).mark_text(baseline="top", align="center").encode(
        x=alt.XValue(alt.ExprRef("width / 2")), y=alt.YValue(0), text=alt.Text("tekst:N")
    )  # fmt: skip
    heads = [
        alt.Chart(pl.DataFrame({"kolom": [kolom]})).mark_text(baseline="top", lineHeight=_LINE).encode(
            x=x, y=alt.YValue(26), text=alt.TextValue({**_HEADS, **_HEADS_NOW}[kolom])
        )
        for kolom in kolommen
    ]  # fmt: skip
    base = alt.Chart(grid.with_columns(pl.col("rij", "kolom").map_elements(_in_full, pl.String).name.suffix("_voluit")))
    common = {"y": y, "x": x}
    changed = "datum.anders && datum.aantal > 0"
    told = {"tooltip": theme.tooltip({rows: "rij_voluit", across: "kolom_voluit", "Personen": "personen"})}
    cells = base.mark_rect(fill=theme.PANEL.light, stroke=theme.WHITE.light, strokeWidth=3).encode(**common, **told)
    border = (
        base.transform_filter(changed)
        .mark_rect(filled=False, stroke=theme.ORANGE.light, strokeWidth=2)
        .encode(**common, **told)
    )
    plain = (
        base.transform_filter(f"!({changed})")
        .mark_text(fontSize=15, baseline="middle")
        .encode(
            **common,
            text=alt.Text("getal:N"),
            color=alt.condition("datum.aantal > 0", alt.value(theme.INK.light), alt.value(theme.GREY.light)),
        )
    )
    bold = (
        base.transform_filter(changed)
        .mark_text(fontSize=15, fontWeight="bold", baseline="middle")
        .encode(**common, text=alt.Text("getal:N"))
    )
    # A layer without anything in it is an image without a description.
    departs = grid.filter(pl.col("anders") & (pl.col("aantal").fill_null(0) > 0)).height
    marked = [border, plain, bold] if departs else [plain]
    return alt.layer(cells, *marked, above, *heads).properties(
        height=50 * grid["rij"].n_unique() + head, description=description
    )


def _curve_labels(curve: pl.DataFrame, present: list[str], x: alt.X, colour: alt.Color) -> list[alt.Chart]:
    """The name of every line and its share at 70 days, where no line can come, and a dot at that share.

    A published line has dots of its own, and its share at two months. A curve only rises. So the room to the right of
    70 days is free below the lowest line at that day, and the room to the left of it is free above the highest.
    """
    waiting = {name: row["overleving"] if (row := at_term(curve, name)) else 1 for name in present}
    texts = {name: [*textwrap.wrap(name, 18), _at_term_words(curve, name)] for name in present}
    # In the order of the lines, the highest first.
    order = sorted(present, key=lambda name: waiting[name])
    heights = {name: _LINE_SHARE * len(texts[name]) + _GAP_SHARE for name in present}
    room, highest = sum(heights.values()), max(waiting.values())
    to_the_right = 1 - highest >= room or min(waiting.values()) < room
    down = min(max(0.58, highest + _GAP_SHARE), 1 - room) if to_the_right else _GAP_SHARE
    out = []
    for name in order:
        at = pl.DataFrame({"doelgroep": [name], "dag": [TERM if to_the_right else 0], "aandeel": [1 - down]})
        down += heights[name]
        out += curves.label(at, texts[name], x, colour, align="left", baseline="top", dx=8)
    read = {name: row for name in order if (row := at_term(curve, name))} if presentation.all_exact(curve) else {}
    spots = [
        {"doelgroep": name, "dag": TERM, "aandeel": 1 - row["overleving"], "na": formats.days(TERM),
         "deel": share_with_pip(row)}
        for name, row in read.items()
    ]  # fmt: skip
    dots = alt.Chart(pl.DataFrame(spots)).mark_point(size=70, opacity=1)
    return [*out, dots.encode(x, curves.share_axis(), colour, theme.tooltip(_TOLD))] if spots else out


def _at_term_words(curve: pl.DataFrame, doelgroep: str) -> str:
    row = at_term(curve, doelgroep)
    if row:
        return f"{formats.percent(1 - row['overleving'])} na {term_words(curve)}"
    return "te weinig gevolgd"


def term_words(curve: pl.DataFrame) -> str:
    """When a curve is read for the ten weeks: at 70 days, or at the last published month before them."""
    return f"{TERM} dagen" if presentation.all_exact(curve) else "2 maanden"
