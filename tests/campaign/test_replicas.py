"""Three replicas behind the proxy of deploy/, on a real S3-compatible store, of which one is killed under load.

What a browser shows goes on with its filters, and so do all other sessions; errors are counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import shutil
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests import object_store, towns
from tests.browser import application
from tests.deploy import proxy

HOST = "monitor.gemeente.example"
SESSIONS, BEFORE, AFTER = 30, 12.0, 25.0
# Seconds that somebody looks before the next change, at most; and after a cut, before the first and the next try.
LOOKS, AGAIN = 6.0, 0.5
AREAS = ("Centrum", "Noord", "Oost", "Schalkwijk", "Zuid-West")
PAGES = ("", "begeleiding", "overdracht", "leerroutes")
FILES = ("/", "/overdracht", "/data/", "/_stcore/health")

pytestmark = pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx on this machine")


class Replica:
    """One process of the view openbaar, with a copy of its own of what is published."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.port, self._folder, self._environment = application.free_port(), folder, environment
        self.start()

    def start(self) -> None:
        own = self._environment | {"WI_PUBLICATIES": str(self._folder / "publicaties"), "WI_WEERGAVE": "openbaar"}
        self.server, _ = application.started(self._folder / "geen", port=self.port, **own)

    def used(self) -> tuple[float, float]:
        """Seconds of a processor until now, and MiB of memory."""
        ticks = sum(map(int, Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
        status = Path(f"/proc/{self.server.pid}/status").read_text()
        return ticks / os.sysconf("SC_CLK_TCK"), int(status.split("VmRSS:")[1].split()[0]) / 1024


@pytest.fixture(scope="module")
def replicas(tmp_path_factory) -> Iterator[list[Replica]]:
    """Three, of a publication that another machine put in the store."""
    folder = tmp_path_factory.mktemp("replicas")
    with object_store.running(folder / "s3") as writer, contextlib.ExitStack() as held:
        writer["WI_DATA"] = f"s3://{object_store.BUCKET}/{object_store.OPEN.rpartition('/')[0]}"
        shutil.copytree(towns.publications(), folder / "publicaties", symlinks=True)
        # Who writes next to a folder that was there before the store, brings along what is in it.
        code = "from data.snapshots import store\nwith store.exclusive(store.PUBLICATIES): pass"
        own = os.environ | writer | {"WI_PUBLICATIES": str(folder / "publicaties")}
        subprocess.run([sys.executable, "-c", code], cwd=application.ROOT, env=own, check=True)
        reader = object_store.environment(writer["AWS_ENDPOINT_URL"], object_store.READER)
        reader["WI_DATA"] = writer["WI_DATA"]
        reader["STREAMLIT_SERVER_COOKIE_SECRET"] = object_store.secret_of("koek")
        found = []
        for number in range(3):
            found.append(Replica(folder / f"replica-{number}", reader))
            held.callback(lambda each=found[-1]: each.server.kill())
        yield found


@pytest.fixture(scope="module")
def port(replicas, tmp_path_factory) -> Iterator[int]:
    """The port of https."""
    instead = {r"    set .monitor http://127.0.0.1:8502;\n": "", r"# (?=set .monitor http://.replica;|add_header)": ""}
    for number, each in enumerate(replicas, 1):
        # As an address, and as a pattern for one.
        instead[rf"10\.0\.0\.1{number}:8502"] = f"127.0.0.1:{each.port}"
        instead[rf"10\\\.0\\\.0\\\.1{number}:8502"] = rf"127\.0\.0\.1:{each.port}"
    with proxy.running(tmp_path_factory.mktemp("nginx"), HOST, instead, "nginx-replicas.conf") as (_, https):
        yield https


@dataclass
class Load:
    """Sessions and requests, until they are told to end; what became of them."""

    port: int
    ended: bool = False
    killed: float | None = None
    changes: list[float] = field(default_factory=list)
    # Seconds from the cut of a connection until the page stands again.
    away: list[float] = field(default_factory=list)
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._trusting = ssl.create_default_context()
        self._trusting.check_hostname, self._trusting.verify_mode = False, ssl.CERT_NONE

    async def all(self) -> None:
        await asyncio.gather(self.requests(), *(self.session(random.Random(number)) for number in range(SESSIONS)))

    async def requests(self) -> None:
        async with httpx.AsyncClient(verify=self._trusting, headers={"Host": HOST}, timeout=10) as client:
            while not self.ended:
                path = FILES[self.asked % len(FILES)]
                self.asked += 1
                try:
                    answer = await client.get(f"https://127.0.0.1:{self.port}{path}")
                    if answer.status_code != 200:
                        self.failed.append(f"{path}: {answer.status_code}")
                except httpx.HTTPError as error:
                    self.failed.append(f"{path}: {type(error).__name__}")
                await asyncio.sleep(0.1)

    async def session(self, lots: random.Random) -> None:
        """Somebody who changes the filter now and then, and whose browser connects again when it is cut off."""
        page, area, cookie, cut = lots.choice(PAGES), lots.choice(AREAS), {}, None
        while not self.ended:
            try:
                async with self._connected(cookie) as socket:
                    if told := socket.response.headers.get("Set-Cookie"):
                        cookie = {"Cookie": told.partition(";")[0]}
                    message = BackMsg()
                    message.rerun_script.page_name = page
                    message.rerun_script.query_string = f"stadsdeel={area}"
                    head, widget, script = await self._told(socket, message)
                    if f"stadsdeel {area}" not in head:
                        self.wrong.append(f"a session without its filter: {head[:100]}")
                    if cut is not None:
                        self.away.append(time.monotonic() - cut)
                        cut = None
                    while not self.ended:
                        await asyncio.sleep(lots.random() * LOOKS)
                        chosen = lots.choice([each for each in AREAS if each != area])
                        message = BackMsg()
                        message.rerun_script.page_script_hash = script
                        message.rerun_script.query_string = f"stadsdeel={area}"
                        message.rerun_script.widget_states.widgets.add(id=widget, string_value=chosen)
                        # From now on it stands in the link.
                        area, began = chosen, time.monotonic()
                        head, widget, script = await self._told(socket, message, widget, script)
                        if f"stadsdeel {area}" not in head:
                            self.wrong.append(f"a change that was not made: {head[:100]}")
                        self.changes.append(time.monotonic() - began)
            except (OSError, WebSocketException, TimeoutError) as error:
                if self.killed is None:
                    self.wrong.append(f"a session cut before the kill: {type(error).__name__}")
                cut = cut or time.monotonic()
                await asyncio.sleep(AGAIN)
        if cut is not None:
            self.wrong.append("a session that did not come back")

    def _connected(self, cookie: dict[str, str]) -> connect:
        how = {"ssl": self._trusting, "origin": f"https://{HOST}", "subprotocols": ["streamlit"], "max_size": None}
        where = {"host": "127.0.0.1", "port": self.port, "additional_headers": cookie}
        return connect(f"wss://{HOST}/_stcore/stream", **how, **where)

    async def _told(self, socket, message: BackMsg, widget: str = "", script: str = "") -> tuple[str, str, str]:
        """What the head of the page says after a message, the filter in it, and the page."""
        await socket.send(message.SerializeToString())
        head = ""
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), 30))
            kind = told.WhichOneof("type")
            if kind == "navigation":
                script = told.navigation.page_script_hash
            elif kind == "delta" and told.delta.new_element.selectbox.label == "Stadsdeel":
                widget = told.delta.new_element.selectbox.id
            elif kind == "delta" and 'class="getoond"' in told.delta.new_element.html.body:
                head = told.delta.new_element.html.body.partition('class="getoond"')[2]
            elif kind == "delta" and told.delta.new_element.exception.message:
                self.wrong.append(told.delta.new_element.exception.message)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return head, widget, script

    def told(self) -> str:
        """What became of all of it."""
        usual, slow = statistics.median(self.changes), statistics.quantiles(self.changes, n=20)[-1]
        return (
            f"{SESSIONS} sessions, {len(self.changes)} changes of a filter in {usual:.2f} s (p95 {slow:.2f} s)\n"
            f"{len(self.away)} cut and back with their filter, the last after {max(self.away):.1f} s\n"
            f"wrong: {self.wrong}\n"
            f"{self.asked} requests, failed: {self.failed}"
        )


