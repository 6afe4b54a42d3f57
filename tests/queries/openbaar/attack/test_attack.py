"""The attack on a publication: it finds nothing in what is published, and it does find what it should."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from scipy.sparse import csr_array

import queries
from data import contract
from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN, figures
from queries.openbaar import protect, publish
from queries.openbaar.attack import coarsen, solver, town
from queries.openbaar.attack.cells import cells
from queries.openbaar.attack.knowledge import ASIEL, ELSEWHERE, SMALL, puzzle
from queries.openbaar.attack.puzzle import Cell, Puzzle
from queries.openbaar.attack.solver import Contradiction, attack, feasible_ranges
from queries.openbaar.rules import DELEN, LIJSTEN, REGELS, STAD, Selectie
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
    assert report.cellen_onder_10 > 500
    assert not report.lekken
    assert report.smalste >= solver.ENOUGH


def test_all_that_the_attacker_takes_to_be_known_is_true():
    """A sum that does not hold would shut out the truth, and the attack would prove nothing."""
    made = puzzle({DAY: towns.true()}, basis=1)
    ranges, _ = feasible_ranges(made)  # raises Contradiction when no town satisfies all
    exact = {cell for cell in made.known if made.known[cell][0] <= SMALL}
    assert len(exact) > 1_500
    assert all(ranges[cell] == (made.known[cell][0],) * 2 for cell in exact)


def test_what_is_sure_is_true_of_what_was_published():
    """The true counts lie within the rounding, and satisfy what is sure: other numbers are other records."""
    made = puzzle({DAY: towns.known()}, protect.BASIS)
    exact = puzzle({DAY: towns.true()}, basis=1)
    seen = 0
    for cell, (count, _) in exact.known.items():
        if cell in made.number:
            index = made.number[cell]
            assert made.low[index] <= count <= made.high[index], cell
            made.low[index] = made.high[index] = count
            seen += 1
    assert seen > 2_500
    made.rows = [row for row in made.rows if row.sure]
    feasible_ranges(made)  # raises Contradiction when the true counts do not satisfy all


def test_a_publication_by_other_rules_is_attacked_by_what_it_shows(monkeypatch):
    """Quarters of entry were public of every stadsdeel once: those that were too small to show are counts as well."""
    engine, question = protect.Protected(towns.folder(), publish.DEMO_ZOUT), "kpi_instroom"
    with monkeypatch.context() as before:
        before.setitem(REGELS, question, replace(REGELS[question], weg={}))
        shown = protect.published(protect.answers(engine, ("kpi", question)))
    noord = Selectie("stadsdeel", "Noord")
    known = {each.rij for each in puzzle({DAY: shown}, protect.BASIS).about(DAY, question, noord)}
    assert known >= {*shown[question, noord].select("indicator", "kwartaal").rows()}
    assert not attack({DAY: shown}, protect.BASIS).lekken


def test_what_is_never_shown_of_a_stadsdeel_is_no_count_of_one():
    """The city then consists of its parts and who lies in neither."""
    made = puzzle({DAY: towns.known()}, protect.BASIS)
    for vraag, rule in REGELS.items():
        for kolom in rule.never("stadsdeel"):
            assert not [
                cell
                for cell in made.about(DAY, vraag)
                if cell.selectie.soort == "stadsdeel" and cell.kolom == kolom and not vraag.startswith("kpi")
            ]
    city = Cell(DAY, "leerroute_advies", STAD, ("Niet afgenomen", "B"), "aantal")
    terms = {city._replace(selectie=each): -1 for each in (*DELEN, ELSEWHERE)} | {city: 1}
    assert {made.number[cell]: factor for cell, factor in terms.items()} in [row.terms for row in made.rows]


@pytest.mark.parametrize(("stand", "precise"), [(date(2022, 6, 30), False), (date(2022, 9, 30), True)])
def test_who_began_before_the_first_quarter_shown_had_not_all_begun_long_before(stand, precise):
    voorraad = {"maand": date(2022, 10, 1), "gestart": 10, "beeindigd": 10, "lopend": 20}
    trend = {"indicator": "ontzorging_gesprek", "stand": stand, "teller": 60, "noemer": 80, "waarde": 0.75}
    made = puzzle({DAY: shown("ontzorging_voorraad", voorraad) | shown("kpi_trend", trend)}, 10)
    then = made.number[Cell(DAY, "kpi_trend", STAD, ("ontzorging_gesprek", stand), "noemer")]
    before = made.number[Cell(DAY, "ontzorging_voorraad_eerder", STAD, (), "gestart")]
    told = [row for row in made.rows if row.terms.keys() == {then, before}]
    assert [row.high == 0 for row in told if not row.sure] == [True] * precise
    assert any(row.sure and row.terms == {before: 1, then: -1} and row.high > 0 for row in told)


@pytest.mark.parametrize(("selectie", "tied"), [(STAD, True), (Selectie("stadsdeel", "Noord"), False)])
def test_who_had_no_address_yet_counts_later_in_another_area(selectie, tied):
    row = {"indicator": "intake_gestart", "stand": date(2022, 9, 30), "teller": 60, "noemer": 80, "waarde": 0.75}
    frames = {("kpi_trend", selectie): shown("kpi_trend", row)["kpi_trend", STAD]}
    made = puzzle({towns.EARLIER: frames, DAY: frames}, 10)
    cells = [
        Cell(day, "kpi_trend", selectie, ("intake_gestart", row["stand"]), "noemer") for day in (towns.EARLIER, DAY)
    ]
    assert any(row.terms.keys() == {made.number[each] for each in cells} for row in made.rows) == tied


def test_base_five_leaks():
    """What made the rounding go to tens: with fives the same attack narrows counts down."""
    engine = protect.Protected(towns.folder(), publish.DEMO_ZOUT, basis=5)
    report = attack({DAY: protect.published(protect.answers(engine, SOME))}, 5)
    assert len(report.lekken) >= 10


EXACT = ("pip_status", "ontzorging_status", "leerroute_verdeling")
BASES = {(DAY, question, STAD): 1 for question in EXACT}


def with_exact_totals():
    """A publication that gives the city's own numbers away."""
    return published(*SOME) | {(question, STAD): towns.true()[question, STAD] for question in EXACT}


