"""Survival curves: how one is read on a day, what is drawn of it, and from where it is dotted."""

from functools import partial

import polars as pl
import pytest

from pages.show import curves, theme
from pages.show.beside import Beside
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.drawing import layers_of, rows_of, tooltip_faults

curve, months = (partial(each, groep="a") for each in (answers.curve, answers.months))

STEPS = curve((0, 40, 0, 0, 1.0), (365, 40, 10, 0, 0.75), (366, 30, 10, 0, 0.5))
LOST = ((0, 40, 0, 0, 1.0), (100, 40, 10, 0, 0.75), (200, 30, 0, 25, 0.75), (365, 5, 1, 0, 0.6), (400, 4, 0, 4, 0.6))


@pytest.mark.parametrize(
    ("line", "day", "share"),
    [
        (STEPS, 364, 1.0),
        (STEPS, 365, 0.75),
        (STEPS, 366, 0.5),
        # Beyond the end of a line nothing is read, unless all have ended.
        (curve((0, 40, 0, 0, 1.0), (300, 40, 4, 36, 0.9)), 365, None),
        (curve((0, 20, 0, 0, 1.0), (300, 20, 20, 0, 0.0)), 365, 0.0),
        # Nine known outcomes, ten, and a few that are left while most outcomes are unknown.
        (curve((0, 40, 0, 0, 1.0), (100, 40, 0, 31, 1.0), (400, 9, 9, 0, 0.0)), 365, None),
        (curve((0, 40, 0, 0, 1.0), (100, 40, 0, 30, 1.0), (365, 10, 1, 0, 0.9), (400, 9, 9, 0, 0.0)), 365, 0.9),
        (curve(*LOST), 365, None),
        (curve(), 365, None),
        # A published one is read in its month, and not from an earlier or a hidden one.
        (months(*[1.0] * 12, 0.44), 365, 0.44),
        (months(*[1.0] * 12, 0.44), 380, None),
        (months(*[1.0] * 12, None), 365, None),
    ],
)  # fmt: skip
def test_the_share_that_is_read_on_a_day(line, day, share):
    row = curves.read_at(line, day)
    assert (row and row["overleving"]) == share


def drawn(both, x="maanden", **look):
    told = {"Groep": "groep", "Na": "na", "Deel": "deel", "Nog gevolgd": "gevolgd"}
    axis = curves.time_axis(x, "Tijd", 6, 20)
    tones = {"a": theme.BLUE, "b": theme.GREY}
    return curves.chart(both, curves.points(both, "groep"), "groep", axis, tones, told, what="Deel.", **look)


def data_of(chart, layer):
    return chart.to_dict()["datasets"][layer["data"]["name"]]


def test_a_line_is_dotted_from_where_fewer_than_ten_are_followed():
    one = curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45))
    small = curve((0, 4, 0, 0, 1.0), (10, 4, 1, 3, 0.75), groep="b")
    chart = drawn(pl.concat([one, small]), x="dag")
    lines = layers_of(chart, "line")
    firm, dotted = ([(row["groep"], row["dag"]) for row in data_of(chart, line)] for line in lines)
    # The dotted part begins where the firm one ends, or a gap would show.
    assert (firm, dotted) == ([("a", 0), ("a", 400)], [("a", 400), ("a", 500), ("b", 0), ("b", 10)])
    assert ["strokeDash" in line["mark"] for line in lines] == [False, True]
    assert tooltip_faults(chart) == []


def test_no_line_runs_through_a_month_that_may_not_be_shown_and_a_point_alone_is_a_dot():
    chart = drawn(months(1.0, None, 0.9, None, 0.8, 0.7))
    (line, _), (dots,) = layers_of(chart, "line"), layers_of(chart, "point")
    assert line["encoding"]["detail"]["field"] == "stuk"
    assert [row["stuk"] for row in data_of(chart, line)] == [0, 1, 2, 2]
    # At the beginning all lines are the same, and a point would say nothing.
    assert [row["maanden"] for row in data_of(chart, dots)] == [2]
    assert not any("gevolgd" in str(layer["encoding"].get("tooltip")) for layer in layers_of(chart, "rect"))


