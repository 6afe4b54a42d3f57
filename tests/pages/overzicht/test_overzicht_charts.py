"""The charts and tables of the page Overzicht draw the figures that they are given."""

from datetime import date

import polars as pl

from pages.overzicht import charts
from pages.show import pictures, theme
from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN
from tests.pages.overzicht.published import published
from tests.pages.show.drawing import rows_of

CHANGE = {
    "indicator": pl.String, "kwartaal": pl.Date, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64,
    "eerder_teller": pl.Int64, "eerder_noemer": pl.Int64, "eerder_waarde": pl.Float64, "verschil": pl.Float64,
    "ci_laag": pl.Float64, "ci_hoog": pl.Float64, "oordeel": pl.String,
}  # fmt: skip
FOURTH, SECOND = date(2022, 10, 1), date(2022, 4, 1)


def change(*rows):
    return pl.DataFrame([dict(zip(CHANGE, row, strict=True)) for row in rows], schema=CHANGE)


MOVED = ("intake_gestart", FOURTH, 33, 64, 0.516, 155, 182, 0.852, -0.336, -0.464, -0.204, "lager")
WITHIN = ("pip_tijdig", SECOND, 31, 38, 0.816, 72, 88, 0.818, -0.002, -0.167, 0.129, "binnen toeval")
FEW = ("overdracht_driegesprek", SECOND, 9, 11, 0.818, 5, 5, 1.0, None, None, None, "geen oordeel")

KPI = {
    "indicator": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64, "ci_laag": pl.Float64,
    "ci_hoog": pl.Float64,
}  # fmt: skip


def draws(chart):
    """The chart can be drawn, not only described."""
    return pictures.svg(chart, pictures.Words("titel"))


def test_only_shares_that_can_be_compared_are_drawn():
    rows = charts.change_rows(change(MOVED, WITHIN, FEW))
    assert rows.select("naam", "verschil", "oordeel", "uitleg").rows() == [
        (
            "Brede intake binnen 90 dagen", -0.33, "lager",
            "4e kwartaal 2022: 52% (33 van 64); eerder: 85% (155 van 182)",
        ),
        (
            "PIP binnen tien weken (2e kwartaal 2022)", 0.0, "binnen toeval",
            "2e kwartaal 2022: 82% (31 van 38); eerder: 82% (72 van 88)",
        ),
    ]  # fmt: skip


def test_the_table_of_the_change_keeps_every_share_and_says_the_verdict_in_words():
    table = charts.change_table(change(MOVED, WITHIN, FEW))
    assert table["indicator"].to_list() == ["intake_gestart", "pip_tijdig", "overdracht_driegesprek"]
    assert table["oordeel"].to_list() == ["▼ lager", "● binnen toeval", "? te weinig waarnemingen"]


def test_nobody_in_any_quarter_is_an_empty_table():
    nobody = ("pip_tijdig", None, 0, 0, None, 0, 0, None, None, None, None, "geen oordeel")
    assert charts.change_table(change(nobody)).is_empty()
    assert charts.change_table(change()).is_empty()


def test_a_difference_lies_around_a_zero_in_the_middle():
    chart = charts.differences(charts.change_rows(change(MOVED, WITHIN)), "Verandering")
    domains = {
        tuple(layer["encoding"]["x"]["scale"]["domain"])
        for layer in chart.to_dict()["layer"]
        if "scale" in layer["encoding"]["x"]
    }
    assert domains == {(-0.464, 0.464)}
    assert draws(chart)


