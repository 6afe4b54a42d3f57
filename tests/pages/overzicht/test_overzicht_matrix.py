"""The one table of Overzicht: its columns follow the filters, its cells are ways, its marks are beyond chance."""

import re
from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest

from pages.overzicht import matrix, words
from pages.show import tiles
from pages.show.beside import Told
from queries import INDICATOREN, Selection
from tests.pages.overzicht.frames import AREA, COMPARED, rows
from tests.pages.show.published import exact, published

CITY = SimpleNamespace(
    stadsdelen=("Oost", "Noord", "Onbekend"),
    wijkteams={"Oost": ("Oost",), "Noord": ("Delft", "Te Zaanen"), "Onbekend": ("Onbekend",)},
    grens=None,
)
AREAS = [("stadsdeel", name) for name in CITY.stadsdelen]
AREAS += [("wijkteam", name) for teams in CITY.wijkteams.values() for name in teams]
# Where a cell leads to, its area stands beside the rest.
REST = "&amp;vergelijk=De+rest+van+de+stad"
STANDS = pl.DataFrame(schema={"indicator": pl.String, "stand": pl.Date})


def table(selection, public=False, grens=None):
    """The table of a city in which every KPI has 15 of 30 everywhere, and Oost and Delft differ from the rest."""
    own = [(*area, name, 15, 30, 0.5) for area in AREAS for name in INDICATOREN]
    share = [name for name, entry in INDICATOREN.items() if entry.eenheid == "aandeel"]
    verdicts = {"Oost": (0.3, 0.1, 0.5, "hoger"), "Delft": (-0.3, -0.5, -0.1, "lager")}
    compared = [
        (*area, name, 15, 30, 0.5, 20, 80, 0.25, *verdicts.get(area[1], (0.0, -0.1, 0.1, "binnen toeval")))
        for area in AREAS
        for name in share
    ]
    left_out = ("teller", "noemer", "waarde") if public else ()
    per_area, beside = rows(AREA, *own, public=public, left_out=left_out), rows(COMPARED, *compared, public=public)
    kpis = pl.DataFrame(own, schema=AREA, orient="row").filter(gebied="Oost", niveau="stadsdeel")
    source = SimpleNamespace(**vars(CITY) | {"grens": grens})
    told = matrix.columns_told(per_area, beside, selection, source)
    shown = (published if public else exact)(kpis.drop("niveau", "gebied"))
    kpi = {row["indicator"]: row for row in shown.iter_rows(named=True)}
    html = matrix.html(kpi, STANDS, told, selection, words.rest_of(grens))
    return [column.name for column in told], matrix.frame(kpi, told), html


@pytest.mark.parametrize(
    ("chosen", "columns"),
    [
        ({}, ["Oost", "Noord"]),
        ({"stadsdelen": ("Oost", "Noord")}, ["Oost", "Noord"]),
        # Of one area the rest of the city stands beside it.
        ({"stadsdelen": ("Noord",)}, ["Delft", "Te Zaanen", "Rest van de stad"]),
        ({"wijkteams": ("Delft",)}, ["Delft", "Rest van de stad"]),
        ({"wijkteams": ("Delft", "Oost")}, ["Oost", "Delft"]),
        ({"stadsdelen": ("Onbekend",)}, ["Rest van de stad"]),
    ],
)
def test_the_areas_are_those_that_the_filters_ask_about(chosen, columns):
    assert table(Selection(**chosen))[0] == columns


def test_who_is_limited_reads_what_the_rest_is_and_areas_that_are_not_published_are_no_columns():
    columns, _, html = table(Selection(wijkteams=("Delft",)), grens=("Delft",))
    assert columns[-1] == "Rest van uw gebieden"
    assert "lager dan de rest van uw gebieden, meer dan toeval" in html
    assert table(Selection(stadsdelen=("Noord",)), public=True)[0] == []


def test_the_one_area_that_somebody_may_see_has_no_rest_to_lead_to(monkeypatch):
    assert "vergelijk=De+rest+van+uw+gebieden" in table(Selection(), grens=("Delft", "Oost"))[2]
    monkeypatch.setattr(CITY, "stadsdelen", ("Noord",))
    assert "vergelijk=" not in table(Selection(), grens=("Delft",))[2]


