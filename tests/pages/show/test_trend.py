"""KPIs through the year: a panel per KPI draws the stands that it is given, and the table says the same."""

from datetime import date

import polars as pl
import pytest

import queries
from pages.show import kpi, pictures, trend
from queries.definitions.columns import AFGEROND, BESCHERMD, WEGGELATEN
from tests.pages.overzicht.published import published, published_row
from tests.pages.show.drawing import layers_of, rows_of

KPI = {
    "indicator": pl.String, "teller": pl.Int64, "noemer": pl.Int64, "waarde": pl.Float64, "ci_laag": pl.Float64,
    "ci_hoog": pl.Float64,
}  # fmt: skip


def draws(chart):
    """The chart can be drawn, not only described."""
    return pictures.svg(chart, pictures.Words("titel"))


def stands(*rows):
    schema = {"stand": pl.Date, **KPI}
    return pl.DataFrame([dict(zip(schema, row, strict=True)) for row in rows], schema=schema)


JAN, FEB, MRT = date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 15)
TREND = stands(
    (JAN, "pip_tijdig", 9, 9, 1.0, 0.7, 1.0),
    (JAN, "pip_zonder", 4, 12, 4.0, None, None),
    (JAN, "pip_mediaan_dagen", 9, 30, 60.0, None, None),
    (FEB, "pip_tijdig", 9, 12, 0.75, 0.47, 0.91),
    (FEB, "pip_zonder", 6, 20, 6.0, None, None),
    (FEB, "pip_mediaan_dagen", 12, 40, None, None, None),
    (MRT, "pip_tijdig", 16, 20, 0.8, 0.58, 0.92),
    (MRT, "pip_zonder", 0, 0, 0.0, None, None),
    (MRT, "pip_mediaan_dagen", 25, 50, 64.0, None, None),
)
PIP = ("pip_tijdig", "pip_zonder", "pip_mediaan_dagen")
EVENTS = pl.DataFrame(
    {
        "datum_van": [date(2021, 12, 31), date(2022, 1, 1), date(2022, 3, 15), date(2022, 3, 16), date(2022, 2, 1)],
        "titel": ["vorig jaar", "begin", "peildatum", "erna", "ander onderwerp"],
        "toelichting": [""] * 5,
        "indicatoren": ["pip_tijdig", "pip_tijdig", "leerroute_b pip_zonder", "pip_tijdig", "ontzorging_dekking"],
    }
)


def test_a_stand_on_too_few_observations_has_no_value_but_its_noemer():
    table = trend.table(TREND, PIP)
    assert table.columns == ["stand", *(column for name in PIP for column in (name, f"{name}_noemer"))]
    assert table.rows() == [
        (JAN, None, 9, 4.0, 12, None, 30),  # nine observations; a median that nine reached
        (FEB, 0.75, 12, 6.0, 20, None, 40),  # a median that is not reached
        (MRT, 0.8, 20, None, 0, 64.0, 50),  # a count of nobody
    ]


def test_a_trend_of_nobody_is_an_empty_table():
    nobody = stands((JAN, "pip_tijdig", 0, 0, None, None, None), (JAN, "leerroute_b", 3, 20, 0.15, 0.05, 0.36))
    assert trend.table(nobody, ["pip_tijdig"]).is_empty()


def test_the_events_about_the_theme_within_the_year_are_drawn():
    found = trend.events_within(TREND, PIP, EVENTS)
    assert found.select("titel", "vroeg").rows() == [("begin", True), ("peildatum", False)]
    later = trend.events_within(TREND.filter(pl.col("stand") > JAN), PIP, EVENTS)
    assert later["titel"].to_list() == ["peildatum"]


def test_a_trend_has_a_panel_per_indicator_with_its_last_stand():
    chart = trend.chart(TREND, PIP, EVENTS)
    panels = {row["naam"]: row["nu"] for row in rows_of(chart) if "nu" in row}
    assert panels == {
        "PIP binnen tien weken": "80% (16 van 20)",
        "Nog geen PIP": "niemand",
        "Tijd tot het PIP": "64 dagen (25 van 50 zover)",
    }
    drawn = {(row["indicator"], row["maand"]) for row in rows_of(chart) if "indicator" in row}
    assert drawn == {
        ("pip_tijdig", "feb 2022"),
        ("pip_tijdig", "mrt 2022"),
        ("pip_zonder", "jan 2022"),
        ("pip_zonder", "feb 2022"),
        ("pip_mediaan_dagen", "mrt 2022"),
    }
    assert "begin" in draws(chart)
    norms = {row["naam"]: row["norm"] for row in rows_of(chart) if "norm" in row}
    assert norms == {"norm 100%": 1.0, "norm 70 dagen": 70.0}


