"""What the page Ontzorging draws and puts in its tables, of exact and of published figures."""

import polars as pl
import pytest

from pages.ontzorging import charts
from tests.pages.show import answers
from tests.pages.show.published import exact, published

FIGURES = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")


def per_area(make, *values, **shown):
    """Rows of kpi_per_gebied: niveau, gebied and figures."""
    frame = answers.rows(f"niveau gebied {' '.join(FIGURES)}", *values, indicator="ontzorging_dekking")
    return make(frame, **shown)


EXACT = per_area(
    exact,
    ("stadsdeel", "Oost", 17, 22, 0.77, 0.57, 0.90),
    ("stadsdeel", "Centrum", 2, 4, 0.5, 0.15, 0.85),
    ("stadsdeel", "Onbekend", 0, 0, None, None, None),
    ("wijkteam", "Oost", 17, 22, 0.77, 0.57, 0.90),
)
PUBLIC = pl.concat(
    [
        per_area(
            published,
            ("stadsdeel", "Oost", 40, 60, 0.67, 0.5, 0.8),
            ("stadsdeel", "Centrum", 10, 20, None, None, None),
            ("stadsdeel", "Onbekend", *[None] * 5),
        ),
        per_area(published, ("wijkteam", "Oost", *[None] * 5), left_out=FIGURES),
    ]
)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (EXACT, "Oost: 17 van 22 · 77%; Centrum: 2 van 4 · te weinig waarnemingen"),
        (PUBLIC, "Oost: 40 van 60 · 67%; Centrum: te klein om te tonen; Onbekend: te klein om te tonen"),
    ],
    ids=["an area without anybody is left out", "one that is too small stays"],
)
def test_the_areas_with_somebody_have_their_share_or_why_there_is_none(answer, said):
    areas = charts.areas(answer, "stadsdeel")
    assert charts.coverage(areas).description == f"Deel bij wie het ontzorgen begon. {said}. Norm 100%."
    small = charts.areas(answer.filter(pl.col("gebied") != "Oost"), "stadsdeel")
    assert charts.coverage(small) is None


def test_an_area_that_was_not_published_is_left_out_and_under_ten_there_is_no_share():
    assert charts.areas(PUBLIC, "wijkteam").is_empty()
    other = EXACT.with_columns(indicator=pl.lit("ontzorging_gesprek"))
    assert charts.areas(other, "stadsdeel").is_empty()
    assert charts.areas(EXACT, "stadsdeel")["waarde"].to_list() == [0.77, None]


def test_the_statuses_stand_per_stadsdeel():
    rows = {"stadsdeel": ["Oost", "Oost", "Noord"], "status": ["Lopend", "Voltooid", "Lopend"], "aantal": [3, 4, 5]}
    frame = exact(pl.DataFrame(rows))
    assert charts.status(frame).description == (
        "Stand van het ontzorgen per stadsdeel. Oost: Lopend 3, Voltooid 4; Noord: Lopend 5."
    )
    assert charts.status_table(frame).rows() == [("Oost", 4, 3, 7), ("Noord", 0, 5, 5)]


def test_reasons_stand_by_number_what_is_too_small_after_them_and_unknown_last():
    names = ["Machtiging geweigerd", "Onbekend", "Wachtlijst", "Overig"]
    rows = pl.DataFrame({"soort": "Niet gestart", "reden": names, "aantal": [None, 30, 10, 20]})
    assert charts.reasons(charts.of_soort(published(rows), "Niet gestart")).description == (
        "Personen per reden: Overig 20, Wachtlijst 10, Machtiging geweigerd <10, Onbekend 30."
    )


def test_costs_are_of_those_whose_ontzorgen_started():
    rows = pl.DataFrame({"post": ["huur", "energie"], "aantal": [9, 0], "gestart": [10, 10]})
    assert charts.costs(charts.paid(exact(rows))).description == (
        "Vaste lasten die worden betaald: Huur 9 van 10, Energie 0 van 10."
    )
    assert charts.paid(exact(rows.with_columns(gestart=0))).is_empty()
    assert charts.paid(published(rows.with_columns(gestart=pl.lit(None, pl.Int64)))).height == 2
