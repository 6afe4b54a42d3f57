"""The workbook: every figure behind a briefing, a sheet per question, and a sheet that says what they are."""

from __future__ import annotations

import io
from datetime import UTC

import polars as pl
import xlsxwriter

import queries
from pages.briefing import content, figures
from pages.filters import bar
from pages.show import sheets, table, tiles
from pages.words import formats, presentation

MIME = sheets.XLSX_MIME
EXPLANATION = "Toelichting"
# The row of the headings; above it stands what every page says.
HEADINGS = 2
NOTATION = (
    "Een aandeel is een breuk van 0 tot 1, getoond als percentage. Waar een cijfer niet te tonen is, staat er waarom. "
    "Een lege cel betekent: geen uitkomst (niemand in de noemer, of een mediaan die nog niet is bereikt)."
)
# What a sheet is called; Excel takes no longer names than 31 characters.
SHEETS = {
    "kpi": "Kengetallen",
    "kpi_trend": "Verloop",
    "kpi_verandering": "Verandering",
    "overdracht_per_wijkteam": "Overdracht per wijkteam",
    "overdracht_totaal": "Overdracht samen",
    "kpi_per_gebied": "Overgedragen per wijkteam",
    "evaluatie_meetbaarheid": "Voorwaarden om te vergelijken",
    "evaluatie_vergelijking": "Een jaar tegen twee jaar",
}
HEADINGS_OF = {"indicator": "Kengetal", "eerder_waarde": "Eerder: waarde"}


def xlsx(found: figures.Figures) -> bytes:
    """All figures of the briefing; the same figures give the same bytes."""
    file = io.BytesIO()
    marks = " · ".join(content.marks(found))
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": f"{content.KIND}: {content.title(found.peildatum)}",
                "company": "Gemeente Haarlem",
                "comments": marks,
                "created": found.made.astimezone(UTC).replace(tzinfo=None),
            }
        )
        styles = {
            "bold": book.add_format({"bold": True}),
            "head": book.add_format({"bold": True, "bg_color": "#F0F2F5", "bottom": 1, "text_wrap": True}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "label": book.add_format({"bold": True, "valign": "top", "text_wrap": True}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        }  # fmt: skip
        _explanation(book, found, marks, styles)
        for question, frame in found.frames.items():
            _sheet(book, question, frame, marks, styles)
    return file.getvalue()


def _sheet(book: xlsxwriter.Workbook, question: str, frame: pl.DataFrame, marks: str, styles: dict) -> None:
    sheet = book.add_worksheet(SHEETS[question])
    sheet.write_string(0, 0, f"{queries.VRAGEN[question].titel}. {marks}".strip(), styles["bold"])
    formats_by_pattern: dict[str, xlsxwriter.format.Format] = {}

    def pattern(text: str) -> xlsxwriter.format.Format:
        return formats_by_pattern.setdefault(text, book.add_format({"num_format": text}))

    shown = presentation.plain(frame)
    for place, column in enumerate(shown.columns):
        sheet.write_string(HEADINGS, place, heading(column), styles["head"])
        sheet.set_column(place, place, 30 if frame.schema[column] == pl.String else 13)
        words = presentation.in_its_place(frame, column)
        for row, entry in enumerate(frame.iter_rows(named=True), start=HEADINGS + 1):
            value = entry[column]
            if words[row - HEADINGS - 1]:
                sheet.write_string(row, place, words[row - HEADINGS - 1])
            elif value is None:
                continue
            elif isinstance(value, bool):
                sheet.write_string(row, place, "ja" if value else "nee")
            elif frame.schema[column] == pl.Date:
                sheet.write_datetime(row, place, value, pattern("dd-mm-yyyy"))
            elif frame.schema[column].is_numeric():
                sheet.write_number(row, place, value, pattern(_pattern(question, column, entry)))
            else:
                title = queries.INDICATOREN[value].titel if column == "indicator" else str(value)
                sheet.write_string(row, place, title)
    sheet.autofilter(HEADINGS, 0, max(HEADINGS + shown.height, HEADINGS + 1), shown.width - 1)
    sheet.freeze_panes(HEADINGS + 1, 1)
    _on_every_page(sheet, marks)


def heading(column: str) -> str:
    """What a column is called in the workbook."""
    return HEADINGS_OF.get(column, table.heading(column))


def _pattern(question: str, column: str, row: dict) -> str:
    """How Excel shows a figure."""
    unit = queries.INDICATOREN[row["indicator"]].eenheid if row.get("indicator") in queries.INDICATOREN else ""
    fractions = {"waarde", "eerder_waarde", "rest_waarde", "verschil", "ci_laag", "ci_hoog", "drempel"}
    if question == "evaluatie_meetbaarheid":
        return "#,##0" if str(row["voorwaarde"]).startswith("groep") else "0.0%"
    if question.startswith("kpi") and column in fractions and unit == "aandeel":
        return "0.0%"
    if unit == "maanden" and column == "waarde":
        return "#,##0.0"
    return "#,##0.00" if isinstance(row[column], float) and not float(row[column]).is_integer() else "#,##0"


def _explanation(book: xlsxwriter.Workbook, found: figures.Figures, marks: str, styles: dict) -> None:
    sheet = book.add_worksheet(EXPLANATION)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, f"{content.KIND}: {content.title(found.peildatum)}", styles["title"])
    facts = [
        ("Let op", marks),
        ("Gaat over", content.selection_words(found)),
        ("Peildatum", formats.long_date(found.peildatum)),
        ("Uitgave", found.uitgave),
        ("Bron", content.source_words(found)),
        ("Levering", found.levering),
        ("Bescherming", content.ROUNDED if found.uitgave == figures.OPENBAAR else content.EXACT),
        ("Getallen", NOTATION),
        ("Let op", bar.EARLIER_PEILDATUM if found.selection.peildatum else ""),
    ]
    row = 2
    for label, text in facts:
        if text:
            row = _fact(sheet, row, label, text, styles)
    for heading, entries in (
        ("Bladen en kolommen", _columns(found)),
        (
            "Kengetallen",
            [(entry.titel, tiles.definition_words(entry)) for entry in queries.INDICATOREN.values()],
        ),
    ):
        row += 1
        sheet.write_string(row, 0, heading, styles["bold"])
        row += 1
        for label, text in entries:
            row = _fact(sheet, row, label, text, styles)
    _on_every_page(sheet, marks)


def _columns(found: figures.Figures) -> list[tuple[str, str]]:
    entries = []
    for question, frame in found.frames.items():
        vraag = queries.VRAGEN[question]
        entries.append((SHEETS[question], vraag.titel))
        entries += [(f"   {heading(name)}", vraag.kolommen[name]) for name in frame.columns if name in vraag.kolommen]
    return entries


def _fact(sheet, row: int, label: str, text: str, styles: dict) -> int:
    sheet.write_string(row, 0, label, styles["label"])
    sheet.write_string(row, 1, text, styles["plain"])
    sheet.set_row(row, 15 * (1 + len(text) // 108))
    return row + 1


def _on_every_page(sheet, marks: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&R&B{marks.replace('&', '&&')}")
