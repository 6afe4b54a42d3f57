"""Horizontal counts: a bar per row with its number, in both views."""

import polars as pl
import pytest

from pages.show import counts, theme
from pages.show.beside import Beside
from tests.pages.show.drawing import layers_of, rows_of, tooltip_faults
from tests.pages.show.published import exact, published

ROWS = pl.DataFrame({"post": ["huur", "energie"], "aantal": [81, 53], "gestart": [89, 89]})
SMALL = ROWS.with_columns(aantal=pl.Series([80, None]), gestart=90)


def drawn(frame, **more):
    return counts.counts(frame, "post", "aantal", what="Betaald", **more)


@pytest.mark.parametrize(
    ("frame", "more", "said", "words"),
    [
        (exact(ROWS), {}, "huur 81, energie 53", {"81", "53"}),
        (exact(ROWS), {"whole": "gestart"}, "huur 81 van 89, energie 53 van 89", {"81 van 89", "53 van 89"}),
        (exact(ROWS), {"words": pl.Series(["veel", "minder"])}, "huur veel, energie minder", {"81", "53"}),
        (published(SMALL), {}, "huur 80", {"ongeveer 80"}),
        # "80 van de 90" may be told; of what is too small it is told of how many.
        (published(SMALL), {"whole": "gestart"}, "huur 80 van 90, energie <10 van 90",
         {"ongeveer 80 van 90", "<10 van 90"}),
    ],
)  # fmt: skip
def test_every_row_has_its_number_as_it_may_be_told(frame, more, said, words):
    chart = drawn(frame, **more)
    assert chart.description == f"Betaald: {said}."
    assert {row["woorden"] for row in rows_of(chart)} == words
    assert tooltip_faults(chart) == []


def test_what_may_not_be_shown_has_no_bar_and_an_outline_without_any_is_not_drawn():
    bar, outline = layers_of(drawn(published(SMALL), whole="gestart"), "bar")
    assert bar["transform"] == [{"filter": "isValid(datum.aantal)"}]
    assert outline["encoding"]["x"]["field"] == "gestart" and "transform" not in outline
    nothing = published(SMALL.with_columns(aantal=pl.lit(None, pl.Int64)))
    assert drawn(nothing, whole="gestart") is None
    assert drawn(exact(ROWS).clear()).to_dict()


TONES = {"huur": theme.BLUE, "energie": theme.GREEN}


def test_parts_have_their_share_and_a_tick_where_they_would_end_with_the_shares_of_others():
    other = exact(pl.DataFrame({"post": ["energie"], "aantal": [10]}))
    chart = counts.compact(
        exact(ROWS), "post", TONES, what="Betaald", longest=81, beside=Beside("stadsdeel Oost", other)
    )
    rows = {row["post"]: row for row in rows_of(chart) if "tik" in row}
    assert {name: (row["kort"], row["ander"], row["tik"]) for name, row in rows.items()} == {
        "huur": ("81 (60%)", "0%", 0.0), "energie": ("53 (40%)", "100%", 134.0)
    }  # fmt: skip
    table = Beside("stadsdeel Oost", other).share_columns(exact(ROWS), "post")
    assert table.select("deel", "Stadsdeel Oost").rows() == [("60%", "0 (0%)"), ("40%", "10 (100%)")]
    assert chart.description == "Betaald: huur 81 (60%), energie 53 (40%). Stadsdeel Oost: huur 0%, energie 100%."
    assert tooltip_faults(chart) == []


def test_what_occurs_in_what_is_compared_with_alone_has_a_row_of_nobody():
    other = Beside("stadsdeel Oost", exact(pl.DataFrame({"post": ["energie", "gas", "water"], "aantal": [10, 4, 0]})))
    own = exact(ROWS.drop("gestart"))
    assert other.also(own, "post").select("post", "aantal_kort").rows() == [
        ("huur", "81"),
        ("energie", "53"),
        ("gas", "0"),
    ]
    rounded = published(SMALL.drop("gestart"))
    assert other.also(rounded, "post") is rounded


@pytest.mark.parametrize(
    ("frame", "other"),
    [
        (exact(ROWS), exact(pl.DataFrame({"post": ["energie"], "aantal": [9]}))),
        (published(SMALL), published(SMALL)),
    ],
)
def test_of_fewer_than_ten_and_of_rounded_counts_no_shares_are_compared(frame, other):
    chart = counts.compact(frame, "post", TONES, what="Betaald", longest=81, beside=Beside("stadsdeel Oost", other))
    assert "Oost" not in chart.description and not layers_of(chart, "tick")
