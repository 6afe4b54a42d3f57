"""The charts of the page Leerroutes: what is drawn is what the answers say."""

from datetime import date

import polars as pl
from test_leerroutes_words import ASIEL, GEZIN, advised, curve, months, rounded, switched

import queries
from pages.leerroutes import charts
from pages.show import theme
from pages.words import presentation
from tests.pages.show.drawing import layers_of, rows_of, texts_of
from tests.pages.show.published import exact
from tests.pages.show.published import published as protected

STATUS = pl.DataFrame(
    {
        "doelgroep": [ASIEL, ASIEL, ASIEL, GEZIN],
        "status": ["Termijn niet gestart", "PIP te laat", "Op tijd", "Op tijd"],
        "aantal": [4, 2, 9, 3],
    }
)
VERDELING = pl.DataFrame(
    {
        "stadsdeel": ["Noord", "Noord", "Noord", "Onbekend"],
        "doelgroep": [ASIEL, ASIEL, GEZIN, ASIEL],
        "leerroute": ["Z", "B", "B", "Nog geen PIP"],
        "aantal": [3, 20, 1, 1],
    }
)
LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (70, 20, 15, 0, 0.25), (80, 5, 5, 0, 0.0)),
        curve((0, 12, 0, 0, 1.0), (60, 12, 6, 0, 0.5), (90, 6, 0, 6, 0.5), doelgroep=GEZIN),
    ]
)


def marks(spec, kind):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def rows(spec, layer):
    return spec["datasets"][layer["data"]["name"]]


def texts(spec):
    return [layer["encoding"]["text"].get("value") for layer in marks(spec, "text")]


def test_the_statuses_of_one_doelgroep_go_from_done_to_not_counted():
    own = charts.of_doelgroep(STATUS, ASIEL)
    assert own.rows() == [("Op tijd", 9), ("PIP te laat", 2), ("Termijn niet gestart", 4)]


def test_the_bars_of_both_doelgroepen_share_a_scale_and_have_the_colour_of_their_meaning():
    spec = charts.pip_status(charts.of_doelgroep(STATUS, GEZIN), GEZIN, longest=9).to_dict()
    (bar,) = marks(spec, "bar")
    assert bar["encoding"]["x"]["scale"]["domain"] == [0, 9]
    assert bar["encoding"]["color"]["scale"]["range"] == [theme.PIP_STATUS["Op tijd"].light]
    assert spec["description"] == f"{GEZIN}, personen naar stand van het PIP: Op tijd 3."


def test_the_law_of_seventy_days_is_a_labelled_line():
    assert {"dag": 70, "tekst": "wet: 70 dagen"} in rows_of(charts.time_to_pip(LINES))


def test_every_line_has_its_name_and_its_share_at_seventy_days():
    spec = charts.time_to_pip(LINES).to_dict()
    assert ["Asielstatushouder", "75% na 70 dagen"] in texts(spec)
    assert ["Gezinsmigrant en", "overige migrant", "50% na 70 dagen"] in texts(spec)
    assert "Asielstatushouder: 75% na 70 dagen" in spec["description"]


def test_no_share_is_written_for_fewer_than_ten_or_for_less_than_seventy_days():
    few = charts.time_to_pip(curve((0, 9, 0, 0, 1.0), (70, 9, 9, 0, 0.0))).to_dict()
    assert ["Asielstatushouder", "te weinig gevolgd"] in texts(few)
    assert marks(few, "point") == []
    young = charts.time_to_pip(curve((0, 20, 0, 0, 1.0), (30, 20, 0, 20, 1.0))).to_dict()
    assert ["Asielstatushouder", "te weinig gevolgd"] in texts(young)


def test_the_share_at_seventy_days_is_the_last_row_on_or_before_it():
    assert charts.at_term(LINES, ASIEL)["dag"] == 70
    assert charts.at_term(LINES, GEZIN)["dag"] == 60
    assert charts.at_term(curve((0, 10, 0, 0, 1.0), (50, 10, 10, 0, 0.0)), ASIEL)["overleving"] == 0.0
    assert charts.at_term(LINES, "iemand anders") is None


