"""A table as a file for a spreadsheet: CSV for Excel in Dutch, and XLSX with a sheet that explains it.

CSV: UTF-8 with BOM, semicolons, decimal comma, ISO dates, shares as fractions with all their decimals, no totals row:
it opens in a Dutch Excel with a double click, and every other program reads it as well. XLSX: the same figures with
all their decimals, shown as on the screen, totals in the totals row of an Excel table.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import polars as pl
import xlsxwriter

import queries
from pages.show.table import Shown, total

CSV_MIME = "text/csv"
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHEET = "Tabel"
EXPLANATION = "Toelichting"
# Characters: the width of a column of a table, at least and at most, and of the columns of the explanation.
NARROW, WIDE = 10, 60
WIDTHS = (30, 30, 90)
# The row of the headings where a mark stands above them.
BELOW_MARK = 2
# From the last row of a table to what follows it.
BELOW_TABLE = 3
# As Excel numbers it.
A4 = 9
_LINE_BREAKING = {"\u00a0": " ", "\u2011": "-", "\u00ad": "", "\u200b": ""}
# A text that begins with one of these would be run as a formula by a program that opens the CSV.
_FORMULA = r"^([=+\-@\t\r])"

# A table of texts: its headings, which may be none, and its rows.
Part = tuple[Sequence[str], Iterable[Sequence[str]]]


def names(shown: Shown) -> list[str]:
    """The heading of every column, each of them once: a second "Van" is "Van (2)"."""
    headings = [shown.heading(column) for column in shown.frame.columns]
    before = [headings[:place].count(name) for place, name in enumerate(headings)]
    return [f"{name} ({number + 1})" if number else name for name, number in zip(headings, before, strict=True)]


def _values(shown: Shown) -> list[pl.Series]:
    """The figures themselves, under their headings; text as the screen writes it, ja and nee for booleans.

    What only helps to break a line on the screen is taken out of the text.
    """
    found = []
    for values, name in zip(shown.frame, names(shown), strict=True):
        if values.dtype == pl.Boolean or (values.dtype == pl.String and values.name in shown.written):
            values = pl.Series(values.name, map(shown.notation[values.name], values), dtype=pl.String)
        if values.dtype == pl.String:
            values = values.str.replace_many(_LINE_BREAKING)
        found.append(values.alias(name))
    return found


def csv(shown: Shown) -> bytes:
    """The table as CSV; shares are fractions and their heading says so. Words stand where a figure may not be shown."""
    made = []
    for own, values in zip(shown.frame, _values(shown), strict=True):
        share = own.dtype.is_float() and any("%" in shown.notation[own.name](value) for value in own.drop_nulls())
        if any(words := shown.instead[own.name]):
            told = values.cast(pl.String).str.replace(".", ",", literal=True)
            values = pl.Series(values.name, [said or text for said, text in zip(words, told, strict=True)], pl.String)
        made.append(values.alias(f"{values.name}{' (fractie)' if share else ''}"))
    formulas = pl.col(pl.String).str.replace(_FORMULA, "'${1}")
    how = {"separator": ";", "decimal_comma": True, "include_bom": True, "line_terminator": "\r\n"}
    return pl.DataFrame(made).with_columns(formulas).write_csv(**how).encode("utf-8")


def xlsx(shown: Shown, title: str, parts: Iterable[Part] = (), mark: str = "", source: str = "") -> bytes:
    """The table as a workbook with a second sheet that explains it.

    parts: see add_explanation(). mark: what stands above the table and on every page. source: where the figures
    come from.
    """
    file = io.BytesIO()
    with new_book(file, title=title, comments=source) as book:
        add_tables(book, SHEET, [(mark, shown)], mark)
        add_explanation(book, title, parts, mark)
    return file.getvalue()


def new_book(file: io.BytesIO, **properties: object) -> xlsxwriter.Workbook:
    """An empty workbook with these properties, in which no text is a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"company": queries.GEMEENTE.afzender, **properties})
    return book


