"""The sentences of the page Begeleiding: every branch of their rules, in correct Dutch."""

from datetime import date

import polars as pl
import pytest

from pages.begeleiding import words as says
from pages.show import series
from tests.pages.show.published import published, published_row

P = date(2022, 12, 31)
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


def durations(*rows):
    return pl.DataFrame(rows, schema=DURATION, orient="row")


def regime(name, periods, median, over=0, noemer=0):
    return (name, 730 if name == LONG else 365, periods, periods, 0, None, median, None, over, noemer)


def curve(*rows, name=SHORT):
    return pl.DataFrame([(name, *row) for row in rows], schema=CURVE, orient="row")


def kpi(over=(0, 0), median=(0, None)):
    teller, noemer = over
    number, value = median
    return {
        "begeleiding_over_norm": {
            "teller": teller,
            "noemer": noemer,
            "waarde": teller / noemer if noemer else None,
        },
        "begeleiding_mediaan": {"teller": number, "noemer": number, "waarde": value},
    }


SOME = durations(regime(SHORT, 40, 11.9))


def test_the_finding_is_how_many_ran_over_the_norm_and_when_half_has_ended():
    assert says.finding(SOME, kpi((8, 40), (60, 11.94))) == (
        "8 van de 40 perioden (20%) duurden meer dan 30 dagen langer dan de norm van 24 of 12 maanden. "
        "Van de begeleiding van 12 maanden is de helft na 11,9 maanden beëindigd."
    )


def test_one_period_over_the_norm_is_singular():
    assert says.finding(SOME, kpi((1, 40))).startswith("1 van de 40 perioden (2%) duurde meer")


def test_no_period_over_the_norm():
    assert says.finding(SOME, kpi((0, 40))) == (
        "Geen van de 40 perioden duurde meer dan 30 dagen langer dan de norm van 24 of 12 maanden."
    )


def test_a_small_group_comes_with_a_caution():
    assert says.CAUTION in says.finding(SOME, kpi((2, 29)))
    assert says.CAUTION not in says.finding(SOME, kpi((2, 30)))


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ((0, 1), "De ene periode die te beoordelen is, duurde niet meer dan 30 dagen langer dan de norm."),
        ((1, 1), "De ene periode die te beoordelen is, duurde meer dan 30 dagen langer dan de norm."),
        ((0, 9), "Geen van de 9 perioden duurde meer dan 30 dagen langer dan de norm."),
        ((1, 9), "1 van de 9 perioden duurde meer dan 30 dagen langer dan de norm."),
        ((2, 9), "2 van de 9 perioden duurden meer dan 30 dagen langer dan de norm."),
    ],
)
def test_under_ten_periods_there_is_no_percentage_and_no_verdict(over, words):
    assert says.finding(SOME, kpi(over)) == f"{words} {says.TOO_FEW_WORDS}"


def test_when_no_period_can_be_judged_the_finding_says_it_is_too_early():
    assert says.finding(SOME, kpi((0, 0))) == says.TOO_EARLY


def test_a_median_that_is_not_reached_is_said_in_words():
    assert says.finding(SOME, kpi((0, 0), (50, None))).endswith(
        "Van de begeleiding van 12 maanden is nog niet de helft beëindigd."
    )


def test_a_median_of_fewer_than_ten_periods_is_not_told():
    assert says.finding(SOME, kpi((0, 0), (9, 11.0))) == says.TOO_EARLY


def test_nobody_in_the_selection():
    assert says.finding(durations(), kpi()) == says.NOBODY


