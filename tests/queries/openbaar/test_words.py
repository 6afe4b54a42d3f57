"""Shares in words: true whatever the rounding hides, the same wherever they stand, and known to the attack."""

from fractions import Fraction
from itertools import product

import polars as pl
import pytest

from queries import INDICATOREN
from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN
from queries.definitions.words import WORDS
from queries.openbaar import protect, publish, words
from queries.openbaar.attack import solver
from queries.openbaar.attack.knowledge import puzzle
from queries.openbaar.rules import SHARES, STAD, Selectie, too_few
from queries.openbaar.words import BEHIND
from tests import towns
from tests.towns import DAY

NOORD, OOST = Selectie("stadsdeel", "Noord"), Selectie("stadsdeel", "Oost")
# Without a norm, with 100% and with 0% to reach.
FREE, ALL, NONE = "intake_gestart", "pip_tijdig", "begeleiding_over_norm"
OTHER = "begeleiding_vroeg_afgerond"


# Rounded teller, noemer and rest.
@pytest.mark.parametrize(
    ("indicator", "rounded", "told"),
    [
        (FREE, (0, 100, 100), "minder dan 1 op de 10"),  # at most 9 of 100
        (FREE, (0, 90, 90), "minder dan een kwart"),  # 9 of 90 is no less than 1 of 10
        (FREE, (100, 100, 0), "meer dan 9 op de 10"),
        (FREE, (90, 90, 0), "meer dan driekwart"),
        (FREE, (0, 40, 40), "minder dan een kwart"),
        (FREE, (0, 40, 30), "minder dan de helft"),  # at most 9 of 31
        (FREE, (40, 40, 0), "meer dan driekwart"),
        (FREE, (30, 40, 0), "meer dan de helft"),
        (FREE, (0, 20, 20), "minder dan de helft"),
        (FREE, (20, 20, 0), "meer dan de helft"),
        (FREE, (20, 20, 10), None),
        (FREE, (20, 40, 20), None),
        (FREE, (10, 10, 0), None),  # of fewer than 20 nothing is told
        (FREE, (0, 0, 0), None),
        # One who is surely missed is at least 10 rounded.
        (ALL, (30, 30, 0), "meer dan de helft"),
        (ALL, (30, 40, 10), "meer dan de helft, maar minder dan 100%"),
        (ALL, (20, 30, 10), "minder dan 100%"),
        (ALL, (0, 40, 40), "minder dan een kwart"),
        (NONE, (0, 40, 40), "minder dan een kwart"),
        (NONE, (10, 40, 30), "minder dan de helft, maar meer dan 0%"),
        (NONE, (10, 30, 10), "meer dan 0%"),
        (FREE, (20, 30, 10), None),
    ],
)
def test_the_narrowest_words_that_are_sure(indicator, rounded, told):
    assert words.words(indicator, *rounded) == told


def possible() -> list[tuple[int, int, int]]:
    """Every rounded teller, noemer and rest of a share that is not shown, of some true counts."""
    tens = range(0, 130, 10)
    near = ((teller, teller + rest + more, rest) for teller, rest, more in product(tens, tens, range(-20, 30, 10)))
    return [rounded for rounded in near if too_few(*rounded[:2]) and true_counts(*rounded)]


def true_counts(teller: int, noemer: int, rest: int) -> list[tuple[int, int]]:
    """All that the rounding allows: how many count and how many do not."""
    around = (range(max(count - 9, 0), count + 10) for count in (teller, rest))
    return [pair for pair in product(*around) if abs(sum(pair) - noemer) <= 9 and sum(pair)]


def test_words_hold_for_all_true_counts_that_the_rounding_allows():
    told = set()
    for rounded in possible():
        shares = [Fraction(count, count + others) for count, others in true_counts(*rounded)]
        for said in {words.words(indicator, *rounded) for indicator in (FREE, ALL, NONE)} - {None}:
            assert all(WORDS[said].meer < 100 * share < WORDS[said].minder for share in shares), rounded
            told.add(said)
    # Of 10 or more out of so many the number is shown.
    assert WORDS.keys() - told == {"minder dan 1 op de 10, maar meer dan 0%"}


def test_a_norm_is_surely_missed_only_where_ten_or_more_miss_it():
    for (teller, noemer, rest), indicator in product(possible(), (ALL, NONE)):
        if said := words.words(indicator, teller, noemer, rest):
            missed = rest if indicator == ALL else teller
            assert WORDS[said].exclude(INDICATOREN[indicator].norm) == (missed >= 10), (teller, noemer, rest)


def shares(selectie: Selectie, **rounded: tuple[int, int, int]) -> protect.Frames:
    """What is published of shares that are not shown, and what is behind their words."""
    rows = [(name, *counts) for name, counts in rounded.items()]
    behind = pl.DataFrame(
        rows, {"indicator": pl.String} | dict.fromkeys(("teller", "noemer", "rest"), pl.Int64), orient="row"
    )
    answer = behind.drop("rest").with_columns(
        pl.lit(None, pl.Float64).alias(name) for name in ("waarde", "ci_laag", "ci_hoog")
    )
    return protect.published({("kpi", selectie): answer, (BEHIND, selectie): behind})


