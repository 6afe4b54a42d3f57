"""What the first landed version made is read by this one: made anew by its own code, from the history in git."""

import subprocess
import sys
from pathlib import Path

import pytest

import queries
from tests import towns

FIRST = "2023e84"


def test_a_snapshot_of_the_first_version_gives_the_same_answers(tmp_path):
    there = tmp_path / "first"
    made = subprocess.run(
        ["git", "worktree", "add", "--detach", there, FIRST], cwd=towns.ROOT, capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("the history of the repository is not here")
    try:
        subprocess.run([sys.executable, "-m", "data.demo"], cwd=there, check=True, capture_output=True)
        old, new = queries.open_database(Path(there) / "data" / "snapshots"), queries.open_database(towns.folder())
        for question in queries.VRAGEN:
            given = queries.answer(question, queries.Selection(), old)
            assert given.equals(queries.answer(question, queries.Selection(), new)), question
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", there], cwd=towns.ROOT, check=False)
