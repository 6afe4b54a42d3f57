"""Make a demo of a million persons and print how fast it went and how much memory it took.

python tests/benchmarks/demo_million.py [number of persons]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from data.demo import municipality


def main(personen: int) -> None:
    """Print persons per second, seconds, peak memory in MiB and the size of the files in MiB."""
    with tempfile.TemporaryDirectory() as temporary:
        started = time.perf_counter()
        folder = municipality.maak(Path(temporary) / "demo", personen=personen, voortgang=True)
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
    # Linux gives ru_maxrss in KiB.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{personen:,} persons in {seconds:.1f} s: {personen / seconds:,.0f} persons per second")
    print(f"peak memory {peak:,.0f} MiB, files {size:,.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
