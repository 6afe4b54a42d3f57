"""Each question beside the same answer in plain Polars and in plain pandas (twins.py), side by side in one run.

python -m tests.benchmarks questions [persons]...
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

import queries
from data.snapshots.manifest import Manifest
from queries.database import Database
from tests.benchmarks import rows, twins

CHECKED, SIZES = 3_000, (3_000, 300_000, 3_000_000)
LIBRARIES = ("monitor", "polars", "pandas")


def check(database: Database, library: str, selection: queries.Selection | None = None) -> None:
    """That every answer is that of its twin, its shares within 1e-9; AssertionError says which is not."""
    selection = selection or queries.Selection()
    town = rows.read(library, database.folder, selection.peildatum or database.peildatum)
    assert set(twins.ANSWERS) == set(queries.VRAGEN)
    for name, twin in twins.ANSWERS.items():
        chosen = replace(selection, **twins.CHOSEN.get(name, {}))
        answer = queries.answer(name, chosen, database).drop(twins.SENTENCES.get(name, ()))
        other = pl.DataFrame(list(twin(town)), schema=answer.schema, orient="row")
        if "noemer" in answer.columns:
            # Groups without anybody may be left out.
            answer, other = (frame.filter(pl.col("noemer") > 0) for frame in (answer, other))
        try:
            assert_frame_equal(other, answer, check_row_order=False, rel_tol=0, abs_tol=1e-9)
        except AssertionError as error:
            raise AssertionError(f"{name} in {library} (left) is not that of the monitor: {error}") from error


def seconds(do: Callable[[], object]) -> float:
    """The least that it takes of three times; what takes long is done once."""
    found: list[float] = []
    while len(found) < 3 and sum(found) < 1:
        began = time.perf_counter()
        do()
        found.append(time.perf_counter() - began)
    return min(found)


def peak() -> float:
    """The most memory that this process had, in MiB; what getrusage says begins with that of its parent."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 2**10


def measured(library: str, folder: Path) -> dict:
    """Seconds to open a snapshot and per question, and MiB at most; in a process of its own."""
    began = time.perf_counter()
    if library == "monitor":
        source = Database(folder)
        chosen = {name: queries.Selection(**twins.CHOSEN.get(name, {})) for name in queries.VRAGEN}
        asks = {name: lambda name=name: queries.answer(name, chosen[name], source) for name in queries.VRAGEN}
    else:
        town = rows.read(library, folder, Manifest.read(folder).peildatum)
        asks = {name: lambda twin=twin: list(twin(town)) for name, twin in twins.ANSWERS.items()}
    opened = time.perf_counter() - began
    took = {name: seconds(asks[name]) for name in queries.VRAGEN}
    return {"opened": opened, "took": took, "peak": peak()}


def table(found: dict[str, dict]) -> None:
    """Print per question the monitor's seconds, and how many times as long the others take."""
    print(f"{'':<26}" + "".join(f"{library:>12}" for library in LIBRARIES))
    print(f"{'opened':<26}" + "".join(f"{each['opened']:>10.2f} s" for each in found.values()))
    print(f"{'memory at most':<26}" + "".join(f"{each['peak']:>8,.0f} MiB" for each in found.values()))
    sums = {library: each["took"] | {"all questions": sum(each["took"].values())} for library, each in found.items()}
    for name, own in sums["monitor"].items():
        ratios = "".join(f"{sums[library][name] / own:>10.1f} x" for library in LIBRARIES[1:])
        print(f"{name:<26}{own:>10.3f} s{ratios}", flush=True)


def made(folder: Path, size: int) -> Path:
    """The demo of that many persons, with all that can be delivered."""
    command = [sys.executable, "-m", "data.demo", "--naar", str(folder), "--personen", str(size), "--met-statushouder"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


def main(*sizes: int) -> None:
    """Check every twin, then print per size what the questions take."""
    with tempfile.TemporaryDirectory() as temporary:
        small = Database(made(Path(temporary) / "small", CHECKED))
        for library in LIBRARIES[1:]:
            check(small, library)
    print(
        f"each of the {len(twins.ANSWERS)} answers is the same in the monitor, Polars and pandas ({CHECKED:,} persons)"
    )
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as temporary:
            folder, found = made(Path(temporary) / "demo", size), {}
            for library in LIBRARIES:
                command = [sys.executable, "-m", "tests.benchmarks.questions", library, str(folder)]
                done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                found[library] = json.loads(done.stdout)
        print(f"\n{size:,} persons")
        table(found)


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]))))
