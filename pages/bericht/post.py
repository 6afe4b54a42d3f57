"""Who gets a message, by which mail server, and which deliveries they were told of."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
import tomllib
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

import queries
from pages.access import log
from pages.bericht.message import ROLES, TEXTS

# The file with the settings, and the password of the user in it.
SETTINGS, PASSWORD = "WI_BERICHT", "WI_SMTP_WACHTWOORD"
SAYS: dict[str, str] = TEXTS["says"]
# Seconds that a mail server may keep silent.
PATIENCE = 60
_HERE = ("localhost", "127.0.0.1", "::1")


class _Part(BaseModel):
    # An error may go to a log; what stood in the file is not in it.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class MailServer(_Part):
    """The mail server. versleuteling: of the way to it; none is for a server on this machine only."""

    server: str
    poort: int = Field(587, gt=0, lt=65536)
    versleuteling: Literal["starttls", "tls", "geen"] = "starttls"
    gebruiker: str = ""

    @model_validator(mode="after")
    def _safe(self) -> MailServer:
        if self.versleuteling == "geen" and self.server not in _HERE:
            raise ValueError(SAYS["unsafe"])
        if self.gebruiker and not os.environ.get(PASSWORD):
            raise ValueError(SAYS["no_password"].format(variable=PASSWORD, user=self.gebruiker))
        return self


class Reader(_Part):
    """Who gets the same message. wijkteams: the areas it is limited to; None is the whole city."""

    naam: str = Field(min_length=1)
    rol: Literal[tuple(ROLES)]
    aan: list[str] = Field(min_length=1)
    wijkteams: tuple[str, ...] | None = None


class Settings(_Part):
    """The file that WI_BERICHT names."""

    van: str = Field(min_length=3)
    smtp: MailServer
    ontvangers: list[Reader] = Field(min_length=1)


def settings() -> Settings:
    """The settings of this deployment. Raises queries.QueryError, which names the field that is wrong."""
    if not (named := os.environ.get(SETTINGS)):
        raise queries.QueryError(SAYS["no_settings"].format(variable=SETTINGS))
    try:
        return Settings.model_validate(tomllib.loads(Path(named).read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        own = str(first.get("ctx", {}).get("error", ""))
        field = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise queries.QueryError(SAYS["wrong"].format(field=field, why=own or SAYS["kind"])) from None
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or SAYS["no_toml"]
        raise queries.QueryError(SAYS["unreadable"].format(cause=cause)) from None


def send(server: MailServer, letter: EmailMessage) -> None:
    """Hands a message to the mail server. Raises OSError (smtplib's errors are) when it does not take it."""
    safe = ssl.create_default_context()
    opened = (
        smtplib.SMTP_SSL(server.server, server.poort, timeout=PATIENCE, context=safe)
        if server.versleuteling == "tls"
        else smtplib.SMTP(server.server, server.poort, timeout=PATIENCE)
    )
    with opened as connection:
        if server.versleuteling == "starttls":
            connection.starttls(context=safe)
        if server.gebruiker:
            connection.login(server.gebruiker, os.environ[PASSWORD])
        connection.send_message(letter)


class Told:
    """Which delivery each reader was told of last, kept beside the log of use."""

    def __init__(self) -> None:
        self._file = log.file().with_name("bericht.json")
        try:
            self._last: dict[str, str] = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._last = {}

    def knows(self, reader: Reader, delivery: str) -> bool:
        """Whether a reader was told of this delivery."""
        return self._last.get(reader.naam) == delivery

    def add(self, reader: Reader, delivery: str) -> None:
        """Remembers it. Raises OSError."""
        self._last[reader.naam] = delivery
        beside = self._file.with_suffix(".nieuw")
        beside.write_text(json.dumps(self._last), encoding="utf-8")
        beside.replace(self._file)
