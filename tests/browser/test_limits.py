"""How much a page is as it opens, for the whole city: pixels high on a wide screen and on a phone, and words.

Of an area beside the rest of the city, and of nobody, the pixels on a wide screen.
"""

import application
import pytest

from pages.contents import FIRST, PAGES

WORDS = 900
PHONE = 5_000
# Pixels at 1400 wide: two and a half screens; Evaluatie two.
WIDE = dict.fromkeys((FIRST, "begeleiding", "leerroutes", "ontzorging", "overdracht", "meldingen"), 2_200)
WIDE |= {"evaluatie": 1_800}
MEASURE = """() => { const main = document.querySelector('[data-testid=stMain]');
    return [main.scrollHeight, main.innerText.trim().split(/\\s+/).length] }"""


def sizes(page, name):
    """Pixels high at 1400 wide and at 400, and words. By the navigation: to load a page anew takes longer."""
    page.get_by_role("link", name=PAGES[name][0], exact=True).first.click()
    page.wait_for_function(f"() => document.title.startsWith('{PAGES[name][0]} ')")
    application.settle(page)
    wide, words = page.evaluate(MEASURE)
    page.set_viewport_size({"width": 400, "height": 900})
    application.settle(page)
    narrow, _ = page.evaluate(MEASURE)
    page.set_viewport_size({"width": 1400, "height": 900})
    return wide, narrow, words


@pytest.mark.parametrize(
    ("page", "link"),
    [
        *((name, "stadsdeel=Schalkwijk&vergelijk=De rest van de stad") for name in (FIRST, "leerroutes")),
        ("leerroutes", "stadsdeel=Schalkwijk&vergelijk=De rest van de stad&leerroutes_deel=Naast Nederland"),
        ("meldingen", "huisvesting_van=2023-06-01"),
    ],
)
def test_a_comparison_and_nobody_are_within_the_limit(open_at, page, link):
    height, _ = open_at(f"/{'' if page == FIRST else page}?{link}").evaluate(MEASURE)
    assert 900 < height <= WIDE[page]


@pytest.mark.parametrize("view", ["app", "public"])
def test_a_page_is_within_its_limits_as_it_opens(open_at, request, view):
    page = open_at("/verantwoording", at=request.getfixturevalue(view))
    found = {name: sizes(page, name) for name in WIDE}
    assert all(words > 100 for *_, words in found.values()), found
    assert {name: size for name, size in found.items() if any(map(int.__gt__, size, (WIDE[name], PHONE, WORDS)))} == {}
