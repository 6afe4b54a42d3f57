"""Warnings: what is suspicious but allowed, by line, and what is missing since the delivery before."""

import datetime as dt

import polars as pl
import pytest

from data import contract
from data.intake import warnings
from data.snapshots import store
from data.snapshots.manifest import Manifest, Waarschuwing
from tests.data.conftest import EERDER, PEILDATUM, table, take_in


def on_lines(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("regel"))


def suspicious(naam: str, *afwijkingen: dict, begeleiding: pl.DataFrame | None = None) -> list[tuple]:
    lazy = None if begeleiding is None else begeleiding.lazy()
    found = warnings.suspicious(naam, on_lines(table(naam, *afwijkingen)), PEILDATUM, lazy)
    assert found.columns == ["waarschuwing", "kolom", "regel"]
    return found.rows()


def test_wijkcode_missing_or_unknown_is_told_by_line():
    adresloos = {"wijkcode": None, "datum_huisvesting": None, "datum_inschrijving_brp": None}
    assert suspicious(
        "inburgeraar",
        {},
        {"wijkcode": "WK039222"},
        {"wijkcode": None},
        # Who does not live here yet has no wijk here.
        adresloos,
        adresloos | {"datum_inschrijving_brp": dt.date(2022, 5, 1)},
    ) == [
        (warnings.WIJKCODE_LEEG, "wijkcode", 3),
        (warnings.WIJKCODE_LEEG, "wijkcode", 5),
        (warnings.WIJKCODE_ONBEKEND, "wijkcode", 2),
    ]


@pytest.mark.parametrize(
    ("start", "einde", "lang"),
    [
        # Start-inclusive and the last day included: exactly three years is not longer.
        (dt.date(2019, 5, 1), dt.date(2022, 4, 30), False),
        (dt.date(2019, 5, 1), dt.date(2022, 5, 1), True),
        # Still running: until the peildatum, 31 December 2022.
        (dt.date(2020, 1, 1), None, False),
        (dt.date(2019, 12, 31), None, True),
    ],
)
def test_begeleiding_longer_than_three_years_is_told(start, einde, lang):
    rij = {"datum_start": start, "datum_einde": einde, "reden_einde": "Overig" if einde else None}
    expected = [(warnings.BEGELEIDING_LANG, "datum_einde", 1)] if lang else []
    assert suspicious("begeleiding", rij) == expected


def test_overlap_names_the_later_period():
    assert suspicious(
        "uitkering",
        {"datum_start": dt.date(2022, 3, 1), "datum_einde": dt.date(2022, 4, 1)},
        {"datum_start": dt.date(2022, 1, 1), "datum_einde": dt.date(2022, 3, 1)},
        {"inburgeraar_id": "persoon-002", "datum_start": dt.date(2022, 2, 1)},
    ) == [(warnings.PERIODE_OVERLAPT, "datum_start", 1)]


@pytest.mark.parametrize(
    ("einde", "reden", "wat"),
    [
        # 31 January and six months is 31 July; the last day of the period is the day before.
        (dt.date(2022, 7, 29), "Periode voltooid", warnings.VOLTOOID_MAAR_KORTER),
        (dt.date(2022, 7, 30), "Periode voltooid", None),
        (dt.date(2022, 7, 30), "Overig", warnings.ZES_MAANDEN_ANDERE_REDEN),
        (dt.date(2022, 7, 29), "Overig", None),
    ],
)
def test_reason_that_does_not_go_with_how_long_ontzorging_lasted_is_told(einde, reden, wat):
    rij = {"datum_start": dt.date(2022, 1, 31), "datum_einde": einde, "reden_einde": reden}
    assert suspicious("ontzorging", rij) == ([(wat, "reden_einde", 1)] if wat else [])


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
    found = suspicious(
        "overdracht",
        {"status": "Gepland"},
        {"status": "Afgerond", "datum_overdracht": dt.date(2022, 6, 1), "vorm": "Kennismaking"},
        begeleiding=table("begeleiding", *periods, others),
    )
    assert found == ([(warnings.OVERDRACHT_VROEG, "datum_overdracht", 2)] if vroeg else [])


