"""A delivery of a million persons made and taken in, by the real commands in processes of their own: time and memory.

python -m tests.benchmarks intake [number of persons]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEILDATUM = ("--peildatum", "2022-12-31")
# MiB: twice what a million persons asked for when this was written.
LIMIT = 2_048


def main(persons: int = 1_000_000) -> None:
    """Print per command persons per second and peak memory; SystemExit when one fails or asks more than the limit."""
    with tempfile.TemporaryDirectory() as temporary:
        delivery, snapshots = Path(temporary) / "levering", Path(temporary) / "snapshots"
        for arguments in (
            ("data.demo", "--naar", delivery, *PEILDATUM, "--personen", persons),
            ("data.intake", delivery, *PEILDATUM, "--naar", snapshots),
        ):
            started = time.perf_counter()
            process = subprocess.Popen([sys.executable, "-m", *map(str, arguments)])
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            # Linux gives ru_maxrss in KiB.
            seconds, peak = time.perf_counter() - started, usage.ru_maxrss / 2**10
            print(f"{arguments[0]:<12}{persons / seconds:>10,.0f} persons per second, peak memory {peak:,.0f} MiB")
            if process.returncode or peak > LIMIT:
                raise SystemExit(f"exit status {process.returncode}, limit {LIMIT:,} MiB")
        size = sum(path.stat().st_size for path in delivery.iterdir()) / 2**20
        print(f"{persons:,} persons are {size:,.0f} MiB of parquet")
