"""What the page Ontzorging says, of exact and of published figures."""

import polars as pl
import pytest

from pages.ontzorging import charts
from pages.ontzorging import words as says
from tests.pages.show.published import exact, exact_row, published, published_row


def status(**counts):
    names = {"lopend": "Lopend", "voltooid": "Voltooid", "niet_gestart": "Niet gestart", "geen": "Geen registratie"}
    rows = {"stadsdeel": "Oost", "status": [names[name] for name in counts], "aantal": list(counts.values())}
    return pl.DataFrame(rows, schema={"stadsdeel": pl.String, "status": pl.String, "aantal": pl.Int64})


def areas(*rows):
    schema = {"gebied": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def reasons(**counts):
    names = [name.replace("_", " ") for name in counts]
    return pl.DataFrame(
        {"reden": names, "aantal": list(counts.values())}, schema={"reden": pl.String, "aantal": pl.Int64}
    )


def costs(huur, energie, gestart):
    kinds = {"post": pl.String, "aantal": pl.Int64, "gestart": pl.Int64}
    return pl.DataFrame({"post": ["huur", "energie"], "aantal": [huur, energie], "gestart": gestart}, schema=kinds)


def kpi(teller, noemer, waarde):
    return {"teller": teller, "noemer": noemer, "waarde": waarde}


def test_the_finding_is_the_sentence_on_the_norm_or_that_there_is_nobody():
    row = exact_row(kpi(85, 100, 0.85))
    assert says.finding(exact(status()), row) == says.NOBODY
    assert says.finding(exact(status(lopend=100)), row).endswith(
        "15 personen kregen nog geen ontzorging, 30 dagen of langer na het begin van de bijstand."
    )
    small = published_row(kpi(None, None, None))
    assert says.finding(published(status(lopend=None)), small).endswith("de aantallen zijn te klein.")


@pytest.mark.parametrize(
    ("group", "row", "words"),
    [
        (exact(status(lopend=112)), exact_row(kpi(20, 41, 0.5)), "(aantal: 41)"),
        (published(status(lopend=60)), published_row(kpi(30, 40, None)), "(aantal: ongeveer 40)"),
        (published(status(lopend=60)), published_row(kpi(None, None, None)), "(aantal: te klein om te tonen)"),
    ],
)
def test_the_page_says_on_how_many_the_full_six_months_rest(group, row, words):
    assert words in says.six_months(group, row)


def test_without_a_target_group_nothing_is_said_of_six_months():
    assert says.six_months(exact(status()), exact_row(kpi(0, 0, None))) == ""


def per_area(*rows, left_out=()):
    schema = {"niveau": pl.String, "gebied": pl.String, "teller": pl.Int64, "noemer": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(indicator=pl.lit("ontzorging_dekking"))
    return published(frame, left_out=left_out)


NOT_PUBLISHED = per_area(
    ("stadsdeel", "Oost", None, None), ("wijkteam", "Meerwijk", None, None), left_out=("teller", "noemer")
)
CITY = pl.concat([per_area(("stadsdeel", "Oost", 20, 20)), NOT_PUBLISHED.tail(1)])


def test_the_reader_chooses_only_between_levels_that_were_published():
    assert says.choices(CITY) == ["Stadsdeel"]
    assert says.choices(NOT_PUBLISHED) == ["Stadsdeel"]
    assert says.choices(exact(CITY.select("niveau", "gebied", "indicator", "noemer"))) == ["Stadsdeel", "Wijkteam"]


def test_areas_that_were_not_published_are_not_areas_without_anybody():
    assert says.no_coverage(NOT_PUBLISHED) == says.CITY_ONLY
    assert says.no_coverage(exact(areas())) == says.NO_COVERAGE


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (exact(areas()), "Begonnen per stadsdeel"),
        (exact(areas(("Oost", 3, 9, None))), "Begonnen per stadsdeel"),
        (
            exact(areas(("Oost", 10, 10, 1.0), ("Noord", 9, 10, 0.9), ("Centrum", 1, 1, None))),
            "Stadsdelen met genoeg waarnemingen die de norm halen: 1 van 2",
        ),
        (
            published(areas(("Oost", 40, 60, 0.67), ("Noord", 40, 50, 0.8), ("Centrum", 10, 10, None))),
            "Stadsdelen met genoeg waarnemingen die de norm halen: 0 van 2",
        ),
    ],
)
def test_only_areas_with_a_share_are_judged(rows, title):
    assert says.coverage_title(rows, "stadsdeel") == title
    assert (says.INTERVAL in says.coverage_words(rows)) == charts.has_shares(rows)


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (
            exact(status(lopend=4, voltooid=3, niet_gestart=2, geen=1)),
            "Personen in de doelgroep die nu worden ontzorgd: 4; niet gestart of zonder registratie: 3",
        ),
        (
            published(status(lopend=20, niet_gestart=10, geen=10)),
            "Personen in de doelgroep die nu worden ontzorgd: ongeveer 20",
        ),
        (published(status(lopend=None, voltooid=10)), "De stand per stadsdeel"),
        (pl.concat([published(status(lopend=20)), published(status(lopend=30))]), "De stand per stadsdeel"),
    ],
)
def test_counts_are_added_up_only_when_they_are_exact(frame, title):
    assert says.status_title(frame) == title


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (exact(reasons()), ""),
        (exact(reasons(Wachtlijst=8, Onbekend=1)), ""),
        (exact(reasons(Wachtlijst=8, Onbekend=15)), ": ‘wachtlijst’ (8) en geen reden bekend (15)"),
        (exact(reasons(Onbekend=12)), ": geen reden bekend (12)"),
        (
            published(reasons(Al_zelfredzaam=10, Wachtlijst=None, Onbekend=20)),
            ": ‘al zelfredzaam’ (ongeveer 10) en geen reden bekend (ongeveer 20)",
        ),
        (published(reasons(Wachtlijst=None, Onbekend=None)), ""),
    ],
)
def test_reasons_are_named_with_their_number_and_none_of_fewer_than_ten(frame, told):
    assert says.reasons_title(frame, says.NOT_STARTED) == f"Waarom niet begonnen{told}"


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (exact(costs(9, 5, 10)), "Betaald: huur voor 9 van 10 en energie voor 5 van 10"),
        (published(costs(70, 50, 80)), "Betaald: huur voor ongeveer 70 van 80 en energie voor ongeveer 50 van 80"),
        # "80 van de 80" would say everybody, and may be 72 of 88.
        (published(costs(80, None, 80)), "Betaald: huur voor ongeveer 80"),
        (published(costs(None, None, 10)), "Vaste lasten die worden betaald"),
        (exact(costs(0, 0, 0).clear()), "Vaste lasten die worden betaald"),
    ],
)
def test_costs_are_told_and_not_ranked(frame, title):
    assert says.costs_title(frame) == title
    assert (says.OUTLINE in says.costs_words(frame)) == title.startswith("Betaald")