def test_nothing_is_read_at_seventy_days_from_too_few_known_outcomes():
    ended_before = curve((0, 20, 0, 0, 1.0), (30, 20, 10, 0, 0.5), (50, 10, 0, 10, 0.5))
    nine = curve((0, 20, 0, 0, 1.0), (30, 20, 0, 11, 1.0), (60, 9, 9, 0, 0.0))
    mostly_lost = curve((0, 40, 0, 0, 1.0), (20, 40, 10, 0, 0.75), (40, 30, 0, 25, 0.75), (65, 5, 5, 0, 0.0))
    ten = curve((0, 20, 0, 0, 1.0), (30, 20, 0, 10, 1.0), (60, 10, 10, 0, 0.0))
    assert [charts.at_term(line, ASIEL) for line in (ended_before, nine, mostly_lost)] == [None] * 3
    assert charts.at_term(ten, ASIEL)["overleving"] == 0.0


def quarters(*rows):
    schema = {
        "indicator": pl.String,
        "kwartaal": pl.Date,
        "teller": pl.Int64,
        "noemer": pl.Int64,
        "waarde": pl.Float64,
        "ci_laag": pl.Float64,
        "ci_hoog": pl.Float64,
    }
    return exact(pl.DataFrame([("pip_tijdig", *row) for row in rows], schema=schema, orient="row"))


THREE = quarters(
    (date(2022, 1, 1), 6, 9, 0.67, 0.3, 0.9),
    (date(2022, 4, 1), 8, 10, 0.8, 0.5, 0.94),
    (date(2022, 7, 1), 10, 10, 1.0, 0.7, 1.0),
)


def test_a_quarter_under_ten_has_no_share():
    frame = charts.timely_quarters(THREE)
    assert frame["waarde"].to_list() == [None, 0.8, 1.0]
    assert frame["ci_laag"].to_list() == [None, 0.5, 0.7]


def test_the_stop_of_duo_stands_above_its_quarter_and_the_start_of_the_law_is_no_event_in_its_own_series():
    frame = charts.timely_quarters(THREE)
    found = charts.events_on_axis(queries.events(), frame)
    assert found["titel"].to_list() == ["DUO verstuurt tijdelijk geen kennisgevingen"]
    assert charts.events_on_axis(queries.events(), frame.tail(2)).is_empty()
    spec = charts.per_quarter(frame, found).to_dict()
    assert ["DUO verstuurt tijdelijk", "geen kennisgevingen"] in texts(spec)


def test_the_quarters_say_how_many_of_how_many_and_have_the_norm_as_a_line():
    frame = charts.timely_quarters(THREE)
    spec = charts.per_quarter(frame, charts.events_on_axis(queries.events(), frame)).to_dict()
    assert "1e kw. 2022: 6 van 9 (te weinig waarnemingen)" in spec["description"]
    assert "2e kw. 2022: 8 van 10 (80%)" in spec["description"]
    assert "norm 100%" in texts(spec)


def test_the_distribution_adds_up_the_doelgroepen_and_keeps_the_order_of_the_city_and_of_the_routes():
    assert charts.distribution(VERDELING, "alle").rows() == [
        ("Noord", "B", 21),
        ("Noord", "Z", 3),
        ("Onbekend", "Nog geen PIP", 1),
    ]
    assert charts.distribution(VERDELING, GEZIN).rows() == [("Noord", "B", 1)]
    assert charts.routes_table(charts.distribution(VERDELING, "alle")).columns == [
        "stadsdeel", "B1-route", "Zelfredzaamheidsroute", "Nog geen PIP", "totaal"
    ]  # fmt: skip
    assert charts.routes(charts.distribution(VERDELING, "alle")).description == (
        "Leerroute per stadsdeel, personen. Noord: B1-route 21, Zelfredzaamheidsroute 3; Onbekend: Nog geen PIP 1."
    )


