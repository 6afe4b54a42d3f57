"""Each KPI on small given rows: who is in the noemer, who in the teller, boundaries included."""

from datetime import date

import pytest

import queries
from queries import INDICATOREN, Selection
from tests.queries.conftest import newcomer, person


def counted(database, indicator, **selection):
    """(teller, noemer) of one indicator."""
    frame = queries.run("kpi", Selection(**selection), database)
    return frame.filter(indicator=indicator).select("teller", "noemer").row(0)


def value(database, indicator, **selection):
    frame = queries.run("kpi", Selection(**selection), database)
    return frame.filter(indicator=indicator)["waarde"].item()


def test_all_indicators_always_in_the_order_of_the_definitions(town):
    frame = queries.run("kpi", Selection(), town())
    assert frame.columns == ["indicator", "teller", "noemer", "waarde", "ci_laag", "ci_hoog"]
    assert frame["indicator"].to_list() == list(INDICATOREN)
    assert frame["noemer"].to_list() == [0] * len(INDICATOREN)


def test_an_empty_noemer_gives_null_for_a_share_and_zero_for_a_count(town):
    frame = queries.run("kpi", Selection(), town())
    values = dict(frame.select("indicator", "waarde").rows())
    assert values["pip_tijdig"] is None
    assert values["begeleiding_mediaan"] is None
    assert values["pip_zonder"] == 0


def test_only_shares_have_an_interval(town):
    database = town(
        inburgeraar=[newcomer(1, datum_kennisgeving="2022-02-01")],
        intake=[{"inburgeraar_id": person(1), "datum_start": "2022-03-01"}],
    )
    frame = queries.run("kpi", Selection(), database)
    share = frame.filter(indicator="intake_gestart").row(0, named=True)
    assert share["ci_hoog"] == 1.0
    assert share["ci_laag"] == pytest.approx(0.206549314)
    assert frame.filter(indicator="pip_zonder").select("ci_laag", "ci_hoog").row(0) == (None, None)


# --- begeleiding_dekking


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"datum_huisvesting": "2022-12-01"}, (0, 1)),  # 30 days on the peildatum itself
        ({"datum_huisvesting": "2022-12-02"}, (0, 0)),
        ({"datum_huisvesting": None, "datum_kennisgeving": "2022-01-05"}, (0, 0)),
        ({"datum_huisvesting": "2022-06-01", "wet": "WI2013"}, (0, 0)),
        ({"datum_huisvesting": "2022-06-01", "doelgroep": "Gezinsmigrant en overige migrant"}, (0, 0)),
        ({"datum_huisvesting": "2022-06-01", "verblijfsrecht": "regulier"}, (0, 1)),
        # gone on the day before the thirtieth: out; on the thirtieth: in
        (
            {
                "datum_huisvesting": "2022-06-01",
                "datum_uitstroom": "2022-06-30",
                "reden_uitstroom": "Verhuizing",
            },
            (0, 0),
        ),
        (
            {
                "datum_huisvesting": "2022-06-01",
                "datum_uitstroom": "2022-07-01",
                "reden_uitstroom": "Verhuizing",
            },
            (0, 1),
        ),
        # the duty ended, the person stayed
        (
            {
                "datum_huisvesting": "2022-06-01",
                "datum_uitstroom": "2022-06-02",
                "reden_uitstroom": "Volledige ontheffing",
            },
            (0, 1),
        ),
    ],
)
def test_coverage_of_begeleiding_counts_statushouders_housed_thirty_days(town, columns, expected):
    assert counted(town(inburgeraar=[newcomer(1, **columns)]), "begeleiding_dekking") == expected


def test_coverage_of_begeleiding_is_met_by_any_period_started_by_the_peildatum(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-06-01") for n in (1, 2, 3)],
        begeleiding=[
            {"inburgeraar_id": person(1), "datum_start": "2022-12-31"},
            {
                "inburgeraar_id": person(1),
                "datum_start": "2022-06-02",
                "datum_einde": "2022-06-03",
                "reden_einde": "Overig",
            },
            {"inburgeraar_id": person(2), "datum_start": "2022-12-31"},
        ],
    )
    assert counted(database, "begeleiding_dekking") == (2, 3)
    assert counted(database, "begeleiding_dekking", peildatum=date(2022, 12, 30)) == (1, 3)


# --- begeleiding: median, norm, early


def period(number, start, end=None, reason=None):
    reason = reason or ("Afgerond" if end else None)
    return {"inburgeraar_id": person(number), "datum_start": start, "datum_einde": end, "reden_einde": reason}


