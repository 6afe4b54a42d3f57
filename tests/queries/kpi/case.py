"""What a case of a rule is: given people and requests, and the exact answers on given days. Plain data, no more."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.queries.given import Registered, Row, tables

PEILDATUM = "2022-12-31"


@dataclass(frozen=True)
class Case:
    """The rows of a delivery as made on `peildatum`, and what is expected of them.

    expected: per peildatum that is asked, per KPI its (teller, noemer) or (teller, noemer, waarde); or per question
    - a list of tuples: every row, in the order of the question, with its first columns or all of them;
    - a list of dictionaries: every row with the columns that are not 0, false or empty, and no others;
    - a dictionary: per indicator the rows with anybody, as (stand, quarter, or level and area; teller, noemer).
    Dates are ISO text. selection: the other fields of queries.Selection.
    """

    rule: str
    rows: dict[str, list[Row]]
    expected: dict[str, dict[str, Any]]
    peildatum: str = PEILDATUM
    selection: dict[str, Any] = field(default_factory=dict)


def case(
    rule: str,
    *people: tuple[Registered, ...],
    peildatum: str = PEILDATUM,
    at: dict[str, dict[str, Any]] | None = None,
    melding: Sequence[Row] = (),
    selection: dict[str, Any] | None = None,
    **expected: Any,
) -> Case:
    """expected: on the peildatum; at: on earlier ones."""
    days = ({peildatum: expected} if expected else {}) | (at or {})
    return Case(rule, tables(*people, melding=list(melding)), days, peildatum, selection or {})


def each(rule: str, name: str, *rows: tuple[Any, tuple[Registered, ...]]) -> list[Case]:
    """Cases of one person each, given as (what is expected of KPI or question `name`, the person)."""
    return [case(f"{rule} ({number})", who, **{name: found}) for number, (found, who) in enumerate(rows, start=1)]
