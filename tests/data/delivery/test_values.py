"""What a file holds as the contract's types: only what has one reading is read, and nothing is lost."""

import datetime as dt

import polars as pl
import pytest

from data.delivery import casts, values

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


# --- of parquet, without loss or refused with its row

NACHT = pl.Series([dt.datetime(2022, 5, 31, 22, 30)]).dt.replace_time_zone("UTC")


@pytest.mark.parametrize(
    ("soort", "reeks", "gelezen"),
    [
        (pl.Date, [dt.datetime(2022, 6, 1, 23, 59)], [JUNI]),
        (pl.Date, NACHT, [JUNI]),
        (pl.Date, ["2022-06-01", "2022-06-01T00:00:00", "2022-05-31T22:30:00Z", "20220601"], [JUNI] * 4),
        (pl.Date, pl.Series(["2022-06-01"], dtype=pl.Categorical), [JUNI]),
        (pl.Date, [float("nan")], [None]),
        *((pl.Boolean, waarden, [True, False, None]) for waarden in ([1, 0, None], [1.0, 0.0, None])),
        (pl.Boolean, ["true", "False", "1", "0", None], [True, False, True, False, None]),
        *((pl.Int64, waarden, [3, None]) for waarden in ([3.0, float("nan")], ["3", None])),
        *((pl.Int64, pl.Series([3], dtype=kind), [3]) for kind in (pl.Int8, pl.UInt16, pl.UInt64, pl.Int128)),
        (pl.Int64, pl.Series(["3"]).cast(pl.Decimal(4, 1)), [3]),
        (pl.String, [b"B", b"", None], ["B", "", None]),
        (pl.String, pl.Series(["B"], dtype=pl.Categorical), ["B"]),
        (pl.String, [None], [None]),
        (pl.String, [1000, 392], ["1000", "392"]),
    ],
)
def test_values_in_other_clothes_are_cast(soort, reeks, gelezen):
    cast = casts.cast(pl.Series(reeks), soort())
    assert (cast.to_list(), cast.dtype) == (gelezen, soort)


@pytest.mark.parametrize(
    ("soort", "reeks", "index"),
    [
        (pl.Date, ["2022-02-10", "10-02-2022"], 1),
        (pl.Date, ["2022-02-10", ""], 1),
        *((pl.Date, [waarde, None], None) for waarde in (20220210, dt.time(1))),
        (pl.String, [None, 1.5], 1),
        *((pl.String, [waarde, None], None) for waarde in (JUNI, True, ["Overig"])),
        (pl.String, [b"Overig", b"\xff"], 1),
        (pl.Int64, [1.0, 1.5], 1),
        (pl.Int64, ["1", "een"], 1),
        (pl.Int64, [float("inf"), 1.0], 0),
        (pl.Boolean, ["ja", "nee"], 0),
        (pl.Boolean, [1, 2], 1),
        (pl.Boolean, [JUNI, JUNI], None),
    ],
)
def test_value_that_would_be_lost_is_told_by_its_row(soort, reeks, index):
    with pytest.raises(casts.CastError) as fout:
        casts.cast(pl.Series(reeks), soort())
    assert fout.value.index == index
