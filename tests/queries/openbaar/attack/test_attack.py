"""The attack on a publication: it finds nothing in what is published, and it does find what it should."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN, figures
from queries.openbaar import protect, publish
from queries.openbaar.attack import solver
from queries.openbaar.attack.cells import cells
from queries.openbaar.attack.knowledge import puzzle
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.attack.solver import Contradiction, attack, feasible_ranges
from queries.openbaar.rules import STAD, Keuze
from tests import towns
from tests.towns import DAY

# What the tests that must find a leak attack: enough to find one, and quick.
SOME = ("pip_status", "leerroute_verdeling", "leerroute_wissel", "leerroute_advies", "ontzorging_status")


def published(*questions):
    """What was published of these questions."""
    return {key: frame for key, frame in towns.shown().items() if key[0] in questions}


def some_of_it():
    """One question, for the city and for both doelgroepen."""
    return {key: frame for key, frame in published("leerroute_verdeling").items() if key[1].soort != "stadsdeel"}


def test_nothing_under_ten_is_narrowed_in_a_publication():
    report = attack({DAY: published(*SOME)}, protect.BASIS)
    assert report.klein > 500
    assert not report.lekken
    assert report.smalste >= solver.ENOUGH


def test_all_that_the_attacker_takes_to_be_known_is_true():
    """A sum that does not hold would shut out the truth, and the attack would prove nothing."""
    made = puzzle({DAY: towns.true()}, basis=1)
    ranges = feasible_ranges(made)  # raises Contradiction when no town satisfies all
    exact = {cell for cell in made.known if made.known[cell][0] <= solver.SMALL}
    assert len(exact) > 2_000
    assert all(ranges[cell] == (made.known[cell][0],) * 2 for cell in exact)


def test_every_true_count_is_feasible_for_what_was_published():
    made = puzzle({DAY: towns.shown()}, protect.BASIS)
    exact = puzzle({DAY: towns.true()}, basis=1)
    compared = 0
    for cell, (count, _) in exact.known.items():
        if cell in made.known:
            index = made.number[cell]
            assert made.low[index] <= count <= made.high[index], cell
            compared += 1
    assert compared > 3_000


def test_what_is_sure_is_true_of_what_was_published():
    """Other numbers are other records: that must hold for the rounded numbers of this very town."""
    made = puzzle({DAY: towns.shown()}, protect.BASIS)
    exact = puzzle({DAY: towns.true()}, basis=1)
    seen = 0
    for cell, (count, _) in exact.known.items():
        if cell in made.number:
            made.low[made.number[cell]] = made.high[made.number[cell]] = count
            seen += 1
    assert seen > 2_500
    made.rows = [row for row in made.rows if row.sure]
    feasible_ranges(made)  # raises Contradiction when the true counts do not satisfy all


def test_base_five_leaks():
    """What made the rounding go to tens: with fives the same attack narrows counts down."""
    engine = protect.Protected(towns.folder(), publish.DEMO_ZOUT, basis=5)
    report = attack({DAY: protect.published(protect.answers(engine, SOME))}, 5)
    assert len(report.lekken) >= 10


def test_exact_totals_of_the_city_leak():
    frames = published(*SOME)
    bases = {}
    for question in ("pip_status", "ontzorging_status", "leerroute_verdeling"):
        frames[question, STAD] = towns.true()[question, STAD]
        bases[DAY, question, STAD] = 1
    report = attack({DAY: frames}, protect.BASIS, bases=bases)
    assert len(report.lekken) >= 10


# ---------------------------------------------------------------------------------------------- small puzzles


def cell(name, kolom="aantal"):
    return Cell(DAY, name, STAD, (), kolom)


def test_a_rounded_count_alone_keeps_its_whole_window():
    made = Puzzle()
    made.publish(cell("een"), 0, 10)
    made.publish(cell("ander"), 10, 10)
    made.equal(cell("som"), [cell("een"), cell("ander")])
    ranges = feasible_ranges(made)
    assert all(high - low + 1 >= 5 for low, high in ranges.values())


def test_an_exact_total_of_small_parts_is_solved():
    made = Puzzle()
    for name in ("een", "ander"):
        made.publish(cell(name), 10, 10)
    made.publish(cell("som"), 3, 1)
    made.equal(cell("som"), [cell("een"), cell("ander")])
    assert feasible_ranges(made)[cell("een")] == (1, 2)


def test_what_only_whole_numbers_can_tell_is_found():
    """2a + 2b = 6 with a and b at most 2: the bounds say 1 to 2, and so does the solver, for whole numbers."""
    made = Puzzle()
    made.publish(cell("a"), 0, 3)
    made.publish(cell("b"), 0, 3)
    made.add({cell("a"): 2, cell("b"): 2}, 6, 6)
    assert feasible_ranges(made)[cell("a")] == (1, 2)


def test_other_numbers_for_a_part_and_its_whole_are_other_records():
    made = Puzzle()
    made.publish(cell("geheel", "noemer"), 20, 10)
    made.publish(cell("deel", "teller"), 10, 10)
    made.within(cell("deel", "teller"), cell("geheel", "noemer"))
    made.equal(cell("geheel", "noemer"), [cell("deel", "teller"), cell("rest")])
    assert feasible_ranges(made)[cell("rest")][0] == 1


def test_other_numbers_for_a_part_and_its_whole_are_other_records_in_the_other_parts():
    """The city and the rest of the city are shown as different numbers, so that somebody is in the area."""
    made = Puzzle()
    made.publish(cell("stad"), 60, 10)
    made.publish(cell("rest"), 50, 10)
    made.publish(cell("gebied"), 0, 10)
    made.equal(cell("stad"), [cell("rest"), cell("gebied")])
    assert feasible_ranges(made)[cell("gebied")] == (1, 9)
    made = Puzzle()
    made.publish(cell("stad"), 60, 10)
    made.publish(cell("rest"), 60, 10)
    made.publish(cell("gebied"), 0, 10)
    made.equal(cell("stad"), [cell("rest"), cell("gebied")])
    assert feasible_ranges(made)[cell("gebied")][0] == 0


def test_another_stock_means_that_something_began_or_ended():
    quarters = pl.DataFrame(
        {
            "maand": [date(2022, 4, 1), date(2022, 7, 1)],
            "gestart": [10, None],
            "beeindigd": [None, None],
            "lopend": [20, 30],
        }
    )
    hows = {
        f"{kolom}_weergave": [AFGEROND if value is not None else BESCHERMD for value in quarters[kolom]]
        for kolom in ("gestart", "beeindigd", "lopend")
    }
    made = puzzle(
        {DAY: {("begeleiding_voorraad", STAD): quarters.with_columns(**{k: pl.Series(v) for k, v in hows.items()})}}, 10
    )
    began, ended = (
        Cell(DAY, "begeleiding_voorraad", STAD, (date(2022, 7, 1),), kolom) for kolom in ("gestart", "beeindigd")
    )
    moved = {made.number[began]: 1, made.number[ended]: 1}
    assert any(row.terms == moved and row.low == 1 for row in made.rows)


def test_where_a_curve_ends_tells_how_many_ran_too_long():
    """Of 50 periods of 12 months 9 at most ran 31 days over the norm where the curve stops before it, else somebody."""
    row = {"regime": "12 maanden", "norm_dagen": 365}
    for kolom in figures("begeleiding_duur"):
        row |= {kolom: None, f"{kolom}_weergave": WEGGELATEN}
    counts = pl.DataFrame([row])
    found = {}
    for months in (12, 14):
        days = [round(month * 30.4375) for month in range(months)]
        curve = pl.DataFrame({"regime": "12 maanden", "dag": days})
        hows = {f"{kolom}_weergave": pl.lit(WEGGELATEN) for kolom in figures("begeleiding_overleving")}
        none = {kolom: pl.lit(None, pl.Int64) for kolom in figures("begeleiding_overleving")}
        curve = curve.with_columns(**none, **hows).with_columns(overleving=pl.lit(1.0))
        made = puzzle({DAY: {("begeleiding_duur", STAD): counts, ("begeleiding_overleving", STAD): curve}}, 10)
        over = Cell(DAY, "begeleiding_duur", STAD, ("12 maanden",), "over_norm_teller")
        found[months] = feasible_ranges(made)[over]
    assert found[12][1] <= 9 and found[12][0] == 0
    assert found[14][0] >= 1


def test_what_cannot_be_true_is_a_contradiction():
    made = Puzzle()
    made.publish(cell("deel"), 40, 10)
    made.publish(cell("geheel"), 10, 10)
    made.within(cell("deel"), cell("geheel"))
    with pytest.raises(Contradiction):
        feasible_ranges(made)


def test_one_name_for_the_same_records():
    """The row of a doelgroep in the table of the city is the row of that doelgroep's own table."""
    row = {"doelgroep": "Asielstatushouder", "status": "Op tijd", "aantal": 40}
    own = Keuze("doelgroep", "Asielstatushouder")
    assert dict(cells(DAY, "pip_status", STAD, row)) == dict(cells(DAY, "pip_status", own, row))


