"""A table as a file for a spreadsheet: CSV for Excel in Dutch, and XLSX with a sheet that explains it.

CSV: UTF-8 with BOM, semicolons, decimal comma, ISO dates, shares as fractions with all their decimals, no totals row:
it opens in a Dutch Excel with a double click, and every other program reads it as well. XLSX: the same figures with
all their decimals, shown as on the screen, totals in the totals row of an Excel table.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
import xlsxwriter

from pages.show import table as screen
from pages.words import presentation

CSV_MIME = "text/csv"
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHEET = "Tabel"
EXPLANATION = "Toelichting"
# Characters: the width of a column of a table, at least and at most, and of the columns of the explanation.
NARROW, WIDE = 10, 60
WIDTHS = (30, 30, 90)
# The row of the headings where a mark stands above them.
BELOW_MARK = 2
# As Excel numbers it.
A4 = 9
_LINE_BREAKING = {"\u00a0": " ", "\u2011": "-", "\u00ad": "", "\u200b": ""}
# A text that begins with one of these would be run as a formula by a program that opens the CSV.
_FORMULA = r"^([=+\-@\t\r])"

# A table of texts: its headings, which may be none, and its rows.
Part = tuple[Sequence[str], Iterable[Sequence[str]]]
Pattern = Callable[[str, Mapping[str, Any]], str]


@dataclass
class Shown:
    """A table as it stands on the screen: the frame, and how its headings and values are written there.

    frame: may say beside its figures how they are shown (see weergave), and is kept without that. headings, written,
    totals: as in table.html. pattern: Excel's number format of a column in a row, where that does not follow from how
    the screen writes a value. instead: per column and row the words in the place of a figure that may not be shown,
    empty where it may. rounded: the columns with rounded figures.
    """

    frame: pl.DataFrame
    headings: Mapping[str, str] | None = None
    written: Mapping[str, Callable[[object], str]] | None = None
    totals: Sequence[str] = ()
    pattern: Pattern | None = None
    instead: Mapping[str, Sequence[str]] = field(init=False)
    rounded: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        figures = presentation.figures(self.frame)
        self.instead = {column: presentation.in_its_place(self.frame, column) for column in figures}
        self.rounded = frozenset(column for column in figures if screen.is_rounded(self.frame, column))
        self.totals = screen.totals_of(self.frame, self.totals)
        self.frame = presentation.plain(self.frame)

    def names(self) -> list[str]:
        """The heading of every column, each of them once: a second "Van" is "Van (2)"."""
        found: list[str] = []
        for column in self.frame.columns:
            name = (self.headings or {}).get(column, screen.heading(column))
            again = sum(other == name or other.startswith(f"{name} (") for other in found)
            found.append(f"{name} ({again + 1})" if again else name)
        return found

    def notation(self, column: str) -> Callable[[object], str]:
        """How the values of a column are written on the screen."""
        own = (self.written or {}).get(column)
        return own or screen.formatter(column, self.frame.schema[column], rounded=column in self.rounded)

    def words_in_place(self, column: str) -> Sequence[str]:
        """Per row the words in the place of a figure that may not be shown; empty where it may."""
        return self.instead.get(column) or [""] * self.frame.height

    def patterns(self, column: str) -> list[str]:
        """Per row Excel's number format."""
        kind, notation = self.frame.schema[column], self.notation(column)
        if kind == pl.Date:
            return ["[$-413]mmmm yyyy" if column == "maand" else "dd-mm-yyyy"] * self.frame.height
        if not kind.is_numeric():
            return ["General"] * self.frame.height
        if self.pattern:
            return [self.pattern(column, row) for row in self.frame.iter_rows(named=True)]
        return [_pattern(notation(value), kind) for value in self.frame[column]]

    def is_share(self, column: str) -> bool:
        """Whether the screen writes the column as percentages."""
        return self.frame.schema[column].is_float() and any(
            "%" in self.notation(column)(value) for value in self.frame[column].drop_nulls()
        )

    def values(self) -> pl.DataFrame:
        """The figures themselves, under their headings; text as the screen writes it, ja and nee for booleans.

        What only helps to break a line on the screen is taken out of the text.
        """
        columns = []
        for column, name in zip(self.frame.columns, self.names(), strict=True):
            values = self.frame[column]
            if values.dtype == pl.Boolean or (values.dtype == pl.String and column in (self.written or {})):
                values = values.map_elements(self.notation(column), return_dtype=pl.String)
            if values.dtype == pl.String:
                values = values.str.replace_many(_LINE_BREAKING)
            columns.append(values.alias(name))
        return pl.DataFrame(columns)


