"""What the page Begeleiding draws and puts in its tables, of exact and of published figures."""

from datetime import date

import polars as pl
from test_begeleiding_words import CONTRACT, LONG, SHORT, curve, durations, public_curve, public_durations, regime

import queries
from pages.begeleiding import charts
from pages.show import series, theme
from pages.words import presentation
from tests.pages.show.drawing import layers_of, rows_of, texts_of
from tests.pages.show.published import exact, published

P = date(2022, 12, 31)
LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45)),
        curve((0, 20, 0, 0, 1.0), (300, 20, 2, 18, 0.9), name=CONTRACT),
    ]
)
TIMES = durations(regime(SHORT, 20, 400 / charts.DAYS_IN_A_MONTH), regime(CONTRACT, 20, None))
PUBLIC_LINES = pl.concat(
    [public_curve(1.0, None, 0.94, 0.9, name=SHORT), public_curve(None, None, None, name=CONTRACT)]
)
PUBLIC_TIMES = published(presentation.plain(durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None))))


def test_a_median_is_marked_when_reached_and_else_said_in_words():
    chart = charts.survival(LINES, TIMES)
    assert [row["mediaan"] for row in rows_of(chart) if "mediaan" in row] == ["13,1 maanden"]
    assert ["12 maanden", "mediaan 13,1"] in texts_of(chart)
    assert ["12 maanden", "(contract 2022)", "mediaan nog niet", "bereikt"] in texts_of(chart)


def test_a_rounded_median_is_in_whole_months_and_a_hidden_one_is_not_called_not_reached():
    assert ["12 maanden", "mediaan 12"] in texts_of(charts.survival(PUBLIC_LINES, PUBLIC_TIMES))
    lines = public_curve(*[0.9] * 8)
    hidden = published(presentation.plain(durations(regime(SHORT, 60, None))))
    assert ["12 maanden", "mediaan te klein", "om te tonen"] in texts_of(charts.survival(lines, hidden))
    not_reached = public_durations(regime(SHORT, 60, None))
    assert ["12 maanden", "mediaan nog niet", "bereikt"] in texts_of(charts.survival(lines, not_reached))


def test_every_regime_that_has_a_line_has_its_norm_as_a_labelled_line():
    both = durations(regime(LONG, 20, 23.8), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
    lines = pl.concat([LINES, curve((0, 20, 0, 0, 1.0), (900, 20, 20, 0, 0.0), name=LONG)])
    named = [row["tekst"] for row in rows_of(charts.survival(lines, both)) if "tekst" in row]
    assert named == ["norm 12 maanden", "norm 24 maanden"]
    assert [row["tekst"] for row in rows_of(charts.survival(LINES, TIMES)) if "tekst" in row] == ["norm 12 maanden"]


def test_a_regime_has_its_own_colour():
    scale = layers_of(charts.survival(LINES, TIMES), "line")[0]["encoding"]["color"]["scale"]
    assert scale["domain"] == [SHORT, CONTRACT]
    assert scale["range"] == [theme.REGIME[SHORT].light, theme.REGIME[CONTRACT].light]


def test_the_description_of_the_curve_is_made_from_the_data():
    words = charts.survival(LINES, TIMES).description
    assert "12 maanden: 20 perioden, na 16,4 maanden loopt nog 45%, mediaan 13,1 maanden" in words
    assert "12 maanden (contract 2022): 20 perioden, na 9,9 maanden loopt nog 90%, mediaan nog niet bereikt" in words
    assert charts.survival(PUBLIC_LINES, PUBLIC_TIMES).description == (
        "Deel van de perioden van begeleiding dat nog loopt, naar duur. 12 maanden: ongeveer 180 perioden, na 3 "
        "maanden loopt nog ongeveer 90%, mediaan ongeveer 12 maanden; 12 maanden (contract 2022): ongeveer 40 "
        "perioden, mediaan te klein om te tonen. "
        "Te klein om te tonen: 12 maanden na 1 maand; 12 maanden (contract 2022)."
    )


def test_curves_that_are_too_small_to_show_are_no_chart_and_no_table():
    small = PUBLIC_LINES.filter(pl.col("regime") == CONTRACT)
    assert charts.survival(small, PUBLIC_TIMES) is None
    assert charts.curve_table(small).is_empty()
    assert charts.survival(LINES.clear(), TIMES.clear()) is None


def test_one_person_can_be_drawn():
    one = curve((0, 1, 0, 0, 1.0), (20, 1, 0, 1, 1.0))
    assert charts.survival(one, durations(regime(SHORT, 1, None))).to_dict()


def test_a_published_curve_is_read_per_month():
    assert presentation.plain(charts.curve_table(PUBLIC_LINES)).rows() == [
        (SHORT, 0, 1.0), (SHORT, 1, None), (SHORT, 2, 0.94), (SHORT, 3, 0.9)
    ]  # fmt: skip
    assert charts.curve_table(LINES).equals(LINES)


def test_the_duration_table_says_those_over_the_norm_in_words():
    table = charts.duration_table(durations(regime(SHORT, 20, 12.0, 3, 17), regime(CONTRACT, 20, None)))
    assert table["over_norm"].to_list() == ["3 van 17", "nog niet te beoordelen"]
    small = presentation.plain(durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 40, None, None, None)))
    assert charts.duration_table(published(small))["over_norm"].to_list() == ["30 van 150", "<10"]


def test_the_stock_is_drawn_with_the_events_that_touch_begeleiding():
    days = pl.date_range(date(2019, 12, 1), date(2022, 12, 1), "1mo", eager=True)
    columns = {"gestart": pl.lit(2), "beeindigd": pl.lit(1), "lopend": pl.lit(37)}
    stock = series.by_period(exact(pl.DataFrame({"maand": days}).with_columns(**columns)))
    found = charts.events_on_axis(queries.events(), stock)
    assert found["titel"].to_list() == ["Begeleiding van 24 naar 12 maanden", "Wet inburgering 2021 in werking"]
    words = charts.stock(stock, found, P).description
    assert "in de laatste maand 2 begonnen, 1 beëindigd, 37 lopend" in words
    assert "1 januari 2020: Begeleiding van 24 naar 12 maanden" in words
    assert charts.stock(stock.clear(), found.clear(), P) is None
