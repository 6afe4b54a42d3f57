"""The page Wijkteam: which team, what it says of it in each view and for whom, and that its figures are the answers."""

import re
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
import streamlit as st

import queries
from data import contract
from data.reference import contacts
from pages.access import gate, log, roles
from pages.contents import BEHEER, FOOT, INTERN, PAGES
from pages.show import tiles
from pages.wijkteam import tables
from pages.wijkteam import words as says
from pages.words import presentation
from queries import Selection
from tests import towns
from tests.pages.show import answers
from tests.pages.show.published import exact, exact_row, published

TEXTS, TITLES = says.TEXTS, says.TEXTS["titles"]
REST = TEXTS["city"]["rest"]
KPI = "niveau gebied indicator teller noemer waarde"


@pytest.fixture
def contact_file(tmp_path, monkeypatch):
    """Puts lines in the file with contacts."""
    for path in contract.REFERENTIE_MAP.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(contract, "REFERENTIE_MAP", tmp_path)
    head = ",".join(contacts.Contact._fields)
    return lambda *lines: (tmp_path / contacts.BESTAND).write_text("\n".join([head, *lines]), encoding="utf-8")


@pytest.fixture
def only_for(monkeypatch, tmp_path):
    """Lets somebody in who is limited to these wijkteams."""
    monkeypatch.setenv(log.FILE, str(tmp_path / "gebruik.jsonl"))

    def enter(*grens: str):
        now = datetime.now(UTC)
        who = roles.Visitor("https://id.example", "42", "a@x", ("beleid",), grens, now, now + timedelta(hours=1), "k")
        monkeypatch.setattr(gate, "entrance", lambda: gate.Entrance(gate.INTERN, who))

    return enter


def rows_of(html: str) -> list[list[str]]:
    """The cells of the rows of a table that have figures, without the definitions."""
    bare = re.sub(r'<button class="vraag.*?</button>|<(div|p) [^>]*popover.*?</\1>', "", html, flags=re.DOTALL)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL) for row in bare.split("<tr")[1:]]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows if len(row) > 1]


def only_table(app, marker: str) -> list[list[str]]:
    (html,) = (block.value for block in app.get("html") if marker in block.value and "<table" in block.value)
    return rows_of(html)


def answer(name: str, **selection) -> pl.DataFrame:
    return queries.shown(name, Selection(**selection), queries.open_database(towns.folder()))


# -------------------------------------------------------------------------------------------------- the page itself


def test_without_a_choice_every_wijkteam_is_listed_with_who_waits_and_a_link_that_keeps_the_filters(open_page, text_of):
    app = open_page("wijkteam", doelgroep="Asielstatushouder")
    per_area = answer("kpi_per_gebied", doelgroepen=("Asielstatushouder",)).filter(niveau="wijkteam")
    tellers = {(row["gebied"], row["indicator"]): row["teller_kort"] for row in per_area.iter_rows(named=True)}
    head, *listed = only_table(app, "profiel")
    assert head[1:] == [queries.INDICATOREN[name].titel for name in tables.WAITING]
    assert listed == [[team, *(tellers[team, name] for name in tables.WAITING)] for team, *_ in listed]
    assert sorted(team for team, *_ in listed) == sorted(queries.open_database(towns.folder()).alle_wijkteams)
    assert "/wijkteam?wijkteam=Meerwijk&amp;doelgroep=Asielstatushouder" in text_of(app)


@pytest.mark.parametrize(
    ("link", "teams"),
    [
        ({"stadsdeel": "Schalkwijk"}, ["Europawijk-Molenwijk", "Boerhaavewijk", "Meerwijk"]),
        ({"wijkteam": ["Meerwijk", "Oost"]}, ["Oost", "Meerwijk"]),
    ],
)
def test_what_the_filters_on_area_leave_is_listed(open_page, link, teams):
    assert sorted(team for team, *_ in only_table(open_page("wijkteam", **link), "profiel")[1:]) == sorted(teams)


