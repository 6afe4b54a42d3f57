"""The charts and tables of the page Overzicht draw the figures that they are given."""

from datetime import date

import polars as pl
import pytest

from pages.overzicht import charts
from pages.show import pictures
from tests.pages.overzicht.frames import CHANGE, COMPARED, rows
from tests.pages.show.drawing import tooltip_faults
from tests.pages.show.published import exact, published

FOURTH, SECOND = date(2022, 10, 1), date(2022, 4, 1)
MOVED = ("intake_gestart", FOURTH, 33, 64, 0.516, 155, 182, 0.852, -0.336, -0.464, -0.204, "lager")
WITHIN = ("pip_tijdig", SECOND, 31, 38, 0.816, 72, 88, 0.818, -0.002, -0.167, 0.129, "binnen toeval")
FEW = ("overdracht_driegesprek", SECOND, 9, 11, 0.818, 5, 5, 1.0, None, None, None, "geen oordeel")
NOBODY = ("pip_tijdig", None, 0, 0, None, 0, 0, None, None, None, None, "geen oordeel")
ROUNDED = ("intake_gestart", FOURTH, 40, 60, 0.67, 150, 180, 0.83, -0.16, -0.39, 0.04, "binnen toeval")
HIDDEN = ("pip_tijdig", FOURTH, 30, 40, None, 80, 80, None, None, None, None, "geen oordeel")
INTAKE = "Brede intake binnen 90 dagen"


@pytest.mark.parametrize(
    ("given", "public", "drawn", "table"),
    [
        # The difference is that of the shares as they are written: 52% and 85%.
        (
            (MOVED, WITHIN, FEW), False,
            [(INTAKE, -0.33, "4e kwartaal 2022: 52% (33 van 64); eerder: 85% (155 van 182)"),
             ("PIP binnen tien weken (2e kwartaal 2022)", 0.0,
              "2e kwartaal 2022: 82% (31 van 38); eerder: 82% (72 van 88)")],
            [("intake_gestart", "▼ lager"), ("pip_tijdig", "● binnen toeval"),
             ("overdracht_driegesprek", "? te weinig waarnemingen")],
        ),
        ((NOBODY,), False, [], []),
        ((ROUNDED, HIDDEN), True, [(INTAKE, -0.16, "4e kwartaal 2022: 67% (40 van 60); eerder: 83% (150 van 180)")],
         [("intake_gestart", "● binnen toeval")]),
        ((HIDDEN,), True, [], []),
    ],
)  # fmt: skip
def test_the_change_by_quarter(given, public, drawn, table):
    frame = rows(CHANGE, *given, public=public)
    assert charts.change_rows(frame).select("naam", "verschil", "uitleg").rows() == drawn
    assert charts.change_table(frame).select("indicator", "oordeel").rows() == table


def test_differences_are_told_in_words_for_who_cannot_see_them():
    chart = charts.differences(charts.change_rows(rows(CHANGE, MOVED, WITHIN)), "Verandering")
    assert chart.description.startswith(
        f"Verandering. {INTAKE}: lager, −33%-punt (4e kwartaal 2022: 52% (33 van 64); eerder: 85% (155 van 182)); PIP"
    )
    assert tooltip_faults(chart) == []
    assert pictures.svg(chart, pictures.Words("titel"))


QUARTERS = [
    ("intake_gestart", date(2021, 10, 1), 10, 20, 0.5),
    ("intake_gestart", date(2022, 1, 1), 9, 10, 0.9),
    ("intake_gestart", date(2022, 4, 1), 9, 9, 1.0),
    ("pip_tijdig", date(2022, 4, 1), 6, 12, 0.5),
]
PUBLIC_QUARTERS = [
    ("intake_gestart", date(2022, 1, 1), 10, 40, None),
    ("intake_gestart", date(2022, 4, 1), 60, 80, 0.75),
    ("pip_tijdig", date(2022, 4, 1), 10, None, None),
]


@pytest.mark.parametrize(
    ("make", "given", "table"),
    [
        # Quarters of under 10 are empty, and those of another year are not there.
        (exact, QUARTERS, [("intake_gestart", 0.9, None), ("pip_tijdig", None, 0.5)]),
        # A share that may be shown in none of the quarters is left out.
        (published, PUBLIC_QUARTERS, [("intake_gestart", None, 0.75)]),
    ],
)
def test_quarters_of_one_year_stand_side_by_side(make, given, table):
    frame = pl.DataFrame(given, schema=["indicator", "kwartaal", "teller", "noemer", "waarde"], orient="row")
    frame = frame.cast({"waarde": pl.Float64}).with_columns(ci_laag=pl.lit(0.0), ci_hoog=pl.lit(1.0))
    shown = charts.quarters_table(make(frame), 2022)
    assert shown.select("indicator", *[name for name in shown.columns if name.endswith(" 2022")]).rows() == table


REST = [
    ("stadsdeel", "Oost", "pip_tijdig", 26, 27, 0.963, 13, 21, 0.619, 0.344, 0.1, 0.6, "hoger"),
    ("stadsdeel", "Noord", "pip_tijdig", 8, 9, 0.889, 31, 39, 0.795, None, None, None, "geen oordeel"),
    ("stadsdeel", "Centrum", "pip_tijdig", 0, 0, None, 39, 48, 0.813, None, None, None, "geen oordeel"),
    ("stadsdeel", "Onbekend", "pip_tijdig", 5, 12, 0.417, 34, 36, 0.944, -0.527, -0.8, -0.1, "lager"),
    ("wijkteam", "Oost", "pip_tijdig", 26, 27, 0.963, 5, 9, 0.556, None, None, None, "geen oordeel"),
]
PUBLIC_REST = [
    ("stadsdeel", "Oost", "pip_tijdig", 40, 60, 0.67, 80, 100, 0.8, -0.13, -0.4, 0.1, "binnen toeval"),
    ("stadsdeel", "Noord", "pip_tijdig", 30, 30, None, 70, 130, 0.54, None, None, None, "geen oordeel"),
]


@pytest.mark.parametrize(
    ("given", "public", "level", "drawn", "table"),
    [
        (
            # In the order of the city; nobody is no row, and under 10 there is no percentage.
            REST, False, "stadsdeel",
            [("Oost", "Oost: 96% (26 van 27); rest van de stad: 62% (13 van 21)"),
             ("Onbekend", "Onbekend: 42% (5 van 12); rest van de stad: 94% (34 van 36)")],
            [("Oost", 0.963, 0.619, 0.34, "▲ hoger"), ("Noord", None, 0.795, None, "? te weinig waarnemingen"),
             ("Onbekend", 0.417, 0.944, -0.52, "▼ lager")],
        ),
        (REST, False, "wijkteam", [], [("Oost", 0.963, None, None, "? te weinig waarnemingen")]),
        (PUBLIC_REST, True, "stadsdeel", [("Oost", "Oost: 67% (40 van 60); rest van de stad: 80% (80 van 100)")],
         [("Oost", 0.67, 0.8, -0.13, "● binnen toeval")]),
    ],
)  # fmt: skip
def test_the_areas_beside_the_rest(given, public, level, drawn, table):
    frame = rows(COMPARED, *given, public=public)
    assert charts.area_rows(frame, level, "pip_tijdig", "rest van de stad").select("naam", "uitleg").rows() == drawn
    shown = charts.area_table(frame, level).select("gebied", "waarde", "rest_waarde", "verschil", "oordeel")
    assert shown.rows() == table
