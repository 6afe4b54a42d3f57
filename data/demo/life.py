"""What a life course is, and the city in which it is lived. All days are days since 1970-01-01, None is never."""

from dataclasses import dataclass, field

import polars as pl

from data import contract
from data.demo.chance import NEVER
from data.demo.weights import ASIEL, DRUKTE, VERTROKKEN


@dataclass(frozen=True)
class City:
    """The part of the reference tables that a life course needs."""

    team_van: dict[str, str]  # wijkcode to wijkteam
    teams: tuple[str, ...]

    @classmethod
    def on(cls, peildatum: int) -> "City":
        """Return the wijkteams as they were on a day; when none are valid then, all there are."""
        teams = contract.referentie("wijkteam").sort("wijkcode", "geldig_van", nulls_last=False)
        then = pl.lit(peildatum).cast(pl.Date)
        geldig = teams.filter(
            (pl.col("geldig_van").is_null() | (pl.col("geldig_van") <= then))
            & (pl.col("geldig_tot").is_null() | (pl.col("geldig_tot") > then))
        )
        team_van = dict((geldig if len(geldig) else teams).select("wijkcode", "wijkteam").iter_rows())
        return cls(team_van, tuple(dict.fromkeys(team_van.values())))


@dataclass(slots=True)
class Ontzorging:
    """Ontzorging as it went, with the day on which each fact became known."""

    geregistreerd: int | None = None  # a row without a start exists from this day
    reden_niet_gestart: str | None = None
    start: int | None = None
    einde: int | None = None
    reden_einde: str | None = None
    lasten: tuple[bool, bool, bool] = (False, False, False)
    gesprekken: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Overdracht:
    """Handover to a wijkteam as it went; until `uitkomst_dag` the registration says Gepland."""

    geregistreerd: int
    wijkteam: str
    gepland: int | None
    uitkomst: str | None
    uitkomst_dag: int | None
    vorm: str | None
    behoefte: bool | None
    behoefte_dag: int
    bezoek: int | None


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
    wijken: list[tuple[int, str]] = field(default_factory=list)  # from which day, wijkcode
    uitstroom: int | None = None
    reden_uitstroom: str | None = None
    intake: int | None = None
    toets: int | None = None
    uitslag: str | None = None
    pips: list[tuple[int, str, str, str | None, bool]] = field(default_factory=list)
    begeleiding: list[tuple[int, int, str]] = field(default_factory=list)
    uitkering: list[tuple[int, int | None]] = field(default_factory=list)
    ontzorging: Ontzorging | None = None
    overdracht: Overdracht | None = None

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
        """The day on which the person left Haarlem."""
        return self.until if self.reden_uitstroom in VERTROKKEN else NEVER

    @property
    def pressure(self) -> float:
        """How busy the teams are where the person first lived; 1 is ordinary."""
        return DRUKTE[self.wijken[0][1]] if self.wijken else 1.0

    def wijkcode_on(self, moment: int) -> str | None:
        """The wijkcode on a day, None when it is not known then."""
        return next((wijk for since, wijk in reversed(self.wijken) if since <= moment), None)
