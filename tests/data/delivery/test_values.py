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
        *((pl.Int64, tekst, None, 3) for tekst in ("3", "3,0", "3.00")),
        (pl.Int64, "-3", None, -3),
        # Only with the sign for decimals is it known what this dot is.
        *((pl.Int64, tekst, None, None) for tekst in ("1.000", "1,000", "3,5", "drie")),
        *((pl.Int64, tekst, ",", waarde) for tekst, waarde in (("1.000", 1000), ("1.000,00", 1000), ("3,5", None))),
        *((pl.Int64, "1" + ",000" * keer, ".", 1000**keer if keer < 6 else None) for keer in (1, 5, 7, 5_000)),
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


@pytest.mark.parametrize(
    ("teksten", "volgorde"),
    [
        (["13-02-2022", "01-02-2022", "99-99-2022"], "dmj"),
        (["02/13/2022", "01/02/2022"], "mdj"),
        (["01-01-2022", "02-02-2022", "2022-05-01", "onzin", "99-01-2022"], None),
        (["01-02-2022"], "niet te zien"),
        (["13-02-2022", "02-13-2022"], "door elkaar"),
    ],
)
def test_order_of_day_and_month_is_what_the_dates_show_and_never_guessed(teksten, volgorde):
    try:
        assert values.date_order(teksten) == volgorde
    except ValueError as fout:
        assert volgorde in str(fout)
