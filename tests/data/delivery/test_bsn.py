"""The BSN guard: which tokens count in text, and when a share of hits counts in numbers."""

import datetime as dt
import decimal
from itertools import count, islice

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.delivery.guard import bsn

# Made-up numbers that pass the elfproef: of nine digits and of eight.
NEGEN, ACHT = "123456782", "10000008"
RAAK = [NEGEN, ACHT, f" {NEGEN}\n", f"bsn:{NEGEN}.", f"({NEGEN})", f"a,{NEGEN};b", f"x\n{NEGEN}"]
RAAK += [f"123456789 {NEGEN}", f"123456789 12345678,{ACHT}"]
MIS = ["123456789", "12345678", "00000000", "000000000", NEGEN[:7], NEGEN + "0", "1234567820", "1234.56.782", ""]
MIS += [f"{voor}{NEGEN}" for voor in "aé-_0"] + [f"{NEGEN}{na}" for na in "aé-_"] + ["１２３４５６７８２"]


@pytest.mark.parametrize(("tekst", "raak"), [*((tekst, True) for tekst in RAAK), *((tekst, False) for tekst in MIS)])
def test_token_in_text(tekst, raak):
    assert bsn.in_text(tekst) is raak
    assert bsn.find(pl.Series([None, "niets", tekst])) == (2 if raak else None)


def some(aantal: int, raak: bool) -> list[int]:
    """Different numbers of nine digits that pass the elfproef, or that do not."""
    return list(islice((getal for getal in count(200_000_000) if bsn.in_text(str(getal)) is raak), aantal))


HALF = [0, 42, *some(5, False), *some(5, True)]
# Two dates that pass the elfproef, and two that are none, as there is no month 13, and that fail.
DATUMS, MAAND_13 = [20220108, 20220121], [20221308, 20221309]
ZOEKBAAR = {
    "first hit among many that are none": ([f"zaak 1234567{nr:02d}x" for nr in range(100)] + [NEGEN, "111222333"], 100),
    "dictionary": (pl.Series(["a", NEGEN], dtype=pl.Categorical), 1),
    "enumeration": (pl.Series(["a", NEGEN], dtype=pl.Enum([NEGEN, "a"])), 1),
    "bytes": ([b"a", NEGEN.encode()], 1),
    "bytes that are no UTF-8": ([b"\xff\xfe", b"\xff " + NEGEN.encode(), None], 1),
    "bytes without": ([b"\xff\xfe", None], None),
    "struct": ([None, {"a": 1, "b": {"c": ["x", NEGEN]}}], 1),
    "struct without": ([None, {"a": 1, "b": {"c": ["x", "123456789"]}}], None),
    "list of lists, with another line": ([[["x"]], [["x"], [f"x\n{NEGEN}"]]], 1),
    "number in a list in a struct": ([{"getal": [1]}, {"getal": [1, int(NEGEN)]}], 1),
    "array": (pl.Series([None, ["x", NEGEN]], dtype=pl.Array(pl.String, 2)), 1),
    "map": (pa.array([[("a", "x")], [("b", NEGEN)]], pa.map_(pa.string(), pa.string())), 1),
    "json": (pa.array(['{"a":1}', f'{{"a":"{NEGEN}"}}'], pa.json_()), 1),
    # In numbers at least half of the candidates must pass, each counted once.
    **{f"half of {kind.__name__}": (list(map(kind, HALF)), 7) for kind in (int, float, decimal.Decimal)},
    "less than half": (HALF[:-1], None),
    "a hit alone": (some(1, True), 0),
    "repeated numbers": (some(1, True) * 50 + some(2, False), None),
    "consecutive numbers": (range(100_000_000, 100_001_000), None),
    "dates as numbers": (DATUMS, None),
    "before 1900 no dates": ([18980107], 0),
    "a third": ([*MAAND_13, *some(1, True)], None),
    "numbers of another length": ([1234567, 1234567820, -int(NEGEN), 2**62], None),
    "a fraction": ([float(NEGEN) + 0.5, float("nan"), float("inf"), -float("inf")], None),
    "beyond 63 bits": (pl.Series([2**64 - 1], dtype=pl.UInt64), None),
    **{str(kind): (pl.Series([100, None], dtype=kind), None) for kind in (pl.Int8, pl.UInt8, pl.Int16, pl.Int128)},
    # No BSN by their type.
    **{type(waarde).__name__: ([waarde, None], None) for waarde in (True, None, dt.time(1), dt.timedelta(days=1))},
    "date": ([dt.date(2022, 1, 8), dt.date(2022, 1, 21)], None),
    "moment": ([dt.datetime(2022, 1, 8)], None),
    "no lists": (pl.Series([], dtype=pl.List(pl.String)), None),
}


@pytest.mark.parametrize(("waarden", "index"), ZOEKBAAR.values(), ids=ZOEKBAAR)
def test_column_of_any_type_is_searched_for_its_first_bsn(tmp_path, waarden, index):
    if isinstance(waarden, pa.Array):
        pq.write_table(pa.table({"": waarden}), tmp_path / "t.parquet")
        waarden = pl.read_parquet(tmp_path / "t.parquet")[""]
    assert bsn.find(pl.Series(waarden)) == index


def test_names_inside_a_struct_are_names_too():
    soort = pl.List(pl.Struct({"a": pl.Struct({NEGEN: pl.Int8})}))
    assert set(bsn.names_in("kolom", soort)) >= {"kolom", "a", NEGEN}


def test_a_date_column_delivered_as_text_is_judged_by_share():
    datums = [*map(str, DATUMS), "2022-03-01", None]
    een, twee = map(str, some(2, False))
    assert bsn.find(pl.Series(datums)) == 0
    assert bsn.find(pl.Series(datums), datumkolom=True) is None
    assert bsn.find(pl.Series([*datums, een, NEGEN]), datumkolom=True) == 5
    assert bsn.find(pl.Series([*datums, een, twee, NEGEN]), datumkolom=True) is None