def cells(chart):
    spec = chart.to_dict()
    return {(row["rij"], row["kolom"]): (row["aantal"], row["anders"]) for row in rows(spec, marks(spec, "rect")[0])}


def test_the_matrix_of_switches_is_complete_and_marks_another_route_or_niveau():
    matrix = cells(charts.switches(switched(("B", "B", "B1", 7), ("B", "B", "A2", 2), ("B", "Z", "A2", 1))))
    assert matrix == {
        ("B", "B · B1"): (7, False),
        ("B", "B · A2"): (2, True),
        ("B", "Z · A2"): (1, True),
        ("O", "B · B1"): (0, True),
        ("O", "B · A2"): (0, True),
        ("O", "Z · A2"): (0, True),
        ("Z", "B · B1"): (0, True),
        ("Z", "B · A2"): (0, True),
        ("Z", "Z · A2"): (0, False),
    }


def test_only_cells_with_somebody_are_outlined():
    spec = charts.switches(switched(("B", "B", "B1", 7), ("B", "Z", "A2", 2))).to_dict()
    outline = marks(spec, "rect")[1]
    assert outline["transform"] == [{"filter": "datum.anders && datum.aantal > 0"}]


def test_without_a_cell_to_outline_there_is_no_layer_for_it():
    """An empty layer is an image without a description."""
    spec = charts.switches(switched(("B", "B", "B1", 7))).to_dict()
    assert len(marks(spec, "rect")) == 1


def test_the_matrix_of_advice_marks_where_the_route_departs_from_a_clear_outcome():
    matrix = cells(
        charts.advice(
            advised(
                ("B1-route haalbaar", "B", 5),
                ("B1-route haalbaar", "Z", 1),
                ("B1-route niet haalbaar", "O", 2),
                ("Niet afgenomen", "Z", 3),
            )
        )
    )
    assert {cell for cell, (_, departs) in matrix.items() if departs} == {
        ("B1-route haalbaar", "Z"),
        ("B1-route niet haalbaar", "B"),
        ("B1-route niet haalbaar", "O"),
    }
    assert matrix["B1-route niet haalbaar", "O"] == (2, True)
    assert matrix["Niet afgenomen", "Z"] == (3, False)
    assert list(dict.fromkeys(rij for rij, _ in matrix)) == [
        "B1-route haalbaar",
        "B1-route niet haalbaar",
        "Niet afgenomen",
    ]


def test_without_anybody_there_is_no_chart():
    assert charts.pip_status(charts.of_doelgroep(STATUS.clear(), ASIEL), ASIEL, longest=None) is None
    assert charts.time_to_pip(LINES.clear()) is None
    empty = charts.timely_quarters(THREE.clear())
    assert charts.per_quarter(empty, charts.events_on_axis(queries.events(), empty)) is None
    nowhere = charts.distribution(VERDELING.clear(), "alle")
    assert charts.routes(nowhere) is None
    assert charts.routes_table(nowhere).is_empty()
    assert charts.switches(switched()) is None
    assert charts.advice(advised()) is None


def published(*rows):
    schema = {
        "doelgroep": pl.String, "cohort": pl.Int64, "stand": pl.Date, "teller": pl.Int64, "noemer": pl.Int64,
        "waarde": pl.Float64, "ci_laag": pl.Float64, "ci_hoog": pl.Float64, "landelijk_teller": pl.Int64,
        "landelijk_noemer": pl.Int64, "landelijk_waarde": pl.Float64, "bron": pl.String,
    }  # fmt: skip
    return exact(pl.DataFrame(rows, schema=schema, orient="row"))


BESIDE = published(
    (ASIEL, 2022, date(2022, 12, 31), 30, 40, 0.75, 0.6, 0.86, 6700, 19000, 0.35, "CBS"),
    (GEZIN, 2022, date(2022, 12, 31), 4, 9, 4 / 9, 0.2, 0.7, 4100, 7400, 0.55, "CBS"),
)


