"""Shares per row: a dot with its interval, words where there is none, and the norm as a line."""

import altair as alt
import polars as pl

from pages.show import intervals
from tests.pages.show.drawing import layers_of, rows_of, texts_of, tooltip_faults

ROWS = pl.DataFrame(
    {
        "gebied": ["Oost", "Centrum"],
        "waarde": [0.77, None],
        "ci_laag": [0.57, None],
        "ci_hoog": [0.9, None],
        "woorden": ["17 van 22 · 77%", "2 van 4"],
        "geen": ["", "te weinig waarnemingen"],
        "aandeel": ["77%", "te weinig waarnemingen"],
        "intern": ["x", "y"],
    }
)


def drawn(norm=None):
    return alt.layer(*intervals.shares(ROWS, "gebied", {"Aandeel": "aandeel"}, norm))


def test_a_share_has_its_dot_and_interval_and_only_what_is_drawn_is_sent():
    chart = drawn()
    assert layers_of(chart, "circle")[0]["transform"] == [{"filter": "isValid(datum.waarde)"}]
    assert layers_of(chart, "rule")[1]["encoding"]["x2"]["field"] == "ci_hoog"
    assert "intern" not in rows_of(chart)[0]
    assert tooltip_faults(chart) == []


def test_words_take_the_place_of_a_share_that_is_not_there():
    (words, _) = layers_of(drawn(), "text")
    assert words["transform"] == [{"filter": "datum.geen != ''"}]
    assert words["encoding"]["text"]["field"] == "geen"


def test_the_norm_is_a_line_with_its_name():
    assert "norm 100%" in texts_of(drawn(norm=1.0))
    assert {"norm": 1.0} in rows_of(drawn(norm=1.0))
    assert not any("norm" in row for row in rows_of(drawn()))
