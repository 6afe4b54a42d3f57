"""One table of a delivery: its rows in the contract's columns and types.

What comes out is a frame with the contract's columns, `bestand` and `regel` (where the row stands), and `leesfout` when
rows hold something that cannot be read: the reason why such a row is rejected.
"""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from data import contract
from data.delivery import casts, pseudonym, values
from data.delivery.casts import CastError
from data.delivery.guard import names
from data.delivery.mapping import Koppeling
from data.delivery.source import LEESFOUTEN, Bron
from data.errors import RefusedError, count

VELDEN = "de regel heeft een ander aantal velden dan de kopregel"
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
        """The name of the file as it may stand in a message."""
        return self.bron.naam

    @cached_property
    def eigen(self) -> dict[str, str]:
        """The column of the file per column of the contract, for those that the file has; vast ones excluded."""
        uit = {}
        for kolom in contract.TABELLEN[self.tabel].column_names():
            naam = self.bron.column(self.koppeling.own_name(kolom))
            if naam is not None and kolom not in self.koppeling.vast:
                uit[kolom] = naam
        return uit

    @cached_property
    def gevraagd(self) -> list[str]:
        """The contract's columns that this delivery has for the table, in the contract's order.

        begeleidingsregime says something about a statushouder; without that column it is an extra column.
        """
        er_zijn = self.eigen.keys() | self.koppeling.vast.keys()
        if self.tabel == "melding" and "statushouder" not in er_zijn:
            er_zijn -= {"begeleidingsregime"}
        return [kolom for kolom in contract.TABELLEN[self.tabel].column_names() if kolom in er_zijn]

    def missing(self) -> list[str]:
        """The columns that must be there and are not, with the name that the file should have for them."""
        optioneel = contract.OPTIONEEL.get(self.tabel, ())
        gemist = []
        for kolom in contract.TABELLEN[self.tabel].column_names():
            naam = self.koppeling.own_name(kolom)
            gemapt = naam != kolom
            if kolom not in self.eigen and kolom not in self.koppeling.vast and (gemapt or kolom not in optioneel):
                gemist.append(f"{naam} ({kolom})" if gemapt else kolom)
        return gemist + [naam for naam in self.koppeling.alleen_als_gevuld if self.bron.column(naam) is None]

    def twice(self) -> list[str]:
        """Needed columns of which the file has two by that name."""
        return sorted({self.bron.column_name(naam) for naam in self.eigen.values() if naam in self.bron.dubbel})

    def column_names(self) -> dict[str, str]:
        """The file's own name, fit to be shown, per column of the contract that is called otherwise in it."""
        return {kolom: self.bron.column_name(naam) for kolom, naam in self.eigen.items() if naam != kolom}

    def column_name(self, kolom: str) -> str:
        """A contract's column as a message names it, with the file's own name first."""
        eigen = self.column_names().get(kolom)
        return f"{eigen} ({kolom})" if eigen else kolom

    @cached_property
    def masker(self) -> pl.Series | None:
        """Which rows of the file are of this table; None for all."""
        masker = None
        for naam in self.koppeling.alleen_als_gevuld:
            gevuld = self.bron.read(self.bron.column(naam)).is_not_null()
            masker = gevuld if masker is None else masker & gevuld
        return masker

    def _of_table(self, reeks: pl.Series) -> pl.Series:
        """Of something per row of the file, that of the rows of this table."""
        return reeks if self.masker is None else reeks.filter(self.masker)

    def _lines(self, aantal: int) -> pl.Series:
        return self._of_table(self.bron.lines(aantal if self.masker is None else len(self.masker)))

    def ids(self, geheim: bytes | None) -> pl.Series:
        """Every inburgeraar_id of this table as text, hashed when levering.toml asks for it."""
        tekst = casts.to_text(self._of_table(self.bron.read(self.eigen["inburgeraar_id"])))
        if geheim is None or not self.koppeling.sleutel:
            return tekst
        try:
            return pseudonym.pseudonymise(tekst, geheim)
        except pseudonym.AfgerondError as fout:
            regel = self._lines(len(tekst))[fout.index]
            raise RefusedError(
                f"{self.naam}, kolom {self.column_name('inburgeraar_id')}, regel {regel}: "
                "dit nummer is afgerond door een rekenblad. Maak de export opnieuw, met deze kolom als tekst."
            ) from None

    def read(self, volgorde: str | None, geheim: bytes | None) -> pl.DataFrame:
        """The rows of this table, see the module. Raises RefusedError when a whole column cannot be read.

        volgorde: order of day and month in this file. geheim: the secret, when ids are hashed.
        """
        schema = contract.TABELLEN[self.tabel].columns()
        gelezen, leesfouten = [], []
        for naam in self.gevraagd:
            if naam in self.eigen:
                reeks, fout = self._column(naam, schema[naam].dtype, volgorde, geheim)
                gelezen.append(reeks.alias(naam))
                leesfouten += [] if fout is None else [fout]
        frame = pl.DataFrame(gelezen)
        zelfde = [
            pl.lit(self._same_everywhere(naam, soort.dtype), dtype=soort.dtype).alias(naam)
            for naam, soort in schema.items()
            if naam not in frame.columns
        ]
        frame = frame.with_columns(zelfde).select(
            *schema, pl.lit(self.naam).alias("bestand"), self._lines(frame.height).alias("regel")
        )
        return self._with_flaws(frame, leesfouten)

    def _same_everywhere(self, naam: str, soort: pl.DataType) -> object:
        """The value that levering.toml gives a column in every row; None without."""
        waarde = self.koppeling.vast.get(naam) if naam in self.gevraagd else None
        return _as_type(pl.Series([waarde or None], dtype=pl.String), soort, "jmd", None)[0]

    def _with_flaws(self, frame: pl.DataFrame, leesfouten: list[pl.Series]) -> pl.DataFrame:
        if self.bron.gebrek is not None and self.bron.gebrek.any():
            gebrek = self._of_table(self.bron.gebrek)
            # Of a row with too many or too few fields nobody can tell which value belongs where.
            vrij = [naam for naam in frame.columns if naam not in ("bestand", "regel")]
            frame = frame.with_columns(pl.when(~gebrek).then(pl.col(naam)).alias(naam) for naam in vrij)
            leesfouten = [pl.select(pl.when(gebrek).then(pl.lit(VELDEN))).to_series(), *leesfouten]
        if not leesfouten:
            return frame
        return frame.with_columns(pl.coalesce(pl.lit(reeks) for reeks in leesfouten).alias("leesfout"))

    def _column(
        self, naam: str, soort: pl.DataType, volgorde: str | None, geheim: bytes | None
    ) -> tuple[pl.Series, pl.Series | None]:
        """One column in its type, and per row the reason why it cannot be read (None: all can)."""
        codes = self.koppeling.codes.get(naam)
        try:
            if naam == "inburgeraar_id" and self.koppeling.sleutel:
                return self.ids(geheim), None
            reeks = self._of_table(self.bron.read(self.eigen[naam]))
            tekst = self._as_text(reeks, codes is not None)
            if tekst is None:
                return casts.TO[type(soort)](reeks), None
        except (CastError, *LEESFOUTEN) as fout:
            index = fout.index if isinstance(fout, CastError) else None
            regel = "" if index is None else f", regel {self._lines(index + 1)[index]}"
            raise RefusedError(f"{self.naam}, kolom {self.column_name(naam)}{regel}: {_no_cast(soort)}") from fout
        if codes:
            tekst = _or_null(tekst.fill_null("").replace(codes))
        return self._read_text(naam, tekst, soort, volgorde)

    def _as_text(self, reeks: pl.Series, met_codes: bool) -> pl.Series | None:
        """A column as text to be read value by value; None when its type says what its values are."""
        if self.bron.is_text:
            return reeks
        if not self.koppeling.gegeven:
            return None
        tekst = casts.text_or_none(reeks)
        if tekst is None and met_codes:
            tekst = casts.to_text(reeks.cast(pl.Int8) if reeks.dtype == pl.Boolean else reeks)
        return None if tekst is None else _or_null(tekst.str.strip_chars())

    def _read_text(
        self, naam: str, tekst: pl.Series, soort: pl.DataType, volgorde: str | None
    ) -> tuple[pl.Series, pl.Series | None]:
        gelezen = _as_type(tekst, soort, volgorde, self.koppeling.decimaalteken, self.bron.dagen_1904)
        mislukt = tekst.is_not_null() & gelezen.is_null()
        if not mislukt.any():
            return gelezen, None
        if mislukt.sum() == tekst.count() >= _ALLES_ONLEESBAAR:
            regel = self._lines(len(tekst))[mislukt.arg_true()[0]]
            raise RefusedError(
                f"{self.naam}, kolom {self.column_name(naam)}, regel {regel}: geen enkele waarde in deze kolom is "
                f"{_no_cast(soort).removeprefix('niet ')}"
            )
        reden = contract.ONLEESBAAR[type(soort)].format(kolom=naam)
        return gelezen, pl.select(pl.when(mislukt).then(pl.lit(reden))).to_series()

    def other_rows(self) -> list[str]:
        """That the file has rows that are not of this table, when it has."""
        buiten = 0 if self.masker is None else len(self.masker) - self.masker.sum()
        if not buiten:
            return []
        namen = " en ".join(filter(names.may_be_shown, self.koppeling.alleen_als_gevuld))
        rijen = "1 regel is" if buiten == 1 else f"{count(buiten)} regels zijn"
        return [f"{rijen} niet gelezen als rij, omdat {namen} er leeg is"]


def _no_cast(soort: pl.DataType) -> str:
    return f"niet om te zetten naar het type {casts.SOORTNAMEN[type(soort)]}."


def _or_null(tekst: pl.Series) -> pl.Series:
    return tekst.set(tekst == "", None)


def _as_type(
    tekst: pl.Series, soort: pl.DataType, volgorde: str | None, decimaalteken: str | None, dagen_1904: bool = False
) -> pl.Series:
    if soort == pl.Date:
        return values.to_date(tekst, volgorde, dagen_1904)
    if soort == pl.Boolean:
        return values.to_boolean(tekst)
    if soort == pl.Int64:
        return values.to_whole(tekst, decimaalteken)
    return tekst
