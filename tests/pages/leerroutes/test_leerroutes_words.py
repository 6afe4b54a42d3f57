"""What the page Leerroutes says, of exact and of published figures."""

from datetime import date
from functools import partial

import polars as pl
import pytest

import queries
from pages.leerroutes import charts
from pages.leerroutes import words as says
from pages.words import sentences
from tests.pages.show import answers
from tests.pages.show.published import exact, published, published_row

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
curve, months = (partial(each, doelgroep=ASIEL) for each in (answers.curve, answers.months))


def switched(*values):
    return exact(answers.rows("eerste_leerroute leerroute niveau aantal", *values))


def advised(*values):
    return exact(answers.rows("uitslag eerste_leerroute aantal", *values))


def rounded(frame):
    return published(frame.drop("aantal_weergave", "aantal_tekst", "aantal_kort"))


def figures(teller, noemer, waarde=None):
    return published_row({"teller": teller, "noemer": noemer, "waarde": waarde})


CITY = {
    "pip_tijdig": figures(100, 130, 0.77),
    "pip_zonder": figures(100, 240, 100.0),
    "leerroute_b": figures(70, 140, 0.5),
    "leerroute_o": figures(None, 140),
    "leerroute_z": figures(60, 140, 0.43),
}
HIDDEN = dict.fromkeys(CITY, figures(None, None))
SOMEBODY, HIDDEN_BODY = answers.rows("aantal", (40,)), answers.rows("aantal", (None,))


@pytest.mark.parametrize("rows", [CITY, HIDDEN])
def test_the_finding_is_who_was_not_in_time_and_which_routes_are_followed(rows):
    """Too small is never called nobody."""
    told = f"{sentences.stand('pip_tijdig', rows['pip_tijdig'])} {sentences.routes(rows)}"
    assert says.finding(published(SOMEBODY), rows) == told
    assert says.finding(published(HIDDEN_BODY), rows) == told
    assert says.finding(exact(SOMEBODY).clear(), rows) == says.TEXTS["empty"]["nobody"]


def beside(*shares):
    values = [(name, 130, 180, share) for name, share in zip((ASIEL, GEZIN), shares, strict=False)]
    same = {"cohort": 2022, "landelijk_waarde": 0.35, "bron": "CBS"}
    return published(answers.rows("doelgroep teller noemer waarde", *values, **same))


LEFT_OUT = beside(None).with_columns(noemer=pl.lit(None, pl.Int64), noemer_weergave=pl.lit("weggelaten"))
STATUSES = ("Op tijd", "PIP te laat", "Termijn verstreken zonder PIP", "Met uitstel")
CURVES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (70, 20, 15, 0, 0.25), (71, 5, 5, 0, 0.0)),
        curve((0, 10, 0, 0, 1.0), (69, 10, 6, 0, 0.4), (90, 4, 0, 4, 0.4), doelgroep=GEZIN),
    ]
)
PUBLIC_CURVES = pl.concat([months(1.0, 0.9, 0.33), months(1.0, None, 0.4, doelgroep=GEZIN)])
TOGETHER = months(1.0, 0.9, 0.33, doelgroep=charts.TOGETHER)


def status(*numbers):
    return answers.rows("status aantal", *zip(STATUSES, numbers, strict=False))


def routes(make, area, *numbers):
    return make(pl.DataFrame({"stadsdeel": area, "leerroute": "B", "aantal": numbers}))


@pytest.mark.parametrize(
    ("say", "answer", "words"),
    [
        (says.national_title, beside(0.72, None),
         "Brede intake begonnen, cohort 2022: asielstatushouders ongeveer 72% (Nederland 35%)"),
        (says.national_title, beside(None),
         "Brede intake begonnen, cohort 2022: de aantallen zijn te klein voor een percentage"),
        (says.national_title, beside(), "Brede intake naast het landelijke cijfer"),
        (says.national_words, beside(0.72, None),
         f"{says.TEXTS['national']['told']} {says.TEXTS['national']['no_share']} Bron van het landelijke cijfer: CBS."),
        (says.national_words, beside(0.72), f"{says.TEXTS['national']['told']} Bron van het landelijke cijfer: CBS."),
        (says.nothing_national, LEFT_OUT, says.TEXTS["national"]["not_by_area"]),
        (says.nothing_national, beside(), says.TEXTS["national"]["no_figure"]),
        (says.nothing_national, beside(0.72), says.TEXTS["national"]["no_cohort"]),
        (lambda frame: says.status_title(frame, ASIEL), exact(status(7, 2, 3, 1)),
         "Asielstatushouders: 7 op tijd, 2 te laat en 3 over de termijn zonder PIP"),
        (lambda frame: says.status_title(frame, charts.TOGETHER), published(status(80, None, 10, 20)),
         "Alle doelgroepen: ongeveer 80 op tijd en ongeveer 10 over de termijn zonder PIP"),
        (lambda frame: says.status_title(frame, GEZIN), published(status(None, None, None, 20)),
         "Gezins- en overige migranten"),
        (says.curve_title, CURVES,
         "Na 70 dagen heeft 75% van de asielstatushouders en 60% van de gezins- en overige migranten een PIP"),
        (says.curve_title, PUBLIC_CURVES,
         "Na 2 maanden heeft ongeveer 67% van de asielstatushouders en ongeveer 60% van de gezins- en overige "
         "migranten een PIP"),
        (says.curve_title, TOGETHER, "Na 2 maanden heeft ongeveer 67% een PIP"),
        (says.curve_title, curve(), "Tijd tot het PIP"),
        (says.curve_title, curve((0, 9, 0, 0, 1.0), (60, 9, 9, 0, 0.0)), "Tijd tot het PIP"),
        (says.curve_title, curve((0, 20, 0, 0, 1.0), (60, 20, 5, 15, 0.75)), "Tijd tot het PIP"),
        (says.curve_title, months(1.0, 0.9, None), "Tijd tot het PIP"),
        (says.curve_words, CURVES,
         "Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken: 20 asielstatushouders en 10 gezins- en "
         "overige migranten."),
        (says.curve_words, TOGETHER, "Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken."),
        (lambda frame: says.routes_title(frame, CITY), routes(exact, ["Noord", "Oost"], 3, 4),
         "Leerroute nu: B1-route 7, onderwijsroute 0, zelfredzaamheidsroute 0 en nog geen PIP 0"),
        (lambda frame: says.routes_title(frame, CITY), routes(published, ["Noord", "Oost"], 30, 40),
         "Leerroute nu: B1-route ongeveer 70, zelfredzaamheidsroute ongeveer 60 en nog geen PIP ongeveer 100"),
        (lambda frame: says.routes_title(frame, HIDDEN), routes(published, "Noord", 30), "Leerroute per stadsdeel"),
    ],
)  # fmt: skip
def test_an_answer_is_told_as_it_may_be(say, answer, words):
    assert say(answer) == words


SWITCHES = switched(("B", "B", "B1", 80), ("B", "Z", "A2", 10), ("Z", "B", "A2", 20), ("O", "Z", "A2", None))
ADVICE = advised(("B1-route haalbaar", "Z", 10), ("B1-route niet haalbaar", "B", None))
CLEAR = [("B1-route haalbaar", "B", 5), ("B1-route haalbaar", "Z", 1), ("B1-route niet haalbaar", "O", 3)]


@pytest.mark.parametrize(
    ("say", "answer", "told"),
    [
        (says.switches_title, switched(("B", "B", "B1", 20), ("B", "B", "A2", 2), ("Z", "B", "B1", 1)), ": 1 van 23"),
        (says.switches_title, switched(), ""),
        (says.switches_title, rounded(SWITCHES),
         ": van B1-route naar zelfredzaamheidsroute op niveau A2 (ongeveer 10) en van zelfredzaamheidsroute naar "
         "B1-route op niveau A2 (ongeveer 20)"),
        (says.switches_title, rounded(SWITCHES[::3]), ""),
        (says.advice_title, advised(*CLEAR, ("B1-route niet haalbaar", "Z", 6), ("Onbekend", "Z", 9)), ": 4 van 15"),
        (says.advice_title, advised(("Onbekend", "Z", 3)), ""),
        (says.advice_title, rounded(ADVICE), ": zelfredzaamheidsroute bij ‘B1-route haalbaar’ (ongeveer 10)"),
    ],
)  # fmt: skip
def test_only_another_route_and_a_clear_outcome_that_is_departed_from_count(say, answer, told):
    subject = {
        says.switches_title: "Andere leerroute dan eerst",
        says.advice_title: "Eerste route wijkt af van de toets",
    }
    assert say(answer) == f"{subject[say]}{told}"


def test_the_stop_of_duo_is_told_from_the_day_it_began():
    (remark,) = says.remarks(queries.events(), date(2022, 1, 15))
    assert remark.startswith("DUO verstuurt tijdelijk geen kennisgevingen.")
    assert says.remarks(queries.events(), date(2022, 1, 14)) == []
