"""The statistics of the evaluation: exact ratio of rates, verdict, diversity."""

import math

import pytest
from scipy import stats

import queries
from queries import Selection
from queries.evaluatie import rate_ratio_interval
from tests.queries.conftest import newcomer
from tests.queries.test_kpi import period
from tests.queries.test_questions import melding


def groups(old, new):
    """A number of persons in the 24-month regime and one in the 12-month regime."""
    numbers = range(1, old + new + 1)
    return {
        "inburgeraar": [
            newcomer(n, wet="WI2013", datum_huisvesting="2019-06-01" if n <= old else "2021-06-01") for n in numbers
        ],
        "begeleiding": [period(n, "2021-07-01") for n in numbers],
    }


def requests(old, new, unknown=0):
    kinds = ["24 maanden"] * old + ["12 maanden"] * new + [None] * unknown
    return [melding(n, statushouder=True, begeleidingsregime=kind) for n, kind in enumerate(kinds, start=1)]


def verdict(database):
    return queries.run("evaluatie_vergelijking", Selection(), database).row(0, named=True)


def test_without_the_columns_nothing_is_compared(town):
    found = verdict(town(**groups(40, 40), melding=[melding(1), melding(2)]))
    assert found["oordeel"] == "niet te vergelijken"
    assert "leggen niet vast" in found["reden"]
    assert found["verhouding"] is None


def test_small_groups_are_not_compared(town):
    found = verdict(town(**groups(29, 40), melding=requests(20, 20)))
    assert (found["oordeel"], found["reden"]) == (
        "niet te vergelijken",
        "Een van beide groepen is te klein om te vergelijken.",
    )


def test_a_regime_that_is_not_registered_is_not_compared(town):
    assert verdict(town(**groups(40, 40), melding=requests(20, 20, unknown=10)))["oordeel"] == "niet te vergelijken"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(20, 60, "meer"), (60, 20, "minder"), (20, 24, "geen verschil aangetoond"), (0, 30, "meer")],
)
def test_verdict_follows_from_the_exact_interval(town, old, new, expected):
    found = verdict(town(**groups(40, 40), melding=requests(old, new)))
    assert found["oordeel"] == expected
    assert (found["per_100_24"], found["per_100_12"]) == (2.5 * old, 2.5 * new)
    if old:
        assert found["verhouding"] == pytest.approx(new / old)
        assert found["ci_laag"] < new / old < found["ci_hoog"]
    else:
        assert (found["verhouding"], found["ci_hoog"]) == (None, None)


@pytest.mark.parametrize(
    ("count_1", "size_1", "count_2", "size_2"), [(12, 80, 30, 120), (1, 50, 9, 30), (30, 30, 3, 90)]
)
def test_the_interval_is_where_the_exact_test_turns(count_1, size_1, count_2, size_2):
    low, high = rate_ratio_interval(count_1, size_1, count_2, size_2)
    total = count_1 + count_2
    for bound, side in ((low, "greater"), (high, "less")):
        share = bound * size_1 / (bound * size_1 + size_2)
        tail = (
            stats.binom.sf(count_1 - 1, total, share) if side == "greater" else stats.binom.cdf(count_1, total, share)
        )
        assert tail == pytest.approx(0.025, rel=1e-6)


def test_diversity_is_the_effective_number_of_kinds(town):
    even = [melding(n, hulpvraag=("Wonen", "Geldzaken")[n % 2], datum_melding="2022-02-01") for n in range(1, 11)]
    one = [melding(n, hulpvraag="Wonen", datum_melding="2022-05-01") for n in range(11, 21)]
    uneven = [melding(n, hulpvraag="Overig" if n == 21 else "Wonen", datum_melding="2022-07-01") for n in range(21, 31)]
    few = [melding(n, datum_melding="2022-10-01") for n in range(31, 40)]
    frame = queries.run("melding_diversiteit", Selection(), town(melding=even + one + uneven + few))
    expected = math.exp(-(0.1 * math.log(0.1) + 0.9 * math.log(0.9)))
    assert frame["meldingen"].to_list() == [10, 10, 10, 9]
    assert frame["soorten"].to_list() == [2, 1, 2, 1]
    assert frame["diversiteit"].to_list() == [pytest.approx(2), pytest.approx(1), pytest.approx(expected), None]


def test_without_requests_there_is_no_diversity(town):
    assert queries.run("melding_diversiteit", Selection(), town()).is_empty()
