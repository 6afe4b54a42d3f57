"""The demo: one consistent synthetic municipality, by seed, at any peildatum."""

import hashlib
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from data import contract
from data.demo import __main__ as demo
from data.demo import municipality
from data.errors import RefusedError
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests import command

P = date(2022, 12, 31)
ASIEL, GEZIN = contract.DOELGROEPEN
ID, PIP_DAY = "inburgeraar_id", "dagtekening_pip"
KEYS = {name: schema.primary_key() for name, schema in contract.TABELLEN.items()}
Tables = dict[str, pl.DataFrame]


def read(folder: Path) -> Tables:
    return {table: pl.read_parquet(folder / f"{table}.parquet") for table in contract.TABELLEN}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Callable[..., Tables]:
    """The tables of a demo, made once for each request; its folder is `made.folder(...)`."""

    @cache
    def folder(peildatum: date = P, personen: int | None = None, **asked: int | bool) -> Path:
        return municipality.maak(tmp_path_factory.mktemp("demo") / "demo", peildatum, personen, **asked)

    @cache
    def tables(*given, **asked) -> Tables:
        return read(folder(*given, **asked))

    tables.folder = folder
    return tables


@pytest.fixture(scope="module")
def tables(made) -> Tables:
    return made()


SIZES = [(P, None, False), (P, None, True), (P, 20, False), (P, 0, False), (date(2018, 1, 1), 600, False)]
LEAP_DAY, LATER = (date(2020, 2, 29), 600, False), (date(2024, 6, 30), 4000, True)


@pytest.mark.parametrize(("peildatum", "personen", "asked"), [*SIZES, LEAP_DAY, LATER])
def test_intake_accepts_every_row_and_calls_it_a_demo(tmp_path, made, peildatum, personen, asked):
    folder = made.folder(peildatum, personen, melding_met_statushouder=asked)
    uitslag = steps.take_in(folder, peildatum, tmp_path, toch=peildatum != P or personen == 0)
    assert (uitslag.code, uitslag.in_gebruik, uitslag.manifest.demo) == (0, True, True)
    for name, schema in contract.TABELLEN.items():
        left_out = () if asked else contract.OPTIONEEL.get(name, ())
        columns = pl.read_parquet_schema(uitslag.map / f"{name}.parquet")
        assert list(columns) == [column for column in schema.column_names() if column not in left_out]
        assert uitslag.manifest.tabellen[name].extra_kolommen == []
    if peildatum == P:
        assert uitslag.manifest.tabellen["inburgeraar"].rijen == (600 if personen is None else personen)


def test_every_code_of_the_contract_and_every_wijk_occurs(made):
    large = made(personen=6000)
    for table, schema in contract.TABELLEN.items():
        for column in set(schema.column_names()) & set(large[table].columns):
            about = schema.columns()[column].metadata or {}
            codes = contract.wijkteams() if about.get("referentie") == "wijkteam" else about.get("codes")
            assert codes is None or set(large[table][column].drop_nulls()) == set(codes), (table, column)
    assert set(large["inburgeraar"]["wijkcode"].drop_nulls()) == set(contract.referentie("wijk")["wijkcode"])


def test_pseudonyms_say_that_they_are_a_demo_and_nothing_could_be_a_bsn_or_link_a_melding(made):
    large = made(personen=6000)
    number = re.compile(r"(?<![A-Za-z0-9_-])[0-9]{8,9}(?![A-Za-z0-9_-])")
    for frame in large.values():
        for column in frame.select(pl.col(pl.String)):
            assert not [value for value in column.drop_nulls() if number.search(value)]
    ids = large["inburgeraar"][ID]
    assert ids.is_unique().all()
    assert ids.str.contains(r"^demo-[0-9a-f]{16}$").all()
    requests = large["melding"]["melding_id"].str.strip_prefix("melding-")
    assert not set(requests) & set(ids.str.strip_prefix("demo-"))


OTHER = {"personen": 300, "seed": 7, "melding_met_statushouder": True}
HASHES = [(P, {}, "79de18b4b333c98f"), (date(2022, 11, 30), {}, "e2f8d7d99dc05b3c")]


@pytest.mark.parametrize(("peildatum", "asked", "hash_"), [*HASHES, (date(2024, 6, 30), OTHER, "39e50d9c03476c14")])
def test_what_is_made_is_what_all_figures_and_pictures_of_the_demo_rest_on(made, peildatum, asked, hash_):
    """Another hash is another demo: then every picture and every figure in a text about the demo is made anew."""
    found = hashlib.sha256()
    for frame in made(peildatum, **asked).values():
        found.update(frame.write_csv().encode())
    assert found.hexdigest()[:16] == hash_


