"""What the page Overdracht says, draws and puts in its tables, of exact and of published figures."""

import polars as pl
import pytest

import queries
from pages.overdracht import charts
from pages.overdracht import words as says
from pages.show.table import Shown
from pages.words import presentation, sentences
from tests.pages.show import answers
from tests.pages.show.answers import months
from tests.pages.show.drawing import rows_of
from tests.pages.show.published import exact, exact_row, published, published_row

BAR = ("overgedragen", "gepland", "niet_bereikt", "geen_registratie", "afgezien", "vertrokken", "populatie")
COUNTS = (*BAR, "driegesprek", "open_0_30", "open_31_90", "open_90_plus")
TEAM = f"wijkteam {' '.join(COUNTS)} mediaan_dagen"
EMPTY = says.TEXTS["empty"]


def waiting(**long):
    """Rows of overdracht_per_wijkteam with only how many wait for longer than 90 days."""
    return exact(answers.rows(TEAM, *((name, *[0] * 10, number, None) for name, number in long.items())))


def whole(**counts):
    """The question overdracht_totaal as it is published: what a test does not give is too small to show."""
    row = dict.fromkeys(COUNTS) | counts
    return charts.together(published(answers.rows(" ".join(COUNTS), tuple(row.values()), mediaan_dagen=35.0)))


TEAMS = exact(
    answers.rows(
        TEAM,
        ("Centrum", 4, 1, 0, 1, 0, 1, 7, 3, 0, 1, 1, 31),
        ("Oost", 9, 1, 1, 1, 0, 0, 12, 4, 0, 1, 2, None),
        ("Meerwijk", 9, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 16),
        ("Onbekend", 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, None),
    )
)
NONE = TEAMS.clear()
CITY = whole(populatie=110, overgedragen=80, gepland=20, afgezien=10, driegesprek=30, open_90_plus=20)
# "20 van de 20" would say everybody.
ALMOST_ALL = whole(populatie=20, overgedragen=20)


def right(chart):
    """The words at the right end of the name of every row."""
    return [row["rechts"] for row in rows_of(chart) if "rechts" in row and "achter" not in row]


def kpi(make, name, *counts, **shown):
    return make({"indicator": name} | dict(zip(("teller", "noemer", "waarde"), counts, strict=True)), **shown)


def test_the_finding_says_who_waits_too_long_and_then_the_norm_or_that_nobody_is_left():
    rows = {
        "overdracht_open": kpi(exact_row, "overdracht_open", 5, 40, 5.0),
        "overdracht_lang_open": kpi(exact_row, "overdracht_lang_open", 2, 5, 2.0),
        "overdracht_gedaan": kpi(exact_row, "overdracht_gedaan", 30, 40, 0.75),
    }
    norm = sentences.stand("overdracht_gedaan", rows["overdracht_gedaan"])
    assert says.finding(TEAMS, rows) == f"{sentences.waiting(rows, ('overdracht_lang_open',))} {norm}"
    assert says.finding(NONE, rows) == EMPTY["nobody"]
    rows["overdracht_open"] = kpi(exact_row, "overdracht_open", 0, 0, 0.0)
    assert says.finding(TEAMS, rows) == EMPTY["all_left"]


DONE, FORM = says.TEXTS["teams"]["done"], "Overdrachten met een driegesprek"
LONGEST = "Het vaakst langer dan 90 dagen open"


@pytest.mark.parametrize(
    ("say", "frame", "words"),
    [
        # Who left stands apart.
        (says.completion_title, TEAMS, f"{DONE}: 22 van 28"),
        (says.completion_title, CITY, f"{DONE}: ongeveer 80 van 110"),
        (says.completion_title, ALMOST_ALL, f"{DONE}: ongeveer 20"),
        (says.completion_title, NONE, DONE),
        (says.backlog_title, TEAMS, "Wie wacht, en hoe lang: 4 langer dan 90 dagen"),
        (says.backlog_title, CITY, "Wie wacht, en hoe lang: ongeveer 20 langer dan 90 dagen"),
        (says.backlog_title, ALMOST_ALL, "Wie wacht, en hoe lang"),
        (says.form_title, TEAMS, f"{FORM}: 7 van 22"),
        (says.form_title, CITY, f"{FORM}: ongeveer 30 van 80"),
        (says.form_title, ALMOST_ALL, FORM),
        (says.list_title, NONE, "Wat het langst open staat"),
        (says.list_title, waiting(Oost=0), "Wat het langst open staat"),
        (says.list_title, waiting(Oost=1, Noord=0), f"{LONGEST}: Oost (1 persoon)"),
        (says.list_title, waiting(Oost=2, Noord=2), f"{LONGEST}: Oost en Noord (elk 2 personen)"),
        (says.list_title, waiting(a=2, b=2, c=2, d=2), f"{LONGEST}: 4 wijkteams (elk 2 personen)"),
    ],
)  # fmt: skip
def test_counts_are_told_as_they_may_be(say, frame, words):
    assert say(frame) == words


