"""The page Ontzorging as a visitor gets it, without a browser."""

import pytest

from pages.ontzorging import finding as says


def titles(app):
    return [header.value for header in (*app.header, *app.subheader)]


def test_the_norm_and_the_target_group_are_explained(open_page, text_of):
    text = text_of(open_page("ontzorging"))
    assert "6 april 2023" in text
    assert "nareiziger met een reguliere vergunning" in text


def test_every_title_on_the_page_is_different(open_page):
    found = titles(open_page("ontzorging"))
    assert len(found) == len(set(found))


def test_the_reader_chooses_between_stadsdeel_and_wijkteam(open_page):
    app = open_page("ontzorging")
    assert any("stadsdelen" in title or "stadsdeel" in title for title in titles(app))
    app.segmented_control(key="ontzorging_niveau").set_value("Wijkteam").run()
    assert not app.exception
    assert any("wijkteamgebied" in title for title in titles(app))


@pytest.mark.parametrize("link", [{"stadsdeel": "Onbekend"}, {"huisvesting_van": "2023-06-01"}, {"wet": "WI2013"}])
def test_a_selection_without_the_target_group_says_so(open_page, text_of, link):
    app = open_page("ontzorging", **link)
    assert not app.exception
    assert not app.error
    assert says.NOBODY in text_of(app)
