"""The metadata pass the shapes of DCAT-AP-NL 3.0, in both forms, and cannot be had without their settings."""

from __future__ import annotations

import copy
import os
from pathlib import Path

import pytest
import rdflib
from pyshacl import validate
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, SKOS

import queries
from queries import open_data
from queries.openbaar.publication import Publication
from tests import towns

SAID = {
    "WI_ADRES": "https://monitor.example/inburgering/",
    "WI_CONTACT": "Team Data, data@gemeente.example of 14 023",
    "WI_LICENTIE": "https://creativecommons.org/publicdomain/zero/1.0/",
}
# The published shapes themselves, where somebody has them: a folder of Turtle files.
SHAPES = [Path(__file__).with_name("dcat_ap_nl.ttl"), *Path(os.environ.get("WI_SHAPES", "/geen")).glob("*.ttl")]
VCARD = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
DATA = rdflib.Namespace("https://monitor.example/inburgering/data/")


@pytest.fixture(scope="module")
def source() -> Publication:
    return queries.open_publication(towns.published())


@pytest.fixture(scope="module")
def of_haarlem(source) -> Publication:
    """The same as if it were of the municipality."""
    real = copy.copy(source)
    real.demo = False
    return real


def turtle(source: Publication) -> rdflib.Graph:
    """The metadata of a publication, read from Turtle."""
    made = open_data.files(source, open_data.Deployment.read(SAID))[open_data.TURTLE]()
    return rdflib.Graph().parse(data=made, format="turtle")


@pytest.fixture(scope="module")
def metadata(source) -> rdflib.Graph:
    return turtle(source)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    read = rdflib.Graph()
    for path in SHAPES:
        read.parse(path, format="turtle")
    return read


@pytest.mark.parametrize("whose", ["source", "of_haarlem"])
def test_the_metadata_pass_the_shapes_and_say_the_same_in_both_forms(whose, shapes, request):
    published = request.getfixturevalue(whose)
    passed, _, told = validate(in_turtle := turtle(published), shacl_graph=shapes)
    assert passed, told
    made = open_data.files(published, open_data.Deployment.read(SAID))[open_data.CATALOGUE]()
    assert isomorphic(rdflib.Graph().parse(data=made, format="json-ld"), in_turtle)


# What DCAT-AP-NL requires: left out of one node, the shapes must say so.
REQUIRED = [
    (DATA[""], DCAT.contactPoint), (DATA[""], DCTERMS.publisher), (DATA[""], DCTERMS.title),
    (DATA[""], DCTERMS.description), (DATA["#kpi"], DCTERMS.accessRights), (DATA["#kpi"], DCAT.contactPoint),
    (DATA["#kpi"], DCTERMS.creator), (DATA["#kpi"], DCTERMS.identifier), (DATA["#kpi"], DCTERMS.publisher),
    (DATA["#kpi"], DCAT.theme), (DATA["#kpi"], DCTERMS.title), (DATA["#kpi"], DCTERMS.description),
    (DATA["#kpi-csv"], DCAT.accessURL), (DATA["#kpi-json"], DCTERMS.license), (DATA["#uitgever"], FOAF.name),
    (rdflib.URIRef("http://publications.europa.eu/resource/authority/data-theme/SOCI"), SKOS.prefLabel),
]  # fmt: skip


@pytest.mark.parametrize(("node", "term"), REQUIRED)
def test_without_what_is_required_the_shapes_are_not_passed(source, shapes, node, term):
    # One dataset is enough, and takes less time.
    small = copy.copy(source)
    small._frames = {"kpi": source.table("kpi")}
    some = turtle(small)
    assert (node, term, None) in some and validate(some, shacl_graph=shapes)[0]
    some.remove((node, term, None))
    assert not validate(some, shacl_graph=shapes)[0]


def test_there_is_a_dataset_per_published_question_that_says_what_it_is(source, metadata):
    found = dict(metadata.subject_objects(DCTERMS.identifier))
    assert {str(identifier) for identifier in found.values()} == {str(DATA[f"#{name}"]) for name in source.questions}
    for dataset in found:
        assert "verzonnen" in metadata.value(dataset, DCTERMS.description)
        assert str(metadata.value(metadata.value(dataset, DCTERMS.temporal), DCAT.endDate)) == towns.DAY.isoformat()
    assert str(metadata.value(DATA["#contact"], VCARD.hasEmail)) == "mailto:data@gemeente.example"


def test_the_demo_is_nobodys_and_real_figures_are_of_the_municipality(metadata, of_haarlem):
    real = turtle(of_haarlem)
    publisher = {graph: graph.value(DATA[""], DCTERMS.publisher) for graph in (metadata, real)}
    assert str(publisher[real]) == "https://identifier.overheid.nl/tooi/id/gemeente/gm0392"
    assert publisher[metadata] == DATA["#uitgever"]
    names = [str(graph.value(publisher[graph], FOAF.name)) for graph in (metadata, real)]
    assert names == ["Demonstratie", "Gemeente Haarlem"]
    assert "verzonnen" in metadata.serialize() and "verzonnen" not in real.serialize()


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [
        ("WI_ADRES", "", True),
        ("WI_ADRES", "monitor.example", True),
        ("WI_CONTACT", "Bel 14 023", True),
        ("WI_CONTACT", "Zie https://gemeente.example/contact.", False),
        ("WI_LICENTIE", "CC0", True),
        ("WI_LICENTIE", 'https://x.example/"> <urn:x', True),
    ],
)
def test_without_a_setting_that_a_machine_can_follow_there_are_no_metadata(source, name, value, missing):
    said = open_data.Deployment.read(SAID | {name: value})
    assert said.missing == ([name] if missing else [])
    for kind in (open_data.CATALOGUE, open_data.TURTLE):
        made = open_data.files(source, said)[kind]
        if missing:
            with pytest.raises(open_data.NotSaid, match=name):
                made()
        else:
            assert b"https://gemeente.example/contact" in made()
