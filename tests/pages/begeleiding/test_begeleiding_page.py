"""The page Begeleiding as a visitor gets it, without a browser."""

import pytest

from pages.begeleiding import words as says
from pages.show import curves

MATURE = "lang genoeg geleden (twaalf maanden en een maand marge) om op 31 december 2022 te zien of de norm"
LAYMAN = "Van elke 100 perioden lopen er"
TOO_SMALL = [says.NO_CURVE], [says.NOBODY, curves.PER_MONTH]


@pytest.mark.parametrize(
    ("view", "link", "said", "not_said"),
    [
        ("open_page", {}, ["Verloop per maand", says.REGIMES, LAYMAN, MATURE, "nog niet te beoordelen"], []),
        ("open_page", {"wijkteam": "Meerwijk"}, [says.CURVE], [says.NOBODY]),
        ("open_page", {"huisvesting_van": "2023-06-01"}, [says.NOBODY], [says.CURVE]),
        ("open_public_page", {}, ["Verloop per kwartaal", "ongeveer", curves.PER_MONTH], ["per maand", curves.DOTTED]),
        # Too small is never nobody.
        ("open_public_page", {"stadsdeel": "Onbekend"}, *TOO_SMALL),
        ("open_public_page", {"doelgroep": "Gezinsmigrant en overige migrant"}, *TOO_SMALL),
    ],
)
def test_the_page_stands_and_says_what_there_is(request, text_of, view, link, said, not_said):
    app = request.getfixturevalue(view)("begeleiding", **link)
    text, titles = text_of(app), [header.value for header in (*app.header, *app.subheader)]
    assert not app.exception and not app.error
    assert len(titles) == len(set(titles))
    assert [words for words in said if words not in text] == []
    assert [words for words in not_said if words in text] == []
