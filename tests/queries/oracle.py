"""Every status and every KPI once more, in plain Python: dictionaries, dates and loops, no SQL.

Written from the definitions alone, so that the SQL can be held against it. Slow on purpose: a rule stands here as one
can read it, not as one would compute it.
"""

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from queries import INDICATOREN, Selection

ONBEKEND = "Onbekend"
HAARLEM = "0392"
VERTREK = ("Vertrek uit Nederland", "Overlijden", "Verhuizing")
REGIMES = {"24 maanden": 730, "12 maanden": 365, "12 maanden (contract 2022)": 365}  # norm in days
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
    start: date
    end: date | None
    reden_einde: str | None


class Person:
    """What is known of somebody at the end of the peildatum: a later date is empty.

    recht_vanaf is filled for the target group of ontzorging only, begeleiding_afgerond for whom a handover is due.
    """

    start_termijn = uiterste_datum = eerste_pip = pip_status = niveau = None
    eerste_leerroute = leerroute = "Nog geen PIP"
    recht_vanaf = recht_tot = ontzorging = ontzorging_start = ontzorging_einde = ontzorging_status = None
    begeleiding_afgerond = overdracht = overdracht_wijkteam = overdracht_status = datum_overdracht = None

    def __init__(self, row: Row, registered: dict[str, list[Row]], area: tuple[str, str], peildatum: date):
        """registered: the rows of the person in the other tables; area: stadsdeel and wijkteam of residence."""
        self.id, self.wet, self.doelgroep = row["inburgeraar_id"], row["wet"], row["doelgroep"]
        self.stadsdeel, self.wijkteam = area
        self.kennisgeving = known(row["datum_kennisgeving"], peildatum)
        self.brp = known(row["datum_inschrijving_brp"], peildatum)
        self.huisvesting = known(row["datum_huisvesting"], peildatum)
        self.uitstroom = known(row["datum_uitstroom"], peildatum)
        self.vertrokken = self.uitstroom if row["reden_uitstroom"] in VERTREK else None
        in_beeld = bool(self.kennisgeving or self.brp or self.huisvesting)
        self.actief = in_beeld and self.uitstroom is None
        self.intake = next((known(each["datum_start"], peildatum) for each in registered["intake"]), None)
        self.periods: list[Period] = []
        for period in registered["begeleiding"]:
            if known(start := period["datum_start"], peildatum):
                end = known(period["datum_einde"], peildatum)
                regime = regime_on(row["datum_huisvesting"] or start)
                self.periods.append(Period(regime, start, end, period["reden_einde"] if end else None))
        if self.wet == "WI2021" and in_beeld:
            self.add_pip(registered["pip"], peildatum)
            if row["verblijfsrecht"] == "asiel":
                self.add_ontzorging(registered, peildatum)
        self.add_overdracht(registered["overdracht"], peildatum)

    def add_pip(self, rows: list[Row], peildatum: date) -> None:
        """The first status that holds, of a person with wet WI2021 who is in beeld."""
        if self.kennisgeving and self.brp:
            self.start_termijn = max(self.kennisgeving, self.brp)
            self.uiterste_datum = self.start_termijn + days(70)
        term, deadline, left = self.start_termijn, self.uiterste_datum, self.uitstroom
        day = itemgetter("dagtekening_pip")
        pips = sorted((pip for pip in rows if day(pip) <= peildatum), key=day)
        if pips:
            first, latest = pips[0], pips[-1]
            self.eerste_pip, self.eerste_leerroute = first["dagtekening_pip"], first["leerroute"]
            self.leerroute = latest["leerroute"]
            self.niveau = latest["niveau"] or ("A2" if latest["leerroute"] == "Z" else "B1")
            if first["gemeentecode"] != HAARLEM:
                self.pip_status = "Vorige gemeente"
            elif term is None:
                self.pip_status = "Termijn onbekend"
            elif self.eerste_pip <= deadline:
                self.pip_status = "Op tijd"
            else:
                self.pip_status = "Met uitstel" if first["uitstel_derden"] else "PIP te laat"
        elif left and (term is None or left <= deadline):
            self.pip_status = "Uitgestroomd zonder PIP"
        elif term is None:
            self.pip_status = "Termijn niet gestart"
        else:
            self.pip_status = "Termijn verstreken zonder PIP" if peildatum > deadline else "Binnen termijn"

    def add_ontzorging(self, registered: dict[str, list[Row]], peildatum: date) -> None:
        rights = [row for row in registered["uitkering"] if row["datum_start"] <= peildatum]
        if not rights:
            return
        right = min(rights, key=lambda row: row["datum_start"])
        self.recht_vanaf, self.recht_tot = right["datum_start"], known(right["datum_einde"], peildatum)
        self.ontzorging_status = "Geen registratie"
        for self.ontzorging in registered["ontzorging"]:
            start = self.ontzorging_start = known(self.ontzorging["datum_start"], peildatum)
            end = self.ontzorging_einde = known(self.ontzorging["datum_einde"], peildatum)
            if start is None:
                self.ontzorging_status = "Niet gestart"
            elif end is None:
                self.ontzorging_status = "Lopend"
            else:
                self.ontzorging_status = "Voltooid" if end >= six_months_full(start) else "Voortijdig beëindigd"

    def add_overdracht(self, rows: list[Row], peildatum: date) -> None:
        ends = [period.end for period in self.periods if period.end and period.reden_einde == "Afgerond"]
        ends = [end for end in ends if end >= NIEUW_CONTRACT]
        if not ends:
            return
        self.begeleiding_afgerond, self.overdracht_wijkteam = max(ends), self.wijkteam
        status = None
        for row in rows:
            self.overdracht, self.overdracht_wijkteam, status = row, row["wijkteam"], row["status"]
            self.datum_overdracht = known(row["datum_overdracht"], peildatum)
            if status == "Afgerond" and self.datum_overdracht is None:
                status = "Gepland" if row["datum_gepland"] else None
        if status == "Afgerond":
            self.overdracht_status = "Overgedragen"
        elif status == "Vertrokken" or self.vertrokken:
            self.overdracht_status = "Vertrokken"
        else:
            self.overdracht_status = status or "Geen overdracht geregistreerd"