def test_file_of_a_row_is_kept_when_a_table_came_from_more_files():
    goed = on_lines(table("inburgeraar", {"wijkcode": None}, {"wijkcode": None})).with_columns(
        bestand=pl.Series(["b.csv", "a.csv"])
    )
    assert warnings.suspicious("inburgeraar", goed, PEILDATUM).select("bestand", "regel").rows() == [
        ("a.csv", 2),
        ("b.csv", 1),
    ]


@pytest.mark.parametrize("naam", contract.TABELLEN)
def test_every_table_without_rows_is_unsuspicious(naam):
    assert suspicious(naam, begeleiding=table("begeleiding")) == []


def previous(gelezen: object) -> warnings.Previous:
    manifest = Manifest(peildatum=EERDER, herkomst="levering", tabellen={"pip": {"gelezen": gelezen}})
    return warnings.Previous(folder=None, manifest=manifest)


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
    assert warnings.fewer_rows("pip", nu, previous(toen)) == woorden


def test_first_delivery_has_nothing_to_be_compared_with(tmp_path):
    assert warnings.previous(tmp_path, PEILDATUM, "levering") is None
    assert warnings.fewer_rows("pip", 0, None) is None
    assert warnings.disappeared(None, pl.Series(["persoon-001"])) is None


def test_shrunken_table_is_in_the_manifest_without_a_number_of_rows(make_delivery, tmp_path):
    drie = table("melding", *({"melding_id": f"m-{nr}"} for nr in range(3)))
    take_in(make_delivery("een", melding=drie), EERDER, tmp_path / "s")
    twee = take_in(make_delivery("twee", melding=drie.head(2)), PEILDATUM, tmp_path / "s")
    assert twee.manifest.tabellen["melding"].waarschuwingen == [
        Waarschuwing(regel="33% minder rijen dan in de levering van 30-11-2022 (2 in plaats van 3)", aantal=None)
    ]
    assert twee.code == 0


def test_disappeared_persons_are_counted_per_month_of_housing_without_ids(make_delivery, tmp_path):
    root = tmp_path / "s"
    maanden = [dt.date(2022, 3, 31), dt.date(2022, 2, 1), dt.date(2022, 3, 1), None, dt.date(2022, 2, 1)]
    oud = table(
        "inburgeraar",
        *({"inburgeraar_id": f"persoon-{nr:03d}", "datum_huisvesting": dag} for nr, dag in enumerate(maanden, start=1)),
    )
    take_in(make_delivery(inburgeraar=oud), EERDER, root)
    before = warnings.previous(root, PEILDATUM, "levering")
    weg = warnings.disappeared(before, pl.Series(["persoon-002"]))
    assert weg.columns == ["maand", "aantal"]
    assert weg.rows() == [(dt.date(2022, 2, 1), 1), (dt.date(2022, 3, 1), 2), (None, 1)]


def test_demo_and_real_snapshots_are_never_compared(make_delivery, tmp_path):
    take_in(make_delivery(), EERDER, tmp_path / "s")
    assert warnings.previous(tmp_path / "s", PEILDATUM, "demo") is None
    assert warnings.previous(tmp_path / "s", PEILDATUM, "levering").peildatum == EERDER
    assert warnings.previous(tmp_path / "s", dt.date(2022, 10, 31), "levering") is None


def test_damaged_snapshot_is_passed_over_for_an_older_one(make_delivery, tmp_path):
    root = tmp_path / "s"
    for dag in (dt.date(2022, 10, 31), EERDER):
        take_in(make_delivery(str(dag)), dag, root)
    (store.in_use(root) / "inburgeraar.parquet").write_bytes(b"kapot")
    assert warnings.previous(root, PEILDATUM, "levering").peildatum == dt.date(2022, 10, 31)
