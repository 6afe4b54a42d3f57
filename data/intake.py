"""A delivery becomes a validated snapshot: `python -m data.intake DIR --peildatum JJJJ-MM-DD [--naar DIR]`.

Exit status 0: accepted; 1: accepted with rejected rows; 2: refused, and nothing on disk has changed.

A delivery is refused as a whole for what makes it untrustworthy: a missing table or column, a column that
cannot be cast to its type, a duplicate key, an inburgeraar_id of digits only, or a BSN. All of that is judged
before anything is written. What is wrong with one row rejects that row: it is kept aside in afgekeurd/ with
its line number and one reason, the first in the order of `contract.redenen`.

Which snapshot is in use afterwards: the one just delivered, unless a newer real one is in use. A late
correction of an older peildatum is stored as the snapshot of that peildatum and leaves the dashboard on the
newest. A real delivery always takes over from demo data; demo data never replaces a real snapshot.
"""

import argparse
import contextlib
import hashlib
import os
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import dataframely as dy
import polars as pl
from tqdm import tqdm

from data import bsn, contract, snapshot

FORMAAT = 1
TIJDZONE = "Europe/Amsterdam"

# A file that cannot be read ends in one of these; a damaged one can make the reader of polars panic.
_LEESFOUTEN = (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException, UnicodeError)

PERIODE_OVERLAPT = "periode overlapt met een eerdere periode van dezelfde inburgeraar"
VOLTOOID_MAAR_KORTER = "reden_einde is Periode voltooid, maar de ontzorging duurde korter dan zes maanden"
ZES_MAANDEN_ANDERE_REDEN = "de ontzorging duurde zes maanden of langer, maar reden_einde is niet Periode voltooid"
WIJKCODE_ONBEKEND = "wijkcode staat niet in de referentietabel; telt mee als Onbekend"


class RefusedError(Exception):
    """The delivery is refused and nothing has changed; the message tells the data steward why, in Dutch."""


class BusyError(RefusedError):
    """Another intake is running in the same folder; trying again later may do."""


@dataclass(frozen=True)
class Uitslag:
    """What became of an accepted delivery.

    map: the snapshot's folder; manifest: as in its manifest.json; in_gebruik: whether it is now in use.
    """

    map: Path
    manifest: dict[str, Any]
    in_gebruik: bool

    @property
    def afgekeurd(self) -> int:
        """Rejected rows in all tables."""
        return sum(sum(tabel["afgekeurd"].values()) for tabel in self.manifest["tabellen"].values())

    @property
    def code(self) -> int:
        """Exit status: 0 accepted, 1 accepted with rejected rows."""
        return 1 if self.afgekeurd else 0


@dataclass(frozen=True)
class Tabelbestand:
    """One file of a delivery, read column by column. `regel` in messages is the row's number, from 1."""

    pad: Path
    soorten: dict[str, pl.DataType]
    kenmerk: tuple[int, int, int]

    @classmethod
    def open(cls, pad: Path) -> "Tabelbestand":
        """Read what the file says of its columns. Raises RefusedError when it cannot be read as parquet."""
        try:
            soorten = dict(pl.scan_parquet(pad, glob=False, hive_partitioning=False).collect_schema())
            return cls(pad, soorten, _kenmerk(pad))
        except pl.exceptions.DuplicateError as fout:
            raise RefusedError(f"{_bestandsnaam(pad)}: een kolomnaam komt twee keer voor.") from fout
        except _LEESFOUTEN as fout:
            raise _onleesbaar(pad) from fout

    @property
    def naam(self) -> str:
        return _bestandsnaam(self.pad)

    def lees(self, kolom: str) -> pl.Series:
        """One column as delivered."""
        try:
            frame = pl.read_parquet(self.pad, columns=[kolom], glob=False, hive_partitioning=False)
        except _LEESFOUTEN as fout:
            raise _onleesbaar(self.pad) from fout
        return frame[kolom]

    def kolomnaam(self, kolom: str) -> str:
        """The name as it may stand in a message: its place instead when it holds a long number."""
        return kolom if bsn.toonbaar(kolom) else f"nummer {list(self.soorten).index(kolom) + 1}"

    def sha256(self) -> str:
        with self.pad.open("rb") as inhoud:
            return hashlib.file_digest(inhoud, "sha256").hexdigest()

    def levertijd(self) -> str:
        """When the file was last written, ISO with zone."""
        return datetime.fromtimestamp(self.pad.stat().st_mtime, ZoneInfo(TIJDZONE)).isoformat(timespec="seconds")

    def is_gewijzigd(self) -> bool:
        return _kenmerk(self.pad) != self.kenmerk


