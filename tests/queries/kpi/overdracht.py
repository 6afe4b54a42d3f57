"""Cases of the warm handover: due when begeleiding was finished under the contract of 2022."""

from tests.queries.given import handover, left, period, someone
from tests.queries.kpi.case import case, each


def finished(*registered, on="2022-07-01", reason="Afgerond", **columns):
    return someone(period("2021-06-01", on, reason), *registered, **columns)


def row(wijkteam="Centrum", **counts):
    """The one row of overdracht_per_wijkteam: what in it is not 0."""
    return [{"wijkteam": wijkteam, "populatie": 1} | counts]


CASES = [
    *each(
        "status: the first that holds", "overdracht_per_wijkteam",
        (row(geen_registratie=1, open_90_plus=1), finished()),
        (row("Oost", gepland=1, open_90_plus=1), finished(handover("Gepland", wijkteam="Oost"))),
        (row(niet_bereikt=1, open_90_plus=1), finished(handover("Niet bereikt"))),
        (row(afgezien=1), finished(handover("Afgezien"))),
        (row(vertrokken=1), finished(handover("Vertrokken"))),
        (row(overgedragen=1, mediaan_dagen=31), finished(handover("Afgerond", "2022-08-01"))),
        (row(overgedragen=1, mediaan_dagen=31, driegesprek=1),
         finished(handover("Afgerond", "2022-08-01", vorm="Driegesprek"), **left("2022-11-01"))),
        (row(vertrokken=1), finished(handover("Gepland"), **left("2022-11-01"))),
        (row(vertrokken=1), finished(**left("2022-11-01", "Vertrek uit Nederland"))),
        (row(geen_registratie=1, open_90_plus=1), finished(**left("2022-11-01", "Inburgeringsplicht voldaan"))),
        (row(gepland=1, open_90_plus=1), finished(handover("Gepland"), **left("2022-11-01", "Overig"))),
    ),
    *(
        case(
            f"status: a handover after the peildatum is {status}, and its team still counts",
            finished(handover("Afgerond", "2022-09-01", datum_gepland=planned, wijkteam="Oost")),
            at={
                "2022-08-31": {"overdracht_per_wijkteam": row("Oost", **{status: 1}, open_31_90=1)},
                "2022-09-01": {"overdracht_per_wijkteam": row("Oost", overgedragen=1, mediaan_dagen=62)},
            },
        )
        for planned, status in [("2023-02-15", "gepland"), (None, "geen_registratie")]
    ),
    *each(
        "done: due thirty days after the end of what was finished under the contract", "overdracht_gedaan",
        ((0, 0), finished(on="2021-12-31")),
        ((0, 1), finished(on="2022-01-01")),
        ((0, 1), finished(on="2022-12-01")),  # the thirtieth day is the peildatum
        ((0, 0), finished(on="2022-12-02")),
        ((0, 0), finished(reason="Op eigen verzoek")),
        ((1, 1), finished(handover("Afgerond", "2022-12-31"))),
        ((0, 0), finished(**left("2022-12-31"))),
    ),
    *(
        case(
            f"done, of entrants: by the thirtieth day, here on {day}",
            finished(handover("Afgerond", day)),
            overdracht_gedaan=(1, 1),
            kpi_instroom={"overdracht_gedaan": [("2022-07-01", teller, 1)]},
        )
        for day, teller in [("2022-07-31", 1), ("2022-08-01", 0)]
    ),
    case(
        "the latest finished period counts",
        someone(period("2021-06-01", "2022-02-01"), period("2022-03-01", "2022-12-15")),
        overdracht_per_wijkteam=row(geen_registratie=1, open_0_30=1),
        at={"2022-12-14": {"overdracht_per_wijkteam": row(geen_registratie=1, open_90_plus=1)}},
    ),
    *each(
        "open by the days since the end", "overdracht_per_wijkteam",
        (row(geen_registratie=1, open_0_30=1), finished(on="2022-12-01")),
        (row(geen_registratie=1, open_31_90=1), finished(on="2022-11-30")),
        (row(geen_registratie=1, open_31_90=1), finished(on="2022-10-02")),
        (row(geen_registratie=1, open_90_plus=1), finished(on="2022-10-01")),
    ),
    *each(
        "open too long: more than ninety days", "overdracht_lang_open",
        ((1, 1, 1), finished(on="2022-10-01")),
        ((0, 1, 0), finished(on="2022-10-02")),
        ((0, 0, 0), finished(handover("Afgezien"))),
    ),
    case(
        "open: not what was waived, and of who did not leave",
        *(finished(handover(status)) for status in ("Gepland", "Niet bereikt", "Afgezien", "Vertrokken")),
        finished(handover("Afgerond", "2022-08-01")),
        finished(),
        overdracht_open=(3, 5, 3),
        overdracht_gedaan=(1, 5, 0.2),
        overdracht_lang_open=(3, 3, 3),
    ),
    case(
        "three-way talk: of handovers with a need that was registered",
        finished(handover("Afgerond", "2022-08-01", vorm="Driegesprek", begeleidingsbehoefte=True)),
        finished(handover("Afgerond", "2022-08-01", begeleidingsbehoefte=True)),
        finished(handover("Afgerond", "2022-08-01", vorm="Driegesprek", begeleidingsbehoefte=False)),
        finished(handover("Afgerond", "2022-08-01", vorm="Driegesprek")),
        finished(handover("Gepland", begeleidingsbehoefte=True)),
        finished(handover("Afgerond", "2022-10-01", vorm="Driegesprek", begeleidingsbehoefte=True)),
        overdracht_driegesprek=(2, 3, 2 / 3),
        kpi_kwartaal={"overdracht_driegesprek": [("2022-07-01", 1, 2), ("2022-10-01", 1, 1)]},
    ),
    case(
        "median: before the end is day zero; who was not handed over is followed to the peildatum",
        finished(handover("Afgerond", "2022-06-01")),
        finished(handover("Afgerond", "2022-07-15")),
        finished(handover("Afgezien")),
        finished(handover("Vertrokken")),
        overdracht_mediaan_dagen=(2, 3, 14),
        overdracht_overleving=[(0, 3, 1, 0, 2 / 3), (14, 2, 1, 0, 1 / 3), (183, 1, 0, 1, 1 / 3)],
    ),
    *each(
        "visit beforehand: on or before the end, of who has a row", "overdracht_bezoek_vooraf",
        ((1, 1), finished(handover("Gepland", datum_wijkteambezoek="2022-07-01"))),
        ((0, 1), finished(handover("Gepland", datum_wijkteambezoek="2022-07-02"))),
        ((0, 1), finished(handover("Gepland"))),
        ((0, 0), finished()),
        ((0, 0), finished(handover("Vertrokken", datum_wijkteambezoek="2022-07-01"))),
    ),
    case(
        "per receiving team, with Onbekend last",
        finished(
            handover("Afgerond", "2022-12-11", wijkteam="Oost", vorm="Driegesprek"),
            on="2022-12-01", wijkcode="WK039221",
        ),
        finished(handover("Gepland", datum_gepland="2023-02-01", wijkteam="Oost"), on="2022-12-01"),
        finished(on="2022-12-01", wijkcode="WK039221"),
        finished(on="2022-12-01", wijkcode=None),
        overdracht_per_wijkteam=[
            # populatie, the six statuses, driegesprek, median, open by age
            ("Oost", 2, 1, 1, 0, 0, 0, 0, 1, 10, 1, 0, 0),
            ("Meerwijk", 1, 0, 0, 0, 0, 1, 0, 0, None, 1, 0, 0),
            ("Onbekend", 1, 0, 0, 0, 0, 1, 0, 0, None, 1, 0, 0),
        ],
    ),
    case(
        "who waits: per receiving team and status that is open, by the days since the end",
        *(finished(handover("Gepland", wijkteam="Oost"), on=end) for end in ("2022-12-01", "2022-11-30", "2022-10-01")),
        finished(handover("Niet bereikt", wijkteam="Oost"), on="2022-10-02"),
        finished(handover("Afgezien", wijkteam="Oost")),
        finished(handover("Vertrokken", wijkteam="Oost")),
        finished(handover("Afgerond", "2022-08-01", wijkteam="Oost")),
        finished(wijkcode=None),
        finished(),
        overdracht_wachtend=[
            ("Centrum", "Geen overdracht geregistreerd", 0, 0, 1),
            ("Oost", "Gepland", 1, 1, 1),
            ("Oost", "Niet bereikt", 0, 1, 0),
            ("Onbekend", "Geen overdracht geregistreerd", 0, 0, 1),
        ],
        at={"2022-10-31": {"overdracht_wachtend": [
            ("Centrum", "Geen overdracht geregistreerd", 0, 0, 1),
            ("Oost", "Gepland", 1, 0, 0),
            ("Oost", "Niet bereikt", 1, 0, 0),
            ("Onbekend", "Geen overdracht geregistreerd", 0, 0, 1),
        ]}},
    ),
]  # fmt: skip
