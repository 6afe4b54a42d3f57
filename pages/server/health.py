"""Whether all is well, for whoever watches: ``/gezond``, and figures for Prometheus on a port of their own.

No figure about persons is in either. ``WI_METINGEN_POORT`` is a port of this machine only; without it there are none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from prometheus_client import REGISTRY, Counter, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

import queries

PATH, PORT = "gezond", "WI_METINGEN_POORT"
# Of a disk with less free there is soon none left: a delivery, its snapshot and a publication have to fit.
LEAST_BYTES, LEAST_SHARE = 2 * 10**9, 0.05

ANSWERS = Counter("monitor_http_answers", "Answers over http, by the first digit of their status", ["status"])
FAILURES = Counter("monitor_failures", "What went wrong on a page, as its reader was told", ["kind"])


def state() -> dict[str, Any]:
    """What is in use, how old it is in days, and the room on the disk; goed: whether all of that is well.

    The view openbaar looks at the publication alone, the view intern at both; its delivery is what it needs. achter: a
    store that machines share could not be looked at; then all is well with what is here.
    """
    public = queries.view() == queries.OPENBAAR
    opens = {"publicatie": queries.open_publication} | ({} if public else {"levering": queries.open_database})
    found: dict[str, Any] = {name: _of(open_source) for name, open_source in opens.items()}
    disk = shutil.disk_usage(queries.kept_in())
    room = disk.free >= LEAST_BYTES and disk.free >= LEAST_SHARE * disk.total
    whole = found["publicatie" if public else "levering"]["heel"]
    told = {"vrij": disk.free, "deel": round(disk.free / disk.total, 3), "genoeg": room}
    return {"goed": whole and room, "weergave": queries.view(), **found, "schijf": told, "achter": queries.behind()}


def _of(open_source: Callable[[], queries.Database | queries.Publication]) -> dict[str, Any]:
    try:
        source = open_source()
    except queries.QueryError:
        return {"heel": False}
    # What was opened once is kept; that its files are gone since, it does not notice.
    files = [file.stat().st_size for file in source.folder.glob("*.parquet")]
    days = (datetime.now(UTC).date() - source.peildatum).days
    return {"heel": bool(files) and all(files), "peildatum": source.peildatum.isoformat(), "dagen": days}


async def _answer(_: Request) -> JSONResponse:
    found = await run_in_threadpool(state)
    return JSONResponse(found, status_code=200 if found["goed"] else 503, headers={"Cache-Control": "no-store"})


def routes(base: str = "") -> list[Route]:
    """The address, under the path at which the application stands."""
    return [Route(f"{base}/{PATH}", _answer)]


class _State(Collector):
    """What /gezond says, and how many people look, at the moment of asking."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found = state()
        yield GaugeMetricFamily("monitor_healthy", "Whether all is well", float(found["goed"]))
        yield GaugeMetricFamily("monitor_store_behind", "Whether the store cannot be looked at", float(found["achter"]))
        yield GaugeMetricFamily("monitor_disk_free_bytes", "Room on the disk", found["schijf"]["vrij"])
        age = GaugeMetricFamily("monitor_age_days", "Days since the peildatum of what is in use", labels=["what"])
        for name in ("levering", "publicatie"):
            if "dagen" in found.get(name, {}):
                age.add_metric([name], found[name]["dagen"])
        yield age
        yield GaugeMetricFamily("monitor_sessions", "Open tabs", _sessions())


def _sessions() -> int:
    from streamlit.runtime import Runtime

    return Runtime.instance()._session_mgr.num_active_sessions() if Runtime.exists() else 0


def measure() -> Callable[[], None]:
    """Gives the figures on the port that the deployment names, for this machine only; what it returns ends that."""
    if not (port := os.environ.get(PORT, "").strip()):
        return lambda: None
    of_state = _State()
    REGISTRY.register(of_state)
    server, _ = start_http_server(int(port), addr="127.0.0.1")

    def stop() -> None:
        server.shutdown()
        server.server_close()
        REGISTRY.unregister(of_state)

    return stop
