"""The pages of the themes as a visitor gets them, without a browser: what each says, and does not say, of a selection.

Too small is never nobody.
"""

from importlib import import_module

import pytest

import queries
from pages.filters import bar
from pages.show import curves

THEMES = ("begeleiding", "leerroutes", "ontzorging", "overdracht")
begeleiding, leerroutes, ontzorging, overdracht = (import_module(f"pages.{each}.words").TEXTS for each in THEMES)
CITY, PUBLIC = "open_page", "open_public_page"
UNKNOWN = {"stadsdeel": "Onbekend"}
ASYLUM, OLD_LAW, NOBODY_YET = {"doelgroep": "Asielstatushouder"}, {"wet": "WI2013"}, {"huisvesting_van": "2023-06-01"}
MATURE = "lang genoeg geleden (twaalf maanden en een maand marge) om op 31 december 2022 te zien of de norm"
SOURCE = "(voorlopig cijfer, publicatiedatum niet bekend)."
ROUTES, NATIONAL, COVERAGE = leerroutes["empty"], leerroutes["national"], ontzorging["coverage"]
SETTLED, PIP = NATIONAL["intake_landelijk"]["settled"], NATIONAL["zonder_pip"]
NO_FIGURE = NATIONAL["no_figure"].format(about="de brede intake")
NO_RELIEF = [ontzorging["nobody"], COVERAGE["nobody"], ontzorging["nobody_started"]]
NO_RELIEF += [kind["nobody"] for kind in ontzorging["reasons"].values()]
TEAMS, NOBODY, SHARED = overdracht["teams"], overdracht["empty"], overdracht["public"]
NO_LINE = ["Hoe lang de begeleiding duurt’"], [begeleiding["nobody"], curves.PER_MONTH]
HANDOVER = [TEAMS["two_filters"], queries.GEMEENTE.pilot, overdracht["mostly_earlier"], "Onder het contract van 2022"]
NO_HANDOVER = [NOBODY["nobody"], NOBODY["all_left"], TEAMS["backlog"]["nobody"], TEAMS["form"]["nobody"]]
NO_HANDOVER += [NOBODY["no_quarter"]]
OF_A_TEAM = bar.COMPLAINTS["choice"].format(TEAMS["receiving"])
OOST = {"overdracht_wijkteam": "Oost"}

