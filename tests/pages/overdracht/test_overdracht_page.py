"""The page Overdracht as a visitor gets it, without a browser."""

import pytest

from pages.filters import bar
from pages.overdracht import words as says
from pages.show import curves

EXPLAINED = [says.TWO_FILTERS, says.PILOT, says.MOSTLY_EARLIER, "Onder het contract van 2022"]
NOBODY = [says.NOBODY, says.ALL_LEFT, says.NOBODY_WAITS, says.NOBODY_HANDED_OVER, says.NO_QUARTER]
UNKNOWN = bar.UNKNOWN_CHOICE.format(says.RECEIVING)


@pytest.mark.parametrize(
    ("view", "link", "said", "not_said"),
    [
        ("open_page", {}, [*EXPLAINED, '<tr class="totaal"', ">Oost<", ">Zuid-West<"], [says.NOBODY]),
        ("open_page", {"overdracht_wijkteam": "Oost"}, [">Oost<"], [">Zuid-West<", UNKNOWN]),
        ("open_page", {"wijkteam": "Meerwijk"}, EXPLAINED[:2], [says.NOBODY]),
        ("open_page", {"huisvesting_van": "2023-06-01"}, [says.NOBODY], []),
        # A link that picks a wijkteam is told that it does not count.
        ("open_public_page", {"overdracht_wijkteam": "Oost"},
         [says.TOGETHER, says.POPULATION, says.NO_SHARES, UNKNOWN], [says.TWO_FILTERS, curves.DOTTED]),
        ("open_public_page", {"stadsdeel": "Centrum"}, [says.CITY_ONLY], NOBODY),
        ("open_public_page", {"doelgroep": "Gezinsmigrant en overige migrant"}, [says.CITY_ONLY], NOBODY),
    ],
)  # fmt: skip
def test_the_page_stands_and_says_what_there_is(request, text_of, view, link, said, not_said):
    app = request.getfixturevalue(view)("overdracht", **link)
    text, titles = text_of(app), [header.value for header in (*app.header, *app.subheader)]
    assert not app.exception and not app.error
    assert len(titles) == len(set(titles))
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []
    assert ("overdracht_wijkteam" in [widget.key for widget in app.multiselect]) == (view == "open_page")


def test_the_wijkteams_that_are_picked_leave_the_finding_alone(open_page, text_of):
    found = {
        text_of(open_page("overdracht", **link)).split('class="bevinding">')[1].split("</p>")[0]
        for link in ({}, {"overdracht_wijkteam": "Oost"})
    }
    assert len(found) == 1