def test_people_are_the_same_in_a_larger_municipality_and_in_smaller_blocks(tmp_path, made, tables, monkeypatch):
    monkeypatch.setattr(municipality, "PERSONEN_PER_BLOK", 7)
    folder = municipality.maak(tmp_path / "klein", personen=50)
    assert pq.ParquetFile(folder / "inburgeraar.parquet").num_row_groups == 8  # 50 / 7, rounded up
    small, ids = read(folder), tables["inburgeraar"].head(50).select(ID)
    assert small["melding"].equals(made(personen=50)["melding"])
    for table in set(KEYS) - {"melding"}:
        assert small[table].equals(tables[table].join(ids, on=ID, how="semi", maintain_order="left")), table


EXTRACTS = [(date(2020, 6, 30), P), (date(2022, 3, 31), date(2022, 9, 30)), (date(2022, 11, 30), date(2025, 6, 30))]


@pytest.mark.parametrize(("earlier", "later"), EXTRACTS)
def test_what_an_earlier_extract_dates_stands_in_a_later_one(made, earlier, later):
    before, after = made(earlier, 1500), made(later, 1500)
    for table, keys in KEYS.items():
        both = before[table].join(after[table], on=keys, how="left", suffix="_later", coalesce=True)
        assert before[table].join(after[table], on=keys, how="anti").is_empty(), table
        for column in set(before[table].select(pl.col(pl.Date)).columns) - set(keys):
            old, new = both[column], both[f"{column}_later"]
            known = old.is_not_null()
            assert old.filter(known).equals(new.filter(known), null_equal=True), (table, column)
            if column != "datum_gepland":  # what was open ended, if at all, after the earlier peildatum
                assert (new.filter(~known).drop_nulls() > earlier).all(), (table, column)
        for column in set(before[table].columns) & {"wet", "doelgroep", "verblijfsrecht", "wijkteam"}:
            assert both[column].equals(both[f"{column}_later"]), (table, column)


FULL = "datum_start + interval 6 month"
# Whom the demo has to hold, as SQL over its tables and the reference table `residence` of wijken and their wijkteam.
AWKWARD = {
    "no wijkcode": "inburgeraar where wijkcode is null and datum_huisvesting is not null",
    "housed, not in the BRP yet": "inburgeraar where datum_huisvesting is not null "
    "and datum_inschrijving_brp is null and datum_uitstroom is null",
    "PIP of another municipality": "pip where gemeentecode <> '0392'",
    "second period of begeleiding": "begeleiding group by inburgeraar_id having count(*) > 1",
    "nareiziger with a regular permit": f"wi2021 where doelgroep = '{ASIEL}' and verblijfsrecht = 'regulier'",
    "begeleiding ended by a move": "begeleiding where reden_einde = 'Verhuisd'",
    "moved to another municipality": "inburgeraar where reden_uitstroom = 'Verhuizing'",
    "left the country": "inburgeraar where reden_uitstroom = 'Vertrek uit Nederland'",
    "uitstroom before a PIP, within ten weeks": "wi2021 anti join pip using (inburgeraar_id) "
    "where datum_uitstroom <= greatest(datum_kennisgeving, datum_inschrijving_brp) + 70",
    "handover to another team than the residence's": "overdracht join inburgeraar using (inburgeraar_id) "
    "join residence using (wijkcode) where status = 'Afgerond' and overdracht.wijkteam <> residence.wijkteam",
    "left before the handover": "overdracht where status = 'Vertrokken'",
    "kennisgeving before BRP": "inburgeraar where datum_kennisgeving < datum_inschrijving_brp",
    "BRP before kennisgeving": "inburgeraar where datum_inschrijving_brp < datum_kennisgeving",
    "PIP of Haarlem before registration": "pip join inburgeraar using (inburgeraar_id) "
    "where gemeentecode = '0392' and dagtekening_pip < datum_inschrijving_brp",
    "scaled down from B1 to A2": "pip where leerroute = 'B' and niveau = 'A2'",
    "ontzorging of exactly six months": f"ontzorging where datum_einde = {FULL} - interval 1 day",
    "just under": f"ontzorging where datum_einde between {FULL} - interval 13 day and {FULL} - interval 2 day",
    "WI2021 and housed in 2021": "wi2021 where datum_huisvesting < '2022-01-01'",
    "begeleiding still running": "begeleiding where datum_einde is null",
    "uitstel by a third party": "pip where uitstel_derden",
    "need for guidance not asked": "overdracht where begeleidingsbehoefte is null",
}


@pytest.mark.parametrize("seed", [municipality.SEED, 1])
def test_a_few_hundred_people_hold_every_awkward_case(made, seed):
    database = duckdb.connect()
    for name, frame in (made(personen=340, seed=seed) | {"residence": contract.referentie("wijkteam")}).items():
        database.register(name, frame)
    database.execute("create view wi2021 as select * from inburgeraar where wet = 'WI2021'")
    assert [name for name, rows in AWKWARD.items() if not database.execute(f"select 1 from {rows}").fetchone()] == []


