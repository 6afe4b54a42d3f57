"""The page Overzicht in a real browser: its own choices in the link."""

from __future__ import annotations

import application

LINK = "/?overzicht_thema=Overdracht&overzicht_kaart=Tijd+tot+het+PIP&overzicht_niveau=Wijkteam&stadsdeel=Schalkwijk"


def headings(page) -> list[str]:
    return page.locator("[data-testid=stMain] h3").all_inner_texts()


def drawn(page) -> None:
    """Waits until the charts of the page are there (change, trend, map) and nothing is busy any more."""
    page.wait_for_function("() => document.querySelectorAll('[data-testid=stMain] svg.marks').length >= 3")
    application.settle(page)


def test_the_own_choices_of_the_page_stand_in_the_link(open_at):
    page = open_at(LINK)
    drawn(page)
    told = headings(page)
    assert any(title.startswith("Overdracht: de stand per maand") for title in told)
    assert any(title.startswith("Tijd tot het PIP: ") for title in told)
    assert any(title.startswith("Alle kengetallen per wijkteam") for title in told)
    assert "Meerwijk" in page.locator("svg.marks", has_text="Molenwijk").first.inner_html()
    page.get_by_role("radio", name="Stadsdeel").click()
    page.get_by_role("heading", name="Alle kengetallen per stadsdeel").wait_for()
    application.settle(page)
    assert "overzicht_niveau" not in page.url
    assert "stadsdeel=Schalkwijk" in page.url