def test_teams_with_the_most_who_wait_long_come_first_and_unknown_last_of_those_that_are_picked():
    assert charts.teams_shown(TEAMS, [])["wijkteam"].to_list() == ["Oost", "Centrum", "Meerwijk", "Onbekend"]
    assert charts.teams_shown(TEAMS, ["Meerwijk", "Centrum"])["wijkteam"].to_list() == ["Centrum", "Meerwijk"]


@pytest.mark.parametrize(
    ("teams", "words", "said"),
    [
        (charts.teams_shown(TEAMS, ["Oost", "Centrum"]), ["n = 12", "n = 6 · 1 vertrokken"],
         " (vertrokken: Centrum 1). Oost: Overgedragen 9, Gepland 1, Niet bereikt 1, Geen overdracht geregistreerd "
         "1; Centrum: Overgedragen 4, Gepland 1, Geen overdracht geregistreerd 1."),
        (CITY, ["ongeveer 110 personen · <10 vertrokken"],
         " (vertrokken: Samen <10). Samen: Overgedragen 80, Gepland 20, Niet bereikt <10, Geen overdracht "
         "geregistreerd <10, Afgezien 10."),
        (NONE, [], ". ."),
    ],
    ids=["exact", "rounded, all wijkteams together", "nobody"],
)  # fmt: skip
def test_who_left_stands_beside_the_bar_and_not_in_it(teams, words, said):
    chart = charts.completion(teams)
    assert right(chart) == words
    assert chart.description == f"Stand van de overdracht per ontvangend wijkteam{said}"
    assert presentation.plain(charts.completion_table(teams)).columns == ["wijkteam", *BAR]


@pytest.mark.parametrize(
    ("teams", "rows", "words", "said"),
    [
        (charts.teams_shown(TEAMS, []), [("Oost", 0, 1, 2), ("Centrum", 0, 1, 1), ("Onbekend", 0, 0, 1)],
         ["3 personen", "2 personen", "1 persoon"],
         "Oost: 31–90 dagen 1, meer dan 90 dagen 2; Centrum: 31–90 dagen 1, meer dan 90 dagen 1; Onbekend: meer dan "
         "90 dagen 1."),
        # Rounded parts do not add up to how many are open, and too small is not nobody.
        (CITY, [("Samen", None, None, 20)], [""], "Samen: 0–30 dagen <10, 31–90 dagen <10, meer dan 90 dagen 20."),
    ],
    ids=["exact", "rounded"],
)  # fmt: skip
def test_the_backlog_leaves_out_teams_where_nobody_waits(teams, rows, words, said):
    frame = charts.backlog_table(teams)
    assert presentation.plain(frame).rows() == rows
    assert right(charts.backlog(frame)) == words
    assert charts.backlog(frame).description == f"Wie op de overdracht wacht, per ontvangend wijkteam. {said}"


def test_the_form_leaves_out_teams_without_a_handover():
    said = "Centrum 3 van 4, Oost 4 van 9, Meerwijk 0 van 9."
    assert charts.form(charts.form_table(TEAMS)).description.endswith(f"wijkteam: {said}")


def test_the_list_has_what_is_open_longest_first_and_a_median_of_ten_persons_or_more():
    assert charts.list_table(charts.teams_shown(TEAMS, [])).rows() == [
        ("Oost", 2, 1, 0, 3, 9, 12, None, "nog niet bereikt"),
        ("Centrum", 1, 1, 0, 2, 4, 6, None, "te weinig waarnemingen"),
        ("Meerwijk", 0, 0, 0, 0, 9, 9, None, "te weinig waarnemingen"),
        ("Onbekend", 1, 0, 0, 1, 0, 1, None, "te weinig waarnemingen"),
    ]
    ten, nine = TEAMS[0].with_columns(overgedragen=10), TEAMS[0].with_columns(overgedragen=9, gepland=9)
    assert [charts.list_table(each)["mediaan"][0] for each in (ten, nine)] == [31, None]
    told = Shown(charts.list_table(pl.concat([ten, nine], how="vertical_relaxed")), in_words=("mediaan",)).html("")
    assert '<td class="getal">31</td>' in told and '<td class="getal">te weinig waarnemingen</td>' in told


def test_a_long_list_adds_up_the_wijkteams_where_the_least_is_open():
    found = charts.shortened(charts.list_table(pl.concat([TEAMS] * 3)), "{number} andere wijkteams")
    assert found.height == charts.LISTED + 1
    assert found.row(-1) == ("4 andere wijkteams", 4, 2, 0, 6, 22, 28, None, None)
    one_more = charts.list_table(pl.concat([TEAMS] * 3).head(charts.LISTED + 1))
    assert charts.shortened(one_more, "").equals(one_more)


