"""The public view as it runs, in a real browser: nothing of a record, and no count that was not published, leaves it.

The process has a publication, then a second one, and no snapshot. Every page is opened for the city, a stadsdeel and a
doelgroep, with its tables, and files are taken along. What came over the wire is hunted through for pseudonyms and
exact counts; what is left are published figures and sums of these. All published figures are in the open data, which is
taken along from both publications and compared with what the attack on both withstood.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import quote

import application
import polars as pl
import pytest

from data.snapshots import store
from pages.contents import PAGES
from queries import INDICATOREN
from queries.definitions.columns import TELLINGEN
from queries.openbaar import publish
from queries.openbaar.attack.knowledge import puzzle
from queries.openbaar.attack.solver import ENOUGH
from queries.openbaar.publication import SOORT, SOORT_NAAM, PublicationManifest
from queries.openbaar.rules import Selectie
from tests import towns
from tests.queries.openbaar.attack import gathered

# In one worker: what was gathered is looked at by every test.
pytestmark = pytest.mark.xdist_group("two publications")
DAYS = (towns.EARLIER, towns.DAY)
SELECTIONS = (
    "",
    "?stadsdeel=Schalkwijk",
    "?stadsdeel=Oost&stadsdeel=Schalkwijk",
    f"?doelgroep={quote('Gezinsmigrant en overige migrant')}",
)
# How many files of a page are taken along: the first tables and charts, in every kind that is offered.
FILES = 2


@pytest.fixture(scope="module")
def publications(tmp_path_factory):
    """A folder with both publications, the second attacked together with the first; the first one is in use."""
    root = tmp_path_factory.mktemp("openbaar") / "publicaties"
    for day in DAYS:
        publish.publish(towns.folder(day), root)
    store.switch_to(DAYS[0], root)
    return root


@pytest.fixture(scope="module")
def published(publications):
    """What was published, per day."""
    folders = {day: store.folder_of(day, publications) for day in DAYS}
    return {day: publish.read_frames(made, PublicationManifest.read(made)) for day, made in folders.items()}


@pytest.fixture(scope="module")
def everything(chromium, publications, tmp_path_factory):
    """All that the deployment gave to a browser."""
    nothing = tmp_path_factory.mktemp("leeg") / "geen"
    found = gathered.Gathered()
    public = {"WI_WEERGAVE": "openbaar", "WI_PUBLICATIES": str(publications)}
    visits = [(f"{name}{selection}", f"{name}{selection}", not selection) for selection in SELECTIONS for name in PAGES]
    with application.running(nothing, **public) as address:
        for link, place, files in [("verantwoording", f"verantwoording {DAYS[0]}", True), *visits]:
            # A context of its own, so that nothing is kept in a cache and all of it comes over the wire.
            context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL")
            visit(context, f"{address}/{link}", place, found, files=files)
            context.close()
            store.switch_to(DAYS[1], publications)
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
    for _ in application.each_tab(page):
        found.add_page(place, page.content())
        if files:
            take_along(page, found)
    found.add_frames(place, frames)
    page.close()


def take_along(page, found: gathered.Gathered) -> None:
    """The files that a page offers: of its first tables and charts, and those of the page itself."""
    for opener in [*page.get_by_role("button", name="Downloaden", exact=True).all()[:FILES], None]:
        if opener:
            opener.click()
            application.settle(page)
        for button in page.get_by_test_id("stDownloadButton").locator("button:visible").all():
            with page.expect_download() as coming:
                button.click()
            found.add_file(coming.value.suggested_filename, Path(coming.value.path()).read_bytes())
        if opener:
            page.keyboard.press("Escape")
            application.settle(page)


def test_enough_was_gathered_to_mean_something(everything):
    assert len({place for place, _ in everything.texts}) >= len(SELECTIONS) * len(PAGES)
    assert len(everything.tables) > 300
    kinds = {place.rsplit(".", 1)[-1] for place, _ in everything.raw}
    assert {"csv", "xlsx", "pdf", "docx"} <= kinds
    assert any("Monitor inburgering" in text for place, text in everything.texts if place.endswith(".pdf"))


def test_the_open_data_are_all_figures_that_were_published(everything, published):
    """Of every selection and question, so that the attack missed none."""
    packed = {name: made for name, made in everything.raw if name.startswith("open-data_") and name.endswith(".zip")}
    assert {date.fromisoformat(name.split("_")[1]) for name in packed} == set(DAYS) and len(packed) == len(DAYS)
    for name, content in packed.items():
        frames = published[date.fromisoformat(name.split("_")[1])]
        seen = {
            (question, Selectie(soort, naam or "")): part.drop(SOORT, SOORT_NAAM)
            for question, table in gathered.published_tables(content).items()
            for (soort, naam), part in table.group_by(SOORT, SOORT_NAAM, maintain_order=True)
        }
        assert seen.keys() == {key for key, frame in frames.items() if frame.height}
        for key, frame in seen.items():
            assert frame.columns == frames[key].columns
            for kolom in TELLINGEN & set(frame.columns):
                assert frame[kolom].to_list() == frames[key][kolom].to_list(), key


def test_nothing_under_ten_was_narrowed_by_both_publications_together(publications):
    """Jointly over all tables, selections and quarters of two successive publications."""
    withstood = PublicationManifest.read(store.folder_of(DAYS[1], publications)).aanval
    assert withstood.publicaties == len(DAYS)
    assert withstood.cellen_onder_10 > 10_000
    assert withstood.smalste >= ENOUGH


def test_no_record_and_no_exact_count_leaves_the_deployment(everything, published):
    of_records = {"inburgeraar": "inburgeraar_id", "melding": "melding_id"}.items()
    identifiers = [
        each for name, key in of_records for each in pl.read_parquet(towns.folder() / f"{name}.parquet")[key]
    ]
    assert len(identifiers) > 1_000
    assert gathered.records(everything, identifiers) == []
    counts = {count for count, _ in puzzle({towns.DAY: towns.true()}, basis=1).known.values()}
    medians = [name for name, entry in INDICATOREN.items() if entry.is_mediaan]
    of_kpis = [frame for frames in published.values() for (question, _), frame in frames.items() if "kpi" in question]
    with_values = [frame for frame in of_kpis if {"indicator", "waarde"} <= set(frame.columns)]
    of_medians = [frame.filter(pl.col("indicator").is_in(medians))["waarde"] for frame in with_values]
    shown = {value for values in of_medians for value in values.drop_nulls()}
    assert gathered.exact_in_tables(everything, counts, shown) == []
    assert gathered.exact_in_texts(everything, counts) == []
