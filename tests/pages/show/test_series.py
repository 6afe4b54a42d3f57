"""Time series: bands with regular names, events at their day, stock above flow, shares per quarter."""

import math
from datetime import date
from itertools import pairwise

import polars as pl
import pytest

import queries
from pages.show import pictures, series
from pages.words import presentation
from tests.pages.show.drawing import layers_of, rows_of, texts_of
from tests.pages.show.published import exact, exact_row, published, published_row

P = date(2022, 12, 31)


def days(first, number, column="maand"):
    step = {"maand": "1mo", "kwartaal": "1q"}[column]
    return pl.date_range(first, pl.Series([first]).dt.offset_by("30y")[0], step, eager=True)[:number].alias(column)


def events(*rows):
    schema = {"datum_van": pl.Date, "titel": pl.String, "toelichting": pl.String, "indicatoren": pl.String}
    return pl.DataFrame([(day, title, "", about) for day, title, about in rows], schema=schema, orient="row")


EVENTS = events(
    (date(2022, 9, 30), "te vroeg", "ontzorging_dekking"),
    (date(2022, 10, 1), "begin", "pip_tijdig ontzorging_dekking"),
    (date(2022, 11, 5), "ander onderwerp", "pip_tijdig"),
    (date(2022, 12, 31), "eind", "ontzorging_dekking"),
    (date(2023, 1, 1), "te laat", "ontzorging_dekking"),
)


# ---------------------------------------------------------------------------------------------------- the axis


def gaps(number, column="maand"):
    """The months between the names on the axis of a series of so many bands, all of them."""
    shown = series.axis(days(date(2018, 1, 1), number, column)).to_dict()["axis"]["values"]
    names = [series._NAMES[column](day) for day in days(date(2018, 1, 1), number, column)]
    return {names.index(after) - names.index(before) for before, after in pairwise(shown)}


@pytest.mark.parametrize(("number", "gap"), [(2, 1), (14, 1), (15, 3), (36, 3), (37, 12), (72, 12), (100, 24)])
def test_a_long_series_has_names_at_regular_distances(number, gap):
    assert gaps(number) == {gap}


@pytest.mark.parametrize(("number", "gap"), [(14, 1), (16, 4), (28, 4), (40, 8)])
def test_so_does_a_long_series_of_quarters(number, gap):
    assert gaps(number, "kwartaal") == {gap}


@pytest.mark.parametrize("number", range(1, 150))
def test_every_series_has_a_name_on_its_axis(number):
    for first in (date(2018, 1, 1), date(2019, 6, 1)):
        assert series.axis(days(first, number)).to_dict()["axis"]["values"]


def test_names_that_do_not_fit_go_by_turns_and_not_at_random():
    assert series.axis(days(date(2022, 1, 1), 12)).to_dict()["axis"]["labelOverlap"] == "parity"


def test_bands_are_text_so_that_no_time_zone_moves_them():
    frame = pl.DataFrame({"maand": days(date(2022, 10, 1), 3)})
    assert series.named(frame, "maand")["maand"].to_list() == ["okt 2022", "nov 2022", "dec 2022"]
    assert series.named(frame, "maand")["voluit"].to_list() == ["oktober 2022", "november 2022", "december 2022"]


# -------------------------------------------------------------------------------------------------- the events


def test_only_events_that_touch_the_series_and_lie_within_it_are_on_the_axis():
    found = series.events_on_axis(EVENTS, days(date(2022, 10, 1), 3), "ontzorging_")
    assert found["titel"].to_list() == ["begin", "eind"]


def test_a_series_may_leave_out_what_happened_on_its_first_day():
    found = series.events_on_axis(EVENTS, days(date(2022, 10, 1), 1, "kwartaal"), "ontzorging_", after_start=True)
    assert found["titel"].to_list() == ["eind"]


def test_an_indicator_is_meant_by_its_own_name_and_not_by_a_part_of_it():
    odd = events((date(2022, 10, 2), "iets", "niet_ontzorging_dekking"))
    assert series.events_on_axis(odd, days(date(2022, 10, 1), 3), "ontzorging_").is_empty()


