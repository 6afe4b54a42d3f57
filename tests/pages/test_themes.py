"""The pages of the themes as a visitor gets them, without a browser: what each says, and does not say, of a selection.

Too small is never nobody.
"""

import pytest

from pages.begeleiding import words as begeleiding
from pages.filters import bar
from pages.leerroutes import words as leerroutes
from pages.ontzorging import words as ontzorging
from pages.overdracht import words as overdracht
from pages.show import curves

CITY, PUBLIC = "open_page", "open_public_page"
UNKNOWN, MIGRANTS = {"stadsdeel": "Onbekend"}, {"doelgroep": "Gezinsmigrant en overige migrant"}
ASYLUM, OLD_LAW, NOBODY_YET = {"doelgroep": "Asielstatushouder"}, {"wet": "WI2013"}, {"huisvesting_van": "2023-06-01"}
MATURE = "lang genoeg geleden (twaalf maanden en een maand marge) om op 31 december 2022 te zien of de norm"
SOURCE = "Bron van het landelijke cijfer: CBS Statistiek Wet Inburgering."
NO_ROUTES = (leerroutes.NOBODY, leerroutes.NO_TERM, leerroutes.NO_QUARTER, leerroutes.NO_PLAN, leerroutes.NOBODY_ACTIVE)
NO_RELIEF = [ontzorging.NOBODY, ontzorging.NO_COVERAGE, ontzorging.NOBODY_STARTED, *ontzorging.NO_REASONS.values()]
NO_LINE = [begeleiding.NO_CURVE], [begeleiding.NOBODY, curves.PER_MONTH]
HANDOVER = [overdracht.TWO_FILTERS, overdracht.PILOT, overdracht.MOSTLY_EARLIER, "Onder het contract van 2022"]
NO_HANDOVER = [overdracht.NOBODY, overdracht.ALL_LEFT, overdracht.NOBODY_WAITS, overdracht.NOBODY_HANDED_OVER]
OF_A_TEAM = bar.COMPLAINTS["choice"].format(overdracht.RECEIVING)
OOST = {"overdracht_wijkteam": "Oost"}

# What can be chosen on the page itself follows: how many controls there are.
CASES = {
    "begeleiding": [
        (CITY, {}, ["Verloop per maand", begeleiding.REGIMES, "Van elke 100 perioden lopen er", MATURE,
                    "nog niet te beoordelen"], [], 0),
        (CITY, {"wijkteam": "Meerwijk"}, [begeleiding.CURVE], [begeleiding.NOBODY], 0),
        (CITY, NOBODY_YET, [begeleiding.NOBODY], [begeleiding.CURVE], 0),
        (PUBLIC, {}, ["Verloop per kwartaal", "ongeveer", curves.PER_MONTH], ["per maand", curves.DOTTED], 0),
        (PUBLIC, UNKNOWN, *NO_LINE, 0),
        (PUBLIC, MIGRANTS, *NO_LINE, 0),
    ],
    "leerroutes": [
        (CITY, {}, [leerroutes.TERM_STARTS, "312 kennisgevingen waren onjuist", "Nederland 35%", SOURCE,
                    leerroutes.SETTLED], [leerroutes.NO_NATIONAL], 1),
        (CITY, {"wijkteam": "Meerwijk"}, [leerroutes.TERM_STARTS], [], 1),
        (CITY, ASYLUM, [], ["Gezins- en overige migranten"], 0),
        (CITY, {"peildatum": "2022-11-30"}, [leerroutes.NO_NATIONAL], ["Nederland 35%", leerroutes.SETTLED], 1),
        (CITY, OLD_LAW, [leerroutes.NOBODY, leerroutes.NO_PLAN, leerroutes.NO_COHORT], [leerroutes.CURVE], 1),
        (PUBLIC, {}, ["Van de ongeveer ", curves.PER_MONTH], [curves.DOTTED, "n = 0"], 0),
        # All doelgroepen together.
        (PUBLIC, {"stadsdeel": "Schalkwijk"}, ["Alle doelgroepen: ", leerroutes.NOT_BY_AREA],
         [leerroutes.SETTLED, *NO_ROUTES], 0),
        (PUBLIC, ASYLUM, [leerroutes.NOT_PER_AREA, "Nederland 35%"], ["Nederland 55%"], 0),
    ],
    "ontzorging": [
        (CITY, {}, [ontzorging.NORM, ontzorging.TARGET_GROUP, "Stadsdelen met"], [], 1),
        (CITY, {"ontzorging_niveau": "Wijkteam"}, ["Wijkteamgebieden met"], ["Stadsdelen met"], 1),
        (CITY, UNKNOWN, [ontzorging.NOBODY], [], 1),
        (CITY, OLD_LAW, [ontzorging.NOBODY], [], 1),
        (PUBLIC, {}, ["Verloop per kwartaal"], ["per maand", ontzorging.SHOW_PER], 0),
        (PUBLIC, UNKNOWN, [ontzorging.CITY_ONLY], NO_RELIEF, 0),
        (PUBLIC, MIGRANTS, [ontzorging.CITY_ONLY], NO_RELIEF, 0),
    ],
    "overdracht": [
        (CITY, {}, [*HANDOVER, '<tr class="totaal"', ">Oost<", ">Zuid-West<"], [overdracht.NOBODY], 1),
        (CITY, OOST, [">Oost<"], [">Zuid-West<", OF_A_TEAM], 1),
        (CITY, {"wijkteam": "Meerwijk"}, HANDOVER[:2], [overdracht.NOBODY], 1),
        (CITY, NOBODY_YET, [overdracht.NOBODY], [], 1),
        # A link that picks a wijkteam is told that it does not count.
        (PUBLIC, OOST, [overdracht.TOGETHER, overdracht.POPULATION, overdracht.SHARES[False], OF_A_TEAM],
         [overdracht.TWO_FILTERS, curves.DOTTED], 0),
        (PUBLIC, {"stadsdeel": "Centrum"}, [overdracht.CITY_ONLY], [*NO_HANDOVER, overdracht.NO_QUARTER], 0),
        (PUBLIC, MIGRANTS, [overdracht.CITY_ONLY], [*NO_HANDOVER, overdracht.NO_QUARTER], 0),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("page", "view", "link", "said", "not_said", "choices"),
    [(page, *case) for page, cases in CASES.items() for case in cases],
)
def test_a_page_stands_and_says_what_there_is(request, text_of, page, view, link, said, not_said, choices):
    app = request.getfixturevalue(view)(page, **link)
    text, titles = text_of(app), [header.value for header in (*app.header, *app.subheader)]
    assert not app.exception and not app.error
    assert len(titles) == len(set(titles))
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []
    own = [widget.key for widget in app.multiselect if widget.key.startswith(f"{page}_")]
    assert len(app.segmented_control) + len(own) == choices


def test_the_reader_chooses_the_doelgroep_of_the_leerroutes(open_page):
    app = open_page("leerroutes")
    before = [header.value for header in app.subheader]
    app.segmented_control(key="leerroutes_doelgroep").set_value("Asielstatushouders").run()
    assert not app.exception and not app.error
    assert [header.value for header in app.subheader] != before


def test_the_wijkteams_that_are_picked_leave_the_finding_alone(open_page, text_of):
    found = {
        text_of(open_page("overdracht", **link)).split('class="bevinding">')[1].split("</p>")[0] for link in ({}, OOST)
    }
    assert len(found) == 1
