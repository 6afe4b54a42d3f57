"""What the page Ontzorging says, draws and puts in its tables, of exact and of published figures."""

from functools import partial

import polars as pl
import pytest

from pages.ontzorging import charts
from pages.ontzorging import words as says
from pages.words import sentences
from tests.pages.show import answers
from tests.pages.show.published import exact, exact_row, published, published_row

FIGURES = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")
TARGET = says.TEXTS["target_group"]


def status(make, **counts):
    names = {"lopend": "Lopend", "voltooid": "Voltooid", "niet_gestart": "Niet gestart", "geen": "Geen registratie"}
    values = [(names[name], number) for name, number in counts.items()]
    return make(answers.rows("status aantal", *values, stadsdeel="Oost"))


def kpi(make, teller, noemer, waarde):
    return make({"teller": teller, "noemer": noemer, "waarde": waarde})


@pytest.mark.parametrize(
    ("group", "row", "number"),
    [
        (status(exact, lopend=100), kpi(exact_row, 85, 100, 0.85), "100"),
        (status(published, lopend=60), kpi(published_row, 30, 40, None), "ongeveer 40"),
        (status(published, lopend=None), kpi(published_row, None, None, None), ""),
    ],
    ids=["exact", "rounded", "too small is never called nobody"],
)
def test_the_finding_is_the_norm_and_the_page_says_on_how_many_the_six_months_rest(group, row, number):
    waits = published_row({"teller": None, "noemer": None, "waarde": None})
    rows = {"ontzorging_dekking": row, "ontzorging_lang_zonder": waits, "ontzorging_zonder": waits}
    few = sentences.waiting(rows, ("ontzorging_lang_zonder",))
    assert says.finding(group, rows) == (sentences.stand("ontzorging_dekking", row) or few) != ""
    told = f" {says.TEXTS['six_months'].format(number)}" if number else ""
    assert says.target_group(group, row) == f"{TARGET}{told}"
    assert says.finding(status(exact), rows) == says.TEXTS["nobody"]
    assert says.target_group(status(exact), row) == TARGET


def per_area(make, *values, **shown):
    """Rows of kpi_per_gebied: niveau, gebied and figures."""
    return make(answers.rows(f"niveau gebied {' '.join(FIGURES)}", *values, indicator="ontzorging_dekking"), **shown)


NOTHING = [None] * 5
EXACT = per_area(
    exact,
    ("stadsdeel", "Oost", 17, 22, 0.77, 0.57, 0.90),
    ("stadsdeel", "Centrum", 2, 4, 0.5, 0.15, 0.85),
    ("stadsdeel", "Onbekend", 0, 0, None, None, None),
    ("wijkteam", "Oost", 17, 22, 0.77, 0.57, 0.90),
)
AREAS = [("Oost", 40, 60, 0.67, 0.5, 0.8), ("Centrum", 10, 20, None, None, None), ("Onbekend", *NOTHING)]
TEAMS = per_area(published, ("wijkteam", "Oost", *NOTHING), left_out=FIGURES)
PUBLIC = pl.concat([per_area(published, *(("stadsdeel", *area) for area in AREAS)), TEAMS])
NOT_PUBLISHED = pl.concat([per_area(published, ("stadsdeel", "Oost", *NOTHING), left_out=FIGURES), TEAMS])


@pytest.mark.parametrize(
    ("answer", "level", "found", "choices"),
    [
        (EXACT, "stadsdeel", [("Oost", 0.77), ("Centrum", None)], ["Stadsdeel", "Wijkteam"]),
        (PUBLIC, "stadsdeel", [("Oost", 0.67), ("Centrum", None), ("Onbekend", None)], ["Stadsdeel"]),
        (NOT_PUBLISHED, "wijkteam", [("Oost", None)], ["Stadsdeel"]),
        (EXACT.with_columns(indicator=pl.lit("ontzorging_gesprek")), "stadsdeel", [], ["Stadsdeel", "Wijkteam"]),
    ],
    ids=["nobody is left out, under ten has no share", "too small stays", "not published", "another KPI"],
)
def test_the_areas_with_somebody_have_their_share_and_what_was_published_can_be_chosen(answer, level, found, choices):
    areas = charts.areas(answer, level)
    assert areas.select("gebied", "waarde").rows() == found
    chart = charts.coverage(areas)
    drawn = any(share for _, share in found)
    assert chart.description.endswith("Norm 100%.") if drawn else chart is None
    assert says.choices(answer) == choices


