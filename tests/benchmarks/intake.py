"""The demo made, taken in and published by the real commands, beside a plain copy of its tables: time and memory.

python -m tests.benchmarks intake [persons]...
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from data.demo.municipality import PERSONEN

SIZES = (PERSONEN, 300_000, 3_000_000)
PEILDATUM = ("--peildatum", "2022-12-31")
# MiB that an intake may ask, however large the delivery; persons of whom a publication is made here at most.
LIMIT, PUBLISHED = 2_048, 300_000
# A command that says at its end, in the file named first, what memory it had at most.
SAYS = """
import atexit, pathlib, runpy, sys
told = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: told.write_text(pathlib.Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]))
sys.argv.pop(0)
"""
RUN = f'{SAYS}runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)'
# What is measured against: the eight tables read and written, nothing else done to them.
COPY = f"""{SAYS}
import polars
delivery, copy = map(pathlib.Path, sys.argv)
copy.mkdir()
for path in delivery.glob("*.parquet"):
    polars.read_parquet(path).write_parquet(copy / path.name)
"""


def ran(program: str, folder: Path, *arguments: object) -> tuple[float, float, int]:
    """Seconds, MiB at most and exit status of a program in a process of its own."""
    told, began = folder / "memory", time.perf_counter()
    done = subprocess.run([sys.executable, "-c", program, str(told), *map(str, arguments)], stdout=subprocess.DEVNULL)
    return time.perf_counter() - began, int(told.read_text()) / 2**10, done.returncode


def main(*sizes: int) -> None:
    """Print per size what each step takes, or that it was refused; SystemExit when an intake is, or asks too much."""
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            delivery, snapshots = folder / "levering", folder / "snapshots"
            steps = {
                "demo": (RUN, "data.demo", "--naar", delivery, *PEILDATUM, "--personen", size),
                "copy": (COPY, delivery, folder / "copy"),
                "intake": (RUN, "data.intake", delivery, *PEILDATUM, "--naar", snapshots),
            }
            if size <= PUBLISHED:
                published = "--snapshot", snapshots, "--naar", folder / "publicaties"
                steps["publication"] = (RUN, "queries.openbaar", *published)
            took = {name: ran(program, folder, *arguments) for name, (program, *arguments) in steps.items()}
            bytes_of_it = sum(path.stat().st_size for path in delivery.iterdir())
        print(f"{size:,} persons, {bytes_of_it / 2**20:,.1f} MiB of parquet")
        for name, (seconds, peak, status) in took.items():
            ratio = f"{seconds / took['copy'][0]:>8.1f} x a copy{peak:>9,.0f} MiB at most{'  refused' * bool(status)}"
            print(f"  {name:<12}{seconds:>9.1f} s{seconds / size * 1e6:>12,.0f} s per million{ratio}", flush=True)
        if took["intake"][1] > LIMIT or took["intake"][2]:
            raise SystemExit(f"an intake of the demo must be accepted, and may ask {LIMIT:,} MiB")
