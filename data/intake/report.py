"""The report of an intake: on screen, as rapport.html and rapport.json, and as a work list for the data steward.

Everything is read from the version's folder itself: manifest.json for what was counted, afgekeurd/ and opvallend/ for
the lines. Nothing in a report or a work list is an identifier; a line number leads the steward to the record in the
own system. The numbers may be small: a report is for the municipality itself.

    rapport.json      the same as rapport.html, for machines; at most PLAATSEN lines per reason
    rapport.html      for people, by report.html.jinja
    werklijst.csv     every record to repair or to look at, one line each
    verdwenen.csv     persons gone since the delivery before, per month of housing; only when there was one
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

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

AFGEKEURD, LET_OP = "Afgekeurd", "Let op"
INTERN = (
    "Intern: niet openbaar maken. Aantallen kunnen klein zijn; samen met andere gegevens kan iemand erin te herkennen "
    "zijn."
)
OBJECTIONS = "Opgenomen met --toch, al kan de levering zo niet kloppen:"

# Of every line that was rejected or that stood out: kolom is the contract's, kolom_in_bestand the delivery's own name.
_LINES = {
    **dict.fromkeys(("tabel", "soort", "reden", "kolom", "kolom_in_bestand", "bestand"), pl.String),
    "regel": pl.UInt32,
}


def column_of(tabel: str, reden: str) -> str:
    """The column to look at for a reason of rejection; empty for a reason that names none.

    "X zonder Y", "X met Y" and "X en Y" lead to Y, all other reasons to the column with which they begin.
    """
    named = [*re.findall(r" (?:zonder|met|en) (\w+)", reden), reden.split(" ", 1)[0]]
    return next((column for column in named if column in contract.TABELLEN[tabel].column_names()), "")


# ------------------------------------------------------------------------------------------------------- writing


def write(folder: Path, manifest: Manifest, put_in_use: bool, verdwenen: pl.DataFrame | None = None) -> dict[str, Any]:
    """Write the report and the work list of the version in `folder`, whose tables are there; returns the report.

    manifest: as it will be written. put_in_use: whether this snapshot takes over. verdwenen: maand and aantal, see
    `warnings.disappeared`. Raises OSError when the disk refuses.
    """
    lines = _lines(folder, manifest)
    report = _compose(manifest, lines, put_in_use, verdwenen)
    (folder / JSON).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / HTML).write_text(_template().render(report=report), encoding="utf-8")
    _write_csv(folder / WERKLIJST, _work_list(lines))
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
    """Every line that was rejected or that stood out, without any identifier."""
    frames = [pl.DataFrame(schema=_LINES)]
    for tabel, entry in manifest.tabellen.items():
        for soort, part in ((AFGEKEURD, "afgekeurd"), (LET_OP, OPVALLEND)):
            frame = pl.read_parquet(folder / part / f"{tabel}.parquet")
            if soort == LET_OP:
                frame = frame.rename({"waarschuwing": "reden"})
            else:
                columns = {reden: column_of(tabel, reden) for reden in frame["reden"].unique()}
                frame = frame.with_columns(pl.col("reden").replace(columns).alias("kolom"))
            frame = frame.with_columns(
                pl.lit(tabel).alias("tabel"),
                pl.lit(soort).alias("soort"),
                pl.col("kolom").replace(entry.kolomnamen).alias("kolom_in_bestand"),
            )
            frames.append(frame.select(pl.col(column).cast(kind) for column, kind in _LINES.items()))
    return pl.concat(frames)


def _work_list(lines: pl.DataFrame) -> pl.DataFrame:
    """The records to repair, then those to look at; within those the most frequent reason first, then file and line.

    keer: rows with this reason in this table.
    """
    order = [pl.col("soort") != AFGEKEURD, -pl.col("keer").cast(pl.Int64), "reden", "tabel", "bestand", "regel"]
    lines = lines.with_columns(pl.len().over("soort", "tabel", "reden").alias("keer")).sort(order)
    return lines.select("soort", "reden", "keer", "tabel", "bestand", "regel", "kolom", "kolom_in_bestand")


def _write_csv(path: Path, frame: pl.DataFrame) -> None:
    """Write a table as Dutch Excel opens it without questions: UTF-8 with BOM, semicolons, CRLF.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    harmless = pl.col(pl.String).str.replace(r"^([=+\-@\t\r])", "'$1")
    text = frame.with_columns(harmless).write_csv(separator=";", line_terminator="\r\n", include_bom=True)
    # By Python, whose error of a full disk says so.
    path.write_text(text, encoding="utf-8", newline="")


# ------------------------------------------------------------------------------------------------------- content


