"""The data contract: eight extracts and five reference tables, defined once.

Intake, demo and documentation read the tables, codes, rules and Dutch descriptions from here. Names and
codes follow the Gemeentelijk Gegevensmodel (domain Inburgering) and DUO's M2M-koppeling Inburgering where
those exist.

What a schema cannot know in advance is the peildatum of a delivery: `op_peildatum(schema, peildatum)` gives
the same schema with that upper bound on its dates.
"""
# A dataframely rule receives its schema, not an instance.
# ruff: noqa: N805

import copy
import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import dataframely as dy
import polars as pl

REFERENTIE_MAP = Path(__file__).parents[1] / "reference"

GEMEENTECODE = "0392"
EERSTE_DATUM = dt.date(1990, 1, 1)
ONBEKEND = "Onbekend"

WETTEN = ("WI2013", "WI2021")
DOELGROEPEN = ("Asielstatushouder", "Gezinsmigrant en overige migrant")
VERBLIJFSRECHTEN = ("asiel", "regulier")
REDENEN_UITSTROOM = (
    "Volledige ontheffing",
    "Volledige vrijstelling",
    "Inburgeringsplicht voldaan",
    "Verblijfsdoel gewijzigd",
    "Vertrek uit Nederland",
    "Overlijden",
    "Verhuizing",
    "Overig",
)
UITSLAGEN = ("B1-route haalbaar", "B1-route niet haalbaar", "Onbekend")
LEERROUTES = ("B", "O", "Z")
NIVEAUS = ("A2", "B1")
REDENEN_EINDE_BEGELEIDING = ("Afgerond", "Verhuisd", "Op eigen verzoek", "Overig")
REDENEN_NIET_GESTART = (
    "Machtiging geweigerd",
    "Bijstand beëindigd",
    "Al zelfredzaam",
    "Wachtlijst",
    "Overig",
)
REDENEN_EINDE_ONTZORGING = (
    "Periode voltooid",
    "Bijstand beëindigd",
    "Verhuisd",
    "Op eigen verzoek",
    "Overig",
)
STATUSSEN_OVERDRACHT = ("Gepland", "Afgerond", "Niet bereikt", "Afgezien", "Vertrokken")
VORMEN_OVERDRACHT = ("Kennismaking", "Driegesprek")
HULPVRAGEN = (
    "Formulieren en brieven",
    "Verblijf en gezinshereniging",
    "Geldzaken",
    "Psychosociaal",
    "Wonen",
    "Werk en opleiding",
    "Overig",
)
SOORTEN_MELDING = ("Hulpvraag", "Begeleidingstraject")
VERWIJZERS = (
    "VluchtelingenWerk",
    "Gemeente",
    "Huisarts",
    "School",
    "Zelforganisatie",
    "Eigen initiatief",
    "Overig",
)
REGIMES_MELDING = ("24 maanden", "12 maanden")

PATROON_PSEUDONIEM = r"^[A-Za-z0-9_-]{8,64}$"


class ReferentieError(Exception):
    """A reference table cannot be read or breaks its rules; the message is Dutch and for the reader."""


# --------------------------------------------------------------------------------------------------- columns


def _pseudoniem() -> dy.String:
    return dy.String(
        primary_key=True,
        regex=PATROON_PSEUDONIEM,
        description="Pseudoniem van de inburgeraar, hetzelfde in elke levering: 8 tot 64 tekens uit A-Z, a-z, 0-9, _ "
        "en -, niet alleen cijfers",
    )


def _code(codes: tuple[str, ...], description: str, *, nullable: bool = False) -> dy.String:
    """A text column that holds one of `codes`, exactly; the documentation reads them from the metadata."""
    return dy.String(
        nullable=nullable,
        check={"code": lambda kolom: kolom.is_in(list(codes))},
        metadata={"codes": codes},
        description=description,
    )


def _datum(description: str, *, nullable: bool = False, primary_key: bool = False, toekomst: bool = False) -> dy.Date:
    """A date from 1990-01-01; `op_peildatum` adds the upper bound, unless `toekomst`."""
    return dy.Date(
        nullable=nullable,
        primary_key=primary_key,
        min=EERSTE_DATUM,
        metadata={"toekomst": toekomst},
        description=description,
    )


# ------------------------------------------------------------------------------------------ reference tables


