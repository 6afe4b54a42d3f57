"""Random deliveries that look for trouble: small, valid by the contract, and full of ties and boundaries.

A date is seldom just random: it lies a day before, on or a day after the moment at which a definition changes
its mind. Nothing in them says anything about a real municipality.
"""

import random
from collections.abc import Callable
from datetime import date

from data import contract
from queries import Selection
from tests.queries.given import (
    ASIEL,
    GEZIN,
    Registered,
    benefit,
    handover,
    intake,
    left,
    period,
    pip,
    relief,
    someone,
    tables,
)
from tests.queries.oracle import Row, add_months, days, six_months_full

STADSDELEN = tuple(contract.referentie("wijk")["stadsdeel"].unique(maintain_order=True))
ONBEKENDE_WIJK = "WK039299"
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
    limits = {
        "WK039201": [{"geldig_van": date(2020, 1, 1)}],  # begins late: nobody before it
        "WK039206": [{"geldig_tot": date(2022, 4, 1)}],  # ends, and nothing follows
        "WK039210": [  # a gap of one day
            {"geldig_tot": date(2021, 12, 31)},
            {"geldig_van": year, "wijkteam": "Delftwijk-Vondelkwartier"},
        ],
        # two teams in Schalkwijk until the year turns
        "WK039219": [{"geldig_tot": year, "wijkteam": "Meerwijk"}, {"geldig_van": year}],
        "WK039220": [{"geldig_tot": year, "wijkteam": "Meerwijk"}, {"geldig_van": year}],
    }
    if with_limits:
        wijkteam = [row | limit for row in wijkteam for limit in limits.get(row["wijkcode"], [{}])]
    return {"wijk": wijk, "wijkteam": wijkteam}


def random_delivery(seed: int, persons: int) -> tuple[dict[str, list[Row]], date]:
    """A delivery of `persons` persons as it is after acceptance: rows per table, and the peildatum."""
    rng = random.Random(seed)
    peildatum = rng.choice(PEILDATUMS)
    moments = [day for day in MILESTONES if day <= peildatum]
    # A few days that many things share, so that ties are the rule.
    moments += [peildatum - days(rng.randint(0, 500)) for _ in range(4)]
    made = tables(*(Life(rng, peildatum, moments).registered() for _ in range(persons)))
    for rows in made.values():
        rng.shuffle(rows)
    return made, peildatum


