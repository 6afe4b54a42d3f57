"""What the page Begeleiding says, of exact and of published figures."""

import polars as pl
import pytest

from pages.begeleiding import words as says
from tests.pages.show.published import exact, exact_row, published, published_row

DURATION = {
    "regime": pl.String,
    "norm_dagen": pl.Int64,
    "periodes": pl.Int64,
    "beeindigd": pl.Int64,
    "lopend": pl.Int64,
    "p25_maanden": pl.Float64,
    "mediaan_maanden": pl.Float64,
    "p75_maanden": pl.Float64,
    "over_norm_teller": pl.Int64,
    "over_norm_noemer": pl.Int64,
}
CURVE = {
    "regime": pl.String,
    "dag": pl.Int64,
    "in_risico": pl.Int64,
    "gebeurtenissen": pl.Int64,
    "gecensureerd": pl.Int64,
    "overleving": pl.Float64,
}
LONG, SHORT, CONTRACT = "24 maanden", "12 maanden", "12 maanden (contract 2022)"


def rows_of(rows):
    return pl.DataFrame(rows, schema=DURATION, orient="row")


def durations(*rows):
    return exact(rows_of(rows))


def public_durations(*rows):
    """A published median that is empty was not reached."""
    return published(rows_of(rows), not_reached=("p25_maanden", "mediaan_maanden", "p75_maanden"))


def regime(name, periods, median, over=0, noemer=0, ended=None):
    ended = periods if ended is None else ended
    return (name, 730 if name == LONG else 365, periods, ended, 0, None, median, None, over, noemer)


def curve(*rows, name=SHORT):
    return exact(pl.DataFrame([(name, *row) for row in rows], schema=CURVE, orient="row"))


def public_curve(*shares, name=SHORT):
    """A published line: a share per month, None is too small to show."""
    rows = [(name, round(month * 30.4375), None, None, None, share) for month, share in enumerate(shares)]
    left_out = ("in_risico", "gebeurtenissen", "gecensureerd")
    return published(pl.DataFrame(rows, schema=CURVE, orient="row"), left_out=left_out)


def test_the_finding_is_how_many_ran_over_the_norm_and_when_half_has_ended():
    rows = {
        "begeleiding_over_norm": exact_row({"teller": 54, "noemer": 319, "waarde": 54 / 319}),
        "begeleiding_mediaan": exact_row(
            {"indicator": "begeleiding_mediaan", "teller": 160, "noemer": 291, "waarde": 11.86}
        ),
    }
    assert says.finding(durations(regime(SHORT, 40, 11.9)), rows) == (
        "Van de 319 perioden van begeleiding duurden er 54 (17%) meer dan 30 dagen langer dan de norm van 24 of 12 "
        "maanden. De helft van de perioden van begeleiding is na 11,9 maanden beëindigd (aanbod: 12 maanden)."
    )
    assert says.finding(durations(), rows) == says.NOBODY
    small = published_row({"teller": None, "noemer": None, "waarde": None})
    hidden = {"begeleiding_over_norm": small, "begeleiding_mediaan": small}
    assert says.NOBODY not in says.finding(published(rows_of([regime(SHORT, None, None)])), hidden)


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (
            durations(regime(LONG, 20, 23.8), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None)),
            "het regime van 24 maanden 23,8 maanden, het regime van 12 maanden 11,9 maanden, "
            "het contract van 2022 nog niet bereikt",
        ),
        (
            public_durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 110, None)),
            "het regime van 12 maanden ongeveer 12 maanden, het contract van 2022 nog niet bereikt",
        ),
        (
            published(rows_of([regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None)])),
            "het regime van 12 maanden ongeveer 12 maanden",
        ),
    ],
)
def test_the_curve_title_tells_each_median(frame, told):
    assert says.curve_title(frame) == f"De helft is beëindigd na: {told}"


@pytest.mark.parametrize(
    "rows", [[], [regime(SHORT, 9, 5.0)], [regime(SHORT, 40, 5.0, ended=9)], [regime(SHORT, 9, None)]]
)
def test_a_median_of_fewer_than_ten_is_not_in_the_title(rows):
    assert says.curve_title(durations(*rows)) == "Hoe lang de begeleiding duurt"


def test_of_every_hundred_reads_each_regime_at_its_own_norm():
    frame = durations(regime(LONG, 20, 23.8), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
    lines = pl.concat(
        [
            curve((0, 20, 0, 0, 1.0), (730, 20, 12, 0, 0.4), (800, 8, 8, 0, 0.0), name=LONG),
            curve((0, 20, 0, 0, 1.0), (360, 20, 9, 0, 0.55), (500, 11, 11, 0, 0.0)),
            curve((0, 20, 0, 0, 1.0), (300, 20, 0, 20, 1.0), name=CONTRACT),
        ]
    )
    assert says.curve_words(lines, frame) == (
        "Van elke 100 perioden lopen er na 24 maanden nog 40 in het regime van 24 maanden en na 12 maanden nog 55 in "
        "het regime van 12 maanden. Voor het contract van 2022 is dat niet te zeggen: er zijn te weinig perioden "
        "zo lang gevolgd. Getekend: het deel dat nog loopt, per regime (24 maanden: 20 perioden; 12 maanden: 20 "
        "perioden; 12 maanden (contract 2022): 20 perioden)."
    )


def test_of_every_hundred_of_a_published_curve_is_about_so_many():
    frame = public_durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None))
    lines = pl.concat([public_curve(*[1.0] * 12, 0.44), public_curve(*[None] * 13, name=CONTRACT)])
    assert says.of_every_hundred(lines, frame).startswith(
        "Van elke 100 perioden lopen er na 12 maanden nog ongeveer 44 in het regime van 12 maanden. Voor het contract"
    )


@pytest.mark.parametrize(("share", "words"), [(0.002, "minder dan 1"), (0.998, "meer dan 99"), (0.0, "0")])
def test_almost_none_and_almost_all_are_not_rounded_away(share, words):
    line = curve((0, 500, 0, 0, 1.0), (365, 500, 1, 0, share), (400, 499, 0, 499, share))
    assert f"na 12 maanden nog {words} in" in says.of_every_hundred(line, durations(regime(SHORT, 500, None)))


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (
            durations(regime(LONG, 20, 23.8, 3, 17), regime(CONTRACT, 20, None)),
            "Langer dan de norm: het regime van 24 maanden 3 van 17",
        ),
        (
            published(rows_of([regime(SHORT, 180, 12.0, 30, 150), regime(CONTRACT, 40, None, None, None)])),
            "Langer dan de norm: het regime van 12 maanden ongeveer 30 van 150",
        ),
        (durations(regime(CONTRACT, 20, None)), "Duur per regime"),
        (durations(), "Duur per regime"),
    ],
)
def test_the_durations_title_counts_those_over_the_norm_per_regime(frame, title):
    assert says.durations_title(frame) == title


def test_of_rounded_durations_it_is_said_that_they_are():
    assert says.durations_words(durations(regime(SHORT, 20, 12.0))) == says.DURATIONS
    assert says.durations_words(public_durations(regime(SHORT, 20, 12.0))).endswith(says.ROUNDED)