def test_words_stand_where_a_share_is_too_small_in_every_table_of_that_area():
    frames = shares(NOORD, **{FREE: (30, 40, 0), OTHER: (20, 20, 10)}) | shares(STAD, **{FREE: (0, 40, 40)})
    areas = pl.DataFrame(
        [("stadsdeel", "Noord", FREE, BESCHERMD), ("stadsdeel", "Oost", FREE, BESCHERMD),
         ("stadsdeel", "Noord", OTHER, BESCHERMD), ("wijkteam", "Noord", FREE, BESCHERMD),
         ("stadsdeel", "Noord", FREE, WEGGELATEN), ("stadsdeel", "Noord", FREE, AFGEROND)],
        ["niveau", "gebied", "indicator", "waarde_weergave"], orient="row",
    )  # fmt: skip
    found = words.told(frames | {("kpi_per_gebied", STAD): areas, ("kpi_per_gebied", OOST): areas})
    expected = ["meer dan de helft", *[BESCHERMD] * 3, WEGGELATEN, AFGEROND]
    assert found["kpi_per_gebied", STAD]["waarde_weergave"].to_list() == expected
    assert found["kpi_per_gebied", OOST].equals(areas)
    assert found["kpi", NOORD]["waarde_weergave"].to_list() == ["meer dan de helft", BESCHERMD]
    assert found["kpi", STAD]["waarde_weergave"].to_list() == ["minder dan een kwart"]
    assert set(found["kpi", NOORD]["teller_weergave"]) == set(found["kpi", NOORD]["noemer_weergave"]) == {WEGGELATEN}


def test_behind_words_are_the_counts_of_the_records_of_every_share_that_is_not_shown():
    """Of a town rounded to ones they are the true counts; the rest is who does not count. Nobody has a row as well."""
    engine = protect.Protected(towns.folder(), publish.DEMO_ZOUT, basis=1)
    kpi = protect.answered("kpi", NOORD, engine).filter(pl.col("indicator").is_in(SHARES) & pl.col("waarde").is_null())
    expected = kpi.select("indicator", "teller", "noemer", rest=pl.col("noemer") - pl.col("teller"))
    assert words.behind(engine, NOORD).equals(expected) and expected.height > 8
    migrants = words.behind(engine, Selectie("doelgroep", "Gezinsmigrant en overige migrant"))
    assert migrants.row(0) == ("begeleiding_dekking", 0, 0, 0)


# -------------------------------------------------------------------------------------------------- the attack


def test_the_attack_knows_the_counts_behind_every_share_that_is_not_shown_with_words_or_without():
    made = puzzle({DAY: shares(NOORD, **{FREE: (0, 40, 40), ALL: (10, 20, 10)})}, 10)
    found = {
        (cell.rij[0], cell.kolom): (made.low[number], made.high[number])
        for cell, number in made.number.items()
        if cell in made.known
    }
    assert found == {
        (FREE, "teller"): (0, 9), (FREE, "noemer"): (31, 49), (FREE, "rest"): (31, 49),
        (ALL, "teller"): (1, 19), (ALL, "noemer"): (11, 29), (ALL, "rest"): (1, 19),
    }  # fmt: skip


def narrowed() -> protect.Frames:
    """Six stadsdelen with 1 or more each, of a city with 9 at most; of another KPI nothing is narrow."""
    parts = [
        Selectie("stadsdeel", naam) for naam in ("Centrum", "Zuid-West", "Oost", "Noord", "Schalkwijk", "Onbekend")
    ]
    found = shares(STAD, **{FREE: (0, 110, 110)})
    for part in parts:
        found |= shares(part, **{FREE: (10, 20, 20), "begeleiding_vroeg_afgerond": (0, 40, 40)})
    return found


def by_area(frames: protect.Frames, question: str, *columns: str) -> dict[str, list[tuple]]:
    """Per area the rows of a question."""
    return {of.naam: frame.select(columns).rows() for (name, of), frame in frames.items() if name == question}


def test_where_words_narrow_a_count_they_are_left_out_in_every_stadsdeel_and_nothing_else_is():
    frames = narrowed()
    report = solver.attack({DAY: frames}, 10)
    assert set(report.lekken.values()) == {(1, 4), (6, 9)}
    assert not solver.attack({DAY: words.without(frames)}, 10).lekken
    found, report, left_out = publish.withstood(frames, DAY, {})
    assert not report.lekken and left_out == 0
    said, behind = by_area(found, "kpi", "indicator", "waarde_weergave"), by_area(found, BEHIND, "indicator")
    assert said.pop("") == [(FREE, BESCHERMD)] and behind.pop("") == []
    assert set(map(tuple, said.values())) == {((FREE, BESCHERMD), (OTHER, "minder dan een kwart"))}
    assert set(map(tuple, behind.values())) == {((OTHER,),)}


def test_words_that_keep_narrowing_are_left_out_altogether(monkeypatch):
    monkeypatch.setattr(publish, "ROUNDS_OF_WORDS", 1)
    frames = narrowed()
    found, report, _ = publish.withstood(frames, DAY, {})
    assert not report.lekken and found.keys() == words.without(frames).keys()
    assert all(set(frame["waarde_weergave"]) == {BESCHERMD} for frame in found.values())
