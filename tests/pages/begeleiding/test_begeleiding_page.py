"""The page Begeleiding as a visitor gets it, without a browser."""

import pytest

from pages.begeleiding import words as says
from pages.show import curves


def titles(app):
    return [header.value for header in (*app.header, *app.subheader)]


def test_the_page_says_that_2022_ends_in_2023_and_reads_the_curve_for_a_layman(open_page, text_of):
    text = text_of(open_page("begeleiding"))
    assert "komt meestal pas in 2023 aan het eind van de twaalf maanden" in text
    assert "Van elke 100 perioden lopen er" in text
    assert "lang genoeg geleden (twaalf maanden en een maand marge) om op 31 december 2022 te zien of de norm" in text


def test_the_durations_are_a_table_with_words_for_a_median_not_reached(open_page, text_of):
    text = text_of(open_page("begeleiding"))
    assert "nog niet bereikt" in text
    assert "nog niet te beoordelen" in text


def test_every_title_on_the_page_is_different(open_page):
    found = titles(open_page("begeleiding"))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("link", [{"wijkteam": "Meerwijk"}, {"wet": "WI2013"}, {"peildatum": "2018-01-31"}])
def test_a_small_or_early_selection_stands(open_page, link):
    app = open_page("begeleiding", **link)
    assert not app.exception
    assert not app.error


def test_a_selection_without_begeleiding_says_so_and_explains_no_curve(open_page, text_of):
    app = open_page("begeleiding", huisvesting_van="2023-06-01")
    text = text_of(app)
    assert not app.exception
    assert not app.error
    assert says.NOBODY in text
    assert says.CURVE not in text


def test_the_public_page_counts_by_quarter_and_speaks_of_about_so_many(open_public_page, text_of):
    app = open_public_page("begeleiding")
    text = text_of(app)
    assert "Verloop per kwartaal" in titles(app)
    assert "per maand" not in text
    assert curves.PER_MONTH in text
    assert curves.DOTTED not in text
    assert "ongeveer" in text
    found = titles(app)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("link", [{"stadsdeel": "Onbekend"}, {"doelgroep": "Gezinsmigrant en overige migrant"}])
def test_a_public_selection_that_is_too_small_is_never_nobody(open_public_page, text_of, link):
    text = text_of(open_public_page("begeleiding", **link))
    assert says.NOBODY not in text
    assert "niets te zeggen: er zijn te weinig perioden" in text
    assert says.NO_CURVE in text
    assert curves.PER_MONTH not in text
