"""Intake: what refuses a delivery, what rejects a row, and what stays whatever happens."""

import datetime as dt
import errno
import hashlib
import io
import os
import stat
from collections import Counter
from pathlib import Path
from unittest.mock import DEFAULT, Mock
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow.parquet as pq
import pytest

from data import contract
from data.intake import report, steps, warnings
from data.snapshots import manage, store
from data.snapshots.manifest import Manifest, Verdwenen
from tests import command
from tests.data.conftest import EERDER, GELDIG, PEILDATUM, contents_of, persons, table, take_in, write_delivery

BSN = "123456782"
REDENEN = "Afgerond, Verhuisd, Op eigen verzoek, Overig"
DAG = dt.date(2022, 6, 1)
MORGEN = PEILDATUM + dt.timedelta(days=1)


def test_valid_delivery_becomes_the_snapshot_in_use(make_delivery, tmp_path):
    levering = make_delivery(inburgeraar=persons(2).with_columns(kleur=pl.lit("rood")))
    (levering / "inburgeraar.parquet").rename(levering / "Inburgeraar.PARQUET")
    os.utime(levering / "Inburgeraar.PARQUET", (1_672_574_400, 1_672_574_400))
    voor = dt.datetime.now(ZoneInfo("Europe/Amsterdam")).replace(microsecond=0)
    uitslag = take_in(levering, PEILDATUM, tmp_path / "s")
    manifest, told = uitslag.manifest, uitslag.manifest.tabellen["inburgeraar"]
    assert (uitslag.code, uitslag.in_gebruik, store.in_use(tmp_path / "s")) == (0, True, uitslag.map)
    assert Manifest.read(uitslag.map) == manifest
    assert (manifest.formaat, manifest.peildatum, manifest.herkomst) == (1, PEILDATUM, "levering")
    assert (manifest.verdwenen, len(manifest.levering_id), manifest.aangemaakt >= voor) == (None, 32, True)
    assert (told.bestand, told.levertijd.isoformat()) == ("Inburgeraar.PARQUET", "2023-01-01T13:00:00+01:00")
    assert told.sha256 == hashlib.sha256((levering / "Inburgeraar.PARQUET").read_bytes()).hexdigest()
    assert (told.gelezen, told.rijen, told.afgekeurd, told.extra_kolommen) == (2, 2, {}, ["kleur"])
    assert (told.opmerkingen, told.kolomnamen, told.waarschuwingen) == ([], {}, [])
    assert list(manifest.tabellen) == list(contract.TABELLEN)
    for naam in set(contract.TABELLEN) - {"inburgeraar"}:
        assert pl.read_parquet(uitslag.map / f"{naam}.parquet").equals(pl.read_parquet(levering / f"{naam}.parquet"))


@pytest.mark.parametrize(
    ("kolommen", "bewaard", "extra"),
    [
        ({"statushouder": True}, ["statushouder"], []),
        ({"statushouder": True, "begeleidingsregime": "24 maanden"}, ["statushouder", "begeleidingsregime"], []),
        ({"begeleidingsregime": "24 maanden"}, [], ["begeleidingsregime"]),
        ({"opmerking": "belt nooit terug", "volgnummer12345678": 1}, [], ["opmerking", "kolom 8 (naam weggelaten)"]),
    ],
    ids=["optional", "both optional", "one without the other", "of no use"],
)
def test_only_columns_of_the_contract_are_stored_and_others_are_named(taken, kolommen, bewaard, extra):
    frame = table("melding", {}, {"soort": "X", "melding_id": "m-2"})
    uitslag = taken(melding=frame.with_columns(pl.lit(waarde).alias(naam) for naam, waarde in kolommen.items()))
    assert pl.read_parquet(uitslag.map / "melding.parquet").columns == [*GELDIG["melding"], *bewaard]
    assert (uitslag.code, uitslag.manifest.tabellen["melding"].extra_kolommen) == (1, extra)
    assert all(b"nooit terug" not in pad.read_bytes() for pad in uitslag.map.rglob("*") if pad.is_file())


