"""The independent calculation's own dates, and whether the random deliveries bite; its rules are cases, see kpi/."""

from collections import Counter
from datetime import date

import polars as pl
import pytest

from data import contract
from queries import Selection
from queries.openbaar.rules import LIJSTEN
from tests.queries import deliveries
from tests.queries.given import tables
from tests.queries.oracle import OPEN, REGIMES, Oracle

P = date(2022, 12, 31)


def test_a_wijkteam_is_the_one_valid_on_the_day_of_housing():
    oracle = Oracle(tables(), deliveries.reference(with_limits=True), P)
    assert oracle.wijkteam("WK039219", date(2021, 12, 31)) == "Meerwijk"
    assert oracle.wijkteam("WK039219", date(2022, 1, 1)) == "Boerhaavewijk"
    assert oracle.wijkteam("WK039210", date(2021, 12, 30)) == "Indischewijk-Te Zaanen"
    assert oracle.wijkteam("WK039210", date(2021, 12, 31)) == "Onbekend"
    assert oracle.wijkteam("WK039206", date(2022, 4, 1)) == "Onbekend"
    assert oracle.wijkteam("WK039299", P) == oracle.wijkteam(None, P) == "Onbekend"


@pytest.mark.parametrize("seed", range(4))
def test_a_random_delivery_follows_the_contract(seed):
    made, peildatum = deliveries.random_delivery(seed, 60)
    assert deliveries.random_delivery(seed, 60) == (made, peildatum)
    assert deliveries.random_delivery(seed + 1, 60) != (made, peildatum)
    assert deliveries.random_selection(seed, P) == deliveries.random_selection(seed, P)
    frames = {}
    for name, schema in contract.TABELLEN.items():
        frames[name] = pl.DataFrame(made[name], schema=schema.create_empty().schema)
        assert contract.op_peildatum(schema, peildatum).is_valid(frames[name]), name
    ids = [set(frame["inburgeraar_id"]) for frame in frames.values() if "inburgeraar_id" in frame.columns]
    assert set().union(*ids) == ids[0]


def test_the_deliveries_reach_every_status_and_regime():
    seen: Counter = Counter()
    for seed in range(12):
        made, peildatum = deliveries.random_delivery(seed, 60)
        for person in Oracle(made, deliveries.reference(), peildatum).dossier(Selection(), peildatum):
            seen.update(period.regime for period in person.periods)
            seen.update([person.pip_status, person.ontzorging_status, person.overdracht_status])
    expected = (*LIJSTEN["pip_status"], *LIJSTEN["ontzorging_status"], *OPEN, *REGIMES)
    expected += ("Overgedragen", "Vertrokken", "Afgezien")
    assert [name for name in expected if seen[name] < 2] == []
