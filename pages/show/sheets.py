"""A table as a file for a spreadsheet: CSV for Excel in Dutch, and XLSX with a sheet that explains it.

CSV: UTF-8 with BOM, semicolons, decimal comma, ISO dates, shares as fractions with all their decimals, no totals row:
it opens in a Dutch Excel with a double click, and every other program reads it as well. XLSX: the same figures with
all their decimals, shown as on the screen, totals in the totals row of an Excel table.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
import xlsxwriter

from pages.show import table as screen
from pages.words import presentation

CSV_MIME = "text/csv"
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Excel's own limits; the widths are in characters.
SHEET = "Tabel"
EXPLANATION = "Toelichting"
NARROW, WIDE = 10, 60
# The row of the headings where a mark stands above them.
BELOW_MARK = 2
_LINE_BREAKING = {"\u00a0": " ", "\u2011": "-", "\u00ad": "", "\u200b": ""}
# A text that begins with one of these would be run as a formula by a program that opens the CSV.
_FORMULA = r"^([=+\-@\t\r])"


@dataclass(frozen=True)
class Shown:
    """A table as it stands on the screen: the frame, and how its headings and values are written there.

    headings, written, totals: as in table.html. instead: per column and row the words in the place of a figure that may
    not be shown, empty where it may. rounded: the columns with rounded figures. See of().
    """

    frame: pl.DataFrame
    headings: Mapping[str, str] | None = None
    written: Mapping[str, Callable[[object], str]] | None = None
    totals: Sequence[str] = ()
    instead: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rounded: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        frame: pl.DataFrame,
        headings: Mapping[str, str] | None = None,
        written: Mapping[str, Callable[[object], str]] | None = None,
        totals: Sequence[str] = (),
    ) -> Shown:
        """The table of a frame that may say beside its figures how they are shown; see weergave."""
        figures = presentation.figures(frame)
        return cls(
            presentation.plain(frame),
            headings,
            written,
            screen.totals_of(frame, totals),
            {column: presentation.in_its_place(frame, column) for column in figures},
            frozenset(column for column in figures if screen.is_rounded(frame, column)),
        )

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
                notation = self.notation(column)
                values = pl.Series(
                    [None if value is None else notation(value) for value in values], dtype=pl.String, strict=False
                )
            if values.dtype == pl.String:
                for sign, plain in _LINE_BREAKING.items():
                    values = values.str.replace_all(sign, plain, literal=True)
            columns.append(values.alias(name))
        return pl.DataFrame(columns)


def csv(shown: Shown) -> bytes:
    """The table as CSV; shares are fractions and their heading says so."""
    fractions = {
        name: f"{name} (fractie)"
        for column, name in zip(shown.frame.columns, shown.names(), strict=True)
        if shown.is_share(column)
    }
    values = shown.values()
    for column, name in zip(shown.frame.columns, shown.names(), strict=True):
        words = shown.words_in_place(column)
        if any(words):
            values = values.with_columns(_with_words(values[name], words))
    values = values.rename(fractions)
    texts = [name for name, kind in values.schema.items() if kind == pl.String]
    return (
        values.with_columns(pl.col(texts).str.replace(_FORMULA, "'${1}"))
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


def xlsx(
    shown: Shown,
    title: str,
    facts: Iterable[tuple[str, str]],
    columns: Iterable[tuple[str, str, str]],
    indicators: Iterable[tuple[str, str]] = (),
    mark: str = "",
) -> bytes:
    """The table as a workbook with a second sheet that explains it.

    facts: label and text (filters, peildatum, source). columns: heading, name in the question, meaning. indicators:
    title and definition of the KPIs in the table. mark: what stands above the table and on every page of it.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": title, "company": "Gemeente Haarlem", "comments": dict(facts).get("Bron", "")})
        _figures(book, shown, mark)
        _explanation(book, title, facts, columns, indicators)
    return file.getvalue()