def cell(html, title, column):
    """The inside of a cell of the table on the screen."""
    line = next(part for part in html.split('<tr role="row">') if f">{title}</a><button" in part)
    return re.search(f'data-kop="{column}">(.*?)</td>', line)[1]


@pytest.mark.parametrize(
    ("chosen", "name", "column", "to", "figure"),
    [
        ({}, "begeleiding_dekking", "Oost", f"/begeleiding?stadsdeel=Oost{REST}", "▲ 50%"),
        ({}, "begeleiding_dekking", "Noord", f"/begeleiding?stadsdeel=Noord{REST}", "50%"),
        # The filters are kept, the part of the page is open, and the unit of a median stands in its row already.
        ({"peildatum": date(2022, 6, 30)}, "pip_mediaan_dagen", "Oost",
         f"/leerroutes?stadsdeel=Oost&amp;peildatum=30-06-2022{REST}&amp;leerroutes_deel=Tijd+tot+het+PIP", "0"),
        ({"stadsdelen": ("Noord",)}, "pip_tijdig", "Delft",
         f"/leerroutes?stadsdeel=Noord&amp;wijkteam=Delft{REST}&amp;leerroutes_deel=PIP+op+tijd+per+kwartaal", "▼ 50%"),
        # A handover is told of the wijkteam that receives.
        ({"wijkteams": ("Delft",)}, "overdracht_gedaan", "Delft", "/overdracht?overdracht_wijkteam=Delft", "▼ 50%"),
    ],
)  # fmt: skip
def test_a_cell_is_a_way_to_its_page_with_its_area_and_marked_where_it_differs(chosen, name, column, to, figure):
    inside = cell(table(Selection(**chosen))[2], INDICATOREN[name].titel, column)
    assert f'<a href="{to}"' in inside
    assert inside.endswith(f">{figure}</a>")
    assert ("meer dan toeval" in inside) is (figure[0] in "▲▼")


def test_what_is_compared_with_is_a_column_in_the_place_of_the_rest():
    areas = [matrix.Column(name, "wijkteam", {}, Selection()) for name in ("Delft", "Te Zaanen")]
    told = [*areas, matrix.Column("Rest van de stad", "stadsdeel", {}, figure="rest_waarde")]
    kpis = {name: {"naast": Told("Stadsdeel Oost", "60%", "60% (18 van 30)", "hier even hoog")} for name in INDICATOREN}
    assert matrix.with_comparison(told, {name: {} for name in INDICATOREN}) == told
    column, *others = matrix.with_comparison(told, kpis)
    assert (column.name, others) == ("Stadsdeel Oost", areas)
    given = exact(pl.DataFrame([(*AREAS[0], name, 15, 30, 0.5) for name in INDICATOREN], schema=AREA, orient="row"))
    rows = {row["indicator"]: row | kpis[row["indicator"]] for row in given.iter_rows(named=True)}
    (column,) = matrix.with_comparison([], rows)
    inside = cell(
        matrix.html(rows, STANDS, [column], Selection(), ""), INDICATOREN["pip_tijdig"].titel, "Stadsdeel Oost"
    )
    assert inside.split() == ["60%<p>hier", "even", "hoog</p>"]
    assert set(matrix.frame(rows, [column])["Stadsdeel Oost"]) == {"60% (18 van 30); hier even hoog"}


def test_the_file_has_a_row_per_kpi_and_what_stands_large_is_not_told_twice():
    frame = table(Selection())[1]
    shown = [entry.naam for entry in tiles.alone() if entry.naam not in matrix.HERE]
    assert frame["indicator"].to_list() == shown
    assert not {"pip_over_termijn", "pip_zonder", "leerroute_b", "begeleiding_mediaan"} & set(frame["indicator"])
    first = frame.select("waarde", "teller", "noemer", "norm", "oordeel", "Oost", "Noord").row(0)
    assert first == ("50%", 15, 30, "norm 100%", "Norm niet gehaald", "50%", "50%")
