"""The sentences of the page Leerroutes: every branch of their rules, in correct Dutch."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.leerroutes import charts
from pages.leerroutes import words as says
from pages.words import presentation
from tests.pages.show.published import published, published_row

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
CURVE = {
    "doelgroep": pl.String,
    "dag": pl.Int64,
    "in_risico": pl.Int64,
    "gebeurtenissen": pl.Int64,
    "gecensureerd": pl.Int64,
    "overleving": pl.Float64,
}
SOMEBODY = pl.DataFrame({"doelgroep": [ASIEL], "status": ["Op tijd"], "aantal": [40]})


def curve(*rows, doelgroep=ASIEL):
    return pl.DataFrame([(doelgroep, *row) for row in rows], schema=CURVE, orient="row")


def counts(**columns):
    return pl.DataFrame(columns)


def kpi(timely=(0, 0), routes=(0, 0, 0)):
    teller, noemer = timely
    rows = {"pip_tijdig": {"teller": teller, "noemer": noemer, "waarde": teller / noemer if noemer else None}}
    for code, number in zip("boz", routes, strict=True):
        whole = sum(routes)
        rows[f"leerroute_{code}"] = {"teller": number, "noemer": whole, "waarde": number / whole if whole else None}
    return rows


def test_the_finding_is_who_was_not_in_time_and_which_routes_are_followed():
    assert says.finding(SOMEBODY, kpi((30, 40), (20, 5, 15))) == (
        "10 van de 40 personen kregen het PIP niet binnen tien weken: 75% op tijd, de wet vraagt 100%. "
        "Van de 40 personen met een PIP volgt 50% de B1-route, 12% de onderwijsroute en 38% de zelfredzaamheidsroute."
    )


def test_one_person_not_in_time_is_singular():
    words = says.finding(SOMEBODY, kpi((39, 40), (40, 0, 0)))
    assert words.startswith("1 van de 40 personen kreeg het PIP niet binnen tien weken")


def test_all_in_time():
    assert says.finding(SOMEBODY, kpi((40, 40), (40, 0, 0))).startswith(
        "Alle 40 personen van wie de tien weken voorbij zijn, kregen het PIP op tijd, zoals de wet vraagt."
    )


def test_a_small_group_comes_with_a_caution_and_with_numbers_for_the_routes():
    words = says.finding(SOMEBODY, kpi((20, 29), (20, 1, 8)))
    assert says.CAUTION in words
    assert words.endswith(
        "Van de 29 personen met een PIP volgen er 20 de B1-route, 1 de onderwijsroute en 8 de zelfredzaamheidsroute."
    )
    assert says.CAUTION not in says.finding(SOMEBODY, kpi((20, 30), (20, 1, 9)))


@pytest.mark.parametrize(
    ("timely", "words"),
    [
        ((0, 1), "De ene persoon van wie de tien weken voorbij zijn, kreeg het PIP niet op tijd."),
        ((1, 1), "De ene persoon van wie de tien weken voorbij zijn, kreeg het PIP wel op tijd."),
        ((1, 9), "1 van de 9 personen van wie de tien weken voorbij zijn, kreeg het PIP op tijd."),
        ((4, 9), "4 van de 9 personen van wie de tien weken voorbij zijn, kregen het PIP op tijd."),
    ],
)
def test_under_ten_persons_there_is_no_percentage_and_no_verdict(timely, words):
    assert says.finding(SOMEBODY, kpi(timely, (4, 0, 5))) == f"{words} {says.TOO_FEW_WORDS}"


def test_too_early_and_no_plan_yet():
    assert says.finding(SOMEBODY, kpi()) == (f"{says.TOO_EARLY} Nog niemand die niet is uitgestroomd, heeft een PIP.")


def test_nobody_in_the_selection():
    assert says.finding(SOMEBODY.clear(), kpi()) == says.NOBODY


def test_the_status_title_counts_who_is_over_the_term_with_and_without_a_plan():
    status = counts(
        status=["Op tijd", "PIP te laat", "Termijn verstreken zonder PIP", "Met uitstel"], aantal=[7, 2, 3, 1]
    )
    assert says.status_title(status, ASIEL) == "Asielstatushouders: 7 op tijd, 5 over de termijn, van 13 personen"
    assert says.status_title(status.clear(), GEZIN) == "Gezins- en overige migranten"


def test_the_curve_title_is_the_share_with_a_plan_on_day_seventy():
    lines = pl.concat(
        [
            curve((0, 20, 0, 0, 1.0), (70, 20, 15, 0, 0.25), (71, 5, 5, 0, 0.0)),
            curve((0, 10, 0, 0, 1.0), (69, 10, 6, 0, 0.4), (90, 4, 0, 4, 0.4), doelgroep=GEZIN),
        ]
    )
    assert says.curve_title(lines) == (
        "Na tien weken heeft 75% van de asielstatushouders en 60% van de gezins- en overige migranten een PIP"
    )
    assert says.curve_words(lines).endswith("20 asielstatushouders en 10 gezins- en overige migranten.")


def test_a_curve_of_fewer_than_ten_or_of_less_than_seventy_days_is_not_in_the_title():
    nine = curve((0, 9, 0, 0, 1.0), (60, 9, 9, 0, 0.0))
    young = curve((0, 20, 0, 0, 1.0), (60, 20, 5, 15, 0.75))
    for lines in (nine, young):
        assert says.curve_title(lines) == "Tijd tot het PIP: te weinig personen lang genoeg gevolgd voor een uitspraak"
    assert says.curve_title(curve()) == "Tijd tot het PIP"


def test_the_stop_of_duo_is_told_from_the_day_it_began():
    assert len(says.remarks(queries.events(), date(2022, 12, 31))) == 1
    (remark,) = says.remarks(queries.events(), date(2022, 1, 15))
    assert remark.startswith("DUO verstuurt tijdelijk geen kennisgevingen.")
    assert says.remarks(queries.events(), date(2022, 1, 14)) == []


def distribution(**numbers):
    names = {"b": "B", "o": "O", "z": "Z", "geen": "Nog geen PIP"}
    return pl.DataFrame(
        [("Noord", names[key], number) for key, number in numbers.items()],
        schema={"stadsdeel": pl.String, "leerroute": pl.String, "aantal": pl.Int64},
        orient="row",
    )


def test_the_routes_title_is_the_route_most_followed():
    assert says.routes_title(distribution(b=8, z=5, geen=4), kpi()) == (
        "Vaakst gevolgd: de B1-route (8 van de 13 met een PIP); nog geen PIP: 4 van 17 personen"
    )
    assert says.routes_title(distribution(b=6, z=6), kpi()) == (
        "Vaakst gevolgd: de B1-route en de zelfredzaamheidsroute (elk 6 van de 12 met een PIP); "
        "nog geen PIP: 0 van 12 personen"
    )


def test_under_ten_plans_no_route_is_singled_out():
    assert says.routes_title(distribution(b=8, z=1, geen=3), kpi()) == (
        "Leerroute per stadsdeel: 9 personen met een PIP; nog geen PIP: 3 van 12 personen"
    )
    assert says.routes_title(distribution(), kpi()) == "Leerroute per stadsdeel"


def switched(*rows):
    schema = {"eerste_leerroute": pl.String, "leerroute": pl.String, "niveau": pl.String, "aantal": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [("B", "B", "B1", 20), ("B", "Z", "A2", 3)],
            "3 van de 23 personen met een PIP volgen nu een andere route dan eerst",
        ),
        (
            [("B", "B", "B1", 20), ("B", "B", "A2", 2), ("Z", "B", "B1", 1)],
            "1 van de 23 personen met een PIP volgt nu een andere route dan eerst; 2 doen de B1-route op niveau A2",
        ),
        (
            [("Z", "Z", "A2", 5), ("B", "B", "A2", 1)],
            "Geen van de 6 personen met een PIP volgt nu een andere route dan eerst; 1 doet de B1-route op niveau A2",
        ),
        ([("Z", "Z", "A2", 1)], "De ene persoon met een PIP volgt nu dezelfde route als eerst"),
        ([("B", "Z", "A2", 1)], "De ene persoon met een PIP volgt nu een andere route dan eerst"),
        ([], "Gewisseld van leerroute"),
    ],
)
def test_a_switch_is_another_route_and_a_lower_niveau_is_told_apart(rows, words):
    assert says.switches_title(switched(*rows)) == words


def advised(*rows):
    schema = {"uitslag": pl.String, "eerste_leerroute": pl.String, "aantal": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [
                ("B1-route haalbaar", "B", 5),
                ("B1-route haalbaar", "O", 2),
                ("B1-route haalbaar", "Z", 1),
                ("B1-route niet haalbaar", "B", 2),
                ("B1-route niet haalbaar", "O", 1),
                ("B1-route niet haalbaar", "Z", 4),
                ("Onbekend", "Z", 9),
                ("Niet afgenomen", "B", 9),
            ],
            "Bij 4 van de 15 personen met een uitslag wijkt de eerste route af van de leerbaarheidstoets",
        ),
        (
            [("B1-route haalbaar", "B", 5)],
            "Bij geen van de 5 personen met een uitslag wijkt de eerste route af van de leerbaarheidstoets",
        ),
        (
            [("B1-route haalbaar", "Z", 1)],
            "Bij de ene persoon met een uitslag wijkt de eerste route wel af van de toets",
        ),
        (
            [("B1-route niet haalbaar", "Z", 1)],
            "Bij de ene persoon met een uitslag wijkt de eerste route niet af van de toets",
        ),
        ([("Onbekend", "Z", 3)], "Uitslag van de leerbaarheidstoets: voor niemand met een PIP bekend"),
        ([], "Uitslag van de leerbaarheidstoets: voor niemand met een PIP bekend"),
    ],
)
def test_only_a_clear_outcome_can_be_departed_from(rows, words):
    assert says.advice_title(advised(*rows)) == words


def test_n_is_written_in_persons():
    assert says.n_words(1) == "n = 1 persoon"


# ------------------------------------------------------------------------------------------------ the public view


def share(teller, noemer, waarde=None):
    return published_row({"teller": teller, "noemer": noemer, "waarde": waarde})


CITY = {
    "pip_tijdig": share(100, 130, 0.77),
    "pip_zonder": share(100, 240, 100.0),
    "leerroute_b": share(70, 140, 0.5),
    "leerroute_o": share(None, 140),
    "leerroute_z": share(60, 140, 0.43),
}


def test_the_finding_of_rounded_figures_says_so():
    assert says.finding(published(SOMEBODY), CITY) == (
        "Van de ongeveer 130 personen van wie de tien weken voorbij zijn, kregen er ongeveer 100 het persoonlijk plan "
        "(PIP) op tijd (ongeveer 77%). De norm van 100% is niet gehaald: ongeveer 30 personen kregen het PIP niet op "
        "tijd. Van de ongeveer 140 personen met een PIP volgt ongeveer 50% de B1-route en ongeveer 43% de "
        "zelfredzaamheidsroute. Het deel dat de onderwijsroute volgt, is te klein om te tonen."
    )


def test_the_finding_never_calls_what_is_too_small_nobody():
    small = dict.fromkeys(CITY, share(None, None))
    words = says.finding(published(SOMEBODY.with_columns(aantal=pl.lit(None, pl.Int64))), small)
    assert words == (
        "Over personen van wie de tien weken voorbij zijn is geen percentage te geven: de aantallen zijn te klein. "
        "Percentages per leerroute zijn niet te tonen: de aantallen zijn te klein."
    )


def beside(*shares):
    rows = [(ASIEL, 130, 180), (GEZIN, 60, 60)]
    return published(
        pl.DataFrame(
            [(*row, 2022, each, 0.35, "CBS") for row, each in zip(rows, shares, strict=False)],
            schema={"doelgroep": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "cohort": pl.Int64,
                    "waarde": pl.Float64, "landelijk_waarde": pl.Float64, "bron": pl.String},
            orient="row",
        )
    )  # fmt: skip


def test_a_rounded_share_beside_the_national_one_is_about_so_much():
    assert says.national_title(beside(0.72, None)) == (
        "Brede intake begonnen, cohort 2022: asielstatushouders ongeveer 72% (Nederland 35%)"
    )
    assert says.national_title(beside(None)) == (
        "Brede intake begonnen, cohort 2022: de aantallen zijn te klein voor een percentage"
    )


def test_a_share_that_is_left_out_is_explained():
    assert says.NO_SHARE in says.national_words(beside(0.72, None))
    assert says.NO_SHARE not in says.national_words(beside(0.72))


def test_a_stadsdeel_is_not_compared_and_the_page_says_why():
    nothing = beside(None, None).with_columns(noemer=pl.lit(None, pl.Int64), noemer_weergave=pl.lit("weggelaten"))
    assert says.nothing_national(nothing) == says.NOT_BY_AREA
    assert says.nothing_national(beside()) == says.NO_NATIONAL


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ((80, 10, 10), "Asielstatushouders: ongeveer 80 op tijd, 10 te laat en 10 over de termijn zonder PIP"),
        ((None, 10, None), "Asielstatushouders: <10 op tijd, ongeveer 10 te laat en <10 over de termijn zonder PIP"),
        ((None, None, None), "Asielstatushouders, naar stand van het PIP"),
    ],
)
def test_rounded_statuses_are_told_one_by_one(counted, words):
    status = counts(status=["Op tijd", "PIP te laat", "Termijn verstreken zonder PIP", "Met uitstel"],
                    aantal=[*counted, 20])  # fmt: skip
    assert says.status_title(published(status), ASIEL) == words


def test_the_title_of_all_doelgroepen_together_names_them_so():
    status = published(counts(status=["Op tijd"], aantal=[10]))
    assert says.status_title(status, charts.TOGETHER) == "Alle doelgroepen: ongeveer 10 op tijd"


def months(*shares, doelgroep=ASIEL):
    line = curve(
        *((day, None, None, None, each) for day, each in zip((0, 30, 61), shares, strict=True)), doelgroep=doelgroep
    )
    return published(line, left_out=("in_risico", "gebeurtenissen", "gecensureerd"))


def test_a_published_curve_is_read_at_two_months():
    lines = pl.concat([months(1.0, 0.9, 0.33), months(1.0, None, 0.4, doelgroep=GEZIN)])
    assert says.curve_title(lines) == (
        "Na twee maanden heeft ongeveer 67% van de asielstatushouders en ongeveer 60% van de gezins- en overige "
        "migranten een PIP"
    )
    assert says.curve_title(months(1.0, 0.9, 0.33, doelgroep=charts.TOGETHER)) == (
        "Na twee maanden heeft ongeveer 67% een PIP"
    )
    assert says.curve_title(months(1.0, 0.9, None)) == "Tijd tot het PIP: te klein om te tonen"
    assert says.curve_words(lines) == "Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken."


def test_a_curve_is_explained_as_it_is_drawn():
    assert says.how_to_read(curve((0, 20, 0, 0, 1.0))) == says.CURVE
    assert says.how_to_read(months(1.0, 0.9, 0.33)) == says.PUBLISHED_CURVE
    assert says.how_to_read(months(None, None, None)) == ""
    assert "estippeld" not in says.PUBLISHED_CURVE


def test_an_answer_without_rows_is_nobody_only_when_the_figures_are_exact():
    exact, small = {"teller": 0, "noemer": 0, "waarde": None}, share(None, None)
    assert says.no_curve(exact) == says.NO_TERM
    assert says.no_quarter(exact) == says.NO_QUARTER
    assert says.no_curve(small) == says.no_quarter(small) == presentation.NOTHING_PUBLISHED_HERE


def quarters(*shares):
    rows = [(date(2022, 1 + 3 * number, 1), 40, 50, each) for number, each in enumerate(shares)]
    schema = {"kwartaal": pl.Date, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_the_quarters_are_explained_as_they_are_drawn():
    assert says.quarters_words(quarters(0.8)) == says.QUARTERS
    assert says.quarters_words(published(quarters(None, 0.8))) == says.PUBLISHED_QUARTERS
    assert says.quarters_words(published(quarters(None, None))) == says.QUARTERS_WITHOUT_SHARES
    assert "lijn" not in says.QUARTERS_WITHOUT_SHARES


def test_the_routes_title_of_rounded_counts_ranks_nothing():
    frame = published(distribution(b=30, z=20, geen=10))
    assert says.routes_title(frame, CITY) == (
        "Met een PIP: ongeveer 70 B1-route, <10 onderwijsroute en 60 zelfredzaamheidsroute; nog ongeveer 100 zonder PIP"
    )
    small = CITY | dict.fromkeys(("leerroute_b", "leerroute_o", "leerroute_z"), share(None, 10))
    assert says.routes_title(frame, small) == "Leerroute per stadsdeel; nog ongeveer 100 zonder PIP"


def test_a_doelgroep_is_not_told_per_stadsdeel_in_the_public_view():
    frame = published(distribution(b=30))
    assert says.routes_words(frame) == says.ROUTES
    whole = frame.with_columns(stadsdeel=pl.lit(charts.ALL_AREAS))
    assert says.routes_words(whole) == f"{says.ROUTES} {says.NOT_PER_AREA}"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [("B", "B", "B1", 80), ("B", "Z", "A2", 10), ("Z", "B", "A2", 20), ("O", "Z", "A2", None)],
            "Gewisseld van leerroute: van B1-route naar zelfredzaamheidsroute (ongeveer 10 personen) en van "
            "zelfredzaamheidsroute naar B1-route op niveau A2 (ongeveer 20 personen); bij elke andere wissel <10",
        ),
        ([("B", "B", "B1", 80), ("B", "Z", "A2", None)], "Gewisseld van leerroute: bij elke wissel <10 personen"),
        (
            [("B", "Z", "A2", 10), ("O", "B", "B1", 10)],
            "Gewisseld van leerroute: van B1-route naar zelfredzaamheidsroute (ongeveer 10 personen) en van "
            "onderwijsroute naar B1-route (ongeveer 10 personen)",
        ),
    ],
)
def test_rounded_switches_are_told_one_by_one(rows, words):
    assert says.switches_title(published(switched(*rows))) == words


def test_a_count_that_was_left_out_is_not_called_less_than_ten():
    left_out = published(switched(("B", "Z", "A2", None)), left_out=("aantal",))
    assert says.switches_title(left_out) == "Gewisseld van leerroute"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [("B1-route haalbaar", "Z", 10), ("B1-route niet haalbaar", "B", None), ("B1-route haalbaar", "B", 70)],
            "Afgeweken van de leerbaarheidstoets: zelfredzaamheidsroute terwijl B1 haalbaar was (ongeveer 10 "
            "personen); bij elke andere afwijking <10",
        ),
        (
            [("B1-route niet haalbaar", "B", 10), ("B1-route niet haalbaar", "O", 20)],
            "Afgeweken van de leerbaarheidstoets: B1-route terwijl die niet haalbaar was (ongeveer 10 personen) en "
            "onderwijsroute terwijl B1 niet haalbaar was (ongeveer 20 personen)",
        ),
        (
            [("B1-route haalbaar", "Z", None), ("Onbekend", "Z", 10)],
            "Afgeweken van de leerbaarheidstoets: bij elke afwijking <10 personen",
        ),
    ],
)
def test_rounded_departures_are_told_one_by_one(rows, words):
    assert says.advice_title(published(advised(*rows))) == words


def test_n_of_a_rounded_figure_is_about_so_much_and_of_a_sum_it_is_left_out():
    assert says.n_words(None) == ""
    assert says.n_of(share(100, 130, 0.77)) == "n = ongeveer 130 personen"
    assert says.n_of({"noemer": 126}) == "n = 126 personen"
    assert says.n_of(share(None, None)) == ""