# What can be chosen on the page itself follows: how many controls there are.
CASES = {
    "begeleiding": [
        (CITY, {}, ["er maand", queries.GEMEENTE.begeleiding, "Van elke 100 perioden lopen er", MATURE,
                    "nog niet te beoordelen"], [], 0),
        (CITY, {"wijkteam": "Meerwijk"}, [begeleiding["curve"]], [begeleiding["nobody"]], 0),
        (CITY, NOBODY_YET, [begeleiding["nobody"]], [begeleiding["curve"]], 0),
        (PUBLIC, {}, ["er kwartaal", "ongeveer", curves.PER_MONTH], ["per maand", curves.DOTTED], 0),
        (PUBLIC, UNKNOWN, *NO_LINE, 0),
    ],
    "leerroutes": [
        (CITY, {}, [leerroutes["term_starts"], "312 kennisgevingen waren onjuist", "Nederland 35%", SOURCE,
                    SETTLED, "(Nederland ten minste 70%)", PIP["settled"]], [NO_FIGURE, "(Nederland 70%)"], 1),
        (CITY, {"leerroutes_per": "Kwartaal"}, ["Klassen van de onderwijsroute"], [], 1),
        (CITY, {"wijkteam": "Meerwijk"}, [leerroutes["term_starts"], leerroutes["waiting"]["told"]], [], 1),
        (CITY, ASYLUM, [], ["Gezins- en overige migranten"], 1),
        (CITY, {"peildatum": "2022-11-30"}, [NO_FIGURE], ["Nederland 35%", SETTLED], 1),
        (CITY, OLD_LAW, [ROUTES["nobody"], ROUTES["no_plan"], NATIONAL["no_cohort"]], [leerroutes["curve"]], 1),
        (PUBLIC, {}, ["Van de ongeveer ", curves.PER_MONTH, leerroutes["routes_now"], "in Nederland ten minste 70%",
                      NATIONAL["not_public"]],
         [curves.DOTTED, "n = 0", PIP["settled"], leerroutes["waiting"]["told"]], 1),
        # All doelgroepen together.
        (PUBLIC, {"stadsdeel": "Schalkwijk"}, ["Alle doelgroepen: ", "‘Naast Nederland’"],
         [SETTLED, *ROUTES.values()], 0),
        (PUBLIC, ASYLUM, [leerroutes["not_per_area"], "Nederland 35%"], ["Nederland 55%"], 1),
    ],
    "ontzorging": [
        (CITY, {}, [ontzorging["norm"], ontzorging["target_group"], "Stadsdelen met"], [], 1),
        (CITY, {"ontzorging_niveau": "Wijkteam"}, ["Wijkteamgebieden met"], ["Stadsdelen met"], 1),
        (CITY, UNKNOWN, [ontzorging["nobody"]], [], 1),
        (CITY, OLD_LAW, [ontzorging["nobody"]], [], 1),
        (PUBLIC, {}, ["per kwartaal", COVERAGE["shares"]], ["per maand", COVERAGE["intervals"]], 0),
        (PUBLIC, UNKNOWN, ["‘Begonnen per stadsdeel’"], NO_RELIEF, 0),
    ],
    "overdracht": [
        (CITY, {}, [*HANDOVER, '<tr class="totaal"', ">Oost<", ">Zuid-West<"], [NOBODY["nobody"]], 1),
        (CITY, OOST, [">Oost<"], [">Zuid-West<", OF_A_TEAM], 1),
        (CITY, {"wijkteam": "Meerwijk"}, HANDOVER[:2], [NOBODY["nobody"]], 1),
        (CITY, NOBODY_YET, [NOBODY["nobody"]], [], 1),
        # A link that picks a wijkteam is told that it does not count.
        (PUBLIC, OOST, [SHARED["together"], SHARED["population"], OF_A_TEAM],
         [TEAMS["two_filters"], curves.DOTTED, SHARED["shares"]], 0),
        (PUBLIC, {"stadsdeel": "Centrum"}, ["‘Begeleiding klaar, naar ontvangend wijkteam’"], NO_HANDOVER, 0),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("page", "view", "link", "said", "not_said", "choices"),
    [(page, *case) for page, cases in CASES.items() for case in cases],
)
def test_a_page_stands_and_says_what_there_is(request, in_parts, text_of, page, view, link, said, not_said, choices):
    apps = list(in_parts(request.getfixturevalue(view), page, **link))
    text = "".join(map(text_of, apps))
    for app in apps:
        titles = [header.value for header in (*app.header, *app.subheader)]
        assert not app.exception and not app.error
        assert len(titles) == len(set(titles))
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []
    own = [widget.key for widget in apps[0].multiselect if widget.key.startswith(f"{page}_")]
    assert len(apps[0].segmented_control) + len(own) == choices


@pytest.mark.parametrize(
    ("per", "said"),
    [("Stadsdeel", ["Noord"]), ("Wijkteam", ["Delftwijk"]), ("Kwartaal", ["2e kwartaal 2022", "4e kw"])],
)
def test_the_leerroutes_are_told_per_stadsdeel_wijkteam_and_quarter(open_page, text_of, drawn, per, said):
    """The leerroutes in Noord in the second and in the fourth quarter: on this page, by one choice and one filter."""
    app = open_page("leerroutes", stadsdeel="Noord", leerroutes_per=per)
    app.session_state[f"tabel_3_{per.lower()}_leerroute_teller_noemer_waarde"] = True
    app.run()
    assert not app.exception and not app.error and not app.warning
    assert app.segmented_control(key="leerroutes_per").value == per
    assert all(words in drawn[-1].description and words in text_of(app) for words in said)


def test_the_wijkteams_that_are_picked_leave_the_finding_alone(open_page, text_of):
    found = {
        text_of(open_page("overdracht", **link)).split('class="bevinding">')[1].split("</p>")[0] for link in ({}, OOST)
    }
    assert len(found) == 1
