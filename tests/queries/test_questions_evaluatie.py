"""Trajectories among the requests, and zelforganisaties among the known referrers: given rows, exact rows."""

from datetime import date

import pytest
from statsmodels.stats.proportion import proportion_confint

import queries
from queries import Selection
from tests.queries.test_questions import melding, rows

TRAJECT = "Begeleidingstraject"


def day(text):
    return date.fromisoformat(text)


def counts(database, name, **selection):
    return [row[:4] for row in rows(database, name, **selection)]


def test_trajectories_are_a_part_of_all_requests_of_the_quarter(town):
    database = town(
        melding=[
            melding(1, datum_melding="2022-01-01", soort=TRAJECT),
            melding(2, datum_melding="2022-03-31"),
            melding(3, datum_melding="2022-03-31", verwijzer="School"),
            melding(4, datum_melding="2022-04-01"),
        ]
    )
    assert counts(database, "melding_traject") == [
        (day("2022-01-01"), 1, 3, pytest.approx(1 / 3)),
        (day("2022-04-01"), 0, 1, 0.0),
    ]


def test_zelforganisaties_are_a_part_of_the_known_referrers_only(town):
    database = town(
        melding=[
            melding(1, datum_melding="2022-01-10", verwijzer="Zelforganisatie"),
            melding(2, datum_melding="2022-02-10", verwijzer="Huisarts"),
            melding(3, datum_melding="2022-02-11"),
            # A quarter in which no referrer is known has no row: there is nothing to be a part of.
            melding(4, datum_melding="2022-04-01"),
            melding(5, datum_melding="2022-07-01", verwijzer="Eigen initiatief"),
        ]
    )
    assert counts(database, "melding_zelforganisatie") == [
        (day("2022-01-01"), 1, 2, 0.5),
        (day("2022-07-01"), 0, 1, 0.0),
    ]


@pytest.mark.parametrize("name", ["melding_traject", "melding_zelforganisatie"])
def test_requests_after_the_peildatum_do_not_count(town, name):
    database = town(
        melding=[
            melding(1, datum_melding="2022-03-15", verwijzer="School"),
            melding(2, datum_melding="2022-03-16", verwijzer="School"),
        ]
    )
    assert counts(database, name, peildatum=date(2022, 3, 15)) == [(day("2022-01-01"), 0, 1, 0.0)]


@pytest.mark.parametrize("name", ["melding_traject", "melding_zelforganisatie"])
def test_requests_follow_the_area_and_no_filter_on_persons(town, name):
    database = town(
        melding=[melding(1, verwijzer="School"), melding(2, wijkteam="Meerwijk", verwijzer="School")],
    )
    (row,) = counts(database, name, doelgroepen=("Asielstatushouder",), cohorten=(2022,), wetten=("WI2013",))
    assert row[2] == 2
    (row,) = counts(database, name, stadsdelen=("Schalkwijk",))
    assert row[2] == 1
    assert counts(database, name, wijkteams=("Onbekend",)) == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [("melding_traject", {"soort": TRAJECT}), ("melding_zelforganisatie", {"verwijzer": "Zelforganisatie"})],
)
def test_the_interval_is_wilson(town, name, columns):
    requests = [melding(n, **({"verwijzer": "School"} | (columns if n <= 7 else {}))) for n in range(1, 31)]
    (row,) = rows(town(melding=requests), name)
    assert row[1:3] == (7, 30)
    assert row[4:] == pytest.approx(proportion_confint(7, 30, alpha=0.05, method="wilson"))


@pytest.mark.parametrize("name", ["melding_traject", "melding_zelforganisatie"])
def test_without_requests_there_are_no_rows(town, name):
    assert queries.run(name, Selection(), town()).is_empty()


def test_trajectories_add_up_to_those_per_month(town):
    requests = [
        melding(n, datum_melding=f"2022-{1 + n % 12:02d}-05", soort=TRAJECT if n % 3 else "Hulpvraag")
        for n in range(1, 40)
    ]
    database = town(melding=requests)
    per_month = queries.run("melding_per_maand", Selection(), database)
    per_quarter = queries.run("melding_traject", Selection(), database)
    assert per_quarter["noemer"].sum() == per_month["aantal"].sum()
    assert per_quarter["teller"].sum() == per_month.filter(soort=TRAJECT)["aantal"].sum()


def test_the_register_of_toezeggingen_is_asked_through_the_door():
    register = queries.commitments()
    assert register.columns == ["nummer", "datum", "onderwerp", "status", "toelichting"]
    assert "BAZ 2022/48297" in register["nummer"].to_list()
