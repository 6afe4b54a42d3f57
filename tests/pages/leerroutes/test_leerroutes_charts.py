"""What the page Leerroutes draws and puts in its tables, of exact and of published figures."""

import polars as pl
import pytest
from test_leerroutes_words import ASIEL, GEZIN, advised, curve, months, switched

from pages.leerroutes import charts
from pages.show import curves
from pages.words import presentation
from tests.pages.show import answers
from tests.pages.show.drawing import rows_of, texts_of
from tests.pages.show.published import exact, published

STATUS = answers.rows(
    "doelgroep status aantal",
    (ASIEL, "Termijn niet gestart", 40),
    (ASIEL, "PIP te laat", None),
    (ASIEL, "Op tijd", 90),
    (GEZIN, "Op tijd", 30),
)


def test_the_statuses_of_one_doelgroep_go_from_done_to_not_counted():
    own = charts.of_doelgroep(published(STATUS), ASIEL)
    assert presentation.plain(own).rows() == [("Op tijd", 90), ("PIP te laat", None), ("Termijn niet gestart", 40)]
    assert charts.pip_status(own, ASIEL, longest=90).description == (
        f"{ASIEL}, personen naar stand van het PIP: Op tijd 90, PIP te laat <10, Termijn niet gestart 40."
    )
    assert charts.pip_status(own.clear(), ASIEL, longest=None) is None


def test_what_is_published_together_is_told_together():
    together = STATUS.with_columns(doelgroep=pl.lit(charts.TOGETHER))
    assert charts.groups(together, [ASIEL, GEZIN]) == [charts.TOGETHER]
    assert charts.groups(STATUS, [GEZIN]) == [GEZIN]
    assert charts.groups(STATUS.clear(), [GEZIN]) == [GEZIN]


LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (70, 20, 15, 0, 0.25), (80, 5, 5, 0, 0.0)),
        curve((0, 12, 0, 0, 1.0), (60, 12, 6, 0, 0.5), (90, 6, 0, 6, 0.5), doelgroep=GEZIN),
    ]
)
PUBLIC = pl.concat([months(0.92, 0.92, 0.33, 0.08), months(1.0, None, 0.33, doelgroep=GEZIN)])
HIDDEN = pl.concat([months(0.92, 0.92, 0.33), months(None, None, doelgroep=GEZIN)])
NO_PLAN = charts.NO_PLAN
NAME = ["Gezinsmigrant en", "overige migrant"]


@pytest.mark.parametrize(
    ("lines", "texts", "said", "marks"),
    [
        pytest.param(LINES, [["Asielstatushouder", "75% na 70 dagen"], [*NAME, "50% na 70 dagen"]],
                     f"{ASIEL}: 75% na 70 dagen; {GEZIN}: 50% na 70 dagen.", ["75%", "50%"], id="exact"),
        pytest.param(curve((0, 9, 0, 0, 1.0), (70, 9, 9, 0, 0.0)), [["Asielstatushouder", "te weinig gevolgd"]],
                     f"{ASIEL}: te weinig gevolgd.", [], id="fewer than ten"),
        pytest.param(curve((0, 20, 0, 0, 1.0), (30, 20, 0, 20, 1.0)), [["Asielstatushouder", "te weinig gevolgd"]],
                     f"{ASIEL}: te weinig gevolgd.", [], id="less than seventy days"),
        pytest.param(PUBLIC, [["Asielstatushouder", "67% na 2 maanden"], [*NAME, "67% na 2 maanden"]],
                     f"{ASIEL}: 67% na 2 maanden; {GEZIN}: 67% na 2 maanden. Te klein om te tonen: {GEZIN} na 1 maand.",
                     [], id="published, at two months"),
        pytest.param(HIDDEN, [["Asielstatushouder", "67% na 2 maanden"], [*NAME, "te weinig gevolgd"]],
                     f"{ASIEL}: 67% na 2 maanden; {GEZIN}: te weinig gevolgd. Te klein om te tonen: {GEZIN}.",
                     [], id="a line hidden altogether"),
    ],
)  # fmt: skip
def test_every_line_has_its_name_and_its_share_when_the_ten_weeks_are_over(lines, texts, said, marks):
    chart = charts.time_to_pip(lines)
    assert [text for text in texts_of(chart) if text in texts] == [text for text in texts for _ in ("rim", "text")]
    assert chart.description.endswith(f"van de tien weken. {said}")
    assert [row["deel"] for row in rows_of(chart) if row.get("na") == "70 dagen" and "stuk" not in row] == marks
    assert {"dag": 70, "tekst": "wet: 70 dagen"} in rows_of(chart)


def test_a_curve_without_anything_to_draw_is_no_chart():
    assert charts.time_to_pip(LINES.clear()) is None
    assert charts.time_to_pip(months(None, None)) is None
    assert curves.table(months(None, None), "doelgroep").is_empty()


VERDELING = exact(
    answers.rows(
        "stadsdeel doelgroep leerroute aantal",
        ("Noord", ASIEL, "Z", 3),
        ("Noord", ASIEL, "B", 20),
        ("Noord", GEZIN, "B", 1),
        ("Onbekend", ASIEL, "Nog geen PIP", 1),
    )
)


