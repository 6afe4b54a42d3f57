"""How a survival curve is read on a day, and from where it is drawn dotted."""

import altair as alt
import polars as pl
import pytest

from pages.show import curves
from tests.pages.show.drawing import layers_of, rows_of, texts_of, tooltip_faults
from tests.pages.show.published import exact, published

COLUMNS = ("dag", "in_risico", "gebeurtenissen", "gecensureerd", "overleving")


def curve(*rows, group="a"):
    schema = dict.fromkeys(COLUMNS[:-1], pl.Int64) | {"overleving": pl.Float64}
    return exact(pl.DataFrame(rows, schema=schema, orient="row").select(pl.lit(group).alias("groep"), *COLUMNS))


def left(line, day):
    row = curves.read_at(line, day)
    return None if row is None else row["overleving"]


@pytest.mark.parametrize(("day", "share"), [(364, 1.0), (365, 0.75), (366, 0.5)])
def test_the_share_left_is_the_last_row_on_or_before_the_day(day, share):
    assert left(curve((0, 40, 0, 0, 1.0), (365, 40, 10, 0, 0.75), (366, 30, 10, 0, 0.5)), day) == share


def test_nothing_is_read_beyond_the_end_of_a_line_unless_all_have_ended():
    assert left(curve((0, 40, 0, 0, 1.0), (300, 40, 4, 36, 0.9)), 365) is None
    assert left(curve((0, 20, 0, 0, 1.0), (300, 20, 20, 0, 0.0)), 365) == 0.0


def test_nothing_is_read_from_fewer_than_ten_known_outcomes():
    nine = curve((0, 40, 0, 0, 1.0), (100, 40, 0, 31, 1.0), (400, 9, 9, 0, 0.0))
    assert left(nine, 365) is None
    ten = curve((0, 40, 0, 0, 1.0), (100, 40, 0, 30, 1.0), (365, 10, 1, 0, 0.9), (400, 9, 9, 0, 0.0))
    assert left(ten, 365) == 0.9


def test_nothing_is_read_from_a_few_who_are_left_when_most_outcomes_are_unknown():
    line = curve(
        (0, 40, 0, 0, 1.0), (100, 40, 10, 0, 0.75), (200, 30, 0, 25, 0.75), (365, 5, 1, 0, 0.6), (400, 4, 0, 4, 0.6)
    )
    assert left(line, 365) is None


def test_of_no_line_nothing_is_read():
    assert curves.read_at(curve(), 365) is None


def test_a_line_is_dotted_from_where_fewer_than_ten_are_followed():
    one = curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45))
    other = curve((0, 20, 0, 0, 1.0), (300, 20, 2, 18, 0.9), group="b")
    firm, dotted = curves.firm_and_dotted(pl.concat([one, other]), "groep")
    assert firm.select("groep", "dag").rows() == [("a", 0), ("a", 400), ("b", 0), ("b", 300)]
    # The dotted part begins where the firm one ends, or a gap would show.
    assert dotted.select("groep", "dag").rows() == [("a", 400), ("a", 500), ("b", 300)]


def test_a_small_group_is_dotted_from_the_start():
    firm, dotted = curves.firm_and_dotted(curve((0, 4, 0, 0, 1.0), (10, 4, 1, 3, 0.75)), "groep")
    assert firm.is_empty()
    assert dotted["dag"].to_list() == [0, 10]


# -------------------------------------------------------------------------------------------- published curves


def months(*shares, group="a"):
    """A published curve: a share per whole month from month 0 on; None is too small to show."""
    rows = [(group, round(month * 30.4375), None, None, None, share) for month, share in enumerate(shares)]
    schema = {"groep": pl.String} | dict.fromkeys(COLUMNS[:-1], pl.Int64) | {"overleving": pl.Float64}
    return published(pl.DataFrame(rows, schema=schema, orient="row"), left_out=COLUMNS[1:-1])


def test_a_line_is_in_pieces_where_a_share_may_not_be_shown():
    both = pl.concat([months(1.0, None, None, 0.9, 0.8, None), months(1.0, 0.7, group="b")])
    assert curves.points(both, "groep").select("groep", "maanden", "stuk").rows() == [
        ("a", 0, 0), ("a", 3, 2), ("a", 4, 2), ("b", 0, 0), ("b", 1, 0)
    ]  # fmt: skip
    line = curve((0, 40, 0, 0, 1.0), (365, 40, 10, 0, 0.75))
    assert curves.points(line, "groep")["stuk"].to_list() == [0, 0]
    assert curves.points(curve(), "groep").is_empty()


