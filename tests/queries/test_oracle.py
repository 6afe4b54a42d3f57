"""The independent calculation by hand: ties, boundaries and month ends, and whether the deliveries bite."""

import random
import re
from collections import Counter
from datetime import date, timedelta

import polars as pl
import pytest
from lifelines import KaplanMeierFitter
from statsmodels.stats.proportion import proportion_confint

from data import contract
from tests.queries import deliveries
from tests.queries.oracle import (
    ALL_ROWS,
    COLUMNS,
    INDICATORS,
    NAMES,
    OPEN,
    Oracle,
    Selection,
    add_months,
    equal_rows,
    quantile,
    six_months_full,
    survival,
    wilson,
)

P = date(2022, 12, 31)
EVERYBODY = Selection()


def before(days: int, day: date = P) -> date:
    return day - timedelta(days=days)


def person(number: int = 1, **changes) -> dict:
    row = {
        "inburgeraar_id": f"persoon-{number:04d}",
        "wet": "WI2021",
        "doelgroep": "Asielstatushouder",
        "verblijfsrecht": "asiel",
        "datum_kennisgeving": None,
        "datum_inschrijving_brp": None,
        "datum_huisvesting": None,
        "wijkcode": "WK039221",
        "datum_uitstroom": None,
        "reden_uitstroom": None,
    }
    return row | changes


def row(table: str, number: int = 1, **changes) -> dict:
    """A row with every column of the contract; what is not given is empty, or no."""
    columns = dict.fromkeys(column for column in deliveries.SCHEMAS[table] if column not in deliveries.OPTIONAL)
    if table != "melding":
        columns["inburgeraar_id"] = f"persoon-{number:04d}"
    if table == "pip":
        columns |= {"gemeentecode": "0392", "leerroute": "B", "uitstel_derden": False}
    if table == "ontzorging":
        columns |= {"huur": False, "energie": False, "zorgpremie": False, "gesprekken_budgetcoach": 0}
    unknown = set(changes) - set(deliveries.SCHEMAS[table])
    assert not unknown, unknown
    return columns | changes


def ask(name: str, people: list[dict], selection: Selection = EVERYBODY, peildatum: date = P, **tables):
    given = {table: tables.get(table, []) for table in deliveries.TABLES} | {"inburgeraar": people}
    return Oracle(given, deliveries.reference(), peildatum).run(name, selection)


def figure(indicator: str, people: list[dict], selection: Selection = EVERYBODY, **tables):
    """Teller, noemer and waarde of one indicator."""
    rows = {found["indicator"]: found for found in ask("kpi", people, selection, **tables)}
    return tuple(rows[indicator][column] for column in ("teller", "noemer", "waarde"))


# --- dates, curves and intervals ------------------------------------------------------------------


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


def test_an_event_comes_before_a_censoring_on_the_same_day():
    assert survival([(10, True), (10, False)]) == [(0, 2, 0, 0, 1.0), (10, 2, 1, 1, 0.5)]
    assert quantile([(10, True), (10, False)], 0.5) == 10
    assert quantile([(10, True), (11, False), (12, False)], 0.5) is None


def test_an_event_on_day_0_is_in_the_first_row():
    assert survival([(0, True), (4, True)]) == [(0, 2, 1, 0, 0.5), (4, 1, 1, 0, 0.0)]
    assert quantile([(0, True), (4, True)], 0.5) == 0


def test_the_median_is_reached_within_a_tolerance():
    # After 12 of 24 the product of 23/24, 22/23 and so on ends just above one half in floating point.
    times = [(day, True) for day in range(1, 25)]
    shares = [share for *_, share in survival(times)]
    assert quantile(times, 0.5) == 12
    assert any(share > 0.5 and share == pytest.approx(0.5) for share in shares)


def test_survival_against_lifelines():
    rng = random.Random(20221231)
    for size in (1, 2, 7, 40):
        for _ in range(25):
            times = [(rng.randint(0, 12), rng.random() < 0.6) for _ in range(size)]
            fitted = KaplanMeierFitter().fit([t for t, _ in times], [event for _, event in times])
            curve = fitted.survival_function_["KM_estimate"]
            for day, *_, share in survival(times):
                assert share == pytest.approx(curve.loc[:day].iloc[-1], abs=1e-9)


def test_the_interval_against_statsmodels():
    for noemer in (1, 2, 10, 287):
        for teller in {0, 1, noemer // 2, noemer}:
            low, high = proportion_confint(teller, noemer, 0.05, method="wilson")
            assert wilson(teller, noemer) == pytest.approx((low, high), abs=1e-9)
    assert wilson(0, 0) == (None, None)


@pytest.mark.parametrize(
    ("peildatum", "expected"),
    [
        (date(2022, 1, 31), [date(2022, 1, 31)]),
        (date(2022, 3, 1), [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 1)]),
        (date(2022, 3, 31), [date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31)]),
    ],
)
def test_a_trend_has_the_month_ends_of_the_year_before_the_peildatum_and_then_it(peildatum, expected):
    rows = ask("kpi_trend", [], Selection(peildatum=peildatum))
    assert list(dict.fromkeys(found["stand"] for found in rows)) == expected
    assert len(rows) == len(expected) * len(INDICATORS)


# --- the words: peildatum, in beeld, regime, areas --------------------------------------------------


