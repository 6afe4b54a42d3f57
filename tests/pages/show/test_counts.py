"""Horizontal counts: a bar per row with its number, in both views."""

import polars as pl

from pages.show.counts import counts
from tests.pages.show.drawing import layers_of, rows_of, tooltip_faults
from tests.pages.show.published import exact, published

ROWS = pl.DataFrame({"post": ["huur", "energie"], "aantal": [81, 53], "gestart": [89, 89]})
SMALL = ROWS.with_columns(aantal=pl.Series([80, None]), gestart=90)


def said(chart):
    return chart.to_dict()["description"]


def test_every_row_has_its_bar_and_its_number():
    chart = counts(exact(ROWS), "post", "aantal", what="Betaald")
    assert said(chart) == "Betaald: huur 81, energie 53."
    assert {(row["post"], row["aantal"], row["woorden"]) for row in rows_of(chart)} == {
        ("huur", 81, "81"),
        ("energie", 53, "53"),
    }
    assert tooltip_faults(chart) == []


def test_a_count_of_a_whole_lies_in_an_outline():
    chart = counts(exact(ROWS), "post", "aantal", whole="gestart", what="Betaald")
    assert said(chart) == "Betaald: huur 81 van 89, energie 53 van 89."
    assert [layer["encoding"]["x"]["field"] for layer in layers_of(chart, "bar")] == ["aantal", "gestart"]


def test_rounded_counts_are_said_to_be_so_and_a_small_one_has_no_bar():
    chart = counts(published(SMALL), "post", "aantal", what="Betaald")
    assert said(chart) == "Betaald: huur 80, energie <10."
    assert {row["woorden"] for row in rows_of(chart)} == {"ongeveer 80", "te klein om te tonen"}
    assert layers_of(chart, "bar")[0]["transform"] == [{"filter": "isValid(datum.aantal)"}]
    # "80 van de 90" may be told; of what is too small it is told of how many.
    of = counts(published(SMALL), "post", "aantal", whole="gestart", what="Betaald")
    assert said(of) == "Betaald: huur 80 van 90, energie <10 van 90."


def test_an_outline_without_any_bar_is_not_drawn():
    nothing = published(SMALL.with_columns(aantal=pl.lit(None, pl.Int64)))
    assert counts(nothing, "post", "aantal", whole="gestart", what="Betaald") is None


def test_the_row_that_is_not_a_group_is_grey():
    chart = counts(exact(ROWS), "post", "aantal", what="Betaald", grey="energie")
    colour = layers_of(chart, "bar")[0]["encoding"]["color"]
    assert colour["condition"]["test"] == {"field": "post", "equal": "energie"}
    assert colour["condition"]["value"] != colour["value"]


def test_nothing_is_an_empty_drawing():
    assert counts(exact(ROWS).clear(), "post", "aantal", what="Betaald").to_dict()
