"""What stands beside a figure is how it is written: exact, rounded, or words in its place."""

import polars as pl
import pytest

import queries
from queries import written
from queries.definitions.columns import AFGEROND, BESCHERMD, EXACT, WEGGELATEN
from tests import towns


def kpi(indicator, teller, noemer, waarde):
    return {"waarde": waarde, "indicator": indicator, "teller": teller, "noemer": noemer}


MISSED = "meer dan de helft, maar minder dan 100%"

# A row with the figure first, how it is shown, and how it is written: in a sentence, and short if that is different.
WRITTEN = [
    ({"aantal": 1230}, EXACT, "1.230"),
    ({"aantal": 0}, EXACT, "0"),
    ({"aantal": 1230}, AFGEROND, "ongeveer 1.230", "1.230"),
    ({"aantal": None}, BESCHERMD, "te klein om te tonen", "<10"),
    ({"aantal": None}, WEGGELATEN, "niet getoond"),
    # A share rests on ten or more.
    ({"waarde": 0.7, "noemer": 10}, EXACT, "70%"),
    ({"waarde": 0.7, "noemer": 9}, EXACT, "te weinig waarnemingen"),
    ({"waarde": None, "noemer": 0}, EXACT, "te weinig waarnemingen"),
    ({"waarde": 0.69, "noemer": 60}, AFGEROND, "ongeveer 69%", "69%"),
    ({"waarde": None, "noemer": 20}, BESCHERMD, "te klein om te tonen"),
    ({"waarde": None, "noemer": None}, WEGGELATEN, "niet getoond"),
    # What is sure of a share that is too small stands in words.
    ({"waarde": None, "noemer": None}, "minder dan een kwart", "minder dan een kwart", "<25%"),
    (kpi("pip_tijdig", None, None, None), "meer dan de helft", "meer dan de helft", ">50%"),
    (kpi("pip_tijdig", None, None, None), MISSED, MISSED, ">50%"),
    (kpi("pip_tijdig", None, None, None), "minder dan 100%", "minder dan 100%", "<100%"),
    (kpi("begeleiding_over_norm", None, None, None), "meer dan 0%", "meer dan 0%", ">0%"),
    # A KPI has its unit.
    (kpi("begeleiding_mediaan", 40, 60, 11.75), EXACT, "11,8 maanden"),
    (kpi("begeleiding_mediaan", 4, 60, 11.75), EXACT, "te weinig waarnemingen"),
    (kpi("begeleiding_mediaan", 4, 60, None), EXACT, "nog niet bereikt"),
    (kpi("begeleiding_mediaan", None, None, 12.0), AFGEROND, "ongeveer 12 maanden", "12 maanden"),
    (kpi("begeleiding_mediaan", None, None, None), AFGEROND, "nog niet bereikt"),
    (kpi("pip_mediaan_dagen", 40, 60, 64.0), EXACT, "64 dagen"),
    (kpi("pip_mediaan_dagen", None, None, 63.0), AFGEROND, "ongeveer 9 weken", "9 weken"),
    (kpi("pip_mediaan_dagen", None, None, 7.0), AFGEROND, "ongeveer 1 week", "1 week"),
    (kpi("pip_tijdig", 0, 0, None), EXACT, "niemand"),
    (kpi("pip_tijdig", 40, 60, None), BESCHERMD, "te klein om te tonen"),
    (kpi("pip_zonder", 4, 6, 4.0), EXACT, "4"),
    (kpi("pip_zonder", 40, 60, 40.0), AFGEROND, "ongeveer 40", "40"),
    # The evaluation has units of its own.
    ({"waarde": 0.639, "voorwaarde": "verwijzer_bekend"}, EXACT, "64%"),
    ({"waarde": None, "voorwaarde": "verwijzer_bekend"}, EXACT, "niet te meten"),
    ({"waarde": None, "voorwaarde": "verwijzer_bekend"}, BESCHERMD, "niet te meten"),
    ({"waarde": None, "voorwaarde": "verwijzer_bekend"}, WEGGELATEN, "niet getoond"),
    ({"waarde": 1285.0, "voorwaarde": "groep_24_maanden"}, EXACT, "1.285 personen"),
    ({"waarde": None, "voorwaarde": "groep_24_maanden"}, BESCHERMD, "te klein om te tonen", "<10 personen"),
    ({"waarde": 0.13651, "voorwaarde": "aantoonbaar_verschil"}, EXACT, "13,7 procentpunt"),
    ({"waarde": 0.14, "voorwaarde": "aantoonbaar_verschil"}, AFGEROND, "ongeveer 14 procentpunt", "14 procentpunt"),
    ({"per_100_24": 162.2}, EXACT, "162,2"),
    ({"per_100_24": 162.2}, AFGEROND, "ongeveer 162", "162"),
    ({"verhouding": 0.475}, EXACT, "0,48"),
    ({"verhouding": None}, EXACT, "—"),
    ({"ci_laag": 0.446, "verhouding": 0.475}, AFGEROND, "ongeveer 0,45", "0,45"),
    ({"ci_laag": 0.446, "verschil": 0.1}, EXACT, "45%"),
]


@pytest.mark.parametrize("case", WRITTEN, ids=str)
def test_a_figure_is_written_in_its_unit_and_its_view(case):
    row, weergave, tekst, *kort = case
    column = next(iter(row))
    frame = written.with_texts(pl.DataFrame([row | {f"{column}_weergave": weergave}]))
    assert frame.select(f"{column}_tekst", f"{column}_kort").row(0) == (tekst, *(kort or [tekst]))


def test_what_is_handed_out_has_its_texts_and_what_is_computed_has_none():
    source = queries.open_database(towns.folder())
    shown = queries.shown("kpi", queries.Selection(), source)
    assert shown.columns[1:5] == ["teller", "teller_weergave", "teller_tekst", "teller_kort"]
    assert shown.select(queries.answer("kpi", queries.Selection(), source).columns).width == 6
    assert not [column for column in queries.answer("kpi", queries.Selection(), source).columns if "_tekst" in column]
