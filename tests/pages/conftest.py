"""The pages as a visitor gets them, without a browser: pages/shell.py on a small demo snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import queries
from data.snapshots import store
from pages import start
from pages.filters import bar
from pages.show import vega
from queries.openbaar import publication
from tests import towns

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


@pytest.fixture(scope="session")
def demo_snapshots():
    """A folder of snapshots with the demo in use."""
    return towns.demo()


@pytest.fixture
def snapshots_in_use(demo_snapshots, monkeypatch):
    """The application reads the demo of the tests, whatever stands in the working tree."""
    monkeypatch.setattr(store, "SNAPSHOTS", demo_snapshots)
    for name in ("demo_publication", "demo_publication_beside"):
        monkeypatch.setattr(start, name, lambda *_: queries.open_publication(towns.publications()))
    return demo_snapshots


@pytest.fixture
def nothing_kept():
    """No answer is kept from before, and none after: for who bends what answers."""
    st.cache_data.clear()
    yield
    st.cache_data.clear()


@pytest.fixture
def open_page(snapshots_in_use):
    """Runs the shell with a page in it: open_page("overdracht", stadsdeel=["Noord"])."""
    return _open


def _open(name: str = "overzicht", **link: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(SHELL), default_timeout=600)
    for key, values in link.items():
        app.query_params[key] = values
    # As a link does; switch_page goes by way of the first page, and that one takes longest of all.
    app._page_hash = calc_hash(name)
    return app.run()


@pytest.fixture
def in_parts():
    """A page once with each of its tabs open, the first one first: in_parts(open_page, "overdracht", wet="WI2021")."""

    def opened(open_page, name: str, **link: str | list[str]) -> Iterator[AppTest]:
        key = f"{name}_deel"
        parts = import_module(f"pages.{name}.words").TEXTS["parts"] if key in bar.OWN else [None]
        for part in parts:
            yield open_page(name, **link, **({key: part} if part else {}))

    return opened


@pytest.fixture(scope="session")
def demo_publication():
    """A folder of publications with that of the demo in use."""
    return towns.publications()


@pytest.fixture
def public_view(demo_publication, tmp_path, monkeypatch):
    """The application shows the publication of the tests; there is no snapshot."""
    monkeypatch.setenv(publication.WEERGAVE, publication.OPENBAAR)
    monkeypatch.setattr(queries, "PUBLICATIES", demo_publication)
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "geen")
    return queries.open_publication()


@pytest.fixture
def open_public_page(public_view):
    """As open_page, in the public view: open_public_page("overdracht", stadsdeel="Noord")."""
    return _open


@pytest.fixture
def drawn(monkeypatch):
    """The charts that pages show from here on."""
    charts, specification = [], vega.specification
    monkeypatch.setattr(vega, "specification", lambda chart: (charts.append(chart), specification(chart))[1])
    return charts


@pytest.fixture
def text_of():
    """Everything that a page says in HTML blocks, messages, headings and plain text."""

    def read(app: AppTest) -> str:
        kinds = (app.get("html"), app.error, app.warning, app.header, app.subheader, app.markdown)
        return "\n".join(str(block.value) for kind in kinds for block in kind)

    return read
