"""Deliveries as systems export them: own names, codes and forms in, the contract's tables out."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from data import contract
from data.contract.rules import INBURGERAAR_BEKEND
from data.delivery import pseudonym
from data.delivery.guard import search
from data.delivery.refusals import SAYS, refusal
from data.delivery.tables import VELDEN
from data.demo import example, municipality
from data.intake import __main__ as intake
from data.intake import steps
from data.snapshots import store
from data.snapshots.manifest import Manifest
from tests.data import conftest
from tests.data.conftest import EERDER, GELDIG, PEILDATUM, contents_of
from tests.data.text_delivery import csv_of, with_file, with_workbook, write_csv_delivery

BSN = "123456782"
DMJ = 'datumvolgorde = "dmj"\n'
MET_SLEUTEL = DMJ + 'sleutel = "BSN"\n'


@pytest.fixture
def take_in(tmp_path, monkeypatch) -> Callable[..., steps.Uitslag]:
    monkeypatch.setenv(pseudonym.OMGEVING, "g" * 32)

    def take_in(toml: str | None = None, change: Callable[[Path], object] = str, **bestanden):
        change(map_ := write_csv_delivery(tmp_path / "levering", toml, **bestanden))
        return conftest.take_in(map_, PEILDATUM, tmp_path / "s")

    return take_in


def table(uitslag: steps.Uitslag, naam: str) -> pl.DataFrame:
    return pl.read_parquet(uitslag.map / f"{naam}.parquet")


def as_sheet(*rijen: list[object], **change) -> Callable[[Path], None]:
    """The PIPs on the second sheet of a workbook."""
    return with_workbook(**change, Voorblad=[["Plannen"]], Plannen=rijen)


def from_1904(boek: Workbook) -> None:
    boek.epoch = CALENDAR_MAC_1904


def as_parquet(map_: Path) -> None:
    (map_ / "pip.csv").unlink()
    conftest.table("pip", {}).write_parquet(map_ / "pip.parquet")


PLANNEN = DMJ + '[pip]\nblad = "Plannen"\n'


def with_numbers(**nummers: str) -> Callable[[Path], None]:
    """The own number in the column BSN in the place of inburgeraar_id; `nummers` per table, else the same."""

    def change(map_: Path) -> None:
        for naam in contract.TABELLEN:
            tekst = (map_ / f"{naam}.csv").read_text(encoding="utf-8").replace("inburgeraar_id", "BSN", 1)
            tekst = tekst.replace("persoon-001", nummers.get(naam, BSN))
            (map_ / f"{naam}.csv").write_text(tekst, encoding="utf-8")

    return change


# --- accepted


@pytest.mark.parametrize(
    ("naam", "regel", "reden"),
    [
        ("pip", {"dagtekening_pip": "31-02-2022"}, "dagtekening_pip is geen datum die te lezen is"),
        ("ontzorging", {"gesprekken_budgetcoach": "3,5"}, "gesprekken_budgetcoach is geen geheel getal"),
        ("ontzorging", {"huur": "misschien"}, "huur is geen ja of nee"),
        # Of a row with another number of fields nothing is kept.
        ("pip", "persoon-002;01-05-2022;0392\n", VELDEN),
    ],
)
def test_what_cannot_be_read_rejects_its_row_and_is_named(take_in, naam, regel, reden):
    inhoud = csv_of(naam, {}, {"inburgeraar_id": "persoon-002"} | (regel if isinstance(regel, dict) else {}))
    uitslag = take_in(**{naam: inhoud if isinstance(regel, dict) else csv_of(naam, {}) + regel})
    assert uitslag.manifest.tabellen[naam].afgekeurd == {reden: 1}
    afgekeurd = pl.read_parquet(uitslag.map / "afgekeurd" / f"{naam}.parquet")
    assert afgekeurd.select("regel", "inburgeraar_id").rows() == [(3, None if reden == VELDEN else "persoon-002")]


PIP = GELDIG["pip"]
RIJ, EXCEL = list(PIP.values()), list((PIP | {"dagtekening_pip": 43190}).values())
VAST = '[pip.vast]\nleerroute = "O"\n[pip.codes.leerroute]\nO = "Z"\n'
CODES = "[pip.codes.uitstel_derden]\n0 = true\n1 = false\n"
REGELS = ["regel 5: een lege regel, niet gelezen als rij", "regel 6: een totaalregel, niet gelezen als rij"]
# What levering.toml says, what is done to the files, what is then in the PIP's row, and what is told of the file.
GELEZEN = {
    "header below a title": (PLANNEN, as_sheet(["Uitdraai"], [], list(PIP), RIJ, [], ["Totaal"]), {}, REGELS),
    "1904": (PLANNEN, as_sheet(list(PIP), EXCEL, change=from_1904), {"dagtekening_pip": dt.date(2022, 4, 1)}, []),
    "a fixed value is no code": (DMJ + VAST, str, {"leerroute": "O"}, []),
    "codes of a boolean by its type": (DMJ + CODES, as_parquet, {"uitstel_derden": True}, []),
}


@pytest.mark.parametrize(("toml", "change", "anders", "opmerkingen"), GELEZEN.values(), ids=GELEZEN)
def test_row_in_another_form_is_read_as_the_contract_says(take_in, toml, change, anders, opmerkingen):
    uitslag = take_in(toml, change)
    assert table(uitslag, "pip").rows() == [tuple((PIP | anders).values())]
    assert uitslag.manifest.tabellen["pip"].opmerkingen == opmerkingen


TWEE_TABELLEN = """\
[inburgeraar]
bestand = "clienten.csv"
[intake]
bestand = "Clienten.csv"
alleen_als_gevuld = "Start intake"
kolommen = { inburgeraar_id = "INBURGERAAR_ID", datum_start = "Start intake" }
vast.uitslag_leerbaarheidstoets = ""
"""


def test_one_file_feeds_two_tables_and_what_is_about_the_file_is_told_once(take_in):
    def change(map_):
        (map_ / "inburgeraar.csv").rename(map_ / "clienten.csv")
        (map_ / "intake.csv").unlink()

    kop, een, twee = csv_of("inburgeraar", {}, {"inburgeraar_id": "persoon-002"}).splitlines()
    regels = [f"{kop};Start intake;Kleur", f"{een};01-03-2022;rood", f"{twee};;blauw", "Totaal;2" + ";" * 10]
    uitslag = take_in(DMJ + TWEE_TABELLEN, change, inburgeraar="\n".join(regels))
    assert table(uitslag, "inburgeraar")["wet"].to_list() == ["WI2021", "WI2021"]
    assert table(uitslag, "intake").rows() == [("persoon-001", dt.date(2022, 3, 1), None)]
    inburgeraar, intake = (uitslag.manifest.tabellen[naam] for naam in ("inburgeraar", "intake"))
    assert (inburgeraar.extra_kolommen, intake.extra_kolommen) == (["Kleur"], [])
    assert inburgeraar.opmerkingen == ["regel 4: een totaalregel, niet gelezen als rij"]
    assert intake.opmerkingen == ["1 regel is niet gelezen als rij, omdat Start intake er leeg is"]


# --- pseudonyms


def test_key_column_becomes_the_same_pseudonym_in_every_table_and_is_never_written(take_in, tmp_path):
    uitslag = take_in(MET_SLEUTEL, with_numbers(pip="1234.56.782", intake=f"0{BSN}", uitkering="111222333"))
    verwacht = pseudonym.pseudonymise(pl.Series([BSN]), b"g" * 32).to_list()
    for naam in set(contract.TABELLEN) - {"uitkering", "melding"}:
        assert table(uitslag, naam)["inburgeraar_id"].to_list() == verwacht
    assert uitslag.manifest.tabellen["uitkering"].afgekeurd == {INBURGERAAR_BEKEND: 1}
    bewaard = [pad for pad in (tmp_path / "s").rglob("*") if pad.is_file()]
    assert not any(nummer in pad.read_bytes() for pad in bewaard for nummer in (BSN.encode(), b"111222333", b"g" * 32))


@pytest.mark.parametrize("gemaakt", ["s", "publicaties"])
def test_another_secret_is_refused_where_something_was_made_with_the_one_before(tmp_path, monkeypatch, gemaakt):
    monkeypatch.setattr(store, "PUBLICATIES", tmp_path / "publicaties")
    root, sleutel = tmp_path / gemaakt, pseudonym.fingerprint(b"g" * 32)
    with store.exclusive(root), store.under_construction(root) as map_:
        store.publish(map_, Manifest(peildatum=EERDER, herkomst="levering", sleutel=sleutel), root)
    with_numbers()(levering := write_csv_delivery(tmp_path / "levering", MET_SLEUTEL))
    monkeypatch.setenv(pseudonym.OMGEVING, "h" * 32)
    voor = contents_of(root)
    for opnemen in (steps.take_in, steps.check):
        with pytest.raises(steps.RefusedError, match=r"WI_SLEUTEL is een andere dan .* 2022-11-30") as fout:
            opnemen(levering, PEILDATUM, tmp_path / "s", toch=True)
        assert "h" * 8 not in str(fout.value) and sleutel not in str(fout.value)
    assert contents_of(root) == voor


# --- refused, in the steward's own words


def with_partner(map_: Path) -> None:
    with_numbers()(map_)
    kop, rij = (map_ / "pip.csv").read_text(encoding="utf-8").splitlines()
    (map_ / "pip.csv").write_text(f"{kop};opmerking\n{rij};partner 111222333\n", encoding="utf-8")


def renamed(map_: Path) -> None:
    (map_ / "levering.toml").unlink()
    (map_ / "pip.csv").rename(map_ / "plannen.csv")


with_pip = partial(with_file, "pip.csv")
ONLEESBAAR = f"pip.csv, kolom dagtekening_pip, regel 2: {SAYS['nothing_of_type'][8:].format(soort='datum')}"
DATUMS = "datum_kennisgeving, datum_inschrijving_brp, datum_huisvesting, datum_uitstroom"
WAAROM = "aan de datums is niet te zien of eerst de dag staat of eerst de maand"
ONDUIDELIJK = refusal("order_unclear", naam="inburgeraar.csv", meervoud="men", kolommen=DATUMS, waarom=WAAROM)
ONVOLLEDIG = "De levering is niet volledig. Deze bestanden ontbreken: pip.csv."
VREEMD = f"Dit hoort niet bij de levering: plannen.csv. Haal het uit de map.\n{SAYS['name_them']}"
AFGEROND = f"inburgeraar.csv, kolom BSN (inburgeraar_id), regel 2: {SAYS['rounded'][8:]}"
# What levering.toml says, what is done to the files, and what the refusal says.
GEWEIGERD = [
    (None, with_pip(csv_of("pip", *({"dagtekening_pip": f"{dag} april"} for dag in range(5)))), ONLEESBAAR),
    ("", str, ONDUIDELIJK),
    *((None, with_pip(inhoud), "pip.csv: het bestand is leeg.") for inhoud in ("", "\n\n", "\ufeff")),
    (PLANNEN, as_sheet(), "pip.xlsx (blad Plannen): het werkblad is leeg."),
    (None, renamed, f"{ONVOLLEDIG}\n{VREEMD}"),
    (MET_SLEUTEL, with_partner, f"pip.csv, kolom opmerking, regel 2: hier staat een BSN. {search.GEWEIGERD}"),
    (MET_SLEUTEL, with_numbers(inburgeraar="1,23457E+08"), AFGEROND),
]


@pytest.mark.parametrize(("toml", "change", "melding"), GEWEIGERD)
def test_refusal_tells_the_steward_what_to_do(take_in, toml, change, melding):
    with pytest.raises(steps.RefusedError) as fout:
        take_in(toml, change)
    assert str(fout.value) == str(melding)


# --- the example, and only looking


def test_example_has_every_kind_of_file_and_gives_exactly_the_tables_of_the_demo(tmp_path):
    example.schrijf(example_folder := tmp_path / "voorbeeld")
    assert {pad.suffix for pad in example_folder.iterdir()} == {".csv", ".tsv", ".xlsx", ".toml", ".json"}
    assert "Cliëntkenmerk" in (example_folder / "clienten.csv").read_text(encoding="cp1252")
    assert (example_folder / "begeleiding.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    uitslag = conftest.take_in(example_folder, municipality.PEILDATUM, tmp_path / "s")
    assert (uitslag.code, uitslag.manifest.herkomst) == (0, "demo")
    demomap = municipality.maak(tmp_path / "demo")
    for naam in contract.TABELLEN:
        gemaakt = pl.read_parquet(demomap / f"{naam}.parquet")
        assert table(uitslag, naam).equals(gemaakt.cast(table(uitslag, naam).schema)), naam


def test_example_never_overwrites_a_folder_that_is_in_use(tmp_path, capsys):
    (tmp_path / "eigen.txt").write_text("x", encoding="utf-8")
    assert intake.main(["--voorbeeld", str(tmp_path)]) == 2
    assert "bestaat al en is niet leeg" in capsys.readouterr().err
    assert [pad.name for pad in tmp_path.rglob("*")] == ["eigen.txt"]


@pytest.mark.parametrize("geduld", [1_000_000, -1])
def test_progress_is_shown_for_long_work_only(tmp_path, capsys, monkeypatch, geduld):
    monkeypatch.setattr(steps, "GEDULD", geduld)
    conftest.take_in(write_csv_delivery(tmp_path / "levering"), PEILDATUM, tmp_path / "s", voortgang=True)
    getoond = capsys.readouterr().err
    # Eight files are searched, eight tables judged and eight written, and then there is the publication.
    stappen = ("van 25, pip.csv: zoeken naar BSN's", "stap 24 van 25, publiceren")
    assert all(stap in getoond for stap in stappen) if geduld < 0 else getoond == ""