@dataclass
class Leveringsmap:
    """A delivery's files by table, and the parquet files beside them that are no table of the contract."""

    map: Path
    tabellen: dict[str, Tabelbestand]
    overige: list[Tabelbestand] = field(default_factory=list)

    def gevraagd(self, tabel: str) -> list[str]:
        """The contract's columns that this delivery has for a table, in the contract's order.

        begeleidingsregime says something about a statushouder; without that column it is an extra column.
        """
        geleverd = self.tabellen[tabel].soorten
        kolommen = [kolom for kolom in contract.TABELLEN[tabel].column_names() if kolom in geleverd]
        if tabel == "melding" and "statushouder" not in kolommen:
            kolommen = [kolom for kolom in kolommen if kolom != "begeleidingsregime"]
        return kolommen

    def extra(self, tabel: str) -> list[str]:
        """Names, fit to be shown, of the columns that are dropped."""
        bestand, gevraagd = self.tabellen[tabel], self.gevraagd(tabel)
        return [
            kolom if bsn.toonbaar(kolom) else f"kolom {plaats} (naam weggelaten)"
            for plaats, kolom in enumerate(bestand.soorten, start=1)
            if kolom not in gevraagd
        ]


# ------------------------------------------------------------------------------------------ the whole intake


def neem_in(
    levering: Path, peildatum: date, naar: Path = snapshot.SNAPSHOTS, voortgang: bool | None = False
) -> Uitslag:
    """Take in the delivery in folder `levering` as the snapshot of `peildatum` under `naar`.

    `voortgang` shows a progress bar: True, False, or None for only in a terminal and only for long work.
    Raises RefusedError when the delivery is refused (nothing on disk has changed) or when a file or disk
    fails (the snapshots are what they were), and BusyError when another intake is running.
    """
    levering, naar = Path(levering), Path(naar)
    if peildatum > datetime.now(ZoneInfo(TIJDZONE)).date():
        raise RefusedError(
            f"De peildatum {peildatum} ligt in de toekomst; een levering geeft een stand die al bereikt is."
        )
    if peildatum < contract.EERSTE_DATUM:
        raise RefusedError(f"De peildatum {peildatum} ligt voor {contract.EERSTE_DATUM}.")
    bestanden = _open_levering(levering)
    stappen = len(bestanden.overige) + 3 * len(bestanden.tabellen) + 1
    # A delay keeps the bar away from work that is done before anyone wonders.
    balk = tqdm(total=stappen, disable=None if voortgang is None else not voortgang, delay=2, leave=False)
    try:
        with balk, snapshot.exclusive(naar):
            herkomst = _herkomst(bestanden)
            _bescherm_echte_snapshots(naar, peildatum, herkomst)
            _keur_levering(bestanden, balk)
            snapshot.clean_up(naar)
            with snapshot.under_construction(naar) as map_in_aanbouw:
                manifest = {
                    "formaat": FORMAAT,
                    "peildatum": peildatum.isoformat(),
                    "herkomst": herkomst,
                    "aangemaakt": datetime.now(ZoneInfo(TIJDZONE)).isoformat(timespec="seconds"),
                    "levering_id": secrets.token_hex(16),
                    "tabellen": _schrijf_tabellen(bestanden, peildatum, map_in_aanbouw, balk),
                    "verdwenen": _verdwenen(bestanden, peildatum, herkomst, naar),
                }
                _weiger_gewijzigde_bestanden(bestanden)
                in_gebruik = _komt_in_gebruik(naar, peildatum, herkomst)
                balk.set_postfix_str("publiceren")
                version = snapshot.publish(map_in_aanbouw, manifest, naar, in_gebruik)
                balk.update()
    except snapshot.InUseElsewhereError as fout:
        raise BusyError(str(fout)) from fout
    except snapshot.SnapshotError as fout:
        raise RefusedError(str(fout)) from fout
    except contract.ReferentieError as fout:
        raise RefusedError(f"De referentietabellen kloppen niet. {fout}") from fout
    except (MemoryError, *_LEESFOUTEN) as fout:
        oorzaak = f": {fout.strerror}" if isinstance(fout, OSError) and fout.strerror else ""
        raise RefusedError(
            f"De snapshot kon niet worden weggeschreven{oorzaak}. De snapshot in gebruik is niet veranderd."
        ) from fout
    return Uitslag(version, manifest, in_gebruik)