def three(low=0, high=np.inf, *, apart=0):
    made = Puzzle()
    made.publish(cell("geheel"), 20, 10)
    made.at(cell("deel"), high)
    made.low[made.number[cell("deel")]] = low
    made.add({cell("geheel"): 1, cell("deel"): -1}, low=apart, high=np.inf)
    return made


def test_a_puzzle_with_less_in_it_allows_what_was_possible():
    assert three().allows_all_of(three())
    assert three().allows_all_of(three(low=2, high=9))
    assert three().allows_all_of(three(apart=1))
    less = Puzzle()
    less.publish(cell("geheel"), 20, 10)
    assert less.allows_all_of(three())


def test_a_puzzle_with_a_new_bound_sum_or_count_may_not_allow_it():
    assert not three(low=2).allows_all_of(three())
    assert not three(high=9).allows_all_of(three())
    assert not three(apart=1).allows_all_of(three())
    more = three()
    more.add({cell("geheel"): 1, cell("deel"): -2}, high=np.inf)
    assert not more.allows_all_of(three())
    more = three()
    more.at(cell("ander"))
    assert not more.allows_all_of(three())


@pytest.mark.parametrize(("before", "after", "found"), [(10, 20, [1]), (10, 10, [])])
def test_corrections_are_a_leak_when_somebody_was_surely_corrected(monkeypatch, before, after, found):
    """Other numbers for one day in two publications: 1 or more came. The same number: perhaps nobody, or a few."""
    made = Puzzle()
    made.publish(cell("eerst"), before, 10)
    made.publish(cell("later"), after, 10)
    # Known from elsewhere, nearly: 10 to 12.
    made.add({cell("eerst"): 1}, low=10, high=12)
    made.add({cell("later"): 1}, low=10, high=12)
    made.grows(cell("eerst"), cell("later"), sure=False, bijgesteld=True)
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    assert [leak.laag for leak in attack({}, 10).lekken if leak.cel.vraag == "erbij"] == found


