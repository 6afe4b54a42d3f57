"""What is suspicious but allowed in a delivery, and what is missing from it since the one before.

A warning changes nothing: the row counts. It tells the data steward where to look, by file and line.
"""

import contextlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data import contract
from data.errors import count
from data.snapshots import store
from data.snapshots.manifest import Extract, Manifest

WIJKCODE_LEEG = "wijkcode is leeg; telt mee als Onbekend"
WIJKCODE_ONBEKEND = "wijkcode staat niet in de referentietabel; telt mee als Onbekend"
PERIODE_OVERLAPT = "periode overlapt met een eerdere periode van dezelfde inburgeraar"
BEGELEIDING_LANG = "de begeleiding duurt langer dan drie jaar"
VOLTOOID_MAAR_KORTER = "reden_einde is Periode voltooid, maar de ontzorging duurde korter dan zes maanden"
ZES_MAANDEN_ANDERE_REDEN = "de ontzorging duurde zes maanden of langer, maar reden_einde is niet Periode voltooid"
OVERDRACHT_VROEG = "datum_overdracht ligt voor het einde van de begeleiding"

# A table that lost this share of its rows since the delivery before is told, in percents.
MINDER_RIJEN = 30


@dataclass(frozen=True)
class Previous:
    """The snapshot that a delivery is compared with: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    def rows(self, tabel: str) -> int:
        """How many rows of a table were read then; 0 when nobody knows."""
        return self.manifest.tabellen.get(tabel, Extract()).gelezen or 0

    def persons(self) -> pl.DataFrame:
        """inburgeraar_id and datum_huisvesting of its persons. Raises one of store.UNREADABLE."""
        return pl.read_parquet(self.folder / "inburgeraar.parquet", columns=["inburgeraar_id", "datum_huisvesting"])

    def fewer_rows(self, tabel: str, gelezen: int) -> str | None:
        """The warning that a table has 30% or more fewer rows than in this delivery; None when it has not."""
        before = self.rows(tabel)
        if not before or 100 * gelezen > (100 - MINDER_RIJEN) * before:
            return None
        return (
            f"{(before - gelezen) * 100 // before}% minder rijen dan in de levering van "
            f"{self.manifest.peildatum:%d-%m-%Y} ({count(gelezen)} in plaats van {count(before)})"
        )

    def disappeared(self, geleverd: pl.Series) -> pl.DataFrame:
        """Persons who are not among the delivered ids, per month of housing, without ids.

        geleverd: every inburgeraar_id of the delivery as text, rejected rows included: who is rejected is not gone.
        Columns: maand (first day; null for who was not housed, last) and aantal.
        """
        gone = self.persons().join(geleverd.alias("inburgeraar_id").to_frame(), on="inburgeraar_id", how="anti")
        month = pl.col("datum_huisvesting").dt.month_start().alias("maand")
        return gone.group_by(month).agg(pl.len().cast(pl.Int64).alias("aantal")).sort("maand", nulls_last=True)


def _rules(tabel: str, goed: pl.DataFrame, peildatum: date) -> list[tuple[str, str, pl.DataFrame]]:
    """Of a table: the warning, the column to look at, and the rows for which it holds."""
    start, einde = pl.col("datum_start"), pl.col("datum_einde")
    if tabel == "inburgeraar":
        wijkcode, known = pl.col("wijkcode"), contract.referentie("wijk")["wijkcode"].to_list()
        # Who does not live here yet cannot have a wijk here.
        lives_here = pl.any_horizontal(pl.col("datum_huisvesting", "datum_inschrijving_brp").is_not_null())
        return [
            (WIJKCODE_LEEG, "wijkcode", goed.filter(wijkcode.is_null() & lives_here)),
            (WIJKCODE_ONBEKEND, "wijkcode", goed.filter(~wijkcode.is_in(known))),
        ]
    if tabel == "begeleiding":
        long = goed.filter(einde.fill_null(peildatum) >= start.dt.offset_by("3y"))
        return [(PERIODE_OVERLAPT, "datum_start", _overlapping(goed)), (BEGELEIDING_LANG, "datum_einde", long)]
    if tabel == "uitkering":
        return [(PERIODE_OVERLAPT, "datum_start", _overlapping(goed))]
    if tabel == "ontzorging":
        whole = einde >= start.dt.offset_by("6mo").dt.offset_by("-1d")
        completed = pl.col("reden_einde") == "Periode voltooid"
        return [
            (VOLTOOID_MAAR_KORTER, "reden_einde", goed.filter(completed & ~whole)),
            (ZES_MAANDEN_ANDERE_REDEN, "reden_einde", goed.filter(~completed & whole)),
        ]
    if tabel == "overdracht":
        early = goed.filter(pl.col("datum_overdracht") < pl.col("einde_begeleiding"))
        return [(OVERDRACHT_VROEG, "datum_overdracht", early)]
    return []


def _overlapping(goed: pl.DataFrame) -> pl.DataFrame:
    """Periods that start while an earlier one of the same person still runs, its last day included."""
    # Most have one period; leaving them out first spares a sort of a million rows.
    more = goed.filter(pl.col("inburgeraar_id").is_duplicated()).sort("inburgeraar_id", "datum_start")
    until = pl.col("datum_einde").fill_null(date.max).cum_max().shift(1).over("inburgeraar_id")
    return more.filter(pl.col("datum_start") <= until)


def suspicious(
    tabel: str, goed: pl.DataFrame, peildatum: date, begeleiding: pl.LazyFrame | None = None
) -> pl.DataFrame:
    """The accepted rows of a table that a steward should look at, in the order of the rules, then of the lines.

    goed: the accepted rows, the contract's columns, `bestand` and `regel`. begeleiding: inburgeraar_id and datum_einde
    of the accepted rows of that table, for the table overdracht.
    Columns: waarschuwing, kolom (where to look), bestand, regel; no identifier. A row is there once per warning.
    """
    if begeleiding is not None:
        # A period that still runs ends after any handover.
        einde = pl.col("datum_einde").fill_null(date.max).max().alias("einde_begeleiding")
        goed = goed.join(begeleiding.group_by("inburgeraar_id").agg(einde).collect(), on="inburgeraar_id", how="left")
    place = ["bestand", "regel"]
    return pl.concat(
        rows.select(pl.lit(words).alias("waarschuwing"), pl.lit(column).alias("kolom"), *place).sort(place)
        for words, column, rows in _rules(tabel, goed, peildatum) or [("", "", goed.clear())]
    )


def previous(root: Path, peildatum: date, herkomst: str) -> Previous | None:
    """The snapshot of the same kind to compare a delivery of `peildatum` with; None without one.

    It is the one in use, or, when that is of a later peildatum or cannot be read, the latest one that is not.
    """
    for folder in (store.in_use(root), *(store.folder_of(day, root) for day in reversed(store.peildata(root)))):
        manifest = Manifest.read_or_none(folder)
        if manifest and manifest.herkomst == herkomst and manifest.peildatum <= peildatum:
            with contextlib.suppress(*store.UNREADABLE):
                found = Previous(folder, manifest)
                found.persons()
                return found
    return None
