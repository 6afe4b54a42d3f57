"""The attack on many synthetic cities: two publications, a month apart, per seed.

    python -m tests.benchmarks.attack_campaign [--seeds 20] [--eerste 1]

One line per city: counts attacked, counts that may be under 10, the smallest range left, and how many were narrowed to
fewer than 5 values before anything is coarsened. Exit status 1 when there is such a count.
"""

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from data import demo, publicatie_aanval, publication, snapshot

PEILDATA = (date(2022, 11, 30), date(2022, 12, 31))
ZOUT = "een zout voor beproevingen, geen geheim: {}"


def two_publications(folder: Path, seed: int, basis: int = publication.BASIS) -> dict[date, publication.Frames]:
    """The frames of two successive publications of one synthetic city, before any coarsening."""
    found = {}
    for peildatum in PEILDATA:
        demo.publiceer_demo(folder, peildatum, seed=seed)
        engine = publication.Protected(snapshot.folder_of(peildatum, folder), ZOUT.format(seed), basis)
        found[peildatum] = publication.published(publication.answers(engine))
    return found


def main() -> int:
    """Attack city after city; returns 1 when a small count was narrowed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--eerste", type=int, default=1)
    options = parser.parse_args()
    leaks = 0
    for seed in range(options.eerste, options.eerste + options.seeds):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            report = publicatie_aanval.attack(two_publications(Path(folder), seed), publication.BASIS)
        leaks += len(report.lekken)
        print(
            f"seed {seed}: {report.cellen} counts, {report.klein} may be under 10, smallest range {report.smalste}, "
            f"{len(report.lekken)} narrowed, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        for leak in report.lekken:
            print(f"    {leak.laag} to {leak.hoog}: {leak.cel}", flush=True)
    return int(leaks > 0)


if __name__ == "__main__":
    sys.exit(main())