def test_median_of_begeleiding_takes_the_twelve_month_regimes_together(town):
    database = town(
        inburgeraar=[
            newcomer(1, wet="WI2013", datum_huisvesting="2019-12-31"),  # 24 months: not in it
            newcomer(2, wet="WI2013", datum_huisvesting="2020-01-01"),
            newcomer(3, wet="WI2021", datum_huisvesting="2022-01-01"),
        ],
        begeleiding=[
            period(1, "2020-01-01", "2020-01-11"),
            period(2, "2020-01-01", "2020-04-10"),  # 100 days
            period(3, "2022-01-01", "2022-07-20"),  # 200 days
        ],
    )
    assert counted(database, "begeleiding_mediaan") == (2, 2)
    assert value(database, "begeleiding_mediaan") == pytest.approx(100 / 30.4375)


def test_median_is_null_while_the_curve_stays_above_one_half(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-01-01") for n in (1, 2, 3)],
        begeleiding=[period(1, "2022-01-01", "2022-03-01"), period(2, "2022-01-01"), period(3, "2022-01-01")],
    )
    assert counted(database, "begeleiding_mediaan") == (1, 3)
    assert value(database, "begeleiding_mediaan") is None


def test_a_move_censors_and_does_not_count_as_an_end_for_the_median(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-01-01") for n in (1, 2)],
        begeleiding=[
            period(1, "2022-01-01", "2022-03-01", "Verhuisd"),
            period(2, "2022-01-01", "2022-05-01"),
        ],
    )
    assert counted(database, "begeleiding_mediaan") == (1, 2)
    assert value(database, "begeleiding_mediaan") == pytest.approx(120 / 30.4375)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2021-11-30", None, (1, 1)),  # start + 365 + 31 is the peildatum
        ("2021-12-01", None, (0, 0)),  # a day too short to be judged
        ("2021-06-01", "2022-07-01", (0, 1)),  # 395 days: within the norm and its 30 days
        ("2021-06-01", "2022-07-02", (1, 1)),  # 396 days
        ("2021-06-01", "2021-08-01", (0, 1)),
    ],
)
def test_over_norm_is_judged_from_31_days_after_the_norm(town, start, end, expected):
    database = town(
        inburgeraar=[newcomer(1, wet="WI2013", datum_huisvesting="2021-05-01")],
        begeleiding=[period(1, start, end)],
    )
    assert counted(database, "begeleiding_over_norm") == expected


@pytest.mark.parametrize(("gone", "expected"), [("2022-07-01", (0, 0)), ("2022-07-02", (1, 1))])
def test_who_left_before_the_norm_could_be_judged_is_not_judged(town, gone, expected):
    leaver = newcomer(
        1, wet="WI2013", datum_huisvesting="2021-05-01", datum_uitstroom=gone, reden_uitstroom="Verhuizing"
    )
    database = town(inburgeraar=[leaver], begeleiding=[period(1, "2021-06-01")])
    assert counted(database, "begeleiding_over_norm") == expected


def test_the_norm_of_the_old_regime_is_730_days(town):
    database = town(
        inburgeraar=[newcomer(1, wet="WI2013", datum_huisvesting="2019-12-31")],
        begeleiding=[period(1, "2020-01-01", "2022-02-01")],  # 762 days
    )
    assert counted(database, "begeleiding_over_norm") == (1, 1)
    assert counted(database, "begeleiding_vroeg_afgerond") == (0, 0)


@pytest.mark.parametrize(
    ("end", "reason", "expected"),
    [
        ("2022-02-04", "Afgerond", (1, 1)),  # 334 days
        ("2022-02-05", "Afgerond", (0, 1)),  # 335 days: the norm less 30
        ("2021-06-01", "Op eigen verzoek", (0, 0)),
    ],
)
def test_finished_early_is_more_than_thirty_days_under_the_norm(town, end, reason, expected):
    database = town(
        inburgeraar=[newcomer(1, wet="WI2013", datum_huisvesting="2021-03-01")],
        begeleiding=[period(1, "2021-03-07", end, reason)],
    )
    assert counted(database, "begeleiding_vroeg_afgerond") == expected


# --- intake and PIP


def test_intake_started_is_counted_over_those_with_a_notice(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_kennisgeving="2022-12-31"),
            newcomer(2, datum_kennisgeving="2022-02-01"),
            newcomer(3, datum_kennisgeving="2022-02-01", wet="WI2013"),
            newcomer(4, datum_huisvesting="2022-02-01"),
        ],
        intake=[
            {"inburgeraar_id": person(1), "datum_start": "2022-12-31"},
            {"inburgeraar_id": person(4), "datum_start": "2022-03-01"},
        ],
    )
    assert counted(database, "intake_gestart") == (1, 2)
    assert counted(database, "intake_gestart", peildatum=date(2022, 12, 30)) == (0, 1)


