"""Killed more than fifty times at random moments: the snapshot in use is whole each time, and no debris stays."""

import random
import signal
import time

import polars as pl

from data.snapshots import store
from tests.data.conftest import PEILDATUM, take_in
from tests.data.intake.test_kill import AANTALLEN, is_tidy, is_whole, leveringen

__all__ = ["leveringen"]


def neem_om_beurten_in(leveringen, root, begonnen) -> None:
    begonnen.set()
    while True:
        for map_ in leveringen.values():
            take_in(map_, PEILDATUM, root)


def test_more_than_fifty_kills_at_random_moments_leave_a_whole_snapshot_in_use_each_time(
    leveringen, tmp_path, forkserver
):
    root = tmp_path / "s"
    take_in(leveringen["oud"], PEILDATUM, root)
    begin = time.monotonic()
    take_in(leveringen["oud"], PEILDATUM, root)
    inname = time.monotonic() - begin
    kiezer = random.Random(20221231)
    halverwege = 0
    for _ in range(52):
        begonnen = forkserver.Event()
        proces = forkserver.Process(target=neem_om_beurten_in, args=(leveringen, root, begonnen))
        proces.start()
        assert begonnen.wait(60)
        time.sleep(kiezer.uniform(0, 1.2 * inname))
        proces.kill()
        proces.join()
        assert proces.exitcode == -signal.SIGKILL
        assert is_whole(root)
        halverwege += any(pad.name.startswith(".bezig-") for pad in (root / ".versies").iterdir())
    # Else every kill fell beside the work, and nothing was proved.
    assert halverwege > 0
    take_in(leveringen["oud"], PEILDATUM, root)
    # The one in use and the one that it replaced.
    is_tidy(root, versies=2)
    assert pl.read_parquet(store.in_use(root) / "inburgeraar.parquet").height == AANTALLEN["oud"]