class Wijk(dy.Schema):
    """The wijken of Haarlem (CBS 2022, GM0392) in the order of the city."""

    wijkcode = dy.String(primary_key=True, regex=r"^WK[0-9]{6}$", description="CBS-wijkcode")
    wijk = dy.String(min_length=1, description="Naam van de wijk (CBS 2022)")
    stadsdeel = dy.String(
        check={"niet_onbekend": lambda kolom: ~kolom.is_in(["", ONBEKEND])},
        description="Stadsdeel waarin de wijk ligt",
    )


class Wijkteam(dy.Schema):
    """Which wijkteam serves a wijk, and from when to when."""

    wijkcode = dy.String(regex=r"^WK[0-9]{6}$", description="CBS-wijkcode")
    wijkteam = dy.String(
        check={"niet_onbekend": lambda kolom: ~kolom.is_in(["", ONBEKEND])},
        description="Sociaal Wijkteam dat de wijk bedient",
    )
    geldig_van = dy.Date(nullable=True, description="Eerste dag waarop dit geldt; leeg: geen grens")
    geldig_tot = dy.Date(nullable=True, description="Eerste dag waarop dit niet meer geldt; leeg: geen grens")

    @dy.rule()
    def geldigheid_in_volgorde(cls) -> pl.Expr:
        return cls.geldig_van.col < cls.geldig_tot.col


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

    @dy.rule()
    def gebeurtenis_in_volgorde(cls) -> pl.Expr:
        return cls.datum_van.col <= cls.datum_tot.col


class Landelijk(dy.Schema):
    """National figures, only those that were published."""

    indicator = dy.String(primary_key=True, regex=r"^[a-z_]+$", description="Indicator waarmee het cijfer vergelijkt")
    doelgroep = dy.String(
        primary_key=True,
        check={"code": lambda kolom: kolom.is_in(list(DOELGROEPEN))},
        metadata={"codes": DOELGROEPEN},
        description="Doelgroep volgens DUO",
    )
    cohort = dy.Int32(primary_key=True, min=1990, description="Jaar van kennisgeving")
    stand = dy.Date(primary_key=True, description="Datum waarop het cijfer de stand geeft")
    teller = dy.Int64(nullable=True, min=0, description="Gepubliceerde teller: personen, op honderdtallen")
    noemer = dy.Int64(nullable=True, min=1, description="Gepubliceerde noemer: personen, op honderdtallen")
    waarde = dy.Float64(min=0, max=1, description="Gepubliceerd aandeel, van 0 tot 1")
    bron = dy.String(min_length=1, description="Publicatie")


class Toezegging(dy.Schema):
    """Promises to the council that this monitor serves."""

    nummer = dy.String(primary_key=True, min_length=1, description="Nummer van de toezegging")
    datum = dy.Date(nullable=True, description="Datum van de toezegging; leeg: niet bekend")
    onderwerp = dy.String(min_length=1, description="Waar de toezegging over gaat")
    status = dy.String(min_length=1, description="Stand van de afhandeling")
    toelichting = dy.String(nullable=True, description="Toelichting")


class Kaart(dy.Schema):
    """The schematic map: one tile per wijk, columns from west to east, rows from north to south, both from 0."""

    wijkcode = dy.String(primary_key=True, regex=r"^WK[0-9]{6}$", description="CBS-wijkcode")
    kolom = dy.Int32(min=0, max=20, description="Kolom van de tegel, van west naar oost, vanaf 0")
    rij = dy.Int32(min=0, max=20, description="Rij van de tegel, van noord naar zuid, vanaf 0")
    opschrift = dy.String(regex=r"^[^|]+(\|[^|]+)*$", description="Naam op de tegel; | begint een nieuwe regel")

    @dy.rule()
    def een_wijk_per_plek(cls) -> pl.Expr:
        return pl.len().over("kolom", "rij") == 1


REFERENTIES: dict[str, type[dy.Schema]] = {
    "wijk": Wijk,
    "wijkteam": Wijkteam,
    "gebeurtenis": Gebeurtenis,
    "landelijk": Landelijk,
    "toezegging": Toezegging,
}


def referentie(naam: str) -> pl.DataFrame:
    """Read and validate a reference table: `data/reference/<naam>.csv`, in the order of the file.

    Empty cells are null. Raises `ReferentieError` with a Dutch message when the file is missing, has other
    columns than its schema, or breaks a rule.
    """
    frame = _lees_referentie(naam)
    if naam in ("wijk", "wijkteam"):
        controleer_gebieden(
            frame if naam == "wijk" else _lees_referentie("wijk"),
            frame if naam == "wijkteam" else _lees_referentie("wijkteam"),
        )
    return frame


