"""The KPIs of any selection held against an independent calculation, on random, nasty deliveries."""

import os

import pytest

import queries
from queries import Database, Selection
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import random_delivery, random_selection, reference
from tests.queries.oracle import Oracle

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


def test_the_kpis_of_a_selection_are_those_of_the_independent_calculation(random_town):
    database, oracle, selections = random_town
    for selection in selections:
        found = queries.answer("kpi", selection, database)
        expected = oracle.kpi(selection)
        assert found["indicator"].to_list() == list(expected)
        for name, *row in found.select("indicator", "teller", "noemer", "waarde").rows():
            assert row == pytest.approx(list(expected[name]), abs=1e-9), (selection, name)
