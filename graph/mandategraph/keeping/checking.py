"""Whether a store is sound: all of it can be read, every graph is accounted for, every quotation stands in its source.

And nothing is lost: every letter and figure of a source stands in a paragraph, in the mark before one (its number, a bullet), or in
an omission, which says why it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.keeping.documents import file_of, said_of
from mandategraph.keeping.inferring import inferred
from mandategraph.keeping.marks import shared_fingerprint
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import (
    BASE,
    CORRECTIONS_GRAPH,
    GAZETTEER_GRAPH,
    HISTORY_GRAPH,
    INFERRED_GRAPH,
    META_GRAPH,
    MG,
    OA,
    ONTOLOGY_GRAPH,
    ORIGINS_GRAPH,
    PROV,
    RDF,
    corrections_iri,
    document_iri,
    shorten,
)

_SHARED = frozenset(
    (GAZETTEER_GRAPH, ONTOLOGY_GRAPH, INFERRED_GRAPH, META_GRAPH, HISTORY_GRAPH, ORIGINS_GRAPH, CORRECTIONS_GRAPH)
)
_NEEDED = ("sourceName", "sha256", "fingerprint", "format")
_TYPE, _OMISSION, _WORDS = NamedNode(RDF + "type"), NamedNode(MG + "Omission"), NamedNode(MG + "text")
_ENCLOSED = NamedNode(MG + "Enclosed")
# What stands before a paragraph and is none of its words: "28.", "(a)", "1.2.3", "#", a bullet, a quotation mark.
_MARK = re.compile(r"[\W_]*(?:[^\W_]{1,5}(?:\.\d{1,3}){0,4}[\W_]*){0,2}")
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
    known = _SHARED | {iri(key) for key in keys for iri in (document_iri, corrections_iri)}
    for graph in store.store.named_graphs():
        if str(graph.value) not in known:
            findings.append(Finding(shorten(str(graph.value)), "the graph belongs to no document"))
    quotations = 0
    for key in keys:
        said = said_of(store, key)
        text = said_of(store, file_of(store, key)).get("sourceText", "")
        findings += [Finding(key, f"there is no {name}") for name in _NEEDED if not said.get(name)]
        findings += [Finding(key, "there is no sourceText")] if not text else []
        wrong = 0
        for start, end, exact in _passages(store, key):
            quotations += 1
            wrong += text[start:end] != exact
        if wrong:
            findings.append(Finding(key, f"{wrong} quotations are not what the source has at their place"))
        findings += [Finding(key, what) for what in _lost(store, key, text, said)]
    findings += _shared_findings(store, set(keys))
    return Checked(len(keys), quotations, sum(1 for _ in store.store)), findings


def _lost(store: GraphStore, key: str, source: str, said: dict[str, str]) -> Iterator[str]:
    """Yield what a document has lost of its source; what stands in its file as a document of its own is that one's to keep.

    Args:
        store: open.
        key: of the document.
        source: the text of its file.
        said: literals of the document, by local names.
    """
    graph = NamedNode(document_iri(key))
    spans = {
        name: {
            str(quad.subject): int(quad.object.value)
            for quad in store.store.quads_for_pattern(None, name, None, graph)
            if isinstance(quad.object, Literal)
        }
        for name in (_START, _END)
    }
    first, last = int(said.get("start", 0)), int(said.get("end", len(source)))
    is_read = bytearray([1]) * first + bytearray(last - first) + bytearray([1]) * (len(source) - last)
    elsewhere = (_OMISSION, _ENCLOSED)
    omitted = [str(quad.subject) for of in elsewhere for quad in store.store.quads_for_pattern(None, _TYPE, of, graph)]
    for node in omitted:
        start, end = spans[_START].get(node, 0), spans[_END].get(node, 0)
        is_read[start:end] = bytes([1]) * (end - start)
    for quad in store.store.quads_for_pattern(None, _WORDS, None, graph):
        node, words = str(quad.subject), str(getattr(quad.object, "value", ""))
        if node not in spans[_START]:
            continue
        start, end = spans[_START][node], spans[_END][node]
        kept = sum(source[n].isalnum() and not is_read[n] for n in range(start, end))
        if kept != sum(map(str.isalnum, words)):
            yield f"the paragraph at {start} has not the letters of its source"
        is_read[start:end] = bytes([1]) * (end - start)
    yield from _between(source, is_read)


def _between(source: str, is_read: bytearray) -> Iterator[str]:
    """Yield stretches between paragraphs and omissions that are more than the mark of a paragraph."""
    at = 0
    while (start := is_read.find(0, at)) >= 0:
        at = is_read.find(1, start)
        at = len(source) if at < 0 else at
        for line in source[start:at].split("\n"):
            if not _MARK.fullmatch(line):
                yield f"{' '.join(line.split())[:60]!r} at {start} is in no paragraph and no omission"


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
    if keys and shared_fingerprint(store.store) is None:
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
