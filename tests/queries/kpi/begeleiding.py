"""Cases of maatschappelijke begeleiding: coverage, duration and the norm of each regime."""

from tests.queries.given import GEZIN, handover, left, period, someone
from tests.queries.kpi.case import case, each

CONTRACT_2022 = "12 maanden (contract 2022)"
MONTH = 30.4375


def housed(day, *registered, **columns):
    return someone(*registered, datum_huisvesting=day, **columns)


def began(start, end=None, reason="Afgerond", **columns):
    """Somebody with a norm of 365 days."""
    return housed("2021-01-01", period(start, end, reason), **columns)


CASES = [
    *each(
        "coverage: Asielstatushouders under WI2021, thirty days housed and not gone before", "begeleiding_dekking",
        ((0, 1), housed("2022-12-01")),  # the thirtieth day is the peildatum
        ((0, 0), housed("2022-12-02")),
        ((0, 0), someone(datum_kennisgeving="2022-01-05")),
        ((0, 0), housed("2022-06-01", wet="WI2013")),
        ((0, 0), housed("2022-06-01", doelgroep=GEZIN)),
        ((0, 1), housed("2022-06-01", verblijfsrecht="regulier")),
        ((0, 0), housed("2022-06-01", **left("2022-06-30"))),
        ((0, 1), housed("2022-06-01", **left("2022-07-01"))),
        ((0, 1), housed("2022-06-01", **left("2022-06-02", "Volledige ontheffing"))),  # stayed in Haarlem
        ((0, 1), housed("2022-06-01", **left("2022-06-02", "Overig"))),
    ),
    case(
        "coverage: any period that began by the peildatum",
        housed("2022-06-01", period("2022-12-31"), period("2022-06-02", "2022-06-03", "Overig")),
        housed("2022-06-01", period("2022-12-31")),
        housed("2022-06-01"),
        begeleiding_dekking=(2, 3, 2 / 3),
        at={"2022-12-30": {"begeleiding_dekking": (1, 3, 1 / 3)}},
    ),
    case(
        "coverage of entrants: a first period by the thirtieth day",
        housed("2022-03-02", period("2022-04-01"), period("2022-08-01")),
        housed("2022-03-02", period("2022-04-02")),
        housed("2022-03-02"),
        begeleiding_dekking=(2, 3),
        kpi_instroom={"begeleiding_dekking": [("2022-04-01", 1, 3)]},
        kpi_kwartaal={"begeleiding_dekking": [("2022-04-01", 2, 3)]},
    ),
    *each(
        "median: null while the curve stays above one half", "begeleiding_mediaan",
        ((0, 1, None), began("2022-01-01")),
        ((1, 1, 59 / MONTH), began("2022-01-01", "2022-03-01")),
        ((0, 1, None), began("2022-01-01", "2022-03-01", "Verhuisd")),  # a move censors and is no end
        ((0, 0, None), housed("2019-12-31", period("2020-01-01", "2020-01-11"))),
    ),
    case(
        "median: both regimes of twelve months together",
        housed("2020-01-01", period("2020-01-01", "2020-04-10")),  # 100 days
        housed("2022-01-01", period("2022-01-01", "2022-07-20")),  # 200 days
        begeleiding_mediaan=(2, 2, 100 / MONTH),
    ),
    *each(
        "over the norm: judged from 31 days after it", "begeleiding_over_norm",
        ((1, 1), began("2021-11-30")),  # start + 365 + 31 is the peildatum
        ((0, 0), began("2021-12-01")),
        ((0, 1), began("2021-06-01", "2021-08-01")),
        ((0, 1), began("2021-06-01", "2022-07-01")),  # 395 days: within the norm and its 30 days
        ((1, 1), began("2021-06-01", "2022-07-02")),
        ((0, 1), began("2021-11-30", "2022-12-30")),
        ((1, 1), began("2021-11-30", "2022-12-31")),
        # who left before it could be judged
        ((0, 0), began("2021-06-01", **left("2022-07-01"))),
        ((1, 1), began("2021-06-01", **left("2022-07-02"))),
        ((0, 0), began("2021-06-01", **left("2022-06-01", "Overlijden"))),
        ((1, 1), began("2021-06-01", **left("2022-06-01", "Overig"))),
        ((1, 1), began("2021-06-01", "2022-11-01", **left("2022-06-01", "Overlijden"))),  # an end is an end
    ),
    case(
        "over the norm: its quarter is that of the first day after the grace",
        began("2021-08-30"),  # 30 September
        began("2021-08-31"),  # 1 October
        kpi_kwartaal={"begeleiding_over_norm": [("2022-07-01", 1, 1), ("2022-10-01", 1, 1)]},
    ),
    *each(
        "over the norm: that of the old regime is 730 days", "begeleiding_over_norm",
        ((1, 1), housed("2019-12-31", period("2020-01-01", "2022-02-01"))),  # 762 days
        ((0, 1), housed("2019-12-31", period("2020-01-01", "2022-01-30"))),
    ),
    *each(
        "early: finished more than thirty days under the norm", "begeleiding_vroeg_afgerond",
        ((1, 1), began("2021-03-07", "2022-02-04")),  # 334 days
        ((0, 1), began("2021-03-07", "2022-02-05")),
        ((0, 0), began("2021-03-07", "2021-06-01", "Op eigen verzoek")),
        ((1, 1), began("2022-02-01", "2022-12-31")),
        ((0, 0), began("2022-02-01")),
        ((0, 0), housed("2019-12-31", period("2020-01-01", "2021-02-01"))),
    ),
    # regime and norm
    *(
        case(
            f"regime: housed on {day}, began on {start}",
            housed(day, period(start)),
            begeleiding_duur=[{"regime": regime, "norm_dagen": norm, "periodes": 1, "lopend": 1} | over],
        )
        for day, start, regime, norm, over in [
            ("2019-12-31", "2022-05-01", "24 maanden", 730, {}),
            ("2020-01-01", "2022-05-01", "12 maanden", 365, {}),
            ("2021-12-31", "2022-05-01", "12 maanden", 365, {}),
            ("2022-01-01", "2022-05-01", CONTRACT_2022, 365, {}),
            (None, "2019-12-31", "24 maanden", 730, {"over_norm_teller": 1, "over_norm_noemer": 1}),
            (None, "2022-01-01", CONTRACT_2022, 365, {}),
        ]
    ),
    case(
        "regime: by housing as registered, also when that lies after the peildatum",
        housed("2022-06-01", period("2021-12-01"), datum_kennisgeving="2021-11-01"),
        at={"2022-03-01": {"evaluatie_regimes": [(CONTRACT_2022, 1, 1, None, None, None)]}},
    ),
    case(
        "regimes of the evaluation: distinct persons, and when they were housed",
        housed("2020-06-01", period("2020-07-01", "2020-07-11"), period("2020-09-01", "2020-09-21")),
        housed("2021-06-01", period("2021-07-01")),
        evaluatie_regimes=[("12 maanden", 2, 3, 20 / MONTH, "2020-06-01", "2021-06-01")],
    ),
    # duration, curve and stock
    case(
        "duration: quartiles, and who is over the norm",
        began("2021-01-01", "2021-01-11"),
        began("2021-01-01", "2021-01-21"),
        began("2021-01-01", "2021-01-31", "Verhuisd"),  # censored at 30 days
        began("2021-01-01", "2022-03-07"),  # 430 days
        begeleiding_duur=[("12 maanden", 365, 4, 4, 0, 10 / MONTH, 20 / MONTH, 430 / MONTH, 1, 4)],
    ),
    case(
        "an end on the peildatum has ended, a later one has not",
        housed("2022-01-01", period("2022-01-01", "2022-06-30")),
        housed("2022-01-01", period("2022-01-01", "2022-07-01")),
        begeleiding_duur=[(CONTRACT_2022, 365, 2, 2, 0)],
        at={"2022-06-30": {"begeleiding_duur": [(CONTRACT_2022, 365, 2, 1, 1)], "begeleiding_vroeg_afgerond": (1, 1)}},
    ),
    case(
        "curve: events before censorings; who left is followed to that day, who stayed to the peildatum, from day zero",
        housed("2022-01-01", period("2022-01-22"), **left("2022-02-01")),
        housed("2022-01-01", period("2022-01-01", "2022-01-11")),
        housed("2022-01-01", period("2022-03-01"), **left("2022-02-01", "Overlijden")),
        housed("2022-01-01", period("2022-12-01"), **left("2022-02-01", "Volledige vrijstelling")),
        housed("2022-01-01", period("2022-01-01", "2022-01-06", "Verhuisd")),
        begeleiding_overleving=[
            (CONTRACT_2022, 0, 5, 0, 1, 1.0),
            (CONTRACT_2022, 5, 4, 0, 1, 1.0),
            (CONTRACT_2022, 10, 3, 1, 1, 2 / 3),
            (CONTRACT_2022, 30, 1, 0, 1, 2 / 3),
        ],
    ),
    case(
        "stock: every month to that of the peildatum, with its first and last day; what ends later runs",
        housed("2022-01-01", period("2022-01-31", "2022-03-01")),
        housed("2022-01-01", period("2022-03-01", "2022-04-30")),
        peildatum="2022-05-10",
        begeleiding_voorraad=[
            ("2022-01-01", 1, 0, 1), ("2022-02-01", 0, 0, 1), ("2022-03-01", 1, 1, 1), ("2022-04-01", 0, 1, 0),
            ("2022-05-01", 0, 0, 0),
        ],
        at={"2022-02-15": {"begeleiding_voorraad": [("2022-01-01", 1, 0, 1), ("2022-02-01", 0, 0, 1)]}},
    ),
    case(
        "nobody: no month and no curve, an empty noemer is null and a count 0",
        begeleiding_voorraad=[], begeleiding_overleving=[], ontzorging_voorraad=[],
        pip_tijdig=(0, 0, None), begeleiding_mediaan=(0, 0, None), pip_zonder=(0, 0, 0),
    ),
    case(
        "area: the handover at the team that receives, all else where somebody lives",
        someone(period("2021-06-01", "2022-07-01"), handover("Gepland", wijkteam="Oost"), wijkcode="WK039221"),
        kpi_per_gebied={
            "overdracht_open": [("stadsdeel", "Schalkwijk", 1, 1), ("wijkteam", "Oost", 1, 1)],
            "begeleiding_mediaan": [("stadsdeel", "Schalkwijk", 1, 1), ("wijkteam", "Meerwijk", 1, 1)],
        },
    ),
]  # fmt: skip
