"""What .ci/run says at its end, with every program that it starts played by a script."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CI = Path(__file__).parents[1] / ".ci"
CLEAN = {"name": "a", "version": "1", "vulns": []}
VULNERABLE = {"name": "b", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}
WARNING = "WARNING: not every dependency could be audited"


def script(path: Path, body: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def run(tmp_path):
    """Runs .ci/run where pip-audit reports these dependencies; None: it reports nothing."""

    def run(dependencies: list[dict] | None, tests: int = 0) -> subprocess.CompletedProcess:
        shutil.copytree(CI, tmp_path / ".ci")
        for name in ("python3", "chromium-headless-shell", "nginx", "openssl"):
            script(tmp_path / "bin" / name)
        for name in ("pip", "uv", "ruff", "lint-imports"):
            script(tmp_path / ".venv" / "bin" / name)
        script(tmp_path / ".venv" / "bin" / "python", f"exit {tests}")
        audit = tmp_path / ".venv-audit" / "bin"
        script(audit / "pip")
        script(audit / "python", f'exec "{sys.executable}" "$@"')
        report = tmp_path / "report.json"
        if dependencies is not None:
            report.write_text(json.dumps({"dependencies": dependencies}), encoding="utf-8")
        # The report goes to what the last argument names.
        script(audit / "pip-audit", f'for last; do :; done; cat "{report}" >"$last" || exit 1')
        own = os.environ | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
        return subprocess.run([tmp_path / ".ci" / "run"], env=own, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("dependencies", [None, [], [SKIPPED], [CLEAN, SKIPPED]])
def test_what_could_not_be_audited_is_a_warning_in_the_summary(run, dependencies):
    done = run(dependencies)
    assert done.returncode == 0, done.stderr
    summary = done.stdout.split("== Summary\n")[1]
    assert summary.startswith("tests and lint: passed\n") and WARNING in summary


@pytest.mark.parametrize(
    ("dependencies", "tests", "status", "told"),
    [
        ([CLEAN], 0, 0, "== Summary\ntests and lint: passed\ndependencies: no known vulnerability\n"),
        ([VULNERABLE], 0, 1, "pip-audit: b 1: PYSEC-1, fixed in 2"),
        ([VULNERABLE, SKIPPED], 0, 1, "pip-audit: b 1: PYSEC-1, fixed in 2"),
        ([CLEAN], 1, 1, ""),
    ],
    ids=["clean", "vulnerable", "vulnerable and skipped", "a failing test"],
)
def test_a_known_vulnerability_or_a_failing_test_ends_the_run(run, dependencies, tests, status, told):
    done = run(dependencies, tests)
    assert (done.returncode, "Summary" in done.stdout) == (status, status == 0)
    assert told in done.stdout
