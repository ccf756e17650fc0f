"""What all documents of a store share: the gazetteer and the ontology."""

from __future__ import annotations

from collections.abc import Iterator

from mandategraph.describing import describe_gazetteer
from mandategraph.keeping.marks import shared_fingerprint, stamp_shared
from mandategraph.keeping.quadfiles import parse_turtle
from mandategraph.keeping.store import GraphStore
from mandategraph.lexicon import Tables
from mandategraph.resources import folder
from mandategraph.vocabulary import GAZETTEER_GRAPH, ONTOLOGY_GRAPH


def write_shared(store: GraphStore, tables: Tables, base: str) -> None:
    """Write gazetteer and ontology where the store has them from other data files or not at all."""
    if shared_fingerprint(store.store) == base:
        return
    store.replace(GAZETTEER_GRAPH, describe_gazetteer(tables))
    store.replace(ONTOLOGY_GRAPH, parse_turtle(_turtle_files(), ONTOLOGY_GRAPH))
    stamp_shared(store.store, store.where, base)


def _turtle_files() -> Iterator[tuple[str, str]]:
    """Yield the ontology and its schemes; the shapes stay outside: they speak about the graph, with blank nodes."""
    for file in sorted(folder("ontology").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".ttl") and file.name != "shapes.ttl":
            yield file.name, file.read_text(encoding="utf-8")