def test_a_point_tells_when_how_many_and_of_how_many():
    line = curve((0, 1234, 0, 0, 1.0), (365, 40, 10, 0, 0.25))
    words = ("na", "deel", "gevolgd")
    assert curves.points(line, "groep").select(words).rows()[-1] == ("365 dagen", "25%", "40")
    assert curves.points(line, "groep", rising=True, by_month=True).select(words).rows() == [
        ("0,0 maanden", "0%", "1.234"),
        ("12,0 maanden", "75%", "40"),
    ]
    assert curves.points(months(1.0, 0.9), "groep", rising=True).select("na", "deel").rows() == [
        ("0 maanden", "ongeveer 0%"),
        ("1 maand", "ongeveer 10%"),
    ]


X, COLOUR, TOLD = alt.X("maanden:Q"), alt.ColorValue("black"), {"Na": "na", "Deel": "deel"}


def test_an_exact_line_goes_in_steps_dotted_where_few_are_followed_and_every_step_can_be_pointed_at():
    drawn = curves.points(curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45)), "groep")
    chart = alt.layer(*curves.lines(drawn, "groep", X, TOLD, COLOUR))
    assert ["strokeDash" in line["mark"] for line in layers_of(chart, "line")] == [False, True]
    assert {line["mark"]["interpolate"] for line in layers_of(chart, "line")} == {"step-after"}
    assert len(layers_of(chart, "rect")) == 1
    assert layers_of(chart, "point") == []
    assert tooltip_faults(chart) == []


def test_a_point_that_no_line_reaches_is_a_dot_but_for_the_beginning():
    drawn = curves.points(months(1.0, None, 0.9, None, 0.8, 0.7), "groep")
    chart = alt.layer(*curves.lines(drawn, "groep", X, TOLD, COLOUR))
    (dots,) = layers_of(chart, "point")
    assert [row["maanden"] for row in chart.to_dict()["datasets"][dots["data"]["name"]]] == [2]


def test_published_lines_are_dots_that_no_line_joins_over_a_hidden_one():
    both = pl.concat([months(1.0, None, 0.9), months(1.0, 0.7, group="b")])
    chart = alt.layer(*curves.joined_dots(curves.points(both, "groep"), "groep", X, TOLD, COLOUR))
    (line,) = layers_of(chart, "line")
    assert "interpolate" not in line["mark"]
    assert line["encoding"]["detail"]["field"] == "stuk"
    assert [dots["mark"]["filled"] for dots in layers_of(chart, "point")] == [True, False]
    assert tooltip_faults(chart) == []


def test_words_above_the_drawing_are_in_lines_that_fit_and_none_without_words():
    assert curves.above("") == []
    (row,) = rows_of(alt.layer(*curves.above("Te klein om te tonen: Gezinsmigrant en overige migrant na 1 maand.")))
    assert max(map(len, row["tekst"].split("\n"))) <= 48
    assert row["tekst"].replace("\n", " ").endswith("na 1 maand.")


def test_a_label_stands_on_a_rim_of_white():
    at = pl.DataFrame({"maanden": [1.0], "aandeel": [0.5]})
    chart = alt.layer(*curves.label(at, ["regime", "mediaan 12"], X))
    assert texts_of(chart) == [["regime", "mediaan 12"]] * 2
    assert ["stroke" in layer["mark"] for layer in layers_of(chart, "text")] == [True, False]


def test_a_published_curve_is_read_in_its_month_and_not_from_an_earlier_one():
    line = months(*[1.0] * 12, 0.44)
    assert left(line, 365) == 0.44
    assert left(line, 380) is None
    assert left(months(*[1.0] * 12, None), 365) is None
    assert left(months(*[1.0] * 12), 365) is None


def test_a_published_day_stands_for_a_whole_month():
    assert curves.in_months(months(1.0, 0.9, 0.8, 0.7))["maanden"].to_list() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((1.0, 0.9), ""),
        ((1.0, None, 0.8), "Te klein om te tonen: b na 1 maand."),
        ((None, 0.9, None, None), "Te klein om te tonen: b na 0, 2 en 3 maanden."),
        ((None, None), "Te klein om te tonen: b."),
        ((), ""),
    ],
)
def test_the_months_that_are_too_small_to_show_are_named(shares, words):
    both = pl.concat([months(1.0, 0.9), months(*shares, group="b")])
    assert curves.too_small(both, "groep") == words
    assert curves.too_small(curve((0, 9, 0, 0, 1.0)), "groep") == ""


def test_of_a_single_line_only_the_months_are_named():
    assert curves.too_small(months(1.0, None)) == "Te klein om te tonen: na 1 maand."


def test_how_a_curve_is_read_fits_what_is_drawn():
    assert curves.how_to_read(curve((0, 20, 0, 0, 1.0))) == curves.DOTTED
    assert curves.how_to_read(months(1.0, 0.9)) == curves.PER_MONTH