def kaart() -> pl.DataFrame:
    """Where the wijken lie on the schematic map: `data/reference/kaart.csv`, see `Kaart`.

    Raises `ReferentieError` when the file is missing, breaks a rule, or does not have every wijk exactly once.
    """
    frame = _lees("kaart", Kaart)
    wijk = _lees_referentie("wijk")
    for zonder, met, tekst in (
        (wijk, frame, "zonder tegel"),
        (frame, wijk, "met een tegel die niet in wijk.csv staan"),
    ):
        codes = zonder.join(met, on="wijkcode", how="anti")["wijkcode"].to_list()
        if codes:
            raise ReferentieError(f"kaart.csv: wijken {tekst}: {', '.join(codes)}.")
    return frame


def _lees_referentie(naam: str) -> pl.DataFrame:
    return _lees(naam, REFERENTIES[naam])


def _lees(naam: str, schema: type[dy.Schema]) -> pl.DataFrame:
    bestand = REFERENTIE_MAP / f"{naam}.csv"
    try:
        inhoud = bestand.read_bytes()
    except OSError as fout:
        raise ReferentieError(f"{bestand.name}: de referentietabel kan niet worden gelezen.") from fout
    return _gekeurd(bestand.name, inhoud, schema)


@lru_cache(maxsize=16)
def _gekeurd(bestand: str, inhoud: bytes, schema: type[dy.Schema]) -> pl.DataFrame:
    """A reference table from the content of its file; as long as that stays the same it is validated once."""
    try:
        tekst = pl.read_csv(inhoud, infer_schema=False)
    except pl.exceptions.PolarsError as fout:
        raise ReferentieError(f"{bestand}: de referentietabel kan niet worden gelezen.") from fout
    if tekst.columns != schema.column_names():
        verwacht = ", ".join(schema.column_names())
        raise ReferentieError(f"{bestand}: de kolommen moeten zijn: {verwacht}.")
    datums = [naam for naam, kolom in schema.columns().items() if isinstance(kolom, dy.Date)]
    try:
        return schema.validate(tekst.with_columns(pl.col(datums).str.to_date("%Y-%m-%d")), cast=True)
    except (dy.exc.ValidationError, pl.exceptions.PolarsError) as fout:
        raise ReferentieError(f"{bestand}: de referentietabel klopt niet: {fout}") from fout


def controleer_gebieden(wijk: pl.DataFrame, wijkteam: pl.DataFrame) -> None:
    """Refuse areas that do not nest: a wijkteam lies in one stadsdeel, a wijk has one wijkteam at a time.

    `wijk` and `wijkteam` are frames as `referentie` gives them. Raises `ReferentieError`.
    """
    onbekend = wijkteam.join(wijk, on="wijkcode", how="anti")["wijkcode"].unique(maintain_order=True).to_list()
    if onbekend:
        raise ReferentieError(f"wijkteam.csv: wijkcode staat niet in wijk.csv: {', '.join(onbekend)}.")
    dubbel = (
        wijkteam.join(wijk, on="wijkcode")
        .group_by("wijkteam", maintain_order=True)
        .agg(pl.col("stadsdeel").unique(maintain_order=True))
        .filter(pl.col("stadsdeel").list.len() > 1)
    )
    for team, stadsdelen in dubbel.iter_rows():
        raise ReferentieError(
            f"wijkteam.csv: wijkteam {team} ligt in meer dan één stadsdeel ({', '.join(stadsdelen)}). "
            "Een wijkteam ligt in één stadsdeel."
        )
    # The first day of time stands for "no lower limit" in the comparison only.
    volgorde = wijkteam.with_columns(pl.col("geldig_van").fill_null(dt.date.min)).sort("wijkcode", "geldig_van")
    vorige_tot = pl.col("geldig_tot").shift(1).over("wijkcode")
    eerste = pl.int_range(pl.len()).over("wijkcode") == 0
    overlap = volgorde.filter(~eerste & (vorige_tot.is_null() | (vorige_tot > pl.col("geldig_van"))))
    if overlap.height:
        raise ReferentieError(f"wijkteam.csv: wijkcode {overlap['wijkcode'][0]} heeft twee wijkteams tegelijk.")


