"""What the attacker of a publication has and knows: published figures as bounds, and sums of true counts.

``relations.toml`` tells what is known, in words and as relations; here is what spans a whole series or several
selections. What follows from the definitions (``queries/``) for every town is sure. What nearly always holds is
assumed; an assumption that the published figures contradict is given up (``solver.py``). See ``docs/openbaar.md``.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from data import contract
from queries import INDICATOREN
from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN, weergave_van
from queries.openbaar.attack.cells import cells, told
from queries.openbaar.attack.puzzle import Cell, Puzzle, day_of
from queries.openbaar.attack.relations import FOR_EVERY, LISTS, NOT_SUMMED, OF_MEDIANS, PER, TIME, Place
from queries.openbaar.rules import REGELS, STAD, Keuze

SMALL = 9
DAYS_IN_MONTH = 30.4375
# A curve runs until fewer than 10 (rounded) are still followed, so that its length tells of a number.
CURVES = ("begeleiding_overleving", "pip_overleving", "overdracht_overleving")
# The month after which a period is judged to have run too long: 30 days over the norm.
_OVER_NORM = {"24 maanden": 25, "12 maanden": 13, "12 maanden (contract 2022)": 13}
Frames = Mapping[tuple[str, Keuze], pl.DataFrame]

_SUM_OF_QUARTERS = TIME["som_van_kwartalen"] | TIME["meestal_som_van_kwartalen"]
_AFTER_FOLLOW_UP = TIME["na_volgtijd"] | TIME["meestal_na_volgtijd"]


def puzzle(publications: Mapping[date, Frames], basis: int, *, bases: Mapping | None = None) -> Puzzle:
    """All that was published as bounds, and all that is known or assumed as sums.

    ``bases`` gives (peildatum, question, keuze) a rounding of its own.
    """
    made = Puzzle()
    days = sorted(publications)
    for stand in days:
        for (question, keuze), frame in publications[stand].items():
            _read(made, stand, question, keuze, frame, (bases or {}).get((stand, question, keuze), basis))
    for stand in days:
        rows_of_shares(made, stand)
        for keuze in sorted({keuze for _, keuze in publications[stand]}):
            _within_selection(made, Place(stand, keuze), publications[stand])
        of_statushouders(made, stand)
        rest_of_the_city(made, stand)
        between_selections(made, stand, {keuze for _, keuze in publications[stand]})
        cumulative(made, stand)
    for earlier, later in pairwise(days):
        between_publications(made, earlier, later)
    looking_back(made, days)
    return made


def _read(made: Puzzle, stand: date, question: str, keuze: Keuze, frame: pl.DataFrame, basis: int) -> None:
    for index, row in enumerate(frame.iter_rows(named=True)):
        for kolom, cell in cells(stand, question, keuze, row):
            weergave = row[weergave_van(kolom)]
            if weergave == WEGGELATEN:
                if REGELS[question].reeks:
                    made.at(cell)  # a quarter that is there
                continue
            made.plaatsen[cell].append((question, keuze, index, kolom))
            if weergave in (AFGEROND, BESCHERMD):
                made.publish(cell, 0 if weergave == BESCHERMD else int(row[kolom]), basis)
        for cell, count in told(stand, keuze, row) if question == "evaluatie_meetbaarheid" else ():
            made.plaatsen[cell].append((question, keuze, index, "toelichting"))
            made.publish(cell, count, basis)


def _within_selection(made: Puzzle, place: Place, frames: Frames) -> None:
    stand, keuze = place.stand, place.keuze
    for relation in (*FOR_EVERY["moment"], *FOR_EVERY["selectie"]):
        relation.add_to(made, place)
    for (name, question), relations in PER.items():
        seen = sorted({cell.rij[0] for cell in made.about(stand, question, keuze)})
        for relation in relations if seen else ():
            relation.add_to(made, replace(place, lists={**place.lists, name: seen, "laatste": seen[-1:]}))
    quarters_of_entry(made, place)
    for question in ("begeleiding_voorraad", "ontzorging_voorraad"):
        stock(made, place, question)
    medians(made, place, frames)
    for question in CURVES:
        for group, last in _last_months(frames.get((question, keuze), pl.DataFrame())).items():
            curve(made, place, question, group, last)
    for moment in sorted({cell.rij[1] for cell in made.about(stand, "kpi_trend", keuze)}):
        for relation in FOR_EVERY["moment"]:
            relation.add_to(made, replace(place, moment=moment))
        up_to_a_quarter(made, place, moment)


def rows_of_shares(made: Puzzle, stand: date) -> None:
    """A teller is part of its noemer; what does not count is a number of records too."""
    for teller in [cell for cell in made.number if cell.stand == stand and cell.kolom == "teller"]:
        noemer = replace(teller, kolom="noemer")
        if noemer in made.number:
            made.within(teller, noemer)
            made.equal(noemer, [teller, replace(teller, kolom="rest")])


def quarters_of_entry(made: Puzzle, place: Place) -> None:
    """Quarters add up to the whole: with what came before the first that is shown, and what is not judged in it yet.

    That is an outcome after the follow-up, or an entrant of whom it is not over.
    """
    for earlier in made.about(place.stand, "kpi_eerder", place.keuze):
        indicator, last = earlier.rij
        if earlier.kolom in ("teller", "noemer") and last is not None:
            before = [date(last.year, month, 1) for month in range(1, last.month, 3)]
            made.equal(earlier, [place.cell("kpi_instroom", indicator, first, earlier.kolom) for first in before])
    for (indicator, kolom), quarters in _quarters(made, place).items():
        before = place.cell("kpi_instroom_eerder", indicator, kolom)
        waits = INDICATOREN[indicator].volgtijd if kolom == "noemer" else (indicator, kolom) in _AFTER_FOLLOW_UP
        later = [place.cell("kpi_later", indicator, kolom)] if waits else []
        made.equal(place.cell(indicator, kolom), [before, *quarters, *later])
        if kolom == "teller":
            made.within(before, replace(before, kolom="noemer"))


def _quarters(made: Puzzle, place: Place) -> dict[tuple[str, str], list[Cell]]:
    """The quarters of entry that are known of, by KPI and column."""
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in made.about(place.stand, "kpi_instroom", place.keuze):
        indicator, first = cell.rij
        if cell.kolom in ("teller", "noemer") and first is not None:
            found[indicator, cell.kolom].append(cell)
    return found


def up_to_a_quarter(made: Puzzle, place: Place, moment: date) -> None:
    """The count at the end of an earlier quarter is that of the quarters of entry up to then.

    Of an outcome with a date it is at least that of the quarters of which the follow-up was over.
    """
    for name, quarters in _quarters(made, place).items():
        then, before = (place.cell(question, *name) for question in ("kpi_trend", "kpi_instroom_eerder"))
        then = replace(then, rij=(name[0], moment))
        if then not in made.number:
            continue
        judged = [quarter for quarter in quarters if _judged(quarter) <= moment]
        ended = [quarter for quarter in quarters if _end_of_quarter(quarter.rij[1]) <= moment]
        if name in _AFTER_FOLLOW_UP:
            if judged:
                made.at_least([then], [before, *judged], sure=name in TIME["na_volgtijd"])
        elif name not in _SUM_OF_QUARTERS:
            continue
        elif not ended:
            made.within(then, before)
        elif any(_judged(quarter) > place.stand for quarter in ended):
            made.at_least([then], [before, *ended])
        elif name in TIME["som_van_kwartalen"]:
            made.equal(then, [before, *ended])
        else:
            made.at_least([before, *ended], [then])
            made.equal(then, [before, *ended], sure=False)


def stock(made: Puzzle, place: Place, question: str) -> None:
    """What runs at the end of a quarter: what ran before it, and what began, less what ended."""
    quarters = sorted({cell.rij[0] for cell in made.about(place.stand, question, place.keuze)})
    previous = place.cell(question, None, "lopend")
    if quarters:
        made.at(previous, SMALL)  # all that came before the first quarter shown was rounded to less than 10
    for quarter in quarters:
        running, began, ended = (place.cell(question, quarter, kolom) for kolom in ("lopend", "gestart", "beeindigd"))
        made.add({running: 1, previous: -1, began: -1, ended: 1})
        if made.differ(running, previous):
            made.at_least([began, ended], [], 1)
        previous = running
    # Who was ontzorgd at an earlier moment: all that began in the quarters up to then, but for rare cases.
    for then in made.about(place.stand, "kpi_trend", place.keuze) if quarters else ():
        if question == "ontzorging_voorraad" and (then.rij[0], then.kolom) == ("ontzorging_gesprek", "noemer"):
            up_to = [quarter for quarter in quarters if _end_of_quarter(quarter) <= then.rij[1]]
            began = [place.cell(question, quarter, "gestart") for quarter in up_to]
            before = place.cell("ontzorging_voorraad_eerder", "gestart")
            made.at_least([before, *began], [then])
            made.equal(then, [before, *began], sure=False)


def medians(made: Puzzle, place: Place, frames: Frames) -> None:
    """What is known of events because a median or quartile was reached, or was not (whatever was censored)."""
    kpis, durations = (frames.get((question, place.keuze), pl.DataFrame()) for question in ("kpi", "begeleiding_duur"))
    for row in kpis.iter_rows(named=True):
        reached = "mediaan_niet_bereikt" if row["waarde"] is None else "mediaan_bereikt"
        if row["indicator"] in OF_MEDIANS[reached] and row[weergave_van("waarde")] == AFGEROND:
            OF_MEDIANS[reached][row["indicator"]].add_to(made, place)
    for row in durations.iter_rows(named=True):
        if any(row[kolom] is not None for kolom in ("p25_maanden", "mediaan_maanden", "p75_maanden")):
            here = replace(place, lists={**place.lists, "dit_regime": (row["regime"],)})
            OF_MEDIANS["kwartiel_bereikt"]["begeleiding_duur"].add_to(made, here)


def curve(made: Puzzle, place: Place, question: str, group: str | None, last: int) -> None:
    """Who is still followed: in the last month that is shown at least one, in the month after it 9 at most."""
    if question == "pip_overleving" and place.keuze == STAD:
        return  # the same curves as those of the doelgroepen

    def followed(month: int) -> Cell:
        found = place.cell(f"{question}_gevolgd", group, min(month, last + 1), "aantal")
        made.at(found, SMALL if month > last else np.inf)
        return found

    steps = [0, last]
    made.at_least([followed(last)], [followed(last + 1)], 1)
    if question == "begeleiding_overleving":
        made.within(followed(0), place.cell("begeleiding_duur", group, "periodes"))
        over, judged = place.cell("begeleiding_duur", group, "over_norm_teller"), _OVER_NORM[group]
        # As many as run too long are followed in that month.
        if judged <= last + 1:
            made.equal(followed(judged), [over])
        else:
            made.at_least([followed(judged)], [over])
        steps = [0, min(judged, last), last]
    elif question == "pip_overleving":
        late = [place.cell("pip_status", status, "aantal") for status in LISTS["pip_te_laat"]]
        made.at_least([followed(2)], late)
        if last >= 3:
            made.at_least([*late, place.cell("pip_status", "Uitgestroomd zonder PIP", "aantal")], [followed(3)])
        steps = [min(2, last), min(3, last), last]
    else:
        made.within(followed(0), place.cell("overdracht_open", "noemer"))
    for earlier, later in pairwise(steps):
        made.within(followed(later), followed(earlier))


def _last_months(frame: pl.DataFrame) -> dict[str | None, int]:
    """The last month of each curve, by its group (the regime or the doelgroep).

    Not of one that is not there, of which the first day alone stands there.
    """
    last: dict[str | None, int] = {}
    for row in frame.iter_rows(named=True):
        if row["dag"] or row["overleving"] is not None:
            group = row.get("regime", row.get("doelgroep"))
            last[group] = max(last.get(group, 0), round(row["dag"] / DAYS_IN_MONTH))
    return last


def of_statushouders(made: Puzzle, stand: date) -> None:
    """begeleiding_dekking is about asielstatushouders only."""
    other = Keuze("doelgroep", next(name for name in contract.DOELGROEPEN if name != "Asielstatushouder"))
    for vraag in ("kpi", "kpi_trend", "kpi_instroom"):
        for cell in made.about(stand, vraag, other):
            if cell.rij[0] == "begeleiding_dekking":
                made.nobody(cell)


def rest_of_the_city(made: Puzzle, stand: date) -> None:
    """An area and the rest of the city are the city."""
    for rest in made.about(stand, "kpi_rest"):
        if rest.kolom != "rest":
            area = replace(rest, vraag="kpi")
            made.equal(replace(area, keuze=STAD), [rest, area])


def between_selections(made: Puzzle, stand: date, keuzes: Iterable[Keuze]) -> None:
    """The city is the sum of its stadsdelen, and of its doelgroepen."""
    parts_of_city = [sorted(keuze for keuze in keuzes if keuze.soort == soort) for soort in ("stadsdeel", "doelgroep")]
    seen: dict[tuple, set[Keuze]] = defaultdict(set)
    for cell in made.number:
        if cell.stand == stand and cell.vraag not in NOT_SUMMED and None not in cell.rij:
            seen[cell.vraag, cell.rij, cell.kolom].add(cell.keuze)
    for (vraag, rij, kolom), there in seen.items():
        # What is not in a series was rounded to less than 10; but for the entrants, where the shares decide.
        series = vraag == "melding" or (vraag in REGELS and REGELS[vraag].reeks and vraag != "kpi_instroom")
        requests = vraag.startswith("melding") or (vraag, kolom) == ("evaluatie_meldingen", "meldingen")
        for keuzes in parts_of_city[: 1 if requests else 2]:
            if there & set(keuzes):
                city, *parts = (Cell(stand, vraag, keuze, rij, kolom) for keuze in (STAD, *keuzes))
                for cell in (city, *parts):
                    made.at(cell, SMALL if series and cell.keuze not in there else np.inf)
                made.equal(city, parts)


def cumulative(made: Puzzle, stand: date) -> None:
    """Within a publication's own trend what stays does not fall."""
    for line in _lines(made, [stand]).values():
        for before, after in pairwise(line):
            made.grows(before, after)


