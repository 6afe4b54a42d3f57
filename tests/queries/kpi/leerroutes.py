"""Cases of the leerroutes: of the latest PIP, by the quarter of the first."""

from tests.queries.given import ASIEL, intake, left, pip, someone
from tests.queries.kpi.case import case

NOTICE = {"datum_kennisgeving": "2022-02-01"}

CASES = [
    case(
        "the leerroute is that of the latest PIP, the quarter that of the first",
        someone(pip("2022-03-31", leerroute="B"), pip("2022-12-31", leerroute="Z"), **NOTICE),
        someone(pip("2022-03-01", leerroute="O"), **NOTICE),
        someone(**NOTICE),
        someone(pip("2022-03-01", leerroute="O"), **NOTICE, wet="WI2013"),
        someone(pip("2022-03-01", leerroute="O"), **NOTICE, **left("2022-06-01", "Overig")),
        leerroute_b=(0, 2, 0.0), leerroute_o=(1, 2, 0.5), leerroute_z=(1, 2, 0.5),
        kpi_kwartaal={"leerroute_z": [("2022-01-01", 1, 2)]},
        at={"2022-12-30": {"leerroute_b": (1, 2), "leerroute_o": (1, 2), "leerroute_z": (0, 2)}},
    ),
    case(
        "distribution: who is active, with those without a PIP, and Onbekend last",
        someone(pip("2022-03-01", leerroute="O"), **NOTICE, wijkcode="WK039221"),
        someone(**NOTICE, wijkcode=None),
        someone(**NOTICE, wijkcode="WK039299"),
        someone(pip("2022-03-01"), **NOTICE, **left("2022-06-01", "Overig")),
        leerroute_verdeling=[("Schalkwijk", ASIEL, "O", 1), ("Onbekend", ASIEL, "Nog geen PIP", 2)],
    ),
    case(
        "switches: an empty niveau is that of the route",
        someone(pip("2022-03-01"), **NOTICE),
        someone(pip("2022-03-01"), pip("2022-06-01", niveau="A2"), **NOTICE),
        someone(pip("2022-03-01", leerroute="O"), pip("2022-06-01", leerroute="Z"), **NOTICE),
        someone(pip("2022-03-01", niveau="B1"), **NOTICE),
        someone(**NOTICE),
        someone(pip("2022-03-01", leerroute="O"), **NOTICE, wet="WI2013"),
        leerroute_wissel=[("B", "B", "A2", 1), ("B", "B", "B1", 2), ("O", "Z", "A2", 1)],
        at={"2022-05-31": {"leerroute_wissel": [("B", "B", "B1", 3), ("O", "O", "B1", 1)]}},
    ),
    case(
        "advice: not taken without a result, or without an intake by the peildatum",
        someone(pip("2022-03-01"), intake("2022-02-10", "B1-route haalbaar"), **NOTICE),
        someone(pip("2022-03-01"), intake("2022-02-10"), **NOTICE),
        someone(pip("2022-03-01"), **NOTICE),
        someone(pip("2022-03-01", leerroute="Z"), intake("2022-06-01", "B1-route niet haalbaar"), **NOTICE),
        someone(**NOTICE),
        someone(pip("2022-03-01"), **NOTICE, wet="WI2013"),
        leerroute_advies=[
            ("B1-route haalbaar", "B", 1), ("B1-route niet haalbaar", "Z", 1), ("Niet afgenomen", "B", 2)
        ],
        at={"2022-05-31": {"leerroute_advies": [
            ("B1-route haalbaar", "B", 1), ("Niet afgenomen", "B", 2), ("Niet afgenomen", "Z", 1)
        ]}},
    ),
]  # fmt: skip
