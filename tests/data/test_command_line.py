"""The command lines of all programs: mistakes and help in Dutch, without what was typed."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.command_line import KLOPT_NIET
from tests.command import run

ROOT = Path(__file__).parents[2]
PROGRAMS = ("data.demo", "data.intake", "queries.openbaar", "queries", "pages.briefing")


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_mistake_is_told_in_dutch_and_nothing_else(program):
    done = run(program, "--geheim=123456782")
    assert (done.returncode, done.stdout) == (2, "")
    first, usage = done.stderr.splitlines()
    assert first.endswith(KLOPT_NIET)
    assert usage.startswith(f"python -m {program}")


@pytest.mark.parametrize("program", PROGRAMS)
def test_help_is_in_dutch(program):
    """In a process of its own: every program is found under its name and begins with the function of that name."""
    done = subprocess.run([sys.executable, "-m", program, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("gebruik: python -m ")
    assert "toon deze uitleg" in done.stdout
    assert not any(word in done.stdout for word in ("usage", "options:", "positional", "show this help"))
