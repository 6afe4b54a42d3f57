"""The map of the page Overzicht: the right figure on the right place, in words and never by colour alone."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.overzicht import city
from pages.show import pictures, theme
from queries import Selection
from tests.pages.overzicht.frames import figures
from tests.pages.show.drawing import tooltip_faults

SHARE, COUNT, MEDIAN = (queries.INDICATOREN[name] for name in ("pip_tijdig", "pip_zonder", "pip_mediaan_dagen"))
LEFT_OUT = ("teller", "noemer", "waarde")
WIJKTEAMS = {"Oost": ("Oost",), "Schalkwijk": ("Boerhaavewijk", "Meerwijk"), "Onbekend": ("Onbekend",)}


@pytest.fixture(scope="module")
def places():
    return queries.city_map(date(2022, 12, 31))


COUNTS = {"Centrum": (8, 9), "Zuid-West": (12, 14), "Oost": (26, 27), "Noord": (31, 38), "Onbekend": (1, 20)}


def squares(places):
    """Real borders, as far as a test can have them: tiles of a degree wide."""
    corners = ((0, 0), (1, 0), (1, -1), (0, -1), (0, 0))
    return [
        {
            "properties": {"wijkcode": code},
            "geometry": {"type": "MultiPolygon", "coordinates": [[[[x + east, north - y] for east, north in corners]]]},
        }
        for code, x, y in places.select("wijkcode", "kolom", "rij").iter_rows()
    ]


def wijken(chart):
    """What is drawn of every wijk, and the labels."""
    spec = chart.to_dict()
    drawn = [layer.get("data", {}).get("values", []) for layer in spec["layer"]]
    labels = {row["tekst"] for data in spec["datasets"].values() for row in data if "tekst" in row}
    return {each["wijk"]: each for data in drawn for each in data if "wijk" in each}, labels


@pytest.mark.parametrize(
    ("indicator", "given", "how", "expected"),
    [
        # A share needs ten persons, and the lowest has the lightest tint; Onbekend has none.
        (SHARE, [("Oost", 26, 27, 0.96), ("Centrum", 8, 9, 0.9), ("Noord", 8, 10, 0.8), ("Onbekend", 1, 20, 0.05)], {},
         [("96%", "n = 27", 4), ("te weinig", "n = 9", None), ("80%", "n = 10", 0), ("5%", "n = 20", None)]),
        # A count is shown however small, and a median needs ten who got there. One figure has the middle tint.
        (COUNT, [("Oost", 2, 4, 2.0)], {}, [("2", "n = 4", 2)]),
        (MEDIAN, [("Oost", 9, 12, 40.0), ("Noord", 10, 12, 40.0), ("Centrum", 3, 12, None)], {},
         [("te weinig", "n = 12", None), ("40 dagen", "n = 12", 2), ("nog niet bereikt", "n = 12", None)]),
        # Nobody is something else than not chosen; a handover may come in where nobody is chosen.
        (SHARE, [("Oost", 0, 0, None), ("Noord", 0, 0, None), ("Centrum", 9, 10, 0.9)],
         {"not_chosen": ("Noord", "Centrum")},
         [("niemand", "n = 0", None), ("niet gekozen", "", None), ("90%", "n = 10", 2)]),
        (SHARE, [("Centrum", 10, 20, None), ("Oost", 40, 60, 0.67), ("Noord", None, None, None)], {"public": True},
         [("te klein", "n = 20", None), ("67%", "n = 60", 2), ("te klein", "n <10", None)]),
        (COUNT, [("Centrum", None, 20, None), ("Oost", 20, 60, 20.0), ("Noord", 10, 40, 10.0)], {"public": True},
         [("<10", "n = 20", None), ("20", "n = 60", 4), ("10", "n = 40", 0)]),
        (MEDIAN, [("Oost", None, None, 49.0)], {"public": True, "left_out": ("teller", "noemer")},
         [("7 weken", "", 2)]),
        (SHARE, [("Oost", None, None, None)], {"public": True, "left_out": LEFT_OUT}, [("niet getoond", "", None)]),
    ],
)  # fmt: skip
def test_the_figure_of_an_area_or_why_there_is_none(indicator, given, how, expected):
    assert figures(indicator, *given, **how).select("cijfer", "n", "tint").rows() == expected


@pytest.mark.parametrize(
    ("selection", "stadsdelen", "wijkteams"),
    [
        (Selection(), set(), set()),
        (Selection(stadsdelen=("Oost",)), {"Schalkwijk", "Onbekend"}, {"Boerhaavewijk", "Meerwijk", "Onbekend"}),
        # A stadsdeel of which a part is chosen is chosen.
        (Selection(wijkteams=("Meerwijk",)), {"Oost", "Onbekend"}, {"Oost", "Boerhaavewijk", "Onbekend"}),
    ],
)
def test_which_areas_the_filters_leave_out(selection, stadsdelen, wijkteams):
    assert city.not_chosen(selection, WIJKTEAMS, "stadsdeel") == stadsdelen
    assert city.not_chosen(selection, WIJKTEAMS, "wijkteam") == wijkteams


@pytest.mark.parametrize("real", [False, True])
def test_a_wijk_has_the_colour_of_its_area_and_the_area_is_named_once_with_its_figure(places, real):
    shares = [(area, part, whole, part / whole) for area, (part, whole) in COUNTS.items()]
    shown = figures(SHARE, *shares[:-1], ("Schalkwijk", 0, 0, None), shares[-1])
    chart = city.city_map(places, "stadsdeel", shown, SHARE, squares(places) if real else ())
    drawn, labels = wijken(chart)
    assert len(drawn) == places.height
    assert [drawn[name]["tint"] for name in ("Parkwijk", "Oude Stad", "Meerwijk")] == [4, None, None]
    assert drawn["Parkwijk"]["voluit"] == "Parkwijk, Oost: 96%, n = 27"
    assert labels == {
        "Centrum|te weinig|n = 9", "Zuid-West|86%|n = 14", "Oost|96%|n = 27", "Noord|82%|n = 38",
        "Schalkwijk|niemand|n = 0",
    }  # fmt: skip
    picture = pictures.svg(chart, pictures.Words("titel"))
    assert theme.STEPS[4].light in picture and "None" not in picture and "null" not in picture
    assert tooltip_faults(chart) == []
    assert chart.to_dict()["description"] == (
        "Kaart van Haarlem. PIP binnen tien weken per gebied. Centrum: te weinig waarnemingen, n = 9; Zuid-West: 86%, "
        "n = 14; Oost: 96%, n = 27; Noord: 82%, n = 38; Schalkwijk: niemand, n = 0; Onbekend: 5%, n = 20."
    )


def test_an_area_that_was_not_chosen_has_its_name_alone_and_one_that_may_not_be_seen_says_so(places):
    limited = figures(SHARE, ("Oost", 26, 27, 0.96), ("Noord", 0, 0, None), not_chosen=("Noord",))
    drawn, labels = wijken(city.city_map(places, "stadsdeel", limited, SHARE))
    assert {"Oost|96%|n = 27", "Noord", "Centrum|niet getoond"} <= labels
    assert drawn["Delftwijk"]["uitkomst"] == "niet gekozen"


def test_a_line_runs_where_the_area_changes_and_nowhere_else():
    tiles = pl.DataFrame({"kolom": [0, 1, 2], "rij": [0, 0, 0], "gebied": ["A", "A", "B"]})
    upright = [one[0] for one, two in city.edges(tiles, "gebied") if one[0] == two[0]]
    assert upright == [0, 2 * city.WIDE, 3 * city.WIDE]


@pytest.mark.parametrize(
    ("counts", "how", "columns", "height", "drawn"),
    [
        ((40, 60, 0.67), {"public": True}, ["gebied", "cijfer", "teller", "noemer"], 1, True),
        ((0, 0, None), {}, ["gebied", "cijfer", "teller", "noemer"], 0, True),
        # Counts alone are a table without a map; a published median has no counts.
        ((10, 20, None), {"public": True}, ["gebied", "cijfer", "teller", "noemer"], 1, False),
        ((None, None, 0.67), {"public": True, "left_out": LEFT_OUT[:2]}, ["gebied", "cijfer"], 1, True),
        ((None, None, None), {"public": True, "left_out": LEFT_OUT}, ["gebied", "cijfer"], 0, False),
    ],
)
def test_the_table_of_the_map_and_whether_there_is_a_map(counts, how, columns, height, drawn):
    found = figures(SHARE, ("Oost", *counts), **how)
    table = city.table(found)
    assert [name for name in table.columns if "_" not in name] == columns
    assert (table.height, not city.nothing_to_draw(found)) == (height, drawn)
