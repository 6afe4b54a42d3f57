"""The page Evaluatie as a visitor gets it, with and without the optional columns of melding."""

import re

import pytest

import queries
from data.snapshots import store
from pages.evaluatie import words as says
from pages.words import formats, sentences
from queries import written
from queries.openbaar import protect, publish
from queries.openbaar.rules import REGELS, STAD
from tests import towns


def registered():
    """A demo in which the wijkteams register who asks, and large enough to meet every condition."""
    return towns.demo(personen=5000, melding_met_statushouder=True)


@pytest.fixture
def with_columns(snapshots_in_use, monkeypatch):
    """The application reads the demo with the optional columns."""
    monkeypatch.setattr(store, "SNAPSHOTS", registered())


def titles(app):
    return [heading.value for heading in (*app.header, *app.subheader)]


def bevinding(text):
    return text.split('class="bevinding">')[1].split("</p>")[0]


def test_without_the_columns_the_page_says_plainly_that_the_data_cannot_tell(open_page, text_of):
    app = open_page("evaluatie")
    text = text_of(app)
    assert not app.exception and not app.error
    assert bevinding(text) == (
        f"{sentences.NO_DIFFERENCE_MEASURABLE} De wijkteams leggen niet vast of de vrager statushouder is."
    )
    assert "Aan 2 van de 6 voorwaarden voor een vergelijking is voldaan" in titles(app)
    assert says.TEXTS["no_comparison"] in text
    assert "95%-interval:" not in text
    assert "toezegging BAZ 2022/48297: Evaluatie van de kortere maatschappelijke begeleiding. Stand: Afgedaan." in text
    assert len(titles(app)) == len(set(titles(app)))


def test_with_the_columns_and_all_conditions_there_is_a_comparison_with_cautions(with_columns, open_page, text_of):
    app = open_page("evaluatie")
    text = text_of(app)
    assert not app.exception and not app.error
    assert bevinding(text) == sentences.DIFFERENCE["minder"]
    assert "Hoeveel meldingen er per 100 personen kwamen" in text
    assert "Aan 6 van de 6 voorwaarden voor een vergelijking is voldaan" in titles(app)
    assert "De vergelijking" in titles(app)
    assert all(caution in text for caution in says.TEXTS["how_to_read"])


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ({"doelgroep": "Asielstatushouder"}, "Een filter op doelgroep verandert de groepen en niet de meldingen"),
        ({"wijkteam": "Meerwijk"}, "De groepen zijn te klein: een klein verschil zou niet opvallen."),
    ],
)
def test_a_filter_on_persons_and_a_small_area_take_the_comparison_away(with_columns, open_page, text_of, link, reason):
    app = open_page("evaluatie", **link)
    assert bevinding(text_of(app)).startswith(sentences.NO_DIFFERENCE_MEASURABLE)
    assert reason in bevinding(text_of(app))
    assert "De vergelijking" not in titles(app)


# --- the public view


@pytest.fixture
def published(nothing_kept, monkeypatch):
    """The public view has the demo with the optional columns, for the city and the questions of this page."""
    engine = protect.Protected(store.in_use(registered()), publish.DEMO_ZOUT)
    asked = [name for name in REGELS if name.startswith("evaluatie_")]
    frames = protect.published({(name, STAD): protect.answered(name, STAD, engine) for name in asked})
    monkeypatch.setattr(queries, "shown", lambda name, *_: written.with_texts(frames[name, STAD]))


def test_a_publication_with_the_columns_compares_rounded_counts(published, open_public_page, text_of):
    app = open_public_page("evaluatie")
    text = text_of(app)
    assert not app.exception and not app.error
    assert bevinding(text) == sentences.DIFFERENCE["minder"]
    assert "per 100 personen kwamen: ongeveer " in text
    assert "Aan 6 van de 6 voorwaarden voor een vergelijking is voldaan" in titles(app)
    database = queries.open_database(store.in_use(registered()))
    counted = (queries.answer(name, None, database) for name in ("evaluatie_meldingen", "evaluatie_regimes"))
    exact = {number for frame in counted for row in frame.rows() for number in row if isinstance(number, int)}
    as_written = [formats.count(number) for number in exact if number > 100 and number % 10]
    assert len(as_written) > 5
    assert [number for number in as_written if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.,]*\d)", text)] == []


@pytest.mark.parametrize("link", [{}, {"stadsdeel": "Centrum"}])
def test_the_public_page_says_the_same_and_never_that_there_is_nobody(open_public_page, text_of, link):
    app = open_public_page("evaluatie", **link)
    text = text_of(app)
    assert not app.exception and not app.error
    assert sentences.NO_DIFFERENCE_MEASURABLE in bevinding(text)
    assert says.TEXTS["no_regimes"] not in text
    assert "Gehuisvest vanaf" not in re.findall(r"<table>.*</table>", text)[-1]
    assert not re.search(r"\b0 (personen|meldingen)\b", text)