@pytest.mark.parametrize(
    ("line", "rising", "by_month", "told"),
    [
        (curve((0, 20, 0, 0, 1.0), (61, 20, 5, 0, 0.75)), True, False, ("61 dagen", "25%", "20")),
        (curve((0, 20, 0, 0, 1.0), (61, 20, 5, 0, 0.75)), False, True, ("2,0 maanden", "75%", "20")),
        (months(1.0, 0.9), True, False, ("1 maand", "ongeveer 10%", "niet getoond")),
        (months(1.0, 0.9), False, True, ("1 maand", "ongeveer 90%", "niet getoond")),
    ],
)
def test_a_point_tells_its_time_and_its_share_as_they_may_be_told(line, rising, by_month, told):
    found = curves.points(line, "groep", rising=rising, by_month=by_month)
    assert found.select("na", "deel", "gevolgd").row(1) == told


@pytest.mark.parametrize(
    ("shares", "group", "words"),
    [
        ((1.0, 0.9), "b", ""),
        ((1.0, None, 0.8), "b", "Te klein om te tonen: b na 1 maand."),
        ((None, 0.9, None, None), "b", "Te klein om te tonen: b na 0, 2 en 3 maanden."),
        ((None, None), "b", "Te klein om te tonen: b."),
        ((1.0, None), "", "Te klein om te tonen: na 1 maand."),
        ((), "b", ""),
    ],
)
def test_the_months_that_are_too_small_to_show_are_named(shares, group, words):
    assert curves.too_small(pl.concat([months(1.0, 0.9), months(*shares, groep=group)]), "groep") == words


def test_the_table_of_a_published_curve_has_the_months_of_lines_that_may_be_shown():
    both = pl.concat([months(1.0, None, 0.9), months(None, None, groep="b")])
    assert presentation.plain(curves.table(both, "groep")).rows() == [("a", 0, 1.0), ("a", 1, None), ("a", 2, 0.9)]
    assert curves.table(STEPS, "groep").equals(STEPS)
    assert curves.how_to_read(STEPS) == curves.DOTTED
    assert curves.how_to_read(both) == curves.PER_MONTH


REST = (0, 40, 0, 0, 1.0), (365, 30, 10, 0, 0.75), (400, 9, 9, 0, 0.3)


def test_what_is_compared_with_is_a_grey_dashed_line_until_fewer_than_ten_are_followed():
    beside = Beside("de rest van de stad", curve(*REST))
    chart = drawn(STEPS, x="dag", beside=beside.of(curves.points, "groep"))
    line = layers_of(chart, "line")[0]
    assert (line["mark"]["color"], line["mark"]["strokeDash"], "color" in line["encoding"]) == (
        "#6B7280",
        [6, 4],
        False,
    )
    assert [row["dag"] for row in data_of(chart, line)] == [0, 365]
    assert chart.description == "Deel. De rest van de stad: a 75% na 365 dagen."
    assert {"- - -  De rest van de stad"} <= {row.get("naast") for row in rows_of(chart)}
    assert tooltip_faults(chart) == []
    # Of more lines each has the colour of its own.
    both = Beside("stadsdeel Oost", pl.concat([curve(*REST), curve(*REST, groep="b")]))
    two = pl.concat([STEPS, curve((0, 40, 0, 0, 1.0), groep="b")])
    chart = drawn(two, x="dag", beside=both.of(curves.points, "groep"))
    assert layers_of(chart, "line")[0]["encoding"]["color"]["field"] == "groep"
    assert drawn(STEPS, x="dag", beside=both.of(curves.points, "groep")).description.endswith(
        "Oost: a 75% na 365 dagen."
    )
    table = curves.table(STEPS, "groep", beside)
    assert table["wie"].to_list() == ["Wat is gekozen"] * 3 + ["De rest van de stad"] * 3
    small = Beside("de rest van de stad", curve((0, 9, 0, 0, 1.0)))
    assert drawn(STEPS, x="dag", beside=small.of(curves.points, "groep")).description == "Deel."
