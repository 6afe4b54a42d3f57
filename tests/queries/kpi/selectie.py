"""Cases of who is selected: by area, cohort and housing, as registered."""

from tests.queries.given import GEZIN, left, someone
from tests.queries.kpi.case import case

FOUR = (
    someone(datum_kennisgeving="2022-02-01", wijkcode="WK039221"),  # Meerwijk
    someone(datum_kennisgeving="2022-02-01", wijkcode="WK039219"),  # Boerhaavewijk
    someone(datum_kennisgeving="2022-02-01", wijkcode=None),
    someone(datum_kennisgeving="2022-02-01", wijkcode="WK999999", doelgroep=GEZIN),
)
DATED = (
    someone(datum_kennisgeving="2021-12-31", datum_huisvesting="2022-03-01"),
    someone(datum_kennisgeving="2022-01-01", datum_huisvesting="2022-06-01"),
    someone(datum_kennisgeving="2022-01-02"),
    someone(datum_inschrijving_brp="2022-01-01"),
)


def selected(number, rule, people, at=None, **selection):
    found = {"pip_zonder": (number, number, number), "personen": [(number,)]}
    return case(f"{rule}: {selection}", *people, selection=selection, at={at or "2022-12-31": found})


CASES = [
    case(
        "who is in beeld, also who left since",
        someone(datum_kennisgeving="2022-02-01", **left("2022-03-01")),
        someone(datum_huisvesting="2022-12-31"),
        someone(datum_kennisgeving="2022-05-01", wet="WI2013"),
        personen=[(3,)],
        at={"2022-12-30": {"personen": [(2,)]}, "2022-01-31": {"personen": [(0,)]}},
    ),
    selected(4, "areas", FOUR),
    selected(2, "areas", FOUR, stadsdelen=("Schalkwijk",)),
    selected(1, "areas", FOUR, wijkteams=("Meerwijk",)),
    selected(2, "areas", FOUR, stadsdelen=("Onbekend",)),
    selected(3, "areas", FOUR, wijkteams=("Onbekend", "Meerwijk")),
    selected(4, "areas", FOUR, stadsdelen=("Onbekend", "Schalkwijk")),
    selected(0, "areas", FOUR, stadsdelen=("Centrum",), wijkteams=("Meerwijk",)),
    selected(3, "doelgroep", FOUR, doelgroepen=("Asielstatushouder",)),
    selected(0, "law", FOUR, wetten=("WI2013",)),
    selected(2, "cohort, by the year of the kennisgeving", DATED, cohorten=(2022,)),
    selected(3, "cohort, by the year of the kennisgeving", DATED, cohorten=(2021, 2022)),
    selected(2, "housing, from the day itself", DATED, huisvesting_van="2022-03-01"),
    selected(1, "housing, to before the day", DATED, huisvesting_van="2022-03-01", huisvesting_tot="2022-06-01"),
    selected(0, "housing, to before the day", DATED, huisvesting_tot="2022-03-01"),
    selected(1, "housing as registered, on an earlier peildatum", DATED, at="2021-12-31", huisvesting_van="2022-03-01"),
]
