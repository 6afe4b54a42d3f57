"""Rows to ask about: people, each with what is registered of them. What is left out is the default: empty, or no.

A day may be given as ISO text. `tables(someone(pip("2022-05-10"), datum_kennisgeving="2022-03-01"))` has a row of
inburgeraar and a row of pip, both of persoon-0001.
"""

from datetime import date
from typing import Any

from data import contract

Row = dict[str, Any]
# A table and a row of it, without whose it is.
Registered = tuple[str, Row]

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"

FILLED: dict[str, Row] = {
    "inburgeraar": {"wet": "WI2021", "doelgroep": ASIEL, "verblijfsrecht": "asiel", "wijkcode": "WK039201"},
    "pip": {"gemeentecode": "0392", "leerroute": "B", "uitstel_derden": False},
    "ontzorging": {"huur": True, "energie": True, "zorgpremie": True, "gesprekken_budgetcoach": 0},
    "overdracht": {"wijkteam": "Centrum", "status": "Gepland"},
    "melding": {"datum_melding": "2022-03-15", "wijkteam": "Centrum", "hulpvraag": "Wonen", "soort": "Hulpvraag"},
}
# Without the columns that may be left out: those are there when a row has them.
DEFAULTS: dict[str, Row] = {
    name: {column: None for column in table.create_empty().columns if column not in contract.OPTIONEEL.get(name, ())}
    | FILLED.get(name, {})
    for name, table in contract.TABELLEN.items()
}


def intake(start: str, uitslag: str | None = None) -> Registered:
    return "intake", {"datum_start": start, "uitslag_leerbaarheidstoets": uitslag}


def pip(day: str, **columns: Any) -> Registered:
    return "pip", {"dagtekening_pip": day} | columns


def period(start: str, end: str | None = None, reason: str = "Afgerond") -> Registered:
    """A period of begeleiding."""
    return "begeleiding", {"datum_start": start, "datum_einde": end, "reden_einde": reason if end else None}


def benefit(start: str, end: str | None = None) -> Registered:
    """A period of uitkering."""
    return "uitkering", {"datum_start": start, "datum_einde": end}


def relief(start: str | None = None, end: str | None = None, **columns: Any) -> Registered:
    """The ontzorging; without a start it is on the waiting list."""
    reasons = {} if start else {"reden_niet_gestart": "Wachtlijst"}
    reasons |= {"reden_einde": "Periode voltooid"} if end else {}
    return "ontzorging", {"datum_start": start, "datum_einde": end} | reasons | columns


def handover(status: str, day: str | None = None, **columns: Any) -> Registered:
    """The overdracht; day: of one that is Afgerond."""
    done = {"datum_overdracht": day, "vorm": "Kennismaking"} if status == "Afgerond" else {}
    return "overdracht", {"status": status} | done | columns


def left(day: str, reason: str = "Verhuizing") -> Row:
    """The columns of somebody with an uitstroom."""
    return {"datum_uitstroom": day, "reden_uitstroom": reason}


def someone(*registered: Registered, **columns: Any) -> tuple[Registered, ...]:
    return (("inburgeraar", columns), *registered)


def requests(*rows: Row) -> list[Row]:
    """Rows of melding, numbered."""
    return [{"melding_id": f"melding-{number:04d}"} | row for number, row in enumerate(rows, start=1)]


def tables(*people: tuple[Registered, ...], melding: list[Row] = ()) -> dict[str, list[Row]]:
    """The rows of a delivery, per table."""
    given: dict[str, list[Row]] = {name: [] for name in DEFAULTS} | {"melding": list(melding)}
    for number, registered in enumerate(people, start=1):
        for table, columns in registered:
            given[table].append({"inburgeraar_id": f"persoon-{number:04d}"} | columns)
    return complete(given)


def complete(given: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The same rows with every column of theirs, and dates in the place of ISO text."""
    return {name: [_dated(columns | row) for row in given.get(name, ())] for name, columns in DEFAULTS.items()}


def _dated(row: Row) -> Row:
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    dated = [name for name in texts if name.startswith(("datum_", "dagtekening_"))]
    return row | {name: date.fromisoformat(texts[name]) for name in dated}