def test_the_national_figure_stands_beside_the_selection_and_few_persons_have_no_share():
    rows = charts.beside_national(BESIDE)
    assert rows["waarde"].to_list() == [0.75, None]
    assert rows["landelijk_waarde"].to_list() == [0.35, 0.55]
    chart = charts.national(rows)
    assert chart.description == (
        "Brede intake begonnen, naast het landelijke cijfer. Asielstatushouder: 30 van 40 · 75%, "
        "Nederland 35%; Gezinsmigrant en overige migrant: 4 van 9 · te weinig waarnemingen, Nederland 55%."
    )


def test_a_doelgroep_without_anybody_is_not_compared():
    nobody = BESIDE.with_columns(noemer=pl.Series([40, 0]))
    assert charts.beside_national(nobody)["doelgroep"].to_list() == [ASIEL]


def test_without_a_publication_no_reference_is_drawn():
    assert charts.national(charts.beside_national(BESIDE.clear())) is None


# ------------------------------------------------------------------------------------------------ the public view


def test_what_is_published_together_is_told_together():
    together = STATUS.with_columns(doelgroep=pl.lit("Alle doelgroepen"))
    assert charts.groups(together, [ASIEL, GEZIN]) == ["Alle doelgroepen"]
    assert charts.groups(STATUS, [ASIEL, GEZIN]) == [ASIEL, GEZIN]
    assert charts.groups(STATUS.clear(), [GEZIN]) == [GEZIN]


def test_a_share_that_may_not_be_shown_has_words_and_neither_counts_nor_a_dot():
    answer = protected(
        presentation.plain(BESIDE).with_columns(noemer=pl.Series([40, 60]), teller=pl.Series([30, 60]), waarde=None)
    )
    chart = charts.national(charts.beside_national(answer))
    assert "Gezinsmigrant en overige migrant: te klein om te tonen, Nederland 55%." in chart.description
    assert [row["waarde"] for row in rows_of(chart) if "waarde" in row] == [None, None]


def test_a_doelgroep_of_which_nothing_is_published_is_not_compared_and_one_under_ten_is():
    figures = ("teller", "noemer", "waarde", "ci_laag", "ci_hoog")
    empty = presentation.plain(BESIDE).with_columns(
        pl.lit(None).cast(BESIDE.schema[name]).alias(name) for name in figures
    )
    answer = pl.concat([protected(empty.head(1), left_out=figures), protected(empty.tail(1))])
    rows = charts.beside_national(answer)
    assert rows["doelgroep"].to_list() == [GEZIN]
    assert "te klein om te tonen" in charts.national(rows).description


def test_a_status_under_ten_is_written_as_such_at_its_place_and_has_no_bar():
    status = protected(STATUS.with_columns(aantal=pl.Series([50, None, 80, 40])))
    own = charts.of_doelgroep(status, ASIEL)
    chart = charts.pip_status(own, ASIEL, longest=80)
    (bar,) = layers_of(chart, "bar")
    assert {"filter": "isValid(datum.aantal)"} in bar["transform"]
    assert rows_of(chart) == [
        {"status": "Op tijd", "aantal": 80, "getal": "80", "personen": "ongeveer 80"},
        {"status": "PIP te laat", "aantal": None, "getal": "<10", "personen": "te klein om te tonen"},
        {"status": "Termijn niet gestart", "aantal": 50, "getal": "50", "personen": "ongeveer 50"},
    ]
    assert chart.description.endswith("Op tijd 80, PIP te laat <10, Termijn niet gestart 50.")
    assert charts.pip_status(own.head(2).tail(1), ASIEL, longest=None).to_dict()


PUBLISHED = pl.concat([months(0.92, 0.92, 0.33, 0.08), months(1.0, None, 0.33, doelgroep=GEZIN)])


