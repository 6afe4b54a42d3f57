"""The log of use: who asked what, when and about which selection. Never an answer.

One JSON object per line, in ASCII, and a new file every day at midnight. ``WI_LOGBOEK`` names the file,
``WI_LOGBOEK_DAGEN`` how many days are kept. What cannot be logged is not answered.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict
from datetime import UTC, date, datetime
from logging.handlers import TimedRotatingFileHandler
from pathlib import Path
from typing import Any

import queries
from pages.access import TEXTS
from pages.access.roles import Visitor

FILE = "WI_LOGBOEK"
DAYS = "WI_LOGBOEK_DAGEN"
# Half a year: long enough to look into an incident, short enough for a log about colleagues.
DEFAULT_DAYS = 183

LOG = logging.getLogger("dashboard")

_OPENING = threading.Lock()
_handlers: dict[tuple[Path, int], _Strict] = {}


class NotLogged(queries.QueryError):
    """The log of use cannot be written."""


class _Strict(TimedRotatingFileHandler):
    """Raises what goes wrong: logging by itself swallows it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        raise

    def _open(self):
        return open(self.baseFilename, "a", encoding="utf-8", opener=_for_the_administrator_only)


def _for_the_administrator_only(path: str, how: int) -> int:
    """Opens the file itself and nothing that a link points to; also one that was there already is closed to others."""
    opened = os.open(path, how | os.O_NOFOLLOW, 0o600)
    try:
        os.fchmod(opened, 0o600)
    except OSError:
        os.close(opened)
        raise
    return opened


def file() -> Path:
    """Where the log is: as ``WI_LOGBOEK`` says, else in the state folder of the user that runs the dashboard."""
    if named := os.environ.get(FILE):
        return Path(named)
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "monitor-inburgering" / "gebruik.jsonl"


def record(who: Visitor, handeling: str, selection: queries.Selection | None = None, **more: str) -> None:
    """Writes one line. handeling: aanmelden, afmelden, geweigerd, vraag, nieuws, leveringen or download; of a steward
    who is about to do so: controleren, opnemen or terugzetten.

    more: vraag, levering, bestand or peildatum; what is empty is left out. Raises NotLogged when it cannot be written.
    """
    line: dict[str, Any] = {
        "tijd": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "uitgever": who.uitgever,
        "gebruiker": who.onderwerp,
        "rollen": who.rollen,
        "grens": who.grens,
        "handeling": handeling,
    } | {name: value for name, value in more.items() if value}
    if selection:
        line["selectie"] = {name: value for name, value in asdict(selection).items() if value}
    try:
        _handler().handle(logging.makeLogRecord({"msg": json.dumps(line, default=date.isoformat)}))
    except (OSError, ValueError) as error:
        LOG.error("log of use cannot be written: %s", type(error).__name__)
        raise NotLogged(TEXTS["page"]["not_logged"]) from error


def _handler() -> _Strict:
    """The open log; another one when the environment names another file. ValueError for a number of days below 1."""
    where, days = file(), int(os.environ.get(DAYS) or DEFAULT_DAYS)
    if days < 1:
        # Python's handler takes it for: for ever.
        raise ValueError(f"{DAYS} is below 1")
    with _OPENING:
        if (where, days) not in _handlers:
            where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _handlers[where, days] = _Strict(where, when="midnight", backupCount=days, encoding="utf-8", utc=True)
        return _handlers[where, days]
