"""The guard over everything in the folder: a find refuses, told by file, column and line, and never by its value."""

import contextlib
import io
import time
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from openpyxl.comments import Comment

from data.delivery.guard import search
from data.delivery.reading import open_source
from data.delivery.source import MAX_CEL, Opmaak
from data.errors import RefusedError
from data.intake import steps
from tests.data.conftest import GELDIG, PEILDATUM, contents_of, take_in
from tests.data.text_delivery import csv_of, write_csv_delivery, write_xlsx

BSN = "123456782"
PIP = [list(GELDIG["pip"]), list(GELDIG["pip"].values())]
KOP = ";".join(GELDIG["pip"])
RIJ = csv_of("pip", {}).splitlines()[1]


def put(map_: Path, naam: str, inhoud: str | bytes) -> None:
    pad = map_ / naam
    pad.parent.mkdir(exist_ok=True)
    pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())


def with_column(naam: str, waarde: str) -> str:
    return f"{KOP};{naam}\n{RIJ};{waarde}\n"


def workbook(map_: Path, change=lambda boek: None, **bladen: list[list[object]]) -> None:
    """PIPs in a workbook, with more sheets if asked, then changed by `change`."""
    (map_ / "pip.csv").unlink()
    write_xlsx(map_ / "pip.xlsx", Plannen=PIP, **bladen)
    boek = openpyxl.load_workbook(map_ / "pip.xlsx")
    change(boek)
    boek.save(map_ / "pip.xlsx")


def hidden(boek: openpyxl.Workbook) -> None:
    boek["Oud"].sheet_state = "veryHidden"


def comment(boek: openpyxl.Workbook) -> None:
    boek["Plannen"]["A1"].comment = Comment(f"zie {BSN}", "x")


def title(boek: openpyxl.Workbook) -> None:
    boek.properties.title = f"dossier {BSN}"


def link(boek: openpyxl.Workbook) -> None:
    boek["Plannen"]["A1"].hyperlink = f"https://voorbeeld.nl/{BSN}"


def page_header(boek: openpyxl.Workbook) -> None:
    boek["Plannen"].oddHeader.center.text = f"Dossier {BSN}"


def formula(map_: Path) -> None:
    """A formula with a BSN in it and a result without."""
    workbook(map_, Hulp=[["a", "b"], ["x", 1]])
    with zipfile.ZipFile(map_ / "pip.xlsx") as oud:
        leden = {naam: oud.read(naam) for naam in oud.namelist()}
    blad = "xl/worksheets/sheet2.xml"
    cel = f'<c r="C2" t="n"><f>IF(B2="{BSN}",1,0)</f><v>0</v></c></row>'.encode()
    leden[blad] = leden[blad][::-1].replace(b"</row>"[::-1], cel[::-1], 1)[::-1]
    with zipfile.ZipFile(map_ / "pip.xlsx", "w") as nieuw:
        for naam, inhoud in leden.items():
            nieuw.writestr(naam, inhoud)


