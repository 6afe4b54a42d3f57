"""What the page Evaluatie may say: the verdict, the rates in both views, and the conditions as they are read."""

from datetime import date

import polars as pl
import pytest

from pages.evaluatie import words as says
from pages.words import sentences
from tests.pages.show.published import exact, exact_row, published, published_row

RATES = {
    "per_100_24": 162.2, "per_100_12": 77.1, "verhouding": 0.475, "ci_laag": 0.446, "ci_hoog": 0.506,
    "oordeel": "minder", "reden": "Minder.",
}  # fmt: skip
NOT_COMPARED = exact_row(
    dict.fromkeys(RATES) | {"oordeel": "niet te vergelijken", "reden": "De groep met 24 maanden is te klein."}
)


def test_a_verdict_is_told_as_the_briefing_tells_it_and_what_cannot_be_compared_with_the_reason():
    row, known, never = exact_row(RATES), says.TEXTS["known"], says.TEXTS["unknown"]
    assert says.finding(row) == sentences.DIFFERENCE["minder"]
    assert says.told(row) == {"Wel": [says.rates(row), *known], "Niet": never}
    assert says.finding(NOT_COMPARED) == (
        "Of één jaar begeleiding in plaats van twee nadelig was, is met deze gegevens niet te meten. Dat is iets "
        "anders dan dat er geen verschil is. De groep met 24 maanden is te klein."
    )
    assert says.told(NOT_COMPARED) == {"Wel": known, "Niet": [says.TEXTS["no_comparison"], *never]}


NOBODY_BEFORE = RATES | {"per_100_24": 0.0, "verhouding": None, "ci_laag": 8.1, "ci_hoog": None}


@pytest.mark.parametrize(
    ("row", "old", "new", "ratio", "interval"),
    [
        (exact_row(RATES), "162,2", "77,1", "0,48", "0,45 tot 0,51"),
        (published_row(RATES), "ongeveer 162", "77", "ongeveer 0,48", "0,45 tot 0,51"),
        (exact_row(NOBODY_BEFORE), "0,0", "77,1", "—", "vanaf 8,10"),
    ],
    ids=["exact", "rounded counts have no decimals", "nobody asked under 24 months: no upper bound"],
)
def test_the_rates_are_told_with_the_interval_of_their_ratio(row, old, new, ratio, interval):
    words = f"{old} onder 24 maanden en {new} onder 12 maanden, een verhouding van {ratio} (95%-interval: {interval})"
    assert words in says.rates(row)
    written = says.comparison_notation(row)
    assert written["per_100_12"](row["per_100_12"]) in words
    assert written["ci_laag"](row["ci_laag"]) in words


def test_on_how_many_the_comparison_rests_is_told_as_it_may_be_shown():
    frame = published(pl.DataFrame({"regime": ["24 maanden"], "meldingen": [270], "personen": [170]}))
    assert says.counted(frame) == "Geteld: ongeveer 270 meldingen bij ongeveer 170 personen (24 maanden)."


# --- the tables


CONDITIONS = [
    ("statushouder_geregistreerd", False, 0.95, 0.0, "0%", "ten minste 95%"),
    ("regime_geregistreerd", False, 0.95, None, "niet te meten", "ten minste 95%"),
    ("verwijzer_bekend", False, 0.8, 0.639, "64%", "ten minste 80%"),
    ("groep_24_maanden", False, 30.0, 1.0, "1 persoon", "ten minste 30 personen"),
    ("groep_12_maanden", True, 30.0, 1285.0, "1.285 personen", "ten minste 30 personen"),
    ("aantoonbaar_verschil", False, 0.1, 0.13651, "13,7 procentpunt", "hoogstens 10 procentpunt"),
]


def test_every_condition_says_whether_it_is_met_what_was_measured_and_what_is_needed():
    names = ["voorwaarde", "voldaan", "drempel", "waarde", "gemeten", "nodig"]
    given = pl.DataFrame(CONDITIONS, names, orient="row").with_columns(toelichting=pl.format("over {}", "voorwaarde"))
    answer = given.drop("gemeten", "nodig")
    table = says.condition_table(exact(answer))
    assert table["voorwaarde"].to_list() == list(sentences.CONDITIONS.values())
    assert table["uitkomst"].to_list() == [*["✕ niet voldaan"] * 4, "✓ voldaan", "✕ niet voldaan"]
    assert table.select("gemeten", "nodig").rows() == given.select("gemeten", "nodig").rows()
    assert table["toelichting"][0] == "over statushouder_geregistreerd"
    left_out = says.condition_table(published(answer, left_out=("waarde",)))
    assert left_out["gemeten"].to_list() == ["niet getoond"] * 6


def test_dates_of_housing_that_are_not_published_have_no_column():
    day = date(2018, 1, 2)
    regimes = pl.DataFrame({"regime": ["24 maanden"], "personen": [170], "gehuisvest_van": day, "gehuisvest_tot": day})
    assert says.groups_table(exact(regimes))["gehuisvest_tot"].to_list() == [day]
    shown = says.groups_table(published(regimes, left_out=("gehuisvest_van", "gehuisvest_tot")))
    assert shown.columns == ["regime", "personen", "personen_weergave", "personen_tekst", "personen_kort"]
