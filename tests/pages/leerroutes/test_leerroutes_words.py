"""What the page Leerroutes says, of exact and of published figures."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.leerroutes import charts
from pages.leerroutes import words as says
from tests.pages.show.published import exact, published, published_row

ASIEL, GEZIN = "Asielstatushouder", "Gezinsmigrant en overige migrant"
CURVE = {
    "doelgroep": pl.String,
    "dag": pl.Int64,
    "in_risico": pl.Int64,
    "gebeurtenissen": pl.Int64,
    "gecensureerd": pl.Int64,
    "overleving": pl.Float64,
}
SOMEBODY = exact(pl.DataFrame({"doelgroep": [ASIEL], "status": ["Op tijd"], "aantal": [40]}))


def curve(*rows, doelgroep=ASIEL):
    return exact(pl.DataFrame([(doelgroep, *row) for row in rows], schema=CURVE, orient="row"))


def months(*shares, doelgroep=ASIEL):
    """A published curve: a share without a PIP per month, None where it may not be shown."""
    days = (0, 30, 61, 91, 122)
    rows = [(doelgroep, day, None, None, None, share) for day, share in zip(days, shares, strict=False)]
    left_out = ("in_risico", "gebeurtenissen", "gecensureerd")
    return published(pl.DataFrame(rows, schema=CURVE, orient="row"), left_out=left_out)


def switched(*rows):
    schema = {"eerste_leerroute": pl.String, "leerroute": pl.String, "niveau": pl.String, "aantal": pl.Int64}
    return exact(pl.DataFrame(rows, schema=schema, orient="row"))


def advised(*rows):
    schema = {"uitslag": pl.String, "eerste_leerroute": pl.String, "aantal": pl.Int64}
    return exact(pl.DataFrame(rows, schema=schema, orient="row"))


def figures(teller, noemer, waarde=None):
    return {"teller": teller, "noemer": noemer, "waarde": waarde}


CITY = {
    "pip_tijdig": published_row(figures(100, 130, 0.77)),
    "pip_zonder": published_row(figures(100, 240, 100.0)),
    "leerroute_b": published_row(figures(70, 140, 0.5)),
    "leerroute_o": published_row(figures(None, 140)),
    "leerroute_z": published_row(figures(60, 140, 0.43)),
}


def test_the_finding_is_who_was_not_in_time_and_which_routes_are_followed():
    assert says.finding(published(SOMEBODY.select("aantal")), CITY) == (
        "Van de ongeveer 130 personen van wie de tien weken voorbij zijn, kregen er ongeveer 100 het persoonlijk plan "
        "(PIP) op tijd (ongeveer 77%). De norm van 100% is niet gehaald: ongeveer 30 personen kregen het PIP niet op "
        "tijd. Van de ongeveer 140 personen met een PIP volgt ongeveer 50% de B1-route en ongeveer 43% de "
        "zelfredzaamheidsroute. Het deel dat de onderwijsroute volgt, is te klein om te tonen."
    )
    assert says.finding(SOMEBODY.clear(), CITY) == says.NOBODY


def test_the_finding_never_calls_what_is_too_small_nobody():
    small = dict.fromkeys(CITY, published_row(figures(None, None)))
    words = says.finding(published(pl.DataFrame({"aantal": [None]}, schema={"aantal": pl.Int64})), small)
    assert words == (
        "Over personen van wie de tien weken voorbij zijn is geen percentage te geven: de aantallen zijn te klein. "
        "Percentages per leerroute zijn niet te tonen: de aantallen zijn te klein."
    )


def beside(*shares):
    rows = [(ASIEL, 130, 180), (GEZIN, 60, 60)]
    return published(
        pl.DataFrame(
            [(*row, 2022, each, 0.35, "CBS") for row, each in zip(rows, shares, strict=False)],
            schema={"doelgroep": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "cohort": pl.Int64,
                    "waarde": pl.Float64, "landelijk_waarde": pl.Float64, "bron": pl.String},
            orient="row",
        )
    )  # fmt: skip


def test_a_rounded_share_beside_the_national_one_is_about_so_much():
    assert says.national_title(beside(0.72, None)) == (
        "Brede intake begonnen, cohort 2022: asielstatushouders ongeveer 72% (Nederland 35%)"
    )
    assert says.national_title(beside(None)) == (
        "Brede intake begonnen, cohort 2022: de aantallen zijn te klein voor een percentage"
    )


def test_a_share_that_is_left_out_is_explained():
    assert says.NO_SHARE in says.national_words(beside(0.72, None))
    assert says.NO_SHARE not in says.national_words(beside(0.72))


def test_a_stadsdeel_is_not_compared_and_the_page_says_why():
    nothing = beside(None, None).with_columns(noemer=pl.lit(None, pl.Int64), noemer_weergave=pl.lit("weggelaten"))
    assert says.nothing_national(nothing) == says.NOT_BY_AREA
    assert says.nothing_national(beside()) == says.NO_NATIONAL


STATUSES = ("Op tijd", "PIP te laat", "Termijn verstreken zonder PIP", "Met uitstel")


def status(*numbers):
    return pl.DataFrame({"status": STATUSES[: len(numbers)], "aantal": numbers}, schema_overrides={"aantal": pl.Int64})


@pytest.mark.parametrize(
    ("frame", "doelgroep", "title"),
    [
        (exact(status(7, 2, 3, 1)), ASIEL, "Asielstatushouders: 7 op tijd, 2 te laat en 3 over de termijn zonder PIP"),
        (published(status(80, None, 10, 20)), ASIEL,
         "Asielstatushouders: ongeveer 80 op tijd en ongeveer 10 over de termijn zonder PIP"),
        (published(status(None, None, None, 20)), GEZIN, "Gezins- en overige migranten"),
        (exact(status()), GEZIN, "Gezins- en overige migranten"),
        (published(status(10)), charts.TOGETHER, "Alle doelgroepen: ongeveer 10 op tijd"),
    ],
)  # fmt: skip
def test_the_status_title_counts_who_is_over_the_term_with_and_without_a_plan(frame, doelgroep, title):
    assert says.status_title(frame, doelgroep) == title


def test_the_curve_title_is_the_share_with_a_plan_on_day_seventy():
    lines = pl.concat(
        [
            curve((0, 20, 0, 0, 1.0), (70, 20, 15, 0, 0.25), (71, 5, 5, 0, 0.0)),
            curve((0, 10, 0, 0, 1.0), (69, 10, 6, 0, 0.4), (90, 4, 0, 4, 0.4), doelgroep=GEZIN),
        ]
    )
    assert says.curve_title(lines) == (
        "Na 70 dagen heeft 75% van de asielstatushouders en 60% van de gezins- en overige migranten een PIP"
    )
    assert says.curve_words(lines).endswith("20 asielstatushouders en 10 gezins- en overige migranten.")


def test_a_published_curve_is_read_at_two_months():
    assert says.curve_title(pl.concat([months(1.0, 0.9, 0.33), months(1.0, None, 0.4, doelgroep=GEZIN)])) == (
        "Na 2 maanden heeft ongeveer 67% van de asielstatushouders en ongeveer 60% van de gezins- en overige "
        "migranten een PIP"
    )
    together = months(1.0, 0.9, 0.33, doelgroep=charts.TOGETHER)
    assert says.curve_title(together) == "Na 2 maanden heeft ongeveer 67% een PIP"
    assert says.curve_words(together) == "Deel dat een PIP heeft, naar dagen sinds het begin van de tien weken."


@pytest.mark.parametrize(
    "line",
    [
        curve(),
        curve((0, 9, 0, 0, 1.0), (60, 9, 9, 0, 0.0)),
        curve((0, 20, 0, 0, 1.0), (60, 20, 5, 15, 0.75)),
        months(1.0, 0.9, None),
    ],
)
def test_a_curve_of_fewer_than_ten_or_of_less_than_seventy_days_is_not_in_the_title(line):
    assert says.curve_title(line) == "Tijd tot het PIP"


def test_without_a_line_it_is_not_said_how_to_read_one():
    assert says.how_to_read(months(None, None, None)) == ""
    assert says.how_to_read(months(1.0, 0.9)).startswith(says.CURVE)


def test_the_stop_of_duo_is_told_from_the_day_it_began():
    assert len(says.remarks(queries.events(), date(2022, 12, 31))) == 1
    (remark,) = says.remarks(queries.events(), date(2022, 1, 15))
    assert remark.startswith("DUO verstuurt tijdelijk geen kennisgevingen.")
    assert says.remarks(queries.events(), date(2022, 1, 14)) == []


def test_the_routes_title_adds_up_exact_counts_and_else_gives_those_that_may_be_shown():
    rows = pl.DataFrame({"stadsdeel": ["Noord", "Oost"], "leerroute": ["B", "B"], "aantal": [3, 4]})
    assert says.routes_title(exact(rows), CITY) == (
        "Leerroute nu: B1-route 7, onderwijsroute 0, zelfredzaamheidsroute 0 en nog geen PIP 0"
    )
    assert says.routes_title(published(rows), CITY) == (
        "Leerroute nu: B1-route ongeveer 70, zelfredzaamheidsroute ongeveer 60 en nog geen PIP ongeveer 100"
    )
    hidden = dict.fromkeys(CITY, published_row(figures(None, None)))
    assert says.routes_title(published(rows), hidden) == "Leerroute per stadsdeel"


def test_a_doelgroep_is_not_told_per_stadsdeel_in_the_public_view():
    rows = pl.DataFrame({"stadsdeel": ["Noord"], "leerroute": ["B"], "aantal": [30]})
    assert says.routes_words(published(rows)) == says.ROUTES
    whole = published(rows.with_columns(stadsdeel=pl.lit(charts.ALL_AREAS)))
    assert says.routes_words(whole) == f"{says.ROUTES} {says.NOT_PER_AREA}"


def rounded(frame):
    return published(frame.drop("aantal_weergave", "aantal_tekst", "aantal_kort"))


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (switched(("B", "B", "B1", 20), ("B", "B", "A2", 2), ("Z", "B", "B1", 1)), ": 1 van 23"),
        (switched(), ""),
        (
            rounded(switched(("B", "B", "B1", 80), ("B", "Z", "A2", 10), ("Z", "B", "A2", 20), ("O", "Z", "A2", None))),
            ": van B1-route naar zelfredzaamheidsroute (ongeveer 10) en van zelfredzaamheidsroute naar B1-route op "
            "niveau A2 (ongeveer 20)",
        ),
        (rounded(switched(("B", "B", "B1", 80), ("B", "Z", "A2", None))), ""),
    ],
)
def test_a_switch_is_another_route(frame, told):
    assert says.switches_title(frame) == f"Andere leerroute dan eerst{told}"


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (
            advised(
                ("B1-route haalbaar", "B", 5),
                ("B1-route haalbaar", "Z", 1),
                ("B1-route niet haalbaar", "O", 3),
                ("B1-route niet haalbaar", "Z", 6),
                ("Onbekend", "Z", 9),
            ),
            ": 4 van 15",
        ),
        (advised(("Onbekend", "Z", 3)), ""),
        (
            rounded(advised(("B1-route haalbaar", "Z", 10), ("B1-route niet haalbaar", "B", None))),
            ": zelfredzaamheidsroute terwijl B1 haalbaar was (ongeveer 10)",
        ),
    ],
)
def test_only_a_clear_outcome_can_be_departed_from(frame, told):
    assert says.advice_title(frame) == f"Eerste route wijkt af van de toets{told}"
