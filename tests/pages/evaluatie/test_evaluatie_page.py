"""The page Evaluatie as a visitor gets it, with and without the optional columns of melding."""

import hashlib
import json
import re

import polars as pl
import pytest

import queries
from data.snapshots import store
from pages.evaluatie import words as says
from pages.words import formats, sentences
from queries.definitions.columns import TELLINGEN
from queries.openbaar import protect, publish
from queries.openbaar import publication as openbaar
from queries.openbaar.rules import REGELS, STAD
from tests import towns


@pytest.fixture(scope="module")
def registered():
    """A demo in which the wijkteams register who asks, and large enough to meet every condition."""
    return towns.demo(personen=5000, melding_met_statushouder=True)


@pytest.fixture
def with_columns(snapshots_in_use, registered, monkeypatch):
    """The application reads the demo with the optional columns."""
    monkeypatch.setattr(store, "SNAPSHOTS", registered)


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
    assert says.NO_COMPARISON in text
    assert "95%-interval:" not in text
    assert "BAZ 2022/48297" in text
    assert len(titles(app)) == len(set(titles(app)))


def test_with_the_columns_and_all_conditions_the_comparison_and_its_cautions_are_there(
    with_columns, open_page, text_of
):
    app = open_page("evaluatie")
    text = text_of(app)
    assert not app.exception and not app.error
    assert bevinding(text) == sentences.DIFFERENCE["minder"]
    assert "Hoeveel meldingen er per 100 personen kwamen" in text
    assert "Aan 6 van de 6 voorwaarden voor een vergelijking is voldaan" in titles(app)
    assert "De vergelijking" in titles(app)
    for caution in says.HOW_TO_READ:
        assert caution in text


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


def test_nobody_and_nothing_is_said_in_words(open_page, text_of):
    app = open_page("evaluatie", stadsdeel="Onbekend", huisvesting_van="2023-06-01")
    assert not app.exception and not app.error
    assert sentences.NO_DIFFERENCE_MEASURABLE in bevinding(text_of(app))
    assert says.NO_REGIMES in text_of(app)


def test_twenty_persons_are_too_few_and_the_page_stands(snapshots_in_use, monkeypatch, open_page, text_of):
    monkeypatch.setattr(store, "SNAPSHOTS", towns.demo(personen=20, melding_met_statushouder=True))
    app = open_page("evaluatie")
    assert not app.exception and not app.error
    assert sentences.NO_DIFFERENCE_MEASURABLE in bevinding(text_of(app))


# --- the public view


@pytest.fixture(scope="module")
def published(registered, tmp_path_factory):
    """The demo with the optional columns as it is published, for the city and the questions of this page."""
    folder = tmp_path_factory.mktemp("published")
    engine = protect.Protected(store.in_use(registered), publish.DEMO_ZOUT)
    engine.prepare(STAD.selection)
    asked = [name for name in REGELS if name.startswith(("evaluatie_", "melding_"))]
    frames = protect.published({(name, STAD): protect.answered(name, STAD, engine) for name in asked})
    for (name, _), frame in frames.items():
        city = [pl.lit("stad").alias(openbaar.SOORT), pl.lit("").alias(openbaar.SOORT_NAAM)]
        frame.select(*city, *frame.columns).write_parquet(folder / f"{name}.parquet")
    manifest = {
        "formaat": openbaar.FORMAAT,
        "bestanden": {
            f"{name}.parquet": hashlib.sha256((folder / f"{name}.parquet").read_bytes()).hexdigest() for name in asked
        },
        "peildatum": engine.peildatum.isoformat(),
        "herkomst": "demo",
        "levering_id": "met-statushouder",
        "stadsdelen": engine.stadsdelen,
        "wijkteams": engine.wijkteams,
        "alle_wijkteams": engine.alle_wijkteams,
    }
    (folder / store.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def exact_numbers(folder, questions):
    """Every count of the page in the intern view that is not a multiple of ten, as it would be written."""
    database = queries.open_database(folder)
    counted = {
        int(value)
        for name in questions
        for column, values in queries.run(name, queries.Selection(), database).to_dict().items()
        if column in TELLINGEN
        for value in values
        if value is not None
    }
    return {formats.count(number) for number in counted if number > 100 and number % 10}


def test_a_publication_with_the_columns_compares_about_and_says_that_it_was_rounded(
    published, registered, open_public_page, monkeypatch, text_of
):
    monkeypatch.setattr(queries, "PUBLICATIES", published)
    app = open_public_page("evaluatie")
    text = text_of(app)
    assert not app.exception and not app.error
    assert bevinding(text) == sentences.DIFFERENCE["minder"]
    assert "per 100 personen kwamen: ongeveer " in text
    assert "Aan 6 van de 6 voorwaarden voor een vergelijking is voldaan" in titles(app)
    exact = exact_numbers(store.in_use(registered), ("evaluatie_meldingen", "evaluatie_regimes"))
    assert len(exact) > 5
    assert [number for number in exact if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.,]*\d)", text)] == []


@pytest.mark.parametrize("link", [{}, {"stadsdeel": "Centrum"}])
def test_the_public_page_says_the_same_and_never_that_there_is_nobody(open_public_page, text_of, link):
    app = open_public_page("evaluatie", **link)
    text = text_of(app)
    assert not app.exception and not app.error
    assert sentences.NO_DIFFERENCE_MEASURABLE in bevinding(text)
    assert says.NO_REGIMES not in text
    assert "Gehuisvest vanaf" not in re.findall(r"<table>.*</table>", text)[-1]
    assert not re.search(r"\b0 (personen|meldingen)\b", text)