def test_exact_totals_of_the_city_leak():
    report = attack({DAY: with_exact_totals()}, protect.BASIS, bases=BASES)
    assert len(report.lekken) >= 10


# ---------------------------------------------------------------------------------------------- small puzzles


def cell(name, kolom="aantal"):
    return Cell(DAY, name, STAD, (), kolom)


def small_puzzle(*shown, base=10, **bases):
    """A puzzle in which counts with a name, or a name and a column, are shown as a rounded number."""
    made = Puzzle()
    for name, rounded in shown:
        made.publish(cell(name), rounded, bases.get(name, base))
    return made


def a_part(whole, part):
    """A part of a whole, and the rest."""
    made = small_puzzle(("geheel", whole), ("deel", part))
    made.within(cell("deel"), cell("geheel"))
    made.equal([cell("geheel")], [cell("deel"), cell("rest")])
    return made


def a_sum(base_of_sum=10, **shown):
    made = small_puzzle(*shown.items(), som=base_of_sum)
    made.equal([cell("som")], [cell(name) for name in ("een", "ander")])
    return made


def as_many(together):
    """Two counts that are as large, and known together."""
    made = small_puzzle(("een", 0), ("ander", 0))
    made.add([cell("een"), cell("ander")], low=together, high=together)
    made.add([cell("een")], [cell("ander")])
    return made


def the_same_later(*totals):
    """A count that is surely the same in some publications, each beside another one with which the total is known."""
    made = small_puzzle()
    for number, total in enumerate(totals):
        here, beside = cell("een", str(number)), cell("ander", str(number))
        made.publish(here, 0, 10)
        made.publish(beside, 10, 10)
        made.add([here, beside], low=total, high=total)
        made.add([cell("een")], [here])
    return made


