"""The shapes: what is built keeps to them, and what is broken is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph

from mandategraph.building.writing import build
from mandategraph.errors import QueryError
from mandategraph.keeping.store import GraphStore
from mandategraph.keeping.validating import validate
from mandategraph.vocabulary import DCTERMS, MG, OA, RDF, TIME, XSD, document_iri

ONTOLOGY = Path(__file__).parents[1] / "ontology"
BROKEN = "S/RES/9980 (2030)"


def test_the_samples_conform(sample_store: GraphStore) -> None:
    reports = list(validate(sample_store))
    assert len(reports) == 5
    assert [(r.document, [str(v) for v in r.violations]) for r in reports if r.violations] == []


def test_documents_of_other_forms_conform(shared: Path) -> None:
    if not (shared / "forms" / "text").is_dir():
        pytest.skip("the folder of documents of other forms is not beside the checkout")
    with GraphStore.in_memory() as store:
        build([shared / "forms" / "text"], store)
        reports = list(validate(store))
    assert len(reports) == 5
    assert [(r.document, [str(v) for v in r.violations]) for r in reports if r.violations] == []


@pytest.mark.slow
def test_seven_documents_of_the_genre_conform(shared: Path) -> None:
    short = sorted((shared / "wild" / "text").iterdir(), key=lambda file: (file.stat().st_size, file.name))[:280]
    files = short[::40]
    with GraphStore.in_memory() as store:
        build(files, store)
        reports = list(validate(store))
    assert len(reports) == 7
    assert [(r.document, [str(v) for v in r.violations]) for r in reports if r.violations] == []


def _broken(mandates_store: GraphStore, *quads: tuple[str, str, NamedNode | Literal]) -> list[str]:
    """Return what is wrong after some facts have been added to a document's graph."""
    graph = NamedNode(document_iri(BROKEN))
    added = [Quad(NamedNode(s), NamedNode(p), o, graph) for s, p, o in quads]
    with GraphStore.in_memory() as store:
        store.store.extend([*mandates_store.store.quads_for_pattern(None, None, None, graph), *added])
        (report,) = validate(store, [BROKEN])
    return [str(v) for v in report.violations]


def _one(store: GraphStore, class_: str) -> str:
    graph = NamedNode(document_iri(BROKEN))
    found = store.store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(MG + class_), graph)
    return sorted(str(q.subject.value) for q in found if isinstance(q.subject, NamedNode))[0]


def test_a_second_value_is_named(mandates_store: GraphStore) -> None:
    node = _one(mandates_store, "Directive")
    (wrong,) = _broken(mandates_store, (node, MG + "verbLemma", Literal("dig")))
    assert wrong.endswith("verbLemma stands more than once")


def test_an_unforeseen_property_is_named(mandates_store: GraphStore) -> None:
    node = _one(mandates_store, "Deadline")
    (wrong,) = _broken(mandates_store, (node, MG + "colour", Literal("blue")))
    assert "colour is not foreseen here (blue)" in wrong


def test_a_deadline_has_one_value(mandates_store: GraphStore) -> None:
    node = _one(mandates_store, "Deadline")
    day = Literal("2021-01-01", datatype=NamedNode(XSD + "date"))
    month = Literal("P1M", datatype=NamedNode(XSD + "duration"))
    wrong = _broken(mandates_store, (node, TIME + "inXSDDate", day), (node, MG + "recurs", month))
    assert any("a deadline has the one value of its kind" in w for w in wrong)


def test_words_that_are_not_the_sources_are_named(mandates_store: GraphStore) -> None:
    document = document_iri(BROKEN)
    node = document + "#char=0,4"
    number = NamedNode(XSD + "integer")
    wrong = _broken(
        mandates_store,
        (node, RDF + "type", NamedNode(OA + "SpecificResource")),
        (node, OA + "hasSource", NamedNode(document)),
        (node, OA + "start", Literal("0", datatype=number)),
        (node, OA + "end", Literal("4", datatype=number)),
        (node, OA + "exact", Literal("Wells")),
    )
    assert len(wrong) == 1
    assert "the words of the passage are not those of the source" in wrong[0]


def test_an_actor_without_a_type_is_named(mandates_store: GraphStore) -> None:
    node = "https://w3id.org/mandategraph/actor/Nobody"
    wrong = _broken(
        mandates_store,
        (node, RDF + "type", NamedNode(MG + "Actor")),
        (node, DCTERMS + "identifier", Literal("Nobody")),
        (node, "http://www.w3.org/2004/02/skos/core#prefLabel", Literal("Nobody")),
    )
    assert len(wrong) == 1
    assert re.search(r"Nobody: .*actorType is missing", wrong[0])


def test_an_unknown_document_is_named(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match="there is no document 'S/1'"):
        list(validate(sample_store, ["S/1"]))


def test_the_shapes_use_terms_that_the_ontology_has() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    ontology = Graph().parse(ONTOLOGY / "mandate.ttl")
    shape_names = {s for s in shapes.subjects() if str(s).endswith("Shape")}
    used = {t for triple in shapes for t in triple if str(t).startswith(MG)} - shape_names
    assert sorted(str(t) for t in used - set(ontology.subjects()) if str(t) != MG) == []
