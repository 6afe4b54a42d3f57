"""Time series: bands with regular names, events at their day, stock above flow, shares per quarter."""

import math
from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from pages.show import pictures, series
from pages.show.beside import Beside
from pages.show.table import Shown
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.drawing import layers_of, rows_of, texts_of, tooltip_faults
from tests.pages.show.published import exact, exact_row, published, published_row

P = date(2022, 12, 31)


def days(first, number, column="maand"):
    step = {"maand": "1mo", "kwartaal": "1q"}[column]
    return pl.date_range(first, date(2060, 1, 1), step, eager=True)[:number].alias(column)


def events(*rows):
    return answers.rows("datum_van titel indicatoren", *rows, toelichting="")


NONE = events()
EVENTS = events(
    (date(2022, 9, 30), "te vroeg", "ontzorging_dekking"),
    (date(2022, 10, 1), "begin", "pip_tijdig ontzorging_dekking"),
    (date(2022, 11, 5), "ander onderwerp", "pip_tijdig niet_ontzorging_dekking"),
    (date(2022, 12, 31), "eind", "ontzorging_dekking"),
    (date(2023, 1, 1), "te laat", "ontzorging_dekking"),
)


LENGTHS = ((2, "maand", 1), (14, "maand", 1), (15, "maand", 3), (37, "maand", 12), (100, "maand", 24))


@pytest.mark.parametrize(("number", "column", "gap"), [*LENGTHS, (14, "kwartaal", 1), (16, "kwartaal", 4)])
def test_a_series_has_names_at_regular_distances_however_long_it_is(number, column, gap):
    bands = days(date(2018, 1, 1), number, column)
    axis = series.axis(bands).to_dict()
    places = [axis["sort"].index(name) for name in axis["axis"]["values"]]
    assert {after - before for before, after in pairwise(places)} == {gap}


# -------------------------------------------------------------------------------------------------- the events


def test_events_on_the_axis_touch_the_series_or_lie_after_its_first_day():
    found = series.events_on_axis(EVENTS, days(date(2022, 10, 1), 3), "ontzorging_")
    assert found["titel"].to_list() == ["begin", "eind"]
    assert series.events_on_axis(EVENTS, days(date(2022, 10, 1), 0), "ontzorging_").is_empty()
    quarter = days(date(2022, 10, 1), 1, "kwartaal")
    assert series.events_on_axis(EVENTS, quarter, "ontzorging_", after_start=True)["titel"].to_list() == ["eind"]


@pytest.mark.parametrize(("column", "band", "place"), [("maand", "nov 2022", 0.5), ("kwartaal", "4e kw. 2022", 0.5)])
def test_an_event_is_drawn_at_its_day_with_its_title(column, band, place):
    noted = events((date(2022, 11, 16), "Iets nieuws", ""))
    line, _, _, title = series.event_layers(noted, days(date(2022, 10, 1), 3, column))
    assert math.isclose(line.to_dict()["encoding"]["x"]["bandPosition"], place, abs_tol=0.02)
    assert (rows_of(line)[0][column], texts_of(title)) == (band, [["Iets nieuws"]])


# --------------------------------------------------------------------------------------------- stock and flow


def flows(column, gestart, beeindigd, lopend):
    """A series from the beginning of 2022; of a published one the column is a maand as well, see by_period()."""
    bands = {"maand": days(date(2022, 1, 1), len(lopend), column)}
    numbers = {"gestart": gestart, "beeindigd": beeindigd, "lopend": lopend}
    return pl.DataFrame(bands | numbers, schema_overrides=dict.fromkeys(numbers, pl.Int64))


MONTHS = exact(flows("maand", [3, 2, 1], [0, 1, 2], [3, 4, 3]))
QUARTERS = series.by_period(published(flows("kwartaal", [10, None, 30], [None, None, 20], [20, None, 50])))


def stock(frame=MONTHS, noted=NONE):
    return series.stock_and_flow(frame, noted, P, subject="Personen", unit="Personen")


def test_what_ended_is_drawn_downwards_and_read_without_a_sign():
    chart = stock()
    flow = {(row["maand"], row["hoogte"], row["tekst"]) for row in rows_of(chart) if "hoogte" in row}
    assert {("feb 2022", -1, "1 beëindigd"), ("mrt 2022", -2, "2 beëindigd"), ("jan 2022", 3, "3 begonnen")} <= flow
    assert chart.to_dict()["resolve"]["scale"]["y"] == "independent"
    assert tooltip_faults(chart) == []
    assert stock(MONTHS.clear()) is None