def test_a_trend_is_told_to_a_screen_reader_with_its_events():
    description = trend.chart(TREND, PIP, EVENTS).to_dict()["description"]
    assert "PIP binnen tien weken (norm 100%): februari 2022 75%, maart 2022 80%" in description
    assert description.endswith("Gebeurtenissen: 1 januari 2022: begin; 15 maart 2022: peildatum.")


@pytest.mark.parametrize("thema", queries.THEMAS)
def test_every_theme_can_be_drawn_when_there_is_nobody(thema):
    names = [name for name, entry in queries.INDICATOREN.items() if entry.thema == thema]
    rows = stands(*((JAN, name, 0, 0, None, None, None) for name in names))
    assert draws(trend.chart(rows, names, EVENTS))


Q1, Q2, Q3, Q4 = date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 31)
NO_COUNTS = {"teller": WEGGELATEN, "noemer": WEGGELATEN}


def per_quarter():
    """Stands at quarter ends: a share with a gap in it, a count that begins small, a median without its numbers."""
    counted = stands(
        (Q1, "pip_tijdig", 40, 60, 0.67, 0.5, 0.8),
        (Q1, "pip_zonder", None, 20, None, None, None),
        (Q2, "pip_tijdig", 40, 40, None, None, None),
        (Q2, "pip_zonder", 20, 60, 20.0, None, None),
        (Q3, "pip_tijdig", 60, 80, 0.75, 0.6, 0.9),
        (Q3, "pip_zonder", 10, 60, 10.0, None, None),
        (Q4, "pip_tijdig", 80, 100, 0.8, 0.7, 0.9),
        (Q4, "pip_zonder", 30, 90, 30.0, None, None),
    )
    medians = stands(
        (Q1, "pip_mediaan_dagen", None, None, None, None, None),
        *((day, "pip_mediaan_dagen", None, None, 56.0, None, None) for day in (Q2, Q3, Q4)),
    )
    return pl.concat([published(counted), published(medians, NO_COUNTS)])


def test_rounded_stands_carry_how_they_are_shown_and_a_count_stays_a_count():
    table = trend.table(per_quarter(), PIP)
    assert table.columns == [
        "stand",
        *("pip_tijdig", "pip_tijdig_weergave", "pip_tijdig_noemer", "pip_tijdig_noemer_weergave"),
        *("pip_zonder", "pip_zonder_weergave", "pip_zonder_noemer", "pip_zonder_noemer_weergave"),
        *("pip_mediaan_dagen", "pip_mediaan_dagen_weergave"),
    ]
    assert table.schema["pip_zonder"] == pl.Int64
    assert table.row(0) == (Q1, 0.67, AFGEROND, 60, AFGEROND, None, BESCHERMD, 20, AFGEROND, None, BESCHERMD)
    assert table.row(1) == (Q2, None, BESCHERMD, 40, AFGEROND, 20, AFGEROND, 60, AFGEROND, 56.0, AFGEROND)


def test_stands_that_are_all_too_small_to_show_are_an_empty_table():
    assert trend.table(per_quarter().filter(pl.col("stand") == Q1), ["pip_zonder"]).is_empty()


def test_a_stand_that_is_too_small_to_show_has_words_in_its_place_and_the_line_stops_there():
    chart = trend.chart(per_quarter(), PIP, EVENTS)
    small = [(row["maand"], row["getoond"]) for row in rows_of(chart) if set(row) == {"maand", "getoond"}]
    assert small == [("jun 2022", "te klein"), ("mrt 2022", "<10"), ("mrt 2022", "te klein")]
    pieces = {
        (row["maand"], row["waarde"]): row["stuk"]
        for row in rows_of(chart)
        if row.get("indicator") == "pip_tijdig" and "stuk" in row
    }
    assert pieces == {("mrt 2022", 0.67): 0, ("sep 2022", 0.75): 1, ("dec 2022", 0.8): 1}
    assert all(layer["encoding"]["detail"]["field"] == "stuk" for layer in layers_of(chart, "line"))
    now = {row["naam"]: row["nu"] for row in rows_of(chart) if "nu" in row}
    assert now == {
        "PIP binnen tien weken": "80% (80 van 100)",
        "Nog geen PIP": "30 (van 90 personen)",
        "Tijd tot het PIP": "8 weken",
    }
    assert not [name for row in rows_of(chart) for name in row if name.endswith("_weergave")]
    drawn = draws(chart)
    assert "te klein" in drawn and "&lt;10" in drawn


