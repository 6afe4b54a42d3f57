"""That the tooltips of the charts are read well; those of every page are in test_every_page.py."""

from __future__ import annotations

import tooltips
from tooltips import faults_of

NOT_SAID = {
    "aandeel": ["42,000000%"],
    "ci_laag": ["0,716712624297"],
    "Aandeel": ["42,5%", "0.7167", "0.7", "null"],
    "Leerroute": ["B"],
    "Route en niveau nu": ["B · A2"],
    "Vanaf": ["2022-01-15", "15-01-2022"],
    "Number of months": ["12"],
    "Personen": [""],
}
SAID = [
    *(("Leerroute", "B1-route"), ("Aandeel", "ongeveer 79%"), ("Personen", "1.042 van 2.053")),
    *(("Na", "12,4 maanden"), ("Verhouding", "0,82 (0,61 tot 1,10)"), ("Vanaf", "15 januari 2022")),
]


def test_what_a_person_would_not_say_is_found_and_what_he_would_is_not():
    passed = [(about, said) for about, wrong in NOT_SAID.items() for said in wrong if not faults_of(about, said)]
    assert passed == []
    assert [(about, said) for about, said in SAID if faults_of(about, said)] == []


def test_a_text_has_no_tooltip_and_a_bar_has_one():
    said = [["Personen", "3"]]
    assert tooltips.faults([("rect", True, said), ("text", False, [])]) == set()
    wrong = [("rect", True, []), ("text", True, []), ("rule", False, said), ("canvas", True, [])]
    assert len(tooltips.faults(wrong)) == 4


def test_who_points_at_the_number_in_a_bar_points_at_the_bar(open_at):
    page = open_at("/overdracht")
    number = page.locator("[data-testid=stVegaLiteChart] .mark-text.role-mark text", has_text="8").first
    number.scroll_into_view_if_needed()
    place = number.bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.locator("#vg-tooltip-element.visible").wait_for()
    assert page.inner_text("#vg-tooltip-element.visible").startswith("Wijkteam")
