"""A table as it is shown: Dutch headings and notation, words in the place of a figure, and as HTML for anyone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import polars as pl

from pages.show import TEXTS
from pages.words import formats, presentation
from pages.words.national import Parts
from queries.definitions import columns

MAX_ROWS = 1_500

SHARES = {"waarde", "landelijk_waarde", "ci_laag", "ci_hoog", "overleving", "aandeel", "drempel"}
_PERIODS = {"maand": formats.month, "kwartaal": formats.quarter}


def heading(column: str) -> str:
    """The Dutch heading of a column: open_90_plus is "Open, meer dan 90 dagen"."""
    return TEXTS["heading"].get(column, column.replace("_", " ").capitalize())


def formatter(frame: pl.DataFrame, column: str) -> Callable[[object], str]:
    """How the values of a column are written, by its name and its type."""
    # Of figures that are rounded, to whole percents or whole months, a decimal would promise too much.
    kind, rounded = frame.schema[column], not presentation.all_exact(frame, column)
    if column in _PERIODS:
        return _PERIODS[column]
    if column.startswith("mediaan_") or column in ("p25_maanden", "p75_maanden"):
        decimals = 0 if column.endswith("dagen") or rounded else 1
        return lambda value: formats.NOT_REACHED if value is None else formats.decimal(value, decimals)
    if column in SHARES and kind.is_float():
        return lambda value: formats.percent(value, decimals=0 if rounded else 1)
    if kind.is_numeric():
        return formats.decimal if kind.is_float() else formats.count
    if kind == pl.Date:
        return formats.short_date
    said = {None: formats.MISSING, True: "ja", False: "nee"}
    return lambda value: said[value] if value is None or kind == pl.Boolean else str(value)


def total(frame: pl.DataFrame, column: str) -> int | None:
    """The sum of a column of counts over rows that have nobody in common; 0 for an empty frame.

    None where the counts are rounded: their sum is not the rounded sum, and stands in another answer.
    """
    return int(frame[column].fill_null(0).sum()) if presentation.all_exact(frame, column) else None


@dataclass
class Shown:
    """A table as it stands on the screen: the frame, and how its headings and values are written there.

    frame: may say beside its figures how they are shown (see presentation), and is kept without that. headings,
    written: a heading or a notation for this table only, per column. totals: the columns of counts that are added up;
    none of them when one is rounded. pattern: Excel's number format of a column in a row, where that does not follow
    from how the screen writes a value. instead: per column and row the words in the place of a figure that may not be
    shown, empty where it may. notation: per column how its values are written.
    """

    frame: pl.DataFrame
    headings: Mapping[str, str] | None = None
    written: Mapping[str, Callable[[object], str]] | None = None
    totals: Sequence[str] = ()
    pattern: Callable[[str, Mapping[str, Any]], str] | None = None
    to: Mapping[str, str] | None = None
    instead: Mapping[str, Sequence[str]] = field(init=False)
    notation: Mapping[str, Callable[[object], str]] = field(init=False)

    def __post_init__(self) -> None:
        given, self.frame = self.frame, presentation.plain(self.frame)
        self.headings, self.written = self.headings or {}, self.written or {}
        self.totals = tuple(self.totals) if presentation.all_exact(given, *self.totals) else ()
        self.instead = {column: presentation.in_its_place(given, column) for column in self.frame.columns}
        own = {column: formatter(given, column) for column in self.frame.columns}
        self.notation = own | {column: write for column, write in self.written.items() if write}

    def heading(self, column: str) -> str:
        """The heading of a column."""
        return self.headings.get(column) or heading(column)

    def in_few_words(self) -> tuple[str, str]:
        """What may be shown of the counts of one row or column; and of which rows or columns nothing may be shown.

        The first is empty where there is more to draw: the counts of a column, three or more that differ. Both are
        empty where all may be shown.
        """
        frame, told = self.frame, TEXTS["figure"]
        counts = [name for name, kind in zip(frame.columns, frame.dtypes, strict=True) if kind.is_integer()]
        figures = ["waarde"] if "waarde" in frame.columns else counts
        named = frame.height > 0 and frame.dtypes[0] == pl.String and frame.to_series(0).is_unique().all()
        if not named or not figures or not any(any(self.instead[name]) for name in figures):
            return "", ""
        rows = list(map(self.notation[frame.columns[0]], frame.to_series(0)))
        if figures != counts or frame.height > 1 < len(counts):
            hidden = zip(*(self.instead[name] for name in figures), strict=True)
            names = [name for name, instead in zip(rows, hidden, strict=True) if all(instead)]
            how = told["few_parts" if figures == counts else "too_few"]
            return "", how.format(names=formats.enumerate_words(names)) if names else ""
        if frame.height == 1 < len(counts):
            cells = [(presentation.lower(self.heading(name)), name, 0) for name in counts]
        else:
            cells = [(name, counts[0], row) for row, name in enumerate(rows)]
        few = [name for name, column, row in cells if self.instead[column][row] == presentation.FEW]
        known: dict[str, list[str]] = {}
        for name, column, row in cells:
            if not self.instead[column][row]:
                known.setdefault(self.notation[column](frame[column][row]), []).append(name)
        # Beside a count that may not be shown every other one is rounded.
        words = [
            told["each" if len(names) > 1 else "told"].format(
                names=formats.enumerate_words(names), number=f"{presentation.ABOUT} {number}"
            )
            for number, names in known.items()
        ]
        drawn = frame.height > 1 < len(known) and sum(map(len, known.values())) > 2
        in_words = "" if drawn else presentation.capital(f"{'; '.join(words)}.")
        return in_words, told["few"].format(names=formats.enumerate_words(few)) if few else ""

    def _cell(self, column: str, row: int, value: object) -> str:
        """What stands in a cell of the screen; nothing where nothing may be shown."""
        instead = self.instead[column][row]
        return "" if instead in presentation.SAYS_NOTHING else instead or self.notation[column](value)

    def html(self, caption: str) -> str:
        """The table as HTML in its own order. Rows after the first 1.500 are left out; a last line says so."""
        frame, rows = self.frame, []
        for number, row in enumerate(frame.head(MAX_ROWS).iter_rows(named=True)):
            rows.append([self._cell(name, number, value) for name, value in row.items()])
        if has_total := bool(self.totals) and frame.height > 1:
            added = {name: self.notation[name](total(frame, name)) for name in self.totals}
            rows.append([added.get(name, "" if place else "Totaal") for place, name in enumerate(frame.columns)])
        numbers = [place for place, kind in enumerate(frame.dtypes) if kind.is_numeric()]
        ways = [self.to.get(name, "") for name in frame.head(MAX_ROWS).to_series()] if self.to else ()
        made = markup(caption, [self.heading(name) for name in frame.columns], rows, numbers, has_total, ways)
        if any(words in presentation.SAYS_NOTHING for column in self.instead.values() for words in column):
            made += f'<p class="noot">{TEXTS["figure"]["left_open"]}</p>'
        if frame.height <= MAX_ROWS:
            return made
        return f'{made}<p class="noot">De laatste {formats.count(frame.height - MAX_ROWS)} rijen staan hier niet.</p>'


def html(frame: pl.DataFrame, caption: str, **how: Any) -> str:
    """The frame as an HTML table; how: headings, written and totals of Shown."""
    return Shown(frame, **how).html(caption)


def markup(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: Collection[int] = (),
    has_total: bool = False,
    ways: Sequence[str] = (),
) -> str:
    """A table of texts as HTML, all of them escaped. numbers: the columns with figures, which stand to the right.

    ways: per row the address to which its first text leads, "" for none.
    """

    def cells(tag: str, texts: Sequence[str], scope: str = "", way: str = "") -> str:
        first, *rest = map(formats.escape, texts)
        inside = [f'<a href="{formats.escape(way)}">{first}</a>' if way else first, *rest]
        sides = [' class="getal"' if place in numbers else "" for place in range(len(texts))]
        return "".join(f"<{tag}{side}{scope}>{text}</{tag}>" for side, text in zip(sides, inside, strict=True))

    head = cells("th", headings, ' scope="col"')
    body = [f"<tr>{cells('td', row, way=way)}</tr>" for row, way in zip_longest(rows, ways, fillvalue="")]
    if has_total:
        body[-1] = body[-1].replace("<tr>", '<tr class="totaal">')
    return (
        f'<div class="tabel" role="region" tabindex="0" aria-label="{formats.escape(caption)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def inline(text: str | Parts) -> str:
    """A text as HTML, all of it escaped; a part of it that has an address is a link."""
    parts = [(text, "")] if isinstance(text, str) else [(each, "") if isinstance(each, str) else each for each in text]
    return "".join(
        f'<a href="{formats.escape(url)}">{formats.escape(said)}</a>' if url else formats.escape(said)
        for said, url in parts
    )


def facts(rows: Iterable[tuple[str, str | Parts]]) -> str:
    """Labels and what is to be said of each as an HTML list of terms, all of it escaped."""
    told = "".join(f"<dt>{formats.escape(label)}</dt><dd>{inline(text)}</dd>" for label, text in rows)
    return f'<dl class="feiten">{told}</dl>'


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
