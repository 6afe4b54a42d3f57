"""The questions behind the pages, on small given rows with exact expected rows."""

from datetime import date

import pytest

import queries
from queries import Selection
from tests.queries.conftest import newcomer, person
from tests.queries.test_kpi import benefit, handover, period, relieved

GEZIN = "Gezinsmigrant en overige migrant"


def rows(database, name, **selection):
    return queries.run(name, Selection(**selection), database).rows()


def day(text):
    return date.fromisoformat(text)


# --- begeleiding


@pytest.mark.parametrize(
    ("housed", "start", "regime", "norm"),
    [
        ("2019-12-31", "2020-02-01", "24 maanden", 730),
        ("2020-01-01", "2020-02-01", "12 maanden", 365),
        ("2021-12-31", "2022-02-01", "12 maanden", 365),
        ("2022-01-01", "2022-02-01", "12 maanden (contract 2022)", 365),
        (None, "2019-12-31", "24 maanden", 730),
        (None, "2022-01-01", "12 maanden (contract 2022)", 365),
    ],
)
def test_regime_goes_by_housing_date_and_by_start_where_that_is_empty(town, housed, start, regime, norm):
    database = town(inburgeraar=[newcomer(1, wet="WI2013", datum_huisvesting=housed)], begeleiding=[period(1, start)])
    found = queries.run("begeleiding_duur", Selection(), database)
    assert found.select("regime", "norm_dagen", "periodes", "beeindigd", "lopend").rows() == [(regime, norm, 1, 0, 1)]


def test_regime_goes_by_the_registered_housing_date_also_when_it_lies_after_the_peildatum(town):
    database = town(
        inburgeraar=[newcomer(1, datum_huisvesting="2022-06-01", datum_kennisgeving="2021-11-01")],
        begeleiding=[period(1, "2021-12-01")],
    )
    found = queries.run("begeleiding_duur", Selection(peildatum=date(2022, 3, 1)), database)
    assert found["regime"].to_list() == ["12 maanden (contract 2022)"]
    regimes = queries.run("evaluatie_regimes", Selection(peildatum=date(2022, 3, 1)), database)
    assert regimes.select("gehuisvest_van", "gehuisvest_tot").rows() == [(None, None)]


def test_duration_per_regime(town):
    database = town(
        inburgeraar=[newcomer(n, wet="WI2013", datum_huisvesting="2020-06-01") for n in (1, 2, 3, 4)],
        begeleiding=[
            period(1, "2020-07-01", "2020-07-11"),  # 10 days
            period(2, "2020-07-01", "2020-07-21"),  # 20
            period(3, "2020-07-01", "2020-07-31", "Verhuisd"),  # censored at 30
            period(4, "2020-07-01", "2021-09-04"),  # 430: over the norm and its 30 days
        ],
    )
    assert rows(database, "begeleiding_duur") == [
        ("12 maanden", 365, 4, 4, 0, 10 / 30.4375, 20 / 30.4375, 430 / 30.4375, 1, 4)
    ]


def test_an_end_on_the_peildatum_has_ended_and_a_later_one_has_not(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-01-01") for n in (1, 2)],
        begeleiding=[period(1, "2022-01-01", "2022-06-30"), period(2, "2022-01-01", "2022-07-01")],
    )
    found = queries.run("begeleiding_duur", Selection(peildatum=date(2022, 6, 30)), database)
    assert found.select("periodes", "beeindigd", "lopend").rows() == [(2, 1, 1)]


def test_survival_starts_at_day_zero_and_takes_events_before_censorings(town):
    database = town(
        inburgeraar=[newcomer(n, datum_huisvesting="2022-01-01") for n in (1, 2, 3)],
        begeleiding=[
            period(1, "2022-01-01", "2022-01-11"),
            period(2, "2022-01-01", "2022-01-11", "Verhuisd"),
            period(3, "2022-12-11"),  # 20 days to the peildatum
        ],
    )
    regime = "12 maanden (contract 2022)"
    third = pytest.approx(2 / 3)
    assert rows(database, "begeleiding_overleving") == [
        (regime, 0, 3, 0, 0, 1.0),
        (regime, 10, 3, 1, 1, third),
        (regime, 20, 1, 0, 1, third),
    ]