PIP_CASES = [
    # columns of the person, PIPs as (date, changed columns), expected status
    ({"datum_inschrijving_brp": None}, [], "Termijn niet gestart"),
    ({}, [("2022-05-10", {})], "Op tijd"),  # 70 days after 1 March
    ({}, [("2022-05-11", {})], "PIP te laat"),
    ({}, [("2022-05-11", {"uitstel_derden": True})], "Met uitstel"),
    ({}, [("2022-01-15", {})], "Op tijd"),  # before registration
    ({}, [("2022-05-11", {"gemeentecode": "0363"}), ("2022-06-01", {})], "Vorige gemeente"),
    ({}, [("2022-05-01", {}), ("2022-06-01", {"gemeentecode": "0363"})], "Op tijd"),
    ({"datum_inschrijving_brp": None}, [("2022-05-01", {})], "Termijn onbekend"),
    ({}, [], "Termijn verstreken zonder PIP"),
    ({"datum_kennisgeving": "2022-10-22"}, [], "Binnen termijn"),  # the last day is the peildatum
    ({"datum_kennisgeving": "2022-10-21"}, [], "Termijn verstreken zonder PIP"),
    ({"datum_uitstroom": "2022-05-10", "reden_uitstroom": "Overig"}, [], "Uitgestroomd zonder PIP"),
    ({"datum_uitstroom": "2022-05-11", "reden_uitstroom": "Overig"}, [], "Termijn verstreken zonder PIP"),
    (
        {"datum_inschrijving_brp": None, "datum_uitstroom": "2022-12-31", "reden_uitstroom": "Overig"},
        [],
        "Uitgestroomd zonder PIP",
    ),
]


def with_pips(town, columns, pips):
    known = {"datum_kennisgeving": "2022-02-01", "datum_inschrijving_brp": "2022-03-01"}
    return town(
        inburgeraar=[newcomer(1, **(known | columns))],
        pip=[{"inburgeraar_id": person(1), "dagtekening_pip": day} | changed for day, changed in pips],
    )


@pytest.mark.parametrize(("columns", "pips", "expected"), PIP_CASES)
def test_pip_status_is_the_first_that_holds(town, columns, pips, expected):
    frame = queries.run("pip_status", Selection(), with_pips(town, columns, pips))
    assert frame.rows() == [("Asielstatushouder", expected, 1)]


@pytest.mark.parametrize(
    ("columns", "pips", "expected"),
    [
        ({}, [("2022-05-10", {})], (1, 1)),
        ({}, [("2022-05-11", {})], (0, 1)),
        ({}, [], (0, 1)),
        ({}, [("2022-05-11", {"uitstel_derden": True})], (0, 0)),
        ({}, [("2022-04-01", {"gemeentecode": "0363"})], (0, 0)),
        # on time already, but the ten weeks are not over: it waits for the others of its cohort
        ({"datum_kennisgeving": "2022-10-22"}, [("2022-11-01", {})], (0, 0)),
        ({"datum_kennisgeving": "2022-10-21"}, [("2022-11-01", {})], (1, 1)),
    ],
)
def test_pip_on_time_counts_those_whose_ten_weeks_are_over(town, columns, pips, expected):
    assert counted(with_pips(town, columns, pips), "pip_tijdig") == expected


def test_without_pip_counts_active_persons_only(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_kennisgeving="2022-02-01"),
            newcomer(2, datum_kennisgeving="2022-02-01"),
            newcomer(3, datum_kennisgeving="2022-02-01", datum_uitstroom="2022-12-31", reden_uitstroom="Overig"),
            newcomer(4),  # not in beeld
            newcomer(5, datum_kennisgeving="2022-02-01", wet="WI2013"),
        ],
        pip=[{"inburgeraar_id": person(2), "dagtekening_pip": "2022-12-31"}],
    )
    assert counted(database, "pip_zonder") == (1, 2)
    assert value(database, "pip_zonder") == 1
    assert counted(database, "pip_zonder", peildatum=date(2022, 12, 30)) == (3, 3)