def test_every_indicator_has_a_row_also_when_there_is_nobody():
    rows = ask("kpi", [])
    assert [found["indicator"] for found in rows] == list(INDICATORS)
    for found in rows:
        count = INDICATORS[found["indicator"]][0] == "count"
        assert found == {
            "indicator": found["indicator"],
            "teller": 0,
            "noemer": 0,
            "waarde": 0 if count else None,
            "ci_laag": None,
            "ci_hoog": None,
        }


def test_a_later_peildatum_is_an_error():
    with pytest.raises(ValueError, match="peildatum"):
        ask("kpi", [], Selection(peildatum=date(2023, 1, 1)))


@pytest.mark.parametrize(
    ("housed", "started", "regime"),
    [
        (date(2019, 12, 31), date(2022, 5, 1), "24 maanden"),
        (date(2020, 1, 1), date(2019, 5, 1), "12 maanden"),
        (date(2021, 12, 31), date(2022, 5, 1), "12 maanden"),
        (date(2022, 1, 1), date(2021, 5, 1), "12 maanden (contract 2022)"),
        (None, date(2019, 12, 31), "24 maanden"),
        (None, date(2022, 1, 1), "12 maanden (contract 2022)"),
    ],
)
def test_the_regime_goes_by_housing_and_without_it_by_the_start(housed, started, regime):
    periods = [row("begeleiding", datum_start=started)]
    [found] = ask("begeleiding_duur", [person(datum_huisvesting=housed)], begeleiding=periods)
    assert found["regime"] == regime


def test_a_regime_goes_by_the_date_as_registered_also_after_an_earlier_peildatum():
    people = [person(datum_huisvesting=date(2022, 3, 1))]
    periods = [row("begeleiding", datum_start=date(2021, 12, 1))]
    asked = Selection(peildatum=date(2021, 12, 31))
    [found] = ask("evaluatie_regimes", people, asked, begeleiding=periods)
    assert found["regime"] == "12 maanden (contract 2022)"
    assert found["gehuisvest_van"] is None


def test_a_wijkteam_is_the_one_valid_on_the_day_of_housing():
    limits = deliveries.reference(with_limits=True)
    oracle = Oracle({table: [] for table in deliveries.TABLES}, limits, P)
    assert oracle.wijkteam("WK039219", date(2021, 12, 31)) == "Meerwijk"
    assert oracle.wijkteam("WK039219", date(2022, 1, 1)) == "Boerhaavewijk"
    assert oracle.wijkteam("WK039210", date(2021, 12, 30)) == "Indischewijk-Te Zaanen"
    assert oracle.wijkteam("WK039210", date(2021, 12, 31)) == "Onbekend"
    assert oracle.wijkteam("WK039206", date(2022, 4, 1)) == "Onbekend"
    assert oracle.wijkteam("WK039299", P) == oracle.wijkteam(None, P) == "Onbekend"


def test_unknown_areas_are_a_choice():
    people = [person(1, wijkcode="WK039299"), person(2, wijkcode=None), person(3)]
    people = [{**found, "datum_kennisgeving": P} for found in people]
    unknown = Selection(stadsdelen=("Onbekend",))
    assert figure("pip_zonder", people, unknown) == (2, 2, 2)
    assert figure("pip_zonder", people, Selection(wijkteams=("Onbekend", "Meerwijk"))) == (3, 3, 3)


def test_who_has_no_date_falls_out_of_a_cohort_and_a_housing_bound():
    people = [person(1, datum_inschrijving_brp=P), person(2, datum_kennisgeving=date(2022, 5, 1))]
    people.append(person(3, datum_kennisgeving=date(2021, 5, 1), datum_huisvesting=date(2022, 3, 1)))
    assert figure("pip_zonder", people, Selection(cohorten=(2022,))) == (1, 1, 1)
    assert figure("pip_zonder", people, Selection(huisvesting_van=date(2022, 3, 1))) == (1, 1, 1)
    assert figure("pip_zonder", people, Selection(huisvesting_tot=date(2022, 3, 1))) == (0, 0, 0)


# --- begeleiding ---------------------------------------------------------------------------------------


def test_dekking_looks_30_days_after_housing_and_leaves_out_who_moved_before():
    people = [
        person(1, datum_huisvesting=before(30)),
        person(2, datum_huisvesting=before(29)),
        person(3, datum_huisvesting=before(60), datum_uitstroom=before(31), reden_uitstroom="Verhuizing"),
        person(4, datum_huisvesting=before(60), datum_uitstroom=before(30), reden_uitstroom="Verhuizing"),
        person(5, datum_huisvesting=before(60), datum_uitstroom=before(50), reden_uitstroom="Overig"),
        person(6, datum_huisvesting=before(60), wet="WI2013"),
        person(7, datum_huisvesting=before(60), doelgroep="Gezinsmigrant en overige migrant"),
    ]
    periods = [row("begeleiding", 1, datum_start=P)]
    assert figure("begeleiding_dekking", people, begeleiding=periods) == (1, 3, 1 / 3)


