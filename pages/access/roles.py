"""Who signs in: roles, areas and the end of a sign-in, read from the claims of the municipality's identity provider."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

STEWARD = "beheer"
ROLLEN = (STEWARD, "beleid", "management")

# What somebody is called on his own screen: the first of these claims that is filled in. Who has an account may choose
# most of them, so nothing is decided or written down by them.
NAMES = ("email", "preferred_username", "upn", "name", "sub")

# The longest that a sign-in counts, in hours: somebody whose role is taken away sees figures for a day at most.
MOST_HOURS = 24

# A clock of the provider may run ahead of ours by this much.
SKEW = timedelta(minutes=5)


class Rules(BaseModel):
    """How claims are read; section ``[toegang]`` of the secrets.

    rolclaim, gebiedclaim: names of claims. rollen: per role the value or values of the claim that give it; a role that
    is not named is given by its own name. uren: how long a sign-in counts, in hours. gebied_verplicht: whether somebody
    without the claim of areas sees no area at all; else he sees all of them, so that a claim that was forgotten opens
    the whole city.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    rolclaim: str = "roles"
    gebiedclaim: str = "wijkteams"
    rollen: dict[Literal[ROLLEN], str | list[str]] = {rol: [rol] for rol in ROLLEN}
    uren: float = Field(8.0, gt=0, le=MOST_HOURS)
    gebied_verplicht: bool = True


@dataclass(frozen=True)
class Visitor:
    """Somebody who signed in.

    uitgever, onderwerp: who it is, as the provider says it (claims iss and sub). naam: what he is called on his screen.
    rollen: those of ROLLEN, none for a stranger. grens: the wijkteams to whose area every figure is limited, None
    without a limit. van, tot: when the sign-in began and ends. kenmerk: tells sign-ins apart.
    """

    uitgever: str
    onderwerp: str
    naam: str
    rollen: tuple[str, ...]
    grens: tuple[str, ...] | None
    van: datetime
    tot: datetime
    kenmerk: str

    def is_current(self, now: datetime) -> bool:
        """Whether the sign-in counts at this moment."""
        return self.van - SKEW <= now < self.tot


class RulesError(ValueError):
    """Section [toegang] of the secrets cannot be read, or another setting of access; the message says what is wrong."""


def rules(section: Mapping[str, Any]) -> Rules:
    """The rules of section ``[toegang]``; what it does not name keeps its default.

    Raises RulesError for an unknown name, a value of another kind or too many hours: a slip must not open anything.
    """
    try:
        return Rules(**section)
    except ValidationError as slip:
        told = (f"[toegang] {'.'.join(map(str, error['loc']))}: {error['msg']}." for error in slip.errors())
        raise RulesError(" ".join(told)) from slip


def visitor(claims: Mapping[str, Any], how: Rules) -> Visitor | None:
    """Who the claims speak of; None when they do not say who, or since when (claim iat).

    A claim of areas that cannot be read limits to no area at all: when in doubt, nothing is shown.
    """
    van, sub, iss = _moment(claims.get("iat")), claims.get("sub"), str(claims.get("iss", ""))
    if van is None or not isinstance(sub, str) or not sub:
        return None
    given = set(values_of(claims.get(how.rolclaim)))
    grens = () if how.gebied_verplicht else None
    if how.gebiedclaim in claims:
        # A text may name more than one area, with commas.
        named = ",".join(values_of(claims[how.gebiedclaim])).split(",")
        grens = tuple(area.strip() for area in named if area.strip())
    return Visitor(
        uitgever=iss,
        onderwerp=sub,
        naam=next(str(claims[name]) for name in NAMES if claims.get(name)),
        rollen=tuple(rol for rol in ROLLEN if given & set(values_of(how.rollen.get(rol, rol)))),
        grens=grens,
        van=van,
        tot=van + timedelta(hours=how.uren),
        kenmerk=f"{iss}|{sub}|{int(van.timestamp())}",
    )


def values_of(claim: object) -> Sequence[str]:
    """The values of a claim: a list of texts, or one text; nothing when it is anything else.

    A text is never cut up: the name of a group may hold a comma.
    """
    if isinstance(claim, str):
        return [claim]
    if isinstance(claim, Sequence) and all(isinstance(value, str) for value in claim):
        return list(claim)
    return []


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
