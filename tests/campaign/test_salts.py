"""The attack on many publications of one town: each salt rounds anew, and about one in a hundred needs coarsening.

``WI_SALTS=100`` is the whole search, on three cities: some hours.
"""

import hashlib
import os

import pytest

from data import demo, publication, snapshot
from data.publicatie_aanval import ENOUGH
from tests.towns import DAY

SALTS = int(os.environ.get("WI_SALTS", "3"))
# Of these somebody could tell more than the attack knew before it knew that a whole and a part of other numbers leave
# somebody in the other parts.
ONCE = (51, 52, 54, 180)
SEEDS = (8, 1, 2)


@pytest.fixture(scope="module")
def cities(tmp_path_factory):
    """A snapshot of each city, by its seed."""
    found = {}
    for seed in SEEDS:
        root = tmp_path_factory.mktemp(f"stad_{seed}")
        demo.publiceer_demo(root, DAY, seed=seed)
        found[seed] = snapshot.folder_of(DAY, root)
    return found


@pytest.mark.parametrize("number", sorted({*range(1, SALTS + 1), *ONCE}))
@pytest.mark.parametrize("seed", SEEDS)
def test_no_salt_leaves_a_count_narrowed(cities, seed, number):
    """Raises PublicationError where small counts stay narrowed."""
    if number > SALTS and seed != SEEDS[0]:
        pytest.skip("found in the first city")
    salt = hashlib.sha256(f"search {number}".encode()).hexdigest()
    engine = publication.Protected(cities[seed], salt)
    _, report, gone = publication.withstood(publication.published(publication.answers(engine)), DAY, {})
    print(f"city {seed}, salt {number}: smallest range {report.smalste}, {gone} left out")
    assert report.klein > 5_000 and report.lekken == () and report.smalste >= ENOUGH
