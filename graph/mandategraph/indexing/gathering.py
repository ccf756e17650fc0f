"""A document of the store -> what the index keeps of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from mandategraph.keeping.store import GraphStore
from mandategraph.recalling.documents import Head, documents, paragraphs
from mandategraph.recalling.statements import Stated, statements
from mandategraph.recalling.wanted import Wanted
from mandategraph.vocabulary import META_GRAPH, MG

KINDS = ("operative", "preambular", "body")
_FINGERPRINT = NamedNode(MG + "fingerprint")
_DOCUMENT = NamedNode(MG + "correctedDocument")
_CHANGED = (NamedNode(MG + "takenOut"), NamedNode(MG + "putIn"))


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a paragraph, by its IRI, with what a search may narrow to.

    Attributes:
        act: id; `strength`: 0 to 5.
        bearers: IRIs of actors, or words of whom the text only describes; `themes`: ids; `days`: ISO 8601, on which it is due.
        is_cycle: whether it recurs.
    """

    iri: str
    act: str
    strength: int
    bearers: tuple[str, ...]
    themes: tuple[str, ...]
    days: tuple[str, ...]
    is_cycle: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document.

    Attributes:
        label: "28(a)(iii)"; `kind`: operative, preambular or body.
        start: its place in the source, in code points.
        themes: ids of what its statements speak of, sorted.
        text: as the store has it; `said`: its statements, in the order of the text.
    """

    label: str
    kind: str
    start: int
    themes: tuple[str, ...]
    text: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: what it says of itself, and its paragraphs in the order of the text."""

    head: Head
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
    said: dict[str, list[Said]] = defaultdict(list)
    for stated in statements(store, Wanted(documents=(head.key,))):
        said[stated.paragraph].append(_said(stated))
    found = []
    for each in paragraphs(store, head.key):
        if each.kind in KINDS:
            here = tuple(said[each.label])
            themes = tuple(sorted({theme for one in here for theme in one.themes}))
            found.append(Passage(each.label, each.kind, each.start, themes, each.text, here))
    found.sort(key=lambda passage: (passage.start, passage.label))
    return Entry(head, tuple(found))


def _said(stated: Stated) -> Said:
    bearers = tuple(dict.fromkeys(party.described or party.iri for party in stated.bearers))
    return Said(stated.statement, stated.act, stated.strength, bearers, stated.themes, stated.days, bool(stated.cycles))
