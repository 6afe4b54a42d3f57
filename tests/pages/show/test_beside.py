"""What stands beside a figure: that of what it is compared with, how far off, and whether that may be chance."""

from functools import partial

import pytest

import queries
from pages.show import tiles
from pages.show.beside import told
from tests.pages.show.published import exact_row, published_row


def row(make, name, *figures, **how):
    return make(dict(zip(("indicator", "teller", "noemer", "waarde"), (name, *figures), strict=True)), **how)


exact, public = partial(row, exact_row), partial(row, published_row)
REST, JUNE = "de rest van de stad", "de stand van 30 juni 2022"


@pytest.mark.parametrize(
    ("here", "other", "verdict", "name", "line"),
    [
        (exact("pip_tijdig", 26, 38, 26 / 38), exact("pip_tijdig", 77, 88, 77 / 88), "binnen toeval", REST,
         "De rest van de stad: 88% (77 van 88); hier 20 procentpunt lager, kan toeval zijn"),
        (exact("pip_tijdig", 54, 57, 54 / 57), exact("pip_tijdig", 134, 189, 134 / 189), "hoger", REST,
         "De rest van de stad: 71% (134 van 189); hier 24 procentpunt hoger, meer dan toeval"),
        # The difference is that of the percentages as they are written, and of none no chance is told.
        (exact("pip_tijdig", 504, 1000, 0.504), exact("pip_tijdig", 496, 1000, 0.496), "binnen toeval", REST,
         "De rest van de stad: 50% (496 van 1.000); hier even hoog"),
        # Of the same persons on another day it is not said.
        (exact("pip_tijdig", 30, 40, 0.75), exact("pip_tijdig", 20, 40, 0.5), "geen oordeel", JUNE,
         "De stand van 30 juni 2022: 50% (20 van 40); nu 25 procentpunt hoger"),
        # Under 10 there is no percentage and no difference.
        (exact("pip_tijdig", 30, 40, 0.75), exact("pip_tijdig", 4, 9, 4 / 9), "geen oordeel", REST,
         "De rest van de stad: 4 van 9"),
        (exact("pip_tijdig", 8, 9, 8 / 9), exact("pip_tijdig", 20, 40, 0.5), "geen oordeel", REST,
         "De rest van de stad: 50% (20 van 40)"),
        (exact("pip_tijdig", 30, 40, 0.75), exact("pip_tijdig", 0, 0, None), "geen oordeel", REST,
         "De rest van de stad: niemand"),
        # A median in its own unit, and of a count no difference.
        (exact("pip_mediaan_dagen", 20, 30, 56.0), exact("pip_mediaan_dagen", 40, 50, 52.0), "", REST,
         "De rest van de stad: 52 dagen; hier 4 dagen langer"),
        (exact("begeleiding_mediaan", 20, 30, 11.94), exact("begeleiding_mediaan", 40, 50, 12.96), "", REST,
         "De rest van de stad: 13,0 maanden; hier 1,1 maanden korter"),
        (exact("pip_mediaan_dagen", 20, 30, 56.0), exact("pip_mediaan_dagen", 9, 50, 52.0), "", REST,
         "De rest van de stad: te weinig waarnemingen"),
        (exact("pip_over_termijn", 1, 14, 1.0), exact("pip_over_termijn", 6, 84, 6.0), "", REST,
         "De rest van de stad: 6 van 84 zonder PIP"),
        # Of published figures no difference is told.
        (public("pip_tijdig", 40, 60, 0.67), public("pip_tijdig", 120, 180, 0.67), "", "heel Haarlem",
         "Heel Haarlem: 67% (120 van 180)"),
        (public("pip_tijdig", 40, 60, 0.67), public("pip_tijdig", None, None, None), "", "stadsdeel Noord",
         "Stadsdeel Noord: te klein om te tonen"),
    ],
)  # fmt: skip
def test_a_figure_is_told_beside_what_it_is_compared_with(here, other, verdict, name, line):
    indicator = queries.INDICATOREN[here["indicator"]]
    beside = told(indicator, here, other, verdict, name, earlier=name == JUNE)
    assert beside.line == line
    assert f'<p class="naast">{line}</p>' in tiles.html(tiles.kpi_tile(indicator, here | {"naast": beside}))
