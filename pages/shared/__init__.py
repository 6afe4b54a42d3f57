"""What pages share. A page needs nothing else from here than these names."""

from pages.shared import filters, formats, theme, tiles, weergave
from pages.shared.access import ask, database, deliveries, news, previous, told_in_dutch
from pages.shared.filters import filter_bar, selection
from pages.shared.frame import note, section, show, take_along
from pages.shared.link import copy_link
from pages.shared.page import head
from pages.shared.table import total
from pages.shared.tiles import Tile, grid, kpi_grid

__all__ = [
    "Tile",
    "ask",
    "copy_link",
    "database",
    "deliveries",
    "filter_bar",
    "filters",
    "formats",
    "grid",
    "head",
    "kpi_grid",
    "news",
    "note",
    "previous",
    "section",
    "selection",
    "show",
    "take_along",
    "theme",
    "tiles",
    "told_in_dutch",
    "total",
    "weergave",
]