def test_a_period_is_judged_on_the_norm_from_31_days_after_it():
    def asked(start: int, end: int | None = None, left: int | None = None, reason: str = "Verhuizing"):
        people = [person(datum_huisvesting=date(2020, 6, 1))]
        if left is not None:
            people[0] |= {"datum_uitstroom": before(left), "reden_uitstroom": reason}
        period = row("begeleiding", datum_start=before(start))
        if end is not None:
            period |= {"datum_einde": before(end), "reden_einde": "Afgerond"}
        return figure("begeleiding_over_norm", people, begeleiding=[period])[:2]

    assert asked(395) == (0, 0)
    assert asked(396) == (1, 1)
    assert asked(396, end=1) == (0, 1)  # 395 days: the grace is not over yet
    assert asked(396, end=0) == (1, 1)
    assert asked(500, left=500 - 395) == (0, 0)
    assert asked(500, left=500 - 396) == (1, 1)
    assert asked(500, left=400, reason="Overlijden") == (0, 0)
    assert asked(500, left=400, reason="Overig") == (1, 1)
    assert asked(500, end=50, left=400) == (1, 1)  # an end is an end, also after uitstroom


def test_only_a_move_and_no_end_censor_a_period():
    people = [person(n, datum_huisvesting=date(2021, 6, 1)) for n in range(1, 6)]
    people[3] |= {"datum_uitstroom": before(70), "reden_uitstroom": "Overlijden"}
    people[4] |= {"datum_uitstroom": before(120), "reden_uitstroom": "Overlijden"}
    start = before(100)
    periods = [
        row("begeleiding", 1, datum_start=start, datum_einde=before(90), reden_einde="Op eigen verzoek"),
        row("begeleiding", 2, datum_start=start, datum_einde=before(80), reden_einde="Verhuisd"),
        row("begeleiding", 3, datum_start=start),
        row("begeleiding", 4, datum_start=start),
        row("begeleiding", 5, datum_start=start),
    ]
    found = ask("begeleiding_overleving", people, begeleiding=periods)
    assert [tuple(step.values())[1:] for step in found] == [
        (0, 5, 0, 1, 1.0),
        (10, 4, 1, 0, 0.75),
        (20, 3, 0, 1, 0.75),
        (30, 2, 0, 1, 0.75),
        (100, 1, 0, 1, 0.75),
    ]
    [duration] = ask("begeleiding_duur", people, begeleiding=periods)
    assert duration == {
        "regime": "12 maanden",
        "norm_dagen": 365,
        "periodes": 5,
        "beeindigd": 2,
        "lopend": 3,
        "p25_maanden": 10 / 30.4375,
        "mediaan_maanden": None,
        "p75_maanden": None,
        "over_norm_teller": 0,
        "over_norm_noemer": 0,
    }


def test_an_end_after_an_earlier_peildatum_is_not_there_yet():
    people = [person(datum_huisvesting=date(2022, 1, 1))]
    periods = [row("begeleiding", datum_start=date(2022, 2, 1), datum_einde=date(2022, 4, 1), reden_einde="Afgerond")]
    asked = ask("begeleiding_voorraad", people, Selection(peildatum=date(2022, 3, 15)), begeleiding=periods)
    assert [tuple(month.values()) for month in asked] == [
        (date(2022, 2, 1), 1, 0, 1),
        (date(2022, 3, 1), 0, 0, 1),
    ]
    on_the_day = Selection(peildatum=date(2022, 4, 1))
    [*_, last] = ask("begeleiding_voorraad", people, on_the_day, begeleiding=periods)
    assert tuple(last.values()) == (date(2022, 4, 1), 0, 1, 0)
    assert figure("begeleiding_vroeg_afgerond", people, on_the_day, begeleiding=periods) == (1, 1, 1)


def test_early_is_under_the_norm_less_30_days():
    people = [person(1, datum_huisvesting=date(2021, 1, 1)), person(2, datum_huisvesting=date(2021, 1, 1))]
    periods = [
        row("begeleiding", 1, datum_start=before(334), datum_einde=P, reden_einde="Afgerond"),
        row("begeleiding", 2, datum_start=before(335), datum_einde=P, reden_einde="Afgerond"),
    ]
    assert figure("begeleiding_vroeg_afgerond", people, begeleiding=periods) == (1, 2, 0.5)


# --- PIP -------------------------------------------------------------------------------------------------


def pip_status(peildatum: date = P, pip: dict | None = None, **changes) -> str:
    pips = [row("pip", **pip)] if pip else []
    [found] = ask("pip_status", [person(**changes)], Selection(peildatum=peildatum), pip=pips)
    assert found["aantal"] == 1
    return found["status"]


def test_the_first_pip_status_that_holds():
    term = {"datum_kennisgeving": before(100), "datum_inschrijving_brp": before(90)}
    deadline = before(20)
    elsewhere = {"dagtekening_pip": deadline, "gemeentecode": "0363"}
    assert pip_status(pip=elsewhere, **term) == "Vorige gemeente"
    assert pip_status(pip=elsewhere, datum_kennisgeving=P) == "Vorige gemeente"
    assert pip_status(pip={"dagtekening_pip": P}, datum_kennisgeving=P) == "Termijn onbekend"
    assert pip_status(pip={"dagtekening_pip": deadline}, **term) == "Op tijd"
    assert pip_status(pip={"dagtekening_pip": before(500)}, **term) == "Op tijd"
    late = {"dagtekening_pip": before(19)}
    assert pip_status(pip=late, **term) == "PIP te laat"
    assert pip_status(pip=late | {"uitstel_derden": True}, **term) == "Met uitstel"
    assert pip_status(**term) == "Termijn verstreken zonder PIP"
    assert pip_status(deadline, **term) == "Binnen termijn"
    assert pip_status(before(91), **term) == "Termijn niet gestart"  # the BRP date lies after this peildatum
    assert pip_status(deadline, pip=late, **term) == "Binnen termijn"  # and so does the PIP
    left = {"reden_uitstroom": "Overig", "datum_uitstroom": deadline}
    assert pip_status(**term, **left) == "Uitgestroomd zonder PIP"
    assert pip_status(**term, **left | {"datum_uitstroom": before(19)}) == "Termijn verstreken zonder PIP"
    assert pip_status(datum_kennisgeving=before(9), **left) == "Uitgestroomd zonder PIP"


