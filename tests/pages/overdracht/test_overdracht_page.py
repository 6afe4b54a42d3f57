"""The page Overdracht as a visitor gets it, without a browser."""

import pytest

from pages.overdracht import finding as says


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