def two_themes():
    """Few wait for a PIP, and of an overdracht there is at most one for each of these."""
    made = small_puzzle(("pip_een", 0), ("pip_ander", 0), ("overdracht_een", 0), ("overdracht_ander", 0))
    made.add([cell("pip_een"), cell("pip_ander")], low=3, high=3)
    made.at_least([cell("pip_een")], [cell("overdracht_een")])
    made.at_least([cell("overdracht_een")], [cell("overdracht_ander")])
    return made


SMALL_PUZZLES = {
    "what the parts of a town allow each other is found": (two_themes(), "overdracht_een", (0, 3)),
    "a rounded count alone keeps its whole window": (a_sum(een=0, ander=10), "een", (0, 9)),
    "an exact total of small parts is solved": (a_sum(1, een=10, ander=10, som=3), "een", (1, 2)),
    "what two sums tell together is found": (as_many(4), "een", (2, 2)),
    "another number for a part means others in the rest": (a_part(20, 10), "rest", (1, 28)),
    "the same number for a part may mean the same records": (a_part(20, 20), "rest", (0, 18)),
    "another number for one part means somebody in the other": (a_sum(som=60, een=50, ander=0), "ander", (1, 9)),
    "what one publication tells can leave enough": (the_same_later(23), "een", (4, 9)),
    "where a count is the same, what each tells holds of it": (the_same_later(23, 7), "een", (4, 6)),
    "a count may be in the millions": (a_sum(som=3_000_000, een=2_999_990, ander=0), "ander", (1, 9)),
    "the same number for one part may mean nobody in the other": (a_sum(som=60, een=60, ander=0), "ander", (0, 9)),
}


@pytest.mark.parametrize(("made", "name", "expected"), SMALL_PUZZLES.values(), ids=SMALL_PUZZLES)
def test_what_a_small_puzzle_leaves_possible(made, name, expected):
    """The exact range of a count that can be few values; of another one, values that lie within it."""
    low, high = feasible_ranges(made)[0][cell(name)]
    assert expected[0] <= low <= high <= expected[1]
    assert min(high - low, 4) == min(expected[1] - expected[0], 4)


def test_counts_follow_from_others_by_sums_that_are_zero_and_take_those_along():
    # een + ander - som and som - geheel are 0; een - los is not, and neither stays away from what it costs.
    sums = csr_array([[1, 1, -1, 0, 0], [0, 0, 1, -1, 0], [1, 0, 0, 0, -1]])
    made, free = town.followed(sums, np.array([True, True, False]), np.array([True, True, False, False, False]))
    assert free.tolist() == [True, True, False, False, True]
    assert (made @ [3, 4, 0, 0, 9]).tolist() == [3, 4, 7, 7, 9]
    limits, bounds = np.array([[0, 0, -5], [0, 0, 5]]), np.array([[0] * 5, [20] * 5])
    nearest = town.Nearest(sums, limits, bounds, np.array([3, 4, 7, 7, 3]))
    # The whole goes up by 5 with one of its parts, whichever; that no solution has it over 20 is proven.
    found = nearest.find(3, 12)
    assert found[2] == found[3] == 12 == found[:2].sum() and abs(found[0] - found[4]) <= 5
    bounds[1, 3] = 10
    nearest.bound(np.array([3]))
    with pytest.raises(town.Contradiction):
        nearest.find(0, 11)


def test_counts_that_are_equal_and_cannot_be_contradict_what_is_sure(monkeypatch):
    made = small_puzzle(("een", 40), ("ander", 10))
    made.equal([cell("een")], [cell("ander")])
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    with pytest.raises(Contradiction):
        attack({}, 10)


def test_the_solver_tells_nothing_on_standard_output(capfd):
    feasible_ranges(as_many(4))
    assert capfd.readouterr() == ("", "")


def shown(question, *rows):
    """What is published of a question for the city: None is beschermd, a figure that is not there weggelaten."""

    def how(row, name):
        return WEGGELATEN if name not in row else AFGEROND if row[name] else BESCHERMD

    columns, names = dict.fromkeys(queries.VRAGEN[question].kolommen), figures(question)
    whole = [columns | row | {f"{name}_weergave": how(row, name) for name in names} for row in rows]
    return {(question, STAD): pl.DataFrame(whole, infer_schema_length=None)}


