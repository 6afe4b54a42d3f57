"""The page Ontzorging as a visitor gets it, without a browser."""

import pytest

from pages.ontzorging import words as says


def titles(app):
    found = [header.value for header in (*app.header, *app.subheader)]
    assert len(found) == len(set(found))
    return found


def test_the_page_explains_its_norm_and_the_reader_chooses_between_stadsdeel_and_wijkteam(open_page, text_of):
    app = open_page("ontzorging")
    text = text_of(app)
    assert says.NORM in text and says.TARGET_GROUP in text
    assert any("stadsdelen met" in title.lower() for title in titles(app))
    app.segmented_control(key="ontzorging_niveau").set_value("Wijkteam").run()
    assert not app.exception
    assert any("wijkteamgebied" in title.lower() for title in titles(app))


@pytest.mark.parametrize("link", [{"stadsdeel": "Onbekend"}, {"wet": "WI2013"}])
def test_a_selection_without_the_target_group_says_so(open_page, text_of, link):
    app = open_page("ontzorging", **link)
    assert not app.exception
    assert not app.error
    assert says.NOBODY in text_of(app)


def test_the_public_page_counts_by_quarter_and_offers_no_wijkteams(open_public_page, text_of):
    app = open_public_page("ontzorging")
    assert "Verloop per kwartaal" in titles(app)
    assert "per maand" not in text_of(app)
    assert not app.get("button_group")


@pytest.mark.parametrize("link", [{"stadsdeel": "Onbekend"}, {"doelgroep": "Gezinsmigrant en overige migrant"}])
def test_a_public_selection_that_is_too_small_is_never_nobody(open_public_page, text_of, link):
    text = text_of(open_public_page("ontzorging", **link))
    assert says.CITY_ONLY in text
    for nobody in (says.NOBODY, says.NO_COVERAGE, says.NOBODY_STARTED, *says.NO_REASONS.values()):
        assert nobody not in text
