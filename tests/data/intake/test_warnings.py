"""Warnings: what is suspicious but allowed, by line, and what is missing since the delivery before."""

import datetime as dt

import polars as pl
import pytest

from data.intake import warnings
from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests.data.conftest import EERDER, PEILDATUM, table, take_in

MAART, FEBRUARI = dt.date(2022, 3, 1), dt.date(2022, 2, 1)


def suspicious(naam: str, *afwijkingen: dict, begeleiding: pl.DataFrame | None = None) -> dict[str, list[int]]:
    """The lines on which something stands out, per column to look at and warning."""
    goed = table(naam, *afwijkingen).with_columns(
        pl.lit("a.csv").alias("bestand"), pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("regel")
    )
    lazy = None if naam != "overdracht" else (table("begeleiding") if begeleiding is None else begeleiding).lazy()
    found = warnings.suspicious(naam, goed, PEILDATUM, lazy)
    assert found.columns == ["waarschuwing", "kolom", "bestand", "regel"]
    lines: dict[str, list[int]] = {}
    for words, column, _, line in found.rows():
        lines.setdefault(f"{column}: {words}", []).append(line)
    return lines


def begeleiding(start: tuple[int, int, int], einde: dt.date | None) -> dict:
    return {"datum_start": dt.date(*start), "datum_einde": einde, "reden_einde": einde and "Overig"}


def ontzorging(einde: int, reden: str) -> dict:
    # 31 January and six months is 31 July; the last day of the period is the day before.
    return {"datum_start": dt.date(2022, 1, 31), "datum_einde": dt.date(2022, 7, einde), "reden_einde": reden}


LEEG = "wijkcode: wijkcode is leeg; telt mee als Onbekend"
ONBEKEND = "wijkcode: wijkcode staat niet in de referentietabel; telt mee als Onbekend"
LANG = "datum_einde: de begeleiding duurt langer dan drie jaar"
OVERLAPT = "datum_start: periode overlapt met een eerdere periode van dezelfde inburgeraar"
KORT = "reden_einde: reden_einde is Periode voltooid, maar de ontzorging duurde korter dan zes maanden"
ANDERS = "reden_einde: de ontzorging duurde zes maanden of langer, maar reden_einde is niet Periode voltooid"
VROEG = "datum_overdracht: datum_overdracht ligt voor het einde van de begeleiding"
ADRESLOOS = {"wijkcode": None, "datum_huisvesting": None, "datum_inschrijving_brp": None}
# The later period is named, also after a short one in between, and another person's is not.
PERIODS = [
    {"datum_start": MAART, "datum_einde": dt.date(2022, 4, 1)},
    {"datum_start": dt.date(2022, 1, 1), "datum_einde": MAART},
    {"datum_start": FEBRUARI, "datum_einde": dt.date(2022, 2, 2)},
    {"inburgeraar_id": "persoon-002", "datum_start": FEBRUARI},
]


@pytest.mark.parametrize(
    ("naam", "rijen", "gezien"),
    [
        ("inburgeraar", [{}], {}),
        ("inburgeraar", [{}, {"wijkcode": "WK039222"}], {ONBEKEND: [2]}),
        ("inburgeraar", [{"wijkcode": None}], {LEEG: [1]}),
        # Who does not live here yet has no wijk here.
        ("inburgeraar", [ADRESLOOS], {}),
        ("inburgeraar", [ADRESLOOS | {"datum_inschrijving_brp": MAART}], {LEEG: [1]}),
        # Start-inclusive and the last day included: exactly three years is not longer.
        ("begeleiding", [begeleiding((2019, 5, 1), dt.date(2022, 4, 30))], {}),
        ("begeleiding", [begeleiding((2019, 5, 1), dt.date(2022, 5, 1))], {LANG: [1]}),
        # Still running: until the peildatum, 31 December 2022.
        ("begeleiding", [begeleiding((2020, 1, 1), None)], {}),
        ("begeleiding", [begeleiding((2019, 12, 31), None)], {LANG: [1]}),
        ("uitkering", PERIODS, {OVERLAPT: [1, 3]}),
        ("begeleiding", PERIODS, {OVERLAPT: [1, 3]}),
        ("ontzorging", [ontzorging(29, "Periode voltooid")], {KORT: [1]}),
        ("ontzorging", [ontzorging(30, "Periode voltooid")], {}),
        ("ontzorging", [ontzorging(30, "Overig")], {ANDERS: [1]}),
        ("ontzorging", [ontzorging(29, "Overig")], {}),
    ],
)
def test_what_is_suspicious_is_told_by_line(naam, rijen, gezien):
    assert suspicious(naam, *rijen) == gezien


