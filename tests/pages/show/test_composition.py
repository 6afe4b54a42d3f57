"""Bars of 100%: the shares in them, on how many they rest, and words where there are too few or where one is hidden."""

import pytest

from pages.show import theme
from pages.show.composition import composition
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.drawing import rows_of, tooltip_faults
from tests.pages.show.published import exact, published
from tests.pages.show.test_bars import texts

COLOURS = {"B1-route": theme.BLUE, "Onderwijsroute": theme.ORANGE, "Z-route": theme.PURPLE}
FIGURES = "gebied route teller noemer waarde ci_laag ci_hoog"


def of(area, whole, *parts):
    """Rows of one area: how many of how many per route; None may not be shown."""
    return [
        (area, route, part, None if part is None else whole, None if part is None else part / whole, None, None)
        for route, part in zip(COLOURS, parts, strict=True)
    ]


def drawn(make, values):
    frame = presentation.from_ten(make(answers.rows(FIGURES, *values)))
    return composition(frame, COLOURS, row="gebied", part="route", what="Routes")


OOST, FEW, PUBLIC = of("Oost", 30, 15, 0, 15), of("Centrum", 9, 3, 0, 6), of("Oost", 50, 20, None, 20)


@pytest.mark.parametrize(
    ("make", "values", "said", "written"),
    [
        (exact, OOST, "Oost, n = 30: B1-route 50%, onderwijsroute 0% en z-route 50%", {"n = 30", "50%"}),
        (exact, [*OOST, *FEW],
         "Oost, n = 30: B1-route 50%, onderwijsroute 0% en z-route 50%; "
         "Centrum, n = 9 (te weinig voor percentages): B1-route 3 en z-route 6",
         {"B1-route 3 en z-route 6", "n = 9 (te weinig voor percentages)"}),
        (published, PUBLIC,
         "Oost, n = ongeveer 50: B1-route 40%, onderwijsroute te klein om te tonen en z-route 40%", {"40%"}),
    ],
    ids=["exact", "fewer than ten have their counts", "a share that may not be shown"],
)  # fmt: skip
def test_a_row_has_its_shares_and_on_how_many_it_rests(make, values, said, written):
    chart = drawn(make, values)
    assert chart.description == f"Routes. {said}."
    assert written <= set(texts(chart))
    assert tooltip_faults(chart) == []
    # Who cannot be told apart from the others is no share of the bar.
    assert all(row["waarde"] > 0 for row in rows_of(chart) if "waarde" in row)
    assert {row["gebied"] for row in rows_of(chart) if "waarde" in row} == {"Oost"}


def test_without_any_share_there_is_no_bar():
    assert drawn(exact, FEW) is None
    assert drawn(exact, []) is None