def test_rounded_stands_are_told_to_a_screen_reader_with_what_may_not_be_shown():
    description = trend.chart(per_quarter(), PIP, EVENTS).to_dict()["description"]
    assert description.startswith(
        "Stand per kwartaal. PIP binnen tien weken (norm 100%): maart 2022 67%, juni 2022 te klein om te tonen, "
        "september 2022 75%, december 2022 80%; "
        "Nog geen PIP: maart 2022 <10, juni 2022 20, september 2022 10, december 2022 30; "
        "Tijd tot het PIP (norm 70 dagen): maart 2022 te klein om te tonen, juni 2022 8 weken"
    )


def test_an_event_lies_at_its_day_within_the_quarter_of_a_stand():
    chart = trend.chart(per_quarter(), PIP, EVENTS)
    events = [
        (row["maand"], row["titel"], round(layer["encoding"]["x"]["bandPosition"], 2))
        for layer in chart.to_dict()["layer"]
        if layer["mark"]["type"] == "rule" and "bandPosition" in layer["encoding"].get("x", ())
        for row in chart.to_dict()["datasets"][layer["data"]["name"]]
    ]
    assert events == [("mrt 2022", "begin", 0.0), ("mrt 2022", "peildatum", 0.78), ("mrt 2022", "erna", 0.8)]


# ----------------------------------------------------------------------------------------------- a row in words

SHARE, COUNT, MEDIAN = (queries.INDICATOREN[name] for name in PIP)


def row(teller, noemer, waarde):
    return {"teller": teller, "noemer": noemer, "waarde": waarde}


def rounded(teller, noemer, waarde, how=BESCHERMD):
    """A row in the public view; how: what is said of a figure that is not there."""
    return published_row(row(teller, noemer, waarde), dict.fromkeys(("teller", "noemer", "waarde"), how))


@pytest.mark.parametrize(
    ("indicator", "given", "shown"),
    [
        (SHARE, row(0, 0, None), "niemand"),
        (SHARE, row(9, 9, 1.0), "te weinig waarnemingen"),
        (SHARE, row(9, 10, 0.9), "90%"),
        (COUNT, row(0, 0, 0.0), "niemand"),
        (COUNT, row(1, 1, 1.0), "1"),
        (MEDIAN, row(10, 10, 40.0), "40 dagen"),
        (MEDIAN, row(9, 40, 40.0), "te weinig waarnemingen"),
        (MEDIAN, row(9, 40, None), "nog niet bereikt"),
        (MEDIAN, row(1, 9, None), "te weinig waarnemingen"),
    ],
)
def test_a_value_or_why_there_is_none(indicator, given, shown):
    assert kpi.value(indicator, given) == shown


@pytest.mark.parametrize(
    ("indicator", "given", "shown", "short"),
    [
        (SHARE, rounded(100, 130, 0.77), "77%", "77%"),
        (SHARE, rounded(30, 40, None), "te klein om te tonen", "te klein"),
        (SHARE, rounded(None, None, None), "te klein om te tonen", "te klein"),
        (SHARE, rounded(None, None, None, WEGGELATEN), "niet getoond", "niet getoond"),
        (COUNT, rounded(100, 240, 100.0), "100", "100"),
        (COUNT, rounded(None, 40, None), "<10", "<10"),
        (MEDIAN, published_row(row(None, None, 56.0), NO_COUNTS), "8 weken", "8 weken"),
        (MEDIAN, published_row(row(None, None, None), NO_COUNTS), "te klein om te tonen", "te klein"),
        (
            MEDIAN,
            published_row(row(None, None, None), NO_COUNTS) | {"waarde_weergave": "afgerond"},
            "nog niet bereikt",
            "nog niet bereikt",
        ),
    ],
)
def test_a_rounded_value_or_why_it_is_not_shown(indicator, given, shown, short):
    assert kpi.value(indicator, given) == shown
    assert kpi.short(indicator, given) == short
    assert kpi.has_value(indicator, given) is (given["waarde"] is not None)


def test_the_last_stand_is_written_without_counts_that_are_not_published():
    def now(indicator, given):
        return kpi.now(indicator, pl.DataFrame([given]))

    assert now(SHARE, rounded(100, 130, 0.77)) == "77% (100 van 130)"
    assert now(SHARE, rounded(30, 40, None)) == "te klein om te tonen"
    assert now(COUNT, rounded(None, 40, None)) == "<10"
    assert now(MEDIAN, published_row(row(None, None, 56.0), NO_COUNTS)) == "8 weken"


def test_on_how_many_a_rounded_figure_rests_when_that_is_published():
    assert kpi.of_row(COUNT, rounded(None, 240, None)) == "van 240 personen"
    assert kpi.of_row(COUNT, rounded(None, None, None)) == "van <10 personen"
    assert kpi.of_row(MEDIAN, published_row(row(None, None, 56.0), NO_COUNTS)) == ""
