"""Horizontal counts: a bar per row with its number, in both views."""

import polars as pl
import pytest

from pages.show import counts
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
        (published(SMALL), {}, "huur 80, energie <10", {"ongeveer 80", "te klein om te tonen"}),
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
