"""The charts of the page Leerroutes: pure functions from an answer to an Altair chart, None for an empty one."""

from __future__ import annotations

import json
import textwrap
from datetime import date

import altair as alt
import polars as pl

import queries
from pages.shared import formats, theme, total

# Under this number nothing is concluded: a curve is drawn dotted, a share is not drawn.
FEW = queries.indicators.MINIMUM_NOEMER
TERM = 70

ROUTES = {"B": "B1-route", "O": "Onderwijsroute", "Z": "Zelfredzaamheidsroute"}
OUTCOMES = ("B1-route haalbaar", "B1-route niet haalbaar", "Onbekend", "Niet afgenomen")

# The two doelgroepen are lines of ink and grey: the colours of this page belong to the leerroutes.
_LINES = {"Asielstatushouder": theme.INK, "Gezinsmigrant en overige migrant": theme.GREY}
# The names of leerroutes at the rows and columns of a matrix, in lines that fit on a phone.
_HEADS = {"B": ["B1-route"], "O": ["Onderwijs-", "route"], "Z": ["Z-route"]}
_HEADS_NOW = {
    "B · B1": ["B1-route", "niveau B1"],
    "B · A2": ["B1-route", "niveau A2"],
    "O · B1": ["Onderwijs-", "route, B1"],
    "Z · A2": ["Z-route", "niveau A2"],
}
_LINE = 17
# A line of text and the gap between two texts, as a share of the height of the curves.
_LINE_SHARE = 0.055
_GAP_SHARE = 0.02
_BAR = 18
_ROW = 46
# Pixels of the longest bar on a phone, and of a digit: a part that is narrower than its number does not get it.
_NARROWEST = 330
_DIGIT = 8
_RIGHT = alt.value("width")
_RIM = {"stroke": theme.WHITE.light, "strokeWidth": 4, "strokeJoin": "round"}


def of_doelgroep(status: pl.DataFrame, doelgroep: str) -> pl.DataFrame:
    """pip_status of one doelgroep: status, aantal; in the order done, late, still open, not counted."""
    ranked = theme.order(theme.PIP_STATUS)
    return (
        status.filter(pl.col("doelgroep") == doelgroep)
        .select("status", "aantal")
        .sort(pl.col("status").replace_strict(ranked, list(range(len(ranked))), return_dtype=pl.Int64))
    )


def pip_status(frame: pl.DataFrame, doelgroep: str, longest: int) -> alt.LayerChart | None:
    """Persons per status of the PIP, as bars with their number.

    frame: see of_doelgroep(). longest: the largest number among all doelgroepen, so that their bars compare.
    """
    if frame.is_empty():
        return None
    y = alt.Y("status:N", sort=frame["status"].to_list(), title=None, axis=alt.Axis(domain=False))
    base = alt.Chart(frame)
    bars = base.mark_bar(size=_BAR).encode(
        y=y,
        # Room to the right of the longest bar for its number.
        x=alt.X("aantal:Q", axis=None, scale=alt.Scale(domain=[0, longest], range=[0, alt.ExprRef("width - 40")])),
        color=alt.Color("status:N", legend=None, scale=theme.scale(theme.PIP_STATUS, only=frame["status"])),
        tooltip=[alt.Tooltip("status:N", title="Status"), alt.Tooltip("aantal:Q", title="Personen", format=",.0f")],
    )
    numbers = base.mark_text(align="left", baseline="middle", dx=5, dy=1).encode(
        y=y, x=alt.X("aantal:Q", axis=None), text=alt.Text("aantal:Q", format=",.0f")
    )
    words = [f"{row['status']} {formats.count(row['aantal'])}" for row in frame.iter_rows(named=True)]
    return alt.layer(bars, numbers).properties(
        height=28 * frame.height + 10, description=f"{doelgroep}, personen naar stand van het PIP: {', '.join(words)}."
    )


