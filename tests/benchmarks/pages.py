"""Each page in a real browser against bare Streamlit, side by side in one run: a page with four charts and a filter,
and one with a filter and as many elements as the page has, each of them a line.

python -m tests.benchmarks pages [number of times]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import application
from playwright.sync_api import Browser, Page, sync_playwright

from pages.contents import FIRST, PAGES
from tests import towns

BARE = Path(__file__).with_name("bare.py")
# Notes when something last changed on the page, and when the line above the title did.
WATCH = """
window.changed = window.line = 0;
new MutationObserver(all => {
    window.changed = performance.now();
    if (all.some(one => (one.target.parentElement || one.target).closest?.('.getoond')
        || [...one.addedNodes].some(node => node.querySelector?.('.getoond') || node.matches?.('.getoond'))))
        window.line = performance.now();
}).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
"""
BEGIN = "window.addEventListener('click', () => window.began = performance.now(), {once: true, capture: true})"
# At rest: no script runs, and nothing has changed for a while.
REST = """() => document.querySelector('.getoond') && performance.now() - window.changed > 700
    && document.querySelector('[data-test-script-state]')?.dataset.testScriptState !== 'running'
    && !document.querySelector('[data-stale="true"]')"""


@contextmanager
def bare() -> Iterator[tuple[subprocess.Popen, str]]:
    """The process of the bare page, and its address."""
    port = application.free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(BARE), "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"]
    with tempfile.TemporaryDirectory() as elsewhere:
        server = subprocess.Popen(command, cwd=elsewhere, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            application.wait_until_healthy(server, f"http://127.0.0.1:{port}")
            yield server, f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def rest(page: Page) -> float:
    """Waits until the page is at rest; milliseconds at which it last changed."""
    page.wait_for_function(REST, timeout=300_000)
    return page.evaluate("window.changed")


def choose(page: Page, option: str) -> tuple[float, float]:
    """Chooses a stadsdeel as a visitor does; seconds until the page is at rest, and until the line has changed."""
    application.open_list(page.locator(".st-key-stadsdeel input"))
    item = page.get_by_role("option", name=option, exact=True)
    item.wait_for()
    page.wait_for_timeout(300)
    page.evaluate(BEGIN)
    item.click()
    at_rest = rest(page)
    began, line = page.evaluate("[window.began, window.line]")
    page.keyboard.press("Escape")
    return (at_rest - began) / 1000, (line - began) / 1000


def measured(browser: Browser, address: str, times: int) -> tuple[float, float, float, int]:
    """Median seconds of a first view in a fresh window, a filter change at rest, its line above the title; elements."""
    seconds = []
    for number in range(times + 1):
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(address)
        seen = rest(page) / 1000
        elements = page.locator(".stElementContainer").count()
        chosen, told = choose(page, ("Noord", "Oost")[number % 2])
        context.close()
        seconds.append((seen, chosen, told, elements))
    # The first visit warms the server up.
    return tuple(map(statistics.median, zip(*seconds[1:], strict=True)))


def main(times: int = 3) -> None:
    """Print per page: first view and filter change in seconds, and both against the two bare pages."""
    against = f"{'charts':>9}{'empty':>8}"
    print(f"{'page':<16}{'elements':>9}{'view':>10}{against}{'filter':>10}{against}{'line':>8}")
    with sync_playwright() as playwright, bare() as (_, plain), application.running(towns.demo()) as address:
        browser = playwright.chromium.launch(executable_path=application.CHROMIUM, args=application.FLAGS)
        own = measured(browser, plain, times)
        for name in ("bare page", *PAGES):
            place = f"{address}/{'' if name == FIRST else name}"
            first, change, line, elements = own if name == "bare page" else measured(browser, place, times)
            empty = measured(browser, f"{plain}/?elements={elements:.0f}", times)
            told = ""
            for each, charts, none in zip((first, change), own, empty, strict=False):
                told += f"{each:>8.2f} s{each / charts:>7.1f} x{each / none:>6.1f} x"
            print(f"{name:<16}{elements:>9.0f}{told}{line:>6.2f} s", flush=True)
        browser.close()