@pytest.mark.parametrize("at_once", [2, steps._DEEL])
def test_rejected_rows_are_kept_aside_with_line_and_reason(taken, monkeypatch, at_once):
    monkeypatch.setattr(steps, "_DEEL", at_once)
    code = {"datum_start": DAG, "reden_einde": "afgerond"}
    afwijkingen = [code, {"inburgeraar_id": "persoon-009"}, {"inburgeraar_id": "kort"}]
    frame = table("begeleiding", {}, *afwijkingen, {"inburgeraar_id": None}, {"inburgeraar_id": None})
    uitslag = taken(begeleiding=frame)
    telling = uitslag.manifest.tabellen["begeleiding"]
    assert (uitslag.code, telling.gelezen, telling.rijen) == (1, 6, 1)
    assert next(iter(telling.afgekeurd.items())) == ("inburgeraar_id is leeg", 2)
    afgekeurd = pl.read_parquet(uitslag.map / "afgekeurd" / "begeleiding.parquet")
    assert afgekeurd.columns == [*GELDIG["begeleiding"], "reden", "regel", "bestand"]
    assert afgekeurd.select("regel", "inburgeraar_id", "reden").rows() == [
        (2, "persoon-001", f"reden_einde heeft een onbekende code; toegestaan: {REDENEN}"),
        (3, "persoon-009", "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar"),
        # What is no pseudonym may be a name, so it is not kept.
        (4, None, "inburgeraar_id heeft niet de voorgeschreven vorm"),
        (5, None, "inburgeraar_id is leeg"),
        (6, None, "inburgeraar_id is leeg"),
    ]


def test_rows_of_a_rejected_person_are_rejected_in_every_table(taken):
    uitslag = taken(inburgeraar=persons(1, wet="WI2007"))
    aantallen = {naam: telling.rijen for naam, telling in uitslag.manifest.tabellen.items()}
    assert aantallen == dict.fromkeys(contract.TABELLEN, 0) | {"melding": 1}


LEEG = [{"datum_start": None}] * 2 + [{"inburgeraar_id": None}] * 2
PIPS = [{"dagtekening_pip": DAG, "gemeentecode": "x"}, {"dagtekening_pip": DAG + dt.timedelta(1), "niveau": "A2"}]
LATER = [{"datum_gepland": dt.date(2030, 1, 1)}, {"inburgeraar_id": "x" * 9, "datum_wijkteambezoek": MORGEN}]


@pytest.mark.parametrize(
    ("naam", "rijen", "afgekeurd"),
    [
        # A rule within the row comes before the unknown person.
        ("intake", [{"inburgeraar_id": "persoon-009", "datum_start": MORGEN}], ["datum_start ligt na de peildatum"]),
        # The first PIP is judged on PIPs that are rejected themselves.
        ("pip", PIPS, ["gemeentecode heeft niet de voorgeschreven vorm"]),
        # A date in the future is for datum_gepland alone.
        ("overdracht", LATER, ["datum_wijkteambezoek ligt na de peildatum"]),
        # Rows with an empty key part are no duplicates.
        ("melding", [{"melding_id": waarde} for waarde in ("", "", None, None)], ["melding_id is leeg"] * 4),
        ("uitkering", LEEG, ["datum_start is leeg", "inburgeraar_id is leeg"] * 2),
    ],
)
def test_reason_for_which_a_row_is_rejected(taken, naam, rijen, afgekeurd):
    assert taken(**{naam: table(naam, *rijen)}).manifest.tabellen[naam].afgekeurd == Counter(afgekeurd)


def bent(naam: str, *afwijkingen: dict, **extra) -> dict[str, pl.DataFrame]:
    return {naam: table(naam, *(afwijkingen or [{}])).with_columns(**extra)}


