"""The statistics of the evaluation: exact ratio of rates, verdict, diversity."""

import math
from datetime import date

import pytest
from scipy import stats

import queries
from queries import Selection
from queries.computed import rate_ratio_interval
from tests.queries.given import period, requests, someone


def groups(old, new, **columns):
    """A number of persons in the 24-month regime and one in the 12-month regime."""
    housed = ["2019-06-01"] * old + ["2021-06-01"] * new
    return [someone(period("2021-07-01"), wet="WI2013", datum_huisvesting=day, **columns) for day in housed]


def asked(old, new, unknown=0, **columns):
    """Requests of statushouders, by their regime."""
    kinds = ["24 maanden"] * old + ["12 maanden"] * new + [None] * unknown
    columns = {"statushouder": True, "verwijzer": "School"} | columns
    return requests(*[{"begeleidingsregime": kind, **columns} for kind in kinds])


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
    found = verdict(town(*groups(LARGE, LARGE), melding=requests({}, {})))
    assert refused(found) == "De wijkteams leggen niet vast of de vrager statushouder is."


def test_small_groups_are_not_compared(town):
    assert "24 maanden is te klein" in refused(verdict(town(*groups(29, LARGE), melding=asked(20, 20))))
    assert "12 maanden is te klein" in refused(verdict(town(*groups(LARGE, 29), melding=asked(20, 20))))


def test_groups_in_which_a_small_difference_cannot_be_seen_are_not_compared(town):
    reason = refused(verdict(town(*groups(392, 392), melding=asked(20, 60))))
    assert reason == "De groepen zijn te klein: een klein verschil zou niet opvallen."
    assert verdict(town(*groups(393, 393), melding=asked(20, 60)))["oordeel"] == "meer"


def test_without_knowing_who_referred_nothing_is_compared(town):
    some = [row | {"verwijzer": None} if n % 4 == 0 else row for n, row in enumerate(asked(40, 40))]
    reason = refused(verdict(town(*groups(LARGE, LARGE), melding=some)))
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
    people = [
        ((table, row | {"datum_kennisgeving": "2021-01-01"}), *rest) for (table, row), *rest in groups(LARGE, LARGE)
    ]
    database = town(*people, melding=asked(20, 60))
    assert verdict(database)["oordeel"] == "meer"
    # Everybody is still in the selection: it is the filter that counts, not what it leaves out.
    assert queries.run("evaluatie_meetbaarheid", Selection(**selection), database)["voldaan"].all()
    assert refused(verdict(database, **selection)).startswith(f"Een filter op {name} verandert")


def test_an_area_is_no_filter_on_persons(town):
    database = town(*groups(LARGE, LARGE), melding=asked(20, 60))
    assert verdict(database, stadsdelen=("Centrum",))["oordeel"] == "meer"


def test_a_regime_that_is_not_registered_is_not_compared(town):
    reason = refused(verdict(town(*groups(LARGE, LARGE), melding=asked(20, 20, unknown=10))))
    assert reason == "De wijkteams leggen niet vast welke duur van begeleiding gold."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [(20, 60, "meer"), (60, 20, "minder"), (20, 24, "geen verschil aangetoond"), (0, 30, "meer")],
)
def test_verdict_follows_from_the_exact_interval(town, old, new, expected):
    found = verdict(town(*groups(LARGE, LARGE), melding=asked(old, new)))
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
    subjects = {
        "2022-02-01": ["Wonen", "Geldzaken"] * 5,
        "2022-05-01": ["Wonen"] * 10,
        "2022-07-01": ["Overig"] + ["Wonen"] * 9,
        "2022-10-01": ["Wonen"] * 9,
    }
    some = [{"datum_melding": day, "hulpvraag": about} for day, kinds in subjects.items() for about in kinds]
    frame = queries.run("melding_diversiteit", Selection(), town(melding=requests(*some)))
    expected = math.exp(-(0.1 * math.log(0.1) + 0.9 * math.log(0.9)))
    assert frame["meldingen"].to_list() == [10, 10, 10, 9]
    assert frame["soorten"].to_list() == [2, 1, 2, 1]
    assert frame["diversiteit"].to_list() == [pytest.approx(2), pytest.approx(1), pytest.approx(expected), None]


def test_the_sentences_write_numbers_with_a_point_per_thousand(town):
    database = town(melding=requests(*[{"verwijzer": "School"}, {}] * 1111))
    said = queries.run("evaluatie_meetbaarheid", Selection(), database)["toelichting"]
    assert said[2] == "Bij 1.111 van 2.222 meldingen is vastgelegd wie verwees."


def test_the_sentences_count_one_in_the_singular(town):
    database = town(*groups(1, 1), melding=asked(1, 0, verwijzer=None))
    said = queries.run("evaluatie_meetbaarheid", Selection(), database)["toelichting"].to_list()
    assert said[:3] + said[5:] == [
        "Bij 1 van 1 melding is vastgelegd of de vrager statushouder is.",
        "Bij 1 van 1 melding van een statushouder is het begeleidingsregime vastgelegd.",
        "Bij 0 van 1 melding is vastgelegd wie verwees.",
        "Met groepen van 1 en 1 persoon valt geen enkel verschil tussen twee aandelen op.",
    ]


def test_without_requests_there_is_no_diversity(town):
    assert queries.run("melding_diversiteit", Selection(), town()).is_empty()
