"""A synthetic municipality in the shape of Haarlem: "Demogegevens (synthetisch)".

    python -m data.demo [--peildatum 2022-12-31] [--personen N] [--seed N] [--naar DIR] [--met-statushouder]

Nothing in here describes the real Haarlem. The sizes (about 175 asielstatushouders and 70 others with a
kennisgeving in 2022, a few hundred statushouders housed in 2018-2021) are estimates for a municipality of
this size, scaled from national figures. Every share, delay, reason and difference between wijken is
invented, so that each page has something to show; only the rules and dates of the law, of DUO's pause in
2022 and of the contracts are real.

How it works. A person is made as a whole life course (`levensloop`), without knowing the peildatum. The
course is then cut (`stand_op`) as an extract made on that day would have shown it: nothing dated after the
peildatum except datum_gepland, an end that is still to come is an open period, a status as it was known on
that day. Two peildata with the same seed therefore tell one story. Each person draws from a generator of
their own, derived from seed and number: they are the same in a small municipality and in a large one.

`personen` is the number of people in beeld on 2022-12-31. An earlier peildatum holds fewer, a later one
also those who came after 2022.

Days are integers, counted from 1970-01-01 as in parquet: a million life courses leave no time for date
objects.
"""

import calendar
import hashlib
import json
import math
import random
import secrets
import shutil
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from tqdm import tqdm

from data import contract
from data.command_line import Opdracht
from data.errors import cause
from data.intake import steps
from data.snapshots import store

TITEL = "Demogegevens (synthetisch)"
PEILDATUM, VORIGE_PEILDATUM = date(2022, 12, 31), date(2022, 11, 30)
EERSTE_PEILDATUM = date(2018, 1, 1)
PERSONEN = 600
SEED = 2022
PERSONEN_PER_BLOK = 25_000  # bounds the memory: one block is one row group
PERSONEN_PER_LATER_JAAR = 0.4  # of `personen`, for every year after 2022

EPOCH = date(1970, 1, 1).toordinal()
NEVER = 1 << 30  # a day after every peildatum


class DemoError(Exception):
    """The demo cannot be made as asked; the message is Dutch and meant for the reader."""


# --- Days and chances ---------------------------------------------------------------------------------------


def day(year: int, month: int, day_of_month: int) -> int:
    """Return a date as days since 1970-01-01."""
    return date(year, month, day_of_month).toordinal() - EPOCH


def six_months_after(begin: int) -> int:
    """Return the same day of the month six months on, or that month's last day when it has no such day."""
    start = date.fromordinal(begin + EPOCH)
    later_years, month = divmod(start.month - 1 + 6, 12)
    last = calendar.monthrange(start.year + later_years, month + 1)[1]
    return day(start.year + later_years, month + 1, min(start.day, last))


_TO_WORKING_DAY = (0, 0, 2, 1, 0, 0, 0)  # 1970-01-01 was a Thursday, so remainders 2 and 3 are the weekend


def working_day(moment: int) -> int:
    """Return the day itself, or the Monday after it when it falls in a weekend."""
    return moment + _TO_WORKING_DAY[moment % 7]


def weighted(weights: dict) -> tuple[tuple[float, ...], tuple]:
    """Return weights as (cumulative shares, values), for `pick`."""
    total, running, bounds = sum(weights.values()), 0.0, []
    for weight in weights.values():
        running += weight / total
        bounds.append(running)
    return tuple(bounds[:-1]), tuple(weights)


def pick(roll: float, weighted_values: tuple[tuple[float, ...], tuple]):
    """Return the value that a number in [0, 1) points at."""
    return weighted_values[1][bisect_right(weighted_values[0], roll)]


class Chance(random.Random):
    """One person's own source of chance, in the three shapes that a life course needs."""

    def between(self, first: int, last: int) -> int:
        """Return a whole number from first to last, each equally likely."""
        return first + int(self.random() * (last - first + 1))

    def around(self, centre: float, spread: float) -> int:
        """Return a whole number around centre, bell-shaped, never more than three times spread away."""
        return round(centre + (self.random() + self.random() + self.random() - 1.5) * 2 * spread)

    def wait(self, mean: float) -> int:
        """Return a waiting time in days: often short, sometimes long."""
        return int(-math.log(1.0 - self.random()) * mean)


def key_of(seed: int, stream: str, number: str | int) -> bytes:
    """Return 16 bytes that belong to one person or request: 8 for the pseudonym, 8 to seed its chances."""
    return hashlib.blake2b(f"{stream}:{number}".encode(), key=str(seed).encode(), digest_size=16).digest()


# --- What is known about the world --------------------------------------------------------------------------

# DUO sent no kennisgevingen from mid-January 2022 and resumed per doelgroep (Divosa 2022-03-01,
# Kamerstuk 32824-383).
PAUZE_VANAF = day(2022, 1, 15)
HERVAT = {"Asielstatushouder": day(2022, 3, 25), "Gezinsmigrant en overige migrant": day(2022, 3, 1)}
HUISVESTING_VANAF = day(2018, 1, 1)
WI2021_VANAF = day(2022, 1, 3)  # the first working day of the Wet inburgering 2021
TWAALF_MAANDEN_VANAF = day(2020, 1, 1)
CONTRACT_2022_VANAF = day(2022, 1, 1)
TERMIJN_PIP = 70  # ten weeks: Wet inburgering 2021 art. 15, Besluit inburgering 2021 art. 5.3

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
VERTROKKEN = frozenset({"Vertrek uit Nederland", "Overlijden", "Verhuizing"})
ANDERE_GEMEENTEN = ("0363", "0394", "0453", "0473", "0479", "0518", "0599")

# How somebody comes in beeld; the shares set the sizes of the groups.
KOMST = weighted(
    {
        "WI2013": 0.575,  # housed from 2018 under the old law
        "azc": 0.200,  # kennisgeving first, housed later
        "eerst gehuisvest": 0.045,  # housed first, kennisgeving later
        "nareiziger": 0.048,  # joins the family: BRP and housing on one day
        "gezin": 0.127,
    }
)


def working_days(first: tuple[int, int], last: tuple[int, int]) -> list[list[int]]:
    """Return the working days of every month from first to last, both (year, month)."""
    months = []
    for counter in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        year, month = divmod(counter, 12)
        begin = day(year, month + 1, 1)
        months.append([d for d in range(begin, begin + calendar.monthrange(year, month + 1)[1]) if working_day(d) == d])
    return months


def _weighted_months(weights: dict[tuple[int, int], float]) -> tuple[tuple[float, ...], tuple]:
    """Return weights per (year, month) as a distribution over lists of working days."""
    months = {month: tuple(working_days(month, month)[0]) for month in weights}
    weighted_values = weighted(weights)
    return weighted_values[0], tuple(months[month] for month in weighted_values[1])


def _spread_over_months(weights: dict[int, float]) -> dict[tuple[int, int], float]:
    """Spread weights per year over months: less in summer and December, little in the spring of 2020."""
    season = (1.1, 1.0, 1.1, 1.0, 1.0, 1.1, 0.8, 0.7, 1.0, 1.2, 1.2, 0.8)
    return {
        (year, month): weight * season[month - 1] * (0.4 if (year, month) in ((2020, 4), (2020, 5)) else 1)
        for year, weight in weights.items()
        for month in range(1, 13)
    }


