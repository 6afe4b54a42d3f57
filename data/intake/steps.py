"""A delivery becomes a validated snapshot.

A delivery is refused as a whole for what makes it untrustworthy: a missing table or column, a column that cannot be
cast to its type, a duplicate key, an inburgeraar_id of digits only, a BSN or other personal data. All of that is
judged before anything is written. What is wrong with one row rejects that row: it is kept aside in afgekeurd/ with its
file, line and one reason. In CSV and XLSX, which know no types, a value that cannot be read is such a reason.

In use afterwards is the one just delivered, unless a newer real one is: a late correction of an older peildatum is only
stored. A real delivery always takes over from demo data; demo data never replaces a real snapshot.
"""

import contextlib
import dataclasses
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import dataframely as dy
import polars as pl
from tqdm import tqdm

from data import contract
from data.delivery import casts, pseudonym, source
from data.delivery.folder import Leveringsmap, open_folder
from data.delivery.guard import names, search
from data.delivery.source import LEESFOUTEN, TIJDZONE
from data.delivery.tables import Tabelbestand
from data.errors import RefusedError, cause
from data.intake import TEXTS, objections, report, warnings
from data.snapshots import store
from data.snapshots.manifest import DEMO, FORMAAT, LEVERING, MANIFEST, Extract, Manifest, Verdwenen, Waarschuwing

# Seconds before a progress bar shows.
GEDULD = 2
# Rows that are judged at once.
_DEEL = 500_000
REFUSED: dict[str, str] = TEXTS["refused"]


@dataclass(frozen=True)
class Uitslag:
    """What became of an accepted delivery, manifest and report as in its files; map: None when it was only checked.

    in_gebruik: whether it is, or would be, in use.
    """

    map: Path | None
    manifest: Manifest
    report: dict[str, Any]
    in_gebruik: bool

    @property
    def code(self) -> int:
        """Exit status: 0 accepted, 1 accepted with rejected rows."""
        return int(any(tabel.afgekeurd for tabel in self.manifest.tabellen.values()))


def take_in(
    levering: Path,
    peildatum: date,
    naar: Path = store.SNAPSHOTS,
    voortgang: bool | None = False,
    *,
    toch: bool = False,
) -> Uitslag:
    """Take in the delivery in folder `levering` as the snapshot of `peildatum` under `naar`.

    `voortgang` shows a progress bar: True, False, or None for only in a terminal and only for long work. `toch`: also
    when there are objections to the delivery as a whole (objections.py); the manifest then says so. Raises RefusedError
    when the delivery is refused or a file or disk fails, and BusyError when another intake is running; then the
    snapshots are what they were.
    """
    with _opened(levering, peildatum, naar, voortgang, toch) as inname, store.exclusive(naar):
        inname.judge()
        store.clean_up(naar)
        with store.under_construction(naar) as map_in_aanbouw:
            uitslag = inname.build(map_in_aanbouw)
            inname.say("publiceren")
            version = store.publish(map_in_aanbouw, uitslag.manifest, naar, uitslag.in_gebruik)
            inname.balk.update()
    return dataclasses.replace(uitslag, map=version)


def check(levering: Path, peildatum: date, naar: Path = store.SNAPSHOTS, **how: Any) -> Uitslag:
    """Judge a delivery as `take_in` does, and keep nothing. Raises RefusedError when it would be refused."""
    with tempfile.TemporaryDirectory(prefix="controle-") as map_:
        return prepare(levering, peildatum, Path(map_), naar, **how)


def prepare(levering: Path, peildatum: date, map_: Path, naar: Path = store.SNAPSHOTS, **how: Any) -> Uitslag:
    """As `check`, and leave in the empty folder `map_` what `take_in` would publish, for `put_in_use`."""
    with _opened(levering, peildatum, naar, **how) as inname:
        inname.judge()
        uitslag = inname.build(map_)
        uitslag.manifest.write(map_)
        return uitslag


def put_in_use(map_: Path, kept: list[Path | None], naar: Path = store.SNAPSHOTS) -> None:
    """Publish what `prepare` left in `map_`, which stays as it is.

    kept: `store.kept` of before it was prepared. Raises RefusedError when another one was taken in or put in use since,
    for with that it was not compared; BusyError when another intake is running.
    """
    with _in_dutch(), store.exclusive(naar):
        if store.kept(naar) != kept:
            raise RefusedError(REFUSED["overtaken"])
        store.clean_up(naar)
        with store.under_construction(naar) as map_in_aanbouw:
            shutil.copytree(map_, map_in_aanbouw, dirs_exist_ok=True)
            store.publish(map_in_aanbouw, Manifest.read(map_), naar, report.read(map_)["in_gebruik_genomen"])


