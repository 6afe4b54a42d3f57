"""The report and the work list: every rejected row by file, line and column, and never an identifier."""

import csv
import datetime as dt
import html.parser
import json

import polars as pl
import pytest

from data import contract
from data.intake import report, steps, warnings
from data.snapshots.manifest import Manifest
from tests.data.conftest import EERDER, PEILDATUM, table, take_in

DAG = dt.date(2022, 6, 1)


@pytest.fixture
def delivered(make_delivery, tmp_path):
    """A delivery with rejected rows, warnings, a dropped column, a shrunken table and somebody gone."""
    drie = table("inburgeraar", *({"inburgeraar_id": f"persoon-{nr:03d}"} for nr in (1, 2, 3)))
    take_in(make_delivery("een", inburgeraar=drie), EERDER, tmp_path / "s")
    levering = make_delivery(
        "twee",
        inburgeraar=table("inburgeraar", {"wijkcode": "WK039299"}, {"inburgeraar_id": "persoon-004"}).with_columns(
            kleur=pl.lit("rood")
        ),
        pip=table(
            "pip",
            {"leerroute": "X"},
            {"dagtekening_pip": DAG},
            {"dagtekening_pip": DAG + dt.timedelta(1), "leerroute": "X"},
            {"inburgeraar_id": "persoon-099"},
        ),
    )
    return take_in(levering, PEILDATUM, tmp_path / "s")


def test_work_list_has_rejected_rows_first_then_warnings_most_frequent_reason_first(delivered):
    inhoud = (delivered.map / "werklijst.csv").read_bytes()
    # The byte order mark, the semicolon and the line ends with which Dutch Excel opens it by a double click.
    assert inhoud.startswith(b"\xef\xbb\xbfsoort;reden;keer;tabel;bestand;regel;kolom;kolom_in_bestand\r\n")
    with (delivered.map / "werklijst.csv").open(encoding="utf-8-sig", newline="") as bestand:
        rijen = list(csv.reader(bestand, delimiter=";"))[1:]
    onbekend = "inburgeraar_id komt niet voor in de goedgekeurde rijen van inburgeraar"
    code = "leerroute heeft een onbekende code; toegestaan: B, O, Z"
    assert rijen == [
        ["Afgekeurd", code, "2", "pip", "pip.parquet", "1", "leerroute", "leerroute"],
        ["Afgekeurd", code, "2", "pip", "pip.parquet", "3", "leerroute", "leerroute"],
        ["Afgekeurd", onbekend, "1", "pip", "pip.parquet", "4", "inburgeraar_id", "inburgeraar_id"],
        [
            "Let op", warnings.WIJKCODE_ONBEKEND, "1", "inburgeraar", "inburgeraar.parquet", "1", "wijkcode",
            "wijkcode",
        ],
    ]  # fmt: skip


def test_report_for_machines_has_reasons_with_file_lines_and_column(delivered):
    gelezen = json.loads((delivered.map / "rapport.json").read_text(encoding="utf-8"))
    assert gelezen == report.read(delivered.map)
    assert {key: gelezen[key] for key in ("peildatum", "herkomst", "levering_id", "in_gebruik_genomen")} == {
        "peildatum": "2022-12-31",
        "herkomst": "levering",
        "levering_id": delivered.manifest.levering_id,
        "in_gebruik_genomen": True,
    }
    tabellen = {table["tabel"]: table for table in gelezen["tabellen"]}
    assert list(tabellen) == list(contract.TABELLEN)
    assert tabellen["pip"]["afgekeurd"][0] == {
        "reden": "leerroute heeft een onbekende code; toegestaan: B, O, Z",
        "aantal": 2,
        "kolom": "leerroute",
        "kolom_in_bestand": "leerroute",
        "plaatsen": [{"bestand": "pip.parquet", "regels": [1, 3]}],
    }
    assert tabellen["inburgeraar"]["waarschuwingen"] == [
        {
            "waarschuwing": "33% minder rijen dan in de levering van 30-11-2022 (2 in plaats van 3)",
            "aantal": None,
            "kolom": None,
            "kolom_in_bestand": None,
            "plaatsen": [],
        },
        {
            "waarschuwing": warnings.WIJKCODE_ONBEKEND,
            "aantal": 1,
            "kolom": "wijkcode",
            "kolom_in_bestand": "wijkcode",
            "plaatsen": [{"bestand": "inburgeraar.parquet", "regels": [1]}],
        },
    ]
    assert tabellen["inburgeraar"]["extra_kolommen"] == ["kleur"]
    assert gelezen["verdwenen"] == {
        "vorige_peildatum": "2022-11-30",
        "aantal": 2,
        "per_maand_huisvesting": [{"maand": "2022-02", "aantal": 2}],
    }


