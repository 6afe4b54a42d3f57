"""The page Overdracht as a visitor gets it, without a browser."""

import pytest

from pages.filters import bar
from pages.overdracht import words as says
from pages.show import curves


def titles(app):
    return [header.value for header in (*app.header, *app.subheader)]


def medians(app):
    """The table that stands on the page at once: the wijkteams in it."""
    (table,) = [block.value for block in app.get("html") if "<table>" in block.value]
    return table


def test_every_title_on_the_page_is_different(open_page):
    found = titles(open_page("overdracht"))
    assert len(found) == len(set(found))


def test_the_two_meanings_of_wijkteam_are_explained(open_page, text_of):
    assert "Woont in het gebied van" in text_of(open_page("overdracht"))


def test_the_page_filter_picks_the_receiving_wijkteam(open_page):
    app = open_page("overdracht")
    assert ">Oost<" in medians(app) and ">Zuid-West<" in medians(app)
    app.multiselect(key="overdracht_wijkteam").set_value(["Oost"]).run()
    assert not app.exception
    assert ">Oost<" in medians(app) and ">Zuid-West<" not in medians(app)


def test_the_page_filter_leaves_the_tiles_alone(open_page, text_of):
    def finding(app):
        return text_of(app).split('class="bevinding">')[1].split("</p>")[0]

    app = open_page("overdracht")
    before = finding(app)
    app.multiselect(key="overdracht_wijkteam").set_value(["Oost"]).run()
    assert finding(app) == before


def test_totals_stand_last_in_the_table(open_page):
    assert medians(open_page("overdracht")).rstrip().split("<tr")[-1].startswith(' class="totaal"')


def test_a_selection_without_a_finished_begeleiding_says_so(open_page, text_of):
    app = open_page("overdracht", huisvesting_van="2023-06-01")
    assert not app.exception
    assert not app.error
    assert says.NOBODY in text_of(app)


@pytest.mark.parametrize("wijkteam", ["Centrum", "Boerhaavewijk", "Meerwijk"])
def test_a_small_wijkteam_of_residence_does_not_break_the_page(open_page, wijkteam):
    app = open_page("overdracht", wijkteam=wijkteam)
    assert not app.exception
    assert not app.error


def test_the_page_says_what_is_not_known_of_the_pilot_and_how_few_of_2022_are_mature(open_page, text_of):
    text = text_of(open_page("overdracht"))
    assert says.PILOT in text
    assert says.MOSTLY_EARLIER in text
    assert "Onder het contract van 2022" in text


def test_the_public_view_shows_the_wijkteams_together_and_offers_no_choice_of_them(open_public_page, text_of):
    app = open_public_page("overdracht")
    text = text_of(app)
    assert says.TOGETHER in text
    assert says.POPULATION in text
    assert says.NO_SHARES in text
    assert "overdracht_wijkteam" not in [widget.key for widget in app.multiselect]
    assert says.TWO_FILTERS not in text
    assert curves.DOTTED not in text


def test_a_link_of_the_public_view_that_picks_a_wijkteam_is_told_that_it_does_not_count(open_public_page):
    app = open_public_page("overdracht", overdracht_wijkteam="Oost")
    assert bar.UNKNOWN_CHOICE.format(says.RECEIVING) in [warning.value for warning in app.warning]
    assert not app.exception


@pytest.mark.parametrize("link", [{"stadsdeel": "Centrum"}, {"doelgroep": "Gezinsmigrant en overige migrant"}])
def test_a_part_of_the_city_has_no_wijkteams_in_the_public_view_and_nobody_is_not_said(open_public_page, text_of, link):
    text = text_of(open_public_page("overdracht", **link))
    assert says.CITY_ONLY in text
    for words in (says.NOBODY, says.ALL_LEFT, says.NOBODY_WAITS, says.NOBODY_HANDED_OVER, says.NO_QUARTER):
        assert words not in text
