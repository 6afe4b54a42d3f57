"""What the attacker of a publication has and knows: published figures as bounds, and sums of true counts.

``relations.toml`` tells what is known, in words and as relations; here is what spans a whole series or several
selections. What is sure holds for every town, what is assumed nearly always; see ``docs/openbaar.md``.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import chain, pairwise

import numpy as np
import polars as pl

from data import contract
from queries import INDICATOREN, ONBEKEND
from queries.definitions.columns import AFGEROND, WEGGELATEN, figures, weergave_van
from queries.openbaar.attack.cells import cells
from queries.openbaar.attack.puzzle import Cell, Puzzle, day_of
from queries.openbaar.attack.relations import KNOWN, TIME, Place, relate
from queries.openbaar.publication import apart
from queries.openbaar.rules import REGELS, STAD, Selectie

SMALL = 9
# Where whoever is in no part of the city is.
ELSEWHERE = Selectie("deel", ONBEKEND)
DAYS_IN_MONTH = 30.4375
# Per regime the last month of its curve in which all who are over the norm still run; `juist`: and nobody else.
_DAYS = [int(month * DAYS_IN_MONTH + 0.5) for month in range(99)]
_TOO_LONG = {each.naam: each.norm_dagen + 31 for each in contract.GEMEENTE.regime}
KNOWN["maanden"]["begeleiding_overleving"] |= {
    "norm": {regime: bisect(_DAYS, day) - 1 for regime, day in _TOO_LONG.items()},
    "juist": {regime: _DAYS.index(day) if day in _DAYS else len(_DAYS) for regime, day in _TOO_LONG.items()},
}
# A curve runs until fewer than 10 (rounded) are still followed, so that its length tells of a number.
CURVES = ("begeleiding_overleving", "pip_overleving", "overdracht_overleving")
ASIEL, *OTHERS = (Selectie("doelgroep", naam) for naam in contract.DOELGROEPEN)
# With what the names of counts begin that are about one thing; other names begin with it themselves.
_THEMES = {"pip": ("wi2021", "leerroute", "eerste", "intake"), "begeleiding": ("lopend", "evaluatie")}
_THEME = {word: theme for theme, words in _THEMES.items() for word in words}
Frames = Mapping[tuple[str, Selectie], pl.DataFrame]

_SUM_OF_QUARTERS = TIME["som_van_kwartalen"] | TIME["meestal_som_van_kwartalen"]
_AFTER_FOLLOW_UP = TIME["na_volgtijd"] | TIME["meestal_na_volgtijd"]


def puzzle(publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None) -> Puzzle:
    """All that was published as bounds, and all that is known or assumed as sums.

    ``bases`` gives (peildatum, question, selectie) a rounding of its own.
    """
    made, days = Puzzle(), sorted(publications)
    hidden = {
        day: {each: _hidden(each, publications[day]) for each in sorted({each for _, each in publications[day]})}
        for day in days
    }
    for peildatum in days:
        for (question, selectie), frame in publications[peildatum].items():
            its_basis = (bases or {}).get((peildatum, question, selectie), basis)
            series, away = question in REGELS and REGELS[question].reeks, hidden[peildatum][selectie]
            if question in REGELS and {(question, kolom) for kolom in figures(question)} <= away:
                continue
            for index, row in enumerate(frame.iter_rows(named=True)):
                for kolom, cell, count in cells(peildatum, question, selectie, row):
                    if count is not None:
                        made.plaatsen[cell].append((question, selectie, index, kolom))
                        made.publish(cell, count, its_basis)
                    elif series and (cell.vraag, cell.kolom) not in away:
                        made.at(cell)  # a quarter that is there
    for peildatum in days:
        rows_of_shares(made, peildatum)
        for selectie, away in hidden[peildatum].items():
            place = Place(peildatum, selectie, hidden=away)
            _within_selection(made, place, defaultdict(pl.DataFrame, publications[peildatum]))
        of_statushouders(made, peildatum)
        rest_of_the_city(made, peildatum)
        between_selections(made, peildatum, hidden[peildatum])
    for earlier, later in pairwise(days):
        between_publications(made, earlier, later)
    lasting(made, days)
    return made


def theme(cell: Cell) -> str:
    """What a count is about: little hangs together of counts about something else."""
    vraag, rij = cell.rij[:2] if cell.vraag == "erbij" else (cell.vraag, cell.rij)
    name = next((part for part in rij if part in INDICATOREN), vraag) if vraag.startswith("kpi") else vraag
    word = name.partition("_")[0]
    return _THEME.get(word, word)


def _hidden(selectie: Selectie, frames: Frames) -> frozenset[tuple[str, str] | str]:
    """Question and column of what is never shown of such a selection, nor was by the rules of then; and KPIs."""
    kpis = frames.get(("kpi", selectie))
    there = () if kpis is None else kpis["indicator"]
    found = {naam for naam in INDICATOREN if not apart(naam, selectie.soort) and naam not in there}
    for vraag, rule in REGELS.items():
        frame, away = frames.get((vraag, selectie)), rule.never(selectie.soort)
        told = () if frame is None else ((frame[weergave_van(each)] != WEGGELATEN).any() for each in away)
        if not any(told) and (frame is not None or not apart(vraag, selectie.soort)):
            away |= {"rest"} if "teller" in away else set()
            found |= {("melding" if vraag == "melding_per_maand" else vraag, kolom) for kolom in away}
    return frozenset(found)


def _within_selection(made: Puzzle, place: Place, frames: Frames) -> None:
    def quarters(question: str) -> tuple:
        """The quarters, or wijkteams, that a question shows."""
        first = {cell.rij[0] for cell in made.about(place.peildatum, question, place.selectie)}
        return tuple(sorted(first - {None}))

    relate(made, place, KNOWN["moment"])
    relate(made, place, KNOWN["selectie"])
    for name in ("wijkteam", "kwartaal"):
        for question, section in KNOWN[f"per_{name}"].items():
            if seen := quarters(question):
                relate(made, place.having(**{name: seen}, laatste=seen[-1:]), section)
    quarters_of_entry(made, place)
    for question, section in KNOWN["op_kwartaal"].items():
        for previous, quarter in pairwise((None, *quarters(question))):
            # All that came before the first quarter shown was rounded to less than 10.
            made.at(place.cell(question, None, "lopend"), high=SMALL)
            relate(made, place.having(dit=(quarter,), vorig=(previous,)), section)
    medians(made, place, frames)
    curves(made, place, frames)
    for moment in sorted({cell.rij[1] for cell in made.about(place.peildatum, "kpi_trend", place.selectie)}):
        then = replace(place, moment=moment)
        relate(made, then, KNOWN["moment"])
        for question, section in KNOWN["tot_dan"].items():
            if seen := quarters(question):
                over = tuple(quarter for quarter in seen if _end_of_quarter(quarter) <= moment)
                for name in ("altijd", "aaneen")[: 1 + (seen[0] <= moment + timedelta(1))]:
                    relate(made, then.having(tot_dan=over), section[name])
        up_to_a_quarter(made, then)


def rows_of_shares(made: Puzzle, peildatum: date) -> None:
    """A teller is part of its noemer; what does not count is a number of records too."""
    for teller in [cell for cell in made.about(peildatum) if cell.kolom == "teller"]:
        noemer = teller._replace(kolom="noemer")
        if noemer in made.number:
            made.within(teller, noemer)
            made.equal([noemer], [teller, teller._replace(kolom="rest")])


def quarters_of_entry(made: Puzzle, place: Place) -> None:
    """Quarters add up to the whole: with what came before the first that is shown, and what is not judged in it yet.

    That is an outcome after the follow-up, or an entrant of whom it is not over.
    """
    for earlier in made.about(place.peildatum, "kpi_eerder", place.selectie):
        indicator, last = earlier.rij
        if earlier.kolom in ("teller", "noemer") and last is not None:
            before = [date(last.year, month, 1) for month in range(1, last.month, 3)]
            made.equal([earlier], [place.cell("kpi_instroom", indicator, first, earlier.kolom) for first in before])
    for (indicator, kolom), quarters in _quarters(made, place).items():
        before = place.cell("kpi_instroom_eerder", indicator, kolom)
        waits = INDICATOREN[indicator].volgtijd if kolom == "noemer" else (indicator, kolom) in _AFTER_FOLLOW_UP
        later = [place.cell("kpi_later", indicator, kolom)] if waits else []
        made.equal([place.cell(indicator, kolom)], [before, *quarters, *later])
        if kolom == "teller":
            made.within(before, before._replace(kolom="noemer"))


def _quarters(made: Puzzle, place: Place) -> dict[tuple[str, str], list[Cell]]:
    """The quarters of entry that are known of, by KPI and column."""
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in made.about(place.peildatum, "kpi_instroom", place.selectie):
        if cell.kolom in ("teller", "noemer") and cell.rij[1] is not None:
            found[cell.rij[0], cell.kolom].append(cell)
    return found


def up_to_a_quarter(made: Puzzle, place: Place) -> None:
    """The count at the end of an earlier quarter is that of the quarters of entry up to then.

    Of an outcome with a date it is at least that of the quarters of which the follow-up was over.
    """
    for name, quarters in _quarters(made, place).items():
        then, before = place.cell(*name), place.cell("kpi_instroom_eerder", *name)
        if then not in made.number:
            continue
        judged = [quarter for quarter in quarters if _judged(quarter) <= place.moment]
        ended = [quarter for quarter in quarters if _end_of_quarter(quarter.rij[1]) <= place.moment]
        if name in _AFTER_FOLLOW_UP:
            if judged:
                made.at_least([then], [before, *judged], sure=name in TIME["na_volgtijd"])
        elif name not in _SUM_OF_QUARTERS:
            continue
        elif not ended:
            made.within(then, before)
        elif any(_judged(quarter) > place.peildatum for quarter in ended):
            made.at_least([then], [before, *ended])
        elif name in TIME["som_van_kwartalen"]:
            made.equal([then], [before, *ended])
        else:
            made.at_least([before, *ended], [then])
            made.equal([then], [before, *ended], sure=False)


def medians(made: Puzzle, place: Place, frames: Frames) -> None:
    """What is known of events because a median or quartile was reached, or was not (whatever was censored)."""
    for row in frames["kpi", place.selectie].iter_rows(named=True):
        section = KNOWN["mediaan_niet_bereikt" if row["waarde"] is None else "mediaan_bereikt"]
        if row["indicator"] in section and row[weergave_van("waarde")] == AFGEROND:
            relate(made, place, {row["indicator"]: section[row["indicator"]]})
    for row in frames["begeleiding_duur", place.selectie].iter_rows(named=True):
        if any(row[kolom] is not None for kolom in ("p25_maanden", "mediaan_maanden", "p75_maanden")):
            relate(made, place.having(dit_regime=(row["regime"],)), KNOWN["kwartiel_bereikt"])


def curves(made: Puzzle, place: Place, frames: Frames) -> None:
    """Who is still followed: in the last month that a curve shows at least one, in the month after it 9 at most."""
    for question in CURVES:
        last: dict[str | None, int] = {}
        # Of a curve that is not there, the first day alone stands there.
        for row in frames[question, place.selectie].iter_rows(named=True):
            if row["dag"] or row["overleving"] is not None:
                group, month = row.get("regime", row.get("doelgroep")), round(row["dag"] / DAYS_IN_MONTH)
                last[group] = max(last.get(group, 0), month)
        # The curves of the PIP of the city are those of the doelgroepen.
        for group, end in last.items() if (question, place.selectie) != ("pip_overleving", STAD) else ():
            named = KNOWN["maanden"][question].items()
            months = {name: month[group] if isinstance(month, dict) else month for name, month in named}
            followed = partial(place.cell, question.replace("overleving", "gevolgd"), group)
            made.at(followed(end + 1, "aantal"), high=SMALL)
            lists = {"groep": (group,), "einde": (end,), "erna": (end + 1,)}
            here = place.having(**lists, **{name: (min(month, end + 1),) for name, month in months.items()})
            seen = {name for name, month in months.items() if month <= end + 1}
            for name in ("altijd", *sorted(seen & KNOWN["kromme"][question].keys())):
                relate(made, here, KNOWN["kromme"][question][name])
            for earlier, later in pairwise(min(month, end) for month in (*months.values(), end)):
                made.within(followed(later, "aantal"), followed(earlier, "aantal"))


def of_statushouders(made: Puzzle, peildatum: date) -> None:
    """begeleiding_dekking is about asielstatushouders only, each of whom is in beeld."""
    for cell in chain(*(made.about(peildatum, vraag) for vraag in ("kpi", "kpi_trend", "kpi_instroom"))):
        if cell.rij[0] == "begeleiding_dekking" and cell.selectie in OTHERS:
            made.at(cell, high=0)
    noemer = Cell(peildatum, "kpi", STAD, ("begeleiding_dekking",), "noemer")
    if noemer in made.number and made.about(peildatum, "wi2021_in_beeld", ASIEL):
        made.within(noemer, noemer._replace(vraag="wi2021_in_beeld", selectie=ASIEL, rij=(), kolom="aantal"))


def rest_of_the_city(made: Puzzle, peildatum: date) -> None:
    """An area and the rest of the city are the city."""
    for rest in made.about(peildatum, "kpi_rest"):
        if rest.kolom != "rest":
            area = rest._replace(vraag="kpi")
            made.equal([area._replace(selectie=STAD)], [rest, area])


def between_selections(made: Puzzle, peildatum: date, selecties: Mapping[Selectie, frozenset]) -> None:
    """The city is the sum of its stadsdelen, and of its doelgroepen; a part of the city of some stadsdelen.

    selecties: with what is never shown of each.
    """
    areas, groups, parts_of_city = (
        [each for each in selecties if each.soort == soort] for soort in ("stadsdeel", "doelgroep", "deel")
    )
    sums = [(STAD, groups), (STAD, areas)]
    sums += [(deel, [Selectie("stadsdeel", naam) for naam in deel.stadsdelen]) for deel in parts_of_city]
    of_no_area = frozenset.intersection(*(selecties[each] for each in areas)) if areas else frozenset()
    seen: dict[Cell, set[Selectie]] = defaultdict(set)
    for cell in made.about(peildatum):
        if cell.vraag not in KNOWN["selecties"]["geen_som"] and None not in cell.rij:
            seen[cell._replace(selectie=STAD)].add(cell.selectie)
    for city, there in seen.items():
        # What is not in a series was rounded to less than 10; but for the entrants, where the shares decide.
        series = city.vraag == "melding" or (city.vraag in REGELS and REGELS[city.vraag].reeks)
        together = sums
        if (city.vraag, city.kolom) in of_no_area:
            # What no stadsdeel shows, two parts and what lies in neither have together.
            together = sums[:1]
            if there & {*parts_of_city}:
                made.equal([city], [city._replace(selectie=each) for each in (*parts_of_city, ELSEWHERE)])
        requests = city.vraag.startswith("melding") or (city.vraag, city.kolom) == ("evaluatie_meldingen", "meldingen")
        for whole, parts in together[requests:]:
            if parts and there.intersection(groups if parts is groups else areas + parts_of_city):
                for selectie in (whole, *parts):
                    unseen = series and city.vraag != "kpi_instroom" and selectie not in there
                    made.at(city._replace(selectie=selectie), high=SMALL if unseen else np.inf)
                made.equal([city._replace(selectie=whole)], [city._replace(selectie=selectie) for selectie in parts])


# ------------------------------------------------------------------------------------ what holds between publications


def lasting(made: Puzzle, days: Iterable[date]) -> None:
    """Within a publication's own trend what stays does not fall.

    Later publications see the same of an earlier day, and no day has less than the days before it.
    """
    found: dict[tuple[str, str, Selectie], list[tuple[date, date, Cell]]] = defaultdict(list)
    for day in days:
        for cell in (*made.about(day, "kpi"), *made.about(day, "kpi_trend")):
            if (cell.rij[0], cell.kolom) in TIME["blijvend"]:
                moment = cell.rij[1] if cell.vraag == "kpi_trend" else day_of(day)
                found[cell.rij[0], cell.kolom, cell.selectie].append((moment, day, cell))
    for (*name, selectie), line in found.items():
        line.sort(key=lambda place: place[:2])
        for day in days:
            for before, after in pairwise(cell for _, seen, cell in line if seen == day):
                made.grows(before, after)
        for (moment, day, before), (next_moment, next_day, after) in pairwise(line):
            if day == next_day or (selectie.stadsdelen and tuple(name) in TIME["zonder_adres"]):
                continue
            if moment == next_moment and tuple(name) not in TIME["zonder_datum"]:
                made.same(before, after)
            else:
                made.grows(before, after, sure=False, bijgesteld=moment == next_moment)


def between_publications(made: Puzzle, earlier: date, later: date) -> None:
    """What came in a quarter that is over is the same, and what only grows has grown; of one day all is the same."""
    stays = _SUM_OF_QUARTERS | _AFTER_FOLLOW_UP
    for before in made.about(earlier):
        after, name = before._replace(peildatum=later), (before.vraag, before.kolom)
        entrants = before.vraag == "kpi_instroom" and (before.rij[0], before.kolom) in stays and before.rij[1]
        if after not in made.number:
            continue
        if day_of(earlier) == day_of(later):
            # Another version of the same day: the same records, but for corrections.
            if before in made.known:
                made.same(before, after)
        elif name in TIME["niet_dalend"] or (before.vraag, *before.rij[:1], before.kolom) in TIME["niet_dalend"]:
            made.grows(before, after, sure=False)
        elif entrants or name in TIME["van_een_kwartaal"]:
            # What came in a quarter grows until the day on which it is over, and stays after it.
            if (_judged(before) if entrants else _end_of_quarter(before.rij[0])) > before.peildatum:
                made.grows(before, after, sure=False)
            else:
                made.same(before, after)


def _judged(quarter: Cell) -> date:
    """The day on which the follow-up of everybody who entered in a quarter (of kpi_instroom) is over."""
    return _end_of_quarter(quarter.rij[1]) + timedelta(INDICATOREN[quarter.rij[0]].volgtijd)


def _end_of_quarter(first: date) -> date:
    return date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1) - timedelta(1)