def wijkteams() -> tuple[str, ...]:
    """Names of the wijkteams in the reference table, in its order."""
    return tuple(referentie("wijkteam")["wijkteam"].unique(maintain_order=True))


# -------------------------------------------------------------------------------------------------- extracts


class Inburgeraar(dy.Schema):
    """One row per person who belonged to the target group at any time since 2018-01-01."""

    inburgeraar_id = _pseudoniem()
    wet = _code(WETTEN, "Wet waaronder de inburgeraar valt")
    doelgroep = _code(DOELGROEPEN, "Doelgroep volgens de indeling van DUO")
    verblijfsrecht = _code(
        VERBLIJFSRECHTEN,
        "Soort verblijfsvergunning; een nareiziger kan Asielstatushouder zijn met een reguliere vergunning",
    )
    datum_kennisgeving = _datum("Kennisgeving inburgeringsplicht van DUO (WI2021)", nullable=True)
    datum_inschrijving_brp = _datum("Inschrijving in de BRP van deze gemeente", nullable=True)
    datum_huisvesting = _datum("Huisvesting in deze gemeente", nullable=True)
    wijkcode = dy.String(
        nullable=True, regex=r"^WK[0-9]{6}$", description="CBS-wijk van het woonadres: WK en 6 cijfers"
    )
    datum_uitstroom = _datum("Dag waarop de inburgeraar de doelgroep verliet", nullable=True)
    reden_uitstroom = _code(
        REDENEN_UITSTROOM,
        "Reden van uitstroom; verplicht als datum_uitstroom is gevuld en anders leeg",
        nullable=True,
    )

    @dy.rule()
    def uitstroom_met_reden(cls) -> pl.Expr:
        return cls.datum_uitstroom.col.is_null() | cls.reden_uitstroom.col.is_not_null()

    @dy.rule()
    def reden_uitstroom_met_datum(cls) -> pl.Expr:
        return cls.reden_uitstroom.col.is_null() | cls.datum_uitstroom.col.is_not_null()


class Intake(dy.Schema):
    """One row per person with a brede intake."""

    inburgeraar_id = _pseudoniem()
    datum_start = _datum("Start van de brede intake")
    uitslag_leerbaarheidstoets = _code(
        UITSLAGEN, "Uitslag van de leerbaarheidstoets; leeg: nog niet afgenomen", nullable=True
    )


class Pip(dy.Schema):
    """One row per PIP, first and revised."""

    inburgeraar_id = _pseudoniem()
    dagtekening_pip = _datum("Dagtekening van het PIP", primary_key=True)
    gemeentecode = dy.String(
        regex=r"^[0-9]{4}$",
        description="CBS-code van de gemeente die het PIP vaststelde, 4 cijfers; Haarlem is 0392",
    )
    leerroute = _code(LEERROUTES, "Leerroute: B (B1-route), O (onderwijsroute) of Z (zelfredzaamheidsroute)")
    niveau = _code(NIVEAUS, "Taalniveau; leeg betekent B1 bij B en O, en A2 bij Z", nullable=True)
    uitstel_derden = dy.Bool(description="De termijn van tien weken is verlengd omdat gegevens van een derde ontbraken")

    @dy.rule()
    def onderwijsroute_niet_op_a2(cls) -> pl.Expr:
        return ~((cls.leerroute.col == "O") & (cls.niveau.col == "A2"))

    @dy.rule()
    def zelfredzaamheidsroute_niet_op_b1(cls) -> pl.Expr:
        return ~((cls.leerroute.col == "Z") & (cls.niveau.col == "B1"))

    @dy.rule()
    def eerste_pip_b_niet_op_a2(cls) -> pl.Expr:
        # Scaling down to A2 comes after a first PIP; first among all PIPs delivered, rejected ones included.
        eerste = cls.dagtekening_pip.col == cls.dagtekening_pip.col.min().over("inburgeraar_id")
        return ~((cls.leerroute.col == "B") & (cls.niveau.col == "A2") & eerste)


