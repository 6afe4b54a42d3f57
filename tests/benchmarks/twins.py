"""The answer to every question once more, from the definitions alone and without a line of the product.

What grows with the number of persons is done by Polars or pandas: rows.py puts the rows together and counts them. What
is then said of those counts, a few thousand at most, is plain Python. ``ANSWERS``: per question what gives its rows.
"""

from __future__ import annotations

import calendar
import csv
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from scipy.stats import beta

from tests.benchmarks import rows
from tests.benchmarks.rows import ID, OPEN, REFERENCE, REGIMES, Town, counted

Rows = list[tuple[Any, ...]]
STATUSES = ("Overgedragen", "Gepland", "Niet bereikt", "Afgezien", "Geen overdracht geregistreerd", "Vertrokken")
NUMBERS = ("pip_zonder", "pip_over_termijn", "ontzorging_zonder", "ontzorging_lang_zonder")
NUMBERS += ("overdracht_open", "overdracht_lang_open")
MONTH, Z95, Z99 = 30.4375, 1.959963984540054, 2.5758293035489004
# Asked of an area: beside the whole city is nobody.
CHOSEN = {"kpi_vergelijking": {"stadsdelen": ("Schalkwijk",)}}
# The sentences about the figures have no twin.
SENTENCES = {"evaluatie_meetbaarheid": "toelichting", "evaluatie_vergelijking": "reden"}


def month(day: date) -> date:
    return day.replace(day=1)


def quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def grouped(found: Iterable[tuple], key: Callable[[tuple], Any] = itemgetter(0)) -> Iterable[tuple[Any, Rows]]:
    """The rows per key, by default their first column; without those that have none."""
    per_key = defaultdict(list)
    for row in found:
        per_key[key(row)].append(row)
    per_key.pop(None, None)
    return per_key.items()


def total(found: Rows, *true: int) -> int:
    """The sum of the last column, of the rows in which these columns hold."""
    return sum(row[-1] for row in found if all(row[column] for column in true))


def share(hits: int, size: int, z: float = Z95) -> tuple[float | None, ...]:
    """A share and its Wilson interval."""
    if not size:
        return None, None, None
    middle, radius = hits + z * z / 2, z * math.sqrt(hits * (size - hits) / size + z * z / 4)
    return hits / size, max(0.0, (middle - radius) / (size + z * z)), min(1.0, (middle + radius) / (size + z * z))


def shares(found: Rows) -> tuple:
    """Teller, noemer and the share of rows that end in whether they count, and their number."""
    return total(found, -2), total(found), *share(total(found, -2), total(found))


def compared(now: Rows, other: Rows, z: float = Z95) -> tuple:
    """Two shares, and their difference with Newcombe's interval."""
    hits, size, *_ = first = shares(now)
    more, many, *_ = second = shares(other)
    told = *first[:3], *second[:3]
    if min(size, many) < 10:
        return *told, None, None, None, "geen oordeel"
    (p, low, high), (q, least, most) = share(hits, size, z), share(more, many, z)
    low, high = p - q - math.hypot(p - low, most - q), p - q + math.hypot(high - p, q - least)
    return *told, p - q, low, high, "hoger" if low > 0 else "lager" if high < 0 else "binnen toeval"


def curve(found: Rows) -> Rows:
    """Kaplan-Meier over rows that end in days, whether it is an event, and their number."""
    per_day, left = Counter({(0, True): 0} if found else {}), 1.0
    for *_, day, event, number in found:
        per_day[day, bool(event)] += number
    at_risk, told = sum(per_day.values()), []
    for day in sorted({day for day, _ in per_day}):
        events, censored = per_day[day, True], per_day[day, False]
        left *= 1 - events / at_risk
        told.append((day, at_risk, events, censored, left))
        at_risk -= events + censored
    return told


def curves(found: Rows) -> Rows:
    return [(group, *day) for group, each in grouped(found) for day in curve(each)]


def quantile(found: Rows, reached: float = 0.5, unit: float = 1) -> float | None:
    """The first day on which no more than that part is left, in units of so many days."""
    days = (day for day, *_, left in curve(found) if left <= reached + 1e-9)
    return next((day if unit == 1 else day / unit for day in days), None)


def figures(found: Rows, *before: Any) -> Iterator[tuple]:
    """Every indicator, of rows that end in its name, days, whether it counts, and their number."""
    for name, each in grouped(found, itemgetter(-4)):
        if name in NUMBERS:
            yield *before, name, total(each, -2), total(each), total(each, -2), None, None
        elif "mediaan" in name:
            median = quantile(each, unit=MONTH if name == "begeleiding_mediaan" else 1)
            yield *before, name, total(each, -2), total(each), median, None, None
        else:
            yield *before, name, *shares(each)


