"""The folder of a delivery: which file feeds which table, and that nothing else lies in it."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl

from data import contract, errors
from data.delivery import mapping, pseudonym, values
from data.delivery.guard import names, search
from data.delivery.mapping import Koppeling
from data.delivery.reading import ACHTERVOEGSELS, open_source
from data.delivery.source import LEGE_REGEL, Bron, Opmaak
from data.delivery.tables import Tabelbestand
from data.errors import RefusedError
from data.snapshots.manifest import MANIFEST, Manifest


@dataclass
class Leveringsmap:
    """A delivery's folder: the tables, and what is there beside them: the demo's manifest, what a system leaves."""

    map: Path
    tabellen: dict[str, Tabelbestand]
    bijvangst: list[Path] = field(default_factory=list)
    _volgordes: dict[Bron, str | None] = field(default_factory=dict)

    @cached_property
    def gebruikers(self) -> dict[Bron, list[Tabelbestand]]:
        """Every file or sheet, with the tables that it feeds."""
        uit: dict[Bron, list[Tabelbestand]] = {}
        for bestand in self.tabellen.values():
            uit.setdefault(bestand.bron, []).append(bestand)
        return uit

    @cached_property
    def geheim(self) -> bytes | None:
        """The secret, when a table asks for hashed ids. Raises RefusedError when it is not there."""
        if any(bestand.koppeling.sleutel for bestand in self.tabellen.values()):
            return pseudonym.secret()
        return None

    def _is_first(self, bestand: Tabelbestand) -> bool:
        """Whether a table is the first that its file feeds: what is about the file as a whole is told there."""
        return self.gebruikers[bestand.bron][0] is bestand

    def remarks(self, tabel: str) -> list[str]:
        """What the steward should know of how a table's file was read."""
        bestand = self.tabellen[tabel]
        uit = []
        for stuk in bestand.bron.overgeslagen if self._is_first(bestand) else ():
            een = stuk.van == stuk.tot
            plek = f"regel {stuk.van}" if een else f"regel {stuk.van} tot en met {stuk.tot}"
            wat = "een totaalregel" if stuk.soort != LEGE_REGEL else "een lege regel" if een else "lege regels"
            uit.append(f"{plek}: {wat}, niet gelezen als rij")
        return uit + bestand.other_rows()

    def extra(self, tabel: str) -> list[str]:
        """Names, fit to be shown, of the columns of a table's file that no table uses and that are dropped."""
        bron = self.tabellen[tabel].bron
        if not self._is_first(self.tabellen[tabel]):
            return []
        gebruikt = {bestand.eigen.get(kolom) for bestand in self.gebruikers[bron] for kolom in bestand.gevraagd}
        return [
            kolom if names.may_be_shown(kolom) else f"kolom {plaats} (naam weggelaten)"
            for plaats, kolom in enumerate(bron.soorten, start=1)
            if kolom not in gebruikt and not bron.is_margin(kolom)
        ]

    def guard(self, bron: Bron) -> None:
        """Search one source for what may not be in it. Raises RefusedError."""
        gebruikers = self.gebruikers[bron]
        eigen = {kolom: naam for bestand in gebruikers for kolom, naam in bestand.eigen.items()}
        sleutels = {bestand.eigen["inburgeraar_id"] for bestand in gebruikers if bestand.koppeling.sleutel}
        if len(sleutels) > 1:
            raise RefusedError(f"{bron.naam}: er zijn twee verschillende kolommen als sleutel genoemd; kies er een.")
        soorten = {k: s for bestand in gebruikers for k, s in contract.TABELLEN[bestand.tabel].columns().items()}
        search.refuse_in_table(bron, soorten, eigen, next(iter(sleutels), None))
        bladen = [andere for andere in self.gebruikers if andere.pad == bron.pad]
        if bron.blad is not None and bron is bladen[0]:
            search.refuse_in_sheets(bron.pad, {blad.blad for blad in bladen})
            search.refuse_beside_cells(bron.pad)

    def date_order(self, bron: Bron) -> str | None:
        """The order of day and month in a source, as levering.toml sets it or as its dates show.

        Raises RefusedError when they do not show it.
        """
        if bron not in self._volgordes:
            gezet = [bestand.koppeling.datumvolgorde for bestand in self.gebruikers[bron]]
            self._volgordes[bron] = next(filter(None, gezet), None) or self._order_shown(bron)
        return self._volgordes[bron]

    def _order_shown(self, bron: Bron) -> str | None:
        teksten: dict[str, set[str]] = {}
        for bestand in self.gebruikers[bron]:
            soorten = contract.TABELLEN[bestand.tabel].columns()
            datums = [kolom for kolom in bestand.eigen if soorten[kolom].dtype == pl.Date]
            for kolom in datums if bron.is_text or bestand.koppeling.gegeven else ():
                reeks = bron.read(bestand.eigen[kolom]).drop_nulls()
                if reeks.dtype == pl.String:
                    teksten.setdefault(bestand.column_name(kolom), set()).update(reeks.str.strip_chars())
        try:
            return values.date_order(set().union(*teksten.values()))
        except values.OnduidelijkeVolgorde as fout:
            waarom = (
                "de datums staan door elkaar als dag-maand-jaar en als maand-dag-jaar"
                if fout.tegenstrijdig
                else "aan de datums is niet te zien of eerst de dag staat of eerst de maand"
            )
            kolommen = f"kolom{'' if len(teksten) == 1 else 'men'} {', '.join(teksten)}"
            raise RefusedError(
                f"{bron.naam}, {kolommen}: {waarom}. "
                'Zet in levering.toml de volgorde: datumvolgorde = "dmj" (of "mdj").'
            ) from fout

    def read(self, tabel: str) -> pl.DataFrame:
        """The rows of one table in the contract's types, see tables.py."""
        bestand = self.tabellen[tabel]
        return bestand.read(self.date_order(bestand.bron), self.geheim)


