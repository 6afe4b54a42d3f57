"""The kinds of column and of rule that tables share, why a row is rejected, and the bound that a peildatum sets.

A rule holds for a row where it is true, and where it cannot be told because a column is empty.
"""

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import dataframely as dy
import polars as pl

from data.contract.codes import EERSTE_DATUM, PATROON_PSEUDONIEM

INBURGERAAR_BEKEND = "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar"

# How the types of columns are called.
SOORTEN = {pl.String: "tekst", pl.Date: "datum", pl.Int64: "geheel getal", pl.Boolean: "ja/nee"}


def pseudoniem() -> dy.String:
    wat = "Pseudoniem van de inburgeraar, hetzelfde in elke levering: 8 tot 64 tekens uit A-Z, a-z, 0-9, _ en -"
    return dy.String(primary_key=True, regex=PATROON_PSEUDONIEM, description=f"{wat}, niet alleen cijfers")


def code(codes: tuple[str, ...], description: str, **ook: Any) -> dy.String:
    """A text column that holds one of `codes`, exactly; the documentation reads them from the metadata.

    bij: when it is filled, and only then; a rule between columns says so too.
    """
    check = {"code": lambda kolom: kolom.is_in(list(codes))}
    return dy.String(check=check, metadata={"codes": codes}, **_filled(description, **ook))


def datum(description: str, *, toekomst: bool = False, **ook: Any) -> dy.Date:
    """A date from 1990-01-01; `op_peildatum` adds the upper bound, unless `toekomst`. bij: see `code`."""
    return dy.Date(metadata={"toekomst": toekomst}, min=EERSTE_DATUM, **_filled(description, **ook))


def _filled(description: str, bij: str = "", nullable: bool = False, **ook: bool) -> dict[str, Any]:
    always = f"; verplicht {bij} en anders leeg" if bij else ""
    return {"description": description + always, "nullable": nullable or bool(bij), **ook}


def rule(holds: pl.Expr | Callable[[], pl.Expr], reden: str = "") -> Any:
    """A rule between columns, and why a row that breaks it is rejected, in Dutch.

    holds: a function is asked each time that rows are judged.
    """
    regel = dy.rule()(lambda _: holds() if callable(holds) else holds)
    regel.reden = reden
    return regel


def samen_gevuld(*kolommen: str) -> list[Any]:
    """Both columns are filled or neither is: two rules, first that of the first column without the second."""
    paren = (kolommen, kolommen[::-1])
    return [rule(pl.col(een).is_null() | pl.col(ander).is_not_null(), f"{een} zonder {ander}") for een, ander in paren]


def alleen_als(geldt: pl.Expr, kolom: str, zonder: str, terwijl: str) -> tuple[Any, Any]:
    """`kolom` is filled where `geldt` is true, and only there: two rules, with why a row breaks them."""
    leeg = pl.col(kolom).is_null()
    return rule(~geldt | ~leeg, zonder), rule(geldt | leeg, f"{kolom} gevuld terwijl {terwijl}")


def in_volgorde(eerste: str, laatste: str) -> Any:
    """`laatste` is not before `eerste`."""
    return rule(pl.col(laatste) >= pl.col(eerste), f"{laatste} ligt voor {eerste}")


def niet_samen(waar: str = "", *ook: pl.Expr, **waarden: str) -> Any:
    """The columns do not hold these values together, where what is in `ook` is true; `waar` says so."""
    samen = pl.all_horizontal(*ook, *(pl.col(kolom) == waarde for kolom, waarde in waarden.items()))
    return rule(~samen, " met ".join(f"{kolom} {waarde}" for kolom, waarde in waarden.items()) + waar)


def tussen_kolommen(schema: type[dy.Schema]) -> dict[str, str]:
    """The rules between the columns of a table, in their order: why a row that breaks it is rejected."""
    delen = (vars(klasse).items() for klasse in reversed(schema.__mro__))
    return {naam: regel.reden for deel in delen for naam, regel in deel if hasattr(regel, "reden")}


def redenen(schema: type[dy.Schema]) -> dict[str, str]:
    """Dutch reason per rule of an extract, in the order in which a row's one reason is chosen.

    First the columns in the contract's order, then the rules between columns, then the rule between tables.
    Column rules are named `<kolom>|<regel>`, as dataframely names them.
    """
    per_kolom = {}
    for naam, kolom in schema.columns().items():
        codes = ", ".join((kolom.metadata or {}).get("codes", ()))
        woorden = {
            "nullability": "is leeg",
            "check__gevuld": "is leeg",
            "check__code": f"heeft een onbekende code; toegestaan: {codes}",
            "regex": "heeft niet de voorgeschreven vorm",
            "min": f"ligt voor {EERSTE_DATUM}" if isinstance(kolom, dy.Date) else "is negatief",
            "max": "ligt na de peildatum",
        }
        per_kolom |= {f"{naam}|{regel}": f"{naam} {woorden[regel]}" for regel in kolom.validation_rules(pl.col(naam))}
    return per_kolom | tussen_kolommen(schema) | {"inburgeraar_bekend": INBURGERAAR_BEKEND}


def op_peildatum(schema: type[dy.Schema], peildatum: dt.date) -> type[dy.Schema]:
    """The same schema, in which only the columns that may lie in the future have dates after `peildatum`."""
    kolommen = {naam: copy.copy(kolom) for naam, kolom in schema.columns().items()}
    for kolom in kolommen.values():
        if isinstance(kolom, dy.Date) and not (kolom.metadata or {}).get("toekomst"):
            kolom.max = peildatum
    return type(schema)(schema.__name__, (schema,), kolommen)