def test_the_figures_of_a_wijkteam_are_those_of_the_questions(open_page, text_of):
    team = "Europawijk-Molenwijk"
    app = open_page("wijkteam", wijkteam=team)
    assert not app.exception and not app.error and not app.warning
    assert f"<h1>Wijkteam {team}</h1>" in text_of(app)
    own = presentation.by_indicator(answer("kpi_per_gebied").filter(niveau="wijkteam", gebied=team))
    told = {row[0].rstrip(" ?"): row[1:] for row in only_table(app, "profiel")[1:]}
    assert list(told) == [entry.titel for entry in tiles.alone()]
    for row in answer("kpi_gebied_vergelijking").filter(niveau="wijkteam", gebied=team).iter_rows(named=True):
        value, counts, rest, verdict, _ = told[queries.INDICATOREN[row["indicator"]].titel]
        of = f"{row['teller']} van {row['noemer']}"
        assert (value, counts) == (
            (own[row["indicator"]]["waarde_kort"], of) if row["noemer"] >= 10 else (of, "minder dan 10")
        )
        assert rest == f"{row['rest_waarde_kort']} ({row['rest_teller']} van {row['rest_noemer']})"
        assert verdict == TEXTS["verdicts"][row["oordeel"]]
    long = own["overdracht_lang_open"]
    assert told["Wacht te lang op overdracht"][:2] == [long["teller_kort"], f"van {long['noemer_kort']} die wachten"]
    teams = answer("overdracht_per_wijkteam").filter(wijkteam=team).row(0, named=True)
    waits = [teams[name] for name in ("open_0_30", "open_31_90", "open_90_plus")]
    assert only_table(app, "Wacht op overdracht")[-1] == ["Totaal", *map(str, [*waits, sum(waits)])]
    asked = answer("melding_per_maand", wijkteams=(team,))["aantal"].sum()
    for title in (TITLES["melding_per_maand"], TITLES["melding_verwijzer"]):
        assert only_table(app, title)[-1][1] == str(asked)


def test_nobody_has_no_percentages_and_no_empty_tables(open_page, text_of):
    app = open_page("wijkteam", wijkteam="Onbekend", huisvesting_van="2023-06-01")
    assert not app.exception and not app.error
    text = text_of(app)
    assert TEXTS["too_long"]["nobody"] in text and TEXTS["empty"]["overdracht_wachtend"] in text
    assert {row[1] for row in only_table(app, "profiel")[1:]} == {"—"}


# ---------------------------------------------------------------------------------------------------- whom to turn to

CONTACT = 'Meerwijk,Teamleider,meerwijk@voorbeeld.nl,023 511 5115,"Eén vacature, <b>sinds mei</b>",2022-12-01'
TOLD = "Teamleider · meerwijk@voorbeeld.nl · 023 511 5115"


def test_what_was_filled_in_of_a_wijkteam_stands_on_its_page_alone_and_what_is_wrong_is_told(
    open_page, text_of, contact_file
):
    contact_file(CONTACT, "Atlantis,,,,,")
    apps = [open_page("wijkteam", **link) for link in ({"wijkteam": "Meerwijk"}, {"wijkteam": "Oost"}, {})]
    text, *others = map(text_of, apps)
    assert TOLD in text and "Eén vacature, &lt;b&gt;" in text and "1 december 2022" in text
    assert "Teamleider" not in "".join(others)
    for app in apps:
        assert ["regel 3" in message.value for message in app.warning] == [True]
        assert not app.exception and not app.error


def test_the_public_view_has_no_such_page_in_its_navigation_and_no_names_of_officials(
    open_public_page, text_of, contact_file
):
    contact_file(CONTACT, "Atlantis,,,,,")
    for link in ({}, {"stadsdeel": "Schalkwijk"}, {"wijkteam": "Meerwijk"}):
        app = open_public_page("wijkteam", **link)
        text = text_of(app)
        assert TEXTS["not_public"] in text and "<table" not in text
        assert "Teamleider" not in text and "regel 3" not in "".join(message.value for message in app.warning)
        assert not app.exception and not app.error
    assert queries.contacts() == ([], [])


