"""Every status and every KPI once more, in plain Python: dictionaries, dates and loops, no SQL.

Written from the definitions alone, so that the SQL can be held against it. Slow on purpose: a rule stands here as one
can read it, not as one would compute it.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from queries import INDICATOREN, Selection

ONBEKEND = "Onbekend"
HAARLEM = "0392"
VERTREK = ("Vertrek uit Nederland", "Overlijden", "Verhuizing")
REGIMES = {"24 maanden": 730, "12 maanden": 365, "12 maanden (contract 2022)": 365}  # norm in days
TWAALF_MAANDEN = ("12 maanden", "12 maanden (contract 2022)")
OPEN = ("Gepland", "Niet bereikt", "Geen overdracht geregistreerd")
NIEUW_CONTRACT = date(2022, 1, 1)

Row = dict[str, Any]


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


class Period(NamedTuple):
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
    intake: date | None
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
    # Ontzorging; recht_vanaf is filled for the target group only
    recht_vanaf: date | None = None
    recht_tot: date | None = None
    ontzorging: Row | None = None
    ontzorging_start: date | None = None
    ontzorging_einde: date | None = None
    ontzorging_status: str | None = None
    # Overdracht; begeleiding_afgerond is filled for the population only
    begeleiding_afgerond: date | None = None
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

    def kpi(self, selection: Selection) -> dict[str, tuple[int, int, float | None]]:
        """Per indicator teller, noemer and waarde."""
        peildatum = selection.peildatum or self.peildatum
        found: dict[str, list[Observation]] = {name: [] for name in INDICATOREN}
        for person in self.dossier(selection, peildatum):
            for name, observation in observe(person, peildatum):
                found[name].append(observation)
        return {name: figures(KINDS.get(name, "share"), observed) for name, observed in found.items()}

    def wijkteam(self, wijkcode: str | None, day: date) -> str:
        """The wijkteam by the reference row that is valid on `day`; geldig_tot is exclusive."""
        for row in self.reference["wijkteam"]:
            begun = row["geldig_van"] is None or row["geldig_van"] <= day
            over = row["geldig_tot"] is not None and row["geldig_tot"] <= day
            if row["wijkcode"] == wijkcode and begun and not over:
                return row["wijkteam"]
        return ONBEKEND

    def dossier(self, selection: Selection, peildatum: date) -> list[Person]:
        """The selected persons, with everything known of them at the end of `peildatum`."""
        people = []
        for row in self.tables["inburgeraar"]:
            person = self.person(row, peildatum)
            if in_selection(person, row, selection):
                self.add_begeleiding(person, row, peildatum)
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
            **{column: row[column] for column in ("wet", "doelgroep", "verblijfsrecht")},
            stadsdeel=self.stadsdeel_of.get(row["wijkcode"], ONBEKEND),
            wijkteam=self.wijkteam(row["wijkcode"], day),
            kennisgeving=known(row["datum_kennisgeving"], peildatum),
            brp=known(row["datum_inschrijving_brp"], peildatum),
            huisvesting=known(row["datum_huisvesting"], peildatum),
            uitstroom=uitstroom,
            vertrokken=uitstroom if row["reden_uitstroom"] in VERTREK else None,
            intake=known(self.the_row("intake", row["inburgeraar_id"]).get("datum_start"), peildatum),
        )

    def the_row(self, table: str, inburgeraar_id: str) -> Row:
        """The row of a table that has at most one per person; empty without one."""
        return next(iter(self.rows_of[table, inburgeraar_id]), {})

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
        if row := self.the_row("ontzorging", person.id):
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
        if row := self.the_row("overdracht", person.id):
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


def in_selection(person: Person, row: Row, selection: Selection) -> bool:
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

# What is no share.
KINDS = {
    "begeleiding_mediaan": "months",
    **dict.fromkeys(("pip_mediaan_dagen", "ontzorging_mediaan_dagen", "overdracht_mediaan_dagen"), "days"),
    **dict.fromkeys(("pip_zonder", "pip_over_termijn", "ontzorging_zonder", "ontzorging_lang_zonder"), "count"),
    **dict.fromkeys(("overdracht_open", "overdracht_lang_open"), "count"),
}


class Observation(NamedTuple):
    """One person or period in the noemer of an indicator; `outcome`: the day of one that may come after entry."""

    hit: bool
    entry: date | None = None
    days: int | None = None
    outcome: date | None = None


Observed = Iterator[tuple[str, Observation]]


def observe(person: Person, peildatum: date) -> Observed:
    """Every indicator that counts the person, with how."""
    yield from observe_begeleiding(person, peildatum)
    if person.wet == "WI2021" and person.kennisgeving:
        yield "intake_gestart", Observation(bool(person.intake), person.kennisgeving, outcome=person.intake)
    yield from observe_pip(person, peildatum)
    if person.recht_vanaf:
        yield from observe_ontzorging(person, peildatum)
    if person.begeleiding_afgerond:
        yield from observe_overdracht(person, peildatum)


def observe_begeleiding(person: Person, peildatum: date) -> Observed:
    if person.doelgroep == "Asielstatushouder" and person.wet == "WI2021" and person.huisvesting:
        entry = person.huisvesting + days(30)
        if entry <= peildatum and not (person.vertrokken and person.vertrokken < entry):
            first = min((period.start for period in person.periods), default=None)
            yield "begeleiding_dekking", Observation(bool(person.periods), entry, outcome=first)
    for regime, norm, start, end, reden in person.periods:
        judged = start + days(norm + 31)
        gone = not end and person.vertrokken and person.vertrokken < judged
        if judged <= peildatum and not gone:
            yield "begeleiding_over_norm", Observation(elapsed(start, end or peildatum) > norm + 30, judged)
        if regime in TWAALF_MAANDEN:
            # An end is an event, unless the person moved house.
            time = elapsed(start, end or earliest(peildatum, person.vertrokken))
            yield "begeleiding_mediaan", Observation(bool(end) and reden != "Verhuisd", days=time)
            if end and reden == "Afgerond":
                yield "begeleiding_vroeg_afgerond", Observation(elapsed(start, end) < norm - 30, end)


def observe_pip(person: Person, peildatum: date) -> Observed:
    status, first, deadline = person.pip_status, person.eerste_pip, person.uiterste_datum
    if status in ("Op tijd", "PIP te laat", "Termijn verstreken zonder PIP") and deadline < peildatum:
        yield "pip_tijdig", Observation(status == "Op tijd", deadline + days(1))
    if person.wet == "WI2021" and person.actief:
        yield "pip_zonder", Observation(not first)
        if not first:
            yield "pip_over_termijn", Observation(status == "Termijn verstreken zonder PIP")
        else:
            for route in "BOZ":
                yield f"leerroute_{route.lower()}", Observation(person.leerroute == route, first)
    if person.start_termijn and status != "Vorige gemeente":
        time = elapsed(person.start_termijn, first or earliest(peildatum, person.uitstroom))
        yield "pip_mediaan_dagen", Observation(bool(first), days=time)


def observe_ontzorging(person: Person, peildatum: date) -> Observed:
    right, start, due = person.recht_vanaf, person.ontzorging_start, person.recht_vanaf + days(30)
    if due <= peildatum:
        yield "ontzorging_dekking", Observation(bool(start), due, outcome=start)
    if person.actief and person.recht_tot is None:
        yield "ontzorging_zonder", Observation(not start)
        if not start:
            yield "ontzorging_lang_zonder", Observation(due <= peildatum)
    full_right = six_months_full(right)
    shorter = any(day and day < full_right for day in (person.recht_tot, person.vertrokken))
    entry = six_months_full(max(right, start or right))
    if not shorter and entry <= peildatum:
        yield "ontzorging_volledig", Observation(person.ontzorging_status in ("Voltooid", "Lopend"), entry)
    end = start or earliest(peildatum, person.recht_tot, person.vertrokken)
    yield "ontzorging_mediaan_dagen", Observation(bool(start), days=elapsed(right, end))
    if start:
        yield "ontzorging_gesprek", Observation(person.ontzorging["gesprekken_budgetcoach"] >= 1, start)


def observe_overdracht(person: Person, peildatum: date) -> Observed:
    finished, row = person.begeleiding_afgerond, person.overdracht
    done = person.datum_overdracht if person.overdracht_status == "Overgedragen" else None
    if done and row["begeleidingsbehoefte"] is True:
        yield "overdracht_driegesprek", Observation(row["vorm"] == "Driegesprek", done)
    if person.overdracht_status == "Vertrokken":
        return
    due, still_open = finished + days(30), person.overdracht_status in OPEN
    if due <= peildatum:
        yield "overdracht_gedaan", Observation(bool(done), due, outcome=done)
    yield "overdracht_open", Observation(still_open)
    if still_open:
        yield "overdracht_lang_open", Observation((peildatum - finished).days > 90)
    yield "overdracht_mediaan_dagen", Observation(bool(done), days=elapsed(finished, done or peildatum))
    if row:
        visit = known(row["datum_wijkteambezoek"], peildatum)
        yield "overdracht_bezoek_vooraf", Observation(bool(visit) and visit <= finished, finished)


def figures(kind: str, observations: Sequence[Observation]) -> tuple[int, int, float | None]:
    """Teller, noemer and waarde."""
    teller, noemer = sum(found.hit for found in observations), len(observations)
    if kind == "share":
        return teller, noemer, teller / noemer if noemer else None
    if kind == "count":
        return teller, noemer, teller
    found = median([(observation.days, observation.hit) for observation in observations])
    return teller, noemer, found / 30.4375 if found is not None and kind == "months" else found