def test_report_on_screen_names_reasons_lines_warnings_and_files(delivered):
    gezegd = steps.told(delivered)
    for regel in (
        "  afgekeurd: 2 keer leerroute heeft een onbekende code; toegestaan: B, O, Z (regel 1 en 3)",
        "  let op: 33% minder rijen dan in de levering van 30-11-2022 (2 in plaats van 3)",
        f"  let op: 1 keer {warnings.WIJKCODE_ONBEKEND} (regel 1)",
        "  niet bewaard, hoort niet bij de levering: kleur",
        "  gehuisvest in februari 2022: 2",
        "Deze snapshot is nu in gebruik.",
    ):
        assert regel in gezegd.splitlines()
    werklijst = delivered.map.parents[1] / "2022-12-31" / "werklijst.csv"
    assert f"Werklijst: {werklijst}" in gezegd
    assert werklijst.is_file()


def test_disappeared_persons_are_a_file_per_month_without_ids(delivered):
    assert (delivered.map / "verdwenen.csv").read_text(encoding="utf-8-sig") == "maand_huisvesting;aantal\n2022-02;2\n"


def test_first_delivery_has_nobody_to_miss(make_delivery, tmp_path):
    uitslag = take_in(make_delivery(), PEILDATUM, tmp_path / "s")
    assert not (uitslag.map / "verdwenen.csv").exists()
    assert report.read(uitslag.map)["verdwenen"] is None
    pagina = (uitslag.map / "rapport.html").read_text(encoding="utf-8")
    assert "Er is geen eerdere levering om mee te vergelijken." in pagina
    assert "Er is geen rij afgekeurd." in pagina
    assert "Alle 8 rijen tellen mee; er is niets afgekeurd." in pagina


def test_no_identifier_is_in_any_file_of_the_report(delivered):
    for naam in ("rapport.json", "rapport.html", "werklijst.csv", "verdwenen.csv"):
        inhoud = (delivered.map / naam).read_text(encoding="utf-8")
        assert "persoon-" not in inhoud
        assert "m-1" not in inhoud
    for pad in (delivered.map / "opvallend").iterdir():
        assert not {"inburgeraar_id", "melding_id"} & set(pl.read_parquet_schema(pad))


