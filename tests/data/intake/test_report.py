"""The report and the work list: every rejected row by file, line and column, and never an identifier."""

import csv
import datetime as dt
import json
from xml.etree import ElementTree

import polars as pl
import pytest

from data import contract
from data.intake import report, steps
from tests.data.conftest import EERDER, PEILDATUM, persons, table, take_in
from tests.data.text_delivery import csv_of, write_csv_delivery

DAG = dt.date(2022, 6, 1)
CODE = "leerroute heeft een onbekende code; toegestaan: B, O, Z"
ONBEKEND = "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar"
VREEMD = "wijkcode staat niet in de referentietabel; telt mee als Onbekend"
MINDER = "33% minder rijen dan in de levering van 30-11-2022 (2 in plaats van 3)"


@pytest.fixture
def delivered(make_delivery, tmp_path) -> steps.Uitslag:
    """A delivery with rejected rows, warnings, a dropped column, a shrunken table and somebody gone."""
    take_in(make_delivery("een", inburgeraar=persons(3)), EERDER, tmp_path / "s")
    mensen = table("inburgeraar", {"wijkcode": "WK039299"}, {"inburgeraar_id": "persoon-004"})
    later = {"dagtekening_pip": DAG + dt.timedelta(1), "leerroute": "X"}
    pips = table("pip", {"leerroute": "X"}, {"dagtekening_pip": DAG}, later, {"inburgeraar_id": "persoon-099"})
    twee = make_delivery("twee", inburgeraar=mensen.with_columns(kleur=pl.lit("rood")), pip=pips)
    return take_in(twee, PEILDATUM, tmp_path / "s")


def test_work_list_has_rejected_rows_first_then_warnings_most_frequent_reason_first(delivered):
    inhoud = (delivered.map / "werklijst.csv").read_bytes()
    # The byte order mark, the semicolon and the line ends with which Dutch Excel opens it by a double click.
    assert inhoud.startswith(b"\xef\xbb\xbfsoort;reden;keer;tabel;bestand;regel;kolom;kolom_in_bestand\r\n")
    rijen = list(csv.reader(inhoud.decode("utf-8-sig").splitlines(), delimiter=";"))[1:]
    assert rijen == [
        ["Afgekeurd", CODE, "2", "pip", "pip.parquet", "1", "leerroute", "leerroute"],
        ["Afgekeurd", CODE, "2", "pip", "pip.parquet", "3", "leerroute", "leerroute"],
        ["Afgekeurd", ONBEKEND, "1", "pip", "pip.parquet", "4", "inburgeraar_id", "inburgeraar_id"],
        ["Let op", VREEMD, "1", "inburgeraar", "inburgeraar.parquet", "1", "wijkcode", "wijkcode"],
    ]
    assert (delivered.map / "verdwenen.csv").read_text(encoding="utf-8-sig") == "maand_huisvesting;aantal\n2022-02;2\n"


def test_report_for_machines_has_reasons_with_file_lines_and_column(delivered):
    gelezen = json.loads((delivered.map / "rapport.json").read_text(encoding="utf-8"))
    assert gelezen == report.read(delivered.map) == delivered.report
    assert [table["tabel"] for table in gelezen["tabellen"]] == list(contract.TABELLEN)
    assert (gelezen["peildatum"], gelezen["levering_id"]) == ("2022-12-31", delivered.manifest.levering_id)
    per_maand = [{"maand": "2022-02", "aantal": 2}]
    assert gelezen["verdwenen"] == {"vorige_peildatum": "2022-11-30", "aantal": 2, "per_maand_huisvesting": per_maand}
    plaatsen = [{"bestand": "pip.parquet", "regels": [1, 3]}]
    kolommen = {"kolom": "leerroute", "kolom_in_bestand": "leerroute"}
    assert gelezen["tabellen"][2]["afgekeurd"][0] == {"reden": CODE, "aantal": 2, **kolommen, "plaatsen": plaatsen}


def test_report_on_screen_names_reasons_lines_warnings_and_files(delivered):
    regels = steps.told(delivered).splitlines()
    plek = delivered.map.parents[1] / "2022-12-31"
    assert (plek / "werklijst.csv").is_file()
    assert regels[regels.index("") + 1 :] == [
        "tabel              gelezen   goedgekeurd   afgekeurd",
        "inburgeraar              2             2           0",
        "intake                   1             1           0",
        "pip                      4             1           3",
        *(f"{naam:<14}           1             1           0" for naam in list(contract.TABELLEN)[3:]),
        "",
        "inburgeraar: inburgeraar.parquet",
        f"  let op: {MINDER}",
        f"  let op: 1 keer {VREEMD} (regel 1)",
        "  niet bewaard, hoort niet bij de levering: kleur",
        "",
        "pip: pip.parquet",
        f"  afgekeurd: 2 keer {CODE} (regel 1 en 3)",
        f"  afgekeurd: 1 keer {ONBEKEND} (regel 4)",
        "",
        "Niet meer in deze levering: 2 inburgeraars uit de snapshot van 2022-11-30. Ook wie vertrokken is, hoort erin.",
        "  gehuisvest in februari 2022: 2",
        "",
        "Deze snapshot is nu in gebruik.",
        f"Rapport: {plek / 'rapport.html'}",
        f"Werklijst: {plek / 'werklijst.csv'}",
    ]


