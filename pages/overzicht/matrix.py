"""The one table of Overzicht: per KPI how it stands, whither it went in the year, and where it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

import queries
from pages.filters import bar
from pages.filters.link import address
from pages.overzicht import words
from pages.overzicht.headline import HERE
from pages.show import kpi, tiles, trend
from pages.words import formats, presentation
from queries.definitions import columns
from queries.formats import escape

Row = Mapping[str, Any]
Source = queries.Database | queries.Publication

SHOWN = [entry for entry in tiles.alone() if entry.naam not in HERE]
HEADINGS = ("Kengetal", "Stand", "Aantallen", "Norm", "Het jaar")
MARKS = {"hoger": "▲ ", "lager": "▼ "}


@dataclass(frozen=True)
class Column:
    """An area as a column, or the rest of the city as one.

    rows: per indicator its figures in the area and in the rest, and the verdict on the difference. figure: which of
    them is told. chosen: the selection with this area; None for the rest.
    """

    name: str
    level: str
    rows: Mapping[str, Row]
    chosen: queries.Selection | None = None
    figure: str = "waarde"


def columns_told(
    per_area: pl.DataFrame, compared: pl.DataFrame, selection: queries.Selection, source: Source
) -> list[Column]:
    """The chosen areas, the wijkteams of one stadsdeel, or all stadsdelen; none when areas are not published.

    Where one area is chosen the rest of the city stands beside it.

    per_area, compared: the questions kpi_per_gebied and kpi_gebied_vergelijking.
    """
    if words.not_published(per_area):
        return []
    if selection.wijkteams or len(selection.stadsdelen) == 1:
        level, chosen, areas = "wijkteam", selection.wijkteams, bar.wijkteams_within(source, selection.stadsdelen)
    else:
        level, chosen, areas = "stadsdeel", selection.stadsdelen, source.stadsdelen
    names = tuple(area for area in areas if area in chosen or (not chosen and area != queries.ONBEKEND))
    told = [
        Column(name, level, _figures(per_area, compared, level, name), words.narrowed(selection, level, name))
        for name in names
    ]
    # One stadsdeel is no column, but all that is shown.
    one, its_level = (names, level) if selection.wijkteams else (selection.stadsdelen, "stadsdeel")
    if len(one) != 1:
        return told
    found = _figures(per_area, compared, its_level, one[0])
    rest = {name: row for name, row in found.items() if "rest_waarde" in row}
    return [*told, Column(presentation.capital(words.rest_of(source.grens)), its_level, rest, figure="rest_waarde")]


def _figures(per_area: pl.DataFrame, compared: pl.DataFrame, level: str, area: str) -> dict[str, Row]:
    own, against = (
        {row["indicator"]: row for row in frame.filter(niveau=level, gebied=area).iter_rows(named=True)}
        for frame in (per_area, compared)
    )
    # A wijkteam that receives somebody from outside the chosen stadsdeel is compared with him, so that is shown.
    told = {name: row for name, row in against.items() if presentation.how(row, "waarde") != columns.WEGGELATEN}
    return {name: {"oordeel": None} | row | told.get(name, {}) for name, row in own.items()}


@dataclass(frozen=True)
class Table:
    """What the table is made of.

    rows: per indicator its row of the question kpi. stands: the question kpi_trend. told: see columns_told().
    selection: the filters, that every link keeps. rest: what an area is held against, see words.rest_of().
    """

    rows: Mapping[str, Row]
    stands: pl.DataFrame
    told: list[Column]
    selection: queries.Selection
    rest: str

    def frame(self) -> pl.DataFrame:
        """The table for a file: per KPI its value in words, counts, norm, verdict, and its value in every column."""
        found = []
        for entry in SHOWN:
            row = self.rows[entry.naam]
            figures = {"indicator": entry.naam, "waarde": tiles.value_words(entry, row)}
            figures |= {name: row[name] for name in row if name.startswith(("teller", "noemer"))}
            figures["norm"] = tiles.norm_words(entry) or formats.MISSING
            figures["oordeel"] = tiles.verdict_words(entry, row)[0]
            for column in self.told:
                there = column.rows.get(entry.naam)
                figures[column.name] = kpi.short(there, column.figure) if there else formats.MISSING
            found.append(figures)
        return pl.DataFrame(found, infer_schema_length=None)

    def html(self) -> str:
        """The table on the screen, by theme; where there is little room the style rules make a list of it."""
        head = "".join(f'<th role="columnheader" scope="col">{heading}</th>' for heading in HEADINGS)
        for column in self.told:
            name = escape(column.name)
            name = f'<a href="{escape(address("overzicht", column.chosen))}">{name}</a>' if column.chosen else name
            head += f'<th role="columnheader" scope="col" class="getal">{name}</th>'
        bodies = []
        for thema in dict.fromkeys(entry.thema for entry in SHOWN):
            lines = "".join(self._line(entry) for entry in SHOWN if entry.thema == thema)
            bodies.append(
                '<tbody role="rowgroup"><tr role="row" class="thema"><th role="rowheader" scope="rowgroup" '
                f'colspan="{len(HEADINGS) + len(self.told)}">{escape(thema)}</th></tr>{lines}</tbody>'
            )
        return (
            '<div class="meebreed"><table class="kengetallen" role="table"><thead role="rowgroup"><tr role="row">'
            f"{head}</tr></thead>{''.join(bodies)}</table></div>"
        )

    def _line(self, entry: queries.Indicator) -> str:
        row, title = self.rows[entry.naam], escape(entry.titel)
        to = escape(address(words.PAGES[entry.thema], self.selection))
        definition = tiles.definition_html(entry.titel, tiles.definition_words(entry))
        judged = tiles.verdict_html(tiles.verdict_words(entry, row))
        cells = (
            _cell("Stand", escape(kpi.shortened(tiles.value_words(entry, row))), "stand"),
            _cell("Aantallen", escape(tiles.counts_words(entry, row).removesuffix(" waarnemingen"))),
            _cell("Norm", f"{judged}<p>{escape(tiles.norm_words(entry))}</p>", "norm"),
            _cell("Het jaar", trend.small(entry, self.stands)),
            *(_cell(column.name, self._of_area(entry, column), "gebied getal") for column in self.told),
        )
        name = f'<th role="rowheader" scope="row"><a href="{to}">{title}</a>{definition}</th>'
        return f'<tr role="row">{name}{"".join(cells)}</tr>'

    def _of_area(self, entry: queries.Indicator, column: Column) -> str:
        """The figure of an area, marked where it differs from the rest by more than chance, as a way to that area."""
        row = column.rows.get(entry.naam)
        if row is None:
            return formats.MISSING
        if column.chosen is None:
            return escape(kpi.short(row, column.figure))
        mark, counts = MARKS.get(row["oordeel"], ""), kpi.of_row(entry, row)
        said = f"{entry.titel}, {column.name}: {row['waarde_kort']}" + (f" ({counts})" if counts else "")
        said = escape(f"{said}; {row['oordeel']} dan de {self.rest}, meer dan toeval" if mark else said)
        page = words.PAGES[entry.thema]
        if column.level == "wijkteam" and page == "overdracht":
            # A handover is told of the wijkteam that receives, and that is a choice of its own page.
            to = address(page, replace(column.chosen, wijkteams=()), overdracht_wijkteam=[column.name])
        else:
            to = address(page, column.chosen)
        style = "" if kpi.has_value(row) else ' class="geen"'
        figure = escape(mark + kpi.bare(entry, row))
        return f'<a href="{escape(to)}" title="{said}" aria-label="{said}"{style}>{figure}</a>'


def _cell(heading: str, inside: str, style: str = "") -> str:
    return f'<td role="cell" class="{style}" data-kop="{escape(heading)}">{inside}</td>'