class Begeleiding(dy.Schema):
    """One row per period of maatschappelijke begeleiding."""

    inburgeraar_id = _pseudoniem()
    datum_start = _datum("Eerste dag van de begeleiding", primary_key=True)
    datum_einde = _datum("Laatste dag van de begeleiding; leeg: loopt nog", nullable=True)
    reden_einde = _code(
        REDENEN_EINDE_BEGELEIDING,
        "Reden van het einde; verplicht als datum_einde is gevuld en anders leeg",
        nullable=True,
    )

    @dy.rule()
    def einde_niet_voor_start(cls) -> pl.Expr:
        return cls.datum_einde.col >= cls.datum_start.col

    @dy.rule()
    def einde_met_reden(cls) -> pl.Expr:
        return cls.datum_einde.col.is_null() | cls.reden_einde.col.is_not_null()

    @dy.rule()
    def reden_einde_met_datum(cls) -> pl.Expr:
        return cls.reden_einde.col.is_null() | cls.datum_einde.col.is_not_null()


class Uitkering(dy.Schema):
    """One row per period of bijstand."""

    inburgeraar_id = _pseudoniem()
    datum_start = _datum("Eerste dag van het recht op bijstand", primary_key=True)
    datum_einde = _datum("Laatste dag van het recht op bijstand; leeg: loopt nog", nullable=True)

    @dy.rule()
    def einde_niet_voor_start(cls) -> pl.Expr:
        return cls.datum_einde.col >= cls.datum_start.col


class Ontzorging(dy.Schema):
    """At most one row per person: financial relief, started or not."""

    inburgeraar_id = _pseudoniem()
    datum_start = _datum("Eerste dag van de ontzorging; leeg: niet gestart", nullable=True)
    datum_einde = _datum("Laatste dag van de ontzorging; leeg: loopt nog of niet gestart", nullable=True)
    reden_niet_gestart = _code(
        REDENEN_NIET_GESTART,
        "Reden waarom de ontzorging niet is gestart; verplicht als datum_start leeg is en anders leeg",
        nullable=True,
    )
    reden_einde = _code(
        REDENEN_EINDE_ONTZORGING,
        "Reden van het einde; verplicht als datum_einde is gevuld en anders leeg",
        nullable=True,
    )
    huur = dy.Bool(description="De huur wordt uit de bijstand betaald namens de inburgeraar")
    energie = dy.Bool(description="De energierekening wordt uit de bijstand betaald namens de inburgeraar")
    zorgpremie = dy.Bool(description="De zorgpremie wordt uit de bijstand betaald namens de inburgeraar")
    gesprekken_budgetcoach = dy.Int64(min=0, description="Aantal gesprekken met de budgetcoach tot nu toe")

    @dy.rule()
    def einde_met_start(cls) -> pl.Expr:
        return cls.datum_einde.col.is_null() | cls.datum_start.col.is_not_null()

    @dy.rule()
    def einde_niet_voor_start(cls) -> pl.Expr:
        return cls.datum_einde.col >= cls.datum_start.col

    @dy.rule()
    def niet_gestart_met_reden(cls) -> pl.Expr:
        return cls.datum_start.col.is_not_null() | cls.reden_niet_gestart.col.is_not_null()

    @dy.rule()
    def gestart_zonder_reden_niet_gestart(cls) -> pl.Expr:
        return cls.datum_start.col.is_null() | cls.reden_niet_gestart.col.is_null()

    @dy.rule()
    def einde_met_reden(cls) -> pl.Expr:
        return cls.datum_einde.col.is_null() | cls.reden_einde.col.is_not_null()

    @dy.rule()
    def reden_einde_met_datum(cls) -> pl.Expr:
        return cls.reden_einde.col.is_null() | cls.datum_einde.col.is_not_null()


class Overdracht(dy.Schema):
    """At most one row per person: the warm handover to a Sociaal Wijkteam."""

    inburgeraar_id = _pseudoniem()
    wijkteam = dy.String(
        metadata={"referentie": "wijkteam"},
        description="Ontvangend Sociaal Wijkteam, uit de referentietabel wijkteam",
    )
    status = _code(STATUSSEN_OVERDRACHT, "Stand van de overdracht")
    datum_gepland = _datum("Geplande dag van de overdracht; mag na de peildatum liggen", nullable=True, toekomst=True)
    datum_overdracht = _datum("Dag van de overdracht; verplicht bij status Afgerond en anders leeg", nullable=True)
    vorm = _code(VORMEN_OVERDRACHT, "Vorm; verplicht bij status Afgerond en anders leeg", nullable=True)
    begeleidingsbehoefte = dy.Bool(
        nullable=True,
        description="Er is een directe behoefte aan begeleiding vastgesteld; leeg: niet gevraagd",
    )
    datum_wijkteambezoek = _datum(
        "Eerder bezoek aan het wijkteam, in het brugklasprogramma of tijdens de begeleiding", nullable=True
    )

    @dy.rule()
    def wijkteam_bekend(cls) -> pl.Expr:
        return cls.wijkteam.col.is_in(list(wijkteams()))

    @dy.rule()
    def afgerond_met_datum(cls) -> pl.Expr:
        return (cls.status.col != "Afgerond") | cls.datum_overdracht.col.is_not_null()

    @dy.rule()
    def datum_overdracht_alleen_afgerond(cls) -> pl.Expr:
        return (cls.status.col == "Afgerond") | cls.datum_overdracht.col.is_null()

    @dy.rule()
    def afgerond_met_vorm(cls) -> pl.Expr:
        return (cls.status.col != "Afgerond") | cls.vorm.col.is_not_null()

    @dy.rule()
    def vorm_alleen_afgerond(cls) -> pl.Expr:
        return (cls.status.col == "Afgerond") | cls.vorm.col.is_null()


