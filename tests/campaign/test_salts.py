"""The attack on many publications of one town: each salt rounds anew, and about one in a hundred needs coarsening.

``WI_SALTS=100`` is the whole search, on three cities: some hours.
"""

import hashlib
import os

import pytest

from data.demo import municipality
from data.snapshots import store
from queries.openbaar import protect, publish
from queries.openbaar.attack.solver import ENOUGH
from tests.towns import DAY

SALTS = int(os.environ.get("WI_SALTS", "3"))
SEEDS = (8, 1, 2)
# Of the first city somebody could tell more than the attack knew, before it knew that a whole and a part of other
# numbers leave somebody in the other parts; of the second the solver said wrongly that nothing was possible.
ONCE = ((8, 51), (8, 52), (8, 54), (8, 180), (1, 8))
CASES = sorted({*((seed, number) for seed in SEEDS for number in range(1, SALTS + 1)), *ONCE})


@pytest.fixture(scope="module")
def cities(tmp_path_factory):
    """A snapshot of each city, by its seed."""
    found = {}
    for seed in SEEDS:
        root = tmp_path_factory.mktemp(f"stad_{seed}")
        municipality.publiceer_demo(root, DAY, seed=seed)
        found[seed] = store.folder_of(DAY, root)
    return found


@pytest.mark.parametrize(("seed", "number"), CASES)
def test_no_salt_leaves_a_count_narrowed(cities, seed, number):
    """Raises PublicationError where small counts stay narrowed."""
    salt = hashlib.sha256(f"search {number}".encode()).hexdigest()
    engine = protect.Protected(cities[seed], salt)
    _, report, gone = publish.withstood(protect.published(protect.answers(engine)), DAY, {})
    print(f"city {seed}, salt {number}: smallest range {report.smalste}, {gone} left out")
    assert report.klein > 5_000 and report.lekken == () and report.smalste >= ENOUGH
