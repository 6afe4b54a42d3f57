"""What is suspicious but allowed in a delivery, and what is missing from it since the one before.

A warning changes nothing: the row counts. It tells the data steward where to look, by file and line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data import contract
from data.errors import count
from data.snapshots import store
from data.snapshots.manifest import Extract, Manifest, Waarschuwing

WIJKCODE_LEEG = "wijkcode is leeg; telt mee als Onbekend"
WIJKCODE_ONBEKEND = "wijkcode staat niet in de referentietabel; telt mee als Onbekend"
PERIODE_OVERLAPT = "periode overlapt met een eerdere periode van dezelfde inburgeraar"
BEGELEIDING_LANG = "de begeleiding duurt langer dan drie jaar"
VOLTOOID_MAAR_KORTER = "reden_einde is Periode voltooid, maar de ontzorging duurde korter dan zes maanden"
ZES_MAANDEN_ANDERE_REDEN = "de ontzorging duurde zes maanden of langer, maar reden_einde is niet Periode voltooid"
OVERDRACHT_VROEG = "datum_overdracht ligt voor het einde van de begeleiding"

# A table that lost this share of its rows since the delivery before is told, in percents.
MINDER_RIJEN = 30

_EMPTY = {"waarschuwing": pl.String, "kolom": pl.String, "regel": pl.UInt32}


@dataclass(frozen=True)
class Previous:
    """The snapshot that a delivery is compared with: its folder and its manifest."""

    folder: Path
    manifest: Manifest

    @property
    def peildatum(self) -> date:
        return self.manifest.peildatum


# ------------------------------------------------------------------------------------------------ within a table


def suspicious(
    tabel: str, goed: pl.DataFrame, peildatum: date, begeleiding: pl.LazyFrame | None = None
) -> pl.DataFrame:
    """The accepted rows of a table that a steward should look at, in the order of the rules, then of the lines.

    goed: the accepted rows, the contract's columns and `regel`, and `bestand` when a table came from more files.
    begeleiding: inburgeraar_id and datum_einde of the accepted rows of that table, for the table overdracht.
    Columns: waarschuwing, kolom (where to look), bestand when goed has it, regel. No identifier. A row may be
    there more than once, for different warnings.
    """
    place = [column for column in ("bestand", "regel") if column in goed.columns]
    found = [
        rows.select(pl.lit(words).alias("waarschuwing"), pl.lit(column).alias("kolom"), *place).sort(place)
        for words, column, rows in _RULES.get(tabel, lambda *_: [])(goed, peildatum, begeleiding)
    ]
    empty = pl.DataFrame(schema={**_EMPTY, **({"bestand": pl.String} if "bestand" in place else {})})
    return pl.concat([empty.select("waarschuwing", "kolom", *place), *found], how="vertical_relaxed")


def counted(found: pl.DataFrame, about_the_table: str | None = None) -> list[Waarschuwing]:
    """Warnings as a manifest has them.

    found: see `suspicious`. about_the_table: see `fewer_rows`; it comes first.
    """
    whole = [Waarschuwing(regel=about_the_table, aantal=None)] if about_the_table else []
    rows = found.group_by("waarschuwing", maintain_order=True).len().iter_rows()
    return [*whole, *(Waarschuwing(regel=words, aantal=number) for words, number in rows)]


_Found = list[tuple[str, str, pl.DataFrame]]


def _inburgeraar(goed: pl.DataFrame, *_: object) -> _Found:
    known = contract.referentie("wijk")["wijkcode"].to_list()
    wijkcode = pl.col("wijkcode")
    # Who does not live here yet cannot have a wijk here.
    lives_here = pl.col("datum_huisvesting").is_not_null() | pl.col("datum_inschrijving_brp").is_not_null()
    return [
        (WIJKCODE_LEEG, "wijkcode", goed.filter(wijkcode.is_null() & lives_here)),
        (WIJKCODE_ONBEKEND, "wijkcode", goed.filter(wijkcode.is_not_null() & ~wijkcode.is_in(known))),
    ]


def _begeleiding(goed: pl.DataFrame, peildatum: date, _: object) -> _Found:
    last_day = pl.col("datum_einde").fill_null(peildatum)
    return [
        (PERIODE_OVERLAPT, "datum_start", _overlapping(goed)),
        (BEGELEIDING_LANG, "datum_einde", goed.filter(last_day >= pl.col("datum_start").dt.offset_by("3y"))),
    ]


def _uitkering(goed: pl.DataFrame, *_: object) -> _Found:
    return [(PERIODE_OVERLAPT, "datum_start", _overlapping(goed))]


def _ontzorging(goed: pl.DataFrame, *_: object) -> _Found:
    whole = pl.col("datum_einde") >= pl.col("datum_start").dt.offset_by("6mo").dt.offset_by("-1d")
    completed = pl.col("reden_einde") == "Periode voltooid"
    return [
        (VOLTOOID_MAAR_KORTER, "reden_einde", goed.filter(completed & ~whole)),
        (ZES_MAANDEN_ANDERE_REDEN, "reden_einde", goed.filter(~completed & whole)),
    ]


def _overdracht(goed: pl.DataFrame, _: object, begeleiding: pl.LazyFrame | None) -> _Found:
    if begeleiding is None:
        return []
    # A period that still runs ends after any handover.
    ends = begeleiding.group_by("inburgeraar_id").agg(pl.col("datum_einde").fill_null(date.max).max().alias("einde"))
    handed_over = goed.lazy().filter(pl.col("datum_overdracht").is_not_null())
    early = handed_over.join(ends, on="inburgeraar_id").filter(pl.col("datum_overdracht") < pl.col("einde"))
    return [(OVERDRACHT_VROEG, "datum_overdracht", early.collect())]


def _overlapping(goed: pl.DataFrame) -> pl.DataFrame:
    """Periods that start while an earlier one of the same person still runs, its last day included."""
    # Most have one period; leaving them out first spares a sort of a million rows.
    more = goed.filter(pl.col("inburgeraar_id").is_duplicated())
    until = pl.col("datum_einde").fill_null(date.max).cum_max().shift(1).over("inburgeraar_id")
    return more.sort("inburgeraar_id", "datum_start").filter(pl.col("datum_start") <= until)


_RULES: dict[str, Callable[[pl.DataFrame, date, pl.LazyFrame | None], _Found]] = {
    "inburgeraar": _inburgeraar,
    "begeleiding": _begeleiding,
    "uitkering": _uitkering,
    "ontzorging": _ontzorging,
    "overdracht": _overdracht,
}


# ---------------------------------------------------------------------------------------- since the one before


def previous(root: Path, peildatum: date, herkomst: str) -> Previous | None:
    """The snapshot of the same kind to compare a delivery of `peildatum` with; None without one.

    It is the one in use, or, when that is of a later peildatum or cannot be read, the latest one that is not.
    """
    candidates = [store.in_use(root)]
    candidates += [store.folder_of(day, root) for day in reversed(store.peildata(root))]
    for folder in candidates:
        manifest = Manifest.read_or_none(folder)
        if (
            manifest
            and manifest.herkomst == herkomst
            and manifest.peildatum <= peildatum
            and _persons(folder) is not None
        ):
            return Previous(folder, manifest)
    return None


def _persons(folder: Path) -> pl.DataFrame | None:
    try:
        return pl.read_parquet(folder / "inburgeraar.parquet", columns=["inburgeraar_id", "datum_huisvesting"])
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None


def rows_before(tabel: str, vorige: Previous | None) -> int:
    """How many rows of a table were read in the delivery before; 0 when nobody knows."""
    return (vorige.manifest.tabellen.get(tabel, Extract()).gelezen or 0) if vorige else 0


def fewer_rows(tabel: str, gelezen: int, vorige: Previous | None) -> str | None:
    """The warning that a table has 30% or more fewer rows than in the delivery before; None when it has not."""
    before = rows_before(tabel, vorige)
    if not before or 100 * gelezen > (100 - MINDER_RIJEN) * before:
        return None
    share = (before - gelezen) * 100 // before
    return (
        f"{share}% minder rijen dan in de levering van {vorige.peildatum:%d-%m-%Y} "
        f"({count(gelezen)} in plaats van {count(before)})"
    )


def disappeared(vorige: Previous | None, geleverd: pl.Series) -> pl.DataFrame | None:
    """Persons in the snapshot before who are not among the delivered ids, per month of housing, without ids.

    geleverd: every inburgeraar_id of the delivery as text, rejected rows included: who is rejected is not gone.
    Columns: maand (first day; null for who was not housed, last) and aantal. None without a snapshot before, or
    when that cannot be read.
    """
    before = _persons(vorige.folder) if vorige else None
    if before is None:
        return None
    gone = before.join(geleverd.alias("inburgeraar_id").to_frame(), on="inburgeraar_id", how="anti")
    return (
        gone.group_by(pl.col("datum_huisvesting").dt.month_start().alias("maand"))
        .agg(pl.len().cast(pl.Int64).alias("aantal"))
        .sort("maand", nulls_last=True)
    )