def test_a_term_that_ends_on_the_peildatum_is_not_judged_yet():
    people = [
        person(1, datum_kennisgeving=before(70), datum_inschrijving_brp=before(70)),
        person(2, datum_kennisgeving=before(71), datum_inschrijving_brp=before(80)),
        person(3, datum_kennisgeving=before(71), datum_inschrijving_brp=before(71)),
    ]
    pips = [row("pip", 1, dagtekening_pip=before(70)), row("pip", 2, dagtekening_pip=before(1))]
    assert figure("pip_tijdig", people, pip=pips) == (1, 2, 0.5)


def test_the_latest_pip_gives_the_leerroute_and_the_first_gives_the_quarter():
    people = [person(datum_kennisgeving=date(2022, 1, 3))]
    pips = [
        row("pip", dagtekening_pip=date(2022, 3, 31), leerroute="O"),
        row("pip", dagtekening_pip=date(2022, 4, 1), leerroute="Z"),
    ]
    assert figure("leerroute_z", people, pip=pips) == (1, 1, 1)
    quarters = {found["indicator"]: found["kwartaal"] for found in ask("kpi_kwartaal", people, pip=pips)}
    assert quarters["leerroute_z"] == quarters["leerroute_o"] == date(2022, 1, 1)
    assert ask("leerroute_wissel", people, pip=pips) == [
        {"eerste_leerroute": "O", "leerroute": "Z", "niveau": "A2", "aantal": 1}
    ]
    earlier = Selection(peildatum=date(2022, 3, 31))
    assert ask("leerroute_wissel", people, earlier, pip=pips) == [
        {"eerste_leerroute": "O", "leerroute": "O", "niveau": "B1", "aantal": 1}
    ]
    assert ask("leerroute_advies", people, pip=pips) == [
        {"uitslag": "Niet afgenomen", "eerste_leerroute": "O", "aantal": 1}
    ]


def test_time_to_the_first_pip_is_never_negative_and_stops_at_uitstroom():
    people = [person(n, datum_kennisgeving=before(50), datum_inschrijving_brp=before(50)) for n in (1, 2, 3)]
    people[1] |= {"datum_uitstroom": before(20), "reden_uitstroom": "Inburgeringsplicht voldaan"}
    pips = [row("pip", 1, dagtekening_pip=before(90)), row("pip", 3, dagtekening_pip=before(10))]
    # 0 with, 30 without, 40 with: S is 2/3 on day 0 and 0 on day 40.
    assert figure("pip_mediaan_dagen", people, pip=pips) == (2, 3, 40)


# --- ontzorging -----------------------------------------------------------------------------------------


def relief(start: date | None = None, end: date | None = None, right: date = date(2022, 1, 1), **changes):
    """Status, and whether the person counts in ontzorging_volledig: teller and noemer."""
    people = [person(datum_kennisgeving=right, **changes.pop("person", {}))]
    tables = {
        "uitkering": [row("uitkering", datum_start=right, datum_einde=changes.pop("right_end", None))],
        "ontzorging": [row("ontzorging", datum_start=start, datum_einde=end)],
    }
    [found] = ask("ontzorging_status", people, **changes, **tables)
    full = figure("ontzorging_volledig", people, changes.get("selection", EVERYBODY), **tables)
    return found["status"], full[:2]


def test_ontzorging_is_complete_on_the_last_day_of_six_months():
    start = date(2021, 8, 31)
    assert relief(start, date(2022, 2, 26), right=start) == ("Voortijdig beëindigd", (0, 1))
    assert relief(start, date(2022, 2, 27), right=start) == ("Voltooid", (1, 1))
    earlier = Selection(peildatum=date(2022, 2, 26))
    assert relief(start, date(2022, 2, 27), right=start, selection=earlier) == ("Lopend", (0, 0))
    on_the_day = Selection(peildatum=date(2022, 2, 27))
    assert relief(start, date(2022, 2, 27), right=start, selection=on_the_day) == ("Voltooid", (1, 1))


def test_six_months_are_asked_of_who_had_the_right_and_stayed_for_six_months():
    assert relief(None)[1] == (0, 1)
    assert relief(None, right_end=date(2022, 6, 30))[1] == (0, 1)
    assert relief(None, right_end=date(2022, 6, 29))[1] == (0, 0)
    moved = {"reden_uitstroom": "Verhuizing", "datum_uitstroom": date(2022, 6, 29)}
    assert relief(None, person=moved)[1] == (0, 0)
    assert relief(None, person=moved | {"datum_uitstroom": date(2022, 6, 30)})[1] == (0, 1)
    assert relief(None, person=moved | {"reden_uitstroom": "Overig"})[1] == (0, 1)
    # A late start moves the day on which it is judged: 1 July + 6 months − 1 day is the peildatum.
    assert relief(date(2022, 7, 1))[1] == (1, 1)
    assert relief(date(2022, 7, 2))[1] == (0, 0)
    # An early start does not.
    day_before = Selection(peildatum=date(2022, 6, 29))
    assert relief(date(2021, 12, 1), selection=day_before)[1] == (0, 0)
    assert relief(date(2021, 12, 1), selection=Selection(peildatum=date(2022, 6, 30)))[1] == (1, 1)


