"""Every rule of the KPIs and the questions: one table of cases, run on all that computes them."""

from datetime import date

import pytest

import queries
from queries import INDICATOREN, Database
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


@pytest.mark.parametrize("case", CASES)
def test_case(case, tmp_path):
    database = Database(write_snapshot(tmp_path, case.rows, case.peildatum))
    for selection, expected in case.asked:
        kpis = expected.keys() & INDICATOREN.keys()
        found = {row[0]: row[1:] for row in queries.answer("kpi", selection, database).rows()} if kpis else {}
        for name, value in expected.items():
            if name in kpis:
                assert found[name][: len(value)] == pytest.approx(value), (name, selection)
            else:
                rows = shaped(queries.answer(name, selection, database).to_dicts(), value)
                assert rows == (value if isinstance(value, dict) else [*map(pytest.approx, value)]), (name, selection)


@pytest.mark.parametrize("case", CASES)
def test_the_independent_calculation_has_the_same_kpis(case):
    oracle = Oracle(case.rows, reference(), case.peildatum)
    for selection, expected in case.asked:
        found = oracle.kpi(selection)
        for name in expected.keys() & found.keys():
            assert found[name][: len(expected[name])] == pytest.approx(expected[name]), (name, selection)


def shaped(rows, like):
    """Rows of a question in the shape in which they are expected, see case()."""
    rows = [{key: str(value) if isinstance(value, date) else value for key, value in row.items()} for row in rows]
    if isinstance(like, dict):
        about = ("stand", "niveau", "gebied", "kwartaal", "teller", "noemer")
        counted = [row for row in rows if row["noemer"]]
        return {
            name: [tuple(row[key] for key in about if key in row) for row in counted if row["indicator"] == name]
            for name in like
        }
    if like and isinstance(like[0], dict):
        return [{key: value for key, value in row.items() if value} for row in rows]
    return [tuple(row.values())[: len(like[0]) if like else None] for row in rows]