def told(uitslag: Uitslag) -> str:
    """The report for the data steward, in Dutch: per table what was read, accepted and rejected, and why."""
    # By the name that a steward finds it under, not by that of the version; without a folder it was only checked.
    folder = uitslag.map and uitslag.map.parents[1] / str(uitslag.manifest.peildatum)
    return report.written("report.txt.jinja", uitslag.report, folder=folder)


@contextlib.contextmanager
def _opened(
    map_: Path, peildatum: date, naar: Path, voortgang: bool | None = False, toch: bool = False
) -> Iterator["_Inname"]:
    """An intake at its begin: the files are found."""
    if peildatum > _now().date():
        raise RefusedError(REFUSED["future"].format(peildatum=peildatum))
    if peildatum < contract.EERSTE_DATUM:
        raise RefusedError(REFUSED["too_early"].format(peildatum=peildatum, eerste=contract.EERSTE_DATUM))
    with _in_dutch():
        levering = open_folder(map_, naar)
        with tqdm(
            total=len(levering.bijvangst) + len(levering.gebruikers) + 2 * len(levering.tabellen) + 1,
            disable=None if voortgang is None else not voortgang,
            delay=GEDULD,
            leave=False,
            bar_format="{percentage:3.0f}%|{bar:20}| stap {n_fmt} van {total_fmt}{postfix}",
        ) as balk:
            yield _Inname(levering, peildatum, naar, toch, balk)


@contextlib.contextmanager
def _in_dutch() -> Iterator[None]:
    """What goes wrong in the block ends as a RefusedError in Dutch."""
    try:
        yield
    except contract.ReferentieError as fout:
        raise RefusedError(REFUSED["reference"].format(fout=fout)) from fout
    except (MemoryError, *LEESFOUTEN) as fout:
        raise RefusedError(REFUSED["disk"].format(oorzaak=cause(fout))) from fout


