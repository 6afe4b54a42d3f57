"""A frame as an HTML table for anyone: Dutch headings and notation, numbers to the right, totals last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from pages.words import formats, presentation
from queries.definitions import columns

MAX_ROWS = 1_500

# What a column of a question is called on screen; one that is not here shows its own name, first letter up.
HEADINGS = {
    "ci_hoog": "Hoogst aannemelijk (95%)",
    "ci_laag": "Laagst aannemelijk (95%)",
    "dag": "Dag",
    "eerste_leerroute": "Eerste leerroute",
    "geen_registratie": "Geen overdracht geregistreerd",
    "mediaan_dagen": "Mediaan (dagen)",
    "mediaan_maanden": "Mediaan (maanden)",
    "niet_bereikt": "Niet bereikt",
    "norm_dagen": "Norm (dagen)",
    "open_0_30": "Open, 0–30 dagen",
    "open_31_90": "Open, 31–90 dagen",
    "open_90_plus": "Open, meer dan 90 dagen",
    "over_norm_noemer": "Beoordeeld op de norm",
    "over_norm_teller": "Langer dan de norm",
    "overleving": "Nog in begeleiding",
    "p25_maanden": "Een kwart klaar (maanden)",
    "p75_maanden": "Driekwart klaar (maanden)",
    "in_risico": "Nog gevolgd",
    "beeindigd": "Beëindigd",
    "populatie": "Totaal",
}
SHARES = {"waarde", "landelijk_waarde", "ci_laag", "ci_hoog", "overleving", "aandeel", "drempel"}


def heading(column: str) -> str:
    """The Dutch heading of a column: open_90_plus is "Open, meer dan 90 dagen"."""
    return HEADINGS.get(column, column.replace("_", " ").capitalize())


def formatter(column: str, kind: pl.DataType, *, rounded: bool = False) -> Callable[[object], str]:
    """How the values of a column are written, by its name and its type.

    rounded: the figures are, to whole percents or whole months, so that a decimal would promise too much.
    """
    if column == "maand":
        return formats.month
    if column == "kwartaal":
        return formats.quarter
    if kind == pl.Date:
        return formats.short_date
    if kind == pl.Boolean:
        return lambda value: formats.MISSING if value is None else ("ja" if value else "nee")
    if column.startswith("mediaan_") or column in ("p25_maanden", "p75_maanden"):
        decimals = 0 if column.endswith("dagen") or rounded else 1
        return lambda value: formats.NOT_REACHED if value is None else formats.decimal(value, decimals)
    if column in SHARES and kind.is_float():
        return lambda value: formats.percent(value, decimals=0 if rounded else 1)
    if kind.is_float():
        return formats.decimal
    if kind.is_integer():
        return formats.count
    return lambda value: formats.MISSING if value is None else str(value)


def total(frame: pl.DataFrame, column: str) -> int | None:
    """The sum of a column of counts over rows that have nobody in common; 0 for an empty frame.

    None where the counts are rounded: their sum is not the rounded sum, and stands in another answer.
    """
    return int(frame[column].fill_null(0).sum()) if presentation.all_exact(frame, column) else None


def crosstab(frame: pl.DataFrame, row: str, part: str, names: Mapping[str, str]) -> pl.DataFrame:
    """A row per value of `row` and a column per value of `part` that occurs, with the counts of the column aantal.

    names: the values of `part` in their order, and what their columns are called. Exact counts have their total. A
    pair without a row is nobody, and that is exact.
    """
    present = [value for value in names if value in frame[part].to_list()]
    how = columns.weergave_van("aantal")
    rows = frame if how in frame.columns else frame.with_columns(pl.lit(columns.EXACT).alias(how))
    wide = rows.pivot(part, on_columns=present, index=row, values=["aantal", how], maintain_order=True)
    pairs = []
    for value in present:
        nobody = pl.col(f"{how}_{value}").is_null()
        pairs.append(pl.when(nobody).then(0).otherwise(pl.col(f"aantal_{value}")).alias(names[value]))
        pairs.append(pl.col(f"{how}_{value}").fill_null(columns.EXACT).alias(columns.weergave_van(names[value])))
    table = wide.select(row, *pairs)
    if not presentation.all_exact(table):
        return table
    table = presentation.plain(table)
    return table.with_columns(totaal=pl.sum_horizontal(table.columns[1:])) if present else table


def totals_of(frame: pl.DataFrame, wanted: Sequence[str]) -> tuple[str, ...]:
    """The columns to add up: those that are wanted, or none of them when one is rounded."""
    return tuple(wanted) if presentation.all_exact(frame, *wanted) else ()


def is_rounded(frame: pl.DataFrame, column: str) -> bool:
    """Whether a figure in the column is a rounded one."""
    return not presentation.all_exact(frame, column)


def html(
    frame: pl.DataFrame,
    caption: str,
    *,
    headings: Mapping[str, str] | None = None,
    written: Mapping[str, Callable[[object], str]] | None = None,
    totals: Sequence[str] = (),
) -> str:
    """The frame as an HTML table in its own order, every value escaped.

    headings, written: a heading or a notation for this table only, per column. totals: the columns of counts
    that are added up in a last row; a column without a total stays empty there. Rows after the first 1.500
    are left out; a last line says so. A figure that may not be shown has words in its place; see weergave.
    """
    totals = totals_of(frame, totals) if totals else ()
    instead = {column: presentation.in_its_place(frame, column) for column in presentation.figures(frame)}
    rounded = {column for column in instead if is_rounded(frame, column)}
    frame = presentation.plain(frame)
    names = dict(headings or {})
    notations = {
        column: (written or {}).get(column) or formatter(column, kind, rounded=column in rounded)
        for column, kind in frame.schema.items()
    }
    right = {column for column, kind in frame.schema.items() if kind.is_numeric()}

    def cell(column: str, text: str, tag: str = "td", scope: str = "") -> str:
        side = ' class="getal"' if column in right else ""
        return f"<{tag}{side}{scope}>{formats.escape(text)}</{tag}>"

    head = "".join(cell(c, names.get(c, heading(c)), "th", ' scope="col"') for c in frame.columns)
    rows = []
    for number, values in enumerate(frame.head(MAX_ROWS).iter_rows(named=True)):
        cells = [
            cell(column, (instead[column][number] if column in instead else "") or notations[column](value))
            for column, value in values.items()
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    if totals and frame.height > 1:
        last = [
            cell(
                column,
                notations[column](total(frame, column)) if column in totals else ("Totaal" if i == 0 else ""),
            )
            for i, column in enumerate(frame.columns)
        ]
        rows.append(f'<tr class="totaal">{"".join(last)}</tr>')
    more = frame.height - MAX_ROWS
    note = f'<p class="noot">De laatste {formats.count(more)} rijen staan hier niet.</p>' if more > 0 else ""
    return (
        f'<div class="tabel" role="region" tabindex="0" aria-label="{formats.escape(caption)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )
