"""Trajectories among the requests, and zelforganisaties among the known referrers; their rules are among the cases."""

import pytest
from statsmodels.stats.proportion import proportion_confint

import queries
from queries import Selection
from tests.queries.given import requests

TRAJECT = "Begeleidingstraject"


@pytest.mark.parametrize(
    ("name", "columns"),
    [("melding_traject", {"soort": TRAJECT}), ("melding_zelforganisatie", {"verwijzer": "Zelforganisatie"})],
)
def test_the_interval_is_wilson(town, name, columns):
    some = requests(*[{"verwijzer": "School"} | columns] * 7, *[{"verwijzer": "School"}] * 23)
    (row,) = queries.run(name, Selection(), town(melding=some)).rows()
    assert row[1:3] == (7, 30)
    assert row[4:] == pytest.approx(proportion_confint(7, 30, alpha=0.05, method="wilson"))


@pytest.mark.parametrize("name", ["melding_traject", "melding_zelforganisatie"])
def test_requests_follow_the_area_and_no_filter_on_persons(town, name):
    database = town(melding=requests({"verwijzer": "School"}, {"wijkteam": "Meerwijk", "verwijzer": "School"}))
    for number, selection in [
        ([2], Selection(doelgroepen=("Asielstatushouder",), cohorten=(2022,), wetten=("WI2013",))),
        ([1], Selection(stadsdelen=("Schalkwijk",))),
        ([], Selection(wijkteams=("Onbekend",))),
    ]:
        assert queries.run(name, selection, database)["noemer"].to_list() == number


def test_trajectories_add_up_to_those_per_month(town):
    some = [
        {"datum_melding": f"2022-{1 + n % 12:02d}-05", "soort": TRAJECT if n % 3 else "Hulpvraag"} for n in range(1, 40)
    ]
    database = town(melding=requests(*some))
    per_month = queries.run("melding_per_maand", Selection(), database)
    per_quarter = queries.run("melding_traject", Selection(), database)
    assert per_quarter["noemer"].sum() == per_month["aantal"].sum()
    assert per_quarter["teller"].sum() == per_month.filter(soort=TRAJECT)["aantal"].sum()


def test_the_register_of_toezeggingen_is_asked_through_the_door():
    register = queries.commitments()
    assert register.columns == ["nummer", "datum", "onderwerp", "status", "toelichting"]
    assert "BAZ 2022/48297" in register["nummer"].to_list()
