"""The filter bar: what a link may say, what it becomes, and how it is told in words."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest

import queries
from pages.filters import bar, comparison, link

PAGES = Path(__file__).parents[3] / "pages"


@pytest.fixture
def source():
    return SimpleNamespace(
        peildatum=date(2022, 12, 31),
        demo=True,
        grens=None,
        stadsdelen=("Centrum", "Noord", "Schalkwijk", "Onbekend"),
        wijkteams={"Noord": ("Delftwijk-Vondelkwartier",), "Schalkwijk": ("Meerwijk",), "Onbekend": ("Onbekend",)},
        doelgroepen=("Asielstatushouder", "Gezinsmigrant en overige migrant"),
        wetten=("WI2013", "WI2021"),
        cohorten=(2021, 2022),
    )


@pytest.mark.parametrize(
    ("link", "complaints"),
    [
        ({"stadsdeel": ["Noord", "Onbekend"], "wijkteam": ["Delftwijk-Vondelkwartier"], "cohort": ["2022"]}, []),
        ({"peildatum": ["2022-06-30"], "huisvesting_van": ["2021-01-01"]}, []),
        # Told per filter, and not repeated.
        ({"stadsdeel": ["Noord", "123456782"], "cohort": ["1812"]}, ["bij “Stadsdeel” iets", "bij “Cohort (jaar"]),
        ({"stadsdeel": ["Noord"], "wijkteam": ["Meerwijk"]}, ["een wijkteam buiten de gekozen stadsdelen"]),
        ({"peildatum": ["2023-01-31"]}, ["na de laatste gegevens; u ziet de stand van 31 december 2022"]),
        ({"huisvesting_van": ["morgen"]}, ["bij “Gehuisvest vanaf” geen geldige datum"]),
        ({"peildatum": ["morgen"]}, ["geen geldige peildatum"]),
        ({"stadsdeel": ["Noord"], "vergelijk": ["De rest van de stad"]}, []),
        ({"stadsdeel": ["Noord"], "wijkteam": ["Delftwijk-Vondelkwartier"], "vergelijk": ["Stadsdeel Schalkwijk"]}, []),
        ({"peildatum": ["2022-06-30"], "vergelijk": ["De stand van 31 mei 2022"]}, []),
        # Nobody may be on both sides, and of the whole city there is no rest.
        ({"vergelijk": ["De rest van de stad"]}, ["er wordt niet vergeleken"]),
        ({"stadsdeel": ["Schalkwijk"], "vergelijk": ["Het gebied van Meerwijk"]}, ["er wordt niet vergeleken"]),
        ({"peildatum": ["2022-06-30"], "vergelijk": ["De stand van 30 juni 2022"]}, ["er wordt niet vergeleken"]),
        ({"vergelijk": ["123456782"]}, ["er wordt niet vergeleken"]),
    ],
)
def test_what_is_wrong_with_a_link_is_told(source, link, complaints):
    told = bar.link_complaints(link, source)
    assert len(told) == len(complaints)
    assert all(words in complaint for words, complaint in zip(complaints, told, strict=True))
    assert "123456782" not in "".join(told)


ONE = "De link noemt een filter dat hier niet bestaat; dat telt niet mee."
MORE = "De link noemt filters die hier niet bestaan; die tellen niet mee."
NAMES = "“stadsdeel”, “wijkteam”, “doelgroep”, “wet”, “cohort”, “huisvesting_van”, “huisvesting_tot”, “peildatum”"


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (["stadsdeel", "peildatum", "overdracht_wijkteam"], None),
        (["utm_source", "fbclid", "embed"], None),
        (["stadsdel"], f"{ONE} Bedoeld is misschien “stadsdeel”."),
        (["Stadsdeel", "doelgroepen"], f"{MORE} Bedoeld is misschien “stadsdeel” en “doelgroep”."),
        (["123456782"], f"{ONE} De filters heten {NAMES} en “vergelijk”."),
    ],
)
def test_a_misspelt_filter_is_told_and_not_repeated(names, complaint):
    assert bar.name_complaints(names) == ([] if complaint is None else [complaint])


def test_a_date_in_a_link_may_be_iso_or_dutch_and_months_know_leap_years():
    assert bar.read_date("2022-06-30") == bar.read_date("30-06-2022") == date(2022, 6, 30)
    assert not any(map(bar.read_date, ("", "2022", "30-06-22", "31-02-2022", "²-06-2022", "2022-6-30-1")))
    ends = [date(2020, 2, 29), date(2020, 1, 31), date(2019, 12, 31)]
    assert bar.month_ends(date(2019, 12, 31), date(2020, 3, 30)) == ends


def bound_widgets():
    """The page and the key of every widget of a page that is in the link."""
    for page in sorted(PAGES.glob("*/page.py")):
        for call in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            given = {keyword.arg: keyword.value for keyword in getattr(call, "keywords", ())}
            if "bind" in given or getattr(getattr(call, "func", None), "attr", "") in ("choose_one", "parts"):
                yield page.parent.name, ast.literal_eval(given["key"])


def test_every_choice_of_a_page_that_is_in_the_link_is_known_to_the_filters():
    assert {key for _, key in bound_widgets()} == set(bar.OWN)
    assert all(key.startswith(f"{page}_") for page, key in bound_widgets())


@pytest.mark.parametrize("page", sorted({key.split("_")[0] for key in bar.OWN}))
def test_a_page_begins_with_the_choices_that_clearing_gives_back(open_page, page):
    app = open_page(page)
    for key, first in bar.OWN.items():
        # The theme is chosen in a fold that is not open yet.
        if key.startswith(f"{page}_") and key != "overzicht_thema":
            assert app.session_state[key] == first


@pytest.mark.parametrize(
    ("page", "link", "key", "first"),
    [
        ("overdracht", {"stadsdeel": "Noord", "huisvesting_van": "2021-01-01", "overdracht_wijkteam": "Oost"},
         "overdracht_wijkteam", []),
        ("ontzorging", {"ontzorging_niveau": "Wijkteam"}, "ontzorging_niveau", "Stadsdeel"),
    ],
)  # fmt: skip
def test_one_click_clears_every_filter_and_the_choices_of_the_page(open_page, page, link, key, first):
    app = open_page(page, **link)
    assert app.session_state[key] != first
    app.button(key="alle_filters_wissen").click().run()
    assert not app.exception
    assert (app.session_state[key], app.session_state["_selection"]) == (first, queries.Selection())
    assert list(app.query_params) == []


@pytest.mark.parametrize(
    ("grens", "words"),
    [(("Meerwijk", "Centrum"), "uw gebied: Meerwijk en Centrum"), ((), "uw gebied: geen"), (None, "heel Haarlem")],
)
def test_without_filters_the_words_say_the_area_all_groups_and_demo(source, grens, words):
    source.grens = grens
    told = f"Stand 31 december 2022 · {words} · alle doelgroepen"
    assert bar.selection_in_words(queries.Selection(), source) == f"{told} · Demogegevens (synthetisch)"
    source.demo = False
    assert bar.selection_in_words(queries.Selection(), source) == told


CHOSEN = queries.Selection(
    stadsdelen=("Noord", "Onbekend"), wijkteams=("Delftwijk-Vondelkwartier",), doelgroepen=("Asielstatushouder",),
    wetten=("WI2021",), cohorten=(2022,), huisvesting_van=date(2021, 1, 1), huisvesting_tot=date(2022, 12, 1),
    peildatum=date(2022, 11, 30),
)  # fmt: skip


def test_a_link_of_a_selection_makes_that_selection_and_every_filter_is_in_the_words(open_page, source):
    page, asked = link.address("verantwoording", CHOSEN).split("?")
    assert (page, link.address("overzicht", queries.Selection())) == ("/verantwoording", "/")
    assert open_page("verantwoording", **parse_qs(asked)).session_state["_selection"] == CHOSEN
    assert bar.selection_in_words(CHOSEN, source) == (
        "Stand 30 november 2022 · stadsdelen Noord en Onbekend · woont in het gebied van Delftwijk-Vondelkwartier · "
        "Asielstatushouder · Wet inburgering 2021 · cohort 2022 · gehuisvest vanaf 1 januari 2021 · "
        "gehuisvest vóór 1 december 2022 · Demogegevens (synthetisch)"
    )


@pytest.mark.parametrize(("asked", "found"), [("15-09-2022", date(2022, 9, 15)), ("2022-12-31", None)])
def test_a_peildatum_in_a_link_is_shown_as_asked_and_the_own_one_is_the_default(open_page, asked, found):
    assert open_page("verantwoording", peildatum=asked).session_state["_selection"].peildatum == found


def test_a_wijkteam_disappears_with_its_stadsdeel_from_selection_and_link(open_page):
    app = open_page("verantwoording", stadsdeel="Noord", wijkteam="Delftwijk-Vondelkwartier")
    app.multiselect(key="stadsdeel").set_value(["Schalkwijk"]).run()
    assert app.session_state["_selection"] == queries.Selection(stadsdelen=("Schalkwijk",))
    assert app.multiselect(key="wijkteam").options == ["Europawijk-Molenwijk", "Boerhaavewijk", "Meerwijk"]
    assert "wijkteam" not in app.query_params


def test_where_wijkteams_are_chosen_nothing_is_told_per_stadsdeel(open_page):
    app = open_page("leerroutes", stadsdeel="Schalkwijk")
    assert app.segmented_control(key="leerroutes_per").value == "Stadsdeel"
    app.multiselect(key="wijkteam").set_value(["Meerwijk"]).run()
    level = app.segmented_control(key="leerroutes_per")
    assert (level.options, level.value) == (["Wijkteam", "Kwartaal"], "Wijkteam")
    assert not app.warning and not app.exception and "leerroutes_per" not in app.query_params
    app.multiselect(key="wijkteam").set_value([]).run()
    assert "Stadsdeel" in app.segmented_control(key="leerroutes_per").options and not app.exception
    app = open_page("ontzorging", wijkteam="Meerwijk")
    assert not app.segmented_control and not app.exception


def test_a_day_of_housing_is_chosen_until_the_peildatum_and_a_link_may_ask_a_later_one(open_page):
    app = open_page("verantwoording", huisvesting_tot="2023-06-01")
    assert app.session_state["_selection"].huisvesting_tot == date(2023, 6, 1)
    last = {key: app.date_input(key=key).max for key in bar.DATES}
    assert last == {"huisvesting_van": date(2022, 12, 31), "huisvesting_tot": date(2023, 6, 1)}
    app.button(key="alle_filters_wissen").click().run()
    assert app.date_input(key="huisvesting_tot").max == date(2022, 12, 31)


NOORD = queries.Selection(stadsdelen=("Noord",))
REST, JUNE = replace(NOORD, rest=True), replace(NOORD, peildatum=date(2022, 6, 30))


def offered(source, **chosen):
    """What can be compared with, but for the earlier days."""
    found = bar.comparisons(source, queries.Selection(**chosen))
    return [label for label, other in found.items() if not other.peildatum]


def test_an_area_can_be_compared_with_the_rest_and_with_the_areas_that_have_nobody_in_common_with_it(source):
    noord, schalkwijk = "Stadsdeel Noord", ["Stadsdeel Schalkwijk", "Het gebied van Meerwijk"]
    assert offered(source) == []
    assert offered(source, stadsdelen=("Noord",)) == ["De rest van de stad", *schalkwijk]
    assert noord in offered(source, wijkteams=("Meerwijk",))
    source.grens = ("Meerwijk", "Delftwijk-Vondelkwartier")
    assert offered(source, stadsdelen=("Noord",)) == ["De rest van uw gebieden", *schalkwijk]
    days = list(bar.comparisons(source, queries.Selection(peildatum=date(2018, 4, 1))))
    assert days == [f"De stand van {day} 2018" for day in ("31 maart", "28 februari", "31 januari")]


@pytest.mark.parametrize(
    ("asked", "found", "words"),
    [
        ("De rest van de stad", REST, "vergeleken met de rest van de stad"),
        # As who is limited has it, and as people write a day.
        ("De rest van uw gebieden", REST, "vergeleken met de rest van de stad"),
        ("2022-06-30", JUNE, "vergeleken met de stand van 30 juni 2022"),
    ],
)
def test_a_link_says_what_is_compared_with_and_so_does_the_page(open_page, text_of, asked, found, words):
    app = open_page("begeleiding", stadsdeel="Noord", vergelijk=asked)
    assert not app.exception and not app.warning
    assert app.session_state["_comparison"].selection == found
    assert f"· {words} ·" in text_of(app)
    assert ("niet of het toeval kan zijn" in text_of(app)) is (found == JUNE)
    # What can no longer be compared is compared no more.
    app.multiselect(key="stadsdeel").set_value([]).run()
    assert (app.session_state["_comparison"] is None, "vergelijk" in app.query_params) == (found == REST, found == JUNE)
    app.button(key="alle_filters_wissen").click().run()
    assert (app.session_state["vergelijk"], list(app.query_params)) == ("Niets", [])


def test_a_page_that_does_not_compare_keeps_the_choice_for_those_that_do(open_page, text_of):
    app = open_page("verantwoording", stadsdeel="Noord", vergelijk="De rest van de stad")
    assert app.selectbox(key="vergelijk").disabled and app.query_params["vergelijk"] == "De rest van de stad"
    assert "vergeleken met" not in text_of(app)


@pytest.mark.parametrize(
    ("compared", "other", "fits"),
    [
        (REST, queries.Selection(wijkteams=("Meerwijk",)), True),
        (REST, queries.Selection(), False),
        (JUNE, queries.Selection(), True),
        (JUNE, replace(NOORD, peildatum=date(2022, 5, 31)), False),
        (queries.Selection(stadsdelen=("Oost",)), replace(NOORD, cohorten=(2022,)), True),
        (queries.Selection(stadsdelen=("Oost",)), queries.Selection(stadsdelen=("Oost",)), False),
    ],
)
def test_a_link_to_another_selection_keeps_the_comparison_where_it_can_be_made(compared, other, fits):
    assert comparison.fits(compared, NOORD, other) is fits


def test_a_bad_link_shows_a_message_and_all_figures(open_page, text_of):
    app = open_page("verantwoording", stadsdeel="Atlantis", peildatum="2099-01-01", stadsdel="Noord")
    assert not app.exception and not app.error and len(app.warning) == 3
    assert app.warning[0].value == bar.name_complaints(["stadsdel"])[0]
    assert "heel Haarlem" in text_of(app)
    # The message goes when a filter is chosen.
    assert not app.multiselect(key="stadsdeel").set_value(["Noord"]).run().warning


def test_the_reader_is_told_of_an_earlier_peildatum_and_of_a_period_that_ends_before_it_starts(open_page, text_of):
    wrong = {"huisvesting_van": "2022-06-01", "huisvesting_tot": "2022-01-01"}
    app = open_page("overdracht", peildatum="2022-06-30", **wrong)
    assert "bij benadering" in text_of(app)
    assert "eindigt voordat zij begint" in app.warning[0].value
    assert "bij benadering" not in text_of(open_page("overdracht"))


# A period of housing without anybody in it.
LATER = {"huisvesting_van": "2023-06-01"}


def widening(app):
    return {button.key: button.label for button in app.button if button.key.startswith("zonder_")}


def test_without_anybody_each_filter_that_can_be_taken_away_says_how_many_that_leaves(open_page):
    app = open_page("verantwoording", stadsdeel="Noord", cohort="2022", **LATER)
    whom = queries.answer("personen", queries.Selection(stadsdelen=("Noord",), cohorten=(2022,)))["aantal"].item()
    assert [info.value for info in app.info] == [bar.TEXTS["widen"]["nobody"]]
    assert widening(app) == {"zonder_huisvesting_van": f"Zonder “Gehuisvest vanaf”: {whom} personen"}
    app.button(key="zonder_huisvesting_van").click().run()
    assert app.session_state["_selection"] == queries.Selection(stadsdelen=("Noord",), cohorten=(2022,))
    assert not app.info and not widening(app)
    # Requests follow the area alone.
    assert not open_page("meldingen", stadsdeel="Noord", **LATER).info


def test_where_no_filter_alone_leaves_anybody_all_are_to_be_cleared(open_page):
    app = open_page("verantwoording", huisvesting_tot="1995-01-01", **LATER)
    assert [info.value for info in app.info] == [bar.TEXTS["widen"]["none_alone"]]
    assert not widening(app)


@pytest.mark.parametrize("link", [{}, {"stadsdeel": "Schalkwijk"}])
def test_where_something_is_left_out_of_a_part_of_the_city_the_whole_city_is_a_way_to_more(open_public_page, link):
    notes = [block.value for block in open_public_page("overdracht", **link).get("html")]
    (told,) = [note for note in notes if "Niet te tonen" in note]
    assert ('<a href="/overdracht">heel Haarlem</a>' in told) == bool(link)
