"""The security headers in a real browser: downloads, and the button that copies the link. And closed doors."""

from __future__ import annotations

import application
import httpx
import pytest


@pytest.fixture
def watched(chromium, app):
    """Opens a page that notes what the content security policy refuses: watched("overdracht")."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL")
    context.add_init_script(application.REFUSALS)

    def go(name: str):
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{app}/{'' if name == 'overzicht' else name}")
        application.settle(page)
        return page

    yield go
    context.close()


def test_what_is_not_of_this_server_is_refused(watched):
    page = watched("verantwoording")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/x.png'}))")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))"
    )
    page.wait_for_function("() => window.refused.length >= 2")
    assert page.evaluate("window.ran") is None


def test_copying_the_link_and_every_download_work_under_the_policy(watched):
    page = watched("begeleiding")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer link").click()
    page.get_by_text("De link is gekopieerd.").wait_for()
    page.get_by_role("button", name="Downloaden").first.click()
    buttons = page.locator("[data-testid=stPopoverBody] button")
    buttons.first.wait_for()
    application.settle(page)
    assert buttons.count() == 4
    for button in buttons.all():
        with page.expect_download() as download:
            button.click()
        assert download.value.path().stat().st_size > 100
    assert page.evaluate("window.refused") == []


def test_an_unknown_address_is_told_in_dutch(watched):
    page = watched("verantwoording")
    answer = page.goto(page.url.replace("verantwoording", "foo"))
    assert answer.status == 404
    assert page.inner_text("h1") == "Deze pagina bestaat niet"
    assert page.evaluate("document.documentElement.lang") == "nl"
    page.get_by_role("link", name="Overdracht").click()
    application.settle(page)
    assert page.title().startswith("Overdracht")
    assert page.evaluate("window.refused") == []


def test_nothing_is_uploaded(app):
    assert httpx.put(f"{app}/_stcore/upload_file/session/file", files={"file": b"x"}).status_code == 404


@pytest.mark.parametrize(("origin", "status"), [("https://elsewhere.example", 403), ("", 101)])
def test_only_a_page_of_this_server_opens_a_websocket(app, origin, status):
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
        "Origin": origin or app,
    }
    with httpx.stream("GET", f"{app}/_stcore/stream", headers=handshake) as answer:
        assert answer.status_code == status
