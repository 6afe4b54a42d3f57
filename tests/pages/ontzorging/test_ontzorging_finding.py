"""The sentences of the page Ontzorging say what the figures say, and not more."""

from datetime import date

import polars as pl
import pytest

from pages.ontzorging import finding as says

PEILDATUM = date(2022, 12, 31)


def status(**counts):
    names = {"lopend": "Lopend", "voltooid": "Voltooid", "niet_gestart": "Niet gestart", "geen": "Geen registratie"}
    return pl.DataFrame(
        {
            "stadsdeel": ["Noord"] * len(counts),
            "status": [names[name] for name in counts],
            "aantal": list(counts.values()),
        },
        schema={"stadsdeel": pl.String, "status": pl.String, "aantal": pl.Int64},
    )


def coverage(teller, noemer):
    return {"teller": teller, "noemer": noemer, "waarde": teller / noemer if noemer else None}


def areas(*rows):
    return pl.DataFrame(
        [{"gebied": name, "teller": t, "noemer": n, "waarde": t / n} for name, t, n in rows],
        schema={"gebied": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64},
    )


def reasons(**counts):
    return pl.DataFrame(
        {"reden": [name.replace("_", " ") for name in counts], "aantal": list(counts.values())},
        schema={"reden": pl.String, "aantal": pl.Int64},
    )


def costs(huur, energie, zorgpremie, gestart):
    return pl.DataFrame(
        {"post": ["huur", "energie", "zorgpremie"], "aantal": [huur, energie, zorgpremie], "gestart": [gestart] * 3}
    )


def stock(*lopend):
    return pl.DataFrame(
        {"maand": [date(2022, 12 - len(lopend) + 1 + i, 1) for i in range(len(lopend))], "lopend": list(lopend)},
        schema={"maand": pl.Date, "lopend": pl.Int64},
    )


def test_nobody_in_the_target_group_is_said():
    assert says.finding(status(), coverage(0, 0)) == says.NOBODY


def test_a_right_younger_than_thirty_days_is_not_judged():
    assert says.finding(status(lopend=2), coverage(0, 0)) == says.TOO_EARLY


def test_under_ten_observations_there_is_no_percentage_and_no_judgement():
    sentence = says.finding(status(lopend=9), coverage(4, 9))
    assert "bij 4 van de 9 personen" in sentence
    assert says.TOO_FEW_WORDS in sentence
    assert "%" not in sentence


def test_the_norm_is_reached_only_by_everybody():
    assert "Bij alle 20 personen" in says.finding(status(lopend=20), coverage(20, 20))
    assert "de norm is gehaald" in says.finding(status(lopend=20), coverage(20, 20))
    assert "de norm is gehaald" not in says.finding(status(lopend=20), coverage(19, 20))


def test_a_missed_norm_counts_who_is_missed_and_a_small_group_asks_for_caution():
    small = says.finding(status(lopend=20), coverage(19, 20))
    assert small.startswith("Bij 1 van de 20 personen is het ontzorgen niet begonnen")
    assert "Wel begonnen: 95%; de norm is 100%." in small
    assert small.endswith(says.CAUTION)
    assert says.CAUTION not in says.finding(status(lopend=40), coverage(30, 40))


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "Begonnen per stadsdeel"),
        ([("Oost", 3, 9)], "Begonnen per stadsdeel: overal te weinig waarnemingen voor een oordeel"),
        ([("Oost", 10, 10)], "Oost haalt de norm wel"),
        ([("Oost", 9, 10), ("Noord", 9, 9)], "Oost haalt de norm niet; elders zijn er te weinig waarnemingen"),
        ([("Oost", 9, 10), ("Noord", 9, 10)], "Geen van de 2 stadsdelen met genoeg waarnemingen haalt de norm"),
        ([("Oost", 10, 10), ("Noord", 9, 10)], "1 van de 2 stadsdelen met genoeg waarnemingen haalt de norm"),
        (
            [("Oost", 10, 10), ("Noord", 11, 11), ("Centrum", 9, 10)],
            "2 van de 3 stadsdelen met genoeg waarnemingen halen de norm",
        ),
        ([("Oost", 10, 10), ("Noord", 11, 11)], "Beide stadsdelen met genoeg waarnemingen halen de norm"),
    ],
)
def test_only_areas_with_ten_or_more_persons_are_judged(rows, title):
    assert says.coverage_title(areas(*rows), "stadsdeel") == title


def test_the_title_names_the_level_that_was_picked():
    rows = areas(("Oost", 9, 10), ("Meerwijk", 9, 10))
    assert says.coverage_title(rows, "wijkteam").startswith("Geen van de 2 wijkteamgebieden")


def test_status_title_takes_not_started_and_not_registered_together():
    assert says.status_title(status(lopend=4, voltooid=3, niet_gestart=2, geen=1)) == (
        "Nu ontzorgd: 4 van de 10 personen in de doelgroep; niet gestart of zonder registratie: 3"
    )
    assert says.status_title(status()) == "De stand per stadsdeel"


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ({}, "Waarom niet begonnen"),
        ({"Onbekend": 1}, "Waarom niet begonnen: bij de ene persoon is geen reden bekend"),
        ({"Onbekend": 12}, "Waarom niet begonnen: bij alle 12 personen is geen reden bekend"),
        ({"Wachtlijst": 8, "Onbekend": 1}, "Waarom niet begonnen: 9 personen, te weinig om één reden uit te lichten"),
        (
            {"Wachtlijst": 8, "Onbekend": 15},
            "Waarom niet begonnen: vaakst ‘wachtlijst’ (8 van 23); bij 15 is geen reden bekend",
        ),
        (
            {"Al_zelfredzaam": 6, "Wachtlijst": 6},
            "Waarom niet begonnen: vaakst ‘al zelfredzaam’ en ‘wachtlijst’ (elk 6 van 12)",
        ),
    ],
)
def test_the_most_frequent_reason_is_never_the_missing_one(counts, title):
    assert says.reasons_title(reasons(**counts), says.NOT_STARTED) == title


def test_costs_are_compared_and_ties_named_together():
    assert says.costs_title(costs(9, 5, 7, 10)) == "Vaakst betaald: huur (9 van 10); minst vaak: energie (5)"
    assert says.costs_title(costs(9, 5, 5, 10)).endswith("minst vaak: energie en zorgpremie (5)")
    assert says.costs_title(costs(5, 5, 5, 6)) == "Huur, energie en zorgpremie worden even vaak betaald: 5 van 6"
    assert says.costs_title(costs(0, 0, 0, 0).clear()) == "Vaste lasten die worden betaald"


@pytest.mark.parametrize(
    ("lopend", "title"),
    [
        ((), "Ontzorgen per maand"),
        ((1,), "Op 31 december 2022 werd 1 persoon ontzorgd"),
        ((2, 5), "Op 31 december 2022 werden 5 personen ontzorgd, het hoogste aantal tot dan toe"),
        ((9, 5), "Op 31 december 2022 werden 5 personen ontzorgd; het hoogste aantal was 9, in november 2022"),
        ((9, 0), "Op 31 december 2022 werd niemand ontzorgd; het hoogste aantal was 9, in november 2022"),
    ],
)
def test_stock_title_compares_now_with_the_highest_month(lopend, title):
    assert says.stock_title(stock(*lopend), PEILDATUM) == title


def test_a_share_that_is_left_out_is_explained_in_the_table():
    assert says.share_words(None) == "te weinig waarnemingen"
    assert says.share_words(0.714) == "71%"