def _compose(
    manifest: Manifest, lines: pl.DataFrame, put_in_use: bool, verdwenen: pl.DataFrame | None
) -> dict[str, Any]:
    """The report as what rapport.json holds.

    Per table `afgekeurd` is a list of reden, aantal, kolom, kolom_in_bestand and plaatsen (bestand and its regels);
    `waarschuwingen` the same, with aantal and kolom null for a warning about the table as a whole. `kolomnamen` has the
    delivery's own name per column of the contract that it calls otherwise.
    """

    def where(tabel: str, soort: str, reden: str) -> dict[str, Any]:
        found = lines.filter(pl.col("tabel") == tabel, pl.col("soort") == soort, pl.col("reden") == reden)
        named = found.sort("bestand", "regel").head(PLAATSEN).group_by("bestand", maintain_order=True).agg("regel")
        return {
            "kolom": found["kolom"].first() or None,
            "kolom_in_bestand": found["kolom_in_bestand"].first() or None,
            "plaatsen": [{"bestand": bestand, "regels": regels} for bestand, regels in named.iter_rows()],
        }

    gone = manifest.verdwenen and manifest.verdwenen.model_dump(mode="json")
    if gone and verdwenen is not None:
        months = verdwenen.select(pl.col("maand").dt.to_string("%Y-%m"), "aantal")
        gone["per_maand_huisvesting"] = months.to_dicts()
    return {
        "formaat": FORMAAT,
        **manifest.model_dump(mode="json", include=_FROM_MANIFEST, exclude_unset=True),
        "in_gebruik_genomen": put_in_use,
        "toch": manifest.toch,
        "tabellen": [
            {
                "tabel": tabel,
                "bestand": entry.bestand,
                "gelezen": entry.gelezen,
                "goedgekeurd": entry.rijen,
                "afgekeurd": [
                    {"reden": reden, "aantal": aantal} | where(tabel, AFGEKEURD, reden)
                    for reden, aantal in entry.afgekeurd.items()
                ],
                "waarschuwingen": [
                    {"waarschuwing": warning.regel, "aantal": warning.aantal} | where(tabel, LET_OP, warning.regel)
                    for warning in entry.waarschuwingen
                ],
                "extra_kolommen": entry.extra_kolommen,
                "kolomnamen": entry.kolomnamen,
                "opmerkingen": entry.opmerkingen,
            }
            for tabel, entry in manifest.tabellen.items()
        ],
        "verdwenen": gone,
    }


# --------------------------------------------------------------------------------------------------------- words


def with_own_names(reden: str, kolomnamen: Mapping[str, str]) -> str:
    """A reason in the contract's words, with the delivery's own column name behind every column it names."""
    return re.sub(
        r"\w+", lambda raak: raak[0] + (f" (kolom {kolomnamen[raak[0]]})" if raak[0] in kolomnamen else ""), reden
    )


def lines_in_words(regels: Sequence[int], hooguit: int, more: bool = False) -> str:
    """Line numbers as people write them: "regel 4", "regel 2 tot en met 5 en 9", "regel 1, 3 en verder".

    regels: in order. hooguit: at most so many numbers or ranges are named. more: there are others than these.
    """
    ranges: list[list[int]] = []
    for regel in regels:
        if ranges and regel == ranges[-1][-1] + 1:
            ranges[-1].append(regel)
        else:
            ranges.append([regel])
    parts = []
    for numbers in ranges[:hooguit]:
        parts += [f"{numbers[0]} tot en met {numbers[-1]}"] if len(numbers) > 2 else map(str, numbers)
    if more or len(ranges) > hooguit:
        parts.append("verder")
    return "regel " + " en ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""


def places_in_words(entry: dict[str, Any], bestand: str, hooguit: int = 20) -> str:
    """Where the rows of a reason are: the lines, and the file too when the table came from more than one."""
    left, parts = entry["aantal"] or 0, []
    for place in entry["plaatsen"]:
        left -= len(place["regels"])
        words = lines_in_words(place["regels"], hooguit, more=place is entry["plaatsen"][-1] and left > 0)
        parts.append(words if place["bestand"] == bestand else f"{place['bestand']}: {words}")
    return "; ".join(parts)


def _column(entry: dict[str, Any]) -> str:
    """The column to look at, by the delivery's own name first: "Einddatum (datum_einde)"; a dash when there is none."""
    column, own = entry["kolom"], entry["kolom_in_bestand"]
    return (column if own in (None, column) else f"{own} ({column})") if column else "—"


def _heading(report: dict[str, Any]) -> str:
    what = "Demogegevens (synthetisch)" if report["herkomst"] == "demo" else "De levering"
    verb = "zijn" if report["herkomst"] == "demo" else "is"
    return f"{what} met peildatum {report['peildatum']} {verb} opgenomen."


