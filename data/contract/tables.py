"""The eight extracts: their columns, the rules within a row, and the rule between them.

What a class says of itself is Dutch: it stands so on the page for the steward (data/contract/guide.py).
"""

from typing import Any

import dataframely as dy
import polars as pl

from data.contract import codes
from data.contract.gemeente import GEMEENTE
from data.contract.reference import wijkteams
from data.contract.rules import alleen_als, code, datum, in_volgorde, niet_samen, pseudoniem, rule, samen_gevuld

_TEAM = {"referentie": "wijkteam"}
EERSTE_PIP = pl.col("dagtekening_pip") == pl.col("dagtekening_pip").min().over("inburgeraar_id")
# Asked when rows are judged: the reference table may have changed by then.
WIJKTEAM_BEKEND = rule(lambda: pl.col("wijkteam").is_in(list(wijkteams())), "wijkteam staat niet in de referentietabel")


def _bij_afgerond(kolom: str) -> tuple[Any, Any]:
    afgerond = pl.col("status") == "Afgerond"
    return alleen_als(afgerond, kolom, f"status Afgerond zonder {kolom}", "de status niet Afgerond is")


class Inburgeraar(dy.Schema):
    """Eén rij per persoon die sinds 2018-01-01 op enig moment tot de doelgroep hoorde, ook wie vertrokken is."""

    inburgeraar_id = pseudoniem()
    wet = code(codes.WETTEN, "Wet waaronder de inburgeraar valt")
    doelgroep = code(codes.DOELGROEPEN, "Doelgroep volgens de indeling van DUO")
    verblijfsrecht = code(
        codes.VERBLIJFSRECHTEN,
        "Soort verblijfsvergunning; een nareiziger kan Asielstatushouder zijn met een reguliere vergunning",
    )
    datum_kennisgeving = datum("Kennisgeving inburgeringsplicht van DUO (WI2021)", nullable=True)
    datum_inschrijving_brp = datum("Inschrijving in de BRP van deze gemeente", nullable=True)
    datum_huisvesting = datum("Huisvesting in deze gemeente", nullable=True)
    wijkcode = dy.String(
        nullable=True, regex=codes.PATROON_WIJKCODE, description="CBS-wijk van het woonadres: WK en 6 cijfers"
    )
    datum_uitstroom = datum("Dag waarop de inburgeraar de doelgroep verliet", nullable=True)
    reden_uitstroom = code(codes.REDENEN_UITSTROOM, "Reden van uitstroom", bij="als datum_uitstroom is gevuld")

    uitstroom_met_reden, reden_uitstroom_met_datum = samen_gevuld("datum_uitstroom", "reden_uitstroom")


class Intake(dy.Schema):
    """Eén rij per persoon met een brede intake."""

    inburgeraar_id = pseudoniem()
    datum_start = datum("Start van de brede intake")
    uitslag_leerbaarheidstoets = code(
        codes.UITSLAGEN, "Uitslag van de leerbaarheidstoets; leeg: nog niet afgenomen", nullable=True
    )


class Pip(dy.Schema):
    """Eén rij per Persoonlijk plan Inburgering en Participatie, het eerste en elk gewijzigd."""

    inburgeraar_id = pseudoniem()
    dagtekening_pip = datum("Dagtekening van het PIP", primary_key=True)
    gemeentecode = dy.String(
        regex=r"^[0-9]{4}$", description="CBS-code van de gemeente die het PIP vaststelde, 4 cijfers"
    )
    leerroute = code(codes.LEERROUTES, "Leerroute: B (B1-route), O (onderwijsroute) of Z (zelfredzaamheidsroute)")
    niveau = code(codes.NIVEAUS, "Taalniveau; leeg betekent B1 bij B en O, en A2 bij Z", nullable=True)
    uitstel_derden = dy.Bool(description="De termijn van tien weken is verlengd omdat gegevens van een derde ontbraken")

    onderwijsroute_niet_op_a2 = niet_samen(leerroute="O", niveau="A2")
    zelfredzaamheidsroute_niet_op_b1 = niet_samen(leerroute="Z", niveau="B1")
    # Scaling down to A2 comes after a first PIP; first among all PIPs delivered, rejected ones included.
    eerste_pip_b_niet_op_a2 = niet_samen(" op het eerste PIP", EERSTE_PIP, leerroute="B", niveau="A2")


class Begeleiding(dy.Schema):
    """Eén rij per periode van maatschappelijke begeleiding."""

    inburgeraar_id = pseudoniem()
    datum_start = datum("Eerste dag van de begeleiding", primary_key=True)
    datum_einde = datum("Laatste dag van de begeleiding; leeg: loopt nog", nullable=True)
    reden_einde = code(codes.REDENEN_EINDE_BEGELEIDING, "Reden van het einde", bij="als datum_einde is gevuld")

    einde_niet_voor_start = in_volgorde("datum_start", "datum_einde")
    einde_met_reden, reden_einde_met_datum = samen_gevuld("datum_einde", "reden_einde")


