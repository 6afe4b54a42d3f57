"""The door from the command line, as an analyst or a script uses it."""

import json
import shutil
from functools import partial

import pytest

import queries
from tests.command import run
from tests.queries.conftest import person, write_snapshot
from tests.queries.given import period, someone, tables


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    people = [
        someone(period("2022-02-15"), datum_huisvesting="2022-02-01", datum_kennisgeving="2022-01-20"),
        someone(period("2022-02-15", "2022-12-01"), datum_huisvesting="2022-02-01", wijkcode="WK039221"),
        someone(period("2019-02-15", "2021-02-01"), datum_huisvesting="2019-02-01", wet="WI2013", wijkcode=None),
    ]
    return write_snapshot(tmp_path_factory.mktemp("snapshot"), tables(*people))


ask = partial(run, "queries")


def test_json_is_a_list_of_rows_with_iso_dates_and_null(folder):
    done = ask("evaluatie_regimes", "--data", folder, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found[0]) == list(queries.VRAGEN["evaluatie_regimes"].kolommen)
    assert found[0]["gehuisvest_van"] == "2019-02-01"
    assert found[1]["regime"] == "12 maanden (contract 2022)"
    assert found[1]["mediaan_maanden"] == pytest.approx(289 / 30.4375)
    kpi = json.loads(ask("kpi", "--data", folder, "--format", "json").stdout)
    assert [row["indicator"] for row in kpi] == list(queries.INDICATOREN)
    assert kpi[2]["ci_laag"] is not None and kpi[6]["ci_laag"] is None


def test_filters_may_be_repeated_and_combined(folder):
    def persons(*filters):
        done = ask("pip_status", "--data", folder, "--format", "json", *filters)
        assert done.returncode == 0, done.stderr
        return sum(row["aantal"] for row in json.loads(done.stdout))

    assert persons() == 2
    assert persons("--stadsdeel", "Schalkwijk") == 1
    assert persons("--stadsdeel", "Schalkwijk", "--stadsdeel", "Centrum") == 2
    assert persons("--wijkteam", "Onbekend") == 0
    assert persons("--cohort", "2022") == 1
    assert persons("--wet", "WI2013") == 0
    assert persons("--doelgroep", "Asielstatushouder", "--huisvesting-van", "2022-02-01") == 2
    assert persons("--huisvesting-tot", "2022-02-01") == 0
    assert persons("--peildatum", "2022-01-31") == 1


def test_csv_and_table(folder):
    done = ask("begeleiding_duur", "--data", folder, "--format", "csv")
    assert done.stdout.splitlines()[0].startswith("regime,norm_dagen,periodes")
    assert "24 maanden" in ask("begeleiding_duur", "--data", folder).stdout


def test_without_a_question_the_questions_are_listed_with_their_titles():
    done = ask()
    assert done.returncode == 0
    assert all(f"{name} " in done.stdout and queries.VRAGEN[name].titel in done.stdout for name in queries.QUESTIONS)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["kpi_week"], "'kpi_week'. Keuze: begeleiding_duur, "),
        (["kpi", "--stadsdeel", "Haarlem-Noord"], "Haarlem-Noord"),
        (["kpi", "--wijkteam", "Noordoost"], "Noordoost"),
        (["kpi", "--doelgroep", "Asiel"], "Asiel"),
        (["kpi", "--wet", "WI2007"], "WI2007"),
        (["kpi", "--peildatum", "2023-01-01"], "2022-12-31"),
        (["kpi", "--peildatum", "31-12-2022"], "[--peildatum JJJJ-MM-DD]"),
        (["kpi", "--cohort", "twee"], "[--cohort JAAR]"),
        (["kpi", "--cohort", "0022"], "Een cohort is een jaar van kennisgeving"),
        (["kpi", "--data", "/bestaat/niet"], "/bestaat/niet"),
        (["kpi", "--data", "/usr"], "manifest.json"),
        (["kpi", "--data", "een tabel te weinig"], "een van de tabellen is niet te lezen"),
        (["kpi", "--format", "xml"], "De opdracht klopt niet"),
        (["kpi", "--wijk", "Centrum"], "De opdracht klopt niet"),
        (["kpi", "pip_status"], "De opdracht klopt niet"),
        (["kpi", "--peildatum"], "De opdracht klopt niet"),
    ],
)
def test_what_cannot_be_asked_is_told_with_status_2(folder, tmp_path, arguments, named):
    broken = shutil.copytree(folder, tmp_path / "stad", ignore=shutil.ignore_patterns("melding.*"))
    arguments = [broken if each == "een tabel te weinig" else each for each in arguments]
    done = ask(*arguments, *([] if "--data" in arguments else ["--data", folder]))
    assert (done.returncode, done.stdout) == (2, "")
    assert named in done.stderr and "Traceback" not in done.stderr
    assert "error:" not in done.stderr  # argparse's own messages are English


def test_no_record_leaves_through_the_door(folder):
    database = queries.open_database(folder)
    for name in queries.QUESTIONS:
        frame = queries.answer(name, queries.Selection(), database)
        assert person(1) not in frame.write_csv()
        assert not {"inburgeraar_id", "melding_id"} & set(frame.columns)
