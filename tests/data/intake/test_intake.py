"""Intake: what refuses a delivery, what rejects a row, and what stays whatever happens."""

import datetime as dt
import fcntl
import hashlib
import os
import random
import resource
import stat
import subprocess
import sys
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data import contract
from data.delivery.guard import search
from data.intake import __main__ as intake
from data.intake import report, steps, warnings
from data.snapshots import manage, store
from data.snapshots.manifest import Manifest, Verdwenen
from tests import command
from tests.data.conftest import GELDIG, PEILDATUM, contents_of, tabel, take_in, write_delivery

BSN = "123456782"
REDENEN = "Afgerond, Verhuisd, Op eigen verzoek, Overig"
DAG = dt.date(2022, 6, 1)
MORGEN = PEILDATUM + dt.timedelta(days=1)
WORTEL = Path(__file__).parents[3]


def personen(aantal: int, **waarden) -> pl.DataFrame:
    return tabel("inburgeraar", *({"inburgeraar_id": f"persoon-{nr:03d}"} | waarden for nr in range(1, aantal + 1)))


def opdracht(*argumenten: object) -> command.Done:
    """The command line."""
    return command.run("data.intake", *argumenten)


def is_heel(map_: Path) -> bool:
    """Every table is there and has the rows that the manifest tells of."""
    manifest = Manifest.read(map_)
    return list(manifest.tabellen) == list(contract.TABELLEN) and all(
        pl.read_parquet(map_ / f"{naam}.parquet").height == telling.rijen
        and pl.read_parquet(map_ / "afgekeurd" / f"{naam}.parquet").height == telling.gelezen - telling.rijen
        for naam, telling in manifest.tabellen.items()
    )


# --- accepted


def test_valid_delivery_becomes_the_snapshot_in_use(make_delivery, tmp_path):
    levering = make_delivery()
    uitslag = take_in(levering, PEILDATUM, tmp_path / "s")
    assert (uitslag.code, uitslag.in_gebruik) == (0, True)
    assert store.in_use(tmp_path / "s") == uitslag.map
    assert Manifest.read(uitslag.map) == uitslag.manifest
    for naam in contract.TABELLEN:
        assert pl.read_parquet(uitslag.map / f"{naam}.parquet").equals(pl.read_parquet(levering / f"{naam}.parquet"))
        assert pl.read_parquet(uitslag.map / "afgekeurd" / f"{naam}.parquet").columns == [
            *GELDIG[naam],
            "reden",
            "regel",
            "bestand",
        ]


def test_manifest_tells_counts_hash_and_delivery_time(make_delivery, tmp_path):
    levering = make_delivery(inburgeraar=personen(2).with_columns(kleur=pl.lit("rood")))
    os.utime(levering / "inburgeraar.parquet", (1_672_574_400, 1_672_574_400))
    voor = dt.datetime.now(ZoneInfo("Europe/Amsterdam")).replace(microsecond=0)
    manifest = take_in(levering, PEILDATUM, tmp_path / "s").manifest
    assert (manifest.formaat, manifest.peildatum, manifest.herkomst) == (1, PEILDATUM, "levering")
    assert manifest.verdwenen is None
    assert manifest.aangemaakt >= voor
    assert len(manifest.levering_id) == 32
    assert manifest.tabellen["inburgeraar"].model_dump(mode="json") == {
        "bestand": "inburgeraar.parquet",
        "sha256": hashlib.sha256((levering / "inburgeraar.parquet").read_bytes()).hexdigest(),
        "levertijd": "2023-01-01T13:00:00+01:00",
        "gelezen": 2,
        "rijen": 2,
        "afgekeurd": {},
        "extra_kolommen": ["kleur"],
        "opmerkingen": [],
        "kolomnamen": {},
        "waarschuwingen": [],
    }
    assert list(manifest.tabellen) == list(contract.TABELLEN)


def test_file_names_in_capitals_are_found(make_delivery, tmp_path):
    levering = make_delivery()
    (levering / "pip.parquet").rename(levering / "PIP.Parquet")
    manifest = take_in(levering, PEILDATUM, tmp_path / "s").manifest
    assert manifest.tabellen["pip"].bestand == "PIP.Parquet"


def test_tables_without_rows_are_accepted(make_delivery, tmp_path):
    leeg = {naam: tabel(naam) for naam in contract.TABELLEN}
    uitslag = take_in(make_delivery(**leeg), PEILDATUM, tmp_path / "s")
    assert uitslag.code == 0
    assert {telling.rijen for telling in uitslag.manifest.tabellen.values()} == {0}


def test_extra_column_is_dropped_and_reported_and_never_stored(make_delivery, tmp_path):
    frame = tabel("pip", {}, {"leerroute": "X", "dagtekening_pip": DAG}).with_columns(
        opmerking=pl.lit("belt nooit terug"), punten=pl.struct(a=pl.lit(1)), volgnummer12345678=pl.lit(1)
    )
    uitslag = take_in(make_delivery(pip=frame), PEILDATUM, tmp_path / "s")
    assert uitslag.manifest.tabellen["pip"].extra_kolommen == [
        "opmerking",
        "punten",
        "kolom 9 (naam weggelaten)",
    ]
    assert pl.read_parquet(uitslag.map / "pip.parquet").columns == list(GELDIG["pip"])
    assert pl.read_parquet(uitslag.map / "afgekeurd" / "pip.parquet").columns == [
        *GELDIG["pip"],
        "reden",
        "regel",
        "bestand",
    ]
    assert all(b"nooit terug" not in pad.read_bytes() for pad in uitslag.map.rglob("*") if pad.is_file())


