"""KPIs through the year: a panel per KPI draws its stands; the table and the small line say the same."""

from datetime import date
from urllib.parse import unquote

import polars as pl
import pytest

import queries
from pages.show import kpi, pictures, trend
from pages.show.beside import Beside
from tests.pages.show import answers
from tests.pages.show.drawing import layers_of, rows_of, tooltip_faults
from tests.pages.show.published import exact, exact_row, published, published_row

NO_COUNTS = ("teller", "noemer")
SHARE, COUNT, MEDIAN = (queries.INDICATOREN[name] for name in ("pip_tijdig", "pip_zonder", "pip_mediaan_dagen"))
PIP = tuple(entry.naam for entry in (SHARE, COUNT, MEDIAN))


def stands(*rows):
    return answers.rows("stand indicator teller noemer waarde ci_laag ci_hoog", *rows)


def year(name, *rows):
    """Stands of one KPI without intervals."""
    return stands(*((day, name, *row, None, None) for day, *row in rows))


JAN, FEB, MRT = date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 15)
PER_MONTH = [
    stands(
        (JAN, "pip_tijdig", 9, 9, 1.0, 0.7, 1.0),
        (FEB, "pip_tijdig", 9, 12, 0.75, 0.47, 0.91),
        (MRT, "pip_tijdig", 16, 20, 0.8, 0.58, 0.92),
    ),
    year("pip_zonder", (JAN, 4, 12, 4.0), (FEB, 6, 20, 6.0), (MRT, 0, 0, 0.0)),
    year("pip_mediaan_dagen", (JAN, 9, 30, 60.0), (FEB, 12, 40, None), (MRT, 25, 50, 64.0)),
]
MONTHS = exact(pl.concat(PER_MONTH))
Q1, Q2, Q3, Q4 = date(2022, 3, 31), date(2022, 6, 30), date(2022, 9, 30), date(2022, 12, 31)
# Stands at quarter ends: a share with a gap in it, a count that begins small, a median without its numbers.
SHARES = stands(
    (Q1, "pip_tijdig", 40, 60, 0.67, 0.5, 0.8),
    (Q2, "pip_tijdig", 40, 40, None, None, None),
    (Q3, "pip_tijdig", 60, 80, 0.75, 0.6, 0.9),
    (Q4, "pip_tijdig", 80, 100, 0.8, 0.7, 0.9),
)
COUNTS = year("pip_zonder", (Q1, None, 20, None), (Q2, 20, 60, 20.0), (Q3, 10, 60, 10.0), (Q4, 30, 90, 30.0))
MEDIANS = year("pip_mediaan_dagen", (Q1, None, None, None), *((day, None, None, 56.0) for day in (Q2, Q3, Q4)))
QUARTERS = pl.concat([published(SHARES), published(COUNTS), published(MEDIANS, left_out=NO_COUNTS)])
EVENTS = answers.rows(
    "datum_van titel indicatoren",
    (date(2021, 12, 31), "vorig jaar", "pip_tijdig"),
    (date(2022, 1, 1), "begin", "pip_tijdig"),
    (date(2022, 3, 15), "peildatum", "leerroute_b pip_zonder"),
    toelichting="",
)


@pytest.mark.parametrize(
    ("frame", "small", "points", "now", "written", "said"),
    [
        # Nine observations, a median that nine reached or that is not reached, and a count of nobody have no point.
        (MONTHS, [], {("feb 2022", 0.75, 0), ("mrt 2022", 0.8, 0)},
         ["80% (16 van 20)", "niemand", "64 dagen (25 van 50 zover)"], ["te weinig waarnemingen", "75%", "80%"],
         "Stand per maand. PIP binnen tien weken (norm 100%): februari 2022 75%, maart 2022 80%; "),
        # What may not be shown has words in its place, if these say anything, and the line stops there.
        (QUARTERS, [("1e kw. 2022", "<10")],
         {("1e kw. 2022", 0.67, 0), ("3e kw. 2022", 0.75, 1), ("4e kw. 2022", 0.8, 1)},
         ["80% (80 van 100)", "30 (van 90 personen)", "8 weken"], ["67%", "te klein om te tonen", "75%", "80%"],
         "Stand per kwartaal. PIP binnen tien weken (norm 100%): maart 2022 67%, juni 2022 te klein om te tonen, "
         "september 2022 75%, december 2022 80%; Nog geen PIP: maart 2022 <10, juni 2022 20, "),
    ],
    ids=["exact", "published"],
)  # fmt: skip
def test_a_panel_per_indicator_draws_and_tells_its_stands_and_events(frame, small, points, now, written, said):
    chart = trend.chart(frame, PIP, EVENTS)
    rows, period = rows_of(chart), "kwartaal" if small else "maand"
    assert sorted((row[period], row["getoond"]) for row in rows if set(row) == {period, "getoond"}) == small
    share = {(row[period], row["waarde"], row["stuk"]) for row in rows if row.get("waarde_tekst", "")[-1:] == "%"}
    assert share == points
    assert all(layer["encoding"]["detail"]["field"] == "stuk" for layer in layers_of(chart, "line"))
    assert [row["nu"] for row in rows if "nu" in row] == now
    assert {row["naam"]: row["norm"] for row in rows if "norm" in row} == {"norm 100%": 1.0, "norm 70 dagen": 70.0}
    assert tooltip_faults(chart) == []
    assert chart.description.startswith(said)
    assert "Gebeurtenissen: 1 januari 2022: begin; 15 maart 2022: peildatum" in chart.description
    assert trend.table(frame, PIP).filter(indicator="pip_tijdig")["waarde"].to_list() == written


