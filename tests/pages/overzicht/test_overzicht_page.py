"""The page Overzicht: every KPI has a tile, and the sentence agrees with the tiles."""

import re
from datetime import date

import polars as pl
import pytest

import queries
from data.snapshots import store
from pages.overzicht import words
from pages.overzicht.headline import headline
from pages.show.tiles import TOO_FEW
from pages.words import formats
from tests import towns

STATUSES = pl.DataFrame(
    {
        "doelgroep": ["Asielstatushouder", "Gezinsmigrant en overige migrant", "Asielstatushouder"],
        "status": ["Termijn niet gestart", "Termijn niet gestart", "Binnen termijn"],
        "aantal": [4, 2, 3],
    }
)


def test_every_kpi_has_a_tile(open_page, text_of):
    text = text_of(open_page())
    wholes = {indicator.deel_van for indicator in queries.INDICATOREN.values()}
    for name, indicator in queries.INDICATOREN.items():
        # A count that is the whole of another stands below who waits too long.
        assert (f"Uitleg bij {indicator.titel}<" in text or f'Uitleg bij {indicator.titel}"' in text) == (
            name not in wholes
        )
    assert re.search(r"van \d+ zonder PIP", text) and re.search(r"van \d+ die wachten", text)


def test_the_sentence_counts_the_same_verdicts_as_the_tiles(open_page, text_of):
    text = text_of(open_page(stadsdeel="Noord"))
    told = re.search(r"(\d+) niet gehaald|Geen van de (\d+) normen", text)
    assert text.count("Norm niet gehaald") == int(told[1] or told[2])


def test_the_five_headline_figures_are_in_the_order_of_the_council():
    row = {"teller": 3, "noemer": 12, "waarde": 0.25}
    tiles = headline(dict.fromkeys(queries.INDICATOREN, row), STATUSES)
    assert [tile.label for tile in tiles] == [
        "Te lang zonder PIP",
        "Wacht te lang op overdracht",
        "Te lang niet ontzorgd",
        "Leerroutes",
        "Duur van de begeleiding",
    ]
    assert [tile.basis for tile in tiles[:3]] == [
        "van 12 zonder PIP",
        "van 12 die wachten",
        "van 12 bij wie het nog niet begon",
    ]
    assert tiles[0].lines == ("de anderen: 6 termijn nog niet begonnen, 3 binnen de termijn",)
    assert [part.shown for part in tiles[3].parts] == ["3 · 25%"] * 3


def test_a_count_of_nobody_is_a_dash_and_not_a_good_zero():
    row = {"teller": 0, "noemer": 0, "waarde": 0.0}
    tiles = headline(dict.fromkeys(queries.INDICATOREN, row), STATUSES.clear())
    assert {tile.value for tile in tiles} == {formats.MISSING}
    assert all(tile.lines == () for tile in tiles)


@pytest.mark.parametrize(("teller", "value", "verdict"), [(9, 11.9, TOO_FEW), (10, 11.9, None), (9, None, None)])
def test_a_median_of_fewer_than_ten_events_says_so(teller, value, verdict):
    row = {"teller": teller, "noemer": 30, "waarde": value}
    assert headline(dict.fromkeys(queries.INDICATOREN, row), STATUSES)[-1].verdict == verdict


def titles(app):
    return [header.value for header in (*app.header, *app.subheader)]


def headers(app):
    return [header.value for header in app.header]


@pytest.fixture
def two_deliveries(monkeypatch):
    """Two small demo snapshots, the later one in use: makes them with two_deliveries(persons)."""

    def make(persons):
        made = towns.demo(date(2022, 11, 30), date(2022, 12, 31), personen=persons)
        monkeypatch.setattr(store, "SNAPSHOTS", made)

    return make


def test_the_parts_below_the_tiles_stand_in_their_order_and_no_title_twice(open_page, text_of):
    app = open_page()
    parts = ["Nieuw", "Wat verandert er?", "Hoe loopt het door het jaar?", "Waar in de stad?"]
    assert [title for title in headers(app) if title in parts] == parts
    assert words.NO_EARLIER in text_of(app)
    assert len(titles(app)) == len(set(titles(app)))


