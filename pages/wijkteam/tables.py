"""The tables of the page Wijkteam: which figure of an answer stands where, as a frame for a file and as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jinja2
import polars as pl

import queries
from pages.filters.link import address
from pages.show import kpi, tiles
from pages.wijkteam import words
from pages.words import formats, presentation
from pages.words.presentation import Row

TEMPLATE = jinja2.Template(Path(__file__).with_name("table.html.jinja").read_text(encoding="utf-8"), autoescape=True)
# Who waits, in the list of wijkteams.
WAITING = ("pip_over_termijn", "ontzorging_lang_zonder", "overdracht_open", "overdracht_lang_open")
TITLES_OF_WAITING = {name: queries.INDICATOREN[name].titel for name in WAITING}
# How the cells of a KPI look.
_STYLES = {"waarde": "stand", "aantallen": "", "rest": "gebied", "verschil": "gebied verschil"}
_OPEN = ("open_0_30", "open_31_90", "open_90_plus")


def choice(per_area: pl.DataFrame, wijkteams: Mapping[str, Sequence[str]], offered: Iterable[str]) -> pl.DataFrame:
    """Per wijkteam on offer its stadsdeel and who waits there. per_area: kpi_per_gebied. wijkteams: per stadsdeel."""
    places = {team: stadsdeel for stadsdeel, teams in wijkteams.items() for team in teams}
    told = per_area.filter(pl.col("indicator").is_in(WAITING), niveau="wijkteam")
    counts = {(row["gebied"], row["indicator"]): row["teller"] for row in told.iter_rows(named=True)}
    rows = [[places[team], team, *(counts[team, name] for name in WAITING)] for team in offered]
    return pl.DataFrame(rows, ["stadsdeel", "wijkteam", *WAITING], orient="row")


def choice_html(table: pl.DataFrame, selection: queries.Selection) -> str:
    """The same on the screen: by stadsdeel, each wijkteam a link that keeps the other filters. table: see choice()."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for stadsdeel, team, *counts in table.iter_rows():
        to = address("wijkteam", replace(selection, wijkteams=(team,)))
        cells = [(formats.count(number), "gebied getal") for number in counts]
        groups.setdefault(stadsdeel, []).append({"to": to, "title": team, "cells": cells})
    headings = [("Wijkteam", ""), *((title, "getal") for title in TITLES_OF_WAITING.values())]
    return TEMPLATE.render(headings=headings, groups=groups)


def way_back(selection: queries.Selection) -> str:
    """The link to the list of wijkteams."""
    to, told = (formats.escape(each) for each in (address("wijkteam", selection), words.TEXTS["titles"]["back"]))
    return f'<p class="noot terug"><a href="{to}">{told}</a></p>'


def kpis(rows: Mapping[str, Row], compared: Mapping[str, Row], city: Mapping[str, Row]) -> pl.DataFrame:
    """Per KPI the team, what it rests on, the rest of the city and the verdict on the difference, norm and verdict.

    rows, compared, city: per indicator the row of the team in kpi_per_gebied and in kpi_gebied_vergelijking, and that
    of the question kpi, which stands where the rest is not known.
    """
    told = []
    for entry in tiles.alone():
        row = rows[entry.naam]
        figures = {"indicator": entry.naam, "waarde": kpi.shortened(tiles.value_words(entry, row))}
        counts = presentation.NOBODY if presentation.is_empty(row) else tiles.counts_words(entry, row)
        figures["aantallen"] = counts.removesuffix(" waarnemingen")
        figures |= words.beside(entry, compared.get(entry.naam), city[entry.naam])
        told.append(figures | {"norm": tiles.norm_words(entry), "oordeel": tiles.verdict_words(entry, row)[0]})
    return pl.DataFrame(told).drop(() if words.has_rest(compared) else ("rest", "verschil"))


def kpis_html(table: pl.DataFrame, rows: Mapping[str, Row], team: str, selection: queries.Selection, rest: str) -> str:
    """The same on the screen, by theme, each KPI a link to its page. table, rows: see kpis()."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for told in table.iter_rows(named=True):
        entry = queries.INDICATOREN[told["indicator"]]
        page, chosen, own = words.TEXTS["pages"][entry.thema], selection, {}
        if page == "overdracht":
            # A handover is told of the wijkteam that receives, and that is a choice of its own page.
            chosen, own = replace(selection, wijkteams=()), {"overdracht_wijkteam": [team]}
        definition = tiles.definition_html(entry.titel, tiles.definition_words(entry))
        # Of a median there is no verdict, and that it is of too few stands there already.
        found = tiles.verdict_words(entry, rows[entry.naam])
        judged = entry.norm is not None and not entry.is_mediaan and found != tiles.TOO_FEW
        verdict = tiles.verdict_html(found) if judged else ""
        cells = [(told[name], style) for name, style in _STYLES.items() if name in told]
        line = {"to": address(page, chosen, **own), "title": entry.titel, "definition": definition, "cells": cells}
        groups.setdefault(entry.thema, []).append(line | {"norm": told["norm"], "verdict": verdict})
    headings = ("indicator", *(name for name in _STYLES if name in table.columns), "norm")
    named = words.TEXTS["headings"]["kpis"] | {"rest": presentation.capital(rest)}
    return TEMPLATE.render(headings=[(named[name], "") for name in headings], groups=groups)


def waiting(frame: pl.DataFrame) -> pl.DataFrame:
    """Per status that is open how many wait, by how long; no rows of nobody. frame: of overdracht_wachtend, exact."""
    statuses = pl.DataFrame({"status": words.TEXTS["open"].keys(), "stand": words.TEXTS["open"].values()})
    table = statuses.join(frame, on="status", how="left", maintain_order="left").fill_null(0)
    return table.select("stand", *_OPEN, totaal=pl.sum_horizontal(_OPEN)).head(frame.height and statuses.height)


def most_first(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Requests per value of a column, most first, over the whole period; how many a trajectory, where that is told.

    frame: exact counts, which add up.
    """
    count = pl.col("aantal")
    trajects = {"trajecten": count.filter(soort="Begeleidingstraject").sum()} if "soort" in frame.columns else {}
    return frame.group_by(name).agg(count.sum(), **trajects).sort(-count, name)
