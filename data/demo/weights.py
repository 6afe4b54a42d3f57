"""The shares of the demo, read from `weights.toml`, and the dates of law, pause and contract that are real."""

import tomllib
from itertools import chain
from pathlib import Path

from data.demo.chance import Weighted, day, working_days

GEGEVEN = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
VERTROKKEN = frozenset({"Vertrek uit Nederland", "Overlijden", "Verhuizing"})
ANDERE_GEMEENTEN = ("0363", "0394", "0453", "0473", "0479", "0518", "0599")
NIVEAU = {"B": "B1", "O": "B1", "Z": "A2"}

# DUO sent no kennisgevingen from mid-January 2022 and resumed per doelgroep (Divosa 2022-03-01,
# Kamerstuk 32824-383).
PAUZE_VANAF = day(2022, 1, 15)
HERVAT = {ASIEL: day(2022, 3, 25), GEZIN: day(2022, 3, 1)}
HUISVESTING_VANAF = day(2018, 1, 1)
WI2021_VANAF = day(2022, 1, 3)  # the first working day of the Wet inburgering 2021
TWAALF_MAANDEN_VANAF = day(2020, 1, 1)
CONTRACT_2022_VANAF = day(2022, 1, 1)
TERMIJN_PIP = 70  # ten weeks: Wet inburgering 2021 art. 15, Besluit inburgering 2021 art. 5.3

Month = tuple[int, int]  # year and month


def _weighted(name: str) -> Weighted:
    return Weighted.of(GEGEVEN[name])


def _weighted_per_kind(name: str) -> dict[str | None, Weighted]:
    """Distributions by what they depend on; "geen" is None, there and among their values."""
    tables = {kind: {_none(value): weight for value, weight in table.items()} for kind, table in GEGEVEN[name].items()}
    return {_none(kind): Weighted.of(table) for kind, table in tables.items()}


def _none(text: str) -> str | None:
    return None if text == "geen" else text


def _month(text: str) -> Month:
    year, month = text.split("-")
    return int(year), int(month)


def _days_of_arrival(weights: dict[str, float]) -> Weighted:
    """Return weights per year or month as a distribution over the working days of a month."""
    season = GEGEVEN["seizoen"]
    months: dict[Month, float] = {}
    for moment, weight in weights.items():
        if "-" in moment:
            months[_month(moment)] = weight
            continue
        for number in range(1, 13):
            spring = season["voorjaar_2020"] if (int(moment), number) in ((2020, 4), (2020, 5)) else 1
            months[int(moment), number] = weight * season["aankomst"][number - 1] * spring
    bounds, values = Weighted.of(months)
    return Weighted(bounds, tuple(tuple(working_days(month, month)[0]) for month in values))


KOMST = _weighted("komst")
AANKOMST = {kind: _days_of_arrival(weights) for kind, weights in GEGEVEN["aankomst"].items()}
WIJK_ASIEL = Weighted.of({wijkcode: asiel for wijkcode, (asiel, _, _) in GEGEVEN["wijken"].items()})
WIJK_GEZIN = Weighted.of({wijkcode: gezin for wijkcode, (_, gezin, _) in GEGEVEN["wijken"].items()})
DRUKTE = {wijkcode: pressure for wijkcode, (_, _, pressure) in GEGEVEN["wijken"].items()}
TOETS = _weighted("toets")
LEERROUTE = _weighted_per_kind("leerroute")
HERZIEN = {
    route: Weighted(table.bounds, tuple(tuple(value.split()) for value in table.values))
    for route, table in _weighted_per_kind("herzien").items()
}
EINDE_BEGELEIDING = _weighted_per_kind("einde_begeleiding")
START_ONTZORGING = _weighted("start_ontzorging")
EINDE_ONTZORGING = _weighted("einde_ontzorging")
UITKOMST_OVERDRACHT = _weighted("uitkomst_overdracht")
UITSTROOM = _weighted_per_kind("uitstroom")
UITSTROOM_NA = GEGEVEN["uitstroom_na"]
REDEN_VERTREK = _weighted("reden_vertrek")

BIJZONDER = tuple(GEGEVEN["bijzonder"])
KOMST_BIJZONDER = {name: arrival for name, (arrival, _, _) in GEGEVEN["bijzonder"].items()}
AANKOMST_BIJZONDER = {
    name: list(chain.from_iterable(working_days(_month(first), _month(last))))
    for name, (_, first, last) in GEGEVEN["bijzonder"].items()
}
UITSTROOM_BIJZONDER = GEGEVEN["bijzonder_uitstroom"]
