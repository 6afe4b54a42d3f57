"""Random deliveries that look for trouble: small, valid by the contract, and full of ties and boundaries.

A date is seldom just random: it lies a day before, on or a day after the moment at which a definition changes
its mind. Nothing in them says anything about a real municipality.
"""

import random
from collections.abc import Callable
from datetime import date

from data import contract
from queries import Selection
from tests.queries.oracle import Row, add_months, days, six_months_full

TABLES = tuple(contract.TABELLEN)
WIJKTEAMS = contract.wijkteams()
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


def wijkcode(number: int) -> str:
    return f"WK0392{number:02d}"


def random_delivery(seed: int, persons: int) -> tuple[dict[str, list[Row]], date]:
    """A delivery of `persons` persons as it is after acceptance: rows per table, and the peildatum."""
    rng = random.Random(seed)
    peildatum = rng.choice(PEILDATUMS)
    moments = [day for day in MILESTONES if day <= peildatum]
    # A few days that many things share, so that ties are the rule.
    moments += [peildatum - days(rng.randint(0, 500)) for _ in range(4)]
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    for number in range(persons):
        one = Life(rng, peildatum, moments, f"persoon-{seed}-{number:05d}")
        for table, rows in one.rows().items():
            tables[table] += rows
    for rows in tables.values():
        rng.shuffle(rows)
    return tables, peildatum