def test_only_the_referrer_is_known_more_often_where_the_optional_columns_of_melding_are_asked(made, tables):
    asked = made(melding_met_statushouder=True)
    plain, extended = tables["melding"], asked["melding"]
    assert extended["statushouder"].null_count() < 0.05 * extended.height
    assert extended.drop("verwijzer", "statushouder", "begeleidingsregime").equals(plain.drop("verwijzer"))
    was_known = plain["verwijzer"].is_not_null()
    assert extended["verwijzer"].filter(was_known).equals(plain["verwijzer"].filter(was_known))
    assert extended["verwijzer"].null_count() < plain["verwijzer"].null_count()
    for table in set(KEYS) - {"melding"}:
        assert asked[table].equals(tables[table]), table


def test_files_and_manifest_say_that_this_is_a_demo(made, tables):
    folder = made.folder()
    manifest = Manifest.read(folder)
    assert (manifest.herkomst, manifest.titel, manifest.peildatum) == ("demo", "Demogegevens (synthetisch)", P)
    assert manifest.parameters == {"seed": municipality.SEED, "personen": 600, "met_statushouder": False}
    for table, frame in tables.items():
        metadata = pq.read_metadata(folder / f"{table}.parquet").metadata
        assert metadata[b"titel"].decode() == "Demogegevens (synthetisch)"
        assert manifest.tabellen[table].rijen == frame.height


def test_an_earlier_demo_is_replaced_and_stays_when_that_fails(tmp_path, monkeypatch):
    for personen in (5, 7):
        municipality.maak(tmp_path / "demo", personen=personen)
    rename = Path.rename

    def full(path, target):
        if target.name == "demo" and not path.name.endswith("-oud"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(RefusedError, match=r"De demo kon niet worden geschreven naar .*: de schijf is vol"):
        municipality.maak(tmp_path / "demo", personen=9)
    assert pl.read_parquet(tmp_path / "demo" / "inburgeraar.parquet").height == 7
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


DEMO, NOTE = '{"herkomst": "demo", "peildatum": "2022-12-31"}', {"notities.txt": "van mij"}
DELIVERY = {"manifest.json": DEMO.replace("demo", "levering"), "inburgeraar.parquet": "x"}


@pytest.mark.parametrize("files", [NOTE, DELIVERY, {"manifest.json": DEMO} | NOTE, {"manifest.json": "geen json"}])
def test_a_folder_that_is_not_an_earlier_demo_is_left_as_it_was(tmp_path, files):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(RefusedError, match="geen eerdere demo"):
        municipality.maak(tmp_path, personen=3)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


IN_TWO_DAYS = (date.today() + timedelta(days=2)).isoformat()  # later than today in every time zone


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        *(("--personen -1", "0 of meer"), ("--personen veel", "geen geheel getal"), ("--seed -3", "seed")),
        *(("--peildatum 2017-12-31", "ligt voor 2018-01-01"), (f"--peildatum {IN_TWO_DAYS}", "ligt na vandaag")),
        *(("--peildatum 31-12-2022", "is geen datum"), ("--naar bestand/demo", "kon niet worden geschreven")),
        ("--naar bestand", "is geen gewone map"),
    ],
)
def test_an_impossible_request_is_refused_in_dutch_with_exit_2(tmp_path, monkeypatch, capsys, request_, message):
    monkeypatch.chdir(tmp_path)
    Path("bestand").write_text("geen map")
    assert demo.main(["--naar", "demo", *request_.split()]) == 2
    told = capsys.readouterr()
    assert (told.out, message in told.err) == ("", True)
    assert [path.name for path in tmp_path.iterdir()] == ["bestand"]


def test_command_line_makes_a_delivery_or_puts_the_demo_in_use(tmp_path, made, monkeypatch):
    options = ["--personen", "20", "--peildatum", "2022-06-30", "--seed", "5", "--met-statushouder"]
    done = command.run("data.demo", "--naar", tmp_path / "demo", *options)
    assert (done.returncode, done.stdout) == (0, f"Demogegevens (synthetisch): {tmp_path / 'demo'}\n")
    expected = made(date(2022, 6, 30), 20, seed=5, melding_met_statushouder=True)
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "snapshots")
    done = command.run("data.demo", *options)
    assert (done.returncode, "Demogegevens (synthetisch)" in done.stdout) == (0, True)
    for folder in (tmp_path / "demo", store.in_use(tmp_path / "snapshots")):
        for table, frame in read(folder).items():
            assert frame.equals(expected[table], null_equal=True), table


def test_a_full_disk_is_told_in_one_dutch_line(tmp_path):
    """No file may be larger than 8 kB, which stands in for a disk without room."""
    words = [sys.executable, "-m", "data.demo", "--naar", tmp_path / "demo", "--personen", "2000"]
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (8192, 8192))
    found = subprocess.run(words, cwd=Path(__file__).parents[2], capture_output=True, text=True, preexec_fn=limit)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr and "Exception ignored" not in found.stderr
    assert "een bestand werd groter dan hier mag" in found.stderr.splitlines()[-1]
