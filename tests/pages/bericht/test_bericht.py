"""The message by e-mail: what it tells to whom, when it is silent, and what a real mail server gets of it."""

import json
import socket
from email import message_from_bytes, policy
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import AsyncMessage

import queries
from data.snapshots import store
from pages import contents
from pages.access import log
from pages.bericht import __main__ as command
from pages.bericht import message, post
from pages.filters import bar
from pages.overzicht.words import TEXTS as OVERZICHT
from pages.verantwoording.words import TEXTS as VERANTWOORDING
from tests import towns

SITE = "https://monitor.example"
SETTINGS = """
van = "Monitor <monitor@gemeente.example>"
[smtp]
server = "localhost"
poort = {port}
versleuteling = "geen"
[[ontvangers]]
naam = "Hoofden"
rol = "management"
aan = ["hoofd@gemeente.example", "ander@gemeente.example"]
[[ontvangers]]
naam = "Team Meerwijk"
rol = "beleid"
aan = ["team@gemeente.example"]
wijkteams = ["Meerwijk"]
"""


class Inbox(AsyncMessage):
    """Keeps what arrives; refuse: the addresses that it does not take."""

    def __init__(self):
        super().__init__()
        self.letters, self.refuse = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refuse:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_message(self, letter):
        self.letters.append(message_from_bytes(letter.as_bytes(), policy=policy.default))


@pytest.fixture
def two_deliveries(monkeypatch, tmp_path):
    """Two deliveries of the demo are kept, and the deployment says where it is found."""
    root = towns.demo(towns.EARLIER, towns.DAY)
    monkeypatch.setattr(store, "SNAPSHOTS", root)
    monkeypatch.setenv(message.ADDRESS, f"{SITE}/")
    monkeypatch.setenv(log.FILE, str(tmp_path / "gebruik.jsonl"))
    return root


@pytest.fixture
def inbox(two_deliveries, monkeypatch, tmp_path):
    """A mail server on this machine, that the settings name."""
    kept = Inbox()
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="localhost", port=port)
    server.start()
    (tmp_path / "bericht.toml").write_text(SETTINGS.format(port=port))
    monkeypatch.setenv(post.SETTINGS, str(tmp_path / "bericht.toml"))
    yield kept
    server.stop()


def lines_of(text):
    """The lines on what changed, with the address below each."""
    rows = text.splitlines()
    return [(row[2:], rows[number + 1].strip()) for number, row in enumerate(rows) if row.startswith("- ")]


def test_a_message_tells_in_ten_lines_what_changed_each_with_a_link(two_deliveries, tmp_path):
    file = tmp_path / "bericht.eml"
    assert command.main(["--naar", str(file)]) == 0
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert letter["Subject"] == "Demogegevens: Monitor inburgering, nieuw sinds 30 november 2022"
    told = lines_of(letter.get_body().get_content())
    assert 2 < len(told) <= message.MOST_LINES
    now = queries.open_database()
    news = queries.news(queries.Selection(), now, queries.previous_database(now))
    row = next(row for row in news.voorraad.to_dicts() if row["indicator"] == "pip_zonder")
    assert (f"‘Nog geen PIP’: {row['nu']} personen, dat waren er {row['vorige']}.", f"{SITE}/leerroutes") in told
    files = {part.get_filename(): part.get_content() for part in letter.iter_attachments()}
    assert list(files) == ["briefing_2022-12-31_intern.pdf", "briefing_2022-12-31_intern.xlsx"]
    assert files["briefing_2022-12-31_intern.pdf"].startswith(b"%PDF")
    assert "Intern: niet openbaar maken" in letter.get_body().get_content()


@pytest.mark.parametrize("role", message.ROLES)
def test_every_link_leads_to_a_page_and_to_a_part_of_it(two_deliveries, role):
    found = message.changes(queries.open_database(), None)
    parts = {"overzicht_verdieping": OVERZICHT["deeper"].values(), "verantwoording_deel": VERANTWOORDING["parts"]}
    for _, address in [*found.lines(role), *((name, way) for name, way in message.WAYS.items())]:
        asked, page = parse_qs(urlsplit(address).query), urlsplit(address).path.strip("/") or contents.FIRST
        assert page in contents.PAGES and set(asked) <= set(bar.OWN)
        assert all(value in parts[key] for key, values in asked.items() if key in parts for value in values)


