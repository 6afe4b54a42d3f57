"""The charts of Meldingen: what is counted in either view, what is drawn of it, and the words for who cannot see it."""

from datetime import date
from functools import partial

import pytest

from pages.meldingen import charts
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.drawing import rows_of, tooltip_faults
from tests.pages.show.published import exact, published

END = date(2022, 6, 10)
FIRST, SECOND, THIRD = date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1)
EVENTS = answers.rows(
    "datum_van titel toelichting indicatoren",
    (SECOND, "Begin", "", "melding_per_maand melding_verwijzer"),
    (date(2022, 5, 1), "Over iets anders", "", "pip_tijdig"),
    (date(2023, 1, 1), "Later", "", "melding_per_maand"),
)
per_month = partial(answers.rows, "maand wijkteam hulpvraag soort aantal")
per_quarter = partial(answers.rows, "kwartaal teller noemer waarde ci_laag ci_hoog")
REFERRED = answers.rows(
    "kwartaal verwijzer aantal",
    *((FIRST, "Overig", 50), (FIRST, "School", 10), (FIRST, "Niet geregistreerd", 90)),
    *((SECOND, "School", 10), (SECOND, "Huisarts", 40)),
)
COUNTED = exact(
    per_month(
        (date(2022, 3, 1), "Oost", "Wonen", "Hulpvraag", 3),
        (date(2022, 3, 1), "Oost", "Overig", "Hulpvraag", 9),
        (date(2022, 3, 1), "Centrum", "Wonen", "Begeleidingstraject", 2),
        (date(2022, 5, 1), "Oost", "Geldzaken", "Begeleidingstraject", 1),
    )
)
# As it is published: per quarter, all wijkteams together.
TOGETHER = published(
    per_month(
        (FIRST, "Alle wijkteams", "Wonen", "Hulpvraag", 90),
        (SECOND, "Alle wijkteams", "Wonen", "Hulpvraag", 20),
        (SECOND, "Alle wijkteams", "Wonen", "Begeleidingstraject", 10),
        (SECOND, "Alle wijkteams", "Overig", "Hulpvraag", None),
        (SECOND, "Alle wijkteams", "Overig", "Begeleidingstraject", None),
    )
)
SHARES = (FIRST, 20, 80, 0.25, 0.12, 0.4), (SECOND, None, 70, None, None, None), (THIRD, None, None, None, None, None)
QUARTERS = published(per_quarter(*SHARES))


def plain(frame):
    return presentation.plain(frame).rows()


# --- what is counted


def test_months_without_requests_are_there_up_to_the_peildatum():
    frame = charts.requests(COUNTED, per_quarter(), END)
    assert frame.columns[:2] == ["maand", "noemer"]
    counts = ((14, 2), (0, 0), (1, 1), (0, 0))
    assert plain(frame) == [(date(2022, month, 1), *each) for month, each in enumerate(counts, 3)]
    assert frame["noemer_tekst"].to_list() == ["14", "0", "1", "0"]
    assert charts.requests(COUNTED.clear(), per_quarter(), END).is_empty()


def test_published_requests_are_the_published_totals_and_never_sums():
    frame = charts.requests(TOGETHER, QUARTERS, END)
    assert plain(frame) == [(FIRST, 80, 20), (SECOND, 70, None), (THIRD, None, None)]
    assert frame["noemer_kort"].to_list() == ["80", "70", "<10"]


@pytest.mark.parametrize(
    ("name", "frame", "rows"),
    [
        ("hulpvraag", COUNTED, [("Wonen", 5, 2), ("Geldzaken", 1, 1), ("Overig", 9, 0)]),
        ("wijkteam", COUNTED, [("Oost", 13, 1), ("Centrum", 2, 2)]),
        ("hulpvraag", TOGETHER, [("Wonen", 20), ("Overig", None)]),
        ("wijkteam", TOGETHER, []),
        ("hulpvraag", COUNTED.clear(), []),
        ("verwijzer", exact(REFERRED), [("Huisarts", 40), ("School", 20), ("Overig", 50), ("Niet geregistreerd", 90)]),
        ("verwijzer", published(REFERRED), [("School", 10), ("Huisarts", 40)]),
    ],
    ids=["Overig last", "by number", "the latest quarter", "of no wijkteam", "none", "unknown last", "latest of all"],
)
def test_requests_are_counted_per_topic_wijkteam_and_referrer(name, frame, rows):
    assert plain(charts.by(frame, name)) == rows


