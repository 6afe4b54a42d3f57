"""The page Overzicht as a visitor gets it: large figures, one table, the map, and what is folded."""

import re
from datetime import date

import polars as pl
import pytest

import queries
from data.snapshots import store
from pages.overzicht import words
from pages.overzicht.headline import HERE, headline
from pages.show.tiles import TOO_FEW
from pages.words import formats
from tests import towns
from tests.pages.show.published import exact_row

WAITING = {"status": ["Termijn niet gestart", "Termijn niet gestart", "Binnen termijn"], "aantal": [4, 2, 3]}
STATUSES = pl.DataFrame(WAITING)
STANDS = pl.DataFrame(schema={"indicator": pl.String, "stand": pl.Date})
YEAR, QUARTERS, AREAS, SINCE = words.TEXTS["deeper"].values()


def tiles(teller, noemer, waarde, statuses=STATUSES):
    """The large figures when every KPI has these counts."""
    row = {"teller": teller, "noemer": noemer, "waarde": waarde}
    kpis = {name: exact_row({"indicator": name, **row}) for name in queries.INDICATOREN}
    return headline(kpis, statuses, STANDS, dict.fromkeys(HERE, "/ergens"))


def test_the_five_large_figures_are_in_the_order_of_the_council():
    found = tiles(3, 12, 0.25)
    waiting = ["Te lang zonder PIP", "Wacht te lang op overdracht", "Te lang niet ontzorgd"]
    assert [tile.label for tile in found] == [*waiting, "Leerroutes", "Duur van de begeleiding"]
    whole = ["van 12 zonder PIP", "van 12 die wachten", "van 12 bij wie het nog niet begon"]
    assert [tile.basis for tile in found[:3]] == whole
    assert found[0].lines == ("de anderen: 6 termijn nog niet begonnen, 3 binnen de termijn",)
    assert [part.shown for part in found[3].parts] == ["3 · 25%"] * 3
    assert [part.shown for part in tiles(3, 9, 1 / 3)[3].parts] == ["3"] * 3


def test_a_count_of_nobody_is_a_dash_and_a_median_of_fewer_than_ten_events_says_so():
    found = tiles(0, 0, 0.0, STATUSES.clear())
    assert {(tile.value, tile.lines) for tile in found} == {(formats.MISSING, ())}
    verdicts = [tiles(teller, 30, value)[-1].verdict for teller, value in ((9, 11.9), (10, 11.9), (9, None))]
    assert verdicts == [TOO_FEW, None, None]


def titles(app):
    return [header.value for header in (*app.header, *app.subheader)]


def test_every_kpi_stands_once_and_the_title_counts_the_same_verdicts_as_the_table(open_page, text_of):
    app = open_page(stadsdeel="Noord")
    text = text_of(app)
    wholes = {indicator.deel_van for indicator in queries.INDICATOREN.values()}
    routes = {"leerroute_b", "leerroute_o", "leerroute_z"}
    for name, indicator in queries.INDICATOREN.items():
        # A count that is the whole of another stands below who waits too long, and the routes are one tile.
        explained = len(re.findall(f'aria-label="Uitleg bij {indicator.titel}[<"]', text))
        assert explained == (name not in wholes | routes), name
    told = re.search(r"(\d+) niet gehaald|Geen van de (\d+) normen", "".join(titles(app)))
    assert text.count("Norm niet gehaald") == int(told[1] or told[2])
    assert set(HERE) < set(queries.INDICATOREN)


def two_deliveries(persons, monkeypatch):
    """Two small demo snapshots, the later one in use."""
    monkeypatch.setattr(store, "SNAPSHOTS", towns.demo(date(2022, 11, 30), date(2022, 12, 31), personen=persons))


def test_what_is_folded_is_not_there_until_it_is_asked_for(open_page, monkeypatch, text_of):
    two_deliveries(60, monkeypatch)
    database = queries.open_database()
    news = queries.news(queries.Selection(), database, queries.previous_database(database))
    _, backlog, corrected = words.since(news, date(2022, 11, 30))
    starts = {
        YEAR: ("Overdracht: de stand per maand, van 31 januari 2022",),
        QUARTERS: ("Het laatste kwartaal van instroom", "De aandelen per kwartaal van instroom in 2022"),
        AREAS: ("Tijd tot het PIP: elk gebied naast", "Alle aandelen per wijkteam"),
        SINCE: (backlog, corrected),
    }
    link = {"overzicht_thema": "Overdracht", "overzicht_kaart": "Tijd tot het PIP", "overzicht_niveau": "Wijkteam"}
    app = open_page(**link)
    shut = titles(app)
    assert backlog + "." in text_of(app)
    for deeper, expected in starts.items():
        app = open_page(**link, overzicht_verdieping=deeper)
        assert not app.exception and not app.error and not app.warning
        opened = [title for title in titles(app) if title not in shut]
        assert all(any(title.startswith(start) for title in opened) for start in expected), (deeper, opened)
        assert len(titles(app)) == len(set(titles(app)))


