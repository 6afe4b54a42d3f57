"""manifest.json: what a snapshot says of itself, and the demo of its own delivery. Written and read here alone.

What is absent has its default, so that snapshots of earlier versions are read; a field of another version is passed
over, and so is one of another type where it only describes. What is written are the fields that were given. A
publication says more: queries/openbaar/publication.py.
"""

import contextlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

MANIFEST = "manifest.json"
FORMAAT = 1
DEMO, LEVERING = "demo", "levering"


class _Deel(BaseModel):
    # An error may go to a log; what stood in the file is not in it.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


def _else_default(cls: type[BaseModel], value: Any, read: Callable[[Any], Any], info: ValidationInfo) -> Any:
    try:
        return read(value)
    except ValidationError:
        return cls.model_fields[info.field_name].get_default()


def _descriptive(*fields: str) -> Any:
    """Fields on which no figure and no check rests: of another type they count as absent."""
    return field_validator(*fields, mode="wrap")(classmethod(_else_default))


class Waarschuwing(_Deel):
    """A warning about rows of a table: the sentence, and how many rows; None for one about the table as a whole."""

    regel: str
    aantal: int | None = None


class Extract(_Deel):
    """One table of a delivery: the file it came from, and how many of its rows count.

    gelezen and rijen: rows delivered and accepted. afgekeurd: rows per reason, the most first. extra_kolommen: columns
    that were dropped. opmerkingen: how the file was read. kolomnamen: the file's own name per column of the contract.
    """

    bestand: str = ""
    sha256: str = ""
    levertijd: datetime | None = None
    gelezen: int | None = None
    rijen: int | None = None
    afgekeurd: dict[str, int] = {}
    extra_kolommen: list[str] = []
    opmerkingen: list[str] = []
    kolomnamen: dict[str, str] = {}
    waarschuwingen: list[Waarschuwing] = []

    _ = _descriptive(
        "bestand", "levertijd", "afgekeurd", "extra_kolommen", "opmerkingen", "kolomnamen", "waarschuwingen"
    )


class Verdwenen(_Deel):
    """How many persons of the snapshot of vorige_peildatum are not in this delivery."""

    vorige_peildatum: date
    aantal: int


class Manifest(_Deel):
    """What a snapshot was made from and when; only peildatum and herkomst have to be there.

    levering_id: another one for every intake. sleutel: fingerprint of the secret of its pseudonyms. titel, parameters:
    of a demo. toch: the objections against which it was taken in. verdwenen: None without an earlier delivery.
    """

    formaat: int = FORMAAT
    peildatum: date
    herkomst: str
    titel: str | None = None
    parameters: dict[str, Any] = {}
    aangemaakt: datetime | None = None
    levering_id: str = ""
    sleutel: str | None = None
    toch: list[str] = []
    tabellen: dict[str, Extract] = {}
    verdwenen: Verdwenen | None = None

    _ = _descriptive("titel", "parameters", "aangemaakt", "toch", "verdwenen")

    @property
    def demo(self) -> bool:
        """Whether it is about demo data, which everybody may see."""
        return self.herkomst == DEMO

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest in a folder. Raises OSError or ValueError when it cannot be read."""
        return cls.model_validate_json((folder / MANIFEST).read_bytes())

    @classmethod
    def read_or_none(cls, folder: Path | None) -> Self | None:
        """The manifest in a folder; None without a folder, or when it cannot be read."""
        with contextlib.suppress(OSError, ValueError):
            return folder and cls.read(folder)
        return None

    def write(self, folder: Path) -> None:
        """Write it into a folder. Raises OSError when the disk refuses."""
        text = self.model_dump_json(exclude_unset=True, indent=2)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
