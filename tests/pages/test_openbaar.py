"""Every page in the public view: from the publication alone, for the city, one stadsdeel and one doelgroep."""

import re
from importlib import import_module

import pytest

from pages.contents import PAGES
from pages.filters import bar
from pages.server.pictures import PICTURES
from pages.show import downloads
from tests.cases import in_campaign
from tests.pages.show.drawing import description_faults, tooltip_faults

LINKS = {
    "city": {},
    "small stadsdeel": {"stadsdeel": "Centrum"},
    "large stadsdeel": {"stadsdeel": "Schalkwijk"},
    "part": {"stadsdeel": "Oost en Schalkwijk"},
    "doelgroep": {"doelgroep": "Gezinsmigrant en overige migrant"},
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("chosen", ["city", "small stadsdeel", "part", *in_campaign("large stadsdeel", "doelgroep")])
def test_a_page_runs_in_the_public_view(open_public_page, in_parts, text_of, drawn, name, chosen):
    apps = list(in_parts(open_public_page, name, **LINKS[chosen]))
    text = "".join(map(text_of, apps))
    assert not any(app.exception or app.error for app in apps)
    assert bar.OPENBAAR in text
    assert bar.DEMO in text
    assert downloads.INTERNAL not in text
    assert "&lt;10 is minder dan 10" in text
    assert [fault for chart in drawn for fault in (*tooltip_faults(chart), *description_faults(chart))] == []
    for name_of_area in LINKS[chosen].values():
        assert name_of_area in text
    # No value of Python reaches the reader.
    assert not re.search(
        r"\b(None|nan|inf|null|beschermd|weggelaten)\b",
        re.sub(r"<code>.*?</code>|<style>.*?</style>", "", text, flags=re.DOTALL),
    )


@pytest.mark.parametrize("name", PAGES)
def test_every_chart_of_the_city_has_an_address_as_a_picture(open_public_page, in_parts, monkeypatch, name):
    offered, real = [], downloads.offer
    monkeypatch.setattr(downloads, "offer", lambda item, *how: (offered.append(item), real(item, *how)))
    assert list(in_parts(open_public_page, name))
    pictures = [told for told in PICTURES.values() if told["page"] == name]
    known = {
        item.title: [
            told["title"]
            for told in pictures
            if told["question"] == item.questions[0] and item.title.startswith(told.get("begins", ""))
        ]
        for item in offered
        if item.chart is not None
    }
    # One for each part in which a question is drawn, and none that no page draws.
    assert all(known.values())
    assert {told["title"] for told in pictures} == {title for titles in known.values() for title in titles}


def test_no_page_tells_a_count_beside_a_whole_that_is_too_small_for_a_share(open_public_page, in_parts, text_of):
    """ "30 van de 30" is read as everybody, and may be 23 of 34."""
    told = 0
    for name in PAGES:
        apps = list(in_parts(open_public_page, name, stadsdeel="Schalkwijk"))
        text = re.sub(r"<[^>]+>", " ", "".join(map(text_of, apps)))
        for part, whole in re.findall(
            r"(\d+|&lt;10) van (?:de )?(?:ongeveer )?(\d+|&lt;10)\b(?! normen| voorwaarden)", text
        ):
            told += 1
            assert whole.isdigit() and int(whole) >= 50, (name, part, whole)
            assert part == "&lt;10" or int(whole) - int(part) >= 10, (name, part, whole)
    assert told > 5


EXPLAINS = [
    # Page, what explains, and whether that is there for the city and for Schalkwijk.
    ("overzicht", "Een verschil tussen kolommen kan toeval of afronding zijn.", True, True),
    ("overdracht", "Wie vertrok, staat apart", True, False),
    ("leerroutes", "Onbekend: geen woonadres", True, False),
    ("meldingen", "begeleidingstrajecten staan onder in de balk", True, False),
]


@pytest.mark.parametrize(("page", "words", "of_city", "of_schalkwijk"), EXPLAINS)
def test_what_explains_a_thing_is_told_where_the_thing_is(
    open_public_page, text_of, page, words, of_city, of_schalkwijk
):
    told = [words in text_of(open_public_page(page, **LINKS[chosen])) for chosen in ("city", "large stadsdeel")]
    assert told == [of_city, of_schalkwijk]


def test_a_rounded_count_alone_in_its_tile_says_that_it_is_rounded(open_public_page, text_of):
    text = text_of(open_public_page("overdracht", stadsdeel="Schalkwijk"))
    assert '<p class="waarde"><span class="eenheid">ongeveer</span> 10</p>' in text


def test_the_public_view_offers_a_stadsdeel_or_a_doelgroep_and_nothing_else(open_public_page):
    app = open_public_page(peildatum="31-12-2022", stadsdeel="Noord")
    offered = {widget.key for kind in (app.selectbox, app.multiselect, app.date_input) for widget in kind}
    assert offered.isdisjoint({"wijkteam", "wet", "cohort", "huisvesting_van", "huisvesting_tot", "peildatum"})
    # Who chose one cannot choose the other; the peildatum of the publication itself is no reason to complain.
    assert not app.selectbox(key="stadsdeel").disabled
    assert app.selectbox(key="doelgroep").disabled
    assert not app.warning


@pytest.mark.parametrize(
    "link",
    [
        {"wijkteam": "Meerwijk"},
        {"stadsdeel": ["Noord", "Oost"]},
        {"stadsdeel": "Noord", "doelgroep": "Asielstatushouder"},
        {"peildatum": "30-06-2022"},
        {"cohort": "2022"},
    ],
)
def test_a_link_that_asks_for_more_gets_a_plain_message_and_the_city(open_public_page, text_of, link):
    app = open_public_page("verantwoording", **link)
    assert bar.COMPLAINTS["one_at_a_time"] in [warning.value for warning in app.warning]
    assert "heel Haarlem" in text_of(app)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(("page", "counts"), [("leerroutes", True), ("begeleiding", False), ("briefing", False)])
def test_a_doelgroep_counts_where_it_is_told_of_by_itself_and_elsewhere_it_is_the_city(
    open_public_page, text_of, page, counts
):
    app = open_public_page(page, doelgroep="Asielstatushouder", vergelijk="Doelgroep Gezinsmigrant en overige migrant")
    text = text_of(app)
    assert ("heel Haarlem · Asielstatushouder · " in text) == counts
    assert ("heel Haarlem · alle doelgroepen · " in text) == ("De doelgroep telt hier niet mee" in text) == (not counts)
    assert app.selectbox(key="vergelijk").disabled == (not counts)
    # What is chosen stays for the page on which it counts.
    assert app.selectbox(key="doelgroep").value == "Asielstatushouder" and not app.exception
    assert app.selectbox(key="vergelijk").value == "Doelgroep Gezinsmigrant en overige migrant"


@pytest.mark.parametrize("link", [["Schalkwijk", "Oost"], "Oost en Schalkwijk"])
def test_a_link_to_some_stadsdelen_together_is_followed_where_these_were_published(open_public_page, text_of, link):
    app = open_public_page("ontzorging", stadsdeel=link, vergelijk="Stadsdelen Centrum, Zuid-West en Noord")
    assert not app.warning and not app.exception
    assert app.session_state["_selection"].stadsdelen == ("Oost", "Schalkwijk")
    assert app.query_params["stadsdeel"] == "Oost en Schalkwijk"
    assert "vergeleken met stadsdelen Centrum, Zuid-West en Noord" in text_of(app)
    assert app.selectbox(key="stadsdeel").options[:3] == [
        "Oost en Schalkwijk",
        "Centrum, Zuid-West en Noord",
        "Centrum",
    ]


def test_a_small_stadsdeel_leads_to_the_stadsdelen_together_of_which_more_can_be_said(open_public_page, text_of):
    text = text_of(open_public_page("ontzorging", stadsdeel="Centrum"))
    assert 'href="/ontzorging?stadsdeel=Centrum%2C+Zuid-West+en+Noord"' in text
    # On Overzicht they are columns beside the city.
    (header,) = re.findall('<table class="kengetallen".*?</thead>', text_of(open_public_page()), re.DOTALL)
    assert header.index("Oost en Schalkwijk") < header.index("Centrum, Zuid-West en Noord") < header.index(">Noord<")


def test_published_figures_stand_beside_others_that_were_published_and_no_difference_is_told(open_public_page, text_of):
    app = open_public_page("leerroutes", doelgroep="Asielstatushouder", vergelijk="Heel Haarlem")
    assert not app.warning and "vergeleken met heel Haarlem" in text_of(app)
    offered = app.selectbox(key="vergelijk").options
    assert offered[:2] == ["Niets", "Heel Haarlem"] and offered[-1] == "Doelgroep Gezinsmigrant en overige migrant"
    app = open_public_page("leerroutes", doelgroep="Asielstatushouder", vergelijk="De stand van 30 juni 2022")
    assert bar.COMPLAINTS["vergelijk"] in [warning.value for warning in app.warning]
    assert app.session_state["vergelijk"] == "Niets" and "vergelijk" not in app.query_params


@pytest.mark.parametrize(
    ("page", "link"),
    [("ontzorging", {"ontzorging_niveau": "Wijkteam"}), ("leerroutes", {"leerroutes_per": "Wijkteam"})],
)
def test_a_link_to_a_choice_that_is_not_there_is_told(open_public_page, page, link):
    app = open_public_page(page, **link)
    assert any("iets dat hier niet bestaat" in warning.value for warning in app.warning)
    assert not app.exception


@pytest.mark.parametrize("name", [name for name in PAGES if f"{name}_deel" in bar.OWN])
def test_what_may_not_be_shown_of_a_part_of_the_city_has_no_tab_and_is_named_once(open_public_page, text_of, name):
    parts = import_module(f"pages.{name}.words").TEXTS["parts"]
    app = open_public_page(name, **{f"{name}_deel": list(parts)[-1]})
    app.selectbox(key="stadsdeel").select("Centrum").run()
    assert not app.exception and not app.error and not app.warning
    tabs, text = [tab.label for tab in app.tabs], text_of(app)
    assert all((part in tabs) != (f"‘{part}’" in text) for part in parts)
    # Nothing that is drawn has only what may not be shown in it.
    assert text.count("om te tonen") <= 1
    assert "niet getoond" not in text


def test_clearing_the_filters_shows_the_city_and_gives_back_the_map_that_can_be_drawn(open_public_page, text_of):
    """It begins with a KPI that has public figures, and that is not always the one of the intern view."""
    app = open_public_page()
    first = app.selectbox(key="overzicht_kaart").value
    other = next(option for option in app.selectbox(key="overzicht_kaart").options if option != first)
    app.selectbox(key="overzicht_kaart").select(other).run()
    assert app.session_state["overzicht_kaart"] == other
    app.selectbox(key="stadsdeel").select("Noord").run()
    app.button(key="alle_filters_wissen").click().run()
    assert not app.exception
    assert "heel Haarlem" in text_of(app)
    assert not app.selectbox(key="doelgroep").disabled
    assert app.session_state["overzicht_kaart"] == first
