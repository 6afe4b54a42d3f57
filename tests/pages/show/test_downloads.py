"""What can be taken along says the same as the screen: every figure, and where it comes from."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import altair as alt
import openpyxl
import polars as pl
import pytest
from PIL import Image

import queries
from data.snapshots import store
from pages.ontzorging import charts
from pages.show import downloads, pictures, sheets
from pages.words import formats, presentation

ROOT = Path(__file__).parents[3]
FILTERS = "Stand 31 december 2022 · stadsdeel Noord · alle doelgroepen · Demogegevens (synthetisch)"
NOORD = queries.Selection(stadsdelen=("Noord",))


@pytest.fixture(scope="module")
def database(demo_snapshots):
    return queries.open_database(store.in_use(demo_snapshots))


def around(selection=NOORD, demo=True, **more):
    return downloads.Context(FILTERS, selection, date(2022, 12, 31), demo, "ab12", **more)


def item(frame, *questions, totals=(), title="Titel", **more):
    return downloads.Item(title, "Wat er staat.", sheets.Shown(frame, totals=totals), questions=questions, **more)


def read_csv(content: bytes) -> pl.DataFrame:
    return pl.read_csv(
        io.BytesIO(content), separator=";", decimal_comma=True, try_parse_dates=True, infer_schema_length=None
    )


def workbook(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def table_of(shown, **how) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(sheets.xlsx(shown, "t")), **how)["Tabel"]


# --------------------------------------------------------------------------------------- every figure, both ways


@pytest.mark.parametrize("name", queries.QUESTIONS)
def test_csv_and_xlsx_hold_every_figure_of_every_question(database, name):
    frame = queries.run(name, NOORD, database)
    in_csv = read_csv(sheets.csv(sheets.Shown(frame)))
    sheet = workbook(downloads.workbook(item(frame, name), around()))["Tabel"]
    top = sheets.BELOW_MARK + 2
    in_xlsx = sheet.iter_rows(min_row=top, max_row=frame.height + top - 1, max_col=frame.width, values_only=True)
    # A figure as a spreadsheet knows it: a boolean is ja or nee.
    expected = frame.with_columns(pl.col(pl.Boolean).replace_strict({True: "ja", False: "nee"})).rows()
    assert in_csv.rows() == expected
    for given, found in zip(expected, in_xlsx, strict=True):
        found = tuple(value.date() if isinstance(value, datetime) else value for value in found)
        # A spreadsheet keeps 15 to 16 digits.
        assert found == tuple(pytest.approx(value, rel=1e-14) if isinstance(value, float) else value for value in given)


# ------------------------------------------------------------------------------------------------------------ CSV


def test_csv_opens_in_a_dutch_excel():
    frame = pl.DataFrame(
        {"stadsdeel": ["Zuid-West"], "waarde": [0.7035], "maand": [date(2022, 3, 1)], "aantal": [1234]}
    )
    content = sheets.csv(sheets.Shown(frame))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        "Stadsdeel;Waarde (fractie);Maand;Aantal\r\nZuid-West;0,7035;2022-03-01;1234\r\n"
    )


@pytest.mark.parametrize("text", ["=1+1", "+31", "-cmd", "@x"])
def test_a_text_is_never_run_as_a_formula(text):
    frame = pl.DataFrame({"kolom": [text, "gewoon - zo"]})
    assert read_csv(sheets.csv(sheets.Shown(frame)))["Kolom"].to_list() == [f"'{text}", "gewoon - zo"]
    sheet = table_of(sheets.Shown(frame))
    assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")


def test_a_negative_number_stays_a_number():
    frame = pl.DataFrame({"verschil": [-0.25]})
    assert read_csv(sheets.csv(sheets.Shown(frame)))["Verschil"].to_list() == [-0.25]


def test_what_only_breaks_lines_on_the_screen_is_not_in_the_file():
    shown = sheets.Shown(pl.DataFrame({"uitkomst": ["a b-c"]}), written={"uitkomst": lambda _: "a\u00a0b\u2011c\u00ad"})
    assert read_csv(sheets.csv(shown))["Uitkomst"].to_list() == ["a b-c"]


def test_two_columns_of_one_name_are_told_apart():
    frame = pl.DataFrame({"teller": [1], "noemer": [2]})
    assert sheets.names(sheets.Shown(frame, headings={"teller": "Van", "noemer": "Van"})) == ["Van", "Van (2)"]


# ----------------------------------------------------------------------------------------------------------- XLSX


def test_xlsx_shows_a_figure_as_the_screen_does():
    frame = pl.DataFrame({"waarde": [0.5, None], "mediaan_maanden": [11.75, None], "aantal": [1234, 2]})
    sheet = table_of(sheets.Shown(frame))
    assert [sheet.cell(2, place).number_format for place in (1, 2, 3)] == ["0.0%", "#,##0.0", "#,##0"]
    assert [sheet.cell(3, place).value for place in (1, 2, 3)] == [None, None, 2]


def test_xlsx_writes_a_row_of_mixed_units_each_in_its_own():
    frame = pl.DataFrame({"waarde": [0.5, 64.0]})
    written = {"waarde": lambda value: formats.percent(value) if value <= 1 else formats.days(value)}
    sheet = table_of(sheets.Shown(frame, written=written))
    assert [sheet.cell(row, 1).number_format for row in (2, 3)] == ["0.0%", "#,##0"]


def test_totals_stand_in_the_totals_row_and_nowhere_else():
    shown = sheets.Shown(pl.DataFrame({"stadsdeel": ["Noord", "Oost"], "aantal": [3, 4]}), totals=("aantal",))
    sheet = table_of(shown)
    assert sheet["A4"].value == "Totaal"
    assert sheet["B4"].value.startswith("=SUBTOTAL(109")
    assert table_of(shown, data_only=True)["B4"].value == 7
    assert read_csv(sheets.csv(shown)).height == 2


def test_what_is_internal_says_so_on_the_first_sheet_and_in_every_name(database):
    frame = queries.run("ontzorging_status", NOORD, database)
    first, *_ = workbook(downloads.workbook(item(frame), around()))
    assert first["A1"].value == downloads.INTERNAL and downloads.INTERNAL in first.oddHeader.right.text
    assert all("_intern-niet-openbaar-maken_" in file.name for file in downloads.files(item(frame), around(), "x"))
    first, *_ = workbook(downloads.workbook(item(frame), around(openbaar=True)))
    assert first["A1"].value == "Stadsdeel"
    assert not [file.name for file in downloads.files(item(frame), around(openbaar=True), "x") if "intern" in file.name]


def explanation(content: bytes) -> str:
    rows = workbook(content)["Toelichting"].iter_rows(values_only=True)
    return "\n".join(" | ".join(str(value) for value in row if value is not None) for row in rows)


def test_the_second_sheet_says_what_the_figures_are(database):
    frame = queries.run("ontzorging_status", NOORD, database)
    text = explanation(
        downloads.workbook(item(frame, "ontzorging_status", title="Wie is ontzorgd", totals=("aantal",)), around())
    )
    assert "Wie is ontzorgd" in text
    assert FILTERS in text
    assert "Peildatum | 31 december 2022" in text
    assert "Bron | Demogegevens (synthetisch), geen cijfers van de echte gemeente" in text
    assert f"versie {queries.VERSION}" in text
    for column, meaning in queries.VRAGEN["ontzorging_status"].kolommen.items():
        assert f"| {column} | {meaning}" in text
    assert downloads.INTERNAL in text


def test_rounded_figures_are_explained_and_not_marked_as_internal(database):
    frame = pl.DataFrame(
        {"status": ["Op tijd", "PIP te laat"], "aantal": [120, None], "aantal_weergave": ["afgerond", "beschermd"]}
    )
    offered = downloads.files(item(frame, "pip_status"), around(openbaar=True), "pip_status")
    files = {file.name.rsplit(".", 1)[1]: file for file in offered}
    assert files["csv"].name == "pip_status_2022-12-31_noord_openbaar_demo.csv"
    assert files["csv"].make().decode("utf-8-sig") == "Status;Aantal\r\nOp tijd;120\r\nPIP te laat;<10\r\n"
    text = explanation(files["xlsx"].make())
    assert presentation.ROUNDED in text
    assert downloads.INTERNAL not in text
    rows = list(workbook(files["xlsx"].make())["Tabel"].iter_rows(values_only=True))
    assert rows == [("Status", "Aantal"), ("Op tijd", 120), ("PIP te laat", "<10")]


def test_rounded_figures_have_no_total_in_a_file():
    frame = pl.DataFrame({"status": ["A", "B"], "aantal": [120, 30], "aantal_weergave": ["afgerond", "afgerond"]})
    assert sheets.Shown(frame, totals=("aantal",)).totals == ()
    assert sheets.Shown(frame.drop("aantal_weergave"), totals=("aantal",)).totals == ("aantal",)


def test_real_figures_are_marked_as_internal_and_never_as_demo(database):
    frame = queries.run("kpi", NOORD, database)
    text = explanation(downloads.workbook(item(frame), around(demo=False)))
    assert downloads.INTERNAL in text
    assert "Bron | Extracten van de gemeente Haarlem, stand 31 december 2022" in text


def test_the_kpis_in_a_table_are_defined_in_it(database):
    text = explanation(downloads.workbook(item(queries.run("kpi", NOORD, database), "kpi"), around()))
    for entry in queries.INDICATOREN.values():
        assert f"{entry.titel} | {entry.definitie}" in text


def test_a_table_that_no_filter_changes_does_not_claim_the_filters():
    away = item(pl.DataFrame({"tabel": ["pip"], "rijen": [3]}))
    text = explanation(downloads.workbook(away, around()))
    assert "stadsdeel Noord" not in text
    assert downloads.UNFILTERED in text
    assert downloads.files(away, around(), "rijen")[0].name == "rijen_2022-12-31_intern-niet-openbaar-maken_demo.xlsx"


def test_a_column_that_fits_two_questions_gets_both_meanings():
    frame = pl.DataFrame({"status": ["x"], "aantal": [1]})
    (_, _, _), (_, _, meaning) = downloads.columns_explained(item(frame, "pip_status", "ontzorging_status"))
    assert meaning == "personen onder de Wet inburgering 2021 die in beeld zijn; of: personen uit de doelgroep"


def test_a_table_of_the_page_itself_is_not_given_the_meaning_of_a_question():
    frame = pl.DataFrame({"tabel": ["pip"], "rijen": [1], "waarde": [2.0]})
    assert downloads.columns_explained(item(frame))[0] == ("Tabel", "tabel", downloads.NO_MEANING)


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


# ---------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (queries.Selection(), "heel-haarlem"),
        (queries.Selection(stadsdelen=("Noord", "Zuid-West")), "noord-zuid-west"),
        (
            queries.Selection(doelgroepen=("Asielstatushouder",), cohorten=(2022,)),
            "heel-haarlem-asielstatushouder-cohort-2022",
        ),
        (queries.Selection(huisvesting_van=date(2022, 1, 1)), "heel-haarlem-vanaf-2022-01-01"),
    ],
)
def test_a_file_name_says_the_selection(selection, expected):
    assert downloads.selection_slug(around(selection)) == expected


@pytest.mark.parametrize(("grens", "expected"), [(("Meerwijk",), "meerwijk"), ((), "geen-gebied")])
def test_a_file_name_says_to_which_areas_somebody_is_limited(grens, expected):
    assert downloads.selection_slug(around(queries.Selection(), grens=grens)) == expected


def test_a_file_name_is_short_plain_ascii():
    many = queries.Selection(wijkteams=("Indischewijk-Te Zaanen", "Delftwijk-Vondelkwartier", "Europawijk-Molenwijk"))
    names = [file.name for file in downloads.files(item(pl.DataFrame({"x": [1]}), "kpi"), around(many), "beëindigd")]
    assert all(name.isascii() for name in downloads.slug("Beëindigd — ’s Gravenhage", 50))
    assert downloads.slug("Beëindigd — ’s Gravenhage", 50) == "beeindigd-s-gravenhage"
    assert all(len(name) < 140 for name in names)
    assert downloads.selection_slug(around(many)).endswith("-enz")


def test_a_file_name_says_subject_day_selection_and_demo(database):
    away = item(queries.run("ontzorging_status", NOORD, database), "ontzorging_status")
    subject = downloads.subject_of(away)
    names = [file.name for file in downloads.files(away, around(), subject)]
    assert names == [
        "ontzorging-status_2022-12-31_noord_intern-niet-openbaar-maken_demo.xlsx",
        "ontzorging-status_2022-12-31_noord_intern-niet-openbaar-maken_demo.csv",
    ]


# ------------------------------------------------------------------------------------------------------- pictures


@pytest.fixture(scope="module")
def picture(database):
    frame = queries.run("ontzorging_voorraad", NOORD, database)
    chart = charts.stock(frame, charts.events_on_axis(queries.events(), frame), date(2022, 12, 31))
    return item(frame, "ontzorging_voorraad", chart=chart, title="Er lopen <10> & meer", n="n = 34 personen")


def made(picture, kind, **more):
    (file,) = [file for file in downloads.files(picture, around(**more), "x") if file.name.endswith(kind)]
    return file.make()


def texts_of(svg: str) -> str:
    return " ".join(" ".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.text)


def test_the_svg_stands_on_its_own_in_light_and_dutch(picture):
    svg = made(picture, "svg")
    text = texts_of(svg)
    for words in (
        "Er lopen <10> & meer",
        "Wat er staat.",
        "n = 34 personen",
        "Stand 31 december 2022 · stadsdeel Noord",
        f"Bron: Demogegevens (synthetisch), geen cijfers van de echte gemeente; {downloads.PRODUCT}",
    ):
        assert words in text
    assert re.search(r'<rect width="\d+" height="\d+" fill="#FFFFFF"/>', svg)
    assert 'font-family="Liberation Sans' in svg
    months = re.findall(r">(jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)<", svg)
    assert months == [formats.short_month(day)[:3] for day in picture.shown.frame["maand"]]
    # It asks nothing of the network.
    addresses = set(re.findall(r"https?://[^\"' <)]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_svg_of_real_figures_says_so(picture):
    text = texts_of(made(picture, "svg", demo=False))
    assert downloads.INTERNAL in text
    assert "Bron: Extracten van de gemeente Haarlem, stand 31 december 2022" in text


# Charts with days in their data; the last one has a day on its axis and not a name, as the browser gets it.
_DRAW = """
import sys
from datetime import date
import altair as alt
import polars as pl
from pages.show import pictures, series

