"""The pages as a visitor gets them, without a browser: pages/shell.py on a small demo snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import queries
from data import demo, publication, snapshot
from queries import openbaar

SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


@pytest.fixture(scope="session")
def demo_snapshots(tmp_path_factory):
    """A folder of snapshots with the demo in use."""
    root = tmp_path_factory.mktemp("snapshots")
    demo.publiceer_demo(root)
    return root


@pytest.fixture
def snapshots_in_use(demo_snapshots, monkeypatch):
    """The application reads the demo of the tests, whatever stands in the working tree."""
    monkeypatch.setattr(snapshot, "SNAPSHOTS", demo_snapshots)
    st.cache_data.clear()
    st.cache_resource.clear()
    return demo_snapshots


@pytest.fixture
def open_page(snapshots_in_use):
    """Runs the shell and then a page of it: open_page("overdracht", stadsdeel=["Noord"])."""
    return _open


def _open(name: str = "overzicht", **link: str | list[str]) -> AppTest:
    app = AppTest.from_file(str(SHELL), default_timeout=600)
    for key, values in link.items():
        app.query_params[key] = values
    app.run()
    if name != "overzicht":
        app.switch_page(f"{name}/page.py").run()
    return app


@pytest.fixture(scope="session")
def demo_publication(demo_snapshots, tmp_path_factory):
    """A folder of publications with that of the demo in use."""
    root = tmp_path_factory.mktemp("publicaties")
    publication.publish(snapshot.in_use(demo_snapshots), root)
    return root


@pytest.fixture
def public_view(demo_publication, tmp_path, monkeypatch):
    """The application shows the publication of the tests; there is no snapshot."""
    monkeypatch.setenv(openbaar.WEERGAVE, openbaar.OPENBAAR)
    monkeypatch.setattr(queries, "PUBLICATIES", demo_publication)
    monkeypatch.setattr(snapshot, "SNAPSHOTS", tmp_path / "geen")
    st.cache_data.clear()
    st.cache_resource.clear()
    return queries.open_publication()


@pytest.fixture
def open_public_page(public_view):
    """As open_page, in the public view: open_public_page("overdracht", stadsdeel="Noord")."""
    return _open


@pytest.fixture
def text_of():
    """Everything that a page says in HTML blocks, messages, headings and plain text."""

    def read(app: AppTest) -> str:
        blocks = (app.get("html"), app.error, app.warning, app.header, app.subheader, app.markdown)
        return "\n".join(str(block.value) for kind in blocks for block in kind)

    return read