def areas(make, *values):
    return make(answers.rows("gebied teller noemer waarde", *values))


def reasons(make, **counts):
    values = [(name.replace("_", " "), number) for name, number in counts.items()]
    return make(answers.rows("reden aantal", *values, soort="Niet gestart"))


def costs(make, huur, energie, gestart):
    return make(answers.rows("post aantal gestart", ("huur", huur, gestart), ("energie", energie, gestart)))


ONE_OF_TWO = areas(exact, ("Oost", 10, 10, 1.0), ("Noord", 9, 10, 0.9), ("Centrum", 1, 1, None))
NONE_OF_TWO = areas(published, ("Oost", 40, 60, 0.67), ("Noord", 40, 50, 0.8), ("Centrum", 10, 10, None))
NOW = "Personen in de doelgroep die nu worden ontzorgd"
MET = "met genoeg waarnemingen die de norm halen"
coverage, why_not = partial(says.coverage_title, level="stadsdeel"), partial(says.reasons_title, subject="Waarom")


@pytest.mark.parametrize(
    ("say", "frame", "words"),
    [
        (coverage, areas(exact), "Begonnen per stadsdeel"),
        (coverage, areas(exact, ("Oost", 3, 9, None)), "Begonnen per stadsdeel"),
        (coverage, ONE_OF_TWO, f"Stadsdelen {MET}: 1 van 2"),
        (coverage, areas(exact, ("Oost", 30, 40, 0.75)), "Ontzorgen begonnen in Oost: 75%"),
        (coverage, NONE_OF_TWO, f"Stadsdelen {MET}: 0 van 2"),
        (says.status_title, status(exact, lopend=4, voltooid=3, niet_gestart=2, geen=1),
         f"{NOW}: 4; niet gestart of zonder registratie: 3"),
        (says.status_title, status(published, lopend=20, niet_gestart=10, geen=10), f"{NOW}: ongeveer 20"),
        (says.status_title, status(published, lopend=None, voltooid=10), "De stand per stadsdeel"),
        (says.status_title, pl.concat([status(published, lopend=20)] * 2), "De stand per stadsdeel"),
        (why_not, reasons(exact), "Waarom"),
        (why_not, reasons(exact, Wachtlijst=8, Onbekend=1), "Waarom"),
        (why_not, reasons(exact, Wachtlijst=8, Onbekend=15), "Waarom: ‘wachtlijst’ (8) en geen reden bekend (15)"),
        (why_not, reasons(exact, Onbekend=12), "Waarom: geen reden bekend (12)"),
        (why_not, reasons(published, Al_zelfredzaam=10, Wachtlijst=None, Onbekend=20),
         "Waarom: ‘al zelfredzaam’ (ongeveer 10) en geen reden bekend (ongeveer 20)"),
        (why_not, reasons(published, Wachtlijst=None, Onbekend=None), "Waarom"),
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


def test_the_statuses_stand_per_stadsdeel():
    noord = status(exact, lopend=5).with_columns(stadsdeel=pl.lit("Noord"))
    frame = pl.concat([status(exact, lopend=3, voltooid=4), noord])
    assert charts.status(frame).description.endswith(" Oost: Lopend 3, Voltooid 4; Noord: Lopend 5.")
    assert charts.status_table(frame).rows() == [("Oost", 4, 3, 7), ("Noord", 0, 5, 5)]


def test_reasons_stand_by_number_what_is_too_small_after_them_and_unknown_last():
    frame = reasons(published, Machtiging_geweigerd=None, Onbekend=30, Wachtlijst=10, Overig=20)
    said = "Personen per reden: Overig 20, Wachtlijst 10, Onbekend 30."
    assert charts.reasons(charts.of_soort(frame, "Niet gestart")).description == said
    assert charts.of_soort(frame, "Voortijdig beëindigd").is_empty()


def test_costs_are_of_those_whose_ontzorgen_started():
    said = "Vaste lasten die worden betaald: Huur 9 van 10, Energie 0 van 10."
    assert charts.costs(charts.paid(costs(exact, 9, 0, 10))).description == said
    assert charts.paid(costs(exact, 0, 0, 0)).is_empty()
    assert charts.paid(costs(published, 10, None, None)).height == 2