def test_without_a_series_there_are_no_events():
    assert series.events_on_axis(EVENTS, days(date(2022, 10, 1), 0), "ontzorging_").is_empty()


@pytest.mark.parametrize(
    ("day", "column", "band", "place"),
    [
        (date(2022, 11, 16), "maand", "nov 2022", 0.5),
        (date(2022, 10, 1), "maand", "okt 2022", 0.0),
        (date(2022, 11, 16), "kwartaal", "4e kw. 2022", 0.5),
    ],
)
def test_an_event_is_drawn_at_its_day_with_its_title(day, column, band, place):
    found = series.events_on_axis(events((day, "Iets nieuws", "pip_tijdig")), days(date(2022, 10, 1), 3, column), "pip")
    layers = series.event_layers(found, days(date(2022, 10, 1), 3, column))
    assert [layer.mark.type for layer in layers] == ["rule", "point", "text", "text"]
    x = layers[0].to_dict()["encoding"]["x"]
    assert math.isclose(x["bandPosition"], place, abs_tol=0.02)
    assert rows_of(layers[0])[0][column] == band
    assert ["Iets nieuws"] in texts_of(layers[2])


def test_titles_of_events_stand_one_below_the_other_and_get_their_room():
    found = series.events_on_axis(EVENTS, days(date(2022, 10, 1), 3), "ontzorging_")
    tops = [
        layer.to_dict()["encoding"]["y"]["value"]
        for layer in series.event_layers(found, days(date(2022, 10, 1), 3))
        if layer.mark.type == "rule"
    ]
    assert tops == [0, series.event_room(found.head(1))]
    assert series.event_room(found) == 2 * series.event_room(found.head(1))
    assert series.event_room(found.clear()) == 0


def test_every_event_that_is_known_can_be_told():
    words = series.events_in_words(queries.events().head(1).select("datum_van", "titel", "toelichting"))
    assert words == " Gebeurtenissen: 1 januari 2020: Begeleiding van 24 naar 12 maanden."
    assert series.events_in_words(queries.events().clear()) == ""


# --------------------------------------------------------------------------------------------- stock and flow

STOCK = pl.DataFrame(
    {"maand": days(date(2022, 10, 1), 3), "gestart": [3, 2, 1], "beeindigd": [0, 1, 2], "lopend": [3, 4, 3]}
)


def stock(frame=STOCK, noted=EVENTS):
    found = series.events_on_axis(noted, frame.to_series(0), "ontzorging_")
    return series.stock_and_flow(frame, found, P, subject="Personen", unit="Personen")


def test_stock_and_flow_stand_one_above_the_other_on_scales_of_their_own():
    assert stock().to_dict()["resolve"]["scale"]["y"] == "independent"
    (line,), (bar,) = layers_of(stock(), "line"), layers_of(stock(), "bar")
    assert line["encoding"]["y"]["field"] == "lopend"
    assert bar["encoding"]["y"]["field"] == "hoogte"


def test_what_ended_is_drawn_downwards_and_read_without_a_sign():
    rows = [row for row in rows_of(stock()) if row.get("stroom") == "beëindigd" and "hoogte" in row]
    assert {(row["maand"], row["aantal"], row["hoogte"]) for row in rows} >= {("nov 2022", 1, -1), ("dec 2022", 2, -2)}
    assert all(row["hoogte"] == -row["aantal"] for row in rows)


def test_the_stock_is_told_with_its_last_month_and_its_events():
    assert stock().to_dict()["description"] == (
        "Personen per maand van oktober 2022 tot 31 december 2022: in de laatste maand 1 begonnen, 2 beëindigd, 3 "
        "lopend; het hoogste aantal lopend was 4. Gebeurtenissen: 1 oktober 2022: begin; 31 december 2022: eind."
    )


def test_without_months_there_is_no_chart():
    assert stock(STOCK.clear()) is None