def test_the_target_group_has_asylum_and_a_uitkering_and_the_first_right_counts():
    people = [
        person(1, datum_kennisgeving=before(200)),
        person(2, datum_kennisgeving=before(200), verblijfsrecht="regulier"),
        person(3, datum_kennisgeving=before(200), wet="WI2013"),
        person(4, datum_kennisgeving=before(200)),
        person(5),
    ]
    rights = [row("uitkering", n, datum_start=before(30)) for n in (1, 2, 3, 5)]
    rights.append(row("uitkering", 1, datum_start=before(29), datum_einde=before(10)))
    [found] = ask("ontzorging_status", people, uitkering=rights)
    assert found == {"stadsdeel": "Schalkwijk", "status": "Geen registratie", "aantal": 1}
    assert figure("ontzorging_dekking", people, uitkering=rights) == (0, 1, 0)
    assert figure("ontzorging_dekking", people, Selection(peildatum=before(1)), uitkering=rights)[1] == 0
    assert figure("ontzorging_zonder", people, uitkering=rights) == (1, 1, 1)
    assert ask("ontzorging_redenen", people, uitkering=rights) == [
        {"soort": "Niet gestart", "reden": "Onbekend", "aantal": 1}
    ]


def test_waiting_for_ontzorging_ends_with_the_right_and_with_leaving():
    people = [person(n, datum_kennisgeving=before(100)) for n in (1, 2, 3, 4)]
    people[3] |= {"datum_uitstroom": before(60), "reden_uitstroom": "Overlijden"}
    rights = [row("uitkering", n, datum_start=before(100)) for n in (1, 2, 3, 4)]
    rights[1]["datum_einde"] = before(95)
    started = [row("ontzorging", 1, datum_start=before(50)), row("ontzorging", 3, datum_start=before(120))]
    # 0 event, 5 and 40 censored, 50 event: S is 3/4, then 0.
    assert figure("ontzorging_mediaan_dagen", people, uitkering=rights, ontzorging=started) == (2, 4, 50)


# --- overdracht -----------------------------------------------------------------------------------------


def handover(ended: date = date(2022, 11, 21), selection: Selection = EVERYBODY, left: str | None = None, **changes):
    """The wijkteam that has the person, and the columns of its row that are not 0."""
    people = [person(datum_uitstroom=P if left else None, reden_uitstroom=left)]
    given = {"wijkteam": "Oost", "status": "Gepland"} | changes
    tables = {
        "begeleiding": [row("begeleiding", datum_start=date(2021, 1, 1), datum_einde=ended, reden_einde="Afgerond")],
        "overdracht": [row("overdracht", **given)],
    }
    rows = ask("overdracht_per_wijkteam", people, selection, **tables)
    return [{column: value for column, value in found.items() if value} for found in rows]


def test_a_handover_by_its_first_status_that_holds():
    done = {"status": "Afgerond", "datum_overdracht": before(10), "vorm": "Driegesprek"}
    assert handover(**done) == [
        {"wijkteam": "Oost", "populatie": 1, "overgedragen": 1, "driegesprek": 1, "mediaan_dagen": 30}
    ]
    assert handover(**done, left="Verhuizing")[0]["overgedragen"] == 1
    gone = [{"wijkteam": "Oost", "populatie": 1, "vertrokken": 1}]
    assert handover(left="Verhuizing") == handover(status="Vertrokken") == gone
    assert handover(left="Overig") == [{"wijkteam": "Oost", "populatie": 1, "gepland": 1, "open_31_90": 1}]
    early = Selection(peildatum=before(11))
    planned = handover(**done, datum_gepland=P, selection=early)
    assert planned == [{"wijkteam": "Oost", "populatie": 1, "gepland": 1, "open_0_30": 1}]
    unplanned = handover(**done, selection=early)
    assert unplanned == [{"wijkteam": "Oost", "populatie": 1, "geen_registratie": 1, "open_0_30": 1}]


@pytest.mark.parametrize(("days", "age"), [(30, "open_0_30"), (31, "open_31_90"), (90, "open_31_90")])
def test_the_age_of_an_open_handover(days, age):
    assert handover(before(days))[0][age] == 1
    assert handover(before(91))[0]["open_90_plus"] == 1


def test_only_periods_that_were_completed_under_the_new_contract_are_handed_over():
    assert handover(date(2021, 12, 31)) == []
    assert handover(date(2022, 1, 1))[0]["populatie"] == 1


