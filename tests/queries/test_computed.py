"""The statistics of the evaluation: exact ratio of rates, verdict, diversity."""

import math
from datetime import date

import pytest
from scipy import stats

import queries
from queries import Selection
from queries.computed import rate_ratio_interval
from tests.queries.given import period, requests, someone

# Two groups of 400: the smallest that leave a difference of ten points to be seen are of 393.
LARGE = (400, 400)


def groups(old, new):
    """A number of persons in the 24-month regime and one in the 12-month regime."""
    housed = ["2019-06-01"] * old + ["2021-06-01"] * new
    known = {"wet": "WI2013", "datum_kennisgeving": "2021-01-01"}
    return [someone(period("2021-07-01"), datum_huisvesting=day, **known) for day in housed]


def asked(old, new, unknown=0, **columns):
    """Requests of statushouders, by their regime."""
    kinds = ["24 maanden"] * old + ["12 maanden"] * new + [None] * unknown
    columns = {"statushouder": True, "verwijzer": "School"} | columns
    return requests(*[{"begeleidingsregime": kind, **columns} for kind in kinds])


def verdict(database, **selection):
    return queries.answer("evaluatie_vergelijking", Selection(**selection), database).row(0, named=True)


MORE = asked(20, 60)
UNREFERRED = [row | {"verwijzer": None} if n % 4 == 0 else row for n, row in enumerate(MORE)]


@pytest.mark.parametrize(
    ("sizes", "requested", "selection", "reason"),
    [
        (LARGE, requests({}, {}), {}, "De wijkteams leggen niet vast of de vrager statushouder is."),
        (LARGE, asked(20, 20, unknown=10), {}, "De wijkteams leggen niet vast welke duur van begeleiding gold."),
        ((29, 400), asked(20, 20), {}, "De groep met 24 maanden is te klein om te vergelijken."),
        ((400, 29), asked(20, 20), {}, "De groep met 12 maanden is te klein om te vergelijken."),
        ((392, 392), MORE, {}, "De groepen zijn te klein: een klein verschil zou niet opvallen."),
        (LARGE, UNREFERRED, {}, "De wijkteams leggen te vaak niet vast wie verwees."),
        # Everybody is still in the selection: it is the filter that counts, not what it leaves out.
        (LARGE, MORE, {"doelgroepen": ("Asielstatushouder",)}, "Een filter op doelgroep verandert"),
        (LARGE, MORE, {"wetten": ("WI2013",)}, "Een filter op wet verandert"),
        (LARGE, MORE, {"huisvesting_van": date(2010, 1, 1)}, "Een filter op datum van huisvesting verandert"),
        (LARGE, MORE, {"huisvesting_tot": date(2030, 1, 1)}, "Een filter op datum van huisvesting verandert"),
        (LARGE, MORE, {"cohorten": (2021,)}, "Een filter op cohort verandert"),
    ],
)
def test_without_its_conditions_nothing_is_compared(town, sizes, requested, selection, reason):
    """The requests do not follow a filter on persons."""
    database = town(*groups(*sizes), melding=requested)
    found = verdict(database, **selection)
    assert found["reden"].startswith(reason)
    assert found["oordeel"] == "niet te vergelijken"
    assert [found[column] for column in ("per_100_24", "per_100_12", "verhouding", "ci_laag", "ci_hoog")] == [None] * 5
    if selection:
        assert queries.answer("evaluatie_meetbaarheid", Selection(**selection), database)["voldaan"].all()


@pytest.mark.parametrize(
    ("sizes", "old", "new", "expected"),
    [(LARGE, 20, 60, "meer"), ((393, 393), 20, 60, "meer"), (LARGE, 60, 20, "minder"), (LARGE, 0, 30, "meer"),
     (LARGE, 20, 24, "geen verschil aangetoond")],
)  # fmt: skip
def test_verdict_follows_from_the_exact_interval(town, sizes, old, new, expected):
    """An area is no filter on persons."""
    found = verdict(town(*groups(*sizes), melding=asked(old, new)), stadsdelen=("Centrum",))
    assert found["oordeel"] == expected
    per_100 = (100 * old / sizes[0], 100 * new / sizes[1])
    assert (found["per_100_24"], found["per_100_12"]) == pytest.approx(per_100)
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
    shares = [bound * size_1 / (bound * size_1 + size_2) for bound in (low, high)]
    total = count_1 + count_2
    assert stats.binom.sf(count_1 - 1, total, shares[0]) == pytest.approx(0.025, rel=1e-6)
    assert stats.binom.cdf(count_1, total, shares[1]) == pytest.approx(0.025, rel=1e-6)


def test_diversity_is_the_effective_number_of_kinds(town):
    quarters = (["Wonen", "Geldzaken"] * 5, ["Wonen"] * 10, ["Overig"] + ["Wonen"] * 9, ["Wonen"] * 9)
    days = ("2022-02-01", "2022-05-01", "2022-07-01", "2022-10-01")
    given = zip(days, quarters, strict=True)
    some = [{"datum_melding": day, "hulpvraag": kind} for day, kinds in given for kind in kinds]
    frame = queries.answer("melding_diversiteit", Selection(), town(melding=requests(*some)))
    expected = math.exp(-(0.1 * math.log(0.1) + 0.9 * math.log(0.9)))
    assert frame["meldingen"].to_list() == [10, 10, 10, 9]
    assert frame["soorten"].to_list() == [2, 1, 2, 1]
    assert frame["diversiteit"].to_list() == [pytest.approx(2), pytest.approx(1), pytest.approx(expected), None]
    assert queries.answer("melding_diversiteit", Selection(), town()).is_empty()


def test_the_sentences_write_numbers_with_a_point_per_thousand_and_one_in_the_singular(town):
    many = town(melding=requests(*[{"verwijzer": "School"}, {}] * 1111))
    said = queries.answer("evaluatie_meetbaarheid", Selection(), many)["toelichting"]
    assert said[2] == "Bij 1.111 van 2.222 meldingen is vastgelegd wie verwees."
    one = town(*groups(1, 1), melding=asked(1, 0, verwijzer=None))
    said = queries.answer("evaluatie_meetbaarheid", Selection(), one)["toelichting"].to_list()
    assert said[:3] + said[5:] == [
        "Bij 1 van 1 melding is vastgelegd of de vrager statushouder is.",
        "Bij 1 van 1 melding van een statushouder is het begeleidingsregime vastgelegd.",
        "Bij 0 van 1 melding is vastgelegd wie verwees.",
        "Met groepen van 1 en 1 persoon valt geen enkel verschil tussen twee aandelen op.",
    ]
