"""What a document's versions changed: a graph that grows by a node whenever a document is replaced.

A version is what stood in the store until it was replaced. It keeps its digest, the program that read it, when it went, and which
statements went with it or came in its place; its text and graph are gone. The node is written in the transaction that replaces the
document, so that there is none without the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from pyoxigraph import Literal, NamedNode, Quad

from mandategraph.keeping.documents import said_of
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import HISTORY_GRAPH, MG, PROV, RDF, XSD, document_iri, part_iri

_GRAPH = NamedNode(HISTORY_GRAPH)
_TYPE = NamedNode(RDF + "type")
_OF = NamedNode(PROV + "specializationOf")
_UNTIL = NamedNode(PROV + "invalidatedAtTime")
_SHA256, _VERSION = NamedNode(MG + "sha256"), NamedNode(MG + "programVersion")
_DROPPED, _ADDED = NamedNode(MG + "dropped"), NamedNode(MG + "added")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document that is no more: `until` is when it was replaced, in ISO 8601.

    `dropped` and `added` are the statements that the next version has no more, and those that it has anew, each as its paragraph
    and its words.
    """

    number: int
    until: str
    sha256: str
    program: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]


def revise(store: GraphStore, key: str, quads: Iterable[Quad]) -> list[Quad]:
    """Return what is to be written of a document's last version when these quads replace it.

    Nothing, where there was none, or where neither its source nor any statement changes.
    """
    said = said_of(store, key)
    if not said:
        return []
    iri = document_iri(key)
    before = set(_statements(store.store.quads_for_pattern(None, None, None, NamedNode(iri))))
    quads = list(quads)
    after = set(_statements(quads))
    sha256 = next(q.object.value for q in quads if q.predicate == _SHA256 and isinstance(q.object, Literal))
    if before == after and said["sha256"] == sha256:
        return []
    node = NamedNode(part_iri(iri, "version", len(versions(store, key)) + 1))
    now = Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=NamedNode(XSD + "dateTime"))
    revised = [
        Quad(node, _TYPE, NamedNode(MG + "Version"), _GRAPH),
        Quad(node, _OF, NamedNode(iri), _GRAPH),
        Quad(node, _UNTIL, now, _GRAPH),
        Quad(node, _SHA256, Literal(said["sha256"]), _GRAPH),
        Quad(node, _VERSION, Literal(said.get("programVersion", "")), _GRAPH),
    ]
    revised += [Quad(node, _DROPPED, Literal(each), _GRAPH) for each in sorted(before - after)]
    revised += [Quad(node, _ADDED, Literal(each), _GRAPH) for each in sorted(after - before)]
    return revised


def versions(store: GraphStore, key: str) -> list[Version]:
    """Return the earlier versions of a document, the first one first."""
    found = []
    for quad in store.store.quads_for_pattern(None, _OF, NamedNode(document_iri(key)), _GRAPH):
        said: dict[str, list[str]] = {}
        for about in store.store.quads_for_pattern(quad.subject, None, None, _GRAPH):
            said.setdefault(about.predicate.value, []).append(str(getattr(about.object, "value", "")))
        number = int(str(quad.subject).rstrip(">").rsplit("-", 1)[-1])
        one = (said[_UNTIL.value][0], said[_SHA256.value][0], said[_VERSION.value][0])
        lists = (tuple(sorted(said.get(each.value, ()))) for each in (_DROPPED, _ADDED))
        found.append(Version(number, *one, *lists))
    return sorted(found, key=lambda version: version.number)


def history_of(store: GraphStore, key: str) -> list[Quad]:
    """Return all quads of a document's history."""
    of = store.store.quads_for_pattern(None, _OF, NamedNode(document_iri(key)), _GRAPH)
    return [quad for each in of for quad in store.store.quads_for_pattern(each.subject, None, None, _GRAPH)]


def moved_to(key: str, history: Iterable[Quad]) -> Iterator[Quad]:
    """Yield a history as that of a document of another key."""
    of = NamedNode(document_iri(key))
    for quad in history:
        yield Quad(quad.subject, _OF, of, _GRAPH) if quad.predicate == _OF else quad


def _statements(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield each statement as its paragraph and its words."""
    words: dict[str, str] = {}
    places: dict[str, str] = {}
    labels: dict[str, str] = {}
    statements = set()
    for quad in quads:
        subject, name = str(quad.subject), quad.predicate.value
        if name == MG + "text":
            words[subject] = str(getattr(quad.object, "value", ""))
        elif name == MG + "inParagraph":
            places[subject] = str(quad.object)
        elif name == MG + "label":
            labels[subject] = str(getattr(quad.object, "value", ""))
        elif quad.predicate == _TYPE and quad.object == NamedNode(MG + "Statement"):
            statements.add(subject)
    for statement in statements:
        yield f"{labels.get(places.get(statement, ''), '')}: {words.get(statement, '')}"
