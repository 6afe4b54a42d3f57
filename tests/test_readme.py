"""The README tells the truth: its commands are those that run, its files exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_readmes_test_command_word_for_word():
    commands = re.findall(r"```bash\n(.+?)\n```", README, flags=re.DOTALL)
    (test_command,) = [command for command in commands if "pytest" in command]
    assert test_command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_one_command_starts_the_dashboard():
    commands = re.findall(r"```bash\n(.+?)\n```", README, flags=re.DOTALL)
    (run_command,) = [command for command in commands if "streamlit run" in command]
    assert "\n" not in run_command
    assert "-r requirements.txt" in run_command and run_command.endswith("streamlit run dashboard.py")


def test_every_file_that_the_readme_names_exists():
    named = re.findall(r"\]\((?!http)([^)#]+)\)", README) + re.findall(
        r"`((?:data|queries|pages|tests)/[\w./]*)`", README
    )
    assert named
    missing = [name for name in named if not (ROOT / name).exists() and not name.startswith("data/snapshots")]
    assert missing == []


def test_requirements_are_pinned():
    for name in ("requirements.txt", "tests/requirements.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+", line), line
