"""What a life course is, and the wijkteams at that time. All days are days since 1970-01-01, None is never.

What a table will tell of a person is a row of histories: of each cell what it holds, and from which day. An extract
made at the end of a day is the latest of each by then.
"""

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from data import contract
from data.demo.chance import NEVER
from data.demo.weights import ASIEL, DRUKTE, VERTROKKEN

# What a cell holds, each from a day on, in order; empty before the first.
History = list[tuple[int, Any]]
Rows = dict[str, list[tuple]]
Teams = dict[str, str]  # wijkteam per wijkcode


def wijkteams_on(peildatum: int) -> Teams:
    """The wijkteams as they were on a day; when none are valid then, all there are."""
    teams = contract.referentie("wijkteam").sort("wijkcode", "geldig_van", nulls_last=False)
    van, tot, then = pl.col("geldig_van"), pl.col("geldig_tot"), pl.lit(peildatum).cast(pl.Date)
    geldig = teams.filter(van.is_null() | (van <= then), tot.is_null() | (tot > then))
    return dict((geldig if len(geldig) else teams).select("wijkcode", "wijkteam").iter_rows())


@dataclass(slots=True)
class LifeCourse:
    """One person's whole course."""

    inburgeraar_id: str
    arrival: str  # how the person came in beeld
    special: str | None  # which awkward case the person is
    wet: str = "WI2021"
    doelgroep: str = ASIEL
    verblijfsrecht: str = "asiel"
    kennisgeving: int | None = None
    brp: int | None = None
    huisvesting: int | None = None
    wijken: History = field(default_factory=list)
    uitstroom: int | None = None
    reden_uitstroom: str | None = None
    rows: list[tuple[str, int, tuple]] = field(default_factory=list)  # table, since when it has the row, cells

    def add(self, tabel: str, since: int, *cells: Any) -> None:
        """Add a row to a table, known from a day on; of its cells a History is told by day, all else at once."""
        self.rows.append((tabel, since, cells))

    @property
    def in_beeld(self) -> int:
        """The first day on which the municipality knew of this person."""
        return min(d for d in (self.kennisgeving, self.brp, self.huisvesting) if d is not None)

    @property
    def start_termijn(self) -> int | None:
        """The day on which the ten weeks for a PIP begin."""
        if self.kennisgeving is None or self.brp is None:
            return None
        return max(self.kennisgeving, self.brp)

    @property
    def until(self) -> int:
        """The day of uitstroom, from which nothing more happens in the inburgering."""
        return NEVER if self.uitstroom is None else self.uitstroom

    @property
    def gone(self) -> int:
        """The day on which the person left the municipality."""
        return self.until if self.reden_uitstroom in VERTROKKEN else NEVER

    @property
    def pressure(self) -> float:
        """How busy the teams are where the person first lived; 1 is ordinary."""
        return DRUKTE[self.wijken[0][1]] if self.wijken else 1.0


def known(moment: int | None, value: Any = ...) -> History:
    """The history of what is known from a day on, by default of that day itself."""
    return [] if moment is None else [(moment, moment if value is ... else value)]


def latest(history: History, moment: int) -> Any:
    """What a history says on a day, None when it says nothing yet."""
    return next((value for since, value in reversed(history) if since <= moment), None)


def add_state_on(life: LifeCourse, peildatum: int, rows: Rows) -> None:
    """Add one person's rows to `rows`, as an extract made at the end of day `peildatum` shows them."""
    for tabel, since, cells in life.rows:
        if since <= peildatum:
            told = (latest(cell, peildatum) if type(cell) is list else cell for cell in cells)
            rows[tabel].append((life.inburgeraar_id, *told))
