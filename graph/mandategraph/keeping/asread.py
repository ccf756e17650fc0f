"""A store as the machine reads it: what people corrected is undone, in a copy.

Beside each document that has corrections stands what they took out of its graph and what they put in (`describing.corrections`).
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from mandategraph.keeping.inferring import infer
from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import CORRECTIONS_GRAPH, MG

_TAKEN, _PUT = NamedNode(MG + "takenOut"), NamedNode(MG + "putIn")


def open_to_read(path: Path, *, is_as_read: bool = False) -> GraphStore:
    """Return the store in a directory, for reading: as people have it, or as the machine reads it.

    Raises:
        StoreError: there is no store, it cannot be read, or it was made by another version.
    """
    store = GraphStore.open_to_read(path)
    if is_as_read and (found := as_read(store)) is not store:
        store.close()
        return found
    return store


def as_read(store: GraphStore) -> GraphStore:
    """Return a store for this process alone in which documents are as the machine reads them; itself where nothing was corrected."""
    changed = list(store.store.quads_for_pattern(None, _TAKEN, None, None))
    changed += store.store.quads_for_pattern(None, _PUT, None, None)
    if not changed:
        return store
    copied = store.without(())
    for quad in changed:
        for each in _quads(quad):
            copied.store.remove(each) if quad.predicate == _PUT else copied.store.add(each)
    for graph in list(copied.store.named_graphs()):
        if str(graph.value).startswith(CORRECTIONS_GRAPH):
            copied.store.remove_graph(graph)
    infer(copied)
    return copied


def _quads(quad: Quad) -> list[Quad]:
    written = quad.object.value if isinstance(quad.object, Literal) else ""
    return list(parse(written.encode(), format=RdfFormat.N_QUADS))