def _figures(book: xlsxwriter.Workbook, shown: Shown, mark: str) -> None:
    sheet = book.add_worksheet(SHEET)
    top = BELOW_MARK if mark else 0
    if mark:
        sheet.write_string(0, 0, mark, book.add_format({"bold": True}))
        sheet.set_header(f"&R&B{mark}")
    values, names = shown.values(), shown.names()
    formats: dict[str, xlsxwriter.format.Format] = {}

    def written_as(pattern: str) -> xlsxwriter.format.Format:
        return formats.setdefault(pattern, book.add_format({"num_format": pattern}))

    last = values.height
    options = [_column_options(shown, column, name) for column, name in zip(shown.frame.columns, names, strict=True)]
    has_total = any("total_function" in option for option in options)
    if has_total and "total_function" not in options[0]:
        options[0]["total_string"] = "Totaal"
    for place, (column, name) in enumerate(zip(shown.frame.columns, names, strict=True)):
        kind, notation = shown.frame.schema[column], shown.notation(column)
        for row, (value, words) in enumerate(
            zip(values[name], shown.words_in_place(column), strict=True), start=top + 1
        ):
            if words:
                sheet.write_string(row, place, words)
            elif value is None:
                continue
            elif kind == pl.Date:
                sheet.write_datetime(
                    row, place, value, written_as("[$-413]mmmm yyyy" if column == "maand" else "dd-mm-yyyy")
                )
            elif kind.is_numeric():
                sheet.write_number(row, place, value, written_as(_pattern(notation(value), kind)))
            else:
                sheet.write_string(row, place, str(value))
        if "total_function" in options[place]:
            options[place]["format"] = written_as("#,##0")
        sheet.set_column(place, place, _width(name, values[name]))
    sheet.add_table(
        top,
        0,
        top + max(last, 1) + has_total,
        len(names) - 1,
        {"columns": options, "total_row": has_total, "style": "Table Style Light 1", "name": "Tabel1"},
    )
    sheet.freeze_panes(top + 1, 0)


def _column_options(shown: Shown, column: str, name: str) -> dict[str, object]:
    if column in shown.totals and shown.frame.height > 1:
        return {"header": name, "total_function": "sum", "total_value": screen.total(shown.frame, column)}
    return {"header": name}


def _pattern(on_screen: str, kind: pl.DataType) -> str:
    """Excel's number format for a value that the screen writes like this."""
    if "%" in on_screen:
        return "0.0%"
    if kind.is_integer():
        return "#,##0"
    _, comma, decimals = on_screen.partition(",")
    digits = len(decimals) - len(decimals.lstrip("0123456789"))
    return f"#,##0.{'0' * digits}" if comma and digits else "#,##0"


def _width(name: str, values: pl.Series) -> int:
    longest = max((len(str(value)) for value in values.head(200) if isinstance(value, str)), default=0)
    # The button of the filter covers three characters of a heading.
    return min(WIDE, max(NARROW, longest + 2, len(name) + 4))


def _explanation(
    book: xlsxwriter.Workbook,
    title: str,
    facts: Iterable[tuple[str, str]],
    columns: Iterable[tuple[str, str, str]],
    indicators: Iterable[tuple[str, str]],
) -> None:
    sheet = book.add_worksheet(EXPLANATION)
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "font_size": 14})
    part = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, title, heading)
    row = 2
    for label, text in facts:
        sheet.write_string(row, 0, label, bold)
        sheet.merge_range(row, 1, row, 2, "", plain)
        sheet.write_string(row, 1, text, plain)
        sheet.set_row(row, 15 * _lines(text, 118))
        row += 1
    row += 1
    for place, label in enumerate(("Kolom", "Naam in de vraag", "Betekenis")):
        sheet.write_string(row, place, label, part)
    for values in columns:
        row += 1
        for place, text in enumerate(values):
            sheet.write_string(row, place, text, bold if place == 0 else plain)
        sheet.set_row(row, 15 * max(_lines(values[2], 88), _lines(values[0], 28), _lines(values[1], 28)))
    row += 2
    for number, (name, words) in enumerate(indicators):
        if number == 0:
            sheet.write_string(row, 0, "Kengetal", part)
            sheet.write_string(row, 1, "Definitie", part)
            row += 1
        sheet.write_string(row, 0, name, bold)
        sheet.merge_range(row, 1, row, 2, "", plain)
        sheet.write_string(row, 1, words, plain)
        sheet.set_row(row, 15 * _lines(words, 118))
        row += 1
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _lines(text: str, width: int) -> int:
    return sum(1 + len(line) // width for line in text.split("\n"))
