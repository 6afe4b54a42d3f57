"""What the page Ontzorging says, of exact and of published figures."""

from functools import partial

import polars as pl
import pytest

from pages.ontzorging import words as says
from pages.words import sentences
from tests.pages.show import answers
from tests.pages.show.published import exact, exact_row, published, published_row


def status(make, **counts):
    names = {"lopend": "Lopend", "voltooid": "Voltooid", "niet_gestart": "Niet gestart", "geen": "Geen registratie"}
    values = [(names[name], number) for name, number in counts.items()]
    return make(answers.rows("status aantal", *values, stadsdeel="Oost"))


def kpi(make, teller, noemer, waarde):
    return make({"teller": teller, "noemer": noemer, "waarde": waarde})


TARGET = says.TEXTS["target_group"]
SOMEBODY, NOBODY = status(exact, lopend=100), status(exact)


@pytest.mark.parametrize(
    ("group", "row", "number"),
    [
        (SOMEBODY, kpi(exact_row, 85, 100, 0.85), "100"),
        (status(published, lopend=60), kpi(published_row, 30, 40, None), "ongeveer 40"),
        (status(published, lopend=None), kpi(published_row, None, None, None), "te klein om te tonen"),
    ],
)
def test_the_finding_is_the_norm_and_the_page_says_on_how_many_the_six_months_rest(group, row, number):
    """Too small is never called nobody."""
    assert says.finding(group, row) == sentences.stand("ontzorging_dekking", row)
    assert says.target_group(group, row) == f"{TARGET} {says.TEXTS['six_months'].format(number)}"
    assert says.finding(NOBODY, row) == says.TEXTS["nobody"]
    assert says.target_group(NOBODY, row) == TARGET


def per_area(*values, left_out=()):
    frame = answers.rows("niveau gebied teller noemer", *values, indicator="ontzorging_dekking")
    return published(frame, left_out=left_out)


NOT_PUBLISHED = per_area(
    ("stadsdeel", "Oost", None, None), ("wijkteam", "Meerwijk", None, None), left_out=("teller", "noemer")
)
CITY = pl.concat([per_area(("stadsdeel", "Oost", 20, 20)), NOT_PUBLISHED.tail(1)])
INTERN = exact(CITY.select("niveau", "gebied", "indicator", "noemer"))


@pytest.mark.parametrize(
    ("answer", "choices"),
    [
        (CITY, ["Stadsdeel"]),
        (NOT_PUBLISHED, ["Stadsdeel"]),
        (INTERN, ["Stadsdeel", "Wijkteam"]),
    ],
)
def test_the_reader_chooses_between_what_was_published_and_that_is_not_nobody(answer, choices):
    assert says.choices(answer) == choices


def areas(make, *values):
    return make(answers.rows("gebied teller noemer waarde", *values))


def reasons(make, **counts):
    values = [(name.replace("_", " "), number) for name, number in counts.items()]
    return make(answers.rows("reden aantal", *values))


def costs(make, huur, energie, gestart):
    return make(answers.rows("post aantal gestart", ("huur", huur, gestart), ("energie", energie, gestart)))


ONE_OF_TWO = areas(exact, ("Oost", 10, 10, 1.0), ("Noord", 9, 10, 0.9), ("Centrum", 1, 1, None))
NONE_OF_TWO = areas(published, ("Oost", 40, 60, 0.67), ("Noord", 40, 50, 0.8), ("Centrum", 10, 10, None))
NOW = "Personen in de doelgroep die nu worden ontzorgd"
MET = "met genoeg waarnemingen die de norm halen"


coverage = partial(says.coverage_title, level="stadsdeel")
why_not = partial(says.reasons_title, subject="Waarom niet begonnen")


@pytest.mark.parametrize(
    ("say", "frame", "words"),
    [
        (coverage, areas(exact), "Begonnen per stadsdeel"),
        (coverage, areas(exact, ("Oost", 3, 9, None)), "Begonnen per stadsdeel"),
        (coverage, ONE_OF_TWO, f"Stadsdelen {MET}: 1 van 2"),
        (coverage, NONE_OF_TWO, f"Stadsdelen {MET}: 0 van 2"),
        (says.status_title, status(exact, lopend=4, voltooid=3, niet_gestart=2, geen=1),
         f"{NOW}: 4; niet gestart of zonder registratie: 3"),
        (says.status_title, status(published, lopend=20, niet_gestart=10, geen=10), f"{NOW}: ongeveer 20"),
        (says.status_title, status(published, lopend=None, voltooid=10), "De stand per stadsdeel"),
        (says.status_title, pl.concat([status(published, lopend=20)] * 2), "De stand per stadsdeel"),
        (why_not, reasons(exact), "Waarom niet begonnen"),
        (why_not, reasons(exact, Wachtlijst=8, Onbekend=1), "Waarom niet begonnen"),
        (why_not, reasons(exact, Wachtlijst=8, Onbekend=15),
         "Waarom niet begonnen: ‘wachtlijst’ (8) en geen reden bekend (15)"),
        (why_not, reasons(exact, Onbekend=12), "Waarom niet begonnen: geen reden bekend (12)"),
        (why_not, reasons(published, Al_zelfredzaam=10, Wachtlijst=None, Onbekend=20),
         "Waarom niet begonnen: ‘al zelfredzaam’ (ongeveer 10) en geen reden bekend (ongeveer 20)"),
        (why_not, reasons(published, Wachtlijst=None, Onbekend=None), "Waarom niet begonnen"),
        (says.costs_title, costs(exact, 9, 5, 10), "Betaald: huur voor 9 van 10 en energie voor 5 van 10"),
        (says.costs_title, costs(published, 70, 50, 80),
         "Betaald: huur voor ongeveer 70 van 80 en energie voor ongeveer 50 van 80"),
        # "80 van de 80" would say everybody, and may be 72 of 88.
        (says.costs_title, costs(published, 80, None, 80), "Betaald: huur voor ongeveer 80"),
        (says.costs_title, costs(published, None, None, 10), "Vaste lasten die worden betaald"),
        (says.costs_title, costs(exact, 0, 0, 0).clear(), "Vaste lasten die worden betaald"),
    ],
)  # fmt: skip
def test_an_answer_is_told_as_it_may_be(say, frame, words):
    assert say(frame) == words
