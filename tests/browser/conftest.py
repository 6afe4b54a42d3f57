"""A browser and the running application for the tests in this folder."""

from __future__ import annotations

import os

import application
import pytest
from playwright.sync_api import sync_playwright


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests; without it they are skipped, in CI they fail."""
    if application.CHROMIUM is None:
        missing = "no Chromium found; install it or name it in the environment variable CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=application.CHROMIUM, args=application.FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory):
    """A folder of snapshots with the demo in use."""
    root = tmp_path_factory.mktemp("snapshots")
    application.make_demo(root)
    return root


@pytest.fixture(scope="session")
def app(snapshots):
    """The address of the running application."""
    with application.running(snapshots) as address:
        yield address


@pytest.fixture(scope="session")
def views(chromium):
    """A browser window per width and colour scheme; kept, because a warm cache makes every next page faster."""
    kept = {}

    def view(width, scheme):
        if (width, scheme) not in kept:
            kept[width, scheme] = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, locale="nl-NL"
            )
        return kept[width, scheme]

    yield view
    for context in kept.values():
        context.close()


@pytest.fixture
def open_at(views, app):
    """Opens a path of the application in a new tab; afterwards no tab may have logged an error.

    open_at("/overdracht?stadsdeel=Noord", width=400, scheme="dark", at=another_address)
    """
    tabs, errors = [], []

    def heard(message):
        place = message.location.get("url", "")
        if message.type == "error" and not place.endswith(application.EXPECTED_MISSES):
            errors.append(f"{message.text} ({place})")

    def open_page(path="/", *, width=1400, scheme="light", at=app):
        page = views(width, scheme).new_page()
        page.set_default_timeout(60_000)
        tabs.append(page)
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(at + path)
        application.settle(page)
        return page

    yield open_page
    for page in tabs:
        page.close()
    assert errors == []
