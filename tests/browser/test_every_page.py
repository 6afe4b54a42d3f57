"""Every page of both views, visited once in a real browser: all that holds for each of them is looked at in that visit.

What a visit of the public view brought over the line is hunted through for records and exact counts as well.
"""

from __future__ import annotations

import functools
from itertools import pairwise
from types import SimpleNamespace

import application
import polars as pl
import pytest
import tooltips
from english import english

from pages.contents import BEHEER as FOR_A_STEWARD
from pages.contents import FIRST, PAGES
from pages.contents import INTERN as NOT_PUBLIC
from queries import INDICATOREN
from queries.openbaar.attack.knowledge import puzzle
from queries.openbaar.rules import STAD
from tests import towns
from tests.queries.openbaar.attack import gathered

INTERN, OPENBAAR = "intern", "openbaar"
# Beside the rest of the city there is more on a page than without.
NOORD = "stadsdeel=Noord&vergelijk=De rest van de stad"
LINKS = {
    INTERN: dict.fromkeys(PAGES, NOORD)
    | {FIRST: f"{NOORD}&overzicht_niveau=Wijkteam", "briefing": f"{NOORD}&briefing_uitgave=Intern"}
    # A page that is not in the navigation is reached by its link.
    | {"wijkteam": "stadsdeel=Noord&wijkteam=Delftwijk-Vondelkwartier"}
    | dict.fromkeys(FOR_A_STEWARD, "stadsdeel=Noord"),
    OPENBAAR: dict.fromkeys(PAGES, "") | dict.fromkeys(NOT_PUBLIC, "stadsdeel=Oost&stadsdeel=Schalkwijk"),
}
EVERY = [(view, name) for view, links in LINKS.items() for name in links]
DARK = (18, 24, 31)
WIDE, TABLET, PHONE, NARROWEST = ({"width": width, "height": 900} for width in (1400, 768, 360, 320))


class Visitor:
    """Somebody who goes from page to page in one tab, and keeps what is seen and what comes over the line."""

    def __init__(self, context, address: str, links: dict[str, str], dark: bool) -> None:
        self._address, self._links, self._dark = address, links, dark
        self._frames: list[bytes | str] = []
        self._errors: list[str] = []
        self._page = page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: self._frames.append(frame)))
        page.on("console", lambda message: self._errors.extend(application.error_in(message)))
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        self._query = None
        self.seen = functools.cache(self.visit)

    def visit(self, name: str) -> SimpleNamespace:
        """Go to a page, look at each of its tabs, and look again on a tablet, and in the dark on a phone."""
        page = self._page
        found = SimpleNamespace(wide=[], ground="", came=gathered.Gathered(), text="", headings=[], alerts=0)
        found.english, found.inaccessible, found.pointed_at, found.charts = [], [], [], 0
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)
        self._go(name)
        found.title, found.lang = page.title(), page.evaluate("document.documentElement.lang")
        found.shown = page.inner_text(".getoond")
        for question_mark in page.locator(".tegel .vraag").all()[:1]:
            question_mark.click()
        for _ in application.each_tab(page):
            self._look(name, found)
        for size in (TABLET, NARROWEST, PHONE):
            page.set_viewport_size(size)
            if self._dark and size == PHONE:
                page.emulate_media(color_scheme="dark")
            application.settle(page)
            self._measure(found)
            if self._dark and size != NARROWEST:
                found.inaccessible += application.violations(page)
        if self._dark:
            found.ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        found.english += english(page)
        found.refused = page.evaluate("window.refused.splice(0)")
        found.came.add_frames(name, self._frames)
        found.errors = self._errors[:]
        self._frames.clear()
        self._errors.clear()
        return found

    def _look(self, name: str, found: SimpleNamespace) -> None:
        """Add what is there to what was found."""
        page = self._page
        found.text += page.inner_text("body")
        found.headings.append(
            page.evaluate(
                "[...document.querySelectorAll('[data-testid=stMain] :is(h1,h2,h3,h4)')].map(h => Number(h.tagName[1]))"
            )
        )
        found.alerts += page.get_by_role("alert").count()
        found.english += english(page)
        found.came.add_page(name, page.content())
        found.charts += page.get_by_test_id("stVegaLiteChart").count()
        found.pointed_at += tooltips.read(page)
        self._measure(found)
        found.inaccessible += application.violations(page)

    def _measure(self, found: SimpleNamespace) -> None:
        found.wide += [(self._page.viewport_size["width"], part) for part in application.outside(self._page)]

    def _go(self, name: str) -> None:
        """By the navigation, which is quicker; by a link where the page is asked for something of its own."""
        if self._query is None or self._links[name] != self._query:
            self._page.goto(f"{self._address}/{'' if name == FIRST else name}?{self._links[name]}")
        else:
            self._page.get_by_role("link", name=PAGES[name][0], exact=True).first.click()
            self._page.wait_for_function(f"() => document.title.startsWith('{PAGES[name][0]} ')")
        self._query = self._links[name]
        application.settle(self._page)