def test_a_part_of_the_city_is_the_sum_of_its_stadsdelen():
    """Where the part is shown as 40 and one of its two stadsdelen as 20, somebody is in the other one."""
    part, whole = Selectie("deel", "Oost + Schalkwijk"), "pip_status"
    areas = {Selectie("stadsdeel", name): count for name, count in (("Oost", 20), ("Schalkwijk", None), ("Noord", 60))}
    counts = {STAD: 90, part: 40} | areas
    row = {"doelgroep": "Alle doelgroepen", "status": "Op tijd"}
    frames = {(whole, each): shown(whole, row | {"aantal": n})[whole, STAD] for each, n in counts.items()}
    ranges, _ = feasible_ranges(puzzle({DAY: frames}, 10))
    # From 31 in the part and at most 29 in Oost: somebody in Schalkwijk, and there are 9 at most.
    here = Cell(DAY, whole, Selectie("stadsdeel", "Schalkwijk"), ("Op tijd",), "aantal")
    assert ranges[here] == (2, 9)
    # A publication of before there were parts is attacked with it.
    earlier = {key: frame for key, frame in frames.items() if key[1] != part}
    assert feasible_ranges(puzzle({date(2022, 11, 30): earlier, DAY: frames}, 10))[0][here] == (2, 9)


def test_a_doelgroep_of_which_nothing_is_told_by_itself_is_no_part_of_the_city_unless_it_once_was():
    """Of the ontzorging nothing is told of a doelgroep; a publication of before, which did, is weighed as it was."""
    row = {"indicator": "ontzorging_dekking", "noemer": 60}
    frames = shown("kpi", row | {"teller": 40}) | shown("ontzorging_status", {"status": "Voltooid", "aantal": 30})
    groups = [Selectie("doelgroep", naam) for naam in contract.DOELGROEPEN]
    now = frames | {("kpi", each): frames["kpi", STAD].clear() for each in groups}
    then = {(question, each): frame for (question, _), frame in frames.items() for each in (STAD, *groups)}
    earlier = date(2022, 11, 30)
    made = puzzle({DAY: now, earlier: then}, 10)
    told = [cell for cell in made.number if "ontzorging" in repr(cell) and cell.selectie in groups]
    assert {cell.peildatum for cell in told} == {earlier}
    whole, *parts = (Cell(earlier, "kpi", each, ("ontzorging_dekking",), "teller") for each in (STAD, *groups))
    assert {made.number[whole]: 1} | {made.number[each]: -1 for each in parts} in [row.terms for row in made.rows]


def test_who_should_have_begeleiding_is_an_asielstatushouder_in_beeld():
    """Of a doelgroep no begeleiding is told; of the city at least 31 should have it, all with a status of the PIP."""
    noemer = {"indicator": "begeleiding_dekking", "teller": 30, "noemer": 40}
    frames = shown("kpi", noemer)
    rows = [{"status": status, "aantal": 50 * (status == "Op tijd")} for status in LIJSTEN["pip_status"]]
    frames |= {("pip_status", ASIEL): shown("pip_status", *rows)["pip_status", STAD]}
    made = puzzle({DAY: frames}, 10)
    in_beeld = Cell(DAY, "wi2021_in_beeld", ASIEL, (), "aantal")
    city = Cell(DAY, "kpi", STAD, ("begeleiding_dekking",), "noemer")
    assert {made.number[in_beeld]: 1, made.number[city]: -1} in [row.terms for row in made.rows]


def test_another_stock_means_that_something_began_or_ended():
    first, last = date(2022, 4, 1), date(2022, 7, 1)
    rows = [
        {"maand": first, "gestart": 10, "beeindigd": None, "lopend": 20},
        {"maand": last, "gestart": None, "beeindigd": None, "lopend": 30},
    ]
    made = puzzle({DAY: shown("begeleiding_voorraad", *rows)}, 10)
    moved = [Cell(DAY, "begeleiding_voorraad", STAD, (last,), name) for name in ("gestart", "beeindigd")]
    assert any(row.terms == {made.number[each]: 1 for each in moved} and row.low == 1 for row in made.rows)


