"""One table of a delivery: its rows in the contract's columns and types."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from data import contract
from data.delivery import casts, pseudonym, values
from data.delivery.casts import CastError
from data.delivery.guard import names
from data.delivery.mapping import Koppeling
from data.delivery.refusals import refusal
from data.delivery.source import LEESFOUTEN, Bron
from data.errors import RefusedError, count

VELDEN = "de regel heeft een ander aantal velden dan de kopregel"
# From so many values on, a column of which none can be read is a column that was meant for something else.
_ALLES_ONLEESBAAR = 5
# Why a value of a text file cannot be read as its column's type.
_ONLEESBAAR = {pl.Date: "geen datum die te lezen is", pl.Int64: "geen geheel getal", pl.Boolean: "geen ja of nee"}


@dataclass
class Tabelbestand:
    """One table of the contract: the file that feeds it and how that maps."""

    tabel: str
    bron: Bron
    koppeling: Koppeling

    @property
    def naam(self) -> str:
        return self.bron.naam

    @cached_property
    def schema(self) -> dict[str, pl.DataType]:
        return {naam: kolom.dtype for naam, kolom in contract.TABELLEN[self.tabel].columns().items()}

    @cached_property
    def eigen(self) -> dict[str, str]:
        """The column of the file per column of the contract, for those that the file has; vast ones excluded."""
        namen = {kolom: self.bron.column(self.koppeling.own_name(kolom)) for kolom in self.schema}
        return {kolom: naam for kolom, naam in namen.items() if naam is not None and kolom not in self.koppeling.vast}

    @cached_property
    def gevraagd(self) -> list[str]:
        """The contract's columns that this delivery has for the table, in the contract's order.

        begeleidingsregime says something about a statushouder; without that column it is an extra column.
        """
        er_zijn = self.eigen.keys() | self.koppeling.vast.keys()
        if self.tabel == "melding" and "statushouder" not in er_zijn:
            er_zijn -= {"begeleidingsregime"}
        return [kolom for kolom in self.schema if kolom in er_zijn]

    def dates(self) -> list[str]:
        return [kolom for kolom in self.eigen if self.schema[kolom] == pl.Date]

    def flaws(self) -> Iterator[RefusedError]:
        """What makes this table unreadable: an empty file, columns that lack or that the file has twice."""
        namen = {kolom: self.koppeling.own_name(kolom) for kolom in self.schema}
        hoeft_niet = [kolom for kolom in contract.OPTIONEEL.get(self.tabel, ()) if namen[kolom] == kolom]
        gemist = [kolom for kolom in namen if kolom not in {*self.eigen, *self.koppeling.vast, *hoeft_niet}]
        voorwaarden = [naam for naam in self.koppeling.alleen_als_gevuld if self.bron.column(naam) is None]
        gemist = [kolom if namen[kolom] == kolom else f"{namen[kolom]} ({kolom})" for kolom in gemist] + voorwaarden
        if not self.bron.soorten:
            yield refusal("empty_file" if self.bron.blad is None else "empty_sheet", naam=self.naam)
        elif gemist:
            yield refusal("columns_missing", naam=self.naam, kolommen=", ".join(gemist))
        if dubbel := {self.bron.column_name(naam) for naam in self.eigen.values() if naam in self.bron.dubbel}:
            yield refusal("columns_twice", naam=self.naam, kolommen=", ".join(sorted(dubbel)))

    def column_names(self) -> dict[str, str]:
        """The file's own name, fit to be shown, per column of the contract that is called otherwise in it."""
        return {kolom: self.bron.column_name(naam) for kolom, naam in self.eigen.items() if naam != kolom}

    def column_name(self, kolom: str) -> str:
        """A contract's column as a message names it, with the file's own name first."""
        eigen = self.column_names().get(kolom)
        return f"{eigen} ({kolom})" if eigen else kolom

    def other_rows(self) -> list[str]:
        """That the file has rows that are not of this table, when it has."""
        buiten = len(self.masker) - self.masker.sum()
        namen = " en ".join(filter(names.may_be_shown, self.koppeling.alleen_als_gevuld))
        rijen = "1 regel is" if buiten == 1 else f"{count(buiten)} regels zijn"
        return [f"{rijen} niet gelezen als rij, omdat {namen} er leeg is"] if buiten else []

    @cached_property
    def masker(self) -> pl.Series:
        """Which rows of the file are of this table."""
        masker = pl.repeat(True, len(self.bron.regels), eager=True)
        for naam in self.koppeling.alleen_als_gevuld:
            masker &= self.bron.read(self.bron.column(naam)).is_not_null()
        return masker

    @cached_property
    def regels(self) -> pl.Series:
        return self.bron.regels.filter(self.masker)

    def _delivered(self, kolom: str) -> pl.Series:
        return self.bron.read(self.eigen[kolom]).filter(self.masker)

    def _refusal(self, key: str, kolom: str, index: int | None) -> RefusedError:
        regel = "" if index is None else f", regel {self.regels[index]}"
        plek = f"{self.naam}, kolom {self.column_name(kolom)}{regel}"
        return refusal(key, plek=plek, soort=contract.SOORTEN[type(self.schema[kolom])])

    def ids(self, geheim: bytes | None) -> pl.Series:
        """Every inburgeraar_id of this table as text, hashed when levering.toml asks for it."""
        tekst = casts.to_text(self._delivered("inburgeraar_id"))
        if not (geheim and self.koppeling.sleutel):
            return tekst
        for index in tekst.str.contains(pseudonym.AFGEROND).arg_true():
            raise self._refusal("rounded", "inburgeraar_id", index)
        return pseudonym.pseudonymise(tekst, geheim)

    def read(self, volgorde: str | None, geheim: bytes | None) -> pl.DataFrame:
        """The rows with their `bestand` and `regel`, and why one is rejected in `leesfout` when any cannot be read.

        volgorde: order of day and month in this file. geheim: the secret, when ids are hashed. Raises RefusedError when
        a whole column cannot be read.
        """
        gebrek = self.bron.gebrek.filter(self.masker)
        gelezen, fouten = {}, [(gebrek, VELDEN)]
        for kolom, soort in self.schema.items():
            try:
                gelezen[kolom], mislukt = self._column(kolom, volgorde, geheim)
            except (CastError, *LEESFOUTEN) as fout:
                raise self._refusal("no_type", kolom, getattr(fout, "index", None)) from fout
            fouten.append((mislukt, f"{kolom} is {_ONLEESBAAR.get(type(soort))}"))
        frame = pl.DataFrame(gelezen)
        if gebrek.any():
            # Of a row with too many or too few fields nobody can tell which value belongs where.
            frame = frame.select(pl.when(~gebrek).then(pl.all()))
        frame = frame.with_columns(bestand=pl.lit(self.naam), regel=self.regels)
        redenen = [pl.when(rijen).then(pl.lit(reden)) for rijen, reden in fouten if rijen is not None and rijen.any()]
        return frame.with_columns(pl.coalesce(redenen).alias("leesfout")) if redenen else frame

    def _column(self, kolom: str, volgorde: str | None, geheim: bytes | None) -> tuple[pl.Series, pl.Series | None]:
        """One column in its type, and which rows hold what cannot be read (None: no row does)."""
        soort, codes = self.schema[kolom], self.koppeling.codes.get(kolom)
        if kolom not in self.gevraagd or kolom in self.koppeling.vast:
            codes, waarde = None, self.koppeling.vast.get(kolom) if kolom in self.gevraagd else None
            tekst = pl.repeat(waarde or None, len(self.regels), dtype=pl.String, eager=True)
        elif kolom == "inburgeraar_id" and self.koppeling.sleutel:
            return self.ids(geheim), None
        else:
            reeks = self._delivered(kolom)
            tekst = self._as_text(reeks, codes is not None)
            if tekst is None:
                return casts.cast(reeks, soort), None
        if codes:
            tekst = tekst.fill_null("").replace(codes).replace("", None)
        gelezen = values.read(tekst, soort, volgorde, self.koppeling.decimaalteken, self.bron.dagen_1904)
        mislukt = tekst.is_not_null() & gelezen.is_null()
        if mislukt.sum() == tekst.count() >= _ALLES_ONLEESBAAR:
            raise self._refusal("nothing_of_type", kolom, mislukt.arg_true()[0])
        return gelezen, mislukt

    def _as_text(self, reeks: pl.Series, met_codes: bool) -> pl.Series | None:
        """A column as text to be read value by value; None when its type says what its values are."""
        if self.bron.is_text:
            return reeks
        if not self.koppeling.gegeven:
            return None
        tekst = casts.text_or_none(reeks)
        if tekst is None and met_codes:
            tekst = casts.to_text(reeks.cast(pl.Int8) if reeks.dtype == pl.Boolean else reeks)
        return None if tekst is None else tekst.str.strip_chars().replace("", None)
