"""The national reference: only for the cohort, doelgroep and day for which it was published."""

from datetime import date

import pytest

import queries
from queries import Selection
from tests.queries.given import GEZIN, intake, someone


@pytest.fixture
def database(town):
    return town(
        someone(intake("2022-12-31"), datum_kennisgeving="2022-01-01"),
        someone(intake("2023-01-01"), datum_kennisgeving="2022-12-31"),
        someone(intake("2022-01-01"), datum_kennisgeving="2021-12-31"),
        someone(datum_kennisgeving="2022-05-01", doelgroep=GEZIN, wet="WI2013"),
        peildatum=date(2023, 1, 31),
    )


def test_the_reference_stands_beside_the_same_cohort_doelgroep_and_day(database):
    rows = queries.run("intake_landelijk", Selection(peildatum=date(2022, 12, 31)), database).to_dicts()
    assert [(row["doelgroep"], row["cohort"], row["teller"], row["noemer"]) for row in rows] == [
        ("Asielstatushouder", 2022, 1, 2),
        (GEZIN, 2022, 0, 0),
    ]
    assert [(row["landelijk_teller"], row["landelijk_noemer"], row["landelijk_waarde"]) for row in rows] == [
        (6700, 19000, 0.35),
        (4100, 7400, 0.55),
    ]
    assert rows[1]["waarde"] is None
    assert all("CBS" in row["bron"] for row in rows)


@pytest.mark.parametrize("peildatum", [None, date(2022, 12, 30), date(2023, 1, 1)])
def test_on_a_day_without_publication_there_is_no_reference(database, peildatum):
    assert queries.run("intake_landelijk", Selection(peildatum=peildatum), database).is_empty()
