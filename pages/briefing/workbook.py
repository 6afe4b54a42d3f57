"""The workbook: every figure behind a briefing, a sheet per question, and a sheet that says what they are."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import queries
from pages.briefing import content, figures
from pages.briefing.document import TEXTS
from pages.filters import bar
from pages.show import downloads, sheets
from pages.show.table import Shown, heading
from pages.words import formats

MIME = sheets.XLSX_MIME
NOTATION, HEADINGS = TEXTS["workbook"]["notation"], TEXTS["workbook"]["headings"]
# The columns that have the unit of the KPI in their row.
IN_ITS_UNIT = {"waarde", "eerder_waarde", "verschil", "ci_laag", "ci_hoog"}


def xlsx(found: figures.Figures) -> bytes:
    """All figures of the briefing; the same figures give the same bytes."""
    file = io.BytesIO()
    title, marks = f"{TEXTS['kind']}: {content.title(found)}", " · ".join(content.marks(found))
    facts = (
        ("Let op", marks),
        ("Gaat over", content.selection_words(found)),
        ("Peildatum", formats.long_date(found.peildatum)),
        ("Uitgave", found.uitgave),
        ("Bron", found.source),
        ("Levering", found.delivery),
        ("Bescherming", TEXTS[found.uitgave]["protection"]),
        ("Getallen", NOTATION),
        ("Let op", bar.EARLIER_PEILDATUM if found.selection.peildatum else ""),
    )
    meanings = [
        (figures.QUESTIONS[question], HEADINGS.get(name) or heading(name), queries.VRAGEN[question].kolommen[name])
        for question, frame in found.frames.items()
        for name in frame.columns
        if name in queries.VRAGEN[question].kolommen
    ]
    parts = (
        ((), [(label, text) for label, text in facts if text]),
        (("Blad", "Kolom", "Betekenis"), meanings),
        downloads.definitions(queries.INDICATOREN),
    )
    titles = {"indicator": lambda name: queries.INDICATOREN[name].titel}
    created = found.made.astimezone(UTC).replace(tzinfo=None)
    with sheets.new_book(file, title=title, comments=marks, created=created) as book:
        sheets.add_explanation(book, title, parts, marks)
        for question, frame in found.frames.items():
            shown = Shown(frame, HEADINGS, titles, pattern=_pattern)
            above = f"{queries.VRAGEN[question].titel}. {marks}".strip()
            sheets.add_table(book, figures.QUESTIONS[question], shown, above, marks)
    return file.getvalue()


def _pattern(column: str, row: Mapping[str, Any]) -> str:
    """How Excel shows a figure, whose unit follows from its row."""
    if "voorwaarde" in row:
        return "#,##0" if row["voorwaarde"].startswith("groep") else "0.0%"
    unit = queries.INDICATOREN[row["indicator"]].eenheid if "indicator" in row else ""
    if unit == "aandeel" and column in IN_ITS_UNIT:
        return "0.0%"
    if unit == "maanden" and column == "waarde":
        return "#,##0.0"
    return "#,##0.00" if (row[column] or 0) % 1 else "#,##0"
