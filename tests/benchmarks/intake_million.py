"""Take in a million persons from parquet and print how long it took and how much memory it asked for.

python tests/benchmarks/intake_million.py [number of persons] [limit in MiB]

The delivery is the demo, made first and not measured. The intake is the real command in a process of its own. Exit
status 1 when it asked for more than the limit or did not accept every row.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEILDATUM = "2022-12-31"
# Twice what a million persons asked for when this was written.
LIMIT = 2_048


def run(*arguments: object) -> tuple[int, float, float]:
    """Exit status, seconds and peak memory in MiB of a Python command in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *map(str, arguments)], cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux gives ru_maxrss in KiB.
    return process.returncode, time.perf_counter() - started, usage.ru_maxrss / 2**10


def main(personen: int, limit: int) -> int:
    """Make the delivery, take it in, and say what it took; returns the exit status."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, snapshots = Path(temporary) / "levering", Path(temporary) / "snapshots"
        made, _, _ = run("-m", "data.demo", "--naar", folder, "--peildatum", PEILDATUM, "--personen", personen)
        if made:
            return made
        size = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
        status, seconds, peak = run("-m", "data.intake", folder, "--peildatum", PEILDATUM, "--naar", snapshots)
    print(f"{personen:,} persons, {size:,.0f} MiB of parquet, in {seconds:.1f} s; exit status {status}")
    print(f"peak memory {peak:,.0f} MiB, limit {limit:,} MiB")
    return int(status != 0 or peak > limit)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(numbers + [1_000_000, LIMIT][len(numbers) :])))
