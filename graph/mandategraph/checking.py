"""Whether a store is sound: all of it can be read, every graph is accounted for, every quotation stands in its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.inferring import inferred
from mandategraph.store import GraphStore
from mandategraph.vocabulary import (
    BASE,
    GAZETTEER_GRAPH,
    HISTORY_GRAPH,
    INFERRED_GRAPH,
    META_GRAPH,
    OA,
    ONTOLOGY_GRAPH,
    PROV,
    document_iri,
    shorten,
)

_SHARED = frozenset((GAZETTEER_GRAPH, ONTOLOGY_GRAPH, INFERRED_GRAPH, META_GRAPH, HISTORY_GRAPH))
_NEEDED = ("sourceName", "sourceText", "sha256", "fingerprint", "format")
_START, _END, _EXACT = (NamedNode(OA + name) for name in ("start", "end", "exact"))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be, and in which graph or document."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at."""

    documents: int
    quotations: int
    quads: int


def check(store: GraphStore) -> tuple[Checked, list[Finding]]:
    """Return what was looked at and what was found wrong; an empty list where all is well."""
    findings: list[Finding] = []
    keys = store.documents()
    known = _SHARED | {document_iri(key) for key in keys}
    for graph in store.store.named_graphs():
        if str(graph.value) not in known:
            findings.append(Finding(shorten(str(graph.value)), "the graph belongs to no document"))
    quotations = 0
    for key in keys:
        said = store.said(key)
        findings += [Finding(key, f"there is no {name}") for name in _NEEDED if not said.get(name)]
        wrong = 0
        for start, end, exact in _passages(store, key):
            quotations += 1
            wrong += said.get("sourceText", "")[start:end] != exact
        if wrong:
            findings.append(Finding(key, f"{wrong} quotations are not what the source has at their place"))
    findings += _shared_findings(store, set(keys))
    return Checked(len(keys), quotations, sum(1 for _ in store.store)), findings


def _passages(store: GraphStore, key: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and words of every quotation of a document; ends that are missing are out of any text."""
    graph = NamedNode(document_iri(key))
    said: dict[str, dict[NamedNode, str]] = {}
    for name in (_START, _END, _EXACT):
        for quad in store.store.quads_for_pattern(None, name, None, graph):
            if isinstance(quad.object, Literal):
                said.setdefault(str(quad.subject), {})[name] = str(quad.object.value)
    for passage in said.values():
        if _EXACT in passage:
            yield int(passage.get(_START, -1)), int(passage.get(_END, -1)), passage[_EXACT]


def _shared_findings(store: GraphStore, keys: set[str]) -> Iterator[Finding]:
    for graph in (GAZETTEER_GRAPH, ONTOLOGY_GRAPH):
        if keys and not store.store.contains_named_graph(NamedNode(graph)):
            yield Finding(shorten(graph), "the graph is missing")
    if keys and store.shared_fingerprint() is None:
        yield Finding(shorten(META_GRAPH), "the store does not say from which data it was made")
    there = set(store.store.quads_for_pattern(None, None, None, NamedNode(INFERRED_GRAPH)))
    if there != inferred(store):
        yield Finding(
            shorten(INFERRED_GRAPH), "what follows from the documents is not what the graph says: build again"
        )
    of = NamedNode(PROV + "specializationOf")
    for quad in store.store.quads_for_pattern(None, of, None, NamedNode(HISTORY_GRAPH)):
        key = str(getattr(quad.object, "value", "")).removeprefix(f"{BASE}document/")
        if key not in {document_iri(k).removeprefix(f"{BASE}document/") for k in keys}:
            yield Finding(shorten(HISTORY_GRAPH), f"a version is of {key}, which is not in the store")
