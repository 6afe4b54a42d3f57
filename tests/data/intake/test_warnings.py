"""Warnings: what is suspicious but allowed, by line, and what is missing since the delivery before."""

import datetime as dt

import polars as pl
import pytest

from data.intake import warnings
from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests.data.conftest import EERDER, PEILDATUM, table, take_in

LANG = (warnings.BEGELEIDING_LANG, "datum_einde", 1)
KORTER = (warnings.VOLTOOID_MAAR_KORTER, "reden_einde", 1)
ANDERS = (warnings.ZES_MAANDEN_ANDERE_REDEN, "reden_einde", 1)
VROEG = (warnings.OVERDRACHT_VROEG, "datum_overdracht", 1)


def suspicious(naam: str, *afwijkingen: dict, begeleiding: pl.DataFrame | None = None) -> list[tuple]:
    goed = table(naam, *afwijkingen).with_columns(
        pl.lit("a.csv").alias("bestand"), pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("regel")
    )
    lazy = None if naam != "overdracht" else (table("begeleiding") if begeleiding is None else begeleiding).lazy()
    found = warnings.suspicious(naam, goed, PEILDATUM, lazy)
    assert found.columns == ["waarschuwing", "kolom", "bestand", "regel"]
    return found.drop("bestand").rows()


def begeleiding(start: dt.date, einde: dt.date | None) -> dict:
    return {"datum_start": start, "datum_einde": einde, "reden_einde": einde and "Overig"}


def ontzorging(einde: int, reden: str) -> dict:
    # 31 January and six months is 31 July; the last day of the period is the day before.
    return {"datum_start": dt.date(2022, 1, 31), "datum_einde": dt.date(2022, 7, einde), "reden_einde": reden}


ADRESLOOS = {"wijkcode": None, "datum_huisvesting": None, "datum_inschrijving_brp": None}


@pytest.mark.parametrize(
    ("naam", "rijen", "gezien"),
    [
        ("inburgeraar", [{}], []),
        ("inburgeraar", [{}, {"wijkcode": "WK039222"}], [(warnings.WIJKCODE_ONBEKEND, "wijkcode", 2)]),
        ("inburgeraar", [{"wijkcode": None}], [(warnings.WIJKCODE_LEEG, "wijkcode", 1)]),
        # Who does not live here yet has no wijk here.
        ("inburgeraar", [ADRESLOOS], []),
        (
            "inburgeraar",
            [ADRESLOOS | {"datum_inschrijving_brp": dt.date(2022, 5, 1)}],
            [(warnings.WIJKCODE_LEEG, "wijkcode", 1)],
        ),
        # Start-inclusive and the last day included: exactly three years is not longer.
        ("begeleiding", [begeleiding(dt.date(2019, 5, 1), dt.date(2022, 4, 30))], []),
        ("begeleiding", [begeleiding(dt.date(2019, 5, 1), dt.date(2022, 5, 1))], [LANG]),
        # Still running: until the peildatum, 31 December 2022.
        ("begeleiding", [begeleiding(dt.date(2020, 1, 1), None)], []),
        ("begeleiding", [begeleiding(dt.date(2019, 12, 31), None)], [LANG]),
        # The later period is named, also after a short one in between, and another person's is not.
        (
            "uitkering",
            [
                {"datum_start": dt.date(2022, 3, 1), "datum_einde": dt.date(2022, 4, 1)},
                {"datum_start": dt.date(2022, 1, 1), "datum_einde": dt.date(2022, 3, 1)},
                {"datum_start": dt.date(2022, 2, 1), "datum_einde": dt.date(2022, 2, 2)},
                {"inburgeraar_id": "persoon-002", "datum_start": dt.date(2022, 2, 1)},
            ],
            [(warnings.PERIODE_OVERLAPT, "datum_start", line) for line in (1, 3)],
        ),
        ("ontzorging", [ontzorging(29, "Periode voltooid")], [KORTER]),
        ("ontzorging", [ontzorging(30, "Periode voltooid")], []),
        ("ontzorging", [ontzorging(30, "Overig")], [ANDERS]),
        ("ontzorging", [ontzorging(29, "Overig")], []),
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
    assert found == ([VROEG] if vroeg else [])


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
    maanden = [dt.date(2022, 3, 31), dt.date(2022, 2, 1), dt.date(2022, 3, 1), None, dt.date(2022, 2, 1)]
    oud = table(
        "inburgeraar",
        *({"inburgeraar_id": f"persoon-{nr:03d}", "datum_huisvesting": dag} for nr, dag in enumerate(maanden, start=1)),
    )
    take_in(make_delivery(inburgeraar=oud), EERDER, tmp_path / "s")
    before = warnings.previous(tmp_path / "s", PEILDATUM, "levering")
    weg = before.disappeared(pl.Series(["persoon-002"]))
    assert weg.columns == ["maand", "aantal"]
    assert weg.rows() == [(dt.date(2022, 2, 1), 1), (dt.date(2022, 3, 1), 2), (None, 1)]


def test_a_delivery_is_compared_with_the_latest_before_of_its_kind_that_can_be_read(make_delivery, tmp_path):
    root, oktober = tmp_path / "s", dt.date(2022, 10, 31)
    assert warnings.previous(root, PEILDATUM, "levering") is None
    for dag in (oktober, EERDER):
        take_in(make_delivery(str(dag)), dag, root)
    assert warnings.previous(root, PEILDATUM, "demo") is None
    assert warnings.previous(root, oktober - dt.timedelta(1), "levering") is None
    for day in (EERDER, oktober):
        assert warnings.previous(root, PEILDATUM, "levering").manifest.peildatum == day
        (store.in_use(root) / "inburgeraar.parquet").write_bytes(b"kapot")