def test_who_left_is_followed_until_that_day_and_never_a_negative_time(town):
    gone = {"datum_uitstroom": "2022-02-01", "reden_uitstroom": "Verhuizing"}
    stayed = {"datum_uitstroom": "2022-02-01", "reden_uitstroom": "Volledige vrijstelling"}
    database = town(
        inburgeraar=[
            newcomer(1, datum_huisvesting="2022-01-01", **gone),
            newcomer(2, datum_huisvesting="2022-01-01", **gone),
            newcomer(3, datum_huisvesting="2022-01-01", **stayed),
        ],
        begeleiding=[period(1, "2022-01-22"), period(2, "2022-03-01"), period(3, "2022-12-01")],
    )
    found = queries.run("begeleiding_overleving", Selection(), database)
    assert found.select("dag", "gecensureerd").rows() == [(0, 1), (10, 1), (30, 1)]


def test_stock_and_flow_run_without_gaps_to_the_month_of_the_peildatum(town):
    database = town(
        peildatum=date(2022, 5, 10),
        inburgeraar=[newcomer(n, datum_huisvesting="2022-01-01") for n in (1, 2)],
        begeleiding=[period(1, "2022-01-31", "2022-03-01"), period(2, "2022-03-31", "2022-05-10")],
    )
    assert rows(database, "begeleiding_voorraad") == [
        (day("2022-01-01"), 1, 0, 1),
        (day("2022-02-01"), 0, 0, 1),
        (day("2022-03-01"), 1, 1, 1),
        (day("2022-04-01"), 0, 0, 1),
        (day("2022-05-01"), 0, 1, 0),
    ]


@pytest.mark.parametrize("name", ["begeleiding_voorraad", "ontzorging_voorraad", "begeleiding_overleving"])
def test_without_a_row_there_is_no_month_and_no_curve(town, name):
    assert rows(town(), name) == []


# --- PIP and leerroutes


def test_pip_status_covers_wi2021_in_beeld_only(town):
    database = town(
        inburgeraar=[
            newcomer(1, datum_huisvesting="2022-12-31"),
            newcomer(2, datum_huisvesting="2023-01-01") | {"datum_huisvesting": None},
            newcomer(3, datum_huisvesting="2022-02-01", wet="WI2013"),
            newcomer(4, datum_inschrijving_brp="2022-02-01", doelgroep=GEZIN, verblijfsrecht="regulier"),
        ]
    )
    assert rows(database, "pip_status") == [
        ("Asielstatushouder", "Termijn niet gestart", 1),
        (GEZIN, "Termijn niet gestart", 1),
    ]


def pip(number, dated, **columns):
    return {"inburgeraar_id": person(number), "dagtekening_pip": dated} | columns


def test_leerroute_distribution_includes_those_without_pip_and_onbekend(town):
    gone = {"datum_uitstroom": "2022-06-01", "reden_uitstroom": "Overig"}
    database = town(
        inburgeraar=[
            newcomer(1, datum_kennisgeving="2022-02-01", wijkcode="WK039221"),
            newcomer(2, datum_kennisgeving="2022-02-01", wijkcode=None),
            newcomer(3, datum_kennisgeving="2022-02-01", wijkcode="WK039299"),
            newcomer(4, datum_kennisgeving="2022-02-01", **gone),
        ],
        pip=[pip(1, "2022-03-01", leerroute="O"), pip(4, "2022-03-01")],
    )
    assert rows(database, "leerroute_verdeling") == [
        ("Schalkwijk", "Asielstatushouder", "O", 1),
        ("Onbekend", "Asielstatushouder", "Nog geen PIP", 2),
    ]


