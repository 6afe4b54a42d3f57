"""The charts of the page Ontzorging draw the figures that they are given."""

from datetime import date
from xml.etree import ElementTree

import polars as pl

from pages.ontzorging import charts
from pages.show import pictures, series, theme
from pages.words import presentation
from queries.definitions import columns
from tests.pages.show.published import published

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
    assert charts.stock(nothing, charts.events_on_axis(EVENTS, nothing), PEILDATUM) is None


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
    assert found["titel"].to_list() == ["begin", "eind"]
    assert {"begin", "eind"} <= {row.get("titel") for row in data_of(charts.stock(STOCK, found, PEILDATUM))}


def test_the_stock_is_told_to_a_screen_reader():
    events = charts.events_on_axis(EVENTS, STOCK)
    description = charts.stock(STOCK, events, PEILDATUM).to_dict()["description"]
    assert "in de laatste maand 1 begonnen, 2 beëindigd, 3 lopend; het hoogste aantal lopend was 4" in description
    assert description.endswith("Gebeurtenissen: 1 oktober 2022: begin; 31 december 2022: eind.")


# ---------------------------------------------------------------------------------------------- rounded figures

FIGURES = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")
PUBLIC = pl.concat(
    [
        published(
            per_area(
                ("stadsdeel", "Oost", "ontzorging_dekking", 40, 60, 0.67, 0.5, 0.8),
                ("stadsdeel", "Centrum", "ontzorging_dekking", 10, 20, None, None, None),
                ("stadsdeel", "Onbekend", "ontzorging_dekking", None, None, None, None, None),
            )
        ),
        published(
            per_area(("wijkteam", "Oost", "ontzorging_dekking", 1, 1, 1.0, 1.0, 1.0)).with_columns(
                pl.lit(None).cast(kind).alias(name)
                for name, kind in zip(FIGURES, (pl.Int64, pl.Int64, *(pl.Float64,) * 3), strict=True)
            ),
            left_out=FIGURES,
        ),
    ]
)