def test_a_handover_before_the_end_takes_no_time_and_a_visit_on_the_last_day_is_before_it():
    ended = before(30)
    periods = [
        row("begeleiding", n, datum_start=date(2021, 1, 1), datum_einde=ended, reden_einde="Afgerond")
        for n in (1, 2, 3)
    ]
    done = {"status": "Afgerond", "vorm": "Kennismaking", "wijkteam": "Oost", "begeleidingsbehoefte": True}
    tables = {
        "begeleiding": periods,
        "overdracht": [
            row("overdracht", 1, **done, datum_overdracht=before(50), datum_wijkteambezoek=ended),
            row("overdracht", 2, **done, datum_overdracht=before(20), datum_wijkteambezoek=before(29)),
        ],
    }
    people = [person(1), person(2), person(3)]
    assert figure("overdracht_mediaan_dagen", people, **tables) == (2, 3, 10)
    assert figure("overdracht_bezoek_vooraf", people, **tables) == (1, 2, 0.5)
    assert figure("overdracht_driegesprek", people, **tables) == (0, 2, 0)
    assert figure("overdracht_gedaan", people, **tables) == (2, 3, 2 / 3)
    assert figure("overdracht_gedaan", people, Selection(peildatum=before(1)), **tables)[1] == 0
    assert figure("overdracht_open", people, **tables) == (1, 3, 1)
    areas = {
        (found["niveau"], found["gebied"]): found["noemer"]
        for found in ask("kpi_per_gebied", people, **tables)
        if found["indicator"] == "overdracht_gedaan"
    }
    assert areas == {("stadsdeel", "Schalkwijk"): 3, ("wijkteam", "Meerwijk"): 1, ("wijkteam", "Oost"): 2}


# --- meldingen and evaluatie ----------------------------------------------------------------------------


def melding(number: int, **changes) -> dict:
    given = {
        "melding_id": f"melding-{number}",
        "datum_melding": before(number),
        "wijkteam": "Meerwijk",
        "hulpvraag": "Wonen",
        "soort": "Hulpvraag",
    }
    return {**row("melding"), **given, **changes}


def test_meldingen_follow_the_team_and_no_other_filter():
    meldingen = [melding(0), melding(1, wijkteam="Oost", verwijzer="School"), melding(40)]
    asked = Selection(stadsdelen=("Schalkwijk",), cohorten=(2019,), peildatum=before(1))
    [found] = ask("melding_per_maand", [], asked, melding=meldingen)
    assert tuple(found.values()) == (date(2022, 11, 1), "Meerwijk", "Wonen", "Hulpvraag", 1)
    assert ask("melding_verwijzer", [], melding=meldingen) == [
        {"kwartaal": date(2022, 10, 1), "verwijzer": "Niet geregistreerd", "aantal": 2},
        {"kwartaal": date(2022, 10, 1), "verwijzer": "School", "aantal": 1},
    ]


def conditions(meldingen: list[dict], people: list[dict] = (), begeleiding: list[dict] = ()) -> dict:
    rows = ask("evaluatie_meetbaarheid", list(people), melding=meldingen, begeleiding=list(begeleiding))
    return {found["voorwaarde"]: (found["voldaan"], found["waarde"]) for found in rows}


def test_what_can_be_measured_without_and_with_the_optional_columns():
    without = conditions([melding(n, verwijzer="School" if n < 4 else None) for n in range(5)])
    assert without["statushouder_geregistreerd"] == (False, 0)
    assert without["regime_geregistreerd"] == (False, None)
    assert without["verwijzer_bekend"] == (True, 0.8)
    assert without["aantoonbaar_verschil"] == (False, None)
    rows = [melding(n, statushouder=n != 0, begeleidingsregime=None) for n in range(20)]
    rows[3]["begeleidingsregime"] = "24 maanden"
    rows[5]["statushouder"] = None
    found = conditions(rows)
    assert found["statushouder_geregistreerd"] == (True, 0.95)
    assert found["regime_geregistreerd"] == (False, pytest.approx(1 / 18))


def test_both_groups_of_the_comparison_count_persons_once():
    people = [person(n, datum_huisvesting=date(2019 if n <= 30 else 2020, 3, 1)) for n in range(1, 60)]
    periods = [row("begeleiding", n, datum_start=date(2020, 4, 1)) for n in range(1, 60)]
    periods += [row("begeleiding", n, datum_start=date(2021, 4, 1)) for n in range(1, 60)]
    found = conditions([], people, periods)
    assert found["groep_24_maanden"] == (True, 30)
    assert found["groep_12_maanden"] == (False, 29)
    assert found["aantoonbaar_verschil"] == (False, pytest.approx(2.801585 * 0.5 * (1 / 30 + 1 / 29) ** 0.5))


# --- comparing answers ----------------------------------------------------------------------------------


def test_answers_are_equal_but_for_order_and_groups_without_anybody():
    one = {"doelgroep": "Asielstatushouder", "status": "Op tijd", "aantal": 3}
    nobody = {"doelgroep": "Asielstatushouder", "status": "Met uitstel", "aantal": 0}
    assert equal_rows("pip_status", [one, nobody], [one])
    assert equal_rows("pip_status", [one, nobody], [nobody, one])
    different = equal_rows("pip_status", [one], [one | {"aantal": 4}])
    assert not different
    assert repr(different) == (
        "pip_status, doelgroep=Asielstatushouder, status=Op tijd, aantal: 3 on the left, 4 on the right"
    )
    assert not equal_rows("pip_status", [one], [])
    assert not equal_rows("pip_status", [one], [one, one])
    assert not equal_rows("pip_status", [one], [dict(reversed(one.items()))])