def open_folder(map_: Path, behalve: Path) -> Leveringsmap:
    """Find the files and their columns; what lies in folder `behalve` is left alone.

    Raises RefusedError that names every missing table or column, and every file that is no part of the delivery.
    """
    try:
        paden = sorted(pad for pad in map_.iterdir() if pad.is_file())
    except (FileNotFoundError, NotADirectoryError) as fout:
        raise RefusedError(f"De map {map_} bestaat niet.") from fout
    except OSError as fout:
        raise RefusedError(f"De map {map_} kan niet worden gelezen{errors.cause(fout)}.") from fout
    alles = search.files(map_, behalve)
    koppelingen = mapping.read(map_)
    gevonden = {}
    for tabel, koppeling in koppelingen.items():
        if pad := _file_of(tabel, koppeling, paden):
            gevonden[tabel] = pad
    van_demo = map_ / MANIFEST if Manifest.read_or_none(map_) else None
    bijvangst = [pad for pad in alles if pad == van_demo or search.VANZELF.fullmatch(pad.name)]
    _refuse_incomplete(map_, koppelingen, gevonden, [pad for pad in alles if pad not in bijvangst])
    bronnen: dict[tuple[Path, Opmaak], Bron] = {}
    for sleutel in ((pad, koppelingen[tabel].opmaak) for tabel, pad in gevonden.items()):
        if sleutel not in bronnen:
            samen = [ander for ander, pad in gevonden.items() if (pad, koppelingen[ander].opmaak) == sleutel]
            verwacht = [naam for ander in samen for naam in _expected(ander, koppelingen[ander])]
            bronnen[sleutel] = open_source(*sleutel, verwacht)
    tabellen = {
        tabel: Tabelbestand(tabel, bronnen[pad, koppelingen[tabel].opmaak], koppelingen[tabel])
        for tabel, pad in gevonden.items()
    }
    _refuse_without_columns(tabellen)
    return Leveringsmap(map_, tabellen, bijvangst)


