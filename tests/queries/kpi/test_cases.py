"""Every rule of the KPIs and the questions: one table of cases, run on all that computes them."""

from datetime import date

import pytest

import queries
from queries import INDICATOREN, Database
from tests.queries import oracle
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import reference
from tests.queries.kpi import begeleiding, leerroutes, meldingen, ontzorging, overdracht, pip, selectie

THEMES = (begeleiding, pip, leerroutes, ontzorging, overdracht, meldingen, selectie)
CASES = [
    pytest.param(case, id=f"{theme.__name__.rpartition('.')[2]}: {case}") for theme in THEMES for case in theme.CASES
]


class Sql:
    """The questions as the product answers them; their rows come in a defined order."""

    answers, ordered = frozenset(queries.QUESTIONS), True

    def __init__(self, case, folder):
        self.database = Database(write_snapshot(folder, case.rows, date.fromisoformat(case.peildatum)))

    def ask(self, name, **selection):
        return queries.run(name, queries.Selection(**selection), self.database).to_dicts()


class Oracle:
    """The same in plain Python, written from the definitions."""

    answers, ordered = frozenset(oracle.NAMES), False

    def __init__(self, case, folder):
        self.oracle = oracle.Oracle(case.rows, reference(), date.fromisoformat(case.peildatum))

    def ask(self, name, **selection):
        return self.oracle.run(name, oracle.Selection(**selection))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("computed_by", [Sql, Oracle])
def test_case(case, computed_by, tmp_path):
    computed = computed_by(case, tmp_path)
    bounds = {key: date.fromisoformat(value) for key, value in case.selection.items() if key.startswith("huisvesting")}
    for peildatum, expected in case.expected.items():
        asked = case.selection | bounds | {"peildatum": date.fromisoformat(peildatum)}
        kpis = {row["indicator"]: row for row in computed.ask("kpi", **asked)} if expected.keys() & INDICATOREN else {}
        for name, value in expected.items():
            if name in kpis:
                found = tuple(kpis[name][column] for column in ("teller", "noemer", "waarde")[: len(value)])
                assert found == pytest.approx(value), (name, peildatum)
            elif name in computed.answers:
                found = shaped(computed.ask(name, **asked), value)
                assert same(found, value, computed.ordered), (name, peildatum, found)
            else:
                assert name in queries.QUESTIONS


def shaped(rows, like):
    """Rows of a question in the shape in which they are expected, see Case."""
    rows = [{key: str(value) if isinstance(value, date) else value for key, value in row.items()} for row in rows]
    if isinstance(like, dict):
        counted = [row for row in rows if row["noemer"]]
        return {name: [about(row) for row in counted if row["indicator"] == name] for name in like}
    if like and isinstance(like[0], dict):
        return [{key: value for key, value in row.items() if value} for row in rows]
    return [tuple(row.values())[: len(like[0]) if like else None] for row in rows]


def about(row):
    """What a row of a KPI is about, and its counts."""
    columns = ("stand", "niveau", "gebied", "kwartaal", "teller", "noemer")
    return tuple(row[column] for column in columns if column in row)


def same(found, expected, ordered):
    """Whether both are equal, floats nearly; rows that come in no defined order are put in one."""
    if isinstance(expected, dict):
        return found == expected
    if not ordered:
        found, expected = (sorted(rows, key=lambda row: str(row)) for rows in (found, expected))
    return len(found) == len(expected) and all(a == pytest.approx(b) for a, b in zip(found, expected, strict=True))
