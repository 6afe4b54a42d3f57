"""What the attacker of a publication has and knows: published figures as bounds, and sums of true counts.

What follows from the definitions (``queries/``) for every town is sure. What nearly always holds is assumed: that a
quarter which was over stays as it was, that a cumulative count does not fall from one publication to the next. An
assumption that the published figures contradict is given up (``publicatie_aanval``). ``docs/openbaar.md`` lists both.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl

from data import contract
from queries import INDICATOREN
from queries import VRAGEN as DEFINITIES
from queries.definitions.columns import AFGEROND, BESCHERMD, TELLINGEN, WEGGELATEN, figures, weergave_van
from queries.openbaar.rules import ALLE, LEERROUTE_NIVEAUS, PIP_STATUSSEN, REGIMES, STAD, VRAGEN, Keuze

SMALL = 9
DAYS_IN_MONTH = 30.4375

Frames = Mapping[tuple[str, Keuze], pl.DataFrame]

# Whoever counts here still does at every later day.
BLIJVEND = {
    "begeleiding_dekking": ("teller", "noemer"),
    "begeleiding_over_norm": ("teller", "noemer"),
    "begeleiding_vroeg_afgerond": ("teller", "noemer"),
    "intake_gestart": ("teller", "noemer"),
    "pip_tijdig": ("teller",),
    "ontzorging_dekking": ("teller", "noemer"),
    "ontzorging_gesprek": ("teller", "noemer"),
    "overdracht_driegesprek": ("teller", "noemer"),
}
# Counts that are of the records of another one.
DEZELFDE = {(name, "noemer"): (entry.deel_van, "teller") for name, entry in INDICATOREN.items() if entry.deel_van}
# The count at the end of a quarter is the sum of the quarters of entry up to then: for every town, or but for rare
# cases (nobody counts then who is not in that sum). The others have an outcome that may come after the quarter.
PER_KWARTAAL_ALTIJD = frozenset(
    [
        ("begeleiding_dekking", "noemer"),
        ("begeleiding_vroeg_afgerond", "teller"),
        ("begeleiding_vroeg_afgerond", "noemer"),
        ("intake_gestart", "noemer"),
        ("pip_tijdig", "teller"),
    ]
)
PER_KWARTAAL_MEESTAL = frozenset(
    [
        ("begeleiding_over_norm", "teller"),
        ("begeleiding_over_norm", "noemer"),
        ("ontzorging_dekking", "noemer"),
        ("overdracht_driegesprek", "teller"),
        ("overdracht_driegesprek", "noemer"),
    ]
)
# Tellers of kpi_instroom of an outcome with a date: once the follow-up of the quarter is over they stay, and are at
# most the teller of that stand.
NA_VOLGTIJD = ("begeleiding_dekking", "intake_gestart", "ontzorging_dekking", "overdracht_gedaan")
# A curve runs until fewer than 10 (rounded) are still followed, so that its length tells of a number.
CURVES = ("begeleiding_overleving", "pip_overleving", "overdracht_overleving")
# The month after which a period is judged to have run too long: 30 days over the norm.
_OVER_NORM = {"24 maanden": 25, "12 maanden": 13, "12 maanden (contract 2022)": 13}
# Without a date of its own: what was counted later is seen in an earlier stand as well.
ZONDER_DATUM = frozenset([("ontzorging_gesprek", "teller")])
# Other counts that do not fall from one publication to the next, by question: rows (None: every row) and columns.
NIET_DALEND: dict[str, tuple[tuple[str, ...] | None, tuple[str, ...]]] = {
    "wi2021_in_beeld": (None, ("aantal",)),
    "pip_status": (("Op tijd", "Met uitstel", "PIP te laat", "Vorige gemeente"), ("aantal",)),
    "begeleiding_duur": (None, ("periodes", "beeindigd", "over_norm_teller", "over_norm_noemer")),
    "evaluatie_regimes": (None, ("personen",)),
    "evaluatie_meldingen": (None, ("personen", "meldingen")),
    "ontzorging_doelgroep": (None, ("aantal",)),
    "ontzorging_status": (("Voltooid", "Voortijdig beëindigd"), ("aantal",)),
    "overdracht_totaal": (None, ("populatie", "overgedragen", "driegesprek")),
    "overdracht_per_wijkteam": (None, ("populatie",)),
    "melding_totaal": (None, ("aantal",)),
}
# What came in a quarter: the same later on, once the quarter is over.
PER_KWARTAAL = {
    "begeleiding_voorraad": ("gestart", "beeindigd"),
    "ontzorging_voorraad": ("gestart", "beeindigd"),
    "melding": ("aantal",),
    "melding_verwijzer": ("aantal",),
    "melding_traject": ("teller", "noemer"),
}


class Version(date):
    """The day of a publication that was replaced by another one of that day."""

    number: int

    def __new__(cls, day: date, number: int) -> "Version":
        """The version with this number, of this day."""
        made = super().__new__(cls, day.year, day.month, day.day)
        made.number = number
        return made

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and (day_of(self), self.number) == (day_of(other), other.number)

    def __hash__(self) -> int:
        return hash((day_of(self), self.number))


def day_of(stand: date) -> date:
    """The day itself."""
    return date(stand.year, stand.month, stand.day)


@dataclass(frozen=True)
class Cell:
    """One true count: of which stand (peildatum), about what, for which selection, row and column."""

    stand: date
    vraag: str
    keuze: Keuze
    rij: tuple
    kolom: str


class Row(NamedTuple):
    """A sum of counts (number and factor) that lies from low to high; assumed when it need not hold for every town."""

    terms: dict[int, int]
    low: float
    high: float
    sure: bool


class Puzzle:
    """Whole numbers within bounds, and sums of them within bounds.

    known: per published count its rounded number and the base. plaatsen: where it stands (question, selection, number
    of the row, column). bijgesteld: counts of what a later publication sees more of one and the same day or quarter.
    """

    def __init__(self) -> None:
        self.number: dict[Cell, int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.known: dict[Cell, tuple[int, int]] = {}
        self.plaatsen: dict[Cell, list[tuple[str, Keuze, int, str]]] = defaultdict(list)
        self.rows: list[Row] = []
        self.bijgesteld: set[Cell] = set()
        self._about: dict[tuple[date, str], list[Cell]] = defaultdict(list)

    def at(self, cell: Cell, high: float = np.inf) -> int:
        """The number of a count; one that was not seen yet is 0 or more."""
        if cell not in self.number:
            self.number[cell] = len(self.low)
            self.low.append(0)
            self.high.append(high)
            self._about[cell.stand, cell.vraag].append(cell)
        return self.number[cell]

    def about(self, stand: date, vraag: str, keuze: Keuze | None = None) -> list[Cell]:
        """The counts of one publication about something, of one selection or of all."""
        return [cell for cell in self._about[stand, vraag] if keuze in (None, cell.keuze)]

    def nobody(self, cell: Cell) -> None:
        """A count that is 0 whatever the town is."""
        self.high[self.at(cell)] = 0

    def publish(self, cell: Cell, rounded: int, basis: int) -> None:
        """A rounded count: the true one is less than one step away."""
        index = self.at(cell)
        self.low[index] = max(self.low[index], rounded - basis + 1, 0)
        self.high[index] = min(self.high[index], rounded + basis - 1)
        self.known[cell] = (rounded, basis)

    def add(self, terms: Mapping[Cell, int], low: float = 0, high: float = 0, sure: bool = True) -> None:
        """The sum of the terms lies from low to high."""
        row: dict[int, int] = defaultdict(int)
        for cell, factor in terms.items():
            row[self.at(cell)] += factor
        self.rows.append(Row({index: factor for index, factor in row.items() if factor}, low, high, sure))

    def allows_all_of(self, other: "Puzzle") -> bool:
        """Whether it is sure that every solution of another puzzle is one of this: no new counts, sums or bounds."""
        bounds: dict[frozenset[tuple[Cell, int]], list[tuple[float, float]]] = defaultdict(list)
        for terms, row in other._sums():
            bounds[terms].append((row.low, row.high))
        return all(
            cell in other.number
            and self.low[index] <= other.low[other.number[cell]]
            and self.high[index] >= other.high[other.number[cell]]
            for cell, index in self.number.items()
        ) and all(
            any(row.low <= low and row.high >= high for low, high in bounds.get(terms, ()))
            for terms, row in self._sums()
        )

    def _sums(self) -> Iterator[tuple[frozenset[tuple[Cell, int]], Row]]:
        """The rows with their terms by the names of the counts; not those of no terms, which say nothing."""
        names = {index: cell for cell, index in self.number.items()}
        for row in self.rows:
            if row.terms:
                yield frozenset((names[index], factor) for index, factor in row.terms.items()), row

    def equal(self, whole: Cell, parts: Iterable[Cell], sure: bool = True) -> None:
        """The parts add up to the whole; where one is shown as another number than the whole, there are others."""
        parts = list(parts)
        terms: dict[Cell, int] = defaultdict(int)
        terms[whole] += 1
        for part in parts:
            terms[part] -= 1
        self.add(terms, sure=sure)
        for number, part in enumerate(parts):
            others = parts[:number] + parts[number + 1 :]
            if others and self.differ(part, whole):
                self.add(dict.fromkeys(others, 1), low=1, high=np.inf, sure=sure)

    def within(self, part: Cell, whole: Cell, sure: bool = True) -> None:
        """The part is not larger than the whole; and smaller when they are shown as different numbers."""
        if part != whole:
            self.add({whole: 1, part: -1}, low=self.differ(part, whole), high=np.inf, sure=sure)

    def covers(self, parts: Iterable[Cell], whole: Cell) -> None:
        """The whole lies within the parts together, which may overlap or hold more."""
        terms: dict[Cell, int] = defaultdict(int)
        for part in parts:
            terms[part] += 1
        terms[whole] -= 1
        self.add(terms, high=np.inf)

    def at_least(self, whole: Cell, parts: Iterable[Cell], sure: bool = True) -> None:
        """The parts, which do not overlap, lie within the whole."""
        terms: dict[Cell, int] = defaultdict(int)
        terms[whole] += 1
        for part in parts:
            terms[part] -= 1
        self.add(terms, high=np.inf, sure=sure)

    def grows(self, before: Cell, after: Cell, sure: bool = True, *, bijgesteld: bool = False) -> None:
        """What came between two standen is a number of records as well, and may be as small as they come.

        bijgesteld: both are of one day or quarter, so that what came are corrections.
        """
        if before == after:
            return
        more = Cell(after.stand, "erbij", after.keuze, (after.vraag, after.rij, before), after.kolom)
        self.low[self.at(more)] = int(self.differ(before, after))
        self.equal(after, [before, more], sure)
        if bijgesteld:
            self.bijgesteld.add(more)

    def same(self, before: Cell, after: Cell) -> None:
        """Assumed to be the same records; when they are shown as different numbers, to have grown."""
        if self.differ(before, after):
            self.grows(before, after, sure=False, bijgesteld=True)
        else:
            self.equal(after, [before], sure=False)

    def differ(self, one: Cell, other: Cell) -> bool:
        """Whether two counts are surely of other records: the same ones always give the same rounded number."""
        here, there = self.known.get(one), self.known.get(other)
        return bool(here and there and here[1] == there[1] and here[0] != there[0])


# -------------------------------------------------------------------------------------------- the published figures

# Columns that do not tell one row from another.
_NO_KEY = frozenset(
    [
        *("norm_dagen", "stand", "oordeel", "voldaan", "drempel", "toelichting"),
        *("landelijk_teller", "landelijk_noemer", "landelijk_waarde", "bron"),
    ]
)
_MELDINGEN = frozenset(name for name in VRAGEN if name.startswith("melding_"))
# The counts in the sentences of evaluatie_meetbaarheid: part and whole.
_GEMETEN = {
    "statushouder_geregistreerd": ("met_statushouder", "alle"),
    "regime_geregistreerd": ("met_regime", "van_statushouders"),
    "verwijzer_bekend": ("met_verwijzer", "alle"),
}
_GROEPEN = {"groep_24_maanden": "24 maanden", "groep_12_maanden": "12 maanden"}
FEW = "minder dan 10"
_OUT_OF = re.compile(rf"^Bij ({FEW}|[\d.]+) van ({FEW}|[\d.]+) meldingen")


def out_of(sentence: str | None) -> tuple[int, int] | None:
    """The two rounded counts in a sentence of evaluatie_meetbaarheid: "Bij 230 van 250 meldingen …"."""
    found = _OUT_OF.match(sentence or "")
    return None if found is None else tuple(0 if text == FEW else int(text.replace(".", "")) for text in found.groups())


def cells(stand: date, question: str, keuze: Keuze, row: Mapping[str, object]) -> Iterator[tuple[str, Cell]]:
    """The counts of a published row, each under the one name of the records that it counts.

    The same records have one name wherever they stand: the row of a stadsdeel in the table of the city is the row of
    that stadsdeel's own table.
    """
    definition = DEFINITIES[question].kolommen
    key = [kolom for kolom in definition if kolom not in figures(question) and kolom not in _NO_KEY]
    rij = tuple(row[kolom] for kolom in key)
    if question in _MELDINGEN and keuze.soort == "doelgroep":
        keuze = STAD
    if question in ("melding_per_maand", "melding_per_kwartaal"):
        question, rij = "melding", (row.get("maand") or row.get("kwartaal"), row["soort"], row["hulpvraag"])
    if question == "evaluatie_meetbaarheid":
        if row["voorwaarde"] in _GROEPEN:
            yield "waarde", Cell(stand, "evaluatie_meldingen", keuze, (_GROEPEN[row["voorwaarde"]],), "personen")
        return
    for kolom in definition:
        if same := DEZELFDE.get((row.get("indicator"), kolom)):
            other = {**row, "indicator": same[0]}
            yield kolom, _named(stand, question, keuze, tuple(other[name] for name in key), same[1], other)
        elif kolom in TELLINGEN and kolom != "soorten":
            yield kolom, _named(stand, question, keuze, rij, kolom, row)
        elif kolom == "waarde" and question.startswith("kpi") and INDICATOREN[row["indicator"]].eenheid == "aantal":
            yield kolom, _named(stand, question, keuze, rij, "teller", row)


def _named(stand: date, question: str, keuze: Keuze, rij: tuple, kolom: str, row: Mapping[str, object]) -> Cell:
    if question == "kpi_trend" and row["stand"] == day_of(stand):
        return Cell(stand, "kpi", keuze, rij, kolom)
    if question == "kpi_trend":
        # A later delivery looks back with what it knows then, so an earlier stand belongs to its own publication.
        return Cell(stand, "kpi_trend", keuze, (*rij, row["stand"]), kolom)
    if question in ("kpi_per_gebied", "kpi_gebied_vergelijking"):
        if row["niveau"] == "wijkteam":
            return Cell(stand, "kpi_team", keuze, (row["gebied"], row["indicator"]), kolom)
        area = Keuze("stadsdeel", row["gebied"])
        if kolom.startswith("rest_"):
            return Cell(stand, "kpi_rest", area, (row["indicator"],), kolom[5:])
        return Cell(stand, "kpi", area, (row["indicator"],), kolom)
    if question == "kpi_verandering":
        name = "kpi_eerder" if kolom.startswith("eerder_") else "kpi_instroom"
        return Cell(stand, name, keuze, (row["indicator"], row["kwartaal"]), kolom.removeprefix("eerder_"))
    if question in ("pip_status", "intake_landelijk"):
        if row["doelgroep"] != ALLE["doelgroep"]:
            keuze = Keuze("doelgroep", row["doelgroep"])
        return Cell(stand, question, keuze, rij[1:], kolom)
    if question in ("ontzorging_status", "leerroute_verdeling"):
        if row["stadsdeel"] != ALLE["stadsdeel"]:
            keuze = Keuze("stadsdeel", row["stadsdeel"])
        return Cell(stand, question, keuze, rij[-1:], kolom)
    if question == "evaluatie_regimes" and kolom == "periodes":
        return Cell(stand, "begeleiding_duur", keuze, rij, kolom)
    if question == "evaluatie_regimes" and rij == (REGIMES[0][0],):
        return Cell(stand, "evaluatie_meldingen", keuze, rij, kolom)
    if question == "evaluatie_meldingen" and kolom == "meldingen" and keuze.soort == "doelgroep":
        return Cell(stand, question, STAD, rij, kolom)
    if question == "ontzorging_lasten" and kolom == "gestart":
        return Cell(stand, "kpi", keuze, ("ontzorging_gesprek",), "noemer")
    if question == "melding_diversiteit":
        return Cell(stand, "melding_traject", keuze, rij, "noemer")
    return Cell(stand, question, keuze, rij, kolom)


def puzzle(publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None) -> Puzzle:
    """All that was published as bounds, and all that is known or assumed as sums.

    ``bases`` gives (peildatum, question, keuze) a rounding of its own.
    """
    made = Puzzle()
    for stand in sorted(publications):
        for (question, keuze), frame in publications[stand].items():
            _read(made, stand, question, keuze, frame, (bases or {}).get((stand, question, keuze), basis))
    for stand in sorted(publications):
        _within_rows(made, stand)
        for keuze in sorted({keuze for _, keuze in publications[stand]}):
            _between_questions(made, stand, keuze)
            _medians(made, stand, keuze, publications[stand].get(("kpi", keuze)))
            _quartiles(made, stand, keuze, publications[stand].get(("begeleiding_duur", keuze)))
            for question in CURVES:
                _curves(made, stand, keuze, question, publications[stand].get((question, keuze)))
        _without_begeleiding(made, stand)
        _rest_of_the_city(made, stand)
        _between_selections(made, stand, publications[stand])
        _cumulative(made, stand)
    days = sorted(publications)
    for earlier, later in pairwise(days):
        _from_one_to_the_next(made, earlier, later)
    if len(days) > 1:
        _looking_back(made, days)
    return made


def _read(made: Puzzle, stand: date, question: str, keuze: Keuze, frame: pl.DataFrame, basis: int) -> None:
    for index, row in enumerate(frame.iter_rows(named=True)):
        for kolom, cell in cells(stand, question, keuze, row):
            weergave = row[weergave_van(kolom)]
            if weergave == WEGGELATEN:
                if VRAGEN[question].reeks:
                    made.at(cell)  # a quarter that is there
                continue
            made.plaatsen[cell].append((question, keuze, index, kolom))
            if weergave in (AFGEROND, BESCHERMD):
                made.publish(cell, 0 if weergave == BESCHERMD else int(row[kolom]), basis)
        if question == "evaluatie_meetbaarheid" and (counts := out_of(row["toelichting"])):
            of_whom = STAD if keuze.soort == "doelgroep" else keuze
            for name, count in zip(_GEMETEN[row["voorwaarde"]], counts, strict=True):
                cell = Cell(stand, "melding_totaal", of_whom, (name,), "aantal")
                made.plaatsen[cell].append((question, keuze, index, "toelichting"))
                made.publish(cell, count, basis)


# ---------------------------------------------------------------------------------- what holds within a publication


def _within_rows(made: Puzzle, stand: date) -> None:
    """A teller is part of its noemer; what does not count is a number of records too."""
    for cell in [cell for cell in made.number if cell.stand == stand and cell.kolom == "teller"]:
        noemer = Cell(stand, cell.vraag, cell.keuze, cell.rij, "noemer")
        if noemer in made.number:
            made.within(cell, noemer)
            made.equal(noemer, [cell, Cell(stand, cell.vraag, cell.keuze, cell.rij, "rest")])


def _between_questions(made: Puzzle, stand: date, keuze: Keuze) -> None:
    def cell(question: str, *rij: object, kolom: str = "aantal") -> Cell:
        return Cell(stand, question, keuze, rij, kolom)

    def kpi(indicator: str, kolom: str) -> Cell:
        return Cell(stand, "kpi", keuze, (indicator,), kolom)

    _kpis(made, kpi)
    _leerroutes(made, cell, kpi)
    _ontzorging(made, cell, kpi)
    _begeleiding(made, cell, kpi)
    _overdracht(made, cell, kpi)
    if keuze == STAD:
        _wijkteams(made, stand, cell, kpi)
    if keuze.soort != "doelgroep":
        _meldingen(made, stand, keuze, cell)
    _quarters(made, stand, keuze, kpi)
    _stock(made, stand, keuze, cell)
    for as_of in sorted({found.rij[1] for found in made.about(stand, "kpi_trend", keuze)}):

        def kpi_then(indicator: str, kolom: str, as_of: date = as_of) -> Cell:
            return Cell(stand, "kpi_trend", keuze, (indicator, as_of), kolom)

        _kpis(made, kpi_then)
        _quarters_up_to(made, stand, keuze, as_of)


_Cell = Callable[..., Cell]


def _kpis(made: Puzzle, kpi: _Cell) -> None:
    """Between the KPIs of one stand."""
    met_pip = kpi("leerroute_b", "noemer")
    for route in ("leerroute_o", "leerroute_z"):
        made.equal(met_pip, [kpi(route, "noemer")])
    made.equal(met_pip, [kpi(f"leerroute_{route}", "teller") for route in "boz"])
    made.equal(kpi("pip_zonder", "noemer"), [kpi("pip_zonder", "teller"), met_pip])
    for (part, _), (whole, kolom) in DEZELFDE.items():
        made.within(kpi(part, "teller"), kpi(whole, kolom))
        made.equal(kpi(whole, kolom), [kpi(part, "teller"), kpi(part, "rest")])
    made.within(kpi("ontzorging_lang_zonder", "teller"), kpi("ontzorging_dekking", "rest"))
    made.within(kpi("ontzorging_dekking", "teller"), kpi("ontzorging_gesprek", "noemer"))
    made.within(kpi("overdracht_gedaan", "noemer"), kpi("overdracht_open", "noemer"))
    made.within(kpi("overdracht_bezoek_vooraf", "noemer"), kpi("overdracht_open", "noemer"))


_PIP_ZONDER = ("Binnen termijn", "Termijn verstreken zonder PIP", "Termijn niet gestart", "Uitgestroomd zonder PIP")
# With a start of the ten weeks: with a PIP, and those among whom the others are.
_PIP_GEMAAKT = ("Op tijd", "Met uitstel", "PIP te laat")
_PIP_TE_LAAT = ("Met uitstel", "PIP te laat", "Termijn verstreken zonder PIP")
_PIP_WACHT = ("Binnen termijn", "Termijn verstreken zonder PIP", "Uitgestroomd zonder PIP")


def _leerroutes(made: Puzzle, cell: _Cell, kpi: _Cell) -> None:
    routes = contract.LEERROUTES
    for route in routes:
        current, first = kpi(f"leerroute_{route.lower()}", "teller"), cell("eerste_leerroute", route)
        made.equal(current, [cell("leerroute_verdeling", route)])
        made.equal(
            current,
            [
                cell("leerroute_wissel", from_, route, niveau)
                for from_ in routes
                for to, niveau in LEERROUTE_NIVEAUS
                if to == route
            ],
        )
        made.equal(
            first, [cell("leerroute_advies", outcome, route) for outcome in (*contract.UITSLAGEN, "Niet afgenomen")]
        )
        made.equal(first, [cell("leerroute_wissel", route, *last) for last in LEERROUTE_NIVEAUS])
    made.equal(kpi("pip_zonder", "teller"), [cell("leerroute_verdeling", "Nog geen PIP")])
    # Who is actief is in beeld; who has no PIP and is actief has one of the statuses without a PIP.
    in_beeld = cell("wi2021_in_beeld")
    made.equal(in_beeld, [cell("pip_status", status) for status in PIP_STATUSSEN])
    for part in (kpi("pip_zonder", "noemer"), kpi("intake_gestart", "noemer"), kpi("begeleiding_dekking", "noemer")):
        made.within(part, in_beeld)
    made.equal(cell("pip_zonder_alle"), [cell("pip_status", status) for status in _PIP_ZONDER])
    made.within(kpi("pip_zonder", "teller"), cell("pip_zonder_alle"))
    made.within(kpi("pip_over_termijn", "teller"), cell("pip_status", "Termijn verstreken zonder PIP"))
    in_term = [cell("pip_status", status) for status in ("Binnen termijn", "Termijn niet gestart")]
    made.equal(kpi("pip_zonder", "teller"), [kpi("pip_over_termijn", "teller"), *in_term])
    # Who has a PIP and is actief has one of the statuses with a PIP; who has a term, has a kennisgeving; who left
    # without a PIP, and of those over their term who is not actief, are not actief.
    with_pip = [*_PIP_GEMAAKT, "Termijn onbekend", "Vorige gemeente"]
    made.covers([cell("pip_status", status) for status in with_pip], kpi("leerroute_b", "noemer"))
    with_term = [*_PIP_GEMAAKT, "Binnen termijn", "Termijn verstreken zonder PIP"]
    made.at_least(kpi("intake_gestart", "noemer"), [cell("pip_status", status) for status in with_term])
    made.add(
        {
            in_beeld: 1,
            kpi("pip_over_termijn", "teller"): 1,
            kpi("pip_zonder", "noemer"): -1,
            cell("pip_status", "Uitgestroomd zonder PIP"): -1,
            cell("pip_status", "Termijn verstreken zonder PIP"): -1,
        },
        high=np.inf,
    )
    made.within(kpi("pip_tijdig", "teller"), cell("pip_status", "Op tijd"))
    made.equal(
        kpi("pip_tijdig", "rest"),
        [cell("pip_status", "PIP te laat"), cell("pip_status", "Termijn verstreken zonder PIP")],
    )
    for kolom in ("teller", "noemer"):
        made.within(cell("intake_landelijk", 2022, kolom=kolom), kpi("intake_gestart", kolom))


def _ontzorging(made: Puzzle, cell: _Cell, kpi: _Cell) -> None:
    def status(name: str) -> Cell:
        return cell("ontzorging_status", name)

    gestart, niet, doelgroep = (
        kpi("ontzorging_gesprek", "noemer"),
        cell("ontzorging_niet"),
        cell("ontzorging_doelgroep"),
    )
    early = status("Voortijdig beëindigd")
    made.equal(gestart, [status("Voltooid"), status("Lopend"), early])
    made.equal(niet, [status("Niet gestart"), status("Geen registratie")])
    made.equal(doelgroep, [gestart, niet])
    for whole, soort, redenen in (
        (niet, "Niet gestart", contract.REDENEN_NIET_GESTART),
        (early, "Voortijdig beëindigd", contract.REDENEN_EINDE_ONTZORGING),
    ):
        made.equal(whole, [cell("ontzorging_redenen", soort, reden) for reden in (*redenen, contract.ONBEKEND)])
    # Without a row there is no reason; whoever ended early has one.
    made.within(status("Geen registratie"), cell("ontzorging_redenen", "Niet gestart", contract.ONBEKEND))
    made.nobody(cell("ontzorging_redenen", "Voortijdig beëindigd", contract.ONBEKEND))
    for post in ("huur", "energie", "zorgpremie"):
        made.within(cell("ontzorging_lasten", post), gestart)
    for indicator in ("ontzorging_dekking", "ontzorging_zonder", "ontzorging_volledig"):
        made.within(kpi(indicator, "noemer"), doelgroep)
    made.within(kpi("ontzorging_zonder", "teller"), niet)
    made.within(kpi("ontzorging_dekking", "rest"), niet)
    made.covers([status("Voltooid"), status("Lopend")], kpi("ontzorging_volledig", "teller"))
    made.covers([niet, early], kpi("ontzorging_volledig", "rest"))


def _begeleiding(made: Puzzle, cell: _Cell, kpi: _Cell) -> None:
    regimes = [regime for regime, _ in REGIMES]

    def duur(regime: str, kolom: str) -> Cell:
        return cell("begeleiding_duur", regime, kolom=kolom)

    def personen(regime: str) -> Cell:
        return cell("evaluatie_regimes" if regime in regimes[1:] else "evaluatie_meldingen", regime, kolom="personen")

    for regime in regimes:
        made.equal(duur(regime, "periodes"), [duur(regime, "beeindigd"), duur(regime, "lopend")])
        made.within(duur(regime, "over_norm_teller"), duur(regime, "over_norm_noemer"))
        made.within(duur(regime, "over_norm_noemer"), duur(regime, "periodes"))
        # Somebody can have more than one period; their keys are others than those of persons.
        made.at_least(duur(regime, "periodes"), [personen(regime)])
    for part, whole in (("over_norm_teller", "teller"), ("over_norm_noemer", "noemer")):
        made.equal(kpi("begeleiding_over_norm", whole), [duur(regime, part) for regime in regimes])
    both = cell("evaluatie_meldingen", "12 maanden", kolom="personen")
    made.covers([personen(regime) for regime in regimes[1:]], both)
    for regime in regimes[1:]:
        made.within(personen(regime), both)
    made.equal(cell("beeindigd_12"), [duur(regime, "beeindigd") for regime in regimes[1:]])
    made.within(kpi("begeleiding_vroeg_afgerond", "noemer"), cell("beeindigd_12"))
    made.equal(cell("lopend"), [duur(regime, "lopend") for regime in regimes])
    made.covers([personen(regime) for regime in regimes], kpi("begeleiding_dekking", "teller"))
    made.covers([duur(regime, "beeindigd") for regime in regimes], cell("overdracht_totaal", kolom="populatie"))


_STATUSSEN = ("overgedragen", "gepland", "niet_bereikt", "afgezien", "geen_registratie", "vertrokken")


def _overdracht(made: Puzzle, cell: _Cell, kpi: _Cell) -> None:
    def totaal(kolom: str) -> Cell:
        return cell("overdracht_totaal", kolom=kolom)

    made.equal(totaal("populatie"), [totaal(status) for status in _STATUSSEN])
    made.equal(totaal("populatie"), [kpi("overdracht_open", "noemer"), totaal("vertrokken")])
    made.within(totaal("driegesprek"), totaal("overgedragen"))
    open_ = kpi("overdracht_open", "teller")
    made.equal(open_, [totaal(status) for status in ("gepland", "niet_bereikt", "geen_registratie")])
    made.equal(open_, [totaal(wait) for wait in ("open_0_30", "open_31_90", "open_90_plus")])
    made.equal(kpi("overdracht_lang_open", "teller"), [totaal("open_90_plus")])
    made.within(kpi("overdracht_gedaan", "teller"), totaal("overgedragen"))
    made.covers([open_, totaal("afgezien")], kpi("overdracht_gedaan", "rest"))
    made.at_least(kpi("overdracht_gedaan", "rest"), [totaal("open_31_90"), totaal("open_90_plus")])
    made.within(kpi("overdracht_driegesprek", "noemer"), totaal("overgedragen"))
    made.within(kpi("overdracht_driegesprek", "teller"), totaal("driegesprek"))
    # Each of these statuses stands in a row of the registration.
    geregistreerd = cell("overdracht_geregistreerd")
    made.equal(geregistreerd, [totaal(status) for status in ("overgedragen", "gepland", "niet_bereikt", "afgezien")])
    made.within(geregistreerd, kpi("overdracht_bezoek_vooraf", "noemer"))


def _wijkteams(made: Puzzle, stand: date, cell: _Cell, kpi: _Cell) -> None:
    teams = dict.fromkeys(found.rij[0] for found in made.about(stand, "overdracht_per_wijkteam"))
    if not teams:
        return
    for kolom in ("populatie", "overgedragen"):
        parts = [cell("overdracht_per_wijkteam", team, kolom=kolom) for team in teams]
        made.equal(cell("overdracht_totaal", kolom=kolom), parts)
    for kolom, within in (("teller", "overgedragen"), ("noemer", "populatie")):
        parts = [Cell(stand, "kpi_team", STAD, (team, "overdracht_gedaan"), kolom) for team in teams]
        made.equal(kpi("overdracht_gedaan", kolom), parts)
        for team, part in zip(teams, parts, strict=True):
            made.within(part, cell("overdracht_per_wijkteam", team, kolom=within))


def _meldingen(made: Puzzle, stand: date, keuze: Keuze, cell: _Cell) -> None:
    quarters = sorted({found.rij[0] for found in made.about(stand, "melding", keuze)})
    for quarter in quarters:
        for kolom, soorten in (("teller", ("Begeleidingstraject",)), ("noemer", contract.SOORTEN_MELDING)):
            made.equal(
                cell("melding_traject", quarter, kolom=kolom),
                [cell("melding", quarter, soort, hulpvraag) for soort in soorten for hulpvraag in contract.HULPVRAGEN],
            )
        known = [cell("melding_verwijzer", quarter, verwijzer) for verwijzer in contract.VERWIJZERS]
        made.equal(cell("melding_zelforganisatie", quarter, kolom="noemer"), known)
        made.equal(
            cell("melding_zelforganisatie", quarter, kolom="teller"),
            [cell("melding_verwijzer", quarter, "Zelforganisatie")],
        )
        made.equal(
            cell("melding_traject", quarter, kolom="noemer"),
            [*known, cell("melding_verwijzer", quarter, "Niet geregistreerd")],
        )
    totals = {found.rij[0] for found in made.about(stand, "melding_totaal", keuze)}
    for name, question in (("alle", "melding_traject"), ("met_verwijzer", "melding_zelforganisatie")):
        parts = [cell(question, quarter, kolom="noemer") for quarter in quarters]
        if name in totals and parts:
            made.equal(cell("melding_totaal", name), [cell("melding_eerder", name), *parts])
    for part, whole in (
        ("met_statushouder", "alle"),
        ("van_statushouders", "met_statushouder"),
        ("met_regime", "van_statushouders"),
        ("met_verwijzer", "alle"),
    ):
        if part in totals:
            made.within(cell("melding_totaal", part), cell("melding_totaal", whole))
    if "met_regime" in totals:
        groups = [cell("evaluatie_meldingen", regime, kolom="meldingen") for regime in _GROEPEN.values()]
        made.equal(cell("melding_totaal", "met_regime"), groups)


def _quarters(made: Puzzle, stand: date, keuze: Keuze, kpi: _Cell) -> None:
    """Quarters add up to the whole: with what came before the first that is shown, and what is not judged in it yet.

    That is an outcome after the follow-up, or an entrant of whom it is not over.
    """
    for found in made.about(stand, "kpi_eerder", keuze):
        indicator, last = found.rij
        if found.kolom not in ("teller", "noemer") or last is None:
            continue
        earlier = [date(last.year, month, 1) for month in range(1, last.month, 3)]
        parts = [Cell(stand, "kpi_instroom", keuze, (indicator, quarter), found.kolom) for quarter in earlier]
        made.equal(found, parts)
    by_figure: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for found in made.about(stand, "kpi_instroom", keuze):
        if found.kolom in ("teller", "noemer") and found.rij[1] is not None:
            by_figure[found.rij[0], found.kolom].append(found)
    for (indicator, kolom), parts in by_figure.items():
        before = _before(stand, keuze, indicator, kolom)
        waits = (kolom == "teller" and indicator in NA_VOLGTIJD) or (kolom == "noemer" and _follow_up(indicator))
        later = [Cell(stand, "kpi_later", keuze, (indicator,), kolom)] if waits else []
        made.equal(kpi(indicator, kolom), [before, *parts, *later])
        if kolom == "teller":
            made.within(before, _before(stand, keuze, indicator, "noemer"))


def _before(stand: date, keuze: Keuze, indicator: str, kolom: str) -> Cell:
    return Cell(stand, "kpi_instroom_eerder", keuze, (indicator,), kolom)


def _follow_up(indicator: str) -> int:
    """The days after entry at which an entrant is judged."""
    return int(INDICATOREN[indicator].volgtijd)


def _judged(quarter: date, indicator: str) -> date:
    """The day on which the follow-up of everybody who entered in a quarter is over."""
    return date.fromordinal(_end_of_quarter(quarter).toordinal() + _follow_up(indicator))


def _quarters_up_to(made: Puzzle, stand: date, keuze: Keuze, as_of: date) -> None:
    """The count at the end of an earlier quarter is that of the quarters of entry up to then.

    Of an outcome with a date it is at least that of the quarters of which the follow-up was over.
    """
    quarters: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for found in made.about(stand, "kpi_instroom", keuze):
        if found.rij[1]:
            quarters[found.rij[0], found.kolom].append(found)
    for then in [found for found in made.about(stand, "kpi_trend", keuze) if found.rij[1] == as_of]:
        name = (indicator, kolom) = (then.rij[0], then.kolom)
        if name not in quarters:
            continue
        before = _before(stand, keuze, *name)
        if kolom == "teller" and indicator in NA_VOLGTIJD:
            over = [quarter for quarter in quarters[name] if _judged(quarter.rij[1], indicator) <= as_of]
            if over:
                # A handover may not count any more: who was handed over a second time, or is gone.
                made.at_least(then, [before, *over], sure=indicator in ("begeleiding_dekking", "intake_gestart"))
            continue
        if name not in PER_KWARTAAL_ALTIJD | PER_KWARTAAL_MEESTAL:
            continue
        up_to = [quarter for quarter in quarters[name] if _end_of_quarter(quarter.rij[1]) <= as_of]
        whole = all(_judged(quarter.rij[1], indicator) <= stand for quarter in up_to)
        if not up_to:
            made.within(then, before)
        elif name in PER_KWARTAAL_ALTIJD and whole:
            made.equal(then, [before, *up_to])
        elif whole:
            made.covers([before, *up_to], then)
            made.equal(then, [before, *up_to], sure=False)
        else:
            made.at_least(then, [before, *up_to])


def _stock(made: Puzzle, stand: date, keuze: Keuze, cell: _Cell) -> None:
    """What runs at the end of a quarter: what ran before it, and what began, less what ended; and all that ever did."""
    regimes = [regime for regime, _ in REGIMES]
    gestart = Cell(stand, "kpi", keuze, ("ontzorging_gesprek",), "noemer")
    for question, last, all_began, all_ended in (
        (
            "begeleiding_voorraad",
            cell("lopend"),
            [cell("begeleiding_duur", regime, kolom="periodes") for regime in regimes],
            [cell("begeleiding_duur", regime, kolom="beeindigd") for regime in regimes],
        ),
        (
            "ontzorging_voorraad",
            cell("ontzorging_status", "Lopend"),
            [gestart],
            [cell("ontzorging_status", status) for status in ("Voltooid", "Voortijdig beëindigd")],
        ),
    ):
        quarters = sorted({found.rij[0] for found in made.about(stand, question, keuze)})
        previous = cell(question, None, kolom="lopend")
        if quarters:
            made.at(previous, SMALL)  # all that came before the first quarter shown was rounded to less than 10
        for quarter in quarters:
            running = cell(question, quarter, kolom="lopend")
            began, ended = (cell(question, quarter, kolom=kolom) for kolom in ("gestart", "beeindigd"))
            made.add({running: 1, previous: -1, began: -1, ended: 1})
            if made.differ(running, previous):
                made.add({began: 1, ended: 1}, low=1, high=np.inf)
            previous = running
        if quarters:
            made.equal(previous, [last])
        for kolom, totals in (("gestart", all_began), ("beeindigd", all_ended)) if quarters else ():
            together = cell(f"{question}_ooit", kolom=kolom)
            made.equal(together, totals)
            before = cell(f"{question}_eerder", kolom=kolom)
            made.equal(together, [before, *(cell(question, quarter, kolom=kolom) for quarter in quarters)])
            if question == "ontzorging_voorraad" and kolom == "gestart":
                _began_up_to(made, stand, keuze, before, quarters)


def _began_up_to(made: Puzzle, stand: date, keuze: Keuze, before: Cell, quarters: list[date]) -> None:
    """Who was ontzorgd at an earlier stand: all that began in the quarters up to then, but for rare cases."""
    for then in made.about(stand, "kpi_trend", keuze):
        if (then.rij[0], then.kolom) == ("ontzorging_gesprek", "noemer"):
            up_to = [quarter for quarter in quarters if _end_of_quarter(quarter) <= then.rij[1]]
            began = [Cell(stand, "ontzorging_voorraad", keuze, (quarter,), "gestart") for quarter in up_to]
            made.covers([before, *began], then)
            made.equal(then, [before, *began], sure=False)


def _medians(made: Puzzle, stand: date, keuze: Keuze, frame: pl.DataFrame | None) -> None:
    """Of a median that is not reached fewer than half have had the event, whatever was censored; else at least one."""
    if frame is None:
        return

    def cell(question: str, *rij: object, kolom: str = "aantal") -> Cell:
        return Cell(stand, question, keuze, rij, kolom)

    gestart = Cell(stand, "kpi", keuze, ("ontzorging_gesprek",), "noemer")
    overgedragen = cell("overdracht_totaal", kolom="overgedragen")
    population = Cell(stand, "kpi", keuze, ("overdracht_open",), "noemer")
    # Who has had the event, and at most who still waits for it.
    halves = {
        "pip_mediaan_dagen": (
            {cell("pip_status", status): 1 for status in _PIP_GEMAAKT},
            {cell("pip_status", status): 1 for status in _PIP_WACHT},
        ),
        "ontzorging_mediaan_dagen": ({gestart: 1}, {cell("ontzorging_niet"): 1}),
        "overdracht_mediaan_dagen": ({overgedragen: 1}, {population: 1, overgedragen: -1}),
    }
    for row in frame.iter_rows(named=True):
        if row["indicator"] not in halves or row[weergave_van("waarde")] != AFGEROND:
            continue
        had, waiting = halves[row["indicator"]]
        if row["waarde"] is not None:
            made.add(had, low=1, high=np.inf)
            continue
        terms: dict[Cell, int] = defaultdict(int)
        for part, factor in waiting.items():
            terms[part] += factor
        for part, factor in had.items():
            terms[part] -= factor
        made.add(terms, low=1, high=np.inf)


def _quartiles(made: Puzzle, stand: date, keuze: Keuze, frame: pl.DataFrame | None) -> None:
    """Of a quartile or median of the duration that is reached at least one period has ended."""
    for row in () if frame is None else frame.iter_rows(named=True):
        for kolom in ("p25_maanden", "mediaan_maanden", "p75_maanden"):
            if row[kolom] is not None:
                made.add({Cell(stand, "begeleiding_duur", keuze, (row["regime"],), "beeindigd"): 1}, low=1, high=np.inf)


def _curves(made: Puzzle, stand: date, keuze: Keuze, question: str, frame: pl.DataFrame | None) -> None:
    """Who is still followed: in the last month that is shown at least one, in the month after it 9 at most."""
    for group, rows in {} if frame is None else _per_group(frame).items():
        if question == "pip_overleving" and keuze == STAD:
            continue  # the same curves as those of the doelgroepen
        last = max(round(day / DAYS_IN_MONTH) for day in rows)

        def followed(month: int, group: str = group, last: int = last) -> Cell:
            found = Cell(stand, f"{question}_gevolgd", keuze, (group, min(month, last + 1)), "aantal")
            made.at(found, SMALL if month > last else np.inf)
            return found

        def cell(other: str, *rij: object, kolom: str = "aantal") -> Cell:
            return Cell(stand, other, keuze, rij, kolom)

        made.add({followed(last): 1, followed(last + 1): -1}, low=1, high=np.inf)
        if question == "begeleiding_overleving":
            made.within(followed(0), cell("begeleiding_duur", group, kolom="periodes"))
            over, judged = cell("begeleiding_duur", group, kolom="over_norm_teller"), _OVER_NORM[group]
            # As many as run too long are followed in that month.
            (made.equal if judged <= last + 1 else made.at_least)(followed(judged), [over])
            steps = (0, min(judged, last), last)
        elif question == "pip_overleving":
            late = [cell("pip_status", status) for status in _PIP_TE_LAAT]
            made.at_least(followed(2), late)
            if last >= 3:
                made.covers([*late, cell("pip_status", "Uitgestroomd zonder PIP")], followed(3))
            steps = (min(2, last), min(3, last), last)
        else:
            made.within(followed(0), Cell(stand, "kpi", keuze, ("overdracht_open",), "noemer"))
            steps = (0, last)
        for earlier, later in pairwise(steps):
            made.within(followed(later), followed(earlier))


def _per_group(frame: pl.DataFrame) -> dict[object, list[int]]:
    """The days of a curve, by its group; not of one that is not there, of which the first day alone stands there."""
    groups: dict[object, list[int]] = defaultdict(list)
    shown: set[object] = set()
    for row in frame.iter_rows(named=True):
        group = row.get("regime", row.get("doelgroep"))
        groups[group].append(row["dag"])
        if row["dag"] or row["overleving"] is not None:
            shown.add(group)
    return {group: days for group, days in groups.items() if group in shown}


def _without_begeleiding(made: Puzzle, stand: date) -> None:
    """begeleiding_dekking is about asielstatushouders only."""
    other = Keuze("doelgroep", next(name for name in contract.DOELGROEPEN if name != "Asielstatushouder"))
    for vraag in ("kpi", "kpi_trend", "kpi_instroom"):
        for found in made.about(stand, vraag, other):
            if found.rij[0] == "begeleiding_dekking":
                made.nobody(found)


def _rest_of_the_city(made: Puzzle, stand: date) -> None:
    """An area and the rest of the city are the city."""
    for rest in made.about(stand, "kpi_rest"):
        if rest.kolom != "rest":
            parts = [rest, Cell(stand, "kpi", rest.keuze, rest.rij, rest.kolom)]
            made.equal(Cell(stand, "kpi", STAD, rest.rij, rest.kolom), parts)


# What is of the city only, or depends on the quarter from which a series is shown, does not add up over selections.
_CITY_ONLY = frozenset(
    [
        *("kpi_team", "kpi_rest", "kpi_eerder", "kpi_instroom_eerder", "melding_eerder", "overdracht_per_wijkteam"),
        *("begeleiding_voorraad_eerder", "ontzorging_voorraad_eerder"),
    ]
)


def _between_selections(made: Puzzle, stand: date, frames: Frames) -> None:
    """The city is the sum of its stadsdelen, and of its doelgroepen."""
    stadsdelen = sorted({keuze for _, keuze in frames if keuze.soort == "stadsdeel"})
    doelgroepen = sorted({keuze for _, keuze in frames if keuze.soort == "doelgroep"})
    seen: dict[tuple, set[Keuze]] = defaultdict(set)
    for cell in made.number:
        if cell.stand == stand and cell.vraag not in _CITY_ONLY and None not in cell.rij:
            seen[cell.vraag, cell.rij, cell.kolom].add(cell.keuze)
    for (vraag, rij, kolom), there in seen.items():
        requests = vraag.startswith("melding") or (vraag == "evaluatie_meldingen" and kolom == "meldingen")
        for parts in (stadsdelen, [] if requests else doelgroepen):
            if not parts or not there & set(parts):
                continue
            # What is not in a series was rounded to less than 10; but for the entrants, where the shares decide.
            series = vraag == "melding" or (vraag in VRAGEN and VRAGEN[vraag].reeks and vraag != "kpi_instroom")
            for keuze in (STAD, *parts):
                made.at(Cell(stand, vraag, keuze, rij, kolom), SMALL if series and keuze not in there else np.inf)
            made.equal(Cell(stand, vraag, STAD, rij, kolom), [Cell(stand, vraag, keuze, rij, kolom) for keuze in parts])


def _cumulative(made: Puzzle, stand: date) -> None:
    """Within a publication's own trend cumulative counts do not fall."""
    for chain in _chains(made, [stand]).values():
        for before, after in pairwise(chain):
            made.grows(before, after)


