"""Random deliveries that look for trouble: small, valid by the contract, and full of ties and boundaries.

A date is seldom just random: it lies a day before, on or a day after the moment at which a definition changes
its mind. Nothing in them says anything about a real municipality.
"""

import random
from datetime import date

from data import contract
from queries import Selection
from tests.queries import given
from tests.queries.given import Registered
from tests.queries.oracle import Row, add_months, days, six_months_full

STADSDELEN = tuple(contract.referentie("wijk")["stadsdeel"].unique(maintain_order=True))
# Afgerond twice: most of what is asked about a handover needs one.
STATUSSEN_OVERDRACHT = ("Gepland", "Afgerond", "Afgerond", "Niet bereikt", "Afgezien", "Vertrokken")

PEILDATUMS = (
    date(2022, 12, 31), date(2022, 12, 31), date(2022, 8, 31), date(2022, 11, 30), date(2023, 2, 28),
    date(2023, 3, 31), date(2023, 1, 1), date(2024, 2, 29), date(2022, 9, 14), date(2023, 6, 30),
)  # fmt: skip
# Where a regime, a contract or a quarter begins, and month ends that six months later do not exist.
MILESTONES = (
    date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2020, 8, 31),
    date(2021, 8, 31), date(2021, 11, 30), date(2022, 3, 31), date(2022, 4, 1), date(2022, 5, 31),
    date(2020, 2, 29), date(2022, 2, 28),
)  # fmt: skip


def reference(with_limits: bool = False) -> dict[str, list[Row]]:
    """The reference tables wijk and wijkteam as they ship; `with_limits`: teams that came and went."""
    wijk, wijkteam = (contract.referentie(name).sort("wijkcode").to_dicts() for name in ("wijk", "wijkteam"))
    year = date(2022, 1, 1)
    two_teams = [{"geldig_tot": year, "wijkteam": "Meerwijk"}, {"geldig_van": year}]
    gap_of_a_day = [{"geldig_tot": date(2021, 12, 31)}, {"geldig_van": year, "wijkteam": "Delftwijk-Vondelkwartier"}]
    limits = {
        "WK039201": [{"geldig_van": date(2020, 1, 1)}],  # begins late: nobody before it
        "WK039206": [{"geldig_tot": date(2022, 4, 1)}],  # ends, and nothing follows
        "WK039210": gap_of_a_day,
        "WK039219": two_teams,
        "WK039220": two_teams,
    }
    if with_limits:
        wijkteam = [row | limit for row in wijkteam for limit in limits.get(row["wijkcode"], [{}])]
    return {"wijk": wijk, "wijkteam": wijkteam}


def random_delivery(seed: int, persons: int) -> tuple[dict[str, list[Row]], date]:
    """A delivery of `persons` persons as it is after acceptance: rows per table, and the peildatum."""
    rng = random.Random(seed)
    peildatum = rng.choice(PEILDATUMS)
    # Some days that many things share, so that ties are the rule.
    moments = [day for day in MILESTONES if day <= peildatum]
    moments += [peildatum - days(rng.randint(0, 500)) for _ in range(4)]
    made = given.tables(*(Life(rng, peildatum, moments).registered() for _ in range(persons)))
    for rows in made.values():
        rng.shuffle(rows)
    return made, peildatum


