"""Viewers who change filters, each a real websocket session: how long they wait, of the monitor and of the bare page.

python -m tests.benchmarks viewers [number of changes each]
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Coroutine
from pathlib import Path

import application
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from pages.contents import PAGES
from tests import towns
from tests.benchmarks import pages

Waits = tuple[float, float]
AREAS = ("Centrum", "Noord", "Oost", "Schalkwijk", "Zuid-West")
# Seconds that somebody looks before the next change, at most.
LOOKS = 4.0


class Viewer:
    """One session: opens pages and chooses areas, as a browser does over the wire."""

    def __init__(self, socket) -> None:
        self._socket, self._filter, self._hash = socket, "", ""

    async def open(self, page: str) -> float:
        """Goes to a page; seconds until it stands."""
        message = BackMsg()
        message.rerun_script.page_name = page
        return await self._asked(message)

    async def choose(self, areas: list[str]) -> float:
        """Chooses areas in the filter bar; seconds until the page stands."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._hash
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self._filter
        state.string_array_value.data.extend(areas)
        return await self._asked(message)

    async def _asked(self, message: BackMsg) -> float:
        began = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async for received in self._socket:
            told = ForwardMsg.FromString(received)
            kind = told.WhichOneof("type")
            if kind == "navigation":
                self._hash = told.navigation.page_script_hash
            elif kind == "delta" and told.delta.new_element.multiselect.label == "Stadsdeel":
                self._filter = told.delta.new_element.multiselect.id
            elif kind == "delta" and told.delta.new_element.exception.message:
                raise RuntimeError(told.delta.new_element.exception.message)
            elif kind == "script_finished" and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        return time.perf_counter() - began


async def visit(
    address: str, names: list[str], changes: int, lots: random.Random, waits: list[float], errors: list[str]
) -> None:
    """One viewer's visit: a page, a few changes of the filter, another page."""
    try:
        stream, how = f"{address.replace('http', 'ws')}/_stcore/stream", {"subprotocols": ["streamlit"]}
        async with connect(stream, origin=address, max_size=None, **how) as socket:
            viewer = Viewer(socket)
            await asyncio.sleep(lots.random() * LOOKS)
            await viewer.open(lots.choice(names))
            for _ in range(changes):
                await asyncio.sleep(lots.random() * LOOKS)
                waits.append(await viewer.choose(lots.sample(AREAS, lots.randint(0, 2))))
    except Exception as error:
        errors.append(repr(error))


def memory(server: int) -> float:
    """The resident memory of a process, in MiB."""
    status = Path(f"/proc/{server}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def _all(address: str, names: list[str], viewers: int, changes: int) -> tuple[list[float], list[str]]:
    waits, errors = [], []
    visits = (visit(address, names, changes, random.Random(number), waits, errors) for number in range(viewers))
    await asyncio.gather(*visits)
    return waits, errors


def main(changes: int = 10) -> None:
    """Print for 1, 10 and 50 viewers: the median and the 95th percentile of a change, errors, memory."""
    print(f"{'viewers':<16}{'changes':>9}{'p50':>9}{'ratio':>8}{'p95':>9}{'ratio':>8}{'errors':>8}{'memory':>12}")
    server, address = application.started(towns.demo())
    try:
        with pages.bare() as (bare, plain):
            for viewers in (1, 10, 50):
                own = _row("bare", bare, _all(plain, [""], viewers, changes), viewers)
                _row("monitor", server, _all(address, list(PAGES), viewers, changes), viewers, own)
    finally:
        server.terminate()


def _row(name: str, server, visits: Coroutine, viewers: int, own: Waits | None = None) -> Waits:
    waits, errors = asyncio.run(visits)
    p50, p95 = found = statistics.median(waits), statistics.quantiles(waits, n=20, method="inclusive")[-1]
    less, more = (mine / other for mine, other in zip(found, own or found, strict=True))
    line = f"{viewers:>3} {name:<12}{len(waits):>9}{p50:>7.2f} s{less:>8.1f}{p95:>7.2f} s{more:>8.1f}{len(errors):>8}"
    print(f"{line}{memory(server.pid):>8.0f} MiB", *sorted(set(errors)), sep="\n    ", flush=True)
    return found
