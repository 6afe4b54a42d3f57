"""The lines of a CSV file or a sheet become a table: find the header, and set aside what is no row of data."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import polars as pl

from data.delivery.source import (
    LEGE_REGEL,
    MAX_RIJEN,
    TOTAALREGEL,
    ZONDER_KOP,
    Bron,
    Overgeslagen,
    too_many_rows,
)
from data.errors import RefusedError

# A line and its fields.
Line = tuple[int, list[str]]

MAX_KOLOMMEN = 1_000
# The header stands among so many first lines.
KOP_ZOEKEN = 50

_BLOK = 50_000
_TOTAAL = re.compile(r"\W*((eind|sub|generaal )?tota(al|len)\b|grand total|total\b|aantal\s+\w+)", re.I)
# What a row is, beside its fields, which are called by their place.
_ABOUT = {"regel": pl.UInt32, "gebrek": pl.Boolean, "totaal": pl.Boolean}


def recognised(velden: Iterable[str], verwacht: frozenset[str]) -> int:
    """How many of the expected column names, in small letters, are among the fields."""
    return len({veld.strip().casefold() for veld in velden} & verwacht)


def fill(bron: Bron, lines: Iterator[Line], kopregel: int | None, verwacht: frozenset[str]) -> Bron:
    """Put the table that stands in the lines into `bron`, which knows its file and its name so far.

    kopregel: the line of the header when that is known; else it is the one with the most of the names `verwacht`.
    Raises RefusedError when there is no header on that line, or when there is more than a delivery can hold.
    """
    bron.rijen, bron.regels = pl.DataFrame(), pl.Series([], dtype=pl.UInt32)
    begin = _begin(lines, kopregel)
    gevuld = [plaats for plaats, (_, velden) in enumerate(begin) if any(veld.strip() for veld in velden)]
    if kopregel:
        gevuld = [plaats for plaats in gevuld if begin[plaats][0] == kopregel]
        if not gevuld:
            raise RefusedError(f"{bron.naam}: op regel {kopregel} staat geen kopregel.")
    if not gevuld:
        return bron
    kop = max(gevuld, key=lambda plaats: (recognised(begin[plaats][1], verwacht), -plaats))
    for regel, velden in begin[:kop]:
        bron.losse_tekst += _loose(regel, velden)
    bron.kopregel, velden = begin[kop]
    breedte = max(plaats for plaats, veld in enumerate(velden, start=1) if veld.strip())
    if breedte > MAX_KOLOMMEN:
        raise RefusedError(f"{bron.naam} heeft meer dan {MAX_KOLOMMEN} kolommen; dat kan niet kloppen.")
    gelezen = _gathered(bron, chain(begin[kop + 1 :], lines), breedte)
    rijen = _without_totals(bron, gelezen)
    bron.regels, bron.gebrek = rijen["regel"], rijen["gebrek"]
    namen, bron.dubbel = _column_names(velden[:breedte])
    bron.rijen = rijen.drop(_ABOUT)
    bron.rijen.columns = namen
    bron.soorten = dict(bron.rijen.schema)
    return bron


def _begin(lines: Iterator[Line], kopregel: int | None) -> list[Line]:
    """The first lines, up to and including the header when its line is known."""
    begin = []
    for line in lines:
        begin.append(line)
        if (line[0] >= kopregel) if kopregel else (len(begin) >= KOP_ZOEKEN):
            break
    return begin


def _loose(regel: int, velden: Iterable[str]) -> list[tuple[int, str]]:
    return [(regel, veld) for veld in velden if veld.strip()]


def _column_names(kop: list[str]) -> tuple[list[str], frozenset[str]]:
    """Unique names for the columns, and the names that the file has twice."""
    namen: list[str] = []
    dubbel = set()
    for plaats, veld in enumerate(kop, start=1):
        naam = " ".join(veld.replace("\ufeff", "").split()) or f"nummer {plaats}{ZONDER_KOP}"
        if naam in namen:
            dubbel.add(naam)
            naam = f"{naam} (kolom {plaats})"
        namen.append(naam)
    return namen, frozenset(dubbel)


def _gathered(bron: Bron, lines: Iterator[Line], breedte: int) -> pl.DataFrame:
    """Every line that is not empty as a row: what `_ABOUT` names, and `breedte` fields."""
    records = _records(bron, lines, breedte)
    blokken, aantal = [_block([], breedte)], 0
    while blok := list(islice(records, _BLOK)):
        blokken.append(_block(blok, breedte))
        aantal += len(blok)
        if aantal > MAX_RIJEN:
            raise too_many_rows(bron.naam)
    return pl.concat(blokken)


def _records(bron: Bron, lines: Iterator[Line], breedte: int) -> Iterator[tuple]:
    """Per line that is not empty: the line, whether it is flawed, whether it is a total, and its fields."""
    for regel, velden in lines:
        eerste = next((veld for veld in velden if veld and not veld.isspace()), None)
        if eerste is None:
            _skip_empty(bron.overgeslagen, regel)
            continue
        over = _loose(regel, velden[breedte:])
        bron.losse_tekst += over
        # A row of a sheet ends with its last value.
        gebrek = bool(over) or (len(velden) < breedte and bron.blad is None)
        yield regel, gebrek, _TOTAAL.match(eerste) is not None, *velden[:breedte], *[""] * (breedte - len(velden))


def _skip_empty(overgeslagen: list[Overgeslagen], regel: int) -> None:
    van = regel
    if overgeslagen and overgeslagen[-1].tot == regel - 1:
        van = overgeslagen.pop().van
    overgeslagen.append(Overgeslagen(LEGE_REGEL, van, regel))


def _block(records: list[tuple], breedte: int) -> pl.DataFrame:
    """Rows as columns of text, without the spaces around a value; an empty text is null."""
    soorten = _ABOUT | {str(plaats): pl.String for plaats in range(breedte)}
    kolommen = zip(*records, strict=True) if records else [()] * len(soorten)
    frame = pl.DataFrame(
        [pl.Series(naam, kolom, dtype=soort) for (naam, soort), kolom in zip(soorten.items(), kolommen, strict=True)]
    )
    tekst = pl.col(pl.String).str.strip_chars()
    return frame.with_columns(pl.when(tekst != "").then(tekst))


def _without_totals(bron: Bron, gelezen: pl.DataFrame) -> pl.DataFrame:
    """The rows above the totals at the end, which are told as skipped."""
    laatste = (~gelezen["totaal"]).arg_true().max()
    aantal = 0 if laatste is None else laatste + 1
    rijen, totalen = gelezen.head(aantal), gelezen.slice(aantal)
    for regel, *velden in totalen.drop("gebrek", "totaal").iter_rows():
        bron.overgeslagen.append(Overgeslagen(TOTAALREGEL, regel, regel))
        bron.losse_tekst += _loose(regel, filter(None, velden))
    if bron.blad is not None:
        # Below its last row a sheet may be formatted for a million rows: that is no news.
        einde = max([bron.kopregel, *gelezen["regel"].tail(1)])
        bron.overgeslagen = [stuk for stuk in bron.overgeslagen if stuk.van <= einde]
    bron.overgeslagen.sort(key=lambda stuk: stuk.van)
    return rijen
