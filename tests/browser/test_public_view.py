"""The public view in a real browser: from a publication alone, without a snapshot on the disk."""

from __future__ import annotations

import application


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
