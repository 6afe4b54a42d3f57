"""Every question held against an independent calculation on random, nasty deliveries."""

import os

import pytest

import queries
from queries import Database
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import exact_half, random_delivery, random_selection, reference
from tests.queries.oracle import NAMES, Oracle, Selection, comparable, nearly

pytestmark = pytest.mark.fuzz
# How many random towns; the campaign asks for more.
TOWNS = int(os.environ.get("WI_TOWNS", "2"))


@pytest.fixture(scope="module", params=range(TOWNS))
def random_town(request, tmp_path_factory):
    """A random delivery as a database, its oracle and some selections of it."""
    tables, peildatum = random_delivery(request.param, 150)
    folder = write_snapshot(tmp_path_factory.mktemp("levering"), tables, peildatum)
    selections = [Selection(), *(random_selection(100 * request.param + n, peildatum) for n in range(5))]
    return Database(folder), Oracle(tables, reference(), peildatum), selections


def assert_same(name, selection, database, oracle):
    found = queries.run(name, queries.Selection(**vars(selection)), database).to_dicts()
    assert comparable(name, found) == nearly(comparable(name, oracle.run(name, selection))), (name, selection)


@pytest.mark.parametrize("name", NAMES)
def test_sql_equals_the_independent_calculation(random_town, name):
    database, oracle, selections = random_town
    for selection in selections:
        assert_same(name, selection, database, oracle)


def test_ties_at_exactly_one_half(tmp_path):
    tables, peildatum = exact_half()
    database, oracle = Database(write_snapshot(tmp_path, tables, peildatum)), Oracle(tables, reference(), peildatum)
    for name in NAMES:
        assert_same(name, Selection(), database, oracle)
    found = {row["indicator"]: row["waarde"] for row in oracle.run("kpi", Selection())}
    assert found["begeleiding_mediaan"] == pytest.approx(12 / 30.4375)
    for indicator in ("pip_mediaan_dagen", "ontzorging_mediaan_dagen", "overdracht_mediaan_dagen"):
        assert found[indicator] == 12


def test_the_validity_of_a_wijkteam_goes_by_housing_then_registration_then_peildatum(tmp_path, monkeypatch):
    limited = reference(with_limits=True)
    tables, peildatum = random_delivery(99, 300)
    shipped = queries.contract.referentie

    def referentie(name):
        frame = shipped(name)
        if name != "wijkteam":
            return frame
        rows = [tuple(row[column] for column in frame.columns) for row in limited["wijkteam"]]
        return type(frame)(rows, schema=frame.schema, orient="row")

    monkeypatch.setattr("queries.database.contract.referentie", referentie)
    database, oracle = Database(write_snapshot(tmp_path, tables, peildatum)), Oracle(tables, limited, peildatum)
    for name in ("kpi_per_gebied", "overdracht_per_wijkteam", "kpi"):
        for selection in (Selection(), Selection(wijkteams=("Meerwijk", "Onbekend"))):
            assert_same(name, selection, database, oracle)
