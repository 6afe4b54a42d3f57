"""The one table of Overzicht: per KPI how it stands, whither it went in the year, and where it differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
import polars as pl

import queries
from pages.filters import bar, comparison
from pages.filters.link import address
from pages.filters.ways import narrowed, profile, to_kpi
from pages.overzicht import words
from pages.overzicht.headline import HERE
from pages.show import kpi, tiles, trend
from pages.words import formats, presentation
from queries.definitions import columns

Row = Mapping[str, Any]
Source = queries.Database | queries.Publication

HEADINGS = ("Kengetal", "Stand", "Aantallen", "Norm", "Het jaar")
TEMPLATE = jinja2.Template(Path(__file__).with_name("table.html.jinja").read_text(encoding="utf-8"), autoescape=True)
NAAST = "naast"
CITY = presentation.capital(queries.GEMEENTE.geheel)
# In so many cells a column tells something, to be worth its room.
LEAST = 3
MARKS = {"hoger": "▲ ", "lager": "▼ "}


@dataclass(frozen=True)
class Column:
    """An area as a column, or the rest of the city or what is compared with as one.

    rows: per indicator its figures in the area and in the rest, and the verdict on the difference. figure: which of
    them is told; NAAST is what is compared with. chosen: the selection with this area; None for what is no area. rest:
    what the area is compared with where its cells lead to, if nothing is compared now.
    """

    name: str
    level: str
    rows: Mapping[str, Row]
    chosen: queries.Selection | None = None
    figure: str = "waarde"
    rest: tuple[str, ...] = ()


def columns_told(
    per_area: pl.DataFrame,
    compared: pl.DataFrame,
    selection: queries.Selection,
    source: Source,
) -> list[Column]:
    """The chosen areas, the wijkteams of one stadsdeel, or all stadsdelen; none when areas are not published.

    Where one area is chosen the rest of the city stands beside it.
    per_area, compared: the questions kpi_per_gebied and kpi_gebied_vergelijking.
    """
    if words.not_published(per_area):
        return []
    if selection.wijkteams or len(selection.stadsdelen) == 1 or not source.stadsdelen:
        level, chosen, areas = "wijkteam", selection.wijkteams, bar.wijkteams_within(source, selection.stadsdelen)
    else:
        level, chosen, areas = "stadsdeel", selection.stadsdelen, source.stadsdelen
    names = tuple(area for area in areas if area in chosen or (not chosen and area != queries.ONBEKEND))
    everywhere = source.stadsdelen if level == "stadsdeel" else bar.wijkteams_within(source, ())
    # Published figures have no rest, nor has the one area that somebody may see.
    alone = isinstance(source, queries.Publication) or len({*everywhere} - {queries.ONBEKEND}) == 1
    rest = () if alone else (comparison.rest_label(source),)
    told = [
        Column(name, level, _figures(per_area, compared, level, name), narrowed(selection, level, name), rest=rest)
        for name in names
    ]
    # One stadsdeel is no column, but all that is shown.
    one, its_level = (names, level) if selection.wijkteams else (selection.stadsdelen, "stadsdeel")
    if len(one) != 1:
        return told
    found = _figures(per_area, compared, its_level, one[0])
    against = {name: row for name, row in found.items() if "rest_waarde" in row}
    return [*told, Column(presentation.capital(words.rest_of(source.grens)), its_level, against, figure="rest_waarde")]


def published(kpis: pl.DataFrame, chosen: queries.Selection) -> Column:
    """The whole city, or some stadsdelen together, as a column. kpis: the question kpi of it."""
    rows = {name: row | {"oordeel": None} for name, row in presentation.by_indicator(kpis).items()}
    return Column(formats.enumerate_words(chosen.stadsdelen) or CITY, "", rows, chosen)


def shown(kpis: Mapping[str, Row]) -> list[queries.Indicator]:
    """The KPIs of the table: those that say something and have no tile above it."""
    return [entry for entry in tiles.alone() if entry.naam not in HERE and presentation.says(kpis[entry.naam])]


def telling(kpis: Mapping[str, Row], told: Sequence[Column]) -> tuple[list[Column], list[str]]:
    """The columns in which something may be told, of several more than a cell or two, and the names of the others.

    kpis, told: see html().
    """
    least = LEAST if len(told) > 1 else 1
    silent = [
        column.name
        for column in told
        if column.chosen and sum(map(presentation.says, cells := _cells(kpis, column))) < min(least, len(cells))
    ]
    # The whole city is no area that is too small.
    areas = [column.name for column in told if column.name in silent and not column.chosen.unfiltered]
    return [column for column in told if column.name not in silent], areas


def _cells(kpis: Mapping[str, Row], column: Column) -> list[Row]:
    return [column.rows[entry.naam] for entry in shown(kpis) if entry.naam in column.rows]


def _in_ink(row: Row) -> bool:
    return kpi.has_value(row) or presentation.in_words(row, "waarde")


def how_to_read(kpis: Mapping[str, Row], told: Sequence[Column], rest: str) -> str:
    """What the signs of the table mean, of those that are in it. kpis, told: see html(). rest: see words.rest_of()."""
    rows = [row for column in told if column.chosen for row in _cells(kpis, column)]
    holds = {
        "marks": any(row["oordeel"] in MARKS for row in rows),
        # Of the whole city, or stadsdelen together, as they were published: of these nothing is judged.
        "chance": any(column.chosen and not column.level for column in told),
        "grey": any(presentation.says(row) and not _in_ink(row) for row in rows),
        "empty": not all(map(presentation.says, rows)),
        "line": True,
    }
    return " ".join(words.TEXTS["read_table"][name].format(rest=rest) for name, there in holds.items() if there)


def with_comparison(told: Sequence[Column], kpis: Mapping[str, Row]) -> list[Column]:
    """The columns with what is compared with in the place of the rest of the city, if anything is.

    told: see columns_told(). kpis: per indicator its row, see kit.kpi_rows().
    """
    beside = next((row[NAAST] for row in kpis.values() if NAAST in row), None)
    if beside is None:
        return list(told)
    return [Column(beside.name, "", kpis, figure=NAAST), *(column for column in told if column.chosen)]


def _figures(per_area: pl.DataFrame, compared: pl.DataFrame, level: str, area: str) -> dict[str, Row]:
    own, against = (
        presentation.by_indicator(frame.filter(niveau=level, gebied=area)) for frame in (per_area, compared)
    )
    # A wijkteam that receives somebody from outside the chosen stadsdeel is compared with him, so that is shown.
    told = {name: row for name, row in against.items() if presentation.how(row, "waarde") != columns.WEGGELATEN}
    return {name: {"oordeel": None} | row | told.get(name, {}) for name, row in own.items()}


def frame(kpis: Mapping[str, Row], told: Sequence[Column]) -> pl.DataFrame:
    """The table for a file: per KPI its value in words, counts, norm, verdict, and its value in every column.

    kpis: per indicator its row of the question kpi, also in html(). told: see columns_told().
    """
    found = []
    for entry in shown(kpis):
        row = kpis[entry.naam]
        figures = {"indicator": entry.naam, "waarde": tiles.value_words(entry, row)}
        figures |= {columns.weergave_van("waarde"): presentation.how(row, "waarde")}
        figures |= {name: row[name] for name in row if name.startswith(("teller", "noemer"))}
        figures["norm"] = tiles.norm_words(entry) or formats.MISSING
        figures["oordeel"] = tiles.verdict_words(entry, row)[0]
        for column in told:
            there = column.rows.get(entry.naam)
            if there and column.figure == NAAST:
                figures[column.name] = "; ".join(filter(None, (there[NAAST].value, there[NAAST].difference)))
            else:
                figures[column.name] = kpi.short(there, column.figure) if there else formats.MISSING
        found.append(figures)
    return pl.DataFrame(found, infer_schema_length=None)


def html(
    kpis: Mapping[str, Row], stands: pl.DataFrame, told: Sequence[Column], selection: queries.Selection, rest: str
) -> str:
    """The table on the screen, by theme.

    stands: the question kpi_trend. selection: the filters, that every link keeps. rest: see words.rest_of().
    """
    themes: dict[str, list[dict[str, Any]]] = {}
    per_team = any(column.level == "wijkteam" and column.chosen for column in told)
    for entry in shown(kpis):
        row = kpis[entry.naam]
        line = {
            "to": to_kpi(entry, selection),
            "title": entry.titel,
            "definition": tiles.definition_html(entry.titel, tiles.definition_words(entry)),
            "value": _stand(entry, row, short=len(told) > 1),
            "counts": tiles.counts_words(entry, row).removesuffix(" waarnemingen"),
            "verdict": tiles.verdict_html(tiles.verdict_words(entry, row)),
            "norm": tiles.norm_words(entry),
            "year": trend.small(entry, stands),
            "areas": [{"name": column.name} | _of_area(entry, column, rest) for column in told],
        }
        thema = words.TEXTS["receiving"].get(entry.thema, entry.thema) if per_team else entry.thema
        themes.setdefault(thema, []).append(line)
    ways = [(column.name, column.chosen and _of_column(column), column.figure == NAAST) for column in told]
    return TEMPLATE.render(headings=HEADINGS, columns=ways, themes=themes)


def _stand(entry: queries.Indicator, row: Row, *, short: bool) -> str:
    """How a KPI stands; short: where there is room for ">50%" only."""
    if short and presentation.in_words(row, "waarde"):
        return kpi.short(row)
    return kpi.shortened(tiles.value_words(entry, row))


def _of_column(column: Column) -> str:
    """The way to an area: a wijkteam has a page of its own, any other its figures here."""
    own = profile(column.chosen, column.name) if column.level == "wijkteam" else ""
    return own or address("overzicht", column.chosen)


def _of_area(entry: queries.Indicator, column: Column, rest: str) -> dict[str, Any]:
    """The figure of an area, marked where it differs from the rest by more than chance, and the way to that area."""
    row = column.rows.get(entry.naam)
    if row and column.figure == NAAST:
        return {
            "to": "",
            "figure": kpi.shortened(row[NAAST].figure),
            "difference": row[NAAST].difference,
            "beside": True,
        }
    if row and not presentation.says(row, column.figure):
        return {"to": "", "figure": ""}
    if row is None or column.chosen is None:
        return {"to": "", "figure": kpi.short(row, column.figure) if row else formats.MISSING}
    mark, counts = MARKS.get(row["oordeel"], ""), kpi.of_row(entry, row)
    said = f"{entry.titel}, {column.name}: {row['waarde_kort']}" + (f" ({counts})" if counts else "")
    said += f"; {row['oordeel']} dan de {rest}, meer dan toeval" if mark else ""
    chosen, own = column.chosen, {bar.VERGELIJK: bar.carried(column.chosen) or column.rest}
    if column.level == "wijkteam" and entry.thema == "Overdracht":
        # A handover is told of the wijkteam that receives, and that is a choice of its own page.
        chosen, own = replace(chosen, wijkteams=()), {"overdracht_wijkteam": [column.name]}
    figure = mark + kpi.bare(entry, row)
    return {"to": to_kpi(entry, chosen, **own), "said": said, "has_value": _in_ink(row), "figure": figure}
