"""The BSN guard: which tokens count in text, and when a share of hits counts in numbers."""

import datetime as dt
import decimal
import json
import random
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


def test_text_search_agrees_with_the_rule_on_random_texts():
    kiezer = random.Random(11)
    tekens = "0123456789" * 6 + "aé-_ .,\n"
    teksten = ["".join(kiezer.choices(tekens, k=kiezer.randint(0, 24))) for _ in range(3000)]
    teksten += [f"{a}{NEGEN}{b}" for a in tekens for b in tekens]
    for tekst in teksten:
        assert (bsn.find(pl.Series([tekst])) == 0) is bsn.in_text(tekst)


ZOEKBAAR = {
    "many that are none": (pl.Series([f"zaak 1234567{nr:02d}x" for nr in range(100)] + [NEGEN, "111222333"]), 100),
    "dictionary": (pl.Series(["a", NEGEN], dtype=pl.Categorical), 1),
    "enumeration": (pl.Series(["a", NEGEN], dtype=pl.Enum([NEGEN, "a"])), 1),
    "bytes": (pl.Series([b"a", NEGEN.encode()]), 1),
    "bytes that are no UTF-8": (pl.Series([b"\xff\xfe", b"\xff " + NEGEN.encode(), None]), 1),
    "bytes without": (pl.Series([b"\xff\xfe", None]), None),
}


@pytest.mark.parametrize(("kolom", "index"), ZOEKBAAR.values(), ids=ZOEKBAAR)
def test_text_in_whatever_form_is_searched_and_the_first_hit_is_enough(kolom, index):
    assert bsn.find(kolom) == index


@pytest.mark.parametrize(
    ("waarde", "soort"),
    [
        ({"a": 1, "b": {"c": ["x", NEGEN]}}, None),
        ([["x"], [NEGEN]], None),
        ([f"x\n{NEGEN}"], None),
        ([1, int(NEGEN)], pl.List(pl.Int64)),
        ({"getal": int(NEGEN)}, None),
        (["x", NEGEN], pl.Array(pl.String, 2)),
    ],
)
def test_nested_values_are_searched_by_their_text(waarde, soort):
    assert bsn.find(pl.Series([None, waarde], dtype=soort)) == 1
    schoon = json.loads(json.dumps(waarde).replace(NEGEN, "123456789"))
    assert bsn.find(pl.Series([None, schoon], dtype=soort)) is None


@pytest.mark.parametrize(
    "kolom",
    [
        pa.array([[("a", "x")], [("b", NEGEN)]], pa.map_(pa.string(), pa.string())),
        pa.array(['{"a":1}', f'{{"a":"{NEGEN}"}}'], pa.json_()),
    ],
)
def test_map_and_json_columns_are_searched(tmp_path, kolom):
    pq.write_table(pa.table({"x": kolom}), tmp_path / "t.parquet")
    assert bsn.find(pl.read_parquet(tmp_path / "t.parquet")["x"]) == 1


def test_names_inside_a_struct_are_names_too():
    soort = pl.List(pl.Struct({"a": pl.Struct({NEGEN: pl.Int8})}))
    assert set(bsn.names_in("kolom", soort)) >= {"kolom", "a", NEGEN}


def some(aantal: int, raak: bool) -> list[int]:
    """Different numbers of nine digits that pass the elfproef, or that do not."""
    return list(islice((getal for getal in count(200_000_000) if bsn.in_text(str(getal)) is raak), aantal))


@pytest.mark.parametrize(("raak", "mis", "geweigerd"), [(5, 5, True), (4, 5, False), (1, 0, True), (0, 5, False)])
def test_in_a_numeric_column_at_least_half_of_the_candidates_must_pass(raak, mis, geweigerd):
    waarden = [0, 42, *some(mis, False), *some(raak, True)]
    for soort in (int, float, decimal.Decimal):
        assert bsn.find(pl.Series(list(map(soort, waarden)))) == (2 + mis if geweigerd else None)


@pytest.mark.parametrize(
    "waarden",
    [
        some(1, True) * 50 + some(2, False),
        range(100_000_000, 100_001_000),
        # Both pass the elfproef, and are dates.
        [20220108, 20220121],
        # There is no month 13: these are candidates, and they fail.
        [20221308, 20221309, *some(1, True)],
        [1234567, 1234567820, -int(NEGEN), 2**62],
        pl.Series([2**64 - 1], dtype=pl.UInt64),
        *(pl.Series([100, None], dtype=soort) for soort in (pl.Int8, pl.UInt8, pl.Int16, pl.UInt16, pl.Int128)),
        [float(NEGEN) + 0.5, float("nan"), float("inf"), -float("inf")],
        [True, None],
        [None, None],
        [dt.date(2022, 1, 8), dt.date(2022, 1, 21)],
        [dt.datetime(2022, 1, 8)],
        [dt.time(1), None],
        [dt.timedelta(days=1)],
        pl.Series([], dtype=pl.List(pl.String)),
        pl.Series([[], None], dtype=pl.List(pl.String)),
    ],
)
def test_columns_without_enough_candidates_pass(waarden):
    assert bsn.find(pl.Series(waarden)) is None


def test_a_date_column_delivered_as_text_is_judged_by_share():
    datums = ["20220108", "20220121", "2022-03-01", None]
    een, twee = map(str, some(2, False))
    assert bsn.find(pl.Series(datums)) == 0
    assert bsn.find(pl.Series(datums), datumkolom=True) is None
    assert bsn.find(pl.Series([*datums, een, NEGEN]), datumkolom=True) == 5
    assert bsn.find(pl.Series([*datums, een, twee, NEGEN]), datumkolom=True) is None
