"""What the page Ontzorging draws and puts in its tables, of exact and of published figures."""

from datetime import date

import polars as pl

from pages.ontzorging import charts
from pages.show import series
from pages.words import presentation
from tests.pages.show.published import exact, published

PEILDATUM = date(2022, 12, 31)
NAMES = ("niveau", "gebied", "indicator", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
FIGURES = NAMES[3:]


def per_area(*rows):
    schema = dict(zip(NAMES, (pl.String,) * 3 + (pl.Int64,) * 2 + (pl.Float64,) * 3, strict=True))
    return pl.DataFrame(rows, schema=schema, orient="row")


COVERAGE = exact(
    per_area(
        ("stadsdeel", "Oost", "ontzorging_dekking", 17, 22, 0.77, 0.57, 0.90),
        ("stadsdeel", "Centrum", "ontzorging_dekking", 2, 4, 0.5, 0.15, 0.85),
        ("stadsdeel", "Onbekend", "ontzorging_dekking", 0, 0, None, None, None),
        ("stadsdeel", "Oost", "ontzorging_gesprek", 1, 2, 0.5, 0.1, 0.9),
        ("wijkteam", "Oost", "ontzorging_dekking", 17, 22, 0.77, 0.57, 0.90),
    )
)
PUBLIC = pl.concat(
    [
        published(
            per_area(
                ("stadsdeel", "Oost", "ontzorging_dekking", 40, 60, 0.67, 0.5, 0.8),
                ("stadsdeel", "Centrum", "ontzorging_dekking", 10, 20, None, None, None),
                ("stadsdeel", "Onbekend", "ontzorging_dekking", None, None, None, None, None),
            )
        ),
        published(per_area(("wijkteam", "Oost", "ontzorging_dekking", None, None, None, None, None)), left_out=FIGURES),
    ]
)


def test_areas_without_anybody_are_left_out_and_small_ones_lose_their_percentage():
    assert presentation.plain(charts.areas(COVERAGE, "stadsdeel")).rows() == [
        ("Oost", 17, 22, 0.77, 0.57, 0.90),
        ("Centrum", 2, 4, None, None, None),
    ]


def test_an_area_that_is_too_small_stays_and_one_that_was_not_published_is_left_out():
    assert charts.areas(PUBLIC, "stadsdeel")["gebied"].to_list() == ["Oost", "Centrum", "Onbekend"]
    assert charts.areas(PUBLIC, "wijkteam").is_empty()


def test_coverage_shows_counts_percentages_and_the_norm_and_why_there_is_none():
    chart = charts.coverage(charts.areas(COVERAGE, "stadsdeel"))
    assert chart.description == (
        "Deel bij wie het ontzorgen begon: Oost 17 van 22 · 77%; Centrum 2 van 4 (te weinig waarnemingen). Norm 100%."
    )
    assert charts.coverage(charts.areas(PUBLIC, "stadsdeel")).description == (
        "Deel bij wie het ontzorgen begon: Oost 40 van 60 · 67%; Centrum (te klein om te tonen); "
        "Onbekend (te klein om te tonen). Norm 100%."
    )


def test_areas_without_a_share_are_a_table_without_shares_and_no_chart():
    for answer in (COVERAGE, PUBLIC):
        small = charts.areas(answer.filter(pl.col("gebied") != "Oost"), "stadsdeel")
        assert charts.coverage(small) is None
        assert presentation.plain(charts.areas_table(small)).columns == ["gebied", "teller", "noemer"]
        whole = charts.areas(answer, "stadsdeel")
        assert charts.areas_table(whole).equals(whole)


def test_reasons_stand_by_number_what_is_too_small_after_them_and_unknown_last():
    names = ["Machtiging geweigerd", "Wachtlijst", "Overig", "Onbekend"]
    rows = pl.DataFrame({"soort": "Niet gestart", "reden": names, "aantal": [None, 10, 20, 30]})
    ordered = charts.of_soort(published(rows), "Niet gestart")
    assert ordered["reden"].to_list() == ["Overig", "Wachtlijst", "Machtiging geweigerd", "Onbekend"]
    assert charts.reasons(ordered).description == (
        "Personen per reden: Overig 20, Wachtlijst 10, Machtiging geweigerd <10, Onbekend 30."
    )


def test_costs_are_of_those_whose_ontzorgen_started():
    rows = exact(pl.DataFrame({"post": ["huur", "energie"], "aantal": [9, 0], "gestart": [10, 10]}))
    assert charts.costs(charts.paid(rows)).description == (
        "Vaste lasten die worden betaald: Huur 9 van 10, Energie 0 van 10."
    )
    nobody = exact(pl.DataFrame({"post": ["huur"], "aantal": [0], "gestart": [0]}))
    assert charts.paid(nobody).is_empty()
    unknown = published(
        pl.DataFrame({"post": ["huur"], "aantal": [None], "gestart": [None]}).cast({"aantal": int, "gestart": int})
    )
    assert charts.paid(unknown).height == 1


def test_the_stock_is_drawn_with_the_events_that_touch_ontzorging():
    stock = pl.DataFrame(
        {
            "maand": [date(2022, month, 1) for month in (10, 11, 12)],
            "gestart": [3, 2, 1],
            "beeindigd": [0, 1, 2],
            "lopend": [3, 4, 3],
        }
    )
    events = pl.DataFrame(
        {
            "datum_van": [date(2022, 10, 1), date(2022, 11, 5)],
            "titel": ["begin", "ander onderwerp"],
            "toelichting": ["", ""],
            "indicatoren": ["pip_tijdig ontzorging_dekking", "pip_tijdig"],
        }
    )
    within = charts.events_on_axis(events, stock)
    assert within["titel"].to_list() == ["begin"]
    rows = series.by_period(exact(stock))
    assert charts.stock(rows, within, PEILDATUM).description.startswith("Personen die worden ontzorgd per maand")
    assert charts.stock(rows.clear(), within.clear(), PEILDATUM) is None