def kpi(town: Town) -> Rows:
    return list(figures(counted(rows.observed(town), "indicator", "tijd", "telt")))


def kpi_trend(town: Town) -> Rows:
    ends = (date(town.day.year, each, calendar.monthrange(town.day.year, each)[1]) for each in range(1, 13))
    days = [*(day for day in ends if day < town.day), town.day]
    return [(day, *row) for day in days for row in kpi(replace(town, day=day))]


def kpi_per_gebied(town: Town) -> Iterator[tuple]:
    found = counted(rows.observed(town), "stadsdeel", "wijkteam", "indicator", "tijd", "telt")
    for place, niveau in enumerate(("stadsdeel", "wijkteam")):
        for area, each in grouped(found, itemgetter(place)):
            yield from figures(each, niveau, area)


def kpi_gebied_vergelijking(town: Town) -> Iterator[tuple]:
    found = counted(rows.observed(town), "stadsdeel", "wijkteam", "indicator", "telt")
    for name, city in grouped(found, itemgetter(2)):
        for place, niveau in enumerate(("stadsdeel", "wijkteam")):
            for area, own in grouped(city, itemgetter(place)):
                rest = [row for row in city if row[place] != area]
                if name not in NUMBERS and "mediaan" not in name:
                    yield niveau, area, name, *compared(own, rest, Z99)


def kpi_vergelijking(town: Town) -> Rows:
    (area,) = CHOSEN["kpi_vergelijking"]["stadsdelen"]
    return [row[2:] for row in kpi_gebied_vergelijking(town) if row[:2] == ("stadsdeel", area)]


def per_quarter(observed: Any) -> Iterator[tuple]:
    """The shares by quarter of entry."""
    found = (row for row in counted(observed, "indicator", "instroom", "telt") if row[1])
    for key, each in grouped(found, lambda row: (row[0], quarter(row[1]))):
        yield *key, *shares(each)


def kpi_verandering(town: Town) -> Iterator[tuple]:
    for name, found in grouped(counted(rows.followed(town), "indicator", "instroom", "telt")):
        quarters = dict(grouped(found, lambda row: quarter(row[1])))
        if latest := max((start for start, each in quarters.items() if total(each) >= 10), default=None):
            earlier = [row for row in found if date(latest.year, 1, 1) <= row[1] < latest]
            yield name, latest, *compared(quarters[latest], earlier)


def kpi_sinds(town: Town) -> Iterator[tuple]:
    since = month(town.day) - timedelta(days=1)
    for name, found in grouped(counted(rows.followed(town), "indicator", "gevolgd", "telt")):
        earlier = [row for row in found if row[1] <= since and row[1].year == town.day.year]
        yield name, *compared([row for row in found if row[1] > since], earlier)


def stock(started: Any, town: Town) -> Iterator[tuple]:
    """Started, ended and running per month, from the first month to the last, without gaps."""
    begun, ended, running = Counter(), Counter(), 0
    for start, end, number in counted(started, "datum_start", "datum_einde"):
        begun[month(start)] += number
        ended[month(end or date.max)] += number
    each = min(begun, default=date.max)
    while each <= town.day:
        running += begun[each] - ended[each]
        yield each, begun[each], ended[each], running
        each = month(each + timedelta(days=31))


def begeleiding_duur(town: Town) -> Iterator[tuple]:
    found = counted(rows.periods(town), "regime", "beeindigd", "te_beoordelen", "over_norm", "tijd", "telt")
    for regime, each in grouped(found):
        quartiles, ended = (quantile(each, left, MONTH) for left in (0.75, 0.5, 0.25)), total(each, 1)
        counts = 730 if regime == REGIMES[0] else 365, total(each), ended, total(each) - ended
        yield regime, *counts, *quartiles, total(each, 2, 3), total(each, 2)


def national(name: str, observed: Any, town: Town) -> Iterator[tuple]:
    """The persons who count beside what was published of that day."""
    found = dict(grouped(counted(observed, "doelgroep", "cohort", name), itemgetter(0, 1)))
    with (REFERENCE.parent / "landelijk.csv").open(encoding="utf-8") as file:
        for each in csv.DictReader(file):
            if (each["indicator"], each["stand"]) == (name, str(town.day)):
                group = each["doelgroep"], int(each["cohort"])
                hits = int(each["teller"]) if each["teller"] else None
                published = hits, int(each["noemer"]), each["soort"], float(each["waarde"]), each["bron"]
                yield *group, town.day, *shares(found.get(group, [])), *published


def intake_landelijk(town: Town) -> Iterator[tuple]:
    for *told, _, value, source in national("intake_gestart", rows.noticed(town), town):
        yield *told, value, source