@pytest.mark.parametrize(
    ("kolommen", "bewaard", "extra"),
    [
        ({}, [], []),
        ({"statushouder": True}, ["statushouder"], []),
        (
            {"statushouder": True, "begeleidingsregime": "24 maanden"},
            ["statushouder", "begeleidingsregime"],
            [],
        ),
        ({"begeleidingsregime": "24 maanden"}, [], ["begeleidingsregime"]),
    ],
)
def test_optional_columns_of_melding_are_stored_only_when_delivered(make_delivery, tmp_path, kolommen, bewaard, extra):
    uitslag = take_in(make_delivery(melding=tabel("melding", kolommen)), PEILDATUM, tmp_path / "s")
    assert pl.read_parquet(uitslag.map / "melding.parquet").columns == [*GELDIG["melding"], *bewaard]
    assert uitslag.manifest.tabellen["melding"].extra_kolommen == extra
    assert uitslag.code == 0


# --- rejected rows


def test_rejected_rows_are_kept_aside_with_line_and_reason_and_reasons_add_up(make_delivery, tmp_path):
    frame = tabel(
        "begeleiding",
        {},
        {"datum_start": DAG, "datum_einde": DAG},
        {"inburgeraar_id": "persoon-009"},
        {"datum_start": None},
        {"datum_start": MORGEN},
        {"datum_start": DAG + dt.timedelta(1), "datum_einde": DAG, "reden_einde": "Overig"},
        {"inburgeraar_id": None},
        {"inburgeraar_id": None},
        {"inburgeraar_id": "kort"},
        {"datum_start": dt.date(2022, 8, 1), "reden_einde": "afgerond"},
    )
    uitslag = take_in(make_delivery(begeleiding=frame), PEILDATUM, tmp_path / "s")
    telling = uitslag.manifest.tabellen["begeleiding"]
    assert (uitslag.code, telling.gelezen, telling.rijen) == (1, 10, 1)
    assert telling.afgekeurd == {
        "inburgeraar_id is leeg": 2,
        "datum_einde ligt voor datum_start": 1,
        "datum_einde zonder reden_einde": 1,
        "datum_start is leeg": 1,
        "datum_start ligt na de peildatum": 1,
        "inburgeraar_id heeft niet de voorgeschreven vorm": 1,
        "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar": 1,
        f"reden_einde heeft een onbekende code; toegestaan: {REDENEN}": 1,
    }
    afgekeurd = pl.read_parquet(uitslag.map / "afgekeurd" / "begeleiding.parquet")
    assert afgekeurd.select("regel", "inburgeraar_id", "reden").rows() == [
        (2, "persoon-001", "datum_einde zonder reden_einde"),
        (3, "persoon-009", "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar"),
        (4, "persoon-001", "datum_start is leeg"),
        (5, "persoon-001", "datum_start ligt na de peildatum"),
        (6, "persoon-001", "datum_einde ligt voor datum_start"),
        (7, None, "inburgeraar_id is leeg"),
        (8, None, "inburgeraar_id is leeg"),
        # What is no pseudonym may be a name, so it is not kept.
        (9, None, "inburgeraar_id heeft niet de voorgeschreven vorm"),
        (10, "persoon-001", f"reden_einde heeft een onbekende code; toegestaan: {REDENEN}"),
    ]


def test_rows_of_a_rejected_person_are_rejected_in_every_table(make_delivery, tmp_path):
    uitslag = take_in(make_delivery(inburgeraar=personen(1, wet="WI2007")), PEILDATUM, tmp_path / "s")
    aantallen = {naam: telling.rijen for naam, telling in uitslag.manifest.tabellen.items()}
    assert aantallen == dict.fromkeys(contract.TABELLEN, 0) | {"melding": 1}
    assert uitslag.afgekeurd == 7


def test_rule_within_the_row_comes_before_the_unknown_person(make_delivery, tmp_path):
    frame = tabel("intake", {"inburgeraar_id": "persoon-009", "datum_start": MORGEN})
    uitslag = take_in(make_delivery(intake=frame), PEILDATUM, tmp_path / "s")
    assert uitslag.manifest.tabellen["intake"].afgekeurd == {"datum_start ligt na de peildatum": 1}


def test_first_pip_is_judged_on_pips_that_are_rejected_themselves(make_delivery, tmp_path):
    frame = tabel(
        "pip",
        {"dagtekening_pip": DAG, "gemeentecode": "x"},
        {"dagtekening_pip": DAG + dt.timedelta(1), "niveau": "A2"},
    )
    telling = take_in(make_delivery(pip=frame), PEILDATUM, tmp_path / "s").manifest.tabellen["pip"]
    assert (telling.rijen, telling.afgekeurd) == (1, {"gemeentecode heeft niet de voorgeschreven vorm": 1})


def test_future_date_is_accepted_for_datum_gepland_only(make_delivery, tmp_path):
    frame = tabel(
        "overdracht",
        {"datum_gepland": dt.date(2030, 1, 1)},
        {"inburgeraar_id": "persoon-002", "datum_wijkteambezoek": MORGEN},
    )
    levering = make_delivery(inburgeraar=personen(2), overdracht=frame)
    telling = take_in(levering, PEILDATUM, tmp_path / "s").manifest.tabellen["overdracht"]
    assert telling.afgekeurd == {"datum_wijkteambezoek ligt na de peildatum": 1}