class Balans(html.parser.HTMLParser):
    """Fails on a tag that is not closed or not open, and keeps what a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.open, self.tekst = [], ""

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.tekst += data


def test_page_for_people_is_whole_dutch_and_says_that_it_is_intern(delivered):
    pagina = (delivered.map / "rapport.html").read_text(encoding="utf-8")
    lezer = Balans()
    lezer.feed(pagina)
    assert lezer.open == []
    assert '<html lang="nl">' in pagina
    assert "<script" not in pagina and "http" not in pagina
    for woorden in (
        report.INTERN,
        "De levering met peildatum 2022-12-31 is opgenomen.",
        "Van de 12 gelezen rijen zijn er 3 afgekeurd",
        "pip.parquet, regel 1 en 3",
        warnings.WIJKCODE_ONBEKEND,
        "inburgeraar.parquet: kleur",
        "gehuisvest in februari 2022: 2",
    ):
        assert woorden in lezer.tekst


def test_what_a_delivery_is_called_cannot_become_markup_or_a_formula(tmp_path):
    entry = {
        "bestand": "=<b>naam</b>.csv",
        "gelezen": 1,
        "rijen": 0,
        "afgekeurd": {"wet is leeg": 1},
        "waarschuwingen": [],
        "extra_kolommen": ["<script>alert(1)</script>"],
        "kolomnamen": {"wet": "@Wet"},
    }
    manifest = {"peildatum": "2022-12-31", "herkomst": "levering", "aangemaakt": "2023-01-05T09:30:00+01:00"}
    manifest |= {"levering_id": "ab12", "verdwenen": None, "tabellen": {"inburgeraar": entry}}
    (tmp_path / "afgekeurd").mkdir()
    pl.DataFrame({"reden": ["wet is leeg"], "regel": [2]}).write_parquet(tmp_path / "afgekeurd" / "inburgeraar.parquet")
    report.write(tmp_path, Manifest(**manifest), put_in_use=False)
    pagina = (tmp_path / "rapport.html").read_text(encoding="utf-8")
    assert "<script" not in pagina and "<b>" not in pagina
    assert "@Wet (wet)" in pagina
    assert "In gebruik blijft de snapshot met de latere peildatum." in pagina
    regel = (tmp_path / "werklijst.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert "afgekeurd: 1 keer wet (kolom @Wet) is leeg (regel 2)" in report.on_screen(report.read(tmp_path))
    assert regel == "Afgekeurd;wet is leeg;1;inburgeraar;'=<b>naam</b>.csv;2;wet;'@Wet"


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
    ("regels", "woorden"),
    [
        ([4], "regel 4"),
        ([2, 5], "regel 2 en 5"),
        ([2, 3], "regel 2 en 3"),
        ([2, 3, 4, 9], "regel 2 tot en met 4 en 9"),
        ([1, 3, 5, 7, 9, 11], "regel 1, 3, 5, 7, 9 en verder"),
        ([], ""),
    ],
)
def test_lines_are_told_as_people_write_them(regels, woorden):
    assert report.lines_in_words(regels, hooguit=5) == woorden


def test_lines_of_more_files_are_told_with_their_file():
    plaatsen = [{"bestand": "a.csv", "regels": [2]}, {"bestand": "b.csv", "regels": [3, 5]}]
    assert report.places_in_words({"aantal": 3, "plaatsen": plaatsen}, "a.csv") == "regel 2; b.csv: regel 3 en 5"
    assert report.places_in_words({"aantal": 9, "plaatsen": plaatsen}, "a.csv") == (
        "regel 2; b.csv: regel 3, 5 en verder"
    )


@pytest.mark.parametrize("naam", contract.TABELLEN)
def test_every_reason_of_the_contract_leads_to_a_column_of_its_table(naam):
    schema = contract.op_peildatum(contract.TABELLEN[naam], PEILDATUM)
    eigen = {regel for regel in contract.redenen(schema) if "|" in regel}
    tussen = {
        regel for regel in schema._validation_rules(with_cast=False) if "|" not in regel and regel != "primary_key"
    }
    for regel in eigen | tussen | ({"inburgeraar_bekend"} if "inburgeraar_id" in schema.column_names() else set()):
        assert report.column_of(naam, contract.redenen(schema)[regel]) in schema.column_names(), regel


def test_reason_without_a_column_has_none():
    assert report.column_of("pip", "iets anders") == ""
    assert report.column_of("pip", "dagtekening_pip is geen datum") == "dagtekening_pip"


def test_damaged_report_is_no_report_and_is_made_anew(delivered):
    gezegd = steps.told(delivered)
    (delivered.map / "rapport.json").write_text("{", encoding="utf-8")
    assert report.read(delivered.map) is None
    assert "  afgekeurd: 2 keer leerroute heeft een onbekende code; toegestaan: B, O, Z (regel 1 en 3)" in steps.told(
        delivered
    )
    assert gezegd.splitlines()[0] == steps.told(delivered).splitlines()[0]


def test_own_name_stands_behind_the_contracts_name_in_a_reason():
    namen = {"datum_start": "Begin", "datum_einde": "Eind"}
    reden = "datum_einde ligt voor datum_start"
    assert report.with_own_names(reden, namen) == "datum_einde (kolom Eind) ligt voor datum_start (kolom Begin)"
    assert report.with_own_names(reden, {}) == reden
