"""The attack on twenty synthetic cities: two publications of each, a month apart, rounded as the command does it."""

import time
from datetime import date

import pytest

from data.demo import municipality
from data.snapshots import store
from queries.openbaar import protect, publish
from queries.openbaar.attack.solver import ENOUGH
from tests.towns import DAY, EARLIER

ZOUT = "een zout voor beproevingen, geen geheim: {}"


@pytest.mark.parametrize("seed", range(1, 21))
def test_nothing_under_ten_is_narrowed_in_a_city(tmp_path, seed):
    """What the first publication gives away, both together give away too, so that one attack is enough.

    Raises PublicationError where small counts stay narrowed.
    """
    begun = time.monotonic()
    frames: dict[date, protect.Frames] = {}
    for peildatum in (EARLIER, DAY):
        # Every other city registers whose request it is, so that the comparison of the regimes is attacked as well.
        municipality.publiceer_demo(tmp_path, peildatum, seed=seed, melding_met_statushouder=seed % 2 == 0)
        engine = protect.Protected(store.folder_of(peildatum, tmp_path), ZOUT.format(seed))
        frames[peildatum] = protect.published(protect.answers(engine))
    _, report, gone = publish.withstood(frames[DAY], DAY, {EARLIER: frames[EARLIER]})
    print(
        f"seed {seed}: {report.cellen} counts, {report.klein} may be under 10, smallest range {report.smalste}, "
        f"{len(report.lekken)} narrowed, {gone} left out, {report.losgelaten} assumptions given up, "
        f"{time.monotonic() - begun:.0f} s"
    )
    assert report.klein > 10_000
    assert report.lekken == ()
    assert report.smalste >= ENOUGH
