"""What the page Overdracht draws and puts in its tables, of exact and of published figures."""

import pytest

from pages.overdracht import charts
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.answers import months
from tests.pages.show.drawing import rows_of
from tests.pages.show.published import exact, exact_row, published, published_row

COUNTS = (
    *("populatie", "overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken"),
    *("driegesprek", "open_0_30", "open_31_90", "open_90_plus"),
)
TEAM = f"wijkteam {' '.join(COUNTS)} mediaan_dagen"
TEAMS = exact(
    answers.rows(
        TEAM,
        ("Centrum", 7, 4, 1, 0, 0, 1, 1, 3, 0, 1, 1, 31),
        ("Oost", 12, 9, 1, 1, 0, 1, 0, 4, 0, 1, 2, None),
        ("Meerwijk", 9, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16),
        ("Onbekend", 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, None),
    )
)


def whole(**counts):
    """The question overdracht_totaal as it is published: what a test does not give is too small to show."""
    row = dict.fromkeys(COUNTS) | counts
    return charts.together(published(answers.rows(" ".join(COUNTS), tuple(row.values()), mediaan_dagen=35.0)))


CITY = whole(populatie=110, overgedragen=80, gepland=20, afgezien=10, driegesprek=30, open_90_plus=20)


def right(chart):
    """The words at the right end of the name of every row."""
    return [row["rechts"] for row in rows_of(chart) if "rechts" in row and "achter" not in row]


def test_teams_with_the_most_who_wait_long_come_first_and_unknown_last_of_those_that_are_picked():
    assert charts.teams_shown(TEAMS, [])["wijkteam"].to_list() == ["Oost", "Centrum", "Meerwijk", "Onbekend"]
    assert charts.teams_shown(TEAMS, ["Meerwijk", "Centrum"])["wijkteam"].to_list() == ["Centrum", "Meerwijk"]


STATUSES = ("overgedragen", "gepland", "niet_bereikt", "geen_registratie", "afgezien", "vertrokken", "populatie")


@pytest.mark.parametrize(
    ("teams", "words", "said"),
    [
        (charts.teams_shown(TEAMS, ["Oost", "Centrum"]), ["n = 12", "n = 6 · 1 vertrokken"],
         " (vertrokken: Centrum 1). Oost: Overgedragen 9, Gepland 1, Niet bereikt 1, Geen overdracht geregistreerd "
         "1; Centrum: Overgedragen 4, Gepland 1, Geen overdracht geregistreerd 1."),
        (CITY, ["ongeveer 110 personen · <10 vertrokken"],
         " (vertrokken: Samen <10). Samen: Overgedragen 80, Gepland 20, Niet bereikt <10, Geen overdracht "
         "geregistreerd <10, Afgezien 10."),
        (TEAMS.clear(), [], ". ."),
    ],
    ids=["exact", "rounded, all wijkteams together", "nobody"],
)  # fmt: skip
def test_who_left_stands_beside_the_bar_and_not_in_it(teams, words, said):
    chart = charts.completion(teams)
    assert right(chart) == words
    assert chart.description == f"Stand van de overdracht per ontvangend wijkteam{said}"
    assert presentation.plain(charts.completion_table(teams)).columns == ["wijkteam", *STATUSES]


@pytest.mark.parametrize(
    ("teams", "rows", "words", "said"),
    [
        (charts.teams_shown(TEAMS, []), [("Oost", 0, 1, 2), ("Centrum", 0, 1, 1), ("Onbekend", 0, 0, 1)],
         ["3 personen", "2 personen", "1 persoon"],
         "Oost: 31–90 dagen 1, meer dan 90 dagen 2; Centrum: 31–90 dagen 1, meer dan 90 dagen 1; Onbekend: meer dan "
         "90 dagen 1."),
        # Rounded parts do not add up to how many are open, and too small is not nobody.
        (CITY, [("Samen", None, None, 20)], [""], "Samen: 0–30 dagen <10, 31–90 dagen <10, meer dan 90 dagen 20."),
        (whole(), [("Samen", None, None, None)], [""],
         "Samen: 0–30 dagen <10, 31–90 dagen <10, meer dan 90 dagen <10."),
    ],
    ids=["exact", "rounded", "too small"],
)  # fmt: skip
def test_the_backlog_leaves_out_teams_where_nobody_waits(teams, rows, words, said):
    frame = charts.backlog_table(teams)
    assert presentation.plain(frame).rows() == rows
    assert right(charts.backlog(frame)) == words
    assert charts.backlog(frame).description == f"Wie op de overdracht wacht, per ontvangend wijkteam. {said}"


def test_the_form_leaves_out_teams_without_a_handover():
    frame = charts.form_table(TEAMS)
    assert presentation.plain(frame).rows() == [("Centrum", 4, 3), ("Oost", 9, 4), ("Meerwijk", 9, 0)]
    assert charts.form(frame).description.endswith("Centrum 3 van 4, Oost 4 van 9, Meerwijk 0 van 9.")


