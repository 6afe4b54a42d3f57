"""Eight questions of an analyst: each from Overzicht as it opens in at most four steps, and without scrolling past two
screens. A step is a click on a link, tab or button, or one choice in one filter.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import replace
from datetime import date

import application
import openpyxl
import pytest
from playwright.sync_api import TimeoutError

import queries
from data.snapshots import store
from pages.words import formats
from queries import Selection

MOST_STEPS, TWO_SCREENS = 4, 1_800
BOTTOM = "element => element.getBoundingClientRect().bottom + document.querySelector('[data-testid=stMain]').scrollTop"
SCHALKWIJK, NOORD = (Selection(stadsdelen=(name,)) for name in ("Schalkwijk", "Noord"))
IN_TIME = "PIP binnen tien weken"


class Analyst:
    """Who goes by what stands on the screen, and counts the steps."""

    def __init__(self, page, database):
        self.page, self.database, self.steps = page, database, 0

    def click(self, role, name, within=None):
        # Of two ways by one name, the navigation and a tile, either will do.
        self._step((within or self.page).get_by_role(role, name=name, exact=True).first)

    def choose(self, label, option):
        shown = self.page.inner_text(".getoond")
        application.open_list(self._to(self.page.get_by_role("combobox", name=label, exact=True)))
        self._step(self.page.get_by_role("option", name=option, exact=True))
        self.page.keyboard.press("Escape")
        self.page.wait_for_function("shown => document.querySelector('.getoond')?.innerText !== shown", arg=shown)
        application.settle(self.page)

    def _to(self, target):
        """A list closes when the page is scrolled: that is done before it opens."""
        target.scroll_into_view_if_needed()
        application.settle(self.page)
        return target

    def _step(self, target):
        self.steps += 1
        assert self.steps <= MOST_STEPS
        assert target.evaluate(BOTTOM) <= TWO_SCREENS
        target.click()
        application.settle(self.page)

    def reads(self, place, *told):
        """Whether a place says all of it, and lies no lower than it may; what a chart says is in its description."""
        place.wait_for()
        text = " ".join(f"{place.get_attribute('aria-label') or ''} {place.inner_text()}".split())
        assert [words for words in told if not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)] == [], text
        assert place.evaluate(BOTTOM) <= TWO_SCREENS

    def row(self, name):
        """The row of a table that begins with a name."""
        return self.page.get_by_role("row").filter(has=self.page.get_by_role("link", name=name, exact=True))

    def tile(self, name):
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_text(name, exact=True))

    def heading(self, words):
        return self.page.get_by_role("heading", name=words, exact=True)

    def asks(self, question, selection=None):
        return queries.answer(question, selection, self.database)

    def share(self, selection):
        """The PIP in time, as a tile writes it: its counts, and with the share where 10 or more are in it."""
        row = self.asks("kpi", selection).row(by_predicate=queries.pl.col("indicator") == "pip_tijdig", named=True)
        counts = f"{row['teller']} van {row['noemer']}"
        return counts, formats.percent(row["waarde"]) if row["noemer"] >= queries.MINIMUM_NOEMER else ""


@pytest.fixture
def analyst(open_at, snapshots):
    return Analyst(open_at("/"), queries.open_database(store.in_use(snapshots)))


def test_who_has_a_pip_in_time_in_schalkwijk_against_the_rest_of_the_city_now_and_at_the_end_of_june(analyst):
    chosen = replace(SCHALKWIJK, doelgroepen=("Asielstatushouder",), cohorten=(2022,))
    june = replace(chosen, peildatum=date(2022, 6, 30))

    def reads_both_sides(selection):
        counts, share = analyst.share(selection)
        other_counts, other_share = analyst.share(replace(selection, rest=True))
        told = f"De rest van de stad: {other_share} ({other_counts})"
        analyst.reads(analyst.tile(IN_TIME), *filter(None, (counts, share)), told)

    analyst.choose("Doelgroep", "Asielstatushouder")
    analyst.choose("Cohort (jaar van kennisgeving)", "2022")
    counts, share = analyst.share(chosen)
    analyst.click("link", f"{IN_TIME}, Schalkwijk: {share} ({counts})")
    reads_both_sides(chosen)
    analyst.choose("Peildatum", "30-06-2022")
    reads_both_sides(june)


def test_where_the_longest_backlog_is_and_whose(analyst):
    teams = analyst.asks("overdracht_per_wijkteam").sort("open_90_plus", descending=True)
    most = teams.row(0, named=True)
    waiting = [most[name] for name in ("open_90_plus", "open_31_90", "open_0_30")]
    analyst.click("link", "Wacht te lang op overdracht")
    # The first row of the table.
    longest = analyst.row(most["wijkteam"]).and_(analyst.page.locator("tr:first-child"))
    analyst.reads(longest, " ".join(map(str, (most["wijkteam"], *waiting, sum(waiting)))))
    analyst.click("link", most["wijkteam"])
    analyst.reads(analyst.heading(f"Wijkteam {most['wijkteam']}"))
    analyst.reads(analyst.heading(f"Wacht op overdracht: {sum(waiting)}"))


def test_the_leerroutes_in_noord_in_the_second_and_the_fourth_quarter(analyst):
    asked = analyst.asks("kpi_instroom", NOORD)
    routes = {"leerroute_b": "B1-route", "leerroute_o": "onderwijsroute", "leerroute_z": "zelfredzaamheidsroute"}
    told = []
    for month in (4, 10):
        rows = asked.filter(kwartaal=date(2022, month, 1)).rows_by_key("indicator", named=True, unique=True)
        shares = [f"{words} {formats.percent(rows[name]['waarde'])}" for name, words in routes.items()]
        told.append(f"n = {rows['leerroute_b']['noemer']}: {formats.enumerate_words(shares)}")
    analyst.choose("Stadsdeel", "Noord")
    analyst.click("link", "Leerroutes")
    analyst.click("radio", "Kwartaal")
    analyst.reads(analyst.page.get_by_label(re.compile("^Leerroutes per kwartaal")), *told)


def test_the_handovers_per_wijkteam_as_a_workbook(analyst):
    analyst.click("link", "Overdracht")
    analyst.click("button", "Downloaden", within=analyst.page.get_by_role("main"))
    with analyst.page.expect_download() as download:
        analyst.click("button", "Tabel voor Excel (XLSX)")
    table = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))["Tabel"]
    # Every wijkteam, also those that the screen adds up.
    teams = analyst.asks("overdracht_per_wijkteam")
    named = ("wijkteam", "open_90_plus", "open_31_90", "open_0_30", "overgedragen")
    found = table.iter_rows(min_row=4, max_row=3 + teams.height, values_only=True)
    assert sorted((*row[:4], row[5]) for row in found) == sorted(teams.select(named).rows())
    assert [table["F3"].value, table["H3"].value] == ["Overgedragen", "Helft overgedragen na (dagen)"]
    assert {type(row[7]) for row in table.iter_rows(min_row=4, values_only=True)} >= {int, str}


def test_a_link_to_exactly_this(analyst, open_at):
    analyst.choose("Stadsdeel", "Noord")
    analyst.click("link", "Leerroutes")
    analyst.click("tab", "Wie wacht, per wijkteam")
    # Under the filters, and in sight.
    button = analyst.page.get_by_role("button", name="Kopieer link").bounding_box()
    assert button["y"] + button["height"] <= 900
    analyst.click("button", "Kopieer link")
    other = open_at("/" + analyst.page.get_by_label("Link naar deze weergave").input_value().split("/", 3)[3])
    shown = analyst.page.get_by_role("main").inner_text()
    # A chart is drawn after all else is there.
    alike = "([main, shown]) => main.innerText === shown"
    with contextlib.suppress(TimeoutError):
        other.wait_for_function(alike, arg=[other.get_by_role("main").element_handle(), shown])
    assert other.get_by_role("main").inner_text() == shown


def test_two_stadsdelen_side_by_side(analyst):
    (counts, share), (_, other) = map(analyst.share, (SCHALKWIJK, NOORD))
    analyst.choose("Stadsdeel", "Schalkwijk")
    analyst.choose("Vergelijk met", "Stadsdeel Noord")
    analyst.reads(analyst.row(IN_TIME), share, counts, f"{other} hier")


def test_who_waits_too_long_for_a_pip_per_wijkteam(analyst):
    analyst.click("link", "Te lang zonder PIP")
    for team, too_long in analyst.asks("pip_per_wijkteam").select("wijkteam", "over_termijn").rows():
        analyst.reads(analyst.row(team), f"{team} {too_long}")


def test_why_people_in_schalkwijk_are_not_relieved(analyst):
    asked = analyst.asks("ontzorging_redenen", SCHALKWIJK).filter(soort="Niet gestart")
    told = [f"{reason} {number}" for reason, number in asked.select("reden", "aantal").rows()]
    analyst.choose("Stadsdeel", "Schalkwijk")
    analyst.click("link", "Te lang niet ontzorgd")
    analyst.reads(analyst.page.get_by_label(re.compile("^Personen per reden")).first, *told)
