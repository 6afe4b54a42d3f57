"""Whom to turn to at each wijkteam, when the municipality has filled in `wijkteam_contact.csv`.

A line that cannot be right is told and left out; the others count.
"""

import csv
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from data import contract

BESTAND = "wijkteam_contact.csv"


class Contact(NamedTuple):
    """A line of the file; what was not filled in is empty. contactpersoon: a name or a function."""

    wijkteam: str
    contactpersoon: str = ""
    email: str = ""
    telefoon: str = ""
    toelichting: str = ""
    bijgewerkt_op: date | None = None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# Per column when what is filled in can be right, and what is wrong when it cannot.
_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "email": (re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+").fullmatch, "geen e-mailadres"),
    "telefoon": (re.compile(r"\+?[\d ()-]{5,20}").fullmatch, "geen telefoonnummer"),
    "bijgewerkt_op": (_day, "geen datum zoals 2022-12-31"),
}


def contacts() -> tuple[list[Contact], list[str]]:
    """The contacts in the order of the file, and what is wrong in it: a Dutch sentence per line that is left out.

    None of either when the file is not there. A sentence does not repeat what it complains of.
    """
    try:
        text = (contract.REFERENTIE_MAP / BESTAND).read_text(encoding="utf-8-sig")
        lines = csv.reader(text.splitlines(keepends=True), strict=True)
        if (head := next(lines, [])) != list(Contact._fields):
            return [], [f"{BESTAND}, regel 1: de kolommen moeten zijn: {','.join(Contact._fields)}."]
        # A cell may go on over lines: told is the one on which it ends.
        found = [(lines.line_num, cells) for cells in lines if any(cells)]
    except FileNotFoundError:
        return [], []
    except (OSError, ValueError, csv.Error):
        return [], [f"{BESTAND}: het bestand is niet te lezen als CSV met komma's, in UTF-8."]
    known, complaints = [], []
    for number, cells in found:
        row = dict(zip(head, map(str.strip, cells), strict=False))
        if wrong := _wrong(row, len(cells)):
            complaints.append(f"{BESTAND}, regel {number}: {wrong}. Deze regel telt niet mee.")
        else:
            known.append(Contact(**row | {"bijgewerkt_op": _day(row["bijgewerkt_op"])}))
    return known, complaints


def _wrong(row: dict[str, str], number_of_cells: int) -> str:
    """What is wrong in a line; empty when nothing is."""
    if number_of_cells != len(Contact._fields):
        told = f"het aantal cellen is {number_of_cells} in plaats van {len(Contact._fields)}"
        return f"{told}; om een cel met een komma horen aanhalingstekens"
    if row["wijkteam"] not in contract.wijkteams():
        return "wijkteam is niet een van de wijkteams in wijkteam.csv"
    return "; ".join(
        f"{column} is {words}" for column, (right, words) in _CHECKS.items() if row[column] and not right(row[column])
    )
