"""The page Leerroutes as a visitor gets it, without a browser."""

import pytest

from pages.leerroutes import words as says
from pages.show import curves

NOBODY = (says.NOBODY, says.NO_TERM, says.NO_QUARTER, says.NO_PLAN, says.NOBODY_ACTIVE)
SOURCE = "Bron van het landelijke cijfer: CBS Statistiek Wet Inburgering."
STOP = "312 kennisgevingen waren onjuist"


@pytest.mark.parametrize(
    ("view", "link", "said", "not_said"),
    [
        ("open_page", {}, [says.TERM_STARTS, STOP, "Nederland 35%", SOURCE, says.SETTLED], [says.NO_NATIONAL]),
        ("open_page", {"wijkteam": "Meerwijk"}, [says.TERM_STARTS], []),
        ("open_page", {"doelgroep": "Asielstatushouder"}, [], ["Gezins- en overige migranten"]),
        ("open_page", {"peildatum": "2022-11-30"}, [says.NO_NATIONAL], ["Nederland 35%", says.SETTLED]),
        ("open_page", {"wet": "WI2013"}, [says.NOBODY, says.NO_PLAN, says.NO_COHORT], [says.CURVE]),
        ("open_public_page", {}, ["Van de ongeveer ", curves.PER_MONTH], [curves.DOTTED, "n = 0"]),
        # All doelgroepen together.
        ("open_public_page", {"stadsdeel": "Schalkwijk"}, ["Alle doelgroepen: ", says.NOT_BY_AREA],
         [says.SETTLED, *NOBODY]),
        ("open_public_page", {"doelgroep": "Asielstatushouder"}, [says.NOT_PER_AREA, "Nederland 35%"],
         ["Nederland 55%"]),
    ],
)  # fmt: skip
def test_the_page_stands_and_says_what_there_is(request, text_of, view, link, said, not_said):
    app = request.getfixturevalue(view)("leerroutes", **link)
    text, titles = text_of(app), [header.value for header in (*app.header, *app.subheader)]
    assert not app.exception and not app.error
    assert len(titles) == len(set(titles))
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []
    # There is something to choose in the whole city alone, and nothing in the public view.
    assert len(app.segmented_control) == (view == "open_page" and "doelgroep" not in link)


def test_the_reader_chooses_the_doelgroep_of_the_leerroutes(open_page):
    app = open_page("leerroutes")
    before = [header.value for header in app.subheader]
    app.segmented_control(key="leerroutes_doelgroep").set_value("Asielstatushouders").run()
    assert not app.exception and not app.error
    assert [header.value for header in app.subheader] != before
