"""The attack on many synthetic cities: two publications, a month apart, per seed.

    python -m tests.benchmarks.attack_campaign [--seeds 20] [--eerste 1]

Each is made as the command makes it. One line per city: counts attacked in both together, counts that may be under 10,
the smallest range left, how many were narrowed to fewer than 5 values in the end, how many counts coarsening
left out of both, and how many assumptions the figures contradict. Exit status 1 when a publication was
refused, because small counts stay narrowed.
"""

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from data import demo, publication, snapshot

PEILDATA = (date(2022, 11, 30), date(2022, 12, 31))
ZOUT = "een zout voor beproevingen, geen geheim: {}"


def attacked(folder: Path, seed: int) -> str:
    """Two successive publications of one synthetic city; what the attack on both found. Raises PublicationError."""
    earlier: dict[date, publication.Frames] = {}
    gone = 0
    for peildatum in PEILDATA:
        # Every other city registers whose request it is, so that the comparison of the regimes is attacked as well.
        demo.publiceer_demo(folder, peildatum, seed=seed, melding_met_statushouder=seed % 2 == 0)
        engine = publication.Protected(snapshot.folder_of(peildatum, folder), ZOUT.format(seed))
        frames = publication.published(publication.answers(engine))
        earlier[peildatum], report, left_out = publication.withstood(frames, peildatum, earlier)
        gone += left_out
    return (
        f"{report.cellen} counts, {report.klein} may be under 10, smallest range {report.smalste}, "
        f"{len(report.lekken)} narrowed, {gone} left out, {report.losgelaten} assumptions given up"
    )


def main() -> int:
    """Attack city after city; returns 1 when a publication was refused because small counts stay narrowed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--eerste", type=int, default=1)
    options = parser.parse_args()
    refused = 0
    for seed in range(options.eerste, options.eerste + options.seeds):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = attacked(Path(folder), seed)
            except publication.PublicationError as error:
                refused += 1
                found = str(error)
        print(f"seed {seed}: {found}, {time.monotonic() - begun:.0f} s", flush=True)
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(main())
