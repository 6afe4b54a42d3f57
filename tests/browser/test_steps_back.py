"""The browser's history: what the reader does is a step in it; a step back gives page, filters and place of then."""

from __future__ import annotations

import application
import pytest

MAIN = "document.querySelector('[data-testid=stMain]')"
SHOWN = "words => document.querySelector('.getoond')?.innerText.includes(words)"


@pytest.fixture
def walk(open_at):
    """Opens a path and gives the page, and a function that waits until some words are shown, for what address."""
    loaded = []

    def opened(path, **how):
        page = open_at(path, **how)
        page.on("load", lambda: loaded.append(page.url))
        start = page.evaluate("history.length")

        def shows(words, steps):
            page.wait_for_function(SHOWN, arg=words)
            application.settle(page)
            assert page.evaluate("history.length") - start == steps
            return page.url.partition("127.0.0.1:")[2].partition("/")[2]

        return page, shows

    yield opened
    assert loaded == [], "no step loads the application again"


def choose(page, key: str, option: str) -> None:
    application.open_list(page.locator(f".st-key-{key} input"))
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def test_a_chosen_filter_is_one_step_and_a_link_leads_to_the_page_and_back_to_the_place_it_stood_on(walk):
    page, shows = walk("/?doelgroep=Asielstatushouder&peildatum=2022-11-30")
    first = "?doelgroep=Asielstatushouder&peildatum=30-11-2022"
    # The date is rewritten by the server: no step of the reader.
    assert shows("heel Haarlem", 0) == first
    figures = page.locator(".tegels .waarde").all_inner_texts()

    cell = page.locator("td.gebied a[aria-label*='Noord:']").last
    cell.scroll_into_view_if_needed()
    place = page.evaluate(f"{MAIN}.scrollTop")
    cell.click()
    drilled = f"overdracht?stadsdeel=Noord&{first[1:]}&vergelijk=De+rest+van+de+stad"
    assert shows("vergeleken met de rest van de stad", 1) == drilled
    assert page.evaluate(f"{MAIN}.scrollTop") == 0 < place
    page.go_back()
    assert shows("heel Haarlem", 1) == first
    assert page.locator(".tegels .waarde").all_inner_texts() == figures
    page.wait_for_function(f"place => {MAIN}.scrollTop === place", arg=place)

    choose(page, "stadsdeel", "Noord")
    assert "stadsdeel=Noord" in shows("stadsdeel Noord · Asielstatushouder", 1)
    narrowed = page.locator(".tegels .waarde").all_inner_texts()
    choose(page, "wet", "WI2021")
    shows("Wet inburgering 2021", 2)
    page.go_back()
    page.wait_for_function("() => !location.search.includes('wet')")
    shows("stadsdeel Noord · Asielstatushouder · Demo", 2)
    assert page.locator(".tegels .waarde").all_inner_texts() == narrowed != figures
    page.go_forward()
    assert "wet=WI2021" in shows("Wet inburgering 2021", 2)


def test_what_the_server_answers_stays_in_the_step_and_each_page_keeps_its_own_choices(walk):
    page, shows = walk("/ontzorging?ontzorging_niveau=Wijkteam&stadsdeel=Noord&stadsdeel=Oost&wijkteam=Oost")
    # A wijkteam that lies in no chosen stadsdeel any more goes with it.
    page.locator(".st-key-stadsdeel input").click()
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    narrowed = "ontzorging?ontzorging_niveau=Wijkteam&stadsdeel=Noord"
    page.wait_for_function("() => !location.search.includes('Oost')")
    assert shows("stadsdeel Noord · alle", 1) == narrowed
    page.get_by_role("link", name="Overdracht", exact=True).first.click()
    page.wait_for_function("() => document.title.startsWith('Overdracht')")
    assert shows("stadsdeel Noord · alle", 2) == "overdracht?stadsdeel=Noord"
    page.get_by_role("button", name="Alle filters wissen").click()
    assert shows("heel Haarlem", 3) == "overdracht"
    page.go_back()
    page.wait_for_function("() => location.search.includes('Noord')")
    shows("stadsdeel Noord · alle", 3)
    page.go_back()
    page.wait_for_function("() => document.title.startsWith('Ontzorging')")
    assert shows("stadsdeel Noord · alle", 3) == narrowed
    assert page.get_by_role("radio", name="Wijkteam").is_checked()
    page.go_back()
    assert "wijkteam=Oost" in shows("woont in het gebied van Oost", 3)


def test_a_bar_and_the_row_of_its_table_choose_the_area_and_let_it_go(walk):
    page, shows = walk("/ontzorging?wet=WI2021&ontzorging_deel=Verloop")
    # A dot with its interval, and a bar in parts.
    for number, steps in ((0, 1), (1, 3)):
        for words, step in (("stadsdeel Noord", steps), ("heel Haarlem", steps + 1)):
            application.mark(page, "Noord", number).click()
            assert "ontzorging_deel=Verloop" in shows(words, step)
    page.get_by_text("Toon de tabel").first.click()
    page.get_by_role("link", name="Noord").press("Enter")
    assert "stadsdeel=Noord" in shows("stadsdeel Noord", 5)
    page.get_by_role("link", name="Noord").click()
    assert "stadsdeel" not in shows("heel Haarlem", 6)


def test_in_the_public_view_a_step_back_frees_the_other_filter(walk, public):
    page, shows = walk("/ontzorging", at=public)
    other = page.locator(".st-key-doelgroep input")
    application.mark(page, "Noord").click()
    assert shows("stadsdeel Noord", 1) == "ontzorging?stadsdeel=Noord"
    assert other.is_disabled()
    page.go_back()
    assert shows("heel Haarlem", 1) == "ontzorging"
    assert other.is_enabled()