def test_switches_read_an_empty_niveau_as_that_of_the_route(town):
    database = town(
        inburgeraar=[newcomer(n, datum_kennisgeving="2022-02-01") for n in (1, 2, 3, 4)],
        pip=[
            pip(1, "2022-03-01"),
            pip(2, "2022-03-01"),
            pip(2, "2022-06-01", niveau="A2"),
            pip(3, "2022-03-01", leerroute="O"),
            pip(3, "2022-06-01", leerroute="Z"),
            pip(4, "2022-03-01", niveau="B1"),
        ],
    )
    assert rows(database, "leerroute_wissel") == [
        ("B", "B", "A2", 1),
        ("B", "B", "B1", 2),
        ("O", "Z", "A2", 1),
    ]


def test_advice_is_not_taken_when_there_is_no_result_or_no_intake_by_the_peildatum(town):
    database = town(
        inburgeraar=[newcomer(n, datum_kennisgeving="2022-02-01") for n in (1, 2, 3, 4)],
        pip=[pip(n, "2022-03-01") for n in (1, 2, 3)] + [pip(4, "2022-03-01", leerroute="Z")],
        intake=[
            {
                "inburgeraar_id": person(1),
                "datum_start": "2022-02-10",
                "uitslag_leerbaarheidstoets": "B1-route haalbaar",
            },
            {"inburgeraar_id": person(2), "datum_start": "2022-02-10"},
            {
                "inburgeraar_id": person(4),
                "datum_start": "2022-06-01",
                "uitslag_leerbaarheidstoets": "B1-route niet haalbaar",
            },
        ],
    )
    assert rows(database, "leerroute_advies") == [
        ("B1-route haalbaar", "B", 1),
        ("B1-route niet haalbaar", "Z", 1),
        ("Niet afgenomen", "B", 2),
    ]
    assert ("Niet afgenomen", "Z", 1) in rows(database, "leerroute_advies", peildatum=date(2022, 5, 31))


# --- ontzorging


def target_group(*numbers):
    return {
        "inburgeraar": [newcomer(n, datum_huisvesting="2022-01-05") for n in numbers],
        "uitkering": [benefit(n, "2022-01-10") for n in numbers],
    }


def test_relief_status_goes_by_the_dates(town):
    database = town(
        **target_group(1, 2, 3, 4, 5),
        ontzorging=[
            relieved(1, "2022-02-01", "2022-07-31", reden_einde="Op eigen verzoek"),
            relieved(2, "2022-02-01", "2022-07-30", reden_einde="Periode voltooid"),
            relieved(3, "2022-02-01"),
            relieved(4),
        ],
    )
    assert rows(database, "ontzorging_status") == [
        ("Centrum", "Voltooid", 1),
        ("Centrum", "Lopend", 1),
        ("Centrum", "Voortijdig beëindigd", 1),
        ("Centrum", "Niet gestart", 1),
        ("Centrum", "Geen registratie", 1),
    ]
    assert rows(database, "ontzorging_status", peildatum=date(2022, 1, 31)) == [
        ("Centrum", "Niet gestart", 4),
        ("Centrum", "Geen registratie", 1),
    ]


def test_reasons_count_no_row_and_no_reason_as_onbekend(town):
    database = town(
        **target_group(1, 2, 3, 4),
        ontzorging=[
            relieved(1, reden_niet_gestart="Wachtlijst"),
            relieved(2, "2022-02-01", "2022-03-01", reden_einde="Verhuisd"),
            relieved(3, "2022-12-31"),
        ],
    )
    assert rows(database, "ontzorging_redenen") == [
        ("Niet gestart", "Wachtlijst", 1),
        ("Niet gestart", "Onbekend", 1),
        ("Voortijdig beëindigd", "Verhuisd", 1),
    ]
    # on the day before, the third had not started yet and nothing says why
    assert ("Niet gestart", "Onbekend", 2) in rows(database, "ontzorging_redenen", peildatum=date(2022, 12, 30))


