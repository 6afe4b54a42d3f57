"""What the page Overdracht says, of exact and of published figures."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.filters import bar
from pages.overdracht import charts
from pages.overdracht import words as says
from pages.words import presentation
from tests.pages.show.published import exact, exact_row, published, published_row

P = date(2022, 12, 31)
COLUMNS = (*charts.STATUSES, "populatie", "vertrokken", "driegesprek", *charts.WAITING)


def teams(*rows):
    """Rows of overdracht_per_wijkteam: the name, and the counts that a test is about."""
    return exact(
        pl.DataFrame(
            [{"wijkteam": name} | dict.fromkeys(COLUMNS, 0) | counts for name, counts in rows],
            schema={"wijkteam": pl.String} | dict.fromkeys(COLUMNS, pl.Int64),
        )
    )


def together(**counts):
    """The row of all wijkteams together, as it is published; what is not given is too small to show."""
    row = {"wijkteam": charts.TOGETHER} | dict.fromkeys(COLUMNS) | counts
    return published(pl.DataFrame([row], schema={"wijkteam": pl.String} | dict.fromkeys(COLUMNS, pl.Int64)))


def figures(name, teller, noemer, waarde=None):
    return {"indicator": name, "teller": teller, "noemer": noemer, "waarde": waarde}


def kpi(waiting, group, done, judged, long=0):
    return {
        "overdracht_open": exact_row(figures("overdracht_open", waiting, group, float(waiting))),
        "overdracht_lang_open": exact_row(figures("overdracht_lang_open", long, waiting, float(long))),
        "overdracht_gedaan": exact_row(figures("overdracht_gedaan", done, judged, done / judged if judged else None)),
    }


def test_nobody_and_nobody_left_are_said():
    assert says.finding(teams(), kpi(0, 0, 0, 0)) == says.NOBODY
    assert says.finding(teams(("Oost", {"populatie": 2})), kpi(0, 0, 0, 0)) == says.ALL_LEFT


def test_the_finding_says_who_waits_too_long_and_then_the_norm():
    words = says.finding(teams(("Oost", {"populatie": 40})), kpi(5, 40, 30, 40, long=2))
    assert words.startswith(
        "2 personen wachten langer dan 90 dagen op de overdracht aan een wijkteam (van 5 die wachten)."
    )
    assert "zijn er 30 overgedragen aan een wijkteam (75%). De norm van 100% is niet gehaald" in words


@pytest.mark.parametrize(
    ("long", "title"),
    [
        ({}, "Wat het langst open staat"),
        ({"Oost": 0}, "Wat het langst open staat"),
        ({"Oost": 1, "Noord": 0}, "Het vaakst langer dan 90 dagen open: Oost (1 persoon)"),
        ({"Oost": 2, "Noord": 2}, "Het vaakst langer dan 90 dagen open: Oost en Noord (2 personen)"),
        (dict.fromkeys("abcd", 2), "Het vaakst langer dan 90 dagen open: 4 wijkteams (2 personen)"),
    ],
)
def test_the_teams_where_most_wait_long_are_named(long, title):
    shown = teams(*((name, {"open_90_plus": number}) for name, number in long.items()))
    assert says.list_title(shown) == title


TWO = teams(
    ("Oost", {"populatie": 12, "overgedragen": 9, "driegesprek": 4, "open_90_plus": 2}),
    ("Meerwijk", {"populatie": 9, "overgedragen": 9, "driegesprek": 2, "open_90_plus": 0}),
)
CITY = together(populatie=110, overgedragen=80, driegesprek=30, open_90_plus=20)


@pytest.mark.parametrize(
    ("frame", "done", "waiting", "form"),
    [
        (TWO, ": 18 van 21", ": 2 langer dan 90 dagen", ": 6 van 18"),
        (CITY, ": ongeveer 80 van 110", ": ongeveer 20 langer dan 90 dagen", ": ongeveer 30 van 80"),
        # "20 van de 20" would say everybody.
        (together(populatie=20, overgedragen=20), ": ongeveer 20", "", ""),
        (teams(), "", ": 0 langer dan 90 dagen", ""),
    ],
)
def test_titles_give_the_count_as_it_may_be_told(frame, done, waiting, form):
    assert says.completion_title(frame) == f"{says.DONE}{done}"
    assert says.backlog_title(frame) == f"Wie wacht, en hoe lang{waiting}"
    assert says.form_title(frame) == f"Overdrachten met een driegesprek{form}"


def test_parts_of_a_single_bar_that_are_too_small_are_named():
    some = together(populatie=110, overgedragen=80, gepland=20, afgezien=10)
    assert says.completion_words(some) == (
        f"{says.COMPLETION} Minder dan 10, of niemand: niet bereikt en geen overdracht geregistreerd."
    )
    assert says.backlog_words(some) == says.BACKLOG
    assert says.completion_words(TWO) == says.COMPLETION


def half(make, *counts, **shown):
    return make(figures("overdracht_mediaan_dagen", *counts), **shown)


@pytest.mark.parametrize(
    ("median", "title"),
    [
        (half(exact_row, 20, 40, 33.0), "De helft is na 33 dagen overgedragen"),
        (half(exact_row, 20, 40, None), "Tijd tot de overdracht: nog niet bereikt"),
        (half(exact_row, 9, 40, 33.0), "Tijd tot de overdracht: te weinig waarnemingen"),
        (half(exact_row, 0, 0, None), "Tijd tot de overdracht: niemand"),
        (
            half(published_row, None, None, 35.0, left_out=("teller", "noemer")),
            "De helft is na ongeveer 5 weken overgedragen",
        ),
        (half(published_row, None, None, None), "Tijd tot de overdracht: te klein om te tonen"),
    ],
)
def test_the_curve_title_is_the_median_or_why_there_is_none(median, title):
    assert says.curve_title(median) == title


def test_why_there_is_no_curve():
    assert says.too_few_for_a_curve(half(exact_row, 0, 0, None)) == says.NOBODY
    assert says.too_few_for_a_curve(half(exact_row, 3, 9, None)) == says.FEW_FOR_A_CURVE
    assert says.too_few_for_a_curve(half(published_row, None, None, None)) == presentation.NOTHING_PUBLISHED_HERE


def test_the_words_say_when_a_share_per_wijkteam_is_there():
    table = published(pl.DataFrame({"wijkteam": ["Oost"], "populatie": [60], "waarde": [0.75]}))
    assert says.population_words(table).endswith(says.SOME_SHARES)
    assert says.population_words(table.select("wijkteam", "populatie")).endswith(says.NO_SHARES)


def event(title, first, last=None):
    row = {"datum_van": first, "datum_tot": last, "titel": title, "toelichting": "Proef."}
    return pl.DataFrame([row], schema_overrides={"datum_tot": pl.Date})


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (event("Iets anders", P), says.PILOT),
        (event("Pilot in Schalkwijk", date(2022, 11, 1)), "de pilot begon op 1 november 2022. Proef."),
        (event("Pilot in Schalkwijk", date(2023, 2, 1)), "de pilot begint op 1 februari 2023. Proef."),
        (event("Pilot in Schalkwijk", date(2022, 2, 1), date(2022, 5, 1)), "en liep tot en met 1 mei 2022. Proef."),
        (event("Pilot in Schalkwijk", date(2022, 2, 1), date(2023, 5, 1)), "en loopt tot en met 1 mei 2023. Proef."),
    ],
)
def test_the_pilot_is_told_once_its_first_day_is_known(events, words):
    assert says.pilot(events, P).endswith(words)


def test_the_pilot_is_not_among_the_events_yet():
    assert says.pilot(queries.events(), P) == says.PILOT


def test_an_unknown_wijkteam_in_a_link_is_told_without_repeating_it():
    offered, labels = {"w": ["Oost", "Noord"]}, {"w": says.RECEIVING}
    assert bar.unknown_choices({"w": ["Oost"]}, offered, labels) == []
    (complaint,) = bar.unknown_choices({"w": ["Oost", "<b>x</b>"]}, offered, labels)
    assert "Ontvangend wijkteam" in complaint
    assert "<b>" not in complaint


def test_wijkteams_that_were_picked_on_the_page_stand_with_the_peildatum():
    assert says.stand_words("Stand vandaag.", []) == "Stand vandaag."
    assert says.stand_words("Stand vandaag.", ["Oost", "Noord"]) == "Stand vandaag. Ontvangend wijkteam: Oost en Noord."