def test_the_curve_title_tells_each_median_and_which_regime_is_not_there_yet():
    frame = durations(regime(LONG, 20, 23.82), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
    assert says.curve_title(frame) == (
        "De helft is beëindigd na 23,8 maanden in het regime van 24 maanden en na 11,9 maanden in het regime van "
        "12 maanden; nog niet in het contract van 2022"
    )


def test_a_regime_with_fewer_than_ten_periods_is_not_in_the_title():
    frame = durations(regime(LONG, 9, 20.0), regime(SHORT, 10, 11.9))
    assert says.curve_title(frame) == "De helft is beëindigd na 11,9 maanden in het regime van 12 maanden"


def test_a_median_that_rests_on_fewer_than_ten_ended_periods_is_not_told():
    frame = durations(regime(CONTRACT, 40, 11.0)).with_columns(beeindigd=pl.lit(9))
    assert says.curve_title(frame).endswith("te weinig perioden voor een uitspraak")
    rows = kpi((0, 0), (40, 11.0))
    rows["begeleiding_mediaan"]["teller"] = 9
    assert says.finding(SOME, rows) == says.TOO_EARLY


def test_the_curve_title_without_a_median_without_enough_and_without_anybody():
    assert says.curve_title(durations(regime(CONTRACT, 20, None))) == (
        "Nog niet de helft is beëindigd in het contract van 2022"
    )
    assert says.curve_title(durations(regime(SHORT, 9, 5.0))).endswith("te weinig perioden voor een uitspraak")
    assert says.curve_title(durations()) == "Hoe lang de begeleiding duurt"


def test_of_every_hundred_reads_each_regime_at_its_own_norm():
    frame = durations(regime(LONG, 20, 23.8), regime(SHORT, 20, 11.9), regime(CONTRACT, 20, None))
    lines = pl.concat(
        [
            curve((0, 20, 0, 0, 1.0), (730, 20, 12, 0, 0.4), (800, 8, 8, 0, 0.0), name=LONG),
            curve((0, 20, 0, 0, 1.0), (360, 20, 9, 0, 0.55), (500, 11, 11, 0, 0.0)),
            curve((0, 20, 0, 0, 1.0), (300, 20, 0, 20, 1.0), name=CONTRACT),
        ]
    )
    assert says.of_every_hundred(lines, frame) == (
        "Van elke 100 perioden lopen er na 24 maanden nog 40 in het regime van 24 maanden en na 12 maanden nog 55 in "
        "het regime van 12 maanden. Voor het contract van 2022 is dat nog niet te zeggen: er zijn te weinig perioden "
        "zo lang gevolgd."
    )
    assert says.curve_words(lines, frame).endswith(
        "per regime (24 maanden: 20 perioden; 12 maanden: 20 perioden; 12 maanden (contract 2022): 20 perioden)."
    )


@pytest.mark.parametrize(("share", "words"), [(0.002, "minder dan 1"), (0.998, "meer dan 99"), (0.0, "0")])
def test_almost_none_and_almost_all_are_not_rounded_away(share, words):
    line = curve((0, 500, 0, 0, 1.0), (365, 500, 1, 0, share), (400, 499, 0, 499, share))
    assert f"na 12 maanden nog {words} in" in says.of_every_hundred(line, durations(regime(SHORT, 500, None)))


def test_the_durations_title_counts_those_over_the_norm_per_regime():
    frame = durations(regime(LONG, 20, 24.0, 3, 20), regime(SHORT, 9, 12.0, 1, 4), regime(CONTRACT, 5, None))
    assert says.durations_title(frame) == (
        "Langer dan de norm: 3 van de 20 in het regime van 24 maanden en 1 van de 4 in het regime van 12 maanden"
    )
    assert says.durations_title(durations(regime(CONTRACT, 5, None))).endswith("over de norm is nog niets te zeggen")
    assert says.durations_title(durations()) == "Duur per regime"


def stock(*rows):
    schema = {"maand": pl.Date, "gestart": pl.Int64, "beeindigd": pl.Int64, "lopend": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_the_stock_title_counts_the_year_of_the_peildatum_only():
    frame = stock((date(2021, 12, 1), 9, 2, 7), (date(2022, 11, 1), 3, 1, 9), (date(2022, 12, 1), 2, 1, 10))
    assert says.stock_title(frame, P) == (
        "Op 31 december 2022 lopen 10 perioden; in 2022 begonnen er 5 en eindigden er 2"
    )


def test_the_stock_title_in_the_singular_and_without_anybody():
    assert says.stock_title(stock((date(2022, 12, 1), 1, 1, 1)), P) == (
        "Op 31 december 2022 loopt 1 periode; in 2022 begon er 1 en eindigde er 1"
    )
    assert says.stock_title(stock(), P) == "Begeleiding per maand"


# ---------------------------------------------------------------------------------------------- rounded figures


def public_durations(*rows):
    return published(durations(*rows), not_reached=("p25_maanden", "mediaan_maanden", "p75_maanden"))


def public_kpi(over, median=None):
    """Rounded figures; None is too small to show. over: teller, noemer and share; median: months."""
    teller, noemer, share = over
    return {
        "begeleiding_over_norm": published_row({"teller": teller, "noemer": noemer, "waarde": share}),
        "begeleiding_mediaan": published_row(
            {"teller": None, "noemer": None, "waarde": median}, left_out=("teller", "noemer")
        ),
    }


ROUNDED = public_durations(regime(LONG, 170, 24.0, 20, 170), regime(SHORT, 180, 12.0, 30, 150))
NORM = "duurden meer dan 30 dagen langer dan de norm van 24 of 12 maanden."


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ((50, 320, 0.16), f"Ongeveer 50 van de 320 perioden (16%) {NORM}"),
        ((None, None, None), says.TOO_SMALL),
    ],
)
def test_the_finding_of_rounded_figures_says_about_how_many(over, words):
    assert says.finding(ROUNDED, public_kpi(over)) == words