QUARTERS = published(
    pl.DataFrame(
        {
            "maand": days(date(2022, 1, 1), 4, "kwartaal").alias("maand"),
            "gestart": [10, None, 30, 30],
            "beeindigd": [None, None, 20, 20],
            "lopend": [20, None, 50, 60],
        }
    )
)


def test_a_published_series_is_per_quarter_and_an_exact_one_per_month():
    assert series.period(series.by_period(QUARTERS)) == "kwartaal"
    assert series.period(series.by_period(STOCK)) == "maand"


def few(chart):
    """The words in the place of numbers that are too small to show: the quarter, the words, above or below zero."""
    return {
        (row["kwartaal"], row["woorden"], layer["mark"]["baseline"])
        for layer in layers_of(chart, "text")
        for row in chart.to_dict()["datasets"].get(layer.get("data", {}).get("name"), [])
        if "woorden" in row
    }


def test_a_number_that_is_too_small_has_words_in_its_place_and_no_bar():
    chart = stock(series.by_period(QUARTERS))
    assert few(chart) == {
        ("2e kw. 2022", "<10", "bottom"),
        ("1e kw. 2022", "<10", "top"),
        ("2e kw. 2022", "<10", "top"),
    }
    bars = [row for row in rows_of(chart) if "hoogte" in row]
    assert {(row["kwartaal"], row["stroom"]) for row in bars} == {
        ("1e kw. 2022", "begonnen"), ("3e kw. 2022", "begonnen"), ("3e kw. 2022", "beëindigd"),
        ("4e kw. 2022", "begonnen"), ("4e kw. 2022", "beëindigd"),
    }  # fmt: skip
    assert not any("weergave" in name for row in rows_of(chart) for name in row)


def test_the_words_can_be_drawn():
    drawn = pictures.svg(stock(series.by_period(QUARTERS)), pictures.Words("Titel"))
    assert drawn.count(">&lt;10</text>") == 4


def test_words_stand_upright_when_there_are_many_quarters():
    many = published(
        pl.DataFrame(
            {
                "kwartaal": days(date(2018, 1, 1), series.BANDS_WITH_WORDS + 1, "kwartaal"),
                "gestart": [10] * (series.BANDS_WITH_WORDS + 1),
                "beeindigd": [None, *[10] * series.BANDS_WITH_WORDS],
                "lopend": [20] * (series.BANDS_WITH_WORDS + 1),
            }
        )
    )
    assert [layer["mark"]["angle"] for layer in layers_of(stock(many), "text") if "angle" in layer["mark"]] == [270]


def test_a_line_with_a_gap_shows_its_points():
    many = 19
    frame = pl.DataFrame(
        {"kwartaal": days(date(2018, 1, 1), many, "kwartaal"), "gestart": [10] * many, "beeindigd": [10] * many,
         "lopend": [None, *[20] * (many - 1)]}
    )  # fmt: skip
    *_, gap = layers_of(stock(published(frame)), "point")
    *_, whole = layers_of(stock(published(frame.with_columns(lopend=pl.lit(20)))), "point")
    assert gap["mark"]["opacity"] == 1
    assert whole["mark"]["opacity"] == 0


def test_rounded_numbers_have_no_marks_on_the_axis_between_their_steps():
    def step(frame):
        return layers_of(stock(frame), "line")[0]["encoding"]["y"]["axis"]["tickMinStep"]

    assert step(series.by_period(QUARTERS)) == 10
    assert step(STOCK) == 1


def test_who_cannot_see_the_series_is_told_what_is_too_small_to_show():
    assert stock(series.by_period(QUARTERS), EVENTS.clear()).to_dict()["description"] == (
        "Personen per kwartaal van 1e kwartaal 2022 tot 31 december 2022: in het laatste kwartaal 30 begonnen, 20 "
        "beëindigd, 60 lopend; het hoogste aantal lopend was 60. Te klein om te tonen (<10): lopend in 1 van de 4, "
        "begonnen in 1 van de 4 en beëindigd in 2 van de 4 kwartalen."
    )


