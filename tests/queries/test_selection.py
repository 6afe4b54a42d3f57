"""Which persons a selection takes, and what it refuses."""

from datetime import date

import pytest

import queries
from queries import InvalidSelection, Selection
from tests.queries.conftest import newcomer


def selected(database, **selection):
    """Number of persons that the PIP question is about."""
    frame = queries.run("pip_status", Selection(**selection), database)
    return frame["aantal"].sum()


def test_areas_are_those_of_the_home_address_and_onbekend_is_one_of_them(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_kennisgeving="2022-02-01", wijkcode="WK039221"),
            newcomer(2, datum_kennisgeving="2022-02-01", wijkcode="WK039219"),
            newcomer(3, datum_kennisgeving="2022-02-01", wijkcode=None),
            newcomer(4, datum_kennisgeving="2022-02-01", wijkcode="WK999999"),
        ]
    )
    assert selected(database) == 4
    assert selected(database, stadsdelen=("Schalkwijk",)) == 2
    assert selected(database, wijkteams=("Meerwijk",)) == 1
    assert selected(database, stadsdelen=("Onbekend",)) == 2
    assert selected(database, stadsdelen=("Onbekend", "Schalkwijk")) == 4
    assert selected(database, stadsdelen=("Centrum",), wijkteams=("Meerwijk",)) == 0


def test_cohort_is_the_year_of_the_notice_and_drops_persons_without_one(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_kennisgeving="2021-12-31"),
            newcomer(2, datum_kennisgeving="2022-01-01"),
            newcomer(3, datum_huisvesting="2022-01-01"),
        ]
    )
    assert selected(database, cohorten=(2022,)) == 1
    assert selected(database, cohorten=(2021, 2022)) == 2


def test_housing_bounds_are_from_inclusive_to_exclusive_and_drop_persons_without_one(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_huisvesting="2022-03-01"),
            newcomer(2, datum_huisvesting="2022-06-01"),
            newcomer(3, datum_kennisgeving="2022-03-01"),
        ]
    )
    assert selected(database, huisvesting_van=date(2022, 3, 1)) == 2
    assert selected(database, huisvesting_van=date(2022, 3, 1), huisvesting_tot=date(2022, 6, 1)) == 1
    assert selected(database, huisvesting_tot=date(2022, 3, 1)) == 0


def test_selection_goes_by_dates_as_registered_also_after_an_earlier_peildatum(town):
    database = town(inburgeraar=[newcomer(1, datum_kennisgeving="2022-06-01", datum_huisvesting="2022-02-01")])
    assert selected(database, cohorten=(2022,), peildatum=date(2022, 3, 1)) == 1


def test_law_and_target_group(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_kennisgeving="2022-02-01"),
            newcomer(2, datum_kennisgeving="2022-02-01", doelgroep="Gezinsmigrant en overige migrant"),
        ]
    )
    assert selected(database, doelgroepen=("Asielstatushouder",)) == 1
    assert selected(database, wetten=("WI2013",)) == 0


@pytest.mark.parametrize(
    ("selection", "named"),
    [
        ({"stadsdelen": ("Haarlem-Noord",)}, "Haarlem-Noord"),
        ({"wijkteams": ("Noord",)}, "wijkteam"),
        ({"doelgroepen": ("Asiel",)}, "doelgroep"),
        ({"wetten": ("WI2007",)}, "wet"),
        ({"cohorten": (22,)}, "cohort"),
        ({"peildatum": date(2023, 1, 1)}, "2022-12-31"),
    ],
)
def test_an_unknown_choice_is_refused_with_what_is_there(town, selection, named):
    with pytest.raises(InvalidSelection, match=named):
        queries.run("kpi", Selection(**selection), town())


def test_an_unknown_question_is_refused_with_those_there_are():
    with pytest.raises(queries.UnknownQuestion, match="kpi_kwartaal"):
        queries.run("kpi_week")


def test_a_name_that_reaches_outside_the_folder_is_no_question():
    with pytest.raises(queries.UnknownQuestion):
        queries.sql("model/01_tijd")


def test_the_engine_is_locked_after_loading(town, tmp_path):
    database = town()
    (tmp_path / "elders.csv").write_text("a\n1\n")
    for statement in (
        f"select * from read_csv('{tmp_path / 'elders.csv'}')",
        "set enable_external_access = true",
        f"copy inburgeraar to '{tmp_path / 'uit.csv'}'",
        "install httpfs",
    ):
        with pytest.raises(Exception, match=r"(?i)disabled|locked|cannot"):
            database.ask(statement, Selection())
    assert not (tmp_path / "uit.csv").exists()