def _komt_in_gebruik(naar: Path, peildatum: date, herkomst: str) -> bool:
    huidig = _manifest_of_none(snapshot.in_use(naar))
    if huidig is None or huidig["herkomst"] != herkomst or herkomst == "demo":
        return True
    return peildatum >= date.fromisoformat(huidig["peildatum"])


def _bescherm_echte_snapshots(naar: Path, peildatum: date, herkomst: str) -> None:
    if herkomst != "demo":
        return
    for map_ in (snapshot.in_use(naar), snapshot.folder_of(peildatum, naar)):
        manifest = _manifest_of_none(map_)
        if manifest and manifest["herkomst"] != "demo":
            raise RefusedError(
                f"Dit zijn demogegevens, en er is een echte snapshot (peildatum {manifest['peildatum']}). "
                "Demogegevens nemen de plaats van een echte levering niet in."
            )


def _herkomst(levering: Leveringsmap) -> str:
    """`demo` when the folder is one that data.demo made, else `levering`.

    The manifest alone is not trusted: a steward may have put real files in the demo's folder. At least one
    file must still be the file that the manifest speaks of.
    """
    manifest = _manifest_of_none(levering.map)
    if manifest is None or manifest["herkomst"] != "demo":
        return "levering"
    beschreven = manifest.get("tabellen")
    hashes = {
        tabel: beschrijving["sha256"]
        for tabel, beschrijving in (beschreven if isinstance(beschreven, dict) else {}).items()
        if tabel in levering.tabellen and isinstance(beschrijving, dict) and beschrijving.get("sha256")
    }
    if hashes and all(levering.tabellen[tabel].sha256() != hash_ for tabel, hash_ in hashes.items()):
        return "levering"
    return "demo"


def _manifest_of_none(map_: Path | None) -> dict[str, Any] | None:
    if map_ is None:
        return None
    try:
        manifest = snapshot.read_manifest(map_)
        date.fromisoformat(manifest["peildatum"])
    except (OSError, KeyError, TypeError, ValueError):
        return None
    return manifest if "herkomst" in manifest else None


# ------------------------------------------------------------------------------------------ what refuses all


def _open_levering(map_: Path) -> Leveringsmap:
    """Find the files and their columns. Raises RefusedError that names every missing table or column."""
    try:
        paden = sorted(pad for pad in map_.iterdir() if pad.suffix.lower() == ".parquet" and pad.is_file())
    except (FileNotFoundError, NotADirectoryError) as fout:
        raise RefusedError(f"De map {map_} bestaat niet.") from fout
    except OSError as fout:
        raise RefusedError(f"De map {map_} kan niet worden gelezen: {fout.strerror}.") from fout

    gevonden: dict[str, Path] = {}
    overige = []
    for pad in paden:
        tabel = pad.stem.lower()
        if tabel not in contract.TABELLEN:
            overige.append(pad)
        elif tabel in gevonden:
            raise RefusedError(f"De tabel {tabel} komt twee keer voor: {gevonden[tabel].name} en {pad.name}.")
        else:
            gevonden[tabel] = pad
    ontbrekend = [tabel for tabel in contract.TABELLEN if tabel not in gevonden]
    if ontbrekend:
        bestanden = ", ".join(f"{tabel}.parquet" for tabel in ontbrekend)
        raise RefusedError(f"De levering is niet volledig. Deze bestanden ontbreken: {bestanden}.")

    levering = Leveringsmap(map_, {tabel: Tabelbestand.open(gevonden[tabel]) for tabel in contract.TABELLEN})
    gebreken = []
    for tabel, schema in contract.TABELLEN.items():
        optioneel = contract.OPTIONEEL.get(tabel, ())
        mist = [
            kolom
            for kolom in schema.column_names()
            if kolom not in levering.tabellen[tabel].soorten and kolom not in optioneel
        ]
        if mist:
            gebreken.append(f"{levering.tabellen[tabel].naam}: kolom ontbreekt: {', '.join(mist)}.")
    if gebreken:
        raise RefusedError("\n".join(gebreken))
    levering.overige = [Tabelbestand.open(pad) for pad in overige]
    return levering


