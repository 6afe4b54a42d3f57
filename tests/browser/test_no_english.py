"""No English in front of a reader with an English browser: in menus, while a page is busy, when the server is gone."""

from __future__ import annotations

import re

import application
import pytest
from english import english

PAGE = "/ontzorging?stadsdeel=Noord"


@pytest.fixture(scope="module")
def window(chromium):
    with chromium.new_context(viewport={"width": 1400, "height": 900}, locale="en-US") as made:
        yield made


@pytest.fixture
def tab(window):
    """A new tab; gives it before it has gone anywhere."""
    page = window.new_page()
    page.set_default_timeout(15_000)
    yield page
    page.close()


def go(page, address: str) -> None:
    page.goto(address)
    application.settle(page)


def main_menu(page):
    page.get_by_test_id("stMainMenuButton").click()
    items = page.get_by_test_id("stMainMenuPopover").locator("[role^=menuitem]")
    assert [item.inner_text().split("\n")[-1] for item in items.all()] == ["Systeem", "Licht", "Donker", "Afdrukken"]


def choices(page):
    application.open_list(page.locator(".st-key-doelgroep input"))
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def no_choices(page):
    page.locator(".st-key-wijkteam input").click()
    page.locator(".st-key-wijkteam input").press_sequentially("zzz")
    page.get_by_text("Niets gevonden").wait_for()


def calendar(page):
    # Opens where there is something to choose: the month of the peildatum, with all its days.
    page.get_by_role("button", name="Kies een datum").first.click()
    calendar = page.get_by_test_id("stDateInputCalendar")
    assert calendar.locator("h2").last.text_content() == "december 2022"
    assert calendar.locator("[role=gridcell] [role=button]:not([aria-disabled])").count() == 31


def impossible_day(page):
    page.locator(".st-key-huisvesting_tot [role=spinbutton]").first.click()
    page.keyboard.type("01062090")
    page.keyboard.press("Enter")
    page.get_by_text("Fout: kies een datum op of vóór 31-12-2022.").first.wait_for()
    page.get_by_test_id("stDateInputError").hover()


def explanation(page):
    page.get_by_label("Uitleg bij Peildatum").hover()
    page.get_by_text("De stand aan het eind van deze dag.").wait_for()


def downloads(page):
    page.get_by_role("button", name="Downloaden").first.click()
    page.get_by_text("Tabel als CSV").wait_for()


def full_screen(page):
    chart = page.get_by_test_id("stVegaLiteChart").first
    # To scroll afterwards would leave it behind, and its buttons with it.
    chart.scroll_into_view_if_needed()
    chart.hover(position={"x": 20, "y": 20})
    # Of Streamlit's own buttons at a chart only this one is offered.
    buttons = page.get_by_test_id("stElementToolbar").first.get_by_role("button")
    assert [button.get_attribute("aria-label") for button in buttons.all()] == ["Volledig scherm"]
    page.get_by_role("button", name="Volledig scherm").first.hover()
    page.get_by_role("tooltip").get_by_text("Volledig scherm").wait_for()
    page.get_by_role("button", name="Volledig scherm").first.click()
    page.get_by_role("button", name="Volledig scherm sluiten").wait_for()


def rest_of_the_pages(page):
    page.set_viewport_size({"width": 900, "height": 900})
    page.get_by_text(re.compile(r"^nog \d$")).click()


OPENED = (main_menu, choices, no_choices, calendar, explanation, downloads, full_screen)
# These last: they change the page.
OPENED += (impossible_day, rest_of_the_pages)


def test_what_a_reader_opens_is_dutch(tab, app):
    go(tab, app + PAGE)
    found = {}
    for opened in OPENED:
        opened(tab)
        application.settle(tab)
        found[opened.__name__] = english(tab)
        # The first may only clear what was typed.
        tab.keyboard.press("Escape")
        tab.keyboard.press("Escape")
    assert {name: texts for name, texts in found.items() if texts} == {}


def test_without_the_script_the_english_is_found(tab, app):
    tab.route("**/dutch.js?*", lambda route: route.abort())
    go(tab, app + PAGE)
    tab.locator("svg.marks").first.wait_for()
    found = english(tab)
    assert {"Skip to main content", "Main menu", "Help for Peildatum", "Choose date", "axis"} <= set(found)


def test_a_page_that_is_busy_says_so_in_dutch(tab, app):
    left = float("inf")

    def between(socket):
        def pass_on(message):
            nonlocal left
            left -= 1
            if left >= 0:
                socket.send(message)

        socket.connect_to_server().on_message(pass_on)

    tab.route_web_socket("**/_stcore/stream", between)
    go(tab, app + PAGE)
    # The two that say that the server has begun.
    left = 2
    tab.get_by_role("button", name="Alle filters wissen").click()
    tab.get_by_role("button", name="Stoppen").wait_for()
    assert english(tab) == []


def test_when_the_server_is_gone_the_reader_is_told_and_goes_on_when_it_is_back(tab, snapshots):
    # At localhost Streamlit says most: how to start it.
    port = application.free_port()
    with application.running(snapshots, port=port):
        go(tab, f"http://localhost:{port}{PAGE}")
    dialog = tab.get_by_role("dialog", name="De verbinding is weg")
    dialog.wait_for()
    assert "De monitor is even niet bereikbaar." in dialog.inner_text()
    tab.wait_for_timeout(200)
    assert english(tab) == []
    with application.running(snapshots, port=port):
        dialog.wait_for(state="hidden")
        application.settle(tab)
        application.open_list(tab.locator(".st-key-stadsdeel input"))
        tab.get_by_role("option", name="Oost", exact=True).click()
        tab.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Noord en Oost')")
