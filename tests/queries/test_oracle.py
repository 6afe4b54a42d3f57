"""The independent calculation's own dates, and whether the random deliveries bite; its rules are cases, see kpi/."""

from collections import Counter
from datetime import date, timedelta

import polars as pl
import pytest

from data import contract
from tests.queries import deliveries
from tests.queries.given import tables
from tests.queries.oracle import OPEN, Oracle, Selection, add_months, six_months_full

P = date(2022, 12, 31)
EVERYBODY = Selection()


@pytest.mark.parametrize(
    ("start", "full"),
    [
        (date(2021, 8, 31), date(2022, 2, 27)),
        (date(2021, 8, 30), date(2022, 2, 27)),
        (date(2021, 8, 28), date(2022, 2, 27)),
        (date(2021, 9, 1), date(2022, 2, 28)),
        (date(2019, 8, 31), date(2020, 2, 28)),
        (date(2021, 11, 30), date(2022, 5, 29)),
        (date(2020, 2, 29), date(2020, 8, 28)),
        (date(2022, 7, 1), date(2022, 12, 31)),
    ],
)
def test_six_months_end_the_day_before_the_same_day_or_the_month_s_last(start, full):
    assert six_months_full(start) == full


def test_adding_months_crosses_the_year():
    assert add_months(date(2022, 12, 31), -1) == date(2022, 11, 30)
    assert add_months(date(2022, 8, 31), 6) == date(2023, 2, 28)
    assert add_months(date(2022, 1, 15), -6) == date(2021, 7, 15)


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
    _, refused = contract.Levering.filter(frames)
    assert all(not table.counts() for table in refused.values())


def test_the_deliveries_reach_every_status_and_every_boundary():
    seen: Counter = Counter()
    for seed in range(40):
        made, peildatum = deliveries.random_delivery(seed, 60)
        oracle = Oracle(made, deliveries.reference(with_limits=True), peildatum)
        for person in oracle.dossier(EVERYBODY, peildatum):
            seen.update(boundaries(person, peildatum))
    rare = sorted(name for name, number in seen.items() if number < 2)
    assert rare == []


NEAR_THE_NORM = (-31, -30, -29, 29, 30, 31)


def before(days: int, day: date) -> date:
    return day - timedelta(days=days)


def boundaries(found, peildatum: date) -> dict[str, int]:
    """What of the definitions a person touches: 1 where it does, 0 where it could have."""
    right, start = found.recht_vanaf, found.ontzorging_start
    touched = {
        found.pip_status: 1,
        found.ontzorging_status: 1,
        found.overdracht_status: 1,
        "deadline on P": found.uiterste_datum == peildatum,
        "PIP on the deadline": bool(found.pips) and found.eerste_pip == found.uiterste_datum,
        "housing + 30 on P": found.huisvesting == before(30, peildatum),
        "right + 30 on P": right == before(30, peildatum),
        "in none of the three": not found.in_beeld,
        "moved 30 days after housing": bool(found.vertrokken and found.huisvesting)
        and (found.vertrokken - found.huisvesting).days == 30,
        "left on the deadline": bool(found.uitstroom) and found.uitstroom == found.uiterste_datum,
        "right full on P": bool(right) and six_months_full(right) == peildatum,
        "right ended full": bool(right) and found.recht_tot == six_months_full(right),
        "ended full": bool(start) and found.ontzorging_einde == six_months_full(start),
        "ended a day early": bool(start) and found.ontzorging_einde == before(1, six_months_full(start)),
        "six months to a shorter month": bool(start) and six_months_full(start).day == 27 and start.day > 28,
        "handed over before the end": found.overdracht_status == "Overgedragen"
        and found.datum_overdracht < found.begeleiding_afgerond,
    }
    age = (peildatum - found.begeleiding_afgerond).days if found.overdracht_status in OPEN else None
    touched |= {f"open {days}": age == days for days in (30, 31, 90, 91)}
    counts = Counter({name: int(number) for name, number in touched.items() if name})
    for period in found.periods:
        length = (period.end - period.start).days if period.end else None
        counts.update({f"norm {distance:+}": length == period.norm + distance for distance in NEAR_THE_NORM})
        counts.update({
            period.regime: 1,
            "a period of no days": length == 0,
            "ended on P": period.end == peildatum,
            "norm + 31 on P": period.start == before(period.norm + 31, peildatum),
        })  # fmt: skip
    return counts
