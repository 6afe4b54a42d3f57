"""What the page Overdracht says, of exact and of published figures."""

import pytest

import queries
from pages.overdracht import charts
from pages.overdracht import words as says
from pages.words import sentences
from tests.pages.show import answers
from tests.pages.show.published import exact, exact_row, published, published_row

COLUMNS = (*charts.STATUSES, "populatie", "vertrokken", "driegesprek", *charts.WAITING)
TEAM = f"wijkteam {' '.join(COLUMNS)}"


def teams(*rows):
    """Rows of overdracht_per_wijkteam: the name, and the counts that a test is about."""
    return exact(answers.rows(TEAM, *((name, *(dict.fromkeys(COLUMNS, 0) | counts).values()) for name, counts in rows)))


def together(**counts):
    """The row of all wijkteams together, as it is published; what is not given is too small to show."""
    return published(answers.rows(TEAM, (charts.TOGETHER, *(dict.fromkeys(COLUMNS) | counts).values())))


def figures(name, teller, noemer, waarde=None):
    return {"indicator": name, "teller": teller, "noemer": noemer, "waarde": waarde}


def kpi(waiting, group, done, judged):
    return {
        "overdracht_open": exact_row(figures("overdracht_open", waiting, group, float(waiting))),
        "overdracht_lang_open": exact_row(figures("overdracht_lang_open", 2, waiting, 2.0)),
        "overdracht_gedaan": exact_row(figures("overdracht_gedaan", done, judged, done / judged if judged else None)),
    }


def test_the_finding_says_who_waits_too_long_and_then_the_norm_or_that_nobody_is_left():
    rows = kpi(5, 40, 30, 40)
    norm = sentences.stand("overdracht_gedaan", rows["overdracht_gedaan"])
    told = f"{sentences.waiting(rows, ('overdracht_lang_open',))} {norm}"
    assert says.finding(teams(("Oost", {"populatie": 40})), rows) == told
    assert says.finding(teams(), kpi(0, 0, 0, 0)) == says.TEXTS["empty"]["nobody"]
    assert says.finding(teams(("Oost", {"populatie": 2})), kpi(0, 0, 0, 0)) == says.TEXTS["empty"]["all_left"]


TWO = teams(
    ("Oost", {"populatie": 13, "vertrokken": 1, "overgedragen": 9, "driegesprek": 4, "open_90_plus": 2}),
    ("Meerwijk", {"populatie": 9, "overgedragen": 9, "driegesprek": 2, "open_90_plus": 0}),
)
CITY = together(populatie=110, overgedragen=80, gepland=20, afgezien=10, driegesprek=30, open_90_plus=20)
# "20 van de 20" would say everybody.
ALMOST_ALL = together(populatie=20, overgedragen=20)
FORM = "Overdrachten met een driegesprek"
LONGEST = "Het vaakst langer dan 90 dagen open"


def waiting(**long):
    return teams(*((name, {"open_90_plus": number}) for name, number in long.items()))


@pytest.mark.parametrize(
    ("say", "frame", "words"),
    [
        # Who left stands apart.
        (says.completion_title, TWO, f"{says.TEXTS['teams']['done']}: 18 van 21"),
        (says.completion_title, CITY, f"{says.TEXTS['teams']['done']}: ongeveer 80 van 110"),
        (says.completion_title, ALMOST_ALL, f"{says.TEXTS['teams']['done']}: ongeveer 20"),
        (says.completion_title, teams(), says.TEXTS["teams"]["done"]),
        (says.backlog_title, TWO, "Wie wacht, en hoe lang: 2 langer dan 90 dagen"),
        (says.backlog_title, CITY, "Wie wacht, en hoe lang: ongeveer 20 langer dan 90 dagen"),
        (says.backlog_title, ALMOST_ALL, "Wie wacht, en hoe lang"),
        (says.form_title, TWO, f"{FORM}: 6 van 18"),
        (says.form_title, CITY, f"{FORM}: ongeveer 30 van 80"),
        (says.form_title, ALMOST_ALL, FORM),
        (says.list_title, teams(), "Wat het langst open staat"),
        (says.list_title, waiting(Oost=0), "Wat het langst open staat"),
        (says.list_title, waiting(Oost=1, Noord=0), f"{LONGEST}: Oost (1 persoon)"),
        (says.list_title, waiting(Oost=2, Noord=2), f"{LONGEST}: Oost en Noord (2 personen)"),
        (says.list_title, waiting(a=2, b=2, c=2, d=2), f"{LONGEST}: 4 wijkteams (2 personen)"),
        (lambda frame: says.small_words(frame, charts.STATUSES), CITY,
         "Minder dan 10, of niemand: niet bereikt en geen overdracht geregistreerd."),
        (lambda frame: says.small_words(frame, charts.WAITING), ALMOST_ALL, ""),
        (lambda frame: says.small_words(frame, charts.STATUSES), TWO, ""),
    ],
)  # fmt: skip
def test_counts_are_told_as_they_may_be(say, frame, words):
    assert say(frame) == words


def half(make, *counts, **shown):
    return make(figures("overdracht_mediaan_dagen", *counts), **shown)


@pytest.mark.parametrize(
    ("median", "title"),
    [
        (half(exact_row, 20, 40, 33.0), "De helft is na 33 dagen overgedragen"),
        (half(exact_row, 20, 40, None), "Tijd tot de overdracht: nog niet bereikt"),
        (half(exact_row, 9, 40, 33.0), "Tijd tot de overdracht: te weinig waarnemingen"),
        (half(exact_row, 0, 0, None), "Tijd tot de overdracht: niemand"),
        (half(published_row, None, None, 35.0, left_out=("teller", "noemer")),
         "De helft is na ongeveer 5 weken overgedragen"),
        (half(published_row, None, None, None), "Tijd tot de overdracht: te klein om te tonen"),
    ],
)  # fmt: skip
def test_the_curve_title_is_the_median_or_why_there_is_none(median, title):
    assert says.curve_title(median) == title


def test_the_pilot_is_not_among_the_events_yet_and_once_it_is_nothing_is_said_of_it():
    assert says.pilot(queries.events()) == says.TEXTS["pilot"]
    assert says.pilot(answers.rows("titel", ("Pilot in Schalkwijk",))) == ""
