"""Reading a file: delimiter, encoding, header, line numbers, types of cells, and what is no row of data."""

import datetime as dt

import polars as pl
import pytest

from data.delivery.reading import open_source
from data.delivery.source import Opmaak, Overgeslagen
from data.delivery.xlsx_file import KRIMP_VANAF
from data.errors import RefusedError
from tests.data.text_delivery import bend_xlsx, write_xlsx

NAMEN = ("a", "b")


def opened(pad, inhoud=None, **opmaak):
    if inhoud is not None:
        pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
    return open_source(pad, Opmaak(**opmaak), NAMEN)


def rows(bron) -> list[tuple]:
    return list(zip(bron.regels, *(bron.read(naam) for naam in bron.soorten), strict=True))


CSV = {
    **{
        f"{codering}, {teken!r}": (f"a{teken}b\në{anders}€{teken}2\n".encode(codering), [(2, f"ë{anders}€", "2")])
        for codering in ("utf-8", "utf-8-sig", "cp1252", "utf-16")
        for teken, anders in zip(";,\t|", ",;,,", strict=True)
    },
    **{repr(einde): (f"a;b{einde}1;2{einde}3;4", [(2, "1", "2"), (3, "3", "4")]) for einde in ("\n", "\r\n", "\r")},
    "line break in a quoted value": ('a;b\n"een\ntwee";1\n"x;""y""";2\n', [(2, "een\ntwee", "1"), (4, 'x;"y"', "2")]),
    "digits stay": ("a;b\n0392;12345678901234567890123\n", [(2, "0392", "12345678901234567890123")]),
    "spaces around a value go": ("a;b\n ; \xa00\xa0\n", [(2, None, "0")]),
    "delimiter behind every line": ("a;b;\n1;2;\n", [(2, "1", "2")]),
    "header below a title": ("Export van 1 mei\n\na;b\n1;2\n", [(4, "1", "2")]),
    "total in the midst": ("a;b\n1;2\n\n;\nTotaal;7\n3;4\n", [(2, "1", "2"), (5, "Totaal", "7"), (6, "3", "4")]),
}  # fmt: skip


@pytest.mark.parametrize(("inhoud", "rijen"), CSV.values(), ids=CSV)
def test_rows_of_a_csv_have_their_line_and_what_stands_in_it(tmp_path, inhoud, rijen):
    bron = opened(tmp_path / "t.csv", inhoud)
    assert (rows(bron), list(bron.soorten), bron.gebrek.any()) == (rijen, ["a", "b"], False)


def test_what_is_no_row_is_named_and_kept_for_the_guard(tmp_path):
    bron = opened(tmp_path / "t.csv", "Export\n\na;b\n1;2\n\n;\n3;4\n\nTotaal;2\n")
    assert bron.overgeslagen == [Overgeslagen(5, 6), Overgeslagen(8, 8), Overgeslagen(9, 9, totaal=True)]
    assert bron.losse_tekst == [(1, "Export"), (9, "Totaal"), (9, "2")]


def test_row_with_another_number_of_fields_is_kept_with_its_flaw_and_a_header_line_that_was_set_is_used(tmp_path):
    bron = opened(tmp_path / "t.csv", "a;b\na;b\n1;2\n1\n1;2;3\n", kopregel=2)
    assert (bron.regels.to_list(), bron.gebrek.to_list()) == ([3, 4, 5], [False, True, True])