def test_kpis_are_compared_in_their_order_and_in_full():
    rows = ask("kpi", [person(datum_kennisgeving=P)])
    assert equal_rows("kpi", rows, [dict(found) for found in rows])
    assert not equal_rows("kpi", rows, rows[::-1])
    assert not equal_rows("kpi", rows, rows[1:])
    close, far = ([rows[0] | {"waarde": 0.5 + more}, *rows[1:]] for more in (1e-10, 1e-8))
    half = [rows[0] | {"waarde": 0.5}, *rows[1:]]
    assert equal_rows("kpi", half, close)
    assert not equal_rows("kpi", half, far)


# --- the deliveries -------------------------------------------------------------------------------------


CASES = [pytest.param(seed, id=f"seed {seed}") for seed in range(12)]


def random_case(seed: int) -> tuple[Oracle, Selection]:
    tables, peildatum = deliveries.random_delivery(seed, 60)
    oracle = Oracle(tables, deliveries.reference(with_limits=seed % 2 == 0), peildatum)
    return oracle, deliveries.random_selection(seed, peildatum)


@pytest.mark.parametrize("seed", CASES)
def test_the_identities_hold_on_random_deliveries(seed):
    oracle, selection = random_case(seed)
    answers = {name: oracle.run(name, selection) for name in NAMES}
    for name, rows in answers.items():
        assert all(tuple(found) == COLUMNS[name] for found in rows)
        assert name in ALL_ROWS or equal_rows(name, rows, rows[::-1])
    peildatum = selection.peildatum or oracle.peildatum
    people = oracle.dossier(selection, peildatum)
    new_law = [found for found in people if found.wet == "WI2021"]
    assert total(answers["pip_status"]) == sum(found.in_beeld for found in new_law)
    assert total(answers["leerroute_verdeling"]) == sum(found.actief for found in new_law)
    assert total(answers["ontzorging_status"]) == sum(found.recht_vanaf is not None for found in people)
    kpis = {found["indicator"]: found for found in answers["kpi"]}
    for niveau in ("stadsdeel", "wijkteam"):
        rows = [found for found in answers["kpi_per_gebied"] if found["niveau"] == niveau]
        assert_adds_up(kpis, rows, INDICATORS)
    shares = [name for name, (kind, _) in INDICATORS.items() if kind == "share"]
    assert_adds_up(kpis, answers["kpi_kwartaal"], shares)
    for _, observe in (INDICATORS[name] for name in shares):
        assert all(found.entry <= peildatum for found in observe(people, peildatum))
    last = [found for found in answers["kpi_trend"] if found["stand"] == peildatum]
    assert [{k: v for k, v in found.items() if k != "stand"} for found in last] == answers["kpi"]
    for found in answers["overdracht_per_wijkteam"]:
        parts = ("overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken")
        assert found["populatie"] == sum(found[part] for part in parts)
        open_ = found["gepland"] + found["niet_bereikt"] + found["geen_registratie"]
        assert open_ == found["open_0_30"] + found["open_31_90"] + found["open_90_plus"]
    for name in ("begeleiding_voorraad", "ontzorging_voorraad"):
        running = 0
        for month in answers[name]:
            running += month["gestart"] - month["beeindigd"]
            assert month["lopend"] == running
        if answers[name]:
            assert answers[name][-1]["maand"] == peildatum.replace(day=1)


def total(rows: list[dict]) -> int:
    return sum(found["aantal"] for found in rows)


def assert_adds_up(kpis: dict, rows: list[dict], indicators) -> None:
    for indicator in indicators:
        parts = [found for found in rows if found["indicator"] == indicator]
        for column in ("teller", "noemer"):
            assert sum(part[column] for part in parts) == kpis[indicator][column], (indicator, column)


def test_a_delivery_is_the_same_for_the_same_seed_and_another_for_another():
    assert deliveries.random_delivery(7, 40) == deliveries.random_delivery(7, 40)
    assert deliveries.random_delivery(7, 40) != deliveries.random_delivery(8, 40)
    assert deliveries.random_selection(7, P) == deliveries.random_selection(7, P)


@pytest.mark.parametrize("seed", CASES)
def test_a_random_delivery_follows_the_contract(seed):
    tables, peildatum = deliveries.random_delivery(seed, 60)
    known = {found["inburgeraar_id"] for found in tables["inburgeraar"]}
    keys = {
        "pip": ("inburgeraar_id", "dagtekening_pip"),
        "begeleiding": ("inburgeraar_id", "datum_start"),
        "uitkering": ("inburgeraar_id", "datum_start"),
        "melding": ("melding_id",),
    }
    for name, rows in tables.items():
        frame = pl.DataFrame(rows, schema=deliveries.SCHEMAS[name])
        assert contract.TABELLEN[name].is_valid(frame), name
        key = keys.get(name, ("inburgeraar_id",))
        assert max(Counter(tuple(found[column] for column in key) for found in rows).values(), default=1) == 1
        for found in rows:
            assert name == "melding" or found["inburgeraar_id"] in known
            for column, value in found.items():
                if isinstance(value, date) and column != "datum_gepland":
                    assert date(1990, 1, 1) <= value <= peildatum, (name, column)
            end = found.get("datum_einde")
            assert end is None or found["datum_start"] <= end
            assert "reden_einde" not in found or bool(end) == bool(found["reden_einde"])
    for found in tables["inburgeraar"]:
        assert re.fullmatch(r"[A-Za-z0-9_-]{8,64}", found["inburgeraar_id"])
        assert bool(found["datum_uitstroom"]) == bool(found["reden_uitstroom"])
    first = {}
    for found in tables["pip"]:
        day = first.get(found["inburgeraar_id"], found["dagtekening_pip"])
        first[found["inburgeraar_id"]] = min(day, found["dagtekening_pip"])
    for found in tables["pip"]:
        route = (found["leerroute"], found["niveau"])
        assert route not in (("O", "A2"), ("Z", "B1"))
        assert route != ("B", "A2") or found["dagtekening_pip"] > first[found["inburgeraar_id"]]
    for found in tables["ontzorging"]:
        assert (found["datum_start"] is None) == (found["reden_niet_gestart"] is not None)
    for found in tables["overdracht"]:
        done = found["status"] == "Afgerond"
        assert done == (found["datum_overdracht"] is not None) == (found["vorm"] is not None)
    for found in tables["melding"]:
        assert found.get("begeleidingsregime") is None or found["statushouder"] is True


