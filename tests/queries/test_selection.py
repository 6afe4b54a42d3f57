"""What the door keeps shut; whom a selection takes is among the cases, what it refuses with the command line."""

import pytest

import queries
from queries import Selection


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
