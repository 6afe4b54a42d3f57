"""The page Begeleiding as a visitor gets it, without a browser."""

import pytest

from pages.begeleiding import words as says
from pages.show import curves


def titles(app):
    found = [header.value for header in (*app.header, *app.subheader)]
    assert len(found) == len(set(found))
    return found


def test_the_page_says_that_2022_ends_in_2023_and_reads_the_curve_for_a_layman(open_page, text_of):
    app = open_page("begeleiding")
    text = text_of(app)
    assert "Verloop per maand" in titles(app)
    assert "komt meestal pas in 2023 aan het eind van de twaalf maanden" in text
    assert "Van elke 100 perioden lopen er" in text
    assert "lang genoeg geleden (twaalf maanden en een maand marge) om op 31 december 2022 te zien of de norm" in text
    assert "nog niet te beoordelen" in text


@pytest.mark.parametrize(
    ("link", "nobody"), [({"wijkteam": "Meerwijk"}, False), ({"huisvesting_van": "2023-06-01"}, True)]
)
def test_a_small_selection_stands_and_one_without_begeleiding_explains_no_curve(open_page, text_of, link, nobody):
    app = open_page("begeleiding", **link)
    text = text_of(app)
    assert not app.exception
    assert not app.error
    assert (says.NOBODY in text) == nobody
    assert (says.CURVE not in text) == nobody


def test_the_public_page_counts_by_quarter_and_speaks_of_about_so_many(open_public_page, text_of):
    app = open_public_page("begeleiding")
    text = text_of(app)
    assert "Verloop per kwartaal" in titles(app)
    assert "per maand" not in text
    assert "ongeveer" in text
    assert curves.PER_MONTH in text
    assert curves.DOTTED not in text


@pytest.mark.parametrize("link", [{"stadsdeel": "Onbekend"}, {"doelgroep": "Gezinsmigrant en overige migrant"}])
def test_a_public_selection_that_is_too_small_is_never_nobody(open_public_page, text_of, link):
    text = text_of(open_public_page("begeleiding", **link))
    assert says.NOBODY not in text
    assert says.NO_CURVE in text
    assert curves.PER_MONTH not in text
