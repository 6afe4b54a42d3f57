"""The sentences of the page Overdracht say what the figures say, and not more."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.filters import bar
from pages.overdracht import charts
from pages.overdracht import words as says
from pages.words import presentation
from tests.pages.show.published import published, published_row

P = date(2022, 12, 31)
COLUMNS = ("populatie", "overgedragen", "vertrokken", "driegesprek", "open_0_30", "open_31_90", "open_90_plus")


def teams(*rows):
    """Rows of overdracht_per_wijkteam: the name, and the counts that a test is about."""
    return pl.DataFrame(
        [{"wijkteam": name} | dict.fromkeys(COLUMNS, 0) | counts for name, counts in rows],
        schema={"wijkteam": pl.String} | dict.fromkeys(COLUMNS, pl.Int64),
    )


def row(teller, noemer, waarde=None):
    return {"teller": teller, "noemer": noemer, "waarde": waarde}


def kpi(waiting, group, done, judged, long=0):
    return {
        "overdracht_open": row(waiting, group, float(waiting)),
        "overdracht_lang_open": row(long, waiting, float(long)),
        "overdracht_gedaan": row(done, judged, done / judged if judged else None),
    }


def test_nobody_and_nobody_left_are_said():
    assert says.finding(teams(), kpi(0, 0, 0, 0)) == says.NOBODY
    assert says.finding(teams(("Oost", {"populatie": 2})), kpi(0, 0, 0, 0)) == says.ALL_LEFT


@pytest.mark.parametrize(
    ("waiting", "long", "words"),
    [
        (0, 0, "Niemand wacht op de overdracht aan een wijkteam."),
        (1, 0, "Niemand wacht langer dan 90 dagen op de overdracht aan een wijkteam (van 1 die wachten)."),
        (5, 2, "2 personen wachten langer dan 90 dagen op de overdracht aan een wijkteam (van 5 die wachten)."),
    ],
)
def test_the_finding_says_first_who_waits_too_long(waiting, long, words):
    shown = teams(("Oost", {"populatie": 40, "open_90_plus": long}))
    assert says.finding(shown, kpi(waiting, 40, 30, 40, long)).startswith(words)


@pytest.mark.parametrize(
    ("done", "judged", "words"),
    [
        (0, 0, "over de norm is nog niets te zeggen"),
        (4, 9, "te weinig waarnemingen voor een oordeel over de norm"),
        (12, 12, "de norm is gehaald"),
        (30, 40, "30 van de 40 bij wie dat 30 dagen of langer geleden is (75%; de norm is 100%)."),
    ],
)
def test_the_norm_is_judged_from_ten_persons_on(done, judged, words):
    sentence = says.finding(teams(("Oost", {"populatie": 40})), kpi(3, 40, done, judged))
    assert words in sentence
    assert ("%" in sentence) == (judged == 40)
    assert says.CAUTION not in sentence


def test_a_small_group_asks_for_caution():
    assert says.finding(teams(("Oost", {"populatie": 20})), kpi(3, 20, 7, 10)).endswith(says.CAUTION)


@pytest.mark.parametrize(
    ("long", "title"),
    [
        ({}, "Wat het langst open staat"),
        ({"Oost": 0}, "Bij Oost wacht niemand langer dan 90 dagen"),
        ({"Oost": 0, "Noord": 0}, "Bij geen enkel wijkteam wacht iemand langer dan 90 dagen"),
        ({"Oost": 1}, "Bij Oost wacht 1 persoon langer dan 90 dagen"),
        ({"Oost": 5, "Noord": 2}, "Langst open: bij Oost wachten 5 personen langer dan 90 dagen"),
        ({"Oost": 2, "Noord": 2}, "Langst open: bij Oost en Noord wachten elk 2 personen langer dan 90 dagen"),
    ],
)
def test_the_team_where_most_wait_long_is_named(long, title):
    shown = teams(*((name, {"populatie": 9, "open_90_plus": number}) for name, number in long.items()))
    assert says.list_title(shown) == title


def test_many_teams_with_the_same_number_are_counted_and_not_named():
    shown = teams(*((f"Team {i}", {"populatie": 9, "open_90_plus": 1}) for i in range(4)))
    assert "Team" not in says.list_title(shown)
    assert says.list_title(shown).startswith("Bij 4 wijkteams")


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ((0, 0, 0), "Wie wacht, en hoe lang"),
        ((1, 0, 0), "1 persoon wacht op de overdracht, nog niet langer dan 90 dagen"),
        ((0, 0, 1), "1 persoon wacht op de overdracht, al langer dan 90 dagen"),
        ((2, 1, 0), "3 personen wachten op de overdracht, niemand langer dan 90 dagen"),
        ((0, 0, 3), "Alle 3 personen die op de overdracht wachten, doen dat langer dan 90 dagen"),
        ((0, 0, 2), "Beide personen die op de overdracht wachten, doen dat langer dan 90 dagen"),
        ((2, 1, 1), "Van de 4 personen die op de overdracht wachten, doet 1 dat langer dan 90 dagen"),
        ((2, 1, 5), "Van de 8 personen die op de overdracht wachten, doen 5 dat langer dan 90 dagen"),
    ],
)
def test_the_backlog_title_counts_who_waits_long(counts, title):
    waiting = dict(zip(("open_0_30", "open_31_90", "open_90_plus"), counts, strict=True))
    assert says.backlog_title(teams(("Oost", waiting))) == title


@pytest.mark.parametrize(
    ("done", "with_three", "title"),
    [
        (0, 0, "Driegesprek of kennismaking"),
        (1, 0, "De ene overdracht was een kennismaking"),
        (1, 1, "De ene overdracht was een driegesprek"),
        (5, 0, "Geen van de 5 overdrachten was een driegesprek"),
        (5, 1, "1 van de 5 overdrachten was een driegesprek"),
        (5, 3, "3 van de 5 overdrachten waren een driegesprek"),
        (2, 2, "Beide overdrachten waren een driegesprek"),
        (5, 5, "Alle 5 overdrachten waren een driegesprek"),
    ],
)
def test_the_form_title_counts_the_driegesprekken(done, with_three, title):
    assert says.form_title(teams(("Oost", {"overgedragen": done, "driegesprek": with_three}))) == title


def test_the_median_is_named_not_reached_or_left_out():
    assert says.curve_title(row(20, 30, 31.0)) == "De helft is na 31 dagen overgedragen"
    assert says.curve_title(row(5, 30)) == "Nog niet de helft is overgedragen"
    assert says.curve_title(row(5, 9, 3.0)) == "Tijd tot de overdracht: te weinig waarnemingen"
    assert says.curve_title(row(9, 30, 3.0)) == "Tijd tot de overdracht: te weinig waarnemingen"
    assert says.curve_title(row(0, 0)) == "Hoe lang de overdracht duurt"
    assert says.too_few_for_a_curve(row(0, 0)) == says.NOBODY
    assert says.too_few_for_a_curve(row(1, 1)).startswith("Over 1 persoon is geen lijn")


def test_an_unknown_wijkteam_in_a_link_is_told_without_repeating_it():
    offered, labels = {"w": ["Oost", "Noord"]}, {"w": says.RECEIVING}
    assert bar.unknown_choices({"w": ["Oost"]}, offered, labels) == []
    (complaint,) = bar.unknown_choices({"w": ["Oost", "<b>x</b>"]}, offered, labels)
    assert "Ontvangend wijkteam" in complaint
    assert "<b>" not in complaint


def test_wijkteams_that_were_picked_on_the_page_stand_with_the_peildatum():
    assert says.stand_words("Stand vandaag.", []) == "Stand vandaag."
    assert says.stand_words("Stand vandaag.", ["Oost", "Noord"]) == "Stand vandaag. Ontvangend wijkteam: Oost en Noord."


def test_n_is_written_in_persons():
    assert says.n_words(1) == "n = 1 persoon"


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            {"populatie": 40, "vertrokken": 4, "overgedragen": 30},
            "30 van de 36 personen die niet vertrokken, zijn overgedragen",
        ),
        ({"populatie": 5, "overgedragen": 1}, "1 van de 5 personen die niet vertrokken, is overgedragen"),
        ({"populatie": 5}, "Niemand van de 5 personen die niet vertrokken, is overgedragen"),
        ({"populatie": 1}, "De ene persoon bij wie het kan, is nog niet overgedragen"),
        ({"populatie": 1, "overgedragen": 1}, "De ene persoon bij wie het kan, is overgedragen"),
        ({"populatie": 2, "vertrokken": 2}, "De stand per wijkteam"),
    ],
)
def test_the_title_of_the_statuses_counts_who_was_handed_over(counts, title):
    assert says.completion_title(teams(("Oost", counts))) == title


def pilot_event(first, last=None):
    row = ("Pilot in Schalkwijk", first, last, "Warme overdracht met drie gesprekken.", "overdracht_gedaan")
    columns = {"titel": pl.String, "datum_van": pl.Date, "datum_tot": pl.Date, "toelichting": pl.String,
               "indicatoren": pl.String}  # fmt: skip
    return pl.DataFrame([row], schema=columns, orient="row")


def test_without_a_first_day_the_pilot_is_said_to_be_unknown():
    assert says.pilot(queries.events(), P) == says.PILOT
    assert "niet gepubliceerd" in says.PILOT


def test_a_pilot_with_a_first_day_is_told_with_it():
    words = "Warme overdracht met drie gesprekken."
    assert (
        says.pilot(pilot_event(date(2022, 9, 1)), P)
        == f"Pilot in Schalkwijk: de pilot begon op 1 september 2022. {words}"
    )
    assert says.pilot(pilot_event(date(2022, 9, 1), date(2023, 2, 28)), P) == (
        f"Pilot in Schalkwijk: de pilot begon op 1 september 2022 en loopt tot en met 28 februari 2023. {words}"
    )
    assert "de pilot begint op 1 maart 2023." in says.pilot(pilot_event(date(2023, 3, 1)), P)


# ------------------------------------------------------------------------------------------------ the public view


def whole(**counts):
    """All wijkteams together, as published: what a test does not give is too small to show."""
    names = (*COLUMNS, "gepland", "niet_bereikt", "afgezien", "geen_registratie")
    row = dict.fromkeys(names) | counts
    return charts.together(published(pl.DataFrame([row], schema=dict.fromkeys(names, pl.Int64))))


def rounded(teller, noemer, waarde=None):
    return published_row(row(teller, noemer, waarde))


CITY = {
    "overdracht_open": rounded(30, 110, 30.0),
    "overdracht_lang_open": rounded(20, 30, 20.0),
    "overdracht_gedaan": rounded(70, 90, 0.78),
}
STAND = (
    "Van de ongeveer 90 personen van wie de begeleiding 30 dagen of langer geleden is afgerond, zijn er ongeveer 70 "
    "overgedragen aan een wijkteam (ongeveer 78%). De norm van 100% is niet gehaald: ongeveer 20 personen zijn niet "
    "overgedragen (wachten nog, of er is van de overdracht afgezien)."
)


def test_the_finding_of_rounded_figures_says_so():
    waiting = "Ongeveer 20 personen wachten langer dan 90 dagen op de overdracht aan een wijkteam."
    assert says.finding(whole(populatie=110), CITY) == f"{waiting} {STAND}"


def test_the_finding_never_calls_what_is_too_small_nobody():
    small = dict.fromkeys(CITY, rounded(None, None))
    assert says.finding(whole(), small) == (
        "Te klein om te tonen is het aantal personen dat op de overdracht wacht. "
        "Over personen van wie de begeleiding 30 dagen of langer geleden is afgerond is geen percentage te geven: de "
        "aantallen zijn te klein."
    )


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ({"populatie": 110, "overgedragen": 80}, "Ongeveer 80 van de 110 personen zijn overgedragen"),
        ({"populatie": 10, "overgedragen": 20}, "Ongeveer 20 personen zijn overgedragen"),
        ({"overgedragen": 10}, "Ongeveer 10 personen zijn overgedragen"),
        ({"populatie": 110}, "De stand van de overdracht"),
    ],
)
def test_the_title_of_the_statuses_together_is_about_so_many(counts, title):
    assert says.completion_title(whole(**counts)) == title


def test_the_parts_of_one_bar_that_are_too_small_are_named():
    told = whole(populatie=110, overgedragen=80, gepland=20, afgezien=10)
    assert says.completion_words(told) == (
        f"{says.COMPLETION_TOGETHER} Minder dan 10, of niemand: niet bereikt en geen overdracht geregistreerd."
    )
    assert says.completion_words(whole()) == says.COMPLETION_TOGETHER
    assert says.completion_words(teams(("Oost", {"populatie": 2}))) == says.COMPLETION
    assert says.backlog_words(whole(open_90_plus=20)) == (
        f"{says.BACKLOG} Minder dan 10, of niemand: 0–30 dagen en 31–90 dagen."
    )
    assert says.backlog_words(teams(("Oost", {"open_0_30": 2}))) == says.BACKLOG


def test_the_backlog_title_tells_who_waits_long_when_that_may_be_shown():
    assert says.backlog_title(whole(open_90_plus=20)) == "Ongeveer 20 personen wachten al langer dan 90 dagen"
    assert says.backlog_title(whole(open_0_30=20)) == "Wie wacht, en hoe lang"


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"overgedragen": 80, "driegesprek": 30}, "Ongeveer 30 van de 80 overdrachten waren een driegesprek"),
        ({"overgedragen": 10, "driegesprek": 20}, "Ongeveer 20 overdrachten waren een driegesprek"),
        ({"driegesprek": 10}, "Ongeveer 10 overdrachten waren een driegesprek"),
        ({"overgedragen": 80}, "Hoeveel overdrachten een driegesprek waren, is niet te tonen: het aantal is te klein"),
    ],
)
def test_the_driegesprekken_together_are_told_in_words(counts, words):
    assert says.form_words(whole(**counts)) == f"{words}. {says.AGREED}"


def test_the_page_says_whether_a_wijkteam_is_large_enough_for_a_share():
    populations = pl.DataFrame({"wijkteam": ["Oost"], "populatie": [60]})
    assert says.NO_SHARES in says.population_words(published(populations))
    assert says.SOME_SHARES in says.population_words(published(populations.with_columns(waarde=0.75)))


MEDIAN = published_row({"teller": None, "noemer": None, "waarde": 35.0}, left_out=("teller", "noemer"))


def test_a_published_median_is_in_whole_weeks_not_reached_or_too_small():
    assert says.curve_title(MEDIAN) == "De helft is na ongeveer 5 weken overgedragen"
    assert says.curve_title(MEDIAN | {"waarde": None}) == "Nog niet de helft is overgedragen"
    hidden = MEDIAN | {"waarde": None, "waarde_weergave": "beschermd"}
    assert says.curve_title(hidden) == "Tijd tot de overdracht: te klein om te tonen"
    assert says.too_few_for_a_curve(hidden) == presentation.NOTHING_PUBLISHED_HERE


def test_the_curve_is_explained_as_it_is_drawn():
    assert says.curve_words(row(20, 30, 31.0)) == f"{says.CURVE} n = 30."
    assert says.curve_words(MEDIAN) == says.PUBLISHED_CURVE
    assert "gestippeld" not in says.PUBLISHED_CURVE


def test_the_quarters_are_explained_as_they_are_drawn():
    quarters = pl.DataFrame({"kwartaal": [P, P], "teller": [40, 40], "noemer": [50, 50], "waarde": [None, 0.8]})
    assert says.quarters_words(quarters) == says.QUARTERS
    assert says.quarters_words(published(quarters)) == says.PUBLISHED_QUARTERS
    assert says.quarters_words(published(quarters.head(1))) == says.QUARTERS_WITHOUT_SHARES
    assert "lijn" not in says.QUARTERS_WITHOUT_SHARES


def test_without_a_quarter_nobody_is_said_of_exact_figures_only():
    assert says.no_quarter(row(0, 0)) == says.NO_QUARTER
    assert says.no_quarter(rounded(None, None)) == presentation.NOTHING_PUBLISHED_HERE


def test_n_of_rounded_counts_is_about_so_much_and_is_never_added_up():
    assert says.n_of_teams(teams(("Oost", {"populatie": 4}), ("Noord", {"populatie": 5}))) == "n = 9 personen"
    # In a picture the title and n are of the same persons.
    some_left = teams(("Oost", {"populatie": 111, "vertrokken": 2, "overgedragen": 79}))
    assert says.completion_title(some_left).startswith("79 van de 109 personen die niet vertrokken")
    assert says.n_of_teams(some_left) == "n = 109 personen"
    assert says.n_of_teams(whole(populatie=110)) == "n = ongeveer 110 personen"
    assert says.n_of_teams(whole()) == ""
    assert says.n_words(None) == ""