def test_median_time_to_pip_counts_a_pip_before_the_term_as_day_zero(town):
    known = {"datum_kennisgeving": "2022-02-01", "datum_inschrijving_brp": "2022-03-01"}
    database = town(
        inburgeraar=[newcomer(n, **known) for n in (1, 2, 3)]
        + [newcomer(4, **known, datum_uitstroom="2022-03-11", reden_uitstroom="Overig")]
        + [newcomer(5, datum_kennisgeving="2022-02-01"), newcomer(6, **known)],
        pip=[
            {"inburgeraar_id": person(1), "dagtekening_pip": "2022-02-01"},
            {"inburgeraar_id": person(2), "dagtekening_pip": "2022-03-21"},
            {"inburgeraar_id": person(5), "dagtekening_pip": "2022-03-21"},  # term unknown
            {"inburgeraar_id": person(6), "dagtekening_pip": "2022-03-21", "gemeentecode": "0363"},
        ],
    )
    # day 0: 1 of 4; day 10: one leaves; day 20: 1 of 2 -> 0.75 x 0.5 = 0.375
    assert counted(database, "pip_mediaan_dagen") == (2, 4)
    assert value(database, "pip_mediaan_dagen") == 20


def test_leerroutes_are_those_of_the_latest_pip(town):
    database = town(
        inburgeraar=[newcomer(n, datum_kennisgeving="2022-02-01") for n in (1, 2, 3)],
        pip=[
            {"inburgeraar_id": person(1), "dagtekening_pip": "2022-03-01", "leerroute": "B"},
            {"inburgeraar_id": person(1), "dagtekening_pip": "2022-12-31", "leerroute": "Z"},
            {"inburgeraar_id": person(2), "dagtekening_pip": "2022-03-01", "leerroute": "O"},
        ],
    )
    assert [counted(database, f"leerroute_{route}") for route in "boz"] == [(0, 2), (1, 2), (1, 2)]
    earlier = date(2022, 12, 30)
    assert [counted(database, f"leerroute_{r}", peildatum=earlier) for r in "boz"] == [(1, 2), (1, 2), (0, 2)]


# --- ontzorging


def benefit(number, start, end=None):
    return {"inburgeraar_id": person(number), "datum_start": start, "datum_einde": end}


def relieved(number, start=None, end=None, **columns):
    reasons = {
        "reden_niet_gestart": None if start else "Wachtlijst",
        "reden_einde": "Periode voltooid" if end else None,
    }
    return {"inburgeraar_id": person(number), "datum_start": start, "datum_einde": end} | reasons | columns


@pytest.mark.parametrize(
    ("columns", "start_benefit", "expected"),
    [
        ({}, "2022-12-01", (0, 1)),
        ({}, "2022-12-02", (0, 0)),  # 30 days not over
        ({"verblijfsrecht": "regulier"}, "2022-06-01", (0, 0)),  # nareiziger with a regular permit
        ({"wet": "WI2013"}, "2022-06-01", (0, 0)),
        ({"datum_huisvesting": None}, "2022-06-01", (0, 0)),  # not in beeld
        ({}, None, (0, 0)),
    ],
)
def test_target_group_of_ontzorgen(town, columns, start_benefit, expected):
    database = town(
        inburgeraar=[newcomer(1, **({"datum_huisvesting": "2022-05-01"} | columns))],
        uitkering=[benefit(1, start_benefit)] if start_benefit else [],
    )
    assert counted(database, "ontzorging_dekking") == expected


def test_not_relieved_counts_active_persons_whose_first_benefit_still_runs(town):
    gone = {"datum_uitstroom": "2022-10-01", "reden_uitstroom": "Verhuizing"}
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-05-01") for n in (1, 2, 3)]
        + [newcomer(4, datum_huisvesting="2022-05-01", **gone)],
        uitkering=[
            benefit(1, "2022-06-01"),
            benefit(2, "2022-06-01"),
            benefit(3, "2022-06-01", "2022-08-01"),  # the first right ended; a later one does not bring it back
            benefit(3, "2022-09-01"),
            benefit(4, "2022-06-01"),
        ],
        ontzorging=[relieved(2, "2022-12-31")],
    )
    assert counted(database, "ontzorging_zonder") == (1, 2)
    assert counted(database, "ontzorging_zonder", peildatum=date(2022, 12, 30)) == (2, 2)
    assert counted(database, "ontzorging_zonder", peildatum=date(2022, 7, 31)) == (4, 4)