def _keur_levering(levering: Leveringsmap, balk: tqdm) -> None:
    """Refuse the delivery for what no single row can be blamed for; reads everything, writes nothing."""
    # Every file is searched before anything else is judged, so that a BSN is never told of last.
    for bestand in levering.overige:
        _weiger_bsn(bestand, schema=None)
        balk.update()
    for tabel, bestand in levering.tabellen.items():
        balk.set_postfix_str(f"{tabel}: zoeken naar BSN's")
        _weiger_bsn(bestand, contract.TABELLEN[tabel])
        balk.update()
    for tabel, bestand in levering.tabellen.items():
        balk.set_postfix_str(f"{tabel}: controleren")
        frame = _lees_tabel(levering, tabel)
        _weiger_cijfers_als_id(bestand)
        _weiger_dubbele_sleutel(bestand, frame, contract.TABELLEN[tabel].primary_key())
        balk.update()


def _weiger_bsn(bestand: Tabelbestand, schema: type[dy.Schema] | None) -> None:
    if bsn.in_tekst(bestand.pad.stem):
        raise RefusedError("De naam van een bestand in de levering bevat een BSN. De levering is geweigerd.")
    kolommen = schema.columns() if schema else {}
    for plaats, (naam, soort) in enumerate(bestand.soorten.items(), start=1):
        if any(bsn.in_tekst(deel) for deel in bsn.namen(naam, soort)):
            raise RefusedError(
                f"{bestand.naam}: de naam van kolom {plaats} bevat een BSN. De levering is geweigerd en "
                "er is niets van bewaard."
            )
        try:
            index = bsn.zoek(bestand.lees(naam), datumkolom=isinstance(kolommen.get(naam), dy.Date))
        except (ValueError, pl.exceptions.PolarsError) as fout:
            raise RefusedError(
                f"{bestand.naam}: kolom {bestand.kolomnaam(naam)} heeft een type dat niet op BSN's kan "
                "worden doorzocht. Laat de kolom weg uit de levering."
            ) from fout
        if index is not None:
            raise RefusedError(
                f"{bestand.naam}, kolom {bestand.kolomnaam(naam)}, regel {index + 1}: hier staat een BSN. "
                "De levering is geweigerd en er is niets van bewaard."
            )


def _weiger_cijfers_als_id(bestand: Tabelbestand) -> None:
    """Also where the contract has no inburgeraar_id: an extra column of that name is as much a risk."""
    if "inburgeraar_id" not in bestand.soorten:
        return
    try:
        ids = _naar_tekst(bestand.lees("inburgeraar_id"))
    except _CastError:
        return
    cijfers = ids.str.contains(r"^[0-9]+$").fill_null(False).arg_true()
    if len(cijfers):
        raise RefusedError(
            f"{bestand.naam}, kolom inburgeraar_id, regel {cijfers[0] + 1}: alleen cijfers, dus misschien "
            "een BSN of V-nummer. Lever een pseudoniem. De levering is geweigerd en er is niets van bewaard."
        )


def _weiger_dubbele_sleutel(bestand: Tabelbestand, frame: pl.DataFrame, sleutel: list[str]) -> None:
    """Rows with an empty key part do not take part: they are rejected one by one later."""
    gevuld = frame.filter(
        pl.all_horizontal(pl.col(sleutel).is_not_null()),
        *(pl.col(naam).str.strip_chars() != "" for naam in sleutel if frame.schema[naam] == pl.String),
    )
    dubbel = gevuld.filter(pl.struct(sleutel).is_duplicated())
    if dubbel.is_empty():
        return
    # Compared inside polars: a date may lie beyond the years that Python knows.
    regels = dubbel.join(dubbel.head(1), on=sleutel, how="semi")["regel"].sort().head(2)
    raise RefusedError(
        f"{bestand.naam}: de sleutel ({', '.join(sleutel)}) is niet uniek, bijvoorbeeld op regel "
        f"{regels[0]} en {regels[1]}. Er zijn {dubbel.height} rijen waarvan de sleutel vaker voorkomt."
    )


def _weiger_gewijzigde_bestanden(levering: Leveringsmap) -> None:
    for bestand in levering.tabellen.values():
        if bestand.is_gewijzigd():
            raise RefusedError(f"{bestand.naam} is tijdens de inname gewijzigd. Probeer het opnieuw.")


# ----------------------------------------------------------------------------------------------------- types


class _CastError(Exception):
    """A value cannot become the contract's type; regel is its row, None when the whole type is wrong."""

    def __init__(self, regel: int | None = None) -> None:
        super().__init__()
        self.regel = regel


_SOORTNAMEN = {pl.String: "tekst", pl.Date: "datum", pl.Int64: "geheel getal", pl.Boolean: "ja/nee"}


