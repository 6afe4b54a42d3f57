"""What holds for every test: what takes longest begins first, and there is one browser for a worker."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

sys.path.append(str(Path(__file__).parent / "browser"))
import application

TESTS = Path(__file__).parent
# The many processes that the tests start read what was compiled, and do not compile it again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Begun first, so that at the end no worker waits for another.
LONG = ("browser",)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.relative_to(TESTS).parts[0] not in LONG)


def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        application.stop_shared()


@pytest.fixture(scope="session")
def chromium():
    """One Chromium for all tests; without it they are skipped, in CI they fail."""
    if application.CHROMIUM is None:
        missing = "no Chromium found; install it or name it in the environment variable CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=application.CHROMIUM, args=application.FLAGS)
        yield browser
        browser.close()
