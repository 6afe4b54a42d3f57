"""The real application on a free port, and Chromium to look at it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Streamlit looks for its server relative to a deep link first; a miss there is how it finds the root.
EXPECTED_MISSES = ("/_stcore/health", "/_stcore/host-config")

# Streamlit in this process, with another folder of snapshots than the one in the working tree.
_START = """
import sys
from pathlib import Path
from data import snapshot
snapshot.SNAPSHOTS = Path(sys.argv.pop(1))
from streamlit.web import cli
sys.argv[0] = "streamlit"
cli.main()
"""


def make_demo(root: Path) -> None:
    """Puts a demo snapshot in use in a folder of snapshots."""
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from data import demo; demo.publiceer_demo(pathlib.Path(sys.argv[1]))",
            str(root),
        ],
        cwd=ROOT,
        check=True,
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def running(root: Path, *options: str, port: int | None = None, **environment: str) -> Iterator[str]:
    """The application on a free port, on the snapshots in root; gives its address, and stops it afterwards.

    options: of Streamlit's command line. environment: variables that are set for it. Raises RuntimeError, with the
    server's log, when it does not answer within a minute.
    """
    port = port or free_port()
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            [
                sys.executable, "-c", _START, str(root),
                "run", "dashboard.py", "--server.port", str(port), "--server.headless", "true", *options,
            ],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_healthy(server, address, log)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait_until_healthy(server: subprocess.Popen, address: str, log) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.2)
    log.seek(0)
    raise RuntimeError(f"the application did not start:\n{log.read()}")


# The title is there, no script runs, nothing is marked as of an earlier run, and nothing is still fading in or out:
# axe would measure the contrast of half a fade.
_SETTLED = """() => document.querySelector('h1')
    && document.querySelector('[data-test-script-state]')?.dataset.testScriptState !== 'running'
    && !document.querySelector('[data-stale="true"]')
    && !document.getAnimations().some(animation => animation.playState === 'running'
        && animation.effect?.getComputedTiming().iterations !== Infinity)"""


def settle(page) -> None:
    """Waits until the page has its title and neither Streamlit nor the browser is busy with it any more."""
    for _ in range(2):
        page.wait_for_function(_SETTLED, timeout=60_000)
        page.wait_for_timeout(250)
