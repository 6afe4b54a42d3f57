"""Ways deeper: every row and mark leads to a page with filters that can be chosen, and the chosen one back."""

import html
import re
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st

import queries
from pages import contents
from pages.access import questions
from pages.filters import bar, ways
from queries import Selection
from tests import towns


@pytest.fixture
def here(snapshots_in_use, monkeypatch):
    """A reader of the demo who has chosen something: here(Selection(...), ontzorging_niveau=["Wijkteam"])."""
    source = queries.open_database()

    def stand(chosen, source=source, **own):
        monkeypatch.setattr(questions, "database", lambda: source)
        monkeypatch.setattr(bar, "selection", lambda: chosen)
        monkeypatch.setattr(bar, "own_choices", lambda: own)
        monkeypatch.setattr(st, "session_state", {key: list(own.get(key, ())) for key in (*bar.LISTS, *bar.OWN)})

    return stand


NOORD, ASIEL = {"stadsdelen": ("Noord",)}, {"doelgroepen": ("Asielstatushouder",)}
TEAM = {"wijkteams": ("Delftwijk-Vondelkwartier",)}


@pytest.mark.parametrize(
    ("chosen", "level", "area", "address"),
    [
        ({}, "stadsdeel", "Noord", "stadsdeel=Noord"),
        # One area in the place of others, with all other filters.
        ({"stadsdelen": ("Oost", "Noord"), "cohorten": (2022,)}, "stadsdeel", "Noord", "stadsdeel=Noord&cohort=2022"),
        (NOORD | {"wijkteams": ("Noord",)} | ASIEL, "stadsdeel", "Oost", "stadsdeel=Oost&doelgroep=Asielstatushouder"),
        (NOORD, "wijkteam", "Delftwijk-Vondelkwartier", "stadsdeel=Noord&wijkteam=Delftwijk-Vondelkwartier"),
        # What is chosen already leads back to all.
        (NOORD | ASIEL, "stadsdeel", "Noord", "doelgroep=Asielstatushouder"),
        (NOORD | TEAM, "wijkteam", TEAM["wijkteams"][0], "stadsdeel=Noord"),
        # A row that is no area, and an area outside the chosen one: no way.
        ({}, "stadsdeel", "Alle stadsdelen", None),
        (NOORD, "wijkteam", "Meerwijk", None),
    ],
)
def test_an_area_leads_to_its_figures_and_a_click_chooses_the_same(here, chosen, level, area, address):
    here(Selection(**chosen), ontzorging_niveau=["Wijkteam"])
    way = ways.to_area("ontzorging", level)
    own = "ontzorging_niveau=Wijkteam"
    told = {frozenset(part for part in (address or "").split("&") if part) | {own}} if address is not None else {""}
    found = way.to.get(area, "")
    assert (found and frozenset(urlsplit(found).query.split("&"))) in told
    way.pick(area)
    picked = [f"{key}={name}" for key in ("stadsdeel", "wijkteam") for name in st.session_state[key]]
    assert picked == [part for part in (address or "").split("&") if part.startswith(("stadsdeel", "wijkteam"))]


def test_in_the_public_view_a_way_asks_for_one_thing(here):
    source = queries.open_publication(towns.publications())
    for chosen, level, area, expected in (
        ({}, "stadsdeel", "Noord", "/ontzorging?stadsdeel=Noord"),
        (NOORD, "stadsdeel", "Noord", "/ontzorging"),
        (ASIEL, "stadsdeel", "Noord", ""),
        ({}, "wijkteam", "Noord", ""),
    ):
        here(Selection(**chosen), source)
        assert ways.to_area("ontzorging", level).to.get(area, "") == expected
    # A page of the whole city, of which the doelgroep that is chosen does not count.
    here(Selection(), source)
    st.session_state |= {"stadsdeel": None, "doelgroep": "Asielstatushouder"}
    ways.to_area("ontzorging", "stadsdeel").pick("Noord")
    assert (st.session_state["stadsdeel"], st.session_state["doelgroep"]) == ("Noord", None)


def test_a_choice_of_the_page_is_picked_and_let_go(here):
    for now, after in (([], ["Meerwijk"]), (["Oost"], ["Meerwijk"]), (["Meerwijk"], [])):
        here(Selection(**NOORD), overdracht_wijkteam=now)
        way = ways.to_choice("overdracht", "overdracht_wijkteam", "wijkteam", ("Meerwijk", "Oost"))
        assert parse_qs(urlsplit(way.to["Meerwijk"]).query).get("overdracht_wijkteam", []) == after
        assert "Samen" not in way.to
        way.pick("Samen")
        way.pick("Meerwijk")
        assert st.session_state["overdracht_wijkteam"] == after


def test_a_wijkteam_leads_to_its_own_page_once_there_is_one(here, monkeypatch):
    here(Selection(cohorten=(2022,), **NOORD), overdracht_wijkteam=[])
    choice = ways.to_choice("overdracht", "overdracht_wijkteam", "wijkteam", ("Meerwijk", "Onbekend"))
    monkeypatch.delitem(contents.PAGES, "wijkteam", raising=False)
    assert (
        ways.to_profile(choice).to["Meerwijk"] == "/overdracht?stadsdeel=Noord&cohort=2022&overdracht_wijkteam=Meerwijk"
    )
    monkeypatch.setitem(contents.PAGES, "wijkteam", ("", ""))
    way = ways.to_profile(choice)
    assert way.to["Meerwijk"] == "/wijkteam?wijkteam=Meerwijk&cohort=2022"
    assert "overdracht_wijkteam=Onbekend" in way.to["Onbekend"]


@pytest.mark.parametrize("name", ["overzicht", "overdracht"])
@pytest.mark.parametrize("view", ["open_page", "open_public_page"])
def test_every_link_of_a_page_leads_to_a_page_and_to_filters_and_parts_that_are_there(request, text_of, name, view):
    app = request.getfixturevalue(view)(name, doelgroep="Asielstatushouder" if view == "open_page" else "")
    source = queries.open_publication() if "public" in view else queries.open_database()
    found = {html.unescape(link) for link in re.findall(r'<a href="([^"]+)"', text_of(app))}
    assert found or (name, view) == ("overdracht", "open_public_page")
    for link in found:
        asked, page = parse_qs(urlsplit(link).query), urlsplit(link).path[1:] or contents.FIRST
        own = {key: asked.pop(key) for key in bar.OWN if key in asked}
        complaints = bar.public_link(asked, source)[1] if "public" in view else bar.link_complaints(asked, source)
        assert page in contents.PAGES and set(asked) <= set(bar.KEYS) and not complaints, link
        for part in own.get(f"{page}_deel", ()):
            assert part in import_module(f"pages.{page}.words").TEXTS["parts"], link
