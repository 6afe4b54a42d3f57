"""What a selection and the door refuse; whom a selection takes is among the cases."""

from datetime import date

import pytest

import queries
from queries import InvalidSelection, Selection


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