def test_the_table_of_referrers_has_a_row_for_each_in_the_order_of_the_chart():
    table = charts.per_quarter(exact(REFERRED), charts.by(exact(REFERRED), "verwijzer")["verwijzer"])
    assert table.columns == ["verwijzer", "1e kw. 2022", "2e kw. 2022", "totaal"]
    assert table.rows()[:2] == [("Huisarts", 0, 40, 40), ("School", 10, 10, 20)]


# --- what is drawn


def test_requests_over_time_have_their_trajectories_in_front_and_only_events_about_requests():
    chart = charts.over_time(charts.requests(COUNTED, per_quarter(), END), EVENTS)
    assert tooltip_faults(chart) == []
    assert {row["titel"] for row in rows_of(chart) if "titel" in row} == {"Begin"}
    assert chart.description == (
        "Meldingen per maand. maart 2022 meldingen 14, trajecten 2; april 2022 meldingen 0, trajecten 0; mei 2022 "
        "meldingen 1, trajecten 1; juni 2022 meldingen 0, trajecten 0. Gebeurtenissen: 1 april 2022: Begin."
    )


def test_a_published_number_that_is_too_small_is_not_drawn_but_written_at_its_place():
    chart = charts.over_time(charts.requests(TOGETHER, QUARTERS, END), EVENTS.clear())
    assert [row["aantal"] for row in rows_of(chart) if "soort" in row] == [80, 70, 20]
    at_its_place = [row for row in rows_of(chart) if "noemer_kort" in row]
    assert at_its_place == [{"kwartaal": "3e kw. 2022", "noemer_kort": "<10"}]
    assert "3e kwartaal 2022 meldingen <10, trajecten <10." in chart.description


def test_a_count_says_how_many_became_a_trajectory_where_that_is_counted():
    told = [charts.counted(charts.by(each, "hulpvraag"), "hulpvraag", "Zo").description for each in (COUNTED, TOGETHER)]
    assert told[0] == "Zo: Wonen 5, 2 met traject, Geldzaken 1, 1 met traject, Overig 9, 0 met traject."
    assert told[1] == "Zo: Wonen 20."


FEW = exact(per_quarter((FIRST, 2, 10, 0.2, 0.06, 0.51), (SECOND, 1, 9, 0.11, 0.02, 0.44)))


@pytest.mark.parametrize(
    ("frame", "words", "places"),
    [
        (FEW, "20%; 2e kwartaal 2022: 1 van 9", [0.2, None]),
        (QUARTERS, "25%.", [0.25]),
    ],
    ids=["under 10 requests there is no percentage", "published"],
)
def test_a_share_per_quarter_has_its_interval_or_says_why_there_is_none(frame, words, places):
    chart = charts.shares(frame, "Deel")
    assert tooltip_faults(chart) == []
    assert chart.description.startswith("Deel. 1e kwartaal 2022: ") and words in chart.description
    assert [row["waarde"] for row in rows_of(chart) if "waarde" in row][:2] == places


def test_without_a_number_or_share_that_may_be_shown_there_is_no_chart():
    assert charts.counted(charts.by(TOGETHER.tail(2), "hulpvraag"), "hulpvraag", "Per onderwerp") is None
    assert charts.counted(published(REFERRED.head(0)), "verwijzer", "Wie") is None
    assert charts.shares(QUARTERS.tail(2), "Deel") is None
    assert charts.shares(exact(per_quarter()), "Deel") is None