@pytest.mark.parametrize("persons", [0, 1, 20])
def test_a_small_delivery_keeps_the_page_standing(open_page, monkeypatch, persons):
    two_deliveries(persons, monkeypatch)
    for deeper in (YEAR, QUARTERS, AREAS, SINCE):
        app = open_page(overzicht_niveau="Wijkteam", overzicht_verdieping=deeper)
        assert not app.exception and not app.error


def test_nobody_in_the_selection_is_said_and_a_choice_that_does_not_exist_is_told(open_page, text_of):
    app = open_page(huisvesting_van="2023-06-01", overzicht_kaart="Atlantis", overzicht_thema="Leerroutes")
    assert not app.exception and not app.error
    assert words.NOBODY in text_of(app)
    assert titles(app) == ["Filters"]
    (told,) = [message.value for message in app.warning]
    assert told == "De link noemt bij “Kengetal op de kaart” iets dat hier niet bestaat; dat telt niet mee."


def test_borders_that_cannot_be_used_leave_the_schematic_map_and_say_why(open_page, monkeypatch):
    monkeypatch.setattr(queries, "city_borders", lambda: queries.Borders(complaint="wijken.geojson: stuk."))
    app = open_page()
    told = [message.value for message in app.warning]
    assert told == ["De echte kaart kan niet worden getekend; u ziet de schematische. wijken.geojson: stuk."]
    assert not app.error


def test_the_public_page_of_the_city(open_public_page, text_of):
    app = open_public_page(overzicht_verdieping=YEAR)
    text = text_of(app)
    # A part that is not published is in no link.
    assert all(part not in text for part in ("Wie+wacht", "vergelijk="))
    # What changed is told where it may be told, and has no heading elsewhere.
    assert "Wat veranderde er?" not in titles(app)
    assert SINCE not in app.segmented_control(key="overzicht_verdieping").options
    assert any("de stand per kwartaal, van 31 maart 2022" in title for title in titles(app))
    missed = re.search(r"er (\d+) niet gehaald|Geen van de (\d+) normen", "".join(titles(app)))
    assert text.count("Norm niet gehaald") == int(missed[1] or missed[2])
    app.segmented_control(key="overzicht_niveau").set_value("Wijkteam").run()
    assert not app.error
    assert "Per wijkteam is alleen ‘Overgedragen aan het wijkteam’ openbaar" in text_of(app)


def test_the_public_page_has_areas_for_the_whole_city_only_which_stands_beside_a_part_of_it(open_public_page, text_of):
    app = open_public_page(stadsdeel="Noord", overzicht_verdieping=AREAS)
    assert not app.exception
    assert "overzicht_kaart" not in {box.key for box in app.selectbox}
    assert AREAS not in app.segmented_control(key="overzicht_verdieping").options
    assert text_of(app).count(f"‘{words.TEXTS['map']['title']}’") == 1
    assert '<a href="/">Heel Haarlem</a>' in text_of(app)


def test_a_council_member_of_schalkwijk_has_four_things_to_say_at_least(open_public_page, text_of):
    """Each of them with a value, or with words that are certain; and once what cannot be said."""
    text = text_of(open_public_page(stadsdeel="Schalkwijk"))
    where = ('class="waarde[^>]*>(.*?)</p>', 'class="deel">(.*?)</span>', 'class="stand" data-kop="Stand">(.*?)</td>')
    values = re.findall("|".join(where), text)
    said = [re.sub("<[^>]+>", "", "".join(each)).strip() for each in values]
    assert len(said) >= 4
    assert all(re.match(r"(&lt;)?\d|ongeveer|meer dan|minder dan", each) for each in said), said
    assert len(re.findall("te klein", text)) <= 1
    assert not re.search("niet getoond|Te weinig waarnemingen", text)
