"""The store -> Turtle, TriG, N-Quads, JSON-LD.

The same store gives the same bytes: quads are sorted before they are written. Turtle has no named graphs, so there the
triples of all graphs stand together, each once.
"""

from __future__ import annotations

from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from mandategraph.store import GraphStore
from mandategraph.vocabulary import PREFIXES


def _sorted(store: GraphStore) -> list[Quad]:
    return sorted(store.quads(), key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))


def write_nquads(store: GraphStore, output: BinaryIO) -> None:
    """Write every quad, sorted."""
    serialize(_sorted(store), output, format=RdfFormat.N_QUADS)


def write_trig(store: GraphStore, output: BinaryIO) -> None:
    """Write every named graph, subjects together."""
    serialize(_sorted(store), output, format=RdfFormat.TRIG, prefixes=PREFIXES)


def write_turtle(store: GraphStore, output: BinaryIO) -> None:
    """Write the triples of all graphs, subjects together."""
    triples = {Triple(q.subject, q.predicate, q.object) for q in store.quads()}
    ordered = sorted(triples, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
    serialize(ordered, output, format=RdfFormat.TURTLE, prefixes=PREFIXES)


def write_json_ld(store: GraphStore, output: BinaryIO) -> None:
    """Write every named graph as JSON-LD."""
    serialize(_sorted(store), output, format=RdfFormat.JSON_LD, prefixes=PREFIXES)
