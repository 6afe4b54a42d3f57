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


def message(body: str = "", frame: pl.DataFrame | None = None, spec: str = "{}") -> Gathered:
    """What is seen of a message as Streamlit sends it: HTML, or a chart with its Arrow table."""
    made, stream, found = ForwardMsg(), io.BytesIO(), Gathered()
    if frame is None:
        made.delta.new_element.html.body = body
    else:
        frame.write_ipc_stream(stream)
        chart = made.delta.new_element.vega_lite_chart
        chart.spec = spec
        chart.datasets.add(name="d").data.data = stream.getvalue()
    found.add_frames("p", [made.SerializeToString()])
    return found


def table(kind: str, rows: list[list]) -> Gathered:
    """What is seen of a table on a page, or in a file of a kind."""
    found, stream, text = Gathered(), io.BytesIO(), "\r\n".join(";".join(map(str, row)) for row in rows)
    if kind == "page":
        cells = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in rows)
        found.add_page("p", f"<table>{cells}</table>")
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(stream)
        found.add_file("t.xlsx", stream.getvalue())
    else:
        found.add_file(f"t.{kind}", text.encode("utf-8-sig") if kind == "csv" else packed(t=text))
    return found


def packed(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return stream.getvalue()


# The ways in which a deployment can give a text away.
KINDS = {
    "page": lambda text: table("page", [[text]]),
    "html over the websocket": lambda text: message(f"<p title='{text}'>x</p>"),
    "specification": lambda text: message(frame=pl.DataFrame({"a": [1]}), spec=f'{{"description": "{text}"}}'),
    "csv": lambda text: table("csv", [["naam", "aantal"], [text, 10]]),
    "xlsx": lambda text: table("xlsx", [["naam", "aantal"], [text, 10]]),
    "chart": lambda text: message(frame=pl.DataFrame({"naam": [text]})),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_pseudonym_is_found_wherever_it_stands(kind):
    assert records(KINDS[kind](f"van {PSEUDONYM} is"), [PSEUDONYM, "m-999999"])
    assert records(KINDS[kind]("van niemand"), [PSEUDONYM]) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "chart"])
@pytest.mark.parametrize(
    ("sentence", "found"),
    [("Er zijn 173 personen in beeld.", 1), ("Er wachten 7 personen.", 1), ("Er zijn ongeveer 40 personen.", 0)],
)
def test_an_exact_count_in_a_sentence_is_found(kind, sentence, found):
    assert len(exact_in_texts(KINDS[kind](sentence), COUNTS)) == found


@pytest.mark.parametrize(
    "sentence",
    ["Stand 24 november 2022", "24 maanden", "24%", "art. 24", "0,24", "24-12-2022", "versie 24", "7 weken", "2024"],
)
def test_what_is_no_count_is_left_alone(sentence):
    assert exact_in_texts(KINDS["page"](sentence), COUNTS) == []


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"aantal": [10, 3]}, 1),
        ({"noemer": [161]}, 1),
        ({"hoogte": [173.0]}, 1),
        ({"aantal": [10, 170], "waarde": [0.24, 1.0], "dag": [24, 173], "rij": [7, 24], "x": [173, 24]}, 0),
    ],
    ids=["a count", "no ten", "a true count by another name", "drawn, a duration or a ten"],
)
def test_an_exact_count_in_a_chart_is_found(columns, found):
    assert len(exact_in_tables(message(frame=pl.DataFrame(columns)), COUNTS)) == found


@pytest.mark.parametrize("kind", ["csv", "zip", "xlsx", "page"])
def test_an_exact_count_in_a_table_that_was_taken_along_is_found(kind):
    found = exact_in_tables(table(kind, [["Naam", "Personen", "Per 100 24"], ["Noord", 173, 24]]), COUNTS)
    # How many requests there are per 100 persons is no count.
    assert [what for _, what in found] == ["no ten in the column 'Personen': 173"]


def test_the_tables_in_open_data_are_read_with_their_kinds():
    codebook = "bestand,kolom,betekenis\nkpi.csv,selectie,x\nkpi.csv,teller,x\ngebruik.csv,vraag,x\n"
    found = published_tables(packed(codeboek=codebook, kpi="selectie,teller,maand\nstad,40,2022-10-01\nstad,,\n"))
    assert found.keys() == {"kpi"}
    assert found["kpi"].rows() == [("stad", 40, date(2022, 10, 1)), ("stad", None, None)]