def add_tables(book: xlsxwriter.Workbook, name: str, tables: Sequence[tuple[str, Shown]], mark: str = "") -> None:
    """A sheet with tables below each other, each with its totals and what stands above it; mark: see add_explanation().

    A single table keeps its headings in sight.
    """
    sheet, widths, top = _add_sheet(book, name, mark), Counter[int](), 0
    look = cache(lambda pattern: book.add_format({"num_format": pattern}))
    for above, shown in tables:
        if above:
            sheet.write(top, 0, above, book.add_format({"bold": True}))
            top += BELOW_MARK
        height, headings, has_total = shown.frame.height, [], bool(shown.totals) and shown.frame.height > 1
        for place, (column, values) in enumerate(zip(shown.frame.columns, _values(shown), strict=True)):
            cells = [words or value for words, value in zip(shown.instead[column], values, strict=True)]
            for row, (value, pattern) in enumerate(zip(cells, _patterns(shown, column), strict=True), start=top + 1):
                sheet.write(row, place, value, look(pattern))
            # The button of the filter covers three characters of a heading.
            longest = max((len(value) + 2 for value in cells[:200] if isinstance(value, str)), default=0)
            widths[place] = max(widths[place], min(WIDE, max(NARROW, longest, len(values.name) + 4)))
            headings.append({"header": values.name})
            if has_total and column in shown.totals:
                added = {"total_function": "sum", "total_value": total(shown.frame, column), "format": look("#,##0")}
                headings[place] |= added
        if has_total and "total_function" not in headings[0]:
            headings[0]["total_string"] = "Totaal"
        table = {"columns": headings, "total_row": has_total, "style": "Table Style Light 1"}
        last = top + max(height, 1) + has_total
        sheet.add_table(top, 0, last, len(headings) - 1, table)
        if len(tables) == 1:
            sheet.freeze_panes(top + 1, 0)
        top = last + BELOW_TABLE
    for place, width in widths.items():
        sheet.set_column(place, place, width)


def add_explanation(
    book: xlsxwriter.Workbook, title: str, parts: Iterable[Part], mark: str = "", name: str = EXPLANATION
) -> None:
    """A sheet with tables of two or three columns of text under a title; mark: what every page of it says."""
    sheet = _add_sheet(book, name, mark)
    text = {"text_wrap": True, "valign": "top"}
    plain, label = book.add_format(text), book.add_format({**text, "bold": True})
    heading = book.add_format({"bold": True, "bottom": 1})
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.write(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    row = 2
    for headings, rows in parts:
        sheet.write_row(row, 0, headings, heading)
        row += bool(headings)
        for first, *others in rows:
            room = WIDTHS
            if len(others) == 1:
                sheet.merge_range(row, 1, row, 2, "", plain)
                room = (WIDTHS[0], sum(WIDTHS[1:]))
            sheet.write(row, 0, first, label)
            sheet.write_row(row, 1, others, plain)
            sizes = zip((first, *others), room, strict=True)
            lines = (sum(1 + len(line) // (width - 2) for line in words.split("\n")) for words, width in sizes)
            sheet.set_row(row, 15 * max(lines))
            row += 1
        row += 1


def _add_sheet(book: xlsxwriter.Workbook, name: str, mark: str) -> xlsxwriter.worksheet.Worksheet:
    """A sheet that fits the width of a page; mark: what every page of it says."""
    sheet = book.add_worksheet(name)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if mark:
        sheet.set_header(f"&R&B{mark.replace('&', '&&')}")
    return sheet


def _patterns(shown: Shown, column: str) -> list[str]:
    """Per row Excel's number format, for a figure that the screen writes like this."""
    values = shown.frame[column]
    if not values.dtype.is_numeric():
        day = "[$-413]mmmm yyyy" if column == "maand" else "dd-mm-yyyy"
        return [day if values.dtype == pl.Date else "General"] * len(values)
    if shown.pattern:
        return [shown.pattern(column, row) for row in shown.frame.iter_rows(named=True)]
    written, whole = map(shown.notation[column], values), not values.dtype.is_float()
    decimals = [("%" in text, re.search(r",(\d+)", text)) for text in written]
    return [
        "0.0%" if share else "#,##0" if whole or not found else f"#,##0.{'0' * len(found[1])}"
        for share, found in decimals
    ]