def _lees_tabel(levering: Leveringsmap, tabel: str) -> pl.DataFrame:
    """The contract's columns in its types, and `regel`; optional columns that were not delivered are null."""
    bestand, gevraagd = levering.tabellen[tabel], levering.gevraagd(tabel)
    kolommen = []
    for naam, kolom in contract.TABELLEN[tabel].columns().items():
        if naam not in gevraagd:
            continue
        soort = type(kolom.dtype)
        try:
            kolommen.append(_NAAR[soort](bestand.lees(naam)).alias(naam))
        except (_CastError, *_LEESFOUTEN) as fout:
            regel = f", regel {fout.regel}" if isinstance(fout, _CastError) and fout.regel else ""
            raise RefusedError(
                f"{bestand.naam}, kolom {naam}{regel}: niet om te zetten naar het type {_SOORTNAMEN[soort]}."
            ) from fout
    frame = pl.DataFrame(kolommen)
    ontbrekend = [
        pl.lit(None, dtype=kolom.dtype).alias(naam)
        for naam, kolom in contract.TABELLEN[tabel].columns().items()
        if naam not in gevraagd
    ]
    return frame.with_columns(*ontbrekend, pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("regel"))


def _weiger_mislukte(voor: pl.Series, na: pl.Series) -> pl.Series:
    """Pass `na` on unless a value got lost on the way."""
    mislukt = (voor.is_not_null() & na.is_null()).arg_true()
    if len(mislukt):
        raise _CastError(mislukt[0] + 1)
    return na


def _tekst_of_niets(kolom: pl.Series) -> pl.Series | None:
    """Text columns in whatever way parquet spells them: plain, dictionary, bytes; None for other types."""
    if kolom.dtype.base_type() is pl.Extension:
        kolom = kolom.ext.storage()
    if kolom.dtype == pl.String:
        return kolom
    if kolom.dtype in (pl.Categorical, pl.Enum, pl.Null):
        return kolom.cast(pl.String)
    if kolom.dtype == pl.Binary:
        return _ontcijfer(kolom)
    return None


def _ontcijfer(kolom: pl.Series) -> pl.Series:
    try:
        return kolom.cast(pl.String)
    except pl.exceptions.PolarsError:
        for regel, waarde in enumerate(kolom, start=1):
            try:
                (waarde or b"").decode("utf-8")
            except UnicodeDecodeError as fout:
                raise _CastError(regel) from fout
        raise


def _geheel(kolom: pl.Series) -> pl.Series:
    """Whole numbers as Int64; a fraction, an infinity or a number beyond 64 bits fails; NaN is empty."""
    if kolom.dtype.is_integer():
        return _weiger_mislukte(kolom, kolom.cast(pl.Int64, strict=False))
    if not kolom.dtype.is_numeric():
        raise _CastError
    if kolom.dtype.is_float():
        kolom = kolom.fill_nan(None)
    getal = kolom.cast(pl.Float64)
    return _weiger_mislukte(kolom, getal.set(getal != getal.floor(), None).cast(pl.Int64, strict=False))


def _naar_tekst(kolom: pl.Series) -> pl.Series:
    tekst = _tekst_of_niets(kolom)
    return _geheel(kolom).cast(pl.String) if tekst is None else tekst


def _naar_geheel(kolom: pl.Series) -> pl.Series:
    tekst = _tekst_of_niets(kolom)
    if tekst is None:
        return _geheel(kolom)
    cijfers = tekst.set(~tekst.str.contains(r"^-?[0-9]{1,18}$"), None)
    return _weiger_mislukte(tekst, cijfers.cast(pl.Int64, strict=False))


def _naar_waar(kolom: pl.Series) -> pl.Series:
    if kolom.dtype == pl.Boolean:
        return kolom
    tekst = _tekst_of_niets(kolom)
    if tekst is None:
        tekst = _geheel(kolom).cast(pl.String)
    waar = tekst.str.to_lowercase().replace_strict(
        {"true": True, "1": True, "false": False, "0": False}, default=None, return_dtype=pl.Boolean
    )
    return _weiger_mislukte(tekst, waar)


