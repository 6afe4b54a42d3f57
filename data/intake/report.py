"""The report of an intake: on screen, as rapport.html and rapport.json, and as a work list for the data steward.

Everything is read from the version's folder itself: manifest.json for what was counted, afgekeurd/ and opvallend/ for
the lines. Nothing in a report or a work list is an identifier; a line number leads the steward to the record in the
own system. The numbers may be small: a report is for the municipality itself.

    rapport.json      the same as rapport.html, for machines; at most PLAATSEN lines per reason
    rapport.html      for people
    werklijst.csv     every record to repair or to look at, one line each
    verdwenen.csv     persons gone since the delivery before, per month of housing; only when there was one
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import polars as pl
from babel.dates import format_date

from data import contract
from data.errors import count
from data.snapshots.manifest import Manifest

JSON = "rapport.json"
HTML = "rapport.html"
WERKLIJST = "werklijst.csv"
VERDWENEN = "verdwenen.csv"
OPVALLEND = "opvallend"

FORMAAT = 1
_FROM_MANIFEST = {"titel", "peildatum", "herkomst", "aangemaakt", "levering_id"}
# Lines that rapport.json names per reason; the work list names them all.
PLAATSEN = 1_000
# Lines that a sentence names.
_IN_WORDS = 20

AFGEKEURD, LET_OP = "Afgekeurd", "Let op"
INTERN = (
    "Intern: niet openbaar maken. Aantallen kunnen klein zijn; samen met andere gegevens kan iemand erin te herkennen "
    "zijn."
)

CHECKED = "De levering met peildatum {peildatum} is gecontroleerd."
NOTHING_KEPT = "Er is niets bewaard: dit was alleen een controle."
OBJECTIONS = "Opgenomen met --toch, al kan de levering zo niet kloppen:"

# Of every line that was rejected or that stood out.
_LINES = {
    **dict.fromkeys(("tabel", "soort", "reden", "kolom", "kolom_in_bestand", "bestand"), pl.String),
    "regel": pl.UInt32,
}


def column_of(tabel: str, reden: str) -> str:
    """The column to look at for a reason of rejection; empty for a reason that names none."""
    schema = contract.op_peildatum(contract.TABELLEN[tabel], date.max)
    for rule, words in contract.redenen(schema).items():
        # A sentence of a rule between columns is the same in every table; only its own tables can have it.
        if words == reden:
            return contract.kolom_bij(schema, rule)
    # What could not be read as its type is told with the column in front.
    first = reden.split(" ", 1)[0]
    return first if first in schema.column_names() else ""


# ------------------------------------------------------------------------------------------------------- writing


def write(folder: Path, manifest: Manifest, put_in_use: bool, verdwenen: pl.DataFrame | None = None) -> dict[str, Any]:
    """Write the report and the work list of the version in `folder`, whose tables are there; returns the report.

    manifest: as it will be written. put_in_use: whether this snapshot takes over. verdwenen: maand and aantal, see
    `warnings.disappeared`. Raises OSError when the disk refuses.
    """
    lines = _lines(folder, manifest)
    report = compose(manifest, lines, put_in_use, verdwenen)
    (folder / JSON).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / HTML).write_text(to_html(report), encoding="utf-8")
    _write_csv(folder / WERKLIJST, work_list(lines))
    if verdwenen is not None:
        maand = pl.col("maand").dt.to_string("%Y-%m").fill_null("niet gehuisvest").alias("maand_huisvesting")
        _write_csv(folder / VERDWENEN, verdwenen.select(maand, "aantal"))
    return report


def read(folder: Path) -> dict[str, Any] | None:
    """The report in a version's folder; None when it has none or it cannot be read."""
    try:
        report = json.loads((folder / JSON).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return report if isinstance(report, dict) else None


def _lines(folder: Path, manifest: Manifest) -> pl.DataFrame:
    """Every line that was rejected or that stood out, without any identifier.

    Columns: tabel, soort, reden, kolom (the contract's), kolom_in_bestand (the delivery's own name), bestand, regel.
    """
    frames = [pl.DataFrame(schema=_LINES)]
    for tabel, entry in manifest.tabellen.items():
        for soort, part in ((AFGEKEURD, "afgekeurd"), (LET_OP, OPVALLEND)):
            path = folder / part / f"{tabel}.parquet"
            if not path.is_file():
                continue
            frame = pl.read_parquet(path)
            if soort == LET_OP:
                frame = frame.rename({"waarschuwing": "reden"})
            else:
                columns = {reden: column_of(tabel, reden) for reden in frame["reden"].unique()}
                frame = frame.with_columns(pl.col("reden").replace(columns).alias("kolom"))
            if "bestand" not in frame.columns:
                frame = frame.with_columns(pl.lit(entry.bestand).alias("bestand"))
            frame = frame.with_columns(
                pl.lit(tabel).alias("tabel"),
                pl.lit(soort).alias("soort"),
                pl.col("kolom").replace(entry.kolomnamen).alias("kolom_in_bestand"),
            )
            frames.append(frame.select(pl.col(column).cast(kind) for column, kind in _LINES.items()))
    return pl.concat(frames)


def work_list(lines: pl.DataFrame) -> pl.DataFrame:
    """The records to repair, then those to look at; within those the most frequent reason first, then file and line.

    lines: see `_lines`. Columns: soort, reden, keer (rows with this reason in this table), tabel, bestand, regel,
    kolom, kolom_in_bestand.
    """
    return (
        lines.with_columns(pl.len().over("soort", "tabel", "reden").alias("keer"))
        .sort(
            pl.col("soort") != AFGEKEURD,
            pl.col("keer"),
            "reden",
            "tabel",
            "bestand",
            "regel",
            descending=[False, True, False, False, False, False],
        )
        .select("soort", "reden", "keer", "tabel", "bestand", "regel", "kolom", "kolom_in_bestand")
    )


def _write_csv(path: Path, frame: pl.DataFrame) -> None:
    """Write a table as Dutch Excel opens it without questions: UTF-8 with BOM, semicolons, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    harmless = pl.col(pl.String).str.replace(r"^([=+\-@\t\r])", "'$1")
    text = frame.with_columns(harmless).write_csv(separator=";", line_terminator="\r\n", include_bom=True)
    # By Python, whose error of a full disk says so.
    path.write_text(text, encoding="utf-8", newline="")


# ------------------------------------------------------------------------------------------------------- content


def compose(
    manifest: Manifest, lines: pl.DataFrame, put_in_use: bool, verdwenen: pl.DataFrame | None
) -> dict[str, Any]:
    """The report as what rapport.json holds. lines: see `_lines`; verdwenen: maand, aantal.

    Per table `afgekeurd` is a list of reden, kolom, kolom_in_bestand, aantal and plaatsen (bestand and its regels);
    `waarschuwingen` the same, with aantal and kolom null for a warning about the table as a whole. `kolomnamen` has the
    delivery's own name per column of the contract that it calls otherwise.
    """
    tables = []
    for tabel, entry in manifest.tabellen.items():
        own = lines.filter(pl.col("tabel") == tabel)
        rejected, stood_out = own.filter(pl.col("soort") == AFGEKEURD), own.filter(pl.col("soort") == LET_OP)
        tables.append(
            {
                "tabel": tabel,
                "bestand": entry.bestand,
                "gelezen": entry.gelezen,
                "goedgekeurd": entry.rijen,
                "afgekeurd": [
                    {"reden": reden, "aantal": aantal} | _where(rejected, reden)
                    for reden, aantal in entry.afgekeurd.items()
                ],
                "waarschuwingen": [
                    {"waarschuwing": warning.regel, "aantal": warning.aantal} | _where(stood_out, warning.regel)
                    for warning in entry.waarschuwingen
                ],
                "extra_kolommen": entry.extra_kolommen,
                "kolomnamen": entry.kolomnamen,
                "opmerkingen": entry.opmerkingen,
            }
        )
    gone = manifest.verdwenen and manifest.verdwenen.model_dump(mode="json")
    if gone and verdwenen is not None:
        gone["per_maand_huisvesting"] = [
            {"maand": None if maand is None else f"{maand:%Y-%m}", "aantal": aantal}
            for maand, aantal in verdwenen.select("maand", "aantal").iter_rows()
        ]
    return {
        "formaat": FORMAAT,
        **manifest.model_dump(mode="json", include=_FROM_MANIFEST, exclude_unset=True),
        "in_gebruik_genomen": put_in_use,
        "toch": manifest.toch,
        "tabellen": tables,
        "verdwenen": gone,
    }


def _where(lines: pl.DataFrame, reden: str) -> dict[str, Any]:
    found = lines.filter(pl.col("reden") == reden).sort("bestand", "regel")
    named = found.head(PLAATSEN).group_by("bestand", maintain_order=True).agg("regel")
    return {
        "kolom": found["kolom"].first() or None,
        "kolom_in_bestand": found["kolom_in_bestand"].first() or None,
        "plaatsen": [{"bestand": bestand, "regels": regels} for bestand, regels in named.iter_rows()],
    }


# --------------------------------------------------------------------------------------------------------- words


class _Totals(NamedTuple):
    gelezen: int
    goedgekeurd: int
    afgekeurd: int


def _totals(tables: Iterable[dict[str, Any]]) -> _Totals:
    tables = list(tables)
    return _Totals(
        sum(table["gelezen"] for table in tables),
        sum(table["goedgekeurd"] for table in tables),
        sum(reason["aantal"] for table in tables for reason in table["afgekeurd"]),
    )


def with_own_names(reden: str, kolomnamen: Mapping[str, str]) -> str:
    """A reason in the contract's words, with the delivery's own column name behind every column it names."""
    if not kolomnamen:
        return reden
    namen = "|".join(sorted(map(re.escape, kolomnamen), key=len, reverse=True))
    return re.sub(rf"\b({namen})\b", lambda raak: f"{raak[1]} (kolom {kolomnamen[raak[1]]})", reden)


def lines_in_words(regels: Sequence[int], aantal: int | None = None, hooguit: int = _IN_WORDS) -> str:
    """Line numbers as people write them: "regel 4", "regel 2 tot en met 5 en 9", "regel 1, 3 en verder".

    regels: in order. aantal: how many there are in all, when regels are only the first. hooguit: at most so many
    numbers or ranges are named.
    """
    ranges: list[list[int]] = []
    for regel in regels:
        if ranges and regel == ranges[-1][1] + 1:
            ranges[-1][1] = regel
        else:
            ranges.append([regel, regel])
    more = len(ranges) > hooguit or (aantal or 0) > len(regels)
    parts = []
    for first, last in ranges[:hooguit]:
        if last - first > 1:
            parts.append(f"{first} tot en met {last}")
        else:
            parts += [str(number) for number in range(first, last + 1)]
    if not parts:
        return ""
    if more:
        return f"regel {', '.join(parts)} en verder"
    return "regel " + (" en ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0])


def places_in_words(entry: dict[str, Any], bestand: str, hooguit: int = _IN_WORDS) -> str:
    """Where the rows of a reason are: the lines, and the file too when the table came from more than one."""
    places = entry["plaatsen"]
    told = sum(len(place["regels"]) for place in places)
    parts = []
    for number, place in enumerate(places, start=1):
        cut = number == len(places) and (entry["aantal"] or 0) > told
        words = lines_in_words(place["regels"], len(place["regels"]) + 1 if cut else None, hooguit)
        parts.append(words if place["bestand"] == bestand else f"{place['bestand']}: {words}")
    return "; ".join(parts)


def column_in_words(entry: dict[str, Any]) -> str:
    """The column to look at, by the delivery's own name first: "Einddatum (datum_einde)"; a dash when there is none."""
    column, own = entry["kolom"], entry["kolom_in_bestand"]
    return (column if own in (None, column) else f"{own} ({column})") if column else "—"


def heading(report: dict[str, Any]) -> str:
    """What the report is of, in one line."""
    what = "Demogegevens (synthetisch)" if report["herkomst"] == "demo" else "De levering"
    verb = "zijn" if report["herkomst"] == "demo" else "is"
    return f"{what} met peildatum {report['peildatum']} {verb} opgenomen."


def outcome(report: dict[str, Any]) -> str:
    """How many rows count, in one sentence."""
    totals = _totals(report["tabellen"])
    if not totals.gelezen:
        return "De levering bevat geen enkele rij."
    rows = "De ene rij telt mee" if totals.gelezen == 1 else f"Alle {count(totals.gelezen)} rijen tellen mee"
    if not totals.afgekeurd:
        return f"{rows}; er is niets afgekeurd."
    read = "de ene gelezen rij" if totals.gelezen == 1 else f"de {count(totals.gelezen)} gelezen rijen"
    verb = "is er 1" if totals.afgekeurd == 1 else f"zijn er {count(totals.afgekeurd)}"
    return f"Van {read} {verb} afgekeurd; wat is afgekeurd, telt in geen enkel cijfer mee."


def in_use_words(report: dict[str, Any]) -> str:
    """Whether the snapshot took over."""
    if report["in_gebruik_genomen"]:
        return "Deze snapshot is nu in gebruik."
    return "De snapshot is bewaard. In gebruik blijft de snapshot met de latere peildatum."


def gone_words(report: dict[str, Any]) -> str:
    """Who is not in the delivery any more, in one sentence; empty when nobody is."""
    gone = report["verdwenen"]
    if not gone or not gone["aantal"]:
        return ""
    noun = "inburgeraar" if gone["aantal"] == 1 else "inburgeraars"
    return (
        f"Niet meer in deze levering: {count(gone['aantal'])} {noun} uit de snapshot van "
        f"{gone['vorige_peildatum']}. Ook wie vertrokken is, hoort erin."
    )


def on_screen(report: dict[str, Any], folder: Path | None = None, *, checked: bool = False) -> str:
    """The report as plain text for a terminal.

    folder: where the files of the report are, to be named last. checked: the delivery was only looked at.
    """
    objections = report["toch"]
    first = CHECKED.format(peildatum=report["peildatum"]) if checked else heading(report)
    text = [first, *((OBJECTIONS, *(f"  {words}" for words in objections)) if objections else ()), ""]
    text.append(f"{'tabel':<14}{'gelezen':>12}{'goedgekeurd':>14}{'afgekeurd':>12}")
    for table in report["tabellen"]:
        totals = _totals([table])
        text.append(
            f"{table['tabel']:<14}{count(totals.gelezen):>12}{count(totals.goedgekeurd):>14}"
            f"{count(totals.afgekeurd):>12}"
        )
    for table in report["tabellen"]:
        text += _explanation(table)
    if gone_words(report):
        text += ["", gone_words(report)]
        text += [f"  {words}" for words in _gone_per_month(report)]
    text += ["", NOTHING_KEPT if checked else in_use_words(report)]
    if folder is not None:
        text += [f"Rapport: {folder / HTML}", f"Werklijst: {folder / WERKLIJST}"]
    return "\n".join(text)


def _explanation(table: dict[str, Any]) -> list[str]:
    text = []
    entries = [("afgekeurd", reason, reason["reden"]) for reason in table["afgekeurd"]]
    entries += [("let op", warning, warning["waarschuwing"]) for warning in table["waarschuwingen"]]
    for what, entry, words in entries:
        number = "" if entry["aantal"] is None else f"{count(entry['aantal'])} keer "
        places = places_in_words(entry, table["bestand"], 5)
        words = with_own_names(words, table["kolomnamen"])
        text.append(f"  {what}: {number}{words}" + (f" ({places})" if places else ""))
    text += [f"  let op: {remark}" for remark in table["opmerkingen"]]
    if table["extra_kolommen"]:
        text.append(f"  niet bewaard, hoort niet bij de levering: {', '.join(table['extra_kolommen'])}")
    return ["", f"{table['tabel']}: {table['bestand']}", *text] if text else []


def _gone_per_month(report: dict[str, Any]) -> Iterator[str]:
    for entry in report["verdwenen"].get("per_maand_huisvesting") or ():
        yield f"{_month(entry['maand'])}: {count(entry['aantal'])}"


def _month(maand: str | None) -> str:
    if maand is None:
        return "niet gehuisvest"
    return f"gehuisvest in {format_date(date.fromisoformat(f'{maand}-01'), 'MMMM y', locale='nl_NL')}"


# ---------------------------------------------------------------------------------------------------------- html


def to_html(report: dict[str, Any]) -> str:
    """The report as one page that needs nothing else: no script, no network, every value escaped."""
    return _template().render(
        report=report,
        whole=_totals(report["tabellen"]),
        heading=heading(report),
        outcome=outcome(report),
        in_use=in_use_words(report),
        gone=gone_words(report),
        intern=INTERN,
        objections=OBJECTIONS,
        rejected=any(table["afgekeurd"] for table in report["tabellen"]),
        warned=any(table["waarschuwingen"] or table["opmerkingen"] for table in report["tabellen"]),
        dropped=any(table["extra_kolommen"] for table in report["tabellen"]),
    )


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["count"] = lambda number: "—" if number is None else count(number)
    environment.filters["long_date"] = lambda day: format_date(date.fromisoformat(day), "d MMMM y", locale="nl_NL")
    environment.filters["moment"] = lambda moment: f"{datetime.fromisoformat(moment):%d-%m-%Y, %H:%M}"
    environment.globals |= {
        "places": places_in_words,
        "column": column_in_words,
        "month": _month,
        "totals": lambda table: _totals([table]),
    }
    return environment.get_template("report.html.jinja")
