"""Damaged files and values thrown at the intake: it accepts or refuses, in Dutch, and never leaves half a snapshot.

Hypothesis makes the damage. An error that nobody foresaw counts as a failure here, also where the command line would
have caught it. EXAMPLES per test; the environment variable WI_FUZZ asks for more, as the campaign does.
"""

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
from tests.data.conftest import GELDIG, PEILDATUM, contents_of, table, take_in, write_delivery
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
[pip.codes.leerroute]
"Route B" = "B"
[ontzorging]
bestand = "ontzorging.csv"
decimaalteken = ","
[ontzorging.vast]
gesprekken_budgetcoach = 2
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
    write_xlsx(
        map_ / "plannen.xlsx",
        Voorblad=[["Plannen"]],
        Plannen=[["Uitdraai"], [], list(GELDIG["pip"]), list(GELDIG["pip"].values()), ["Totaal", 1]],
    )
    (map_ / "levering.toml").write_text(TOML, encoding="utf-8")
    return map_


@pytest.fixture(scope="module")
def tried(valid, tmp_path_factory) -> Callable[[Callable[[Path], None]], int]:
    """Damage a copy of the valid delivery, take it in, and look whether the snapshots are whole; the exit status."""
    plek = tmp_path_factory.mktemp("beproeving")
    map_, root, begin = plek / "levering", plek / "s", plek / "begin"
    take_in(valid, dt.date(2022, 11, 30), begin)
    voor = contents_of(begin)

    def tried(damage: Callable[[Path], None], van: Path = valid) -> int:
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
            return 2
        assert store.in_use(root) == uitslag.map
        assert manage.is_whole(uitslag.map)
        telling = uitslag.manifest.tabellen
        for naam, schema in contract.TABELLEN.items():
            frame = pl.read_parquet(uitslag.map / f"{naam}.parquet")
            assert telling[naam].gelezen == frame.height + sum(telling[naam].afgekeurd.values())
            # What counts follows the contract, whatever came in.
            met_optioneel = frame.with_columns(
                pl.lit(None, dtype=schema.columns()[kolom].dtype).alias(kolom)
                for kolom in contract.OPTIONEEL.get(naam, ())
                if kolom not in frame.columns
            )
            gebroken = contract.op_peildatum(schema, PEILDATUM).filter(met_optioneel)[1].counts()
            # Which PIP is the first is judged on those delivered.
            assert set(gebroken) <= {"eerste_pip_b_niet_op_a2"}
        assert report.read(uitslag.map) is not None
        assert {pad.name for pad in root.iterdir()} == {".versies", "2022-11-30", "2022-12-31", "CURRENT"}
        return uitslag.code

    return tried


def test_the_delivery_that_is_damaged_here_is_good_itself(tried):
    assert tried(lambda map_: None) == 1  # persoon-002 is not known; the rest counts.


@st.composite
def damages(draw) -> Callable[[bytes], bytes]:
    """What can happen to the bytes of a file."""
    soort = draw(st.sampled_from(["afkappen", "omkeren", "invoegen", "weghalen", "herhalen", "vervangen"]))
    plek, lengte = draw(st.floats(0, 1)), draw(st.integers(1, 300))
    nieuw = draw(st.one_of(st.binary(min_size=1, max_size=40), WAARDE.map(lambda tekst: tekst.encode())))

    def doe(inhoud: bytes) -> bytes:
        begin = int(plek * len(inhoud))
        stuk = inhoud[begin : begin + lengte]
        return {
            "afkappen": inhoud[:begin],
            "omkeren": inhoud[:begin] + bytes(byte ^ 0xFF for byte in stuk) + inhoud[begin + lengte :],
            "invoegen": inhoud[:begin] + nieuw + inhoud[begin:],
            "weghalen": inhoud[:begin] + inhoud[begin + lengte :],
            "herhalen": inhoud[:begin] + stuk * 2 + inhoud[begin + lengte :],
            "vervangen": nieuw,
        }[soort]

    return doe


@fuzz
@given(
    naam=st.sampled_from(["inburgeraar.parquet", "melding.parquet", "plannen.xlsx", "ontzorging.csv", "levering.toml"]),
    damages=st.lists(damages(), min_size=1, max_size=3),
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
def test_any_text_in_any_cell_of_a_csv_is_accepted_or_rejected_or_refused(
    tried, tmp_path_factory, cellen, teken, codering
):
    map_ = tmp_path_factory.mktemp("csv") / "levering"
    write_csv_delivery(map_)
    for naam, plaats, waarde in cellen:
        kolommen = list(GELDIG[naam])
        tekst = csv_of(naam, {}, {kolommen[plaats % len(kolommen)]: waarde}, teken=teken)
        (map_ / f"{naam}.csv").write_bytes(tekst.encode(codering, errors="replace"))
    tried(lambda _: None, map_)
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
    tried(
        lambda map_: write_xlsx(
            map_ / "plannen.xlsx", Plannen=[*titel, list(GELDIG["pip"]), list(GELDIG["pip"].values()), *rijen]
        )
    )


@fuzz
@given(data=st.data())
def test_any_type_of_parquet_is_cast_or_refused(tried, data):
    naam = data.draw(st.sampled_from(list(contract.TABELLEN)))
    kolom = data.draw(st.sampled_from([*GELDIG[naam], "extra"]))
    reeks = data.draw(series(name=kolom, min_size=1, max_size=3, allow_null=True))
    frame = table(naam, *({} for _ in reeks)).with_columns(reeks)
    sleutel = [stuk for stuk in contract.TABELLEN[naam].primary_key() if stuk != kolom]
    if sleutel:
        nummers = pl.int_range(len(reeks))
        soort = frame.schema[sleutel[0]]
        frame = frame.with_columns(
            pl.format("persoon-{}", nummers + 1)
            if soort == pl.String
            else pl.col(sleutel[0]) + pl.duration(days=nummers)
        )

    def damage(map_: Path) -> None:
        for pad in map_.glob(f"{naam}.*"):
            pad.unlink()
        try:
            frame.write_parquet(map_ / f"{naam}.parquet")
        except pl.exceptions.PolarsError:
            # polars itself cannot write some types.
            table(naam, {}).write_parquet(map_ / f"{naam}.parquet")
        if naam in ("pip", "ontzorging"):
            (map_ / "levering.toml").write_text('datumvolgorde = "dmj"\n', encoding="utf-8")
            (map_ / "plannen.xlsx").unlink(missing_ok=True)

    tried(damage)


@fuzz
@given(
    regel=st.integers(0, 20),
    waarde=WAARDE,
    sleutel=st.sampled_from(["", "bestand = ", "sleutel = ", "[pip.codes.", '"a" = ', "kopregel = "]),
)
def test_any_line_of_levering_toml_is_understood_or_told(tried, regel, waarde, sleutel):
    def damage(map_: Path) -> None:
        regels = TOML.splitlines()
        regels.insert(regel, sleutel + waarde)
        (map_ / "levering.toml").write_text("\n".join(regels), encoding="utf-8", errors="replace")

    tried(damage)
