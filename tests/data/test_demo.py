"""The demo: one consistent synthetic municipality, by seed, at any peildatum."""

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from data import contract
from data.demo import municipality
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import Manifest

P = date(2022, 12, 31)
ASIEL, GEZIN = contract.DOELGROEPEN
ID, PIP_DAY = "inburgeraar_id", "dagtekening_pip"
KEYS = {name: schema.primary_key() for name, schema in contract.TABELLEN.items()}


def read(folder: Path) -> dict[str, pl.DataFrame]:
    return {table: pl.read_parquet(folder / f"{table}.parquet") for table in contract.TABELLEN}


def is_date(frame: pl.DataFrame) -> list[str]:
    return [column for column, dtype in frame.schema.items() if dtype == pl.Date]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The tables of a demo, made once for each request; its folder is `made.folder(...)`."""

    @cache
    def folder(peildatum: date = P, personen: int | None = None, **asked: int | bool) -> Path:
        return municipality.maak(tmp_path_factory.mktemp("demo") / "demo", peildatum, personen, **asked)

    @cache
    def tables(*given, **asked) -> dict[str, pl.DataFrame]:
        return read(folder(*given, **asked))

    tables.folder = folder
    return tables


@pytest.fixture(scope="module")
def default_folder(made) -> Path:
    return made.folder()


@pytest.fixture(scope="module")
def tables(made) -> dict[str, pl.DataFrame]:
    return made()


@pytest.fixture(scope="module")
def large(made) -> dict[str, pl.DataFrame]:
    return made(personen=6000)


# --- The contract -------------------------------------------------------------------------------------------


def assert_follows_contract(tables: dict[str, pl.DataFrame], peildatum: date, with_optional: bool = False) -> None:
    for name, schema in contract.TABELLEN.items():
        left_out = () if with_optional else contract.OPTIONEEL.get(name, ())
        assert tables[name].columns == [c for c in schema.column_names() if c not in left_out], name
        complete = tables[name].with_columns(pl.lit(None).alias(column) for column in left_out)
        contract.op_peildatum(schema, peildatum).validate(complete, cast=True)
    ids = tables["inburgeraar"].select(ID)
    for name, frame in tables.items():
        if ID in frame.columns:
            assert frame.join(ids, on=ID, how="anti").is_empty(), name


@pytest.mark.parametrize(
    ("personen", "peildatum"),
    [(None, P), (20, P), (0, P), (600, date(2018, 1, 1)), (600, date(2020, 2, 29)), (600, date(2025, 3, 31))],
)
def test_every_table_follows_the_contract_at_any_size_and_peildatum(made, personen, peildatum):
    assert_follows_contract(made(peildatum, personen), peildatum)


def test_no_date_lies_after_the_peildatum_except_datum_gepland(tables):
    for frame in tables.values():
        for column in set(is_date(frame)) - {"datum_gepland"}:
            assert frame.filter(pl.col(column) > P).is_empty()
    assert tables["overdracht"].filter(pl.col("datum_gepland") > P).height > 0


def test_empty_municipality_has_eight_tables_with_the_right_types(made, default_folder):
    empty = made.folder(P, 0)
    for table in contract.TABELLEN:
        assert pq.read_metadata(empty / f"{table}.parquet").num_rows == 0
        expected = pq.read_schema(default_folder / f"{table}.parquet").remove_metadata()
        assert pq.read_schema(empty / f"{table}.parquet").remove_metadata() == expected


def test_personen_is_the_number_of_people_in_beeld_at_the_end_of_2022(made):
    assert made(P, 20)["inburgeraar"].height == 20


def test_every_code_of_the_contract_occurs(large):
    for table, schema in contract.TABELLEN.items():
        for column in set(schema.column_names()) & set(large[table].columns):
            about = schema.columns()[column].metadata or {}
            codes = contract.wijkteams() if about.get("referentie") == "wijkteam" else about.get("codes")
            assert codes is None or set(large[table][column].drop_nulls()) == set(codes), (table, column)


def test_people_live_in_every_wijk_of_the_reference_table(large):
    assert set(large["inburgeraar"]["wijkcode"].drop_nulls()) == set(contract.referentie("wijk")["wijkcode"])


def test_no_text_holds_eight_or_nine_digits_that_could_be_a_bsn(large):
    number = re.compile(r"(?<![A-Za-z0-9_-])[0-9]{8,9}(?![A-Za-z0-9_-])")
    for frame in large.values():
        for column, dtype in frame.schema.items():
            if dtype == pl.String:
                assert not [value for value in frame[column].drop_nulls() if number.search(value)]


def test_pseudonyms_say_that_they_are_a_demo_and_do_not_repeat(large):
    ids = large["inburgeraar"][ID]
    assert ids.is_unique().all()
    assert ids.str.contains(r"^demo-[0-9a-f]{16}$").all()


# --- One seed, one municipality -----------------------------------------------------------------------------


def test_same_seed_gives_the_same_bytes(tmp_path, default_folder):
    again = municipality.maak(tmp_path / "opnieuw")
    for table in contract.TABELLEN:
        assert (again / f"{table}.parquet").read_bytes() == (default_folder / f"{table}.parquet").read_bytes()
    manifests = [json.loads((folder / "manifest.json").read_text()) for folder in (again, default_folder)]
    for manifest in manifests:
        del manifest["aangemaakt"]
        for table in manifest["tabellen"].values():
            del table["levertijd"]
    assert manifests[0] == manifests[1]


def test_another_seed_gives_other_people(made, tables):
    assert made(seed=7)["inburgeraar"].join(tables["inburgeraar"], on=ID).is_empty()


def test_rows_do_not_depend_on_the_size_of_a_block(tmp_path, tables):
    in_small_blocks = municipality.maak(tmp_path / "blokken", personen_per_blok=37)
    assert pq.ParquetFile(in_small_blocks / "inburgeraar.parquet").num_row_groups == 17  # 600 / 37, rounded up
    for table, frame in read(in_small_blocks).items():
        assert frame.equals(tables[table]), table


def test_two_demos_made_at_the_same_time_do_not_disturb_each_other(tmp_path, tables):
    with ThreadPoolExecutor(2) as threads:
        folders = list(threads.map(municipality.maak, (tmp_path / "een", tmp_path / "twee")))
    for folder in folders:
        for table, frame in read(folder).items():
            assert frame.equals(tables[table]), table


def test_people_are_the_same_in_a_larger_municipality(made, tables):
    small = made(personen=50)
    ids = tables["inburgeraar"].head(50).select(ID)
    for table in KEYS:
        if table != "melding":
            assert small[table].equals(tables[table].join(ids, on=ID, how="semi", maintain_order="left")), table


# --- One story at any peildatum -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later"),
    [(date(2020, 6, 30), P), (date(2022, 3, 31), date(2022, 9, 30)), (date(2022, 11, 30), date(2025, 6, 30))],
)
def test_what_an_earlier_extract_dates_stands_in_a_later_one(made, earlier, later):
    before, after = made(earlier, 1500), made(later, 1500)
    for table, keys in KEYS.items():
        both = before[table].join(after[table], on=keys, how="left", suffix="_later", coalesce=True)
        assert before[table].join(after[table], on=keys, how="anti").is_empty(), table
        for column in set(is_date(before[table])) - set(keys):
            old, new = both[column], both[f"{column}_later"]
            known = old.is_not_null()
            assert old.filter(known).equals(new.filter(known), null_equal=True), (table, column)
            if column != "datum_gepland":  # what was open ended, if at all, after the earlier peildatum
                assert (new.filter(~known).drop_nulls() > earlier).all(), (table, column)
        for column in set(before[table].columns) & {"wet", "doelgroep", "verblijfsrecht", "wijkteam"}:
            assert both[column].equals(both[f"{column}_later"]), (table, column)


def test_what_happens_in_between_is_not_in_the_earlier_extract(made):
    earlier = date(2022, 6, 30)
    before, after = made(earlier, 1500), made(P, 1500)
    for table, keys in KEYS.items():
        new = after[table].join(before[table], on=keys, how="anti")
        assert new.height > 0, table
        if table in ("intake", "pip", "begeleiding", "uitkering", "melding"):
            (began,) = set(is_date(new)) & {"datum_start", "dagtekening_pip", "datum_melding"}
            assert (new[began] > earlier).all()


def test_who_is_not_in_beeld_yet_is_left_out(made, tables):
    earlier = made(date(2021, 6, 30))["inburgeraar"]
    seen = pl.min_horizontal("datum_kennisgeving", "datum_inschrijving_brp", "datum_huisvesting")
    assert earlier.select(seen.max()).item() <= date(2021, 6, 30)
    assert set(earlier[ID]) == set(tables["inburgeraar"].filter(seen <= date(2021, 6, 30))[ID])
    assert earlier.height < tables["inburgeraar"].height


def test_later_years_bring_new_people(made):
    later = made(date(2024, 12, 31))["inburgeraar"]
    cohorts = dict(later["datum_kennisgeving"].dt.year().value_counts().iter_rows())
    assert later.height == 600 + 2 * 240
    assert cohorts[2023] > 200
    assert cohorts[2024] > 200


def test_handover_is_planned_until_it_is_done(made, tables):
    earlier = made(date(2022, 10, 31))["overdracht"]
    both = earlier.join(tables["overdracht"], on=ID, suffix="_later")
    done_in_between = both.filter(
        (pl.col("status_later") == "Afgerond") & (pl.col("datum_overdracht_later") > date(2022, 10, 31))
    )
    assert done_in_between.height > 0
    assert set(done_in_between["status"]) == {"Gepland"}
    assert done_in_between.select(pl.col("datum_overdracht", "vorm").is_null().all()).row(0) == (True, True)


# --- What makes it recognisable -----------------------------------------------------------------------------


def test_groups_have_about_the_estimated_sizes(tables):
    people = tables["inburgeraar"]
    cohort = people.filter(pl.col("datum_kennisgeving").dt.year() == 2022)
    assert 150 <= cohort.filter(pl.col("doelgroep") == ASIEL).height <= 200
    assert 55 <= cohort.filter(pl.col("doelgroep") == GEZIN).height <= 85
    assert 200 <= people.filter(pl.col("datum_huisvesting") < date(2022, 1, 1)).height <= 450


def test_duo_sends_no_kennisgeving_in_the_pause_of_2022(large):
    sent = large["inburgeraar"].filter(pl.col("datum_kennisgeving") >= date(2022, 1, 15))
    first = dict(sent.group_by("doelgroep").agg(pl.col("datum_kennisgeving").min()).iter_rows())
    assert first == {GEZIN: date(2022, 3, 1), ASIEL: date(2022, 3, 25)}
    assert large["inburgeraar"]["datum_kennisgeving"].min() == date(2022, 1, 3)


def test_wi2013_has_no_kennisgeving_and_no_pip(large):
    old_law = large["inburgeraar"].filter(pl.col("wet") == "WI2013")
    assert old_law["datum_kennisgeving"].null_count() == old_law.height
    assert large["pip"].join(old_law, on=ID, how="semi").is_empty()


def test_begeleiding_lasts_about_what_its_regime_says(large):
    periods = large["begeleiding"].join(large["inburgeraar"], on=ID).filter(pl.col("reden_einde") == "Afgerond")
    periods = periods.with_columns(duur=(pl.col("datum_einde") - pl.col("datum_start")).dt.total_days())
    housed = pl.col("datum_huisvesting")
    assert 700 <= periods.filter(housed < date(2020, 1, 1))["duur"].median() <= 745
    assert 350 <= periods.filter(housed.is_between(date(2020, 1, 1), date(2021, 6, 30)))["duur"].median() <= 380


def awkward(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Whom the demo has to hold, as everybody of that kind."""
    people, pips, handovers = (tables[name] for name in ("inburgeraar", "pip", "overdracht"))
    periods, reliefs = tables["begeleiding"], tables["ontzorging"]
    notice, brp, housed = map(pl.col, ("datum_kennisgeving", "datum_inschrijving_brp", "datum_huisvesting"))
    left, start, end = map(pl.col, ("datum_uitstroom", "datum_start", "datum_einde"))
    new_law, ours = pl.col("wet") == "WI2021", pl.col("gemeentecode") == contract.GEMEENTECODE
    full = start.dt.offset_by("6mo")
    deadline = pl.max_horizontal(notice, brp) + timedelta(days=70)
    residence = people.join(contract.referentie("wijkteam"), on="wijkcode")
    return {
        "no wijkcode": people.filter(pl.col("wijkcode").is_null() & housed.is_not_null()),
        "housed, not in the BRP yet": people.filter(housed.is_not_null() & brp.is_null() & left.is_null()),
        "PIP of another municipality": pips.filter(~ours),
        "second period of begeleiding": periods.filter(pl.col(ID).is_duplicated()),
        "nareiziger with a regular permit": people.filter(new_law, doelgroep=ASIEL, verblijfsrecht="regulier"),
        "begeleiding ended by a move": periods.filter(reden_einde="Verhuisd"),
        "moved to another municipality": people.filter(reden_uitstroom="Verhuizing"),
        "left the country": people.filter(reden_uitstroom="Vertrek uit Nederland"),
        "uitstroom before a PIP, within ten weeks": people.filter(new_law, left <= deadline).join(
            pips, on=ID, how="anti"
        ),
        "handover to another team than the residence's": handovers.filter(status="Afgerond")
        .join(residence, on=ID, suffix="_residence")
        .filter(pl.col("wijkteam") != pl.col("wijkteam_residence")),
        "left before the handover": handovers.filter(status="Vertrokken"),
        "kennisgeving before BRP": people.filter(notice < brp),
        "BRP before kennisgeving": people.filter(brp < notice),
        "PIP of Haarlem before registration": pips.filter(ours).join(people, on=ID).filter(pl.col(PIP_DAY) < brp),
        "scaled down from B1 to A2": pips.filter(leerroute="B", niveau="A2"),
        "ontzorging of exactly six months": reliefs.filter(end == full.dt.offset_by("-1d")),
        "ontzorging just under six months": reliefs.filter(
            end.is_between(full.dt.offset_by("-13d"), full.dt.offset_by("-2d"))
        ),
        "WI2021 and housed in 2021": people.filter(new_law, housed < date(2022, 1, 1)),
        "begeleiding still running": periods.filter(end.is_null()),
        "uitstel by a third party": pips.filter("uitstel_derden"),
        "need for guidance not asked": handovers.filter(pl.col("begeleidingsbehoefte").is_null()),
    }