def test_the_reference_of_the_deliveries_is_the_one_that_ships():
    for name, rows in deliveries.reference().items():
        shipped = contract.referentie(name).select(list(rows[0])).sort("wijkcode")
        assert shipped.to_dicts() == rows


def test_the_deliveries_reach_every_status_and_every_boundary():
    seen: Counter = Counter()
    for seed in range(40):
        tables, peildatum = deliveries.random_delivery(seed, 60)
        oracle = Oracle(tables, deliveries.reference(with_limits=True), peildatum)
        seen[f"optional {len(set(deliveries.OPTIONAL) & set().union(*tables['melding']))}"] += 1
        for found in oracle.dossier(EVERYBODY, peildatum):
            seen[found.pip_status] += 1
            seen[found.ontzorging_status] += 1
            seen[found.overdracht_status] += 1
            seen["deadline on P"] += found.uiterste_datum == peildatum
            seen["PIP on the deadline"] += bool(found.pips) and found.eerste_pip == found.uiterste_datum
            seen["housing + 30 on P"] += found.huisvesting == before(30, peildatum)
            seen["right + 30 on P"] += found.recht_vanaf == before(30, peildatum)
            seen["in none of the three"] += not found.in_beeld
            if found.vertrokken and found.huisvesting:
                seen["moved 30 days after housing"] += (found.vertrokken - found.huisvesting).days == 30
            if found.uitstroom and found.uiterste_datum:
                seen["left on the deadline"] += found.uitstroom == found.uiterste_datum
            if found.recht_vanaf:
                full = six_months_full(found.recht_vanaf)
                seen["right full on P"] += full == peildatum
                seen["right ended full"] += found.recht_tot == full
            if found.ontzorging_start:
                full = six_months_full(found.ontzorging_start)
                seen["ended full"] += found.ontzorging_einde == full
                seen["ended a day early"] += found.ontzorging_einde == before(1, full)
                seen["six months to a shorter month"] += full.day == 27 and found.ontzorging_start.day > 28
            if found.overdracht_status in OPEN:
                for age in (30, 31, 90, 91):
                    seen[f"open {age}"] += (peildatum - found.begeleiding_afgerond).days == age
            if found.overdracht_status == "Overgedragen":
                seen["handed over before the end"] += found.datum_overdracht < found.begeleiding_afgerond
            for period in found.periods:
                length = (period.end - period.start).days if period.end else None
                for distance in (-31, -30, -29, 29, 30, 31):
                    seen[f"norm {distance:+}"] += length == period.norm + distance
                seen["a period of no days"] += length == 0
                seen["ended on P"] += period.end == peildatum
                seen["norm + 31 on P"] += period.start == before(period.norm + 31, peildatum)
                seen[period.regime] += 1
    rare = sorted(name for name, number in seen.items() if name and number < 2)
    assert rare == []


def test_every_median_of_an_exact_half_is_on_that_day():
    tables, peildatum = deliveries.exact_half()
    rows = Oracle(tables, deliveries.reference(), peildatum).run("kpi", EVERYBODY)
    found = {kpi["indicator"]: kpi for kpi in rows}
    assert found["begeleiding_mediaan"]["waarde"] == pytest.approx(12 / 30.4375)
    for indicator in ("pip_mediaan_dagen", "ontzorging_mediaan_dagen", "overdracht_mediaan_dagen"):
        assert found[indicator]["waarde"] == 12


def test_a_delivery_is_written_with_the_types_of_the_contract(tmp_path):
    tables, peildatum = deliveries.random_delivery(3, 20)
    tables["overdracht"] = []
    tables["melding"] = [melding(1, statushouder=None), melding(2, statushouder=True)]
    deliveries.write_delivery(tables, tmp_path, peildatum)
    for name in deliveries.TABLES:
        frame = pl.read_parquet(tmp_path / f"{name}.parquet")
        assert frame.to_dicts() == tables[name]
        assert dict(frame.schema) == {column: deliveries.SCHEMAS[name][column] for column in frame.columns}
    assert "begeleidingsregime" not in pl.read_parquet(tmp_path / "melding.parquet").columns
    assert (tmp_path / "manifest.json").exists()
