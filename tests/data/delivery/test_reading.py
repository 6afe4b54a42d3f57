"""Reading a file: delimiter, encoding, header, line numbers, types of cells, and what is no row of data."""

import datetime as dt
import zipfile

import openpyxl
import polars as pl
import pytest

from data.delivery.reading import open_source
from data.delivery.source import Opmaak, Overgeslagen
from data.delivery.xlsx_file import KRIMP_VANAF
from data.errors import RefusedError
from tests.data.text_delivery import write_xlsx

NAMEN = ("a", "b")


def source_of(tmp_path, inhoud, opmaak=None, naam="t.csv", verwacht=NAMEN):
    pad = tmp_path / naam
    pad.write_bytes(inhoud if isinstance(inhoud, bytes) else inhoud.encode())
    return open_source(pad, opmaak or Opmaak(), verwacht)


def rows(bron) -> list[tuple]:
    return list(zip(bron.regels, *(bron.read(naam) for naam in bron.soorten), strict=True))


@pytest.mark.parametrize("teken", [";", ",", "\t", "|"])
def test_delimiter_is_found_even_when_another_one_stands_in_the_values(tmp_path, teken):
    anders = "," if teken != "," else ";"
    bron = source_of(tmp_path, f"a{teken}b\nx{anders}y{anders}z{teken}2\n")
    assert rows(bron) == [(2, f"x{anders}y{anders}z", "2")]