class Uitkering(dy.Schema):
    """Eén rij per periode van bijstand."""

    inburgeraar_id = pseudoniem()
    datum_start = datum("Eerste dag van het recht op bijstand", primary_key=True)
    datum_einde = datum("Laatste dag van het recht op bijstand; leeg: loopt nog", nullable=True)

    einde_niet_voor_start = in_volgorde("datum_start", "datum_einde")


class Ontzorging(dy.Schema):
    """Hooguit één rij per persoon: de ontzorging, gestart of niet."""

    inburgeraar_id = pseudoniem()
    datum_start = datum("Eerste dag van de ontzorging; leeg: niet gestart", nullable=True)
    datum_einde = datum("Laatste dag van de ontzorging; leeg: loopt nog of niet gestart", nullable=True)
    reden_niet_gestart = code(
        codes.REDENEN_NIET_GESTART, "Reden waarom de ontzorging niet is gestart", bij="als datum_start leeg is"
    )
    reden_einde = code(codes.REDENEN_EINDE_ONTZORGING, "Reden van het einde", bij="als datum_einde is gevuld")
    huur = dy.Bool(description="De huur wordt uit de bijstand betaald namens de inburgeraar")
    energie = dy.Bool(description="De energierekening wordt uit de bijstand betaald namens de inburgeraar")
    zorgpremie = dy.Bool(description="De zorgpremie wordt uit de bijstand betaald namens de inburgeraar")
    gesprekken_budgetcoach = dy.Int64(min=0, description="Aantal gesprekken met de budgetcoach tot nu toe")

    einde_met_start = samen_gevuld("datum_einde", "datum_start")[0]
    einde_niet_voor_start = in_volgorde("datum_start", "datum_einde")
    niet_gestart_met_reden, gestart_zonder_reden_niet_gestart = alleen_als(
        pl.col("datum_start").is_null(),
        "reden_niet_gestart",
        "datum_start en reden_niet_gestart zijn beide leeg",
        "datum_start is gevuld",
    )
    einde_met_reden, reden_einde_met_datum = samen_gevuld("datum_einde", "reden_einde")


class Overdracht(dy.Schema):
    """Hooguit één rij per persoon: de warme overdracht aan het Sociaal Wijkteam."""

    inburgeraar_id = pseudoniem()
    wijkteam = dy.String(metadata=_TEAM, description="Ontvangend Sociaal Wijkteam, uit de referentietabel wijkteam")
    status = code(codes.STATUSSEN_OVERDRACHT, "Stand van de overdracht")
    datum_gepland = datum("Geplande dag van de overdracht; mag na de peildatum liggen", nullable=True, toekomst=True)
    datum_overdracht = datum("Dag van de overdracht", bij="bij status Afgerond")
    vorm = code(codes.VORMEN_OVERDRACHT, "Vorm", bij="bij status Afgerond")
    begeleidingsbehoefte = dy.Bool(
        nullable=True, description="Er is een directe behoefte aan begeleiding vastgesteld; leeg: niet gevraagd"
    )
    datum_wijkteambezoek = datum(
        "Eerder bezoek aan het wijkteam, in het brugklasprogramma of tijdens de begeleiding", nullable=True
    )

    wijkteam_bekend = WIJKTEAM_BEKEND
    afgerond_met_datum, datum_overdracht_alleen_afgerond = _bij_afgerond("datum_overdracht")
    afgerond_met_vorm, vorm_alleen_afgerond = _bij_afgerond("vorm")


class Melding(dy.Schema):
    """Eén rij per melding bij een Sociaal Wijkteam, niet te koppelen aan een inburgeraar."""

    melding_id = dy.String(
        primary_key=True,
        check={"gevuld": lambda kolom: kolom.str.strip_chars() != ""},
        description="Kenmerk van de melding, hetzelfde in elke levering",
    )
    datum_melding = datum("Dag van de melding")
    wijkteam = dy.String(metadata=_TEAM, description="Sociaal Wijkteam, uit de referentietabel wijkteam")
    hulpvraag = code(codes.HULPVRAGEN, "Onderwerp van de vraag")
    soort = code(codes.SOORTEN_MELDING, "Een vraag die beantwoord is, of een traject dat gestart is")
    verwijzer = code(codes.VERWIJZERS, "Wie verwees; leeg: niet geregistreerd", nullable=True)
    statushouder = dy.Bool(nullable=True, description="De vraag komt van een statushouder. De kolom mag ontbreken")
    begeleidingsregime = code(
        tuple(GEMEENTE.groepen),
        "Regime van begeleiding, alleen als statushouder waar is. De kolom mag ontbreken",
        nullable=True,
    )

    wijkteam_bekend = WIJKTEAM_BEKEND
    regime_alleen_statushouder = alleen_als(
        pl.col("statushouder").fill_null(False), "begeleidingsregime", "", "statushouder niet waar is"
    )[1]


TABELLEN: dict[str, type[dy.Schema]] = {
    schema.__name__.lower(): schema
    for schema in (Inburgeraar, Intake, Pip, Begeleiding, Uitkering, Ontzorging, Overdracht, Melding)
}

OPTIONEEL: dict[str, tuple[str, ...]] = {"melding": ("statushouder", "begeleidingsregime")}
