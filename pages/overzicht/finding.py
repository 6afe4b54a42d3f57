"""The finding of the page Overzicht: the norm that is missed most often, and how many norms are met.

The sentences compare and pick; every number in them stands in a tile as well. Of rounded figures the finding is that of
the briefing: who waits, and which norms are not met.
"""

from __future__ import annotations

from collections.abc import Mapping

import queries
from pages.briefing import sentences
from pages.shared import formats, weergave

# Under this noemer the sentence warns that the group is small.
SMALL = 30

NOBODY = "Er is niemand in deze selectie. Kies andere filters of wis ze."
NOT_JUDGED = "Over de normen is in deze selectie niets te zeggen: er zijn te weinig waarnemingen."


def finding(
    rows: Mapping[str, dict],
    indicators: Mapping[str, queries.Indicator] | None = None,
    *,
    total: Mapping[str, object] | None = None,
) -> str:
    """What the figures say about the norms, in one or two sentences; of rounded figures also who waits.

    rows: per indicator its row of the question kpi (teller, noemer, waarde). indicators: those of queries
    unless given. total: the row of the question overdracht_totaal. Medians are not judged and not counted among the
    norms. A norm about persons goes before one about periods: a person may have more than one.
    """
    indicators = queries.INDICATOREN if indicators is None else indicators
    if not all(weergave.exact(rows[name]) for name in indicators):
        return f"{sentences.waiting(rows, total)} {sentences.norms(rows)}".strip()
    if not any(rows[name]["noemer"] for name in indicators):
        return NOBODY
    verdicts = {
        name: queries.verdict(entry, rows[name]["teller"], rows[name]["noemer"], rows[name]["waarde"])
        for name, entry in indicators.items()
        if entry.norm is not None and not entry.is_mediaan
    }
    missed = {name: verdict.gemist for name, verdict in verdicts.items() if verdict.uitkomst == "voldoet niet"}
    met = sum(verdict.uitkomst == "voldoet" for verdict in verdicts.values())
    tally = _tally(len(verdicts), len(missed), met)
    if not missed:
        return tally if met else NOT_JUDGED
    worst = max(missed, key=lambda name: (not _about_periods(indicators[name]), missed[name]))
    return f"{_missed(indicators[worst], rows[worst], missed[worst])} {tally}"


def _about_periods(indicator: queries.Indicator) -> bool:
    return indicator.missend[0].startswith("periode ")


def _missed(indicator: queries.Indicator, row: dict, number: int) -> str:
    who = indicator.missend[0 if number == 1 else 1]
    share = formats.value(row["waarde"], indicator.eenheid)
    norm = formats.value(indicator.norm, indicator.eenheid)
    total = formats.count(row["noemer"])
    words = f"Vaakst gemiste norm: {formats.count(number)} {who}, op een totaal van {total}"
    small = row["noemer"] < SMALL
    caution = " Dat is een kleine groep: lees het percentage met voorzichtigheid." if small else ""
    return f"{words} ({indicator.titel}: {share}, norm {norm}).{caution}"


def _tally(total: int, missed: int, met: int) -> str:
    unknown = total - missed - met
    if missed == total:
        return f"Geen van de {total} normen is gehaald."
    if met == total:
        return f"Alle {total} normen zijn gehaald."
    number, outcome = (missed, "niet gehaald") if missed else (met, "gehaald")
    words = f"{number} van de {total} normen {'is' if number == 1 else 'zijn'} {outcome}"
    if missed and met:
        words += f", {met} wel"
    if unknown:
        words += f"; over {unknown} is nog niets te zeggen (te weinig waarnemingen)"
    return f"{words}."
