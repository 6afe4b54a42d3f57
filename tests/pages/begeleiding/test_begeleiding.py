"""What the page Begeleiding says, draws and puts in its tables, of exact and of published figures."""

from functools import partial

import polars as pl
import pytest

from pages.begeleiding import charts
from pages.begeleiding import words as says
from pages.show import beside
from pages.words import presentation, sentences
from tests.pages.show import answers
from tests.pages.show.drawing import rows_of, texts_of
from tests.pages.show.published import exact, exact_row, published, published_row

DURATION = "regime norm_dagen periodes beeindigd lopend {} {} {} over_norm_teller over_norm_noemer"
TIMES = ("p25_maanden", "mediaan_maanden", "p75_maanden")
LONG, SHORT, CONTRACT = "24 maanden", "12 maanden", "12 maanden (contract 2022)"


def durations(*values, make=exact, **shown):
    return make(answers.rows(DURATION.format(*TIMES), *values), **shown)


# A published median that is empty was not reached, or is too small to show.
public_durations = partial(durations, make=published, not_reached=TIMES)
hidden_durations = partial(durations, make=published)
curve, months = (partial(each, regime=SHORT) for each in (answers.curve, answers.months))


def regime(name, periods, median, over=0, noemer=0, ended=None):
    ended = periods if ended is None else ended
    return (name, 730 if name == LONG else 365, periods, ended, 0, None, median, None, over, noemer)


def kpi(make, teller, noemer, waarde):
    return make({"indicator": "begeleiding_over_norm", "teller": teller, "noemer": noemer, "waarde": waarde})


@pytest.mark.parametrize(
    ("frame", "row"),
    [
        (durations(regime(SHORT, 40, 11.9)), kpi(exact_row, 54, 319, 54 / 319)),
        (hidden_durations(regime(SHORT, None, None)), kpi(published_row, None, None, None)),
    ],
    ids=["exact", "too small is never called nobody"],
)
def test_the_finding_is_how_many_ran_over_the_norm_and_when_half_has_ended(frame, row):
    rows = {"begeleiding_over_norm": row, "begeleiding_mediaan": row}
    assert says.finding(frame, rows) == f"{sentences.over_norm(row)} {sentences.duration(row)}".strip()
    assert says.finding(durations(), rows) == says.TEXTS["nobody"]


THREE = durations(regime(LONG, 20, 23.8, 3, 17), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
PUBLIC = public_durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 110, None))
SMALL = hidden_durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 40, None, None, None))
HALF, NO_HALF = "De helft is beëindigd na: het regime van", "Hoe lang de begeleiding duurt"
OVER = "Langer dan de norm: het regime van"


@pytest.mark.parametrize(
    ("say", "frame", "words"),
    [
        (says.curve_title, THREE, f"{HALF} 24 maanden 23,8 maanden, het regime van 12 maanden 11,9 maanden, het "
         "contract van 2022 nog niet bereikt"),
        (says.curve_title, PUBLIC, f"{HALF} 12 maanden ongeveer 12 maanden, het contract van 2022 nog niet bereikt"),
        (says.curve_title, SMALL, f"{HALF} 12 maanden ongeveer 12 maanden"),
        (says.curve_title, durations(), NO_HALF),
        (says.curve_title, durations(regime(SHORT, 9, 5.0)), NO_HALF),
        (says.curve_title, durations(regime(SHORT, 40, 5.0, ended=9)), NO_HALF),
        (says.curve_title, durations(regime(SHORT, 9, None)), NO_HALF),
        (says.durations_title, THREE, f"{OVER} 24 maanden 3 van 17"),
        (says.durations_title, SMALL, f"{OVER} 12 maanden ongeveer 30 van 150"),
        (says.durations_title, durations(regime(CONTRACT, 20, None)), "Duur per regime"),
    ],
)  # fmt: skip
def test_the_durations_are_told_as_they_may_be(say, frame, words):
    assert say(frame) == words


def test_the_duration_table_says_those_over_the_norm_in_words():
    assert charts.duration_table(THREE)["over_norm"].to_list() == ["3 van 17", *["nog niet te beoordelen"] * 2]
    assert charts.duration_table(SMALL)["over_norm"].to_list() == ["30 van 150", "<10"]
    away = durations(regime(SHORT, 60, 12.0), make=published, left_out=("over_norm_teller", "over_norm_noemer"))
    assert "over_norm" not in (table := charts.duration_table(away)).columns
    assert "Over de norm" not in says.durations_words(away, table)
    assert "Over de norm" in says.durations_words(THREE, charts.duration_table(THREE))
    both = beside.whose(charts.duration_table, away, beside.Beside("Heel Haarlem", SMALL))
    assert both["over_norm"].to_list() == [presentation.NOT_SHOWN, "30 van 150", "<10"]


LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (730, 20, 12, 0, 0.4), (800, 8, 8, 0, 0.0), regime=LONG),
        curve((0, 20, 0, 0, 1.0), (360, 20, 9, 0, 0.55), (500, 11, 11, 0, 0.0)),
        curve((0, 20, 0, 0, 1.0), (300, 20, 2, 18, 0.9), regime=CONTRACT),
    ]
)
PUBLIC_LINES = pl.concat([months(*[1.0] * 12, 0.44), months(*[None] * 13, regime=CONTRACT)])
UNKNOWN = says.TEXTS["unknown"].format("het contract van 2022")
ALMOST = durations(regime(SHORT, 500, None))


def almost(share):
    return curve((0, 500, 0, 0, 1.0), (365, 500, 1, 0, share), (400, 499, 0, 499, share))


@pytest.mark.parametrize(
    ("lines", "frame", "words"),
    [
        (LINES, THREE, "na 24 maanden nog 40 in het regime van 24 maanden en na 12 maanden nog 55 in het regime van "
         f"12 maanden. {UNKNOWN}"),
        (PUBLIC_LINES, PUBLIC, f"na 12 maanden nog ongeveer 44 in het regime van 12 maanden. {UNKNOWN}"),
        (almost(0.002), ALMOST, "na 12 maanden nog minder dan 1 in het regime van 12 maanden."),
        (almost(0.998), ALMOST, "na 12 maanden nog meer dan 99 in het regime van 12 maanden."),
        (almost(0.0), ALMOST, "na 12 maanden nog 0 in het regime van 12 maanden."),
    ],
)  # fmt: skip
def test_of_every_hundred_so_many_still_run_at_the_norm_of_their_regime(lines, frame, words):
    told = says.curve_words(lines, frame)
    assert told.startswith(f"Van elke 100 perioden lopen er {words} Getekend: het deel dat nog loopt, per regime (")
    assert f"12 maanden: {frame.filter(regime=SHORT)['periodes_tekst'][0]} perioden" in told


NOT_YET = [SHORT, "(contract", "2022)", "mediaan", "nog niet", "bereikt"]
PUBLIC_YEAR = pl.concat([months(1.0, None, 0.94, 0.9), months(None, None, None, regime=CONTRACT)])


def test_norms_that_are_near_share_their_words():
    assert charts.norm_words([12, 24]) == {12: "norm 12 maanden", 24: "norm 24 maanden"}
    assert charts.norm_words([6, 12, 18, 36]) == {6: "", 12: "", 18: "norm 6, 12 en 18 maanden", 36: "norm 36 maanden"}


@pytest.mark.parametrize(
    ("lines", "times", "labels", "norms", "said"),
    [
        (LINES, THREE, [["24 maanden", "mediaan 23,8"], [SHORT, "mediaan 11,9"], NOT_YET], ["12 maanden", "24 maanden"],
         "24 maanden: 20 perioden, na 26,3 maanden loopt nog 0%, mediaan 23,8 maanden; 12 maanden: 20 perioden, na "
         "16,4 maanden loopt nog 0%, mediaan 11,9 maanden; 12 maanden (contract 2022): 20 perioden, na 9,9 maanden "
         "loopt nog 90%, mediaan nog niet bereikt."),
        (PUBLIC_YEAR, SMALL, [[SHORT, "mediaan 12"]], ["12 maanden"],
         "12 maanden: ongeveer 180 perioden, na 3 maanden loopt nog ongeveer 90%, mediaan ongeveer 12 maanden; 12 "
         "maanden (contract 2022): ongeveer 40 perioden, mediaan te klein om te tonen. "
         "Te klein om te tonen: 12 maanden na 1 maand; 12 maanden (contract 2022)."),
        (months(1.0, 0.9), hidden_durations(regime(SHORT, 60, None)), [[SHORT, "mediaan te", "klein om", "te tonen"]],
         ["12 maanden"],
         "12 maanden: ongeveer 60 perioden, na 1 maand loopt nog ongeveer 90%, mediaan te klein om te tonen."),
    ],
    ids=["exact", "rounded, and a line that is hidden", "a hidden median is not called not reached"],
)  # fmt: skip
def test_every_regime_has_its_line_its_norm_and_its_median_or_why_there_is_none(lines, times, labels, norms, said):
    chart = charts.survival(lines, times)
    named = [text for text in texts_of(chart) if text and text[0].startswith(("12", "24"))]
    assert named == [each for each in labels for _ in ("rim", "text")]
    assert [row["tekst"] for row in rows_of(chart) if "tekst" in row] == [f"norm {each}" for each in norms]
    assert chart.description == f"Deel van de perioden van begeleiding dat nog loopt, naar duur. {said}"
    assert charts.survival(lines.clear(), times) is None
    assert charts.survival(months(None, None, regime=CONTRACT), PUBLIC) is None