def test_intake_accepts_and_rejects_the_same_rows_as_the_contract_collection(make_delivery, tmp_path):
    kiezer = random.Random(3)
    frames = {
        "inburgeraar": tabel(
            "inburgeraar",
            *(
                {"inburgeraar_id": f"persoon-{nr:03d}", "wet": kiezer.choice(["WI2021", "WI2013", "x"])}
                for nr in range(40)
            ),
        )
    }
    for naam in ("intake", "begeleiding", "uitkering", "ontzorging", "overdracht"):
        frames[naam] = tabel(
            naam,
            *(
                {
                    "inburgeraar_id": f"persoon-{nr:03d}",
                    "datum_start": kiezer.choice([None, DAG, dt.date(1980, 1, 1)]),
                }
                if naam != "overdracht"
                else {"inburgeraar_id": f"persoon-{nr:03d}", "wijkteam": kiezer.choice(["Oost", "West"])}
                for nr in range(0, 60, 2)
            ),
        )
    uitslag = take_in(make_delivery(**frames), PEILDATUM, tmp_path / "s")
    melding = tabel("melding", {"statushouder": None, "begeleidingsregime": None})
    volgens_contract, _ = contract.Levering.filter({"pip": tabel("pip", {}), "melding": melding} | frames)
    for naam, frame in volgens_contract.to_dict().items():
        kolommen = list(GELDIG[naam])
        assert pl.read_parquet(uitslag.map / f"{naam}.parquet").equals(frame.select(kolommen).collect()), naam
    assert 0 < uitslag.manifest.tabellen["begeleiding"].rijen < 30


# --- warnings


def test_suspicious_rows_are_accepted_with_a_warning(make_delivery, tmp_path):
    def einde(dag: dt.date, reden: str) -> dict:
        return {"datum_start": dt.date(2022, 1, 31), "datum_einde": dag, "reden_einde": reden}

    frames = {
        "inburgeraar": personen(5).with_columns(
            wijkcode=pl.Series(["WK039201", "WK039222", None, "WK036300", "WK039221"])
        ),
        "begeleiding": tabel(
            "begeleiding",
            {"datum_start": dt.date(2022, 1, 1), "datum_einde": dt.date(2022, 3, 1), "reden_einde": "Overig"},
            {"datum_start": dt.date(2022, 3, 1), "datum_einde": dt.date(2022, 3, 2), "reden_einde": "Overig"},
            {"datum_start": dt.date(2022, 3, 3)},
            {"datum_start": dt.date(2022, 9, 9)},
            {"inburgeraar_id": "persoon-002", "datum_start": dt.date(2022, 9, 9)},
        ),
        # 31 January and six months is 31 July; the last day of the period is the day before.
        "ontzorging": tabel(
            "ontzorging",
            {"inburgeraar_id": "persoon-001"} | einde(dt.date(2022, 7, 29), "Periode voltooid"),
            {"inburgeraar_id": "persoon-002"} | einde(dt.date(2022, 7, 30), "Periode voltooid"),
            {"inburgeraar_id": "persoon-003"} | einde(dt.date(2022, 7, 30), "Overig"),
            {"inburgeraar_id": "persoon-004"} | einde(dt.date(2022, 8, 30), "Verhuisd"),
            {"inburgeraar_id": "persoon-005"} | einde(dt.date(2022, 7, 29), "Overig"),
        ),
    }
    uitslag = take_in(make_delivery(**frames), PEILDATUM, tmp_path / "s")
    assert uitslag.code == 0
    gewaarschuwd = {
        naam: {regel.regel: regel.aantal for regel in telling.waarschuwingen}
        for naam, telling in uitslag.manifest.tabellen.items()
        if telling.waarschuwingen
    }
    assert gewaarschuwd == {
        "inburgeraar": {warnings.WIJKCODE_LEEG: 1, warnings.WIJKCODE_ONBEKEND: 2},
        "begeleiding": {warnings.PERIODE_OVERLAPT: 2},
        "ontzorging": {warnings.VOLTOOID_MAAR_KORTER: 1, warnings.ZES_MAANDEN_ANDERE_REDEN: 2},
    }


# --- types


def neem_pip_in(make_delivery, tmp_path, frame: pl.DataFrame) -> pl.DataFrame:
    uitslag = take_in(make_delivery(pip=frame), PEILDATUM, tmp_path / "s")
    return pl.read_parquet(uitslag.map / "pip.parquet")


@pytest.mark.parametrize(
    "dagtekening",
    [
        pl.Series([dt.datetime(2022, 6, 1, 23, 59)]),
        pl.Series([dt.datetime(2022, 5, 31, 22, 30)]).dt.replace_time_zone("UTC"),
        pl.Series(["2022-06-01"]),
        pl.Series(["2022-06-01T00:00:00"]),
        pl.Series(["2022-05-31T22:30:00Z"]),
        pl.Series(["20220601"]),
        pl.Series(["2022-06-01"]).cast(pl.Categorical),
    ],
)
def test_dates_in_other_clothes_are_cast(make_delivery, tmp_path, dagtekening):
    frame = neem_pip_in(make_delivery, tmp_path, tabel("pip", {}).with_columns(dagtekening_pip=dagtekening))
    assert frame["dagtekening_pip"].to_list() == [DAG]
    assert frame.schema["dagtekening_pip"] == pl.Date


def test_a_column_of_dates_that_are_all_missing_may_be_one_of_nan(make_delivery, tmp_path):
    frame = tabel("overdracht", {}).with_columns(datum_gepland=pl.Series([float("nan")]))
    uitslag = take_in(make_delivery(overdracht=frame), PEILDATUM, tmp_path / "s")
    gelezen = pl.read_parquet(uitslag.map / "overdracht.parquet")["datum_gepland"]
    assert (gelezen.to_list(), gelezen.dtype) == ([None], pl.Date)


