"""The charts of the page Leerroutes: which column of an answer goes where; None for an answer without rows."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import altair as alt
import polars as pl

import queries
from pages.show import bars, counts, curves, intervals, matrix, theme, vega
from pages.show.beside import CHOSEN, Beside, whose
from pages.show.composition import composition
from pages.show.curves import Spot
from pages.show.table import crosstab
from pages.words import formats, presentation
from pages.words import national as nation

TERM = 70
# A published curve has a point per whole month; the last one before the ten weeks are over is that of two months.
TWO_MONTHS = 61

ROUTES = {"B": "B1-route", "O": "Onderwijsroute", "Z": "Zelfredzaamheidsroute"}
# The KPI of each leerroute.
SHARES = {f"leerroute_{code.lower()}": name for code, name in ROUTES.items()}
OUTCOMES = ("B1-route haalbaar", "B1-route niet haalbaar", "Onbekend", "Niet afgenomen")
NO_PLAN = "Nog geen PIP"

# What is published together has a name of its own.
TOGETHER, ALL_AREAS = "Alle doelgroepen", queries.WOORDEN["alles"]

# How settled a national figure is, in words.
VERSIE = pl.col("versie").replace(nation.TOLD["version"])

# The two doelgroepen are lines of ink and grey: the colours of this page belong to the leerroutes.
_LINES = {"Asielstatushouder": theme.INK, "Gezinsmigrant en overige migrant": theme.GREY, TOGETHER: theme.INK}
# The names in a matrix, in lines that fit on a phone.
_OUTCOMES = {outcome: textwrap.wrap(outcome, 18) for outcome in OUTCOMES}
_FIRST = {"B1-route": ["B1-route"], "Onderwijsroute": ["Onderwijs-", "route"], "Zelfredzaamheidsroute": ["Z-route"]}
_NOW = {
    "B1-route op niveau B1": ["B1-route", "niveau B1"],
    "B1-route op niveau A2": ["B1-route", "niveau A2"],
    "Onderwijsroute op niveau B1": ["Onderwijs-", "route, B1"],
    "Zelfredzaamheidsroute op niveau A2": ["Z-route", "niveau A2"],
}
# A line of text and the gap between two texts, as a share of the height of the curves.
_LINE_SHARE = 0.055
_GAP_SHARE = 0.02


def groups(answer: pl.DataFrame, asked: Sequence[str]) -> list[str]:
    """The doelgroepen that an answer is told by: those that were asked for, or the one in which they are put together.

    answer: a question with a column doelgroep.
    """
    return [TOGETHER] if TOGETHER in answer["doelgroep"].to_list() else list(asked)


def beside_national(answer: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    """The rows of a question on the nation in which the selection has somebody, with what is told of the nation's.

    answer: intake_landelijk or zonder_pip. published: queries.national() of that indicator. Under 10 persons there is
    no share and interval. Of a selection that is not published by doelgroep nothing is left.
    """
    somebody = pl.col("noemer").is_null() | (pl.col("noemer") > 0)
    told = pl.Series("landelijk_tekst", [nation.share(row) for row in published.iter_rows(named=True)], dtype=pl.String)
    keys = ["doelgroep", pl.col("cohort").cast(pl.Int64), "stand"]
    beside = published.select(*keys, told, "soort", "versie", "gepubliceerd_op", "url")
    rows = answer.filter(somebody, ~presentation.left_out(answer))
    return presentation.from_ten(rows.join(beside, on=["doelgroep", "cohort", "stand"]))


def national_table(rows: pl.DataFrame) -> pl.DataFrame:
    """The same as a table: the share of the nation as it is told, so that a bound is not read as the number."""
    figures = presentation.with_weergave(rows, "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    versie = pl.Series("versie", [nation.published(row) for row in rows.iter_rows(named=True)], dtype=pl.String)
    share = pl.col("landelijk_tekst").alias("landelijk")
    return rows.select("doelgroep", "cohort", *figures, share, "landelijk_teller", "landelijk_noemer", versie, "bron")


@vega.kept
def national(rows: pl.DataFrame, what: str) -> alt.LayerChart | None:
    """Per doelgroep (and cohort) a share beside that of Nederland. rows: see beside_national(). what: the share."""
    if rows.is_empty():
        return None
    # One cohort stands in the title; only more of them need telling apart.
    several = rows["cohort"].n_unique() > 1
    name = pl.concat_str("doelgroep", pl.lit(", "), "cohort") if several else pl.col("doelgroep")
    what = f"{what}, naast het landelijke cijfer"
    return intervals.shares(rows.with_columns(VERSIE, groep=name), "groep", about="Groep", what=what, other="Nederland")


def of_doelgroep(status: pl.DataFrame, doelgroep: str) -> pl.DataFrame:
    """pip_status of one doelgroep: status, aantal; in the order done, late, still open, not counted."""
    own = status.filter(doelgroep=doelgroep)
    return own.select(presentation.with_weergave(own, "status", "aantal")).sort(_place("status", theme.PIP_STATUS))


@vega.kept
def pip_status(
    frame: pl.DataFrame, doelgroep: str, longest: int | None, beside: Beside | None = None
) -> alt.LayerChart | None:
    """Persons per status of the PIP. frame, and the answer of beside: see of_doelgroep(). longest: counts.compact()."""
    if frame.is_empty():
        return None
    what = f"{doelgroep}, personen naar stand van het PIP"
    return counts.compact(frame, "status", theme.PIP_STATUS, what=what, longest=longest, beside=beside)


@vega.kept
def time_to_pip(curve: pl.DataFrame, beside: Beside | None = None) -> alt.LayerChart | None:
    """The share that has a PIP, by days since the start of the ten weeks, as a line per doelgroep; see curves.

    curve: the question pip_overleving; beside: of what is compared with. An exact line has its share at 70 days. None
    when there is nothing to draw.
    """
    drawn = curves.points(curve, "doelgroep", rising=True)
    if drawn.is_empty():
        return None
    read = {name: at_term(curve, name) for name in _LINES if name in set(curve["doelgroep"])}
    shares = {name: 1 - row["overleving"] if row else None for name, row in read.items()}
    words = {
        name: "te weinig gevolgd" if share is None else f"{formats.percent(share)} na {term_words(curve)}"
        for name, share in shares.items()
    }
    # A published line has dots of its own.
    known = {name: share for name, share in shares.items() if share is not None and presentation.all_exact(curve)}
    said = "; ".join(f"{doelgroep}: {told}" for doelgroep, told in words.items())
    return curves.chart(
        curve,
        drawn,
        "doelgroep",
        curves.time_axis("dag", "Dagen sinds het begin van de tien weken", 35, max(drawn["dag"].max(), 2 * TERM)),
        _LINES,
        {"Doelgroep": "doelgroep", "Na": "na", "Heeft een PIP": "deel", "Wachtte nog": "gevolgd"},
        what=f"Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken. {said}.",
        norms={TERM: f"wet: {TERM} dagen"},
        spots=[
            *_labels(shares, words),
            *(Spot(name, TERM, at, na=f"{TERM} dagen", deel=formats.percent(at)) for name, at in known.items()),
        ],
        joined=not presentation.all_exact(curve),
        beside=beside and beside.of(curves.points, "doelgroep", rising=True),
    )


def _labels(shares: dict[str, float | None], words: dict[str, str]) -> list[Spot]:
    """The name of every line and its share at 70 days, where no line can come.

    A curve only rises. So the room to the right of 70 days is free below the lowest line at that day, and the room to
    the left of it is free above the highest.
    """
    # In the order of the lines, the highest first.
    names = sorted(shares, key=lambda name: -(shares[name] or 0))
    texts = {name: [*textwrap.wrap(name, 18), words[name]] for name in names}
    heights = {name: _LINE_SHARE * len(lines) + _GAP_SHARE for name, lines in texts.items()}
    room, highest, lowest = sum(heights.values()), shares[names[0]] or 0, shares[names[-1]] or 0
    right = lowest >= room or 1 - highest < room
    down = min(max(0.58, 1 - lowest + _GAP_SHARE), 1 - room) if right else _GAP_SHARE
    spots, place = [], {"align": "left", "baseline": "top", "dx": 8}
    for name, lines in texts.items():
        spots.append(Spot(name, TERM if right else 0, 1 - down, lines, place))
        down += heights[name]
    return spots


def at_term(curve: pl.DataFrame, doelgroep: str) -> dict | None:
    """The row of one doelgroep's curve that holds on day 70, or None when too little is known; see curves.read_at.

    curve: the question pip_overleving. Of a published curve the row at two months, the last one before day 70.
    """
    own = curve.filter(doelgroep=doelgroep)
    return curves.read_at(own, TERM if presentation.all_exact(own) else TWO_MONTHS)


def term_words(curve: pl.DataFrame) -> str:
    """When a curve is read for the ten weeks: at 70 days, or at the last published month before them."""
    return f"{TERM} dagen" if presentation.all_exact(curve) else "2 maanden"


def shares(answer: pl.DataFrame, about: str, beside: Beside | None = None) -> pl.DataFrame:
    """The shares of the leerroutes: about, leerroute, teller, noemer, waarde; under 10 persons without a share.

    answer: kpi_per_gebied, or kpi_instroom for the leerroute in the first PIP. about: stadsdeel, wijkteam or kwartaal.
    What is not published is left out. beside: the question kpi of what areas are compared with, the last row.
    """
    if beside:
        whole = beside.answer.select(pl.lit(about).alias("niveau"), pl.lit(beside.title).alias("gebied"), pl.all())
        answer = pl.concat([answer, whole.select(answer.columns)])
    rows = answer.filter(pl.col("indicator").is_in(list(SHARES)), pl.col("noemer") > 0)
    if about == "kwartaal":
        rows = rows.sort("kwartaal", maintain_order=True)
    else:
        rows = rows.filter(niveau=about).rename({"gebied": about})
    figures = presentation.with_weergave(rows, "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    route = pl.col("indicator").replace(SHARES).alias("leerroute")
    return presentation.from_ten(rows.select(about, route, *figures)).select(pl.exclude("^ci_.*$"))


def per_quarter(entrants: pl.DataFrame, beside: Beside | None = None) -> pl.DataFrame:
    """shares() by quarter; with what is compared with, of the same quarters, wie says whose a row is.

    entrants, and the answer of beside: the question kpi_instroom.
    """
    same = pl.col("kwartaal").is_in(shares(entrants, "kwartaal")["kwartaal"].to_list())
    return whose(lambda answer: shares(answer, "kwartaal").filter(same), entrants, beside)


@vega.kept
def routes(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per area or quarter the leerroutes of all with a PIP as a bar of 100%. frame: see shares() and per_quarter()."""
    about, colours = frame.columns[0], {ROUTES.get(code, code): tone for code, tone in theme.LEERROUTE.items()}
    if "kwartaal" in frame.columns:
        about, name = "kwartaal", pl.col("kwartaal").map_elements(formats.quarter, pl.String)
        if "wie" in frame.columns:
            # Each quarter with, below it, that of what is compared with.
            frame = frame.sort("kwartaal", maintain_order=True)
            apart = pl.concat_str("wie", pl.lit(bars.APART), name)
            name = pl.when(pl.col("wie") == CHOSEN).then(name).otherwise(apart)
        frame = frame.with_columns(name.alias(about))
    return composition(frame, colours, row=about, part="leerroute", what=f"Leerroutes per {about}")


