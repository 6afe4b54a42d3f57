"""Two hundred random towns: what a chart of the briefing shows and what its sentence says do not contradict."""

import random

import pytest

import queries
from data.demo import municipality
from pages.briefing import figures
from tests.pages.briefing.pairs import contradictions
from tests.towns import DAY


@pytest.mark.parametrize("number", range(200))
def test_nothing_contradicts_in_a_random_town(tmp_path, number):
    drawn = random.Random(number)
    municipality.publiceer_demo(tmp_path, DAY, seed=number, personen=round(30 * 40 ** drawn.random()))
    whole = figures.intern(queries.Selection(), tmp_path)
    area = drawn.choice(queries.open_database(tmp_path).stadsdelen)
    part = figures.intern(queries.Selection(stadsdelen=(area,)), tmp_path)
    assert contradictions(whole) + contradictions(part) == []