def test_news_names_the_day_of_the_earlier_delivery_and_what_it_holds(open_page, two_deliveries, text_of):
    two_deliveries(60)
    app = open_page()
    assert not app.error
    assert "Nieuw sinds 30 november 2022" in headers(app)
    assert "De levering van 31 december 2022 naast die van 30 november 2022." in text_of(app)
    database = queries.open_database()
    found = queries.news(queries.Selection(), database, queries.previous_database(database))
    assert words.backlog_title(found.voorraad) in titles(app)
    assert words.corrections_title(found.correcties, date(2022, 11, 30)) in titles(app)


def test_news_of_nobody_is_that_nothing_changed(open_page, two_deliveries, text_of):
    two_deliveries(20)
    assert words.NOTHING_NEW in text_of(open_page(huisvesting_van="2023-06-01"))


@pytest.mark.parametrize("persons", [0, 1, 20])
def test_a_small_delivery_keeps_the_page_standing(open_page, two_deliveries, persons):
    two_deliveries(persons)
    app = open_page(overzicht_niveau="Wijkteam")
    assert not app.exception
    assert not app.error
    assert "Waar in de stad?" in headers(app)


def test_the_reader_chooses_theme_kpi_and_level(open_page):
    app = open_page(overzicht_thema="Leerroutes", overzicht_kaart="Tijd tot de overdracht", overzicht_niveau="Wijkteam")
    for start in ("Leerroutes: de stand per maand", "Tijd tot de overdracht: ", "Alle kengetallen per wijkteam"):
        assert any(title.startswith(start) for title in titles(app))
    app.segmented_control(key="overzicht_niveau").set_value("Stadsdeel").run()
    assert any(title.startswith("Alle kengetallen per stadsdeel") for title in titles(app))
    assert not app.error


def test_a_choice_in_the_link_that_does_not_exist_is_told(open_page):
    app = open_page(overzicht_kaart="Atlantis", overzicht_thema="Leerroutes")
    assert [message.value for message in app.warning] == [
        "De link noemt bij “Kengetal op de kaart” iets dat hier niet bestaat; dat telt niet mee."
    ]


def test_borders_that_cannot_be_used_leave_the_schematic_map_and_say_why(open_page, monkeypatch):
    monkeypatch.setattr(queries, "city_borders", lambda: queries.Borders(complaint="wijken.geojson: stuk."))
    app = open_page()
    assert [message.value for message in app.warning] == [words.border_complaint("wijken.geojson: stuk.")]
    assert not app.error


def test_nobody_in_the_selection_is_said_in_words(open_page, text_of):
    app = open_page(huisvesting_van="2023-06-01")
    assert not app.exception
    assert not app.error
    assert "Er is niemand in deze selectie." in text_of(app)


def test_the_parts_of_the_public_page_for_the_city(open_public_page, text_of):
    app = open_public_page()
    text = text_of(app)
    assert words.NEWS_NOT_PUBLISHED in text
    assert any("de stand per kwartaal, van 31 maart 2022" in title for title in titles(app))
    assert {"overzicht_kaart"} <= {box.key for box in app.selectbox}
    assert len(titles(app)) == len(set(titles(app)))
    told = re.search(r"Van de 7 normen (?:is|zijn) er (\d+) niet gehaald", text)
    assert text.count("Norm niet gehaald") == int(told[1])
    app.segmented_control(key="overzicht_niveau").set_value("Wijkteam").run()
    assert not app.error
    assert "Per wijkteam is alleen ‘Overgedragen aan het wijkteam’ openbaar" in text_of(app)


def test_the_public_page_has_areas_for_the_whole_city_only(open_public_page, text_of):
    app = open_public_page(stadsdeel="Noord")
    assert words.AREAS_OF_THE_CITY in text_of(app)
    assert "overzicht_kaart" not in {box.key for box in app.selectbox}
