"""The store -> what breaks the shapes, document by document, in words (SHACL, `ontology/shapes.ttl`).

Each document's named graph is checked alone, by pySHACL: it must say by itself what its statements are, who is addressed,
and which words of the source say so. So are the graphs of what people say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize
from pyshacl import validate as check
from rdflib import Graph, Namespace
from rdflib.term import Node

from mandategraph.keeping.naming import find_documents
from mandategraph.keeping.store import GraphStore
from mandategraph.resources import folder
from mandategraph.vocabulary import BASE, CORRECTIONS_GRAPH, document_iri, shorten

SH = Namespace("http://www.w3.org/ns/shacl#")
_WORDS = {
    "MinCountConstraintComponent": "is missing",
    "MaxCountConstraintComponent": "stands more than once",
    "ClosedConstraintComponent": "is not foreseen here",
    "ClassConstraintComponent": "points to something of another class",
    "DatatypeConstraintComponent": "has a value of another datatype",
    "NodeKindConstraintComponent": "has a value of another kind",
    "InConstraintComponent": "has a value that is not in the list",
    "PatternConstraintComponent": "has a value of another form",
    "OrConstraintComponent": "is none of the things that it may be",
    "XoneConstraintComponent": "is not just one of the things that it may be",
    "LessThanConstraintComponent": "does not come before its end",
    "MinLengthConstraintComponent": "is empty",
}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What breaks a shape.

    Attributes:
        node: the thing concerned, shortened.
        path: its property, shortened; empty where the thing itself is wrong.
        message: why, in words.
        value: the offending value, cut after 80 characters; may be empty.
    """

    node: str
    path: str
    message: str
    value: str

    def __str__(self) -> str:
        what = f"{self.path} {self.message}" if self.path else self.message
        return f"{self.node}: {what}" + (f" ({self.value})" if self.value else "")


@dataclass(frozen=True, slots=True)
class Conformance:
    """A document's key, and what breaks the shapes in its graph: nothing where it conforms."""

    document: str
    violations: tuple[Violation, ...]


def validate(store: GraphStore, documents: Sequence[str] = ()) -> Iterator[Conformance]:
    """Yield the conformance of each document, and of what people say where no document is named.

    Args:
        store: open.
        documents: as people name them; all documents where none is given.

    Raises:
        NotFoundError: one is not in the store.
    """
    chosen = find_documents(store, documents) or store.documents()
    shapes = Graph().parse(data=(folder("ontology") / "shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    for key in chosen:
        yield Conformance(key, tuple(sorted(_violations(_graph(store, document_iri(key)), shapes))))
    for name in sorted(str(graph.value) for graph in store.store.named_graphs()):
        if not documents and name.startswith(CORRECTIONS_GRAPH):
            yield Conformance(shorten(name), tuple(sorted(_violations(_graph(store, name), shapes))))


def _graph(store: GraphStore, name: str) -> Graph:
    quads = store.store.quads_for_pattern(None, None, None, NamedNode(name))
    triples = serialize((Triple(q.subject, q.predicate, q.object) for q in quads), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples or b"", format="nt")


def _violations(graph: Graph, shapes: Graph) -> Iterator[Violation]:
    _, results, _ = check(graph, shacl_graph=shapes)
    assert isinstance(results, Graph)
    for result in results.objects(None, SH.result):
        component = str(results.value(result, SH.sourceConstraintComponent)).rpartition("#")[2]
        message = _WORDS.get(component) or str(results.value(result, SH.resultMessage))
        yield Violation(
            _short(results.value(result, SH.focusNode)),
            _short(results.value(result, SH.resultPath)),
            message,
            _short(results.value(result, SH.value)),
        )


def _short(term: Node | None) -> str:
    if term is None:
        return ""
    text = str(term)
    short = shorten(text) if text.startswith(BASE) else text
    return re.sub(r"\s+", " ", short)[:80]
