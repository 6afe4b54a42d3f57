"""The finding of Overzicht: every branch of its rules, in correct Dutch."""

import dataclasses

import pytest

import queries
from pages.overzicht.finding import NOBODY, NOT_JUDGED, finding
from tests.pages.overzicht.published import published_row

NORMS = [name for name, entry in queries.INDICATOREN.items() if entry.norm is not None and not entry.is_mediaan]


def rows(**given):
    """All indicators on their norm with 50 observations, except those given as (teller, noemer)."""
    found = {}
    for name, entry in queries.INDICATOREN.items():
        teller, noemer = given.get(name, (0 if entry.richting == "lager" else 50, 50))
        waarde = (teller / noemer if noemer else None) if entry.eenheid == "aandeel" else 12.0
        found[name] = {"teller": teller, "noemer": noemer, "waarde": waarde}
    return found


def test_the_norm_that_most_persons_miss_is_the_finding():
    words = finding(rows(pip_tijdig=(40, 50), ontzorging_dekking=(45, 50)))
    assert words == (
        "Vaakst gemiste norm: 10 personen kregen het PIP niet op tijd, op een totaal van 50 "
        "(PIP binnen tien weken: 80%, norm 100%). 2 van de 7 normen zijn niet gehaald, 5 wel."
    )


def test_one_person_is_singular():
    words = finding(rows(pip_tijdig=(49, 50)))
    assert "1 persoon kreeg het PIP niet op tijd, op een totaal van 50" in words
    assert words.endswith("1 van de 7 normen is niet gehaald, 6 wel.")


def test_persons_go_before_periods():
    words = finding(rows(begeleiding_over_norm=(30, 50), overdracht_gedaan=(48, 50)))
    assert words.startswith("Vaakst gemiste norm: 2 personen zijn niet overgedragen")


def test_periods_are_told_when_only_they_miss():
    assert finding(rows(begeleiding_over_norm=(30, 50))).startswith(
        "Vaakst gemiste norm: 30 perioden liepen langer dan de norm, op een totaal van 50"
    )


def test_a_small_group_comes_with_a_caution():
    assert "kleine groep" in finding(rows(overdracht_driegesprek=(9, 12)))
    assert "kleine groep" not in finding(rows(overdracht_driegesprek=(9, 30)))


def test_all_norms_reached():
    assert finding(rows()) == "Alle 7 normen zijn gehaald."


def test_no_norm_reached():
    missed = dict.fromkeys(NORMS, (25, 50))
    assert finding(rows(**missed)).endswith("Geen van de 7 normen is gehaald.")


def test_norms_with_too_few_observations_are_counted_apart():
    words = finding(rows(overdracht_driegesprek=(2, 9), ontzorging_volledig=(0, 0)))
    assert words == ("5 van de 7 normen zijn gehaald; over 2 is nog niets te zeggen (te weinig waarnemingen).")


def test_only_small_groups_give_no_verdict_at_all():
    few = dict.fromkeys(NORMS, (1, 9))
    assert finding(rows(**few)) == NOT_JUDGED


def test_nobody_in_the_selection():
    assert finding(rows(**dict.fromkeys(queries.INDICATOREN, (0, 0)))) == NOBODY


@pytest.mark.parametrize("name", NORMS)
def test_every_norm_can_be_the_finding(name):
    entry = queries.INDICATOREN[name]
    only = {name: dataclasses.replace(entry)}
    words = finding({name: {"teller": 20, "noemer": 40, "waarde": 0.5}}, only)
    assert f"20 {entry.missend[1]}, op een totaal van 40" in words


def rounded(**given):
    """All indicators in the public view: rounded, except those given as (teller, noemer, waarde)."""
    found = {}
    for name, entry in queries.INDICATOREN.items():
        number = 20.0 if entry.eenheid == "aantal" else 0.4
        teller, noemer, waarde = given.get(name, (20, 50, number))
        found[name] = published_row({"teller": teller, "noemer": noemer, "waarde": waarde})
    return found


def test_of_rounded_figures_the_finding_says_who_waits_and_which_norms_are_missed():
    few = (None, 10, None)
    rows = rounded(
        pip_zonder=(100, 240, 100.0),
        ontzorging_zonder=(None, 40, None),
        overdracht_open=(30, 110, 30.0),
        ontzorging_volledig=few,
        overdracht_driegesprek=few,
        pip_tijdig=(10, 50, 0.2),
    )
    assert finding(rows, total=published_row({"open_90_plus": 20})) == (
        "Ongeveer 100 personen hebben nog geen persoonlijk plan (PIP) en ongeveer 30 personen wachten op de overdracht "
        "aan een wijkteam (ongeveer 20 van hen langer dan 90 dagen). Te klein om te tonen is het aantal personen bij "
        "wie het ontzorgen niet is begonnen. Van de 7 normen zijn er 5 niet gehaald; over 2 is niets te zeggen (de "
        "aantallen zijn te klein). Het verst van de norm ligt ‘PIP binnen tien weken’: ongeveer 20%, de norm is 100%."
    )


def test_of_figures_that_are_all_too_small_the_finding_does_not_say_nobody():
    nothing = dict.fromkeys(queries.INDICATOREN, (None, None, None))
    words = finding(rounded(**nothing), total=published_row({"open_90_plus": None}))
    assert words.endswith("Over de 7 normen is niets te zeggen: de aantallen zijn te klein.")
    assert "niemand" not in words
    assert words != NOBODY
