# ruff: noqa: F401 - pages take these names from here.
"""What a page is made with, under one roof. A page needs nothing else from these rooms than these names."""

from dataclasses import replace
from datetime import date

import queries
from pages.access.questions import ask, contacts, database, deliveries, news, previous, told_in_dutch
from pages.filters import bar as filters
from pages.filters import ways
from pages.filters.bar import compared, filter_bar, selection
from pages.filters.link import copy_link
from pages.show import left_out, theme, tiles, trend
from pages.show.beside import Beside, told, under, whose
from pages.show.college import quote
from pages.show.figure import group, note, section, show, side_by_side, take_along
from pages.show.head import head
from pages.show.table import total
from pages.show.tiles import Tile, grid, kpi_grid
from pages.words import formats, presentation
from pages.words.presentation import n, n_of


def asked() -> tuple[queries.Selection, date, str, dict[str, presentation.Row]]:
    """What a page of a theme begins with: the selection, its peildatum and that in words, and the row of each KPI."""
    chosen = selection()
    peildatum = chosen.peildatum or database().peildatum
    rows = kpi_rows(chosen)
    return chosen, peildatum, f"Stand {formats.long_date(peildatum)}.", rows


def kpi_rows(chosen: queries.Selection) -> dict[str, presentation.Row]:
    """Per KPI its row, with under "naast" what it is compared with, if it is; see show.beside.Told."""
    rows = _by_kpi("kpi", chosen)
    if (found := compared()) is None:
        return rows
    other, public = _by_kpi("kpi", found.selection), isinstance(database(), queries.Publication)
    # Of two published figures no difference is told.
    judged = {} if public else _by_kpi("kpi_vergelijking", replace(chosen, naast=found.selection))
    for name, row in ((name, row) for name, row in rows.items() if name in other):
        verdict = judged[name]["oordeel"] if name in judged else ""
        row["naast"] = told(queries.INDICATOREN[name], row, other[name], verdict, found.name, earlier=found.earlier)
    return rows


def _by_kpi(question: str, chosen: queries.Selection) -> dict[str, presentation.Row]:
    return presentation.by_indicator(ask(question, chosen))


def beside(question: str) -> Beside | None:
    """What is compared with, by its answer to a question; None when nothing is compared."""
    found = compared()
    return Beside(found.name, ask(question, found.selection)) if found else None