def test_where_a_curve_ends_tells_how_many_ran_too_long():
    """Of 50 periods of 12 months 9 at most ran 31 days over the norm where the curve stops before it, else somebody."""
    found = {}
    for months in (12, 14):
        days = [{"regime": "12 maanden", "dag": round(month * 30.4375), "overleving": 1.0} for month in range(months)]
        frames = shown("begeleiding_duur", {"regime": "12 maanden"}) | shown("begeleiding_overleving", *days)
        over = Cell(DAY, "begeleiding_duur", STAD, ("12 maanden",), "over_norm_teller")
        found[months] = feasible_ranges(puzzle({DAY: frames}, 10))[0][over]
    assert found[12][1] <= 9 and found[12][0] == 0
    assert found[14][0] >= 1


@pytest.mark.parametrize("made", [a_part(10, 40), as_many(3)], ids=["a part over its whole", "no whole numbers"])
def test_what_cannot_be_true_is_a_contradiction(made):
    with pytest.raises(Contradiction):
        feasible_ranges(made)


def test_one_name_for_the_same_records():
    """The row of a doelgroep in the table of the city is the row of that doelgroep's own table."""
    row = {"doelgroep": "Asielstatushouder", "status": "Op tijd", "aantal": 40, "aantal_weergave": AFGEROND}
    own = Selectie("doelgroep", "Asielstatushouder")
    (same,) = cells(DAY, "pip_status", STAD, row)
    assert [same] == list(cells(DAY, "pip_status", own, row)) and same[-1] == 40


@pytest.mark.parametrize(("before", "after", "found"), [(10, 20, [1]), (10, 10, [])])
def test_corrections_are_a_leak_when_somebody_was_surely_corrected(monkeypatch, before, after, found):
    """Other numbers for one day in two publications: 1 or more came. The same number: perhaps nobody, or a few."""
    made = small_puzzle(("eerst", before), ("later", after))
    # Known from elsewhere, nearly: 10 to 12.
    made.add([cell("eerst")], low=10, high=12)
    made.add([cell("later")], low=10, high=12)
    made.grows(cell("eerst"), cell("later"), sure=False, bijgesteld=True)
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    assert [low for of, (low, _) in attack({}, 10).lekken.items() if of.vraag == "erbij"] == found


def test_an_assumption_that_the_figures_contradict_is_given_up_and_no_other(monkeypatch):
    made = small_puzzle(("eerst", 40), ("later", 10), ("nooit", 0))
    made.grows(cell("eerst"), cell("later"), sure=False)
    made.at_least([cell("later")], [cell("nooit")], sure=False)
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    assert attack({}, 10).losgelaten == 1
    assert [row.sure for row in made.rows] == [False]


def test_who_moves_takes_the_past_along(monkeypatch):
    """Where one figure of an area fell, nothing of it is assumed between these publications; of the city it is."""
    made, noord, oost = Puzzle(), *(Selectie("stadsdeel", name) for name in ("Noord", "Oost"))
    stays = []
    for selectie, name, later in (
        (noord, "een", 10),
        (noord, "ander", 40),
        (oost, "een", 40),
        (STAD, "een", 10),
        (STAD, "ander", 40),
    ):
        before, after = (Cell(day, name, selectie, (), "aantal") for day in (towns.EARLIER, DAY))
        made.publish(before, 40, 10)
        made.publish(after, later, 10)
        made.at_least([after], [before], sure=False)
        stays += [made.rows[-1]] * (selectie == oost or (selectie, name) == (STAD, "ander"))
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    assert attack({}, 10).losgelaten == 3
    assert made.rows == stays


