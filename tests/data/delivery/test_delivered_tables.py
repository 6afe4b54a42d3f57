"""Deliveries as systems export them: own names, codes and forms in, the contract's tables out."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from data import contract
from data.delivery import pseudonym
from data.delivery.tables import VELDEN
from data.demo import example, municipality
from data.intake import __main__ as intake
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import Manifest, Verdwenen
from tests.data import conftest
from tests.data.conftest import GELDIG, PEILDATUM, contents_of
from tests.data.text_delivery import csv_of, write_csv_delivery, write_xlsx

BSN = "123456782"
DMJ = 'datumvolgorde = "dmj"\n'


@pytest.fixture
def take_in(tmp_path) -> Callable[..., steps.Uitslag]:
    def take_in(toml: str | None = None, change: Callable[[Path], object] = lambda map_: None, **bestanden):
        change(map_ := write_csv_delivery(tmp_path / "levering", toml, **bestanden))
        return conftest.take_in(map_, PEILDATUM, tmp_path / "s")

    return take_in


def table(uitslag: steps.Uitslag, naam: str) -> pl.DataFrame:
    return pl.read_parquet(uitslag.map / f"{naam}.parquet")


# --- forms


def test_texts_are_read_as_the_contract_has_them(take_in):
    """Every form of each stands in test_values.py and test_reading.py."""
    ontzorging = {"datum_start": None, "reden_niet_gestart": "Bijstand beëindigd", "gesprekken_budgetcoach": "3,0"}
    uitslag = take_in(
        pip=csv_of("pip", {"dagtekening_pip": " 1/4/2022 ", "uitstel_derden": "J"}, teken="\t"),
        ontzorging=csv_of("ontzorging", ontzorging).encode("cp1252"),
    )
    assert uitslag.code == 0
    assert table(uitslag, "pip").rows() == [("persoon-001", dt.date(2022, 4, 1), "0392", "B", None, True)]
    gelezen = table(uitslag, "ontzorging").select("reden_niet_gestart", "gesprekken_budgetcoach").rows()
    assert gelezen == [("Bijstand beëindigd", 3)]


@pytest.mark.parametrize(
    ("naam", "kolom", "waarde", "reden"),
    [
        ("pip", "dagtekening_pip", "31-02-2022", "is geen datum die te lezen is"),
        ("ontzorging", "gesprekken_budgetcoach", "3,5", "is geen geheel getal"),
        ("ontzorging", "huur", "misschien", "is geen ja of nee"),
    ],
)
def test_what_cannot_be_read_rejects_its_row_and_is_named(take_in, naam, kolom, waarde, reden):
    uitslag = take_in(**{naam: csv_of(naam, {}, {kolom: waarde, "inburgeraar_id": "persoon-002"})})
    assert uitslag.manifest.tabellen[naam].afgekeurd == {f"{kolom} {reden}": 1}
    assert pl.read_parquet(uitslag.map / "afgekeurd" / f"{naam}.parquet")["regel"].to_list() == [3]


def test_column_of_which_nothing_can_be_read_refuses_the_delivery(take_in):
    rijen = ({"dagtekening_pip": f"{dag} april"} for dag in range(5))
    with pytest.raises(steps.RefusedError, match=r"kolom dagtekening_pip, regel 2: geen enkele waarde in deze kolom"):
        take_in(pip=csv_of("pip", *rijen))


def test_row_with_another_number_of_fields_is_rejected_for_that_and_none_of_it_is_kept(take_in):
    uitslag = take_in(pip=csv_of("pip", {}) + "persoon-001;01-05-2022;0392\n")
    assert uitslag.manifest.tabellen["pip"].afgekeurd == {VELDEN: 1}
    afgekeurd = pl.read_parquet(uitslag.map / "afgekeurd" / "pip.parquet")
    assert afgekeurd.select("regel", "inburgeraar_id", "gemeentecode").rows() == [(3, None, None)]


def test_order_of_day_and_month_that_cannot_be_seen_is_asked_for(take_in):
    with pytest.raises(steps.RefusedError, match=r'aan de datums is niet te zien.*datumvolgorde = "dmj"'):
        take_in("")


def test_sheet_by_name_with_its_header_below_a_title(take_in):
    rijen = [["Uitdraai van 31-12-2022"], [], list(GELDIG["pip"]), list(GELDIG["pip"].values()), [], ["Totaal", 1]]

    def change(map_):
        (map_ / "pip.csv").unlink()
        write_xlsx(map_ / "plannen.xlsx", Voorblad=[["Plannen"]], Plannen=rijen)

    uitslag = take_in(DMJ + '[pip]\nbestand = "plannen.xlsx"\nblad = "Plannen"\n', change)
    assert table(uitslag, "pip").rows() == [tuple(GELDIG["pip"].values())]
    assert uitslag.manifest.tabellen["pip"].opmerkingen == [
        "regel 5: een lege regel, niet gelezen als rij",
        "regel 6: een totaalregel, niet gelezen als rij",
    ]


# --- levering.toml

TWEE_TABELLEN = """\
datumvolgorde = "dmj"
[inburgeraar]
bestand = "clienten.csv"
[inburgeraar.kolommen]
inburgeraar_id = "Kenmerk"
[inburgeraar.codes.wet]
"Wet 2021" = "WI2021"
[intake]
bestand = "Clienten.csv"
alleen_als_gevuld = "Start intake"
[intake.kolommen]
inburgeraar_id = "kenmerk"
datum_start = "Start intake"
[intake.vast]
uitslag_leerbaarheidstoets = ""
"""


def test_one_file_feeds_two_tables_and_what_is_about_the_file_is_told_once(take_in):
    def change(map_):
        kop, rij = csv_of("inburgeraar", {"wet": "Wet 2021"}).splitlines()
        regels = [
            kop.replace("inburgeraar_id", "Kenmerk") + ";Start intake;Kleur",
            rij + ";01-03-2022;rood",
            rij.replace("-001", "-002") + ";;blauw",
            "Totaal;2" + ";" * 10,
        ]
        (map_ / "clienten.csv").write_text("\n".join(regels), encoding="utf-8")
        for naam in ("inburgeraar", "intake"):
            (map_ / f"{naam}.csv").unlink()

    uitslag = take_in(TWEE_TABELLEN, change)
    assert table(uitslag, "inburgeraar")["wet"].to_list() == ["WI2021", "WI2021"]
    assert table(uitslag, "intake").rows() == [("persoon-001", dt.date(2022, 3, 1), None)]
    telling = uitslag.manifest.tabellen
    assert [telling[naam].extra_kolommen for naam in ("inburgeraar", "intake")] == [["Kleur"], []]
    assert [telling[naam].opmerkingen for naam in ("inburgeraar", "intake")] == [
        ["regel 4: een totaalregel, niet gelezen als rij"],
        ["1 regel is niet gelezen als rij, omdat Start intake er leeg is"],
    ]
    assert "inburgeraar: clienten.csv" in steps.told(uitslag).splitlines()
    assert "intake: clienten.csv" in steps.told(uitslag).splitlines()


def test_own_column_name_stands_in_the_reason_and_in_the_work_list(take_in):
    kop, rij = csv_of("pip", {"leerroute": "X"}).splitlines()
    uitslag = take_in(
        DMJ + '[pip.kolommen]\nleerroute = "Route"\n', pip="\n".join([kop.replace("leerroute", "Route"), rij])
    )
    assert "1 keer leerroute (kolom Route) heeft een onbekende code; toegestaan: B, O, Z (regel 2)" in steps.told(
        uitslag
    )
    assert "pip;pip.csv;2;leerroute;Route" in (uitslag.map / "werklijst.csv").read_text(encoding="utf-8-sig")


# --- pseudonyms


def with_numbers(**nummers: str) -> Callable[[Path], None]:
    """The own number in the column BSN in the place of inburgeraar_id; `nummers` per table, else the same."""

    def change(map_: Path) -> None:
        for naam in contract.TABELLEN:
            pad = map_ / f"{naam}.csv"
            tekst = pad.read_text(encoding="utf-8").replace("inburgeraar_id", "BSN", 1)
            pad.write_text(tekst.replace("persoon-001", nummers.get(naam, BSN)), encoding="utf-8")

    return change


def test_without_the_secret_a_delivery_with_a_key_is_refused(take_in, monkeypatch):
    monkeypatch.delenv(pseudonym.OMGEVING, raising=False)
    with pytest.raises(steps.RefusedError, match="WI_SLEUTEL is niet gezet"):
        take_in(DMJ + 'sleutel = "BSN"\n', with_numbers())


def test_key_column_becomes_the_same_pseudonym_in_every_table_and_is_never_written(take_in, monkeypatch, tmp_path):
    monkeypatch.setenv(pseudonym.OMGEVING, "g" * 32)
    uitslag = take_in(
        DMJ + 'sleutel = "BSN"\n', with_numbers(pip="1234.56.782", intake=f"0{BSN}", uitkering="111222333")
    )
    verwacht = pseudonym.pseudonymise(pl.Series([BSN]), b"g" * 32).to_list()
    for naam in set(contract.TABELLEN) - {"uitkering", "melding"}:
        assert table(uitslag, naam)["inburgeraar_id"].to_list() == verwacht
    assert uitslag.manifest.tabellen["uitkering"].afgekeurd == {contract.REDENEN["inburgeraar_bekend"]: 1}
    bewaard = [pad for pad in (tmp_path / "s").rglob("*") if pad.is_file()]
    assert not any(nummer in pad.read_bytes() for pad in bewaard for nummer in (BSN.encode(), b"111222333", b"g" * 32))


def test_bsn_in_another_column_than_the_key_is_refused(take_in, monkeypatch):
    monkeypatch.setenv(pseudonym.OMGEVING, "g" * 32)

    def change(map_):
        with_numbers()(map_)
        kop, rij = (map_ / "pip.csv").read_text(encoding="utf-8").splitlines()
        (map_ / "pip.csv").write_text(f"{kop};opmerking\n{rij};partner 111222333\n", encoding="utf-8")

    with pytest.raises(steps.RefusedError, match=r"pip\.csv, kolom opmerking, regel 2: hier staat een BSN"):
        take_in(DMJ + 'sleutel = "BSN"\n', change)


def test_number_that_a_spreadsheet_rounded_is_told_by_line_and_not_shown(take_in, monkeypatch):
    monkeypatch.setenv(pseudonym.OMGEVING, "g" * 32)
    with pytest.raises(
        steps.RefusedError, match=r"kolom BSN \(inburgeraar_id\), regel 2: dit nummer is afgerond"
    ) as fout:
        take_in(DMJ + 'sleutel = "BSN"\n', with_numbers(inburgeraar="1,23457E+08"))
    assert "1,23457" not in str(fout.value)


def test_two_deliveries_with_one_secret_follow_the_same_persons(tmp_path, monkeypatch):
    monkeypatch.setenv(pseudonym.OMGEVING, "g" * 32)
    for dag, naam in ((dt.date(2022, 11, 30), "een"), (PEILDATUM, "twee")):
        with_numbers()(map_ := write_csv_delivery(tmp_path / naam, DMJ + 'sleutel = "BSN"\n'))
        uitslag = conftest.take_in(map_, dag, tmp_path / "s")
    assert uitslag.manifest.verdwenen == Verdwenen(vorige_peildatum=dt.date(2022, 11, 30), aantal=0)


@pytest.mark.parametrize("gemaakt", ["snapshot", "publicatie"])
def test_another_secret_is_refused_where_something_was_made_with_the_one_before(tmp_path, monkeypatch, gemaakt):
    monkeypatch.setattr(store, "PUBLICATIES", tmp_path / "publicaties")
    root = tmp_path / "s" if gemaakt == "snapshot" else tmp_path / "publicaties"
    sleutel = pseudonym.fingerprint(b"g" * 32)
    manifest = Manifest(peildatum=dt.date(2022, 11, 30), herkomst="levering", sleutel=sleutel)
    with store.exclusive(root), store.under_construction(root) as map_:
        store.publish(map_, manifest, root)
    with_numbers()(levering := write_csv_delivery(tmp_path / "levering", DMJ + 'sleutel = "BSN"\n'))
    monkeypatch.setenv(pseudonym.OMGEVING, "h" * 32)
    voor = contents_of(root)
    for opnemen in (steps.take_in, steps.check):
        with pytest.raises(steps.RefusedError, match=r"WI_SLEUTEL is een andere dan .* 2022-11-30") as fout:
            opnemen(levering, PEILDATUM, tmp_path / "s", toch=True)
        assert "h" * 8 not in str(fout.value) and manifest.sleutel not in str(fout.value)
    assert contents_of(root) == voor
    monkeypatch.setenv(pseudonym.OMGEVING, "g" * 32)
    assert conftest.take_in(levering, PEILDATUM, tmp_path / "s").manifest.sleutel == manifest.sleutel


# --- what is not there, in the steward's own words


def test_missing_file_is_named_as_the_others_are_called(tmp_path):
    map_ = write_csv_delivery(tmp_path / "levering")
    (map_ / "melding.csv").unlink()
    with pytest.raises(steps.RefusedError) as fout:
        conftest.take_in(map_, PEILDATUM, tmp_path / "s")
    assert str(fout.value) == "De levering is niet volledig. Deze bestanden ontbreken: melding.csv."


def test_files_with_other_names_lead_to_levering_toml(tmp_path):
    map_ = write_csv_delivery(tmp_path / "levering")
    (map_ / "levering.toml").unlink()
    (map_ / "pip.csv").rename(map_ / "plannen.csv")
    with pytest.raises(steps.RefusedError) as fout:
        conftest.take_in(map_, PEILDATUM, tmp_path / "s")
    assert str(fout.value).split("\n") == [
        "De levering is niet volledig. Deze bestanden ontbreken: pip.csv.",
        "Dit hoort niet bij de levering: plannen.csv. Haal het uit de map.",
        "Heten bestanden bij u anders, noem ze dan in levering.toml; een voorbeeld maakt python -m data.intake "
        "--voorbeeld MAP.",
    ]


@pytest.mark.parametrize("inhoud", ["", "\n\n", "\ufeff"])
def test_empty_file_is_called_empty(take_in, inhoud):
    with pytest.raises(steps.RefusedError) as fout:
        take_in(pip=inhoud)
    assert str(fout.value) == "pip.csv: het bestand is leeg."


def test_empty_sheet_is_called_empty(take_in):
    def empty_sheet(map_):
        (map_ / "pip.csv").unlink()
        write_xlsx(map_ / "pip.xlsx", Plannen=[])

    with pytest.raises(steps.RefusedError) as fout:
        take_in(change=empty_sheet)
    assert str(fout.value) == "pip.xlsx (blad Plannen): het werkblad is leeg."


# --- the example, and only looking


@pytest.fixture(scope="module")
def example_folder(tmp_path_factory) -> Path:
    map_ = tmp_path_factory.mktemp("voorbeeld") / "levering"
    example.schrijf(map_)
    return map_


def test_example_gives_exactly_the_tables_of_the_demo(example_folder, tmp_path):
    uitslag = conftest.take_in(example_folder, municipality.PEILDATUM, tmp_path / "s")
    assert (uitslag.code, uitslag.manifest.herkomst) == (0, "demo")
    demomap = municipality.maak(tmp_path / "demo")
    for naam in contract.TABELLEN:
        gemaakt = pl.read_parquet(demomap / f"{naam}.parquet")
        assert table(uitslag, naam).equals(gemaakt.cast(table(uitslag, naam).schema)), naam


@pytest.mark.parametrize("bestand", ["clienten.csv", "werkmap.xlsx", "melding.csv"])
def test_example_of_which_a_file_was_replaced_is_no_demo_any_more(example_folder, tmp_path, bestand):
    map_ = shutil.copytree(example_folder, tmp_path / "levering")
    with (map_ / bestand).open("ab") as inhoud:
        inhoud.write(b"\n")
    with pytest.raises(steps.RefusedError, match=f"niet die van de demo: {bestand}. Is dit een echte levering"):
        conftest.take_in(map_, municipality.PEILDATUM, tmp_path / "s")


def test_example_has_every_kind_of_file_that_systems_export(example_folder):
    assert {pad.suffix for pad in example_folder.iterdir()} == {".csv", ".tsv", ".xlsx", ".toml", ".json"}
    assert "Cliëntkenmerk" in (example_folder / "clienten.csv").read_text(encoding="cp1252")
    assert (example_folder / "begeleiding.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_example_never_overwrites_a_folder_that_is_in_use(tmp_path, capsys):
    (tmp_path / "vol").mkdir()
    (tmp_path / "vol" / "eigen.txt").write_text("x", encoding="utf-8")
    assert intake.main(["--voorbeeld", str(tmp_path / "vol")]) == 2
    assert "bestaat al en is niet leeg" in capsys.readouterr().err
    assert [pad.name for pad in tmp_path.rglob("*")] == ["vol", "eigen.txt"]


def test_checking_reports_as_an_intake_does_and_keeps_nothing(tmp_path, capsys):
    goed = write_csv_delivery(tmp_path / "goed")
    deels = write_csv_delivery(tmp_path / "deels", pip=csv_of("pip", {"leerroute": "X"}))
    fout = write_csv_delivery(tmp_path / "fout", pip="niets")
    root = tmp_path / "s"
    conftest.take_in(goed, dt.date(2022, 11, 30), root)
    voor = contents_of(root)
    gezegd = {}
    for map_, code in ((goed, 0), (deels, 1), (fout, 2)):
        opdracht = [str(map_), "--peildatum", "2022-12-31", "--naar", str(root)]
        assert intake.main([*opdracht, "--controleer", "--toch"]) == code
        gezegd[map_] = capsys.readouterr()
        assert contents_of(root) == voor
    assert gezegd[goed].out.startswith("De levering met peildatum 2022-12-31 is gecontroleerd.")
    assert gezegd[goed].out.endswith("Er is niets bewaard: dit was alleen een controle.\n")
    assert "afgekeurd: 1 keer leerroute heeft een onbekende code; toegestaan: B, O, Z (regel 2)" in gezegd[deels].out
    assert "opgenomen" not in gezegd[deels].out and "in gebruik" not in gezegd[deels].out
    assert gezegd[fout].err.startswith("Geweigerd: pip.csv: kolom ontbreekt")


def test_progress_is_shown_for_long_work_only(tmp_path, capsys, monkeypatch):
    map_ = write_csv_delivery(tmp_path / "levering")
    monkeypatch.setattr(steps, "GEDULD", 1_000_000)
    conftest.take_in(map_, PEILDATUM, tmp_path / "s", voortgang=True)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(steps, "GEDULD", -1)
    conftest.take_in(map_, PEILDATUM, tmp_path / "s", voortgang=True)
    getoond = capsys.readouterr().err
    # Eight files are searched, eight tables judged and eight written, and then there is the publication.
    assert "van 25, pip.csv: zoeken naar BSN's" in getoond
    assert "stap 24 van 25, publiceren" in getoond
