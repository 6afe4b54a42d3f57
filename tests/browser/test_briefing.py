"""The briefing as a visitor takes it along, in a real browser."""

from __future__ import annotations

import io

import openpyxl
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document

WCAG = {"runOnly": ["wcag2a", "wcag2aa"], "resultTypes": ["violations"]}
INTERN = "/briefing?briefing_uitgave=Intern&stadsdeel=Schalkwijk"
PICTURES = "[data-testid=stImage] img"


def opened(open_at, path, **view):
    page = open_at(path, **view)
    page.locator(PICTURES).first.wait_for()
    return page


def taken(page, label: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_every_kind_of_briefing_arrives_whole(open_at):
    page = opened(open_at, INTERN)
    files = {label: taken(page, label) for label in ("PDF", "Word", "Werkmap")}
    stem = "briefing_intern_2022-12-31_schalkwijk_demo"
    assert [name for name, _ in files.values()] == [f"{stem}.pdf", f"{stem}.docx", f"{stem}.xlsx"]
    with pikepdf.open(io.BytesIO(files["PDF"][1])) as document:
        assert len(document.pages) == page.locator(PICTURES).count()
    assert Document(io.BytesIO(files["Word"][1])).paragraphs[0].text == "Informatienota"
    assert "kpi" in openpyxl.load_workbook(io.BytesIO(files["Werkmap"][1])).sheetnames


def test_a_link_to_sections_shows_those_sections(open_at):
    page = opened(open_at, f"{INTERN}&briefing_onderdeel=Kernboodschap")
    assert page.locator(".briefing h3").all_inner_texts() == ["Kernboodschap"]
    assert page.locator(PICTURES).count() == 1


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (400, "light"), (1400, "dark"), (400, "dark")])
def test_the_page_is_accessible_and_fits(open_at, width, scheme):
    page = opened(open_at, INTERN, width=width, scheme=scheme)
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert all(page.locator(PICTURES).evaluate_all("all => all.map(one => one.alt)"))
