"""A delivery: which file feeds which table, and the table's rows in the contract's columns and types.

What comes out is per table a frame with the contract's columns, `bestand` and `regel` (where the row stands),
and `leesfout` when rows hold something that cannot be read: the reason why such a row is rejected.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

import polars as pl

from data import contract, errors
from data.delivery import casts, mapping, pseudonym, reading, values
from data.delivery.casts import CastError
from data.delivery.guard import names, search
from data.delivery.mapping import Koppeling
from data.delivery.reading import ACHTERVOEGSELS, LEESFOUTEN, Bron
from data.errors import RefusedError
from data.snapshots.manifest import MANIFEST, Manifest

# From so many values on, a column of which none can be read is a column that was meant for something else.
_ALLES_ONLEESBAAR = 5


@dataclass
class Tabelbestand:
    """One table of the contract: the file that feeds it and how that maps."""

    tabel: str
    bron: Bron
    koppeling: Koppeling

    @property
    def naam(self) -> str:
        return self.bron.naam

    def sha256(self) -> str:
        return self.bron.sha256()

    def levertijd(self) -> datetime:
        return self.bron.levertijd()

    def is_gewijzigd(self) -> bool:
        return self.bron.is_gewijzigd()

    @cached_property
    def eigen(self) -> dict[str, str]:
        """The column of the file per column of the contract, for those that the file has; vast ones excluded."""
        uit = {}
        for kolom in contract.TABELLEN[self.tabel].column_names():
            if kolom not in self.koppeling.vast:
                naam = self.bron.kolom(self.koppeling.own_name(kolom))
                if naam is not None:
                    uit[kolom] = naam
        return uit

    @cached_property
    def gevraagd(self) -> list[str]:
        """The contract's columns that this delivery has for the table, in the contract's order.

        begeleidingsregime says something about a statushouder; without that column it is an extra column.
        """
        kolommen = [
            kolom
            for kolom in contract.TABELLEN[self.tabel].column_names()
            if kolom in self.eigen or kolom in self.koppeling.vast
        ]
        if self.tabel == "melding" and "statushouder" not in kolommen:
            kolommen = [kolom for kolom in kolommen if kolom != "begeleidingsregime"]
        return kolommen

    def ontbrekend(self) -> list[str]:
        """The columns that must be there and are not, with the name that the file should have for them."""
        optioneel = contract.OPTIONEEL.get(self.tabel, ())
        gemist = []
        for kolom in contract.TABELLEN[self.tabel].column_names():
            naam = self.koppeling.own_name(kolom)
            gemapt = naam != kolom
            if kolom not in self.eigen and kolom not in self.koppeling.vast and (gemapt or kolom not in optioneel):
                gemist.append(f"{naam} ({kolom})" if gemapt else kolom)
        return gemist + [naam for naam in self.koppeling.alleen_als_gevuld if self.bron.kolom(naam) is None]

    def dubbel(self) -> list[str]:
        """Needed columns of which the file has two by that name."""
        return sorted({self.bron.kolomnaam(naam) for naam in self.eigen.values() if naam in self.bron.dubbel})

    def kolomnamen(self) -> dict[str, str]:
        """The file's own name, fit to be shown, per column of the contract that is called otherwise in it."""
        return {kolom: self.bron.kolomnaam(naam) for kolom, naam in self.eigen.items() if naam != kolom}

    def kolomnaam(self, kolom: str) -> str:
        """A contract's column as a message names it, with the file's own name first."""
        eigen = self.kolomnamen().get(kolom)
        return f"{eigen} ({kolom})" if eigen else kolom

    @cached_property
    def masker(self) -> pl.Series | None:
        """Which rows of the file are of this table; None for all."""
        masker = None
        for naam in self.koppeling.alleen_als_gevuld:
            gevuld = self.bron.lees(self.bron.kolom(naam)).is_not_null()
            masker = gevuld if masker is None else masker & gevuld
        return masker

    def lees(self, kolom: str) -> pl.Series:
        """A contract's column as delivered, of the rows that are of this table."""
        reeks = self.bron.lees(self.eigen[kolom])
        return reeks if self.masker is None else reeks.filter(self.masker)

    def ids(self, geheim: bytes | None) -> pl.Series:
        """Every inburgeraar_id of this table as text, hashed when levering.toml asks for it."""
        tekst = casts.naar_tekst(self.lees("inburgeraar_id"))
        if geheim is None or not self.koppeling.sleutel:
            return tekst
        try:
            return pseudonym.pseudonimiseer(tekst, geheim)
        except pseudonym.AfgerondError as fout:
            regels = self._regels(len(tekst))
            raise RefusedError(
                f"{self.naam}, kolom {self.kolomnaam('inburgeraar_id')}, regel {regels[fout.index]}: dit nummer is "
                "afgerond door een rekenblad. Maak de export opnieuw, met deze kolom als tekst."
            ) from None

    def _regels(self, aantal: int) -> pl.Series:
        if self.masker is None:
            return self.bron.regels(aantal)
        return self.bron.regels(len(self.masker)).filter(self.masker)

    def lees_tabel(self, volgorde: str | None, geheim: bytes | None) -> pl.DataFrame:
        """The rows of this table, see the module. Raises RefusedError when a whole column cannot be read.

        volgorde: order of day and month in this file. geheim: the secret, when ids are hashed.
        """
        kolommen, leesfouten = [], []
        schema = contract.TABELLEN[self.tabel].columns()
        aantal = None
        for naam in (naam for naam in schema if naam in self.gevraagd and naam in self.eigen):
            reeks, fout = self._kolom(naam, schema[naam].dtype, volgorde, geheim)
            aantal = len(reeks)
            kolommen.append(reeks.alias(naam))
            if fout is not None:
                leesfouten.append(fout)
        frame = pl.DataFrame(kolommen)
        vast = [
            pl.lit(_typ(pl.Series([waarde or None], dtype=pl.String), schema[naam].dtype, "jmd", None)[0])
            .cast(schema[naam].dtype)
            .alias(naam)
            for naam, waarde in self.koppeling.vast.items()
            if naam in self.gevraagd
        ]
        gemist = [
            pl.lit(None, dtype=soort.dtype).alias(naam) for naam, soort in schema.items() if naam not in self.gevraagd
        ]
        frame = frame.with_columns(*vast, *gemist).select(
            *schema, pl.lit(self.naam).alias("bestand"), self._regels(aantal or 0).alias("regel")
        )
        return self._met_leesfouten(frame, leesfouten)

    def _met_leesfouten(self, frame: pl.DataFrame, leesfouten: list[pl.Series]) -> pl.DataFrame:
        if self.bron.gebreken:
            gebrek = pl.Series(
                "gebrek", [self.bron.gebreken.get(index) for index in range(len(self.bron.regels(0)))], dtype=pl.String
            )
            gebrek = gebrek if self.masker is None else gebrek.filter(self.masker)
            # Of a row with too many or too few fields nobody can tell which value belongs where.
            leeg = gebrek.is_not_null()
            vrij = [naam for naam in frame.columns if naam not in ("bestand", "regel")]
            frame = frame.with_columns(pl.when(~leeg).then(pl.col(naam)).alias(naam) for naam in vrij)
            leesfouten = [gebrek, *leesfouten]
        if not leesfouten:
            return frame
        return frame.with_columns(pl.coalesce(pl.lit(reeks) for reeks in leesfouten).alias("leesfout"))

    def _kolom(
        self, naam: str, soort: pl.DataType, volgorde: str | None, geheim: bytes | None
    ) -> tuple[pl.Series, pl.Series | None]:
        """One column in its type, and per row the reason why it cannot be read (None: all can)."""
        try:
            if naam == "inburgeraar_id" and self.koppeling.sleutel:
                return self.ids(geheim), None
            reeks = self.lees(naam)
            codes = self.koppeling.codes.get(naam)
            tekst = None
            if self.bron.is_tekst or self.koppeling.gegeven:
                tekst = reeks if self.bron.is_tekst else casts.tekst_of_niets(reeks)
                if tekst is None and codes:
                    tekst = casts.naar_tekst(reeks.cast(pl.Int8) if reeks.dtype == pl.Boolean else reeks)
            if tekst is None:
                return casts.NAAR[type(soort)](reeks), None
        except (CastError, *LEESFOUTEN) as fout:
            regel = ""
            if isinstance(fout, CastError) and fout.regel:
                regel = f", regel {self._regels(fout.regel)[fout.regel - 1]}"
            raise RefusedError(
                f"{self.naam}, kolom {self.kolomnaam(naam)}{regel}: niet om te zetten naar het type "
                f"{casts.SOORTNAMEN[type(soort)]}."
            ) from fout
        if not self.bron.is_tekst:
            tekst = tekst.str.strip_chars()
            tekst = tekst.set(tekst == "", None)
        if codes:
            tekst = tekst.fill_null("").replace(codes)
            tekst = tekst.set(tekst == "", None)
        return self._lees_tekst(naam, tekst, soort, volgorde)

    def _lees_tekst(
        self, naam: str, tekst: pl.Series, soort: pl.DataType, volgorde: str | None
    ) -> tuple[pl.Series, pl.Series | None]:
        gelezen = _typ(tekst, soort, volgorde, self.koppeling.opmaak.decimaalteken, self.bron.dagen_1904)
        mislukt = tekst.is_not_null() & gelezen.is_null()
        if not mislukt.any():
            return gelezen, None
        if mislukt.sum() == tekst.count() >= _ALLES_ONLEESBAAR:
            regel = self._regels(len(tekst))[mislukt.arg_true()[0]]
            raise RefusedError(
                f"{self.naam}, kolom {self.kolomnaam(naam)}, regel {regel}: geen enkele waarde in deze kolom is om te "
                f"zetten naar het type {casts.SOORTNAMEN[type(soort)]}."
            )
        reden = contract.ONLEESBAAR[type(soort)].format(kolom=naam)
        return gelezen, pl.Series([reden if fout else None for fout in mislukt], dtype=pl.String)

    def andere_rijen(self) -> list[str]:
        """That the file has rows that are not of this table, when it has."""
        uit = []
        if self.masker is not None and (buiten := len(self.masker) - self.masker.sum()):
            namen = " en ".join(naam for naam in self.koppeling.alleen_als_gevuld if names.is_toonbaar(naam))
            rijen = "1 regel is" if buiten == 1 else f"{buiten:,} regels zijn".replace(",", ".")
            uit.append(f"{rijen} niet gelezen als rij, omdat {namen} er leeg is")
        return uit


