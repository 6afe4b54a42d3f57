"""The public view as it runs, in a real browser: nothing of a record, and no count that was not published, leaves it.

The process has a publication and no snapshot. Every page is opened for the city, a stadsdeel and a doelgroep, with its
tables, and files are taken along; what came over the wire is hunted through for pseudonyms and exact counts. What is
left are published figures and sums of these, and those are attacked in test_attack.py.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote

import gathered
import polars as pl
import pytest
import towns
from playwright.sync_api import sync_playwright

from data.publicatie_kennis import puzzle
from pages.contents import PAGES
from queries import INDICATOREN

sys.path.append(str(Path(__file__).parents[1] / "browser"))
import application

SELECTIONS = ("", "?stadsdeel=Schalkwijk", f"?doelgroep={quote('Gezinsmigrant en overige migrant')}")
# How many files of a page are taken along: the first tables and charts, in every kind that is offered.
FILES = 2


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """All that the deployment gave to a browser."""
    if application.CHROMIUM is None:
        missing = "no Chromium found; install it or name it in the environment variable CHROMIUM"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    towns.outcomes()
    nothing = tmp_path_factory.mktemp("leeg") / "geen"
    found = gathered.Gathered()
    public = {"WI_WEERGAVE": "openbaar", "WI_PUBLICATIES": str(towns.publications())}
    with application.running(nothing, **public) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=application.CHROMIUM, args=application.FLAGS)
        for selection in SELECTIONS:
            for name in PAGES:
                # A context of its own, so that nothing is kept in a cache and all of it comes over the wire.
                context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL")
                visit(context, f"{address}/{name}{selection}", f"{name}{selection}", found, files=not selection)
                context.close()
        browser.close()
    assert not nothing.exists()
    return found


def visit(context, address: str, place: str, found: gathered.Gathered, *, files: bool) -> None:
    """Open a page, look at all of it, and keep what came."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    frames: list[bytes | str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    page.goto(address)
    application.settle(page)
    for closed in page.get_by_text("Toon de tabel").all():
        closed.click()
    application.settle(page)
    found.add_page(place, page.content())
    if files:
        take_along(page, found)
    found.add_frames(place, frames)
    page.close()


def take_along(page, found: gathered.Gathered) -> None:
    """The files that a page offers: of its first tables and charts, or those of the page itself."""
    for opener in page.get_by_role("button", name="Downloaden", exact=True).all()[:FILES]:
        opener.click()
        application.settle(page)
        save_all(page, found)
        page.keyboard.press("Escape")
        application.settle(page)
    save_all(page, found)


def save_all(page, found: gathered.Gathered) -> None:
    for button in page.get_by_test_id("stDownloadButton").locator("button:visible").all():
        with page.expect_download() as coming:
            button.click()
        saved = coming.value
        found.add_file(saved.suggested_filename, Path(saved.path()).read_bytes())


@pytest.fixture(scope="module")
def counts():
    """The true counts of the town."""
    exact = puzzle({towns.DAY: towns.true()}, basis=1)
    return {count for count, _ in exact.known.values()}


def test_enough_was_gathered_to_mean_something(everything):
    assert len({place for place, _ in everything.texts}) >= len(SELECTIONS) * len(PAGES)
    assert len(everything.tables) > 300
    kinds = {place.rsplit(".", 1)[-1] for place, _ in everything.raw}
    assert {"csv", "xlsx", "pdf", "docx"} <= kinds
    assert any("Monitor inburgering" in text for place, text in everything.texts if place.endswith(".pdf"))


def test_no_record_leaves_the_deployment(everything):
    folder = towns.snapshots()[towns.DAY]
    identifiers = [
        *pl.read_parquet(folder / "inburgeraar.parquet")["inburgeraar_id"],
        *pl.read_parquet(folder / "melding.parquet")["melding_id"],
    ]
    assert len(identifiers) > 1_000
    assert gathered.records(everything, identifiers) == []


def test_no_exact_count_stands_in_a_table_or_a_chart(everything, counts):
    medians = [name for name, entry in INDICATOREN.items() if entry.is_mediaan]
    published = {
        value
        for (question, _), frame in towns.shown()[towns.DAY].items()
        if question.startswith("kpi") and {"indicator", "waarde"} <= set(frame.columns)
        for value in frame.filter(pl.col("indicator").is_in(medians))["waarde"].drop_nulls()
    }
    assert gathered.exact_in_tables(everything, counts, published) == []


def test_no_exact_count_stands_in_a_text(everything, counts):
    assert gathered.exact_in_texts(everything, counts) == []
