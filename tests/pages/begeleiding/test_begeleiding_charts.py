"""What the page Begeleiding draws and puts in its tables, of exact and of published figures."""

import polars as pl
import pytest
from test_begeleiding_words import CONTRACT, LONG, SHORT, curve, durations, hidden_durations, months, regime

from pages.begeleiding import charts
from pages.show import theme
from pages.show.curves import DAYS_IN_A_MONTH
from tests.pages.show.drawing import layers_of, rows_of, texts_of

LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (400, 20, 11, 0, 0.45), (500, 9, 0, 9, 0.45)),
        curve((0, 20, 0, 0, 1.0), (300, 20, 2, 18, 0.9), regime=CONTRACT),
    ]
)
TIMES = durations(regime(SHORT, 20, 400 / DAYS_IN_A_MONTH), regime(CONTRACT, 20, None))
PUBLIC_LINES = pl.concat([months(1.0, None, 0.94, 0.9), months(None, None, None, regime=CONTRACT)])
PUBLIC_TIMES = hidden_durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None))


@pytest.mark.parametrize(
    ("lines", "times", "labels", "said"),
    [
        (LINES, TIMES,
         [["12 maanden", "mediaan 13,1"], ["12 maanden", "(contract 2022)", "mediaan nog niet", "bereikt"]],
         "12 maanden: 20 perioden, na 16,4 maanden loopt nog 45%, mediaan 13,1 maanden; 12 maanden (contract 2022): "
         "20 perioden, na 9,9 maanden loopt nog 90%, mediaan nog niet bereikt."),
        (PUBLIC_LINES, PUBLIC_TIMES, [["12 maanden", "mediaan 12"]],
         "12 maanden: ongeveer 180 perioden, na 3 maanden loopt nog ongeveer 90%, mediaan ongeveer 12 maanden; 12 "
         "maanden (contract 2022): ongeveer 40 perioden, mediaan te klein om te tonen. "
         "Te klein om te tonen: 12 maanden na 1 maand; 12 maanden (contract 2022)."),
        (months(1.0, 0.9), hidden_durations(regime(SHORT, 60, None)),
         [["12 maanden", "mediaan te klein", "om te tonen"]],
         "12 maanden: ongeveer 60 perioden, na 1 maand loopt nog ongeveer 90%, mediaan te klein om te tonen."),
        (curve((0, 1, 0, 0, 1.0), (20, 1, 0, 1, 1.0)), durations(regime(SHORT, 1, None)),
         [["12 maanden", "mediaan nog niet", "bereikt"]],
         "12 maanden: 1 perioden, na 0,7 maanden loopt nog 100%, mediaan nog niet bereikt."),
    ],
    ids=["exact", "rounded, and a line that is hidden", "a hidden median is not called not reached", "one person"],
)  # fmt: skip
def test_every_regime_has_its_line_and_its_median_or_why_there_is_none(lines, times, labels, said):
    chart = charts.survival(lines, times)
    assert [text for text in texts_of(chart) if text and text[0].startswith("12")] == [
        label for label in labels for _ in ("rim", "text")
    ]
    assert chart.description == f"Deel van de perioden van begeleiding dat nog loopt, naar duur. {said}"
    scale = layers_of(chart, "line")[0]["encoding"]["color"]["scale"]
    assert scale["range"] == [theme.REGIME[name].light for name in scale["domain"]]


def test_every_regime_that_has_a_line_has_its_norm_as_a_labelled_line():
    both = durations(regime(LONG, 20, 23.8), regime(SHORT, 20, 11.9))
    lines = pl.concat([LINES[:3], curve((0, 20, 0, 0, 1.0), (900, 20, 20, 0, 0.0), regime=LONG)])
    named = [row["tekst"] for row in rows_of(charts.survival(lines, both)) if "tekst" in row]
    assert named == ["norm 12 maanden", "norm 24 maanden"]
    assert [row["tekst"] for row in rows_of(charts.survival(LINES, TIMES)) if "tekst" in row] == ["norm 12 maanden"]


def test_curves_that_are_too_small_to_show_are_no_chart():
    assert charts.survival(months(None, None, regime=CONTRACT), PUBLIC_TIMES) is None
    assert charts.survival(LINES.clear(), TIMES.clear()) is None


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (durations(regime(SHORT, 20, 12.0, 3, 17), regime(CONTRACT, 20, None)), ["3 van 17", "nog niet te beoordelen"]),
        (hidden_durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 40, None, None, None)),
         ["30 van 150", "<10"]),
    ],
)  # fmt: skip
def test_the_duration_table_says_those_over_the_norm_in_words(frame, words):
    assert charts.duration_table(frame)["over_norm"].to_list() == words