# What is done to a delivery in CSV, and what the refusal says.
GEVALLEN = {
    "column of a table": (
        lambda m: put(m, "pip.csv", with_column("opmerking", f"zie {BSN}")),
        "pip.csv, kolom opmerking, regel 2: hier staat een BSN",
    ),
    "column of the contract": (
        lambda m: put(m, "melding.csv", csv_of("melding", {"melding_id": f"m {BSN}"})),
        "melding.csv, kolom melding_id, regel 2: hier staat een BSN",
    ),
    "name of a column": (
        lambda m: put(m, "pip.csv", with_column(BSN, "x")),
        "pip.csv, regel 1: de naam van kolom 7 bevat een BSN",
    ),
    "more fields than columns": (
        lambda m: put(m, "pip.csv", f"{KOP}\n{RIJ};x;{BSN}\n"),
        "pip.csv, regel 2: hier staat een BSN",
    ),
    "total line": (
        lambda m: put(m, "pip.csv", f"{KOP}\n{RIJ}\nTotaal;{BSN};;;;\n"),
        "pip.csv, regel 3: hier staat een BSN",
    ),
    "title": (lambda m: put(m, "pip.csv", f"Klant {BSN}\n{KOP}\n{RIJ}\n"), "pip.csv, regel 1: hier staat een BSN"),
    "unused sheet": (
        lambda m: workbook(m, Oud=[["a"], [f"x {BSN}"]]),
        "pip.xlsx (blad Oud), kolom a, regel 2: hier staat een BSN",
    ),
    "number in an unused sheet": (
        lambda m: workbook(m, Oud=[["nr"], [int(BSN)]]),
        "pip.xlsx (blad Oud), kolom nr, regel 2: hier staat een BSN",
    ),
    "hidden sheet": (lambda m: workbook(m, hidden, Oud=[["a"], [BSN]]), "pip.xlsx (blad Oud), kolom a, regel 2"),
    "name of a sheet": (lambda m: workbook(m, **{BSN: [["a"]]}), "pip.xlsx: de naam van een werkblad bevat een BSN"),
    "comment": (lambda m: workbook(m, comment), "pip.xlsx: in dit bestand staat een BSN"),
    "title of a workbook": (lambda m: workbook(m, title), "pip.xlsx: in dit bestand staat een BSN"),
    "hyperlink": (lambda m: workbook(m, link), "pip.xlsx: in dit bestand staat een BSN"),
    "text above a printed page": (lambda m: workbook(m, page_header), "pip.xlsx: in dit bestand staat een BSN"),
    "formula": (formula, "pip.xlsx (blad Hulp), regel 2: hier staat een BSN"),
    "left by the system": (
        lambda m: put(m, "Thumbs.db", BSN.encode("utf-16-le")),
        "Thumbs.db: in dit bestand staat een BSN",
    ),
    "manifest of a demo": (
        lambda m: put(m, "manifest.json", f'{{"peildatum": "2022-12-31", "herkomst": "demo", "titel": "{BSN}"}}'),
        "manifest.json: in dit bestand staat een BSN",
    ),
    "name of a file": (
        lambda m: put(m, f"dossier {BSN}.txt", "x"),
        "De naam van een bestand in de levering bevat een BSN",
    ),
    "levering.toml": (
        lambda m: put(m, "levering.toml", f'datumvolgorde = "dmj"\n# {BSN}\n'),
        "levering.toml, regel 2: hier staat een BSN",
    ),
    "name by name": (
        lambda m: put(m, "pip.csv", with_column("Achternaam", "Jansen")),
        "pip.csv, regel 1, kolom Achternaam: dit lijkt een naam",
    ),
    "birth date by value": (
        lambda m: put(m, "pip.csv", with_column("gd", "12-05-1978")),
        "pip.csv, kolom gd, regel 2: dit lijkt een geboortedatum",
    ),
    "telephone by value": (
        lambda m: put(m, "pip.csv", with_column("x", "0612345678")),
        "pip.csv, kolom x, regel 2: dit lijkt een telefoonnummer",
    ),
    "V-nummer in a column of the contract": (
        lambda m: put(m, "melding.csv", csv_of("melding", {"melding_id": "2801234567"})),
        "regel 2: dit lijkt een V-nummer. Dat hoort niet in deze kolom",
    ),
    "address in one column": (
        lambda m: put(m, "pip.csv", with_column("x", "2011AB 12")),
        "pip.csv, kolom x, regel 2: dit lijkt een postcode met huisnummer",
    ),
    "address in two columns": (
        lambda m: put(m, "pip.csv", with_column("Postcode;Huisnummer", "2011AB;12")),
        "kolom Huisnummer: dit is met de postcode een adres",
    ),
}


@pytest.mark.parametrize("geval", GEVALLEN)
def test_a_find_refuses_and_nothing_of_it_is_kept_or_told(tmp_path, geval):
    change, woorden = GEVALLEN[geval]
    change(map_ := write_csv_delivery(tmp_path / "levering"))
    root = tmp_path / "s"
    root.mkdir()
    with pytest.raises(steps.RefusedError) as fout:
        take_in(map_, PEILDATUM, root)
    assert woorden in str(fout.value)
    assert not any(waarde in str(fout.value) for waarde in (BSN, "2801234567", "0612345678", "jansen@", "12-05-1978"))
    assert contents_of(root) == {}


@pytest.mark.parametrize(
    ("naam", "inhoud"), [(".DS_Store", b"\0\0\0\1Bud1" + b"\0" * 99), ("~$pip.xlsx", b"\6Jansen" + b"\0" * 99)]
)
def test_what_the_system_leaves_does_no_harm(tmp_path, naam, inhoud):
    map_ = write_csv_delivery(tmp_path / "levering")
    put(map_, naam, inhoud)
    uitslag = take_in(map_, PEILDATUM, tmp_path / "s")
    assert uitslag.code == 0
    assert naam not in {pad.name for pad in uitslag.map.rglob("*")}