def csv(shown: Shown) -> bytes:
    """The table as CSV; shares are fractions and their heading says so."""
    columns = []
    for column, values in zip(shown.frame.columns, shown.values(), strict=True):
        words = shown.words_in_place(column)
        if any(words):
            values = _with_words(values, words)
        columns.append(values.alias(f"{values.name} (fractie)") if shown.is_share(column) else values)
    return (
        pl.DataFrame(columns)
        .with_columns(pl.col(pl.String).str.replace(_FORMULA, "'${1}"))
        .write_csv(separator=";", decimal_comma=True, include_bom=True, line_terminator="\r\n")
        .encode("utf-8")
    )


def _with_words(values: pl.Series, words: Sequence[str]) -> pl.Series:
    """The figures as text with a decimal comma, and words where a figure may not be shown."""
    told = [
        said or (None if value is None else str(value).replace(".", ","))
        for value, said in zip(values, words, strict=True)
    ]
    return pl.Series(values.name, told, dtype=pl.String)


def xlsx(shown: Shown, title: str, parts: Iterable[Part] = (), mark: str = "", source: str = "") -> bytes:
    """The table as a workbook with a second sheet that explains it.

    parts: see add_explanation(). mark: what stands above the table and on every page. source: where the figures
    come from.
    """
    file = io.BytesIO()
    with new_book(file, title=title, comments=source) as book:
        add_table(book, SHEET, shown, mark, mark)
        add_explanation(book, title, parts, mark)
    return file.getvalue()


def new_book(file: io.BytesIO, **properties: object) -> xlsxwriter.Workbook:
    """An empty workbook with these properties, in which no text is a formula or a link."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"company": "Gemeente Haarlem", **properties})
    return book


def add_table(book: xlsxwriter.Workbook, name: str, shown: Shown, above: str = "", mark: str = "") -> None:
    """A sheet with a table and its totals; above: what stands above it, mark: what every page of it says."""
    sheet = _add_sheet(book, name, mark)
    top = BELOW_MARK if above else 0
    if above:
        sheet.write(0, 0, above, book.add_format({"bold": True}))
    values, height = shown.values(), shown.frame.height
    patterns = [shown.patterns(column) for column in shown.frame.columns]
    looks = {pattern: book.add_format({"num_format": pattern}) for pattern in {"#,##0"}.union(*patterns)}
    options: list[dict[str, object]] = [{"header": column} for column in values.columns]
    for place, (column, cells) in enumerate(zip(shown.frame.columns, values, strict=True)):
        told = [words or value for words, value in zip(shown.words_in_place(column), cells, strict=True)]
        for row, (value, pattern) in enumerate(zip(told, patterns[place], strict=True), start=top + 1):
            sheet.write(row, place, value, looks[pattern])
        sheet.set_column(place, place, _width(cells.name, told))
        if column in shown.totals and height > 1:
            added = screen.total(shown.frame, column)
            options[place] |= {"total_function": "sum", "total_value": added, "format": looks["#,##0"]}
    has_total = any("total_function" in option for option in options)
    if has_total and "total_function" not in options[0]:
        options[0]["total_string"] = "Totaal"
    table = {"columns": options, "total_row": has_total, "style": "Table Style Light 1"}
    sheet.add_table(top, 0, top + max(height, 1) + has_total, values.width - 1, table)
    sheet.freeze_panes(top + 1, 0)


def add_explanation(book: xlsxwriter.Workbook, title: str, parts: Iterable[Part], mark: str = "") -> None:
    """A sheet with tables of two or three columns of text under a title; mark: what every page of it says."""
    sheet = _add_sheet(book, EXPLANATION, mark)
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
            lines = (_lines(words, width - 2) for words, width in zip((first, *others), room, strict=True))
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


def _pattern(on_screen: str, kind: pl.DataType) -> str:
    """Excel's number format for a value that the screen writes like this."""
    if "%" in on_screen:
        return "0.0%"
    if kind.is_integer():
        return "#,##0"
    _, comma, decimals = on_screen.partition(",")
    digits = len(decimals) - len(decimals.lstrip("0123456789"))
    return f"#,##0.{'0' * digits}" if comma and digits else "#,##0"


def _width(heading: str, cells: Sequence[object]) -> int:
    """The width of a column in characters; the button of the filter covers three of a heading."""
    longest = max((len(value) for value in cells[:200] if isinstance(value, str)), default=0)
    return min(WIDE, max(NARROW, longest + 2, len(heading) + 4))


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))