@pytest.mark.parametrize("seed", [municipality.SEED, 1])
def test_a_few_hundred_people_hold_every_awkward_case(made, seed):
    found = awkward(made(personen=340, seed=seed))
    assert [name for name, people in found.items() if people.is_empty()] == []


def test_norms_are_nearly_but_not_entirely_met(large):
    new_law = large["inburgeraar"].filter(pl.col("wet") == "WI2021")
    first_pip = large["pip"].group_by(ID).agg(pl.col("dagtekening_pip").min())
    term = (
        new_law.with_columns(uiterste=pl.max_horizontal("datum_kennisgeving", "datum_inschrijving_brp"))
        .drop_nulls(["datum_kennisgeving", "datum_inschrijving_brp"])
        .with_columns(pl.col("uiterste").dt.offset_by("70d"))
        .join(first_pip, on=ID, how="left")
        .filter((pl.col("uiterste") < P) & pl.col("datum_uitstroom").is_null())
        .with_columns(op_tijd=(pl.col("dagtekening_pip") <= pl.col("uiterste")).fill_null(False))
    )
    spring = pl.col("uiterste").is_between(date(2022, 5, 10), date(2022, 8, 20))
    assert term.filter(spring)["op_tijd"].mean() < term.filter(~spring)["op_tijd"].mean() < 1
    assert 0.6 < term["op_tijd"].mean() < 0.95


