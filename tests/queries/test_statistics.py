"""Survival and intervals held against lifelines and statsmodels on random data."""

import random

import duckdb
import polars as pl
import pytest
from lifelines import KaplanMeierFitter
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from queries.database import model_sql


@pytest.fixture(scope="module")
def macros():
    """A DuckDB with the model's macros that need no tables."""
    connection = duckdb.connect()
    texts = model_sql()
    for name in ("intern/telling", "01_tijd", "02_interval", "03_overleving", "intern/overleving"):
        connection.execute(texts[f"{name}.sql"])
    return connection


def observations(seed, size):
    """Times with many ties; events and censorings, sometimes all of one kind."""
    chance = random.Random(seed)
    share = chance.choice([0.0, 0.3, 0.6, 0.9, 1.0])
    return [(chance.randint(0, max(2, size // 3)), chance.random() < share) for _ in range(size)]


@pytest.mark.parametrize("seed", range(25))
def test_survival_equals_lifelines(macros, seed):
    sample = observations(seed, random.Random(seed).randint(1, 120))
    frame = pl.DataFrame(sample, schema={"tijd": pl.Int64, "gebeurtenis": pl.Boolean}, orient="row")
    macros.register("steekproef", frame.with_columns(groep=pl.lit("a"), celsleutel=1).to_arrow())
    ours = macros.execute("select dag, in_risico, overleving from overleving('steekproef') order by dag").fetchall()
    fitter = KaplanMeierFitter().fit([t for t, _ in sample], [e for _, e in sample])
    theirs = fitter.survival_function_["KM_estimate"]
    assert {day: s for day, _, s in ours} == pytest.approx({int(day): s for day, s in theirs.items()})
    at_risk = fitter.event_table["at_risk"]
    assert {day: n for day, n, _ in ours if day > 0} == {int(t): n for t, n in at_risk.items() if t > 0}
    median = macros.execute("select mediaan from duren('steekproef')").fetchall()[0][0]
    expected = fitter.median_survival_time_
    if abs(theirs - 0.5).min() > 1e-9:
        assert median == (None if expected == float("inf") else expected)


def test_a_curve_of_exactly_one_half_is_the_median_despite_rounding(macros):
    # six of twelve, one by one: the product of the steps is not exactly one half in binary
    rows = [(day, day <= 6) for day in range(1, 13)]
    frame = pl.DataFrame(rows, schema={"tijd": pl.Int64, "gebeurtenis": pl.Boolean}, orient="row")
    macros.register("steekproef", frame.with_columns(groep=pl.lit("a"), celsleutel=1).to_arrow())
    assert macros.execute("select p25, mediaan, p75 from duren('steekproef')").fetchall()[0] == (3, 6, None)


@pytest.mark.parametrize("z", ["95", "99"])
def test_wilson_equals_statsmodels(macros, z):
    alpha = (100 - int(z)) / 100
    for noemer in (1, 2, 9, 10, 57, 287, 12345):
        for teller in sorted({0, 1, noemer // 3, noemer - 1, noemer}):
            ours = macros.execute(
                f"select wilson_laag($k, $n, z{z}()), wilson_hoog($k, $n, z{z}())", {"k": teller, "n": noemer}
            ).fetchall()[0]
            assert ours == pytest.approx(proportion_confint(teller, noemer, alpha, "wilson"), abs=1e-12)
            assert 0 <= ours[0] <= ours[1] <= 1
    nobody = macros.execute(f"select wilson_laag(0, 0, z{z}()), wilson_hoog(0, 0, z{z}())").fetchall()
    assert nobody == [(None, None)]


@pytest.mark.parametrize("seed", range(40))
def test_newcombe_equals_statsmodels(macros, seed):
    chance = random.Random(seed)
    noemer = [chance.randint(1, 300), chance.randint(1, 300)]
    teller = [chance.choice([0, n, chance.randint(0, n)]) for n in noemer]
    values = {"k1": teller[0], "n1": noemer[0], "k2": teller[1], "n2": noemer[1]}
    ours = macros.execute(
        "select newcombe_laag($k1, $n1, $k2, $n2, z95()), newcombe_hoog($k1, $n1, $k2, $n2, z95())", values
    ).fetchall()[0]
    theirs = confint_proportions_2indep(*values.values(), compare="diff", method="newcomb", alpha=0.05)
    assert ours == pytest.approx(theirs, abs=1e-10)


def test_the_constant_of_the_smallest_visible_difference_is_that_of_80_percent_power(macros):
    # standardised difference that one pair of groups of 50 shows: (z of 0.975 + z of 0.80) x sqrt(2 / n)
    effect = NormalIndPower().solve_power(nobs1=50, alpha=0.05, power=0.8, alternative="two-sided")
    difference = macros.execute("select aantoonbaar_verschil(50, 50)").fetchall()[0][0]
    assert difference == pytest.approx(effect * 0.5, rel=1e-5)