@pytest.mark.parametrize("codering", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encoding_is_found(tmp_path, codering):
    assert rows(source_of(tmp_path, "a;b\nbeëindigd;€ 5\n".encode(codering))) == [(2, "beëindigd", "€ 5")]


def test_a_byte_that_no_encoding_has_is_told_by_line(tmp_path):
    with pytest.raises(RefusedError, match=r"t\.csv, regel 3: .*codering"):
        source_of(tmp_path, b"a;b\nx;y\n\x81;y\n")


def test_encoding_that_was_set_is_not_guessed_around(tmp_path):
    with pytest.raises(RefusedError, match="regel 2"):
        source_of(tmp_path, "a;b\në;1\n".encode("cp1252"), Opmaak(codering="utf-8"))


def test_line_numbers_are_physical_after_line_breaks_in_a_quoted_value(tmp_path):
    bron = source_of(tmp_path, 'a;b\n"een\ntwee\ndrie";1\n"x;""y""";2\n')
    assert rows(bron) == [(2, "een\ntwee\ndrie", "1"), (5, 'x;"y"', "2")]


@pytest.mark.parametrize("einde", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count_as_one_line(tmp_path, einde):
    assert rows(source_of(tmp_path, einde.join(["a;b", "1;2", "3;4"]))) == [(2, "1", "2"), (3, "3", "4")]


def test_values_keep_their_digits_and_lose_only_spaces_around_them(tmp_path):
    bron = source_of(tmp_path, "a;b\n 0392 ;12345678901234567890123\n ; \xa00\xa0\n")
    assert rows(bron) == [(2, "0392", "12345678901234567890123"), (3, None, "0")]


def test_empty_lines_and_a_total_are_named_and_a_total_in_the_midst_stays_a_row(tmp_path):
    bron = source_of(tmp_path, "a;b\n1;2\n\n;\nTotaal;7\n3;4\n\nTotaal;2\n")
    assert rows(bron) == [(2, "1", "2"), (5, "Totaal", "7"), (6, "3", "4")]
    assert bron.overgeslagen == [
        Overgeslagen("lege regel", 3, 4),
        Overgeslagen("lege regel", 7, 7),
        Overgeslagen("totaalregel", 8, 8),
    ]


@pytest.mark.parametrize("regel", ["1", "1;2;3"])
def test_row_with_another_number_of_fields_is_kept_with_its_flaw(tmp_path, regel):
    bron = source_of(tmp_path, f"a;b\n1;2\n{regel}\n")
    assert bron.gebrek.to_list() == [False, True]
    assert len(rows(bron)) == 2


def test_delimiter_behind_every_line_is_no_extra_field(tmp_path):
    bron = source_of(tmp_path, "a;b;\n1;2;\n")
    assert (rows(bron), bron.gebrek.any(), list(bron.soorten)) == ([(2, "1", "2")], False, ["a", "b"])


def test_header_below_a_title_is_found_and_the_title_is_kept_for_the_guard(tmp_path):
    bron = source_of(tmp_path, "Export van 1 mei\n\nb;a\n1;2\n")
    assert (bron.kopregel, rows(bron), bron.losse_tekst) == (3, [(4, "1", "2")], [(1, "Export van 1 mei")])


def test_header_line_that_was_set_is_used(tmp_path):
    bron = source_of(tmp_path, "a;b\na;b\n1;2\n", Opmaak(kopregel=2))
    assert (bron.kopregel, rows(bron)) == (2, [(3, "1", "2")])
    with pytest.raises(RefusedError, match="op regel 9 staat geen kopregel"):
        source_of(tmp_path, "a;b\n1;2\n", Opmaak(kopregel=9))


def test_quote_that_is_never_closed_is_told_by_line(tmp_path):
    with pytest.raises(RefusedError, match=r"t\.csv, regel 3: .*aanhalingsteken"):
        source_of(tmp_path, 'a;b\n1;2\n"3;4\n5;6\n', Opmaak(scheidingsteken=";"))


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"])
def test_file_that_is_called_csv_and_is_not_is_told(tmp_path, begin):
    with pytest.raises(RefusedError, match="geen CSV"):
        source_of(tmp_path, begin + b"a;b\n1;2\n")


def test_cells_of_a_workbook_become_text_without_loss(tmp_path):
    pad = tmp_path / "t.xlsx"
    boek = openpyxl.Workbook()
    blad = boek.active
    blad.append(["a", "b"])
    waarden = [
        ("0392", "0392"),
        (392, "392"),
        (3.5, "3.5"),
        (True, "true"),
        (dt.date(2022, 6, 1), "2022-06-01"),
        (dt.datetime(2022, 6, 1, 12), "2022-06-01T12:00:00"),
        (12345678901234567890, "1.234568E+19"),
        ("#N/A", "#N/A"),
    ]
    for waarde, _ in waarden:
        blad.append([waarde, "x"])
    blad.append([392, "opgemaakt als 0000"])
    blad.cell(blad.max_row, 1).number_format = "0000"
    boek.save(pad)
    bron = open_source(pad, Opmaak(), NAMEN)
    assert bron.read("a").to_list() == [*(tekst for _, tekst in waarden), "0392"]
    assert bron.naam == "t.xlsx (blad Sheet)"


def test_row_numbers_of_a_sheet_count_empty_rows_and_the_title(tmp_path):
    write_xlsx(
        tmp_path / "t.xlsx", Een=[["x"]], Twee=[["Titel"], [], ["a", "b"], [1, 2], [], [3, 4], ["Totaal", 2], []]
    )
    bron = open_source(tmp_path / "t.xlsx", Opmaak(blad="twee"), NAMEN)
    assert rows(bron) == [(4, "1", "2"), (6, "3", "4")]
    assert bron.overgeslagen == [Overgeslagen("lege regel", 5, 5), Overgeslagen("totaalregel", 7, 7)]
    with pytest.raises(RefusedError, match=r"geen werkblad Drie\. Wel: Een, Twee"):
        open_source(tmp_path / "t.xlsx", Opmaak(blad="Drie"), NAMEN)


def rewrite(pad, lid, change):
    """Replace one member of a zip."""
    with zipfile.ZipFile(pad) as oud:
        leden = {naam: oud.read(naam) for naam in oud.namelist()}
    leden[lid] = change(leden[lid])
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for naam, inhoud in leden.items():
            nieuw.writestr(naam, inhoud)


def test_dimensions_that_the_writer_got_wrong_lose_no_rows(tmp_path):
    pad = tmp_path / "t.xlsx"
    write_xlsx(pad, B=[["a", "b"], [1, 2], [3, 4]])
    rewrite(pad, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert rows(open_source(pad, Opmaak(), NAMEN)) == [(2, "1", "2"), (3, "3", "4")]


def test_stray_cell_in_the_last_corner_of_a_sheet_is_read_in_bounded_memory(tmp_path):
    pad = tmp_path / "t.xlsx"
    write_xlsx(pad, B=[["a", "b"], [1, 2]])
    cel = b'<row r="5000"><c r="XFD5000" t="n"><v>1</v></c></row></sheetData>'
    rewrite(pad, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", cel))
    bron = open_source(pad, Opmaak(), NAMEN)
    assert bron.gebrek.to_list() == [False, True]


def test_row_beyond_the_grid_of_a_sheet_is_refused(tmp_path):
    pad = tmp_path / "t.xlsx"
    write_xlsx(pad, B=[["a", "b"], [1, 2]])
    rij = b'<row r="99999999"><c r="A99999999" t="n"><v>1</v></c></row></sheetData>'
    rewrite(pad, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", rij))
    with pytest.raises(RefusedError, match="groter dan een werkblad"):
        open_source(pad, Opmaak(), NAMEN)


def test_formula_without_a_result_is_told_by_row(tmp_path):
    write_xlsx(tmp_path / "t.xlsx", B=[["a", "b"], ["=1+1", 2]])
    with pytest.raises(RefusedError, match="regel 2: hier staat een formule zonder uitkomst"):
        open_source(tmp_path / "t.xlsx", Opmaak(), NAMEN)


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    pad = tmp_path / "t.xlsx"
    write_xlsx(pad, B=[["a", "b"], [1, 2]])
    rewrite(pad, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (KRIMP_VANAF + 1))
    with pytest.raises(RefusedError, match="na uitpakken te groot"):
        open_source(pad, Opmaak(), NAMEN)


def test_xml_that_unfolds_itself_is_refused(tmp_path):
    pad = tmp_path / "t.xlsx"
    write_xlsx(pad, B=[["a", "b"], [1, 2]])
    bom = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    rewrite(pad, "xl/workbook.xml", lambda xml: bom + xml.split(b"?>", 1)[-1])
    with pytest.raises(RefusedError, match="geen leesbaar XLSX"):
        open_source(pad, Opmaak(), NAMEN)


@pytest.mark.parametrize("deel", [0, 10, 0.5, -30])
def test_truncated_workbook_is_refused(tmp_path, deel):
    write_xlsx(tmp_path / "goed.xlsx", B=[["a", "b"], [1, 2]])
    inhoud = (tmp_path / "goed.xlsx").read_bytes()
    stuk = inhoud[: int(len(inhoud) * deel) if isinstance(deel, float) else deel]
    with pytest.raises(RefusedError, match=r"t\.xlsx is geen leesbaar XLSX"):
        source_of(tmp_path, stuk, naam="t.xlsx")


def test_parquet_keeps_its_types_and_counts_rows_from_1(tmp_path):
    pl.DataFrame({"a": [1], "b": [dt.date(2022, 6, 1)]}).write_parquet(tmp_path / "t.parquet")
    bron = open_source(tmp_path / "t.parquet", Opmaak(), NAMEN)
    assert rows(bron) == [(1, 1, dt.date(2022, 6, 1))]
    assert not bron.is_text
