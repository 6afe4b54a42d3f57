"""The installation of deploy/ in an empty folder, and what follows: take in, publish, serve, copy, put back."""

import os
import re
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from data.demo import example
from tests import towns
from tests.data.conftest import contents_of


class Machine:
    """An installation in a folder. Its commands run as its units run them, in the folder in place of /."""

    def __init__(self, root: Path):
        self.root, self.code = root, root / "opt" / "monitor"
        self.python = self.code / ".venv" / "bin" / "python"

    def environment(self, *files: str) -> dict[str, str]:
        """What systemd would give: the settings in these files, with the folder before each path."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("WI_", "PYTHON"))}
        for file in files:
            text = (self.root / "etc" / "monitor" / file).read_text(encoding="utf-8")
            own |= {"WI_LOGBOEK": f"{self.root}/var/lib/monitor/log/gebruik.jsonl"}
            own |= dict(re.findall(r"^(WI_\w+)=(.*)$", text.replace("=/", f"={self.root}/"), re.MULTILINE))
        return own

    def run(self, *command: str, expected: tuple[int, ...] = (0,)) -> str:
        """What a command says; with the secrets, as taking in and publishing have them."""
        how = {"cwd": self.code, "env": self.environment("monitor.env", "intern.env", "geheim.env"), "text": True}
        done = subprocess.run([self.python, "-m", *command], capture_output=True, check=False, **how)
        assert done.returncode in expected, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    root = tmp_path_factory.mktemp("machine")
    subprocess.run([towns.ROOT / "deploy" / "installeer", root], check=True, capture_output=True)
    return Machine(root)


def test_a_delivery_is_taken_in_published_served_and_restored_on_another_machine(machine, tmp_path):
    kept = machine.root / "var" / "lib" / "monitor"
    assert re.search(r"^WI_ZOUT=[0-9a-f]{64}$", (machine.root / "etc/monitor/geheim.env").read_text(), re.MULTILINE)
    # As the steward lays it down.
    delivery = kept / "inbox" / towns.DAY.isoformat()
    example.schrijf(delivery)
    (delivery / "klaar").touch()
    machine.run("data.intake", "--inbox", str(kept / "inbox"), expected=(0, 1))
    assert not delivery.exists()
    machine.run("queries.openbaar")
    machine.run("pages.briefing", "--naar", str(kept / "briefing" / "briefing.pdf"))
    assert (kept / "briefing" / "briefing.pdf").read_bytes().startswith(b"%PDF")
    # Nothing is wrong but that the tests run as root, where they do.
    said = machine.run("deploy.controleer", expected=(0, 2))
    assert [line for line in said.splitlines() if "FOUT:" in line and "als root" not in line] == []
    assert is_well(machine, "openbaar") and is_well(machine, "intern")
    copy = tmp_path / "kopie.tar"
    machine.run("deploy.kopie", "--naar", str(copy), "--instellingen", str(machine.root / "etc" / "monitor"))
    was = contents_of(kept)
    for folder in ("snapshots", "publicaties", "register"):
        subprocess.run(["rm", "-r", kept / folder], check=True)
    elsewhere = tmp_path / "etc"
    machine.run("deploy.kopie", "--terug", str(copy), "--instellingen", str(elsewhere))
    # What is derived is made again.
    assert contents_of(kept) == {path: what for path, what in was.items() if "afgeleid-" not in path}
    assert contents_of(elsewhere) == contents_of(machine.root / "etc" / "monitor")
    assert is_well(machine, "intern")


def is_well(machine: Machine, view: str) -> bool:
    """Whether the unit's own command serves, and says that all is well."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    unit = (machine.root / f"etc/systemd/system/monitor-{view}.service").read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=/opt/monitor/\.venv/bin/(.*) --server\.port \d+(.*)$", unit, re.MULTILINE)
    command = "".join(command.groups()).split()
    own = machine.environment("monitor.env", f"{view}.env") | {"WI_WEERGAVE": view}
    server = subprocess.Popen(
        [machine.python.with_name(command[0]), *command[1:], "--server.port", str(port), "--server.headless", "true"],
        cwd=machine.code,
        env=own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/gezond", timeout=5) as answer:
                    return answer.status == 200
            except urllib.error.HTTPError:
                return False
            except OSError:
                time.sleep(0.2)
        return False
    finally:
        server.terminate()
        server.wait(timeout=20)
