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
    ("answer", "level", "found"),
    [
        (EXACT, "stadsdeel", [("Oost", 0.77), ("Centrum", None)]),
        (PUBLIC, "stadsdeel", [("Oost", 0.67), ("Centrum", None), ("Onbekend", None)]),
        (PUBLIC, "wijkteam", []),
        (EXACT.with_columns(indicator=pl.lit("ontzorging_gesprek")), "stadsdeel", []),
    ],
    ids=["nobody is left out, under ten has no share", "too small stays", "not published", "another KPI"],
)
def test_the_areas_with_somebody_have_their_share(answer, level, found):
    areas = charts.areas(answer, level)
    assert areas.select("gebied", "waarde").rows() == found
    chart = charts.coverage(areas)
    assert chart.description.endswith("Norm 100%.") if found else chart is None


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