def test_fixed_costs_are_counted_over_those_who_started(town):
    database = town(
        **target_group(1, 2, 3),
        ontzorging=[
            relieved(1, "2022-02-01", energie=False),
            relieved(2, "2022-02-01", zorgpremie=False, energie=False),
            relieved(3),
        ],
    )
    assert rows(database, "ontzorging_lasten") == [("huur", 2, 2), ("energie", 0, 2), ("zorgpremie", 1, 2)]
    assert rows(town(), "ontzorging_lasten") == [("huur", 0, 0), ("energie", 0, 0), ("zorgpremie", 0, 0)]


def test_relief_stock_counts_starts_of_the_target_group(town):
    group = target_group(1, 2)
    group["inburgeraar"].append(newcomer(3, datum_huisvesting="2022-01-05", verblijfsrecht="regulier"))
    group["uitkering"].append(benefit(3, "2022-01-10"))
    database = town(
        peildatum=date(2022, 4, 30),
        **group,
        ontzorging=[relieved(1, "2022-02-28", "2022-04-01"), relieved(2), relieved(3, "2022-01-15")],
    )
    assert rows(database, "ontzorging_voorraad") == [
        (day("2022-02-01"), 1, 0, 1),
        (day("2022-03-01"), 0, 0, 1),
        (day("2022-04-01"), 0, 1, 0),
    ]


# --- overdracht


def test_handover_per_receiving_team_with_onbekend_last(town):
    numbers = (1, 2, 3, 4)
    database = town(
        inburgeraar=[
            newcomer(n, wet="WI2013", datum_huisvesting="2021-05-01", wijkcode=None if n == 4 else "WK039221")
            for n in numbers
        ],
        begeleiding=[period(n, "2021-06-01", "2022-12-01") for n in numbers],
        overdracht=[
            handover(1, "Afgerond", wijkteam="Oost", vorm="Driegesprek", datum_overdracht="2022-12-11"),
            handover(2, "Gepland", wijkteam="Oost", datum_gepland="2023-02-01"),
        ],
    )
    assert rows(database, "overdracht_per_wijkteam") == [
        # populatie, the six statuses, driegesprek, median, open by age
        ("Oost", 2, 1, 1, 0, 0, 0, 0, 1, 10, 1, 0, 0),
        ("Meerwijk", 1, 0, 0, 0, 0, 1, 0, 0, None, 1, 0, 0),
        ("Onbekend", 1, 0, 0, 0, 0, 1, 0, 0, None, 1, 0, 0),
    ]


# --- melding and evaluatie


def melding(number, **columns):
    return {"melding_id": f"melding-{number:04d}", "datum_melding": "2022-03-15"} | columns


def test_requests_per_month_and_per_quarter_of_referrer(town):
    database = town(
        melding=[
            melding(1, verwijzer="Huisarts"),
            melding(2),
            melding(3, datum_melding="2022-04-01", soort="Begeleidingstraject"),
            melding(4, datum_melding="2022-03-31"),
        ]
    )
    assert rows(database, "melding_per_maand") == [
        (day("2022-03-01"), "Centrum", "Wonen", "Hulpvraag", 3),
        (day("2022-04-01"), "Centrum", "Wonen", "Begeleidingstraject", 1),
    ]
    assert rows(database, "melding_verwijzer") == [
        (day("2022-01-01"), "Huisarts", 1),
        (day("2022-01-01"), "Niet geregistreerd", 2),
        (day("2022-04-01"), "Niet geregistreerd", 1),
    ]
    assert rows(database, "melding_verwijzer", peildatum=date(2022, 3, 15)) == [
        (day("2022-01-01"), "Huisarts", 1),
        (day("2022-01-01"), "Niet geregistreerd", 1),
    ]


def test_requests_follow_wijkteam_and_stadsdeel_and_no_other_filter(town):
    database = town(melding=[melding(1), melding(2, wijkteam="Meerwijk"), melding(3, wijkteam="Boerhaavewijk")])

    def number(**selection):
        return sum(row[-1] for row in rows(database, "melding_per_maand", **selection))

    assert number(doelgroepen=(GEZIN,), wetten=("WI2013",), cohorten=(2022,)) == 3
    assert number(stadsdelen=("Schalkwijk",)) == 2
    assert number(stadsdelen=("Schalkwijk",), wijkteams=("Meerwijk",)) == 1
    assert number(stadsdelen=("Noord",), wijkteams=("Meerwijk",)) == 0
    assert number(wijkteams=("Onbekend",)) == 0