def test_a_rounded_median_is_in_whole_months_and_needs_no_count_behind_it():
    assert says.finding(ROUNDED, public_kpi((50, 320, 0.16), 12.0)).endswith(
        "Van de begeleiding van 12 maanden is de helft na ongeveer 12 maanden beëindigd."
    )


def test_figures_that_are_too_small_are_never_nobody():
    small = published(durations(regime(SHORT, None, None, None, None)))
    assert says.finding(small, public_kpi((None, None, None))) == says.TOO_SMALL
    assert says.no_curve(small) == says.NO_CURVE
    assert says.no_curve(durations()) == says.NOBODY


def test_the_curve_title_of_rounded_figures_leaves_out_what_is_too_small():
    assert says.curve_title(public_durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 110, None))) == (
        "De helft is beëindigd na ongeveer 12 maanden in het regime van 12 maanden; nog niet in het contract van 2022"
    )
    small = published(durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None)))
    assert says.curve_title(small) == "De helft is beëindigd na ongeveer 12 maanden in het regime van 12 maanden"
    assert says.curve_title(small.tail(1)) == "Hoe lang de begeleiding duurt"


def public_curve(*shares, name=SHORT):
    """A published line: a share per month, None is too small to show."""
    rows = [(round(month * 30.4375), None, None, None, share) for month, share in enumerate(shares)]
    return published(curve(*rows, name=name), left_out=("in_risico", "gebeurtenissen", "gecensureerd"))


def test_of_every_hundred_of_a_published_curve_is_about_so_many():
    frame = public_durations(regime(SHORT, 180, 12.0), regime(CONTRACT, 40, None))
    lines = pl.concat([public_curve(*[1.0] * 12, 0.44), public_curve(*[None] * 13, name=CONTRACT)])
    assert says.curve_words(lines, frame) == (
        "Van elke 100 perioden lopen er na 12 maanden nog ongeveer 44 in het regime van 12 maanden. Voor het contract "
        "van 2022 is dat niet te tonen: zo lang zijn er te weinig perioden gevolgd. Getekend: het deel dat nog loopt, "
        "per regime (12 maanden: ongeveer 180 perioden; 12 maanden (contract 2022): ongeveer 40 perioden)."
    )


def test_how_to_read_the_curve_fits_the_curve_that_is_drawn():
    assert says.how_to_read(curve((0, 20, 0, 0, 1.0))) == says.CURVE
    assert says.how_to_read(public_curve(1.0, None, 0.9)) == says.PUBLISHED_CURVE
    assert "Gestippeld" not in says.PUBLISHED_CURVE


def test_the_durations_title_names_only_what_may_be_shown():
    frame = public_durations(regime(LONG, 170, 24.0, 20, 170), regime(SHORT, 60, 12.0, None, 50))
    assert says.durations_title(frame) == "Langer dan de norm: ongeveer 20 van de 170 in het regime van 24 maanden"
    assert says.durations_title(frame.tail(1)) == (
        "Duur per regime: over de norm is niets te tonen, de aantallen zijn te klein"
    )


def public_stock(*rows):
    return series.by_period(published(stock(*rows)))


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (
            (30, 40, 120),
            "Op 31 december 2022 lopen ongeveer 120 perioden; in het 4e kwartaal 2022 begonnen er ongeveer 30 en "
            "eindigden er ongeveer 40",
        ),
        ((30, None, 120), "Op 31 december 2022 lopen ongeveer 120 perioden"),
        ((None, None, None), "Begeleiding per kwartaal"),
    ],
)
def test_rounded_quarters_are_not_added_up_to_a_year(last, title):
    assert says.stock_title(public_stock((date(2022, 7, 1), 20, 10, 130), (date(2022, 10, 1), *last)), P) == title


def test_the_words_about_the_series_name_its_period():
    assert says.stock_words(stock()).startswith("Perioden van begeleiding per maand")
    assert says.stock_words(public_stock((date(2022, 10, 1), 10, 10, 10))).startswith(
        "Perioden van begeleiding per kwartaal"
    )


def test_rounded_periods_have_no_total_to_rest_on():
    assert says.n_words(461) == "n = 461 perioden"
    assert says.n_words(None) == ""
