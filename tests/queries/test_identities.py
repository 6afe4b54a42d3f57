"""The identities that always hold, on the demo town and on a random delivery."""

from dataclasses import replace
from datetime import date
from itertools import count

import polars as pl
import pytest

import queries
from data.demo import municipality
from queries import INDICATOREN, ONBEKEND, Selection
from tests.queries.conftest import PEILDATUM, write_snapshot
from tests.queries.deliveries import random_delivery

SELECTIONS = {
    "whole": Selection(),
    "earlier": Selection(peildatum=date(2022, 9, 15)),
    "stadsdeel": Selection(stadsdelen=("Schalkwijk", ONBEKEND)),
    "cohort": Selection(cohorten=(2022,), doelgroepen=("Asielstatushouder",)),
}
SUMMED = [name for name, entry in INDICATOREN.items() if not entry.is_mediaan]


def demo(folder):
    return municipality.maak(folder / "levering", personen=1500, seed=3)


def random_town(folder):
    """A delivery of ties and boundaries, made on the same day."""
    made = (random_delivery(seed, 300) for seed in count())
    return write_snapshot(folder, next(tables for tables, peildatum in made if peildatum == PEILDATUM))


@pytest.fixture(scope="module", params=[demo, random_town])
def database(request, tmp_path_factory):
    return queries.open_database(request.param(tmp_path_factory.mktemp("stad")))


@pytest.fixture(params=SELECTIONS.values(), ids=SELECTIONS.keys())
def selection(request):
    return request.param


def figures(database, name, selection):
    return queries.run(name, selection, database)


def kpi(database, selection, indicator):
    return figures(database, "kpi", selection).filter(indicator=indicator).row(0, named=True)


def test_pip_status_adds_up_to_wi2021_in_beeld(database, selection):
    # The noemer of the active plus those who left is everybody in beeld.
    total = figures(database, "pip_status", selection)["aantal"].sum()
    active = kpi(database, selection, "pip_zonder")["noemer"]
    left = database.ask(
        "select count(*) as n from persoon where van <= $peildatum and $peildatum < tot "
        "and wet = 'WI2021' and in_beeld <= $peildatum and uitstroom <= $peildatum and $selectie",
        selection,
    )["n"].item()
    assert total == active + left > 0


def test_leerroute_distribution_adds_up_to_wi2021_active(database, selection):
    frame = figures(database, "leerroute_verdeling", selection)
    row = kpi(database, selection, "pip_zonder")
    assert frame["aantal"].sum() == row["noemer"]
    assert frame.filter(leerroute="Nog geen PIP")["aantal"].sum() == row["teller"]
    assert figures(database, "leerroute_wissel", selection)["aantal"].sum() == row["noemer"] - row["teller"]
    assert figures(database, "leerroute_advies", selection)["aantal"].sum() == row["noemer"] - row["teller"]


def test_relief_status_adds_up_to_the_target_group(database, selection):
    frame = figures(database, "ontzorging_status", selection)
    assert frame["aantal"].sum() == kpi(database, selection, "ontzorging_mediaan_dagen")["noemer"] > 0
    counted = dict(frame.group_by("status").agg(pl.col("aantal").sum()).rows())
    reasons = dict(
        figures(database, "ontzorging_redenen", selection).group_by("soort").agg(pl.col("aantal").sum()).rows()
    )
    assert reasons.get("Niet gestart", 0) == counted.get("Niet gestart", 0) + counted.get("Geen registratie", 0)
    assert reasons.get("Voortijdig beëindigd", 0) == counted.get("Voortijdig beëindigd", 0)
    started = sum(counted.get(status, 0) for status in ("Lopend", "Voltooid", "Voortijdig beëindigd"))
    assert figures(database, "ontzorging_lasten", selection)["gestart"].to_list() == [started] * 3


def test_handover_statuses_add_up_to_the_population_and_open_to_its_ages(database, selection):
    frame = figures(database, "overdracht_per_wijkteam", selection)
    statuses = ["overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken"]
    assert frame["populatie"].to_list() == frame.select(pl.sum_horizontal(statuses)).to_series().to_list()
    open_by_status = frame.select(pl.sum_horizontal("gepland", "niet_bereikt", "geen_registratie")).to_series()
    by_age = frame.select(pl.sum_horizontal("open_0_30", "open_31_90", "open_90_plus")).to_series()
    assert open_by_status.to_list() == by_age.to_list()
    row = kpi(database, selection, "overdracht_open")
    assert (open_by_status.sum(), frame["populatie"].sum() - frame["vertrokken"].sum()) == (
        row["teller"],
        row["noemer"],
    )


@pytest.mark.parametrize("base", [Selection(), Selection(cohorten=(2022,)), Selection(peildatum=date(2022, 6, 30))])
def test_a_selection_split_over_stadsdelen_adds_up_to_the_whole(database, base):
    whole = figures(database, "kpi", base)
    parts = [figures(database, "kpi", replace(base, stadsdelen=(area,))) for area in database.stadsdelen]
    for column in ("teller", "noemer"):
        assert sum(part[column] for part in parts).to_list() == whole[column].to_list()
    teams = [figures(database, "kpi", replace(base, wijkteams=(team,))) for team in database.alle_wijkteams]
    assert sum(part["noemer"] for part in teams).to_list() == whole["noemer"].to_list()


