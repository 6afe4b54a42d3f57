"""The security headers in a real browser, and what an unknown address says.

Every other test here opens pages under the same policy, and fails when the browser logs that something is refused.
"""

from __future__ import annotations

import application


def test_what_is_not_of_this_server_is_refused(chromium, app):
    with chromium.new_context() as context:
        context.add_init_script(application.REFUSALS)
        page = context.new_page()
        page.goto(f"{app}/verantwoording")
        for element, given in (("img", "src: 'https://elsewhere.example/x.png'"), ("script", "text: 'window.ran = 1'")):
            page.evaluate(f"document.body.append(Object.assign(document.createElement('{element}'), {{{given}}}))")
        page.wait_for_function("() => window.refused.length >= 2")
        assert page.evaluate("window.ran") is None


def test_an_unknown_address_is_told_in_dutch_and_leads_on(chromium, app):
    with chromium.new_context() as context:
        page = context.new_page()
        assert page.goto(f"{app}/foo").status == 404
        assert page.inner_text("h1") == "Deze pagina bestaat niet"
        page.get_by_role("link", name="Overdracht").click()
        application.settle(page)
        assert page.title().startswith("Overdracht")
