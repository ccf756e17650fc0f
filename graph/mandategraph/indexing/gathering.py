"""A document of the store -> what the index keeps of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import META_GRAPH, MG, PREFIXES, shorten

KINDS = ("operative", "preambular", "body")
_FINGERPRINT = NamedNode(MG + "fingerprint")
_HEAD = """
SELECT ?key ?day ?body ?title ?status WHERE { ?document a mg:Document ; dcterms:identifier ?key ; mg:status ?status .
  OPTIONAL { ?document dcterms:date ?day } OPTIONAL { ?document mg:issuingBody ?body } OPTIONAL { ?document dcterms:title ?title } }"""
_PASSAGES = "SELECT ?p ?label ?kind ?start ?text WHERE { ?p mg:paragraphKind ?kind ; mg:label ?label ; oa:start ?start ; mg:text ?text }"
_THEMES = "SELECT DISTINCT ?p ?theme WHERE { ?statement mg:theme ?theme ; mg:inParagraph ?p }"


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
    """Return what each document of the store was made from, by the IRIs of the documents."""
    found = {}
    for quad in store.store.quads_for_pattern(None, _FINGERPRINT, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.subject == quad.graph_name:
            found[quad.subject.value] = quad.object.value
    found.pop(META_GRAPH, None)
    return found


def gather(store: GraphStore, iri: str) -> Entry:
    """Return what the index keeps of a document; headings and titles are not kept."""
    head = next(iter(_rows(store, iri, _HEAD)))
    themes: dict[str, set[str]] = defaultdict(set)
    for place, theme in _rows(store, iri, _THEMES):
        themes[place.value].add(shorten(theme.value))
    found = []
    for place, label, kind, start, text in _rows(store, iri, _PASSAGES):
        if kind.value in KINDS:
            spoken = tuple(sorted(themes.get(place.value, ())))
            found.append(Passage(label.value, kind.value, int(start.value), spoken, text.value))
    found.sort(key=lambda passage: (passage.start, passage.label))
    said = {name: head[name].value if head[name] else "" for name in ("key", "day", "body", "title", "status")}
    return Entry(said["key"], said["day"], said["body"], said["title"], shorten(said["status"]), tuple(found))


def _rows(store: GraphStore, iri: str, text: str) -> Iterator[QuerySolution]:
    found = store.store.query(text, prefixes=PREFIXES, default_graph=NamedNode(iri))
    assert isinstance(found, QuerySolutions)
    return found