def _expected(tabel: str, koppeling: Koppeling) -> list[str]:
    return [*map(koppeling.own_name, contract.TABELLEN[tabel].column_names()), *koppeling.alleen_als_gevuld]


def _file_of(tabel: str, koppeling: Koppeling, paden: list[Path]) -> Path | None:
    """The file of a table: the one that levering.toml names, else the one with the table's name."""
    if koppeling.bestand:
        raak = [pad for pad in paden if pad.name == koppeling.bestand]
        raak = raak or [pad for pad in paden if pad.name.casefold() == koppeling.bestand.casefold()]
        if raak and raak[0].suffix.lower() not in {*ACHTERVOEGSELS, ".txt"}:
            naam = names.file_name(koppeling.bestand)
            raise RefusedError(f"{naam} voor de tabel {tabel} is geen parquet, CSV of XLSX.")
    else:
        raak = [pad for pad in paden if pad.stem.lower() == tabel and pad.suffix.lower() in ACHTERVOEGSELS]
    if len(raak) > 1:
        raise RefusedError(f"De tabel {tabel} komt twee keer voor: {raak[0].name} en {raak[1].name}.")
    return raak[0] if raak else None


def _refuse_incomplete(
    map_: Path, koppelingen: dict[str, Koppeling], gevonden: dict[str, Path], bestanden: list[Path]
) -> None:
    """Refuse when a table has no file, or a file no table."""
    eigen = {map_ / mapping.BESTAND, *gevonden.values()}
    vreemd = [names.file_name(str(pad.relative_to(map_))) for pad in bestanden if pad not in eigen]
    # By the kind of file that was delivered: who exports CSV looks for no parquet.
    soorten = Counter(pad.suffix.lower() for pad in bestanden if pad.suffix.lower() in ACHTERVOEGSELS)
    soort = soorten.most_common(1)[0][0] if soorten else ".csv"
    ontbreekt = dict.fromkeys(
        names.file_name(koppeling.bestand or f"{tabel}{soort}")
        for tabel, koppeling in koppelingen.items()
        if tabel not in gevonden
    )
    meldingen = []
    if ontbreekt:
        meldingen.append(f"De levering is niet volledig. Deze bestanden ontbreken: {', '.join(ontbreekt)}.")
    if vreemd:
        hoort, het = ("horen", "Haal ze") if len(vreemd) > 1 else ("hoort", "Haal het")
        meldingen.append(f"Dit {hoort} niet bij de levering: {', '.join(vreemd)}. {het} uit de map.")
    if ontbreekt and (vreemd or not bestanden) and not (map_ / mapping.BESTAND).exists():
        meldingen.append(
            f"Heten bestanden bij u anders, noem ze dan in {mapping.BESTAND}; een voorbeeld maakt "
            "python -m data.intake --voorbeeld MAP."
        )
    if meldingen:
        raise RefusedError("\n".join(meldingen))


def _refuse_without_columns(tabellen: dict[str, Tabelbestand]) -> None:
    """Refuse when a file is empty, or a column is missing or there twice."""
    gebreken = []
    for bestand in tabellen.values():
        if not bestand.bron.soorten:
            leeg = "het bestand" if bestand.bron.blad is None else "het werkblad"
            gebreken.append(f"{bestand.naam}: {leeg} is leeg.")
        elif mist := bestand.missing():
            gebreken.append(f"{bestand.naam}: kolom ontbreekt: {', '.join(mist)}.")
        if dubbel := bestand.twice():
            gebreken.append(f"{bestand.naam}: een kolomnaam komt twee keer voor: {', '.join(dubbel)}.")
    if gebreken:
        raise RefusedError("\n".join(dict.fromkeys(gebreken)))
