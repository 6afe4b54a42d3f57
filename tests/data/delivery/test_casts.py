"""What parquet spells in other ways than the contract does: read without loss, or refused with its row."""

import datetime as dt

import polars as pl
import pytest

from data.delivery import casts

DAG = dt.date(2022, 6, 1)
NACHT = pl.Series([dt.datetime(2022, 5, 31, 22, 30)]).dt.replace_time_zone("UTC")


@pytest.mark.parametrize(
    ("soort", "reeks", "gelezen"),
    [
        (pl.Date, [dt.datetime(2022, 6, 1, 23, 59)], [DAG]),
        (pl.Date, NACHT, [DAG]),
        (pl.Date, ["2022-06-01", "2022-06-01T00:00:00", "2022-05-31T22:30:00Z", "20220601"], [DAG] * 4),
        (pl.Date, pl.Series(["2022-06-01"], dtype=pl.Categorical), [DAG]),
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
        *((pl.String, [waarde, None], None) for waarde in (DAG, True, ["Overig"])),
        (pl.String, [b"Overig", b"\xff"], 1),
        (pl.Int64, [1.0, 1.5], 1),
        (pl.Int64, ["1", "een"], 1),
        (pl.Int64, [float("inf"), 1.0], 0),
        (pl.Boolean, ["ja", "nee"], 0),
        (pl.Boolean, [1, 2], 1),
        (pl.Boolean, [DAG, DAG], None),
    ],
)
def test_value_that_would_be_lost_is_told_by_its_row(soort, reeks, index):
    with pytest.raises(casts.CastError) as fout:
        casts.cast(pl.Series(reeks), soort())
    assert fout.value.index == index
