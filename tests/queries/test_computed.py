"""The statistics of the evaluation: exact ratio of rates, verdict, diversity."""

import math
from datetime import date

import pytest
from scipy import stats

import queries
from queries import Selection
from queries.computed import rate_ratio_interval
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
    return [
        melding(n, statushouder=True, begeleidingsregime=kind, verwijzer="School")
        for n, kind in enumerate(kinds, start=1)
    ]


def verdict(database, **selection):
    return queries.run("evaluatie_vergelijking", Selection(**selection), database).row(0, named=True)


def refused(found):
    """Why there is no comparison; then there is no figure of one either."""
    assert found["oordeel"] == "niet te vergelijken"
    assert [found[column] for column in ("per_100_24", "per_100_12", "verhouding", "ci_laag", "ci_hoog")] == [None] * 5
    return found["reden"]


# Two groups of 400: the smallest that leave a difference of ten points to be seen are of 393.
LARGE = 400


def test_without_the_columns_nothing_is_compared(town):
    found = verdict(town(**groups(LARGE, LARGE), melding=[melding(1), melding(2)]))
    assert refused(found) == "De wijkteams leggen niet vast of de vrager statushouder is."


def test_small_groups_are_not_compared(town):
    assert "24 maanden is te klein" in refused(verdict(town(**groups(29, LARGE), melding=requests(20, 20))))
    assert "12 maanden is te klein" in refused(verdict(town(**groups(LARGE, 29), melding=requests(20, 20))))


def test_groups_in_which_a_small_difference_cannot_be_seen_are_not_compared(town):
    reason = refused(verdict(town(**groups(392, 392), melding=requests(20, 60))))
    assert reason == "De groepen zijn te klein: een klein verschil zou niet opvallen."
    assert verdict(town(**groups(393, 393), melding=requests(20, 60)))["oordeel"] == "meer"


def test_without_knowing_who_referred_nothing_is_compared(town):
    asked = [request | {"verwijzer": None} if n % 4 == 0 else request for n, request in enumerate(requests(40, 40))]
    reason = refused(verdict(town(**groups(LARGE, LARGE), melding=asked)))
    assert reason == "De wijkteams leggen te vaak niet vast wie verwees."


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        ({"doelgroepen": ("Asielstatushouder",)}, "doelgroep"),
        ({"wetten": ("WI2013",)}, "wet"),
        ({"huisvesting_van": date(2010, 1, 1)}, "datum van huisvesting"),
        ({"huisvesting_tot": date(2030, 1, 1)}, "datum van huisvesting"),
        ({"cohorten": (2021,)}, "cohort"),
    ],
)
def test_a_filter_on_persons_keeps_the_verdict_away_because_the_requests_do_not_follow_it(town, selection, name):
    rows = groups(LARGE, LARGE)
    rows["inburgeraar"] = [row | {"datum_kennisgeving": "2021-01-01"} for row in rows["inburgeraar"]]
    database = town(**rows, melding=requests(20, 60))
    assert verdict(database)["oordeel"] == "meer"
    # Everybody is still in the selection: it is the filter that counts, not what it leaves out.
    assert queries.run("evaluatie_meetbaarheid", Selection(**selection), database)["voldaan"].all()
    assert refused(verdict(database, **selection)).startswith(f"Een filter op {name} verandert")


def test_an_area_is_no_filter_on_persons(town):
    database = town(**groups(LARGE, LARGE), melding=requests(20, 60))
    assert verdict(database, stadsdelen=("Centrum",))["oordeel"] == "meer"


def test_a_regime_that_is_not_registered_is_not_compared(town):
    reason = refused(verdict(town(**groups(LARGE, LARGE), melding=requests(20, 20, unknown=10))))
    assert reason == "De wijkteams leggen niet vast welke duur van begeleiding gold."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(20, 60, "meer"), (60, 20, "minder"), (20, 24, "geen verschil aangetoond"), (0, 30, "meer")],
)
def test_verdict_follows_from_the_exact_interval(town, old, new, expected):
    found = verdict(town(**groups(LARGE, LARGE), melding=requests(old, new)))
    assert found["oordeel"] == expected
    assert (found["per_100_24"], found["per_100_12"]) == (old / 4, new / 4)
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


def test_the_sentences_write_numbers_with_a_point_per_thousand(town):
    database = town(melding=[melding(n, verwijzer="School" if n % 2 else None) for n in range(1, 2223)])
    said = queries.run("evaluatie_meetbaarheid", Selection(), database)["toelichting"]
    assert said[2] == "Bij 1.111 van 2.222 meldingen is vastgelegd wie verwees."


def test_the_sentences_count_one_in_the_singular(town):
    database = town(
        inburgeraar=[newcomer(1, datum_huisvesting="2019-06-01"), newcomer(2, datum_huisvesting="2021-06-01")],
        begeleiding=[period(1, "2019-07-01"), period(2, "2021-07-01")],
        melding=[melding(1, statushouder=True, begeleidingsregime="24 maanden", verwijzer=None)],
    )
    said = queries.run("evaluatie_meetbaarheid", Selection(), database)["toelichting"].to_list()
    assert said[:3] + said[5:] == [
        "Bij 1 van 1 melding is vastgelegd of de vrager statushouder is.",
        "Bij 1 van 1 melding van een statushouder is het begeleidingsregime vastgelegd.",
        "Bij 0 van 1 melding is vastgelegd wie verwees.",
        "Met groepen van 1 en 1 persoon valt geen enkel verschil tussen twee aandelen op.",
    ]


def test_without_requests_there_is_no_diversity(town):
    assert queries.run("melding_diversiteit", Selection(), town()).is_empty()