def test_a_series_of_nothing_but_small_numbers_has_no_highest_number():
    none = series.by_period(QUARTERS).filter(pl.col("lopend").is_null())
    assert stock(none, EVENTS.clear()).to_dict()["description"] == (
        "Personen per kwartaal van 2e kwartaal 2022 tot 31 december 2022: in het laatste kwartaal <10 begonnen, <10 "
        "beëindigd, <10 lopend. Te klein om te tonen (<10): lopend in 1 van de 1, begonnen in 1 van de 1 en beëindigd "
        "in 1 van de 1 kwartalen."
    )


# ------------------------------------------------------------------------------------------ shares per quarter


def instroom(*rows):
    columns = ("indicator", "kwartaal", "teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    kinds = (pl.String, pl.Date, pl.Int64, pl.Int64, pl.Float64, pl.Float64, pl.Float64)
    schema = dict(zip(columns, kinds, strict=True))
    return pl.DataFrame([("pip_tijdig", *row) for row in rows], schema=schema, orient="row")


def quarters(*rows):
    return exact(instroom(*rows))


THREE = quarters(
    (date(2022, 1, 1), 6, 9, 0.67, 0.3, 0.9),
    (date(2022, 7, 1), 8, 10, 0.8, 0.5, 0.94),
    (date(2022, 10, 1), 10, 10, 1.0, 0.7, 1.0),
)


def test_a_quarter_under_ten_has_counts_and_no_share():
    frame = series.judged_quarters(THREE, "pip_tijdig")
    assert frame["noemer"].to_list() == [9, 10, 10]
    assert frame["waarde"].to_list() == [None, 0.8, 1.0]
    assert frame["ci_laag"].to_list() == [None, 0.5, 0.7]
    assert series.judged_quarters(THREE, "intake_gestart").is_empty()


def test_the_quarters_say_how_many_of_how_many_and_have_the_norm_as_a_line():
    frame = series.judged_quarters(THREE, "pip_tijdig")
    chart = series.shares_per_quarter(frame, EVENTS.clear(), 1.0, "Op tijd")
    assert chart.description == (
        "Op tijd: 1e kw. 2022: 6 van 9 (te weinig waarnemingen); 3e kw. 2022: 8 van 10 (80%); "
        "4e kw. 2022: 10 van 10 (100%)."
    )
    assert "norm 100%" in texts_of(chart)


def test_a_quarter_without_anybody_keeps_its_place_on_the_axis():
    frame = series.judged_quarters(THREE, "pip_tijdig")
    spec = series.shares_per_quarter(frame, EVENTS.clear(), 1.0, "Op tijd").to_dict()
    (x,) = {
        tuple(layer["encoding"]["x"]["sort"]) for layer in spec["layer"] if "sort" in layer["encoding"].get("x", {})
    }
    assert x == ("1e kw. 2022", "2e kw. 2022", "3e kw. 2022", "4e kw. 2022")


def test_quarters_without_a_share_are_a_table_and_no_chart():
    frame = series.judged_quarters(THREE.head(1), "pip_tijdig")
    assert series.shares_per_quarter(frame, EVENTS.clear(), 1.0, "Op tijd") is None
    assert series.shares_per_quarter(frame.clear(), EVENTS.clear(), 1.0, "Op tijd") is None


def change(oordeel, waarde=0.5, eerder=0.75, kwartaal=date(2022, 10, 1)):
    return {"kwartaal": kwartaal, "waarde": waarde, "eerder_waarde": eerder, "oordeel": oordeel}


WHEN = "PIP op tijd in het 4e kwartaal 2022"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (exact_row(change("lager")), f"{WHEN}: 50%, eerder dat jaar 75%; dat is lager"),
        (exact_row(change("hoger", 0.9)), f"{WHEN}: 90%, eerder dat jaar 75%; dat is hoger"),
        (exact_row(change("binnen toeval")), f"{WHEN}: 50%, eerder dat jaar 75%; dat verschil kan toeval zijn"),
        (exact_row(change("binnen toeval", 0.751)), f"{WHEN}: 75%, eerder dat jaar 75%"),
        (exact_row(change("geen oordeel", eerder=None)), f"{WHEN}: 50%"),
        (exact_row(change("geen oordeel", None, None, None)), "PIP op tijd per kwartaal"),
        (published_row(change("lager")), f"{WHEN}: ongeveer 50%, eerder dat jaar ongeveer 75%; dat is lager"),
        (published_row(change("geen oordeel", 0.5, None)), f"{WHEN}: ongeveer 50%"),
        (published_row(change("geen oordeel", None, None)), "PIP op tijd per kwartaal"),
    ],
)
def test_a_quarter_is_called_higher_or_lower_only_when_the_question_says_so(row, words):
    assert series.quarters_title("PIP op tijd", row) == words


