"""The page Overdracht as a visitor gets it, without a browser."""

import pytest

from pages.filters import bar
from pages.overdracht import words as says
from pages.show import curves


def medians(app):
    """The table that stands on the page at once: the wijkteams in it."""
    (table,) = [block.value for block in app.get("html") if "<table>" in block.value]
    return table


def test_the_page_explains_its_two_filters_and_says_what_is_not_known(open_page, text_of):
    app = open_page("overdracht")
    text = text_of(app)
    found = [header.value for header in (*app.header, *app.subheader)]
    assert len(found) == len(set(found))
    assert medians(app).rstrip().split("<tr")[-1].startswith(' class="totaal"')
    for words in (says.TWO_FILTERS, says.PILOT, says.MOSTLY_EARLIER, "Onder het contract van 2022"):
        assert words in text


def test_the_page_filter_picks_the_receiving_wijkteam_and_leaves_the_finding_alone(open_page, text_of):
    def finding(app):
        return text_of(app).split('class="bevinding">')[1].split("</p>")[0]

    app = open_page("overdracht")
    before = finding(app)
    assert ">Oost<" in medians(app) and ">Zuid-West<" in medians(app)
    app.multiselect(key="overdracht_wijkteam").set_value(["Oost"]).run()
    assert not app.exception
    assert ">Oost<" in medians(app) and ">Zuid-West<" not in medians(app)
    assert finding(app) == before


@pytest.mark.parametrize(
    ("link", "nobody"), [({"wijkteam": "Meerwijk"}, False), ({"huisvesting_van": "2023-06-01"}, True)]
)
def test_a_small_selection_stands_and_one_without_a_finished_begeleiding_says_so(open_page, text_of, link, nobody):
    app = open_page("overdracht", **link)
    assert not app.exception
    assert not app.error
    assert (says.NOBODY in text_of(app)) == nobody


def test_the_public_view_shows_the_wijkteams_together_and_offers_no_choice_of_them(open_public_page, text_of):
    """A link that picks one is told that it does not count."""
    app = open_public_page("overdracht", overdracht_wijkteam="Oost")
    text = text_of(app)
    for words in (says.TOGETHER, says.POPULATION, says.NO_SHARES):
        assert words in text
    for words in (says.TWO_FILTERS, curves.DOTTED):
        assert words not in text
    assert "overdracht_wijkteam" not in [widget.key for widget in app.multiselect]
    assert bar.UNKNOWN_CHOICE.format(says.RECEIVING) in [warning.value for warning in app.warning]
    assert not app.exception


@pytest.mark.parametrize("link", [{"stadsdeel": "Centrum"}, {"doelgroep": "Gezinsmigrant en overige migrant"}])
def test_a_part_of_the_city_has_no_wijkteams_in_the_public_view_and_nobody_is_not_said(open_public_page, text_of, link):
    text = text_of(open_public_page("overdracht", **link))
    assert says.CITY_ONLY in text
    for words in (says.NOBODY, says.ALL_LEFT, says.NOBODY_WAITS, says.NOBODY_HANDED_OVER, says.NO_QUARTER):
        assert words not in text
