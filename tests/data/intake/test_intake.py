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
from tests.data.conftest import EERDER, GELDIG, PEILDATUM, contents_of, persons, table, take_in, write_delivery

BSN = "123456782"
REDENEN = "Afgerond, Verhuisd, Op eigen verzoek, Overig"
DAG = dt.date(2022, 6, 1)
MORGEN = PEILDATUM + dt.timedelta(days=1)
WORTEL = Path(__file__).parents[3]


def run(*argumenten: object) -> command.Done:
    """The command line."""
    return command.run("data.intake", *argumenten)


def is_whole(map_: Path) -> bool:
    """Every table is there and has the rows that the manifest tells of."""
    manifest = Manifest.read(map_)
    return list(manifest.tabellen) == list(contract.TABELLEN) and all(
        pl.read_parquet(map_ / f"{naam}.parquet").height == telling.rijen
        and pl.read_parquet(map_ / "afgekeurd" / f"{naam}.parquet").height == telling.gelezen - telling.rijen
        for naam, telling in manifest.tabellen.items()
    )


# --- accepted


def test_valid_delivery_becomes_the_snapshot_in_use(make_delivery, tmp_path):
    levering = make_delivery(inburgeraar=persons(2).with_columns(kleur=pl.lit("rood")))
    (levering / "inburgeraar.parquet").rename(levering / "Inburgeraar.PARQUET")
    os.utime(levering / "Inburgeraar.PARQUET", (1_672_574_400, 1_672_574_400))
    voor = dt.datetime.now(ZoneInfo("Europe/Amsterdam")).replace(microsecond=0)
    uitslag = take_in(levering, PEILDATUM, tmp_path / "s")
    manifest = uitslag.manifest
    assert (uitslag.code, uitslag.in_gebruik) == (0, True)
    assert store.in_use(tmp_path / "s") == uitslag.map
    assert Manifest.read(uitslag.map) == manifest
    assert (manifest.formaat, manifest.peildatum, manifest.herkomst) == (1, PEILDATUM, "levering")
    assert (manifest.verdwenen, len(manifest.levering_id), manifest.aangemaakt >= voor) == (None, 32, True)
    assert manifest.tabellen["inburgeraar"].model_dump(mode="json") == {
        "bestand": "Inburgeraar.PARQUET",
        "sha256": hashlib.sha256((levering / "Inburgeraar.PARQUET").read_bytes()).hexdigest(),
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
    for naam in set(contract.TABELLEN) - {"inburgeraar"}:
        assert pl.read_parquet(uitslag.map / f"{naam}.parquet").equals(pl.read_parquet(levering / f"{naam}.parquet"))
    for naam, kolommen in GELDIG.items():
        afgekeurd = pl.read_parquet_schema(uitslag.map / "afgekeurd" / f"{naam}.parquet")
        assert list(afgekeurd) == [*kolommen, "reden", "regel", "bestand"]


def test_tables_without_rows_are_accepted(taken):
    uitslag = taken(**{naam: table(naam) for naam in contract.TABELLEN})
    assert (uitslag.code, {telling.rijen for telling in uitslag.manifest.tabellen.values()}) == (0, {0})


def test_extra_column_is_dropped_and_reported_and_never_stored(taken):
    frame = table("pip", {}, {"leerroute": "X", "dagtekening_pip": DAG}).with_columns(
        opmerking=pl.lit("belt nooit terug"), punten=pl.struct(a=pl.lit(1)), volgnummer12345678=pl.lit(1)
    )
    uitslag = taken(pip=frame)
    extra = ["opmerking", "punten", "kolom 9 (naam weggelaten)"]
    assert uitslag.manifest.tabellen["pip"].extra_kolommen == extra
    assert pl.read_parquet(uitslag.map / "pip.parquet").columns == list(GELDIG["pip"])
    assert all(b"nooit terug" not in pad.read_bytes() for pad in uitslag.map.rglob("*") if pad.is_file())


@pytest.mark.parametrize(
    ("kolommen", "bewaard", "extra"),
    [
        ({"statushouder": True}, ["statushouder"], []),
        ({"statushouder": True, "begeleidingsregime": "24 maanden"}, ["statushouder", "begeleidingsregime"], []),
        ({"begeleidingsregime": "24 maanden"}, [], ["begeleidingsregime"]),
    ],
)
def test_optional_columns_of_melding_are_stored_only_when_delivered(taken, kolommen, bewaard, extra):
    uitslag = taken(melding=table("melding", kolommen))
    assert pl.read_parquet(uitslag.map / "melding.parquet").columns == [*GELDIG["melding"], *bewaard]
    assert (uitslag.code, uitslag.manifest.tabellen["melding"].extra_kolommen) == (0, extra)


# --- rejected rows


def test_rejected_rows_are_kept_aside_with_line_and_reason_and_reasons_add_up(taken):
    frame = table(
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
    uitslag = taken(begeleiding=frame)
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


def test_rows_of_a_rejected_person_are_rejected_in_every_table(taken):
    uitslag = taken(inburgeraar=persons(1, wet="WI2007"))
    aantallen = {naam: telling.rijen for naam, telling in uitslag.manifest.tabellen.items()}
    assert aantallen == dict.fromkeys(contract.TABELLEN, 0) | {"melding": 1}
    assert uitslag.afgekeurd == 7


MELDINGLOOS = [{"melding_id": ""}, {"melding_id": ""}, {"melding_id": None}, {"melding_id": None}]


@pytest.mark.parametrize(
    ("naam", "rijen", "afgekeurd"),
    [
        # A rule within the row comes before the unknown person.
        (
            "intake",
            [{"inburgeraar_id": "persoon-009", "datum_start": MORGEN}],
            {"datum_start ligt na de peildatum": 1},
        ),
        # The first PIP is judged on PIPs that are rejected themselves.
        (
            "pip",
            [
                {"dagtekening_pip": DAG, "gemeentecode": "x"},
                {"dagtekening_pip": DAG + dt.timedelta(1), "niveau": "A2"},
            ],
            {"gemeentecode heeft niet de voorgeschreven vorm": 1},
        ),
        # A date in the future is for datum_gepland alone.
        (
            "overdracht",
            [{"datum_gepland": dt.date(2030, 1, 1)}, {"inburgeraar_id": "x" * 9, "datum_wijkteambezoek": MORGEN}],
            {"datum_wijkteambezoek ligt na de peildatum": 1},
        ),
        # Rows with an empty key part are no duplicates.
        ("melding", MELDINGLOOS, {"melding_id is leeg": 4}),
        (
            "uitkering",
            [{"datum_start": None}, {"datum_start": None}, {"inburgeraar_id": None}, {"inburgeraar_id": None}],
            {"datum_start is leeg": 2, "inburgeraar_id is leeg": 2},
        ),
    ],
)
def test_reason_for_which_a_row_is_rejected(taken, naam, rijen, afgekeurd):
    assert taken(**{naam: table(naam, *rijen)}).manifest.tabellen[naam].afgekeurd == afgekeurd


def test_intake_accepts_and_rejects_the_same_rows_as_the_contract_collection(taken):
    kiezer = random.Random(3)
    frames = {
        "inburgeraar": table(
            "inburgeraar",
            *(
                {"inburgeraar_id": f"persoon-{nr:03d}", "wet": kiezer.choice(["WI2021", "WI2013", "x"])}
                for nr in range(40)
            ),
        )
    }
    for naam in ("intake", "begeleiding", "uitkering", "ontzorging", "overdracht"):
        frames[naam] = table(
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
    uitslag = taken(**frames)
    melding = table("melding", {"statushouder": None, "begeleidingsregime": None})
    volgens_contract, _ = contract.Levering.filter({"pip": table("pip", {}), "melding": melding} | frames)
    for naam, frame in volgens_contract.to_dict().items():
        kolommen = list(GELDIG[naam])
        assert pl.read_parquet(uitslag.map / f"{naam}.parquet").equals(frame.select(kolommen).collect()), naam
    assert 0 < uitslag.manifest.tabellen["begeleiding"].rijen < 30


# --- types


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
    assert pl.read_parquet(uitslag.map / "inburgeraar.parquet").equals(table("inburgeraar", {}))


def test_type_that_cannot_be_cast_refuses_and_names_file_column_and_line(taken, tmp_path):
    frame = table("begeleiding", {}, {"inburgeraar_id": "persoon-002"})
    for waarden, plek in (["2022-02-10", "10-02-2022"], ", regel 2"), ([20220210, 20220211], ""):
        anders = frame.with_columns(datum_start=pl.Series(waarden))
        with pytest.raises(steps.RefusedError) as fout:
            taken(f"levering{plek}", inburgeraar=persons(2), begeleiding=anders)
        wat = "niet om te zetten naar het type datum."
        assert str(fout.value) == f"begeleiding.parquet, kolom datum_start{plek}: {wat}"
    assert not (tmp_path / "s").exists()


# --- refused deliveries


def bent(naam: str, *afwijkingen: dict, **extra) -> dict[str, pl.DataFrame]:
    frame = table(naam, *(afwijkingen or [{}]))
    return {naam: frame.with_columns(**extra) if extra else frame}


GEWEIGERD = {
    "missing table": ({"uitkering": None}, ["uitkering.parquet"]),
    "missing tables, all named": ({"pip": None, "melding": None}, ["pip.parquet, melding.parquet"]),
    "missing column": ({"pip": table("pip", {}).drop("niveau")}, ["pip.parquet", "niveau"]),
    "duplicate key": (bent("intake", {}, {"datum_start": DAG}), ["intake.parquet", "inburgeraar_id", "regel 1 en 2"]),
    "duplicate key of two parts": (
        bent("pip", {"dagtekening_pip": DAG}, {}, {"leerroute": "X"}),
        ["pip.parquet", "dagtekening_pip", "regel 2 en 3"],
    ),
    "duplicate key of a person that does not exist": (
        bent("uitkering", {}, *[{"inburgeraar_id": "onbekende-1"}] * 2),
        ["uitkering.parquet", "regel 2 en 3"],
    ),
    "duplicate key beyond the years of Python": (
        {
            "uitkering": table("uitkering", {}, {}).with_columns(
                datum_start=pl.Series([4_000_000, 4_000_000]).cast(pl.Int32).cast(pl.Date)
            )
        },
        ["uitkering.parquet", "regel 1 en 2"],
    ),
    "all digits": (bent("inburgeraar", {}, {"inburgeraar_id": "1234567"}), ["inburgeraar.parquet", "regel 2"]),
    "all digits in another table": (bent("pip", {"inburgeraar_id": "12345678901"}), ["pip.parquet", "regel 1"]),
    "whole numbers as id": (bent("intake", inburgeraar_id=pl.lit(5)), ["intake.parquet", "inburgeraar_id"]),
    "all digits in an extra column of melding": (
        bent("melding", inburgeraar_id=pl.lit("1234567890")),
        ["melding.parquet", "inburgeraar_id"],
    ),
    "bsn in an id": (bent("inburgeraar", {}, {"inburgeraar_id": BSN}), ["inburgeraar.parquet", "inburgeraar_id"]),
    "bsn in a code": (
        bent("inburgeraar", {"reden_uitstroom": f"zie {BSN}"}),
        ["inburgeraar.parquet, kolom reden_uitstroom, regel 1"],
    ),
    "bsns in an extra numeric column": (bent("melding", klant=pl.lit(int(BSN))), ["melding.parquet, kolom klant"]),
    "bsns in a date column that is text": (
        bent("uitkering", datum_einde=pl.lit(BSN)),
        ["uitkering.parquet, kolom datum_einde, regel 1"],
    ),
    "bsn in a column with a number for a name": (
        bent("melding", **{"klant1234567890": pl.lit(BSN)}),
        ["melding.parquet, kolom nummer 7, regel 1"],
    ),
    "bsn in bytes": (bent("pip", ruw=pl.lit(BSN.encode())), ["pip.parquet, kolom ruw, regel 1"]),
}


@pytest.fixture(scope="module")
def delivered_twice(tmp_path_factory) -> Path:
    """A snapshots folder after a delivery and a redelivery, so with a replaced version in it."""
    map_ = tmp_path_factory.mktemp("geleverd")
    levering = write_delivery(map_ / "levering")
    for _ in range(2):
        take_in(levering, PEILDATUM, map_ / "s")
    return map_ / "s"


@pytest.mark.parametrize("geval", GEWEIGERD)
def test_refused_delivery_changes_nothing_on_disk_and_never_shows_the_value(delivered_twice, make_delivery, geval):
    root = delivered_twice
    voor = contents_of(root)
    frames, genoemd = GEWEIGERD[geval]
    with pytest.raises(steps.RefusedError) as fout:
        take_in(make_delivery("fout", **frames), PEILDATUM, root)
    assert contents_of(root) == voor
    for deel in genoemd:
        assert deel in str(fout.value)
    for waarde in (BSN, "1234567890", "onbekende-1", "persoon-001"):
        assert waarde not in str(fout.value)


def test_two_files_for_one_table_are_refused(make_delivery, tmp_path):
    levering = make_delivery()
    table("pip", {}).write_parquet(levering / "PIP.parquet")
    with pytest.raises(steps.RefusedError, match="twee keer"):
        take_in(levering, PEILDATUM, tmp_path / "s")


@pytest.mark.parametrize("schade", ["leeg", "afgekapt", "tekst", "verminkt", "dubbele kolom"])
def test_damaged_parquet_is_refused_in_dutch(make_delivery, tmp_path, schade):
    levering = make_delivery(inburgeraar=persons(300))
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
    klaar = run(levering, "--peildatum", PEILDATUM, "--naar", tmp_path / "s")
    assert klaar.returncode == 2
    assert klaar.stderr.startswith("Geweigerd: inburgeraar.parquet")
    assert klaar.stderr.count("\n") == 1
    assert not (tmp_path / "s").exists()


def test_file_that_changes_during_the_intake_is_refused(make_delivery, tmp_path, monkeypatch):
    levering = make_delivery()
    suspicious = warnings.suspicious

    def suspicious_and_changed(*argumenten):
        table("pip", {"leerroute": "Z"}).write_parquet(levering / "pip.parquet")
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
    dagen = [EERDER, PEILDATUM, PEILDATUM, EERDER, dt.date(2022, 10, 31)]
    uitslagen = [take_in(levering, dag, root) for dag in dagen]
    assert [uitslag.in_gebruik for uitslag in uitslagen] == [True, True, True, False, False]
    assert store.in_use(root) == uitslagen[2].map
    assert store.peildata(root) == [dt.date(2022, 10, 31), EERDER, PEILDATUM]
    assert store.folder_of(EERDER, root) == uitslagen[3].map


def as_demo(levering: Path, **anders: str | None) -> None:
    """Put the manifest of a demo beside the files, with their hashes but for the given ones (None: no hash)."""
    hashes = {
        naam: hashlib.sha256((levering / f"{naam}.parquet").read_bytes()).hexdigest() for naam in contract.TABELLEN
    }
    tabellen = {naam: {"sha256": hash_} for naam, hash_ in (hashes | anders).items() if hash_}
    Manifest(peildatum=PEILDATUM, herkomst="demo", tabellen=tabellen).write(levering)


def test_demo_delivery_gives_a_demo_snapshot_and_a_real_one_takes_over_from_it(make_delivery, tmp_path):
    demo, echt, root = make_delivery("demo"), make_delivery("echt"), tmp_path / "s"
    as_demo(demo)
    assert take_in(demo, PEILDATUM, root).manifest.herkomst == "demo"
    ouder = take_in(echt, EERDER, root)
    assert (ouder.manifest.herkomst, ouder.in_gebruik) == ("levering", True)
    assert ouder.manifest.verdwenen is None


def test_demo_never_takes_over_from_a_real_snapshot(make_delivery, tmp_path):
    demo, echt, root = make_delivery("demo"), make_delivery("echt"), tmp_path / "s"
    as_demo(demo)
    take_in(echt, PEILDATUM, root)
    voor = contents_of(root)
    for dag in (PEILDATUM, dt.date(2023, 1, 31), EERDER):
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
    as_demo(levering, **anders)
    with pytest.raises(steps.RefusedError, match=r"niet die van de demo: .*haal dan manifest\.json") as fout:
        take_in(levering, PEILDATUM, root)
    genoemd = str(fout.value).split(": ", 1)[1].split(". Is dit")[0]
    assert genoemd == ", ".join(f"{naam}.parquet" for naam in contract.TABELLEN if naam in anders)
    assert not root.exists()
    as_demo(levering)
    assert take_in(levering, PEILDATUM, root).manifest.herkomst == "demo"
    (levering / "manifest.json").unlink()
    assert take_in(levering, PEILDATUM, root).manifest.herkomst == "levering"


def test_persons_gone_since_the_previous_snapshot_are_counted(taken):
    taken("een", EERDER, inburgeraar=persons(5))
    # Persons 4 and 5 are gone; person 3 is rejected but delivered; person 9 is new.
    frame = table(
        "inburgeraar",
        *({"inburgeraar_id": f"persoon-{nr:03d}"} for nr in (1, 2, 9)),
        {"inburgeraar_id": "persoon-003", "wet": "?"},
    )
    twee = taken("twee", inburgeraar=frame)
    assert twee.manifest.verdwenen == Verdwenen(vorige_peildatum=EERDER, aantal=2)
    assert "Niet meer in deze levering: 2 inburgeraars uit de snapshot van 2022-11-30" in steps.told(twee)
    # A late correction is compared with what came before it, not with the newer snapshot in use.
    oud = taken("oud", dt.date(2022, 12, 1), inburgeraar=persons(4))
    assert oud.manifest.verdwenen == Verdwenen(vorige_peildatum=EERDER, aantal=1)


# --- who may read it

OPEN = stat.S_IRWXG | stat.S_IRWXO


@pytest.mark.parametrize(("umask", "bestaat"), [(0, False), (0, True), (0o077, False)])
def test_what_an_intake_writes_is_for_its_own_user_alone(make_delivery, tmp_path, umask, bestaat):
    root = tmp_path / "s"
    afgekeurd = make_delivery("deels", pip=table("pip", {"leerroute": "X"}))
    voorheen = os.umask(umask)
    try:
        if bestaat:
            (root / ".versies").mkdir(parents=True, mode=0o777)
        for dag in (EERDER, PEILDATUM, PEILDATUM):
            take_in(afgekeurd, dag, root)
        manage.go_back(EERDER, root)
    finally:
        os.umask(voorheen)
    alles = [root, *(pad for pad in root.rglob("*") if not pad.is_symlink())]
    assert {"CURRENT", "werklijst.csv", "rapport.html", "afgekeurd", "pip.parquet"} <= {pad.name for pad in alles}
    assert {(pad.is_dir(), stat.S_IMODE(pad.stat().st_mode)) for pad in alles} == {(True, 0o700), (False, 0o600)}


def test_what_is_built_is_shut_before_it_is_written(tmp_path):
    with store.exclusive(tmp_path), store.under_construction(tmp_path) as map_:
        assert not any(pad.stat().st_mode & OPEN for pad in (map_, map_.parent))


def test_folder_that_users_share_stays_shared_and_what_lies_in_it_is_shut(taken, tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s").chmod(0o1777)
    taken()
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o1777
    assert not (tmp_path / "s" / ".versies").stat().st_mode & OPEN


# --- locks, kills and failing disks


def test_second_intake_at_the_same_time_is_refused(make_delivery, tmp_path):
    root = tmp_path / "s"
    root.mkdir()
    slot = os.open(root, os.O_RDONLY)
    fcntl.flock(slot, fcntl.LOCK_EX)
    levering = make_delivery()
    klaar = run(levering, "--peildatum", PEILDATUM, "--naar", root)
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
    leveringen = [make_delivery(f"l{aantal}", inburgeraar=persons(aantal)) for aantal in (10, 200)]
    take_in(leveringen[0], PEILDATUM, root)
    klaar, gezien = threading.Event(), []

    def lees():
        while not klaar.is_set():
            map_ = store.in_use(root)
            gezien.append((is_whole(map_), Manifest.read(map_).tabellen["inburgeraar"].rijen))

    lezer = threading.Thread(target=lees)
    lezer.start()
    for keer in range(8):
        take_in(leveringen[keer % 2], PEILDATUM, root)
    klaar.set()
    lezer.join()
    assert {heel for heel, _ in gezien} == {True}
    assert {aantal for _, aantal in gezien} == {10, 200}


def test_full_disk_is_told_and_leaves_the_old_snapshot(taken, make_delivery, tmp_path):
    root = tmp_path / "s"
    taken("oud")
    voor = contents_of(root)
    groot = make_delivery(
        "groot",
        inburgeraar=table(
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


def test_snapshots_folder_that_is_a_file_is_told(taken, tmp_path):
    (tmp_path / "s").write_text("geen map", encoding="utf-8")
    with pytest.raises(steps.RefusedError, match="kan niet worden gebruikt"):
        taken()


def test_broken_reference_table_refuses_in_dutch(taken, tmp_path, monkeypatch):
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    with pytest.raises(steps.RefusedError, match="referentietabel"):
        taken()
    assert not (tmp_path / "s").exists()


# --- command line


def test_exit_status_0_accepted_1_with_rejected_rows_2_refused(make_delivery, tmp_path):
    root = tmp_path / "s"
    goed = run(make_delivery("goed"), "--peildatum", "2022-12-31", "--naar", root, "--toch")
    assert (goed.returncode, goed.stderr) == (0, "")
    assert "Deze snapshot is nu in gebruik." in goed.stdout
    deels = run(
        make_delivery("deels", **bent("pip", {"niveau": "C1"})), "--peildatum", "2022-12-31", "--naar", root, "--toch"
    )
    assert (deels.returncode, deels.stderr) == (1, "")
    assert "1 keer niveau heeft een onbekende code; toegestaan: A2, B1 (regel 1)" in deels.stdout
    voor = contents_of(root)
    fout = run(make_delivery("fout", pip=None), "--peildatum", "2022-12-31", "--naar", root)
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
