"""Text to dates, whole numbers and booleans: only what has one reading is read."""

import datetime as dt

import polars as pl
import pytest

from data.delivery import values

JUNI = dt.date(2022, 6, 1)
JA_NEE = zip(["Ja", "nee", "J", "n", "1", "0", "TRUE", "false", "Waar", "onwaar"], [True, False] * 5, strict=True)


@pytest.mark.parametrize(
    ("soort", "tekst", "instelling", "waarde"),
    [
        *((pl.Date, tekst, None, JUNI) for tekst in ("2022-06-01", "2022/6/1", "2022-05-31T22:30:00Z", "20220601")),
        # What Excel counts.
        *((pl.Date, tekst, None, JUNI) for tekst in ("44713", "44713,75")),
        *((pl.Date, tekst, "dmj", JUNI) for tekst in ("01-06-2022", "1/6/2022", "01-06-2022 00:00:00")),
        (pl.Date, "06.01.2022", "mdj", JUNI),
        (pl.Date, "01-06-2022", "jmd", None),
        *((pl.Date, tekst, "dmj", None) for tekst in ("01-06-22", "31-02-2022", "13-13-2022", "01-06/2022")),
        *((pl.Date, tekst, "dmj", None) for tekst in ("2022", "onbekend", "")),
        (pl.Int64, "3", None, 3),
        (pl.Int64, "-3", None, -3),
        (pl.Int64, "3,0", None, 3),
        (pl.Int64, "3.00", None, 3),
        # Only with the sign for decimals is it known what this dot is.
        (pl.Int64, "1.000", None, None),
        (pl.Int64, "1,000", None, None),
        (pl.Int64, "1.000", ",", 1000),
        (pl.Int64, "1,000", ".", 1000),
        (pl.Int64, "1.000,00", ",", 1000),
        (pl.Int64, "3,5", None, None),
        (pl.Int64, "3,5", ",", None),
        (pl.Int64, "drie", None, None),
        (pl.Int64, "1" + ".000" * 5, ",", 10**15),
        (pl.Int64, "1" + ".000" * 7, ",", None),
        (pl.Int64, "1" + ",000" * 5_000, ".", None),
        *((pl.Boolean, tekst, None, waarde) for tekst, waarde in JA_NEE),
        (pl.Boolean, "x", None, None),
        (pl.String, "x", None, "x"),
    ],
)
def test_text_is_read_as_its_one_meaning_or_not_at_all(soort, tekst, instelling, waarde):
    """instelling: the order of day and month, or the sign for decimals."""
    volgorde, decimaalteken = (instelling, None) if soort == pl.Date else (None, instelling)
    gelezen = values.read(pl.Series([tekst, None]), soort(), volgorde, decimaalteken)
    assert (gelezen.to_list(), gelezen.dtype) == ([waarde, None], soort)


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
        (["99-01-2022"], None),
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