def _typ(
    tekst: pl.Series, soort: pl.DataType, volgorde: str | None, decimaalteken: str | None, dagen_1904: bool = False
) -> pl.Series:
    if soort == pl.Date:
        return values.naar_datum(tekst, volgorde, dagen_1904)
    if soort == pl.Boolean:
        return values.naar_waar(tekst)
    if soort == pl.Int64:
        return values.naar_geheel(tekst, decimaalteken)
    return tekst


@dataclass
class Leveringsmap:
    """A delivery's folder: the tables, and what is there beside them: the demo's manifest, what a system leaves."""

    map: Path
    tabellen: dict[str, Tabelbestand]
    bijvangst: list[Path] = field(default_factory=list)
    _volgordes: dict[int, str | None] = field(default_factory=dict)

    @property
    def bronnen(self) -> list[Bron]:
        """Every file or sheet once."""
        return list({id(bestand.bron): bestand.bron for bestand in self.tabellen.values()}.values())

    @cached_property
    def geheim(self) -> bytes | None:
        """The secret, when a table asks for hashed ids. Raises RefusedError when it is not there."""
        if any(bestand.koppeling.sleutel for bestand in self.tabellen.values()):
            return pseudonym.geheim()
        return None

    def _is_eerste(self, bestand: Tabelbestand) -> bool:
        """Whether a table is the first that its file feeds: what is about the file as a whole is told there."""
        return next(ander for ander in self.tabellen.values() if ander.bron is bestand.bron) is bestand

    def opmerkingen(self, tabel: str) -> list[str]:
        """What the steward should know of how a table's file was read."""
        bestand = self.tabellen[tabel]
        uit = []
        for stuk in bestand.bron.overgeslagen if self._is_eerste(bestand) else ():
            plek = f"regel {stuk.van}" if stuk.van == stuk.tot else f"regel {stuk.van} tot en met {stuk.tot}"
            wat = "een lege regel" if stuk.van == stuk.tot else "lege regels"
            uit.append(
                f"{plek}: {wat if stuk.soort == reading.LEGE_REGEL else 'een totaalregel'}, niet gelezen als rij"
            )
        return uit + bestand.andere_rijen()

    def extra(self, tabel: str) -> list[str]:
        """Names, fit to be shown, of the columns of a table's file that no table uses and that are dropped."""
        bron = self.tabellen[tabel].bron
        if not self._is_eerste(self.tabellen[tabel]):
            return []
        gebruikt = {
            naam
            for bestand in self.tabellen.values()
            if bestand.bron is bron
            for kolom, naam in bestand.eigen.items()
            if kolom in bestand.gevraagd
        }
        return [
            kolom if names.is_toonbaar(kolom) else f"kolom {plaats} (naam weggelaten)"
            for plaats, kolom in enumerate(bron.soorten, start=1)
            if kolom not in gebruikt and not bron.is_marge(kolom)
        ]

    def keur_inhoud(self, bron: Bron) -> None:
        """Search one source for what may not be in it. Raises RefusedError."""
        gebruikers = [bestand for bestand in self.tabellen.values() if bestand.bron is bron]
        eerste = gebruikers[0]
        eigen = {kolom: naam for bestand in gebruikers for kolom, naam in bestand.eigen.items()}
        sleutels = {bestand.eigen["inburgeraar_id"] for bestand in gebruikers if bestand.koppeling.sleutel}
        if len(sleutels) > 1:
            raise RefusedError(f"{bron.naam}: er zijn twee verschillende kolommen als sleutel genoemd; kies er een.")
        soorten = {k: s for bestand in gebruikers for k, s in contract.TABELLEN[bestand.tabel].columns().items()}
        search.weiger_in_tabel(bron, soorten, eigen, next(iter(sleutels), None))
        if eerste.bron.blad is not None and eerste is next(b for b in self.tabellen.values() if b.bron.pad == bron.pad):
            gebruikt = {andere.blad for andere in self.bronnen if andere.pad == bron.pad}
            search.weiger_in_bladen(bron.pad, gebruikt)
            search.weiger_in_werkmap_buiten_cellen(bron.pad)

    def volgorde(self, bron: Bron) -> str | None:
        """The order of day and month in a source, as levering.toml sets it or as its dates show.

        Raises RefusedError when they do not show it.
        """
        if id(bron) not in self._volgordes:
            self._volgordes[id(bron)] = self._zoek_volgorde(bron)
        return self._volgordes[id(bron)]

    def _zoek_volgorde(self, bron: Bron) -> str | None:
        gebruikers = [bestand for bestand in self.tabellen.values() if bestand.bron is bron]
        gezet = next((b.koppeling.opmaak.datumvolgorde for b in gebruikers if b.koppeling.opmaak.datumvolgorde), None)
        if gezet:
            return gezet
        namen: list[str] = []
        teksten: set[str] = set()
        for bestand in gebruikers:
            for kolom, definitie in contract.TABELLEN[bestand.tabel].columns().items():
                if (
                    definitie.dtype == pl.Date
                    and kolom in bestand.eigen
                    and (bron.is_tekst or bestand.koppeling.gegeven)
                ):
                    reeks = bron.lees(bestand.eigen[kolom])
                    if reeks.dtype == pl.String:
                        teksten.update(reeks.drop_nulls().unique().str.strip_chars())
                        namen.append(bestand.kolomnaam(kolom))
        try:
            return values.datumvolgorde(teksten)
        except values.OnduidelijkeVolgorde as fout:
            waarom = (
                "de datums staan door elkaar als dag-maand-jaar en als maand-dag-jaar"
                if fout.tegenstrijdig
                else "aan de datums is niet te zien of eerst de dag staat of eerst de maand"
            )
            kolommen = ("kolom " if len(namen) == 1 else "kolommen ") + ", ".join(dict.fromkeys(namen))
            raise RefusedError(
                f"{bron.naam}, {kolommen}: {waarom}. "
                'Zet in levering.toml de volgorde: datumvolgorde = "dmj" (of "mdj").'
            ) from fout

    def lees_tabel(self, tabel: str) -> pl.DataFrame:
        """The rows of one table in the contract's types, see the module."""
        bestand = self.tabellen[tabel]
        return bestand.lees_tabel(self.volgorde(bestand.bron), self.geheim)


