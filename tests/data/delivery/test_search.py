"""The guard over everything in the folder: a find refuses, told by file, column and line, and never by its value."""

import contextlib
import time
import zipfile
from functools import partial
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
from tests.data.conftest import GELDIG, PEILDATUM, contents_of, table, take_in
from tests.data.text_delivery import bend_xlsx, csv_of, with_file, with_workbook, write_csv_delivery, write_xlsx

BSN = "123456782"
PIP = [list(GELDIG["pip"]), list(GELDIG["pip"].values())]
KOP = ";".join(GELDIG["pip"])
RIJ = csv_of("pip", {}).splitlines()[1]


def with_column(naam: str, waarde: str):
    return with_file("pip.csv", f"{KOP};{naam}\n{RIJ};{waarde}\n")


with_plans = partial(with_workbook, Plannen=PIP)
# Where in a workbook a BSN may stand beside the cells.
BESIDE_CELLS = [
    lambda boek: setattr(boek["Plannen"]["A1"], "comment", Comment(f"zie {BSN}", "x")),
    lambda boek: setattr(boek["Plannen"]["A1"], "hyperlink", f"https://voorbeeld.nl/{BSN}"),
    lambda boek: setattr(boek["Plannen"].oddHeader.center, "text", f"Dossier {BSN}"),
    lambda boek: setattr(boek.properties, "title", f"dossier {BSN}"),
]


def hidden(boek: openpyxl.Workbook) -> None:
    boek["Oud"].sheet_state = "veryHidden"


def with_a_link(map_: Path) -> None:
    """A link to nowhere and another file."""
    with_file("x.txt", "")(map_)
    (map_ / "weg.csv").symlink_to("/bestaat/niet")


def member(map_: Path) -> None:
    with_plans()(map_)
    with zipfile.ZipFile(map_ / "pip.xlsx", "a") as boek:
        boek.writestr(f"xl/media/{BSN}.png", "")


def nameless(map_: Path) -> None:
    """A parquet file with a column whose name is empty."""
    (map_ / "pip.csv").unlink()
    table("pip", {}).with_columns(pl.lit(BSN).alias("")).write_parquet(map_ / "pip.parquet")


def formula(map_: Path) -> None:
    """A formula with a BSN in it and a result without."""
    with_plans(Hulp=[["a", "b"], ["x", 1]])(map_)
    cel = f'<c r="C2" t="n"><f>IF(B2="{BSN}",1,0)</f><v>0</v></c></row></sheetData>'.encode()
    bend_xlsx(map_ / "pip.xlsx", "worksheets/sheet2.xml", lambda xml: xml.replace(b"</row></sheetData>", cel))


HIER, IN_BESTAND = "hier staat een BSN", "in dit bestand staat een BSN"
DEMO = f'{{"peildatum": "2022-12-31", "herkomst": "demo", "titel": "{BSN}"}}'
NUMMERS = (BSN, "2801234567")
MELDING = {nummer: with_file("melding.csv", csv_of("melding", {"melding_id": nummer})) for nummer in NUMMERS}
VREEMD = ["pip.txt", "oud.csv", "leeg.parquet", "scan.pdf", "oud/pip.csv", "manifest.json"]
# What is done to a delivery in CSV, and what the refusal says.
GEVALLEN = [
    (with_column("opmerking", f"zie {BSN}"), f"pip.csv, kolom opmerking, regel 2: {HIER}"),
    (MELDING[BSN], f"melding.csv, kolom melding_id, regel 2: {HIER}"),
    (nameless, f"pip.parquet, kolom , regel 1: {HIER}"),
    (with_column(BSN, "x"), "pip.csv, regel 1: de naam van kolom 7 bevat een BSN"),
    # More fields than columns, a total and a title.
    (with_file("pip.csv", f"{KOP}\n{RIJ};x;{BSN}\n"), f"pip.csv, regel 2: {HIER}"),
    (with_file("pip.csv", f"{KOP}\n{RIJ}\nTotaal;{BSN};;;;\n"), f"pip.csv, regel 3: {HIER}"),
    (with_file("pip.csv", f"Klant {BSN}\n{KOP}\n{RIJ}\n"), f"pip.csv, regel 1: {HIER}"),
    # Sheets that are not used, and one that is hidden.
    (with_plans(Oud=[["a"], [f"x {BSN}"]]), f"pip.xlsx (blad Oud), kolom a, regel 2: {HIER}"),
    (with_plans(hidden, Oud=[["nr"], [int(BSN)]]), f"pip.xlsx (blad Oud), kolom nr, regel 2: {HIER}"),
    (with_plans(**{BSN: [["a"]]}), "pip.xlsx: de naam van een werkblad bevat een BSN"),
    *((with_plans(change), f"pip.xlsx: {IN_BESTAND}") for change in BESIDE_CELLS),
    (member, f"pip.xlsx: {IN_BESTAND}"),
    (formula, f"pip.xlsx (blad Hulp), regel 2: {HIER}"),
    (with_file("Thumbs.db", BSN.encode("utf-16-le")), f"Thumbs.db: {IN_BESTAND}"),
    (with_file("manifest.json", DEMO), f"manifest.json: {IN_BESTAND}"),
    (with_file(f"dossier {BSN}.txt", "x"), "De naam van een bestand in de levering bevat een BSN"),
    (with_file("levering.toml", f'datumvolgorde = "dmj"\n# {BSN}\n'), f"levering.toml, regel 2: {HIER}"),
    (with_column("Achternaam", "Jansen"), "pip.csv, regel 1, kolom Achternaam: dit lijkt een naam"),
    (with_column("x", "0612345678"), "pip.csv, kolom x, regel 2: dit lijkt een telefoonnummer"),
    (MELDING["2801234567"], "regel 2: dit lijkt een V-nummer. Dat hoort niet in deze kolom"),
    (with_column("Postcode;Huisnummer", "2011AB;12"), "kolom Huisnummer: dit is met de postcode een adres"),
    (with_file("a.jansen@voorbeeld.nl.csv", ""), "niet bij de levering: een bestand (naam weggelaten). Haal het uit"),
    *((with_file(naam, ""), f"Dit hoort niet bij de levering: {naam}. Haal het uit de map.") for naam in VREEMD),
    (with_a_link, "Dit horen niet bij de levering: weg.csv, x.txt. Haal ze uit de map."),
]


