"""Cases of ontzorging: due to who has asylum and a first uitkering, for six months."""

from tests.queries.given import benefit, left, relief, someone
from tests.queries.kpi.case import case, each


def entitled(*registered, since="2022-06-01", until=None, **columns):
    """Somebody of the target group: with a right from `since`."""
    return someone(benefit(since, until), *registered, **{"datum_huisvesting": "2022-01-05"} | columns)


CASES = [
    *each(
        "coverage: who has asylum, WI2021 and thirty days of uitkering", "ontzorging_dekking",
        ((0, 1), entitled(since="2022-12-01")),  # the thirtieth day is the peildatum
        ((0, 0), entitled(since="2022-12-02")),
        ((0, 0), entitled(verblijfsrecht="regulier")),  # a nareiziger with a regular permit
        ((0, 0), entitled(wet="WI2013")),
        ((0, 0), entitled(datum_huisvesting=None)),  # not in beeld
        ((0, 0), someone(datum_huisvesting="2022-01-05")),
        # the first right counts
        ((0, 1), entitled(benefit("2022-12-02", "2022-12-20"), since="2022-12-01")),
        ((1, 1), entitled(relief("2022-12-31"))),
        ((0, 1), entitled(relief())),
    ),
    *(
        case(
            f"coverage of entrants: began on {start}; a talk has no day",
            entitled(relief(start, gesprekken_budgetcoach=1), since="2022-04-01"),
            ontzorging_dekking=(1, 1),
            ontzorging_gesprek=(1, 1),
            kpi_instroom={"ontzorging_dekking": [("2022-04-01", teller, 1)], "ontzorging_gesprek": []},
        )
        for start, teller in [("2022-05-01", 1), ("2022-05-02", 0)]  # the thirtieth day, and one later
    ),
    case(
        "without: active, and the first right still runs",
        entitled(),
        entitled(relief("2022-12-31")),
        entitled(benefit("2022-09-01"), until="2022-08-01"),  # a later right does not bring the first back
        entitled(**left("2022-10-01")),
        ontzorging_zonder=(1, 2, 1),
        at={"2022-12-30": {"ontzorging_zonder": (2, 2, 2)}, "2022-07-31": {"ontzorging_zonder": (4, 4, 4)}},
    ),
    *each(
        "without too long: thirty days of uitkering", "ontzorging_lang_zonder",
        ((1, 1, 1), entitled(since="2022-12-01")),
        ((0, 1, 0), entitled(since="2022-12-02")),
        ((0, 1, 0), entitled(since="2022-12-31")),  # a right from the peildatum on
        ((0, 0, 0), entitled(relief("2022-12-31"))),
        ((0, 0, 0), entitled(until="2022-12-31")),
    ),
    *each(
        "six months: of whose right ran six months, once they could be over", "ontzorging_volledig",
        ((1, 1), entitled(relief("2022-06-01", "2022-11-30"))),  # exactly six months
        ((0, 1), entitled(relief("2022-06-01", "2022-11-29"))),
        ((1, 1), entitled(relief("2022-06-01"))),
        ((0, 1), entitled()),
        ((0, 1), entitled(relief())),
        ((0, 0), entitled(relief("2022-06-01", "2022-11-29"), until="2022-11-29")),  # the right ran shorter
        ((0, 1), entitled(relief("2022-06-01", "2022-11-29"), until="2022-11-30")),
        ((0, 0), entitled(until="2022-11-29")),
        ((0, 1), entitled(until="2022-11-30")),
        # a late start moves the day on which it is judged: to 31 December, to 1 January
        ((1, 1), entitled(relief("2022-07-01"))),
        ((0, 0), entitled(relief("2022-07-02"))),
        # gone before the six months were over
        ((0, 0), entitled(**left("2022-11-29"))),
        ((0, 1), entitled(**left("2022-11-30"))),
        ((0, 1), entitled(**left("2022-11-29", "Overig"))),
    ),
    case(
        "six months: an early start does not bring the judgement forward",
        entitled(relief("2022-05-01")),
        at={"2022-11-29": {"ontzorging_volledig": (0, 0)}, "2022-11-30": {"ontzorging_volledig": (1, 1)}},
    ),
    *(
        case(
            f"six months from 31 August end on 27 February: ended on {end}",
            entitled(relief("2022-08-31", end), since="2022-08-31"),
            peildatum="2023-02-27", ontzorging_status=[("Centrum", status, 1)], ontzorging_volledig=(full, 1),
            at={"2023-02-26": {"ontzorging_volledig": (0, 0)}},
        )
        for end, status, full in [("2023-02-27", "Voltooid", 1), ("2023-02-26", "Voortijdig beëindigd", 0)]
    ),
    case(
        "median: before the right is day zero; the end of the right and leaving censor",
        entitled(relief("2022-06-11")),
        entitled(relief("2022-05-20")),
        entitled(until="2022-06-06"),
        entitled(**left("2022-06-08", "Overlijden")),
        # day 0: 1 of 4 -> 0.75; days 5 and 7: censored; day 10: 1 of 1 -> 0
        ontzorging_mediaan_dagen=(2, 4, 10),
    ),
    case(
        "talk: of those who started",
        entitled(relief("2022-06-11", gesprekken_budgetcoach=1)),
        entitled(relief("2022-06-11")),
        entitled(relief(gesprekken_budgetcoach=4)),
        ontzorging_gesprek=(1, 2, 0.5),
    ),
    case(
        "status: by the dates, whatever the reason says",
        entitled(relief("2022-02-01", "2022-07-31", reden_einde="Op eigen verzoek"), since="2022-01-10"),
        entitled(relief("2022-02-01", "2022-07-30"), since="2022-01-10"),
        entitled(relief("2022-02-01"), since="2022-01-10"),
        entitled(relief(), since="2022-01-10"),
        entitled(since="2022-01-10"),
        ontzorging_status=[
            ("Centrum", "Voltooid", 1), ("Centrum", "Lopend", 1), ("Centrum", "Voortijdig beëindigd", 1),
            ("Centrum", "Niet gestart", 1), ("Centrum", "Geen registratie", 1),
        ],
        at={
            "2022-07-30": {"ontzorging_status": [
                ("Centrum", "Lopend", 2), ("Centrum", "Voortijdig beëindigd", 1),
                ("Centrum", "Niet gestart", 1), ("Centrum", "Geen registratie", 1),
            ]},
            "2022-01-31": {"ontzorging_status": [("Centrum", "Niet gestart", 4), ("Centrum", "Geen registratie", 1)]},
        },
    ),
    case(
        "reasons: no row and no reason are Onbekend",
        entitled(relief()),
        entitled(relief("2022-07-01", "2022-08-01", reden_einde="Verhuisd")),
        entitled(relief("2022-12-31")),
        entitled(),
        ontzorging_redenen=[
            ("Niet gestart", "Wachtlijst", 1), ("Niet gestart", "Onbekend", 1), ("Voortijdig beëindigd", "Verhuisd", 1)
        ],
        # on the day before, the third had not started and nothing says why
        at={"2022-12-30": {"ontzorging_redenen": [
            ("Niet gestart", "Wachtlijst", 1), ("Niet gestart", "Onbekend", 2), ("Voortijdig beëindigd", "Verhuisd", 1)
        ]}},
    ),
    case(
        "fixed costs: of those who started",
        entitled(relief("2022-07-01", energie=False)),
        entitled(relief("2022-07-01", energie=False, zorgpremie=False)),
        entitled(relief()),
        ontzorging_lasten=[("huur", 2, 2), ("energie", 0, 2), ("zorgpremie", 1, 2)],
    ),
    case("fixed costs: of nobody", ontzorging_lasten=[("huur", 0, 0), ("energie", 0, 0), ("zorgpremie", 0, 0)]),
    case(
        "stock: of the target group",
        entitled(relief("2022-02-28", "2022-04-01"), since="2022-01-10"),
        entitled(relief(), since="2022-01-10"),
        entitled(relief("2022-01-15"), since="2022-01-10", verblijfsrecht="regulier"),
        peildatum="2022-04-30",
        ontzorging_voorraad=[("2022-02-01", 1, 0, 1), ("2022-03-01", 0, 0, 1), ("2022-04-01", 0, 1, 0)],
    ),
]  # fmt: skip
