"""The page Overzicht: every KPI has a tile, and the sentence agrees with the tiles."""

import re

import queries
from pages.overzicht.headline import headline


def test_every_kpi_has_a_tile(open_page, text_of):
    text = text_of(open_page())
    for indicator in queries.INDICATOREN.values():
        assert f"Uitleg bij {indicator.titel}" in text


def test_the_sentence_counts_the_same_verdicts_as_the_tiles(open_page, text_of):
    text = text_of(open_page(stadsdeel="Noord"))
    told = re.search(r"(\d+) van de \d+ normen (?:is|zijn) niet gehaald|Geen van de (\d+) normen", text)
    assert text.count("Norm niet gehaald") == int(told[1] or told[2])


def test_the_five_headline_figures_are_in_the_order_of_the_council():
    row = {"teller": 3, "noemer": 12, "waarde": 0.25}
    tiles = headline(dict.fromkeys(queries.INDICATOREN, row), long_open=2)
    assert [tile.label for tile in tiles] == [
        "Nog geen PIP",
        "Wacht op overdracht",
        "Niet ontzorgd",
        "Leerroutes",
        "Duur van de begeleiding",
    ]
    assert tiles[1].lines == ("van wie 2 langer dan 90 dagen",)
    assert [part.shown for part in tiles[3].parts] == ["3 · 25%"] * 3


def test_nobody_in_the_selection_is_said_in_words(open_page, text_of):
    app = open_page(huisvesting_van="2023-06-01")
    assert not app.exception
    assert not app.error
    assert "Er is niemand in deze selectie." in text_of(app)