# --- Meldingen ----------------------------------------------------------------------------------------------


def test_melding_has_the_optional_columns_only_when_asked(made, tables):
    asked = made(melding_met_statushouder=True)
    assert_follows_contract(asked, P, with_optional=True)
    assert asked["melding"]["statushouder"].null_count() < 0.05 * asked["melding"].height
    plain, extended = tables["melding"], asked["melding"]
    assert extended.drop("verwijzer", "statushouder", "begeleidingsregime").equals(plain.drop("verwijzer"))
    was_known = plain["verwijzer"].is_not_null()
    assert extended["verwijzer"].filter(was_known).equals(plain["verwijzer"].filter(was_known))
    assert extended["verwijzer"].null_count() < plain["verwijzer"].null_count()
    for table in set(KEYS) - {"melding"}:
        assert asked[table].equals(tables[table]), table


def test_meldingen_cannot_be_linked_to_people(tables):
    assert ID not in tables["melding"].columns
    keys = tables["melding"]["melding_id"].str.split("-").list.last()
    assert set(keys) & set(tables["inburgeraar"][ID].str.split("-").list.last()) == set()


def test_referrer_is_partly_not_registered(tables):
    assert 0.2 < tables["melding"]["verwijzer"].null_count() / tables["melding"].height < 0.5