class Life:
    """One person: every date is drawn around the ones before it."""

    def __init__(self, rng: random.Random, peildatum: date, moments: list[date]):
        self.rng = rng
        self.peildatum = peildatum
        self.moments = moments

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def around(self, day: date, *distances: int) -> date:
        """A day before, on or after one of the distances from `day`."""
        return day + days(self.rng.choice(distances) + self.rng.choice((-1, 0, 0, 1)))

    def clip(self, day: date) -> date:
        """Not after the peildatum and not before 1990; what lies after it falls on it or shortly before."""
        if day > self.peildatum:
            day = self.peildatum - days(self.rng.choice((0, 0, 1, 7)))
        return max(day, date(1990, 1, 1))

    def some_day(self, *before_peildatum: int) -> date:
        """A milestone, a shared day, a boundary before the peildatum, or just any day."""
        kind = self.rng.random()
        if kind < 0.4:
            return self.rng.choice(self.moments)
        if kind < 0.8 and before_peildatum:
            return self.clip(self.around(self.peildatum, *(-distance for distance in before_peildatum)))
        return self.peildatum - days(self.rng.randint(0, 1500))

    def sometimes(self, share: float, make: Callable[[], date]) -> date | None:
        return make() if self.chance(share) else None

    def end_after(self, start: date, *candidates: date) -> date:
        """An end in reach: on the start, on the peildatum, at a candidate, or any day between."""
        options = [day for day in candidates if start <= day <= self.peildatum]
        if options and self.chance(0.75):
            return self.rng.choice(options)
        kind = self.rng.random()
        if kind < 0.2:
            return start
        if kind < 0.4:
            return self.peildatum
        return start + days(self.rng.randint(0, (self.peildatum - start).days))

    def registered(self) -> tuple[Registered, ...]:
        rng = self.rng
        self.wet = "WI2021" if self.chance(0.75) else "WI2013"
        doelgroep = rng.choice((ASIEL, ASIEL, GEZIN))
        asylum = self.chance(0.8 if doelgroep == ASIEL else 0.2)
        self.housed = self.sometimes(0.85, lambda: self.some_day(0, 29, 30, 31, 365, 395, 396, 760, 761))
        self.registration = self.sometimes(0.85, lambda: self.after(self.housed, 0, 1, 14))
        self.notice = self.sometimes(
            0.85 if self.wet == "WI2021" else 0.15, lambda: self.after(self.registration, -30, 0, 0, 20)
        )
        pips, periods, benefits = self.pips(), self.begeleiding(), self.uitkering()
        gone = {}
        relieved = self.ontzorging(benefits)
        if self.chance(0.3):
            gone = left(self.departure(pips, periods, benefits), rng.choice(contract.REDENEN_UITSTROOM))
        return someone(
            *self.intake(), *pips, *periods, *benefits, *relieved, *self.overdracht(periods),
            wet=self.wet,
            doelgroep=doelgroep,
            verblijfsrecht="asiel" if asylum else "regulier",
            datum_kennisgeving=self.notice,
            datum_inschrijving_brp=self.registration,
            datum_huisvesting=self.housed,
            wijkcode=rng.choice((None, ONBEKENDE_WIJK)) if self.chance(0.15) else f"WK0392{rng.randint(1, 21):02d}",
            **gone,
        )  # fmt: skip

    def after(self, day: date | None, *distances: int) -> date:
        """Around an earlier day, or around the ten weeks before the peildatum."""
        if day and self.chance(0.5):
            return self.clip(self.around(day, *distances))
        return self.some_day(0, 69, 70, 71)

    def intake(self) -> list[Registered]:
        if self.chance(0.4):
            return []
        base = self.notice or self.peildatum
        start = self.clip(self.around(base, -10, 0, 30)) if self.chance(0.6) else self.some_day(0)
        return [intake(start, self.rng.choice((*contract.UITSLAGEN, None)))]

    def pips(self) -> list[Registered]:
        if self.chance(0.35 if self.wet == "WI2021" else 0.95):
            return []
        first = self.some_day(0, 10)
        if self.notice and self.registration and self.chance(0.75):
            first = self.clip(self.around(max(self.notice, self.registration), -5, 0, 70, 70, 70, 90))
        dates = [first]
        while self.chance(0.4):
            dates.append(self.clip(self.around(dates[-1], 2, 30, 200)))
        made = []
        for day in sorted(set(dates)):
            leerroute = self.rng.choice("BOZ")
            levels = {"B": ("B1", "A2", None) if made else ("B1", None), "O": ("B1", None), "Z": ("A2", None)}
            gemeente = "0392" if self.chance(0.8) else self.rng.choice(("0363", "0034"))
            niveau, late = self.rng.choice(levels[leerroute]), self.chance(0.35)
            made.append(pip(day, gemeentecode=gemeente, leerroute=leerroute, niveau=niveau, uitstel_derden=late))
        return made

    def begeleiding(self) -> list[Registered]:
        made: dict[date, Registered] = {}
        for _ in range(self.rng.choice((0, 1, 1, 1, 1, 2, 3))):
            kind = self.rng.random()
            if self.housed and kind < 0.3:
                start = self.clip(self.around(self.housed, 0, 10, 31))
            elif kind < 0.6:
                start = self.clip(self.around(self.peildatum, -395, -396, -760, -761, 0))
            else:
                start = self.some_day(0, 335, 365, 396, 730, 761)
            norm = 730 if (self.housed or start) < date(2020, 1, 1) else 365
            grace = self.around(start, norm - 30, norm + 30, norm, norm + 30)
            backlog = self.peildatum - days(self.rng.choice((30, 31, 90, 91)))
            turn = self.rng.choice((date(2021, 12, 31), date(2022, 1, 1)))
            candidates = (grace, grace, grace, self.peildatum, start, backlog, backlog, turn)
            end = self.end_after(start, *candidates) if self.chance(0.7) else None
            made[start] = period(start, end, self.rng.choice(("Afgerond", *contract.REDENEN_EINDE_BEGELEIDING)))
        return list(made.values())

    def uitkering(self) -> list[Registered]:
        made: dict[date, Registered] = {}
        for _ in range(self.rng.choice((0, 1, 1, 1, 2, 3))):
            start = self.some_day(0, 29, 30, 31, 183, 184)
            if self.chance(0.25):
                # Six months that are full on, or a day from, the peildatum.
                start = self.clip(self.around(add_months(self.peildatum, -6), 0, 1))
            made[start] = benefit(start, self.end_after(start, *self.six_months(start)) if self.chance(0.4) else None)
        return list(made.values())

    def six_months(self, start: date) -> list[date]:
        """The days around the end of six months."""
        full = six_months_full(start)
        return [full - days(1), full, full, full + days(1), self.peildatum]

    def ontzorging(self, benefits: list[Registered]) -> list[Registered]:
        if self.chance(0.25):
            return []
        right = min((row["datum_start"] for _, row in benefits), default=self.peildatum)
        start = end = None
        if self.chance(0.75):
            start = self.clip(self.around(right, -20, 0, 0, 30, 31)) if self.chance(0.7) else self.some_day(0, 30)
            end = self.end_after(start, *self.six_months(start)) if self.chance(0.6) else None
        paid = {"huur": self.chance(0.6), "energie": self.chance(0.5), "zorgpremie": self.chance(0.7)}
        return [relief(start, end, **paid, gesprekken_budgetcoach=self.rng.choice((0, 0, 1, 2, 5)))]

    def departure(self, pips: list[Registered], periods: list[Registered], benefits: list[Registered]) -> date:
        """Leaving on or next to a day that decides something."""
        decisive = [self.peildatum, self.peildatum, self.some_day(0)]
        if self.notice and self.registration:
            decisive += [max(self.notice, self.registration) + days(70)] * 3
        if self.housed:
            decisive += [self.housed + days(30)] * 2
        for _, row in periods:
            decisive += [row["datum_start"] + days(number) for number in (0, 395, 760)]
            decisive += [row["datum_einde"] + days(n) for n in (0, 12, 25, 50)] if row["datum_einde"] else []
        for _, row in benefits:
            decisive += [six_months_full(row["datum_start"])] * 2
        decisive += [row["dagtekening_pip"] for _, row in pips[:1]]
        day = self.rng.choice([day for day in decisive if day <= self.peildatum])
        return self.clip(self.around(day, 0))

    def overdracht(self, periods: list[Registered]) -> list[Registered]:
        if self.chance(0.35):
            return []
        base = max((row["datum_einde"] for _, row in periods if row["datum_einde"]), default=self.peildatum)
        done = handover(self.rng.choice(STATUSSEN_OVERDRACHT), self.clip(self.around(base, -20, 0, 10, 30)))
        visit = self.sometimes(0.6, lambda: self.clip(self.around(base, -60, 0, 0, 10)))
        table, row = done
        if row.get("vorm"):
            row["vorm"] = self.rng.choice(("Kennismaking", "Driegesprek"))
        return [(table, row | {
            "wijkteam": self.rng.choice(contract.wijkteams()),
            "datum_gepland": self.sometimes(0.6, lambda: self.around(self.peildatum, -40, 0, 30)),
            "begeleidingsbehoefte": self.rng.choice((True, True, False, None)),
            "datum_wijkteambezoek": visit,
        })]  # fmt: skip


