"""The page Overzicht in a real browser: its own choices in the link, a click on the map, and how much it shows."""

from __future__ import annotations

import application
import pytest

LINK = (
    "/?overzicht_thema=Overdracht&overzicht_kaart=Tijd+tot+het+PIP&overzicht_niveau=Wijkteam&stadsdeel=Schalkwijk"
    "&overzicht_verdieping=Het+jaar+per+kengetal"
)


def headings(page) -> list[str]:
    return page.locator("[data-testid=stMain] :is(h2, h3)").all_inner_texts()


def drawn(page, charts: int) -> None:
    """Waits until so many charts of the page are there and nothing is busy any more."""
    page.wait_for_function(f"() => document.querySelectorAll('[data-testid=stMain] svg.marks').length >= {charts}")
    application.settle(page)


def test_the_own_choices_of_the_page_stand_in_the_link(open_at):
    page = open_at(LINK)
    drawn(page, 2)
    told = headings(page)
    assert any(title.startswith("Overdracht: de stand per maand") for title in told)
    assert any(title.startswith("Tijd tot het PIP: ") for title in told)
    assert "Meerwijk" in page.locator("svg.marks", has_text="Molenwijk").first.inner_html()
    page.get_by_role("radio", name="Stadsdeel").click()
    page.wait_for_function("() => !location.search.includes('overzicht_niveau')")
    assert "stadsdeel=Schalkwijk" in page.url
    assert "overzicht_verdieping" in page.url


def test_a_click_on_the_map_chooses_the_area_and_a_second_one_gives_the_city_back(open_at):
    page = open_at("/?wet=WI2021")
    for shown in ("stadsdeel Oost", "heel Haarlem"):
        drawn(page, 1)
        page.locator("svg.marks path[aria-label^='Parkwijk']").click()
        page.wait_for_function(f"() => document.querySelector('.getoond').innerText.includes('{shown}')")
        assert "wet=WI2021" in page.url
        assert ("stadsdeel=Oost" in page.url) is (shown == "stadsdeel Oost")


@pytest.mark.parametrize(("width", "highest"), [(1400, 2_200), (400, 5_000)])
def test_the_page_is_read_at_once(open_at, width, highest):
    page = open_at("/")
    page.set_viewport_size({"width": width, "height": 900})
    drawn(page, 1)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollHeight") <= highest
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")
    assert len(main.inner_text().split()) <= 900