@dataclass
class _Inname:
    """One intake: a delivery on its way to be the snapshot of `peildatum` under `naar`."""

    levering: Leveringsmap
    peildatum: date
    naar: Path
    toch: bool
    balk: tqdm
    herkomst: str = LEVERING

    def say(self, bezigheid: str) -> None:
        """Say in the bar what is going on, unless the work may be done before anyone wonders."""
        self.balk.set_postfix_str(bezigheid, refresh=self.balk.format_dict["elapsed"] > GEDULD)

    def judge(self) -> None:
        """Refuse the delivery for what no single row can be blamed for; reads everything, writes nothing."""
        # Every file is searched before anything else is judged, so that a BSN is never told of last.
        for pad in self.levering.bijvangst:
            search.refuse_beside_tables(pad)
            self.balk.update()
        for bron in self.levering.gebruikers:
            self.say(f"{bron.naam}: zoeken naar BSN's")
            self.levering.guard(bron)
            self.balk.update()
        for tabel, bestand in self.levering.tabellen.items():
            self.say(f"{tabel}: controleren")
            _refuse_digits_as_id(bestand)
            _refuse_duplicate_key(bestand, self.levering.read(tabel), contract.TABELLEN[tabel].primary_key())
            self.balk.update()
        self.herkomst = _origin(self.levering)
        if self.herkomst == DEMO and (echt := store.real(self.naar)):
            lost = "" if store.in_use(self.naar) else f" {store.LOST}"
            raise RefusedError(REFUSED["demo"].format(echt=echt[-1]) + lost)

    def build(self, map_: Path) -> Uitslag:
        """Write the tables and the report of a version in `map_`.

        Raises RefusedError when the secret is another one than before, when there are objections to the delivery and
        it is not taken in all the same, or when a file was changed meanwhile.
        """
        if geheim := self.levering.geheim:
            pseudonym.refuse_another(geheim, (self.naar, store.PUBLICATIES))
        vorige, verdwenen = warnings.previous(self.naar, self.peildatum, self.herkomst), None
        told: dict[str, Any] = {"peildatum": self.peildatum, "herkomst": self.herkomst, "verdwenen": None}
        if geheim:
            told["sleutel"] = pseudonym.fingerprint(geheim)
        if vorige:
            verdwenen = vorige.disappeared(self.levering.tabellen["inburgeraar"].ids(geheim))
            told["verdwenen"] = Verdwenen(vorige_peildatum=vorige.manifest.peildatum, aantal=verdwenen["aantal"].sum())
        if self.herkomst == DEMO:
            # What a demo says of itself, and what it was made with.
            told |= Manifest.read(self.levering.map).model_dump(include={"titel", "parameters"}, exclude_unset=True)
        gezien = objections.Bezwaren(self.peildatum, vorige)
        for deel in ("afgekeurd", report.OPVALLEND):
            (map_ / deel).mkdir()
        tabellen = {tabel: self._write(tabel, map_, gezien) for tabel in self.levering.tabellen}
        bezwaren = gezien.all()
        if bezwaren and not self.toch:
            redenen = "\n".join(f"- {bezwaar}" for bezwaar in bezwaren)
            raise RefusedError(objections.SAYS["refused"].format(bezwaren=redenen))
        told |= {"aangemaakt": _now().replace(microsecond=0), "levering_id": secrets.token_hex(16), "toch": bezwaren}
        manifest = Manifest(formaat=FORMAAT, tabellen=tabellen, **told)
        for bron in self.levering.gebruikers:
            if bron.is_changed():
                raise RefusedError(REFUSED["changed"].format(naam=bron.naam))
        self.say("rapport schrijven")
        huidig = Manifest.read_or_none(store.in_use(self.naar))
        only_kept = huidig and self.herkomst == huidig.herkomst == LEVERING and self.peildatum < huidig.peildatum
        in_gebruik = not only_kept
        return Uitslag(None, manifest, report.write(map_, manifest, in_gebruik, verdwenen), in_gebruik)

    def _write(self, tabel: str, map_: Path, bezwaren: objections.Bezwaren) -> Extract:
        """Write the accepted and the rejected rows of a table, and what stood out; returns the manifest's entry."""
        self.say(f"{tabel}: regels toepassen")
        bestand, frame = self.levering.tabellen[tabel], self.levering.read(tabel)
        # The table of persons is the first one that is written.
        mensen = map_ / "inburgeraar.parquet"
        bekend = pl.read_parquet(mensen, columns=["inburgeraar_id"]) if mensen.exists() else None
        goed, fout = _judge_rows(frame, tabel, self.peildatum, bekend)
        afgekeurd = dict(fout.group_by("reden").len().sort("len", "reden", descending=[True, False]).iter_rows())
        kolommen, kolomnamen, gelezen = bestand.gevraagd, bestand.column_names(), frame.height
        redenen = {report.with_own_names(reden, kolomnamen): aantal for reden, aantal in afgekeurd.items()}
        bezwaren.look(tabel, bestand.naam, frame, redenen)
        del frame
        goed.select(kolommen).write_parquet(map_ / f"{tabel}.parquet")
        fout.select(*kolommen, "reden", "regel", "bestand").write_parquet(map_ / "afgekeurd" / f"{tabel}.parquet")
        begeleiding = pl.scan_parquet(map_ / "begeleiding.parquet") if tabel == "overdracht" else None
        opvallend = warnings.suspicious(tabel, goed, self.peildatum, begeleiding)
        opvallend.write_parquet(map_ / report.OPVALLEND / f"{tabel}.parquet")
        # First what is said of the table as a whole, then of how many rows which.
        minder = bezwaren.vorige and bezwaren.vorige.fewer_rows(tabel, gelezen)
        aantallen = opvallend.group_by("waarschuwing", maintain_order=True).len().iter_rows()
        about = [(minder, None), *aantallen] if minder else aantallen
        self.balk.update()
        bron, extra, opmerkingen = bestand.bron, self.levering.extra(tabel), self.levering.remarks(tabel)
        file = {"bestand": bestand.naam, "sha256": source.sha256(bron.pad), "levertijd": bron.delivered_at()}
        told = {"extra_kolommen": extra, "opmerkingen": opmerkingen, "kolomnamen": kolomnamen}
        told["waarschuwingen"] = [Waarschuwing(regel=regel, aantal=aantal) for regel, aantal in about]
        return Extract(**file, gelezen=gelezen, rijen=goed.height, afgekeurd=afgekeurd, **told)


def _now() -> datetime:
    return datetime.now(ZoneInfo(TIJDZONE))


def _origin(levering: Leveringsmap) -> str:
    """`demo` when the folder is one that data.demo or --voorbeeld made, else `levering`.

    The manifest alone is not trusted: what counts as demo is open to everybody, and a steward may have put real files
    in the demo's folder. Raises RefusedError unless every file is the one that the manifest speaks of.
    """
    manifest = Manifest.read_or_none(levering.map)
    if manifest is None or not manifest.demo:
        return LEVERING
    hashes = {tabel: entry.sha256 for tabel, entry in manifest.tabellen.items()}
    paden = {tabel: bestand.bron.pad for tabel, bestand in levering.tabellen.items()}
    if anders := [pad for tabel, pad in paden.items() if hashes.get(tabel) != source.sha256(pad)]:
        bestanden = ", ".join(dict.fromkeys(names.file_name(pad.name) for pad in anders))
        raise RefusedError(REFUSED["not_the_demo"].format(manifest=MANIFEST, bestanden=bestanden))
    return DEMO


