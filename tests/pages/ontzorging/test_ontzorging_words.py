"""The sentences of the page Ontzorging say what the figures say, and not more."""

from datetime import date

import polars as pl
import pytest

from pages.ontzorging import words as says
from pages.show import series
from tests.pages.show.published import published, published_row

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


@pytest.mark.parametrize(
    ("noemer", "words"),
    [
        (41, "gaat over 41 van de 112 personen in de doelgroep. Bij de anderen zijn die zes maanden nog niet om"),
        (0, "gaat over niemand van de 112 personen in de doelgroep. Bij de anderen"),
        (112, "gaat over 112 van de 112 personen in de doelgroep."),
    ],
)
def test_the_page_says_on_how_many_the_full_six_months_rest(noemer, words):
    status = pl.DataFrame({"stadsdeel": ["Oost"], "status": ["Lopend"], "aantal": [112]})
    assert words in says.six_months(status, {"noemer": noemer})
    assert ("anderen" in says.six_months(status, {"noemer": noemer})) == (noemer < 112)
    assert says.six_months(status.clear(), {"noemer": 0}) == ""


# ---------------------------------------------------------------------------------------------- rounded figures


def public_coverage(teller, noemer, waarde):
    return published_row({"teller": teller, "noemer": noemer, "waarde": waarde})


def test_the_finding_of_rounded_figures_says_about_how_many():
    assert says.finding(published(status(lopend=60)), public_coverage(80, 100, 0.8)) == (
        "Van de ongeveer 100 personen uit de doelgroep van wie de bijstand 30 dagen of langer geleden begon, kregen er "
        "ongeveer 80 ontzorging (ongeveer 80%). De norm van 100% is niet gehaald: ongeveer 20 personen kregen nog geen "
        "ontzorging, 30 dagen of langer na het begin van de bijstand."
    )


def test_figures_that_are_too_small_are_never_nobody():
    small = published(status(lopend=None))
    assert says.finding(small, public_coverage(None, None, None)).endswith("de aantallen zijn te klein.")
    assert says.finding(small, public_coverage(None, None, None)) != says.NOBODY


def test_a_rounded_group_for_the_full_six_months_is_not_put_beside_a_sum():
    group = published(status(lopend=60, voltooid=20))
    assert says.six_months(group, public_coverage(30, 40, None)).startswith(
        "‘Zes maanden ontzorgd’ gaat over ongeveer 40 personen in de doelgroep: wie er zes maanden recht op had."
    )
    assert says.six_months(group, public_coverage(None, None, None)) == (
        "‘Zes maanden ontzorgd’ gaat over een aantal personen dat te klein is om te tonen."
    )


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (public_coverage(80, 100, 0.8), "n = ongeveer 100 personen"),
        (coverage(85, 100), "n = 100 personen"),
        (public_coverage(None, None, None), ""),
        (costs(1, 1, 1, 1).clear(), ""),
    ],
)
def test_a_chart_rests_on_a_published_number_or_on_none(rows, words):
    assert says.n_of(rows, "noemer" if isinstance(rows, dict) else "gestart") == words
    assert says.n_words(None) == ""


def per_area(*rows, left_out=()):
    names = ("niveau", "gebied", "indicator", "teller", "noemer", "waarde")
    frame = pl.DataFrame([(level, name, "ontzorging_dekking", *counts) for level, name, *counts in rows],
                         schema=dict(zip(names, (pl.String,) * 3 + (pl.Int64,) * 2 + (pl.Float64,), strict=True)),
                         orient="row")  # fmt: skip
    return pl.concat(
        [
            published(frame.filter(pl.col("niveau") == "stadsdeel"), left_out=left_out),
            published(frame.filter(pl.col("niveau") == "wijkteam"), left_out=("teller", "noemer", "waarde")),
        ]
    )


CITY = per_area(("stadsdeel", "Oost", 20, 20, None), ("wijkteam", "Meerwijk", None, None, None))
NOT_THE_CITY = per_area(
    ("stadsdeel", "Oost", None, None, None),
    ("wijkteam", "Meerwijk", None, None, None),
    left_out=("teller", "noemer", "waarde"),
)