def time_to_pip(curve: pl.DataFrame) -> alt.LayerChart | None:
    """The share that has a PIP, by days since the start of the ten weeks, as a step line per doelgroep.

    curve: the question pip_overleving; what is drawn is 1 − overleving. Where fewer than 10 still wait the line is
    dotted. The share at 70 days stands at the norm.
    """
    if curve.is_empty():
        return None
    present = [doelgroep for doelgroep in _LINES if doelgroep in curve["doelgroep"].to_list()]
    colour = alt.Color("doelgroep:N", legend=None, scale=theme.scale(_LINES, only=present))
    last = 35 * (max(int(curve["dag"].max()), 2 * TERM) // 35 + 1)
    x = alt.X(
        "dag:Q",
        title="Dagen sinds het begin van de tien weken",
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=list(range(0, last + 1, 35)), format=",.0f", grid=False, labelOverlap="greedy"),
    )
    share = alt.Y(
        "aandeel:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    tooltip = [
        alt.Tooltip("doelgroep:N", title="Doelgroep"),
        alt.Tooltip("dag:Q", title="Dagen", format=",.0f"),
        alt.Tooltip("aandeel:Q", title="Heeft een PIP", format=".0%"),
        alt.Tooltip("in_risico:Q", title="Wachtte nog", format=",.0f"),
    ]
    lines = [
        alt.Chart(part)
        .transform_calculate(aandeel="1 - datum.overleving")
        .mark_line(interpolate="step-after", strokeCap="butt", **style)
        .encode(x=x, y=share, color=colour, tooltip=tooltip)
        for part, style in zip(_firm_and_dotted(curve), ({"strokeWidth": 3}, {"strokeDash": [2, 3]}), strict=True)
    ]
    norm = alt.Chart(pl.DataFrame({"dag": [TERM], "tekst": [f"wet: {TERM} dagen"]}))
    rule = norm.mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(x=x)
    term = norm.mark_text(align="center", baseline="bottom", dy=-6).encode(x=x, y=alt.value(0), text="tekst:N")
    labels = _curve_labels(curve, present, x, share, colour)
    return alt.layer(rule, term, *lines, *labels).properties(height=400, description=_time_words(curve, present))


def at_term(curve: pl.DataFrame, doelgroep: str) -> dict | None:
    """The last row of one doelgroep's curve on or before day 70, or None when too little is known to read it.

    curve: the question pip_overleving. None when the line ends before that day with some waiting, when the outcome on
    that day is known of fewer than 10 persons, or when it is known of less than half and fewer than 10 still waited.
    """
    own = curve.filter(pl.col("doelgroep") == doelgroep)
    before = own.filter(pl.col("dag") <= TERM)
    if before.is_empty():
        return None
    row = before.row(-1, named=True)
    lost = total(before.filter(pl.col("dag") < TERM), "gecensureerd")
    known = followed(curve, doelgroep) - lost
    if known < FEW or (row["overleving"] > 0 and own["dag"][-1] < TERM):
        return None
    return row if row["in_risico"] >= FEW or lost <= known else None


def followed(curve: pl.DataFrame, doelgroep: str) -> int:
    """Persons of one doelgroep in the curve: those under observation on day 0."""
    return int(curve.filter(pl.col("doelgroep") == doelgroep, pl.col("dag") == 0)["in_risico"].sum())


def share_with_pip(row: dict) -> str:
    """The share with a PIP in a row of the curve, in whole percents: overleving 0.25 is "75%"."""
    return formats.percent(1 - row["overleving"])


