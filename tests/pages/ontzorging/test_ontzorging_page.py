"""The page Ontzorging as a visitor gets it, without a browser."""

import pytest

from pages.ontzorging import words as says

TOO_SMALL = [says.CITY_ONLY], [says.NOBODY, says.NO_COVERAGE, says.NOBODY_STARTED, *says.NO_REASONS.values()]


@pytest.mark.parametrize(
    ("view", "link", "said", "not_said"),
    [
        ("open_page", {}, [says.NORM, says.TARGET_GROUP, "Stadsdelen met"], []),
        ("open_page", {"ontzorging_niveau": "Wijkteam"}, ["Wijkteamgebieden met"], ["Stadsdelen met"]),
        ("open_page", {"stadsdeel": "Onbekend"}, [says.NOBODY], []),
        ("open_page", {"wet": "WI2013"}, [says.NOBODY], []),
        ("open_public_page", {}, ["Verloop per kwartaal"], ["per maand", says.SHOW_PER]),
        # Too small is never nobody.
        ("open_public_page", {"stadsdeel": "Onbekend"}, *TOO_SMALL),
        ("open_public_page", {"doelgroep": "Gezinsmigrant en overige migrant"}, *TOO_SMALL),
    ],
)
def test_the_page_stands_and_says_what_there_is(request, text_of, view, link, said, not_said):
    app = request.getfixturevalue(view)("ontzorging", **link)
    text, titles = text_of(app), [header.value for header in (*app.header, *app.subheader)]
    assert not app.exception and not app.error
    assert len(titles) == len(set(titles))
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []
    # There is nothing to choose in the public view.
    assert len(app.get("button_group")) == (view == "open_page")
