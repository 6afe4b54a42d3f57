"""What the page Begeleiding says, of exact and of published figures."""

from functools import partial

import polars as pl
import pytest

from pages.begeleiding import words as says
from pages.words import sentences
from tests.pages.show import answers
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
)
def test_the_finding_is_how_many_ran_over_the_norm_and_when_half_has_ended(frame, row):
    """Too small is never called nobody."""
    rows = {"begeleiding_over_norm": row, "begeleiding_mediaan": row}
    assert says.finding(frame, rows) == f"{sentences.over_norm(row)} {sentences.duration(row)}"
    assert says.finding(durations(), rows) == says.TEXTS["nobody"]


THREE = durations(regime(LONG, 20, 23.8, 3, 17), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
PUBLIC = public_durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 110, None))
SMALL = hidden_durations(regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 40, None, None, None))
NO_TITLE = "Hoe lang de begeleiding duurt"


@pytest.mark.parametrize(
    ("say", "frame", "words"),
    [
        (says.curve_title, THREE, "De helft is beëindigd na: het regime van 24 maanden 23,8 maanden, het regime van 12 "
         "maanden 11,9 maanden, het contract van 2022 nog niet bereikt"),
        (says.curve_title, PUBLIC, "De helft is beëindigd na: het regime van 12 maanden ongeveer 12 maanden, het "
         "contract van 2022 nog niet bereikt"),
        (says.curve_title, SMALL, "De helft is beëindigd na: het regime van 12 maanden ongeveer 12 maanden"),
        (says.curve_title, durations(), NO_TITLE),
        (says.curve_title, durations(regime(SHORT, 9, 5.0)), NO_TITLE),
        (says.curve_title, durations(regime(SHORT, 40, 5.0, ended=9)), NO_TITLE),
        (says.curve_title, durations(regime(SHORT, 9, None)), NO_TITLE),
        (says.durations_title, THREE, "Langer dan de norm: het regime van 24 maanden 3 van 17"),
        (says.durations_title, SMALL, "Langer dan de norm: het regime van 12 maanden ongeveer 30 van 150"),
        (says.durations_title, durations(regime(CONTRACT, 20, None)), "Duur per regime"),
    ],
)  # fmt: skip
def test_the_durations_are_told_as_they_may_be(say, frame, words):
    assert say(frame) == words


LINES = pl.concat(
    [
        curve((0, 20, 0, 0, 1.0), (730, 20, 12, 0, 0.4), (800, 8, 8, 0, 0.0), regime=LONG),
        curve((0, 20, 0, 0, 1.0), (360, 20, 9, 0, 0.55), (500, 11, 11, 0, 0.0)),
        curve((0, 20, 0, 0, 1.0), (300, 20, 0, 20, 1.0), regime=CONTRACT),
    ]
)
PUBLIC_LINES = pl.concat([months(*[1.0] * 12, 0.44), months(*[None] * 13, regime=CONTRACT)])
UNKNOWN = "Voor het contract van 2022 is dat niet te zeggen: er zijn te weinig perioden zo lang gevolgd."
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
