"""A tile says its figure, its verdict in words, and where it comes from."""

import pytest

import queries
from pages.show import tiles


def row(teller, noemer, waarde):
    return {"teller": teller, "noemer": noemer, "waarde": waarde, "ci_laag": None, "ci_hoog": None}


PIP_TIJDIG = queries.INDICATOREN["pip_tijdig"]


@pytest.mark.parametrize(
    ("naam", "figures", "words"),
    [
        ("pip_tijdig", (201, 287, 201 / 287), "Norm niet gehaald"),
        ("pip_tijdig", (287, 287, 1.0), "Op de norm"),
        ("pip_tijdig", (9, 9, 1.0), "Te weinig waarnemingen"),
        ("pip_tijdig", (0, 0, None), "Te weinig waarnemingen"),
        ("begeleiding_over_norm", (0, 20, 0.0), "Op de norm"),
        ("begeleiding_over_norm", (1, 20, 0.05), "Norm niet gehaald"),
        ("intake_gestart", (10, 20, 0.5), "Geen norm"),
        ("intake_gestart", (4, 9, 4 / 9), "Te weinig waarnemingen"),
        ("pip_mediaan_dagen", (10, 20, 53.0), "Geen oordeel: mediaan"),
    ],
)
def test_the_verdict_is_in_words(naam, figures, words):
    assert tiles.kpi_tile(queries.INDICATOREN[naam], row(*figures)).verdict[0] == words


def test_the_basis_has_teller_noemer_and_norm():
    assert tiles.basis_words(PIP_TIJDIG, row(201, 287, 0.7)) == "201 van 287 · norm 100%"


def test_the_basis_of_a_count_is_out_of_how_many():
    assert tiles.basis_words(queries.INDICATOREN["pip_zonder"], row(1, 1, 1.0)) == "van 1 persoon"


def test_the_basis_of_a_median_is_how_many_got_there_and_the_offer():
    words = tiles.basis_words(queries.INDICATOREN["begeleiding_mediaan"], row(158, 291, 11.9))
    assert words == "mediaan · 158 van 291 zover · aanbod: 12 maanden"


def test_nobody_gives_a_dash_and_says_so():
    tile = tiles.kpi_tile(PIP_TIJDIG, row(0, 0, None))
    assert (tile.value, tile.basis) == ("—", "niemand in deze selectie")


def test_a_median_that_is_not_reached_says_so():
    tile = tiles.kpi_tile(queries.INDICATOREN["begeleiding_mediaan"], row(3, 20, None))
    assert tile.value == "nog niet bereikt"


def test_a_share_of_fewer_than_ten_is_shown_in_numbers_and_not_as_a_percentage():
    tile = tiles.kpi_tile(PIP_TIJDIG, row(8, 9, 8 / 9))
    assert (tile.value, tile.basis) == ("8 van 9", "minder dan 10 waarnemingen · norm 100%")
    assert "%</p>" not in tiles.html(tile).replace("norm 100%", "")
    assert tiles.kpi_tile(PIP_TIJDIG, row(8, 10, 0.8)).value == "80%"


def test_a_median_of_fewer_than_ten_events_is_not_given():
    median = queries.INDICATOREN["pip_mediaan_dagen"]
    assert tiles.kpi_tile(median, row(9, 40, 53.0)).value == "te weinig waarnemingen"
    assert tiles.kpi_tile(median, row(10, 40, 53.0)).value == "53 dagen"
    assert tiles.kpi_tile(median, row(2, 9, None)).value == "te weinig waarnemingen"
    assert tiles.kpi_tile(median, row(9, 40, 53.0)).basis == "mediaan · 9 van 40 zover · norm 70 dagen"


def test_a_count_with_nobody_selected_is_not_nought():
    tile = tiles.kpi_tile(queries.INDICATOREN["pip_zonder"], row(0, 0, 0.0))
    assert (tile.value, tile.basis) == ("—", "niemand in deze selectie")
    assert tiles.kpi_tile(queries.INDICATOREN["pip_zonder"], row(0, 12, 0.0)).value == "0"


def test_the_definition_names_norm_and_source():
    words = tiles.definition_words(PIP_TIJDIG)
    assert "Norm: 100%" in words
    assert "Besluit inburgering 2021" in words


def test_the_definition_opens_without_a_mouse():
    html = tiles.html(tiles.kpi_tile(PIP_TIJDIG, row(201, 287, 0.7)))
    assert '<details class="definitie"><summary aria-label="Uitleg bij PIP binnen tien weken">' in html


def test_text_in_a_tile_is_escaped():
    html = tiles.html(tiles.Tile("<b>", "1 <i>", basis="<u>", definition="<s>", lines=("<q>",)))
    assert not any(tag in html for tag in ("<b>", "<i>", "<u>", "<s>", "<q>"))


def test_a_unit_is_smaller_than_its_figure():
    assert '11,9 <span class="eenheid">maanden</span>' in tiles.html(tiles.Tile("Duur", "11,9 maanden"))
    assert '<p class="waarde">> 99%</p>' not in tiles.html(tiles.Tile("Deel", "> 99%"))
