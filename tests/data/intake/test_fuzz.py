"""Damaged files and values thrown at the intake: it accepts or refuses, in Dutch, and never leaves half a snapshot.

Hypothesis makes the damage. An error that nobody foresaw counts as a failure here, also where the command line would
have caught it. EXAMPLES per test; the environment variable WI_FUZZ asks for more, as the campaign does.
"""

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from polars.testing.parametric import series

from data import contract
from data.delivery.guard import bsn
from data.intake import report, steps
from data.snapshots import manage, store
from tests.data.conftest import EERDER, GELDIG, PEILDATUM, contents_of, table, take_in, write_delivery
from tests.data.text_delivery import csv_of, write_csv_delivery, write_xlsx

EXAMPLES = int(os.environ.get("WI_FUZZ", "12"))
pytestmark = pytest.mark.fuzz
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="WI_FUZZ" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)

TOML = """\
datumvolgorde = "dmj"
[pip]
bestand = "plannen.xlsx"
blad = "Plannen"
codes.leerroute = { "Route B" = "B" }
[ontzorging]
decimaalteken = ","
vast.gesprekken_budgetcoach = 2
"""
# What real files hold in the wrong place, and what programs trip over.
RAAR = st.sampled_from(
    [
        "", " ", "\xa0", "0", "-1", "1e9", "9" * 30, "44652", "31-02-2022", "01-04-2022", "2022-04-01", "99-99-9999",
        "0000-00-00", "31-12-9999", "1-1-0001", "Ja", "NaN", "null", "Totaal", "=1+1", '"', '""', "'", ";", ",", "\t",
        "\n", "\r", "\x00", "\ufeff", "é", "İ", "ß", "\U0001f600", "\ud7ff", "B1", "A2", "persoon-001",
        "123456789012", "WK039201", "x" * 2_000, "[pip]", "{", "#", "%",
    ]
)  # fmt: skip
WAARDE = st.one_of(RAAR, st.text(max_size=12), st.integers().map(str), st.dates().map(str))


@pytest.fixture(scope="module")
def valid(tmp_path_factory) -> Path:
    """A valid delivery of parquet, CSV and XLSX with a levering.toml."""
    map_ = write_delivery(tmp_path_factory.mktemp("fuzz") / "valid", ontzorging=None, overdracht=None, pip=None)
    (map_ / "ontzorging.csv").write_text(csv_of("ontzorging", {}, {"inburgeraar_id": "persoon-002"}), encoding="utf-8")
    (map_ / "overdracht.csv").write_text(csv_of("overdracht", {}), encoding="utf-8")
    plannen = [["Uitdraai"], [], list(GELDIG["pip"]), list(GELDIG["pip"].values()), ["Totaal", 1]]
    write_xlsx(map_ / "plannen.xlsx", Voorblad=[["Plannen"]], Plannen=plannen)
    (map_ / "levering.toml").write_text(TOML, encoding="utf-8")
    return map_


@pytest.fixture(scope="module")
def tried(valid, tmp_path_factory) -> Callable[..., None]:
    """Damage a copy of the valid delivery, take it in, and look whether the snapshots are whole."""
    plek = tmp_path_factory.mktemp("beproeving")
    map_, root, begin = plek / "levering", plek / "s", plek / "begin"
    assert take_in(valid, EERDER, begin).code == 1  # persoon-002 is not known; the rest counts.
    voor = contents_of(begin)

    def tried(damage: Callable[[Path], None] = lambda map_: None, van: Path = valid) -> None:
        for weg in (map_, root):
            shutil.rmtree(weg, ignore_errors=True)
        shutil.copytree(begin, root, symlinks=True)
        shutil.copytree(van, map_)
        damage(map_)
        try:
            uitslag = take_in(map_, PEILDATUM, root)
        except steps.RefusedError as fout:
            # No number that could be somebody's is told.
            assert str(fout).strip() and bsn.without_long_number(str(fout))
            assert contents_of(root) == voor
            return
        assert store.in_use(root) == uitslag.map
        assert manage.is_whole(uitslag.map)
        for naam, schema in contract.TABELLEN.items():
            frame, telling = pl.read_parquet(uitslag.map / f"{naam}.parquet"), uitslag.manifest.tabellen[naam]
            assert telling.gelezen == frame.height + sum(telling.afgekeurd.values())
            # What counts follows the contract, whatever came in.
            mist = [kolom for kolom in contract.OPTIONEEL.get(naam, ()) if kolom not in frame.columns]
            whole = frame.with_columns(pl.lit(None, schema.columns()[kolom].dtype).alias(kolom) for kolom in mist)
            gebroken = contract.op_peildatum(schema, PEILDATUM).filter(whole)[1].counts()
            # Which PIP is the first is judged on those delivered.
            assert set(gebroken) <= {"eerste_pip_b_niet_op_a2"}
        assert report.read(uitslag.map) is not None
        assert {pad.name for pad in root.iterdir()} == {".versies", str(EERDER), str(PEILDATUM), "CURRENT"}

    return tried