class Melding(dy.Schema):
    """One row per request registered by a Sociaal Wijkteam; the wijkteams do not know the inburgeraar_id."""

    melding_id = dy.String(
        primary_key=True,
        check={"gevuld": lambda kolom: kolom.str.strip_chars() != ""},
        description="Kenmerk van de melding, hetzelfde in elke levering",
    )
    datum_melding = _datum("Dag van de melding")
    wijkteam = dy.String(
        metadata={"referentie": "wijkteam"}, description="Sociaal Wijkteam, uit de referentietabel wijkteam"
    )
    hulpvraag = _code(HULPVRAGEN, "Onderwerp van de vraag")
    soort = _code(SOORTEN_MELDING, "Een vraag die beantwoord is, of een traject dat gestart is")
    verwijzer = _code(VERWIJZERS, "Wie verwees; leeg: niet geregistreerd", nullable=True)
    statushouder = dy.Bool(nullable=True, description="De vraag komt van een statushouder. De kolom mag ontbreken")
    begeleidingsregime = _code(
        REGIMES_MELDING,
        "Regime van begeleiding, alleen als statushouder waar is. De kolom mag ontbreken",
        nullable=True,
    )

    @dy.rule()
    def wijkteam_bekend(cls) -> pl.Expr:
        return cls.wijkteam.col.is_in(list(wijkteams()))

    @dy.rule()
    def regime_alleen_statushouder(cls) -> pl.Expr:
        return cls.begeleidingsregime.col.is_null() | cls.statushouder.col.fill_null(False)


TABELLEN: dict[str, type[dy.Schema]] = {
    "inburgeraar": Inburgeraar,
    "intake": Intake,
    "pip": Pip,
    "begeleiding": Begeleiding,
    "uitkering": Uitkering,
    "ontzorging": Ontzorging,
    "overdracht": Overdracht,
    "melding": Melding,
}

OPTIONEEL: dict[str, tuple[str, ...]] = {"melding": ("statushouder", "begeleidingsregime")}

OMSCHRIJVINGEN: dict[str, str] = {
    "inburgeraar": "Eén rij per persoon die sinds 2018-01-01 op enig moment tot de doelgroep hoorde, ook "
    "wie vertrokken is.",
    "intake": "Eén rij per persoon met een brede intake.",
    "pip": "Eén rij per Persoonlijk plan Inburgering en Participatie, het eerste en elk gewijzigd.",
    "begeleiding": "Eén rij per periode van maatschappelijke begeleiding.",
    "uitkering": "Eén rij per periode van bijstand.",
    "ontzorging": "Hooguit één rij per persoon: de ontzorging, gestart of niet.",
    "overdracht": "Hooguit één rij per persoon: de warme overdracht aan het Sociaal Wijkteam.",
    "melding": "Eén rij per melding bij een Sociaal Wijkteam, niet te koppelen aan een inburgeraar.",
}


class Levering(dy.Collection):
    """A delivery: the eight extracts and the rule between them. Melding stands apart, it knows no person."""

    inburgeraar: dy.LazyFrame[Inburgeraar]
    intake: dy.LazyFrame[Intake]
    pip: dy.LazyFrame[Pip]
    begeleiding: dy.LazyFrame[Begeleiding]
    uitkering: dy.LazyFrame[Uitkering]
    ontzorging: dy.LazyFrame[Ontzorging]
    overdracht: dy.LazyFrame[Overdracht]
    melding: Annotated[dy.LazyFrame[Melding], dy.CollectionMember(ignored_in_filters=True)]

    @dy.filter()
    def inburgeraar_bekend(self) -> pl.LazyFrame:
        """Rows stay when their inburgeraar_id is among the accepted rows of inburgeraar."""
        return self.inburgeraar.select("inburgeraar_id")