_JAAR_2022 = _spread_over_months({2022: 1.0})
AANKOMST = {
    "WI2013": _weighted_months(
        _spread_over_months({2018: 95, 2019: 80, 2020: 72, 2021: 100}) | {(2022, month): 3.0 for month in range(1, 7)}
    ),
    "azc": _weighted_months(_JAAR_2022),
    "eerst gehuisvest": _weighted_months({(2021, 10): 0.6, (2021, 11): 0.9, (2021, 12): 0.9} | _JAAR_2022),
    "nareiziger": _weighted_months({(2021, 11): 0.4, (2021, 12): 0.6} | _JAAR_2022),
    "gezin": _weighted_months({(2021, 12): 0.8} | _JAAR_2022),
}

# Per wijk: weight for statushouders, weight for gezinsmigranten, and how busy the teams are (1 is ordinary).
# Invented, like everything: more social housing in Schalkwijk, Oost and Noord.
WIJKEN = {
    "WK039201": (7, 12, 0.8),
    "WK039202": (3, 7, 0.8),
    "WK039203": (3, 7, 0.8),
    "WK039204": (2, 4, 0.8),
    "WK039205": (1, 2, 0.8),
    "WK039206": (1, 1, 1.0),
    "WK039207": (8, 8, 1.0),
    "WK039208": (7, 5, 1.0),
    "WK039209": (9, 5, 1.1),
    "WK039210": (4, 6, 0.9),
    "WK039211": (5, 5, 0.9),
    "WK039212": (4, 5, 0.9),
    "WK039213": (3, 5, 0.9),
    "WK039214": (2, 3, 1.0),
    "WK039215": (8, 4, 1.1),
    "WK039216": (4, 3, 1.0),
    "WK039217": (1, 1, 1.0),
    "WK039218": (9, 6, 1.2),
    "WK039219": (10, 5, 1.2),
    "WK039220": (7, 4, 1.2),
    "WK039221": (12, 6, 1.5),
}
WIJK_ASIEL = weighted({wijkcode: weights[0] for wijkcode, weights in WIJKEN.items()})
WIJK_GEZIN = weighted({wijkcode: weights[1] for wijkcode, weights in WIJKEN.items()})

TOETS = weighted({"B1-route haalbaar": 0.53, "B1-route niet haalbaar": 0.39, "Onbekend": 0.08})
# The leerroute by the outcome of the leerbaarheidstoets: mostly as advised, sometimes not. Invented shares.
LEERROUTE = {
    "B1-route haalbaar": weighted({"B": 0.80, "O": 0.12, "Z": 0.08}),
    "B1-route niet haalbaar": weighted({"B": 0.16, "O": 0.01, "Z": 0.83}),
    "Onbekend": weighted({"B": 0.55, "O": 0.05, "Z": 0.40}),
    None: weighted({"B": 0.60, "O": 0.06, "Z": 0.34}),
}
NIVEAU = {"B": "B1", "O": "B1", "Z": "A2"}
# A revised PIP: leerroute and niveau. B with A2 is allowed there and only there.
HERZIEN = {
    "B": weighted({("Z", "A2"): 0.40, ("B", "A2"): 0.25, ("B", "B1"): 0.25, ("O", "B1"): 0.10}),
    "O": weighted({("B", "B1"): 0.75, ("O", "B1"): 0.25}),
    "Z": weighted({("B", "B1"): 0.45, ("Z", "A2"): 0.55}),
}

# Ends of begeleiding per regime. "Afgerond" splits into early, on time and overrun.
EINDE_BEGELEIDING = {
    "24 maanden": weighted({"tijdig": 0.70, "vroeg": 0.07, "uitloop": 0.14, "eigen verzoek": 0.05, "overig": 0.04}),
    "12 maanden": weighted({"tijdig": 0.59, "vroeg": 0.07, "uitloop": 0.26, "eigen verzoek": 0.05, "overig": 0.03}),
    "12 maanden (contract 2022)": weighted(
        {"tijdig": 0.67, "vroeg": 0.06, "uitloop": 0.19, "eigen verzoek": 0.05, "overig": 0.03}
    ),
}

START_ONTZORGING = weighted(
    {
        "meteen": 0.60,
        "later": 0.18,
        "Machtiging geweigerd": 0.04,
        "Al zelfredzaam": 0.04,
        "Wachtlijst": 0.07,
        "Overig": 0.01,
        "geen registratie": 0.06,
    }
)
EINDE_ONTZORGING = weighted(
    {
        "zes maanden": 0.67,
        "juist zes maanden": 0.05,
        "juist te kort": 0.04,
        "langer": 0.14,
        "Op eigen verzoek": 0.06,
        "Overig": 0.04,
    }
)
UITKOMST_OVERDRACHT = weighted(
    {
        "Afgerond": 0.79,
        "Niet bereikt": 0.06,
        "Afgezien": 0.04,
        "blijft liggen": 0.06,
        "geen registratie": 0.05,
    }
)

UITSTROOM_WI2013 = weighted(
    {
        "Inburgeringsplicht voldaan": 0.62,
        "Volledige ontheffing": 0.13,
        "Volledige vrijstelling": 0.03,
        None: 0.22,
    }
)
UITSTROOM_WI2021 = weighted(
    {
        "Inburgeringsplicht voldaan": 0.60,
        "Volledige ontheffing": 0.04,
        "Volledige vrijstelling": 0.03,
        None: 0.33,
    }
)
UITSTROOM_GEZIN = weighted(
    {
        "Inburgeringsplicht voldaan": 0.66,
        "Volledige ontheffing": 0.01,
        "Volledige vrijstelling": 0.06,
        "Verblijfsdoel gewijzigd": 0.05,
        None: 0.22,
    }
)
REDEN_VERTREK = weighted({"Verhuizing": 0.74, "Vertrek uit Nederland": 0.18, "Overlijden": 0.05, "Overig": 0.03})

# Every twentieth person is one of these, in turn, so that a few hundred persons hold each awkward case.
# Name: way of coming in beeld, first and last month of arrival.
SPECIAL: dict[str, tuple[str, tuple[int, int], tuple[int, int]]] = {
    "geen wijkcode": ("WI2013", (2018, 1), (2021, 12)),
    "nog geen BRP": ("azc", (2022, 4), (2022, 6)),
    "PIP vorige gemeente": ("azc", (2022, 4), (2022, 6)),
    "tweede periode": ("WI2013", (2019, 6), (2020, 12)),
    "nareiziger regulier": ("nareiziger", (2022, 4), (2022, 10)),
    "verhuisd": ("WI2013", (2020, 1), (2021, 12)),
    "vertrokken": ("gezin", (2022, 4), (2022, 7)),
    "vroege uitstroom": ("gezin", (2022, 4), (2022, 7)),
    "ander wijkteam": ("WI2013", (2021, 1), (2021, 6)),
    "vertrokken voor overdracht": ("WI2013", (2021, 1), (2021, 6)),
    "kennisgeving voor BRP": ("azc", (2022, 4), (2022, 6)),
    "BRP voor kennisgeving": ("eerst gehuisvest", (2022, 4), (2022, 8)),
    "PIP voor inschrijving": ("azc", (2022, 4), (2022, 6)),
    "van B1 naar A2": ("eerst gehuisvest", (2022, 1), (2022, 4)),
    "juist zes maanden": ("eerst gehuisvest", (2022, 1), (2022, 4)),
    "juist te kort": ("eerst gehuisvest", (2022, 1), (2022, 4)),
}
_SPECIAL_NAMES = tuple(SPECIAL)
_SPECIAL_DAYS = {
    name: list(chain.from_iterable(working_days(first, last))) for name, (_, first, last) in SPECIAL.items()
}
SPECIAL_EVERY, SPECIAL_OFFSET = 20, 7
GOLDEN_RATIO = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True)
class City:
    """The part of the reference tables that a life course needs."""

    team_van: dict[str, str]  # wijkcode to wijkteam
    teams: tuple[str, ...]

    @classmethod
    def from_reference(cls) -> "City":
        """Return the wijkteams as they were on the default peildatum; the demo knows no other list."""
        teams = contract.referentie("wijkteam").sort("wijkcode", "geldig_van", nulls_last=False)
        geldig = teams.filter(
            (pl.col("geldig_van").is_null() | (pl.col("geldig_van") <= PEILDATUM))
            & (pl.col("geldig_tot").is_null() | (pl.col("geldig_tot") > PEILDATUM))
        )
        bron = geldig if len(geldig) else teams
        team_van = dict(zip(bron["wijkcode"].to_list(), bron["wijkteam"].to_list(), strict=True))
        return cls(team_van, tuple(dict.fromkeys(team_van.values())))


