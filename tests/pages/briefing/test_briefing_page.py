"""The page Briefing as a visitor gets it: editions, sections, and that an exact figure is only for who may see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import queries
from pages import start
from pages.access import gate, questions
from pages.briefing import content, figures, screen
from pages.briefing.document import TEXTS, Facts
from tests import towns


@pytest.fixture
def briefing(open_page, monkeypatch):
    """Opens the page with a publication in use, or without: briefing(publication=False, briefing_uitgave="Intern")."""

    def run(publication=True, **link):
        monkeypatch.setattr(queries, "PUBLICATIES", towns.published() if publication else towns.published() / "leeg")
        return open_page("briefing", **link)

    return run


def test_the_public_edition_is_what_opens_first(briefing, text_of):
    app = briefing()
    text = text_of(app)
    assert not app.exception and not app.error
    assert TEXTS["openbaar"]["what"] in text
    # Not in the document, and not above it either.
    assert "Intern: niet openbaar maken" not in text
    assert "ongeveer" in text[text.index('<div class="briefing">') :]
    assert [button.proto.label for button in app.get("download_button")] == ["PDF", "Word", "Werkmap met alle cijfers"]


def test_the_internal_edition_has_exact_figures_and_says_so(briefing, text_of):
    app = briefing(briefing_uitgave="Intern", stadsdeel="Schalkwijk")
    text = text_of(app)
    assert not app.exception
    assert "Intern: niet openbaar maken" in text and "stadsdeel Schalkwijk" in text
    exact = queries.answer("kpi", queries.Selection(stadsdelen=("Schalkwijk",))).to_dicts()
    row = next(row for row in exact if row["indicator"] == "intake_gestart")
    assert f">{row['teller']} van {row['noemer']}<" in text


def test_without_a_publication_no_figure_takes_its_place_and_that_of_the_demo_is_made(briefing, text_of, monkeypatch):
    monkeypatch.setattr(start, "demo_publication_beside", lambda *_: None)
    app = briefing(publication=False)
    assert [message.value for message in app.error] == [TEXTS["not_published"]]
    assert not app.get("download_button")
    assert "<table" not in text_of(app)
    monkeypatch.setattr(start, "demo_publication_beside", lambda *_: queries.open_publication(towns.published()))
    app = briefing(publication=False)
    assert not app.error
    assert TEXTS["openbaar"]["what"] in text_of(app) and TEXTS["page"]["of_the_demo"] in text_of(app)


@pytest.mark.parametrize(
    ("link", "left_out", "kept"),
    [
        ({"stadsdeel": "Centrum", "doelgroep": "Asielstatushouder"}, "Asielstatushouder", "stadsdeel Centrum"),
        (
            {"stadsdeel": ["Centrum", "Oost"], "cohort": "2022"},
            "stadsdelen Centrum en Oost en cohort 2022",
            "heel Haarlem",
        ),
        ({"stadsdeel": ["Oost", "Schalkwijk"], "cohort": "2022"}, "cohort 2022", "stadsdelen Oost en Schalkwijk"),
        ({"peildatum": "30-06-2022"}, "Stand 30 juni 2022", "stand 31 december 2022"),
    ],
)
def test_a_filter_that_the_public_edition_lacks_is_named_and_left_out(briefing, text_of, link, left_out, kept):
    app = briefing(**link)
    assert not app.error
    text = text_of(app)
    assert TEXTS["page"]["left_out"].format(left_out) in text
    assert kept in text[text.index('<div class="briefing">') :]


def test_what_is_filled_in_on_the_page_stands_above_the_document(briefing, text_of, monkeypatch):
    app = briefing(briefing_uitgave="Intern")
    app.text_input(key="nota_zaaknummer").set_value(" 2023/0001 ").run()
    app.text_area(key="nota_eerdere_besluiten").set_value("Nota A\n\nNota B").run()
    text = text_of(app)
    assert "<dt>Zaaknummer</dt><dd>2023/0001</dd>" in text and "<dd>Nota A; Nota B</dd>" in text
    # Nobody in public puts a name above a document of the municipality.
    monkeypatch.setattr(questions, "view", lambda: gate.OPENBAAR)
    assert not [field for field in briefing().text_input if field.key.startswith("nota_")]


def test_who_sees_the_public_view_is_not_offered_the_internal_edition_nor_given_it(briefing, monkeypatch):
    monkeypatch.setattr(questions, "view", lambda: gate.OPENBAAR)
    app = briefing(briefing_uitgave="Intern")
    assert not app.exception
    assert not [group for group in app.get("button_group") if group.label == "Uitgave"]
    (told,) = [message.value for message in app.warning]
    assert told == "De link noemt bij “Uitgave” iets dat hier niet te kiezen is; dat telt niet mee."
    monkeypatch.setattr(questions, "database", queries.open_database)
    with pytest.raises(queries.QueryError, match="alleen voor wie is aangemeld"):
        screen.figures_of(figures.INTERN, queries.Selection())


def test_the_text_on_the_screen_is_escaped(intern):
    evil = ("<b>kop</b>", ("<script>alert(1)</script>", ("<i>",), Facts((("<u>", "<s>"),))))
    html = screen.html(replace(content.build(intern(), ()), annex=(evil,)))
    assert not any(tag in html for tag in ("<script>", "<b>", "<i>", "<u>", "<s>"))
    assert "&lt;b&gt;kop&lt;/b&gt;" in html