@pytest.mark.parametrize(
    ("benefit_end", "relief", "gone", "expected"),
    [
        (None, ("2022-06-01", "2022-11-30"), None, (1, 1)),  # exactly six months
        (None, ("2022-06-01", "2022-11-29"), None, (0, 1)),
        (None, ("2022-06-01", None), None, (1, 1)),
        (None, None, None, (0, 1)),  # never started, right ran six months
        ("2022-11-29", ("2022-06-01", "2022-11-29"), None, (0, 0)),  # the right ran shorter
        ("2022-11-30", ("2022-06-01", "2022-11-29"), None, (0, 1)),
        (None, ("2022-07-02", None), None, (0, 0)),  # its six months end on 1 January
        (None, ("2022-07-01", None), None, (1, 1)),  # and on 31 December
        (None, None, "2022-11-29", (0, 0)),
        (None, None, "2022-11-30", (0, 1)),
    ],
)
def test_six_months_of_relief_are_judged_when_they_could_be_over(town, benefit_end, relief, gone, expected):
    columns = {"datum_uitstroom": gone, "reden_uitstroom": "Verhuizing"} if gone else {}
    database = town(
        inburgeraar=[newcomer(1, datum_huisvesting="2022-05-01", **columns)],
        uitkering=[benefit(1, "2022-06-01", benefit_end)],
        ontzorging=[relieved(1, *relief)] if relief else [],
    )
    assert counted(database, "ontzorging_volledig") == expected


@pytest.mark.parametrize(("end", "status"), [("2023-02-27", "Voltooid"), ("2023-02-26", "Voortijdig beëindigd")])
def test_six_months_from_31_august_end_on_27_february(town, end, status):
    database = town(
        peildatum=date(2023, 3, 31),
        inburgeraar=[newcomer(1, datum_huisvesting="2022-05-01")],
        uitkering=[benefit(1, "2022-08-31")],
        ontzorging=[relieved(1, "2022-08-31", end)],
    )
    assert queries.run("ontzorging_status", Selection(), database).rows() == [("Centrum", status, 1)]


def test_median_time_to_relief_censors_at_the_end_of_right_and_at_departure(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-05-01") for n in (1, 2, 3)]
        + [newcomer(4, datum_huisvesting="2022-05-01", datum_uitstroom="2022-06-08", reden_uitstroom="Overlijden")],
        uitkering=[
            benefit(1, "2022-06-01"),
            benefit(2, "2022-06-01"),
            benefit(3, "2022-06-01", "2022-06-06"),
            benefit(4, "2022-06-01"),
        ],
        ontzorging=[relieved(1, "2022-06-11"), relieved(2, "2022-05-20")],  # 2: before the right, day 0
    )
    # day 0: 1 of 4 -> 0.75; days 5 and 7: censored; day 10: 1 of 1 -> 0
    assert counted(database, "ontzorging_mediaan_dagen") == (2, 4)
    assert value(database, "ontzorging_mediaan_dagen") == 10


def test_talk_with_the_budget_coach_is_counted_over_those_who_started(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-05-01") for n in (1, 2, 3)],
        uitkering=[benefit(n, "2022-06-01") for n in (1, 2, 3)],
        ontzorging=[
            relieved(1, "2022-06-11", gesprekken_budgetcoach=1),
            relieved(2, "2022-06-11", gesprekken_budgetcoach=0),
            relieved(3, gesprekken_budgetcoach=4),
        ],
    )
    assert counted(database, "ontzorging_gesprek") == (1, 2)


# --- overdracht


def handover(number, status, **columns):
    if status == "Afgerond":
        columns = {"datum_overdracht": "2022-08-01", "vorm": "Kennismaking"} | columns
    return {"inburgeraar_id": person(number), "status": status} | columns


def after_guidance(town, person_columns, row, end="2022-07-01", reason="Afgerond", peildatum=date(2022, 12, 31)):
    return town(
        peildatum=peildatum,
        inburgeraar=[newcomer(1, wet="WI2013", datum_huisvesting="2021-05-01", **person_columns)],
        begeleiding=[period(1, "2021-06-01", end, reason)],
        overdracht=[row] if row else [],
    )


GONE = {"datum_uitstroom": "2022-11-01", "reden_uitstroom": "Vertrek uit Nederland"}
DUTY_MET = {"datum_uitstroom": "2022-11-01", "reden_uitstroom": "Inburgeringsplicht voldaan"}


@pytest.mark.parametrize(
    ("person_columns", "row", "expected"),
    [
        ({}, None, "geen_registratie"),
        ({}, handover(1, "Gepland"), "gepland"),
        ({}, handover(1, "Niet bereikt"), "niet_bereikt"),
        ({}, handover(1, "Afgezien"), "afgezien"),
        ({}, handover(1, "Vertrokken"), "vertrokken"),
        ({}, handover(1, "Afgerond"), "overgedragen"),
        (GONE, handover(1, "Afgerond"), "overgedragen"),
        (GONE, handover(1, "Gepland"), "vertrokken"),
        (GONE, None, "vertrokken"),
        (DUTY_MET, None, "geen_registratie"),
    ],
)
def test_handover_status_is_the_first_that_holds(town, person_columns, row, expected):
    frame = queries.run("overdracht_per_wijkteam", Selection(), after_guidance(town, person_columns, row))
    found = frame.row(0, named=True)
    statuses = ["overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken"]
    assert {status: found[status] for status in statuses} == {s: int(s == expected) for s in statuses}
    assert found["populatie"] == 1


