"""The kinds of rule between columns, why a row is rejected in Dutch, and the bound that a peildatum sets.

A rule holds for a row where it is true, and where it cannot be told because a column is empty.
"""

import copy
import datetime as dt
from typing import Any

import dataframely as dy
import polars as pl

from data.contract.codes import EERSTE_DATUM


def rule(holds: pl.Expr) -> Any:
    return dy.rule()(lambda _: holds)


def gevuld_met(kolom: str, andere: str) -> Any:
    """Where `kolom` is filled, `andere` is too."""
    return rule(pl.col(kolom).is_null() | pl.col(andere).is_not_null())


def in_volgorde(eerste: str, laatste: str) -> Any:
    """`laatste` is not before `eerste`."""
    return rule(pl.col(laatste) >= pl.col(eerste))


def niet_samen(*ook: pl.Expr, **waarden: str) -> Any:
    """The columns do not hold these values together, where what is in `ook` is true."""
    return rule(~pl.all_horizontal(*ook, *(pl.col(kolom) == waarde for kolom, waarde in waarden.items())))


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