@st.composite
def damaged(draw) -> Callable[[bytes], bytes]:
    """What can happen to the bytes of a file: cut off, inverted, inserted, left out, repeated, replaced."""
    plek, lengte = draw(st.floats(0, 1)), draw(st.integers(1, 300))
    nieuw = draw(st.one_of(st.binary(min_size=1, max_size=40), WAARDE.map(lambda tekst: tekst.encode())))
    soort = draw(st.sampled_from(range(6)))

    def doe(inhoud: bytes) -> bytes:
        begin = int(plek * len(inhoud))
        kop, stuk, rest = inhoud[:begin], inhoud[begin : begin + lengte], inhoud[begin + lengte :]
        omgekeerd = bytes(byte ^ 0xFF for byte in stuk)
        anders = (b"", omgekeerd + rest, nieuw + stuk + rest, rest, stuk * 2 + rest)
        return nieuw if soort == 5 else kop + anders[soort]

    return doe


@fuzz
@given(
    naam=st.sampled_from(["inburgeraar.parquet", "melding.parquet", "plannen.xlsx", "ontzorging.csv", "levering.toml"]),
    damages=st.lists(damaged(), min_size=1, max_size=3),
)
def test_damaged_bytes_of_a_file_are_refused_or_read_and_nothing_else(tried, naam, damages):
    def damage(map_: Path) -> None:
        for doe in damages:
            (map_ / naam).write_bytes(doe((map_ / naam).read_bytes()))

    tried(damage)


@fuzz
@given(
    cellen=st.lists(st.tuples(st.sampled_from(list(contract.TABELLEN)), st.integers(0, 9), WAARDE), min_size=1),
    teken=st.sampled_from(";,\t|"),
    codering=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
)
def test_any_text_in_any_cell_of_a_csv_is_judged_or_refused(tried, tmp_path_factory, cellen, teken, codering):
    map_ = write_csv_delivery(tmp_path_factory.mktemp("csv") / "levering")
    for naam, plaats, waarde in cellen:
        kolommen = list(GELDIG[naam])
        tekst = csv_of(naam, {}, {kolommen[plaats % len(kolommen)]: waarde}, teken=teken)
        (map_ / f"{naam}.csv").write_bytes(tekst.encode(codering, errors="replace"))
    tried(van=map_)
    shutil.rmtree(map_)


CEL = st.one_of(
    WAARDE.filter(lambda tekst: tekst.isprintable()),
    st.integers(-(2**40), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(9999, 12, 31)),
    st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)),
    st.times(),
    st.none(),
)


@fuzz
@given(rijen=st.lists(st.lists(CEL, max_size=8), max_size=6), titel=st.lists(st.lists(CEL, max_size=3), max_size=3))
def test_any_cell_of_a_workbook_is_accepted_or_rejected_or_refused(tried, rijen, titel):
    bladrijen = [*titel, list(GELDIG["pip"]), list(GELDIG["pip"].values()), *rijen]
    tried(lambda map_: write_xlsx(map_ / "plannen.xlsx", Plannen=bladrijen))


@fuzz
@given(data=st.data())
def test_any_type_of_parquet_is_cast_or_refused(tried, tmp_path_factory, data):
    naam = data.draw(st.sampled_from(list(contract.TABELLEN)))
    kolom = data.draw(st.sampled_from([*GELDIG[naam], "extra"]))
    reeks = data.draw(series(name=kolom, min_size=1, max_size=3, allow_null=True))
    frame, nummers = table(naam, *({} for _ in reeks)).with_columns(reeks), pl.int_range(len(reeks))
    for sleutel in [stuk for stuk in contract.TABELLEN[naam].primary_key() if stuk != kolom][:1]:
        tekst = frame.schema[sleutel] == pl.String
        ander = pl.format("persoon-{}", nummers + 1) if tekst else pl.col(sleutel) + pl.duration(days=nummers)
        frame = frame.with_columns(ander.alias(sleutel))
    map_ = write_delivery(tmp_path_factory.mktemp("parquet") / "levering")
    # polars itself cannot write some types.
    with contextlib.suppress(pl.exceptions.PolarsError):
        frame.write_parquet(map_ / f"{naam}.parquet")
    tried(van=map_)
    shutil.rmtree(map_)