@pytest.mark.parametrize(("planned", "expected"), [("2022-09-15", "gepland"), (None, "geen_registratie")])
def test_a_handover_done_after_the_peildatum_counts_as_planned_or_not_registered(town, planned, expected):
    database = after_guidance(
        town,
        {},
        handover(1, "Afgerond", datum_overdracht="2022-09-01", datum_gepland=planned, wijkteam="Oost"),
    )
    found = queries.run("overdracht_per_wijkteam", Selection(peildatum=date(2022, 8, 31)), database).row(0, named=True)
    assert (found["wijkteam"], found[expected], found["overgedragen"]) == ("Oost", 1, 0)


@pytest.mark.parametrize(
    ("end", "reason", "expected"),
    [
        ("2021-12-31", "Afgerond", (0, 0)),  # before the contract
        ("2022-01-01", "Afgerond", (0, 1)),
        ("2022-12-01", "Afgerond", (0, 1)),  # 30 days on the peildatum
        ("2022-12-02", "Afgerond", (0, 0)),
        ("2022-06-01", "Op eigen verzoek", (0, 0)),
    ],
)
def test_handover_is_due_thirty_days_after_guidance_finished_under_the_contract(town, end, reason, expected):
    assert counted(after_guidance(town, {}, None, end, reason), "overdracht_gedaan") == expected


