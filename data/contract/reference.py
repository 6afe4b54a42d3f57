"""The reference tables: what is published or decided about the city, in its folder in `data/reference/`."""

import datetime as dt
import os
from functools import lru_cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import contract
from data.contract.codes import (
    DOELGROEPEN,
    ONBEKEND,
    PATROON_WIJKCODE,
    SOORTEN_LANDELIJK,
    STANDEN,
    VERSIES,
)
from data.contract.rules import alleen_als, code, in_volgorde, rule, tussen_kolommen
from data.contract.toml_file import ReferentieError

# What is the same for all, and the folder of the municipality that WI_GEMEENTE chooses: by its name here, or by a path.
# Asked of the door when a table is read: who puts others in their place, does so there.
GEDEELD = Path(__file__).parents[1] / "reference"
STANDAARD = "haarlem"
REFERENTIE_MAP = GEDEELD / Path(os.environ.get("WI_GEMEENTE") or STANDAARD).expanduser()
# Where what is kept of another municipality than the standard one lies, in what is kept of all.
EIGEN_MAP = "" if REFERENTIE_MAP.name == STANDAARD else REFERENTIE_MAP.name


# Why a row is refused, by the rule of its column; of any other rule the column is named.
REDENEN = {
    "nullability": "is leeg",
    "check__code": "heeft een onbekende waarde; toegestaan: {codes}",
    "dtype": "is geen getal",
    "datum": "is geen datum (JJJJ-MM-DD)",
}


def area(description: str, *, nullable: bool = False) -> dy.String:
    """The name of an area, which is not the word for an area that is not known."""
    check = {"niet_onbekend": lambda kolom: ~kolom.is_in(["", ONBEKEND])}
    return dy.String(check=check, nullable=nullable, description=description)


class Wijk(dy.Schema):
    """The wijken of the municipality (CBS) in the order of the city."""

    wijkcode = dy.String(primary_key=True, regex=PATROON_WIJKCODE, description="CBS-wijkcode")
    wijk = dy.String(min_length=1, description="Naam van de wijk (CBS 2022)")
    stadsdeel = area("Stadsdeel waarin de wijk ligt; overal leeg: de gemeente heeft geen stadsdelen", nullable=True)

    alle_of_geen = rule(
        pl.col("stadsdeel").is_null() == pl.col("stadsdeel").is_null().all(),
        "stadsdeel is leeg terwijl andere wijken er een hebben",
    )


class Wijkteam(dy.Schema):
    """Which wijkteam serves a wijk, and from when to when."""

    wijkcode = dy.String(regex=PATROON_WIJKCODE, description="CBS-wijkcode")
    wijkteam = area("Sociaal Wijkteam dat de wijk bedient")
    geldig_van = dy.Date(nullable=True, description="Eerste dag waarop dit geldt; leeg: geen grens")
    geldig_tot = dy.Date(nullable=True, description="Eerste dag waarop dit niet meer geldt; leeg: geen grens")

    geldigheid_in_volgorde = rule(pl.col("geldig_van") < pl.col("geldig_tot"), "geldig_tot ligt niet na geldig_van")


class Gebeurtenis(dy.Schema):
    """Events that explain a break or a bend in a time series."""

    datum_van = dy.Date(description="Dag waarop de gebeurtenis begint")
    datum_tot = dy.Date(nullable=True, description="Laatste dag van de gebeurtenis; leeg: een moment")
    titel = dy.String(min_length=1, description="Korte naam, voor bij een grafiek")
    toelichting = dy.String(min_length=1, description="Wat er gebeurde en wat het voor de cijfers betekent")
    bron = dy.String(min_length=1, description="Waar het feit vandaan komt")
    indicatoren = dy.String(
        regex=r"^[a-z_]+( [a-z_]+)*$",
        description="Indicatoren en vragen waar de gebeurtenis bij hoort, gescheiden door een spatie",
    )

    gebeurtenis_in_volgorde = in_volgorde("datum_van", "datum_tot")


class Landelijk(dy.Schema):
    """National figures, only those that were published."""

    indicator = dy.String(primary_key=True, regex=r"^[a-z_]+$", description="Indicator of vraag die ermee vergelijkt")
    doelgroep = code(DOELGROEPEN, "Doelgroep volgens DUO", primary_key=True)
    cohort = dy.Int32(primary_key=True, min=1990, description="Jaar van kennisgeving")
    stand = dy.Date(primary_key=True, description="Datum waarop het cijfer de stand geeft")
    soort = code(SOORTEN_LANDELIJK, "Wat de waarde is: het getal zelf, of een grens ervan")
    teller = dy.Int64(nullable=True, min=0, description="Gepubliceerde teller: personen, op honderdtallen")
    noemer = dy.Int64(nullable=True, min=1, description="Gepubliceerde noemer: personen, op honderdtallen")
    waarde = dy.Float64(min=0, max=1, description="Gepubliceerd aandeel, van 0 tot 1")
    versie = code(VERSIES, "Hoe vast het cijfer staat, volgens de bron")
    gepubliceerd_op = dy.Date(nullable=True, description="Dag van publicatie; leeg: niet bekend")
    bron = dy.String(min_length=1, description="Publicatie")
    url = dy.String(nullable=True, regex=r"^https?://\S+$", description="Adres van de publicatie; leeg: niet bekend")

    publicatie_na_stand = in_volgorde("stand", "gepubliceerd_op")