@pytest.mark.parametrize(
    "uitstel",
    [[1, 0, None], [1.0, 0.0, None], ["true", "False", None], ["1", "0", None], [True, False, None]],
)
def test_booleans_in_other_clothes_are_cast(make_delivery, tmp_path, uitstel):
    frame = tabel("overdracht", {}, {"inburgeraar_id": "persoon-002"}, {"inburgeraar_id": "persoon-003"}).with_columns(
        begeleidingsbehoefte=pl.Series(uitstel)
    )
    levering = make_delivery(inburgeraar=personen(3), overdracht=frame)
    uitslag = take_in(levering, PEILDATUM, tmp_path / "s")
    assert pl.read_parquet(uitslag.map / "overdracht.parquet")["begeleidingsbehoefte"].to_list() == [
        True,
        False,
        None,
    ]


@pytest.mark.parametrize(
    "gesprekken",
    [
        pl.Series([3.0]),
        pl.Series(["3"]),
        *(pl.Series([3], dtype=soort) for soort in (pl.Int8, pl.UInt16, pl.UInt64, pl.Int128)),
        pl.Series(["3"]).cast(pl.Decimal(4, 1)),
    ],
)
def test_whole_numbers_in_other_clothes_are_cast(make_delivery, tmp_path, gesprekken):
    frame = tabel("ontzorging", {}).with_columns(gesprekken_budgetcoach=gesprekken)
    uitslag = take_in(make_delivery(ontzorging=frame), PEILDATUM, tmp_path / "s")
    gelezen = pl.read_parquet(uitslag.map / "ontzorging.parquet")["gesprekken_budgetcoach"]
    assert (gelezen.to_list(), gelezen.dtype) == ([3], pl.Int64)


def test_text_in_other_clothes_is_cast_and_then_its_codes_are_judged(make_delivery, tmp_path):
    frame = tabel("pip", {}, {"dagtekening_pip": DAG}).with_columns(
        inburgeraar_id=pl.col("inburgeraar_id").cast(pl.Binary),
        leerroute=pl.col("leerroute").cast(pl.Categorical),
        niveau=pl.lit(None),
        gemeentecode=pl.Series([1000, 392]),
    )
    uitslag = take_in(make_delivery(pip=frame), PEILDATUM, tmp_path / "s")
    assert pl.read_parquet(uitslag.map / "pip.parquet")["gemeentecode"].to_list() == ["1000"]
    assert uitslag.manifest.tabellen["pip"].afgekeurd == {"gemeentecode heeft niet de voorgeschreven vorm": 1}


def test_pyarrow_file_with_large_strings_dictionaries_and_null_columns_is_read(make_delivery, tmp_path):
    levering = make_delivery()
    bron = pq.read_table(levering / "inburgeraar.parquet")
    kolommen = {naam: bron[naam] for naam in bron.column_names}
    kolommen |= {
        "inburgeraar_id": bron["inburgeraar_id"].cast(pa.large_string()),
        "wet": bron["wet"].cast(pa.string()).dictionary_encode(),
        "datum_uitstroom": pa.nulls(1),
        "reden_uitstroom": pa.nulls(1, pa.string()),
        "datum_huisvesting": bron["datum_huisvesting"].cast(pa.timestamp("ns")),
    }
    pq.write_table(pa.table(kolommen), levering / "inburgeraar.parquet")
    uitslag = take_in(levering, PEILDATUM, tmp_path / "s")
    assert pl.read_parquet(uitslag.map / "inburgeraar.parquet").equals(tabel("inburgeraar", {}))


@pytest.mark.parametrize(
    ("naam", "kolom", "waarden", "plaats"),
    [
        ("begeleiding", "datum_start", ["2022-02-10", "10-02-2022"], "regel 2"),
        ("begeleiding", "datum_start", ["2022-02-10", ""], "regel 2"),
        ("begeleiding", "datum_start", [20220210, 20220211], "kolom datum_start:"),
        ("begeleiding", "datum_einde", [dt.time(1), None], "kolom datum_einde:"),
        ("begeleiding", "reden_einde", [None, 1.5], "regel 2"),
        ("begeleiding", "reden_einde", [dt.date(2022, 1, 1), None], "kolom reden_einde:"),
        ("begeleiding", "reden_einde", [True, None], "kolom reden_einde:"),
        ("begeleiding", "reden_einde", [["Overig"], None], "kolom reden_einde:"),
        ("begeleiding", "reden_einde", [b"Overig", b"\xff"], "regel 2"),
        ("ontzorging", "gesprekken_budgetcoach", [1.0, 1.5], "regel 2"),
        ("ontzorging", "gesprekken_budgetcoach", ["1", "een"], "regel 2"),
        ("ontzorging", "gesprekken_budgetcoach", [float("inf"), 1.0], "regel 1"),
        ("ontzorging", "huur", ["ja", "nee"], "regel 1"),
        ("ontzorging", "huur", [1, 2], "regel 2"),
        ("ontzorging", "huur", [dt.date(2022, 1, 1)] * 2, "kolom huur:"),
    ],
)
def test_type_that_cannot_be_cast_refuses_and_names_table_and_column(
    make_delivery, tmp_path, naam, kolom, waarden, plaats
):
    ids = [{"inburgeraar_id": f"persoon-{nr:03d}"} for nr in (1, 2)]
    frame = tabel(naam, *ids).with_columns(pl.Series(kolom, waarden))
    with pytest.raises(steps.RefusedError) as fout:
        take_in(make_delivery(inburgeraar=personen(2), **{naam: frame}), PEILDATUM, tmp_path / "s")
    assert str(fout.value).startswith(f"{naam}.parquet, kolom {kolom}")
    assert plaats in str(fout.value)
    assert not (tmp_path / "s").exists()