def test_the_list_has_what_is_open_longest_first_and_a_median_of_ten_persons_or_more():
    assert charts.list_table(charts.teams_shown(TEAMS, [])).rows() == [
        ("Oost", 2, 1, 0, 3, 12, "nog niet bereikt"),
        ("Centrum", 1, 1, 0, 2, 6, "te weinig waarnemingen"),
        ("Meerwijk", 0, 0, 0, 0, 9, "te weinig waarnemingen"),
        ("Onbekend", 1, 0, 0, 1, 1, "te weinig waarnemingen"),
    ]
    ten, nine = TEAMS[0].with_columns(overgedragen=10), TEAMS[0].with_columns(overgedragen=9, gepland=9)
    assert [charts.list_table(each)["mediaan"][0] for each in (ten, nine)] == ["31 dagen", "te weinig waarnemingen"]


# ------------------------------------------------------------------------------- what is published of a wijkteam

AREAS, LEFT_OUT = ("Centrum", "Oost", "Meerwijk"), (*COUNTS[1:], "mediaan_dagen")


def per_team(*populations, left_out=LEFT_OUT):
    nothing = (None,) * len(LEFT_OUT)
    values = [(area, number, *nothing) for area, number in zip(AREAS, populations, strict=True)]
    return published(answers.rows(TEAM, *values), left_out=left_out)


def per_area(*shares):
    of = {"niveau": "wijkteam", "indicator": "overdracht_gedaan"}
    return published(answers.rows("gebied waarde", *zip(AREAS, shares, strict=True), **of))


@pytest.mark.parametrize(
    ("teams", "areas", "rows", "said"),
    [
        (per_team(None, 20, 10), per_area(None, None, None), [("Centrum", None), ("Oost", 20), ("Meerwijk", 10)],
         "Centrum <10, Oost 20, Meerwijk 10."),
        (per_team(None, 60, 10), per_area(None, 0.75, None),
         [("Centrum", None, None), ("Oost", 60, 0.75), ("Meerwijk", 10, None)],
         "Centrum <10, Oost 60 · 75% overgedragen, Meerwijk 10."),
    ],
    ids=["no share may be shown", "one may"],
)  # fmt: skip
def test_per_wijkteam_the_population_is_published_and_the_share_where_it_may_be_shown(teams, areas, rows, said):
    table = charts.published_table(teams, areas)
    assert presentation.plain(table).rows() == rows
    assert charts.population(table).description.endswith(f"per ontvangend wijkteam: {said}")
    nothing = per_team(None, None, None, left_out=(*LEFT_OUT, "populatie"))
    assert charts.published_table(nothing, areas).is_empty()


# ---------------------------------------------------------------------------------------------------- the curve

STEPS = [(0, 20, 0, 0, 1.0), (10, 20, 10, 0, 0.5), (40, 10, 5, 1, 0.25), (90, 4, 0, 4, 0.25)]
EXACT = answers.curve(*STEPS)


def median(make, *counts, **shown):
    row = dict(zip(("teller", "noemer", "waarde"), counts, strict=True))
    return make({"indicator": "overdracht_mediaan_dagen"} | row, **shown)


PUBLIC = median(published_row, None, None, 35.0, left_out=("teller", "noemer"))
NOT_REACHED = median(published_row, None, None, None, left_out=("teller", "noemer"), not_reached=("waarde",))
TOO_SMALL = median(published_row, None, None, None, left_out=("teller", "noemer"))


@pytest.mark.parametrize(
    ("curve", "half", "said", "marked"),
    [
        (EXACT, median(exact_row, 10, 20, 10), "10 dagen.", True),
        (EXACT, median(exact_row, 9, 20, 10), "te weinig waarnemingen.", False),
        (EXACT, median(exact_row, 10, 20, None), "nog niet bereikt.", False),
        (months(1.0, None, 0.36), PUBLIC, "ongeveer 5 weken. Te klein om te tonen: na 1 maand.", False),
        (months(1.0, 0.9), NOT_REACHED, "nog niet bereikt.", False),
        (months(1.0, 0.9), TOO_SMALL, "te klein om te tonen.", False),
    ],
)
def test_the_curve_has_its_median_marked_when_enough_were_handed_over(curve, half, said, marked):
    chart = charts.handed_over(curve, half)
    assert chart.description.endswith(f"De helft is overgedragen na: {said}")
    assert ("de helft na" in str(chart.to_dict())) == marked
    assert charts.handed_over(curve.clear(), half) is None


@pytest.mark.parametrize(
    ("curve", "half", "rows"),
    [
        (EXACT, median(exact_row, 0, 10, None), STEPS),
        (EXACT, median(exact_row, 0, 9, None), []),
        (months(1.0, None, 0.36), PUBLIC, [(0, 1.0), (1, None), (2, 0.36)]),
        (months(None, None), PUBLIC, []),
        (months(), PUBLIC, []),
    ],
    ids=["ten persons", "nine persons", "per month", "no share may be shown", "nobody"],
)
def test_the_curve_is_a_table_when_it_stands_on_ten_or_more(curve, half, rows):
    assert presentation.plain(charts.enough(curve, half)).rows() == rows
