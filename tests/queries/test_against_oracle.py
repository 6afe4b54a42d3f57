"""The KPIs in every form held against an independent calculation, on random, nasty deliveries."""

import os

import pytest

import queries
from queries import Database
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import random_delivery, random_selection, reference
from tests.queries.oracle import NAMES, Oracle, Selection

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


def counted(rows):
    """Per group with anybody: teller, noemer, waarde and the interval."""
    values = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    return {
        tuple(value for column, value in row.items() if column not in values): tuple(row[column] for column in values)
        for row in rows
        if row["noemer"]
    }


@pytest.mark.parametrize("name", NAMES)
def test_sql_equals_the_independent_calculation(random_town, name):
    database, oracle, selections = random_town
    for selection in selections:
        found = counted(queries.run(name, queries.Selection(**vars(selection)), database).to_dicts())
        expected = counted(oracle.run(name, selection))
        assert list(found) == list(expected) if name == "kpi" else found.keys() == expected.keys(), selection
        for key, row in expected.items():
            assert found[key] == pytest.approx(row, abs=1e-9), (selection, key)