# ------------------------------------------------------------------------------------ what holds between publications


def _lines(made: Puzzle, days: Iterable[date]) -> dict[tuple[str, str, Keuze], list[Cell]]:
    """The counts that stay, as they were and as they were looked back on, in the order of the moment."""
    lines: dict[tuple[str, str, Keuze], list[Cell]] = defaultdict(list)
    for day in days:
        for cell in (*made.about(day, "kpi"), *made.about(day, "kpi_trend")):
            if (cell.rij[0], cell.kolom) in TIME["blijvend"]:
                lines[cell.rij[0], cell.kolom, cell.keuze].append(cell)
    return {name: sorted(line, key=lambda cell: (_moment(cell), cell.stand)) for name, line in lines.items()}


def _moment(cell: Cell) -> date:
    return cell.rij[1] if cell.vraag == "kpi_trend" else day_of(cell.stand)


def looking_back(made: Puzzle, days: Iterable[date]) -> None:
    """Later publications see the same of an earlier day, and no day has less than the days before it."""
    for (*name, _), line in _lines(made, days).items():
        for before, after in pairwise(line):
            of_one_day = _moment(before) == _moment(after)
            if before.stand == after.stand:
                continue
            if of_one_day and tuple(name) not in TIME["zonder_datum"]:
                made.same(before, after)
            else:
                made.grows(before, after, sure=False, bijgesteld=of_one_day)