@pytest.mark.parametrize(
    ("inhoud", "opmaak", "woorden"),
    [
        (b"a;b\nx;y\n\x81;y\n", {}, r"t\.csv, regel 3: .*codering"),
        # An encoding that was set, or that a mark tells, is not guessed around.
        ("a;b\në;1\n".encode("cp1252"), {"codering": "utf-8"}, "regel 2: .*de codering utf-8 passen"),
        (b"\xef\xbb\xbf" + "a;b\në;1\n".encode("cp1252"), {}, "regel 2: .*de codering utf-8 passen"),
        ("a;b\n1;2\n", {"kopregel": 9}, "op regel 9 staat geen kopregel"),
        ('a;b\n1;2\n"3;4\n5;6\n', {"scheidingsteken": ";"}, r"t\.csv, regel 3: .*aanhalingsteken"),
        *((begin + b"a;b\n1;2\n", {}, "geen CSV") for begin in (b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0")),
    ],
)
def test_csv_that_cannot_be_read_is_told_by_line(tmp_path, inhoud, opmaak, woorden):
    with pytest.raises(RefusedError, match=woorden):
        opened(tmp_path / "t.csv", inhoud, **opmaak)


def test_cells_of_a_workbook_become_text_without_loss(tmp_path):
    waarden = {
        "0392": "0392",
        392: "392",
        3.5: "3.5",
        True: "true",
        dt.date(2022, 6, 1): "2022-06-01",
        dt.datetime(2022, 6, 1, 12): "2022-06-01T12:00:00",
        12345678901234567890: "1.234568E+19",
        "#N/A": "#N/A",
    }
    rijen = [["a", "b"], *([waarde, "x"] for waarde in (*waarden, 393))]
    write_xlsx(tmp_path / "t.xlsx", lambda boek: setattr(boek["Sheet"]["A10"], "number_format", "0000"), Sheet=rijen)
    bron = opened(tmp_path / "t.xlsx")
    assert bron.read("a").to_list() == [*waarden.values(), "0393"]
    assert bron.naam == "t.xlsx (blad Sheet)"


def test_row_numbers_of_a_sheet_count_empty_rows_and_the_title(tmp_path):
    blad = [["Titel"], [], ["a", "b"], [1, 2], [], [3, 4], ["Totaal", 2], []]
    write_xlsx(tmp_path / "t.xlsx", Een=[["x"]], Twee=blad)
    bron = opened(tmp_path / "t.xlsx", blad="twee")
    assert rows(bron) == [(4, "1", "2"), (6, "3", "4")]
    assert bron.overgeslagen == [Overgeslagen(5, 5), Overgeslagen(7, 7, totaal=True)]
    with pytest.raises(RefusedError, match=r"geen werkblad Drie\. Wel: Een, Twee"):
        opened(tmp_path / "t.xlsx", blad="Drie")


def bent(pad, change, lid="worksheets/sheet1.xml"):
    """A workbook of two rows, with one member of the zip changed."""
    write_xlsx(pad, B=[["a", "b"], [1, 2], [3, 4]])
    bend_xlsx(pad, lid, change)
    return pad


def with_cell(rij: str, plek: str):
    cel = f'<row r="{rij}"><c r="{plek}{rij}" t="n"><v>1</v></c></row></sheetData>'.encode()
    return lambda xml: xml.replace(b"</sheetData>", cel)


def test_dimensions_that_the_writer_got_wrong_lose_no_rows_and_a_stray_cell_costs_no_memory(tmp_path):
    pad = bent(tmp_path / "t.xlsx", lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert rows(opened(pad)) == [(2, "1", "2"), (3, "3", "4")]
    assert opened(bent(tmp_path / "t.xlsx", with_cell("5000", "XFD"))).gebrek.to_list() == [False, False, True]


BOM = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("change", "lid", "woorden"),
    [
        (with_cell("99999999", "A"), "worksheets/sheet1.xml", "groter dan een werkblad"),
        (lambda xml: xml + b" " * (KRIMP_VANAF + 1), "worksheets/sheet1.xml", "na uitpakken te groot"),
        (lambda xml: BOM + xml.split(b"?>", 1)[-1], "workbook.xml", "geen leesbaar XLSX"),
    ],
    ids=["row beyond the grid", "zip bomb", "XML that unfolds itself"],
)
def test_workbook_that_does_harm_is_refused(tmp_path, change, lid, woorden):
    with pytest.raises(RefusedError, match=woorden):
        opened(bent(tmp_path / "t.xlsx", change, lid))


@pytest.mark.parametrize(
    ("deel", "woorden"),
    [(1, "regel 2: hier staat een formule zonder uit"), *((deel, "geen leesbaar XLSX") for deel in (0, 0.5, 0.99))],
)
def test_formula_without_a_result_and_a_truncated_workbook_are_refused(tmp_path, deel, woorden):
    write_xlsx(tmp_path / "t.xlsx", B=[["a", "b"], ["=1+1", 2]])
    inhoud = (tmp_path / "t.xlsx").read_bytes()
    with pytest.raises(RefusedError, match=rf"t\.xlsx.*{woorden}"):
        opened(tmp_path / "t.xlsx", inhoud[: int(len(inhoud) * deel)])


def test_parquet_keeps_its_types_and_counts_rows_from_1(tmp_path):
    pl.DataFrame({"a": [1], "b": [dt.date(2022, 6, 1)]}).write_parquet(tmp_path / "t.parquet")
    bron = opened(tmp_path / "t.parquet")
    assert (rows(bron), bron.is_text) == ([(1, 1, dt.date(2022, 6, 1))], False)