@pytest.mark.parametrize("name", ["begeleiding_voorraad", "ontzorging_voorraad"])
def test_stock_is_the_previous_stock_plus_started_minus_ended(database, selection, name):
    frame = figures(database, name, selection)
    assert frame.height > 1
    previous = frame["lopend"].shift(1).fill_null(0)
    assert frame["lopend"].to_list() == (previous + frame["gestart"] - frame["beeindigd"]).to_list()
    months = frame["maand"]
    assert months.to_list() == pl.date_range(months[0], months[-1], "1mo", eager=True).to_list()
    running = {
        "begeleiding_voorraad": lambda: figures(database, "begeleiding_duur", selection)["lopend"].sum(),
        "ontzorging_voorraad": lambda: (
            figures(database, "ontzorging_status", selection).filter(status="Lopend")["aantal"].sum()
        ),
    }[name]()
    assert frame["lopend"][-1] == running


def test_periods_are_ended_or_running(database, selection):
    frame = figures(database, "begeleiding_duur", selection)
    assert (frame["beeindigd"] + frame["lopend"]).to_list() == frame["periodes"].to_list()
    over = kpi(database, selection, "begeleiding_over_norm")
    assert (frame["over_norm_teller"].sum(), frame["over_norm_noemer"].sum()) == (
        over["teller"],
        over["noemer"],
    )


@pytest.mark.parametrize("niveau", ["stadsdeel", "wijkteam"])
def test_areas_add_up_to_the_city_for_every_share_and_count(database, selection, niveau):
    whole = figures(database, "kpi", selection).filter(pl.col("indicator").is_in(SUMMED))
    areas = (
        figures(database, "kpi_per_gebied", selection)
        .filter(pl.col("indicator").is_in(SUMMED), niveau=niveau)
        .group_by("indicator", maintain_order=True)
        .agg(pl.col("teller", "noemer").sum())
    )
    assert areas.rows() == whole.select("indicator", "teller", "noemer").rows()


def test_quarters_of_entry_add_up_to_the_figure_for_every_share(database, selection):
    quarters = figures(database, "kpi_kwartaal", selection).group_by("indicator").agg(pl.col("teller", "noemer").sum())
    whole = figures(database, "kpi", selection).filter(
        pl.col("noemer") > 0,
        pl.col("indicator").is_in([name for name, entry in INDICATOREN.items() if entry.eenheid == "aandeel"]),
    )
    assert sorted(quarters.rows()) == sorted(whole.select("indicator", "teller", "noemer").rows())


def test_entrants_are_those_of_the_quarter_and_none_counts_sooner(database, selection):
    """Like with like leaves out whom there was no time for, and counts nobody who does not count."""
    whole, after = (
        {row[:2]: row[2:4] for row in figures(database, name, selection).rows()}
        for name in ("kpi_kwartaal", "kpi_instroom")
    )
    assert {indicator for indicator, _ in whole} - {indicator for indicator, _ in after} == {"ontzorging_gesprek"}
    dated = {"begeleiding_dekking", "intake_gestart", "ontzorging_dekking", "overdracht_gedaan"}
    for (indicator, quarter), (teller, noemer) in after.items():
        later_teller, later_noemer = whole[indicator, quarter]
        assert teller <= later_teller and noemer <= later_noemer
        assert indicator == "intake_gestart" or noemer == later_noemer
        assert indicator in dated or teller == later_teller


def test_who_waits_too_long_is_part_of_who_waits(database, selection):
    def counts(indicator):
        return kpi(database, selection, indicator)

    for part, whole in (
        ("pip_over_termijn", "pip_zonder"),
        ("ontzorging_lang_zonder", "ontzorging_zonder"),
        ("overdracht_lang_open", "overdracht_open"),
    ):
        assert counts(part)["noemer"] == counts(whole)["teller"]
    status = dict(
        figures(database, "pip_status", selection)
        .group_by("status")
        .agg(pl.col("aantal").sum())
        .select("status", "aantal")
        .rows()
    )
    not_yet = status.get("Binnen termijn", 0) + status.get("Termijn niet gestart", 0)
    assert counts("pip_over_termijn")["teller"] + not_yet == counts("pip_zonder")["teller"]
    (total,) = figures(database, "overdracht_totaal", selection).to_dicts()
    assert counts("overdracht_lang_open")["teller"] == total["open_90_plus"]


def test_the_last_row_of_the_trend_is_the_figure(database, selection):
    trend = figures(database, "kpi_trend", selection)
    last = trend.filter(pl.col("stand") == pl.col("stand").max()).drop("stand")
    assert last.rows() == figures(database, "kpi", selection).rows()


def test_the_trend_is_the_figure_asked_on_that_day(database):
    trend = figures(database, "kpi_trend", Selection())
    for stand in (date(2022, 2, 28), date(2022, 8, 31)):
        asked = figures(database, "kpi", Selection(peildatum=stand))
        assert trend.filter(stand=stand).drop("stand").rows() == asked.rows()


def test_curves_fall_from_one_and_start_at_day_zero(database, selection):
    for name, group in (("begeleiding_overleving", "regime"), ("pip_overleving", "doelgroep")):
        for _, curve in figures(database, name, selection).group_by(group, maintain_order=True):
            assert curve["dag"][0] == 0
            assert curve["overleving"].is_sorted(descending=True)
            assert curve["overleving"].is_between(0, 1).all()


def test_regimes_of_the_evaluation_are_those_of_the_duration(database, selection):
    regimes = figures(database, "evaluatie_regimes", selection)
    duration = figures(database, "begeleiding_duur", selection)
    assert (
        regimes.select("regime", "periodes", "mediaan_maanden").rows()
        == duration.select("regime", "periodes", "mediaan_maanden").rows()
    )
