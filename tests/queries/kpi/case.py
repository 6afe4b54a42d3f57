"""What a case of a rule is: given people and requests, and the exact answers on given days. Plain data, no more."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from queries import Selection
from tests.queries.given import Registered, Row, tables

PEILDATUM = "2022-12-31"
Expected = dict[str, Any]


class Case(NamedTuple):
    """The rows of a delivery as made on `peildatum`; per selection what is expected, see case()."""

    rule: str
    rows: dict[str, list[Row]]
    peildatum: date
    asked: list[tuple[Selection, Expected]]


def case(
    rule: str,
    *people: tuple[Registered, ...],
    peildatum: str = PEILDATUM,
    at: dict[str, Expected] | None = None,
    melding: Sequence[Row] = (),
    selection: Expected | None = None,
    **expected: Any,
) -> Case:
    """expected: on the peildatum; at: on earlier ones; selection: the other fields of Selection. Dates are ISO text.

    Expected is per KPI its (teller, noemer) or (teller, noemer, waarde); or per question
    - a list of tuples: every row, in the order of the question, with its first columns or all of them;
    - a list of dictionaries: every row with the columns that are not 0, false or empty, and no others;
    - a dictionary: per indicator the rows with anybody, as (stand, quarter, or level and area; teller, noemer).
    """
    chosen = dict(selection or {})
    chosen |= {name: date.fromisoformat(day) for name, day in chosen.items() if name.startswith("huisvesting")}
    days = ({peildatum: expected} if expected else {}) | (at or {})
    asked = [(Selection(**chosen, peildatum=date.fromisoformat(day)), found) for day, found in days.items()]
    return Case(rule, tables(*people, melding=list(melding)), date.fromisoformat(peildatum), asked)


def each(rule: str, name: str, *rows: tuple[Any, tuple[Registered, ...]]) -> list[Case]:
    """Cases of one person each, given as (what is expected of KPI or question `name`, the person)."""
    return [case(f"{rule} ({number})", who, **{name: found}) for number, (found, who) in enumerate(rows, start=1)]
