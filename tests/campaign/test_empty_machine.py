"""deploy/README.md followed on an empty Debian in which systemd runs: two machines, one restored from the other's copy.

As root, with mmdebstrap and systemd-nspawn and the archive of Debian within reach; elsewhere test_install.py does what
can be done in a folder.
"""

import contextlib
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests import towns

NEEDED = ("mmdebstrap", "systemd-nspawn", "nsenter")
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not all(map(shutil.which, NEEDED)), reason="needs root, mmdebstrap and systemd-nspawn"
)
# What step 1 of the README names, and what every Debian on a machine has.
PACKAGES = "python3-venv,openssl,nginx,systemd-sysv,dbus,ca-certificates"
NSPAWN = ("systemd-nspawn", "--quiet", "--keep-unit", "--register=no", "--console=pipe")
# How this machine reaches packages.
REACHED_BY = ("/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
KEPT = "/var/lib/monitor"
SIGN_IN = """[auth]
redirect_uri = "https://intern.gemeente.example/oauth2callback"
cookie_secret = "0123456789abcdefghijklmnopqrstuvwxyz"
client_id = "a"
client_secret = "b"
server_metadata_url = "https://login.example/x"
"""
# The links that a reader kept, and what a machine says of itself; each until it is there.
ASK = """
import ssl, sys, time, urllib.request
trusting = ssl.create_default_context()
trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
for _ in range(200):
    try:
        asked = urllib.request.Request(sys.argv[1], headers={"Host": sys.argv[2]})
        sys.stdout.buffer.write(urllib.request.urlopen(asked, context=trusting, timeout=20).read())
        sys.exit()
    except OSError as error:
        last = error
        time.sleep(0.2)
sys.exit(str(last))
"""


class Machine:
    """A Debian in a folder. Before ``running`` it has the network of this machine, within it none but its own."""

    def __init__(self, root: Path, base: Path):
        self.root, self.leader = root, None
        subprocess.run(["cp", "-a", base, root], check=True)
        for file in filter(os.path.exists, REACHED_BY):
            shutil.copy(file, f"{root}{file}")
        files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=towns.ROOT, capture_output=True)
        packed = ["tar", "-cf", root / "monitor.tar", "-T", "-"]
        subprocess.run(packed, cwd=towns.ROOT, input=files.stdout, check=True)
        command = "mkdir /root/monitor && tar -C /root/monitor -xf /monitor.tar && /root/monitor/deploy/installeer"
        reached = [f"--setenv={name}={value}" for name, value in os.environ.items() if name.startswith("PIP_")]
        outside = (*NSPAWN, "-D", root, "--resolv-conf=copy-host", *reached)
        subprocess.run([*outside, "sh", "-c", command], check=True, capture_output=True, stdin=subprocess.DEVNULL)

    @contextlib.contextmanager
    def running(self):
        """With systemd as its first process."""
        booted = subprocess.Popen(
            [*NSPAWN, "-D", self.root, "--private-network", "--boot"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            children, deadline = Path(f"/proc/{booted.pid}/task/{booted.pid}/children"), time.monotonic() + 60
            while booted.poll() is None and time.monotonic() < deadline:
                if (found := children.read_text().split()) and (self.root / "run").exists():
                    self.leader = found[0]
                    with contextlib.suppress(subprocess.CalledProcessError):
                        self.run("systemctl is-system-running --wait || systemctl is-active --quiet multi-user.target")
                        break
                time.sleep(0.2)
            yield
        finally:
            booted.terminate()
            booted.wait(timeout=60)

    def run(self, command: str) -> str:
        """What a command of root says. Raises CalledProcessError."""
        inside = ["nsenter", "-t", self.leader, "-m", "-u", "-i", "-n", "-p", "-C", "env", "-i", PATH, "LANG=C.UTF-8"]
        done = subprocess.run([*inside, "sh", "-c", command], capture_output=True, text=True, check=False)
        if done.returncode:
            print(command, done.stdout, done.stderr, sep="\n")
            done.check_returncode()
        return done.stdout + done.stderr

    def start(self) -> None:
        """Steps 3 to 5 of the README."""
        for view in ("intern", "openbaar"):
            files = f"-keyout /etc/monitor/tls/{view}.key -out /etc/monitor/tls/{view}.pem"
            self.run(f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={view}.gemeente.example {files}")
        self.run("sed -i 's/^#WI_/WI_/; s/^WI_BERICHT/#&/' /etc/monitor/*.env")
        (self.root / "etc/monitor/secrets.toml").write_text(SIGN_IN)
        self.run("chmod 600 /etc/monitor/secrets.toml && chown monitor-intern /etc/monitor/secrets.toml")
        self.check()

    def check(self) -> None:
        """Steps 4 and 5."""
        for view in ("intern", "openbaar"):
            self.run(f"/opt/monitor/deploy/als {view} deploy.controleer")
        units = "monitor-intern monitor-openbaar monitor-inname.timer monitor-publicatie.timer"
        self.run(f"systemctl enable --now {units} && systemctl restart nginx")

    def deliver(self, day: str) -> None:
        """A delivery of somebody in the group of the inbox, and what a night and a month make of it."""
        self.run("id steward 2>/dev/null || useradd --groups monitor-intern steward")
        self.run("[ -d /tmp/files ] || /opt/monitor/deploy/als intern data.intake --voorbeeld /tmp/files")
        # Without the manifest of the demo, and with a file that is another, it is a real one.
        self.run("rm -f /tmp/files/manifest.json; chmod -R go+rX /tmp/files")
        folder = f"{KEPT}/inbox/{day}"
        laid = f"cp -r /tmp/files {folder} && echo >> {folder}/levering.toml && touch {folder}/klaar"
        self.run(f"su steward -c 'umask 022 && {laid}'")
        self.run("systemctl start monitor-inname")
        assert "is opgenomen" in self.run(f"su steward -c 'cat {folder}.txt'")
        self.run("systemctl start monitor-publicatie")

    def published(self, day: str) -> str:
        """Every file of a publication with its digest."""
        return self.run(f"cd {KEPT}/publicaties/{day}/ && find . -type f -exec sha256sum {{}} + | sort")

    def ask(self, address: str, host: str = "127.0.0.1") -> str:
        """What stands at an address, asked on the machine itself."""
        return self.run(f"/opt/monitor/.venv/bin/python -c '{ASK}' '{address}' {host}")

    def is_well(self) -> None:
        for port in (8501, 8502):
            assert '"goed":true' in self.ask(f"http://127.0.0.1:{port}/gezond")
        for port in (9501, 9502):
            assert "monitor_healthy 1.0" in self.ask(f"http://127.0.0.1:{port}/metrics")
        assert "Monitor inburgering" in self.ask("https://127.0.0.1/overdracht", "intern.gemeente.example")
        assert self.run("systemctl list-units --failed --no-legend 'monitor-*'") == ""

    def held_by_intern(self) -> tuple[set[str], str]:
        """The secrets that the process of the view intern has, and whether it sees the snapshots as rw or ro."""
        process = self.run("systemctl show -P MainPID monitor-intern").strip()
        secrets = re.findall("WI_SLEUTEL|WI_ZOUT|WI_SMTP_WACHTWOORD", self.run(f"cat /proc/{process}/environ"))
        how = self.run(f"nsenter -t {process} -m test -w {KEPT}/snapshots && echo rw || echo ro")
        return set(secrets), how.strip()

    def close_levering(self) -> None:
        """As the README tells, for where deliveries come by the inbox alone."""
        lines = re.search(r"^ +\[Service\]\n( +.+\n)+", (towns.ROOT / "deploy/README.md").read_text(), re.MULTILINE)[0]
        folder = self.root / "etc/systemd/system/monitor-intern.service.d"
        folder.mkdir()
        (folder / "override.conf").write_text(lines)
        self.run("systemctl daemon-reload && systemctl restart monitor-intern")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    root = tmp_path_factory.mktemp("debian") / "root"
    made = ["mmdebstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", root]
    if subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip("the archive of Debian is not reached")
    yield root
    shutil.rmtree(root)


def test_somebody_who_never_saw_it_installs_takes_in_publishes_and_restores_on_another_machine(base, tmp_path):
    link, public = "/data/kpi.csv", "monitor.gemeente.example"
    try:
        first, second = (Machine(tmp_path / name, base) for name in ("first", "second"))
        with first.running():
            first.start()
            first.deliver("2022-12-31")
            first.is_well()
            linked = first.ask(f"https://127.0.0.1{link}", public)
            assert "Schalkwijk" in linked and "<svg" in first.ask("https://127.0.0.1/beeld/kaart.svg", public)
            first.run("/opt/monitor/deploy/als root deploy.kopie --naar /root/kopie.tar")
            first.deliver("2023-01-31")
            expected = first.published("2023-01-31")
            # Longer ago than a snapshot is kept, and no longer in use.
            first.run(f"[ ! -e {KEPT}/snapshots/2022-12-31 ] && [ -e {KEPT}/publicaties/2022-12-31 ]")
        shutil.copy(first.root / "root/kopie.tar", second.root / "root/kopie.tar")
        with second.running():
            second.run("/opt/monitor/deploy/als root deploy.kopie --terug /root/kopie.tar")
            second.check()
            second.is_well()
            assert second.ask(f"https://127.0.0.1{link}", public) == linked
            second.deliver("2023-01-31")
            assert second.published("2023-01-31") == expected
            assert second.held_by_intern() == ({"WI_SLEUTEL"}, "rw")
            second.close_levering()
            second.is_well()
            assert second.held_by_intern() == (set(), "ro")
    finally:
        for name in ("first", "second"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