months = pl.date_range(date(2022, 1, 1), date(2022, 4, 1), "1mo", eager=True).alias("maand")
stock = pl.DataFrame({"maand": months, "gestart": [3, 2, 1, 4], "beeindigd": [0, 1, 1, 0], "lopend": [3, 4, 4, 8]})
none = pl.DataFrame(schema={"datum_van": pl.Date, "titel": pl.String, "toelichting": pl.String})
named = series.stock_and_flow(stock, none, date(2022, 4, 30), subject="x", unit="x")
days = [{"year": 2022, "month": month, "date": 1, "utc": True} for month in (1, 2)]
axis = alt.Axis(format="%d %b %Y", values=days)
when = alt.X("maand:T", scale=alt.Scale(type="utc"), axis=axis)
words = alt.Text("maand:T", timeUnit="utcyearmonthdate", format="%d-%m-%Y")
dated = alt.Chart(stock).mark_text().encode(x=when, text=words)
for chart in (named, dated):
    sys.stdout.write(pictures.svg(chart, pictures.Words("Titel")) + chr(10))
"""


def drawn_in(zone: str) -> str:
    """The pictures as a server in that time zone draws them; the zone is read when a process begins."""
    made = subprocess.run(
        [sys.executable, "-c", _DRAW],
        cwd=ROOT,
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    return made.stdout


def test_a_picture_is_the_same_in_every_time_zone():
    here = drawn_in("America/New_York")
    assert {"01-01-2022", "01-02-2022", "01-04-2022", "jan", "apr"} <= set(re.findall(r">([^<>]+)</", here))
    assert drawn_in("Pacific/Auckland") == here


def test_days_are_drawn_in_utc_as_in_the_browser():
    """Without a zone a day is midnight on the server: an evening earlier, and another month, on a UTC axis."""
    frame = pl.DataFrame(
        {
            "maand": [date(2022, 1, 1)],
            "moment": [datetime(2022, 1, 1, 0, 0)],
            "tekst": ["2022-01-01"],
        }
    )
    spec = pictures.specification(alt.Chart(frame).mark_point().encode(x="maand:T"))
    ((row,),) = spec["datasets"].values()
    assert row["maand"] == "2022-01-01T00:00:00Z"
    assert row["moment"] == "2022-01-01T00:00:00Z"
    assert row["tekst"] == "2022-01-01"


def test_the_png_is_a_picture_twice_as_fine_with_ink_on_white(picture):
    size = re.search(r'width="(\d+)" height="(\d+)"', made(picture, "svg"))
    image = Image.open(io.BytesIO(made(picture, "png")))
    assert image.format == "PNG"
    assert image.size == (2 * int(size[1]), 2 * int(size[2]))
    assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    title = image.convert("L").crop((0, 48, image.width, 100))
    assert title.getextrema()[0] < 80


def test_a_chart_gets_a_width_unless_it_has_one():
    one = alt.Chart(pl.DataFrame({"x": [1, 2]})).mark_bar().encode(x="x:Q")
    assert pictures.specification(one.properties(width=300))["width"] == 300
    for chart in (one, one.properties(width="container")):
        assert pictures.specification(chart)["width"] == pictures.CHART_WIDTH


def test_more_rows_than_altair_takes_by_default_are_drawn():
    frame = pl.DataFrame({"x": range(6_000)})
    spec = pictures.specification(alt.Chart(frame).mark_point().encode(x="x:Q"))
    assert [len(rows) for rows in spec["datasets"].values()] == [6_000]


def test_long_words_are_wrapped_within_the_picture():
    chart = alt.Chart(pl.DataFrame({"x": [1]})).mark_point().encode(x="x:Q")
    long = ("Er lopen er meer. " * 40,)
    drawn = pictures.svg(chart, pictures.Words(long[0], long, long))
    assert drawn.count(">Er lopen er meer.") >= 3
    assert int(re.search(r'width="(\d+)"', drawn)[1]) <= pictures.CHART_WIDTH + 3 * pictures.MARGIN


def test_a_picture_says_what_it_shows_to_who_does_not_see_it():
    chart = alt.Chart(pl.DataFrame({"x": [1]}), description="Eén & punt").mark_point().encode(x="x:Q")
    drawn = pictures.svg(chart, pictures.Words("Kop"))
    assert re.search(r'^<svg [^>]*lang="nl"><title>Kop</title><desc>Eén &amp; punt</desc>', drawn)


def test_what_is_placed_by_the_size_of_the_drawing_is_there_in_a_picture():
    foot = alt.YValue(alt.ExprRef("height - 10"))
    chart = alt.Chart(pl.DataFrame({"x": ["a"]})).mark_point().encode(y=foot).properties(height=300)
    assert re.search(r'transform="translate\([\d.]+,290\)"', pictures.svg(chart, pictures.Words("Kop")))


# --------------------------------------------------------------------------------------------------- on the page


def test_nothing_is_made_while_a_page_is_drawn(open_page, monkeypatch):
    def never(*_):
        raise AssertionError("a file was made")

    for maker in ("csv", "xlsx"):
        monkeypatch.setattr(sheets, maker, never)
    for maker in ("svg", "png"):
        monkeypatch.setattr(pictures, maker, never)
    app = open_page("ontzorging")
    assert not app.exception
    assert not app.error
