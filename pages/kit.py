# ruff: noqa: F401 - pages take these names from here.
"""What a page is made with, under one roof. A page needs nothing else from these rooms than these names."""

from datetime import date

import queries
from pages.access.questions import ask, database, deliveries, news, previous, told_in_dutch
from pages.filters import bar as filters
from pages.filters import ways
from pages.filters.bar import filter_bar, selection
from pages.filters.link import copy_link
from pages.show import theme, tiles, trend
from pages.show.figure import note, section, show, take_along
from pages.show.head import head
from pages.show.table import total
from pages.show.tiles import Tile, grid, kpi_grid
from pages.words import formats, presentation
from pages.words.presentation import n, n_of


def asked() -> tuple[queries.Selection, date, str, dict[str, presentation.Row]]:
    """What a page of a theme begins with: the selection, its peildatum and that in words, and the row of each KPI."""
    chosen = selection()
    peildatum = chosen.peildatum or database().peildatum
    rows = {row["indicator"]: row for row in ask("kpi", chosen).iter_rows(named=True)}
    return chosen, peildatum, f"Stand {formats.long_date(peildatum)}.", rows
