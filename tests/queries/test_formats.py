"""Figures and dates are written the Dutch way, whatever the locale of the server."""

from datetime import date

import pytest

from queries import formats


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (formats.count(1234), "1.234"),
        (formats.count(0), "0"),
        (formats.count(None), "—"),
        (formats.percent(0.7), "70%"),
        (formats.percent(0.07, decimals=1), "7,0%"),
        (formats.percent(1.0), "100%"),
        (formats.percent(0.0), "0%"),
        (formats.percent(None), "—"),
        (formats.decimal(1234.56), "1.234,6"),
        (formats.months(11.75), "11,8 maanden"),
        (formats.months(1.0), "1,0 maand"),
        (formats.months(None), "nog niet bereikt"),
        (formats.days(1), "1 dag"),
        (formats.days(64.0), "64 dagen"),
        (formats.days(None), "nog niet bereikt"),
        (formats.long_date(date(2022, 12, 31)), "31 december 2022"),
        (formats.short_date(date(2022, 3, 1)), "01-03-2022"),
        (formats.month(date(2022, 3, 1)), "maart 2022"),
        (formats.quarter(date(2022, 10, 1)), "4e kwartaal 2022"),
        (formats.long_date(None), "—"),
        (formats.short_month(date(2022, 3, 1)), "mrt 2022"),
        (formats.short_month(date(2022, 5, 1)), "mei 2022"),
        (formats.short_month(None), "—"),
        (formats.short_quarter(date(2022, 10, 1)), "4e kw. 2022"),
        (formats.short_quarter(None), "—"),
        (formats.share_or_few(0.714), "71%"),
        (formats.share_or_few(None), "te weinig waarnemingen"),
        (formats.persons(1), "1 persoon"),
        (formats.persons(0), "0 personen"),
        (formats.persons(1234), "1.234 personen"),
    ],
)
def test_figures_and_dates_are_dutch(written, expected):
    assert written == expected


def test_one_person_short_of_a_norm_is_not_rounded_to_it():
    assert formats.percent(999 / 1000) == "> 99%"
    assert formats.percent(1 / 1000) == "< 1%"
    assert formats.percent(0.99951, decimals=1) == "> 99,9%"


def test_a_share_within_reach_of_a_whole_percent_is_rounded_as_usual():
    assert formats.percent(0.994) == "99%"
    assert formats.percent(0.006) == "1%"


@pytest.mark.parametrize(
    ("figure", "eenheid", "expected"),
    [
        (0.7, "aandeel", "70%"),
        (26.0, "aantal", "26"),
        (11.9, "maanden", "11,9 maanden"),
        (53.0, "dagen", "53 dagen"),
    ],
)
def test_a_figure_is_written_in_the_unit_of_its_indicator(figure, eenheid, expected):
    assert formats.value(figure, eenheid) == expected


def test_an_unknown_unit_is_an_error():
    with pytest.raises(KeyError):
        formats.value(1.0, "euro")


def test_words_are_enumerated_with_en_before_the_last():
    assert formats.enumerate_words(["Noord"]) == "Noord"
    assert formats.enumerate_words(["Noord", "Oost", "Centrum"]) == "Noord, Oost en Centrum"
    assert formats.enumerate_words([]) == ""


def test_text_is_escaped_for_html_attributes_included():
    assert formats.escape('<b a="1">') == "&lt;b a=&quot;1&quot;&gt;"


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