class Toezegging(dy.Schema):
    """Promises to the council that this monitor serves."""

    nummer = dy.String(primary_key=True, min_length=1, description="Nummer van de toezegging")
    datum = dy.Date(nullable=True, description="Datum van de toezegging; leeg: niet bekend")
    onderwerp = dy.String(min_length=1, description="Waar de toezegging over gaat")
    status = dy.String(min_length=1, description="Stand van de afhandeling")
    toelichting = dy.String(nullable=True, description="Toelichting")


class Kennis(dy.Schema):
    """What one would want to know of each stage of the law, and whether that can be known."""

    stap = dy.String(min_length=1, description="Stap van de wet, in de volgorde van de tabel")
    vraag = dy.String(primary_key=True, min_length=1, description="Wat men zou willen weten")
    stand = code(STANDEN, "Of het te weten is")
    jaar = dy.Int32(
        nullable=True, min=2022, description="Bij ‘niet voor’: het eerste jaar waarin het te weten kan zijn"
    )
    waarom = dy.String(min_length=1, description="Waarom, in een gewone zin")

    jaar_nodig, jaar_alleen_dan = alleen_als(
        pl.col("stand") == "niet voor", "jaar", "jaar is leeg terwijl stand ‘niet voor’ is", "stand niet ‘niet voor’ is"
    )


class Duiding(dy.Schema):
    """What the college says of a figure, and does about it."""

    indicator = dy.String(regex=r"^[a-z_]+$", description="Kengetal waar het over gaat")
    gebied = dy.String(nullable=True, description="‘stadsdeel Noord’, ‘wijkteam Oost’; leeg: de hele stad")
    peildatum = dy.Date(description="Stand waarbij het is geschreven")
    tekst = dy.String(min_length=1, description="Wat het college van het cijfer zegt")
    maatregel = dy.String(nullable=True, description="Wat eraan gebeurt")
    eigenaar = dy.String(nullable=True, description="Bij wie dat ligt: een naam of een functie; nooit openbaar")

    een_tekst_per_stand = rule(
        pl.len().over("indicator", "gebied", "peildatum") == 1,
        "over dit cijfer staat er van deze peildatum al een tekst",
    )


class Kaart(dy.Schema):
    """The schematic map: one tile per wijk, columns from west to east, rows from north to south, both from 0."""

    wijkcode = dy.String(primary_key=True, regex=PATROON_WIJKCODE, description="CBS-wijkcode")
    kolom = dy.Int32(min=0, max=20, description="Kolom van de tegel, van west naar oost, vanaf 0")
    rij = dy.Int32(min=0, max=20, description="Rij van de tegel, van noord naar zuid, vanaf 0")
    opschrift = dy.String(regex=r"^[^|]+(\|[^|]+)*$", description="Naam op de tegel; | begint een nieuwe regel")

    een_wijk_per_plek = rule(pl.len().over("kolom", "rij") == 1, "op deze plek ligt nog een tegel")


REFERENTIES: dict[str, type[dy.Schema]] = {
    schema.__name__.lower(): schema for schema in (Wijk, Wijkteam, Gebeurtenis, Landelijk, Toezegging, Kennis, Duiding)
}


def referentie(naam: str) -> pl.DataFrame:
    """Read and validate a reference table: `<naam>.csv` of the municipality or of all, in the order of the file.

    Empty cells are null. Raises `ReferentieError` when the file is missing, has other columns than its schema, or
    breaks a rule.
    """
    if naam in ("wijk", "wijkteam"):
        controleer_gebieden(_lees("wijk", Wijk), _lees("wijkteam", Wijkteam))
    return _lees(naam, REFERENTIES[naam])


def kaart() -> pl.DataFrame | None:
    """Where the wijken lie on the schematic map: `kaart.csv`, see `Kaart`; None when there is none.

    Raises `ReferentieError` when the file breaks a rule, or does not have every wijk exactly once.
    """
    if not bestand("kaart.csv").exists():
        return None
    frame, wijk = _lees("kaart", Kaart), _lees("wijk", Wijk)
    _refuse(_without(wijk, frame), "kaart.csv: wijken zonder tegel: {}.")
    _refuse(_without(frame, wijk), "kaart.csv: wijken met een tegel die niet in wijk.csv staan: {}.")
    return frame


