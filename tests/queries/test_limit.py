"""The limit to areas: in SQL, whatever is asked, and on every way to a figure."""

import copy
import shutil

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import queries
from data import contract
from queries import InvalidSelection, Selection
from tests import towns
from tests.queries.given import handover, period, someone

MINE = ("Meerwijk", "Centrum")


@pytest.fixture(scope="module")
def city():
    return queries.open_database(towns.folder())


@pytest.fixture(scope="module")
def without_the_others(tmp_path_factory):
    """The same snapshot without anybody who lives outside MINE, and without requests to other wijkteams."""
    folder = shutil.copytree(towns.folder(), tmp_path_factory.mktemp("deel"), dirs_exist_ok=True)
    wijken = contract.referentie("wijkteam").filter(pl.col("wijkteam").is_in(MINE))["wijkcode"].to_list()
    everybody = pl.read_parquet(folder / "inburgeraar.parquet")
    mine = everybody.filter(pl.col("wijkcode").is_in(wijken))["inburgeraar_id"].to_list()
    assert 0 < len(mine) < everybody.height
    for table in contract.TABELLEN:
        path = folder / f"{table}.parquet"
        of_mine = pl.col("wijkteam").is_in(MINE) if table == "melding" else pl.col("inburgeraar_id").is_in(mine)
        pl.read_parquet(path).filter(of_mine).write_parquet(path)
    return queries.open_database(folder)


@pytest.mark.parametrize("name", queries.QUESTIONS)
def test_no_answer_within_a_limit_depends_on_who_is_outside_it(city, without_the_others, name):
    whole, part = city.limited(MINE), without_the_others.limited(MINE)
    for selection in (Selection(), Selection(stadsdelen=("Schalkwijk",), doelgroepen=("Asielstatushouder",))):
        assert_frame_equal(queries.answer(name, selection, whole), queries.answer(name, selection, part))
    if name in ("kpi", "pip_status", "overdracht_per_wijkteam", "begeleiding_voorraad", "melding_per_maand"):
        assert not queries.answer(name, Selection(), city).equals(queries.answer(name, Selection(), whole))


def counted(database, **selection):
    return queries.answer("pip_status", Selection(**selection), database)["aantal"].sum()


@pytest.fixture
def two_areas(town):
    """One person in Meerwijk, two elsewhere in Schalkwijk, one without a wijk."""
    return town(
        someone(datum_kennisgeving="2022-02-01", wijkcode="WK039221"),
        someone(datum_kennisgeving="2021-02-01", wijkcode="WK039219"),
        someone(datum_kennisgeving="2022-02-01", wijkcode="WK039219"),
        someone(datum_kennisgeving="2020-02-01", wijkcode=None),
    )


@pytest.mark.parametrize(
    ("limits", "grens", "persons"),
    [
        ([None], None, 4),
        ([["Meerwijk"]], ("Meerwijk",), 1),  # by residence
        ([["Onbekend"]], ("Onbekend",), 1),  # when it is named
        ([()], (), 0),
        ([("Atlantis",)], (), 0),
        # it can only be made narrower
        ([["Meerwijk"], ["Meerwijk", "Onbekend"]], ("Meerwijk",), 1),
        ([["Meerwijk"], None], ("Meerwijk",), 1),
        ([["Meerwijk"], ["Onbekend"]], (), 0),
    ],
)
def test_a_limit_shows_who_lives_in_its_areas(two_areas, limits, grens, persons):
    limited = two_areas
    for limit in limits:
        limited = limited.limited(limit)
    assert (limited.grens, counted(limited)) == (grens, persons)
    assert two_areas.grens is None


def test_an_area_outside_the_limit_is_refused_and_not_offered(two_areas):
    database = two_areas.limited(["Meerwijk"])
    assert database.stadsdelen == ("Schalkwijk",)
    assert database.wijkteams == {"Schalkwijk": ("Meerwijk",)}
    assert database.cohorten == (2022,)
    assert counted(database, stadsdelen=("Schalkwijk",)) == 1
    for name in ("kpi_per_gebied", "kpi_gebied_vergelijking"):
        rows = queries.answer(name, Selection(), database).select("niveau", "gebied").unique().rows()
        assert sorted(rows) == [("stadsdeel", "Schalkwijk"), ("wijkteam", "Meerwijk")]
    for selection in (Selection(stadsdelen=("Noord",)), Selection(wijkteams=("Centrum",))):
        with pytest.raises(InvalidSelection):
            queries.answer("kpi", selection, database)


def test_answers_are_kept_apart_by_limit(two_areas):
    identities = {two_areas.limited(grens).identity for grens in (None, [], ["Meerwijk"], ["Onbekend"])}
    assert len(identities) == 4
    both = ["Meerwijk", "Onbekend"]
    assert two_areas.limited(both).identity == two_areas.limited(both[::-1]).identity


def test_numbers_of_the_whole_delivery_are_left_out(city):
    assert city.manifest.tabellen
    limited = queries.read_delivery(city.limited(MINE).manifest)
    assert (limited.tabellen, limited.levering_id) == ((), city.manifest.levering_id)


def test_a_handover_counts_where_the_person_lives_and_is_shown_at_the_team_that_receives(town):
    ended = period("2022-01-10", "2022-10-10")
    database = town(
        someone(ended, handover("Gepland", wijkteam="Centrum"), wijkcode="WK039221"),
        someone(ended, handover("Gepland", wijkteam="Meerwijk"), wijkcode="WK039219"),
    )
    teams = queries.answer("overdracht_per_wijkteam", Selection(), database.limited(["Meerwijk"]))
    assert teams.select("wijkteam", "populatie").rows() == [("Centrum", 1)]


def test_a_comparison_with_an_earlier_snapshot_stays_within_the_limit(city, without_the_others):
    now, then = city, copy.copy(without_the_others)
    then.peildatum = now.peildatum.replace(day=1)
    assert queries.news(Selection(), now.limited(MINE), then.limited(MINE)).correcties.is_empty()
    assert not queries.news(Selection(), now, then).correcties.is_empty()
