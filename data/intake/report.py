"""The report of an intake: on screen, as rapport.html and rapport.json, and as a work list for the data steward.

Everything is read from the version's folder. Nothing in a report or a work list is an identifier; a line number leads
the steward to the record in the own system. Numbers may be small: a report is for the municipality itself.

    rapport.json      the same as rapport.html, for machines; at most PLAATSEN lines per reason
    rapport.html      for people
    werklijst.csv     every record to repair or to look at, one line each
    verdwenen.csv     persons gone since the delivery before, per month of housing; only when there was one
"""

import contextlib
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
import polars as pl
from babel.dates import format_date

from data import contract
from data.errors import count
from data.intake import TEXTS
from data.snapshots.manifest import Extract, Manifest

JSON = "rapport.json"
HTML = "rapport.html"
WERKLIJST = "werklijst.csv"
VERDWENEN = "verdwenen.csv"
OPVALLEND = "opvallend"

FORMAAT = 1
_FROM_MANIFEST = {"titel", "peildatum", "herkomst", "aangemaakt", "levering_id"}
# Lines that rapport.json names per reason; the work list names them all.
PLAATSEN = 1_000

AFGEKEURD, LET_OP = "Afgekeurd", "Let op"

# Of every line that was rejected or that stood out: kolom is the contract's, kolom_in_bestand the delivery's own name.
_TEXTS = ("tabel", "soort", "reden", "kolom", "kolom_in_bestand", "bestand")
_LINES = dict.fromkeys(_TEXTS, pl.String) | {"regel": pl.UInt32}


def column_of(tabel: str, reden: str) -> str:
    """The column to look at for a reason of rejection; empty for a reason that names none.

    "X zonder Y", "X met Y" and "X en Y" lead to Y, all other reasons to the column with which they begin.
    """
    named = [*re.findall(r" (?:zonder|met|en) (\w+)", reden), reden.split(" ", 1)[0]]
    return next((column for column in named if column in contract.TABELLEN[tabel].column_names()), "")


def write(folder: Path, manifest: Manifest, put_in_use: bool, verdwenen: pl.DataFrame | None = None) -> dict[str, Any]:
    """Write the report and the work list of the version in `folder`, whose tables are there; returns the report.

    manifest: as it will be written. put_in_use: whether this snapshot takes over. verdwenen: maand and aantal, see
    `warnings.Previous.disappeared`. Raises OSError when the disk refuses.

    Records to repair come first in the work list, then those to look at; within those the most frequent reason, then
    file and line. keer: rows with this reason in this table.
    """
    lines = pl.concat([pl.DataFrame(schema=_LINES), *(_lines(folder, *table) for table in manifest.tabellen.items())])
    report = _compose(manifest, lines, put_in_use, verdwenen)
    (folder / JSON).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / HTML).write_text(written("report.html.jinja", report), encoding="utf-8")
    order = [pl.col("soort") != AFGEKEURD, -pl.col("keer").cast(pl.Int64), "reden", "tabel", "bestand", "regel"]
    lines = lines.with_columns(pl.len().over("soort", "tabel", "reden").alias("keer")).sort(order)
    columns = ("soort", "reden", "keer", "tabel", "bestand", "regel", "kolom", "kolom_in_bestand")
    _write_csv(folder / WERKLIJST, lines.select(columns))
    if verdwenen is not None:
        maand = pl.col("maand").dt.to_string("%Y-%m").fill_null("niet gehuisvest").alias("maand_huisvesting")
        _write_csv(folder / VERDWENEN, verdwenen.select(maand, "aantal"))
    return report


def read(folder: Path) -> dict[str, Any] | None:
    """The report in a version's folder; None when it has none or it cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        report = json.loads((folder / JSON).read_text(encoding="utf-8"))
        return report if isinstance(report, dict) else None
    return None


def _lines(folder: Path, tabel: str, entry: Extract) -> pl.DataFrame:
    """Every line of a table that was rejected or that stood out, without any identifier."""
    rejected = pl.read_parquet(folder / "afgekeurd" / f"{tabel}.parquet")
    columns = {reden: column_of(tabel, reden) for reden in rejected["reden"].unique()}
    odd = pl.read_parquet(folder / OPVALLEND / f"{tabel}.parquet").rename({"waarschuwing": "reden"})
    frames = {AFGEKEURD: rejected.with_columns(pl.col("reden").replace(columns).alias("kolom")), LET_OP: odd}
    about = [pl.col("kolom").replace(entry.kolomnamen).alias("kolom_in_bestand"), pl.lit(tabel).alias("tabel")]
    told = (frame.with_columns(*about, pl.lit(soort).alias("soort")) for soort, frame in frames.items())
    return pl.concat(frame.select(pl.col(column).cast(kind) for column, kind in _LINES.items()) for frame in told)


def _write_csv(path: Path, frame: pl.DataFrame) -> None:
    """Write a table as Dutch Excel opens it without questions: UTF-8 with BOM, semicolons, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    harmless = pl.col(pl.String).str.replace(r"^([=+\-@\t\r])", "'$1")
    text = frame.with_columns(harmless).write_csv(separator=";", line_terminator="\r\n", include_bom=True)
    # By Python, whose error of a full disk says so.
    path.write_text(text, encoding="utf-8", newline="")


