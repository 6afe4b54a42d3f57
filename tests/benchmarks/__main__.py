"""Every benchmark under one command, with the machine named; see tests/README.md.

python -m tests.benchmarks [pages | viewers | questions | intake | briefing] [number]...
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "browser"))

ALL = ("pages", "viewers", "questions", "intake", "briefing")


def main(arguments: list[str]) -> None:
    """Name the machine and run what is asked for, or everything."""
    cpu = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    print(f"{os.cpu_count()} × {cpu}, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}\n")
    for name in arguments[:1] or ALL:
        importlib.import_module(f"tests.benchmarks.{name}").main(*map(int, arguments[1:]))
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
