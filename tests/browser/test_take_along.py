"""Downloads and the link, as a visitor uses them in a real browser."""

from __future__ import annotations

import io

import application
import openpyxl
import polars as pl
import pytest
from PIL import Image

import queries
from data.snapshots import store
from tests.cases import in_campaign

MENU = "[data-testid=stPopoverBody]"


def open_menu(page, button):
    button.click()
    page.locator(f"{MENU} button").first.wait_for()
    application.settle(page)


def take(page, label: str) -> tuple[str, bytes]:
    """The name and the content of the file behind a button of the open menu."""
    with page.expect_download() as download:
        page.locator(f"{MENU} button", has_text=label).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def copied(page) -> str:
    return page.get_by_label("Link naar deze weergave").input_value()


def test_every_kind_of_file_arrives_whole_with_a_name_that_says_what_it_is(open_at):
    menu = open_at("/overdracht?stadsdeel=Schalkwijk")
    # The first table has no chart; the second one has.
    open_menu(menu, menu.get_by_role("button", name="Downloaden").nth(1))
    assert application.violations(menu, MENU) == []
    files = {label: take(menu, label) for label in ("XLSX", "CSV", "PNG", "SVG")}
    stems = {name.rsplit(".", 1)[0] for name, _ in files.values()}
    assert len(stems) == 1
    assert stems.pop().endswith("_2022-12-31_schalkwijk_intern-niet-openbaar-maken_demo")
    assert [name.rsplit(".", 1)[1] for name, _ in files.values()] == ["xlsx", "csv", "png", "svg"]

    book = openpyxl.load_workbook(io.BytesIO(files["XLSX"][1]))
    assert book.sheetnames == ["Tabel", "Toelichting"]
    table = pl.read_csv(io.BytesIO(files["CSV"][1]), separator=";", decimal_comma=True)
    assert book["Tabel"]["A1"].value == "Intern: niet openbaar maken"
    rows = book["Tabel"].iter_rows(min_row=3, max_row=table.height + 3)
    first = [[cell.value for cell in row[: table.width]] for row in rows]
    assert table.columns == first[0]
    assert [list(row) for row in table.rows()] == first[1:]
    assert Image.open(io.BytesIO(files["PNG"][1])).format == "PNG"
    assert "Demogegevens (synthetisch)" in files["SVG"][1].decode("utf-8")


def test_the_figures_in_the_file_are_those_of_the_question(open_at, snapshots):
    page = open_at("/ontzorging?stadsdeel=Schalkwijk&ontzorging_deel=Verloop")
    database = queries.open_database(store.in_use(snapshots))
    asked = queries.answer("ontzorging_voorraad", queries.Selection(stadsdelen=("Schalkwijk",)), database)
    # The last chart of the page shows this question as it is answered.
    open_menu(page, page.get_by_role("button", name="Downloaden").last)
    name, content = take(page, "CSV")
    table = pl.read_csv(io.BytesIO(content), separator=";", decimal_comma=True, try_parse_dates=True)
    assert name == "ontzorging-voorraad_2022-12-31_schalkwijk_intern-niet-openbaar-maken_demo.csv"
    assert table.rows() == asked.rows()
    assert asked.height > 1


@pytest.mark.parametrize("reached", ["with clipboard", *in_campaign("plain http on another machine")])
def test_the_link_copied_with_the_keyboard_opens_exactly_this_view(open_at, reached):
    secure = reached == "with clipboard"
    page = open_at("/ontzorging?stadsdeel=Noord&ontzorging_niveau=Wijkteam")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not secure:
        # What a browser does outside https and localhost.
        page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")
    shown = page.inner_text(".getoond")
    button = page.get_by_role("button", name="Kopieer link")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("De link is gekopieerd.").wait_for()
    link = copied(page)
    assert application.violations(page, ".st-key-kopieer_link") == []
    if secure:
        assert page.evaluate("navigator.clipboard.readText()") == link
    for part in ("stadsdeel=Noord", "ontzorging_niveau=Wijkteam", "peildatum=31-12-2022"):
        assert part in link
    assert button.evaluate("element => element.getRootNode().activeElement === element")
    again = open_at("/" + link.split("/", 3)[3])
    assert again.inner_text(".getoond") == shown
    assert again.inner_text("h1") == page.inner_text("h1")
    # An old link does not stand beside a new view.
    page.get_by_role("button", name="Alle filters wissen").click()
    page.get_by_text("De link is gekopieerd.").wait_for(state="hidden")
    button.click()
    page.get_by_text("De link is gekopieerd.").wait_for()
    assert "stadsdeel" not in copied(page)


def test_without_a_clipboard_the_link_is_there_to_copy_by_hand(open_at):
    page = open_at("/verantwoording?stadsdeel=Oost")
    page.evaluate("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Kopieer link").click()
    page.get_by_text("druk op Ctrl+C").wait_for()
    field = page.get_by_label("Link naar deze weergave")
    assert field.evaluate("element => element.getRootNode().activeElement === element")
    selected = field.evaluate("element => element.value.slice(element.selectionStart, element.selectionEnd)")
    assert selected == copied(page)
    assert "stadsdeel=Oost" in selected


def test_a_definition_with_its_sql_opens_on_the_page_verantwoording(open_at):
    page = open_at("/verantwoording")
    assert page.locator("[data-testid=stCode]").count() == 0
    page.get_by_text(queries.INDICATOREN["pip_tijdig"].titel, exact=True).first.click()
    page.locator("[data-testid=stCode]").first.wait_for()
    application.settle(page)
    page.locator("[data-testid=stCode]").first.hover()
    page.get_by_role("button", name="Kopiëren").first.wait_for()
    assert queries.INDICATOREN["pip_tijdig"].definitie in page.inner_text(".feiten >> nth=1")
    assert application.violations(page, "[data-testid='stMain']") == []
