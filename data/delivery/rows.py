"""The lines of a CSV file or a sheet become a table: find the header, and set aside what is no row of data."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import polars as pl

from data.delivery.refusals import refusal
from data.delivery.source import ZONDER_KOP, Bron, Overgeslagen, refuse_too_many

# A line and its fields.
Line = tuple[int, list[str]]

MAX_KOLOMMEN = 1_000
# The header stands among so many first lines.
KOP_ZOEKEN = 50

_BLOK = 50_000
_TOTAAL = re.compile(r"\W*((eind|sub|generaal )?tota(al|len)\b|grand total|total\b|aantal\s+\w+)", re.I)


def recognised(velden: Iterable[str], verwacht: frozenset[str]) -> int:
    """How many of the expected column names, in small letters, are among the fields."""
    return len({veld.strip().casefold() for veld in velden} & verwacht)


def fill(bron: Bron, lines: Iterator[Line], kopregel: int | None, verwacht: frozenset[str]) -> Bron:
    """Put the table that stands in the lines into `bron`, which knows its file and name. Raises RefusedError.

    kopregel: the line of the header when that is known; else it is the one with the most of the names `verwacht`.
    """
    bron.rijen = pl.DataFrame()
    begin = list(islice(lines, max(KOP_ZOEKEN, kopregel or 0)))
    gevuld = [plaats for plaats, (_, velden) in enumerate(begin) if any(veld.strip() for veld in velden)]
    koppen = [plaats for plaats in gevuld if kopregel in (None, begin[plaats][0])]
    if not koppen and kopregel:
        raise refusal("no_header", naam=bron.naam, regel=kopregel)
    if not koppen:
        return bron
    kop = max(koppen, key=lambda plaats: (recognised(begin[plaats][1], verwacht), -plaats))
    for line in begin[:kop]:
        bron.losse_tekst += _loose(*line)
    bron.kopregel, velden = begin[kop]
    breedte = max(plaats for plaats, veld in enumerate(velden, start=1) if veld.strip())
    if breedte > MAX_KOLOMMEN:
        raise refusal("too_many_columns", naam=bron.naam, hooguit=MAX_KOLOMMEN)
    rijen = _without_totals(bron, _gathered(bron, chain(begin[kop + 1 :], lines), breedte))
    bron.regels, bron.gebrek = rijen["regel"], rijen["gebrek"]
    bron.rijen = rijen.drop("regel", "gebrek")
    namen: list[str] = []
    for plaats, veld in enumerate(velden[:breedte], start=1):
        naam = " ".join(veld.replace("\ufeff", "").split()) or f"nummer {plaats}{ZONDER_KOP}"
        if naam in namen:
            bron.dubbel |= {naam}
            naam = f"{naam} (kolom {plaats})"
        namen.append(naam)
    bron.rijen.columns = namen
    bron.soorten = dict(bron.rijen.schema)
    return bron


def _loose(regel: int, velden: Iterable[str | None]) -> list[tuple[int, str]]:
    return [(regel, veld) for veld in velden if veld and veld.strip()]


def _gathered(bron: Bron, lines: Iterator[Line], breedte: int) -> pl.DataFrame:
    """Every line that is not empty as a row: its line, whether it is flawed, and its fields as columns of text.

    Block by block, for the memory; a value has no spaces around it, and an empty one is null.
    """
    soorten = {"regel": pl.UInt32, "gebrek": pl.Boolean} | {str(plaats): pl.String for plaats in range(breedte)}
    tekst = pl.col(pl.String).str.strip_chars()
    records = _records(bron, lines, breedte)
    blokken = [pl.DataFrame(schema=soorten)]
    while blok := list(islice(records, _BLOK)):
        kolommen = dict(zip(soorten, zip(*blok, strict=True), strict=True))
        blokken.append(pl.DataFrame(kolommen, schema=soorten).with_columns(pl.when(tekst != "").then(tekst)))
        refuse_too_many((len(blokken) - 1) * _BLOK, bron.naam)
    return pl.concat(blokken)


def _records(bron: Bron, lines: Iterator[Line], breedte: int) -> Iterator[tuple]:
    """Per line that is not empty: the line, whether it is flawed, and its fields."""
    for regel, velden in lines:
        if not any(veld and not veld.isspace() for veld in velden):
            over = bron.overgeslagen
            van = over.pop().van if over and over[-1].tot == regel - 1 else regel
            over.append(Overgeslagen(van, regel))
            continue
        over = _loose(regel, velden[breedte:])
        bron.losse_tekst += over
        # A row of a sheet ends with its last value.
        gebrek = bool(over) or (len(velden) < breedte and bron.blad is None)
        yield regel, gebrek, *velden[:breedte], *[""] * (breedte - len(velden))


def _without_totals(bron: Bron, rijen: pl.DataFrame) -> pl.DataFrame:
    """The rows above the totals at the end, which are told as skipped."""
    aantal, onder = rijen.height, max([bron.kopregel, *rijen["regel"].tail(1)])
    while aantal:
        regel, _, *velden = rijen.row(aantal - 1)
        if not _TOTAAL.match(next(filter(None, velden), "")):
            break
        bron.overgeslagen.append(Overgeslagen(regel, regel, totaal=True))
        bron.losse_tekst += _loose(regel, velden)
        aantal -= 1
    if bron.blad is not None:
        # Below its last row a sheet may be formatted for a million rows: that is no news.
        bron.overgeslagen = [stuk for stuk in bron.overgeslagen if stuk.van <= onder]
    bron.overgeslagen.sort(key=lambda stuk: stuk.van)
    return rijen.head(aantal)