@pytest.mark.parametrize("further", [1, 2, 150], ids=["one", "two", "far"])
def test_each_contradiction_is_given_up_where_it_is_and_nothing_beside_it(monkeypatch, further):
    """Two series that fall where they may not, each in a line of counts that may grow."""
    made = Puzzle()
    for name in ("een", "ander"):
        line = [cell(name, str(number)) for number in range(further + 3)]
        for each in line:
            made.publish(each, 40, 10)
        made.publish(line[-1], 10, 10)
        made.low[made.number[line[-1]]], made.high[made.number[line[-1]]] = 1, 19
        for before, after in pairwise(line):
            made.at_least([after], [before], sure=False)
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    assert attack({}, 10).losgelaten == 2
    assert len(made.rows) == 2 * (further + 2) - 2


def test_sure_sums_that_contradict_each_other_are_not_given_up(monkeypatch):
    made = small_puzzle(("eerst", 40), ("later", 10), ("nooit", 0))
    made.within(cell("eerst"), cell("later"))
    made.at_least([cell("later")], [cell("nooit")], sure=False)
    monkeypatch.setattr(solver, "puzzle", lambda *_, **__: made)
    with pytest.raises(Contradiction):
        attack({}, 10)


# ------------------------------------------------------------------------------------------ solutions that are kept


@pytest.fixture(scope="module")
def months():
    """Two publications, of which the last leaks, and what the attack finds in both."""
    both = {towns.EARLIER: published(*set(SOME) - {"pip_status"}), DAY: with_exact_totals()}
    return both, attack(both, protect.BASIS, bases=BASES)


@pytest.mark.parametrize("keep", ["of the first", "of both", "of another town", "wrong"])
def test_an_attack_that_goes_on_from_kept_solutions_finds_the_same(months, keep):
    both, whole = months
    first = {towns.EARLIER: both[towns.EARLIER]}
    marks, rows = (attack(first, protect.BASIS) if keep == "of the first" else whole).oplossingen
    if keep == "of another town":
        marks = [number + 1 for number in marks]
    if keep == "wrong":
        rows = rows[::-1, ::-1] + 1
    report = attack(both, protect.BASIS, bases=BASES, kept=(marks, rows))
    assert len(report.lekken) >= 10
    for name in ("lekken", "cellen", "cellen_onder_10", "losgelaten", "smalste"):
        assert getattr(report, name) == getattr(whole, name)


def test_kept_solutions_satisfy_all_that_is_known_and_show_what_was_seen(months):
    _, whole = months
    sums, limits, bounds = town.arrays(whole.puzzel)
    marks, rows = whole.oplossingen
    assert marks == whole.puzzel.marks and len({*marks}) == len(marks) == len(whole.puzzel.number)
    for row in rows:
        assert ((limits[0] <= sums @ row) & (sums @ row <= limits[1])).all()
        assert ((bounds[0] <= row) & (row <= bounds[1])).all()
    apart = dict(zip(whole.puzzel.number, rows.max(axis=0) - rows.min(axis=0) + 1, strict=True))
    enough = [cell for cell, (low, high) in whole.ranges.items() if high - low + 1 >= solver.ENOUGH]
    # But for what few show: that is found again sooner than kept.
    assert len(enough) > 100
    assert sum(apart[cell] >= solver.ENOUGH for cell in enough) > 0.9 * len(enough)


# ------------------------------------------------------------------------------------------------- coarsening


def test_a_count_that_is_left_out_is_empty_and_says_so():
    known = {"eerste_leerroute": "B", "leerroute": "B"}
    rows = [known | {"niveau": "A2", "aantal": 10}, known | {"niveau": "B1", "aantal": None}]
    frames = shown("leerroute_wissel", *rows)
    report = attack({DAY: frames}, 10)
    first = next(iter(report.puzzel.plaatsen))
    coarser = coarsen.without(frames, report.puzzel, [first])["leerroute_wissel", STAD]
    assert coarser.select("aantal", "aantal_weergave").rows() == [(None, WEGGELATEN), (None, BESCHERMD)]


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


def test_a_publication_that_keeps_leaking_is_refused(monkeypatch):
    monkeypatch.setattr(publish, "ROUNDS", 0)
    monkeypatch.setattr(solver, "ENOUGH", 11)
    with pytest.raises(publish.PublicationError, match="geweigerd"):
        publish.withstood(some_of_it(), DAY, {})
