"""Text to dates, whole numbers and booleans: only what has one reading is read."""

import datetime as dt

import polars as pl
import pytest

from data.delivery import values

JUNI = dt.date(2022, 6, 1)


@pytest.mark.parametrize(
    ("tekst", "volgorde", "dag"),
    [
        ("2022-06-01", None, JUNI),
        ("2022/6/1", None, JUNI),
        ("01-06-2022", "dmj", JUNI),
        ("1/6/2022", "dmj", JUNI),
        ("06.01.2022", "mdj", JUNI),
        ("01-06-2022 00:00:00", "dmj", JUNI),
        ("2022-05-31T22:30:00Z", None, JUNI),
        ("44713", None, JUNI),
        ("44713,75", None, JUNI),
        ("20220601", None, JUNI),
        ("01-06-2022", "jmd", None),
        ("01-06-22", "dmj", None),
        ("31-02-2022", "dmj", None),
        ("13-13-2022", "dmj", None),
        ("01-06/2022", "dmj", None),
        ("2022", None, None),
        ("onbekend", "dmj", None),
        ("", "dmj", None),
    ],
)
def test_date(tekst, volgorde, dag):
    assert values.read_date(tekst, volgorde) == dag


def test_serial_number_counts_from_1904_in_a_workbook_that_says_so():
    assert values.read_date("43251", None, dagen_1904=True) == JUNI


@pytest.mark.parametrize(
    ("teksten", "volgorde"),
    [
        (["13-02-2022", "01-02-2022"], "dmj"),
        (["02/13/2022", "01/02/2022"], "mdj"),
        (["01-01-2022", "02-02-2022", "2022-05-01", "onzin"], None),
        ([], None),
        (["99-99-2022", "13-02-2022"], "dmj"),
    ],
)
def test_order_of_day_and_month_is_what_the_dates_show(teksten, volgorde):
    assert values.date_order(teksten) == volgorde


@pytest.mark.parametrize(
    ("teksten", "waarom"), [(["01-02-2022"], "niet te zien"), (["13-02-2022", "02-13-2022"], "door elkaar")]
)
def test_order_that_the_dates_do_not_show_is_never_guessed(teksten, waarom):
    with pytest.raises(values.OnduidelijkeVolgorde, match=waarom):
        values.date_order(teksten)


@pytest.mark.parametrize(
    ("tekst", "decimaalteken", "getal"),
    [
        ("3", None, 3),
        ("-3", None, -3),
        ("3,0", None, 3),
        ("3.00", None, 3),
        ("1.000", None, None),
        ("1,000", None, None),
        ("1.000", ",", 1000),
        ("1,000", ".", 1000),
        ("1.000,00", ",", 1000),
        ("3,5", None, None),
        ("3,5", ",", None),
        ("drie", None, None),
        ("1" + ".000" * 5, ",", 10**15),
        ("1" + ".000" * 7, ",", None),
        ("1" + ",000" * 5_000, ".", None),
    ],
)
def test_whole_number(tekst, decimaalteken, getal):
    assert values.read(pl.Series([tekst]), pl.Int64(), None, decimaalteken).to_list() == [getal]


def test_booleans():
    teksten = ["Ja", "nee", "J", "n", "1", "0", "TRUE", "false", "Waar", "onwaar", "x", None]
    gelezen = values.read(pl.Series(teksten), pl.Boolean(), None, None).to_list()
    assert gelezen == [True, False] * 5 + [None, None]
