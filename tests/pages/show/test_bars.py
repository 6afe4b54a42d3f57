"""Bars in parts: the order and colours of a meaning, and a number where the screen leaves room for it."""

from xml.etree import ElementTree

import polars as pl
import pytest

from pages.show import bars, pictures, theme
from pages.show.beside import Beside, under
from tests.pages.show.drawing import rows_of
from tests.pages.show.published import exact, published

NAMES = {"schema": ["stadsdeel", "status", "aantal"], "orient": "row"}
OOST = [("Oost", "Voltooid", 10), ("Oost", "Lopend", None), ("Oost", "Niet gestart", None)]
DONE = [("Oost", "Niet gestart", 1), ("Oost", "Voltooid", 8), ("Oost", "Voortijdig beëindigd", 0)]
PARTS = pl.DataFrame([*DONE, ("Noord", "Lopend", 1234)], **NAMES)
SMALL = published(
    pl.DataFrame([*OOST, ("Noord", "Lopend", 20), ("Noord", "Voltooid", None), ("Centrum", "Lopend", None)], **NAMES)
)


def drawn(parts, right=None, what="Stand", **more):
    meaning, legend = theme.ONTZORGING_STATUS, {"columns": 2}
    return bars.stacked(parts, meaning, row="stadsdeel", part="status", legend=legend, what=what, right=right, **more)


def texts(chart):
    svg = pictures.svg(chart, pictures.Words("Titel"))
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_exact_rows_have_their_total_and_rounded_ones_what_is_given():
    assert {"9 personen", "1.234 personen"} <= set(texts(drawn(exact(PARTS))))
    assert not any("personen" in (text or "") for text in texts(drawn(SMALL)))
    given = drawn(SMALL, {"Noord": "n = 20", "Oost": "n = 10"})
    assert given.to_dict()["layer"][0]["encoding"]["y"]["sort"] == ["Noord", "Oost"]
    assert {"n = 20", "n = 10"} <= set(texts(given))


@pytest.mark.parametrize(
    ("width", "small", "written"), [(760, 30, True), (760, 9, False), (330, 70, True), (330, 30, False)]
)
def test_a_number_is_written_where_the_screen_leaves_room_for_it(width, small, written):
    parts = exact(pl.DataFrame({"stadsdeel": ["Oost"] * 2, "status": ["Voltooid", "Lopend"], "aantal": [1000, small]}))
    found = texts(drawn(parts).properties(width=width))
    assert "1.000" in found
    assert (str(small) in found) == written


def test_parts_that_are_too_small_stand_behind_the_bar_in_words_and_nowhere_else():
    chart = drawn(SMALL)
    assert {"+ 2 × <10", "+ <10"} <= set(texts(chart))
    # A row without another part is left out.
    assert {"0", "<10", "Centrum"}.isdisjoint(texts(chart))
    assert chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]["domain"] == ["Voltooid", "Lopend"]
    assert {row["aantal"] for row in rows_of(chart) if "aantal" in row} == {10, 20}
    assert not any("weergave" in name for row in rows_of(chart) for name in row)


def test_what_was_left_out_is_not_said_to_be_small():
    """Left out can be any number; only what was rounded to 0 is under ten."""
    names, small = PARTS.columns, SMALL.with_row_index()
    small, left_out = (small.filter((pl.col("index") == 2) == out).select(names) for out in (False, True))
    parts = pl.concat([published(small), published(left_out, left_out=("aantal",))])
    assert {"+ <10 + niet getoond", "+ <10"} <= set(texts(drawn(parts)))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (exact(PARTS), "Stand. Oost: Niet gestart 1, Voltooid 8; Noord: Lopend 1.234."),
        (SMALL[:5], "Stand. Oost: Voltooid 10, Lopend <10, Niet gestart <10; Noord: Lopend 20, Voltooid <10."),
        (SMALL[3:], "Stand. Noord: Lopend 20, Voltooid <10."),
    ],
)
def test_the_parts_are_told_per_row(parts, words):
    assert drawn(parts).to_dict()["description"] == words


def test_what_is_compared_with_is_a_row_below_of_the_same_length_with_the_share_of_every_part():
    other = Beside("de rest van de stad", exact(PARTS))
    one = under(exact(PARTS.filter(stadsdeel="Oost")), other, "stadsdeel", "status")
    assert one["stadsdeel"].unique(maintain_order=True).to_list() == ["Oost", "De rest van de stad"]
    assert one.filter(stadsdeel="De rest van de stad", status="Lopend")["aantal_tekst"].to_list() == ["1.234"]
    several = under(exact(PARTS), other, "stadsdeel", "status")
    assert several["stadsdeel"].unique(maintain_order=True).to_list()[2:] == ["Alles samen", "De rest van de stad"]
    chart = drawn(several, shares=True)
    # Of fewer than 10 no percentage.
    assert {"8", "1.234 (100%)", "1.234 (99%)"} <= set(texts(chart))
    lengths = (
        pl.DataFrame([row for row in rows_of(chart) if "lengte" in row]).group_by("stadsdeel").agg(pl.sum("lengte"))
    )
    assert lengths["lengte"].round(6).n_unique() == 1
    assert under(SMALL, Beside("heel Haarlem", SMALL), "stadsdeel", "status").equals(SMALL)
    assert under(SMALL, None, "stadsdeel", "status") is SMALL
