"""The folder of a delivery: which file feeds which table, and that nothing else lies in it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from data import contract
from data.delivery import mapping, pseudonym, values
from data.delivery.guard import names, search
from data.delivery.mapping import Koppeling
from data.delivery.reading import ACHTERVOEGSELS, open_source
from data.delivery.refusals import refusal
from data.delivery.source import ZONDER_KOP, Bron
from data.delivery.tables import Tabelbestand
from data.errors import RefusedError
from data.snapshots.manifest import MANIFEST, Manifest


@dataclass
class Leveringsmap:
    """A delivery's folder: the tables, and what is there beside them: the demo's manifest, what a system leaves."""

    map: Path
    tabellen: dict[str, Tabelbestand]
    bijvangst: list[Path] = field(default_factory=list)

    @cached_property
    def gebruikers(self) -> dict[Bron, list[Tabelbestand]]:
        """Every file or sheet, with the tables that it feeds."""
        uit: dict[Bron, list[Tabelbestand]] = defaultdict(list)
        for bestand in self.tabellen.values():
            uit[bestand.bron].append(bestand)
        return uit

    @cached_property
    def geheim(self) -> bytes | None:
        """The secret, when a table asks for hashed ids. Raises RefusedError when it is not there."""
        return pseudonym.secret() if any(bestand.koppeling.sleutel for bestand in self.tabellen.values()) else None

    def remarks(self, tabel: str) -> list[str]:
        """What the steward should know of how a table's file was read; of the file as a whole with its first table."""
        bestand = self.tabellen[tabel]
        over = bestand.bron.overgeslagen if self.gebruikers[bestand.bron][0] is bestand else ()
        return [f"{stuk.told()}, niet gelezen als rij" for stuk in over] + bestand.other_rows()

    def extra(self, tabel: str) -> list[str]:
        """Names, fit to be shown, of the columns of a file that no table uses and that are dropped; see `remarks`."""
        bron = self.tabellen[tabel].bron
        eerste, *ook = self.gebruikers[bron]
        gebruikt = {bestand.eigen.get(kolom) for bestand in (eerste, *ook) for kolom in bestand.gevraagd}
        return [
            kolom if names.may_be_shown(kolom) else f"kolom {plaats} (naam weggelaten)"
            for plaats, kolom in enumerate(bron.soorten if eerste.tabel == tabel else (), start=1)
            # Without a name and without a value it is room beside the table.
            if kolom not in gebruikt
            and not (kolom.endswith(ZONDER_KOP) and bron.is_text and not bron.read(kolom).count())
        ]

    def guard(self, bron: Bron) -> None:
        """Search one source for what may not be in it. Raises RefusedError."""
        gebruikers = self.gebruikers[bron]
        sleutels = {bestand.eigen["inburgeraar_id"] for bestand in gebruikers if bestand.koppeling.sleutel}
        if len(sleutels) > 1:
            raise refusal("two_keys", naam=bron.naam)
        eigen = {kolom for bestand in gebruikers for kolom in bestand.eigen.values()}
        datums = {bestand.eigen[kolom] for bestand in gebruikers for kolom in bestand.dates()}
        search.refuse_in_table(bron, eigen, datums, *sleutels)
        bladen = [andere for andere in self.gebruikers if andere.pad == bron.pad]
        if bron.blad is not None and bron is bladen[0]:
            search.refuse_beside_sheets(bron.pad, {blad.blad for blad in bladen})

    @cached_property
    def volgordes(self) -> dict[Bron, str | None]:
        """The order of day and month per source, see `_date_order`. Raises RefusedError."""
        return {bron: _date_order(bron, gebruikers) for bron, gebruikers in self.gebruikers.items()}

    def read(self, tabel: str) -> pl.DataFrame:
        """The rows of one table in the contract's types, see tables.py."""
        bestand = self.tabellen[tabel]
        return bestand.read(self.volgordes[bestand.bron], self.geheim)


def _date_order(bron: Bron, gebruikers: list[Tabelbestand]) -> str | None:
    """As levering.toml sets it or as the dates show. Raises RefusedError when they do not show it."""
    if gezet := gebruikers[0].koppeling.datumvolgorde:
        return gezet
    teksten: dict[str, pl.Series] = {}
    for bestand in gebruikers:
        for kolom in bestand.dates() if bron.is_text or bestand.koppeling.gegeven else ():
            reeks = bron.read(bestand.eigen[kolom])
            if reeks.dtype == pl.String:
                teksten[bestand.column_name(kolom)] = reeks.drop_nulls().unique().str.strip_chars()
    try:
        return values.date_order(tekst for reeks in teksten.values() for tekst in reeks)
    except ValueError as fout:
        meervoud, kolommen = "" if len(teksten) == 1 else "men", ", ".join(teksten)
        raise refusal("order_unclear", naam=bron.naam, meervoud=meervoud, kolommen=kolommen, waarom=fout) from fout


