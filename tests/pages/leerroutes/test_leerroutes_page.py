"""The page Leerroutes as a visitor gets it, without a browser."""

import pytest

from pages.leerroutes import words as says
from pages.show import curves


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


def test_the_national_figure_is_shown_on_its_own_day_with_source_and_warning(open_page, text_of):
    text = text_of(open_page("leerroutes"))
    assert "Nederland 35%" in text
    assert "Bron van het landelijke cijfer: CBS Statistiek Wet Inburgering." in text
    assert says.SETTLED in text
    assert says.NO_NATIONAL not in text


def test_on_another_day_the_page_says_that_no_national_figure_was_published(open_page, text_of):
    text = text_of(open_page("leerroutes", peildatum="2022-11-30"))
    assert says.NO_NATIONAL in text
    assert "Nederland 35%" not in text
    assert says.SETTLED not in text


def test_without_anybody_of_the_cohort_the_page_says_so(open_page, text_of):
    assert says.NO_COHORT in text_of(open_page("leerroutes", wet="WI2013"))


def test_the_public_view_shows_the_city_by_doelgroep_and_its_routes_without_a_choice(open_public_page, text_of):
    app = open_public_page("leerroutes")
    text = text_of(app)
    assert "Van de ongeveer " in text
    assert curves.PER_MONTH in text
    assert curves.DOTTED not in text
    assert "leerroutes_doelgroep" not in [group.key for group in app.button_group]
    assert "n = 0" not in text


def test_a_stadsdeel_in_the_public_view_has_all_doelgroepen_together(open_public_page, text_of):
    text = text_of(open_public_page("leerroutes", stadsdeel="Schalkwijk"))
    assert "Alle doelgroepen: " in text
    assert says.NOT_BY_AREA in text
    assert says.SETTLED not in text
    for words in (says.NOBODY, says.NO_TERM, says.NO_QUARTER, says.NO_PLAN, says.NOBODY_ACTIVE):
        assert words not in text


def test_a_doelgroep_in_the_public_view_is_not_split_by_stadsdeel(open_public_page, text_of):
    text = text_of(open_public_page("leerroutes", doelgroep="Asielstatushouder"))
    assert says.NOT_PER_AREA in text
    assert "Nederland 35%" in text
    assert "Nederland 55%" not in text