# ------------------------------------------------------------------------------------ what holds between publications


def _as_of(cell: Cell) -> date:
    return cell.rij[1] if cell.vraag == "kpi_trend" else day_of(cell.stand)


def _chains(made: Puzzle, days: Iterable[date]) -> dict[tuple, list[Cell]]:
    """The cumulative KPIs, as they were and as they were looked back on, in the order of the stand."""
    chains: dict[tuple, list[tuple[date, date, Cell]]] = defaultdict(list)
    for day in days:
        for cell in (*made.about(day, "kpi"), *made.about(day, "kpi_trend")):
            if cell.kolom in BLIJVEND.get(cell.rij[0], ()):
                chains[cell.keuze, cell.rij[0], cell.kolom].append((_as_of(cell), day, cell))
    return {name: [cell for _, _, cell in sorted(chain, key=lambda entry: entry[:2])] for name, chain in chains.items()}


def _looking_back(made: Puzzle, days: list[date]) -> None:
    """Later publications see the same of an earlier day, and no day has less than the days before it."""
    for (_, indicator, kolom), chain in _chains(made, days).items():
        for before, after in pairwise(chain):
            if before.stand == after.stand:
                continue
            of_one_day = _as_of(before) == _as_of(after)
            if of_one_day and (indicator, kolom) not in ZONDER_DATUM:
                made.same(before, after)
            else:
                made.grows(before, after, sure=False, bijgesteld=of_one_day)


