"""One thing against another: every pair has its cell, and what is too small is not nobody."""

import polars as pl
import pytest

from pages.show import matrix
from tests.pages.show.drawing import layers_of, rows_of, tooltip_faults
from tests.pages.show.published import exact, published

CELLS = pl.DataFrame(
    {"rij": ["B", "B", "Z"], "kolom": ["B", "Z", "Z"], "aantal": [80, 10, 20], "anders": [False, True, False]}
)
SMALL = CELLS.with_columns(aantal=pl.Series([80, None, 20]))


@pytest.mark.parametrize(
    ("frame", "numbers", "outlined", "said"),
    [
        (exact(CELLS), ["80", "10", "0", "20"], 1, "B: B 80, Z 10; Z: Z 20"),
        # Who cannot be shown is not nobody, and not outlined as somebody.
        (published(SMALL), ["80", "<10", "0", "20"], 0, "B: B 80, Z <10; Z: Z 20"),
    ],
)
def test_every_pair_has_its_number_and_a_marked_one_with_somebody_is_outlined(frame, numbers, outlined, said):
    heads = {"B": ["B1-route"], "Z": ["Z-", "route"]}
    chart = matrix.matrix(frame, heads, heads, about=("Eerst", "Nu"), what="Personen")
    cells = [row for row in rows_of(chart) if "kort" in row][:4]
    assert [row["kort"] for row in cells] == numbers
    assert sum(row["anders"] for row in cells) == outlined
    # An empty layer is an image without a description.
    assert len(layers_of(chart, "rect")) == 1 + outlined
    assert chart.description == f"Personen. {said}."
    assert tooltip_faults(chart) == []
    assert not any("weergave" in name for row in rows_of(chart) for name in row)
