"""The map of the page Overzicht: the right figure on the right place, in words and never by colour alone."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.overzicht import city
from pages.show import pictures, theme
from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN
from tests.pages.overzicht.published import published
from tests.pages.show.drawing import tooltip_faults

SHARE, COUNT, MEDIAN = (queries.INDICATOREN[name] for name in ("pip_tijdig", "pip_zonder", "pip_mediaan_dagen"))
COLUMNS = ("niveau", "gebied", "indicator", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")


def per_area(*rows):
    schema = dict(zip(COLUMNS, [pl.String] * 3 + [pl.Int64] * 2 + [pl.Float64] * 3, strict=True))
    return pl.DataFrame([dict(zip(COLUMNS, (*row, None, None), strict=True)) for row in rows], schema=schema)


STADSDELEN = per_area(
    ("stadsdeel", "Centrum", "pip_tijdig", 8, 9, 8 / 9),
    ("stadsdeel", "Zuid-West", "pip_tijdig", 12, 14, 12 / 14),
    ("stadsdeel", "Oost", "pip_tijdig", 26, 27, 26 / 27),
    ("stadsdeel", "Noord", "pip_tijdig", 31, 38, 31 / 38),
    ("stadsdeel", "Schalkwijk", "pip_tijdig", 0, 0, None),
    ("stadsdeel", "Onbekend", "pip_tijdig", 1, 20, 0.05),
    ("stadsdeel", "Oost", "pip_zonder", 2, 40, 2.0),
    ("wijkteam", "Oost", "pip_tijdig", 1, 20, 0.05),
)


@pytest.fixture(scope="module")
def places():
    return queries.city_map(date(2022, 12, 31))


@pytest.fixture
def shown():
    return city.figures(STADSDELEN, "stadsdeel", SHARE)


def rows_of(chart):
    """All data of a chart: of its frames, and what stands in a layer itself."""
    spec = chart.to_dict()
    inside = [layer["data"]["values"] for layer in spec["layer"] if "values" in layer["data"]]
    return [row for rows in (*spec["datasets"].values(), *inside[:1]) for row in rows]


def luminance(colour):
    def linear(channel):
        share = int(colour[channel : channel + 2], 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_under_ten_observations_an_area_has_words_in_place_of_a_figure(shown):
    assert shown.select("gebied", "cijfer", "noemer", "stand", "klasse").rows() == [
        ("Centrum", "te weinig waarnemingen", 9, "te weinig", city.FEW),
        ("Zuid-West", "86%", 14, "waarde", "85% tot 90%"),
        ("Oost", "96%", 27, "waarde", "95% tot en met 100%"),
        ("Noord", "82%", 38, "waarde", "80% tot 85%"),
        ("Schalkwijk", "niemand", 0, "niemand", city.NOBODY),
        ("Onbekend", "5%", 20, "waarde", "80% tot 85%"),
    ]
    assert shown["waarde"].is_null().to_list() == [True, False, False, False, True, False]


def test_onbekend_is_in_the_table_but_not_on_the_map(shown, places):
    assert city.map_table(shown).row(-1) == ("Onbekend", "5%", 1, 20, "niet op de kaart")
    assert "Onbekend" not in {row.get("gebied") for row in rows_of(city.tile_map(places, "stadsdeel", shown, SHARE))}


def test_a_count_is_shown_however_small_and_a_median_needs_ten_who_got_there():
    frame = per_area(
        ("stadsdeel", "Oost", "pip_zonder", 2, 4, 2.0),
        ("stadsdeel", "Oost", "pip_mediaan_dagen", 9, 12, 40.0),
        ("stadsdeel", "Noord", "pip_mediaan_dagen", 10, 12, 40.0),
        ("stadsdeel", "Centrum", "pip_mediaan_dagen", 3, 12, None),
        ("stadsdeel", "Schalkwijk", "pip_mediaan_dagen", 3, 9, None),
    )
    assert city.figures(frame, "stadsdeel", COUNT)["cijfer"].to_list() == ["2"]
    assert city.figures(frame, "stadsdeel", MEDIAN).select("cijfer", "stand").rows() == [
        ("te weinig waarnemingen", "te weinig"),
        ("40 dagen", "waarde"),
        ("nog niet bereikt", "niet bereikt"),
        ("te weinig waarnemingen", "te weinig"),
    ]


@pytest.mark.parametrize(
    ("values", "eenheid", "expected"),
    [
        ([], "aandeel", []),
        ([0.0], "aandeel", ["0% tot 5%"]),
        ([1.0], "aandeel", ["95% tot en met 100%"]),
        ([0.0, 1.0], "aandeel", ["0% tot 20%", "20% tot 40%", "40% tot 60%", "60% tot 80%", "80% tot en met 100%"]),
        ([0.68, 0.94], "aandeel", ["60% tot 70%", "70% tot 80%", "80% tot 90%", "90% tot en met 100%"]),
        ([0.3, 0.39], "aandeel", ["30% tot 35%", "35% tot 40%"]),
        ([1, 3], "aantal", ["1 persoon", "2 personen", "3 personen"]),
        ([1, 12], "aantal", ["0 tot en met 4 personen", "5 tot en met 9 personen", "10 tot en met 14 personen"]),
        ([11.2, 12.9], "maanden", ["11 tot 12 maanden", "12 tot 13 maanden"]),
        ([20, 69], "dagen", [f"{low} tot {low + 10} dagen" for low in (20, 30, 40, 50, 60)]),
    ],
)
def test_classes_are_equally_wide_and_at_most_five(values, eenheid, expected):
    assert [told for _, told in city.classes(values, eenheid)] == expected


@pytest.mark.parametrize("eenheid", ["aandeel", "aantal", "maanden", "dagen"])
def test_every_value_falls_in_a_class(eenheid):
    for most in (0.07, 0.3, 1.0) if eenheid == "aandeel" else (1, 7, 33, 480, 9_000):
        values = [most * step / 20 for step in range(21)]
        if eenheid == "aantal":
            values = [round(value) for value in values]
        found = city.classes(values, eenheid)
        assert 1 <= len(found) <= city.MOST_CLASSES
        for value in values:
            place = [told for _, told in found].index(city.label_of(value, found))
            assert found[place][0] <= value + 1e-9
            assert place == len(found) - 1 or value < found[place + 1][0]


@pytest.mark.parametrize("level", ["stadsdeel", "wijkteam"])
def test_every_area_is_named_with_its_figure_and_n_once(places, level):
    frame = per_area(*((level, area, "pip_tijdig", 15, 20, 0.75) for area in places[level].unique(maintain_order=True)))
    chart = city.tile_map(places, level, city.figures(frame, level, SHARE), SHARE)
    lines = sorted((row["midden"], row["rij"], row["dy"], row["tekst"]) for row in rows_of(chart) if "tekst" in row)
    said = [text for *_, text in lines]
    areas = places[level].n_unique()
    assert said.count("75%") == said.count("n = 20") == areas
    drawn = " ".join([*said, *places["opschrift"].str.replace("-|", "", literal=True)]).replace("- ", "-")
    assert all(area in drawn for area in places[level])


def test_a_tile_has_the_colour_of_its_area_and_the_darkest_is_the_highest(places, shown):
    spec = city.tile_map(places, "stadsdeel", shown, SHARE).to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    steps = theme.STEPS
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        "80% tot 85%": steps[0].light,
        "85% tot 90%": steps[2].light,
        "95% tot en met 100%": steps[4].light,
        city.FEW: theme.WHITE.light,
        city.NOBODY: theme.WHITE.light,
    }
    classes = {
        row["wijk"]: row["klasse"] for row in rows_of(city.tile_map(places, "stadsdeel", shown, SHARE)) if "wijk" in row
    }
    assert classes["Parkwijk"] == "95% tot en met 100%"
    assert classes["Meerwijk"] == city.NOBODY
    assert len(classes) == places.height


def test_a_tile_without_a_figure_is_hatched_and_no_other(places, shown):
    spec = city.tile_map(places, "stadsdeel", shown, SHARE).to_dict()
    data = spec["datasets"][spec["layer"][1]["data"]["name"]]
    without = {
        (r["kolom"], r["rij"]) for r in places.iter_rows(named=True) if r["stadsdeel"] in ("Centrum", "Schalkwijk")
    }
    middles = {((line["x"] + line["x2"]) / 2, (line["y"] + line["y2"]) / 2) for line in data}
    assert {(int(x), int(y)) for x, y in middles} == without
    assert all(0 <= abs(line["x2"] - line["x"]) <= 1 for line in data)


def test_a_border_runs_where_the_area_changes_and_nowhere_else():
    rows = pl.DataFrame({"kolom": [0, 1, 2], "rij": [0, 0, 0], "gebied": ["A", "A", "B"]})
    upright = [line for line in city._borders(rows) if line[0] == line[2]]
    assert upright == [(0, 0, 0, 1), (2, 0, 2, 1), (3, 0, 3, 1)]


@pytest.mark.parametrize("step", theme.STEPS)
def test_text_on_a_tile_is_readable_in_both_themes(step):
    assert contrast(step.light, theme.INK.light) >= 4.5
    assert contrast(step.dark, theme.INK.dark) >= 4.5


def test_every_colour_of_the_map_has_its_dark_step_in_the_style_rules():
    rules = theme.css()
    assert all(
        f'[fill="{tone.light}"] {{ fill: light-dark({tone.light}, {tone.dark}); }}' in rules for tone in theme.STEPS
    )


def test_the_map_is_told_to_a_screen_reader(places, shown):
    assert city.tile_map(places, "stadsdeel", shown, SHARE).to_dict()["description"] == (
        "Kaart van Haarlem. PIP binnen tien weken per gebied. Centrum: te weinig waarnemingen, n = 9; Zuid-West: 86%, "
        "n = 14; Oost: 96%, n = 27; Noord: 82%, n = 38; Schalkwijk: niemand, n = 0; Onbekend: 5%, n = 20."
    )


def squares(places):
    """Real borders, as far as a test can have them: the tiles, a degree wide."""
    return [
        {
            "type": "Feature",
            "properties": {"wijkcode": code},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[x, -y], [x + 1.0, -y], [x + 1.0, -y - 1.0], [x, -y - 1.0], [x, -y]]],
                ],
            },
        }
        for code, x, y in places.select("wijkcode", "kolom", "rij").iter_rows()
    ]


def test_the_real_map_has_the_same_figures_on_the_real_borders(places, shown):
    chart = city.real_map(places, "stadsdeel", shown, SHARE, squares(places))
    assert tooltip_faults(chart) == []
    features = [row["properties"] for row in rows_of(chart) if row.get("type") == "Feature"]
    assert len(features) == places.height
    assert {(one["wijk"], one["klasse"]) for one in features} >= {
        ("Parkwijk", "95% tot en met 100%"),
        ("Oude Stad", city.FEW),
    }
    labels = {row["tekst"] for row in rows_of(chart) if "tekst" in row}
    assert labels == {"Centrum|te weinig|n = 9", "Zuid-West|86%|n = 14", "Oost|96%|n = 27", "Noord|82%|n = 38",
                      "Schalkwijk|niemand|n = 0"}  # fmt: skip
    drawn = pictures.svg(chart, pictures.Words("titel"))
    assert theme.STEPS[4].light in drawn and "Oost" in drawn


@pytest.mark.parametrize("indicator", [SHARE, COUNT, MEDIAN], ids=lambda entry: entry.naam)
@pytest.mark.parametrize("level", ["stadsdeel", "wijkteam"])
def test_the_map_of_nobody_can_be_drawn(places, indicator, level):
    areas = places[level].unique(maintain_order=True)
    empty = city.figures(per_area(*((level, area, indicator.naam, 0, 0, None) for area in areas)), level, indicator)
    assert city.map_table(empty).is_empty()
    for chart in (
        city.tile_map(places, level, empty, indicator),
        city.real_map(places, level, empty, indicator, squares(places)),
    ):
        assert "niemand" in pictures.svg(chart, pictures.Words("titel"))


@pytest.mark.parametrize("level", ["stadsdeel", "wijkteam"])
def test_every_kpi_of_the_demo_can_be_put_on_the_map(places, snapshots_in_use, level):
    answer = queries.run("kpi_per_gebied", queries.Selection(), queries.open_database())
    for indicator in queries.INDICATOREN.values():
        found = city.figures(answer, level, indicator)
        assert found.filter(pl.col("gebied") != queries.ONBEKEND).height == places[level].n_unique()
        assert city.described(found, indicator).count("n = ") == found.height
        assert set(city.tiles(places, level, found)["klasse"]) <= set(found["klasse"])


# ------------------------------------------------------------------------------------------- rounded and hidden


def rounded(indicator, *rows, missing=None):
    """The figures of stadsdelen in the public view: gebied, teller, noemer, waarde."""
    frame = per_area(*(("stadsdeel", area, indicator.naam, *figures) for area, *figures in rows))
    return city.figures(published(frame, missing), "stadsdeel", indicator)


NO_COUNTS = {"teller": WEGGELATEN, "noemer": WEGGELATEN}
SHARES = [("Centrum", 10, 20, None), ("Oost", 40, 60, 0.67), ("Noord", None, None, None), ("Onbekend", 40, 50, 0.8)]
COUNTS = [("Centrum", None, 20, None), ("Oost", 20, 60, 20.0), ("Noord", 10, 40, 10.0), ("Onbekend", 40, 50, 40.0)]
MEDIANS = [("Centrum", None, None, None), ("Oost", None, None, 49.0), ("Noord", None, None, 56.0)]


def test_what_may_not_be_shown_has_words_and_no_colour():
    columns = ("gebied", "cijfer", "n", "stand", "klasse")
    assert rounded(SHARE, *SHARES).select(columns).rows() == [
        ("Centrum", "te klein om te tonen", "n = 20", "te klein", city.SMALL),
        ("Oost", "67%", "n = 60", "waarde", "65% tot 70%"),
        ("Noord", "te klein om te tonen", "n <10", "te klein", city.SMALL),
        ("Onbekend", "80%", "n = 50", "waarde", "65% tot 70%"),
    ]
    assert rounded(COUNT, *COUNTS).select(columns).rows() == [
        ("Centrum", "<10", "n = 20", "klein aantal", city.SMALL_COUNT),
        ("Oost", "20", "n = 60", "waarde", "ongeveer 20 personen"),
        ("Noord", "10", "n = 40", "waarde", "ongeveer 10 personen"),
        ("Onbekend", "40", "n = 50", "waarde", "ongeveer 20 personen"),
    ]
    assert rounded(MEDIAN, *MEDIANS, missing=NO_COUNTS).select(columns).rows() == [
        ("Centrum", "te klein om te tonen", "", "te klein", city.SMALL),
        ("Oost", "7 weken", "", "waarde", "ongeveer 7 weken"),
        ("Noord", "8 weken", "", "waarde", "ongeveer 8 weken"),
    ]


@pytest.mark.parametrize(
    ("values", "eenheid", "expected"),
    [
        ([10.0, 20.0], "aantal", ["ongeveer 10 personen", "ongeveer 20 personen"]),
        (
            [10.0, 60.0],
            "aantal",
            [
                "ongeveer 10 personen",
                "ongeveer 20 tot en met 30 personen",
                "ongeveer 40 tot en met 50 personen",
                "ongeveer 60 tot en met 70 personen",
            ],
        ),
        ([12.0], "maanden", ["ongeveer 12 maanden"]),
        ([1.0, 2.0], "maanden", ["ongeveer 1 maand", "ongeveer 2 maanden"]),
        ([49.0, 98.0], "dagen", [f"ongeveer {low} tot en met {low + 1} weken" for low in (6, 8, 10, 12, 14)]),
        ([0.13, 0.25], "aandeel", ["10% tot 15%", "15% tot 20%", "20% tot 25%", "25% tot 30%"]),
    ],
)
def test_classes_of_rounded_figures_are_named_by_the_rounded_figures_in_them(values, eenheid, expected):
    found = city.classes(values, eenheid, rounded=True)
    assert [told for _, told in found] == expected
    assert city.label_of(values[0], found) == expected[0]
    assert city.label_of(values[-1], found) == expected[-1]


def test_the_map_of_rounded_figures_writes_what_may_not_be_shown(places):
    for indicator, rows, words in ((SHARE, SHARES, "te klein"), (COUNT, COUNTS, "&lt;10")):
        shown = rounded(indicator, *rows)
        for features in ((), squares(places)):
            drawn = pictures.svg(
                city.city_map(places, "stadsdeel", shown, indicator, features), pictures.Words("titel")
            )
            assert words in drawn
            assert "None" not in drawn
            assert "null" not in drawn


def test_who_is_limited_to_some_areas_sees_that_the_others_are_not_shown(places):
    shown = city.figures(per_area(("stadsdeel", "Oost", "pip_tijdig", 26, 27, 26 / 27)), "stadsdeel", SHARE)
    chart = city.city_map(places, "stadsdeel", shown, SHARE, ())
    said = [row["tekst"] for row in rows_of(chart) if "tekst" in row]
    assert said.count("niet getoond") == places["stadsdeel"].n_unique() - 1
    assert {row["klasse"] for row in rows_of(chart) if "wijk" in row} == {"95% tot en met 100%", city.NOT_PUBLIC}
    assert "null" not in pictures.svg(chart, pictures.Words("titel"))


def test_a_map_on_which_nothing_may_be_shown_gives_way_to_words(places):
    nothing = rounded(SHARE, ("Centrum", 10, 20, None), ("Oost", None, None, None), ("Onbekend", 40, 50, 0.8))
    assert city.city_map(places, "stadsdeel", nothing, SHARE, ()) is None
    few = city.figures(per_area(("stadsdeel", "Oost", "pip_tijdig", 8, 9, 8 / 9)), "stadsdeel", SHARE)
    assert city.city_map(places, "stadsdeel", few, SHARE, ()) is not None


def test_a_published_median_has_no_numbers_behind_it_in_the_table_of_the_map():
    medians = city.map_table(rounded(MEDIAN, *MEDIANS, missing=NO_COUNTS))
    assert medians.columns == ["gebied", "cijfer", "klasse"]
    counts = city.map_table(rounded(COUNT, *COUNTS))
    assert counts.columns == ["gebied", "cijfer", "teller", "teller_weergave", "noemer", "noemer_weergave", "klasse"]
    assert counts.height == 4


def test_areas_that_are_not_published_are_no_table():
    left_out = {"teller": WEGGELATEN, "noemer": WEGGELATEN, "waarde": WEGGELATEN}
    hidden = rounded(SHARE, ("Centrum", None, None, None), missing=left_out)
    assert hidden["stand"].to_list() == ["niet openbaar"]
    assert city.map_table(hidden).is_empty()
    assert city.map_table(rounded(SHARE, ("Centrum", None, None, None))).is_empty()


def test_a_table_without_a_map_has_the_counts_and_no_colours():
    table = city.map_table(rounded(SHARE, ("Centrum", 10, 20, None), ("Oost", None, None, None)))
    assert table.select("gebied", "cijfer", "noemer", "noemer_weergave").rows() == [
        ("Centrum", "te klein om te tonen", 20, AFGEROND),
        ("Oost", "te klein om te tonen", None, BESCHERMD),
    ]
    assert "klasse" not in table.columns


def test_the_map_of_rounded_figures_is_told_to_a_screen_reader():
    assert city.described(rounded(COUNT, *COUNTS), COUNT) == (
        "Kaart van Haarlem. Nog geen PIP per gebied. Centrum: <10, n = 20; Oost: ongeveer 20, n = 60; "
        "Noord: ongeveer 10, n = 40; Onbekend: ongeveer 40, n = 50."
    )
    assert "Oost: ongeveer 7 weken; Noord" in city.described(rounded(MEDIAN, *MEDIANS, missing=NO_COUNTS), MEDIAN)
