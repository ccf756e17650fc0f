"""What follows from the facts of all documents together, in a graph of its own: who belongs to whom, through any number of steps.

    mg:memberOfTransitive    member of a member of ...            from org:memberOf (gazetteer) and mg:memberOf (texts)
    mg:partOfTransitive      part of a part of ...                from mg:partOf
    mg:continuesTransitive   carries on what carries on ...       from mg:renews, mg:followsUp, and mg:adoptedAs backwards

As with `skos:broader` and `skos:broaderTransitive`, the stated and the inferred are different properties. The graph is
written anew after every build. Why not property paths: see CONTRIBUTING.md, "Decisions"; `benchmarks/inference.py` measures both.
"""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, QueryTriples

from mandategraph.keeping.store import GraphStore
from mandategraph.vocabulary import INFERRED_GRAPH, PREFIXES

CLOSURES = {
    "mg:memberOfTransitive": "(org:memberOf|mg:memberOf)+",
    "mg:partOfTransitive": "mg:partOf+",
    "mg:continuesTransitive": "(mg:renews|mg:followsUp|^mg:adoptedAs)+",
}


def infer(store: GraphStore) -> int:
    """Write the graph of what follows, in one transaction, and return its number of quads.

    Raises:
        StoreError: the store cannot be written.
    """
    quads = inferred(store)
    if quads != set(store.store.quads_for_pattern(None, None, None, NamedNode(INFERRED_GRAPH))):
        store.replace(INFERRED_GRAPH, sorted(quads, key=str))
    return len(quads)


def inferred(store: GraphStore) -> set[Quad]:
    """Return what follows from all documents together."""
    graph = NamedNode(INFERRED_GRAPH)
    quads: set[Quad] = set()
    for name, path in CLOSURES.items():
        found = store.store.query(
            f"CONSTRUCT {{ ?a {name} ?b }} WHERE {{ ?a {path} ?b }}",
            prefixes=PREFIXES,
            use_default_graph_as_union=True,
        )
        assert isinstance(found, QueryTriples)
        quads.update(Quad(t.subject, t.predicate, t.object, graph) for t in found)
    return quads