def per_quarter(quarters: pl.DataFrame, events: pl.DataFrame) -> alt.LayerChart | None:
    """The share with a PIP in time by the quarter in which the ten weeks were over: a dot, its 95% interval, the norm.

    None when no quarter has a share, so that the table shows at once.

    quarters: see timely_quarters(). events: see events_on_axis(); written above the quarter in which one begins.
    """
    if quarters["waarde"].is_null().all():
        return None
    shown = [_short_quarter(day) for day in quarters["kwartaal"]]
    rows = quarters.with_columns(
        kwartaal=pl.Series(shown, dtype=pl.String),
        aantallen=pl.Series(
            [f"{formats.count(row['teller'])}|van {formats.count(row['noemer'])}" for row in quarters.to_dicts()],
            dtype=pl.String,
        ),
        getal=pl.Series([_share_or_few(share) for share in quarters["waarde"]], dtype=pl.String),
    )
    norm = queries.INDICATOREN["pip_tijdig"].norm
    top = 30 + sum(_LINE * len(_event_lines(title)) + 10 for title in events["titel"])
    x = alt.X(
        "kwartaal:O",
        sort=shown,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap=False, labelFlush=False, labelExpr="split(datum.label, '|')"),
    )
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    scale = alt.Scale(domain=[0, 1], range=[alt.ExprRef("height - 66"), top])
    base = alt.Chart(rows)
    judged = base.transform_filter("isValid(datum.waarde)")
    interval = judged.mark_rule(color=theme.GREEN.light, strokeWidth=1.5).encode(
        x=x, y=alt.Y("ci_laag:Q", title=None, scale=scale, axis=axis), y2="ci_hoog:Q"
    )
    dot = judged.mark_point(color=theme.GREEN.light, size=110, opacity=1).encode(
        x=x, y=alt.Y("waarde:Q", title=None, scale=scale, axis=axis)
    )
    value = [
        judged.mark_text(align="left", baseline="middle", dx=10, fontWeight="bold", **rim).encode(
            x=x, y=alt.Y("waarde:Q", title=None, scale=scale, axis=axis), text="getal:N"
        )
        for rim in (_RIM, {})
    ]
    # Two lines, so that the quarters of two years still fit on a phone.
    numbers = (
        base.mark_text(baseline="top", lineHeight=_LINE)
        .transform_calculate(regels="split(datum.aantallen, '|')")
        .encode(x=x, y=alt.value(alt.ExprRef("height - 54")), text="regels:N")
    )
    few = base.transform_filter("!isValid(datum.waarde)").mark_text(fontStyle="italic", baseline="middle").encode(
        x=x, y=alt.value(alt.ExprRef("height - 10")), text=alt.value("te weinig")
    )  # fmt: skip
    line = alt.Chart(pl.DataFrame({"norm": [norm]}))
    rule = line.mark_rule(color=theme.INK.light, strokeDash=[4, 3]).encode(y=alt.Y("norm:Q", scale=scale, axis=axis))
    words = line.mark_text(align="right", baseline="bottom", dy=-4).encode(
        y=alt.Y("norm:Q", scale=scale, axis=axis), x=_RIGHT, text=alt.value(f"norm {formats.percent(norm)}")
    )
    layers = [*_event_marks(events, quarters, shown), rule, words, interval, dot, *value, numbers, few]
    said = [f"{row['kwartaal']}: {row['aantallen']} ({row['getal']})".replace("|", " ") for row in rows.to_dicts()]
    return alt.layer(*layers).properties(
        height=300 + top,
        description=f"PIP binnen tien weken, naar kwartaal waarin de tien weken om waren: {'; '.join(said)}.",
    )