def test_first_delivery_has_nobody_to_miss(make_delivery, tmp_path):
    uitslag = take_in(make_delivery(), PEILDATUM, tmp_path / "s")
    assert (report.read(uitslag.map)["verdwenen"], (uitslag.map / "verdwenen.csv").exists()) == (None, False)
    pagina = (uitslag.map / "rapport.html").read_text(encoding="utf-8")
    for woorden in ("Er is geen eerdere levering", "Er viel niets op.", "er is niets afgekeurd."):
        assert woorden in pagina
    assert "niet zijn bewaard" not in pagina


@pytest.mark.parametrize("inhoud", [b"", b"{", b"[]", b"\xff\xfe"])
def test_damaged_report_is_none_and_no_error(tmp_path, inhoud):
    assert report.read(tmp_path) is None
    (tmp_path / "rapport.json").write_bytes(inhoud)
    assert report.read(tmp_path) is None


def test_no_identifier_is_in_any_file_of_the_report(delivered):
    for naam in ("rapport.json", "rapport.html", "werklijst.csv", "verdwenen.csv"):
        inhoud = (delivered.map / naam).read_text(encoding="utf-8")
        assert "persoon-" not in inhoud and "m-1" not in inhoud
    for pad in (delivered.map / "opvallend").iterdir():
        assert not {"inburgeraar_id", "melding_id"} & set(pl.read_parquet_schema(pad))


def test_page_for_people_is_whole_dutch_and_says_that_it_is_intern(delivered):
    pagina = (delivered.map / "rapport.html").read_text(encoding="utf-8")
    assert '<html lang="nl">' in pagina
    assert "<script" not in pagina and "http" not in pagina
    # Raises on a tag that is not closed or not open.
    tekst = "".join(ElementTree.fromstring(pagina).itertext())
    for woorden in (
        "Intern: niet openbaar maken.",
        "Totaal1293",
        "pip.parquet, regel 1 en 3",
        "inburgeraar.parquet: kleur",
    ):
        assert woorden in tekst


def test_what_a_delivery_is_called_cannot_become_markup_or_a_formula(tmp_path):
    toml = 'datumvolgorde = "dmj"\n[inburgeraar]\nbestand = "=<b>.csv"\n[inburgeraar.kolommen]\nwet = "=<i>Wet"\n'
    kop, rij = csv_of("inburgeraar", {"wet": ""}).splitlines()
    anders = f"{kop.replace(';wet;', ';=<i>Wet;')};<script>\n{rij};1\n"
    levering = write_csv_delivery(tmp_path / "levering", toml, inburgeraar=anders)
    (levering / "inburgeraar.csv").rename(levering / "=<b>.csv")
    uitslag = take_in(levering, PEILDATUM, tmp_path / "s")
    pagina = (uitslag.map / "rapport.html").read_text(encoding="utf-8")
    assert not any(tag in pagina for tag in ("<script", "<b>", "<i>"))
    assert "=&lt;i&gt;Wet (wet)" in pagina
    assert "afgekeurd: 1 keer wet (kolom =<i>Wet) is leeg (regel 2)" in steps.told(uitslag)
    regel = (uitslag.map / "werklijst.csv").read_text(encoding="utf-8-sig")
    assert "Afgekeurd;wet is leeg;1;inburgeraar;'=<b>.csv;2;wet;'=<i>Wet\n" in regel


def test_many_lines_are_cut_in_the_report_and_never_in_the_work_list(make_delivery, tmp_path):
    aantal = report.PLAATSEN + 5
    meldingen = table("melding", *({"melding_id": f"m-{nr}", "soort": "x"} for nr in range(aantal)))
    map_ = take_in(make_delivery(melding=meldingen), PEILDATUM, tmp_path / "s").map
    (reden,) = report.read(map_)["tabellen"][-1]["afgekeurd"]
    assert reden["aantal"] == aantal
    assert reden["plaatsen"] == [{"bestand": "melding.parquet", "regels": list(range(1, report.PLAATSEN + 1))}]
    assert report.places_in_words(reden, "melding.parquet") == "regel 1 tot en met 1000 en verder"
    assert len((map_ / "werklijst.csv").read_text(encoding="utf-8-sig").splitlines()) == aantal + 1


@pytest.mark.parametrize(
    ("aantal", "plaatsen", "woorden"),
    [
        (1, {"a.csv": [4]}, "regel 4"),
        (2, {"a.csv": [2, 5]}, "regel 2 en 5"),
        (2, {"a.csv": [2, 3]}, "regel 2 en 3"),
        (4, {"a.csv": [2, 3, 4, 9]}, "regel 2 tot en met 4 en 9"),
        (6, {"a.csv": [1, 3, 5, 7, 9, 11]}, "regel 1, 3, 5, 7, 9 en verder"),
        (None, {}, ""),
        (3, {"a.csv": [2], "b.csv": [3, 5]}, "regel 2; b.csv: regel 3 en 5"),
        (9, {"a.csv": [2], "b.csv": [3, 5]}, "regel 2; b.csv: regel 3, 5 en verder"),
    ],
)
def test_lines_are_told_as_people_write_them(aantal, plaatsen, woorden):
    entry = {"aantal": aantal, "plaatsen": [{"bestand": b, "regels": regels} for b, regels in plaatsen.items()]}
    assert report.places_in_words(entry, "a.csv", hooguit=5) == woorden


@pytest.mark.parametrize(
    ("naam", "reden", "kolom"),
    [
        ("ontzorging", "datum_einde zonder datum_start", "datum_start"),
        ("ontzorging", "datum_start en reden_niet_gestart zijn beide leeg", "reden_niet_gestart"),
        ("pip", "leerroute B met niveau A2 op het eerste PIP", "niveau"),
        ("pip", "iets anders", ""),
    ],
)
def test_column_to_look_at(naam, reden, kolom):
    assert report.column_of(naam, reden) == kolom
