"""The sentences of the page Overdracht say what the figures say, and not more."""

import polars as pl
import pytest

from pages.overdracht import finding as says

COLUMNS = ("populatie", "overgedragen", "driegesprek", "open_0_30", "open_31_90", "open_90_plus")


def teams(*rows):
    """Rows of overdracht_per_wijkteam: the name, and the counts that a test is about."""
    return pl.DataFrame(
        [{"wijkteam": name} | dict.fromkeys(COLUMNS, 0) | counts for name, counts in rows],
        schema={"wijkteam": pl.String} | dict.fromkeys(COLUMNS, pl.Int64),
    )


def row(teller, noemer, waarde=None):
    return {"teller": teller, "noemer": noemer, "waarde": waarde}


def kpi(waiting, group, done, judged):
    return {
        "overdracht_open": row(waiting, group, float(waiting)),
        "overdracht_gedaan": row(done, judged, done / judged if judged else None),
    }


def test_nobody_and_nobody_left_are_said():
    assert says.finding(teams(), kpi(0, 0, 0, 0)) == says.NOBODY
    assert says.finding(teams(("Oost", {"populatie": 2})), kpi(0, 0, 0, 0)) == says.ALL_LEFT


@pytest.mark.parametrize(
    ("waiting", "long", "words"),
    [
        (0, 0, "wacht niemand op de overdracht"),
        (1, 0, "wacht er 1 nog op de overdracht aan een wijkteam, nog niet langer dan 90 dagen"),
        (1, 1, "wacht er 1 nog op de overdracht aan een wijkteam, al langer dan 90 dagen"),
        (5, 0, "wachten er 5 nog op de overdracht aan een wijkteam, van wie niemand langer dan 90 dagen"),
        (5, 2, "wachten er 5 nog op de overdracht aan een wijkteam, van wie 2 langer dan 90 dagen"),
    ],
)
def test_the_finding_says_how_many_wait_and_how_long(waiting, long, words):
    shown = teams(("Oost", {"populatie": 40, "open_90_plus": long}))
    sentence = says.finding(shown, kpi(waiting, 40, 30, 40))
    assert sentence.startswith("Van de 40 personen van wie de begeleiding is afgerond en die niet vertrokken")
    assert words in sentence


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
        ({}, "De stand per wijkteam"),
        ({"Oost": 0}, "Bij Oost wacht niemand langer dan 90 dagen"),
        ({"Oost": 0, "Noord": 0}, "Bij geen enkel wijkteam wacht iemand langer dan 90 dagen"),
        ({"Oost": 1}, "Bij Oost wacht 1 persoon langer dan 90 dagen"),
        ({"Oost": 5, "Noord": 2}, "Langst open: bij Oost wachten 5 personen langer dan 90 dagen"),
        ({"Oost": 2, "Noord": 2}, "Langst open: bij Oost en Noord wachten elk 2 personen langer dan 90 dagen"),
    ],
)
def test_the_team_where_most_wait_long_is_named(long, title):
    shown = teams(*((name, {"populatie": 9, "open_90_plus": number}) for name, number in long.items()))
    assert says.completion_title(shown) == title


def test_many_teams_with_the_same_number_are_counted_and_not_named():
    shown = teams(*((f"Team {i}", {"populatie": 9, "open_90_plus": 1}) for i in range(4)))
    assert "Team" not in says.completion_title(shown)
    assert says.completion_title(shown).startswith("Bij 4 wijkteams")


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
    assert says.curve_title(row(0, 0)) == "Hoe lang de overdracht duurt"
    assert says.too_few_for_a_curve(row(0, 0)) == says.NOBODY
    assert says.too_few_for_a_curve(row(1, 1)).startswith("Over 1 persoon is geen lijn")


def test_an_unknown_wijkteam_in_a_link_is_told_without_repeating_it():
    assert says.unknown_in_link(["Oost"], ["Oost", "Noord"]) == ""
    complaint = says.unknown_in_link(["Oost", "<b>x</b>"], ["Oost", "Noord"])
    assert "Ontvangend wijkteam" in complaint
    assert "<b>" not in complaint


def test_wijkteams_that_were_picked_on_the_page_stand_with_the_peildatum():
    assert says.stand_words("Stand vandaag.", []) == "Stand vandaag."
    assert says.stand_words("Stand vandaag.", ["Oost", "Noord"]) == "Stand vandaag. Ontvangend wijkteam: Oost en Noord."


def test_n_is_written_in_persons():
    assert says.n_words(1) == "n = 1 persoon"