def pip_per_wijkteam(town: Town) -> Iterator[tuple]:
    others = ("Binnen termijn", "Termijn niet gestart", "PIP te laat", "Op tijd")
    for team, found in grouped(counted(rows.plans(town), "wijkteam", "uiterste_datum", "actief", "status")):
        late = [row for row in found if row[2] and row[3] == "Termijn verstreken zonder PIP"]
        longest = max(((town.day - row[1]).days for row in late), default=None)
        counts = (total([row for row in found if row[3] == status]) for status in others)
        yield team, total(late), longest, *counts, total(found)


def tested(town: Town) -> Any:
    return rows.with_intake(rows.plans(town).filter("actief", "met_pip"), town)


def ontzorging_redenen(town: Town) -> Rows:
    found = Counter()
    for status, no, end, number in counted(rows.reliefs(town), "status", "reden_niet_gestart", "reden_einde"):
        if status == "Voortijdig beëindigd":
            found[status, end or "Onbekend"] += number
        elif status in ("Niet gestart", "Geen registratie"):
            found["Niet gestart", no or "Onbekend"] += number
    return [(*key, number) for key, number in found.items()]


def ontzorging_lasten(town: Town) -> Rows:
    posts = ("huur", "energie", "zorgpremie")
    found = counted(rows.reliefs(town).filter("telt"), *posts)
    return [(post, total(found, column), total(found)) for column, post in enumerate(posts)]


def waits(found: Rows) -> Iterator[int]:
    bounds = ((0, 30), (31, 90), (91, math.inf))
    return (total([row for row in found if low <= row[-4] <= high]) for low, high in bounds)


def handed_over(found: Rows) -> tuple:
    """Of rows that end in status, driegesprek, days since the end and on the clock, an event or not, their number."""
    counts = [total([row for row in found if row[-6] == status]) for status in STATUSES]
    still, stayed = ([row for row in found if row[-6] in of] for of in (OPEN, STATUSES[:-1]))
    return total(found), *counts, total(found, -5), quantile(stayed), *waits(still)


def handovers(town: Town) -> Rows:
    return counted(rows.handovers(town), "wijkteam", "status", "driegesprek", "wacht", "tijd", "telt")


def per_kwartaal(town: Town, *by: str) -> Rows:
    """Requests by quarter and the rest."""
    found = Counter()
    for start, *rest, number in counted(rows.requests(town), "maand", *by):
        found[quarter(start), *rest] += number
    return [(*key, number) for key, number in found.items()]


def melding_diversiteit(town: Town) -> Iterator[tuple]:
    for start, each in grouped(per_kwartaal(town, "hulpvraag")):
        parts = [row[-1] / total(each) for row in each]
        varied = math.exp(-sum(part * math.log(part) for part in parts))
        yield start, total(each), len(each), varied if total(each) >= 10 else None


def part_of(town: Town, column: str, value: str) -> Iterator[tuple]:
    """Per quarter, of the requests with something in the column: which part has the value."""
    found = [(start, held == value, number) for start, held, number in per_kwartaal(town, column) if held]
    return ((start, *shares(each)) for start, each in grouped(found))


def evaluatie_regimes(town: Town) -> Iterator[tuple]:
    period = rows.periods(town)
    persons = dict(counted(period, "regime", of=ID))
    for regime, each in grouped(counted(period, "regime", "datum_huisvesting", "tijd", "telt")):
        housed = [row[1] for row in each if row[1]]
        first, last = min(housed, default=None), max(housed, default=None)
        yield regime, persons[regime], total(each), quantile(each, unit=MONTH), first, last


def asked(town: Town, *by: str) -> Rows:
    """Requests by who asks and by regime, both empty where they were not delivered, and by another column."""
    made = rows.requests(town)
    if town.asked:
        return counted(made, "statushouder", "begeleidingsregime", *by)
    return [(None, None, *row) for row in counted(made, *by)]


def evaluatie_meldingen(town: Town) -> Rows:
    found, persons = asked(town, "soort"), dict(counted(rows.periods(town), "lang", of=ID))
    counts = {name: total([row for row in found if row[1] == name], 0) for name in REGIMES[:2]}
    return [(name, number, persons.get(name == REGIMES[0], 0)) for name, number in counts.items()]


