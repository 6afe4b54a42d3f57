"""The public view in a real browser: from a publication alone, without a snapshot on the disk."""

from __future__ import annotations

import application
from test_application import shown


def test_a_filter_changes_figures_words_and_link(open_at, public):
    page = open_at("/", at=public)
    city = page.locator(".tegels.groot").inner_text()
    page.locator(".st-key-stadsdeel input").click()
    page.get_by_role("option", name="Schalkwijk", exact=True).click()
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('stadsdeel Schalkwijk')")
    application.settle(page)
    assert page.locator(".tegels.groot").inner_text() != city
    assert page.url.endswith("/?stadsdeel=Schalkwijk")
    assert page.locator(".st-key-doelgroep input").is_disabled()
    assert application.violations(page) == []


def test_a_link_that_asks_for_what_is_not_public_gets_a_plain_message(open_at, public):
    page = open_at("/overdracht?wijkteam=Meerwijk", at=public)
    assert "heel Haarlem" in shown(page)
    assert "De openbare cijfers zijn er voor heel Haarlem, voor één stadsdeel" in page.inner_text("body")
    assert "wijkteam=" not in page.url


def test_what_is_too_small_is_written_as_such_on_the_screen(open_at, public):
    page = open_at("/leerroutes?stadsdeel=Centrum", at=public)
    assert "<10" in page.inner_text("[data-testid=stMain]")