def waiting(teams: pl.DataFrame) -> pl.DataFrame:
    """The wijkteams, those where most wait too long for a PIP first, then who waits longest; Onbekend last.

    teams: the question pip_per_wijkteam.
    """
    last, most = pl.col("wijkteam") == queries.ONBEKEND, -pl.col("over_termijn")
    return teams.sort(last, most, -pl.col("langst"), nulls_last=True, maintain_order=True)


def distribution(verdeling: pl.DataFrame) -> pl.DataFrame:
    """What is published per stadsdeel and leerroute, in the order of the city. verdeling: leerroute_verdeling."""
    areas = list(dict.fromkeys(verdeling["stadsdeel"]))
    return verdeling.select(presentation.with_weergave(verdeling, "stadsdeel", "leerroute", "aantal")).sort(
        _place("stadsdeel", areas), _place("leerroute", theme.LEERROUTE)
    )


def routes_table(frame: pl.DataFrame) -> pl.DataFrame:
    """The same persons as a table: a row per stadsdeel, a column per leerroute that occurs."""
    return crosstab(frame, "stadsdeel", "leerroute", {code: ROUTES.get(code, code) for code in theme.LEERROUTE})


@vega.kept
def numbers(frame: pl.DataFrame) -> alt.LayerChart | None:
    """Per stadsdeel the persons by leerroute, as one bar in parts with their numbers. frame: see distribution()."""
    if frame.is_empty():
        return None
    return bars.stacked(
        frame.with_columns(pl.col("leerroute").replace(ROUTES)),
        {ROUTES.get(code, code): tone for code, tone in theme.LEERROUTE.items()},
        row="stadsdeel",
        part="leerroute",
        legend={"columns": 2, "offset": 26, "symbolOffset": 0},
        what=f"Leerroute per {queries.WOORDEN['stadsdeel']}, personen",
    )