@pytest.mark.parametrize(
    ("einden", "vroeg"),
    [
        ([dt.date(2022, 6, 1)], False),
        ([dt.date(2022, 6, 2)], True),
        ([None], True),
        ([dt.date(2022, 5, 1), dt.date(2022, 7, 1)], True),
        ([dt.date(2022, 5, 1), dt.date(2022, 6, 1)], False),
        ([], False),
    ],
    ids=["on the last day", "a day later", "still running", "the last of two", "both before", "no begeleiding"],
)
def test_handover_before_the_end_of_begeleiding_is_told(einden, vroeg):
    periods = [{"datum_start": dt.date(2021, nr + 1, 1), "datum_einde": einde} for nr, einde in enumerate(einden)]
    others = {"inburgeraar_id": "persoon-002", "datum_einde": None}
    done = {"status": "Afgerond", "datum_overdracht": dt.date(2022, 6, 1), "vorm": "Kennismaking"}
    found = suspicious("overdracht", done, {}, begeleiding=table("begeleiding", *periods, others))
    assert found == ({VROEG: [1]} if vroeg else {})


@pytest.mark.parametrize(
    ("toen", "nu", "woorden"),
    [
        (1000, 701, None),
        (1000, 700, "30% minder rijen dan in de levering van 30-11-2022 (700 in plaats van 1.000)"),
        (10, 0, "100% minder rijen dan in de levering van 30-11-2022 (0 in plaats van 10)"),
        (10, 20, None),
        (0, 0, None),
        (None, 5, None),
    ],
)
def test_table_with_30_percent_fewer_rows_is_told(toen, nu, woorden):
    manifest = Manifest(peildatum=EERDER, herkomst="levering", tabellen={"pip": {"gelezen": toen}})
    assert warnings.Previous(folder=None, manifest=manifest).fewer_rows("pip", nu) == woorden


def test_disappeared_persons_are_counted_per_month_of_housing_without_ids(make_delivery, tmp_path):
    maanden = [dt.date(2022, 3, 31), FEBRUARI, MAART, None, FEBRUARI]
    ids = (f"persoon-{nr:03d}" for nr in range(1, 6))
    mensen = zip(ids, maanden, strict=True)
    oud = table("inburgeraar", *({"inburgeraar_id": wie, "datum_huisvesting": dag} for wie, dag in mensen))
    take_in(make_delivery(inburgeraar=oud), EERDER, tmp_path / "s")
    before = warnings.previous(tmp_path / "s", PEILDATUM, "levering")
    weg = before.disappeared(pl.Series(["persoon-002"]))
    assert weg.columns == ["maand", "aantal"]
    assert weg.rows() == [(FEBRUARI, 1), (MAART, 2), (None, 1)]


def test_a_delivery_is_compared_with_the_latest_before_of_its_kind_that_can_be_read(make_delivery, tmp_path):
    root, oktober = tmp_path / "s", dt.date(2022, 10, 31)
    assert warnings.previous(root, PEILDATUM, "levering") is None
    for dag in (oktober, EERDER):
        take_in(make_delivery(str(dag)), dag, root)
    assert warnings.previous(root, PEILDATUM, "demo") is None
    assert warnings.previous(root, oktober - dt.timedelta(1), "levering") is None
    # A late correction is compared with what came before it, not with the newer snapshot in use.
    assert warnings.previous(root, EERDER - dt.timedelta(1), "levering").manifest.peildatum == oktober
    for day in (EERDER, oktober):
        assert warnings.previous(root, PEILDATUM, "levering").manifest.peildatum == day
        (store.in_use(root) / "inburgeraar.parquet").write_bytes(b"kapot")
