"""CONTRIBUTING.md tells the truth: what its ways add works, as it stands there, and what it names exists."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# What follows from the examples: a KPI with its value, a question with its rows, and a page with its chart.
CHECK = """
import queries
from pages import start
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

start.ensure_snapshot()
kpi = queries.answer("kpi").filter(indicator="pip_met_uitstel").row(0, named=True)
assert 0 < kpi["teller"] < kpi["noemer"], kpi
assert queries.answer("kpi_per_gebied").filter(indicator="pip_met_uitstel").height > 5
assert queries.answer("pip_per_niveau")["niveau"].to_list() == ["A2", "B1"]
app = AppTest.from_file("pages/shell.py", default_timeout=120)
app._page_hash = calc_hash("proef")
app.run()
assert not app.exception and not app.error
assert len(app.get("vega_lite_chart")) == 1
"""


def added(file: Path, block: str) -> None:
    """Puts a block at the end of a file, before the last semicolon of SQL; a new file begins with it."""
    before = file.read_text(encoding="utf-8").rstrip() if file.exists() else ""
    end = ";" if before.endswith(";") else ""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before.removesuffix(';')}\n{block.rstrip()}{end}\n", encoding="utf-8")


def test_the_ways_to_add_something_work_word_by_word(tmp_path):
    bare = tmp_path / "checkout"
    shutil.copytree(
        ROOT, bare, ignore=shutil.ignore_patterns(".venv", ".git", ".*_cache", "__pycache__", "local", "tests")
    )
    blocks = re.findall(r"```\w+ (\S+)\n(.+?)```", GUIDE, flags=re.DOTALL)
    assert len(blocks) >= 7
    for name, block in blocks:
        added(bare / name, block)
    own = {name: value for name, value in os.environ.items() if not name.startswith("WI_")}
    done = subprocess.run([sys.executable, "-c", CHECK], cwd=bare, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_the_guide_names_exists():
    named = set(re.findall(r"`((?:data|queries|pages|tests)/[\w./]*[\w/])`", GUIDE))
    assert {name for name in named if not (ROOT / name).exists()} == set()
    tree = GUIDE.split("```")[1]
    room = ""
    for line in tree.strip().splitlines():
        names = re.findall(r"([\w.]+/)(?= |$|\w+/)", line.split("  ", 1)[0] if not line.startswith(" ") else line[2:25])
        room = names[0] if not line.startswith(" ") and names else room
        for name in names if line.startswith(" ") else names[:1]:
            assert (ROOT / (room if line.startswith(" ") else "") / name).is_dir(), line