# ------------------------------------------------------------------------------------- peildatum and reasons

# Why a row is rejected, by rule; the order is the order in which a row's reason is chosen.
REDENEN: dict[str, str] = {
    "wijkteam_bekend": "wijkteam staat niet in de referentietabel",
    "einde_met_start": "datum_einde zonder datum_start",
    "einde_niet_voor_start": "datum_einde ligt voor datum_start",
    "uitstroom_met_reden": "datum_uitstroom zonder reden_uitstroom",
    "reden_uitstroom_met_datum": "reden_uitstroom zonder datum_uitstroom",
    "niet_gestart_met_reden": "datum_start en reden_niet_gestart zijn beide leeg",
    "gestart_zonder_reden_niet_gestart": "reden_niet_gestart gevuld terwijl datum_start is gevuld",
    "einde_met_reden": "datum_einde zonder reden_einde",
    "reden_einde_met_datum": "reden_einde zonder datum_einde",
    "onderwijsroute_niet_op_a2": "leerroute O met niveau A2",
    "zelfredzaamheidsroute_niet_op_b1": "leerroute Z met niveau B1",
    "eerste_pip_b_niet_op_a2": "leerroute B met niveau A2 op het eerste PIP",
    "afgerond_met_datum": "status Afgerond zonder datum_overdracht",
    "datum_overdracht_alleen_afgerond": "datum_overdracht gevuld terwijl de status niet Afgerond is",
    "afgerond_met_vorm": "status Afgerond zonder vorm",
    "vorm_alleen_afgerond": "vorm gevuld terwijl de status niet Afgerond is",
    "regime_alleen_statushouder": "begeleidingsregime gevuld terwijl statushouder niet waar is",
    "inburgeraar_bekend": "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar",
}

_REDENEN_PER_KOLOM = {
    "nullability": "{kolom} is leeg",
    "check__gevuld": "{kolom} is leeg",
    "check__code": "{kolom} heeft een onbekende code; toegestaan: {codes}",
    "regex": "{kolom} heeft niet de voorgeschreven vorm",
    "max": "{kolom} ligt na de peildatum",
}

# Why a value in a text file cannot be read as its column's type.
ONLEESBAAR = {
    pl.Date: "{kolom} is geen datum die te lezen is",
    pl.Int64: "{kolom} is geen geheel getal",
    pl.Boolean: "{kolom} is geen ja of nee",
}


def redenen(schema: type[dy.Schema]) -> dict[str, str]:
    """Dutch reason per rule of an extract, in the order in which a row's one reason is chosen.

    First the columns in the contract's order, then the rules between columns, then the rule between tables.
    Column rules are named `<kolom>|<regel>`, as dataframely names them.
    """
    per_kolom = {}
    for naam, kolom in schema.columns().items():
        for regel in kolom.validation_rules(pl.col(naam)):
            if regel == "min":
                tekst = f"{naam} ligt voor {EERSTE_DATUM}" if isinstance(kolom, dy.Date) else f"{naam} is negatief"
            else:
                codes = ", ".join((kolom.metadata or {}).get("codes", ()))
                tekst = _REDENEN_PER_KOLOM[regel].format(kolom=naam, codes=codes)
            per_kolom[f"{naam}|{regel}"] = tekst
        if type(kolom.dtype) in ONLEESBAAR:
            per_kolom[f"{naam}|leesbaar"] = ONLEESBAAR[type(kolom.dtype)].format(kolom=naam)
    return per_kolom | REDENEN


def op_peildatum(schema: type[dy.Schema], peildatum: dt.date) -> type[dy.Schema]:
    """The same schema, in which only the columns that may lie in the future have dates after `peildatum`."""
    kolommen = {}
    for naam, kolom in schema.columns().items():
        kolom = copy.copy(kolom)
        if isinstance(kolom, dy.Date) and not (kolom.metadata or {}).get("toekomst"):
            kolom.max = peildatum
        kolommen[naam] = kolom
    return type(schema)(schema.__name__, (schema,), kolommen | {"__doc__": schema.__doc__})
