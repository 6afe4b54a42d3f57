"""What the figures of the page Overzicht say, in words: verdicts on chance, titles of charts and tables, cautions.

The sentences compare and pick; every number in them stands in a chart, a tile or a table. What follows from no figure
stands in texts.toml.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

import queries
from pages.filters import bar
from pages.words import formats, presentation, sentences
from queries.definitions import columns

TEXTS: dict[str, Any] = queries.texts(__file__)
NOBODY, VERDICTS, LEVELS = (TEXTS[name] for name in ("nobody", "verdicts", "levels"))
TOO_FEW = queries.MINIMUM_NOEMER
# What a KPI is called; and where entrants are compared, each after the same time.
TITLES = {name: entry.titel for name, entry in queries.INDICATOREN.items()}
ENTERED = {name: entry.titel_instroom for name, entry in queries.INDICATOREN.items()}


def points(difference: float | None) -> str:
    """A difference of two shares in percentage points: 0.123 is "+12%-punt", -0.004 "0%-punt"; None a dash."""
    return formats.MISSING if difference is None else f"{signed(round(difference * 100))}%-punt"


def signed(number: int) -> str:
    """A change of a count: 4 is "+4", -9 "−9", 0 "0"."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{formats.count(abs(number))}"


# How columns are written that several tables of this page have; and where entrants are compared.
WRITTEN = {
    "indicator": TITLES.get,
    **dict.fromkeys(("waarde", "eerder_waarde", "rest_waarde"), formats.percent),
    **dict.fromkeys(("verschil", "ci_laag", "ci_hoog"), points),
}
WRITTEN_ENTERED = WRITTEN | {"indicator": ENTERED.get}


def of(row: Mapping[str, object], beside: str = "") -> str:
    """A share with its counts: "52% (33 van 64)"; under 10 observations the counts alone, hidden none of these.

    beside: of which group: "", "eerder_" or "rest_".
    """
    share, part, whole = (f"{beside}{name}" for name in ("waarde", "teller", "noemer"))
    if presentation.hidden(row, share):
        return presentation.instead(row, share)
    counts = presentation.of(row, part, whole)
    return counts if row[whole] < TOO_FEW else f"{row[f'{share}_kort']} ({counts})"


def nobody(frame: pl.DataFrame) -> bool:
    """Whether nobody is in any row of a question about KPIs; not when that may not be shown."""
    return not frame["noemer"].fill_null(1).sum()


def not_published(frame: pl.DataFrame) -> bool:
    """Whether there are rows about KPIs and the values of all of them were left out of the publication."""
    return frame.height > 0 and presentation.all_left_out(frame, "waarde")


def nothing(frame: pl.DataFrame) -> str:
    """Why there is nothing to show of a frame: nobody is there; empty when it may not be shown."""
    return NOBODY if presentation.all_exact(frame) else ""


def noted(frame: pl.DataFrame, note: str, day: date) -> str:
    """How a chart or table is read, from how many a figure is given in this view, and of which day it is.

    note: which of the notes in texts.toml.
    """
    view = TEXTS["view"]["exact" if presentation.all_exact(frame) else "published"]
    told = TEXTS["notes"][note].format(**TEXTS["shared"], **view)
    return f"{told} {view['few']} Stand {formats.long_date(day)}."


def rest_of(grens: Sequence[str] | None) -> str:
    """What an area is held against. grens: the wijkteams to which the reader is limited."""
    return TEXTS["rest"]["city" if grens is None else "yours"]


# ------------------------------------------------------------------------------------------------- what changed


def changed(change: pl.DataFrame, news: queries.Nieuws | None, earlier: date | None) -> list[str]:
    """What changed, like with like, in at most five sentences; none where that may not be told.

    change: the question kpi_verandering. news: since the delivery of `earlier`, if there is one.
    """
    rows = change.to_dicts()
    moved = [row for row in rows if row["oordeel"] in ("hoger", "lager")]
    exact = presentation.all_exact(change)
    told = [sentences.changes(rows)] if exact or sentences.held_against(rows) else []
    if len(moved) == 1:
        told.append(f"In dat kwartaal was het {of(moved[0])}, eerder dat jaar {of(moved[0], 'eerder_')}.")
    if news is None or earlier is None:
        return [*told, *([TEXTS["since"]["no_earlier"]] if exact else [])]
    return [*told, *(f"{title}." for title in since(news, earlier))]


def since(news: queries.Nieuws, earlier: date) -> tuple[str, str, str]:
    """Since the delivery of `earlier`: which KPIs moved, which counts grew or shrank, how many figures were corrected.

    A KPI moved when it is different for who was judged since.
    """
    day, corrected = formats.long_date(earlier), news.correcties.height
    moved = [
        f"‘{ENTERED[name]}’ {verdict}" for name, verdict in news.bewogen.select("indicator", "oordeel").iter_rows()
    ]
    beyond = "meer veranderd dan door toeval"
    parts = []
    for sign, word in ((1, "meer"), (-1, "minder")):
        rows = news.voorraad.filter(pl.col("verschil") * sign > 0).select("indicator", "verschil").iter_rows()
        told = [f"‘{TITLES[name]}’ ({signed(number)})" for name, number in rows]
        parts += [f"{word} personen bij {formats.enumerate_words(told)}"] if told else []
    what = {0: "Geen kengetal is", 1: "1 kengetal is"}.get(corrected, f"{corrected} kengetallen zijn")
    return (
        f"Sinds de levering van {day} is "
        + (f"{beyond}: {formats.enumerate_words(moved)}" if moved else f"geen kengetal {beyond}"),
        presentation.capital("; ".join(parts)) or "De aantallen personen zijn gelijk gebleven",
        f"{what} achteraf veranderd over {day}",
    )


