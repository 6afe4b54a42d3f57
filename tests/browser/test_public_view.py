"""The public view in a real browser: from a publication alone, without a snapshot on the disk."""

from __future__ import annotations

import subprocess
import sys

import application
import pytest
from test_application import PAGES, shown, violations

PAGES = {**PAGES, "briefing": "Briefing"}


@pytest.fixture(scope="module")
def public(snapshots, tmp_path_factory):
    """The address of a public view: it has a publication and no snapshots."""
    publications = tmp_path_factory.mktemp("publicaties")
    subprocess.run(
        [
            sys.executable, "-m", "data.publication", "--snapshot", str(snapshots), "--naar", str(publications),
        ],
        cwd=application.ROOT,
        check=True,
        capture_output=True,
    )  # fmt: skip
    nothing = tmp_path_factory.mktemp("leeg") / "geen"
    with application.running(nothing, WI_WEERGAVE="openbaar", WI_PUBLICATIES=str(publications)) as address:
        yield address
    assert not nothing.exists()


@pytest.mark.parametrize("width", [1400, 400])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_and_says_that_it_is_public(open_at, public, path, width):
    page = open_at(f"/{path}?stadsdeel=Schalkwijk", at=public, width=width)
    assert page.title() == f"{PAGES[path]} · Monitor inburgering Haarlem"
    assert "openbare cijfers, afgerond" in shown(page)
    assert "stadsdeel Schalkwijk" in shown(page)
    assert page.get_by_role("alert").count() == 0
    assert "Intern: niet openbaar maken" not in page.inner_text("body")
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(too_wide)


@pytest.mark.parametrize("path", PAGES)
def test_no_public_page_has_an_accessibility_violation(open_at, public, path):
    page = open_at(f"/{path}", at=public)
    assert violations(page) == []
    for closed in page.get_by_text("Toon de tabel").all():
        closed.click()
        application.settle(page)
    assert violations(page) == []


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


def test_a_link_that_asks_for_what_is_not_public_gets_a_plain_message(open_at, public):
    page = open_at("/overdracht?wijkteam=Meerwijk", at=public)
    assert "heel Haarlem" in shown(page)
    assert "De openbare cijfers zijn er voor heel Haarlem, voor één stadsdeel" in page.inner_text("body")
    assert "wijkteam=" not in page.url


def test_what_is_too_small_is_written_as_such_on_the_screen(open_at, public):
    page = open_at("/leerroutes?stadsdeel=Centrum", at=public)
    assert "<10" in page.inner_text("[data-testid=stMain]")