def _compose(
    manifest: Manifest, lines: pl.DataFrame, put_in_use: bool, verdwenen: pl.DataFrame | None
) -> dict[str, Any]:
    """The report as what rapport.json holds.

    Per table `afgekeurd` is a list of reden, aantal, kolom, kolom_in_bestand and plaatsen (bestand and its regels);
    `waarschuwingen` the same, with aantal and kolom null for a warning about the table as a whole. `kolomnamen` has the
    delivery's own name per column of the contract that it calls otherwise.
    """

    def where(tabel: str, soort: str, reden: str) -> dict[str, Any]:
        found = lines.filter(tabel=tabel, soort=soort, reden=reden)
        named = found.sort("bestand", "regel").head(PLAATSEN).group_by("bestand", maintain_order=True).agg("regel")
        columns = {column: found[column].first() or None for column in ("kolom", "kolom_in_bestand")}
        return columns | {"plaatsen": [{"bestand": bestand, "regels": regels} for bestand, regels in named.iter_rows()]}

    def table(tabel: str, entry: Extract) -> dict[str, Any]:
        told = {"tabel": tabel, "bestand": entry.bestand, "gelezen": entry.gelezen, "goedgekeurd": entry.rijen}
        rejected = (({"reden": reden, "aantal": aantal}, reden) for reden, aantal in entry.afgekeurd.items())
        odd = (({"waarschuwing": told.regel, "aantal": told.aantal}, told.regel) for told in entry.waarschuwingen)
        told["afgekeurd"] = [counted | where(tabel, AFGEKEURD, reden) for counted, reden in rejected]
        told["waarschuwingen"] = [counted | where(tabel, LET_OP, reden) for counted, reden in odd]
        return told | {name: getattr(entry, name) for name in ("extra_kolommen", "kolomnamen", "opmerkingen")}

    gone = None
    if verdwenen is not None:
        months = verdwenen.select(pl.col("maand").dt.to_string("%Y-%m"), "aantal")
        gone = manifest.verdwenen.model_dump(mode="json") | {"per_maand_huisvesting": months.to_dicts()}
    return {
        "formaat": FORMAAT,
        **manifest.model_dump(mode="json", include=_FROM_MANIFEST, exclude_unset=True),
        "in_gebruik_genomen": put_in_use,
        "toch": manifest.toch,
        "tabellen": [table(tabel, entry) for tabel, entry in manifest.tabellen.items()],
        "verdwenen": gone,
    }


def said(macro: str, *given: Any) -> str:
    """One of the sentences of report.words.jinja."""
    return str(getattr(_TEMPLATES.get_template("report.words.jinja").module, macro)(*given)).strip()


def with_own_names(reden: str, kolomnamen: Mapping[str, str]) -> str:
    """A reason in the contract's words, with the delivery's own column name behind every column it names."""
    named = {kolom: f"{kolom} (kolom {eigen})" for kolom, eigen in kolomnamen.items()}
    return re.sub(r"\w+", lambda raak: named.get(raak[0], raak[0]), reden)


def places_in_words(entry: dict[str, Any], bestand: str, hooguit: int = 20) -> str:
    """Where the rows of a reason are: "regel 4", "regel 2 tot en met 5 en 9", "regel 1, 3 en verder".

    At most `hooguit` numbers or ranges are named; the file too when it is another than `bestand`.
    """
    left, told = entry["aantal"] or 0, []
    for place in entry["plaatsen"]:
        regels, parts = place["regels"], []
        left -= len(regels)
        ranges = [[regel for _, regel in run] for _, run in groupby(enumerate(regels), lambda item: item[1] - item[0])]
        for numbers in ranges[:hooguit]:
            parts += [f"{numbers[0]} tot en met {numbers[-1]}"] if len(numbers) > 2 else map(str, numbers)
        if len(ranges) > hooguit or (left > 0 and place is entry["plaatsen"][-1]):
            parts.append("verder")
        words = "regel " + " en ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
        told.append(words if place["bestand"] == bestand else f"{place['bestand']}: {words}")
    return "; ".join(told)


_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent),
    # The shared sentences too, for the page: on screen they hold numbers and dates alone.
    autoescape=lambda name: name != "report.txt.jinja",
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals |= TEXTS["report"]
_TEMPLATES.filters |= {
    "count": lambda number: "—" if number is None else count(number),
    "long_date": lambda day: format_date(date.fromisoformat(day), "d MMMM y", locale="nl_NL"),
    "month": lambda month: format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale="nl_NL"),
    "moment": lambda moment: f"{datetime.fromisoformat(moment):%d-%m-%Y, %H:%M}",
    "places": places_in_words,
    "with_own_names": with_own_names,
}


def written(template: str, report: dict[str, Any], **more: Any) -> str:
    """The report by one of the templates beside this file. On the page every value is escaped.

    folder, on screen: where the files of the report are, to be named last; None when the delivery was only checked.
    """
    return _TEMPLATES.get_template(template).render(report=report, **more)
