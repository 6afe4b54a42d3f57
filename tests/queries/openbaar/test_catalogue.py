"""The metadata pass the shapes of DCAT-AP-NL 3.0, in both forms, and cannot be had without their settings."""

from __future__ import annotations

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
def metadata(source) -> rdflib.Graph:
    made = open_data.files(source, open_data.Deployment.read(SAID))
    return rdflib.Graph().parse(data=made[open_data.TURTLE](), format="turtle")


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    read = rdflib.Graph()
    for path in SHAPES:
        read.parse(path, format="turtle")
    return read


def test_the_metadata_pass_the_shapes_and_say_the_same_in_both_forms(source, metadata, shapes):
    passed, _, told = validate(metadata, shacl_graph=shapes)
    assert passed, told
    made = open_data.files(source, open_data.Deployment.read(SAID))[open_data.CATALOGUE]()
    assert isomorphic(rdflib.Graph().parse(data=made, format="json-ld"), metadata)


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
def test_without_what_is_required_the_shapes_are_not_passed(metadata, shapes, node, term):
    # Of all datasets one is enough, and takes less time.
    others = {each for each in metadata.subjects(rdflib.RDF.type, DCAT.Dataset) if each != DATA["#kpi"]}
    some = rdflib.Graph()
    for triple in metadata:
        if not {triple[0], triple[2]} & others and str(triple[0]).partition("-")[0] not in map(str, others):
            some.add(triple)
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
    # The demo is nobody's.
    assert "gm0392" not in metadata.serialize() and "verzonnen" in metadata.value(DATA[""], DCTERMS.title)


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
