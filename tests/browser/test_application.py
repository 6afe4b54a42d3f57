"""The application in a real browser: filters, links, language, what the keyboard and a phone can do."""

from __future__ import annotations

import application


def shown(page) -> str:
    return page.inner_text(".getoond")


def figures(page) -> list[str]:
    return page.locator(".tegels .waarde").all_inner_texts()


def choose(page, key: str, option: str) -> None:
    """Picks an option of a filter as a visitor does: open the list, click."""
    page.locator(f".st-key-{key} input").click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    application.settle(page)


def test_a_filter_changes_figures_words_and_link(open_at):
    page = open_at("/overdracht")
    whole_city = figures(page)
    choose(page, "stadsdeel", "Noord")
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('stadsdeel Noord')")
    assert figures(page) != whole_city
    assert page.url.endswith("/overdracht?stadsdeel=Noord")


def test_a_deep_link_works_for_the_first_visitor_of_a_cold_server(open_at, snapshots):
    with application.running(snapshots) as address:
        page = open_at(
            "/overdracht?stadsdeel=Noord&stadsdeel=Oost&peildatum=2022-11-30&overdracht_wijkteam=Oost", at=address
        )
        assert page.get_by_role("dialog").count() == 0
        assert "Ontvangend wijkteam: Oost" in page.inner_text("[data-testid=stMain]")
        assert page.title().startswith("Overdracht")
        assert "stadsdeel Noord en Oost" in shown(page)
        assert "Stand 30 november 2022" in shown(page)
        assert page.locator(".st-key-stadsdeel").count() == 1
        assert "peildatum=30-11-2022" in page.url


def test_a_link_shows_the_same_figures_as_the_clicks_that_made_it(open_at):
    clicked = open_at("/overdracht")
    choose(clicked, "stadsdeel", "Schalkwijk")
    clicked.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Schalkwijk')")
    choose(clicked, "wijkteam", "Meerwijk")
    clicked.wait_for_function("() => document.querySelector('.getoond').innerText.includes('Meerwijk')")
    linked = open_at(clicked.url[clicked.url.index("/overdracht?") :])
    assert shown(linked) == shown(clicked)
    assert figures(linked) == figures(clicked)


def test_the_filters_stay_when_the_reader_goes_to_another_page(open_at):
    page = open_at("/verantwoording?stadsdeel=Noord")
    page.get_by_role("link", name="Overdracht").click()
    page.wait_for_url("**/overdracht?stadsdeel=Noord")
    page.wait_for_function("() => document.title.startsWith('Overdracht')")
    application.settle(page)
    assert "stadsdeel Noord" in shown(page)


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


def test_on_a_phone_every_page_can_be_reached_from_the_menu(open_at):
    page = open_at("/verantwoording", width=400)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Ontzorging").click()
    page.wait_for_function("() => document.title.startsWith('Ontzorging')")


def test_a_bad_link_gives_a_plain_message(open_at):
    page = open_at("/verantwoording?stadsdeel=Atlantis&peildatum=2099-01-01")
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
    page = open_at("/")
    heights = page.evaluate(
        "[...document.querySelectorAll('.tegels.groot .tegel')].map(t => Math.round(t.getBoundingClientRect().height))"
    )
    assert len(heights) == 5
    assert len(set(heights)) == 1
    page.set_viewport_size({"width": 400, "height": 900})
    application.settle(page)
    widths = page.evaluate(
        "[...document.querySelectorAll('.tegel')].map(t => Math.round(t.getBoundingClientRect().width))"
    )
    assert set(widths) == {368}


def test_months_are_dutch_and_chart_text_follows_the_dark_theme(open_at):
    ink = "() => getComputedStyle(document.querySelector('svg.marks text[fill=\"#1B2430\"]')).fill"
    months = "() => [...document.querySelectorAll('svg.marks text')].some(t => t.textContent.startsWith('okt'))"
    page = open_at("/ontzorging")
    page.wait_for_function(months)
    assert page.evaluate(ink) == "rgb(27, 36, 48)"
    page.emulate_media(color_scheme="dark")
    application.settle(page)
    assert page.evaluate(ink) == "rgb(232, 236, 241)"


def test_the_table_of_a_chart_is_one_click_away(open_at):
    page = open_at("/ontzorging")
    tables = page.locator(".tabel").count()
    page.get_by_text("Toon de tabel").first.click()
    page.wait_for_function(f"() => document.querySelectorAll('.tabel').length === {tables + 1}")
    number = page.locator(".tabel td.getal").first
    assert number.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
