"""What the pages ask: what is done before the first visitor comes."""

import gc

import queries
from data.snapshots import store
from pages.access import questions


def test_a_first_visitor_finds_every_question_answered(snapshots_in_use, nothing_kept, open_page, monkeypatch):
    questions.warm()
    gc.unfreeze()
    asked = []
    monkeypatch.setattr(queries, "shown", lambda name, *_: asked.append(name))
    app = open_page("overzicht")
    assert not asked and not app.error and app.header


def test_a_start_without_data_is_left_for_the_visitor(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path)
    questions.warm()
    assert not list(tmp_path.iterdir())
