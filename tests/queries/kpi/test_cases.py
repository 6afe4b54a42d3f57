"""Every rule of the KPIs and the questions: one table of cases, run on all that computes them."""

from datetime import date

import pytest

import queries
from queries import INDICATOREN, Database, Selection
from tests.queries.conftest import write_snapshot
from tests.queries.deliveries import reference
from tests.queries.kpi import begeleiding, leerroutes, meldingen, ontzorging, overdracht, pip, selectie
from tests.queries.oracle import Oracle

THEMES = (begeleiding, pip, leerroutes, ontzorging, overdracht, meldingen, selectie)
CASES = [
    pytest.param(each, id=f"{theme.__name__.rpartition('.')[2]}: {each.rule}")
    for theme in THEMES
    for each in theme.CASES
]


def asked(case):
    """Per peildatum the selection, and what is expected of the KPIs and of the questions."""
    bounds = {key: date.fromisoformat(value) for key, value in case.selection.items() if key.startswith("huisvesting")}
    for peildatum, expected in case.expected.items():
        kpis = {name: value for name, value in expected.items() if name in INDICATOREN}
        questions = {name: value for name, value in expected.items() if name not in INDICATOREN}
        yield case.selection | bounds | {"peildatum": date.fromisoformat(peildatum)}, kpis, questions


@pytest.mark.parametrize("case", CASES)
def test_case(case, tmp_path):
    database = Database(write_snapshot(tmp_path, case.rows, date.fromisoformat(case.peildatum)))
    for selection, kpis, questions in asked(case):
        chosen = Selection(**selection)
        found = {row[0]: row[1:] for row in queries.run("kpi", chosen, database).rows()} if kpis else {}
        for name, value in kpis.items():
            assert found[name][: len(value)] == pytest.approx(value), (name, selection)
        for name, value in questions.items():
            rows = shaped(queries.run(name, chosen, database).to_dicts(), value)
            assert same(rows, value), (name, selection, rows)


@pytest.mark.parametrize("case", CASES)
def test_the_independent_calculation_has_the_same_kpis(case):
    oracle = Oracle(case.rows, reference(), date.fromisoformat(case.peildatum))
    for selection, kpis, _ in asked(case):
        found = oracle.kpi(Selection(**selection)) if kpis else {}
        for name, value in kpis.items():
            assert found[name][: len(value)] == pytest.approx(value), (name, selection)


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


def same(found, expected):
    """Whether both are equal, floats nearly."""
    if isinstance(expected, dict):
        return found == expected
    return len(found) == len(expected) and all(a == pytest.approx(b) for a, b in zip(found, expected, strict=True))