# --- refused deliveries


def met(naam: str, *afwijkingen: dict, **extra) -> dict[str, pl.DataFrame]:
    frame = tabel(naam, *(afwijkingen or [{}]))
    return {naam: frame.with_columns(**extra) if extra else frame}


GEWEIGERD = {
    "missing table": ({"uitkering": None}, ["uitkering.parquet"]),
    "missing tables, all named": ({"pip": None, "melding": None}, ["pip.parquet, melding.parquet"]),
    "missing column": ({"pip": tabel("pip", {}).drop("niveau")}, ["pip.parquet", "niveau"]),
    "duplicate key": (met("intake", {}, {"datum_start": DAG}), ["intake.parquet", "inburgeraar_id", "regel 1 en 2"]),
    "duplicate key of two parts": (
        met("pip", {"dagtekening_pip": DAG}, {}, {"leerroute": "X"}),
        ["pip.parquet", "dagtekening_pip", "regel 2 en 3"],
    ),
    "duplicate key of a person that does not exist": (
        met("uitkering", {}, *[{"inburgeraar_id": "onbekende-1"}] * 2),
        ["uitkering.parquet", "regel 2 en 3"],
    ),
    "duplicate key beyond the years of Python": (
        {
            "uitkering": tabel("uitkering", {}, {}).with_columns(
                datum_start=pl.Series([4_000_000, 4_000_000]).cast(pl.Int32).cast(pl.Date)
            )
        },
        ["uitkering.parquet", "regel 1 en 2"],
    ),
    "duplicate melding": (met("melding", {}, {}), ["melding.parquet", "melding_id"]),
    "all digits": (met("inburgeraar", {}, {"inburgeraar_id": "1234567"}), ["inburgeraar.parquet", "regel 2"]),
    "all digits in another table": (met("pip", {"inburgeraar_id": "12345678901"}), ["pip.parquet", "regel 1"]),
    "whole numbers as id": (met("intake", inburgeraar_id=pl.lit(5)), ["intake.parquet", "inburgeraar_id"]),
    "all digits in an extra column of melding": (
        met("melding", inburgeraar_id=pl.lit("1234567890")),
        ["melding.parquet", "inburgeraar_id"],
    ),
    "bsn in an id": (met("inburgeraar", {}, {"inburgeraar_id": BSN}), ["inburgeraar.parquet", "inburgeraar_id"]),
    "bsn in a code": (
        met("inburgeraar", {"reden_uitstroom": f"zie {BSN}"}),
        ["inburgeraar.parquet, kolom reden_uitstroom, regel 1"],
    ),
    "bsn in an extra column": (
        met("melding", {}, {"melding_id": "m-2"}, notitie=pl.Series(["a", f"bel {BSN}!"])),
        ["melding.parquet, kolom notitie, regel 2"],
    ),
    "bsns in an extra numeric column": (met("melding", klant=pl.lit(int(BSN))), ["melding.parquet, kolom klant"]),
    "bsns in a date column that is text": (
        met("uitkering", datum_einde=pl.lit(BSN)),
        ["uitkering.parquet, kolom datum_einde, regel 1"],
    ),
    "bsn in the name of a column": (met("melding", **{BSN: pl.lit("x")}), ["melding.parquet", "kolom 7"]),
    "bsn in a column with a number for a name": (
        met("melding", **{"klant1234567890": pl.lit(BSN)}),
        ["melding.parquet, kolom nummer 7, regel 1"],
    ),
    "bsn in nested values": (met("pip", lijst=pl.lit([BSN])), ["pip.parquet, kolom lijst, regel 1"]),
    "bsn in bytes": (met("pip", ruw=pl.lit(BSN.encode())), ["pip.parquet, kolom ruw, regel 1"]),
}


@pytest.fixture(scope="module")
def twee_keer_geleverd(tmp_path_factory) -> Path:
    """A snapshots folder after a delivery and a redelivery, so with a replaced version in it."""
    map_ = tmp_path_factory.mktemp("geleverd")
    levering = write_delivery(map_ / "levering")
    for _ in range(2):
        take_in(levering, PEILDATUM, map_ / "s")
    return map_ / "s"


@pytest.mark.parametrize("geval", GEWEIGERD)
def test_refused_delivery_changes_nothing_on_disk_and_never_shows_the_value(twee_keer_geleverd, make_delivery, geval):
    root = twee_keer_geleverd
    voor = contents_of(root)
    frames, genoemd = GEWEIGERD[geval]
    with pytest.raises(steps.RefusedError) as fout:
        take_in(make_delivery("fout", **frames), PEILDATUM, root)
    assert contents_of(root) == voor
    for deel in genoemd:
        assert deel in str(fout.value)
    for waarde in (BSN, "1234567890", "onbekende-1", "persoon-001"):
        assert waarde not in str(fout.value)