def between_publications(made: Puzzle, earlier: date, later: date) -> None:
    """What came in a quarter that is over is the same, and what only grows has grown; of one day all is the same."""
    stays = _SUM_OF_QUARTERS | _AFTER_FOLLOW_UP
    for before in [cell for cell in made.number if cell.stand == earlier]:
        after = replace(before, stand=later)
        if after not in made.number:
            continue
        name = (before.vraag, before.kolom)
        if day_of(earlier) == day_of(later):
            # Another version of the same day: the same records, but for corrections.
            if before in made.known:
                made.same(before, after)
        elif name in TIME["niet_dalend"] or (before.vraag, *before.rij[:1], before.kolom) in TIME["niet_dalend"]:
            made.grows(before, after, sure=False)
        elif name in TIME["van_een_kwartaal"]:
            _same_when_over(made, before, after, _end_of_quarter(before.rij[0]))
        elif before.vraag == "kpi_instroom" and (before.rij[0], before.kolom) in stays and before.rij[1] is not None:
            _same_when_over(made, before, after, _judged(before))


def _same_when_over(made: Puzzle, before: Cell, after: Cell, over: date) -> None:
    """What came in a quarter grows until the day on which it is over, and stays after it."""
    if over > before.stand:
        made.grows(before, after, sure=False)
    else:
        made.same(before, after)


def _judged(quarter: Cell) -> date:
    """The day on which the follow-up of everybody who entered in a quarter (of kpi_instroom) is over."""
    indicator, first = quarter.rij
    return date.fromordinal(_end_of_quarter(first).toordinal() + INDICATOREN[indicator].volgtijd)


def _end_of_quarter(first: date) -> date:
    following = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
