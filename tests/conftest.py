"""What holds for every test: what takes longest begins first, and there is one browser for a worker."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
from multiprocessing import forkserver as forkserver_of_python
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import sync_playwright

from data import contract

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


@pytest.fixture
def college_says(tmp_path, monkeypatch):
    """Puts lines in the file of what the college says: college_says("pip_tijdig,,2022-12-31,Tekst.,,")."""
    folder = tmp_path / "reference"
    shutil.copytree(contract.REFERENTIE_MAP, folder)
    monkeypatch.setattr(contract, "REFERENTIE_MAP", folder)
    file = folder / "duiding.csv"
    return lambda *lines: file.write_text("\n".join([file.read_text().strip(), *lines, ""]), encoding="utf-8")


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


@pytest.fixture
def forkserver(monkeypatch):
    """Where the processes that are killed fork from; there is one for a worker, so it has imported what takes long.

    Without a main module: the test of a page leaves that page behind as one, and every process would run it first.

    Libraries alone: what is ours asks polars as it is imported, and whatever forked after that would wait for ever. One
    thread each: what is killed here is small, and starting threads would take longer than its work.
    """
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("POLARS_MAX_THREADS", "1")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["dataframely", "duckdb", "scipy.special"])
        forkserver_of_python.ensure_running()
    return context