def of_indicator(answer: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The rows of one indicator in an answer about all of them."""
    return answer.filter(pl.col("indicator") == indicator)


def timely_quarters(quarters: pl.DataFrame) -> pl.DataFrame:
    """The rows of kpi_kwartaal on pip_tijdig; under 10 observations without share and interval."""
    enough = pl.when(pl.col("noemer") >= FEW)
    return of_indicator(quarters, "pip_tijdig").select(
        "kwartaal", "teller", "noemer", *(enough.then(pl.col(c)).alias(c) for c in ("waarde", "ci_laag", "ci_hoog"))
    )


def events_on_axis(events: pl.DataFrame, quarters: pl.DataFrame) -> pl.DataFrame:
    """The events that touch the PIP in time and begin in one of the quarters, later than the series itself."""
    within = quarters.select("kwartaal").unique()
    found = (
        events.with_columns(kwartaal=pl.col("datum_van").dt.truncate("1q"))
        .join(within, on="kwartaal", how="semi", maintain_order="left")
        .filter(pl.col("indicatoren").fill_null("").str.contains("pip_tijdig"))
    )
    first = quarters["kwartaal"].head(1).to_list()
    return found.filter(~pl.col("datum_van").is_in(first)).select("titel", "toelichting", "kwartaal")


def distribution(verdeling: pl.DataFrame, doelgroep: str) -> pl.DataFrame:
    """Persons per stadsdeel and leerroute, of one doelgroep or of "alle", in the order of the city."""
    chosen = verdeling if doelgroep == "alle" else verdeling.filter(pl.col("doelgroep") == doelgroep)
    ranked = theme.order(theme.LEERROUTE)
    areas = list(dict.fromkeys(chosen["stadsdeel"]))
    return (
        chosen.group_by("stadsdeel", "leerroute")
        .agg(pl.col("aantal").sum())
        .sort(
            pl.col("stadsdeel").replace_strict(areas, list(range(len(areas))), return_dtype=pl.Int64),
            pl.col("leerroute").replace_strict(ranked, list(range(len(ranked))), return_dtype=pl.Int64),
        )
    )


def routes_table(frame: pl.DataFrame) -> pl.DataFrame:
    """The same persons as a table: a row per stadsdeel, a column per leerroute that occurs, and their total.

    frame: see distribution().
    """
    if frame.is_empty():
        return frame.select("stadsdeel")
    present = [code for code in theme.order(theme.LEERROUTE) if code in frame["leerroute"].to_list()]
    wide = frame.pivot("leerroute", index="stadsdeel", values="aantal").select("stadsdeel", *present)
    named = wide.with_columns(pl.col(present).fill_null(0)).rename(ROUTES, strict=False)
    return named.with_columns(totaal=pl.sum_horizontal(pl.exclude("stadsdeel")))


def routes(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per stadsdeel the persons by leerroute, as one bar in parts with their numbers; the area's name above its bar.

    frame: see distribution().
    """
    if frame.is_empty():
        return None
    ranked = theme.order(theme.LEERROUTE)
    per_area = frame.group_by("stadsdeel", maintain_order=True).agg(pl.col("aantal").sum().alias("totaal"))
    longest = per_area["totaal"].max()
    fits = pl.col("aantal") * _NARROWEST >= longest * (2 + _DIGIT * pl.col("aantal").cast(pl.String).str.len_chars())
    written = pl.Series([formats.count(number) for number in frame["aantal"]], dtype=pl.String)
    rows = frame.with_columns(
        volgorde=pl.col("leerroute").replace_strict(ranked, list(range(len(ranked))), return_dtype=pl.Int64),
        getal=pl.when(fits).then(written).otherwise(pl.lit("")),
    )
    axis = alt.Axis(
        labelAlign="left", labelPadding=0, labelOffset=-19, labelFontWeight="bold", maxExtent=0, domain=False
    )
    y = alt.Y("stadsdeel:N", sort=per_area["stadsdeel"].to_list(), title=None, axis=axis)
    base = alt.Chart(rows)
    bars = base.mark_bar(size=_BAR, stroke=theme.WHITE.light, strokeWidth=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", axis=None),
        color=alt.Color(
            "leerroute:N",
            title=None,
            scale=theme.scale(theme.LEERROUTE, only=frame["leerroute"]),
            legend=alt.Legend(columns=2, offset=26, labelExpr=_route_names(), symbolOffset=0),
        ),
        order="volgorde:Q",
        tooltip=[
            alt.Tooltip("stadsdeel:N", title="Stadsdeel"),
            alt.Tooltip("leerroute:N", title="Leerroute"),
            alt.Tooltip("aantal:Q", title="Personen", format=",.0f"),
        ],
    )
    numbers = base.mark_text(color=theme.WHITE.light, baseline="middle", dy=1).encode(
        y=y,
        x=alt.X("aantal:Q", stack="zero", bandPosition=0.5, axis=None),
        order="volgorde:Q",
        detail="leerroute:N",
        text=alt.Text("getal:N"),
    )
    persons = per_area.with_columns(
        personen=pl.Series([formats.persons(number) for number in per_area["totaal"]], dtype=pl.String)
    )
    totals = alt.Chart(persons).mark_text(align="right", baseline="middle", dy=-19).encode(
        y=y, x=_RIGHT, text="personen:N"
    )  # fmt: skip
    words = [
        f"{area}: "
        + ", ".join(
            f"{row['leerroute']} {formats.count(row['aantal'])}"
            for row in frame.filter(pl.col("stadsdeel") == area).iter_rows(named=True)
        )
        for area in per_area["stadsdeel"]
    ]
    return alt.layer(bars, numbers, totals).properties(
        height=_ROW * per_area.height + 60, description=f"Leerroute per stadsdeel, personen. {'; '.join(words)}."
    )


def switches(wissel: pl.DataFrame) -> alt.LayerChart | None:
    """First leerroute (rows) against the current one and its niveau (columns), as a matrix with persons.

    wissel: the question leerroute_wissel. What changed is outlined.
    """
    if wissel.is_empty():
        return None
    nu = [f"{row['leerroute']} · {row['niveau']}" for row in wissel.iter_rows(named=True)]
    cells = wissel.select(rij="eerste_leerroute", kolom=pl.Series(nu, dtype=pl.String), aantal="aantal")
    grid = _complete(cells, list(ROUTES), [column for column in _HEADS_NOW if column in nu])
    # On niveau A2 the B1-route is scaled down: the route is the same and the niveau is not.
    grid = grid.with_columns(anders=(pl.col("rij") != pl.col("kolom").str.slice(0, 1)) | (pl.col("kolom") == "B · A2"))
    words = [
        f"eerst {ROUTES[row['eerste_leerroute']]}, nu {ROUTES[row['leerroute']]} op niveau {row['niveau']}: "
        f"{formats.count(row['aantal'])}"
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
    cells = advies.select(rij="uitslag", kolom="eerste_leerroute", aantal="aantal")
    grid = _complete(cells, present, list(ROUTES)).with_columns(anders=departs("rij", "kolom"))
    words = [
        f"{row['uitslag']}, {ROUTES[row['eerste_leerroute']]}: {formats.count(row['aantal'])}"
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


def _complete(cells: pl.DataFrame, rows: list[str], columns: list[str]) -> pl.DataFrame:
    """Every row with every column; a pair without anybody is 0."""
    grid = pl.DataFrame({"rij": rows}).join(pl.DataFrame({"kolom": columns}), how="cross")
    return grid.join(cells, on=["rij", "kolom"], how="left", maintain_order="left").with_columns(
        pl.col("aantal").fill_null(0)
    )


def _matrix(grid: pl.DataFrame, rows: str, columns: str, description: str) -> alt.LayerChart:
    """Cells with a number each; what changed or departs has a border and bold figures, nobody is grey."""
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
    above = alt.Chart(pl.DataFrame({"tekst": [columns]})).mark_text(baseline="top", align="center").encode(
        x=alt.value(alt.ExprRef("width / 2")), y=alt.value(0), text="tekst:N"
    )  # fmt: skip
    heads = [
        alt.Chart(pl.DataFrame({"kolom": [kolom]})).mark_text(baseline="top", lineHeight=_LINE).encode(
            x=x, y=alt.value(26), text=alt.value({**_HEADS, **_HEADS_NOW}[kolom])
        )
        for kolom in kolommen
    ]  # fmt: skip
    base = alt.Chart(grid)
    common = {"y": y, "x": x}
    changed = "datum.anders && datum.aantal > 0"
    cells = base.mark_rect(fill=theme.PANEL.light, stroke=theme.WHITE.light, strokeWidth=3).encode(**common)
    border = (
        base.transform_filter(changed)
        .mark_rect(filled=False, stroke=theme.ORANGE.light, strokeWidth=2)
        .encode(**common)
    )
    plain = (
        base.transform_filter(f"!({changed})")
        .mark_text(fontSize=15, baseline="middle")
        .encode(
            **common,
            text=alt.Text("aantal:Q", format=",.0f"),
            color=alt.condition("datum.aantal == 0", alt.value(theme.GREY.light), alt.value(theme.INK.light)),
        )
    )
    bold = (
        base.transform_filter(changed)
        .mark_text(fontSize=15, fontWeight="bold", baseline="middle")
        .encode(**common, text=alt.Text("aantal:Q", format=",.0f"))
    )
    return alt.layer(cells, border, plain, bold, above, *heads).properties(
        height=50 * grid["rij"].n_unique() + head, description=description
    )


def _firm_and_dotted(curve: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The curves in two parts: where 10 or more still wait, and from there on."""
    firm = curve.filter(pl.col("in_risico") >= FEW)
    last = firm.group_by("doelgroep", maintain_order=True).last().select(curve.columns)
    rest = curve.filter(pl.col("in_risico") < FEW)
    return firm, pl.concat([last, rest]).sort("doelgroep", "dag")


def _curve_labels(
    curve: pl.DataFrame, present: list[str], x: alt.X, share: alt.Y, colour: alt.Color
) -> list[alt.Chart]:
    """The name of every line and its share at 70 days, where no line can come, and a dot at that share.

    A curve only rises. So the room to the right of 70 days is free below the lowest line at that day, and the room to
    the left of it is free above the highest.
    """
    rows = [(doelgroep, at_term(curve, doelgroep)) for doelgroep in present]
    # In the order of the lines, the highest first.
    rows.sort(key=lambda pair: pair[1]["overleving"] if pair[1] else 1)
    texts = {
        doelgroep: [
            *textwrap.wrap(doelgroep, 18),
            _at_term_words(row),
        ]
        for doelgroep, row in rows
    }
    heights = [_LINE_SHARE * len(lines) + _GAP_SHARE for lines in texts.values()]
    waiting = [row["overleving"] if row else 1 for _, row in rows]
    to_the_right = 1 - max(waiting) >= sum(heights) or min(waiting) < sum(heights)
    down = max(0.58, max(waiting) + _GAP_SHARE) if to_the_right else _GAP_SHARE
    down, day = (min(down, 1 - sum(heights)), TERM) if to_the_right else (down, 0)
    out = []
    for doelgroep, row in rows:
        lines = texts[doelgroep]
        at = pl.DataFrame({"doelgroep": [doelgroep], "dag": [day], "overleving": [down]})
        down += _LINE_SHARE * len(lines) + _GAP_SHARE
        words = alt.Chart(at).transform_calculate(aandeel="1 - datum.overleving")
        common = {"align": "left", "baseline": "top", "fontWeight": "bold", "lineHeight": _LINE, "dx": 8}
        out += [
            words.mark_text(**_RIM, **common).encode(x=x, y=share, text=alt.value(lines)),
            words.mark_text(**common).encode(x=x, y=share, text=alt.value(lines), color=colour),
        ]
        if row:
            spot = pl.DataFrame({"doelgroep": [doelgroep], "dag": [TERM], "overleving": [row["overleving"]]})
            out.append(
                alt.Chart(spot)
                .transform_calculate(aandeel="1 - datum.overleving")
                .mark_point(size=70, opacity=1)
                .encode(x=x, y=share, color=colour)
            )
    return out


def _at_term_words(row: dict | None) -> str:
    return f"{share_with_pip(row)} na {TERM} dagen" if row else "te weinig gevolgd"


def _time_words(curve: pl.DataFrame, present: list[str]) -> str:
    words = [f"{doelgroep}: {_at_term_words(at_term(curve, doelgroep))}" for doelgroep in present]
    return f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken. {'; '.join(words)}."


def _short_quarter(day: date) -> str:
    """The name of a quarter at the axis, in two lines."""
    return f"{formats.quarter(day).split()[0]} kw.|{day.year}"


def _share_or_few(share: float | None) -> str:
    return "te weinig waarnemingen" if share is None else formats.percent(share)


def _event_lines(title: str) -> list[str]:
    return textwrap.wrap(title, 24)


def _event_marks(events: pl.DataFrame, quarters: pl.DataFrame, shown: list[str]) -> list[alt.Chart]:
    """The title of every event above the quarter in which it begins, with a line over that quarter."""
    layers, used = [], 0
    for row in events.iter_rows(named=True):
        place = quarters["kwartaal"].to_list().index(row["kwartaal"])
        one = alt.Chart(pl.DataFrame({"titel": [row["titel"]]}))
        lines = _event_lines(row["titel"])
        # The left edge of the quarter, or the right edge when there is more room to the left.
        edge, align = (place, "left") if place < len(shown) / 2 else (place + 1, "right")
        layers.append(
            one.mark_text(baseline="top", lineHeight=_LINE, fontSize=12, align=align).encode(
                x=alt.value(alt.ExprRef(f"width * {edge} / {len(shown)}")), y=alt.value(used), text=alt.value(lines)
            )
        )
        used += _LINE * len(lines) + 4
        layers.append(
            one.mark_rule(color=theme.GREY.light, strokeWidth=2).encode(
                x=alt.value(alt.ExprRef(f"width * {place} / {len(shown)} + 4")),
                x2=alt.value(alt.ExprRef(f"width * {place + 1} / {len(shown)} - 4")),
                y=alt.value(used - 2),
            )
        )
        used += 6
    return layers


def _route_names() -> str:
    """The Vega expression that writes a leerroute of the legend in full."""
    return "{" + ", ".join(f"'{code}': '{name}'" for code, name in ROUTES.items()) + "}[datum.label] || datum.label"
