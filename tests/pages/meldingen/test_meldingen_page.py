"""The page Meldingen as a visitor gets it, in both views, with what is folded opened."""

import re

import pytest

from pages.meldingen.words import TEXTS
from tests.pages.show.drawing import tooltip_faults

NOTES = TEXTS["notes"]


def titles(app):
    return [heading.value for heading in (*app.header, *app.subheader)]


def opened(app):
    app.session_state["meldingen_verdieping"] = True
    return app.run()


@pytest.mark.parametrize(
    "link",
    [{}, {"stadsdeel": "Noord", "wijkteam": "Delftwijk-Vondelkwartier", "peildatum": "2022-03-31"}],
    ids=["the city", "one wijkteam, earlier"],
)
def test_the_page_tells_how_much_about_what_where_and_who_refers(open_page, text_of, drawn, link):
    app = open_page("meldingen", **link)
    assert NOTES["diversity"] not in text_of(app)
    text = text_of(opened(app))
    assert not app.exception and not app.error
    assert [fault for chart in drawn for fault in tooltip_faults(chart)] == []
    assert len(titles(app)) == len(set(titles(app)))
    for words in (TEXTS["follow"], TEXTS["asker_unknown"], NOTES["over_time"], NOTES["wijkteam"], NOTES["diversity"]):
        assert words in text
    assert re.search(r"Bij [\d.]+ van [\d.]+ meldingen is vastgelegd wie verwees", text)
    for subject in (*list(TEXTS["subjects"].values())[:-1], "Zo gevarieerd als"):
        assert any(title.startswith(subject) for title in titles(app)), subject


@pytest.mark.parametrize("link", [{"peildatum": "2018-01-31"}, {"peildatum": "2020-01-31", "wijkteam": "Meerwijk"}])
def test_before_the_requests_and_with_a_month_of_them_the_page_stands(open_page, text_of, link):
    app = opened(open_page("meldingen", **link))
    assert not app.exception and not app.error
    none = "wijkteam" not in link
    assert text_of(app).count(TEXTS["no_requests"]) == none
    assert (len(titles(app)) == 1) is none


@pytest.mark.parametrize("link", [{}, {"stadsdeel": "Centrum"}, {"doelgroep": "Asielstatushouder"}])
def test_the_public_page_says_what_is_not_public(open_public_page, text_of, drawn, link):
    app = opened(open_public_page("meldingen", **link))
    text = text_of(app)
    assert not app.exception and not app.error
    assert [fault for chart in drawn for fault in tooltip_faults(chart)] == []
    assert len(titles(app)) == len(set(titles(app)))
    for words in (f"‘{TEXTS['subjects']['wijkteam']}’", TEXTS["follow"]):
        assert words in text
    assert TEXTS["no_requests"] not in text
    assert "per maand" not in " ".join(titles(app))
    assert not re.search(r"\b0 (personen|meldingen)\b", text)