def test_what_is_drawn_of_the_quarters_is_said():
    exactly = series.judged_quarters(THREE, "pip_tijdig")
    assert series.quarters_words(exactly) == f"{series.INTERVAL} {series.FROM_TEN} {series.EVENTS}"
    public = series.judged_quarters(PUBLISHED, "pip_tijdig")
    assert series.quarters_words(public) == f"{series.INTERVAL} {series.FROM_FIFTY} {series.EVENTS}"
    assert "percentage" in series.quarters_words(public.head(1)) and "lijn" not in series.quarters_words(public.head(1))


@pytest.mark.parametrize(
    ("make", "lopend", "gestart", "title"),
    [
        (exact, 3, 1, "Perioden op 31 december 2022: 3; december 2022: 1 begonnen, 0 beëindigd"),
        (published, 30, None, "Perioden op 31 december 2022: ongeveer 30"),
        (published, None, 10, "Perioden, per maand"),
    ],
)  # fmt: skip
def test_the_stock_title_is_of_the_last_month(make, lopend, gestart, title):
    frame = pl.DataFrame(
        {"maand": [date(2022, 12, 1)], "gestart": [gestart], "beeindigd": [0], "lopend": [lopend]},
        schema_overrides={"gestart": pl.Int64, "lopend": pl.Int64},
    )
    assert series.stock_title(make(frame), date(2022, 12, 31), "Perioden") == title
    assert series.stock_title(make(frame).clear(), date(2022, 12, 31), "Perioden") == "Perioden, per maand"


PUBLISHED = published(
    instroom(
        (date(2022, 1, 1), None, 20, None, None, None),
        (date(2022, 4, 1), 40, 60, 0.67, 0.5, 0.8),
        (date(2022, 7, 1), None, None, None, None, None),
    )
)


def test_a_quarter_of_which_the_share_is_too_small_to_show_says_so():
    frame = series.judged_quarters(PUBLISHED, "pip_tijdig")
    chart = series.shares_per_quarter(frame, EVENTS.clear(), 1.0, "Op tijd")
    assert chart.description == (
        "Op tijd: 1e kw. 2022: te klein om te tonen; 2e kw. 2022: 40 van 60 (67%); 3e kw. 2022: te klein om te tonen."
    )
    assert {(row["kwartaal"], row["kort"]) for row in rows_of(chart) if row.get("waarde", 0) is None} == {
        ("1e kw. 2022", "te klein"),
        ("3e kw. 2022", "te klein"),
    }
    assert not any("weergave" in name for row in rows_of(chart) for name in row)


def test_published_quarters_without_a_share_are_a_table_and_no_chart():
    frame = series.judged_quarters(PUBLISHED.filter(pl.col("waarde").is_null()), "pip_tijdig")
    assert series.shares_per_quarter(frame, EVENTS.clear(), 1.0, "Op tijd") is None


def test_the_table_of_the_quarters_has_no_shares_when_none_may_be_shown():
    frame = series.judged_quarters(THREE, "pip_tijdig")
    assert series.quarters_table(frame).columns == frame.columns
    hidden = published(
        presentation.plain(frame).with_columns(
            pl.lit(None, pl.Float64).alias(name) for name in ("waarde", "ci_laag", "ci_hoog")
        )
    )
    assert presentation.plain(series.quarters_table(hidden)).columns == ["kwartaal", "teller", "noemer"]
    assert series.quarters_table(hidden.clear()).columns == hidden.columns
