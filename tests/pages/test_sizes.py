"""Every page stands on a very small town, on a large one, and when one table is empty; and all can be taken along.

The page is run as a visitor gets it. Each snapshot is made once and seen by one visitor who walks through all pages.
"""

from __future__ import annotations

import hashlib

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import contract
from data.demo import municipality
from data.intake import steps
from data.snapshots import store
from pages.overdracht import words as overdracht
from pages.show import downloads
from tests.cases import in_campaign
from tests.pages.conftest import SHELL
from tests.pages.test_smoke import DEMO, PAGES

SIZES = {"20 personen": 20, "5.000 personen": 5_000}
# How a file begins; the PNG is drawn from the SVG.
STARTS = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "svg": b"<svg"}
WITHOUT = {f"zonder {table}": table for table in contract.TABELLEN}
TOWNS = ["20 personen", "zonder begeleiding"]
TOWNS += in_campaign(*(name for name in (*SIZES, *WITHOUT) if name not in TOWNS))


def without(table: str, folder, root) -> None:
    """Takes in a demo of a small town in which one table has no rows."""
    municipality.maak(folder, personen=150)
    file = folder / f"{table}.parquet"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    pl.read_parquet(file).clear().write_parquet(file)
    # Still a demo: every file is the one that its manifest speaks of.
    manifest = folder / "manifest.json"
    told = manifest.read_text(encoding="utf-8").replace(before, hashlib.sha256(file.read_bytes()).hexdigest())
    manifest.write_text(told, encoding="utf-8")
    steps.take_in(folder, municipality.PEILDATUM, root, toch=True)


@pytest.fixture(scope="module", params=TOWNS)
def town(request, tmp_path_factory):
    """A folder of snapshots with one of the towns in use, and its name."""
    root = tmp_path_factory.mktemp("town")
    if request.param in SIZES:
        municipality.publiceer_demo(root, personen=SIZES[request.param])
    else:
        without(WITHOUT[request.param], tmp_path_factory.mktemp("delivery") / "levering", root)
    return request.param, root


def walk(root, monkeypatch):
    """One visitor who opens every page; gives the name of the page and the page as it is then."""
    monkeypatch.setattr(store, "SNAPSHOTS", root)
    st.cache_data.clear()
    st.cache_resource.clear()
    app = AppTest.from_file(str(SHELL), default_timeout=60).run()
    for name in PAGES:
        yield name, app if name == "overzicht" else app.switch_page(f"{name}/page.py").run()


def test_every_page_stands(town, monkeypatch, text_of):
    name, root = town
    if name in WITHOUT:
        # The table is really empty, and the others are not, unless nobody is left to be about.
        folder = store.in_use(root)
        rows = {table: pl.read_parquet(folder / f"{table}.parquet").height for table in contract.TABELLEN}
        assert rows[WITHOUT[name]] == 0
        assert any(rows.values())
    for page, app in walk(root, monkeypatch):
        assert not app.exception and not app.error, page
        text = text_of(app)
        assert DEMO in text, page
        assert text.count("<h1>") == 1, page


@pytest.fixture
def offered(monkeypatch):
    """Everything that is offered while a page is drawn: the item and its context, in the order of the page."""
    found = []
    real = downloads.offer

    def offer(item, around, key, label="Downloaden"):
        found.append((item, around))
        real(item, around, key, label)

    monkeypatch.setattr(downloads, "offer", offer)
    return found


@pytest.mark.parametrize("page", ["overdracht", *in_campaign(*(page for page in PAGES if page != "overdracht"))])
def test_every_chart_and_table_can_be_taken_along(open_page, in_parts, offered, page):
    for app in in_parts(open_page, page):
        _all_taken_along(app, offered, page)
        offered.clear()


def _all_taken_along(app, offered, page):
    assert not app.exception and not app.error
    tables = [block for block in app.get("html") if "<table>" in block.value]
    charts = [item for item, _ in offered if item.chart is not None]
    assert len(charts) == len(app.get("vega_lite_chart")), page
    # What stands on the page as a table, and not behind a chart, is offered as well.
    assert len(offered) - len(charts) >= len(tables), page
    buttons = [block for block in app.get("popover") if block.proto.popover.label == "Downloaden"]
    assert len(buttons) >= len(charts) + len(tables), page
    for item, around in offered:
        made = {file.name.rpartition(".")[2]: file.make for file in downloads.files(item, around, "x")}
        assert list(made) == ["xlsx", "csv", *(["png", "svg"] if item.chart is not None else [])], (page, item.title)
        for kind in STARTS.keys() & made.keys():
            content = made[kind]()
            content = content.encode() if isinstance(content, str) else content
            assert content.startswith(STARTS[kind]), (page, item.title, kind)


def test_who_left_is_in_no_bar_of_the_completion_and_not_in_its_n(open_page, offered):
    open_page("overdracht")
    (item,) = (item for item, _ in offered if item.title.startswith(overdracht.TEXTS["teams"]["done"]))
    assert item.n == f"n = {item.title.rpartition(' van ')[2]} personen"
