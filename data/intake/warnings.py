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
from data.intake import TEXTS
from data.snapshots import store
from data.snapshots.manifest import Extract, Manifest

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
        deel, toen = (before - gelezen) * 100 // before, self.manifest.peildatum
        return TEXTS["shrunk"]["fewer"].format(deel=deel, toen=toen, nu=count(gelezen), ervoor=count(before))

    def disappeared(self, geleverd: pl.Series) -> pl.DataFrame:
        """Persons who are not among the delivered ids, per month of housing, without ids.

        geleverd: every inburgeraar_id of the delivery as text, rejected rows included: who is rejected is not gone.
        Columns: maand (first day; null for who was not housed, last) and aantal.
        """
        gone = self.persons().join(geleverd.alias("inburgeraar_id").to_frame(), on="inburgeraar_id", how="anti")
        month = pl.col("datum_huisvesting").dt.month_start().alias("maand")
        return gone.group_by(month).agg(pl.len().cast(pl.Int64).alias("aantal")).sort("maand", nulls_last=True)


def _rules(peildatum: date) -> dict[str, dict[str, pl.Expr]]:
    """Per table the warnings, as texts.toml names them, and for which rows each holds."""
    start, einde, wijkcode = map(pl.col, ("datum_start", "datum_einde", "wijkcode"))
    # Who does not live here yet cannot have a wijk here.
    lives_here = pl.any_horizontal(pl.col("datum_huisvesting", "datum_inschrijving_brp").is_not_null())
    known = contract.referentie("wijk")["wijkcode"].to_list()
    # Starts while an earlier period of the same person still runs, its last day included.
    until = einde.fill_null(date.max).cum_max().shift(1).over("inburgeraar_id", order_by="datum_start")
    whole = einde >= start.dt.offset_by("6mo").dt.offset_by("-1d")
    completed = pl.col("reden_einde") == "Periode voltooid"
    overlaps = {"periode_overlapt": start <= until}
    return {
        "inburgeraar": {"wijkcode_leeg": wijkcode.is_null() & lives_here, "wijkcode_onbekend": ~wijkcode.is_in(known)},
        "begeleiding": overlaps | {"begeleiding_lang": einde.fill_null(peildatum) >= start.dt.offset_by("3y")},
        "uitkering": overlaps,
        "ontzorging": {"voltooid_maar_korter": completed & ~whole, "andere_reden": ~completed & whole},
        "overdracht": {"overdracht_vroeg": pl.col("datum_overdracht") < pl.col("einde_begeleiding")},
    }


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
    columns = {"waarschuwing": pl.String, "kolom": pl.String, **{name: goed.schema[name] for name in place}}
    found = [pl.DataFrame(schema=columns)]
    for warning, rule in _rules(peildatum).get(tabel, {}).items():
        kolom, words = map(pl.lit, TEXTS["warnings"][warning])
        found.append(goed.filter(rule).select(words.alias("waarschuwing"), kolom.alias("kolom"), *place).sort(place))
    return pl.concat(found)


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
