"""The page Leerroutes as a visitor gets it, without a browser."""

import pytest

from pages.leerroutes import words as says
from pages.show import curves


def titles(app):
    found = [header.value for header in (*app.header, *app.subheader)]
    assert len(found) == len(set(found))
    return found


def test_the_page_explains_the_term_and_has_the_national_figure_with_source_and_warning(open_page, text_of):
    app = open_page("leerroutes")
    text = text_of(app)
    assert titles(app)
    for words in (says.TERM_STARTS, "312 kennisgevingen waren onjuist", "Nederland 35%", says.SETTLED):
        assert words in text
    assert "Bron van het landelijke cijfer: CBS Statistiek Wet Inburgering." in text


def test_the_reader_chooses_the_doelgroep_of_the_leerroutes_where_there_are_more(open_page):
    app = open_page("leerroutes")
    before = titles(app)
    app.segmented_control(key="leerroutes_doelgroep").set_value("Asielstatushouders").run()
    assert not app.exception
    assert not app.error
    assert titles(app) != before
    assert len(open_page("leerroutes", doelgroep="Asielstatushouder").segmented_control) == 0


@pytest.mark.parametrize(
    ("link", "said", "not_said"),
    [
        ({"wijkteam": "Meerwijk"}, [says.TERM_STARTS], []),
        ({"peildatum": "2022-11-30"}, [says.NO_NATIONAL], ["Nederland 35%", says.SETTLED]),
        ({"wet": "WI2013"}, [says.NOBODY, says.NO_PLAN, says.NO_COHORT], [says.CURVE]),
    ],
    ids=["a small area", "a day without a national figure", "nobody under the new law"],
)
def test_another_selection_stands_and_says_what_is_not_there(open_page, text_of, link, said, not_said):
    app = open_page("leerroutes", **link)
    text = text_of(app)
    assert not app.exception
    assert not app.error
    assert [words in text for words in (*said, *not_said)] == [True] * len(said) + [False] * len(not_said)


NOBODY = (says.NOBODY, says.NO_TERM, says.NO_QUARTER, says.NO_PLAN, says.NOBODY_ACTIVE)


@pytest.mark.parametrize(
    ("link", "said", "not_said"),
    [
        ({}, ["Van de ongeveer ", curves.PER_MONTH], [curves.DOTTED, "n = 0"]),
        ({"stadsdeel": "Schalkwijk"}, ["Alle doelgroepen: ", says.NOT_BY_AREA], [says.SETTLED, *NOBODY]),
        ({"doelgroep": "Asielstatushouder"}, [says.NOT_PER_AREA, "Nederland 35%"], ["Nederland 55%"]),
    ],
    ids=["the city", "a stadsdeel has all doelgroepen together", "a doelgroep is not split by stadsdeel"],
)
def test_the_public_view(open_public_page, text_of, link, said, not_said):
    app = open_public_page("leerroutes", **link)
    text = text_of(app)
    assert [words in text for words in (*said, *not_said)] == [True] * len(said) + [False] * len(not_said)
    assert "leerroutes_doelgroep" not in [group.key for group in app.button_group]
