"""Every status and every KPI once more, in plain Python: dictionaries, dates and loops, no SQL.

Written from the definitions alone, so that the SQL can be held against it. Slow on purpose: a rule stands here as one
can read it, not as one would compute it.
"""

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

ONBEKEND = "Onbekend"
HAARLEM = "0392"
VERTREK = ("Vertrek uit Nederland", "Overlijden", "Verhuizing")
REGIMES = {"24 maanden": 730, "12 maanden": 365, "12 maanden (contract 2022)": 365}  # norm in days
TWAALF_MAANDEN = ("12 maanden", "12 maanden (contract 2022)")
OPEN = ("Gepland", "Niet bereikt", "Geen overdracht geregistreerd")
NIEUW_CONTRACT = date(2022, 1, 1)

Row = dict[str, Any]


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


def elapsed(start: date, end: date) -> int:
    """End minus start in days, never +1; negative counts as 0."""
    return max(0, (end - start).days)


def earliest(*dates: date | None) -> date:
    return min(day for day in dates if day is not None)


def known(day: date | None, peildatum: date) -> date | None:
    return day if day is not None and day <= peildatum else None


def median(observations: Sequence[tuple[int, bool]]) -> int | None:
    """Kaplan-Meier (1958) over (days, event): the smallest day on which S <= 0.5, within 1e-9; None when never.

    Events come before censorings on the same day: who is censored on a day is still at risk on it.
    """
    share = 1.0
    for day in sorted({time for time, _ in observations}):
        at_risk = sum(1 for time, _ in observations if time >= day)
        share *= 1 - sum(1 for time, event in observations if time == day and event) / at_risk
        if share <= 0.5 + 1e-9:
            return day
    return None


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
    intake: date | None = None
    periods: list[Period] = field(default_factory=list)
    # PIP
    pips: list[Row] = field(default_factory=list)
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

    def kpi(self, selection: Any) -> dict[str, tuple[int, int, float | None]]:
        """Per indicator teller, noemer and waarde; ValueError for a peildatum after the snapshot's."""
        peildatum = selection.peildatum or self.peildatum
        if peildatum > self.peildatum:
            raise ValueError("the peildatum lies after the snapshot's")
        people = self.dossier(selection, peildatum)
        return {
            name: figures(kind, [found for person in people for found in observe(person, peildatum)])
            for name, (kind, observe) in INDICATORS.items()
        }

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
                    person.intake = known(intake["datum_start"], peildatum)
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
        yield Observation(person.intake is not None, person.kennisgeving, outcome=person.intake)


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


def figures(kind: str, observations: Sequence[Observation]) -> tuple[int, int, float | None]:
    """Teller, noemer and waarde."""
    teller, noemer = sum(1 for found in observations if found.hit), len(observations)
    if kind == "share":
        return teller, noemer, teller / noemer if noemer else None
    if kind == "count":
        return teller, noemer, teller
    found = median([(observation.days, observation.hit) for observation in observations])
    return teller, noemer, found / 30.4375 if found is not None and kind == "months" else found