NO_DATES, NO_DAY = pl.Series(["2022-02-10", "10-02-2022"]), pl.lit(20220210)
START, NO_DATE = "begeleiding.parquet, kolom datum_start", "niet om te zetten naar het type datum."
BEYOND = pl.Series([4_000_000] * 2).cast(pl.Int32).cast(pl.Date)
TWICE = "pip.parquet: de sleutel (inburgeraar_id, dagtekening_pip) is niet uniek, bijvoorbeeld op regel 2 en 3. "
UNKNOWN = [{"inburgeraar_id": "onbekende-1"}] * 2
ALL_DIGITS = "inburgeraar.parquet, kolom inburgeraar_id, regel 2: alleen cijfers, dus misschien een BSN"
GEWEIGERD = {
    "missing tables, all named": ({"pip": None, "melding": None}, "pip.parquet, melding.parquet"),
    "missing column": ({"pip": table("pip", {}).drop("niveau")}, "pip.parquet: kolom ontbreekt: niveau"),
    "no dates": (
        bent("begeleiding", {}, {"inburgeraar_id": "x"}, datum_start=NO_DATES),
        f"{START}, regel 2: {NO_DATE}",
    ),
    "column of another type": (bent("begeleiding", datum_start=NO_DAY), f"{START}: {NO_DATE}"),
    "key of two parts": (bent("pip", {"dagtekening_pip": DAG}, {}, {"leerroute": "X"}), f"{TWICE}Er zijn 2 rijen"),
    "duplicate key of an unknown person": (bent("uitkering", {}, *UNKNOWN), "regel 2 en 3"),
    "duplicate key beyond the years of Python": (bent("uitkering", {}, {}, datum_start=BEYOND), "regel 1 en 2"),
    "all digits": (bent("inburgeraar", {}, {"inburgeraar_id": "1234567"}), ALL_DIGITS),
    "whole numbers as id": (bent("intake", inburgeraar_id=pl.lit(5)), "intake.parquet, kolom inburgeraar_id, regel 1"),
    "digits in an extra column": (bent("melding", inburgeraar_id=pl.lit("1234567890")), "kolom inburgeraar_id"),
    "bsn below a number": (bent("melding", klant1234567890=pl.lit(BSN)), "melding.parquet, kolom nummer 7, regel 1"),
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
    voor = contents_of(delivered_twice)
    frames, genoemd = GEWEIGERD[geval]
    with pytest.raises(steps.RefusedError) as fout:
        take_in(make_delivery("fout", **frames), PEILDATUM, delivered_twice)
    assert contents_of(delivered_twice) == voor
    assert genoemd in str(fout.value)
    for waarde in (BSN, "1234567", "onbekende-1", "persoon-001"):
        assert waarde not in str(fout.value)


def doubled(inhoud: bytes) -> bytes:
    """The same rows with their first column twice."""
    rows, written = pq.read_table(io.BytesIO(inhoud)), io.BytesIO()
    pq.write_table(rows.append_column(rows.schema.field(0), rows.column(0)), written)
    return written.getvalue()


DAMAGES = {"empty": lambda inhoud: b"", "cut off": lambda inhoud: inhoud[:-30], "a column twice": doubled}


@pytest.mark.parametrize("schade", DAMAGES.values(), ids=DAMAGES)
def test_damaged_parquet_is_refused_in_one_dutch_line(make_delivery, tmp_path, schade):
    levering = make_delivery(inburgeraar=persons(300))
    pad = levering / "inburgeraar.parquet"
    pad.write_bytes(schade(pad.read_bytes()))
    klaar = command.run("data.intake", levering, "--peildatum", PEILDATUM, "--naar", tmp_path / "s")
    assert (klaar.returncode, klaar.stderr.count("\n")) == (2, 1)
    assert klaar.stderr.startswith("Geweigerd: inburgeraar.parquet")
    assert not (tmp_path / "s").exists()


def test_file_that_changes_during_the_intake_is_refused(make_delivery, tmp_path, monkeypatch):
    levering = make_delivery()

    def change(*_):
        table("pip", {"leerroute": "Z"}).write_parquet(levering / "pip.parquet")
        return DEFAULT

    monkeypatch.setattr(warnings, "suspicious", Mock(wraps=warnings.suspicious, side_effect=change))
    with pytest.raises(steps.RefusedError, match=r"pip\.parquet is tijdens de inname gewijzigd"):
        take_in(levering, PEILDATUM, tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_newer_or_equal_peildatum_takes_over_and_an_older_one_is_only_stored(make_delivery, tmp_path):
    levering, root = make_delivery(), tmp_path / "s"
    dagen = [EERDER, PEILDATUM, PEILDATUM, EERDER, dt.date(2022, 10, 31)]
    uitslagen = [take_in(levering, dag, root) for dag in dagen]
    assert [uitslag.in_gebruik for uitslag in uitslagen] == [True, True, True, False, False]
    assert store.in_use(root) == uitslagen[2].map
    assert store.peildata(root) == [dt.date(2022, 10, 31), EERDER, PEILDATUM]
    assert store.folder_of(EERDER, root) == uitslagen[3].map


def test_what_was_made_ready_is_taken_in_as_it_is_unless_another_came_first(make_delivery, tmp_path):
    levering, root = make_delivery(), tmp_path / "s"
    for dag in (PEILDATUM, EERDER):
        kept, klaar = store.kept(root), tmp_path / f"klaar-{dag}"
        klaar.mkdir()
        opties = ("--peildatum", dag, "--toch", "--naar", root, "--zet-klaar", klaar)
        done = command.run("data.intake", levering, *opties)
        # On a slow machine a bar stands on standard error meanwhile.
        assert (done.returncode, done.stdout) == (0, "")
        assert store.kept(root) == kept
        steps.put_in_use(klaar, kept, root)
        assert contents_of(store.folder_of(dag, root)) == contents_of(klaar)
        assert store.in_use(root) == store.folder_of(PEILDATUM, root)
        voor = contents_of(root)
        with pytest.raises(steps.RefusedError, match="Controleer de bestanden opnieuw"):
            steps.put_in_use(klaar, kept, root)
        assert contents_of(root) == voor


def as_demo(levering: Path, **anders: str | None) -> Path:
    """Put the manifest of a demo beside the files, with their hashes but for the given ones (None: no hash)."""
    hashes = {naam: hashlib.sha256((levering / f"{naam}.parquet").read_bytes()) for naam in contract.TABELLEN}
    found = {naam: hash_.hexdigest() for naam, hash_ in hashes.items()} | anders
    tabellen = {naam: {"sha256": hash_} for naam, hash_ in found.items() if hash_}
    Manifest(peildatum=PEILDATUM, herkomst="demo", tabellen=tabellen).write(levering)
    return levering


def test_real_delivery_takes_over_from_a_demo_and_a_demo_never_from_a_real_one(make_delivery, tmp_path):
    demo, echt, root = as_demo(make_delivery("demo")), make_delivery("echt"), tmp_path / "s"
    assert take_in(demo, PEILDATUM, root).manifest.herkomst == "demo"
    ouder = take_in(echt, EERDER, root)
    assert (ouder.manifest.herkomst, ouder.in_gebruik, ouder.manifest.verdwenen) == ("levering", True, None)
    voor = contents_of(root)
    for dag in (PEILDATUM, dt.date(2023, 1, 31), EERDER):
        with pytest.raises(steps.RefusedError, match="demogegevens"):
            take_in(demo, dag, root)
    assert contents_of(root) == voor


@pytest.mark.parametrize(
    "anders",
    [{naam: "0" * 64 for naam in contract.TABELLEN if naam != "pip"}, {"pip": "0" * 64}, {"pip": None}],
    ids=["one of the demo", "one of our own", "one not spoken of"],
)
def test_only_when_every_file_is_that_of_the_demo_it_is_one_and_a_mix_is_refused(make_delivery, tmp_path, anders):
    levering, root = as_demo(make_delivery(), **anders), tmp_path / "s"
    with pytest.raises(steps.RefusedError, match=r"niet die van de demo: .*haal dan manifest\.json") as fout:
        take_in(levering, PEILDATUM, root)
    genoemd = str(fout.value).split(": ", 1)[1].split(". Is dit")[0]
    assert genoemd == ", ".join(f"{naam}.parquet" for naam in contract.TABELLEN if naam in anders)
    assert not root.exists()
    (levering / "manifest.json").unlink()
    assert take_in(levering, PEILDATUM, root).manifest.herkomst == "levering"


def test_persons_gone_since_the_previous_snapshot_are_counted_and_a_rejected_one_is_not_gone(taken):
    taken("een", EERDER, inburgeraar=persons(3))
    twee = taken("twee", inburgeraar=table("inburgeraar", {"wet": "?"}, {"inburgeraar_id": "persoon-009"}))
    assert twee.manifest.verdwenen == Verdwenen(vorige_peildatum=EERDER, aantal=2)


@pytest.mark.parametrize(("umask", "vooraf", "blijft"), [(0, 0o777, 0o700), (0o077, 0o755, 0o700), (0, 0o1777, 0o1777)])
def test_what_an_intake_writes_is_for_its_own_user_alone(make_delivery, tmp_path, umask, vooraf, blijft):
    """Only a folder that users share on purpose, such as /tmp, stays open."""
    root = tmp_path / "s"
    afgekeurd = make_delivery("deels", pip=table("pip", {"leerroute": "X"}))
    voorheen = os.umask(umask)
    try:
        (root / ".versies").mkdir(parents=True, mode=0o777)
        root.chmod(vooraf)
        for dag in (EERDER, PEILDATUM, PEILDATUM):
            take_in(afgekeurd, dag, root)
        manage.go_back(EERDER, root)
        with store.exclusive(root), store.under_construction(root) as map_:
            assert stat.S_IMODE(map_.stat().st_mode) == 0o700
    finally:
        os.umask(voorheen)
    assert stat.S_IMODE(root.stat().st_mode) == blijft
    alles = [pad for pad in root.rglob("*") if not pad.is_symlink()]
    assert {"CURRENT", "werklijst.csv", "rapport.html", "afgekeurd", "pip.parquet"} <= {pad.name for pad in alles}
    assert {(pad.is_dir(), stat.S_IMODE(pad.stat().st_mode)) for pad in alles} == {(True, 0o700), (False, 0o600)}


def test_second_intake_at_the_same_time_is_refused_and_told(make_delivery, tmp_path):
    levering, root = make_delivery(), tmp_path / "s"
    with store.exclusive(root):
        klaar = command.run("data.intake", levering, "--peildatum", PEILDATUM, "--naar", root)
        assert list(root.iterdir()) == []
    told = "Geweigerd: Er loopt al een inname in deze map. Wacht tot die klaar is en probeer het opnieuw.\n"
    assert (klaar.returncode, klaar.stderr) == (2, told)


FULL = pl.exceptions.ComputeError("No space left on device (os error 28)")
STEPS = [(warnings, "suspicious"), (pl.DataFrame, "write_parquet"), (report, "write"), (store, "publish")]


@pytest.mark.parametrize(("module", "stap"), STEPS)
@pytest.mark.parametrize(
    ("wat", "gezegd"),
    [
        (KeyboardInterrupt, "Afgebroken. De snapshot in gebruik is niet veranderd.\n"),
        (ZeroDivisionError("persoon-001"), "Geweigerd: onverwachte fout (ZeroDivisionError). De snapshot in"),
        (FULL, "Geweigerd: De snapshot kon niet worden weggeschreven: de schijf is vol"),
        (PermissionError(errno.EACCES, "x"), "Geweigerd: De snapshot kon niet worden weggeschreven: u mag daar niet"),
        (OSError(errno.EBUSY, "In use"), "Geweigerd: De snapshot kon niet worden weggeschreven: In use."),
        (OSError("why nobody knows"), "Geweigerd: De snapshot kon niet worden weggeschreven. De snapshot in gebruik"),
    ],
)
def test_interruption_changes_nothing(make_delivery, tmp_path, monkeypatch, module, stap, wat, gezegd):
    root, levering = tmp_path / "s", make_delivery()
    take_in(levering, PEILDATUM, root)
    voor = contents_of(root)
    monkeypatch.setattr(module, stap, Mock(side_effect=wat))
    klaar = command.run("data.intake", levering, "--peildatum", PEILDATUM, "--naar", root, "--toch")
    assert (klaar.returncode, klaar.stderr[: len(gezegd)]) == (2, gezegd)
    assert contents_of(root) == voor


REJECTED = "afgekeurd: 1 keer niveau heeft een onbekende code; toegestaan: A2, B1 (regel 1)"
KEPT = ("opgenomen", "werklijst.csv\n")
ONLY_CHECKED = ("gecontroleerd", "Er is niets bewaard: dit was alleen een controle.\n")


def test_exit_status_0_accepted_1_with_rejected_rows_2_refused_and_a_check_keeps_nothing(make_delivery, tmp_path):
    hoe = ("--peildatum", PEILDATUM, "--naar", tmp_path / "s", "--toch")
    goed, deels = make_delivery("goed"), make_delivery("deels", **bent("pip", {"niveau": "C1"}))
    for opties, (gedaan, einde) in ((["--controleer"], ONLY_CHECKED), ([], KEPT)):
        assert not (tmp_path / "s").exists()
        for levering, code in ((goed, 0), (deels, 1)):
            klaar = command.run("data.intake", levering, *hoe, *opties)
            assert (klaar.returncode, klaar.stderr, REJECTED in klaar.stdout) == (code, "", code == 1)
            assert klaar.stdout.startswith(f"De levering met peildatum {PEILDATUM} is {gedaan}.")
            assert klaar.stdout.endswith(einde)
    fout = command.run("data.intake", make_delivery("fout", pip=None), *hoe)
    told = "Geweigerd: De levering is niet volledig. Deze bestanden ontbreken: pip.parquet.\n"
    assert (fout.returncode, fout.stdout, fout.stderr) == (2, "", told)


def test_what_is_wrong_beside_the_files_refuses_too(taken, make_delivery, tmp_path, monkeypatch):
    table("pip", {}).write_parquet(make_delivery("dubbel") / "PIP.parquet")
    with pytest.raises(steps.RefusedError, match="twee keer"):
        take_in(tmp_path / "dubbel", PEILDATUM, tmp_path / "s")
    (tmp_path / "s").write_text("geen map", encoding="utf-8")
    with pytest.raises(steps.RefusedError, match="kan niet worden gebruikt"):
        taken()
    (tmp_path / "s").unlink()
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    with pytest.raises(steps.RefusedError, match="referentietabel"):
        taken("nu")
    assert not (tmp_path / "s").exists()
