"""The application in a real browser: every page, filters, links, language, accessibility."""

from __future__ import annotations

from itertools import pairwise

import application
import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = {
    "": "Overzicht",
    "begeleiding": "Begeleiding",
    "leerroutes": "Leerroutes",
    "ontzorging": "Ontzorging",
    "overdracht": "Overdracht",
    "evaluatie": "Evaluatie",
    "verantwoording": "Verantwoording",
}
WCAG = {"runOnly": ["wcag2a", "wcag2aa"], "resultTypes": ["violations"]}


def shown(page) -> str:
    return page.inner_text(".getoond")


def figures(page) -> list[str]:
    return page.locator(".tegels.groot .waarde").all_inner_texts()


def choose(page, key: str, option: str) -> None:
    """Picks an option of a filter as a visitor does: open the list, click."""
    page.locator(f".st-key-{key} input").click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    application.settle(page)


def violations(page) -> list[tuple[str, list[str]]]:
    """What axe finds against WCAG 2 A and AA: the rule and where."""
    found = Axe().run(page, options=WCAG).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("width", [1400, 400])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_dutch_with_its_own_title(open_at, path, width):
    page = open_at(f"/{path}", width=width)
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.title() == f"{PAGES[path]} · Monitor inburgering Haarlem"
    assert page.locator("h1").count() == 1
    assert "Demogegevens (synthetisch)" in shown(page)
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_an_accessibility_violation(open_at, path, scheme):
    page = open_at(f"/{path}?stadsdeel=Noord", scheme=scheme)
    assert violations(page) == []
    for summary in page.locator(".tegel summary").all()[:2]:
        summary.click()
    for closed in page.get_by_text("Toon de tabel").all():
        closed.click()
        application.settle(page)
    assert violations(page) == []


def test_headings_go_down_one_level_at_a_time(open_at):
    for path in PAGES:
        levels = open_at(f"/{path}").evaluate(
            "[...document.querySelectorAll('[data-testid=stMain] :is(h1,h2,h3,h4)')].map(h => Number(h.tagName[1]))"
        )
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


def test_a_filter_changes_figures_words_and_link(open_at):
    page = open_at("/")
    whole_city = figures(page)
    choose(page, "stadsdeel", "Noord")
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('stadsdeel Noord')")
    assert figures(page) != whole_city
    assert page.url.endswith("/?stadsdeel=Noord")


def test_a_deep_link_works_for_the_first_visitor_of_a_cold_server(open_at, snapshots):
    with application.running(snapshots) as address:
        page = open_at("/overdracht?stadsdeel=Noord&stadsdeel=Oost&peildatum=2022-11-30", at=address)
        assert page.get_by_role("dialog").count() == 0
        assert page.title().startswith("Overdracht")
        assert "stadsdeel Noord en Oost" in shown(page)
        assert "Stand 30 november 2022" in shown(page)
        assert page.locator(".st-key-stadsdeel").count() == 1
        assert "peildatum=30-11-2022" in page.url


def test_a_link_shows_the_same_figures_as_the_clicks_that_made_it(open_at):
    clicked = open_at("/")
    choose(clicked, "stadsdeel", "Schalkwijk")
    clicked.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Schalkwijk')")
    choose(clicked, "wijkteam", "Meerwijk")
    clicked.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Meerwijk')")
    linked = open_at(clicked.url[clicked.url.index("/?") :])
    assert shown(linked) == shown(clicked)
    assert figures(linked) == figures(clicked)


def test_the_filters_stay_when_the_reader_goes_to_another_page(open_at):
    page = open_at("/?stadsdeel=Noord")
    page.get_by_role("link", name="Overdracht").click()
    page.wait_for_url("**/overdracht?stadsdeel=Noord")
    page.wait_for_function("() => document.title.startsWith('Overdracht')")
    application.settle(page)
    assert "stadsdeel Noord" in shown(page)


def test_one_click_clears_all_filters(open_at):
    page = open_at("/?stadsdeel=Noord&wet=WI2021&huisvesting_van=2020-01-01&peildatum=30-11-2022")
    page.get_by_role("button", name="Alle filters wissen").click()
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('heel Haarlem')")
    application.settle(page)
    assert shown(page) == (
        "Stand 31 december 2022 · heel Haarlem · alle doelgroepen · Demogegevens (synthetisch) · "
        "Intern: niet openbaar maken"
    )
    assert "?" not in page.url


def test_on_a_phone_every_page_can_be_reached_from_the_menu(open_at):
    page = open_at("/", width=400)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Ontzorging").click()
    page.wait_for_function("() => document.title.startsWith('Ontzorging')")


def test_a_bad_link_gives_a_plain_message(open_at):
    page = open_at("/?stadsdeel=Atlantis&peildatum=2099-01-01")
    warnings = page.get_by_test_id("stAlert").all_inner_texts()
    assert len(warnings) == 2
    assert "heel Haarlem" in shown(page)
    assert page.get_by_test_id("stException").count() == 0


def test_a_definition_opens_with_the_keyboard(open_at):
    page = open_at("/")
    question_mark = page.get_by_label("Uitleg bij PIP binnen tien weken")
    question_mark.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open] p").inner_text().startswith("Personen van wie de tien weken")


def test_tiles_in_a_row_are_equally_high_and_on_a_phone_as_wide_as_the_screen(open_at):
    heights = open_at("/").evaluate(
        "[...document.querySelectorAll('.tegels.groot .tegel')].map(t => Math.round(t.getBoundingClientRect().height))"
    )
    assert len(heights) == 5
    assert len(set(heights)) == 1
    widths = open_at("/", width=400).evaluate(
        "[...document.querySelectorAll('.tegel')].map(t => Math.round(t.getBoundingClientRect().width))"
    )
    assert set(widths) == {368}


def test_months_are_dutch_and_chart_text_follows_the_dark_theme(open_at):
    ink = "() => getComputedStyle(document.querySelector('svg.marks text[fill=\"#1B2430\"]')).fill"
    months = "() => [...document.querySelectorAll('svg.marks text')].some(t => t.textContent.startsWith('okt'))"
    light, dark = open_at("/ontzorging"), open_at("/ontzorging", scheme="dark")
    light.wait_for_function(months)
    dark.wait_for_function(months)
    assert light.evaluate(ink) == "rgb(27, 36, 48)"
    assert dark.evaluate(ink) == "rgb(232, 236, 241)"


def test_the_table_of_a_chart_is_one_click_away(open_at):
    page = open_at("/ontzorging")
    tables = page.locator(".tabel").count()
    page.get_by_text("Toon de tabel").first.click()
    page.wait_for_function(f"() => document.querySelectorAll('.tabel').length === {tables + 1}")
    number = page.locator(".tabel td.getal").first
    assert number.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
