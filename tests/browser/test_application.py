"""The application in a real browser: filters, links, language, what the keyboard and a phone can do."""

from __future__ import annotations

import application
import pytest


def shown(page) -> str:
    return page.inner_text(".getoond")


def figures(page) -> list[str]:
    return page.locator(".tegels .waarde").all_inner_texts()


def choose(page, key: str, option: str) -> None:
    """Picks an option of a filter as a visitor does: open the list, click."""
    application.open_list(page.locator(f".st-key-{key} input"))
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    application.settle(page)


def test_a_deep_link_works_for_the_first_visitor_of_a_cold_server(open_at, snapshots):
    with application.running(snapshots) as address:
        page = open_at(
            "/overdracht?stadsdeel=Noord&stadsdeel=Oost&peildatum=2022-11-30&overdracht_wijkteam=Oost", at=address
        )
        assert page.get_by_role("dialog").count() == 0
        assert "Ontvangend wijkteam: Oost" in page.inner_text("[data-testid=stMain]")
        assert page.title().startswith("Overdracht")
        assert "stadsdelen Noord en Oost" in shown(page)
        assert "Stand 30 november 2022" in shown(page)
        assert page.locator(".st-key-stadsdeel").count() == 1
        assert "peildatum=30-11-2022" in page.url


def test_a_link_shows_the_same_figures_as_the_clicks_that_made_it(open_at):
    clicked = open_at("/overdracht")
    whole_city = figures(clicked)
    choose(clicked, "stadsdeel", "Schalkwijk")
    clicked.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Schalkwijk')")
    choose(clicked, "wijkteam", "Meerwijk")
    clicked.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Meerwijk')")
    linked = open_at(clicked.url[clicked.url.index("/overdracht?") :])
    assert shown(linked) == shown(clicked)
    assert figures(linked) == figures(clicked) != whole_city


def test_one_click_clears_all_filters(open_at):
    page = open_at("/verantwoording?stadsdeel=Noord&wet=WI2021&huisvesting_van=2020-01-01&peildatum=30-11-2022")
    page.get_by_role("button", name="Alle filters wissen").click()
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('heel Haarlem')")
    application.settle(page)
    assert shown(page) == (
        "Stand 31 december 2022 · heel Haarlem · alle doelgroepen · Demogegevens (synthetisch) · "
        "Intern: niet openbaar maken"
    )
    assert "?" not in page.url


def test_a_first_visitor_is_told_once_what_he_must_know_and_later_visits_lose_no_room(chromium, app):
    with chromium.new_context(viewport={"width": 400, "height": 900}, locale="nl-NL") as visitor:
        visitor.add_init_script("Object.defineProperty(navigator, 'webdriver', {get: () => false})")
        page = visitor.new_page()
        page.goto(app)
        application.settle(page)
        understood = page.get_by_role("button", name="Begrepen")
        understood.wait_for()
        assert "Norm niet gehaald" in page.get_by_role("region", name="Eerste keer hier").inner_text()
        assert application.violations(page) == [] == application.outside(page)
        title = page.get_by_role("heading", level=1)
        pushed = title.bounding_box()["y"]
        understood.click()
        assert not understood.is_visible() and title.bounding_box()["y"] < pushed - 100
        top = title.bounding_box()["y"]
        page.goto(app)
        application.settle(page)
        assert not understood.is_visible() and title.bounding_box()["y"] == top


def test_on_a_phone_every_page_can_be_reached_from_the_menu(open_at):
    page = open_at("/verantwoording", width=400)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Ontzorging").click()
    page.wait_for_function("() => document.title.startsWith('Ontzorging')")


@pytest.mark.parametrize(("path", "width"), [("/", 1400), ("/leerroutes", 360)])
def test_a_definition_opens_over_the_page_with_the_keyboard_and_closes_on_escape(open_at, path, width):
    page = open_at(path, width=width)
    question_mark = page.get_by_label("Uitleg bij PIP binnen tien weken")
    question_mark.focus()
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.keyboard.press("Enter")
    told = page.locator(".uitleg:popover-open")
    assert told.inner_text().startswith("Personen van wie de tien weken")
    place, mark = told.bounding_box(), question_mark.bounding_box()
    assert place["x"] >= 0 and place["x"] + place["width"] <= width
    assert abs(place["y"] - (mark["y"] + mark["height"])) < 10 or abs(place["y"] + place["height"] - mark["y"]) < 10
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") == height
    page.keyboard.press("Escape")
    assert not told.is_visible() and question_mark.evaluate("mark => mark === document.activeElement")


def test_tiles_in_a_row_are_equally_high_and_on_a_phone_as_wide_as_the_screen(open_at):
    page = open_at("/")
    sizes = "side => [...document.querySelectorAll('.tegels.groot .tegel')].map(t => t.getBoundingClientRect()[side])"
    heights = page.evaluate(sizes, "height")
    assert len(heights) == 5 and len(set(map(round, heights))) == 1
    page.set_viewport_size({"width": 400, "height": 900})
    application.settle(page)
    assert set(map(round, page.evaluate(sizes, "width"))) == {368}


def test_months_are_dutch_and_chart_text_follows_the_dark_theme(open_at):
    ink = "() => getComputedStyle(document.querySelector('svg.marks text[fill=\"#1B2430\"]')).fill"
    months = "() => [...document.querySelectorAll('svg.marks text')].some(t => t.textContent.startsWith('okt'))"
    page = open_at("/ontzorging?ontzorging_deel=Verloop")
    page.wait_for_function(months)
    assert page.evaluate(ink) == "rgb(27, 36, 48)"
    page.emulate_media(color_scheme="dark")
    application.settle(page)
    assert page.evaluate(ink) == "rgb(232, 236, 241)"


def test_the_public_view_works_from_a_publication_alone(open_at, public):
    page = open_at("/", at=public)
    city = page.locator(".tegels.groot").inner_text()
    # Without Escape, which would take it back.
    application.open_list(page.locator(".st-key-stadsdeel input"))
    page.get_by_role("option", name="Schalkwijk", exact=True).click()
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('stadsdeel Schalkwijk')")
    application.settle(page)
    assert page.locator(".tegels.groot").inner_text() != city
    assert page.url.endswith("/?stadsdeel=Schalkwijk")
    assert page.locator(".st-key-doelgroep input").is_disabled()
    assert application.violations(page) == []
