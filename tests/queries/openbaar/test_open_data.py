"""The publication as open data: every column explained, the metadata complete, the figures those of the publication."""

import io
import json
import re
import zipfile

import polars as pl
import pytest

from queries.openbaar import open_data as publicatie_opendata
from queries.openbaar.publication import OPEN_DATA, Publication, PublicationManifest
from queries.openbaar.rules import REGELS
from tests import towns


@pytest.fixture(scope="module")
def folder():
    """The publication of the last day, with its open data."""
    return towns.published()


def test_a_zip_that_is_the_same_each_time_holds_a_csv_per_question_the_codebook_and_the_metadata(folder):
    packed = Publication(folder).open_data()
    assert packed == Publication(folder).open_data()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {path.name: path.read_bytes() for path in (folder / OPEN_DATA).iterdir()}
    own = (publicatie_opendata.CODEBOOK, publicatie_opendata.CATALOGUE, publicatie_opendata.USE)
    names = {*own, *(f"{question}.csv" for question in REGELS)}
    assert found.keys() == names
    assert {f"{OPEN_DATA}/{name}" for name in names} <= PublicationManifest.read(folder).bestanden.keys()


def test_every_column_of_every_csv_stands_in_the_codebook_in_its_order(folder):
    codebook = pl.read_csv(folder / OPEN_DATA / publicatie_opendata.CODEBOOK)
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


@pytest.fixture(scope="module")
def catalogue(folder):
    return json.loads((folder / OPEN_DATA / publicatie_opendata.CATALOGUE).read_text(encoding="utf-8"))


# What DCAT-AP 3 requires, and what it recommends and this publication can say.
CATALOGUE = ("dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:language")
DATASET = (
    "dct:title", "dct:description", "dct:identifier", "dct:publisher", "dct:temporal", "dct:accessRights", "dcat:theme",
    "dcat:distribution",
)  # fmt: skip
DISTRIBUTION = ("dcat:accessURL", "dcat:downloadURL", "dcat:mediaType", "dct:format")


def test_the_metadata_have_what_dcat_ap_requires_and_what_a_reader_must_know(folder, catalogue):
    assert catalogue["@type"] == "dcat:Catalog"
    assert all(catalogue[name] for name in CATALOGUE)
    for words in ("verzonnen", "tientallen", "tellen niet altijd op", "afronding"):
        assert words in catalogue["dct:description"]["@value"]
    assert len(catalogue["dcat:dataset"]) == len(REGELS)
    for dataset in catalogue["dcat:dataset"]:
        assert dataset["@type"] == "dcat:Dataset"
        assert all(dataset[name] for name in DATASET), dataset["@id"]
        assert dataset["dct:temporal"]["dcat:endDate"]["@value"] == towns.DAY.isoformat()
        for distribution in dataset["dcat:distribution"]:
            assert distribution["@type"] == "dcat:Distribution"
            assert all(distribution[name] for name in DISTRIBUTION)
            assert (folder / OPEN_DATA / distribution["dcat:downloadURL"]["@id"]).is_file()


def test_every_term_of_the_metadata_has_a_namespace(catalogue):
    """A name without one would be dropped by whoever reads it as linked data."""
    context = catalogue["@context"]
    said = json.dumps({key: part for key, part in catalogue.items() if part != context})
    used = set(re.findall(r'"([^"]+)": ', said))
    assert {name.split(":")[0] for name in used if not name.startswith("@")} <= set(context)
    assert {name for name in used if name.startswith("@")} <= {"@id", "@type", "@value", "@language"}