# --- A life course ------------------------------------------------------------------------------------------


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
    """One person's whole course; all days are days since 1970-01-01, None is never."""

    inburgeraar_id: str
    wet: str
    doelgroep: str
    verblijfsrecht: str
    kennisgeving: int | None = None
    brp: int | None = None
    huisvesting: int | None = None
    wijken: list[tuple[int, str]] = field(default_factory=list)  # from which day, wijkcode
    uitstroom: int | None = None
    reden_uitstroom: str | None = None
    vertrokken: int | None = None  # the day of uitstroom when the person left Haarlem
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


def life_course(chance: Chance, seed: int, number: int, city: City, year: int | None = None) -> LifeCourse:
    """Return the whole life course of one person.

    year None: one of those in beeld on 2022-12-31; a later year: one of those who came in beeld in it.
    chance is seeded anew here: one object for all persons costs less than one each, but is for one thread.
    """
    key = key_of(seed, "persoon" if year is None else f"persoon-{year}", number)
    chance.seed(int.from_bytes(key[8:]))
    special = None
    if year is None and number % SPECIAL_EVERY == SPECIAL_OFFSET:
        special = _SPECIAL_NAMES[number // SPECIAL_EVERY % len(_SPECIAL_NAMES)]
    # The golden ratio spreads the kinds evenly over the numbers: a small municipality has the shares as well.
    arrival = SPECIAL[special][0] if special else pick(number * GOLDEN_RATIO % 1, KOMST)
    if year is not None and arrival == "WI2013":
        arrival = "azc"
    life = _arrive(chance, "demo-" + key[:8].hex(), arrival, special, year)
    _settle(chance, life, special)
    _leave_target_group(chance, life, special)
    pressure = WIJKEN[life.wijken[0][1]][2] if life.wijken else 1.0
    if life.wet == "WI2021":
        _make_pips(chance, life, special, pressure)
    if life.doelgroep == ASIEL and life.huisvesting is not None:
        _guide(chance, life, arrival, special)
    _pay_uitkering(chance, life, special)
    if life.wet == "WI2021" and life.verblijfsrecht == "asiel" and life.uitkering:
        _relieve(chance, life, special, pressure)
    _hand_over(chance, life, city, special, pressure)
    return life


def _arrive(chance: Chance, inburgeraar_id: str, arrival: str, special: str | None, year: int | None) -> LifeCourse:
    """Draw how and when somebody comes in beeld; the first of the three dates is always a day of arrival."""
    if special:
        days = _SPECIAL_DAYS[special]
    elif year is not None:
        days = _working_days_of(year)
    else:
        days = pick(chance.random(), AANKOMST[arrival])
    first = days[int(chance.random() * len(days))]
    life = LifeCourse(inburgeraar_id, "WI2021", ASIEL, "asiel")
    if arrival == "WI2013":
        life.wet = "WI2013"
        life.huisvesting = first
        life.brp = max(HUISVESTING_VANAF, working_day(first + chance.between(-14, 10)))
        life.verblijfsrecht = "regulier" if chance.random() < 0.02 else "asiel"
    elif arrival == "azc":
        life.kennisgeving = _after_pause(chance, first, ASIEL)
        if special:  # each of them needs some weeks between kennisgeving and BRP
            life.huisvesting = working_day(life.kennisgeving + chance.between(75, 150))
        else:
            life.huisvesting = working_day(life.kennisgeving + 10 + min(chance.wait(150), 500))
        life.brp = working_day(life.huisvesting + chance.between(-5, 12))
        if special == "nog geen BRP":  # in the queue at the town hall until after New Year
            life.brp = day(2023, 1, 9) + chance.between(0, 4)
    elif arrival == "eerst gehuisvest":
        life.huisvesting = first
        life.brp = working_day(first + chance.between(0, 12))
        life.kennisgeving = _after_pause(chance, life.brp + chance.between(10, 90), ASIEL)
    elif arrival == "nareiziger":
        life.huisvesting = life.brp = first
        life.kennisgeving = _after_pause(chance, first + chance.between(14, 80), ASIEL)
        if special == "nareiziger regulier" or chance.random() < 0.12:
            life.verblijfsrecht = "regulier"
    else:
        life.doelgroep, life.verblijfsrecht = GEZIN, "regulier"
        life.brp = first
        delay = chance.between(14, 70) if special or chance.random() > 0.06 else -chance.between(5, 40)
        life.kennisgeving = _after_pause(chance, first + delay, GEZIN)
        if chance.random() < 0.10:
            life.huisvesting = first
    return life


@cache
def _working_days_of(year: int) -> list[int]:
    """Return all working days of a year after 2022."""
    return list(chain.from_iterable(working_days((year, 1), (year, 12))))


def _after_pause(chance: Chance, intended: int, doelgroep: str) -> int:
    """Return the day of DUO's kennisgeving: not before the law, and not in the pause of early 2022."""
    intended = max(intended, WI2021_VANAF)
    hervat = HERVAT[doelgroep]
    if PAUZE_VANAF <= intended < hervat:
        intended = hervat + min(chance.wait(14), 45)  # the catch-up took some weeks
    return working_day(intended)


def _settle(chance: Chance, life: LifeCourse, special: str | None) -> None:
    """Draw the wijk; it is known from the first of housing and BRP on. Some have none, some move."""
    where = WIJK_GEZIN if life.doelgroep == GEZIN else WIJK_ASIEL
    wijkcode, roll = pick(chance.random(), where), chance.random()
    if special == "geen wijkcode" or (special is None and roll < 0.012):
        return
    since = life.brp if life.huisvesting is None else min(life.huisvesting, life.brp)
    life.wijken.append((since, wijkcode))
    if special is None and roll > 0.96:
        life.wijken.append((since + chance.between(90, 1200), pick(chance.random(), where)))


def _leave_target_group(chance: Chance, life: LifeCourse, special: str | None) -> None:
    """Draw the end of the inburgeringsplicht, and departure from Haarlem: whichever comes first counts."""
    begin = life.in_beeld
    if special == "verhuisd":
        life.uitstroom, life.reden_uitstroom = life.huisvesting + chance.between(90, 300), "Verhuizing"
    elif special == "vertrokken voor overdracht":  # some weeks after begeleiding was completed
        life.uitstroom, life.reden_uitstroom = life.huisvesting + chance.between(480, 510), "Verhuizing"
    elif special == "vertrokken":
        life.uitstroom, life.reden_uitstroom = life.brp + chance.between(80, 140), "Vertrek uit Nederland"
    elif special == "vroege uitstroom":
        life.uitstroom = max(life.kennisgeving, life.brp) + chance.between(5, 20)
        life.reden_uitstroom = "Volledige vrijstelling"
    elif special is None:
        reasons = UITSTROOM_WI2013 if life.wet == "WI2013" else UITSTROOM_WI2021
        if life.doelgroep == GEZIN:
            reasons = UITSTROOM_GEZIN
        reden = pick(chance.random(), reasons)
        moment = None
        if reden == "Inburgeringsplicht voldaan":
            moment = begin + (chance.around(1250, 200) if life.wet == "WI2013" else chance.around(850, 150))
        elif reden == "Volledige ontheffing":
            moment = begin + chance.between(240, 1300)
        elif reden == "Volledige vrijstelling":
            moment = begin + chance.between(10, 160)
        elif reden == "Verblijfsdoel gewijzigd":
            moment = begin + chance.between(60, 900)
        departure = begin + 20 + chance.wait(4700 if life.doelgroep == GEZIN else 6200)
        if moment is None or departure < moment:
            moment, reden = departure, pick(chance.random(), REDEN_VERTREK)
        life.uitstroom, life.reden_uitstroom = working_day(moment), reden
    if life.reden_uitstroom in VERTROKKEN:
        life.vertrokken = gone = life.uitstroom
        # Who leaves before being housed or registered never is.
        if life.huisvesting is not None and life.huisvesting > gone:
            life.huisvesting = None
        if life.brp is not None and life.brp > gone:
            life.brp = None
        if life.kennisgeving is not None and life.kennisgeving > gone:
            life.kennisgeving = None
        life.wijken = [(since, wijkcode) for since, wijkcode in life.wijken if since <= gone]


def _make_pips(chance: Chance, life: LifeCourse, special: str | None, pressure: float) -> None:
    """Draw brede intake, leerbaarheidstoets and PIPs. Nothing happens after uitstroom."""
    kennisgeving, brp = life.kennisgeving, life.brp
    start_termijn = max(kennisgeving, brp) if kennisgeving is not None and brp is not None else None
    pip, gemeentecode, uitstel = None, contract.GEMEENTECODE, False
    registered = brp if brp is not None else life.uitstroom
    lead = registered - kennisgeving if kennisgeving is not None and registered is not None else 0
    roll = chance.random()
    if special == "PIP vorige gemeente" or (special is None and lead > 60 and roll < 0.06):
        gemeentecode = ANDERE_GEMEENTEN[int(chance.random() * len(ANDERE_GEMEENTEN))]
        pip = kennisgeving + chance.between(35, min(lead - 5, 100))
    elif special == "PIP voor inschrijving" or (special is None and lead > 60 and roll < 0.16):
        pip = kennisgeving + chance.between(40, min(lead - 5, 120))  # still in the azc, made by Haarlem
    elif start_termijn is not None:
        pip, uitstel = _date_first_pip(chance, start_termijn, pressure)
        if special == "van B1 naar A2":
            pip, uitstel = start_termijn + chance.between(40, 68), False

    # Brede intake: partly while the person still lives in an azc, else once the term has started.
    begin = min(d for d in (kennisgeving, brp, life.huisvesting) if d is not None)
    if start_termijn is None or chance.random() < 0.25:
        intake = begin + chance.between(21, 120)
    else:
        intake = start_termijn + chance.between(10, 60)
    if pip is not None:
        intake = min(intake, pip - chance.between(7, 28))
    intake = working_day(max(intake, begin))
    if chance.random() < 0.04 and (pip is None or gemeentecode != contract.GEMEENTECODE):
        intake = None
    stop = life.uitstroom if life.uitstroom is not None else NEVER
    if intake is not None and intake < stop:
        life.intake = intake
        if chance.random() < 0.88:
            toets = intake + chance.between(3, 35)
            life.toets = working_day(min(toets, pip) if pip is not None else toets)
            life.uitslag = pick(chance.random(), TOETS)
            if life.toets >= stop:
                life.toets = life.uitslag = None

    if pip is None:
        return
    pip = working_day(pip)
    if pip >= stop:
        return
    leerroute = pick(chance.random(), LEERROUTE[life.uitslag]) if special != "van B1 naar A2" else "B"
    life.pips.append((pip, gemeentecode, leerroute, _recorded_niveau(chance, NIVEAU[leerroute]), uitstel))
    overgenomen = gemeentecode != contract.GEMEENTECODE  # Haarlem mostly makes a PIP of its own then
    if special == "van B1 naar A2" or chance.random() < (0.6 if overgenomen else 0.22):
        moment = working_day(pip + (chance.between(60, 110) if overgenomen or special else chance.between(45, 420)))
        if moment < stop:
            leerroute, niveau = pick(chance.random(), HERZIEN[leerroute])
            if special == "van B1 naar A2":
                leerroute, niveau = "B", "A2"
            # A2 under route B must be said; other levels follow from the leerroute and are left out at times
            if niveau == NIVEAU[leerroute]:
                niveau = _recorded_niveau(chance, niveau)
            life.pips.append((moment, contract.GEMEENTECODE, leerroute, niveau, False))


def _recorded_niveau(chance: Chance, niveau: str) -> str | None:
    return None if chance.random() < 0.08 else niveau


_VOORJAAR_2022 = (day(2022, 2, 15), day(2022, 6, 15))


def _date_first_pip(chance: Chance, start_termijn: int, pressure: float) -> tuple[int, bool]:
    """Draw the first PIP's date around the ten weeks; the catch-up in the spring of 2022 made many late."""
    late_share = 0.26 if _VOORJAAR_2022[0] <= start_termijn < _VOORJAAR_2022[1] else 0.12
    roll = chance.random()
    if roll < late_share * pressure:
        if chance.random() < 0.22:  # lost sight of
            return start_termijn + TERMIJN_PIP + chance.between(90, 260), False
        return start_termijn + TERMIJN_PIP + 1 + min(chance.wait(24), 120), False
    if roll > 0.96:  # a third party's information was missing
        return start_termijn + TERMIJN_PIP + chance.between(-6, 40), True
    return start_termijn + min(chance.around(50, 12), TERMIJN_PIP - 2), False


def _guide(chance: Chance, life: LifeCourse, arrival: str, special: str | None) -> None:
    """Draw the periods of maatschappelijke begeleiding: 24 months until 2020, then 12, with variation."""
    roll = chance.random()
    if special is None and roll < (0.10 if arrival == "nareiziger" else 0.03):
        return
    start = working_day(life.huisvesting + (chance.between(19, 80) if roll > 0.86 else chance.between(0, 18)))
    gone = life.vertrokken
    if gone is not None and start >= gone:
        return
    if life.huisvesting < TWAALF_MAANDEN_VANAF:
        regime, norm = "24 maanden", 730
    elif life.huisvesting < CONTRACT_2022_VANAF:
        regime, norm = "12 maanden", 365
    else:
        regime, norm = "12 maanden (contract 2022)", 365
    course = pick(chance.random(), EINDE_BEGELEIDING[regime])
    if special in ("tweede periode", "ander wijkteam", "vertrokken voor overdracht"):
        course = "tijdig"
    reden = "Afgerond"
    if course == "tijdig":
        duur = chance.around(norm - 4, 11)
    elif course == "vroeg":
        duur = chance.between(norm // 2, norm - 31)
    elif course == "uitloop":
        duur = norm + 31 + min(chance.wait(70), 420)
    else:
        duur = chance.between(45, norm - 20)
        reden = "Op eigen verzoek" if course == "eigen verzoek" else "Overig"
    einde = working_day(start + duur)
    # Of one in twelve who left, nobody closed the file.
    if gone is not None and gone < einde and (special or chance.random() < 0.92):
        einde = gone + chance.between(0, 20)
        reden = "Overig" if life.reden_uitstroom == "Overlijden" else "Verhuisd"
    life.begeleiding.append((start, einde, reden))
    if special == "tweede periode" or (special is None and chance.random() < 0.025):
        again = working_day(einde + chance.between(30, 180))
        if gone is None or again < gone:
            einde = working_day(again + chance.between(60, 200))
            if gone is not None and gone < einde:
                life.begeleiding.append((again, gone, "Verhuisd"))
            else:
                life.begeleiding.append((again, einde, "Afgerond"))


def _pay_uitkering(chance: Chance, life: LifeCourse, special: str | None) -> None:
    """Draw the periods of bijstand: most statushouders at once, few others."""
    since = life.huisvesting if life.huisvesting is not None else life.brp
    if special in ("juist zes maanden", "juist te kort"):
        life.uitkering.append((since, None))
        return
    if since is None or chance.random() > (0.07 if life.doelgroep == GEZIN else 0.90):
        return
    start = since + (chance.between(0, 12) if chance.random() < 0.85 else chance.between(13, 75))
    gone = life.vertrokken
    if gone is not None and start >= gone:
        return
    einde = start + 60 + chance.wait(1500)
    if gone is not None and gone <= einde:
        life.uitkering.append((start, gone))
        return
    life.uitkering.append((start, einde))
    if chance.random() < 0.25:  # work that did not last
        again = einde + chance.between(40, 400)
        if gone is None or again < gone:
            life.uitkering.append((again, gone))


def _relieve(chance: Chance, life: LifeCourse, special: str | None, pressure: float) -> None:
    """Draw ontzorging: due from the first day of bijstand, for six months."""
    recht, recht_tot = life.uitkering[0]
    gone = life.vertrokken if life.vertrokken is not None else NEVER
    # The power moves the draw towards the later, worse outcomes where it is busy.
    choice = pick(chance.random() ** (1 / pressure), START_ONTZORGING)
    course = pick(chance.random(), EINDE_ONTZORGING)
    if special in ("juist zes maanden", "juist te kort"):
        choice, course = "meteen", special
    if choice == "geen registratie":
        return
    ontzorging = Ontzorging()
    start = None
    if choice == "meteen":
        start = recht + chance.between(0, 24)
    elif choice == "later":
        start = recht + 25 + round(chance.wait(35) * pressure)
    else:
        ontzorging.geregistreerd, ontzorging.reden_niet_gestart = recht + chance.between(7, 30), choice
        if choice == "Wachtlijst" and chance.random() < 0.8:
            start = ontzorging.geregistreerd + round(chance.between(40, 130) * pressure)
    if start is not None and recht_tot is not None and start > recht_tot:
        ontzorging.geregistreerd = ontzorging.geregistreerd or recht_tot
        ontzorging.reden_niet_gestart = ontzorging.reden_niet_gestart or "Bijstand beëindigd"
        start = None
    if start is not None and start < gone:
        _relieve_from(chance, ontzorging, course, start, recht_tot, gone)
    if ontzorging.start is None and (ontzorging.geregistreerd is None or ontzorging.geregistreerd >= gone):
        return
    life.ontzorging = ontzorging


def _relieve_from(
    chance: Chance, ontzorging: Ontzorging, course: str, start: int, recht_tot: int | None, gone: int
) -> None:
    """Draw the period itself: its end, the fixed costs that are paid, and the talks with the budget coach."""
    vol = six_months_after(start) - 1  # the last day of six months
    reden = "Periode voltooid"
    if course == "zes maanden":
        einde = vol + chance.between(0, 20)
    elif course == "juist zes maanden":
        einde = vol
    elif course == "juist te kort":
        einde = vol - chance.between(1, 12)
        # A reason that the dates contradict happens as well.
        reden = "Overig" if chance.random() < 0.7 else reden
    elif course == "langer":
        einde = vol + chance.between(25, 180)
    else:
        einde, reden = start + chance.between(30, 160), course
    if gone <= einde:
        einde, reden = gone, "Verhuisd"
    elif recht_tot is not None and recht_tot < einde:
        einde, reden = recht_tot, "Bijstand beëindigd" if recht_tot < vol else "Periode voltooid"
    ontzorging.start, ontzorging.einde, ontzorging.reden_einde = start, einde, reden
    ontzorging.lasten = (chance.random() < 0.94, chance.random() < 0.70, chance.random() < 0.87)
    if chance.random() < 0.84:
        talk = start + chance.between(14, 75)
        while talk <= einde and len(ontzorging.gesprekken) < 6:
            ontzorging.gesprekken.append(talk)
            talk += chance.between(30, 75)


def _hand_over(chance: Chance, life: LifeCourse, city: City, special: str | None, pressure: float) -> None:
    """Draw the warme overdracht, due since the contract of 2022 when begeleiding is completed."""
    if not life.begeleiding:
        return
    begin, einde, reden = life.begeleiding[-1]
    if reden != "Afgerond" or einde < CONTRACT_2022_VANAF:
        return
    gone = life.vertrokken
    uitkomst = pick(chance.random() ** (1 / pressure), UITKOMST_OVERDRACHT)
    if special in ("ander wijkteam", "vertrokken voor overdracht"):
        uitkomst = "Afgerond"
    if uitkomst == "geen registratie":
        return
    geregistreerd = working_day(max(begin, CONTRACT_2022_VANAF, einde - chance.between(0, 45)))
    if gone is not None and geregistreerd >= gone:
        return
    own_team = city.team_van.get(_wijkcode_on(life, geregistreerd))
    wijkteam = own_team or city.teams[int(chance.random() * len(city.teams))]
    if special == "ander wijkteam" or chance.random() < 0.05:
        others = [team for team in city.teams if team != own_team] or [wijkteam]
        wijkteam = others[int(chance.random() * len(others))]

    gepland = working_day(max(geregistreerd, einde + chance.between(-5, 20)))
    # The new contract started slowly, and some teams have a backlog.
    slow_start = chance.between(15, 60) if einde < CONTRACT_2022_VANAF + 75 else 0
    if special == "ander wijkteam":
        uitkomst_dag = einde + chance.between(3, 25)
    elif special == "vertrokken voor overdracht":
        uitkomst_dag = gone
    else:
        uitkomst_dag = gepland + slow_start + round(chance.wait(10 * pressure * pressure))
    uitkomst_dag = working_day(max(uitkomst_dag, geregistreerd))
    if uitkomst in ("Niet bereikt", "Afgezien"):
        uitkomst_dag += chance.between(0, 30)
    elif uitkomst == "blijft liggen":  # planned, and months later still waiting
        uitkomst, uitkomst_dag = "Afgerond", working_day(uitkomst_dag + chance.between(90, 400))
    if gone is not None and gone <= uitkomst_dag:
        uitkomst, uitkomst_dag = "Vertrokken", gone

    roll = chance.random()
    behoefte = None if roll < 0.18 else roll > 0.62
    behoefte_dag = max(begin, geregistreerd - chance.between(0, 20))
    vorm = None
    if uitkomst == "Afgerond":
        driegesprek = chance.random() < (0.83 if behoefte else 0.12)
        vorm = "Driegesprek" if driegesprek else "Kennismaking"
    bezoek = begin + chance.between(30, max(31, einde - begin)) if chance.random() < 0.62 else None
    life.overdracht = Overdracht(
        geregistreerd=geregistreerd,
        wijkteam=wijkteam,
        gepland=None if chance.random() < 0.03 else gepland,
        uitkomst=uitkomst,
        uitkomst_dag=uitkomst_dag,
        vorm=vorm,
        behoefte=behoefte,
        behoefte_dag=behoefte_dag,
        bezoek=bezoek,
    )


def _wijkcode_on(life: LifeCourse, moment: int) -> str | None:
    """Return the wijkcode on a day, None when it is not known then."""
    wijkcode = None
    for since, wijk in life.wijken:
        if since <= moment:
            wijkcode = wijk
    return wijkcode


# --- The cut at the peildatum -------------------------------------------------------------------------------

Rows = dict[str, list[tuple]]


def add_state_on(life: LifeCourse, peildatum: int, rows: Rows) -> None:
    """Add one person's rows to `rows`, as an extract made at the end of day `peildatum` shows them.

    Columns in the order of the contract. Nothing is added for who is not in beeld yet.
    """

    def known(moment: int | None) -> int | None:
        return moment if moment is not None and moment <= peildatum else None

    if life.in_beeld > peildatum:
        return
    id_ = life.inburgeraar_id
    uitstroom = known(life.uitstroom)
    rows["inburgeraar"].append(
        (
            id_,
            life.wet,
            life.doelgroep,
            life.verblijfsrecht,
            known(life.kennisgeving),
            known(life.brp),
            known(life.huisvesting),
            _wijkcode_on(life, peildatum),
            uitstroom,
            life.reden_uitstroom if uitstroom is not None else None,
        )
    )
    if life.intake is not None and life.intake <= peildatum:
        rows["intake"].append((id_, life.intake, life.uitslag if known(life.toets) is not None else None))
    for pip in life.pips:
        if pip[0] <= peildatum:
            rows["pip"].append((id_, *pip))
    for start, einde, reden in life.begeleiding:
        if start <= peildatum:
            rows["begeleiding"].append((id_, start, einde, reden) if einde <= peildatum else (id_, start, None, None))
    for start, einde in life.uitkering:
        if start <= peildatum:
            rows["uitkering"].append((id_, start, known(einde)))
    if life.ontzorging is not None:
        _add_ontzorging(life.ontzorging, id_, peildatum, rows)
    if life.overdracht is not None:
        _add_overdracht(life.overdracht, id_, peildatum, rows)


def _add_ontzorging(ontzorging: Ontzorging, id_: str, peildatum: int, rows: Rows) -> None:
    if ontzorging.start is not None and ontzorging.start <= peildatum:
        ended = ontzorging.einde is not None and ontzorging.einde <= peildatum
        gesprekken = sum(talk <= peildatum for talk in ontzorging.gesprekken)
        einde, reden = (ontzorging.einde, ontzorging.reden_einde) if ended else (None, None)
        rows["ontzorging"].append((id_, ontzorging.start, einde, None, reden, *ontzorging.lasten, gesprekken))
    elif ontzorging.geregistreerd is not None and ontzorging.geregistreerd <= peildatum:
        reden = ontzorging.reden_niet_gestart
        rows["ontzorging"].append((id_, None, None, reden, None, False, False, False, 0))


def _add_overdracht(overdracht: Overdracht, id_: str, peildatum: int, rows: Rows) -> None:
    if overdracht.geregistreerd > peildatum:
        return
    status = overdracht.uitkomst if overdracht.uitkomst_dag <= peildatum else "Gepland"
    completed = status == "Afgerond"
    rows["overdracht"].append(
        (
            id_,
            overdracht.wijkteam,
            status,
            overdracht.gepland,
            overdracht.uitkomst_dag if completed else None,
            overdracht.vorm if completed else None,
            overdracht.behoefte if overdracht.behoefte_dag <= peildatum else None,
            overdracht.bezoek if overdracht.bezoek is not None and overdracht.bezoek <= peildatum else None,
        )
    )


# --- Requests at the wijkteams ------------------------------------------------------------------------------

EERSTE_MELDING = (2020, 1)
MELDINGEN_PER_PERSOON_PER_MAAND = 26 / 600
SEIZOEN = (1.15, 1.0, 1.1, 1.0, 0.95, 1.0, 0.75, 0.7, 1.15, 1.15, 1.1, 0.9)
HULPVRAAG = {
    "Formulieren en brieven": 0.31,
    "Verblijf en gezinshereniging": 0.11,
    "Geldzaken": 0.21,
    "Psychosociaal": 0.10,
    "Wonen": 0.11,
    "Werk en opleiding": 0.10,
    "Overig": 0.06,
}
BEGELEIDINGSTRAJECT = {"Geldzaken": 0.30, "Psychosociaal": 0.42, "Formulieren en brieven": 0.07}
VERWIJZER = {
    "VluchtelingenWerk": 0.24,
    "Gemeente": 0.16,
    "Huisarts": 0.13,
    "School": 0.09,
    "Zelforganisatie": 0.07,
    "Eigen initiatief": 0.25,
    "Overig": 0.06,
}


def _hulpvragen_in(year: int, month: int) -> tuple[tuple[float, ...], tuple]:
    """Return the kinds of request of a month: money weighs more from 2022, family reunion in the autumn."""
    weights = dict(HULPVRAAG)
    if year >= 2022:
        weights["Geldzaken"] += 0.02 * (month if year == 2022 else 12) / 2
    if month >= 9:
        weights["Verblijf en gezinshereniging"] += 0.03
    return weighted(weights)


def _verwijzers_in(year: int) -> tuple[tuple[float, ...], tuple]:
    """Return who referred in a year: zelforganisaties slowly find the way."""
    return weighted(VERWIJZER | {"Zelforganisatie": 0.05 + 0.025 * max(0, min(year, 2024) - 2020)})


def _poisson(chance: Chance, expected: float) -> int:
    """Return a Poisson number (Knuth's product of uniforms; above 60 the normal approximation)."""
    if expected > 60:
        return max(0, chance.around(expected, math.sqrt(expected)))
    bound, count, product = math.exp(-expected), 0, chance.random()
    while product > bound:
        count += 1
        product *= chance.random()
    return count


def draw_meldingen(seed: int, personen: int, peildatum: int, city: City, met_statushouder: bool) -> Iterator[tuple]:
    """Yield the rows of `melding` up to the peildatum, per month and wijkteam.

    A stream of its own: nothing links a request to a person. With `met_statushouder` the rows carry the two
    optional columns, and the referrer is registered far more often, as where it was agreed to keep record;
    everything else in the rows is the same as without.
    """
    weight_of_team = dict.fromkeys(city.teams, 0.0)
    for wijkcode, team in city.team_van.items():
        weight_of_team[team] += WIJKEN.get(wijkcode, (1, 1, 1.0))[0]
    total = sum(weight_of_team.values()) or 1.0
    verwijzer_bekend = 0.90 if met_statushouder else 0.64
    last = date.fromordinal(peildatum + EPOCH)
    for days in working_days(EERSTE_MELDING, (last.year, last.month)):
        month = date.fromordinal(days[0] + EPOCH)
        growth = 1 + 0.12 * min(month.year + month.month / 12 - 2020, 4)
        hulpvragen, verwijzers = _hulpvragen_in(month.year, month.month), _verwijzers_in(month.year)
        aandeel_12 = min(0.9, max(0.0, (month.year + month.month / 12 - 2020.1) * 0.3))
        for team in city.teams:
            stream = f"{month:%Y-%m}:{team}"
            chance, registration = Chance(), Chance()
            chance.seed(int.from_bytes(key_of(seed, "melding", stream)))
            registration.seed(int.from_bytes(key_of(seed, "statushouder", stream)))
            expected = personen * MELDINGEN_PER_PERSOON_PER_MAAND * SEIZOEN[month.month - 1] * growth
            for sequence in range(_poisson(chance, expected * weight_of_team[team] / total)):
                moment = days[int(chance.random() * len(days))]
                hulpvraag = pick(chance.random(), hulpvragen)
                traject = chance.random() < BEGELEIDINGSTRAJECT.get(hulpvraag, 0.15)
                verwijzer = pick(chance.random(), verwijzers)
                if chance.random() >= verwijzer_bekend:
                    verwijzer = None
                extra = _asker(registration, aandeel_12) if met_statushouder else ()
                if moment <= peildatum:
                    melding_id = "melding-" + key_of(seed, "melding-id", f"{stream}:{sequence}")[:8].hex()
                    soort = "Begeleidingstraject" if traject else "Hulpvraag"
                    yield (melding_id, moment, team, hulpvraag, soort, verwijzer, *extra)


def _asker(chance: Chance, aandeel_12: float) -> tuple[bool | None, str | None]:
    """Draw whether a statushouder asked, and under which regime; both are rarely left open."""
    is_statushouder, regime, roll = chance.random() < 0.46, chance.random() < aandeel_12, chance.random()
    if roll < 0.02:
        return None, None
    if not is_statushouder:
        return False, None
    return True, None if roll > 0.98 else ("12 maanden" if regime else "24 maanden")


# --- Writing ------------------------------------------------------------------------------------------------


def _arrow_type(dtype: pl.DataType) -> pa.DataType:
    """Return the plain parquet type of a contract column."""
    if dtype == pl.Date:
        return pa.date32()
    if dtype == pl.Boolean:
        return pa.bool_()
    if dtype.is_integer():
        return pa.int32()
    return pa.string()


def _arrow_array(values: tuple, type_: pa.DataType) -> pa.Array:
    """Return a column; days since 1970-01-01 are what parquet means by a date."""
    return pa.array(values, pa.int32()).cast(type_) if type_ == pa.date32() else pa.array(values, type_)


class Writer:
    """Appends rows to the eight parquet files of one folder, a row group per block."""

    def __init__(self, folder: Path, met_statushouder: bool, metadata: dict[str, str]):
        self.rows: Rows = {}
        self.count: dict[str, int] = {}
        self._schema: dict[str, pa.Schema] = {}
        self._files: dict[str, pq.ParquetWriter] = {}
        for tabel, schema in contract.TABELLEN.items():
            left_out = () if met_statushouder else contract.OPTIONEEL.get(tabel, ())
            columns = [
                pa.field(column, _arrow_type(definition.dtype), nullable=definition.nullable)
                for column, definition in schema.columns().items()
                if column not in left_out
            ]
            self._schema[tabel] = pa.schema(columns, metadata=metadata)
            self._files[tabel] = pq.ParquetWriter(folder / f"{tabel}.parquet", self._schema[tabel], compression="zstd")
            self.rows[tabel], self.count[tabel] = [], 0

    def flush(self) -> None:
        """Write the rows that were gathered as a row group, and forget them."""
        for tabel, rows in self.rows.items():
            if not rows:
                continue
            schema = self._schema[tabel]
            columns = [
                _arrow_array(values, type_) for values, type_ in zip(zip(*rows, strict=True), schema.types, strict=True)
            ]
            self._files[tabel].write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=len(rows))
            self.count[tabel] += len(rows)
            rows.clear()

    def close(self) -> None:
        """Finish the files, all of them, also when one of them cannot be written. Raises OSError for the first such."""
        failures = []
        for file in self._files.values():
            try:
                file.close()
            except OSError as error:
                # Else it is tried once more when it is thrown away, with a traceback on the screen.
                file.is_open = False
                failures.append(error)
        if failures:
            raise failures[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_manifest(folder: Path, writer: Writer, peildatum: date, parameters: dict) -> None:
    """Write manifest.json; the same seed gives the same manifest, but for the two times."""
    now = datetime.now(ZoneInfo(steps.TIJDZONE)).isoformat(timespec="seconds")
    tabellen = {}
    for tabel in contract.TABELLEN:
        path = folder / f"{tabel}.parquet"
        tabellen[tabel] = {
            "bestand": path.name,
            "sha256": _sha256(path),
            "levertijd": now,
            "gelezen": writer.count[tabel],
            "rijen": writer.count[tabel],
            "afgekeurd": {},
            "extra_kolommen": [],
            "waarschuwingen": [],
        }
    fingerprint = json.dumps([peildatum.isoformat(), parameters, [tabel["sha256"] for tabel in tabellen.values()]])
    manifest = {
        "formaat": steps.FORMAAT,
        "peildatum": peildatum.isoformat(),
        "herkomst": "demo",
        "titel": TITEL,
        "aangemaakt": now,
        "levering_id": hashlib.blake2b(fingerprint.encode(), digest_size=16).hexdigest(),
        "parameters": parameters,
        "tabellen": tabellen,
        "verdwenen": None,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _persons_to_make(personen: int, peildatum: date) -> Iterator[tuple[int, int | None]]:
    """Yield (number, year) of all who may be in beeld: those of up to 2022, then each later year's."""
    for number in range(personen):
        yield number, None
    for year in range(PEILDATUM.year + 1, peildatum.year + 1):
        for number in range(round(personen * PERSONEN_PER_LATER_JAAR)):
            yield number, year


def _count_to_make(personen: int, peildatum: date) -> int:
    return personen + max(0, peildatum.year - PEILDATUM.year) * round(personen * PERSONEN_PER_LATER_JAAR)


def _fill(
    folder: Path, peildatum: date, personen: int, seed: int, met_statushouder: bool, block: int, bar: tqdm
) -> None:
    """Write the whole demo into an empty folder, a block of persons at a time."""
    parameters = {"seed": seed, "personen": personen, "met_statushouder": met_statushouder}
    city, chance = City.from_reference(), Chance()
    metadata = {"titel": TITEL, "herkomst": "demo", "peildatum": peildatum.isoformat()}
    writer = Writer(folder, met_statushouder, metadata | {k: str(v) for k, v in parameters.items()})
    on = peildatum.toordinal() - EPOCH
    try:
        for counter, (number, year) in enumerate(_persons_to_make(personen, peildatum), start=1):
            add_state_on(life_course(chance, seed, number, city, year), on, writer.rows)
            if counter % block == 0:
                writer.flush()
            if counter % 1000 == 0:
                bar.update(1000)
        bar.update(_count_to_make(personen, peildatum) % 1000)
        bar.set_postfix_str("meldingen")
        rows = writer.rows["melding"]
        for melding in draw_meldingen(seed, personen, on, city, met_statushouder):
            rows.append(melding)
            if len(rows) == block:
                writer.flush()
        writer.flush()
    finally:
        writer.close()
    _write_manifest(folder, writer, peildatum, parameters)


def _check_request(peildatum: date, personen: int, seed: int) -> None:
    if personen < 0:
        raise DemoError(f"Het aantal personen moet 0 of meer zijn (gevraagd: {personen}).")
    if not 0 <= seed < 2**63:
        raise DemoError("De seed moet een geheel getal van 0 tot 2^63 zijn.")
    if peildatum < EERSTE_PEILDATUM:
        raise DemoError(f"De peildatum {peildatum} ligt voor {EERSTE_PEILDATUM}: eerder begint de demo niet.")
    if peildatum > datetime.now(ZoneInfo(steps.TIJDZONE)).date():
        raise DemoError(f"De peildatum {peildatum} ligt na vandaag.")


def _is_earlier_demo(folder: Path) -> bool:
    """Tell whether a folder holds an earlier demo and nothing else, so that replacing it loses nothing."""
    files = {f"{tabel}.parquet" for tabel in contract.TABELLEN} | {"manifest.json"}
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    present = {path.name for path in folder.iterdir()}
    return isinstance(manifest, dict) and manifest.get("herkomst") == "demo" and present <= files


def _put_in_place(made: Path, naar: Path) -> None:
    """Put a finished folder in its place; what stood there goes only after the new one stands."""
    if not naar.exists():
        made.rename(naar)
        return
    old = naar.with_name(f".{naar.name}-{secrets.token_hex(4)}-oud")
    naar.rename(old)
    try:
        made.rename(naar)
    except OSError:
        old.rename(naar)
        raise
    shutil.rmtree(old, ignore_errors=True)


def maak(
    naar: Path,
    peildatum: date = PEILDATUM,
    personen: int | None = None,
    seed: int = SEED,
    voortgang: bool | None = False,
    melding_met_statushouder: bool = False,
    personen_per_blok: int = PERSONEN_PER_BLOK,
) -> Path:
    """Make a demo delivery: the folder `naar` with eight <tabel>.parquet and manifest.json. Returns `naar`.

    personen: number of people in beeld on 2022-12-31 (None: the default size, an estimate). voortgang: a
    progress bar, True, False, or None for only in a terminal and only for long work. personen_per_blok: rows
    are written per so many persons, which bounds memory and does not change what is made. The folder is made
    beside `naar` first and then renamed.
    Raises DemoError (in Dutch) for an impossible request, or when `naar` holds anything but an earlier demo.
    """
    naar, personen = Path(naar), PERSONEN if personen is None else personen
    _check_request(peildatum, personen, seed)
    if naar.is_symlink() or (naar.exists() and not naar.is_dir()):
        raise DemoError(f"{naar} bestaat al en is geen gewone map; kies een andere map voor de demo.")
    if naar.exists() and any(naar.iterdir()) and not _is_earlier_demo(naar):
        raise DemoError(f"{naar} bestaat al en is geen eerdere demo; kies een andere map. Er is niets gewijzigd.")
    temporary = naar.with_name(f".{naar.name}-{secrets.token_hex(4)}")
    try:
        temporary.mkdir(parents=True)
        total = _count_to_make(personen, peildatum)
        hidden = None if voortgang is None else not voortgang
        with tqdm(total=total, unit=" personen", desc=TITEL, disable=hidden, delay=1) as bar:
            _fill(temporary, peildatum, personen, seed, melding_met_statushouder, personen_per_blok, bar)
        _put_in_place(temporary, naar)
    except contract.ReferentieError as error:
        raise DemoError(f"De referentietabellen kloppen niet. {error}") from error
    except OSError as error:
        raise DemoError(f"De demo kon niet worden geschreven naar {naar}{cause(error)}.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return naar


def publiceer_demo(
    root: Path = store.SNAPSHOTS,
    peildatum: date = PEILDATUM,
    personen: int | None = None,
    seed: int = SEED,
    voortgang: bool | None = False,
    melding_met_statushouder: bool = False,
) -> steps.Uitslag:
    """Make a demo, take it in through data.intake as a snapshot under `root` and put it in use.

    Raises DemoError, in Dutch: for an impossible request, or when intake refuses, as it does when a real
    delivery is in use or has the same peildatum (a demo never takes its place). Then nothing has changed.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="demo-") as temporary:
            levering = Path(temporary) / "levering"
            maak(levering, peildatum, personen, seed, voortgang, melding_met_statushouder)
            return steps.take_in(levering, peildatum, Path(root), voortgang, toch=True)
    except steps.RefusedError as error:
        raise DemoError(str(error)) from error


# --- Command line -------------------------------------------------------------------------------------------


def _as_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DemoError(f"'{text}' is geen datum; schrijf een peildatum als 2022-12-31.") from None


def _as_integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DemoError(f"'{text}' is geen geheel getal.") from None


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit status: 0 made, 2 refused."""
    parser = Opdracht(
        fout=DemoError,
        prog="python -m data.demo",
        usage="python -m data.demo [--peildatum JJJJ-MM-DD] [--personen N] [--seed N] [--naar DIR] "
        "[--met-statushouder]",
        description=f"Maak een verzonnen gemeente in de vorm van Haarlem: {TITEL}. De omvang is een "
        "schatting; geen cijfer beschrijft het echte Haarlem.",
    )
    option = parser.add_argument
    option("--peildatum", type=_as_date, default=PEILDATUM, metavar="JJJJ-MM-DD", help="dag van de extracten")
    option("--personen", type=_as_integer, metavar="N", help=f"in beeld op 2022-12-31 (standaard {PERSONEN})")
    option("--seed", type=_as_integer, default=SEED, metavar="N", help="dezelfde seed geeft dezelfde demo")
    option(
        "--naar",
        type=Path,
        metavar="DIR",
        help="alleen de levering maken, in deze map; anders in gebruik nemen",
    )
    option("--met-statushouder", action="store_true", help="meldingen met statushouder en begeleidingsregime")
    try:
        choice = parser.parse_args(arguments)
        options = (choice.peildatum, choice.personen, choice.seed, None, choice.met_statushouder)
        if choice.naar is None:
            uitslag = publiceer_demo(store.SNAPSHOTS, *options)
            print(steps.told(uitslag))
            return uitslag.code
        print(f"{TITEL}: {maak(choice.naar, *options)}")
    except DemoError as error:
        print(f"Geweigerd: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Afgebroken. Er is niets gewijzigd.", file=sys.stderr)
        return 2
    return 0