def test_rows_with_an_empty_key_part_are_rejected_rows_and_never_duplicates(make_delivery, tmp_path):
    frames = met("uitkering", {"datum_start": None}, {"datum_start": None}, *[{"inburgeraar_id": None}] * 2)
    frames |= met("melding", {"melding_id": ""}, {"melding_id": ""}, {"melding_id": None}, {"melding_id": None})
    frames |= met("intake", {"inburgeraar_id": ""}, {"inburgeraar_id": ""})
    uitslag = take_in(make_delivery(**frames), PEILDATUM, tmp_path / "s")
    assert uitslag.code == 1
    assert uitslag.manifest.tabellen["uitkering"].afgekeurd == {
        "datum_start is leeg": 2,
        "inburgeraar_id is leeg": 2,
    }
    assert uitslag.manifest.tabellen["melding"].afgekeurd == {"melding_id is leeg": 4}
    assert uitslag.manifest.tabellen["intake"].rijen == 0


@pytest.mark.parametrize(
    "extra",
    [
        {"notitie": "a123456782 en 123456782-01"},
        {"notitie": "12345678 1234567820"},
        {"getal": 123456789},
        {"datum": dt.date(2022, 1, 8)},
        {"getal": 20220108},
    ],
)
def test_numbers_that_are_no_bsn_do_not_refuse(make_delivery, tmp_path, extra):
    kolommen = {naam: pl.lit(waarde) for naam, waarde in extra.items()}
    assert take_in(make_delivery(**met("melding", **kolommen)), PEILDATUM, tmp_path / "s").code == 0


def test_two_files_for_one_table_are_refused(make_delivery, tmp_path):
    levering = make_delivery()
    tabel("pip", {}).write_parquet(levering / "PIP.parquet")
    with pytest.raises(steps.RefusedError, match="twee keer"):
        take_in(levering, PEILDATUM, tmp_path / "s")


@pytest.mark.parametrize("schade", ["leeg", "afgekapt", "tekst", "verminkt", "dubbele kolom"])
def test_damaged_parquet_is_refused_in_dutch(make_delivery, tmp_path, schade):
    levering = make_delivery(inburgeraar=personen(300))
    pad = levering / "inburgeraar.parquet"
    inhoud = pad.read_bytes()
    if schade == "dubbele kolom":
        pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["a", "a"]), pad)
    else:
        midden = b"\xff" * 60
        pad.write_bytes(
            {
                "leeg": b"",
                "afgekapt": inhoud[:-30],
                "tekst": b"inburgeraar_id;wet\n" * 5,
                "verminkt": inhoud[:20] + midden + inhoud[80:],
            }[schade]
        )
    klaar = opdracht(levering, "--peildatum", PEILDATUM, "--naar", tmp_path / "s")
    assert klaar.returncode == 2
    assert klaar.stderr.startswith("Geweigerd: inburgeraar.parquet")
    assert klaar.stderr.count("\n") == 1
    assert not (tmp_path / "s").exists()


def test_file_that_changes_during_the_intake_is_refused(make_delivery, tmp_path, monkeypatch):
    levering = make_delivery()
    suspicious = warnings.suspicious

    def suspicious_and_changed(*argumenten):
        tabel("pip", {"leerroute": "Z"}).write_parquet(levering / "pip.parquet")
        return suspicious(*argumenten)

    monkeypatch.setattr(warnings, "suspicious", suspicious_and_changed)
    with pytest.raises(steps.RefusedError, match=r"pip\.parquet is tijdens de inname gewijzigd"):
        take_in(levering, PEILDATUM, tmp_path / "s")
    assert not (tmp_path / "s").exists()


# --- peildatum, demo, and which snapshot is in use


def test_peildatum_in_the_future_is_refused(make_delivery, tmp_path):
    morgen = dt.datetime.now(ZoneInfo("Europe/Amsterdam")).date() + dt.timedelta(days=1)
    with pytest.raises(steps.RefusedError, match="toekomst"):
        take_in(make_delivery(), morgen, tmp_path / "s")
    with pytest.raises(steps.RefusedError, match="1990"):
        take_in(tmp_path / "levering", dt.date(202, 12, 31), tmp_path / "s")


def test_newer_or_equal_peildatum_takes_over_and_an_older_one_is_only_stored(make_delivery, tmp_path):
    levering, root = make_delivery(), tmp_path / "s"
    dagen = [dt.date(2022, 11, 30), PEILDATUM, PEILDATUM, dt.date(2022, 11, 30), dt.date(2022, 10, 31)]
    uitslagen = [take_in(levering, dag, root) for dag in dagen]
    assert [uitslag.in_gebruik for uitslag in uitslagen] == [True, True, True, False, False]
    assert store.in_use(root) == uitslagen[2].map
    assert store.peildata(root) == [dt.date(2022, 10, 31), dt.date(2022, 11, 30), PEILDATUM]
    assert store.folder_of(dt.date(2022, 11, 30), root) == uitslagen[3].map


def als_demo(levering: Path, **anders: str | None) -> None:
    """Put the manifest of a demo beside the files, with their hashes but for the given ones (None: no hash)."""
    hashes = {
        naam: hashlib.sha256((levering / f"{naam}.parquet").read_bytes()).hexdigest() for naam in contract.TABELLEN
    }
    tabellen = {naam: {"sha256": hash_} for naam, hash_ in (hashes | anders).items() if hash_}
    Manifest(peildatum=PEILDATUM, herkomst="demo", tabellen=tabellen).write(levering)


def test_demo_delivery_gives_a_demo_snapshot_and_a_real_one_takes_over_from_it(make_delivery, tmp_path):
    demo, echt, root = make_delivery("demo"), make_delivery("echt"), tmp_path / "s"
    als_demo(demo)
    assert take_in(demo, PEILDATUM, root).manifest.herkomst == "demo"
    ouder = take_in(echt, dt.date(2022, 11, 30), root)
    assert (ouder.manifest.herkomst, ouder.in_gebruik) == ("levering", True)
    assert ouder.manifest.verdwenen is None