@pytest.mark.parametrize("naam", ["leesmij.txt", "oud.csv", "leeg.parquet", "scan.pdf", "oud/pip.csv", "manifest.json"])
def test_file_that_is_no_part_of_the_delivery_refuses_it_by_name(tmp_path, naam):
    put(map_ := write_csv_delivery(tmp_path / "levering"), naam, "")
    with pytest.raises(steps.RefusedError) as fout:
        take_in(map_, PEILDATUM, tmp_path / "s")
    assert str(fout.value) == f"Dit hoort niet bij de levering: {naam}. Haal het uit de map."


def test_link_to_nowhere_and_name_that_holds_somebody_are_no_part_either(tmp_path):
    map_ = write_csv_delivery(tmp_path / "levering")
    (map_ / "weg.csv").symlink_to("/bestaat/niet")
    put(map_, "a.jansen@voorbeeld.nl.csv", "")
    with pytest.raises(steps.RefusedError) as fout:
        take_in(map_, PEILDATUM, tmp_path / "s")
    assert str(fout.value) == (
        "Dit horen niet bij de levering: een bestand (naam weggelaten), weg.csv. Haal ze uit de map."
    )


def test_dates_of_the_first_days_of_a_month_are_no_telephone_numbers(tmp_path):
    uitkeringen = csv_of("uitkering", *({"datum_start": f"01-{maand:02}-2022"} for maand in range(1, 10)))
    assert take_in(write_csv_delivery(tmp_path / "l", uitkering=uitkeringen), PEILDATUM, tmp_path / "s").code == 0


def test_room_beside_a_table_in_a_sheet_is_no_column(tmp_path):
    map_ = write_csv_delivery(tmp_path / "levering")
    (map_ / "pip.csv").unlink()
    write_xlsx(map_ / "pip.xlsx", Plannen=[[], *([None, *rij, None, "los"] for rij in PIP[:1]), [None, *PIP[1]]])
    manifest = take_in(map_, PEILDATUM, tmp_path / "s").manifest
    assert (manifest.tabellen["pip"].rijen, manifest.tabellen["pip"].extra_kolommen) == (1, ["los"])


# --- long and harmless

LANG = {
    "title": "x" * 100_000 + "\na;b\n1;2\n3;4\n",
    "column name": "a;" + "x" * 100_000 + "\n1;2\n",
    "cell": "a;b\n1;2\n3;" + "x" * 100_000 + "\n",
    "empty cells in the header": "a;b" + ";" * 200_000 + "\n1;2\n",
}


@pytest.mark.parametrize("tekst", LANG.values(), ids=LANG)
def test_long_text_is_searched_in_no_time(tmp_path, tekst):
    (tmp_path / "pip.csv").write_text(tekst, encoding="utf-8")
    begin = time.process_time()
    bron = open_source(tmp_path / "pip.csv", Opmaak(), ("a", "b"))
    with contextlib.suppress(RefusedError):
        search.refuse_in_table(bron)
    assert search.in_free_text(tekst) is None
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(("tekst", "plek"), [("{}\na;b\n1;2\n", "regel 1"), ("a;b\n1;2\n3;{}\n", "kolom b, regel 3")])
def test_cell_that_is_too_long_is_refused_by_its_place(tmp_path, tekst, plek):
    def zoek(tekens: int) -> None:
        (tmp_path / "pip.csv").write_text(tekst.format("x" * tekens), encoding="utf-8")
        search.refuse_in_table(open_source(tmp_path / "pip.csv", Opmaak(), ("a", "b")))

    zoek(MAX_CEL)
    with pytest.raises(RefusedError, match=rf"pip\.csv, {plek}: deze cel heeft meer dan 32\.767 tekens"):
        zoek(MAX_CEL + 1)


def test_cell_of_parquet_that_is_too_long_is_refused(tmp_path):
    pl.DataFrame({"a": ["x", "x" * (MAX_CEL + 1)]}).write_parquet(tmp_path / "pip.parquet")
    with pytest.raises(RefusedError, match=r"kolom a, regel 2: deze cel heeft meer dan 32\.767 tekens"):
        search.refuse_in_table(open_source(tmp_path / "pip.parquet", Opmaak(), ()))


@pytest.mark.parametrize("lid", ["a.vml", "b.html", "c.rels"])
@pytest.mark.parametrize("stuk", ["<", "<p ", "<sheetData ", 'Target="', "</p"])
def test_xml_that_never_closes_is_searched_in_no_time(lid, stuk):
    begin = time.process_time()
    search._search_member(stuk.encode() * 100_000, lid, "werkmap.xlsx", 1)
    search._beside_cells(io.BytesIO(stuk.encode() * 100_000))
    with pytest.raises(RefusedError, match="BSN"):
        search._search_member(f"<p>{stuk * 9} {BSN}".encode(), lid, "werkmap.xlsx", 1)
    assert time.process_time() - begin < 2