def test_a_number_that_is_too_small_has_words_at_its_place_and_no_bar():
    """Twice above zero and twice below it: the words of a picture."""
    chart = stock(QUARTERS)
    assert pictures.svg(chart, pictures.Words("Titel")).count(">&lt;10</text>") == 4
    (bar,) = layers_of(chart, "bar")
    drawn = [(row["kwartaal"], row["hoogte"]) for row in chart.to_dict()["datasets"][bar["data"]["name"]]]
    assert drawn == [("1e kw. 2022", 10), ("3e kw. 2022", 30), ("3e kw. 2022", -20)]
    assert not any("weergave" in name for row in rows_of(chart) for name in row)
    # Rounded numbers have no marks on the axis between their steps.
    steps = [layers_of(each, "line")[0]["encoding"]["y"]["axis"]["tickMinStep"] for each in (chart, stock())]
    assert steps == [10, 1]


@pytest.mark.parametrize(
    ("frame", "noted", "words"),
    [
        (MONTHS, EVENTS.select("datum_van", "titel", "toelichting").slice(1, 1),
         "Personen op 31 december 2022: 3; maart 2022: 1 begonnen, 2 beëindigd. Per maand vanaf januari 2022, ten "
         "hoogste 4 lopend. Gebeurtenissen: 1 oktober 2022: begin."),
        (QUARTERS, NONE,
         "Personen op 31 december 2022: ongeveer 50; 3e kwartaal 2022: ongeveer 30 begonnen, ongeveer 20 beëindigd. "
         "Per kwartaal vanaf 1e kwartaal 2022, ten hoogste 50 lopend. Te klein om te tonen (<10): 4 van de 9 "
         "getallen."),
        (QUARTERS[1], NONE,
         "Personen, per kwartaal. Per kwartaal vanaf 2e kwartaal 2022. Te klein om te tonen (<10): 3 van de 3 "
         "getallen."),
        # What was not published can be any number.
        (series.by_period(published(flows("kwartaal", [None], [None], [20]), left_out=("gestart",))), NONE,
         "Personen op 31 december 2022: ongeveer 20. Per kwartaal vanaf 1e kwartaal 2022, ten hoogste 20 lopend. "
         "Te klein om te tonen (<10): 1 van de 3 getallen."),
    ],
    ids=["exact, with events", "rounded", "nothing but small numbers", "not published"],
)  # fmt: skip
def test_who_cannot_see_the_series_is_told_its_end_and_what_is_too_small(frame, noted, words):
    assert stock(frame, noted).description == words


# ------------------------------------------------------------------------------------------ shares per quarter


def instroom(*values):
    return answers.rows("kwartaal teller noemer waarde ci_laag ci_hoog", *values, indicator="pip_tijdig")


Q1, Q2, Q3, Q4 = (date(2022, month, 1) for month in (1, 4, 7, 10))
EXACT = instroom((Q1, 6, 9, 0.67, 0.3, 0.9), (Q3, 8, 10, 0.8, 0.5, 0.94), (Q4, 10, 10, 1.0, 0.7, 1.0))
ROUNDED = instroom((Q1, None, 20, None, None, None), (Q2, 40, 60, 0.67, 0.5, 0.8), (Q3, 50, 60, 0.83, 0.7, 0.9))
THREE, PUBLIC = (series.judged_quarters(given, "pip_tijdig") for given in (exact(EXACT), published(ROUNDED)))


def test_a_quarter_under_ten_has_counts_and_no_share():
    assert presentation.plain(THREE).select("teller", "noemer", "waarde", "ci_laag").rows() == [
        (6, 9, None, None), (8, 10, 0.8, 0.5), (10, 10, 1.0, 0.7)
    ]  # fmt: skip
    assert series.judged_quarters(exact(instroom()), "pip_tijdig").is_empty()


