"""What stands beside a figure is how it is written: exact, rounded, or words in its place."""

import polars as pl
import pytest

import queries
from queries import written
from queries.definitions.columns import AFGEROND, BESCHERMD, EXACT, WEGGELATEN
from tests import towns


def texts(weergave, column="waarde", **row):
    """How one figure is written: in a sentence, and short."""
    frame = pl.DataFrame([{**row, f"{column}_weergave": weergave}])
    return written.with_texts(frame).select(f"{column}_tekst", f"{column}_kort").row(0)


@pytest.mark.parametrize(
    ("weergave", "row", "expected"),
    [
        (EXACT, {"aantal": 1230}, ("1.230", "1.230")),
        (EXACT, {"aantal": 0}, ("0", "0")),
        (AFGEROND, {"aantal": 1230}, ("ongeveer 1.230", "1.230")),
        (BESCHERMD, {"aantal": None}, ("te klein om te tonen", "<10")),
        (WEGGELATEN, {"aantal": None}, ("niet getoond", "niet getoond")),
        # A share rests on ten or more.
        (EXACT, {"waarde": 0.7, "noemer": 10}, ("70%", "70%")),
        (EXACT, {"waarde": 0.7, "noemer": 9}, ("te weinig waarnemingen", "te weinig waarnemingen")),
        (EXACT, {"waarde": None, "noemer": 0}, ("te weinig waarnemingen", "te weinig waarnemingen")),
        (AFGEROND, {"waarde": 0.69, "noemer": 60}, ("ongeveer 69%", "69%")),
        (BESCHERMD, {"waarde": None, "noemer": 20}, ("te klein om te tonen", "te klein om te tonen")),
        (WEGGELATEN, {"waarde": None, "noemer": None}, ("niet getoond", "niet getoond")),
    ],
)
def test_a_count_and_a_share(weergave, row, expected):
    assert texts(weergave, next(iter(row)), **row) == expected


@pytest.mark.parametrize(
    ("name", "weergave", "row", "tekst"),
    [
        ("begeleiding_mediaan", EXACT, (40, 60, 11.75), "11,8 maanden"),
        ("begeleiding_mediaan", EXACT, (4, 60, 11.75), "te weinig waarnemingen"),
        ("begeleiding_mediaan", EXACT, (4, 60, None), "nog niet bereikt"),
        ("begeleiding_mediaan", AFGEROND, (None, None, 12.0), "ongeveer 12 maanden"),
        ("begeleiding_mediaan", AFGEROND, (None, None, None), "nog niet bereikt"),
        ("pip_mediaan_dagen", EXACT, (40, 60, 64.0), "64 dagen"),
        ("pip_mediaan_dagen", AFGEROND, (None, None, 63.0), "ongeveer 9 weken"),
        ("pip_mediaan_dagen", AFGEROND, (None, None, 7.0), "ongeveer 1 week"),
        ("pip_tijdig", EXACT, (0, 0, None), "niemand"),
        ("pip_tijdig", BESCHERMD, (40, 60, None), "te klein om te tonen"),
        ("pip_zonder", EXACT, (4, 6, 4.0), "4"),
        ("pip_zonder", AFGEROND, (40, 60, 40.0), "ongeveer 40"),
    ],
)
def test_a_kpi_is_written_in_its_unit(name, weergave, row, tekst):
    named = dict(zip(("teller", "noemer", "waarde"), row, strict=True))
    assert texts(weergave, indicator=name, **named)[0] == tekst


@pytest.mark.parametrize(
    ("row", "column", "weergave", "expected"),
    [
        ({"voorwaarde": "verwijzer_bekend", "waarde": 0.639}, "waarde", EXACT, "64%"),
        ({"voorwaarde": "verwijzer_bekend", "waarde": None}, "waarde", EXACT, "niet te meten"),
        ({"voorwaarde": "verwijzer_bekend", "waarde": None}, "waarde", BESCHERMD, "niet te meten"),
        ({"voorwaarde": "verwijzer_bekend", "waarde": None}, "waarde", WEGGELATEN, "niet getoond"),
        ({"voorwaarde": "groep_24_maanden", "waarde": 1285.0}, "waarde", EXACT, "1.285 personen"),
        ({"voorwaarde": "groep_24_maanden", "waarde": None}, "waarde", BESCHERMD, "<10 personen"),
        ({"voorwaarde": "aantoonbaar_verschil", "waarde": 0.13651}, "waarde", EXACT, "13,7 procentpunt"),
        ({"voorwaarde": "aantoonbaar_verschil", "waarde": 0.14}, "waarde", AFGEROND, "14 procentpunt"),
        ({"per_100_24": 162.2}, "per_100_24", EXACT, "162,2"),
        ({"per_100_24": 162.2}, "per_100_24", AFGEROND, "162"),
        ({"verhouding": 0.475}, "verhouding", EXACT, "0,48"),
        ({"verhouding": None}, "verhouding", EXACT, "—"),
        ({"verhouding": 0.475, "ci_laag": 0.446}, "ci_laag", AFGEROND, "0,45"),
        ({"verschil": 0.1, "ci_laag": 0.446}, "ci_laag", EXACT, "45%"),
    ],
)
def test_the_evaluation_has_units_of_its_own(row, column, weergave, expected):
    assert texts(weergave, column, **row)[1] == expected


def test_what_is_handed_out_has_its_texts_and_what_is_computed_has_none():
    source = queries.open_database(towns.folder())
    shown = queries.shown("kpi", queries.Selection(), source)
    assert shown.columns[1:5] == ["teller", "teller_weergave", "teller_tekst", "teller_kort"]
    assert shown.select(queries.run("kpi", queries.Selection(), source).columns).width == 6
    assert not [column for column in queries.run("kpi", queries.Selection(), source).columns if "_tekst" in column]