class Oracle:
    """The answers over one delivery.

    `tables` holds the eight extracts by name, `reference` the tables `wijk` and `wijkteam`, each as a list of
    row dictionaries with the contract's columns; optional columns of melding only when they were delivered.
    """

    def __init__(self, tables: dict[str, list[Row]], reference: dict[str, list[Row]], peildatum: date):
        self.people = tables["inburgeraar"]
        self.reference = reference
        self.peildatum = peildatum
        self.stadsdeel_of = {row["wijkcode"]: row["stadsdeel"] for row in reference["wijk"]}
        self.registered: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for table in ("intake", "pip", "begeleiding", "uitkering", "ontzorging", "overdracht"):
            for row in tables[table]:
                self.registered[row["inburgeraar_id"]][table].append(row)

    def kpi(self, selection: Selection) -> dict[str, tuple[int, int, float | None]]:
        """Per indicator teller, noemer and waarde."""
        peildatum = selection.peildatum or self.peildatum
        found: dict[str, list[Observation]] = {name: [] for name in INDICATOREN}
        for person in self.dossier(selection, peildatum):
            for name, observation in observe(person, peildatum):
                found[name].append(observation)
        return {name: figures(INDICATOREN[name].eenheid, observed) for name, observed in found.items()}

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
        for row in self.people:
            # The wijkteam goes by the dates as registered, also where they lie after an earlier peildatum.
            day = row["datum_huisvesting"] or row["datum_inschrijving_brp"] or peildatum
            area = self.stadsdeel_of.get(row["wijkcode"], ONBEKEND), self.wijkteam(row["wijkcode"], day)
            person = Person(row, self.registered[row["inburgeraar_id"]], area, peildatum)
            if in_selection(person, row, selection):
                people.append(person)
        return people


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


# --- the indicators: who is in the noemer, since when, and who counts -----------------------------


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
    for regime, start, end, reden in person.periods:
        norm = REGIMES[regime]
        judged = start + days(norm + 31)
        gone = not end and person.vertrokken and person.vertrokken < judged
        if judged <= peildatum and not gone:
            yield "begeleiding_over_norm", Observation(elapsed(start, end or peildatum) > norm + 30, judged)
        if regime != "24 maanden":
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


def figures(eenheid: str, observations: Sequence[Observation]) -> tuple[int, int, float | None]:
    """Teller, noemer and waarde."""
    teller, noemer = sum(found.hit for found in observations), len(observations)
    if eenheid == "aandeel":
        return teller, noemer, teller / noemer if noemer else None
    if eenheid == "aantal":
        return teller, noemer, teller
    found = median([(observation.days, observation.hit) for observation in observations])
    return teller, noemer, found / 30.4375 if found is not None and eenheid == "maanden" else found