def test_the_latest_finished_period_counts_for_the_handover(town):
    database = town(
        inburgeraar=[newcomer(1, wet="WI2013", datum_huisvesting="2021-05-01")],
        begeleiding=[period(1, "2021-06-01", "2022-02-01"), period(1, "2022-03-01", "2022-12-15")],
    )
    found = queries.run("overdracht_per_wijkteam", Selection(), database).row(0, named=True)
    assert (found["populatie"], found["open_0_30"], found["open_90_plus"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("end", "bucket"),
    [
        ("2022-12-01", "open_0_30"),
        ("2022-11-30", "open_31_90"),
        ("2022-10-02", "open_31_90"),
        ("2022-10-01", "open_90_plus"),
    ],
)
def test_backlog_by_days_since_the_end_of_guidance(town, end, bucket):
    found = queries.run("overdracht_per_wijkteam", Selection(), after_guidance(town, {}, None, end)).row(0, named=True)
    buckets = ["open_0_30", "open_31_90", "open_90_plus"]
    assert {name: found[name] for name in buckets} == {name: int(name == bucket) for name in buckets}


def test_open_excludes_waived_and_departed(town):
    statuses = ["Gepland", "Niet bereikt", "Afgezien", "Vertrokken", "Afgerond"]
    numbers = range(1, 7)
    database = town(
        inburgeraar=[newcomer(n, wet="WI2013", datum_huisvesting="2021-05-01") for n in numbers],
        begeleiding=[period(n, "2021-06-01", "2022-07-01") for n in numbers],
        overdracht=[handover(n, status) for n, status in enumerate(statuses, start=1)],
    )
    assert counted(database, "overdracht_open") == (3, 5)  # the sixth has no registration
    assert counted(database, "overdracht_gedaan") == (1, 5)


def test_three_way_talk_is_counted_over_handovers_with_a_need(town):
    numbers = (1, 2, 3, 4)
    database = town(
        inburgeraar=[newcomer(n, wet="WI2013", datum_huisvesting="2021-05-01") for n in numbers],
        begeleiding=[period(n, "2021-06-01", "2022-07-01") for n in numbers],
        overdracht=[
            handover(1, "Afgerond", vorm="Driegesprek", begeleidingsbehoefte=True),
            handover(2, "Afgerond", vorm="Kennismaking", begeleidingsbehoefte=True),
            handover(3, "Afgerond", vorm="Driegesprek", begeleidingsbehoefte=False),
            handover(4, "Afgerond", vorm="Driegesprek"),
        ],
    )
    assert counted(database, "overdracht_driegesprek") == (1, 2)


def test_median_time_to_handover_counts_an_early_handover_as_day_zero(town):
    numbers = (1, 2, 3)
    database = town(
        inburgeraar=[newcomer(n, wet="WI2013", datum_huisvesting="2021-05-01") for n in numbers],
        begeleiding=[period(n, "2021-06-01", "2022-07-01") for n in numbers],
        overdracht=[
            handover(1, "Afgerond", datum_overdracht="2022-06-01"),
            handover(2, "Afgerond", datum_overdracht="2022-07-15"),
            handover(3, "Afgezien"),
        ],
    )
    assert counted(database, "overdracht_mediaan_dagen") == (2, 3)
    assert value(database, "overdracht_mediaan_dagen") == 14


@pytest.mark.parametrize(("visit", "expected"), [("2022-07-01", (1, 1)), ("2022-07-02", (0, 1)), (None, (0, 1))])
def test_visit_beforehand_is_on_or_before_the_end_of_guidance(town, visit, expected):
    database = after_guidance(town, {}, handover(1, "Gepland", datum_wijkteambezoek=visit))
    assert counted(database, "overdracht_bezoek_vooraf") == expected


def test_visit_beforehand_needs_a_handover_row(town):
    assert counted(after_guidance(town, {}, None), "overdracht_bezoek_vooraf") == (0, 0)


# --- per area, per stand, per quarter


def test_per_area_the_handover_goes_by_receiving_team_and_the_rest_by_residence(town):
    database = after_guidance(town, {"wijkcode": "WK039221"}, handover(1, "Gepland", wijkteam="Oost"))
    frame = queries.run("kpi_per_gebied", Selection(), database)
    teams = frame.filter(niveau="wijkteam", indicator="overdracht_open").filter(noemer=1)
    assert teams["gebied"].to_list() == ["Oost"]
    assert frame.filter(niveau="wijkteam", indicator="begeleiding_mediaan").filter(noemer=1)["gebied"].to_list() == [
        "Meerwijk"
    ]
    assert frame.filter(niveau="stadsdeel", indicator="overdracht_open").filter(noemer=1)["gebied"].to_list() == [
        "Schalkwijk"
    ]
    assert frame.columns == [
        "niveau",
        "gebied",
        "indicator",
        "teller",
        "noemer",
        "waarde",
        "ci_laag",
        "ci_hoog",
    ]


def test_areas_come_in_the_order_of_the_city_with_onbekend_last(town):
    frame = queries.run("kpi_per_gebied", Selection(), town())
    for niveau in ("stadsdeel", "wijkteam"):
        areas = frame.filter(niveau=niveau)["gebied"].unique(maintain_order=True).to_list()
        assert areas[-1] == "Onbekend"
        assert areas[0] == "Centrum"


@pytest.mark.parametrize(
    ("peildatum", "standen"),
    [
        (date(2022, 3, 31), ["2022-01-31", "2022-02-28", "2022-03-31"]),
        (date(2022, 3, 15), ["2022-01-31", "2022-02-28", "2022-03-15"]),
        (date(2022, 1, 31), ["2022-01-31"]),
        (date(2022, 1, 1), ["2022-01-01"]),
    ],
)
def test_trend_has_the_month_ends_of_the_year_then_the_peildatum(town, peildatum, standen):
    frame = queries.run("kpi_trend", Selection(peildatum=peildatum), town())
    assert [stand.isoformat() for stand in frame["stand"].unique().sort()] == standen
    assert frame.columns == ["stand", "indicator", "teller", "noemer", "waarde", "ci_laag", "ci_hoog"]


def test_quarter_of_entry_is_that_of_the_day_on_which_the_noemer_was_entered(town):
    database = with_pips(town, {"datum_kennisgeving": "2022-04-21"}, [("2022-05-01", {})])
    frame = queries.run("kpi_kwartaal", Selection(), database)
    quarters = dict(frame.select("indicator", "kwartaal").rows())
    assert quarters["pip_tijdig"] == date(2022, 7, 1)  # the day after 30 June
    assert quarters["leerroute_b"] == date(2022, 4, 1)
    assert "pip_zonder" not in quarters
    assert frame.columns == ["indicator", "kwartaal", "teller", "noemer", "waarde", "ci_laag", "ci_hoog"]


# --- like with like: each entrant after the same time


def entered(database, indicator, **selection):
    """(quarter, teller, noemer) of one indicator in kpi_instroom."""
    frame = queries.run("kpi_instroom", Selection(**selection), database).filter(indicator=indicator)
    return [
        (str(quarter), teller, noemer)
        for quarter, teller, noemer in frame.select("kwartaal", "teller", "noemer").rows()
    ]


@pytest.mark.parametrize(
    ("notice", "start", "expected"),
    [
        ("2022-01-10", "2022-04-10", [("2022-01-01", 1, 1)]),  # on the ninetieth day
        ("2022-01-10", "2022-04-11", [("2022-01-01", 0, 1)]),  # a day late: in kpi, not here
        ("2022-10-02", "2022-10-03", [("2022-10-01", 1, 1)]),  # ninety days are over on the peildatum
        ("2022-10-03", "2022-10-04", []),
    ],
)
def test_an_intake_is_judged_ninety_days_after_the_notice(town, notice, start, expected):
    database = town(
        inburgeraar=[newcomer(1, datum_kennisgeving=notice)],
        intake=[{"inburgeraar_id": person(1), "datum_start": start}],
    )
    assert counted(database, "intake_gestart") == (1, 1)
    assert entered(database, "intake_gestart") == expected


def test_begeleiding_counts_for_an_entrant_when_the_first_period_began_by_the_thirtieth_day(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-03-02") for n in (1, 2, 3)],
        begeleiding=[period(1, "2022-04-01"), period(1, "2022-08-01"), period(2, "2022-04-02")],
    )
    assert entered(database, "begeleiding_dekking") == [("2022-04-01", 1, 3)]
    assert counted(database, "begeleiding_dekking") == (2, 3)


@pytest.mark.parametrize(("start", "teller"), [("2022-05-01", 1), ("2022-05-02", 0)])
def test_relief_counts_for_an_entrant_when_it_began_by_the_thirtieth_day(town, start, teller):
    database = town(
        inburgeraar=[newcomer(1, datum_huisvesting="2022-03-01")],
        uitkering=[benefit(1, "2022-04-01")],
        ontzorging=[relieved(1, start, gesprekken_budgetcoach=1)],
    )
    assert entered(database, "ontzorging_dekking") == [("2022-04-01", teller, 1)]
    assert counted(database, "ontzorging_dekking") == (1, 1)
    # a talk carries no date
    assert entered(database, "ontzorging_gesprek") == []
    assert counted(database, "ontzorging_gesprek") == (1, 1)


@pytest.mark.parametrize(("done", "teller"), [("2022-07-31", 1), ("2022-08-01", 0)])
def test_a_handover_counts_for_an_entrant_when_it_was_done_by_the_thirtieth_day(town, done, teller):
    database = town(
        inburgeraar=[newcomer(1)],
        begeleiding=[period(1, "2022-01-03", "2022-07-01")],
        overdracht=[handover(1, status="Afgerond", datum_overdracht=done)],
    )
    assert entered(database, "overdracht_gedaan") == [("2022-07-01", teller, 1)]
    assert counted(database, "overdracht_gedaan") == (1, 1)


def test_what_is_settled_at_entry_counts_as_it_is(town):
    database = with_pips(town, {"datum_kennisgeving": "2022-04-21"}, [("2022-05-01", {})])
    assert entered(database, "pip_tijdig") == [("2022-07-01", 1, 1)]
    assert entered(database, "leerroute_b") == [("2022-04-01", 1, 1)]


# --- who waits too long


def test_too_long_without_a_pip_are_those_without_one_whose_ten_weeks_are_over(town):
    def asked(**columns):
        known = {"datum_kennisgeving": "2022-02-01", "datum_inschrijving_brp": "2022-03-01"}
        return counted(town(inburgeraar=[newcomer(1, **(known | columns))]), "pip_over_termijn")

    assert asked(datum_kennisgeving="2022-10-21") == (1, 1)  # 70 days were over on 30 December
    assert asked(datum_kennisgeving="2022-10-22") == (0, 1)
    assert asked(datum_kennisgeving="2022-06-01", datum_inschrijving_brp=None) == (0, 1)  # the term has not begun
    gone = {"datum_uitstroom": "2022-12-31", "reden_uitstroom": "Verhuizing"}
    assert asked(datum_kennisgeving="2022-06-01", **gone) == (0, 0)


@pytest.mark.parametrize(("benefit_from", "expected"), [("2022-12-01", (1, 1)), ("2022-12-02", (0, 1))])
def test_too_long_without_relief_is_thirty_days_of_benefit(town, benefit_from, expected):
    database = town(inburgeraar=[newcomer(1, datum_huisvesting="2022-05-01")], uitkering=[benefit(1, benefit_from)])
    assert counted(database, "ontzorging_lang_zonder") == expected
    assert counted(database, "ontzorging_zonder") == (1, 1)


@pytest.mark.parametrize(("end", "expected"), [("2022-10-01", (1, 1)), ("2022-10-02", (0, 1))])
def test_open_too_long_is_more_than_ninety_days(town, end, expected):
    database = town(inburgeraar=[newcomer(1)], begeleiding=[period(1, "2022-01-03", end)])
    assert counted(database, "overdracht_lang_open") == expected
    assert counted(database, "overdracht_open") == (1, 1)