def test_the_distribution_adds_up_the_doelgroepen_and_keeps_the_order_of_the_city_and_of_the_routes():
    everybody = charts.distribution(VERDELING, "alle")
    assert presentation.plain(everybody).rows() == [
        ("Noord", "B", 21),
        ("Noord", "Z", 3),
        ("Onbekend", "Nog geen PIP", 1),
    ]
    assert presentation.plain(charts.distribution(VERDELING, GEZIN)).rows() == [("Noord", "B", 1)]
    assert charts.routes_table(everybody).columns == [
        "stadsdeel", "B1-route", "Zelfredzaamheidsroute", "Nog geen PIP", "totaal"
    ]  # fmt: skip
    assert charts.routes(everybody).description == (
        "Leerroute per stadsdeel, personen. Noord: B1-route 21, Zelfredzaamheidsroute 3; Onbekend: Nog geen PIP 1."
    )
    nobody = charts.distribution(VERDELING.clear(), "alle")
    assert charts.routes(nobody) is None
    assert charts.routes_table(nobody).is_empty()


def test_published_counts_of_the_routes_are_not_added_up():
    values = [("Noord", "B", 30), ("Noord", NO_PLAN, None), ("Centrum", "B", None), ("Centrum", NO_PLAN, 10)]
    answer = answers.rows("stadsdeel leerroute aantal", *values, doelgroep=charts.TOGETHER)
    frame = charts.distribution(published(answer), "alle")
    assert frame["aantal_kort"].to_list() == ["30", "<10", "<10", "10"]
    table = charts.routes_table(frame)
    assert presentation.plain(table).rows() == [("Noord", 30, None), ("Centrum", None, 10)]
    assert presentation.in_its_place(table, NO_PLAN) == ["<10", ""]


def cells(chart):
    """Per cell how it is written, and whether it is outlined."""
    return {(row["rij"], row["kolom"]): (row["kort"], row["anders"]) for row in rows_of(chart) if "kort" in row}


B, Z = "B1-route", "Zelfredzaamheidsroute"


def test_another_route_or_niveau_is_outlined():
    wissel = switched(("B", "B", "B1", 7), ("B", "B", "A2", 2), ("B", "Z", "A2", 1))
    found = {
        (B, f"{B} op niveau B1"): ("7", False),
        (B, f"{B} op niveau A2"): ("2", True),
        (B, f"{Z} op niveau A2"): ("1", True),
    }
    assert cells(charts.switches(wissel)) == {
        (first, now): found.get((first, now), ("0", False))
        for first in (B, "Onderwijsroute", Z)
        for now in (f"{B} op niveau B1", f"{B} op niveau A2", f"{Z} op niveau A2")
    }
    assert charts.switches(wissel.clear()) is None


def test_a_route_that_departs_from_a_clear_outcome_is_outlined():
    within, without, none = "B1-route haalbaar", "B1-route niet haalbaar", "Niet afgenomen"
    rows = ((within, "B", 5), (within, "Z", 1), (without, "O", 2), (without, "Z", 4), (none, "Z", 3))
    chart = charts.advice(advised(*rows))
    assert {cell for cell, (_, outlined) in cells(chart).items() if outlined} == {
        (within, Z), (without, "Onderwijsroute")
    }  # fmt: skip
    assert list(dict.fromkeys(row for row, _ in cells(chart))) == [within, without, none]
    assert charts.advice(advised()) is None


def national(make, *values, **shown):
    same = {"cohort": 2022, "landelijk_waarde": 0.35, "bron": "CBS"}
    return make(answers.rows("doelgroep teller noemer waarde ci_laag ci_hoog", *values, **same), **shown)


FIGURES = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")
NOTHING = [None] * 5


@pytest.mark.parametrize(
    ("answer", "shares"),
    [
        (national(exact, (ASIEL, 30, 40, 0.75, 0.6, 0.86), (GEZIN, 4, 9, 4 / 9, 0.2, 0.7)), [0.75, None]),
        (national(exact, (ASIEL, 30, 40, 0.75, 0.6, 0.86), (GEZIN, 0, 0, None, None, None)), [0.75]),
        (national(published, (ASIEL, 30, 60, 0.5, 0.4, 0.6), (GEZIN, *NOTHING)), [0.5, None]),
        (national(published, (ASIEL, *NOTHING), left_out=FIGURES), []),
    ],
    ids=["fewer than ten have no share", "nobody", "too small to show", "not published"],
)
def test_the_national_figure_stands_beside_every_doelgroep_with_somebody(answer, shares):
    rows = charts.beside_national(answer)
    assert rows["waarde"].to_list() == shares
    assert (charts.national(rows) is None) == (not shares)


def test_more_cohorts_are_told_apart():
    answer = national(exact, (ASIEL, 30, 40, 0.75, 0.6, 0.86), (ASIEL, 20, 40, 0.5, 0.3, 0.7))
    two = charts.national(answer.with_columns(cohort=pl.Series([2021, 2022])))
    assert two.description.endswith(
        f". {ASIEL}, 2021: 30 van 40 · 75%, Nederland 35%; {ASIEL}, 2022: 20 van 40 · 50%, Nederland 35%."
    )