AREAS, NOT_PER_TEAM = ("Centrum", "Oost", "Meerwijk"), (*BAR[:-1], *COUNTS[len(BAR) :], "mediaan_dagen")


def per_team(*populations, left_out=NOT_PER_TEAM):
    values = zip(AREAS, populations, strict=True)
    return published(answers.rows("wijkteam populatie", *values, **dict.fromkeys(NOT_PER_TEAM)), left_out=left_out)


@pytest.mark.parametrize(
    ("populations", "shares", "rows", "said"),
    [
        ((None, 20, 10), (None, None, None), [("Centrum", None), ("Oost", 20), ("Meerwijk", 10)],
         "Oost 20, Meerwijk 10."),
        ((None, 60, 10), (None, 0.75, None), [("Centrum", None, None), ("Oost", 60, 0.75), ("Meerwijk", 10, None)],
         "Oost 60 · 75% overgedragen, Meerwijk 10."),
    ],
    ids=["no share may be shown", "one may"],
)  # fmt: skip
def test_per_wijkteam_the_population_is_published_and_the_share_where_it_may_be_shown(populations, shares, rows, said):
    of = {"niveau": "wijkteam", "indicator": "overdracht_gedaan"}
    areas = published(answers.rows("gebied waarde", *zip(AREAS, shares, strict=True), **of))
    table = charts.published_table(per_team(*populations), areas)
    assert presentation.plain(table).rows() == rows
    assert charts.population(table).description.endswith(f"per ontvangend wijkteam: {said}")
    nothing = per_team(None, None, None, left_out=(*NOT_PER_TEAM, "populatie"))
    hidden = areas.with_columns(waarde=pl.lit(None, pl.Float64), waarde_weergave=pl.lit("weggelaten"))
    assert presentation.telling(charts.published_table(nothing, hidden)).is_empty()


STEPS = [(0, 20, 0, 0, 1.0), (10, 20, 10, 0, 0.5), (40, 10, 5, 1, 0.25), (90, 4, 0, 4, 0.25)]
EXACT, MONTHS = answers.curve(*STEPS), months(1.0, None, 0.36)


def median(make, *counts, **shown):
    return kpi(make, "overdracht_mediaan_dagen", *counts, **shown)


def public_median(days, **shown):
    return median(published_row, None, None, days, left_out=("teller", "noemer"), **shown)


HALF, UNTIL = "De helft is na {} overgedragen", "Tijd tot de overdracht: {}"


@pytest.mark.parametrize(
    ("curve", "half", "told", "title", "missing", "marked"),
    [
        (EXACT, median(exact_row, 10, 20, 10), "10 dagen", HALF, "", True),
        (EXACT, median(exact_row, 9, 20, 10), "te weinig waarnemingen", UNTIL, "", False),
        (EXACT, median(exact_row, 10, 20, None), "nog niet bereikt", UNTIL, "", False),
        (EXACT, median(exact_row, 0, 0, None), "niemand", UNTIL, "", False),
        (MONTHS, public_median(35.0), "ongeveer 5 weken", HALF, " Te klein om te tonen: na 1 maand.", False),
        (months(1.0, 0.9), public_median(None, not_reached=("waarde",)), "nog niet bereikt", UNTIL, "", False),
        (months(1.0, 0.9), public_median(None), "te klein om te tonen", UNTIL, "", False),
    ],
)
def test_the_median_is_told_and_marked_when_enough_were_handed_over(curve, half, told, title, missing, marked):
    assert says.curve_title(half) == title.format(told)
    chart = charts.handed_over(curve, half)
    assert chart.description.endswith(f"De helft is overgedragen na: {told}.{missing}")
    assert ("de helft na" in str(chart.to_dict())) == marked
    assert charts.handed_over(curve.clear(), half) is None


@pytest.mark.parametrize(
    ("curve", "half", "rows"),
    [
        (EXACT, median(exact_row, 0, 10, None), STEPS),
        (EXACT, median(exact_row, 0, 9, None), []),
        (MONTHS, public_median(35.0), [(0, 1.0), (1, None), (2, 0.36)]),
        (months(None, None), public_median(35.0), []),
        (months(), public_median(35.0), []),
    ],
    ids=["ten persons", "nine persons", "per month", "no share may be shown", "nobody"],
)
def test_the_curve_is_a_table_when_it_stands_on_ten_or_more(curve, half, rows):
    assert presentation.plain(charts.enough(curve, half)).rows() == rows


def test_the_pilot_is_not_among_the_events_yet_and_once_it_is_nothing_is_said_of_it():
    assert says.pilot(queries.events()) == queries.GEMEENTE.pilot != ""
    assert says.pilot(answers.rows("titel", ("Pilot in Schalkwijk",))) == ""
