"""A document of the store -> what the index keeps of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import documents, paragraphs, themes_of
from mandategraph.vocabulary import META_GRAPH, MG

KINDS = ("operative", "preambular", "body")
_FINGERPRINT = NamedNode(MG + "fingerprint")
_DOCUMENT = NamedNode(MG + "correctedDocument")
_CHANGED = (NamedNode(MG + "takenOut"), NamedNode(MG + "putIn"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document.

    Attributes:
        label: "28(a)(iii)"; `kind`: operative, preambular or body.
        start: its place in the source, in code points.
        themes: ids of what its statements speak of, sorted.
        text: as the store has it.
    """

    label: str
    kind: str
    start: int
    themes: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: its key, day (ISO 8601, "" where it is not known), body, title, status and paragraphs in the order of the text."""

    key: str
    day: str
    body: str
    title: str
    status: str
    passages: tuple[Passage, ...]


def fingerprints(store: GraphStore) -> dict[str, str]:
    """Return what each document of the store was made from, by the IRIs of the documents: with what people changed in it."""
    found = {}
    for quad in store.store.quads_for_pattern(None, _FINGERPRINT, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.subject == quad.graph_name:
            found[quad.subject.value] = quad.object.value
    found.pop(META_GRAPH, None)
    for predicate in _CHANGED:
        for quad in store.store.quads_for_pattern(None, predicate, None, None):
            digest = hashlib.sha256(str(quad.object).encode()).hexdigest()
            for about in store.store.quads_for_pattern(quad.subject, _DOCUMENT, None, None):
                iri = str(getattr(about.object, "value", ""))
                found[iri] = f"{found.get(iri, '')} {digest}"
    return found


def gather(store: GraphStore, iri: str) -> Entry:
    """Return what the index keeps of a document; headings and titles are not kept."""
    (head,) = documents(store, iri)
    themes = themes_of(store, head.key)
    found = [
        Passage(each.label, each.kind, each.start, tuple(sorted(themes.get(each.label, ()))), each.text)
        for each in paragraphs(store, head.key)
        if each.kind in KINDS
    ]
    found.sort(key=lambda passage: (passage.start, passage.label))
    return Entry(head.key, head.adopted, head.body, head.title, head.status, tuple(found))