def test_shares_and_medians_stand_beside_the_year_of_what_is_compared_with_and_counts_do_not():
    other = exact(
        pl.concat([
            year("pip_tijdig", (JAN, 1, 9, 0.1), (FEB, 9, 10, 0.9), (MRT, 9, 10, 0.9)),
            year("pip_zonder", (FEB, 60, 90, 60.0), (MRT, 70, 90, 70.0)),
            year("pip_mediaan_dagen", (MRT, 30, 40, 61.0)),
        ])
    )  # fmt: skip
    chart = trend.chart(MONTHS, PIP, EVENTS, Beside("de rest van de stad", other))
    # A median of one stand is no line.
    dashed = [layer for layer in layers_of(chart, "line") if "strokeDash" in layer["mark"]]
    assert len(dashed) == 1
    assert "De rest van de stad: PIP binnen tien weken (norm 100%): februari 2022 90%, maart" in chart.description
    assert tooltip_faults(chart) == []


def test_a_year_without_anybody_is_drawn_and_has_no_table_and_no_line():
    rows = exact(stands(*((JAN, name, 0, 0, None, None, None) for name in PIP)))
    assert pictures.svg(trend.chart(rows, PIP, EVENTS), pictures.Words("titel"))
    assert trend.table(rows, PIP).is_empty() and trend.small(SHARE, rows) == ""


@pytest.mark.parametrize(
    ("indicator", "frame", "told", "pieces"),
    [
        (SHARE, MONTHS, "van 75% in februari 2022 naar 80% in maart 2022, norm 100%", 1),
        (SHARE, QUARTERS, "van 67% in maart 2022 naar 80% in december 2022, norm 100%", 2),
        (COUNT, QUARTERS, "van 20 in juni 2022 naar 30 in december 2022", 1),
    ],
)
def test_the_small_line_says_where_it_begins_and_ends_and_stops_at_a_gap(indicator, frame, told, pieces):
    html = trend.small(indicator, frame)
    assert f'alt="{told}"' in html
    assert unquote(html).split('stroke-width="2"')[0].rpartition(' d="')[2].count("M") == pieces


# ----------------------------------------------------------------------------------------------- a row in words


def row(make, name, teller, noemer, waarde, **how):
    return make({"indicator": name, "teller": teller, "noemer": noemer, "waarde": waarde}, **how)


@pytest.mark.parametrize(
    ("given", "shown", "counts", "there"),
    [
        (row(exact_row, "pip_tijdig", 0, 0, None), "niemand", "0 van 0", False),
        (row(exact_row, "pip_tijdig", 9, 10, 0.9), "90%", "9 van 10", True),
        (row(exact_row, "pip_zonder", 1, 1, 1.0), "1", "van 1 persoon", True),
        (row(exact_row, "pip_mediaan_dagen", 9, 40, 40.0), "te weinig", "9 van 40 zover", False),
        (row(published_row, "pip_tijdig", 30, 40, None), "te klein", "30", False),
        # "10 van 10" would say everybody.
        (row(published_row, "pip_zonder", 10, 10, 10), "10", "", True),
        (row(published_row, "pip_zonder", None, 60, None), "<10", "van 60 personen", False),
        (row(published_row, "pip_zonder", None, None, None), "<10", "", False),
        (row(published_row, "pip_mediaan_dagen", None, None, 56.0, left_out=NO_COUNTS), "8 weken", "", True),
    ],
)
def test_a_row_in_few_words(given, shown, counts, there):
    indicator = queries.INDICATOREN[given["indicator"]]
    assert (kpi.short(given), kpi.of_row(indicator, given), kpi.has_value(given)) == (shown, counts, there)
    assert kpi.bare(indicator, given) == (shown.split()[0] if there else shown)