def svg_texts(chart):
    svg = pictures.svg(chart, pictures.Words("Titel"))
    return [element.text for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def test_an_area_that_is_too_small_stays_and_one_that_was_not_published_is_left_out():
    rows = charts.areas(PUBLIC, "stadsdeel")
    assert presentation.plain(rows).rows() == [
        ("Oost", 40, 60, 0.67, 0.5, 0.8),
        ("Centrum", 10, 20, None, None, None),
        ("Onbekend", None, None, None, None, None),
    ]
    assert charts.areas(PUBLIC, "wijkteam").is_empty()


def test_coverage_says_in_words_what_is_too_small_to_show():
    chart = charts.coverage(charts.areas(PUBLIC, "stadsdeel"))
    assert chart.to_dict()["description"].startswith(
        "Deel bij wie het ontzorgen begon: Oost 40 van 60 · 67%; Centrum (te klein om te tonen); "
        "Onbekend (te klein om te tonen)."
    )
    assert svg_texts(chart).count("te klein om te tonen") == 2
    assert not any("weergave" in name for row in data_of(chart) for name in row)


def test_areas_without_a_published_share_are_a_table_without_shares_and_no_chart():
    small = charts.areas(PUBLIC.filter(pl.col("gebied") != "Oost"), "stadsdeel")
    assert charts.coverage(small) is None
    assert presentation.plain(charts.areas_table(small)).columns == ["gebied", "teller", "noemer"]
    whole = charts.areas(PUBLIC, "stadsdeel")
    assert charts.areas_table(whole).equals(whole)


STATUS = published(
    pl.DataFrame(
        {
            "stadsdeel": ["Oost", "Oost", "Noord", "Noord"],
            "status": ["Lopend", "Voltooid", "Lopend", "Voltooid"],
            "aantal": [20, None, 10, None],
        },
        schema_overrides={"aantal": pl.Int64},
    )
)


def test_a_bar_of_rounded_parts_has_no_total():
    chart = charts.status(STATUS)
    assert set(svg_texts(chart)) >= {"20", "10", "+ <10"}
    assert not any("personen" in (text or "") for text in svg_texts(chart))
    assert chart.description == (
        "Stand van het ontzorgen per stadsdeel. Oost: Lopend 20, Voltooid <10; Noord: Lopend 10, Voltooid <10."
    )


def test_the_table_of_rounded_statuses_has_no_total_and_says_how_each_is_shown():
    table = charts.status_table(STATUS)
    assert table.columns == ["stadsdeel", "Voltooid", "Voltooid_weergave", "Lopend", "Lopend_weergave"]
    assert table.rows() == [
        ("Oost", None, columns.BESCHERMD, 20, columns.AFGEROND),
        ("Noord", None, columns.BESCHERMD, 10, columns.AFGEROND),
    ]


def test_the_table_of_exact_statuses_shows_no_more_than_the_counts():
    exact = STATUS.with_columns(aantal=pl.lit(3), aantal_weergave=pl.lit(columns.EXACT)).head(3)
    table = charts.status_table(exact)
    assert table.columns == ["stadsdeel", "Voltooid", "Lopend", "totaal"]
    assert table.rows() == [("Oost", 3, 3, 6), ("Noord", 0, 3, 3)]


REASONS = published(
    pl.DataFrame(
        {
            "soort": ["Niet gestart"] * 4,
            "reden": ["Machtiging geweigerd", "Wachtlijst", "Overig", "Onbekend"],
            "aantal": [None, 10, 20, 30],
        },
        schema_overrides={"aantal": pl.Int64},
    )
)


def test_a_reason_that_is_too_small_comes_after_the_others_and_has_words_at_its_number():
    rows = charts.of_soort(REASONS, "Niet gestart")
    assert rows["reden"].to_list() == ["Overig", "Wachtlijst", "Machtiging geweigerd", "Onbekend"]
    chart = charts.reasons(rows)
    assert chart.description == ("Personen per reden: Overig 20, Wachtlijst 10, Machtiging geweigerd <10, Onbekend 30.")
    assert svg_texts(chart).count("<10") == 1
    bars = [row for row in data_of(chart) if "aantal" in row]
    assert [row["reden"] for row in bars] == ["Overig", "Wachtlijst", "Onbekend"]


def costs(*paid, started):
    frame = pl.DataFrame({"post": ["huur", "energie"], "aantal": paid, "gestart": [started] * 2},
                         schema_overrides={"aantal": pl.Int64, "gestart": pl.Int64})  # fmt: skip
    return published(frame)


def test_a_cost_that_is_too_small_has_words_beside_its_outline():
    frame = charts.paid(costs(60, None, started=80))
    chart = charts.costs(frame)
    assert chart.description.endswith("Huur 60 van 80, Energie <10 van 80.")
    assert "<10 van 80" in svg_texts(chart)


def test_outlines_without_a_bar_give_way_to_the_table():
    assert charts.costs(charts.paid(costs(None, None, started=10))) is None
    nothing = charts.paid(costs(None, None, started=None))
    assert nothing.height == 2
    assert presentation.none_to_draw(nothing) == presentation.NOTHING_TO_DRAW
    assert charts.costs(nothing) is not None


def test_the_stock_of_quarters_is_told_to_a_screen_reader():
    frame = pl.DataFrame(
        {
            "maand": [date(2022, 7, 1), date(2022, 10, 1)],
            "gestart": [20, 30],
            "beeindigd": [None, 20],
            "lopend": [50, 60],
        }
    )
    frame = series.by_period(published(frame))
    description = charts.stock(frame, charts.events_on_axis(EVENTS, frame), PEILDATUM).description
    assert "in het laatste kwartaal 30 begonnen, 20 beëindigd, 60 lopend" in description
    assert "Te klein om te tonen (<10): beëindigd in 1 van de 2 kwartalen." in description