@pytest.mark.parametrize("dag", [PEILDATUM, dt.date(2023, 1, 31), dt.date(2022, 11, 30)])
def test_demo_never_takes_over_from_a_real_snapshot(make_delivery, tmp_path, dag):
    demo, echt, root = make_delivery("demo"), make_delivery("echt"), tmp_path / "s"
    als_demo(demo)
    take_in(echt, PEILDATUM, root)
    voor = contents_of(root)
    with pytest.raises(steps.RefusedError, match="demogegevens"):
        take_in(demo, dag, root)
    assert contents_of(root) == voor


@pytest.mark.parametrize(
    "anders",
    [
        {naam: "0" * 64 for naam in contract.TABELLEN if naam != "pip"},
        {"pip": "0" * 64},
        {"pip": None},
        dict.fromkeys(contract.TABELLEN),
    ],
    ids=["one of the demo", "one of our own", "one not spoken of", "none spoken of"],
)
def test_only_when_every_file_is_that_of_the_demo_it_is_one_and_a_mix_is_refused(make_delivery, tmp_path, anders):
    levering, root = make_delivery(), tmp_path / "s"
    als_demo(levering, **anders)
    with pytest.raises(steps.RefusedError, match=r"niet die van de demo: .*haal dan manifest\.json") as fout:
        take_in(levering, PEILDATUM, root)
    genoemd = str(fout.value).split(": ", 1)[1].split(". Is dit")[0]
    assert genoemd == ", ".join(f"{naam}.parquet" for naam in contract.TABELLEN if naam in anders)
    assert not root.exists()
    als_demo(levering)
    assert take_in(levering, PEILDATUM, root).manifest.herkomst == "demo"
    (levering / "manifest.json").unlink()
    assert take_in(levering, PEILDATUM, root).manifest.herkomst == "levering"


def test_persons_gone_since_the_previous_snapshot_are_counted(make_delivery, tmp_path):
    root = tmp_path / "s"
    take_in(make_delivery("een", inburgeraar=personen(5)), dt.date(2022, 11, 30), root)
    # Persons 4 and 5 are gone; person 3 is rejected but delivered; person 9 is new.
    frame = tabel(
        "inburgeraar",
        *({"inburgeraar_id": f"persoon-{nr:03d}"} for nr in (1, 2, 9)),
        {"inburgeraar_id": "persoon-003", "wet": "?"},
    )
    twee = take_in(make_delivery("twee", inburgeraar=frame), PEILDATUM, root)
    assert twee.manifest.verdwenen == Verdwenen(vorige_peildatum=dt.date(2022, 11, 30), aantal=2)
    assert "Niet meer in deze levering: 2 inburgeraars uit de snapshot van 2022-11-30" in steps.told(twee)
    # A late correction is compared with what came before it, not with the newer snapshot in use.
    oud = take_in(make_delivery("oud", inburgeraar=personen(4)), dt.date(2022, 12, 1), root)
    assert oud.manifest.verdwenen == Verdwenen(vorige_peildatum=dt.date(2022, 11, 30), aantal=1)


# --- who may read it

OPEN = stat.S_IRWXG | stat.S_IRWXO


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
@pytest.mark.parametrize("bestaat", [False, True])
def test_what_an_intake_writes_is_for_its_own_user_alone(make_delivery, tmp_path, umask, bestaat):
    root = tmp_path / "s"
    afgekeurd = make_delivery("deels", pip=tabel("pip", {"leerroute": "X"}))
    voorheen = os.umask(umask)
    try:
        if bestaat:
            (root / ".versies").mkdir(parents=True, mode=0o777)
        for dag in (dt.date(2022, 11, 30), PEILDATUM, PEILDATUM):
            take_in(afgekeurd, dag, root)
        manage.go_back(dt.date(2022, 11, 30), root)
    finally:
        os.umask(voorheen)
    alles = [root, *(pad for pad in root.rglob("*") if not pad.is_symlink())]
    assert {"CURRENT", "werklijst.csv", "rapport.html", "afgekeurd", "pip.parquet"} <= {pad.name for pad in alles}
    assert {(pad.is_dir(), stat.S_IMODE(pad.stat().st_mode)) for pad in alles} == {(True, 0o700), (False, 0o600)}


def test_what_is_built_is_shut_before_it_is_written(tmp_path):
    with store.exclusive(tmp_path), store.under_construction(tmp_path) as map_:
        assert not any(pad.stat().st_mode & OPEN for pad in (map_, map_.parent))


def test_folder_that_users_share_stays_shared_and_what_lies_in_it_is_shut(make_delivery, tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s").chmod(0o1777)
    take_in(make_delivery(), PEILDATUM, tmp_path / "s")
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o1777
    assert not (tmp_path / "s" / ".versies").stat().st_mode & OPEN


# --- locks, kills and failing disks


def test_second_intake_at_the_same_time_is_refused(make_delivery, tmp_path):
    root = tmp_path / "s"
    root.mkdir()
    slot = os.open(root, os.O_RDONLY)
    fcntl.flock(slot, fcntl.LOCK_EX)
    levering = make_delivery()
    klaar = opdracht(levering, "--peildatum", PEILDATUM, "--naar", root)
    with pytest.raises(steps.BusyError):
        take_in(levering, PEILDATUM, root)
    os.close(slot)
    assert klaar.returncode == 2
    assert "Er loopt al een inname" in klaar.stderr
    assert list(root.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "stap"), [(search, "refuse_in_table"), (warnings, "suspicious"), (report, "write"), (store, "publish")]
)
def test_interruption_at_any_step_leaves_everything_as_it_was(make_delivery, tmp_path, monkeypatch, module, stap):
    root = tmp_path / "s"
    levering = make_delivery()
    take_in(levering, PEILDATUM, root)
    voor = contents_of(root)

    def onderbreek(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, stap, onderbreek)
    with pytest.raises(KeyboardInterrupt):
        take_in(levering, PEILDATUM, root)
    assert contents_of(root) == voor
    assert intake.main([str(levering), "--peildatum", "2022-12-31", "--naar", str(root)]) == 2


