"""The README tells the truth: its commands are those that run, its files exist."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import in_campaign

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Every program that it runs, as it is written there.
COMMANDS = dict.fromkeys(re.findall(r"\.venv/bin/python -m ((?:data|queries|pages)[^`\n]*)", README))
# Publishing takes long, and the briefing does it too.
PUBLISHING = "queries.openbaar"


def test_ci_runs_the_readmes_test_command_and_one_command_starts_the_dashboard():
    commands = re.findall(r"```bash\n(.+?)\n```", README, flags=re.DOTALL)
    (test_command,) = [command for command in commands if "pytest" in command]
    assert test_command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    (run_command,) = [command for command in commands if command.endswith("streamlit run dashboard.py")]
    assert "\n" not in run_command and "--require-hashes -r requirements.lock" in run_command
    programs = {command.split()[0] for command in COMMANDS}
    assert programs == {"data.intake", "queries.openbaar", "queries", "pages.briefing"}


def test_every_file_that_the_readme_names_exists():
    named = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    named += re.findall(r"`((?:data|queries|pages|tests)/[\w./]*)`", README)
    assert named
    missing = [name for name in named if not (ROOT / name).exists() and not name.startswith("data/local/snapshots")]
    assert missing == []


def locked(name: str) -> dict[str, list[str]]:
    """Every requirement of a lock file with its hashes."""
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line and not line.lstrip().startswith("#"):
            if not line.startswith(" "):
                found[requirement := line.split()[0]] = []
            found[requirement] += re.findall(r"--hash=sha256:([0-9a-f]{64})\b", line)
    return found


def test_what_is_required_is_locked_with_its_hashes():
    rooms = ("requirements", "deploy/requirements-s3", "tests/requirements")
    own, of_store, of_tests = (locked(f"{name}.lock") for name in rooms)
    for name, found in zip(rooms, (own, of_store, of_tests), strict=True):
        lines = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert {line for line in lines if line and not line.startswith(("#", "-r "))} <= set(found)
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+", each) and hashes for each, hashes in found.items())
    # The tests are of what is run.
    assert of_tests.items() >= (own | of_store).items()


@pytest.mark.parametrize("command", [*(name for name in COMMANDS if name != PUBLISHING), *in_campaign(PUBLISHING)])
def test_every_command_of_the_readme_runs_on_a_bare_checkout(tmp_path, command):
    bare = tmp_path / "checkout"
    made = shutil.ignore_patterns(".*", "__pycache__", "local", "tests")
    shutil.copytree(ROOT, bare, ignore=made)
    own = {name: value for name, value in os.environ.items() if not name.startswith("WI_")}

    def run(*arguments: str) -> subprocess.CompletedProcess:
        program = [sys.executable, "-m", *arguments]
        return subprocess.run(program, cwd=bare, env=own, capture_output=True, text=True, check=False)

    if "FOLDER" in command:
        assert run("data.intake", "--voorbeeld", "FOLDER").returncode == 0
    done = run(*shlex.split(command))
    assert done.returncode == 0, done.stderr
    assert all((bare / name).stat().st_size for name in re.findall(r"--naar (\S+)", command))
