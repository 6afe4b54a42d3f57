"""What holds for every KPI and every question; their rules are the cases in tests/queries/kpi."""

import pytest

import queries
from queries import INDICATOREN, Selection
from tests.queries.given import intake, requests, someone


def test_all_indicators_always_in_the_order_of_the_definitions(town):
    frame = queries.run("kpi", Selection(), town())
    assert frame["indicator"].to_list() == list(INDICATOREN)
    assert frame["noemer"].to_list() == [0] * len(INDICATOREN)
    trend = queries.run("kpi_trend", Selection(), town())
    assert trend["indicator"].to_list() == list(INDICATOREN) * 12
    assert trend["stand"].is_sorted()


def test_only_shares_have_an_interval(town):
    database = town(someone(intake("2022-03-01"), datum_kennisgeving="2022-02-01"))
    found = {row["indicator"]: row for row in queries.run("kpi", Selection(), database).to_dicts()}
    assert found["intake_gestart"]["ci_hoog"] == 1.0
    assert found["intake_gestart"]["ci_laag"] == pytest.approx(0.206549314)
    assert (found["pip_zonder"]["ci_laag"], found["pip_zonder"]["ci_hoog"]) == (None, None)


def test_areas_come_in_the_order_of_the_city_with_onbekend_last(town):
    frame = queries.run("kpi_per_gebied", Selection(), town())
    for niveau in ("stadsdeel", "wijkteam"):
        areas = frame.filter(niveau=niveau)["gebied"].unique(maintain_order=True).to_list()
        assert (areas[0], areas[-1]) == ("Centrum", "Onbekend")


def test_every_condition_explains_itself_in_a_sentence(town):
    found = queries.run("evaluatie_meetbaarheid", Selection(), town())
    assert all(text.endswith(".") for text in found["toelichting"])


@pytest.mark.parametrize(
    ("columns", "beginning"),
    [
        # Without the column no request can be told to be of a statushouder; with it, none may happen to be.
        ({}, "Van wie een melding is, staat niet in de levering"),
        ({"statushouder": False}, "Geen melding is als die van een statushouder herkenbaar"),
    ],
)
def test_of_whom_a_request_is_stands_in_the_delivery_or_not_at_all(town, columns, beginning):
    database = town(melding=requests(columns))
    found = queries.run("evaluatie_meetbaarheid", Selection(), database)["toelichting"]
    assert found[1].startswith(beginning)