def random_selection(seed: int, peildatum: date) -> Selection:
    """Filters at random, each of them off more often than on; `peildatum` is the delivery's."""
    rng = random.Random(f"selection {seed}")

    def some(share: float, values: tuple) -> tuple:
        if rng.random() >= share:
            return ()
        return tuple(rng.sample(values, rng.randint(1, min(3, len(values)))))

    bounds = [*MILESTONES, peildatum, peildatum - days(30), peildatum - days(365)]
    start = rng.choice(bounds) if rng.random() < 0.2 else None
    stop = rng.choice(bounds) if rng.random() < 0.2 else None
    if start and stop and start > stop:
        start, stop = stop, start
    earlier = [
        peildatum, peildatum - days(1), peildatum - days(31), date(2022, 1, 1), date(2021, 12, 31),
        date(2022, 8, 31), date(2022, 2, 28), add_months(peildatum, -6), add_months(peildatum, -12),
        peildatum - days(rng.randint(0, 700)),
    ]  # fmt: skip
    earlier = [day for day in earlier if day <= peildatum]
    return Selection(
        stadsdelen=some(0.25, (*STADSDELEN, "Onbekend")),
        wijkteams=some(0.25, (*contract.wijkteams(), "Onbekend")),
        doelgroepen=some(0.2, contract.DOELGROEPEN),
        wetten=some(0.2, ("WI2013", "WI2021")),
        cohorten=some(0.2, (2019, 2020, 2021, 2022, 2023)),
        huisvesting_van=start,
        huisvesting_tot=stop,
        peildatum=rng.choice(earlier) if rng.random() < 0.6 else None,
    )
