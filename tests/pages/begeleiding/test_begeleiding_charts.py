"""The charts of the page Begeleiding: what is drawn is what the answers say."""

from datetime import date
from xml.etree import ElementTree

import polars as pl
from test_begeleiding_words import (
    CONTRACT,
    LONG,
    SHORT,
    curve,
    durations,
    public_curve,
    public_durations,
    public_stock,
    regime,
    stock,
)

import queries
from pages.begeleiding import charts
from pages.show import pictures, theme
from pages.words import presentation
from tests.pages.show.published import published

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
    assert ["strokeDash" in line["mark"] for line in marks(spec, "line")] == [False, True]
    for line in marks(spec, "line"):
        assert line["mark"]["interpolate"] == "step-after"
        assert line["transform"] == [{"as": "maanden", "calculate": "datum.dag / 30.4375"}]
        assert line["encoding"]["x"]["field"] == "maanden"
        assert line["encoding"]["y"]["scale"]["domain"] == [0, 1]


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


def test_without_periods_there_is_no_chart():
    assert charts.survival(LINES.clear(), TIMES.clear()) is None
    assert charts.stock(stock(), queries.events(), P) is None
    assert charts.events_on_axis(queries.events(), stock()).is_empty()
    assert charts.duration_table(TIMES.clear()).is_empty()


def test_one_person_can_be_drawn():
    one = curve((0, 1, 0, 0, 1.0), (20, 1, 0, 1, 1.0))
    assert charts.survival(one, durations(regime(SHORT, 1, None))).to_dict()
    assert charts.stock(months(1), queries.events().clear(), P).to_dict()


# ---------------------------------------------------------------------------------------------- rounded figures

PUBLIC_LINES = pl.concat(
    [
        public_curve(1.0, None, 0.94, 0.9, name=SHORT),
        public_curve(None, None, None, name=CONTRACT),
    ]
)
PUBLIC_TIMES = published(durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None)))


def test_no_line_runs_through_a_share_that_is_too_small_to_show():
    spec = charts.survival(PUBLIC_LINES, PUBLIC_TIMES).to_dict()
    line = marks(spec, "line")[0]
    assert line["encoding"]["detail"]["field"] == "stuk"
    assert [(row["dag"], row["overleving"], row["stuk"]) for row in rows(spec, line)] == [
        (0, 1.0, 0), (61, 0.94, 1), (91, 0.9, 1)
    ]  # fmt: skip
    # The beginning stands alone, and needs no point: there all still run.
    assert [[row.get("dag") for row in rows(spec, point)] for point in marks(spec, "point")] == [[None]]
    assert {name for data in spec["datasets"].values() for row in data for name in row}.isdisjoint(
        {"in_risico", "overleving_weergave"}
    )


def written(chart):
    """The lines of text that stand in the drawing."""
    svg = pictures.svg(chart, pictures.Words("Titel"))
    return {line for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")
            for line in element.itertext()}  # fmt: skip


def test_words_say_where_no_line_is_drawn_and_which_regime_is_left_out():
    chart = charts.survival(PUBLIC_LINES, PUBLIC_TIMES)
    assert {charts.NO_LINE, "Te klein om te tonen: 12 maanden (contract 2022)."} <= written(chart)
    assert chart.description == (
        "Deel van de perioden van begeleiding dat nog loopt, naar duur. 12 maanden: ongeveer 180 perioden, na 3 "
        "maanden loopt nog ongeveer 90%, mediaan ongeveer 12 maanden, te klein om te tonen na 1 maand; "
        "12 maanden (contract 2022): te klein om te tonen."
    )


def test_a_rounded_median_at_a_line_is_in_whole_months():
    assert ["12 maanden", "mediaan 12"] in texts(charts.survival(PUBLIC_LINES, PUBLIC_TIMES).to_dict())


def test_a_median_that_may_not_be_shown_is_not_called_not_reached():
    lines = public_curve(*[0.9] * 8)
    hidden = published(durations(regime(SHORT, 60, None)))
    found = texts(charts.survival(lines, hidden).to_dict())
    assert ["12 maanden", "mediaan te klein", "om te tonen"] in found
    reached = texts(charts.survival(lines, public_durations(regime(SHORT, 60, None))).to_dict())
    assert ["12 maanden", "mediaan nog", "niet bereikt"] in reached


def test_a_whole_line_needs_no_words_above_it():
    whole = charts.survival(LINES, TIMES)
    assert charts.NO_LINE not in written(whole)
    assert presentation.TOO_SMALL not in whole.description


def test_curves_that_are_too_small_to_show_are_no_chart_and_no_table():
    small = PUBLIC_LINES.filter(pl.col("regime") == CONTRACT)
    assert charts.survival(small, PUBLIC_TIMES) is None
    assert charts.curve_table(small).is_empty()


def test_a_published_curve_is_read_per_month():
    table = charts.curve_table(PUBLIC_LINES)
    assert table.rows() == [
        (SHORT, 0, 1.0, "afgerond"), (SHORT, 1, None, "beschermd"), (SHORT, 2, 0.94, "afgerond"),
        (SHORT, 3, 0.9, "afgerond"),
    ]  # fmt: skip
    assert table.columns == ["regime", "maanden", "overleving", "overleving_weergave"]
    assert presentation.none_to_draw(table) == ""
    assert charts.curve_table(LINES).equals(LINES)


def test_the_duration_table_of_rounded_figures_says_what_is_too_small():
    frame = published(durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 40, None, None, None)))
    table = charts.duration_table(frame)
    assert table["over_norm"].to_list() == ["30 van 150", "<10"]
    assert table["mediaan_maanden_weergave"].to_list() == ["afgerond", "beschermd"]


def test_the_stock_of_quarters_has_its_events_on_the_axis():
    frame = public_stock((date(2021, 10, 1), 10, None, 20), (date(2022, 1, 1), 10, 10, None))
    found = charts.events_on_axis(queries.events(), frame)
    assert found["titel"].to_list() == ["Wet inburgering 2021 in werking"]
    assert "in het laatste kwartaal 10 begonnen, 10 beëindigd, <10 lopend" in charts.stock(frame, found, P).description