# ------------------------------------------------------------------------------------------------- coarsening


def small_publication(weergaven, counts):
    frame = pl.DataFrame(
        {
            "eerste_leerroute": ["B", "O"],
            "leerroute": ["B", "O"],
            "niveau": ["B1", "B1"],
            "aantal": counts,
            "aantal_weergave": weergaven,
        }
    )
    return {("leerroute_wissel", STAD): frame}


def test_a_count_that_is_left_out_is_empty_and_says_so():
    frames = small_publication([AFGEROND, BESCHERMD], [10, None])
    report = attack({DAY: frames}, 10)
    first = next(iter(report.puzzel.plaatsen))
    coarser = solver.without(frames, report.puzzel, [first])["leerroute_wissel", STAD]
    assert coarser["aantal"].to_list() == [None, None]
    assert coarser["aantal_weergave"].to_list() == [WEGGELATEN, BESCHERMD]


def test_what_the_attack_narrows_is_left_out_until_nothing_is_narrowed(monkeypatch):
    """Held against a stricter measure, cells go, and then the attack finds nothing."""
    day = some_of_it()
    monkeypatch.setattr(solver, "ENOUGH", 11)
    assert attack({DAY: day}, 10).lekken
    coarser, report, left_out = publish.withstood(day, DAY, {})
    assert left_out > 0 and not report.lekken
    gone = [
        (frame[f"{kolom}_weergave"] == WEGGELATEN).sum() - (day[key][f"{kolom}_weergave"] == WEGGELATEN).sum()
        for key, frame in coarser.items()
        for kolom in ("teller", "noemer", "aantal")
        if kolom in frame.columns
    ]
    assert sum(gone) >= left_out


def test_an_attack_that_goes_on_from_the_one_before_finds_the_same(monkeypatch):
    """With other leaks in sight: what is left out leaves everything possible that was, and only that is kept."""
    day = some_of_it()
    monkeypatch.setattr(solver, "ENOUGH", 11)
    first = attack({DAY: day}, 10)
    coarser = solver.without(day, first.puzzel, solver.to_leave_out(first, DAY))
    anew, further = attack({DAY: coarser}, 10), attack({DAY: coarser}, 10, before=first)
    assert further.puzzel.allows_all_of(first.puzzel)
    assert not first.puzzel.allows_all_of(further.puzzel)
    assert further.lekken == anew.lekken
    assert further.ranges.keys() == anew.ranges.keys()


def test_a_publication_that_keeps_leaking_is_refused(monkeypatch):
    monkeypatch.setattr(publish, "ROUNDS", 1)
    monkeypatch.setattr(solver, "ENOUGH", 11)
    with pytest.raises(publish.PublicationError, match="geweigerd"):
        publish.withstood(some_of_it(), DAY, {})