def test_a_published_curve_says_its_share_at_two_months_and_which_month_is_too_small():
    chart = charts.time_to_pip(PUBLISHED)
    assert ["Asielstatushouder", "67% na 2 maanden"] in texts_of(chart)
    assert ["Gezinsmigrant en", "overige migrant", "67% na 2 maanden"] in texts_of(chart)
    small = "Te klein om te tonen: Gezinsmigrant en overige migrant na 1 maand."
    assert chart.description.endswith(
        f"Asielstatushouder: 67% na 2 maanden; Gezinsmigrant en overige migrant: 67% na 2 maanden. {small}"
    )


def test_a_line_that_is_hidden_altogether_has_its_name_and_words():
    lines = pl.concat([months(0.92, 0.92, 0.33), months(None, None, doelgroep=GEZIN)])
    chart = charts.time_to_pip(lines)
    assert ["Gezinsmigrant en", "overige migrant", "te weinig gevolgd"] in texts_of(chart)
    assert chart.description.endswith("Te klein om te tonen: Gezinsmigrant en overige migrant.")
    assert charts.curve_table(lines)["doelgroep"].unique().to_list() == [ASIEL]
    assert charts.time_to_pip(months(None, None)) is None
    assert charts.curve_table(months(None, None)).is_empty()


def test_the_table_of_a_published_curve_has_what_is_published():
    assert presentation.plain(charts.curve_table(PUBLISHED)).columns == ["doelgroep", "dag", "overleving"]
    assert charts.curve_table(LINES).equals(LINES)


ROUTES = protected(
    pl.DataFrame(
        {
            "stadsdeel": ["Noord"] * 3 + ["Centrum"] * 3,
            "doelgroep": ["Alle doelgroepen"] * 6,
            "leerroute": ["B", "Z", "Nog geen PIP"] * 2,
            "aantal": [30, 10, None, None, None, 10],
        }
    )
)


def test_published_counts_of_the_routes_are_not_added_up():
    frame = charts.distribution(ROUTES, "alle")
    assert frame.select("stadsdeel", "leerroute", "aantal").rows() == [
        ("Noord", "B", 30),
        ("Noord", "Z", 10),
        ("Noord", "Nog geen PIP", None),
        ("Centrum", "B", None),
        ("Centrum", "Z", None),
        ("Centrum", "Nog geen PIP", 10),
    ]
    table = charts.routes_table(frame)
    assert presentation.plain(table).rows() == [("Noord", 30, 10, None), ("Centrum", None, None, 10)]
    assert presentation.in_its_place(table, "Zelfredzaamheidsroute") == ["", "<10"]


def written(chart):
    return {(row["rij"], row["kolom"]): row["getal"] for row in rows_of(chart) if "rij" in row}


def test_a_cell_under_ten_is_written_as_such_and_not_as_nobody_nor_outlined():
    wissel = rounded(switched(("B", "B", "B1", 80), ("B", "Z", "A2", None), ("Z", "B", "B1", 10)))
    chart = charts.switches(wissel)
    assert written(chart) == {
        ("B", "B · B1"): "80",
        ("B", "Z · A2"): "<10",
        ("O", "B · B1"): "0",
        ("O", "Z · A2"): "0",
        ("Z", "B · B1"): "10",
        ("Z", "Z · A2"): "0",
    }
    assert cells(chart)["B", "Z · A2"] == (None, True)
    assert layers_of(chart, "rect")[1]["transform"] == [{"filter": "datum.anders && datum.aantal > 0"}]
    assert "eerst B1-route, nu Zelfredzaamheidsroute op niveau A2: <10" in chart.description
    advies = charts.advice(rounded(advised(("B1-route haalbaar", "B", 70), ("B1-route haalbaar", "Z", None))))
    assert written(advies)["B1-route haalbaar", "Z"] == "<10"
    assert "B1-route haalbaar, Zelfredzaamheidsroute: <10" in advies.description