@pytest.mark.parametrize(
    ("frame", "words", "why"),
    [
        (THREE, "1e kw. 2022: 6 van 9 · te weinig waarnemingen; 3e kw. 2022: 8 van 10 · 80%; "
         "4e kw. 2022: 10 van 10 · 100%.", {"te weinig"}),
        # A quarter of which nothing may be told has no place, and takes the event in it along.
        (PUBLIC, "2e kw. 2022: 40 van 60 · 67%; 3e kw. 2022: 50 van 60 · 83%; te klein om te tonen: 1e kw. 2022.",
         set()),
    ],
    ids=["exact", "rounded"],
)  # fmt: skip
def test_the_quarters_say_how_many_of_how_many_or_why_not_and_have_the_norm_and_the_events(frame, words, why):
    chart = series.shares_per_quarter(frame, "pip_tijdig", "Op tijd")
    stop = " Gebeurtenissen: 15 januari 2022: DUO verstuurt tijdelijk geen kennisgevingen." if frame is THREE else ""
    assert chart.description == f"Op tijd: {words}{stop}"
    assert {row["waarom"] for row in rows_of(chart) if row.get("waarde", 0) is None} == why
    assert "norm 100%" in texts_of(chart)
    assert tooltip_faults(chart) == []
    assert not any("weergave" in name for row in rows_of(chart) for name in row)
    least = series.QUARTERS["from_ten" if frame is THREE else "from_fifty"]
    assert series.quarters_words(frame) == f"{series.QUARTERS['interval']} {least} {series.EVENTS}"


@pytest.mark.parametrize("frame", [THREE.head(1), THREE.clear(), PUBLIC.head(1)])
def test_quarters_without_a_share_are_a_table_and_no_chart(frame):
    assert series.shares_per_quarter(frame, "pip_tijdig", "Op tijd") is None
    assert series.quarters_words(frame) == "De aantallen zijn te klein voor een percentage."


def test_one_rounded_share_beside_what_is_too_small_is_no_chart():
    assert series.shares_per_quarter(PUBLIC.head(2), "pip_tijdig", "Op tijd") is None
    assert series.quarters_words(PUBLIC.head(2)) == series.QUARTERS["from_fifty"]


def test_quarters_stand_beside_those_that_are_compared_with():
    other = exact(instroom((Q1, 5, 10, 0.5, 0.2, 0.8), (Q2, 30, 40, 0.75, 0.6, 0.9), (Q4, 1, 9, 0.1, 0.0, 0.4)))
    row, told = exact_row({"indicator": "pip_tijdig", "teller": 18, "noemer": 20, "waarde": 0.9}), {
        "subject": "Op tijd", "title": "Op tijd", "read": "Wie.", "nobody": "Niemand."
    }  # fmt: skip
    changes = exact(pl.DataFrame([change("geen oordeel") | {"indicator": "pip_tijdig"}]))
    beside = Beside("de rest van de stad", other)
    figure = series.quarters_figure(row, exact(EXACT), changes, told=told, stand="Nu.", beside=beside)
    chart, table = figure["chart"], figure["table"]
    assert chart.description.endswith("De rest van de stad: 1e kw. 2022: 5 van 10 · 50%; 2e kw. 2022: 30 van 40 · 75%.")
    assert layers_of(chart, "line")[0]["mark"]["strokeDash"] == [6, 4]
    assert tooltip_faults(chart) == []
    # Under 10 there is no share, and a quarter of others alone has no row.
    shown = Shown(table, written=figure["written"])
    assert [shown.notation["De rest van de stad"](value) for value in table["De rest van de stad"]] == [
        "50%", "te weinig waarnemingen", "te weinig waarnemingen"
    ]  # fmt: skip
    small = series.shares_per_quarter(THREE, "pip_tijdig", "Op tijd", beside._replace(answer=THREE.head(1)))
    assert small.description.endswith("De rest van de stad: De aantallen zijn te klein voor een percentage.")


def change(oordeel, waarde=0.5, eerder=0.75, kwartaal=date(2022, 10, 1)):
    return {"kwartaal": kwartaal, "waarde": waarde, "eerder_waarde": eerder, "oordeel": oordeel}


WHEN = "PIP op tijd in het 4e kwartaal 2022"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (exact_row(change("lager")), f"{WHEN}: 50%, eerder dat jaar 75%; dat is lager"),
        (exact_row(change("binnen toeval")), f"{WHEN}: 50%, eerder dat jaar 75%; dat verschil kan toeval zijn"),
        (exact_row(change("binnen toeval", 0.751)), f"{WHEN}: 75%, eerder dat jaar 75%"),
        (exact_row(change("geen oordeel", eerder=None)), f"{WHEN}: 50%"),
        (exact_row(change("geen oordeel", None, None, None)), "PIP op tijd per kwartaal"),
        (published_row(change("lager")), f"{WHEN}: ongeveer 50%, eerder dat jaar ongeveer 75%; dat is lager"),
        (published_row(change("geen oordeel", None, None)), "PIP op tijd per kwartaal"),
    ],
)
def test_a_quarter_is_called_higher_or_lower_only_when_the_question_says_so(row, words):
    assert series.quarters_title("PIP op tijd", row) == words