class Life:
    """One person: every date is drawn around the ones before it."""

    def __init__(self, rng: random.Random, peildatum: date, moments: list[date], inburgeraar_id: str):
        self.rng = rng
        self.peildatum = peildatum
        self.moments = moments
        self.id = inburgeraar_id

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

    def rows(self) -> dict[str, list[Row]]:
        rng = self.rng
        self.wet = "WI2021" if self.chance(0.75) else "WI2013"
        self.doelgroep = rng.choice((contract.DOELGROEPEN[0], contract.DOELGROEPEN[0], contract.DOELGROEPEN[1]))
        asylum = self.chance(0.8 if self.doelgroep == contract.DOELGROEPEN[0] else 0.2)
        self.verblijf = "asiel" if asylum else "regulier"
        self.housed = self.sometimes(0.85, lambda: self.some_day(0, 29, 30, 31, 365, 395, 396, 760, 761))
        self.registered = self.sometimes(0.85, self.registration)
        self.notice = self.sometimes(0.85 if self.wet == "WI2021" else 0.15, self.notification)
        self.left, reason = None, None
        tables = {
            "pip": self.pips(),
            "begeleiding": self.begeleiding(),
            "uitkering": self.uitkering(),
        }
        tables["ontzorging"] = self.ontzorging(tables["uitkering"])
        if self.chance(0.3):
            self.left = self.departure(tables)
            reason = rng.choice(contract.REDENEN_UITSTROOM)
        tables["intake"] = self.intake()
        tables["overdracht"] = self.overdracht(tables["begeleiding"])
        code = wijkcode(rng.randint(1, 21))
        if self.chance(0.15):
            code = rng.choice((None, ONBEKENDE_WIJK))
        tables["inburgeraar"] = [{
            "inburgeraar_id": self.id,
            "wet": self.wet,
            "doelgroep": self.doelgroep,
            "verblijfsrecht": self.verblijf,
            "datum_kennisgeving": self.notice,
            "datum_inschrijving_brp": self.registered,
            "datum_huisvesting": self.housed,
            "wijkcode": code,
            "datum_uitstroom": self.left,
            "reden_uitstroom": reason,
        }]  # fmt: skip
        return tables

    def registration(self) -> date:
        if self.housed and self.chance(0.5):
            return self.clip(self.around(self.housed, 0, 1, 14))
        return self.some_day(0, 69, 70, 71)

    def notification(self) -> date:
        if self.registered and self.chance(0.5):
            return self.clip(self.around(self.registered, -30, 0, 0, 20))
        return self.some_day(0, 69, 70, 71)

    def intake(self) -> list[Row]:
        if self.chance(0.4):
            return []
        base = self.notice or self.peildatum
        start = self.clip(self.around(base, -10, 0, 30)) if self.chance(0.6) else self.some_day(0)
        result = self.rng.choice((*contract.UITSLAGEN, None))
        return [{"inburgeraar_id": self.id, "datum_start": start, "uitslag_leerbaarheidstoets": result}]

    def pips(self) -> list[Row]:
        if self.chance(0.35 if self.wet == "WI2021" else 0.95):
            return []
        if self.notice and self.registered and self.chance(0.75):
            first = self.clip(self.around(max(self.notice, self.registered), -5, 0, 70, 70, 70, 90))
        else:
            first = self.some_day(0, 10)
        dates = [first]
        while self.chance(0.4):
            later = self.clip(self.around(dates[-1], 2, 30, 200))
            if later > dates[-1]:
                dates.append(later)
        rows = []
        for number, day in enumerate(dates):
            leerroute = self.rng.choice(("B", "O", "Z"))
            levels = {"B": ("B1", None) if number == 0 else ("B1", "A2", None), "O": ("B1", None)}
            rows.append({
                "inburgeraar_id": self.id,
                "dagtekening_pip": day,
                "gemeentecode": "0392" if self.chance(0.8) else self.rng.choice(("0363", "0034")),
                "leerroute": leerroute,
                "niveau": self.rng.choice(levels.get(leerroute, ("A2", None))),
                "uitstel_derden": self.chance(0.35),
            })  # fmt: skip
        return rows

    def begeleiding(self) -> list[Row]:
        rows: dict[date, Row] = {}
        for _ in range(self.rng.choice((0, 1, 1, 1, 1, 2, 3))):
            kind = self.rng.random()
            if self.housed and kind < 0.3:
                start = self.clip(self.around(self.housed, 0, 10, 31))
            elif kind < 0.6:
                start = self.clip(self.around(self.peildatum, -395, -396, -760, -761, 0))
            else:
                start = self.some_day(0, 335, 365, 396, 730, 761)
            norm = 730 if (self.housed or start) < date(2020, 1, 1) else 365
            end = None
            if self.chance(0.7):
                grace = self.around(start, norm - 30, norm + 30, norm, norm + 30)
                backlog = self.peildatum - days(self.rng.choice((30, 31, 90, 91)))
                turn = self.rng.choice((date(2021, 12, 31), date(2022, 1, 1)))
                others = (self.peildatum, start, backlog, backlog, turn)
                end = self.end_after(start, grace, grace, grace, *others)
            rows[start] = {
                "inburgeraar_id": self.id,
                "datum_start": start,
                "datum_einde": end,
                "reden_einde": self.rng.choice(("Afgerond", *contract.REDENEN_EINDE_BEGELEIDING)) if end else None,
            }
        return list(rows.values())

    def uitkering(self) -> list[Row]:
        rows: dict[date, Row] = {}
        for _ in range(self.rng.choice((0, 1, 1, 1, 2, 3))):
            start = self.some_day(0, 29, 30, 31, 183, 184)
            if self.chance(0.25):
                # Six months that are full on, or a day from, the peildatum.
                start = self.clip(self.around(add_months(self.peildatum, -6), 0, 1))
            end = self.sometimes(0.4, lambda day=start: self.end_after(day, *self.around_six_months(day)))
            rows[start] = {"inburgeraar_id": self.id, "datum_start": start, "datum_einde": end}
        return list(rows.values())

    def around_six_months(self, start: date) -> list[date]:
        full = six_months_full(start)
        return [full - days(1), full, full, full + days(1), self.peildatum]

    def ontzorging(self, uitkering: list[Row]) -> list[Row]:
        if self.chance(0.25):
            return []
        right = min((row["datum_start"] for row in uitkering), default=self.peildatum)
        start = end = None
        if self.chance(0.75):
            start = self.some_day(0, 30)
            if self.chance(0.7):
                start = self.clip(self.around(right, -20, 0, 0, 30, 31))
            if self.chance(0.6):
                end = self.end_after(start, *self.around_six_months(start))
        return [{
            "inburgeraar_id": self.id,
            "datum_start": start,
            "datum_einde": end,
            "reden_niet_gestart": None if start else self.rng.choice(contract.REDENEN_NIET_GESTART),
            "reden_einde": self.rng.choice(contract.REDENEN_EINDE_ONTZORGING) if end else None,
            "huur": self.chance(0.6),
            "energie": self.chance(0.5),
            "zorgpremie": self.chance(0.7),
            "gesprekken_budgetcoach": self.rng.choice((0, 0, 1, 2, 5)),
        }]  # fmt: skip

    def departure(self, tables: dict[str, list[Row]]) -> date:
        """Leaving on or next to a day that decides something."""
        decisive = [self.peildatum, self.peildatum, self.some_day(0)]
        if self.notice and self.registered:
            decisive += [max(self.notice, self.registered) + days(70)] * 3
        if self.housed:
            decisive += [self.housed + days(30)] * 2
        for row in tables["begeleiding"]:
            decisive += [row["datum_start"], row["datum_start"] + days(395), row["datum_start"] + days(760)]
            decisive += [row["datum_einde"] + days(n) for n in (0, 12, 25, 50)] if row["datum_einde"] else []
        for row in tables["uitkering"]:
            decisive += [six_months_full(row["datum_start"])] * 2
        decisive += [row["dagtekening_pip"] for row in tables["pip"][:1]]
        day = self.rng.choice([day for day in decisive if day <= self.peildatum])
        return self.clip(day + days(self.rng.choice((-1, 0, 0, 1))))

    def overdracht(self, begeleiding: list[Row]) -> list[Row]:
        if self.chance(0.35):
            return []
        ends = [row["datum_einde"] for row in begeleiding if row["datum_einde"]]
        base = max(ends, default=self.peildatum)
        status = self.rng.choice(STATUSSEN_OVERDRACHT)
        planned = self.sometimes(0.6, lambda: self.around(self.peildatum, -40, 0, 30))
        done = self.clip(self.around(base, -20, 0, 10, 30)) if status == "Afgerond" else None
        return [{
            "inburgeraar_id": self.id,
            "wijkteam": self.rng.choice(WIJKTEAMS),
            "status": status,
            "datum_gepland": planned,
            "datum_overdracht": done,
            "vorm": self.rng.choice(("Kennismaking", "Driegesprek")) if done else None,
            "begeleidingsbehoefte": self.rng.choice((True, True, False, None)),
            "datum_wijkteambezoek": self.sometimes(0.6, lambda: self.clip(self.around(base, -60, 0, 0, 10))),
        }]  # fmt: skip


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
        wijkteams=some(0.25, (*WIJKTEAMS, "Onbekend")),
        doelgroepen=some(0.2, contract.DOELGROEPEN),
        wetten=some(0.2, ("WI2013", "WI2021")),
        cohorten=some(0.2, (2019, 2020, 2021, 2022, 2023)),
        huisvesting_van=start,
        huisvesting_tot=stop,
        peildatum=rng.choice(earlier) if rng.random() < 0.6 else None,
    )
