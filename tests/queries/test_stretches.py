"""What held when: the tables of stretches against the independent calculation, on every day of a few lives."""

from collections import Counter, defaultdict
from datetime import date

import polars as pl
import pytest

from data import contract
from queries import Database, Selection
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import random_delivery, reference
from tests.queries.oracle import OPEN, Oracle, days, observe

FIRST, LIVES = date(2019, 11, 1), 24
# Per table its columns, and the same of a person as the independent calculation has him; nothing when he is not in it.
STRETCHES = {
    "pip_stand": (
        "pip_status, eerste_leerroute, leerroute, niveau, actief",
        lambda one: (one.pip_status, one.eerste_leerroute, one.leerroute, one.niveau, one.actief),
    ),
    "ontzorging_stand": (
        "ontzorging_status, recht_vanaf, recht_tot, actief",
        lambda one: (one.ontzorging_status, one.recht_vanaf, one.recht_tot, one.actief),
    ),
    "overdracht_stand": (
        "overdracht_status, geteld_bij, datum_overdracht, open",
        lambda one: (
            one.overdracht_status, one.overdracht_wijkteam, one.datum_overdracht, one.overdracht_status in OPEN
        ),
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=range(3))
def town(request, tmp_path_factory):
    """A random town whose wijkteams came and went, and its oracle with the fullest lives alone, first of who left."""
    tables, peildatum = random_delivery(request.param, 120)
    limited, shipped = reference(with_limits=True), contract.referentie
    wijkteam = pl.DataFrame(limited["wijkteam"], shipped("wijkteam").schema)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contract, "referentie", lambda name: wijkteam if name == "wijkteam" else shipped(name))
        database = Database(write_snapshot(tmp_path_factory.mktemp("stad"), tables, peildatum))
    registered = Counter(row["inburgeraar_id"] for name in tables if name != "melding" for row in tables[name])
    registered += Counter(row["inburgeraar_id"] for row in tables["inburgeraar"] * 9 if row["datum_uitstroom"])
    fullest = {name for name, _ in registered.most_common(LIVES)}
    lives = tables | {"inburgeraar": [row for row in tables["inburgeraar"] if row["inburgeraar_id"] in fullest]}
    return database, Oracle(lives, limited, peildatum)


@pytest.fixture(scope="module")
def lived(town):
    """Per day the persons as the independent calculation has them."""
    _, oracle = town
    number = (oracle.peildatum - FIRST).days
    return {day: oracle.dossier(Selection(), day) for day in (FIRST + days(n) for n in range(number + 1))}


def per_day(database, table, columns, lived):
    """The rows of a table of stretches on each day, of the persons of the oracle."""
    names = sorted({person.id for people in lived.values() for person in people})
    frame = database.ask(
        f"select dag::date as dag, split_part(id, '|', 1) as wie, {columns} from {table} "
        f"join generate_series(date '{FIRST}', $peildatum::date, interval 1 day) as dagen (dag) "
        f"on van <= dag and dag < tot where wie in {tuple(names)}",
        Selection(),
    )
    found = defaultdict(list)
    for day, who, *values in frame.iter_rows():
        found[day, who].append(tuple(values))
    return found


@pytest.mark.parametrize("table", STRETCHES)
def test_the_status_of_every_day_is_that_of_the_independent_calculation(town, lived, table):
    columns, of_oracle = STRETCHES[table]
    found = per_day(town[0], table, columns, lived)
    for day, people in lived.items():
        for person in people:
            expected = of_oracle(person)
            assert found[day, person.id] == ([expected] if expected[0] else []), (day, person.id)


def test_what_counts_on_every_day_is_that_of_the_independent_calculation(town, lived):
    time = "case when klok_van is not null then greatest(0, least(dag::date, klok_tot) - klok_van) end"
    # Of a share the outcome that may come after entry, with its day.
    outcome = "case when instroom is not null then bekend(nullif(telt_vanaf, date '-infinity'), dag) end"
    observed = f"indicator, telt_vanaf <= dag, instroom, {time}, {outcome}, wijkteam"
    found = per_day(town[0], "waarneming", observed, lived)
    for day, people in lived.items():
        for person in people:
            expected = [
                (name, each.hit, each.entry, each.days, each.outcome, person.wijkteam)
                for name, each in observe(person, day)
            ]
            assert sorted(found[day, person.id], key=str) == sorted(expected, key=str), (day, person.id)


@pytest.mark.parametrize("table", ["waarneming", "begeleiding_stand", *STRETCHES])
def test_no_stretch_is_empty_and_no_two_of_one_overlap(town, table):
    what = "indicator" if table == "waarneming" else "''"
    wrong = town[0].ask(
        f"select * from (select *, lead(van) over (partition by {what}, id order by van) as volgende from {table}) "
        "where van >= tot or volgende < tot",
        Selection(),
    )
    assert wrong.is_empty()