def _refuse_digits_as_id(bestand: Tabelbestand) -> None:
    """Also where the contract has no inburgeraar_id: an extra column of that name is as much a risk."""
    kolom = bestand.eigen.get("inburgeraar_id") or bestand.bron.column("inburgeraar_id")
    if bestand.koppeling.sleutel or kolom is None:
        return
    cijfers: pl.Series | list[int] = []
    with contextlib.suppress(casts.CastError):
        cijfers = casts.to_text(bestand.bron.read(kolom)).str.contains(r"^[0-9]+$").fill_null(False).arg_true()
    if len(cijfers):
        plek = {"kolom": bestand.column_name("inburgeraar_id"), "regel": bestand.bron.line(cijfers[0])}
        raise RefusedError(REFUSED["digits"].format(bestand=bestand.naam, **plek, geweigerd=search.GEWEIGERD))


def _refuse_duplicate_key(bestand: Tabelbestand, frame: pl.DataFrame, sleutel: list[str]) -> None:
    """Rows with an empty key part do not take part: they are rejected one by one later."""
    tekst = [naam for naam in sleutel if frame.schema[naam] == pl.String]
    sleutels = frame.select(*sleutel, "regel")
    gevuld = sleutels.drop_nulls(sleutel).filter(pl.all_horizontal(pl.col(tekst).str.strip_chars() != ""))
    dubbel = gevuld.filter((pl.struct(sleutel) if len(sleutel) > 1 else pl.col(sleutel[0])).is_duplicated())
    if dubbel.is_empty():
        return
    # Compared inside polars: a date may lie beyond the years that Python knows.
    een, ander = dubbel.join(dubbel.head(1), on=sleutel, how="semi")["regel"].sort().head(2)
    told = {"sleutel": ", ".join(sleutel), "een": een, "ander": ander, "aantal": dubbel.height}
    raise RefusedError(REFUSED["duplicate"].format(bestand=bestand.naam, **told))


def _broken(details: pl.DataFrame, redenen: dict[str, str]) -> pl.DataFrame:
    """`regel` and `reden` of the rows that break a rule: the first one in the documented order is the reason."""
    told = {regel: tekst for regel, tekst in redenen.items() if regel in details.columns}
    gebroken = [pl.when(pl.col(regel) == "invalid").then(pl.lit(tekst)) for regel, tekst in told.items()]
    return details.select("regel", pl.coalesce(gebroken).alias("reden"))


def _judge_rows(
    frame: pl.DataFrame, tabel: str, peildatum: date, bekend: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split delivered rows into accepted rows and rejected rows with one `reden` each, both in order.

    `frame` has the contract's columns, `bestand` and `regel`, and `leesfout` when rows hold what cannot be read: that
    is then their reason, for the rules would blame the row for a value that is null by now. `bekend` has the
    inburgeraar_id of the accepted rows of inburgeraar (None while that table itself is judged). An inburgeraar_id that
    is no pseudonym may be a name, and is left out of the rejected rows.
    """
    schema, plek = contract.op_peildatum(contract.TABELLEN[tabel], peildatum), ("bestand", "regel")
    met_plek = type(schema)(schema.__name__, (schema,), {"bestand": dy.String(), "regel": dy.UInt32()})
    redenen, reden = contract.redenen(schema), [pl.col("reden")]
    # A part at a time, for the memory: the rules look at one row, and that keys are unique is known by now.
    gevraagd = frame.select(*schema.column_names(), *plek)
    delen = list(gevraagd.iter_slices(_DEEL)) or [gevraagd]
    fout = pl.concat([_broken(met_plek.filter(deel)[1].details(), redenen) for deel in delen])
    # Of the rows only what tells them apart is joined: the whole of them twice is too much of a large table.
    waarom = frame.select("regel").join(fout, on="regel", how="left", maintain_order="left")["reden"]
    rijen, wie = frame.with_columns(waarom), pl.col("inburgeraar_id")
    if "leesfout" in frame.columns:
        reden.insert(0, pl.col("leesfout"))
    if bekend is not None and "inburgeraar_id" in frame.columns:
        wees = ~wie.is_in(bekend["inburgeraar_id"].implode())
        reden.append(pl.when(wees).then(pl.lit(redenen["inburgeraar_bekend"])))
    rijen = rijen.with_columns(pl.coalesce(reden).alias("reden"))
    goed, fout = rijen.filter(pl.col("reden").is_null()), rijen.filter(pl.col("reden").is_not_null())
    if "inburgeraar_id" in frame.columns:
        fout = fout.with_columns(pl.when(wie.str.contains(contract.PATROON_PSEUDONIEM)).then(wie))
    return goed, fout