def _naar_datum(kolom: pl.Series) -> pl.Series:
    if kolom.dtype == pl.Date:
        return kolom
    if kolom.dtype == pl.Datetime:
        # A moment with a zone is a day in Haarlem.
        return (kolom.dt.convert_time_zone(TIJDZONE) if kolom.dtype.time_zone else kolom).dt.date()
    tekst = _tekst_of_niets(kolom)
    if tekst is None and kolom.dtype.is_float() and not kolom.fill_nan(None).count():
        # How pandas writes a column in which every date is missing.
        return pl.Series(kolom.name, [None] * len(kolom), dtype=pl.Date)
    if tekst is None:
        raise _CastError
    dagen = {waarde: _dag(waarde) for waarde in tekst.unique().drop_nulls()}
    datum = tekst.replace_strict(dagen, default=None, return_dtype=pl.Date) if dagen else tekst.cast(pl.Date)
    return _weiger_mislukte(tekst, datum)


def _dag(tekst: str) -> date | None:
    """The day of an ISO date or time; None for any other text."""
    try:
        moment = datetime.fromisoformat(tekst)
        return (moment.astimezone(ZoneInfo(TIJDZONE)) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


_NAAR = {pl.String: _naar_tekst, pl.Date: _naar_datum, pl.Int64: _naar_geheel, pl.Boolean: _naar_waar}


# ------------------------------------------------------------------------------------------------------ rows


def _schrijf_tabellen(levering: Leveringsmap, peildatum: date, map_: Path, balk: tqdm) -> dict[str, dict[str, Any]]:
    """Write the accepted and the rejected rows of every table in `map_`; returns the manifest's entries."""
    (map_ / "afgekeurd").mkdir()
    beschrijvingen = {}
    bekend: pl.DataFrame | None = None
    for tabel, bestand in levering.tabellen.items():
        balk.set_postfix_str(f"{tabel}: regels toepassen")
        frame = _lees_tabel(levering, tabel)
        gelezen = frame.height
        goed, fout = keur_rijen(frame, tabel, peildatum, bekend)
        del frame
        kolommen = levering.gevraagd(tabel)
        goed.select(kolommen).write_parquet(map_ / f"{tabel}.parquet")
        _zonder_vreemde_ids(fout).select(*kolommen, "reden", "regel").write_parquet(
            map_ / "afgekeurd" / f"{tabel}.parquet"
        )
        if tabel == "inburgeraar":
            bekend = goed.select("inburgeraar_id")
        beschrijvingen[tabel] = {
            "bestand": bestand.naam,
            "sha256": bestand.sha256(),
            "levertijd": bestand.levertijd(),
            "gelezen": gelezen,
            "rijen": goed.height,
            "afgekeurd": dict(fout.group_by("reden").len().sort("len", "reden", descending=[True, False]).iter_rows()),
            "extra_kolommen": levering.extra(tabel),
            "waarschuwingen": [
                {"regel": regel, "aantal": aantal} for regel, aantal in waarschuwingen(tabel, goed) if aantal
            ],
        }
        balk.update()
    return beschrijvingen


def keur_rijen(
    frame: pl.DataFrame, tabel: str, peildatum: date, bekend: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split delivered rows into accepted rows and rejected rows with one `reden` each, both in order.

    `frame` has the contract's columns and `regel`; `bekend` has the inburgeraar_id of the accepted rows of
    inburgeraar (None while that table itself is judged). Every row ends up in exactly one of the two.
    """
    schema = contract.op_peildatum(contract.TABELLEN[tabel], peildatum)
    met_regel = type(schema)(schema.__name__, (schema,), {"regel": dy.UInt32()})
    goed, gebroken = met_regel.filter(frame)
    details = gebroken.details()
    redenen = contract.redenen(schema)
    # The first broken rule in the documented order is the reason.
    reden = pl.coalesce(
        [
            pl.when(pl.col(regel) == "invalid").then(pl.lit(tekst))
            for regel, tekst in redenen.items()
            if regel in details.columns
        ]
    )
    fout = details.select(*schema.column_names(), "regel", reden.alias("reden"))
    if bekend is not None and "inburgeraar_id" in frame.columns:
        wees = goed.join(bekend, on="inburgeraar_id", how="anti")
        goed = goed.join(bekend, on="inburgeraar_id", how="semi")
        fout = pl.concat(
            [fout, wees.with_columns(pl.lit(redenen["inburgeraar_bekend"]).alias("reden"))], how="diagonal"
        )
    return goed.sort("regel"), fout.sort("regel")


def _zonder_vreemde_ids(fout: pl.DataFrame) -> pl.DataFrame:
    """Blank an inburgeraar_id that is no pseudonym: it may be a name; the line tells where to look."""
    if "inburgeraar_id" not in fout.columns:
        return fout
    pseudoniem = pl.col("inburgeraar_id").str.contains(contract.PATROON_PSEUDONIEM)
    return fout.with_columns(pl.when(pseudoniem).then(pl.col("inburgeraar_id")))


def waarschuwingen(tabel: str, goed: pl.DataFrame) -> Iterator[tuple[str, int]]:
    """What is suspicious but allowed in the accepted rows of a table: sentence and number of rows."""
    if tabel == "inburgeraar":
        bekend = contract.referentie("wijk")["wijkcode"].to_list()
        yield WIJKCODE_ONBEKEND, goed["wijkcode"].drop_nulls().is_in(bekend).not_().sum()
    if tabel in ("begeleiding", "uitkering"):
        yield PERIODE_OVERLAPT, _overlappend(goed)
    if tabel == "ontzorging":
        vol = pl.col("datum_einde") >= pl.col("datum_start").dt.offset_by("6mo").dt.offset_by("-1d")
        voltooid = pl.col("reden_einde") == "Periode voltooid"
        yield VOLTOOID_MAAR_KORTER, goed.filter(voltooid & ~vol).height
        yield ZES_MAANDEN_ANDERE_REDEN, goed.filter(~voltooid & vol).height


def _overlappend(goed: pl.DataFrame) -> int:
    """Periods that start while an earlier one of the same person still runs, its last day included."""
    # Most have one period; leaving them out first spares a sort of a million rows.
    meer = goed.filter(pl.col("inburgeraar_id").is_duplicated())
    eerder_tot = pl.col("datum_einde").fill_null(date.max).cum_max().shift(1).over("inburgeraar_id")
    return meer.sort("inburgeraar_id", "datum_start").filter(pl.col("datum_start") <= eerder_tot).height


def _verdwenen(levering: Leveringsmap, peildatum: date, herkomst: str, naar: Path) -> dict[str, Any] | None:
    """Persons in the previous snapshot of the same kind who are not in this delivery; None without one.

    Previous is the snapshot in use, or, when that is of a later peildatum, the latest one that is not. Rows
    that were delivered but rejected are not gone.
    """
    kandidaten = [snapshot.in_use(naar)]
    kandidaten += [snapshot.folder_of(dag, naar) for dag in reversed(snapshot.peildata(naar))]
    for map_ in kandidaten:
        manifest = _manifest_of_none(map_)
        if manifest is None or manifest["herkomst"] != herkomst or manifest["peildatum"] > peildatum.isoformat():
            continue
        try:
            vorige = pl.read_parquet(map_ / "inburgeraar.parquet", columns=["inburgeraar_id"])
        except _LEESFOUTEN:
            continue
        geleverd = _naar_tekst(levering.tabellen["inburgeraar"].lees("inburgeraar_id")).alias("inburgeraar_id")
        weg = vorige.join(geleverd.to_frame(), on="inburgeraar_id", how="anti").height
        return {"vorige_peildatum": manifest["peildatum"], "aantal": weg}
    return None


def _kenmerk(pad: Path) -> tuple[int, int, int]:
    stand = pad.stat()
    return stand.st_ino, stand.st_size, stand.st_mtime_ns


def _bestandsnaam(pad: Path) -> str:
    return pad.name if bsn.toonbaar(pad.name) else "een bestand (naam weggelaten)"


def _onleesbaar(pad: Path) -> RefusedError:
    return RefusedError(
        f"{_bestandsnaam(pad)} is geen leesbaar parquetbestand: beschadigd, afgekapt of niet toegankelijk."
    )


# ---------------------------------------------------------------------------------------------- command line


def verslag(uitslag: Uitslag) -> str:
    """The report for the data steward, in Dutch: per table what was read, accepted and rejected, and why."""
    manifest = uitslag.manifest
    if manifest["herkomst"] == "demo":
        regels = [f"Demogegevens (synthetisch) met peildatum {manifest['peildatum']} zijn opgenomen.", ""]
    else:
        regels = [f"De levering met peildatum {manifest['peildatum']} is opgenomen.", ""]
    regels.append(f"{'tabel':<14}{'gelezen':>12}{'goedgekeurd':>14}{'afgekeurd':>12}")
    for tabel, telling in manifest["tabellen"].items():
        afgekeurd = sum(telling["afgekeurd"].values())
        aantallen = f"{_aantal(telling['gelezen']):>12}{_aantal(telling['rijen']):>14}{_aantal(afgekeurd):>12}"
        regels.append(f"{tabel:<14}{aantallen}")
    for tabel, telling in manifest["tabellen"].items():
        regels += _toelichting(uitslag.map, tabel, telling)
    verdwenen = manifest["verdwenen"]
    if verdwenen and verdwenen["aantal"]:
        regels += [
            "",
            f"Niet meer in deze levering: {_aantal(verdwenen['aantal'])} inburgeraars uit de snapshot van "
            f"{verdwenen['vorige_peildatum']}. Ook wie vertrokken is, hoort erin.",
        ]
    regels.append("")
    if uitslag.in_gebruik:
        regels.append("Deze snapshot is nu in gebruik.")
    else:
        regels.append("De snapshot is bewaard. In gebruik blijft de snapshot met de latere peildatum.")
    return "\n".join(regels)


def _toelichting(map_: Path, tabel: str, telling: dict[str, Any]) -> list[str]:
    regels = []
    if telling["afgekeurd"]:
        afgekeurd = pl.read_parquet(map_ / "afgekeurd" / f"{tabel}.parquet", columns=["reden", "regel"])
        for reden, aantal in telling["afgekeurd"].items():
            eerste = afgekeurd.filter(pl.col("reden") == reden)["regel"].head(5).to_list()
            plaats = ", ".join(map(str, eerste)) + (" en verder" if aantal > len(eerste) else "")
            regels.append(f"  afgekeurd: {_aantal(aantal)} keer {reden} (regel {plaats})")
    for waarschuwing in telling["waarschuwingen"]:
        regels.append(f"  let op: {_aantal(waarschuwing['aantal'])} keer {waarschuwing['regel']}")
    if telling["extra_kolommen"]:
        regels.append(f"  niet bewaard, hoort niet bij de levering: {', '.join(telling['extra_kolommen'])}")
    return ["", telling["bestand"], *regels] if regels else []


def _aantal(getal: int) -> str:
    return f"{getal:,}".replace(",", ".")


class _Opdracht(argparse.ArgumentParser):
    """Errors in Dutch, exit status 2."""

    def error(self, message: str) -> NoReturn:
        print(f"Geweigerd: de opdracht klopt niet. Gebruik: {self.usage}", file=sys.stderr)
        raise SystemExit(2)


def main(argumenten: list[str] | None = None) -> int:
    """The command line; returns the exit status."""
    opdracht = _Opdracht(
        prog="python -m data.intake",
        usage="python -m data.intake DIR --peildatum JJJJ-MM-DD [--naar DIR]",
        description="Neem een levering in: controleer haar en zet haar klaar als snapshot.",
        add_help=False,
        allow_abbrev=False,
    )
    opdracht.add_argument("levering", metavar="DIR", type=Path, help="map met de bestanden van de levering")
    opdracht.add_argument("--peildatum", required=True, metavar="JJJJ-MM-DD", help="dag van de extracten")
    opdracht.add_argument("--naar", type=Path, default=snapshot.SNAPSHOTS, metavar="DIR", help="map voor snapshots")
    opdracht.add_argument("--help", "-h", action="help", help="toon deze uitleg")
    keuzes = opdracht.parse_args(argumenten)
    try:
        peildatum = date.fromisoformat(keuzes.peildatum)
        if peildatum.isoformat() != keuzes.peildatum:
            raise ValueError
    except ValueError:
        print("Geweigerd: de peildatum is geen datum in de vorm JJJJ-MM-DD.", file=sys.stderr)
        return 2
    try:
        uitslag = neem_in(keuzes.levering, peildatum, keuzes.naar, voortgang=None)
    except RefusedError as fout:
        print(f"Geweigerd: {fout}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Afgebroken. De snapshot in gebruik is niet veranderd.", file=sys.stderr)
        return 2
    print(verslag(uitslag))
    return uitslag.code


@contextlib.contextmanager
def _zonder_ruis() -> Iterator[None]:
    """Keep what native code prints about a damaged file off the screen; Python's own messages still show."""
    scherm = os.dup(2)
    niets = os.open(os.devnull, os.O_WRONLY)
    os.dup2(niets, 2)
    os.close(niets)
    oud, sys.stderr = sys.stderr, os.fdopen(scherm, "w", buffering=1)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(sys.stderr.fileno(), 2)
        sys.stderr.close()
        sys.stderr = oud


if __name__ == "__main__":
    with _zonder_ruis():
        STATUS = main()
    sys.exit(STATUS)
