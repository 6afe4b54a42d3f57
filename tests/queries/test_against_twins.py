"""Every question held against a calculation that shares no code with it, tests/benchmarks/twins.py."""

import os
from datetime import date

import pytest

from data.snapshots import store
from queries import Database, Selection
from tests import towns
from tests.benchmarks.questions import check
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import random_delivery

# How many random towns; the campaign asks for more.
TOWNS = int(os.environ.get("WI_TOWNS", "2"))


@pytest.mark.parametrize(
    ("asked", "peildatum"), [({}, towns.DAY), ({"melding_met_statushouder": True}, date(2022, 6, 30))]
)
def test_every_answer_on_the_demo_is_that_of_its_twin(asked, peildatum):
    folder = store.folder_of(towns.DAY, towns.demo(**asked))
    check(Database(folder), "polars", Selection(peildatum=peildatum))


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(TOWNS))
def test_every_answer_on_a_random_delivery_is_that_of_its_twin(seed, tmp_path):
    tables, peildatum = random_delivery(seed, 150)
    check(Database(write_snapshot(tmp_path / "levering", tables, peildatum)), "polars")
