"""What holds for every KPI and every question; their rules are the cases in tests/queries/kpi."""

import pytest

import queries
from queries import INDICATOREN, Selection
from tests.queries.given import requests


def test_every_indicator_has_its_rows_in_the_order_of_the_definitions(town):
    shares = [name for name, entry in INDICATOREN.items() if entry.eenheid == "aandeel"]
    database = town()
    for name, expected in {
        "kpi": list(INDICATOREN),
        "kpi_trend": list(INDICATOREN) * 12,
        "kpi_sinds": shares,
        "kpi_verandering": shares,
        "kpi_vergelijking": shares,
    }.items():
        frame = queries.answer(name, Selection(), database)
        assert frame["indicator"].to_list() == expected
        assert frame["noemer"].to_list() == [0] * len(expected)
    assert queries.answer("kpi_trend", Selection(), database)["stand"].is_sorted()
    areas = (
        queries.answer("kpi_per_gebied", Selection(), database).group_by("niveau").agg("gebied").rows_by_key("niveau")
    )
    assert all((names[0][0][0], names[0][0][-1]) == ("Centrum", "Onbekend") for names in areas.values())


@pytest.mark.parametrize(
    ("columns", "beginning"),
    [
        # Without the column no request can be told to be of a statushouder; with it, none may happen to be.
        ({}, "Van wie een melding is, staat niet in de levering"),
        ({"statushouder": False}, "Geen melding is als die van een statushouder herkenbaar"),
    ],
)
def test_of_whom_a_request_is_stands_in_the_delivery_or_not_at_all(town, columns, beginning):
    found = queries.answer("evaluatie_meetbaarheid", Selection(), town(melding=requests(columns)))["toelichting"]
    assert found[1].startswith(beginning)
    assert all(text.endswith(".") for text in found)


def test_the_register_of_toezeggingen_is_asked_through_the_door():
    register = queries.commitments()
    assert register.columns == ["nummer", "datum", "onderwerp", "status", "toelichting"]
    assert "BAZ 2022/48297" in register["nummer"].to_list()
