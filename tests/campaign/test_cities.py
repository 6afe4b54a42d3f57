"""The attack on synthetic cities, rounded as the command does it: two publications of twenty, twelve in a row of one,
and many salts of three.

``WI_SALTS=100`` is the whole search: each salt rounds anew, and about one in a hundred needs coarsening. Some hours.
``WI_MAANDEN`` says how many in a row; twelve take some eight minutes.
"""

import hashlib
import os
from calendar import monthrange
from datetime import date
from itertools import product

import pytest

from data.demo import municipality
from data.snapshots import store
from queries.openbaar import protect, publish
from queries.openbaar.attack.solver import ENOUGH
from tests.towns import DAY, EARLIER

SALTS, MONTHS = int(os.environ.get("WI_SALTS", "3")), int(os.environ.get("WI_MAANDEN", "12"))
SEEDS = (8, 1, 2)
# Of the first city somebody could tell more than the attack knew, before it knew that a whole and a part of other
# numbers leave somebody in the other parts; of the second the solver said wrongly that nothing was possible.
ONCE = ((8, 51), (8, 52), (8, 54), (8, 180), (1, 8))


def rounded(root, peildatum, salt, **city) -> protect.Frames:
    """What would be published of a city."""
    municipality.publiceer_demo(root, peildatum, **city)
    engine = protect.Protected(store.folder_of(peildatum, root), salt)
    return protect.published(protect.answers(engine))


def withstands(frames, earlier, what, more_than, kept=None) -> None:
    """Raises PublicationError where small counts stay narrowed."""
    _, report, gone = publish.withstood(frames, DAY, earlier, kept)
    print(
        f"{what}: {report.cellen} counts, {report.cellen_onder_10} may be under 10, smallest range {report.smalste}, "
        f"{gone} left out, {report.losgelaten} assumptions given up"
    )
    assert report.cellen_onder_10 > more_than and not report.lekken and report.smalste >= ENOUGH


@pytest.mark.parametrize("seed", range(1, 21))
def test_nothing_under_ten_is_narrowed_in_a_city(tmp_path, seed):
    """Each of two publications, one after the other, as the command does it."""
    # Every other city registers whose request it is, so that the comparison of the regimes is attacked as well.
    salt, city = f"een zout voor beproevingen, geen geheim: {seed}", {"melding_met_statushouder": seed % 2 == 0}
    first, last = (rounded(tmp_path, peildatum, salt, seed=seed, **city) for peildatum in (EARLIER, DAY))
    first, report, _ = publish.withstood(first, EARLIER, {})
    withstands(last, {EARLIER: first}, f"seed {seed}", 7_000, report.oplossingen)


def test_nothing_under_ten_is_narrowed_in_publications_of_a_year(tmp_path):
    """Each goes on from the solutions of the one before, as the command does it."""
    shown, kept = {}, None
    for number in range(MONTHS):
        peildatum = date(2022 + (11 + number) // 12, 1 + (11 + number) % 12, 1)
        peildatum = peildatum.replace(day=monthrange(peildatum.year, peildatum.month)[1])
        frames = rounded(tmp_path, peildatum, publish.DEMO_ZOUT)
        shown[peildatum], report, gone = publish.withstood(frames, peildatum, dict(shown), kept)
        kept = report.oplossingen
        print(f"{peildatum}: {report.cellen_onder_10} may be under 10, {gone} left out, {len(kept[1])} solutions kept")
        assert not report.lekken and report.cellen_onder_10 > 3_500 * len(shown)


@pytest.mark.parametrize(("seed", "number"), sorted({*product(SEEDS, range(1, SALTS + 1)), *ONCE}))
def test_no_salt_leaves_a_count_narrowed(tmp_path, seed, number):
    salt = hashlib.sha256(f"search {number}".encode()).hexdigest()
    withstands(rounded(tmp_path, DAY, salt, seed=seed), {}, f"city {seed}, salt {number}", 3_500)
