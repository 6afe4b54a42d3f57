"""Rows to ask about: people, each with what is registered of them. What is left out is the default: empty, or no.

A day may be given as ISO text. `tables(someone(pip("2022-05-10"), datum_kennisgeving="2022-03-01"))` has a row of
inburgeraar and a row of pip, both of persoon-0001.
"""

from datetime import date
from typing import Any

Row = dict[str, Any]
# A table and a row of it, without whose it is.
Registered = tuple[str, Row]

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"

DEFAULTS: dict[str, Row] = {
    "inburgeraar": {
        "wet": "WI2021",
        "doelgroep": ASIEL,
        "verblijfsrecht": "asiel",
        "datum_kennisgeving": None,
        "datum_inschrijving_brp": None,
        "datum_huisvesting": None,
        "wijkcode": "WK039201",
        "datum_uitstroom": None,
        "reden_uitstroom": None,
    },
    "intake": {"datum_start": None, "uitslag_leerbaarheidstoets": None},
    "pip": {"gemeentecode": "0392", "leerroute": "B", "niveau": None, "uitstel_derden": False},
    "begeleiding": {"datum_einde": None, "reden_einde": None},
    "uitkering": {"datum_einde": None},
    "ontzorging": {
        "datum_start": None,
        "datum_einde": None,
        "reden_niet_gestart": None,
        "reden_einde": None,
        "huur": True,
        "energie": True,
        "zorgpremie": True,
        "gesprekken_budgetcoach": 0,
    },
    "overdracht": {
        "wijkteam": "Centrum",
        "status": "Gepland",
        "datum_gepland": None,
        "datum_overdracht": None,
        "vorm": None,
        "begeleidingsbehoefte": None,
        "datum_wijkteambezoek": None,
    },
    "melding": {
        "datum_melding": "2022-03-15",
        "wijkteam": "Centrum",
        "hulpvraag": "Wonen",
        "soort": "Hulpvraag",
        "verwijzer": None,
    },
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
    reasons = {
        "reden_niet_gestart": None if start else "Wachtlijst",
        "reden_einde": "Periode voltooid" if end else None,
    }
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
    """The same rows with every column of theirs, and dates in the place of ISO text.

    A column of melding that may be left out is there when one of the rows has it.
    """
    optional = dict.fromkeys(column for row in given.get("melding", ()) for column in row)
    defaults = DEFAULTS | {"melding": optional | DEFAULTS["melding"]}
    return {
        table: [
            {column: _value(column, value) for column, value in (defaults[table] | row).items()}
            for row in given.get(table, ())
        ]
        for table in DEFAULTS
    }


def _value(column: str, value: Any) -> Any:
    dated = column.startswith(("datum_", "dagtekening_")) and isinstance(value, str)
    return date.fromisoformat(value) if dated else value