def _outcome(report: dict[str, Any]) -> str:
    """How many rows count, in one sentence."""
    read, counting = (sum(table[kind] for table in report["tabellen"]) for kind in ("gelezen", "goedgekeurd"))
    if not read:
        return "De levering bevat geen enkele rij."
    if read == counting:
        return f"Alle {count(read)} rijen tellen mee; er is niets afgekeurd."
    verb = "is er" if read - counting == 1 else "zijn er"
    return (
        f"Van de {count(read)} gelezen rijen {verb} {count(read - counting)} afgekeurd; wat is afgekeurd, telt in geen "
        "enkel cijfer mee."
    )


def _in_use(report: dict[str, Any]) -> str:
    if report["in_gebruik_genomen"]:
        return "Deze snapshot is nu in gebruik."
    return "De snapshot is bewaard. In gebruik blijft de snapshot met de latere peildatum."


def _gone(report: dict[str, Any]) -> str:
    """Who is not in the delivery any more, in one sentence; empty when nobody is."""
    gone = report["verdwenen"]
    if not gone or not gone["aantal"]:
        return ""
    noun = "inburgeraar" if gone["aantal"] == 1 else "inburgeraars"
    return (
        f"Niet meer in deze levering: {count(gone['aantal'])} {noun} uit de snapshot van "
        f"{gone['vorige_peildatum']}. Ook wie vertrokken is, hoort erin."
    )


def _gone_per_month(report: dict[str, Any]) -> list[str]:
    found = []
    for entry in (report["verdwenen"] or {}).get("per_maand_huisvesting", ()):
        month = entry["maand"] and format_date(date.fromisoformat(f"{entry['maand']}-01"), "MMMM y", locale="nl_NL")
        found.append(f"{f'gehuisvest in {month}' if month else 'niet gehuisvest'}: {count(entry['aantal'])}")
    return found


def on_screen(report: dict[str, Any], folder: Path | None) -> str:
    """The report as plain text for a terminal.

    folder: where the files of the report are, to be named last; None when the delivery was only checked.
    """
    checked = f"De levering met peildatum {report['peildatum']} is gecontroleerd."
    text = [_heading(report) if folder else checked]
    if report["toch"]:
        text += [OBJECTIONS, *(f"  {words}" for words in report["toch"])]
    text += ["", f"{'tabel':<14}{'gelezen':>12}{'goedgekeurd':>14}{'afgekeurd':>12}"]
    for table in report["tabellen"]:
        read, counting = table["gelezen"], table["goedgekeurd"]
        text.append(f"{table['tabel']:<14}{count(read):>12}{count(counting):>14}{count(read - counting):>12}")
    for table in report["tabellen"]:
        if remarks := _remarks(table):
            text += ["", f"{table['tabel']}: {table['bestand']}", *remarks]
    if gone := _gone(report):
        text += ["", gone, *(f"  {words}" for words in _gone_per_month(report))]
    if folder is None:
        return "\n".join([*text, "", "Er is niets bewaard: dit was alleen een controle."])
    return "\n".join([*text, "", _in_use(report), f"Rapport: {folder / HTML}", f"Werklijst: {folder / WERKLIJST}"])


def _remarks(table: dict[str, Any]) -> list[str]:
    text = []
    for entry in (*table["afgekeurd"], *table["waarschuwingen"]):
        what, words = ("afgekeurd", entry["reden"]) if "reden" in entry else ("let op", entry["waarschuwing"])
        number = "" if entry["aantal"] is None else f"{count(entry['aantal'])} keer "
        places = places_in_words(entry, table["bestand"], hooguit=5)
        words = with_own_names(words, table["kolomnamen"])
        text.append(f"  {what}: {number}{words}" + (f" ({places})" if places else ""))
    text += [f"  let op: {remark}" for remark in table["opmerkingen"]]
    if table["extra_kolommen"]:
        text.append(f"  niet bewaard, hoort niet bij de levering: {', '.join(table['extra_kolommen'])}")
    return text


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    """The report as one page that needs nothing else: no script, no network, every value escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "count": lambda number: "—" if number is None else count(number),
        "long_date": lambda day: format_date(date.fromisoformat(day), "d MMMM y", locale="nl_NL"),
        "moment": lambda moment: f"{datetime.fromisoformat(moment):%d-%m-%Y, %H:%M}",
        "places": places_in_words,
    }
    environment.filters |= {
        sentence.__name__.removeprefix("_"): sentence
        for sentence in (_column, _heading, _outcome, _in_use, _gone, _gone_per_month)
    }
    environment.globals |= {"intern": INTERN, "objections": OBJECTIONS}
    return environment.get_template("report.html.jinja")