@pytest.mark.parametrize("view", ["intern", "openbaar"])
def test_the_navigation_has_the_page_where_it_has_something_to_show(request, view, monkeypatch):
    made, real = {}, st.Page
    monkeypatch.setattr(st, "Page", lambda *what, **how: made.update({how["url_path"]: how}) or real(*what, **how))
    request.getfixturevalue("open_page" if view == "intern" else "open_public_page")("verantwoording")
    hidden = {name for name, how in made.items() if how["visibility"] == "hidden"}
    assert (list(made), hidden) == (list(PAGES), FOOT | BEHEER if view == "intern" else FOOT | INTERN)


# ------------------------------------------------------------------------------------------ who is limited to areas


def test_who_is_limited_to_areas_sees_his_wijkteams_beside_the_rest_of_these(
    open_page, text_of, only_for, contact_file
):
    contact_file(CONTACT, CONTACT.replace("Meerwijk", "Oost").replace("Teamleider", "Een ander"))
    only_for("Meerwijk", "Centrum")
    assert [team for team, *_ in only_table(open_page("wijkteam"), "profiel")[1:]] == ["Centrum", "Meerwijk"]
    app = open_page("wijkteam", wijkteam="Meerwijk")
    assert TEXTS["yours"]["rest"] in text_of(app) and REST not in text_of(app) and TOLD in text_of(app)
    # Another team is not on offer, so that the link counts as one without.
    text = text_of(open_page("wijkteam", wijkteam="Oost"))
    assert "Een ander" not in text and f"<h1>{TITLES['page']}</h1>" in text


def test_beside_the_only_area_of_a_reader_there_is_no_rest(open_page, text_of, only_for):
    only_for("Meerwijk")
    app = open_page("wijkteam", wijkteam="Meerwijk")
    assert only_table(app, "profiel")[0] == ["Kengetal", "Dit wijkteam", "Aantallen", "Norm"]
    assert "rest van" not in text_of(app) and not app.exception
    only_for()
    assert TEXTS["no_area"] in text_of(open_page("wijkteam"))


# -------------------------------------------------------------------------------------------------------- the words


def waiting_long(**long):
    values = [("wijkteam", team, "overdracht_lang_open", number, 9, float(number)) for team, number in long.items()]
    return exact(answers.rows(KPI, *values))


@pytest.mark.parametrize(
    ("per_area", "words"),
    [
        (waiting_long(Oost=0, Centrum=0), TEXTS["most"]["nobody"]),
        (waiting_long(Oost=0, Centrum=0).clear(), TEXTS["most"]["nobody"]),
        (waiting_long(Oost=1, Centrum=0), "bij Oost: 1 persoon."),
        (waiting_long(Oost=2, Centrum=2), "bij Oost en Centrum: 2 personen elk."),
        (waiting_long(a=2, b=2, c=2, d=2), "bij 4 wijkteams: 2 personen elk."),
        # Of those that are on offer only.
        (waiting_long(Oost=2, Elders=9), "bij Oost: 2 personen."),
    ],
)
def test_where_most_wait_is_told(per_area, words):
    assert says.where_most_wait(per_area, ["Oost", "Centrum", *"abcd"]).endswith(words)


def compared(oordeel, rest=40, name="pip_tijdig", noemer=20):
    row = {"indicator": name, "teller": 9, "noemer": noemer, "waarde": 0.45}
    return exact_row(row | {"rest_teller": 20, "rest_noemer": rest, "rest_waarde": 0.5}) | {"oordeel": oordeel}


WAITING = ("pip_over_termijn", "ontzorging_lang_zonder", "overdracht_lang_open")


def long(*numbers):
    return {name: {"teller": number} for name, number in zip(WAITING, numbers, strict=True)}


LONG = (
    "Te lang wachten: op een persoonlijk plan (PIP) 1 persoon, op het ontzorgen niemand en op de overdracht 3 personen."
)


