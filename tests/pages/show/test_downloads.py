"""What can be taken along says the same as the screen: every figure, and where it comes from."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import openpyxl
import polars as pl
import pytest

import queries
from data.snapshots import store
from pages.show import downloads, pictures, series, sheets
from pages.show.table import Shown
from pages.words import formats, presentation
from tests.pages.show.published import published

ROOT = Path(__file__).parents[3]
FILTERS = "Stand 31 december 2022 · stadsdeel Noord · alle doelgroepen · Demogegevens (synthetisch)"
NOORD = queries.Selection(stadsdelen=("Noord",))
REAL = "Bron{} Extracten van de gemeente Haarlem, stand 31 december 2022"


@pytest.fixture(scope="module")
def database(demo_snapshots):
    return queries.open_database(store.in_use(demo_snapshots))


def around(selection=NOORD, demo=True, **more):
    return downloads.Context(FILTERS, selection, date(2022, 12, 31), demo, "ab12", **more)


def item(frame, *questions, totals=(), title="Titel", **more):
    return downloads.Item(title, "Wat er staat.", Shown(frame, totals=totals), questions=questions, **more)


def read_csv(shown: Shown) -> pl.DataFrame:
    how = {"separator": ";", "decimal_comma": True, "try_parse_dates": True, "infer_schema_length": None}
    return pl.read_csv(io.BytesIO(sheets.csv(shown)), **how)


def book_of(what: downloads.Item, context: downloads.Context) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(downloads.workbook(what, context)))


def table_of(shown, **how) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(sheets.xlsx(shown, "t")), **how)["Tabel"]


def explanation(what: downloads.Item, **context) -> str:
    rows = book_of(what, around(**context))["Toelichting"].iter_rows(values_only=True)
    return "\n".join(" | ".join(str(value) for value in row if value is not None) for row in rows)


def names_of(what: downloads.Item, context: downloads.Context) -> list[str]:
    return [file.name for file in downloads.files(what, context, downloads.subject_of(what))]


# ------------------------------------------------------------------------------------------------------- figures


@pytest.mark.parametrize("name", queries.QUESTIONS)
def test_csv_and_xlsx_hold_every_figure_of_every_question(database, name):
    frame = queries.answer(name, NOORD, database)
    sheet = book_of(item(frame, name), around())["Tabel"]
    top = sheets.BELOW_MARK + 2
    in_xlsx = sheet.iter_rows(min_row=top, max_row=frame.height + top - 1, max_col=frame.width, values_only=True)
    # A figure as a spreadsheet knows it: a boolean is ja or nee.
    expected = frame.with_columns(pl.col(pl.Boolean).replace_strict({True: "ja", False: "nee"})).rows()
    assert read_csv(Shown(frame)).rows() == expected
    for given, found in zip(expected, in_xlsx, strict=True):
        found = tuple(value.date() if isinstance(value, datetime) else value for value in found)
        # A spreadsheet keeps 15 to 16 digits.
        assert found == tuple(pytest.approx(value, rel=1e-14) if isinstance(value, float) else value for value in given)


def test_csv_opens_in_a_dutch_excel():
    names = ("stadsdeel", "waarde", "maand", "aantal", "x")
    frame = pl.DataFrame([("Zuid-West", 0.7035, date(2022, 3, 1), 1234, -0.25)], schema=names, orient="row")
    rows = "Stadsdeel;Waarde (fractie);Maand;Aantal;X\r\nZuid-West;0,7035;2022-03-01;1234;-0,25\r\n"
    assert sheets.csv(Shown(frame)) == b"\xef\xbb\xbf" + rows.encode()


@pytest.mark.parametrize("text", ["=1+1", "+31", "-cmd", "@x"])
def test_a_text_is_never_run_as_a_formula(text):
    shown = Shown(pl.DataFrame({"kolom": [text, "gewoon - zo"]}))
    assert read_csv(shown)["Kolom"].to_list() == [f"'{text}", "gewoon - zo"]
    assert (table_of(shown)["A2"].value, table_of(shown)["A2"].data_type) == (text, "s")


def test_what_only_breaks_lines_on_the_screen_is_not_in_the_file_and_two_columns_of_one_name_are_told_apart():
    frame, same = pl.DataFrame({"uitkomst": ["a b-c"], "noemer": [2]}), {"uitkomst": "Van", "noemer": "Van"}
    shown = Shown(frame, same, written={"uitkomst": lambda _: "a\u00a0b\u2011c\u00ad"})
    assert read_csv(shown).to_dicts() == [{"Van": "a b-c", "Van (2)": 2}]


@pytest.mark.parametrize(
    ("column", "values", "written", "expected"),
    [
        ("waarde", [0.5, None], None, ["0.0%", "#,##0"]),
        ("mediaan_maanden", [11.75, 2.0], None, ["#,##0.0", "#,##0.0"]),
        # A row of mixed units: each in its own.
        ("waarde", [0.5, 64.0], lambda it: formats.percent(it) if it <= 1 else formats.days(it), ["0.0%", "#,##0"]),
    ],
)
def test_xlsx_shows_a_figure_as_the_screen_does(column, values, written, expected):
    sheet = table_of(Shown(pl.DataFrame({column: values}), written={column: written}))
    assert [sheet.cell(row, 1).number_format for row in (2, 3)] == expected
    assert [sheet.cell(row, 1).value for row in (2, 3)] == values


def test_totals_stand_in_the_totals_row_and_nowhere_else():
    shown = Shown(pl.DataFrame({"stadsdeel": ["Noord", "Oost"], "aantal": [3, 4]}), totals=("aantal",))
    formula, value = (table_of(shown, data_only=done)["A4:B4"][0] for done in (False, True))
    assert (formula[1].value[:14], value[0].value, value[1].value) == ("=SUBTOTAL(109,", "Totaal", 7)
    assert read_csv(shown).height == 2


# ---------------------------------------------------------------------------------------------- what is said of them


def test_the_second_sheet_says_what_the_figures_are(database):
    frame = queries.answer("ontzorging_status", NOORD, database)
    text = explanation(item(frame, "ontzorging_status", title="Wie is ontzorgd", totals=("aantal",)))
    for words in ("Wie is ontzorgd", FILTERS, "Peildatum | 31 december 2022", f"versie {queries.VERSION}"):
        assert words in text
    assert "Bron | Demogegevens (synthetisch), geen cijfers van de echte gemeente" in text
    for column, meaning in queries.VRAGEN["ontzorging_status"].kolommen.items():
        assert f"| {column} | {meaning}" in text
    text = explanation(item(queries.answer("kpi", NOORD, database), "kpi"), demo=False)
    assert REAL.format(" |") in text
    assert all(f"{entry.titel} | {entry.definitie}" in text for entry in queries.INDICATOREN.values())


def test_exact_figures_are_marked_as_internal_and_a_table_that_no_filter_changes_does_not_claim_the_filters():
    away = item(pl.DataFrame({"tabel": ["pip"], "rijen": [3]}), title="Rijen")
    book, text = book_of(away, around()), explanation(away)
    assert all(downloads.INTERNAL in sheet.oddHeader.right.text for sheet in book)
    assert book["Tabel"]["A1"].value == downloads.INTERNAL
    name = "rijen_2022-12-31_intern-niet-openbaar-maken_demo"
    assert names_of(away, around()) == [f"{name}.xlsx", f"{name}.csv"]
    assert downloads.TOLD["unfiltered"] in text and "stadsdeel Noord" not in text


def test_rounded_figures_have_words_in_place_no_total_and_an_explanation_and_are_not_marked_as_internal():
    frame = published(pl.DataFrame({"status": ["Op tijd", "PIP te laat"], "aantal": [120, None]}))
    away, context = item(frame, "pip_status", totals=("aantal",)), around(openbaar=True)
    assert names_of(away, context)[1] == "pip-status_2022-12-31_noord_openbaar_demo.csv"
    assert sheets.csv(away.shown).decode("utf-8-sig") == "Status;Aantal\r\nOp tijd;120\r\nPIP te laat;<10\r\n"
    rows = list(book_of(away, context)["Tabel"].iter_rows(values_only=True))
    assert rows == [("Status", "Aantal"), ("Op tijd", 120), ("PIP te laat", "<10")]
    text = explanation(away, openbaar=True)
    assert presentation.ROUNDED in text and downloads.INTERNAL not in text


@pytest.mark.parametrize(
    ("frame", "more", "expected"),
    [
        ({"aantal": [200, 87]}, {"totals": ("aantal",)}, "n = 287"),
        ({"teller": [3, 4], "noemer": [10, 20]}, {"totals": ("teller", "noemer")}, "Totaal: teller 7; noemer 30"),
        ({"noemer": [10, 1200]}, {}, "n = 10 tot 1.200"),
        ({"noemer": [10, 10]}, {}, "n = 10"),
        ({"aantal": [5]}, {}, ""),
        ({"aantal": [5]}, {"n": "n = 5 personen"}, "n = 5 personen"),
    ],
)
def test_a_picture_says_on_how_many_it_rests(frame, more, expected):
    assert downloads.basis(item(pl.DataFrame(frame), **more)) == expected


MANY = ("Indischewijk-Te Zaanen", "Delftwijk-Vondelkwartier", "Europawijk-Molenwijk")


@pytest.mark.parametrize(
    ("chosen", "grens", "expected"),
    [
        ({}, None, "heel-haarlem"),
        ({"stadsdelen": ("Noord", "Zuid-West")}, None, "noord-zuid-west"),
        ({"doelgroepen": ("Inwoner",), "cohorten": (2022,)}, None, "heel-haarlem-inwoner-cohort-2022"),
        ({"huisvesting_van": date(2022, 1, 1)}, None, "heel-haarlem-vanaf-2022-01-01"),
        ({}, ("Meerwijk",), "meerwijk"),
        ({}, (), "geen-gebied"),
        ({"stadsdelen": ("Beëindigd — ’s Gravenhage",)}, None, "beeindigd-s-gravenhage"),
        ({"wijkteams": MANY}, None, "indischewijk-te-zaanen-delftwijk-vondelkwartier-enz"),
    ],
)
def test_a_file_name_says_the_selection_and_to_which_areas_somebody_is_limited(chosen, grens, expected):
    assert downloads.selection_slug(around(queries.Selection(**chosen), grens=grens)) == expected


def test_a_file_name_says_what_is_compared_with():
    compared = replace(around(queries.Selection(stadsdelen=("Noord",))), beside="de rest van de stad")
    assert downloads.selection_slug(compared) == "noord-naast-de-rest-van-de-stad"


# ------------------------------------------------------------------------------------------------------- pictures


@pytest.fixture(scope="module")
def picture(database):
    frame = queries.shown("ontzorging_voorraad", NOORD, database)
    events = series.events_on_axis(queries.events(), frame["maand"], "ontzorging_")
    chart = series.stock_and_flow(frame, events, date(2022, 12, 31), subject="Personen", unit="Personen")
    return item(frame, "ontzorging_voorraad", chart=chart, title="Er lopen <10> & meer", n="n = 34 personen")


def made(picture, kind, **more):
    (file,) = [file for file in downloads.files(picture, around(**more), "x") if file.name.endswith(kind)]
    return file.make()


def texts_of(svg: str) -> str:
    return " ".join(ElementTree.fromstring(svg).itertext())


def point(**how) -> alt.Chart:
    return alt.Chart(pl.DataFrame({"x": [1]}), **how).mark_point().encode(x="x:Q")


def test_the_svg_stands_on_its_own_in_light_and_dutch(picture):
    svg = made(picture, "svg")
    source = f"Bron: Demogegevens (synthetisch), geen cijfers van de echte gemeente; {downloads.PRODUCT}"
    above = ("Er lopen <10> & meer", "Wat er staat.", "n = 34 personen")
    for words in (*above, "Stand 31 december 2022 · stadsdeel Noord", source, downloads.INTERNAL):
        assert words in texts_of(svg)
    assert REAL.format(":") in texts_of(made(picture, "svg", demo=False))
    assert re.search(r'<rect width="\d+" height="\d+" fill="#FFFFFF"/>', svg)
    assert 'font-family="Liberation Sans' in svg
    months = re.findall(r">(jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)<", svg)
    assert months == [formats.short_month(day)[:3] for day in picture.shown.frame["maand"]]
    # It asks nothing of the network.
    addresses = set(re.findall(r"https?://[^\"' <)]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_chart_gets_a_width_unless_it_has_one_days_in_utc_and_all_its_rows():
    for width, found in ((300, 300), ("container", pictures.CHART_WIDTH)):
        assert pictures.specification(point().properties(width=width))["width"] == found
    # Without a zone a day is midnight on the server: an evening earlier, and another month, on a UTC axis. And more
    # rows than Altair takes by default.
    frame = pl.DataFrame({"maand": [date(2022, 1, 1)] * 6_000, "tekst": "2022-01-01"})
    (rows,) = pictures.specification(alt.Chart(frame).mark_point())["datasets"].values()
    assert rows == [{"maand": "2022-01-01T00:00:00Z", "tekst": "2022-01-01"}] * 6_000


def test_a_picture_says_what_it_shows_to_who_does_not_see_it_and_knows_the_size_of_its_drawing():
    foot = alt.YValue(alt.ExprRef("height - 10"))
    drawn = pictures.svg(point(description="Eén & punt", height=300).encode(y=foot), pictures.Words("Kop"))
    assert re.search(r'^<svg [^>]*lang="nl"><title>Kop</title><desc>Eén &amp; punt</desc>', drawn)
    assert re.search(r'transform="translate\([\d.]+,290\)"', drawn)


# --------------------------------------------------------------------------------------------------- on the page


def test_nothing_is_made_while_a_page_is_drawn(open_page, monkeypatch):
    for module, maker in ((sheets, "csv"), (sheets, "xlsx"), (pictures, "svg"), (pictures, "png")):
        monkeypatch.setattr(module, maker, lambda *_: pytest.fail("a file was made"))
    app = open_page("ontzorging")
    assert not app.exception and not app.error
