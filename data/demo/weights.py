"""The shares of the demo, from `weights.toml` and `gemeente.toml`, and the real dates of law and pause."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from data import contract
from data.demo.chance import EPOCH, Weighted, day, working_days

GEGEVEN = tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
VERTROKKEN = frozenset({"Vertrek uit Nederland", "Overlijden", "Verhuizing"})
HERE = contract.GEMEENTE.gemeentecode
ANDERE_GEMEENTEN = tuple(code for code in ("0363", "0394", "0453", "0473", "0479", "0518", "0599") if code != HERE)
NIVEAU = {"B": "B1", "O": "B1", "Z": "A2"}

# DUO sent no kennisgevingen from mid-January 2022 and resumed per doelgroep (Divosa 2022-03-01,
# Kamerstuk 32824-383).
PAUZE_VANAF = day(2022, 1, 15)
HERVAT = {ASIEL: day(2022, 3, 25), GEZIN: day(2022, 3, 1)}
HUISVESTING_VANAF = day(2018, 1, 1)
WI2021_VANAF = day(2022, 1, 3)  # the first working day of the Wet inburgering 2021
OVERDRACHT_VANAF = day(2022, 1, 1)
TERMIJN_PIP = 70  # ten weeks: Wet inburgering 2021 art. 15, Besluit inburgering 2021 art. 5.3


def _distributions(table: dict[str, Any]) -> Any:
    """A table of weights as a distribution, and a table of such tables by what they depend on."""
    table = {None if name == "geen" else name: value for name, value in table.items()}
    if any(isinstance(value, dict) for value in table.values()):
        return {name: _distributions(value) for name, value in table.items()}
    return Weighted.of(table)


def _month(text: str) -> tuple[int, int]:
    return int(text[:4]), int(text[5:])


def _days_of_arrival(weights: dict[str, float]) -> Weighted:
    """Weights per year or month as a distribution over the working days of a month."""
    season = GEGEVEN["seizoen"]
    found: dict[tuple[int, int], float] = {}
    for moment, weight in weights.items():
        if "-" in moment:
            found[_month(moment)] = weight
            continue
        for number, share in enumerate(season["aankomst"], start=1):
            spring = season["voorjaar_2020"] if (moment, number) in (("2020", 4), ("2020", 5)) else 1
            found[int(moment), number] = weight * share * spring
    bounds, values = Weighted.of(found)
    return Weighted(bounds, tuple(working_days(month, month) for month in values))


VERDELING = _distributions(GEGEVEN["verdeling"])
AANKOMST = {kind: _days_of_arrival(weights) for kind, weights in GEGEVEN["aankomst"].items()}
# Of each regime, the newest first: for who is housed from when, for how many days, and how it ends.
_EINDE = [*VERDELING["einde_begeleiding"].values()]
REGIMES = [
    ((each.vanaf or date.min).toordinal() - EPOCH, each.norm_dagen, _EINDE[min(number, 2)])
    for number, each in enumerate(contract.GEMEENTE.regime)
][::-1]
# From when, in years, a wijkteam sees who had begeleiding as it is now.
_NU = date.fromisoformat(contract.WOORDEN["sinds_nu"])
GEZIEN_VANAF = _NU.year + (_NU.month - 1) / 12 + 0.1
# Per wijk: weight for statushouders, weight for gezinsmigranten, and how busy the teams are (1 is ordinary).
WIJKEN = dict.fromkeys(contract.referentie("wijk")["wijkcode"], (1, 1, 1)) | contract.GEMEENTE.demo
WIJK = {
    doelgroep: Weighted.of({wijkcode: row[column] for wijkcode, row in WIJKEN.items()})
    for column, doelgroep in enumerate((ASIEL, GEZIN))
}
DRUKTE = {wijkcode: pressure for wijkcode, (_, _, pressure) in WIJKEN.items()}
# Of each awkward case: how the person comes in beeld, and the days on which that may be.
BIJZONDER = {
    name: (arrival, working_days(_month(first), _month(last)))
    for name, (arrival, first, last) in GEGEVEN["bijzonder"].items()
}
