"""A browser and the running application for the tests in this folder."""

from __future__ import annotations

import application
import pytest

from tests import towns


@pytest.fixture(scope="session")
def snapshots():
    """A folder of snapshots with the demo in use."""
    return towns.demo()


@pytest.fixture(scope="session")
def app(chromium, snapshots):
    """The address of the running application."""
    return application.shared(snapshots)


@pytest.fixture(scope="session")
def public(chromium):
    """The address of a public view: it has a publication and no snapshots."""
    nothing = towns.KEPT / "no snapshots"
    yield application.shared(nothing, WI_WEERGAVE="openbaar", WI_PUBLICATIES=str(towns.publications()))
    assert not nothing.exists()


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

    def open_page(path="/", *, width=1400, scheme="light", at=app):
        page = views(width, scheme).new_page()
        page.set_default_timeout(60_000)
        tabs.append(page)
        page.on("console", lambda message: errors.extend(application.error_in(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(at + path)
        application.settle(page)
        return page

    yield open_page
    for page in tabs:
        page.close()
    assert errors == []