def test_regimes_count_distinct_persons(town):
    database = town(
        inburgeraar=[
            newcomer(1, wet="WI2013", datum_huisvesting="2020-06-01"),
            newcomer(2, wet="WI2013", datum_huisvesting="2021-06-01"),
        ],
        begeleiding=[
            period(1, "2020-07-01", "2020-07-11"),
            period(1, "2020-09-01", "2020-09-21"),
            period(2, "2021-07-01"),
        ],
    )
    assert rows(database, "evaluatie_regimes") == [
        ("12 maanden", 2, 3, 20 / 30.4375, day("2020-06-01"), day("2021-06-01"))
    ]


def conditions(database, **selection):
    found = queries.run("evaluatie_meetbaarheid", Selection(**selection), database)
    return {row["voorwaarde"]: (row["voldaan"], row["waarde"], row["drempel"]) for row in found.to_dicts()}


def test_without_the_column_nobody_is_known_as_statushouder(town):
    found = conditions(town(melding=[melding(n, verwijzer="Huisarts" if n < 5 else None) for n in range(1, 6)]))
    assert list(found) == [
        "statushouder_geregistreerd",
        "regime_geregistreerd",
        "verwijzer_bekend",
        "groep_24_maanden",
        "groep_12_maanden",
        "aantoonbaar_verschil",
    ]
    assert found["statushouder_geregistreerd"] == (False, 0.0, 0.95)
    assert found["regime_geregistreerd"] == (False, None, 0.95)
    assert found["verwijzer_bekend"] == (True, 0.8, 0.8)
    assert found["groep_24_maanden"] == (False, 0.0, 30.0)
    assert found["aantoonbaar_verschil"] == (False, None, 0.1)


def test_optional_columns_are_measured_when_they_are_there(town):
    database = town(
        melding=[melding(n, statushouder=True, begeleidingsregime="24 maanden") for n in range(1, 20)]
        + [melding(20, statushouder=None)]
    )
    found = conditions(database)
    assert found["statushouder_geregistreerd"] == (True, 0.95, 0.95)
    assert found["regime_geregistreerd"] == (True, 1.0, 0.95)


def test_smallest_visible_difference_follows_from_the_groups(town):
    many = range(1, 801)
    database = town(
        inburgeraar=[
            newcomer(n, wet="WI2013", datum_huisvesting="2019-06-01" if n <= 400 else "2021-06-01") for n in many
        ],
        begeleiding=[period(n, "2021-07-01") for n in many],
    )
    met, value, threshold = conditions(database)["aantoonbaar_verschil"]
    assert value == pytest.approx(2.801585 * (0.25 * (1 / 400 + 1 / 400)) ** 0.5)
    assert (met, threshold) == (True, 0.1)
    assert conditions(database)["groep_12_maanden"] == (True, 400.0, 30.0)
    assert conditions(database, huisvesting_van=day("2020-01-01"))["aantoonbaar_verschil"] == (
        False,
        None,
        0.1,
    )


def test_of_whom_a_request_is_stands_in_the_delivery_or_not_at_all(town):
    """Without the column no request can be told to be of a statushouder; with it, none may happen to be."""
    without = queries.run("evaluatie_meetbaarheid", Selection(), town(melding=[melding(1)]))["toelichting"]
    assert without[1].startswith("Van wie een melding is, staat niet in de levering")
    of_others = town(melding=[melding(1, statushouder=False, begeleidingsregime=None)])
    known = queries.run("evaluatie_meetbaarheid", Selection(), of_others)["toelichting"]
    assert known[1].startswith("Geen melding is als die van een statushouder herkenbaar")


def test_every_condition_explains_itself_in_a_sentence(town):
    found = queries.run("evaluatie_meetbaarheid", Selection(), town())
    assert all(text.endswith(".") for text in found["toelichting"])
