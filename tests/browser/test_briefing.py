"""The briefing as a visitor takes it along, in a real browser."""

from __future__ import annotations

import io

import openpyxl
import pikepdf
from docx import Document

from tests.pages.briefing.printed import Printed

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
    assert "Begeleiding" in openpyxl.load_workbook(io.BytesIO(files["Werkmap"][1])).sheetnames


def test_a_link_to_parts_of_the_annex_shows_those_parts(open_at):
    page = opened(open_at, f"{INTERN}&briefing_bijlage=De overdracht per wijkteam")
    headings = page.locator(".briefing h3").all_inner_texts()
    assert headings[0] == "Kernboodschap" and headings[-1] == "Bijlage 1. De overdracht per wijkteam"
    assert page.locator(PICTURES).count() == 3
    # On paper each of its pages comes once, as a picture.
    printed = Printed(page.pdf(format="A4"))
    assert len(printed.pages) == 4 and "Kernboodschap" not in printed.text
