"""How many periods of the newest regime are mature: the note on the pages about begeleiding and overdracht."""

from datetime import date

import polars as pl
import pytest

from pages.words import maturity
from tests.pages.show.published import exact, published

P = date(2022, 12, 31)


def durations(periods, mature):
    rows = [("24 maanden", 170, 170), ("12 maanden (contract 2022)", periods, mature)]
    return pl.DataFrame(rows, schema=["regime", "periodes", "over_norm_noemer"], orient="row")


@pytest.mark.parametrize(
    ("view", "periods", "mature", "words"),
    [
        (exact, 115, 0, "begon geen van de 115 perioden lang genoeg geleden"),
        (exact, 115, 1, "begon 1 van de 115 perioden lang genoeg geleden"),
        (exact, 115, 32, "begonnen 32 van de 115 perioden lang genoeg geleden"),
        (exact, 1, 0, "begon geen van de 1 periode lang genoeg geleden"),
        (published, 110, 30, "van 2022 begonnen ongeveer 30 van de 110 perioden lang genoeg geleden"),
        (published, 110, None, "begonnen minder dan 10 (of geen) van de ongeveer 110 perioden lang genoeg geleden"),
        (published, None, None, ""),
    ],
)
def test_the_note_says_how_many_of_how_many_are_mature(view, periods, mature, words):
    assert words in maturity.newest(view(durations(periods, mature)), P)


def test_without_the_contract_of_2022_there_is_no_note():
    assert maturity.newest(exact(durations(0, 0)), P) == ""
    assert maturity.newest(exact(durations(3, 0)).head(1), P) == ""


def test_what_is_not_published_of_a_stadsdeel_is_not_told_as_few():
    assert maturity.newest(published(durations(40, None), left_out=("over_norm_noemer",)), P) == ""
