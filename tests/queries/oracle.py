"""Every query once more, in plain Python: dictionaries, dates and loops, no SQL.

Written from the definitions alone, so that the SQL can be held against it. Slow on purpose: a rule stands
here as one can read it, not as one would compute it.

The rows of `run` have exactly the columns of `COLUMNS`. Groups without anybody are left out; where the
definitions leave that open, `equal_rows` treats a missing row and a row of only 0 and null as the same.
"""

import calendar
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

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
VALUES: dict[str, tuple[str, ...]] = {
    "kpi": ("teller", "noemer", "waarde", "ci_laag", "ci_hoog"),
    "kpi_per_gebied": ("teller", "noemer", "waarde", "ci_laag", "ci_hoog"),
    "kpi_trend": ("teller", "noemer", "waarde", "ci_laag", "ci_hoog"),
    "kpi_kwartaal": ("teller", "noemer", "waarde", "ci_laag", "ci_hoog"),
    "kpi_instroom": ("teller", "noemer", "waarde", "ci_laag", "ci_hoog"),
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
    id: str
    wet: str
    doelgroep: str
    verblijfsrecht: str
    stadsdeel: str
    wijkteam: str
    # As of the peildatum: a later date is empty.
    kennisgeving: date | None
    brp: date | None
    huisvesting: date | None
    uitstroom: date | None
    vertrokken: date | None
    in_beeld: bool
    actief: bool
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


class Observation(NamedTuple):
    """One person or period in the noemer of an indicator."""

    stadsdeel: str
    wijkteam: str
    entry: date | None
    hit: bool
    days: int | None
    outcome: date | None  # the day of an outcome that may come after entry


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
        self.rows_of: dict[str, dict[str, list[Row]]] = {}
        for table in ("intake", "pip", "begeleiding", "uitkering", "ontzorging", "overdracht"):
            by_person: dict[str, list[Row]] = defaultdict(list)
            for row in tables[table]:
                by_person[row["inburgeraar_id"]].append(row)
            self.rows_of[table] = by_person

    def run(self, name: str, selection: Any) -> list[Row]:
        """The rows of query `name`; ValueError for an unknown name or a peildatum after the snapshot's."""
        if name not in KEYS:
            raise ValueError(f"unknown query {name}")
        peildatum = selection.peildatum or self.peildatum
        if peildatum > self.peildatum:
            raise ValueError("the peildatum lies after the snapshot's")
        if name == "kpi_trend":
            rows = []
            for stand in stands(peildatum):
                figures = kpi(self.dossier(selection, stand), stand)
                rows += [{"stand": stand, **row} for row in figures]
            return rows
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
            begun = row.get("geldig_van") is None or row["geldig_van"] <= day
            over = row.get("geldig_tot") is not None and row["geldig_tot"] <= day
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
                self.add_intake(person, peildatum)
                self.add_pip(person, peildatum)
                self.add_ontzorging(person, peildatum)
                self.add_overdracht(person, peildatum)
                people.append(person)
        return people

    def person(self, row: Row, peildatum: date) -> Person:
        kennisgeving = known(row["datum_kennisgeving"], peildatum)
        brp = known(row["datum_inschrijving_brp"], peildatum)
        huisvesting = known(row["datum_huisvesting"], peildatum)
        uitstroom = known(row["datum_uitstroom"], peildatum)
        in_beeld = bool(kennisgeving or brp or huisvesting)
        # The wijkteam goes by the dates as registered, also where they lie after an earlier peildatum.
        day = row["datum_huisvesting"] or row["datum_inschrijving_brp"] or peildatum
        return Person(
            id=row["inburgeraar_id"],
            wet=row["wet"],
            doelgroep=row["doelgroep"],
            verblijfsrecht=row["verblijfsrecht"],
            stadsdeel=self.stadsdeel_of.get(row["wijkcode"], ONBEKEND),
            wijkteam=self.wijkteam(row["wijkcode"], day),
            kennisgeving=kennisgeving,
            brp=brp,
            huisvesting=huisvesting,
            uitstroom=uitstroom,
            vertrokken=uitstroom if row["reden_uitstroom"] in VERTREK else None,
            in_beeld=in_beeld,
            actief=in_beeld and uitstroom is None,
        )

    def add_begeleiding(self, person: Person, row: Row, peildatum: date) -> None:
        for begeleiding in self.rows_of["begeleiding"].get(person.id, []):
            if begeleiding["datum_start"] > peildatum:
                continue
            regime = regime_on(row["datum_huisvesting"] or begeleiding["datum_start"])
            end = known(begeleiding["datum_einde"], peildatum)
            reden = begeleiding["reden_einde"] if end else None
            person.periods.append(Period(regime, REGIMES[regime], begeleiding["datum_start"], end, reden))

    def add_intake(self, person: Person, peildatum: date) -> None:
        for intake in self.rows_of["intake"].get(person.id, []):
            if intake["datum_start"] <= peildatum:
                person.intake = intake

    def add_pip(self, person: Person, peildatum: date) -> None:
        if person.wet != "WI2021" or not person.in_beeld:
            return
        if person.kennisgeving and person.brp:
            person.start_termijn = max(person.kennisgeving, person.brp)
            person.uiterste_datum = person.start_termijn + days(70)
        pips = [pip for pip in self.rows_of["pip"].get(person.id, []) if pip["dagtekening_pip"] <= peildatum]
        person.pips = sorted(pips, key=lambda pip: pip["dagtekening_pip"])
        if person.pips:
            first, latest = person.pips[0], person.pips[-1]
            person.eerste_pip = first["dagtekening_pip"]
            person.eerste_leerroute = first["leerroute"]
            person.leerroute = latest["leerroute"]
            person.niveau = latest["niveau"] or ("A2" if latest["leerroute"] == "Z" else "B1")
        person.pip_status = pip_status(person, peildatum)

    def add_ontzorging(self, person: Person, peildatum: date) -> None:
        if person.wet != "WI2021" or not person.in_beeld or person.verblijfsrecht != "asiel":
            return
        rights = self.rows_of["uitkering"].get(person.id, [])
        rights = [row for row in rights if row["datum_start"] <= peildatum]
        if not rights:
            return
        right = min(rights, key=lambda row: row["datum_start"])
        person.recht_vanaf = right["datum_start"]
        person.recht_tot = known(right["datum_einde"], peildatum)
        rows = self.rows_of["ontzorging"].get(person.id, [])
        if not rows:
            person.ontzorging_status = "Geen registratie"
            return
        person.ontzorging = rows[0]
        person.ontzorging_start = known(rows[0]["datum_start"], peildatum)
        person.ontzorging_einde = known(rows[0]["datum_einde"], peildatum)
        if person.ontzorging_start is None:
            person.ontzorging_status = "Niet gestart"
        elif person.ontzorging_einde is None:
            person.ontzorging_status = "Lopend"
        elif person.ontzorging_einde >= six_months_full(person.ontzorging_start):
            person.ontzorging_status = "Voltooid"
        else:
            person.ontzorging_status = "Voortijdig beëindigd"

    def add_overdracht(self, person: Person, peildatum: date) -> None:
        ends = [period.end for period in person.periods if period.end and period.reden_einde == "Afgerond"]
        ends = [end for end in ends if end >= NIEUW_CONTRACT]
        if not ends:
            return
        person.begeleiding_afgerond = max(ends)
        person.overdracht_wijkteam = person.wijkteam
        status = None
        rows = self.rows_of["overdracht"].get(person.id, [])
        if rows:
            person.overdracht = row = rows[0]
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
        chosen = []
        for melding in self.tables["melding"]:
            if melding["datum_melding"] > peildatum:
                continue
            if selection.wijkteams and melding["wijkteam"] not in selection.wijkteams:
                continue
            stadsdelen = team_stadsdelen.get(melding["wijkteam"], {ONBEKEND})
            if selection.stadsdelen and not stadsdelen & set(selection.stadsdelen):
                continue
            chosen.append(melding)
        return chosen


def known(day: date | None, peildatum: date) -> date | None:
    return day if day is not None and day <= peildatum else None


def regime_on(day: date) -> str:
    if day < date(2020, 1, 1):
        return "24 maanden"
    if day < date(2022, 1, 1):
        return "12 maanden"
    return "12 maanden (contract 2022)"


def in_selection(person: Person, row: Row, selection: Any) -> bool:
    """Whether the person is selected, by the dates as registered."""
    if selection.stadsdelen and person.stadsdeel not in selection.stadsdelen:
        return False
    if selection.wijkteams and person.wijkteam not in selection.wijkteams:
        return False
    if selection.doelgroepen and person.doelgroep not in selection.doelgroepen:
        return False
    if selection.wetten and person.wet not in selection.wetten:
        return False
    notice, housed = row["datum_kennisgeving"], row["datum_huisvesting"]
    if selection.cohorten and (notice is None or notice.year not in selection.cohorten):
        return False
    if selection.huisvesting_van and (housed is None or housed < selection.huisvesting_van):
        return False
    return not (selection.huisvesting_tot and (housed is None or housed >= selection.huisvesting_tot))


def pip_status(person: Person, peildatum: date) -> str:
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


# --- the indicators: who is in the noemer, since when, and who counts -----------------------------


def seen(
    person: Person, entry: date | None, hit: bool, time: int | None = None, outcome: date | None = None
) -> Observation:
    return Observation(person.stadsdeel, person.wijkteam, entry, hit, time, outcome)


def seen_by_team(
    person: Person, entry: date | None, hit: bool, time: int | None = None, outcome: date | None = None
) -> Observation:
    """An observation about the handover: its wijkteam is the one that receives."""
    return Observation(person.stadsdeel, person.overdracht_wijkteam, entry, hit, time, outcome)


def begeleiding_dekking(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in people:
        if person.doelgroep != "Asielstatushouder" or person.wet != "WI2021" or person.huisvesting is None:
            continue
        entry = person.huisvesting + days(30)
        if entry <= peildatum and not (person.vertrokken and person.vertrokken < entry):
            first = min((period.start for period in person.periods), default=None)
            yield seen(person, entry, bool(person.periods), outcome=first)


def period_survival(person: Person, period: Period, peildatum: date) -> tuple[int, bool]:
    """Days and event of a period: an end is an event, unless the person moved house."""
    if period.end:
        return elapsed(period.start, period.end), period.reden_einde != "Verhuisd"
    return elapsed(period.start, earliest(peildatum, person.vertrokken)), False


def begeleiding_mediaan(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in people:
        for period in person.periods:
            if period.regime in TWAALF_MAANDEN:
                time, event = period_survival(person, period, peildatum)
                yield seen(person, None, event, time)


def over_norm(person: Person, period: Period, peildatum: date) -> bool | None:
    """Whether the period lasts over norm + 30 days; None when it is not in the noemer."""
    grace = period.norm + 30
    if period.start + days(grace + 1) > peildatum:
        return None
    if not period.end and person.vertrokken and person.vertrokken <= period.start + days(grace):
        return None
    return elapsed(period.start, period.end or peildatum) > grace


def begeleiding_over_norm(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in people:
        for period in person.periods:
            over = over_norm(person, period, peildatum)
            if over is not None:
                yield seen(person, period.start + days(period.norm + 31), over)


def begeleiding_vroeg_afgerond(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in people:
        for period in person.periods:
            if period.regime in TWAALF_MAANDEN and period.end and period.reden_einde == "Afgerond":
                yield seen(person, period.end, elapsed(period.start, period.end) < period.norm - 30)


def intake_gestart(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in people:
        if person.wet == "WI2021" and person.kennisgeving:
            start = person.intake["datum_start"] if person.intake else None
            yield seen(person, person.kennisgeving, person.intake is not None, outcome=start)


def pip_tijdig(people: list[Person], peildatum: date) -> Iterable[Observation]:
    judged = ("Op tijd", "PIP te laat", "Termijn verstreken zonder PIP")
    for person in people:
        if person.pip_status in judged and person.uiterste_datum < peildatum:
            yield seen(person, person.uiterste_datum + days(1), person.pip_status == "Op tijd")


def active_new_law(people: list[Person]) -> list[Person]:
    return [person for person in people if person.actief and person.wet == "WI2021"]


def pip_zonder(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in active_new_law(people):
        yield seen(person, None, not person.pips)


def pip_over_termijn(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in active_new_law(people):
        if not person.pips:
            yield seen(person, None, person.pip_status == "Termijn verstreken zonder PIP")


def pip_mediaan_dagen(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in people:
        if person.start_termijn is None or person.pip_status == "Vorige gemeente":
            continue
        end = person.eerste_pip or earliest(peildatum, person.uitstroom)
        yield seen(person, None, person.eerste_pip is not None, elapsed(person.start_termijn, end))


def leerroute_share(leerroute: str) -> Callable[[list[Person], date], Iterable[Observation]]:
    def observations(people: list[Person], peildatum: date) -> Iterable[Observation]:
        for person in active_new_law(people):
            if person.pips:
                yield seen(person, person.eerste_pip, person.leerroute == leerroute)

    return observations


def target_group(people: list[Person]) -> list[Person]:
    return [person for person in people if person.recht_vanaf]


def ontzorging_dekking(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in target_group(people):
        entry = person.recht_vanaf + days(30)
        if entry <= peildatum:
            start = person.ontzorging_start
            yield seen(person, entry, start is not None, outcome=start)


def ontzorging_zonder(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in target_group(people):
        if person.actief and person.recht_tot is None:
            yield seen(person, None, person.ontzorging_start is None)


def ontzorging_lang_zonder(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in target_group(people):
        if person.actief and person.recht_tot is None and person.ontzorging_start is None:
            yield seen(person, None, person.recht_vanaf + days(30) <= peildatum)


def ontzorging_volledig(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in target_group(people):
        full_right = six_months_full(person.recht_vanaf)
        if person.recht_tot and person.recht_tot < full_right:
            continue
        if person.vertrokken and person.vertrokken < full_right:
            continue
        entry = six_months_full(max(person.recht_vanaf, person.ontzorging_start or person.recht_vanaf))
        if entry <= peildatum:
            yield seen(person, entry, person.ontzorging_status in ("Voltooid", "Lopend"))


def ontzorging_mediaan_dagen(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in target_group(people):
        start = person.ontzorging_start
        end = start or earliest(peildatum, person.recht_tot, person.vertrokken)
        yield seen(person, None, start is not None, elapsed(person.recht_vanaf, end))


def ontzorging_gesprek(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in target_group(people):
        if person.ontzorging_start:
            yield seen(person, person.ontzorging_start, person.ontzorging["gesprekken_budgetcoach"] >= 1)


def handover_population(people: list[Person]) -> list[Person]:
    return [person for person in people if person.begeleiding_afgerond]


def still_here(people: list[Person]) -> list[Person]:
    return [person for person in handover_population(people) if person.overdracht_status != "Vertrokken"]


def overdracht_gedaan(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in still_here(people):
        entry = person.begeleiding_afgerond + days(30)
        if entry <= peildatum:
            done = person.overdracht_status == "Overgedragen"
            yield seen_by_team(person, entry, done, outcome=person.datum_overdracht if done else None)


def overdracht_open(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in still_here(people):
        yield seen_by_team(person, None, person.overdracht_status in OPEN)


def overdracht_lang_open(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in still_here(people):
        if person.overdracht_status in OPEN:
            yield seen_by_team(person, None, (peildatum - person.begeleiding_afgerond).days > 90)


def overdracht_driegesprek(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in still_here(people):
        if person.overdracht_status == "Overgedragen" and person.overdracht["begeleidingsbehoefte"] is True:
            yield seen_by_team(person, person.datum_overdracht, person.overdracht["vorm"] == "Driegesprek")


def handover_survival(person: Person, peildatum: date) -> tuple[int, bool]:
    done = person.overdracht_status == "Overgedragen"
    return elapsed(person.begeleiding_afgerond, person.datum_overdracht if done else peildatum), done


def overdracht_mediaan_dagen(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in still_here(people):
        time, done = handover_survival(person, peildatum)
        yield seen_by_team(person, None, done, time)


def overdracht_bezoek_vooraf(people: list[Person], peildatum: date) -> Iterable[Observation]:
    for person in still_here(people):
        if person.overdracht:
            visit = known(person.overdracht["datum_wijkteambezoek"], peildatum)
            before = visit is not None and visit <= person.begeleiding_afgerond
            yield seen_by_team(person, person.begeleiding_afgerond, before)


# Kind and observations per indicator, in the order in which they are always answered.
INDICATORS: dict[str, tuple[str, Callable[[list[Person], date], Iterable[Observation]]]] = {
    "begeleiding_dekking": ("share", begeleiding_dekking),
    "begeleiding_mediaan": ("months", begeleiding_mediaan),
    "begeleiding_over_norm": ("share", begeleiding_over_norm),
    "begeleiding_vroeg_afgerond": ("share", begeleiding_vroeg_afgerond),
    "intake_gestart": ("share", intake_gestart),
    "pip_tijdig": ("share", pip_tijdig),
    "pip_zonder": ("count", pip_zonder),
    "pip_over_termijn": ("count", pip_over_termijn),
    "pip_mediaan_dagen": ("days", pip_mediaan_dagen),
    "leerroute_b": ("share", leerroute_share("B")),
    "leerroute_o": ("share", leerroute_share("O")),
    "leerroute_z": ("share", leerroute_share("Z")),
    "ontzorging_dekking": ("share", ontzorging_dekking),
    "ontzorging_zonder": ("count", ontzorging_zonder),
    "ontzorging_lang_zonder": ("count", ontzorging_lang_zonder),
    "ontzorging_volledig": ("share", ontzorging_volledig),
    "ontzorging_mediaan_dagen": ("days", ontzorging_mediaan_dagen),
    "ontzorging_gesprek": ("share", ontzorging_gesprek),
    "overdracht_gedaan": ("share", overdracht_gedaan),
    "overdracht_open": ("count", overdracht_open),
    "overdracht_lang_open": ("count", overdracht_lang_open),
    "overdracht_driegesprek": ("share", overdracht_driegesprek),
    "overdracht_mediaan_dagen": ("days", overdracht_mediaan_dagen),
    "overdracht_bezoek_vooraf": ("share", overdracht_bezoek_vooraf),
}


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


def kpi(people: list[Person], peildatum: date) -> list[Row]:
    return [
        {"indicator": name, **figures(kind, list(observe(people, peildatum)))}
        for name, (kind, observe) in INDICATORS.items()
    ]


def kpi_per_gebied(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for niveau in ("stadsdeel", "wijkteam"):
        groups: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
        for name, (_, observe) in INDICATORS.items():
            for observation in observe(people, peildatum):
                groups[getattr(observation, niveau)][name].append(observation)
        for gebied in sorted(groups):
            for name, (kind, _) in INDICATORS.items():
                found = figures(kind, groups[gebied][name])
                rows.append({"niveau": niveau, "gebied": gebied, "indicator": name, **found})
    return rows


def kpi_kwartaal(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for name, (kind, observe) in INDICATORS.items():
        if kind != "share":
            continue
        quarters: dict[date, list[Observation]] = defaultdict(list)
        for observation in observe(people, peildatum):
            quarters[first_of_quarter(observation.entry)].append(observation)
        for kwartaal in sorted(quarters):
            rows.append({"indicator": name, "kwartaal": kwartaal, **figures(kind, quarters[kwartaal])})
    return rows


# Days after entry at which an entrant is judged; a talk carries no date, so it cannot be judged at any.
FOLLOW_UP = {"intake_gestart": 90, "ontzorging_gesprek": None}


def kpi_instroom(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for name, (kind, observe) in INDICATORS.items():
        wait = FOLLOW_UP.get(name, 0)
        if kind != "share" or wait is None:
            continue
        quarters: dict[date, list[Observation]] = defaultdict(list)
        for found in observe(people, peildatum):
            judged_on = found.entry + days(wait)
            if judged_on <= peildatum:
                in_time = found.hit and (found.outcome is None or found.outcome <= judged_on)
                quarters[first_of_quarter(found.entry)].append(found._replace(hit=in_time))
        for kwartaal in sorted(quarters):
            rows.append({"indicator": name, "kwartaal": kwartaal, **figures(kind, quarters[kwartaal])})
    return rows


def stands(peildatum: date) -> list[date]:
    """The month ends of the peildatum's calendar year before it, then the peildatum."""
    ends = [date(peildatum.year, m, calendar.monthrange(peildatum.year, m)[1]) for m in range(1, 13)]
    return [end for end in ends if end < peildatum] + [peildatum]


# --- the queries behind the pages -----------------------------------------------------------------


def by_regime(people: list[Person]) -> dict[str, list[tuple[Person, Period]]]:
    groups: dict[str, list[tuple[Person, Period]]] = {}
    for regime in REGIMES:
        group = [(person, period) for person in people for period in person.periods]
        group = [(person, period) for person, period in group if period.regime == regime]
        if group:
            groups[regime] = group
    return groups


def begeleiding_duur(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for regime, group in by_regime(people).items():
        times = [period_survival(person, period, peildatum) for person, period in group]
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


def begeleiding_overleving(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for regime, group in by_regime(people).items():
        for step in survival(period_survival(person, period, peildatum) for person, period in group):
            rows.append(dict(zip(COLUMNS["begeleiding_overleving"], (regime, *step), strict=True)))
    return rows


def stock(runs: list[tuple[date, date | None]], peildatum: date) -> list[Row]:
    """Started, ended and running per month, from the first month with a start to the peildatum's."""
    if not runs:
        return []
    rows = []
    maand = first_of_month(min(start for start, _ in runs))
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


def begeleiding_voorraad(people: list[Person], peildatum: date) -> list[Row]:
    return stock([(period.start, period.end) for person in people for period in person.periods], peildatum)


def counted(name: str, groups: Iterable[tuple]) -> list[Row]:
    numbers = sorted(Counter(groups).items())
    return [dict(zip(COLUMNS[name], (*group, number), strict=True)) for group, number in numbers]


def pip_status_counts(people: list[Person], peildatum: date) -> list[Row]:
    return counted("pip_status", [(p.doelgroep, p.pip_status) for p in people if p.pip_status])


def leerroute_verdeling(people: list[Person], peildatum: date) -> list[Row]:
    found = [(p.stadsdeel, p.doelgroep, p.leerroute) for p in active_new_law(people)]
    return counted("leerroute_verdeling", found)


def leerroute_wissel(people: list[Person], peildatum: date) -> list[Row]:
    found = [(p.eerste_leerroute, p.leerroute, p.niveau) for p in active_new_law(people) if p.pips]
    return counted("leerroute_wissel", found)


def leerroute_advies(people: list[Person], peildatum: date) -> list[Row]:
    found = []
    for person in active_new_law(people):
        if person.pips:
            result = person.intake["uitslag_leerbaarheidstoets"] if person.intake else None
            found.append((result or "Niet afgenomen", person.eerste_leerroute))
    return counted("leerroute_advies", found)


def ontzorging_status(people: list[Person], peildatum: date) -> list[Row]:
    return counted("ontzorging_status", [(p.stadsdeel, p.ontzorging_status) for p in target_group(people)])


def ontzorging_redenen(people: list[Person], peildatum: date) -> list[Row]:
    found = []
    for person in target_group(people):
        row = person.ontzorging or {}
        if person.ontzorging_status in ("Niet gestart", "Geen registratie"):
            found.append(("Niet gestart", row.get("reden_niet_gestart") or ONBEKEND))
        elif person.ontzorging_status == "Voortijdig beëindigd":
            found.append(("Voortijdig beëindigd", row.get("reden_einde") or ONBEKEND))
    return counted("ontzorging_redenen", found)


def ontzorging_lasten(people: list[Person], peildatum: date) -> list[Row]:
    started = [person for person in target_group(people) if person.ontzorging_start]
    rows = []
    for post in ("huur", "energie", "zorgpremie"):
        paid = sum(1 for person in started if person.ontzorging[post])
        rows.append({"post": post, "aantal": paid, "gestart": len(started)})
    return rows


def ontzorging_voorraad(people: list[Person], peildatum: date) -> list[Row]:
    started = [person for person in target_group(people) if person.ontzorging_start]
    return stock([(person.ontzorging_start, person.ontzorging_einde) for person in started], peildatum)


def overdracht_per_wijkteam(people: list[Person], peildatum: date) -> list[Row]:
    teams: dict[str, list[Person]] = defaultdict(list)
    for person in handover_population(people):
        teams[person.overdracht_wijkteam].append(person)
    rows = []
    for wijkteam in sorted(teams):
        group = teams[wijkteam]
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
            "mediaan_dagen": quantile([handover_survival(p, peildatum) for p in still_here(group)], 0.5),
            "open_0_30": sum(1 for wait in waiting if wait <= 30),
            "open_31_90": sum(1 for wait in waiting if 30 < wait <= 90),
            "open_90_plus": sum(1 for wait in waiting if wait > 90),
        })  # fmt: skip
    return rows


def melding_per_maand(meldingen: list[Row]) -> list[Row]:
    return counted("melding_per_maand", [
        (first_of_month(row["datum_melding"]), row["wijkteam"], row["hulpvraag"], row["soort"])
        for row in meldingen
    ])  # fmt: skip


def melding_verwijzer(meldingen: list[Row]) -> list[Row]:
    return counted("melding_verwijzer", [
        (first_of_quarter(row["datum_melding"]), row["verwijzer"] or "Niet geregistreerd")
        for row in meldingen
    ])  # fmt: skip


def evaluatie_regimes(people: list[Person], peildatum: date) -> list[Row]:
    rows = []
    for regime, group in by_regime(people).items():
        housed = [person.huisvesting for person, _ in group if person.huisvesting]
        times = [period_survival(person, period, peildatum) for person, period in group]
        rows.append({
            "regime": regime,
            "personen": len({person.id for person, _ in group}),
            "periodes": len(group),
            "mediaan_maanden": in_months(quantile(times, 0.5)),
            "gehuisvest_van": min(housed, default=None),
            "gehuisvest_tot": max(housed, default=None),
        })  # fmt: skip
    return rows


def evaluatie_meetbaarheid(people: list[Person], meldingen: list[Row], with_status: bool) -> list[Row]:
    """The conditions for a comparison; `with_status`: the delivery has the column statushouder."""

    def share(hits: int, total: int) -> float | None:
        return hits / total if total else None

    registered = sum(1 for melding in meldingen if melding.get("statushouder") is not None)
    status_known = share(registered, len(meldingen)) if with_status else 0.0
    holders = [melding for melding in meldingen if melding.get("statushouder") is True]
    with_regime = sum(1 for melding in holders if melding.get("begeleidingsregime") is not None)
    referred = sum(1 for melding in meldingen if melding["verwijzer"] is not None)
    regimes = [(person.id, period.regime) for person in people for period in person.periods]
    n24 = len({person for person, regime in regimes if regime == "24 maanden"})
    n12 = len({person for person, regime in regimes if regime in TWAALF_MAANDEN})
    seen_difference = 2.801585 * math.sqrt(0.25 * (1 / n24 + 1 / n12)) if n24 and n12 else None
    conditions = [
        ("statushouder_geregistreerd", status_known, 0.95),
        ("regime_geregistreerd", share(with_regime, len(holders)), 0.95),
        ("verwijzer_bekend", share(referred, len(meldingen)), 0.80),
        ("groep_24_maanden", n24, 30),
        ("groep_12_maanden", n12, 30),
        ("aantoonbaar_verschil", seen_difference, 0.10),
    ]
    rows = []
    for condition, value, threshold in conditions:
        if value is None:
            met = False
        elif condition == "aantoonbaar_verschil":
            met = value <= threshold
        else:
            met = value >= threshold
        rows.append({
            "voorwaarde": condition,
            "voldaan": met,
            "waarde": value,
            "drempel": threshold,
            "toelichting": "Toelichting",  # a sentence for people: equal_rows only asks that there is one
        })  # fmt: skip
    return rows


ANSWERS: dict[str, Callable[..., list[Row]]] = {
    "kpi": kpi,
    "kpi_per_gebied": kpi_per_gebied,
    "kpi_kwartaal": kpi_kwartaal,
    "kpi_instroom": kpi_instroom,
    "begeleiding_duur": begeleiding_duur,
    "begeleiding_overleving": begeleiding_overleving,
    "begeleiding_voorraad": begeleiding_voorraad,
    "pip_status": pip_status_counts,
    "leerroute_verdeling": leerroute_verdeling,
    "leerroute_wissel": leerroute_wissel,
    "leerroute_advies": leerroute_advies,
    "ontzorging_status": ontzorging_status,
    "ontzorging_redenen": ontzorging_redenen,
    "ontzorging_lasten": ontzorging_lasten,
    "ontzorging_voorraad": ontzorging_voorraad,
    "overdracht_per_wijkteam": overdracht_per_wijkteam,
    "melding_per_maand": melding_per_maand,
    "melding_verwijzer": melding_verwijzer,
    "evaluatie_regimes": evaluatie_regimes,
}


# --- comparing two answers ------------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """True when two answers are equal; its text says where they differ."""

    differences: tuple[str, ...]

    def __bool__(self) -> bool:
        return not self.differences

    def __repr__(self) -> str:
        shown = "\n".join(self.differences[:20])
        more = len(self.differences) - 20
        return (shown or "equal") + (f"\n... and {more} more" if more > 0 else "")


def equal_rows(name: str, left: Iterable[Row], right: Iterable[Row]) -> Comparison:
    """Compare two answers to query `name`; use as `assert equal_rows(name, expected, found)`.

    Floats within 1e-9; order only where it is defined (kpi, kpi_trend, evaluatie_meetbaarheid); a row that is
    left out equals a row without anybody, except in ALL_ROWS. The text of `toelichting` only has to be there.
    """
    left, right = list(left), list(right)
    differences: list[str] = []
    indexed = []
    for side, rows in (("left", left), ("right", right)):
        index: dict[tuple, Row] = {}
        for row in rows:
            if tuple(row) != COLUMNS[name]:
                differences.append(f"{name}, {side}: columns {list(row)} instead of {list(COLUMNS[name])}")
                return Comparison(tuple(differences))
            key = tuple(row[column] for column in KEYS[name])
            if key in index:
                differences.append(f"{name}, {side}: two rows for {show(name, key)}")
            index[key] = row
        indexed.append(index)
    lefts, rights = indexed
    for key in dict.fromkeys([*lefts, *rights]):
        one, other = lefts.get(key), rights.get(key)
        if one is None or other is None:
            row = one or other
            if name in ALL_ROWS or not without_anybody(name, row):
                side = "left" if one is None else "right"
                values = {column: row[column] for column in COLUMNS[name] if column not in KEYS[name]}
                differences.append(f"{name}, {show(name, key)}: no row on the {side}; the other has {values}")
            continue
        for column in COLUMNS[name]:
            if not same(column, one[column], other[column]):
                found = f"{one[column]!r} on the left, {other[column]!r} on the right"
                differences.append(f"{name}, {show(name, key)}, {column}: {found}")
    if not differences:
        differences += order_differences(name, left, right)
    return Comparison(tuple(differences))


def show(name: str, key: tuple) -> str:
    return ", ".join(f"{column}={value}" for column, value in zip(KEYS[name], key, strict=True))


def without_anybody(name: str, row: Row) -> bool:
    columns = [column for column in COLUMNS[name] if column not in KEYS[name] and column not in NOT_A_COUNT]
    return all(row[column] is None or row[column] == 0 for column in columns)


def same(column: str, one: Any, other: Any) -> bool:
    if column == "toelichting":
        return all(isinstance(text, str) and text.strip() for text in (one, other))
    if one is None or other is None:
        return one is None and other is None
    for kind in (bool, datetime, date, str):
        if isinstance(one, kind) or isinstance(other, kind):
            return isinstance(one, kind) and isinstance(other, kind) and one == other
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return False  # such as a Decimal: not a number that a page can use
    return abs(one - other) <= TOLERANCE


def order_differences(name: str, left: list[Row], right: list[Row]) -> list[str]:
    found = []
    if name in ("kpi", "kpi_trend"):
        for side, rows in (("left", left), ("right", right)):
            for stand in dict.fromkeys(row.get("stand") for row in rows):
                order = [row["indicator"] for row in rows if row.get("stand") == stand]
                if order != list(INDICATORS):
                    found.append(f"{name}, {side}: indicators of {stand or 'the peildatum'} in another order")
            order = list(dict.fromkeys(row["stand"] for row in rows if "stand" in row))
            if order != sorted(order):
                found.append(f"{name}, {side}: standen in another order")
    if name == "evaluatie_meetbaarheid":
        orders = [[row["voorwaarde"] for row in rows] for rows in (left, right)]
        if orders[0] != orders[1]:
            found.append(f"{name}: voorwaarden {orders[0]} on the left, {orders[1]} on the right")
    return found
