"""A tile says its figure, its verdict in words, and where it comes from."""

from functools import partial

import pytest

import queries
from pages.show import tiles
from tests.pages.show.published import exact_row, published_row

PIP_TIJDIG = queries.INDICATOREN["pip_tijdig"]


def row(make, name, *figures, **how):
    return make(dict(zip(("indicator", "teller", "noemer", "waarde"), (name, *figures), strict=True)), **how)


exact, public = partial(row, exact_row), partial(row, published_row)
COUNTS_OUT = ("teller", "noemer")
HALF, MOST, NOT_ALL = "meer dan de helft", "meer dan driekwart", "minder dan 100%"
FEW, MEDIAN = "Te weinig waarnemingen", "Norm geldt per persoon"


@pytest.mark.parametrize(
    ("given", "value", "basis", "verdict"),
    [
        (exact("pip_tijdig", 201, 287, 201 / 287), "70%", "201 van 287 · norm 100%", "Norm niet gehaald"),
        (exact("pip_tijdig", 287, 287, 1.0), "100%", "287 van 287 · norm 100%", "Op de norm"),
        # One who misses it is no 100%.
        (exact("pip_tijdig", 999, 1000, 0.999), "> 99%", "999 van 1.000 · norm 100%", "Norm niet gehaald"),
        (exact("pip_tijdig", 8, 10, 0.8), "80%", "8 van 10 · norm 100%", "Norm niet gehaald"),
        # Under 10 no percentage and no verdict, and of nobody nothing at all.
        (exact("pip_tijdig", 8, 9, 8 / 9), "8 van 9", "minder dan 10 waarnemingen · norm 100%", FEW),
        (exact("pip_tijdig", 0, 0, None), "—", "niemand in deze selectie", FEW),
        (exact("intake_gestart", 10, 20, 0.5), "50%", "10 van 20", "Geen norm"),
        (exact("begeleiding_over_norm", 0, 20, 0.0), "0%", "0 van 20 · norm 0%", "Op de norm"),
        (exact("begeleiding_over_norm", 1, 20, 0.05), "5%", "1 van 20 · norm 0%", "Norm niet gehaald"),
        (exact("pip_zonder", 1, 1, 1.0), "1", "van 1 persoon", "Geen norm"),
        (exact("pip_zonder", 0, 0, 0.0), "—", "niemand in deze selectie", "Geen norm"),
        (exact("pip_over_termijn", 7, 98, 7.0), "7", "van 98 zonder PIP", "Geen norm"),
        # A median is not judged, and needs 10 who got there.
        (exact("pip_mediaan_dagen", 10, 20, 53.0), "53 dagen",
         "voor de helft · 10 van 20 zover · norm 70 dagen", MEDIAN),
        (exact("pip_mediaan_dagen", 9, 40, 53.0), "te weinig waarnemingen",
         "voor de helft · 9 van 40 zover · norm 70 dagen", MEDIAN),
        (exact("begeleiding_mediaan", 158, 291, 11.9), "11,9 maanden",
         "voor de helft · 158 van 291 zover · aanbod: 12 maanden", "Geen norm"),
        (exact("begeleiding_mediaan", 3, 20, None), "nog niet bereikt",
         "voor de helft · 3 van 20 zover · aanbod: 12 maanden", "Geen norm"),
        # The public view.
        (public("pip_tijdig", 40, 60, 0.67), "67%", "40 van 60 · norm 100%", "Norm niet gehaald"),
        # Of rounded counts that reach the norm nothing can be said, and not of whom they are a part.
        (public("pip_tijdig", 60, 60, 1.0), "100%", "60 · norm 100%", "Geen oordeel: afgerond"),
        (public("pip_tijdig", None, None, None), "te klein om te tonen", "norm 100%", "Te klein om te tonen"),
        # What is sure of a share that is too small stands in words.
        (public("pip_tijdig", None, None, None, waarde=HALF), HALF, "norm 100%", "Geen oordeel: afgerond"),
        (public("pip_tijdig", None, None, None, waarde=NOT_ALL), NOT_ALL, "norm 100%", "Norm niet gehaald"),
        (public("intake_gestart", None, None, None, waarde=MOST), MOST, "", "Geen norm"),
        (public("pip_zonder", None, None, None), "<10", "", "Geen norm"),
        (public("pip_zonder", 20, 30, 20.0), "ongeveer 20", "", "Geen norm"),
        (public("pip_mediaan_dagen", None, None, 56.0, left_out=COUNTS_OUT), "8 weken",
         "voor de helft · norm 70 dagen", MEDIAN),
    ],
)  # fmt: skip
def test_a_tile_says_its_figure_where_it_comes_from_and_its_verdict(given, value, basis, verdict):
    tile = tiles.kpi_tile(queries.INDICATOREN[given["indicator"]], given)
    assert (tile.value, tile.basis, tile.verdict[0]) == (value, basis, verdict)


def test_the_definition_names_norm_and_source_and_opens_without_a_mouse():
    words = tiles.definition_words(PIP_TIJDIG)
    assert "Norm: 100%" in words and "Besluit inburgering 2021" in words
    html = tiles.html(tiles.kpi_tile(PIP_TIJDIG, exact("pip_tijdig", 201, 287, 0.7)))
    button = '<button type="button" class="vraag" popovertarget="{}" aria-label="Uitleg bij PIP binnen tien weken">'
    assert button.format("uitleg-pip-binnen-tien-weken") in html
    assert '<p class="uitleg" id="uitleg-pip-binnen-tien-weken" popover>' in html


def test_text_in_a_tile_is_escaped():
    part = tiles.Part("<p1>", "<p2>", 0.5, '"><x>')
    tile = tiles.Tile(
        "<b>", "1 <i>", "<u>", ("<v>", "<w>", "<y>"), definition="<s>", lines=("<q>",), parts=(part,), address='"><z>'
    )
    html = tiles.html(tile)
    assert not any(f"<{tag}>" in html for tag in ("p1", "p2", "x", "b", "i", "u", "v", "w", "y", "s", "q", "z"))