class Life:
    """One person: every date is drawn around the ones before it."""

    def __init__(self, rng: random.Random, peildatum: date, moments: list[date]):
        self.rng, self.peildatum, self.moments = rng, peildatum, moments
        self.wet = "WI2021" if self.chance(0.75) else "WI2013"
        self.housed = self.some_day(0, 29, 30, 31, 365, 395, 396, 760, 761) if self.chance(0.85) else None
        self.registration = self.after(self.housed, 0, 1, 14) if self.chance(0.85) else None
        noticed = self.chance(0.85 if self.wet == "WI2021" else 0.15)
        self.notice = self.after(self.registration, -30, 0, 0, 20) if noticed else None
        both = (self.notice, self.registration)
        self.term = max(both) if all(both) else None

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def near(self, day: date, *distances: int) -> date:
        """A day before, on or after one of the distances from `day`; later than the peildatum as well."""
        return day + days(self.rng.choice(distances) + self.rng.choice((-1, 0, 0, 1)))

    def around(self, day: date, *distances: int) -> date:
        """The same, from 1990 on; what lies after the peildatum falls on it or shortly before."""
        latest = self.peildatum - days(self.rng.choice((0, 0, 1, 7)))
        found = self.near(day, *distances)
        return max(found if found <= self.peildatum else latest, date(1990, 1, 1))

    def some_day(self, *before_peildatum: int) -> date:
        """A milestone, a shared day, a boundary before the peildatum, or just any day."""
        kind = self.rng.random()
        if kind < 0.4:
            return self.rng.choice(self.moments)
        if kind < 0.8:
            return self.around(self.peildatum, *(-distance for distance in before_peildatum))
        return self.peildatum - days(self.rng.randint(0, 1500))

    def after(self, day: date | None, *distances: int) -> date:
        """Around an earlier day, or around the ten weeks before the peildatum."""
        return self.around(day, *distances) if day and self.chance(0.5) else self.some_day(0, 69, 70, 71)

    def end_after(self, start: date, *candidates: date) -> date:
        """An end in reach: at a candidate, on the start, on the peildatum, or any day between."""
        options = [day for day in candidates if start <= day <= self.peildatum]
        if not options or self.chance(0.25):
            options = [start, self.peildatum, *[start + days(self.rng.randint(0, (self.peildatum - start).days))] * 3]
        return self.rng.choice(options)

    def six_months(self, start: date) -> date:
        """An end around that of six months."""
        full = six_months_full(start)
        return self.end_after(start, full - days(1), full, full, full + days(1), self.peildatum)

    def registered(self) -> tuple[Registered, ...]:
        doelgroep = self.rng.choice((given.ASIEL, given.ASIEL, given.GEZIN))
        asylum = self.chance(0.8 if doelgroep == given.ASIEL else 0.2)
        pips, periods, benefits = self.pips(), self.begeleiding(), self.uitkering()
        gone = {}
        if self.chance(0.3):
            gone = given.left(self.departure(pips, periods, benefits), self.rng.choice(contract.REDENEN_UITSTROOM))
        known = f"WK0392{self.rng.randint(1, 21):02d}"
        return given.someone(
            *self.intake(), *pips, *periods, *benefits, *self.ontzorging(benefits), *self.overdracht(periods),
            wet=self.wet,
            doelgroep=doelgroep,
            verblijfsrecht="asiel" if asylum else "regulier",
            datum_kennisgeving=self.notice,
            datum_inschrijving_brp=self.registration,
            datum_huisvesting=self.housed,
            wijkcode=self.rng.choice((None, "WK039299")) if self.chance(0.15) else known,
            **gone,
        )  # fmt: skip

    def intake(self) -> list[Registered]:
        start = self.around(self.notice or self.peildatum, -10, 0, 30) if self.chance(0.6) else self.some_day(0)
        return [given.intake(start, self.rng.choice((*contract.UITSLAGEN, None)))] if self.chance(0.6) else []

    def pips(self) -> list[Registered]:
        if self.chance(0.35 if self.wet == "WI2021" else 0.95):
            return []
        near_term = self.term and self.chance(0.75)
        dates = [self.around(self.term, -5, 0, 70, 70, 70, 90) if near_term else self.some_day(0, 10)]
        while self.chance(0.4):
            dates.append(self.around(dates[-1], 2, 30, 200))
        made = []
        for day in sorted(set(dates)):
            leerroute, late = self.rng.choice("BOZ"), self.chance(0.35)
            levels = {"B": ("B1", "A2", None) if made else ("B1", None), "O": ("B1", None), "Z": ("A2", None)}
            gemeente, niveau = self.rng.choice(("0392",) * 8 + ("0363", "0034")), self.rng.choice(levels[leerroute])
            made.append(given.pip(day, gemeentecode=gemeente, leerroute=leerroute, niveau=niveau, uitstel_derden=late))
        return made

    def begeleiding(self) -> list[Registered]:
        made: dict[date, Registered] = {}
        for _ in range(self.rng.choice((0, 1, 1, 1, 1, 2, 3))):
            start = self.some_day(0, 335, 365, 395, 396, 730, 760, 761)
            if self.housed and self.chance(0.3):
                start = self.around(self.housed, 0, 10, 31)
            norm = 730 if (self.housed or start) < date(2020, 1, 1) else 365
            grace = self.near(start, norm - 30, norm + 30, norm, norm + 30)
            backlog = self.peildatum - days(self.rng.choice((30, 31, 90, 91)))
            turn = self.rng.choice((date(2021, 12, 31), date(2022, 1, 1)))
            end = self.end_after(start, grace, grace, grace, self.peildatum, start, backlog, backlog, turn)
            reason = self.rng.choice(("Afgerond", *contract.REDENEN_EINDE_BEGELEIDING))
            made[start] = given.period(start, end if self.chance(0.7) else None, reason)
        return list(made.values())

    def uitkering(self) -> list[Registered]:
        made: dict[date, Registered] = {}
        for _ in range(self.rng.choice((0, 1, 1, 1, 2, 3))):
            start = self.some_day(0, 29, 30, 31, 183, 184)
            if self.chance(0.25):
                # Six months that are full on, or a day from, the peildatum.
                start = self.around(add_months(self.peildatum, -6), 0, 1)
            made[start] = given.benefit(start, self.six_months(start) if self.chance(0.4) else None)
        return list(made.values())

    def ontzorging(self, benefits: list[Registered]) -> list[Registered]:
        if self.chance(0.25):
            return []
        right = min((row["datum_start"] for _, row in benefits), default=self.peildatum)
        start = end = None
        if self.chance(0.75):
            start = self.around(right, -20, 0, 0, 30, 31) if self.chance(0.7) else self.some_day(0, 30)
            end = self.six_months(start) if self.chance(0.6) else None
        paid = {"huur": self.chance(0.6), "energie": self.chance(0.5), "zorgpremie": self.chance(0.7)}
        return [given.relief(start, end, **paid, gesprekken_budgetcoach=self.rng.choice((0, 0, 1, 2, 5)))]

    def departure(self, pips: list[Registered], periods: list[Registered], benefits: list[Registered]) -> date:
        """Leaving on or next to a day that decides something."""
        decisive = [self.peildatum, self.peildatum, self.some_day(0)]
        decisive += [self.term + days(70)] * 3 if self.term else []
        decisive += [self.housed + days(30)] * 2 if self.housed else []
        for _, row in periods:
            decisive += [row["datum_start"] + days(number) for number in (0, 395, 760)]
            decisive += [row["datum_einde"] + days(n) for n in (0, 12, 25, 50)] if row["datum_einde"] else []
        decisive += [six_months_full(row["datum_start"]) for _, row in benefits * 2]
        decisive += [row["dagtekening_pip"] for _, row in pips[:1]]
        return self.around(self.rng.choice([day for day in decisive if day <= self.peildatum]), 0)

    def overdracht(self, periods: list[Registered]) -> list[Registered]:
        if self.chance(0.35):
            return []
        base = max((row["datum_einde"] for _, row in periods if row["datum_einde"]), default=self.peildatum)
        table, row = given.handover(self.rng.choice(STATUSSEN_OVERDRACHT), self.around(base, -20, 0, 10, 30))
        if row.get("vorm"):
            row["vorm"] = self.rng.choice(("Kennismaking", "Driegesprek"))
        row["wijkteam"] = self.rng.choice(contract.wijkteams())
        row["datum_gepland"] = self.near(self.peildatum, -40, 0, 30) if self.chance(0.6) else None
        row["begeleidingsbehoefte"] = self.rng.choice((True, True, False, None))
        row["datum_wijkteambezoek"] = self.around(base, -60, 0, 0, 10) if self.chance(0.6) else None
        return [(table, row)]