def test_reader_sees_whole_snapshots_while_deliveries_arrive(make_delivery, tmp_path):
    root = tmp_path / "s"
    leveringen = [make_delivery(f"l{aantal}", inburgeraar=personen(aantal)) for aantal in (10, 200)]
    take_in(leveringen[0], PEILDATUM, root)
    klaar, gezien = threading.Event(), []

    def lees():
        while not klaar.is_set():
            map_ = store.in_use(root)
            gezien.append((is_heel(map_), Manifest.read(map_).tabellen["inburgeraar"].rijen))

    lezer = threading.Thread(target=lees)
    lezer.start()
    for keer in range(8):
        take_in(leveringen[keer % 2], PEILDATUM, root)
    klaar.set()
    lezer.join()
    assert {heel for heel, _ in gezien} == {True}
    assert {aantal for _, aantal in gezien} == {10, 200}


def test_full_disk_is_told_and_leaves_the_old_snapshot(make_delivery, tmp_path):
    root = tmp_path / "s"
    take_in(make_delivery("oud"), PEILDATUM, root)
    voor = contents_of(root)
    groot = make_delivery(
        "groot",
        inburgeraar=tabel(
            "inburgeraar", *({"inburgeraar_id": f"{nr:x}-{hash(nr * 7.1):x}-abcdefgh"} for nr in range(9000))
        ),
    )
    klaar = subprocess.run(
        [sys.executable, "-m", "data.intake", str(groot), "--peildatum", "2022-12-31", "--naar", str(root)],
        cwd=WORTEL,
        capture_output=True,
        text=True,
        check=False,
        # A limit on the size of a file fails in the same place as a full disk, and needs no privileges.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert klaar.returncode == 2
    assert klaar.stderr.startswith("Geweigerd: De snapshot kon niet worden weggeschreven")
    assert "Traceback" not in klaar.stderr
    assert contents_of(root) == voor


def test_snapshots_folder_that_is_a_file_is_told(make_delivery, tmp_path):
    (tmp_path / "s").write_text("geen map", encoding="utf-8")
    with pytest.raises(steps.RefusedError, match="kan niet worden gebruikt"):
        take_in(make_delivery(), PEILDATUM, tmp_path / "s")


def test_broken_reference_table_refuses_in_dutch(make_delivery, tmp_path, monkeypatch):
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    with pytest.raises(steps.RefusedError, match="referentietabel"):
        take_in(make_delivery(), PEILDATUM, tmp_path / "s")
    assert not (tmp_path / "s").exists()


# --- command line


def test_exit_status_0_accepted_1_with_rejected_rows_2_refused(make_delivery, tmp_path):
    root = tmp_path / "s"
    goed = opdracht(make_delivery("goed"), "--peildatum", "2022-12-31", "--naar", root, "--toch")
    assert (goed.returncode, goed.stderr) == (0, "")
    assert "Deze snapshot is nu in gebruik." in goed.stdout
    deels = opdracht(
        make_delivery("deels", **met("pip", {"niveau": "C1"})), "--peildatum", "2022-12-31", "--naar", root, "--toch"
    )
    assert (deels.returncode, deels.stderr) == (1, "")
    assert "1 keer niveau heeft een onbekende code; toegestaan: A2, B1 (regel 1)" in deels.stdout
    voor = contents_of(root)
    fout = opdracht(make_delivery("fout", pip=None), "--peildatum", "2022-12-31", "--naar", root)
    assert (fout.returncode, fout.stdout) == (2, "")
    assert fout.stderr == "Geweigerd: De levering is niet volledig. Deze bestanden ontbreken: pip.parquet.\n"
    assert contents_of(root) == voor


@pytest.mark.parametrize(
    ("argumenten", "tekst"),
    [
        (["geen-map", "--peildatum", "2022-12-31"], "De map geen-map bestaat niet."),
        (["geen-map", "--peildatum", "31-12-2022"], "geen datum"),
        (["geen-map", "--peildatum", "2022-12-32"], "geen datum"),
        (["geen-map", "--peildatum", "20221231"], "geen datum"),
        (["geen-map", "--peildatum", "2022-1-31"], "geen datum"),
        (["geen-map"], "Gebruik:\npython -m data.intake DIR --peildatum"),
        ([], "Gebruik:\n"),
        (["geen-map", "--peildatum", "2022-12-31", "--onzin"], "Gebruik:\n"),
    ],
)
def test_wrong_command_is_told_in_dutch_with_status_2(argumenten, tekst, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    try:
        status = intake.main([*argumenten, *(["--naar", "s"] if argumenten else [])])
    except SystemExit as einde:
        status = einde.code
    fout = capsys.readouterr().err
    assert status == 2
    assert tekst in fout
    assert "usage" not in fout
    assert list(tmp_path.iterdir()) == []