@vega.kept
def switches(wissel: pl.DataFrame) -> alt.LayerChart | None:
    """First leerroute (rows) against the current one and its niveau (columns), as a matrix with persons.

    wissel: the question leerroute_wissel. What changed is outlined: on niveau A2 the B1-route is scaled down.
    """
    if wissel.is_empty():
        return None
    other = pl.col("eerste_leerroute") != pl.col("leerroute")
    cells = wissel.select(
        *presentation.with_weergave(wissel, "aantal"),
        rij=pl.col("eerste_leerroute").replace(ROUTES),
        kolom=pl.concat_str(pl.col("leerroute").replace(ROUTES), pl.lit(" op niveau "), "niveau"),
        anders=other | ((pl.col("leerroute") == "B") & (pl.col("niveau") == "A2")),
    )
    now = {name: lines for name, lines in _NOW.items() if name in cells["kolom"].to_list()}
    what = "Per eerste leerroute die van nu, personen"
    return matrix.matrix(cells, _FIRST, now, about=("Eerste route", "Route en niveau nu"), what=what)


@vega.kept
def advice(advies: pl.DataFrame) -> alt.LayerChart | None:
    """Outcome of the leerbaarheidstoets (rows) against the first leerroute (columns), as a matrix with persons.

    advies: the question leerroute_advies. Where the route departs from the outcome, see departs(), is outlined.
    """
    if advies.is_empty():
        return None
    route = pl.col("eerste_leerroute").replace(ROUTES)
    cells = advies.select(*presentation.with_weergave(advies, "aantal"), rij="uitslag", kolom=route, anders=departs())
    outcomes = {name: lines for name, lines in _OUTCOMES.items() if name in cells["rij"].to_list()}
    what = "Per uitslag van de leerbaarheidstoets de eerste leerroute, personen"
    return matrix.matrix(cells, outcomes, _FIRST, about=("Uitslag van de toets", "Eerste route"), what=what)


def departs() -> pl.Expr:
    """Whether a route departs from the outcome: the Z-route when B1 was within reach, B or O when it was not."""
    within, without = (pl.col("uitslag") == outcome for outcome in OUTCOMES[:2])
    z = pl.col("eerste_leerroute") == "Z"
    return (within & z) | (without & ~z)


def _place(column: str, order: Sequence[str]) -> pl.Expr:
    """The place of a value in an order, to sort by."""
    return pl.col(column).cast(pl.Enum(list(order)))
