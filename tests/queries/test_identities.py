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
COUNTS = ("teller", "noemer")
OPEN = ("open_0_30", "open_31_90", "open_90_plus")


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
def ask(request, database):
    """Ask a question for a selection, with changes if any."""
    return lambda name, **changed: queries.answer(name, replace(request.param, **changed), database)


def total(frame, column="aantal", **where):
    return frame.filter(**where)[column].sum()


def test_parts_add_up_to_their_whole(ask):
    kpi = {row["indicator"]: row for row in ask("kpi").to_dicts()}
    leerroutes, relief = ask("leerroute_verdeling"), ask("ontzorging_status")
    reasons, handovers, everybody = ask("ontzorging_redenen"), ask("overdracht_per_wijkteam"), ask("overdracht_totaal")
    regimes, duration = ask("evaluatie_regimes"), ask("begeleiding_duur")
    teams, without = ask("pip_per_wijkteam"), kpi["pip_zonder"]["teller"]
    parts = [(name, entry) for name, entry in INDICATOREN.items() if entry.deel_van]
    waiting = [total(handovers, name) for name in ("gepland", "niet_bereikt", "geen_registratie")]
    started = sum(total(relief, status=status) for status in ("Lopend", "Voltooid", "Voortijdig beëindigd"))
    never_started = total(relief, status="Niet gestart") + total(relief, status="Geen registratie")
    statuses = ("overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken")
    for part, whole in [
        (total(leerroutes), kpi["pip_zonder"]["noemer"]),
        (total(leerroutes, leerroute="Nog geen PIP"), without),
        (total(ask("leerroute_wissel")), kpi["pip_zonder"]["noemer"] - without),
        (total(ask("leerroute_advies")), kpi["pip_zonder"]["noemer"] - without),
        (total(teams, "over_termijn"), kpi["pip_over_termijn"]["teller"]),
        (sum(total(teams, name) for name in ("over_termijn", "binnen_termijn", "niet_gestart")), without),
        (total(teams, "personen"), total(ask("pip_status"))),
        (total(relief), kpi["ontzorging_mediaan_dagen"]["noemer"]),
        (total(reasons, soort="Niet gestart"), never_started),
        (total(reasons, soort="Voortijdig beëindigd"), total(relief, status="Voortijdig beëindigd")),
        (ask("ontzorging_lasten")["gestart"].to_list(), [started] * 3),
        (handovers.select(pl.sum_horizontal(statuses)).to_series().to_list(), handovers["populatie"].to_list()),
        (sum(total(handovers, name) for name in OPEN), sum(waiting)),
        (sum(waiting), kpi["overdracht_open"]["teller"]),
        *((total(ask("overdracht_wachtend"), name), total(handovers, name)) for name in OPEN),
        (total(handovers, "populatie") - total(handovers, "vertrokken"), kpi["overdracht_open"]["noemer"]),
        (kpi["overdracht_lang_open"]["teller"], total(everybody, "open_90_plus")),
        ((duration["beeindigd"] + duration["lopend"]).to_list(), duration["periodes"].to_list()),
        (total(duration, "over_norm_teller"), kpi["begeleiding_over_norm"]["teller"]),
        (total(duration, "over_norm_noemer"), kpi["begeleiding_over_norm"]["noemer"]),
        (regimes["mediaan_maanden"].to_list(), duration["mediaan_maanden"].to_list()),
        (regimes["periodes"].to_list(), duration["periodes"].to_list()),
        *((kpi[name]["noemer"], kpi[entry.deel_van]["teller"]) for name, entry in parts),
    ]:
        assert part == whole


def test_pip_status_adds_up_to_wi2021_in_beeld(database):
    in_beeld = "from persoon where wet = 'WI2021' and in_beeld <= $peildatum and $selectie"
    known = database.ask(f"select count(distinct inburgeraar_id) as n {in_beeld}", Selection())["n"].item()
    assert total(queries.answer("pip_status", Selection(), database)) == known > 0


def test_areas_chosen_one_by_one_add_up_to_the_city(ask, database):
    whole = ask("kpi", stadsdelen=())
    for field, areas in (("stadsdelen", database.stadsdelen), ("wijkteams", database.alle_wijkteams)):
        parts = [ask("kpi", **{"stadsdelen": (), field: (area,)}) for area in areas]
        for column in COUNTS:
            assert sum(part[column] for part in parts).to_list() == whole[column].to_list()


@pytest.mark.parametrize("name", ["begeleiding_voorraad", "ontzorging_voorraad"])
def test_stock_is_the_previous_stock_plus_started_minus_ended(ask, name):
    frame = ask(name)
    previous = frame["lopend"].shift(1).fill_null(0)
    assert frame["lopend"].to_list() == (previous + frame["gestart"] - frame["beeindigd"]).to_list()
    months = frame["maand"]
    assert months.to_list() == pl.date_range(months[0], months[-1], "1mo", eager=True).to_list()
    periods, relief = ask("begeleiding_duur"), ask("ontzorging_status")
    running = {"begeleiding": total(periods, "lopend"), "ontzorging": total(relief, status="Lopend")}
    assert frame["lopend"][-1] == running[name.split("_")[0]]


@pytest.mark.parametrize("question", ["kpi_per_gebied", "kpi_kwartaal"])
def test_areas_and_quarters_add_up_to_the_figure(ask, question):
    kinds = SUMMED if question == "kpi_per_gebied" else [n for n in SUMMED if INDICATOREN[n].eenheid == "aandeel"]
    whole = ask("kpi").filter(pl.col("indicator").is_in(kinds), pl.col("noemer") > 0)
    parts = ask(question).filter(pl.col("indicator").is_in(kinds))
    for niveau in ("stadsdeel", "wijkteam") if "niveau" in parts.columns else (None,):
        part = parts.filter(niveau=niveau) if niveau else parts
        summed = part.group_by("indicator").agg(pl.col(COUNTS).sum()).filter(pl.col("noemer") > 0)
        assert sorted(summed.rows()) == sorted(whole.select("indicator", *COUNTS).rows())


def test_entrants_are_those_of_the_quarter_and_none_counts_sooner(ask):
    """Like with like leaves out whom there was no time for, and counts nobody who does not count."""
    whole, after = ({row[:2]: row[2:4] for row in ask(name).rows()} for name in ("kpi_kwartaal", "kpi_instroom"))
    assert {indicator for indicator, _ in whole} - {indicator for indicator, _ in after} == {"ontzorging_gesprek"}
    dated = {"begeleiding_dekking", "intake_gestart", "ontzorging_dekking", "overdracht_gedaan"}
    for (indicator, quarter), (teller, noemer) in after.items():
        later_teller, later_noemer = whole[indicator, quarter]
        assert teller <= later_teller and noemer <= later_noemer
        assert indicator == "intake_gestart" or noemer == later_noemer
        assert indicator in dated or teller == later_teller


def test_the_trend_is_the_figure_asked_on_each_day(ask):
    trend = ask("kpi_trend")
    for (stand,), rows in trend.group_by("stand"):
        assert rows.drop("stand").rows() == ask("kpi", peildatum=stand).rows()
