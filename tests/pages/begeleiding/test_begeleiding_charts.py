"""The charts of the page Begeleiding: what is drawn is what the answers say."""

from datetime import date

import polars as pl
from test_begeleiding_finding import CONTRACT, LONG, SHORT, curve, durations, regime, stock

import queries
from pages.begeleiding import charts
from pages.shared import theme

P = date(2022, 12, 31)
LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45)),
        curve((0, 20, 0, 0, 1.0), (300, 20, 2, 18, 0.9), name=CONTRACT),
    ]
)
TIMES = durations(regime(SHORT, 20, 400 / charts.DAYS_IN_A_MONTH), regime(CONTRACT, 20, None))


def marks(spec, kind):
    """The layers of one kind of mark, wherever they stand."""
    found = []
    for layer in spec.get("layer", [spec]):
        found += marks(layer, kind) if "layer" in layer else [layer] * (layer["mark"]["type"] == kind)
    return found


def rows(spec, layer):
    return spec["datasets"][layer["data"]["name"]]


def texts(spec):
    return [layer["encoding"]["text"].get("value") for layer in marks(spec, "text")]


def test_a_survival_curve_is_a_step_line_in_months():
    spec = charts.survival(LINES, TIMES).to_dict()
    for line in marks(spec, "line"):
        assert line["mark"]["interpolate"] == "step-after"
        assert line["transform"] == [{"as": "maanden", "calculate": "datum.dag / 30.4375"}]
        assert line["encoding"]["x"]["field"] == "maanden"
        assert line["encoding"]["y"]["scale"]["domain"] == [0, 1]


def test_a_line_is_dotted_from_where_fewer_than_ten_are_followed():
    firm, dotted = charts.firm_and_dotted(LINES, "regime")
    assert firm.select("regime", "dag").rows() == [(SHORT, 0), (SHORT, 400), (CONTRACT, 0), (CONTRACT, 300)]
    assert dotted.filter(pl.col("regime") == SHORT)["dag"].to_list() == [400, 500]
    spec = charts.survival(LINES, TIMES).to_dict()
    assert ["strokeDash" in line["mark"] for line in marks(spec, "line")] == [False, True]


def test_a_small_group_is_dotted_from_the_start():
    firm, dotted = charts.firm_and_dotted(curve((0, 4, 0, 0, 1.0), (10, 4, 1, 3, 0.75)), "regime")
    assert firm.is_empty()
    assert dotted["dag"].to_list() == [0, 10]


def test_a_median_is_marked_when_reached_and_else_said_in_words():
    spec = charts.survival(LINES, TIMES).to_dict()
    (point,) = marks(spec, "point")
    assert [row["regime"] for row in rows(spec, point)] == [SHORT]
    assert ["12 maanden", "mediaan 13,1"] in texts(spec)
    assert ["12 maanden", "(contract 2022)", "mediaan nog", "niet bereikt"] in texts(spec)


def test_every_regime_that_occurs_has_its_norm_as_a_labelled_line():
    both = durations(regime(LONG, 20, 23.8), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
    spec = charts.survival(LINES, both).to_dict()
    (rule,) = marks(spec, "rule")
    assert [row["dag"] for row in rows(spec, rule)] == [365, 730]
    spec = charts.survival(LINES, TIMES).to_dict()
    assert [row["dag"] for row in rows(spec, marks(spec, "rule")[0])] == [365]


def test_a_regime_has_its_own_colour_and_its_name_at_the_line():
    spec = charts.survival(LINES, TIMES).to_dict()
    scale = marks(spec, "line")[0]["encoding"]["color"]["scale"]
    assert scale["domain"] == [SHORT, CONTRACT]
    assert scale["range"] == [theme.REGIME[SHORT].light, theme.REGIME[CONTRACT].light]
    assert marks(spec, "line")[0]["encoding"]["color"]["legend"] is None


def test_the_description_of_the_curve_is_made_from_the_data():
    words = charts.survival(LINES, TIMES).to_dict()["description"]
    assert "12 maanden: 20 perioden, gevolgd tot 500 dagen, mediaan 13,1 maanden" in words
    assert "12 maanden (contract 2022): 20 perioden, gevolgd tot 300 dagen, mediaan nog niet bereikt" in words


def test_the_duration_table_says_those_over_the_norm_in_words():
    table = charts.duration_table(durations(regime(SHORT, 20, 12.0, 3, 17), regime(CONTRACT, 20, None)))
    assert table["over_norm"].to_list() == ["3 van 17", "nog niet te beoordelen"]
    assert table["mediaan_maanden"].to_list() == [12.0, None]


def months(number):
    days = pl.date_range(date(2019, 12, 1), date(2024, 12, 1), "1mo", eager=True)[:number]
    return stock(*((day, 2, 1, index + 1) for index, day in enumerate(days)))


def test_only_events_about_begeleiding_within_the_axis_are_annotated():
    assert charts.events_on_axis(queries.events(), months(37))["titel"].to_list() == [
        "Begeleiding van 24 naar 12 maanden",
        "Wet inburgering 2021 in werking",
    ]
    assert charts.events_on_axis(queries.events(), months(3))["datum_van"].to_list() == [date(2020, 1, 1)]
    assert charts.events_on_axis(queries.events(), months(1)).is_empty()


def test_stock_and_flow_stand_one_above_the_other_on_scales_of_their_own():
    frame = months(37)
    spec = charts.stock(frame, charts.events_on_axis(queries.events(), frame), P).to_dict()
    assert spec["resolve"]["scale"]["y"] == "independent"
    (line,) = marks(spec, "line")
    (bars,) = marks(spec, "bar")
    assert line["encoding"]["y"]["field"] == "lopend"
    assert {(row["stroom"], row["hoogte"]) for row in rows(spec, bars)} == {("begonnen", 2), ("beëindigd", -1)}


def test_the_description_of_the_stock_names_the_last_month_and_the_events():
    frame = months(37)
    words = charts.stock(frame, charts.events_on_axis(queries.events(), frame), P).to_dict()["description"]
    assert "in de laatste maand 2 begonnen, 1 beëindigd, 37 lopend" in words
    assert "1 januari 2020: Begeleiding van 24 naar 12 maanden" in words


def test_a_long_series_names_years_and_a_short_one_months():
    def axis(number):
        spec = charts.stock(months(number), queries.events().clear().select("datum_van", "titel", "toelichting"), P)
        return marks(spec.to_dict(), "line")[0]["encoding"]["x"]["axis"]

    assert (axis(12)["format"], axis(12)["tickCount"]["step"]) == ("%b %Y", 1)
    assert (axis(13)["format"], axis(13)["tickCount"]["step"]) == ("%b %Y", 3)
    assert (axis(37)["format"], axis(37)["tickCount"]["step"]) == ("%Y", 12)


def test_without_periods_there_is_no_chart():
    assert charts.survival(LINES.clear(), TIMES.clear()) is None
    assert charts.stock(stock(), queries.events(), P) is None
    assert charts.events_on_axis(queries.events(), stock()).is_empty()
    assert charts.duration_table(TIMES.clear()).is_empty()


def test_one_person_can_be_drawn():
    one = curve((0, 1, 0, 0, 1.0), (20, 1, 0, 1, 1.0))
    assert charts.survival(one, durations(regime(SHORT, 1, None))).to_dict()
    assert charts.stock(months(1), queries.events().clear(), P).to_dict()
