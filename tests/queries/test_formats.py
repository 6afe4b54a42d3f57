"""Dates and words are Dutch, whatever the locale of the server; how figures are written: see test_written."""

from datetime import date

import pytest

from queries import formats

DAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.count(None), "—"),
        (formats.percent(0.07, decimals=1), "7,0%"),
        (formats.percent(1.0), "100%"),
        (formats.percent(0.0), "0%"),
        (formats.percent(None), "—"),
        # One person short of a norm is not rounded to it; a share within reach of a whole percent is, as usual.
        (formats.percent(999 / 1000), "> 99%"),
        (formats.percent(1 / 1000), "< 1%"),
        (formats.percent(0.99951, decimals=1), "> 99,9%"),
        (formats.percent(0.994), "99%"),
        (formats.percent(0.006), "1%"),
        (formats.decimal(1234.56), "1.234,6"),
        (formats.months(1.0), "1,0 maand"),
        (formats.days(1), "1 dag"),
        (formats.days(None), "nog niet bereikt"),
        (formats.long_date(date(2022, 12, 31)), "31 december 2022"),
        (formats.long_date(None), "—"),
        (formats.short_date(DAY), "01-03-2022"),
        (formats.month(DAY), "maart 2022"),
        (formats.quarter(date(2022, 10, 1)), "4e kwartaal 2022"),
        (formats.short_month(DAY), "mrt 2022"),
        (formats.short_month(date(2022, 5, 1)), "mei 2022"),
        (formats.short_month(None), "—"),
        (formats.short_quarter(date(2022, 10, 1)), "4e kw. 2022"),
        (formats.share_or_few(None), "te weinig waarnemingen"),
        (formats.persons(1), "1 persoon"),
        (formats.value(0.7, "aandeel"), "70%"),
        (formats.value(26.0, "aantal"), "26"),
        (formats.value(11.9, "maanden"), "11,9 maanden"),
        (formats.value(53.0, "dagen"), "53 dagen"),
        (formats.enumerate_words(["Noord"]), "Noord"),
        (formats.enumerate_words(["Noord", "Oost", "Centrum"]), "Noord, Oost en Centrum"),
        (formats.enumerate_words([]), ""),
        (formats.escape('<b a="1">'), "&lt;b a=&quot;1&quot;&gt;"),
    ],
)
def test_figures_dates_and_words_are_dutch(written, expected):
    assert written == expected


@pytest.mark.parametrize(
    ("share", "other", "difference"),
    [
        (0.237, 0.804, -0.56),
        (0.0512, 0.1746, -0.12),
        (0.575, 0.5, 0.08),  # 58%, as half to even writes it
        (0.999, 0.5, 0.49),  # > 99%
        (0.001, 1.0, -0.99),  # < 1%
        (None, 0.5, None),
        (0.5, None, None),
    ],
)
def test_a_difference_is_that_of_the_two_numbers_as_they_are_written(share, other, difference):
    assert formats.difference(share, other) == difference