def test_the_reader_chooses_only_between_levels_that_were_published():
    assert says.choices(CITY) == ["Stadsdeel"]
    assert says.choices(NOT_THE_CITY) == ["Stadsdeel"]
    exact = CITY.select("niveau", "gebied", "indicator", "teller", "noemer", "waarde")
    assert says.choices(exact) == ["Stadsdeel", "Wijkteam"]
    assert says.choices(exact.clear()) == ["Stadsdeel", "Wijkteam"]


def test_areas_that_were_not_published_are_not_areas_without_anybody():
    assert says.no_coverage(NOT_THE_CITY) == says.CITY_ONLY
    assert says.no_coverage(areas()) == says.NO_COVERAGE


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (
            [("Oost", 10, 20, None), ("Zuid-West", None, None, None)],
            "Begonnen per stadsdeel: de aantallen zijn te klein voor percentages",
        ),
        (
            [("Oost", 40, 60, 0.67), ("Zuid-West", None, None, None)],
            "Oost haalt de norm niet; elders zijn er te weinig waarnemingen",
        ),
        (
            [("Oost", 40, 60, 0.67), ("Noord", 40, 50, 0.8), ("Centrum", 10, 10, None)],
            "Geen van de 2 stadsdelen met genoeg waarnemingen haalt de norm",
        ),
    ],
)
def test_only_areas_with_a_published_share_are_judged(rows, title):
    schema = {"gebied": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    frame = published(pl.DataFrame(rows, schema=schema, orient="row"))
    assert says.coverage_title(frame, "stadsdeel") == title
    assert (says.INTERVAL in says.coverage_words(frame)) == (frame["waarde"].count() > 0)


def test_rounded_counts_of_areas_are_not_added_up():
    two = pl.concat([published(status(lopend=20)), published(status(lopend=30))])
    assert says.status_title(two) == "De stand per stadsdeel"
    assert says.status_title(two.head(1)) == "Nu ontzorgd: ongeveer 20 personen in de doelgroep"
    assert says.status_title(published(status(lopend=None, geen=10))) == "De stand per stadsdeel"


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        (
            {"Al_zelfredzaam": 10, "Wachtlijst": None, "Onbekend": 20},
            "Waarom niet begonnen: ‘al zelfredzaam’ (ongeveer 10); bij ongeveer 20 personen is geen reden bekend",
        ),
        (
            {"Al_zelfredzaam": 30, "Wachtlijst": 10, "Onbekend": None},
            "Waarom niet begonnen: ‘al zelfredzaam’ (ongeveer 30) en ‘wachtlijst’ (ongeveer 10)",
        ),
        (
            {"Wachtlijst": None, "Onbekend": 20},
            "Waarom niet begonnen: bij ongeveer 20 personen is geen reden bekend",
        ),
        ({"Wachtlijst": None, "Onbekend": None}, "Waarom niet begonnen"),
    ],
)
def test_which_of_rounded_reasons_is_the_most_frequent_is_not_said(counts, title):
    assert says.reasons_title(published(reasons(**counts)), says.NOT_STARTED) == title


def test_rounded_costs_are_told_and_not_ranked():
    assert says.costs_title(published(costs(70, 50, None, 80))) == (
        "Betaald: huur voor ongeveer 70 en energie voor 50 van de 80 personen"
    )
    # "80 van de 80" would say everybody, and may be 72 of 88.
    assert says.costs_title(published(costs(80, 50, None, 80))) == "Betaald: huur voor ongeveer 80 en energie voor 50"
    small = published(costs(None, None, None, 10))
    assert says.costs_title(small) == "Vaste lasten die worden betaald"
    assert says.OUTLINE not in says.costs_words(small)
    assert says.OUTLINE in says.costs_words(costs(9, 5, 7, 10))


@pytest.mark.parametrize(
    ("lopend", "title"),
    [
        ((50, 60), "Op 31 december 2022 werden ongeveer 60 personen ontzorgd"),
        ((60, None), "Ontzorgen per kwartaal"),
    ],
)
def test_rounded_stocks_are_not_compared(lopend, title):
    frame = series.by_period(published(stock(*lopend)))
    assert says.stock_title(frame, PEILDATUM) == title
    event = pl.DataFrame({"titel": ["x"]})
    assert says.stock_words(frame, event.clear()) == f"Personen in de doelgroep, per kwartaal. {says.FROM_TEN}"
    assert says.stock_words(stock(1, 2), event) == f"Personen in de doelgroep, per maand. {says.EVENT}"