@pytest.mark.parametrize(
    ("waits", "rows", "words"),
    [
        ((1, 0, 3), [compared("binnen toeval")],
         f"{LONG} Geen enkel verschil met de {REST} is groter dan door toeval (1 kengetal vergeleken)."),
        ((0, 0, 0), [compared("lager"), compared("binnen toeval", name="intake_gestart")],
         f"{TEXTS['too_long']['nobody']} Meer dan door toeval anders dan de {REST}: ‘PIP binnen tien weken’ (lager)."),
        ((1, 0, 3), [compared("geen oordeel")],
         f"{LONG} Of dit anders is dan in de {REST}, is niet te zeggen: de aantallen zijn te klein."),
        ((1, 0, 3), [compared("geen oordeel", rest=0)], LONG),
    ],
)  # fmt: skip
def test_the_finding_says_who_waits_too_long_and_what_differs(waits, rows, words):
    assert says.finding(long(*waits), {row["indicator"]: row for row in rows}, REST) == words


PIP, CITY = (
    queries.INDICATOREN["pip_tijdig"],
    exact_row({"indicator": "pip_tijdig", "teller": 1, "noemer": 2, "waarde": 0.5}),
)


@pytest.mark.parametrize(
    ("against", "rest", "verdict"),
    [
        (compared("hoger"), "50% (20 van 40)", "▲ hoger"),
        (compared("binnen toeval"), "50% (20 van 40)", "kan toeval zijn"),
        (compared("geen oordeel", rest=4), "20 van 4", "te weinig"),
        (compared("geen oordeel", noemer=0), "50% (20 van 40)", ""),
        (compared("geen oordeel", rest=0), "niemand", ""),
    ],
)
def test_beside_a_share_stands_the_rest_with_the_verdict(against, rest, verdict):
    assert says.beside(queries.INDICATOREN["pip_tijdig"], against, CITY) == {"rest": rest, "verschil": verdict}


@pytest.mark.parametrize(
    ("name", "city", "told"),
    [
        ("overdracht_lang_open", (6, 26, 6.0), "6 van 26 *"),
        ("pip_mediaan_dagen", (30, 40, 53.0), "53 dagen *"),
        ("pip_mediaan_dagen", (3, 9, 53.0), "te weinig waarnemingen *"),
    ],
)
def test_beside_a_count_or_a_median_stands_the_whole(name, city, told):
    row = exact_row({"indicator": name} | dict(zip(("teller", "noemer", "waarde"), city, strict=True)))
    assert says.beside(queries.INDICATOREN[name], None, row) == {"rest": told, "verschil": ""}


def test_the_statuses_that_are_open_stand_in_their_order_each_with_who_waits():
    frame = answers.rows("wijkteam status open_0_30 open_31_90 open_90_plus", ("Oost", "Niet bereikt", 1, 0, 2))
    assert tables.waiting(frame).rows() == [
        ("Gepland", 0, 0, 0, 0), ("Niet bereikt", 1, 0, 2, 3), ("Niet geregistreerd", 0, 0, 0, 0),
    ]  # fmt: skip
    assert tables.waiting(frame.clear()).is_empty()


def test_requests_stand_with_the_most_first():
    frame = answers.rows(
        "hulpvraag soort aantal", ("Wonen", "Hulpvraag", 2), ("Geldzaken", "Begeleidingstraject", 3),
        ("Wonen", "Begeleidingstraject", 2),
    )  # fmt: skip
    assert tables.most_first(frame, "hulpvraag").rows() == [("Wonen", 4, 2), ("Geldzaken", 3, 3)]
    assert tables.most_first(frame.drop("soort"), "hulpvraag").rows() == [("Wonen", 4), ("Geldzaken", 3)]


@pytest.mark.parametrize(
    ("filled_in", "told"),
    [
        ({}, []),
        ({"email": "a@b.nl"}, [("Contact", "a@b.nl")]),
        ({"toelichting": "x", "telefoon": "14 023"}, [("Toelichting", "x"), ("Contact", "14 023")]),
    ],
)
def test_of_a_contact_stands_what_was_filled_in(filled_in, told):
    assert says.contact(queries.Contact("Oost", **filled_in)) == told


def test_what_was_left_out_of_a_publication_is_not_public():
    figures = answers.rows(KPI, ("wijkteam", "Oost", "overdracht_open", None, None, None))
    assert says.not_public(published(figures, left_out=("teller", "noemer", "waarde")))
    assert not says.not_public(exact(answers.rows(KPI, ("wijkteam", "Oost", "overdracht_open", 0, 0, 0.0))))
    assert not says.not_public(exact(figures.clear()))
