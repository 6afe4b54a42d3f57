"""What an administrator gets: settings that are all explained, units that hold, a check that finds what is wrong."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from data.snapshots import store
from deploy import controleer
from tests import towns

ROOT = Path(controleer.__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("monitor-[!.]*"))
SETTING = r"\bWI_[A-Z_]+"


def in_code():
    """The settings that the product reads."""
    rooms = [file for room in ("data", "queries", "pages") for file in (ROOT / room).rglob("*.py")]
    files = [ROOT / "dashboard.py", *rooms]
    return {name for file in files for name in re.findall(SETTING, file.read_text(encoding="utf-8"))}


def test_every_setting_is_explained_once_and_can_be_filled_in():
    explained = re.findall(rf"^\| `({SETTING[2:]})`", (DEPLOY / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(explained) == sorted(in_code())
    files = "".join((DEPLOY / name).read_text(encoding="utf-8") for name in ("monitor.env", "geheim.env"))
    # The view is set by the units.
    assert sorted(re.findall(rf"^#?({SETTING[2:]})=", files, re.MULTILINE)) == sorted(in_code() - {"WI_WEERGAVE"})
    secret = re.findall(rf"^#?({SETTING[2:]})=", (DEPLOY / "geheim.env").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(secret) == {*controleer.SECRETS, controleer.PASSWORD}


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.stem)
def test_a_unit_runs_what_is_there_and_the_public_view_has_no_secret(unit):
    text = unit.read_text(encoding="utf-8")
    commands = re.findall(r"^ExecStart=-?/opt/monitor/\.venv/bin/(\S+) (.*)$", text, re.MULTILINE)
    assert commands
    for program, arguments in commands:
        if program == "python":
            assert arguments.startswith("-m ") and find_spec(arguments.split()[1])
        else:
            assert program == "streamlit" and (ROOT / arguments.split()[1]).is_file()
    assert ("EnvironmentFile=/etc/monitor/geheim.env" in text) == (
        unit.stem in ("monitor-inname", "monitor-intern", "monitor-publicatie")
    )
    # Who shows figures makes no publication and sends no message.
    assert ("UnsetEnvironment=WI_ZOUT WI_SMTP_WACHTWOORD\n" in text) == (unit.stem == "monitor-intern")
    hidden = re.search(r"^InaccessiblePaths=(.*)$", text, re.MULTILINE)
    assert bool(hidden) == (unit.stem == "monitor-openbaar")
    assert not hidden or "/var/lib/monitor/snapshots" in hidden[1].split()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
def test_systemd_takes_the_units(tmp_path):
    told = subprocess.run(["systemd-analyze", "verify", *UNITS], capture_output=True, text=True, check=False).stderr
    assert [line for line in told.splitlines() if "is not executable" not in line] == []


class Machine:
    """A machine on which all is well, that can be bent; its environment is that of this process."""

    def __init__(self, tmp_path, monkeypatch):
        self.root, self.patch = tmp_path, monkeypatch
        for name in [name for name in os.environ if name.startswith("WI_")]:
            monkeypatch.delenv(name)
        snapshots = shutil.copytree(towns.demo(), tmp_path / "snapshots", symlinks=True)
        publications = shutil.copytree(towns.publications(), tmp_path / "publicaties", symlinks=True)
        for folder in (snapshots, tmp_path / "log"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
        monkeypatch.setattr(store, "SNAPSHOTS", snapshots)
        monkeypatch.setattr(store, "PUBLICATIES", publications)
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(controleer, "OLDEST_DAYS", 10**6)
        monkeypatch.setattr(controleer, "SIGN_IN", tmp_path / "secrets.toml")
        monkeypatch.setenv("WI_LOGBOEK", str(tmp_path / "log" / "gebruik.jsonl"))
        for number, name in enumerate(controleer.SECRETS):
            monkeypatch.setenv(name, "0123456789abcdefghijklmnopqrstuvwxyz"[number:])


@pytest.fixture
def machine(tmp_path, monkeypatch):
    return Machine(tmp_path, monkeypatch)


def test_a_machine_on_which_all_is_well(machine, capsys):
    assert controleer.main() == 0
    told = capsys.readouterr().out
    assert controleer.TOLD["wrong"] not in told and told.endswith("klaar voor de weergave intern.\n")


def damage(folder):
    for file in store.in_use(folder).glob("*.parquet"):
        file.write_bytes(b"PAR1")


@pytest.mark.parametrize(
    ("bend", "told"),
    [
        (lambda m: m.patch.setenv("WI_PUBLICATES", "x"), "WI_PUBLICATES is geen instelling"),
        (lambda m: m.patch.setenv("WI_WEERGAVE", "binnen"), "WI_WEERGAVE is ‘binnen’"),
        (lambda m: m.patch.setattr(os, "geteuid", lambda: 0), "draait als root"),
        (lambda m: m.patch.setattr(sys, "version_info", (3, 9)), "is te oud"),
        (lambda m: store.SNAPSHOTS.chmod(0o755), "staat open voor andere gebruikers (rechten 0755)"),
        (lambda m: shutil.rmtree(store.SNAPSHOTS), "WI_SNAPSHOTS: de map"),
        (lambda m: m.patch.setenv("WI_ZOUT", "ab" * 20), "WI_ZOUT is te raden"),
        (lambda m: damage(store.SNAPSHOTS), "FOUT: "),
        (lambda m: damage(store.PUBLICATIES), "FOUT: "),
        (lambda m: m.patch.setattr(controleer, "LEAST_GB", 10**9), "GB vrij"),
        (lambda m: m.patch.setattr(controleer, "LEAST_SHARE", 101), "% "[:1]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_and_said(machine, capsys, bend, told):
    bend(machine)
    assert controleer.main() == 2
    said = capsys.readouterr().out
    assert told in said and controleer.TOLD["wrong"] in said
    assert os.environ["WI_SLEUTEL"] not in said


def test_the_public_view_may_not_reach_what_is_not_public(machine, capsys, monkeypatch):
    monkeypatch.setenv("WI_WEERGAVE", "openbaar")
    assert controleer.main() == 2
    said = capsys.readouterr().out
    assert "De openbare weergave heeft WI_ZOUT" in said and "De openbare weergave kan bij" in said
    for name in controleer.SECRETS:
        monkeypatch.delenv(name)
    monkeypatch.setattr(os, "access", lambda folder, _: folder == store.PUBLICATIES)
    assert controleer.main() == 0