def test_beyond_chance_is_filled_and_within_chance_is_open():
    spec = charts.differences(charts.change_rows(change(MOVED, WITHIN)), "Verandering").to_dict()
    dots = {
        row["oordeel"]: layer["mark"]["fill"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "point"
        for row in spec["datasets"][layer["data"]["name"]]
    }
    assert dots == {"lager": theme.BLUE.light, "binnen toeval": theme.WHITE.light}


def test_no_layer_is_empty_because_that_is_an_image_without_a_description():
    for rows in (change(MOVED), change(WITHIN), change(MOVED, WITHIN)):
        spec = charts.differences(charts.change_rows(rows), "Verandering").to_dict()
        assert all(spec["datasets"][layer["data"]["name"]] for layer in spec["layer"] if "data" in layer)


def test_differences_are_told_to_a_screen_reader():
    description = charts.differences(charts.change_rows(change(MOVED)), "Verandering").to_dict()["description"]
    assert description == (
        "Verandering. Brede intake binnen 90 dagen: lager, −33%-punt "
        "(4e kwartaal 2022: 52% (33 van 64); eerder: 85% (155 van 182))."
    )


def test_nothing_to_compare_gives_an_empty_chart():
    assert charts.differences(charts.change_rows(change(FEW)), "Verandering").to_dict()


def test_quarters_of_one_year_stand_side_by_side_and_small_ones_are_empty():
    quarters = pl.DataFrame(
        [
            ("intake_gestart", date(2021, 10, 1), 10, 20, 0.5),
            ("intake_gestart", date(2022, 1, 1), 9, 10, 0.9),
            ("intake_gestart", date(2022, 4, 1), 9, 9, 1.0),
            ("pip_tijdig", date(2022, 4, 1), 6, 12, 0.5),
        ],
        schema=["indicator", "kwartaal", "teller", "noemer", "waarde"],
        orient="row",
    )
    table = charts.quarters_table(quarters, 2022)
    assert table.columns == ["indicator", "1e kwartaal 2022", "2e kwartaal 2022"]
    assert table.rows() == [("intake_gestart", 0.9, None), ("pip_tijdig", None, 0.5)]
    assert charts.quarters_table(quarters, 2023).is_empty()


AREA = {"niveau": pl.String, "gebied": pl.String, **KPI}
COMPARED = {
    "niveau": pl.String, "gebied": pl.String, "indicator": pl.String, "teller": pl.Int64, "noemer": pl.Int64,
    "waarde": pl.Float64, "rest_teller": pl.Int64, "rest_noemer": pl.Int64, "rest_waarde": pl.Float64,
    "verschil": pl.Float64, "ci_laag": pl.Float64, "ci_hoog": pl.Float64, "oordeel": pl.String,
}  # fmt: skip


def of(schema, *rows):
    return pl.DataFrame([dict(zip(schema, row, strict=True)) for row in rows], schema=schema)


PER_AREA = of(
    AREA,
    ("stadsdeel", "Oost", "pip_zonder", 3, 27, 3.0, None, None),
    ("stadsdeel", "Oost", "pip_tijdig", 26, 27, 0.963, 0.8, 1.0),
    ("stadsdeel", "Noord", "pip_zonder", 0, 0, 0.0, None, None),
    ("stadsdeel", "Noord", "pip_tijdig", 8, 9, 0.889, 0.5, 1.0),
    ("stadsdeel", "Centrum", "pip_zonder", 0, 0, 0.0, None, None),
    ("stadsdeel", "Centrum", "pip_tijdig", 0, 0, None, None, None),
    ("stadsdeel", "Onbekend", "pip_zonder", 0, 0, 0.0, None, None),
    ("stadsdeel", "Onbekend", "pip_tijdig", 5, 12, 0.417, 0.2, 0.7),
    ("wijkteam", "Oost", "pip_tijdig", 26, 27, 0.963, 0.8, 1.0),
)
AGAINST_REST = of(
    COMPARED,
    ("stadsdeel", "Oost", "pip_tijdig", 26, 27, 0.963, 13, 21, 0.619, 0.344, 0.1, 0.6, "hoger"),
    ("stadsdeel", "Noord", "pip_tijdig", 8, 9, 0.889, 31, 39, 0.795, None, None, None, "geen oordeel"),
    ("stadsdeel", "Centrum", "pip_tijdig", 0, 0, None, 39, 48, 0.813, None, None, None, "geen oordeel"),
    ("stadsdeel", "Onbekend", "pip_tijdig", 5, 12, 0.417, 34, 36, 0.944, -0.527, -0.8, -0.1, "lager"),
    ("wijkteam", "Oost", "pip_tijdig", 26, 27, 0.963, 5, 9, 0.556, None, None, None, "geen oordeel"),
)


def test_every_kpi_stands_beside_the_rest_of_the_city_with_onbekend_last():
    table = charts.areas_table(PER_AREA, AGAINST_REST, "stadsdeel")
    assert table.select("indicator", "gebied", "waarde", "noemer", "rest_waarde", "verschil", "oordeel").rows() == [
        ("pip_tijdig", "Oost", "96%", 27, 0.619, 0.34, "▲ hoger"),
        ("pip_tijdig", "Noord", "te weinig waarnemingen", 9, 0.795, None, "? te weinig waarnemingen"),
        ("pip_tijdig", "Onbekend", "42%", 12, 0.944, -0.52, "▼ lager"),
        ("pip_zonder", "Oost", "3", 27, None, None, "– geen vergelijking"),
        ("pip_zonder", "Noord", "niemand", 0, None, None, "– niemand"),
    ]


def test_a_rest_that_is_too_small_is_not_called_too_few_in_the_area():
    table = charts.areas_table(PER_AREA, AGAINST_REST, "wijkteam")
    assert table.select("waarde", "rest_waarde", "oordeel").rows() == [
        ("96%", None, "? rest te klein om te vergelijken")
    ]


def test_areas_are_drawn_in_the_order_of_the_city():
    rows = charts.area_rows(AGAINST_REST, "stadsdeel", "pip_tijdig")
    assert rows.select("naam", "uitleg").rows() == [
        ("Oost", "Oost: 96% (26 van 27); rest van de stad: 62% (13 van 21)"),
        ("Onbekend", "Onbekend: 42% (5 van 12); rest van de stad: 94% (34 van 36)"),
    ]


def test_no_areas_at_all_give_empty_tables():
    assert charts.areas_table(PER_AREA.clear(), AGAINST_REST.clear(), "stadsdeel").is_empty()
    assert charts.area_rows(AGAINST_REST.clear(), "stadsdeel", "pip_tijdig").is_empty()


# ------------------------------------------------------------------------------------------- rounded and hidden


def test_of_rounded_figures_the_change_shows_the_shares_that_can_be_compared():
    rows = published(
        change(
            ("intake_gestart", FOURTH, 40, 60, 0.67, 150, 180, 0.83, -0.16, -0.39, 0.04, "binnen toeval"),
            ("pip_tijdig", FOURTH, 30, 40, None, 80, 80, None, None, None, None, "geen oordeel"),
        )
    )
    assert charts.change_table(rows)["indicator"].to_list() == ["intake_gestart"]
    shown = charts.change_rows(rows)
    assert shown.select("naam", "verschil_weergave", "uitleg").rows() == [
        ("Brede intake binnen 90 dagen", AFGEROND, "4e kwartaal 2022: 67% (40 van 60); eerder: 83% (150 van 180)")
    ]
    chart = charts.differences(shown, "Verandering")
    assert not [name for row in rows_of(chart) for name in row if name.endswith("_weergave")]
    assert draws(chart)


def test_a_change_that_is_too_small_to_show_is_no_table_and_not_nobody():
    hidden = published(
        change(("pip_tijdig", FOURTH, 10, None, None, None, None, None, None, None, None, "geen oordeel"))
    )
    assert charts.change_table(hidden).is_empty()
    assert charts.change_rows(hidden).is_empty()


def test_rounded_quarters_carry_how_they_are_shown_and_shares_that_are_never_shown_are_left_out():
    quarters = pl.DataFrame(
        [
            ("intake_gestart", date(2022, 1, 1), 10, 40, None),
            ("intake_gestart", date(2022, 4, 1), 60, 80, 0.75),
            ("pip_tijdig", date(2022, 4, 1), 10, None, None),
            ("leerroute_b", date(2022, 4, 1), 20, 50, 0.4),
        ],
        schema=["indicator", "kwartaal", "teller", "noemer", "waarde"],
        orient="row",
    )
    table = charts.quarters_table(published(quarters), 2022)
    first, second = "1e kwartaal 2022", "2e kwartaal 2022"
    assert table.columns == ["indicator", first, f"{first}_weergave", second, f"{second}_weergave"]
    assert table.rows() == [
        ("intake_gestart", None, BESCHERMD, 0.75, AFGEROND),
        ("leerroute_b", None, None, 0.4, AFGEROND),
    ]
    assert charts.quarters_table(published(quarters).filter(pl.col("indicator") == "pip_tijdig"), 2022).is_empty()


NO_COUNTS = {"teller": WEGGELATEN, "noemer": WEGGELATEN}


ROUNDED_AREAS = pl.concat(
    [
        published(
            of(
                AREA,
                ("stadsdeel", "Oost", "pip_zonder", 20, 60, 20.0, None, None),
                ("stadsdeel", "Oost", "pip_tijdig", 40, 60, 0.67, 0.5, 0.8),
                ("stadsdeel", "Noord", "pip_zonder", None, 40, None, None, None),
                ("stadsdeel", "Noord", "pip_tijdig", 30, 30, None, None, None),
                ("stadsdeel", "Onbekend", "pip_tijdig", None, None, None, None, None),
                ("wijkteam", "Oost", "overdracht_gedaan", 40, 60, 0.67, 0.5, 0.8),
            )
        ),
        published(of(AREA, ("stadsdeel", "Oost", "pip_mediaan_dagen", None, None, 56.0, None, None)), NO_COUNTS),
        published(
            of(AREA, ("wijkteam", "Oost", "pip_tijdig", None, None, None, None, None)),
            {"waarde": WEGGELATEN, **NO_COUNTS},
        ),
    ]
)
ROUNDED_REST = pl.concat(
    [
        published(
            of(
                COMPARED,
                ("stadsdeel", "Oost", "pip_tijdig", 40, 60, 0.67, 80, 100, 0.8, -0.13, -0.4, 0.1, "binnen toeval"),
                ("stadsdeel", "Noord", "pip_tijdig", 30, 30, None, 70, 130, 0.54, None, None, None, "geen oordeel"),
                (
                    "stadsdeel",
                    "Onbekend",
                    "pip_tijdig",
                    None,
                    None,
                    None,
                    90,
                    90,
                    None,
                    None,
                    None,
                    None,
                    "geen oordeel",
                ),
            )
        ),
        published(
            of(COMPARED, ("wijkteam", "Oost", "overdracht_gedaan", *[None] * 10)), dict.fromkeys(COMPARED, WEGGELATEN)
        ),
    ]
)


def test_rounded_areas_keep_their_rows_and_say_once_why_there_is_no_difference():
    table = charts.areas_table(ROUNDED_AREAS, ROUNDED_REST, "stadsdeel")
    assert table.select("indicator", "gebied", "waarde", "noemer", "rest_waarde", "verschil", "oordeel").rows() == [
        ("pip_tijdig", "Oost", "67%", 60, 0.8, -0.13, "● binnen toeval"),
        ("pip_tijdig", "Noord", "te klein", 30, 0.54, None, "? te klein"),
        ("pip_tijdig", "Onbekend", "te klein", None, None, None, "? te klein"),
        ("pip_zonder", "Oost", "20", 60, None, None, "– geen vergelijking"),
        ("pip_zonder", "Noord", "<10", 40, None, None, "– geen vergelijking"),
        ("pip_mediaan_dagen", "Oost", "8 weken", None, None, None, "– geen vergelijking"),
    ]
    assert table["noemer_weergave"].to_list()[2] == BESCHERMD
    assert table["rest_waarde_weergave"].to_list() == [AFGEROND, AFGEROND, BESCHERMD, None, None, None]
    assert "waarde_weergave" not in table.columns


def test_of_a_wijkteam_only_what_is_published_stands_in_the_table_and_without_a_comparison():
    table = charts.areas_table(ROUNDED_AREAS, ROUNDED_REST, "wijkteam")
    assert table.select("indicator", "gebied", "waarde", "teller").rows() == [("overdracht_gedaan", "Oost", "67%", 40)]
    assert "verschil" not in table.columns
    assert charts.area_rows(ROUNDED_REST, "wijkteam", "overdracht_gedaan").is_empty()


def test_areas_of_which_nothing_may_be_shown_are_an_empty_table():
    hidden = published(of(AREA, ("wijkteam", "Oost", "overdracht_gedaan", None, None, None, None, None)), NO_COUNTS)
    assert charts.areas_table(hidden, ROUNDED_REST, "wijkteam").is_empty()