@contextlib.contextmanager
def under_load(port: int) -> Iterator[Load]:
    load = Load(port)
    thread = threading.Thread(target=lambda: asyncio.run(load.all()))
    thread.start()
    try:
        yield load
    finally:
        load.ended = True
        thread.join(60)
        assert not thread.is_alive()


class Browser:
    """One reader with a real browser."""

    def __init__(self, playwright, port: int) -> None:
        rule = f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{port}"
        flags = [*application.FLAGS, rule]
        browser = playwright.chromium.launch(executable_path=application.CHROMIUM, args=flags)
        self._visit = browser.new_context(ignore_https_errors=True)
        self.page = self._visit.new_page()
        self.page.goto(f"https://{HOST}/overdracht")
        self.page.evaluate("window.stays = true")

    def place(self) -> int:
        """Which replica it stays with, as the proxy told it."""
        (place,) = (int(each["value"]) - 1 for each in self._visit.cookies() if each["name"] == "replica")
        return place

    def shows(self, area: str) -> bool:
        """Whether it shows an area, in the page that it opened first."""
        shown = self.page.evaluate("words => document.querySelector('.getoond').innerText.includes(words)", area)
        return shown and self.page.url.endswith(f"?stadsdeel={area}") and self.page.evaluate("window.stays")

    def choose(self, area: str) -> None:
        application.open_list(self.page.locator(".st-key-stadsdeel input"))
        self.page.get_by_role("option", name=area, exact=True).click()
        self.page.wait_for_url(f"**/overdracht?stadsdeel={area}")
        application.settle(self.page)

    def take_along(self) -> int:
        """The size of a file of the page."""
        self.page.get_by_role("main").get_by_role("button", name="Downloaden").first.click()
        with self.page.expect_download() as download:
            self.page.locator("[data-testid=stPopoverBody] button", has_text="Tabel als CSV").click()
        return download.value.path().stat().st_size