def test_a_reader_of_an_area_is_told_of_that_area_alone(two_deliveries, tmp_path, capsys):
    assert command.main(["--wijkteam", "Meerwijk"]) == 0
    own = lines_of(capsys.readouterr().out)
    assert command.main([]) == 0
    whole = capsys.readouterr().out
    assert "over heel Haarlem" in whole and own != lines_of(whole)
    now = queries.open_database().limited(["Meerwijk"])
    waiting = queries.answer("kpi", queries.Selection(), now).row(
        by_predicate=pl.col("indicator") == "pip_zonder", named=True
    )
    assert any(line.startswith(f"‘Nog geen PIP’: {waiting['waarde']:.0f} perso") for line, _ in own)


def test_no_message_without_a_change_or_an_earlier_delivery(two_deliveries, monkeypatch, tmp_path, capsys):
    file, news = tmp_path / "bericht.eml", message.changes(queries.open_database(), None).news
    same = news.voorraad.with_columns(nu="vorige", verschil=0)
    monkeypatch.setattr(queries, "news", lambda *_: queries.Nieuws(news.bewogen.clear(), same, news.correcties.clear()))
    assert command.main(["--naar", str(file)]) == command.NOTHING
    assert "niets veranderd sinds de levering van 30 november" in capsys.readouterr().err and not file.exists()
    monkeypatch.setattr(store, "SNAPSHOTS", towns.demo())
    assert command.main(["--naar", str(file)]) == command.NOTHING
    assert "geen eerdere levering" in capsys.readouterr().err and not file.exists()


def test_each_reader_gets_the_message_of_his_role_and_area_once(inbox, tmp_path):
    assert command.main(["--smtp"]) == 0
    heads, team = inbox.letters
    assert heads["To"] == "hoofd@gemeente.example, ander@gemeente.example"
    assert [part.get_filename()[-4:] for part in heads.iter_attachments()] == [".pdf"]
    assert "het gebied van Meerwijk" in team.get_body().get_content()
    # A timer that runs each night tells it once; a day that is asked for is told again.
    assert command.main(["--smtp"]) == command.NOTHING and len(inbox.letters) == 2
    assert command.main(["--smtp", "--sinds", "2022-11-30"]) == 0 and len(inbox.letters) == 4


def test_who_could_not_be_reached_is_told_the_next_time(inbox, capsys):
    inbox.refuse = {"team@gemeente.example"}
    assert command.main(["--smtp"]) == 2
    assert "aan Team Meerwijk is niet verzonden" in capsys.readouterr().err
    inbox.refuse = set()
    assert command.main(["--smtp"]) == 0
    assert [letter["To"] for letter in inbox.letters][1:] == ["team@gemeente.example"]


def test_who_was_told_of_real_figures_is_in_the_log_before_they_are_sent(inbox, monkeypatch, tmp_path):
    source = queries.open_database()
    monkeypatch.setattr(source, "demo", False)
    command._record(post.Reader(naam="Hoofden", rol="management", aan=["a@b.example"]), source)
    (line,) = map(json.loads, (tmp_path / "gebruik.jsonl").read_text().splitlines())
    assert (line["handeling"], line["gebruiker"], line["rollen"]) == ("bericht", "Hoofden", ["management"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('rol = "management"', 'rol = "raad"'), "‘ontvangers.1.rol’"),
        (('versleuteling = "geen"', 'versleuteling = "starttls"\ngebruiker = "m"'), "WI_SMTP_WACHTWOORD is leeg"),
        (('server = "localhost"', 'server = "smtp.example"'), "alleen naar een mailserver op deze machine"),
        (('van = "', 'vam = "'), "‘van’"),
        (("[smtp]", "[smtp"), "geen geldig TOML-bestand"),
        (('["Meerwijk"]', '["Atlantis"]'), "‘Atlantis’ is geen wijkteam"),
    ],
)
def test_a_slip_in_the_settings_is_told_by_its_name(two_deliveries, monkeypatch, tmp_path, capsys, change, told):
    file = tmp_path / "bericht.toml"
    file.write_text(SETTINGS.format(port=9).replace(*change))
    monkeypatch.setenv(post.SETTINGS, str(file))
    assert command.main(["--smtp"]) == 2
    assert told in capsys.readouterr().err
