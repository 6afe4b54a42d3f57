"""The log of use: what is in a line, that it cannot be forged, who can read it, and that it does not grow for ever."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

import queries
from pages.access import log, roles

NOW = datetime.now(UTC)
WHO = roles.Visitor(
    "https://id.example", "42", "a@haarlem.example", ("beheer",), ("Meerwijk",), NOW, NOW + timedelta(hours=1), "k"
)


@pytest.fixture
def file(monkeypatch, tmp_path):
    monkeypatch.setenv(log.FILE, str(tmp_path / "map" / "gebruik.jsonl"))
    return tmp_path / "map" / "gebruik.jsonl"


def test_a_line_says_who_when_what_and_which_selection(file):
    # An address is what somebody may choose himself: it is not in a line.
    chosen = queries.Selection(stadsdelen=("Noord",), cohorten=(2022,), peildatum=date(2022, 6, 30))
    log.record(WHO, "vraag", vraag="kpi", selection=chosen, levering="abc")
    (line,) = [json.loads(text) for text in file.read_text(encoding="utf-8").splitlines()]
    assert abs(datetime.fromisoformat(line.pop("tijd")) - datetime.now(UTC)) < timedelta(minutes=1)
    who = {"uitgever": "https://id.example", "gebruiker": "42", "rollen": ["beheer"], "grens": ["Meerwijk"]}
    selectie = {"stadsdelen": ["Noord"], "cohorten": [2022], "peildatum": "2022-06-30"}
    assert line == who | {"handeling": "vraag", "vraag": "kpi", "selectie": selectie, "levering": "abc"}


@pytest.mark.parametrize("end", ["\n", "\r", "\x85", "\u2028", "\u2029"])
def test_a_name_with_a_line_end_or_a_format_sign_cannot_forge_a_line(file, end):
    forged = f'x"}}{end}{{"gebruiker": "een ander %s %(msg)s'
    log.record(replace(WHO, onderwerp=forged), "aanmelden")
    text = file.read_text(encoding="utf-8")
    (line,) = text.splitlines()
    assert json.loads(line)["gebruiker"] == forged
    assert text.isascii()


@pytest.mark.parametrize("there_already", [False, True])
def test_only_the_administrator_can_read_it(file, there_already):
    if there_already:
        file.parent.mkdir(mode=0o700)
        file.touch()
        file.chmod(0o644)
    log.record(WHO, "aanmelden")
    assert (file.stat().st_mode | file.parent.stat().st_mode) & 0o077 == 0


def test_a_link_in_its_place_is_not_followed(file, tmp_path):
    file.parent.mkdir()
    file.symlink_to(tmp_path / "elders")
    with pytest.raises(log.NotLogged):
        log.record(WHO, "aanmelden")
    assert not (tmp_path / "elders").exists()


def test_a_new_file_begins_every_day_and_the_oldest_goes(file, monkeypatch):
    monkeypatch.setenv(log.DAYS, "2")
    log.record(WHO, "aanmelden")
    handler = log._handler()
    for _ in range(4):
        # As if midnight passed: the moment of the next file lies in the past, a day earlier each time.
        handler.rolloverAt -= 86_400 * 2
        log.record(WHO, "vraag", vraag="kpi")
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1
    kept = [path for path in file.parent.iterdir() if path != file]
    assert 1 <= len(kept) <= 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_without_a_named_file_it_lies_outside_the_working_tree(monkeypatch, tmp_path):
    monkeypatch.delenv(log.FILE, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert log.file() == tmp_path / "monitor-inburgering" / "gebruik.jsonl"


@pytest.mark.parametrize("days", ["twee", "0", "-1"])
def test_a_slip_in_the_number_of_days_does_not_lose_a_line(file, monkeypatch, days):
    monkeypatch.setenv(log.DAYS, days)
    with pytest.raises(log.NotLogged):
        log.record(WHO, "aanmelden")


def test_a_full_disk_is_not_passed_over(file, monkeypatch):
    log.record(WHO, "aanmelden")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(log._handler().stream, "write", full, raising=False)
    with pytest.raises(log.NotLogged, match="logboek"):
        log.record(WHO, "vraag", vraag="kpi")
