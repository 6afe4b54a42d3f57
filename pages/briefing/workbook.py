"""The workbook: every figure behind a briefing, a sheet per theme, and a first sheet that says how to read them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC
from typing import Any

import polars as pl

import queries
from pages.briefing import annex, content, figures
from pages.briefing.document import TEXTS
from pages.filters import bar
from pages.show import downloads, sheets
from pages.show.table import Shown, heading
from pages.words import formats, presentation, sentences

MIME = sheets.XLSX_MIME
SAYS = TEXTS["workbook"]
FIRST, HEADINGS, UNITS = SAYS["first"], SAYS["headings"], SAYS["unit"]
# The questions with a row per KPI, in the order in which a theme has them.
PER_KPI = ("kpi", "kpi_verandering", "kpi_trend")
# The columns that have the unit of their row.
IN_ITS_UNIT = {"waarde", "norm", "eerder_waarde", "verschil", "ci_laag", "ci_hoog", "drempel"}
WRITTEN = {
    "indicator": lambda name: queries.INDICATOREN[name].titel,
    "voorwaarde": sentences.CONDITIONS.get,
}


def tables(found: figures.Figures) -> dict[str, list[tuple[str, pl.DataFrame]]]:
    """Per sheet its questions, each with its rows, and with the unit, the norm and the verdict of a KPI."""
    made = {}
    for theme in content.THEMES.values():
        names = [entry.naam for entry in annex.indicators(theme)]
        of_theme = pl.col("indicator").is_in(names)
        made[theme["title"]] = [(name, _table(name, found.frames[name].filter(of_theme))) for name in PER_KPI]
    for sheet, questions in SAYS["also"].items():
        # Excel takes so many characters.
        made.setdefault(sheet[:31], []).extend((name, _table(name, found.frames[name])) for name in questions)
    return made


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
        ("Zo leest u dit", SAYS["notation"]),
        ("Let op", bar.EARLIER_PEILDATUM if found.selection.peildatum else ""),
    )
    of_sheets = tables(found)
    meanings = {
        (figures.QUESTIONS[question], _heading(name), told): None
        for of_sheet in of_sheets.values()
        for question, frame in of_sheet
        for name in presentation.plain(frame).columns
        if (told := queries.VRAGEN[question].kolommen.get(name) or SAYS["meaning"].get(name))
    }
    parts = (
        ((), [(label, text) for label, text in facts if text]),
        ((SAYS["table"], "Kolom", "Betekenis"), meanings),
        downloads.definitions(queries.INDICATOREN),
    )
    created = found.made.astimezone(UTC).replace(tzinfo=None)
    with sheets.new_book(file, title=title, comments=marks, created=created) as book:
        sheets.add_explanation(book, title, parts, marks, FIRST)
        for name, of_sheet in of_sheets.items():
            shown = [
                (f"{figures.QUESTIONS[question]}. {marks}".strip(), Shown(frame, HEADINGS, WRITTEN, pattern=_pattern))
                for question, frame in of_sheet
            ]
            sheets.add_tables(book, name, shown, marks)
    return file.getvalue()


def _table(question: str, frame: pl.DataFrame) -> pl.DataFrame:
    """An answer with the value and its unit first and, of where the KPIs stand, the norm and the verdict."""
    subject = next((name for name in ("indicator", "voorwaarde") if name in frame.columns), None)
    if subject is None:
        return frame
    entries = [queries.INDICATOREN.get(name) for name in frame[subject]]
    units = [UNITS[entry.eenheid if entry else name] for entry, name in zip(entries, frame[subject], strict=True)]
    beside = [pl.Series("eenheid", units, pl.String)]
    if question == "kpi":
        rows = zip(entries, frame.iter_rows(named=True), strict=True)
        beside.append(pl.Series("norm", [entry.norm for entry in entries], pl.Float64))
        beside.append(pl.Series("oordeel", [presentation.verdict(*row) for row in rows], pl.String))
    names = [name for name in frame.columns if name not in ("niveau", "waarde")]
    place = names.index(subject) + 1
    return frame.select(*names[:place], "waarde", *beside, *names[place:])


def _heading(column: str) -> str:
    return HEADINGS.get(column) or heading(column)


def _pattern(column: str, row: Mapping[str, Any]) -> str:
    """How Excel shows a figure, whose unit follows from its row."""
    unit = row.get("eenheid", "")
    if unit in ("%", "procentpunt") and column in IN_ITS_UNIT:
        return "0.0%"
    if unit == "maanden" and column == "waarde":
        return "#,##0.0"
    return "#,##0.00" if (row[column] or 0) % 1 else "#,##0"
