"""What a keyboard, a small or enlarged screen and a screen reader get of every page; axe judges on top of that.

The suite has the keyboard, and `test_every_page.py` one visit with axe; the campaign has axe on every page in every
width and theme, with its tabs, its tables and a filter open, and with what goes wrong on screen.
"""

import application
import pytest

from pages.contents import FIRST, PAGES
from tests.cases import in_campaign

# Where the keyboard is: the part of the page, what it is on, and whether that is seen.
FOCUS = """() => {
    let on = document.activeElement;
    while (on.shadowRoot?.activeElement) on = on.shadowRoot.activeElement;
    const look = getComputedStyle(on), host = on.getRootNode().host ?? on;
    const parts = {skip: '[data-testid=stSkipToContent]', filters: '[data-testid=stSidebar]', pages: 'header',
        main: 'main'};
    const part = Object.keys(parts).find(name => host.closest(parts[name]));
    const name = on.getAttribute('aria-label') || on.innerText;
    return [part, name, look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2];
}"""
CALM = """() => [...document.querySelectorAll('.stApp *')].map(part => getComputedStyle(part))
    .flatMap(look => [...look.transitionDuration.split(','), ...look.animationDuration.split(',')])
    .every(time => parseFloat(time) <= 0.001)"""


def stops(page, number: int) -> list[tuple[str, str, bool]]:
    """The first stops of the Tab key."""
    found = []
    for _ in range(number):
        page.keyboard.press("Tab")
        found.append(tuple(page.evaluate(FOCUS)))
    return found


def test_the_keyboard_goes_through_a_page_in_order_and_is_seen_at_every_stop(open_at):
    page = open_at("/")
    page.evaluate("document.fonts.ready")
    found = stops(page, 60)
    assert [stop for stop in found if not stop[2]] == []
    parts = list(dict.fromkeys(part for part, _, _ in found))
    assert parts == ["skip", "filters", "pages", "main"]
    assert [part for part, _, _ in found] == sorted((part for part, _, _ in found), key=parts.index)
    named = [name for _, name, _ in found]
    # No two buttons of the filters have the same name.
    assert [name for name in named if name.startswith("Kies een datum")] == [
        "Kies een datum, Gehuisvest vanaf",
        "Kies een datum, Gehuisvest vóór",
    ]
    assert named.index("Stadsdeel") < named.index("Peildatum") < named.index("Te lang zonder PIP")
    assert named.index("Te lang zonder PIP") + 1 == named.index("Uitleg bij Te lang zonder PIP")


def test_the_first_stop_goes_to_the_content_and_a_filter_is_chosen_without_a_mouse(open_at):
    page = open_at("/overdracht")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('main')")
    page.locator(".st-key-stadsdeel input").focus()
    page.keyboard.type("Noo")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.getoond').innerText.includes('stadsdeel Noord')")
    page.keyboard.press("Escape")
    application.settle(page)
    # The focus stays, and a screen reader is told.
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Stadsdeel"
    told = page.get_by_role("status").filter(has_text="Overdracht aan het wijkteam. Stand 31 december 2022")
    assert "stadsdeel Noord" in told.inner_text()
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('[role=tab]')[1].ariaSelected === 'true'")
    application.settle(page)
    page.get_by_text("Toon de tabel").first.locator("xpath=ancestor::summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('[class*=st-key-onder_] .tabel')")


def test_nothing_moves_for_who_asked_for_that(open_at):
    page = open_at("/overdracht")
    assert not page.evaluate(CALM)
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(CALM)
    page.emulate_media(reduced_motion="no-preference")


WRONG = "stadsdeel=Noord&cohort=2022&huisvesting_van=2023-06-01&stadsdel=x"
EVERY = [(view, name, "") for view in ("app", "public") for name in PAGES]
EVERY += [
    ("app", "overdracht", WRONG),
    ("public", "overdracht", "wijkteam=Meerwijk"),
    ("public", FIRST, "stadsdeel=Centrum"),
]


@pytest.mark.parametrize("case", in_campaign(*EVERY))
def test_axe_finds_nothing_in_any_width_and_theme_and_nothing_is_lost(open_at, request, case):
    view, name, link = case
    page, found = open_at(f"/{'' if name == FIRST else name}?{link}", at=request.getfixturevalue(view)), []
    for number, _ in enumerate(application.each_tab(page)):
        # 700 and 320 are what is left of a screen that is enlarged two and four times.
        for width in (1400, 768, 700, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                application.settle(page)
                found += [(number, width, scheme, part) for part in application.outside(page)]
                found += [(number, width, scheme, rule) for rule in application.violations(page)]
        page.set_viewport_size({"width": 1400, "height": 900})
        page.emulate_media(color_scheme="light")
        application.settle(page)
    page.locator(".st-key-stadsdeel input").click()
    page.get_by_role("listbox").wait_for()
    application.settle(page)
    assert found + application.violations(page) == []
