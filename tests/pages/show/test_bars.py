"""Bars in parts: the order and colours of a meaning, and a number where the screen leaves room for it."""

import re
from xml.etree import ElementTree

import polars as pl
import pytest

from pages.show import bars, pictures, theme
from tests.pages.show.published import published

PARTS = pl.DataFrame(
    {
        "stadsdeel": ["Oost", "Oost", "Oost", "Noord"],
        "status": ["Niet gestart", "Voltooid", "Voortijdig beëindigd", "Lopend"],
        "aantal": [1, 8, 0, 1234],
    }
)
RIGHT = {"Oost": "9 personen", "Noord": "1.234 personen"}


def drawn(parts=PARTS, right=RIGHT):
    return bars.stacked(
        parts,
        theme.ONTZORGING_STATUS,
        row="stadsdeel",
        part="status",
        legend={"columns": 2},
        what="Stand",
        right=right,
    )


def test_exact_rows_have_their_total_and_rounded_ones_none():
    assert {"9 personen", "1.234 personen"} <= set(texts(drawn(right=None)))
    assert not any("personen" in (text or "") for text in texts(drawn(published(PARTS), right=None)))
    assert drawn().description.startswith("Stand. Oost: Niet gestart 1, Voltooid 8")


def texts(chart):
    svg = pictures.svg(chart, pictures.Words("Titel"))
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_parts_have_the_order_and_the_colours_of_their_meaning_and_nobody_is_no_part():
    spec = drawn().to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Voltooid", "Lopend", "Voortijdig beëindigd", "Niet gestart"]
    assert scale["range"] == [tone.light for tone in (theme.GREEN, theme.BLUE, theme.ORANGE, theme.RED)]
    rows = spec["datasets"][spec["layer"][0]["data"]["name"]]
    assert [(row["stadsdeel"], row["status"], row["getal"]) for row in rows] == [
        ("Oost", "Voltooid", "8"),
        ("Noord", "Lopend", "1.234"),
        ("Oost", "Niet gestart", "1"),
    ]


def test_rows_stand_in_the_given_order_with_their_words_at_the_right():
    assert drawn().to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Oost", "Noord"]
    assert {"9 personen", "1.234 personen"} <= set(texts(drawn()))


@pytest.mark.parametrize(
    ("width", "small", "written"), [(760, 30, True), (760, 9, False), (330, 70, True), (330, 30, False)]
)
def test_a_number_is_written_where_the_screen_leaves_room_for_it(width, small, written):
    parts = pl.DataFrame({"stadsdeel": ["Oost"] * 2, "status": ["Voltooid", "Lopend"], "aantal": [1000, small]})
    found = texts(drawn(parts, {"Oost": "samen"}).properties(width=width))
    assert "1.000" in found
    assert (str(small) in found) == written


def test_no_rows_make_no_error():
    assert drawn(PARTS.clear(), {}).to_dict()
    assert bars.in_words(PARTS.clear(), row="stadsdeel", part="status") == ""


def test_the_parts_are_told_per_row():
    words = bars.in_words(PARTS, row="stadsdeel", part="status")
    assert words == "Oost: Niet gestart 1, Voltooid 8; Noord: Lopend 1.234"
    assert not re.search("Voortijdig", words)


SMALL = published(
    pl.DataFrame(
        {
            "stadsdeel": ["Oost", "Oost", "Oost", "Noord", "Noord", "Centrum"],
            "status": ["Voltooid", "Lopend", "Niet gestart", "Lopend", "Voltooid", "Lopend"],
            "aantal": [10, None, None, 20, None, None],
        },
        schema_overrides={"aantal": pl.Int64},
    )
)
NOTHING_RIGHT = {"Oost": "", "Noord": "", "Centrum": ""}


def test_parts_that_are_too_small_stand_behind_the_bar_in_words():
    found = texts(drawn(SMALL, NOTHING_RIGHT))
    assert {"+ 2 × <10", "+ <10", "<10"} <= set(found)
    assert "0" not in found


def test_what_was_left_out_is_not_said_to_be_small():
    """Left out can be any number; only what was rounded to 0 is under ten."""
    left_out = pl.col("status") == "Niet gestart"
    beside = pl.when(left_out).then(pl.lit("weggelaten")).otherwise("aantal_weergave").alias("aantal_weergave")
    chart = drawn(SMALL.with_columns(beside), NOTHING_RIGHT)
    assert {"+ <10 + niet getoond", "+ <10", "<10"} <= set(texts(chart))


def test_only_parts_with_a_bar_are_in_the_legend():
    scale = drawn(SMALL, NOTHING_RIGHT).to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Voltooid", "Lopend"]


def test_the_chart_holds_no_more_of_a_small_part_than_its_words():
    rows = [row for data in drawn(SMALL, NOTHING_RIGHT).to_dict()["datasets"].values() for row in data]
    assert {row["aantal"] for row in rows if "aantal" in row} == {10, 20}
    assert not any("weergave" in name for row in rows for name in row)


def test_a_small_part_is_told_as_such():
    assert bars.in_words(SMALL, row="stadsdeel", part="status") == (
        "Oost: Voltooid 10, Lopend <10, Niet gestart <10; Noord: Lopend 20, Voltooid <10; Centrum: Lopend <10"
    )


def test_bars_of_nothing_but_small_parts_make_no_error():
    assert drawn(SMALL.filter(pl.col("stadsdeel") == "Centrum"), {"Centrum": ""}).to_dict()
