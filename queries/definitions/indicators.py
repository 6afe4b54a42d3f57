"""What figures and columns mean: ``indicators.toml`` and ``questions.toml``, and the verdict against a norm."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from data import contract
from queries.definitions.words import WORDS

# Under this noemer a share is not judged; teller and noemer are shown.
MINIMUM_NOEMER = 10

Eenheid = Literal["aandeel", "aantal", "maanden", "dagen"]
Uitkomst = Literal["voldoet", "voldoet niet", "geen oordeel"]
Reden = Literal["", "geen norm", "te weinig waarnemingen", "mediaan"]


@dataclass(frozen=True)
class Indicator:
    """One KPI. ``norm`` is in ``eenheid``.

    ``deel_van``: the count of which this one is a part, ``geheel`` what is said of that after its number.
    ``volgtijd``: the days after entry at which an entrant is judged in ``kpi_instroom``, if any.
    ``instroom``: the title there, where the outcome within that time is something else than the KPI's own title says.
    """

    naam: str
    titel: str
    thema: str
    eenheid: Eenheid
    norm_tekst: str
    sinds: date
    definitie: str
    bron: str
    norm: float | None = None
    richting: Literal["hoger", "lager"] | None = None
    deel_van: str | None = None
    geheel: str | None = None
    instroom: str | None = None
    volgtijd: int | Literal["geen"] = 0

    @property
    def titel_instroom(self) -> str:
        """The title where entrants are compared, each after the same time."""
        return self.instroom or self.titel

    @property
    def is_mediaan(self) -> bool:
        """Whether the value is a Kaplan-Meier median (months or days)."""
        return self.eenheid in ("maanden", "dagen")


@dataclass(frozen=True)
class Vraag:
    """One question: its title and, per column in order, what it holds (Dutch)."""

    naam: str
    titel: str
    kolommen: dict[str, str]


@dataclass(frozen=True)
class Verdict:
    """A value held against its norm, and why it is not judged."""

    uitkomst: Uitkomst
    reden: Reden = ""


def entries(file: str) -> dict[str, Any]:
    """What a TOML file of this folder holds."""
    return contract.texts(__file__, file)


def with_agreed(given: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The KPIs with the norms that the municipality agreed itself. Raises ReferentieError for another KPI."""
    agreed = contract.GEMEENTE.norm
    can = [
        naam for naam, own in given.items() if own["eenheid"] == "aandeel" and "richting" in own and "norm" not in own
    ]
    if wrong := [naam for naam in agreed if naam not in can]:
        told = f"gemeente.toml: ‘norm.{wrong[0]}’ is geen kengetal met een eigen norm; dat zijn {', '.join(can)}."
        raise contract.ReferentieError(told)
    return given | {naam: given[naam] | norm.model_dump() for naam, norm in agreed.items()}


try:
    INDICATOREN: dict[str, Indicator] = {
        naam: Indicator(naam=naam, **own | {"sinds": date.fromisoformat(str(own["sinds"]))})
        for naam, own in with_agreed(entries("indicators.toml")).items()
    }
except contract.ReferentieError as slip:
    sys.exit(str(slip))

VRAGEN: dict[str, Vraag] = {naam: Vraag(naam=naam, **entry) for naam, entry in entries("questions.toml").items()}

THEMAS: tuple[str, ...] = tuple(dict.fromkeys(entry.thema for entry in INDICATOREN.values()))


def verdict(indicator: Indicator, noemer: int, waarde: float | None, weergave: str = "") -> Verdict:
    """Hold a value against the indicator's norm.

    ``noemer`` is persons or periods, ``waarde`` is in the indicator's unit. A noemer under 10 is not judged. A median
    is not judged either: that half of the persons are within a term does not make it a term that is met. Words in the
    place of the value (its ``weergave``) may surely miss the norm.
    """
    reden: Reden = "geen norm" if indicator.norm is None else "mediaan" if indicator.is_mediaan else ""
    if weergave in WORDS and WORDS[weergave].exclude(indicator.norm):
        return Verdict("voldoet niet")
    if reden or waarde is None or noemer < MINIMUM_NOEMER:
        return Verdict("geen oordeel", reden or "te weinig waarnemingen")
    reached = waarde <= indicator.norm if indicator.richting == "lager" else waarde >= indicator.norm
    return Verdict("voldoet") if reached else Verdict("voldoet niet")


def farthest_from_norm(rows: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Which share that misses its norm is farthest from it, and which others may be as far.

    ``rows``: per indicator its row of the question ``kpi``. The farthest stands first, and alone unless the 95%
    interval of another reaches as far from its norm; those follow, from far to near. Of rounded counts the interval
    holds the rounding too. Shares in words are left out. Empty when no norm is missed.
    """
    far: dict[str, tuple[float, float]] = {}
    for name, indicator in INDICATOREN.items():
        row = rows[name]
        if verdict(indicator, row["noemer"] or 0, row["waarde"]).uitkomst == "voldoet niet":
            distance, *ends = (abs(row[column] - indicator.norm) for column in ("waarde", "ci_laag", "ci_hoog"))
            far[name] = (distance, max(ends))
    order = sorted(far, key=lambda name: -far[name][0])
    return tuple(name for name in order if far[name][1] >= far[order[0]][0] or name == order[0])
