"""Every query once more, in plain Python: dictionaries, dates and loops, no SQL.

Written from the definitions alone, so that the SQL can be held against it. Slow on purpose: a rule stands
here as one can read it, not as one would compute it.

The rows of `run` have exactly the columns of `COLUMNS`. Groups without anybody are left out; where the
definitions leave that open, `comparable` treats a missing row and a row of only 0 and null as the same.
"""

import calendar
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

ONBEKEND = "Onbekend"
HAARLEM = "0392"
VERTREK = ("Vertrek uit Nederland", "Overlijden", "Verhuizing")
REGIMES = {"24 maanden": 730, "12 maanden": 365, "12 maanden (contract 2022)": 365}  # norm in days
TWAALF_MAANDEN = ("12 maanden", "12 maanden (contract 2022)")
OPEN = ("Gepland", "Niet bereikt", "Geen overdracht geregistreerd")
NIEUW_CONTRACT = date(2022, 1, 1)
DAGEN_PER_MAAND = 30.4375
Z_95 = 1.959963984540054
TOLERANCE = 1e-9
PLAIN = {int, float, bool, str, date, type(None)}

Row = dict[str, Any]

# The columns that tell the rows of an answer apart; with VALUES they are all its columns, in order.
KEYS: dict[str, tuple[str, ...]] = {
    "kpi": ("indicator",),
    "kpi_per_gebied": ("niveau", "gebied", "indicator"),
    "kpi_trend": ("stand", "indicator"),
    "kpi_kwartaal": ("indicator", "kwartaal"),
    "kpi_instroom": ("indicator", "kwartaal"),
    "begeleiding_duur": ("regime",),
    "begeleiding_overleving": ("regime", "dag"),
    "begeleiding_voorraad": ("maand",),
    "pip_status": ("doelgroep", "status"),
    "leerroute_verdeling": ("stadsdeel", "doelgroep", "leerroute"),
    "leerroute_wissel": ("eerste_leerroute", "leerroute", "niveau"),
    "leerroute_advies": ("uitslag", "eerste_leerroute"),
    "ontzorging_status": ("stadsdeel", "status"),
    "ontzorging_redenen": ("soort", "reden"),
    "ontzorging_lasten": ("post",),
    "ontzorging_voorraad": ("maand",),
    "overdracht_per_wijkteam": ("wijkteam",),
    "melding_per_maand": ("maand", "wijkteam", "hulpvraag", "soort"),
    "melding_verwijzer": ("kwartaal", "verwijzer"),
    "evaluatie_regimes": ("regime",),
    "evaluatie_meetbaarheid": ("voorwaarde",),
}
KPI = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")
VALUES: dict[str, tuple[str, ...]] = {
    **{name: KPI for name in KEYS if name.startswith("kpi")},
    "begeleiding_duur": (
        "norm_dagen", "periodes", "beeindigd", "lopend", "p25_maanden", "mediaan_maanden", "p75_maanden",
        "over_norm_teller", "over_norm_noemer",
    ),
    "begeleiding_overleving": ("in_risico", "gebeurtenissen", "gecensureerd", "overleving"),
    "begeleiding_voorraad": ("gestart", "beeindigd", "lopend"),
    "ontzorging_lasten": ("aantal", "gestart"),
    "ontzorging_voorraad": ("gestart", "beeindigd", "lopend"),
    "overdracht_per_wijkteam": (
        "populatie", "overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken",
        "driegesprek", "mediaan_dagen", "open_0_30", "open_31_90", "open_90_plus",
    ),
    "evaluatie_regimes": ("personen", "periodes", "mediaan_maanden", "gehuisvest_van", "gehuisvest_tot"),
    "evaluatie_meetbaarheid": ("voldaan", "waarde", "drempel", "toelichting"),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {name: KEYS[name] + VALUES.get(name, ("aantal",)) for name in KEYS}
NAMES: tuple[str, ...] = tuple(KEYS)

# Answers in which every row counts: a row too many or too few is a difference, also when it holds only zeros.
ALL_ROWS = {
    "kpi", "kpi_trend", "kpi_kwartaal", "kpi_instroom", "begeleiding_voorraad", "ontzorging_voorraad",
    "evaluatie_meetbaarheid",
}  # fmt: skip
# Answers whose rows come in a defined order.
ORDERED = {"kpi", "kpi_trend", "evaluatie_meetbaarheid"}
# A group without anybody may still show its norm, or a curve that starts at 1.
NOT_A_COUNT = {"norm_dagen", "overleving"}


@dataclass(frozen=True)
class Selection:
    """The filters of a question, with the field names of `queries.Selection`; empty means all."""

    stadsdelen: tuple[str, ...] = ()
    wijkteams: tuple[str, ...] = ()
    doelgroepen: tuple[str, ...] = ()
    wetten: tuple[str, ...] = ()
    cohorten: tuple[int, ...] = ()
    huisvesting_van: date | None = None
    huisvesting_tot: date | None = None
    peildatum: date | None = None


# --- days, months and figures ---------------------------------------------------------------------


def days(number: int) -> timedelta:
    return timedelta(days=number)


def add_months(day: date, months: int) -> date:
    """The same day of the month, or that month's last day when it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def six_months_full(start: date) -> date:
    """The last day of six months that begin on `start`."""
    return add_months(start, 6) - days(1)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def elapsed(start: date, end: date) -> int:
    """End minus start in days, never +1; negative counts as 0."""
    return max(0, (end - start).days)


def earliest(*dates: date | None) -> date:
    return min(day for day in dates if day is not None)


def survival(observations: Iterable[tuple[int, bool]]) -> list[tuple[int, int, int, int, float]]:
    """Kaplan-Meier (1958) over (days, event): rows of day, at risk, events, censored and S(day), from day 0.

    Events come before censorings on the same day: who is censored on a day is still at risk on it.
    """
    observations = list(observations)
    if not observations:
        return []
    curve = []
    share = 1.0
    for day in sorted({0} | {time for time, _ in observations}):
        at_risk = sum(1 for time, _ in observations if time >= day)
        events = sum(1 for time, event in observations if time == day and event)
        censored = sum(1 for time, event in observations if time == day and not event)
        share *= 1 - events / at_risk
        curve.append((day, at_risk, events, censored, share))
    return curve


def quantile(observations: Iterable[tuple[int, bool]], level: float) -> int | None:
    """The smallest day on which S ≤ level, within 1e-9; None when the curve never gets there."""
    for day, _, _, _, share in survival(observations):
        if share <= level + TOLERANCE:
            return day
    return None


def in_months(number: int | None) -> float | None:
    return None if number is None else number / DAGEN_PER_MAAND


def wilson(teller: int, noemer: int) -> tuple[float | None, float | None]:
    """Wilson interval, 95% (Wilson 1927), within [0, 1]; nothing when the noemer is empty."""
    if noemer == 0:
        return None, None
    share = teller / noemer
    spread = Z_95**2 / noemer
    centre = (share + spread / 2) / (1 + spread)
    half = Z_95 * math.sqrt(share * (1 - share) / noemer + spread / (4 * noemer)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


# --- the dossier: what is known of a person at the end of the peildatum ---------------------------


@dataclass
class Period:
    """One period of begeleiding that started on or before the peildatum."""

    regime: str
    norm: int
    start: date
    end: date | None
    reden_einde: str | None


@dataclass
class Person:
    """What is known of somebody at the end of the peildatum: a later date is empty."""

    id: str
    wet: str
    doelgroep: str
    verblijfsrecht: str
    stadsdeel: str
    wijkteam: str
    kennisgeving: date | None
    brp: date | None
    huisvesting: date | None
    uitstroom: date | None
    vertrokken: date | None
    intake: Row | None = None
    pips: list[Row] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    # PIP
    start_termijn: date | None = None
    uiterste_datum: date | None = None
    eerste_pip: date | None = None
    pip_status: str | None = None
    eerste_leerroute: str = "Nog geen PIP"
    leerroute: str = "Nog geen PIP"
    niveau: str | None = None
    # Ontzorging
    recht_vanaf: date | None = None  # filled for the target group only
    recht_tot: date | None = None
    ontzorging: Row | None = None
    ontzorging_start: date | None = None
    ontzorging_einde: date | None = None
    ontzorging_status: str | None = None
    # Overdracht
    begeleiding_afgerond: date | None = None  # filled for the population only
    overdracht: Row | None = None
    overdracht_wijkteam: str | None = None
    overdracht_status: str | None = None
    datum_overdracht: date | None = None

    @property
    def in_beeld(self) -> bool:
        return bool(self.kennisgeving or self.brp or self.huisvesting)

    @property
    def actief(self) -> bool:
        return self.in_beeld and self.uitstroom is None

    @property
    def new_law(self) -> bool:
        return self.actief and self.wet == "WI2021"

    @property
    def still_here(self) -> bool:
        """In the population of the overdracht, and not gone."""
        return bool(self.begeleiding_afgerond) and self.overdracht_status != "Vertrokken"


class Oracle:
    """The answers over one delivery.

    `tables` holds the eight extracts by name, `reference` the tables `wijk` and `wijkteam`, each as a list of
    row dictionaries with the contract's columns; optional columns of melding only when they were delivered.
    """

    def __init__(self, tables: dict[str, list[Row]], reference: dict[str, list[Row]], peildatum: date):
        self.tables = tables
        self.reference = reference
        self.peildatum = peildatum
        self.stadsdeel_of = {row["wijkcode"]: row["stadsdeel"] for row in reference["wijk"]}
        self.rows_of: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for table in ("intake", "pip", "begeleiding", "uitkering", "ontzorging", "overdracht"):
            for row in tables[table]:
                self.rows_of[table, row["inburgeraar_id"]].append(row)

    def run(self, name: str, selection: Any) -> list[Row]:
        """The rows of query `name`; ValueError for an unknown name or a peildatum after the snapshot's."""
        if name not in KEYS:
            raise ValueError(f"unknown query {name}")
        peildatum = selection.peildatum or self.peildatum
        if peildatum > self.peildatum:
            raise ValueError("the peildatum lies after the snapshot's")
        if name == "kpi_trend":
            figures = {stand: kpi(self.dossier(selection, stand), stand) for stand in stands(peildatum)}
            return [{"stand": stand, **row} for stand, rows in figures.items() for row in rows]
        if name in ("melding_per_maand", "melding_verwijzer"):
            return ANSWERS[name](self.meldingen(selection, peildatum))
        people = self.dossier(selection, peildatum)
        if name == "evaluatie_meetbaarheid":
            with_status = any("statushouder" in melding for melding in self.tables["melding"])
            return evaluatie_meetbaarheid(people, self.meldingen(selection, peildatum), with_status)
        return ANSWERS[name](people, peildatum)

    def wijkteam(self, wijkcode: str | None, day: date) -> str:
        """The wijkteam by the reference row that is valid on `day`; geldig_tot is exclusive."""
        for row in self.reference["wijkteam"]:
            begun = row["geldig_van"] is None or row["geldig_van"] <= day
            over = row["geldig_tot"] is not None and row["geldig_tot"] <= day
            if row["wijkcode"] == wijkcode and begun and not over:
                return row["wijkteam"]
        return ONBEKEND

    def dossier(self, selection: Any, peildatum: date) -> list[Person]:
        """The selected persons, with everything known of them at the end of `peildatum`."""
        people = []
        for row in self.tables["inburgeraar"]:
            person = self.person(row, peildatum)
            if in_selection(person, row, selection):
                self.add_begeleiding(person, row, peildatum)
                for intake in self.rows_of["intake", person.id]:
                    person.intake = intake if intake["datum_start"] <= peildatum else None
                self.add_pip(person, peildatum)
                self.add_ontzorging(person, peildatum)
                self.add_overdracht(person, peildatum)
                people.append(person)
        return people

    def person(self, row: Row, peildatum: date) -> Person:
        uitstroom = known(row["datum_uitstroom"], peildatum)
        # The wijkteam goes by the dates as registered, also where they lie after an earlier peildatum.
        day = row["datum_huisvesting"] or row["datum_inschrijving_brp"] or peildatum
        return Person(
            id=row["inburgeraar_id"],
            wet=row["wet"],
            doelgroep=row["doelgroep"],
            verblijfsrecht=row["verblijfsrecht"],
            stadsdeel=self.stadsdeel_of.get(row["wijkcode"], ONBEKEND),
            wijkteam=self.wijkteam(row["wijkcode"], day),
            kennisgeving=known(row["datum_kennisgeving"], peildatum),
            brp=known(row["datum_inschrijving_brp"], peildatum),
            huisvesting=known(row["datum_huisvesting"], peildatum),
            uitstroom=uitstroom,
            vertrokken=uitstroom if row["reden_uitstroom"] in VERTREK else None,
        )

    def add_begeleiding(self, person: Person, row: Row, peildatum: date) -> None:
        for begeleiding in self.rows_of["begeleiding", person.id]:
            if begeleiding["datum_start"] <= peildatum:
                regime = regime_on(row["datum_huisvesting"] or begeleiding["datum_start"])
                end = known(begeleiding["datum_einde"], peildatum)
                reden = begeleiding["reden_einde"] if end else None
                person.periods.append(Period(regime, REGIMES[regime], begeleiding["datum_start"], end, reden))

    def add_pip(self, person: Person, peildatum: date) -> None:
        if person.wet != "WI2021" or not person.in_beeld:
            return
        if person.kennisgeving and person.brp:
            person.start_termijn = max(person.kennisgeving, person.brp)
            person.uiterste_datum = person.start_termijn + days(70)
        pips = [pip for pip in self.rows_of["pip", person.id] if pip["dagtekening_pip"] <= peildatum]
        person.pips = sorted(pips, key=lambda pip: pip["dagtekening_pip"])
        if person.pips:
            first, latest = person.pips[0], person.pips[-1]
            person.eerste_pip = first["dagtekening_pip"]
            person.eerste_leerroute = first["leerroute"]
            person.leerroute = latest["leerroute"]
            person.niveau = latest["niveau"] or ("A2" if latest["leerroute"] == "Z" else "B1")
        person.pip_status = status_of_pip(person, peildatum)

    def add_ontzorging(self, person: Person, peildatum: date) -> None:
        rights = [row for row in self.rows_of["uitkering", person.id] if row["datum_start"] <= peildatum]
        if person.wet != "WI2021" or not person.in_beeld or person.verblijfsrecht != "asiel" or not rights:
            return
        right = min(rights, key=lambda row: row["datum_start"])
        person.recht_vanaf = right["datum_start"]
        person.recht_tot = known(right["datum_einde"], peildatum)
        for row in self.rows_of["ontzorging", person.id]:
            person.ontzorging = row
            person.ontzorging_start = known(row["datum_start"], peildatum)
            person.ontzorging_einde = known(row["datum_einde"], peildatum)
        person.ontzorging_status = status_of_ontzorging(person)

    def add_overdracht(self, person: Person, peildatum: date) -> None:
        ends = [period.end for period in person.periods if period.end and period.reden_einde == "Afgerond"]
        ends = [end for end in ends if end >= NIEUW_CONTRACT]
        if not ends:
            return
        person.begeleiding_afgerond = max(ends)
        person.overdracht_wijkteam = person.wijkteam
        status = None
        for row in self.rows_of["overdracht", person.id]:
            person.overdracht = row
            person.overdracht_wijkteam = row["wijkteam"]
            person.datum_overdracht = known(row["datum_overdracht"], peildatum)
            status = row["status"]
            if status == "Afgerond" and person.datum_overdracht is None:
                status = "Gepland" if row["datum_gepland"] else None
        if status == "Afgerond":
            person.overdracht_status = "Overgedragen"
        elif status == "Vertrokken" or person.vertrokken:
            person.overdracht_status = "Vertrokken"
        else:
            person.overdracht_status = status or "Geen overdracht geregistreerd"

    def meldingen(self, selection: Any, peildatum: date) -> list[Row]:
        """The meldingen up to `peildatum`; only wijkteams, and stadsdelen by the reference, select them."""
        team_stadsdelen: dict[str, set[str]] = defaultdict(set)
        for row in self.reference["wijkteam"]:
            team_stadsdelen[row["wijkteam"]].add(self.stadsdeel_of.get(row["wijkcode"], ONBEKEND))

        def chosen(melding: Row) -> bool:
            stadsdelen = team_stadsdelen.get(melding["wijkteam"], {ONBEKEND})
            return (
                melding["datum_melding"] <= peildatum
                and (not selection.wijkteams or melding["wijkteam"] in selection.wijkteams)
                and (not selection.stadsdelen or bool(stadsdelen & set(selection.stadsdelen)))
            )

        return [melding for melding in self.tables["melding"] if chosen(melding)]


def known(day: date | None, peildatum: date) -> date | None:
    return day if day is not None and day <= peildatum else None


def regime_on(day: date) -> str:
    if day < date(2020, 1, 1):
        return "24 maanden"
    return "12 maanden" if day < date(2022, 1, 1) else "12 maanden (contract 2022)"


def in_selection(person: Person, row: Row, selection: Any) -> bool:
    """Whether the person is selected, by the dates as registered."""
    notice, housed = row["datum_kennisgeving"], row["datum_huisvesting"]
    start, stop = selection.huisvesting_van, selection.huisvesting_tot
    chosen = (
        (selection.stadsdelen, person.stadsdeel),
        (selection.wijkteams, person.wijkteam),
        (selection.doelgroepen, person.doelgroep),
        (selection.wetten, person.wet),
        (selection.cohorten, notice.year if notice else None),
    )
    if any(values and value not in values for values, value in chosen):
        return False
    if start and (housed is None or housed < start):
        return False
    return not (stop and (housed is None or housed >= stop))


def status_of_pip(person: Person, peildatum: date) -> str:
    """The first status that holds, of a person with wet WI2021 who is in beeld."""
    term, deadline, left = person.start_termijn, person.uiterste_datum, person.uitstroom
    if person.pips:
        first = person.pips[0]
        if first["gemeentecode"] != HAARLEM:
            return "Vorige gemeente"
        if term is None:
            return "Termijn onbekend"
        if person.eerste_pip <= deadline:
            return "Op tijd"
        return "Met uitstel" if first["uitstel_derden"] else "PIP te laat"
    if left and (term is None or left <= deadline):
        return "Uitgestroomd zonder PIP"
    if term is None:
        return "Termijn niet gestart"
    return "Termijn verstreken zonder PIP" if peildatum > deadline else "Binnen termijn"


def status_of_ontzorging(person: Person) -> str:
    if person.ontzorging is None:
        return "Geen registratie"
    if person.ontzorging_start is None:
        return "Niet gestart"
    if person.ontzorging_einde is None:
        return "Lopend"
    full = person.ontzorging_einde >= six_months_full(person.ontzorging_start)
    return "Voltooid" if full else "Voortijdig beëindigd"


# --- the indicators: who is in the noemer, since when, and who counts -----------------------------


class Observation(NamedTuple):
    """One person or period in the noemer of an indicator; `outcome`: the day of one that may come after entry."""

    hit: bool
    entry: date | None = None
    days: int | None = None
    outcome: date | None = None


Observe = Callable[[Person, date], Iterable[Observation]]
# Kind and observations of one person per indicator, in the order in which they are always answered.
INDICATORS: dict[str, tuple[str, Observe]] = {}


def indicator(kind: str) -> Callable[[Observe], Observe]:
    def add(observe: Observe) -> Observe:
        INDICATORS[observe.__name__] = (kind, observe)
        return observe

    return add


@indicator("share")
def begeleiding_dekking(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.doelgroep == "Asielstatushouder" and person.wet == "WI2021" and person.huisvesting:
        entry = person.huisvesting + days(30)
        if entry <= peildatum and not (person.vertrokken and person.vertrokken < entry):
            first = min((period.start for period in person.periods), default=None)
            yield Observation(bool(person.periods), entry, outcome=first)


def period_survival(person: Person, period: Period, peildatum: date) -> tuple[int, bool]:
    """Days and event of a period: an end is an event, unless the person moved house."""
    if period.end:
        return elapsed(period.start, period.end), period.reden_einde != "Verhuisd"
    return elapsed(period.start, earliest(peildatum, person.vertrokken)), False


@indicator("months")
def begeleiding_mediaan(person: Person, peildatum: date) -> Iterable[Observation]:
    for period in person.periods:
        if period.regime in TWAALF_MAANDEN:
            time, event = period_survival(person, period, peildatum)
            yield Observation(event, days=time)


def over_norm(person: Person, period: Period, peildatum: date) -> bool | None:
    """Whether the period lasts over norm + 30 days; None when it is not in the noemer."""
    grace = period.norm + 30
    if period.start + days(grace + 1) > peildatum:
        return None
    if not period.end and person.vertrokken and person.vertrokken <= period.start + days(grace):
        return None
    return elapsed(period.start, period.end or peildatum) > grace


@indicator("share")
def begeleiding_over_norm(person: Person, peildatum: date) -> Iterable[Observation]:
    for period in person.periods:
        over = over_norm(person, period, peildatum)
        if over is not None:
            yield Observation(over, period.start + days(period.norm + 31))


@indicator("share")
def begeleiding_vroeg_afgerond(person: Person, peildatum: date) -> Iterable[Observation]:
    for period in person.periods:
        if period.regime in TWAALF_MAANDEN and period.end and period.reden_einde == "Afgerond":
            yield Observation(elapsed(period.start, period.end) < period.norm - 30, period.end)


@indicator("share")
def intake_gestart(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.wet == "WI2021" and person.kennisgeving:
        start = person.intake["datum_start"] if person.intake else None
        yield Observation(start is not None, person.kennisgeving, outcome=start)


@indicator("share")
def pip_tijdig(person: Person, peildatum: date) -> Iterable[Observation]:
    judged = ("Op tijd", "PIP te laat", "Termijn verstreken zonder PIP")
    if person.pip_status in judged and person.uiterste_datum < peildatum:
        yield Observation(person.pip_status == "Op tijd", person.uiterste_datum + days(1))


@indicator("count")
def pip_zonder(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.new_law:
        yield Observation(not person.pips)


@indicator("count")
def pip_over_termijn(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.new_law and not person.pips:
        yield Observation(person.pip_status == "Termijn verstreken zonder PIP")


@indicator("days")
def pip_mediaan_dagen(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.start_termijn and person.pip_status != "Vorige gemeente":
        end = person.eerste_pip or earliest(peildatum, person.uitstroom)
        yield Observation(person.eerste_pip is not None, days=elapsed(person.start_termijn, end))


def leerroute(person: Person, route: str) -> Iterable[Observation]:
    if person.new_law and person.pips:
        yield Observation(person.leerroute == route, person.eerste_pip)


@indicator("share")
def leerroute_b(person: Person, peildatum: date) -> Iterable[Observation]:
    return leerroute(person, "B")


@indicator("share")
def leerroute_o(person: Person, peildatum: date) -> Iterable[Observation]:
    return leerroute(person, "O")


@indicator("share")
def leerroute_z(person: Person, peildatum: date) -> Iterable[Observation]:
    return leerroute(person, "Z")


@indicator("share")
def ontzorging_dekking(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.recht_vanaf and person.recht_vanaf + days(30) <= peildatum:
        start = person.ontzorging_start
        yield Observation(start is not None, person.recht_vanaf + days(30), outcome=start)


@indicator("count")
def ontzorging_zonder(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.recht_vanaf and person.actief and person.recht_tot is None:
        yield Observation(person.ontzorging_start is None)


@indicator("count")
def ontzorging_lang_zonder(person: Person, peildatum: date) -> Iterable[Observation]:
    for without in ontzorging_zonder(person, peildatum):
        if without.hit:
            yield Observation(person.recht_vanaf + days(30) <= peildatum)


@indicator("share")
def ontzorging_volledig(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.recht_vanaf:
        full_right = six_months_full(person.recht_vanaf)
        shorter = any(day and day < full_right for day in (person.recht_tot, person.vertrokken))
        entry = six_months_full(max(person.recht_vanaf, person.ontzorging_start or person.recht_vanaf))
        if not shorter and entry <= peildatum:
            yield Observation(person.ontzorging_status in ("Voltooid", "Lopend"), entry)


@indicator("days")
def ontzorging_mediaan_dagen(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.recht_vanaf:
        start = person.ontzorging_start
        end = start or earliest(peildatum, person.recht_tot, person.vertrokken)
        yield Observation(start is not None, days=elapsed(person.recht_vanaf, end))


@indicator("share")
def ontzorging_gesprek(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.recht_vanaf and person.ontzorging_start:
        yield Observation(person.ontzorging["gesprekken_budgetcoach"] >= 1, person.ontzorging_start)


@indicator("share")
def overdracht_gedaan(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.still_here and person.begeleiding_afgerond + days(30) <= peildatum:
        done = person.overdracht_status == "Overgedragen"
        outcome = person.datum_overdracht if done else None
        yield Observation(done, person.begeleiding_afgerond + days(30), outcome=outcome)


@indicator("count")
def overdracht_open(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.still_here:
        yield Observation(person.overdracht_status in OPEN)


@indicator("count")
def overdracht_lang_open(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.still_here and person.overdracht_status in OPEN:
        yield Observation((peildatum - person.begeleiding_afgerond).days > 90)


@indicator("share")
def overdracht_driegesprek(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.overdracht_status == "Overgedragen" and person.overdracht["begeleidingsbehoefte"] is True:
        yield Observation(person.overdracht["vorm"] == "Driegesprek", person.datum_overdracht)


@indicator("days")
def overdracht_mediaan_dagen(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.still_here:
        done = person.overdracht_status == "Overgedragen"
        end = person.datum_overdracht if done else peildatum
        yield Observation(done, days=elapsed(person.begeleiding_afgerond, end))


@indicator("share")
def overdracht_bezoek_vooraf(person: Person, peildatum: date) -> Iterable[Observation]:
    if person.still_here and person.overdracht:
        visit = known(person.overdracht["datum_wijkteambezoek"], peildatum)
        before = visit is not None and visit <= person.begeleiding_afgerond
        yield Observation(before, person.begeleiding_afgerond)


def observed(name: str, people: list[Person], peildatum: date) -> list[Observation]:
    return [found for person in people for found in INDICATORS[name][1](person, peildatum)]


def figures(kind: str, observations: Sequence[Observation]) -> Row:
    teller = sum(1 for observation in observations if observation.hit)
    noemer = len(observations)
    low = high = None
    if kind == "share":
        value = teller / noemer if noemer else None
        low, high = wilson(teller, noemer)
    elif kind == "count":
        value = teller
    else:
        value = quantile([(observation.days, observation.hit) for observation in observations], 0.5)
        value = in_months(value) if kind == "months" else value
    return {"teller": teller, "noemer": noemer, "waarde": value, "ci_laag": low, "ci_hoog": high}


# --- the queries -----------------------------------------------------------------------------------

ANSWERS: dict[str, Callable[..., list[Row]]] = {}


def answer(function: Callable[..., list[Row]]) -> Callable[..., list[Row]]:
    ANSWERS[function.__name__] = function
    return function


@answer
def kpi(people: list[Person], peildatum: date) -> list[Row]:
    return [
        {"indicator": name, **figures(kind, observed(name, people, peildatum))}
        for name, (kind, _) in INDICATORS.items()
    ]


@answer
def kpi_per_gebied(people: list[Person], peildatum: date) -> list[Row]:
    """The overdracht is grouped by the wijkteam that receives, all else by where somebody lives."""
    rows = []
    for niveau in ("stadsdeel", "wijkteam"):
        for name, (kind, _) in INDICATORS.items():
            receiving = niveau == "wijkteam" and name.startswith("overdracht")
            groups: dict[str, list[Person]] = defaultdict(list)
            for person in people:
                groups[getattr(person, "overdracht_wijkteam" if receiving else niveau)].append(person)
            for gebied, group in groups.items():
                found = figures(kind, observed(name, group, peildatum))
                rows.append({"niveau": niveau, "gebied": gebied, "indicator": name, **found})
    return rows


def per_quarter(name: str, observations: Iterable[Observation]) -> list[Row]:
    quarters: dict[date, list[Observation]] = defaultdict(list)
    for found in observations:
        quarters[first_of_quarter(found.entry)].append(found)
    return [{"indicator": name, "kwartaal": day, **figures("share", quarters[day])} for day in sorted(quarters)]


SHARES = [name for name, (kind, _) in INDICATORS.items() if kind == "share"]
# Days after entry at which an entrant is judged; a talk carries no date, so it cannot be judged at any.
FOLLOW_UP = {"intake_gestart": 90, "ontzorging_gesprek": None}


@answer
def kpi_kwartaal(people: list[Person], peildatum: date) -> list[Row]:
    return [row for name in SHARES for row in per_quarter(name, observed(name, people, peildatum))]


@answer
def kpi_instroom(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for name in SHARES:
        wait = FOLLOW_UP.get(name, 0)
        if wait is not None:
            judged = [(found, found.entry + days(wait)) for found in observed(name, people, peildatum)]
            rows += per_quarter(name, [
                found._replace(hit=found.hit and (found.outcome is None or found.outcome <= day))
                for found, day in judged
                if day <= peildatum
            ])  # fmt: skip
    return rows


def stands(peildatum: date) -> list[date]:
    """The month ends of the peildatum's calendar year before it, then the peildatum."""
    ends = [date(peildatum.year, m, calendar.monthrange(peildatum.year, m)[1]) for m in range(1, 13)]
    return [end for end in ends if end < peildatum] + [peildatum]


def by_regime(people: list[Person]) -> dict[str, list[tuple[Person, Period]]]:
    periods = [(person, period) for person in people for period in person.periods]
    groups = {regime: [(who, period) for who, period in periods if period.regime == regime] for regime in REGIMES}
    return {regime: group for regime, group in groups.items() if group}


def survivals(group: list[tuple[Person, Period]], peildatum: date) -> list[tuple[int, bool]]:
    return [period_survival(person, period, peildatum) for person, period in group]


@answer
def begeleiding_duur(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for regime, group in by_regime(people).items():
        times = survivals(group, peildatum)
        judged = [over_norm(person, period, peildatum) for person, period in group]
        ended = sum(1 for _, period in group if period.end)
        rows.append({
            "regime": regime,
            "norm_dagen": REGIMES[regime],
            "periodes": len(group),
            "beeindigd": ended,
            "lopend": len(group) - ended,
            "p25_maanden": in_months(quantile(times, 0.75)),
            "mediaan_maanden": in_months(quantile(times, 0.5)),
            "p75_maanden": in_months(quantile(times, 0.25)),
            "over_norm_teller": sum(1 for over in judged if over is True),
            "over_norm_noemer": sum(1 for over in judged if over is not None),
        })  # fmt: skip
    return rows


def rows_of(name: str, values: Iterable[tuple]) -> list[Row]:
    return [dict(zip(COLUMNS[name], row, strict=True)) for row in values]


@answer
def begeleiding_overleving(people: list[Person], peildatum: date) -> list[Row]:
    curves = {regime: survival(survivals(group, peildatum)) for regime, group in by_regime(people).items()}
    return rows_of("begeleiding_overleving", [(regime, *step) for regime, curve in curves.items() for step in curve])


def stock(runs: list[tuple[date, date | None]], peildatum: date) -> list[Row]:
    """Started, ended and running per month, from the first month with a start to the peildatum's."""
    rows = []
    maand = first_of_month(min((start for start, _ in runs), default=peildatum + days(31)))
    while maand <= peildatum:
        following = add_months(maand, 1)
        started = sum(1 for start, _ in runs if start < following)
        ended = sum(1 for _, end in runs if end and end < following)
        rows.append({
            "maand": maand,
            "gestart": sum(1 for start, _ in runs if maand <= start < following),
            "beeindigd": sum(1 for _, end in runs if end and maand <= end < following),
            "lopend": started - ended,
        })  # fmt: skip
        maand = following
    return rows


@answer
def begeleiding_voorraad(people: list[Person], peildatum: date) -> list[Row]:
    return stock([(period.start, period.end) for person in people for period in person.periods], peildatum)


def counted(name: str, groups: Iterable[tuple]) -> list[Row]:
    return rows_of(name, [(*group, number) for group, number in sorted(Counter(groups).items())])


@answer
def pip_status(people: list[Person], peildatum: date) -> list[Row]:
    return counted("pip_status", [(p.doelgroep, p.pip_status) for p in people if p.pip_status])


@answer
def leerroute_verdeling(people: list[Person], peildatum: date) -> list[Row]:
    return counted("leerroute_verdeling", [(p.stadsdeel, p.doelgroep, p.leerroute) for p in people if p.new_law])


@answer
def leerroute_wissel(people: list[Person], peildatum: date) -> list[Row]:
    found = [(p.eerste_leerroute, p.leerroute, p.niveau) for p in people if p.new_law and p.pips]
    return counted("leerroute_wissel", found)


@answer
def leerroute_advies(people: list[Person], peildatum: date) -> list[Row]:
    planned = [person for person in people if person.new_law and person.pips]
    results = [(p.intake and p.intake["uitslag_leerbaarheidstoets"]) or "Niet afgenomen" for p in planned]
    return counted("leerroute_advies", zip(results, [p.eerste_leerroute for p in planned], strict=True))


@answer
def ontzorging_status(people: list[Person], peildatum: date) -> list[Row]:
    return counted("ontzorging_status", [(p.stadsdeel, p.ontzorging_status) for p in people if p.recht_vanaf])


@answer
def ontzorging_redenen(people: list[Person], peildatum: date) -> list[Row]:
    kinds = {
        "Niet gestart": ("Niet gestart", "reden_niet_gestart"),
        "Geen registratie": ("Niet gestart", "reden_niet_gestart"),
        "Voortijdig beëindigd": ("Voortijdig beëindigd", "reden_einde"),
    }
    found = []
    for person in people:
        if person.ontzorging_status in kinds:
            soort, column = kinds[person.ontzorging_status]
            found.append((soort, (person.ontzorging or {}).get(column) or ONBEKEND))
    return counted("ontzorging_redenen", found)


def relieved(people: list[Person]) -> list[Person]:
    return [person for person in people if person.recht_vanaf and person.ontzorging_start]


@answer
def ontzorging_lasten(people: list[Person], peildatum: date) -> list[Row]:
    started = relieved(people)
    posts = ("huur", "energie", "zorgpremie")
    paid = [sum(1 for person in started if person.ontzorging[post]) for post in posts]
    return rows_of("ontzorging_lasten", [(post, n, len(started)) for post, n in zip(posts, paid, strict=True)])


@answer
def ontzorging_voorraad(people: list[Person], peildatum: date) -> list[Row]:
    return stock([(person.ontzorging_start, person.ontzorging_einde) for person in relieved(people)], peildatum)


@answer
def overdracht_per_wijkteam(people: list[Person], peildatum: date) -> list[Row]:
    teams: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.begeleiding_afgerond:
            teams[person.overdracht_wijkteam].append(person)
    rows = []
    for wijkteam, group in sorted(teams.items()):
        statuses = Counter(person.overdracht_status for person in group)
        waiting = [person.begeleiding_afgerond for person in group if person.overdracht_status in OPEN]
        waiting = [(peildatum - ended).days for ended in waiting]
        done = [person for person in group if person.overdracht_status == "Overgedragen"]
        rows.append({
            "wijkteam": wijkteam,
            "populatie": len(group),
            "overgedragen": statuses["Overgedragen"],
            "gepland": statuses["Gepland"],
            "niet_bereikt": statuses["Niet bereikt"],
            "afgezien": statuses["Afgezien"],
            "geen_registratie": statuses["Geen overdracht geregistreerd"],
            "vertrokken": statuses["Vertrokken"],
            "driegesprek": sum(1 for person in done if person.overdracht["vorm"] == "Driegesprek"),
            "mediaan_dagen": figures("days", observed("overdracht_mediaan_dagen", group, peildatum))["waarde"],
            "open_0_30": sum(1 for wait in waiting if wait <= 30),
            "open_31_90": sum(1 for wait in waiting if 30 < wait <= 90),
            "open_90_plus": sum(1 for wait in waiting if wait > 90),
        })  # fmt: skip
    return rows


@answer
def melding_per_maand(meldingen: list[Row]) -> list[Row]:
    return counted("melding_per_maand", [
        (first_of_month(row["datum_melding"]), row["wijkteam"], row["hulpvraag"], row["soort"])
        for row in meldingen
    ])  # fmt: skip


@answer
def melding_verwijzer(meldingen: list[Row]) -> list[Row]:
    return counted("melding_verwijzer", [
        (first_of_quarter(row["datum_melding"]), row["verwijzer"] or "Niet geregistreerd")
        for row in meldingen
    ])  # fmt: skip


@answer
def evaluatie_regimes(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for regime, group in by_regime(people).items():
        housed = [person.huisvesting for person, _ in group if person.huisvesting]
        rows.append({
            "regime": regime,
            "personen": len({person.id for person, _ in group}),
            "periodes": len(group),
            "mediaan_maanden": in_months(quantile(survivals(group, peildatum), 0.5)),
            "gehuisvest_van": min(housed, default=None),
            "gehuisvest_tot": max(housed, default=None),
        })  # fmt: skip
    return rows


def evaluatie_meetbaarheid(people: list[Person], meldingen: list[Row], with_status: bool) -> list[Row]:
    """The conditions for a comparison; `with_status`: the delivery has the column statushouder."""

    def filled(column: str, rows: list[Row]) -> float | None:
        return sum(1 for row in rows if row.get(column) is not None) / len(rows) if rows else None

    def persons(*regimes: str) -> int:
        return len({person.id for person in people for period in person.periods if period.regime in regimes})

    holders = [melding for melding in meldingen if melding.get("statushouder") is True]
    n24, n12 = persons("24 maanden"), persons(*TWAALF_MAANDEN)
    seen_difference = 2.801585 * math.sqrt(0.25 * (1 / n24 + 1 / n12)) if n24 and n12 else None
    conditions = [
        ("statushouder_geregistreerd", filled("statushouder", meldingen) if with_status else 0.0, 0.95),
        ("regime_geregistreerd", filled("begeleidingsregime", holders), 0.95),
        ("verwijzer_bekend", filled("verwijzer", meldingen), 0.80),
        ("groep_24_maanden", n24, 30),
        ("groep_12_maanden", n12, 30),
        ("aantoonbaar_verschil", seen_difference, 0.10),
    ]
    return rows_of("evaluatie_meetbaarheid", [
        # The last is a sentence for people: `comparable` only asks that there is one.
        (name, meets(name, value, threshold), value, threshold, "Toelichting") for name, value, threshold in conditions
    ])  # fmt: skip


def meets(condition: str, value: float | None, threshold: float) -> bool:
    if value is None:
        return False
    return value <= threshold if condition == "aantoonbaar_verschil" else value >= threshold


# --- comparing two answers ------------------------------------------------------------------------


def comparable(name: str, rows: Iterable[Row]) -> dict[tuple, Any]:
    """An answer as one flat mapping, for `assert comparable(...) == nearly(comparable(...))`.

    A row that is left out equals a row without anybody, except in ALL_ROWS; the place of a row only counts where
    it is defined; the text of `toelichting` only has to be there. Columns, double rows and what is no plain value
    (such as a Decimal) are refused here.
    """
    cells: dict[tuple, Any] = {}
    for place, row in enumerate(rows):
        assert tuple(row) == COLUMNS[name], f"{name}: columns {list(row)}"
        key = tuple(row[column] for column in KEYS[name])
        values = {column: row[column] for column in COLUMNS[name] if column not in KEYS[name]}
        strange = [column for column, value in values.items() if type(value) not in PLAIN]
        assert not strange, f"{name}, {key}: {strange}"
        if name not in ALL_ROWS and not any(value for column, value in values.items() if column not in NOT_A_COUNT):
            continue
        if "toelichting" in values:
            values["toelichting"] = bool(values["toelichting"].strip())
        if name in ORDERED:
            values["place"] = place
        assert (*key, next(iter(values))) not in cells, f"{name}: two rows for {key}"
        cells |= {(*key, column): value for column, value in values.items()}
    return cells


def nearly(cells: dict[tuple, Any]) -> dict[tuple, Any]:
    """The same, in which a number equals one within 1e-9."""
    return {
        key: pytest.approx(value, rel=0, abs=TOLERANCE) if type(value) in (int, float) else value
        for key, value in cells.items()
    }