@pytest.mark.parametrize(("change", "woorden"), GEVALLEN)
def test_a_find_refuses_and_nothing_of_it_is_kept_or_told(tmp_path, change, woorden):
    change(map_ := write_csv_delivery(tmp_path / "levering"))
    with pytest.raises(steps.RefusedError) as fout:
        take_in(map_, PEILDATUM, tmp_path / "s")
    assert woorden in str(fout.value)
    assert not any(waarde in str(fout.value) for waarde in (*NUMMERS, "0612345678", "jansen@"))
    assert contents_of(tmp_path / "s") == {}


def test_what_only_looks_like_it_and_room_beside_a_table_do_no_harm(tmp_path):
    # Dates of the first days of a month are no telephone numbers.
    datums = csv_of("uitkering", *({"datum_start": f"01-{maand:02}-2022"} for maand in range(1, 10)))
    map_ = write_csv_delivery(tmp_path / "levering", uitkering=datums)
    with_file(".DS_Store", b"\0\0\0\1Bud1" + b"\0" * 99)(map_)
    with_file("~$pip.xlsx", b"\6Jansen" + b"\0" * 99)(map_)
    (map_ / "pip.csv").unlink()
    write_xlsx(map_ / "pip.xlsx", Plannen=[[], [None, *PIP[0], None, "los"], [None, *PIP[1]]])
    uitslag = take_in(map_, PEILDATUM, tmp_path / "s")
    pip = uitslag.manifest.tabellen["pip"]
    assert (uitslag.code, pip.rijen, pip.extra_kolommen) == (0, 1, ["los"])


# --- long and harmless


def searched(pad: Path, inhoud: str) -> None:
    pad.write_text(inhoud, encoding="utf-8")
    search.refuse_in_table(open_source(pad, Opmaak(), ("a", "b")))


@pytest.mark.parametrize("tekst", ["{}\na;b\n1;2\n", "a;{}\n1;2\n", "a;b\n1;2\n3;{}\n"])
def test_long_text_is_searched_in_no_time(tmp_path, tekst):
    tekst = tekst.format("x" * 100_000)
    begin = time.process_time()
    with contextlib.suppress(RefusedError):
        searched(tmp_path / "pip.csv", tekst)
    assert search.in_free_text(tekst) is None
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(("tekst", "plek"), [("{}\na;b\n1;2\n", "regel 1"), ("a;b\n1;2\n3;{}\n", "kolom b, regel 3")])
def test_cell_that_is_too_long_is_refused_by_its_place(tmp_path, tekst, plek):
    searched(tmp_path / "pip.csv", tekst.format("x" * MAX_CEL))
    with pytest.raises(RefusedError, match=rf"pip\.csv, {plek}: deze cel heeft meer dan 32\.767 tekens"):
        searched(tmp_path / "pip.csv", tekst.format("x" * (MAX_CEL + 1)))


@pytest.mark.parametrize("lid", ["a.vml", "b.html", "c.rels"])
@pytest.mark.parametrize("stuk", ["<", "<p ", "<sheetData ", 'Target="', "</p"])
def test_xml_that_never_closes_is_searched_in_no_time(lid, stuk):
    begin = time.process_time()
    list(search._texts(stuk.encode() * 100_000, lid))
    search._beside_cells(stuk.encode() * 100_000)
    # Also when tags cut it up, and nothing but a tag parts it from its neighbour.
    for tekst in (f"<p>{stuk * 9} {BSN}", f"<p>klant</p><p><r>{BSN[:4]}</r><r>{BSN[4:]}</r></p>"):
        assert any(search.in_free_text(deel) for deel in search._texts(tekst.encode(), lid))
    assert time.process_time() - begin < 2
