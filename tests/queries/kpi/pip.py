"""Cases of the brede intake and the PIP: ten weeks from kennisgeving and registration (here 70 days from 1 March)."""

import calendar
from datetime import date

from tests.queries.given import ASIEL, GEZIN, intake, left, pip, someone
from tests.queries.kpi.case import case, each

TERM = {"datum_kennisgeving": "2022-02-01", "datum_inschrijving_brp": "2022-03-01"}  # to 10 May
NOTICE = {"datum_kennisgeving": "2022-02-01"}

MONTH_ENDS = [str(date(2022, month, calendar.monthrange(2022, month)[1])) for month in range(1, 13)]


def known(*pips, **columns):
    return someone(*pips, **TERM | columns)


def status(text, who):
    return [(ASIEL, text, 1)], who


CASES = [
    case(
        "intake: of WI2021 with a kennisgeving, those that began by the peildatum",
        someone(intake("2022-12-31"), datum_kennisgeving="2022-12-31"),
        someone(**NOTICE),
        someone(**NOTICE, wet="WI2013"),
        someone(intake("2022-03-01"), datum_huisvesting="2022-02-01"),
        intake_gestart=(1, 2, 0.5),
        at={"2022-12-30": {"intake_gestart": (0, 1, 0.0)}},
    ),
    case(
        "intake beside the national figure of the same cohort, doelgroep and day; of nobody there is no share",
        someone(intake("2022-12-31"), datum_kennisgeving="2022-01-01"),
        someone(intake("2023-01-01"), datum_kennisgeving="2022-12-31"),
        someone(intake("2022-01-01"), datum_kennisgeving="2021-12-31"),
        someone(datum_kennisgeving="2022-05-01", doelgroep=GEZIN, wet="WI2013"),
        peildatum="2023-01-31",
        intake_landelijk=[],
        at={
            "2022-12-31": {
                "intake_landelijk": [
                    (ASIEL, 2022, "2022-12-31", 1, 2, 0.5, 0.0945312, 0.9054688, 6700, 19000, 0.35),
                    (GEZIN, 2022, "2022-12-31", 0, 0, None, None, None, 4100, 7400, 0.55),
                ]
            },
            "2022-12-30": {"intake_landelijk": []},
            "2023-01-01": {"intake_landelijk": []},
        },
    ),
    case(
        "no PIP yet beside the national figure: of the cohort, housed or not and leavers too; any PIP counts",
        known(pip("2022-12-31")),
        someone(pip("2022-06-01", gemeentecode="0363"), **NOTICE),
        someone(pip("2023-01-01"), datum_kennisgeving="2022-12-31"),
        someone(**NOTICE, **left("2022-03-01", "Overig")),
        someone(datum_huisvesting="2022-02-01"),
        someone(**NOTICE, wet="WI2013"),
        someone(**NOTICE, doelgroep=GEZIN),
        someone(datum_kennisgeving="2021-12-31"),
        peildatum="2023-01-31",
        zonder_pip=[],
        at={
            "2022-12-31": {
                "zonder_pip": [
                    (ASIEL, 2022, "2022-12-31", 2, 4, 0.5, 0.1500389, 0.8499611, None, 19000, "ondergrens", 0.7)
                ]
            }
        },
    ),
    *(
        case(
            f"intake of entrants: notice on {notice}, intake on {start}",
            someone(intake(start), datum_kennisgeving=notice),
            intake_gestart=(1, 1),
            kpi_instroom={"intake_gestart": found},
        )
        for notice, start, found in [
            ("2022-01-10", "2022-04-10", [("2022-01-01", 1, 1)]),  # on the ninetieth day
            ("2022-01-10", "2022-04-11", [("2022-01-01", 0, 1)]),
            ("2022-10-02", "2022-10-03", [("2022-10-01", 1, 1)]),  # ninety days are over on the peildatum
            ("2022-10-03", "2022-10-04", []),
        ]
    ),
    *each(
        "status: the first that holds", "pip_status",
        status("Vorige gemeente", known(pip("2022-05-11", gemeentecode="0363"), pip("2022-06-01"))),
        status("Vorige gemeente", someone(pip("2022-05-11", gemeentecode="0363"), **NOTICE)),
        status("Termijn onbekend", someone(pip("2022-05-01"), **NOTICE)),
        status("Op tijd", known(pip("2022-05-10"))),  # the seventieth day
        status("Op tijd", known(pip("2022-01-15"))),  # before registration
        status("Op tijd", known(pip("2022-05-01"), pip("2022-06-01", gemeentecode="0363"))),
        status("Met uitstel", known(pip("2022-05-11", uitstel_derden=True))),
        status("PIP te laat", known(pip("2022-05-11"))),
        status("Uitgestroomd zonder PIP", known(**left("2022-05-10", "Overig"))),
        status("Uitgestroomd zonder PIP", someone(**NOTICE, **left("2022-12-31", "Overig"))),
        status("Termijn niet gestart", someone(**NOTICE)),
        status("Termijn verstreken zonder PIP", known()),
        status("Termijn verstreken zonder PIP", known(**left("2022-05-11", "Overig"))),
        status("Termijn verstreken zonder PIP", known(datum_kennisgeving="2022-10-21")),
        status("Binnen termijn", known(datum_kennisgeving="2022-10-22")),  # its last day is the peildatum
    ),
    case(
        "status: by what was known on an earlier peildatum",
        known(pip("2022-05-11"), **left("2022-06-01", "Overig")),
        at={day: {"pip_status": [(ASIEL, text, 1)] if text else []} for day, text in [
            ("2022-01-31", None), ("2022-02-28", "Termijn niet gestart"), ("2022-05-10", "Binnen termijn"),
            ("2022-05-11", "PIP te laat"), ("2022-12-31", "PIP te laat"),
        ]},
    ),
    case(
        "status: of WI2021 in beeld only, per doelgroep",
        someone(datum_huisvesting="2022-12-31"),
        someone(),
        someone(datum_huisvesting="2022-02-01", wet="WI2013"),
        someone(datum_inschrijving_brp="2022-02-01", doelgroep=GEZIN, verblijfsrecht="regulier"),
        pip_status=[(ASIEL, "Termijn niet gestart", 1), (GEZIN, "Termijn niet gestart", 1)],
    ),
    case(
        "status per wijkteam of residence, in the order of the city; the longest wait is of who is over the term",
        known(wijkcode="WK039221"),
        known(wijkcode="WK039221", datum_kennisgeving="2022-10-21"),
        known(wijkcode="WK039221", datum_kennisgeving="2022-10-22"),
        someone(**NOTICE, wijkcode="WK039221"),
        known(wijkcode=None, **left("2022-05-11", "Overig")),
        known(pip("2022-05-10"), wijkcode="WK039201"),
        known(pip("2022-05-11"), wijkcode="WK039201"),
        known(wijkcode="WK039201", wet="WI2013"),
        pip_per_wijkteam=[
            ("Centrum", 0, None, 0, 0, 1, 1, 2), ("Meerwijk", 2, 235, 1, 1, 0, 0, 4),
            ("Onbekend", 0, None, 0, 0, 0, 0, 1),
        ],
    ),
    *each(
        "on time: of those whose ten weeks are over", "pip_tijdig",
        ((1, 1), known(pip("2022-05-10"))),
        ((0, 1), known(pip("2022-05-11"))),
        ((0, 1), known()),
        ((0, 0), known(pip("2022-05-11", uitstel_derden=True))),
        ((0, 0), known(pip("2022-04-01", gemeentecode="0363"))),
        # on time already, but the ten weeks are not over: it waits for the others of its cohort
        ((0, 0), known(pip("2022-11-01"), datum_kennisgeving="2022-10-22")),
        ((1, 1), known(pip("2022-11-01"), datum_kennisgeving="2022-10-21")),
        ((0, 0), known(**left("2022-05-10", "Overig"))),
    ),
    case(
        "quarter: that of the day after the ten weeks; what is settled then counts as it is",
        known(pip("2022-05-01"), datum_kennisgeving="2022-04-21"),  # ten weeks to 30 June
        kpi_kwartaal={"pip_tijdig": [("2022-07-01", 1, 1)], "leerroute_b": [("2022-04-01", 1, 1)], "pip_zonder": []},
        kpi_instroom={"pip_tijdig": [("2022-07-01", 1, 1)], "leerroute_b": [("2022-04-01", 1, 1)]},
    ),
    case(
        "without a PIP: active under WI2021",
        someone(**NOTICE),
        someone(pip("2022-12-31"), **NOTICE),
        someone(**NOTICE, **left("2022-12-31", "Overig")),
        someone(),  # not in beeld
        someone(**NOTICE, wet="WI2013"),
        pip_zonder=(1, 2, 1),
        at={"2022-12-30": {"pip_zonder": (3, 3, 3)}},
    ),
    case(
        "trend: the month ends of the year before the peildatum, and then that",
        someone(datum_kennisgeving="2021-12-01"),
        at={day: {"kpi_trend": {"pip_zonder": [(stand, 1, 1) for stand in stands]}} for day, stands in [
            ("2022-12-31", MONTH_ENDS), ("2022-03-31", MONTH_ENDS[:3]), ("2022-03-01", [*MONTH_ENDS[:2], "2022-03-01"]),
            ("2022-01-31", ["2022-01-31"]), ("2022-01-01", ["2022-01-01"]),
        ]},
    ),
    *each(
        "without a PIP too long: the ten weeks are over", "pip_over_termijn",
        ((1, 1, 1), known(datum_kennisgeving="2022-10-21")),  # over on 30 December
        ((0, 1, 0), known(datum_kennisgeving="2022-10-22")),
        ((0, 1, 0), someone(**NOTICE)),  # the term has not begun
        ((0, 0, 0), known(**left("2022-12-31"))),
        ((0, 0, 0), known(pip("2022-12-31"))),
    ),
    case(
        "median: a PIP before the term is day zero, uitstroom censors, an unknown term is left out",
        known(pip("2022-02-01")),
        known(pip("2022-03-21")),
        known(),
        known(**left("2022-03-11", "Overig")),
        someone(pip("2022-03-21"), **NOTICE),
        known(pip("2022-03-21", gemeentecode="0363")),
        # day 0: 1 of 4; day 10: one leaves; day 20: 1 of 2 -> 0.75 x 0.5 = 0.375
        pip_mediaan_dagen=(2, 4, 20),
        pip_overleving=[
            (ASIEL, 0, 4, 1, 0, 0.75), (ASIEL, 10, 3, 0, 1, 0.75), (ASIEL, 20, 2, 1, 0, 0.375),
            (ASIEL, 305, 1, 0, 1, 0.375),
        ],
    ),
]  # fmt: skip