def random_selection(seed: int, peildatum: date) -> Selection:
    """Filters at random, each of them off more often than on; `peildatum` is the delivery's."""
    rng = random.Random(f"selection {seed}")

    def some(share: float, values: tuple) -> tuple:
        return tuple(rng.sample(values, rng.randint(1, min(3, len(values))))) if rng.random() < share else ()

    bounds = [*MILESTONES, peildatum, peildatum - days(30), peildatum - days(365)]
    start, stop = sorted(rng.choices(bounds, k=2))
    earlier = [
        *(peildatum - days(number) for number in (0, 1, 31, rng.randint(0, 700))),
        *(add_months(peildatum, number) for number in (-6, -12)),
        *(day for day in MILESTONES if date(2021, 12, 31) <= day <= peildatum),
    ]
    return Selection(
        stadsdelen=some(0.25, (*STADSDELEN, "Onbekend")),
        wijkteams=some(0.25, (*contract.wijkteams(), "Onbekend")),
        doelgroepen=some(0.2, contract.DOELGROEPEN),
        wetten=some(0.2, ("WI2013", "WI2021")),
        cohorten=some(0.2, (2019, 2020, 2021, 2022, 2023)),
        huisvesting_van=start if rng.random() < 0.2 else None,
        huisvesting_tot=stop if rng.random() < 0.2 else None,
        peildatum=rng.choice(earlier) if rng.random() < 0.6 else None,
    )