@pytest.mark.skipif(application.CHROMIUM is None, reason="no Chromium on this machine")
def test_one_replica_is_killed_under_load_and_every_session_goes_on_with_its_filters(replicas, port):
    with sync_playwright() as playwright, under_load(port) as load:
        browser = Browser(playwright, port)
        browser.choose("Schalkwijk")
        used, changes = sum(each.used()[0] for each in replicas), len(load.changes)
        browser.page.wait_for_timeout(BEFORE * 1000)
        cost = (sum(each.used()[0] for each in replicas) - used) / (len(load.changes) - changes)
        memory = [round(each.used()[1]) for each in replicas]
        killed, load.killed = browser.place(), time.monotonic()
        replicas[killed].server.kill()
        browser.page.wait_for_event("websocket")
        back = time.monotonic() - load.killed
        browser.page.wait_for_timeout(3_000)
        application.settle(browser.page)
        assert browser.shows("Schalkwijk")
        browser.choose("Noord")
        moved = browser.place()
        assert moved != killed
        browser.page.wait_for_timeout(AFTER * 1000)
        replicas[killed].start()
        # It takes part again, and who moved stays where he is: so are the files of his page.
        browser.page.wait_for_timeout(12_000)
        browser.choose("Oost")
        assert browser.place() == moved and browser.shows("Oost") and browser.take_along()
    print(load.told())
    print(f"the browser was back after {back:.1f} s; {cost:.3f} s of a processor for a change, {memory} MiB")
    assert len(load.away) > SESSIONS / 6 and load.wrong == []
    # An answer that was on its way when the replica was killed is lost; what is asked then, another gives.
    assert len(load.failed) <= 1
