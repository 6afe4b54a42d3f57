"""The publication as open data: every column explained, the metadata complete, the figures those of the publication."""

import io
import json
import zipfile

import polars as pl
import polars.selectors as cs
import pytest

import queries
from queries import open_data
from queries.openbaar.publication import OPEN_DATA, PublicationManifest
from queries.openbaar.rules import REGELS
from tests import towns


@pytest.fixture(scope="module")
def folder():
    """The publication of the last day, with its open data."""
    return towns.published()


@pytest.fixture(scope="module")
def source(folder):
    return queries.open_publication(folder)


NOTHING, ALL = (
    open_data.Deployment(),
    open_data.Deployment("https://m.example", "mailto:d@m.example", "https://l.example"),
)


def test_a_zip_that_is_the_same_each_time_holds_all_tables_the_codebook_and_how_to_read_and_cite(folder, source):
    made = open_data.packed(source, ALL)
    assert made == open_data.packed(source, ALL) and len(made) < 300_000
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    readme, citation = (found.pop(name).decode() for name in ("LEESMIJ.txt", "CITATION.cff"))
    assert found == {path.name: path.read_bytes() for path in (folder / OPEN_DATA).iterdir()}
    names = {open_data.CODEBOOK, open_data.USE, *(f"{question}.csv" for question in REGELS)}
    assert found.keys() == names
    assert {f"{OPEN_DATA}/{name}" for name in names} <= PublicationManifest.read(folder).bestanden.keys()
    for words in ("verzonnen", "tientallen", "<10", "niet altijd op", "2022-12-31", "https://l.example", "d@m.example"):
        assert words in readme
    lines = citation.splitlines()
    assert lines[:2] == ["cff-version: 1.2.0", "type: dataset"] and 'license-url: "https://l.example"' in lines
    assert 'version: "2022-12-31"' in lines and '  - name: "Demonstratie"' in lines


def test_what_the_deployment_does_not_say_is_left_open(source):
    with zipfile.ZipFile(io.BytesIO(open_data.packed(source, NOTHING))) as archive:
        assert "Licentie: niet opgegeven\n" in archive.read("LEESMIJ.txt").decode()
        assert "url" not in archive.read("CITATION.cff").decode()


def test_every_column_of_every_csv_stands_in_the_codebook_in_its_order(folder):
    codebook = pl.read_csv(folder / OPEN_DATA / open_data.CODEBOOK)
    assert codebook.columns == ["bestand", "kolom", "betekenis"]
    assert (codebook["betekenis"].str.len_chars() > 3).all()
    for question in REGELS:
        header = (folder / OPEN_DATA / f"{question}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert codebook.filter(pl.col("bestand") == f"{question}.csv")["kolom"].to_list() == header, question


def test_the_figures_are_those_of_the_publication(folder):
    for question in REGELS:
        published = pl.read_parquet(folder / f"{question}.parquet")
        read = pl.read_csv(folder / OPEN_DATA / f"{question}.csv", schema=published.schema)
        empty_text = pl.col(pl.String).replace("", None)
        assert read.with_columns(empty_text).equals(published.with_columns(empty_text)), question


def test_the_json_has_the_same_figures_and_what_they_mean(folder, source):
    made = open_data.files(source, NOTHING)
    for question in REGELS:
        told = json.loads(made[f"{question}.json"]())
        published = pl.read_parquet(folder / f"{question}.parquet").with_columns(cs.temporal().cast(pl.String))
        assert told["rijen"] == published.to_dicts(), question
        assert list(told["kolommen"]) == published.columns and told["peildatum"] == "2022-12-31"
        assert "verzonnen" in told["toelichting"]
