"""Documents of a store: what is said of one, what it was made from, and a store of some of them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import DCTERMS, INFERRED_GRAPH, MG, document_iri, part_iri, shorten

_FINGERPRINT, _PART = NamedNode(MG + "fingerprint"), NamedNode(DCTERMS + "isPartOf")


def said_of(store: GraphStore, key: str) -> dict[str, str]:
    """Return what the store says of a document and its reading in literals, by local names; empty where it is not there."""
    iri = document_iri(key)
    graph, found = NamedNode(iri), {}
    for subject in (iri, part_iri(iri, "reading")):
        for quad in store.store.quads_for_pattern(NamedNode(subject), None, None, graph):
            if isinstance(quad.object, Literal):
                found[quad.predicate.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]] = str(quad.object.value)
    return found


def file_of(store: GraphStore, key: str) -> str:
    """Return the key of the document that holds the text of a document's file: its own, unless it is one of several there."""
    iri = NamedNode(document_iri(key))
    found = next(iter(store.store.quads_for_pattern(iri, _PART, None, iri)), None)
    return shorten(str(found.object.value)) if found is not None and isinstance(found.object, NamedNode) else key


def with_some(store: GraphStore, keys: Iterable[str]) -> GraphStore:
    """Return a store in memory with some of the documents, and the gazetteer and ontology that they share."""
    wanted = {NamedNode(document_iri(key)) for key in keys}
    others = {NamedNode(document_iri(key)) for key in store.documents()} - wanted | {NamedNode(INFERRED_GRAPH)}
    selected = GraphStore.in_memory()
    selected.store.bulk_extend(quad for quad in store.quads() if quad.graph_name not in others)
    return selected


def fingerprint_of(store: GraphStore, key: str) -> str | None:
    """Return what a stored document was made from, or None where there is none."""
    iri = NamedNode(document_iri(key))
    found = next(iter(store.store.quads_for_pattern(iri, _FINGERPRINT, None, iri)), None)
    return found.object.value if found is not None and isinstance(found.object, Literal) else None
