"""The charts of the page Ontzorging draw the figures that they are given."""

from datetime import date

import polars as pl

from pages.ontzorging import charts
from pages.shared import theme

PEILDATUM = date(2022, 12, 31)


def per_area(*rows):
    columns = ("niveau", "gebied", "indicator", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    return pl.DataFrame([dict(zip(columns, row, strict=True)) for row in rows])


COVERAGE = per_area(
    ("stadsdeel", "Oost", "ontzorging_dekking", 17, 22, 0.77, 0.57, 0.90),
    ("stadsdeel", "Centrum", "ontzorging_dekking", 2, 4, 0.5, 0.15, 0.85),
    ("stadsdeel", "Onbekend", "ontzorging_dekking", 0, 0, None, None, None),
    ("stadsdeel", "Oost", "ontzorging_gesprek", 1, 2, 0.5, 0.1, 0.9),
    ("wijkteam", "Oost", "ontzorging_dekking", 17, 22, 0.77, 0.57, 0.90),
)
STOCK = pl.DataFrame(
    {
        "maand": [date(2022, month, 1) for month in (10, 11, 12)],
        "gestart": [3, 2, 1],
        "beeindigd": [0, 1, 2],
        "lopend": [3, 4, 3],
    }
)
EVENTS = pl.DataFrame(
    {
        "datum_van": [date(2022, 9, 30), date(2022, 10, 1), date(2022, 11, 5), date(2022, 12, 31), date(2023, 1, 1)],
        "titel": ["te vroeg", "begin", "ander onderwerp", "eind", "te laat"],
        "toelichting": ["", "", "", "", ""],
        "indicatoren": [
            "ontzorging_dekking", "pip_tijdig ontzorging_dekking", "pip_tijdig", "ontzorging_dekking",
            "ontzorging_dekking",
        ],
    }
)  # fmt: skip


def data_of(chart):
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_areas_without_anybody_are_left_out_and_small_ones_lose_their_percentage():
    assert charts.areas(COVERAGE, "stadsdeel").rows() == [
        ("Oost", 17, 22, 0.77, 0.57, 0.90),
        ("Centrum", 2, 4, None, None, None),
    ]


def test_coverage_shows_counts_percentages_and_the_norm():
    chart = charts.coverage(charts.areas(COVERAGE, "stadsdeel"))
    rows = data_of(chart)
    assert {row["aantallen"] for row in rows if "aantallen" in row} == {"17 van 22 · 77%", "2 van 4"}
    assert {row["gebied"]: row["weinig"] for row in rows if "weinig" in row} == {
        "Oost": "",
        "Centrum": "te weinig waarnemingen",
    }
    assert {"tekst": "norm 100%"} in rows
    assert "Oost 17 van 22 · 77%; Centrum 2 van 4 (te weinig waarnemingen)" in chart.to_dict()["description"]


def test_an_empty_answer_gives_an_empty_chart():
    assert charts.coverage(charts.areas(COVERAGE, "stadsdeel").clear()).to_dict()
    status = pl.DataFrame(schema={"stadsdeel": pl.String, "status": pl.String, "aantal": pl.Int64})
    assert charts.status(status).to_dict()
    assert charts.status_table(status).is_empty()
    reasons = pl.DataFrame(schema={"soort": pl.String, "reden": pl.String, "aantal": pl.Int64})
    assert charts.reasons(charts.of_soort(reasons, "Niet gestart")).to_dict()
    costs = pl.DataFrame({"post": ["huur"], "aantal": [0], "gestart": [0]})
    assert charts.costs(charts.paid(costs)).to_dict()
    nothing = STOCK.clear()
    assert charts.stock(nothing, charts.events_on_axis(EVENTS, nothing), PEILDATUM).to_dict()


def test_the_parts_of_a_bar_keep_the_order_and_colours_of_the_statuses():
    status = pl.DataFrame(
        {"stadsdeel": ["Oost", "Oost", "Noord"], "status": ["Niet gestart", "Voltooid", "Lopend"], "aantal": [1, 8, 20]}
    )
    spec = charts.status(status).to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["Voltooid", "Lopend", "Niet gestart"]
    assert scale["range"] == [tone.light for tone in (theme.GREEN, theme.BLUE, theme.RED)]
    assert spec["layer"][0]["encoding"]["y"]["sort"] == ["Oost", "Noord"]
    rows = [row for row in data_of(charts.status(status)) if "volgorde" in row]
    assert [(row["stadsdeel"], row["status"], row["getal"]) for row in rows] == [
        ("Oost", "Voltooid", "8"),
        ("Noord", "Lopend", "20"),
        ("Oost", "Niet gestart", "1"),
    ]


def test_the_table_of_the_statuses_has_a_row_per_area_and_adds_up():
    status = pl.DataFrame(
        {"stadsdeel": ["Oost", "Oost", "Noord"], "status": ["Niet gestart", "Voltooid", "Lopend"], "aantal": [1, 8, 20]}
    )
    table = charts.status_table(status)
    assert table.columns == ["stadsdeel", "Voltooid", "Lopend", "Niet gestart", "totaal"]
    assert table.rows() == [("Oost", 8, 0, 1, 9), ("Noord", 0, 20, 0, 20)]


def test_a_number_is_left_out_where_it_does_not_fit_on_a_phone():
    assert charts.number_that_fits(2, 37) == "2"
    assert charts.number_that_fits(1, 37) == ""
    assert charts.number_that_fits(10, 200) == ""


def test_reasons_of_one_soort_keep_their_order():
    frame = pl.DataFrame(
        {
            "soort": ["Niet gestart", "Niet gestart", "Voortijdig beëindigd"],
            "reden": ["Wachtlijst", "Onbekend", "Overig"],
            "aantal": [5, 9, 7],
        }
    )
    rows = charts.of_soort(frame, "Niet gestart")
    assert rows.rows() == [("Wachtlijst", 5), ("Onbekend", 9)]
    assert charts.reasons(rows).to_dict()["description"] == "Personen per reden: Wachtlijst 5, Onbekend 9."


def test_costs_say_how_many_of_how_many():
    frame = pl.DataFrame({"post": ["huur", "energie"], "aantal": [71, 50], "gestart": [77, 77]})
    assert charts.costs(frame).to_dict()["description"].endswith("Huur 71 van 77, Energie 50 van 77.")


def test_only_events_about_ontzorging_within_the_months_are_drawn():
    found = charts.events_on_axis(EVENTS, STOCK)
    assert found.select("titel", "vroeg").rows() == [("begin", True), ("eind", False)]
    assert {"begin", "eind"} <= {row.get("titel") for row in data_of(charts.stock(STOCK, found, PEILDATUM))}


def test_months_are_text_so_that_no_time_zone_moves_them():
    chart = charts.stock(STOCK, charts.events_on_axis(EVENTS, STOCK), PEILDATUM)
    assert {row["maand"] for row in data_of(chart) if "maand" in row} == {"okt 2022", "nov 2022", "dec 2022"}


def test_what_ended_is_drawn_downwards_and_read_without_a_sign():
    rows = [row for row in data_of(charts.stock(STOCK, EVENTS.clear(), PEILDATUM)) if row.get("stroom") == "beëindigd"]
    assert {(row["maand"], row["aantal"], row["hoogte"]) for row in rows} >= {("nov 2022", 1, -1), ("dec 2022", 2, -2)}
    assert all(row["hoogte"] == -row["aantal"] for row in rows)


def test_the_stock_is_told_to_a_screen_reader():
    events = charts.events_on_axis(EVENTS, STOCK)
    description = charts.stock(STOCK, events, PEILDATUM).to_dict()["description"]
    assert "november 2022 4 lopend, 2 begonnen, 1 beëindigd" in description
    assert description.endswith("Gebeurtenissen: 1 oktober 2022: begin; 31 december 2022: eind.")
