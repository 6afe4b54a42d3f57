"""Screenshots of every page at 1400 and 400 pixels wide, light and dark, from the real application.

python tests/browser/screenshot.py --naar DIR [--pagina NAAM]... [--filters "stadsdeel=Noord"] [--beeld 768:dark]...
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import application
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(application.ROOT))

from pages.contents import FIRST, PAGES

VIEWS = ("1400:light", "400:light", "1400:dark")


def photograph(address: str, names: list[str], filters: str, views: list[str], folder: Path) -> None:
    """Writes <name>_<width>_<scheme>.png for every page and view, at the page's full height."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=application.CHROMIUM, args=application.FLAGS)
        for name in names:
            for width, scheme in (view.split(":") for view in views):
                context = browser.new_context(viewport={"width": int(width), "height": 900}, color_scheme=scheme)
                page = context.new_page()
                page.goto(f"{address}/{'' if name == FIRST else name}?{filters}")
                application.settle(page)
                page.wait_for_timeout(1_000)
                height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                page.set_viewport_size({"width": int(width), "height": max(900, min(height, 8_000))})
                page.wait_for_timeout(600)
                page.screenshot(path=folder / f"{name}_{width}_{scheme}.png")
                context.close()
        browser.close()


def main() -> None:
    """Reads the arguments, starts the application and takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--naar", type=Path, required=True)
    parser.add_argument("--pagina", action="append", choices=list(PAGES))
    parser.add_argument("--filters", default="")
    parser.add_argument("--beeld", action="append", help="a width and a theme; default: " + ", ".join(VIEWS))
    parser.add_argument("--snapshots", type=Path, help="a folder of snapshots; default: a fresh demo")
    asked = parser.parse_args()
    # Without snapshots the application makes its demo, as at any first start.
    scratch = tempfile.TemporaryDirectory()
    with scratch as empty, application.running(asked.snapshots or Path(empty)) as address:
        photograph(address, asked.pagina or list(PAGES), asked.filters, asked.beeld or list(VIEWS), asked.naar)


if __name__ == "__main__":
    main()