def trend_title(thema: str, stands: pl.DataFrame) -> str:
    """What a trend shows: the theme and from when until when. stands: the question kpi_trend."""
    first, last = (formats.long_date(day) for day in (stands["stand"].min(), stands["stand"].max()))
    period = TEXTS["view"]["exact" if presentation.all_exact(stands) else "published"]["period"]
    return f"{thema}: de stand per {period}, van {first} tot en met {last}"


# ----------------------------------------------------------------------------------------------------- the areas


def on_map(per_area: pl.DataFrame) -> list[str]:
    """The KPIs that can be on the map: those of which something may be shown of an area. per_area: kpi_per_gebied."""
    shown = {*presentation.drawable(per_area, "waarde")["indicator"]} or {*TITLES}
    return [title for name, title in TITLES.items() if name in shown]


def first_on_map(per_area: pl.DataFrame, chosen: queries.Selection) -> str:
    """The KPI that is on the map at first: the usual one, unless more is published of another.

    Of chosen wijkteams the one of which most are large enough for a figure. per_area: the question kpi_per_gebied.
    """
    rows = presentation.drawable(per_area.filter(niveau="wijkteam" if chosen.wijkteams else "stadsdeel"), "waarde")
    enough = pl.col("waarde").is_not_null() & (pl.col("noemer") >= TOO_FEW) if chosen.wijkteams else pl.lit(True)
    shown = rows.filter(enough)["indicator"].to_list()
    usual = bar.OWN["overzicht_kaart"]
    return TITLES[max(TITLES, key=lambda name: (shown.count(name), TITLES[name] == usual))]


def map_title(figures: pl.DataFrame, indicator: queries.Indicator, level: str) -> str:
    """From the lowest to the highest area of a KPI, among those with a figure. figures: see city.figures().

    Of published counts those that may not be shown are the lowest. Of rounded figures that may be alike the areas are
    not named.
    """
    on_map = figures.filter(pl.col("gebied") != queries.ONBEKEND)
    small = on_map.filter(~presentation.may_be_shown(on_map, "waarde"))
    ranked = on_map.filter("heeft_waarde").sort("waarde", maintain_order=True)
    ends = [
        (written, rows["gebied"].to_list())
        for (_, written), rows in ranked.group_by("waarde", "waarde_tekst", maintain_order=True)
    ]
    if not ends:
        why = small["waarde_tekst"].first() if small.height else presentation.TOO_FEW
        return f"{indicator.titel}: per {level} {why}"
    elsewhere = ""
    if small.height and indicator.eenheid == "aantal":
        ends.insert(0, (f"minder dan {TOO_FEW}", small["gebied"].to_list()))
    elif small.height:
        elsewhere = f"; elders {presentation.TOO_SMALL}"
    rounded = len(ends) > 1 and not presentation.all_exact(on_map, "waarde")
    if rounded and not _surely_apart(indicator, on_map, hidden=small.height > 0):
        return f"{indicator.titel}: van {ends[0][0]} tot {ends[-1][0]} per {level}{elsewhere}"
    low, high = (f"{figure} ({formats.enumerate_words(areas)})" for figure, areas in (ends[0], ends[-1]))
    return f"{indicator.titel}: {low if low == high else f'van {low} tot {high}'}{elsewhere}"


def _surely_apart(indicator: queries.Indicator, rounded: pl.DataFrame, *, hidden: bool) -> bool:
    """Whether the lowest and the highest of rounded figures cannot be alike.

    A count may be 9 more or less, a median less than its last digit; of a share it is not known here. hidden: whether
    the lowest count is under 10.
    """
    if indicator.is_mediaan:
        return True
    values = rounded["waarde"].drop_nulls()
    return indicator.eenheid == "aantal" and values.max() - (0 if hidden else values.min()) >= 2 * TOO_FEW


def map_note(indicator: queries.Indicator, level: str, figures: pl.DataFrame, *, real: bool) -> str:
    """What the map draws, what a place on it means, and who is on none. real: with the borders of the wijken."""
    told = TEXTS["map"]
    receiving = level == "wijkteam" and indicator.thema == "Overdracht"
    return " ".join(
        (
            told["real" if real else "tiles"],
            told["colour"].format(level=level),
            told["receiving" if receiving else "residence"],
            not_on_map(figures),
        )
    ).strip()


def not_on_map(figures: pl.DataFrame) -> str:
    """Who is in no area on the map, in a sentence; empty when nobody is. figures: see city.figures()."""
    for unknown in figures.filter(gebied=queries.ONBEKEND).iter_rows(named=True):
        if unknown["noemer"] != 0 and presentation.how(unknown, "waarde") != columns.WEGGELATEN:
            return TEXTS["map"]["unknown"].format_map(unknown | {"n": f" ({unknown['n']})" if unknown["n"] else ""})
    return ""


def only_published(per_area: pl.DataFrame, level: str) -> str:
    """Why there are no figures per area: nobody is there, or which KPIs are published. per_area: kpi_per_gebied."""
    rows = per_area.filter(niveau=level)
    shown = rows.filter(~presentation.left_out(rows, "waarde"))["indicator"].unique(maintain_order=True).to_list()
    if presentation.all_exact(rows) or len(shown) == len(queries.INDICATOREN):
        return nothing(rows)
    told = formats.enumerate_words([f"‘{TITLES[name]}’" for name in shown])
    return f"Per {level} {'is' if len(shown) == 1 else 'zijn'} alleen {told} openbaar, bij genoeg personen."
