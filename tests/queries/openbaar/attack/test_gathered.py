"""The hunt in what a deployment gave away: it finds records and exact counts that were planted in it."""

import io
import zipfile
from datetime import date

import openpyxl
import polars as pl
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.queries.openbaar.attack.gathered import Gathered, exact_in_tables, exact_in_texts, published_tables, records

COUNTS = (173, 40, 7, 24)
PSEUDONYM = "demo-0123456789abcdef"


def frame_message(frame: pl.DataFrame, spec: str = "{}") -> bytes:
    """A message as Streamlit sends it, with a chart and its Arrow table."""
    message = ForwardMsg()
    chart = message.delta.new_element.vega_lite_chart
    chart.spec = spec
    stream = io.BytesIO()
    frame.write_ipc_stream(stream)
    chart.datasets.add(name="d").data.data = stream.getvalue()
    return message.SerializeToString()


def html_message(body: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.html.body = body
    return message.SerializeToString()


def workbook(rows: list[list]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def gathered(kind: str, text: str) -> Gathered:
    """The text in one of the ways in which a deployment can give it away."""
    made = Gathered()
    if kind == "page":
        made.add_page("p", f"<p>{text}</p>")
    elif kind == "html over the websocket":
        made.add_frames("p", [html_message(f"<p title='{text}'>x</p>")])
    elif kind == "chart":
        made.add_frames("p", [frame_message(pl.DataFrame({"naam": [text]}))])
    elif kind == "specification":
        made.add_frames("p", [frame_message(pl.DataFrame({"a": [1]}), '{"description": "' + text + '"}')])
    elif kind == "csv":
        made.add_file("t.csv", f"naam;aantal\r\n{text};10\r\n".encode("utf-8-sig"))
    elif kind == "xlsx":
        made.add_file("t.xlsx", workbook([["naam", "aantal"], [text, 10]]))
    return made


KINDS = ("page", "html over the websocket", "chart", "specification", "csv", "xlsx")


@pytest.mark.parametrize("kind", KINDS)
def test_a_pseudonym_is_found_wherever_it_stands(kind):
    assert records(gathered(kind, f"van {PSEUDONYM} is"), [PSEUDONYM, "m-999999"])
    assert records(gathered(kind, "van niemand"), [PSEUDONYM]) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "chart"])
def test_an_exact_count_in_a_sentence_is_found(kind):
    assert exact_in_texts(gathered(kind, "Er zijn 173 personen in beeld."), COUNTS)
    assert exact_in_texts(gathered(kind, "Er wachten 7 personen."), COUNTS)
    assert exact_in_texts(gathered(kind, "Er zijn ongeveer 170 personen in beeld, en 40 wachten."), COUNTS) == []


@pytest.mark.parametrize(
    "sentence",
    ["Stand 24 november 2022", "24 maanden", "24%", "art. 24", "0,24", "24-12-2022", "versie 24", "7 weken", "2024"],
)
def test_what_is_no_count_is_left_alone(sentence):
    assert exact_in_texts(gathered("page", sentence), COUNTS) == []


def tables(frame: pl.DataFrame) -> Gathered:
    made = Gathered()
    made.add_frames("p", [frame_message(frame)])
    return made


def test_an_exact_count_in_a_chart_is_found():
    assert exact_in_tables(tables(pl.DataFrame({"aantal": [10, 3]})), COUNTS)
    assert exact_in_tables(tables(pl.DataFrame({"noemer": [161]})), COUNTS)
    assert exact_in_tables(tables(pl.DataFrame({"hoogte": [173.0]})), COUNTS)


def test_what_is_drawn_or_a_duration_or_a_ten_is_left_alone():
    frame = pl.DataFrame({"aantal": [10, 170], "waarde": [0.24, 1.0], "dag": [24, 173], "rij": [7, 24], "x": [173, 24]})
    assert exact_in_tables(tables(frame), COUNTS) == []


def packed(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["csv", "zip", "xlsx", "page"])
def test_an_exact_count_in_a_table_that_was_taken_along_is_found(kind):
    made = Gathered()
    if kind == "csv":
        made.add_file("t.csv", "Naam;Personen\r\nNoord;173\r\n".encode("utf-8-sig"))
    elif kind == "zip":
        made.add_file("t.zip", packed(t="Naam,Personen\nNoord,173\n"))
    elif kind == "xlsx":
        made.add_file("t.xlsx", workbook([["Naam", "Personen"], ["Noord", 173]]))
    else:
        made.add_page("p", "<table><tr><th>Naam</th><th>Personen</th></tr><tr><td>Noord</td><td>173</td></tr></table>")
    assert [finding.what for finding in exact_in_tables(made, COUNTS)] == ["no ten in the column 'Personen': 173"]


def test_the_tables_in_open_data_are_read_with_their_kinds():
    codebook = "bestand,kolom,betekenis\nkpi.csv,selectie,x\nkpi.csv,teller,x\n"
    found = published_tables(packed(codeboek=codebook, kpi="selectie,teller,maand\nstad,40,2022-10-01\nstad,,\n"))
    assert found.keys() == {"kpi"}
    assert found["kpi"].rows() == [("stad", 40, date(2022, 10, 1)), ("stad", None, None)]