# --- Files and command line ---------------------------------------------------------------------------------


def test_files_and_manifest_say_that_this_is_a_demo(default_folder, tables):
    manifest = json.loads((default_folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["herkomst"], manifest["titel"]) == ("demo", "Demogegevens (synthetisch)")
    assert manifest["peildatum"] == "2022-12-31"
    assert manifest["parameters"] == {"seed": municipality.SEED, "personen": 600, "met_statushouder": False}
    for table, frame in tables.items():
        metadata = pq.read_metadata(default_folder / f"{table}.parquet").metadata
        assert metadata[b"titel"].decode() == "Demogegevens (synthetisch)"
        assert manifest["tabellen"][table]["rijen"] == frame.height
    assert {path.name for path in default_folder.iterdir()} == {"manifest.json"} | {f"{t}.parquet" for t in tables}


def test_an_earlier_demo_is_replaced_and_leaves_nothing_behind(tmp_path):
    municipality.maak(tmp_path / "demo", personen=5)
    municipality.maak(tmp_path / "demo", personen=7)
    assert pl.read_parquet(tmp_path / "demo" / "inburgeraar.parquet").height == 7
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize(
    "files",
    [
        {"notities.txt": "van mij"},
        {"manifest.json": '{"herkomst": "levering"}', "inburgeraar.parquet": "x"},
        {"manifest.json": '{"herkomst": "demo"}', "notities.txt": "van mij"},
        {"manifest.json": "geen json"},
    ],
)
def test_a_folder_that_is_not_an_earlier_demo_is_left_as_it_was(tmp_path, capsys, files):
    folder = tmp_path / "map"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    assert municipality.main(["--naar", str(folder), "--personen", "3"]) == 2
    assert "geen eerdere demo" in capsys.readouterr().err
    assert {path.name: path.read_text() for path in folder.iterdir()} == files
    assert [path.name for path in tmp_path.iterdir()] == ["map"]


IN_TWO_DAYS = (date.today() + timedelta(days=2)).isoformat()  # later than today in every time zone


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--personen", "-1"], "0 of meer"),
        (["--personen", "veel"], "geen geheel getal"),
        (["--seed", "-3"], "seed"),
        (["--peildatum", "2017-12-31"], "ligt voor 2018-01-01"),
        (["--peildatum", IN_TWO_DAYS], "ligt na vandaag"),
        (["--peildatum", "31-12-2022"], "is geen datum"),
        (["--onbekend"], "De opdracht klopt niet"),
        (["--seed"], "De opdracht klopt niet"),
    ],
)
def test_an_impossible_request_is_refused_in_dutch_with_exit_2(tmp_path, capsys, arguments, message):
    assert municipality.main(["--naar", str(tmp_path / "demo"), *arguments]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written_is_told_in_dutch(tmp_path, capsys):
    (tmp_path / "bestand").write_text("geen map")
    assert municipality.main(["--naar", str(tmp_path / "bestand" / "demo"), "--personen", "1"]) == 2
    assert "kon niet worden geschreven" in capsys.readouterr().err
    assert municipality.main(["--naar", str(tmp_path / "bestand"), "--personen", "1"]) == 2
    assert (tmp_path / "bestand").read_text() == "geen map"


def test_command_line_makes_a_delivery(tmp_path):
    command = [sys.executable, "-m", "data.demo", "--naar", str(tmp_path / "demo"), "--personen", "20"]
    command += ["--peildatum", "2022-06-30", "--seed", "5", "--met-statushouder"]
    run = subprocess.run(
        command, cwd=Path(municipality.__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert (run.returncode, "Demogegevens (synthetisch)" in run.stdout) == (0, True)
    expected = municipality.maak(tmp_path / "zelf", date(2022, 6, 30), 20, 5, melding_met_statushouder=True)
    for table, frame in read(tmp_path / "demo").items():
        assert frame.equals(pl.read_parquet(expected / f"{table}.parquet"))


# --- Through intake -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("personen", "with_optional"), [(None, False), (None, True), (20, False), (0, False)])
def test_intake_accepts_every_row_and_calls_it_a_demo(tmp_path, personen, with_optional):
    uitslag = municipality.publiceer_demo(tmp_path, personen=personen, melding_met_statushouder=with_optional)
    assert (uitslag.code, uitslag.afgekeurd, uitslag.in_gebruik) == (0, 0, True)
    manifest = Manifest.read(store.in_use(tmp_path))
    assert manifest.demo
    for table, counts in manifest.tabellen.items():
        assert counts.rijen == counts.gelezen > (-1 if personen == 0 else 0), table
        assert counts.extra_kolommen == []
    columns = pl.read_parquet_schema(uitslag.map / "melding.parquet")
    assert ("statushouder" in columns) is with_optional


def test_a_larger_demo_is_accepted_without_rejected_rows(tmp_path):
    assert municipality.publiceer_demo(tmp_path, date(2024, 6, 30), personen=4000, seed=3).afgekeurd == 0


def test_a_demo_folder_is_also_a_delivery(tmp_path, default_folder):
    uitslag = steps.take_in(default_folder, P, tmp_path)
    assert (uitslag.code, uitslag.manifest.herkomst) == (0, "demo")


@pytest.mark.parametrize("peildatum", ["2022-12-31", "2022-06-30"])
def test_a_demo_never_takes_the_place_of_a_real_delivery(tmp_path, capsys, monkeypatch, peildatum):
    real = municipality.maak(tmp_path / "levering", personen=5)
    (real / "manifest.json").unlink()
    root = tmp_path / "snapshots"
    in_use = steps.take_in(real, P, root).map
    monkeypatch.setattr(store, "SNAPSHOTS", root)
    assert municipality.main(["--personen", "5", "--peildatum", peildatum]) == 2
    assert "echte" in capsys.readouterr().err
    assert store.in_use(root) == in_use


def test_command_line_without_naar_puts_the_demo_in_use(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(store, "SNAPSHOTS", tmp_path / "snapshots")
    assert municipality.main(["--personen", "10"]) == 0
    assert "Demogegevens (synthetisch)" in capsys.readouterr().out
    assert pl.read_parquet(store.in_use(tmp_path / "snapshots") / "inburgeraar.parquet").height == 10


def test_a_full_disk_is_told_in_one_dutch_line(tmp_path):
    """No file may be larger than 8 kB, which stands in for a disk without room."""
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)); "
            "from data.demo.municipality import main; sys.exit(main(['--naar', sys.argv[1], '--personen', '2000']))",
            str(tmp_path / "demo"),
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in found.stderr.splitlines() if not line.startswith("Demo") and "it/s" not in line]
    assert found.returncode == 2
    assert "Traceback" not in found.stderr and "Exception ignored" not in found.stderr
    assert "een bestand werd groter dan hier mag" in told[-1]
