"""Shares per row: words where there is no share, the norm, and another share beside it."""

import polars as pl
import pytest

from pages.show import intervals
from pages.show.beside import Beside
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.drawing import layers_of, rows_of, texts_of, tooltip_faults
from tests.pages.show.published import exact, published

NATION = {"landelijk_waarde": 0.35, "landelijk_tekst": "ten minste 35%", "soort": "ondergrens", "versie": "voorlopig"}


def rows(make, *numbers):
    values = [(name, *each) for name, each in zip(("Oost", "Centrum", "Onbekend"), numbers, strict=False)]
    frame = answers.rows("gebied teller noemer waarde ci_laag ci_hoog", *values, **NATION)
    return presentation.from_ten(make(frame))


EXACT = rows(exact, (17, 22, 0.77, 0.57, 0.9), (2, 4, 0.5, 0.15, 0.85))
PUBLIC = rows(published, (40, 60, 0.67, 0.5, 0.8), (10, 20, None, None, None), (None, None, None, None, None))


@pytest.mark.parametrize(
    ("frame", "said", "right", "reasons"),
    [
        (EXACT, "Oost: 17 van 22 · 77%; Centrum: 2 van 4 · te weinig waarnemingen", ["17 van 22 · 77%", "2 van 4"],
         ["", "te weinig waarnemingen"]),
        # What may not be shown has no row.
        (PUBLIC, "Oost: 40 van 60 · 67%", ["40 van 60 · 67%"], [""]),
    ],
    ids=["exact", "rounded"],
)  # fmt: skip
def test_a_share_stands_with_its_counts_or_the_reason_in_its_place(frame, said, right, reasons):
    chart = intervals.shares(frame, "gebied", about="Gebied", what="Deel", norm=1.0)
    assert chart.description == f"Deel. {said}. Norm 100%."
    shown = [row for row in rows_of(chart) if "rechts" in row]
    assert [row["rechts"] for row in shown] == right
    assert [row["geen"] for row in shown] == reasons
    assert layers_of(chart, "circle")[0]["transform"] == [{"filter": "isValid(datum.waarde)"}]
    assert "norm 100%" in texts_of(chart)
    assert tooltip_faults(chart) == []
    assert presentation.plain(intervals.table(frame)).equals(presentation.plain(frame))
    without = presentation.plain(intervals.table(frame.filter(pl.col("waarde").is_null()).drop(*NATION)))
    # Shares of too few have no column; of those that may not be shown it tells that nothing is left.
    assert ("waarde" in without.columns) == (frame is PUBLIC)


def test_beside_another_share_the_reason_stands_at_the_name():
    chart = intervals.shares(EXACT, "gebied", about="Groep", what="Deel", other="Nederland")
    assert chart.description == (
        "Deel. Oost: 17 van 22 · 77%, Nederland ten minste 35%, voorlopig; Centrum: 2 van 4 · te weinig waarnemingen, "
        "Nederland ten minste 35%, voorlopig."
    )
    assert [(row["rechts"], row["geen"]) for row in rows_of(chart)] == [
        ("17 van 22 · 77%", ""), ("2 van 4 · te weinig waarnemingen", "")
    ]  # fmt: skip
    assert len(layers_of(chart, "tick")) == 1
    assert tooltip_faults(chart) == []


@pytest.mark.parametrize(
    ("soort", "at", "end"), [("ondergrens", 0.7, 0.76), ("bovengrens", 0.04, 0.0), ("getal", 0.7, None)]
)
def test_a_bound_has_an_arrow_to_where_the_number_may_be_and_a_number_has_none(soort, at, end):
    frame = EXACT.with_columns(landelijk_waarde=pl.lit(at), soort=pl.lit(soort))
    chart = intervals.shares(frame, "gebied", about="Groep", what="Deel", other="Nederland")
    assert [row["pijl"] for row in rows_of(chart)] == [end and pytest.approx(end)] * len(rows_of(chart))
    assert bool(layers_of(chart, "point")) == (end is not None)


def test_the_share_that_is_compared_with_is_a_grey_line_for_all_rows():
    how = {"about": "Gebied", "what": "Deel", "norm": 1.0}
    chart = intervals.shares(EXACT, "gebied", beside=Beside("de rest van de stad", EXACT[:1]), **how)
    assert chart.description.endswith("Norm 100%. De rest van de stad 77%.")
    assert layers_of(chart, "rule")[0]["mark"]["strokeDash"] == [6, 4]
    few = intervals.shares(EXACT, "gebied", beside=Beside("de rest van de stad", EXACT[1:]), **how)
    assert few.description.endswith("Norm 100%.")