def _from_one_to_the_next(made: Puzzle, earlier: date, later: date) -> None:
    if day_of(earlier) == day_of(later):
        # Another version of the same day: the same records, but for corrections.
        for before in [cell for cell in made.known if cell.stand == earlier]:
            after = Cell(later, before.vraag, before.keuze, before.rij, before.kolom)
            if after in made.number:
                made.same(before, after)
        return
    for vraag, (rows, columns) in NIET_DALEND.items():
        for before in made.about(earlier, vraag):
            after = Cell(later, vraag, before.keuze, before.rij, before.kolom)
            if before.kolom in columns and (rows is None or before.rij[0] in rows) and after in made.number:
                made.grows(before, after, sure=False)
    for vraag, columns in PER_KWARTAAL.items():
        for before in made.about(earlier, vraag):
            after = Cell(later, vraag, before.keuze, before.rij, before.kolom)
            if before.kolom in columns and after in made.number:
                _same_when_over(made, before, after, _end_of_quarter(before.rij[0]))
    stays = {(name, "teller") for name in NA_VOLGTIJD} | PER_KWARTAAL_ALTIJD | PER_KWARTAAL_MEESTAL
    for before in made.about(earlier, "kpi_instroom"):
        indicator, quarter = before.rij
        after = Cell(later, "kpi_instroom", before.keuze, before.rij, before.kolom)
        if (indicator, before.kolom) in stays and quarter is not None and after in made.number:
            _same_when_over(made, before, after, _judged(quarter, indicator))


def _same_when_over(made: Puzzle, before: Cell, after: Cell, over: date) -> None:
    """What came in a quarter grows until the day on which it is over, and stays after it."""
    if over > before.stand:
        made.grows(before, after, sure=False)
    else:
        made.same(before, after)


def _end_of_quarter(first: date) -> date:
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