def open_map(map_: Path, behalve: Path) -> Leveringsmap:
    """Find the files and their columns; what lies in folder `behalve` is left alone.

    Raises RefusedError that names every missing table or column, and every file that is no part of the delivery.
    """
    try:
        paden = sorted(pad for pad in map_.iterdir() if pad.is_file())
    except (FileNotFoundError, NotADirectoryError) as fout:
        raise RefusedError(f"De map {map_} bestaat niet.") from fout
    except OSError as fout:
        raise RefusedError(f"De map {map_} kan niet worden gelezen{errors.oorzaak(fout)}.") from fout
    alles = search.bestanden(map_, behalve)
    koppelingen = mapping.read(map_)
    gevonden = _wijs_toe(paden, koppelingen)
    van_demo = map_ / MANIFEST if Manifest.read_or_none(map_) else None
    bijvangst = [pad for pad in alles if pad == van_demo or search.VANZELF.fullmatch(pad.name)]
    _weiger_onvolledig(map_, koppelingen, gevonden, [pad for pad in alles if pad not in bijvangst])
    bronnen: dict[tuple, Bron] = {}
    tabellen = {}
    for tabel, pad in gevonden.items():
        koppeling = koppelingen[tabel]
        sleutel = (pad, koppeling.opmaak)
        if sleutel not in bronnen:
            verwacht = [
                naam
                for andere, plek in gevonden.items()
                if plek == pad and koppelingen[andere].opmaak == koppeling.opmaak
                for naam in _verwacht(andere, koppelingen[andere])
            ]
            bronnen[sleutel] = reading.open_bron(pad, koppeling.opmaak, verwacht)
        tabellen[tabel] = Tabelbestand(tabel, bronnen[sleutel], koppeling)
    gebreken = []
    for bestand in tabellen.values():
        if not bestand.bron.soorten:
            leeg = "het bestand" if bestand.bron.blad is None else "het werkblad"
            gebreken.append(f"{bestand.naam}: {leeg} is leeg.")
        elif mist := bestand.ontbrekend():
            gebreken.append(f"{bestand.naam}: kolom ontbreekt: {', '.join(mist)}.")
        if dubbel := bestand.dubbel():
            gebreken.append(f"{bestand.naam}: een kolomnaam komt twee keer voor: {', '.join(dubbel)}.")
    if gebreken:
        raise RefusedError("\n".join(dict.fromkeys(gebreken)))
    return Leveringsmap(map_, tabellen, bijvangst)


