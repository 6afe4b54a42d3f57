"""The real application on a free port, and Chromium to look at it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from filelock import FileLock

ROOT = Path(__file__).parents[2]
# Of this run of the tests and no other: its workers inherit the name.
RUN = Path(tempfile.gettempdir()) / os.environ.setdefault("WI_TESTRUN", f"monitor-tests-{os.getpid()}")
CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
# Streamlit looks for its server relative to a deep link first; a miss there is how it finds the root.
EXPECTED_MISSES = ("/_stcore/health", "/_stcore/host-config")

# Streamlit in this process, with another folder of snapshots than the one in the working tree.
_START = """
import sys
from pathlib import Path
from data.snapshots import store
store.SNAPSHOTS = Path(sys.argv.pop(1))
from streamlit.web import cli
sys.argv[0] = "streamlit"
cli.main()
"""


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
    server, address = started(root, *options, port=port, **environment)
    try:
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()


def shared(root: Path, **environment: str) -> str:
    """As running, for tests that only look: one application for all of them, in all workers, until the run ends."""
    name = hashlib.sha256(repr((root, environment)).encode()).hexdigest()[:16]
    RUN.mkdir(exist_ok=True)
    told = RUN / f"{name}.server"
    with FileLock(RUN / f"{name}.lock"):
        if not told.exists():
            server, address = started(root, **environment)
            told.write_text(f"{server.pid} {address}")
    return told.read_text().split()[1]


def stop_shared() -> None:
    """Ends what shared started; to be called when all workers are done."""
    for told in RUN.glob("*.server"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(told.read_text().split()[0]), signal.SIGTERM)
    shutil.rmtree(RUN, ignore_errors=True)


def started(root: Path, *options: str, port: int | None = None, **environment: str) -> tuple[subprocess.Popen, str]:
    """As running, without an end: gives the process and its address."""
    port = port or free_port()
    command = [sys.executable, "-c", _START, str(root), "run", "dashboard.py", "--server.port", str(port)]
    command += ["--server.headless", "true", *options]
    own = os.environ | environment
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{port}"
        wait_until_healthy(server, address, log)
    return server, address


def wait_until_healthy(server: subprocess.Popen, address: str, log=None) -> None:
    """Waits until the server answers; RuntimeError, with its log, when it does not within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        # Any other answer than a good one is an error.
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
            return
        time.sleep(0.2)
    server.kill()
    if log:
        log.seek(0)
    raise RuntimeError(f"the application did not start:\n{log.read() if log else ''}")


# Keeps in window.refused what the content security policy refuses.
REFUSALS = """window.refused = []; document.addEventListener('securitypolicyviolation',
    event => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));"""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
# What sticks out of the page at the right, where nothing can be scrolled sideways but a table within its own edges.
_OUTSIDE = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(part => part.getClientRects().length
    && part.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    && !part.closest('.tabel, [role=tablist], svg, code')).map(part => part.outerHTML.slice(0, 120)).slice(0, 3)"""


def outside(page) -> list[str]:
    """What does not fit in the width of the window."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return (["the page"] if wide else []) + page.evaluate(_OUTSIDE)


def violations(page, within: str = "") -> list[tuple[str, list[str]]]:
    """What axe finds against WCAG 2.1 A and AA, on the page or within an element: the rule and where."""
    context = {"include": [[within]]} if within else None
    found = Axe().run(page, context=context, options=WCAG).response["violations"]
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found]


def error_in(message) -> list[str]:
    """The error that a message of the console tells, in a list of one; none for what is expected."""
    place = message.location.get("url", "")
    wrong = message.type == "error" and not place.endswith(EXPECTED_MISSES)
    return [f"{message.text} ({place})"] if wrong else []


_MARK = """(chart, name) => [...chart.querySelectorAll('path')]
    .find(path => Object.values(path.__data__?.datum ?? {}).includes(name))"""


def mark(page, name: str, number: int = 0):
    """The first bar or dot of a chart that is about a name; it has none for a screen reader. number: which chart."""
    return page.locator("svg.marks").nth(number).evaluate_handle(_MARK, name).as_element()


# The title is there, no script runs, nothing is marked as of an earlier run or has its code still to come, and nothing
# is still fading in or out: axe would measure the contrast of half a fade.
_SETTLED = """() => document.querySelector('h1')
    && document.querySelector('[data-test-script-state]')?.dataset.testScriptState !== 'running'
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && !document.getAnimations().some(animation => animation.playState === 'running'
        && animation.effect?.getComputedTiming().iterations !== Infinity)"""


def settle(page) -> None:
    """Waits until the page has its title and neither Streamlit nor the browser is busy with it any more."""
    for _ in range(2):
        page.wait_for_function(_SETTLED, timeout=60_000)
        page.wait_for_timeout(150)


def open_list(box) -> None:
    """Opens the list of a filter. With the mouse it opens as the button goes down, at first under the pointer: what
    lets go at once, as a test does on a busy machine, would choose what lies there.
    """
    box.focus()
    box.press("ArrowDown")


def each_tab(page) -> Iterator[None]:
    """Opens each tab of the page in turn, and every table that is in it; a page without tabs is one."""
    for number in range(max(1, page.get_by_role("tab").count())):
        if number:
            page.get_by_role("tab").nth(number).click()
            page.wait_for_function(
                "n => document.querySelectorAll('[role=tab]')[n].ariaSelected === 'true'", arg=number
            )
            settle(page)
        # All at once: the server then answers once.
        closed = page.locator("details:not([open])").get_by_text("Toon de tabel")
        page.evaluate("count => window.tables = count", page.locator(".tabel").count() + closed.count())
        closed.evaluate_all("all => all.forEach(one => one.click())")
        page.wait_for_function("() => document.querySelectorAll('.tabel').length === window.tables")
        settle(page)
        yield