def open_folder(map_: Path, behalve: Path) -> Leveringsmap:
    """Find the files and their columns; what lies in folder `behalve` is left alone.

    Raises RefusedError that names every missing table or column, and every file that is no part of the delivery.
    """
    alles = search.files(map_, behalve)
    koppelingen = mapping.read(map_)
    paden = [pad for pad in alles if pad.parent == map_ and pad.is_file()]
    gevonden = {tabel: _file_of(tabel, koppeling, paden) for tabel, koppeling in koppelingen.items()}
    van_demo = map_ / MANIFEST if Manifest.read_or_none(map_) else None
    bijvangst = [pad for pad in alles if pad == van_demo or search.VANZELF.fullmatch(pad.name)]
    _refuse_incomplete(map_, koppelingen, gevonden, [pad for pad in alles if pad not in bijvangst])
    verwacht = defaultdict(list)
    for tabel, koppeling in koppelingen.items():
        eigen = map(koppeling.own_name, contract.TABELLEN[tabel].column_names())
        verwacht[gevonden[tabel], koppeling.opmaak] += [*eigen, *koppeling.alleen_als_gevuld]
    bronnen = {plek: open_source(*plek, namen) for plek, namen in verwacht.items()}
    tabellen = {
        tabel: Tabelbestand(tabel, bronnen[gevonden[tabel], koppeling.opmaak], koppeling)
        for tabel, koppeling in koppelingen.items()
    }
    if gebreken := dict.fromkeys(str(gebrek) for bestand in tabellen.values() for gebrek in bestand.flaws()):
        raise RefusedError("\n".join(gebreken))
    return Leveringsmap(map_, tabellen, bijvangst)


def _file_of(tabel: str, koppeling: Koppeling, paden: list[Path]) -> Path | None:
    """The file of a table: the one that levering.toml names, else the one with the table's name."""
    if koppeling.bestand:
        raak = [pad for pad in paden if pad.name == koppeling.bestand]
        raak = raak or [pad for pad in paden if pad.name.casefold() == koppeling.bestand.casefold()]
        if raak and raak[0].suffix.lower() not in {*ACHTERVOEGSELS, ".txt"}:
            raise refusal("other_kind", naam=names.file_name(koppeling.bestand), tabel=tabel)
    else:
        raak = [pad for pad in paden if pad.stem.lower() == tabel and pad.suffix.lower() in ACHTERVOEGSELS]
    if len(raak) > 1:
        raise refusal("table_twice", tabel=tabel, een=raak[0].name, ander=raak[1].name)
    return raak[0] if raak else None


def _refuse_incomplete(
    map_: Path, koppelingen: dict[str, Koppeling], gevonden: dict[str, Path | None], bestanden: list[Path]
) -> None:
    """Refuse when a table has no file, or a file no table."""
    eigen = {map_ / mapping.BESTAND, *gevonden.values()}
    vreemd = [names.file_name(str(pad.relative_to(map_))) for pad in bestanden if pad not in eigen]
    # By the kind of file that was delivered: who exports CSV looks for no parquet.
    soorten = Counter(pad.suffix.lower() for pad in bestanden if pad.suffix.lower() in ACHTERVOEGSELS)
    soort = soorten.most_common(1)[0][0] if soorten else ".csv"
    zonder = [tabel for tabel, pad in gevonden.items() if pad is None]
    ontbreekt = dict.fromkeys(names.file_name(koppelingen[tabel].bestand or f"{tabel}{soort}") for tabel in zonder)
    meldingen = [refusal("files_missing", namen=", ".join(ontbreekt))] if ontbreekt else []
    if vreemd:
        meldingen.append(refusal("files_astray" if len(vreemd) > 1 else "file_astray", namen=", ".join(vreemd)))
    if ontbreekt and (vreemd or not bestanden) and not (map_ / mapping.BESTAND).exists():
        meldingen.append(refusal("name_them"))
    if meldingen:
        raise RefusedError("\n".join(map(str, meldingen)))
