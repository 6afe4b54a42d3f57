"""Cases of the requests at the wijkteams, and of what an evaluation can be based on."""

from tests.queries.given import GEZIN, period, requests, someone
from tests.queries.kpi.case import case

TRAJECT = "Begeleidingstraject"
THREE_TEAMS = requests({}, {"wijkteam": "Meerwijk"}, {"wijkteam": "Boerhaavewijk"})


def number(rule, expected, **selection):
    found = {} if not expected else {"melding_verwijzer": [("2022-01-01", "Niet geregistreerd", expected)]}
    return case(
        f"requests, {rule}: {selection}", melding=THREE_TEAMS, selection=selection,
        **found or {"melding_verwijzer": [], "melding_traject": []},
    )  # fmt: skip


def conditions(**given):
    """The rows of evaluatie_meetbaarheid: met, value and threshold of each condition."""
    found = {
        "statushouder_geregistreerd": (False, 0.0, 0.95),
        "regime_geregistreerd": (False, None, 0.95),
        "verwijzer_bekend": (False, None, 0.80),
        "groep_24_maanden": (False, 0, 30),
        "groep_12_maanden": (False, 0, 30),
        "aantoonbaar_verschil": (False, None, 0.10),
    } | given
    return [(condition, *values) for condition, values in found.items()]


def periods(old, new, again=0):
    """People with a period in the regime of 24 months and in that of 12; the first `again` have two."""
    people = []
    for n in range(old + new):
        registered = [period("2021-07-01")] + [period("2022-07-01")] * (n < again)
        people.append(someone(*registered, datum_huisvesting="2019-06-01" if n < old else "2021-06-01"))
    return people


CASES = [
    case(
        "requests per month, and per quarter of who referred",
        melding=requests(
            {"verwijzer": "Huisarts"}, {}, {"datum_melding": "2022-03-31"},
            {"datum_melding": "2022-04-01", "soort": TRAJECT},
        ),
        melding_per_maand=[
            ("2022-03-01", "Centrum", "Wonen", "Hulpvraag", 3), ("2022-04-01", "Centrum", "Wonen", TRAJECT, 1)
        ],
        melding_verwijzer=[
            ("2022-01-01", "Huisarts", 1), ("2022-01-01", "Niet geregistreerd", 2),
            ("2022-04-01", "Niet geregistreerd", 1),
        ],
        at={"2022-03-15": {
            "melding_verwijzer": [("2022-01-01", "Huisarts", 1), ("2022-01-01", "Niet geregistreerd", 1)],
            "melding_per_maand": [("2022-03-01", "Centrum", "Wonen", "Hulpvraag", 2)],
        }},
    ),
    number("no filter on persons", 3, doelgroepen=(GEZIN,), wetten=("WI2013",), cohorten=(2022,)),
    number("by stadsdeel through the reference", 2, stadsdelen=("Schalkwijk",)),
    number("by both", 1, stadsdelen=("Schalkwijk",), wijkteams=("Meerwijk",)),
    number("by both", 0, stadsdelen=("Noord",), wijkteams=("Meerwijk",)),
    number("by wijkteam", 0, wijkteams=("Onbekend",)),
    case(
        "trajectories: a part of all requests of the quarter",
        melding=requests(
            {"datum_melding": "2022-01-01", "soort": TRAJECT},
            {"datum_melding": "2022-03-31"},
            {"datum_melding": "2022-03-31", "verwijzer": "School"},
            {"datum_melding": "2022-04-01"},
        ),
        melding_traject=[("2022-01-01", 1, 3, 1 / 3), ("2022-04-01", 0, 1, 0.0)],
        at={"2022-03-30": {"melding_traject": [("2022-01-01", 1, 1, 1.0)]}},
    ),
    case(
        "zelforganisaties: a part of the known referrers; a quarter without any has no row",
        melding=requests(
            {"datum_melding": "2022-01-10", "verwijzer": "Zelforganisatie"},
            {"datum_melding": "2022-02-10", "verwijzer": "Huisarts"},
            {"datum_melding": "2022-02-11"},
            {"datum_melding": "2022-04-01"},
            {"datum_melding": "2022-07-01", "verwijzer": "Eigen initiatief"},
        ),
        melding_zelforganisatie=[("2022-01-01", 1, 2, 0.5), ("2022-07-01", 0, 1, 0.0)],
        at={"2022-02-09": {"melding_zelforganisatie": [("2022-01-01", 1, 1, 1.0)]}},
    ),
    case(
        "what can be measured: without the column nobody is known as statushouder",
        melding=requests(*[{"verwijzer": "Huisarts"}] * 4, {}),
        evaluatie_meetbaarheid=conditions(verwijzer_bekend=(True, 0.8, 0.80)),
    ),
    case(
        "what can be measured: with the columns, of the requests that hold them",
        melding=requests(
            {"statushouder": None},
            {"statushouder": False},
            {"statushouder": True, "begeleidingsregime": "24 maanden"},
            *[{"statushouder": True}] * 17,
        ),
        evaluatie_meetbaarheid=conditions(
            statushouder_geregistreerd=(True, 0.95, 0.95),
            regime_geregistreerd=(False, 1 / 18, 0.95),
            verwijzer_bekend=(False, 0.0, 0.80),
        ),
    ),
    case(
        "what can be measured: both groups count persons once",
        *periods(30, 29, again=59),
        evaluatie_meetbaarheid=conditions(
            groep_24_maanden=(True, 30, 30),
            groep_12_maanden=(False, 29, 30),
            aantoonbaar_verschil=(False, 2.801585 * (0.25 * (1 / 30 + 1 / 29)) ** 0.5, 0.10),
        ),
    ),
    case(
        "what can be measured: a group of nobody shows no difference",
        *periods(1, 30),
        selection={"huisvesting_van": "2020-01-01"},
        evaluatie_meetbaarheid=conditions(groep_12_maanden=(True, 30, 30)),
    ),
]  # fmt: skip