@pytest.fixture(scope="module")
def context(chromium):
    """One window for all visits: the page itself is loaded once. Its browser is English, so that the Dutch is ours."""
    with chromium.new_context(viewport=WIDE, locale="en-US") as made:
        made.add_init_script(application.REFUSALS)
        yield made


@pytest.fixture(scope="module")
def seen(context, request):
    """The page of a view, visited by whoever asks first: seen("intern", "overzicht")."""

    @functools.cache
    def visitor(view: str) -> Visitor:
        """The dark theme is the same in both views, and is looked at in one."""
        address = request.getfixturevalue("app" if view == INTERN else "public")
        return Visitor(context, address, LINKS[view], dark=view == INTERN)

    return lambda view, name: visitor(view).seen(name)


every_page = pytest.mark.parametrize(("view", "name"), EVERY)


@every_page
def test_a_page_is_in_dutch_and_says_what_it_shows_and_to_whom(seen, view, name):
    page = seen(view, name)
    assert (page.lang, page.english, page.alerts) == ("nl", [], 0)
    assert page.title == f"{PAGES[name][0]} · Monitor inburgering Haarlem"
    if view == INTERN:
        assert "Demogegevens (synthetisch)" in page.shown and "stadsdeel Noord" in page.shown
    else:
        assert "openbare cijfers, afgerond" in page.shown and "Intern: niet openbaar maken" not in page.text


@every_page
def test_a_page_fits_wide_and_narrow_screens_and_is_accessible_in_light_and_dark(seen, view, name):
    page = seen(view, name)
    assert (page.wide, page.inaccessible) == ([], [])
    assert view == OPENBAAR or page.ground == f"rgb{DARK}"
    # The headings go down one level at a time.
    for headings in page.headings:
        assert headings[0] == 1 and headings.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(headings)), headings


@every_page
def test_a_page_logs_no_error_is_refused_nothing_and_its_tooltips_say_what_a_person_would(seen, view, name):
    page = seen(view, name)
    assert (page.refused, page.errors, tooltips.faults(page.pointed_at)) == ([], [], set())
    assert len(page.pointed_at) >= page.charts


# ------------------------------------------------------------------------------------- what the public view gives away


@pytest.fixture(scope="module")
def given_away(seen):
    """All that the visits of the public view brought over the line; the campaign gathers more, files included."""
    everything = gathered.Gathered()
    for name in LINKS[OPENBAAR]:
        everything.add(seen(OPENBAAR, name).came)
    return everything


def test_enough_came_over_the_line_to_mean_something(given_away):
    assert len({place for place, _ in given_away.texts}) == len(PAGES)
    assert len(given_away.tables) > 100


def test_no_record_comes_over_the_line(given_away):
    identifiers = [
        *pl.read_parquet(towns.folder() / "inburgeraar.parquet")["inburgeraar_id"],
        *pl.read_parquet(towns.folder() / "melding.parquet")["melding_id"],
    ]
    assert len(identifiers) > 1_000
    assert gathered.records(given_away, identifiers) == []


def test_no_exact_count_comes_over_the_line(given_away):
    counts = {count for count, _ in puzzle({towns.DAY: towns.true(STAD)}, basis=1).known.values()}
    medians = [name for name, entry in INDICATOREN.items() if entry.is_mediaan]
    published = {
        value
        for (question, _), frame in towns.shown().items()
        if question.startswith("kpi") and {"indicator", "waarde"} <= set(frame.columns)
        for value in frame.filter(pl.col("indicator").is_in(medians))["waarde"].drop_nulls()
    }
    assert gathered.exact_in_tables(given_away, counts, published) == []
    assert gathered.exact_in_texts(given_away, counts) == []
