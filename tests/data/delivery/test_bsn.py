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

# Made-up numbers that pass the elfproef: two of nine digits, one of eight.
NEGEN = "123456782"
TWEEDE = "111222333"
ACHT = "10000008"


@pytest.mark.parametrize(
    ("tekst", "raak"),
    [
        (NEGEN, True),
        (ACHT, True),
        ("123456789", False),
        ("12345678", False),
        ("00000000", False),
        ("000000000", False),
        (NEGEN[:7], False),
        (NEGEN + "0", False),
        ("1234567820", False),
        (f" {NEGEN}\n", True),
        (f"bsn:{NEGEN}.", True),
        (f"({NEGEN})", True),
        (f"a,{NEGEN};b", True),
        (f"x\n{NEGEN}", True),
        (f"a{NEGEN}", False),
        (f"{NEGEN}a", False),
        (f"é{NEGEN}", False),
        (f"{NEGEN}é", False),
        (f"-{NEGEN}", False),
        (f"{NEGEN}-", False),
        (f"_{NEGEN}", False),
        (f"{NEGEN}_", False),
        (f"0{NEGEN}", False),
        (f"123456789 {NEGEN}", True),
        (f"123456789 12345678,{ACHT}", True),
        ("1234.56.782", False),
        ("１２３４５６７８２", False),
        ("", False),
    ],
)
def test_token_in_text(tekst, raak):
    assert bsn.in_text(tekst) is raak
    assert bsn.find(pl.Series([None, "niets", tekst])) == (2 if raak else None)


def test_first_hit_in_text_is_enough_among_many_that_are_none():
    kolom = pl.Series([f"zaak 1234567{teller:02d}x" for teller in range(100)] + [NEGEN, TWEEDE])
    assert bsn.find(kolom) == 100


def test_text_search_agrees_with_the_rule_on_random_texts():
    kiezer = random.Random(11)
    tekens = "0123456789" * 6 + "aé-_ .,\n"
    teksten = ["".join(kiezer.choices(tekens, k=kiezer.randint(0, 24))) for _ in range(3000)]
    teksten += [f"{a}{NEGEN}{b}" for a in tekens for b in tekens]
    for tekst in teksten:
        assert (bsn.find(pl.Series([tekst])) == 0) is bsn.in_text(tekst)


@pytest.mark.parametrize("soort", [pl.Categorical, pl.Enum([NEGEN, "a"])])
def test_dictionary_text_is_searched(soort):
    assert bsn.find(pl.Series(["a", NEGEN], dtype=pl.String).cast(soort)) == 1


def test_bytes_are_searched_as_text_even_when_they_are_no_utf8():
    assert bsn.find(pl.Series([b"a", NEGEN.encode()])) == 1
    assert bsn.find(pl.Series([b"\xff\xfe", b"\xff " + NEGEN.encode(), None])) == 1
    assert bsn.find(pl.Series([b"\xff\xfe", None])) is None


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
    leeg = None
    assert bsn.find(pl.Series([leeg, waarde], dtype=soort)) == 1
    schoon = json.loads(json.dumps(waarde).replace(NEGEN, "123456789"))
    assert bsn.find(pl.Series([leeg, schoon], dtype=soort)) is None


def test_map_and_json_columns_are_searched(tmp_path):
    kolommen = {
        "map": pa.array([[("a", "x")], [("b", NEGEN)]], pa.map_(pa.string(), pa.string())),
        "json": pa.array(['{"a":1}', f'{{"a":"{NEGEN}"}}'], pa.json_()),
    }
    for naam, kolom in kolommen.items():
        pq.write_table(pa.table({naam: kolom}), tmp_path / "t.parquet")
        assert bsn.find(pl.read_parquet(tmp_path / "t.parquet")[naam]) == 1


def test_names_inside_a_struct_are_names_too():
    soort = pl.List(pl.Struct({"a": pl.Struct({NEGEN: pl.Int8})}))
    assert set(bsn.names_in("kolom", soort)) >= {"kolom", "a", NEGEN}


def passing(aantal: int) -> list[int]:
    """Different numbers of nine digits that pass the elfproef."""
    return list(islice((getal for getal in count(200_000_000) if bsn.in_text(str(getal))), aantal))


def failing(aantal: int) -> list[int]:
    return list(islice((getal for getal in count(300_000_000) if not bsn.in_text(str(getal))), aantal))


@pytest.mark.parametrize(("raak", "mis", "geweigerd"), [(5, 5, True), (4, 5, False), (1, 0, True), (0, 5, False)])
def test_in_a_numeric_column_at_least_half_of_the_candidates_must_pass(raak, mis, geweigerd):
    waarden = [0, 42, *failing(mis), *passing(raak)]
    gevonden = bsn.find(pl.Series(waarden))
    assert gevonden == (2 + mis if geweigerd else None)
    assert bsn.find(pl.Series([float(waarde) for waarde in waarden])) == gevonden
    assert bsn.find(pl.Series([decimal.Decimal(waarde) for waarde in waarden])) == gevonden


def test_repeated_numbers_count_once():
    assert bsn.find(pl.Series(passing(1) * 50 + failing(2))) is None


def test_consecutive_numbers_are_chance_hits():
    assert bsn.find(pl.Series(range(100_000_000, 100_001_000))) is None


def test_dates_written_as_numbers_are_no_candidates():
    # 20220108 and 20220121 pass the elfproef.
    assert bsn.find(pl.Series([20220108, 20220121])) is None
    # There is no month 13: 20221308 is a candidate, and it fails.
    assert bsn.find(pl.Series([20221308, 20221309, *passing(1)])) is None
    assert bsn.find(pl.Series([20221308, *passing(1)])) == 1


@pytest.mark.parametrize(
    "kolom",
    [
        pl.Series([1234567, 1234567820, -int(NEGEN), 2**62]),
        pl.Series([2**64 - 1], dtype=pl.UInt64),
        *(pl.Series([100, None], dtype=soort) for soort in (pl.Int8, pl.UInt8, pl.Int16, pl.UInt16, pl.Int128)),
        pl.Series([float(NEGEN) + 0.5, float("nan"), float("inf"), -float("inf")]),
        pl.Series([True, None]),
        pl.Series([None, None]),
        pl.Series([dt.date(2022, 1, 8), dt.date(2022, 1, 21)]),
        pl.Series([dt.datetime(2022, 1, 8)]),
        pl.Series([dt.time(1), None]),
        pl.Series([dt.timedelta(days=1)]),
        pl.Series([], dtype=pl.List(pl.String)),
        pl.Series([[], None], dtype=pl.List(pl.String)),
    ],
)
def test_columns_without_a_candidate_pass(kolom):
    assert bsn.find(kolom) is None


def test_a_date_column_delivered_as_text_is_judged_by_share():
    datums = ["20220108", "20220121", "2022-03-01", None]
    assert bsn.find(pl.Series(datums), datumkolom=True) is None
    assert bsn.find(pl.Series(datums)) == 0
    misser = str(failing(1)[0])
    assert bsn.find(pl.Series([*datums, misser, NEGEN]), datumkolom=True) == 5
    missers = [str(getal) for getal in failing(2)]
    assert bsn.find(pl.Series([*datums, *missers, NEGEN]), datumkolom=True) is None


def test_a_name_with_a_long_number_is_not_shown():
    assert bsn.without_long_number("kolom_1234567")
    assert not bsn.without_long_number("kolom_12345678")
