"""The page Overzicht in a real browser: its own choices in the link, and the parts below the tiles."""

from __future__ import annotations

import application
import pytest
from test_application import violations

LINK = "/?overzicht_thema=Overdracht&overzicht_kaart=Tijd+tot+het+PIP&overzicht_niveau=Wijkteam&stadsdeel=Schalkwijk"


def headings(page) -> list[str]:
    return page.locator("[data-testid=stMain] h3").all_inner_texts()


def drawn(page) -> None:
    """Waits until the charts of the page are there (change, trend, map) and nothing is busy any more."""
    page.wait_for_function("() => document.querySelectorAll('[data-testid=stMain] svg.marks').length >= 3")
    application.settle(page)


def test_the_own_choices_of_the_page_work_for_the_first_visitor_of_a_cold_server(open_at, snapshots):
    with application.running(snapshots) as address:
        page = open_at(LINK, at=address)
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


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (400, "light"), (400, "dark")])
def test_the_parts_below_the_tiles_are_accessible_and_fit_the_screen(open_at, width, scheme):
    page = open_at("/?overzicht_niveau=Wijkteam", width=width, scheme=scheme)
    drawn(page)
    assert violations(page) == []
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide)