def bestand(naam: str) -> Path:
    """The file of the municipality, or where it has none of its own that of all."""
    own = contract.REFERENTIE_MAP / naam
    return own if own.exists() else GEDEELD / naam


def _lees(naam: str, schema: type[dy.Schema]) -> pl.DataFrame:
    try:
        return _gekeurd(naam, bestand(f"{naam}.csv").read_bytes(), schema)
    except OSError as fout:
        raise ReferentieError(f"{naam}.csv: de referentietabel kan niet worden gelezen.") from fout


@lru_cache(maxsize=16)
def _gekeurd(naam: str, inhoud: bytes, schema: type[dy.Schema]) -> pl.DataFrame:
    """A reference table from the content of its file; as long as that stays the same it is validated once."""
    try:
        tekst = pl.read_csv(inhoud, infer_schema=False)
    except pl.exceptions.PolarsError as fout:
        raise ReferentieError(f"{naam}.csv: de referentietabel is leeg of niet te lezen.") from fout
    if tekst.columns != schema.column_names():
        raise ReferentieError(f"{naam}.csv: de kolommen moeten zijn: {', '.join(schema.column_names())}.")
    datums = [kolom for kolom, soort in schema.columns().items() if isinstance(soort, dy.Date)]
    frame = tekst.with_columns(pl.col(datums).str.to_date("%Y-%m-%d", strict=False))
    for kolom in datums:
        _refuse_row(naam, schema, f"{kolom}|datum", (tekst[kolom].is_not_null() & frame[kolom].is_null()).arg_true())
    met_regel = type(schema)(schema.__name__, (schema,), {"regel": dy.UInt32()})
    goed, fout = met_regel.filter(frame.with_row_index("regel"), cast=True)
    details = fout.details()
    # What is wrong with a column comes before what is wrong between columns.
    for regel in sorted(fout.counts(), key=lambda regel: "|" not in regel):
        _refuse_row(naam, schema, regel, details.filter(pl.col(regel) == "invalid")["regel"])
    return schema.cast(goed.drop("regel"))


def _refuse_row(naam: str, schema: type[dy.Schema], regel: str, rijen: pl.Series) -> None:
    """Raise ReferentieError for the first of the rows that break a rule, when there is any; rows count from 0."""
    if rijen.is_empty():
        return
    kolom, _, soort = regel.partition("|")
    between = {"primary_key": f"{', '.join(schema.primary_key())} komt vaker voor"} | tussen_kolommen(schema)
    reden = between.get(regel) or f"{kolom} {REDENEN.get(soort, 'klopt niet')}"
    codes = ", ".join((schema.columns()[kolom].metadata or {}).get("codes", ())) if soort else ""
    # The first line is that with the names of the columns.
    raise ReferentieError(f"{naam}.csv, regel {rijen.min() + 2}: {reden.format(codes=codes)}.")


def _without(frame: pl.DataFrame, andere: pl.DataFrame) -> pl.Series:
    return frame.join(andere, on="wijkcode", how="anti")["wijkcode"]


def _refuse(fout: pl.Series, melding: str) -> None:
    """Raise ReferentieError for what is wrong, when anything is; `melding` has a place for it."""
    if len(fout):
        raise ReferentieError(melding.format(", ".join(fout.unique(maintain_order=True))))


def controleer_gebieden(wijk: pl.DataFrame, wijkteam: pl.DataFrame) -> None:
    """Refuse areas that do not nest: a wijkteam lies in one stadsdeel, a wijk has one wijkteam at a time.

    `wijk` and `wijkteam` are frames as `referentie` gives them. Raises `ReferentieError`.
    """
    _refuse(_without(wijkteam, wijk), "wijkteam.csv: wijkcode staat niet in wijk.csv: {}.")
    verdeeld = wijkteam.join(wijk, on="wijkcode").filter(pl.col("stadsdeel").n_unique().over("wijkteam") > 1)
    _refuse(verdeeld["wijkteam"], "wijkteam.csv: wijkteam {} ligt in meer dan één stadsdeel.")
    # The first day of time stands for "no lower limit" in the comparison only.
    volgorde = wijkteam.with_columns(pl.col("geldig_van").fill_null(dt.date.min)).sort("wijkcode", "geldig_van")
    tot = pl.col("geldig_tot").fill_null(dt.date.max).shift(1).over("wijkcode")
    overlap = volgorde.filter(tot > pl.col("geldig_van"))
    _refuse(overlap["wijkcode"], "wijkteam.csv: wijkcode {} heeft twee wijkteams tegelijk.")


def wijkteams() -> tuple[str, ...]:
    """Names of the wijkteams in the reference table, in its order."""
    return tuple(referentie("wijkteam")["wijkteam"].unique(maintain_order=True))