def evaluatie_meetbaarheid(town: Town) -> Iterator[tuple]:
    found, persons = asked(town, "verwijzer"), dict(counted(rows.periods(town), "lang", of=ID))
    old, new = persons.get(True, 0), persons.get(False, 0)
    known = total([row for row in found if row[0] is not None])
    parts = [("statushouder_geregistreerd", known, total(found), 0.95)]
    parts += [("regime_geregistreerd", total(found, 0, 1), total(found, 0), 0.95)]
    parts += [("verwijzer_bekend", total(found, 2), total(found), 0.8)]
    for name, part, whole, least in parts:
        nothing = 0 if name.startswith("status") and not town.asked else None
        value = part / whole if whole else nothing
        yield name, (value or 0) >= least, value, least
    yield from (("groep_24_maanden", old >= 30, old, 30.0), ("groep_12_maanden", new >= 30, new, 30.0))
    seen = 2.801585 * math.sqrt(0.25 * (1 / old + 1 / new)) if old and new else None
    yield "aantoonbaar_verschil", seen is not None and seen <= 0.1, seen, 0.1


def evaluatie_vergelijking(town: Town) -> Rows:
    """The exact interval of Clopper and Pearson, turned into ratios."""
    (_, old, old_size), (_, new, size) = evaluatie_meldingen(town)
    if not (all(row[1] for row in evaluatie_meetbaarheid(town)) and old + new):
        return [(None, None, None, None, None, "niet te vergelijken")]
    bounds = beta.ppf(0.025, new, old + 1) if new else 0.0, beta.ppf(0.975, new + 1, old) if old else 1.0
    low, high = (part / (1 - part) * old_size / size if part < 1 else None for part in bounds)
    verdict = "meer" if low > 1 else "minder" if high is not None and high < 1 else "geen verschil aangetoond"
    ratio = new / size / (old / old_size) if old else None
    return [(100 * old / old_size, 100 * new / size, ratio, low, high, verdict)]


FUNCTIONS = (kpi, kpi_trend, kpi_per_gebied, kpi_gebied_vergelijking, kpi_verandering, kpi_sinds, begeleiding_duur)
FUNCTIONS += (kpi_vergelijking, intake_landelijk, pip_per_wijkteam)
FUNCTIONS += (ontzorging_redenen, ontzorging_lasten, melding_diversiteit)
FUNCTIONS += (evaluatie_regimes, evaluatie_meldingen, evaluatie_meetbaarheid, evaluatie_vergelijking)
ANSWERS: dict[str, Callable[[Town], Iterable[tuple]]] = {each.__name__: each for each in FUNCTIONS} | {
    "personen": lambda town: [(total(counted(rows.people(town).filter("in_beeld"), "wet")),)],
    "kpi_kwartaal": lambda town: per_quarter(rows.observed(town)),
    "kpi_instroom": lambda town: per_quarter(rows.followed(town)),
    "begeleiding_overleving": lambda town: curves(counted(rows.periods(town), "regime", "tijd", "telt")),
    "begeleiding_voorraad": lambda town: stock(rows.periods(town), town),
    "pip_status": lambda town: counted(rows.plans(town), "doelgroep", "status"),
    "pip_overleving": lambda town: curves(counted(rows.plans(town).filter("loopt"), "doelgroep", "tijd", "telt")),
    "zonder_pip": lambda town: national("zonder_pip", rows.plans(town).filter("aangemeld"), town),
    "leerroute_verdeling": lambda town: counted(
        rows.plans(town).filter("actief"), "stadsdeel", "doelgroep", "leerroute"
    ),
    "leerroute_wissel": lambda town: counted(tested(town), "eerste_leerroute", "leerroute", "niveau"),
    "leerroute_advies": lambda town: counted(tested(town), "uitslag", "eerste_leerroute"),
    "ontzorging_status": lambda town: counted(rows.reliefs(town), "stadsdeel", "status"),
    "ontzorging_voorraad": lambda town: stock(rows.reliefs(town).filter("telt"), town),
    "overdracht_per_wijkteam": lambda town: ((team, *handed_over(each)) for team, each in grouped(handovers(town))),
    "overdracht_totaal": lambda town: (handed_over(each) for each in [handovers(town)] if each),
    "overdracht_wachtend": lambda town: (
        (*key, *waits(each)) for key, each in grouped(handovers(town), itemgetter(0, 1)) if key[1] in OPEN
    ),
    "overdracht_overleving": lambda town: curve(counted(rows.handovers(town).filter("gebleven"), "tijd", "telt")),
    "melding_per_maand": lambda town: counted(rows.requests(town), "maand", "wijkteam", "hulpvraag", "soort"),
    "melding_verwijzer": lambda town: (
        (start, who or "Niet geregistreerd", number) for start, who, number in per_kwartaal(town, "verwijzer")
    ),
    "melding_traject": lambda town: part_of(town, "soort", "Begeleidingstraject"),
    "melding_zelforganisatie": lambda town: part_of(town, "verwijzer", "Zelforganisatie"),
}
