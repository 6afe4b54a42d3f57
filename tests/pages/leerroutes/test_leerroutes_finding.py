"""The sentences of the page Leerroutes: every branch of their rules, in correct Dutch."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.leerroutes import finding as says

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


def change(oordeel, waarde=0.5, eerder=0.75, kwartaal=date(2022, 10, 1)):
    return {"kwartaal": kwartaal, "waarde": waarde, "eerder_waarde": eerder, "oordeel": oordeel}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (change("lager"), "PIP op tijd in het 4e kwartaal 2022: 50%, lager dan eerder dat jaar (75%)"),
        (change("hoger", 0.9), "PIP op tijd in het 4e kwartaal 2022: 90%, hoger dan eerder dat jaar (75%)"),
        (
            change("binnen toeval"),
            "PIP op tijd in het 4e kwartaal 2022: 50%, eerder dat jaar 75%; dat verschil kan toeval zijn",
        ),
        (change("binnen toeval", 0.751), "PIP op tijd in het 4e kwartaal 2022: 75%, net als eerder dat jaar"),
        (change("geen oordeel", eerder=None), "PIP op tijd in het 4e kwartaal 2022: 50%"),
        (
            change("geen oordeel", None, None, None),
            "PIP op tijd per kwartaal: nog te weinig waarnemingen",
        ),
    ],
)
def test_a_quarter_is_called_higher_or_lower_only_when_the_question_says_so(row, words):
    assert says.quarters_title(row) == words


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
    assert says.routes_title(distribution(b=8, z=5, geen=4)) == (
        "Vaakst gevolgd: de B1-route (8 van de 13 met een PIP); nog geen PIP: 4 van 17 personen"
    )
    assert says.routes_title(distribution(b=6, z=6)) == (
        "Vaakst gevolgd: de B1-route en de zelfredzaamheidsroute (elk 6 van de 12 met een PIP); "
        "nog geen PIP: 0 van 12 personen"
    )


def test_under_ten_plans_no_route_is_singled_out():
    assert says.routes_title(distribution(b=8, z=1, geen=3)) == (
        "Leerroute per stadsdeel: 9 personen met een PIP; nog geen PIP: 3 van 12 personen"
    )
    assert says.routes_title(distribution()) == "Leerroute per stadsdeel"


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


def test_a_share_that_is_not_shown_says_why():
    assert says.share_words(None) == "te weinig waarnemingen"
    assert says.share_words(0.5) == "50%"
    assert says.n_words(1) == "n = 1 persoon"
