"""The page Leerroutes as a visitor gets it, without a browser."""

import pytest

from pages.leerroutes import finding as says


def titles(app):
    return [header.value for header in (*app.header, *app.subheader)]


def test_every_title_on_the_page_is_different(open_page):
    found = titles(open_page("leerroutes"))
    assert len(found) == len(set(found))


def test_the_page_explains_the_term_and_the_stop_of_duo(open_page, text_of):
    text = text_of(open_page("leerroutes"))
    assert "De tien weken beginnen bij de kennisgeving van DUO of bij de inschrijving in de BRP" in text
    assert "312 kennisgevingen waren onjuist" in text


def test_the_reader_chooses_the_doelgroep_of_the_leerroutes(open_page):
    app = open_page("leerroutes")
    before = titles(app)
    app.segmented_control(key="leerroutes_doelgroep").set_value("Asielstatushouders").run()
    assert not app.exception
    assert not app.error
    assert titles(app) != before


def test_with_one_doelgroep_in_the_filter_there_is_nothing_to_choose(open_page):
    app = open_page("leerroutes", doelgroep="Asielstatushouder")
    assert not app.exception
    assert not app.error
    assert len(app.segmented_control) == 0


@pytest.mark.parametrize("link", [{"wijkteam": "Meerwijk"}, {"stadsdeel": "Onbekend"}, {"peildatum": "2022-01-31"}])
def test_a_small_or_early_selection_stands(open_page, link):
    app = open_page("leerroutes", **link)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("link", [{"huisvesting_van": "2023-06-01"}, {"wet": "WI2013"}])
def test_a_selection_without_the_new_law_says_so(open_page, text_of, link):
    app = open_page("leerroutes", **link)
    text = text_of(app)
    assert not app.exception
    assert not app.error
    assert says.NOBODY in text
    assert says.NO_PLAN in text
    assert says.CURVE not in text