def _verwacht(tabel: str, koppeling: Koppeling) -> Iterable[str]:
    yield from (koppeling.own_name(kolom) for kolom in contract.TABELLEN[tabel].column_names())
    yield from koppeling.alleen_als_gevuld


def _wijs_toe(paden: list[Path], koppelingen: dict[str, Koppeling]) -> dict[str, Path]:
    """The file of every table that has one: the one that levering.toml names, else the one with the table's name."""
    gevonden: dict[str, Path] = {}
    for tabel, koppeling in koppelingen.items():
        if koppeling.bestand:
            raak = [pad for pad in paden if pad.name == koppeling.bestand]
            raak = raak or [pad for pad in paden if pad.name.casefold() == koppeling.bestand.casefold()]
            if raak and raak[0].suffix.lower() not in ACHTERVOEGSELS and raak[0].suffix.lower() != ".txt":
                naam = names.bestandsnaam(koppeling.bestand)
                raise RefusedError(f"{naam} voor de tabel {tabel} is geen parquet, CSV of XLSX.")
        else:
            raak = [pad for pad in paden if pad.stem.lower() == tabel and pad.suffix.lower() in ACHTERVOEGSELS]
        if len(raak) > 1:
            raise RefusedError(f"De tabel {tabel} komt twee keer voor: {raak[0].name} en {raak[1].name}.")
        if raak:
            gevonden[tabel] = raak[0]
    return gevonden


def _weiger_onvolledig(
    map_: Path, koppelingen: dict[str, Koppeling], gevonden: dict[str, Path], bestanden: list[Path]
) -> None:
    """Refuse when a table has no file, or a file no table."""
    eigen = {map_ / mapping.BESTAND, *gevonden.values()}
    vreemd = [names.bestandsnaam(str(pad.relative_to(map_))) for pad in bestanden if pad not in eigen]
    # By the kind of file that was delivered: who exports CSV looks for no parquet.
    soorten = Counter(pad.suffix.lower() for pad in bestanden if pad.suffix.lower() in ACHTERVOEGSELS)
    soort = soorten.most_common(1)[0][0] if soorten else ".csv"
    ontbreekt = dict.fromkeys(
        names.bestandsnaam(koppeling.bestand or f"{tabel}{soort}")
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
